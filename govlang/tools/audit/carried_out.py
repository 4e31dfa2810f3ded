"""Decisions carried out though the rules did not permit it at that instant; and what was done by others than it takes.

In: a matter with its `carries out` events. Out: GL601 (not yet permitted), GL602 (denied), GL603 (no clause is about it), GL604
(after it had lapsed). What was carried out has taken effect all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.backends import why
from govlang.core.verdict import State, Verdict
from govlang.record.effects import CARRIED_OUT
from govlang.record.judge import Judged
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.audit.context import Context, Matter, names
from govlang.tools.audit.finding import Departure
from govlang.tools.decide import decide

MOST_SHOWN = 4


def findings(context: Context, matter: Matter) -> Iterator[Departure]:
    """The first time it was carried out, and every later one until one was right."""
    if "act" not in matter.kinds:
        return
    for event in matter.proposal.events:
        if event.kind != "act" or event.word != CARRIED_OUT:
            continue
        judged = _judged(context, matter, event)
        if judged.verdict is Verdict.PERMITTED:
            return
        yield _departure(context, matter, event, judged)


def _judged(context: Context, matter: Matter, event: n.Deed) -> Judged:
    """The judgement of the instant. What a decision does on its own day does not make it wrong: where it changes who holds what, it
    is also judged as of the beginning of the day, if nothing else happened to it on that day."""
    judged = matter.judged(event.at.end)
    rule = judged.rule
    if judged.verdict is Verdict.PERMITTED or rule is None or not event.at.whole_day:
        return judged
    decision = judged.row.history.agreement.decisions.get(rule.decision)
    acts = decision is not None and any(isinstance(line, n.Effect) for line in decision.block.statements)
    proposal = matter.proposal
    alone = proposal.at.day < event.at.day and all(
        each is event or each.at.day != event.at.day for each in proposal.events
    )
    if not acts or not alone:
        return judged
    before = matter.judged(event.at.start)
    return before if before.verdict is Verdict.PERMITTED else judged


def _departure(context: Context, matter: Matter, event: n.Deed, judged: Judged) -> Departure:
    proposal = matter.proposal
    who = tuple(actor.text for actor in event.actors)
    done = f"{names(who)} carried out {proposal.id} ({proposal.decision})"
    if judged.verdict is Verdict.SILENT or judged.tree is None:
        right = "a decision of the agreement that is about it, or an amendment that makes one"
        return context.departure("GL603", event, f"{done}, and no clause is about it", right, Citation(""), proposal.id)
    answer = decide(context.loaded, context.history, proposal.id, event.at, ways=False)
    cited = judged.rule.citation if judged.rule is not None else Citation("")
    if judged.verdict is Verdict.PENDING:
        lacking = [item.text for item in answer.missing]
        right = f"to wait for what was missing: {'; '.join(lacking[:MOST_SHOWN]) or 'a decision'}{_more(len(lacking))}"
        waiting = why.flatten(answer.requirement, State.OPEN) if answer.requirement is not None else []
        first = next((item.citation for item in waiting), cited)
        return context.departure("GL601", event, f"{done} before it was permitted", right, first, proposal.id)
    because = [item for item in answer.because if item.decisive] or list(answer.because)
    reasons = "; ".join(item.label for item in because[:MOST_SHOWN]) + _more(len(because))
    citation = because[0].citation if because else cited
    notes = tuple(line for item in because[:MOST_SHOWN] for line in (*item.evidence, *item.ignored))
    if because and all(item.kind == "lapse" for item in because):
        right = "to carry it out in time, or to decide on it again"
        return context.departure("GL604", event, f"{done} after it had lapsed: {reasons}", right, citation, proposal.id, notes)
    right = "to leave it undone, or to put it to a decision that permits it"
    return context.departure("GL602", event, f"{done}, which was denied: {reasons}", right, citation, proposal.id, notes)


def _more(count: int) -> str:
    return f" and {count - MOST_SHOWN} more" if count > MOST_SHOWN else ""
