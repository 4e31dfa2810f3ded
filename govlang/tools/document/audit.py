"""The page `audit`: every departure from the rules that the record shows, and what would have been right.

In: a `Subject` with a record. Out: one page, from what `govlang audit` finds for the same day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from govlang.backends.words import english
from govlang.codes import CODES
from govlang.diagnostics import Diagnostic
from govlang.syntax.nodes import Moment
from govlang.tools.audit import audit_book
from govlang.tools.audit.finding import Audit, Departure
from govlang.tools.document import asked, cells
from govlang.tools.document.blocks import Block, Cell, Code, Column, Heading, Page, Paragraph, Row, Table, Text
from govlang.tools.document.subject import Recorded, Subject


def pages(subject: Subject) -> Iterator[Page]:
    """The page; none without a record or a day."""
    record = subject.record
    if record is None:
        return
    found = found_of(subject, record)
    blocks = found if isinstance(found, tuple) else tuple(_blocks(subject, record, found))
    summary = "What on record departs from the rules: who did (or left undone) what, when, against which clause, and what is right."
    yield Page("audit", "Audit findings", "Record", blocks, summary)


def found_of(subject: Subject, record: Recorded) -> Audit | tuple[Block, ...]:
    """What `govlang audit` answers."""
    return subject.once("audit", lambda: asked.answer(lambda: audit_book(record.loaded, record.book, on=record.on)))


def _blocks(subject: Subject, record: Recorded, found: Audit) -> Iterator[Block]:
    events = english.counted(found.events, "event")
    count = len(found.departures)
    said = f"{english.sentence(english.counted(count, 'departure'))[:-1]} from the rules {'is' if count == 1 else 'are'} on record."
    yield Paragraph((Text(f"{events[0].upper()}{events[1:]} on record up to {asked.as_of(record)} "
                          f"{'was' if found.events == 1 else 'were'} checked against the rules. {said}"),))  # fmt: skip
    if found.departures:
        yield Heading(2, (Text("Departures"),), "departures")
        yield _departures(subject, found)
        yield Heading(2, (Text("How many"),), "counts")
        yield from _counts(subject, found)
    if found.problems:
        yield Heading(2, (Text("The record itself"),), "record-problems")
        yield _problems(found)


def _departures(subject: Subject, found: Audit) -> Table:
    columns = (Column("When", "when", "date"), Column("Who", "who"), Column("What", "what"), Column("What is right", "right"),
               Column("To know", "notes"), Column("Kind", "kind"), Column("Clause", "clause"))  # fmt: skip
    rows = tuple(_departure(subject, item, number) for number, item in enumerate(found.departures, 1))
    return Table("departures", "Departures from the rules", columns, rows)


def _departure(subject: Subject, item: Departure, number: int) -> Row:
    return Row((
        _when(item.at), cells.names(subject, item.who, "nobody"), cells.told(subject, item.what), cells.told(subject, item.right),
        cells.told(subject, "; ".join(item.notes)), _kind(item.code), Cell(cells.briefly(subject, (item.citation,))),
    ), f"finding-{number}")  # fmt: skip


def _kind(code: str) -> Cell:
    """What kind of finding it is, in words and by its code."""
    entry = CODES[code]
    return Cell((Text(f"{entry.name.replace('-', ' ')} "), Code(code)), code, entry.severity)


def _when(at: Moment) -> Cell:
    return cells.day(at.day if at.whole_day else at.start)


def _counts(subject: Subject, found: Audit) -> Iterator[Block]:
    """How many of each kind, and of each party."""
    kinds = Counter(item.code for item in found.departures)
    columns = (Column("Kind", "kind"), Column("Findings", "findings", "number"))
    yield Table("departures-by-kind", "Departures by kind", columns, tuple(
        Row((_kind(code), cells.number(count))) for code, count in sorted(kinds.items())
    ))  # fmt: skip
    parties = (Column("Party", "party"), Column("Findings", "findings", "number"))
    yield Table("departures-by-party", "Departures by party", parties, tuple(
        Row((cells.names(subject, (name,), "of no party"), cells.number(count))) for name, count in found.by_party
    ))  # fmt: skip


def _problems(found: Audit) -> Table:
    columns = (Column("Where", "where"), Column("What is wrong", "what"), Column("What to do", "remedy"), Column("Code", "code"))
    return Table("record-problems", "What is wrong with the record itself", columns, tuple(map(_problem, found.problems)))


def _problem(item: Diagnostic) -> Row:
    name, line, _ = item.located().place()
    where = f"{name.rpartition('/')[2]}, line {line}" if name else ""
    return Row((
        cells.plain(where), cells.plain(item.message, kind=item.severity), cells.plain(item.hint),
        Cell((Code(item.code),)),
    ))  # fmt: skip
