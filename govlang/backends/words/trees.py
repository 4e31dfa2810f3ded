"""Requirement trees in words: what must hold, one sentence a leaf, introduced by how the parts are joined.

In: trees of `core.rules`. Out: `Statement`s and short phrases. A leaf is said by `words.leaves`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.statement import Statement
from govlang.core.rules import AnyOf, Branch, Every, Leaf, Pick, Readings, Tree

if TYPE_CHECKING:
    from govlang.backends.words.words import Words


def requirement(words: Words, tree: Tree) -> Statement:
    """What a tree asks for."""
    match tree:
        case Leaf():
            return Statement(english.sentence(tree.label), tree.citation, (), tree.kind, tree.also, tree.id)
        case Every(items):
            return Statement("All of the following:", tree.citation, tuple(requirement(words, item) for item in items), "every")
        case AnyOf(items):
            kind = "override" if tree.override else "any of"
            text = "Any one of the following is enough:"
            return Statement(text, tree.citation, tuple(requirement(words, item) for item in items), kind)
        case Pick(branches):
            return Statement("It depends:", tree.citation, tuple(_branch(words, each, "tier") for each in branches), "tiers")
        case Readings(readings):
            text = "The text can be read in more than one way. Until it is ruled on, both readings are shown:"
            return Statement(text, tree.citation, tuple(_branch(words, each, "reading") for each in readings), "readings")


def _branch(words: Words, branch: Branch, kind: str) -> Statement:
    return Statement(f"{english.sentence(branch.label)[:-1]}:", branch.citation, (requirement(words, branch.tree),), kind)


def brief(words: Words, tree: Tree) -> str:
    """A short phrase for a tree."""
    match tree:
        case Leaf():
            return tree.label
        case Every(items):
            return "; ".join(brief(words, item) for item in items)
        case AnyOf(items):
            return " or ".join(brief(words, item) for item in items)
        case Pick(branches) | Readings(branches):
            return "; ".join(f"{branch.label}: {brief(words, branch.tree)}" for branch in branches)
