"""What a record holds: tenures, proposals, meetings, proxies, delegations.

In: made by `record.history`. Out: read by everything that counts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime

from govlang.frozen import dataclass, field
from govlang.syntax import nodes as n


@dataclass(slots=True)
class Tenure:
    """Someone holds a role, or sits in a body, from one day to another (the last day excluded)."""

    who: str
    what: str
    party: str
    since: n.Moment
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.since.start <= at and (self.until is None or at < self.until)


class Timeline:
    """Which tenures hold from one change to the next, so that an instant is looked up and not searched for."""

    def __init__(self) -> None:
        self.changes: list[datetime] = [datetime.min]
        self.holding: list[tuple[Tenure, ...]] = [()]

    def at(self, instant: datetime) -> tuple[Tenure, ...]:
        return self.holding[bisect_right(self.changes, instant) - 1]

    def _from(self, instant: datetime) -> int:
        """The place of a change at an instant, made where there is none."""
        place = bisect_left(self.changes, instant)
        if place == len(self.changes) or self.changes[place] != instant:
            self.changes.insert(place, instant)
            self.holding.insert(place, self.holding[place - 1])
        return place

    def add(self, tenure: Tenure) -> None:
        start = self._from(tenure.since.start)
        stop = self._from(tenure.until) if tenure.until is not None else len(self.changes)
        for place in range(start, stop):
            self.holding[place] = (*self.holding[place], tenure)

    def end(self, tenure: Tenure, at: datetime) -> None:
        for place in range(self._from(at), len(self.changes)):
            self.holding[place] = tuple(item for item in self.holding[place] if item is not tenure)


class Tenures(list[Tenure]):
    """Tenures in the order of the record, found by who holds something, by what is held and by the party it is held for."""

    def __init__(self) -> None:
        super().__init__()
        self._by: dict[tuple[str, str], list[Tenure]] = {}
        self._lines: dict[tuple[str, str], Timeline] = {}

    def append(self, tenure: Tenure) -> None:
        super().append(tenure)
        for key in (("who", tenure.who), ("what", tenure.what), ("party", tenure.party)):
            self._by.setdefault(key, []).append(tenure)
            self._lines.setdefault(key, Timeline()).add(tenure)

    def finish(self, tenure: Tenure, at: datetime) -> None:
        """Ends a tenure, if it has not ended before."""
        if tenure.until is None or at < tenure.until:
            for key in (("who", tenure.who), ("what", tenure.what), ("party", tenure.party)):
                self._lines[key].end(tenure, at)
        tenure.until = at

    def held_by(self, who: str) -> list[Tenure]:
        return self._by.get(("who", who), [])

    def of(self, what: str) -> list[Tenure]:
        return self._by.get(("what", what), [])

    def held_for(self, party: str) -> list[Tenure]:
        return self._by.get(("party", party), [])

    def now(self, by: str, name: str, at: datetime) -> tuple[Tenure, ...]:
        """Those of one who holds (`who`), of what is held (`what`) or for a party (`party`) that hold at an instant."""
        line = self._lines.get((by, name))
        return line.at(at) if line is not None else ()


@dataclass(slots=True)
class Proposal:
    """A proposal (or a dispute) and everything recorded about it, in order.

    `takers` are those who are asked about: may they take it further? A `hypothetical` one is asked about and not on record.
    """

    id: str
    decision: str
    by: tuple[str, ...]
    at: n.Moment
    facts: dict[str, object]
    deed: n.Deed
    events: list[n.Deed] = field(default_factory=list)
    sequence: int = 0
    joined: dict[str, n.Moment] = field(default_factory=dict)
    takers: tuple[str, ...] = ()
    hypothetical: bool = False

    def by_now(self, now: datetime) -> tuple[str, ...]:
        """Those who stand behind it at an instant."""
        return tuple(name for name in self.by if name not in self.joined or self.joined[name].start <= now)


@dataclass(slots=True)
class Meeting:
    """A meeting of a body: who was there, what was on its agenda."""

    id: str
    body: str
    at: n.Moment
    present: set[str]
    absent: set[str]
    agenda: set[str]
    closed: bool
    reconvening: str = ""
    attendance: bool = False
    covered: set[str] | None = None
    acts: list[n.Deed] = field(default_factory=list)
    turned: set[datetime] = field(default_factory=set)


@dataclass(slots=True)
class Proxy:
    """`giver` lets `holder` vote, on one proposal or in one meeting, or wherever (`target` empty)."""

    giver: str
    holder: str
    target: str
    deed: n.Deed
    given: int = 0
    ended: int | None = None
    ended_at: datetime | None = None

    def stands(self, place: int) -> bool:
        """Whether it stands at a place of the record."""
        return self.given < place and (self.ended is None or place < self.ended)


@dataclass(slots=True)
class Delegation:
    """`giver` lets `to` act in a role."""

    giver: str
    to: str
    role: str
    since: n.Moment
    until: datetime | None
