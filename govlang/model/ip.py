"""Intellectual property in the model: what there is, and the rights that follow from it.

In: clauses of the syntax and the resolver that knows every name. Out: `Ip`, and one right for each licence, each owner's title,
each line of joint ownership, each duty of secrecy and each rule of assignment (`Agreement.rights`). Reports GL101, GL102, GL103,
GL105, GL201 and GL314.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from govlang.frozen import dataclass, field
from govlang.source import Span
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.model.resolve import Resolver

CLASSES = ("background", "results", "sideground")
ACTS = ("use", "request", "sublicense", "license", "assign", "publish", "disclose")

NO_WORDS: Mapping[str, bool] = {}

# The clauses whose requirements somebody wrote, as against those that follow from owning something.
WRITTEN = (n.Licence, n.JointOwning, n.Confidentiality, n.Assignment)

# What every question about an asset says, so that lines of a licence may ask for it.
IMPLICIT = {
    "user": n.TypeRef("party"), "owner": n.TypeRef("parties"), "grantor": n.TypeRef("party"), "asset": n.TypeRef("label"),
    "act": n.TypeRef("word"), "recipient": n.TypeRef("label"), "purpose": n.TypeRef("word"), "field": n.TypeRef("label"),
    "territory": n.TypeRef("label"), "manner": n.TypeRef("word"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ip:
    """The assets, licences and duties of secrecy of an agreement by name; rights are named as in `Agreement.rights`."""

    assets: Mapping[str, n.Asset] = field(default_factory=dict)
    ownership: n.Ownership | None = None
    licences: Mapping[str, n.Licence] = field(default_factory=dict)
    secrecies: Mapping[str, n.Confidentiality] = field(default_factory=dict)
    assignments: Mapping[str, n.Assignment] = field(default_factory=dict)

    def any(self) -> bool:
        """Whether the agreement speaks of intellectual property at all."""
        return bool(self.assets or self.ownership or self.licences or self.secrecies or self.assignments)


def declare(resolver: Resolver, clause: n.IpClause) -> None:
    """Claims the clause's name and keeps it for `resolve`."""
    from govlang.model.nodes import Kind

    found = resolver.ip
    match clause:
        case n.Asset(name):
            if resolver.claim(name, Kind.ASSET):
                found.setdefault("assets", {})[name.text] = clause
        case n.Licence(name):
            if resolver.claim(name, Kind.LICENCE):
                found.setdefault("licences", {})[name.text] = clause
        case n.Confidentiality(name):
            title = name.text if name is not None else "confidentiality"
            if name is not None and not resolver.claim(name, Kind.CONFIDENTIALITY):
                return
            if title in found.setdefault("secrecies", {}):
                resolver.report("GL314", "two clauses on confidentiality have no name", clause.span, "name both of them")
                return
            found["secrecies"][title] = clause
        case n.Ownership():
            if "ownership" in found:
                resolver.report("GL314", "who owns results is said twice", clause.span, "keep one ownership clause")
                return
            found["ownership"] = clause
        case n.Assignment():
            several = found.setdefault("assignments", {})
            several[f"assignment {len(several) + 1}" if several else "assignment"] = clause


def resolve(resolver: Resolver) -> Ip:
    """Everything declared, its names and facts checked, its rights made."""
    ip = Ip(**resolver.ip)
    for asset in ip.assets.values():
        _asset(resolver, asset)
    if ip.ownership is not None:
        _ownership(resolver, ip.ownership)
    if ip.assets or ip.ownership is not None:
        _right(resolver, "ownership", n.Owning(span=_span(ip)), ())
    for name, licence in ip.licences.items():
        _licence(resolver, name, licence)
    for name, secrecy in ip.secrecies.items():
        _secrecy(resolver, name, secrecy)
    for name, assignment in ip.assignments.items():
        for line in assignment.of:
            _assets(resolver, line.assets)
        _right(resolver, name, assignment, assignment.statements)
    return ip


def _span(ip: Ip) -> Span:
    first: n.Node = ip.ownership or next(iter(ip.assets.values()))
    return first.span


