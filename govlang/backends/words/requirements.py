"""Requirements and conditions of clauses that are no decisions, said as those of decisions are.

In: lowered rights, and conditions of the syntax. Out: the trees that are worth saying, and conditions as clauses of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.backends.words.statement import Statement
from govlang.core import lower_conditions
from govlang.core.lower import Lowering
from govlang.core.rules import Every, Leaf, Rule, Tree
from govlang.frozen import replace
from govlang.model.nodes import Decision
from govlang.source import Citation
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


def given(words: Words, right: Decision, statements: tuple[n.Statement, ...]) -> Iterator[Statement]:
    """The facts that the text of a clause asks for, as they are said of decisions; not those that all clauses of its kind have."""
    agreement = words.agreement
    written = [item for line in statements if isinstance(line, n.Givens) for item in line.items]
    if not written:
        return
    cites = {agreement.cite(item, agreement.wording(item)) for item in written}
    for part in words.decision(right.name).items:
        if part.kind == "finding" and part.citation in cites:
            yield part
        kept = tuple(item for item in part.items if item.citation in cites) if part.kind == "facts" else ()
        if kept:
            yield replace(part, items=kept)


def tagged(words: Words, *lines: n.Node | None) -> tuple[Citation, ...]:
    """The clauses that some lines name beside the one under which they stand."""
    agreement = words.agreement
    return tuple(agreement.cite(line, agreement.wording(line)) for line in lines if isinstance(line, n.Cited) and line.cite)


def claimed(words: Words, right: Decision, condition: n.Condition) -> str:
    """A condition as a clause: the amount is more than EUR 1,000,000."""
    return words.condition(lower_conditions.condition(Lowering(words.agreement, right), condition), right)
