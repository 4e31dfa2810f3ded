"""Who holds what: on the day asked about where there is one, else as the text itself names people.

In: a `Subject`. Out: an `Offices`: a view of the record (an empty one, where there is none) at one instant, and what the pages ask
it: holders, members, values of attributes, vacancies.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from govlang.backends.words import english
from govlang.backends.words.groups import literal
from govlang.frozen import dataclass
from govlang.model.nodes import Dated
from govlang.syntax import nodes as n
from govlang.tools import status, who
from govlang.tools.document.subject import Subject
from govlang.tools.status import Vacancy


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody holds a role, for a party or none, from when to when (both days included; None where the record sets none)."""

    role: str
    person: str
    party: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody sits in a body: as a member, in the chair, or as both."""

    body: str
    person: str
    party: str
    place: str


class Offices:
    """Who holds what at one instant."""

    def __init__(self, subject: Subject) -> None:
        record = subject.record
        self.recorded = record is not None
        self.now: datetime = record.now if record is not None else who.first_day(subject.loaded)
        history = record.history if record is not None else subject.loaded.history()
        self.view = history.on(self.now)
        self.agreement = subject.agreement

    def offices(self) -> list[Office]:
        """Every office that is held, in the order of the text."""
        found: list[Office] = []
        for role in self.agreement.roles.values():
            holders = self.view.holders_of(role.name, self.now)
            for tenure in self.view.tenures.now("what", role.name, self.now):
                if tenure.who in holders:
                    since = tenure.since.day if tenure.since.start != datetime.min else None
                    until = (tenure.until - timedelta(days=1)).date() if tenure.until is not None else None
                    found.append(Office(role.name, tenure.who, tenure.party, since, until))
        return found

    def seats(self) -> list[Seat]:
        """Every seat that is taken, body by body, the chair first."""
        found: list[Seat] = []
        for body in self.agreement.bodies.values():
            chairs = self.view.holders_of(body.chair, self.now) if body.chair in self.agreement.roles else [body.chair]
            members = self.view.members_of(body.name, self.now)
            for person in dict.fromkeys([*(chair for chair in chairs if chair), *members]):
                places = [word for word, there in (("chair", chairs), ("member", members)) if person in there]
                found.append(Seat(body.name, person, self.party(person), " and ".join(places)))
        return found

    def party(self, person: str) -> str:
        """The party that somebody belongs to, or else holds an office for."""
        tenures = self.view.tenures.now("who", person, self.now)
        return self.view.party_of(person) or next((tenure.party for tenure in tenures if tenure.party), "")

    def vacancies(self) -> tuple[Vacancy, ...]:
        """What nobody holds."""
        return status.vacancies(self.view, self.now)

    def persons(self) -> list[str]:
        """Everybody whom the text or the record names and who is no party: those of the text first."""
        named = [member.name for member in self.agreement.members.values() if member.kind.value == "person"]
        return list(dict.fromkeys([*named, *self.view.persons]))

    # ------------------------------------------------------------ attributes

    def values(self, bearer: str, attribute: str) -> tuple[Dated, ...]:
        """What an attribute is worth: on the day, or else every value of the text with its days."""
        if self.recorded:
            value = self.view.attribute(bearer, attribute, self.now)
            return (Dated(value),) if value is not None else ()
        return self.agreement.values.get((bearer, attribute), ())


def worth(value: object, kind: n.TypeRef) -> str:
    """A value of an attribute or fact in words."""
    if kind.kind == "percent" and isinstance(value, Fraction):
        return f"{english.figure(value * 100)}%"
    if isinstance(value, datetime):
        return english.moment(n.Moment(value, value.time() == datetime.min.time()))
    return value if isinstance(value, str) else literal(value)
