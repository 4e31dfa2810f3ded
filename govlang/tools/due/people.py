"""Who is behind a name on a day, and whose business something is; terms of office that end, seats that nobody holds.

In: a record and an instant. Out: `Owner`s, and for `--for` the names that somebody answers for; `DueItem`s about offices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from govlang.diagnostics import did_you_mean
from govlang.model.nodes import Kind, Role
from govlang.record.entries import Tenure
from govlang.record.history import History
from govlang.source import Citation
from govlang.tools.due.items import Asked, DueItem, Owner, identity

NAMED = (Kind.PARTY, Kind.PERSON, Kind.ROLE, Kind.BODY)


def owner(history: History, name: str, at: datetime) -> Owner:
    """A name with the persons behind it: holders of a role, those who speak for a party, members of a body."""
    base = name.removeprefix("any ")
    match history.agreement.kind_of(base):
        case Kind.PARTY:
            persons: Iterable[str] = history.speakers_for(base, at)
        case Kind.ROLE:
            persons = history.holders_of(base, at)
        case Kind.BODY:
            persons = history.members_of(base, at)
        case _:
            persons = ()
    return Owner(name, tuple(dict.fromkeys(persons)))


def owners(history: History, names: Iterable[str], at: datetime) -> tuple[Owner, ...]:
    """Several names, each once."""
    return tuple(owner(history, name, at) for name in dict.fromkeys(names) if name)


# ------------------------------------------------------------ whose business it is


class Whose:
    """Picks the items that are the business of one party, role, body or person.

    A party's are what it owes itself, what those who speak for it or belong to it owe, and what the roles they hold owe. A role's
    and a body's are their own and, for a role, its holders'. A person's are what they owe in any capacity.
    """

    def __init__(self, asked: Asked, name: str) -> None:
        history, at = asked.history, asked.now
        kind = history.agreement.kind_of(name)
        self.names = {name}
        self.persons: set[str] = set()
        if kind is Kind.PARTY:
            of_party = [person for person in _people(history) if history.party_of(person) == name]
            held_for = [tenure.who for tenure in history.tenures.held_for(name) if tenure.holds(at)]
            self.persons = {*history.speakers_for(name, at), *held_for, *of_party}
            self.names |= self.persons
        elif kind is Kind.ROLE:
            self.names |= set(history.holders_of(name, at))
        elif kind is not Kind.BODY:
            self.names |= asked.norms.capacities(name, at)
            self.persons = {name}

    def business(self, item: DueItem) -> bool:
        """Whether an item is theirs."""
        return any(
            each.name in self.names or each.name.removeprefix("any ") in self.names or bool(self.persons & set(each.persons))
            for each in item.owners
        )  # fmt: skip


def _people(history: History) -> set[str]:
    members = (name for name, member in history.agreement.members.items() if member.kind is Kind.PERSON)
    return {*members, *history.persons, *(tenure.who for tenure in history.tenures)}


def unknown(asked: Asked, name: str) -> str | None:
    """A hint, if nobody is called so; None for a party, role, body or person that the text or the record knows."""
    history = asked.history
    agreement = history.agreement
    people = _people(history)
    if agreement.kind_of(name) in NAMED or name in people:
        return None
    known = [*agreement.members, *agreement.roles, *agreement.bodies, *sorted(people)]
    listed = ", ".join([*agreement.members, *agreement.roles, *agreement.bodies])
    return did_you_mean(name, known) or f"name a party, a role, a body or a person: {listed}"


# ------------------------------------------------------------ offices


def items(asked: Asked) -> Iterator[DueItem]:
    """Terms of office that end, roles that nobody holds, seats of bodies that nobody has."""
    history = asked.history
    for name, role in history.agreement.roles.items():
        cited = history.agreement.layout.citation(role.span, f"role {name}")
        for tenure in history.tenures.of(name):
            if tenure.holds(asked.now) and asked.soon(tenure.until):
                yield _ending(asked, role, tenure, cited)
    for name, body in history.agreement.bodies.items():
        for tenure in history.tenures.of(name):
            if tenure.holds(asked.now) and asked.soon(tenure.until) and not tenure.who.startswith("-"):
                yield _ending(asked, None, tenure, history.agreement.layout.citation(body.span, f"body {name}"))
    yield from _vacancies(asked)


def _ending(asked: Asked, role: Role | None, tenure: Tenure, cited: Citation) -> DueItem:
    history = asked.history
    whom = f"{tenure.who} as {tenure.what}" + (f" for {tenure.party}" if tenure.party and tenure.party != tenure.who else "")
    appoints = tenure.party or _appointer(history, role)
    names = [*([appoints] if appoints else []), tenure.who]
    assert tenure.until is not None
    since = tenure.since.start if tenure.since.start > datetime.min else None
    return DueItem(
        identity("term of office", tenure.what, tenure.party, tenure.who, f"{tenure.since}" if since else ""), "term of office",
        tenure.what, f"the term of {whom} ends: appoint a successor, or {tenure.who} again", "ends", cited, asked.now,
        owners(history, names, asked.now), tenure.who, since, tenure.until,
    )  # fmt: skip


def _appointer(history: History, role: Role | None) -> str:
    if role is None or role.appointed_by is None or role.appointed_by.base.name is None:
        return ""
    return role.appointed_by.base.name.text


def _vacancies(asked: Asked) -> Iterator[DueItem]:
    """What nobody holds, as `status` finds it."""
    from govlang.tools.status import vacancies

    history, at = asked.history, asked.now
    agreement = history.agreement
    for vacancy in vacancies(history, at):
        name, party = vacancy.name, vacancy.party
        role = agreement.roles.get(name)
        if vacancy.body or role is None:
            cited = agreement.layout.citation(agreement.bodies[name].span, f"body {name}")
            what, by = f"{vacancy.seats} of {agreement.bodies[name].seats} seats of {name} are vacant", ""
        else:
            cited = agreement.layout.citation(role.span, f"role {name}")
            by = party or _appointer(history, role)
            what = f"nobody holds {name}{f' for {party}' if party else ''}: {by or 'somebody'} has to appoint one"
        yield DueItem(
            identity("vacancy", name, party), "vacancy", name, what, "vacant", cited, at, owners(history, [by], at), party,
        )  # fmt: skip
