"""Two papers as one Word document whose changes can be accepted or rejected.

In: an old and a new `Paper`, and lines that say what changed. Out: bytes. To accept every change gives the text of the new paper,
to reject every one that of the old: paragraphs, rows of tables, the head and the foot of the pages. The summary stands before it
on pages of its own and is no change. Clause numbers are text here, since what is taken out would be counted as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govlang.frozen import replace
from govlang.report.document import word, word_xml as xml
from govlang.report.document.aligning import Pair, pairs, rows, words
from govlang.report.document.word_lines import Grid, Item, Line, Piece, Turn, lines
from govlang.tools.document.paper import Paper


def redline(old: Paper, new: Paper, summary: Sequence[Line] = ()) -> bytes:
    """The changes from one paper to another."""
    before, after = lines(old), lines(new)
    indent = max(word.indent(before), word.indent(after))
    writer = xml.Writer(False, indent, word.stamp(new))
    inside = "".join((*map(writer.line, summary), *_body(writer, before, after, bool(summary))))
    first, second = word.frame(old), word.frame(new)
    around = replace(
        second, head=compared(first.head.line, second.head.line), foot=compared(first.foot.line, second.foot.line)
    )
    return word.package(inside, replace(around, title=f"{second.title}: changes"[:255]), writer)


def _body(writer: xml.Writer, old: Sequence[Item], new: Sequence[Item], summary: bool) -> Iterator[str]:
    for number, pair in enumerate(pairs(old, new)):
        match pair:
            case Pair(Turn()) | Pair(None, Turn()):
                if not writer.across:
                    yield word.turn()
                writer.across = True
            case Pair(Line() as before, Line() as after):
                yield writer.marked_line(
                    compared(before, replace(after, new_page=after.new_page or (summary and number == 0)))
                )
            case Pair(Line() as before, None):
                yield writer.marked_line(xml.plain(before, "del"))
            case Pair(None, Line() as after):
                yield writer.marked_line(xml.plain(after, "ins"))
            case Pair(Grid() as before, Grid() as after):
                yield _table(writer, before, after)
            case Pair(Grid() as before, None):
                yield writer.grid(before, change="del")
            case Pair(None, Grid() as after):
                yield writer.grid(after, change="ins")
    yield xml.section(writer.across, cover=not writer.across)


def compared(old: Line, new: Line) -> xml.Marked:
    """A line in which some words changed."""
    number = words((Piece(old.number),) if old.number else (), (Piece(new.number),) if new.number else ())
    return xml.Marked(new, words(old.pieces, new.pieces), "", number)


def _table(writer: xml.Writer, old: Grid, new: Grid) -> str:
    found: list[tuple[Sequence[xml.Marked], str]] = []
    for before, after in rows(old, new):
        if before is not None and after is not None:
            found.append(([compared(first, second) for first, second in zip(before, after, strict=True)], ""))
        elif before is not None:
            found.append(([xml.plain(cell, "del") for cell in before], "del"))
        elif after is not None:
            found.append(([xml.plain(cell, "ins") for cell in after], "ins"))
    head = [compared(first, second) for first, second in zip(old.head, new.head, strict=True)]
    return writer.grid(new, found, head)
