"""Documents as JSON, CSV and workbooks: the same words and exact values, nothing that runs, the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import blocks_made as made
import jsonschema
import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from govlang.report.cells import harmless
from govlang.report.document import data, markdown, single, tables, view
from govlang.schema import published
from govlang.tools.document import blocks as b, document
from govlang.tools.questions import NoAnswer

ROOT = Path(__file__).parents[1]
AGREEMENTS = sorted((ROOT / "agreements").glob("*.gov.md"))
ALLIANCE = ROOT / "agreements" / "alliance.gov.md"
RECORD = ROOT / "agreements" / "alliance-two-years.minutes"
VALIDATOR = jsonschema.Draft202012Validator(published("document"))


def as_data(found: b.Document) -> Any:
    given = json.loads(data.document(found))
    VALIDATOR.validate(given)
    return given


def rows_of(table: b.Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(tables.as_csv(table).removeprefix("\ufeff"), newline="")))


def workbook(found: b.Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(tables.as_workbook(found)))


def table(*words: str) -> b.Table:
    return b.Table("t", "T", (b.Column("A", "a"),), tuple(made.row(each) for each in words))


# ---------------------------------------------------------------- JSON


def test_json_has_the_published_shape() -> None:
    given = as_data(made.document())
    assert list(given) == [
        "schema_version", "agreement", "text", "version", "text_hash", "slug", "source", "language", "sound", "on", "records",
        "pages",
    ]  # fmt: skip
    assert [block["block"] for block in given["pages"][0]["blocks"]] == [
        "heading", "paragraph", "list", "list", "table", "pairs", "note", "note", "quote", "source", "beside", "diagram", "plot",
        "plot", "signature",
    ]  # fmt: skip
    assert given["on"] == "2026-03-02T23:59:59"


def test_a_shape_that_is_not_published_is_seen() -> None:
    given = as_data(made.document())
    given["pages"][0]["blocks"][0]["block"] = "sonnet"
    assert list(VALIDATOR.iter_errors(given)) != []


def test_values_are_exact() -> None:
    first, second, third = as_data(made.document((made.VALUES,)))["pages"][0]["blocks"][0]["records"]
    assert first == {
        "group": "Spending", "name": '=HYPERLINK("http://example.org")', "due": "2026-03-02", "at": "2026-03-02T17:30:00",
        "amount": {"amount": "250000.50", "currency": "EUR"}, "share": "2/5", "count": 1200,
    }  # fmt: skip
    assert second["amount"] == {"amount": "1234", "currency": "CHF"}
    assert second["share"] == "2/3"
    assert second["due"] == "no day set"
    assert third["count"] == "100000000000000000000"
    assert third["amount"] == "some money"


def test_a_reference_names_its_clause_and_an_address_leads_to_the_web_alone() -> None:
    runs = as_data(made.document())["pages"][0]["blocks"][1]["runs"]
    cite = next(run for run in runs if run["run"] == "cite")
    assert cite["clause"] == {"label": "clause 4.2 (Quorum)", "document": "a.gov", "number": "4.2", "title": "Quorum", "line": 12,
                              "amendment": ""}  # fmt: skip
    assert [run["address"] for run in runs if run["run"] == "link"] == ["https://example.org/?a=1&b=(2)", ""]


def test_one_page_has_the_same_shape() -> None:
    found = made.document(made.EVERY, (made.VALUES,))
    given = json.loads(data.document(found, found.pages[1:]))
    VALIDATOR.validate(given)
    assert [page["slug"] for page in given["pages"]] == ["second"]


@settings(max_examples=100)
@given(made.pages)
def test_any_words_can_be_said_as_json(shown: tuple[b.Block, ...]) -> None:
    as_data(made.document(shown))


def test_half_a_character_can_be_said() -> None:
    assert as_data(made.document((b.Paragraph(made.plain("a\udc80")),)))["pages"][0]["blocks"][0]["text"] == "a\\udc80"


# ---------------------------------------------------------------- CSV


def test_csv_has_a_mark_a_header_and_a_line_a_row() -> None:
    text = tables.as_csv(made.VALUES)
    assert text.startswith("\ufeffgroup,name,due,at,amount,share,count\r\n")
    assert text.count("\r\n") == 4
    assert text.count("\n") == 4


def test_csv_says_values_exactly() -> None:
    first, second, third = rows_of(made.VALUES)
    assert first == {"group": "Spending", "name": "'=HYPERLINK(\"http://example.org\")", "due": "2026-03-02",
                     "at": "2026-03-02T17:30:00", "amount": "250000.50 EUR", "share": "2/5", "count": "1200"}  # fmt: skip
    assert second["count"] == "-3"  # a number, not a formula
    assert third["count"] == "100000000000000000000"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"])
def test_no_cell_begins_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_no_cell_begins_a_formula_where_semicolons_part_cells() -> None:
    assert harmless("Helios;=1+1; @x; -y; z") == "Helios;'=1+1; '@x; '-y; z"


@settings(max_examples=200)
@given(st.lists(made.wild, min_size=1, max_size=4))
def test_csv_can_be_read_back_and_holds_no_formula(words: list[str]) -> None:
    found = rows_of(table(*words))
    assert [row["a"].replace("'", "") for row in found] == [tables.one_line(each).replace("'", "") for each in words]
    for row in found:
        assert not row["a"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_keys_that_are_alike_are_told_apart() -> None:
    twice = b.Table("t", "T", (b.Column("A", "a"), b.Column("A", "a")), (made.row("x", "y"),))
    assert rows_of(twice) == [{"a": "x", "a-2": "y"}]


# ---------------------------------------------------------------- a workbook


def test_a_workbook_has_a_sheet_a_table_and_says_what_it_is() -> None:
    book = workbook(made.document())
    assert book.sheetnames == ["About", "Values exact"]
    about = [[cell.value for cell in row if cell.value is not None] for row in book["About"].iter_rows()]
    assert ["Agreement", "Aurora"] in about
    assert ["As of", "2 March 2026"] in about
    assert ["SHA-256 of the text", made.document().text_hash] in about
    assert ["Values exact", "Values: exact", 3, "Amounts without tax."] in about


def test_values_of_a_workbook_are_what_they_are() -> None:
    sheet = workbook(made.document())["Values exact"]
    first = [cell.value for cell in sheet[2]]
    assert first == ["Spending", '=HYPERLINK("http://example.org")', datetime(2026, 3, 2), datetime(2026, 3, 2, 17, 30),
                     250000.5, 0.4, 1200]  # fmt: skip
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].quotePrefix
    assert sheet["E2"].number_format == "[$EUR] #,##0.00"
    assert [cell.value for cell in sheet[3]][2:] == ["no day set", None, 1234, "two thirds", -3]
    assert [cell.value for cell in sheet[4]][2:] == ["before Excel", None, "some money", "none", "10^20"]


def test_a_sheet_can_be_read_filtered_and_printed() -> None:
    sheet = workbook(made.document())["Values exact"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:G4"
    assert sheet.print_title_rows == "$1:$1"
    assert all(8 <= sheet.column_dimensions[letter].width <= 62 for letter in "ABCDEFG")


@settings(max_examples=30)
@given(st.lists(made.wild, min_size=1, max_size=6), made.wild)
def test_no_sheet_holds_a_formula_or_a_link(words: list[str], title: str) -> None:
    shown = tuple(b.Table(f"t{place}", each, (b.Column(each, "a"),), (made.row(each, group=each),), made.plain(each))
                  for place, each in enumerate(words))  # fmt: skip
    content = tables.as_workbook(made.document(shown, title=title))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == len(words) + 1
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8")
            assert "<f>" not in text
            assert "hyperlink" not in text.replace("HYPERLINK", "") or "xl/styles" in name or "sharedStrings" in name
            assert 'TargetMode="External"' not in text


def test_names_of_sheets_are_such_as_a_workbook_takes() -> None:
    names = tables.sheet_names(["About", "history", "a/b:c?[d]*\\", "x" * 40, "x" * 40, "X" * 40, "'quoted'", "", "😀" * 20, "=1"])
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() not in ("about", "history")


def test_rows_are_as_tall_as_what_stands_in_them() -> None:
    sheet = workbook(made.document((table("short", "word " * 50, "x" * 40_000),)))["T"]
    assert [sheet.row_dimensions[number].height for number in (2, 3, 4)] == [None, 75, 405]


def test_very_long_words_fit_into_a_cell() -> None:
    sheet = workbook(made.document((table("x" * 40_000),)))["T"]
    assert len(sheet["A2"].value) == 32_767


def test_a_table_without_rows_is_a_sheet_with_a_header() -> None:
    sheet = workbook(made.document((b.Table("t", "T", (b.Column("A", "a"),), ()),)))["T"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["A"]]


def test_a_workbook_has_no_day_of_its_making() -> None:
    content = tables.as_workbook(made.document())
    assert content == tables.as_workbook(made.document())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


# ---------------------------------------------------------------- every page of every agreement


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.name)
def test_every_page_of_every_agreement_has_every_form(path: Path) -> None:
    found = document(path)
    as_data(found)
    workbook(found)
    for page in found.pages:
        for form in ("md", "html", "json"):
            assert view.shown(found, page.slug, form)
        for each in tables.tables_of([page]):
            assert len(rows_of(each)) == len(each.rows)
            assert view.shown(found, page.slug, "csv", each.key).startswith(b"\xef\xbb\xbf")
    for form in ("md", "html", "xlsx"):
        assert view.shown(found, "", form)


def test_every_page_about_a_record_has_every_form() -> None:
    found = document(ALLIANCE, RECORD)
    as_data(found)
    book = workbook(found)
    assert book.sheetnames[1:] == tables.sheet_names(each.title or each.key for each in tables.tables_of(found.pages))
    for page in found.pages:
        assert view.shown(found, page.slug, "md").startswith(b"# ")


def test_no_table_has_the_key_of_another() -> None:
    for path, record in ((ALLIANCE, RECORD), *((path, ()) for path in AGREEMENTS)):
        found = document(path, record)
        keys = [each.key for page in found.pages for each in tables.tables_in(page.blocks)]
        assert sorted(keys) == sorted(set(keys)), path.name


SCRIPT = """
import hashlib, sys
from govlang.tools.document import document
from govlang.report.document import view
found = document(sys.argv[1], sys.argv[2])
for form in ("md", "html", "json", "xlsx"):
    print(form, hashlib.sha256(view.shown(found, "", form)).hexdigest())
