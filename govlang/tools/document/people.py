"""The page of the people: parties, roles, bodies, persons; who holds what, and what nobody holds.

In: a `Subject`. Out: one page, `people`, where every party, person, role and body has its place (`Links.terms`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from govlang.backends.words import english
from govlang.model.nodes import Dated, Member
from govlang.record import lifecycle
from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.tools.document import cells
from govlang.tools.document.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Item,
    Listing,
    Page,
    Pair,
    Pairs,
    Paragraph,
    Row,
    Run,
    Strong,
    Table,
    Text,
    Value,
)
from govlang.tools.document.offices import Offices, worth
from govlang.tools.document.subject import Subject

_KINDS = {"percent": "share", "number": "number", "money": "money", "date": "date"}


def pages(subject: Subject) -> Iterator[Page]:
    """The page of the people, unless the agreement names nobody and nothing."""
    blocks = tuple(_People(subject).blocks())
    if blocks:
        summary = "The parties, who holds which office, who sits in which body, and what is vacant."
        yield Page("people", "Parties, roles and bodies", "Agreement", blocks, summary)


class _People:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.agreement = subject.agreement
        self.offices: Offices = subject.once("offices", lambda: Offices(subject))

    def blocks(self) -> Iterator[Block]:
        agreement = self.agreement
        if agreement.parties():
            yield Heading(2, (Text("Parties"),), "parties")
            yield self.parties()
        if agreement.roles:
            yield Heading(2, (Text("Roles"),), "roles")
            yield Pairs(tuple(self.pair(role.name, role.span) for role in agreement.roles.values()))
        if agreement.bodies:
            yield Heading(2, (Text("Bodies"),), "bodies")
            yield Pairs(tuple(self.pair(body.name, body.span) for body in agreement.bodies.values()))
        yield from self.holders()
        yield from self.seats()
        yield from self.persons()
        yield from self.vacancies()

    @property
    def day(self) -> str:
        """As of when, for a heading."""
        return f" on {english.day(self.offices.now.date())}" if self.offices.recorded else ""

    def anchor(self, name: str) -> str:
        page, anchor = self.subject.links.terms.get(name, ("", ""))
        return anchor if page == "people" else ""

    # ------------------------------------------------------------ parties

    def parties(self) -> Table:
        attributes = self.agreement.attributes.get("party", ())
        columns = [Column("Party", "party"), Column("Full name", "full-name"), Column("Seat", "seat"), *map(_column, attributes)]
        columns += [Column("Speaks for it", "speakers"), Column("From", "from", "date"), Column("Until", "until", "date")]
        columns += [Column("Standing", "standing")]
        rows: list[Row] = []
        for party in self.agreement.parties():
            line = [cells.plain(party.name), cells.plain(party.full_name), cells.plain(party.seat)]
            line += [self.attribute(party.name, each) for each in attributes]
            speakers = self.offices.view.speakers_for(party.name, self.offices.now)
            line += [cells.names(self.subject, speakers), cells.day(party.since), cells.day(party.until)]
            line += [self.standing(party) if self.offices.recorded else cells.NONE]
            rows.append(Row(tuple(line), self.anchor(party.name)))
        return cells.filled("parties", f"The parties{self.day}", columns, rows)

    def standing(self, party: Member) -> Cell:
        """Whether a party takes part, is in default, or has left."""
        view, now = self.offices.view, self.offices.now
        left = lifecycle.left(view, party.name, now)
        if left is not None:
            return cells.told(self.subject, f"left on {left.since:%Y-%m-%d}: {left.reason}", "left")
        if not view.active(party.name, now):
            return cells.plain("does not take part", kind="left")
        default = lifecycle.default(view, party.name, now)
        if default is not None:
            return cells.told(self.subject, f"in default since {default.since:%Y-%m-%d}: {default.reason}", "default")
        return cells.plain("takes part")

    # ------------------------------------------------------------ roles and bodies

    def pair(self, name: str, span: Span) -> Pair:
        """A role or body and what the text says of it."""
        statements = self.subject.term(name)
        blocks = self.subject.told(statements) or (Paragraph((self.subject.cite(self.agreement.layout.citation(span)),)),)
        return Pair((Strong(name),), blocks, self.anchor(name))

    # ------------------------------------------------------------ who holds what

    def holders(self) -> Iterator[Block]:
        held = self.offices.offices()
        if not held:
            return
        columns = [Column("Role", "role"), Column("Held by", "holder"), Column("For", "party"), Column("Since", "since", "date")]
        columns += [Column("Term ends", "until", "date")]
        rows = [
            Row((cells.names(self.subject, [office.role]), self.named(office.person), cells.names(self.subject, [office.party]),
                 cells.day(office.since), cells.day(office.until)))
            for office in held
        ]  # fmt: skip
        yield Heading(2, (Text(f"Who holds which role{self.day}"),), "holders")
        yield cells.filled("holders", f"Who holds which role{self.day}", columns, rows)

    def seats(self) -> Iterator[Block]:
        seats = self.offices.seats()
        if not seats:
            return
        columns = [Column("Body", "body"), Column("Who", "who"), Column("As", "as"), Column("Party", "party")]
        rows = [
            Row((cells.names(self.subject, [seat.body]), self.named(seat.person), cells.plain(seat.place),
                 cells.names(self.subject, [seat.party])))
            for seat in seats
        ]  # fmt: skip
        yield Heading(2, (Text(f"Who sits in which body{self.day}"),), "seats")
        yield cells.filled("seats", f"Who sits in which body{self.day}", columns, rows)

    def persons(self) -> Iterator[Block]:
        listed = self.offices.persons()
        if not listed:
            return
        attributes = tuple(
            each for bearer, found in self.agreement.attributes.items() if bearer != "party" for each in found
        )  # fmt: skip
        columns = [Column("Person", "person"), Column("Party", "party"), Column("Offices", "offices"), *map(_column, attributes)]
        held: dict[str, list[str]] = {}
        for office in self.offices.offices():
            held.setdefault(office.person, []).append(office.role)
        rows = []
        for person in listed:
            member = self.agreement.members.get(person)
            full = member.full_name if member is not None and member.full_name != person else ""
            line = [cells.plain(f"{person} ({full})" if full else person, person)]
            line += [cells.names(self.subject, [self.offices.party(person)])]
            line += [cells.names(self.subject, held.get(person, []))]
            line += [self.attribute(person, each) for each in attributes]
            rows.append(Row(tuple(line), self.anchor(person)))
        yield Heading(2, (Text("Persons"),), "persons")
        yield cells.filled("persons", f"Everybody who is named{self.day}", columns, rows)

    def vacancies(self) -> Iterator[Block]:
        vacant = self.offices.vacancies()
        if not vacant:
            return
        items = []
        for each in vacant:
            what: list[Run] = [self.subject.links.term(each.name)]
            what += [Text(" for "), self.subject.links.term(each.party)] if each.party else []
            if each.body:
                what += [Text(f": {english.counted(each.seats, 'seat')} empty")]
            items.append(Item(tuple(what), kind="vacancy"))
        yield Heading(2, (Text(f"Vacant{self.day}"),), "vacancies")
        if not self.offices.recorded:
            yield Paragraph((Text("The text names nobody for these. Who is appointed later stands in the record."),))
        yield Listing(tuple(items))

    # ------------------------------------------------------------ cells

    def named(self, name: str) -> Cell:
        """A name in a table."""
        return Cell((self.subject.links.term(name),), name)

    def attribute(self, bearer: str, attribute: n.Attribute) -> Cell:
        values = self.offices.values(bearer, attribute.name)
        words = "; ".join(f"{worth(each.value, attribute.type)}{_days(each, values)}" for each in values)
        value: Value = None
        if len(values) == 1 and isinstance(values[0].value, Fraction | bool | date):
            value = values[0].value
        return cells.plain(words, value)


def _column(attribute: n.Attribute) -> Column:
    title = attribute.name.replace("-", " ")
    return Column(title[:1].upper() + title[1:], f"attribute-{attribute.name}", _KINDS.get(attribute.type.kind, "text"))


def _days(value: Dated, among: Iterable[Dated]) -> str:
    """From when to when a value holds, where it is not the only one."""
    if len(tuple(among)) == 1 and value.since is None and value.until is None:
        return ""
    since, until = value.since, value.until
    if since and until and (since.month, since.day, until.month, until.day) == (1, 1, 12, 31) and since.year == until.year:
        return f" in {since.year}"
    return (f" from {english.day(since)}" if since else "") + (f" until {english.day(until)}" if until else "")
