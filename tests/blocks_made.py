"""Documents made by hand and by chance, for tests of outputs: every kind of block, with words that would like to be markup."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from govlang.source import Citation
from govlang.tools.document import blocks as b

HOSTILE = (
    "<script>alert(1)</script>", "<!-- x", "<img src=x onerror=alert(1)>", "&copy; &#42; &amp;",
    "**not bold** _x_ *y*", "`code` ``", "[a](javascript:alert(1))", "![a](b)", "[^1] [TOC] [[x]]",
    "# heading", "1. one", "12) twelve", "- item", "+ item", "---", "===", "> quote", "| a | b |",
    "|---|---|", "    four spaces", "\ttab", "a\nb", "a\\", "\\*", "https://example.org/a?b=c&d=e",
    "www.example.org", "{{ config }}", "{% raw %}", "{: #id }", "$x$ and $$y$$", "~~gone~~", ":smile:",
    "!!! note", "=== tab", "=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "a;=1+1", "#strong[x] #import",
    "$ sum $", "@ref <label>", "\u202egnp.exe", "a\x07b\x00c\x1b[31m", "中文名字", "שלום", "مرحبا", "x" * 300,
    "Łódź Ünïcödé", "😀", "--8<-- file", "~~~", "```", "%PDF", "<b", "&lt;", "_", "*", "'", '"', "/// block",
    "? ", ": definition", "*[HTML]: abc", "[a]: http://x", "++ins++ ==mark== x^2^ H~2~O", "\ufeffx",
    "@lru_cache", "a  b", " lead", "trail ", "(c) -- ...", "\\(x\\) \\[y\\]", "2026. ", "9999999999. x",
    "</div>", "<?php", "]]>", "<a@b.c>",
)  # fmt: skip

LETTERS = "aB1 \\`*_{}[]()<>#+-.!|~^$=:/&;\"'@%?\né→\u202e\x07"
wild = st.one_of(st.sampled_from(HOSTILE), st.text(alphabet=LETTERS, max_size=12), st.text(max_size=8))
CITATION = Citation("a.gov", "4.2", "Quorum", ("4 Money", "4.2 Quorum"), "Prose.", 12, "quorum half")

_run = st.one_of(
    wild.map(b.Text), wild.map(b.Strong), wild.map(b.Emphasis), wild.map(b.Code),
    st.builds(lambda words: b.Term(words, words, "people", "party-x"), wild),
    st.builds(lambda words: b.Cite(CITATION, words, "agreement", "clause-4-2"), wild),
    st.builds(lambda words, address: b.Link(words, address=address), wild, wild),
)  # fmt: skip
runs = st.lists(_run, max_size=4).map(tuple)
_decimals = st.decimals(allow_nan=False, allow_infinity=False, places=2)
_value = st.one_of(st.none(), st.integers(), st.dates(), st.fractions(), _decimals)
cells = st.builds(b.Cell, runs, _value)


@st.composite
def tables(draw: st.DrawFn) -> b.Table:
    kinds = st.sampled_from(("text", "number", "date", "money", "share"))
    columns = tuple(
        b.Column(draw(wild), f"c{place}", draw(kinds)) for place in range(draw(st.integers(min_value=1, max_value=4)))
    )
    row = st.builds(
        lambda found, group: b.Row(tuple(found), "", group), st.lists(cells, min_size=len(columns), max_size=len(columns)),
        st.sampled_from(("", "", "Group", "<b>")),
    )  # fmt: skip
    return b.Table("t", draw(wild), columns, tuple(draw(st.lists(row, min_size=1, max_size=3))), draw(runs))


def _items(depth: int) -> st.SearchStrategy[tuple[b.Item, ...]]:
    inner = _items(depth - 1) if depth else st.just(())
    item = st.builds(b.Item, runs, inner, st.just(""), st.sampled_from(("", "met", "failed")), st.booleans())
    return st.lists(item, min_size=1, max_size=3).map(tuple)


_leaf = st.one_of(
    st.builds(b.Paragraph, runs),
    st.builds(b.Heading, st.integers(min_value=2, max_value=5), runs, st.just(""), st.sampled_from(("", "4.2", "*1*"))),
    st.builds(b.Listing, st.one_of(_items(0), _items(2)), st.booleans()),
    tables(),
    st.builds(b.Source, st.one_of(wild, st.lists(wild, max_size=3).map("\n".join)), st.sampled_from(("", "gov")), wild),
)  # fmt: skip
_some = st.lists(_leaf, max_size=2).map(tuple)
blocks = st.one_of(
    _leaf,
    st.builds(b.Note, st.sampled_from(("info", "warning", "error", "summary", "rule")), wild, _some),
    st.builds(b.Quote, _some),
    st.builds(lambda terms: b.Pairs(tuple(terms)), st.lists(st.builds(b.Pair, runs, _some), min_size=1, max_size=3)),
    st.builds(b.Beside, _some, _some),
    st.builds(lambda name, by: b.Signature(name, name, by, by), wild, st.lists(wild, max_size=2).map(tuple)),
)  # fmt: skip
pages = st.lists(blocks, max_size=5).map(tuple)


def plain(words: str) -> b.Runs:
    return (b.Text(words),)


def row(*words: str, group: str = "", anchor: str = "") -> b.Row:
    return b.Row(tuple(b.Cell(plain(each)) for each in words), anchor, group)


VALUES = b.Table(
    "values", "Values: exact", (
        b.Column("Name", "name"), b.Column("Due", "due", "date"), b.Column("At", "at", "time"),
        b.Column("Amount", "amount", "money"), b.Column("Share", "share", "share"), b.Column("Count", "count", "number"),
    ), (
        b.Row((
            b.Cell(plain("=HYPERLINK(\"http://example.org\")")), b.Cell(plain("2 March 2026"), date(2026, 3, 2)),
            b.Cell(plain("2 March 2026 at 17:30"), datetime(2026, 3, 2, 17, 30)), b.Cell(plain("EUR 250,000.50")),
            b.Cell(plain("40%"), Fraction(2, 5)), b.Cell(plain("1,200"), 1200),
        ), "first", "Spending"),
        b.Row((
            b.Cell(plain("a;=1+1")), b.Cell(plain("no day set")), b.Cell(()), b.Cell(plain("CHF 1,234"), Decimal(1234)),
            b.Cell(plain("two thirds"), Fraction(2, 3)), b.Cell(plain("minus three"), -3),
        ), "", "Spending"),
        b.Row((
            b.Cell(plain("@lru")), b.Cell(plain("before Excel"), date(1899, 1, 1)), b.Cell(()), b.Cell(plain("some money")),
            b.Cell(plain("none")), b.Cell(plain("10^20"), 10**20),
        ), "", "Other"),
    ), plain("Amounts without tax."),
)  # fmt: skip

EVERY: tuple[b.Block, ...] = (
    b.Heading(2, plain("Quorum"), "clause-4-2", "4.2"),
    b.Paragraph((
        b.Text("See "), b.Cite(CITATION, "clause 4.2 (Quorum)", "first", "clause-4-2"), b.Text(", "),
        b.Term("Chair", "Chairs", "first", "role-chair"), b.Text(", "), b.Link("the web", address="https://example.org/?a=1&b=(2)"),
        b.Text(" and "), b.Link("nothing", address="javascript:alert(1)"), b.Text(", "), b.Strong("strong"), b.Text(", "),
        b.Emphasis("soft"), b.Text(", "), b.Code("quorum half"), b.Text("."),
    )),
    b.Listing((b.Item(plain("one"), (b.Item(plain("inner"), state="failed"),), state="met"), b.Item(plain("two"))), True),
    b.Listing((b.Item(plain("apart")),)),
    VALUES,
    b.Pairs((b.Pair(plain("Chair"), (b.Paragraph(plain("Leads.")),), "role-chair"),
             b.Pair(plain("Rule"), (b.Paragraph(plain("As follows.")), b.Source("role Chair\n  one", "gov"))))),
    b.Note("summary", "In short", (b.Paragraph(plain("Half must be there.")),)),
    b.Note("warning", "Look", (b.Listing((b.Item(plain("a")),)), b.Source("<script>", "gov"))),
    b.Quote((b.Paragraph(plain("Quoted.")),)),
    b.Source("body Board\n  quorum half\n```\n<script>", "gov", "The rule"),
    b.Beside((b.Paragraph(plain("Prose.")),), (b.Source("body Board", "gov"),)),
    b.Diagram("way", "The way", "From start to end.", (b.Box("a", "Start", kind="start"), b.Box("z", "End <b>", kind="end")),
              (b.Arrow("a", "z", "within 5 days"),)),
    b.Plot("curve", "The curve", "Rises.", "line",
           (b.Point("2026", Fraction(1, 3)), b.Point("2027", None), b.Point("2028", Fraction(4, 5))), "share",
           (b.Point("low below", Fraction(1, 2)),)),
    b.Plot("lines", "Two lines", "Cross.", "line", (), series=(
        b.Series("Helios", (b.Point("2026", Fraction(1)), b.Point("2027", None))),
        b.Series("<b>", (b.Point("2026", Fraction(3)), b.Point("2027", Fraction(0)))),
    )),
    b.Signature("Helios", "Helios Materials AG", ("Director",), ("Ana Ruiz",)),
)  # fmt: skip


def document(*shown: tuple[b.Block, ...], title: str = "Aurora") -> b.Document:
    names = ("first", "second", "third", "fourth")
    pages = tuple(
        b.Page(name, f"Page {name}", "Agreement", blocks, "What it shows.")
        for name, blocks in zip(names, shown or (EVERY,), strict=False)
    )
    return b.Document("aurora", "aurora.gov.md", title, "An alliance.", "2", "0123456789ab" + "0" * 52, pages,
                      datetime(2026, 3, 2, 23, 59, 59), ("aurora.minutes",))  # fmt: skip
