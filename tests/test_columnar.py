"""Audits of logs: every row comes to what the reference says of it, in every kind of file, and none is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from govlang import schema
from govlang.backends.plan import Planned, judged
from govlang.core.expr import Value
from govlang.core.verdict import Verdict
from govlang.pipeline import Loaded, load, load_text
from govlang.report import columnar as shown
from govlang.report.text import Style
from govlang.syntax.nodes import Duration, Money
from govlang.tools.columnar import auditing, explaining, logs
from govlang.tools.columnar.auditing import LogAudit, Options, Session, audit_log
from govlang.tools.columnar.plans import Plans
from govlang.tools.columnar.running import Runner
from govlang.tools.questions import NoAnswer
from tests import sql_rows as made
from tests.running import Run

duckdb = pytest.importorskip("duckdb", reason="DuckDB comes with the extra `audit`")
PLAIN = Style(False)

SPEND = """\
agreement Aurora Alliance
  effective 2026-01-01 until 2026-12-31
  currency EUR

parties Helios, Norwind

person Lea Berg of Helios

role Chair
  one
  held by Lea Berg

decision Commit Spend
  given amount: money
  given kind: one of goods or services
  proposed by any party
  requires amount at most 250,000 EUR
  requires approval of Chair
  requires kind is one of goods, services
