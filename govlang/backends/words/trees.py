"""Requirement trees in words: one sentence a requirement, introduced by how they are joined.

In: trees of `core.rules`. Out: `Statement`s, and short phrases for the cells of tables. A sentence is folded from the
expression that decides (`words.speech`); how votes are counted (`words.counting`) is said once for all the votes under one
heading that share it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.backends.words import counting, english
from govlang.backends.words.phrases import TRUTH, Claim, either
from govlang.backends.words.speech import Speech
from govlang.backends.words.statement import Statement
from govlang.core.expr import TRUE, Compare, Expr, Literal
from govlang.core.rules import AnyOf, Branch, Every, Leaf, Pick, Readings, Tree, leaves
from govlang.core.verdict import Mismatch, order
from govlang.frozen import replace
from govlang.source import Citation

if TYPE_CHECKING:
    from govlang.backends.words.words import Words

_NOTHING = {"quorum": "no quorum is needed", "nothing": "nothing is required"}
_FOLLOWS = {"lapse": "{}, or it lapses", "ratification": "{}, or it falls away", "standstill": "it takes effect once {}"}
_ALWAYS = ("term", "withdrawn")
Said = frozenset[str]


def speech_of(words: Words, tree: Tree) -> Speech:
    """The speech of the decision (or other right) that a tree was lowered from: its requirements are numbered by its name."""
    first = next(leaves(tree), None)
    name = first.id.rpartition("#")[0] if first is not None else ""
    right = words.agreement.right(name) or words.agreement.right(name.rpartition(" (")[0])
    return words.speech(right)


# ---------------------------------------------------------------- sentences


def requirement(words: Words, tree: Tree, said: Said = frozenset()) -> Statement:
    """What a tree asks for. `said` are the settings that were said already."""
    return _Trees(speech_of(words, tree)).say(tree, said)


def shared(words: Words, tree: Tree) -> tuple[Statement, ...]:
    """How votes are counted, as far as it is the same for every vote of a tree."""
    return _Trees(speech_of(words, tree)).shared(tree, frozenset())


def leaf_claim(speech: Speech, leaf: Leaf) -> Claim:
    """What one requirement claims."""
    found = speech.claim(leaf.met)
    if found == TRUTH:
        words = _NOTHING.get(leaf.kind, TRUTH.yes)
        return Claim(words, found.no, brief=words)
    if leaf.kind in _FOLLOWS:
        return replace(found, yes=_FOLLOWS[leaf.kind].format(found.yes))
    return found


def quorum(speech: Speech, tree: Tree) -> Claim | None:
    """A quorum in one sentence, with the lower ones of meetings that reconvene; None for anything else."""
    if isinstance(tree, Leaf):
        return leaf_claim(speech, tree) if tree.kind == "quorum" else None
    if not isinstance(tree, Pick):
        return None
    parts = [(branch, _quorum_of(speech, branch)) for branch in tree.branches]
    if any(claim is None for _, claim in parts) or tree.branches[-1].condition != TRUE:
        return None
    found = [(branch, claim) for branch, claim in parts if claim is not None]
    first = found[-1][1]
    yes, brief = first.yes, first.brief
    for branch, claim in reversed(found[:-1]):
        when, size = speech.claim(branch.condition).yes, claim.brief.removeprefix("quorum: ")
        alike = claim.yes.removeprefix(size) == first.yes.removeprefix(first.brief.removeprefix("quorum: "))
        enough = f"{size.removeprefix('at least ')} are enough" if alike else claim.yes
        yes += f"; if {when}, {enough}"
        brief += f" (if {when}, {size.removeprefix('at least ')})"
    return Claim(yes, f"it is not so that {yes}", brief=brief)


def _quorum_of(speech: Speech, branch: Branch) -> Claim | None:
    if branch.tree == Every(()):
        return Claim("no quorum is needed", "it is not possible", brief="no quorum")
    return leaf_claim(speech, branch.tree) if isinstance(branch.tree, Leaf) and branch.tree.kind == "quorum" else None


def quorums(speech: Speech, tree: Tree) -> dict[str, tuple[str, Citation, int]]:
    """The quorums of a tree: by body, the sentence, its clause and how often it stands there. A body with several is left out."""
    found: dict[str, list[tuple[str, Citation]]] = {}
    for part in subtrees(tree):
        said = quorum(speech, part)
        first = next(leaves(part), None)
        if said is not None and first is not None and first.electorate is not None:
            found.setdefault(first.electorate.body, []).append((english.sentence(said.yes), first.citation))
    return {
        body: (*several[0], len(several)) for body, several in found.items() if len({text for text, _ in several}) == 1
    }  # fmt: skip


def subtrees(tree: Tree) -> Iterator[Tree]:
    """The parts of a tree, from the top; what is inside a quorum is not looked at."""
    yield tree
    match tree:
        case Every(items) | AnyOf(items):
            for item in items:
                yield from subtrees(item)
        case Pick(branches) if all(isinstance(each.tree, Leaf) and each.tree.kind == "quorum" for each in branches):
            return
        case Pick(branches) | Readings(branches):
            for branch in branches:
                yield from subtrees(branch.tree)


class _Trees:
    """Says the trees of one right."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self._settings: dict[str, tuple[Statement, ...]] = {}

    def say(self, tree: Tree, said: Said) -> Statement:
        if isinstance(tree, Pick) and (one := quorum(self.speech, tree)) is not None:
            first = next(leaves(tree))
            also = tuple(each.citation for each in tree.branches)
            return Statement(english.sentence(one.yes), first.citation, (), "quorum", also)
        match tree:
            case Leaf():
                return self._leaf(tree, said)
            case Every():
                return self._every(tree, said)
            case AnyOf(override=True):
                return self._override(tree, said)
            case AnyOf(items):
                ways = self._items(items, said)
                text = "Any one of the following is enough:"
                return Statement(text, self._cited(tree), ways, "any of") if len(ways) != 1 else ways[0]
            case Pick(branches, citation):
                return self._tiers(branches, citation, said)
            case Readings(readings, citation):
                intro = "The text can be read in more than one way. Until it is ruled which reading holds, each must be satisfied:"
                found = tuple(self._branch(each, f"As “{each.label}” has it:", "reading", said) for each in readings)
                return Statement(intro, citation, found, "readings")

    def _leaf(self, leaf: Leaf, said: Said) -> Statement:
        text = english.sentence(leaf_claim(self.speech, leaf).yes)
        extra = tuple(each for each in self.settings(leaf) if each.text not in said)
        return Statement(text, leaf.citation, extra, leaf.kind, leaf.also, leaf.id)

    def _every(self, tree: Every, said: Said) -> Statement:
        common = self.shared(tree, said)
        now = said | {each.text for each in common}
        items = (*self._asked(flat(tree), now), *common)
        if len(items) == 1:
            return items[0]
        if not items:
            return Statement("Nothing more is required.", self._cited(tree), (), "nothing")
        return Statement("All of the following:", self._cited(tree), items, "every")

    def _items(self, items: tuple[Tree, ...], said: Said) -> tuple[Statement, ...]:
        return tuple(self.say(item, said) for item in items)

    def _asked(self, items: tuple[Tree, ...], said: Said) -> tuple[Statement, ...]:
        """What is asked for together, without what asks for nothing beside others and the quorums that were said already."""
        kept = tuple(item for item in items if not asks_nothing(item)) or items
        return tuple(each for each in self._items(kept, said) if each.kind != "quorum" or each.text not in said)

    def _override(self, tree: AnyOf, said: Said) -> Statement:
        """A veto or an objection, unless what overrides it holds."""
        first = self.say(tree.items[0], said)
        rest = self._items(tree.items[1:], said)
        claim = first.text.removesuffix(".")
        if len(rest) == 1 and not rest[0].items:
            by = next((leaf for leaf in leaves(tree.items[1]) if leaf.id == rest[0].id), None)
            overriding = leaf_claim(self.speech, by).yes if by is not None else rest[0].text.removesuffix(".")
            text = f"{claim}, unless {overriding}."
            also = (rest[0].citation, *rest[0].also, *first.also)
            return Statement(text, first.citation, first.items, "override", also, first.id)
        intro = f"{claim}, unless it is overridden by any one of these:" if len(rest) > 1 else f"{claim}, unless it is overridden:"
        return Statement(intro, first.citation, (*rest, *first.items), "override", first.also, first.id)

    # ------------------------------------------------------------ tiers

    def _tiers(self, branches: tuple[Branch, ...], citation: Citation, said: Said) -> Statement:
        items: list[Statement] = []
        if (lead := lead_of_only(self.speech, branches)) is not None:
            asking = next(branch for branch in branches if not asks_nothing(branch.tree))
            return replace(self._branch(asking, f"{lead[:1].upper()}{lead[1:]}:", "tier", said), citation=citation)
        for place, branch in enumerate(branches):
            if branch.condition == TRUE:
                lead = "In every other case:" if place else "In every case:"
            else:
                lead = f"{'If' if place == 0 else 'Otherwise, if'} {self.speech.claim(branch.condition).yes}:"
            items.append(self._branch(branch, lead, "tier", said))
        if branches[-1].condition != TRUE:
            items.append(Statement("In every other case it cannot be decided.", citation, (), "no tier"))
        return Statement("It depends on the case; the first that fits counts:", citation, tuple(items), "tiers")

    def _branch(self, branch: Branch, lead: str, kind: str, said: Said) -> Statement:
        common = self.shared(branch.tree, said)
        now = said | {each.text for each in common}
        inside = self._asked(flat(branch.tree), now) if isinstance(branch.tree, Every) else (self.say(branch.tree, now),)
        items = (*inside, *common) or (Statement("Nothing more is required.", branch.citation, (), "nothing"),)
        return Statement(lead, branch.citation, items, kind)

    # ------------------------------------------------------------ how votes are counted

    def settings(self, leaf: Leaf) -> tuple[Statement, ...]:
        """The settings that one requirement rests on."""
        if leaf.id not in self._settings:
            self._settings[leaf.id] = counting.settings(self.speech, leaf)
        return self._settings[leaf.id]

    def shared(self, tree: Tree, said: Said) -> tuple[Statement, ...]:
        """The settings that every vote of a tree rests on, if it has more than one requirement."""
        every = list(leaves(tree))
        votes = [self.settings(leaf) for leaf in every if leaf.electorate is not None] or [
            found for leaf in every if (found := self.settings(leaf))
        ]  # fmt: skip
        if not votes or (isinstance(tree, Leaf) and not votes[0]):
            return ()
        texts = set.intersection(*({each.text for each in found} for found in votes))
        return tuple(each for each in votes[0] if each.text in texts and each.text not in said)

    def _cited(self, tree: Every | AnyOf) -> Citation:
        if tree.citation.document:
            return tree.citation
        first = next(leaves(tree), None)
        return first.citation if first is not None else tree.citation


