"""What every part of an audit looks at: the record taken in event by event, its judge, its norms, and where each event stands.

In: a loaded agreement, a book, an instant. Out: a `Context`, which also says of each message of the record which event it is
about; and `Matter`s, proposals that are judged at their own instants and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from govlang.core import keys as k
from govlang.core.rules import Rule, Tree
from govlang.diagnostics import Diagnostic
from govlang.frozen import parts
from govlang.model.nodes import Kind
from govlang.pipeline import Loaded
from govlang.record import calendar
from govlang.record.entries import Proposal
from govlang.record.facts import Row
from govlang.record.history import History
from govlang.record.judge import Judge, Judged
from govlang.record.norms import Norms
from govlang.source import NOWHERE, Citation, Source, Span
from govlang.syntax import nodes as n
from govlang.tools.audit.finding import Departure
from govlang.tools.books import Book, Entry

MOST_KEPT = 5_000  # proposals after which verdicts are forgotten: memory stays flat, and few are looked at again


class Context:
    """A record, replayed up to an instant."""

    def __init__(self, loaded: Loaded, book: Book, now: datetime) -> None:
        self.loaded, self.now = loaded, now
        self.header = loaded.agreement.header
        self.history = History(loaded.agreement, ())
        self.entries: list[Entry] = []
        self.sources: list[Source | None] = []
        self._entry: dict[int, Entry] = {}
        self.told: list[tuple[n.Deed, Diagnostic]] = []
        self.meetings: dict[str, n.Deed] = {}
        self.left_out = 0
        for entry in book.entries:
            self._take(entry)
        self.judge = Judge(loaded.rules, self.history)
        self.norms = Norms(self.judge)
        self._electorates: dict[int, tuple[k.Electorate, ...]] = {}
        self.flagged: set[tuple[str, int]] = set()  # places of events that a departure of their own is about already

    def _take(self, entry: Entry) -> None:
        if calendar.localise(entry.deed.at, self.header).start > self.now:
            self.left_out += 1
            return
        before, deed = len(self.history.diagnostics), entry.deed
        self.history.source = entry.source
        self.history.take(deed)
        self.entries.append(entry)
        if entry.source not in self.sources[-1:]:
            self.sources.append(entry.source)
        self.told.extend((entry.deed, found) for found in self.history.diagnostics[before:])
        if deed.kind == "meeting" and deed.target is not None:
            self.meetings.setdefault(deed.target.text, deed)

    # ------------------------------------------------------------ where and who

    def source(self, deed: n.Deed) -> Source | None:
        """The file that an event stands in."""
        if len(self.sources) < 2:
            return self.sources[0] if self.sources else None
        if not self._entry:
            self._entry = {id(entry.deed): entry for entry in self.entries}
        found = self._entry.get(id(deed)) or next(
            (entry for entry in self.entries if entry.deed.span == deed.span and entry.deed.kind == deed.kind
             and entry.deed.actors == deed.actors and entry.deed.target == deed.target), None
        )  # fmt: skip
        return found.source if found is not None else None

    def place(self, deed: n.Deed) -> tuple[str, int]:
        """The place of an event: what tells it from all others, however it was taken apart."""
        source = self.source(deed)
        return (source.name if source is not None else "", deed.span.start)

    def parties(self, names: tuple[str, ...], at: datetime) -> tuple[str, ...]:
        """The parties for which some people stand."""
        agreement = self.history.in_force(at)
        found = [self.norms.party_of(name, at) for name in names]
        return tuple(dict.fromkeys(name for name in found if agreement.kind_of(name) is Kind.PARTY))

    def electorates(self, tree: Tree) -> tuple[k.Electorate, ...]:
        """Everybody who votes somewhere in a requirement, each electorate once."""
        if id(tree) not in self._electorates:
            found = (part for part in parts(tree) if isinstance(part, k.Electorate))
            self._electorates[id(tree)] = tuple(dict.fromkeys(found))
        return self._electorates[id(tree)]

    # ------------------------------------------------------------ findings

    def departure(
        self, code: str, deed: n.Deed, what: str, right: str, citation: Citation, subject: str = "",
        notes: tuple[str, ...] = (), who: tuple[str, ...] | None = None,
    ) -> Departure:  # fmt: skip
        """A departure at an event of the record."""
        names = who if who is not None else tuple(actor.text for actor in deed.actors)
        self.flagged.add(self.place(deed))
        subject = subject or (deed.target.text if deed.target is not None else "")
        return Departure(code, deed.at, names, self.parties(names, deed.at.start), subject, what, right, citation,
                         self.source(deed), deed.span, notes, deed)  # fmt: skip

    def omission(
        self, code: str, at: datetime, who: tuple[str, ...], what: str, right: str, citation: Citation, subject: str,
        notes: tuple[str, ...] = (), beside: n.Deed | None = None,
    ) -> Departure:  # fmt: skip
        """A departure that no event of the record is: its place is the event that gave rise to it, or else its clause."""
        source, span = (self.source(beside), beside.span) if beside is not None else (None, NOWHERE)
        if source is None:
            source, span = self.clause(citation)
        return Departure(code, moment(at), who, self.parties(who, at), subject, what, right, citation, source, span, notes)

    def clause(self, citation: Citation) -> tuple[Source, Span]:
        """The place of a clause in the agreement."""
        source = self.loaded.source.named(citation.document)
        return (source, source.line_span(citation.line)) if citation.line else (source, NOWHERE)

    # ------------------------------------------------------------ matters

    def matters(self) -> Iterator[Matter]:
        """Every proposal, in the order of the record."""
        for count, proposal in enumerate(self.history.proposals.values(), 1):
            yield Matter(self, proposal)
            if count % MOST_KEPT == 0:
                self.judge = Judge(self.loaded.rules, self.history)


class Matter:
    """One proposal, judged once an instant."""

    def __init__(self, context: Context, proposal: Proposal) -> None:
        self.context, self.proposal = context, proposal
        self.kinds = {event.kind for event in proposal.events}
        self._judged: dict[datetime, Judged] = {}
        self._governing: dict[datetime, list[tuple[Rule, Row]]] = {}

    @property
    def end(self) -> datetime:
        """The instant of the last event about it."""
        last = max((event.at.end for event in self.proposal.events), default=self.proposal.at.end)
        return min(max(last, self.proposal.at.end), self.context.now)

    def judged(self, at: datetime) -> Judged:
        """Its judgement at an instant."""
        if at not in self._judged:
            self._judged[at] = self.context.judge.judge(self.proposal, at)
        return self._judged[at]

    def governing(self, at: datetime) -> list[tuple[Rule, Row]]:
        """The rules that govern it at an instant, with what is counted for them: most matters need no verdict."""
        if at not in self._governing:
            self._governing[at] = self.context.judge.governing(self.proposal, at)
        return self._governing[at]


def moment(at: datetime) -> n.Moment:
    """The day before a deadline was over, as a day; another instant as it is."""
    return n.Moment(at, whole_day=(at.hour, at.minute, at.second) == (0, 0, 0))


def names(people: tuple[str, ...] | list[str]) -> str:
    """Names in a sentence."""
    shown = list(people)
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown) or "nobody"