"""
ROW: dict[str, object] = {
    "decision": "Commit Spend", "decided": "2026-03-02", "proposed_by_party": "yes", "amount": "40000", "kind": "goods",
    "chair_members": "1", "chair_for": "1", "chair_open": "0", "voting_closed": "yes",
}  # fmt: skip


def csv_log(folder: Path, *rows: Mapping[str, object], name: str = "log.csv") -> str:
    path = folder / name
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [",".join(columns), *(",".join(_quoted(row.get(column)) for column in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def _quoted(cell: object) -> str:
    return "" if cell is None else '"' + str(cell).replace('"', '""') + '"'


def audit(text: str | Loaded, *paths: str, record: Sequence[str] = (), **options: Any) -> LogAudit:
    loaded = load_text(text) if isinstance(text, str) else text
    return audit_log(loaded, paths, record, Options(**options))


def verdicts(text: str | Loaded, folder: Path, *paths: str, record: Sequence[str] = ()) -> list[tuple[Any, ...]]:
    """Every row: verdict, requirement, reason."""
    out = folder / "rows.jsonl"
    audit(text, *paths, record=record, output=str(out))
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["row"] for row in rows] == list(range(1, len(rows) + 1))
    return [(row["verdict"], row["requirement"], row["reason"]) for row in rows]


def refused(text: str, *paths: str, **options: Any) -> tuple[str, str]:
    with pytest.raises(NoAnswer) as caught:
        audit(text, *paths, **options)
    (found, *_) = caught.value.diagnostics
    return found.code, f"{found.message}; {found.hint}"


# ------------------------------------------------------------ the same as the reference

SQL_TYPES = {"count": "INTEGER", "number": "DECIMAL(18, 2)", "money": "DECIMAL(18, 2)", "yesno": "BOOLEAN", "text": "VARCHAR",
             "instant": "TIMESTAMP", "duration": "VARCHAR", "names": "VARCHAR[]"}  # fmt: skip


def as_cell(value: Value) -> object:
    match value:
        case Money(amount):
            return amount
        case Fraction():
            return Decimal(value.numerator) / value.denominator
        case Duration():
            return str(value)
        case tuple():
            return list(value)
        case _:
            return value


def counted_log(path: Path, planned: Planned, data: list[dict[str, Value]], day: date) -> None:
    """A log of counts with types."""
    con = duckdb.connect()
    columns = [f'"{column.name}" {SQL_TYPES[column.type]}' for column in planned.right.columns]
    con.execute(f"CREATE TABLE t (decision VARCHAR, decided DATE{''.join(f', {column}' for column in columns)})")
    marks = ", ".join("?" * (len(columns) + 2))
    con.executemany(f"INSERT INTO t VALUES ({marks})",
                    [[planned.right.name, day, *(as_cell(row[column.name]) for column in planned.right.columns)]
                     for row in data])  # fmt: skip
    con.execute(f"COPY t TO '{path}'")


def decisions() -> list[tuple[Path, str]]:
    found = []
    for path in made.AGREEMENTS:
        if path.name in (
            "alliance.gov.md",
            "eu-council.gov.md",
            "conda-steering.gov.md",
            "amended-clauses.gov",
            "every-line.gov",
        ):
            found += [(path, name) for name in load(path).agreement.decisions]
    return found[::2]


@pytest.mark.parametrize(("path", "name"), decisions(), ids=lambda each: each if isinstance(each, str) else each.name)
def test_every_row_comes_to_what_the_reference_says(path: Path, name: str, tmp_path: Path) -> None:
    loaded = load(path)
    header = loaded.agreement.header
    day = header.effective.day if header.effective is not None else date(2026, 3, 2)
    history = loaded.history()
    text = history.in_force(datetime.combine(day, datetime.min.time()))
    planned = Plans(loaded, history).of(text, name)
    data = list(made.rows(planned.right, 11, 80))
    allowed = text.decisions[name].facts
    for row in data:  # what is none of its choices is a bad row, and tested below
        for fact, given in allowed.items():
            column = fact.replace("-", "_")
            if (
                column in row
                and given.type.kind in ("choice", "party", "person", "role", "body")
                and row[column] is not None
            ):
                row[column] = given.type.choices[0] if given.type.kind == "choice" else None
    counted_log(tmp_path / "log.parquet", planned, data, day)
    found = verdicts(loaded, tmp_path, str(tmp_path / "log.parquet"))
    for row, (verdict, requirement, reason) in zip(data, found, strict=True):
        expected, point = judged(planned.right, row)
        assert (verdict, requirement, reason) == (
            expected.value,
            (point.label or None) if point is not None else None,
            None,
        ), made.shown(row)


def test_text_is_read_as_what_it_says(tmp_path: Path) -> None:
    """The same rows as CSV, JSON lines, Parquet and a DuckDB table."""
    rows = [
        ROW,
        ROW | {"amount": "250,000 EUR"},
        ROW | {"amount": "250000.01"},
        ROW | {"chair_for": "0"},
        ROW | {"chair_for": None},
    ]
    path = csv_log(tmp_path, *rows)
    expected = [("permitted", None), ("permitted", None), ("denied", "amount at most 250,000 EUR"), ("denied", "approval of Chair"),
                ("pending", "approval of Chair")]  # fmt: skip
    assert [each[:2] for each in verdicts(SPEND, tmp_path, path)] == expected
    lines = tmp_path / "log.jsonl"
    lines.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    assert [each[:2] for each in verdicts(SPEND, tmp_path, str(lines))] == expected
    con = duckdb.connect(str(tmp_path / "log.duckdb"))
    con.execute(f"CREATE TABLE spending AS SELECT * FROM read_csv('{path}', all_varchar = true)")
    con.execute("CREATE TABLE other AS SELECT 1 AS one")
    con.close()
    assert [each[:2] for each in verdicts(SPEND, tmp_path, f"{tmp_path / 'log.duckdb'}::spending")] == expected
    assert refused(SPEND, str(tmp_path / "log.duckdb"))[0] == "GL701"


def test_json_numbers_and_words_are_read(tmp_path: Path) -> None:
    row = {"decision": "Commit Spend", "decided": "2026-03-02", "proposed_by_party": True, "amount": 250000.5, "kind": "goods",
           "chair_members": 1, "chair_for": 1, "chair_open": 0, "voting_closed": True}  # fmt: skip
    lines = tmp_path / "log.jsonl"
    lines.write_text(
        f"{json.dumps(row)}\n{json.dumps(row | {'amount': 250000})}\n"
        + json.dumps(row).replace("250000.5", "1.23456789012345678")
    )
    found = verdicts(SPEND, tmp_path, str(lines))
    assert [each[0] for each in found] == ["denied", "permitted", None]
    assert found[2][2] == "amount should be an amount such as 50,000 EUR"


def test_rows_of_several_files_are_numbered_on(tmp_path: Path) -> None:
    for number, amount in enumerate((1, 300000)):
        csv_log(tmp_path, ROW | {"amount": str(amount)}, ROW, name=f"part-{number}.csv")
    found = verdicts(SPEND, tmp_path, str(tmp_path / "part-*.csv"))
    assert [each[0] for each in found] == ["permitted", "permitted", "denied", "permitted"]


def test_small_and_wide_numbers_of_every_type_are_read(tmp_path: Path) -> None:
    for kind in ("UTINYINT", "SMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "DOUBLE", "DECIMAL(9, 0)", "DECIMAL(9, 2)"):
        path = tmp_path / "log.parquet"
        duckdb.execute(f"""COPY (SELECT 'Commit Spend' AS decision, DATE '2026-03-02' AS decided, TRUE AS proposed_by_party,
            CAST(100 AS {kind}) AS amount, 'goods' AS kind, CAST(1 AS {kind}) AS chair_members, CAST(1 AS {kind}) AS chair_for,
            CAST(0 AS {kind}) AS chair_open, TRUE AS voting_closed) TO '{path}'""")
        assert verdicts(SPEND, tmp_path, str(path)) == [("permitted", None, None)], kind


def test_counts_beyond_the_usual_numbers_are_exact(tmp_path: Path) -> None:
    """What would overflow is worked out with 38 digits."""
    text = (
        SPEND.replace("requires approval of Chair", "requires more than 2/3 of votes cast in Board")
        + "\nbody Board\n  members every Chair\n"
    )
    planned = Plans(loaded := load_text(text), loaded.history()).of(loaded.agreement, "Commit Spend")
    counts = [column.name for column in planned.right.columns if column.type == "count"]
    assert counts
    row = {column.name: 6148914691236517206 if column.type == "count" else True if column.type == "yesno" else None
           for column in planned.right.columns} | {
               "withdrawn": False, "amount": Money(Decimal(1), "EUR"), "kind": "goods"}  # fmt: skip
    con = duckdb.connect()
    cells = ", ".join(
        f'CAST({made_cell(row[column.name], column.type)}) AS "{column.name}"' for column in planned.right.columns
    )
    path = tmp_path / "log.parquet"
    con.execute(f"COPY (SELECT 'Commit Spend' AS decision, DATE '2026-03-02' AS decided, {cells}) TO '{path}'")
    expected, point = judged(planned.right, row)
    (found,) = verdicts(text, tmp_path, str(path))
    assert found == (expected.value, point.label if point is not None else None, None)


def made_cell(value: Value, kind: str) -> str:
    sql = {"count": "BIGINT", "number": "DECIMAL(18, 2)", "money": "DECIMAL(18, 2)", "yesno": "BOOLEAN", "text": "VARCHAR",
           "instant": "TIMESTAMP"}[kind]  # fmt: skip
    shown = "NULL" if value is None else f"'{value.amount}'" if isinstance(value, Money) else f"'{value}'"
    return f"{shown} AS {sql}"


# ------------------------------------------------------------ text as of the day, and which right governs


AMENDED = (
    SPEND.replace("agreement Aurora Alliance\n", "agreement Aurora Alliance\n  version 1\n")
    + """
