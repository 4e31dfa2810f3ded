"""The grammar's rules for duties, powers, reviews, objectives and communication, and for the events about them.

In: built children of one grammar rule. Out: `NormClause` nodes, their lines, and deeds. Mixed into `build.Builder`; every
method is named after a rule or an alias of `grammar/govlang.lark`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from govlang.source import Span
from govlang.syntax import literals, nodes as n
from govlang.syntax.build_events import event_details, make_deed
from govlang.syntax.build_requirements import cite_of, rest_of

Item = Any


class NormRules:
    """What is to be done."""

    def _norm(self, span: Span, kind: str, name: n.Name, lines: tuple[Item, ...]) -> n.NormClause:
        built = tuple(n.Describe(line[1], span=span) if isinstance(line, tuple) else line for line in rest_of(lines))
        return n.NormClause(kind, name, built, span=span)

    def duty(self, span: Span, name: n.Name, *lines: Item) -> n.NormClause:
        return self._norm(span, "duty", name, lines)

    def power(self, span: Span, name: n.Name, *lines: Item) -> n.NormClause:
        return self._norm(span, "power", name, lines)

    def review(self, span: Span, name: n.Name, *lines: Item) -> n.NormClause:
        return self._norm(span, "review", name, lines)

    def objective(self, span: Span, name: n.Name, *lines: Item) -> n.NormClause:
        return self._norm(span, "objective", name, lines)

    def communication(self, span: Span, name: n.Name, *lines: Item) -> n.NormClause:
        return self._norm(span, "communication", name, lines)

    # ------------------------------------------------------------ when it arises

    def recurs(self, span: Span, every: Item, rolling: Item, since: Item, until: Item, cite: Item) -> n.Recurs:
        return n.Recurs(every, since, until, rolling is not None, cite=str(cite or ""), span=span)

    def each_week(self, span: Span, *_: Item) -> str:
        return "week"

    def each_month(self, span: Span, *_: Item) -> str:
        return "month"

    def each_quarter(self, span: Span, *_: Item) -> str:
        return "quarter"

    def each_half(self, span: Span, *_: Item) -> str:
        return "half year"

    def each_year(self, span: Span, *_: Item) -> str:
        return "year"

    def arises(self, span: Span, happening: n.Happening, cite: Item) -> n.Arises:
        return n.Arises(happening, cite=str(cite or ""), span=span)

    def arises_on(self, span: Span, day: n.Moment, cite: Item) -> n.Arises:
        return n.Arises(None, day, cite=str(cite or ""), span=span)

    def becomes(self, span: Span, kind: str, name: n.Name, state: str, *rest: Item) -> n.Happening:
        times = next((item for item in rest if isinstance(item, int)), 1)
        particle = next((f" {item}" for item in rest if isinstance(item, str)), "")
        return n.Happening(kind, state + particle, name, times, span=span)

    def carried_out(self, span: Span) -> str:
        return "out"

    def act_happens(self, span: Span, word: str, by: Item) -> n.Happening:
        return n.Happening("act", word, by=by, span=span)

    def finding_happens(self, span: Span, word: str, by: Item) -> n.Happening:
        return n.Happening("finding", word, by=by, span=span)

    def meeting_happens(self, span: Span, by: Item) -> n.Happening:
        return n.Happening("act", "meeting", by=by, span=span)  # an act of that name, not a meeting of a body

    def meeting_found(self, span: Span, by: Item) -> n.Happening:
        return n.Happening("finding", "meeting", by=by, span=span)

    def party_becomes(self, span: Span, state: str) -> n.Happening:
        return n.Happening("party", state, span=span)

    def one_party_becomes(self, span: Span, name: n.Name, state: str) -> n.Happening:
        return n.Happening("party", state, name, span=span)

    def agreement_becomes(self, span: Span, state: str) -> n.Happening:
        return n.Happening("agreement", state, span=span)

    def streak(self, span: Span, times: Fraction) -> int:
        return literals.whole(times, span, "a number of times")

    def s_decision(self, span: Span) -> str:
        return "decision"

    def s_duty(self, span: Span) -> str:
        return "duty"

    def s_power(self, span: Span) -> str:
        return "power"

    def s_review(self, span: Span) -> str:
        return "review"

    def s_objective(self, span: Span) -> str:
        return "objective"

    def s_communication(self, span: Span) -> str:
        return "communication"

    def s_dispute(self, span: Span) -> str:
        return "dispute"

    def s_trust(self, span: Span) -> str:
        return "trust"

    def s_survey(self, span: Span) -> str:
        return "survey"

    def s_meeting(self, span: Span) -> str:
        return "meeting"

    # ------------------------------------------------------------ by when

    def due_within(self, span: Span, within: n.Duration, after: Item, cite: Item) -> n.Due:
        return n.Due(within, after or "", cite=str(cite or ""), span=span)

    def after_start(self, span: Span) -> str:
        return "its start"

    def after_end(self, span: Span) -> str:
        return "its end"

    def after_fact(self, span: Span, word: str) -> str:
        return word

    def due_on(self, span: Span, day: n.Moment, cite: Item) -> n.Due:
        return n.Due(on=day, cite=str(cite or ""), span=span)

    def due_on_fact(self, span: Span, word: str, cite: Item) -> n.Due:
        return n.Due(after=word, cite=str(cite or ""), span=span)

    def due_at_end(self, span: Span, cite: Item) -> n.Due:
        return n.Due(after="its end", cite=str(cite or ""), span=span)

    def continuing(self, span: Span, cite: Item) -> n.Continuing:
        return n.Continuing(cite=str(cite or ""), span=span)

    def grace(self, span: Span, duration: n.Duration, cite: Item) -> n.Grace:
        return n.Grace(duration, cite=str(cite or ""), span=span)

    # ------------------------------------------------------------ who, how much, how it ends

    def owed_by(self, span: Span, group: n.Group, to: Item, cite: Item) -> n.OwedBy:
        return n.OwedBy(group, to, cite=str(cite or ""), span=span)

    def power_held_by(self, span: Span, group: n.Group, cite: Item) -> n.HeldBy:
        return n.HeldBy(group, cite=str(cite or ""), span=span)

    def owned_by(self, span: Span, group: n.Group, cite: Item) -> n.HeldBy:
        return n.HeldBy(group, cite=str(cite or ""), span=span)

    def owed_amount(self, span: Span, amount: Item, cite: Item) -> n.Owed:
        whole, share, other, pick = amount if isinstance(amount, tuple) else (amount, "", None, "")
        return n.Owed(whole, share, other, pick, cite=str(cite or ""), span=span)

    def share_of_amount(self, span: Span, share: str, whole: n.Literal) -> tuple[n.Literal, str, None, str]:
        return whole, share, None, ""

    def larger_amount(self, span: Span, one: n.Literal, other: n.Literal) -> tuple[n.Literal, str, n.Literal, str]:
        return one, "", other, "larger"

    def smaller_amount(self, span: Span, one: n.Literal, other: n.Literal) -> tuple[n.Literal, str, n.Literal, str]:
        return one, "", other, "smaller"

    def done_when(self, span: Span, happening: n.Happening, cite: Item) -> n.DoneWhen:
        return n.DoneWhen(happening, cite=str(cite or ""), span=span)

    def breach_found_by(self, span: Span, group: n.Group, cite: Item) -> n.BreachFoundBy:
        return n.BreachFoundBy(group, cite=str(cite or ""), span=span)

    def cured_within(self, span: Span, within: n.Duration, after_notice: Item, cite: Item) -> n.Cured:
        return n.Cured(within, after_notice is not None, cite=str(cite or ""), span=span)

    def after_notice(self, span: Span) -> bool:
        return True

    def discharged_when(self, span: Span, happening: n.Happening, cite: Item) -> n.DischargedWhen:
        return n.DischargedWhen(happening, cite=str(cite or ""), span=span)

    def waived_by(self, span: Span, group: n.Group, cite: Item) -> n.WaivedBy:
        return n.WaivedBy(group, cite=str(cite or ""), span=span)

    def suspended_from(self, span: Span, since: n.Happening, until: n.Happening, cite: Item) -> n.Suspended:
        return n.Suspended(since, until, cite=str(cite or ""), span=span)

    def suspended_while(self, span: Span, dispute: n.Name, cite: Item) -> n.SuspendedWhile:
        return n.SuspendedWhile(dispute, cite=str(cite or ""), span=span)

    def norm_survives(self, span: Span, duration: Item, cite: Item) -> n.SurvivesEnd:
        return n.SurvivesEnd(duration, cite=str(cite or ""), span=span)

    def may_be_assigned(self, span: Span, approval: Item, cite: Item) -> n.Transferable:
        return n.Transferable("assigned", approval, cite=str(cite or ""), span=span)

    def may_be_subcontracted(self, span: Span, approval: Item, cite: Item) -> n.Transferable:
        return n.Transferable("subcontracted", approval, cite=str(cite or ""), span=span)

    def opens_if(self, span: Span, state: str, times: Item, *rest: Item) -> n.OpensIf:
        return n.OpensIf(state, times or 1, tuple(rest_of(rest)), cite=cite_of(rest), span=span)

    def opened(self, span: Span, kind: str, name: n.Name, within: Item) -> n.Opening:
        return n.Opening(kind, name, within, span=span)

    # ------------------------------------------------------------ reviews, objectives, communication

    def led_by(self, span: Span, group: n.Group, cite: Item) -> n.LedBy:
        return n.LedBy(group, cite=str(cite or ""), span=span)

    def attended_by(self, span: Span, group: n.Group, cite: Item) -> n.AttendedBy:
        return n.AttendedBy(group, cite=str(cite or ""), span=span)

    def review_notice(self, span: Span, duration: n.Duration, cite: Item) -> n.ReviewNotice:
        return n.ReviewNotice(duration, cite=str(cite or ""), span=span)

    def minutes_within(self, span: Span, duration: n.Duration, by: n.Group, cite: Item) -> n.MinutesWithin:
        return n.MinutesWithin(duration, by, cite=str(cite or ""), span=span)

    def measure_line(self, span: Span, name: str, type_: n.TypeRef, by: Item, cite: Item) -> n.Measure:
        return n.Measure(name, type_, by, cite=str(cite or ""), span=span)

    def target(self, span: Span, op: str, value: n.Literal, by: n.Moment, cite: Item) -> n.Target:
        return n.Target(op, value, by, cite=str(cite or ""), span=span)

    def between(self, span: Span, group: n.Group, cite: Item) -> n.Between:
        return n.Between(group, cite=str(cite or ""), span=span)

    def contact(self, span: Span, role: n.Name, cite: Item) -> n.Contact:
        return n.Contact(role, cite=str(cite or ""), span=span)

    def channels(self, span: Span, *words: Item) -> n.Channels:
        return n.Channels(tuple(rest_of(words)), cite=cite_of(words), span=span)

    def share_line(self, span: Span, what: str, to: n.Group, within: n.Duration, cite: Item) -> n.PassOn:
        return n.PassOn(what, to, within, cite=str(cite or ""), span=span)

    def answer_line(self, span: Span, duration: n.Duration, cite: Item) -> n.AnswerWithin:
        return n.AnswerWithin(duration, cite=str(cite or ""), span=span)

    # ------------------------------------------------------------ events

    def occasion(self, span: Span, key: Item) -> n.Name:
        """Which of several: a proposal, a period, a day."""
        match key:
            case n.Name():
                return key
            case n.Moment():
                return n.Name(str(key), span=span)
            case Fraction():
                return n.Name(str(literals.whole(key, span, "a year")), span=span)
            case _:
                return n.Name(str(key), span=span)

    def performs(self, span: Span, verb: str, name: n.Name, amount: Item, key: Item, behalf: Item, why: Item) -> n.Deed:
        return make_deed(span, "perform", target=name, value=amount, other=behalf, reason=why, names=_for(key))

    def exercises(self, span: Span, verb: str, name: n.Name, key: Item, why: Item) -> n.Deed:
        return make_deed(span, "exercise", target=name, reason=why, names=_for(key))

    def waives(self, span: Span, verb: str, name: n.Name, of: Item, key: Item, why: Item) -> n.Deed:
        return make_deed(span, "release", target=name, other=of, reason=why, names=_for(key))

    def releases(self, span: Span, verb: str, who: n.Name, name: n.Name, key: Item, why: Item) -> n.Deed:
        return make_deed(span, "release", target=name, other=who, reason=why, names=_for(key))

    def assigns(self, span: Span, verb: str, name: n.Name, key: Item, to: n.Name) -> n.Deed:
        return make_deed(span, "assign", target=name, other=to, names=_for(key))

    def subcontracts(self, span: Span, verb: str, name: n.Name, key: Item, to: n.Name) -> n.Deed:
        return make_deed(span, "subcontract", target=name, other=to, names=_for(key))

    def informs(self, span: Span, verb: str, whom: tuple[n.Name, ...], of: n.Name) -> n.Deed:
        return make_deed(span, "inform", target=of, names=(("to", whom),))

    def shares(self, span: Span, verb: str, what: str, to: tuple[n.Name, ...], by: Item) -> n.Deed:
        return make_deed(span, "share", word=what, choice=by, names=(("to", to),))

    def asks(self, span: Span, verb: str, whom: tuple[n.Name, ...], name: n.Name, by: Item, why: Item) -> n.Deed:
        return make_deed(span, "ask", target=name, choice=by, reason=why, names=(("to", whom),))

    def answers(self, span: Span, verb: str, name: n.Name, by: Item, why: Item) -> n.Deed:
        return make_deed(span, "answer", target=name, choice=by, reason=why)

    def measures(self, span: Span, verb: str, word: str, value: n.Literal) -> n.Deed:
        return make_deed(span, "measure", word=word, value=value)

    def meeting_covers(self, span: Span, *words: str) -> Item:
        return "covers", tuple(n.Name(word, span=span) for word in words)

    # ------------------------------------------------------------ expectations

    def expect_norm(
        self, span: Span, at: n.Moment, kind: str, name: n.Name, of: Item, key: Item, state: str, first: Item, *details: Item
    ) -> n.Expect:
        found = event_details((first, *details))
        return n.Expect("norm", at, name, state, of, details=found, about=kind, occasion=key.text if key else "", span=span)

    def in_effect(self, span: Span) -> str:
        return "in effect"

    def no_data(self, span: Span) -> str:
        return "no data"

    def d_due(self, span: Span, phrase: str) -> n.Detail:
        return n.Detail("due", phrase, span=span)


def _for(key: n.Name | None) -> Item:
    return (("for", (key,)),) if key is not None else None
