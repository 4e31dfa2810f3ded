"""Disputes that are over by the text alone: they lapsed, or a decision became final because nobody went on in time.

In: a row of a dispute, or of a proposal that looks at one. Out: how the dispute ended, empty while it has not; when something
ended a step of it early.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from govlang.core import lower_disputes
from govlang.core.lower import Lowering
from govlang.core.verdict import evaluate
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.entries import Proposal
    from govlang.record.facts import Row
    from govlang.record.timing import Timing


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
    its = _as_of(row, dispute, row.now)
    how = next((each.how for each in found if evaluate(each.holds, its) is True), "")
    row.instants |= its.instants | {event.at.start for event in dispute.events}
    row.years |= its.years
    row.looked_at.extend(its.looked_at)
    return how


def ended_early(row: Timing, dispute: Proposal, step: str, since: n.Moment) -> n.Moment | None:
    """When something first ended a step before its time; None while nothing has."""
    agreement = row.history.agreement
    ladder = agreement.disputes[dispute.decision]
    early = lower_disputes.early(Lowering(agreement, agreement.rights[ladder.name.text]), ladder, step)
    if not early:
        return None
    whole = _as_of(row, dispute, row.now)
    if not any(evaluate(holds, whole) is True for holds in early):
        return None
    row.instants |= whole.instants
    instants = {event.at.start for event in dispute.events} | whole.instants | {since.start}
    for instant in sorted(each for each in instants if since.start <= each <= row.now):
        if any(evaluate(holds, _as_of(row, dispute, instant)) is True for holds in early):
            at_midnight = (instant.hour, instant.minute, instant.second) == (0, 0, 0)
            return n.Moment(instant, whole_day=at_midnight)
    return None


def _as_of(row: Timing, dispute: Proposal, now: datetime) -> Row:
    """The facts of a dispute at an instant."""
    return type(row)(row.history, dispute, now, row.judge, taken=row.taken)  # type: ignore[return-value]
