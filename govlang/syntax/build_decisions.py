"""The grammar's rules for decisions: the statements, one method a line.

In: built children of one grammar rule, in the grammar's order, None where an optional part is absent. Out: the node.
Mixed into `build.Builder`; every method is named after a rule or an alias of `grammar/govlang.lark`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from govlang.source import Span
from govlang.syntax import literals, nodes as n
from govlang.syntax.build_groups import ConditionRules, GroupRules, QuantityRules
from govlang.syntax.build_requirements import RequirementRules, cite_of, rest_of

Item = Any


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

    once = still_counted = at_least = negated = optional

    def givens(self, span: Span, *items: n.Given) -> n.Givens:
        return n.Givens(tuple(items), span=span)

    def covers(self, span: Span, *items: Item) -> n.Covers:
        return n.Covers(tuple(rest_of(items)), cite=cite_of(items), span=span)

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

    def as_of(self, span: Span, anchor: n.Anchor, cite: Item) -> n.AsOf:
        return n.AsOf(anchor, cite=str(cite or ""), span=span)

    def votes_may_change(self, span: Span, cite: Item) -> n.VotesMayChange:
        return n.VotesMayChange(cite=str(cite or ""), span=span)

    def carry_over(self, span: Span, fact: str, cite: Item) -> n.CarryOver:
        return n.CarryOver(fact, cite=str(cite or ""), span=span)

    def distinct(self, span: Span, word: str, cite: Item) -> n.Distinct:
        return n.Distinct(word, cite=str(cite or ""), span=span)

    def not_delegable(self, span: Span, cite: Item) -> n.NotDelegable:
        return n.NotDelegable(cite=str(cite or ""), span=span)

    def notice(self, span: Span, duration: n.Duration, waivable: Item, cite: Item) -> n.Notice:
        until = waivable if isinstance(waivable, n.Window) else None
        return n.Notice(duration, waivable is not None, until, cite=str(cite or ""), span=span)

    def waivable(self, span: Span, until: n.Window | None) -> n.Window | bool:
        return until or True

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
        op, quantity = quantity if isinstance(quantity, tuple) else (">=", quantity)
        return n.Quorum(quantity, kind or "", rounding or "", reconvened or 0, op, cite=str(cite or ""), span=span)

    def quorum_at_least(self, span: Span, size: n.Quantity) -> tuple[str, n.Quantity]:
        return ">=", size

    def quorum_above(self, span: Span, size: n.Quantity) -> tuple[str, n.Quantity]:
        return ">", size

    def quorum_majority(self, span: Span, base: n.Base) -> tuple[str, n.Quantity]:
        return ">", n.ShareOf(Fraction(1, 2), base, span=span)

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
        return n.When(condition, self.statements(items, span), cite=cite_of(items), span=span)

    def otherwise(self, span: Span, *items: Item) -> n.When:
        return n.When(None, self.statements(items, span), span=span)

    def reading(self, span: Span, name: n.Name | n.Literal, *items: Item) -> n.Reading:
        title = name.text if isinstance(name, n.Name) else str(name.value)
        return n.Reading(title, self.statements(items, span), cite=cite_of(items), span=span)

    def statements(self, items: tuple[Item, ...], span: Span) -> tuple[n.Statement, ...]:
        return tuple(n.Describe(item[1], span=span) if isinstance(item, tuple) else item for item in rest_of(items))
