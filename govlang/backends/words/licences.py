"""Licences in words: who grants whom what, for what, where, how long, on which terms, and what ends it.

In: a licence of the model and the right that was lowered from it. Out: a `Statement`: the grant in one sentence, and under it what
follows from it, ends it, and must be met for a use.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.groups import Who, quoted
from govlang.backends.words.happenings import all_parties, happening, titled, whole
from govlang.backends.words.quantities import value
from govlang.backends.words.requirements import asked, claimed, given, tagged
from govlang.backends.words.statement import Statement
from govlang.backends.words.uses import ending
from govlang.backends.words.voice import Voice
from govlang.core.rules import Every, Pick, Tree
from govlang.frozen import replace
from govlang.model.ip import find
from govlang.model.nodes import Decision, Kind
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words

_CHARGE = {"free": ", free of charge", "fair": ", on fair and reasonable terms"}


def licence(words: Words, name: str) -> Statement:
    """A licence: the grant, and under it its further terms."""
    right = words.agreement.rights[name]
    clause = words.agreement.ip.licences[name]
    voice = words.voice(right.facts)
    known = [replace(each, text="For every use it is stated:") if each.items else each
             for each in given(words, right, clause.statements)]  # fmt: skip
    items = (*_text(right), *_terms(words, voice, clause), *_endings(words, voice, right, clause), *known, *_uses(words, name))
    granting = [line for line in clause.lines if not isinstance(line, n.EndsOn | n.SurvivesLeaving | n.Sublicence | n.OnRequest)]
    return Statement(english.sentence(_grant(words, voice, clause)), right.citation, items, "licence", tagged(words, *granting))


def _text(right: Decision) -> Iterator[Statement]:
    if right.text:
        yield Statement(f"“{right.text}”", right.citation, kind="description")


# ---------------------------------------------------------------- the grant in one sentence


def _grant(words: Words, voice: Voice, clause: n.Licence) -> str:
    source, to = find(clause, n.GrantedFrom), find(clause, n.GrantedTo)
    grantors = source.group if isinstance(source, n.GrantedFrom) else None
    grantor = whole(words, voice, grantors, "") if grantors is not None else None
    subject = grantor.does("grant") if grantor is not None else "there is granted to"
    licensee = _licensee(words, voice, to.group, grantors) if isinstance(to, n.GrantedTo) else "nobody in particular"
    line = find(clause, n.Exclusivity)
    kind = f"{line.kind} licence" if isinstance(line, n.Exclusivity) else "licence"
    own = "their" if grantor is not None and grantor.many else "its"
    return (
        f"{subject} {licensee} {english.a(kind)} of {_assets(words, find(clause, n.GrantedOf), own)}"
        f"{_purpose(find(clause, n.GrantedFor))}{_places(clause)}{_charge(find(clause, n.Terms))}{_period(find(clause, n.Period))}"
    )


def _licensee(words: Words, voice: Voice, group: n.Group, grantors: n.Group | None) -> str:
    """Who gets it: every other party, where the parties grant it to each other."""
    if grantors is not None and all_parties(group) and all_parties(grantors):
        return "every other party"
    if grantors is not None and grantors == group and len(group.items) > 1:
        return "each other"
    item, source = group.items[0], grantors.items[0] if grantors is not None and len(grantors.items) == 1 else None
    others = item.excluded is not None and source is not None and item.excluded == source.base and not item.attribute
    if len(group.items) == 1 and others and item.base.kind == "party" and not item.base.attribute:
        return f"{item.quantifier or 'every'} other party"
    return whole(words, voice, group, "").text


def _assets(words: Words, line: n.Node | None, own: str) -> str:
    if not isinstance(line, n.GrantedOf):
        return "nothing in particular"
    return assets(words, line.assets, own)


def assets(words: Words, which: n.Assets, own: str = "the") -> str:
    """Which assets: its results and background, the Cell Model; every asset."""
    if which.every:
        return "every asset" if own == "the" else f"every one of {own} assets"
    found = [f"{own} {english.listed(list(which.classes))}"] if which.classes else []
    return english.listed([*found, *(words.names(name.text) for name in which.names)])


def _purpose(line: n.Node | None) -> str:
    if not isinstance(line, n.GrantedFor):
        return ""
    return purposes(line.purposes)


def purposes(which: tuple[str, ...]) -> str:
    """For which purposes; none are all."""
    return f" for the purpose of {english.listed([quoted(each) for each in which], 'or')}" if which else " for any purpose"


def labels(which: tuple[str, ...], word: str = "and") -> str:
    """Fields, territories, recipients: names as they are, words of the agreement's own set apart."""
    return english.listed([quoted(each) if each[:1].islower() else each for each in which], word)


def _places(clause: n.Licence) -> str:
    found = ""
    for line in clause.lines:
        if isinstance(line, n.GrantedIn):
            noun = f"in the field{'s' if len(line.labels) > 1 else ''} of" if line.what == "field" else "in"
            found += f" {noun} {labels(line.labels)}"
    return found


def _charge(line: n.Node | None) -> str:
    if not isinstance(line, n.Terms):
        return ""
    if line.fee is None:
        return _CHARGE[line.kind]
    return f", for a fee of {value(line.fee)}{f' each {line.each}' if line.each else ''}"


def _period(line: n.Node | None) -> str:
    if not isinstance(line, n.Period):
        return ""
    since = f"from {english.moment(line.since)} " if line.since is not None else ""
    if line.end is None:
        return f", {since}in perpetuity" if not since else f", {since}on, in perpetuity"
    return f", {since}until {ending(line.end)}"


