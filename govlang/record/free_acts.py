"""Acts recorded about nothing on record, where somebody meant a proposal.

In: a row and the tree it is judged by. Out: a sentence for each act that an open requirement waits for and that the record has
about no proposal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.core import keys as k
from govlang.core.rules import Leaf, Tree, leaves
from govlang.core.verdict import State, state
from govlang.frozen import parts

if TYPE_CHECKING:
    from govlang.record.facts import Row


def overlooked(row: Row, tree: Tree) -> Iterator[str]:
    """Each act that is waited for and stands on record without `on`."""
    if all(about is not None for acts in row.history.acts.values() for _, about in acts):
        return
    waited = dict.fromkeys(word for leaf in leaves(tree) if state(leaf, row) is State.OPEN for word in _words(leaf))
    for word in waited:
        for act, about in row.history.acts.get(word, ()):
            if about is None and act.at.start <= row.now and row.declared(word) is None:
                who = ", ".join(actor.text for actor in act.actors)
                yield (
                    f"{who} recorded {word} on {act.at.start:%Y-%m-%d} about no proposal, so that it does not count here: "
                    f"say `records {word} on {row.proposal.id}`"
                )


def _words(leaf: Leaf) -> Iterator[str]:
    for part in parts((leaf.met, leaf.failed)):
        match part:
            case k.Acts(rule) | k.Actors(rule):
                yield rule.name
            case k.Instant(anchor) if anchor.kind == "act":
                yield anchor.act
            case _:
                pass
