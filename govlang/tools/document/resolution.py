"""`minutes`: the text of a resolution, ready for the minute book: what was proposed, who voted how, what was counted, the verdict.

In: an agreement, its record, the name of a proposal (or of a decision: the last one proposed), a day. Out: a `Resolution`. The
verdict and the counts are the judge's; this module only puts them in the order in which minutes are read. Raises NoAnswer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from govlang.backends import why
from govlang.backends.answers import Answer, Item as Requirement
from govlang.backends.words import english
from govlang.core import keys as k
from govlang.core.rules import AnyOf, Branch, Every, Leaf, Pick, Readings, Tree, leaves
from govlang.core.verdict import State, Verdict, evaluate
from govlang.diagnostics import Diagnostic, did_you_mean
from govlang.frozen import dataclass, replace
from govlang.pipeline import Loaded
from govlang.record.count import Count
from govlang.record.entries import Meeting, Proposal
from govlang.record.facts import Row
from govlang.record.history import History
from govlang.record.judge import Judge, Judged
from govlang.record.norms import Norms
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools import questions
from govlang.tools.books import Book
from govlang.tools.document.blocks import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Item,
    Listing,
    Note,
    Page,
    Paragraph,
    Row as Line,
    Runs,
    Signature,
    Strong,
    Table,
    Text,
)
from govlang.tools.document.links import slug
from govlang.tools.document.subject import Recorded, Subject
from govlang.tools.questions import NoAnswer

OUTCOMES = {
    Verdict.PERMITTED: "ADOPTED", Verdict.DENIED: "NOT ADOPTED", Verdict.PENDING: "NOT YET DECIDED",
    Verdict.SILENT: "NOT GOVERNED BY THE AGREEMENT",
}  # fmt: skip
CHOICES = {"for": "for", "against": "against", "abstain": "abstaining"}
_QUIET = ("term", "withdrawn")


@dataclass(frozen=True, slots=True)
class Resolution:
    """The minutes of one decision: the answer they rest on, their text as a document of one page, what was wrong with the
    record."""

    answer: Answer
    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()


def resolution(loaded: Loaded, book: Book, name: str, on: str = "", records: tuple[str, ...] = ()) -> Resolution:
    """The minutes of a proposal, or of the last proposal of a decision. Raises NoAnswer."""
    questions.sound(loaded)
    proposal = named(book, name)
    reply = questions.ask(loaded, book, None, proposal, on)
    recorded = Recorded(loaded, book, on, records)
    page = _Minutes(Subject(loaded, recorded), reply.answer).page()
    found = Document(page.slug, Path(loaded.source.name).name, reply.answer.agreement, "", reply.answer.version,
                     reply.answer.text_hash, (page,), reply.answer.on, records)  # fmt: skip
    return Resolution(reply.answer, found, reply.diagnostics)


def named(book: Book, name: str) -> str:
    """The proposal that a name means: its own, or the last one of a decision of that name. Raises NoAnswer."""
    proposed = book.proposals()
    if name in proposed:
        return name
    of = [each for each, deed in proposed.items() if _about(deed).casefold() == name.casefold()]
    if of:
        return of[-1]
    known = [*proposed, *dict.fromkeys(_about(deed) for deed in proposed.values())]
    hint = did_you_mean(name, known) or (f"on record are: {', '.join(proposed)}" if proposed else "nothing is on record")
    raise NoAnswer(f"nothing called '{name}' was proposed", hint)


def _about(deed: n.Deed) -> str:
    return deed.other.text if deed.other is not None else ""


class _Minutes:
    """Writes the page. Every section is a method; one that has nothing to say gives nothing."""

    def __init__(self, subject: Subject, answer: Answer) -> None:
        assert subject.record is not None
        self.subject, self.answer = subject, answer
        self.history: History = subject.record.history
        self.judge: Judge = subject.record.judge
        self.proposal: Proposal = self.history.proposals[answer.proposal]
        self.judged: Judged = self.judge.judge(self.proposal, answer.on)
        self.row: Row = self.judged.row
        self.number = 0

    def page(self) -> Page:
        title = f"Resolution {self.answer.proposal}: {self.answer.decision}"
        blocks = tuple(
            block
            for part in (self.head(), self.proposed(), self.notice(), self.meeting(), self.votes(), self.said(), self.result(),
                         self.checked(), self.follows(), self.signed())
            for block in part
        )  # fmt: skip
        return Page(f"resolution-{slug(self.answer.proposal)}", title, "Record", blocks)

    def say(self, words: str, *citations: Citation) -> Paragraph:
        return self.subject.paragraph(words, *citations)

    def heading(self, words: str) -> Heading:
        self.number += 1
        return Heading(2, (Text(words),), slug(words), str(self.number))

    # ------------------------------------------------------------ what was put

    def head(self) -> Iterator[Block]:
        answer = self.answer
        version = f", version {answer.version}" if answer.version else ""
        yield self.say(f"{answer.agreement}{version}. Extract from the minute book, as of {long_day(answer.on)}.")

    def proposed(self) -> Iterator[Block]:
        answer, proposal = self.answer, self.proposal
        yield self.heading("The proposal")
        by = english.listed(list(answer.by)) if answer.by else "Nobody named"
        verb = "raised" if proposal.deed.kind == "raise" else "proposed"
        cited = self.judged.rule.citation if self.judged.rule is not None else None
        yield self.say(f"On {english.moment(proposal.at)}, {by} {verb} {answer.decision}.", *([cited] if cited else []))
        decision = self.row.history.agreement.decisions.get(answer.decision)
        if decision is not None and decision.text:
            yield self.say(f"What it is for: {english.sentence(decision.text)}")
        if answer.facts:
            facts = (Text(f"{name}: {read_aloud(proposal.facts.get(name), value)}") for name, value in answer.facts)
            yield Listing(tuple(Item((fact,)) for fact in facts))

    def notice(self) -> Iterator[Block]:
        given = self.history.notices_of(self.proposal, self.answer.on)
        sent = [each for each in given if each.sent is not None and not each.reason]
        if not sent:
            return
        yield self.heading("Notice")
        told: dict[tuple[n.Moment, str, tuple[str, ...]], list[str]] = {}
        for each in sent:
            told.setdefault((each.sent, each.channel, each.by), []).append(each.to)
        for (at, channel, by), names in told.items():
            way = f" by {channel}" if channel else ""
            whom = english.listed([name for name in names if name] or ["everyone entitled to it"])
            yield self.say(f"{english.listed(list(by))} gave notice to {whom} on {english.moment(at)}{way}.")

    def meeting(self) -> Iterator[Block]:
        held: Meeting | None = next(
            (each for each in self.history.meetings.values()
             if self.answer.proposal in each.agenda and each.at.start <= self.answer.on), None)  # fmt: skip
        if held is None:
            return
        yield self.heading("The meeting")
        again = f" It reconvened {held.reconvening}." if held.reconvening else ""
        on = english.moment(held.at)
        yield self.say(f"The matter was on the agenda of {held.id}, a meeting of {held.body}, on {on}.{again}")
        if held.present:
            yield self.say(f"Present: {english.listed(sorted(held.present))}.")
        if held.absent:
            yield self.say(f"Absent: {english.listed(sorted(held.absent))}.")

    # ------------------------------------------------------------ the votes

    def electorates(self) -> list[Leaf]:
        """The requirements about ballots that the verdict rests on, one for each electorate."""
        if self.judged.tree is None:
            return []
        wanted = set(why.reached(self.judged.tree, self.row))
        found: dict[k.Electorate, Leaf] = {}
        for leaf in leaves(self.judged.tree):
            if leaf.id in wanted and leaf.electorate is not None and leaf.kind != "quorum":
                found.setdefault(leaf.electorate, leaf)
        return list(found.values())

    def votes(self) -> Iterator[Block]:
        tables = [self.tally(leaf, number) for number, leaf in enumerate(self.electorates(), 1)]
        shown = [table for table in tables if table is not None]
        if shown:
            yield self.heading("The votes")
            yield from shown

    def tally(self, leaf: Leaf, number: int) -> Table | None:
        """Who voted how, and how it counted."""
        assert leaf.electorate is not None
        count = self.row.count(leaf.electorate)
        if not count.base and not count.ballots:
            return None
        columns = (Column("Member", "member"), Column("Vote", "vote"), Column("Cast by", "by"), Column("On", "on", "date"),
                   Column("Counted as", "counted"))  # fmt: skip
        rows = tuple(self.voter(count, name) for name in dict.fromkeys([*count.electors, *count.recused]))
        who = self.row.history.agreement.wording(leaf.electorate.item)
        left_out = tuple(f"The vote of {item.by} on {english.moment(item.deed.at)} did not count: {item.reason}."
                         for item in count.ignored if not item.outsider)  # fmt: skip
        return Table(f"votes-{number}", f"Votes of {who}", columns, rows, self.subject.say(" ".join(left_out)) if left_out else ())

    def voter(self, count: Count, name: str) -> Line:
        ballot = count.ballots.get(name)
        counted = CHOICES.get(count.final.get(name, ""), "")
        if name in count.recused:
            counted = f"no vote: {count.recused[name]}"
        elif not counted:
            counted = "still open" if name in count.open else "not counted"
        cast = CHOICES.get(ballot.choice, ballot.choice) if ballot is not None else "no vote"
        by = ballot.by if ballot is not None and ballot.by != name else ""
        at = ballot.deed.at if ballot is not None else None
        return Line((
            Cell((self.subject.links.term(name),)), Cell((Text(cast),)), Cell((Text(by),)),
            Cell((Text(english.moment(at) if at is not None else ""),), at.start if at is not None else None),
            Cell((Text(counted),)),
        ))  # fmt: skip

    def said(self) -> Iterator[Block]:
        """Vetoes, objections, advice, findings and acts on record about it."""
        words = {"veto": "vetoed it", "objection": "objected", "advice": "advised", "second": "seconded it"}
        found: list[Item] = []
        for event in self.proposal.events:
            if event.kind in words and event.at.start <= self.answer.on:
                reason = f": “{event.reason}”" if event.reason else ""
                actors = english.listed([actor.text for actor in event.actors])
                found.append(Item(self.subject.say(f"{actors} {words[event.kind]} on {english.moment(event.at)}{reason}.")))
        if found:
            yield self.heading("What else was said")
            yield Listing(tuple(found))

    # ------------------------------------------------------------ the result

    def result(self) -> Iterator[Block]:
        answer = self.answer
        yield self.heading("The result")
        cited = self.judged.rule.citation if self.judged.rule is not None else None
        where: Runs = self.subject.cited([cited] if cited is not None else [])
        decided = self.judge.taken(self.proposal, answer.on)
        taken = f" on {long_day(decided)}" if decided is not None else ""
        facts = "; ".join(f"{name} {read_aloud(self.proposal.facts.get(name), value)}" for name, value in answer.facts)
        matter = self.subject.links.runs(f": {answer.decision}{f', with {facts}' if facts else ''}")
        match answer.verdict:
            case Verdict.PERMITTED:
                yield Paragraph((Strong("RESOLVED"), *matter, *where, Text(".")))
                yield self.say(f"The resolution was adopted{taken}.")
            case Verdict.DENIED:
                yield Paragraph((Strong("NOT ADOPTED"), *matter, *where, Text(".")))
                yield Listing(tuple(Item((Text(_failed(item)), *self.subject.cited([item.citation]))) for item in answer.because))
            case Verdict.PENDING:
                adopted = f" It was voted{taken}, and something is still to come." if taken else ""
                draft = self.say(f"This is a draft: {answer.decision} is not decided yet.{adopted} What is missing:")
                waiting = (english.long_dates(english.sentence(each.text)) for each in answer.missing)
                yield Note("warning", "Not yet decided", (draft, Listing(tuple(Item(self.subject.say(each)) for each in waiting))))
            case Verdict.SILENT:
                notes = tuple(self.say(english.sentence(note)) for note in answer.notes)
                yield Note("warning", "Not governed by the agreement", notes)
        for reading in answer.readings:
            yield self.say(f"Under the reading “{reading.name}”: {OUTCOMES[reading.verdict].lower()}.", reading.citation)

    def checked(self) -> Iterator[Block]:
        """Each requirement with what counted, as the verdict rests on it."""
        if self.answer.requirement is None:
            return
        items = tuple(self.requirement(self.answer.requirement))
        if items:
            yield self.heading("What was required, and what was counted")
            yield Listing(items)
        for note in self.answer.notes if self.answer.verdict is not Verdict.SILENT else ():
            yield self.say(english.long_dates(english.sentence(note)))

    def requirement(self, item: Requirement) -> Iterator[Item]:
        if item.kind in _QUIET and item.state is State.MET:
            return
        below = tuple(each for child in item.items for each in self.requirement(child))
        if item.kind == "every" or (item.kind == "tier" and item.label == "otherwise"):
            yield from below
            return
        if item.kind == "override" and item.items[0].state is not State.FAILED:
            yield below[0]  # nothing to override
            return
        counted = f" Counted: {'; '.join(item.evidence)}." if item.evidence else ""
        ignored = f" Not counted: {'; '.join(item.ignored)}." if item.ignored else ""
        words = f": {self.words(item)}{english.long_dates(counted + ignored)}"
        where = (item.citation,) if not item.items else ()
        yield Item((Strong(item.state.value.capitalize()), *self.subject.say(words, *where)), below, item.kind, item.state.value)

    def words(self, item: Requirement) -> str:
        """A requirement in words: those of its expressions, where it is a single one."""
        leaf = self.leaves.get(item.id)
        said = self.subject.words.requirement(leaf).text if leaf is not None else ""
        return said if said.endswith(".") else english.long_dates(english.sentence(item.label))

    @cached_property
    def leaves(self) -> dict[str, Leaf]:
        """The single requirements of the rule, by their ids."""
        return {leaf.id: leaf for leaf in leaves(self.judged.tree)} if self.judged.tree is not None else {}

    def follows(self) -> Iterator[Block]:
        """Who is to be informed, and the duties that the decision brought about."""
        found: list[Item] = []
        for duty in self.answer.duties:
            until = f" by {last_day(duty.until)}" if duty.until is not None else ""
            found.append(Item(self.subject.say(f"Inform {duty.who}{until}.", duty.citation)))
        if self.answer.verdict is Verdict.PERMITTED:
            for one in Norms(self.judge).at(self.answer.on):
                if one.proposal is not None and one.proposal.id == self.answer.proposal and one.rule.doing.kind != "inform":
                    due = f", by {last_day(one.due)}" if one.due is not None else ""
                    whom = f" ({one.bearer})" if one.bearer else ""
                    found.append(Item(self.subject.say(f"{one.rule.title}{whom}{due}.", one.rule.citation)))
        if found:
            yield self.heading("What follows")
            yield Listing(tuple(found))

    def signed(self) -> Iterator[Block]:
        bodies = dict.fromkeys(leaf.electorate.body for leaf in self.electorates() if leaf.electorate and leaf.electorate.body)
        for name in bodies:
            body = self.row.history.agreement.bodies[name]
            chairs = tuple(self.row.history.holders_of(body.chair, self.answer.on)) if body.chair else ()
            yield Signature(name, f"For {name}", chairs)
        if not bodies:
            yield Signature("", "For the record", ())
        used = self.answer.holidays
        days = f" Working days were counted by {used.file.rpartition('/')[2]} (hash {used.sha256[:12]})." if used else ""
        text = f"the text with the hash {self.answer.text_hash[:12]} and the record as of {long_day(self.answer.on)}"
        yield self.say(f"Worked out from {text}.{days}")


def _failed(item: Requirement) -> str:
    counted = f" Counted: {'; '.join(item.evidence)}." if item.evidence else ""
    return english.long_dates(f"Not met: {item.label}.{counted}")


def applied(tree: Tree, row: Row) -> Tree:
    """What a tree asks for as far as is known: without the tiers that do not fit, and without what every decision needs."""
    match tree:
        case Leaf():
            return Every(()) if tree.kind in _QUIET else tree
        case Every(items):
            kept = tuple(found for item in items if (found := applied(item, row)) != Every(()))
            return kept[0] if len(kept) == 1 else replace(tree, items=kept)
        case AnyOf(items):
            return replace(tree, items=tuple(applied(item, row) for item in items))
        case Pick(branches):
            left: list[Branch] = []
            for branch in branches:
                fits = evaluate(branch.condition, row)
                if fits is True and not left:
                    return applied(branch.tree, row)
                if fits is not False:
                    left.append(replace(branch, tree=applied(branch.tree, row)))
                if fits is True:
                    break
            return replace(tree, branches=tuple(left))
        case Readings(readings):
            return replace(tree, readings=tuple(replace(each, tree=applied(each.tree, row)) for each in readings))


def long_day(at: datetime) -> str:
    """A day in long form; with its time unless the whole day is meant."""
    return english.day(at.date()) if (at.hour, at.minute) in ((0, 0), (23, 59)) else english.moment(at)


def last_day(until: datetime) -> str:
    """The last day before the first instant too late."""
    return english.day((until - timedelta(days=1)).date()) if (until.hour, until.minute) == (0, 0) else long_day(until)


def read_aloud(value: object, written: str) -> str:
    """A fact as it is read aloud."""
    if isinstance(value, n.Money):
        return english.money(value)
    if isinstance(value, Fraction):
        return english.figure(value)
    return english.moment(value) if isinstance(value, n.Moment | datetime) else written
