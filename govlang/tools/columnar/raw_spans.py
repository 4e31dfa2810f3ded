"""Steps: what holds from one instant to the next, tabulated by asking at each instant at which it may turn.

In: a function of an instant, and the instants. Out: a list of steps, each with the instant from which it holds, and the SQL that
finds the step of an instant. Nothing is worked out here: what holds is asked of whoever knows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from govlang.backends.sql import Dialect
from govlang.frozen import dataclass
from govlang.record.history import History
from govlang.record.spans import Turns

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Range:
    """The days that the instants of a log lie on. What lies outside is not tabulated."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time())

    @property
    def end(self) -> datetime:
        return datetime.combine(self.last, time()) + timedelta(days=1)

    def days(self) -> list[date]:
        return [self.first + timedelta(days=place) for place in range((self.last - self.first).days + 1)]

    def longer(self, days: int) -> Range:
        return Range(self.first, self.last + timedelta(days=days))


@dataclass(frozen=True, slots=True)
class Steps(Generic[T]):
    """`values[n]` holds from `since[n]` on, until the next."""

    since: tuple[datetime, ...]
    values: tuple[T, ...]

    def place(self, instant: str, dialect: Dialect) -> str:
        """The SQL of the place of an instant among the steps: halved again and again."""
        return _halved(instant, self.since[1:], 0, dialect)

    def cases(self, instant: str, dialect: Dialect, shown: Callable[[T], str]) -> str:
        """The SQL of what holds at an instant."""
        if len(self.values) == 1:
            return shown(self.values[0])
        listed = "".join(f"WHEN {instant} < {dialect.instant(until)} THEN {shown(value)} "
                         for until, value in zip(self.since[1:], self.values, strict=False))  # fmt: skip
        return f"(CASE {listed}WHEN {instant} IS NOT NULL THEN {shown(self.values[-1])} END)"


def _halved(instant: str, cuts: Sequence[datetime], first: int, dialect: Dialect) -> str:
    if not cuts:
        return str(first)
    half = len(cuts) // 2
    before, after = _halved(instant, cuts[:half], first, dialect), _halved(instant, cuts[half + 1:], first + half + 1, dialect)
    return f"(CASE WHEN {instant} < {dialect.instant(cuts[half])} THEN {before} ELSE {after} END)"


def steps(asked: Callable[[datetime], T], instants: Iterable[datetime], within: Range) -> Steps[T]:
    """What holds within a range; steps that are alike are one."""
    cuts = sorted({within.start} | {each for each in instants if within.start < each < within.end})
    since: list[datetime] = []
    found: list[T] = []
    for cut in cuts:
        value = asked(cut)
        if not found or value != found[-1]:
            since.append(cut)
            found.append(value)
    return Steps(tuple(since), tuple(found))


def turns(history: History) -> list[datetime]:
    """The instants at which who is who may change."""
    return Turns(history).all()


def ends(history: History, within: Range) -> list[datetime]:
    """The instants at which the agreement may begin or end: every day, and the instants that are on record."""
    days = [datetime.combine(day, time()) for day in within.days()]
    recorded = [each for item in history.life.endings for each in (item.recorded, item.at.end + timedelta(microseconds=1))]
    return [*days, *recorded, *(item.recorded for item in history.life.extensions)]
