"""Planted faults: small mistakes in each back end, each of which the comparison has to catch.

In: nothing. Out: `Fault`s: a sentence, and what is replaced by what while the comparison runs. None of them is subtle by accident:
each is a mistake that somebody could make when this back end is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any
from unittest.mock import patch

from govlang.backends import columns, plan as plans
from govlang.core import keys as k, numbers, reasons, verdict as core
from govlang.core.expr import FALSE, TRUE, All, Compare, Value
from govlang.core.rules import AnyOf, Every, Leaf, Pick, Rule, Tree
from govlang.core.verdict import Kleene
from govlang.frozen import dataclass, replace
from govlang.syntax.nodes import Money
from tests.differential import captured

Patches = list[tuple[Any, str, Any]]  # where, the name there, what stands there instead


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake. `among`: words without which an agreement cannot show it."""

    what: str
    patches: Callable[[], Patches]
    among: str = ""

    @contextmanager
    def planted(self) -> Iterator[None]:
        """While the block runs, the mistake is there."""
        with ExitStack() as stack:
            for where, name, instead in self.patches():
                stack.enter_context(patch.object(where, name, instead))
            yield


def one(what: str, where: Any, name: str, make: Callable[[Any], Any], among: str = "") -> Fault:
    """A fault in one place: what stands there is made of what stood there."""
    return Fault(what, lambda: [(where, name, make(vars(where).get(name) or getattr(where, name)))], among)


# ------------------------------------------------------------ the interpreter


def _with_op(**instead: str) -> Callable[[Any], Any]:
    names = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "eq": "=", "ne": "!="}
    turned = {names[name]: names[other] for name, other in instead.items()}
    return lambda compared: lambda self, op, *sides: compared(self, turned.get(op, op), *sides)


def _any_currency(order: Any) -> Any:
    def compared(left: Value, right: Value) -> int:
        sides = [side.amount if isinstance(side, Money) else side for side in (left, right)]
        if all(isinstance(side, Money) for side in (left, right)):
            return int(sides[0] > sides[1]) - int(sides[0] < sides[1])  # type: ignore[operator]
        return order(left, right)  # type: ignore[no-any-return]

    return compared


def _without_last(joined: Any) -> Any:
    return lambda self, items: joined(self, items[:-1] or items)


INTERPRETER = [
    one("at least is more than", Kleene, "_compared", _with_op(ge="gt")),
    one("less than is at most", Kleene, "_compared", _with_op(lt="le")),
    one("more than is at least", Kleene, "_compared", _with_op(gt="ge")),
    one("of all, the last is not asked", Kleene, "all_of", _without_last),
    one("of any, the last is not asked", Kleene, "any_of", _without_last),
    one("what is not known is no, in a comparison", Kleene, "compare", lambda was: lambda *of: was(*of) or False),
    one("what is not known is no, in all of", Kleene, "all_of", lambda was: lambda *of: was(*of) or False),
    one("not, of what is not known, is yes", Kleene, "negate", lambda _: lambda self, item: not item),
    one("what is not known is none of several", Kleene, "one_of", lambda _: lambda self, item, values: item in values,
        "one of low,"),
    one("everything is known", Kleene, "known", lambda _: lambda self, item: True),
    one("currencies do not matter", core, "order", _any_currency),
    one("the larger is the smaller", Kleene, "_worked_out", lambda was: lambda self, op, items: was(
        self, {"larger": "smaller", "smaller": "larger"}.get(op, op), items)),
    one("up is down", numbers, "rounded", lambda was: lambda x, way: was(x, {"up": "down"}.get(way, way))),
    one("a square root is rounded down", numbers, "root", lambda was: lambda n: numbers.rounded(was(n), "down"),
        "square root"),
]  # fmt: skip


# ------------------------------------------------------------ plans and columns


def _planning(change: Callable[[Rule], Rule]) -> Callable[[Any], Any]:
    return lambda was: lambda rule, *rest: was(change(rule), *rest)


def _trees(change: Callable[[Tree], Tree]) -> Callable[[Any], Any]:
    return lambda was: lambda self, tree: was(self, change(tree))


