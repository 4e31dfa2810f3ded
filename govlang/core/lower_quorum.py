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
    Expr,
    Fact,
    Literal,
    all_of,
    any_of,
    at_least,
    choose,
    negate,
    plus,
)
from govlang.core.lower_conditions import ZERO
from govlang.core.rules import Every, Leaf, Tree, Want
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
    needed_first = quorum(low, quorums, who)
    if isinstance(tree, Leaf):
        settled = any_of(negate(Fact(k.InMeeting(who.scope))), needed_first.met, needed_first.failed)
        tree = replace(tree, failed=all_of(tree.failed, settled))
    return Every((needed_first, tree), citation=low.agreement.cite(quorums[0]))


def quorum(low: Lowering, quorums: tuple[n.Quorum, ...], who: k.Electorate) -> Leaf:
    """The quorum in force: the one for so many reconvened meetings if such a one applies, else the ordinary one."""
    plain = k.Electorate(who.item, replace(who.scope, casting=None), who.body, votes=True)
    met: Expr = TRUE
    failed: Expr = FALSE
    goal: Expr = ZERO
    amount: Expr = ZERO
    first = quorums[0]
    for item in sorted(quorums, key=lambda each: each.reconvened):
        one_met, one_failed, one_goal, one_amount = _quorum_of(item, plain)
        applies = at_least(Fact(k.Reconvened()), Literal(Fraction(item.reconvened))) if item.reconvened else TRUE
        met, failed = choose(applies, one_met, met), choose(applies, one_failed, failed)
        goal, amount = (one_goal, one_amount) if not item.reconvened else (goal, amount)
    phrase = f"members to make the quorum of {low.agreement.wording(who.item)}"
    if first.kind == "present":
        phrase = f"members present to make the quorum of {low.agreement.wording(who.item)}, or a vote outside a meeting"
    want = Want("ballots", phrase, amount, plain,
                Fact(k.Instant(n.Anchor("closing"), who.scope)), choice="any")  # fmt: skip
    evidence = (k.Attendance(plain, first.kind), k.Tally(plain, "members"))
    return low.leaf(first, "quorum", met, failed, wants=(want,), electorate=plain, bar=goal, op=">=", evidence=evidence)


def _quorum_of(item: n.Quorum, who: k.Electorate) -> tuple[Expr, Expr, Expr, Expr]:
    if item.size is None:
        return TRUE, FALSE, ZERO, ZERO
    goal = bar(item.size, who, "")
    if item.rounding:
        goal = Arithmetic(item.rounding, (goal,))
    have = Fact(k.Attendance(who, item.kind))
    may = plus(have, Fact(k.Attendance(who, item.kind, still_open=True)))
    met, failed = at_least(have, goal), negate(at_least(may, goal))
    amount = Arithmetic("up", (plus(goal, Arithmetic("*", (Literal(Fraction(-1)), have))),))
    if item.kind == "present":
        in_meeting = Fact(k.InMeeting(who.scope))
        met, failed = any_of(negate(in_meeting), met), all_of(in_meeting, failed)
    return met, failed, goal, amount