decision Amend Agreement
  proposed by any party
  requires approval of every party

amendment Second
  to version 1
  makes version 2
  adopted by Amend Agreement as Y-1
  effective 2026-07-01
  replaces decision Commit Spend
    given amount: money
    given kind: one of goods or services
    proposed by any party
    requires amount at most 10,000 EUR
    requires approval of Chair
"""
)


def test_each_row_is_judged_by_the_text_of_its_day(tmp_path: Path) -> None:
    loaded = load_text(AMENDED)
    if not loaded.sound:
        pytest.fail("\n".join(each.message for each in loaded.diagnostics))
    path = csv_log(
        tmp_path, ROW, ROW | {"decided": "2026-06-30"}, ROW | {"decided": "2026-07-01"}, ROW | {"decided": "2027-01-01"}
    )
    found = verdicts(loaded, tmp_path, path)
    assert [each[:2] for each in found] == [
        ("permitted", None), ("permitted", None), ("denied", "amount at most 10,000 EUR"),
        ("denied", "within the term of the agreement"),
    ]  # fmt: skip


COVERED = """\
agreement Works
  effective 2026-01-01
  currency EUR

parties Helios, Norwind

decision Buy
  covers order
  given amount: money
  applies when amount more than 10 EUR
  requires amount at most 100 EUR

