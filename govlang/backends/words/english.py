"""English in small: numbers, shares, lengths of time, days, amounts, lists, plurals, as they are read aloud.

In: values of the language. Out: words. Nothing here knows what an agreement is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from govlang.syntax.nodes_values import Duration, Moment, Money

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINAL = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_PART = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth"}
_IRREGULAR = {"veto": "vetoes", "person": "persons", "body": "bodies", "party": "parties", "majority": "majorities", "day": "days"}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


def number(value: int | Fraction) -> str:
    """A number: in words up to twelve, in figures above; fractions as decimals where they are exact, else as fractions."""
    exact = Fraction(value)
    if exact.denominator != 1:
        return _decimal(exact)
    whole = exact.numerator
    return _SMALL[whole] if 1 <= whole < len(_SMALL) else _grouped(whole)


def figure(value: int | Fraction) -> str:
    """A number in figures."""
    exact = Fraction(value)
    return _grouped(exact.numerator) if exact.denominator == 1 else _decimal(exact)


def _grouped(value: int) -> str:
    """Figures with a comma for the thousands, from five figures on: a year has none."""
    return f"{value:,}" if abs(value) >= 10_000 else str(value)


def _decimal(value: Fraction) -> str:
    rest = value.denominator
    while rest % 2 == 0:
        rest //= 2
    while rest % 5 == 0:
        rest //= 5
    if rest != 1:
        return f"{value.numerator:,}/{value.denominator:,}"
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    sign, whole = "-" if value < 0 else "", str(abs((value * 10**digits).numerator)).rjust(digits + 1, "0")
    return f"{sign}{int(whole[:-digits]):,}.{whole[-digits:]}"


def ordinal(value: int) -> str:
    """first, second ... tenth, 11th, 22nd."""
    if 1 <= value < len(_ORDINAL):
        return _ORDINAL[value]
    ending = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value:,}{ending}"


def times(value: int) -> str:
    """once, twice, three times."""
    return {1: "once", 2: "twice"}.get(value, f"{number(value)} times")


def share(value: Fraction) -> str:
    """A share: half, two thirds, three quarters; a percentage where that is how it would be said."""
    if value == 1:
        return "all"
    if value.denominator in _PART and 0 < value < 1 and value.denominator <= 10 and value.denominator not in (5, 10):
        part = _PART[value.denominator]
        if value.denominator == 2:
            return part
        return f"one {part}" if value.numerator == 1 else f"{number(value.numerator)} {part}s"
    return percent(value)


def share_of(value: Fraction) -> str:
    """A share before what it is a share of: half of, two thirds of, all of, 55% of."""
    return f"{share(value)} of"


def value(amount: object) -> str:
    """A number in figures, a percentage as such where it is a share."""
    return figure(amount) if isinstance(amount, int | Fraction) else str(amount)


def percent(value: Fraction) -> str:
    """A share as a percentage where that is exact: 55%, 12.5%; else as a fraction."""
    figures = figure(value * 100)
    return f"{figure(value)}" if "/" in figures else f"{figures}%"


def verb(stem: str, many: bool = False) -> str:
    """The present tense of a verb (and what follows it): approves, has given, does; approve, have given, do."""
    first, space, rest = stem.partition(" ")
    if " or " in rest and not many and first != "be":  # votes for it or abstains
        one, _, other = rest.rpartition(" or ")
        return f"{verb(f'{first} {one}')} or {verb(other)}"
    if many:
        return f"are{space}{rest}" if first == "be" else stem
    irregular = {"be": "is", "have": "has", "do": "does", "may": "may", "must": "must"}
    if first in irregular:
        return f"{irregular[first]}{space}{rest}"
    if re.search(r"([^aeiou]y)$", first):
        return f"{first[:-1]}ies{space}{rest}"
    return f"{first}{'es' if re.search('(s|x|z|ch|sh|o)$', first) else 's'}{space}{rest}"


def duration(value: Duration) -> str:
    """five working days, one month, 90 days."""
    return counted(value.amount, value.unit[:-1])


def possessive(value: Duration) -> str:
    """five working days', one month's: before `notice`."""
    words = duration(value)
    return f"{words}'" if words.endswith("s") else f"{words}'s"


def counted(amount: int | Fraction, noun: str) -> str:
    """A number and its noun, in the singular or plural: one vote, two votes, no votes."""
    return f"{number(amount)} {noun if amount == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """The plural of a noun; of `member of a body`, of its first word."""
    head, of, rest = noun.partition(" of ")
    first, _, last = head.rpartition(" ")
    if last in _IRREGULAR:
        last = _IRREGULAR[last]
    elif re.search(r"[^aeiou]y$", last):
        last = f"{last[:-1]}ies"
    elif re.search(r"(s|x|z|ch|sh)$", last):
        last = f"{last}es"
    else:
        last = f"{last}s"
    return f"{first} {last}".strip() + of + rest


def is_plural(name: str) -> bool:
    """Whether a name reads as a plural: Design Files, Winners."""
    return re.search(r"(?<!\bLen)(?<!\bSerie)(?<!\bNew)(?<![suai])s$", name) is not None


def a(noun: str) -> str:
    """A noun with its indefinite article: a party, an hour, an EUR amount."""
    vowel = re.match(r"[aeiouAEIOU]", noun) and not re.match(r"(?i)(uni([^nm]|t)|eu|one\b|use)", noun)
    silent = re.match(r"(?i)(hour|honest|heir)", noun)
    return f"{'an' if vowel or silent else 'a'} {noun}"


def listed(items: Sequence[str], word: str = "and") -> str:
    """A, B and C."""
    if not items:
        return "nobody"
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}"


def day(value: date) -> str:
    """2 March 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: Moment | datetime) -> str:
    """2 March 2026; 2 March 2026 at 17:00 for an instant."""
    if isinstance(value, Moment):
        return day(value.day) if value.whole_day else f"{day(value.day)} at {value.start:%H:%M}"
    return f"{day(value.date())} at {value:%H:%M}"


_ISO = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?: (\d\d:\d\d))?(?![\w-])")


def long_dates(words: str) -> str:
    """Words with every date in them in its long form: by 2 March 2026."""
    def said(match: re.Match[str]) -> str:
        try:
            found = day(date(int(match[1]), int(match[2]), int(match[3])))
        except ValueError:
            return match.group()
        return f"{found} at {match[4]}" if match[4] else found

    return _ISO.sub(said, words)


def money(value: Money) -> str:
    """EUR 250,000: the currency first, as contracts write it."""
    return f"{value.currency} {value.amount:,f}"


def sentence(words: str) -> str:
    """Words as a sentence: a capital first, a full stop last; one that is a sentence already stays as it is."""
    said = " ".join(words.split())
    if not said:
        return ""
    first = 1 if said[0] == "“" and len(said) > 1 else 0
    said = said[:first] + said[first].upper() + said[first + 1 :]
    return said if re.search("[.:!?]”?$", said) else f"{said}."
