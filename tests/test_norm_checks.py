"""Checks of duties, powers, reviews, objectives and communication: texts in which each fires, and near misses."""

from __future__ import annotations

import pytest

from govlang.model import checks
from govlang.pipeline import load_text

HEADER = """agreement Test
  effective 2026-01-01 until 2028-12-31
  currency EUR

parties Helios, Norwind and Cetra

role Clerk
  up to 0

role Secretary
  one

body Board
  members every party

decision Amend Plan
  proposed by any party
  requires approval of every party

decision Move Site
  proposed by any party
  requires approval of every party

"""


def codes(text: str, header: str = HEADER) -> list[str]:
    """The codes found in the clauses, whether by the reader or by the checks."""
    loaded = load_text(header + text)
    found = [item.code for item in loaded.diagnostics]
    return found + [item.code for item in checks.run(loaded.agreement) if item.code.startswith("GL35") or item.code == "GL108"]


DUTY = "duty Deliver\n  owed by Helios to Norwind\n"
REVIEW = "review Stocktaking\n  led by Helios\n  attended by every party\n  each quarter\n"
FIRES = [
    ("GL359", REVIEW + "  quorum half of all members when reconvened\n"),
    ("GL359", REVIEW + "  quorum half of all members taking part\n"),
    ("GL350", DUTY + "  when duty Deliver is held\n  within 5 days\n"),
    ("GL350", DUTY + "  when decision Amend Plan is violated\n  within 5 days\n"),
    ("GL351", DUTY),
    ("GL351", DUTY + "  each quarter\n"),
    ("GL352", "duty Deliver\n  by 2026-06-30\n"),
    ("GL352", "duty Deliver\n  owed by every party except party to Norwind\n  by 2026-06-30\n"),
    ("GL352", "duty Deliver\n  owed by Clerk to Norwind\n  by 2026-06-30\n"),
    ("GL352", "power Step In\n  requires approval of Norwind\n"),
    ("GL352", "review Stocktaking\n  attended by every party\n  each quarter\n"),
    ("GL352", "objective Cycles\n  measure cycles: number\n  target at least 5 by 2027-12-31\n"),
    ("GL201", DUTY + "  by 2026-06-30\n  amount party of 5,000 EUR\n"),
    ("GL201", DUTY + "  by 2026-06-30\n  amount in-default of 5,000 EUR\n"),
    ("GL354", DUTY + "  continuing\n  within 5 days\n"),
    ("GL354", DUTY + "  continuing\n  by 2026-06-30\n"),
    ("GL355", DUTY + "  within 15 days after its end\n"),
    ("GL355", DUTY + "  within 15 days after its start\n"),
    ("GL356", "objective Cycles\n  owned by Helios\n"),
    ("GL356", "objective Cycles\n  owned by Helios\n  measure cycles: number\n"),
    ("GL357", "duty Deliver\n  owed by Helios\n  by 2026-06-30\n  cured within 30 days after notice\n"),
    ("GL357", "duty Deliver\n  owed by Helios\n  by 2026-06-30\n  may be assigned\n"),
    ("GL358", DUTY + "  by 2026-06-30\n  if violated, decision Amend Plan\n"),
]  # fmt: skip
CLEAN = [
    DUTY + "  continuing\n",
    DUTY + "  by 2026-06-30\n",
    DUTY + "  when decision Amend Plan is taken\n  within 5 days\n",
    DUTY + "  each quarter\n  within 15 days after its end\n",
    DUTY + "  by 2026-06-30\n  cured within 30 days after notice\n  may be assigned with approval of Norwind\n",
    DUTY + "  by 2026-06-30\n  if violated, decision Amend Plan within 30 days\n",
    "duty Deliver\n  owed by any Secretary to Norwind\n  by 2026-06-30\n",
    "objective Cycles\n  owned by Helios\n  measure cycles: number\n  target at least 5 by 2027-12-31\n",
    REVIEW,
    "power Step In\n  held by Norwind\n",
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), FIRES)
def test_a_check_fires(code: str, text: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize("text", CLEAN)
def test_a_near_miss_is_no_mistake(text: str) -> None:
    assert codes(text) == []


def test_a_name_is_not_unknown_where_its_clause_could_not_be_read() -> None:
    review = REVIEW + "  if missed, duty Explain within 10 days\n\n"
    assert codes(review + "duty Explain\n  owd by Helios to Norwind\n") == ["GL001"]
    assert "GL101" in codes(review + "duty Explained\n  owd by Helios to Norwind\n")


def test_turns_need_a_first_day() -> None:
    undated = HEADER.replace("  effective 2026-01-01 until 2028-12-31\n", "")
    assert "GL353" in codes(REVIEW, undated)
    assert "GL353" not in codes(REVIEW.replace("each quarter", "each quarter from 2026-01-01"), undated)


def test_norms_that_arise_only_from_each_other_never_begin() -> None:
    one = "duty One\n  owed by Helios to Norwind\n  when duty Two is fulfilled\n  within 5 days\n\n"
    two = "duty Two\n  owed by Norwind to Helios\n  when duty One is fulfilled\n  within 5 days\n"
    assert "GL108" in codes(one + two)
    assert "GL108" not in codes(one + two + "  when decision Amend Plan is taken\n")
