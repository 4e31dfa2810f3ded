"""Reviews missed or held late, on short notice, or not in the form that counts; surveys without enough answers.

In: a norm of the kind review or survey. Out: GL620 (missed), GL621 (held after its time and its grace), GL622 (a meeting that is
no review: too few, no leader, not all gone into), GL623 (before its notice had run), GL626 (a survey with too few answers). A
review within the days of grace is in time. A meeting that does not count, and another that does in the same turn, are no
departure; where none does, the departure is the meeting's, and that the turn was missed stands in its notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from govlang.core.norms import NormRule, Standing
from govlang.record import doings
from govlang.record.entries import Meeting
from govlang.record.norm_entries import Instance
from govlang.syntax import nodes as n
from govlang.tools.audit.context import Context
from govlang.tools.audit.finding import Departure

_OVER = (Standing.DISCHARGED, Standing.EXPIRED, Standing.PENDING)


def findings(context: Context, rule: NormRule) -> Iterator[Departure]:
    """One review: its turns, then its meetings."""
    for item in context.norms.instances(rule, context.now, context.now):
        if late(item):
            yield from _missed(context, item)
    if rule.notice is not None:
        yield from _short_notice(context, rule)


def late(item: Instance) -> bool:
    """Whether the time of a norm (grace included) is over, and it was not done by then."""
    if item.late is None or item.late > item.now or item.standing in _OVER:
        return False
    return item.done is None or item.done >= item.late


def _missed(context: Context, item: Instance) -> Iterator[Departure]:
    assert item.late is not None
    rule, last = item.rule, f"{item.late - timedelta(days=1):%Y-%m-%d}"
    turn = f"{rule.title} of {item.key}" if item.key else rule.title
    who = (item.bearer,) if item.bearer else ()
    if rule.kind == "survey":
        what = f"{turn} had not enough answers by {last}"
        yield context.omission("GL626", item.late, who, what, f"enough answers to every question by {last}", rule.citation, turn,
                               item.notes)  # fmt: skip
        return
    if item.done is not None and item.by in context.meetings:
        deed = context.meetings[item.by]
        what = f"{turn} was held on {item.done:%Y-%m-%d}; the last day for it was {last}"
        yield context.departure("GL621", deed, what, f"to hold it by {last}", rule.citation, turn, who=who)
        return
    for meeting in context.history.meetings_of.get(rule.name, ()):
        reason = doings.not_a_review(context.norms, rule, meeting)
        if reason and any(note.startswith(f"{meeting.id} ") for note in item.notes):
            notes = (f"{turn} was missed: no other meeting took its place by {last}",)
            what = f"{meeting.id} does not count as {turn}: {reason}"
            yield context.departure("GL622", context.meetings[meeting.id], what, _form(rule), rule.citation, turn, notes, who)
            return
    what = f"{turn} was missed: none was held by {last}"
    yield context.omission("GL620", item.late, who, what, f"to hold it by {last}", rule.citation, turn)


def _form(rule: NormRule) -> str:
    parts = ["attended by as many as its quorum asks for"] if rule.quorum is not None else []
    parts += ["led by its leader"] if rule.bearer is not None else []
    parts += [f"going into {', '.join(rule.covers)}"] if rule.covers else []
    return f"a meeting {', '.join(parts)}" if parts else "a meeting that counts"


def _short_notice(context: Context, rule: NormRule) -> Iterator[Departure]:
    before: Meeting | None = None
    for meeting in context.history.meetings_of.get(rule.name, ()):
        reason = doings.short_notice(context.norms, rule, meeting, before)
        before = meeting
        deed: n.Deed | None = context.meetings.get(meeting.id)
        if reason and deed is not None:
            what = f"{meeting.id} of {rule.title} was held before its notice had run: {reason}"
            yield context.departure("GL623", deed, what, f"notice of {rule.notice} before the meeting", rule.citation, rule.title,
                                    who=())  # fmt: skip
