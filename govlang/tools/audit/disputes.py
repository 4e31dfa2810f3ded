"""Steps of disputes skipped, too early, or by those who may not take them.

In: a dispute on record. Out: GL640 (raised by one who may not, or not as the ladder asks), GL641 (a step before its turn, or taken
by one who may not), GL643 (decided by somebody before whom it was not), GL644 (relief sought that the ladder does not
leave open). What is done after its end is GL642; see `refused`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.core.verdict import Verdict
from govlang.record import dispute_states
from govlang.record.dispute_states import Misstep
from govlang.record.disputes import ladder_of
from govlang.syntax import nodes as n
from govlang.tools.audit.context import Context, Matter, names
from govlang.tools.audit.finding import Departure

_RIGHT = {
    "GL640": "a dispute raised by those who may, as the ladder asks for it",
    "GL641": "to take it there once every step before it is over, by those who may",
    "GL643": "a decision by those before whom the step stands",
}


def findings(context: Context, matter: Matter) -> Iterator[Departure]:
    """What was done in one dispute and was not permitted when it was done."""
    proposal = matter.proposal
    if proposal.deed.kind != "raise" or ladder_of(context.history.on(proposal.at.end), proposal) is None:
        return
    used: set[int] = set()
    known: set[str] = set()
    for step in dispute_states.missteps_of(context.judge, proposal, context.now):
        event = _event(matter, step, used)
        used.add(id(event))
        code = "GL640" if event is proposal.deed else "GL641" if event.kind == "take" else "GL643"
        if code == "GL640":
            known.update(step.reasons)
        elif step.reasons and known.issuperset(step.reasons):
            continue  # what was wrong from the beginning is wrong once
        reasons = "; ".join(step.reasons)
        how = "before it was permitted" if step.verdict is Verdict.PENDING else "though it was not permitted"
        lacking = f": {'missing' if step.verdict is Verdict.PENDING else 'against'} {reasons}" if reasons else ""
        what = f"{names(step.by)} {step.what} {how}{lacking}"
        yield context.departure(code, event, what, _RIGHT[code], step.citation, proposal.id, who=step.by)
    if any(event.kind == "act" and event.word == "urgent-relief" for event in proposal.events):
        yield from _relief(context, matter)


def _event(matter: Matter, step: Misstep, used: set[int]) -> n.Deed:
    """The event that a misstep is."""
    proposal = matter.proposal
    for event in (proposal.deed, *proposal.events):
        kinds = ("raise",) if step.what.startswith("raised") else ("take",) if step.what.startswith("took") else ("decide",)
        by = tuple(actor.text for actor in event.actors)
        if event.kind in kinds and event.at.start == step.at and by == step.by and id(event) not in used:
            return event
    return proposal.deed


def _relief(context: Context, matter: Matter) -> Iterator[Departure]:
    found = dispute_states.state(context.judge, matter.proposal, context.now)
    sought = [event for event in matter.proposal.events if event.kind == "act" and event.word == "urgent-relief"]
    for event, each in zip(sought, found.relief if found is not None else (), strict=False):
        if each.verdict is not Verdict.PERMITTED and found is not None:
            what = f"{names(each.by)} sought urgent relief on {matter.proposal.id}, which the ladder does not leave open"
            yield context.departure("GL644", event, what, "to go through the steps of the ladder", found.citation,
                                    matter.proposal.id, who=each.by)  # fmt: skip
