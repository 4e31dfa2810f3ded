"""What conditions on facts mean, and what instants and deadlines stand for.

In: condition nodes of the syntax. Out: expressions over facts. Part of lowering; see `core.lower`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.core import keys as k, lower_dates
from govlang.core.expr import Arithmetic, Compare, Expr, Fact, Known, Literal, OneOf, Value, all_of, any_of, negate
from govlang.core.rules import Want
from govlang.model.nodes import Scope
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.core.lower import Lowering


def condition(low: Lowering, node: n.Condition) -> Expr:
    """A condition as an expression; unknown while one of its facts is."""
    match node:
        case n.Compare(op, n.FactRef(fact), n.Literal("word", str() as word)) if _type(low, fact) == "dispute":
            holds = Fact(k.OfDispute(word, "", fact))
            return holds if op == "=" else negate(holds)
        case n.Compare(op, left, right):
            return Compare(op, operand(low, left), operand(low, right))
        case n.AtStep(left, relation, step):
            return Fact(k.OfDispute(relation, step.text, left.name if isinstance(left, n.FactRef) else ""))
        case n.OneOf(left, values):
            return OneOf(operand(low, left), tuple(value(each) for each in values))
        case n.Known(n.FactRef(fact)):
            return Known(Fact(k.Given(fact, stated=True)))
        case n.Known(left):
            return Known(operand(low, left))
        case n.IsIn(left, group):
            if isinstance(left, n.FactRef) and left.name == "proposer":
                whole = n.Group((group,), span=group.span)
                return Fact(k.ProposerIn(whole, low.decision.block.scope))
            return Fact(k.FactIn(left.name if isinstance(left, n.FactRef) else "", group))
        case n.Apart():
            return lower_dates.apart(low, node)
        case n.Holds(fact):
            given = low.decision.facts.get(fact)
            if given is not None and given.type.kind == "decision":
                return Fact(k.Reference(fact))
            return Fact(k.Given(fact))
        case n.Not(item):
            return negate(condition(low, item))
        case n.And(items):
            return all_of(*(condition(low, item) for item in items))
        case n.Or(items):
            return any_of(*(condition(low, item) for item in items))


def _type(low: Lowering, fact: str) -> str:
    given = low.decision.facts.get(fact)
    return given.type.kind if given is not None else ""


def operand(low: Lowering, node: n.Operand) -> Expr:
    """One side of a comparison."""
    match node:
        case n.FactRef(name):
            return Fact(k.Given(name))
        case n.NumberOf(group):
            return Fact(k.Headcount(group))
        case n.Total():
            return Fact(k.Total(node))
        case n.ShareOfFact(share, of):
            return Arithmetic("*", (Literal(share), operand(low, of)))
        case n.At(anchor):
            return lower_dates.day_of(low, anchor)
        case n.Literal(kind, _):
            if kind == "word" and str(node.value) in low.decision.facts:
                return Fact(k.Given(str(node.value)))
            return Literal(value(node))


def value(node: n.Literal) -> Value:
    """A literal's value as facts hold it: names and words as text, dates as whole days."""
    match node.value:
        case n.Name(text):
            return text
        case n.Moment():
            return node.value.start
        case tuple():
            return tuple(name.text for name in node.value)
        case _:
            return node.value


def missing_facts(low: Lowering, node: n.Condition) -> Iterator[Want]:
    """What would make a condition known: each fact it looks at, and who determines it."""
    for name in dict.fromkeys(fact_names(node)):
        if name in low.decision.facts or name == "mode":
            yield missing_fact(low, name)


def missing_fact(low: Lowering, name: str) -> Want:
    """What would make one fact known."""
    given = low.decision.facts.get(name)
    known = Known(Fact(k.Given(name)))
    phrase = "the mode of voting: meeting, written or circulation" if given is None else f"the {name}"
    if given is not None and given.determined_by is not None:
        phrase = f"a finding of {low.agreement.wording(given.determined_by)} on {name}"
    elif given is not None and given.type.kind == "decision":
        known = Known(Fact(k.Reference(name)))
        phrase = f"the outcome of {name}"
    return Want("record", phrase, when=negate(known))


