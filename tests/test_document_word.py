"""Word files: what stands in the paper stands in them, in order; references lead somewhere; the same bytes every time."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
import word_files as w
from running import Run, write
from samples import AGREEMENT

from govlang.pipeline import Loaded, load, load_text
from govlang.report.document import word
from govlang.source import Citation
from govlang.tools.document import blocks as b
from govlang.tools.document.paper import Paper, Part, paper

docx = pytest.importorskip("docx")

ROOT = Path(__file__).parents[1]
AGREEMENTS = sorted((ROOT / "agreements").glob("*.gov.md"))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def made(*blocks: b.Block, title: str = "Test", since: date | None = None) -> Paper:
    return Paper("test", "test.gov", title, "", "1", since, "a" * 64, (Part("front", ()), Part("text", blocks)))


@pytest.fixture(scope="module", params=AGREEMENTS, ids=lambda path: path.name.partition(".")[0])
def printed(request: pytest.FixtureRequest) -> tuple[Loaded, Paper, bytes]:
    loaded = load(request.param)
    found = paper(loaded)
    return loaded, found, word.docx(found)


# ---------------------------------------------------------------- every agreement


def test_it_opens_and_says_what_it_is(printed: tuple[Loaded, Paper, bytes]) -> None:
    loaded, found, data = printed
    document = docx.Document(io.BytesIO(data))
    assert document.core_properties.title == found.title
    assert document.core_properties.version == loaded.agreement.header.version
    assert document.core_properties.identifier == f"sha256:{loaded.text_hash}"
    assert document.core_properties.language == "en-GB"


def test_the_foot_of_each_page_has_version_hash_and_pages(printed: tuple[Loaded, Paper, bytes]) -> None:
    loaded, _, data = printed
    feet = [w.part(data, name) for name in w.names(data) if re.search(r"footer\d+\.xml$", name)]
    assert len(feet) >= 2
    for foot in feet:
        assert loaded.text_hash[:12] in "".join(text for _, text in w.lines(foot))
        assert list(w.fields(foot)) == ["PAGE", "NUMPAGES"]
        if loaded.agreement.header.version:
            assert f"Version {loaded.agreement.header.version}" in w.lines(foot)[0][1]


def test_clauses_have_the_numbers_of_the_text(printed: tuple[Loaded, Paper, bytes]) -> None:
    """Counted by Word or written: what a reader sees is the number of the source."""
    loaded, _, data = printed
    shown = [(number, title) for number, title in w.numbered(data) if number]
    sections = [section for section in loaded.agreement.layout.sections if section.number]
    assert shown == [(section.number, " ".join(section.title.split())) for section in sections]


def test_all_prose_stands_in_it_in_order(printed: tuple[Loaded, Paper, bytes]) -> None:
    loaded, _, data = printed
    said = words(" ".join(text for style, text in w.lines(w.body(data)) if not style.startswith(("TOC", "Summary"))))
    place = 0
    for section in loaded.agreement.layout.sections:
        wanted = words(re.sub(r"\]\([^)]*\)|[*`]", " ", section.prose))
        for word_ in wanted:
            assert word_ in said[place:], f"{word_!r} of {section.number} {section.title}"
            place = said.index(word_, place)


def test_every_reference_leads_to_a_bookmark(printed: tuple[Loaded, Paper, bytes]) -> None:
    _, _, data = printed
    root = w.body(data)
    marks = w.bookmarks(root)
    assert len(marks) == len(set(marks))
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", mark, re.ASCII) for mark in marks)
    for code in w.fields(root):
        if code.startswith("REF "):
            assert code.split()[1] in marks
    for link in root.iter(f"{w.W}hyperlink"):
        assert link.get(f"{w.W}anchor") in marks


def test_the_list_of_contents_lists_the_headings(printed: tuple[Loaded, Paper, bytes]) -> None:
    _, _, data = printed
    entries = [text.replace("\t", " ") for style, text in w.lines(w.body(data)) if re.fullmatch(r"TOC\d", style)]
    headings = [f"{number} {title}".strip() for number, title, depth in deep(data) if depth <= 3]
    assert entries == headings
    assert sum(code.startswith("TOC ") for code in w.fields(w.body(data))) == bool(entries)


def deep(data: bytes) -> list[tuple[str, str, int]]:
    depths = [int(style[-1]) for style, _ in w.lines(w.body(data)) if w.HEADING.fullmatch(style)]
    return [(number, title, depth) for (number, title), depth in zip(w.numbered(data), depths, strict=True)]


def test_it_is_what_the_schema_asks_for(printed: tuple[Loaded, Paper, bytes]) -> None:
    _, _, data = printed
    for name in w.names(data):
        if name.startswith("word/") and name.endswith(".xml"):
            root = w.part(data, name)
            assert w.misplaced(root) == [], name
            assert w.unbalanced(root) == [], name
    styles = {node.get(f"{w.W}styleId") for node in w.part(data, "word/styles.xml")}
    assert {style for style, _ in w.lines(w.body(data))} <= styles


def test_what_is_no_part_of_the_agreement_says_so(printed: tuple[Loaded, Paper, bytes]) -> None:
    _, _, data = printed
    before = ""
    for style, text in w.lines(w.body(data)):
        if style.startswith("Summary") and not before.startswith("Summary"):
            assert "not part of the agreement" in text.lower()
        before = style


def test_the_same_paper_is_the_same_bytes(printed: tuple[Loaded, Paper, bytes]) -> None:
    loaded, _, data = printed
    assert word.docx(paper(load(loaded.source.name))) == data


# ---------------------------------------------------------------- single things


def test_tables_repeat_their_head_and_split_no_row() -> None:
    table = b.Table("t", "Who", (b.Column("Name", "name"), b.Column("Share", "share", "share")), (
        b.Row((b.Cell((b.Text("Helios"),)), b.Cell((b.Text("40%"),))), group="Founders"),
        b.Row((b.Cell((b.Text("Norwind"),)), b.Cell((b.Text("60%"),))), group="Founders"),
    ))  # fmt: skip
    root = w.body(word.docx(made(table)))
    rows = list(root.iter(f"{w.W}tr"))
    assert [text for row in rows for _, text in w.lines(row)] == [
        "Name",
        "Share",
        "Founders",
        "Helios",
        "40%",
        "Norwind",
        "60%",
    ]
    assert [row.find(f"{w.W}trPr/{w.W}tblHeader") is not None for row in rows] == [True, False, False, False]
    assert all(row.find(f"{w.W}trPr/{w.W}cantSplit") is not None for row in rows)


def heading(level: int, words: str, number: str) -> b.Heading:
    return b.Heading(level, (b.Text(words),), words.lower(), number)


def test_a_reference_shows_its_words_before_it_is_updated() -> None:
    here = Citation("test.gov", "7", "Quorum")
    root = w.body(word.docx(made(
        heading(2, "Quorum", "7"), b.Paragraph((b.Text("See "), b.Cite(here, here.label(), "agreement", "quorum"))),
        b.Paragraph((b.Cite(here, "clause 8", "agreement", "clause-8"),)),
    )))  # fmt: skip
    said = [text for _, text in w.lines(root)]
    assert "See clause 7 (Quorum)" in said
    assert [code for code in w.fields(root) if code.startswith("REF")] == ["REF n_quorum \\h"]
    assert "clause 8" in said, "a clause that is not there is named and not linked"


def test_clauses_that_word_can_count_are_counted() -> None:
    regular = made(heading(2, "A", "1"), heading(3, "B", "1.1"), heading(2, "C", ""), heading(2, "D", "2"))
    assert word.counted(word.lines(regular))
    assert w.numbered(word.docx(regular)) == [("1", "A"), ("1.1", "B"), ("", "C"), ("2", "D")]
    skipping = made(heading(2, "A", "1"), heading(2, "B", "3"))
    assert not word.counted(word.lines(skipping))
    assert w.numbered(word.docx(skipping)) == [("1", "A"), ("3", "B")]


HOSTILE = (
    '=HYPERLINK("http://x")', "<script>alert(1)</script>", "{ DDEAUTO c:\\\\x }", "]]>", "&amp;", "a\x00b\x0bc\ufffe",
    "\u202egnp.exe", "MERGEFIELD x", "x" * 3000, "\u200b", "a\tb\nc", "مرحبا", "{{7*7}}",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    said = (b.Text(text),)
    found = made(
        b.Heading(2, said, text, text[:20]),
        b.Paragraph((*said, b.Strong(text), b.Code(text), b.Link(text, address=text))),
        b.Listing((b.Item(said, (b.Item(said),)),), True),
        b.Table(text, text, (b.Column(text, "k"),), (b.Row((b.Cell(said),)),), said),
        b.Pairs((b.Pair(said, (b.Paragraph(said),), text),)),
        b.Note("summary", text, (b.Quote((b.Paragraph(said),)),)),
        b.Source(text),
        b.Signature(text, text, (text,), (text,)),
        title=text,
    )  # fmt: skip
    data = word.docx(found)
    root = w.body(data)
    docx.Document(io.BytesIO(data))
    assert {code.split()[0] for code in w.fields(root)} <= {"TOC", "REF"}
    assert w.misplaced(root) == []
    assert not [name for name in w.names(data) if "rels" in name and b"External" in zipped(data, name)]
    visible = "".join(char for char in text if char.isalnum() and char.isascii())
    assert visible in "".join(char for char in "".join(text for _, text in w.lines(root)) if char.isalnum())


def zipped(data: bytes, name: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name)


def test_there_is_no_clock_in_it() -> None:
    import zipfile

    data = word.docx(made(b.Paragraph((b.Text("x"),)), since=date(2026, 1, 1)))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert re.findall(rb"20\d\d-\d\d-\d\dT[\d:]+Z", zipped(data, "docProps/core.xml")) == [b"2026-01-01T00:00:00Z"] * 2


# ---------------------------------------------------------------- what is on a paper


BARE = """agreement A
  version 1
