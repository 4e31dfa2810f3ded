"""How notices are given: the one clause, with its names known and nothing said twice.

In: `Notices` clauses of the syntax. Out: the agreement's one; GL136 for a second clause, GL314 for a line that stands twice, GL101
and GL103 for addresses of nobody, GL137 for an address of a way by which no notice may be given; GL139 for a
time to waive that depends on the notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlang.diagnostics import did_you_mean
from govlang.model import lifecycle
from govlang.model.nodes import Kind
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.model.blocks import BlockBuilder
    from govlang.model.resolve import Resolver

DEPENDENT = ("notice", "opening", "closing", "decision")
WHO = {Kind.PARTY, Kind.PERSON, Kind.ROLE, Kind.BODY}


def declare(resolver: Resolver, clause: n.Notices) -> None:
    """Takes the clause in, if it is the first."""
    if resolver.notices is not None:
        line = resolver.source.place(resolver.notices.span.start)[0]
        resolver.report("GL136", f"how notices are given is already said on line {line}", clause.span,
                        "put the lines of both clauses into one")  # fmt: skip
        return
    resolver.notices = clause


def look_into(resolver: Resolver, clause: n.Notices) -> None:
    """Checks the lines of the clause."""
    if resolver.notices is not clause:
        return
    seen: set[tuple[str, ...]] = set()
    for line in clause.lines:
        key = _key(line)
        if key in seen:
            resolver.report("GL314", f"{_words(line)} is said twice", line.span, "keep one of the two lines")
        seen.add(key)
    ways = [channel.name for channel in clause.channels]
    for address in clause.addresses:
        resolver.expect_kind(address.name, WHO, "a party, person, role or body")
        if address.channel and address.channel not in ways:
            hint = did_you_mean(address.channel, ways) or f"add `by {address.channel}, given ...`"
            message = f"an address for {address.channel} is given, and no notice may be given by {address.channel}"
            resolver.report("GL137", message, address.span, hint)


def check_waiver(builder: BlockBuilder, notice: n.Notice) -> bool:
    """GL139: the end of the time for a waiver is counted from something that does not itself depend on notice."""
    anchor = notice.waived_until.anchor if notice.waived_until is not None else None
    while anchor is not None and anchor.of is not None:
        anchor = anchor.of
    if anchor is None or anchor.kind not in DEPENDENT:
        return anchor is None or lifecycle.check_anchor(builder, anchor)
    message = f"the time for a waiver is counted from the {anchor.kind}, which may itself depend on the notice"
    builder.resolver.report("GL139", message, notice.span, "count it from the meeting or the proposal: `waivable within 10 days "
                            "after meeting`, `waivable before meeting`")  # fmt: skip
    return False


def _key(line: n.NoticeLine) -> tuple[str, ...]:
    match line:
        case n.Channel(name):
            return "by", name
        case n.Address(name, text, channel):
            return "address", name.text, channel, text
        case _:
            return (type(line).__name__,)


def _words(line: n.NoticeLine) -> str:
    match line:
        case n.Channel(name):
            return f"when a notice by {name} counts"
        case n.Address(name):
            return f"an address of {name.text}"
        case n.InWriting():
            return "`in writing`"
        case n.OnWorkingDays():
            return "`only on working days`"
        case _:
            return "`proposals are no notice`"
