"""The grammar's rules for notices: the clause, the events, what a scenario expects; and for places of working days.

In: built children of one grammar rule. Out: `Notices` with its lines, deeds, `Expect`. Mixed into `build.Builder`; every
method is named after a rule or an alias of `grammar/govlang.lark`.
"""

from __future__ import annotations

from typing import Any

from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.syntax.build_events import event_details, make_deed

Item = Any


class NoticeRules:
    """How notices are given, and that they were."""

    # ------------------------------------------------------------ places of working days

    def place(self, span: Span, name: n.Name, within: n.Name | None) -> n.Place:
        return n.Place(name, within, span=span)

    def place_of_banks(self, span: Span, name: n.Name, within: n.Name | None) -> n.Place:
        return n.Place(name, within, True, span=span)

    # ------------------------------------------------------------ the clause

    def notices(self, span: Span, *lines: Item) -> n.Notices:
        text = "".join(str(line[1]) for line in lines if isinstance(line, tuple))
        return n.Notices(tuple(line for line in lines if isinstance(line, n.NoticeLine)), text, span=span)

    def in_writing(self, span: Span, cite: Item) -> n.InWriting:
        return n.InWriting(cite=str(cite or ""), span=span)

    def channel(self, span: Span, name: str, receipt: n.Receipt, cite: Item) -> n.Channel:
        return n.Channel(name, receipt, cite=str(cite or ""), span=span)

    def on_dispatch(self, span: Span) -> n.Receipt:
        return n.Receipt(span=span)

    def after_dispatch(self, span: Span, duration: n.Duration) -> n.Receipt:
        return n.Receipt(after=duration, span=span)

    def when_confirmed(self, span: Span, duration: n.Duration | None) -> n.Receipt:
        return n.Receipt(True, duration, span=span)

    def notice_address(self, span: Span, name: n.Name, channel: Item, text: n.Literal, cite: Item) -> n.Address:
        return n.Address(name, str(text.value), channel or "", cite=str(cite or ""), span=span)

    def on_working_days(self, span: Span, cite: Item) -> n.OnWorkingDays:
        return n.OnWorkingDays(cite=str(cite or ""), span=span)

    def proposals_no_notice(self, span: Span, cite: Item) -> n.ProposalsNoNotice:
        return n.ProposalsNoNotice(cite=str(cite or ""), span=span)

    # ------------------------------------------------------------ events and expectations

    def sent(self, span: Span, writing: Item, channel: Item, to: Item, address: Item) -> dict[str, Item]:
        names = [("writing", ())] if writing is not None else []
        listed = (*names, *([("to", to)] if to else []))
        return {"choice": channel, "names": listed or None, "word": str(address.value) if address is not None else None}

    def written(self, span: Span) -> str:
        return "in writing"

    def gives_notice(self, span: Span, verb: str, of: n.Name, sent: dict[str, Item]) -> n.Deed:
        return make_deed(span, "notice", target=of, **sent)

    def gives_free_notice(self, span: Span, verb: str, text: n.Literal, name: n.Name, sent: dict[str, Item]) -> n.Deed:
        return make_deed(span, "notify", target=name, reason=str(text.value), **sent)

    def confirms_notice(self, span: Span, verb: str, of: n.Name) -> n.Deed:
        return make_deed(span, "confirm", target=of)

    def notice_was_given(self, span: Span, at: n.Moment) -> n.Moment:
        return at

    def notice_not_given(self, span: Span) -> None:
        return None

    def expect_notice(
        self, span: Span, at: n.Moment, of: n.Name, to: n.Name | None, given: n.Moment | None, first: Item, *details: Item
    ) -> n.Expect:
        found = event_details((first, *details))
        return n.Expect("notice", at, of, group=to, negated=given is None, details=found, given=given, span=span)
