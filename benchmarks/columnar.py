"""Rows a second of an audit of counts, beside the same rule written by hand in SQL and beside a plain scan of the same columns.

Run `python benchmarks/columnar.py [ROWS]`. The ratios matter; rows a second depend on the machine and on who else is on it, so the
least of several runs is taken.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from govlang.backends.plan import plan
from govlang.backends.sql import Cell, coded
from govlang.pipeline import load
from govlang.tools.columnar.auditing import Options, audit_log

AGREEMENT = Path(__file__).parents[1] / "agreements" / "alliance.gov.md"
DECISION = "Accept Milestone"
RUNS = 4
BY_HAND = """
CASE WHEN NOT in_term THEN 6 WHEN withdrawn THEN 10 WHEN NOT proposed_by_programme_manager_or_chief_engineer THEN 14
     WHEN 2 * technical_board_quorum < technical_board_members THEN 18
     WHEN 2 * technical_board_for <= technical_board_fixed_seats THEN 22 ELSE 0 END
"""


def made(path: str, rows: int) -> None:
    """A log with as many rows, most of them in order."""
    right = plan(*_rule()).right
    kinds = {"count": "CAST(random() * 9 AS INTEGER)", "yesno": "random() < 0.9"}
    kind = {column.name: kinds[column.type] for column in right.columns} | {"withdrawn": "random() < 0.02"}
    cells = ", ".join(f'{sql} AS "{name}"' for name, sql in kind.items())
    day = "DATE '2026-02-01' + CAST(floor(random() * 300) AS INTEGER)"
    duckdb.execute("SELECT setseed(0.5)")
    duckdb.execute(f"COPY (SELECT '{DECISION}' AS decision, {day} AS decided, {cells} FROM range({rows})) TO '{path}'")


def _rule():  # type: ignore[no-untyped-def]
    loaded = load(AGREEMENT)
    decision = loaded.agreement.right(DECISION)
    assert decision is not None
    return loaded.rules.rule(DECISION), decision


def least(work: Callable[[], object]) -> float:
    """The least time of several runs."""
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    """Prints the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/log.parquet"
        made(path, rows)
        right = plan(*_rule()).right
        columns = [f'"{column.name}"' for column in right.columns]
        cells = {column.name: Cell(f'"{column.name}"') for column in right.columns}
        query = coded(right, cells).select(f"SELECT * FROM '{path}'")
        scan = f"SELECT {', '.join(f'max({each})' for each in columns)} FROM '{path}'"
        by_hand = f"SELECT {BY_HAND} AS code, count(*) FROM '{path}' GROUP BY 1"
        written = Options(output=f"{folder}/rows.parquet", watched=False)
        loaded = load(AGREEMENT)
        timed = {
            "scan of its columns": lambda: duckdb.execute(scan).fetchall(),
            "SQL by hand, no open states": lambda: duckdb.execute(by_hand).fetchall(),
            "code with reason, counted": lambda: duckdb.execute(f"SELECT code, count(*) FROM ({query}) GROUP BY 1").fetchall(),
            "whole audit with summary": lambda: audit_log(loaded, [path], options=Options(watched=False)),
            "whole audit, rows written": lambda: audit_log(loaded, [path], options=written),
        }
        (threads,) = duckdb.execute("SELECT current_setting('threads')").fetchall()[0]
        print(f"{DECISION}: {rows:,} rows, {len(columns)} columns, {threads} threads")
        floor = 0.0
        for name, work in timed.items():
            seconds = least(work)
            floor = floor or seconds
            print(f"  {name:28} {rows / seconds / 1e6:8.1f} M rows/s   {seconds / floor:6.1f} times the scan")


if __name__ == "__main__":
    main()
