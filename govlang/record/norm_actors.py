"""Who acts for whom: who may do what a bearer owes, how many must attend, what a power asks of those who use it.

In: names on record, in whatever capacity. Out: whether they count. Mixed into `record.norms.Norms`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from fractions import Fraction

from govlang.core.norms import NormRule
from govlang.core.rules import leaves
from govlang.core.verdict import State, Verdict, state
from govlang.frozen import replace
from govlang.model.nodes import Kind
from govlang.record.entries import Proposal
from govlang.record.happenings import Occurrence
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.syntax import nodes as n


class NormActors:
    """Who may."""

    judge: Judge
    history: History

    def by_one_of(self, event: n.Deed, group: n.Group | None, proposal: Proposal | None) -> bool:
        """Whether one of those who did something belongs to a group, in whatever capacity; no group asks for nobody."""
        if group is None:
            return True
        allowed = set(self.history.electors(group, event.at.start, proposal))
        allowed |= {
            item.base.name.text for item in group.items
            if item.base.kind == "name" and item.base.name is not None and item.excluded is None and not item.attribute
        }  # fmt: skip
        roles = self.history.roles_in(group)
        return any(allowed & self.capacities(actor.text, event.at.start, roles) for actor in event.actors)

    def capacities(self, actor: str, at: datetime, asked: Collection[str] = ()) -> set[str]:
        """Every name under which someone may act for another: own, roles held, the party spoken for or belonged to, and those
        who delegated to them: the role, the one who holds it, and the party that it speaks for. Where it matters in which roles
        somebody is `asked`, whoever was lent another stands for nobody."""
        found = {actor, *self.history.hats(actor, at)}
        party = self.history.party_of(actor)
        lent = [item for item in self.history.delegations if item.to == actor and item.since.start <= at
                and (item.until is None or at < item.until)]  # fmt: skip
        for item in lent:
            if asked and item.role not in asked:
                continue
            found |= {item.giver, item.role}
            role = self.history.role_at(item.role, at)
            held = self.history.tenures.now("who", item.giver, at) if role is not None and role.speaks else ()
            found |= {tenure.party for tenure in held if tenure.what == item.role and tenure.party}
        return found | ({party} if party else set())

    def acts_for(self, bearer: str, actor: str, at: datetime) -> bool:
        """Whether someone may do what a bearer owes: the bearer, its people, its delegates; a member for its body."""
        capacities = self.capacities(actor, at)
        if bearer.startswith("any "):
            name = bearer.removeprefix("any ")
            if name == "party":
                return any(self.history.agreement.kind_of(each) is Kind.PARTY for each in capacities)
            return bool(capacities & {name, *self.history.named(name, at)})
        if bearer in capacities:
            return True
        kind = self.history.agreement.kind_of(bearer)
        return kind is Kind.BODY and bool(capacities & set(self.history.members_of(bearer, at)))

    def party_of(self, actor: str, at: datetime) -> str:
        """The party that someone acts for, or the name itself."""
        parties = {party.name for party in self.history.agreement.parties()}
        if actor in parties:
            return actor
        found = [name for name in (*self.history.hats(actor, at), self.history.party_of(actor)) if name in parties]
        return found[0] if found else actor

    # ------------------------------------------------------------ reviews and powers

    def seats(self, group: n.Group, quorum: n.Quorum) -> int:
        """The seats of a body that a quorum is counted over, vacant ones included; none where it is counted over members."""
        fixed = isinstance(quorum.size, n.ShareOf) and isinstance(quorum.size.of, n.Base) and quorum.size.of.kind == "fixed seats"
        names = [item.base.name.text for item in group.items if item.base.name is not None] if fixed else []
        bodies = [self.history.agreement.bodies.get(name) for name in names]
        return sum(body.seats or 0 for body in bodies if body is not None)

    def needed(self, quorum: n.Quorum, members: int, present: int) -> int:
        """How many of so many must attend for a quorum; a share is rounded up."""
        share, op = quorum.size, quorum.op
        match share:
            case None:
                return 0
            case n.Count(value):
                least = value
            case n.ShareOf(part, _) | n.Share(part):
                least = part * members
            case _:
                least = Fraction(members)
        whole = -(-least.numerator // least.denominator)
        return whole + 1 if op == ">" and whole == least else whole

    def not_exercisable(self, rule: NormRule, occurrence: Occurrence, event: n.Deed) -> str:
        """Why a power cannot be exercised: what it requires and is not met; empty if nothing."""
        right = self.history.agreement.rights.get(rule.name)
        if right is None or not right.block.statements:
            return ""
        by = tuple(actor.text for actor in event.actors)
        facts = occurrence.proposal.facts if occurrence.proposal is not None else {}
        matter = Proposal(f"{rule.name} {occurrence.key}".strip(), rule.name, by, event.at, facts, event,
                          events=self._behind(rule, occurrence, event))  # fmt: skip
        judged = self.judge.judge_by(rule.name, matter, event.at.end)
        if judged.verdict is Verdict.PERMITTED or judged.tree is None:
            return ""
        labels = [leaf.label for leaf in leaves(judged.tree) if leaf.kind not in ("term", "withdrawn")
                  and state(leaf, judged.row) is not State.MET]  # fmt: skip
        return f"what it requires is not met: {'; '.join(labels)}"

    def _behind(self, rule: NormRule, occurrence: Occurrence, exercise: n.Deed) -> list[n.Deed]:
        """What a power's conditions look at: what is on record about the matter that brought it about; approvals of the power,
        which count when it is used; and acts about no matter, since it arose."""
        since = occurrence.at.start
        found = list(occurrence.proposal.events) if occurrence.proposal is not None else []
        free = [act for acts in self.history.acts.values() for act, about in acts if about is None]
        found += [act for act in free if act.at.start >= since]
        found = sorted((each for each in found if each.at.start <= exercise.at.end), key=lambda each: each.at.start)
        given = [each for each in self.history.of_norm.get(rule.name, ()) if each.kind == "ballot"]
        return found + [replace(each, at=exercise.at) for each in given if since <= each.at.start <= exercise.at.end]
