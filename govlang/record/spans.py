"""How long a verdict lasts: between two instants at which something can turn, a proposal is judged once.

In: judgements with the rows they were made on. Out: what was found, for any instant of the same stretch of time. A stretch is
known only for what depends on the proposal's own events, on periods that run from them, on who is who, and on earlier proposals
of the same decision whose stretches are known; whatever looks further is judged anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING

from govlang.core import keys as k
from govlang.core.verdict import Verdict
from govlang.frozen import dataclass
from govlang.record import lifecycle
from govlang.record.entries import Proposal
from govlang.record.settled import settled_beside_others

if TYPE_CHECKING:
    from govlang.record.facts import Row
    from govlang.record.history import History

# What a row may have looked at for its verdict to be kept; anything else may turn at instants that are not known here.
_PLAIN = (
    k.Given, k.Tally, k.Attendance, k.Voted, k.Distinct, k.Matching, k.InMeeting, k.Reconvened, k.Closed, k.ClosedAt, k.Now,
    k.Instant, k.Deadline, k.Blocks, k.Acts, k.Actors, k.ProposerIn, k.Proposers, k.FactIn, k.Advised, k.NoticeGiven,
    k.UnderWay, k.Headcount, k.Sharing, k.Total, k.InTerm, k.Withdrawn, k.Ruled,
)  # fmt: skip
MOST_KEPT = 8
_ALWAYS = (datetime.min, datetime.max)


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` on and before `until` a proposal has this verdict."""

    since: datetime
    until: datetime
    verdict: Verdict


class Turns:
    """The instants, in order, at which who is who may change: on record and by the text."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._size = (-1, -1)
        self._sorted: list[datetime] = []

    def all(self) -> list[datetime]:
        size = (len(self.history.turns), len(self.history.tenures))
        if size != self._size:
            self._size = size
            until = {tenure.until for tenure in self.history.tenures if tenure.until is not None}
            self._sorted = sorted(self.history.turns | until | _dated(self.history))
        return self._sorted

    def between(self, since: datetime, until: datetime) -> list[datetime]:
        """Those from one instant to another, both included."""
        turns = self.all()
        return turns[bisect_left(turns, since) : bisect_right(turns, until)]

    def inside(self, since: datetime, until: datetime) -> list[datetime]:
        """Those after one instant and before another."""
        turns = self.all()
        return turns[bisect_right(turns, since) : bisect_left(turns, until)]

    def around(self, now: datetime) -> tuple[datetime, datetime]:
        """The last one up to an instant, and the first one after it."""
        turns = self.all()
        place = bisect_right(turns, now)
        return (turns[place - 1] if place else _ALWAYS[0], turns[place] if place < len(turns) else _ALWAYS[1])


def _dated(history: History) -> set[datetime]:
    """The days on which values and membership change by the text."""
    days: set[date] = set()
    for items in history.values.values():
        for item in items:
            days |= {day for day in (item.since, _next(item.until)) if day is not None}
    for member in history.agreement.members.values():
        days |= {day for day in (member.since, _next(member.until)) if day is not None}
    return {datetime.combine(day, time()) for day in days}


def _next(day: date | None) -> date | None:
    return day + timedelta(days=1) if day is not None and day < date.max else None


class Over:
    """The proposals of one decision that are taken or refused for good, in the order in which they were; and the others."""

    def __init__(self) -> None:
        self._seen = 0
        self._others: list[Proposal] = []
        self._ended: dict[str, datetime] = {}
        self._over: list[tuple[datetime, int, Proposal]] = []

    def end(self, proposal: Proposal, since: datetime) -> None:
        """Notes that nothing turns any more from an instant on."""
        self._ended.setdefault(proposal.id, since)

    def others(self, every: list[Proposal], since: datetime) -> list[Proposal]:
        """Those that were not over at an instant."""
        self._others.extend(every[self._seen :])
        self._seen = len(every)
        for item in self._others:
            if item.id in self._ended:
                insort(self._over, (self._ended[item.id], item.sequence, item), key=itemgetter(0, 1))
        self._others = [item for item in self._others if item.id not in self._ended]
        late = bisect_right(self._over, since, key=itemgetter(0))
        return [*self._others, *(item for *_, item in self._over[late:])]


class Spans:
    """What was found about the proposals of one history, and for how long it holds."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.turns = Turns(history)
        self._found: dict[str, list[Span]] = {}
        self._over: dict[str, Over] = {}
        self._count = history.count

    def find(self, proposal: Proposal, now: datetime) -> Span | None:
        """What is known of a proposal at an instant."""
        if self.history.count != self._count:  # more is on record since
            self._found.clear()
            self._over.clear()
            self._count = self.history.count
        span = self._at(proposal.id, now)
        return span if span is not None and lifecycle.in_term(self.history, now) else None

    def _at(self, name: str, now: datetime) -> Span | None:
        for span in reversed(self._found.get(name, ())):  # the latest is asked for most often
            if span.since <= now < span.until:
                return span
        return None

    def not_over(self, decision: str, since: datetime, now: datetime) -> list[Proposal] | None:
        """The proposals of a decision but those of which it is known that they were taken or refused for good by an instant;
        None where that is not known of any."""
        history = self.history
        known = history.agreement.decisions.get(decision)
        if history.texts or history.count != self._count or not lifecycle.in_term(history, now) or known is None:
            return None
        names = dict.fromkeys((decision, *known.acts))
        found = [item for name in names for item in self._over.setdefault(name, Over()).others(history.index.about(name), since)]
        return sorted(found, key=lambda item: item.sequence)

    def keep(self, proposal: Proposal, row: Row, verdict: Verdict) -> bool:
        """Keeps a judgement, where it is known how long it holds; whether it does."""
        decision = self.history.agreement.decisions.get(proposal.decision)
        if self.history.texts or row.asks_elsewhere or decision is None:
            return False
        if any(given.type.kind == "decision" for given in decision.facts.values()):
            return False
        if not all(isinstance(key, _PLAIN) for key in row.asked()) or not lifecycle.in_term(self.history, row.now):
            return False
        now = row.now
        since, until = _ALWAYS if settled_beside_others(row) else self.turns.around(now)
        instants = [event.at.start for event in proposal.events]
        instants += [proposal.at.start, *row.instants, *self.history.index.turned(proposal.id)]
        for other in row.looked_at:
            span = self._at(other.id, now)
            if span is None:
                return False
            since, until = max(since, span.since), min(until, span.until)
        for instant in instants:
            if instant <= now:
                since = max(since, instant)
            else:
                until = min(until, instant)
        kept = self._found.setdefault(proposal.id, [])
        kept.append(Span(since, until, verdict))
        del kept[:-MOST_KEPT]
        if until == _ALWAYS[1] and verdict is not Verdict.PENDING:
            self._over.setdefault(proposal.decision, Over()).end(proposal, since)
        return True