"""


def test_the_same_bytes_under_any_hash_seed() -> None:
    def run(seed: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", SCRIPT, str(ALLIANCE), str(RECORD)], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"},
        ).stdout  # fmt: skip

    assert run("1") == run("7")


# ---------------------------------------------------------------- choosing


def test_an_unknown_page_gives_the_nearest() -> None:
    with pytest.raises(NoAnswer) as error:
        view.page_of(made.document(), "frist")
    assert error.value.message == "there is no page 'frist' about Aurora"
    assert error.value.hint == "did you mean 'first'?"


def test_an_unknown_page_that_is_near_none_gives_all() -> None:
    with pytest.raises(NoAnswer) as error:
        view.page_of(made.document(made.EVERY, made.EVERY), "zzz")
    assert error.value.hint == "its pages are: first, second"


def test_csv_needs_one_table() -> None:
    pages = made.document((made.VALUES, table("x"))).pages
    assert view.table_of(pages, "values") is made.VALUES
    with pytest.raises(NoAnswer) as error:
        view.table_of(pages, "")
    assert "its tables are: values, t" in error.value.hint
    with pytest.raises(NoAnswer):
        view.table_of(pages, "value")
    with pytest.raises(NoAnswer):
        view.table_of(made.document(()).pages, "")


def test_one_html_file_fetches_nothing_and_links_inside_itself() -> None:
    found = made.document(made.EVERY, (b.Paragraph((b.Link("there", "first", "clause-4-2"), b.Link("gone", "third"))),))
    text = single.html(found)
    assert 'href="#page-first"' in text
    assert "page-third" not in text
    assert "<script" not in text.replace("&lt;script", "")
    assert 'src="http' not in text
    alone = single.html(found, found.pages[:1])
    assert 'href="#clause-4-2"' in alone
    assert "SHA-256 of the text" in alone


def test_markdown_of_a_document_holds_every_page() -> None:
    text = markdown.document(made.document(made.EVERY, (b.Paragraph(made.plain("x")),)))
    assert "\n## Page first\n" in text
    assert "\n## Page second\n" in text
