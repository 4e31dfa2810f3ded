"""The agreement's own clause and its notices, in words: how long, under which law, in which time; how notices are given.

In: the header and the notices of an agreement, the files it uses. Out: `Statement`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.groups import plain
from govlang.backends.words.statement import Statement
from govlang.model.locking import Used
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words

_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def header(words: Words, head: n.Header) -> Iterator[Statement]:
    """What the agreement clause says."""
    for kind, text in _general(head):
        yield Statement(english.sentence(text), words.agreement.cite(head), kind=kind)
    if head.renewal is not None:
        cite = words.agreement.cite(head.renewal, words.agreement.wording(head.renewal))
        yield Statement(english.sentence(_renewal(words, head.renewal)), cite, kind="renewal")
    for kind, text in _days(head):
        yield Statement(english.sentence(text), words.agreement.cite(head), kind=kind)


def _general(head: n.Header) -> Iterator[tuple[str, str]]:
    if head.text:
        yield "description", f"“{head.text}”"
    if head.version:
        version = head.version if head.version.replace(".", "").isdigit() else f"“{head.version}”"
        yield "version", f"this is version {version} of the agreement"
    if head.effective is not None:
        end = f"lasts until {english.moment(head.until)}, that day included" if head.until is not None else "has no fixed end"
        yield "term", f"the agreement takes effect on {english.moment(head.effective)} and {end}"
    elif head.until is not None:
        yield "term", f"the agreement lasts until {english.moment(head.until)}, that day included"
    if head.law:
        laws = "law" if len(head.law) == 1 else "laws"
        yield "law", f"it is governed by the {laws} of {english.listed([each.text for each in head.law])}"
    if head.currency is not None:
        yield "currency", f"amounts of money are in {head.currency.text}"
    if head.time_zone is not None:
        yield "zone", f"days and hours are those of the time zone {head.time_zone.text}"


def _renewal(words: Words, line: n.Renewal) -> str:
    often = "each time" if not line.times else "once" if line.times == 1 else f"{english.times(line.times)} at most"
    text = f"when its term ends, the agreement is renewed for {english.duration(line.period)}, {often}"
    if line.unless is None:
        return text
    ahead = f"at least {english.duration(line.ahead)} before the end" if line.ahead is not None else "before the end"
    return f"{text}, unless {words.voice().groups.who(line.unless).does('object')} {ahead}"


def _days(head: n.Header) -> Iterator[tuple[str, str]]:
    weekend = english.listed([f"{_WEEK[day]}s" for day in head.weekend])
    if head.working_places:
        yield "working days", f"working days are the days that are worked {_places(head.working_places)}, {weekend} excepted"
    elif tuple(head.weekend) != (5, 6) or head.not_working:
        yield "working days", f"working days are all days but {weekend}"
    if head.not_working:
        be = "is not a working day" if len(head.not_working) == 1 else "are not working days"
        yield "not working", f"{english.listed([english.day(day) for day in head.not_working])} {be}"


def _places(places: Iterable[n.Place]) -> str:
    """Where a working day is worked: in all of them, and by the banks of all of them."""
    found = []
    for banks in (False, True):
        names = [each.name.text + (f" ({each.within.text})" if each.within else "") for each in places if each.banks is banks]
        which = "all of " if len(names) > 1 else ""
        found += [f"{'by the banks of' if banks else 'in'} {which}{english.listed(names)}"] if names else []
    return " and also ".join(found)


# ---------------------------------------------------------------- notices


def notices(words: Words, clause: n.Notices) -> Iterator[Statement]:
    """How notices are given, when they count, where they go."""
    agreement = words.agreement

    def said(text: str, kind: str, line: n.Node) -> Statement:
        return Statement(english.sentence(text), agreement.cite(line, agreement.wording(line)), kind=kind)

    if clause.text:
        yield Statement(f"“{clause.text}”", agreement.cite(clause), kind="description")
    writing = clause.line(n.InWriting)
    if writing is not None:
        yield said("notices are given in writing", "form", writing)
    if clause.channels:
        ways = english.listed([_way(line.name) for line in clause.channels], "or")
        yield said(f"a notice is sent {ways}, and in no other way", "channels", clause.channels[0])
    for channel in clause.channels:
        yield said(f"a notice sent {_way(channel.name)} counts as given {_receipt(channel.receipt)}", "channel", channel)
    for line in clause.lines:
        match line:
            case n.Address(name, text, by):
                way = f" {_way(by)}" if by else ""
                yield said(f"notices to {words.names(name.text)} are sent{way} to: {text}", "address", line)
            case n.OnWorkingDays():
                yield said("a notice that arrives on a day that is not a working day counts on the next working day", "days", line)
            case n.ProposalsNoNotice():
                text = "a proposal is not by itself a notice of it: where notice is needed, it has to be given"
                yield said(text, "proposals", line)
            case _:
                pass


def _way(name: str) -> str:
    return f"by {name if name == 'e-mail' else plain(name)}"


def _receipt(receipt: n.Receipt) -> str:
    after = f"{english.duration(receipt.after)} after it is sent" if receipt.after is not None else ""
    if receipt.confirmed:
        return f"when its recipient confirms it, or {after}, whichever comes first" if after else "when its recipient confirms it"
    return after or "when it is sent"


# ---------------------------------------------------------------- clauses of other files


def use(words: Words, clause: n.Use, used: Iterable[Used] = ()) -> Statement:
    """Which clauses of which file belong to the agreement, and which text of that file is meant."""
    path = str(clause.path.value)
    which = english.listed([each.text for each in clause.names]) if clause.names else "all clauses"
    pin = next((each.digest for each in used if each.path == path or each.path.endswith(f"/{path}")), "")
    digest = f", in the text with the SHA-256 {pin}" if pin else ""
    text = f"{which} of the file {path} {'belong' if len(clause.names) != 1 else 'belongs'} to this agreement{digest}"
    return Statement(english.sentence(text), words.agreement.cite(clause), kind="use")


def files(words: Words, used: Iterable[Used]) -> Iterator[Statement]:
    """Every file whose clauses belong to the agreement, with the text that is meant."""
    for each in used:
        text = f"Clauses of the file {each.path} belong to this agreement, in the text with the SHA-256 {each.digest}."
        yield Statement(text, words.agreement.layout.citation(each.span), kind="use")