# ---------------------------------------------------------------- further terms


def _terms(words: Words, voice: Voice, clause: n.Licence) -> Iterator[Statement]:
    def said(text: str, kind: str, line: n.Node) -> Statement:
        return Statement(english.sentence(text), words.agreement.cite(line, words.agreement.wording(line)), kind=kind)

    exclusive = find(clause, n.Exclusivity)
    if isinstance(exclusive, n.Exclusivity) and exclusive.kind != "non-exclusive":
        but = "not even its owner" if exclusive.kind == "exclusive" else "except its owner"
        yield said(f"while it runs, nobody else, {but}, may use the same{_likewise(clause)}", "exclusive", exclusive)
    sub = find(clause, n.Sublicence)
    if isinstance(sub, n.Sublicence) and sub.allowed:
        to = f" to {labels(sub.to, 'or')}" if sub.to else ""
        approval = f" with the approval of {voice.groups.who(sub.approval, each=True).text}" if sub.approval is not None else ""
        yield said(f"sublicences may be granted{to}{approval}", "sublicence", sub)
    else:
        yield said("it may not be sublicensed", "no sublicence", sub or n.Node(span=clause.name.span))
    terms = find(clause, n.Terms)
    if isinstance(terms, n.Terms) and terms.kind == "fair":
        yield said("the terms must be agreed before it is used", "terms", terms)
    asking = find(clause, n.OnRequest)
    if isinstance(asking, n.OnRequest):
        text = "a licensee has it only on request"
        if asking.within is not None:
            text += f", made no later than {english.duration(asking.within)} after the end of the agreement"
        yield said(text, "request", asking)


def _likewise(clause: n.Licence) -> str:
    """What an exclusive licence keeps for itself: its own purpose, field and territory."""
    places = [line.what for line in clause.lines if isinstance(line, n.GrantedIn)]
    line = find(clause, n.GrantedFor)
    purpose = " for that purpose" if isinstance(line, n.GrantedFor) and line.purposes else " for any purpose"
    return purpose + "".join(f" in that {what}" for what in ("field", "territory") if what in places)


# ---------------------------------------------------------------- what ends it


def _endings(words: Words, voice: Voice, right: Decision, clause: n.Licence) -> Iterator[Statement]:
    who = _holder(words, clause)
    for line in clause.lines:
        cite = words.agreement.cite(line, words.agreement.wording(line))
        if isinstance(line, n.EndsOn):
            yield Statement(english.sentence(_ends(words, voice, right, line, who)), cite, kind="ended")
        elif isinstance(line, n.SurvivesLeaving):
            text = "a licensee that leaves the agreement keeps its access to what was there when it left"
            text = f"{who} keeps its access to what was there when it left the agreement" if who else text
            yield Statement(english.sentence(text), cite, kind="survives")


def _holder(words: Words, clause: n.Licence) -> str:
    """The licensee by name, where it is one party; empty where there may be several."""
    to = find(clause, n.GrantedTo)
    items = to.group.items if isinstance(to, n.GrantedTo) else ()
    if len(items) != 1 or items[0].base.name is None or items[0].base.kind != "name" or items[0].attribute:
        return ""
    name = items[0].base.name.text
    return words.names(name) if words.agreement.kind_of(name) in (Kind.PARTY, Kind.PERSON) else ""


def _ends(words: Words, voice: Voice, right: Decision, line: n.EndsOn, who: str) -> str:
    whose = f"when {who}" if who else "for a licensee that"
    match line.what:
        case "default":
            return f"it ends for good {whose} comes into default"
        case "suspended":
            return f"it is suspended while {who} is in default" if who else "it is suspended for a licensee that is in default"
        case "leaving":
            return f"it ends {whose} leaves the agreement"
        case "termination":
            by = whole(words, voice, line.by, "") if line.by is not None else Who("anybody")
            return f"it ends when {by.does('terminate it')}{'' if who else ', for every licensee or for one of them'}"
        case _ if line.happening is not None:
            when = f"{english.duration(line.after)} after" if line.after is not None else "when"
            own = "; where it is about one of several licensees, for that one alone" if not who and _of_one(line.happening) else ""
            return f"it ends {when} {happening(words, line.happening, voice)}{own}"
        case _:
            whom = "" if who else "for a licensee "
            return f"it ends {whom}when {claimed(words, right, line.condition)}" if line.condition is not None else "it ends"


def _of_one(item: n.Happening) -> bool:
    """Whether something can happen to one licensee alone: a duty of its own, a finding about it, an act on its request."""
    return item.kind in ("finding", "act", "duty", "power", "objective", "survey")


# ---------------------------------------------------------------- what must be met for a use


def _uses(words: Words, name: str) -> Iterator[Statement]:
    """The lines of a licence that are those of a decision: they hold for the use, and not for the request of it."""
    rule = words.rule(name)
    found = [*_body(rule.tree), *asked(rule.after)]
    if found:
        items = tuple(words.requirement(each) for each in found)
        yield Statement(f"For every use under {titled(words, name)}:", rule.citation, items, "uses")


def _body(tree: Tree) -> Iterator[Tree]:
    last = tree.items[-1] if isinstance(tree, Every) and tree.items else tree
    if isinstance(last, Pick) and len(last.branches) == 2 and last.branches[0].tree == Every(()):
        yield from asked(last.branches[1].tree)
