"""The audit on Spark: the same SQL in another dialect, the same rows out as from DuckDB and from the reference interpreter.

Skipped where PySpark or Java is missing; `make test-spark` installs PySpark. One session for all of it, on two cores.
"""

from __future__ import annotations

import json
import pickle
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govlang import load
from govlang.backends.plan import plan
from govlang.backends.sql import SPARK, SPARK_WIDE, Unsupported
from govlang.backends.sql.spark import SETTINGS
from govlang.core.verdict import Verdict
from govlang.pipeline import Loaded, load_text
from govlang.tools.columnar import spark_logs
from govlang.tools.columnar.auditing import LogAudit, Options, audit_log
from govlang.tools.columnar.logs import ROW as ROW_NAME
from govlang.tools.columnar.spark import COLUMNS, OnSpark, audit
from govlang.tools.columnar.spark_session import begun, query
from govlang.tools.columnar.spark_shipped import packed, unpacked
from govlang.tools.questions import NoAnswer
from tests.differential.choices import Choices, Seeded
from tests.differential.comparing import differences, fuzzed
from tests.differential.rights import agreement
from tests.running import Run
from tests.test_columnar import ROW, SPEND, csv_log

duckdb = pytest.importorskip("duckdb", reason="DuckDB comes with the extra `audit`")

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from tests.spark_engine import SparkSql

ROOT = Path(__file__).parents[1]
AGREEMENTS = sorted([*ROOT.glob("agreements/*.gov.md"), *ROOT.glob("tests/constructs/*.gov")])
HOSTILE = ("x'); DROP TABLE log; --", '"', "`", "``", "\\", "\\'", "a\\u0024", "${spark.app.name}", "$x", "{}", "{log}", "%s", "?",
           "/*", "--", "Ünal \\ Øst\n", "名前", "", " ", "NULL", "it's", "\t", "a;b")  # fmt: skip

pytestmark = [
    pytest.mark.skipif(find_spec("pyspark") is None, reason="PySpark is not installed: pip install 'govlang[spark]'"),
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java, which Spark runs on"),
]


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """A session set so that nothing of ours would be exact, if it were left so."""
    found, _ = begun("local[2]")
    found.conf.set("spark.sql.shuffle.partitions", "2")
    found.conf.set("spark.sql.ansi.enabled", "false")
    found.conf.set("spark.sql.parser.escapedStringLiterals", "true")
    found.conf.set("spark.sql.session.timeZone", "America/St_Johns")
    yield found
    found.stop()


@pytest.fixture(scope="module")
def engine(session: SparkSession) -> SparkSql:
    from tests.spark_engine import SparkSql

    return SparkSql(session)


# ------------------------------------------------------------ the dialect


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.name)
def test_every_right_says_what_the_reference_says(path: Path, engine: SparkSql) -> None:
    loaded = load(str(path))
    choices = Choices(Seeded(path.name))
    found = []
    for decision in loaded.agreement.decisions.values():
        right = plan(loaded.rules.rule(decision.name), decision).right
        found += [str(each) for each in differences(right, *fuzzed(right, choices, 60), [engine])]
    assert found == []


def test_and_so_do_random_agreements(engine: SparkSql) -> None:
    found = []
    for seed in range(12):
        choices = Choices(Seeded(f"spark {seed}"))
        loaded = load_text(agreement(choices).text)
        for decision in loaded.agreement.decisions.values() if loaded.sound else ():
            right = plan(loaded.rules.rule(decision.name), decision).right
            found += [str(each) for each in differences(right, *fuzzed(right, choices, 60), [engine])]
    assert found == []


def test_names_are_nothing_but_names(session: SparkSession) -> None:
    texts = ", ".join(f"{SPARK.string(name)} AS t{place}" for place, name in enumerate(HOSTILE))
    assert tuple(query(session, f"SELECT {texts}", {}).collect()[0]) == HOSTILE
    plain = [name for name in HOSTILE if name.strip() and "${" not in name]
    columns = ", ".join(f"{place} AS {SPARK.identifier(name)}" for place, name in enumerate(plain))
    listed = ", ".join(SPARK.identifier(name) for name in plain)
    row = query(session, f"SELECT {listed} FROM (SELECT {columns})", {}).collect()[0]
    assert row.asDict() == {name: place for place, name in enumerate(plain)}


