"""Planted faults: small mistakes in each back end, each of which the comparison has to catch.

In: nothing. Out: `Fault`s: a sentence, and what is replaced by what while the comparison runs. None of them is subtle by accident:
each is a mistake that somebody could make when this back end is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from math import ceil, floor
from typing import Any
from unittest.mock import patch

from govlang.backends import columns, plan as plans
from govlang.core import keys as k, numbers, reasons, verdict as core
from govlang.core.expr import TRUE, Expr, Value
from govlang.core.rules import AnyOf, Every, Pick, Rule, Tree
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
    one("the first is named, open or not", reasons, "_first_open", lambda _: lambda items: reasons.waiting(items[0]) if items else None),
]  # fmt: skip


# ------------------------------------------------------------ SQL


def _sql() -> list[Fault]:
    from govlang.backends.sql import dialects, linear
    from govlang.backends.sql.code import VERDICTS
    from govlang.backends.sql.expressions import Expressions, Length, Plain
    from govlang.backends.sql.linear import Linear, Numbers

    import govlang.backends.sql.code as coding
    import govlang.backends.sql.expressions as writing

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

    assert Length and VERDICTS
    return [
        one("at least is more than", Numbers, "compare", _with_op(ge="gt")),
        one("less than is at most", Numbers, "compare", _with_op(lt="le")),
        one("a comparison that is turned round keeps its sign", linear, "_FLIPPED", lambda was: {op: op for op in was}),
        one("the next number a column can hold is the one before", linear, "ceil", lambda _: floor, " 2.5"),
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
        one("when it failed is not asked", coding, "failed", lambda _: lambda tree: core_false()),
    ]  # fmt: skip


def core_false() -> Expr:
    """No."""
    from govlang.core.expr import FALSE

    return FALSE


def sql() -> list[Fault]:
    """Mistakes in the SQL back end."""
    return _sql()
