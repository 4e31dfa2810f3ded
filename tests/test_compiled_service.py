"""Compiled agreements as a service has them: by action, read from JSON, shared by threads, put in each other's place."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from running import Run

import govlang
from govlang.backends.plan import judged
from govlang.core.governing import joined
from govlang.core.verdict import Verdict
from govlang.schema import published
from govlang.syntax.nodes import Duration, Money
from govlang.tools.compiled import service as serving
from tests.samples import AGREEMENT

ROOT = Path(__file__).parents[1]

RIVALS = """\
agreement Rivals
  version 1
  currency EUR
  time zone Europe/Zurich

parties Helios, Norwind

role Director
  one for each party
  speaks for its party

role Chair
  one

decision Buy
  given amount: money, urgent: yes or no optional
  covers spend
  proposed by any Director
  applies when amount more than 100 EUR
  requires approval of every party

decision Buy Small
  given amount: money
  covers spend, petty-spend
  requires approval of Chair

decision Emergency
  given amount: money, urgent: yes or no optional
  covers spend
  overrides Buy
  applies when urgent is yes
  requires approval of any party

decision Rent
  given amount: money, share: percent, days: number, period: duration, from: date, who: person, guests: persons, note: text
  requires amount at most 100 EUR
  requires share at most 50%
  requires period at most 30 days
  requires from after 2026-01-01
  requires days at least 2
"""
RECORD = """\
2026-01-05  Helios appoints Ana Ruiz as Director
2026-01-05  Norwind appoints Ben Okafor as Director
2026-01-05  Ana Ruiz and Ben Okafor appoint Lea Berg as Chair
2026-02-01  Ana Ruiz proposes `spend` as S-1
  amount 50 EUR
2026-02-01  Lea Berg approves S-1
2026-02-02  Ana Ruiz proposes `spend` as S-2
  amount 500 EUR
2026-02-02  Lea Berg approves S-2
2026-02-03  Ana Ruiz proposes `spend` as S-3
  amount 500 EUR
  urgent yes
2026-02-03  Lea Berg and Ana Ruiz approve S-3
2026-02-04  Ana Ruiz proposes Buy as S-4
  amount 50 EUR
2026-02-05  Ana Ruiz proposes `petty-spend` as S-5
  amount 50 EUR
2026-02-06  Ana Ruiz proposes `dance` as S-6
2026-02-06  Ana Ruiz proposes `spend` as S-7
  amount 500 EUR
