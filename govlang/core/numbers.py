"""Exact numbers: fractions, and fractions with one square root in them.

In: fractions. Out: a total order without rounding, so that "more than three times half the square root of all members" is
decided exactly (a + b times the root of n, with a and b rational and n a fraction that is not negative).
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, isqrt

from govlang.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Surd:
    """The number a + b * sqrt(n). Two surds combine only over the same n."""

    a: Fraction
    b: Fraction
    n: Fraction

    def sign(self) -> int:
        """-1, 0 or 1, by comparing squares, never by rounding."""
        a, b = self.a, self.b * (1 if self.n else 0)
        if a >= 0 and b >= 0:
            return 1 if a or b else 0
        if a <= 0 and b <= 0:
            return -1
        squares = a * a - b * b * self.n
        return (1 if squares > 0 else -1 if squares < 0 else 0) * (1 if a > 0 else -1)


Number = Fraction | Surd


def root(n: Fraction) -> Number:
    """The square root of a fraction: a fraction when it is one, a surd otherwise."""
    top, bottom = isqrt(n.numerator), isqrt(n.denominator)
    if top * top == n.numerator and bottom * bottom == n.denominator:
        return Fraction(top, bottom)
    return Surd(Fraction(0), Fraction(1), n)


def add(x: Number, y: Number) -> Number:
    """x + y. Raises ValueError for roots of two different numbers."""
    if isinstance(x, Surd) and isinstance(y, Surd):
        if x.n != y.n:
            raise ValueError("square roots of two different numbers cannot be added exactly")
        return _plain(Surd(x.a + y.a, x.b + y.b, x.n))
    if isinstance(x, Surd):
        return Surd(x.a + y, x.b, x.n)  # type: ignore[operator]
    if isinstance(y, Surd):
        return Surd(x + y.a, y.b, y.n)
    return x + y


def scale(factor: Fraction, x: Number) -> Number:
    """factor * x."""
    return _plain(Surd(factor * x.a, factor * x.b, x.n)) if isinstance(x, Surd) else factor * x


def compare(x: Number, y: Number) -> int:
    """-1, 0 or 1 as x is below, at or above y."""
    if isinstance(x, Surd) or isinstance(y, Surd):
        difference = add(x, scale(Fraction(-1), y))
        return difference.sign() if isinstance(difference, Surd) else (difference > 0) - (difference < 0)
    return (x > y) - (x < y)


def rounded(x: Number, way: str) -> Number:
    """x rounded up, down or to the nearest whole number (a half goes up); unchanged for any other `way`."""
    if way == "up":
        return Fraction(_ceiling(x))
    if way == "down":
        return Fraction(-_ceiling(scale(Fraction(-1), x)))
    if way == "nearest":
        return Fraction(-_ceiling(scale(Fraction(-1), add(x, Fraction(1, 2)))))
    return x


def _ceiling(x: Number) -> int:
    if isinstance(x, Fraction):
        return ceil(x)
    guess = floor(x.a + x.b * Fraction(isqrt(int(x.n * 10**12)), 10**6)) - 1
    while compare(Fraction(guess), x) < 0:
        guess += 1
    while compare(Fraction(guess - 1), x) >= 0:
        guess -= 1
    return guess


def _plain(x: Surd) -> Number:
    return x.a if x.b == 0 else x


def show(x: Number) -> str:
    """A number for people: whole, with a few decimals, or with a fraction."""
    if isinstance(x, Surd):
        hundredths = _ceiling(scale(Fraction(100), x))
        return f"about {hundredths / 100:g}"
    if x.denominator == 1:
        return f"{x.numerator:,}"
    scaled = x * 10000
    if scaled.denominator == 1:
        return f"{scaled.numerator // 10000:,}.{scaled.numerator % 10000:04d}".rstrip("0") if x > 0 else f"{float(x):g}"
    whole, rest = divmod(x.numerator, x.denominator)
    return f"{whole:,} {rest}/{x.denominator}" if whole > 0 else f"{x.numerator}/{x.denominator}"


_PARTS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth"}
_TOPS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def percent(x: Number) -> str:
    """A share for people: a percentage, where it is one of a few decimals; else in words (`two thirds`), or rounded and said so."""
    if isinstance(x, Surd):
        return f"{show(scale(Fraction(100), x))}%"
    if (x * 1_000_000).denominator == 1:
        return f"{show(x * 100)}%"
    hundredths = f"{float(rounded(x * 10_000, 'nearest') / 100):.2f}%"  # type: ignore[operator]
    if 0 < x < 1 and x.denominator in _PARTS:
        many = "s" if x.numerator > 1 else ""
        return f"{_TOPS[x.numerator]} {_PARTS[x.denominator]}{many} ({hundredths})"
    return f"about {hundredths}"
