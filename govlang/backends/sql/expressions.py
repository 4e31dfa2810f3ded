"""Expressions of the core as SQL: one method a node kind, three-valued logic as SQL has it.

In: the SQL of each column. Out: pieces. NULL stands for what is not known, so `AND`, `OR` and `NOT` are the core's own (both are
Kleene's). Amounts keep their currency, lengths of time their unit, numbers stay exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from govlang.backends.sql.dialects import DUCKDB, Dialect, Unsupported
from govlang.backends.sql.linear import Atom, Linear, Numbers, Root, Rounded
from govlang.backends.sql.pieces import Piece, Pieces
from govlang.core import numbers as exact
from govlang.core.expr import Expr, Value, Worked, fold
from govlang.core.keys import Column, Key
from govlang.core.verdict import longer
from govlang.frozen import dataclass
from govlang.syntax.nodes import Duration, Money
from govlang.syntax.nodes_values import UNITS

ANY_CURRENCY = "*"  # a column of amounts in the currency of the agreement
LONGEST = 10**6  # of any unit; a length of time beyond it is longer than whatever a clause may say


@dataclass(frozen=True, slots=True)
class Cell:
    """The SQL of a column. `scale`: how many decimals a number has (0: whole; None: any). `over`: the whole number that it stands
    over. `currency` and `unit` are the SQL of what an amount or a length of time is in; an amount without is in the agreement's."""

    sql: str
    scale: int | None = 0
    over: int = 1
    currency: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Plain:
    """A value that is no number. `type` is that of a column; `unknown` for what is not known whatever the row."""

    type: str
    sql: Piece


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: so many (a column) of a unit (a column), or one that a clause names."""

    amount: Piece | None
    unit: Piece | None
    named: Duration | None = None


Shown = Linear | Plain | Length


class Expressions:
    """The back end that writes SQL. `cells` are the columns; what is given as a text is a whole number, or any other plain value,
    or a number or an amount with any decimals."""

    def __init__(self, cells: Mapping[str, Cell | str], dialect: Dialect = DUCKDB) -> None:
        self.cells = cells
        self.dialect = dialect
        self.pieces = Pieces()
        self.numbers = Numbers(self.pieces, dialect)
        self._worked: Worked[Shown] = {}

    def truth(self, expr: Expr) -> Piece:
        """An expression that is true, false or not known."""
        return self._truth(fold(expr, self, self._worked))

    def make(self, *parts: str | Piece) -> Piece:
        """A piece of these parts."""
        return self.pieces.make(*parts)

    # ------------------------------------------------------------ the algebra

    def literal(self, value: Value) -> Shown:
        """A value that a clause names."""
        if value is None:
            return Plain("unknown", self.make(self.dialect.truth(None)))
        if isinstance(value, bool):
            return Plain("yesno", self.make(self.dialect.truth(value)))
        if isinstance(value, int | Fraction):
            return Linear((), Fraction(value))
        if isinstance(value, Money):
            return Linear((), Fraction(value.amount), value.currency)
        if isinstance(value, str):
            return Plain("text", self.make(self.dialect.string(value)))
        if isinstance(value, datetime):
            return Plain("instant", self.make(self.dialect.instant(value)))
        if isinstance(value, Duration):
            return Length(None, None, value)
        raise Unsupported(f"a {type(value).__name__} in a clause")

    def fact(self, key: Key) -> Shown:
        """A column."""
        if not isinstance(key, Column):
            raise TypeError(f"{key} is no column of a plan")
        given = self.cells[key.name]
        number = key.type in ("number", "money")
        cell = given if isinstance(given, Cell) else Cell(given, None if number else 0)
        sql = self.make(cell.sql)
        match key.type:
            case "count" | "number":
                return self._number(sql, cell, None)
            case "money":
                return self._number(sql, cell, self.make(cell.currency) if cell.currency else ANY_CURRENCY)
            case "duration":
                return Length(sql, self.make(cell.unit) if cell.unit else None)
            case kind:
                return Plain(kind, sql)

    def _number(self, sql: Piece, cell: Cell, currency: Piece | str | None) -> Linear:
        return Linear(((Atom(sql, cell.scale), Fraction(1, cell.over)),), Fraction(0), currency)

    def negate(self, item: Shown) -> Shown:
        """Not."""
        return Plain("yesno", self.make("(NOT ", self._truth(item), ")"))

    def all_of(self, items: list[Shown]) -> Shown:
        """All of them."""
        return Plain("yesno", self._joined("AND", items, True))

    def any_of(self, items: list[Shown]) -> Shown:
        """Any of them."""
        return Plain("yesno", self._joined("OR", items, False))

    def compare(self, op: str, left: Shown, right: Shown) -> Shown:
        """Two values of one kind, one beside the other."""
        return Plain("yesno", self._compared(op, left, right))

    def one_of(self, item: Shown, values: tuple[Value, ...]) -> Shown:
        """Whether a text is one of several."""
        if not isinstance(item, Plain) or item.type != "text" or not all(isinstance(value, str) for value in values):
            raise Unsupported("a choice among values that are no texts")
        if not values:
            return Plain("yesno", self.make("(CASE WHEN ", item.sql, " IS NOT NULL THEN FALSE END)"))
        listed = ", ".join(self.dialect.string(str(value)) for value in values)
        return Plain("yesno", self.make("(", item.sql, f" IN ({listed}))"))

    def known(self, item: Shown) -> Shown:
        """Whether a value is known."""
        if isinstance(item, Linear):
            conditions = [self.make("(", term.sql, " IS NOT NULL)") for term, _ in item.terms if isinstance(term, Atom)]
            if len(conditions) != len(item.terms) or item.guards:
                raise Unsupported("whether a rounded number is known")
            return Plain("yesno", self.pieces.joined("AND", conditions or [self.make("TRUE")]))
        sql = item.sql if isinstance(item, Plain) else item.amount
        return Plain("yesno", self.make("TRUE") if sql is None else self.make("(", sql, " IS NOT NULL)"))

    def arithmetic(self, op: str, items: list[Shown]) -> Shown:
        """A number made of numbers."""
        found = [self._as_number(item) for item in items]
        match op:
            case "+":
                return self._money_or_number(found)
            case "*":
                return self._times(*found)
            case "larger" | "smaller":
                return self._chosen(op, found)
            case "root":
                return self._root(found[0])
            case "up" | "down" | "nearest":
                return self._rounded(op, found[0])
        raise Unsupported(f"the arithmetic of '{op}'")

    # ------------------------------------------------------------ truth

    def _truth(self, item: Shown) -> Piece:
        if isinstance(item, Plain) and item.type in ("yesno", "unknown"):
            return item.sql
        raise Unsupported("a condition that is neither true nor false")

    def _joined(self, word: str, items: list[Shown], neutral: bool) -> Piece:
        kept = [item for item in map(self._truth, items) if str(item) != self.dialect.truth(neutral)] if items else []
        if any(item.plain and str(item) == self.dialect.truth(not neutral) for item in kept):
            return self.make(self.dialect.truth(not neutral))
        return self.pieces.joined(word, kept) if kept else self.make(self.dialect.truth(neutral))

    # ------------------------------------------------------------ comparisons

    def _compared(self, op: str, left: Shown, right: Shown) -> Piece:
        unknown = self.make(self.dialect.truth(None))
        if isinstance(left, Linear) and isinstance(right, Linear):
            guard = self._one_currency(left.currency, right.currency)
            if guard is False:
                return unknown
            found = self.numbers.compare(op, left, right)
            return self.make("(CASE WHEN ", guard, " THEN ", found, " END)") if isinstance(guard, Piece) else found
        if isinstance(left, Length) and isinstance(right, Length):
            return self._longer(op, left, right)
        if isinstance(left, Plain) and isinstance(right, Plain):
            if "unknown" in (left.type, right.type):
                return unknown
            if left.type == right.type:
                return self.make("(", left.sql, f" {'<>' if op == '!=' else op} ", right.sql, ")")
        raise Unsupported("a comparison of two kinds of values")

    def _one_currency(self, left: Piece | str | None, right: Piece | str | None) -> Piece | bool:
        """Whether two amounts can be compared: always, never, or where a condition holds."""
        if left is None or right is None:
            return left is right
        if ANY_CURRENCY in (left, right) or left == right:
            return True
        if isinstance(left, str) and isinstance(right, str):
            return False
        sides = [side if isinstance(side, Piece) else self.make(self.dialect.string(side)) for side in (left, right)]
        return self.make("(", sides[0], " = ", sides[1], ")")

    def _longer(self, op: str, left: Length, right: Length) -> Piece:
        """A length of time beside one that a clause names: for each unit, from how many on the interpreter says what."""
        if right.named is None or left.amount is None or left.unit is None:
            raise Unsupported("a comparison of two lengths of time that are both facts")
        parts: list[str | Piece] = ["(CASE ", left.unit]
        for unit in UNITS:
            low = _first(lambda amount, unit=unit: _beside(amount, unit, right.named) != -1)
            high = _first(lambda amount, unit=unit: _beside(amount, unit, right.named) == 1)
            parts += [f" WHEN {self.dialect.string(unit)} THEN CASE"]
            for condition, amount, sign in ((f" < {low}", low, -1), (f" >= {high}", high, 1), ("", low, 0)):
                if sign or _beside(amount, unit, right.named) == 0:
                    told = self.dialect.truth(_told(op, sign))
                    parts += [" WHEN ", left.amount, f"{condition or ' IS NOT NULL'} THEN {told}"]
            parts.append(" END")
        return self.make(*parts, " END)")

    # ------------------------------------------------------------ numbers

    def _as_number(self, item: Shown) -> Linear:
        if not isinstance(item, Linear):
            raise Unsupported("arithmetic with something that is no number")
        return item

    def _money_or_number(self, items: list[Linear]) -> Linear:
        """A sum: of amounts in one currency an amount, of anything else a number."""
        first, *rest = items
        if any(item.currency is None for item in items):
            return first.plus(*rest)
        guards = []
        currency = first.currency
        for item in rest:
            guard = self._one_currency(currency, item.currency)
            if guard is False:
                return Linear(((Atom(self.make(self.dialect.truth(None))), Fraction(0)),), Fraction(0), currency)
            guards += [guard] if isinstance(guard, Piece) else []
            currency = item.currency if currency == ANY_CURRENCY else currency
        total = first.plus(*rest, currency=currency)
        return Linear(total.terms, total.constant, currency, (*total.guards, *guards))

    def _times(self, factor: Linear, value: Linear) -> Linear:
        currency = value.currency if factor.currency is None else None
        if currency is not None and not (factor.terms == () and 10**28 % factor.constant.denominator == 0):
            raise Unsupported("an amount times a number that may have no end")
        for constant, other in ((factor, value), (value, factor)):
            if not constant.terms:
                found = other.scaled(constant.constant)
                return Linear(found.terms, found.constant, currency, (*found.guards, *constant.guards))
        (left, one), (right, two) = self.numbers.divided(factor), self.numbers.divided(value)
        return self.numbers.over(self.make("(", left, " * ", right, ")"), one * two)

    def _chosen(self, op: str, items: list[Linear]) -> Linear:
        if len(items) != 2 or any(item.currency is not None for item in items):
            raise Unsupported(f"the {op} of several amounts")
        (left, one), (right, two) = (self.numbers.divided(item) for item in items)
        sign = ">=" if op == "larger" else "<="
        sides = self.make("(", left, f" * {two})"), self.make("(", right, f" * {one})")
        other = "<" if op == "larger" else ">"
        found = self.make("(CASE WHEN ", sides[0], f" {sign} ", sides[1], " THEN ", sides[0],
                          " WHEN ", sides[0], f" {other} ", sides[1], " THEN ", sides[1], " END)")  # fmt: skip
        return self.numbers.over(found, one * two)

    def _root(self, item: Linear) -> Linear:
        if not item.terms and item.constant >= 0:
            found = exact.root(item.constant)
            if isinstance(found, Fraction):
                return Linear((), found)
        return Linear(((Root(Linear(item.terms, item.constant, None, item.guards)), Fraction(1)),))

    def _rounded(self, way: str, item: Linear) -> Linear:
        if item.whole:
            return Linear(item.terms, item.constant, None, item.guards)
        if not item.terms:
            found = exact.rounded(item.constant, way)
            assert isinstance(found, Fraction)
            return Linear((), found)
        half = Fraction(1, 2) if way == "nearest" else Fraction(0)
        inside = Linear(item.terms, item.constant + half, None, item.guards)
        return Linear(((Rounded("up" if way == "up" else "down", inside), Fraction(1)),))


def _beside(amount: int, unit: str, named: Duration | None) -> int | None:
    assert named is not None
    return longer(Duration(amount, unit), named)


def _told(op: str, sign: int) -> bool:
    return {">=": sign >= 0, ">": sign > 0, "<=": sign <= 0, "<": sign < 0, "=": sign == 0, "!=": sign != 0}[op]


def _first(holds: object) -> int:
    """The first number of something at which a condition holds that stays true from there on."""
    assert callable(holds)
    low, high = 0, LONGEST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