def _unnumbered(was: Any) -> Any:
    def of(self: columns.Columns, key: k.Key) -> k.Column:
        found = was(self, key)
        plain = columns.slug(columns._name(key))
        return found if found.name == plain else k.Column(plain, found.type)

    return of


def _keyed(change: Callable[[k.Key], k.Key]) -> Callable[[Any], Any]:
    return lambda was: lambda self, key: was(self, change(key))


def _unweighted(key: k.Key) -> k.Key:
    return replace(key, weight="") if isinstance(key, k.Tally) else key


def _may_is_did(key: k.Key) -> k.Key:
    return replace(key, still_open=False) if isinstance(key, k.Attendance) else key


def _early(key: k.Key) -> k.Key:
    return replace(key, through=False) if isinstance(key, k.Deadline) else key


def _one_tier_less(tree: Tree) -> Tree:
    return Pick(tree.branches[1:] or tree.branches, tree.citation) if isinstance(tree, Pick) else tree


PLAN = [
    one("two facts of one name share a column", columns.Columns, "of", _unnumbered),
    one("a weight is no part of a fact", columns.Columns, "of", _keyed(_unweighted), "weighted"),
    one("who may still come counts like who came", columns.Columns, "of", _keyed(_may_is_did)),
    one("a last day is left out", columns.Columns, "of", _keyed(_early)),
    one("what is counted from the decision is left out", plans, "whole", lambda _: lambda rule: rule.tree),
    one("the first tier is skipped", plans.Named, "tree", _trees(_one_tier_less)),
    one("any of is all of", plans.Named, "tree", _trees(lambda tree: Every(tree.items, tree.label, tree.citation)
                                                        if isinstance(tree, AnyOf) else tree)),
    one("it applies always", captured, "plan", _planning(lambda rule: replace(rule, applies=TRUE)), "applies when"),
    one("weights are counts", columns, "NUMBER", lambda _: "count"),
    one("the last failure is named", reasons, "_first", lambda was: lambda items, *rest: was(items[::-1], *rest)),
    one("the first is named, open or not", reasons, "_first_open",
        lambda _: lambda items: reasons.waiting(items[0]) if items else None),
]  # fmt: skip


# ------------------------------------------------------------ SQL


def sql() -> list[Fault]:
    """Mistakes in the SQL back end."""
    from govlang.backends.sql import code as coding, dialects, expressions as writing, linear
    from govlang.backends.sql.expressions import Expressions, Plain
    from govlang.backends.sql.linear import Linear, Numbers

    def joined(was: Any) -> Any:
        return lambda self, word, items, neutral: was(self, word, items[:-1] or items, neutral)

    def no_nulls(was: Any) -> Any:
        def truth(self: Any, item: Any) -> Any:
            found = was(self, item)
            return self.make("coalesce(", found, ", FALSE)") if isinstance(item, Plain) and item.type == "yesno" else found

        return truth

    def rounded(was: Any) -> Any:
        return lambda self, way, item: Linear(item.terms, item.constant, None, item.guards)

    def days_only(was: Any) -> Any:
        return lambda self, value: f"TIMESTAMP '{datetime(value.year, value.month, value.day).isoformat(' ')}'"

    def longer(was: Any) -> Any:
        return lambda holds: was(holds) + 1

    return [
        one("at least is more than", Numbers, "compare", _with_op(ge="gt")),
        one("less than is at most", Numbers, "compare", _with_op(lt="le")),
        one("the next number a column can hold is the one before", linear, "ceil", lambda _: floor, "more than 2.5"),
        one("the number before is the next one", linear, "floor", lambda _: ceil, "less than 2.5"),
        one("of all and any, the last is not asked", Expressions, "_joined", joined),
        one("what is not known is no", Expressions, "_truth", no_nulls),
        one("everything is known", Expressions, "known", lambda _: lambda self, item: Plain("yesno", self.make("TRUE"))),
        one("currencies do not matter", Expressions, "_one_currency", lambda _: lambda self, *sides: True),
        one("one of several, but for the last", Expressions, "one_of", lambda was: lambda self, item, values: was(
            self, item, values[:-1])),
        one("nothing is rounded", Expressions, "_rounded", rounded, "rounded"),
        one("up is down", Expressions, "_rounded", lambda was: lambda self, way, item: was(self, "down", item), "rounded up"),
        one("the larger is the smaller", Expressions, "_chosen", lambda was: lambda self, op, items: was(
            self, {"larger": "smaller"}.get(op, "larger"), items)),
        one("a length of time is off by one", writing, "_first", longer),
        one("an instant is its day", dialects.Dialect, "instant", days_only, "12:00"),
        one("denied is pending", coding, "_DENIED", lambda _: 1),
        one("the requirements are counted from zero", coding, "_literal", lambda was: lambda sql, numbers, point, verdict: was(
            sql, {point: number - 1 for point, number in numbers.items()}, point, verdict)),
        one("when it failed is not asked", coding, "failed", lambda _: lambda tree: FALSE),
    ]  # fmt: skip


