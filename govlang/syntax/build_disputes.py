"""The grammar's rules for disputes: ladders, steps, and the events and expectations about them.

In: built children of one grammar rule. Out: `Dispute` nodes, deeds, expectations. Mixed into `build.Builder`; every method is
named after a rule or an alias of `grammar/govlang.lark`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from govlang.frozen import replace
from govlang.source import Span
from govlang.syntax import literals, nodes as n
from govlang.syntax.build_events import event_details, make_deed
from govlang.syntax.build_groups import GroupRules
from govlang.syntax.build_requirements import cite_of, rest_of
from govlang.syntax.literals import BadLiteral, PlacedError

Item = Any
UNNAMED = "Ladder"  # `dispute ladder` without a name
IN_WRITING = "in-writing"  # no attribute that anybody could have
_SEVERAL = ("early", "skipped", "lapses", "meanwhile", "reliefs")


def _collect(lines: tuple[Item, ...], span: Span) -> dict[str, Any]:
    """The lines of a ladder or step by what they say; what can be said once is refused the second time."""
    fields: dict[str, Any] = {"statements": []}
    each = (part for line in rest_of(lines) for part in (line if isinstance(line, list) else [line]))
    for line in each:
        match line:
            case ("text", text):
                fields["statements"].append(n.Describe(text, span=span))
            case (str() as key, value, Span() as place):
                if key in _SEVERAL:
                    fields.setdefault(key, []).append(value)
                elif key in fields:
                    again = BadLiteral("GL314", f"{key} is said twice in one block", "keep one of the two lines")
                    raise PlacedError(again, place)
                else:
                    fields[key] = value
            case n.Step():
                fields.setdefault("steps", []).append(line)
            case _:
                fields["statements"].append(line)
    return {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}


class DisputeRules(GroupRules):
    """How differences are settled."""

    def t_dispute(self, span: Span, name: n.Name | None) -> n.TypeRef:
        return n.TypeRef("dispute", target=name, span=span)

    # ------------------------------------------------------------ the ladder

    def dispute(self, span: Span, name: n.Name, *lines: Item) -> n.Dispute:
        return n.Dispute(name, span=span, **_collect(lines, span))

    def ladder_name(self, span: Span, name: n.Name | None) -> n.Name:
        return name or n.Name(UNNAMED, span=span)

    def put_in_writing(self, span: Span) -> bool:
        return True

    def raised_by(self, span: Span, group: n.Group, window: Item, cite: Item) -> Item:
        written = any(item.attribute == IN_WRITING for item in group.items)
        items = tuple(_without_writing(item) for item in group.items)
        who = replace(group, items=items, span=Span(group.span.start, items[-1].span.end))
        return "raised", n.Raised(who, written, window, cite=str(cite or ""), span=span), span

    def item_in_writing(
        self, span: Span, quantifier: Item, base: n.GroupBase, excluded: n.GroupBase | None
    ) -> n.GroupItem:
        """`any party in writing`: read as part of the group, which only the raising of a dispute can be; see `raised_by`."""
        return self.group_item(span, quantifier, base, excluded, (IN_WRITING, "", None))

    def step(self, span: Span, name: n.Name, *lines: Item) -> n.Step:
        return n.Step(name, span=span, **_collect(lines, span))

    def relief_for(self, span: Span, *words: str) -> tuple[str, ...]:
        return tuple(words)

    def urgent_relief(self, span: Span, group: Item, where: Item, cite: Item) -> Item:
        subjects, condition = (where, None) if isinstance(where, tuple) else ((), where)
        return "reliefs", n.Relief(group, subjects, condition, cite=str(cite or ""), span=span), span

    def duties_continue(self, span: Span, condition: Item, cite: Item) -> Item:
        return "meanwhile", n.Meanwhile(False, condition, cite=str(cite or ""), span=span), span

    def duties_suspended(self, span: Span, condition: Item, cite: Item) -> Item:
        return "meanwhile", n.Meanwhile(True, condition, cite=str(cite or ""), span=span), span

    # ------------------------------------------------------------ steps

    def step_between(self, span: Span, group: n.Group, cite: Item) -> Item:
        return "between", group, span

    def step_before(self, span: Span, forum: n.Forum, *items: Item) -> Item:
        before = replace(forum, cite=cite_of(items), span=span)
        return [("forum", before, span), *((key, said, span) for key, said in rest_of(items))]

    def step_part(self, span: Span, part: Item, cite: Item) -> Item:
        return part[0], part[1], span

    def forum_named(self, span: Span, name: n.Name, number: Fraction | None) -> n.Forum:
        size = literals.whole(number, span, "a number of members") if number is not None else 0
        return n.Forum(name.text, name, size, span=span)

    def forum_words(self, span: Span, *items: Item) -> n.Forum:
        *words, last = items
        text = " ".join(words)
        if isinstance(last, n.Name):
            return n.Forum(f"{text} of {last.text}", span=span)
        size = literals.whole(last, span, "a number of members") if last is not None else 0
        return n.Forum(f"{text} of {size}" if size else text, size=size, span=span)

    def forum_text(self, span: Span, text: n.Literal) -> n.Forum:
        return n.Forum(str(text.value), span=span)

    def forum_seat(self, span: Span, place: n.Name | n.Literal) -> tuple[str, str]:
        return "seat", _said(place)

    def forum_rules(self, span: Span, rules: n.Name | n.Literal) -> tuple[str, str]:
        return "rules", _said(rules)

    def forum_language(self, span: Span, name: n.Name) -> tuple[str, str]:
        return "language", name.text

    def step_within(self, span: Span, duration: n.Duration, anchor: Item, cite: Item) -> Item:
        return "within", n.TimeOut(duration, anchor, cite=str(cite or ""), span=span), span

    def ends_early(self, span: Span, requirement: n.Requirement) -> Item:
        return "early", requirement, span

    def skipped_when(self, span: Span, requirement: n.Requirement) -> Item:
        return "skipped", requirement, span

    def lapses_when(self, span: Span, requirement: n.Requirement) -> Item:
        return "lapses", requirement, span

    def taken_by(self, span: Span, group: n.Group, window: Item, cite: Item) -> Item:
        return "taken", n.TakenBy(group, window, cite=str(cite or ""), span=span), span

    def final_step(self, span: Span, cite: Item) -> Item:
        return "final", n.Final(last=True, cite=str(cite or ""), span=span), span

    def decision_final(self, span: Span, unless: n.Final | None, cite: Item) -> Item:
        if unless is None:
            return "final", n.Final(cite=str(cite or ""), span=span), span
        final = n.Final(False, unless.act, unless.by, unless.further, unless.within, cite=str(cite or ""), span=span)
        return "final", final, span

    def unless_recorded(self, span: Span, act: str, by: Item, within: n.Duration) -> n.Final:
        return n.Final(act=act, by=by, within=within, span=span)

    def unless_taken(self, span: Span, within: n.Duration) -> n.Final:
        return n.Final(further=True, within=within, span=span)

    # ------------------------------------------------------------ what steps and disputes are to others

    def raised(self, span: Span) -> n.Anchor:
        return n.Anchor("raised", span=span)

    def step_begun(self, span: Span, name: n.Name) -> n.Anchor:
        return n.Anchor("step", name.text, span=span)

    def step_decided(self, span: Span, name: n.Name) -> n.Anchor:
        return n.Anchor("step decided", name.text, span=span)

    def step_over(self, span: Span, name: n.Name) -> n.Anchor:
        return n.Anchor("step over", name.text, span=span)

    def is_at(self, span: Span, operand: n.Operand, name: n.Name) -> n.AtStep:
        return n.AtStep(operand, "at", name, span=span)

    def is_past(self, span: Span, operand: n.Operand, name: n.Name) -> n.AtStep:
        return n.AtStep(operand, "past", name, span=span)

    # ------------------------------------------------------------ what happens

    def against_names(self, span: Span, names: tuple[n.Name, ...]) -> tuple[n.Name, ...]:
        return names

    decided_for = against_names

    def raises(
        self, span: Span, verb: str, ladder: n.Name, name: n.Name, against: Item, written: Item, why: Item, *facts: Item
    ) -> n.Deed:
        found = tuple(fact for fact in facts if fact is not None)
        names = ((("against", against),) if against else ()) + ((("writing", ()),) if written else ())
        return make_deed(span, "raise", other=ladder, target=name, reason=why, facts=found, names=names)

    def takes(self, span: Span, verb: str, name: n.Name, step: n.Name, why: Item) -> n.Deed:
        return make_deed(span, "take", target=name, other=step, reason=why)

    def settles(self, span: Span, verb: str, name: n.Name, why: Item) -> n.Deed:
        return make_deed(span, "settle", target=name, reason=why)

    def decides(self, span: Span, verb: str, name: n.Name, favour: Item, why: Item) -> n.Deed:
        return make_deed(span, "decide", target=name, names=(("for", favour),) if favour else None, reason=why)

    def seeks_relief(self, span: Span, verb: str, name: n.Name, why: Item) -> n.Deed:
        return make_deed(span, "act", word="urgent-relief", target=name, reason=why)

    # ------------------------------------------------------------ questions

    def may_take(self, span: Span, verb: str, name: n.Name, step: n.Name) -> n.Deed:
        return make_deed(span, "take", target=name, other=step)

    def may_raise(self, span: Span, verb: str, ladder: n.Name, against: Item, written: Item) -> n.Deed:
        names = ((("against", against),) if against else ()) + ((("writing", ()),) if written else ())
        return make_deed(span, "raise", target=ladder, names=names)

    def may_seek(self, span: Span, verb: str, name: n.Name) -> n.Deed:
        return make_deed(span, "relief", target=name)

    # ------------------------------------------------------------ expectations

    def asked_fact(self, span: Span, word: str, value: n.Literal) -> tuple[str, n.Literal]:
        return word, value

    def expect_take(
        self, span: Span, at: n.Moment, who: n.Name, name: n.Name, step: n.Name, verdict: str, *rest: Item
    ) -> n.Expect:
        asked = (("take", (who,)), ("step", (step,)))
        return self._asked(span, "take", at, name, verdict, asked, rest)

    def expect_raise(
        self, span: Span, at: n.Moment, who: n.Name, ladder: n.Name, against: Item, written: Item, verdict: str, *rest: Item
    ) -> n.Expect:
        asked = (("take", (who,)), ("against", against or ()), *((("writing", ()),) if written else ()))
        return self._asked(span, "raise", at, ladder, verdict, asked, rest)

    def expect_relief(self, span: Span, at: n.Moment, who: n.Name, name: n.Name, verdict: str, *rest: Item) -> n.Expect:
        return self._asked(span, "relief", at, name, verdict, (("take", (who,)),), rest)

    def _asked(
        self, span: Span, kind: str, at: n.Moment, name: n.Name, verdict: str, asked: Item, rest: tuple[Item, ...]
    ) -> n.Expect:
        details = event_details(tuple(item for item in rest if isinstance(item, n.Detail)))
        facts = tuple(item for item in rest if isinstance(item, tuple))
        return n.Expect(kind, at, name, verdict, details=details, named=asked, facts=facts, span=span)

    def expect_at(self, span: Span, at: n.Moment, name: n.Name, negated: Item, step: n.Name, until: Item) -> n.Expect:
        last = (n.Detail("until", str(until), span=span),) if until is not None else ()
        return n.Expect("at step", at, name, group=step, negated=negated is not None, details=last, span=span)

    def expect_end(self, span: Span, at: n.Moment, name: n.Name, negated: Item, how: str) -> n.Expect:
        return n.Expect("dispute", at, name, how, negated=negated is not None, span=span)

    def end_open(self, span: Span) -> str:
        return "open"

    def end_settled(self, span: Span) -> str:
        return "settled"

    def end_withdrawn(self, span: Span) -> str:
        return "withdrawn"

    def end_decided(self, span: Span) -> str:
        return "decided"

    def end_lapsed(self, span: Span) -> str:
        return "lapsed"

    def end_ended(self, span: Span) -> str:
        return "ended"


def _without_writing(item: n.GroupItem) -> n.GroupItem:
    if item.attribute != IN_WRITING:
        return item
    end = (item.excluded or item.base).span.end
    return replace(item, attribute="", span=Span(item.span.start, end))


def _said(item: n.Name | n.Literal) -> str:
    return item.text if isinstance(item, n.Name) else str(item.value)
