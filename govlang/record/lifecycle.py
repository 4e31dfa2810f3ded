"""The life of an agreement: its term, renewals and end; who left it, who is in default. Answers for any instant.

In: a history (what `record.effects` has taken in) and an instant. Out: plain facts, each with the clause that it rests on. The
day on which an agreement ends is its last day, as with `until`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from govlang.frozen import dataclass, field
from govlang.record import calendar
from govlang.source import Citation
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.history import History

NOWHERE = Citation("")
_MOST_RENEWALS = 10_000


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of the agreement: its last day (or instant), why, by which proposal, and since when that is on record."""

    at: n.Moment
    reason: str
    by: str = ""
    recorded: datetime = datetime.min
    citation: Citation = field(default=NOWHERE, compare=False)

    def over(self, now: datetime) -> bool:
        """Whether it is past: a day is over when the next one begins."""
        return self.recorded <= now and now > self.at.end


@dataclass(frozen=True, slots=True)
class Extended:
    """The term was given a new end, or so much more time."""

    recorded: datetime
    until: date | None
    by: n.Duration | None
    citation: Citation = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody is in (a party, in default) from an instant on, until the next entry says otherwise. `ran_out`: the day
    before was named as the last day, and what is counted from the leaving is counted from it."""

    since: datetime
    holds: bool
    reason: str
    citation: Citation = field(default=NOWHERE, compare=False)
    ran_out: bool = False


@dataclass(slots=True)
class Life:
    """What is on record about the agreement as a whole."""

    endings: list[Ended] = field(default_factory=list)
    extensions: list[Extended] = field(default_factory=list)
    objections: list[n.Deed] = field(default_factory=list)
    parties: dict[str, list[Standing]] = field(default_factory=dict)
    defaults: dict[str, list[Standing]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """The term at an instant: its first and last day (None: none is set), how often it was renewed, and, where it renews
    itself, the last day to object (None once somebody has, or where nobody may)."""

    start: date | None
    end: date | None
    renewals: int = 0
    renews: n.Duration | None = None
    object_until: date | None = None
    citation: Citation = field(default=NOWHERE, compare=False)


# ------------------------------------------------------------ the term


def term(history: History, now: datetime) -> Term:
    """The term as it stands: what the text says, extended, and renewed as often as its end has come."""
    header = history.agreement.header
    start = header.effective.day if header.effective else None
    if header.until is None:
        return Term(start, None)
    off = calendar.days_off(header)
    renewal = header.renewal
    last, before, renewals = header.until.day, start - timedelta(days=1) if start is not None else date.min, 0
    waiting = [item for item in history.life.extensions if item.recorded <= now]
    cite = header.renewal or header
    while renewals < _MOST_RENEWALS:
        if waiting and waiting[0].recorded.date() <= last:
            last = _longer(last, waiting.pop(0), off)
        elif renewal is not None and now.date() > last and _renews(history, renewal, renewals, before, last, now):
            before, last, renewals = last, calendar.add_days(last, renewal.period, off), renewals + 1
        elif waiting:
            last = _longer(last, waiting.pop(0), off)  # too late, and yet it was done
        else:
            break
    citation = history.agreement.cite(cite, history.agreement.wording(cite) if header.renewal else "effective")
    if renewal is None or not _renews(history, renewal, renewals, before, last, now):
        return Term(start, last, renewals, citation=citation)
    until = last if renewal.ahead is None else _last_before(last, renewal.ahead, off)
    return Term(start, last, renewals, renewal.period, until if renewal.unless is not None else None, citation)


def _longer(last: date, extension: Extended, off: calendar.DaysOff) -> date:
    if extension.until is not None:
        return extension.until
    assert extension.by is not None
    return calendar.add_days(last, extension.by, off)


def _renews(history: History, renewal: n.Renewal, done: int, before: date, last: date, now: datetime) -> bool:
    """Whether the term that ends on a day renews itself: as often as it may, and nobody objected in time."""
    if renewal.times and done >= renewal.times:
        return False
    return not any(_in_time(history, renewal, deed, before, last) for deed in history.life.objections
                   if deed.at.start <= now)  # fmt: skip


def _in_time(history: History, renewal: n.Renewal, deed: n.Deed, before: date, last: date) -> bool:
    """Whether an objection to the renewal counts: by one who may, in this term, early enough before its end."""
    if renewal.unless is None or not before < deed.at.day <= last:
        return False
    at = deed.at.start
    allowed = set(history.electors(renewal.unless, at, None))
    if not any(allowed & {actor.text, *history.hats(actor.text, at)} for actor in deed.actors):
        return False
    off = calendar.days_off(history.agreement.header)
    return renewal.ahead is None or calendar.add_days(deed.at.day, renewal.ahead, off) <= last


def _last_before(last: date, ahead: n.Duration, off: calendar.DaysOff) -> date:
    """The last day from which a period still ends by a day."""
    day = last
    while calendar.add_days(day, ahead, off) > last and day > date.min:
        day -= timedelta(days=max(1, (calendar.add_days(day, ahead, off) - last).days // 3))
    while calendar.add_days(day + timedelta(days=1), ahead, off) <= last:
        day += timedelta(days=1)
    return day


# ------------------------------------------------------------ the end


def ended_at(history: History, now: datetime, without: str = "") -> Ended | None:
    """The end of the agreement, if it is past: by its term, or as recorded; None while it is in effect. `without` leaves out
    an end that one proposal brought about, which is not measured by what it did itself."""
    found = [item for item in history.life.endings if item.over(now) and (not without or item.by != without)]
    if history.agreement.header.until is not None:
        span = term(history, now)
        if span.end is not None and now.date() > span.end:
            found.append(Ended(_day(span.end), "its term is over", citation=span.citation))
    return min(found, key=lambda item: item.at.end) if found else None


def end(history: History, now: datetime) -> n.Moment | None:
    """The last day of the agreement, past or to come, as far as it is known at an instant; None where none is set."""
    known = [item.at for item in history.life.endings if item.recorded <= now]
    last = term(history, now).end
    known += [_day(last)] if last is not None else []
    return min(known, key=lambda moment: moment.end) if known else None


def _day(day: date) -> n.Moment:
    return n.Moment(datetime.combine(day, time()))


def in_term(history: History, now: datetime, survives: n.Duration | None = None, without: str = "") -> bool:
    """Whether the agreement is in effect at an instant (its first and last day included), or ended no longer ago than
    something survives."""
    header = history.agreement.header
    if header.effective is not None and header.effective.day > now.date():
        return False
    if header.until is None and not history.life.endings:
        return True
    ended = ended_at(history, now, without)
    if ended is None or survives is None:
        return ended is None
    return now < calendar.deadline(ended.at, survives, True, calendar.days_off(header))


def ending_words(history: History, now: datetime) -> tuple[str, ...]:
    """The end of the agreement in words, if it is past."""
    found = ended_at(history, now)
    return (f"the agreement ended on {found.at}: {found.reason}",) if found is not None else ()


# ------------------------------------------------------------ parties


def left(history: History, party: str, now: datetime) -> Standing | None:
    """Since when a party has left the agreement, and by what; None while it takes part (or never did)."""
    return _last(history.life.parties, party, now, False)


def default(history: History, party: str, now: datetime) -> Standing | None:
    """Since when a party is in default, and by what; None while it is not."""
    return _last(history.life.defaults, party, now, True)


def _last(table: dict[str, list[Standing]], name: str, now: datetime, holds: bool) -> Standing | None:
    for item in reversed(table.get(name, ())):
        if item.since <= now:
            return item if item.holds is holds else None
    return None
