"""What a record holds: tenures, proposals, meetings, proxies, delegations.

In: made by `record.history`. Out: read by everything that counts.
"""

from __future__ import annotations

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


class Tenures(list[Tenure]):
    """Tenures in the order of the record, found by who holds something, by what is held and by the party it is held for."""

    def __init__(self) -> None:
        super().__init__()
        self._by: dict[tuple[str, str], list[Tenure]] = {}

    def append(self, tenure: Tenure) -> None:
        super().append(tenure)
        for key in (("who", tenure.who), ("what", tenure.what), ("party", tenure.party)):
            self._by.setdefault(key, []).append(tenure)

    def held_by(self, who: str) -> list[Tenure]:
        return self._by.get(("who", who), [])

    def of(self, what: str) -> list[Tenure]:
        return self._by.get(("what", what), [])

    def held_for(self, party: str) -> list[Tenure]:
        return self._by.get(("party", party), [])


@dataclass(slots=True)
class Proposal:
    """A proposal and everything recorded about it, in order."""

    id: str
    decision: str
    by: tuple[str, ...]
    at: n.Moment
    facts: dict[str, object]
    deed: n.Deed
    events: list[n.Deed] = field(default_factory=list)
    sequence: int = 0
    joined: dict[str, n.Moment] = field(default_factory=dict)

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
