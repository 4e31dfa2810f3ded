"""The holiday table: written once from the calendar library, hashed, and from then on the only thing that is read."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import govlang
from govlang.cli import govlang as command
from govlang.holiday_table import Changed, Holidays, Place, Table, Unreadable, path_beside, read_table
from govlang.record import calendar
from govlang.syntax.nodes import Duration
from govlang.tools import calendars, places
from govlang.tools.questions import NoAnswer

ROOT = Path(__file__).parents[1]
VENTURE = ROOT / "tests" / "constructs" / "working-days.gov"
TABLE = Table("holidays 0", 2026, 2026, (Place("Norway", "public holidays of Norway"),), (
    (date(2026, 5, 14), (("Norway", "Ascension Day"),)), (date(2026, 5, 17), (("Norway", "Constitution Day"),)),
))  # fmt: skip
TEXT = """agreement Test
  effective 2026-01-01 until 2026-12-31
  working days of Norway

role Chair
  one, held by Ana Ruiz

decision Wait
  proposed by any person
  requires 5 working days after proposal

decision Act
  proposed by any person
  requires approval of Chair

scenario It waits
  2026-05-11  Ana Ruiz proposes Wait as W-1
  2026-05-18  expect W-1 pending
  2026-05-19  expect W-1 permitted

scenario It acts
  2026-05-11  Ana Ruiz proposes Act as A-1
  2026-05-11  Ana Ruiz approves A-1
  2026-05-11  expect A-1 permitted
"""


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    path = tmp_path / "test.gov"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "test.holidays.json").write_text(TABLE.text(), encoding="utf-8")
    (tmp_path / "book.minutes").write_text(
        "2026-05-11  Ana Ruiz proposes Wait as W-1\n2026-05-11  Ana Ruiz proposes Act as A-1\n", encoding="utf-8"
    )
    return path


def codes(path: Path) -> list[str]:
    return [found.code for found in govlang.check(path).diagnostics]


def invoke(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, list(arguments))
    return done.exit_code, done.output


# ---------------------------------------------------------------- the file


def test_a_table_reads_back_as_it_was_written() -> None:
    assert read_table(TABLE.text()) == TABLE
    assert read_table(json.dumps(json.loads(TABLE.text()))) == TABLE, "spacing does not matter"


def test_every_day_stands_on_a_line_of_its_own() -> None:
    lines = TABLE.text().splitlines()
    assert '    {"day": "2026-05-14", "holidays": {"Norway": "Ascension Day"}},' in lines


@pytest.mark.parametrize(
    ("old", "new"),
    [("2026-05-14", "2026-05-15"), ("Ascension", "Descension"), ("holidays 0", "holidays 1"), ("[2026, 2026]", "[2026, 2027]"),
     ("public holidays of Norway", "other holidays")],
)  # fmt: skip
def test_every_edit_by_hand_is_found(old: str, new: str) -> None:
    with pytest.raises(Changed):
        read_table(TABLE.text().replace(old, new))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "5", "null", '{"holiday_table": 1}', TABLE.text() + TABLE.text(), TABLE.text().replace("2026-05-14", "soon"),
     TABLE.text().replace('"holiday_table": 1', '"holiday_table": 2'), "[" * 100_000,
     TABLE.text().replace('"years"', '"years": [1, 2], "years"'), TABLE.text().replace('[2026, 2026]', '["x", 1]')],
)  # fmt: skip
def test_what_is_no_table_is_said_so(text: str) -> None:
    with pytest.raises(Unreadable):
        read_table(text)


def test_the_table_stands_beside_its_agreement() -> None:
    assert path_beside("a/alliance.gov.md") == path_beside("a/alliance.gov") == "a/alliance.holidays.json"


# ---------------------------------------------------------------- answers


def test_an_answer_counts_by_the_table_and_says_its_hash(agreement: Path) -> None:
    assert codes(agreement) == []
    arguments = (str(agreement), "--record", str(agreement.with_name("book.minutes")), "--on", "2026-05-18")
    code, text = invoke("decide", *arguments, "--proposal", "W-1")
    assert code == 3
    assert f"working days by test.holidays.json (hash {TABLE.sha256[:12]})" in text
    code, text = invoke("decide", *arguments, "--proposal", "W-1", "--format", "json")
    assert json.loads(text)["holidays"] == {"file": str(agreement.with_name("test.holidays.json")), "sha256": TABLE.sha256}
    code, text = invoke("decide", *arguments, "--proposal", "A-1", "--format", "json")
    assert json.loads(text)["holidays"] is None, "no working day was counted"


def test_days_listed_in_the_text_are_off_as_well(agreement: Path) -> None:
    listed = TEXT.replace("  working days of Norway\n", "  working days of Norway\n  not working 2026-05-13\n")
    agreement.write_text(listed, encoding="utf-8")
    off = calendar.days_off(govlang.load(agreement).agreement.header)
    assert calendar.add_days(date(2026, 5, 11), Duration(5, "working days"), off) == date(2026, 5, 20)


def test_no_answer_loads_the_calendar_library(agreement: Path) -> None:
    code = f"""
