"""Plans: what compiled back ends need of an agreement, as plain data over named columns.

In: lowered rights. Out: `Right`s, in which every fact is a `Column` and a requirement keeps what an answer says of it. The
expressions are those of the core, part for part: nothing is decided here. Compiled Python and SQL are made from plans, the
reference interpreter reads the same plans (`Values`), and a plan can be kept in a file, since it holds nothing but data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from govlang.backends.columns import Columns
from govlang.core.expr import Expr, Sharing, Value, Worked, fold, keys_in
from govlang.core.keys import Column, Key
from govlang.core.reasons import Choice, Point, conditions, failing, waiting
from govlang.core.rules import AnyOf, Branch, Every, Leaf, Pick, Readings, Rule, Tree, Want, failed, met, whole
from govlang.core.verdict import Verdict, evaluate, verdict
from govlang.frozen import dataclass, field, once, replace
from govlang.model.nodes import Decision


@dataclass(frozen=True, slots=True)
class Right:
    """A decision right (or another right), planned. `tree` is all that it asks for, at whatever time, over columns.

    `acts` are the acts that it covers beside its own name, `overrides` the decisions that it comes before. `columns` are the facts
    on which it depends what the verdict is and what it rests on, in the order of the text; `further` those that only say what is
    missing (until when).
    """

    name: str
    tree: Tree
    applies: Expr
    columns: tuple[Column, ...]
    clause: str
    acts: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    further: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A right with the keys that its columns stand for, as long as it is not read from a file."""

    right: Right
    keys: Mapping[str, Key] = field(compare=False)


def plan(rule: Rule, decision: Decision, about: Callable[[Key], str] = lambda _: "") -> Planned:
    """The plan of a lowered right. `about` says in words what a fact is for."""
    columns = Columns(decision.facts, about)
    tree = whole(rule)
    asked = (condition for choice in (failing(tree), waiting(tree)) for condition in conditions(choice))
    for side in (rule.applies, met(tree), failed(tree), *asked):
        columns.take(keys_in(side))
    needed, named = columns.all(), Named(columns)
    over, applies = named.tree(tree), named.expr(rule.applies)
    right = Right(rule.decision, over, applies, needed, rule.citation.label(), decision.acts, decision.overrides,
                  columns.all()[len(needed):])  # fmt: skip
    return Planned(right, columns.keys)


class Named(Sharing):
    """The back end that gives expressions and trees back over columns."""

    def __init__(self, columns: Columns) -> None:
        super().__init__()
        self.columns = columns
        self._worked: Worked[Expr] = {}

    def fact(self, key: Key) -> Expr:
        return super().fact(self.columns.of(key))

    def expr(self, expr: Expr) -> Expr:
        """An expression over columns."""
        return fold(expr, self, self._worked)

    def tree(self, tree: Tree) -> Tree:
        """A tree over columns. Of a leaf, what only a record can say (who voted, who still may) is left out."""
        match tree:
            case Leaf():
                return Leaf(tree.id, tree.kind, tree.label, self.expr(tree.met), self.expr(tree.failed), tree.citation,
                            tuple(self.want(want) for want in tree.wants), weight=tree.weight, also=tree.also)  # fmt: skip
            case Every(items, label, citation):
                return Every(tuple(self.tree(item) for item in items), label, citation)
            case AnyOf(items, label, citation, override):
                return AnyOf(tuple(self.tree(item) for item in items), label, citation, override)
            case Pick(branches, citation):
                return Pick(tuple(self.branch(each) for each in branches), citation)
            case Readings(readings, citation):
                return Readings(tuple(self.branch(each) for each in readings), citation)
        assert_never(tree)

    def branch(self, branch: Branch) -> Branch:
        wants = tuple(self.want(want) for want in branch.wants)
        return Branch(self.expr(branch.condition), branch.label, self.tree(branch.tree), branch.citation, wants)

    def want(self, want: Want) -> Want:
        """What is missing, without the names of those who could give it."""
        sides = {name: getattr(want, name) for name in ("amount", "until", "when", "since")}
        found = {name: self.expr(part) for name, part in sides.items() if part is not None}
        return replace(want, who=None, **found)


@once
def points_of(right: Right) -> tuple[Choice | None, Choice | None]:
    """What a denied action and a pending one rest on; see `core.reasons`."""
    return failing(right.tree), waiting(right.tree)


class Values:
    """A row of facts by the names of their columns, for the reference interpreter. What is not there is not known."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = values
        self.worked: Worked[Value] = {}

    def value(self, key: Key) -> Value:
        """The value of a column. Raises TypeError for a key that is none."""
        if not isinstance(key, Column):
            raise TypeError(f"{key} is no column of a plan")
        return self.values.get(key.name)


def judged(right: Right, values: Mapping[str, Value]) -> tuple[Verdict, Point | None]:
    """The reference answer of one right about a row of facts: silent where the right is not about it, and what the verdict
    rests on."""
    row = Values(values)
    if evaluate(right.applies, row) is False:
        return Verdict.SILENT, None
    found = verdict(right.tree, row)
    if found is Verdict.PERMITTED:
        return found, None
    choice = points_of(right)[0 if found is Verdict.DENIED else 1]
    while choice is not None and not isinstance(choice, Point):
        choice = choice.then if evaluate(choice.condition, row) is True else choice.otherwise
    return found, choice


__all__ = ["Column", "Named", "Planned", "Right", "Values", "judged", "plan", "points_of"]
