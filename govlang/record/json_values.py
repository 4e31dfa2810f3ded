"""Values in JSON and the literals they stand for.

In: a JSON value and, where it is known, the type it should have. Out: a `Literal`, or `BadJson`. And back. A plain string is
read as its type says ("50,000 EUR" for money); a value can also say itself what it is: {"amount": "50000", "currency":
"EUR"}, {"name": "Helios"}, {"names": [...]}, {"word": "minor"}, {"date": "2026-03-31"}, {"percent": "40"},
{"duration": "30 days"}, {"text": "..."}.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from sys import intern

from govlang.frozen import replace
from govlang.record.strict_json import BadJson, Place, Value
from govlang.source import NOWHERE
from govlang.syntax import literals, nodes as n
from govlang.syntax.literals import BadLiteral, PlacedError

WORD = re.compile(r"[^\W\d_][^\W_]*(?:-[^\W_]+)*\Z")
_MONEY = re.compile(r"\d[\d,]*(?:\.\d+)? [A-Z]{3}\Z")
_PLAIN_MONEY = re.compile(r"\d+(?:\.\d+)?\Z")
_PERCENT = re.compile(r"\d[\d,]*(?:\.\d+)?%\Z")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?\Z")
_DURATION = re.compile(r"(\d{1,9}) (hour|day|working day|week|month|year)s?\Z")
_NAMES = ("name", "party", "person", "role", "body", "decision", "dispute")
_LISTS = ("parties", "persons")
_TAGS = ("name", "names", "word", "date", "percent", "duration", "text", "number")


def name(text: Value, what: str, place: Place | None = None) -> n.Name:
    """A name: a text that is not empty and has no backquote, since a minute book could not hold it."""
    if not isinstance(text, str) or not text.strip():
        raise BadJson(f"{what} should be a name in quotes", 'write a name, such as "Ana Ruiz"', key=what)
    if "`" in text:
        raise BadJson(f"{what} holds a backquote", "leave the backquotes out: a name in JSON needs none", key=what)
    return n.Name(intern(" ".join(text.split())), span=place.words(text) if place else NOWHERE)


def moment(text: Value, what: str) -> n.Moment:
    """A day or an instant, as written in a minute book."""
    if not isinstance(text, str):
        raise BadJson(f"{what} should be a date in quotes", 'write a date, such as "2026-03-31" or "2026-03-31 14:00"',
                      key=what)  # fmt: skip
    try:
        return literals.moment(text.strip())
    except BadLiteral as error:
        raise BadJson(error.message, error.hint, code=error.code, key=what) from None


def literal(value: Value, what: str, kind: n.TypeRef | None, place: Place | None = None) -> n.Literal:
    """A value as a literal. One that is not of its type is still a literal, so that the message can say what it should be."""
    span = place.key(what) if place else NOWHERE
    try:
        return replace(_literal(value, what, kind, place), span=span)
    except PlacedError as error:
        raise BadJson(f"{what}: {error.cause.message}", error.cause.hint, code=error.cause.code, key=what) from None
    except BadLiteral as error:
        raise BadJson(f"{what}: {error.message}", error.hint, code=error.code, key=what) from None


def _literal(value: Value, what: str, kind: n.TypeRef | None, place: Place | None) -> n.Literal:
    if isinstance(value, bool):
        return n.Literal("yesno", value)
    if isinstance(value, int | Decimal):
        if value < 0:
            raise BadJson(f"{what} is below zero", "write an amount or number of zero or more", key=what)
        return n.Literal("number", Fraction(value))
    if isinstance(value, str):
        return _from_text(value.strip(), kind.kind if kind else "text", what, place)
    if isinstance(value, list):
        return n.Literal("names", tuple(name(item, what, place) for item in value))
    if isinstance(value, dict):
        return _tagged(value, what, place)
    raise BadJson(f"{what} is null", "leave the fact out if its value is not known", key=what)


def _from_text(text: str, kind: str, what: str, place: Place | None) -> n.Literal:
    plain = n.Literal("text", text)
    if kind in _NAMES:
        return n.Literal("name", name(text, what, place))
    if kind in _LISTS:
        return n.Literal("names", (name(text, what, place),))
    if kind == "choice":
        return n.Literal("word", text)
    if kind == "money" and _MONEY.match(text):
        return n.Literal("money", literals.money(text))
    if kind == "percent" and _PERCENT.match(text):
        return n.Literal("percent", literals.percent(text))
    if kind == "number" and _NUMBER.match(text):
        return n.Literal("number", literals.number(text))
    if kind == "date":
        return n.Literal("date", literals.moment(text))
    if kind == "duration" and (found := _DURATION.match(text)):
        return n.Literal("duration", n.Duration(int(found.group(1)), f"{found.group(2)}s"))
    return plain


def _tagged(value: dict[str, Value], what: str, place: Place | None) -> n.Literal:
    if value.keys() == {"amount", "currency"}:
        amount, currency = value["amount"], value["currency"]
        if isinstance(amount, int) and not isinstance(amount, bool):
            amount = str(amount)
        if not isinstance(amount, str) or not _PLAIN_MONEY.match(amount) or not isinstance(currency, str):
            raise BadJson(f"{what} is not an amount of money", 'write {"amount": "50000", "currency": "EUR"}', key=what)
        return n.Literal("money", n.Money(Decimal(amount), currency))
    if len(value) == 1:
        tag, inner = next(iter(value.items()))
        if tag == "names" and isinstance(inner, list):
            return n.Literal("names", tuple(name(item, what, place) for item in inner))
        if tag in _TAGS and isinstance(inner, str):
            text = f"{inner}%" if tag == "percent" else inner
            kind = {"word": "choice"}.get(tag, tag)
            found = _from_text(text, kind, what, place)
            if found.kind == tag:
                return found
    raise BadJson(f"{what} is an object of a kind that is not known",
                  f'write a plain value, {{"amount": ..., "currency": ...}}, or one of: {", ".join(_TAGS)}', key=what)  # fmt: skip


def plain(value: n.Literal) -> Value:
    """A literal as JSON that says itself what it is, so that it reads back as the same literal without any agreement."""
    inner = value.value
    match inner:
        case bool():
            return inner
        case n.Money(amount, currency):
            return {"amount": f"{amount:f}", "currency": currency}
        case n.Name(text):
            return {"name": text}
        case n.Moment():
            return {"date": moment_text(inner)}
        case n.Duration():
            return {"duration": str(inner)}
        case tuple():
            return {"names": [item.text for item in inner]}
        case Fraction() if value.kind == "percent":
            return {"percent": decimal_text(inner * 100)}
        case Fraction():
            return int(inner) if inner.denominator == 1 else Decimal(decimal_text(inner))
        case _:
            return {"word": inner} if value.kind == "word" else inner


def decimal_text(value: Fraction) -> str:
    """A fraction with a finite decimal expansion, in full: no exponent, no rounding."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole = str(abs(int(value * 10**digits))).rjust(digits + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole)


def moment_text(at: n.Moment) -> str:
    """A day or instant as a minute book writes it, seconds and offset from UTC only where they were given."""
    if at.whole_day:
        return at.day.isoformat()
    text = at.start.isoformat(sep=" ", timespec="seconds" if at.start.second else "minutes")
    if at.zone_minutes is None:
        return text
    if at.zone_minutes == 0:
        return f"{text} Z"
    hours, minutes = divmod(abs(at.zone_minutes), 60)
    return f"{text} {'-' if at.zone_minutes < 0 else '+'}{hours:02d}:{minutes:02d}"
