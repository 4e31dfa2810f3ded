"""The smallest nodes: names, instants, money, durations, literals, types.

In: nothing. Out: values that every later pass uses as they are. See `syntax.nodes` for the whole tree.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from govlang.frozen import dataclass, field
from govlang.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Node:
    """What every node has: where it stands. `cite` is the text of a `[clause]` tag at the end of its line."""

    span: Span = field(default=NOWHERE, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A defined term, without its backquotes."""

    text: str


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A day, or an instant on it, in the agreement's time zone.

    A whole day is kept as such: it lasts from `start` to `end`. `zone_minutes` is an offset from UTC written with the
    instant, or None for the agreement's own zone.
    """

    start: datetime
    whole_day: bool = True
    zone_minutes: int | None = None

    @property
    def day(self) -> date:
        """The calendar day."""
        return self.start.date()

    @property
    def end(self) -> datetime:
        """The last instant of a whole day; the instant itself otherwise."""
        return self.start + timedelta(hours=23, minutes=59, seconds=59) if self.whole_day else self.start

    def __str__(self) -> str:
        return self.start.strftime("%Y-%m-%d" if self.whole_day else "%Y-%m-%d %H:%M")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one ISO 4217 currency. Amounts of two currencies are never compared or added."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount:,f} {self.currency}"


UNITS = ("hours", "days", "working days", "weeks", "months", "years")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in one of `UNITS`. Months and years clamp to the month's end."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount} {self.unit if self.amount != 1 else self.unit[:-1]}"


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value as written. `kind` is money, number, percent, text, date, name, word, yesno, duration or names."""

    kind: str
    value: Money | Fraction | str | Moment | bool | Duration | tuple[Name, ...] | Name


@dataclass(frozen=True, slots=True)
class TypeRef(Node):
    """The type of a fact or attribute; `choices` for `one of`, `target` for `decision Name`."""

    kind: str
    choices: tuple[str, ...] = ()
    target: Name | None = None


@dataclass(frozen=True, slots=True)
class Attribute(Node):
    name: str
    type: TypeRef
