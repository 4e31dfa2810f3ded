"""Tallies and quantities as expressions: what a vote is counted over.

In: quantities and bases of the syntax, and an electorate. Out: expressions over tallies. Part of lowering; see `core.lower`.
"""

from __future__ import annotations

from fractions import Fraction

from govlang.core import keys as k
from govlang.core.expr import (
    Arithmetic,
    Expr,
    Fact,
    Literal,
    above,
    any_of,
    plus,
)
from govlang.core.lower_conditions import ZERO
from govlang.model.nodes import Scope
from govlang.syntax import nodes as n

_CAST = {
    "votes cast": ("for", "against", "abstaining", "open"),
    "votes cast without abstentions": ("for", "against", "open"),
}
_FIXED = {"all members": "members", "other members": "other members", "fixed seats": "fixed seats",
          "members present": "may be present"}  # fmt: skip


def tally(who: k.Electorate, measure: str, weight: str = "") -> Expr:
    """A tally as an expression."""
    return Fact(k.Tally(who, measure, weight))


def bar(quantity: n.Quantity, who: k.Electorate, weight: str) -> Expr:
    """A quantity as an expression over the tallies of an electorate."""
    match quantity:
        case n.Base(kind):
            if kind in _FIXED:
                return tally(who, _FIXED[kind], weight)
            return plus(*(tally(who, measure, weight) for measure in _CAST[kind]))
        case n.Count(value):
            return Literal(value)
        case n.Share(value):
            return Arithmetic("*", (Literal(value), tally(who, "members", weight)))
        case n.FactShare(fact, of):
            return Arithmetic("*", (Fact(k.Given(fact)), bar(of, who, weight)))
        case n.ShareOf(share, of):
            return Arithmetic("*", (Literal(share), bar(of, who, weight)))
        case n.Times(factor, of):
            return Arithmetic("*", (Literal(factor), bar(of, who, weight)))
        case n.Root(of):
            return Arithmetic("root", (bar(of, who, weight),))
        case n.Sum(left, right, sign):
            term = bar(right, who, weight)
            return plus(bar(left, who, weight), Arithmetic("*", (Literal(Fraction(sign)), term)))
        case n.Extreme(left, right, larger):
            return Arithmetic("larger" if larger else "smaller", (bar(left, who, weight), bar(right, who, weight)))


def someone_votes(who: k.Electorate, scope: Scope) -> Expr:
    """Whether failure can be final: an electorate without members may still get some until voting closes."""
    return any_of(above(tally(who, "members"), ZERO), Fact(k.Closed(scope)))
