"""Plans as data: a right as JSON, and back.

In: a planned `Right`. Out: lists, texts and whole numbers that say all of it, and the same right from them, part for part (what
stood in several places stands in them again). Nothing but data: what is read is checked against the few kinds of part that there
are, and `BadPlan` is raised for anything else. Part of compiled files (`tools.compiled`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from sys import intern
from typing import Any, assert_never

from govlang.backends.columns import TYPES
from govlang.backends.plan import Right
from govlang.core.expr import All, Any as AnyExpr, Arithmetic, Compare, Expr, Fact, Known, Literal, Not, OneOf, Value
from govlang.core.keys import Column
from govlang.core.rules import AnyOf, Branch, Every, Leaf, Pick, Readings, Tree, Want
from govlang.source import Citation
from govlang.syntax.nodes import Duration, Money

Data = Any  # what JSON can say
OPERATORS = (">=", ">", "<=", "<", "=", "!=")
# parts: v(alue), f(act), n(ot), & (all), | (any), c(ompare), in (one of), k(nown), a(rithmetic): short, since there are many
ARITHMETIC = ("+", "-", "*", "larger", "smaller", "root", "up", "down", "nearest")


class BadPlan(ValueError):
    """Data that are no plan."""


# ---------------------------------------------------------------- writing


class _Writing:
    """The tables of one right: columns, parts of expressions, sections, citations; each thing once."""

    def __init__(self) -> None:
        self.columns: dict[Column, int] = {}
        self.parts: list[Data] = []
        self.sections: dict[tuple[object, ...], int] = {}
        self.cites: dict[tuple[object, ...], int] = {}
        self._known: dict[int, tuple[Expr, int]] = {}

    def column(self, column: Column) -> int:
        return self.columns.setdefault(column, len(self.columns))

    def expr(self, expr: Expr | None) -> int:
        """The number of an expression; -1 for none."""
        if expr is None:
            return -1
        found = self._known.get(id(expr))
        if found is None:
            part = self._part(expr)
            found = self._known[id(expr)] = expr, len(self.parts)
            self.parts.append(part)
        return found[1]

    def _part(self, expr: Expr) -> Data:
        match expr:
            case Literal(value):
                return ["v", _plain(value)]
            case Fact(Column() as column):
                return ["f", self.column(column)]
            case Fact():
                raise BadPlan(f"{expr.key} is no column")
            case Not(item):
                return ["n", self.expr(item)]
            case All(items):
                return ["&", *map(self.expr, items)]
            case AnyExpr(items):
                return ["|", *map(self.expr, items)]
            case Compare(op, left, right):
                return ["c", OPERATORS.index(op), self.expr(left), self.expr(right)]
            case OneOf(item, values):
                return ["in", self.expr(item), *map(_plain, values)]
            case Known(item):
                return ["k", self.expr(item)]
            case Arithmetic(op, items):
                return ["a", ARITHMETIC.index(op), *map(self.expr, items)]
        assert_never(expr)

    def cite(self, cite: Citation) -> int:
        section = (cite.document, cite.number, cite.title, cite.path, cite.prose, cite.amendment, cite.shared)
        place = self.sections.setdefault(section, len(self.sections))
        return self.cites.setdefault((place, cite.line, cite.rule), len(self.cites))

    def tree(self, tree: Tree) -> Data:
        match tree:
            case Leaf():
                wants, also = [self.want(want) for want in tree.wants], [self.cite(cite) for cite in tree.also]
                return ["leaf", tree.id, tree.kind, tree.label, self.expr(tree.met), self.expr(tree.failed),
                        self.cite(tree.citation), wants, tree.weight, also]  # fmt: skip
            case Every(items, label, citation):
                return ["every", [self.tree(item) for item in items], label, self.cite(citation)]
            case AnyOf(items, label, citation, override):
                return ["any of", [self.tree(item) for item in items], label, self.cite(citation), override]
            case Pick(branches, citation):
                return ["pick", [self.branch(each) for each in branches], self.cite(citation)]
            case Readings(readings, citation):
                return ["readings", [self.branch(each) for each in readings], self.cite(citation)]
        assert_never(tree)

    def branch(self, branch: Branch) -> Data:
        wants = [self.want(want) for want in branch.wants]
        return [self.expr(branch.condition), branch.label, self.tree(branch.tree), self.cite(branch.citation), wants]

    def want(self, want: Want) -> Data:
        sides = map(self.expr, (want.amount, want.until, want.when, want.since))
        return [want.kind, want.phrase, *sides, want.weight, want.choice, want.unit]


def encode(right: Right) -> Data:
    """A right as data. Raises BadPlan for one that is no plan (a fact that is no column)."""
    writing = _Writing()
    columns = [writing.column(column) for column in (*right.columns, *right.further)]
    applies, tree = writing.expr(right.applies), writing.tree(right.tree)
    return {
        "name": right.name, "clause": right.clause, "acts": list(right.acts), "overrides": list(right.overrides),
        "columns": [[column.name, column.type, column.about] for column in writing.columns],
        "needed": columns[: len(right.columns)], "further": columns[len(right.columns) :],
        "sections": [[*section[:3], list(section[3]), *section[4:]] for section in writing.sections],  # type: ignore[call-overload]
        "cites": [list(cite) for cite in writing.cites], "parts": writing.parts, "applies": applies, "tree": tree,
    }  # fmt: skip


def _plain(value: Value) -> Data:
    match value:
        case None | bool() | str():
            return value
        case int():
            return ["int", value]
        case Fraction():
            return ["number", value.numerator, value.denominator]
        case Money(amount, currency):
            return ["money", str(amount), currency]
        case datetime():
            return ["instant", value.isoformat()]
        case Duration(length, unit):
            return ["duration", length, unit]
        case tuple():
            return ["names", *value]
        case _:
            raise BadPlan(f"{value!r} cannot be kept")


# ---------------------------------------------------------------- reading


class _Reading:
    """The tables of one right, read."""

    def __init__(self, data: Data) -> None:
        self.columns = [_column(*each) for each in data["columns"]]
        self.cites = _cites(data["sections"], data["cites"])
        self.parts: list[Expr] = []
        for part in data["parts"]:
            self.parts.append(self._part(*part))

    def expr(self, place: Data) -> Expr:
        """A part by its number. Parts speak of earlier parts alone, so that none holds itself."""
        return self.parts[_place(place)]

    def exprs(self, places: Sequence[Data]) -> tuple[Expr, ...]:
        return tuple(map(self.expr, places))

    def maybe(self, place: Data) -> Expr | None:
        return None if place == -1 else self.expr(place)

    def _part(self, kind: Data, *rest: Data) -> Expr:
        match kind, rest:
            case "v", (value,):
                return Literal(_value(value))
            case "f", (place,):
                return Fact(self.columns[_place(place)])
            case "n", (item,):
                return Not(self.expr(item))
            case "&", items:
                return All(self.exprs(items))
            case "|", items:
                return AnyExpr(self.exprs(items))
            case "c", (op, left, right):
                return Compare(OPERATORS[_place(op)], self.expr(left), self.expr(right))
            case "in", (item, *values):
                return OneOf(self.expr(item), tuple(map(_value, values)))
            case "k", (item,):
                return Known(self.expr(item))
            case "a", (op, *items):
                return Arithmetic(ARITHMETIC[_place(op)], self.exprs(items))
            case _:
                raise BadPlan(f"there is no part {kind!r}")

    def tree(self, data: Data) -> Tree:
        match data:
            case ["leaf", id, kind, label, met, failed, citation, wants, weight, also]:
                return Leaf(_text(id), _text(kind), _text(label), self.expr(met), self.expr(failed), self.cite(citation),
                            tuple(map(self.want, wants)), weight=_text(weight), also=tuple(map(self.cite, also)))  # fmt: skip
            case ["every", items, label, citation]:
                return Every(tuple(map(self.tree, items)), _text(label), self.cite(citation))
            case ["any of", items, label, citation, bool(override)]:
                return AnyOf(tuple(map(self.tree, items)), _text(label), self.cite(citation), override)
            case ["pick", branches, citation]:
                return Pick(tuple(map(self.branch, branches)), self.cite(citation))
            case ["readings", readings, citation]:
                return Readings(tuple(map(self.branch, readings)), self.cite(citation))
            case _:
                raise BadPlan("there is no such requirement")

    def branch(self, data: Data) -> Branch:
        condition, label, tree, citation, wants = data
        return Branch(self.expr(condition), _text(label), self.tree(tree), self.cite(citation), tuple(map(self.want, wants)))

    def want(self, data: Data) -> Want:
        kind, phrase, amount, until, when, since, weight, choice, unit = data
        return Want(_text(kind), _text(phrase), self.maybe(amount), None, self.maybe(until), _text(weight), _text(choice),
                    self.maybe(when), self.maybe(since), _text(unit))  # fmt: skip

    def cite(self, place: Data) -> Citation:
        return self.cites[_place(place)]


def decode(data: Data) -> Right:
    """The right that data say. Raises BadPlan."""
    try:
        reading = _Reading(data)
        needed, further = (tuple(reading.columns[_place(place)] for place in data[key]) for key in ("needed", "further"))
        return Right(
            _text(data["name"]), reading.tree(data["tree"]), reading.expr(data["applies"]), needed, _text(data["clause"]),
            tuple(map(_text, data["acts"])), tuple(map(_text, data["overrides"])), further,
        )  # fmt: skip
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, RecursionError, InvalidOperation) as error:
        raise error if isinstance(error, BadPlan) else BadPlan(f"not a plan: {error}") from None


def _cites(sections: Sequence[Data], cites: Sequence[Data]) -> list[Citation]:
    read = []
    for document, number, title, path, prose, amendment, shared in sections:
        texts = tuple(map(_text, (document, number, title, prose, amendment)))
        read.append((texts, tuple(map(_text, path)), bool(shared)))
    found = []
    for place, line, rule in cites:
        (document, number, title, prose, amendment), path, shared = read[_place(place)]
        found.append(Citation(document, number, title, path, prose, _place(line), _text(rule), amendment, shared))
    return found


def _column(name: Data, kind: Data, about: Data) -> Column:
    if kind not in TYPES:
        raise BadPlan(f"there is no type {kind!r}")
    return Column(intern(_text(name)), kind, _text(about))


def _text(value: Data) -> str:
    if type(value) is not str:
        raise BadPlan(f"{value!r} is no text")
    return value


def _place(value: Data) -> int:
    if type(value) is not int or value < 0:
        raise BadPlan(f"{value!r} is no place")
    return value


def _whole(value: Data) -> int:
    if type(value) is not int:
        raise BadPlan(f"{value!r} is no whole number")
    return value


_VALUES: dict[str, Callable[..., Value]] = {
    "int": _whole,
    "number": lambda top, bottom: Fraction(_whole(top), _whole(bottom)),
    "money": lambda amount, currency: Money(Decimal(_text(amount)), _text(currency)),
    "instant": lambda text: datetime.fromisoformat(_text(text)),
    "duration": lambda length, unit: Duration(_whole(length), _text(unit)),
    "names": lambda *names: tuple(map(_text, names)),
}


def _value(data: Data) -> Value:
    if data is None or type(data) in (bool, str):
        return data
    kind, *rest = data
    return _VALUES[kind](*rest)
