"""Periods that come round: calendar weeks, months, quarters, half years and years, or so many units from a day on.

In: how often, from when. Out: periods with a key (`2026-Q1`), their first and their last day. Months clamp to the month's end.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from govlang.frozen import dataclass
from govlang.record.calendar import LAST_YEAR, add_days, add_months
from govlang.syntax.nodes import Duration

_MONTHS = {"month": 1, "quarter": 3, "half year": 6, "year": 12}
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Period:
    """One turn: its key, its first day and its last."""

    key: str
    first: date
    last: date


def periods(every: str | Duration, since: date, until: date) -> Iterator[Period]:
    """The periods that begin by `until`. The first is the one that holds `since` (cut to begin with it, for calendar periods that
    began before), and the next follow without a gap."""
    found = _rolling(every, since) if isinstance(every, Duration) else _calendar(every, since)
    for count, period in enumerate(found):
        if period.first > until or count >= MOST or period.last.year >= LAST_YEAR:
            return
        yield period


def _calendar(every: str, since: date) -> Iterator[Period]:
    if every == "week":
        first = since - timedelta(days=since.weekday())
    else:
        months = _MONTHS[every]
        first = date(since.year, (since.month - 1) // months * months + 1, 1)
    while True:
        following = first + timedelta(days=7) if every == "week" else add_months(first, _MONTHS[every])
        yield Period(key_of(every, first), max(first, since), following - timedelta(days=1))
        first = following


def key_of(every: str, first: date) -> str:
    """The key of the calendar period that begins on a day (ISO 8601 weeks)."""
    match every:
        case "week":
            year, week, _ = first.isocalendar()
            return f"{year}-W{week:02d}"
        case "month":
            return f"{first.year}-{first.month:02d}"
        case "quarter":
            return f"{first.year}-Q{(first.month + 2) // 3}"
        case "half year":
            return f"{first.year}-H{1 if first.month < 7 else 2}"
        case _:
            return str(first.year)


def _rolling(every: Duration, since: date) -> Iterator[Period]:
    turn = 0
    while True:
        first = add_days(since, Duration(every.amount * turn, every.unit)) if turn else since
        following = add_days(since, Duration(every.amount * (turn + 1), every.unit))
        if following <= first:
            return
        yield Period(first.isoformat(), first, following - timedelta(days=1))
        turn += 1