parties Helios, Norwind
role Chair
  one
body Board
  members every party
decision Spend
  proposed by Chair
  requires more than half of all members in Board
"""


def test_a_file_without_headings_is_numbered_and_cited_so() -> None:
    data = word.docx(paper(load_text(BARE, "a.gov")))
    found = [title for number, title in w.numbered(data) if number]
    assert found == ["The agreement", "Parties", "Offices", "Board", "Spend"]
    assert not any("line " in text for style, text in w.lines(w.body(data)) if style == "BodyText")


def test_parties_speakers_and_dates_are_told() -> None:
    data = word.docx(paper(load(ROOT / "agreements" / "alliance.gov.md")))
    said = w.lines(w.body(data))
    front = [text for style, text in said if style.startswith("Front")]
    assert front[0] == "between"
    assert front[1] == "(1)\tHelios Materials AG, Switzerland (“Helios”),"
    assert "In force\tfrom 1 January 2026 until 31 December 2030" in front
    signed = [text for style, text in said if style.startswith("Signature") and text]
    assert signed[:5] == [
        "Signed for Helios Materials AG (Helios)",
        "Signature:\t\t",
        "Name:\tAna Ruiz",
        "Capacity:\tDirector",
        "Place, date:\t\t",
    ]


def test_the_text_of_a_day_is_that_of_its_version() -> None:
    loaded = load(ROOT / "agreements" / "alliance.gov.md")

    def said(day: str) -> str:
        return " ".join(text for _, text in w.lines(w.body(word.docx(paper(loaded, on=day)))))

    first, second = said("2027-06-30"), said("2027-07-01")
    assert "Version\t1 " in first
    assert "Version\t2, as amended by First Amendment" in second
    assert paper(loaded, version="2") == paper(loaded, on="2027-07-01")


HOSTILE_AGREEMENT = """# =HYPERLINK("http://x")

