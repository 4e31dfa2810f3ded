"""Who may decide what, row by row: every decision, or each of its tiers and readings, with all that it asks for there.

In: the lowered rules of a `Subject`. Out: `AuthorityRow`s. A row is complete by itself: what always holds is part of every tier's
row. And and or are kept: the `requires` of a row are all required; an alternative is one `AnyOf` among them. Every leaf of a rule
stands in just those rows whose tiers and readings hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlang.core import keys as k
from govlang.core.expr import FALSE, TRUE, Expr, all_of, negate
from govlang.core.rules import (
    AnyOf,
    Branch,
    Every,
    Leaf,
    Notification,
    Pick,
    Readings,
    Rule,
    Tree,
    leaves,
    looked_at,
    not_left_aside,
)
from govlang.frozen import dataclass
from govlang.model.nodes import Decision
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.document.subject import Subject

ELSE = "in any other case"
ALWAYS = ("term", "withdrawn")  # what every decision asks for


@dataclass(frozen=True, slots=True)
class Turn:
    """A tier or a reading on the way to a row: its branch (condition, label, citation), its `kind` (tier or reading), and the tiers
    above it, none of which fits where this one applies."""

    branch: Branch
    kind: str
    earlier: tuple[Branch, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it stands for the cases that no tier is for."""
        return self.branch.condition == FALSE


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """One case of a decision: the tiers and readings that lead to it, and everything that is asked for there.

    - `decision`: the decision (or other right), as in the model: name, text, facts, acts it covers, `overrides`, `applies`.
    - `path`: the tiers and readings, from the outermost in; empty for a decision that has none. Tiers are tried in order, and the
      first that fits applies.
    - `requires`: all of these are required before it is taken: leaves (by `kind`: proposer, approval, threshold, quorum, veto ...),
      alternatives (`AnyOf`; with `override` the rest counts only once the first has failed), and quorums that differ when a meeting
      is reconvened (`Pick`).
    - `after`: all of these are counted from the decision: standstill, lapse, ratification.
    - `informs`: who must be told of it.
    - `citation`: the clause of the decision; `citations()` are all that the row rests on.

    `proposers` are the groups that may propose it (none: the text does not say who), `deciders` the electorates whose approval or
    vote is asked for on every way through the row, `possible` those that one way or another asks for. Whoever proposes decides
    alone where `possible` is empty, or holds nothing but their own approval. `open` is False for the cases that no tier is for:
    there it cannot be decided at all.
    """

    decision: Decision
    path: tuple[Turn, ...]
    requires: tuple[Tree, ...]
    after: tuple[Tree, ...]
    informs: tuple[Notification, ...]
    citation: Citation

    @property
    def name(self) -> str:
        """The decision's name."""
        return self.decision.name

    @property
    def open(self) -> bool:
        """Whether it can be decided at all in this case."""
        return not any(turn.empty for turn in self.path)

    @property
    def trees(self) -> tuple[Tree, ...]:
        """Everything that is asked for, before the decision and counted from it."""
        return (*self.requires, *self.after)

    def leaves(self, *kinds: str) -> tuple[Leaf, ...]:
        """Every single requirement of the row, also within alternatives; of these kinds, if any are named."""
        found = (leaf for tree in self.trees for leaf in leaves(tree))
        return tuple(leaf for leaf in found if not kinds or leaf.kind in kinds)

    @property
    def proposers(self) -> tuple[n.Group, ...]:
        """Who may propose it."""
        return tuple(group for leaf in self.leaves("proposer") for group in proposer_groups(leaf))

    @property
    def deciders(self) -> tuple[k.Electorate, ...]:
        """Whose approval or vote is asked for, whatever happens."""
        return _electorates(tree for tree in self.requires if isinstance(tree, Leaf))

    @property
    def possible(self) -> tuple[k.Electorate, ...]:
        """Whose approval or vote is asked for, or is one of several ways."""
        return _electorates(leaf for tree in self.requires for leaf in leaves(tree))

    def citations(self) -> tuple[Citation, ...]:
        """The clauses that the row rests on, in order, each once."""
        found = [self.citation, *(turn.branch.citation for turn in self.path)]
        for leaf in self.leaves():
            found += [leaf.citation, *leaf.also] if leaf.kind not in ALWAYS else []
        found += [told.citation for told in self.informs]
        seen: dict[str, Citation] = {}
        for citation in found:
            seen.setdefault(citation.label(), citation)
        return tuple(seen.values())


def rows(subject: Subject) -> tuple[AuthorityRow, ...]:
    """Every case of every decision of an agreement, in the order of the text."""
    decisions = subject.agreement.decisions.values()
    return subject.once(
        "authority rows", lambda: tuple(row for each in decisions for row in rows_of(each, subject.rule(each)))
    )


def rows_of(decision: Decision, rule: Rule) -> Iterator[AuthorityRow]:
    """The cases of one decision or other right."""
    for path, requires in _cases(rule.tree):
        guards = _guards(path)
        yield AuthorityRow(
            decision, path, requires, flat(after_of(rule.after, path)),
            tuple(told for told in rule.notifications if told.when in guards), rule.citation,
        )  # fmt: skip


