"""Rows that are judged by themselves: of which SQL cannot speak exactly, or which somebody wants explained.

In: branches, and the rows that they leave. Out: the code of each, by the reference interpreter: for a log of votes by
`record.logged`, for a log of counts by `backends.plan.judged`. A cell is read as SQL reads it, by the same expression.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from govlang.backends.plan import Planned, judged
from govlang.backends.sql import DUCKDB, Cell
from govlang.core import keys as k
from govlang.core.expr import Value
from govlang.core.verdict import Verdict
from govlang.frozen import dataclass, replace
from govlang.model.nodes import Agreement
from govlang.record.logged import Answer, BadRow, Reference
from govlang.syntax.nodes import Duration, Money
from govlang.tools.columnar import logs
from govlang.tools.columnar.branches import Branch, Builder
from govlang.tools.columnar.logs import ROW
from govlang.tools.columnar.meanings import CODE, DISAGREE, UNSURE, Meaning, meaning

if TYPE_CHECKING:
    from govlang.tools.columnar.auditing import Session

AT_ONCE = 2_000
_REMEMBERED, _IN_VAIN = 20_000, 5_000


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row: its number, its code, its cells by name, and for each right the values of the columns that the log has. `counted` is
    what else was asked of it."""

    number: int
    code: int
    cells: Mapping[str, object]
    own: Mapping[str, Mapping[str, Value]]
    counted: tuple[object, ...] = ()


