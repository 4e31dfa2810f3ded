"""Periods, deadlines and working days, against the calendar and against counting by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from govlang.pipeline import load_text
from govlang.record import calendar
from govlang.syntax.literals import BadLiteral, moment
from govlang.syntax.nodes import UNITS, Duration

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-12-31", 2, "2025-02-28"),
     ("2024-02-29", 12, "2025-02-28"), ("2026-03-15", 3, "2026-06-15")],
)  # fmt: skip
def test_months_clamp_to_the_end_of_the_month(start: str, months: int, end: str) -> None:
    assert calendar.add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_within_runs_through_the_last_day_and_waiting_ends_when_it_begins() -> None:
    start = moment("2026-03-02")
    assert calendar.deadline(start, Duration(10, "days"), through=True) == datetime(2026, 3, 13)
    assert calendar.deadline(start, Duration(10, "days"), through=False) == datetime(2026, 3, 12)
    assert calendar.deadline(moment("2026-03-02 14:00"), Duration(72, "hours"), through=True) == datetime(2026, 3, 5, 14)


def test_one_hundred_and_eighty_days_after_the_first_of_february_of_a_leap_year() -> None:
    assert calendar.add_days(date(2020, 2, 1), Duration(180, "days")) == date(2020, 7, 30)


def test_working_days_leave_out_weekends_and_listed_days() -> None:
    listed = calendar.DaysOff(listed=frozenset({date(2018, 1, 8), date(2018, 1, 15)}))
    # Wednesday 10 January 2018 is the third weekday after Friday the 5th, and the second working day
    assert calendar.add_days(date(2018, 1, 5), Duration(3, "working days")) == date(2018, 1, 10)
    assert calendar.add_days(date(2018, 1, 5), Duration(3, "working days"), listed) == date(2018, 1, 11)


@given(DAYS, st.integers(0, 300), st.sets(DAYS, max_size=5), st.frozensets(st.integers(0, 6), max_size=3))
def test_working_days_are_those_one_counts(start: date, count: int, listed: set[date], weekend: frozenset[int]) -> None:
    off = calendar.DaysOff(weekend, frozenset(listed))
    end = calendar.add_days(start, Duration(count, "working days"), off)
    assert calendar.working_days_between(start, end, off) == count
    assert count == 0 or calendar.working_day(end, off)


@given(DAYS, st.integers(0, 10**9), st.sampled_from(UNITS))
def test_no_period_is_too_long_for_the_calendar(start: date, amount: int, unit: str) -> None:
    at = moment(start.isoformat())
    through = calendar.deadline(at, Duration(amount, unit), through=True)
    assert through >= calendar.deadline(at, Duration(amount, unit), through=False) >= at.start


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)))
def test_dates_are_read_as_written(at: datetime) -> None:
    at = at.replace(second=0, microsecond=0)
    assert moment(at.strftime("%Y-%m-%d %H:%M")).start == at
    assert moment(at.strftime("%Y-%m-%d")).end == datetime.combine(at.date(), datetime.min.time()) + timedelta(
        hours=23, minutes=59, seconds=59
    )


@pytest.mark.parametrize(
    "text",
    ["2026-02-31", "2026-13-01", "2026-00-10", "0000-01-01", "2026-01-01 25:00", "2026-01-01 10:00 +99:00"],
)
def test_what_no_calendar_has_is_said_so(text: str) -> None:
    with pytest.raises(BadLiteral) as error:
        moment(text)
    assert error.value.code == "GL009"


def test_instants_move_into_the_zone_of_the_agreement() -> None:
    header = load_text("agreement A\n  time zone Europe/Zurich\n").agreement.header
    assert calendar.localise(moment("2026-07-01 10:00 UTC"), header).start == datetime(2026, 7, 1, 12)
    assert calendar.localise(moment("2026-01-01T10:00:00+01:00"), header).start == datetime(2026, 1, 1, 10)
    anywhere = load_text("agreement A\n  time zone AoE\n").agreement.header
    assert calendar.localise(moment("2023-07-01 11:00 UTC"), anywhere).start == datetime(2023, 6, 30, 23)
