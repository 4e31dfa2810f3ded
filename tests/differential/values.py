"""Random rows of facts for a planned right: values of each column's type, most of them where something turns.

In: choices, a right, the rows found so far. Out: rows by column name. The literals of the right and their neighbours are drawn
more often than others, values of one type are drawn from one small pool, so that comparisons of two columns are often equal, and
a row is often a changed copy of one that reached a seldom requirement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from govlang.backends.plan import Right
from govlang.core.expr import Literal, OneOf, Value
from govlang.core.keys import Column
from govlang.frozen import parts
from govlang.syntax.nodes import Duration, Money
from tests.differential.choices import Choices

Row = dict[str, Value]

_NOON = datetime(2026, 3, 4, 12)
_SHIFTS = (timedelta(0), timedelta(seconds=1), timedelta(seconds=-1), timedelta(days=1), timedelta(days=-1), timedelta(days=30),
           timedelta(microseconds=1), timedelta(hours=-12))  # fmt: skip
_TEXTS = ("", "Ada", "Helios", "low", "x'); DROP TABLE log; --", '"', "Ünal \\ Øst\n", "meeting")
_USUAL = {"in_term": True, "withdrawn": False}  # elsewise nearly every row would end there, or at who proposed it


def literals(right: Right) -> list[Value]:
    """The values that stand in a right, each once."""
    found: list[Value] = []
    for part in parts((right.tree, right.applies)):
        if isinstance(part, Literal):
            found.append(part.value)
        elif isinstance(part, OneOf):
            found.extend(part.values)
    return list({(type(value), value): value for value in found}.values())


class Fuzz:
    """Draws rows of one right."""

    def __init__(self, right: Right) -> None:
        self.columns = right.columns
        self.pools = {type_: list(_pool(type_, literals(right))) for type_ in {column.type for column in right.columns}}

    def value(self, choices: Choices, column: Column) -> Value:
        """A value of a column's type. Some columns hold whole numbers alone, some none without an end, as tables do."""
        found = choices.pick(self.pools[column.type])
        fine = len(column.name) % 3
        if column.type == "number" and fine:
            return Fraction(round(found * (100 if fine == 1 else 1)), 100 if fine == 1 else 1)  # type: ignore[operator]
        return found

    def fresh(self, choices: Choices) -> Row:
        """A row by itself: in half of them everything is known."""
        unknown = choices.pick((0, 0, 10, 35))
        row: Row = {}
        for column in self.columns:
            usual = _usual(column.name)
            if usual is not None and not choices.chance(4):
                row[column.name] = usual
            elif unknown and choices.chance(unknown):
                row[column.name] = None
            else:
                row[column.name] = self.value(choices, column)
        return row

    def changed(self, choices: Choices, row: Mapping[str, Value]) -> Row:
        """A row with one to three values changed; a number or an instant often by one step."""
        found = dict(row)
        for _ in range(choices.number(1, 3)):
            column = choices.pick(self.columns)
            if _usual(column.name) is not None:
                column = choices.pick(self.columns)
            before = found.get(column.name)
            found[column.name] = None if choices.chance(8) else _stepped(choices, before) if choices.chance(40) else (
                self.value(choices, column))  # fmt: skip
        return found


def _usual(name: str) -> bool | None:
    return True if name.startswith("proposed_by_") else _USUAL.get(name)


def _stepped(choices: Choices, value: Value) -> Value:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Fraction):
        return max(value + choices.pick((1, -1)), 0)
    if isinstance(value, Money):
        return Money(value.amount + Decimal(choices.pick(("0.01", "-0.01"))), value.currency)
    if isinstance(value, datetime):
        return value + choices.pick(_SHIFTS[1:])
    return value


def _pool(type_: str, known: list[Value]) -> Iterator[Value]:
    match type_:
        case "count":
            yield from (0, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 12)
            yield from (10**6, 10**12, 10**12 + 1) if len(known) % 2 else ()
        case "number":
            yield from (Fraction(top, 20) for top in (0, 1, 5, 10, 12, 20, 40, 50, 60, 100))
            yield from (Fraction(1, 3), Fraction(5, 2), Fraction(67, 200), 3, 7, 40)
            numbers = [each for each in known if isinstance(each, int | Fraction) and not isinstance(each, bool)]
            yield from (each + step for each in numbers for step in (0, 1, Fraction(1, 100)))
        case "money":
            amounts = [each for each in known if isinstance(each, Money)] or [Money(Decimal(100), "EUR")]
            yield from amounts
            yield from (Money(each.amount + Decimal(step), each.currency) for each in amounts for step in ("0.01", "-0.01", "1"))
            yield from (Money(each.amount * times, each.currency) for each in amounts for times in (2, 10))
            yield from (Money(amounts[0].amount, "USD"), Money(Decimal(0), "EUR"), Money(Decimal("12345678901.23"), "EUR"))
        case "yesno":
            yield from (True, False)
        case "text":
            texts = [each for each in known if isinstance(each, str)]
            yield from (*texts, *texts, *_TEXTS)
        case "instant":
            yield from (_NOON + shift for shift in _SHIFTS)
            yield from (each + shift for each in known if isinstance(each, datetime) for shift in _SHIFTS)
        case "duration":
            yield from (each for each in known if isinstance(each, Duration))
            yield from (Duration(30, "days"), Duration(1, "months"), Duration(720, "hours"), Duration(5, "working days"),
                        Duration(1, "years"), Duration(0, "days"), Duration(12, "months"))  # fmt: skip
        case "names":
            yield from (("Helios",), (), ("Ada", "Bea"))
        case _:
            raise AssertionError(type_)


def fits(value: Value, type_: str) -> bool:
    """Whether a value is of a column's type."""
    match type_:
        case _ if value is None:
            return True
        case "count":
            return not isinstance(value, bool) and isinstance(value, int | Fraction) and value == int(value)
        case "number":
            return not isinstance(value, bool) and isinstance(value, int | Fraction)
        case "money":
            return isinstance(value, Money)
        case "yesno":
            return isinstance(value, bool)
        case "text":
            return isinstance(value, str)
        case "instant":
            return isinstance(value, datetime)
        case "duration":
            return isinstance(value, Duration)
        case "names":
            return isinstance(value, tuple) and all(isinstance(each, str) for each in value)
        case _:
            raise AssertionError(type_)
