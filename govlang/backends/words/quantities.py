"""How many: numbers and shares that a text gives outside of votes (of seats, of those who attend a review) in words.

In: quantities of the syntax. Out: noun phrases. Those of votes are said from the expressions that decide.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from govlang.backends.words import english
from govlang.backends.words.groups import literal, plain
from govlang.backends.words.voice import Voice
from govlang.syntax import nodes as n

_BASES = {
    "all members": "all members", "other members": "the other members", "members present": "the members present",
    "votes cast": "the votes cast", "votes cast without abstentions": "the votes cast without abstentions",
    "fixed seats": "the seats",
}  # fmt: skip


def quantity(size: n.Quantity) -> str:
    """A number, or a share of something: two, one third of the seats, the square root of all members."""
    match size:
        case n.Base(kind):
            return _BASES[kind]
        case n.Count(value):
            return english.number(value)
        case n.Share(value):
            return english.share(value)
        case n.ShareOf(share, of):
            return f"{english.share_of(share)} {quantity(of)}"
        case n.FactShare(fact, of):
            return f"the {plain(fact)} of {quantity(of)}"
        case n.Root(of):
            return f"the square root of {quantity(of)}"
        case n.Times(factor, of):
            return f"{english.number(factor)} times {quantity(of)}"
        case n.Sum(left, right, sign):
            return f"{quantity(left)} {'plus' if sign > 0 else 'minus'} {quantity(right)}"
        case n.Extreme(left, right, larger):
            return f"the {'larger' if larger else 'smaller'} of {quantity(left)} and {quantity(right)}"
        case _:
            assert_never(size)


def attendance(voice: Voice, quorum: n.Quorum, attended: n.Group | None) -> str:
    """How many of those who belong there must be there: at least two thirds of the Directors attend."""
    among = voice.groups.among(attended) if attended is not None else "those who attend it"
    bound = "more than" if quorum.op == ">" else "at least"
    match quorum.size:
        case None:
            return "anybody attends"
        case n.Count(value):
            return f"{bound} {english.number(value)} of {among} {'attends' if value == 1 and bound == 'at least' else 'attend'}"
        case n.ShareOf(share, n.Base("fixed seats")):
            return f"{bound} {english.share_of(share)} the seats of {among} are represented"
        case n.ShareOf(share, _) | n.Share(share):
            return f"{bound} {english.share_of(share)} {among} attend"
        case _:
            return f"all of {among} attend"


def value(item: n.Literal) -> str:
    """A value as its kind is read: a percentage as such."""
    if item.kind == "percent" and isinstance(item.value, Fraction):
        return percent(item.value)
    if isinstance(item.value, Fraction) and item.value.denominator == 1:
        return f"{item.value.numerator:,}"  # an amount, which is no year
    return literal(item.value)


def percent(share: Fraction) -> str:
    """A share as a percentage: 40%."""
    return f"{english.figure(share * 100)}%"
