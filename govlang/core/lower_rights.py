"""What rights that are no decisions require beside their blocks: licences, steps of a dispute, powers.

In: the clause that a right was made from (`Decision.clause`). Out: requirement leaves. Part of lowering; see `core.lower`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlang.core.rules import Leaf

if TYPE_CHECKING:
    from govlang.core.lower import Lowering


def common(low: Lowering) -> list[Leaf]:
    """The requirements that follow from the kind of the clause; none for a decision."""
    match low.decision.clause:
        case _:
            return []
