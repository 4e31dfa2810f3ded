"""Norms on a record: every instance of every duty, power, review, objective, with its marks and its state at an instant.

In: the lowered norms of an agreement, a history and its judge. Out: `Instance`s, in the order of the text and of time. What the
states mean is said in `core.lower_norms`; here the marks are found: since when, by when, when done and by whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from govlang.core.expr import TRUE, Value
from govlang.core.norms import NormRule, Standing, Trigger
from govlang.core.verdict import Kleene, evaluate
from govlang.record import calendar, doings, occasions, rolling, surroundings
from govlang.record.entries import Proposal
from govlang.record.happenings import Happenings, Occurrence, day_after, start_of
from govlang.record.judge import Judge
from govlang.record.norm_actors import NormActors
from govlang.record.norm_entries import Instance, Marks, Slot, Stray
from govlang.record.norm_times import NormTimes
from govlang.record.periods import periods
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.trust import Assessor


class Norms(NormTimes, NormActors):
    """The norms of one history. Answers are kept: ask for one instant at a time."""

    def __init__(self, judge: Judge, trusting: bool = True) -> None:
        self.judge = judge
        self.trusting = trusting  # without it nothing comes of low trust (`record.trust` counts so)
        self.history = judge.history
        self.windows = _windows(judge)
        self.rules = tuple(self.windows)
        self.happenings = Happenings(self)
        self.off = calendar.days_off(self.history.agreement.header)
        self._known: dict[tuple[int, datetime, datetime], list[Instance]] = {}
        self._strays: dict[tuple[int, datetime], list[Stray]] = {}
        self._busy: set[int] = set()

    # ------------------------------------------------------------ what can be asked

    def at(self, now: datetime, until: datetime | None = None) -> list[Instance]:
        """Every instance at an instant; with `until`, also those of periods and days that begin by then (pending)."""
        return [item for rule in self.rules for item in self.instances(rule, now, until or now)]

    def of(self, name: str, now: datetime) -> list[Instance]:
        """The instances of the norms that one clause makes."""
        return [item for rule in self.rules if rule.name == name for item in self.instances(rule, now, now)]

    def strays(self, now: datetime) -> list[Stray]:
        """Events about norms that count for nothing: by the wrong party, of what is not owed, and the like."""
        self.at(now)
        found = [stray for rule in self.rules for stray in self._strays.get((id(rule), now), ())]
        versions: dict[tuple[str, str], int] = {}
        for rule in self.rules:
            versions[rule.name, rule.key] = versions.get((rule.name, rule.key), 0) + 1
        seen: dict[tuple[int, str, str], int] = {}
        for stray in found:
            which = (id(stray.event), stray.rule.name, stray.rule.key)
            seen[which] = seen.get(which, 0) + 1
        # an event that counts under one version of a norm is no stray of another
        whole = [
            stray for stray in found
            if seen[id(stray.event), stray.rule.name, stray.rule.key] == versions[stray.rule.name, stray.rule.key]
        ]  # fmt: skip
        return list({(id(stray.event), stray.rule.name): stray for stray in whole}.values())

    def instances(self, rule: NormRule, now: datetime, horizon: datetime) -> list[Instance]:
        """The instances of one norm."""
        key = (id(rule), now, horizon)
        if key in self._known:
            return self._known[key]
        if id(rule) in self._busy:
            return []  # a circle: it would have to have arisen to arise
        self._busy.add(id(rule))
        try:
            slots = [slot for slot in self._slots(rule, now, horizon) if self._under(rule, slot.since)]
            self._strays[id(rule), now] = doings.fill(self, rule, slots, now)
            found = [self._instance(rule, slot, now) for slot in slots]
        finally:
            self._busy.discard(id(rule))
        self._known[key] = found
        return found

    def assessed(self, kind: str, name: str, state: str, now: datetime) -> Iterator[tuple[str, datetime, str]]:
        """When a trust measure came to a state: its key, the instant, the party it is about."""
        if self.trusting and kind == "trust" and state == "low":
            yield from self.assessor.turned(name, now)

    @cached_property
    def assessor(self) -> Assessor:
        """The trust of this history."""
        from govlang.record.trust import Assessor

        return Assessor(self.judge)

    def proposals_of(self, decision: str) -> list[Proposal]:
        """The proposals of a decision, in the order of the record."""
        return [item for item in self.history.proposals.values() if item.decision == decision]

    def taken_before(self, rule: NormRule, now: datetime) -> frozenset[int]:
        """The events and meetings that an earlier version of a norm has taken: one performance does not count under two texts."""
        if not self.history.texts:
            return frozenset()
        found: set[int] = set()
        for other in self.rules:
            if other is rule:
                break
            if (other.name, other.key) == (rule.name, rule.key):
                for item in self.instances(other, now, now):
                    found |= {id(event) for event in item.events}
                    meeting = self.history.meetings.get(item.by) if item.last is not None else None
                    found |= {id(meeting)} if meeting is not None else set()
        return frozenset(found)

    def begins(self) -> datetime | None:
        """When the agreement begins: its first day, or the first event where it names none."""
        effective = self.history.agreement.header.effective
        if effective is not None:
            return effective.start
        first = next(iter(self.history.proposals.values()), None)
        return first.at.start if first is not None else self.history.end.start if self.history.end is not None else None

    def _under(self, rule: NormRule, since: datetime) -> bool:
        """Whether the text that holds a norm was in force when an instance arose; it stays under that text afterwards."""
        return any(start <= since < end for start, end in self.windows[rule])

    # ------------------------------------------------------------ which instances there are

    def _slots(self, rule: NormRule, now: datetime, horizon: datetime) -> Iterator[Slot]:
        seen: dict[tuple[str, str], set[tuple[object, ...]]] = {}
        ended = self.ended(rule, now)
        for trigger, occurrence, since in self._in_order(rule, now, horizon):
            at_the_end = trigger.happening is not None and trigger.happening.kind == "agreement"
            if (ended is not None and since >= ended and not at_the_end) or not self._applies(rule, occurrence, now):
                continue
            which = occasions.which(rule, trigger, occurrence)
            for bearer in self.bearers(rule, occurrence):
                known = seen.setdefault((occurrence.key, bearer), set())
                if which in known or not occasions.takes_part(self, rule, trigger, occurrence, bearer, since):
                    continue
                known.add(which)
                again = occasions.again(occurrence, bearer, seen) if len(known) > 1 else occurrence
                seen.setdefault((again.key, bearer), set())
                yield self.slot(rule, trigger, again, bearer, since, now)

    def _in_order(self, rule: NormRule, now: datetime, horizon: datetime) -> list[tuple[Trigger, Occurrence, datetime]]:
        """What brings a norm about, in order of time."""
        found = [
            (trigger, occurrence, self._since(trigger, occurrence))
            for trigger in rule.triggers for occurrence in self._occurrences(rule, trigger, now, horizon)
        ]  # fmt: skip
        return sorted(found, key=lambda each: each[2])

    def _occurrences(self, rule: NormRule, trigger: Trigger, now: datetime, horizon: datetime) -> list[Occurrence]:
        if trigger.happening is not None:
            return self.happenings.of(trigger.happening, now)
        if trigger.on is not None:
            return [Occurrence(trigger.on.day.isoformat(), trigger.on)] if trigger.on.start <= horizon else []
        begins = self.begins()
        if trigger.recurs is not None:
            return self._turns(trigger.recurs, begins, horizon)
        if begins is None:
            return []
        added = self.windows[rule][0][0]  # what an amendment adds holds from its first day on
        first = Occurrence("", n.Moment(max(begins, added)))
        return [first, *occasions.joining(self, rule, first, now)]

    def _turns(self, recurs: n.Recurs, begins: datetime | None, horizon: datetime) -> list[Occurrence]:
        since = recurs.since.day if recurs.since is not None else begins.date() if begins is not None else None
        if since is None:
            return []
        until = min(horizon.date(), recurs.until.day) if recurs.until is not None else horizon.date()
        if recurs.rolling:
            return [rolling.turn(recurs, start_of(since), self.off)] if since <= until else []
        found = periods(recurs.every, since, until)
        return [Occurrence(each.key, n.Moment(start_of(each.first)), None, "", each.first, each.last) for each in found]

    def _since(self, trigger: Trigger, occurrence: Occurrence) -> datetime:
        return day_after(occurrence.last) if trigger.at_end and occurrence.last is not None else occurrence.at.start

    def _applies(self, rule: NormRule, occurrence: Occurrence, now: datetime) -> bool:
        if rule.applies == TRUE or occurrence.proposal is None:
            return True
        return evaluate(rule.applies, self.judge.row(occurrence.proposal, now)) is True

    def bearers(self, rule: NormRule, occurrence: Occurrence) -> list[str]:
        """Who bears it: each elector where the text says every or each, otherwise the role, party or body it names."""
        if rule.actor_bears or (rule.doing.kind == "answer"):
            return [self.party_of(occurrence.actor, occurrence.at.start) if rule.actor_bears else occurrence.actor]
        if rule.bearer is None:
            return [""]
        at, found = occurrence.at.start, []
        for item in rule.bearer.items:
            group = n.Group((item,))
            name = item.base.name.text if item.base.name is not None else ""
            whole = item.base.kind == "name" and item.quantifier not in ("every", "at least", "all but")
            if whole and item.excluded is None and not item.attribute:
                found.append(name)
            elif item.base.kind == "concerned":
                found.append(self.party_of(occurrence.actor, at) if occurrence.actor else "")
            elif item.quantifier == "any":
                found.append(f"any {name or item.base.kind}")
            else:
                names = self.history.electors(group, at, occurrence.proposal)
                if item.excluded is not None and item.excluded.kind == "concerned":
                    out = self.party_of(occurrence.actor, at)
                    names = [each for each in names if self.party_of(each, at) != out]
                found.extend(names)
        return list(dict.fromkeys(found))

    # ------------------------------------------------------------ when it is due

    def slot(
        self, rule: NormRule, trigger: Trigger, occurrence: Occurrence, bearer: str, since: datetime, now: datetime
    ) -> Slot:  # fmt: skip
        slot = Slot(occurrence, bearer, since)
        due = self._due(trigger.due or rule.due, occurrence, now)
        suspended = self._suspensions(rule, occurrence, now)
        slot.suspended = next((start for start, end in suspended if start <= now and (end is None or now < end)), None)
        slot.still = tuple((start, end if end is not None else now) for start, end in suspended)
        slot.due = self.shifted(since, due, slot.still)
        slot.late = slot.due
        if slot.due is not None and rule.grace is not None:
            slot.late = self.after(slot.due, rule.grace)
        slot.owed = self._owed(rule, occurrence, bearer)
        slot.rolls = trigger.recurs is not None and trigger.recurs.rolling
        return slot

    def _owed(self, rule: NormRule, occurrence: Occurrence, bearer: str) -> Value:
        if rule.owed is None:
            return None
        sums = Kleene(Marks({}, occurrence.at.start))
        whole = self._said(rule.owed.whole, occurrence, bearer)
        if rule.owed.other is not None:
            return sums.arithmetic(rule.owed.pick, [whole, self._said(rule.owed.other, occurrence, bearer)])
        if not rule.owed.share or whole is None:
            return whole
        share = self.history.attribute(bearer, rule.owed.share, occurrence.at.start)
        return sums.arithmetic("*", [share, whole]) if isinstance(share, Fraction) else None

    def _said(self, literal: n.Literal, occurrence: Occurrence, bearer: str) -> Value:
        """An amount as the text gives it: itself, a fact of what brought it about, or else an attribute of the bearer."""
        if literal.kind != "word":
            return literal.value
        name, facts = str(literal.value), occurrence.proposal.facts if occurrence.proposal is not None else {}
        return facts[name] if name in facts else self.history.attribute(bearer, name, occurrence.at.start)

    # ------------------------------------------------------------ its state

    def ended(self, rule: NormRule, now: datetime) -> datetime | None:
        """When the norm ends with the agreement: never, or later, if it survives."""
        end = surroundings.ended_at(self.history, now)
        if end is None or rule.survives is None:
            return end
        if rule.survives.duration is None:
            return None
        return self.after(end, rule.survives.duration)

    def _instance(self, rule: NormRule, slot: Slot, now: datetime) -> Instance:
        parted = surroundings.departures(self.history, slot.bearer, now) if rule.survives is None else []
        gone = next((at for at in parted if at > slot.since), None)
        # what nothing brought about but the text ends when an amendment takes it out of the text
        text = self.windows[rule][-1][1] if Trigger() in rule.triggers and slot.occurrence.key == "" else None
        ends = [instant for instant in (self.ended(rule, now), gone, text) if instant is not None and instant > slot.since]
        ended = min(ends, default=None)
        curable = self.curable(rule, slot)
        marks = {
            "since": slot.since, "done": slot.done, "lost": self.lost(rule, slot), "released": slot.released, "ended": ended,
            "suspended": slot.suspended,
        }  # fmt: skip
        row = Marks(marks, now)
        standing = next((state for state, holds in rule.states if evaluate(holds, row) is True), Standing.PENDING)
        return Instance(
            rule, slot.occurrence.key, slot.bearer, standing, now, slot.since, slot.due, slot.late, slot.done, slot.by, curable,
            slot.breach, slot.released, ended, slot.suspended, slot.owed, slot.paid, slot.occurrence.proposal,
            slot.occurrence.last, tuple(slot.events), tuple(slot.notes),
        )  # fmt: skip

    def curable(self, rule: NormRule, slot: Slot) -> datetime | None:
        """The first instant too late to cure what was missed; None where it cannot be, or the time for it does not run yet."""
        if slot.curable is not None or rule.cured is None or rule.cured.after_notice or rule.continuing or slot.late is None:
            return slot.curable
        return self.shifted(slot.late, self.after(slot.late, rule.cured.within), slot.still)

    def lost(self, rule: NormRule, slot: Slot) -> datetime | None:
        """The first instant at which it is violated unless it is done before. A cure that runs from a notice does not run out
        before there is one."""
        missed = slot.breach if rule.continuing else slot.late
        return missed if missed is None or rule.cured is None else self.curable(rule, slot)


def _windows(judge: Judge) -> dict[NormRule, list[tuple[datetime, datetime]]]:
    """The norms of every version of the text, each with the times in which its text is in force."""
    history = judge.history
    if not history.texts:
        return {rule: [(datetime.min, datetime.max)] for rule in judge.rules.under(history.agreement).norms}
    found: dict[NormRule, list[tuple[datetime, datetime]]] = {}
    starts = [datetime.min, *(version.start for version in history.texts[1:])]
    for version, start, end in zip(history.texts, starts, [*starts[1:], datetime.max], strict=True):
        for rule in judge.rules.under(version.agreement).norms:
            found.setdefault(rule, []).append((start, end))
    return found