# ------------------------------------------------------------ compiled Python


def python() -> list[Fault]:
    """Mistakes in the Python back end."""
    from govlang.backends.python import deciding, expressions, reasoning
    from govlang.backends.python.expressions import Conditions, Linear

    def first_items(was: Any) -> Any:
        return lambda self, items, *rest: was(self, items[:-1] or items, *rest)

    def any_amount(was: Any) -> Any:
        def money(self: Any, sign: str, name: str, beside: str, literal: Value, sure: Any) -> Any:
            other = f"{beside}.amount" if beside else self.names.constant(literal.amount)  # type: ignore[attr-defined]
            known = f" and {beside} is not None" if beside else ""
            return f"({name} is not None{known} and {name}.amount {sign} {other})", sure

        return money

    def no_fraction(was: Any) -> Any:
        return property(lambda self: 1)

    def skipping(was: Any) -> Any:
        return lambda self, writer, what: was(self, writer, replace_tree(what))

    def replace_tree(what: Any) -> Any:
        return deciding.Tiers(Pick(what.tree.branches[1:] or what.tree.branches, what.tree.citation), what.met)

    return [
        one("at least is more than", expressions, "_PYTHON", lambda was: {**was, ">=": ">"}),
        one("less than is at most", expressions, "_PYTHON", lambda was: {**was, "<": "<="}),
        one("the opposite of at least is at most", expressions, "_OPPOSITE", lambda was: {**was, ">=": "<="}),
        one("of all and any, the last is not asked", Conditions, "_joined", first_items),
        one("everything is known", Conditions, "_whether_known", lambda _: lambda self, item, side, sure: (str(side), sure)),
        one("what is not known is not no, in not", Conditions, "_side", lambda was: lambda self, expr, side, sure: (
            (f"not {was(self, expr, True, sure)[0]}", sure) if isinstance(expr, All) and not side
            else was(self, expr, side, sure))),
        one("currencies do not matter", Conditions, "_money", any_amount),
        one("one of several, but for the last", Conditions, "_one_of", lambda was: lambda self, expr, item, values, *rest: was(
            self, expr, item, values[:-1], *rest), "one of low"),
        one("shares are cut to whole numbers", Linear, "denominator", no_fraction),
        one("nothing is rounded", Conditions, "_rounded", lambda was: lambda self, op, inner: inner, "rounded"),
        one("the larger is the smaller", Conditions, "_chosen", lambda was: lambda self, op, *sides: was(
            self, {"larger": "smaller"}.get(op, "larger"), *sides), "larger of"),
        one("the first tier is skipped", deciding.Deciding, "_tiers", skipping),
        one("a requirement beside another is named", reasoning, "points_of", lambda was: lambda right: was(right)[::-1]),
        one("a tier that may fit does not", reasoning.Reasoning, "_fits", lambda was: lambda self, condition: (
            "True" if was(self, condition) == "True" else "False")),
    ]  # fmt: skip


# ------------------------------------------------------------ the cache


