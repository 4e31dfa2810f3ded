"""What was done about a norm: the events of the record put to the instances they count for.

In: a norm, its slots (instances without their marks), the events of the record up to an instant. Out: the slots with when they
were done, by whom, what was found, waived or handed on; and the events that count for nothing, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.core.norms import NormRule
from govlang.core.verdict import Mismatch, order
from govlang.record import calendar, rolling, surveys
from govlang.record.entries import Meeting
from govlang.record.happenings import about_same
from govlang.record.receipts import ALL, recipients
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.norms import Norms, Slot, Stray


def fill(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime) -> list[Stray]:
    """Puts every event about a norm to its slot. A waiver, a finding or a transfer is about the norm itself; what counts as
    doing it depends on the kind of doing."""
    from govlang.record.norms import Stray

    strays: list[Stray] = []
    about = [event for event in norms.history.of_norm.get(rule.name, ()) if event.at.start <= now] if not rule.key or (
        rule.kind == "objective") else []  # fmt: skip
    elsewhere = norms.taken_before(rule, now)
    for event in about:
        if event.kind in ("perform", "exercise") and id(event) in elsewhere:
            continue
        reason = _about(norms, rule, slots, event, now)
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


# ---------------------------------------------------------------- events that name the norm


def _about(norms: Norms, rule: NormRule, slots: list[Slot], event: n.Deed, now: datetime) -> str:
    """Puts one event to its slot, or says why it counts for nothing."""
    match event.kind:
        case "perform" | "exercise":
            return _performed(norms, rule, slots, event)
        case "release":
            return _released(norms, rule, slots, event)
        case "assign" | "subcontract":
            return _handed_on(norms, rule, slots, event)
        case "find":
            return _breach(norms, rule, slots, event)
        case "notice":
            return _noticed(norms, rule, slots, event, now)
        case _:
            return ""  # consent to a transfer is read with the transfer


def key_of(event: n.Deed) -> str:
    """The occasion an event names; empty if it names none."""
    return next((names[0].text for key, names in event.names if key == "for"), "")


def _performed(norms: Norms, rule: NormRule, slots: list[Slot], event: n.Deed) -> str:
    """Those who act for one party do it together, those who act for several each for their own."""
    names = [event.other.text] if event.other is not None else [actor.text for actor in event.actors]
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(norms.party_of(name, event.at.start), []).append(name)
    reasons = [_performed_by(norms, rule, slots, event, group) for group in groups.values()]
    return "" if "" in reasons else reasons[0]


def _performed_by(norms: Norms, rule: NormRule, slots: list[Slot], event: n.Deed, actors: list[str]) -> str:
    wanted, at = key_of(event), event.at.start
    usable = slots
    if rule.kind == "power" and not wanted:  # a power that has run out is not the one that is used, if there is another
        usable = [slot for slot in slots if slot.late is None or at < slot.late] or slots
    slot, arisen = _first_open(norms, usable, event, actors, wanted)
    if slot is None:
        return "it was done before" if arisen else _not_theirs(norms, rule, slots, at, actors, wanted)
    if rule.kind == "power" and (why := _not_exercised(norms, rule, slot, event)):
        slot.notes.append(f"what was done on {event.at.start:%Y-%m-%d} has no effect: {why}")
        return why
    slot.events.append(event)
    if slot.owed is None or _paid(slot, event.value):
        slot.done, slot.by = at, ", ".join(actors)
    return ""


def _first_open(
    norms: Norms, slots: list[Slot], event: n.Deed, actors: list[str], wanted: str
) -> tuple[Slot | None, bool]:  # fmt: skip
    """The first instance that is still to be done, of those that had arisen and that the actors may perform; and whether there
    was any such instance, done or not. Slots of the past are passed over quickly: a record of years has many."""
    known: dict[tuple[str, ...], bool] = {}
    arisen = False
    for slot in slots:
        done = (slot.done is not None and slot.breach is None) or slot.released is not None
        if (done and arisen) or (wanted and slot.occurrence.key != wanted) or not (wanted or slot.since <= event.at.end):
            continue
        names = (slot.bearer, slot.assigned, *slot.helpers)
        if names not in known:
            known[names] = any(_may_perform(norms, slot, actor, event.at.start) for actor in actors)
        if known[names]:
            arisen = True
            if not done:
                return slot, True
    return None, arisen


def _not_theirs(norms: Norms, rule: NormRule, slots: list[Slot], at: datetime, actors: list[str], wanted: str) -> str:
    """Why nothing could be done by those who did it: it was not owed by them, or not yet by anybody."""
    fitting = [slot for slot in slots if not wanted or slot.occurrence.key == wanted]
    if not fitting:
        return f"no {rule.kind} of that name arose for {wanted}" if wanted else "nothing of it had arisen by then"
    if any(_may_perform(norms, slot, actor, at) for slot in fitting for actor in actors):
        return "nothing of it had arisen by then"
    bearers = ", ".join(dict.fromkeys(slot.bearer for slot in fitting[:6]))
    return f"it is owed by {bearers}" if rule.kind != "power" else f"it is held by {bearers}"


def _not_exercised(norms: Norms, rule: NormRule, slot: Slot, event: n.Deed) -> str:
    """Why an exercise of a power has no effect: it has not arisen, is over, or what it requires is not met."""
    if slot.since > event.at.end:
        return "nothing of it had arisen by then"
    if slot.late is not None and event.at.start >= slot.late:
        return f"its time was over on {slot.late - timedelta(seconds=1):%Y-%m-%d}"
    return norms.not_exercisable(rule, slot.occurrence, event)


def _may_perform(norms: Norms, slot: Slot, actor: str, at: datetime) -> bool:
    names = (slot.bearer, slot.assigned, *slot.helpers)
    return any(name and norms.acts_for(name, actor, at) for name in names) or not slot.bearer


def _paid(slot: Slot, literal: n.Literal | None) -> bool:
    """Adds a part to what was given; whether all that is owed has been. Without an amount, all of it."""
    part = literal.value if literal is not None else slot.owed
    if isinstance(part, n.Money) and isinstance(slot.paid, n.Money) and part.currency == slot.paid.currency:
        slot.paid = n.Money(slot.paid.amount + part.amount, part.currency)
    elif isinstance(part, Fraction) and isinstance(slot.paid, Fraction):
        slot.paid = slot.paid + part
    elif slot.paid is None and _like(part, slot.owed):
        slot.paid = part
    else:
        slot.notes.append(f"{part} is not in the currency that is owed")
        return False
    return order(slot.paid, slot.owed) >= 0


def _like(part: object, owed: object) -> bool:
    """Whether what was given can be set against what is owed: money of one currency, or two numbers."""
    try:
        order(part, owed)
    except Mismatch:
        return False
    return True


def _released(norms: Norms, rule: NormRule, slots: list[Slot], event: n.Deed) -> str:
    """A waiver by those who may: whoever the text names, or else those to whom it is owed."""
    groups = rule.waived or ((rule.to,) if rule.to is not None else ())
    if not any(norms.by_one_of(event, group, None) for group in groups):
        return "it is not waived by one who may" if groups else "the text does not say who may waive it"
    wanted, of = key_of(event), event.other.text if event.other is not None else ""
    found = [
        slot for slot in slots
        if (not wanted or slot.occurrence.key == wanted) and (not of or of in (slot.bearer, slot.assigned))
        and slot.since <= event.at.end and slot.done is None and slot.released is None
        and not _is_lost(norms, rule, slot, event.at.start)
    ]  # fmt: skip
    if not found:
        return "nothing of it was open"
    found = [slot for slot in found if rule.waived or not _own(norms, rule, slot, event)]
    if not found:
        return "nobody releases themselves"
    for slot in found:
        slot.events.append(event)
        if slot.assigned:
            slot.bearer, slot.assigned = slot.assigned, ""  # whoever took it over bears it alone from now on
        else:
            slot.released = event.at.start
    return ""


def _is_lost(norms: Norms, rule: NormRule, slot: Slot, at: datetime) -> bool:
    """Whether an instance was violated by an instant: that is for good."""
    lost = norms.lost(rule, slot)
    return lost is not None and lost <= at


def _own(norms: Norms, rule: NormRule, slot: Slot, event: n.Deed) -> bool:
    """Whether a party that owes something to every party speaks for nobody but itself."""
    parties = {norms.party_of(actor.text, event.at.start) for actor in event.actors}
    return rule.to is not None and parties == {norms.party_of(slot.bearer, event.at.start)}


def _handed_on(norms: Norms, rule: NormRule, slots: list[Slot], event: n.Deed) -> str:
    """A transfer: to another bearer beside the old one, who stays liable until released, or to somebody who performs for it."""
    assert event.other is not None
    kind = "assigned" if event.kind == "assign" else "subcontracted"
    allowed = next((line for line in rule.transferable if line.kind == kind), None)
    if allowed is None:
        return f"the text does not let it be {kind}"
    if allowed.approval is not None and not _consented(norms, rule, event, allowed.approval):
        return f"it is {kind} only with approval of {norms.history.agreement.wording(allowed.approval)}"
    wanted, found = key_of(event), False
    for slot in slots:
        mine = any(norms.acts_for(slot.bearer, actor.text, event.at.start) for actor in event.actors)
        open_ = slot.done is None and slot.released is None and (not wanted or slot.occurrence.key == wanted)
        if mine and open_:
            found = True
            slot.events.append(event)
            if kind == "assigned":
                slot.assigned = event.other.text
            else:
                slot.helpers.append(event.other.text)
    return "" if found else "nothing of it is owed by whoever handed it on"


def _consented(norms: Norms, rule: NormRule, transfer: n.Deed, group: n.Group) -> bool:
    """Whether one who may has approved of a transfer, up to its day."""
    return any(
        norms.by_one_of(event, group, None)
        for event in norms.history.of_norm.get(rule.name, ())
        if event.kind == "ballot" and event.choice == "for" and event.at.start <= transfer.at.end
    )


def _breach(norms: Norms, rule: NormRule, slots: list[Slot], event: n.Deed) -> str:
    """A finding of a breach, by those whose finding counts; of a continuing duty it is what violates it. A finding that there was
    none takes it back, by anybody but the bearer where the text names nobody."""
    if event.word != "breach":
        return f"'{event.word}' is nothing that is found of a duty; a `breach` is"
    if rule.finders and not any(norms.by_one_of(event, group, None) for group in rule.finders):
        return f"a breach of it is found by {' or '.join(norms.history.agreement.wording(group) for group in rule.finders)}"
    if not rule.continuing:
        return "it is kept or missed by its day; a breach is found of a duty that is `continuing`"
    wanted, of = key_of(event), event.other.text if event.other is not None else ""
    found = [
        slot for slot in slots
        if (not wanted or slot.occurrence.key == wanted) and (not of or of == slot.bearer) and slot.since <= event.at.end
    ]  # fmt: skip
    if event.negated:
        return _taken_back(norms, rule, found, event)
    for slot in found:
        if slot.breach is None or _cured(rule, slot):
            slot.breach, slot.done, slot.curable = event.at.start, None, None
            if rule.cured is not None and not rule.cured.after_notice:
                slot.curable = calendar.deadline(event.at, rule.cured.within, True, norms.off)
            slot.events.append(event)
    return "" if found else "nothing of it is owed by whoever is named"


def _taken_back(norms: Norms, rule: NormRule, slots: list[Slot], event: n.Deed) -> str:
    broken = [slot for slot in slots if slot.breach is not None]
    others = [
        slot for slot in broken
        if rule.finders or not all(norms.acts_for(slot.bearer, actor.text, event.at.start) for actor in event.actors)
    ]  # fmt: skip
    for slot in others:
        slot.breach, slot.curable = None, None
        slot.events.append(event)
    if others:
        return ""
    return "nobody takes back a finding about itself" if broken else "no breach of it was found"


def _cured(rule: NormRule, slot: Slot) -> bool:
    """Whether a breach was cured in time, so that there may be another; one that was not stays what it is."""
    if rule.cured is None or slot.breach is None or slot.done is None:
        return False
    return slot.done >= slot.breach and (slot.curable is None or slot.done < slot.curable)


def _noticed(norms: Norms, rule: NormRule, slots: list[Slot], event: n.Deed, now: datetime) -> str:
    """A notice that a norm was not kept: the time for a cure runs from it."""
    given = norms.history.notice_given(event)
    if rule.cured is None or not rule.cured.after_notice or given is None or given.start > now:
        return ""
    if rule.to is not None and not norms.by_one_of(event, rule.to, None):
        return f"notice of it is given by {norms.history.agreement.wording(rule.to)}, to whom it is owed"
    sent = set(recipients(event)) - {ALL}
    for slot in slots:
        late = slot.breach if rule.continuing else slot.late
        if sent and slot.bearer and not any(norms.acts_for(slot.bearer, name, event.at.start) for name in sent):
            continue
        if late is not None and late <= event.at.end and slot.curable is None and slot.done is None:
            slot.curable = calendar.deadline(given, rule.cured.within, True, norms.off)
            slot.events.append(event)
    return ""


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
    return named or not actor or _may_perform(norms, slot, actor, at)


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
        for_whom = _recipients(norms, rule, slot)
        reached: set[str] = set()
        for event in _passing(norms, rule, slot):
            if event.at.start > now or event.at.end < slot.since or slot.done is not None:
                continue
            if not any(_may_perform(norms, slot, actor.text, event.at.start) for actor in event.actors):
                continue
            if rule.doing.channels and event.choice and event.choice not in rule.doing.channels:
                slot.notes.append(f"what was sent on {event.at} by {event.choice} does not count: the channels are "
                                  f"{', '.join(rule.doing.channels)}")  # fmt: skip
                continue
            slot.events.append(event)
            for key, names in event.names:
                if key == "to":
                    reached |= {each for name in names for each in _stands_for(norms, name.text, event.at.start)}
            if for_whom <= reached:
                slot.done, slot.by = event.at.start, ", ".join(actor.text for actor in event.actors)


def _stands_for(norms: Norms, name: str, at: datetime) -> set[str]:
    return {name, *norms.history.named(name, at), norms.party_of(name, at)}


def _passing(norms: Norms, rule: NormRule, slot: Slot) -> Iterable[n.Deed]:
    match rule.doing.kind:
        case "inform":
            return norms.history.informed.get(slot.occurrence.key, ())
        case "answer":
            return norms.history.answers.get(slot.occurrence.key, ())
        case _:
            return norms.history.passed_on.get(rule.doing.word, ())


def _recipients(norms: Norms, rule: NormRule, slot: Slot) -> set[str]:
    """Whom it is for, without whoever passes it on."""
    if rule.doing.to is None:
        return set()
    found = set(norms.history.electors(rule.doing.to, slot.since, slot.occurrence.proposal))
    return found - {slot.bearer, norms.party_of(slot.bearer, slot.since)}


def _put(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime) -> None:
    """Done when the decision is proposed, or the dispute raised, after it arose."""
    for slot in slots:
        for proposal in norms.proposals_of(rule.doing.word):
            used = rule.doing.kind == "propose" or any(_may_perform(norms, slot, who, proposal.at.start) for who in proposal.by)
            if used and slot.since <= proposal.at.end and proposal.at.start <= now and slot.done is None:
                slot.done, slot.by = proposal.at.start, ", ".join(proposal.by)


def _minuted(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime) -> None:
    """Minutes are due after each meeting of a review, and done when they are sent."""
    for slot in slots:
        meeting = norms.history.meetings.get(slot.occurrence.key)
        for event in meeting.acts if meeting is not None else ():
            if event.word != "minutes" or event.at.start > now or slot.done is not None:
                continue
            if not event.actors or any(_may_perform(norms, slot, actor.text, event.at.start) for actor in event.actors):
                slot.done = event.at.start
            else:
                slot.notes.append(f"the minutes of {event.at} do not count: they are owed by {slot.bearer}")