def test_a_name_that_spark_would_fill_in_is_refused() -> None:
    with pytest.raises(Unsupported, match="variables"):
        SPARK.identifier("${spark.app.name}")
    with pytest.raises(Unsupported, match="NUL"):
        SPARK.string("\0")


@pytest.mark.parametrize(("over", "under"), [
    (0, 7), (6, 7), (7, 7), (-1, 7), (-7, 7), (-8, 7), (2**63 - 1, 3), (2**63, 3), (-(2**63) - 1, 3), (10**30 + 1, 7),
    (-(10**30) - 1, 1000), (10**29 - 1, 10**6), (5, 10**9), (-5, 10**9), (10**20, 3),
])  # fmt: skip
def test_division_rounds_down_whatever_the_size(over: int, under: int, session: SparkSession) -> None:
    """`div` of decimals is cut off at 64 bits without a word."""
    frame = session.createDataFrame([(str(over),)], "text string")
    sql = SPARK_WIDE.quotient("over", under)
    found = query(session, f"SELECT {sql} AS q FROM (SELECT CAST(text AS DECIMAL(38, 0)) AS over FROM log)", {"log": frame})
    assert int(found.collect()[0].q) == over // under


def test_whatever_the_session_is_set_to_nothing_wraps_round_or_is_rounded(session: SparkSession) -> None:
    from pyspark.errors import PySparkException

    frame = session.sql("SELECT CAST(9223372036854775807 AS BIGINT) AS n, CAST('1.1234567891' AS DECIMAL(38, 10)) AS d")
    before = {name: session.conf.get(name) for name in SETTINGS}
    assert session.sql("SELECT 9223372036854775807L + 1L").collect()[0][0] == -(2**63)
    with pytest.raises(PySparkException, match="OVERFLOW"):
        query(session, f"SELECT n + {SPARK.integer(1)} FROM log", {"log": frame}).collect()
    assert str(query(session, f"SELECT {SPARK.integer(3)} * d AS x FROM log", {"log": frame}).collect()[0].x) == "3.3703703673"
    assert {name: session.conf.get(name) for name in SETTINGS} == before
    assert "log" not in [table.name for table in session.catalog.listTables()]


# ------------------------------------------------------------ logs


def both(session: SparkSession, loaded: Loaded, path: Path, record: tuple[str, ...] = ()) -> tuple[LogAudit, LogAudit]:
    """A log on DuckDB and on Spark: every row has to come to the same, in the same words."""
    out = path.with_name(f"{path.stem}-rows.parquet")
    one = audit_log(loaded, [str(path)], record, Options(output=str(out)))
    listed = ", ".join(f'"{name}"' for name in COLUMNS)
    want = duckdb.connect().execute(f"SELECT {listed} FROM '{out}' ORDER BY row").fetchall()
    found = OnSpark(session, loaded, spark_logs.read(session, [str(path)]), None, record, [str(path)]).frames()
    assert [tuple(row) for row in found.rows.orderBy("row").collect()] == want
    assert want
    return one, found.found()


def summed(audit: LogAudit) -> dict[tuple[object, ...], tuple[int, int, int]]:
    """The groups of an audit, by what they say."""
    found: dict[tuple[object, ...], tuple[int, int, int]] = {}
    for each in audit.groups:
        key = (each.decision, each.party, each.month, each.meaning)
        rows, taken, first = found.get(key, (0, 0, each.first))
        found[key] = rows + each.rows, taken + each.taken, min(first, each.first)
    return found


def same(one: LogAudit, other: LogAudit) -> None:
    assert summed(other) == summed(one)
    for name in ("alone", "notes", "rows", "findings", "counted"):
        assert getattr(other, name) == getattr(one, name)
    assert [each.message for each in other.bad] == [each.message for each in one.bad]


