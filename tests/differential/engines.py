"""The back ends, each asked about many rows of one right.

In: a planned right and rows of values by column name. Out: a verdict and the requirement it rests on for each row; or None where a
back end says that it cannot do this right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec
from math import lcm
from typing import Any, Protocol

from govlang.backends.plan import Right, judged
from govlang.core.expr import Value
from govlang.core.keys import Column
from govlang.core.reasons import Point
from govlang.core.verdict import Verdict
from govlang.source import Citation
from govlang.syntax.nodes import Duration, Money

Answer = tuple[Verdict, Point | None]
Rows = Sequence[Mapping[str, Value]]


class Engine(Protocol):
    """One back end. `cannot` counts the rights that it could not do, by the reason."""

    name: str
    cannot: Counter[str]

    def answers(self, right: Right, rows: Rows) -> list[Answer] | None: ...


class Interpreter:
    """The reference: the plan, read by the reference interpreter."""

    name = "interpreter"

    def __init__(self) -> None:
        self.cannot: Counter[str] = Counter()

    def answers(self, right: Right, rows: Rows) -> list[Answer] | None:
        return [judged(right, row) for row in rows]


class Compiled:
    """Python functions made of the plan."""

    name = "python"

    def __init__(self) -> None:
        self.cannot: Counter[str] = Counter()

    def answers(self, right: Right, rows: Rows) -> list[Answer] | None:
        from govlang.backends.python import compile_right

        compiled = compile_right(right)
        found: list[Answer] = []
        for row in rows:
            answer = compiled.answer(row)
            alone = compiled.verdict(row)
            if alone is not answer.verdict or compiled.permits(row) is not (alone is Verdict.PERMITTED):
                differ = Point("", "two answers", f"the verdict by itself is {alone.value}", Citation(""))
                found.append((answer.verdict, differ))
                continue
            found.append((answer.verdict, answer.point))
        return found


class Decoded:
    """The plan, kept in a cache's form and read back, read by the reference interpreter."""

    name = "cache"

    def __init__(self) -> None:
        self.cannot: Counter[str] = Counter()

    def answers(self, right: Right, rows: Rows) -> list[Answer] | None:
        from govlang.backends import plan_data

        read = plan_data.decode(plan_data.encode(right))
        return [judged(read, row) for row in rows]


class DuckDb:
    """SQL made of the plan, over a table that holds the rows; all of them in one query. How a number is held (whole, over a
    denominator, with decimals) changes from right to right."""

    name = "duckdb"

    def __init__(self) -> None:
        import duckdb

        self.cannot: Counter[str] = Counter()
        self.connection = duckdb.connect(":memory:", config={"threads": "1"})
        self._turn = 0

    def answers(self, right: Right, rows: Rows) -> list[Answer] | None:
        import duckdb

        from govlang.backends import sql

        self._turn += 1
        columns = {column.name: _held(column, [row.get(column.name) for row in rows], self._turn) for column in right.columns}
        table = _table(columns, len(rows))
        cells = {name: held.cell for name, held in columns.items()}
        narrow = all(held.small for held in columns.values()) and self._turn % 3
        for dialect in (sql.DUCKDB, sql.DUCKDB_WIDE) if narrow else (sql.DUCKDB_WIDE,):
            try:
                query = sql.coded(right, cells, dialect).select("SELECT * FROM held", ('"row"',))
            except sql.Unsupported as reason:
                self.cannot[f"{right.name}: {reason}" if len(self.cannot) < 200 else "further ones"] += 1
                return None
            self.connection.register("held", table)
            try:
                found = self.connection.execute(f"SELECT code FROM ({query}) ORDER BY \"row\"").fetchall()
            except (duckdb.OutOfRangeException, duckdb.ConversionException):
                if dialect is sql.DUCKDB_WIDE:
                    raise
                continue
            finally:
                self.connection.unregister("held")
            return [sql.read_code(right, code) for (code,) in found]
        raise AssertionError("no dialect is left")


