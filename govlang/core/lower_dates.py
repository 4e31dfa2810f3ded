"""What comparisons of dates with what happened mean: so many days after, before, within.

In: `At` and `Apart` conditions of the syntax. Out: expressions over instants and deadlines, what is missing, and what shows
the date. Whole days are compared by the day. Part of lowering; see `core.lower`.

*At least N days after E* is reached when the N-th day after E begins, *more than N days* when it is over; *at most* and *fewer
than* are the opposites. *Before* says the same of the two the other way round. *Within* is at most, and not before E.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.core import keys as k, lower_conditions
from govlang.core.expr import TRUE, Compare, Expr, Fact, Known, all_of, any_of, negate
from govlang.core.rules import Want
from govlang.frozen import parts
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.core.lower import Lowering

_SAME_DAY = n.Duration(0, "days")


def day_of(low: Lowering, anchor: n.Anchor) -> Expr:
    """The day of something that happened, as a date."""
    return Fact(k.Deadline(k.Instant(anchor, low.decision.block.scope), _SAME_DAY, False))


def anchor_of(node: n.Operand) -> n.Anchor:
    """What happened on a date: a fact that gives the date, or an event."""
    if isinstance(node, n.At):
        return node.anchor
    name = node.name if isinstance(node, n.FactRef) else ""
    return n.Anchor("proposed") if name == "proposed-on" else n.Anchor("act", name)


def _sides(node: n.Apart) -> tuple[n.Anchor, n.Anchor]:
    """The later one, and the earlier one that the period is counted from."""
    left = anchor_of(node.left)
    return (left, node.anchor) if node.order == "after" else (node.anchor, left)


def _bound(low: Lowering, node: n.Apart) -> k.Deadline:
    through = node.op in ("<=", "within", ">")
    return k.Deadline(k.Instant(_sides(node)[1], low.decision.block.scope), node.duration, through)


def _when(low: Lowering, anchor: n.Anchor, node: n.Apart) -> Expr:
    """The later side, to its day; to the instant, where hours are counted."""
    if node.duration.unit == "hours":
        return Fact(k.Instant(anchor, low.decision.block.scope))
    return day_of(low, anchor)


def apart(low: Lowering, node: n.Apart) -> Expr:
    """Whether a date lies so far from what happened."""
    later, earlier = _sides(node)
    sign = {">=": ">=", ">": ">=", "<=": "<", "<": "<", "within": "<"}[node.op]
    near = Compare(sign, _when(low, later, node), Fact(_bound(low, node)))
    if node.op == "within":
        return all_of(_not_too_soon(low, later, earlier), Compare(">=", _when(low, later, node), _when(low, earlier, node)), near)
    return all_of(_not_too_soon(low, later, earlier), near) if sign == ">=" else near


def _not_too_soon(low: Lowering, later: n.Anchor, earlier: n.Anchor) -> Expr:
    """What has not happened by the end of a day can no longer have happened before it: whatever was to follow it came too soon.
    Of a date that is not known yet, nothing follows."""
    given = low.decision.facts.get(root(earlier).act)
    waits = given.type.kind == "decision" if given is not None else earlier.kind in ("act", "decision of")
    if root(earlier) is not earlier or not waits:
        return TRUE
    scope = low.decision.block.scope
    passed = Fact(k.Deadline(k.Instant(later, scope), _SAME_DAY, True))
    named: Expr = Known(Fact(k.Given(earlier.act))) if given is not None else TRUE
    return any_of(Known(Fact(k.Instant(earlier, scope))), negate(named), Compare("<", lower_conditions.now(), passed))


def wants(low: Lowering, condition: n.Condition) -> Iterator[Want]:
    """What would make it hold: days that are missing, events that have not happened."""
    for node in _in_order(condition):
        anchors: tuple[n.Anchor, ...] = ()
        if isinstance(node, n.Apart):
            later, earlier = _sides(node)
            anchors = (later, earlier)
            if node.op in (">=", ">"):
                words = low.agreement.wording(node)
                yield Want("time", words, until=Fact(_bound(low, node)), since=_when(low, later, node),
                           unit=node.duration.unit, when=negate(apart(low, node)))  # fmt: skip
        elif isinstance(node, n.At):
            anchors = (node.anchor,)
        for anchor in anchors:
            if root(anchor).act not in low.decision.facts and anchor.kind != "proposed":
                begun = Known(Fact(k.Instant(anchor, low.decision.block.scope)))
                yield Want("record", f"the {lower_conditions.anchored(root(anchor))}".replace("the the", "the"), when=negate(begun))


def _in_order(condition: n.Condition) -> list[n.Apart | n.At]:
    found = [node for node in parts(condition) if isinstance(node, n.Apart | n.At)]
    return sorted(found, key=lambda node: (node.span.start, node.span.end))


def root(anchor: n.Anchor) -> n.Anchor:
    """What must happen first, for something that is so much later than it."""
    return root(anchor.of) if anchor.of is not None else anchor


def evidence(low: Lowering, condition: n.Condition) -> Iterator[k.Key]:
    """The dates that it comes down to."""
    for node in _in_order(condition):
        if isinstance(node, n.Apart):
            yield from (k.Instant(each, low.decision.block.scope) for each in _sides(node) if not _shown(low, each))
            yield _bound(low, node)
        elif isinstance(node, n.At):
            yield k.Instant(node.anchor, low.decision.block.scope)


def _shown(low: Lowering, anchor: n.Anchor) -> bool:
    """Whether it is shown already: as a fact of the proposal, or since it is the date as written."""
    return anchor.act in low.decision.facts or anchor.kind == "date"


def follows(requirement: n.Requirement) -> bool:
    """Whether a requirement is counted from the decision itself."""
    window = getattr(requirement, "window", None)
    anchor = getattr(requirement, "anchor", None) or (window.anchor if window is not None else None)
    if anchor is not None:
        return root(anchor).kind == "decision"
    if not isinstance(requirement, n.Where):
        return False
    return any(isinstance(node, n.Anchor) and node.kind == "decision" for node in parts(requirement.condition))


def term(low: Lowering) -> tuple[n.Node | None, k.InTerm, str]:
    """The condition of time that every decision is under: the term of the agreement, and how long after it the decision
    survives."""
    survives = next((item for item in low.decision.block.statements if isinstance(item, n.SurvivesEnd)), None)
    if survives is None:
        return None, k.InTerm(), "within the term of the agreement"
    if survives.duration is None:
        return survives, k.InTerm(always=True), "within the term of the agreement, or after it"
    words = f"within the term of the agreement, or {survives.duration} after it"
    return survives, k.InTerm(survives.duration), words


__all__ = ["apart", "day_of", "evidence", "follows", "term", "wants"]
