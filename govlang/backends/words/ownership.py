"""Assets, ownership, secrecy and assignment in words.

In: clauses of `model.ip` and the rights lowered from them. Out: `Statement`s.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.groups import quoted
from govlang.backends.words.happenings import whole
from govlang.backends.words.licences import assets, labels, purposes
from govlang.backends.words.quantities import percent
from govlang.backends.words.requirements import asked, asked_by_lines, tagged
from govlang.backends.words.statement import Statement
from govlang.backends.words.uses import lasting_of
from govlang.model.ip import find
from govlang.source import Citation
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words

_CLASSES = {"background": "background", "results": "a result", "sideground": "sideground"}
_ACTS = {"use": "use it", "license": "license it", "sublicense": "sublicense it", "assign": "assign it",
         "publish": "publish it", "disclose": "disclose it"}  # fmt: skip


def _cite(words: Words, line: n.Node) -> Citation:
    return words.agreement.cite(line, words.agreement.wording(line))


def _said(words: Words, text: str, kind: str, line: n.Node, items: tuple[Statement, ...] = ()) -> Statement:
    return Statement(english.sentence(text), _cite(words, line), items, kind)


# ---------------------------------------------------------------- assets


def asset(words: Words, name: str) -> Statement:
    """An asset: what it is, whose, since when."""
    clause = words.agreement.ip.assets[name]
    citation = words.agreement.layout.citation(clause.span, f"asset {name}")
    said = english.sentence(f"{words.names(name)} {_class(words, clause, english.is_plural(name))}")
    return Statement(said, citation, tuple(_about(words, clause, citation)), "asset")


def _class(words: Words, clause: n.Asset, many: bool) -> str:
    be = "are" if many else "is"
    if not clause.kinds:
        return f"{be} an asset"
    line = clause.kinds[0]
    noun = "results" if many and line.kind == "results" else _CLASSES[line.kind]
    if not line.owners:
        return f"{be} {noun}; to whom {'they belong' if many else 'it belongs'} follows from the rule on results"
    whose = [words.names(each.name.text) + (f" ({percent(each.share)})" if each.share is not None else "") for each in line.owners]
    equal = ", in equal shares" if len(whose) > 1 and line.owners[0].share is None else ""
    return f"{be} {noun}, and {english.verb('belong', many)} to {english.listed(whose)}{equal}"


def _about(words: Words, clause: n.Asset, citation: Citation) -> Iterator[Statement]:
    if clause.text:
        yield Statement(f"“{clause.text}”", citation, kind="description")
    many = english.is_plural(clause.name.text)
    it, be = ("they", "are") if many else ("it", "is")
    for made in clause.makers:
        makers = english.listed([words.names(each.text) for each in made.makers])
        yield _said(words, f"{it} {'were' if many else 'was'} made by {makers}", "made", made)
    for day in clause.days:
        yield _said(words, f"{it} {english.verb('exist', many)} from {english.moment(day.day)} on", "since", day)
    for mark in clause.marks:
        yield _said(words, f"{it} {be} marked confidential", "marked", mark)


# ---------------------------------------------------------------- ownership


def ownership(words: Words) -> Iterator[Statement]:
    """To whom results belong, and what joint owners may do."""
    clause = words.agreement.ip.ownership
    if clause is None:
        return
    for line in clause.belongs:
        yield _said(words, _belongs(words, line), "ownership", line)
    for number, rule in enumerate(clause.joint, start=1):
        lowered = words.rule(f"joint owners {number}")
        items = tuple(words.requirement(each) for each in asked_by_lines(lowered))
        text = f"a joint owner may {_acts(rule)} without the consent of the others"
        said = f"{english.sentence(text)[:-1]}, provided that:" if items else text
        yield _said(words, said, "joint owners", rule, items)
    if clause.joint:
        yield _said(words, "for anything else, a joint owner needs the consent of the others", "consent", clause.joint[-1])


def _belongs(words: Words, line: n.Belongs) -> str:
    if line.to == "group" and line.group is not None:
        who = whole(words, words.voice(), line.group, "")
        return f"results belong to {who.text}{', in equal shares' if who.many or who.text.startswith('every') else ''}"
    if line.to == "makers":
        return "results belong to those who made them; what several made belongs to them jointly"
    jointly = "what people of several parties made belongs to those parties jointly"
    return f"results belong to the party of those who made them; {jointly}"


def _acts(rule: n.JointRule) -> str:
    how = " non-exclusively" if rule.non_exclusively else ""
    said = [_ACTS[act] + (how if act == "license" else "") for act in rule.acts]
    said[0] = said[0].replace(" it", " what is owned jointly", 1)
    return english.listed(said, "and") + purposes(rule.purposes)


# ---------------------------------------------------------------- secrecy


def secrecy(words: Words, name: str) -> Statement:
    """What must be kept secret, by whom, for how long; and what is excepted."""
    clause = words.agreement.ip.secrecies[name]
    binds, of, lasting = find(clause, n.Binds), find(clause, n.SecretOf), find(clause, n.SecretFor)
    who = whole(words, words.voice(), binds.group, "").text if isinstance(binds, n.Binds) else "whoever knows of it"
    what = _secret(words, of) if isinstance(of, n.SecretOf) else "what it was told"
    long = " marked confidential" in what
    text = f"{who} must keep {f'secret {what},' if long else f'{what} secret'} {lasting_of(lasting)}"
    also = tagged(words, binds, of, lasting)
    citation = words.agreement.rights[name].citation
    return Statement(english.sentence(text), citation, tuple(_secrecy_lines(words, clause)), "secrecy", also)


def _secret(words: Words, line: n.SecretOf) -> str:
    marked = " that is marked confidential" if line.marked else ""
    if line.assets.every:
        return f"everything{marked}"
    which = assets(words, line.assets)
    return f"whatever of {which} is marked confidential" if line.marked else which


def _secrecy_lines(words: Words, clause: n.Confidentiality) -> Iterator[Statement]:
    name = clause.name.text if clause.name is not None else "confidentiality"
    if clause.text:
        yield Statement(f"“{clause.text}”", words.agreement.rights[name].citation, kind="description")
    for line in clause.lines:
        if isinstance(line, n.OralMarked):
            length = english.duration(line.within)
            text = f"what was told orally is secret for {length}, and after that only if it was marked confidential by then"
            yield _said(words, text, "oral", line)
        elif isinstance(line, n.AllowedTo):
            yield _said(words, f"it may be told to {labels(line.labels, 'or')}", "allowed", line)
    yield from _exceptions(words, clause)
    citation = words.agreement.rights[name].citation
    if find(clause, n.Binds) is not None:
        yield Statement("Those who are bound may tell it to each other, and to the owner.", citation, kind="inside")
    consent = "The owner may always tell what is its own; others may tell it with the owner's consent."
    yield Statement(consent, citation, kind="consent")


def _exceptions(words: Words, clause: n.Confidentiality) -> Iterator[Statement]:
    """The exceptions, those of one line together."""
    found: dict[tuple[object, ...], list[n.SecretExcept]] = {}
    for line in clause.lines:
        if isinstance(line, n.SecretExcept):
            place = words.agreement.layout.source.place(line.span.start)[0]
            found.setdefault((place, line.notice, line.period, line.unless), []).append(line)
    for lines in found.values():
        first = lines[0]
        text = f"this does not hold for what is {english.listed([quoted(each.word) for each in lines], 'or')}"
        if first.notice:
            ahead = f"{english.possessive(first.period)} notice" if first.period is not None else "notice beforehand"
            text += f", provided that the owner has been given {ahead}"
            text += f" (no notice is needed if {quoted(first.unless)} is shown)" if first.unless else ""
        yield _said(words, text, "exception", first)


# ---------------------------------------------------------------- assignment


def assignment(words: Words, name: str) -> Statement:
    """Under which conditions assets change hands."""
    clause = words.agreement.ip.assignments[name]
    which = english.listed([assets(words, line.assets) for line in clause.of]) if clause.of else "every asset"
    which = "any asset" if which == "every asset" else which
    rule = words.rule(name)
    items = tuple(words.requirement(each) for each in (*asked(rule.tree), *asked(rule.after)))
    text = f"{which} may be assigned only if:" if items else f"{which} may be assigned"
    return Statement(english.sentence(text), rule.citation, items, "assignment")
