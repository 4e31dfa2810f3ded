"""The grammar's rules for what happens: event lines, meetings, expectations.

In: built children of one grammar rule. Out: `Deed`, `Expect` or `Scenario` nodes. Mixed into `build.Builder`; every
method is named after a rule or an alias of `grammar/govlang.lark`.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from govlang.frozen import replace
from govlang.source import Span
from govlang.syntax import literals, nodes as n

Item = Any
_NO_TIME = n.Moment(datetime.min)  # replaced by `done`, which knows the date


def make_deed(span: Span, kind: str, **fields: Item) -> n.Deed:
    return n.Deed(kind, _NO_TIME, span=span, **{key: value for key, value in fields.items() if value is not None})


_NEXT = re.compile(r",\s+(?=(?:not )?(?:missing|citing|counting|because|note|due)\s)")


def _split(detail: n.Detail) -> list[n.Detail]:
    """Several details on one line: `missing 1 more vote, citing 4.2`."""
    first, *others = _NEXT.split(detail.phrase)
    found = [replace(detail, phrase=first)]
    for text in others:
        kind = "not because" if text.startswith("not ") else text.split()[0]
        found.append(n.Detail(kind, text.removeprefix(kind).strip(), span=detail.span))
    return found


def event_details(details: tuple[Item, ...]) -> tuple[n.Detail, ...]:
    """The details of an expectation, on its line and below it."""
    return tuple(part for detail in details if detail is not None for part in _split(detail))


class EventRules:
    """Event lines, one method a verb. The verb itself arrives as the first child and is not needed again."""

    def scenario(self, span: Span, title: str, *lines: Item) -> n.Scenario:
        return n.Scenario(title, tuple(line for line in lines if isinstance(line, n.Deed | n.Expect)), span=span)

    def story_line(self, span: Span, text: n.Literal) -> n.Literal:
        return text

    def entry(self, span: Span, event: n.Deed | n.Expect) -> n.Deed | n.Expect:
        return event

    def done(self, span: Span, at: n.Moment, actors: tuple[n.Name, ...], deed: n.Deed) -> n.Deed:
        return replace(deed, at=at, actors=actors, span=span)

    # ------------------------------------------------------------ meetings

    def meeting_held(
        self, span: Span, at: n.Moment, body: n.Name, name: n.Name, earlier: n.Name | None, *lines: Item
    ) -> n.Deed:
        names = [line for line in lines if line is not None]
        if earlier is not None:
            names.append(("reconvening", (earlier,)))
        return n.Deed("meeting", at, (), name, body, names=tuple(names), span=span)

    def present_at(self, span: Span, names: tuple[n.Name, ...]) -> Item:
        return "present", names

    def absent_from(self, span: Span, names: tuple[n.Name, ...]) -> Item:
        return "absent", names

    def agenda(self, span: Span, names: tuple[n.Name, ...]) -> Item:
        return "agenda", names

    def meeting_closed(self, span: Span) -> Item:
        return "closed", ()

    # ------------------------------------------------------------ expectations

    def expect(self, span: Span, at: n.Moment, name: n.Name, verdict: str, first: Item, *details: Item) -> n.Expect:
        found = event_details((first, *details))
        return n.Expect("verdict", at, name, verdict, details=found, span=span)

    def expect_in(self, span: Span, at: n.Moment, name: n.Name, negated: Item, group: n.Name) -> n.Expect:
        return n.Expect("in", at, name, group=group, negated=negated is not None, span=span)

    def expect_refused(self, span: Span, at: n.Moment, phrase: str | None) -> n.Expect:
        details = (n.Detail("because", phrase, span=span),) if phrase else ()
        return n.Expect("refused", at, details=details, span=span)

    def detail_line(self, span: Span, detail: n.Detail) -> n.Detail:
        return detail

    def d_missing(self, span: Span, phrase: str) -> n.Detail:
        return n.Detail("missing", phrase, span=span)

    def d_citing(self, span: Span, phrase: str) -> n.Detail:
        return n.Detail("citing", phrase, span=span)

    def d_counting(self, span: Span, phrase: str) -> n.Detail:
        return n.Detail("counting", phrase, span=span)

    def d_because(self, span: Span, phrase: str) -> n.Detail:
        return n.Detail("because", phrase, span=span)

    def d_not_because(self, span: Span, phrase: str) -> n.Detail:
        return n.Detail("not because", phrase, span=span)

    def d_note(self, span: Span, phrase: str) -> n.Detail:
        return n.Detail("note", phrase, span=span)

    def d_under(self, span: Span, reading: n.Name | n.Literal, verdict: str) -> n.Detail:
        return n.Detail(
            "under", reading.text if isinstance(reading, n.Name) else str(reading.value), verdict, span=span
        )

    def permitted(self, span: Span) -> str:
        return "permitted"

    def pending(self, span: Span) -> str:
        return "pending"

    def denied(self, span: Span) -> str:
        return "denied"

    def silent(self, span: Span) -> str:
        return "silent"

    def ambiguous(self, span: Span) -> str:
        return "ambiguous"

    # ------------------------------------------------------------ deeds

    def behalf(self, span: Span, name: n.Name) -> n.Name:
        return name

    def because(self, span: Span, reason: n.Literal) -> str:
        return str(reason.value)

    def appoints(self, span: Span, verb: str, who: Item, role: Item, party: Item, until: Item) -> n.Deed:
        names = (("for", (party,)),) if party else None
        return make_deed(span, "appoint", other=who, target=role, until=until, names=names)

    def removes(self, span: Span, verb: str, who: n.Name, role: n.Name) -> n.Deed:
        return make_deed(span, "remove", other=who, target=role)

    def resigns(self, span: Span, verb: str, role: n.Name) -> n.Deed:
        return make_deed(span, "resign", target=role)

    def joins(self, span: Span, verb: str, body: n.Name, until: Item) -> n.Deed:
        return make_deed(span, "join", target=body, until=until)

    def leaves(self, span: Span, verb: str, body: n.Name) -> n.Deed:
        return make_deed(span, "leave", target=body)

    def has(self, span: Span, verb: str, word: str, value: n.Literal) -> n.Deed:
        return make_deed(span, "has", word=word, value=value)

    def proposes(self, span: Span, verb: str, decision: n.Name, name: n.Name, *facts: Item) -> n.Deed:
        found = tuple(fact for fact in facts if fact is not None)
        return make_deed(span, "propose", other=decision, target=name, facts=found)

    def fact_line(self, span: Span, word: str, value: n.Literal) -> tuple[str, n.Literal]:
        return word, value

    def votes(self, span: Span, verb: str, choice: str, name: n.Name, behalf: Item, place: Item, why: Item) -> n.Deed:
        return self.ballot(span, choice, name, behalf, place, why)

    def abstains(self, span: Span, verb: str, name: n.Name, behalf: Item, place: Item, why: Item) -> n.Deed:
        return self.ballot(span, "abstain", name, behalf, place, why)

    def approves(self, span: Span, verb: str, name: n.Name, behalf: Item, why: Item) -> n.Deed:
        return self.ballot(span, "for", name, behalf, None, why)

    def refuses(self, span: Span, verb: str, name: n.Name, behalf: Item, why: Item) -> n.Deed:
        return self.ballot(span, "against", name, behalf, None, why)

    def ballot(self, span: Span, choice: str, name: n.Name, behalf: Item, place: Item, why: Item) -> n.Deed:
        names = (("in", (place,)),) if place else None
        return make_deed(span, "ballot", target=name, choice=choice, other=behalf, reason=why, names=names)

    def absent(self, span: Span, verb: str, name: n.Name) -> n.Deed:
        return make_deed(span, "absent", target=name)

    def present(self, span: Span, verb: str, name: n.Name) -> n.Deed:
        return make_deed(span, "present", target=name)

    def vetoes(self, span: Span, verb: str, name: n.Name, why: Item) -> n.Deed:
        return make_deed(span, "veto", target=name, reason=why)

    def objects(self, span: Span, verb: str, name: n.Name, why: Item) -> n.Deed:
        return make_deed(span, "objection", target=name, reason=why)

    def w_vote(self, span: Span) -> str:
        return "ballot"

    def w_veto(self, span: Span) -> str:
        return "veto"

    def w_objection(self, span: Span) -> str:
        return "objection"

    def w_proxy(self, span: Span) -> str:
        return "proxy"

    def withdraws(self, span: Span, verb: str, what: str, name: n.Name) -> n.Deed:
        return make_deed(span, "withdraw", word=what, target=name)

    def withdraws_proposal(self, span: Span, verb: str, name: n.Name) -> n.Deed:
        return make_deed(span, "withdraw", word="proposal", target=name)

    def advises(self, span: Span, verb: str, name: n.Name, advice: Item) -> n.Deed:
        return make_deed(span, "advise", target=name, reason=str(advice.value) if advice else None)

    def seconds(self, span: Span, verb: str, name: n.Name) -> n.Deed:
        return make_deed(span, "act", word="second", target=name)

    def records(self, span: Span, verb: str, word: str, times: Item, name: Item, why: Item) -> n.Deed:
        number = literals.whole(times, span, "a number of times") if times is not None else 1
        return make_deed(span, "act", word=word, target=name, times=number, reason=why)

    def finds(
        self, span: Span, verb: str, negated: Item, word: str, value: Item, of: Item, on: Item, why: Item
    ) -> n.Deed:
        return make_deed(
            span, "find", negated=negated is not None, word=word, value=value, other=of, target=on, reason=why
        )  # fmt: skip

    def finds_conflict(self, span: Span, verb: str, who: n.Name, on: n.Name, why: Item) -> n.Deed:
        return make_deed(span, "conflict", other=who, target=on, reason=why)

    def declares_conflict(self, span: Span, verb: str, on: n.Name, why: Item) -> n.Deed:
        return make_deed(span, "conflict", target=on, reason=why)

    def gives_proxy(self, span: Span, verb: str, to: n.Name, on: Item) -> n.Deed:
        return make_deed(span, "proxy", other=to, target=on)

    def waives_notice(self, span: Span, verb: str, of: n.Name) -> n.Deed:
        return make_deed(span, "waive", target=of)

    def delegates(self, span: Span, verb: str, what: n.Name, to: n.Name, until: Item) -> n.Deed:
        return make_deed(span, "delegate", target=what, other=to, until=until)

    def revokes(self, span: Span, verb: str, what: n.Name, whom: n.Name) -> n.Deed:
        return make_deed(span, "revoke", target=what, other=whom)

    def opens(self, span: Span, verb: str, name: n.Name, mode: Item) -> n.Deed:
        return make_deed(span, "open", target=name, word=mode)

    def closes(self, span: Span, verb: str, name: n.Name) -> n.Deed:
        return make_deed(span, "close", target=name)

    def extends(self, span: Span, verb: str, name: n.Name, until: n.Moment) -> n.Deed:
        return make_deed(span, "extend", target=name, until=until)

    def restarts(self, span: Span, verb: str, name: n.Name) -> n.Deed:
        return make_deed(span, "restart", target=name)

    def rules(self, span: Span, verb: str, reading: n.Name | n.Literal, name: n.Name, why: Item) -> n.Deed:
        title = reading.text if isinstance(reading, n.Name) else str(reading.value)
        return make_deed(span, "rule", word=title, target=name, reason=why)
