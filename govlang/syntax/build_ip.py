"""The grammar's rules for intellectual property: assets, ownership, licences, secrecy, assignment, and what is done with assets.

In: built children of one grammar rule, in the grammar's order, None where an optional part is absent. Out: the node.
Mixed into `build.Builder`; every method is named after a rule or an alias of `grammar/govlang.lark`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from govlang.frozen import replace
from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.syntax.build_events import event_details, make_deed
from govlang.syntax.build_requirements import cite_of

Item = Any


def _sift(items: tuple[Item, ...], *kinds: type) -> tuple[Item, ...]:
    return tuple(item for item in items if isinstance(item, kinds))


def _text(items: tuple[Item, ...]) -> str:
    return next((str(item[1]) for item in items if isinstance(item, tuple) and item[0] == "text"), "")


class _Purposes(tuple[str, ...]):
    """The purposes of a line; a type of its own so that it is found among the children. None are all."""


class _JointAct(str):
    """One act of a joint owner."""

    non_exclusively = False


class _Noticed:
    """`after notice`, with the time of notice if there is one."""

    def __init__(self, period: n.Duration | None) -> None:
        self.period = period


def _label(item: Item) -> str:
    return item.text if isinstance(item, n.Name) else str(item)


_LINES = (
    n.GrantedFrom, n.GrantedTo, n.GrantedOf, n.GrantedFor, n.GrantedIn, n.Exclusivity, n.Sublicence, n.Terms, n.Period,
    n.OnRequest, n.EndsOn, n.SurvivesLeaving,
)  # fmt: skip
_SECRET = (n.SecretOf, n.OralMarked, n.Binds, n.AllowedTo, n.SecretExcept, n.SecretFor)


class IpRules:
    """Clauses and events about assets."""

    # ------------------------------------------------------------ assets and ownership

    def asset(self, span: Span, name: n.Name, *lines: Item) -> n.Asset:
        return n.Asset(
            name, _sift(lines, n.AssetKind), _sift(lines, n.MadeBy), _sift(lines, n.MadeOn), _sift(lines, n.Marked),
            _text(lines), span=span,
        )  # fmt: skip

    def c_background(self, span: Span) -> str:
        return "background"

    def c_results(self, span: Span) -> str:
        return "results"

    def c_sideground(self, span: Span) -> str:
        return "sideground"

    def asset_kind(self, span: Span, kind: str, owners: Item, cite: Item) -> n.AssetKind:
        return n.AssetKind(kind, owners or (), cite=str(cite or ""), span=span)

    def owners(self, span: Span, *owners: n.Owner) -> tuple[n.Owner, ...]:
        return owners

    def owner(self, span: Span, name: n.Name, share: Fraction | None) -> n.Owner:
        return n.Owner(name, share, span=span)

    def made_by(self, span: Span, makers: tuple[n.Name, ...], cite: Item) -> n.MadeBy:
        return n.MadeBy(makers, cite=str(cite or ""), span=span)

    def made_on(self, span: Span, day: n.Moment, cite: Item) -> n.MadeOn:
        return n.MadeOn(day, cite=str(cite or ""), span=span)

    def marked(self, span: Span, cite: Item) -> n.Marked:
        return n.Marked(cite=str(cite or ""), span=span)

    def every_asset(self, span: Span) -> str:
        return "every"

    def asset_refs(self, span: Span, *refs: Item) -> n.Assets:
        classes = tuple(ref for ref in refs if isinstance(ref, str) and ref != "every")
        return n.Assets(classes, _sift(refs, n.Name), "every" in refs, span=span)

    def labels(self, span: Span, *labels: Item) -> tuple[str, ...]:
        return tuple(_label(item) for item in labels)

    def any_purpose(self, span: Span) -> _Purposes:
        return _Purposes()

    def purposes(self, span: Span, *words: str) -> _Purposes:
        return _Purposes(words)

    def ownership(self, span: Span, *lines: Item) -> n.Ownership:
        return n.Ownership(_sift(lines, n.Belongs), _sift(lines, n.JointRule), _text(lines), span=span)

    def results_belong(self, span: Span, to: Item, cite: Item) -> n.Belongs:
        group = to if isinstance(to, n.Group) else None
        return n.Belongs("group" if group is not None else str(to), group, cite=str(cite or ""), span=span)

    def to_party_of_makers(self, span: Span) -> str:
        return "party of makers"

    def to_makers(self, span: Span) -> str:
        return "makers"

    def joint_owners(self, span: Span, *items: Item) -> n.JointRule:
        acts = [item for item in items if isinstance(item, _JointAct)]
        purposes = next((tuple(item) for item in items if isinstance(item, _Purposes)), ())
        lines = tuple(item for item in items if item is not None and not isinstance(item, _JointAct | _Purposes))
        statements = self.statements(lines, span)  # type: ignore[attr-defined]
        return n.JointRule(
            tuple(str(act) for act in acts), purposes, any(act.non_exclusively for act in acts), statements,
            cite=cite_of(items), span=span,
        )  # fmt: skip

    def may_use(self, span: Span, verb: str) -> _JointAct:
        return _JointAct("use")

    def non_exclusively(self, span: Span) -> bool:
        return True

    def may_license(self, span: Span, verb: str, how: Item) -> _JointAct:
        act = _JointAct("license")
        act.non_exclusively = how is not None
        return act

    def may_sublicense(self, span: Span, verb: str) -> _JointAct:
        return _JointAct("sublicense")

    def may_assign(self, span: Span, verb: str) -> _JointAct:
        return _JointAct("assign")

    def may_publish(self, span: Span, verb: str) -> _JointAct:
        return _JointAct("publish")

    def may_disclose(self, span: Span, verb: str) -> _JointAct:
        return _JointAct("disclose")

    # ------------------------------------------------------------ licences

    def licence(self, span: Span, name: n.Name, *lines: Item) -> n.Licence:
        own = _sift(lines, *_LINES)
        rest = tuple(item for item in lines if item is not None and not isinstance(item, _LINES))
        return n.Licence(name, own, self.statements(rest, span), span=span)  # type: ignore[attr-defined]

    def granted_from(self, span: Span, group: n.Group, cite: Item) -> n.GrantedFrom:
        return n.GrantedFrom(group, cite=str(cite or ""), span=span)

    def granted_to(self, span: Span, group: n.Group, cite: Item) -> n.GrantedTo:
        return n.GrantedTo(group, cite=str(cite or ""), span=span)

    def granted_of(self, span: Span, assets: n.Assets, cite: Item) -> n.GrantedOf:
        return n.GrantedOf(assets, cite=str(cite or ""), span=span)

    def granted_for(self, span: Span, purposes: _Purposes, cite: Item) -> n.GrantedFor:
        return n.GrantedFor(tuple(purposes), cite=str(cite or ""), span=span)

    def granted_field(self, span: Span, labels: tuple[str, ...], cite: Item) -> n.GrantedIn:
        return n.GrantedIn("field", labels, cite=str(cite or ""), span=span)

    def granted_territory(self, span: Span, labels: tuple[str, ...], cite: Item) -> n.GrantedIn:
        return n.GrantedIn("territory", labels, cite=str(cite or ""), span=span)

    def exclusive(self, span: Span, cite: Item) -> n.Exclusivity:
        return n.Exclusivity("exclusive", cite=str(cite or ""), span=span)

    def sole(self, span: Span, cite: Item) -> n.Exclusivity:
        return n.Exclusivity("sole", cite=str(cite or ""), span=span)

    def non_exclusive(self, span: Span, cite: Item) -> n.Exclusivity:
        return n.Exclusivity("non-exclusive", cite=str(cite or ""), span=span)

    def no_sublicence(self, span: Span, cite: Item) -> n.Sublicence:
        return n.Sublicence(False, cite=str(cite or ""), span=span)

    def sublicence(self, span: Span, to: Item, approval: Item, cite: Item) -> n.Sublicence:
        return n.Sublicence(True, to or (), approval, cite=str(cite or ""), span=span)

    def free_of_charge(self, span: Span, cite: Item) -> n.Terms:
        return n.Terms("free", cite=str(cite or ""), span=span)

    def fair_terms(self, span: Span, cite: Item) -> n.Terms:
        return n.Terms("fair", cite=str(cite or ""), span=span)

    def fee(self, span: Span, amount: Item, each: Item, cite: Item) -> n.Terms:
        literal = n.Literal("percent" if isinstance(amount, Fraction) else "money", amount, span=span)
        return n.Terms("fee", literal, str(each or ""), cite=str(cite or ""), span=span)

    def at_end(self, span: Span) -> n.End:
        return n.End(None, n.Duration(0, "days"), span=span)

    def after_the_end(self, span: Span, duration: n.Duration) -> n.End:
        return n.End(None, duration, span=span)

    def granted_period(self, span: Span, since: n.Moment, end: Item, cite: Item) -> n.Period:
        return n.Period(since, _end(end, span), cite=str(cite or ""), span=span)

    def granted_until(self, span: Span, end: Item, cite: Item) -> n.Period:
        return n.Period(None, _end(end, span), cite=str(cite or ""), span=span)

    def perpetual(self, span: Span, cite: Item) -> n.Period:
        return n.Period(cite=str(cite or ""), span=span)

    def on_request(self, span: Span, within: Item, cite: Item) -> n.OnRequest:
        return n.OnRequest(within, cite=str(cite or ""), span=span)

    def ends_on_default(self, span: Span, cite: Item) -> n.EndsOn:
        return n.EndsOn("default", cite=str(cite or ""), span=span)

    def ends_on_leaving(self, span: Span, cite: Item) -> n.EndsOn:
        return n.EndsOn("leaving", cite=str(cite or ""), span=span)

    def ends_on_termination(self, span: Span, by: n.Group, cite: Item) -> n.EndsOn:
        return n.EndsOn("termination", by, cite=str(cite or ""), span=span)

    def ends_when(self, span: Span, condition: n.Condition, cite: Item) -> n.EndsOn:
        return n.EndsOn("condition", None, condition, cite=str(cite or ""), span=span)

    def ends_when_happened(self, span: Span, happening: n.Happening, cite: Item) -> n.EndsOn:
        return n.EndsOn("happening", happening=happening, cite=str(cite or ""), span=span)

    def ends_after(self, span: Span, after: n.Duration, happening: n.Happening, cite: Item) -> n.EndsOn:
        return n.EndsOn("happening", happening=happening, after=after, cite=str(cite or ""), span=span)

    def suspended_in_default(self, span: Span, cite: Item) -> n.EndsOn:
        return n.EndsOn("suspended", cite=str(cite or ""), span=span)

    def survives_leaving(self, span: Span, cite: Item) -> n.SurvivesLeaving:
        return n.SurvivesLeaving(cite=str(cite or ""), span=span)

    # ------------------------------------------------------------ secrecy and assignment

    def confidentiality(self, span: Span, name: Item, *lines: Item) -> n.Confidentiality:
        own: list[Item] = []
        for line in lines:
            if isinstance(line, list):
                own.extend(line)
            elif isinstance(line, n.Period):
                own.append(n.SecretFor(cite=line.cite, span=line.span))
            elif isinstance(line, _SECRET):
                own.append(line)
        return n.Confidentiality(name, tuple(own), _text(lines), span=span)

    def marking(self, span: Span) -> bool:
        return True

    def secret_all(self, span: Span, marking: Item, cite: Item) -> n.SecretOf:
        return n.SecretOf(n.Assets(every=True, span=span), marking is not None, cite=str(cite or ""), span=span)

    def secret_of(self, span: Span, assets: n.Assets, marking: Item, cite: Item) -> n.SecretOf:
        return n.SecretOf(assets, marking is not None, cite=str(cite or ""), span=span)

    def oral_marked(self, span: Span, within: n.Duration, cite: Item) -> n.OralMarked:
        return n.OralMarked(within, cite=str(cite or ""), span=span)

    def binds(self, span: Span, group: n.Group, cite: Item) -> n.Binds:
        return n.Binds(group, cite=str(cite or ""), span=span)

    def allowed_to(self, span: Span, labels: tuple[str, ...], cite: Item) -> n.AllowedTo:
        return n.AllowedTo(labels, cite=str(cite or ""), span=span)

    def noticed(self, span: Span, period: Item) -> _Noticed:
        return _Noticed(period)

    def secret_except(self, span: Span, *items: Item) -> list[n.SecretExcept]:
        *words, noticed, unless, cite = items
        period = noticed.period if noticed is not None else None
        return [
            n.SecretExcept(str(word), noticed is not None, period, str(unless or ""), cite=str(cite or ""), span=span)
            for word in words if word is not None
        ]  # fmt: skip

    def at_disclosure(self, span: Span) -> str:
        return "disclosure"

    def secret_for(self, span: Span, duration: n.Duration, anchor: Item, cite: Item) -> n.SecretFor:
        if anchor == "disclosure":
            return n.SecretFor(None, duration, cite=str(cite or ""), span=span)
        return n.SecretFor(n.End(None, duration, span=span), cite=str(cite or ""), span=span)

    def secret_until(self, span: Span, end: Item, cite: Item) -> n.SecretFor:
        return n.SecretFor(_end(end, span), cite=str(cite or ""), span=span)

    def assignment(self, span: Span, *lines: Item) -> n.Assignment:
        rest = tuple(item for item in lines if item is not None and not isinstance(item, n.GrantedOf))
        return n.Assignment(_sift(lines, n.GrantedOf), self.statements(rest, span), span=span)  # type: ignore[attr-defined]

    def first_refusal(
        self, span: Span, group: n.Group, duration: n.Duration, anchor: n.Anchor | None, cite: Item
    ) -> n.Requires:
        window = n.Window("within", duration, anchor, span=span)
        anyone = replace(group, items=tuple(replace(item, quantifier="any") for item in group.items))  # one of them is enough
        act = n.Act("first-refusal", 1, anyone, None, window, forbidden=True, cite=str(cite or ""), span=span)
        return n.Requires(act, cite=str(cite or ""), span=span)

    def delays(self, span: Span, duration: n.Duration, cite: Item) -> tuple[Item, ...]:
        return "delays", duration, (span, cite)

    # ------------------------------------------------------------ what is done with assets

    def with_fact(self, span: Span, word: str, literal: n.Literal) -> tuple[str, n.Literal]:
        return word, literal

    def scope(self, span: Span, purpose: Item, field: Item, territory: Item, *facts: Item) -> dict[str, Item]:
        places = [("field", field), ("territory", territory)]
        names = tuple((key, (n.Name(_label(item), span=span),)) for key, item in places if item is not None)
        return {"word": purpose, "names": names, "facts": tuple(fact for fact in facts if fact is not None)}

    def phrase(self, span: Span, kind: str, asset: n.Name, to: Item, scope: dict[str, Item], how: str = "") -> n.Deed:
        return make_deed(span, kind, target=asset, other=to, choice=how, **scope)

    def act_use(self, span: Span, verb: str, asset: n.Name, scope: dict[str, Item]) -> n.Deed:
        return self.phrase(span, "use", asset, None, scope)

    def act_request(self, span: Span, verb: str, asset: n.Name, scope: dict[str, Item]) -> n.Deed:
        return self.phrase(span, "request", asset, None, scope)

    def act_sublicense(self, span: Span, verb: str, asset: n.Name, to: n.Name, scope: dict[str, Item]) -> n.Deed:
        return self.phrase(span, "sublicense", asset, to, scope)

    def m_exclusively(self, span: Span) -> str:
        return "exclusively"

    def m_non_exclusively(self, span: Span) -> str:
        return "non-exclusively"

    def act_license(self, span: Span, verb: str, asset: n.Name, to: n.Name, how: Item, scope: dict[str, Item]) -> n.Deed:
        return self.phrase(span, "license", asset, to, scope, str(how or ""))

    def act_publish(self, span: Span, verb: str, asset: n.Name, scope: dict[str, Item]) -> n.Deed:
        return self.phrase(span, "publish", asset, None, scope)

    def orally(self, span: Span) -> str:
        return "orally"

    def act_disclose(self, span: Span, verb: str, asset: n.Name, to: Item, how: Item, scope: dict[str, Item]) -> n.Deed:
        orally = (("orally", ()),) if how is not None else ()
        return self.phrase(span, "disclose", asset, to, {**scope, "names": (*scope["names"], *orally)})

    def act_assign(self, span: Span, verb: str, asset: n.Name, to: n.Name, scope: dict[str, Item]) -> n.Deed:
        return self.phrase(span, "assign", asset, to, scope)

    def question(self, span: Span, actor: n.Name, act: n.Deed) -> n.Deed:
        return replace(act, actors=(actor,), span=span)

    def expect_act(
        self, span: Span, at: n.Moment, actor: n.Name, act: n.Deed, verdict: str, first: Item, *details: Item
    ) -> n.Expect:
        asked = replace(act, at=at, actors=(actor,))
        return n.Expect("act", at, actor, verdict, details=event_details((first, *details)), asked=asked, span=span)

    def acted(self, span: Span, act: n.Deed, name: Item, why: Item, *facts: Item) -> n.Deed:
        return replace(_named(act, name, facts), reason=why or "", span=span)

    def asks_to(self, span: Span, verb: str, act: n.Deed, name: Item, why: Item, *facts: Item) -> n.Deed:
        return replace(_named(act, name, facts), kind=f"ask to {act.kind}", reason=why or "", span=span)

    def makes(self, span: Span, verb: str, asset: n.Name) -> n.Deed:
        return make_deed(span, "make", target=asset)

    def lists(self, span: Span, verb: str, asset: n.Name, kind: str, owners: Item) -> n.Deed:
        return make_deed(span, "list", target=asset, word=kind, names=(("of", owners),) if owners else None)

    def delists(self, span: Span, verb: str, asset: n.Name) -> n.Deed:
        return make_deed(span, "delist", target=asset)

    def marks(self, span: Span, verb: str, asset: n.Name) -> n.Deed:
        return make_deed(span, "mark", target=asset)

    def terminates(self, span: Span, verb: str, licence: n.Name, whose: Item, why: Item) -> n.Deed:
        return make_deed(span, "terminate", target=licence, other=whose, reason=why)


def _end(end: Item, span: Span) -> n.End | None:
    return n.End(end, span=span) if isinstance(end, n.Moment) else end


def _named(act: n.Deed, name: n.Name | None, facts: tuple[Item, ...]) -> n.Deed:
    called = (("as", (name,)),) if name is not None else ()
    given = tuple(fact for fact in facts if fact is not None)
    return replace(act, names=(*act.names, *called), facts=(*act.facts, *given))
