"""The facts of a proposal: what it was given, what was found, and who of those who act may act.

In: a history, a proposal, an instant. Out: the ground that the other parts of the row stand on. See `record.facts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from govlang.core import keys as k
from govlang.core.expr import Expr, Fact, Value, Worked
from govlang.core.verdict import Verdict
from govlang.frozen import once, parts
from govlang.later import Later
from govlang.model.nodes import Scope
from govlang.model.values import mismatch, plain
from govlang.record.count import Count, Counter, Times
from govlang.record.entries import Meeting, Proposal
from govlang.record.history import History
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record import disputes
else:
    disputes = Later("govlang.record.disputes")


@once
def rests_on(condition: Expr) -> tuple[str, ...] | None:
    """The facts of the proposal that a condition looks at; None where it looks at anything else."""
    keys = [part.key for part in parts(condition) if isinstance(part, Fact)]
    names = [key.name for key in keys if isinstance(key, k.Given)]
    return tuple(names) if len(names) == len(keys) else None


Known = tuple[
    Counter, dict[k.Key, Value], dict[k.Electorate, Count], dict[Scope, Times],
    dict[tuple[n.NoBlock, Scope], list[tuple[n.Deed, str]]], set[datetime], set[int], list[Proposal], bool,
]  # fmt: skip


class GivenFacts:
    """What is given and found; the other parts of a row build on it."""

    def __init__(
        self,
        history: History,
        proposal: Proposal,
        now: datetime,
        judge: Callable[[Proposal, datetime], Verdict | None],
        decided: Callable[[], datetime | None] = lambda: None,
        taken: Callable[[Proposal, datetime], datetime | None] = lambda *_: None,
    ) -> None:
        self.history = history
        self.proposal = proposal
        self.now = now
        self.judge = judge
        self.decided = decided
        self.taken = taken
        self.counter = Counter(history, proposal, now)
        self.instants: set[datetime] = set()
        self.years: set[int] = set()  # whose holidays the periods in working days rest on
        self.looked_at: list[Proposal] = []
        self.asks_elsewhere = False  # of proposals of other decisions, which may come at any time
        self.worked: Worked[Value] = {}
        self.waited = False  # whether it was asked since when the proposal is decided
        self.known: Known | None = None
        self.not_over: Callable[[str, datetime, datetime], list[Proposal] | None] = lambda *_: None
        self._values: dict[k.Key, Value] = {}
        self._counts: dict[k.Electorate, Count] = {}
        self._times: dict[Scope, Times] = {}
        self._blocks: dict[tuple[n.NoBlock, Scope], list[tuple[n.Deed, str]]] = {}
        self._sought: set[str] = set()  # what a period is just being counted from

    def learned(self) -> Known:
        """What was worked out so far, for another row of the same proposal at the same instant."""
        values, counts, times, blocks = dict(self._values), dict(self._counts), dict(self._times), dict(self._blocks)
        return (self.counter, values, counts, times, blocks, set(self.instants), set(self.years), list(self.looked_at),
                self.asks_elsewhere)  # fmt: skip

    def learn(self, known: Known) -> None:
        """Takes over what another row has worked out."""
        (self.counter, self._values, self._counts, self._times, self._blocks, self.instants, self.years, self.looked_at,
         self.asks_elsewhere) = known  # fmt: skip

    def events(self, *kinds: str) -> list[n.Deed]:
        """What is on record about the proposal up to now."""
        return self.counter.events(*kinds)

    def given(self, name: str, stated: bool = False) -> Value:
        """A fact of the proposal; one that somebody determines comes only from a finding by that person. One that was left out is
        empty, or no, unless it is asked whether it was `stated`."""
        if name == "proposed-on":
            return datetime.combine(self.proposal.at.day, datetime.min.time())
        if name == "mode":
            return self.mode()
        if name == "proposer":
            return self.proposal.by[0] if self.proposal.by else None
        declared = self.declared(name)
        if declared is not None and declared.determined_by is not None:
            return self.finding(name, declared)
        value = self.proposal.facts.get(name)
        if value is None and declared is not None and declared.optional and not stated:
            return {"yesno": False, "text": "", "party": "", "person": "", "choice": ""}.get(declared.type.kind)
        return value

    def fixed(self, condition: Expr) -> bool:
        """Whether a condition rests on nothing but what the proposal was given, so that it never turns."""
        names = rests_on(condition)
        return names is not None and all(
            name != "mode" and ((known := self.declared(name)) is None or known.determined_by is None) for name in names
        )

    def declared(self, name: str) -> n.Given | None:
        decisions = self.history.agreement.decisions
        other = self.history.agreement.rights.get(self.proposal.decision)
        if other is not None:
            return other.facts.get(name)
        names = [self.proposal.decision] if self.proposal.decision in decisions else self.history.covering(
            self.proposal.decision
        )  # fmt: skip
        return next((decisions[each].facts[name] for each in names if name in decisions[each].facts), None)

    def findings_on_record(self) -> list[n.Deed]:
        """The findings about the proposal; about a use under a licence also those on the licence itself, or of its licensee."""
        found = self.events("find")
        right = self.history.agreement.rights.get(self.proposal.decision)
        if right is None or not isinstance(right.clause, n.Licence):
            return found
        from govlang.record import licence_ends

        user = str(self.proposal.facts.get("user") or "")
        more = licence_ends.findings(self.history, self.proposal.decision, user, self.now)
        return sorted([*found, *more], key=lambda event: self.history.places.get(id(event), 0)) if more else found

    def finding(self, name: str, declared: n.Given, of: str = "") -> Value:
        """The latest finding on a fact by someone who may determine it."""
        assert declared.determined_by is not None
        group = n.Group((declared.determined_by,))
        found: Value = None
        for event in self.findings_on_record():
            if event.word != name or (of and event.other is not None and event.other.text not in of.split("\n")):
                continue
            if not self.any_in(event, group):
                continue
            if event.value is not None:
                if mismatch(event.value, declared.type, self.history.agreement.header) is None:
                    found = plain(event.value)
            else:
                found = not event.negated
        return found

    def any_in(self, event: n.Deed, group: n.Group) -> bool:
        """Whether one of those who acted belongs to a group at the time, in any of their capacities."""
        return bool(self.members_acting(event, group))

    def members_acting(self, event: n.Deed, group: n.Group) -> list[str]:
        """Those who acted and belong to a group: by name, as speaker for a party, as holder or delegate of a role."""
        return self._remember("members", event, group, self._members_acting)

    def electors_acting(self, event: n.Deed, group: n.Group) -> list[str]:
        """The electors of a group for whom someone acted: a party through its speaker, a holder through a delegate."""
        return self._remember("electors", event, group, self._electors_acting)

    def _remember(
        self, what: str, event: n.Deed, group: n.Group, find: Callable[[n.Deed, n.Group], list[str]]
    ) -> list[str]:
        """The same question is asked at every instant at which the decision may have been taken; the answer does not change."""
        key = what, event.at, event.actors, group, self.proposal.id
        known: list[str] | None = self.history.remembered.get(key)
        return known if known is not None else self.history.remember(key, find(event, group))

    def _members_acting(self, event: n.Deed, group: n.Group) -> list[str]:
        at = event.at.start
        allowed = self.history.electors(group, at, self.proposal)
        acting = []
        for actor in event.actors:
            person = self.counter.person(actor.text, at)
            hats = set(self.history.hats(person, at)) | {actor.text}
            if actor.text in self._bodies(group):
                acting.append(actor.text)  # the body itself, by a decision of its own
            elif hats & set(allowed) or any(self._stands_in(person, name, at, group) for name in allowed):
                acting.append(person)
        return acting

    def _electors_acting(self, event: n.Deed, group: n.Group) -> list[str]:
        at = event.at.start
        if bodies := self._bodies(group) & {actor.text for actor in event.actors}:
            return self.history.electors(group, at, self.proposal) or sorted(bodies)  # the body itself acted
        persons = [self.counter.person(actor.text, at) for actor in event.actors]
        hats = {hat for person in persons for hat in self.history.hats(person, at)}
        hats |= {actor.text for actor in event.actors}
        return [
            name
            for name in self.history.electors(group, at, self.proposal)
            if name in hats or any(self._stands_in(person, name, at, group) for person in persons)
        ]

    def _stands_in(self, person: str, name: str, at: datetime, group: n.Group) -> bool:
        decision = self.history.agreement.decisions.get(self.proposal.decision)
        if decision is not None and decision.block.scope.not_delegable:
            return False
        delegates = self.history.delegates_of(name, at, self.history.roles_in(group))
        return person in delegates and not self.counter.over_limit(name, person, at)

    def _bodies(self, group: n.Group) -> set[str]:
        """The bodies that a group names, where it does not ask for every or so many of their members."""
        bodies = self.history.agreement.bodies
        names = {item.base.name.text for item in group.items if item.base.name is not None and not item.quantifier}
        return names & set(bodies)

    def governed(self, proposal: Proposal, decision: str) -> bool:
        """Whether a proposal is about a decision, by its own name or by an act that the decision covers."""
        return proposal.decision == decision or decision in self.history.covering(proposal.decision)

    def others(self, decision: str, same: tuple[str, ...], among: list[Proposal] | None = None) -> list[Proposal]:
        """Other proposals of a decision about the same values of some facts; of this same decision, those made earlier."""
        found = self.others_alike(decision, same, among=among)
        self.looked_at.extend(found)
        return found

    def others_alike(
        self, decision: str, same: tuple[str, ...], since: Callable[[Proposal], bool] | None = None,
        among: list[Proposal] | None = None,
    ) -> list[Proposal]:
        """The same (or those of some proposals), without noting that they were looked at. Those for which `since` does not hold may
        be left out: where it fails for one, it fails for all that are older."""
        before = len(self.history.proposals)
        if self.governed(self.proposal, decision):
            before = self.proposal.sequence
        else:
            self.asks_elsewhere = True
        known = self.history.agreement.decisions.get(decision)
        names = (decision, *(act for act in (known.acts if known is not None else ()) if act != decision))
        fact = same[0] if same else ""
        if among is None:
            among = self.history.index.about_any(names, fact, self.proposal.facts.get(fact), before, since)
        earlier = [
            other for other in among
            if other is not self.proposal and other.sequence < before
            and all(other.facts.get(fact) == self.proposal.facts.get(fact) for fact in same)
            and disputes.concerns(self.history, self.proposal, other)
        ]  # fmt: skip
        self.instants.update(other.at.start for other in earlier if other.at.start > self.now)
        return [other for other in earlier if other.at.start <= self.now]

    def asked(self) -> Iterable[k.Key]:
        """Every fact and tally that was asked for."""
        return self._values

    def mode(self) -> Value:
        """How the vote is taken: in a meeting that has it on its agenda, or as the proposal or its opening says."""
        if self.meeting() is not None:
            return "meeting"
        for event in reversed(self.events("open")):
            if event.word:
                return event.word
        return self.proposal.facts.get("mode")

    def meetings(self) -> list[Meeting]:
        """The meetings up to now that have the proposal on their agenda."""
        return [
            meeting for meeting in self.history.index.meetings(self.proposal.id) if meeting.at.start <= self.now
        ]  # fmt: skip

    def meeting(self, body: str = "") -> Meeting | None:
        """The latest of these meetings (of a body)."""
        found = [meeting for meeting in self.meetings() if not body or meeting.body == body]
        return found[-1] if found else None
