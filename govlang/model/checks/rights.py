"""Rights that nobody has: proposals, approvals, vetoes; and decisions that leave out who or what.

GL306 nobody-can-propose, GL307 nobody-can-approve, GL308 veto-without-holder, GL309 unclear-quantifier, GL310 no-requirement,
GL313 no-proposer. Only what no record can ever change is reported: a vacant role may be filled tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.diagnostics import Diagnostic
from govlang.model.checks import who
from govlang.model.checks.view import Place, View
from govlang.model.nodes import Block, Decision, Scope
from govlang.source import Span
from govlang.syntax import nodes as n

# Lines that ask for something before a decision is taken, beside `requires`.
ASKS = (n.Requires, n.SecondedBy, n.Consult, n.Notice, n.RatifiedBy)


def nobody_can_propose(view: View) -> Iterator[Diagnostic]:
    """GL306: a decision whose proposers can never be anybody."""
    for decision in view.decisions:
        for statement in view.statements(decision):
            if isinstance(statement, n.ProposedBy) and _all_empty(view, statement.group, decision):
                message = f"nobody can ever propose this: {_why(view, statement.group)}"
                yield view.report(
                    "GL306", message, statement.span, "name someone who may propose, or define who holds it"
                )


def _all_empty(view: View, group: n.Group, decision: Decision) -> bool:
    return all(who.nobody(view, item, decision) for item in group.items)


def _why(view: View, group: n.Group) -> str:
    item = next(iter(group.items))
    if item.base.kind == "party" and not view.parties:
        return "the agreement names no party"
    if item.excluded is not None:
        return f"nobody is left in `{view.wording(item)}`"
    return f"`{view.wording(item)}` can have no holder"


def nobody_can_approve(view: View) -> Iterator[Diagnostic]:
    """GL307: an approval, a second, a recorded act or a finding that nobody can ever give."""
    for decision in view.decisions:
        proposers = _proposers(view, decision)
        for item in view.asked(decision):
            match item.requirement:
                case n.Approval(group):
                    yield from _approval(view, decision, item.requirement, group, item.scope, proposers)
                case n.Act(_, _, n.Group() as by, forbidden=False) if _all_empty(view, by, decision):
                    message = f"nobody can ever record this: {_why(view, by)}"
                    yield view.report("GL307", message, item.requirement.span, "name someone who may")
                case _:
                    pass
        for statement in view.statements(decision):
            if isinstance(statement, n.SecondedBy) and all(
                who.nobody(view, item, decision) or _only_proposers(view, item, proposers)
                for item in statement.group.items
            ):
                message = "nobody can ever second this: whoever may is the only one who may propose"
                yield view.report("GL307", message, statement.span, "let someone else second it")
        for given in decision.facts.values():
            by_whom = given.determined_by
            if by_whom is not None and who.nobody(view, by_whom, decision):
                message = f"nobody can ever determine {given.name}: {_why(view, n.Group((by_whom,)))}"
                yield view.report("GL307", message, given.span, "name someone who determines it")


def _approval(
    view: View, decision: Decision, node: n.Approval, group: n.Group, scope: Scope, proposers: frozenset[str] | None
) -> Iterator[Diagnostic]:
    reasons = [_unable(view, decision, item, scope, proposers) for item in group.items]
    stuck = [reason for reason in reasons if reason]
    if stuck and (group.joiner != "or" or len(stuck) == len(reasons)):
        yield view.report(
            "GL307", f"nobody can ever give this approval: {stuck[0]}", node.span, "ask someone else to approve"
        )


def _unable(
    view: View, decision: Decision, item: n.GroupItem, scope: Scope, proposers: frozenset[str] | None
) -> str:  # fmt: skip
    """Why nobody can ever approve as an item of a group; empty if somebody may."""
    if who.nobody(view, item, decision):
        return _why(view, n.Group((item,)))
    if item.excluded is not None and item.excluded.kind == "proposer" and _only_proposers(view, item, proposers):
        return f"only {view.wording(item.base)} may propose, and the proposer is left out"
    for rule in scope.recused:
        for out in rule.group.items:
            if out.excluded is None and not out.attribute and who.covers(view, out.base, item.base):
                return f"`{view.wording(rule)}` takes them out of it"
            if out.base.kind == "proposer" and _only_proposers(view, item, proposers):
                return f"only {view.wording(item.base)} may propose, and the proposer is recused"
    return ""


def _proposers(view: View, decision: Decision) -> frozenset[str] | None:
    """The single holders (roles held by one, named parties and persons) who alone may propose; None if others may."""
    found: set[str] = set()
    lines = [line for line in decision.block.statements if isinstance(line, n.ProposedBy)]
    if len(lines) != 1 or len(lines[0].group.items) != 1:
        return None
    for item in lines[0].group.items:
        name = _single(view, item)
        if not name:
            return None
        found.add(name)
    return frozenset(found)


def _single(view: View, item: n.GroupItem) -> str:
    """The name of an item that is one person or party at any time; empty for others."""
    base = item.base
    if base.kind != "name" or base.name is None or who.most_of(view, n.GroupItem(base)) != 1:
        return ""
    return base.name.text if base.name.text not in view.agreement.bodies else ""


def _only_proposers(view: View, item: n.GroupItem, proposers: frozenset[str] | None) -> bool:
    return proposers is not None and _single(view, item) in proposers


def veto_without_holder(view: View) -> Iterator[Diagnostic]:
    """GL308: a veto, an objection or a blocking vote that nobody can ever raise."""
    for decision in view.decisions:
        for asked in view.asked(decision):
            node = asked.requirement
            if isinstance(node, n.NoVoteAgainst) and _all_empty(view, node.group, decision):
                message = f"nobody can ever vote against in this way: {_why(view, node.group)}"
                yield view.report("GL308", message, node.span, "name someone whose vote blocks, or remove the line")
            elif isinstance(node, n.NoBlock):
                if _all_empty(view, node.group, decision):
                    message = f"nobody can ever raise this {node.kind}: {_why(view, node.group)}"
                    yield view.report("GL308", message, node.span, f"name someone who may raise the {node.kind}")
                elif all(_left_out(view, item, node.not_by) for item in node.group.items):
                    message = f"nobody can ever raise this {node.kind}: `not by` leaves nobody"
                    yield view.report("GL308", message, node.span, "leave out fewer of them")


def _left_out(view: View, item: n.GroupItem, groups: tuple[n.Group, ...]) -> bool:
    return any(
        out.excluded is None and not out.attribute and who.covers(view, out.base, item.base)
        for group in groups
        for out in group.items
    )


def unclear_quantifier(view: View) -> Iterator[Diagnostic]:
    """GL309: an approval of several, without saying whether all of them or any one must give it."""
    for decision in view.decisions:
        for asked in view.asked(decision):
            if not isinstance(asked.requirement, n.Approval):
                continue
            for item in asked.requirement.group.items:
                if not item.quantifier and who.several(view, item, decision):
                    name = view.wording(item)
                    notes = [
                        f"reading 1: requires approval of every {name} (all of them approve)",
                        f"reading 2: requires approval of any {name} (one of them is enough)",
                    ]
                    if item.base.name is not None and item.base.name.text in view.agreement.bodies:
                        notes.append(f"reading 3: requires majority of votes cast in {name} (they vote on it)")
                    message = f"this does not say whether every {name} must approve or any one of them"
                    yield view.report("GL309", message, item.span, f"write `every {name}` or `any {name}`", notes)


def no_requirement(view: View) -> Iterator[Diagnostic]:
    """GL310: a decision, or one of its tiers, that asks for nothing and does not say so."""
    for decision in view.decisions:
        places = view.places(decision)
        if not any(_asks(place.block) for place in places):
            message = f"{decision.name} does not say what it requires"
            hint = "add a `requires` line, or `requires nothing` if whoever may propose it may do it"
            yield view.report("GL310", message, decision.span, hint)
            continue
        for place in places:
            leaf = not place.block.tiers and not place.block.readings
            if leaf and not any(_asks(block) for block in place.chain):
                message = "this tier does not say what it requires"
                yield view.report(
                    "GL310", message, _start(view, place, decision), "add a `requires` line, or `requires nothing`"
                )


def _asks(block: Block) -> bool:
    return any(isinstance(line, ASKS) or (isinstance(line, n.OpenFor) and line.at_least) for line in block.statements)


def _start(view: View, place: Place, decision: Decision) -> Span:
    """The line that opens a block."""
    for outer in place.around[-1:]:
        for tier in outer.tiers:
            if tier.block is place.block:
                return tier.node.span
        for reading in outer.readings:
            if reading.block is place.block:
                return reading.node.span
    return decision.span


def no_proposer(view: View) -> Iterator[Diagnostic]:
    """GL313: a decision that does not say who may propose it."""
    for decision in view.decisions:
        if not any(isinstance(line, n.ProposedBy) for line in view.statements(decision)):
            message = f"{decision.name} does not say who may propose it, so anyone may"
            yield view.report(
                "GL313", message, decision.span, "add a `proposed by` line: `proposed by any person` if anyone may"
            )
