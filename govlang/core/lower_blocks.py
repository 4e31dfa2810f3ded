"""What vetoes, objections, recorded acts, notice, consultation, waiting, standstill, lapse and ratification mean.

In: requirements and statements of the syntax. Out: requirement leaves. Part of lowering; see `core.lower`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.core import keys as k, lower_conditions, lower_votes
from govlang.core.expr import (
    FALSE,
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
from govlang.core.lower_conditions import ONE, ZERO, deadline, now
from govlang.core.rules import AnyOf, Every, Notification, Tree, Want
from govlang.frozen import replace
from govlang.model.nodes import Scope
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.core.lower import Lowering


def no_block(low: Lowering, item: n.NoBlock, scope: Scope) -> Tree:
    """No veto, or no objection: failed by one that stands (or by as many as the text asks for, up to every one), open while
    a ground is undecided or the window runs."""
    standing = Fact(k.Blocks(item, scope, "standing"))
    undecided = Fact(k.Blocks(item, scope, "undetermined"))
    over, end = low.windowed(item.window, scope)
    if item.in_meeting and item.window is None:
        end = deadline(n.Anchor("meeting"), n.Duration(0, "days"), scope, True)
        over = any_of(Fact(k.Closed(scope)), Compare(">=", now(), end))
    limit = lower_votes.needed(item.group)
    met = all_of(_fewer(plus(standing, undecided), limit), over)
    failed = all_of(at_least(standing, limit), above(standing, ZERO))
    if item.until_withdrawn or item.delays is not None:
        failed = FALSE
    for condition in item.except_when:
        excepted = lower_conditions.condition(low, condition)
        met, failed = any_of(excepted, met), all_of(negate(excepted), failed)
    who = low.agreement.wording(item.group)
    wants: list[Want] = []
    if end is not None:
        wants.append(Want("time", f"no {item.kind} by {who}", until=end, unit=_unit(item.window),
                        when=all_of(_fewer(standing, limit), negate(over))))  # fmt: skip
    if item.until_withdrawn:
        wants.append(Want("withdrawal", f"withdrawal of the {item.kind}", when=above(standing, ZERO)))
    if item.delays is not None:
        phrase = f"the {item.kind} delays for at most {item.delays}"
        wants.append(Want("time", phrase, until=Fact(k.Delayed(item, scope)), unit=item.delays.unit,
                          when=above(standing, ZERO)))  # fmt: skip
    for ground in (item.ground, *item.further) if item.ground else ():
        phrase = f"a finding on whether {ground} is shown for the {item.kind}"
        open_ = Fact(k.Blocks(item, scope, f"undetermined {ground}"))
        wants.append(Want("record", phrase, when=above(open_, ZERO)))
    leaf = low.leaf(item, item.kind, met, failed, label=_whole_rule(low, item), wants=tuple(wants),
                    evidence=(k.Blocks(item, scope, "standing"),))  # fmt: skip
    if not item.unless:
        return leaf
    overrides = tuple(low.requirement(each, scope) for each in item.unless)
    return AnyOf((leaf, *overrides), f"{leaf.label}, unless overridden", leaf.citation, override=True)


def _fewer(count: Expr, limit: Expr) -> Expr:
    """Fewer than it takes; none at all are fewer even where nobody is there who could be one of them."""
    return Compare("<", count, limit) if limit == ONE else any_of(Compare("<", count, limit), Compare("<", count, ONE))


def _unit(window: n.Window | None) -> str:
    return window.duration.unit if window is not None else "days"


def _whole_rule(low: Lowering, item: n.Node) -> str:
    """The rule with the lines under it (its ground, who may not, when not), without what overrides it."""
    return low.agreement.wording(item).partition(" unless ")[0]


def _but_proposer(item: n.GroupItem) -> bool:
    return item.excluded is not None and item.excluded.kind == "proposer"


def act(low: Lowering, item: n.Act, scope: Scope, label: str = "") -> Tree:
    """A named act on the record, so many times, by a group (by each of several, by so many of them), within a window; or
    none."""
    if item.by is not None and len(item.by.items) > 1 and item.by.joiner != "or" and not item.forbidden:
        whole, everyone = low.agreement.wording(item), low.agreement.wording(item.by)
        each = [
            act(low, replace(item, by=replace(item.by, items=(one,), joiner="", span=one.span)), scope,
                whole.replace(everyone, low.agreement.wording(one)))
            for one in item.by.items
        ]  # fmt: skip
        return Every(tuple(each), whole, low.agreement.cite(item))
    count = Fact(k.Acts(item, scope))
    over, end = low.windowed(item.window, scope)
    by = f" by {low.agreement.wording(item.by)}" if item.by else ""
    if item.by and "except" not in by and all(_but_proposer(each) for each in item.by.items):
        by += " other than the proposer"
    if item.forbidden:
        limit: Expr = ONE
        if item.by is not None and item.by.items[0].quantifier in lower_votes.SEVERAL:
            count, limit = Fact(k.Actors(item, scope)), lower_votes.needed(item.by)
        met = all_of(_fewer(count, limit), over)
        want = Want("time", f"no {item.name}{by}", until=end, unit=_unit(item.window))
        return low.leaf(item, "act", met, all_of(at_least(count, limit), above(count, ZERO)), wants=(want,) if end else (),
                        evidence=(k.Acts(item, scope),))  # fmt: skip
    goal = Literal(Fraction(item.times))
    met = at_least(count, goal)
    failed = all_of(over, negate(met)) if item.window else FALSE
    amount = minus(goal, count)
    wants = [Want("act", f"{item.name}{by}", amount, until=end, when=negate(met))]
    if item.spread is not None:
        different = Fact(k.Acts(item, scope, item.spread.attribute))
        spread_goal = Literal(Fraction(item.spread.number))
        enough = at_least(different, spread_goal)
        short = minus(spread_goal, different)
        wants.append(Want("act", f"{item.name} from a different {item.spread.attribute}", short, when=negate(enough)))
        met = all_of(met, enough)
    if item.by is not None and item.by.items[0].quantifier in lower_votes.SEVERAL:
        actors, needed = Fact(k.Actors(item, scope)), lower_votes.needed(item.by)
        short = minus(needed, actors)
        wants = [Want("act", f"{item.name}{by}", short, until=end, when=negate(at_least(actors, needed))), *wants[1:]]
        met = all_of(met, at_least(actors, needed), above(needed, ZERO))
    failed = all_of(over, negate(met)) if item.window else FALSE
    return low.leaf(item, "act", met, failed, label=label, wants=tuple(wants), evidence=(k.Acts(item, scope),))


def no_decision(low: Lowering, item: n.NoDecision, scope: Scope) -> Tree:
    """Another decision has not been taken: failed once it is; open while its window runs."""
    over, end = low.windowed(item.window, scope)
    by = end.key if isinstance(end, Fact) and isinstance(end.key, k.Deadline) else None
    key = k.Adopted(item.decision.text, item.same, by)
    taken = Fact(key)
    want = Want("time", f"no {item.decision.text}", until=end, unit=_unit(item.window), when=negate(taken))
    return low.leaf(item, "decision", all_of(negate(taken), over), taken, wants=(want,) if end else (), evidence=(key,))


def wait(low: Lowering, item: n.Wait, scope: Scope) -> Tree:
    """A period must have passed since something happened; complete when its last day begins."""
    end = deadline(item.anchor, item.duration, scope, False)
    begun = k.Instant(item.anchor, scope)
    name = lower_conditions.anchored(item.anchor)
    wants = (
        Want("time", f"{item.duration} after {name}", until=end, unit=item.duration.unit),
        Want("record", f"the {name}", when=negate(Known(Fact(begun)))),
    )
    evidence = (begun, k.Deadline(begun, item.duration, False))
    return low.leaf(item, "wait", Compare(">=", now(), end), FALSE, wants=wants, evidence=evidence)


def notice(low: Lowering, item: n.Notice, scope: Scope) -> Tree:
    """Notice before the meeting, counted without the day of notice and with the day of the meeting; outside a meeting,
    before ballots are cast. Short notice fails, since nobody can give notice earlier than they did; but where it may be waived,
    a waiver can still come, and it is open until the time for that is over (for ever, where the text sets no end)."""
    end = deadline(n.Anchor("notice"), item.duration, scope, False)
    meeting = Fact(k.Instant(n.Anchor("meeting"), scope))
    in_meeting = Fact(k.InMeeting(scope))
    in_time = Compare(">=", meeting, end)
    waived: Expr = Fact(k.NoticeGiven(scope)) if item.waivable else FALSE
    met = any_of(waived, all_of(in_meeting, in_time), all_of(negate(in_meeting), Compare(">=", now(), end)))
    short = any_of(all_of(Known(end), negate(in_time)), all_of(negate(Known(end)), Compare(">=", now(), meeting)))
    over, last = low.windowed(item.waived_until, scope) if item.waived_until is not None or not item.waivable else (FALSE, None)
    failed = all_of(in_meeting, short, negate(waived), over)
    wants = [
        Want(
            "time",
            f"{item.duration} of notice",
            until=end,
            unit=item.duration.unit,
            since=Fact(k.Instant(n.Anchor("meeting"), scope)),
        ),
        Want("record", "notice of the proposal to everyone entitled to it", when=negate(Known(end))),
    ]
    if item.waivable:
        waiver = "or a waiver of notice by everyone entitled to it"
        wants.append(Want("record", waiver, until=last, when=all_of(in_meeting, short)))
    evidence: tuple[k.Key, ...] = (k.Instant(n.Anchor("notice"), scope),)
    if item.waivable:
        evidence = (*evidence, k.NoticeGiven(scope))
    return low.leaf(item, "notice", met, failed, wants=tuple(wants), evidence=evidence)


def open_at_least(low: Lowering, item: n.OpenFor | n.OpenLong, scope: Scope) -> Tree:
    """Voting must have been open for a period; closing earlier fails it, unless somebody may extend it."""
    end = deadline(n.Anchor("opening"), item.duration, scope, False)
    closing = Fact(k.ClosedAt(scope))
    closed = Fact(k.Closed(scope))
    met = any_of(all_of(negate(closed), Compare(">=", now(), end)), all_of(closed, Compare(">=", closing, end)))
    early = all_of(closed, Compare("<", closing, end))
    want = Want("time", f"{item.duration} of voting", until=end, unit=item.duration.unit, since=Fact(k.ClosedAt(scope)))
    if scope.extension is None:
        return low.leaf(item, "window", met, early, wants=(want,), evidence=(k.Instant(n.Anchor("opening"), scope),))
    # voting that closed early can be mended by whoever may extend it
    by = low.agreement.wording(scope.extension.group)
    whom = "" if scope.votes_may_change is not None else " for those who have not voted"
    mend = Want("record", f"an extension by {by}{whom}: voting closed before {item.duration} were over", when=early)
    return low.leaf(item, "window", met, FALSE, wants=(want, mend), evidence=(k.Instant(n.Anchor("opening"), scope),))


def consult(low: Lowering, item: n.Consult, scope: Scope) -> Tree:
    """Everyone to be consulted has advised, or the time for it has passed."""
    end = deadline(n.Anchor("notice"), item.duration, scope, True)
    met = any_of(Fact(k.Advised(item.group, scope)), Compare(">=", now(), end))
    want = Want("time", f"advice of {low.agreement.wording(item.group)}", until=end, unit=item.duration.unit)
    return low.leaf(item, "consultation", met, FALSE, wants=(want,))


def inform(low: Lowering, item: n.Inform, scope: Scope) -> Notification:
    """Who must be told of the decision, by when."""
    end = deadline(n.Anchor("decision"), item.within, scope, True)
    words = low.agreement.wording(item.group)
    return Notification(words, end, low.agreement.cite(item, low.agreement.wording(item)), line=item)


def after(low: Lowering, item: n.EffectiveAfter | n.Lapses | n.RatifiedBy, scope: Scope) -> Tree:
    """What is counted from the decision itself: standstill, lapse, ratification."""
    taken = n.Anchor("decision")
    match item:
        case n.EffectiveAfter(duration):
            end = deadline(taken, duration, scope, False)
            want = Want("time", f"standstill of {duration}", until=end, unit=duration.unit)
            return low.leaf(item, "standstill", Compare(">=", now(), end), FALSE, wants=(want,))
        case n.Lapses(duration):
            end = deadline(taken, duration, scope, True)
            done = above(Fact(k.Acts(n.Act("carried-out", window=n.Window("within", duration, taken)), scope)), ZERO)
            in_time = any_of(done, Compare("<", now(), end))
            return low.leaf(item, "lapse", in_time, negate(in_time), evidence=(k.Instant(taken, scope),))
        case n.RatifiedBy(decision, within):
            end = deadline(taken, within, scope, True)
            ratified = Fact(k.Ratified(decision.text, k.Deadline(k.Instant(taken, scope), within, True)))
            met = any_of(ratified, Compare("<", now(), end))
            want = Want("decision", f"ratification by {decision.text}", until=end, when=negate(ratified))
            return low.leaf(item, "ratification", met, negate(met), wants=(want,))
