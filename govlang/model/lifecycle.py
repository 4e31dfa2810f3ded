"""Names and facts of time anchors, effects and renewal.

In: anchors and effects of one decision, the renewal of the agreement clause. Out: whether they resolve; what does not is
reported (GL101, GL103, GL105, GL109, GL201, GL341).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlang.model import values
from govlang.model.nodes import Kind
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.model.blocks import BlockBuilder
    from govlang.model.resolve import Resolver

# What a fact that names a party or person may be; a new party or person is a text, since nobody has defined it yet.
_SOMEBODY = ("party", "person", "text", "name")


def check_anchor(builder: BlockBuilder, anchor: n.Anchor | None) -> bool:
    """Whether what a period runs from can be an instant. A word that is no fact is an act that somebody records."""
    if anchor is None:
        return True
    if anchor.of is not None:
        return check_anchor(builder, anchor.of)
    if anchor.kind == "decision of":
        return builder.resolver.expect_kind(n.Name(anchor.act, span=anchor.span), {Kind.DECISION}, "a decision")
    kind = builder.type_of(anchor.act) if anchor.kind == "act" else None
    if kind is None or kind.kind in ("date", "decision"):
        return True
    builder.resolver.report(
        "GL201", f"{anchor.act} is {values.describe(kind)}, and no period runs from it", anchor.span,
        "name a fact that is a `date` or a `decision`, or an act that is recorded",
    )  # fmt: skip
    return False


def check_apart(builder: BlockBuilder, node: n.Apart) -> bool:
    """Whether a date is compared with an instant that can be found."""
    if not builder.check_operand(node.left):
        return False
    kind = builder.operand_type(node.left)
    if kind is not None and kind.kind != "date":
        builder.resolver.report(
            "GL201", f"this is {values.describe(kind)}, and a date belongs before `{node.order}`", node.left.span,
            "name a fact that is a `date`, or write `proposed` or `meeting`",
        )  # fmt: skip
        return False
    return check_anchor(builder, node.anchor)


def check_effect(builder: BlockBuilder, effect: n.Effect) -> bool:
    """Whether an effect names facts that the decision is given, roles and attributes that there are."""
    sound = all([_check_named(builder, each) for each in (effect.who, effect.party) if each is not None])
    if effect.role is not None:
        sound = builder.resolver.expect_kind(effect.role, {Kind.ROLE, Kind.BODY}, "a role or body") and sound
    if effect.kind == "sets":
        sound = builder.resolver.check_attribute(effect.word, effect.span) and sound
        sound = (not effect.fact or builder.resolver.check_fact(effect.fact, effect.span, builder.facts)) and sound
    dates = [effect.on, effect.word if effect.kind == "extends" else ""]
    return all([_check_date(builder, effect, fact) for fact in dates if fact]) and sound


def _check_named(builder: BlockBuilder, named: n.Named) -> bool:
    people = {Kind.PARTY, Kind.PERSON, Kind.ROLE}
    if named.name is not None:
        return builder.resolver.expect_kind(named.name, people, "a party, person or role")
    if not builder.resolver.check_fact(named.fact, named.span, builder.facts):
        return False
    kind = builder.type_of(named.fact)
    if kind is None or kind.kind in _SOMEBODY:
        return True
    builder.resolver.report(
        "GL201", f"{named.fact} is {values.describe(kind)}, and names nobody", named.span,
        "use a fact that is a `party`, a `person`, or a `text` for the name of somebody new",
    )  # fmt: skip
    return False


def _check_date(builder: BlockBuilder, effect: n.Effect, fact: str) -> bool:
    if not builder.resolver.check_fact(fact, effect.span, builder.facts):
        return False
    kind = builder.type_of(fact)
    if kind is None or kind.kind == "date":
        return True
    builder.resolver.report(
        "GL201", f"{fact} is {values.describe(kind)}, not a date", effect.span, f"give it as one: `given {fact}: date`"
    )  # fmt: skip
    return False


def check_renewal(resolver: Resolver, header: n.Header) -> None:
    """GL341 for a term that is to renew itself and has no end; names of those who may object."""
    if header.renewal is None:
        return
    if header.until is None:
        resolver.report(
            "GL341", "the agreement renews itself and has no end", header.renewal.span,
            "say when its term ends: `effective 2026-01-01 until 2030-12-31`",
        )  # fmt: skip
    if header.renewal.unless is not None:
        resolver.check_group(header.renewal.unless, None)
