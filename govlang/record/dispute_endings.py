"""Disputes that are over by the text alone: they lapsed, or a decision became final because nobody went on in time.

In: a row of a dispute, or of a proposal that looks at one. Out: how the dispute ended, empty while it has not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlang.core import lower_disputes
from govlang.core.lower import Lowering
from govlang.core.verdict import evaluate

if TYPE_CHECKING:
    from govlang.record.entries import Proposal
    from govlang.record.facts import Row
    from govlang.syntax import nodes as n


def endings(row: Row, ladder: n.Dispute) -> list[lower_disputes.Ending]:
    """The ways in which a ladder ends by itself."""
    timed = any(step.lapses or (step.final is not None and step.final.within is not None) for step in ladder.steps)
    if not timed and not ladder.lapses:
        return []
    agreement = row.history.agreement
    return lower_disputes.endings(Lowering(agreement, agreement.rights[ladder.name.text]), ladder)


def seen_from(row: Row, dispute: Proposal) -> str:
    """How a dispute ended by the text, for a proposal that looks at it; what that rests on can turn the proposal as well."""
    ladder = row.history.agreement.disputes[dispute.decision]
    found = endings(row, ladder)
    if not found:
        return ""
    its = type(row)(row.history, dispute, row.now, row.judge, taken=row.taken)
    how = next((each.how for each in found if evaluate(each.holds, its) is True), "")
    row.instants |= its.instants | {event.at.start for event in dispute.events}
    row.years |= its.years
    row.looked_at.extend(its.looked_at)
    return how
