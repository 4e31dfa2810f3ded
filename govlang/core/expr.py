"""Expressions over typed facts and tallies: a handful of node kinds and one fold.

In: nothing. Out: `Expr`, the only thing that back ends know. An expression is about one flat row of facts (see
`core.keys`); it has no clause kinds, no names to resolve, no side effects and no clock.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Generic, Protocol, TypeVar, assert_never

from govlang.core.keys import Key
from govlang.frozen import dataclass

Value = object  # bool, Fraction, Surd, Money, str, datetime, tuple of str; None stands for "not known"


@dataclass(frozen=True, slots=True)
class Literal:
    value: Value


@dataclass(frozen=True, slots=True)
class Fact:
    key: Key


@dataclass(frozen=True, slots=True)
class Not:
    item: Expr


@dataclass(frozen=True, slots=True)
class All:
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Any:
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """`op` is one of >=, >, <=, <, =, !=."""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class OneOf:
    item: Expr
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a value is known; itself always true or false."""

    item: Expr


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`op` is +, -, *, larger, smaller, root, up, down or nearest (the last four take one item)."""

    op: str
    items: tuple[Expr, ...]


Expr = Literal | Fact | Not | All | Any | Compare | OneOf | Known | Arithmetic

TRUE, FALSE = Literal(True), Literal(False)

T = TypeVar("T")


class Algebra(Protocol, Generic[T]):
    """What a back end gives: one method a node kind."""

    def literal(self, value: Value) -> T: ...
    def fact(self, key: Key) -> T: ...
    def negate(self, item: T) -> T: ...
    def all_of(self, items: list[T]) -> T: ...
    def any_of(self, items: list[T]) -> T: ...
    def compare(self, op: str, left: T, right: T) -> T: ...
    def one_of(self, item: T, values: tuple[Value, ...]) -> T: ...
    def known(self, item: T) -> T: ...
    def arithmetic(self, op: str, items: list[T]) -> T: ...


Worked = dict[int, tuple[Expr, T]]  # by the identity of a part: the part (so that it stays) and what it came to


def fold(expr: Expr, algebra: Algebra[T], worked: Worked[T] | None = None) -> T:
    """The meaning of an expression in a back end. A part that stands in several places is worked out once: tiers share
    parts so much that the number of places doubles with every tier. `worked` keeps the parts from one fold to the next."""
    return _fold(expr, algebra, {} if worked is None else worked)


def _fold(expr: Expr, algebra: Algebra[T], known: Worked[T]) -> T:
    kind = type(expr)
    if kind is Fact:  # these are not worth keeping: a row keeps its facts itself
        return algebra.fact(expr.key)  # type: ignore[union-attr]
    if kind is Literal:
        return algebra.literal(expr.value)  # type: ignore[union-attr]
    found = known.get(id(expr))
    if found is None:
        found = known[id(expr)] = expr, _node(expr, algebra, known)
    return found[1]


def _node(expr: Expr, algebra: Algebra[T], known: Worked[T]) -> T:
    # The most frequent kinds first; `match` would take twice as long, and every answer comes through here.
    if isinstance(expr, Fact):
        return algebra.fact(expr.key)
    if isinstance(expr, All):
        return algebra.all_of([_fold(item, algebra, known) for item in expr.items])
    if isinstance(expr, Compare):
        return algebra.compare(expr.op, _fold(expr.left, algebra, known), _fold(expr.right, algebra, known))
    if isinstance(expr, Literal):
        return algebra.literal(expr.value)
    if isinstance(expr, Any):
        return algebra.any_of([_fold(item, algebra, known) for item in expr.items])
    if isinstance(expr, Not):
        return algebra.negate(_fold(expr.item, algebra, known))
    if isinstance(expr, Arithmetic):
        return algebra.arithmetic(expr.op, [_fold(item, algebra, known) for item in expr.items])
    if isinstance(expr, OneOf):
        return algebra.one_of(_fold(expr.item, algebra, known), expr.values)
    if isinstance(expr, Known):
        return algebra.known(_fold(expr.item, algebra, known))
    assert_never(expr)


def keys_in(expr: Expr) -> list[Key]:
    """The facts and tallies that an expression speaks of; of shared parts, once."""
    found: list[Key] = []
    seen: set[int] = set()
    waiting: list[Expr] = [expr]
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        match part:
            case Fact(key):
                found.append(key)
            case Not(item) | OneOf(item) | Known(item):
                waiting.append(item)
            case All(items) | Any(items) | Arithmetic(_, items):
                waiting += reversed(items)
            case Compare(_, left, right):
                waiting += (right, left)
            case Literal():
                continue
    return found


class Sharing:
    """The back end that gives an expression back with equal parts made one, so that each is worked out once a fold.
    Parts of parts are one already, so parts are told apart by the identity of theirs; literals by type and value."""

    def __init__(self) -> None:
        self.parts: dict[tuple[object, ...], Expr] = {}

    def one(self, key: tuple[object, ...], make: Callable[..., Expr], *parts: object) -> Expr:
        """The part that is known by a key; it is made when it is met for the first time."""
        found = self.parts.get(key)
        if found is None:
            found = self.parts[key] = make(*parts)
        return found

    def literal(self, value: Value) -> Expr:
        return self.one((Literal, type(value), value), Literal, value)

    def fact(self, key: Key) -> Expr:
        return self.one((Fact, key), Fact, key)

    def negate(self, item: Expr) -> Expr:
        return self.one((Not, id(item)), Not, item)

    def all_of(self, items: list[Expr]) -> Expr:
        return self.one((All, *map(id, items)), All, tuple(items))

    def any_of(self, items: list[Expr]) -> Expr:
        return self.one((Any, *map(id, items)), Any, tuple(items))

    def compare(self, op: str, left: Expr, right: Expr) -> Expr:
        return self.one((Compare, op, id(left), id(right)), Compare, op, left, right)

    def one_of(self, item: Expr, values: tuple[Value, ...]) -> Expr:
        return self.one((OneOf, id(item), *map(type, values), *values), OneOf, item, values)

    def known(self, item: Expr) -> Expr:
        return self.one((Known, id(item)), Known, item)

    def arithmetic(self, op: str, items: list[Expr]) -> Expr:
        return self.one((Arithmetic, op, *map(id, items)), Arithmetic, op, tuple(items))


def all_of(*items: Expr) -> Expr:
    """Conjunction, without needless nesting."""
    kept = tuple([item for item in items if type(item) is not Literal or item != TRUE])
    if FALSE in kept:
        return FALSE
    return TRUE if not kept else kept[0] if len(kept) == 1 else All(kept)


def any_of(*items: Expr) -> Expr:
    """Disjunction, without needless nesting."""
    kept = tuple([item for item in items if type(item) is not Literal or item != FALSE])
    if TRUE in kept:
        return TRUE
    return FALSE if not kept else kept[0] if len(kept) == 1 else Any(kept)


def negate(item: Expr) -> Expr:
    """Negation, without needless nesting."""
    if isinstance(item, Not):
        return item.item
    if type(item) is Literal and item in (TRUE, FALSE):
        return FALSE if item == TRUE else TRUE
    return Not(item)


def choose(condition: Expr, then: Expr, otherwise: Expr) -> Expr:
    """`then` if the condition holds, else `otherwise`; when the condition is not known and both agree, what both say."""
    if condition == TRUE:
        return then
    if condition == FALSE:
        return otherwise
    return any_of(all_of(condition, then), all_of(negate(condition), otherwise), all_of(then, otherwise))


def plus(*items: Expr) -> Expr:
    """Sum of expressions."""
    return items[0] if len(items) == 1 else Arithmetic("+", items)


def minus(left: Expr, right: Expr) -> Expr:
    """Difference of two expressions."""
    return plus(left, Arithmetic("*", (Literal(Fraction(-1)), right)))


def at_least(left: Expr, right: Expr) -> Expr:
    return Compare(">=", left, right)


def above(left: Expr, right: Expr) -> Expr:
    return Compare(">", left, right)
