"""What was done about a norm: the events of the record put to the instances they count for.

In: a norm, its slots (instances without their marks), the events of the record up to an instant. Out: the slots with when they
were done, by whom, what was found, waived or handed on; and the events that count for nothing, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from govlang.core.norms import NormRule
from govlang.core.verdict import Mismatch, order
from govlang.record import calendar, norm_events, reached, rolling, surveys
from govlang.record.entries import Meeting
from govlang.record.happenings import about_same
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.norm_entries import Slot, Stray
    from govlang.record.norms import Norms


def fill(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime) -> list[Stray]:
    """Puts every event about a norm to its slot. A waiver, a finding or a transfer is about the norm itself; what counts as
    doing it depends on the kind of doing."""
    from govlang.record.norm_entries import Stray

    strays: list[Stray] = []
    about = [event for event in norms.history.of_norm.get(rule.name, ()) if event.at.start <= now] if not rule.key or (
        rule.kind == "objective") else []  # fmt: skip
    elsewhere = norms.taken_before(rule, now)
    for event in about:
        if event.kind in ("perform", "exercise") and id(event) in elsewhere:
            continue
        reason = norm_events.about(norms, rule, slots, event, now)
        if reason:
            strays.append(Stray(event, rule, reason))
        rolling.follow(norms, rule, slots, now)
    match rule.doing.kind:
        case "happening":
            _happened(norms, rule, slots, now)
        case "review":
            _held(norms, rule, slots, now, elsewhere)
        case "survey":
            strays.extend(surveys.fill(norms, rule, slots, now))
        case "measure":
            _measured(norms, rule, slots, now)
        case "inform" | "share" | "answer":
            _reached(norms, rule, slots, now)
        case "propose" | "raise":
            _put(norms, rule, slots, now)
        case "minutes":
            _minuted(norms, rule, slots, now)
        case _:
            pass
    _discharged(norms, rule, slots, now)
    return strays


# ---------------------------------------------------------------- doings that are told by other events


def _happened(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime) -> None:
    """Done by a happening: the first since the norm arose that is about the same proposal (or none), by its bearer if it names
    nobody."""
    assert rule.doing.happening is not None
    found = norms.happenings.of(rule.doing.happening, now)
    used: set[tuple[str, str]] = set()
    for slot in slots:
        for item in found:
            related = about_same(norms.history, item.proposal, slot.occurrence.proposal)
            apart = (item.proposal is None or slot.occurrence.proposal is None) and (item.key, slot.bearer) in used
            waived = slot.released is not None and slot.released <= item.at.start
            if not related or apart or waived or item.at.end < slot.since:
                continue
            if slot.done is None and _theirs(norms, rule, slot, item.actor, item.at.start):
                slot.done, slot.by = item.at.start, item.actor
                used.add((item.key, slot.bearer))
        rolling.follow(norms, rule, slots, now)


def _discharged(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime) -> None:
    """Released by a happening that the text names, about the same proposal or about none."""
    for happening in rule.discharged:
        for item in norms.happenings.of(happening, now):
            for slot in slots:
                related = about_same(norms.history, item.proposal, slot.occurrence.proposal)
                if related and slot.since <= item.at.end and slot.released is None:
                    slot.released = item.at.start


def _theirs(norms: Norms, rule: NormRule, slot: Slot, actor: str, at: datetime) -> bool:
    happening = rule.doing.happening
    named = happening is not None and (happening.by is not None or happening.kind not in ("act", "finding"))
    return named or not actor or norm_events.may_perform(norms, slot, actor, at)


def _held(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime, elsewhere: frozenset[int]) -> None:
    """A review is held by a meeting of it in its turn; one in the days of grace counts for the turn before if that had none. Beside
    its turn, a meeting settles every review that something else had brought about by then."""
    meetings = [meeting for meeting in norms.history.meetings_of.get(rule.doing.word, ()) if meeting.at.start <= now]
    for meeting in meetings:
        reason = not_a_review(norms, rule, meeting)
        open_ = [
            slot for slot in slots
            if slot.done is None and slot.since <= meeting.at.end and (slot.released is None or slot.released > meeting.at.start)
        ]  # fmt: skip
        in_turn = [slot for slot in open_ if slot.late is None or meeting.at.start < slot.late] or open_[-1:]
        if not in_turn:
            continue
        turns = [slot for slot in in_turn if slot.occurrence.last is not None and id(meeting) not in elsewhere]
        for slot in (*turns[:1], *(slot for slot in in_turn if slot.occurrence.last is None)):
            if reason:
                slot.notes.append(f"{meeting.id} of {meeting.at} does not count: {reason}")
            else:
                slot.done, slot.by = meeting.at.start, meeting.id
                rolling.follow(norms, rule, slots, now)


def not_a_review(norms: Norms, rule: NormRule, meeting: Meeting) -> str:
    """Why a meeting is no review: too few of those who attend it, no leader, or not all that it goes into. What the record does
    not say of a meeting is not held against it."""
    at = meeting.at.start
    if meeting.attendance and rule.attended is not None and rule.quorum is not None:
        wanted = norms.history.electors(rule.attended, at, None)
        roles = norms.history.roles_in(rule.attended)
        stood_for = {name for person in meeting.present for name in norms.capacities(person, at, roles)}
        there = [name for name in wanted if name in stood_for]
        members = norms.seats(rule.attended, rule.quorum) or len(wanted)
        need = norms.needed(rule.quorum, members, len(there))
        if len(there) < need:
            return f"{len(there)} of {members} attended, and {need} are needed"
    if meeting.attendance and rule.bearer is not None:
        present = {name for person in meeting.present for name in norms.capacities(person, at)}
        leaders = {item.base.name.text for item in rule.bearer.items if item.base.name is not None}
        if leaders and not leaders & present and not set(norms.history.electors(rule.bearer, at, None)) & present:
            return f"{' or '.join(sorted(leaders))} did not lead it"
    left_out = [word for word in rule.covers if meeting.covered is not None and word not in meeting.covered]
    return f"it did not go into {', '.join(left_out)}" if left_out else ""


def short_notice(norms: Norms, rule: NormRule, meeting: Meeting, before: Meeting | None) -> str:
    """Why a meeting came before its notice had run: the last notice of it since the meeting before. Empty if it did not."""
    if rule.notice is None:
        return ""
    since = before.at.end if before is not None else datetime.min
    given = [
        event for event in norms.history.of_norm.get(rule.name, ())
        if event.kind == "notice" and since < event.at.end and event.at.start <= meeting.at.start
    ]  # fmt: skip
    counted = [moment for event in given if (moment := norms.history.notice_given(event)) is not None]
    if not counted:
        return "no notice of it that counts is on record" if given else "no notice of it is on record"
    ready = min(calendar.deadline(moment, rule.notice, False, norms.off) for moment in counted)
    if ready <= meeting.at.start:
        return ""
    return f"notice was given on {given[0].at}, and is complete on {ready:%Y-%m-%d}"


def _measured(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime) -> None:
    """A target is met when a measurement reaches it by its day; measurements by others than those named do not count."""
    for event in norms.history.measured.get(rule.doing.word, ()):
        if event.at.start > now or event.value is None or rule.doing.value is None:
            continue
        for slot in slots:
            if slot.late is not None and event.at.start >= slot.late:
                continue
            if not norms.by_one_of(event, rule.doing.by, None):
                slot.notes.append(f"the measurement of {event.at} does not count: not by one who may")
                continue
            slot.events.append(event)
            if slot.done is None and _holds(event.value.value, rule.doing.op, rule.doing.value.value):
                slot.done, slot.by = event.at.start, event.actors[0].text if event.actors else ""


def _holds(value: object, op: str, bar: object) -> bool:
    try:
        sign = order(value, bar)
    except Mismatch:
        return False
    return {">=": sign >= 0, ">": sign > 0, "<=": sign <= 0, "<": sign < 0}[op]


def _reached(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime) -> None:
    """Passing on is done when everyone it is for has been reached, by a channel that is allowed."""
    for slot in slots:
        for_whom = set(reached.recipients(norms, rule, slot.bearer, slot.since, slot.occurrence.proposal))
        so_far: set[str] = set()
        for event in _passing(norms, rule, slot):
            if event.at.start > now or event.at.end < slot.since or slot.done is not None:
                continue
            if not any(norm_events.may_perform(norms, slot, actor.text, event.at.start) for actor in event.actors):
                continue
            if rule.doing.channels and event.choice and event.choice not in rule.doing.channels:
                slot.notes.append(f"what was sent on {event.at} by {event.choice} does not count: the channels are "
                                  f"{', '.join(rule.doing.channels)}")  # fmt: skip
                continue
            slot.events.append(event)
            so_far |= reached.reached_by(norms, (event,))
            if for_whom <= so_far:
                slot.done, slot.by = event.at.start, ", ".join(actor.text for actor in event.actors)


def _passing(norms: Norms, rule: NormRule, slot: Slot) -> Iterable[n.Deed]:
    match rule.doing.kind:
        case "inform":
            return norms.history.informed.get(slot.occurrence.key, ())
        case "answer":
            return norms.history.answers.get(slot.occurrence.key, ())
        case _:
            return norms.history.passed_on.get(rule.doing.word, ())


def _put(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime) -> None:
    """Done when the decision is proposed, or the dispute raised, after it arose."""
    for slot in slots:
        for proposal in norms.proposals_of(rule.doing.word):
            at = proposal.at.start
            used = rule.doing.kind == "propose" or any(norm_events.may_perform(norms, slot, who, at) for who in proposal.by)
            if used and slot.since <= proposal.at.end and proposal.at.start <= now and slot.done is None:
                slot.done, slot.by = proposal.at.start, ", ".join(proposal.by)


def _minuted(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime) -> None:
    """Minutes are due after each meeting of a review, and done when they are sent."""
    for slot in slots:
        meeting = norms.history.meetings.get(slot.occurrence.key)
        for event in meeting.acts if meeting is not None else ():
            if event.word != "minutes" or event.at.start > now or slot.done is not None:
                continue
            if not event.actors or any(norm_events.may_perform(norms, slot, actor.text, event.at.start) for actor in event.actors):
                slot.done = event.at.start
            else:
                slot.notes.append(f"the minutes of {event.at} do not count: they are owed by {slot.bearer}")
