"""What a quorum means: who must be present, or take part, before a vote counts.

In: quorum lines of a decision or body and the electorate of a vote. Out: a requirement beside the vote. Part of lowering;
see `core.lower`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.core import keys as k
from govlang.core.expr import (
    FALSE,
    TRUE,
    Arithmetic,
    Compare,
    Expr,
    Fact,
    Literal,
    all_of,
    any_of,
    at_least,
    minus,
    negate,
    plus,
)
from govlang.core.lower_conditions import ONE
from govlang.core.rules import Branch, Every, Leaf, Pick, Tree, Want, failed, met
from govlang.frozen import replace
from govlang.model.nodes import Scope
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.core.lower import Lowering
from govlang.core.lower_tallies import bar


def with_quorum(low: Lowering, tree: Tree, who: k.Electorate, scope: Scope) -> Tree:
    """A vote of a body together with the quorum it needs: the decision's own, or else the body's.

    In a meeting without a quorum no vote can be taken, so nothing is lost there: the meeting may be called again.
    """
    quorums = scope.quorums or (low.agreement.bodies[who.body].quorums if who.body else ())
    if not quorums:
        return tree
    first = quorum(low, quorums, who)
    if isinstance(tree, Leaf):
        settled = any_of(negate(Fact(k.InMeeting(who.scope, who.body))), met(first), failed(first))
        tree = replace(tree, failed=all_of(tree.failed, settled))
    return Every((first, tree), citation=low.agreement.cite(quorums[0]))


def quorum(low: Lowering, quorums: tuple[n.Quorum, ...], who: k.Electorate) -> Tree:
    """The quorum in force: the one for so many reconvened meetings if such a one applies, else the ordinary one."""
    plain = k.Electorate(who.item, replace(who.scope, casting=None), who.body, votes=True)
    if len(quorums) == 1 and not quorums[0].reconvened:
        return quorum_of(low, quorums[0], plain)
    branches = []
    for item in sorted(quorums, key=lambda each: -each.reconvened):
        condition: Expr = TRUE
        label = "otherwise"
        if item.reconvened:
            condition = at_least(Fact(k.Reconvened()), Literal(Fraction(item.reconvened)))
            label = "when the meeting is reconvened" + (f" {item.reconvened} times" if item.reconvened > 1 else "")
        branches.append(Branch(condition, label, quorum_of(low, item, plain), low.agreement.cite(item)))
    if branches[-1].condition != TRUE:
        branches.append(Branch(TRUE, "otherwise", Every(()), branches[0].citation))
    return Pick(tuple(branches), branches[-1].citation)


def quorum_of(low: Lowering, item: n.Quorum, who: k.Electorate) -> Leaf:
    """One quorum line: so many present at the meeting, or taking part in a vote outside one."""
    if item.size is None:
        return low.leaf(item, "quorum", TRUE, FALSE)
    goal = bar(item.size, who, "")
    if item.rounding:
        goal = Arithmetic(item.rounding, (goal,))
    have = Fact(k.Attendance(who, item.kind))
    may = plus(have, Fact(k.Attendance(who, item.kind, still_open=True)))
    reached: Expr = Compare(item.op, have, goal)
    lost: Expr = negate(Compare(item.op, may, goal))
    short = minus(goal, have)
    amount = Arithmetic("up", (short,)) if item.op == ">=" else plus(Arithmetic("down", (short,)), ONE)
    if item.kind == "present":
        in_meeting = Fact(k.InMeeting(who.scope, who.body))
        reached, lost = any_of(negate(in_meeting), reached), all_of(in_meeting, lost)
    phrase = f"members to make the quorum of {low.agreement.wording(who.item)}"
    if item.kind == "present":
        phrase = f"members present to make the quorum of {low.agreement.wording(who.item)}, or a vote outside a meeting"
    want = Want("ballots", phrase, amount, who, Fact(k.Instant(n.Anchor("closing"), who.scope)), choice="any")
    evidence = (k.Attendance(who, item.kind), k.Tally(who, "members"))
    return low.leaf(
        item, "quorum", reached, lost, wants=(want,), electorate=who, bar=goal, op=item.op, evidence=evidence
    )
