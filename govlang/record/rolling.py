"""Turns that are counted from the last time: twelve months after the last general assembly, whenever that was.

In: a norm that recurs so, its slots, what was done. Out: its first turn, and the next one for each turn that is done. There is one
open turn at a time: when the next begins is not known before this one is done, however late.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from govlang.core.norms import NormRule, Trigger
from govlang.record import calendar, occasions
from govlang.record.happenings import Occurrence, day_after, start_of
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.norm_entries import Slot
    from govlang.record.norms import Norms

_PERIODS = {
    "week": n.Duration(1, "weeks"), "month": n.Duration(1, "months"), "quarter": n.Duration(3, "months"),
    "half year": n.Duration(6, "months"), "year": n.Duration(12, "months"),
}  # fmt: skip


def turn(recurs: n.Recurs, last: datetime, off: calendar.DaysOff) -> Occurrence:
    """The turn that is counted from a day: its last day is the last on which it is in time."""
    every = recurs.every if isinstance(recurs.every, n.Duration) else _PERIODS[recurs.every]
    day = n.Moment(start_of(last.date()))
    over = calendar.deadline(day, every, True, off)
    return Occurrence(day.day.isoformat(), day, None, "", day.day, (over - timedelta(seconds=1)).date())


def follow(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime) -> None:
    """Adds the turn after each that was done, for those who bear it by then; it begins on the next day."""
    trigger = rolling(rule)
    if trigger is None or trigger.recurs is None:
        return
    for slot in [slot for slot in slots if slot.done is not None and slot.rolls]:
        slot.rolls = False
        assert slot.done is not None
        since = day_after(slot.done.date())
        ended = norms.ended(rule, now)
        over = trigger.recurs.until is not None and since > trigger.recurs.until.end
        if over or (ended is not None and since >= ended):
            continue
        occurrence = turn(trigger.recurs, slot.done, norms.off)
        under_way = {each.bearer for each in slots if each.rolls}
        for bearer in norms.bearers(rule, occurrence):
            if bearer not in under_way and occasions.takes_part(norms, rule, trigger, occurrence, bearer, since):
                slots.append(norms.slot(rule, trigger, occurrence, bearer, since, now))


def rolling(rule: NormRule) -> Trigger | None:
    """What makes the turns of a norm be counted from the last time, if anything does."""
    return next((each for each in rule.triggers if each.recurs is not None and each.recurs.rolling), None)
