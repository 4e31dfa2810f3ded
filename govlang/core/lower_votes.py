"""What votes mean: thresholds, majorities, unanimity, approvals, quorums, casting votes, distinct approvers.

In: vote requirements of the syntax and the scope they stand in. Out: requirement trees. Part of lowering; see `core.lower`.

A tally that can only grow has a least and a greatest final value: what is on record, and that plus every ballot still open.
A test `tally op bar` is met when it holds for the worse of the two, and failed when it does not hold even for the better.
Bases made of votes cast count the open ballots in: the worst case for a vote is that every open ballot is cast against,
the best that every one is cast for, and both enlarge the base alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.core import keys as k, lower_quorum, lower_silence
from govlang.core.expr import (
    TRUE,
    Arithmetic,
    Compare,
    Expr,
    Fact,
    Known,
    Literal,
    above,
    all_of,
    any_of,
    at_least,
    minus,
    negate,
    plus,
)
from govlang.core.lower_conditions import ONE, ZERO, missing_fact
from govlang.core.lower_tallies import bar, someone_votes, tally
from govlang.core.rules import AnyOf, Every, Leaf, Tree, Want
from govlang.frozen import replace
from govlang.model.nodes import Block, Kind, Scope
from govlang.model.values import quantity_facts
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.core.lower import Lowering

_NOUN = {"for": "votes for", "for or abstaining": "votes for or abstentions", "against": "votes against",
         "abstaining": "abstentions", "present": "members present",
         "taking part": "members taking part", "outstanding": "ballots"}  # fmt: skip


def votes(low: Lowering, item: n.Threshold | n.MoreFor | n.NoVoteAgainst | n.Approval, scope: Scope) -> Tree:
    """A requirement about ballots."""
    match item:
        case n.Approval():
            return approval(low, item, scope)
        case n.NoVoteAgainst():
            return no_vote_against(low, item, scope)
        case n.MoreFor():
            return lower_quorum.with_quorum(
                low, more_for(low, item, scope), electorate(low, item.group, scope, item), scope
            )
        case n.Threshold():
            who = electorate(low, item.group, scope, item)
            tree = threshold(low, item, who)
            return lower_quorum.with_quorum(low, tree, who, scope) if item.measure == "for" else tree


def electorate(
    low: Lowering, group: n.Group, scope: Scope, item: n.Threshold | n.MoreFor | None = None
) -> k.Electorate:
    """Who votes, under which rules; a group that is one body brings its meeting, seats and proxies."""
    body = ""
    if len(group.items) == 1 and low.kind_of(group.items[0]) is Kind.BODY and group.items[0].base.name:
        body = group.items[0].base.name.text
    if item is None:
        return k.Electorate(group, scope, body, votes=True)
    others = isinstance(item, n.Threshold) and "other members" in _bases(item.quantity)
    return k.Electorate(group, scope, body, others, item.cap, item.cap_attribute, votes=True)


def _bases(quantity: n.Quantity) -> set[str]:
    match quantity:
        case n.Base(kind):
            return {kind}
        case n.ShareOf(_, of) | n.FactShare(_, of) | n.Times(_, of) | n.Root(of):
            return _bases(of)
        case n.Sum(left, right) | n.Extreme(left, right):
            return _bases(left) | _bases(right)
        case _:
            return set()


def _limits(who: k.Electorate, measure: str, weight: str) -> tuple[Expr, Expr]:
    """The least and the greatest value that a tally can still end with."""
    if measure == "outstanding":
        silent = tally(who, "silent", weight)
        return minus(silent, tally(who, "open", weight)), silent
    if measure == "for or abstaining":
        both = plus(tally(who, "for", weight), tally(who, "abstaining", weight))
        return both, plus(both, tally(who, "open", weight))
    if measure == "present":
        return tally(who, "present", weight), tally(who, "may be present", weight)
    if measure == "taking part":
        return tally(who, "taking part", weight), tally(who, "may take part", weight)
    now = tally(who, measure, weight)
    return now, plus(now, tally(who, "open", weight))


def threshold(low: Lowering, item: n.Threshold, who: k.Electorate) -> Tree:
    """`at least`, `more than`, `at most` or `fewer than` a quantity, of ballots, presence or participation."""
    scope, weight, op = who.scope, item.weight, item.op or ">="
    goal = bar(item.quantity, who, weight)
    if item.rounding:
        goal = Arithmetic(item.rounding, (goal,))
    least, most = _limits(who, item.measure, weight)
    grows = op in (">=", ">")
    met: Expr = Compare(op, least if grows else most, goal)
    failed: Expr = negate(Compare(op, most if grows else least, goal))
    if grows and not isinstance(item.quantity, n.Count):
        met = all_of(met, above(least, ZERO))  # a share of nothing is not reached by nobody
        failed = any_of(failed, negate(above(most, ZERO)))
    if grows:
        failed = all_of(failed, someone_votes(who, scope))
    if scope.casting is not None and _tied(item):
        met, failed = _with_casting(who, weight, scope.casting, met, failed)
    so_far = least if item.measure != "for" else tally(who, _so_far(scope, "for"), weight)
    wants = _until_closing(scope, _ballot_want(low, item, who, goal, so_far)) if grows else ()
    if not grows and item.measure == "outstanding":
        wants = (_outstanding_want(low, item, who, goal, most),)
    if weight:  # when nobody has a weight on that day, there is nothing to count, and nothing to ask voters for
        known = Known(tally(who, "members", weight))
        unweighed = Want(
            "record", f"the {weight} of the members of {low.agreement.wording(item.group)}", when=negate(known)
        )
        wants = (*(replace(want, when=all_of(want.when or TRUE, known)) for want in wants), unweighed)
    evidence = _evidence(who, item.measure, weight)
    if scope.casting is not None and _tied(item):
        wants, evidence = _casting_words(low, who, weight, scope.casting, wants, evidence)
    wants += tuple(missing_fact(low, name) for name in quantity_facts(item.quantity))
    if item.measure == "for":
        wants = lower_silence.with_silence(who, weight, op, goal, wants)
    return low.leaf(
        item, "threshold", met, failed, wants=wants, electorate=who, weight=weight, bar=goal, op=op, evidence=evidence
    )  # fmt: skip


def _evidence(who: k.Electorate, measure: str, weight: str) -> tuple[k.Key, ...]:
    measures: tuple[str, ...] = ("for", "against", "abstaining", "open", "members")
    if measure in ("present", "taking part"):
        measures = (measure, "members")
    elif measure == "outstanding":
        measures = ("for", "silent", "members")
    return tuple(k.Tally(who, name, weight) for name in measures)


def _so_far(scope: Scope, choice: str) -> str:
    """The tally that what is missing is counted from: ballots that may still change count as what they are now."""
    return choice if scope.votes_may_change is None else f"{choice} so far"


def _until_closing(scope: Scope, want: Want) -> tuple[Want, ...]:
    """A want for ballots; where votes may change and enough are for it now, only the close of voting is missing."""
    if scope.votes_may_change is None or want.amount is None:
        return (want,)
    short = above(want.amount, ZERO)
    closing = Want("record", "the close of voting (votes may change until then)", until=want.until, when=negate(short))
    return replace(want, when=short), closing


def _ballot_want(low: Lowering, item: n.Threshold, who: k.Electorate, goal: Expr, least: Expr) -> Want:
    short = minus(goal, least)
    if item.weight:
        amount: Expr = short
    elif item.op == ">":
        amount = plus(Arithmetic("down", (short,)), ONE)
    elif who.scope.votes_may_change is not None:
        amount = Arithmetic("up", (short,))
    else:
        amount = Arithmetic("larger", (Arithmetic("up", (short,)), ONE))
    noun = _NOUN[item.measure]
    phrase = f"{noun} in {low.agreement.wording(item.group)}"
    if item.weight:
        phrase = f"{item.weight} among {phrase}"
    choice = "for" if item.measure in ("for", "outstanding") else "any"
    until = Fact(k.Instant(n.Anchor("closing"), who.scope))
    return Want("ballots", phrase, amount, who, until, item.weight, choice)


def _outstanding_want(low: Lowering, item: n.Threshold, who: k.Electorate, goal: Expr, silent: Expr) -> Want:
    """How many more must cast a ballot, so that few enough are outstanding."""
    over = minus(silent, goal)
    amount = plus(Arithmetic("down", (over,)), ONE) if item.op == "<" else Arithmetic("up", (over,))
    phrase = f"{_NOUN['outstanding']} in {low.agreement.wording(item.group)}"
    return Want("ballots", phrase, amount, who, Fact(k.Instant(n.Anchor("closing"), who.scope)), item.weight, "any")


def _tied(item: n.Threshold) -> bool:
    """Whether a tie leaves this vote undecided: it asks for more than half. A casting vote never lowers another bar."""
    half = isinstance(item.quantity, n.ShareOf) and item.quantity.share == Fraction(1, 2)
    return item.measure == "for" and item.op == ">" and half


def _with_casting(who: k.Electorate, weight: str, casting: n.Casting, met: Expr, failed: Expr) -> tuple[Expr, Expr]:
    """A tie is decided by the casting vote: met when the casting voter voted for, failed only if no such tie can come."""
    chair = k.Electorate(casting.group, replace(who.scope, casting=None), who.body, votes=True)
    yes, no, rest = (tally(who, measure, weight) for measure in ("for", "against", "open"))
    tie_now = all_of(above(yes, ZERO), Compare("=", yes, plus(no, rest)), Fact(k.Voted(chair, "for")))
    tie_possible = all_of(above(plus(yes, rest), ZERO), at_least(plus(yes, rest), no), Fact(k.Voted(chair, "for", may=True)))
    return any_of(met, tie_now), all_of(failed, negate(tie_possible))


def _casting_words(
    low: Lowering, who: k.Electorate, weight: str, casting: n.Casting, wants: tuple[Want, ...], evidence: tuple[k.Key, ...]
) -> tuple[tuple[Want, ...], tuple[k.Key, ...]]:  # fmt: skip
    """At a tie that no other ballot can end, the casting vote is what is missing; and it is shown when it was cast."""
    chair = k.Electorate(casting.group, replace(who.scope, casting=None), who.body, votes=True)
    yes, no, rest = (tally(who, measure, weight) for measure in ("for", "against", "open"))
    tie = all_of(Compare("=", yes, no), Compare("=", rest, ZERO))
    want = Want("ballots", f"casting vote of {low.agreement.wording(casting.group)}", None, chair,
                Fact(k.Instant(n.Anchor("closing"), who.scope)), when=tie)  # fmt: skip
    others = tuple(replace(each, when=all_of(each.when or TRUE, negate(tie))) for each in wants)
    return (*others, want), (*evidence, k.Voted(chair, "for"))


def more_for(low: Lowering, item: n.MoreFor, scope: Scope) -> Tree:
    """More ballots for than against."""
    who = electorate(low, item.group, scope, item)
    yes, no, rest = (tally(who, measure, item.weight) for measure in ("for", "against", "open"))
    met = above(yes, plus(no, rest))
    failed = all_of(negate(above(plus(yes, rest), no)), someone_votes(who, scope))
    if scope.casting is not None:
        met, failed = _with_casting(who, item.weight, scope.casting, met, failed)
    ahead, behind = (tally(who, _so_far(scope, choice), item.weight) for choice in ("for", "against"))
    left = rest if scope.votes_may_change is None else tally(who, "not yet voted", item.weight)
    short = plus(behind, left, Arithmetic("*", (Literal(Fraction(-1)), ahead)), ONE)
    want = Want("ballots", f"votes for in {low.agreement.wording(item.group)}", short, who,
                Fact(k.Instant(n.Anchor("closing"), scope)), item.weight)  # fmt: skip
    wants, evidence = _until_closing(scope, want), _evidence(who, "for", item.weight)
    if scope.casting is not None:
        wants, evidence = _casting_words(low, who, item.weight, scope.casting, wants, evidence)
    wants = lower_silence.with_silence(who, item.weight, ">", behind, wants)
    return low.leaf(
        item, "threshold", met, failed, wants=wants, electorate=who, weight=item.weight, bar=no, op=">", evidence=evidence
    )  # fmt: skip


SEVERAL = ("every", "at least", "all but")  # quantifiers that take more than one of a group


def needed(group: n.Group) -> Expr:
    """How many of a group it takes: one, unless the text says every, at least so many, or all but so many."""
    return quota(group.items[0], Fact(k.Headcount(group))) if len(group.items) == 1 else ONE


def quota(item: n.GroupItem, members: Expr) -> Expr:
    """How many of so many members a quantifier asks for; a share is rounded up to whole members."""
    match item.quantifier:
        case "at least" if item.share is not None:
            return Arithmetic("up", (Arithmetic("*", (Literal(item.share), members)),))
        case "at least":
            return Literal(Fraction(item.number))
        case "every" | "all but":
            return plus(members, Literal(Fraction(-item.number)))
        case _:
            return ONE


def no_vote_against(low: Lowering, item: n.NoVoteAgainst, scope: Scope) -> Tree:
    """Nobody of a group votes against; open while one of them still may."""
    who = electorate(low, item.group, scope)
    no, rest = tally(who, "against"), tally(who, "open")
    few = item.group.items[0].quantifier in ("at least", "all but")
    limit = needed(item.group) if few else ONE
    want = Want("ballots", f"vote of {low.agreement.wording(item.group)} (a vote against would block)", rest, who,
                Fact(k.Instant(n.Anchor("closing"), scope)), choice="not against")  # fmt: skip
    return low.leaf(
        item, "block", Compare("<", plus(no, rest), limit), at_least(no, limit), wants=(want,), electorate=who,
        evidence=(k.Tally(who, "against"), k.Tally(who, "abstaining"), k.Tally(who, "open")),
    )  # fmt: skip


def approval(low: Lowering, item: n.Approval, scope: Scope) -> Tree:
    """Approval of every, any or so many of a group; each item of a list is asked by itself."""
    trees = [approval_of(low, item, each, scope) for each in item.group.items]
    if len(trees) == 1:
        return trees[0]
    joined = AnyOf if item.group.joiner == "or" else Every
    return joined(tuple(trees), low.agreement.wording(item), low.agreement.cite(item))


def approval_of(low: Lowering, item: n.Approval, each: n.GroupItem, scope: Scope) -> Tree:
    """Approval of one item of a group."""
    who = k.Electorate(n.Group((each,), span=each.span), scope)
    members, yes, rest = tally(who, "members"), tally(who, "for"), tally(who, "open")
    need = quota(each, members) if each.quantifier else members
    met = all_of(above(members, ZERO), at_least(yes, need))
    failed = all_of(negate(at_least(plus(yes, rest), need)), someone_votes(who, scope))
    name = low.agreement.wording(each)
    amount = minus(need, tally(who, _so_far(scope, "for")))
    vacant = Want("record", f"someone to hold {name}: nobody does today", when=Compare("=", members, ZERO))
    until = Fact(k.Instant(n.Anchor("closing"), scope))
    asked = _until_closing(scope, Want("ballots", f"approval of {name}", amount, who, until))
    asked = tuple(replace(want, when=all_of(want.when or TRUE, above(members, ZERO))) for want in asked)
    asked = lower_silence.with_silence(who, "", ">=", need, asked)
    leaf = low.leaf(
        item, "approval", met, failed, label=f"approval of {name}", wants=(*asked, vacant), electorate=who, bar=need, op=">=",
        evidence=_evidence(who, "for", ""),
    )  # fmt: skip
    if item.spread is None:
        return leaf
    return Every((leaf, spread(low, item, item.spread, who)), leaf.label, leaf.citation)


def spread(low: Lowering, item: n.Approval, wanted: n.Spread, who: k.Electorate) -> Tree:
    """Those who approve come from so many different employers, parties or whatever attribute."""
    number = Literal(Fraction(wanted.number))
    have, may = Fact(k.Distinct(who, wanted.attribute)), Fact(k.Distinct(who, wanted.attribute, may=True))
    amount = minus(number, have)
    want = Want("ballots", f"approval from a different {wanted.attribute}", amount)
    failed = all_of(negate(at_least(may, number)), someone_votes(who, who.scope))
    label = f"from {wanted.number} different {wanted.attribute}"
    return low.leaf(item, "distinct", at_least(have, number), failed, label=label, wants=(want,), electorate=who,
                    evidence=(k.Distinct(who, wanted.attribute),))  # fmt: skip


def sharing(low: Lowering, item: n.Sharing, scope: Scope) -> Tree:
    """At most so many of a group share one value of an attribute; it holds or not by who belongs to the group now."""
    who = electorate(low, item.group, scope)
    goal, most = bar(item.limit, who, ""), k.Sharing(item.group, item.attribute)
    over = minus(Fact(most), goal)
    met = Compare("<=", Fact(most), goal)
    phrase = f"with the same {item.attribute} in {low.agreement.wording(item.group)}"
    want = Want("fewer", phrase, Arithmetic("up", (over,)))
    return low.leaf(item, "sharing", met, negate(met), wants=(want,), bar=goal, op="<=", evidence=(most,))


def distinct(low: Lowering, setting: n.Distinct, block: Block) -> list[Tree]:
    """Different persons (or parties, employers ...) for the different approvals asked for in a block and around it."""
    own = [
        slot for statement in block.statements if isinstance(statement, n.Requires)
        for slot in _slots(statement.requirement, block.scope)
    ]  # fmt: skip
    slots = (*low.slots, *own)
    low.slots = slots
    if not own or len(slots) < 2:
        return []
    return [_distinct_leaf(low, setting, slots)]


def distinct_together(low: Lowering, item: n.AllOf, scope: Scope) -> list[Tree]:
    """The same for the approvals of one `all of`, which may be an alternative among others."""
    slots = tuple(_slots(item, scope))
    return [_distinct_leaf(low, scope.distinct, slots)] if scope.distinct is not None and len(slots) > 1 else []


def _distinct_leaf(low: Lowering, setting: n.Distinct, slots: tuple[k.Electorate, ...]) -> Leaf:
    number = Literal(Fraction(len(slots)))
    have, may = Fact(k.Matching(slots, setting.by)), Fact(k.Matching(slots, setting.by, may=True))
    want = Want("ballots", f"approvals by {len(slots)} different {setting.by}")
    return low.leaf(setting, "distinct", at_least(have, number), negate(at_least(may, number)), wants=(want,))


def _slots(requirement: n.Requirement, scope: Scope) -> Iterator[k.Electorate]:
    """The approvals that a requirement asks for, each by whoever may give it."""
    if isinstance(requirement, n.AllOf):
        for item in requirement.items:
            yield from _slots(item, scope)
    if not isinstance(requirement, n.Approval):
        return
    if requirement.group.joiner == "or":
        yield k.Electorate(requirement.group, scope)
        return
    for each in requirement.group.items:
        yield from [k.Electorate(n.Group((each,), span=each.span), scope)] * max(each.number, 1)