def unnamed(low: Lowering, node: n.Condition) -> Iterator[Want]:
    """What a requirement lacks that rests on another proposal and names none, though it could have: without it, it has failed."""
    if isinstance(node, n.And):
        for item in node.items:
            yield from unnamed(low, item)
    given = low.decision.facts.get(node.fact) if isinstance(node, n.Holds) else None
    if given is None or not given.optional or given.type.kind != "decision":
        return
    kind = f": a proposal of {given.type.target.text} that was taken" if given.type.target is not None else ""
    yield Want("record", f"the {given.name}{kind}", when=negate(Known(Fact(k.Given(given.name)))))


def keys_of(low: Lowering, node: n.Condition) -> Iterator[k.Key]:
    """The facts a condition looks at, as evidence: each fact, or the outcome of the proposal it names."""
    for name in dict.fromkeys(fact_names(node)):
        given = low.decision.facts.get(name)
        if given is not None:
            yield k.Reference(name) if given.type.kind == "decision" else k.Given(name)


def counted(node: object) -> Iterator[k.Key]:
    """The figures a condition looks at that are counted from the record: totals and head counts."""
    match node:
        case n.Total():
            yield k.Total(node)
        case n.NumberOf(group):
            yield k.Headcount(group)
        case n.Compare(_, left, right):
            yield from counted(left)
            yield from counted(right)
        case n.OneOf(item, _) | n.Not(item):
            yield from counted(item)
        case n.And(items) | n.Or(items):
            for item in items:
                yield from counted(item)
        case _:
            return


def fact_names(node: object) -> Iterator[str]:
    """The names of the facts a condition looks at, in the order of the text."""
    match node:
        case n.FactRef(name) | n.Holds(name):
            yield name
        case n.ShareOfFact(_, of):
            yield from fact_names(of)
        case n.Total(name, per, _):
            yield name
            if per:
                yield per
        case n.Compare(_, left, right):
            yield from fact_names(left)
            yield from fact_names(right)
        case n.OneOf(left, _) | n.Known(left) | n.AtStep(left):
            yield from fact_names(left)
        case n.IsIn(left, group):
            yield from fact_names(left)
            yield from fact_names(group)
        case n.GroupItem(base, _, _, excluded):
            yield from fact_names(base)
            yield from fact_names(excluded)
        case n.Apart(left, _, _, _, anchor):
            yield from fact_names(left)
            yield from fact_names(anchor)
        case n.Anchor("act", act):
            yield act
        case n.Anchor("later"):
            yield from fact_names(node.of)
        case n.GroupBase("fact" | "of", _, fact):
            yield fact
        case n.Not(item):
            yield from fact_names(item)
        case n.Group(members):
            for member in members:
                yield from fact_names(member)
        case n.And(items) | n.Or(items):
            for item in items:
                yield from fact_names(item)
        case n.NumberOf(group):
            yield from fact_names(group)
        case n.Literal("word", text) if isinstance(text, str):
            yield text
        case _:
            return


def anchored(anchor: n.Anchor) -> str:
    """What a period is counted from, in words."""
    if anchor.kind == "raised":
        return "raising of the dispute"
    if anchor.kind == "step decided":
        return f"decision in {anchor.act}"
    if anchor.kind == "step over":
        return f"the end of {anchor.act}"
    match anchor.kind:
        case "decision of":
            return f"decision {anchor.act}"
        case "later" if anchor.of is not None:
            return f"{anchor.duration} after {anchored(anchor.of)}"
        case "date":
            return str(anchor.moment)
        case "start" | "end":
            return f"the {anchor.kind}"
        case "proposed":
            return "proposal"
        case _:
            return anchor.act or anchor.kind


def now() -> Expr:
    """The instant asked about."""
    return Fact(k.Now())


def deadline(anchor: n.Anchor, duration: n.Duration, scope: Scope, through: bool) -> Expr:
    """The instant a period after an anchor; `through` runs to the end of the last day, otherwise to its beginning."""
    return Fact(k.Deadline(k.Instant(anchor, scope), duration, through))


ONE, ZERO = Literal(Fraction(1)), Literal(Fraction(0))
