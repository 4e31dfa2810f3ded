"""Requirements: (met, failed) pairs of expressions, joined into a tree.

In: expressions made by `core.lower`. Out: `Rule`, all that there is to know of a decision right. `met` says that the
requirement holds in every way the record can still go on, `failed` that it holds in none; they are never both true, and
when neither is, the requirement is open and its `wants` say what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govlang.core.expr import TRUE, Expr, Known, all_of, any_of, choose, keys_in, negate
from govlang.core.keys import Electorate, Key
from govlang.frozen import dataclass, field, once
from govlang.source import Citation
from govlang.syntax import nodes as n


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that is missing while a requirement is open (or that was, when it failed).

    `kind`: ballots (so many more of `who` must act), silence (the same, where their silence is enough once voting closes), time
    (until `until`), record (an act, finding or fact), withdrawal (of what stands against it), fewer (`amount` fewer of
    something). `amount` is how many more, `phrase` the words for it, `until` the first instant too late; time is counted
    from `since` (now, if None) in `unit`s. `when` says whether the want applies at all.
    """

    kind: str
    phrase: str
    amount: Expr | None = None
    who: Electorate | None = None
    until: Expr | None = None
    weight: str = ""
    choice: str = "for"
    when: Expr | None = None
    since: Expr | None = None
    unit: str = "days"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single requirement. `label` is the rule as written; `kind` groups leaves for readers (threshold, veto, notice ...).

    `evidence` are the tallies shown, `bar` what a tally must reach, `also` further clauses that the counting rests on.
    """

    id: str
    kind: str
    label: str
    met: Expr
    failed: Expr
    citation: Citation = field(compare=False)
    wants: tuple[Want, ...] = ()
    electorate: Electorate | None = None
    weight: str = ""
    bar: Expr | None = None
    op: str = ""
    evidence: tuple[Key, ...] = ()
    also: tuple[Citation, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Every:
    """All of the items are required."""

    items: tuple[Tree, ...]
    label: str = ""
    citation: Citation = field(default_factory=lambda: Citation(""), compare=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the items is enough. With `override`, the items after the first matter only once the first has failed."""

    items: tuple[Tree, ...]
    label: str = ""
    citation: Citation = field(default_factory=lambda: Citation(""), compare=False)
    override: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A tier: its condition as an expression and in words, what it requires, and what is missing to know whether it fits."""

    condition: Expr
    label: str
    tree: Tree
    citation: Citation = field(default_factory=lambda: Citation(""), compare=False)
    wants: tuple[Want, ...] = ()
    evidence: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """The first branch whose condition holds; with none, the requirement fails (`no tier fits`)."""

    branches: tuple[Branch, ...]
    citation: Citation = field(default_factory=lambda: Citation(""), compare=False)


@dataclass(frozen=True, slots=True)
class Readings:
    """Two or more readings of one text: met when met under all, failed when failed under all, unless one was ruled on."""

    readings: tuple[Branch, ...]
    citation: Citation = field(default_factory=lambda: Citation(""), compare=False)


Tree = Leaf | Every | AnyOf | Pick | Readings


@dataclass(frozen=True, slots=True)
class Notification:
    """Who must be informed, within what time after the decision. A duty, not a condition of validity."""

    who: str
    until: Expr
    citation: Citation = field(compare=False)
    when: Expr = TRUE
    line: n.Inform | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision right, lowered: `tree` without the requirements that wait for the decision itself, and `after` with them.

    A decision is taken at the first instant at which `tree` is met; `after` holds standstill, lapse and ratification, which
    are counted from that instant.
    """

    decision: str
    tree: Tree
    after: Tree
    applies: Expr
    notifications: tuple[Notification, ...] = ()
    citation: Citation = field(default_factory=lambda: Citation(""), compare=False)


@once
def whole(rule: Rule) -> Tree:
    """Everything a decision right asks for, at whatever time."""
    return rule.tree if rule.after == Every(()) else Every((rule.tree, rule.after), citation=rule.citation)


@once
def rest_of(tree: Pick) -> Pick:
    """The tiers after the first."""
    return Pick(tree.branches[1:], tree.citation)


def leaves(tree: Tree) -> Iterator[Leaf]:
    """Every leaf of a tree, in every tier and reading."""
    match tree:
        case Leaf():
            yield tree
        case Every(items) | AnyOf(items):
            for item in items:
                yield from leaves(item)
        case Pick(branches) | Readings(branches):
            for branch in branches:
                yield from leaves(branch.tree)


@once
def looked_at(about: Leaf | Branch) -> tuple[Key, ...]:
    """The facts and tallies on which it depends whether a leaf is met, or a branch applies, each once."""
    return tuple(dict.fromkeys(keys_in(about.met if isinstance(about, Leaf) else about.condition)))


@once
def ambiguous(tree: Tree) -> bool:
    """Whether any part of a tree can be read in more than one way."""
    match tree:
        case Leaf():
            return False
        case Every(items) | AnyOf(items):
            return any(ambiguous(item) for item in items)
        case Pick(branches):
            return any(ambiguous(branch.tree) for branch in branches)
        case Readings():
            return True


@once
def met(tree: Tree) -> Expr:
    """The expression that a requirement tree is met."""
    match tree:
        case Leaf():
            return tree.met
        case Every(items):
            return all_of(*(met(item) for item in items))
        case AnyOf(items):
            return any_of(*(met(item) for item in items))
        case Pick(branches):
            return _picked(branches, met, any_of())
        case Readings(readings):
            return _under_readings(readings, met)


@once
def failed(tree: Tree) -> Expr:
    """The expression that a requirement tree can no longer be met."""
    match tree:
        case Leaf():
            return tree.failed
        case Every(items):
            return any_of(*(failed(item) for item in items))
        case AnyOf(items):
            return all_of(*(failed(item) for item in items))
        case Pick(branches):
            return _picked(branches, failed, all_of())
        case Readings(readings):
            return _under_readings(readings, failed)


def _picked(branches: tuple[Branch, ...], side: Callable[[Tree], Expr], none: Expr) -> Expr:
    result = none
    for branch in reversed(branches):
        result = choose(branch.condition, side(branch.tree), result)
    return result


def not_left_aside(ruled: Expr) -> Expr:
    """Whether no ruling says that a reading does not hold: so whom to inform under it is informed."""
    return any_of(negate(Known(ruled)), ruled)


def _under_readings(readings: tuple[Branch, ...], side: Callable[[Tree], Expr]) -> Expr:
    ruled = any_of(*(all_of(reading.condition, side(reading.tree)) for reading in readings))
    agreed = all_of(*(any_of(negate(reading.condition), side(reading.tree)) for reading in readings))
    return any_of(ruled, agreed)
