"""Where disputes stand: the step, the time left, who may take them where, how they ended, what was done too early.

In: a judge and a dispute on record. Out: `DisputeState` and `Misstep`, plain values for whoever shows, audits or suspends.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from govlang.core import lower_disputes
from govlang.core.lower import Lowering
from govlang.core.rules import AnyOf, Every, Leaf, Tree
from govlang.core.verdict import State, Verdict, evaluate, state as state_of
from govlang.frozen import dataclass, replace
from govlang.model.steps import RELIEF, step_right
from govlang.record import dispute_endings, disputes
from govlang.record.entries import Proposal
from govlang.record.facts import Row
from govlang.record.judge import Judge
from govlang.source import Citation
from govlang.syntax import nodes as n


@dataclass(frozen=True, slots=True)
class Onward:
    """A step that the dispute may be taken to: the verdict, and for whom of those who are party to it that verdict holds."""

    step: str
    verdict: Verdict
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """Urgent relief that was sought while the dispute was open, and whether it lies outside the ladder."""

    by: tuple[str, ...]
    at: datetime
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class DisputeState:
    """A dispute at an instant. `until` is the first instant after the time of its step, and `days_left` counts to its last day,
    today not included; `how` is settled, withdrawn, decided or lapsed, and empty while it is open; `duties` is continue,
    suspended, or empty where the text says nothing that holds."""

    id: str
    ladder: str
    about: str
    raised: datetime
    parties: tuple[str, ...]
    against: tuple[str, ...]
    step: str
    since: datetime
    until: datetime | None
    days_left: int | None
    open: bool
    how: str
    ended: datetime | None
    duties: str
    onward: tuple[Onward, ...]
    relief: tuple[Sought, ...]
    relief_any_time: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Misstep:
    """Something done in a dispute that was not permitted when it was done: it took effect, and stands here for an audit."""

    dispute: str
    what: str
    at: datetime
    by: tuple[str, ...]
    verdict: Verdict
    reasons: tuple[str, ...]
    citation: Citation


def states(judge: Judge, now: datetime, ways: bool = True) -> list[DisputeState]:
    """Every dispute raised up to an instant, in the order of the record. Without `ways`, nobody is asked who may take it where."""
    return [found for proposal in _raised(judge, now) if (found := state(judge, proposal, now, ways)) is not None]


def missteps(judge: Judge, now: datetime) -> list[Misstep]:
    """Everything done in disputes up to an instant that was not permitted, in the order of the record."""
    return [found for proposal in _raised(judge, now) for found in missteps_of(judge, proposal, now)]


def _raised(judge: Judge, now: datetime) -> list[Proposal]:
    history = judge.history.on(now)
    found = [each for each in history.proposals.values() if disputes.ladder_of(history, each) is not None]
    return [each for each in found if each.at.start <= now]


def state(judge: Judge, proposal: Proposal, now: datetime, ways: bool = True) -> DisputeState | None:
    """Where one dispute stands; None for a proposal of something else, and for a ladder without steps."""
    row = row_of(judge, proposal, now)
    history = row.history
    ladder = disputes.ladder_of(history, proposal)
    went = disputes.moves(history, proposal, now)
    if ladder is None or not went:
        return None
    last = went[-1]
    end = disputes.ended(history, proposal, now)
    how, at = (end.how, end.at.start) if end is not None else _by_text(judge, row, ladder)
    parties, against = disputes.sides(history, proposal)
    name = last.step.name.text
    until = disputes.out(row, proposal, name)
    return DisputeState(
        proposal.id, ladder.name.text, proposal.deed.reason, proposal.at.start, parties, against, name, last.at.start,
        until, _days_left(now, until), not how, how, at, "" if how else _duties(row, ladder, last.step),
        () if how or not ways else tuple(_onward(judge, proposal, ladder, last.step, now)),
        tuple(_sought(judge, proposal, ladder, now)), any(each.condition is None for each in ladder.reliefs),
        history.agreement.rights[ladder.name.text].citation,
    )  # fmt: skip


def _days_left(now: datetime, until: datetime | None) -> int | None:
    """How many days are left after today; None where no time runs, or it is out."""
    if until is None or until <= now:
        return None
    return ((until - timedelta(seconds=1)).date() - now.date()).days


def row_of(judge: Judge, proposal: Proposal, now: datetime) -> Row:
    """The facts of a dispute at an instant."""
    return Row(judge.history.on(now), proposal, now, judge.verdict, taken=judge.taken)


def _by_text(judge: Judge, row: Row, ladder: n.Dispute) -> tuple[str, datetime | None]:
    """How, and since when, the dispute is over by the text alone: it lapsed, or a decision became final."""
    endings = dispute_endings.endings(row, ladder)
    found = [each for each in endings if evaluate(each.holds, row) is True]
    if not found:
        return "", None
    instants = {event.at.start for event in row.proposal.events} | row.instants
    for instant in sorted(moment for moment in instants if row.proposal.at.start <= moment <= row.now):
        earlier = row_of(judge, row.proposal, instant)
        then = next((each.how for each in endings if evaluate(each.holds, earlier) is True), "")
        if then:
            return then, instant
    return found[0].how, row.now


def _duties(row: Row, ladder: n.Dispute, step: n.Step) -> str:
    """The first line that holds: of the step, then of the ladder."""
    agreement = row.history.agreement
    low = Lowering(agreement, agreement.rights[ladder.name.text])
    for holds, line in lower_disputes.meanwhile(low, (*step.meanwhile, *ladder.meanwhile)):
        if evaluate(holds, row) is True:
            return "suspended" if line.suspended else "continue"
    return ""


def _onward(judge: Judge, proposal: Proposal, ladder: n.Dispute, step: n.Step, now: datetime) -> Iterator[Onward]:
    """Each later step with its verdict, for those who are party to the dispute (or may act in it) and hear the same."""
    for later in ladder.steps[ladder.place(step.name.text) + 1 :]:
        found: dict[Verdict, list[str]] = {}
        for who in takers(judge, proposal, now) or [""]:
            asked = replace(proposal, takers=(who,) if who else ())
            verdict = judge.judge_by(step_right(ladder.name.text, later.name.text), asked, now).verdict
            found.setdefault(verdict, []).append(who)
        for verdict, names in found.items():
            yield Onward(later.name.text, verdict, tuple(name for name in names if name))


def takers(judge: Judge, proposal: Proposal, now: datetime) -> list[str]:
    """Those who could take a dispute further: who is party to it, else every party of the agreement."""
    history = judge.history.on(now)
    parties, against = disputes.sides(history, proposal)
    if parties and against:
        return list(dict.fromkeys((*parties, *against)))
    others = [party.name for party in history.agreement.parties() if history.active(party.name, now)]
    return list(dict.fromkeys((*parties, *others)))


def _sought(judge: Judge, proposal: Proposal, ladder: n.Dispute, now: datetime) -> Iterator[Sought]:
    right = step_right(ladder.name.text, RELIEF)
    known = right in judge.history.on(now).agreement.rights
    for event in proposal.events:
        if event.kind == "act" and event.word == "urgent-relief" and event.at.start <= now:
            by = tuple(actor.text for actor in event.actors)
            asked = replace(proposal, takers=by)
            verdict = judge.judge_by(right, asked, event.at.start).verdict if known else Verdict.SILENT
            yield Sought(by, event.at.start, verdict)


# ---------------------------------------------------------------- what was not permitted


def missteps_of(judge: Judge, proposal: Proposal, now: datetime) -> Iterator[Misstep]:
    """The raising of a dispute, its steps and its decisions, where they were not permitted when they happened."""
    ladder = disputes.ladder_of(judge.history.on(now), proposal)
    if ladder is None:
        return
    raising = replace(proposal, events=[])
    yield from _not_permitted(judge, raising, ladder.name.text, f"raised {proposal.id}", proposal.deed)
    for place, event in enumerate(proposal.events):
        if event.at.start > now:
            return
        before = replace(proposal, events=proposal.events[:place], takers=tuple(actor.text for actor in event.actors))
        if event.kind == "take" and event.other is not None:
            right = step_right(ladder.name.text, event.other.text)
            yield from _not_permitted(judge, before, right, f"took {proposal.id} to {event.other.text}", event)
        elif event.kind == "decide":
            yield from _not_theirs(judge, before, event)


def _not_permitted(judge: Judge, proposal: Proposal, right: str, what: str, event: n.Deed) -> Iterator[Misstep]:
    if right not in judge.history.on(event.at.start).agreement.rights:
        return
    judged = judge.judge_by(right, proposal, event.at.start)
    if judged.verdict is Verdict.PERMITTED or judged.tree is None or judged.rule is None:
        return
    lacking = list(_lacking(judged.tree, judged.row))
    yield Misstep(
        proposal.id, what, event.at.start, tuple(actor.text for actor in event.actors), judged.verdict,
        tuple(label for label, _ in lacking), lacking[0][1] if lacking else judged.rule.citation,
    )  # fmt: skip


def _lacking(tree: Tree, row: Row) -> Iterator[tuple[str, Citation]]:
    """The requirements that were not met, in words, with their clauses."""
    if state_of(tree, row) is State.MET:
        return
    if isinstance(tree, Every):
        for item in tree.items:
            yield from _lacking(item, row)
    elif isinstance(tree, Leaf | AnyOf) and tree.label:
        yield tree.label, tree.citation


def _not_theirs(judge: Judge, proposal: Proposal, event: n.Deed) -> Iterator[Misstep]:
    """A decision by somebody before whom the dispute was not."""
    history = judge.history.on(event.at.start)
    went = disputes.moves(history, proposal, event.at.start)
    forum = went[-1].step.forum if went else None
    if forum is None or forum.name is None:
        return
    item = n.GroupItem(n.GroupBase("name", forum.name))
    if row_of(judge, proposal, event.at.start).any_in(event, n.Group((item,))):
        return
    yield Misstep(
        proposal.id, f"decided {proposal.id}", event.at.start, tuple(actor.text for actor in event.actors), Verdict.DENIED,
        (f"{went[-1].step.name.text} is before {forum.words}",), history.agreement.cite(forum),
    )  # fmt: skip
