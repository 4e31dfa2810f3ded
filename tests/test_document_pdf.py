"""Documents as PDF: tagged and accessible, with every word as a word, and the same bytes every time."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import blocks_made as made
import pypdf
import pytest
import samples
from hypothesis import given, settings
from running import Run

from govlang.report.document import pdf
from govlang.report.document.escape import plain
from govlang.tools.document import blocks as b, document
from govlang.tools.document.paper import paper
from govlang.tools.questions import NoAnswer

ROOT = Path(__file__).parents[1]
ALLIANCE = ROOT / "agreements" / "alliance.gov.md"
RECORD = ROOT / "agreements" / "alliance-two-years.minutes"
EACH = "Title H1 P L LI Table THead TH TD Caption Link Figure Strong Em".split()
ELSEWHERE = re.compile("[\u0590-\u06ff\u3000-\u9fff\U0001f000-\U0001ffff]")  # scripts that run the other way, or that no font has
NDA = ROOT / "agreements" / "mutual-nda.gov.md"


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def set_(*shown: b.Block, **given: str) -> pypdf.PdfReader:
    return read(pdf.document(made.document(shown), **given))


def words(reader: pypdf.PdfReader) -> str:
    """The words of all pages without spaces, which a line break may take away, and without what breaks them."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]+", "", "".join(page.extract_text() for page in reader.pages))


def tags(reader: pypdf.PdfReader) -> Iterator[Any]:
    """The elements of the structure, from the root down."""
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        part = waiting.pop()
        part = part.get_object() if hasattr(part, "get_object") else part
        if isinstance(part, list):
            waiting.extend(reversed(part))
        elif isinstance(part, dict):
            if "/S" in part:
                yield part
            if "/K" in part:
                waiting.append(part["/K"])


def kinds(reader: pypdf.PdfReader) -> Counter[str]:
    return Counter(str(tag["/S"]) for tag in tags(reader))


def titles(outline: list[Any]) -> list[Any]:
    return [titles(each) if isinstance(each, list) else each.title for each in outline]


# ---------------------------------------------------------------- for everybody


def test_a_pdf_is_tagged_and_says_its_title_and_language() -> None:
    reader = set_(*made.EVERY)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Page first – Aurora"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_each_block_has_its_tag() -> None:
    found = kinds(set_(*made.EVERY))
    assert [kind for kind in EACH if not found[f"/{kind}"]] == []
    assert found["/Table"] == 1
    assert found["/TH"] == 6 + 2  # six columns, two groups


def test_headings_of_tables_say_what_they_head() -> None:
    scopes = {str(each.get_object()["/Scope"]) for tag in tags(set_(made.VALUES)) if tag["/S"] == "/TH"
              for each in tag["/A"] if "/Scope" in each.get_object()}  # fmt: skip
    assert scopes == {"/Column"}


def test_a_picture_has_its_words() -> None:
    found = [tag for tag in tags(set_(*made.EVERY)) if tag["/S"] == "/Figure"]
    assert {str(tag["/Alt"]) for tag in found if "/Alt" in tag} == {"From start to end.", "Rises.", "Cross."}


def test_headings_leave_out_no_level() -> None:
    shown = tuple(b.Heading(level, made.plain(f"level {level}"), "") for level in (4, 2, 6, 3, 5, 2))
    assert [str(tag["/S"]) for tag in tags(set_(*shown)) if re.fullmatch("/H[1-6]", tag["/S"])] == [
        "/H1", "/H1", "/H2", "/H2", "/H3", "/H1",
    ]  # fmt: skip


def test_pages_are_bookmarks_and_stand_in_the_list_of_contents() -> None:
    reader = read(pdf.document(made.document(made.EVERY, (made.VALUES,))))
    assert [title for title in titles(reader.outline) if isinstance(title, str)][-2:] == ["Page first", "Page second"]
    assert kinds(reader)["/TOCI"] == 2


# ---------------------------------------------------------------- links and feet


