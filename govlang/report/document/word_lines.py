"""A paper as lines of Word: paragraphs and tables one below the other, each with the name of its style.

In: a `Paper`. Out: `Line`s and `Grid`s. Word documents and comparisons of two of them are both made of these, so that both say
the same. Every character is one that XML can hold; nothing here is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from govlang.frozen import dataclass, replace
from govlang.report.document import escape, values
from govlang.report.document.word_styles import DEEPEST_LIST, HEADINGS, entry_style
from govlang.source import Citation
from govlang.tools.document import blocks as b
from govlang.tools.document.paper import Paper, Part

_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
SMALL = 9  # a box of so many lines is not broken over two pages
WIDE = 5  # a table of more columns than this is printed on a page laid across


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one look: strong, emphasised, code or none. `target` is the bookmark whose words these are: a cross-reference."""

    text: str
    look: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `anchor` is where references to a heading go, `number` its clause number, and `depth` (from 1) says that it
    is a heading. `entry` (from 1) says that it is an entry of the list of contents, `new_page` that it begins a page, `keep` that
    it stays with the line behind it."""

    style: str
    pieces: tuple[Piece, ...]
    anchor: str = ""
    number: str = ""
    depth: int = 0
    entry: int = 0
    new_page: bool = False
    keep: bool = False

    def words(self) -> str:
        """What stands in it, with the number."""
        return f"{self.number}\t{self.said()}" if self.number else self.said()

    def said(self) -> str:
        """What stands in it."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a heading over each column; its title and its note are lines before and after it. A row of one cell is the word
    under which the rows behind it stand together."""

    key: str
    title: str
    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    numbers: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on the pages lie across."""


Item = Line | Grid | Turn


def bookmark(kind: str, anchor: str) -> str:
    """The name of a bookmark: letters, digits and underscores, 40 at the most."""
    name = f"{kind}_{''.join(char if char.isascii() and char.isalnum() else '_' for char in anchor)}"
    if name == f"{kind}_{anchor.replace('-', '_')}" and len(name) <= 40:
        return name
    from govlang.source import sha256

    return f"{name[:29]}_{sha256(anchor)[:10]}"


def clean(words: str) -> str:
    """Words in characters that XML can hold, on one line."""
    return escape.plain(" ".join(words.split("\n")) if "\n" in words else words).replace("\t", " ")


# ---------------------------------------------------------------- a paper


def lines(paper: Paper) -> tuple[Item, ...]:
    """A paper from its title to its last page."""
    return tuple(_Flat(paper).all())


