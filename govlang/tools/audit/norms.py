"""Duties not done, or done late; powers exercised that were not held; what was passed on too late or by the wrong channel.

In: the norms of the record at the day of the audit. Out: GL630 (a duty violated), GL631 (done late), GL632 (a performance
that counts for nothing), GL633 (a power exercised that was not held, or was over), GL634 (not informed, or late), GL635 (not
passed on or answered, or late), GL636 (by a channel that is not allowed), GL637 (a transfer, waiver or finding that counts for
nothing), GL638 (a breach found), GL639 (a duty overdue that may still be cured). An objective that was not reached is no departure:
nobody is in breach who aimed and missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from govlang.core.norms import NormRule, Standing
from govlang.record import reached
from govlang.record.norm_entries import Instance, Stray
from govlang.syntax import nodes as n
from govlang.tools.audit import reviews
from govlang.tools.audit.context import Context
from govlang.tools.audit.finding import Departure

_CHANNEL = "the channels are"


def findings(context: Context) -> Iterator[Departure]:
    """Every norm, in the order of the text; its instances in the order of time."""
    for rule in context.norms.rules:
        if rule.kind in ("review", "survey"):
            yield from reviews.findings(context, rule)
        elif rule.kind not in ("objective", "power"):
            for item in context.norms.instances(rule, context.now, context.now):
                yield from _breaches(context, item)
                yield from _missed(context, item)
    for stray in context.norms.strays(context.now):
        if context.place(stray.event) not in context.flagged:
            yield _stray(context, stray)


def _breaches(context: Context, item: Instance) -> Iterator[Departure]:
    """Each breach that was found, of whatever duty."""
    for event in item.events:
        if event.kind == "find":
            found = ", ".join(actor.text for actor in event.actors)
            what = f"{found} found a breach of {subject(item)} by {item.bearer}"
            cured = item.done is not None and item.breach is not None and item.done >= item.breach
            notes = (f"cured on {item.done:%Y-%m-%d}",) if cured else ()
            yield context.departure("GL638", event, what, f"{item.bearer} keeps {item.rule.title}", item.rule.citation,
                                    subject(item), notes, who=(item.bearer,))  # fmt: skip


def _missed(context: Context, item: Instance) -> Iterator[Departure]:
    if not reviews.late(item) or item.rule.continuing:
        return
    assert item.late is not None
    rule, who = item.rule, (item.bearer,) if item.bearer else ()
    last = _last_day(item.late)
    if item.done is not None:
        yield _done_late(context, item, last)
        return
    wrong = next((note for note in item.notes if _CHANNEL in note), "")
    sent = _sent_wrong(context, item) if wrong else None
    if sent is not None:
        what = f"{item.bearer} did not pass on {rule.title.removeprefix('share ')} by a channel that counts: {wrong}"
        yield context.departure("GL636", sent, what, f"to pass it on {last} by {' or '.join(rule.doing.channels)}",
                                rule.citation, subject(item), who=who)  # fmt: skip
        return
    code = _code(rule, missed=True)
    notes = list(item.notes)
    if code == "GL630" and item.standing is Standing.IN_EFFECT:
        yield _overdue(context, item, last, notes)
        return
    if item.curable is not None and item.curable > item.now:
        notes.append(f"it can still be cured {_last_day(item.curable)}")
    if item.released is not None and item.released >= item.late:
        notes.append(f"it was waived afterwards, on {item.released:%Y-%m-%d}")
    if item.owed is not None and item.paid is not None:
        notes.append(f"{item.paid} of {item.owed} was given")
    left = reached.unreached(context.norms, item)
    whom = f": it did not reach {some(left)}" if left else ""
    what = f"{_bearer(item)} did not {_doing(rule)}{_occasion(item)} {last}{whom}"
    yield context.omission(code, item.late, who, what, f"to do it {last}", rule.citation, subject(item),
                           tuple(notes), beside=_cause(context, item))  # fmt: skip


def _overdue(context: Context, item: Instance, last: str, notes: list[str]) -> Departure:
    """A duty whose time is over and that is not violated yet: it may still be cured."""
    assert item.late is not None
    if item.curable is not None:
        notes.append(f"it can still be cured {_last_day(item.curable)}; then it is violated")
    elif item.rule.cured is not None:
        notes.append("no notice of it was given: the time to cure it begins with the notice, and until then it is not violated")
    what = f"{_bearer(item)} did not {_doing(item.rule)}{_occasion(item)} {last}: it is overdue, and not violated yet"
    return context.omission("GL639", item.late, (item.bearer,) if item.bearer else (), what, f"to do it {last}", item.rule.citation,
                            subject(item), tuple(notes), beside=_cause(context, item))  # fmt: skip


def _done_late(context: Context, item: Instance, last: str) -> Departure:
    assert item.done is not None and item.late is not None
    rule = item.rule
    cured = item.standing is Standing.FULFILLED
    notes = ("it was cured in time",) if cured else ()
    what = f"{_bearer(item)} was late to {_doing(rule)}{_occasion(item)}: it was due {last}, and done on {item.done:%Y-%m-%d}"
    event = next((each for each in reversed(item.events) if each.at.start == item.done), None) or _act_at(context, item)
    who = (item.bearer,) if item.bearer else ()
    if event is None:
        return context.omission(_code(rule), item.done, who, what, f"to do it {last}", rule.citation, subject(item), notes,
                                beside=_cause(context, item))  # fmt: skip
    return context.departure(_code(rule), event, what, f"to do it {last}", rule.citation, subject(item), notes, who=who)


def _code(rule: NormRule, missed: bool = False) -> str:
    match rule.doing.kind:
        case "inform":
            return "GL634"
        case "share" | "answer":
            return "GL635"
        case "minutes":
            return "GL624" if missed else "GL625"
        case _:
            return "GL630" if missed else "GL631"


def _act_at(context: Context, item: Instance) -> n.Deed | None:
    """The recorded act by which something was done."""
    happening = item.rule.doing.happening
    word = happening.state if happening is not None else "minutes" if item.rule.doing.kind == "minutes" else ""
    meeting = context.history.meetings.get(item.key)
    if item.rule.doing.kind == "minutes" and meeting is not None:
        return next((event for event in meeting.acts if event.word == word and event.at.start == item.done), None)
    found = context.history.acts.get(word, ())
    return next((event for event, _ in found if event.at.start == item.done), None)


def _cause(context: Context, item: Instance) -> n.Deed | None:
    """The event that gave rise to it."""
    if item.proposal is not None:
        return item.proposal.deed
    if item.rule.doing.kind == "minutes":
        return context.meetings.get(item.key)
    return context.history.messages.get(item.key)


def _sent_wrong(context: Context, item: Instance) -> n.Deed | None:
    rule = item.rule
    table = context.history.answers.get(item.key, ()) if rule.doing.kind == "answer" else (
        context.history.passed_on.get(rule.doing.word, ())) if rule.doing.kind == "share" else (
        context.history.informed.get(item.key, ()))  # fmt: skip
    return next(
        (event for event in table if event.at.end >= item.since and event.choice and event.choice not in rule.doing.channels),
        None,
    )


# ---------------------------------------------------------------- what counts for nothing


def _stray(context: Context, stray: Stray) -> Departure:
    event, rule = stray.event, stray.rule
    who = ", ".join(actor.text for actor in event.actors)
    if event.kind == "exercise":
        what, code, right = f"{who} exercised {rule.title}, and could not: {stray.reason}", "GL633", (
            "to exercise it while it is held, by those who hold it")  # fmt: skip
    elif event.kind == "perform":
        what, code, right = f"what {who} did as {rule.title} counts for nothing: {stray.reason}", "GL632", (
            "the performance by whoever owes it")  # fmt: skip
    else:
        what, code, right = f"what {who} did about {rule.title} counts for nothing: {stray.reason}", "GL637", (
            "the act by those whom the clause names, while it is open")  # fmt: skip
    return context.departure(code, event, what, right, rule.citation, rule.title)


# ---------------------------------------------------------------- words


def subject(item: Instance) -> str:
    """A norm and its occasion."""
    title = item.rule.title if item.rule.title != item.rule.name else item.rule.name
    return f"{title} ({item.key})" if item.key else title


def _bearer(item: Instance) -> str:
    return item.bearer or "nobody in particular"


def _doing(rule: NormRule) -> str:
    match rule.doing.kind:
        case "inform" | "share" | "answer":
            return rule.title
        case "minutes":
            return f"send the {rule.title}"
        case "propose" | "raise":
            return rule.title
        case _:
            return f"do {rule.title}"


def _occasion(item: Instance) -> str:
    return f" for {item.key}" if item.key else ""


def some(names: tuple[str, ...], most: int = 8) -> str:
    """Names in a sentence, the first few of many."""
    shown = names if len(names) <= most else (*names[:most], f"{len(names) - most} more")
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0] if shown else "nobody"


def _last_day(over: datetime) -> str:
    """A deadline in words: its last day, or its hour."""
    midnight = (over.hour, over.minute, over.second) == (0, 0, 0)
    return f"by {over - timedelta(days=1):%Y-%m-%d}" if midnight else f"before {over:%Y-%m-%d %H:%M}"