class _Held:
    """A column as it is held in the table: arrays by name, and the cell that says what they are."""

    def __init__(self, cell: Any, arrays: dict[str, Any], small: bool = True) -> None:
        self.cell = cell
        self.arrays = arrays
        self.small = small


def _table(columns: Mapping[str, _Held], count: int) -> Any:
    import pyarrow as pa

    arrays = {"row": pa.array(range(count), pa.int64())}
    for held in columns.values():
        arrays.update(held.arrays)
    return pa.table(arrays)


def _held(column: Column, values: list[Value], turn: int) -> _Held:
    import pyarrow as pa

    from govlang.backends.sql import DUCKDB, Cell

    name, sql = column.name, DUCKDB.identifier(column.name)
    match column.type:
        case "count":
            whole = [None if value is None else int(value) for value in values]  # type: ignore[call-overload]
            small = all(value is None or abs(value) < 10**6 for value in whole)
            return _Held(Cell(sql), {name: pa.array(whole, pa.int32() if small and turn % 2 else pa.int64())}, small)
        case "number":
            return _number(name, sql, [_fraction(value) for value in values], turn)
        case "money":
            amounts = [value.amount if isinstance(value, Money) else None for value in values]
            unit = [value.currency if isinstance(value, Money) else None for value in values]
            scale = max((-int(amount.as_tuple().exponent) for amount in amounts if amount is not None), default=0)
            cell = Cell(sql, max(scale, 0), currency=DUCKDB.identifier(f"{name} currency"))
            array = pa.array(amounts, pa.decimal128(30, max(scale, 0)))
            return _Held(cell, {name: array, f"{name} currency": pa.array(unit, pa.string())})
        case "yesno":
            return _Held(Cell(sql), {name: pa.array(values, pa.bool_())})
        case "text":
            return _Held(Cell(sql), {name: pa.array(values, pa.string())})
        case "instant":
            return _Held(Cell(sql), {name: pa.array([_plain(value) for value in values], pa.timestamp("us"))})
        case "duration":
            lengths = [value.amount if isinstance(value, Duration) else None for value in values]
            units = [value.unit if isinstance(value, Duration) else None for value in values]
            cell = Cell(sql, unit=DUCKDB.identifier(f"{name} unit"))
            return _Held(cell, {name: pa.array(lengths, pa.int64()), f"{name} unit": pa.array(units, pa.string())})
        case "names":
            return _Held(Cell(sql), {name: pa.array([None if value is None else list(value) for value in values],  # type: ignore[call-overload]
                                                    pa.list_(pa.string()))})  # fmt: skip
        case _:
            raise AssertionError(column.type)


def _number(name: str, sql: str, values: list[Fraction | None], turn: int) -> _Held:
    """Whole numbers over a denominator; decimals, where all of them have an end and it is their turn."""
    import pyarrow as pa

    from govlang.backends.sql import Cell

    under = lcm(*(value.denominator for value in values if value is not None))
    scale = next((digits for digits in range(10) if 10**digits % under == 0), None)
    small = all(value is None or abs(value * under) < 10**6 for value in values)
    if scale is None or turn % 3 == 0:
        whole = [None if value is None else int(value * under) for value in values]
        return _Held(Cell(sql, 0, under), {name: pa.array(whole, pa.int64())}, small)
    decimals = [None if value is None else Decimal(int(value * 10**scale)).scaleb(-scale) for value in values]
    return _Held(Cell(sql, scale), {name: pa.array(decimals, pa.decimal128(30, scale))}, small)


def _fraction(value: Value) -> Fraction | None:
    return None if value is None else Fraction(value)  # type: ignore[call-overload]


def _plain(value: Value) -> datetime | None:
    return value if isinstance(value, datetime) else None


def available() -> list[Engine]:
    """Every back end that can be asked here, but the reference."""
    found: list[Engine] = []
    if find_spec("govlang.backends.python") and find_spec("govlang.backends.python.right"):
        found.append(Compiled())
    if find_spec("govlang.backends.plan_data"):
        found.append(Decoded())
    if find_spec("duckdb") and find_spec("pyarrow"):
        found.append(DuckDb())
    return found
