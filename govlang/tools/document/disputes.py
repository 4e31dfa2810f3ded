"""How disputes are settled: each ladder as a picture, as a table of its steps and in sentences; with a record, where each stands.

In: a `Subject`. Out: the page `disputes`, for an agreement that has a ladder.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from govlang.backends.words import english
from govlang.backends.words.statement import Statement
from govlang.model.steps import step_right
from govlang.record.dispute_states import DisputeState, states
from govlang.syntax import nodes as n
from govlang.tools.document import cells, ladder_path, sentences
from govlang.tools.document.blocks import Block, Cell, Column, Heading, Page, Paragraph, Row, Table, Text
from govlang.tools.document.columns import filled
from govlang.tools.document.links import slug
from govlang.tools.document.subject import Recorded, Subject

PAGE = "disputes"
_STEPS = (
    Column("Step", "step"), Column("Between", "between"), Column("Before", "before"), Column("Seat", "seat"),
    Column("Rules", "rules"), Column("How long", "how-long"), Column("Taken there by", "taken-by"),
    Column("Ends early, or is skipped", "early"), Column("Then", "then"), Column("Clause", "clause"),
)  # fmt: skip
_STATES = (
    Column("Dispute", "dispute"), Column("Between", "between"), Column("About", "about"), Column("Raised", "raised", "date"),
    Column("State", "state"), Column("Since", "since", "date"), Column("Time of the step ends", "until", "date"),
    Column("Duties meanwhile", "duties"), Column("May be taken to", "onward"), Column("Clause", "clause"),
)  # fmt: skip


def pages(subject: Subject) -> Iterator[Page]:
    """The page, if there is a ladder."""
    if subject.agreement.disputes:
        summary = (
            "How disputes are settled, step by step."
            if subject.record is None
            else "How disputes are settled, step by step, and where each dispute stands."
        )
        yield Page(PAGE, "Disputes", "Rules", tuple(_blocks(subject)), summary)


def _blocks(subject: Subject) -> Iterator[Block]:
    for name, ladder in subject.agreement.disputes.items():
        yield Heading(2, (Text(name),), subject.links.terms[name][1])
        right = subject.agreement.rights[name]
        if right.text:
            yield Paragraph(subject.say(right.text, right.citation))
        if ladder.steps:
            yield ladder_path.picture(subject, ladder)
            yield _steps(subject, ladder)
        yield Heading(3, (Text("The rule in words"),), f"{slug(name)}-words")
        yield from sentences.blocks(subject, (_said(subject, name),))
        if subject.record is not None:
            yield from _record(subject, subject.record, name)


def _said(subject: Subject, name: str) -> Statement:
    return subject.words.ladder(name)


# ---------------------------------------------------------------- the steps


def _steps(subject: Subject, ladder: n.Dispute) -> Table:
    name = ladder.name.text
    said = [each for each in _said(subject, name).items if each.kind == "step"]
    lines = [_step(subject, ladder, step, each) for step, each in zip(ladder.steps, said, strict=True)]
    return filled(Table(f"steps-{slug(name)}", f"The steps of {name}", _STEPS, tuple(lines)))


def _step(subject: Subject, ladder: n.Dispute, step: n.Step, said: Statement) -> Row:
    voice = subject.words.voice(subject.agreement.rights[step_right(ladder.name.text, step.name.text)].facts)
    place = ladder.place(step.name.text)
    taken = (
        voice.groups.who(step.taken.group).text
        if step.taken is not None
        else "any party to the dispute"
        if place
        else ""
    )
    window = f", {voice.window(step.taken.window)}" if step.taken is not None and step.taken.window is not None else ""
    following = ladder.steps[place + 1].name.text if place + 1 < len(ladder.steps) else ""
    then = _sentences(said, "final", "lapses")
    if following:
        then = f"{then} Else it may go on to {following}.".strip()
    return Row((
        Cell((Text(step.name.text),)),
        cells.said(subject, voice.groups.among(step.between) if step.between is not None else ""),
        cells.said(subject, ladder_path.forum(subject, step.forum) if step.forum is not None else ""),
        cells.plain(step.seat), cells.plain(step.rules), cells.plain(_lasts(subject, ladder, step)),
        cells.said(subject, taken + window), cells.said(subject, _early(subject, ladder, step, said)),
        cells.said(subject, then), cells.clause(subject, subject.agreement.cite(step)),
    ))  # fmt: skip


def _early(subject: Subject, ladder: n.Dispute, step: n.Step, said: Statement) -> str:
    """What ends a step before its time, what skips it, and who may extend it."""
    early = [ladder_path.brief(subject, ladder, step.name.text, item) for item in step.early]
    skips = [ladder_path.brief(subject, ladder, step.name.text, item) for item in step.skipped]
    found = [f"ends early if {'; or if '.join(early)}"] if early else []
    found += [f"is skipped if {'; or if '.join(skips)}"] if skips else []
    return " ".join(filter(None, [english.sentence("; ".join(found)), _sentences(said, "extension")]))


def _lasts(subject: Subject, ladder: n.Dispute, step: n.Step) -> str:
    if step.within is None:
        return ""
    voice = subject.words.voice(subject.agreement.rights[step_right(ladder.name.text, step.name.text)].facts)
    since = f" from {voice.event(step.within.anchor)}" if step.within.anchor is not None else ""
    return english.duration(step.within.duration) + since


def _sentences(said: Statement, *kinds: str) -> str:
    """The lines of a step of some kinds, with what stands under them."""
    found = []
    for each in said.items:
        if each.kind in kinds:
            found.append(" ".join([each.text, *(inner.text for inner in each.items)]))
    return " ".join(found)


# ---------------------------------------------------------------- the record


def _record(subject: Subject, record: Recorded, ladder: str) -> Iterator[Block]:
    found = [
        each for each in subject.once("disputes", lambda: states(record.judge, record.now)) if each.ladder == ladder
    ]
    last = english.day((record.now - timedelta(microseconds=1)).date())
    yield Heading(3, (Text(f"Where disputes stand on {last}"),), f"{slug(ladder)}-record")
    if not found:
        yield Paragraph((Text("No dispute is on record."),))
        return
    title = f"Disputes under {ladder} on {last}"
    yield Table(f"disputes-{slug(ladder)}", title, _STATES, tuple(_state(subject, each) for each in found))


def _state(subject: Subject, state: DisputeState) -> Row:
    against = f" against {english.listed(state.against)}" if state.against else ""
    stands = f"at {state.step}" if state.open else state.how
    onward = "; ".join(
        f"{way.step}: {way.verdict.value}{f' for {english.listed(way.by)}' if way.by else ''}" for way in state.onward
    )
    since = state.since if state.open else state.ended
    return Row((
        Cell((Text(state.id),)), cells.said(subject, f"{english.listed(state.parties)}{against}"), cells.plain(state.about),
        cells.day(state.raised), cells.said(subject, stands, kind="open" if state.open else "settled"), cells.day(since),
        cells.last_day(state.until if state.open else None), cells.plain(state.duties), cells.said(subject, onward),
        cells.clause(subject, state.citation),
    ), f"dispute-{slug(state.id)}")  # fmt: skip
