"""Questions about disputes: may somebody raise one, take it to a step, seek relief outside its ladder?

In: a loaded agreement, a history, and what somebody means to do, as a deed that has not been done. Out: an `Answer`. A ladder's
name in place of a dispute's asks about a dispute that nobody has raised.
"""

from __future__ import annotations

from govlang.backends.answers import Answer
from govlang.diagnostics import did_you_mean
from govlang.frozen import replace
from govlang.model.steps import RELIEF, step_right
from govlang.pipeline import Loaded
from govlang.record.disputes import with_sides
from govlang.record.entries import Proposal
from govlang.record.history import History
from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.tools import decide

KINDS = ("take", "raise", "relief")
UNRAISED = "the action"  # as answers call what is not on record


class Unanswerable(Exception):
    """A question about what is neither on record nor in the agreement: what is wrong, where, and what to write."""

    def __init__(self, message: str, span: Span, hint: str) -> None:
        super().__init__(message)
        self.message, self.span, self.hint = message, span, hint


def answer(loaded: Loaded, history: History, deed: n.Deed) -> Answer:
    """Whether somebody may do this on the day of the deed: `take` its target to the step `other`, `raise` a dispute of the ladder
    `target`, or seek `relief` on its target. Raises Unanswerable."""
    assert deed.target is not None
    if deed.kind == "raise":
        proposal = _not_raised(history, deed, on_record=True)
        return decide.by_right(loaded, history, proposal.decision, proposal, deed.at)
    found = history.proposals.get(deed.target.text)
    agreement = history.agreement
    if found is None and deed.target.text in agreement.disputes:
        found = _not_raised(history, deed, on_record=False)
    if found is None or found.decision not in agreement.disputes:
        hint = did_you_mean(deed.target.text, [*history.proposals, *agreement.disputes])
        raise Unanswerable(f"no dispute called '{deed.target.text}' was raised", deed.target.span,
                           hint or "raise it first, or name the ladder to ask about a dispute that nobody has raised")  # fmt: skip
    step = deed.other if deed.other is not None else n.Name(RELIEF)
    right = step_right(found.decision, step.text)
    if deed.kind == "take" and right not in agreement.rights:
        steps = [each.name.text for each in agreement.disputes[found.decision].steps]
        hint = did_you_mean(step.text, steps) or f"its steps are {', '.join(steps)}"
        raise Unanswerable(f"{found.decision} has no step called '{step.text}'", step.span, hint)
    takers = tuple(actor.text for actor in deed.actors)
    return decide.by_right(loaded, history, right, replace(found, takers=takers), deed.at)


def _not_raised(history: History, deed: n.Deed, on_record: bool) -> Proposal:
    """A dispute as it would be if it were raised now (`on_record`), or the matter of one that nobody has raised."""
    assert deed.target is not None
    ladder = deed.target.text
    if ladder not in history.agreement.disputes:
        hint = did_you_mean(ladder, history.agreement.disputes) or "name a dispute ladder of the agreement"
        raise Unanswerable(f"the agreement has no dispute ladder called '{ladder}'", deed.target.span, hint)
    raising = replace(deed, kind="raise", other=deed.target)
    by = tuple(history.sole(actor.text, deed.at.start) for actor in deed.actors)
    facts = history._facts(raising, ladder)
    proposal = Proposal(UNRAISED, ladder, by, deed.at, facts, raising, sequence=len(history.proposals), takers=by,
                        hypothetical=not on_record)  # fmt: skip
    return with_sides(history, proposal)
