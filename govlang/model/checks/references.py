"""Circles, clauses that compete, and periods that run from a decision inside a choice.

GL108 circular, GL316 conflicting-clauses, GL317 nested-after-decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from govlang.diagnostics import Diagnostic
from govlang.model.checks import cases
from govlang.model.checks.view import View, always, walk
from govlang.model.nodes import Decision
from govlang.source import Span
from govlang.syntax import nodes as n

Edges = dict[str, list[str]]


def circular(view: View) -> Iterator[Diagnostic]:
    """GL108: bodies made of each other, roles that only each other can fill, decisions that wait for each other."""
    agreement = view.agreement
    spans: dict[str, Span] = {body.name: body.span for body in agreement.bodies.values()}
    spans |= {role.name: role.span for role in agreement.roles.values()}
    spans |= {decision.name: decision.span for decision in agreement.decisions.values()}
    for circle in circles(_memberships(view)):
        message = steps(circle, "takes its members from")
        yield view.report(
            "GL108", message, spans[circle[0]], "name the members of one of them by role, party or person"
        )
    for circle in circles(_appointments(view)):
        if len(circle) > 1:
            message = f"nobody can be the first to appoint: {steps(circle, 'is appointed by')}"
            yield view.report(
                "GL108", message, spans[circle[0]], "say who holds one of them at the start: `held by ...`"
            )
    for verb, edges in (
        ("waits for", _waits(view)), ("is ratified by", _ratifications(view)), ("overrides", _overrides(view))
    ):  # fmt: skip
        for circle in circles(edges):
            message = steps(circle, verb)
            yield view.report("GL108", message, spans[circle[0]], "take one of these lines out")


def steps(circle: list[str], verb: str) -> str:
    """A circle in words: `A waits for B, which waits for A`."""
    first, *rest = [*circle, circle[0]]
    return f"{first} {verb} " + f", which {verb} ".join(rest)


def _memberships(view: View) -> Edges:
    bodies = view.agreement.bodies
    return {
        body.name: [
            item.base.name.text
            for group in body.members
            for item in group.items
            if item.base.kind == "name" and item.base.name is not None and item.base.name.text in bodies
        ]
        for body in bodies.values()
    }


def _appointments(view: View) -> Edges:
    roles = view.agreement.roles
    edges: Edges = {}
    for role in roles.values():
        by = role.appointed_by.base.name if role.appointed_by is not None else None
        open_to_others = role.holders or by is None or by.text not in roles
        edges[role.name] = [] if open_to_others or by is None else [by.text]
    return edges


def _waits(view: View) -> Edges:
    return {
        decision.name: [
            item.decision.text for item in always(decision.block) if isinstance(item, n.NeedsDecision)
        ]
        for decision in view.agreement.decisions.values()
    }  # fmt: skip


def _ratifications(view: View) -> Edges:
    return {
        decision.name: [item.decision.text for item in view.statements(decision) if isinstance(item, n.RatifiedBy)]
        for decision in view.agreement.decisions.values()
    }


def _overrides(view: View) -> Edges:
    return {decision.name: list(decision.overrides) for decision in view.agreement.decisions.values()}


def circles(edges: Mapping[str, list[str]]) -> list[list[str]]:
    """A shortest circle through the first name of each knot of names that reach each other, in the order of the text."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        path = _way_back(start, edges)
        if path:
            found.append(path)
            done.update(path)
    return found


def _way_back(start: str, edges: Mapping[str, list[str]]) -> list[str]:
    paths: list[list[str]] = [[start]]
    seen: set[str] = set()
    for path in paths:  # grows while it is read: breadth first
        for name in edges.get(path[-1], ()):
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                paths.append([*path, name])
    return []


def conflicting_clauses(view: View) -> Iterator[Diagnostic]:
    """GL316: two decisions cover one act, may both apply, and neither overrides the other."""
    for first, second in combinations(view.decisions, 2):
        shared = [act for act in first.acts if act in second.acts]
        if not shared or _ordered(view, first.name, second.name) or _ordered(view, second.name, first.name):
            continue
        example = cases.both_apply(view, first, second)
        if example is None:
            continue
        line = view.source.place(first.span.start)[0]
        words = f", for example {example}" if example else ""
        yield view.report(
            "GL316",
            f"{second.name} and {first.name} (line {line}) both govern {shared[0]}{words}",
            _covers_line(view, second),
            f"say which one prevails: `overrides {first.name}`, or keep them apart with `applies when ...`",
        )


def _covers_line(view: View, decision: Decision) -> Span:
    return next((item.span for item in view.statements(decision) if isinstance(item, n.Covers)), decision.span)


def _ordered(view: View, upper: str, lower: str) -> bool:
    todo, seen = [upper], set()
    while todo:
        name = todo.pop()
        if name == lower:
            return True
        if name not in seen and name in view.agreement.decisions:
            seen.add(name)
            todo.extend(view.agreement.decisions[name].overrides)
    return False


def nested_after_decision(view: View) -> Iterator[Diagnostic]:
    """GL317: a period that runs from the decision itself, inside `any of`, `all of` or `unless`."""
    for decision in view.decisions:
        for item in view.asked(decision):
            if item.top or isinstance(item.requirement, n.AnyOf | n.AllOf):
                continue
            for node in walk(item.requirement):
                if isinstance(node, n.Anchor) and node.kind == "decision":
                    yield view.report(
                        "GL317",
                        "what is counted from the decision cannot be part of what the decision depends on",
                        item.requirement.span,
                        "put it on a `requires` line of its own, or use `effective after` or `lapses after`",
                    )
                    break
