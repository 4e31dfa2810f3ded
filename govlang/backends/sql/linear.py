"""Exact numbers in SQL: sums of columns with rational factors, compared as whole numbers.

In: columns that hold whole numbers or decimals, and numbers of the core. Out: comparisons without division and without floating
point: one column is compared with the next number that it can hold, several are brought to a common denominator, rounding is
taken apart (`x >= up(s)` is `x >= s` for a whole x), and a square root is decided by squaring.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from govlang.backends.sql.dialects import Dialect, Unsupported
from govlang.backends.sql.pieces import Piece, Pieces
from govlang.frozen import dataclass

ONE = Fraction(1)
_FLIPPED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "=": "=", "!=": "!="}
_SIGNS = {"!=": "<>"}


@dataclass(frozen=True, slots=True)
class Atom:
    """A value of SQL: a whole number (`scale` 0), a decimal with so many digits after the point, or (None) one with any."""

    sql: Piece
    scale: int | None = 0


@dataclass(frozen=True, slots=True)
class Root:
    """The square root of a number."""

    of: Linear


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number rounded `up` or `down`."""

    way: str
    of: Linear


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum: terms with their factors, and a constant. `currency` is that of an amount of money; `guards` are conditions without
    which there is no such number. A term with the factor 0 stays, since what is not known stays not known."""

    terms: tuple[tuple[Atom | Root | Rounded, Fraction], ...] = ()
    constant: Fraction = Fraction(0)
    currency: Piece | str | None = None
    guards: tuple[Piece, ...] = ()

    def scaled(self, factor: Fraction) -> Linear:
        """This number times a factor."""
        return Linear(
            tuple((term, each * factor) for term, each in self.terms),
            self.constant * factor,
            self.currency,
            self.guards,
        )

    def plus(self, *others: Linear, currency: Piece | str | None = None) -> Linear:
        """The sum."""
        found: dict[Atom | Root | Rounded, Fraction] = {}
        constant = Fraction(0)
        guards: list[Piece] = []
        for item in (self, *others):
            for term, factor in item.terms:
                found[term] = found.get(term, Fraction(0)) + factor
            constant += item.constant
            guards += item.guards
        return Linear(tuple(found.items()), constant, currency, tuple(dict.fromkeys(guards)))

    @property
    def whole(self) -> bool:
        """Whether it is a whole number, whatever the columns hold."""
        return self.constant.denominator == 1 and all(
            factor.denominator == 1 and (isinstance(term, Rounded) or (isinstance(term, Atom) and term.scale == 0))
            for term, factor in self.terms
        )


class Numbers:
    """Comparisons of linear numbers as pieces of SQL."""

    def __init__(self, pieces: Pieces, dialect: Dialect) -> None:
        self.pieces = pieces
        self.dialect = dialect

    # ------------------------------------------------------------ comparisons

    def compare(self, op: str, left: Linear, right: Linear) -> Piece:
        """Whether one number stands so to another."""
        return self.against_zero(op, left.plus(right.scaled(-ONE)))

    def against_zero(self, op: str, number: Linear) -> Piece:
        """Whether a number stands so to zero."""
        for place, (term, factor) in enumerate(number.terms):
            if isinstance(term, Rounded) and abs(factor) == 1:
                rest = Linear(number.terms[:place] + number.terms[place + 1 :], number.constant, None, number.guards)
                if rest.whole:  # rest + f * rounded: bring the rest to the left side
                    op_left = op if factor < 0 else _FLIPPED[op]
                    return self._beside_rounded(op_left, rest.scaled(-factor), term)
        number = self._without_rounding(number)
        roots = [(term, factor) for term, factor in number.terms if isinstance(term, Root)]
        if not roots:
            return self._plain(op, number)
        if len(roots) > 1:
            raise Unsupported("square roots of two different numbers")
        rest = Linear(tuple(each for each in number.terms if each != roots[0]), number.constant, None, number.guards)
        return self._beside_root(op, rest, roots[0][0].of, roots[0][1])

    def _beside_rounded(self, op: str, left: Linear, right: Rounded) -> Piece:
        """A whole number beside a rounded one, without rounding."""
        if op in ("=", "!="):
            both = (self._beside_rounded(">=", left, right), self._beside_rounded("<=", left, right))
            return self._both(op, *both)
        beside = right.of.scaled(-ONE)
        if (right.way == "up") is (op in (">=", "<")):  # x >= up(s) is x >= s; x <= down(s) is x <= s
            return self.against_zero(op, left.plus(beside))
        step = Linear((), ONE if right.way == "down" else -ONE)  # x > up(s) is x - 1 >= s; x >= down(s) is x + 1 > s
        other = {">": ">=", "<=": "<", ">=": ">", "<": "<="}[op]
        return self.against_zero(other, left.plus(step, beside))

    def _beside_root(self, op: str, rest: Linear, of: Linear, factor: Fraction) -> Piece:
        """A + b * sqrt(n) beside zero, by comparing squares."""
        if op in ("=", "!="):
            return self._both(op, self._beside_root(">=", rest, of, factor), self._beside_root("<=", rest, of, factor))
        if op in ("<=", "<"):
            return self._beside_root(_FLIPPED[op], rest.scaled(-ONE), of, -factor)
        under = lcm(_under(rest), _under(of), factor.denominator**2)
        plain = self.whole(rest.scaled(Fraction(under)))
        square = self.make("(", plain, " * ", plain, ")")
        inner = self.whole(
            of.scaled(Fraction(under))
        )  # so that both squares are those of numbers `under` times as large
        times = self.dialect.widened(self.dialect.integer(int(factor * factor * under)))
        other = self.make("(", times, " * ", inner, ")")
        base = self.make("(", plain, f" {op} 0)")
        if factor >= 0:
            found = self.make("(", base, " OR ", square, " <= " if op == ">=" else " < ", other, ")")
        else:
            found = self.make("(", base, " AND ", square, f" {op} ", other, ")")
        return self._guarded(found, (*rest.guards, *of.guards, self.make("(", inner, " >= 0)")))

    def _plain(self, op: str, number: Linear) -> Piece:
        if len(number.terms) == 1 and number.terms[0][1]:
            term, factor = number.terms[0]
            assert isinstance(term, Atom)
            found = self._threshold(op if factor > 0 else _FLIPPED[op], term, -number.constant / factor)
        elif not number.terms:
            value = _holds(op, number.constant)
            found = self.make(self.dialect.truth(value))
        else:
            left, right = self._sides(number)
            found = self.make("(", left, f" {_SIGNS.get(op, op)} ", right, ")")
        return self._guarded(found, number.guards)

    def _threshold(self, op: str, atom: Atom, bar: Fraction) -> Piece:
        """One column beside a number: beside the next number that the column can hold."""
        scale = atom.scale if atom.scale is not None else _decimals(bar)
        if scale is None:
            left = self.make(self.dialect.integer(bar.denominator), " * ", self._atom(atom))
            return self.make("(", left, f" {_SIGNS.get(op, op)} ", self.dialect.integer(bar.numerator), ")")
        grid = bar * 10**scale
        if grid.denominator != 1 and op in ("=", "!="):
            return self._always(op == "!=", atom.sql)
        if grid.denominator != 1:
            op = {">": ">=", "<": "<="}.get(op, op)
        value = ceil(grid) if op == ">=" else floor(grid)
        return self.make("(", atom.sql, f" {_SIGNS.get(op, op)} ", self.dialect.decimal(value, scale), ")")

    def _always(self, value: bool, known: Piece) -> Piece:
        return self.make("(CASE WHEN ", known, f" IS NOT NULL THEN {self.dialect.truth(value)} END)")

    def _sides(self, number: Linear) -> tuple[Piece, Piece]:
        """Both sides of a comparison in whole factors, none of them negative."""
        factors = [factor for _, factor in number.terms] + [number.constant]
        under = lcm(*(factor.denominator for factor in factors))
        common = gcd(*(int(factor * under) for factor in factors)) or 1
        sides: tuple[list[Piece], list[Piece]] = ([], [])
        for term, factor in number.terms:
            assert isinstance(term, Atom)
            whole = int(factor * under) // common
            sides[whole < 0].append(self._times(abs(whole), term))
        constant = int(number.constant * under) // common
        if constant or not sides[0] or not sides[1]:
            sides[0 if constant > 0 or not sides[0] else 1].append(self.make(self.dialect.integer(abs(constant))))
        return self._sum(sides[0]), self._sum(sides[1])

    def _widened(self, atom: Atom) -> Piece:
        """A column as a whole number of 38 digits, ten to the power of its scale times as large."""
        shift = f" * {self.dialect.integer(10**atom.scale)})" if atom.scale else ""
        return self.make(*_around(self.dialect.widened("(\0" + shift if shift else "\0"), atom.sql))

    def _times(self, factor: int, atom: Atom) -> Piece:
        if factor == 1:
            return self._atom(atom)
        return self.make("(", self.dialect.integer(factor), " * ", self._atom(atom), ")")

    def _sum(self, items: list[Piece]) -> Piece:
        return items[0] if len(items) == 1 else self.make("(", *_between(" + ", items), ")")

    def _atom(self, atom: Atom) -> Piece:
        return self._widened(atom) if self.dialect.wide and atom.scale == 0 else atom.sql

    def _both(self, op: str, left: Piece, right: Piece) -> Piece:
        return (
            self.make("(", left, " AND ", right, ")") if op == "=" else self.make("(NOT (", left, " AND ", right, "))")
        )

    def _guarded(self, found: Piece, guards: Iterable[Piece]) -> Piece:
        needed = list(dict.fromkeys(guards))
        if not needed:
            return found
        return self.make("(CASE WHEN ", *_between(" AND ", needed), " THEN ", found, " END)")

    # ------------------------------------------------------------ values

    def value(self, number: Linear) -> Piece:
        """A number as a value of SQL. For one that is not whole there may be none."""
        if len(number.terms) == 1 and number.terms[0][1] == 1 and not number.constant and not number.guards:
            term = number.terms[0][0]
            if isinstance(term, Atom):
                return term.sql
        return self.whole(number)

    def whole(self, number: Linear) -> Piece:
        """A number that has whole factors, in whole numbers of 38 digits."""
        number = self._without_rounding(number)
        items = []
        for term, factor in number.terms:
            if not isinstance(term, Atom) or term.scale is None:
                raise Unsupported("arithmetic with a square root, or with decimals of any length")
            wide = self._widened(term)
            factor /= 10**term.scale
            if factor.denominator != 1:
                raise Unsupported("arithmetic with a number that may not be whole")
            items.append(wide if factor == 1 else self.make("(", self.dialect.integer(int(factor)), " * ", wide, ")"))
        if number.constant.denominator != 1:
            raise Unsupported("arithmetic with a number that may not be whole")
        if number.constant or not items:
            items.append(self.make(self.dialect.widened(self.dialect.integer(int(number.constant)))))
        return self._guarded(self._sum(items), number.guards)

    def divided(self, number: Linear) -> tuple[Piece, int]:
        """A number as a whole one over a denominator."""
        under = _under(number)
        return self.whole(number.scaled(Fraction(under))), under

    def over(self, value: Piece, under: int) -> Linear:
        """The number that stands over a denominator in SQL."""
        return Linear(((Atom(value), Fraction(1, under)),))

    def _without_rounding(self, number: Linear) -> Linear:
        terms: list[tuple[Atom | Root | Rounded, Fraction]] = []
        for term, factor in number.terms:
            terms.append((Atom(self._rounded(term)), factor) if isinstance(term, Rounded) else (term, factor))
        return Linear(tuple(terms), number.constant, number.currency, number.guards)

    def _rounded(self, number: Rounded) -> Piece:
        sign = -1 if number.way == "up" else 1
        over, under = self.divided(number.of.scaled(Fraction(sign)))
        found = over if under == 1 else self.make(*_around(self.dialect.quotient("\0", under), over))
        return found if sign == 1 else self.make("(-", found, ")")

    def make(self, *parts: str | Piece) -> Piece:
        return self.pieces.make(*parts)


def _holds(op: str, value: Fraction) -> bool:
    return {">=": value >= 0, ">": value > 0, "<=": value <= 0, "<": value < 0, "=": value == 0, "!=": value != 0}[op]


def _under(number: Linear) -> int:
    """The common denominator of a number's factors, with decimals taken as whole numbers."""
    factors = [factor / 10 ** (term.scale or 0) if isinstance(term, Atom) else factor for term, factor in number.terms]
    return lcm(number.constant.denominator, *(factor.denominator for factor in factors))


def _decimals(value: Fraction) -> int | None:
    """How many decimals a number has; None for one that has no end."""
    rest, counts = value.denominator, [0, 0]
    for place, prime in enumerate((2, 5)):
        while rest % prime == 0:
            rest, counts[place] = rest // prime, counts[place] + 1
    return max(counts) if rest == 1 else None


def _between(word: str, items: list[Piece]) -> list[str | Piece]:
    parts: list[str | Piece] = []
    for place, item in enumerate(items):
        parts += [word, item] if place else [item]
    return parts


def _around(text: str, piece: Piece) -> list[str | Piece]:
    """A text with a piece in its holes (NUL characters, which no SQL holds)."""
    parts: list[str | Piece] = []
    for place, part in enumerate(text.split("\0")):
        parts += [piece, part] if place else [part]
    return parts