def odd_rows() -> list[dict[str, object]]:
    """Rows of which many are bad, each in its own way."""
    changes: list[tuple[str, tuple[str, ...]]] = [
        ("amount", ("1", "300000", "250,000 EUR", "1 USD", "abc", "", "1e3", "250000.01", "12345678901234567890123456")),
        ("decided", ("", "2026-13-01", "2027-03-01", "2026-03-02 12:00", "2026-03-02T12:00:00Z")),
        ("kind", ("x", "")), ("decision", ("", "Nope", *HOSTILE)), ("chair_for", ("1.5", "-1", "0", "999999999999999999")),
        ("voting_closed", ("no", "maybe", "")), ("taken", ("no", "yes", "perhaps", "")),
    ]  # fmt: skip
    rows = [{**ROW, name: value} for name, values in changes for value in values]
    return [{**row, "id": f"r{place} {HOSTILE[place % len(HOSTILE)]}"} for place, row in enumerate(rows)]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_log_of_counts(ending: str, session: SparkSession, tmp_path: Path) -> None:
    """Text in every cell, much of it bad; names that mean something to SQL, to Spark and to JSON."""
    path = tmp_path / f"log.{ending}"
    if ending == "jsonl":
        path.write_text("\n".join(map(json.dumps, odd_rows())) + "\n", encoding="utf-8")
    else:
        csv_log(tmp_path, *odd_rows())
    if ending == "parquet":
        duckdb.connect().execute(f"COPY (FROM read_csv('{tmp_path}/log.csv', all_varchar=true)) TO '{path}'")
    same(*both(session, load_text(SPEND), path))


def test_a_log_of_counts_with_types(session: SparkSession, tmp_path: Path) -> None:
    """64 bits, decimals, floats, days and instants; a number that would overflow on the way."""
    path = tmp_path / "log.parquet"
    duckdb.connect().execute(f"""COPY (
        SELECT 'r' || i AS id, 'Commit Spend' AS decision, DATE '2025-12-20' + CAST(i * 5 AS INTEGER) AS decided,
          true AS proposed_by_party, CAST(249999.5 + i / 10 AS DECIMAL(18, 2)) AS amount,
          CASE i % 3 WHEN 0 THEN 'goods' WHEN 1 THEN 'services' END AS kind, CAST(1 AS TINYINT) AS chair_members,
          CASE WHEN i = 7 THEN 9223372036854775807 ELSE i % 2 END AS chair_for, CAST(i % 5 AS DOUBLE) / 4 AS chair_open,
          i % 4 <> 0 AS voting_closed, i % 3 > 0 AS taken FROM range(60) t(i)) TO '{path}'""")  # fmt: skip
    same(*both(session, load_text(SPEND), path))


VOTES = """\
agreement Three Partners
  effective 2026-01-01 until 2029-12-31
  time zone Europe/Tallinn

parties Alder, Birch, Cedar

each party has share: percent
table share for each party
  from 2026-01-01 until 2026-12-31
    Alder: 50%
    Birch: 30%
    Cedar: 20%
  from 2027-01-01
    Alder: 20%
    Birch: 30%
    Cedar: 50%

role Director
  one for each party, appointed by party
  speaks for its party

body Board
  members every Director
  quorum two thirds of all members

decision Decide
  proposed by any party or any Director
  open for 10 working days
  requires more than half of votes cast without abstentions in Board
  requires at least 60% of all members in Board weighted by share
  requires no veto by Alder within 5 days
"""
PEOPLE = """\
2026-01-02  Alder appoints Ada Orr as Director
2026-01-02  Birch appoints Bo Lund as Director
2026-01-02  Cedar appoints Cy Moe as Director
2026-09-10  Alder removes Ada Orr as Director
2026-09-10  Alder appoints Al Ray as Director
"""
BALLOTS = """list_transform(range(0, CAST(hash(i) % 4 AS BIGINT)), lambda j: {
  'voter': ['Ada Orr', 'Bo Lund', 'Cy Moe', 'Al Ray', 'Birch'][CAST((j + hash(i * 7)) % 5 AS INTEGER) + 1],
  'choice': ['for', 'for', 'for', 'against', 'abstain'][CAST(hash(i * 31 + j) % 5 AS INTEGER) + 1]})"""