import sys, govlang
answer = govlang.decide({str(agreement)!r}, record={str(agreement.with_name("book.minutes"))!r}, proposal="W-1", on="2026-05-18")
assert answer.holidays is not None
assert not [name for name in sys.modules if name.split(".")[0] == "holidays"], "loaded"
"""
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True).stderr == ""


def test_a_table_is_read_only_where_working_days_are_counted(agreement: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement.write_text(TEXT.replace("5 working days", "5 days"), encoding="utf-8")

    def never(*_: object) -> object:
        raise AssertionError("read")

    monkeypatch.setattr(Holidays, "_from_file", never)
    book = str(agreement.with_name("book.minutes"))
    assert govlang.decide(str(agreement), record=book, proposal="A-1", on="2026-05-18").verdict.value == "pending"


@pytest.mark.parametrize(
    ("text", "code"),
    [(TABLE.text().replace("14", "15"), "GL132"), ("{}", "GL134"), ("\xff\xfe", "GL134"),
     (Table("h", 2026, 2026, (Place("Sweden", ""),), ()).text(), "GL133")],
)  # fmt: skip
def test_a_table_that_cannot_be_trusted_answers_nothing(agreement: Path, text: str, code: str) -> None:
    agreement.with_name("test.holidays.json").write_bytes(text.encode("latin-1"))
    assert codes(agreement) == [code]
    with pytest.raises(NoAnswer) as error:
        govlang.decide(str(agreement), record=str(agreement.with_name("book.minutes")), proposal="W-1", on="2026-05-18")
    assert [found.code for found in error.value.diagnostics] == [code]
    tested = govlang.test(str(agreement))
    assert not tested[0].sound
    assert tested[0].outcomes == ()


def test_without_a_table_it_is_said_that_holidays_count_as_worked(agreement: Path) -> None:
    agreement.with_name("test.holidays.json").unlink()
    assert "GL130" in codes(agreement)
    answer = govlang.decide(str(agreement), record=str(agreement.with_name("book.minutes")), proposal="W-1", on="2026-05-18")
    assert answer.verdict.value == "permitted"
    assert any("GL130" in note and f"govlang calendar lock {agreement}" in note for note in answer.notes)


def test_a_year_that_the_table_lacks_is_named(agreement: Path) -> None:
    agreement.write_text(TEXT.replace("until 2026-12-31", "until 2028-12-31"), encoding="utf-8")
    [found] = [item for item in govlang.check(agreement).diagnostics if item.code == "GL131"]
    assert "2027 to 2028" in found.message
    book = agreement.with_name("book.minutes")
    book.write_text("2026-12-30  Ana Ruiz proposes Wait as W-1\n", encoding="utf-8")
    answer = govlang.decide(str(agreement), record=str(book), proposal="W-1", on="2026-12-31")
    assert any("lacks 2027" in note for note in answer.notes)


def test_two_tables_and_a_misnamed_one(agreement: Path) -> None:
    other = agreement.with_name("test.gov.holidays.json")
    other.write_text(TABLE.text(), encoding="utf-8")
    assert codes(agreement) == ["GL135"]
    agreement.with_name("test.holidays.json").unlink()
    assert codes(agreement) == ["GL134"]


def test_text_without_a_file_looks_for_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "agreement.holidays.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert govlang.load_text(TEXT).agreement.header.holidays is None


# ---------------------------------------------------------------- writing it

holidays = pytest.importorskip("holidays")


def test_lock_writes_the_term_and_the_year_after_it(agreement: Path) -> None:
    table = agreement.with_name("test.holidays.json")
    table.unlink()
    assert invoke("calendar", "lock", str(agreement), "--check")[0] == 1
    code, text = invoke("calendar", "lock", str(agreement))
    assert code == 0
    assert "2026 to 2027" in text
    first = table.read_bytes()
    assert invoke("calendar", "lock", str(agreement))[0] == 0
    assert table.read_bytes() == first, "the same bytes again"
    assert invoke("calendar", "lock", str(agreement), "--check")[0] == 0
    assert "2026-05-17" in first.decode()


def test_lock_says_how_the_file_differs(agreement: Path) -> None:
    code, text = invoke("calendar", "lock", str(agreement), "--check")
    assert code == 1
    assert "2026-01-01 is not in the file: New Year's Day (Norway)" in text
    code, text = invoke("calendar", "lock", str(agreement), "--years", "2026")
    assert code == 0
    assert "changed: 2026-01-01 is not in the file" in text


@pytest.mark.parametrize("years", ["20", "2027-2026", "2000-2500", "now", "2026-", "0000"])
def test_spans_of_years_that_are_none(agreement: Path, years: str) -> None:
    code, text = invoke("calendar", "lock", str(agreement), "--years", years)
    assert code == 2
    assert "is no span of years" in text


def test_lock_needs_a_beginning_places_and_the_library(agreement: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement.write_text(TEXT.replace("  effective 2026-01-01 until 2026-12-31\n", ""), encoding="utf-8")
    assert "give --years" in invoke("calendar", "lock", str(agreement))[1]
    agreement.write_text(TEXT.replace("  working days of Norway\n", ""), encoding="utf-8")
    assert "names no places" in invoke("calendar", "lock", str(agreement))[1]
    agreement.write_text(TEXT, encoding="utf-8")
    monkeypatch.setitem(sys.modules, "holidays", None)
    code, text = invoke("calendar", "lock", str(agreement))
    assert code == 2
    assert "pip install 'govlang[calendar]'" in text


@pytest.mark.parametrize(
    ("written", "taken"),
    [("Switzerland", "public holidays of Switzerland"), ("Zurich", "public holidays of Switzerland, ZH"),
     ("Zürich", "public holidays of Switzerland, ZH"), ("Zurich in Switzerland", "public holidays of Switzerland, ZH"),
     ("USA", "public holidays of United States"), ("New York", "public holidays of United States, NY"),
     ("Georgia", "public holidays of Georgia"), ("Georgia in United States", "public holidays of United States, GA"),
     ("Tokyo", "public holidays of Japan"), ("banks in Tokyo", "public and bank holidays of Japan"),
     ("banks in New York", "holidays of the Federal Reserve"), ("Scotland", "public holidays of United Kingdom, SCT"),
     ("banks in Frankfurt", "public holidays of Germany, HE")],
)  # fmt: skip
def test_places_as_lawyers_write_them(written: str, taken: str) -> None:
    [place] = govlang.load_text(f"agreement A\n  working days of {written}\n").agreement.header.working_places
    assert place.text == written
    assert places.find(place).taken == taken


@pytest.mark.parametrize(
    ("written", "hint"),
    [("Noway", "did you mean 'Norway'?"), ("Winterthur in Switzerland", "Zürich"), ("Zurich in Swizerland", "'Switzerland'")],
)
def test_places_that_nobody_knows(written: str, hint: str) -> None:
    [place] = govlang.load_text(f"agreement A\n  working days of {written}\n").agreement.header.working_places
    with pytest.raises(places.UnknownPlace) as error:
        places.find(place)
    assert hint in error.value.hint


def test_every_city_has_a_calendar() -> None:
    for city, (country, region) in places.CITIES.items():
        kind = getattr(holidays, country)
        assert not region or region in kind.subdivisions, city
    for name, code in places.ALSO.items():
        assert hasattr(holidays, code), name


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [("2018-01-05", 3, "2018-01-11"), ("2018-01-10", 10, "2018-01-25"), ("2018-01-05", 11, "2018-01-24"),
     ("2018-04-09", 30, "2018-05-24"), ("2018-03-31", 10, "2018-04-13")],
)  # fmt: skip
def test_working_days_of_two_seats_and_the_banks_of_two_cities(start: str, days: int, end: str) -> None:
    """Counted by hand: 8 January and 30 April, 3 and 4 May are holidays in Japan, 15 January is one of the banks in New York."""
    off = calendar.days_off(govlang.load(VENTURE).agreement.header)
    assert calendar.add_days(date.fromisoformat(start), Duration(days, "working days"), off) == date.fromisoformat(end)


@pytest.mark.parametrize("path", [VENTURE, ROOT / "agreements" / "alliance.gov.md"], ids=lambda path: path.stem)
def test_the_tables_of_the_project_hold_what_the_library_says(path: Path) -> None:
    loaded = govlang.load(path)
    found = calendars.lock(loaded, check=True)
    assert not found.fresh
    assert found.differences == ()
    assert loaded.agreement.header.holidays.lacks([2018] if path == VENTURE else range(2026, 2032)) == ()
