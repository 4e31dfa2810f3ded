"""Blocks as Markdown: CommonMark and pipe tables, read alike by GitHub, Python-Markdown (MkDocs) and any other reader.

In: blocks, pages, and where links lead. Out: text that ends in a newline, in which nothing that an author wrote is markup (see
`markdown_runs`) and nothing is HTML. Pictures stand as their description, with their arrows or values as a list; tables and text
of the language may stand inside quotations and lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from govlang.frozen import dataclass, replace
from govlang.report.document.escape import plain
from govlang.report.document.markdown_places import within
from govlang.report.document.markdown_runs import Linker, begins, emphasised, line, nowhere, words
from govlang.report.document.values import SIGNED, arrow, note_title, point_table, signed_by, signs_for, state
from govlang.tools.document.blocks import (
    Beside,
    Block,
    Cell,
    Diagram,
    Document,
    Emphasis,
    Heading,
    Item,
    Listing,
    Note,
    Page,
    Pair,
    Pairs,
    Paragraph,
    Plot,
    Quote,
    Runs,
    Signature,
    Source,
    Strong,
    Table,
    Text,
)
from govlang.tools.document.paper import Paper

# Two lists or two quotations, one below the other, would be read as one; a space of its own keeps them apart.
_APART = "&nbsp;"
_WIDEST = 120  # a table that is no wider is set in columns, so that it can be read as it is
_INDENT = " " * 4
_BLANK = "." * 40


@dataclass(frozen=True, slots=True)
class _Place:
    """Where blocks stand: where links lead, how far headings move down, whether inside a list or a quotation."""

    link: Linker
    down: int = 0
    inside: bool = False


def page(shown: Page, link: Linker = nowhere) -> str:
    """A page under its title."""
    return _text(_page(shown, _Place(link)))


def document(found: Document, pages: Iterable[Page] | None = None) -> str:
    """A whole document (or some of its pages) in one text, every page under a heading; links lead to headings of the same text."""
    shown = tuple(found.pages if pages is None else pages)
    place = _Place(within(shown), 1)
    parts = [f"# {_plain(found.title)}", begins(_plain(found.text)), *(part for each in shown for part in _page(each, place))]
    return _text([*parts, _made(found.version, found.source, found.text_hash)])


def paper(found: Paper) -> str:
    """A paper in one text; links lead to its headings."""
    link = within([Page("", "", "", tuple(block for part in found.parts for block in part.blocks))])
    place = _Place(lambda page, anchor: link("", anchor))
    parts = [f"# {_plain(found.title)}", begins(_plain(found.text))]
    parts += _blocks((block for part in found.parts for block in part.blocks), place)
    return _text([*parts, _made(found.version, found.source, found.text_hash)])


def _plain(said: str) -> str:
    return line((Text(said),), cell=True)


def _made(version: str, source: str, text_hash: str) -> str:
    """The last line: from which text it was made."""
    of = f"Version {version}, made" if version else "Made"
    return line((Emphasis(f"{of} from {source}. SHA-256 of the text: {text_hash}."),))


def blocks(shown: Iterable[Block], link: Linker = nowhere, down: int = 0) -> str:
    """Blocks, their headings `down` levels lower."""
    return _text(_blocks(shown, _Place(link, down)))


def _text(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _page(shown: Page, place: _Place) -> list[str]:
    parts = [f"{'#' * (1 + place.down)} {_plain(shown.title)}", begins(_plain(shown.summary))]
    return parts + list(_blocks(shown.blocks, place))


# ---------------------------------------------------------------- blocks


def _blocks(shown: Iterable[Block], place: _Place) -> Iterator[str]:
    """Blocks as parts of a text, to be parted by an empty line."""
    before = ""
    for block in shown:
        for part in _block(block, place):
            if not part:
                continue
            kind = _kind(part)
            if kind and (kind == before or (kind, before) == ("code", "list")):
                yield _APART
            before = kind
            yield part


def _kind(part: str) -> str:
    """What a part may grow together with: a list, a quotation, text set in code."""
    if part.startswith("> "):
        return "quotation"
    if re.match(r"(-|\d+\.) ", part):
        return "list"
    return "code" if part.startswith(_INDENT) else ""


def _block(block: Block, place: _Place) -> Iterator[str]:
    match block:
        case Heading():
            yield _heading(block, place)
        case Paragraph(runs):
            yield line(runs, place.link)
        case Listing(items, ordered):
            yield _items(items, ordered, place)
        case Table():
            yield from _table(block, place)
        case Pairs(pairs):
            yield "\n".join(_pair(pair, place) for pair in pairs).rstrip("\n")
        case Note():
            yield _note(block, place)
        case Quote(inner):
            yield _quoted(_blocks(inner, replace(place, inside=True)))
        case Source(text, language, title):
            yield emphasised(title)
            yield _source(text, language, place) if text.strip() else ""
        case Beside(left, right):
            yield from _blocks((*left, *right), place)
        case Diagram() | Plot():
            yield from _picture(block, place)
        case Signature():
            yield from _signature(block)


def _heading(heading: Heading, place: _Place) -> str:
    number = f"{words(heading.number)} " if heading.number else ""
    said = line(heading.runs, place.link)
    return f"{'#' * min(heading.level + place.down, 6)} {number}{said}".rstrip()


def _items(items: Sequence[Item], ordered: bool, place: _Place) -> str:
    """A list; what stands under an entry is indented by four, which every reader takes for the same."""
    lines = []
    for number, item in enumerate(items, start=1):
        # Four columns hold no number of three digits; then every entry is numbered 1, and counted by the reader.
        mark = (f"{number if len(items) < 100 else 1}." if ordered else "-").ljust(4)
        lines.append(f"{mark}{_item(item, place) or _APART}")
        if item.items:
            lines.append(_indented(_items(item.items, item.ordered, place)))
    return "\n".join(lines)


def _item(item: Item, place: _Place) -> str:
    said: Runs = (Emphasis(state(item.state)), Text(": ")) if item.state else ()
    return line((*said, *item.runs), place.link)


def _pair(pair: Pair, place: _Place) -> str:
    """A term and what is said of it, as an entry of a list."""
    term: Runs = tuple(Strong(run.text) if isinstance(run, Text) else run for run in pair.term)
    if len(pair.blocks) == 1 and isinstance(pair.blocks[0], Paragraph):
        return f"-   {line((*term, Text(': '), *pair.blocks[0].runs), place.link)}"
    inner = [_indented(part) for part in _blocks(pair.blocks, replace(place, inside=True))]
    return "\n\n".join([f"-   {line(term, place.link) or _APART}", *inner]) + ("\n" if inner else "")


def _note(note: Note, place: _Place) -> str:
    return _quoted([emphasised(note_title(note)), *_blocks(note.blocks, replace(place, inside=True))])


def _quoted(parts: Iterable[str]) -> str:
    return "\n".join(f"> {each}".rstrip() for each in "\n\n".join(parts).split("\n"))


def _indented(text: str) -> str:
    return "\n".join(f"{_INDENT}{each}" if each else "" for each in text.split("\n"))


def _source(text: str, language: str, place: _Place) -> str:
    """Text of the language as it stands. Python-Markdown reads no fence inside a list or a quotation, but indented text."""
    lines = [plain(each).expandtabs(4).rstrip() for each in re.split("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text.strip("\n"))]
    if place.inside:
        return _indented("\n".join(lines))
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{re.sub(r'[^a-z0-9]', '', language)}", *lines, fence])


def _picture(picture: Diagram | Plot, place: _Place) -> Iterator[str]:
    yield emphasised(picture.title)
    yield line((Text(picture.description),))
    if isinstance(picture, Plot):
        yield from _table(point_table(picture), place)
    elif picture.arrows:
        yield _items(tuple(Item((Text(arrow(picture, each)),)) for each in picture.arrows), True, place)


def _signature(signature: Signature) -> Iterator[str]:
    yield line((Text("Signed for "), Strong(signs_for(signature))))
    for capacity, name in signed_by(signature):
        given = zip(SIGNED, ("", name, capacity, ""), strict=True)
        said = (Item((Text(f"{label}: {known or _BLANK}"),)) for label, known in given)
        yield _items(tuple(said), False, _Place(nowhere))


# ---------------------------------------------------------------- tables


def _table(table: Table, place: _Place) -> Iterator[str]:
    yield emphasised(table.title)
    head = [line((Text(column.title),), cell=True) for column in table.columns]
    rows: list[list[str]] = []
    group = ""
    for row in table.rows:
        if row.group and row.group != group:
            rows.append([emphasised(row.group), *[""] * (len(head) - 1)])
        group = row.group
        rows.append([_cell(cell, place) for cell in row.cells] + [""] * (len(head) - len(row.cells)))
    right = [column.kind in ("number", "money", "share") for column in table.columns]
    yield "\n".join(_rows(head, rows, right))
    yield line(table.note, place.link)


def _cell(cell: Cell, place: _Place) -> str:
    return line(cell.runs, place.link, cell=True)


def _rows(head: list[str], rows: list[list[str]], right: list[bool]) -> Iterator[str]:
    """A table in columns where there is room for them."""
    widths = [max(3, *(len(row[at]) for row in [head, *rows])) for at in range(len(head))]
    if sum(widths) + 3 * len(widths) > _WIDEST:
        widths = [3] * len(widths)
    for at, row in enumerate([head, *rows]):
        cells = [text.rjust(width) if end else text.ljust(width) for text, width, end in zip(row, widths, right, strict=True)]
        yield f"| {' | '.join(cells)} |"
        if at == 0:
            yield f"| {' | '.join('-' * (width - end) + ':' * end for width, end in zip(widths, right, strict=True))} |"
