"""Literals against types: what a written value is worth as an amount, a share, a date, a name.

In: a literal of the syntax and the type it should have. Out: the value that facts hold, or `BAD` and a diagnostic.
Numbers and percentages are `Fraction`, money is `Money`, dates are `datetime` at midnight, names and choices are text.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from govlang.source import read_bytes
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from govlang.model.resolve import Resolver

BAD = object()

# Facts that every proposal has: the day it was proposed, how it is voted on, who proposed it.
BUILT_IN = {
    "proposed-on": n.TypeRef("date"),
    "mode": n.TypeRef("choice", ("meeting", "written", "circulation")),
    "proposer": n.TypeRef("name"),
}

# What a misspelt word in the quorum of a body is likeliest to mean.
SHARES = ("half", "majority", "members", "votes")

# What can be more or less than another of its kind.
ORDERED = frozenset({"money", "number", "percent", "date", "duration"})

ANYWHERE_ON_EARTH = ("AoE", "Anywhere")

# ISO 4217:2015 alphabetic codes in use, funds and metals included.
CURRENCIES = frozenset(
    """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE
    CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ
    GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL
    LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD
    TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU
    XTS XUA XXX YER ZAR ZMW ZWG ZWL""".split()
)

WORDS = {
    "money": "an amount such as 50,000 EUR", "number": "a number", "percent": "a percentage such as 55%",
    "text": 'text in "quotes"', "date": "a date such as 2026-03-31", "yesno": "yes or no", "duration": "a period such as "
    "30 days", "party": "the name of a party", "person": "the name of a person", "role": "the name of a role",
    "body": "the name of a body", "parties": "names of parties", "persons": "names of persons",
    "decision": "the name of a proposal", "dispute": "the name of a dispute", "name": "a name",
    "word": "a word such as research", "label": "a name or a word",
}  # fmt: skip


def describe(kind: n.TypeRef) -> str:
    """A type in words."""
    return f"one of {', '.join(kind.choices)}" if kind.kind == "choice" else WORDS[kind.kind]


@cache
def zone(name: str) -> ZoneInfo | None:
    """A time zone by its IANA name; None for Anywhere on Earth, which is UTC-12. Raises KeyError for an unknown name."""
    if name in ANYWHERE_ON_EARTH:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise KeyError(name) from None


def _on_disk(name: str) -> bool:
    """Whether the system's own table has a zone, where Python would look first: loading `zoneinfo` only to hear this takes longer
    than the rest of the check. False says nothing."""
    plain = all(part and part.replace("_", "").replace("-", "").isalpha() for part in name.split("/"))
    if "PYTHONTZPATH" in os.environ or not plain:
        return False
    try:
        return read_bytes(f"/usr/share/zoneinfo/{name}")[:4] == b"TZif"
    except (OSError, ValueError):
        return False


def check_header(resolver: Resolver, header: n.Header) -> None:
    """GL203, GL204 and GL205 for the agreement clause."""
    if header.currency is not None and header.currency.text not in CURRENCIES:
        resolver.report(
            "GL203", f"'{header.currency.text}' is not a currency code", header.currency.span,
            "use the three letters of ISO 4217, such as EUR, USD or CHF",
        )  # fmt: skip
    if header.time_zone is not None:
        try:
            _ = _on_disk(header.time_zone.text) or zone(header.time_zone.text)
        except KeyError:
            resolver.report(
                "GL204", f"'{header.time_zone.text}' is not a time zone", header.time_zone.span,
                "use an IANA name such as Europe/Zurich, or AoE for Anywhere on Earth",
            )  # fmt: skip
    if header.effective and header.until and header.until.day < header.effective.day:
        resolver.report("GL205", "the agreement ends before it takes effect", header.span, "swap the two dates")


def plain(literal: n.Literal) -> object:
    """A literal's value as facts hold it."""
    match literal.value:
        case n.Name(text):
            return text
        case n.Moment():
            return literal.value.start
        case tuple():
            return tuple(name.text for name in literal.value)
        case _:
            return literal.value


def typed(resolver: Resolver, literal: n.Literal, kind: n.TypeRef, name: str) -> object:
    """A literal's value as the type says, or BAD with GL201, GL202 or GL203."""
    problem = mismatch(literal, kind, resolver.header)
    if problem is not None:
        code, message, hint = problem
        resolver.report(code, message.format(name=name), literal.span, hint)
        return BAD
    return plain(literal)


def mismatch(literal: n.Literal, kind: n.TypeRef, header: n.Header | None) -> tuple[str, str, str] | None:
    """Why a literal is not of a type: code, message (with {name}), hint; None when it is."""
    fits = {
        "yesno": ("yesno",), "name": ("name",), "party": ("name",), "person": ("name",), "role": ("name",),
        "body": ("name",), "decision": ("name",), "dispute": ("name",), "parties": ("name", "names"), "persons": ("name", "names"),
        "choice": ("word",), "money": ("money",), "number": ("number",), "percent": ("percent",), "text": ("text",),
        "date": ("date",), "duration": ("duration",), "word": ("word",), "label": ("name", "word", "text"),
    }[kind.kind]  # fmt: skip
    if literal.kind not in fits:
        return "GL201", "{name} should be " + describe(kind), f"write {describe(kind)}"
    if kind.kind == "choice" and literal.value not in kind.choices:
        return "GL201", f"'{literal.value}' is not a value of {{name}}", f"write {describe(kind)}"
    if isinstance(literal.value, n.Money):
        return wrong_currency(literal.value, header)
    return None


def wrong_currency(money: n.Money, header: n.Header | None) -> tuple[str, str, str] | None:
    """GL203 for a code that is no currency, GL202 for another currency than the agreement's."""
    if money.currency not in CURRENCIES:
        return "GL203", f"'{money.currency}' is not a currency code", "use the three letters of ISO 4217"
    if header is not None and header.currency is not None and money.currency != header.currency.text:
        own = header.currency.text
        return "GL202", f"this amount is in {money.currency}, the agreement's currency is {own}", f"state it in {own}"
    return None


def quantity_facts(quantity: n.Quantity | None) -> tuple[str, ...]:
    """The facts that a quantity takes its shares from."""
    match quantity:
        case n.FactShare(fact, of):
            return (fact, *quantity_facts(of))
        case n.ShareOf(_, of) | n.Times(_, of) | n.Root(of):
            return quantity_facts(of)
        case n.Sum(left, right) | n.Extreme(left, right):
            return quantity_facts(left) + quantity_facts(right)
        case _:
            return ()
