"""The page `taken`: every proposal on record: what was decided, when, by which votes; what is pending and why; what was denied.

In: a `Subject` with a record. Out: one page. The answers are those of `govlang decide`; disputes stand on the page of the status.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from govlang.backends.answers import Answer, Item
from govlang.backends.words import english
from govlang.core.verdict import State, Verdict
from govlang.frozen import dataclass
from govlang.record import disputes
from govlang.record.effects import CARRIED_OUT
from govlang.record.entries import Proposal
from govlang.tools import decide, questions
from govlang.tools.document import asked, cells
from govlang.tools.document.blocks import Block, Cell, Column, Heading, Page, Paragraph, Row, Table, Text, text
from govlang.tools.document.status import missing
from govlang.tools.document.subject import Recorded, Subject

_BALLOTS = ("threshold", "approval", "distinct", "sharing", "veto", "objection", "consent")
_PROPOSED = (Column("Proposal", "proposal"), Column("Decision", "decision"), Column("Proposed by", "by"),
             Column("Proposed on", "proposed", "date"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decided:
    """A proposal, the answer about it, since when it has been taken, and when it was carried out."""

    proposal: Proposal
    answer: Answer
    taken: datetime | None
    done: tuple[datetime, ...]


def pages(subject: Subject) -> Iterator[Page]:
    """The page; none without a record, or where nothing was proposed."""
    record = subject.record
    if record is None:
        return
    found = found_of(subject, record)
    if found:
        summary = "Every proposal: what was decided, when, by which votes, and what is still missing."
        yield Page("taken", "Decisions taken", "Record", tuple(_blocks(subject, record, found)), summary)


def found_of(subject: Subject, record: Recorded) -> tuple[Decided, ...]:
    """What `govlang decide` answers about each proposal."""
    return subject.once("decided", lambda: tuple(_found(record)))


def _found(record: Recorded) -> Iterator[Decided]:
    history, now = record.history, record.now
    view = history.on(now)
    for proposal in history.proposals.values():
        if proposal.at.start > now or disputes.ladder_of(view, proposal) is not None:
            continue
        answer = decide.decide(record.loaded, history, proposal.id, now, ways=False)
        taken = record.judge.taken(proposal, now) if answer.verdict is Verdict.PERMITTED else None
        done = tuple(event.at.start for event in proposal.events if event.kind == "act" and event.word == CARRIED_OUT)
        yield Decided(proposal, answer, taken, done)


def _blocks(subject: Subject, record: Recorded, found: tuple[Decided, ...]) -> Iterator[Block]:
    sections = (
        (Verdict.PERMITTED, "Taken", "taken", _taken), (Verdict.PENDING, "Pending", "pending", _pending),
        (Verdict.DENIED, "Denied", "denied", _denied), (Verdict.SILENT, "Not governed by the agreement", "silent", _silent),
    )  # fmt: skip
    count = english.counted(len(found), "proposal")
    yield Paragraph((Text(f"As of {asked.as_of(record)}: {count}."),))
    try:
        questions.trusted(record.loaded)
    except questions.NoAnswer as none:
        yield asked.refused(none)
    for verdict, title, anchor, make in sections:
        these = tuple(each for each in found if each.answer.verdict is verdict)
        if these:
            yield Heading(2, (Text(title),), anchor)
            yield make(subject, these)
    votes = _votes(subject, found)
    if votes.rows:
        yield Heading(2, (Text("Votes and quorum"),), "votes")
        yield votes


def _proposed(subject: Subject, each: Decided) -> tuple[Cell, ...]:
    proposal = each.proposal
    return (
        cells.plain(proposal.id), cells.said(subject, proposal.decision), cells.names(subject, each.answer.by),
        cells.day(proposal.at.start),
    )  # fmt: skip


def _clause(subject: Subject, each: Decided) -> Cell:
    return Cell(cells.briefly(subject, each.answer.citations[:1]))


def _taken(subject: Subject, found: tuple[Decided, ...]) -> Table:
    columns = (*_PROPOSED, Column("Taken on", "taken", "date"), Column("Carried out", "done"), Column("Then", "then"),
               Column("Clause", "clause"))  # fmt: skip
    return Table("decisions-taken", "Decisions taken", columns, tuple(
        Row((*_proposed(subject, each), cells.day(each.taken), _days(each.done), cells.told(subject, _then(each.answer)),
             _clause(subject, each)), f"decided-{number}")
        for number, each in enumerate(found, 1)
    ))  # fmt: skip


def _pending(subject: Subject, found: tuple[Decided, ...]) -> Table:
    columns = (*_PROPOSED, Column("What is missing", "missing"), Column("Clause", "clause"))
    return Table("decisions-pending", "Decisions pending", columns, tuple(
        Row((*_proposed(subject, each), missing(subject, each.answer.missing), _clause(subject, each))) for each in found
    ))  # fmt: skip


def _denied(subject: Subject, found: tuple[Decided, ...]) -> Table:
    columns = (*_PROPOSED, Column("Why", "why"), Column("Carried out all the same", "done"), Column("Clause", "clause"))
    return Table("decisions-denied", "Decisions denied", columns, tuple(
        Row((
            *_proposed(subject, each), cells.told(subject, f"not met: {'; '.join(item.label for item in each.answer.because)}"),
            _days(each.done), _clause(subject, each),
        ))
        for each in found
    ))  # fmt: skip


def _silent(subject: Subject, found: tuple[Decided, ...]) -> Table:
    columns = (*_PROPOSED, Column("Why", "why"))
    return Table("decisions-not-governed", "Proposals that no clause is about", columns, tuple(
        Row((*_proposed(subject, each), cells.told(subject, "; ".join(each.answer.notes)))) for each in found
    ))  # fmt: skip


def _votes(subject: Subject, found: tuple[Decided, ...]) -> Table:
    """What the votes and approvals came to, and the quorum."""
    columns = (Column("Proposal", "proposal"), Column("Decision", "decision"), Column("What counted", "counted"),
               Column("Quorum", "quorum"), Column("Clause", "clause"))  # fmt: skip
    rows = []
    for each in found:
        counted, quorum = _counted(subject, each.answer, _BALLOTS), _counted(subject, each.answer, ("quorum",))
        if counted.runs or quorum.runs:
            rows.append(Row((*_proposed(subject, each)[:2], counted, quorum, _clause(subject, each))))
    return Table("votes-counted", "How the votes stood", columns, tuple(rows))


def _days(found: tuple[datetime, ...]) -> Cell:
    return cells.plain("; ".join(english.day(each.date()) for each in found))


def _then(answer: Answer) -> str:
    """What has to follow: whom to inform, by when."""
    return "; ".join(
        f"inform {duty.who}" + (f" by {text(cells.last_day(duty.until).runs)}" if duty.until is not None else "")
        for duty in answer.duties
    )  # fmt: skip


def _counted(subject: Subject, answer: Answer, kinds: tuple[str, ...]) -> Cell:
    """What the requirements of some kinds rest on."""
    found = dict.fromkeys(line for item in _leaves(answer.requirement) if item.kind in kinds for line in item.evidence)
    return cells.told(subject, "; ".join(found))


def _leaves(item: Item | None) -> Iterator[Item]:
    """The requirements that matter; what would have overridden a veto only where there was one."""
    if item is None:
        return
    if not item.items:
        yield item
    children = item.items[:1] if item.kind == "override" and item.items[0].state is not State.FAILED else item.items
    for child in children:
        yield from _leaves(child)
