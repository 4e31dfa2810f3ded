"""Whether a proposal still depends on who is who: once its votes are closed, ballots are counted by those who belonged then.

In: a row that was asked. Out: yes or no. What was done (an act, a veto, advice) is judged by who did it at the time, so nothing
but a vote that is still open, a head count and the like can turn when offices or weights change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlang.core import keys as k

if TYPE_CHECKING:
    from govlang.record.facts import Row

# What depends on events about the proposal and on periods alone.
_EVENTS = (
    k.Given, k.Now, k.Instant, k.Deadline, k.InMeeting, k.Reconvened, k.Closed, k.ClosedAt, k.Blocks, k.Acts, k.Actors,
    k.ProposerIn, k.Proposers, k.Advised, k.NoticeGiven, k.Withdrawn, k.Ruled,
)  # fmt: skip


def settled(row: Row) -> bool:
    """Whether nothing that a row was asked can turn any more because offices, weights or membership change."""
    if row.history.texts or row.asks_elsewhere or row.looked_at:
        return False
    return all(_settled(row, key) for key in list(row.asked()))


def settled_beside_others(row: Row) -> bool:
    """The same, whatever it looked at in other proposals: these may turn, and are asked for themselves."""
    if row.history.texts or row.asks_elsewhere:
        return False
    return all(isinstance(key, k.Total | k.UnderWay) or _settled(row, key) for key in list(row.asked()))


def _settled(row: Row, key: k.Key) -> bool:
    match key:
        case k.Tally(who) | k.Attendance(who) | k.Voted(who) | k.Distinct(who):
            return row.times_of(who).closed
        case k.Matching(electorates):
            return all(row.times_of(who).closed for who in electorates)
        case k.InTerm():
            life = row.history.life
            return not life.endings and not life.extensions
        case _:
            return isinstance(key, _EVENTS)
