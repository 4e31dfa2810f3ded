"""Grammar rules into syntax nodes.

In: rules of `grammar/govlang.lark` as they are completed, with the nodes of their children. Out: one `Clause` (or one
event line). Every method is named after a rule or an alias of the grammar. Raises `BadLiteral` (with a span) for a token
that is no value, such as 31 February.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from govlang.source import Span
from govlang.syntax import literals, nodes as n
from govlang.syntax.build_amendments import version_text
from govlang.syntax.build_decisions import DecisionRules
from govlang.syntax.build_events import EventRules
from govlang.syntax.build_requirements import Cite
from govlang.syntax.lalr import Makers
from govlang.syntax.literals import BadLiteral, PlacedError

PLAIN_TYPES = {
    f"t_{kind}": kind
    for kind in ("money", "number", "percent", "text", "date", "yesno", "party", "person", "role", "body", "parties",
                 "persons", "duration")
}  # fmt: skip

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Item = Any  # a node already built, the text of a token, or None where an optional part is absent


def _value(read: Callable[[str], Item]) -> Callable[[str, int, int], Item]:
    """What makes the value of a token, and says where it stands if it is none."""

    def made(text: str, start: int, end: int) -> Item:
        try:
            return read(text)
        except BadLiteral as error:
            raise PlacedError(error, Span(start, end)) from None

    return made


TOKENS: dict[str, Callable[[str, int, int], Item]] = {
    "NAME": lambda text, start, end: n.Name(text.strip("`"), span=Span(start, end)),
    "DATE": _value(literals.moment),
    "MONEY": _value(literals.money),
    "PERCENT": _value(literals.percent),
    "FRACTION": _value(literals.fraction),
    "NUMBER": _value(literals.number),
    "STRING": lambda text, start, end: n.Literal("text", text[1:-1], span=Span(start, end)),
    "CITE": lambda text, start, end: Cite(text[1:-1].strip()),
    "TITLE": lambda text, start, end: text.strip(),
    "PHRASE": lambda text, start, end: text.strip(),
}


def _sift(items: list[Item], kind: type) -> list[Any]:
    return [item for item in items if isinstance(item, kind)]


class Made(dict[str, Callable[..., Item]]):
    """What makes a node of each rule, by the rule's name, found when it is first asked for."""

    def __init__(self, builder: Builder) -> None:
        super().__init__()
        self.builder = builder

    def __missing__(self, name: str) -> Callable[..., Item]:
        if name in PLAIN_TYPES:
            kind = PLAIN_TYPES[name]
            made: Callable[..., Item] = lambda span: n.TypeRef(kind, span=span)  # noqa: E731
        else:
            if not hasattr(self.builder, name):
                from govlang.syntax.build_all import WholeBuilder

                self.builder = WholeBuilder()
            made = getattr(self.builder, name)
        self[name] = made
        return made


