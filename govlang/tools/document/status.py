"""The page `status`: where the agreement stands on the day: in force or not, who takes part, what is vacant, open, in dispute.

In: a `Subject` with a record. Out: one page, from what `govlang status` finds.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.backends.answers import Missing
from govlang.backends.words import english
from govlang.core.verdict import Verdict
from govlang.record.dispute_states import DisputeState, Misstep
from govlang.tools.document import asked, cells
from govlang.tools.document.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Item,
    Listing,
    Page,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
)
from govlang.tools.document.subject import Recorded, Subject
from govlang.tools.due import DueItem
from govlang.tools.status import InForce, OpenDispute, Status, Vacancy, Way, status

KINDS = {Verdict.PERMITTED: "permitted", Verdict.PENDING: "pending", Verdict.DENIED: "denied", Verdict.SILENT: "silent"}


def pages(subject: Subject) -> Iterator[Page]:
    """The page; none without a record or a day."""
    record = subject.record
    if record is None:
        return
    found = found_of(subject, record)
    blocks = found if isinstance(found, tuple) else tuple(_blocks(subject, found))
    summary = "Where the agreement stands: in force or not, who takes part, what is vacant, what is open, which disputes there are."
    yield Page("status", "Status", "Record", blocks, summary)


def found_of(subject: Subject, record: Recorded) -> Status | tuple[Block, ...]:
    """What `govlang status` answers."""
    return subject.once("status", lambda: asked.answer(lambda: status(record.loaded, record.book, record.on)))


def _blocks(subject: Subject, found: Status) -> Iterator[Block]:
    assert subject.record is not None
    yield Paragraph((Strong("In force." if found.in_force.holds else "Not in force."),
                     Text(f" As of {asked.as_of(subject.record)}: {_term(found.in_force)}")))  # fmt: skip
    if found.in_force.notes:
        yield Listing(tuple(Item(subject.links.runs(cells.spoken(english.sentence(note)))) for note in found.in_force.notes))
    if not (found.proposals or found.disputes or found.vacancies or found.obligations):
        yield Paragraph((Text("Nothing is open."),))
    yield from _section("Duties and reviews", "duties", found.obligations, lambda: _due(subject, "open-duties", found.obligations))
    yield from _section("Open proposals", "proposals", found.proposals, lambda: _proposals(subject, found))
    yield from _disputes(subject, found)
    yield from _section("Parties", "parties", found.parties, lambda: _parties(subject, found))
    yield from _section("Vacant offices and seats", "vacant", found.vacancies, lambda: _vacancies(subject, found.vacancies))
    yield from _section("Terms of office that end", "terms", found.terms, lambda: _due(subject, "ending-terms", found.terms))


def _section(title: str, anchor: str, what: tuple[object, ...], make: object) -> Iterator[Block]:
    """A heading with its table, where there is something to show."""
    if what:
        yield Heading(2, (Text(title),), anchor)
        assert callable(make)
        yield make()


def _term(term: InForce) -> str:
    """The term as it stands, in a sentence."""
    version = f"version {term.version}, " if term.version else ""
    start = f"from {english.day(term.start)}" if term.start is not None else "from the beginning"
    until = f" until {english.day(term.end)}" if term.end is not None else "; no end is set"
    renewal = f" It renews itself unless somebody objects by {english.day(term.object_until)}." if term.object_until else ""
    return f"{version}{start}{until}.{renewal}"


# ---------------------------------------------------------------- who


def _parties(subject: Subject, found: Status) -> Table:
    columns = (Column("Party", "party"), Column("Who speaks for it", "speakers"), Column("In default", "default"))
    rows = tuple(
        Row((
            cells.names(subject, (party.name,)), cells.names(subject, party.speakers, "nobody"),
            cells.told(subject, f"yes: {party.default}", "default") if party.default else cells.plain("no"),
        ))
        for party in found.parties
    )  # fmt: skip
    return Table("parties-now", "Parties", columns, rows)


def _vacancies(subject: Subject, found: tuple[Vacancy, ...]) -> Table:
    columns = (Column("Office", "office"), Column("Party", "party"), Column("Vacant", "vacant", "number"),
               Column("Clause", "clause"))  # fmt: skip
    rows = []
    for vacancy in found:
        agreement = subject.agreement
        node = agreement.bodies[vacancy.name] if vacancy.body else agreement.roles[vacancy.name]
        cited = agreement.layout.citation(node.span, f"{'body' if vacancy.body else 'role'} {vacancy.name}")
        rows.append(Row((cells.names(subject, (vacancy.name,)), cells.names(subject, (vacancy.party,)),
                         cells.number(vacancy.seats), cells.clause(subject, cited))))  # fmt: skip
    return Table("vacant", "What nobody holds", columns, tuple(rows))


# ---------------------------------------------------------------- what is open


def _due(subject: Subject, key: str, items: tuple[DueItem, ...]) -> Table:
    columns = (Column("What", "what"), Column("Who", "who"), Column("By", "by", "date"), Column("State", "state"),
               Column("Clause", "clause"))  # fmt: skip
    titles = {"open-duties": "Duties and reviews, overdue or under way", "ending-terms": "Terms of office that end"}
    rows = tuple(
        Row((cells.told(subject, item.to_do), cells.owners(subject, item.owners), cells.due(item), state(item),
             cells.clause(subject, item.citation)))
        for item in items
    )  # fmt: skip
    return Table(key, titles[key], columns, rows)


def state(item: DueItem) -> Cell:
    """Whether something is overdue, and since when; else its state."""
    if item.overdue:
        return cells.plain(", or ".join(item.late_by[-1:]), kind="overdue")
    left = item.days
    return cells.plain(item.state if left is None else f"{item.state}, {english.counted(left, 'day')} left", kind="open")


def missing(subject: Subject, items: tuple[Missing, ...]) -> Cell:
    """What is missing, in words."""
    return cells.told(subject, "; ".join(item.text for item in items))


def _proposals(subject: Subject, found: Status) -> Table:
    columns = (Column("Proposal", "proposal"), Column("Decision", "decision"), Column("Proposed by", "by"),
               Column("Since", "since", "date"), Column("What is missing", "missing"), Column("Clause", "clause"))  # fmt: skip
    rows = tuple(
        Row((
            cells.plain(each.id), cells.said(subject, each.decision), cells.names(subject, each.by), cells.day(each.since),
            missing(subject, each.missing), cells.clause(subject, each.citation),
        ))
        for each in found.proposals
    )  # fmt: skip
    return Table("open-proposals", "Open proposals", columns, rows)


# ---------------------------------------------------------------- disputes


def _disputes(subject: Subject, found: Status) -> Iterator[Block]:
    if found.disputes:
        yield Heading(2, (Text("Open disputes"),), "disputes")
        yield _open(subject, found.disputes)
        ways = tuple((dispute, way) for dispute in found.disputes for way in dispute.ways)
        if ways:
            yield _ways(subject, ways)
    if found.ended:
        yield Heading(2, (Text("Disputes that ended"),), "ended-disputes")
        yield _ended(subject, found.ended)
    if found.missteps:
        yield Heading(2, (Text("Done in disputes before it was permitted"),), "missteps")
        yield _missteps(subject, found.missteps)


def _open(subject: Subject, found: tuple[OpenDispute, ...]) -> Table:
    columns = (Column("Dispute", "dispute"), Column("Ladder", "ladder"), Column("Between", "between"),
               Column("Since", "since", "date"), Column("Step", "step"), Column("Step ends", "until", "date"),
               Column("Meanwhile", "meanwhile"), Column("Clause", "clause"))  # fmt: skip
    return Table("open-disputes", "Open disputes", columns, tuple(
        Row((
            cells.plain(item.state.id), cells.said(subject, item.state.ladder), cells.said(subject, _sides(item.state)),
            cells.day(item.state.raised), cells.said(subject, item.state.step), cells.last_day(item.state.until, "no end is set"),
            cells.plain(_meanwhile(item.state)), cells.clause(subject, item.state.citation),
        ))
        for item in found
    ))  # fmt: skip


def _sides(state: DisputeState) -> str:
    against = f" against {english.listed(state.against)}" if state.against else ""
    return f"{english.listed(state.parties)}{against}"


def _meanwhile(state: DisputeState) -> str:
    said = {"continue": "duties continue", "suspended": "duties are suspended"}.get(state.duties, "")
    relief = "urgent relief at any time" if state.relief_any_time else ""
    sought = [f"urgent relief sought by {english.listed(each.by)} on {english.day(each.at.date())}" for each in state.relief]
    return "; ".join(part for part in (said, relief, *sought) if part)


def _ways(subject: Subject, found: tuple[tuple[OpenDispute, Way], ...]) -> Table:
    columns = (Column("Dispute", "dispute"), Column("To step", "step"), Column("By", "by"),
               Column("May it be taken there", "verdict"), Column("What is missing, or why not", "why"),
               Column("Clause", "clause"))  # fmt: skip
    return Table("ways-on", "Where each dispute may be taken", columns, tuple(
        Row((
            cells.plain(dispute.state.id), cells.said(subject, way.step), cells.names(subject, way.who),
            cells.plain(way.verdict.value, kind=KINDS[way.verdict]),
            missing(subject, way.missing) if way.verdict is Verdict.PENDING else cells.told(subject, "; ".join(way.because)),
            cells.clause(subject, way.citation),
        ))
        for dispute, way in found
    ))  # fmt: skip


def _ended(subject: Subject, found: tuple[DisputeState, ...]) -> Table:
    columns = (Column("Dispute", "dispute"), Column("Ladder", "ladder"), Column("Between", "between"), Column("How", "how"),
               Column("When", "when", "date"), Column("At step", "step"), Column("Clause", "clause"))  # fmt: skip
    return Table("ended-disputes", "Disputes that ended", columns, tuple(
        Row((
            cells.plain(state.id), cells.said(subject, state.ladder), cells.said(subject, _sides(state)), cells.plain(state.how),
            cells.day(state.ended), cells.said(subject, state.step), cells.clause(subject, state.citation),
        ))
        for state in found
    ))  # fmt: skip


def _missteps(subject: Subject, found: tuple[Misstep, ...]) -> Table:
    columns = (Column("Dispute", "dispute"), Column("When", "when", "date"), Column("Who", "who"), Column("What", "what"),
               Column("Not met", "why"), Column("Clause", "clause"))  # fmt: skip
    return Table("missteps", "Done in disputes before it was permitted", columns, tuple(
        Row((
            cells.plain(each.dispute), cells.day(each.at), cells.names(subject, each.by), cells.told(subject, each.what),
            cells.told(subject, "; ".join(each.reasons)), cells.clause(subject, each.citation),
        ))
        for each in found
    ))  # fmt: skip
