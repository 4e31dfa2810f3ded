"""What rights that are no decisions require beside their blocks: licences, steps of a dispute, powers.

In: the clause that a right was made from (`Decision.clause`). Out: requirement leaves. Part of lowering; see `core.lower`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlang.core.rules import Tree
from govlang.later import Later

if TYPE_CHECKING:
    from govlang.core import lower_disputes, lower_ip
    from govlang.core.lower import Lowering
else:
    lower_disputes = Later("govlang.core.lower_disputes")
    lower_ip = Later("govlang.core.lower_ip")


def common(low: Lowering) -> list[Tree]:
    """The requirements that follow from the kind of the clause; none for a decision."""
    match low.decision.clause:
        case None:
            return []
        case clause if isinstance(clause, lower_disputes.CLAUSES):
            return lower_disputes.rights(low, clause)
        case clause if isinstance(clause, lower_ip.CLAUSES):
            return lower_ip.common(low, clause)
        case _:
            return []


def around(low: Lowering, body: Tree) -> Tree:
    """The block of a right, as it holds for what is asked."""
    return lower_ip.around(low, low.decision.clause, body) if low.decision.clause is not None else body


def outlives_all(low: Lowering) -> bool:
    """Whether a right neither ends with the agreement nor falls with what it is about: how disputes are settled."""
    return low.decision.clause is not None and isinstance(low.decision.clause, lower_disputes.CLAUSES)


def has_its_own_term(low: Lowering) -> bool:
    """Whether a right says for itself how long it lasts, instead of lasting as long as the agreement."""
    return low.decision.clause is not None and isinstance(low.decision.clause, lower_ip.CLAUSES)
