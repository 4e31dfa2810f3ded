"""Duties, powers, reviews: their states against a plain definition, over every order in which their marks can fall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise, product

from hypothesis import given, settings, strategies as st

from govlang.core.expr import Expr
from govlang.core.lower_norms import CONTINUING, DUTY, POWER
from govlang.core.norms import Standing
from govlang.core.verdict import evaluate
from govlang.pipeline import load_text
from govlang.record.judge import Judge
from govlang.record.norms import Instance, Marks, Norms
from govlang.record.periods import periods
from govlang.source import Source
from govlang.syntax.nodes import Duration
from govlang.syntax.parse import parse_entries

START = datetime(2026, 1, 1)
DAYS = [None, *(START + timedelta(days=day) for day in (1, 2, 3))]
INSTANTS = (START, *(day for day in DAYS if day is not None))
MARKS = ("done", "lost", "released", "ended", "suspended")
Told = dict[str, datetime | None]


def standing(states: tuple[tuple[Standing, Expr], ...], marks: Told, now: datetime) -> Standing:
    row = Marks(marks, now)
    return next(state for state, holds in states if evaluate(holds, row) is True)


def story(marks: Told, now: datetime, final: dict[str, Standing]) -> Standing:
    """The definition, told as a story: day by day, what happens first decides, and nothing later changes it."""
    for day in INSTANTS:
        if day > now:
            break
        for name, state in final.items():  # on one day: what is too late is too late, then doing, releasing, ending
            if marks[name] == day:
                return state
    suspended = marks["suspended"]
    return Standing.SUSPENDED if suspended is not None and suspended <= now else Standing.IN_EFFECT


def every_order() -> Iterator[tuple[Told, datetime]]:
    for values in product(DAYS, repeat=len(MARKS)):
        marks: Told = {"since": START, **dict(zip(MARKS, values, strict=True))}
        for now in INSTANTS:
            yield marks, now


def test_a_duty_is_what_happens_to_it_first() -> None:
    final = {"lost": Standing.VIOLATED, "done": Standing.FULFILLED, "released": Standing.DISCHARGED, "ended": Standing.EXPIRED}
    for marks, now in every_order():
        assert standing(DUTY, marks, now) is story(marks, now, final), (marks, now)


def test_a_continuing_duty_is_broken_or_kept() -> None:
    final = {"lost": Standing.VIOLATED, "released": Standing.DISCHARGED, "ended": Standing.EXPIRED}
    for marks, now in every_order():
        done, lost = marks["done"], marks["lost"]
        cured = done is not None and lost is not None and done < lost
        told = {**marks, "lost": None} if cured and done is not None and done <= now else marks
        if cured and any(marks[name] is not None for name in ("released", "ended")):
            continue  # what was cured and what ended it are told apart by the record
        assert standing(CONTINUING, marks, now) is story(told, now, final), (marks, now)


def test_a_power_is_used_released_or_runs_out() -> None:
    final = {"lost": Standing.EXPIRED, "done": Standing.EXERCISED, "released": Standing.DISCHARGED, "ended": Standing.EXPIRED}
    for marks, now in every_order():
        assert standing(POWER, marks, now) is story(marks, now, final), (marks, now)


def test_nothing_happens_to_what_has_not_arisen() -> None:
    for marks, _ in every_order():
        for states in (DUTY, CONTINUING, POWER):
            assert standing(states, marks, START - timedelta(seconds=1)) is Standing.PENDING


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.sampled_from(["week", "month", "quarter", "half year", "year"]))
@settings(max_examples=60, deadline=None)
def test_turns_follow_each_other_without_a_gap(since: date, every: str) -> None:
    found = list(periods(every, since, since + timedelta(days=800)))
    assert found[0].first == since
    for earlier, later in pairwise(found):
        assert later.first == earlier.last + timedelta(days=1)
        assert earlier.key != later.key
    assert found[-1].last >= since + timedelta(days=800)


def test_rolling_turns_clamp_to_the_end_of_the_month() -> None:
    found = list(periods(Duration(1, "months"), date(2026, 1, 31), date(2026, 4, 1)))
    assert [turn.first.isoformat() for turn in found] == ["2026-01-31", "2026-02-28", "2026-03-31"]


AGREEMENT = """
agreement Aurora
  effective 2026-01-01 until 2026-12-31
  currency EUR

parties Helios, Norwind, Cetra

duty Report Progress
  owed by every party to Helios
  each month
  within 10 days after its end
"""


def instances(minutes: str, on: str) -> list[Instance]:
    loaded = load_text(AGREEMENT)
    assert loaded.sound
    events, found = parse_entries(Source("record.minutes", minutes))
    assert not found
    return Norms(Judge(loaded.rules, loaded.history(events))).at(datetime.fromisoformat(on))


@given(st.permutations([(party, month) for party in ("Norwind", "Cetra") for month in range(1, 7)]), st.integers(0, 12))
@settings(max_examples=40, deadline=None)
def test_a_performance_counts_for_one_turn_of_one_party(order: list[tuple[str, int]], count: int) -> None:
    """However the reports are shuffled, with the turn named each settles its own duty and nobody else's."""
    done = order[:count]
    minutes = "".join(f"2026-08-01  {party} performs Report Progress for 2026-{month:02d}\n" for party, month in done)
    found = {(item.bearer, item.key): item for item in instances(minutes, "2026-08-02")}
    for party in ("Helios", "Norwind", "Cetra"):
        for month in range(1, 7):
            item = found[party, f"2026-{month:02d}"]
            assert (item.done is not None) == ((party, month) in done)
            late = month < 7  # all were due by 10 July, and nothing was done before August
            assert (item.standing is Standing.VIOLATED) is late
    assert len(found) == 3 * 8  # eight turns had begun


def test_what_is_done_for_another_counts_for_nothing_and_is_told() -> None:
    loaded = load_text(AGREEMENT)
    minutes = "2026-02-03  Cetra performs Report Progress for 2025-01\n"
    events, _ = parse_entries(Source("record.minutes", minutes))
    norms = Norms(Judge(loaded.rules, loaded.history(events)))
    assert [stray.reason for stray in norms.strays(datetime(2026, 3, 1))] == ["no duty of that name arose for 2025-01"]
