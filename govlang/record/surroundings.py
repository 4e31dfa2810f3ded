"""What norms look at around them: the agreement's end, parties that left or are in default, disputes.

In: a history, or its judge, and an instant. Out: instants, None where it has not happened. Each answer is that of the area it
belongs to (`record.lifecycle`, `record.dispute_states`), as norms need it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from govlang.record import lifecycle
from govlang.record.dispute_states import DisputeState, states
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.syntax import nodes as n


def ended_at(history: History, now: datetime) -> datetime | None:
    """The first instant after the agreement's end, past or known to come; None for one without an end."""
    last = lifecycle.end(history, now)
    return _over(last) if last is not None else None


def left(history: History, party: str, now: datetime) -> datetime | None:
    """When a party left, by the record or by the text; None while it takes part."""
    standing = lifecycle.left(history, party, now)
    if standing is not None:
        return standing.since
    member = history.agreement.members.get(party)
    if member is None or member.until is None:
        return None
    return datetime.combine(member.until + timedelta(days=1), datetime.min.time())


def default(history: History, party: str, now: datetime) -> datetime | None:
    """Since when a party has been in default; None if it is not."""
    standing = lifecycle.default(history, party, now)
    return standing.since if standing is not None else None


def disputes(judge: Judge, now: datetime) -> list[DisputeState]:
    """The disputes on record."""
    return states(judge, now, ways=False) if judge.history.agreement.disputes else []


def open_disputes(judge: Judge, ladder: str, now: datetime) -> list[tuple[datetime, datetime | None]]:
    """From when until when disputes of a ladder were open; None for one that still is."""
    return [(each.raised, each.ended) for each in disputes(judge, now) if each.ladder == ladder]


def _over(last: n.Moment) -> datetime:
    return datetime.combine(last.day + timedelta(days=1), datetime.min.time()) if last.whole_day else last.start