def asks_nothing(tree: Tree) -> bool:
    """Whether a tree is there to say that nothing is asked."""
    return tree == Every(()) or (isinstance(tree, Leaf) and tree.kind == "nothing")


def lead_of_only(speech: Speech, branches: tuple[Branch, ...]) -> str | None:
    """When it is that anything is asked, of tiers of which one alone asks for anything: if it fits, and none before it."""
    asking = [place for place, branch in enumerate(branches) if not asks_nothing(branch.tree)]
    if len(asking) != 1 or branches[-1].condition != TRUE:
        return None
    before = [branch.condition for branch in branches[: asking[0]]]
    wide = [one for one in before if not any(_is_within(one, other) for other in before if other is not one)]
    lead = f"unless {either([speech.claim(each) for each in wide]).yes}" if wide else ""
    own = branches[asking[0]].condition
    if own == TRUE:
        return lead or None
    return f"{lead}, if {speech.claim(own).yes}" if lead else f"if {speech.claim(own).yes}"


def _is_within(one: Expr, other: Expr) -> bool:
    """Whether a bound goes without saying beside a wider one: at most EUR 50,000 beside at most EUR 250,000."""
    if not (isinstance(one, Compare) and isinstance(other, Compare)) or (one.op, one.left) != (other.op, other.left):
        return False
    bounds = one.right, other.right
    if one == other or one.op not in ("<=", "<", ">=", ">") or not all(isinstance(each, Literal) for each in bounds):
        return False
    try:
        sign = order(*(each.value for each in bounds if isinstance(each, Literal)))
    except Mismatch:
        return False
    return sign < 0 if one.op in ("<=", "<") else sign > 0


