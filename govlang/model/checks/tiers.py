"""Tiers that leave something out, and tiers that nothing reaches.

GL303 tier-gap, GL304 tier-unreachable, for every block of tiers, however deep.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.diagnostics import Diagnostic
from govlang.model.checks import cases
from govlang.model.checks.cases import Step
from govlang.model.checks.view import View
from govlang.model.nodes import Block, Decision, Tier
from govlang.source import Span
from govlang.syntax import nodes as n


def tier_gaps_and_overlaps(view: View) -> Iterator[Diagnostic]:
    """GL303 and GL304: cases that fit no tier, and tiers whose cases are all taken."""
    for decision in view.decisions:
        path = [Step(item.condition, True) for item in decision.applies]
        yield from _block(view, decision, decision.block, path, [])


def _block(
    view: View, decision: Decision, block: Block, path: list[Step], required: list[n.Condition]
) -> Iterator[Diagnostic]:
    here = [
        *required,
        *(
            statement.requirement.condition
            for statement in block.statements
            if isinstance(statement, n.Requires) and isinstance(statement.requirement, n.Where)
        ),
    ]
    if block.tiers:
        conditions = [tier.condition for tier in block.tiers]
        found = cases.tiers(view, decision, conditions, path, here)
        if found.gaps:
            yield _gap(view, block.tiers, found.gaps)
        for index, earlier in found.hidden:
            yield _hidden(view, block.tiers, index, earlier)
    before: list[Step] = []
    for tier in block.tiers:
        inside = [*path, *before]
        if tier.condition is not None:
            inside.append(Step(tier.condition, True))
            before.append(Step(tier.condition, False))
        yield from _block(view, decision, tier.block, inside, here)
    for reading in block.readings:
        yield from _block(view, decision, reading.block, path, here)


def _gap(view: View, tiers: tuple[Tier, ...], gaps: tuple[str, ...]) -> Diagnostic:
    listed = gaps[0] if len(gaps) == 1 else ", ".join(gaps[:-1]) + " and " + gaps[-1]
    message = f"{listed} {'fits' if len(gaps) == 1 else 'fit'} no tier, so such a proposal would be denied"
    hint = "end with `otherwise` and what is required then, or widen a tier"
    return view.report("GL303", message, _line(view, tiers[-1]), hint)


def _hidden(view: View, tiers: tuple[Tier, ...], index: int, earlier: tuple[int, ...]) -> Diagnostic:
    span = _line(view, tiers[index])
    if not earlier:
        return view.report(
            "GL304",
            "this tier can never be reached: nothing fits its condition here",
            span,
            "correct it, or remove the tier",
        )
    lines = [view.source.place(tiers[each].node.span.start)[0] for each in earlier]
    places = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"
    verb = "takes" if len(lines) == 1 else "take"
    above = f"the {'tier' if len(lines) == 1 else 'tiers'} above, on {places},"
    message = f"this tier can never be reached: {above} {verb} all its cases"
    hint = (
        "put the narrower tier first"
        if tiers[index].condition is not None
        else "remove `otherwise`, or narrow a tier above"
    )
    file = view.source.home(tiers[index].node.span.start)[1]
    notes = [f"line {line}: {file.line_text(line).strip()}" for line in lines]
    return view.report("GL304", message, span, hint, notes)


def _line(view: View, tier: Tier) -> Span:
    return view.first_line(tier.node.span)
