"""Columns that a log has itself: how a cell of some type is read as the fact that a plan wants, and which cells are none.

In: a plan column, and the name and type of a log's column. Out: SQL for its value, and conditions under which a row is a bad one.
What is exact is taken, what is not is named: a floating point number only where it is whole, an amount only in the currency of the
agreement. A type that can never hold such a fact is a diagnostic about the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from govlang.backends.sql import Cell, Dialect
from govlang.core import keys as k
from govlang.core.keys import Column
from govlang.frozen import dataclass, field
from govlang.model.nodes import Agreement, Kind
from govlang.model.values import describe
from govlang.record.logged import GROUPED, NUMBER
from govlang.syntax import nodes as n
from govlang.syntax.nodes_values import UNITS

TEXTS = ("VARCHAR", "STRING")
_SMALL = ("TINYINT", "SMALLINT", "UTINYINT", "USMALLINT", "BYTE", "SHORT")
_WHOLE = ("INTEGER", "BIGINT", "INT", "LONG")
_LARGE = ("UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT")
_FLOATS = ("FLOAT", "DOUBLE", "REAL")
_DAYS = ("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP_NTZ", "DATETIME")
DAY_AND_TIME = r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?"
ZONE = r"( ?(Z|UTC|[+-]\d\d:?\d\d))?"  # an offset, with which an instant is read one by one
SCALE = 9  # decimals of a number written as text
_LENGTH = rf"\d{{1,6}} ({'|'.join(f'{unit[:-1]}s?' for unit in UNITS)})"


class WrongType(Exception):
    """A type that cannot hold such a fact; its words say what it should be."""


@dataclass(frozen=True, slots=True)
class Own:
    """How a column is read: its cell, and conditions with the reason why a row is bad."""

    cell: Cell
    bad: tuple[tuple[str, str], ...] = field(default=())


class Reader:
    """Reads the columns of one log for one text of an agreement."""

    def __init__(
        self, agreement: Agreement, schema: Mapping[str, str], dialect: Dialect, names: Mapping[str, Kind | None]
    ) -> None:
        self.agreement, self.schema, self.dialect, self.names = agreement, schema, dialect, names
        currency = agreement.header.currency
        self.currency = currency.text if currency is not None else ""

    def column(self, column: Column, key: k.Key, facts: Mapping[str, n.Given], name: str) -> Own:
        """The reading of a log's column `name` as a plan's column. Raises WrongType."""
        kind, cell = self.schema[name], self.dialect.identifier(name)
        match column.type:
            case "count" | "number" | "money":
                given = facts.get(key.name) if isinstance(key, k.Given) and not key.stated else None
                return self._number(column, kind, cell, name, given)
            case "yesno":
                return self._yesno(kind, cell, name)
            case "text":
                return self._text(kind, cell, key, facts)
            case "instant":
                return self.instant(kind, cell, name)
            case "duration":
                return self._length(kind, cell, name)
            case _:
                return Own(Cell(cell))

    # ------------------------------------------------------------ numbers

    def _number(self, column: Column, kind: str, cell: str, name: str, given: n.Given | None) -> Own:
        should = {"count": "a whole number", "number": "an exact number", "money": "an amount"}[column.type]
        wrong = f"{given.name} should be {describe(given.type)}" if given is not None else f"{name} should be {should}"
        decimal = re.fullmatch(r"DECIMAL\((\d+),\s*(\d+)\)", kind)
        if column.type != "count" and (decimal or kind in TEXTS):
            own = Own(Cell(cell, int(decimal[2]))) if decimal else self._written(cell, wrong, column.type == "money")
        elif kind in TEXTS:
            fits = self._matches(cell, r"[+-]?\d{1,18}")
            own = Own(
                Cell(f"(CASE WHEN {fits} THEN TRY_CAST(trim({cell}) AS BIGINT) END)"), ((self._not(cell, fits), wrong),)
            )
        elif kind in _WHOLE or kind in _SMALL or kind in _LARGE:
            own = Own(
                Cell(
                    cell if kind in _WHOLE else f"CAST({cell} AS INTEGER)" if kind in _SMALL else self._huge(kind, cell)
                )
            )
        elif kind in _FLOATS or decimal:
            value = f"TRY_CAST({cell} AS BIGINT)"
            whole = f"({cell} IS NOT NULL AND coalesce({value} <> {cell} OR abs({cell}) > 9007199254740992, TRUE))"
            own = Own(Cell(value), ((whole, f"{wrong}, and floating point numbers are exact only where they are whole"
                                     if kind in _FLOATS else wrong),))  # fmt: skip
        else:
            raise WrongType(should)
        return self._money(own, kind, cell, name) if column.type == "money" else own

    def _huge(self, kind: str, cell: str) -> str:
        return f"CAST({cell} AS BIGINT)" if kind == "UINTEGER" else f"CAST({cell} AS HUGEINT)"

    def _written(self, cell: str, wrong: str, money: bool) -> Own:
        """A number written as text, with or without a currency after it."""
        plain = f"regexp_replace(trim({cell}), ' ?[A-Z]{{3}}$', '')" if money else cell
        fits = self._matches(plain, NUMBER)
        if money:
            fits = f"({fits} AND NOT {self._matches(plain, GROUPED)})"
        value = f"(CASE WHEN {fits} THEN TRY_CAST(replace({plain}, ',', '') AS DECIMAL(38, {SCALE})) END)"
        return Own(Cell(value, SCALE), ((self._not(cell, fits), wrong),))

    def _money(self, own: Own, kind: str, cell: str, name: str) -> Own:
        """An amount in the agreement's currency: said in a column beside it, after the amount, or not at all."""
        beside = next((each for each in self.schema if each.lower() == f"{name}_currency".lower()), "")
        said = (
            f"nullif(trim({self.dialect.identifier(beside)}), '')"
            if beside and self.schema[beside] in TEXTS
            else "NULL"
        )
        if kind in TEXTS:
            said = f"coalesce(nullif(regexp_extract(trim({cell}), '([A-Z]{{3}})$', 1), ''), {said})"
        if not self.currency:
            lacks = (f"({cell} IS NOT NULL AND {said} IS NULL)", f"{name} has no currency")
            return Own(Cell(own.cell.sql, own.cell.scale, currency=said), (*own.bad, lacks))
        if said == "NULL":
            return own
        other = (
            f"({cell} IS NOT NULL AND {said} <> {self.dialect.string(self.currency)})",
            f"{name} is in another currency than {self.currency}",
        )
        return Own(own.cell, (*own.bad, other))

    # ------------------------------------------------------------ other values

    def _yesno(self, kind: str, cell: str, name: str) -> Own:
        if kind == "BOOLEAN":
            return Own(Cell(cell))
        if kind not in TEXTS:
            raise WrongType("yes or no (true or false)")
        word = f"lower(trim({cell}))"
        value = f"(CASE WHEN {word} IN ('yes', 'true') THEN TRUE WHEN {word} IN ('no', 'false') THEN FALSE END)"
        return Own(Cell(value), ((f"({cell} IS NOT NULL AND {value} IS NULL)", f"{name} is neither yes nor no"),))

    def _text(self, kind: str, cell: str, key: k.Key, facts: Mapping[str, n.Given]) -> Own:
        if kind.startswith("ENUM"):
            cell = f"CAST({cell} AS {self.dialect.text_type})"
        elif kind not in TEXTS:
            raise WrongType("a text")
        given = facts.get(key.name) if isinstance(key, k.Given) else None
        if given is None:
            return Own(Cell(cell))
        allowed = self._allowed(given)
        if allowed is None:
            return Own(Cell(cell))
        listed = ", ".join(self.dialect.string(each) for each in allowed) or "''"
        return Own(Cell(cell), ((f"({cell} NOT IN ({listed}))", f"{given.name} should be {describe(given.type)}"),))

    def _allowed(self, given: n.Given) -> Iterable[str] | None:
        """The names that a fact may have; None where it may have any."""
        kinds = {"party": Kind.PARTY, "role": Kind.ROLE, "body": Kind.BODY}
        if given.type.kind == "choice":
            return given.type.choices
        if given.type.kind in kinds or given.type.kind == "person":
            wanted = kinds.get(given.type.kind)
            return ("", *(name for name, kind in self.names.items() if wanted is None or kind is wanted))
        return None

    def instant(self, kind: str, cell: str, name: str) -> Own:
        """An instant: a date is its first one."""
        if kind in _DAYS:
            return Own(Cell(cell if kind == "TIMESTAMP" else f"CAST({cell} AS {self.dialect.instant_type})"))
        if kind in ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"):
            zone = self.agreement.header.time_zone
            return Own(Cell(self.dialect.in_zone(cell, zone.text if zone is not None else "UTC")))
        if kind not in TEXTS:
            raise WrongType("a date, or a date and a time")
        value = f"(CASE WHEN {self._matches(cell, DAY_AND_TIME)} THEN TRY_CAST(trim({cell}) AS {self.dialect.instant_type}) END)"
        return Own(
            Cell(value),
            ((f"({cell} IS NOT NULL AND trim({cell}) <> '' AND {value} IS NULL)", f"{name} is not a date"),),
        )

    def _length(self, kind: str, cell: str, name: str) -> Own:
        if kind not in TEXTS:
            raise WrongType("a length of time, such as 3 months")
        fits = self._matches(cell, _LENGTH)
        amount = f"(CASE WHEN {fits} THEN TRY_CAST(regexp_extract(trim({cell}), '^([0-9]+)', 1) AS BIGINT) END)"
        unit = f"regexp_replace(regexp_replace(trim({cell}), '^[0-9]+ ', ''), 's?$', 's')"
        return Own(Cell(amount, unit=unit), ((self._not(cell, fits), f"{name} should be a length of time"),))

    def _matches(self, cell: str, pattern: str) -> str:
        return self.dialect.matches(f"trim({cell})", pattern)

    def _not(self, cell: str, fits: str) -> str:
        return f"({cell} IS NOT NULL AND trim({cell}) <> '' AND NOT {fits})"
