"""Judging proposals: rows, rules and the instant at which a decision was taken.

In: an agreement and its history. Out: verdicts of proposals at an instant. Decisions may refer to each other; a proposal
that is being judged already (a circle in the record) counts as not known.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from govlang.core.expr import TRUE
from govlang.core.governing import joined, left_standing
from govlang.core.lower import lower
from govlang.core.rules import Every, Rule, Tree, met, whole
from govlang.core.verdict import Verdict, evaluate, glance, holds, holds_asking_all, seen, verdict as verdict_of
from govlang.frozen import dataclass
from govlang.later import Later
from govlang.model.nodes import Agreement
from govlang.record import lifecycle
from govlang.record.facts import Row
from govlang.record.history import History, Proposal
from govlang.record.settled import settled
from govlang.record.spans import Spans

if TYPE_CHECKING:
    from govlang.core import lower_norms, lower_trust
    from govlang.core.norms import NormRule
    from govlang.core.trust import TrustRule
else:
    lower_norms = Later("govlang.core.lower_norms")
    lower_trust = Later("govlang.core.lower_trust")

MOST_REMEMBERED = 50_000
_SETTLED = (Verdict.PERMITTED, Verdict.DENIED)


class Rules:
    """The lowered decisions (and other rights) of an agreement, each lowered once, when it is first asked for."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self._rules: dict[str, Rule] = {}
        self._norms: tuple[NormRule, ...] | None = None
        self._trust: tuple[TrustRule, ...] | None = None
        self._others: dict[int, Rules] = {}

    def under(self, agreement: Agreement) -> Rules:
        """The rules of another version of the agreement."""
        if agreement is self.agreement:
            return self
        return self._others.setdefault(id(agreement), Rules(agreement))

    def rule(self, name: str) -> Rule:
        """The rule of a decision or other right by name."""
        if name not in self._rules:
            right = self.agreement.right(name)
            assert right is not None
            self._rules[name] = lower(self.agreement, right)
        return self._rules[name]

    @property
    def norms(self) -> tuple[NormRule, ...]:
        """The lowered norms: duties, powers, reviews, objectives, communication."""
        if self._norms is None:
            self._norms = lower_norms.lower(self.agreement)
        return self._norms

    @property
    def trust(self) -> tuple[TrustRule, ...]:
        """The lowered trust clauses."""
        if self._trust is None:
            self._trust = lower_trust.lower(self.agreement) if self.agreement.trust else ()
        return self._trust

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
        self._count = history.count
        self._decided: dict[tuple[str, str, datetime, int, int], datetime | None] = {}
        self._taken: dict[tuple[str, datetime], datetime | None] = {}
        self.spans = Spans(history)

    def verdict(self, proposal: Proposal, now: datetime) -> Verdict | None:
        """The verdict of a proposal at an instant; None for one that is being judged already."""
        span = self.spans.find(proposal, now)
        if span is not None:
            return span.verdict
        self._forget_what_is_over()
        key = (proposal.id, now)
        if key in self._known:
            return self._known[key]
        if key in self._busy:
            self._cuts += 1
            return None
        before = self._cuts
        judged = self.judge(proposal, now, True)
        if self._cuts == before and not self.spans.keep(proposal, judged.row, judged.verdict):
            self._known[key] = judged.verdict  # what was found while a circle was cut holds for that circle only
        return judged.verdict

    def _forget_what_is_over(self) -> None:
        """What is kept for an instant holds for the record as it stands, and does not grow with it."""
        kept = len(self._known) + len(self._decided) + len(self._taken)
        if self._count != self.history.count or kept > MOST_REMEMBERED:
            self._count = self.history.count
            self._known, self._decided, self._taken = {}, {}, {}

    def taken(self, proposal: Proposal, now: datetime) -> datetime | None:
        """When another proposal was decided; None while it is not, or where the record goes in a circle. What was taken within
        the term stays taken: the end of the agreement undoes nothing."""
        found = self._taken_by(proposal, now)
        ended = lifecycle.ended_at(self.history, now) if found is None else None
        if ended is None or proposal.at.start > ended.at.end:
            return found
        return self._taken_by(proposal, ended.at.end)

    def _taken_by(self, proposal: Proposal, now: datetime) -> datetime | None:
        if self.verdict(proposal, now) is None:
            return None
        view = self.view(proposal, now)
        if proposal.decision not in view.agreement.decisions:
            return None
        span = self.spans.find(proposal, now)
        key = (proposal.id, span.since if span is not None else now)  # what stands through a stretch was taken once
        if key not in self._taken:
            before = self._cuts
            found = self.decided(self.rules.under(view.agreement).rule(proposal.decision), proposal, now, view)
            if self._cuts != before:
                return found
            self._taken[key] = found
        return self._taken[key]

    def view(self, proposal: Proposal, now: datetime) -> History:
        """The record under the text that governs a proposal at an instant."""
        return self.history.under(self._governing(proposal, now)) if self.history.texts else self.history

    def _governing(self, proposal: Proposal, now: datetime) -> int:
        """Which version governs: the one in force, unless the matter was settled under an earlier one. What was
        permitted or denied at the last instant before an amendment stays with the text that settled it; an amendment
        revives nothing and undoes nothing. What adopts an amendment stays with the text before it, settled or not."""
        place = self.history.place(now)
        adopts = self.history.adopts(proposal)
        if adopts is not None and adopts <= place:  # no text decides whether it was adopted itself
            return self._governing(proposal, self.history.texts[adopts].start - timedelta(seconds=1))
        last = self.history.texts[place].start - timedelta(seconds=1) if place else now
        settled = bool(place) and proposal.at.start <= last and self.verdict(proposal, last) in _SETTLED
        return self._governing(proposal, last) if settled else place

    def judge_under(self, place: int, proposal: Proposal, now: datetime) -> Judged:
        """The judgement of a proposal by the decision it is about, in one version of the text."""
        view = self.history.under(place)
        if proposal.decision not in view.agreement.decisions:
            return Judged(Verdict.SILENT, None, None, self._row(proposal, now, None, view), None)
        rule = self.rules.under(view.agreement).rule(proposal.decision)
        return self._judge_by(rule, self._row(proposal, now, rule, view))

    def judge(self, proposal: Proposal, now: datetime, glancing: bool = False) -> Judged:
        """The full judgement: which decision governs, whether it was taken and when, and the verdict. `glancing` leaves out
        what does not turn the verdict, and since when it was taken."""
        key = (proposal.id, now)
        outermost = key not in self._busy
        self._busy.add(key)
        try:
            return self._judged(proposal, now, glancing)
        finally:
            if outermost:
                self._busy.discard(key)

    def judge_by(self, right: str, proposal: Proposal, now: datetime) -> Judged:
        """The judgement of a proposal by one right, whatever it was proposed as: a licence, a step of a dispute."""
        view = self.history.on(now)
        rule = self.rules.under(view.agreement).rule(right)
        return self._judge_by(rule, self._row(proposal, now, rule, view))

    def _judged(self, proposal: Proposal, now: datetime, glancing: bool) -> Judged:
        view = self.view(proposal, now)
        candidates = self._candidates(proposal, now, view)
        if not candidates:
            return Judged(Verdict.SILENT, None, None, self._row(proposal, now, None, view), None)
        judge_by = self._glance_by if glancing else self._judge_by
        judged = [judge_by(rule, row) for rule, row in candidates]
        first = judged[0]
        if len(judged) == 1:
            return first
        rivals = tuple((item.rule, item.verdict) for item in judged if item.rule is not None)
        agreed = len({verdict for _, verdict in rivals}) == 1
        verdict = joined([verdict for _, verdict in rivals])
        return Judged(verdict, first.rule, first.tree, first.row, first.decided, rivals[1:] if agreed else rivals)

    def governing(self, proposal: Proposal, now: datetime) -> list[tuple[Rule, Row]]:
        """The rules that govern a proposal at an instant, each with the facts that it looks at; nothing is judged yet."""
        return self._candidates(proposal, now, self.view(proposal, now))

    def about(self, proposal: Proposal, now: datetime) -> list[tuple[Rule, Row]]:
        """The rights that are about a proposal by what it is called, whether or not they apply to it."""
        return self._about(proposal, now, self.view(proposal, now))

    def _about(self, proposal: Proposal, now: datetime, view: History) -> list[tuple[Rule, Row]]:
        rules, called = self.rules.under(view.agreement), proposal.decision
        own = called in view.agreement.decisions or called in view.agreement.disputes
        found = map(rules.rule, [called] if own else view.covering(called))
        return [(rule, self._row(proposal, now, rule, view)) for rule in found]

    def _candidates(self, proposal: Proposal, now: datetime, view: History) -> list[tuple[Rule, Row]]:
        """The rights about this proposal that apply and that no other applicable one overrides."""
        decisions = view.agreement.decisions
        return left_standing(
            (rule.decision, decisions[rule.decision].overrides if rule.decision in decisions else (), (rule, row))
            for rule, row in self._about(proposal, now, view) if evaluate(rule.applies, row) is not False
        )  # fmt: skip

    def row(self, proposal: Proposal, now: datetime) -> Row:
        """The facts of a proposal at an instant, for conditions that stand outside its decision."""
        return self._row(proposal, now, None, self.view(proposal, now))

    def _row(self, proposal: Proposal, now: datetime, rule: Rule | None, view: History) -> Row:
        decided: list[datetime | None] = []

        def when() -> datetime | None:
            if not decided:
                row.waited = True
                decided.append(None)  # where it is asked for while it is looked for
                decided[0] = self.decided(rule, proposal, now, view, row) if rule is not None else None
            return decided[0]

        row = self.new_row(view, proposal, now, rule, when)
        row.not_over = self.spans.not_over
        return row

    def _row_before(self, view: History, proposal: Proposal, now: datetime, rule: Rule) -> Row:
        """The facts at an instant, with nothing said of since when it is decided."""
        row = self.new_row(view, proposal, now, rule, lambda: None)
        row.not_over = self.spans.not_over
        return row

    def new_row(
        self, view: History, proposal: Proposal, now: datetime, rule: Rule | None, decided: Callable[[], datetime | None]
    ) -> Row:  # fmt: skip
        """The facts of a proposal, as they are counted for a rule. A log of decisions has rows that say some facts themselves."""
        return Row(view, proposal, now, self.verdict, decided, self.taken)

    def _judge_by(self, rule: Rule, row: Row) -> Judged:
        tree, before = whole(rule), self._cuts
        if tree is not rule.tree and evaluate(met(rule.tree), row) is True:
            self._teach(rule, row, before)
        verdict = verdict_of(tree, row)
        decided = row.decided() if isinstance(rule.after, Every) and rule.after.items else None
        return Judged(verdict, rule, tree, row, decided)

    def _teach(self, rule: Rule, row: Row, before: int) -> None:
        """Hands on what a row has worked out to where it is looked for since when: it is the same there, unless the row was asked
        more than that, or a circle was cut on the way."""
        if rule.applies == TRUE and not row.waited and self._cuts == before:
            row.known = row.learned()

    def _glance_by(self, rule: Rule, row: Row) -> Judged:
        """The same verdict, with nothing asked that does not turn it."""
        tree, before = whole(rule), self._cuts
        if tree is rule.tree or glance(met(rule.tree), row) is not True:
            return Judged(seen(tree, row), rule, tree, row, None)
        self._teach(rule, row, before)
        return Judged(seen(rule.after, row), rule, tree, row, None)

    def decided(
        self, rule: Rule, proposal: Proposal, now: datetime, view: History, row: Row | None = None
    ) -> datetime | None:
        """Since when a decision has been taken; found once for an instant, unless a circle in the record was cut on the way."""
        key = (rule.decision, proposal.id, now, view.limit, view.count)
        if key in self._decided:
            return self._decided[key]
        before = self._cuts
        found = self._since(rule, proposal, now, view, row)
        if self._cuts == before:
            self._decided[key] = found
        return found

    def _since(self, rule: Rule, proposal: Proposal, now: datetime, view: History, row: Row | None) -> datetime | None:
        """Since when everything that the decision itself requires is met, without a break up to now; None if it is not.
        By an amended text nothing is decided before the amendment takes effect."""
        probe = self._row_before(view, proposal, now, rule)
        if row is not None and row.known is not None:
            probe.learn(row.known)
            row.known = None
        if not holds_asking_all(rule.tree, probe, probe.fixed):
            return None
        first = max(proposal.at.start, view.version.start) if view.version is not None else proposal.at.start
        instants = {event.at.start for event in proposal.events} | {first, proposal.at.start, now} | probe.instants
        instants |= self.history.index.turned(proposal.id) | self._others_taken(probe, proposal, now)
        waiting = sorted((moment for moment in instants if first <= moment <= now), reverse=True)
        since: datetime | None = None
        while waiting:
            instant = waiting.pop()
            row = probe if instant == now else self._row_before(view, proposal, instant, rule)
            if not holds(rule.tree, row):
                since = None
            elif since is None:
                since = instant
            if instant in instants and waiting and not settled(row):  # who is who may turn before the next of them
                waiting.extend(reversed(self.spans.turns.inside(instant, waiting[-1])))
        return since

    def _others_taken(self, probe: Row, proposal: Proposal, now: datetime) -> set[datetime]:
        """When the other proposals that this one looks at turned: their events, and when they were decided."""
        found: set[datetime] = set()
        for other in probe.looked_at:
            found |= {event.at.start for event in other.events} | {other.at.start}
            taken = self.taken(other, now)
            found |= {taken} if taken is not None else set()
        return found

