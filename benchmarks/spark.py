"""How fast a log is audited on Spark, beside DuckDB on the same log and the same processors.

`python -m benchmarks.spark [ROWS]` prints rows a second for a log of counts (a summary, and every row written to a file), once
with counts of 32 bits and once with counts of 64 (which Spark adds in 38 digits, to be exact), and for a log of votes with a tenth
of the rows. Starting Spark is told apart. Spark runs on two processors of this machine; what it is for, machines beside each other,
is not measured.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from benchmarks import raw_votes
from govlang.pipeline import Loaded, load_text
from govlang.tools.columnar.auditing import Options, audit_log
from govlang.tools.columnar.spark_files import audit_files
from govlang.tools.columnar.spark_session import begun

TEXT = """agreement Aurora Alliance
  effective 2026-01-01 until 2029-12-31
  currency EUR

parties Helios, Norwind

role Chair
  one

role Director
  one for each party

body Board
  members every Director
  quorum two thirds of all members

decision Commit Spend
  given amount: money
  given kind: one of goods or services
  proposed by any party
  requires amount at most 250,000 EUR
  requires more than half of votes cast without abstentions in Board
  requires approval of Chair
"""
COUNTS = """COPY (SELECT i AS id, 'Commit Spend' AS decision, DATE '2026-01-05' + CAST(i % 1000 AS INTEGER) AS decided,
  CAST(hash(i * 3) % 270000 AS DECIMAL(18, 2)) AS amount,
  CASE WHEN hash(i * 5) % 2 = 0 THEN 'goods' ELSE 'services' END AS kind, {votes}
  FROM range({rows}) t(i)) TO '{path}' (FORMAT parquet)"""
COUNTED = {
    "board_members": 3, "board_for": 4, "board_against": 3, "board_open": 2, "board_quorum": 4, "chair_members": 2, "chair_for": 2,
    "chair_open": 1,
}  # fmt: skip
BEST_OF = 3


def counts(con: duckdb.DuckDBPyConnection, loaded: Loaded, path: Path, rows: int, kind: str) -> None:
    """A log with every count that the decision looks at, as whole numbers of a type."""
    from govlang.tools.columnar.plans import Plans

    plans = Plans(loaded, loaded.history())
    columns = plans.of(plans.texts[0], "Commit Spend").right.columns
    made = [f"CAST(hash(i * {place * 2 + 7}) % {COUNTED.get(column.name, 3) + 1} AS {kind}) AS {column.name}"
            for place, column in enumerate(columns) if column.type == "count"]  # fmt: skip
    made += [f"hash(i * {place * 2 + 8}) % 20 > 0 AS {column.name}" for place, column in enumerate(columns)
             if column.type == "yesno" and column.name not in ("in_term", "withdrawn")]  # fmt: skip
    con.execute(COUNTS.format(votes=", ".join(made), rows=rows, path=path))


def best(done: Callable[[], object]) -> float:
    """The least of a few times."""
    found = []
    for _ in range(BEST_OF):
        begin = time.perf_counter()
        done()
        found.append(time.perf_counter() - begin)
    return min(found)


def compared(name: str, loaded: Loaded, path: Path, rows: int, record: tuple[str, ...] = (), written: bool = False) -> None:
    """Prints one line: both engines on one log."""
    folder = Path(tempfile.mkdtemp(dir=path.parent))
    turn = iter(range(1000))

    def on_duckdb() -> object:
        return audit_log(loaded, [str(path)], record, Options(threads=2, output=str(folder / "out.parquet") if written else ""))

    def on_spark() -> object:
        return audit_files(loaded, [str(path)], record, output=str(folder / f"out{next(turn)}") if written else "")

    one, two = on_duckdb(), on_spark()
    assert one.findings == two.findings, (one.findings, two.findings)  # type: ignore[attr-defined]
    duck, spark = best(on_duckdb), best(on_spark)
    print(f"{name:48} {rows / duck:14,.0f} {rows / spark:14,.0f} {spark / duck:9.1f}")


def main(rows: int) -> None:
    con = duckdb.connect()
    begin = time.perf_counter()
    session, _ = begun("local[2]")
    session.range(10).count()
    print(f"starting Spark: {time.perf_counter() - begin:.1f} s\n")
    print(f"{'rows a second':48} {'DuckDB':>14} {'Spark':>14} {'times':>9}")
    with tempfile.TemporaryDirectory() as name:
        folder, loaded = Path(name), load_text(TEXT)
        for kind, bits in (("INTEGER", 32), ("BIGINT", 64)):
            path = folder / f"{kind}.parquet"
            counts(con, loaded, path, rows, kind)
            compared(f"{rows:,} rows, counts of {bits} bits, a summary", loaded, path, rows)
        compared(f"{rows:,} rows, counts of {bits} bits, written", loaded, path, rows, written=True)
        votes, record, few = folder / "votes.parquet", folder / "people.minutes", max(rows // 10, 1)
        raw_votes.log(con, few, votes)
        named = [(party, raw_votes.person(party, 2026)) for party in raw_votes.PARTIES]
        record.write_text("".join(f"2026-01-02  {party} appoints {person} as Director\n" for party, person in named))
        compared(f"{few:,} rows, votes, a summary", load_text(raw_votes.TEXT), votes, few, (str(record),))
    session.stop()


if __name__ == "__main__":
    main(int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 5_000_000)
