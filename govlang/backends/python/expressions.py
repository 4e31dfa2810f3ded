"""Expressions as Python: where each is true and where it is false, as two conditions that never speak of "not known".

In: expressions over columns. Out: the source text of conditions over local variables. By strong Kleene logic an expression is true,
false or not known; asked for one of the first two alone, `and` and `or` are those of Python. Counts and numbers are compared as
integers, multiplied by what their shares have in common. Whatever is unusual (square roots, lengths of time, sums of money) is
handed to the reference interpreter's own methods, so that it cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from math import lcm
from typing import assert_never

from govlang.backends.python.writing import Names
from govlang.core.expr import All, Any, Arithmetic, Compare, Expr, Fact, Known, Literal, Not, OneOf, Value
from govlang.core.keys import Column
from govlang.core.verdict import Kleene, evaluate
from govlang.frozen import dataclass
from govlang.syntax.nodes import Money

_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "=": "!=", "!=": "="}
_TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "=": "=", "!=": "!="}
_PYTHON = {">=": ">=", ">": ">", "<=": "<=", "<": "<", "=": "==", "!=": "!="}
_PLAIN = {"instant": datetime, "text": str}  # compared by Python just as the interpreter does


@dataclass(frozen=True)
class Linear:
    """A sum of variables, each so many times, and a number. `known` are the variables that have to be known. Whole numbers are
    `int`, since most are whole and fractions take their time."""

    terms: tuple[tuple[str, int | Fraction], ...]
    constant: int | Fraction
    known: tuple[str, ...]

    def plus(self, other: Linear) -> Linear:
        terms = dict(self.terms)
        for name, times in other.terms:
            terms[name] = terms.get(name, 0) + times
        known = tuple(dict.fromkeys((*self.known, *other.known)))
        return Linear(
            tuple((name, times) for name, times in terms.items() if times), self.constant + other.constant, known
        )

    def times(self, factor: int | Fraction) -> Linear:
        terms = tuple((name, times * factor) for name, times in self.terms if factor)
        return Linear(terms, self.constant * factor, self.known)

    @property
    def denominator(self) -> int:
        return lcm(self.constant.denominator, *(times.denominator for _, times in self.terms))

    def sides(self, names: Names) -> tuple[str, str]:
        """The whole multiplied by its denominator, as what is added and what is taken away."""
        whole = self.times(self.denominator)
        return _sum(whole, 1, names), _sum(whole, -1, names)

    def code(self, names: Names) -> str:
        """The whole multiplied by its denominator."""
        added, taken = self.sides(names)
        return f"({added})" if taken == "0" else f"({added} - ({taken}))"


def _sum(whole: Linear, sign: int, names: Names) -> str:
    parts = [
        name if abs(times) == 1 else f"{names.constant(abs(times.numerator))} * {name}"
        for name, times in whole.terms if times * sign > 0
    ]  # fmt: skip
    if whole.constant * sign > 0 or not parts:
        parts.append(names.constant(max((whole.constant * sign).numerator, 0)))
    return " + ".join(parts)


Sure = frozenset[
    object
]  # what is known to hold where a condition stands: that a variable is known, or an amount of a currency
_NOTHING: Sure = frozenset()


class Conditions:
    """Makes conditions. `names` gives the variables and constants; `ready` are conditions that stand in a variable already, by
    the identity of the expression and whether it is asked to be true."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.ready: dict[tuple[int, bool], str] = {}
        self._sums: dict[int, tuple[Expr, Linear | None]] = {}
        self.interpreter = Kleene.__new__(Kleene)  # its methods for values, which look at no row

    def true(self, expr: Expr) -> str:
        """Where it is true."""
        return self._side(expr, True, _NOTHING)[0]

    def false(self, expr: Expr) -> str:
        """Where it is false."""
        return self._side(expr, False, _NOTHING)[0]

    def value(self, expr: Expr) -> str:
        """Its value, None where that is not known."""
        match expr:
            case Literal(value):
                return self.names.constant(value)
            case Fact(Column() as column):
                return self.names.variable(column)
            case Arithmetic(op, items):
                values = ", ".join(self.value(item) for item in items)
                return f"{self.names.constant(self.interpreter)}.arithmetic({self.names.constant(op)}, [{values}])"
            case _:
                return f"(True if {self.true(expr)} else False if {self.false(expr)} else None)"

    def amount(self, expr: Expr) -> str:
        """The value of a number, worked out with integers where that can be done."""
        linear = self.linear(expr)
        if linear is None:
            return self.value(expr)
        code, whole = linear.code(self.names), self.names.constant(linear.denominator)
        if whole != "1":
            code = f"{self.names.constant(Fraction)}({code}, {whole})"
        return f"({code} if {self._known(linear.known, _NOTHING)} else None)" if linear.known else code

    def _side(self, expr: Expr, side: bool, sure: Sure) -> tuple[str, Sure]:
        """A condition, and what is sure where it holds."""
        if isinstance(expr, Literal):
            return str(expr.value is side), sure
        ready = self.ready.get((id(expr), side))
        if ready is not None:
            return ready, sure
        match expr:
            case Fact(Column() as column):
                name = self.names.variable(column)
                return f"{name} is {side}", sure | {name}
            case Not(item):
                return self._side(item, not side, sure)
            case All(items) | Any(items):
                return self._joined(items, side, isinstance(expr, All) is side, sure)
            case Known(item):
                return self._whether_known(item, side, sure)
            case OneOf(item, values):
                return self._one_of(expr, item, values, side, sure)
            case Compare(op, left, right):
                return self._compare(expr, op if side else _OPPOSITE[op], left, right, side, sure)
            case Fact() | Arithmetic():
                raise TypeError(f"{expr} is neither true nor false")
        assert_never(expr)

    def _joined(self, items: tuple[Expr, ...], side: bool, every: bool, sure: Sure) -> tuple[str, Sure]:
        codes: list[str] = []
        in_common: Sure | None = None
        holds = sure
        for item in items:
            code, then = self._side(item, side, holds if every else sure)
            if code == str(not every):  # one false part of `and`, one true part of `or`
                return code, sure
            if code == str(every):
                continue
            codes.append(code)
            holds = then
            in_common = then if in_common is None else in_common & then
        if not codes:
            return str(every), sure
        joined = (" and " if every else " or ").join(codes)
        return (joined if len(codes) == 1 else f"({joined})"), holds if every else in_common or sure

    def _known(self, names: Iterable[str], sure: Sure) -> str:
        tests = [f"{name} is not None" for name in names if name not in sure]
        return " and ".join(tests) or "True"

    def _whether_known(self, item: Expr, side: bool, sure: Sure) -> tuple[str, Sure]:
        linear = self.linear(item)
        if linear is None:
            code = self.value(item)
            return f"{code} is not None" if side else f"{code} is None", sure
        if side:
            return f"({self._known(linear.known, sure)})", sure | set(linear.known)
        return f"not ({self._known(linear.known, _NOTHING)})", sure

    def _one_of(self, expr: Expr, item: Expr, values: tuple[Value, ...], side: bool, sure: Sure) -> tuple[str, Sure]:
        if isinstance(item, Fact) and isinstance(item.key, Column) and all(type(value) is str for value in values):
            name, among = self.names.variable(item.key), self.names.constant(values)
            return (f"{name} in {among}" if side else f"({name} is not None and {name} not in {among})"), sure | {name}
        code = f"{self.names.constant(self.interpreter)}.one_of({self.value(item)}, {self.names.constant(values)})"
        return f"{code} is {side}", sure

    def _compare(self, expr: Expr, op: str, left: Expr, right: Expr, side: bool, sure: Sure) -> tuple[str, Sure]:
        one, other = self.linear(left), self.linear(right)
        if one is not None and other is not None:
            if not one.known and not other.known:
                return str(evaluate(expr, _Nothing()) is side), sure
            return self._numbers(op, one.plus(other.times(-1)), sure)
        if isinstance(left, Literal):
            op, left, right = _TURNED[op], right, left
        if isinstance(left, Fact) and isinstance(left.key, Column):
            found = self._column(op, left.key, right, sure)
            if found is not None:
                return found
        whole = expr if isinstance(expr, Compare) else None
        assert whole is not None
        values = f"{self.value(whole.left)}, {self.value(whole.right)}"
        return f"{self.names.constant(self.interpreter)}.compare({self.names.constant(whole.op)}, {values}) is {side}", sure

    def _numbers(self, op: str, gap: Linear, sure: Sure) -> tuple[str, Sure]:
        added, taken = gap.sides(self.names)
        tests = [f"{name} is not None" for name in gap.known if name not in sure]
        code = " and ".join((*tests, f"{added} {_PYTHON[op]} {taken}"))
        return (f"({code})" if tests else code), sure | set(gap.known)

    def _column(self, op: str, column: Column, right: Expr, sure: Sure) -> tuple[str, Sure] | None:
        """One column beside a literal or another column of its type; None where the interpreter has to be asked."""
        name, sign = self.names.variable(column), _PYTHON[op]
        other = right.key if isinstance(right, Fact) and isinstance(right.key, Column) else None
        if other is not None and other.type != column.type:
            return None
        beside = self.names.variable(other) if other is not None else ""
        literal = right.value if isinstance(right, Literal) else None
        if column.type == "money" and (other is not None or isinstance(literal, Money)):
            return self._money(sign, name, beside, literal, sure)
        if column.type == "yesno" and isinstance(literal, bool) and op in ("=", "!="):
            return f"{name} is {literal is (op == '=')}", sure | {name}
        if column.type not in _PLAIN or not (other is not None or type(literal) is _PLAIN[column.type]):
            return None
        names = (name, beside) if other is not None else (name,)
        tests = [f"{each} is not None" for each in names if each not in sure]
        code = " and ".join((*tests, f"{name} {sign} {beside or self.names.constant(literal)}"))
        return (f"({code})" if tests else code), sure | set(names)

    def _money(self, sign: str, name: str, beside: str, literal: Value, sure: Sure) -> tuple[str, Sure]:
        """Amounts of one currency; of two, nobody can say."""
        kind = self.names.constant(Money)
        if isinstance(literal, Money):
            told: tuple[object, ...] = ((name, literal.currency),)
            tests = [f"type({name}) is {kind} and {name}.currency == {self.names.constant(literal.currency)}"]
            beside_amount = self.names.constant(literal.amount)
        else:
            told = ((name, beside),)
            tests = [f"type({name}) is {kind} and type({beside}) is {kind} and {name}.currency == {beside}.currency"]
            beside_amount = f"{beside}.amount"
        code = " and ".join((*(tests if told[0] not in sure else ()), f"{name}.amount {sign} {beside_amount}"))
        return (f"({code})" if told[0] not in sure else code), sure | {name, *told, *((beside,) if beside else ())}

    def linear(self, expr: Expr) -> Linear | None:
        """A sum of counts and numbers; None for anything else. Worked out once for each part."""
        found = self._sums.get(id(expr))
        if found is None:
            found = self._sums[id(expr)] = expr, self._linear(expr)
        if found[1] is not None:
            self.names.want(found[1].known)
        return found[1]

    def _linear(self, expr: Expr) -> Linear | None:
        match expr:
            case Literal(value) if isinstance(value, Fraction) or type(value) is int:
                return Linear((), value.numerator if value.denominator == 1 else value, ())
            case Fact(Column(_, "count" | "number") as column):
                name = self.names.variable(column)
                return Linear(((name, 1),), 0, (name,))
            case Arithmetic("+", items):
                return self._total(items)
            case Arithmetic("*", (left, right)):
                one, other = self.linear(left), self.linear(right)
                if one is None or other is None or (one.terms and other.terms):
                    return None
                result = other.times(one.constant) if not one.terms else one.times(other.constant)
                return Linear(result.terms, result.constant, tuple(dict.fromkeys((*one.known, *other.known))))
            case Arithmetic("up" | "down" | "nearest" as op, (item,)):
                return self._rounded(op, self.linear(item))
            case Arithmetic("larger" | "smaller" as op, (left, right)):
                return self._chosen(op, self.linear(left), self.linear(right))
            case _:
                return None

    def _total(self, items: tuple[Expr, ...]) -> Linear | None:
        total = Linear((), 0, ())
        for item in items:
            part = self.linear(item)
            if part is None:
                return None
            total = total.plus(part)
        return total

    def _rounded(self, op: str, inner: Linear | None) -> Linear | None:
        if inner is None:
            return None
        if op == "nearest":
            inner = inner.plus(Linear((), Fraction(1, 2), ()))
        whole, code = self.names.constant(inner.denominator), inner.code(self.names)
        rounded = f"-(-{code} // {whole})" if op == "up" else f"({code} // {whole})"
        return Linear(((f"({rounded})", 1),), 0, inner.known)

    def _chosen(self, op: str, left: Linear | None, right: Linear | None) -> Linear | None:
        if left is None or right is None:
            return None
        whole = lcm(left.denominator, right.denominator)
        one, other = (f"{self.names.constant(whole // side.denominator)} * {side.code(self.names)}" for side in (left, right))
        known = tuple(dict.fromkeys((*left.known, *right.known)))
        chosen = f"{'max' if op == 'larger' else 'min'}({one}, {other})"
        return Linear(((chosen, Fraction(1, whole)),), 0, known)


class _Nothing:
    """The row of an expression that looks at no facts."""

    def __init__(self) -> None:
        self.worked: dict[int, tuple[Expr, Value]] = {}

    def value(self, key: object) -> Value:
        raise KeyError(key)
