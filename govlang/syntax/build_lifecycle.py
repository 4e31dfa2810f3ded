"""The grammar's rules for the life of an agreement: anchors of time, effects, renewal, and the events that go with them.

In: built children of one grammar rule. Out: the node. Mixed into `build.Builder`; every method is named after a rule or an
alias of `grammar/govlang.lark`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from govlang.frozen import replace
from govlang.source import Span
from govlang.syntax import literals, nodes as n
from govlang.syntax.build_events import make_deed

Item = Any
_CHOICES = ("for", "against", "abstaining")


class AnchorRules:
    """Instants that periods run from, and dates compared with them."""

    def on_date(self, span: Span, moment: n.Moment) -> n.Anchor:
        return n.Anchor("date", moment=moment, span=span)

    def the_start(self, span: Span) -> n.Anchor:
        return n.Anchor("start", span=span)

    def the_end(self, span: Span) -> n.Anchor:
        return n.Anchor("end", span=span)

    def later(self, span: Span, duration: n.Duration, of: n.Anchor) -> n.Anchor:
        return n.Anchor("later", duration=duration, of=of, span=span)

    def later_than(self, span: Span) -> str:
        return "after"

    def earlier_than(self, span: Span) -> str:
        return "before"

    def apart(
        self, span: Span, left: n.Operand, op: str, duration: n.Duration, order: str, anchor: n.Anchor
    ) -> n.Apart:
        return n.Apart(left, op, duration, order, anchor, span=span)

    def apart_within(
        self, span: Span, left: n.Operand, duration: n.Duration, order: str, anchor: n.Anchor
    ) -> n.Apart:
        return n.Apart(left, "within", duration, order, anchor, span=span)

    def o_proposed(self, span: Span) -> n.FactRef:
        return n.FactRef("proposed-on", span=span)

    def _instant(self, span: Span, kind: str) -> n.At:
        return n.At(n.Anchor(kind, span=span), span=span)

    def i_proposal(self, span: Span) -> n.At:
        return self._instant(span, "proposal")

    def i_notice(self, span: Span) -> n.At:
        return self._instant(span, "notice")

    def i_opening(self, span: Span) -> n.At:
        return self._instant(span, "opening")

    def i_closing(self, span: Span) -> n.At:
        return self._instant(span, "closing")

    def i_meeting(self, span: Span) -> n.At:
        return self._instant(span, "meeting")

    def i_start(self, span: Span) -> n.At:
        return self._instant(span, "start")

    def i_end(self, span: Span) -> n.At:
        return self._instant(span, "end")


class EffectRules:
    """What a decision does, what survives the end, and renewal."""

    def who_fact(self, span: Span, fact: str) -> n.Named:
        return n.Named(None, fact, span=span)

    def who_name(self, span: Span, name: n.Name) -> n.Named:
        return n.Named(name, span=span)

    def who_proposer(self, span: Span) -> n.Named:
        return n.Named(None, "proposer", span=span)

    def effect_line(self, span: Span, inner: n.Effect, on: str | None, cite: Item) -> n.Effect:
        return replace(inner, on=on or "", cite=str(cite or ""), span=span)

    def e_ends(self, span: Span, verb: str) -> n.Effect:
        return n.Effect("ends", span=span)

    def e_extends(self, span: Span, verb: str, fact: str) -> n.Effect:
        return n.Effect("extends", word=fact, span=span)

    def e_extends_by(self, span: Span, verb: str, duration: n.Duration) -> n.Effect:
        return n.Effect("extends", duration=duration, span=span)

    def e_appoints(self, span: Span, verb: str, who: n.Named, role: n.Name, party: n.Named | None) -> n.Effect:
        return n.Effect("appoints", who, role, party, span=span)

    def e_removes(self, span: Span, verb: str, who: n.Named, role: n.Name) -> n.Effect:
        return n.Effect("removes", who, role, span=span)

    def e_admits(self, span: Span, who: n.Named) -> n.Effect:
        return n.Effect("admits", who, span=span)

    def e_excludes(self, span: Span, who: n.Named) -> n.Effect:
        return n.Effect("excludes", who, span=span)

    def e_default(self, span: Span, who: n.Named) -> n.Effect:
        return n.Effect("default", who, span=span)

    def e_no_default(self, span: Span, who: n.Named) -> n.Effect:
        return n.Effect("no default", who, span=span)

    def e_sets(self, span: Span, word: str, who: n.Named, value: Item) -> n.Effect:
        literal = value if isinstance(value, n.Literal) else None
        return n.Effect("sets", who, word=word, value=literal, fact="" if literal else str(value), span=span)

    def survives(self, span: Span, duration: Item, cite: Item) -> n.SurvivesEnd:
        return n.SurvivesEnd(duration, cite=str(cite or ""), span=span)

    def renews(self, span: Span, period: n.Duration, times: Item, unless: Item, cite: Item) -> tuple[str, Item]:
        number = literals.whole(times, span, "a number of renewals") if times is not None else 0
        group, ahead = unless or (None, None)
        return "renewal", n.Renewal(period, number, group, ahead, cite=str(cite or ""), span=span)

    def unless_opposed(self, span: Span, group: n.Group, verb: str, ahead: n.Duration | None) -> Item:
        return group, ahead


class LifecycleEvents:
    """Events about the agreement as a whole, about default, about minutes; outcomes that somebody states."""

    def joins_agreement(self, span: Span, verb: str) -> n.Deed:
        return make_deed(span, "join-agreement")

    def leaves_agreement(self, span: Span, verb: str) -> n.Deed:
        return make_deed(span, "leave-agreement")

    def ends_agreement(self, span: Span, verb: str, why: Item) -> n.Deed:
        return make_deed(span, "end-agreement", reason=why)

    def objects_renewal(self, span: Span, verb: str, why: Item) -> n.Deed:
        return make_deed(span, "object-to-renewal", reason=why)

    def is_in_default(self, span: Span, verb: str, why: Item) -> n.Deed:
        return make_deed(span, "default", reason=why)

    def not_in_default(self, span: Span, verb: str, why: Item) -> n.Deed:
        return make_deed(span, "no-default", reason=why)

    def carries_out(self, span: Span, verb: str, name: n.Name, why: Item) -> n.Deed:
        return make_deed(span, "act", word="carried-out", target=name, reason=why)

    def o_adopted(self, span: Span) -> str:
        return "adopted"

    def o_rejected(self, span: Span) -> str:
        return "rejected"

    def stated_count(self, span: Span, number: Fraction, word: str) -> tuple[str, n.Literal]:
        literals.whole(number, span, "a number of votes")
        return word, n.Literal("number", number, span=span)

    def declares_outcome(self, span: Span, verb: str, name: n.Name, outcome: str, *items: Item) -> n.Deed:
        *counts, base, why = items
        given = [count for count in counts if count is not None]
        if len({word for word, _ in given}) < len(given):
            again = literals.BadLiteral("GL314", "one count is said twice", "keep one of the two numbers")
            raise literals.PlacedError(again, span)
        found = sorted(given, key=lambda count: _CHOICES.index(count[0]))
        if base is not None:
            literals.whole(base, span, "a number of votes")
            found.append(("of", n.Literal("number", base, span=span)))
        return make_deed(span, "outcome", word=outcome, target=name, facts=tuple(found), reason=why)

    def sends_minutes(self, span: Span, verb: str, name: n.Name) -> n.Deed:
        return make_deed(span, "act", word="minutes", target=name)

    def accepts_minutes(self, span: Span, verb: str, name: n.Name) -> n.Deed:
        return make_deed(span, "act", word="minutes-accepted", target=name)

    def objects_minutes(self, span: Span, verb: str, name: n.Name, why: Item) -> n.Deed:
        return make_deed(span, "act", word="minutes-objection", target=name, reason=why)
