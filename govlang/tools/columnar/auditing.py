"""The audit of a log: what each row comes to, how many of each kind, and the rows themselves in a file.

In: an agreement, the files of a log, what else is on record. Out: a `LogAudit`, and with `output` a table with every row of the
log, in its order. Nothing is written until everything is (a file beside it is renamed), nothing is dropped, and what SQL cannot say
of a row the interpreter says.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

from govlang.backends.sql import DUCKDB, DUCKDB_WIDE, Dialect
from govlang.core.verdict import Verdict
from govlang.diagnostics import Diagnostic
from govlang.frozen import dataclass, field
from govlang.pipeline import Loaded, load
from govlang.record import logged
from govlang.record.history import History
from govlang.tools import books
from govlang.tools.columnar import examples, lacking, logs, output as writing
from govlang.tools.columnar.branches import Branch, Builder, Lacking
from govlang.tools.columnar.interpreting import Interpreter
from govlang.tools.columnar.logs import ROW
from govlang.tools.columnar.meanings import CODE, UNSURE, Meaning
from govlang.tools.columnar.own import Reader, WrongType
from govlang.tools.columnar.plans import Plans, names
from govlang.tools.columnar.raw import Range
from govlang.tools.columnar.running import Runner
from govlang.tools.columnar.scans import Scan, scans
from govlang.tools.questions import NoAnswer

_DATES = ("decided", "proposed", "noticed", "closed")
Counted = tuple[str, str, str, int, int, int, int]  # decision, party, month, code: rows, how many were acted upon, one of them
_LONGEST = 200 * 366  # days that a log may span; what lies outside is judged by itself


@dataclass(frozen=True, slots=True)
class Options:
    """What an audit is asked. `ballots` is a long table of votes, `memory` and `threads` bound the engine."""

    ballots: str = ""
    output: str = ""
    memory: str = ""
    threads: int = 0
    watched: bool | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """How many rows of a decision, a party and a month come to one thing; `taken` were acted upon, `first` is one of them."""

    decision: str
    party: str
    month: str
    meaning: Meaning
    rows: int
    taken: int
    first: int = 0

    @property
    def findings(self) -> int:
        """Rows to look at: acted upon without being permitted, or bad."""
        if self.meaning.verdict is None:
            return self.rows
        return 0 if self.meaning.verdict is Verdict.PERMITTED else self.taken


@dataclass(frozen=True, slots=True)
class LogAudit:
    """What was found in a log. `alone` says how many rows the interpreter judged, and why; `notes` what was taken as said."""

    agreement: str
    version: str
    text_hash: str
    paths: tuple[str, ...]
    counted: bool
    rows: int
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()
    alone: tuple[tuple[str, int], ...] = ()
    output: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict, compare=False)  # what rows to look at are called, by number
    values: Mapping[str, str] = field(default_factory=dict, compare=False)  # what the first bad row says, by reason

    @property
    def bad(self) -> tuple[Diagnostic, ...]:
        """The bad rows, one message for each reason."""
        totals: dict[str, tuple[int, int]] = {}
        for group in self.groups:
            if group.meaning.verdict is None:
                rows, first = totals.get(group.meaning.reason, (0, group.first))
                totals[group.meaning.reason] = rows + group.rows, min(first, group.first)
        listed = sorted(totals.items(), key=lambda each: (-each[1][0], each[0]))
        return tuple(Diagnostic("GL706", f"{rows:,} {'row' if rows == 1 else 'rows'} cannot be judged: {reason}", None,
                                hint=self._hint(reason, first)) for reason, (rows, first) in listed)  # fmt: skip

    def _hint(self, reason: str, first: int) -> str:
        """The first bad row of a kind, what it says, and what to write instead."""
        value, instead = self.values.get(reason, ""), examples.remedy(reason)
        there = f"row {first} says '{value}'" if value else f"the first is row {first}"
        return f"{there}: {instead}" if instead else f"{there}: look at it with --explain {first}"

    @property
    def findings(self) -> int:
        """How many rows there are to look at."""
        return sum(group.findings for group in self.groups)

    @property
    def clean(self) -> bool:
        """Whether there is nothing to look at."""
        return not self.findings


class Session(AbstractContextManager["Session"]):
    """One log, opened. Another engine has another dialect, and runs queries in its own way (`query`)."""

    dialect: Dialect = DUCKDB
    codes = ""  # the file of row numbers and codes, as SQL

    def __init__(
        self, loaded: Loaded, paths: Sequence[str], record: Sequence[str] = (), options: Options | None = None
    ) -> None:
        self.loaded = loaded
        self.options = options or Options()
        self._stack = ExitStack()
        try:
            self._open(paths, record)
        except BaseException:
            self._stack.close()
            raise

    def _open(self, paths: Sequence[str], record: Sequence[str]) -> None:
        if not self.loaded.sound:
            raise NoAnswer("the agreement has errors", "", self.loaded.diagnostics)
        self.folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="govlang-"))
        self.con = logs.engine(self.folder, self.options.memory, self.options.threads)
        import duckdb

        self._stack.callback(self.con.close)
        self.runner = Runner(self.con, self.options.watched)
        book = books.read_books(record, self.loaded.agreement)
        if book.unreadable:
            raise NoAnswer("the record cannot be read", "", book.diagnostics)
        self.history: History = books.history(book, self.loaded.agreement)
        self.diagnostics = (*book.diagnostics, *self.history.diagnostics)
        self.log = logs.opened(self.con, paths, self.folder)
        if self.options.ballots:
            self.log = logs.with_ballots(self.con, self.log, self.options.ballots, self.folder)
        reserved = next((name for name in self.log.columns if name.startswith("govlang_")), "")
        if reserved:
            hint = "names that begin with govlang_ are those of the audit: rename it"
            logs.unreadable("GL704", f"the log has a column '{reserved}'", hint)
        if not self.log.column("decision"):
            listed = ", ".join(self.log.columns)
            logs.unreadable(
                "GL702",
                "the log has no column 'decision'",
                f"it says what was decided, by its name in the agreement; its columns are: {listed}",
            )
        self.plans = Plans(self.loaded, self.history)
        self.reader = Reader(self.loaded.agreement, self.log.columns, DUCKDB, {})
        try:
            self.raw = self.of_votes()
            self.decided = self._instant("decided")
            self.within = self._within()
        except duckdb.Error as error:
            logs.unreadable("GL701", f"the log cannot be read: {logs.reason(error)}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    # ------------------------------------------------------------ what there is

    def query(self, sql: str, what: str) -> list[tuple[Any, ...]]:
        """The rows of a query; `what` says for whom watches what they are for."""
        return self.runner.rows(sql, what)

    def of_votes(self) -> bool:
        """Whether the log holds votes, and not counts. Finds which decisions are in it."""
        kind, cell = self.log.columns["decision"], self.dialect.identifier("decision")
        if kind not in lacking.TEXTS and not kind.startswith("ENUM"):
            logs.unreadable("GL703", f"the column 'decision' is of the type {kind}, and a text is needed there")
        known = dict.fromkeys(name for text in self.plans.texts for name in names(text, True))
        listed = ", ".join(map(self.dialect.string, known)) or "''"
        found = self.query(f"SELECT DISTINCT {cell} FROM ({self.log.rows}) WHERE {cell} IN ({listed})", "reading")
        self.present = {str(name) for (name,) in found}
        return lacking.of_votes(self.log.columns, self.plans, self.present)

    def _instant(self, name: str) -> str:
        """The SQL of an instant of the log; empty where it has no such column."""
        if name not in self.log.columns:
            return ""
        try:
            return self.reader.instant(self.log.columns[name], self.dialect.identifier(name), name).cell.sql
        except WrongType as should:
            if name == "closed":
                return ""
            logs.unreadable(
                "GL703", f"the column '{name}' is of the type {self.log.columns[name]}, and {should} is needed there"
            )

    def _within(self) -> Range | None:
        """The days that a log speaks of."""
        if not self.decided:
            if self.raw or len(self.plans.texts) > 1:
                logs.unreadable("GL702", "the log has no column 'decided'",
                                "it says on which day (or when) a decision was taken, and so by what "
                                "text, members and periods it is judged")  # fmt: skip
            return None
        dated = [sql for sql in map(self._instant, _DATES if self.raw else ("decided",)) if sql]
        asked = ", ".join(f"min({sql}), max({sql})" for sql in dated)
        (found,) = self.query(f"SELECT {asked} FROM ({self.log.rows})", "reading")
        days = [each.date() for each in found if each is not None]
        if not days:
            return Range(date(2000, 1, 1), date(2000, 1, 2))  # not one date can be read: every row is a bad one
        last = max(days)
        return Range(max(min(days), last - timedelta(days=_LONGEST)), last)

    def branches(self, dialect: Dialect = DUCKDB) -> tuple[Builder, list[Branch]]:
        """The branches of the log. Leaves with the columns that it lacks."""
        builder = Builder(
            self.log, self.history, self.plans, self.raw, self.within, self.decided, dialect, not self.raw
        )
        try:
            return builder, builder.branches(self.present)
        except Lacking as error:
            raise NoAnswer("the log cannot be audited", "", error.diagnostics) from None

    # ------------------------------------------------------------ the audit

    def audit(self) -> LogAudit:
        """Judges every row. Leaves with one message where the engine cannot go on."""
        import duckdb

        try:
            return self._audited(DUCKDB)
        except (duckdb.OutOfRangeException, duckdb.ConversionException):
            pass  # a whole number is larger than the usual ones: slower, with 38 digits
        except duckdb.Error as error:
            self._gave_up(error)
        try:
            return self._audited(DUCKDB_WIDE)
        except duckdb.Error as error:
            self._gave_up(error)

    def _gave_up(self, error: Exception) -> NoReturn:
        import duckdb

        hint = "is the file whole? Is there room for what does not fit in memory?"
        if isinstance(error, duckdb.OutOfMemoryException):
            hint = "allow more memory (--memory), or leave more room on the disk of the temporary folder"
        logs.unreadable("GL701", f"the log cannot be read to its end: {logs.reason(error)}", hint)

    def _audited(self, dialect: Dialect) -> LogAudit:
        builder, branches = self.branches(dialect)
        self.tables(branches)
        found = scans(branches, self.log, dialect)
        groups = self._groups(found)
        there = {group[0] for group in groups}
        alone = [(builder.meanings.said(code).reason, rows) for _, _, _, code, rows, _, _ in groups if code <= UNSURE]
        judged = ""
        if alone:
            judged = "govlang_judged"
            waiting = {group[0] for group in groups if group[3] <= UNSURE}
            Interpreter(self, builder).judge([branch for branch in branches if branch.decision in waiting], judged)
            groups = self._with_judged(groups, judged)
        if self.options.output:
            query = self._told(builder, judged, sum(not there.isdisjoint(scan.decisions) for scan in found) > 1)
            writing.write(self.con, self.runner, self.options.output, query)
        header = self.loaded.agreement.header
        told = tuple(Group(decision, party, month, builder.meanings.said(code), rows, taken, first)
                     for decision, party, month, code, rows, taken, first in groups)  # fmt: skip
        return LogAudit(
            self.loaded.agreement.name, header.version, self.loaded.text_hash, self.log.paths, not self.raw, self.log.count,
            told, tuple(dict.fromkeys([*self.log.notes, *(note for branch in branches for note in branch.notes)])), _totals(alone),
            self.options.output, self.diagnostics, *examples.first_rows(self, told),
        )  # fmt: skip

    def tables(self, branches: Iterable[Branch]) -> None:
        """Makes the small tables that branches join."""
        for table in {table.name: table for branch in branches for table in branch.tables}.values():
            columns = ", ".join(f"{DUCKDB.identifier(name)} {kind}" for name, kind in table.columns)
            self.con.execute(f"CREATE OR REPLACE TABLE {table.name} ({columns})")
            logs.insert(self.con, table.name, table.columns, table.rows)

    def counted_by(self) -> tuple[str, str, str]:
        """The party and the month by which a row is counted, and whether it was acted upon."""
        month = f"year({self.decided}) * 12 + month({self.decided}) - 1" if self.decided else "NULL"
        return self._party(), month, self.taken()

    def _groups(self, found: Sequence[Scan]) -> list[Counted]:
        """How many rows of each decision, party, month and code there are. Where rows are told too, each is judged once, into a
        file: its number, its code and what it is counted by."""
        if not self.options.output:
            return self._counted([self._rows(scan) for scan in found], "judging")
        name = "CAST(id AS VARCHAR)" if "id" in self.log.columns else "CAST(NULL AS VARCHAR)"
        rows = " UNION ALL ".join(self._rows(scan, f", {name} AS id, CAST(decision AS VARCHAR) AS named") for scan in found)
        self.codes = DUCKDB.string(f"{self.folder}/codes.parquet")
        self.runner.rows(f"COPY ({rows}) TO {self.codes} (FORMAT parquet, COMPRESSION snappy)", "judging")
        return self._counted([f"SELECT * FROM read_parquet({self.codes})"], "counting")

    def _rows(self, scan: Scan, more: str = "") -> str:
        party, month, taken = self.counted_by()
        return (f"SELECT {ROW} AS n, {scan.shown} AS shown, {party} AS party, {month} AS month, {taken} AS taken, "
                f"{CODE} AS code{more} FROM ({scan.sql})")  # fmt: skip

    def _counted(self, parts: Sequence[str], what: str) -> list[Counted]:
        asked = "SELECT shown, party, month, code, count(*), count_if(taken), min(n)"
        found = self.runner.rows(" UNION ALL ".join(f"{asked} FROM ({part}) GROUP BY ALL" for part in parts), what)
        listed = [(str(shown), str(party or ""), f"{month // 12:04}-{month % 12 + 1:02}" if month is not None else "", int(code),
                   int(rows), int(acted), int(first)) for shown, party, month, code, rows, acted, first in found]  # fmt: skip
        return sorted(listed, key=_order)

    def _with_judged(self, groups: Sequence[Counted], judged: str) -> list[Counted]:
        """The groups, with the rows that were judged by themselves where they belong."""
        rows = f"SELECT decision AS shown, party, month, judged_code AS code, taken, judged_row AS n FROM {judged}"
        kept: dict[tuple[str, str, str, int], Counted] = {group[:4]: group for group in groups if group[3] > UNSURE}
        for group in self._counted([rows], "counting"):
            _, _, _, _, rows_, taken, first = kept.get(group[:4], (*group[:4], 0, 0, group[6]))
            kept[group[:4]] = (*group[:4], rows_ + group[4], taken + group[5], min(first, group[6]))
        return sorted(kept.values(), key=_order)

    def _party(self) -> str:
        """The party of a row: a column of that name, or of the one who proposed it; only parties that the texts know."""
        members = [member for text in self.plans.texts for member in text.members.values()]
        parties = list(
            dict.fromkeys(member.name for member in members if not member.of and member.kind.value == "party")
        )
        listed = ", ".join(map(self.dialect.string, parties)) or "''"
        if self.log.columns.get("party") == "VARCHAR":
            return f"CASE WHEN party IN ({listed}) THEN party END"
        kind = self.log.columns.get("proposed_by", "")
        if kind not in ("VARCHAR", "VARCHAR[]"):
            return "NULL"
        who = "proposed_by" if kind == "VARCHAR" else "get(proposed_by, 0)" if self.dialect.name == "spark" else "proposed_by[1]"
        cases = "".join(f"WHEN {self.dialect.string(name)} THEN {self.dialect.string(party)} "
                        for name, party in examples.people(self, parties).items())  # fmt: skip
        return (
            f"CASE WHEN {who} IN ({listed}) THEN {who} ELSE CASE {who} {cases}END END"
            if cases
            else f"CASE WHEN {who} IN ({listed}) THEN {who} END"
        )

    def taken(self) -> str:
        """Whether a row was acted upon: yes, where the log does not say."""
        kind = self.log.columns.get("taken", "")
        if kind not in ("", "BOOLEAN", "VARCHAR", "STRING"):
            logs.unreadable("GL703", f"the column 'taken' is of the type {kind}, and yes or no (true or false) is needed there")
        if not kind:
            return "TRUE"
        return "coalesce(taken, TRUE)" if kind == "BOOLEAN" else "coalesce(lower(trim(taken)) NOT IN ('no', 'false'), TRUE)"

    def _told(self, builder: Builder, judged: str, several: bool) -> str:
        """The query for every row in words, in the order of the log, from the codes; those of a single scan need no sorting. Words
        are taken from lists by their place, which keeps the order; a join would not."""
        meanings = builder.meanings
        below = [meanings.said(-1 - place).reason for place in range(meanings.reasons)]
        words = {
            "verdict": [each.verdict.value if each.verdict is not None else "" for each in meanings.listed],
            '"right"': [each.right for each in meanings.listed],
            "requirement": [each.requirement for each in meanings.listed],
            "clause": [each.clause for each in meanings.listed],
        }
        shown = ", ".join(f"CASE WHEN code >= 0 THEN {_picked(listed, 'code + 1')} END AS {name}" for name, listed in words.items())
        rows = f"read_parquet({self.codes})"
        if judged:
            rows = (f"(SELECT c.* REPLACE (coalesce(j.judged_code, c.code) AS code) FROM {rows} AS c "
                    f"LEFT JOIN {judged} AS j ON j.judged_row = c.n)")  # fmt: skip
        order = " ORDER BY n" if several or judged else ""
        rows = f"SELECT n, id, named AS decision, taken, code FROM {rows}{order}"
        return (f'SELECT n AS "row", id, decision, taken, {shown}, CASE WHEN code < 0 THEN {_picked(below, "-code")} END AS reason '
                f"FROM ({rows})")  # fmt: skip


def _order(each: Counted) -> tuple[object, ...]:
    return each[0], each[2], each[1], each[3] < 0, abs(each[3])


def _picked(listed: Sequence[str], place: str) -> str:
    """One of a list of texts by its place, from 1; empty ones are NULL."""
    return f"nullif(list_extract([{', '.join(map(DUCKDB.string, listed)) or DUCKDB.string('')}], {place}), '')"


def _totals(found: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    totals: dict[str, int] = {}
    for reason, rows in found:
        totals[reason] = totals.get(reason, 0) + rows
    return tuple(sorted(totals.items(), key=lambda each: (-each[1], each[0])))


def audit_log(
    agreement: Loaded | str | Path, log: str | Sequence[str], record: str | Sequence[str] = (), options: Options | None = None
) -> LogAudit:
    """The audit of a log of decisions, in one or several files. Raises NoAnswer."""
    loaded = agreement if isinstance(agreement, Loaded) else load(agreement)
    paths, books = ([each] if isinstance(each, str) else list(each) for each in (log, record))
    with Session(loaded, paths, books, options) as session:
        return session.audit()


__all__ = ["Group", "LogAudit", "Options", "Session", "audit_log", "logged"]
