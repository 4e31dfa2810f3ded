"""Paths to yes: the smallest sets of approvals that would do, found by trying them.

In: a judged, pending proposal. Out: a few of the smallest sets of people whose approval settles every requirement about
ballots, with the other steps that remain. Every set is checked by the same counting and rules that decide; nothing is
derived a second time. Sets are tried smallest first while they are few; for large electorates the smallest set is found by
taking the weightiest first and then leaving out whoever is not needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations
from math import comb

from govlang.backends.answers import Missing, Path
from govlang.core.keys import Electorate, Voted
from govlang.core.rules import AnyOf, Branch, Every, Leaf, Pick, Readings, Tree
from govlang.core.verdict import State, evaluate, holds, state
from govlang.frozen import replace
from govlang.record.count import weigh
from govlang.record.facts import Row
from govlang.record.judge import Judged
from govlang.syntax import nodes as n

BALLOTS = frozenset({"threshold", "approval", "block", "quorum", "distinct"})
MOST_TRIES = 160
MOST_SHOWN = 5
MOST_WORK = 20_000  # ballots counted while looking for whoever is not needed


def to_yes(judged: Judged, missing: tuple[Missing, ...]) -> tuple[tuple[Path, ...], int]:
    """Up to five of the smallest sets of approvals, and how many of that size there are (0 if not counted)."""
    assert judged.tree is not None
    ballots = _only_ballots(judged.tree, judged.row)
    steps = tuple(item.text for item in missing if item.kind not in ("ballots", "silence"))
    if state(ballots, judged.row) is not State.OPEN or not _tiers_known(judged.tree, judged.row):
        return (), 0
    trial = _Trial(judged.row, ballots)
    names = trial.candidates()
    sets, in_all = _smallest(trial, names)
    found = tuple(Path(tuple(chosen), steps) for chosen in sets[:MOST_SHOWN])
    silent = tuple(item.text for item in missing if item.kind == "silence")
    if silent and not any(item.kind in ("ballots", "alternatives") for item in missing):
        return (Path((), (*silent, *steps)), *found), in_all + 1 if in_all else 0
    return found, in_all


def _smallest(trial: _Trial, names: list[str]) -> tuple[list[tuple[str, ...]], int]:
    tries = 0
    for size in range(1, len(names) + 1):
        if tries + comb(len(names), size) > MOST_TRIES:
            break
        found = [chosen for chosen in combinations(names, size) if trial.enough(chosen)]
        tries += comb(len(names), size)
        if found:
            return found, len(found)
    greedy = _greedy(trial, names)
    return ([greedy], 0) if greedy else ([], 0)


def _greedy(trial: _Trial, names: list[str]) -> tuple[str, ...]:
    """The shortest prefix of the weightiest that is enough, by bisection, less those not needed."""
    ranked = trial.ranked(names)
    if not ranked or not trial.enough(tuple(ranked)):
        return ()
    low, high = 1, len(ranked)
    while low < high:
        middle = (low + high) // 2
        if trial.enough(tuple(ranked[:middle])):
            high = middle
        else:
            low = middle + 1
    chosen = ranked[:low]
    for name in list(reversed(chosen))[: max(1, MOST_WORK // len(names))]:
        fewer = [other for other in chosen if other != name]
        if fewer and trial.enough(tuple(fewer)):
            chosen = fewer
    return tuple(name for name in names if name in chosen)


class _Trial:
    """Tries sets of approvals on a copy of the proposal."""

    def __init__(self, row: Row, tree: Tree) -> None:
        self.row = row
        self.tree = tree
        self.electorates = list(_electorates(tree, row))
        opens = [times.opens for who in self.electorates if (times := row.times(who.scope)).opens is not None]
        self.now: datetime = max([row.now, *opens])

    def candidates(self) -> list[str]:
        """Everyone whose ballot is still open and not already for, in the order of the requirements."""
        found: list[str] = []
        for who in self.electorates:
            found.extend(self.row.may_still_act(who, "for"))
        return list(dict.fromkeys(found))

    def ranked(self, names: list[str]) -> list[str]:
        """Names by their weight in the weighted requirements, heaviest first; ties in order."""
        weights = [leaf.weight for leaf in _leaves(self.tree, self.row) if leaf.weight]
        if not weights:
            return names
        return sorted(names, key=lambda name: -weigh(self.row.history, [name], weights[0], self.row.now))

    def enough(self, chosen: Iterable[str]) -> bool:
        """Whether these approvals settle every requirement about ballots."""
        at = n.Moment(self.now, whole_day=False)
        target = n.Name(self.row.proposal.id)
        ballots = [n.Deed("ballot", at, (n.Name(name),), target, choice="for") for name in chosen]
        trial = replace(self.row.proposal, events=[*self.row.proposal.events, *ballots])
        row = Row(self.row.history, trial, self.now, self.row.judge, self.row.decided, self.row.taken)
        return holds(self.tree, row)


def _tiers_known(tree: Tree, row: Row) -> bool:
    """Whether it is known everywhere which tier applies; without that no path can be shown."""
    match tree:
        case Leaf():
            return True
        case Every(items) | AnyOf(items):
            return all(_tiers_known(item, row) for item in items)
        case Readings(branches):
            return all(_tiers_known(branch.tree, row) for branch in branches)
        case Pick(branches):
            for branch in branches:
                holds = evaluate(branch.condition, row)
                if holds is None:
                    return False
                if holds is True:
                    return _tiers_known(branch.tree, row)
            return True


def _only_ballots(tree: Tree, row: Row) -> Tree:
    """The tree with every requirement that is not about ballots taken as met."""
    match tree:
        case Leaf():
            return tree if tree.kind in BALLOTS else Every(())
        case Every(items, label, citation):
            return Every(tuple(_only_ballots(item, row) for item in items), label, citation)
        case AnyOf(items, label, citation):
            open_items = [item for item in items if state(item, row) is not State.FAILED]
            return AnyOf(tuple(_only_ballots(item, row) for item in open_items), label, citation)
        case Pick(branches, citation):
            changed = tuple(Branch(b.condition, b.label, _only_ballots(b.tree, row), b.citation) for b in branches)
            return Pick(changed, citation)
        case Readings(readings, citation):
            changed = tuple(Branch(b.condition, b.label, _only_ballots(b.tree, row), b.citation) for b in readings)
            return Readings(changed, citation)


def _leaves(tree: Tree, row: Row) -> Iterator[Leaf]:
    match tree:
        case Leaf():
            yield tree
        case Every(items) | AnyOf(items):
            for item in items:
                yield from _leaves(item, row)
        case Pick(branches) | Readings(branches):
            for branch in branches:
                holds = evaluate(branch.condition, row)
                if holds is not False:
                    yield from _leaves(branch.tree, row)
                if holds is True:
                    return


def _electorates(tree: Tree, row: Row) -> Iterator[Electorate]:
    seen: set[Electorate] = set()
    for leaf in _leaves(tree, row):
        if leaf.electorate is not None and leaf.electorate not in seen and state(leaf, row) is State.OPEN:
            seen.add(leaf.electorate)
            yield leaf.electorate
            yield from (key.electorate for key in leaf.evidence if isinstance(key, Voted))
