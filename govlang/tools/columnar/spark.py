"""The audit of a log on Spark: the same queries as for one machine, in Spark's dialect, and the same rows out.

In: a Spark session, an agreement, a data frame (or the name of a table), what else is on record. Out: a `SparkAudit`: data frames
of rows and of their summary, which are worked out when something is done with them. The agreement and the record are read here, on
the driver; rows of which SQL cannot speak go through the reference interpreter where they lie.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING, Any

from govlang.backends.sql import SPARK, SPARK_WIDE, Dialect
from govlang.core.verdict import Verdict
from govlang.pipeline import Loaded, load
from govlang.tools import books
from govlang.tools.columnar import examples, spark_logs
from govlang.tools.columnar.auditing import Group, LogAudit, Session
from govlang.tools.columnar.branches import Branch, Builder
from govlang.tools.columnar.logs import ROW, Log, unreadable
from govlang.tools.columnar.meanings import CODE, UNSURE, Meaning
from govlang.tools.columnar.own import Reader
from govlang.tools.columnar.plans import Plans
from govlang.tools.columnar.raw_stages import Table
from govlang.tools.columnar.spark_rows import SAID, Wanted, Work, judging
from govlang.tools.columnar.spark_session import query
from govlang.tools.columnar.spark_shipped import packed
from govlang.tools.questions import NoAnswer

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LOG, TOLD, WIDE = "govlang_log", "govlang_told", "govlang_wide"
COLUMNS = ("row", "id", "decision", "taken", "verdict", "right", "requirement", "clause", "reason")
_GROUPS = ("shown", "party", "month", "verdict", "right", "requirement", "clause", "reason", "alone")
_LISTED = ", ".join(f"`{name}`" for name in _GROUPS)
_COUNTS = "count(*) AS rows, count_if(taken) AS taken, min(row) AS first"
_TYPES = {"VARCHAR": "STRING", "HUGEINT": "DECIMAL(38,0)", "TIMESTAMP": "TIMESTAMP_NTZ"}
_MONTH = "(CASE WHEN b.month IS NOT NULL THEN format_string('%04d-%02d', b.month div 12, b.month % 12 + 1) END)"
_ALONE = re.compile(rf"-{str(-UNSURE)[:2]}\d{{5}}\b")


class SparkAudit:
    """What is found. `rows` has the columns `COLUMNS`, one row for each of the log; `summary` how many come to what, by decision,
    party and month; `notes` says what was taken as said."""

    def __init__(
        self, asked: OnSpark, wide: DataFrame, counted: DataFrame, notes: tuple[str, ...], order: dict[Meaning, int]
    ) -> None:  # fmt: skip
        self.asked, self.order = asked, order
        self.notes = notes
        self.rows = wide.select(*COLUMNS)
        totals = "sum(rows) AS rows, sum(taken) AS taken, min(first) AS first"
        sql = f"SELECT {_LISTED}, {totals} FROM {WIDE} GROUP BY {_LISTED}"
        self.summary = query(asked.session, sql, {WIDE: counted})

    def found(self, output: str = "") -> LogAudit:
        """The summary, as an audit on one machine gives it. Reads the whole log."""
        groups: list[Group] = []
        alone: dict[str, int] = {}
        for each in self.summary.collect():
            verdict = Verdict(each.verdict) if each.verdict is not None else None
            said = Meaning(verdict, each.right or "", each.requirement or "", each.clause or "", each.reason or "")
            groups.append(Group(each.shown, each.party or "", each.month or "", said, each.rows, each.taken, each.first))
            if each.alone is not None:
                alone[each.alone] = alone.get(each.alone, 0) + each.rows
        listed = sorted(alone.items(), key=lambda each: (-each[1], each[0]))
        return self.asked.told(_joined(groups, self.order), self.notes, tuple(listed), output)


def audit(
    session: SparkSession, agreement: str | Loaded, log: DataFrame | str, ballots: DataFrame | str | None = None,
    record: str | Sequence[str] = (),
) -> SparkAudit:  # fmt: skip
    """Judges every row of a log. A text names a table of the catalogue. Raises NoAnswer where the log cannot be judged."""
    loaded = load(agreement) if isinstance(agreement, str) else agreement
    frame = session.table(log) if isinstance(log, str) else log
    votes = session.table(ballots) if isinstance(ballots, str) else ballots
    return OnSpark(session, loaded, frame, votes, (record,) if isinstance(record, str) else record).frames()


class OnSpark(Session):
    """One log, as a data frame."""

    dialect: Dialect = SPARK

    def __init__(
        self, session: SparkSession, loaded: Loaded, log: DataFrame, ballots: DataFrame | None = None, record: Sequence[str] = (),
        paths: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.session, self.loaded = session, loaded
        self._stack = ExitStack()
        if not loaded.sound:
            raise NoAnswer("the agreement has errors", "", loaded.diagnostics)
        book = books.read_books(record, loaded.agreement)
        if book.unreadable:
            raise NoAnswer("the record cannot be read", "", book.diagnostics)
        self.history = books.history(book, loaded.agreement)
        self.diagnostics = (*book.diagnostics, *self.history.diagnostics)
        self.shipped = packed(loaded, record)
        zone = loaded.agreement.header.time_zone
        self.zone = zone.text if zone is not None else "UTC"
        if ballots is not None:
            log = spark_logs.with_ballots(session, log, ballots)
        self.frame, types = spark_logs.plain(session, log, self.zone)
        self.log = Log(tuple(paths), f"SELECT * FROM {LOG}", types, 0)
        if "decision" not in types:
            hint = f"it says what was decided, by its name in the agreement; its columns are: {', '.join(types)}"
            unreadable("GL702", "the log has no column 'decision'", hint)
        self.plans = Plans(loaded, self.history)
        self.raw = self.of_votes()
        self.reader = Reader(loaded.agreement, types, self.dialect, {})
        self.decided = self._instant("decided")
        self.within = self._within()

    def query(self, sql: str, what: str) -> list[tuple[Any, ...]]:
        """The rows of a query over the log."""
        del what
        return [tuple(row) for row in query(self.session, sql, {LOG: self.frame}, self.zone).collect()]

    # ------------------------------------------------------------ rows and summary

    def frames(self) -> SparkAudit:
        """The audit, ready to be worked out."""
        builder, branches = self.branches(SPARK)
        if self._large(branches):
            builder, branches = self.branches(SPARK_WIDE)
        tables = {table.name: self._table(table) for branch in branches for table in branch.tables}
        tables |= {LOG: self.frame, TOLD: self._told_frame(builder)}
        parts = [part for branch in branches for part in self._of(branch, tables)]
        wide, counted = parts[0]
        for rows, counts in parts[1:]:
            wide, counted = wide.unionByName(rows), counted.unionByName(counts)
        notes = (*self.log.notes, *(note for branch in branches for note in branch.notes))
        order = {said: abs(code) for code, said in reversed(builder.meanings.all())}
        return SparkAudit(self, wide, counted, tuple(dict.fromkeys(notes)), order)

    def _large(self, branches: Sequence[Branch]) -> bool:
        """Whether a whole number of the log, or of a clause, may need more than 64 bits on the way."""
        for branch in branches:
            if re.search(r"(?<![\d'])\d{10,}L", branch.sql):
                return True
            for planned in branch.rights:
                for name, cell in branch.own.get(planned.right.name, {}).items():
                    column = next(each for each in planned.right.columns if each.name == name)
                    whole = column.type in ("count", "number", "money") and cell.scale == 0
                    if whole and self.log.columns[self.log.column(name)] != "INTEGER":
                        return True
        return False

    def _of(self, branch: Branch, tables: dict[str, DataFrame]) -> list[tuple[DataFrame, DataFrame]]:
        """The rows of a branch, and how many come to what: those that SQL judges, and those that are judged one by one. The first
        are counted by their codes, and told in words afterwards."""
        month = f"(year({self.decided}) * 12 + month({self.decided}) - 1)" if self.decided else "CAST(NULL AS INT)"
        name = "CAST(id AS STRING)" if "id" in self.log.columns else "CAST(NULL AS STRING)"
        shown = SPARK.string(branch.decision)
        base = (f"{ROW} AS row, {name} AS id, CAST(decision AS STRING) AS decision, {self.taken()} AS taken, {shown} AS shown, "
                f"CAST({self._party()} AS STRING) AS party, {month} AS month, {CODE} AS code")  # fmt: skip
        telling = "t.verdict, t.`right`, t.requirement, t.clause, t.reason"
        sure = f"SELECT {base} FROM ({branch.sql}) WHERE {CODE} > {UNSURE}"
        told = f"LEFT JOIN {TOLD} AS t ON t.code = b.code"
        sql = f"SELECT b.row, b.id, b.decision, b.taken, {telling} FROM ({sure}) AS b {told}"
        totals = f"SELECT shown, party, month, code, {_COUNTS} FROM ({sure}) GROUP BY shown, party, month, code"
        counts = (f"SELECT b.shown, b.party, {_MONTH} AS month, {telling}, CAST(NULL AS STRING) AS alone, b.rows, b.taken, b.first "
                  f"FROM ({totals}) AS b {told}")  # fmt: skip
        found = [] if branch.alone else [tuple(query(self.session, each, tables, self.zone) for each in (sql, counts))]
        if _ALONE.search(branch.sql):
            one_by_one = self._one_by_one(branch, base, tables)
            rows = f"SELECT * EXCEPT (month), {_MONTH} AS month FROM {WIDE} AS b"
            sql = f"SELECT {_LISTED}, {_COUNTS} FROM ({rows}) GROUP BY {_LISTED}"
            found.append((one_by_one.select(*COLUMNS), query(self.session, sql, {WIDE: one_by_one})))
        return [(rows, counted) for rows, counted in found]

    def _one_by_one(self, branch: Branch, base: str, tables: dict[str, DataFrame]) -> DataFrame:
        from pyspark.sql.functions import udf

        columns = tuple(self.log.columns)
        wanted = [(right, name, cell) for right, cells in branch.own.items() for name, cell in cells.items()]
        shown = [SPARK.identifier(name) for name in columns]
        for _, _, cell in wanted:
            shown += [cell.sql, cell.currency or cell.unit or "NULL"]
        asked = ", ".join(f"{sql} AS govlang_c{place}" for place, sql in enumerate(shown))
        sql = f"SELECT {base}, {asked} FROM ({branch.sql}) WHERE {CODE} <= {UNSURE}"
        sql = f"SELECT a.*, t.reason AS alone FROM ({sql}) AS a LEFT JOIN {TOLD} AS t ON t.code = a.code"
        work = Work(self.shipped, branch.decision, self.plans.texts.index(branch.text), self.raw, columns,
                    tuple(Wanted(right, name, bool(cell.currency), bool(cell.unit)) for right, name, cell in wanted))  # fmt: skip
        judge = udf(judging(work), f"struct<{SAID.replace(' string', ':string')}>", useArrow=False)
        rows = query(self.session, sql, tables, self.zone)
        rows = rows.withColumn("said", judge(*(f"govlang_c{place}" for place in range(len(shown)))))
        said = [f"said.{name}" for name in ("verdict", "right", "requirement", "clause", "reason")]
        return rows.select("row", "id", "decision", "taken", *said, "shown", "party", "month", "alone")

    # ------------------------------------------------------------ small tables

    def _table(self, table: Table) -> DataFrame:
        """A small table, sent to every worker."""
        from pyspark.sql.functions import broadcast

        fields = ", ".join(f"{SPARK.identifier(name)}: {_type(kind)}" for name, kind in table.columns)
        names = [name for name, _ in table.columns]
        rows = json.dumps([dict(zip(names, row, strict=True)) for row in table.rows], default=_as_json)
        # JSON in the text of a query: a frame made of Python's rows would need Python on every worker
        sql = f"SELECT inline(from_json({SPARK.string(rows)}, {SPARK.string(f'ARRAY<STRUCT<{fields}>>')}))"
        return broadcast(query(self.session, sql, {}))

    def _told_frame(self, builder: Builder) -> DataFrame:
        rows = tuple((code, each.verdict.value if each.verdict is not None else None, each.right or None, each.requirement or None,
                      each.clause or None, each.reason or None) for code, each in builder.meanings.all())  # fmt: skip
        names = ("verdict", "right", "requirement", "clause", "reason")
        return self._table(Table(TOLD, (("code", "BIGINT"), *((name, "VARCHAR") for name in names)), rows))

    def told(self, groups: tuple[Group, ...], notes: tuple[str, ...], alone: tuple[tuple[str, int], ...], output: str) -> LogAudit:
        """What was found, as an audit on one machine says it."""
        agreement = self.loaded.agreement
        return LogAudit(agreement.name, agreement.header.version, self.loaded.text_hash, self.log.paths, not self.raw,
                        sum(group.rows for group in groups), groups, notes, alone, output, self.diagnostics,
                        *examples.first_rows(self, groups))  # fmt: skip


def _joined(groups: Sequence[Group], order: dict[Meaning, int]) -> tuple[Group, ...]:
    """Groups in the order of one machine, those that differ only in who judged them as one."""
    found: dict[tuple[str, str, str, Meaning], Group] = {}
    for each in groups:
        key = (each.decision, each.party, each.month, each.meaning)
        other = found.get(key)
        if other is not None:
            each = Group(*key, each.rows + other.rows, each.taken + other.taken, min(each.first, other.first))
        found[key] = each

    def place(each: Group) -> tuple[object, ...]:
        said = each.meaning
        bad = said.verdict is None
        told = said.right, str(said.verdict), said.requirement, said.clause, said.reason
        return each.decision, each.month, each.party, bad, order.get(said, -UNSURE), *told

    return tuple(sorted(found.values(), key=place))


def _type(kind: str) -> str:
    plain = kind.removesuffix("[]")
    found = _TYPES.get(plain, plain)
    return f"ARRAY<{found}>" if kind.endswith("[]") else found


def _as_json(value: object) -> str:
    if isinstance(value, date):  # an instant too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} in a small table")
