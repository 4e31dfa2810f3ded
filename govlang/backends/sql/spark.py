"""Spark SQL: what it writes in its own way, and the settings without which it would not be exact.

In: names and values. Out: SQL text for Spark 4. A query means what it says only when it is analysed under `SETTINGS`: elsewise
Spark may wrap whole numbers round, round a product of decimals, or put a setting's value in the place of `${name}` in a text. Spark
reads them when a query is analysed and not when it runs, so a session need not keep them.
"""

from __future__ import annotations

from datetime import datetime

from govlang.backends.sql.dialects import Dialect, Unsupported, checked, within
from govlang.frozen import dataclass

SETTINGS = {
    "spark.sql.ansi.enabled": "true",  # what overflows is an error
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",  # a product keeps all of its decimals
    "spark.sql.variable.substitute": "false",  # `${name}` in a text is text
    "spark.sql.parser.escapedStringLiterals": "false",  # a backslash escapes
}
LONG = 2**63


@dataclass(frozen=True, slots=True)
class Spark(Dialect):
    """Spark SQL, with its ANSI mode on."""

    name: str = "spark"

    def identifier(self, name: str) -> str:
        """A name of a table or column."""
        if "${" in name:
            raise Unsupported("a name with '${' in it, which Spark would read as one of its variables")
        return f"`{checked(name).replace('`', '``')}`"

    def string(self, value: str) -> str:
        """A text. A dollar sign begins a variable elsewise."""
        plain = checked(value).replace("\\", "\\\\").replace("'", "\\'").replace("$", "\\u0024")
        return f"'{plain}'"

    def instant(self, value: datetime) -> str:
        """An instant, in the agreement's zone."""
        return f"TIMESTAMP_NTZ '{value.isoformat(' ')}'"

    def integer(self, value: int) -> str:
        """A whole number, of 64 bits at least: in 32 bits, a column times a factor would soon overflow."""
        if abs(value) < LONG:
            return f"({value}L)" if value < 0 else f"{value}L"
        return f"CAST('{within(value)}' AS DECIMAL(38, 0))"

    @property
    def text_type(self) -> str:
        """The type of texts."""
        return "STRING"

    @property
    def instant_type(self) -> str:
        """The type of instants that are in no zone."""
        return "TIMESTAMP_NTZ"

    def in_zone(self, sql: str, zone: str) -> str:
        """An instant that is in some zone, as clocks in the zone of the session show it: who runs the query sets that."""
        return f"CAST({sql} AS TIMESTAMP_NTZ)"

    def matches(self, text: str, pattern: str) -> str:
        """Whether a pattern fits the whole of a text."""
        whole = self.string(rf"\A(?:{pattern})\z")
        return f"regexp_like({text}, {whole})"

    def widened(self, sql: str) -> str:
        """A whole number with room for 38 digits."""
        return f"CAST({sql} AS DECIMAL(38, 0))"

    def quotient(self, over: str, under: int) -> str:
        """A whole number divided by a positive one, rounded down. (`div` of decimals cuts off at 64 bits and says nothing.)"""
        by = f"{within(under)}BD"  # in no more digits than it has, which leaves the others to the quotient
        return self.widened(f"(({over} - pmod({over}, {by})) / {by})")


SPARK, SPARK_WIDE = Spark(), Spark(wide=True)
