"""What disputes mean: who may raise one, when it may be taken to a step, when it is over, what lies outside its ladder.

In: the clause that a right was made from: a ladder, a step of it, its relief. Out: requirements. A step is entered once every
step before it has begun and is over (its time is out, it ended early, it was decided in) or is skipped. What was done too early
happened all the same: whatever stands before a step that was entered no longer keeps the dispute from going on. Part of
lowering; see `core.lower_rights`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.core import keys as k, lower_conditions
from govlang.core.expr import FALSE, TRUE, Compare, Expr, Fact, Known, Literal, all_of, any_of, at_least, minus, negate
from govlang.core.lower_conditions import ONE, deadline, now
from govlang.core.rules import AnyOf, Every, Leaf, Tree, Want, met as met_of
from govlang.frozen import dataclass, parts
from govlang.model.nodes import Kind
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.core.lower import Lowering

CLAUSES = (n.Dispute, n.Stage, n.ReliefOf)


@dataclass(frozen=True, slots=True)
class Ending:
    """One way in which a dispute is over by the text, without anybody ending it: `how` is decided or lapsed."""

    how: str
    holds: Expr
    line: n.Node


def rights(low: Lowering, clause: n.Dispute | n.Stage | n.ReliefOf) -> list[Tree]:
    """What a right of a ladder requires beside its block."""
    match clause:
        case n.Dispute():
            return _raising(low, clause)
        case n.Stage(ladder, at):
            return _entering(low, ladder, at)
        case n.ReliefOf(ladder):
            return [_relief(low, ladder)]


def is_asked(clause: n.Node | None) -> bool:
    """Whether a right is one that scenarios should ask about: each step but the first, which a dispute enters when it is raised,
    and relief."""
    return isinstance(clause, n.ReliefOf) or (isinstance(clause, n.Stage) and clause.at > 0)


# ------------------------------------------------------------ raising


def _raising(low: Lowering, ladder: n.Dispute) -> list[Tree]:
    line = ladder.raised
    if line is None:
        return []
    fact = Fact(k.ProposerIn(line.group, low.decision.block.scope))
    over, end = low.windowed(line.window, low.decision.block.scope)
    waits = line.window is not None and line.window.kind == "for"
    late, ready = (FALSE, over) if waits or line.window is None else (over, TRUE)
    words = low.agreement.wording(line.group)
    wants = [Want("record", f"a dispute raised by {words}", until=end, when=negate(fact))]
    if waits and line.window is not None:
        wants.append(Want("time", f"{line.window.duration} before it is raised", until=end, unit=line.window.duration.unit))
    met = all_of(fact, negate(late), ready)
    found: list[Tree] = [low.leaf(line, "proposer", met, any_of(negate(fact), late), wants=tuple(wants))]
    if line.written:
        found.append(_written(low, line))
    return found


def _written(low: Lowering, line: n.Raised) -> Leaf:
    written = Fact(k.OfDispute("written"))
    want = Want("record", f"written notice of the dispute by {low.agreement.wording(line.group)}")
    return low.leaf(line, "notice", written, FALSE, label="raised in writing", wants=(want,))


# ------------------------------------------------------------ going on to a step


def _entering(low: Lowering, ladder: n.Dispute, at: int) -> list[Tree]:
    step = ladder.steps[at]
    name = step.name.text
    reached = Fact(k.OfDispute("reached", name))
    found: list[Tree] = [_open(low, ladder), *_raised(low, ladder)]
    found.append(low.leaf(step, "step", negate(reached), reached, label=f"the dispute has not yet been at {name}",
                          evidence=(k.OfDispute("reached", name),)))  # fmt: skip
    for earlier in ladder.steps[:at]:
        found.append(_passed(low, earlier, first=earlier is ladder.steps[0], target=name))
    found.append(_taker(low, ladder, step))
    if (forum := _forum(low, step)) is not None:
        found.append(forum)
    return found


def _open(low: Lowering, ladder: n.Dispute) -> Leaf:
    over = any_of(Fact(k.OfDispute("ended")), *(ending.holds for ending in endings(low, ladder)))
    line = n.Node(span=ladder.name.span)
    return low.leaf(line, "open", negate(over), over, label="the dispute is still open")


def _raised(low: Lowering, ladder: n.Dispute) -> list[Tree]:
    """The dispute is on record, in writing where the text asks for it."""
    raised = Fact(k.OfDispute("raised"))
    line = ladder.raised
    if line is not None and line.written:
        return [_written(low, line)]
    words = f" by {low.agreement.wording(line.group)}" if line is not None else ""
    want = Want("record", f"notice of the dispute{words}")
    node = line or n.Node(span=ladder.name.span)
    return [low.leaf(node, "notice", raised, FALSE, label=f"raised{words}", wants=(want,))]


def _passed(low: Lowering, step: n.Step, first: bool, target: str) -> Tree:
    """A step before the one asked about has begun and is over, or is skipped."""
    scope = low.decision.block.scope
    name = step.name.text
    past = Fact(k.OfDispute("past", name))
    begun = Known(Fact(k.Instant(n.Anchor("step", name), scope)))
    parts: list[Tree] = []
    if not first:
        want = Want("record", f"{name}, which comes before {target}")
        parts.append(low.leaf(step, "step", any_of(past, begun), FALSE, label=f"{name} has begun", wants=(want,)))
    ways: list[Tree] = [_over(low, step)]
    ways += [low.requirement(item, scope) for item in step.early]
    cite = low.agreement.cite(step)
    parts.append(ways[0] if len(ways) == 1 else AnyOf(tuple(ways), f"{name} is over", cite))
    done = parts[0] if len(parts) == 1 else Every(tuple(parts), f"{name} has begun and is over", cite)
    if not step.skipped:
        return done
    skips = tuple(low.requirement(item, scope) for item in step.skipped)
    return AnyOf((done, *skips), f"{name} is over or skipped", cite)


def _over(low: Lowering, step: n.Step) -> Leaf:
    """Its time is out, it was decided in, or the dispute has gone on from it."""
    name = step.name.text
    decided = Known(Fact(k.Instant(n.Anchor("step decided", name), low.decision.block.scope)))
    over = any_of(Fact(k.OfDispute("past", name)), decided)
    if step.within is None:
        want = Want("record", f"the end of {name}")
        return low.leaf(step, "step", over, FALSE, label=f"{name} is over", wants=(want,))
    out = Fact(k.OfDispute("out", name))
    duration = step.within.duration
    want = Want("time", f"{duration} of {name}", until=out, unit=duration.unit)
    label = f"{name} is over: {low.agreement.wording(step.within)}"
    return low.leaf(step.within, "step", any_of(over, Compare(">=", now(), out)), FALSE, label=label, wants=(want,))


def _taker(low: Lowering, ladder: n.Dispute, step: n.Step) -> Leaf:
    """Who may take the dispute to the step: as the step says; else who is a party to the dispute."""
    scope = low.decision.block.scope
    line = step.taken
    may = Fact(k.Taker(line.group if line is not None else None))
    if line is None:
        want = Want("record", f"a party to the dispute who takes it to {step.name.text}")
        return low.leaf(step, "taker", may, negate(may), label="taken by a party to the dispute", wants=(want,))
    over, end = low.windowed(line.window, scope)
    waits = line.window is not None and line.window.kind == "for"
    late = over if line.window is not None and not waits else FALSE
    ready = over if waits else TRUE
    words = low.agreement.wording(line.group)
    wants = [Want("record", f"{words} to take it to {step.name.text}", until=end, when=negate(Known(may)))]
    if waits and line.window is not None:
        wants.append(Want("time", f"{line.window.duration} before {step.name.text}", until=end, unit=line.window.duration.unit))
    return low.leaf(line, "taker", all_of(may, negate(late), ready), any_of(negate(may), late), wants=tuple(wants))


def _forum(low: Lowering, step: n.Step) -> Leaf | None:
    """Somebody of the agreement must be there to hear it: pending while the seats are empty."""
    forum = step.forum
    if forum is None or forum.name is None or low.agreement.kind_of(forum.name.text) not in (Kind.BODY, Kind.ROLE):
        return None
    item = n.GroupItem(n.GroupBase("name", forum.name, span=forum.name.span), span=forum.name.span)
    members = Fact(k.Headcount(n.Group((item,), span=forum.name.span)))
    size = Literal(Fraction(max(forum.size, 1)))
    want = Want("record", f"members of {forum.name.text} to hear it", minus(size, members))
    return low.leaf(forum, "forum", at_least(members, size), FALSE, wants=(want,))


# ------------------------------------------------------------ endings by the text, and what holds meanwhile


def endings(low: Lowering, ladder: n.Dispute) -> list[Ending]:
    """A decision that became final because nobody acted in time, and a dispute that lapsed."""
    scope = low.decision.block.scope
    found: list[Ending] = []
    for item in ladder.lapses:
        found.append(Ending("lapsed", _surely(met_of(low.requirement(item, scope))), item))
    for step in ladder.steps:
        here = Fact(k.OfDispute("at", step.name.text))
        for item in step.lapses:
            found.append(Ending("lapsed", all_of(here, _surely(met_of(low.requirement(item, scope)))), item))
        if step.final is not None and step.final.within is not None:
            found.append(Ending("decided", _stands(low, step, step.final), step.final))
    return found


def _stands(low: Lowering, step: n.Step, final: n.Final) -> Expr:
    """A decision stands: the time to go against it is out, and nobody did."""
    assert final.within is not None
    scope = low.decision.block.scope
    anchor = n.Anchor("step decided", step.name.text)
    end = deadline(anchor, final.within, scope, True)
    if final.further:
        further = Fact(k.OfDispute("next", step.name.text))
        against: Expr = all_of(Known(further), _surely(Compare("<", further, end)))
    else:
        act = n.Act(final.act, by=final.by, window=n.Window("within", final.within, anchor), span=final.span)
        against = at_least(Fact(k.Acts(act, scope)), ONE)
    return all_of(_surely(Compare(">=", now(), end)), negate(against))


def _surely(expr: Expr) -> Expr:
    """True where an expression is known to be true; false where it is false or not known."""
    return all_of(Known(expr), expr)


def early(low: Lowering, ladder: n.Dispute, step: str) -> list[Expr]:
    """What ends a step before its time. A line that counts from the end of the very step says nothing about when it ends."""
    found = [item for each in ladder.steps if each.name.text == step for item in each.early]
    circular = n.Anchor("step over", step)
    return [met_of(low.requirement(item, low.decision.block.scope)) for item in found if circular not in parts(item)]


def meanwhile(low: Lowering, lines: tuple[n.Meanwhile, ...]) -> list[tuple[Expr, n.Meanwhile]]:
    """What is said of duties while the dispute is open, with the condition of each line; the first that holds, holds."""
    return [
        (TRUE if line.condition is None else lower_conditions.condition(low, line.condition), line) for line in lines
    ]


# ------------------------------------------------------------ relief, and disputes that other clauses look at


def _relief(low: Lowering, ladder: n.Dispute) -> Tree:
    """Relief outside the ladder: on its subjects, at any time, by whoever may seek it."""
    found: list[Tree] = []
    for relief in ladder.reliefs:
        may = Fact(k.Taker(relief.group))
        holds = TRUE if relief.condition is None else lower_conditions.condition(low, relief.condition)
        wants = list(lower_conditions.missing_facts(low, relief.condition)) if relief.condition is not None else []
        wants.append(Want("record", "somebody who may seek it", when=negate(Known(may))))
        label = f"{low.agreement.wording(relief)}{', by a party to the dispute' if relief.group is None else ''}"
        met, failed = all_of(may, holds), any_of(negate(may), negate(holds))
        found.append(low.leaf(relief, "relief", met, failed, wants=tuple(wants), label=label))
    return found[0] if len(found) == 1 else AnyOf(tuple(found), "relief at any time", low.agreement.cite(ladder))


def at_step(low: Lowering, item: n.Where, node: n.AtStep) -> Leaf:
    """A dispute that a fact names must be at, or past, a step: failed once it ended without (or went on)."""
    fact = node.left.name if isinstance(node.left, n.FactRef) else ""
    holds = Fact(k.OfDispute(node.relation, node.step.text, fact))
    gone: Expr = Fact(k.OfDispute("ended", "", fact))
    if node.relation == "at":
        gone = any_of(gone, Fact(k.OfDispute("past", node.step.text, fact)))
    words = "at" if node.relation == "at" else "past"
    want = Want("record", f"the dispute {words} {node.step.text}")
    return low.leaf(item, "dispute", holds, all_of(negate(holds), gone), wants=(want,))


def ended_as(low: Lowering, item: n.Where, fact: str, word: str) -> Leaf:
    """A dispute that a fact names must have ended, or have ended in one way: open until then, failed once it ended otherwise."""
    holds = Fact(k.OfDispute(word, "", fact))
    want = Want("record", f"the dispute {word}" if word != "ended" else "the end of the dispute")
    return low.leaf(item, "dispute", holds, all_of(negate(holds), Fact(k.OfDispute("ended", "", fact))), wants=(want,))
