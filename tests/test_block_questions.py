"""Whether somebody may veto a proposal, or object to it: asked in words, and what the answer rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

import govlang
from govlang.core.verdict import Verdict
from govlang.tools.questions import NoAnswer

ROOT = Path(__file__).parents[1]
CONSORTIUM = ROOT / "agreements" / "research-consortium.gov.md"
RECORD = """\
2024-04-15  Ada Moss proposes Assembly Resolution as R-1
  subject removal
  concerned Elm Hospital
  on-original-agenda no
2024-04-15  meeting of General Assembly as GA-1
  present Ada Moss, Ben Roth, Carla Nunes, Dan Ochoa, Eva Lund, Finn Berg
  agenda R-1
  closed
2024-04-20  Ada Moss sends minutes of GA-1
2024-04-22  Ada Moss finds severely-affected of Gita Rao on R-1
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "consortium.minutes"
    path.write_text(RECORD, encoding="utf-8")
    return path


@pytest.mark.parametrize(("question", "on", "verdict", "says"), [
    ("Gita Rao veto R-1", "2024-04-22", Verdict.PERMITTED, ""),
    ("may Gita Rao veto R-1?", "2024-05-05", Verdict.PERMITTED, ""),
    ("Gita Rao veto R-1", "2024-05-06", Verdict.DENIED, "late: the time for it was over"),
    ("Hugo Vidal veto R-1", "2024-04-22", Verdict.PENDING, "a finding on whether severely-affected is shown for the veto"),
    ("Eva Lund veto R-1", "2024-04-22", Verdict.DENIED, "excluded from raising a veto here"),
    ("Jan Peeters veto R-1", "2024-04-22", Verdict.DENIED, "not by one who may raise a veto"),
    ("Gita Rao object to R-1", "2024-04-22", Verdict.DENIED, "Assembly Resolution cannot be stopped by an objection"),
])  # fmt: skip
def test_may_somebody_veto(record: Path, question: str, on: str, verdict: Verdict, says: str) -> None:
    answer = govlang.may(CONSORTIUM, question, record=record, on=on)
    assert answer.verdict is verdict
    reasons = [*(item.label for item in answer.because), *(missing.text for missing in answer.missing), ""]
    assert any(says in text for text in reasons)


def test_the_clauses_of_its_lines_are_cited(record: Path) -> None:
    answer = govlang.may(CONSORTIUM, "Eva Lund veto R-1", record=record, on="2024-04-22")
    assert {"6.2.4", "6.2.4.6"} <= {citation.number for citation in answer.citations}


def test_a_proposal_that_nobody_made(record: Path) -> None:
    with pytest.raises(NoAnswer, match="nothing called 'R-2' was proposed") as found:
        govlang.may(CONSORTIUM, "Eva Lund veto R-2", record=record, on="2024-04-22")
    assert "R-1" in found.value.hint


def test_a_line_under_a_veto_cites_a_heading_that_is_there(tmp_path: Path) -> None:
    text = CONSORTIUM.read_text(encoding="utf-8").replace("concerned [6.2.4.6]", "concerned [6.2.4.9]")
    path = tmp_path / "consortium.gov.md"
    path.write_text(text, encoding="utf-8")
    codes = [found.code for found in govlang.check(path).diagnostics]
    assert codes.count("GL107") == 3