def flat(tree: Every) -> tuple[Tree, ...]:
    """The items of an `all of`, without `all of`s inside it."""
    found: list[Tree] = []
    for item in tree.items:
        found += flat(item) if isinstance(item, Every) else [item]
    return tuple(found)


# ---------------------------------------------------------------- short phrases


def brief(words: Words, tree: Tree) -> str:
    """A requirement as a short phrase; without what every decision requires."""
    return _brief(speech_of(words, tree), tree)


def _brief(speech: Speech, tree: Tree) -> str:
    if isinstance(tree, Pick) and (one := quorum(speech, tree)) is not None:
        return one.brief
    match tree:
        case Leaf():
            if tree.kind in _ALWAYS:
                return ""
            found = leaf_claim(speech, tree)
            return found.brief or found.yes
        case Every():
            return "; ".join(filter(None, (_brief(speech, item) for item in flat(tree))))
        case AnyOf(items, override=True):
            return f"{_brief(speech, items[0])}, unless {' or '.join(_overriding(speech, item) for item in items[1:])}"
        case AnyOf(items):
            ways = [said for item in items if (said := _brief_way(speech, item))]
            return " or ".join(f"({said})" if "; " in said or " or " in said else said for said in ways)
        case Pick(branches):
            if (lead := lead_of_only(speech, branches)) is not None:
                only = next(branch for branch in branches if not asks_nothing(branch.tree))
                return f"{lead}, {_brief(speech, only.tree)}"
            return "; ".join(_brief_tier(speech, branch, place) for place, branch in enumerate(branches))
        case Readings(readings):
            return "; ".join(f"as “{each.label}” has it: {_brief(speech, each.tree) or 'nothing more'}" for each in readings)


def _brief_way(speech: Speech, tree: Tree) -> str:
    """One way among others: a vote, without the quorum that it needs."""
    if not isinstance(tree, Every):
        return _brief(speech, tree)
    rest = tuple(item for item in flat(tree) if quorum(speech, item) is None)
    return _brief(speech, Every(rest or tree.items))


def _overriding(speech: Speech, tree: Tree) -> str:
    """What overrides a veto, as a clause where it is one requirement."""
    bare = [item for item in flat(tree) if quorum(speech, item) is None] if isinstance(tree, Every) else [tree]
    one = bare[0] if len(bare) == 1 else None
    return leaf_claim(speech, one).yes if isinstance(one, Leaf) else _brief_way(speech, tree)


def _brief_tier(speech: Speech, branch: Branch, place: int) -> str:
    said = _brief(speech, branch.tree) or "nothing more"
    if branch.condition == TRUE:
        return f"otherwise {said}" if place else said
    return f"if {speech.claim(branch.condition).yes}, {said}"
