"""Events of disputes, taken in: raised, taken to a step, decided, settled.

In: events of a record. Out: disputes among the proposals of the history, or the reason why an event has no effect (GL413 for
a step of another ladder, GL414 for a dispute that was over, GL415 for what is no dispute). Part of `record.history`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlang.diagnostics import did_you_mean
from govlang.model.nodes import Agreement
from govlang.record import disputes
from govlang.record.entries import Proposal
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.history import History


def take_in(history: History, event: n.Deed) -> None:
    """One event of a dispute."""
    if event.kind == "raise":
        _raise(history, event)
    elif (proposal := _dispute(history, event)) is not None and _still_open(history, event, proposal):
        if event.kind == "take" and not _known_step(history, event, proposal):
            return
        proposal.events.append(event)


def _raise(history: History, event: n.Deed) -> None:
    assert event.target is not None and event.other is not None
    name, ladder = event.target.text, event.other.text
    agreement: Agreement = history.agreement
    if name in history.proposals:
        history.report("GL404", f"'{name}' is on record already", event, "give the dispute another name")
        return
    if ladder not in agreement.disputes:
        known = list(agreement.disputes)
        hint = did_you_mean(ladder, known) or (f"its ladders are {', '.join(known)}" if known else
                                               "no clause is about disputes, so the answer is silent")  # fmt: skip
        history.report("GL407", f"the agreement has no dispute ladder called '{ladder}'", event, hint)
        return
    for _, names in event.names:
        for other in names:
            if not history.known(other.text):
                history._unknown(other, event, "GL403")
                return
    by = tuple(history.sole(actor.text, event.at.start) for actor in event.actors)
    facts = history._facts(event, ladder)
    proposal = Proposal(name, ladder, by, event.at, facts, event, sequence=len(history.proposals))
    history.proposals[name] = disputes.with_sides(history, proposal)


def _dispute(history: History, event: n.Deed) -> Proposal | None:
    name = event.target.text if event.target else ""
    proposal = history.proposals.get(name)
    if proposal is None:
        hint = did_you_mean(name, history.proposals) or "record who raised it first: `... raises Ladder as D-1 ...`"
        history.report("GL403", f"no dispute called '{name}' was raised", event, hint)
    elif disputes.ladder_of(history, proposal) is None:
        history.report("GL415", f"'{name}' is no dispute: it was proposed as {proposal.decision}", event,
                       "name a dispute that was raised, or raise one")  # fmt: skip
        return None
    return proposal


def _still_open(history: History, event: n.Deed, proposal: Proposal) -> bool:
    end = disputes.ended(history, proposal, event.at.start)
    if end is None:
        return True
    history.report("GL414", f"this has no effect: {proposal.id} was {end.how} on {end.at}", event,
                   "raise a new dispute, or correct the record")  # fmt: skip
    return False


def _known_step(history: History, event: n.Deed, proposal: Proposal) -> bool:
    assert event.other is not None
    ladder = disputes.ladder_of(history, proposal)
    steps = [step.name.text for step in ladder.steps] if ladder is not None else []
    if event.other.text in steps:
        return True
    hint = did_you_mean(event.other.text, steps) or f"its steps are {', '.join(steps)}"
    history.report("GL413", f"this has no effect: {proposal.decision} has no step called '{event.other.text}'", event, hint)
    return False