decision Buy Small
  covers order
  given amount: money
  requires amount at most 50 EUR

decision Buy Safely
  covers order
  overrides Buy Small
  given amount: money
  applies when amount more than 90 EUR
  requires amount at most 95 EUR
"""


@pytest.mark.parametrize(("amount", "expected"), [("5", "permitted"), ("30", "permitted"), ("70", "pending"), ("92", "permitted"),
                                                  ("97", "pending"), ("200", "denied")])  # fmt: skip
def test_what_several_decisions_cover_is_judged_by_those_that_apply(amount: str, expected: str, tmp_path: Path) -> None:
    loaded = load_text(COVERED)
    assert loaded.sound, [each.message for each in loaded.diagnostics]
    path = csv_log(tmp_path, {"decision": "order", "decided": "2026-03-02", "amount": amount})
    ((verdict, requirement, _),) = verdicts(loaded, tmp_path, path)
    assert verdict == expected
    assert (requirement == "two clauses apply and disagree") is (expected == "pending")


# ------------------------------------------------------------ bad rows

BAD = [
    ({"decision": "Commit Spent"}, "the agreement has no such decision"),
    ({"decision": "x' OR '1'='1"}, "the agreement has no such decision"),
    ({"decision": None}, "no decision is named"),
    ({"amount": "40000 USD"}, "amount is in another currency than EUR"),
    ({"amount": "4,00 EUR"}, "amount should be an amount such as 50,000 EUR"),
    ({"amount": "1e5"}, "amount should be an amount such as 50,000 EUR"),
    ({"amount": "about 5"}, "amount should be an amount such as 50,000 EUR"),
    ({"kind": "gifts"}, "kind should be one of goods or services"),
    ({"chair_for": "1.5"}, "chair_for should be a whole number"),
    ({"chair_for": "one"}, "chair_for should be a whole number"),
    ({"voting_closed": "perhaps"}, "voting_closed is neither yes nor no"),
    ({"decided": "2026-02-30"}, "decided is not a date"),
    ({"decided": "yesterday"}, "decided is not a date"),
    ({"taken": "maybe"}, "taken is neither yes nor no"),
]


@pytest.mark.parametrize(("change", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_a_bad_row_is_kept_with_its_reason(change: dict[str, object], reason: str, tmp_path: Path) -> None:
    path = csv_log(tmp_path, ROW | {"taken": "yes"}, ROW | change)
    found = verdicts(SPEND, tmp_path, path)
    assert [each[0] for each in found] == ["permitted", None]
    assert found[1][2] == reason or (reason.startswith("kind") and str(found[1][2]).startswith("kind should be"))
    result = audit(SPEND, path)
    assert result.findings == 1
    assert [each.code for each in result.bad] == ["GL706"]


def test_floating_point_numbers_are_taken_where_they_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    duckdb.execute(f"""COPY (SELECT 'Commit Spend' AS decision, DATE '2026-03-02' AS decided, TRUE AS proposed_by_party,
        unnest([100.0, 0.1, 'NaN', 1e300]::DOUBLE[]) AS amount, 'goods' AS kind, 1 AS chair_members, 1 AS chair_for,
        0 AS chair_open, TRUE AS voting_closed) TO '{path}'""")
    found = verdicts(SPEND, tmp_path, str(path))
    assert [each[0] for each in found] == ["permitted", None, None, None]
    assert "floating point" in found[1][2]


def test_millions_of_one_bad_value_are_one_line(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    cells = ", ".join(f"'{value}' AS {name}" for name, value in (ROW | {"amount": "much"}).items())
    duckdb.execute(f"COPY (SELECT {cells} FROM range(1000000)) TO '{path}'")
    found = audit(SPEND, str(path))
    reason = "amount should be an amount such as 50,000 EUR"
    assert [each.message for each in found.bad] == [f"1,000,000 rows cannot be judged: {reason}"]
    assert len(shown.text(found, PLAIN)) < 2000


def test_what_was_not_acted_upon_is_no_finding(tmp_path: Path) -> None:
    path = csv_log(
        tmp_path,
        ROW | {"taken": "yes"},
        ROW | {"amount": "300000", "taken": "no"},
        ROW | {"amount": "300000", "taken": "yes"},
    )
    found = audit(SPEND, path)
    assert found.findings == 1
    assert {(group.meaning.verdict, group.rows, group.taken) for group in found.groups} == {
        (Verdict.PERMITTED, 1, 1), (Verdict.DENIED, 2, 1)}  # fmt: skip


# ------------------------------------------------------------ logs that cannot be audited


def test_a_missing_column_is_named_with_its_use(tmp_path: Path) -> None:
    row = {name: cell for name, cell in ROW.items() if name not in ("amount", "chair_for")}
    with pytest.raises(NoAnswer) as caught:
        audit(SPEND, csv_log(tmp_path, row))
    (found,) = caught.value.diagnostics
    assert found.code == "GL702"
    assert found.message == "the log has no columns 'amount' (an amount) and 'chair_for' (a whole number), which Commit Spend needs"
    assert "amount says: the amount; chair_for says: " in found.hint


@pytest.mark.parametrize(("name", "data", "code"), [
    ("log.parquet", b"not parquet at all", "GL701"),
    ("log.parquet", b"PAR1" + b"\0" * 50 + b"PAR1", "GL701"),
    ("log.csv", b"", "GL705"),
    ("log.csv", b"\0\1\2\3" * 100, "GL701 GL702 GL705"),
    ("log.csv", "decision,decided\nCommit Spend,\xe9".encode("latin-1"), "GL701 GL702 GL706"),
    ("log.csv", b"just a line of words", "GL705 GL702"),
    ("log.csv", b"decision,decided\n", "GL705"),
    ("log.jsonl", b"[1, 2, 3]\n", "GL701 GL702"),
    ("log.jsonl", b'{"decision": "Commit Spend", "decided"', "GL701"),
    ("log.duckdb", b"not a database", "GL701"),
])  # fmt: skip
def test_a_file_that_is_no_log_is_refused(name: str, data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found, message = refused(SPEND, str(path))
    assert found in code.split(), message
    assert "\n" not in message


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "log.parquet").mkdir()
    assert refused(SPEND, str(tmp_path / "log.parquet")) == (
        "GL701", f"'{tmp_path / 'log.parquet'}' is a folder, not a file; name its files, as in folder/*.parquet")  # fmt: skip
    assert refused(SPEND, str(tmp_path / "none.csv"))[0] == "GL701"
    assert refused(SPEND, str(tmp_path / "none-*.csv"))[0] == "GL701"


def test_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("decision,decided,Amount,amount\nCommit Spend,2026-03-02,1,2\n", encoding="utf-8")
    assert refused(SPEND, str(path))[0] == "GL704"


def test_lists_with_fields_of_one_name_are_no_columns_of_one_name() -> None:
    schema_rows = [
        ("schema", 3),
        ("a", 1),
        ("list", 1),
        ("element", None),
        ("b", 1),
        ("list", 1),
        ("element", None),
        ("c", None),
    ]
    assert logs._top(schema_rows) == ["a", "b", "c"]


def test_a_truncated_parquet_file_leaves_no_output(tmp_path: Path) -> None:
    path, out = tmp_path / "log.parquet", tmp_path / "rows.parquet"
    out.write_bytes(b"what stood there")
    duckdb.execute(f"COPY (SELECT 'Commit Spend' AS decision FROM range(10000)) TO '{path}'")
    path.write_bytes(path.read_bytes()[:-9])
    refused(SPEND, str(path), output=str(out))
    assert out.read_bytes() == b"what stood there"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["log.parquet", "rows.parquet"]


def test_a_parquet_file_spoilt_in_the_middle_leaves_no_output(tmp_path: Path) -> None:
    path, out = tmp_path / "log.parquet", tmp_path / "rows.parquet"
    cells = ", ".join(f"'{value}' AS {name}" for name, value in ROW.items())
    duckdb.execute(f"COPY (SELECT {cells}, uuid() AS noise FROM range(20000)) TO '{path}'")
    data = bytearray(path.read_bytes())
    data[10:4000] = b"\xff" * 3990
    path.write_bytes(bytes(data))
    refused(SPEND, str(path), output=str(out))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["log.parquet"]


# ------------------------------------------------------------ rows out


@pytest.mark.parametrize("name", ["rows.parquet", "rows.csv", "rows.jsonl"])
def test_rows_are_written_in_order_and_whole(name: str, tmp_path: Path) -> None:
    path = csv_log(
        tmp_path, ROW | {"id": "=1+1"}, ROW | {"decision": "Nothing", "id": "b"}, ROW | {"id": "c", "amount": "900000"}
    )
    audit(SPEND, path, output=str(tmp_path / name))
    reader = {"parquet": "read_parquet", "csv": "read_csv", "jsonl": "read_json"}[name.split(".")[1]]
    found = duckdb.execute(f"SELECT row, id, decision, verdict, reason FROM {reader}('{tmp_path / name}')").fetchall()
    first = "'=1+1" if name == "rows.csv" else "=1+1"
    assert found == [(1, first, "Commit Spend", "permitted", None), (2, "b", "Nothing", None, "the agreement has no such decision"),
                     (3, "c", "Commit Spend", "denied", None)]  # fmt: skip
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(["log.csv", name])


def test_an_interruption_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "rows.csv"
    out.write_text("what stood there")

    def stop(self: Runner, what: str) -> None:
        if what == "writing":
            raise KeyboardInterrupt

    monkeypatch.setattr(Runner, "_draw", stop)
    with pytest.raises(KeyboardInterrupt):
        audit(SPEND, csv_log(tmp_path, ROW), output=str(out))
    assert out.read_text() == "what stood there"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["log.csv", "rows.csv"]


def test_an_unknown_ending_or_folder_is_refused(tmp_path: Path) -> None:
    path = csv_log(tmp_path, ROW)
    assert refused(SPEND, path, output=str(tmp_path / "rows.xlsx"))[0] == "GL707"
    assert refused(SPEND, path, output=str(tmp_path / "none" / "rows.csv"))[0] == "GL707"


def test_a_small_memory_is_enough_for_a_large_log(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    cells = ", ".join(f"'{value}' AS {name}" for name, value in ROW.items())
    duckdb.execute(f"COPY (SELECT {cells}, uuid() AS id FROM range(300000)) TO '{path}'")
    found = audit(SPEND, str(path), output=str(tmp_path / "rows.parquet"), memory="60MB", threads=1)
    assert found.rows == 300000
    assert duckdb.execute(f"SELECT count(*), max(row) FROM '{tmp_path / 'rows.parquet'}'").fetchall() == [
        (300000, 300000)
    ]
    assert refused(SPEND, str(path), memory="much")[0] == "GL701"


# ------------------------------------------------------------ summary, explanation, columns


def test_the_summary_names_party_and_month(tmp_path: Path) -> None:
    rows = [
        ROW | {"party": "Helios"},
        ROW | {"party": "Norwind", "amount": "300000"},
        ROW | {"party": "Nobody", "decided": "2026-04-01"},
    ]
    found = audit(SPEND, csv_log(tmp_path, *rows))
    assert {(group.party, group.month) for group in found.groups} == {
        ("Helios", "2026-03"),
        ("Norwind", "2026-03"),
        ("", "2026-04"),
    }
    text = shown.text(found, PLAIN)
    assert "by party" in text
    assert "Norwind" in text
    assert "1 row to look at" in text


def test_json_has_its_published_shape(tmp_path: Path) -> None:
    found = audit(SPEND, csv_log(tmp_path, ROW, ROW | {"decision": "x"}))
    validate(json.loads(shown.as_text(found)), schema.published("log-audit"))


def test_a_row_is_explained_by_its_requirements(tmp_path: Path) -> None:
    path = csv_log(
        tmp_path,
        ROW,
        ROW | {"amount": "300000", "chair_for": None},
        ROW | {"amount": "x"},
        ROW | {"decision": "Nothing"},
    )
    loaded = load_text(SPEND)
    with Session(loaded, [path]) as session:
        second = explaining.explain(session, 2)
        text = shown.explained(second, PLAIN)
        assert (second.meaning.verdict, second.meaning.requirement) == (Verdict.DENIED, "amount at most 250,000 EUR")
        assert "failed  amount at most 250,000 EUR" in text
        assert "amount = 300,000" in text
        assert "chair_for = not known" in text
        assert "cannot be judged: amount should be" in shown.explained(explaining.explain(session, 3), PLAIN)
        assert "no such decision" in shown.explained(explaining.explain(session, 4), PLAIN)
        json.loads(shown.explained_json(second))
        with pytest.raises(NoAnswer):
            explaining.explain(session, 5)


def test_the_columns_say_what_they_are_for() -> None:
    found = explaining.columns(load_text(SPEND), load_text(SPEND).history(), "Commit Spend")
    assert [(each.name, each.type) for each in found][:4] == [
        ("in_term", "yesno"), ("withdrawn", "yesno"), ("proposed_by_party", "yesno"),
                                                              ("amount", "money")]  # fmt: skip
    assert all(each.about for each in found)
    with pytest.raises(NoAnswer):
        explaining.columns(load_text(SPEND), load_text(SPEND).history(), "Nothing")


def test_what_is_assumed_is_said(tmp_path: Path) -> None:
    notes = audit(SPEND, csv_log(tmp_path, ROW)).notes
    assert any("withdrawn" in note for note in notes)
    assert any("in effect" in note for note in notes)


# ------------------------------------------------------------ the verb


def test_the_verb_tells_logs_from_records(tmp_path: Path, run: Run) -> None:
    agreement = tmp_path / "aurora.gov"
    agreement.write_text(SPEND, encoding="utf-8")
    path = csv_log(tmp_path, ROW)
    done = run("audit", str(agreement), path)
    assert done.code == 0, done.said
    assert "nothing to report" in done.said
    wrong = csv_log(tmp_path, ROW | {"amount": "900000"}, name="wrong.csv")
    assert run("audit", str(agreement), wrong).code == 1
    assert json.loads(run("audit", str(agreement), wrong, "--format", "json").out)["findings"] == 1
    assert run("audit", str(agreement), str(tmp_path / "none.parquet")).code == 2
    lines = tmp_path / "book.jsonl"
    lines.write_text(
        '{"event": "propose", "at": "2026-03-02", "by": "Helios", "proposal": "S-1", "decision": "Commit Spend"}\n'
    )
    assert run("audit", str(agreement), str(lines), "-o", str(tmp_path / "x.csv")).code == 2
    lines.write_text('{"what": 1}\n')
    assert "GL708" in run("audit", str(agreement), str(lines)).said
    assert run("audit", str(agreement), path, "--on", "2026-01-01").code == 2
    assert run("audit", str(agreement), path, "--explain", "1").code == 0
    assert run("audit", str(agreement), path, "--explain", "9").code == 2
    assert "chair_for" in run("audit", str(agreement), "--columns").said
    assert run("audit", str(agreement), "--columns", "Commit Spend", "--format", "csv").out.startswith(
        "decision,column,type,about"
    )


def test_without_the_extra_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "duckdb", None)
    agreement = tmp_path / "aurora.gov"
    agreement.write_text(SPEND, encoding="utf-8")
    done = run("audit", str(agreement), csv_log(tmp_path, ROW))
    assert done.code == 2
    assert "govlang[audit]" in done.said


def test_a_bar_is_drawn_for_who_watches(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit(SPEND, csv_log(tmp_path, ROW), watched=True)
    assert "judging [" in capsys.readouterr().err


__all__ = ["auditing"]


def test_other_columns_of_a_log_are_left_alone(tmp_path: Path) -> None:
    """Whatever they are called: none is taken for one that the audit makes on its way."""
    names = ("code", "n", "row", "first", "month", "b", "raw_1", "_part1", "x'; DROP TABLE log; --", "verdict", "right")
    extra = dict.fromkeys(names, "7")
    path = csv_log(tmp_path, ROW | extra, ROW | extra | {"amount": "900000"})
    assert [each[0] for each in verdicts(SPEND, tmp_path, path)] == ["permitted", "denied"]
    assert refused(SPEND, csv_log(tmp_path, ROW | {"govlang_code0": "1"}, name="other.csv"))[0] == "GL704"


def test_a_decision_may_have_any_name(tmp_path: Path) -> None:
    name = "Drop'); DROP TABLE log; --"
    text = SPEND.replace("decision Commit Spend", f"decision `{name}`")
    path = csv_log(tmp_path, ROW | {"decision": name}, ROW)
    assert [each[0] for each in verdicts(text, tmp_path, path)] == ["permitted", None]


def test_votes_in_a_table_of_their_own_are_counted(tmp_path: Path) -> None:
    """The same votes as a list in each row and as a long table, in its order; those of no row are told of."""
    text = SPEND.replace("  requires approval of Chair\n", "  requires more than half of all members in Board\n") + (
        "\nbody Board\n  members Lea Berg, Ana Ruiz, Ben Okafor\n\npersons Ana Ruiz, Ben Okafor\n")  # fmt: skip
    loaded = load_text(text)
    assert loaded.sound, [each.message for each in loaded.diagnostics]
    row = {"decision": "Commit Spend", "decided": "2026-03-02", "proposed_by": "Helios", "amount": "1 EUR",
           "kind": "goods", "closed": "yes"}  # fmt: skip
    votes = {"a": ["Lea Berg", "Ana Ruiz"], "b": ["Lea Berg"], "c": []}
    nested = tmp_path / "nested.jsonl"
    nested.write_text("".join(json.dumps(row | {"id": name, "ballots": [{"voter": who, "choice": "for"} for who in listed]}) + "\n"
                              for name, listed in votes.items()), encoding="utf-8")  # fmt: skip
    expected = verdicts(loaded, tmp_path, str(nested))
    assert [each[0] for each in expected] == ["permitted", "denied", "denied"]
    log = csv_log(tmp_path, *(row | {"id": name} for name in votes))
    long = csv_log(tmp_path, *({"id": name, "voter": who, "choice": "for"} for name, listed in votes.items() for who in listed),
                   {"id": "z", "voter": "Lea Berg", "choice": "for"}, name="votes.csv")  # fmt: skip
    out = tmp_path / "long.jsonl"
    found = audit(loaded, log, ballots=long, output=str(out))
    assert [json.loads(line)["verdict"] for line in out.read_text(encoding="utf-8").splitlines()] == [each[0] for each in expected]
    assert any("no such decision is in the log" in note for note in found.notes)
