"""Shares that leave something open, and quantities that cannot be computed.

GL301 missing-base and GL302 missing-bar (each with its readings side by side), GL206 bad-amount for two different roots.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from govlang.diagnostics import Diagnostic
from govlang.model.checks import who
from govlang.model.checks.view import View, walk
from govlang.model.nodes import Decision
from govlang.syntax import nodes as n

BASES = ("all members", "members present", "votes cast", "votes cast without abstentions")


def missing_base(view: View) -> Iterator[Diagnostic]:
    """GL301: a share that does not say what it is counted over."""
    for decision in view.readable:
        for node in view.contents(decision):
            if isinstance(node, n.Threshold) and _share_in(node.quantity) is not None:
                yield _threshold_base(view, decision, node)
            elif isinstance(node, n.Quorum) and node.size is not None and _share_in(node.size) is not None:
                yield _quorum_base(view, node)
    for body in view.agreement.bodies.values():
        for quorum in body.quorums:
            if quorum.size is not None and _share_in(quorum.size) is not None:
                yield _quorum_base(view, quorum)
        for cap in body.caps:
            share = _share_in(cap.limit)
            if share is not None:
                text = words(view, share)
                notes = [
                    f"reading {i}: at most {text} of {base}" for i, base in enumerate(("fixed seats", "all members"), 1)
                ]
                message = f"{text} of what? this cap does not say what it is counted over"
                yield view.report(
                    "GL301", message, cap.span, f"say it: `at most {text} of fixed seats members per ...`", notes
                )


def _share_in(quantity: n.Quantity) -> n.Share | None:
    return next((node for node in walk(quantity) if isinstance(node, n.Share)), None)


def words(view: View, node: n.Node) -> str:
    """A share as written."""
    return view.source.at(node.span)


def _threshold_base(view: View, decision: Decision, node: n.Threshold) -> Diagnostic:
    share = _share_in(node.quantity)
    assert share is not None
    text, group = words(view, share), view.wording(node.group)
    bar = {">=": "at least ", ">": "more than ", "<=": "at most ", "<": "fewer than "}.get(node.op, "at least ")
    notes = [f"reading {i}: requires {bar}{text} of {base} in {group}" for i, base in enumerate(BASES, 1)]
    if node.op in (">=", ">", ""):
        members = max(who.most(view, node.group, decision) or 0, 10)
        cast, abstaining = members * 7 // 10, members // 5
        needed = [_needed(share.value, base, node.op) for base in (members, cast, cast - abstaining)]
        notes.append(
            f"they differ: of {members} members, {cast} vote and {abstaining} of them abstain; then of all members "
            f"{needed[0]} must vote for it, of the votes cast {needed[1]}, of those without abstentions {needed[2]}"
        )  # fmt: skip
    message = f"{text} of what? this share does not say what it is counted over"
    return view.report("GL301", message, node.span, f"say it: `{bar}{text} of votes cast in {group}`", notes)


def _needed(share: Fraction, base: int, op: str) -> int:
    return floor(share * base) + 1 if op == ">" else ceil(share * base)


def _quorum_base(view: View, node: n.Quorum) -> Diagnostic:
    assert node.size is not None
    share = _share_in(node.size)
    assert share is not None
    text = words(view, share)
    notes = [f"reading {i}: quorum {text} of {base}" for i, base in enumerate(("all members", "fixed seats"), 1)]
    notes.append("they differ when a seat is vacant: fixed seats count it, all members do not")
    message = f"{text} of what? this quorum does not say what it is counted over"
    return view.report("GL301", message, node.span, f"say it: `quorum {text} of all members`", notes)


def missing_bar(view: View) -> Iterator[Diagnostic]:
    """GL302: a share that does not say whether it must be reached or exceeded."""
    for decision in view.readable:
        for node in view.contents(decision):
            if isinstance(node, n.Threshold) and not node.op:
                yield _bar(view, node)


def _bar(view: View, node: n.Threshold) -> Diagnostic:
    text = view.wording(node)
    notes = [f"reading 1: requires at least {text}", f"reading 2: requires more than {text}"]
    value = next((item for item in (_share_of(node.quantity),) if item is not None), None)
    if value is not None and 0 < value < 1:
        whole = value.denominator * max(1, 9 // value.denominator)
        part = int(value * whole)
        notes.append(f"they differ at exactly {part} of {whole}: enough under reading 1, not under reading 2")
    message = "this share does not say whether it must be reached or exceeded"
    return view.report("GL302", message, node.span, "begin with `at least` or with `more than`", notes)


def _share_of(quantity: n.Quantity) -> Fraction | None:
    match quantity:
        case n.Share(value) | n.ShareOf(value, _):
            return value
        case _:
            return None


def two_roots(view: View) -> Iterator[Diagnostic]:
    """GL206: the roots of two different numbers in one quantity, which no exact arithmetic can compare."""
    quantities: list[n.Quantity] = [q.size for body in view.agreement.bodies.values() for q in body.quorums if q.size]
    for decision in view.readable:
        for node in view.contents(decision):
            if isinstance(node, n.Threshold):
                quantities.append(node.quantity)
            elif isinstance(node, n.Quorum) and node.size is not None:
                quantities.append(node.size)
    for quantity in quantities:
        roots = {node.of.kind for node in walk(quantity) if isinstance(node, n.Root)}
        if len(roots) > 1:
            message = f"the square roots of {' and of '.join(sorted(roots))} cannot be taken together"
            yield view.report(
                "GL206", message, quantity.span, "take the root of one base only, or make two requirements of it"
            )