def votes_log(path: Path, rows: int = 300) -> None:
    """Votes, some of them odd: repeated, by nobody known, neither for nor against; meetings, vetoes, nothing at all."""
    odd = f"""CASE WHEN i % 11 = 0 THEN {BALLOTS} || [{{'voter': 'Bo Lund', 'choice': 'against'}}]
      WHEN i % 29 = 0 THEN [{{'voter': 'Nobody', 'choice': 'for'}}] WHEN i % 31 = 0 THEN [{{'voter': 'Bo Lund', 'choice': 'maybe'}}]
      WHEN i % 37 = 0 THEN NULL ELSE {BALLOTS} END"""
    duckdb.connect().execute(f"""COPY (
        SELECT i AS id, 'Decide' AS decision, CAST('2026-03-02' AS DATE) + CAST(i * 3 AS INTEGER) AS proposed,
        DATE '2026-03-02' + CAST(i * 3 + hash(i) % 25 AS INTEGER) AS decided, ['Birch'] AS proposed_by, {odd} AS ballots,
        CASE WHEN i % 5 = 0 THEN 'Board' END AS meeting, i % 7 = 0 AS closed, ['Cy Moe'] AS absent,
        CASE WHEN i % 41 = 0 THEN [{{'by': 'Alder'}}] ELSE [] END AS vetoes FROM range({rows}) t(i)) TO '{path}'""")


def test_a_log_of_votes(session: SparkSession, tmp_path: Path) -> None:
    """Ballots, weights and appointments as of the day; odd rows go through the interpreter, where they lie."""
    path, record = tmp_path / "log.parquet", tmp_path / "people.minutes"
    votes_log(path)
    record.write_text(PEOPLE, encoding="utf-8")
    one, other = both(session, load_text(VOTES), path, (str(record),))
    same(one, other)
    assert {each.meaning.verdict for each in other.groups} >= {Verdict.PERMITTED, Verdict.PENDING, Verdict.DENIED, None}
    assert other.alone


def test_ballots_in_a_table_of_their_own_and_instants_in_a_zone(session: SparkSession, tmp_path: Path) -> None:
    """The same rows, by the public function: a table of the catalogue, ballots one a row, in no order; instants in UTC."""
    path, record = tmp_path / "log.parquet", tmp_path / "people.minutes"
    votes_log(path, 120)
    record.write_text(PEOPLE, encoding="utf-8")
    loaded = load_text(VOTES)
    log = session.read.parquet(str(path))
    wanted = {row.id: row.asDict() for row in audit(session, loaded, log, record=str(record)).rows.collect()}
    long = log.selectExpr("id", "posexplode(ballots)").selectExpr("id", "col.voter", "col.choice", f"pos AS {ROW_NAME}")
    moved = log.drop("ballots").selectExpr("* EXCEPT (decided)", "CAST(decided AS TIMESTAMP_NTZ) + INTERVAL 12 HOURS AS decided")
    noon = {row.id: row.asDict() for row in audit(session, loaded, moved, long.repartition(3), str(record)).rows.collect()}
    session.conf.set("spark.sql.session.timeZone", "UTC")
    zoned = moved.selectExpr("* EXCEPT (decided)", "to_utc_timestamp(CAST(decided AS TIMESTAMP), 'Europe/Tallinn') AS decided")
    session.conf.set("spark.sql.session.timeZone", "America/St_Johns")
    assert dict(zoned.dtypes)["decided"] == "timestamp"
    again = {row.id: row.asDict() for row in audit(session, loaded, zoned, long.repartition(3), str(record)).rows.collect()}
    words = ("verdict", "requirement", "reason")
    assert {name: [row[word] for word in words] for name, row in again.items()} == {
        name: [row[word] for word in words] for name, row in noon.items()}  # fmt: skip
    agree = sum(noon[name]["verdict"] == row["verdict"] for name, row in wanted.items())
    assert set(noon) == set(wanted)
    assert agree > 100


def test_an_agreement_with_amendments_holidays_and_acts(session: SparkSession, tmp_path: Path) -> None:
    """The alliance: what a log of its spending comes to, raw, with its own minute book."""
    path = tmp_path / "log.parquet"
    duckdb.connect().execute(f"""COPY (SELECT 'r' || i AS id, 'Commit Spend' AS decision, ['Norwind'] AS proposed_by,
        DATE '2026-02-02' + CAST(i * 7 AS INTEGER) AS decided, CAST(i * 9000 AS BIGINT) AS amount,
        [{{'voter': 'Kadri Tamm', 'choice': 'for'}}] AS ballots FROM range(40) t(i)) TO '{path}'""")
    loaded = load(str(ROOT / "agreements/alliance.gov.md"))
    same(*both(session, loaded, path, (str(ROOT / "agreements/alliance-two-years.minutes"),)))


def test_what_is_shipped_reads_as_it_was() -> None:
    for path in AGREEMENTS:
        loaded = load(str(path))
        shipped = pickle.loads(pickle.dumps(packed(loaded)))
        assert unpacked(shipped)[0].text_hash == loaded.text_hash


