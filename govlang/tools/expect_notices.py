"""What a scenario expects of a notice: `expect notice of S-1 given 2024-03-06`, `expect notice of S-1 to Norwind not given`.

In: a history and the line. Out: the failures, each with what is so instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from govlang.diagnostics import did_you_mean
from govlang.model.nodes import Scope
from govlang.record.entries import Proposal
from govlang.record.facts import Row
from govlang.record.history import History
from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.tools.phrases import contains

Failure = tuple[str, Span, str]


def failures(history: History, line: n.Expect) -> Iterator[Failure]:
    """What of an expectation about a notice does not hold: message, place and hint."""
    assert line.subject is not None
    matter = history.proposals.get(line.subject.text)
    if matter is None:
        hint = did_you_mean(line.subject.text, history.proposals) or "propose it above, or give notice of it under this name"
        yield f"nothing called '{line.subject.text}' is on record", line.subject.span, hint
        return
    now = line.at.end
    to = line.group.text if line.group is not None else ""
    given = given_on(history, matter, to, now)
    reached = given is not None and given.start <= now
    about = f"notice of {matter.id}" + (f" to {to}" if to else "")
    says = "; ".join(_states(history, matter, to, now)) or "no notice of it is on record"
    if line.given is None and reached:
        yield f"{about} is expected not to be given, and it is given on {given}", line.span, says
    elif line.given is not None and given is None:
        yield f"{about} is expected to be given, and it is not", line.span, says
    elif line.given is not None and given is not None and not _same(line.given, given):
        yield f"{about} is expected to be given on {line.given}, and it is given on {given}", line.span, says
    texts = list(_texts(history, matter, now))
    for detail in line.details:
        if any(contains(text, detail.phrase) for text in texts) is (detail.kind == "not because"):
            yield f"the notice is not {detail.kind} {detail.phrase}", detail.span, "; ".join(texts) or "nothing is said of it"


def given_on(history: History, matter: Proposal, to: str, now: datetime) -> n.Moment | None:
    """When notice of a matter counts as given to somebody, or to all; None where it does not."""
    sent = history.counting(matter, now)
    if not sent:
        return None
    if not to:
        return Row(history, matter, now, lambda *_: None).notice_start(Scope())
    names = frozenset({to, *history.hats(to, now), *history.speakers_for(to, now)})
    return history.receipts_of(matter, now).complete(sent, [names])


def _same(wanted: n.Moment, found: n.Moment) -> bool:
    return wanted.day == found.day if wanted.whole_day else wanted.start == found.start


def _states(history: History, matter: Proposal, to: str, now: datetime) -> Iterator[str]:
    for notice in history.notices_of(matter, now):
        if to in ("", notice.to) or not notice.to:
            way = f" by {notice.channel}" if notice.channel else ""
            reason = f": {notice.reason}" if notice.reason else ""
            whom = f" to {notice.to}" if notice.to else ""
            yield f"the notice of {notice.sent}{way}{whom} is {_words(notice.state(now))}{reason}"


def _words(state: str) -> str:
    return {"no effect": "without effect"}.get(state, state)


def _texts(history: History, matter: Proposal, now: datetime) -> Iterator[str]:
    for notice in history.notices_of(matter, now):
        yield from (text for text in (notice.reason, notice.citation.label() if notice.citation.document else "") if text)
        yield notice.state(now)
