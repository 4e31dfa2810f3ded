"""Disputes on record: the steps they went through, how they ended, what time is left.

In: a row of a dispute (its events up to an instant), or of a proposal that names one. Out: the values that the keys
`OfDispute` and `Taker` ask for, and `DisputeState` for whoever shows or audits a dispute. A step that was entered was entered,
whether or not it was permitted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from govlang.core import keys as k
from govlang.core.expr import Value
from govlang.frozen import dataclass
from govlang.model.nodes import Kind
from govlang.model.steps import SIDES, step_right
from govlang.record.dispute_endings import ended_early, seen_from
from govlang.record.entries import Proposal
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.facts import Row
    from govlang.record.history import History
    from govlang.record.timing import Timing


# What is answered otherwise of a dispute that is over by the text.
_OVER = ("ended", "open", "settled", "withdrawn", "decided", "lapsed", "at")


@dataclass(frozen=True, slots=True)
class Move:
    """A step that the dispute entered: when, and by which event (the raising of it, for the first step)."""

    step: n.Step
    at: n.Moment
    deed: n.Deed


@dataclass(frozen=True, slots=True)
class End:
    """How a dispute ended, and by which event."""

    how: str
    at: n.Moment
    deed: n.Deed


# ---------------------------------------------------------------- what the record says


def ladder_of(history: History, proposal: Proposal) -> n.Dispute | None:
    """The ladder of a dispute; None for a proposal of anything else."""
    return history.agreement.disputes.get(proposal.decision)


def moves(history: History, proposal: Proposal, now: datetime) -> list[Move]:
    """The steps entered up to an instant, in order. A dispute enters the first step when it is raised."""
    ladder = ladder_of(history, proposal)
    if ladder is None or proposal.hypothetical or not ladder.steps or proposal.at.start > now:
        return []
    found = [Move(ladder.steps[0], proposal.at, proposal.deed)]
    for event in proposal.events:
        if event.kind == "take" and event.at.start <= now and event.other is not None:
            at = ladder.place(event.other.text)
            if at >= 0:
                found.append(Move(ladder.steps[at], event.at, event))
    return found


def standing(history: History, name: str, at: datetime) -> str:
    """In whose name somebody acts in a dispute: the party that a person speaks for or belongs to, or the name itself."""
    person = history.sole(name, at)
    agreement = history.agreement
    if agreement.kind_of(person) is Kind.PARTY:
        return person
    parties = [hat for hat in history.hats(person, at) if agreement.kind_of(hat) is Kind.PARTY]
    return next(iter(parties), "") or history.party_of(person) or person


def sides(history: History, proposal: Proposal) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who raised the dispute, and against whom."""
    at = proposal.at.start
    against = next((names for key, names in proposal.deed.names if key == "against"), ())
    raised = dict.fromkeys(standing(history, name, at) for name in proposal.by)
    return tuple(raised), tuple(dict.fromkeys(standing(history, name.text, at) for name in against))


def with_sides(history: History, proposal: Proposal) -> Proposal:
    """A dispute whose facts also say who raised it and against whom (every other party, where nobody is named), unless the
    agreement gives these facts another meaning."""
    raised, against = sides(history, proposal)
    others = (party.name for party in history.agreement.parties() if history.active(party.name, proposal.at.start))
    for side, names in zip(SIDES, (raised, against or tuple(name for name in others if name not in raised)), strict=True):
        proposal.facts.setdefault(side, names)
    return proposal


def joint(history: History, proposal: Proposal, events: list[n.Deed]) -> n.Deed | None:
    """The event by which everybody who is party to the dispute has agreed; where nobody is named against whom it was raised,
    every party of the agreement. None while somebody has not."""
    raised, against = sides(history, proposal)
    others = against or tuple(
        party.name for party in history.agreement.parties() if history.active(party.name, proposal.at.start)
    )
    wanted = {*raised, *others}
    agreed: set[str] = set()
    for event in events:
        agreed |= {standing(history, actor.text, event.at.start) for actor in event.actors}
        if wanted <= agreed:
            return event
    return None


def ended(history: History, proposal: Proposal, now: datetime) -> End | None:
    """How somebody ended the dispute: withdrew it, settled it, or decided it for good; the first of these."""
    events = [event for event in proposal.events if event.at.start <= now]
    raised, _ = sides(history, proposal)
    found: list[End] = []
    for event in events:
        mine = {standing(history, actor.text, event.at.start) for actor in event.actors}
        if event.kind == "withdraw" and event.word == "proposal" and mine & set(raised):
            found.append(End("withdrawn", event.at, event))
        elif event.kind == "decide":
            step = _step_at(history, proposal, event)
            if step is not None and step.final is not None and step.final.within is None:
                found.append(End("decided", event.at, event))
    settled = joint(history, proposal, [event for event in events if event.kind == "settle"])
    if settled is not None:
        found.append(End("settled", settled.at, settled))
    return min(found, key=lambda end: events.index(end.deed), default=None)