2026-02-06  Ana Ruiz and Ben Okafor approve S-7
"""


@pytest.fixture
def rivals(tmp_path: Path) -> govlang.Compiled:
    (tmp_path / "rivals.gov").write_text(RIVALS, encoding="utf-8")
    (tmp_path / "rivals.minutes").write_text(RECORD, encoding="utf-8")
    assert govlang.load(tmp_path / "rivals.gov").sound, govlang.load(tmp_path / "rivals.gov").diagnostics
    return govlang.compile(tmp_path / "rivals.gov", record=tmp_path / "rivals.minutes")


# ---------------------------------------------------------------- by action


@pytest.mark.parametrize(("proposal", "action"), [
    ("S-1", "spend"), ("S-2", "spend"), ("S-3", "spend"), ("S-4", "Buy"), ("S-5", "petty-spend"), ("S-6", "dance"),
    ("S-7", "spend"),
])  # fmt: skip
@pytest.mark.parametrize("day", ["2026-02-06", "2026-03-01"])
def test_rights_are_joined_as_the_judge_joins_them(rivals: govlang.Compiled, proposal: str, action: str, day: str) -> None:
    asked = govlang.decide(rivals.source.loaded, record=rivals.records, proposal=proposal, on=day)
    row = rivals.row(proposal, day)
    answer = rivals.answer(action, row)
    assert rivals.verdict(action, row) is answer.verdict is asked.verdict
    assert rivals.permits(action, row) is (asked.verdict is Verdict.PERMITTED)
    if answer.rivals:
        assert answer.verdict is joined([each.verdict for each in answer.rivals])


def test_rivals_are_told(rivals: govlang.Compiled) -> None:
    row = rivals.row("S-2", "2026-02-02")
    assert set(row) == {"Buy", "Buy Small", "Emergency"}
    answer = rivals.answer("spend", row)
    assert {each.right.right.name: each.verdict.value for each in answer.rivals} == {"Buy": "pending", "Buy Small": "permitted"}
    assert answer.verdict is Verdict.PENDING
    assert answer.point is not None
    assert answer.as_data()["rivals"] == {"Buy": "pending", "Buy Small": "permitted"}
    other = rivals.answer("spend", rivals.row("S-7", "2026-02-06"))
    assert {each.right.right.name: each.verdict.value for each in other.rivals} == {"Buy": "permitted", "Buy Small": "pending"}
    assert other.verdict is Verdict.PENDING


def test_an_override_leaves_the_others_out(rivals: govlang.Compiled) -> None:
    row = {"amount": Money(Decimal(500), "EUR"), "urgent": True, "Buy": {"in_term": False}}
    assert [each.right.right.name for each in rivals.answer("spend", row).rivals] == ["Buy Small", "Emergency"]
    row["urgent"] = False
    answer = rivals.answer("spend", row)
    assert {each.right.right.name: each.verdict.value for each in answer.rivals} == {"Buy": "denied", "Buy Small": "pending"}


def test_nothing_is_said_of_what_no_right_is_about(rivals: govlang.Compiled) -> None:
    assert rivals.verdict("dance", {}) is Verdict.SILENT
    assert rivals.answer("dance", {}).as_data()["verdict"] == "silent"
    assert not rivals.permits("dance", {})
    with pytest.raises(govlang.NoAnswer) as refused:
        rivals.columns("Bye")
    assert "Buy" in refused.value.hint
    with pytest.raises(govlang.NoAnswer):
        rivals.right("dance")


def test_what_does_not_apply_is_silent(rivals: govlang.Compiled) -> None:
    row = {"amount": Money(Decimal(50), "EUR")}
    assert rivals.verdict("Buy", row) is rivals.answer("Buy", row).verdict is Verdict.SILENT
    assert (rivals.answer("Buy", row).states, rivals.answer("Buy", row).missing, rivals.answer("Buy", row).open) == ({}, (), ())


def test_the_row_of_a_proposal(rivals: govlang.Compiled) -> None:
    assert rivals.row("S-4", "2026-02-04")["amount"] == Money(Decimal(50), "EUR")
    assert set(rivals.row("S-1", "2026-02-04")) == {"Buy", "Buy Small", "Emergency"}
    assert rivals.row("S-6", "2026-02-06") == {}
    small = rivals.row("S-1", "2026-02-01", decision="Buy Small")
    assert judged(rivals.right("Buy Small").right, small)[0] is Verdict.PERMITTED
    for proposal, decision in (("S-9", ""), ("S-1", "Rent")):
        with pytest.raises(govlang.NoAnswer):
            rivals.row(proposal, "2026-02-04", decision=decision)


# ---------------------------------------------------------------- values from JSON

GOOD: dict[str, tuple[str, object, object]] = {
    "money": ("amount", "50,000 EUR", Money(Decimal(50000), "EUR")),
    "money apart": ("amount", {"amount": "5.50", "currency": "EUR"}, Money(Decimal("5.50"), "EUR")),
    "money as it is": ("amount", Money(Decimal(5), "EUR"), Money(Decimal(5), "EUR")),
    "percent": ("share", "55%", Fraction(11, 20)), "share": ("share", Fraction(1, 3), Fraction(1, 3)),
    "number": ("days", 3, 3), "decimal": ("days", Decimal("2.5"), Fraction(5, 2)), "in words": ("days", "2.5", Fraction(5, 2)),
    "period": ("period", "30 days", Duration(30, "days")), "day": ("from", "2026-03-31", datetime(2026, 3, 31)),
    "instant": ("from", "2026-03-31 14:00", datetime(2026, 3, 31, 14)), "date": ("from", date(2026, 3, 31), datetime(2026, 3, 31)),
    "zone": ("from", "2026-03-31 14:00 Z", datetime(2026, 3, 31, 16)),
    "aware": ("from", datetime(2026, 3, 31, 14, tzinfo=timezone(timedelta(hours=2))), datetime(2026, 3, 31, 14)),
    "yes": ("in_term", True, True), "null": ("amount", None, None),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_values_are_read(rivals: govlang.Compiled, name: str) -> None:
    column, given, value = GOOD[name]
    row = rivals.read("Rent", {column: given})
    assert row == {column: value}
    assert type(row[column]) is type(value)


BAD: dict[str, tuple[object, str]] = {
    "unknown": ({"amuont": "5 EUR"}, "no column 'amuont'"), "no mapping": (["amount"], "a row is a mapping"),
    "text for money": ({"amount": "lots"}, "amount"), "number for money": ({"amount": 5}, "amount"),
    "float": ({"days": 2.5}, "not exact"), "nan": ({"days": float("nan")}, "not exact"), "currency": ({"amount": "5 USD"}, "USD"),
    "no currency": ({"amount": "5 ABC"}, "ABC"), "text for yes": ({"in_term": "yes"}, "true or false"),
    "one for yes": ({"in_term": 1}, "true"),
    "yes for number": ({"days": True}, "number"),
    "day": ({"from": "2026-02-30"}, "from"),
    "no day": ({"from": "soon"}, "from"),
    "below zero": ({"days": -1}, "below zero"),
    "a share below zero": ({"days": Fraction(-1, 2)}, "-1/2"),
    "list": ({"share": [1]}, "share"), "object": ({"share": {"a": 1}}, "share"),
    "period": ({"period": "a while"}, "period"), "number for a name": ({3: 4}, "no column '3'"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_named(rivals: govlang.Compiled, name: str) -> None:
    given, message = BAD[name]
    with pytest.raises(govlang.NoAnswer, match=re.escape(message)) as refused:
        rivals.read("Rent", given)  # type: ignore[arg-type]
    assert refused.value.hint


@pytest.mark.parametrize("row", [
    {"amount": "5 EUR", "in_term": True, "withdrawn": False, "days": "3"},
    {"in_term": True, "withdrawn": False, "from": date(2026, 3, 1)}, {"in_term": True, "withdrawn": False, "from": "2026-03-01"},
    ["in_term"], None, 5,
])  # fmt: skip
def test_a_row_of_wrong_values_is_no_traceback(rivals: govlang.Compiled, row: Any) -> None:
    for ask in (rivals.verdict, rivals.answer, rivals.permits):
        try:
            found = ask("Rent", row)
        except govlang.NoAnswer:
            continue
        assert found in (Verdict.PENDING, False) or getattr(found, "verdict", None) is Verdict.PENDING


# ---------------------------------------------------------------- threads


def test_threads_share_one_agreement(tmp_path: Path) -> None:
    path = ROOT / "agreements/wafer-joint-venture.gov.md"
    alone = govlang.compile(path)
    rows = [{"in_term": True, "withdrawn": number % 2 == 0, "voting_closed": number % 3 == 0} for number in range(6)]
    wanted = {name: [alone.answer(name, row).as_data() for row in rows] for name in alone.entries}
    govlang.compile(path, cache=tmp_path / "c.jsonl")
    for shared in (govlang.compile(path), govlang.compile(path, cache=tmp_path / "c.jsonl")):
        start = threading.Barrier(8)

        def ask(_: int, shared: govlang.Compiled = shared, start: threading.Barrier = start) -> dict[str, list[dict[str, object]]]:
            start.wait()
            return {name: [shared.answer(name, row).as_data() for row in rows] for name in shared.entries}

        with ThreadPoolExecutor(8) as pool:
            assert all(found == wanted for found in pool.map(ask, range(8)))


def test_prepared_before_a_fork(rivals: govlang.Compiled) -> None:
    assert rivals.prepare() is rivals
    assert all({"verdict", "permits", "answer", "reading"} <= vars(rivals.right(name)).keys() for name in rivals.entries)
    assert rivals.prepare("spend").verdict("spend", {}) is Verdict.PENDING


# ---------------------------------------------------------------- one in the place of another

HIGHER = AGREEMENT.replace("50,000 EUR", "90,000 EUR")
ASKED: Mapping[str, object] = {
    "in_term": True, "withdrawn": False, "proposed_by_director": True, "amount": Money(Decimal(60_000), "EUR"), "party_members": 2,
    "party_for": 0, "board_for": 2, "board_members": 2, "board_quorum": 2,
}  # fmt: skip


@pytest.mark.parametrize("cache", [None, "plans"])
def test_a_new_text_takes_the_place_of_the_old_one(tmp_path: Path, cache: str | None) -> None:
    path = tmp_path / "aurora.gov.md"
    path.write_text(AGREEMENT, encoding="utf-8")
    service = govlang.Service(path, cache=tmp_path / cache if cache else None)
    old = service.current
    assert not old.permits("Commit Spend", ASKED)
    assert service.reload() is False
    assert service.current is old
    path.write_text(HIGHER, encoding="utf-8")
    assert service.reload() is True
    assert service.current.permits("Commit Spend", ASKED)
    assert not old.permits("Commit Spend", ASKED)


@pytest.mark.parametrize("text", [AGREEMENT.replace("every party", "every partner"), "", "no agreement", "\0"])
def test_a_broken_text_changes_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "aurora.gov.md"
    path.write_text(AGREEMENT, encoding="utf-8")
    service = govlang.Service(path, cache=tmp_path / "plans")
    before = service.current
    path.write_text(text, encoding="utf-8")
    with pytest.raises(govlang.NoAnswer) as refused:
        service.reload()
    assert refused.value.message
    path.unlink()
    with pytest.raises(govlang.NoAnswer):
        service.reload()
    assert service.current is before
    assert not service.current.permits("Commit Spend", ASKED)
    path.write_text(HIGHER, encoding="utf-8")
    assert service.reload()


def test_a_holiday_table_that_changes_is_another_agreement(tmp_path: Path) -> None:
    path = tmp_path / "aurora.gov.md"
    path.write_text(AGREEMENT, encoding="utf-8")
    service = serving.Service(path)
    (tmp_path / "aurora.holidays.json").write_text("{}", encoding="utf-8")
    assert service.reload()
    assert not service.reload()


def test_requests_go_on_while_it_is_replaced(tmp_path: Path) -> None:
    """Every answer is that of one of the two texts, whole."""
    path = tmp_path / "aurora.gov.md"
    path.write_text(AGREEMENT, encoding="utf-8")
    service, done, seen = govlang.Service(path), threading.Event(), set()

    def ask() -> None:
        while not done.is_set():
            agreement = service.current
            asked = agreement.permits("Commit Spend", ASKED), agreement.verdict("Commit Spend", ASKED).value
            seen.add((agreement.about.sha256, *asked))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for text in (HIGHER, AGREEMENT, HIGHER):
        path.write_text(text, encoding="utf-8")
        assert service.reload()
    done.set()
    for thread in threads:
        thread.join()
    assert len({sha for sha, _, _ in seen}) == len(seen) <= 2


# ---------------------------------------------------------------- the verb, the guide


def test_the_verb_keeps_and_tells(run: Run) -> None:
    Path("aurora.gov.md").write_text(AGREEMENT, encoding="utf-8")
    done = run("compile", "aurora.gov.md")
    assert done.code == 0
    assert "Commit Spend: " in done.out
    assert "wrote aurora.compiled.jsonl" in done.out
    compiled = govlang.compile("aurora.gov.md", cache="aurora.compiled.jsonl")
    assert type(compiled.source).__name__ == "Kept"
    listed = run("compile", "aurora.gov.md", "--columns", "--format", "json")
    found = json.loads(listed.out)
    jsonschema.validate(found, published("compiled"))
    assert found["file"] is None
    assert [column["name"] for column in found["rights"][0]["columns"]] == [each.name for each in compiled.columns("Commit Spend")]
    assert "amount" in run("compile", "aurora.gov.md", "--right", "Commit Spend").out
    told = json.loads(run("compile", "aurora.gov.md", "-o", "x.jsonl", "--format", "json").out)
    assert told["bytes"] == Path("x.jsonl").stat().st_size


@pytest.mark.parametrize("arguments", [
    ("aurora.gov.md", "--right", "Commit Spent"), ("aurora.gov.md", "-o", "x.txt"),
    ("aurora.gov.md", "-o", "aurora.gov.md/x.jsonl"),
    ("none.gov",), (".",), ("broken.gov.md",), ("aurora.gov.md", "-o", "folder.jsonl"), ("aurora.gov.md", "-o", "n\0.jsonl"),
])  # fmt: skip
def test_the_verb_refuses(run: Run, arguments: tuple[str, ...]) -> None:
    Path("aurora.gov.md").write_text(AGREEMENT, encoding="utf-8")
    Path("broken.gov.md").write_text(AGREEMENT.replace("every party", "every partner"), encoding="utf-8")
    Path("folder.jsonl").mkdir()
    before = sorted(Path.cwd().iterdir())
    done = run("compile", *arguments)
    assert done.code == 2
    assert "hint" in done.err
    assert sorted(Path.cwd().iterdir()) == before


def test_the_guide_runs(run: Run) -> None:
    page = (ROOT / "docs/guide/services.md").read_text(encoding="utf-8")
    for line in re.findall(r"^\$ govlang (.*)$", page, re.MULTILINE):
        done = run(*(part.strip('"') for part in re.findall(r'"[^"]*"|\S+', line)))
        assert done.code == 0
    shown = re.search(r"^```text\n(.*?)^  \.\.\.", page, re.MULTILINE | re.DOTALL)
    assert shown is not None
    assert done.out.startswith(shown[1])
    known: dict[str, object] = {}
    blocks = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        exec(block, known)
