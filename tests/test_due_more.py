"""What runs out of the agreement itself: amendments, access on request, secrecy, the holiday table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from govlang.holiday_table import Place, Table
from govlang.pipeline import load, load_text
from govlang.source import Source
from govlang.syntax.parse import parse_entries
from govlang.tools import due as listing
from govlang.tools.books import Book, Entry
from govlang.tools.due import DueItem

PACT = """\
agreement Pact
  version 1
  effective 2026-01-01 until 2028-12-31
  working days of Norway
  currency EUR

party Helios
party Norwind

role Chair
  one
  held by Lea Berg

asset Cell Model
  background of Helios

licence Access
  from Helios
  to Norwind
  of Cell Model
  for research
  non-exclusive
  no sublicence
  free of charge
  on request within 12 months after the end

confidentiality Secrecy
  of everything
  binds every party
  for 2 years after the end

decision Amend
  proposed by any party
  notice 3 working days
  requires approval of Chair
"""

AMENDMENT = """
amendment First Amendment
  to version 1
  makes version 2
  adopted by Amend as A-1
  effective 2026-06-01
  adds party Fjord
"""


def of_kind(kind: str, text: str, on: str, record: str = "", until: str = "") -> list[DueItem]:
    loaded = load_text(text, "pact.gov")
    assert loaded.sound, [(found.message, found.hint) for found in loaded.diagnostics]
    source = Source("r.minutes", record)
    deeds, found = parse_entries(source)
    assert not found
    listed = listing.due(loaded, Book(tuple(Entry(deed, source) for deed in deeds)), on, until)
    return [item for item in listed.items if item.kind == kind]


def test_access_must_be_asked_for_in_its_window() -> None:
    (item,) = of_kind("request window", PACT, "2029-11-01")
    assert (item.name, item.due, [owner.name for owner in item.owners]) == ("Access", date(2029, 12, 31), ["Norwind"])


def test_secrecy_ends() -> None:
    (item,) = of_kind("confidentiality", PACT, "2030-11-01")
    assert (item.name, item.due) == ("Secrecy", date(2030, 12, 31))


def test_the_agreement_ends_for_every_party() -> None:
    (item,) = of_kind("end of the agreement", PACT, "2028-11-01")
    assert (item.due, [owner.name for owner in item.owners]) == (date(2028, 12, 31), ["Helios", "Norwind"])
    assert of_kind("end of the agreement", PACT, "2028-09-01") == []
    assert of_kind("end of the agreement", PACT, "2029-01-01") == []


def test_an_amendment_must_be_adopted_before_it_takes_effect() -> None:
    text = PACT + AMENDMENT
    record = "2026-05-02  Helios proposes Amend as A-1\n"
    (waiting,) = of_kind("amendment", text, "2026-05-04", record)
    assert (waiting.state, waiting.due, waiting.overdue) == ("awaiting", date(2026, 5, 31), False)
    (adopted,) = of_kind("amendment", text, "2026-05-20", record + "2026-05-19  Lea Berg approves A-1\n")
    assert (adopted.state, adopted.due) == ("adopted", date(2026, 6, 1))
    (late,) = of_kind("amendment", text, "2026-06-02", record)
    assert (late.state, late.overdue) == ("not adopted", True)
    assert of_kind("amendment", text, "2026-06-02", record + "2026-05-19  Lea Berg approves A-1\n") == []


def test_the_years_of_a_holiday_table_run_out(tmp_path: Path) -> None:
    path = tmp_path / "pact.gov"
    path.write_text(PACT, encoding="utf-8")
    table = Table("holidays 0", 2026, 2027, (Place("Norway", "public holidays of Norway"),), ())
    (tmp_path / "pact.holidays.json").write_text(table.text(), encoding="utf-8")
    listed = listing.due(load(path), Book(), "2027-11-01")
    (item,) = [item for item in listed.items if item.kind == "holiday table"]
    assert (item.due, "lacks 2028" in item.to_do) == (date(2027, 12, 31), True)
    assert not [item for item in listing.due(load(path), Book(), "2027-05-01").items if item.kind == "holiday table"]


def test_a_request_for_access_waits_for_the_owner() -> None:
    loaded = load(Path(__file__).parent / "constructs" / "assets.gov")
    source = Source("r.minutes", "2026-03-02  Norwind requests Cell Model for commercial in field Mobility as Q-1\n")
    deeds, _ = parse_entries(source)
    listed = listing.due(loaded, Book(tuple(Entry(deed, source) for deed in deeds)), "2026-03-03")
    (item,) = [item for item in listed.items if item.occasion == "Q-1"]
    assert "terms-agreed" in item.to_do
    assert [owner.name for owner in item.owners] == ["Helios"]