def test_links_lead_to_places_and_to_the_web_alone() -> None:
    anchored = b.Row((b.Cell(made.plain("row")),), "here")
    shown = (
        b.Paragraph(tuple(b.Link(f"to {place or 'page'}", "first", place) for place in ("here", "clause-9", "", "gone"))),
        b.Paragraph((b.Link("away", "fourth", "x"), b.Link("web", address="https://example.org/"), b.Link("no", address="file:///etc"))),
        b.Heading(2, made.plain("Nine"), "clause-9", "9"), b.Table("t", "T", (b.Column("A", "a"),), (anchored,)),
    )  # fmt: skip
    reader = set_(*shown)
    found = [link.get_object() for page in reader.pages for link in page.get("/Annots", [])]
    assert {str(link["/A"]["/URI"]) for link in found if "/A" in link and "/URI" in link["/A"]} == {"https://example.org/"}
    inside = [link for link in found if "/Dest" in link or ("/A" in link and "/URI" not in link["/A"])]
    assert len(inside) == 2  # to the row and to the clause


def test_lines_of_a_file_without_headings_can_be_linked_to() -> None:
    shown = (b.Paragraph((b.Link("line 7", "first", "line-7"),)), b.Source("one\ntwo\nthree", "gov", line=5))
    assert len([link for page in set_(*shown).pages for link in page.get("/Annots", [])]) == 1


def test_each_page_says_what_it_is_a_page_of() -> None:
    reader = set_(*made.EVERY, *made.EVERY, made.VALUES, made.VALUES)
    count = len(reader.pages)
    assert count > 1
    for number, page in enumerate(reader.pages, start=1):
        assert "Version 2, as of 2 March 2026 · Text 0123456789ab" in page.extract_text()
        assert f"Page {number} of {count}" in page.extract_text()


def test_wide_tables_lie_across() -> None:
    wide = b.Table("w", "Wide", tuple(b.Column(f"C{n}", f"c{n}") for n in range(9)), (made.row(*"abcdefghi"),))
    both = read(pdf.document(made.document(made.EVERY[:3], (wide,)))).pages
    assert [page.mediabox.width > page.mediabox.height for page in both] == [False, False, True]
    alone = set_(wide).pages
    assert [page.mediabox.width > page.mediabox.height for page in alone] == [True]


def test_a_summary_and_a_place_to_sign() -> None:
    said = set_(*made.EVERY).pages
    text = " ".join(page.extract_text() for page in said)
    assert "In short (In plain words, not part of the agreement)" in " ".join(text.split())
    assert "Signed for Helios Materials AG (Helios)" in text
    for line in ("Signature", "Name", "Ana Ruiz", "Capacity", "Director", "Place, date"):
        assert line in text


# ---------------------------------------------------------------- hostile words


@pytest.mark.parametrize("said", [each for each in made.HOSTILE if not ELSEWHERE.search(each)])
def test_words_are_set_as_they_are(said: str) -> None:
    runs = made.plain(said)
    reader = set_(b.Paragraph(runs), b.Heading(2, (b.Text("Heading "), *runs), "x"), b.Source(said), b.Listing((b.Item(runs),)),
                  b.Table("t", said, (b.Column(said, "a"),), (b.Row((b.Cell(runs),), "", said),)))  # fmt: skip
    expected = re.sub(r"[\s\u200b\u00ad\u2010\ufeff-]+", "", plain(said))
    assert words(reader).count(expected) >= 5
    assert "/JavaScript" not in str(reader.trailer["/Root"])


@pytest.mark.parametrize(("said", "shown"), [("中文", "[U+4E2D][U+6587]"), ("😀", "[U+1F600]"), ("ไทย", "[U+0E44]")])
def test_what_no_font_has_is_shown_by_its_number(said: str, shown: str) -> None:
    assert shown in words(set_(b.Paragraph(made.plain(said)), b.Heading(2, made.plain(said), "")))


def test_other_scripts_that_the_fonts_have_are_set() -> None:
    assert "ΕλλάδαПриветשלום" in words(set_(b.Paragraph(made.plain("Ελλάδα Привет")), b.Paragraph(made.plain("שלום")))).replace(
        "םולש", "שלום"
    )