def cache() -> list[Fault]:
    """Mistakes in reading plans from data."""
    from govlang.backends import plan_data

    reading = plan_data._Reading

    def value(change: Callable[[Value], Value]) -> Callable[[Any], Any]:
        return lambda was: lambda data: change(was(data))

    def first_places(was: Any) -> Any:
        return lambda self, places: was(self, places[:-1] or places)

    def no_applies(was: Any) -> Any:
        return lambda data: replace(was(data), applies=TRUE)

    def tiers_joined(was: Any) -> Any:
        def tree(self: Any, data: Any) -> Tree:
            found = was(self, data)
            return Every(tuple(each.tree for each in found.branches)) if isinstance(found, Pick) else found

        return tree

    return [
        one("at least is read as more than", reading, "_part", lambda was: lambda self, *part: replace(found, op=">")
            if isinstance(found := was(self, *part), Compare) and found.op == ">=" else found),
        one("of a list of parts, the last is lost", reading, "exprs", first_places),
        one("numbers are whole", plan_data, "_value", value(lambda each: each if not hasattr(each, "denominator") or isinstance(
            each, bool) else Fraction(floor(each)))),  # type: ignore[call-overload]
        one("instants lose their time", plan_data, "_value", value(lambda each: datetime(each.year, each.month, each.day)
            if isinstance(each, datetime) else each), "12:00"),
        one("every amount is in euro", plan_data, "_value", value(lambda each: Money(each.amount, "EUR")
            if isinstance(each, Money) else each), " USD"),
        one("it applies always", plan_data, "decode", no_applies, "applies when"),
        one("tiers are all required", reading, "tree", tiers_joined),
        one("any of is all of", reading, "tree", lambda was: lambda self, data: Every(found.items)
            if isinstance(found := was(self, data), AnyOf) else found),
        one("an identifier is lost", reading, "tree", lambda was: lambda self, data: replace(found, id="")
            if isinstance(found := was(self, data), Leaf) else found),
    ]  # fmt: skip


# ------------------------------------------------------------ counting raw votes in SQL


def counting() -> list[Fault]:
    """Mistakes in deriving the facts of a log of raw votes."""
    from govlang.tools.columnar import raw_cells, raw_columns, raw_counting, raw_spans, raw_times
    from govlang.tools.columnar.raw_electorates import Tabulated

    def abstainers(was: Any) -> Any:
        return lambda self, key, setting: frozenset(
            each for found in was(self, key, setting)
            for each in (found, *((replace(found, choice="abstain"),) if found.choice == "for" else ()))
        )  # fmt: skip

    def unweighted(was: Any) -> Any:
        def weights(self: Any, row: Any, count: Any, names: Any, weight: str, at: datetime) -> Any:
            return tuple(Fraction(1) for _ in names) if was(self, row, count, names, weight, at) else None

        return weights

    counter = raw_counting.Counting
    return [
        one("an abstention counts for", raw_cells.Table, "counting", abstainers),
        one("an absence is no absence", raw_cells.Table, "counting", lambda was: lambda self, key, setting: was(
            self, key, replace(setting, attendance=False))),
        one("a ballot out of time counts", counter, "_in_time", lambda _: lambda self, voting: None),
        one("members are those of the first day", raw_spans.Steps, "place", lambda _: lambda self, instant, dialect: "0"),
        one("members are those of the day asked", raw_times.Times, "_counted_at", lambda _: lambda self, scope, closes: self.now),
        one("a period is a day longer", raw_times.Calendar, "_over", lambda was: (
            lambda self, *of: was(self, *of) + timedelta(days=1))),
        one("within is for", raw_times.Calendar, "_over", lambda was: lambda self, day, duration, through: was(
            self, day, duration, not through)),
        one("every weight is one", Tabulated, "_weights", unweighted),
        one("nobody closed voting", raw_times.Times, "_closings", lambda _: lambda self: (None, "FALSE")),
        one("notice was given with the proposal", raw_times.Times, "_noticed", lambda _: lambda self: None),
        one("voting is never closed", raw_times.Times, "_ordinary", lambda _: lambda self, scope, opening: []),
        one("any name is somebody", raw_columns.Reader, "_known", lambda _: lambda self: "'Ada', 'Bea', 'Zed'"),
    ]  # fmt: skip
