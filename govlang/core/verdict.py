"""The reference interpreter: what an expression is worth on one row of facts, and the verdict that follows.

In: expressions and a row (anything that answers `value(key)`; None means not known). Out: truth values by strong Kleene
logic (Kleene 1952, section 64), requirement states, and one of four verdicts. This is the specification that every other
back end must agree with; it is meant to be read in one sitting.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from typing import Protocol

from govlang.core import numbers
from govlang.core.expr import All, Any, Expr, Value, Worked, fold
from govlang.core.keys import Key
from govlang.core.rules import AnyOf, Every, Pick, Tree, failed, met, rest_of
from govlang.syntax.nodes import Duration, Money


class Row(Protocol):
    """The facts and tallies of one proposal at one instant. `worked` keeps what parts of expressions came to on it."""

    worked: Worked[Value]

    def value(self, key: Key) -> Value: ...


class Mismatch(Exception):
    """Two values that cannot be compared, such as amounts in two currencies."""


class State(Enum):
    """The state of one requirement."""

    MET = "met"
    OPEN = "open"
    FAILED = "failed"


class Verdict(Enum):
    """The four answers. Exactly one holds."""

    PERMITTED = "permitted"
    PENDING = "pending"
    DENIED = "denied"
    SILENT = "silent"


_VERDICTS = {State.MET: Verdict.PERMITTED, State.FAILED: Verdict.DENIED, State.OPEN: Verdict.PENDING}


class Kleene:
    """Three-valued evaluation: true, false, or None for not known."""

    def __init__(self, row: Row) -> None:
        self.row = row

    def literal(self, value: Value) -> Value:
        return value

    def fact(self, key: Key) -> Value:
        return self.row.value(key)

    def negate(self, item: Value) -> Value:
        return None if item is None else not item

    def all_of(self, items: list[Value]) -> Value:
        result: Value = True
        for item in items:
            if item is False:
                return False
            if item is None:
                result = None
        return result

    def any_of(self, items: list[Value]) -> Value:
        result: Value = False
        for item in items:
            if item is True:
                return True
            if item is None:
                result = None
        return result

    def compare(self, op: str, left: Value, right: Value) -> Value:
        if left is None or right is None:
            return None
        try:
            return self._compared(op, left, right)
        except Mismatch:  # amounts in two currencies, where the agreement names none: nobody can say
            return None

    def _compared(self, op: str, left: Value, right: Value) -> Value:
        if isinstance(left, Duration) and isinstance(right, Duration):
            sides = longer(left, right)
            return None if sides is None else {"=": sides == 0, "!=": sides != 0, ">=": sides >= 0, ">": sides > 0,
                                               "<=": sides <= 0, "<": sides < 0}[op]  # fmt: skip
        if op in ("=", "!="):
            return (order(left, right) == 0) is (op == "=") if _ordered(left, right) else (left == right) is (op == "=")
        sign = order(left, right)
        if op == ">=":
            return sign >= 0
        return sign > 0 if op == ">" else sign <= 0 if op == "<=" else sign < 0

    def one_of(self, item: Value, values: tuple[Value, ...]) -> Value:
        return None if item is None else item in values

    def known(self, item: Value) -> Value:
        return item is not None

    def arithmetic(self, op: str, items: list[Value]) -> Value:
        if any(item is None for item in items):
            return None
        try:
            return self._worked_out(op, items)
        except Mismatch:
            return None

    def _worked_out(self, op: str, items: list[Value]) -> Value:
        if all(isinstance(item, Money) for item in items) and op in ("+", "larger", "smaller"):
            return _money(op, items)
        values = [number(item) for item in items]
        match op:
            case "+":
                whole = [value.numerator for value in values if type(value) is Fraction and value.denominator == 1]
                if len(whole) == len(values):
                    return Fraction(sum(whole))
                total: numbers.Number = Fraction(0)
                for value in values:
                    total = numbers.add(total, value)
                return total
            case "*":
                factor, value = values
                if isinstance(items[1], Money) and isinstance(factor, Fraction):
                    return Money(items[1].amount * factor.numerator / factor.denominator, items[1].currency)
                return numbers.scale(factor, value) if isinstance(factor, Fraction) else numbers.scale(value, factor)  # type: ignore[arg-type]
            case "larger" | "smaller":
                left, right = values
                return left if (numbers.compare(left, right) > 0) is (op == "larger") else right
            case "root":
                if not isinstance(values[0], Fraction) or values[0] < 0:
                    raise Mismatch("a square root is taken of a number that is not negative")
                return numbers.root(values[0])
            case _:
                return numbers.rounded(values[0], op)


def _money(op: str, items: list[Value]) -> Money:
    first, *rest = items
    assert isinstance(first, Money)
    total = first
    for item in rest:
        assert isinstance(item, Money)
        sign = order(total, item)
        if op == "+":
            total = Money(total.amount + item.amount, total.currency)
        elif (sign < 0) is (op == "larger"):
            total = item
    return total


def number(value: Value) -> numbers.Number:
    """A value as an exact number. Raises Mismatch for anything else."""
    if isinstance(value, Fraction | numbers.Surd):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, Money):
        return Fraction(value.amount)
    raise Mismatch(f"{value} is not a number")


def _ordered(left: Value, right: Value) -> bool:
    kinds = (Fraction, numbers.Surd, int, Money)
    return isinstance(left, kinds) and isinstance(right, kinds) and not isinstance(left, bool)


def order(left: Value, right: Value) -> int:
    """-1, 0 or 1. Raises Mismatch for two currencies, or for values of two kinds."""
    if type(left) is Fraction and type(right) is Fraction:  # most often; the signs of fractions are compared here
        gap = left.numerator * right.denominator - right.numerator * left.denominator
        return (gap > 0) - (gap < 0)
    if isinstance(left, Money) or isinstance(right, Money):
        if not (isinstance(left, Money) and isinstance(right, Money) and left.currency == right.currency):
            raise Mismatch(f"{left} and {right} are not amounts of one currency")
        return (left.amount > right.amount) - (left.amount < right.amount)
    if _ordered(left, right):
        return numbers.compare(number(left), number(right))
    if type(left) is not type(right):
        raise Mismatch(f"{left} and {right} cannot be compared")
    return int(left > right) - int(left < right)  # type: ignore[operator]


_IN_MONTHS = {"months": 1, "years": 12}
_IN_HOURS = {"hours": 1, "days": 24, "weeks": 168}


def longer(left: Duration, right: Duration) -> int | None:
    """-1, 0 or 1 for two lengths of time; None where it depends on the calendar, as with 1 month and 30 days."""
    for table in (_IN_MONTHS, _IN_HOURS, {"working days": 1}):
        if left.unit in table and right.unit in table:
            one, other = left.amount * table[left.unit], right.amount * table[right.unit]
            return (one > other) - (one < other)
    (low, high), (least, most) = _hours(left), _hours(right)
    return -1 if high < least else 1 if low > most else None


def _hours(length: Duration) -> tuple[int, int]:
    """The fewest and the most hours that a length of time can last."""
    if length.unit in _IN_MONTHS:
        years, months = divmod(length.amount * _IN_MONTHS[length.unit], 12)
        return 24 * (365 * years + 28 * months), 24 * (366 * years + 31 * months)
    if length.unit == "working days":
        return 24 * length.amount, 24 * 366 * length.amount
    return (length.amount * _IN_HOURS[length.unit],) * 2


def evaluate(expr: Expr, row: Row) -> Value:
    """The value of an expression on a row; None when it depends on something not known."""
    return fold(expr, Kleene(row), row.worked)


def glance(expr: Expr, row: Row) -> Value:
    """The same value, looking no further than needed: what cannot turn it any more is not asked for."""
    if not isinstance(expr, All | Any):
        return fold(expr, Kleene(row), row.worked)
    known = row.worked.get(id(expr))
    if known is not None:
        return known[1]
    last = isinstance(expr, Any)
    result: Value = not last
    for item in expr.items:
        found = glance(item, row)
        if found is last:
            result = last
            break
        if found is None:
            result = None
    row.worked[id(expr)] = expr, result
    return result


def state(tree: Tree, row: Row) -> State:
    """Met, failed, or open. The two expressions of a requirement are never both true; a test enumerates that."""
    if evaluate(met(tree), row) is True:
        return State.MET
    return State.FAILED if evaluate(failed(tree), row) is True else State.OPEN


def holds(tree: Tree, row: Row) -> bool:
    """Whether a tree is met: what `state` says, looking no further than needed. For questions asked about many rows."""
    match tree:
        case Every(items):
            return all(holds(item, row) for item in items)
        case AnyOf(items):
            return any(holds(item, row) for item in items)
        case Pick(branches):
            if not branches:
                return False
            first, rest = branches[0], rest_of(tree)
            fits = glance(first.condition, row)
            if fits is not None:
                return holds(first.tree if fits else rest, row)
            return holds(first.tree, row) and holds(rest, row)
        case _:
            return glance(met(tree), row) is True


def holds_asking_all(tree: Tree, row: Row, fixed: Callable[[Expr], bool]) -> bool:
    """The same, asking for everything that may turn it at another instant: all but the tiers that a `fixed` condition
    leaves out."""
    match tree:
        case Every(items):
            return all([holds_asking_all(item, row, fixed) for item in items])
        case AnyOf(items):
            return any([holds_asking_all(item, row, fixed) for item in items])
        case Pick(branches) if branches and fixed(branches[0].condition):
            fits = evaluate(branches[0].condition, row)
            if fits is not None:
                return holds_asking_all(branches[0].tree if fits else rest_of(tree), row, fixed)
    return evaluate(met(tree), row) is True


def verdict(tree: Tree, row: Row) -> Verdict:
    """Permitted when everything is met, denied when something failed for good, pending otherwise."""
    return _VERDICTS[state(tree, row)]


def seen(tree: Tree, row: Row) -> Verdict:
    """The same verdict, looking no further than needed."""
    if glance(met(tree), row) is True:
        return Verdict.PERMITTED
    return Verdict.DENIED if glance(failed(tree), row) is True else Verdict.PENDING
