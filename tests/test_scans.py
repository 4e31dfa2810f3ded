"""How often an audit reads a log: decisions share a reading, rows are judged once, and answers are the same as without."""

from __future__ import annotations

from pathlib import Path

import pytest

from govlang.pipeline import load_text
from govlang.tools.columnar import branches, interpreting
from govlang.tools.columnar.auditing import Options, Session
from govlang.tools.columnar.scans import scans

duckdb = pytest.importorskip("duckdb", reason="DuckDB comes with the extra `audit`")

TEXT = """\
agreement Aurora Alliance
  effective 2026-01-01 until 2026-12-31
  currency EUR

parties Helios, Norwind

decision Commit Spend
  given amount: money
  proposed by any party
  requires amount at most 250,000 EUR

decision Share Data
  given kind: one of raw or derived
  proposed by any party
  requires kind is derived

decision Leave
  proposed by any party
"""
VOTES = """\
agreement Two Firms
  effective 2026-01-01 until 2026-12-31
parties Alder and Birch
decision Decide
  requires approval of every party
"""
LOG = """
SELECT CASE i % 4 WHEN 0 THEN 'Commit Spend' WHEN 1 THEN 'Share Data' WHEN 2 THEN 'Leave' ELSE 'Buy' END AS decision,
  DATE '2026-01-05' + CAST(i AS INTEGER) AS decided, i % 5 <> 0 AS proposed_by_party, 100000 * (i % 7) AS amount,
  CASE i % 3 WHEN 0 THEN 'raw' WHEN 1 THEN 'derived' ELSE 'other' END AS kind, TRUE AS in_term, FALSE AS withdrawn
FROM range(200) t(i)
"""


def parquet(folder: Path, sql: str) -> str:
    path = str(folder / "log.parquet")
    duckdb.execute(f"COPY ({sql}) TO '{path}'")
    return path


def told(path: str, text: str, output: Path) -> tuple[object, list[tuple[object, ...]], int]:
    """The summary, the rows, and how many readings there were."""
    with Session(load_text(text), [path], (), Options(output=str(output), watched=False)) as session:
        found = session.audit()
        builder, listed = session.branches()
        assert session.codes
        number = len(scans(listed, session.log, builder.dialect))
    rows = duckdb.execute(f"SELECT * FROM '{output}'").fetchall()
    return found.groups, rows, number


def test_decisions_share_a_reading_and_come_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, output = parquet(tmp_path, LOG), tmp_path / "rows.parquet"
    shared = told(path, TEXT, output)
    monkeypatch.setattr(branches, "_LONGEST", 0)
    apart = told(path, TEXT, output)
    assert (shared[2], apart[2]) == (2, 4)
    assert shared[:2] == apart[:2]
    assert [row[0] for row in shared[1]] == list(range(1, 201))
    with Session(load_text(TEXT), [path], (), Options(watched=False)) as session:
        assert session.audit().groups == shared[0]


def test_rows_that_say_the_same_are_judged_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twice = "[{'voter': 'Alder', 'choice': 'for'}, {'voter': 'Alder', 'choice': 'for'}, {'voter': 'Birch', 'choice': CHOICE}]"
    choice = "CASE WHEN i % 2 = 0 THEN 'for' ELSE 'against' END"
    path = parquet(tmp_path, f"SELECT i AS id, 'Decide' AS decision, DATE '2026-02-02' AS decided, "
                             f"{twice.replace('CHOICE', choice)} AS ballots FROM range(40) t(i)")  # fmt: skip
    asked: list[object] = []
    answer = interpreting.Interpreter.answer

    def counted(self: interpreting.Interpreter, row: interpreting.LogRow) -> object:
        asked.append(row.number)
        return answer(self, row)

    monkeypatch.setattr(interpreting.Interpreter, "answer", counted)
    groups, rows, _ = told(path, VOTES, tmp_path / "rows.parquet")
    assert asked == [1, 2]
    assert [row[4] for row in rows[:4]] == ["permitted", "denied", "permitted", "denied"]
    assert sum(group.rows for group in groups) == 40  # type: ignore[attr-defined]
    monkeypatch.setattr(interpreting, "_IN_VAIN", -1)
    assert told(path, VOTES, tmp_path / "rows.parquet")[:2] == (groups, rows)
    assert len(asked) == 42
