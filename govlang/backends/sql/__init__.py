"""SQL from plans: one expression, or one query, that says the verdict of a right and what it rests on, for every row.

In: a `Right` and the SQL of each of its columns. Out: SQL text for DuckDB or Spark. The expressions are those of the core, part
for part; what SQL cannot say exactly is `Unsupported`, never said roughly.
"""

from __future__ import annotations

from govlang.backends.sql.code import VERDICTS, Coded, code_sql, coded, endings, read_code
from govlang.backends.sql.dialects import DUCKDB, DUCKDB_WIDE, Dialect, Unsupported
from govlang.backends.sql.expressions import Cell, Expressions
from govlang.backends.sql.spark import SPARK, SPARK_WIDE

__all__ = [
    "DUCKDB", "DUCKDB_WIDE", "SPARK", "SPARK_WIDE", "VERDICTS", "Cell", "Coded", "Dialect", "Expressions", "Unsupported",
    "code_sql", "coded", "endings", "read_code",
]  # fmt: skip
