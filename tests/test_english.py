"""English in small: numbers, shares, lengths, days, amounts, lists, plurals, verbs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from govlang.backends.words import english
from govlang.backends.words.groups import Who
from govlang.syntax.nodes_values import Duration, Moment, Money


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1, "one"),
        (12, "twelve"),
        (13, "13"),
        (2026, "2026"),
        (12345, "12,345"),
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-1, 4), "-0.25"),
    ],
)
def test_a_number(value: int | Fraction, text: str) -> None:
    assert english.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "first"),
        (2, "second"),
        (10, "tenth"),
        (11, "11th"),
        (12, "12th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (112, "112th"),
    ],
)
def test_an_ordinal(value: int, text: str) -> None:
    assert english.ordinal(value) == text


@pytest.mark.parametrize(("value", "text"), [(1, "once"), (2, "twice"), (3, "three times"), (20, "20 times")])
def test_how_often(value: int, text: str) -> None:
    assert english.times(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 2), "half"),
        (Fraction(2, 3), "two thirds"),
        (Fraction(1, 3), "one third"),
        (Fraction(3, 4), "three quarters"),
        (Fraction(11, 20), "55%"),
        (Fraction(3, 5), "60%"),
        (Fraction(1, 8), "one eighth"),
        (Fraction(1, 1), "all"),
        (Fraction(0), "0%"),
        (Fraction(5, 11), "5/11"),
    ],
)
def test_a_share(value: Fraction, text: str) -> None:
    assert english.share(value) == text


@pytest.mark.parametrize(
    ("length", "text", "before"),
    [
        (Duration(1, "days"), "one day", "one day's"),
        (Duration(5, "working days"), "five working days", "five working days'"),
        (Duration(90, "days"), "90 days", "90 days'"),
        (Duration(1, "months"), "one month", "one month's"),
        (Duration(24, "hours"), "24 hours", "24 hours'"),
    ],
)
def test_a_length_of_time(length: Duration, text: str, before: str) -> None:
    assert english.duration(length) == text
    assert english.possessive(length) == before


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("party", "parties"),
        ("body", "bodies"),
        ("person", "persons"),
        ("day", "days"),
        ("working day", "working days"),
        ("member of the Board", "members of the Board"),
        ("proxy", "proxies"),
        ("boss", "bosses"),
        ("Finance Officer", "Finance Officers"),
    ],
)
def test_a_plural(one: str, many: str) -> None:
    assert english.plural(one) == many


@pytest.mark.parametrize(
    ("noun", "text"),
    [
        ("party", "a party"),
        ("amount", "an amount"),
        ("hour", "an hour"),
        ("university", "a university"),
        ("union", "a union"),
        ("unnamed party", "an unnamed party"),
        ("use", "a use"),
        ("one", "a one"),
        ("European party", "a European party"),
        ("Officer", "an Officer"),
    ],
)
def test_an_article(noun: str, text: str) -> None:
    assert english.a(noun) == text


@pytest.mark.parametrize(
    ("stem", "one", "many"),
    [
        ("approve it", "approves it", "approve it"),
        ("be present", "is present", "are present"),
        ("have advised", "has advised", "have advised"),
        ("do", "does", "do"),
        ("veto it", "vetoes it", "veto it"),
        ("rely on it", "relies on it", "rely on it"),
        ("pay", "pays", "pay"),
        ("pass", "passes", "pass"),
        ("vote for it or abstain", "votes for it or abstains", "vote for it or abstain"),
        ("may act", "may act", "may act"),
    ],
)
def test_a_verb(stem: str, one: str, many: str) -> None:
    assert english.verb(stem) == one
    assert english.verb(stem, many=True) == many


def test_who_does_what() -> None:
    assert Who("the Chair").does("object") == "the Chair objects"
    assert Who("the Chair").does_not("object") == "the Chair does not object"
    assert Who("the Directors", many=True).does_not("object") == "the Directors do not object"
    assert Who("no Director", negative=True).does_not("object") == "no Director objects"
    assert Who("the Chair").does_not("be present") == "the Chair is not present"
    assert Who("the Chair").must("approve") == "the Chair must approve"
    assert Who("the Chair").may("approve") == "the Chair may approve"


def test_days_amounts_lists() -> None:
    assert english.day(date(2026, 3, 2)) == "2 March 2026"
    assert english.moment(Moment(datetime(2026, 3, 2))) == "2 March 2026"
    assert english.moment(Moment(datetime(2026, 3, 2, 17), whole_day=False)) == "2 March 2026 at 17:00"
    assert english.moment(datetime(2026, 3, 2, 17, tzinfo=UTC)) == "2 March 2026 at 17:00"
    assert english.money(Money(Decimal("250000"), "EUR")) == "EUR 250,000"
    assert english.money(Money(Decimal("0.50"), "EUR")) == "EUR 0.50"
    assert english.listed([]) == "nobody"
    assert english.listed(["A"]) == "A"
    assert english.listed(["A", "B", "C"]) == "A, B and C"
    assert english.listed(["A", "B"], "or") == "A or B"
    assert english.percent(Fraction(1, 8)) == "12.5%"
    assert english.percent(Fraction(1, 3)) == "1/3"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("it is so", "It is so."),
        ("it  is\nso.", "It is so."),
        ("either:", "Either:"),
        ("“sent” is recorded", "“Sent” is recorded."),
        ("", ""),
        ("is it so?", "Is it so?"),
        ("EUR 5 is owed", "EUR 5 is owed."),
    ],
)
def test_a_sentence(words: str, text: str) -> None:
    assert english.sentence(words) == text