@settings(max_examples=60)
@given(made.pages)
def test_any_words_can_be_set(shown: tuple[b.Block, ...]) -> None:
    assert pdf.document(made.document(shown)).startswith(b"%PDF-")


def test_what_is_deep_or_empty_can_be_set() -> None:
    item = b.Item(made.plain("deepest"))
    quote: b.Block = b.Paragraph(made.plain("quoted"))
    for _ in range(50):
        item = b.Item(made.plain("x"), (item,))
        quote = b.Quote((b.Note("info", "n", (quote,)),))
    empty = (
        b.Listing(()), b.Pairs(()), b.Source(""), b.Quote(()), b.Table("t", "", (), ()), b.Heading(2, (), "x"),
        b.Table("u", "", (b.Column("", "a"),), ()), b.Diagram("d", "", "", (), ()), b.Plot("p", "", "", "line", ()),
        b.Signature("", ""),
    )  # fmt: skip
    said = words(set_(b.Listing((item,)), quote, *empty))
    assert "deepest" in said
    assert "quoted" in said


def test_fonts_come_from_a_folder_that_is_there(tmp_path: Path) -> None:
    assert set_(*made.EVERY[:2], fonts=str(tmp_path))
    with pytest.raises(NoAnswer, match="there is no folder of fonts"):
        set_(*made.EVERY[:2], fonts=str(tmp_path / "nothing"))


# ---------------------------------------------------------------- papers and agreements


def test_a_paper_has_its_clauses_links_and_schedules() -> None:
    reader = read(pdf.pdf(paper(ALLIANCE)))
    listed = [title for title in titles(reader.outline) if isinstance(title, str)]
    assert listed[0].split() == ["1", "The", "alliance"]
    assert "Signatures" in listed
    assert kinds(reader)["/TOCI"] > 40
    assert len([link for page in reader.pages for link in page.get("/Annots", [])]) > 40
    first = reader.pages[0].extract_text()
    assert "Helios Materials AG" in first
    assert "Version 1" in first
    assert "notpartoftheagreement" in words(reader)


def test_the_pages_of_an_agreement_can_be_set() -> None:
    found = document(NDA)
    reader = read(pdf.document(found))
    said = words(reader)
    for page in found.pages:
        assert re.sub(r"[\s-]+", "", page.title) in said


def test_a_page_about_a_record_can_be_set() -> None:
    found = document(ALLIANCE, RECORD)
    for page in found.pages:
        if page.group == "Record":
            assert read(pdf.document(found, (page,))).pages


def test_hostile_names_in_an_agreement_are_words(tmp_path: Path) -> None:
    name = "`<script>#strong[x]</script>`"
    path = tmp_path / "hostile.gov.md"
    path.write_text(samples.AGREEMENT.replace("Norwind", name), encoding="utf-8")
    assert "<script>#strong[x]</script>" in words(read(pdf.pdf(paper(path))))


SCRIPT = """
import hashlib, sys
from govlang.report.document import pdf
from govlang.tools.document import document
from govlang.tools.document.paper import paper
print(hashlib.sha256(pdf.pdf(paper(sys.argv[1]))).hexdigest(), hashlib.sha256(pdf.document(document(sys.argv[1]))).hexdigest())
"""


def test_the_same_bytes_under_any_hash_seed_and_on_any_day() -> None:
    def run(seed: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", SCRIPT, str(NDA)], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}", "SOURCE_DATE_EPOCH": f"17{seed}0000000"},
        ).stdout  # fmt: skip

    assert run("1") == run("7")
    assert b"CreationDate" not in pdf.document(made.document())


def test_the_command_line_writes_a_pdf_of_one_page(run: Run, tmp_path: Path) -> None:
    samples.write(tmp_path)
    assert run("view", "aurora.gov.md", "people", "--format", "pdf", "-o", "people.pdf").out == "wrote people.pdf\n"
    assert "Helios" in read(Path("people.pdf").read_bytes()).pages[0].extract_text()
