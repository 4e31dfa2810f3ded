"""Events that name a norm: performances, exercises, waivers, transfers, findings of a breach, notices.

In: one event and the slots of the norm that it names. Out: the slot it counts for, or the reason why it counts for nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.core.norms import NormRule
from govlang.core.verdict import Mismatch, order
from govlang.record import calendar
from govlang.record.receipts import ALL, recipients
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.norm_entries import Slot
    from govlang.record.norms import Norms


def about(norms: Norms, rule: NormRule, slots: list[Slot], event: n.Deed, now: datetime) -> str:
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
            known[names] = any(may_perform(norms, slot, actor, event.at.start) for actor in actors)
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
    if any(may_perform(norms, slot, actor, at) for slot in fitting for actor in actors):
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


def may_perform(norms: Norms, slot: Slot, actor: str, at: datetime) -> bool:
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
                slot.curable = _cure_ends(norms, rule.cured, slot, event.at)
            slot.events.append(event)
    return "" if found else "nothing of it is owed by whoever is named"


def _cure_ends(norms: Norms, cured: n.Cured, slot: Slot, since: n.Moment) -> datetime | None:
    """The first instant too late for a cure that is counted from a finding or a notice."""
    return norms.shifted(since.start, calendar.deadline(since, cured.within, True, norms.off), slot.still)


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
            slot.curable = _cure_ends(norms, rule.cured, slot, given)
            slot.events.append(event)
    return ""
