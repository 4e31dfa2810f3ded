"""Who is in an agreement, in words: parties, persons, what is known about them; roles and who holds them; bodies and how they sit.

In: members, roles and bodies of the model. Out: `Statement`s. Quorums are said from the expressions that decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import zip_longest
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.groups import is_many, literal, plain, quoted
from govlang.backends.words.happenings import whole
from govlang.backends.words.quantities import percent, quantity
from govlang.backends.words.statement import Statement
from govlang.core import keys as k, lower_quorum
from govlang.core.lower import Lowering
from govlang.frozen import replace
from govlang.model.nodes import Block, Body, Dated, Decision, Kind, Member, Role, Scope
from govlang.source import Citation, Span
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words


def _cite(words: Words, span: Span, kind: str, name: str) -> Citation:
    return words.agreement.layout.citation(span, f"{kind} {name}")


def _described(text: str, citation: Citation) -> Iterator[Statement]:
    if text:
        yield Statement(f"“{text}”", citation, kind="description")


# ---------------------------------------------------------------- parties and persons


def member(words: Words, name: str) -> Statement:
    """A party or person: full name, seat, since and until when, what is known about it."""
    found = words.agreement.members[name]
    citation = _cite(words, found.span, found.kind.value, name)
    subject = words.names(name)
    full = f", in full {found.full_name}," if found.full_name and found.full_name != name else ""
    text = f"{subject}{full} is {_what(words, found)}"
    items = (*_described(found.text, citation), *_part(subject, found, citation), *_known(words, subject, name, citation))
    return Statement(english.sentence(text), citation, items, found.kind.value)


def _what(words: Words, found: Member) -> str:
    seat = f", with its seat in {found.seat}" if found.seat else ""
    if found.kind is Kind.PARTY:
        return f"a party to the agreement{seat}"
    if not found.of:
        return f"a person named in the agreement{seat}"
    return f"a person who belongs to {words.names(found.of)}{seat}"


def _part(subject: str, found: Member, citation: Citation) -> Iterator[Statement]:
    since = f"from {english.day(found.since)} on" if found.since is not None else ""
    until = f"until the end of {english.day(found.until)}" if found.until is not None else ""
    if since or until:
        both = f"from {english.day(found.since)} {until}" if found.since is not None and until else since or until
        yield Statement(english.sentence(f"{subject} takes part {both}"), citation, kind="term")


def _known(words: Words, subject: str, name: str, citation: Citation) -> Iterator[Statement]:
    for attribute in dict.fromkeys(item.name for items in words.agreement.attributes.values() for item in items):
        for dated in _one_after_another(words.agreement.values.get((name, attribute), ())):
            yield Statement(english.sentence(_attribute(words, subject, attribute, dated)), citation, kind="attribute")


def _one_after_another(values: tuple[Dated, ...]) -> Iterator[Dated]:
    """Values in order of time, each until the next one holds."""
    ordered = sorted(values, key=lambda each: each.since or date.min)
    for place, dated in enumerate(ordered, start=1):
        begins = ordered[place].since if place < len(ordered) else None
        last = begins - timedelta(days=1) if begins is not None else None
        until = min((day for day in (dated.until, last) if day is not None), default=None)
        yield replace(dated, until=until)


def _attribute(words: Words, subject: str, attribute: str, dated: Dated) -> str:
    time = _during(dated.since, dated.until)
    if isinstance(dated.value, bool):
        return f"{subject} is {'' if dated.value else 'not '}marked {quoted(attribute)}{time}"
    be = "are" if is_many(attribute) else "is"
    return f"the {plain(attribute)} of {subject} {be} {valued(words, attribute, dated.value)}{time}"


def _during(since: date | None, until: date | None) -> str:
    if since is not None and until is not None:
        return f" from {english.day(since)} until {english.day(until)}"
    return f" from {english.day(since)} on" if since is not None else f" until {english.day(until)}" if until is not None else ""


def valued(words: Words, attribute: str, value: object) -> str:
    """The value of an attribute as its type is read."""
    types = {each.type.kind for items in words.agreement.attributes.values() for each in items if each.name == attribute}
    if isinstance(value, Fraction):
        return percent(value) if "percent" in types else english.figure(value)
    if isinstance(value, datetime):
        return english.day(value.date())
    if isinstance(value, str):
        return f"“{value}”" if "text" in types else plain(value) if types <= {"choice"} else words.names(value)
    return literal(value)


# ---------------------------------------------------------------- roles


def role(words: Words, name: str) -> Statement:
    """A role: how many hold it, who appoints them, for how long, what a holder may do; and who holds it by the text."""
    found = words.agreement.roles[name]
    citation = _cite(words, found.span, "role", name)
    text = f"{_seats(words, found)}{_appointed(words, found)}{_term(found)}"
    items = (*_described(found.text, citation), *_powers(words, found, citation))
    return Statement(english.sentence(text), citation, items, "role")


def _seats(words: Words, found: Role) -> str:
    match found.seats:
        case "one":
            return f"there is one {found.name}"
        case "one each":
            return f"there is one {found.name} for each party"
        case "up to":
            return f"there may be up to {english.counted(found.limit, found.name)}"
        case _:
            return f"the role {found.name} may have any number of holders"


def _appointed(words: Words, found: Role) -> str:
    item = found.appointed_by
    if item is None:
        return ""
    if item.base.kind == "party" and item.quantifier in ("", "every") and item.excluded is None and not item.attribute:
        return ", appointed by that party" if found.seats == "one each" else ", each appointed by a party for itself"
    return f", appointed by {whole(words, words.voice(), n.Group((item,)), 'any of the').text}"


def _term(found: Role) -> str:
    return f", for {english.duration(found.term)} at a time" if found.term is not None else ""


def _powers(words: Words, found: Role, citation: Citation) -> Iterator[Statement]:
    who = words.names(found.name) if found.seats == "one" else english.a(found.name)
    if found.speaks:
        yield Statement(english.sentence(f"{who} speaks for its party"), citation, kind="speaks")
    if found.delegable is not None:
        yield Statement(english.sentence(f"{who} {_delegates(words, found.delegable)}"), citation, kind="delegation")
    if found.holders:
        holders = [words.names(person) + (f" (for {words.names(party)})" if party else "") for person, party in found.holders]
        text = f"the agreement names {english.listed(holders)} as {'its holders' if len(holders) > 1 else 'its holder'}"
        yield Statement(english.sentence(text), citation, kind="holders")


def _delegates(words: Words, line: n.Delegable) -> str:
    if not line.allowed:
        return "may not delegate"
    to = f" to {whole(words, words.voice(), n.Group((line.to,)), '').text}" if line.to is not None else ""
    until = f" until {english.moment(line.until)}" if line.until is not None else ""
    up_to = f" for amounts of up to {english.money(line.up_to)}" if line.up_to is not None else ""
    return f"may delegate{to}{until}{up_to}"


# ---------------------------------------------------------------- bodies


def body(words: Words, name: str) -> Statement:
    """A body: who belongs to it, how many seats, who chairs it, when it can decide."""
    found = words.agreement.bodies[name]
    citation = _cite(words, found.span, "body", name)
    items = (*_described(found.text, citation), *_seating(words, found, citation))
    return Statement(
        english.sentence(_members(words, found)), citation, (*items, *_quorums(words, found), *_standing_in(words, found)), "body"
    )  # fmt: skip


def _members(words: Words, found: Body) -> str:
    voice = words.voice()
    if not found.members:
        return f"the members of {words.names(found.name)} are those who join on record"
    who = [voice.groups.among(group) for group in found.members]
    return f"{words.names(found.name)} {'are' if english.is_plural(found.name) else 'is'} made up of {english.listed(who)}"


def _seating(words: Words, found: Body, citation: Citation) -> Iterator[Statement]:
    if found.seats:
        yield Statement(f"It has {english.counted(found.seats, 'seat')}.", citation, kind="seats")
    if found.chair:
        yield Statement(english.sentence(f"{words.names(found.chair)} chairs it"), citation, kind="chair")
    for cap in found.caps:
        party = cap.attribute == "party"
        text = f"at most {quantity(cap.limit)} may be held by members with the same {plain(cap.attribute)}"
        if isinstance(cap.limit, n.Count):
            same = "stand for the same party" if party else f"have the same {plain(cap.attribute)}"
            text = f"at most {english.counted(cap.limit.value, 'member')} may {same}"
        elif party:
            text = f"at most {quantity(cap.limit)} may be held by members who stand for the same party"
        yield Statement(english.sentence(text), words.agreement.cite(cap, words.agreement.wording(cap)), kind="cap")


def _quorums(words: Words, found: Body) -> Iterator[Statement]:
    """Each quorum as it decides: for a first meeting, and for one that is reconvened."""
    scope = Scope()
    low = Lowering(words.agreement, Decision(found.name, Block(scope), {}, span=found.span))
    base = n.GroupBase("name", n.Name(found.name, span=found.span), span=found.span)
    item = n.Group((n.GroupItem(base, span=found.span),), span=found.span)
    for line in found.quorums:
        leaf = lower_quorum.quorum_of(low, line, k.Electorate(item, scope, found.name, votes=True))
        said = words.requirement(leaf).text  # what is said under it of proxies is said of the body itself
        present = said.removeprefix("If the vote is taken in a meeting, ")
        where = "in a meeting, " if present != said else ""
        if line.reconvened:
            often = f" {english.times(line.reconvened)} or more" if line.reconvened > 1 else ""
            where = f"in a meeting that has been reconvened{often}, "
            present = present.replace(" or, outside a meeting, take part in the vote", "")
        text = f"it can decide only if {present[:1].lower()}{present[1:]}" if line.size is not None else "no quorum is needed"
        yield Statement(english.sentence(where + text), leaf.citation, kind="quorum")


def _standing_in(words: Words, found: Body) -> Iterator[Statement]:
    for line in found.proxies:
        cite = words.agreement.cite(line, words.agreement.wording(line))
        if line.substitutes:
            yield Statement("A member may be replaced by a substitute from outside.", cite, kind="proxies")
        elif not line.each:
            yield Statement("Members vote in person; there are no proxies.", cite, kind="proxies")
        else:
            to = f" to {words.voice().groups.a(line.to)}" if line.to is not None else ""
            text = f"a member may give a proxy{to}; nobody holds more than {english.counted(line.each, 'proxy')}"
            yield Statement(english.sentence(text), cite, kind="proxies")


# ---------------------------------------------------------------- attributes and tables


def each(words: Words, clause: n.Each) -> Statement:
    """Which attributes the parties, persons or holders of a role have."""
    bearer = clause.role.text if clause.role is not None else clause.bearer
    names = english.listed([f"{plain(item.name)} ({_type(item.type)})" for item in clause.attributes])
    return Statement(f"Of every {bearer} it is stated: {names}.", words.agreement.cite(clause), kind="attributes")


_TYPES = {"money": "an amount of money", "number": "a number", "percent": "a percentage", "text": "a text", "date": "a date",
          "yesno": "yes or no", "duration": "a length of time", "decision": "a proposal", "label": "a name"}  # fmt: skip


def _type(kind: n.TypeRef) -> str:
    if kind.choices:
        return english.listed([plain(each) for each in kind.choices], "or")
    return _TYPES.get(kind.kind) or english.a(kind.kind)


def table(words: Words, clause: n.Table) -> Statement:
    """A dated table: of each period, the value of each party."""
    citation = words.agreement.cite(clause)
    items = []
    for period, following in zip_longest(clause.periods, clause.periods[1:]):
        time = _during(period.since.day, _last_day(period, following)).strip()
        rows = tuple(
            Statement(f"{english.sentence(words.names(name.text))[:-1]}: {_row(words, clause, value)}.", citation, kind="row")
            for name, value in period.rows
        )
        items.append(Statement(f"{english.sentence(time)[:-1]}:", citation, rows, "period"))
    be = "are" if is_many(clause.attribute) else "is"
    return Statement(f"The {plain(clause.attribute)} of each {clause.bearer} {be}:", citation, tuple(items), "table")


def _last_day(period: n.TablePeriod, following: n.TablePeriod | None) -> date | None:
    """The last day of a period: as it says; else the day before the next one, where that has a value for each of its names."""
    if period.until is not None or following is None:
        return period.until.day if period.until is not None else None
    replaced = {name.text for name, _ in period.rows} <= {name.text for name, _ in following.rows}
    return following.since.day - timedelta(days=1) if replaced else None


def _row(words: Words, clause: n.Table, item: n.Literal) -> str:
    value = item.value
    return valued(words, clause.attribute, value.text if isinstance(value, n.Name) else value)