def _step_at(history: History, proposal: Proposal, event: n.Deed) -> n.Step | None:
    """The step at which the dispute was when something happened: as the events before it say."""
    ladder = ladder_of(history, proposal)
    if ladder is None or not ladder.steps:
        return None
    step = ladder.steps[0]
    for each in proposal.events:
        if each is event:
            break
        if each.kind == "take" and each.other is not None and (at := ladder.place(each.other.text)) >= 0:
            step = ladder.steps[at]
    return step


def decided_in(history: History, proposal: Proposal, step: str, now: datetime) -> n.Moment | None:
    """When the dispute was decided in a step; None while it was not."""
    for event in proposal.events:
        if event.kind == "decide" and event.at.start <= now:
            at = _step_at(history, proposal, event)
            if at is not None and at.name.text == step:
                return event.at
    return None


def concerns(history: History, dispute: Proposal, other: Proposal) -> bool:
    """Whether a decision may count in a dispute: one that names a dispute counts in that dispute alone."""
    if ladder_of(history, dispute) is None:
        return True
    right = history.agreement.right(other.decision)
    named = [name for name, given in right.facts.items() if given.type.kind == "dispute"] if right is not None else []
    return not named or any(other.facts.get(name) == dispute.id for name in named)


# ---------------------------------------------------------------- keys


def subject(row: Timing, fact: str = "") -> Proposal | None:
    """The dispute that a row is about: the one that a fact names; its own; or the only one that its facts name."""
    history = row.history
    if not fact and ladder_of(history, row.proposal) is not None:
        return row.proposal
    right = history.agreement.right(row.proposal.decision)
    given = right.facts if right is not None else {}
    named = [fact] if fact else [name for name, each in given.items() if each.type.kind == "dispute"]
    if len(named) != 1:
        return None
    found = history.proposals.get(str(row.proposal.facts.get(named[0])))
    if found is None or ladder_of(history, found) is None or found.at.start > row.now:
        return None
    row.looked_at.append(found)
    return found


def value(row: Row, key: k.OfDispute) -> Value:
    """The value of a key; None where no dispute is named, or it has not come to what is asked."""
    proposal = subject(row, key.fact)
    if proposal is None:
        return None
    history, now = row.history, row.now
    if key.fact and key.what in _OVER and ended(history, proposal, now) is None and (how := seen_from(row, proposal)):
        return key.what in ("ended", how)
    went = moves(history, proposal, now)
    match key.what:
        case "raised":
            return not proposal.hypothetical
        case "written":
            return _written(history, proposal, now)
        case "ended":
            return ended(history, proposal, now) is not None
        case "open":
            return bool(went) and ended(history, proposal, now) is None
        case "settled" | "withdrawn" | "decided" | "lapsed":
            end = ended(history, proposal, now)
            return end is not None and end.how == key.what
        case "out":
            return out(row, proposal, key.step)
        case "next":
            return next((move.at.start for move in went[1:] if _later(history, proposal, move.step, key.step)), None)
        case "at":
            return bool(went) and went[-1].step.name.text == key.step and ended(history, proposal, now) is None
        case "past":
            return any(_later(history, proposal, move.step, key.step) for move in went)
        case _:
            return any(move.step.name.text == key.step or _later(history, proposal, move.step, key.step) for move in went)


def gone_on(row: Row, step: str) -> tuple[str, ...]:
    """Where a dispute is that was at a step already, or went past it, in words."""
    proposal = subject(row, "")
    went = moves(row.history, proposal, row.now) if proposal is not None else []
    if not went:
        return ()
    last = went[-1]
    past = "" if any(move.step.name.text == step for move in went) else f", past {step}"
    return (f"it is already at {last.step.name.text}{past}, since {last.at}",)


def _written(history: History, proposal: Proposal, now: datetime) -> bool:
    """Whether the dispute was raised in writing, or notice of it by one who raised it was received afterwards."""
    if not proposal.hypothetical and any(key == "writing" for key, _ in proposal.deed.names):
        return True
    raised = set(sides(history, proposal)[0])
    sent = [
        event for event in history.counting(proposal, now)
        if raised & {standing(history, actor.text, event.at.start) for actor in event.actors}
    ]  # fmt: skip
    received = history.receipts_of(proposal, now).complete(sent, None) if sent else None
    return received is not None and received.start <= now


