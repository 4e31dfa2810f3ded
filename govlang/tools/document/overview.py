"""The first page: what the agreement is, who is in it, from when to when, where it stands, and where to read on.

In: a `Subject`, and the other pages, which it lists. Out: one page, `overview`. It is made last and stands first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from govlang.backends.words import english
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.document import cells, structure
from govlang.tools.document.asked import as_of
from govlang.tools.document.blocks import (
    Block,
    Code,
    Column,
    Heading,
    Item,
    Link,
    Listing,
    Note,
    Page,
    Pair,
    Pairs,
    Paragraph,
    Row,
    Run,
    Runs,
    Strong,
    Table,
    Text,
)
from govlang.tools.document.brief import brief
from govlang.tools.document.offices import Offices
from govlang.tools.document.reviews import coming
from govlang.tools.document.status import found_of
from govlang.tools.document.subject import Recorded, Subject
from govlang.tools.due import Due, DueItem
from govlang.tools.status import Status

_FACTS = {
    "term": "In force", "renewal": "Renewal", "version": "Version", "law": "Law", "currency": "Currency", "zone": "Time zone",
    "working days": "Working days", "not working": "Not worked",
}  # fmt: skip
_WHERE = {
    "clause": "clauses", "decision": "decisions", "duty": "duties", "power": "duties", "objective": "duties", "review": "reviews",
    "licence": "ip", "dispute ladder": "disputes",
}  # fmt: skip
_DATES = ("review", "survey", "amendment", "renewal", "end of the agreement")
_ABOUT = {
    "Agreement": "The agreement", "Rules": "What it asks for and allows", "Record": "What is on record",
}  # fmt: skip


def page(subject: Subject, others: Sequence[Page]) -> Page:
    """The first page."""
    summary = "The agreement at a glance: who is in it, its dates, how it is organised, and where to read on."
    return Page("overview", "Overview", "Agreement", tuple(_Overview(subject, others).blocks()), summary)


class _Overview:
    def __init__(self, subject: Subject, others: Sequence[Page]) -> None:
        self.subject, self.others = subject, others
        self.agreement = subject.agreement
        self.slugs = {page.slug for page in others}
        self.offices: Offices = subject.once("offices", lambda: Offices(subject))

    def blocks(self) -> Iterator[Block]:
        if self.agreement.header.text:
            yield Paragraph(self.subject.links.runs(self.agreement.header.text))
        yield from self.broken()
        if self.subject.record is not None:
            yield from self.standing(self.subject.record)
        yield Heading(2, (Text("Key facts"),), "key-facts")
        yield Pairs(tuple(self.facts()))
        yield from self.start()
        yield from self.parties()
        yield from self.organised()

    def broken(self) -> Iterator[Block]:
        if self.subject.loaded.sound:
            return
        errors = sum(found.severity == "error" for found in self.subject.checked.diagnostics)
        said = f"The text has {english.counted(errors, 'error')}, and these pages show only what is sound. See "
        yield Note("error", "", (Paragraph((Text(said), Link("Errors", "errors"), Text("."))),))

    # ------------------------------------------------------------ where it stands

    def standing(self, record: Recorded) -> Iterator[Block]:
        """One paragraph on the day: whether it is in force, what is open and what is overdue."""
        found = found_of(self.subject, record)
        if isinstance(found, tuple):
            yield from found
            return
        holds = "In force" if found.in_force.holds else "Not in force"
        version = f", version {found.in_force.version}" if found.in_force.version else ""
        runs: list[Run] = [Strong(f"{holds} on {as_of(record)}{version}."), *self.open(found)]
        yield Note("info", "Where it stands", (Paragraph(tuple(runs)),))

    def open(self, found: Status) -> Iterator[Run]:
        overdue = sum(item.overdue for item in found.obligations)
        counted = (
            (len(found.proposals), "open proposal", "status"), (overdue, "overdue duty or review", "due"),
            (len(found.disputes), "open dispute", "status"),
            (sum(each.seats for each in found.vacancies), "vacant office or seat", "status"),
        )  # fmt: skip
        said = [(count, noun, slug) for count, noun, slug in counted if count]
        if not said:
            yield Text(" Nothing is open, nothing overdue, nothing vacant.")
            return
        yield Text(" There " + ("is " if said[0][0] == 1 else "are "))
        for place, (count, noun, slug) in enumerate(said):
            yield Text("" if place == 0 else " and " if place == len(said) - 1 else ", ")
            words = f"{english.number(count)} {_many(noun) if count != 1 else noun}"
            yield Link(words, slug) if slug in self.slugs else Text(words)
        yield Text(".")

    # ------------------------------------------------------------ key facts

    def facts(self) -> Iterator[Pair]:
        header = next((clause for clause in self.clauses() if isinstance(clause, n.Header)), None)
        said: dict[str, list[Runs]] = {}
        for statement in self.subject.clause(header) if header is not None else ():
            if statement.kind in _FACTS:
                cited = self.subject.cite(statement.citation, _short(statement.citation))
                line = (*self.subject.links.runs(statement.text.removesuffix(".")), Text(" ("), cited, Text(")."))
                said.setdefault(_FACTS[statement.kind], []).append(line)
        for label in _FACTS.values():
            if label in said:
                yield Pair((Text(label),), tuple(Paragraph(runs) for runs in said[label]))
        amended = tuple(Paragraph(self.amended(version.name)) for version in self.subject.texts if version.name)
        if amended:
            yield Pair((Text("Amendments"),), amended)
        dates = self.dates()
        if dates:
            yield Pair((Text("Coming dates"),), (Listing(dates),))
        counts = self.counts()
        if counts:
            yield Pair((Text("What is in it"),), (Paragraph(tuple(counts)),))
        yield Pair((Text("Text"),), tuple(self.provenance()))

    def dates(self) -> tuple[Item, ...]:
        """The next review of each kind, and what becomes of the agreement itself, within a year of the day asked about."""
        found = coming(self.subject) if self.subject.record is not None else None
        if not isinstance(found, Due):
            return ()
        first: dict[tuple[str, str], DueItem] = {}
        for item in found.items:
            if item.kind in _DATES and not item.overdue and item.due is not None:
                first.setdefault((item.kind, item.name), item)
        return tuple(
            Item((Text(f"{english.day(item.due)}: "), *self.subject.links.runs(cells.spoken(item.to_do)),
                  Text(" ("), self.subject.cite(item.citation, _short(item.citation)), Text(").")))
            for item in sorted(first.values(), key=lambda item: (item.due or date.max, item.id)) if item.due is not None
        )  # fmt: skip

    def clauses(self) -> tuple[n.Clause, ...]:
        return self.agreement.file.clauses if self.agreement.file is not None else ()

    def amended(self, name: str) -> Runs:
        version = next(version for version in self.subject.texts if version.name == name)
        assert version.since is not None
        runs: list[Run] = [self.subject.links.term(name), Text(f", in force from {english.day(version.since)}")]
        if "versions" in self.slugs:
            runs += [Text(": see "), Link("Versions", "versions")]
        return (*runs, Text("."))

    def counts(self) -> list[Run]:
        """How much there is of what, with links to where it is."""
        found: list[Run] = []
        counted = brief(self.subject).counts
        for place, (noun, count) in enumerate(counted):
            if place:
                found.append(Text(" and " if place == len(counted) - 1 else ", "))
            where = _WHERE.get(noun, "")
            words = english.counted(count, noun)
            found.append(Link(words, where) if where in self.slugs else Text(words))
        return [*found, Text(".")] if found else []

    def provenance(self) -> Iterator[Block]:
        """The file and the hash of its text, by which two copies are told apart; the files it uses; the record."""
        links = self.subject.links
        name = links.path(self.subject.loaded.source.name)
        yield Paragraph((Text("Made from "), Code(name), Text(", SHA-256 "), Code(self.subject.loaded.text_hash), Text(".")))
        if self.subject.loaded.used:
            runs: list[Run] = [Text("It uses ")]
            for place, used in enumerate(self.subject.loaded.used):
                runs += [Text(", "), Code(used.path)] if place else [Code(used.path)]
            yield Paragraph((*runs, Text(".")))
        record = self.subject.record
        if record is not None and record.names:
            runs = [Text(f"As of {as_of(record)}, by the record ")]
            for place, each in enumerate(record.names):
                runs += [Text(", "), Code(each)] if place else [Code(each)]
            yield Paragraph((*runs, Text(".")))

    # ------------------------------------------------------------ where to read on

    def start(self) -> Iterator[Block]:
        """The pages, each with what it shows; the pages of single decisions are found on the list of decisions."""
        items: list[Item] = []
        for group, words in _ABOUT.items():
            listed = [page for page in self.others if page.group == group and not page.slug.startswith("decision-")]
            inner = tuple(
                Item((Link(page.title, page.slug), Text(f": {page.summary}" if page.summary else ""))) for page in listed
            )  # fmt: skip
            if inner:
                items.append(Item((Strong(words),), inner))
        if items:
            yield Heading(2, (Text("Start here"),), "start-here")
            yield Listing(tuple(items))

    # ------------------------------------------------------------ who

    def parties(self) -> Iterator[Block]:
        listed = self.agreement.parties()
        if not listed:
            return
        seats = any(party.seat for party in listed)
        rows: list[Row] = []
        for party in listed:
            line = [cells.names(self.subject, [party.name]), cells.plain(party.full_name)]
            rows.append(Row((*line, cells.plain(party.seat)) if seats else tuple(line)))
        columns = [Column("Party", "party"), Column("Full name", "full-name")] + ([Column("Seat", "seat")] if seats else [])
        yield Heading(2, (Text("Parties"),), "parties")
        yield Table("parties-overview", "The parties", tuple(columns), tuple(rows))

    def organised(self) -> Iterator[Block]:
        """The picture of roles and bodies, and who sits in each body."""
        picture = structure.picture(self.subject, self.offices)
        seats = self.offices.seats()
        if picture is None and not seats:
            return
        yield Heading(2, (Text("How it is organised"),), "organised")
        if picture is not None:
            yield picture
        items: list[Item] = []
        for body in self.agreement.bodies:
            mine = [seat for seat in seats if seat.body == body]
            if not mine:
                continue
            runs: list[Run] = [self.subject.links.term(body), Text(": ")]
            for place, seat in enumerate(mine):
                runs += [Text(", ")] if place else []
                runs.append(self.subject.links.term(seat.person))
                runs += [Text(f" ({seat.place})")] if seat.place != "member" else []
            items.append(Item((*runs, Text("."))))
        if items:
            yield Listing(tuple(items))


def _short(citation: Citation) -> str:
    """A clause by its number alone, where it has one."""
    return f"clause {citation.number}" if citation.number else ""


def _many(noun: str) -> str:
    return " or ".join(english.plural(each) for each in noun.split(" or "))
