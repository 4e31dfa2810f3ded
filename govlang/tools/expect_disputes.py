"""What a scenario expects of disputes: who may take them where, at which step they are, how they ended.

In: an `expect` line about a dispute and the scenario's record. Out: what it asks, as a deed that has not been done; or what is
wrong with it, as (message, place, hint).
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.diagnostics import did_you_mean
from govlang.pipeline import Loaded
from govlang.record.dispute_states import DisputeState, state
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.tools.phrases import last_day

Fault = tuple[str, Span, str]


def asked(line: n.Expect) -> n.Deed:
    """What an expectation asks about, as a deed: see `tools.dispute_questions`."""
    named = dict(line.named)
    step = next(iter(named.get("step", ())), None)
    names = tuple((key, found) for key, found in line.named if key in ("against", "writing"))
    return n.Deed(line.kind, line.at, named["take"], line.subject, step, facts=line.facts, names=names, span=line.span)


def faults(loaded: Loaded, history: History, line: n.Expect) -> Iterator[Fault]:
    """How a dispute differs from what `expect D-1 at Mediation` or `expect D-1 settled` says."""
    assert line.subject is not None
    proposal = history.proposals.get(line.subject.text)
    found = state(Judge(loaded.rules, history), proposal, line.at.end, ways=False) if proposal is not None else None
    if found is None:
        hint = did_you_mean(line.subject.text, history.proposals) or "raise it above"
        yield f"no dispute called '{line.subject.text}' was raised", line.subject.span, hint
    elif line.kind == "at step":
        yield from _not_there(found, line)
    else:
        holds = {"open": found.open, "ended": not found.open}.get(line.verdict, found.how == line.verdict)
        if holds is line.negated:
            negated = "not " if line.negated else ""
            yield f"{found.id} is expected to be {negated}{line.verdict}, and {where(found)}", line.span, _hint(found)


def _not_there(found: DisputeState, line: n.Expect) -> Iterator[Fault]:
    assert line.group is not None
    if (found.open and found.step == line.group.text) is line.negated:
        negated = "not " if line.negated else ""
        yield f"{found.id} is expected {negated}at {line.group.text}, and {where(found)}", line.span, _hint(found)
        return
    for detail in line.details:
        last = last_day(found.until)
        if detail.phrase != last:
            says = f"{found.step} lasts until {last}" if last else f"{found.step} has no time of its own"
            yield f"{found.step} is expected to last until {detail.phrase}", detail.span, says


def where(found: DisputeState) -> str:
    """Where a dispute stands, in a few words."""
    if found.open:
        return f"it is at {found.step} since {found.since:%Y-%m-%d}"
    return f"it was {found.how} on {found.ended:%Y-%m-%d}" if found.ended is not None else f"it is {found.how}"


def _hint(found: DisputeState) -> str:
    return f"write: at {found.step}" if found.open else f"write: {found.how}"
