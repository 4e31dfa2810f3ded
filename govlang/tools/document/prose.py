"""The prose of an agreement, written in Markdown, as blocks.

In: Markdown. Out: blocks of runs in which defined terms and clause numbers are linked. HTML is no markup here: it stays text, as
do links to anything but the web and mail addresses; a picture becomes its words. Needs `markdown-it-py`, which is loaded when the
first prose is read. Raises MissingExtra.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from govlang.diagnostics import MissingExtra
from govlang.tools.document.blocks import (
    Block,
    Cell,
    Code,
    Column,
    Emphasis,
    Item,
    Link,
    Listing,
    Paragraph,
    Quote,
    Row,
    Run,
    Runs,
    Source,
    Strong,
    Table,
    Text,
)
from govlang.tools.document.links import Links, slug

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode as Node
else:
    Node = Any

DEEPEST = 24  # lists in lists in quotes; what is deeper is shown as it is written
_SCHEMES = ("https://", "http://", "mailto:")
_LANGUAGES = ("gov", "minutes", "json")
# What a line opens with that stands inside so many lists and quotes.
_DEEP = re.compile(rf"^(?:[ \t]*(?:[>*+-]|\d+[.)])){{{DEEPEST}}}|^[ \t]{{{2 * DEEPEST}}}", re.MULTILINE)
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]+\]:.*$", re.MULTILINE)
_FRONT = re.compile(r"\A---[ \t]*\n.*?^---[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)


class Prose:
    """Reads the prose of one document. Its tables get keys by their order."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.tables = 0
        self.begins = 0  # where the file begins whose prose is read: its clause numbers are its own
        self.definitions: dict[str, Any] = {}

    @cached_property
    def parser(self) -> MarkdownIt:
        """The reader of Markdown: no HTML; tables, but nothing else that only some dialects know."""
        try:
            from markdown_it import MarkdownIt
        except ImportError as error:
            raise MissingExtra("docs", "a document with the prose of an agreement") from error
        return MarkdownIt("commonmark", {"html": False, "maxNesting": 4 * DEEPEST}).enable("table")

    def open(self, text: str, begins: int) -> None:
        """Begins with a file. The addresses that it keeps at its end (`[name]: https://...`) hold for all of its prose."""
        self.begins, self.definitions = begins, {}
        if lines := _REFERENCE.findall(text):
            self.parser.parse("\n\n".join(lines), self.definitions)

    def blocks(self, text: str, title: str = "") -> tuple[Block, ...]:
        """A stretch of prose; `title` is what a table in it is called."""
        if not text.strip():
            return ()
        if _DEEP.search(text):
            return tuple(Paragraph((Text(" ".join(part.split())),)) for part in re.split(r"\n\s*\n", text) if part.strip())
        tokens = self.parser.parse(text, self.definitions)
        from markdown_it.tree import SyntaxTreeNode

        return tuple(self._blocks(SyntaxTreeNode(tokens).children, title))

    def opening(self, text: str) -> tuple[Block, ...]:
        """What stands above the first heading of a file; the settings of a site, if it begins with them, are no prose."""
        front = _FRONT.match(text)
        if front is None:
            return self.blocks(text)
        return (Source(front.group().strip(), title="Settings of this page"), *self.blocks(text[front.end() :]))

    # ------------------------------------------------------------ blocks

    def _blocks(self, nodes: Iterable[Node], title: str) -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "paragraph":
                    yield Paragraph(self.runs(node))
                case "heading":
                    yield Paragraph(tuple(_strong(self.runs(node))))
                case "bullet_list" | "ordered_list":
                    yield self._list(node, title)
                case "blockquote":
                    yield Quote(tuple(self._blocks(node.children, title)))
                case "fence" | "code_block":
                    word = node.info.split()[0] if node.info.split() else ""
                    yield Source(node.content.rstrip("\n"), word if word in _LANGUAGES else "")
                case "table":
                    yield self._table(node, title)
                case _:  # a line across the page says nothing
                    pass

    def _list(self, node: Node, title: str) -> Listing:
        """A list. One that does not begin with 1 carries its numbers as words: they may be cited."""
        first = _first(node)
        ordered = node.type == "ordered_list"
        items = [self._item(child, title) for child in node.children]
        return Listing(tuple(_numbered(items, first)), False) if ordered and first != 1 else Listing(tuple(items), ordered)

    def _item(self, node: Node, title: str) -> Item:
        """An entry: its first paragraph, then all else under it, one entry a block."""
        runs: Runs = ()
        items: list[Item] = []
        ordered = False
        for block in self._blocks(node.children, title):
            match block:
                case Paragraph(said) if not runs and not items:
                    runs = said
                case Listing(inner, numbered):
                    ordered = numbered and not items
                    items.extend(_numbered(inner, 1) if numbered and items else inner)
                case _:
                    items.extend(_as_items(block))
        return Item(runs, tuple(items), ordered=ordered)

    def _table(self, node: Node, title: str) -> Table:
        self.tables += 1
        rows = [[self.runs(cell) for cell in row.children] for part in node.children for row in part.children]
        columns: list[Column] = []
        for number, heading in enumerate(rows[0], 1):
            words = "".join(run.text for run in heading)
            key = slug(words) if words.strip() else f"column-{number}"
            taken = {column.key for column in columns}
            columns.append(Column(words, key if key not in taken else f"{key}-{number}"))
        lines = tuple(Row(tuple(Cell(runs) for runs in row)) for row in rows[1:])
        return Table(f"text-table-{self.tables}", title, tuple(columns), lines)

    # ------------------------------------------------------------ runs

    def runs(self, node: Node) -> Runs:
        """The words of a paragraph, a cell or a heading, with terms and clauses linked where the words stand by themselves."""
        found: list[Run] = []
        for kind, words in _merged(_words(node, "", "")):
            match kind:
                case "":
                    found.extend(self.links.runs(words, self.begins))
                case "strong":
                    found.append(Strong(words))
                case "em":
                    found.append(Emphasis(words))
                case "code":
                    found.append(Code(words))
                case address:
                    found.append(Link(words, address=address))
        return tuple(found)


