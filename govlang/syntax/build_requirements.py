"""The grammar's rules for what a decision requires.

In: built children of one grammar rule, in the grammar's order, None where an optional part is absent. Out: the node.
Mixed into `build.Builder`; every method is named after a rule or an alias of `grammar/govlang.lark`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from govlang.frozen import replace
from govlang.source import Span
from govlang.syntax import literals, nodes as n

Item = Any


class Cite(str):
    """The text of a `[clause]` tag; a type of its own so that it is found among the children of a line."""


def cite_of(items: tuple[Item, ...]) -> str:
    return next((str(item) for item in items if isinstance(item, Cite)), "")


def rest_of(items: tuple[Item, ...]) -> list[Item]:
    return [item for item in items if item is not None and not isinstance(item, Cite)]


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
        return n.AnyOf(tuple(rest_of(items)), cite=cite_of(items), span=span)

    def all_of(self, span: Span, *items: Item) -> n.AllOf:
        return n.AllOf(tuple(rest_of(items)), cite=cite_of(items), span=span)

    def no_veto(self, span: Span, group: n.Group, window: Item, cite: Item, *lines: Item) -> n.NoBlock:
        return self.no_block("veto", span, group, window, cite, lines)

    def no_objection(self, span: Span, group: n.Group, window: Item, cite: Item, *lines: Item) -> n.NoBlock:
        return self.no_block("objection", span, group, window, cite, lines)

    def no_block(
        self, kind: str, span: Span, group: n.Group, window: Item, cite: Item, lines: tuple[Item, ...]
    ) -> n.NoBlock:
        parts: dict[str, list[Item]] = {}
        clauses: list[n.Cited] = []
        for line in lines:
            if line is not None:
                parts.setdefault(line[0], []).append(line[1])
                clauses += [n.Cited(cite=str(tag), span=line_span) for line_span, tag in line[2:] if tag]
        return n.NoBlock(
            kind, group, window, cite=str(cite or ""), span=span,
            ground=parts.get("ground", [""])[0],
            further=tuple(parts.get("ground", [""])[1:]),
            with_reason="reason" in parts,
            ballots="ballots" in parts,
            in_meeting="in meeting" in parts,
            until_withdrawn="until withdrawn" in parts,
            delays=parts.get("delays", [None])[0],
            not_by=tuple(parts.get("not by", ())),
            except_when=tuple(parts.get("except", ())),
            unless=tuple(parts.get("unless", ())),
            also=tuple(clauses),
        )  # fmt: skip

    # The lines of a veto: what it is, its value, and the clause that it comes from.

    def on_ground(self, span: Span, word: str, cite: Item) -> tuple[Item, ...]:
        return "ground", word, (span, cite)

    def with_reason(self, span: Span, cite: Item) -> tuple[Item, ...]:
        return "reason", True, (span, cite)

    def votes_against_count(self, span: Span, cite: Item) -> tuple[Item, ...]:
        return "ballots", True, (span, cite)

    def in_meeting(self, span: Span, cite: Item) -> tuple[Item, ...]:
        return "in meeting", True, (span, cite)

    def until_withdrawn(self, span: Span, cite: Item) -> tuple[Item, ...]:
        return "until withdrawn", True, (span, cite)

    def not_by(self, span: Span, group: n.Group, cite: Item) -> tuple[Item, ...]:
        return "not by", group, (span, cite)

    def except_when(self, span: Span, condition: n.Condition, cite: Item) -> tuple[Item, ...]:
        return "except", condition, (span, cite)

    def unless(self, span: Span, requirement: n.Requirement) -> tuple[str, Item]:
        return "unless", requirement
