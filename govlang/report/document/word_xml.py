"""The XML of Word for lines: paragraphs, tables, cross-references, bookmarks, and changes that can be accepted or rejected.

In: lines, or lines with what was put in and taken out. Out: XML text. Names and order of elements are those of the schema, since
Word refuses a file in which they are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from govlang.frozen import dataclass
from govlang.report.document.word_lines import Grid, Line, Piece, bookmark
from govlang.report.document.word_styles import (
    BULLETED,
    BULLETS,
    LANDSCAPE_WIDTH,
    LONG,
    MARGIN,
    NARROW,
    PORTRAIT_WIDTH,
    SHORT,
    paragraph,
)

AUTHOR = "govlang"
_LOOKS = {"strong": "StrongWords", "emphasis": "Emphasised", "code": "CodeWords"}
CHARACTER = 92  # the width of a letter in a table


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece and what became of it: kept (empty), ins or del."""

    piece: Piece
    change: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A line as it is printed. `change` is that of the whole paragraph: its mark goes with it."""

    line: Line
    bits: tuple[Bit, ...]
    change: str = ""
    number: tuple[Bit, ...] = ()


def plain(line: Line, change: str = "") -> Marked:
    """A line with nothing changed in it, or changed as a whole."""
    number = (Bit(Piece(line.number), change),) if line.number else ()
    return Marked(line, tuple(Bit(piece, change) for piece in line.pieces), change, number)


class Writer:
    """Writes the XML of one document. `numbered` says that Word counts the clauses, `indent` how far the text stands in; `day`
    dates the changes."""

    def __init__(self, numbered: bool, indent: int, day: str) -> None:
        self.numbered, self.indent, self.day = numbered, indent, day
        self.last = 0
        self.across = False  # whether the pages lie across by now
        self.marked: set[str] = set()

    # ------------------------------------------------------------ paragraphs

    def line(self, line: Line) -> str:
        """A paragraph in which nothing changes."""
        return self.marked_line(plain(line))

    def marked_line(self, shown: Marked, before: str = "", after: str = "") -> str:
        """A paragraph; `before` and `after` are XML put inside it at its ends."""
        line = shown.line
        inside = self._heading(shown) if line.depth or line.entry else self.bits(shown.bits)
        if line.anchor and not line.depth and not line.entry and shown.change != "del":
            inside = self._bookmarked("t", line.anchor, inside)
        if (
            line.entry
            and line.anchor
            and not shown.change
            and not any(bit.change for bit in (*shown.number, *shown.bits))
        ):
            inside = f'<w:hyperlink w:anchor="{bookmark("t", line.anchor)}" w:history="1">{inside}</w:hyperlink>'
        return f"<w:p>{self._properties(shown)}{before}{inside}{after}</w:p>"

    def _properties(self, shown: Marked) -> str:
        line = shown.line
        direct = ""
        if line.new_page or line.keep or line.style in BULLETED or (line.depth and not line.number):
            entry = BULLETED.get(line.style)
            counted = (BULLETS, entry.depth - 1) if entry is not None else None
            counted = (0, 0) if self.numbered and line.depth and not line.number else counted
            left, hanging = entry.inset(self.indent) if entry is not None else (-1, 0)
            left = 0 if line.depth and not line.number else left
            direct = paragraph(keep=line.keep, new_page=line.new_page, counted=counted, left=left, hanging=hanging)
        mark = f"<w:rPr>{self.change(shown.change)}</w:rPr>" if shown.change else ""
        return f'<w:pPr><w:pStyle w:val="{line.style}"/>{direct}{mark}</w:pPr>'

    def _heading(self, shown: Marked) -> str:
        """A number and words; both can be referred to."""
        line = shown.line
        refer = bool(line.depth and line.anchor) and shown.change != "del"
        said = self.bits(shown.bits)
        said = self._bookmarked("t", line.anchor, said) if refer else said
        if not shown.number:
            return said
        if self.numbered and line.depth:
            return self._bookmarked("n", line.anchor, said) if refer else said
        number = self.bits(shown.number)
        kinds = {bit.change for bit in shown.number}
        tab = self.bits((Bit(Piece("\t"), kinds.pop() if len(kinds) == 1 else ""),))
        return (self._bookmarked("n", line.anchor, number) if refer else number) + tab + said

    def _bookmarked(self, kind: str, anchor: str, inside: str) -> str:
        name = bookmark(kind, anchor)
        if name in self.marked:
            return inside
        self.marked.add(name)
        key = self._key()
        return f'<w:bookmarkStart w:id="{key}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{key}"/>'

    def _key(self) -> int:
        self.last += 1
        return self.last

    # ------------------------------------------------------------ what stands in a line

    def bits(self, bits: Iterable[Bit]) -> str:
        """Runs; neighbours that were changed alike stand in one change."""
        found: list[str] = []
        open_change = ""
        for bit in bits:
            if not bit.piece.text:
                continue
            if bit.change != open_change:
                found.append(f"</w:{open_change}>" if open_change else "")
                found.append(self.change(bit.change, closed=False) if bit.change else "")
                open_change = bit.change
            found.append(self._piece(bit.piece, bit.change))
        found.append(f"</w:{open_change}>" if open_change else "")
        return "".join(found)

    def change(self, kind: str, closed: bool = True) -> str:
        """The tag of a change."""
        end = "/>" if closed else ">"
        return f'<w:{kind} w:id="{self._key()}" w:author="{AUTHOR}" w:date="{self.day}"{end}'

    def _piece(self, piece: Piece, change: str) -> str:
        look = f'<w:rPr><w:rStyle w:val="{_LOOKS[piece.look]}"/></w:rPr>' if piece.look else ""
        words = f"<w:r>{look}{_text(piece.text, 'w:delText' if change == 'del' else 'w:t')}</w:r>"
        if not piece.target or change == "del":
            return words  # words that go need no field to keep them up to date
        by_number = "\\w " if self.numbered and piece.target.startswith("n_") else ""
        return field(f"REF {piece.target} {by_number}\\h", words)

    # ------------------------------------------------------------ tables

    def grid(
        self,
        grid: Grid,
        rows: Sequence[tuple[Sequence[Marked], str]] | None = None,
        head: Sequence[Marked] | None = None,
        change: str = "",
    ) -> str:
        """A table; its head is repeated on every page and no row is split. `rows` are cells and the change of the whole row, if not
        all rows stay (or, with `change`, come or go) as they are."""
        widths = columns(grid, LANDSCAPE_WIDTH if self.across else PORTRAIT_WIDTH)
        properties = (
            f'<w:tblPr><w:tblStyle w:val="Schedule"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"<w:tblCaption w:val={quoteattr(grid.title)}/></w:tblPr>"
        )
        spaced = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        shown = rows if rows is not None else [([plain(cell, change) for cell in row], change) for row in grid.rows]
        body = [self._row(head or [plain(cell, change) for cell in grid.head], widths, grid.numbers, change, head=True)]
        body += [self._row(cells, widths, grid.numbers, changed) for cells, changed in shown]
        return f"<w:tbl>{properties}<w:tblGrid>{spaced}</w:tblGrid>{''.join(body)}</w:tbl>"

    def _row(
        self, cells: Sequence[Marked], widths: Sequence[int], numbers: Sequence[bool], change: str, head: bool = False
    ) -> str:
        spanned = len(widths) if len(cells) == 1 else 1
        if spanned > 1:
            widths, numbers = [sum(widths)], [False]
        own = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + (self.change(change) if change else "")
        shown = (
            self._cell(cell, width, number, spanned) for cell, width, number in zip(cells, widths, numbers, strict=True)
        )
        return f"<w:tr><w:trPr>{own}</w:trPr>{''.join(shown)}</w:tr>"

    def _cell(self, shown: Marked, width: int, number: bool, spanned: int) -> str:
        aligned = '<w:jc w:val="right"/>' if number else ""
        properties = f'<w:pPr><w:pStyle w:val="{shown.line.style}"/>{aligned}</w:pPr>'
        span = f'<w:gridSpan w:val="{spanned}"/>' if spanned > 1 else ""
        inside = self.bits(shown.bits)
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr><w:p>{properties}{inside}</w:p></w:tc>'


def _text(words: str, tag: str) -> str:
    parts = [f'<{tag} xml:space="preserve">{escape(part)}</{tag}>' if part else "" for part in words.split("\t")]
    return "<w:tab/>".join(parts)


def field(code: str, shown: str) -> str:
    """A field and the words that stand for it until it is brought up to date."""
    return f"{sign('begin')}{instruction(code)}{sign('separate')}{shown}{sign('end')}"


def sign(kind: str) -> str:
    """Where a field begins, where its words begin, where it ends."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(code: str) -> str:
    """What a field shows."""
    return f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'


