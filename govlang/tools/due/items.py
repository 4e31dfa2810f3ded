"""What is due, as plain data: one `DueItem` a thing that somebody has to do, or that runs out, by a day.

In: made by the modules of `tools.due`. Out: read by the report, the calendar, scenarios. An item is complete when it is made.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from govlang.frozen import dataclass, field
from govlang.pipeline import Loaded
from govlang.record import calendar
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.record.norms import Norms
from govlang.source import Citation

# What there is to see to, in the words of the list, in the order in which kinds stand on one day.
KINDS = (
    "duty", "review", "objective", "minutes", "informing", "communication", "power", "cure", "vote", "notice", "objection",
    "consultation", "finding", "requirement", "standstill", "ratification", "lapse", "dispute", "term of office", "vacancy",
    "licence", "request window", "confidentiality", "amendment", "renewal", "end of the agreement", "holiday table", "survey",
    "trust",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has to see to it, as the text names them, and the persons behind that name on the day asked about."""

    name: str
    persons: tuple[str, ...] = ()

    def __str__(self) -> str:
        behind = ", ".join(self.persons)
        return f"{self.name} ({behind})" if behind and behind != self.name else self.name


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that is due. `name` is the clause's term, `occasion` which of several (a proposal, a period), `opens` since when it
    can be done, `over` the first instant too late (None: no day is set), `state` as its area calls it. `id` says which thing it is
    and stays the same from day to day; `notes` is what else there is to know."""

    id: str
    kind: str
    name: str
    to_do: str
    state: str
    citation: Citation = field(compare=False)
    on: datetime
    owners: tuple[Owner, ...] = ()
    occasion: str = ""
    opens: datetime | None = None
    over: datetime | None = None
    overdue: bool = False
    notes: tuple[str, ...] = ()

    @property
    def whole_day(self) -> bool:
        """Whether it is due in the course of a day, and not at an hour."""
        return self.over is None or self.over.time() == time.min

    @property
    def due(self) -> date | None:
        """The last day on which it is in time."""
        if self.over is None:
            return None
        return (self.over - timedelta(days=1)).date() if self.whole_day else self.over.date()

    @property
    def days(self) -> int | None:
        """How many days are left; fewer than none once it is overdue."""
        return (self.due - self.on.date()).days if self.due is not None else None

    @property
    def late_by(self) -> tuple[str, ...]:
        """How long it has been overdue: in days, and in whole months."""
        if not self.overdue or self.due is None:
            return ()
        days, months = (self.on.date() - self.due).days, _months(self.due, self.on.date())
        in_months = (f"overdue by {_count(months, 'month')}",) if months else ()
        return (f"overdue by {_count(days, 'day')}" if days else "overdue since today", *in_months)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"


def _months(first: date, last: date) -> int:
    """Whole months between two days, clamped to the end of a month."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - 1 if months and calendar.add_months(first, months) > last else months


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is made from: the norms of a record, the instant, and up to which instant things count as due soon."""

    norms: Norms
    now: datetime
    until: datetime
    loaded: Loaded | None = None  # without it, requests for access are left out: they are judged by the whole agreement

    @property
    def judge(self) -> Judge:
        return self.norms.judge

    @property
    def history(self) -> History:
        """The record under the text in force at the instant."""
        return self.norms.judge.history.on(self.now)

    def soon(self, over: datetime | None) -> bool:
        """Whether something that is not over yet is over within the time looked at."""
        return over is not None and self.now < over <= self.until


def identity(*parts: str) -> str:
    """A name for one item that no other item has."""
    return " / ".join(part.replace("/", "//") for part in parts)


def day_before(over: datetime) -> str:
    """The last day (or instant) before something is over, in words."""
    return f"{over - timedelta(days=1):%Y-%m-%d}" if over.time() == time.min else f"{over:%Y-%m-%d %H:%M}"


def joined(names: tuple[str, ...] | list[str], word: str = "and") -> str:
    """Names in a sentence."""
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else names[0] if names else "nobody"
