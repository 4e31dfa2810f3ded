"""The row: every fact and tally that expressions speak of, counted from the record. One method a kind of key.

In: a history, a proposal and an instant. Out: values by key, each computed once; None where the record does not say. This is
the other half of meaning: `core.lower` says what is asked of the facts, this module says what the facts are.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from govlang.core import keys as k
from govlang.core.expr import Value
from govlang.core.rules import Leaf
from govlang.core.verdict import Kleene, Verdict
from govlang.later import Later
from govlang.model.nodes import Kind
from govlang.record import calendar, evidence, lifecycle
from govlang.record.count import closing_words
from govlang.record.effects import CARRIED_OUT
from govlang.record.history import Proposal
from govlang.record.interventions import Interventions
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record import disputes, ip_facts
else:
    disputes = Later("govlang.record.disputes")
    ip_facts = Later("govlang.record.ip_facts")

_UNASKED: Any = object()


class Row(Interventions):
    """The facts of one proposal at one instant. `judge` and `taken` answer for other proposals (the
    verdict, and since when it was decided), `decided` for this one."""

    def value(self, key: k.Key) -> Value:
        """The value of a fact or tally; None when it is not known."""
        found = self._values.get(key, _UNASKED)
        if found is _UNASKED:
            found = self._values[key] = self._compute(key)
        return found

    def _compute(self, key: k.Key) -> Value:
        match key:  # the kinds asked for most often first
            case k.Given(name, stated):
                return self.given(name, stated)
            case k.Tally(who, measure, weight):
                return self.tally(who, measure, weight)
            case k.Total(total):
                return self.total(total)
            case k.Now():
                return self.now
            case k.InTerm(survives, always):
                return always or lifecycle.in_term(self.history.on(self.now), self.now, survives, self.proposal.id)
            case k.Deadline(since, duration, through):
                return self.deadline(since, duration, through)
            case k.Acts(rule, scope, attribute):
                return self.acts(rule, scope, attribute)
            case k.ProposerIn(group, scope):
                return self.proposer_in(group, scope)
            case k.Blocks(rule, scope, state):
                return Fraction(len(self.blocking(rule, scope, state)))
            case k.Withdrawn():
                return self.withdrawn()
            case k.Closed(scope):
                return self.times(scope).closed
            case k.Attendance(who, kind, still_open):
                return Fraction(len(self.attendance(who, kind, still_open)))
            case k.Voted(who, choice, may):
                return self.voted(who, choice, may)
            case k.Distinct(who, attribute, may):
                return self.distinct(who, attribute, may)
            case k.Matching(electorates, by, may):
                return self.matching(electorates, by, may)
            case k.InMeeting(_, body):
                return self.meeting(body) is not None
            case k.Reconvened():
                return Fraction(self.reconvened())
            case k.ClosedAt(scope):
                times = self.times(scope)
                return times.closes if times.closed else None
            case k.Instant(anchor, scope):
                moment = self.instant(anchor, scope)
                return moment.start if moment is not None else None
            case k.Actors(rule, scope):
                return Fraction(len(self.actors(rule, scope)))
            case k.Proposers(group):
                return self.proposers(group)
            case k.FactIn(fact, group):
                return self.fact_in(fact, group)
            case k.Advised(group, scope):
                return self.advised(group)
            case k.NoticeGiven(scope):
                return self.notice_waived(scope)
            case k.Adopted(decision, same, by):
                return self.adopted(decision, same, by)
            case k.UnderWay(decision, same):
                return self.under_way(decision, same)
            case k.Ratified(decision, by):
                return self.ratified(decision, by)
            case k.Reference(fact):
                return self.reference(fact)
            case k.OfDispute():
                return disputes.value(self, key)
            case k.Taker(group):
                return disputes.taker(self, group)
            case k.Headcount(group):
                return Fraction(len(self.history.electors(group, self.now, self.proposal)))
            case k.Sharing(group, attribute):
                return Fraction(len(self.sharing(group, attribute)[1]))
            case k.Ruled(reading, among):
                return self.ruled(reading, among)
            case k.Mark() | k.Figure() | k.Column():
                return None  # of norms, of trust, of tables: never of a proposal on record
            case k.Ip():
                return ip_facts.value(self, key)
            case k.Delayed(rule, scope):
                return self.delayed(rule, scope)

    # ------------------------------------------------------------ other decisions

    def outcome(self, other: Proposal, at: datetime) -> Verdict | None:
        """The verdict of another proposal. What was taken within the term stays taken: the end of the agreement undoes nothing."""
        verdict = self.judge(other, at)
        ended = lifecycle.ended_at(self.history, at) if verdict is Verdict.DENIED else None
        if ended is None or other.at.start > ended.at.end:
            return verdict
        before = self.judge(other, ended.at.end)
        return before if before is Verdict.PERMITTED else verdict

    def adopted(self, decision: str, same: tuple[str, ...], by: k.Deadline | None = None) -> Value:
        """Whether such a decision was taken, up to now or up to the end of a period."""
        return _some(Verdict.PERMITTED, [verdict for _, verdict in self.outcomes(decision, same, by)])

    def outcomes(
        self, decision: str, same: tuple[str, ...], by: k.Deadline | None = None, among: list[Proposal] | None = None
    ) -> list[tuple[Proposal, Verdict | None]]:
        """Other proposals of a decision (or some of them) with their verdicts, now or at the end of a period."""
        end = self.value(by) if by is not None else None
        at = min(self.now, end - timedelta(seconds=1)) if isinstance(end, datetime) else self.now
        found = [(other, self.outcome(other, at)) for other in self.others(decision, same, among) if other.at.start <= at]
        # where two proposals look at each other, the one made first is judged as if the other were not there
        return [(other, how) for other, how in found if how is not None or other.sequence < self.proposal.sequence]

    def under_way(self, decision: str, same: tuple[str, ...]) -> Value:
        """Whether such a proposal is open. Those that were over before this one was made need not be looked at again."""
        among = self.not_over(decision, min(self.now, self.proposal.at.start), self.now)
        return _some(Verdict.PENDING, [verdict for _, verdict in self.outcomes(decision, same, among=among)])

    def ratified(self, decision: str, by: k.Deadline) -> Value:
        """Whether a ratifying decision was taken in time: one that names this proposal, or names none and came later."""
        end = self.value(by)
        at = min(self.now, end - timedelta(seconds=1)) if isinstance(end, datetime) else self.now
        for other in self.others(decision, ()):
            named = [value for value in other.facts.values() if value == self.proposal.id]
            names_any = any(given.type.kind == "decision" for given in self._given_of(other))
            fits = bool(named) or (not names_any and other.sequence > self.proposal.sequence)
            if fits and other.at.start <= at and self.judge(other, at) is Verdict.PERMITTED:
                return True
        return False

    def _given_of(self, proposal: Proposal) -> list[n.Given]:
        decision = self.history.agreement.decisions.get(proposal.decision)
        return list(decision.facts.values()) if decision is not None else []

    def reference(self, fact: object) -> Value:
        """Whether the proposal that a fact names was adopted; unknown while it is pending or not on record.

        An optional fact that names none is no."""
        value = self.proposal.facts.get(fact) if isinstance(fact, str) else None
        declared = self.declared(fact) if isinstance(fact, str) else None
        if value is None and declared is not None and declared.optional:
            return False
        other = self.history.proposals.get(value) if isinstance(value, str) else None
        if other is None:
            return None
        self.looked_at.append(other)
        verdict = self.outcome(other, self.now)
        return {Verdict.PERMITTED: True, Verdict.DENIED: False}.get(verdict) if verdict is not None else None

    def total(self, total: n.Total) -> Value:
        """The sum of a fact over this decision's proposals in a period that ends with this one; refused ones left out, unless they
        were carried out all the same."""
        mine = self.given(total.fact)
        if mine is None:
            return None
        return Kleene(self).arithmetic("+", [mine, *(other.facts[total.fact] for other in self.totalled(total))])

    def totalled(self, total: n.Total) -> list[Proposal]:
        """The earlier proposals that a total takes in: of the same supplier (or the like), in the period, not refused or yet
        carried out."""
        period, start = total.period, self.proposal.at.start
        since = (lambda other: calendar.deadline(other.at, period, True) > start) if period is not None else None
        found = [
            other for other in self.others_alike(self.proposal.decision, (total.per,) if total.per else (), since)
            if other.sequence < self.proposal.sequence and other.facts.get(total.fact) is not None
            and (since is None or since(other))
        ]  # fmt: skip
        self.looked_at.extend(found)
        return [other for other in found if self.judge(other, self.now) is not Verdict.DENIED or self._done(other)]

    def _done(self, other: Proposal) -> bool:
        """Whether a proposal was carried out: what was spent was spent, permitted or not."""
        return any(event.kind == "act" and event.word == CARRIED_OUT and event.at.start <= self.now for event in other.events)

    # ------------------------------------------------------------ the agreement itself

    def withdrawn(self) -> Value:
        """Whether the proposal was withdrawn by one of those who made it."""
        for event in self.events("withdraw"):
            persons = {self.counter.person(actor.text, event.at.start) for actor in event.actors}
            if event.word == "proposal" and (persons | {actor.text for actor in event.actors}) & set(self.proposal.by):
                return True
        return False

    def ruled(self, reading: str, among: tuple[str, ...]) -> Value:
        """Whether a ruling says that this reading holds; unknown without a ruling on this ambiguity."""
        rulings = [event for event in self.events("rule") if event.word in among]
        return rulings[-1].word == reading if rulings else None

    # ------------------------------------------------------------ names behind the figures

    def evidence(self, leaf: Leaf) -> tuple[str, ...]:
        """What counted towards a requirement, in words."""
        return evidence.lines(self, leaf)

    def ignored(self, leaf: Leaf) -> tuple[str, ...]:
        """What did not count towards a requirement, and why."""
        return evidence.ignored(self, leaf)

    def blockers(self, leaf: Leaf) -> tuple[str, ...]:
        """Whose vetoes or objections stand."""
        found = [
            actor.text for key in leaf.evidence if isinstance(key, k.Blocks)
            for event, standing in self.blocks(key.rule, key.scope) if standing == "standing" for actor in event.actors
        ]  # fmt: skip
        return tuple(dict.fromkeys(found))

    def may_still_act(self, who: k.Electorate, choice: str) -> tuple[str, ...]:
        """Electors who may still cast the ballot that is missing."""
        count = self.count(who)
        return tuple(name for name in count.open if count.ballots.get(name) is None or choice != "for"
                     or count.ballots[name].choice != "for")  # fmt: skip

    def remaining(self, since: datetime, until: datetime, unit: str) -> str:
        """How much of a period remains, in its own unit; empty when none does."""
        if until <= since:
            return ""
        off = calendar.days_off(self.history.agreement.header)
        if unit == "hours":
            return _plural(-(-int((until - since).total_seconds()) // 3600), "more hour")
        if unit == "working days":
            left = calendar.working_days_between(since.date(), until.date(), off)
            return _plural(left, "more working day") if left else "today"
        return _plural((until.date() - since.date()).days, "more day") if until.date() > since.date() else "today"

    def found(self, keys: tuple[k.Key, ...]) -> tuple[str, ...]:
        """Figures counted from the record, in words."""
        return evidence.figures(self, keys)

    def speaking(self, parties: tuple[str, ...]) -> str:
        """Who would act for some parties today, in words; empty for persons, and where no role speaks for its party."""
        agreement = self.history.agreement
        if not all(agreement.kind_of(name) is Kind.PARTY for name in parties):
            return ""
        if not any(role.speaks for role in agreement.roles.values()):
            return ""
        speakers = {name: self.history.speakers_for(name, self.now) for name in parties}
        spoken = [" or ".join(found) for found in speakers.values() if found]
        words = (
            f"by {', '.join(spoken[:-1])} and {spoken[-1]}" if len(spoken) > 1 else f"by {spoken[0]}" if spoken else ""
        )
        mute = [f"nobody speaks for {name} today" for name, found in speakers.items() if not found]
        return "; ".join(part for part in (words, *mute) if part)

    def last_day(self, until: datetime) -> str:
        """The last day (or instant) before a deadline, in words."""
        return closing_words(until).removeprefix("at ")


def _some(wanted: Verdict, verdicts: list[Verdict | None]) -> bool | None:
    """Whether one of the verdicts is the wanted one; unknown where a circle in the record leaves one unknown."""
    if wanted in verdicts:
        return True
    return None if None in verdicts else False


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
