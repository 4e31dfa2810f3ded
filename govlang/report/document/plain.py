"""A page as plain text: for the minute book, a letter, a mail. Lines of at most 78 characters; no markup at all.

In: a page or blocks. Out: text. Control characters are left out, so that nothing in a name can move the cursor of a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import assert_never

from govlang.report.text import safe
from govlang.tools.document import blocks as b

WIDTH = 78


def page(of: b.Page, title: bool = True) -> str:
    """A page, with its title underlined."""
    head = [*_lines(of.title, ""), "=" * min(WIDTH, len(safe(of.title))), ""] if title else []
    return "\n".join([*head, *_blocks(of.blocks)]).rstrip() + "\n"


def _blocks(found: Iterable[b.Block], indent: str = "") -> Iterator[str]:
    for block in found:
        yield from _block(block, indent)
        yield ""


def _block(block: b.Block, indent: str) -> Iterator[str]:
    match block:
        case b.Heading():
            number = f"{block.number} " if block.number else ""
            said = f"{number}{b.text(block.runs)}"
            yield from _lines(said, indent)
            yield indent + "-" * min(WIDTH - len(indent), len(safe(said)))
        case b.Paragraph():
            yield from _lines(b.text(block.runs), indent)
        case b.Listing():
            yield from _items(block.items, indent, block.ordered)
        case b.Table():
            yield from _table(block, indent)
        case b.Pairs():
            for pair in block.pairs:
                yield from _lines(b.text(pair.term), indent)
                yield from _trimmed(_blocks(pair.blocks, indent + "    "))
        case b.Note():
            yield from _lines(f"[{block.title}]", indent)
            yield from _trimmed(_blocks(block.blocks, indent + "  "))
        case b.Quote():
            yield from _trimmed(_blocks(block.blocks, indent + "> "))
        case b.Source():
            yield from (f"{indent}    {safe(line)}".rstrip() for line in block.text.splitlines())
        case b.Beside():
            yield from _trimmed(_blocks((*block.left, *block.right), indent))
        case b.Diagram() | b.Plot():
            yield from _lines(f"{block.title}. {block.description}", indent)
        case b.Signature():
            yield from _signature(block, indent)
        case _:
            assert_never(block)


def _trimmed(lines: Iterable[str]) -> list[str]:
    found = list(lines)
    while found and not found[-1].strip():
        found.pop()
    return found


def _items(items: tuple[b.Item, ...], indent: str, ordered: bool) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        mark = f"{number}. " if ordered else "- "
        yield from _lines(b.text(item.runs), indent + mark, indent + " " * len(mark))
        yield from _items(item.items, indent + " " * len(mark), item.ordered)


def _table(table: b.Table, indent: str) -> Iterator[str]:
    """Each row as it is read aloud: its first cell, then the others by their headings. Columns would not fit into a letter."""
    yield from _lines(f"{table.title}:", indent)
    for row in table.rows:
        first, *rest = [b.text(cell.runs) for cell in row.cells]
        titles = [column.title for column in table.columns[1:]]
        said = "; ".join(f"{title.lower()}: {words}" for title, words in zip(titles, rest, strict=False) if words)
        yield from _lines(f"{first}: {said}" if said else first, f"{indent}- ", f"{indent}  ")
    if table.note:
        yield from _lines(b.text(table.note), indent)


def _signature(block: b.Signature, indent: str) -> Iterator[str]:
    yield from _lines(block.full_name or block.party, indent)
    for who in block.by or ("",):
        yield ""
        yield f"{indent}{'_' * 34}   {'_' * 20}"
        yield f"{indent}{safe(who) or 'Name':<34}   Date"


def _lines(words: str, indent: str, after: str = "") -> list[str]:
    said = " ".join(safe(words).split())
    rest = after or " " * len(indent) if not indent.strip(" >") else after
    return wrap(said, WIDTH, initial_indent=indent, subsequent_indent=rest or indent, break_long_words=True) or [indent.rstrip()]
