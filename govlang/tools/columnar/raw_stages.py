"""A query in stages: each value is written once, named, and may be used by those after it; small tables are joined where they are
asked for.

In: SQL of single values over the columns of a log. Out: one query over all of them. Equal values are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from govlang.backends.sql import Dialect
from govlang.frozen import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """A small table to be made before the query runs: its name, its columns with their types, its rows."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[object, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Joined:
    """A join of a table by its first column with a value."""

    table: str
    alias: str
    first: str
    key: str


class Stages:
    """Values of one query. `taken` are the columns that a log has: no name made here is one of them."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.prefix = "raw_"
        while any(name.lower().startswith(self.prefix) for name in taken):
            self.prefix = f"_{self.prefix}"
        self._named: dict[str, str] = {}
        self._levels: dict[str, int] = {}
        self._joins: dict[tuple[str, str], str] = {}
        self._stages: list[tuple[list[tuple[str, str]], list[Joined]]] = []
        self._count = 0

    def value(self, sql: str) -> str:
        """The name of a value."""
        if sql not in self._named:
            level = self._level(sql)
            self._named[sql] = name = self._new(level)
            self._stages[level][0].append((name, sql))
        return self._named[sql]

    def joined(self, table: str, first: str, key: str, columns: Sequence[str]) -> list[str]:
        """The names of some columns of the row of a table whose first column is a value; NULL where there is none."""
        level = self._level(key)
        if (table, key) not in self._joins:
            self._joins[table, key] = alias = f"{self.prefix}j{len(self._joins)}"
            self._at(level)[1].append(Joined(table, alias, first, key))
        alias = self._joins[table, key]
        found = []
        for column in columns:
            sql = f"{alias}.{self.prefix}{column}"
            if sql not in self._named:
                self._named[sql] = name = self._new(level)
                self._stages[level][0].append((name, sql))
            found.append(self._named[sql])
        return found

    def table(self, name: str, columns: Iterable[tuple[str, str]], rows: Iterable[tuple[object, ...]]) -> Table:
        """A table whose columns are called as no column of the log is."""
        return Table(name, tuple((f"{self.prefix}{column}", kind) for column, kind in columns), tuple(rows))

    def over(self, source: str) -> str:
        """The query: every column of the rows of `source` (a query), and every value."""
        inner = source
        for place, (values, joins) in enumerate(self._stages):
            alias = f"{self.prefix}s{place}"
            columns = ", ".join((f"{alias}.*", *(f"{sql} AS {name}" for name, sql in values)))
            tables = "".join(f" LEFT JOIN {each.table} AS {each.alias} ON {each.alias}.{self.prefix}{each.first} = {each.key}"
                             for each in joins)  # fmt: skip
            inner = f"SELECT {columns} FROM ({inner}) AS {alias}{tables}"
        return inner

    def _new(self, level: int) -> str:
        self._count += 1
        name = f"{self.prefix}{self._count}"
        self._at(level)
        self._levels[name] = level
        return name

    def _at(self, level: int) -> tuple[list[tuple[str, str]], list[Joined]]:
        while len(self._stages) <= level:
            self._stages.append(([], []))
        return self._stages[level]

    def _level(self, sql: str) -> int:
        names = re.findall(rf"\b{self.prefix}\d+\b", sql)
        return max((self._levels[name] + 1 for name in names if name in self._levels), default=0)


class Lists:
    """What engines write differently about lists, days and bits."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.spark = dialect.name == "spark"

    def each(self, items: str, name: str, body: str) -> str:
        """A list with something made of each item."""
        return f"transform({items}, {name} -> {body})" if self.spark else f"list_transform({items}, lambda {name}: {body})"

    def those(self, items: str, name: str, condition: str) -> str:
        """The items for which a condition holds."""
        return f"filter({items}, {name} -> {condition})" if self.spark else f"list_filter({items}, lambda {name}: {condition})"

    def bits(self, items: str) -> str:
        """The bits of all whole numbers of a list together; 0 for none."""
        if self.spark:
            return f"aggregate(coalesce({items}, array()), 0L, (x, y) -> x | coalesce(y, 0L))"
        return f"coalesce(list_bit_or({items}), 0)"

    def total(self, items: str) -> str:
        """The sum of the whole numbers of a list."""
        if self.spark:
            return f"aggregate(coalesce({items}, array()), 0L, (x, y) -> x + coalesce(y, 0L))"
        return f"CAST(coalesce(list_sum({items}), 0) AS BIGINT)"

    def least(self, items: str) -> str:
        return f"array_min({items})" if self.spark else f"list_min({items})"

    def most(self, items: str) -> str:
        return f"array_max({items})" if self.spark else f"list_max({items})"

    def size(self, items: str) -> str:
        return f"coalesce(size({items}), 0)" if self.spark else f"coalesce(len({items}), 0)"

    def made(self, items: Sequence[str], kind: str) -> str:
        """A list of literals."""
        listed = ", ".join(items)
        if self.spark:
            return f"CAST(array({listed}) AS ARRAY<{'STRING' if kind == 'VARCHAR' else kind}>)"
        return f"CAST([{listed}] AS {kind}[])"

    def place(self, items: str, item: str) -> str:
        """Where an item stands in a list, counted from 1; NULL where it does not."""
        return f"nullif(array_position({items}, {item}), 0)" if self.spark else f"list_position({items}, {item})"

    def at(self, items: str, place: str) -> str:
        """The item at a place."""
        return f"try_element_at({items}, CAST({place} AS INT))" if self.spark else f"{items}[{place}]"

    def day(self, instant: str) -> str:
        return f"CAST({instant} AS DATE)"

    @property
    def text(self) -> str:
        """The type of a text."""
        return "STRING" if self.spark else "VARCHAR"

    def empty(self, kind: str) -> str:
        """The type of a value of some kind that is not known."""
        return {"text": self.text, "yesno": "BOOLEAN", "instant": self.instant}.get(kind, "BIGINT")

    @property
    def instant(self) -> str:
        """The type of an instant."""
        return "TIMESTAMP_NTZ" if self.spark else "TIMESTAMP"

    def midnight(self, instant: str) -> str:
        """When the day of an instant begins."""
        return f"CAST({self.day(instant)} AS {self.instant})"

    def later(self, instant: str, seconds: int) -> str:
        return f"({instant} + INTERVAL {seconds} SECOND)" if seconds >= 0 else f"({instant} - INTERVAL {-seconds} SECOND)"

    def left(self, number: str, by: int) -> str:
        return f"shiftright({number}, {by})" if self.spark else f"({number} >> {by})"

    def count(self, bits: str) -> str:
        """How many bits are set."""
        return f"bit_count({bits})"

    def both(self, *items: str) -> str:
        return f"({' & '.join(items)})"