def test_logs_that_cannot_be_read(session: SparkSession, tmp_path: Path) -> None:
    def refused(*paths: str) -> str:
        with pytest.raises(NoAnswer) as caught:
            OnSpark(session, load_text(SPEND), spark_logs.read(session, paths)).frames()
        (found, *_) = caught.value.diagnostics
        return f"{found.code} {found.message}"

    whole = tmp_path / "whole.parquet"
    duckdb.connect().execute(f"COPY (SELECT 1 AS decided) TO '{whole}'")
    (tmp_path / "cut.parquet").write_bytes(whole.read_bytes()[:-20])
    (tmp_path / "empty.csv").write_text("decision,decided\n")
    (tmp_path / "twice.csv").write_text("decision,Decision\na,b\n")
    (tmp_path / "few.csv").write_text("decision,decided\nCommit Spend,2026-01-01\n")
    assert refused(str(whole)).startswith("GL702 the log has no column 'decision'")
    assert refused(str(tmp_path / "cut.parquet")).startswith("GL701")
    assert refused(str(tmp_path / "none.parquet")).startswith("GL701")
    assert refused(str(tmp_path / "empty.csv")).startswith("GL705")
    assert refused(str(tmp_path / "twice.csv")).startswith("GL70")
    assert refused(str(tmp_path / "few.csv")).startswith("GL702")
    assert refused("a.parquet", "b.csv").startswith("GL701")


# ------------------------------------------------------------ the verb


def test_the_verb(session: SparkSession, run: Run, tmp_path: Path) -> None:
    """It finds the session that there is, says what DuckDB says, and writes a folder: once, whole."""
    Path("spend.gov").write_text(SPEND, encoding="utf-8")
    csv_log(tmp_path, *odd_rows())
    plain = run("audit", "spend.gov", "log.csv", "--format", "json")
    found = run("audit", "spend.gov", "log.csv", "--engine", "spark", "--format", "json", "-o", "out")
    assert (plain.code, found.code) == (1, 1), found.said
    one, other = json.loads(plain.out), json.loads(found.out)
    assert {**other, "output": None, "groups": []} == {**one, "groups": []}
    rows = duckdb.connect().execute("SELECT count(*), count(verdict) FROM 'out/*.parquet'").fetchall()
    assert rows == [(len(odd_rows()), sum(group["rows"] for group in one["groups"] if group["verdict"]))]
    again = run("audit", "spend.gov", "log.csv", "--engine", "spark", "-o", "out")
    assert (again.code, "is there already" in again.said) == (2, True)
    assert not list(tmp_path.glob("*unfinished*"))


def test_the_verb_leaves_nothing_half_written(session: SparkSession, run: Run, tmp_path: Path) -> None:
    Path("spend.gov").write_text(SPEND, encoding="utf-8")
    csv_log(tmp_path, ROW)
    text = Path("log.csv").read_text(encoding="utf-8")
    Path("log.csv").write_text(text + "too,few,cells\n", encoding="utf-8")
    found = run("audit", "spend.gov", "log.csv", "--engine", "spark", "-o", "out")
    assert (found.code, "GL701" in found.said) == (2, True)
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize(("options", "said"), [
    (("--engine", "spark", "--explain", "1"), "--memory, --threads and --explain are for DuckDB"),
    (("--master", "local[1]"), "--master is for Spark"), (("--engine", "spark", "--format", "csv"), "text or json"),
])  # fmt: skip
def test_what_spark_is_not_asked(options: tuple[str, ...], said: str, run: Run, tmp_path: Path) -> None:
    Path("spend.gov").write_text(SPEND, encoding="utf-8")
    csv_log(tmp_path, ROW)
    found = run("audit", "spend.gov", "log.csv", *options)
    assert (found.code, said in found.said) == (2, True)


def test_without_java_or_pyspark_there_is_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("spend.gov").write_text(SPEND, encoding="utf-8")
    csv_log(tmp_path, ROW)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    found = run("audit", "spend.gov", "log.csv", "--engine", "spark", "--master", "local[1]")
    assert (found.code, "Spark needs Java 17" in found.said) == (2, True)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    found = run("audit", "spend.gov", "log.csv", "--engine", "spark")
    assert (found.code, "pip install 'govlang[spark]'" in found.said) == (2, True)