class _Flat:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.above = ""  # the words of the heading right above
        self.known = {block.anchor for part in paper.parts for block in part.blocks if isinstance(block, b.Heading)}

    def all(self) -> Iterator[Item]:
        for part in self.paper.parts:
            if part.kind == "front":
                yield from self.front(part)
                yield from self.contents()
        turned = False
        for part in self.paper.parts:
            if part.kind != "front":
                turns = not turned and part.kind == "schedule" and _wide(part)
                if turns:
                    turned = True
                    yield Turn()
                for place, item in enumerate(self.blocks(part.blocks)):
                    begins = place == 0 and not turns and isinstance(item, Line)
                    yield replace(item, new_page=True) if begins else item
        made = f"Made from {clean(self.paper.source)}"
        yield Line("Colophon", (Piece(f"{made}. SHA-256 of the text: {self.paper.text_hash}."),))

    def front(self, part: Part) -> Iterator[Item]:
        yield Line("Title", (Piece(clean(self.paper.title)),))
        if self.paper.text:
            yield Line("Subtitle", (Piece(clean(self.paper.text)),))
        for block in part.blocks:
            match block:
                case b.Listing(items):
                    for number, item in enumerate(items, start=1):
                        yield Line("FrontList", (Piece(f"({number})\t"), *self.runs(item.runs)))
                case b.Pairs(pairs):
                    for pair in pairs:
                        said = [
                            piece
                            for inner in pair.blocks
                            if isinstance(inner, b.Paragraph)
                            for piece in self.runs(inner.runs)
                        ]
                        yield Line("FrontFacts", (*self.runs(pair.term), Piece("\t"), *said))
                case b.Paragraph(runs):
                    yield Line("FrontText", self.runs(runs))
                case _:
                    yield from self.blocks((block,))

    def contents(self) -> Iterator[Item]:
        headings = self.paper.headings()
        if not headings:
            return
        yield Line("TOCHeading", (Piece("Contents"),))
        for heading in headings:
            depth = heading.level - 1
            said = tuple(Piece(clean(run.text)) for run in heading.runs)
            yield Line(f"TOC{depth}", said, heading.anchor, clean(heading.number), entry=depth)

    # ------------------------------------------------------------ blocks

    def blocks(self, blocks: Iterable[b.Block], style: str = "BodyText") -> Iterator[Item]:
        listed = tuple(blocks)
        for block, after in zip_longest(listed, listed[1:]):
            yield from self.block(block, style)
            self.above = b.text(block.runs) if isinstance(block, b.Heading) else ""
            if isinstance(block, b.Note) and after is not None and not isinstance(after, b.Heading):
                yield Line("AfterBox", ())

    def block(self, block: b.Block, style: str) -> Iterator[Item]:
        match block:
            case b.Heading():
                depth = min(max(block.level - 1, 1), HEADINGS)
                yield Line(f"Heading{depth}", self.runs(block.runs), block.anchor, clean(block.number), depth)
            case b.Paragraph(runs):
                yield Line(style, self.runs(runs))
            case b.Listing(items, ordered):
                yield from self.entries(items, ordered, 1, style)
            case b.Table():
                yield from self.table(block)
            case b.Pairs(pairs):
                for pair in pairs:
                    yield from self.pair(pair)
            case b.Note(kind, title, inner):
                yield from self.box("Summary" if kind == "summary" else "Remark", title, inner)
            case b.Quote(inner):
                yield from self.blocks(inner, "Quote" if style == "BodyText" else style)
            case b.Source(text):
                for line in text.rstrip("\n").split("\n"):
                    yield Line("SourceLine", (Piece(clean(line)),))
            case b.Beside(left, right):
                yield from self.blocks((*left, *right), style)
            case b.Diagram() | b.Plot():
                yield from self.box("Remark", block.title, (b.Paragraph((b.Text(block.description),)),))
            case b.Signature():
                yield from self.signature(block)

    def entries(self, items: Iterable[b.Item], ordered: bool, depth: int, style: str) -> Iterator[Item]:
        boxed = style in ("Summary", "Remark")
        deep = min(depth, DEEPEST_LIST)
        for number, item in enumerate(items, start=1):
            runs, keep = self.runs(item.runs), bool(item.items)
            if boxed:
                counted = (Piece(f"{number}. "),) if ordered else ()
                yield Line(entry_style(style, deep), (*counted, *runs), keep=keep)
            elif ordered:
                yield Line(entry_style("ListNumber", deep), (Piece(f"{_number(number, depth)}\t"), *runs), keep=keep)
            else:
                yield Line(entry_style("ListBullet", deep), runs, keep=keep)
            yield from self.entries(item.items, item.ordered, depth + 1, style)

    def table(self, table: b.Table) -> Iterator[Item]:
        own = table.key.startswith("text-table-")  # a table of the prose has no title of its own
        if table.title != self.above and not own:
            yield Line("Caption", (Piece(clean(table.title)),), table.key)
        head = tuple(Line("TableHead", (Piece(clean(column.title)),)) for column in table.columns)
        rows = tuple(self.rows(table))
        numbers = tuple(column.kind in ("number", "money", "share") for column in table.columns)
        yield Grid(table.key, clean(table.title), head, rows, numbers)
        yield Line("TableNote", self.runs(table.note))

    def rows(self, table: b.Table) -> Iterator[tuple[Line, ...]]:
        """The rows; what stands together under one word stands under a row with that word."""
        group = ""
        for row in table.rows:
            if row.group and row.group != group:
                yield (Line("TableHead", (Piece(clean(row.group)),)),)
            group = row.group
            yield tuple(Line("TableText", self.runs(cell.runs)) for cell in row.cells)

    def pair(self, pair: b.Pair) -> Iterator[Item]:
        term = Piece(f"“{clean(b.text(pair.term))}”", "strong")
        first, *rest = pair.blocks or (b.Paragraph(()),)
        if isinstance(first, b.Paragraph):
            yield Line("Definition", (term, Piece(": "), *self.runs(first.runs)), pair.anchor)
        else:
            yield Line("Definition", (term,), pair.anchor)
            rest = [first, *rest]
        yield from self.blocks(rest)

    def box(self, kind: str, title: str, inner: Iterable[b.Block]) -> Iterator[Item]:
        head = (Line(f"{kind}Title", (Piece(clean(title)),)),) if title else ()
        said = (*head, *self.blocks(inner, kind))
        for place, item in enumerate(said, start=1):
            small = place < len(said) <= SMALL and isinstance(item, Line)
            yield replace(item, keep=True) if small else item

    def signature(self, block: b.Signature) -> Iterator[Item]:
        yield Line("SignatureParty", (Piece("Signed for "), Piece(clean(values.signs_for(block)), "strong")))
        for role, name in values.signed_by(block):
            for label, given in zip(values.SIGNED, ("", name, role, ""), strict=True):
                yield Line("SignatureLine", (Piece(f"{label}:\t{clean(given) or chr(9)}"),))
        yield Line("SignatureEnd", ())

    # ------------------------------------------------------------ runs

    def runs(self, runs: b.Runs) -> tuple[Piece, ...]:
        return tuple(piece for run in runs for piece in self.run(run) if piece.text)

    def run(self, run: b.Run) -> Iterator[Piece]:
        match run:
            case b.Strong(words):
                yield Piece(clean(words), "strong")
            case b.Emphasis(words):
                yield Piece(clean(words), "emphasis")
            case b.Code(words):
                yield Piece(clean(words), "code")
            case b.Cite(citation, words, _, anchor) if anchor in self.known:
                yield from _reference(citation, clean(words), anchor)
            case b.Link(words, _, _, address) if address and address != words:
                yield Piece(f"{clean(words)} ({clean(address)})")
            case _:
                yield Piece(clean(run.text))


def _number(number: int, depth: int) -> str:
    """The number of an entry of a list: 1., under it (a), under that (i)."""
    if depth == 2 and number <= 26:
        return f"({chr(96 + number)})"
    if depth == 3 and number < 40:
        return f"({'x' * (number // 10)}{_ROMAN[number % 10]})"
    return f"{number}." if depth < 2 else f"({number})"


def _wide(part: Part) -> bool:
    return any(isinstance(block, b.Table) and len(block.columns) > WIDE for block in part.blocks)


def _reference(citation: Citation, words: str, anchor: str) -> Iterator[Piece]:
    """A reference: the number of the clause (its words, if it has no number) is what Word keeps up to date."""
    for kind, named in (("n", clean(citation.number)), ("t", clean(citation.title))):
        at = words.find(named) if named else -1
        if at >= 0:
            yield Piece(words[:at])
            yield Piece(named, "", bookmark(kind, anchor))
            yield Piece(words[at + len(named) :])
            return
    yield Piece(words)
