"""Documents as Markdown: whatever the words are, a reader of Markdown gives them back, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import blocks_made as made
import markdown as python_markdown
import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from govlang.report.document import markdown, values
from govlang.report.document.escape import plain
from govlang.report.document.markdown_runs import line
from govlang.tools.document import blocks as b

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
EXTENSIONS = ["tables", "fenced_code", "toc", "attr_list", "def_list", "admonition", "footnotes", "abbr", "md_in_html"]

TAGS = set("h1 h2 h3 h4 h5 h6 p ul ol li blockquote pre code strong em a table thead tbody tr th td".split())

Shape = list[Any]


def said(words: str) -> str:
    """Words as any page shows them."""
    return " ".join(plain(words).split())


# ---------------------------------------------------------------- what should be there


def expected(shown: Iterable[b.Block]) -> Shape:
    return [shape for block in shown for shape in _expected(block) if shape not in (["p", ""], ["code", []])]


def _expected(block: b.Block) -> Iterator[Any]:
    match block:
        case b.Heading(level, runs, _, number):
            yield ["h", level, said(f"{number} {b.text(runs)}")]
        case b.Paragraph(runs):
            yield ["p", said(b.text(runs))]
        case b.Listing(items, ordered):
            yield _list(items, ordered)
        case b.Table():
            yield ["p", said(block.title)]
            yield _table(block)
            yield ["p", said(b.text(block.note))]
        case b.Pairs(pairs):
            yield ["ul", [_pair(pair) for pair in pairs]]
        case b.Note():
            title = said(values.note_title(block))
            yield ["quote", ([["p", title]] if title else []) + expected(block.blocks)]
        case b.Quote(inner):
            yield ["quote", expected(inner)]
        case b.Source(text, _, title):
            yield ["p", said(title)]
            yield ["code", _code(text)]
        case b.Beside(left, right):
            yield from expected((*left, *right))
        case b.Signature():
            yield ["p", said(f"Signed for {values.signs_for(block)}")]
            for capacity, name in values.signed_by(block):
                given = zip(values.SIGNED, ("", name, capacity, ""), strict=True)
                yield ["ul", [[["p", said(f"{label}: {who or '.' * 40}")]] for label, who in given]]


def _list(items: Iterable[b.Item], ordered: bool) -> Any:
    return ["ol" if ordered else "ul", [_item(item) for item in items]]


def _item(item: b.Item) -> Any:
    words = said((f"{values.state(item.state)}: " if item.state else "") + b.text(item.runs))
    found: list[Any] = [["p", words]] if words else []
    return found + ([_list(item.items, item.ordered)] if item.items else [])


def _pair(pair: b.Pair) -> Any:
    if len(pair.blocks) == 1 and isinstance(pair.blocks[0], b.Paragraph):
        return [["p", said(f"{b.text(pair.term)}: {b.text(pair.blocks[0].runs)}")]]
    words = said(b.text(pair.term))
    return ([["p", words]] if words else []) + expected(pair.blocks)


def _table(table: b.Table) -> Any:
    rows = []
    group = ""
    for row in table.rows:
        if row.group and row.group != group:
            rows.append([said(row.group), *[""] * (len(table.columns) - 1)])
        group = row.group
        rows.append([said(b.text(cell.runs)) for cell in row.cells])
    return ["table", [said(column.title) for column in table.columns], rows]


def _code(text: str) -> list[str]:
    lines = [" ".join(plain(each).split()) for each in re.split("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text.strip("\n"))]
    return [each for each in lines if each]


# ---------------------------------------------------------------- what a reader sees


def read(text: str) -> Shape:
    tokens = READER.parse(text)
    everything = [*tokens, *(child for token in tokens for child in token.children or ())]
    assert not [token for token in everything if token.type in ("html_block", "html_inline", "image", "s_open", "hr")]
    return _read(SyntaxTreeNode(tokens).children)


def _read(nodes: Iterable[SyntaxTreeNode]) -> Shape:
    found = [shape for node in nodes for shape in _shape(node)]
    return [shape for shape in found if shape not in (["p", ""], ["code", []])]


def _shape(node: SyntaxTreeNode) -> Iterator[Any]:
    match node.type:
        case "heading":
            yield ["h", int(node.tag[1]), _words(node)]
        case "paragraph":
            yield ["p", _words(node)]
        case "bullet_list" | "ordered_list":
            yield ["ul" if node.type[0] == "b" else "ol", [_read(item.children) for item in node.children]]
        case "blockquote":
            yield ["quote", _read(node.children)]
        case "fence" | "code_block":
            yield ["code", [" ".join(each.split()) for each in node.content.splitlines() if each.strip()]]
        case "table":
            rows = [[_words(cell) for cell in row.children] for part in node.children for row in part.children]
            yield ["table", rows[0], rows[1:]]
        case _:
            raise AssertionError(node.type)


def _words(node: SyntaxTreeNode) -> str:
    return " ".join("".join(part.content for part in node.walk() if part.type in ("text", "code_inline")).split())


@settings(max_examples=400)
@given(made.pages)
@example((b.Listing((b.Item(made.plain("a")),)), b.Listing((b.Item(made.plain("b")),))))
@example(made.EVERY[:4])
def test_a_reader_gives_the_words_back(shown: tuple[b.Block, ...]) -> None:
    assert read(markdown.blocks(shown, lambda page, anchor: f"{page}.md#{anchor}")) == expected(shown)


@pytest.mark.parametrize("words", made.HOSTILE)
def test_no_words_are_markup_wherever_they_stand(words: str) -> None:
    runs = made.plain(words)
    shown: tuple[b.Block, ...] = (
        b.Heading(2, runs, ""), b.Paragraph(runs), b.Paragraph((b.Code(words), b.Strong(words), b.Emphasis(words))),
        b.Listing((b.Item(runs, (b.Item(runs),)),), True),
        b.Table("t", words, (b.Column(words, "a"), b.Column("B", "b")),
                (b.Row((b.Cell(runs), b.Cell((b.Code(words),))), "", words),)),
        b.Note("info", words, (b.Paragraph(runs), b.Source(words))), b.Source(words, "gov"),
        b.Pairs((b.Pair(runs, (b.Paragraph(runs), b.Source(words))),)),
    )  # fmt: skip
    text = markdown.blocks(shown)
    assert read(text) == expected(shown)
    assert seen(text) == words_of(expected(shown))


# ---------------------------------------------------------------- Python-Markdown reads it alike


class _Seen(HTMLParser):
    """The words of HTML, and its tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.words.append(" " if tag not in ("strong", "em", "code", "a") else "")
        assert not [name for name, _ in attrs if name.startswith("on")], attrs
        assert not [value for name, value in attrs if name == "href" and "javascript" in str(value).lower()], attrs

    def handle_endtag(self, tag: str) -> None:
        self.words.append(" " if tag not in ("strong", "em", "code", "a") else "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def seen(text: str) -> list[str]:
    parser = _Seen()
    parser.feed(python_markdown.markdown(text, extensions=EXTENSIONS))
    parser.close()
    assert parser.tags <= TAGS
    return "".join(parser.words).split()


def words_of(shapes: Shape) -> list[str]:
    return [word for shape in shapes for text in _texts(shape) for word in text.split()]


def _texts(shape: Any) -> Iterator[str]:
    match shape:
        case ["h", _, words] | ["p", words]:
            yield words
        case ["code", lines]:
            yield from lines
        case ["table", head, rows]:
            yield from (cell for row in [head, *rows] for cell in row)
        case ["quote", inner]:
            yield from (text for each in inner for text in _texts(each))
        case [_, items]:
            yield from (text for item in items for each in item for text in _texts(each))


@settings(max_examples=200)
@given(made.pages)
def test_python_markdown_reads_the_same_words(shown: tuple[b.Block, ...]) -> None:
    text = markdown.blocks(shown, lambda page, anchor: f"{page}.md#{anchor}")
    assert sorted(seen(text)) == sorted(words_of(expected(shown)))


# ---------------------------------------------------------------- single things


def test_what_stands_out_stands_out() -> None:
    runs = (b.Text("a "), b.Strong("b"), b.Text(" "), b.Emphasis(" c "), b.Text("("), b.Strong("[d]"), b.Text(")"))
    assert " ".join(line(runs).split()) == "a **b** *c* (**\\[d\\]**)"


def test_emphasis_that_no_reader_would_see_is_left_out() -> None:
    """Between letters, what begins with a sign is not read as emphasis: its asterisks would be shown."""
    assert line((b.Text("a"), b.Strong("(b)"), b.Text("c"))) == "a(b)c"
    assert line((b.Strong("a"), b.Emphasis("b"))) == "a*b*"


def test_links_lead_where_they_are_told_to() -> None:
    cite = b.Cite(made.CITATION, "clause 4.2 (Quorum)", "agreement", "clause-4-2")
    assert line((cite,), lambda page, anchor: f"{page}.md#{anchor}") == "[clause 4.2 (Quorum)](agreement.md#clause-4-2)"
    assert line((cite,)) == "clause 4.2 (Quorum)"
    assert line((b.Link("x", address="javascript:alert(1)"),)) == "x"
    assert line((b.Link("x", address="https://example.org/a(b)?c=1&d=2"),)) == "[x](https://example.org/a%28b%29?c=1&amp;d=2)"


def test_a_summary_says_that_it_is_no_part_of_the_agreement() -> None:
    assert "not part of the agreement" in markdown.blocks((b.Note("summary", "", ()),))
    assert "not part of the agreement" in markdown.blocks((b.Note("summary", "In short", ()),))


def test_pictures_stand_as_words() -> None:
    text = markdown.blocks(made.EVERY)
    assert "From start to end." in text
    assert "1.  Start → End &lt;b>: within 5 days" in text
    assert "| 2027" in text
    assert "| no data |" in text.replace("  ", " ")
    assert "| 80% |" in " ".join(text.split())


def test_a_hundred_entries_keep_what_stands_under_them() -> None:
    items = tuple(b.Item(made.plain(f"entry {n}"), (b.Item(made.plain("inner")),)) for n in range(120))
    shown = (b.Listing(items, True),)
    assert read(markdown.blocks(shown)) == expected(shown)


def test_links_inside_one_text_lead_to_headings_that_all_readers_name_alike() -> None:
    odd, twice = b.Heading(2, made.plain("Bänke & Zeit"), "odd"), b.Heading(2, made.plain("Same"), "same")
    again = b.Heading(2, made.plain("Same"), "same-2")
    links = tuple(b.Link(anchor, "first", anchor) for anchor in ("clause-4-2", "odd", "same"))
    found = made.document((b.Paragraph(links), b.Heading(2, made.plain("Quorum"), "clause-4-2", "4.2"), odd, twice, again))
    text = markdown.document(found)
    assert "[clause-4-2](#42-quorum)oddsame" in text
    html = python_markdown.markdown(text, extensions=["toc"])
    assert 'id="42-quorum"' in html


def test_a_page_has_its_title_and_a_document_its_source() -> None:
    found = made.document()
    assert markdown.page(found.pages[0]).startswith("# Page first\n\nWhat it shows.\n\n## 4.2 Quorum\n")
    text = markdown.document(found)
    assert text.startswith("# Aurora\n\nAn alliance.\n\n## Page first\n")
    assert text.endswith(f"*Version 2, made from aurora.gov.md. SHA-256 of the text: {found.text_hash}.*\n")
