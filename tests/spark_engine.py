"""Spark as one more back end: SQL made of the plan, over a data frame that holds the rows.

In: a session, a planned right, rows of values by column name. Out: a verdict and what it rests on for each row, as from the other
back ends (`differential.engines`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from govlang.backends import sql
from govlang.backends.plan import Right
from govlang.backends.sql import SPARK, SPARK_WIDE, Cell
from govlang.tools.columnar.spark_session import query
from tests.differential.engines import Answer, Rows, _held, _table

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class SparkSql:
    """One session. How a number is held, and in how many digits is counted, changes from right to right."""

    name = "spark"

    def __init__(self, session: SparkSession) -> None:
        self.session = session
        self.cannot: Counter[str] = Counter()
        self._turn = 0

    def answers(self, right: Right, rows: Rows) -> list[Answer] | None:
        self._turn += 1
        held = {column.name: _held(column, [row.get(column.name) for row in rows], self._turn) for column in right.columns}
        cells = {name: _cell(each.cell) for name, each in held.items()}
        narrow = all(each.small for each in held.values()) and self._turn % 3
        try:
            made = sql.coded(right, cells, SPARK if narrow else SPARK_WIDE).select("SELECT * FROM held", ("`row`",))
        except sql.Unsupported as reason:
            self.cannot[str(reason)] += 1
            return None
        zone = str(self.session.conf.get("spark.sql.session.timeZone"))  # in which Spark takes instants that are in none
        frame = query(self.session, made, {"held": self.session.createDataFrame(_table(held, len(rows)))}, zone)
        found = dict(tuple(each) for each in frame.collect())
        return [sql.read_code(right, found[place]) for place in range(len(rows))]


def _cell(cell: Cell) -> Cell:
    """The same column, its names in backquotes; they are names of a plan, which have no quotes in them."""
    plain = {name: getattr(cell, name).replace('"', "`") for name in ("sql", "currency", "unit")}
    return Cell(plain["sql"], cell.scale, cell.over, plain["currency"], plain["unit"])
