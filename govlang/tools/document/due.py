"""The page `due`: what is due, from whom, by when: overdue first, then by day, then what is open without a day.

In: a `Subject` with a record. Out: one page, from what `govlang due` finds for the same day.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.backends.words import english
from govlang.tools import due as tool
from govlang.tools.document import asked, cells
from govlang.tools.document.blocks import Block, Column, Heading, Page, Paragraph, Row, Table, Text
from govlang.tools.document.status import state
from govlang.tools.document.subject import Recorded, Subject
from govlang.tools.due import Due, DueItem

_PARTS = (
    ("Overdue", "overdue", "What is overdue"),
    ("Due", "coming", "What is due"),
    ("Open, without a day", "undated", "What is open, without a day"),
)


def pages(subject: Subject) -> Iterator[Page]:
    """The page; none without a record or a day."""
    record = subject.record
    if record is None:
        return
    found = found_of(subject, record)
    blocks = found if isinstance(found, tuple) else tuple(_blocks(subject, record, found))
    yield Page("due", "What is due", "Record", blocks, "What is overdue, what is due next, from whom and by when.")


def found_of(subject: Subject, record: Recorded) -> Due | tuple[Block, ...]:
    """What `govlang due` answers."""
    return subject.once("due", lambda: asked.answer(lambda: tool.due(record.loaded, record.book, record.on)))


def _blocks(subject: Subject, record: Recorded, found: Due) -> Iterator[Block]:
    count = len(found.overdue)
    late = "Nothing is overdue." if not count else f"{english.sentence(english.counted(count, 'thing'))[:-1]} {_is(count)} overdue."
    yield Paragraph((Text(f"As of {asked.as_of(record)}, and until {english.day(found.until)}. {late}"),))
    dated = tuple(item for item in found.items if not item.overdue and item.over is not None)
    undated = tuple(item for item in found.items if not item.overdue and item.over is None)
    for (title, key, words), items in zip(_PARTS, (found.overdue, dated, undated), strict=True):
        if items:
            yield Heading(2, (Text(title),), key)
            yield table(subject, f"due-{key}", words, items)
    if found.later:
        were = "event that is on record after this day is" if found.later == 1 else "events that are on record after this day are"
        yield Paragraph((Text(f"{english.sentence(english.number(found.later))[:-1]} {were} left out."),))


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def table(subject: Subject, key: str, title: str, items: tuple[DueItem, ...]) -> Table:
    """Things that are due, one a row."""
    columns = (Column("By", "by", "date"), Column("What", "what"), Column("Kind", "kind"), Column("Who", "who"),
               Column("State", "state"), Column("To know", "notes"), Column("Clause", "clause"))  # fmt: skip
    return Table(key, title, columns, tuple(row(subject, item) for item in items))


def row(subject: Subject, item: DueItem) -> Row:
    """One thing that is due."""
    return Row((
        cells.due(item), cells.told(subject, item.to_do), cells.plain(item.kind), cells.owners(subject, item.owners), state(item),
        cells.told(subject, "; ".join(item.notes)), cells.clause(subject, item.citation),
    ))  # fmt: skip
