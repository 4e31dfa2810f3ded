"""The grammar's rules for groups, durations, quantities, conditions and values.

In: built children of one grammar rule, in the grammar's order, None where an optional part is absent. Out: the node.
Mixed into `build.Builder`; every method is named after a rule or an alias of `grammar/govlang.lark`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from govlang.frozen import replace
from govlang.source import Span
from govlang.syntax import literals, nodes as n
from govlang.syntax.literals import BadLiteral, PlacedError

Item = Any


class GroupRules:
    """Groups of electors, durations and anchors."""

    def group(self, span: Span, *items: n.GroupItem) -> n.Group:
        return n.Group(tuple(items), span=span)

    def or_group(self, span: Span, *items: n.GroupItem) -> n.Group:
        return n.Group(tuple(items), "or", span=span)

    def and_group(self, span: Span, *items: n.GroupItem) -> n.Group:
        return n.Group(tuple(items), "and", span=span)

    def list_group(self, span: Span, *items: n.GroupItem) -> n.Group:
        return n.Group(tuple(items), ",", span=span)

    def group_item(
        self,
        span: Span,
        quantifier: tuple[str, int | Fraction] | None,
        base: n.GroupBase,
        excluded: n.GroupBase | None,
        having: tuple[str, str, n.Literal | None] | None,
    ) -> n.GroupItem:
        word, given = quantifier or ("", 0)
        share = given if type(given) is Fraction else None  # `isinstance` of an abstract class asks around first
        number = 0 if type(given) is Fraction else int(given)
        attribute, op, value = having or ("", "", None)
        return n.GroupItem(base, word, number, excluded, attribute, value, op, share, span=span)

    def in_default(
        self, span: Span, quantifier: tuple[str, int | Fraction] | None, base: n.GroupBase, excluded: n.GroupBase | None
    ) -> n.GroupItem:
        return self.group_item(span, quantifier, base, excluded, ("in-default", "", None))

    def except_in_default(
        self, span: Span, quantifier: tuple[str, int | Fraction] | None, base: n.GroupBase,
        _of: tuple[str, int | Fraction] | None, excluded: n.GroupBase,
    ) -> n.GroupItem:  # fmt: skip
        return self.group_item(span, quantifier, base, replace(excluded, attribute="in-default"), None)

    def with_value(self, span: Span, attribute: str, value: n.Literal | None) -> tuple[str, str, n.Literal | None]:
        return attribute, "", value

    def with_at_least(self, span: Span, op: str, value: n.Literal, attribute: str) -> tuple[str, str, n.Literal]:
        return attribute, op, value

    def every(self, span: Span) -> tuple[str, int]:
        return "every", 0

    def any(self, span: Span) -> tuple[str, int]:
        return "any", 0

    def at_least_of(self, span: Span, number: Fraction) -> tuple[str, int]:
        return "at least", literals.whole(number, span, "a number of approvals")

    def at_least_share_of(self, span: Span, share: Fraction) -> tuple[str, Fraction]:
        return "at least", share

    def all_but(self, span: Span, number: Fraction) -> tuple[str, int]:
        return "all but", literals.whole(number, span, "a number of approvals")

    def g_name(self, span: Span, name: n.Name) -> n.GroupBase:
        return n.GroupBase("name", name, span=span)

    def g_party(self, span: Span) -> n.GroupBase:
        return n.GroupBase("party", span=span)

    def g_person(self, span: Span) -> n.GroupBase:
        return n.GroupBase("person", span=span)

    def g_concerned(self, span: Span) -> n.GroupBase:
        return n.GroupBase("concerned", span=span)

    def g_proposer(self, span: Span) -> n.GroupBase:
        return n.GroupBase("proposer", span=span)

    def g_of(self, span: Span, name: n.Name, fact: str) -> n.GroupBase:
        return n.GroupBase("of", name, fact, span=span)

    def g_fact(self, span: Span, fact: str) -> n.GroupBase:
        return n.GroupBase("fact", None, fact, span=span)

    def duration(self, span: Span, number: Fraction, unit: str) -> n.Duration:
        return n.Duration(literals.whole(number, span, f"a number of {unit}"), unit)

    def hours(self, span: Span, word: str) -> str:
        return "hours"

    def days(self, span: Span, word: str) -> str:
        return "days"

    def working_days_unit(self, span: Span, word: str) -> str:
        return "working days"

    def weeks(self, span: Span, word: str) -> str:
        return "weeks"

    def months(self, span: Span, word: str) -> str:
        return "months"

    def years(self, span: Span, word: str) -> str:
        return "years"

    def anchor(self, span: Span, act: str) -> n.Anchor:
        return n.Anchor("act", act, span=span)

    def proposal(self, span: Span) -> n.Anchor:
        return n.Anchor("proposal", span=span)

    def notice_given(self, span: Span) -> n.Anchor:
        return n.Anchor("notice", span=span)

    def opening(self, span: Span) -> n.Anchor:
        return n.Anchor("opening", span=span)

    def closing(self, span: Span) -> n.Anchor:
        return n.Anchor("closing", span=span)

    def meeting(self, span: Span) -> n.Anchor:
        return n.Anchor("meeting", span=span)

    def decided(self, span: Span) -> n.Anchor:
        return n.Anchor("decision", span=span)

    def decided_other(self, span: Span, name: n.Name) -> n.Anchor:
        return n.Anchor("decision of", name.text, span=span)

    def within(self, span: Span, duration: n.Duration, anchor: n.Anchor | None) -> n.Window:
        return n.Window("within", duration, anchor, span=span)

    def throughout(self, span: Span, duration: n.Duration, anchor: n.Anchor | None) -> n.Window:
        return n.Window("for", duration, anchor, span=span)

    def before_event(self, span: Span, anchor: n.Anchor) -> n.Window:
        return n.Window("before", n.Duration(0, "hours"), anchor, span=span)

    def spread(self, span: Span, number: Fraction, attribute: str) -> n.Spread:
        return n.Spread(literals.whole(number, span, "a number of different values"), attribute, span=span)


class QuantityRules:
    """Shares, bases, sums and roots."""

    def count(self, span: Span, value: Fraction) -> n.Count:
        return n.Count(value, span=span)

    def share_alone(self, span: Span, value: Fraction) -> n.Share:
        return n.Share(self.checked_share(value, span), span=span)

    def share_of(self, span: Span, value: Fraction, of: n.Quantity) -> n.ShareOf:
        return n.ShareOf(self.checked_share(value, span), of, span=span)

    def fact_share(self, span: Span, fact: str, of: n.Quantity) -> n.FactShare:
        count, _, ordinal = fact.partition("-")
        if ordinal.removesuffix("s") in literals.ORDINALS and (count in literals.COUNTS or count == "one"):
            written = f"{count} {ordinal}"
            raise PlacedError(BadLiteral("GL001", f"'{fact}' is a share in two words", f"write `{written}`"), span)
        return n.FactShare(fact, of, span=span)

    def checked_share(self, value: Fraction, span: Span) -> Fraction:
        if not 0 <= value <= 1:
            remedy = BadLiteral(
                "GL206", "a share of votes lies between 0% and 100%", "write a share such as 55% or 2/3"
            )
            raise PlacedError(remedy, span)
        return value

    def times(self, span: Span, factor: Fraction, of: n.Quantity) -> n.Times:
        return n.Times(factor, of, span=span)

    def plus(self, span: Span, left: n.Quantity, right: n.Quantity) -> n.Sum:
        return n.Sum(left, right, 1, span=span)

    def minus(self, span: Span, left: n.Quantity, right: n.Quantity) -> n.Sum:
        return n.Sum(left, right, -1, span=span)

    def larger(self, span: Span, left: n.Quantity, right: n.Quantity) -> n.Extreme:
        return n.Extreme(left, right, True, span=span)

    def smaller(self, span: Span, left: n.Quantity, right: n.Quantity) -> n.Extreme:
        return n.Extreme(left, right, False, span=span)

    def square_root(self, span: Span, base: n.Base) -> n.Root:
        return n.Root(base, span=span)

    def base(self, span: Span, inner: n.Base) -> n.Base:
        return inner

    def all_members(self, span: Span) -> n.Base:
        return n.Base("all members", span=span)

    def other_members(self, span: Span) -> n.Base:
        return n.Base("other members", span=span)

    def members_present(self, span: Span) -> n.Base:
        return n.Base("members present", span=span)

    def votes_cast(self, span: Span) -> n.Base:
        return n.Base("votes cast", span=span)

    def votes_cast_without(self, span: Span) -> n.Base:
        return n.Base("votes cast without abstentions", span=span)

    def fixed_seats(self, span: Span) -> n.Base:
        return n.Base("fixed seats", span=span)

    def half(self, span: Span) -> Fraction:
        return Fraction(1, 2)

    def unit_share(self, span: Span, ordinal: str) -> Fraction:
        return literals.share_words("one", ordinal)

    def share_words(self, span: Span, count: str, ordinal: str) -> Fraction:
        return literals.share_words(count, ordinal)

    def percent(self, span: Span, value: Fraction) -> Fraction:
        return value

    def fraction(self, span: Span, value: Fraction) -> Fraction:
        return value

    def up(self, span: Span) -> str:
        return "up"

    def down(self, span: Span) -> str:
        return "down"

    def nearest(self, span: Span) -> str:
        return "nearest"


class ConditionRules:
    """Values and conditions on facts."""

    def l_money(self, span: Span, value: n.Money) -> n.Literal:
        return n.Literal("money", value, span=span)

    def l_number(self, span: Span, value: Fraction) -> n.Literal:
        return n.Literal("number", value, span=span)

    def l_percent(self, span: Span, value: Fraction) -> n.Literal:
        return n.Literal("percent", value, span=span)

    def l_text(self, span: Span, value: n.Literal) -> n.Literal:
        return value

    def l_date(self, span: Span, value: n.Moment) -> n.Literal:
        return n.Literal("date", value, span=span)

    def l_name(self, span: Span, value: n.Name) -> n.Literal:
        return n.Literal("name", value, span=span)

    def l_names(self, span: Span, *names: n.Name) -> n.Literal:
        return n.Literal("names", tuple(names), span=span)

    def l_word(self, span: Span, value: str) -> n.Literal:
        return n.Literal("word", value, span=span)

    def l_yes(self, span: Span) -> n.Literal:
        return n.Literal("yesno", True, span=span)

    def l_no(self, span: Span) -> n.Literal:
        return n.Literal("yesno", False, span=span)

    def l_duration(self, span: Span, value: n.Duration) -> n.Literal:
        return n.Literal("duration", value, span=span)

    def fact(self, span: Span, name: str) -> n.FactRef:
        return n.FactRef(name, span=span)

    def o_proposer(self, span: Span) -> n.FactRef:
        return n.FactRef("proposer", span=span)

    def number_of(self, span: Span, group: n.Group) -> n.NumberOf:
        return n.NumberOf(group, span=span)

    def total(self, span: Span, fact: str, per: str | None, period: n.Duration | None) -> n.Total:
        return n.Total(fact, per or "", period, span=span)

    def share_of_fact(self, span: Span, share: Fraction, fact: str) -> n.ShareOfFact:
        return n.ShareOfFact(share, n.FactRef(fact, span=span), span=span)

    def share_of_number(self, span: Span, share: Fraction, item: n.GroupItem) -> n.ShareOfFact:
        return n.ShareOfFact(share, n.NumberOf(n.Group((item,), span=item.span), span=span), span=span)

    def ge(self, span: Span) -> str:
        return ">="

    def le(self, span: Span) -> str:
        return "<="

    def gt(self, span: Span) -> str:
        return ">"

    def lt(self, span: Span) -> str:
        return "<"

    def comparison(self, span: Span, left: n.Operand, op: str, right: n.Operand) -> n.Compare:
        return n.Compare(op, left, right, span=span)

    def is_(self, span: Span, left: n.Operand, right: n.Literal) -> n.Compare:
        return n.Compare("=", left, right, span=span)

    def is_not(self, span: Span, left: n.Operand, right: n.Literal) -> n.Compare:
        return n.Compare("!=", left, right, span=span)

    def is_one_of(self, span: Span, left: n.Operand, *values: n.Literal) -> n.OneOf:
        return n.OneOf(left, tuple(values), span=span)

    def is_known(self, span: Span, left: n.Operand) -> n.Known:
        return n.Known(left, span=span)

    def is_in(self, span: Span, left: n.Operand, group: n.GroupItem) -> n.IsIn:
        return n.IsIn(left, group, span=span)

    def fact_holds(self, span: Span, name: str) -> n.Holds:
        return n.Holds(name, span=span)

    def not_(self, span: Span, item: n.Condition) -> n.Not:
        return n.Not(item, span=span)

    def and_condition(self, span: Span, *items: n.Condition) -> n.And:
        return n.And(tuple(items), span=span)

    def or_condition(self, span: Span, *items: n.Condition) -> n.Or:
        return n.Or(tuple(items), span=span)