class Builder(DecisionRules, EventRules):
    """Builds the nodes of clauses: a method a rule. Absent optional parts are None. What is rarer stands in `build_all`."""

    def clause(self, span: Span, inner: n.Clause) -> n.Clause:
        return inner

    # ------------------------------------------------------------ agreement, parties, roles, bodies, tables

    def agreement(self, span: Span, name: n.Name, *lines: Item) -> n.Header:
        fields: dict[str, Any] = {}
        for key, value in lines:
            if key == "effective":
                fields["effective"], fields["until"] = value
                continue
            if key == "not_working":  # one line a year: they add up
                fields[key] = (*fields.get(key, ()), *value)
                continue
            if key in fields:
                again = BadLiteral("GL314", f"'{key.replace('_', ' ')}' is said twice", "keep one of the two lines")
                raise PlacedError(again, span)
            fields[key] = value
        return n.Header(name, **fields, span=span)

    def version(self, span: Span, value: Item) -> tuple[str, Item]:
        return "version", version_text(value)

    def effective(self, span: Span, since: n.Moment, until: n.Moment | None) -> tuple[str, Item]:
        return "effective", (since, until)

    def law(self, span: Span, names: tuple[n.Name, ...]) -> tuple[str, Item]:
        return "law", names

    def time_zone(self, span: Span, name: n.Name) -> tuple[str, Item]:
        return "time_zone", name

    def currency(self, span: Span, name: n.Name) -> tuple[str, Item]:
        return "currency", name

    def working_days(self, span: Span, *places: n.Place | None) -> tuple[str, Item]:
        return "working_places", tuple(place for place in places if place is not None)

    def weekend(self, span: Span, names: tuple[n.Name, ...]) -> tuple[str, Item]:
        days = []
        for name in names:
            if name.text not in WEEKDAYS:
                remedy = BadLiteral("GL201", f"'{name.text}' is no day of the week", "name days such as Friday and Saturday")
                raise PlacedError(remedy, name.span)
            days.append(WEEKDAYS.index(name.text))
        if len(set(days)) == len(WEEKDAYS):
            remedy = BadLiteral("GL206", "no day of the week is left to work on", "leave out the days that are worked")
            raise PlacedError(remedy, span)
        return "weekend", tuple(sorted(set(days)))

    def not_working(self, span: Span, *days: n.Moment) -> tuple[str, Item]:
        return "not_working", tuple(day.day for day in days)

    def names(self, span: Span, *names: n.Name | None) -> tuple[n.Name, ...]:
        return tuple(name for name in names if name is not None)

    def each(self, span: Span, bearer: tuple[str, n.Name | None], *attributes: n.Attribute) -> n.Each:
        return n.Each(bearer[0], tuple(attributes), bearer[1], span=span)

    def for_party(self, span: Span) -> tuple[str, None]:
        return "party", None

    def for_person(self, span: Span) -> tuple[str, None]:
        return "person", None

    def for_role(self, span: Span, name: n.Name) -> tuple[str, n.Name]:
        return "role", name

    def attribute(self, span: Span, name: str, type_: n.TypeRef) -> n.Attribute:
        return n.Attribute(name, type_, span=span)

    def choices(self, span: Span, *words: str) -> tuple[str, ...]:
        return tuple(words)

    def t_choice(self, span: Span, words: tuple[str, ...]) -> n.TypeRef:
        return n.TypeRef("choice", words, span=span)

    def t_decision(self, span: Span, name: n.Name | None) -> n.TypeRef:
        return n.TypeRef("decision", target=name, span=span)

    def parties(self, span: Span, names: tuple[n.Name, ...]) -> n.Members:
        return n.Members("party", names, span=span)

    def persons(self, span: Span, names: tuple[n.Name, ...], of: n.Name | None) -> n.Members:
        return n.Members("person", names, of, span=span)

    def party(self, span: Span, name: n.Name, *lines: Item) -> n.Member:
        return self.member("party", span, name, None, lines)

    def person(self, span: Span, name: n.Name, of: n.Name | None, *lines: Item) -> n.Member:
        return self.member("person", span, name, of, lines)

    def member(self, kind: str, span: Span, name: n.Name, of: n.Name | None, lines: tuple[Item, ...]) -> n.Member:
        values = tuple(_sift(list(lines), n.AttributeValue))
        fields: dict[str, Any] = dict(line for line in lines if isinstance(line, tuple))
        return n.Member(kind, name, of=of, values=values, span=span, **fields)

    def full_name(self, span: Span, text: n.Literal) -> tuple[str, Item]:
        return "full_name", text.value

    def seat(self, span: Span, place: n.Name | n.Literal) -> tuple[str, Item]:
        return "seat", place.text if isinstance(place, n.Name) else place.value

    def joins_on(self, span: Span, day: n.Moment) -> tuple[str, Item]:
        return "since", day

    def leaves_on(self, span: Span, day: n.Moment) -> tuple[str, Item]:
        return "until", day

    def attribute_value(self, span: Span, name: str, value: n.Literal, since: n.Moment | None) -> n.AttributeValue:
        return n.AttributeValue(name, value, since, span=span)

    def describe(self, span: Span, text: n.Literal) -> tuple[str, Item]:
        return "text", text.value

    def role(self, span: Span, name: n.Name, *lines: Item) -> n.Role:
        fields: dict[str, Any] = {}
        for line in lines:
            for key, value in line if isinstance(line, list) else [line]:
                if key == "holders":  # several lines add up
                    value = (*fields.pop(key, ()), *value)
                if key in fields:
                    again = BadLiteral("GL314", "one thing is said twice about this role", "keep one of the two lines")
                    raise PlacedError(again, span)
                fields[key] = value
        return n.Role(name, span=span, **fields)

    def role_parts(self, span: Span, *parts: Item) -> list[Item]:
        flat: list[Item] = []
        for part in parts:
            if part is None:
                continue
            flat.extend(part if isinstance(part, list) else [part])
        return flat

    def one(self, span: Span) -> tuple[str, Item]:
        return "seats", "one"

    def one_each(self, span: Span) -> tuple[str, Item]:
        return "seats", "one each"

    def up_to(self, span: Span, number: Fraction) -> list[Item]:
        return [("seats", "up to"), ("limit", literals.whole(number, span, "the number of holders"))]

    def any_number(self, span: Span) -> tuple[str, Item]:
        return "seats", "any"

    def appointed_by(self, span: Span, item: n.GroupItem) -> tuple[str, Item]:
        return "appointed_by", item

    def term(self, span: Span, duration: n.Duration) -> tuple[str, Item]:
        return "term", duration

    def speaks(self, span: Span) -> tuple[str, Item]:
        return "speaks", True

    def held_by(self, span: Span, *holders: n.Holder) -> tuple[str, Item]:
        return "holders", tuple(holders)

    def holder(self, span: Span, name: n.Name, party: n.Name | None) -> n.Holder:
        return n.Holder(name, party, span=span)

    def may_delegate(
        self, span: Span, to: n.GroupItem | None, until: n.Moment | None, up_to: n.Money | None
    ) -> tuple[str, Item]:
        return "delegable", n.Delegable(True, to, until, up_to, span=span)

    def may_not_delegate(self, span: Span) -> tuple[str, Item]:
        return "delegable", n.Delegable(False, span=span)

    def body(self, span: Span, name: n.Name, *lines: Item) -> n.Body:
        items = [line for line in lines if line is not None]
        fields: dict[str, Any] = dict(line for line in items if isinstance(line, tuple) and line[0] != "members")
        return n.Body(
            name,
            members=tuple(line[1] for line in items if isinstance(line, tuple) and line[0] == "members"),
            quorums=tuple(_sift(items, n.Quorum)),
            caps=tuple(_sift(items, n.MemberCap)),
            proxies=tuple(_sift(items, n.Proxies)),
            span=span,
            **fields,
        )

    def members(self, span: Span, group: n.Group) -> tuple[str, Item]:
        return "members", group

    def seats(self, span: Span, number: Fraction) -> tuple[str, Item]:
        return "seats", literals.whole(number, span, "the number of seats")

    def chair(self, span: Span, name: n.Name) -> tuple[str, Item]:
        return "chair", name

    def member_cap(self, span: Span, limit: n.Quantity, attribute: str, cite: Item) -> n.MemberCap:
        return n.MemberCap(limit, attribute, cite=str(cite or ""), span=span)

    def table(self, span: Span, attribute: str, bearer: tuple[str, Item], *periods: n.TablePeriod) -> n.Table:
        return n.Table(attribute, bearer[0], tuple(periods), span=span)

    def table_period(self, span: Span, since: n.Moment, until: n.Moment | None, *rows: Item) -> n.TablePeriod:
        return n.TablePeriod(since, until, tuple(rows), span=span)

    def table_row(self, span: Span, name: n.Name, value: n.Literal) -> tuple[n.Name, n.Literal]:
        return name, value


@cache
def makers() -> Makers:
    """What makes nodes: it keeps nothing of what it makes. A token that has no maker is its text."""
    return Makers(TOKENS, Made(Builder()))
