"""Whom a group of the text concerns: the parties behind it, and the roles, bodies and persons that belong to none.

In: a `Subject`, on the day asked (or the first day of the text). Out: `Concern`s. A duty of every Director concerns each party,
through its Director; the Chair, who belongs to no party, is concerned alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property

from govlang.backends.words import english
from govlang.core.norms import NormRule
from govlang.core.rules import leaves
from govlang.frozen import dataclass
from govlang.model.nodes import Agreement, Kind, Role
from govlang.record import surveys
from govlang.record.history import History
from govlang.syntax import nodes as n
from govlang.tools import books
from govlang.tools.books import Book
from govlang.tools.document.authority_rows import AuthorityRow, proposer_groups
from govlang.tools.document.subject import Subject


@dataclass(frozen=True, slots=True)
class Concern:
    """Somebody whom a group concerns: a party, role, body or person; through whom (`its Director`; empty for itself); and when,
    if not always (`if it is the party concerned`)."""

    name: str
    through: str = ""
    when: str = ""

    @property
    def words(self) -> str:
        """Who it is that acts, or is told."""
        return f"{self.through or self.name}{f', {self.when}' if self.when else ''}"


def bearers(subject: Subject) -> Bearers:
    """The one of a subject."""
    return subject.once("bearers", lambda: Bearers(subject))


def first_day(agreement: Agreement) -> datetime:
    """A day on which everybody whom the text names takes part, as far as there is one."""
    days = [member.since for member in agreement.members.values() if member.since is not None]
    days += [agreement.header.effective.day] if agreement.header.effective is not None else []
    return datetime.combine(max(days), datetime.min.time()) if days else datetime(2000, 1, 1)


class Bearers:
    """Finds whom groups concern."""

    def __init__(self, subject: Subject) -> None:
        self.subject, self.agreement = subject, subject.agreement
        record = subject.record
        self.now = record.now if record is not None else n.Moment(first_day(self.agreement)).end
        history = record.history if record is not None else books.history(Book(), subject.loaded.agreement)
        self.view: History = history.on(self.now)
        self.parties = tuple(party.name for party in self.agreement.parties() if self.view.active(party.name, self.now))

    @cached_property
    def others(self) -> tuple[str, ...]:
        """Roles, bodies and persons, in the order of the text."""
        persons = (name for name, member in self.agreement.members.items() if member.kind is Kind.PERSON)
        return (*self.agreement.bodies, *self.agreement.roles, *persons)

    # ------------------------------------------------------------ norms

    def of_norm(self, rule: NormRule) -> tuple[Concern, ...]:
        """Who bears a norm; of a survey, who is asked."""
        when = "when it happens to it" if rule.actor_bears else ""
        group = rule.bearer
        if rule.kind == "survey":
            asks = self.agreement.surveys[rule.name].asks if rule.name in self.agreement.surveys else None
            group = asks.group if asks is not None else group
        if rule.doing.kind == "answer":
            when = "when it is asked"
        elif rule.actor_bears:
            when = f"when it records “{rule.doing.word}”"
        return self.in_norm(rule, group, when)

    def in_norm(self, rule: NormRule, group: n.Group | None, when: str = "") -> tuple[Concern, ...]:
        """Whom a group in a norm concerns: `proposer` is whoever may propose what brings the norm about."""
        if group is None:
            return ()
        if any(item.base.kind == "proposer" for item in group.items):
            return _once(each for who in self.proposers(self._matters(rule, set())) for each in self.of(who, "as proposer"))
        return self.of(group, when)

    def proposers(self, names: Iterable[str]) -> list[n.Group]:
        """Who may propose decisions, or other rights."""
        rights = [right for name in dict.fromkeys(names) if (right := self.agreement.right(name)) is not None]
        return [group for right in rights for leaf in leaves(self.subject.rule(right).tree) for group in proposer_groups(leaf)]

    def _matters(self, rule: NormRule, seen: set[str]) -> Iterator[str]:
        """The decisions whose proposer a norm is about: those that bring it about, also by way of other norms."""
        if rule.about:
            yield rule.about
        for trigger in rule.triggers:
            name = trigger.happening.name.text if trigger.happening is not None and trigger.happening.name is not None else ""
            if name in self.agreement.norms and name not in seen:
                seen.add(name)
                for other in self.subject.rules.norms:
                    if other.name == name:
                        yield from self._matters(other, seen)
            elif name:
                yield name

    # ------------------------------------------------------------ groups

    def of(self, group: n.Group, when: str = "", row: AuthorityRow | None = None) -> tuple[Concern, ...]:
        """Whom a group concerns. `row` is the case of a decision that it stands in."""
        return _once(each for item in group.items for each in self._item(item, when, row))

    def _item(self, item: n.GroupItem, when: str, row: AuthorityRow | None) -> Iterator[Concern]:
        out = item.excluded
        left = out.name.text if out is not None and out.kind == "name" and out.name is not None else ""
        for each in self._base(item, when, row):
            if each.name != left:
                yield each

    def _base(self, item: n.GroupItem, when: str, row: AuthorityRow | None) -> Iterator[Concern]:
        base = item.base
        match base.kind:
            case "name" if base.name is not None:
                yield from self.named(base.name.text, when)
            case "party":
                only = set(self.view.electors(n.Group((item,)), self.now, None)) if item.attribute or base.attribute else None
                yield from (Concern(party, "", when) for party in self.parties if only is None or party in only)
            case "concerned":
                yield from (Concern(party, "", when or "if it is the party concerned") for party in self.parties)
            case "proposer" if row is not None:
                for group in row.proposers:
                    if not any(each.base.kind == "proposer" for each in group.items):
                        yield from self.of(group, "as proposer", row)
            case "of" if base.name is not None:
                yield from self.named(base.name.text, when or f"if it is that of the {base.fact}".replace("-", " "))
            case "fact":
                given = row.decision.facts.get(base.fact) if row is not None else None
                said = when or f"if it is named as {base.fact}".replace("-", " ")
                if given is None or given.type.kind in ("party", "parties"):
                    yield from (Concern(party, "", said) for party in self.parties)
            case _:
                return

    def named(self, name: str, when: str = "") -> Iterator[Concern]:
        """Whom a name concerns: a role its holders' parties, where it has holders for parties; else itself."""
        match self.agreement.kind_of(name):
            case Kind.PARTY:
                if name in self.parties:
                    yield Concern(name, "", when)
            case Kind.ROLE:
                parties = self.behind(self.agreement.roles[name])
                yield from (Concern(party, f"its {name}", when) for party in parties)
                if not parties or not self.shared(self.agreement.roles[name]):
                    yield Concern(name, "", when)
            case Kind.PERSON:
                member = self.agreement.members[name]
                if member.of in self.parties:
                    yield Concern(member.of, name, when)
                yield Concern(name, "", when)
            case _:
                yield Concern(name, "", when)

    def members(self, body: str) -> tuple[Concern, ...]:
        """The parties behind the members of a body, each through its member."""
        found = self.agreement.bodies.get(body)
        if found is None:
            return ()
        named = _once(each for group in found.members for each in self.of(group))
        return tuple(Concern(each.name, f"{each.through or each.name}, in {body}") for each in named)

    def shared(self, role: Role) -> bool:
        """Whether each party has its own holders of a role: then the role is the party's."""
        appointed = role.appointed_by
        return role.seats == "one each" or role.speaks or (appointed is not None and appointed.base.kind == "party")

    def behind(self, role: Role) -> tuple[str, ...]:
        """The parties whose people hold a role."""
        if self.shared(role):
            return self.parties
        held = [tenure for tenure in self.view.tenures.of(role.name) if tenure.holds(self.now)]
        found = {tenure.party or surveys.party_of(self.view, tenure.who, self.now) for tenure in held}
        return tuple(party for party in self.parties if party in found)


def _once(found: Iterable[Concern]) -> tuple[Concern, ...]:
    """Each name once, with every way in which it is concerned."""
    ways: dict[str, list[Concern]] = {}
    for each in found:
        ways.setdefault(each.name, []).append(each)
    return tuple(_joined(name, each) for name, each in ways.items())


def _joined(name: str, ways: list[Concern]) -> Concern:
    if len(ways) == 1:
        return ways[0]
    through = list(dict.fromkeys(way.through or name for way in ways))
    when = {way.when for way in ways}
    words = english.listed(through, "or") if through != [name] else ""
    return Concern(name, words, when.pop() if len(when) == 1 else "")
