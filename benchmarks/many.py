"""Rows a second of an audit of a log that holds every decision of an agreement, one after the other.

Run `python -m benchmarks.many [ROWS]`. Beside it: reading all columns of the log once, and an audit of a log of one decision.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable

import duckdb

from benchmarks.columnar import AGREEMENT
from govlang.pipeline import Loaded, load
from govlang.tools.columnar.auditing import Options, audit_log
from govlang.tools.columnar.plans import Plans, governing

RUNS = 3
KINDS = {
    "count": "CAST(hash(i, {n}) % 9 AS INTEGER)", "number": "CAST(hash(i, {n}) % 100 AS INTEGER)",
    "money": "CAST(hash(i, {n}) % 1000000 AS INTEGER)", "yesno": "hash(i, {n}) % 10 < 9",
    "instant": "DATE '2026-02-01' + CAST(hash(i, {n}) % 300 AS INTEGER)", "text": "'' || (hash(i, {n}) % 9)",
    "duration": "'' || (hash(i, {n}) % 9) || ' days'", "names": "CAST([] AS VARCHAR[])",
}  # fmt: skip


def columns(loaded: Loaded, decisions: list[str]) -> dict[str, str]:
    """The columns that some decisions need, with their types."""
    plans, text = Plans(loaded, loaded.history([])), loaded.agreement
    return {column.name: column.type for name in decisions for right in governing(text, name, True)
            for column in plans.of(text, right).right.columns}  # fmt: skip


def made(path: str, rows: int, decisions: list[str], kinds: dict[str, str]) -> None:
    """A log of as many rows, whose decisions take turns."""
    named = ", ".join(f"'{name}'" for name in decisions)
    turn = f"1 + CAST(hash(i) % {len(decisions)} AS INTEGER)"
    cells = [f"[{named}][{turn}] AS decision", f"{KINDS['instant'].format(n=0)} AS decided"]
    cells += [f'{KINDS[kind].format(n=place)} AS "{name}"' for place, (name, kind) in enumerate(kinds.items(), start=1)]
    duckdb.execute(f"COPY (SELECT {', '.join(cells)} FROM range({rows}) t(i)) TO '{path}'")


def spent() -> float:
    """The CPU time of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def least(work: Callable[[], object]) -> tuple[float, float]:
    """The least time of several runs, and the least CPU time."""
    found = []
    for _ in range(RUNS):
        start, cpu = time.perf_counter(), spent()
        work()
        found.append((time.perf_counter() - start, spent() - cpu))
    return min(clock for clock, _ in found), min(cpu for _, cpu in found)


def main() -> None:
    """Prints the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    loaded = load(AGREEMENT)
    decisions = sorted(loaded.agreement.decisions)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/log.parquet"
        kinds = columns(loaded, decisions)
        made(path, rows, decisions, kinds)
        scan = f"SELECT max(decision), max(decided), {', '.join(f'max({chr(34)}{name}{chr(34)})' for name in kinds)} FROM '{path}'"
        written = Options(output=f"{folder}/rows.parquet", watched=False)
        timed = {
            "scan of all columns": lambda: duckdb.execute(scan).fetchall(),
            "whole audit with summary": lambda: audit_log(loaded, [path], options=Options(watched=False)),
            "whole audit, rows written": lambda: audit_log(loaded, [path], options=written),
        }
        print(f"{len(decisions)} decisions, {rows:,} rows, {len(kinds) + 2} columns")
        floor = 0.0
        for name, work in timed.items():
            clock, cpu = least(work)
            floor = floor or cpu
            print(f"  {name:28} {rows / clock / 1e6:8.2f} M rows/s   {cpu / rows * 1e6:6.2f} s of CPU time a million   "
                  f"{cpu / floor:5.1f} times the scan")  # fmt: skip


if __name__ == "__main__":
    main()
