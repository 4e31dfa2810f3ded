"""Judging proposals: rows, rules and the instant at which a decision was taken.

In: an agreement and its history. Out: verdicts of proposals at an instant. Decisions may refer to each other; a proposal that
is being judged already (a circle in the record) counts as not known.
"""

from __future__ import annotations

from datetime import datetime

from govlang.core.lower import lower
from govlang.core.rules import Every, Rule, Tree, whole
from govlang.core.verdict import Verdict, evaluate, holds, state, verdict as verdict_of
from govlang.frozen import dataclass, parts
from govlang.model.nodes import Agreement
from govlang.record.facts import Row
from govlang.record.history import History, Proposal
from govlang.syntax.nodes import Duration


class Rules:
    """The lowered decisions (and other rights) of an agreement, each lowered once, when it is first asked for."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self._rules: dict[str, Rule] = {}
        self._in_working_days: dict[str, bool] = {}

    def rule(self, name: str) -> Rule:
        """The rule of a decision or other right by name."""
        if name not in self._rules:
            right = self.agreement.right(name)
            assert right is not None
            self._rules[name] = lower(self.agreement, right)
        return self._rules[name]

    def in_working_days(self, name: str) -> bool:
        """Whether a decision counts any period in working days."""
        if name not in self._in_working_days:
            rule = self.rule(name)
            periods = (part for part in parts((rule.tree, rule.after)) if isinstance(part, Duration))
            self._in_working_days[name] = any(period.unit == "working days" for period in periods)
        return self._in_working_days[name]


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposal judged at an instant: its verdict, the rule that governs it, the row it was judged on."""

    verdict: Verdict
    rule: Rule | None
    tree: Tree | None
    row: Row
    decided: datetime | None
    rivals: tuple[tuple[Rule, Verdict], ...] = ()


class Judge:
    """Judges the proposals of one history."""

    def __init__(self, rules: Rules, history: History) -> None:
        self.rules = rules
        self.history = history
        self._busy: set[tuple[str, datetime]] = set()
        self._known: dict[tuple[str, datetime], Verdict | None] = {}
        self._cuts = 0

    def verdict(self, proposal: Proposal, now: datetime) -> Verdict | None:
        """The verdict of a proposal at an instant; None for one that is being judged already."""
        key = (proposal.id, now)
        if key in self._known:
            return self._known[key]
        if key in self._busy:
            self._cuts += 1
            return None
        before = self._cuts
        found = self.judge(proposal, now).verdict
        if self._cuts == before:  # what was found while a circle was cut holds for that circle only
            self._known[key] = found
        return found

    def taken(self, proposal: Proposal, now: datetime) -> datetime | None:
        """When another proposal was decided; None while it is not, or where the record goes in a circle."""
        if self.verdict(proposal, now) is None or proposal.decision not in self.history.agreement.decisions:
            return None
        return self.decided(self.rules.rule(proposal.decision), proposal, now)

    def judge(self, proposal: Proposal, now: datetime) -> Judged:
        """The full judgement: which decision governs, whether it was taken and when, and the verdict."""
        key = (proposal.id, now)
        outermost = key not in self._busy
        self._busy.add(key)
        try:
            return self._judged(proposal, now)
        finally:
            if outermost:
                self._busy.discard(key)

    def judge_by(self, right: str, proposal: Proposal, now: datetime) -> Judged:
        """The judgement of a proposal by one right, whatever it was proposed as: a licence, a step of a dispute."""
        rule = self.rules.rule(right)
        return self._judge_by(rule, self._row(proposal, now, rule))

    def _judged(self, proposal: Proposal, now: datetime) -> Judged:
        candidates = self._candidates(proposal, now)
        if not candidates:
            return Judged(Verdict.SILENT, None, None, self._row(proposal, now, None), None)
        judged = [self._judge_by(rule, row) for rule, row in candidates]
        first = judged[0]
        if len(judged) == 1:
            return first
        rivals = tuple((item.rule, item.verdict) for item in judged if item.rule is not None)
        if len({verdict for _, verdict in rivals}) == 1:
            return Judged(first.verdict, first.rule, first.tree, first.row, first.decided, rivals[1:])
        return Judged(Verdict.PENDING, first.rule, first.tree, first.row, first.decided, rivals)

    def _candidates(self, proposal: Proposal, now: datetime) -> list[tuple[Rule, Row]]:
        """The decisions about this proposal that apply and that no other applicable one overrides."""
        decisions = self.history.agreement.decisions
        names = [proposal.decision] if proposal.decision in decisions else self.history.covering(proposal.decision)
        applicable: list[tuple[Rule, Row]] = []
        for name in names:
            rule = self.rules.rule(name)
            row = self._row(proposal, now, rule)
            if evaluate(rule.applies, row) is not False:
                applicable.append((rule, row))
        overridden = {other for rule, _ in applicable for other in decisions[rule.decision].overrides}
        return [(rule, row) for rule, row in applicable if rule.decision not in overridden]

    def _row(self, proposal: Proposal, now: datetime, rule: Rule | None) -> Row:
        decided: list[datetime | None] = []

        def when() -> datetime | None:
            if not decided:
                decided.append(self.decided(rule, proposal, now) if rule is not None else None)
            return decided[0]

        return Row(self.history, proposal, now, self.verdict, when, self.taken)

    def _judge_by(self, rule: Rule, row: Row) -> Judged:
        tree = whole(rule)
        verdict = verdict_of(tree, row)
        decided = row.decided() if isinstance(rule.after, Every) and rule.after.items else None
        return Judged(verdict, rule, tree, row, decided)

    def decided(self, rule: Rule, proposal: Proposal, now: datetime) -> datetime | None:
        """Since when everything that the decision itself requires is met, without a break up to now; None if it is not."""
        probe = Row(self.history, proposal, now, self.verdict, taken=self.taken)
        state(rule.tree, probe)
        instants = {event.at.start for event in proposal.events} | {proposal.at.start, now} | probe.instants
        instants |= self.history.turns | self._others_taken(probe, proposal, now)
        since: datetime | None = None
        for instant in sorted(moment for moment in instants if proposal.at.start <= moment <= now):
            row = probe if instant == now else Row(self.history, proposal, instant, self.verdict, taken=self.taken)
            if not holds(rule.tree, row):
                since = None
            elif since is None:
                since = instant
        return since

    def _others_taken(self, probe: Row, proposal: Proposal, now: datetime) -> set[datetime]:
        """When the other proposals that this one looks at turned: their events, and when they were decided."""
        found: set[datetime] = set()
        for other in probe.looked_at:
            found |= {event.at.start for event in other.events} | {other.at.start}
            taken = self.taken(other, now)
            found |= {taken} if taken is not None else set()
        return found

