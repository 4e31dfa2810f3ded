"""What norms look at around them: the agreement's end, parties that left or are in default, disputes.

In: a history, or its judge, and an instant. Out: instants, None where it has not happened. Each answer is that of the area it
belongs to (`record.lifecycle`, `record.dispute_states`), as norms need it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from govlang.record import lifecycle
from govlang.record.dispute_states import DisputeState, states
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.record.membership import Membership
from govlang.syntax import nodes as n


def ended_at(history: History, now: datetime) -> datetime | None:
    """The first instant after the agreement's end, past or known to come; None for one without an end."""
    last = lifecycle.end(history, now)
    return _over(last) if last is not None else None


def departures(history: Membership, party: str, now: datetime) -> list[datetime]:
    """Each time up to now that a party left: by the record, by the text, or because an amendment takes it out of the text."""
    found = set(_became(history.life.parties.get(party, ()), False, now, True))
    member = history.agreement.members.get(party)
    if member is not None and member.until is not None:
        found.add(datetime.combine(member.until + timedelta(days=1), datetime.min.time()))
    known = False
    for version in history.texts:
        if known and party in version.gone:
            found.add(version.start)
        known = party not in version.gone
    return sorted(at for at in found if at <= now)


def joined(history: History, party: str, now: datetime) -> list[datetime]:
    """Each time up to now that a party joined by what is on record."""
    return _became(history.life.parties.get(party, ()), True, now, False)


def defaults(history: History, party: str, now: datetime) -> list[datetime]:
    """Each time up to now that a party came into default."""
    return _became(history.life.defaults.get(party, ()), True, now, False)


def _became(standings: Iterable[lifecycle.Standing], holds: bool, now: datetime, was: bool) -> list[datetime]:
    """When something came to hold, or to hold no longer; said twice, it happened once."""
    found: list[datetime] = []
    for standing in standings:
        if standing.holds is holds and was is not holds and standing.since <= now:
            found.append(standing.since)
        was = standing.holds
    return found


def disputes(judge: Judge, now: datetime) -> list[DisputeState]:
    """The disputes on record."""
    return states(judge, now, ways=False) if judge.history.agreement.disputes else []


def open_disputes(judge: Judge, ladder: str, now: datetime) -> list[tuple[datetime, datetime | None]]:
    """From when until when disputes of a ladder were open; None for one that still is."""
    return [(each.raised, each.ended) for each in disputes(judge, now) if each.ladder == ladder]


def _over(last: n.Moment) -> datetime:
    return datetime.combine(last.day + timedelta(days=1), datetime.min.time()) if last.whole_day else last.start
