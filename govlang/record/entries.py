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


@dataclass(slots=True)
class Delegation:
    """`giver` lets `to` act in a role."""

    giver: str
    to: str
    role: str
    since: n.Moment
    until: datetime | None