def _right(
    resolver: Resolver, name: str, clause: n.Node, statements: tuple[n.Statement, ...], words: Mapping[str, bool] = NO_WORDS
) -> None:  # fmt: skip
    """A right of that name, made from a clause; its lines may ask for what every question says, and for `words`, which are yes
    or no: those in a dictionary with true may stay unsaid, and are then no."""
    from govlang.model.blocks import BlockBuilder
    from govlang.model.nodes import Decision

    node = n.Decision(n.Name(name, span=clause.span), statements, span=clause.span)
    builder = BlockBuilder(resolver, n.Decision(node.name, (), span=clause.span))
    builder.facts.update({word: n.Given(word, kind, span=clause.span) for word, kind in IMPLICIT.items()})
    for word, optional in words.items():
        builder.facts.setdefault(word, n.Given(word, n.TypeRef("yesno"), optional, span=clause.span))
    builder.collect_facts(statements)
    block = builder.block(statements, None)
    for line in getattr(clause, "lines", ()):
        if isinstance(line, n.EndsOn) and line.condition is not None:
            builder.check_condition(line.condition)
        if isinstance(line, n.EndsOn) and line.happening is not None:
            from govlang.model.resolve_norms import can_happen

            can_happen(resolver, line.happening, builder.facts)
        for group in (getattr(line, "group", None), getattr(line, "by", None), getattr(line, "approval", None)):
            if isinstance(group, n.Group):
                resolver.check_group(group, builder.facts)
    for line in getattr(clause, "lines", ()):
        builder.check_cite(line)
    citation = resolver.file.layout.citation(clause.span, name)
    resolver.rights[name] = Decision(
        name, block, builder.facts, builder.text, tuple(builder.acts), tuple(builder.applies), (), citation, clause.span,
        clause,
    )  # fmt: skip


def _owners(resolver: Resolver, name: n.Name) -> None:
    from govlang.model.nodes import Kind

    resolver.expect_kind(name, {Kind.PARTY, Kind.PERSON, Kind.BODY}, "a party")


def _asset(resolver: Resolver, asset: n.Asset) -> None:
    from govlang.model.nodes import Kind

    for what, lines in (("its class", asset.kinds), ("its makers", asset.makers), ("its day", asset.days)):
        if len(lines) > 1:
            resolver.report("GL314", f"{what} is said twice in one asset", lines[1].span, "keep one of the two lines")
    for kind in asset.kinds:
        for owner in kind.owners:
            _owners(resolver, owner.name)
    for line in asset.makers:
        for maker in line.makers:
            resolver.expect_kind(maker, {Kind.PARTY, Kind.PERSON}, "a person or a party")
    _right(resolver, f"ownership of {asset.name.text}", n.Owning(asset, span=asset.span), ())


def _ownership(resolver: Resolver, clause: n.Ownership) -> None:
    for line in clause.belongs:
        if line.group is not None:
            resolver.check_group(line.group, None)
    if len(clause.belongs) > 1:
        resolver.report("GL314", "to whom results belong is said twice", clause.belongs[1].span, "keep one of the two lines")
    for number, rule in enumerate(clause.joint, start=1):
        _right(resolver, f"joint owners {number}", n.JointOwning(rule, span=rule.span), rule.statements)


def _assets(resolver: Resolver, assets: n.Assets) -> None:
    from govlang.model.nodes import Kind

    for name in assets.names:
        known = resolver.kind_of(name.text) is Kind.ASSET
        if not known and name.text not in _recorded(resolver):
            resolver.expect_kind(name, {Kind.ASSET}, "an asset")


def _recorded(resolver: Resolver) -> set[str]:
    """Assets that the agreement's own scenarios make."""
    return {
        line.target.text for scenario in resolver.scenarios for line in scenario.lines
        if isinstance(line, n.Deed) and line.kind in ("make", "list") and line.target is not None
    }  # fmt: skip


def _licence(resolver: Resolver, name: str, licence: n.Licence) -> None:
    seen: set[object] = set()
    words: dict[str, bool] = {}
    for line in licence.lines:
        match line:
            case n.GrantedOf(assets):
                _assets(resolver, assets)
            case n.Sublicence(_, to):
                words |= {label: False for label in to if label[:1].islower()}
            case _:
                pass
        key = (type(line), getattr(line, "what", "")) if not isinstance(line, n.EndsOn) else id(line)
        if key in seen:
            resolver.report("GL314", "this is said twice in one licence", line.span, "keep one of the two lines")
        seen.add(key)
    _right(resolver, name, licence, licence.statements, words)


def _secrecy(resolver: Resolver, name: str, secrecy: n.Confidentiality) -> None:
    words: dict[str, bool] = {}
    for line in secrecy.lines:
        match line:
            case n.SecretOf(assets):
                _assets(resolver, assets)
            case n.SecretExcept(word, _, _, unless):
                words[word] = True
                if unless:
                    words[unless] = True
            case n.AllowedTo(labels):
                words |= {label: True for label in labels if label[:1].islower()}
            case _:
                pass
    _right(resolver, name, secrecy, (), words)


def find(clause: n.Licence | n.Confidentiality, kind: type) -> n.Node | None:
    """The line of a kind; None when the clause has none."""
    return next((line for line in clause.lines if isinstance(line, kind)), None)
