"""`govlang view`: the pages there are, one of them in any form, into a file or to whoever reads."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import openpyxl
import pytest
import samples
from running import Run, write


@pytest.fixture(autouse=True)
def agreement(tmp_path: Path) -> None:
    samples.write(tmp_path)


def test_the_pages_are_listed(run: Run) -> None:
    done = run("view", "aurora.gov.md")
    assert done.code == 0
    assert done.out.startswith("Aurora Alliance\n\nAgreement\n")
    assert "people" in done.out
    assert "With a record there are more" in done.out


def test_a_page_is_shown_as_markdown(run: Run) -> None:
    done = run("view", "aurora.gov.md", "people")
    assert done.code == 0
    assert done.out.startswith("# ")
    assert "Helios" in done.out


def test_a_record_follows_the_page_or_stands_behind_its_option(run: Run) -> None:
    one = run("view", "aurora.gov.md", "people", "aurora.minutes", "--format", "json")
    other = run("view", "aurora.gov.md", "people", "--record", "aurora.minutes", "--format", "json")
    assert one.code == 0
    assert one.out == other.out
    assert json.loads(one.out)["records"] == ["aurora.minutes"]
    assert json.loads(one.out)["on"] == "2026-03-03T23:59:59"


def test_without_a_page_a_form_holds_the_whole_document(run: Run) -> None:
    pages = json.loads(run("view", "aurora.gov.md", "--format", "json").out)["pages"]
    assert len(pages) > 2
    assert run("view", "aurora.gov.md", "--format", "md").out.count("\n## ") >= len(pages)


def test_a_workbook_is_written_into_a_file(run: Run) -> None:
    done = run("view", "aurora.gov.md", "--format", "xlsx", "-o", "tables.xlsx")
    assert (done.code, done.out, done.err) == (0, "wrote tables.xlsx\n", "")
    assert openpyxl.load_workbook(io.BytesIO(Path("tables.xlsx").read_bytes())).sheetnames[0] == "About"


def test_a_table_is_printed_as_csv(run: Run) -> None:
    key = run("view", "aurora.gov.md").out.partition("(tables: ")[2].split(",")[0].split(")")[0]
    done = run("view", "aurora.gov.md", "--table", key)
    assert done.code == 0
    assert done.out.startswith("\ufeff")


def test_an_unknown_page_gives_the_nearest(run: Run) -> None:
    done = run("view", "aurora.gov.md", "peple")
    assert done.code == 2
    assert "there is no page 'peple' about Aurora Alliance" in done.said
    assert "did you mean 'people'" in done.said


def test_a_record_in_the_place_of_a_page_is_told(run: Run) -> None:
    done = run("view", "aurora.gov.md", "aurora.minutes")
    assert done.code == 2
    assert "there is no page 'aurora.minutes'" in done.said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing.gov.md", "people"), "there is no file 'nothing.gov.md'"),
        (("aurora.gov.md", "people", "nothing.minutes"), "there is no file 'nothing.minutes'"),
        (("aurora.gov.md", "people", "--on", "yesterday"), "yesterday"),
        (("aurora.gov.md", "people", "--format", "docx"), "docx"),
        (("aurora.gov.md", "people", "-o", "nowhere/people.md"), "'nowhere/people.md' cannot be written"),
        (("aurora.gov.md", "people", "-o", "."), "'.' cannot be written"),
        (("aurora.gov.md", "--table", "nothing"), "there is no table 'nothing'"),
    ],
)
def test_what_cannot_be_shown_is_told(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run("view", *arguments)
    assert done.code == 2
    assert done.out == ""
    assert said in done.said


def test_a_text_with_errors_is_shown_as_far_as_it_is_sound(run: Run) -> None:
    write("aurora.gov.md", samples.AGREEMENT.replace("quorum two thirds of all members", "quorum two thirds of"))
    done = run("view", "aurora.gov.md", "people")
    assert done.code == 0
    assert "GL" in done.err
    assert "Helios" in done.out
    strict = run("view", "aurora.gov.md", "people", "--strict")
    assert strict.code == 2
    assert strict.out == ""


def test_a_file_is_written_whole_or_not_at_all(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("people.md", "before")
    Path("people.md").chmod(0o640)

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "replace", fail)
        done = run("view", "aurora.gov.md", "people", "-o", "people.md")
    assert done.code == 2
    assert "No space left on device" in done.said
    assert Path("people.md").read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in Path().iterdir()) == sorted(["aurora.gov.md", "aurora.minutes", "people.md", "story.md"])


def test_a_file_keeps_its_permissions_and_a_link_its_target(run: Run) -> None:
    write("people.md", "before")
    Path("people.md").chmod(0o640)
    Path("link.md").symlink_to("people.md")
    assert run("view", "aurora.gov.md", "people", "-o", "link.md").code == 0
    assert Path("link.md").is_symlink()
    assert Path("people.md").read_text(encoding="utf-8").startswith("# ")
    assert stat.S_IMODE(Path("people.md").stat().st_mode) == 0o640


@pytest.mark.parametrize(("form", "module", "extra"), [("xlsx", "xlsxwriter", "sheets"), ("pdf", "typst", "pdf")])
def test_a_missing_extra_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, form: str, module: str, extra: str) -> None:
    import sys

    monkeypatch.setitem(sys.modules, module, None)
    done = run("view", "aurora.gov.md", "--format", form, "-o", "out")
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1
    assert f"pip install 'govlang[{extra}]'" in done.err
    assert not Path("out").exists()
