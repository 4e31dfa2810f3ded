"""The alliance's minute book of two years: nothing to report; and with ten departures put in, exactly those ten."""

from __future__ import annotations

from pathlib import Path

import pytest

import govlang
from govlang.tools import audit

AGREEMENTS = Path(__file__).parents[1] / "agreements"

# What was put into the second book, by its number there: code and day.
PLANTED = {
    1: ("GL601", "2026-06-01"), 2: ("GL607", "2026-05-27"), 3: ("GL609", "2026-05-18"), 4: ("GL620", "2027-07-16"),
    5: ("GL625", "2026-07-20"), 6: ("GL630", "2027-10-16"), 7: ("GL632", "2027-04-09"), 8: ("GL641", "2027-04-15"),
    9: ("GL650", "2026-08-12"), 10: ("GL634", "2026-05-23"),
}  # fmt: skip


def audited(text: str, folder: Path) -> list[tuple[str, str]]:
    path = folder / "book.minutes"
    path.write_text(text, encoding="utf-8")
    found = audit.audit(AGREEMENTS / "alliance.gov.md", path, on="2027-12-31")
    assert not found.problems, [each.message for each in found.problems]
    return sorted((each.code, f"{each.at.start:%Y-%m-%d}") for each in found.departures)


def test_two_years_without_a_departure(tmp_path: Path) -> None:
    assert audited((AGREEMENTS / "alliance-two-years.minutes").read_text(encoding="utf-8"), tmp_path) == []


def test_exactly_the_ten_departures_are_reported(tmp_path: Path) -> None:
    text = (AGREEMENTS / "alliance-departures.minutes").read_text(encoding="utf-8")
    assert text.count("\n# 1") >= 2
    assert audited(text, tmp_path) == sorted(PLANTED.values())


@pytest.mark.parametrize("number", [1, 2, 3, 7, 9])
def test_taking_one_out_takes_out_its_report_alone(number: int, tmp_path: Path) -> None:
    """Each of these stands on one line, below its number."""
    lines = (AGREEMENTS / "alliance-departures.minutes").read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(place for place, line in enumerate(lines) if line.startswith(f"# {number}:"))
    del lines[at + 1]
    rest = {key: value for key, value in PLANTED.items() if key != number}
    assert audited("".join(lines), tmp_path) == sorted(rest.values())


def test_the_same_questions_from_python() -> None:
    agreement, record = AGREEMENTS / "alliance.gov.md", AGREEMENTS / "alliance-two-years.minutes"
    owed = govlang.due(agreement, record, on="2027-03-31", until="2027-05-15", who="Norwind")
    assert [item.occasion for item in owed.items if item.kind == "duty"] == ["2027-Q1"]
    assert [each.state.id for each in govlang.status(agreement, record, on="2027-05-01").disputes] == ["D-1"]
    card = govlang.trust(agreement, record, on="2027-12-31", party="Helios")
    assert {each.level for each in card.dimensions} <= {"good", "incomplete"}
    allowed = govlang.may(agreement, "Norwind use Cell Model for research", record=record, on="2027-05-01")
    assert allowed.verdict.value == "permitted"
    assert not govlang.audit(agreement, record, on="2027-12-31").departures
