"""Requirements and conditions of clauses that are no decisions, said as those of decisions are.

In: lowered rights, and conditions of the syntax. Out: the trees that are worth saying, and conditions as clauses of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.core import lower_conditions
from govlang.core.expr import Expr
from govlang.core.lower import Lowering
from govlang.core.rules import Every, Leaf, Rule, Tree
from govlang.model.nodes import Decision
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words

_ALWAYS = ("term", "withdrawn", "nothing")


def asked(tree: Tree) -> Iterator[Tree]:
    """What a right requires, part by part, without what every right does."""
    if isinstance(tree, Every):
        for item in tree.items:
            yield from asked(item)
    elif not (isinstance(tree, Leaf) and tree.kind in _ALWAYS):
        yield tree


def asked_by_lines(rule: Rule) -> Iterator[Tree]:
    """What the lines of a clause require, beside what follows from its kind."""
    if isinstance(rule.tree, Every) and rule.tree.items:
        yield from asked(rule.tree.items[-1])
    yield from asked(rule.after)


def claimed(words: Words, right: Decision, condition: n.Condition) -> str:
    """A condition as a clause: the amount is more than EUR 1,000,000."""
    return said(words, right, lower_conditions.condition(Lowering(words.agreement, right), condition))


def said(words: Words, right: Decision | None, expr: Expr) -> str:
    """An expression as a clause that holds or does not."""
    from govlang.backends.words.speech import Speech

    return Speech(words.voice(right.facts if right is not None else None), right).claim(expr).yes