## 1 <script>alert(1)</script>

<img src=x onerror=alert(1)> { PAGE } [click](javascript:alert(1)) ]]> \u202etxt.exe \x07

```gov
agreement Trap
  version 1

party `=cmd|'/c calc'!A1`
  name "<b>&amp; MERGEFIELD</b>"

role `{ QUOTE x }`
  one
  speaks for its party
```
"""


def test_a_hostile_agreement_is_text_from_its_title_to_its_signatures() -> None:
    data = word.docx(paper(load_text(HOSTILE_AGREEMENT, "trap.gov.md")))
    said = "\n".join(text for _, text in w.lines(w.body(data)))
    for words_ in ('=HYPERLINK("http://x")', "<script>alert(1)</script>", "<img src=x onerror=alert(1)> { PAGE }", "\\u202etxt.exe",
                   "<b>&amp; MERGEFIELD</b> (“=cmd|'/c calc'!A1”)", "Capacity:\t{ QUOTE x }"):  # fmt: skip
        assert words_ in said
    assert {code.split()[0] for code in w.fields(w.body(data))} == {"TOC", "REF"}
    assert b"javascript:alert(1)" not in b"".join(
        zipped(data, name) for name in w.names(data) if name.endswith(".rels")
    )


# ---------------------------------------------------------------- the command


def test_export_writes_a_file(run: Run) -> None:
    write("aurora.gov.md", AGREEMENT)
    done = run("export", "docx", "aurora.gov.md", "-o", "aurora.docx")
    assert (done.code, done.out) == (0, "wrote aurora.docx\n")
    assert "Aurora Alliance" in [paragraph.text for paragraph in docx.Document("aurora.docx").paragraphs]


def test_export_of_a_text_with_errors_says_so_in_the_paper(run: Run) -> None:
    write("wrong.gov.md", AGREEMENT.replace("in Board\n  otherwise", "in Bord\n  otherwise"))
    done = run("export", "docx", "wrong.gov.md", "-o", "wrong.docx")
    assert done.code == 0
    assert "GL101" in done.err
    said = [paragraph.text for paragraph in docx.Document("wrong.docx").paragraphs]
    assert any("GL101" in text for text in said)
    assert run("export", "docx", "wrong.gov.md", "-o", "wrong.docx", "--strict").code == 2


@pytest.mark.parametrize(("arguments", "said"), [
    (("missing.gov.md",), "there is no file"), (("aurora.gov.md", "--on", "soon"), "soon"),
    (("aurora.gov.md", "--version", "9"), "there is no version 9"), (("aurora.gov.md", "-o", "."), "cannot be written"),
])  # fmt: skip
def test_export_says_what_is_wrong(run: Run, arguments: tuple[str, ...], said: str) -> None:
    write("aurora.gov.md", AGREEMENT)
    done = run("export", "docx", *arguments)
    assert done.code == 2
    assert said in done.said


def test_without_the_extra_one_line_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    write("aurora.gov.md", AGREEMENT)
    monkeypatch.setitem(sys.modules, "docx", None)
    done = run("export", "docx", "aurora.gov.md", "-o", "aurora.docx")
    assert done.code == 2
    assert done.err == "govlang: a Word document needs the extra `word`: pip install 'govlang[word]'\n"
    assert not Path("aurora.docx").exists()