class Interpreter:
    """Judges rows one by one."""

    def __init__(self, session: Session, builder: Builder) -> None:
        self.session, self.builder = session, builder
        self._own: Mapping[str, Mapping[str, Value]] = {}
        self._known: dict[str, int] = {}  # codes by what rows say
        self._fresh = 0  # rows since one was last known
        self.reference = Reference(session.loaded.rules, session.history, self._keyed)

    def judge(self, branches: Sequence[Branch], table: str) -> None:
        """Judges the rows that the branches leave, into a table of row numbers and codes, with what rows are counted by."""
        con = self.session.con
        columns = (("judged_row", "BIGINT"), ("judged_code", "INTEGER"), ("decision", "VARCHAR"), ("party", "VARCHAR"),
                   ("month", "BIGINT"), ("taken", "BOOLEAN"))  # fmt: skip
        con.execute(f"CREATE OR REPLACE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns)})")
        for branch in branches:
            waiting: list[tuple[object, ...]] = []
            for row in self.rows(branch, f"{CODE} <= {UNSURE}", self.session.counted_by()):
                waiting.append((row.number, self.code(branch, row), branch.decision, *row.counted))
                if len(waiting) == AT_ONCE:
                    logs.insert(con, table, columns, waiting)
                    waiting.clear()
            logs.insert(con, table, columns, waiting)

    def rows(self, branch: Branch, condition: str, counted: Sequence[str] = ()) -> Iterator[LogRow]:
        """The rows of a branch for which a condition holds."""
        columns = list(self.session.log.columns)
        shown = [self._shown(name) for name in columns]
        wanted = [(right, name, cell) for right, cells in branch.own.items() for name, cell in cells.items()]
        for _, _, cell in wanted:
            shown += [cell.sql, cell.currency or cell.unit or "NULL"]
        asked = ", ".join(f"{sql} AS govlang_c{place}" for place, sql in enumerate([*shown, *counted]))
        cursor = self.session.con.cursor()
        cursor.execute(f"SELECT {ROW}, {CODE}, {asked} FROM ({branch.sql}) WHERE {condition} ORDER BY {ROW}")
        while found := cursor.fetchmany(AT_ONCE):
            for number, code, *values in found:
                cells = dict(zip(columns, values, strict=False))
                row = self._row(branch, int(number), int(code), cells, wanted, values[len(columns) : len(shown)])
                yield replace(row, counted=tuple(values[len(shown) :]))

    def _shown(self, name: str) -> str:
        kind, cell = self.session.log.columns[name], DUCKDB.identifier(name)
        return self.session.reader.instant(kind, cell, name).cell.sql if kind.startswith("TIMESTAMP WITH") else cell

    def _row(self, branch: Branch, number: int, code: int, cells: dict[str, object], wanted: Sequence[tuple[str, str, Cell]],
             values: Sequence[Any]) -> LogRow:  # fmt: skip
        own: dict[str, dict[str, Value]] = {}
        planned = {each.right.name: each for each in branch.rights}
        for place, (right, name, cell) in enumerate(wanted):
            column = next(each for each in planned[right].right.columns if each.name == name)
            value = self._value(column.type, cell, values[2 * place], values[2 * place + 1])
            own.setdefault(right, {})[name] = value
            key = planned[right].keys[name]
            if isinstance(key, k.Given) and value is not None and not key.stated:
                cells[name] = value
        return LogRow(number, code, cells, own)

    def _value(self, kind: str, cell: Cell, raw: Any, beside: Any) -> Value:
        if raw is None:
            return None
        match kind:
            case "count":
                return int(raw)
            case "number":
                return Fraction(raw)
            case "money":
                header = self.session.loaded.agreement.header
                return Money(
                    Decimal(raw),
                    beside if cell.currency else header.currency.text if header.currency is not None else "",
                )
            case "duration":
                return Duration(int(raw), str(beside))
            case "names":
                return tuple(raw)
            case _:
                assert isinstance(raw, bool | str | datetime)
                return raw

    # ------------------------------------------------------------ answers

    def code(self, branch: Branch, row: LogRow) -> int:
        """The code of a row. Rows that say the same have the same: it is remembered, as long as that spares something."""
        if self._fresh > _IN_VAIN:
            return self._code(branch, row)
        name = row.cells.get("id")
        same = name if str(name) in self.session.history.proposals else None  # who is named like what is on record stands alone
        cells = {column: value for column, value in row.cells.items() if column not in ("id", "taken")} if self.session.raw else {}
        said = repr((branch.decision, branch.where, same, cells, row.own))
        if said in self._known:
            self._fresh = 0
        else:
            self._fresh += 1
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[said] = self._code(branch, row)
        return self._known[said]

    def _code(self, branch: Branch, row: LogRow) -> int:
        meanings = self.builder.meanings
        if not self.session.raw:
            return meanings.one(self.counted(branch, row))
        try:
            answer = self.answer(row)
        except BadRow as bad:
            return meanings.bad(bad.kind)
        if answer.point is None and answer.verdict is Verdict.PENDING:
            clause = next((each.right.clause for each in branch.rights if each.right.name == answer.right), "")
            return meanings.one(Meaning(Verdict.PENDING, answer.right, DISAGREE, clause))
        clause = next((each.right.clause for each in branch.rights if each.right.name == answer.right), "")
        return meanings.one(meaning(answer.right or branch.decision, clause, answer.verdict, answer.point))

    def answer(self, row: LogRow) -> Answer:
        """What the reference says of a row of a log of votes. Raises BadRow."""
        self._own = row.own
        return self.reference.answer(row.cells)

    def _keyed(self, text: Agreement, right: str, row: Mapping[str, object]) -> Mapping[k.Key, Value]:
        """What a row says itself of the columns of a right, beside its facts."""
        del row
        planned = self.session.plans.of(text, right)
        return {planned.keys[name]: value for name, value in self._own.get(right, {}).items()
                if not isinstance(planned.keys[name], k.Given)}  # fmt: skip

    def counted(self, branch: Branch, row: LogRow) -> Meaning:
        """What the reference says of a row of a log of counts."""
        found = [(planned, *judged(planned.right, row.own.get(planned.right.name, {}))) for planned in branch.rights]
        live = [each for each in found if each[1] is not Verdict.SILENT]
        over = {name for planned, *_ in live for name in planned.right.overrides}
        live = [each for each in live if each[0].right.name not in over]
        if not live:
            first: Planned = branch.rights[0]
            return Meaning(Verdict.SILENT, first.right.name, "", first.right.clause)
        planned, verdict, point = live[0]
        if len({each[1] for each in live}) > 1:
            return Meaning(Verdict.PENDING, planned.right.name, DISAGREE, planned.right.clause)
        return meaning(planned.right.name, planned.right.clause, verdict, point)