def _words(node: Node, style: str, address: str) -> Iterator[tuple[str, str]]:
    """Pieces of a line: each with its style (or the address that it links to). Strong inside italics is strong."""
    for child in node.children:
        match child.type:
            case "inline" | "s":
                yield from _words(child, style, address)
            case "em" | "strong":
                yield from _words(child, "strong" if style == "strong" else child.type, address)
            case "link":
                target = str(child.attrs.get("href", ""))
                yield from _words(child, style, target if target.lower().startswith(_SCHEMES) else "")
            case "code_inline":
                yield address or "code", child.content
            case "softbreak":
                yield address or style, " "
            case "hardbreak":
                yield address or style, "\n"
            case "image":
                yield from _words(child, style, address)
            case _:
                yield address or style, child.content


def _merged(pieces: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pieces of one style that follow each other as one, so that a term broken over two lines is found."""
    last, words = "", ""
    for kind, said in pieces:
        if kind == last:
            words += said
            continue
        if words:
            yield last, words
        last, words = kind, said
    if words:
        yield last, words


def _strong(runs: Runs) -> Iterator[Run]:
    for run in runs:
        yield Strong(run.text) if isinstance(run, Text | Emphasis) else run


def _first(node: Node) -> int:
    start = node.attrs.get("start", 1)
    return int(start) if str(start).isdecimal() else 1


def _numbered(items: Iterable[Item], first: int) -> Iterator[Item]:
    """Entries with their numbers as words."""
    for number, item in enumerate(items, first):
        yield Item((Text(f"{number}. "), *item.runs), item.items, ordered=item.ordered)


def _as_items(block: Block) -> Iterator[Item]:
    """What stands in a list and is no paragraph, as entries of it: an output shows lists in lists, and nothing else in them."""
    match block:
        case Paragraph(runs):
            yield Item(runs)
        case Listing(items, ordered):
            yield from _numbered(items, 1) if ordered else items
        case Quote(blocks):
            for inner in blocks:
                yield from _as_items(inner)
        case Source(text):
            yield Item((Code(text),))
        case Table(columns=columns, rows=rows):
            for row in rows:
                said: list[Run] = []
                for column, cell in zip(columns, row.cells, strict=True):
                    said += [Text("; " if said else ""), Text(f"{column.title}: " if column.title else ""), *cell.runs]
                yield Item(tuple(run for run in said if run.text))
        case _:
            pass
