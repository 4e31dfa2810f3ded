"""How fast decisions are audited from raw votes: ballots in nested lists, appointments and weights as of the day, a quorum.

`python -m benchmarks.raw_votes [ROWS]` prints decisions a second for: reading the file and no more; counting ballots by hand in one
SQL query, by today's members and without weights; the derived query; and the reference interpreter on a few rows.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from govlang.backends.plan import plan
from govlang.backends.sql import coded
from govlang.pipeline import Loaded, load_text
from govlang.record import logged
from govlang.record.history import History
from govlang.source import Source
from govlang.syntax.parse import parse_entries
from govlang.tools.columnar.raw import Derived, Range, derive

PARTIES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo")
SHARES = (22, 18, 16, 14, 12, 10, 8)
TEXT = f"""agreement Seven Partners
  effective 2026-01-01 until 2029-12-31
each party has share: percent
parties {", ".join(PARTIES[:-1])} and {PARTIES[-1]}
table share for each party
  from 2026-01-01 until 2026-12-31
    {"".join(f"{name}: {share}%{chr(10)}    " for name, share in zip(PARTIES, SHARES, strict=True)).rstrip()}
  from 2027-01-01
    {"".join(f"{name}: {share}%{chr(10)}    " for name, share in zip(PARTIES, reversed(SHARES), strict=True)).rstrip()}
role Director
  one for each party
  speaks for its party
body Board
  members every Director
  quorum two thirds of all members
decision Decide
  open for 10 working days
  requires more than half of votes cast without abstentions in Board
  requires at least 60% of all members in Board weighted by share
"""
ROWS = """
SELECT i AS id, 'Decide' AS decision, DATE '2026-01-05' + CAST(i % 1000 AS INTEGER) AS proposed,
  DATE '2026-01-05' + CAST(i % 1000 + 3 + hash(i) % 20 AS INTEGER) AS decided,
  list_transform(range(0, 5 + CAST(hash(i * 3) % 3 AS BIGINT)), lambda j: {{
    'voter': CASE (j + hash(i * 7)) % 7 {voters} END,
    'choice': CASE WHEN hash(i * 31 + j) % 10 < 6 THEN 'for' WHEN hash(i * 31 + j) % 10 < 9 THEN 'against' ELSE 'abstain' END }})
  AS ballots
FROM range({rows}) t(i)
"""


def person(party: str, year: int) -> str:
    """Who is Director for a party in a year."""
    return f"{'Ada Bo Cy Di Ed Flo Gus'.split()[PARTIES.index(party)]} {party}{'son' if year == 2026 else ''}"


def record(loaded: Loaded) -> History:
    """Each party has a Director from the start, and another from 2027 on, one a month."""
    lines = [f"2026-01-02  {party} appoints {person(party, 2026)} as Director" for party in PARTIES]
    for month, party in enumerate(PARTIES, start=1):
        lines += [f"2027-{month:02d}-10  {party} removes {person(party, 2026)} as Director",
                  f"2027-{month:02d}-10  {party} appoints {person(party, 2027)} as Director"]  # fmt: skip
    deeds, problems = parse_entries(Source("bench.minutes", "\n".join(lines) + "\n"))
    assert not problems, problems
    return loaded.history(deeds)


def log(con: duckdb.DuckDBPyConnection, rows: int, path: Path) -> None:
    """Writes the log. Half of the votes of 2027 are by new Directors, as appointed; others have lost their office."""
    voters = " ".join(f"WHEN {place} THEN CASE WHEN i % 1000 > {360 + 31 * place} THEN '{person(party, 2027)}' "
                      f"ELSE '{person(party, 2026)}' END" for place, party in enumerate(PARTIES))  # fmt: skip
    con.execute(f"COPY ({ROWS.format(voters=voters, rows=rows)}) TO '{path}' (FORMAT parquet)")


def derived(loaded: Loaded, history: History, con: duckdb.DuckDBPyConnection, path: Path) -> tuple[Derived, str]:
    """What is derived for the log, with its tables made, and the query over it."""
    planned = plan(loaded.rules.rule("Decide"), loaded.agreement.decisions["Decide"])
    schema = {row[0]: row[1] for row in con.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()}
    found = derive(planned, history, schema, Range(date(2026, 1, 1), date(2029, 1, 31)))
    assert not found.missing, found.missing
    for table in found.tables:
        con.execute(f"CREATE OR REPLACE TABLE {table.name} ({', '.join(f'{name} {kind}' for name, kind in table.columns)})")
        marks = ", ".join("?" for _ in table.columns)
        for row in table.rows:
            con.execute(f"INSERT INTO {table.name} VALUES ({marks})", list(row))
    bad = " OR ".join(condition for condition, _ in found.bad)
    unsure = " OR ".join(condition for condition, _ in found.unsure)
    counted = found.query(f"SELECT * FROM '{path}'")
    rows = f"SELECT *, CASE WHEN {bad} THEN 1 WHEN {unsure} THEN 2 ELSE 0 END AS other FROM ({counted})"
    code = coded(planned.right, found.cells).select(rows, ("other",))
    return found, f"SELECT CASE WHEN other = 0 THEN code ELSE -other END AS code, count(*) FROM ({code}) GROUP BY 1 ORDER BY 1"


def least(work: object, times: int = 3) -> float:
    """The least time that some work takes."""
    assert callable(work)
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000_000
    loaded = load_text(TEXT)
    history = record(loaded)
    con = duckdb.connect()
    con.execute("SET threads = 2")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "raw.parquet"
        log(con, rows, path)
        started = time.perf_counter()
        found, query = derived(loaded, history, con, path)
        print(f"deriving: {time.perf_counter() - started:.2f} s, {len(found.tables)} tables, {len(query):,} characters of SQL")
        now = ", ".join(f"'{person(party, 2027)}'" for party in PARTIES)
        one = "len(list_filter(ballots, lambda b: b.choice = '{}' AND b.voter IN ({})))"
        hand = f"SELECT {one.format('for', now)} f, {one.format('against', now)} a FROM '{path}'"
        hand = f"SELECT f * 2 > f + a, count(*) FROM ({hand}) GROUP BY 1"
        figures = {
            "reading alone": least(lambda: con.execute(f"SELECT sum(len(ballots)) FROM '{path}'").fetchall()),
            "counted by hand, today's members": least(lambda: con.execute(hand).fetchall()),
            "from raw votes": least(lambda: con.execute(query).fetchall()),
        }
        few = [dict(zip(("id", "decision", "proposed", "decided", "ballots"), row, strict=True))
               for row in con.execute(f"SELECT * FROM '{path}' USING SAMPLE 300 ROWS").fetchall()]  # fmt: skip
        reference = logged.Reference(loaded.rules, history)
        slow = least(lambda: [reference.answer(row) for row in few], 1) / len(few)
        for name, took in figures.items():
            print(f"{name:40} {rows / took / 1e6:8.2f} M decisions/s   {took / figures['reading alone']:6.1f} x reading")
        print(f"{'the interpreter, row by row':40} {1 / slow / 1e6:8.4f} M decisions/s")
        print(con.execute(query).fetchall())


if __name__ == "__main__":
    main()
