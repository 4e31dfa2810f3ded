"""What a scenario expects to be due, or not to be.

In: an `expect due ...` or `expect nothing due ...` line and the record of the scenario. Out: what is wrong with it, as (message,
place, hint).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from govlang.pipeline import Loaded
from govlang.record.calendar import LAST_YEAR
from govlang.record.happenings import day_after
from govlang.record.judge import Judge
from govlang.record.norms import Norms
from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.tools.due import AHEAD, Asked, DueItem, listed
from govlang.tools.due.people import Whose, unknown
from govlang.tools.phrases import contains

Fault = tuple[str, Span, str]


def faults(loaded: Loaded, judge: Judge, line: n.Expect) -> Iterator[Fault]:
    """Every way in which what is due differs from what a line expects."""
    now = line.at.end
    ahead = timedelta(days=AHEAD) if line.kind == "due" and now.year < LAST_YEAR else timedelta(0)
    last = max(line.at.day + ahead, line.given.day if line.given is not None else line.at.day)
    asked = Asked(Norms(judge), now, day_after(last), loaded)
    if line.group is not None and (hint := unknown(asked, line.group.text)) is not None:
        yield f"the agreement knows no '{line.group.text}'", line.group.span, hint
        return
    mine = Whose(asked, line.group.text) if line.group is not None else None
    found = [item for item in listed(asked) if mine is None or mine.business(item)]
    if line.kind == "nothing due":
        dated = [item for item in found if item.over is not None and (item.overdue or item.over <= asked.until)]
        if dated:
            yield "something is due", line.span, "; ".join(shown(item) for item in dated[:6])
        return
    yield from _due(line, found)


def _due(line: n.Expect, found: list[DueItem]) -> Iterator[Fault]:
    assert line.subject is not None
    name = line.subject.text
    named = [item for item in found if name in (item.name, item.occasion) and line.occasion in ("", item.occasion)]
    if not named:
        says = "; ".join(shown(item) for item in found[:6]) or "nothing is due"
        yield f"nothing of {name} is due", line.span, says
        return
    fitting = [item for item in named if line.given is None or item.due == line.given.day]
    if not fitting:
        days = ", ".join(dict.fromkeys(str(item.due) if item.due is not None else "on no day" for item in named))
        yield f"{name} is expected to be due by {line.given}, and is due: {days}", line.span, "; ".join(map(shown, named[:6]))
        return
    for detail in line.details:
        texts = [text for item in fitting for text in told(item, detail.kind)]
        if any(contains(text, detail.phrase) for text in texts) is (detail.kind == "not because"):
            yield f"{name} is not due {detail.kind} {detail.phrase}", detail.span, f"{detail.kind}: {'; '.join(texts) or 'nothing'}"


def touched(judge: Judge, line: n.Expect) -> set[str]:
    """What coverage counts as touched: the norms that a line names."""
    name = line.subject.text if line.subject is not None else ""
    return {rule.id for rule in judge.rules.norms if rule.name == name}


def told(item: DueItem, kind: str) -> Iterator[str]:
    """What there is to say of an item, by the kind of detail."""
    match kind:
        case "due":
            yield str(item.due or "")
        case "citing":
            yield f"{item.citation.number} {item.citation.title} {' '.join(item.citation.path)}"
        case "missing":
            yield item.to_do
        case _:
            yield from item.late_by
            yield item.state
            yield from item.notes


def shown(item: DueItem) -> str:
    """An item in a few words: `2026-04-15 Report Progress: Norwind owes Report Progress`."""
    when = f"{item.due} " if item.due is not None else ""
    return f"{when}{item.name}{f' for {item.occasion}' if item.occasion else ''}: {item.to_do}"
