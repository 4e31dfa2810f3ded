"""The grammar's rules for decisions: groups, quantities, conditions, requirements, statements.

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


class Cite(str):
    """The text of a `[clause]` tag; a type of its own so that it is found among the children of a line."""


def _cite(items: tuple[Item, ...]) -> str:
    return next((str(item) for item in items if isinstance(item, Cite)), "")


def _rest(items: tuple[Item, ...]) -> list[Item]:
    return [item for item in items if item is not None and not isinstance(item, Cite)]


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
        quantifier: tuple[str, int] | None,
        base: n.GroupBase,
        excluded: n.GroupBase | None,
        having: tuple[str, str, n.Literal | None] | None,
    ) -> n.GroupItem:
        word, number = quantifier or ("", 0)
        attribute, op, value = having or ("", "", None)
        return n.GroupItem(base, word, number, excluded, attribute, value, op, span=span)

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

    def all_but(self, span: Span, number: Fraction) -> tuple[str, int]:
        return "all but", literals.whole(number, span, "a number of approvals")

    def g_name(self, span: Span, name: n.Name) -> n.GroupBase:
        return n.GroupBase("name", name, span=span)

    def g_party(self, span: Span) -> n.GroupBase:
        return n.GroupBase("party", span=span)

    def g_person(self, span: Span) -> n.GroupBase:
        return n.GroupBase("person", span=span)

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

    def total(self, span: Span, fact: str, per: str | None, period: n.Duration) -> n.Total:
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


class RequirementRules:
    """What a decision requires."""

    def tail(self, span: Span, weight: Item, rounding: Item, cap: Item, attribute: Item) -> dict[str, Item]:
        number = literals.whole(cap, span, "a number of counted votes") if cap is not None else 0
        return {"weight": weight or "", "rounding": rounding or "", "cap": number, "cap_attribute": attribute or ""}

    def bar(self, span: Span, op: str, quantity: Item, measure: Item, group: Item, tail: Item) -> n.Threshold:
        return n.Threshold(op, quantity, measure or "for", group, span=span, **tail)

    def at_least_bar(self, span: Span, *items: Item) -> n.Threshold:
        return self.bar(span, ">=", *items)

    def more_than_bar(self, span: Span, *items: Item) -> n.Threshold:
        return self.bar(span, ">", *items)

    def at_most_bar(self, span: Span, *items: Item) -> n.Threshold:
        return self.bar(span, "<=", *items)

    def fewer_than_bar(self, span: Span, *items: Item) -> n.Threshold:
        return self.bar(span, "<", *items)

    def at_least_count(self, span: Span, number: Fraction, group: n.Group, tail: Item) -> n.Threshold:
        return self.bar(span, ">=", n.Count(number, span=span), None, group, tail)

    def at_least_no_base(self, span: Span, share: Fraction, name: n.Name, tail: Item) -> n.Threshold:
        return self.bar(span, ">=", n.Share(share, span=span), None, self.named_group(name), tail)

    def more_than_no_base(self, span: Span, share: Fraction, name: n.Name, tail: Item) -> n.Threshold:
        return self.bar(span, ">", n.Share(share, span=span), None, self.named_group(name), tail)

    def named_group(self, name: n.Name) -> n.Group:
        item = n.GroupItem(n.GroupBase("name", name, span=name.span), span=name.span)
        return n.Group((item,), span=name.span)

    def majority(self, span: Span, base: n.Base, group: n.Group, tail: Item) -> n.Threshold:
        return self.bar(span, ">", n.ShareOf(Fraction(1, 2), base, span=span), None, group, tail)

    def unanimity(self, span: Span, base: n.Base, group: n.Group, tail: Item) -> n.Threshold:
        return self.bar(span, ">=", n.ShareOf(Fraction(1), base, span=span), None, group, tail)

    def bare_share(self, span: Span, share: Fraction, base: n.Base | None, group: n.Group, tail: Item) -> n.Threshold:
        quantity = n.ShareOf(share, base, span=span) if base else n.Share(share, span=span)
        return self.bar(span, "", quantity, None, group, tail)

    def more_for(self, span: Span, group: n.Group, tail: dict[str, Item]) -> n.MoreFor:
        return n.MoreFor(group, tail["weight"], tail["cap"], tail["cap_attribute"], span=span)

    def m_for(self, span: Span) -> str:
        return "for"

    def m_for_or_abstain(self, span: Span) -> str:
        return "for or abstaining"

    def m_against(self, span: Span) -> str:
        return "against"

    def m_abstain(self, span: Span) -> str:
        return "abstaining"

    def m_present(self, span: Span) -> str:
        return "present"

    def m_part(self, span: Span) -> str:
        return "taking part"

    def m_open(self, span: Span) -> str:
        return "outstanding"

    def approval(self, span: Span, group: n.Group, spread: n.Spread | None) -> n.Approval:
        return n.Approval(group, spread, span=span)

    def requires_nothing(self, span: Span) -> n.Nothing:
        return n.Nothing(span=span)

    def no_vote_against(self, span: Span, group: n.Group) -> n.NoVoteAgainst:
        return n.NoVoteAgainst(group, span=span)

    def requires_decision(self, span: Span, name: n.Name, *same: str | None) -> n.NeedsDecision:
        return n.NeedsDecision(name, tuple(word for word in same if word), span=span)

    def no_decision(self, span: Span, name: n.Name, *items: Item) -> n.NoDecision:
        *same, window = items
        return n.NoDecision(name, tuple(word for word in same if word), window, span=span)

    def not_under_way(self, span: Span, name: n.Name, *same: str | None) -> n.NotUnderWay:
        return n.NotUnderWay(name, tuple(word for word in same if word), span=span)

    def act(self, span: Span, name: str, times: Item, by: Item, spread: Item, window: Item) -> n.Act:
        number = literals.whole(times, span, "a number of times") if times is not None else 1
        return n.Act(name, number, by, spread, window, span=span)

    def no_act(self, span: Span, name: str, by: Item, window: Item) -> n.Act:
        return n.Act(name, 1, by, None, window, forbidden=True, span=span)

    def wait(self, span: Span, duration: n.Duration, anchor: n.Anchor) -> n.Wait:
        return n.Wait(duration, anchor, span=span)

    def open_long(self, span: Span, duration: n.Duration) -> n.OpenLong:
        return n.OpenLong(duration, span=span)

    def sharing(self, span: Span, limit: n.Quantity, attribute: str, group: n.Group) -> n.Sharing:
        return n.Sharing(limit, attribute, group, span=span)

    def where(self, span: Span, condition: n.Condition) -> n.Where:
        return n.Where(condition, span=span)

    def cited(self, span: Span, requirement: n.Requirement, cite: Item) -> n.Requirement:
        return replace(requirement, cite=str(cite)) if cite else requirement

    def any_of(self, span: Span, *items: Item) -> n.AnyOf:
        return n.AnyOf(tuple(_rest(items)), cite=_cite(items), span=span)

    def all_of(self, span: Span, *items: Item) -> n.AllOf:
        return n.AllOf(tuple(_rest(items)), cite=_cite(items), span=span)

    def no_veto(self, span: Span, group: n.Group, window: Item, cite: Item, *lines: Item) -> n.NoBlock:
        return self.no_block("veto", span, group, window, cite, lines)

    def no_objection(self, span: Span, group: n.Group, window: Item, cite: Item, *lines: Item) -> n.NoBlock:
        return self.no_block("objection", span, group, window, cite, lines)

    def no_block(
        self, kind: str, span: Span, group: n.Group, window: Item, cite: Item, lines: tuple[Item, ...]
    ) -> n.NoBlock:
        parts: dict[str, list[Item]] = {}
        for line in lines:
            if line is not None:
                parts.setdefault(line[0], []).append(line[1])
        return n.NoBlock(
            kind, group, window, cite=str(cite or ""), span=span,
            ground=parts.get("ground", [""])[0],
            with_reason="reason" in parts,
            ballots="ballots" in parts,
            in_meeting="in meeting" in parts,
            until_withdrawn="until withdrawn" in parts,
            not_by=tuple(parts.get("not by", ())),
            except_when=tuple(parts.get("except", ())),
            unless=tuple(parts.get("unless", ())),
        )  # fmt: skip

    def on_ground(self, span: Span, word: str) -> tuple[str, Item]:
        return "ground", word

    def with_reason(self, span: Span) -> tuple[str, Item]:
        return "reason", True

    def votes_against_count(self, span: Span) -> tuple[str, Item]:
        return "ballots", True

    def in_meeting(self, span: Span) -> tuple[str, Item]:
        return "in meeting", True

    def until_withdrawn(self, span: Span) -> tuple[str, Item]:
        return "until withdrawn", True

    def not_by(self, span: Span, group: n.Group) -> tuple[str, Item]:
        return "not by", group

    def except_when(self, span: Span, condition: n.Condition) -> tuple[str, Item]:
        return "except", condition

    def unless(self, span: Span, requirement: n.Requirement) -> tuple[str, Item]:
        return "unless", requirement


class DecisionRules(GroupRules, QuantityRules, ConditionRules, RequirementRules):
    """The statements of a decision, one method a line."""

    def decision(self, span: Span, name: n.Name, *statements: Item) -> n.Decision:
        nodes = [
            n.Describe(item[1], span=span) if isinstance(item, tuple) else item
            for item in statements
            if item is not None
        ]
        return n.Decision(name, tuple(nodes), span=span)

    def given(self, span: Span, name: str, type_: n.TypeRef, optional: Item, by: n.GroupItem | None) -> n.Given:
        return n.Given(name, type_, optional is not None, by, span=span)

    def optional(self, span: Span) -> bool:
        return True

    once = waivable = still_counted = at_least = negated = optional

    def givens(self, span: Span, *items: n.Given) -> n.Givens:
        return n.Givens(tuple(items), span=span)

    def covers(self, span: Span, *items: Item) -> n.Covers:
        return n.Covers(tuple(_rest(items)), cite=_cite(items), span=span)

    def applies(self, span: Span, condition: n.Condition, cite: Item) -> n.Applies:
        return n.Applies(condition, cite=str(cite or ""), span=span)

    def overrides(self, span: Span, name: n.Name, cite: Item) -> n.Overrides:
        return n.Overrides(name, cite=str(cite or ""), span=span)

    def proposed_by(self, span: Span, group: n.Group, cite: Item) -> n.ProposedBy:
        return n.ProposedBy(group, cite=str(cite or ""), span=span)

    def seconded_by(self, span: Span, group: n.Group, within: n.Duration | None, cite: Item) -> n.SecondedBy:
        return n.SecondedBy(group, within, cite=str(cite or ""), span=span)

    def recused(self, span: Span, group: n.Group, in_base: Item, cite: Item) -> n.Recused:
        return n.Recused(group, in_base is not None, cite=str(cite or ""), span=span)

    def recuses(self, span: Span) -> str:
        return "recuses"

    def abstains_effect(self, span: Span) -> str:
        return "abstains"

    def conflicts(self, span: Span, effect: str, cite: Item) -> n.Conflicts:
        return n.Conflicts(effect, cite=str(cite or ""), span=span)

    def for_(self, span: Span) -> str:
        return "for"

    def against(self, span: Span) -> str:
        return "against"

    def nothing(self, span: Span) -> str:
        return "nothing"

    def abstention(self, span: Span, effect: str, cite: Item) -> n.Counts:
        return n.Counts("abstention", effect, cite=str(cite or ""), span=span)

    def absence(self, span: Span, effect: str, cite: Item) -> n.Counts:
        return n.Counts("absence", effect, cite=str(cite or ""), span=span)

    def silence(self, span: Span, effect: str, cite: Item) -> n.Counts:
        return n.Counts("silence", effect, cite=str(cite or ""), span=span)

    def casting(self, span: Span, group: n.Group, cite: Item) -> n.Casting:
        return n.Casting(group, cite=str(cite or ""), span=span)

    def votes_may_change(self, span: Span, cite: Item) -> n.VotesMayChange:
        return n.VotesMayChange(cite=str(cite or ""), span=span)

    def carry_over(self, span: Span, fact: str, cite: Item) -> n.CarryOver:
        return n.CarryOver(fact, cite=str(cite or ""), span=span)

    def distinct(self, span: Span, word: str, cite: Item) -> n.Distinct:
        return n.Distinct(word, cite=str(cite or ""), span=span)

    def not_delegable(self, span: Span, cite: Item) -> n.NotDelegable:
        return n.NotDelegable(cite=str(cite or ""), span=span)

    def notice(self, span: Span, duration: n.Duration, waivable: Item, cite: Item) -> n.Notice:
        return n.Notice(duration, waivable is not None, cite=str(cite or ""), span=span)

    def open_for(self, span: Span, at_least: Item, duration: n.Duration, cite: Item) -> n.OpenFor:
        return n.OpenFor(duration, at_least is not None, cite=str(cite or ""), span=span)

    def open_until(self, span: Span, fact: str, cite: Item) -> n.OpenUntil:
        return n.OpenUntil(fact, cite=str(cite or ""), span=span)

    def extension(self, span: Span, group: n.Group, up_to: Item, once: Item, cite: Item) -> n.Extension:
        return n.Extension(group, up_to, once is not None, cite=str(cite or ""), span=span)

    def restart(self, span: Span, group: n.Group, cite: Item) -> n.Restart:
        return n.Restart(group, cite=str(cite or ""), span=span)

    def none(self, span: Span) -> str:
        return "none"

    def present_kind(self, span: Span) -> str:
        return "present"

    def part_kind(self, span: Span) -> str:
        return "taking part"

    def reconvened(self, span: Span, times: Fraction | None) -> int:
        return literals.whole(times, span, "a number of meetings") if times is not None else 1

    def quorum(self, span: Span, size: Item, kind: Item, rounding: Item, reconvened: Item, cite: Item) -> n.Quorum:
        quantity = None if size == "none" else size
        return n.Quorum(quantity, kind or "", rounding or "", reconvened or 0, cite=str(cite or ""), span=span)

    def proxies_at_most(self, span: Span, number: Fraction, to: Item, cite: Item) -> n.Proxies:
        each = literals.whole(number, span, "a number of proxies")
        return n.Proxies(each, to, cite=str(cite or ""), span=span)

    def no_proxies(self, span: Span, cite: Item) -> n.Proxies:
        return n.Proxies(0, cite=str(cite or ""), span=span)

    def substitutes(self, span: Span, cite: Item) -> n.Proxies:
        return n.Proxies(1, substitutes=True, cite=str(cite or ""), span=span)

    def consult(self, span: Span, group: n.Group, duration: n.Duration, cite: Item) -> n.Consult:
        return n.Consult(group, duration, cite=str(cite or ""), span=span)

    def inform(self, span: Span, group: n.Group, duration: n.Duration, cite: Item) -> n.Inform:
        return n.Inform(group, duration, cite=str(cite or ""), span=span)

    def effective_after(self, span: Span, duration: n.Duration, cite: Item) -> n.EffectiveAfter:
        return n.EffectiveAfter(duration, cite=str(cite or ""), span=span)

    def lapses(self, span: Span, duration: n.Duration, cite: Item) -> n.Lapses:
        return n.Lapses(duration, cite=str(cite or ""), span=span)

    def ratified_by(self, span: Span, name: n.Name, within: n.Duration, cite: Item) -> n.RatifiedBy:
        return n.RatifiedBy(name, within, cite=str(cite or ""), span=span)

    def requires(self, span: Span, requirement: n.Requirement) -> n.Requires:
        return n.Requires(requirement, cite=requirement.cite, span=span)

    def when(self, span: Span, condition: n.Condition, *items: Item) -> n.When:
        return n.When(condition, self.statements(items, span), cite=_cite(items), span=span)

    def otherwise(self, span: Span, *items: Item) -> n.When:
        return n.When(None, self.statements(items, span), span=span)

    def reading(self, span: Span, name: n.Name | n.Literal, *items: Item) -> n.Reading:
        title = name.text if isinstance(name, n.Name) else str(name.value)
        return n.Reading(title, self.statements(items, span), cite=_cite(items), span=span)

    def statements(self, items: tuple[Item, ...], span: Span) -> tuple[n.Statement, ...]:
        return tuple(n.Describe(item[1], span=span) if isinstance(item, tuple) else item for item in _rest(items))