def _later(history: History, proposal: Proposal, step: n.Step, than: str) -> bool:
    ladder = ladder_of(history, proposal)
    return ladder is not None and ladder.place(step.name.text) > ladder.place(than)


def began(row: Timing, step: str) -> n.Moment | None:
    """When the dispute (last) entered a step."""
    proposal = subject(row)
    went = moves(row.history, proposal, row.now) if proposal is not None else []
    return next((move.at for move in reversed(went) if move.step.name.text == step), None)


def decided(row: Timing, step: str) -> n.Moment | None:
    """When the dispute was decided in a step."""
    proposal = subject(row)
    return decided_in(row.history, proposal, step, row.now) if proposal is not None else None


def over(row: Timing, step: str) -> n.Moment | None:
    """When a step was over: decided in, ended early, left for a later one, or out of time (then its last day)."""
    proposal = subject(row)
    since = began(row, step)
    if proposal is None or since is None:
        return None
    found = [move.at for move in moves(row.history, proposal, row.now) if _later(row.history, proposal, move.step, step)]
    decision = decided_in(row.history, proposal, step, row.now)
    found += [decision] if decision is not None else []
    end = out(row, proposal, step)
    if end is not None and end <= row.now:
        whole = (end.hour, end.minute, end.second) == (0, 0, 0)
        found.append(n.Moment(end - timedelta(days=1)) if whole else n.Moment(end, whole_day=False))
    early = ended_early(row, proposal, step, since)
    found += [early] if early is not None else []
    return min(found, key=lambda moment: moment.start, default=None)


def raised(row: Timing) -> n.Moment | None:
    """When the dispute was raised."""
    proposal = subject(row)
    return proposal.at if proposal is not None and not proposal.hypothetical else None


def out(row: Timing, proposal: Proposal, step: str) -> datetime | None:
    """The first instant after the time of a step: as the text says, or as it was extended. None before the step began, and where
    the text sets it no time."""
    history = row.history
    went = [move for move in moves(history, proposal, row.now) if move.step.name.text == step]
    if not went or went[-1].step.within is None:
        return None
    move, limit = went[-1], went[-1].step.within
    right = history.agreement.right(step_right(proposal.decision, step))
    assert right is not None
    start = move.at if limit.anchor is None else row.instant(limit.anchor, right.block.scope)
    if start is None:
        return None
    end = row.period(start, limit.duration, True)
    end = _extended(row, proposal, move, right.block.scope.extension, end)
    row.instants.add(end)
    return end


def _extended(row: Timing, proposal: Proposal, move: Move, rule: n.Extension | None, end: datetime) -> datetime:
    """The end of a step after its extensions: by whoever may extend it, or by everybody who is party to the dispute."""
    history = row.history
    together: dict[datetime, list[n.Deed]] = {}
    ordinary, times = end, 0
    for event in proposal.events:
        if event.kind != "extend" or event.until is None or not move.at.start <= event.at.start <= row.now:
            continue
        until = event.until.start + timedelta(days=1) if event.until.whole_day else event.until.start
        together.setdefault(until, []).append(event)
        agreed = joint(history, proposal, together[until]) is not None
        allowed = rule is not None and row.any_in(event, rule.group) and not (rule.once and times)
        if allowed and rule is not None and rule.up_to is not None:
            last = n.Moment(ordinary - timedelta(days=1))
            allowed = until <= row.period(last, rule.up_to, True)
        if (agreed or allowed) and until > end:
            end, times = until, times + 1
    return end


def taker(row: Timing, group: n.Group | None) -> Value:
    """Whether one who takes a dispute further, or seeks relief, may: as the group says; else whoever is party to the dispute, or
    may raise one where nobody is named. Unknown where nobody is said to act."""
    proposal, history = row.proposal, row.history
    if not proposal.takers:
        return None
    event = n.Deed("take", n.Moment(row.now), tuple(n.Name(name) for name in proposal.takers))
    if group is not None:
        return row.any_in(event, group)
    mine = {standing(history, name, row.now) for name in proposal.takers}
    raised, against = sides(history, proposal)
    if mine & {*raised, *against}:
        return True
    if against:
        return False
    ladder = ladder_of(history, proposal)
    if ladder is not None and ladder.raised is not None:
        return row.any_in(event, ladder.raised.group)
    return any(history.agreement.kind_of(name) is Kind.PARTY for name in mine)

