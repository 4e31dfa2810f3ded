"""What a verdict rests on: the one requirement to name when there is room for one.

In: a requirement tree. Out: a `Choice`, a decision tree over expressions that ends in a `Point` (a requirement, or the place
where no tier fits). For a denied action it is the first requirement, in the order of the text, that failed where everything
around it failed too; for a pending one, the first that is open where everything around it is open. An audit of millions has one
column for it; the whole answer (`backends.why`) names all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from govlang.core.expr import Expr, any_of, negate
from govlang.core.rules import AnyOf, Every, Leaf, Pick, Readings, Tree, failed, met, rest_of
from govlang.frozen import dataclass, field
from govlang.source import Citation

NO_TIER = "no tier fits these facts"
WHICH_TIER = "which tier applies is not yet known"
WHICH_READING = "the text can be read in more than one way"


@dataclass(frozen=True, slots=True)
class Point:
    """Where a choice ends. `id` is that of the leaf; empty where no single requirement can be named."""

    id: str
    kind: str
    label: str
    citation: Citation = field(compare=False)


@dataclass(frozen=True, slots=True)
class Split:
    """`then` where the condition is true; `otherwise` where it is false or not known."""

    condition: Expr
    then: Choice
    otherwise: Choice


Choice = Point | Split


def failing(tree: Tree) -> Choice | None:
    """What a denied action fell short of; None for a tree that cannot fail."""
    match tree:
        case Leaf():
            return _point(tree)
        case Every(items):
            return _first(items, failed, failing)
        case AnyOf(items):
            return failing(items[0]) if items else None
        case Pick(branches, citation):
            if not branches:
                return Point("", "tier", NO_TIER, citation)
            return _split(negate(branches[0].condition), failing(rest_of(tree)), failing(branches[0].tree))
        case Readings(readings):
            return _ruled(tree, failing, _first(tuple(each.tree for each in readings), failed, failing))
    assert_never(tree)


def waiting(tree: Tree) -> Choice | None:
    """What a pending action still needs; None for a tree that is never open."""
    match tree:
        case Leaf():
            return _point(tree)
        case Every(items) | AnyOf(items):
            return _first_open(items)
        case Pick(branches, citation):
            if not branches:
                return None
            first = branches[0]
            unknown = Point("", "tiers", WHICH_TIER, citation)
            rest = _split(negate(first.condition), waiting(rest_of(tree)), unknown)
            return _split(first.condition, waiting(first.tree), rest)
        case Readings(readings, citation):
            same = _first_open(tuple(each.tree for each in readings))
            settled = any_of(*(any_of(met(each.tree), failed(each.tree)) for each in readings))
            differ = _split(settled, Point("", "readings", WHICH_READING, citation), same)
            return _ruled(tree, waiting, differ)
    assert_never(tree)


def points(choice: Choice | None) -> list[Point]:
    """Every end of a choice, in order, each once."""
    match choice:
        case None:
            return []
        case Point():
            return [choice]
        case Split(_, then, otherwise):
            return list(dict.fromkeys((*points(then), *points(otherwise))))
    assert_never(choice)


def conditions(choice: Choice | None) -> list[Expr]:
    """Every condition that a choice asks about, in order."""
    found: list[Expr] = []
    left = [choice]
    while left:
        part = left.pop()
        if isinstance(part, Split):
            found.append(part.condition)
            left += (part.otherwise, part.then)
    return found


def _point(leaf: Leaf) -> Point:
    return Point(leaf.id, leaf.kind, leaf.label, leaf.citation)


def _split(condition: Expr, then: Choice | None, otherwise: Choice | None) -> Choice | None:
    if then is None or otherwise is None or then == otherwise:
        return otherwise if then is None else then
    return Split(condition, then, otherwise)


def _first(items: tuple[Tree, ...], side: Callable[[Tree], Expr], inside: Callable[[Tree], Choice | None]) -> Choice | None:
    """The first item that is so; the last one is not asked, since one of them is."""
    found: Choice | None = None
    for item in reversed(items):
        found = _split(side(item), inside(item), found)
    return found


def _first_open(items: tuple[Tree, ...]) -> Choice | None:
    found: Choice | None = None
    for item in reversed(items):
        found = _split(any_of(met(item), failed(item)), found, waiting(item))
    return found


def _ruled(tree: Readings, inside: Callable[[Tree], Choice | None], otherwise: Choice | None) -> Choice | None:
    """What holds under the reading that was ruled on; without a ruling, `otherwise`."""
    found = otherwise
    for each in reversed(tree.readings):
        found = _split(each.condition, inside(each.tree), found)
    return found
