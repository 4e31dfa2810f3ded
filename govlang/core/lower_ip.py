"""What licences, ownership, secrecy and assignment ask of one who wants to do something with an asset.

In: the clause that a right was made from. Out: requirement trees over the facts of the question (user, act, asset, purpose, field,
territory, recipient) and over what the record says of the asset (`keys.Ip`). Part of lowering; see `core.lower`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.core import keys as k, lower_conditions
from govlang.core.expr import (
    FALSE,
    TRUE,
    Compare,
    Expr,
    Fact,
    Known,
    Literal,
    OneOf,
    all_of,
    any_of,
    at_least,
    negate,
)
from govlang.core.lower_conditions import now
from govlang.core.rules import AnyOf, Branch, Every, Leaf, Pick, Tree, Want
from govlang.frozen import replace
from govlang.model.ip import find
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.core.lower import Lowering

CLAUSES = (n.Licence, n.Owning, n.JointOwning, n.Confidentiality, n.Assignment)
_WHAT = {"purpose": "the purpose of the use", "field": "the field of use", "territory": "the territory of use"}


def common(low: Lowering, clause: n.Node) -> list[Tree]:
    """What a right asks for beside the lines of its block."""
    match clause:
        case n.Licence():
            return _licence(low, clause)
        case n.Owning():
            return [_owning(low, clause)]
        case n.JointOwning(rule):
            return _joint(low, rule)
        case n.Confidentiality():
            return [_secrecy(low, clause)]
        case _:
            return []


def around(low: Lowering, clause: n.Node, body: Tree) -> Tree:
    """The lines of a licence hold for the use, and not for the request of it."""
    if not isinstance(clause, n.Licence) or body == Every(()):
        return body
    citation = low.decision.citation
    asking = Branch(_act("request"), "to ask for it", Every(()), citation)
    return Pick((asking, Branch(TRUE, f"what {low.decision.name} asks for", body, citation)), citation)


def _given(name: str) -> Expr:
    return Fact(k.Given(name))


def _act(name: str) -> Expr:
    return Compare("=", _given("act"), Literal(name))


def _unknown(name: str, about: str = "") -> Want:
    """What would make a fact of the question known."""
    return Want("record", _WHAT.get(name, about or f"whether it is `{name}`"), when=negate(Known(_given(name))))


def _said(low: Lowering, node: n.Node) -> str:
    """A line of a licence as a sentence about it: `Research Access is for research`."""
    words = low.agreement.wording(node)
    verb = words.split(" ")[0]
    return f"{low.decision.name}: {words}" if verb in ("ends", "survives", "sublicence", "no", "fee") else (
        f"{low.decision.name} is {words}"
    )  # fmt: skip


def _plain(low: Lowering, node: n.Node, kind: str, what: str) -> Leaf:
    """A line that holds or does not, as the record says."""
    key = k.Ip(what, node, low.decision.name)
    return low.leaf(node, kind, Fact(key), negate(Fact(key)), label=_said(low, node), evidence=(key,))


def _one_of(low: Lowering, node: n.Node, what: str, values: tuple[str, ...]) -> Leaf:
    """One of the words that a line allows."""
    met = OneOf(_given(what), values)
    return low.leaf(node, what, met, negate(met), label=_said(low, node), wants=(_unknown(what),),
                    evidence=(k.Given(what),))  # fmt: skip


# ---------------------------------------------------------------- licences


def _licence(low: Lowering, clause: n.Licence) -> list[Tree]:
    found: list[Tree] = []
    for line in clause.lines:
        found.extend(_licence_line(low, clause, line))
    if find(clause, n.Sublicence) is None:
        sub = _act("sublicense")
        label = f"{low.decision.name} gives no right to sublicense"
        found.append(low.leaf(n.Node(span=clause.name.span), "no sublicence", negate(sub), sub, label=label))
    return [*found, *_exclusive_of_others(low, clause)]


def _licence_line(low: Lowering, clause: n.Licence, line: n.LicenceLine) -> list[Tree]:
    match line:
        case n.GrantedFrom():
            return [_plain(low, line, "grantor", "grantor")]
        case n.GrantedTo():
            return [_plain(low, line, "licensee", "licensee")]
        case n.GrantedOf():
            return [_plain(low, line, "asset", "covered")]
        case n.GrantedFor(purposes) if purposes:
            return [_one_of(low, line, "purpose", purposes)]
        case n.GrantedIn(what, labels):
            return [_one_of(low, line, what, labels)]
        case n.Period():
            return [_period(low, line)]
        case n.OnRequest():
            return [_request(low, line)]
        case n.Sublicence():
            return _sublicence(low, line)
        case n.Terms("fair"):
            return [_fair(low, line)]
        case n.EndsOn():
            return [_ends(low, line)]
        case _:
            return []


def _period(low: Lowering, line: n.Period) -> Leaf:
    """Not begun yet is open: that day will come. Over is over."""
    key = k.Ip("running", line, low.decision.name)
    running = Fact(key)
    if line.since is None:
        return low.leaf(line, "period", running, negate(running), label=_said(low, line), evidence=(key,))
    since = Literal(line.since.start)
    begun = Compare(">=", now(), since)
    want = Want("time", f"{low.decision.name} begins on {line.since}", until=since, when=negate(begun))
    return low.leaf(line, "period", all_of(begun, running), negate(running), label=_said(low, line), wants=(want,),
                    evidence=(key,))  # fmt: skip


def _request(low: Lowering, line: n.OnRequest) -> Leaf:
    """A request made in time is on record; while the time runs, one can still be made."""
    name = low.decision.name
    requested = k.Ip("requested", line, name)
    asking = all_of(_act("request"), Fact(k.Ip("window", line, name)))
    met = any_of(Fact(requested), asking)
    failed = all_of(negate(Fact(requested)), negate(Fact(k.Ip("window", line, name))))
    want = Want("record", "a request for access, on record", when=negate(Fact(requested)))
    return low.leaf(line, "request", met, failed, label=_said(low, line), wants=(want,),
                    evidence=(requested, k.Ip("window", line, name)))  # fmt: skip


def _sublicence(low: Lowering, line: n.Sublicence) -> list[Tree]:
    sub = _act("sublicense")
    label = _said(low, line)
    if not line.allowed:
        return [low.leaf(line, "no sublicence", negate(sub), sub, label=label)]
    found: list[Tree] = []
    if line.to:
        names = tuple(each for each in line.to if not each[:1].islower())
        words = tuple(each for each in line.to if each[:1].islower())
        fits = any_of(*([OneOf(_given("recipient"), names)] if names else []), *(_given(word) for word in words))
        wants = tuple(_unknown(word, f"whether the recipient is one of the {word}") for word in words)
        found.append(low.leaf(line, "sublicence", any_of(negate(sub), fits), all_of(sub, negate(fits)), label=label,
                              wants=wants, evidence=tuple(k.Given(word) for word in ("recipient", *words))))  # fmt: skip
    if line.approval is not None:
        approval = low.requirement(n.Approval(line.approval, cite=line.cite, span=line.span), low.decision.block.scope)
        none = low.leaf(line, "sublicence", negate(sub), sub, label="no sublicence is asked for")
        found.append(AnyOf((none, approval), label, low.agreement.cite(line)))
    return found


def _fair(low: Lowering, line: n.Terms) -> Leaf:
    """Fair and reasonable terms are agreed before the use; that is for people to record."""
    acts = k.Acts(n.Act("terms-agreed", span=line.span), low.decision.block.scope)
    agreed = at_least(Fact(acts), Literal(Fraction(1)))
    want = Want("act", "terms-agreed: fair and reasonable terms, agreed with the owner", when=negate(agreed))
    return low.leaf(line, "terms", any_of(_act("request"), agreed), FALSE, label=_said(low, line), wants=(want,),
                    evidence=(acts,))  # fmt: skip


def _ends(low: Lowering, line: n.EndsOn) -> Leaf:
    key = k.Ip("over", line, low.decision.name)
    if line.condition is not None:
        # what the record says of the licensee under this licence, beside what it says of this use
        ended = any_of(Fact(key), lower_conditions.condition(low, line.condition))
        wants = tuple(lower_conditions.missing_facts(low, line.condition))
        evidence = (*lower_conditions.keys_of(low, line.condition), key)
        # what nobody has found has not happened: a licence does not wait for the proof that its end has not come
        return low.leaf(line, "ended", any_of(negate(Known(ended)), negate(ended)), ended, label=_said(low, line), wants=wants,
                        evidence=evidence)  # fmt: skip
    return low.leaf(line, "ended", negate(Fact(key)), Fact(key), label=_said(low, line), evidence=(key,))


def _exclusive_of_others(low: Lowering, clause: n.Node) -> list[Tree]:
    """Nobody else has an exclusive licence of the same asset, field, territory and purpose; a sole one leaves the owner in."""
    found: list[Tree] = []
    for name, other in low.agreement.ip.licences.items():
        line = find(other, n.Exclusivity)
        if other is clause or not isinstance(line, n.Exclusivity) or line.kind == "non-exclusive":
            continue
        if line.kind == "sole" and not isinstance(clause, n.Licence):
            continue
        key = k.Ip("excluded", other, name)
        wants = tuple(
            Want("record", f"{words}: {name} is {line.kind}", when=all_of(negate(Known(Fact(key))), negate(Known(_given(what)))))
            for what, words in _WHAT.items() if what in _mentioned(other)
        )  # fmt: skip
        found.append(low.leaf(line, "exclusive", negate(Fact(key)), Fact(key), label=f"{name} is {line.kind}", wants=wants,
                              evidence=(key,)))  # fmt: skip
    return found


def _mentioned(licence: n.Licence) -> set[str]:
    """What a licence is limited by: its purposes, fields, territories."""
    found = {line.what for line in licence.lines if isinstance(line, n.GrantedIn)}
    return found | {"purpose" for line in licence.lines if isinstance(line, n.GrantedFor) and line.purposes}


# ---------------------------------------------------------------- ownership, secrecy


def _owning(low: Lowering, clause: n.Owning) -> Tree:
    """The owner may do as it likes; a joint owner with the consent of the others, where somebody asked for it."""
    line: n.Node = n.Node(span=clause.span)
    label = "the owner may use its own"
    if clause.asset is not None:
        line = clause.asset.kinds[0] if clause.asset.kinds else line
        label = f"{clause.asset.name.text}: {low.agreement.wording(line)}" if clause.asset.kinds else label
    elif low.agreement.ip.ownership is not None and low.agreement.ip.ownership.belongs:
        line = low.agreement.ip.ownership.belongs[0]
        label = low.agreement.wording(line)
    key = k.Ip("sole owner", line)
    sole = low.leaf(line, "owner", Fact(key), negate(Fact(key)), label=label, evidence=(key,))
    owned = AnyOf((sole, _consent(low, line)), "the owner, or a joint owner with the consent of the others",
                  sole.citation)  # fmt: skip
    return Every((owned, *_exclusive_of_others(low, clause)), citation=sole.citation)


def _consent(low: Lowering, line: n.Node) -> Leaf:
    """The written approval of the (other) owners. Where nobody asked for it there is none."""
    given, asked = k.Ip("consented", line), Fact(k.Ip("asked", line))
    want = Want("ballots", "approval of the owner", when=negate(Fact(given)))
    return low.leaf(line, "consent", Fact(given), all_of(negate(Fact(given)), negate(asked)),
                    label="the consent of the owner", wants=(want,), evidence=(given,))  # fmt: skip


def _joint(low: Lowering, rule: n.JointRule) -> list[Tree]:
    words = low.agreement.wording(rule).partition(" requires ")[0].partition(" when ")[0]
    key = k.Ip("joint owner", rule)
    found: list[Tree] = [
        low.leaf(rule, "owner", Fact(key), negate(Fact(key)), label=words, evidence=(key,)),
    ]  # fmt: skip
    acts = OneOf(_given("act"), rule.acts)
    found.append(low.leaf(rule, "act", acts, negate(acts), label=words, evidence=(k.Given("act"),)))
    if rule.purposes:
        purpose = OneOf(_given("purpose"), rule.purposes)
        found.append(low.leaf(rule, "purpose", purpose, negate(purpose), label=words, wants=(_unknown("purpose"),),
                              evidence=(k.Given("purpose"),)))  # fmt: skip
    if rule.non_exclusively:
        plain = any_of(negate(_act("license")), Compare("=", _given("manner"), Literal("non-exclusively")))
        want = Want("record", "whether the licence is exclusive", when=negate(Known(_given("manner"))))
        found.append(low.leaf(rule, "manner", plain, negate(plain), label=words, wants=(want,), evidence=(k.Given("manner"),)))
    return [*found, *_exclusive_of_others(low, n.Owning(span=rule.span))]


def _secrecy(low: Lowering, clause: n.Confidentiality) -> Tree:
    """Not secret (any more), an exception shown, or the consent of the owner."""
    name = low.decision.name
    of, lasting = find(clause, n.SecretOf), find(clause, n.SecretFor)
    line = lasting or of or n.Node(span=clause.span)
    parts = [low.agreement.wording(each) for each in (of, lasting) if each is not None]
    key = k.Ip("secret", clause, name)
    also = tuple(low.agreement.cite(each) for each in clause.lines if each is not line and _binding(each))
    secret = low.leaf(line, "secrecy", negate(Fact(key)), Fact(key), label=f"{name}: {', '.join(parts)}", evidence=(key,))
    secret = replace(secret, also=(*secret.also, *also))
    exceptions = [_exception(low, each) for each in clause.lines if isinstance(each, n.SecretExcept)]
    return AnyOf((secret, *exceptions, _consent(low, line)), f"{name} does not forbid it", secret.citation)


def _binding(line: n.Node) -> bool:
    """Whether a line, beside the time, makes the duty and names the clause that it comes from."""
    return isinstance(line, n.SecretOf | n.Binds) and bool(line.cite)


def _exception(low: Lowering, line: n.SecretExcept) -> Leaf:
    shown = _given(line.word)
    label = f"except {line.word}" + (" after notice" if line.notice else "")
    if not line.notice:
        return low.leaf(line, "exception", shown, negate(shown), label=label, evidence=(k.Given(line.word),))
    told = k.Ip("noticed", line)
    free = any_of(Fact(told), *([_given(line.unless)] if line.unless else []))
    period = f"{line.period} of " if line.period is not None else ""
    want = Want("record", f"{period}advance notice to the owner", when=all_of(shown, negate(free)))
    return low.leaf(line, "exception", all_of(shown, free), negate(shown), label=label, wants=(want,),
                    evidence=(k.Given(line.word), told))  # fmt: skip
