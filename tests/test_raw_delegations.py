"""Delegations on record: SQL judges the rows of everybody else, and the interpreter those in which a delegate took part."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from govlang.core.verdict import Verdict
from govlang.pipeline import load_text
from govlang.record import logged
from govlang.source import Source
from govlang.syntax.parse import parse_entries

pytest.importorskip("duckdb", reason="the extra `audit` is not installed")

from tests.raw_logs import SHAPES, Compared, Rows, compare

TEXT = """agreement Three Partners
  effective 2026-01-01 until 2027-12-31
  currency EUR
parties Helios, Norwind and Tallinn
role Director
  one for each party, appointed by party
  speaks for its party
  may delegate to any Deputy
  held by Ana for Helios, Ben for Norwind, Kai for Tallinn
role Manager
  one
  may delegate to any Officer up to 10,000 EUR
  held by Tom
role Officer
  up to 2
  held by Nora, Paul
role Deputy
  up to 2
  held by Mia, Ana
body Board
  members every Director
  quorum two thirds of all members
decision Spend
  given amount: money
  proposed by Manager or any Director
  when amount at most 50,000 EUR
    requires approval of Manager
  otherwise
    open for 5 days
    requires more than half of votes cast in Board
decision Sign
  given amount: money
  not delegable
  requires approval of Manager
  requires approval of any Officer
decision Agree
  open for 5 days
  requires approval of every party
decision Release
  requires approval of any Officer except proposer
"""
MINUTES = """2026-03-01  Tom delegates Manager to Nora until 2026-06-30
2026-05-01  Ben delegates Director to Mia until 2026-09-30
2026-06-01  Kai delegates Director to Ana until 2026-08-31
"""


def compared() -> tuple[Any, Any]:
    loaded = load_text(TEXT)
    assert not loaded.diagnostics, loaded.diagnostics
    deeds, problems = parse_entries(Source("test.minutes", MINUTES))
    assert not problems
    history = loaded.history(deeds)
    assert len(history.delegations) == 3, history.diagnostics
    return loaded, history


def test_random_rows_beside_delegations() -> None:
    loaded, history = compared()
    for decision in loaded.agreement.decisions:
        found = Compared()
        for number, shape in enumerate(SHAPES):
            for cast in (False, True):
                rows = Rows(40 + number, history, decision, shape, cast)
                found.add(compare(loaded, history, decision, rows.schema(), rows.rows(40, date(2026, 2, 1), 300)))
        assert not found.differences, (decision, found.differences[:3])
        assert found.kinds["sure"] > 40, (decision, found.kinds, found.reasons)
        assert found.kinds["unsure"] > 0, (decision, found.kinds)


def test_only_rows_of_delegates_are_left_to_the_interpreter() -> None:
    loaded, history = compared()
    schema = {"decided": "DATE", "proposed_by": "VARCHAR", "amount": "DECIMAL(18,2)",
              "ballots": "STRUCT(voter VARCHAR, choice VARCHAR)[]"}  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"decided": date(2026, month, 10), "proposed_by": "Tom", "amount": Decimal(amount),
         "ballots": [{"voter": voter, "choice": "for"}]}
        for month in (2, 4, 7) for voter, amount in (("Tom", 20_000), ("Nora", 20_000), ("Nora", 5_000))
    ]  # fmt: skip
    found = compare(loaded, history, "Spend", schema, rows)
    assert not found.differences, found.differences
    assert found.kinds["sure"] == 7, found.kinds
    reference = logged.Reference(loaded.rules, history)
    said = [reference.answer({"decision": "Spend", **row}).verdict for row in rows]
    assert said == [*(Verdict.PERMITTED, Verdict.PENDING, Verdict.PENDING),
                    *(Verdict.PERMITTED, Verdict.PENDING, Verdict.PERMITTED),
                    *(Verdict.PERMITTED, Verdict.PENDING, Verdict.PENDING)]  # fmt: skip


def test_a_delegate_may_propose_up_to_the_amount() -> None:
    loaded, history = compared()
    schema = {"decided": "DATE", "proposed_by": "VARCHAR", "amount": "DECIMAL(18,2)",
              "ballots": "STRUCT(voter VARCHAR, choice VARCHAR)[]"}  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"decided": date(2026, 4, 10), "proposed_by": who, "amount": Decimal(amount),
         "ballots": [{"voter": "Tom", "choice": "for"}]}
        for who in ("Tom", "Nora", "Paul") for amount in (5_000, 20_000)
    ]  # fmt: skip
    found = compare(loaded, history, "Spend", schema, rows)
    assert not found.differences, found.differences
    assert found.kinds["unsure"] == 2, found.kinds
    reference = logged.Reference(loaded.rules, history)
    said = [reference.answer({"decision": "Spend", **row}).verdict for row in rows]
    yes, no = Verdict.PERMITTED, Verdict.DENIED
    assert said == [*(yes, yes), *(yes, no), *(no, no)]
