"""What differs from one SQL engine to the next: quoting, literals, whole numbers, and nothing else.

In: names and values. Out: SQL text. A name of the agreement or of a log stands in SQL only as it comes out of `identifier` or
`string`, so that no name can be anything but a name.
"""

from __future__ import annotations

from datetime import datetime

from govlang.frozen import dataclass

MOST_DIGITS = 37  # of an exact number: engines stop at 38, and read anything longer as a floating point number


class Unsupported(Exception):
    """What SQL cannot say exactly. Its words name what; the right is then judged row by row."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One engine. `wide` works with whole numbers of 38 digits from the start, for values that would overflow otherwise: an
    overflow is an error in every engine spoken to here, never a wrong number."""

    name: str = "duckdb"
    wide: bool = False

    def identifier(self, name: str) -> str:
        """A name of a table or column."""
        return checked(f'"{checked(name).replace(chr(34), chr(34) * 2)}"')

    def string(self, value: str) -> str:
        """A text."""
        return "'" + checked(value).replace("'", "''") + "'"

    def integer(self, value: int) -> str:
        """A whole number."""
        return _signed(str(within(value)))

    def decimal(self, value: int, scale: int) -> str:
        """`value` times ten to the power of `-scale`, with just as many decimals."""
        if not scale:
            return self.integer(value)
        digits = str(abs(within(value))).rjust(scale + 1, "0")
        return _signed(f"{'-' if value < 0 else ''}{digits[:-scale]}.{digits[-scale:]}")

    def instant(self, value: datetime) -> str:
        """An instant, in the agreement's zone."""
        return f"TIMESTAMP '{value.isoformat(' ')}'"

    def truth(self, value: bool | None) -> str:
        """True, false, or not known."""
        return "CAST(NULL AS BOOLEAN)" if value is None else "TRUE" if value else "FALSE"

    @property
    def text_type(self) -> str:
        """The type of texts."""
        return "VARCHAR"

    @property
    def instant_type(self) -> str:
        """The type of instants that are in no zone."""
        return "TIMESTAMP"

    def in_zone(self, sql: str, zone: str) -> str:
        """An instant that is in some zone, as clocks in another show it."""
        return f"timezone({self.string(zone)}, {sql})"

    def matches(self, text: str, pattern: str) -> str:
        """Whether a pattern fits the whole of a text."""
        return f"regexp_full_match({text}, {self.string(pattern)})"

    def widened(self, sql: str) -> str:
        """A whole number with room for 38 digits."""
        return f"CAST({sql} AS HUGEINT)"

    def quotient(self, over: str, under: int) -> str:
        """A whole number divided by a positive one, rounded down."""
        rest = self.integer(under - 1)
        return f"(CASE WHEN {over} >= 0 THEN {over} // {under} ELSE -((-{over} + {rest}) // {under}) END)"


DUCKDB, DUCKDB_WIDE = Dialect(), Dialect(wide=True)


def checked(text: str) -> str:
    """A text that can stand in SQL."""
    if "\0" in text:
        raise Unsupported("a text with a NUL character cannot stand in SQL")
    return text


def within(value: int) -> int:
    """A number that every engine reads exactly."""
    if abs(value) >= 10**MOST_DIGITS:
        raise Unsupported(f"a number of more than {MOST_DIGITS} digits")
    return value


def _signed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text
