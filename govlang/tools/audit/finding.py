"""What an audit finds: departures from the rules, each at its own event, and the report that holds them.

In: made by the modules beside this one. Out: read by `report`, which prints it as text, JSON, CSV, SARIF and notes.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from govlang.codes import CODES
from govlang.diagnostics import Diagnostic
from govlang.frozen import dataclass, field
from govlang.source import NOWHERE, Citation, Source, Span
from govlang.syntax import nodes as n


@dataclass(frozen=True, slots=True)
class Departure:
    """One departure from a rule: its code, when and by whom, what was done (or left undone), and what would have been right.

    `subject` is the matter: a proposal, a duty and its occasion, an asset. `source` and `span` are the event's place in the
    record, or the clause's place in the agreement where nothing was recorded because nothing was done. `deed` is the event.
    """

    code: str
    at: n.Moment
    who: tuple[str, ...]
    parties: tuple[str, ...]
    subject: str
    what: str
    right: str
    citation: Citation = field(compare=False)
    source: Source | None = field(default=None, compare=False)
    span: Span = field(default=NOWHERE, compare=False)
    notes: tuple[str, ...] = ()
    deed: n.Deed | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The code's short name."""
        return CODES[self.code].name

    @property
    def diagnostic(self) -> Diagnostic:
        """The departure as a message about its place."""
        clause = (self.citation.label(),) if self.citation.document else ()
        return Diagnostic(self.code, f"{self.at}: {self.what}", self.source, self.span, self.right, (*self.notes, *clause))


@dataclass(frozen=True, slots=True)
class Audit:
    """The departures in order of time, what is wrong with the record itself, and what was looked at.

    `left_out` counts events after the day of the audit; `earlier` departures before the day it goes back to.
    """

    agreement: str
    version: str
    text_hash: str
    since: datetime | None
    on: datetime
    events: int
    left_out: int
    earlier: int
    departures: tuple[Departure, ...]
    problems: tuple[Diagnostic, ...]

    @property
    def clean(self) -> bool:
        """Whether there is nothing to report."""
        return not self.departures and not self.problems

    @property
    def by_code(self) -> tuple[tuple[str, int], ...]:
        """How many findings each code has."""
        found = Counter([*(item.code for item in self.departures), *(item.code for item in self.problems)])
        return tuple(sorted(found.items()))

    @property
    def by_party(self) -> tuple[tuple[str, int], ...]:
        """How many departures are of each party; those of nobody's party stand under an empty name, last."""
        found = Counter(name for item in self.departures for name in item.parties or ("",))
        return tuple(sorted(found.items(), key=lambda pair: (not pair[0], -pair[1], pair[0])))
