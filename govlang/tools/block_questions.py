"""Questions about vetoes and objections: may somebody veto this proposal, or object to it?

In: a loaded agreement, a history, and a veto or an objection, as a deed that has not been done. Out: an `Answer`: permitted
when it would count, pending when something is still missing for it (its ground shown, a reason), denied when it would count for
nothing. One that is on record already is looked at as it was raised.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.backends import why
from govlang.backends.answers import Answer, Item, Missing
from govlang.core import keys as k
from govlang.core.rules import Leaf, Rule, leaves
from govlang.core.verdict import State, Verdict, state as state_of
from govlang.diagnostics import did_you_mean
from govlang.frozen import replace
from govlang.pipeline import Loaded
from govlang.record import minutes
from govlang.record.entries import Proposal
from govlang.record.facts import Row
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools import decide

KINDS = ("veto", "objection")
_NO_REASON = "void: it gives no reason"
_ORDER = (State.MET, State.OPEN, State.FAILED)


def answer(loaded: Loaded, history: History, deed: n.Deed) -> Answer | tuple[str, str]:
    """Whether somebody may veto a proposal, or object to it, on the day of the deed; or what is wrong with the question, and what
    to write."""
    assert deed.target is not None
    proposal = history.proposals.get(deed.target.text)
    if proposal is None:
        hint = did_you_mean(deed.target.text, history.proposals) or "name a proposal that is on record"
        return f"nothing called '{deed.target.text}' was proposed", hint
    now = deed.at.end
    proposal, deed = _with(history, proposal, deed)
    found: list[Item] = []
    rule: Rule | None = None
    for rule, row in Judge(loaded.rules, history).governing(proposal, now):
        found += [_item(leaf, row, key, deed) for leaf, key in _in_force(rule, row, deed.kind)]
    text = history.on(now).agreement
    base = Answer(Verdict.SILENT, minutes.deed_words(replace(deed, reason="")), proposal.decision, (deed.actors[0].text,), now,
                  text.name, text.header.version, loaded.text_hash)  # fmt: skip
    if rule is None:
        return replace(base, notes=(f"no clause is about {proposal.id}",))
    if not found:
        found = [_no_such_right(proposal, deed, rule.citation)]
    best = min(found, key=lambda item: _ORDER.index(item.state))
    verdict = {State.MET: Verdict.PERMITTED, State.OPEN: Verdict.PENDING, State.FAILED: Verdict.DENIED}[best.state]
    because = (replace(best, decisive=True),) if verdict is Verdict.DENIED else ()
    return replace(base, verdict=verdict, requirement=best, because=because, missing=decide.missing_of(best, verdict),
                   citations=tuple(decide.citations_of(best, rule.citation)))  # fmt: skip


def _with(history: History, proposal: Proposal, deed: n.Deed) -> tuple[Proposal, n.Deed]:
    """The proposal as it would be with this on record, and the event: the one on record, unless it was withdrawn."""
    now, who = deed.at.end, deed.actors[0]
    for event in reversed(proposal.events):
        if event.at.start <= now and who in event.actors:
            if event.kind == "withdraw" and event.word == deed.kind:
                break
            if event.kind == deed.kind:
                return proposal, replace(event, actors=(who,))
    if deed.at.whole_day and (meeting := _meeting_of(history, proposal)) is not None and meeting.day == deed.at.day:
        deed = replace(deed, at=meeting)  # on that day: in the meeting
    return replace(proposal, events=[*proposal.events, deed]), deed


def _meeting_of(history: History, proposal: Proposal) -> n.Moment | None:
    held = [meeting.at for meeting in history.meetings.values() if proposal.id in meeting.agenda]
    return max(held, key=lambda at: at.start, default=None)


def _in_force(rule: Rule, row: Row, kind: str) -> Iterator[tuple[Leaf, k.Blocks]]:
    """The requirements without a veto (an objection) that hold for this proposal: those of the tiers that fit."""
    held = {item.id for item in _every(why.explain(rule.tree, row))}
    for leaf in leaves(rule.tree):
        for key in leaf.evidence:
            if leaf.id in held and isinstance(key, k.Blocks) and key.rule.kind == kind:
                yield leaf, key


def _every(item: Item) -> Iterator[Item]:
    yield item
    for each in item.items:
        yield from _every(each)


def _item(leaf: Leaf, row: Row, key: k.Blocks, deed: n.Deed) -> Item:
    """What one requirement says of this veto."""
    rule, state = key.rule, _state_of(row, key, deed)
    made = Item(
        State.MET, rule.kind, leaf.label, leaf.citation, leaf.id, evidence=(f"the {rule.kind} counts",), also=leaf.also
    )
    if state == "undetermined":
        grounds = [each for each in (rule.ground, *rule.further) if row.shown(deed, each) is None]
        wants = tuple(
            Missing(f"a finding on whether {each} is shown for the {rule.kind}", "record") for each in grounds
        )
        return replace(made, state=State.OPEN, evidence=(), missing=wants)
    if state == _NO_REASON:
        return replace(
            made, state=State.OPEN, evidence=(), missing=(Missing(f"a reason for the {rule.kind}", "record"),)
        )
    if state == "standing" and rule.except_when and state_of(leaf, row) is State.MET:
        state = "this is a case in which there is none"
    if state == "standing":
        return made
    return replace(made, state=State.FAILED, evidence=(), label=f"{leaf.label}: {state}")


def _state_of(row: Row, key: k.Blocks, deed: n.Deed) -> str:
    """What the record says of it under one requirement: standing, undetermined, void, withdrawn, late, or not by one who may."""
    for event, state in row.blocks(key.rule, key.scope):
        if event.actors == deed.actors[:1] and event.at == deed.at and event.span == deed.span:
            return state
    return "it is not on record"


def _no_such_right(proposal: Proposal, deed: n.Deed, citation: Citation) -> Item:
    noun = "a veto" if deed.kind == "veto" else "an objection"
    return Item(State.FAILED, deed.kind, f"{proposal.decision} cannot be stopped by {noun}", citation)


__all__ = ["KINDS", "answer"]
