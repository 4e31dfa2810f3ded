"""The schedules of a paper: defined terms, who decides what, who may use what, what is reviewed when.

In: a `Subject`. Out: blocks of one schedule each, beginning with its heading. They are the tables of the views, marked as no part
of the agreement, since its clauses say the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.backends.words import english
from govlang.frozen import replace
from govlang.tools.document import authority, glossary, ip, reviews
from govlang.tools.document.blocks import (
    Block,
    Cell,
    Column,
    Emphasis,
    Heading,
    Link,
    Note,
    Pair,
    Pairs,
    Paragraph,
    Row,
    Run,
    Runs,
    Table,
    Text,
    text,
)
from govlang.tools.document.ip_matrix import matrix
from govlang.tools.document.subject import Subject

MARK = "Not part of the agreement"
MADE = "Made from the rules of the clauses that it names, for reading. Those clauses are what was agreed."

# The columns of the authority matrix that stand in one on paper, where there is less room.
_TOGETHER = (
    Column("Proposed by", "proposed-by"), Column("Decided by", "approved-by vote quorum"),
    Column("Conditions", "veto-or-objection other-conditions notice-and-time once-taken"),
    Column("Heard and told", "consulted informed"), Column("Clause", "clause"),
)  # fmt: skip


def definitions(subject: Subject) -> Iterator[tuple[Block, ...]]:
    """The defined terms: what each names, and the clause that defines it."""
    for page in glossary.pages(subject):
        pairs = next((block.pairs for block in page.blocks if isinstance(block, Pairs)), ())
        if pairs:
            yield (Heading(2, (Text("Defined terms"),), "defined-terms"), *_mark(), Pairs(tuple(map(_defined, pairs))))


def _defined(pair: Pair) -> Pair:
    """A term with the first thing that is said of it."""
    first = next((block for block in pair.blocks if isinstance(block, Paragraph)), Paragraph(()))
    return Pair(pair.term, (Paragraph(_here(first.runs)),))


def _here(runs: Runs) -> Runs:
    """Runs without `See Versions.`: there is no such page on paper."""
    for place, run in enumerate(runs):
        if isinstance(run, Link) and not run.address:
            return runs[: place - 1] if place and runs[place - 1].text.strip() == "See" else runs[:place]
    return runs


def schedules(subject: Subject) -> Iterator[tuple[Block, ...]]:
    """The tables that belong to a contract, each with its number."""
    found = (
        ("Authority matrix", _authority(subject)), ("Intellectual property matrix", _ip(subject)), ("Calendar", _calendar(subject)),
    )  # fmt: skip
    listed = [(title, blocks) for title, blocks in found if blocks]
    for number, (title, blocks) in enumerate(listed, start=1):
        yield (Heading(2, (Text(f"Schedule {number} – {title}"),), f"schedule-{number}"), *_mark(), *blocks)


def _mark() -> tuple[Block, ...]:
    return (Note("summary", MARK, (Paragraph((Text(MADE),)),)),)


def _authority(subject: Subject) -> tuple[Block, ...]:
    """Who decides what: the cases of each decision under its name."""
    blocks = [block for page in authority.pages(subject) for block in page.blocks]
    return tuple(
        _matrix(block) if isinstance(block, Table) and block.key == "authority-matrix" else _lower(block) for block in blocks
    )  # fmt: skip


def _ip(subject: Subject) -> tuple[Block, ...]:
    """Who may use what, and on which conditions; what its page says further stands in the clauses."""
    blocks = [block for page in ip.pages(subject) for block in page.blocks]
    end = next(
        (place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.anchor == "assets"),
        len(blocks),
    )
    found = matrix(subject) if blocks else None
    if found is None or not found.things or not found.parties:
        return ()
    day = english.day(found.on.day)
    first = Paragraph(
        (Text(f"As the text stands on {day}. What happens later, and is recorded, may change an answer."),)
    )
    return (first, *(_lower(block) for block in blocks[:end] if not isinstance(block, Paragraph)))


def _calendar(subject: Subject) -> tuple[Block, ...]:
    """What comes round, how reviews are held, and the days of the first year."""
    return tuple(_lower(block) for page in reviews.pages(subject) for block in page.blocks)


def _lower(block: Block) -> Block:
    """A heading of a page, under the heading of a schedule."""
    return Heading(block.level + 1, block.runs, f"schedule-{block.anchor}") if isinstance(block, Heading) else block


def _matrix(table: Table) -> Table:
    """The authority matrix in fewer columns, the cases of a decision under its name."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    if not {key for column in _TOGETHER for key in column.key.split()} | {"decision", "when"} <= {*places}:
        return table
    rows = []
    for row in table.rows:
        cells = [row.cells[places["when"]]]
        for column in _TOGETHER:
            parts = [(table.columns[places[key]].title, row.cells[places[key]].runs) for key in column.key.split()]
            cells.append(Cell(_joined([(title, runs) for title, runs in parts if runs], len(parts) > 1)))
        rows.append(Row(tuple(cells), "", text(row.cells[places["decision"]].runs)))
    columns = (Column("When", "when"), *(replace(column, key=column.key.split()[0]) for column in _TOGETHER))
    return replace(table, columns=columns, rows=tuple(rows))


def _joined(parts: list[tuple[str, Runs]], several: bool) -> Runs:
    """What stood in several columns, each with the name of its column."""
    found: list[Run] = []
    for title, runs in parts:
        found += [Text(" ")] if found else []
        found += [Emphasis(f"{title}: ")] if several else []
        found += runs
        found += [Text(".")] if several else []
    return tuple(found)
