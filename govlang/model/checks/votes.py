"""Votes that cannot work: bars nobody reaches, tests that exclude each other, ties that cannot come, weights that are missing.

GL305 unreachable-threshold, GL311 casting-vote-base, GL315 missing-weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from math import ceil, floor, sqrt

from govlang.diagnostics import Diagnostic
from govlang.model.checks import who
from govlang.model.checks.view import Place, View, always, asked_in, walk
from govlang.model.nodes import Body, Decision
from govlang.model.values import quantity_facts
from govlang.syntax import nodes as n

HALF = Fraction(1, 2)
TIE_BASES = ("votes cast", "votes cast without abstentions", "members present")
SIZES = (*range(1, 61), 100, 1_000, 10**6, 10**9)
EPSILON = Fraction(1, 10**6)

# ---------------------------------------------------------------- bars that nobody reaches


def unreachable_threshold(view: View) -> Iterator[Diagnostic]:
    """GL305: a quorum, a bar or a number of approvals above what the electorate can ever give."""
    for body in view.agreement.bodies.values():
        group = n.Group((n.GroupItem(n.GroupBase("name", n.Name(body.name))),))
        for quorum in body.quorums:
            yield from _quorum(view, quorum, group, body, None)
    for decision in view.decisions:
        asked: set[tuple[n.Quorum, n.Group]] = set()
        for item in view.asked(decision):
            match item.requirement:
                case n.Threshold() as threshold:
                    yield from _threshold(view, threshold, decision)
                    for quorum in item.scope.quorums:
                        if (quorum, threshold.group) not in asked and threshold.measure == "for":
                            asked.add((quorum, threshold.group))
                            yield from _quorum(view, quorum, threshold.group, _body(view, threshold.group), decision)
                case n.Approval(group, spread):
                    yield from _approval(view, item.requirement, group, spread, decision)
                case _:
                    pass


def _threshold(view: View, node: n.Threshold, decision: Decision) -> Iterator[Diagnostic]:
    counted = any(isinstance(part, n.Count | n.Root) for part in walk(node.quantity))
    if (node.weight and counted) or quantity_facts(node.quantity):
        return  # a weight or a share that nobody knows before there is a proposal
    members = who.most(view, node.group, decision)
    seats = _seats(view, node.group)
    rounded = (node.quantity, node.rounding)
    if not any(_reached(node.op or ">=", rounded, size, seats) for size in _sizes(members, node.quantity)):
        yield _unreachable(view, node, members, view.wording(node.group))


def _quorum(
    view: View, node: n.Quorum, group: n.Group, body: Body | None, decision: Decision | None
) -> Iterator[Diagnostic]:
    if node.size is None:
        return
    members = who.most(view, group, decision)
    seats = body.seats if body is not None else 0
    if not any(_reached(">=", (node.size, node.rounding), size, seats) for size in _sizes(members, node.size)):
        yield _unreachable(view, node, members, body.name if body is not None else view.wording(group))


def _unreachable(view: View, node: n.Threshold | n.Quorum, members: int | None, group: str) -> Diagnostic:
    what = "quorum" if isinstance(node, n.Quorum) else "bar"
    bar = (
        (node.quantity, node.rounding)
        if isinstance(node, n.Threshold)
        else (node.size or n.Count(Fraction(0)), node.rounding)
    )
    op = (node.op or ">=") if isinstance(node, n.Threshold) else ">="
    if members != 0 and not any(_reached(op, bar, size, 0) for size in SIZES):
        message = f"no number of votes reaches this {what}"
        hint = (
            "raise it: nothing is below it" if op in ("<", "<=") else "lower it: not even everyone together is enough"
        )
        return view.report("GL305", message, node.span, hint)
    have = f"{group} never has anybody" if members == 0 else f"{group} has {members} at most"
    return view.report("GL305", f"nobody can reach this {what}: {have}", node.span, "lower the number, or add members")


def _approval(
    view: View, node: n.Approval, group: n.Group, spread: n.Spread | None, decision: Decision
) -> Iterator[Diagnostic]:
    for item in group.items:
        members = who.most_of(view, item, decision)
        if members is not None and item.quantifier == "at least" and 0 < members < item.number:
            message = f"{item.number} approvals are asked for, and {_base(view, item)} has {members} at most"
            yield view.report("GL305", message, item.span, "lower the number, or let more of them hold it")
    total = who.most(view, group, decision)
    if spread is not None and total is not None and 0 < total < spread.number:
        message = f"approvals from {spread.number} different {spread.attribute} are asked for, and at most {total} can approve"
        yield view.report("GL305", message, node.span, "lower the number, or ask more people")


def _base(view: View, item: n.GroupItem) -> str:
    return view.wording(item.base)


def _body(view: View, group: n.Group) -> Body | None:
    item = group.items[0]
    alone = len(group.items) == 1 and item.base.kind == "name" and item.base.name is not None
    return view.agreement.bodies.get(item.base.name.text) if alone and item.base.name is not None else None


def _seats(view: View, group: n.Group) -> int:
    body = _body(view, group)
    return body.seats if body is not None else 0


def _sizes(members: int | None, quantity: n.Quantity) -> Iterable[int]:
    """Sizes of the electorate to try, all of them when it is small."""
    without = any(isinstance(part, n.Base) and part.kind == "other members" for part in walk(quantity))
    if members is None:
        return SIZES
    return [size - without for size in (range(1, members + 1) if members <= 200 else (*range(1, 201), members))]


def _reached(op: str, bar: tuple[n.Quantity, str], size: int, seats: int) -> bool:
    """Whether everyone together (or, for an upper limit, nobody at all) reaches a bar."""
    value = _value(bar[0], size, seats)
    if bar[1]:
        value = Fraction({"up": ceil(value), "down": floor(value)}.get(bar[1], floor(value + HALF)))
    least = EPSILON if any(isinstance(part, n.Root) for part in walk(bar[0])) else Fraction(0)
    match op:
        case ">=":
            return size >= value - least
        case ">":
            return size > value - least
        case "<=":
            return value + least >= 0
        case _:
            return value + least > 0


def _value(quantity: n.Quantity, size: int, seats: int) -> Fraction:
    """A quantity when all of so many members take part and vote alike."""
    match quantity:
        case n.Base(kind):
            return Fraction(seats if kind == "fixed seats" and seats else size)
        case n.Count(value):
            return value
        case n.Share(value):
            return value * size
        case n.ShareOf(factor, of) | n.Times(factor, of):
            return factor * _value(of, size, seats)
        case n.FactShare(_, of):
            return _value(of, size, seats)  # all of it, at most
        case n.Root(of):
            return Fraction(sqrt(_value(of, size, seats)))
        case n.Sum(left, right, sign):
            return _value(left, size, seats) + sign * _value(right, size, seats)
        case n.Extreme(left, right, larger):
            return (max if larger else min)(_value(left, size, seats), _value(right, size, seats))


# ---------------------------------------------------------------- tests that exclude each other


def excluding_tests(view: View) -> Iterator[Diagnostic]:
    """GL305: two numbers of votes in one body that cannot both be reached."""
    for decision in view.decisions:
        for place in view.places(decision):
            yield from _excluding(view, decision, place)


def _excluding(view: View, decision: Decision, place: Place) -> Iterator[Diagnostic]:
    bounds: dict[n.Group, dict[str, tuple[int, int, n.Threshold]]] = {}
    for block in place.chain:
        for node in always(block):
            if not isinstance(node, n.Threshold) or node.weight or not isinstance(node.quantity, n.Count):
                continue
            low, high = _bounds(node)
            known = bounds.setdefault(node.group, {})
            other = known.get(node.measure)
            if other is not None:
                if max(low, other[0]) > min(high, other[1]):
                    if block is place.block:
                        yield _exclude(view, node, other[2])
                    continue
                low, high = max(low, other[0]), min(high, other[1])
            known[node.measure] = (low, high, node)
    for group, known in bounds.items():
        members = who.most(view, group, decision)
        needed = [
            known[measure] for measure in ("for", "against", "abstaining") if measure in known and known[measure][0] > 0
        ]
        own = set(always(place.block))
        if members is None or len(needed) < 2 or sum(low for low, _, _ in needed) <= members:
            continue
        if any(node in own for _, _, node in needed) and all(low <= members for low, _, _ in needed):
            yield _exclude(view, needed[-1][2], needed[0][2], f"; {view.wording(group)} has {members} at most")


def _bounds(node: n.Threshold) -> tuple[int, int]:
    assert isinstance(node.quantity, n.Count)
    value = node.quantity.value
    match node.op:
        case ">":
            return floor(value) + 1, 10**9
        case "<=":
            return 0, floor(value)
        case "<":
            return 0, ceil(value) - 1
        case _:
            return ceil(value), 10**9


def _exclude(view: View, node: n.Threshold, other: n.Threshold, more: str = "") -> Diagnostic:
    line = view.source.place(other.span.start)[0]
    message = f"this and `{view.wording(other)}` on line {line} can never both hold{more}"
    return view.report("GL305", message, node.span, "if one of them is enough, put both under `requires any of`")


# ---------------------------------------------------------------- casting votes


def casting_vote_base(view: View) -> Iterator[Diagnostic]:
    """GL311: a casting vote in a block without a vote that could end in a tie."""
    for decision in view.decisions:
        for place in view.places(decision):
            for statement in place.block.statements:
                if isinstance(statement, n.Casting) and not _may_tie(view, decision, statement):
                    yield view.report(
                        "GL311",
                        "a casting vote decides a tie, and no vote here can end in one",
                        statement.span,
                        "ask for `majority of votes cast in ...` or `more for than against in ...`, or remove the casting vote",
                    )


def _may_tie(view: View, decision: Decision, casting: n.Casting) -> bool:
    return any(
        item.scope.casting is casting and tied(item.requirement)
        for place in view.places(decision)
        for item in asked_in(place.block)
    )


def tied(item: n.Requirement) -> bool:
    """Whether as many for as against leaves a requirement just short of being met."""
    if isinstance(item, n.MoreFor):
        return True
    if not isinstance(item, n.Threshold) or item.measure != "for" or item.op not in (">", ""):
        return False
    match item.quantity:
        case n.ShareOf(share, n.Base(kind)):
            return share == HALF and kind in TIE_BASES
        case _:
            return False


# ---------------------------------------------------------------- weights


def missing_weight(view: View) -> Iterator[Diagnostic]:
    """GL315: a weighted vote in which a member known from the text has no weight while it takes part."""
    for decision in view.decisions:
        for item in view.asked(decision):
            node = item.requirement
            if isinstance(node, n.Threshold | n.MoreFor) and node.weight:
                yield from _weights(view, node, node.weight)


def _weights(view: View, node: n.Threshold | n.MoreFor, weight: str) -> Iterator[Diagnostic]:
    from_record = {
        actor.text for deed in view.deeds if deed.kind == "has" and deed.word == weight for actor in deed.actors
    }
    members = [name for name in _electors(view, node.group.items, frozenset()) if name not in from_record]
    header = view.agreement.header
    days: set[date] = {header.effective.day} if header.effective else set()
    for name in members:
        days |= {dated.since for dated in view.agreement.values.get((name, weight), ()) if dated.since is not None}
    for day in sorted(days) or [date.max]:
        active = [name for name in members if _active(view, name, day)]
        missing = [name for name in active if not _has_value(view, name, weight, day)]
        if missing and (len(missing) < len(active) or not any(_ever(view, name, weight) for name in active)):
            when = f" on {day.isoformat()}" if day != date.max else ""
            listed = missing[0] if len(missing) == 1 else ", ".join(missing[:-1]) + " and " + missing[-1]
            verb = "has" if len(missing) == 1 else "have"
            message = f"{listed} {verb} no {weight}{when}, and this vote is weighted by it"
            yield view.report("GL315", message, node.span, f"give {missing[0]} a {weight}, or take it out of the vote")
            return


def _electors(view: View, items: Iterable[n.GroupItem], seen: frozenset[str]) -> list[str]:
    """The parties and persons that the text itself puts into a group; roles held one for each party stand for the parties."""
    found: list[str] = []
    for item in items:
        out = who.fixed(view, item.excluded) or frozenset() if item.excluded is not None else frozenset()
        if item.attribute:
            continue
        found.extend(name for name in _named(view, item.base, seen) if name not in out)
    return list(dict.fromkeys(found))


def _named(view: View, base: n.GroupBase, seen: frozenset[str]) -> list[str]:
    if base.kind == "party":
        return view.parties
    name = base.name.text if base.kind == "name" and base.name is not None else ""
    if not name or name in seen:
        return []
    if name in view.agreement.members:
        return [name]
    role = view.agreement.roles.get(name)
    if role is not None:
        return view.parties if role.seats == "one each" else [holder for holder, _ in role.holders]
    body = view.agreement.bodies.get(name)
    items = [item for group in body.members for item in group.items] if body is not None else []
    return _electors(view, items, seen | {name})


def _active(view: View, name: str, day: date) -> bool:
    member = view.agreement.members.get(name)
    if member is None or day == date.max:
        return True
    return (member.since is None or member.since <= day) and (member.until is None or day <= member.until)


def _has_value(view: View, name: str, weight: str, day: date) -> bool:
    own = view.agreement.values.get((name, weight), ())
    if any((item.since or date.min) <= day <= (item.until or date.max) for item in own):
        return True
    member = view.agreement.members.get(name)
    return bool(member and member.of) and _has_value(view, member.of if member else "", weight, day)


def _ever(view: View, name: str, weight: str) -> bool:
    member = view.agreement.members.get(name)
    own = bool(view.agreement.values.get((name, weight)))
    return own or bool(member and member.of and view.agreement.values.get((member.of, weight)))