def proposer_groups(leaf: Leaf) -> tuple[n.Group, ...]:
    """Who may propose, by the requirement that says so."""
    found = [part.group for part in looked_at(leaf) if isinstance(part, k.ProposerIn)]
    return tuple(sorted(dict.fromkeys(found), key=lambda group: group.span.start))


def _electorates(found: Iterable[Leaf]) -> tuple[k.Electorate, ...]:
    return tuple(dict.fromkeys(
        leaf.electorate for leaf in found if leaf.kind in ("approval", "threshold") and leaf.electorate is not None
    ))  # fmt: skip


# ---------------------------------------------------------------- cases

Case = tuple[tuple[Turn, ...], tuple[Tree, ...]]


def is_quorum(tree: Tree) -> bool:
    """Whether a choice is one between quorums, by how often a meeting was reconvened, and no choice of tiers."""
    return isinstance(tree, Pick) and all(leaf.kind == "quorum" for leaf in leaves(tree)) and any(leaves(tree))


def without_quorums(tree: Tree) -> Tree:
    """An alternative without the quorums of its votes; anything else as it is."""
    if isinstance(tree, AnyOf):
        return AnyOf(tuple(_bare(item) for item in tree.items), tree.label, tree.citation, tree.override)
    return tree


def quorums(tree: Tree) -> tuple[Tree, ...]:
    """The quorums of the votes in an alternative."""
    match tree:
        case AnyOf(items) | Every(items):
            return tuple(found for item in items for found in ((item,) if _quorum(item) else quorums(item)))
        case _:
            return ()


def _quorum(tree: Tree) -> bool:
    return is_quorum(tree) or (isinstance(tree, Leaf) and tree.kind == "quorum")


def _bare(tree: Tree) -> Tree:
    """A tree without quorums; what is left alone stands by itself."""
    match tree:
        case Every(items):
            left = tuple(_bare(item) for item in items if not _quorum(item))
            return left[0] if len(left) == 1 else Every(left, tree.label, tree.citation)
        case AnyOf():
            return without_quorums(tree)
        case _:
            return tree


def _cases(tree: Tree) -> list[Case]:
    """The ways down through tiers and readings, each with all that it requires."""
    match tree:
        case Every(items):
            found: list[Case] = [((), ())]
            for item in items:
                found = [(path + on, trees + more) for path, trees in found for on, more in _cases(item)]
            return found
        case Pick() if not is_quorum(tree):
            return [case for turn in turns(tree) for case in _under(turn)]
        case Readings():
            return [case for turn in turns(tree) for case in _under(turn)]
        case _:
            return [((), (tree,))]


def _under(turn: Turn) -> list[Case]:
    return [((turn, *path), trees) for path, trees in _cases(turn.branch.tree)]


def turns(tree: Pick | Readings) -> tuple[Turn, ...]:
    """The tiers of a choice, with one for all other cases where none is for them; or its readings."""
    if isinstance(tree, Readings):
        return tuple(Turn(reading, "reading") for reading in tree.readings)
    found = [Turn(branch, "tier", tree.branches[:at]) for at, branch in enumerate(tree.branches)]
    if tree.branches and tree.branches[-1].condition != TRUE:
        found.append(Turn(Branch(FALSE, ELSE, Every(()), tree.citation), "tier", tree.branches))
    return tuple(found)


def _guards(path: tuple[Turn, ...]) -> list[Expr]:
    """When the blocks on the way hold, as lowering puts it: each tier only after those above it."""
    found: list[Expr] = [TRUE]
    for turn in path:
        if turn.kind == "tier":
            earlier = (negate(branch.condition) for branch in turn.earlier)
            found.append(all_of(found[-1], *earlier, turn.branch.condition))
        else:
            found.append(all_of(found[-1], not_left_aside(turn.branch.condition)))
    return found


def after_of(tree: Tree, path: tuple[Turn, ...]) -> Tree:
    """What is counted from the decision, of the tiers on the way; of a choice that none of them makes, all of it."""
    match tree:
        case Every(items):
            return Every(tuple(after_of(item, path) for item in items), tree.label, tree.citation)
        case Pick(branches):
            for turn in path:
                at = len(turn.earlier)
                tried = (*turn.earlier, turn.branch)
                if turn.empty and [each.condition for each in branches] == [each.condition for each in turn.earlier]:
                    return Every(())
                if [each.condition for each in branches[: at + 1]] == [each.condition for each in tried]:
                    return after_of(branches[at].tree, path)
            return tree
        case Readings(readings):
            taken = [turn.branch.condition for turn in path if turn.kind == "reading"]
            for reading in readings:
                if reading.condition in taken:
                    return after_of(reading.tree, path)
            return tree
        case _:
            return tree


def flat(tree: Tree) -> tuple[Tree, ...]:
    """What is required together, one by one."""
    return tuple(part for item in tree.items for part in flat(item)) if isinstance(tree, Every) else (tree,)