def columns(grid: Grid, width: int) -> list[int]:
    """How wide each column is: its longest word fits, and the rest goes where most is said."""
    full = [row for row in (grid.head, *grid.rows) if len(row) == len(grid.head)]
    cells = [[row[place].said() for row in full] for place in range(len(grid.head))]
    least = [
        CHARACTER * min(max((len(word) for text in column for word in text.split()), default=1), 16) + 200
        for column in cells
    ]
    wanted = [
        max(int(sum(len(text) for text in column) / len(column)), max(map(len, column)) // 3, 4) for column in cells
    ]
    if sum(least) >= width:
        found = [width * part // sum(least) for part in least]
    else:
        left, total = width - sum(least), sum(wanted)
        found = [part + left * share // total for part, share in zip(least, wanted, strict=True)]
    found[-1] += width - sum(found)
    return found


def section(across: bool, cover: bool = False) -> str:
    """The size of a page, and where its margins are. `cover`: its first page has a head and a foot of its own."""
    size = (
        f'<w:pgSz w:w="{LONG}" w:h="{SHORT}" w:orient="landscape"/>'
        if across
        else f'<w:pgSz w:w="{SHORT}" w:h="{LONG}"/>'
    )
    side = NARROW if across else MARGIN
    margins = (f'<w:pgMar w:top="{MARGIN}" w:right="{side}" w:bottom="{MARGIN}" w:left="{side}" w:header="709" w:footer="709" '
               'w:gutter="0"/>')  # fmt: skip
    return f'<w:sectPr><w:type w:val="nextPage"/>{size}{margins}{"<w:titlePg/>" if cover else ""}</w:sectPr>'
