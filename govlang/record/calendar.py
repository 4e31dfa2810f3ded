"""Time: periods, deadlines, working days, time zones. Dates and instants are those of the agreement's own zone.

In: instants and durations. Out: instants. *Within N days after E* does not count E's own day and runs to the end of the
N-th; a waiting period of N days is complete when its N-th day begins; hours are exact; months and years clamp to the
month's end. Working days leave out the weekend (Saturday and Sunday, unless the agreement says
otherwise), the days the agreement lists as not worked, and those of the holiday table that stands beside it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache

from govlang.frozen import dataclass
from govlang.holiday_table import Holidays
from govlang.model.values import zone
from govlang.syntax.nodes import Duration, Header, Moment

ANYWHERE = timezone(timedelta(hours=-12))
LAST_YEAR = 9990


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The days that are not worked: those of the weekend (0 is Monday), and those listed or in the holiday table."""

    weekend: frozenset[int] = frozenset((5, 6))
    listed: frozenset[date] = frozenset()
    holidays: Holidays | None = None


WEEKENDS = DaysOff()


@lru_cache(maxsize=64)
def days_off(header: Header) -> DaysOff:
    """The days that an agreement does not count as working days. Its holiday table is read when the first day is counted."""
    return DaysOff(frozenset(header.weekend), frozenset(header.not_working), header.holidays)


def working_day(day: date, off: DaysOff) -> bool:
    """Whether a day is worked: no weekend, not listed as not worked, no holiday of the table."""
    if day.weekday() in off.weekend or day in off.listed:
        return False
    return off.holidays is None or day not in off.holidays.days


def add_days(day: date, duration: Duration, off: DaysOff = WEEKENDS) -> date:
    """The day a duration after a day, not counting that day itself. Stops at the calendar's end instead of failing."""
    try:
        return min(_day_after(day, duration, off), date(LAST_YEAR, 12, 31))
    except OverflowError:
        return date(LAST_YEAR, 12, 31)


def _day_after(day: date, duration: Duration, off: DaysOff) -> date:
    match duration.unit:
        case "weeks":
            return day + timedelta(days=7 * duration.amount)
        case "months":
            return add_months(day, duration.amount)
        case "years":
            return add_months(day, 12 * duration.amount)
        case "working days":
            return _add_working_days(day, min(duration.amount, 100_000), off)
        case _:
            return day + timedelta(days=duration.amount)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month if it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year > LAST_YEAR:
        raise OverflowError
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


@lru_cache(maxsize=1024)
def _add_working_days(day: date, count: int, off: DaysOff) -> date:
    while count > 0:
        day += timedelta(days=1)
        if working_day(day, off):
            count -= 1
    return day


def deadline(start: Moment, duration: Duration, through: bool, off: DaysOff = WEEKENDS) -> datetime:
    """The first instant at which a period after `start` is over: a `through` period at the end of its last day, any other
    when that day begins. Hours run from the instant itself."""
    if duration.unit == "hours":
        try:
            return start.start + timedelta(hours=duration.amount)
        except OverflowError:
            return datetime(LAST_YEAR, 12, 31)
    last = add_days(start.day, duration, off)
    return datetime.combine(last + timedelta(days=1) if through else last, time())


def working_days_between(start: date, end: date, off: DaysOff = WEEKENDS) -> int:
    """Working days after `start` up to and including `end`."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(1 for day in days if working_day(day, off))


def localise(moment: Moment, header: Header) -> Moment:
    """An instant written with its own offset, moved into the agreement's zone (UTC when the agreement names none)."""
    if moment.zone_minutes is None:
        return moment
    aware = moment.start.replace(tzinfo=timezone(timedelta(minutes=moment.zone_minutes)))
    name = header.time_zone.text if header.time_zone else "UTC"
    target = zone(name) or ANYWHERE
    return Moment(aware.astimezone(target).replace(tzinfo=None), whole_day=False)
