"""Tokens into values: dates, money, shares, durations. Exact, and nothing is guessed.

In: the text of one token. Out: a value from `syntax.nodes`, or `BadLiteral` with a code and a remedy.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from govlang.source import Span
from govlang.syntax.nodes import Moment, Money

ORDINALS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}

LARGEST = 10**9
FIRST_YEAR, LAST_YEAR = 1000, 9000  # so that the day before or after is always a date
MOST_DIGITS = 24

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?(?: ?(Z|UTC|[+-]\d\d:?\d\d))?)?\Z")


class BadLiteral(ValueError):
    """A token that looks like a value and is none: `code` and `hint` go into the diagnostic."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class PlacedError(Exception):
    """A `BadLiteral` together with where it stands."""

    def __init__(self, cause: BadLiteral, span: Span) -> None:
        super().__init__(cause.message)
        self.cause, self.span = cause, span


def whole(value: Fraction, span: Span, what: str) -> int:
    """A whole number, or PlacedError GL206: half a vote or half a day cannot be meant."""
    if value.denominator != 1 or value > LARGEST:
        remedy = BadLiteral("GL206", f"{what} must be a whole number below a thousand million", "write a whole number")
        raise PlacedError(remedy, span)
    return int(value)


@lru_cache(maxsize=4096)  # the same days and numbers are named again and again
def moment(text: str) -> Moment:
    """`2026-03-02`, `2026-03-02 14:00`, `2026-03-02T14:00:00Z` or `... +02:00` (ISO 8601 calendar dates).

    Raises BadLiteral GL009 for anything no calendar or clock has.
    """
    match = _DATE.match(text)
    if match is None:
        raise BadLiteral("GL009", f"'{text}' is not a date", "write a date as 2026-03-31, or 2026-03-31 14:00")
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        start = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        raise BadLiteral(
            "GL009", f"'{text}' is a date or time that does not exist", "check the day and month"
        ) from None
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise BadLiteral("GL009", f"the year of '{text}' is too far away", f"years run from {FIRST_YEAR} to {LAST_YEAR}")
    return Moment(start, whole_day=hour is None, zone_minutes=_zone(zone))


def _zone(text: str | None) -> int | None:
    if text is None:
        return None
    if text in ("Z", "UTC"):
        return 0
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    if minutes > 14 * 60:
        raise BadLiteral("GL009", f"'{text}' is no offset from UTC", "offsets run from -12:00 to +14:00")
    return -minutes if text[0] == "-" else minutes


@lru_cache(maxsize=4096)
def number(text: str) -> Fraction:
    """`1,250.5` as an exact fraction; a comma separates thousands and may be left out.

    Raises BadLiteral GL206 when a comma stands elsewhere, since in many countries it marks decimals.
    """
    whole = text.partition(".")[0]
    if "," in whole and not re.fullmatch(r"\d{1,3}(?:,\d{3})+", whole):
        raise BadLiteral(
            "GL206", f"'{text}' has a comma in an odd place",
            "separate thousands by commas and decimals by a point, as in 1,250.50",
        )  # fmt: skip
    if len(text) > MOST_DIGITS:
        raise BadLiteral("GL206", f"this number has more than {MOST_DIGITS} digits", "write a smaller or rounder number")
    return Fraction(text.replace(",", ""))


@lru_cache(maxsize=4096)
def money(text: str) -> Money:
    """`50,000 EUR` as an exact amount with its currency."""
    amount, currency = text.rsplit(" ", 1)
    number(amount)
    return Money(Decimal(amount.replace(",", "")), currency)


@lru_cache(maxsize=4096)
def percent(text: str) -> Fraction:
    """`55%` as the fraction 11/20."""
    return number(text.rstrip("%")) / 100


def fraction(text: str) -> Fraction:
    """`2/3` as a fraction. Raises BadLiteral GL206 for a zero denominator."""
    if len(text) > MOST_DIGITS:
        raise BadLiteral("GL206", f"this fraction has more than {MOST_DIGITS} digits", "write a share such as 2/3")
    top, bottom = text.split("/")
    if int(bottom) == 0:
        raise BadLiteral("GL206", f"'{text}' divides by zero", "write a share such as 2/3")
    return Fraction(int(top), int(bottom))


def share_words(count: str, ordinal: str) -> Fraction:
    """`two`, `thirds` as 2/3."""
    word = ordinal.removesuffix("s")
    return Fraction(COUNTS.get(count, 1), ORDINALS[word])


# Words of the language where a fact could stand as well: a fact of that name would be taken for the word.
TAKEN = frozenset(
    """all any approval at decision each every fewer half majority member members more no not nothing number one open parties
    party person total unanimity yes two three four five six seven eight nine""".split()
)


def taken(word: str) -> tuple[str, str]:
    """GL110 for a fact that is named like a word of the language: message and hint."""
    return (
        f"'{word}' is a word of the language, and would not be read as a fact",
        f"choose another name, such as `new-{word}` or `{word}-concerned`",
    )
