"""Steps of disputes as other clauses name them: the names of their rights, and conditions that look at a dispute.

In: conditions of the syntax. Out: whether they resolve. Reports GL201 and GL333.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from govlang.diagnostics import did_you_mean
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.model.blocks import BlockBuilder
    from govlang.model.resolve import Resolver

# What a dispute can be said to be in a condition: `matter is settled`.
STATES = ("open", "settled", "withdrawn", "decided", "lapsed", "ended")
RELIEF = "urgent relief"
SIDES = ("claimant", "respondent")  # facts that every dispute has


def step_right(ladder: str, step: str) -> str:
    """The name of the right to take a dispute to a step, or (`RELIEF`) to seek relief outside its ladder."""
    return f"{ladder}: {step}"


def unknown_step(resolver: Resolver, step: str, node: n.Node, ladder: str, steps: Iterable[str]) -> None:
    """GL333: a step that is named and that the ladder does not have."""
    known = list(steps)
    hint = did_you_mean(step, known) or f"its steps are {', '.join(known)}" if known else "give the ladder its steps"
    resolver.report("GL333", f"{ladder} has no step called '{step}'", node.span, hint)


def check_at_step(builder: BlockBuilder, node: n.AtStep) -> bool:
    """Whether `matter is at Mediation` names a fact that is a dispute and a step of its ladder."""
    resolver = builder.resolver
    name = node.left.name if isinstance(node.left, n.FactRef) else ""
    if not name or not resolver.check_fact(name, node.span, builder.facts):
        return False
    given = builder.facts.get(name)
    if given is None or given.type.kind != "dispute":
        resolver.report("GL201", f"{name} is no dispute, and is at no step", node.span,
                        f"give it as one: `given {name}: dispute`")  # fmt: skip
        return False
    target = given.type.target
    among = [target.text] if target is not None else list(resolver.disputes)
    steps = [step.name.text for each in among if each in resolver.disputes for step in resolver.disputes[each].steps]
    if node.step.text not in steps:
        unknown_step(resolver, node.step.text, node.step, " or ".join(among) or "this agreement", steps)
        return False
    return True


def is_state(kind: n.TypeRef, right: n.Literal) -> bool:
    """Whether a dispute is compared with a state that disputes can be in: `matter is settled`."""
    return kind.kind == "dispute" and right.kind == "word" and right.value in STATES
