"""Who is who at an instant: holders of roles, members of bodies, attributes, groups of electors.

In: tenures, values and delegations that `record.history` has taken in. Out: names, for any instant up to now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, TypeVar

from govlang.core.verdict import Mismatch, order
from govlang.frozen import once
from govlang.model import values
from govlang.model.nodes import Dated, Kind
from govlang.record.entries import Delegation, Proposal, Tenure, Tenures
from govlang.record.lifecycle import Life
from govlang.record.texts import Texts
from govlang.syntax import nodes as n

V = TypeVar("V")
MOST_REMEMBERED = 50_000
_OF_A_MATTER = ("proposer", "fact", "of", "concerned")


@once
def _alike(group: n.Group) -> bool:
    """Whether a group stands for the same people whatever it is asked about."""
    bases = [base for item in group.items for base in (item.base, item.excluded) if base is not None]
    return not any(base.kind in _OF_A_MATTER for base in bases)


class Membership(Texts):
    """What can be asked of a record about people. While no event is being taken in (`steady`), answers are kept until the next."""

    steady: bool = False
    remembered: dict[tuple[object, ...], Any]

    life: Life
    tenures: Tenures
    delegations: list[Delegation]
    persons: dict[str, str]

    def sole(self, actor: str, at: datetime) -> str:
        """The one who acts: the sole holder of a role named as actor, or the name itself."""
        holders = self.holders_of(actor, at) if self.role_at(actor, at) is not None else []
        return holders[0] if len(holders) == 1 else actor

    def remember(self, key: tuple[object, ...], found: V) -> V:
        """Keeps an answer until the next event."""
        if len(self.remembered) > MOST_REMEMBERED:
            self.remembered.clear()
        self.remembered[key] = found
        return found

    def holders_of(self, role: str, at: datetime, party: str = "") -> list[str]:
        """Who holds a role at an instant (for a party, if given), in order of appointment and without repeats."""
        return list(dict.fromkeys(
            tenure.who for tenure in self.tenures.now("what", role, at)
            if self._takes_part(tenure.who, at) and not self.absent(tenure.party, at)
            and (not party or self._stands_for(tenure, party))
        ))  # fmt: skip

    def _takes_part(self, who: str, at: datetime) -> bool:
        """Whether someone takes part on a day; only parties and persons of the text may have an end."""
        if self.gone(who, at):
            return False
        return self.member_at(who, at) is None or self.active(who, at)

    def _stands_for(self, tenure: Tenure, party: str) -> bool:
        return party in (tenure.party, tenure.who, self.party_of(tenure.who))

    def party_of(self, who: str) -> str:
        """The party or organisation that a person belongs to."""
        member = self.agreement.members.get(who)
        return member.of if member is not None and member.of else self.persons.get(who, "")

    def members_of(self, body: str, at: datetime, seen: frozenset[str] = frozenset()) -> list[str]:
        """The members of a body at an instant: by the text, and those who joined, less those who left."""
        if not self.steady or seen:
            return self._members_of(body, at, seen)
        known: list[str] | None = self.remembered.get(("body", body, at))
        return list(known if known is not None else self.remember(("body", body, at), self._members_of(body, at, seen)))

    def _members_of(self, body: str, at: datetime, seen: frozenset[str]) -> list[str]:
        if body in seen:
            return []
        found: list[str] = []
        for group in self.body_at(body, at).members:
            found.extend(self.electors(group, at, None, seen | {body}))
        found.extend(
            tenure.who for tenure in self.tenures.now("what", body, at)
            if self._takes_part(tenure.who, at) and not self.absent(tenure.party, at)
        )  # fmt: skip
        gone = {name[1:] for name in found if name.startswith("-")}
        gone -= {tenure.who for tenure in self.tenures.now("what", body, at) if tenure.who[0] != "-"}
        return [name for name in dict.fromkeys(found) if name not in gone and not name.startswith("-")]

    def hats(self, who: str, at: datetime) -> tuple[str, ...]:
        """Every name under which someone acts at an instant: their own, roles held or delegated, parties spoken for."""
        if not self.steady:
            return tuple(self._hats(who, at))
        found: tuple[str, ...] | None = self.remembered.get(("hats", who, at))
        return found if found is not None else self.remember(("hats", who, at), tuple(self._hats(who, at)))

    def parties_of(self, who: str, at: datetime) -> tuple[str, ...]:
        """The parties among the names under which someone acts."""
        known: tuple[str, ...] | None = self.remembered.get(("parties", who, at)) if self.steady else None
        if known is None:
            known = tuple(hat for hat in self.hats(who, at) if self.agreement.kind_of(hat) is Kind.PARTY)
            return self.remember(("parties", who, at), known) if self.steady else known
        return known

    def _hats(self, who: str, at: datetime) -> Iterator[str]:
        yield who
        for tenure in self.tenures.now("who", who, at):
            role = self.role_at(tenure.what, at)
            if role is not None and not self.absent(tenure.party, at):
                yield tenure.what
                if role.speaks and tenure.party:
                    yield tenure.party

    def speakers_for(self, party: str, at: datetime) -> list[str]:
        """Who speaks for a party: holders of a role that speaks for its party."""
        return [
            tenure.who for tenure in self.tenures.now("party", party, at)
            if (role := self.role_at(tenure.what, at)) is not None and role.speaks
            and not self.absent(tenure.party, at)
        ]  # fmt: skip

    def delegates_of(self, who: str, at: datetime, roles: set[str] | None = None) -> list[str]:
        """Who may act for someone at an instant, in one of the roles given (any role, if None)."""
        if not self.delegations:
            return []
        return [
            item.to for item in self.delegations
            if item.giver == who and item.since.start <= at and (item.until is None or at < item.until)
            and (roles is None or item.role in roles)
        ]  # fmt: skip

    def roles_in(self, group: n.Group, seen: frozenset[str] = frozenset()) -> set[str]:
        """The roles that a group names, or through which the members of its bodies belong to them."""
        found: set[str] = set()
        for item in group.items:
            name = item.base.name.text if item.base.name is not None else ""
            if name in self.agreement.roles:
                found.add(name)
            elif name in self.agreement.bodies and name not in seen:
                for inner in self.agreement.bodies[name].members:
                    found |= self.roles_in(inner, seen | {name})
        return found

    def active(self, name: str, at: datetime) -> bool:
        """Whether a party or person takes part: by what is on record of its joining and leaving, else by the text."""
        for standing in reversed(self.life.parties.get(name, ())):
            if standing.since <= at:
                return standing.holds
        member, day = self.member_at(name, at), at.date()
        if member is None:
            return False
        return (member.since is None or member.since <= day) and (member.until is None or day <= member.until)

    def attribute(self, bearer: str, name: str, at: datetime) -> object | None:
        """The value of an attribute on a day: the latest that holds; a person without one has its party's. None if none."""
        if name == "party":
            return self.party_of(bearer) or next((t.party for t in self.tenures.held_by(bearer) if t.party), None)
        found = self._dated(self.values.get((bearer, name), ()), at.date())
        if found is None:
            party = self.party_of(bearer) or next(
                (t.party for t in self.tenures.now("who", bearer, at) if t.party), ""
            )
            found = self._dated(self.values.get((party, name), ()), at.date()) if party else None
        return found

    def _dated(self, items: Iterable[Dated], day: date) -> object | None:
        best: Dated | None = None
        for item in items:
            starts, ends = item.since or date.min, item.until or date.max
            if starts <= day <= ends and (best is None or starts >= (best.since or date.min)):
                best = item
        return best.value if best is not None else None

    # ------------------------------------------------------------ groups

    def electors(
        self, group: n.Group, at: datetime, proposal: Proposal | None, seen: frozenset[str] = frozenset()
    ) -> list[str]:
        """The parties and persons that a group stands for at an instant, in the order of the text, without repeats."""
        if not self.steady or seen or not _alike(group):
            return self._electors(group, at, proposal, seen)
        known: list[str] | None = self.remembered.get(("group", group, at))
        return list(known if known is not None else self.remember(("group", group, at), self._electors(group, at, None, seen)))

    def _electors(self, group: n.Group, at: datetime, proposal: Proposal | None, seen: frozenset[str]) -> list[str]:
        found: list[str] = []
        for item in group.items:
            names = self._base(item.base, at, proposal, seen)
            if item.excluded is not None:
                out = set(self._base(item.excluded, at, proposal, seen))
                out |= {hat for name in out for hat in self.hats(name, at) if self.agreement.kind_of(hat) is Kind.PARTY}
                if item.excluded.attribute:  # and whoever stands for a party that is left out, as a Director does
                    out |= {name for name in names if out & set(self.hats(name, at))}
                names = [name for name in names if name not in out]
            if item.attribute:
                names = [name for name in names if self._has_value(name, item, at)]
            found.extend(names)
        return list(dict.fromkeys(found))

    def _has_value(self, name: str, item: n.GroupItem, at: datetime) -> bool:
        """Whether someone's attribute on that day is as a group asks; no value never is."""
        found = self.attribute(name, item.attribute, at)
        wanted = values.plain(item.value) if item.value is not None else True
        if not item.op or found is None:
            return found == wanted
        try:
            sign = order(found, wanted)
        except Mismatch:
            return False
        return {">=": sign >= 0, ">": sign > 0, "<=": sign <= 0, "<": sign < 0}[item.op]

    def _base(self, base: n.GroupBase, at: datetime, proposal: Proposal | None, seen: frozenset[str]) -> list[str]:
        names = self._all_of(base, at, proposal, seen)
        return [name for name in names if self.attribute(name, base.attribute, at) is True] if base.attribute else names

    def _all_of(self, base: n.GroupBase, at: datetime, proposal: Proposal | None, seen: frozenset[str]) -> list[str]:
        match base.kind:
            case "name":
                assert base.name is not None
                return self.named(base.name.text, at, seen)
            case "party":
                return [party.name for party in self.text(at).parties() if self.active(party.name, at)]
            case "person":
                people = [
                    m.name for m in self.text(at).members.values() if m.kind is Kind.PERSON and self.active(m.name, at)
                ]
                return list(dict.fromkeys([*people, *self.persons]))
            case "proposer":
                return list(proposal.by) if proposal else []
            case "concerned":
                return []  # known to the norm that it bears, see `record.norms`
            case "fact":
                return [name for value in self._fact_names(base, proposal) for name in self.named(value, at, seen)]
            case _:
                assert base.name is not None
                return [
                    name for value in self._fact_names(base, proposal) for name in self.belonging(base.name.text, value, at)
                ]  # fmt: skip

    def _fact_names(self, base: n.GroupBase, proposal: Proposal | None) -> list[str]:
        value = proposal.facts.get(base.fact) if proposal else None
        if isinstance(value, str):
            return [value] if value else []
        return list(value) if isinstance(value, tuple) else []

    def named(self, name: str, at: datetime, seen: frozenset[str] = frozenset()) -> list[str]:
        """A party or person itself, the holders of a role, the members of a body."""
        kind = self.text(at).kind_of(name) or self.agreement.kind_of(name)
        if kind is Kind.ROLE:
            return self.holders_of(name, at)
        if kind is Kind.BODY:
            return self.members_of(name, at, seen)
        if kind in (Kind.PARTY, Kind.PERSON):
            return [name] if self.active(name, at) else []
        return [name] if name in self.persons else []

    def belonging(self, group: str, party: str, at: datetime) -> list[str]:
        """The holders of a role, or members of a body, who stand for a party."""
        if self.role_at(group, at) is not None:
            return self.holders_of(group, at, party)
        return [name for name in self.members_of(group, at) if party in (name, self.party_of(name))
                or any(t.party == party for t in self.tenures.now("who", name, at))]  # fmt: skip
