"""Stated outcomes against the rules: what somebody said the result was, and what it was.

In: a proposal with its `outcome` events. Out: one `Difference` for each thing that was stated otherwise than the rules and the
record say at that instant: the verdict, a number of votes, or what they are counted over. Nothing where both agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from govlang.core import keys as k
from govlang.core.expr import Arithmetic, Expr, Fact
from govlang.core.rules import AnyOf, Every, Leaf, Pick, Readings, Tree
from govlang.core.verdict import State, Verdict, evaluate, state
from govlang.frozen import dataclass, field
from govlang.record.entries import Proposal
from govlang.record.facts import Row
from govlang.record.judge import Judge, Judged
from govlang.source import Citation
from govlang.syntax import nodes as n

_VERDICTS = {"adopted": Verdict.PERMITTED, "rejected": Verdict.DENIED}
_CHOICES = {"for": "for", "against": "against", "abstaining": "abstain"}


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind` is verdict, tally or base; `stated` and `found` are what was said and what the record comes to."""

    kind: str
    stated: str
    found: str
    reason: str
    by: str
    on: n.Moment
    citation: Citation = field(compare=False)

    def __str__(self) -> str:
        return f"{self.by} stated {self.stated} on {self.on}; by the rules it is {self.found}: {self.reason}"


def differences(judge: Judge, proposal: Proposal, now: datetime) -> tuple[Difference, ...]:
    """Every difference of every outcome stated up to an instant, in the order of the record."""
    stated = [event for event in proposal.events if event.kind == "outcome" and event.at.start <= now]
    return tuple(found for event in stated for found in compare(judge.judge(proposal, min(event.at.end, now)), event))


def compare(judged: Judged, event: n.Deed) -> Iterator[Difference]:
    """One stated outcome against the judgement of its instant."""
    by = ", ".join(actor.text for actor in event.actors)
    cited = judged.rule.citation if judged.rule is not None else Citation("")
    if judged.verdict is not _VERDICTS[event.word]:
        leaf = next(iter(deciding(judged)), None)
        reason = f"{leaf.label} is {state(leaf, judged.row).value}" if leaf is not None else _silent(judged)
        yield Difference("verdict", event.word, judged.verdict.value, reason, by, event.at, leaf.citation if leaf else cited)
    counts = {word: int(literal.value) for word, literal in event.facts}  # type: ignore[arg-type]
    votes = [leaf for leaf in applicable(judged.tree, judged.row) if leaf.kind == "threshold"] if judged.tree is not None else []
    if counts and votes:
        ways = [list(_counted(leaf, judged.row, counts, by, event)) for leaf in votes]
        yield from min(ways, key=len)  # the vote that was meant is the one that fits best


def _silent(judged: Judged) -> str:
    return "no clause is about it" if judged.verdict is Verdict.SILENT else "everything that is required is met"


def _counted(leaf: Leaf, row: Row, counts: dict[str, int], by: str, event: n.Deed) -> Iterator[Difference]:
    assert leaf.electorate is not None
    count = row.count(leaf.electorate)
    for word, choice in _CHOICES.items():
        names = [ballot.elector for ballot in count.ballots.values() if ballot.choice == choice]
        if word in counts and counts[word] != len(names):
            shown = f" ({', '.join(names[:8])})" if names else ""
            reason = f"the ballots that count are {len(names)}{shown}"
            yield Difference("tally", f"{counts[word]} {word}", f"{len(names)} {word}", reason, by, event.at, leaf.citation)
    base, words = _base(leaf, row)
    if "of" in counts and counts["of"] != base:
        reason = f"{leaf.label} is counted over {words}"
        yield Difference("base", f"a base of {counts['of']}", f"{base}", reason, by, event.at, leaf.citation)


def _base(leaf: Leaf, row: Row) -> tuple[int, str]:
    """What a threshold is counted over: heads, and in words."""
    assert leaf.electorate is not None
    measures = set(_measures(leaf.bar))
    if {"for", "against"} <= measures:
        cast = ["for", "against", *(["abstaining"] if "abstaining" in measures else [])]
        number = sum((_heads(row, leaf.electorate, each) for each in cast), 0)
        return number, "votes cast" if "abstaining" in measures else "votes cast without abstentions"
    for measure in ("may be present", "fixed seats", "other members"):
        if measure in measures:
            return _heads(row, leaf.electorate, measure), measure.replace("may be present", "members present")
    return _heads(row, leaf.electorate, "members"), "all members"


def _heads(row: Row, who: k.Electorate, measure: str) -> int:
    value = row.value(k.Tally(who, measure))
    return int(value) if isinstance(value, Fraction) else 0


def _measures(expr: Expr | None) -> Iterator[str]:
    match expr:
        case Fact(k.Tally() as key):
            yield key.measure
        case Arithmetic(_, items):
            for item in items:
                yield from _measures(item)
        case _:
            return


def deciding(judged: Judged) -> Iterator[Leaf]:
    """The requirements that make the verdict what it is: failed ones, else open ones."""
    if judged.tree is None:
        return
    for wanted in (State.FAILED, State.OPEN):
        for leaf in applicable(judged.tree, judged.row):
            if state(leaf, judged.row) is wanted:
                yield leaf


def applicable(tree: Tree | None, row: Row) -> Iterator[Leaf]:
    """The requirements that apply to these facts."""
    match tree:
        case Leaf():
            yield tree
        case Every(items) | AnyOf(items):
            for item in items:
                yield from applicable(item, row)
        case Pick(branches):
            for branch in branches:
                holds = evaluate(branch.condition, row)
                if holds is not False:
                    yield from applicable(branch.tree, row)
                if holds is True:
                    return
        case Readings(readings):
            for reading in readings:
                yield from applicable(reading.tree, row)
        case _:
            return
