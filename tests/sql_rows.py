"""Random rows of the columns of a plan, and the same rows for DuckDB: used by the tests of SQL and of logs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from govlang.backends.plan import Right
from govlang.backends.sql import Cell
from govlang.core.expr import All, Any as AnyOne, Arithmetic, Compare, Expr, Known, Literal, Not, OneOf, Value
from govlang.core.keys import Column
from govlang.core.rules import failed, met
from govlang.syntax.nodes import Duration, Money
from govlang.syntax.nodes_values import UNITS

ROOT = Path(__file__).parents[1]
AGREEMENTS = sorted([*(ROOT / "agreements").glob("*.gov.md"), *(ROOT / "tests" / "constructs").glob("*.gov")])
HOSTILE = "'); DROP TABLE x; --"
ARROW = {
    "count": "INTEGER", "number": "DECIMAL(18, 2)", "money": "DECIMAL(18, 2)", "yesno": "BOOLEAN", "text": "VARCHAR",
    "instant": "TIMESTAMP", "duration": "BIGINT", "names": "VARCHAR[]",
}  # fmt: skip


def literals(right: Right) -> list[Value]:
    """Every literal of a right, so that random values fall beside them."""
    found: list[Value] = []
    seen: set[int] = set()

    def walk(expr: Expr) -> None:
        if id(expr) in seen:
            return
        seen.add(id(expr))
        match expr:
            case Literal(value):
                found.append(value)
            case OneOf(item, values):
                found.extend(values)
                walk(item)
            case Not(item) | Known(item):
                walk(item)
            case All(items) | AnyOne(items) | Arithmetic(_, items):
                for item in items:
                    walk(item)
            case Compare(_, left, right_):
                walk(left)
                walk(right_)

    for side in (right.applies, met(right.tree), failed(right.tree)):
        walk(side)
    return found


def value(rnd: random.Random, column: Column, near: list[Value], unknown: float = 0.15) -> Value:
    """A random value of a column, often just beside a literal; None (not known) now and then."""
    if rnd.random() < unknown:
        return None
    match column.type:
        case "count":
            beside = [max(0, int(each) + rnd.randint(-1, 1)) for each in near if isinstance(each, Fraction)]
            return rnd.choice([0, 1, 2, 3, 5, rnd.randrange(20), *beside[:4]])
        case "number":
            return Fraction(rnd.randint(0, 4000), 100)
        case "money":
            amounts = [each for each in near if isinstance(each, Money)] or [Money(Decimal(10), "EUR")]
            chosen = rnd.choice(amounts)
            return Money(chosen.amount + Decimal(rnd.choice([-1, 0, 1])) / 100, chosen.currency)
        case "yesno":
            return rnd.random() < 0.5
        case "text":
            return rnd.choice([*(each for each in near if isinstance(each, str)), HOSTILE])
        case "instant":
            moments = [each for each in near if isinstance(each, datetime)]
            return rnd.choice([*moments, *(datetime(2026, 1, day, 9) for day in (1, 2, 3))]) + timedelta(
                seconds=rnd.choice([-1, 0, 1])
            )
        case "duration":
            return Duration(rnd.randint(1, 40), rnd.choice(UNITS))
        case _:
            return ("A",)


def rows(right: Right, seed: int, count: int, unknown: float = 0.15) -> Iterator[dict[str, Value]]:
    """Random rows of a right's columns."""
    rnd, near = random.Random(seed), literals(right)
    for _ in range(count):
        yield {column.name: value(rnd, column, near, unknown) for column in right.columns}


def cells(right: Right) -> dict[str, Cell]:
    """The columns `c0`, `c1` ... of `table`, as SQL has them."""
    return {
        column.name: Cell(
            f"c{place}",
            2 if column.type in ("number", "money") else 0,
            unit=f"u{place}" if column.type == "duration" else "",
        )
        for place, column in enumerate(right.columns)
    }


def table(con: Any, right: Right, data: list[dict[str, Value]], name: str = "t") -> None:
    """Makes a table of rows: their number, and each column under its place."""
    columns = ["n INTEGER"]
    for place, column in enumerate(right.columns):
        columns.append(f"c{place} {ARROW[column.type]}")
        columns += [f"u{place} VARCHAR"] if column.type == "duration" else []
    con.execute(f"CREATE OR REPLACE TABLE {name} ({', '.join(columns)})")
    values = [
        [place, *(cell for column in right.columns for cell in plain(column, row[column.name]))]
        for place, row in enumerate(data)
    ]
    for start in range(0, len(values), 50):
        chunk = values[start : start + 50]
        marks = ", ".join(f"({', '.join('?' * len(columns))})" for _ in chunk)
        con.execute(f"INSERT INTO {name} VALUES {marks}", [cell for each in chunk for cell in each])


def plain(column: Column, found: Value) -> list[object]:
    """A value as the cells of a table."""
    match found:
        case Duration(amount, unit):
            return [amount, unit]
        case None:
            return [None, None] if column.type == "duration" else [None]
        case Money(amount):
            return [amount]
        case Fraction():
            return [Decimal(found.numerator) / found.denominator]
        case tuple():
            return [list(found)]
        case _:
            return [found]


def shown(row: Mapping[str, Value]) -> str:
    """A row for a message."""
    return ", ".join(f"{name}={value}" for name, value in row.items())
