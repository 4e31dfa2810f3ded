"""The shape of an answer: a verdict and everything it rests on, as plain data.

In: made by `backends.why` and `tools.decide`. Out: read by `report`, which prints it for people and as JSON. Nothing in here
is computed later; an answer is complete when it is made.
"""

from __future__ import annotations

from datetime import datetime

from govlang.core.verdict import State, Verdict
from govlang.frozen import dataclass, field
from govlang.source import Citation


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: in words, how many more, who could give it, and until when (the first instant too late)."""

    text: str
    kind: str
    amount: str = ""
    who: tuple[str, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A requirement in an answer: its state, its rule as written, its clause, what counted and what is missing.

    `kind` is that of the leaf, or every, any of, tier, reading. `ignored` are ballots and vetoes that did not count, with the
    reason; `also` are further clauses that the
    counting rests on. `decisive` marks a failed requirement but for which the action would not have been denied.
    """

    state: State
    kind: str
    label: str
    citation: Citation
    id: str = ""
    evidence: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    items: tuple[Item, ...] = ()
    decisive: bool = False
    also: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingAnswer:
    """The verdict under one reading of an ambiguous text."""

    name: str
    verdict: Verdict
    citation: Citation


@dataclass(frozen=True, slots=True)
class Path:
    """One shortest set of approvals that would do, and the other steps that remain."""

    approvals: tuple[str, ...]
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must be informed of the decision, and until when."""

    who: str
    until: datetime | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class HolidaysUsed:
    """The holiday table by which working days were counted: its file and its hash."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer about one proposal at one instant.

    `missing` flattens what is missing: while pending, of the open requirements; when denied, what the failed ones fell short
    of. `because` are the rules that failed. `readings` is filled where the text is ambiguous and the readings differ.
    """

    verdict: Verdict
    proposal: str
    decision: str
    by: tuple[str, ...]
    on: datetime
    agreement: str
    version: str
    text_hash: str
    requirement: Item | None = None
    missing: tuple[Missing, ...] = ()
    because: tuple[Item, ...] = ()
    paths: tuple[Path, ...] = ()
    paths_in_all: int = 0
    readings: tuple[ReadingAnswer, ...] = ()
    notes: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    decided: datetime | None = None
    facts: tuple[tuple[str, str], ...] = ()
    citations: tuple[Citation, ...] = field(default=())
    holidays: HolidaysUsed | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether the verdict depends on which reading of the text holds."""
        return len({reading.verdict for reading in self.readings}) > 1
