"""The facts of one row of a log: what it says itself, and what is counted for it.

In: a row, read (`Told`). Out: a `Row` like that of a proposal on record. See `record.logged`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from govlang.core import keys as k
from govlang.core.expr import Value
from govlang.core.keys import Electorate
from govlang.frozen import dataclass, replace
from govlang.model.nodes import Agreement
from govlang.record.count import Count, Counter, Times
from govlang.record.entries import Meeting, Proposal
from govlang.record.facts import Row
from govlang.syntax import nodes as n

_UNDATED = ("undated", ())


@dataclass(frozen=True, slots=True)
class Told:
    """A row, read: the proposal with its events, the instant it is judged at, the meeting it was taken in. `own` gives the values
    that the row holds for the columns of a right."""

    proposal: Proposal
    now: datetime
    meeting: Meeting | None
    withdrawn: bool | None
    facts: Mapping[str, object]
    own: Callable[[Agreement, str], Mapping[k.Key, Value]]


def undated(ballot: n.Deed) -> n.Deed:
    """A ballot of which it is not said when it was cast."""
    return replace(ballot, names=(*ballot.names, _UNDATED))


class LoggedCounter(Counter):
    """Counts; a ballot without a day was cast in time, at the instant whose members count."""

    def _ballots(self, who: Electorate, count: Count, times: Times) -> None:
        at = n.Moment(times.counted_at, whole_day=False)
        events = [replace(event, at=at) if _UNDATED in event.names else event for event in self.events("ballot", "withdraw")]
        kept, self._events["ballot", "withdraw"] = self._events["ballot", "withdraw"], events
        super()._ballots(who, count, times)
        self._events["ballot", "withdraw"] = kept

    def _out_of_time(self, event: n.Deed, times: Times) -> str:
        return "" if _UNDATED in event.names else super()._out_of_time(event, times)


class LoggedRow(Row):
    """The facts of one row. What it holds itself is not counted."""

    def __init__(self, told: Told, own: Mapping[k.Key, Value], *arguments: Any) -> None:
        super().__init__(*arguments)
        self.told = told
        self.own = own
        self.counter = LoggedCounter(self.history, self.proposal, self.now)

    def _compute(self, key: k.Key) -> Value:
        return self.own[key] if key in self.own else super()._compute(key)

    def meetings(self) -> list[Meeting]:
        meeting = self.told.meeting
        return [meeting] if meeting is not None and meeting.at.start <= self.now else []

    def finding(self, name: str, declared: n.Given, of: str = "") -> Value:
        if name in self.told.facts:
            return self.told.facts[name]
        return super().finding(name, declared, of)

    def withdrawn(self) -> Value:
        return super().withdrawn() if self.told.withdrawn is None else self.told.withdrawn
