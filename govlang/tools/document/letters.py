"""`notice`: the letter by which people are told of a vote, a review, a step of a dispute, a duty: a template, filled from a record.

In: an agreement, its record, the name of what the letter is about, a day; a template of one's own, if wanted. Out: a `Letter`:
plain text. A template is text with fields such as `$closing`; which there are is said by `FIELDS`. What a field says comes from
the judge, the norms and the disputes of the record; nothing is worked out here. Raises NoAnswer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from string import Template

from govlang.backends.words import english
from govlang.backends.words.statement import Statement
from govlang.core import keys as k
from govlang.core.norms import Standing
from govlang.core.rules import Every, Leaf, leaves
from govlang.core.verdict import Verdict
from govlang.diagnostics import Diagnostic, did_you_mean
from govlang.frozen import dataclass
from govlang.model.nodes import Agreement
from govlang.pipeline import Loaded, read
from govlang.record import dispute_states
from govlang.record.entries import Proposal
from govlang.record.facts import Row
from govlang.record.norm_entries import Instance
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools import decide, questions
from govlang.tools.books import Book
from govlang.tools.document.resolution import applied, last_day, long_day, named, read_aloud
from govlang.tools.document.subject import Recorded, Subject
from govlang.tools.questions import NoAnswer

FOLDER = Path(__file__).parents[2] / "templates" / "letters"
COMMON = ("agreement", "version", "to", "addresses", "day", "matter", "clause")
# The fields of each kind of letter, beside those that all have.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "vote": ("decision", "proposed", "facts", "opening", "closing", "required", "missing", "answering"),
    "review": ("when", "notice", "leads", "covers", "quorum", "missed"),
    "dispute": ("ladder", "step", "raised", "standing", "onward", "duties"),
    "duty": ("owed", "standing", "cure", "missed"),
}
LONGEST_TEMPLATE = 100_000
_OVER = (Standing.FULFILLED, Standing.DISCHARGED, Standing.EXPIRED, Standing.EXERCISED)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its kind (vote, review, dispute, duty), what it is about, its text, and what was wrong with the record."""

    kind: str
    matter: str
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()


def letter(
    loaded: Loaded, book: Book, name: str, on: str = "", template: str = "", records: tuple[str, ...] = ()
) -> Letter:  # fmt: skip
    """The letter about a proposal, a dispute, a review or a duty, as of a day (the last one on record, if none is given).
    `template` is the text of a template; that of the kind of letter, if left out. Raises NoAnswer."""
    questions.sound(loaded)
    questions.trusted(loaded)
    questions.readable(book)
    if not on and book.last(loaded.agreement) is None:
        raise NoAnswer("say of which day the letter is", "give --on with a date, such as --on 2026-03-31")
    subject = Subject(loaded, Recorded(loaded, book, on, records))
    kind, matter, fields = _Writer(subject, book).about(name)
    text = filled(template or template_of(kind), kind, fields)
    assert subject.record is not None
    return Letter(kind, matter, text, (*book.diagnostics, *subject.record.history.diagnostics))


def template_of(kind: str) -> str:
    """The template that a kind of letter has. Raises NoAnswer."""
    if kind not in FIELDS:
        raise NoAnswer(f"there is no letter called '{kind}'", did_you_mean(kind, FIELDS) or f"there are {', '.join(FIELDS)}")
    return (FOLDER / f"{kind}.txt").read_text(encoding="utf-8")


def template_text(path: str) -> str:
    """The text of a template of one's own. Raises NoAnswer."""
    source, problems = read(path)
    if problems:
        raise NoAnswer("the template cannot be read", diagnostics=problems)
    return source.text


def filled(template: str, kind: str, fields: Mapping[str, str]) -> str:
    """A template with its fields in place; lines that held nothing but empty fields fall away. Raises NoAnswer for a field that
    there is not."""
    if len(template) > LONGEST_TEMPLATE:
        raise NoAnswer(f"the template is longer than {LONGEST_TEMPLATE:,} characters", "give a shorter one")
    known = (*COMMON, *FIELDS[kind])
    lines: list[str] = []
    for number, line in enumerate(template.splitlines(), 1):
        found = Template(line)
        if not found.is_valid():
            raise NoAnswer(f"line {number} of the template has a $ that begins no field", "write $$ for a dollar sign")
        names = found.get_identifiers()
        for name in names:
            if name not in known:
                hint = did_you_mean(name, known) or f"the fields of this letter are {', '.join(known)}"
                raise NoAnswer(f"line {number} of the template has the field ${name}, which this letter has not", hint)
        if names and not any(fields.get(name) for name in names):
            continue
        lines.append(found.substitute({name: fields.get(name, "") for name in names}).rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


class _Writer:
    """Finds what a letter is about, and what its fields say."""

    def __init__(self, subject: Subject, book: Book) -> None:
        assert subject.record is not None
        self.subject, self.record, self.book = subject, subject.record, book
        self.now: datetime = self.record.now
        self.history = self.record.history.on(self.now)
        self.agreement: Agreement = self.history.agreement

    def about(self, name: str) -> tuple[str, str, dict[str, str]]:
        """The kind of letter, its matter, its fields."""
        proposals = self.record.history.proposals
        if name in proposals or name in self.agreement.decisions:
            matter = proposals[name] if name in proposals else proposals[named(self.book, name)]
            if matter.at.start > self.now:
                raise NoAnswer(f"'{matter.id}' is not on record on {long_day(self.now)}", "write the letter on a later day")
            if matter.deed.kind == "raise":
                return "dispute", matter.id, self.dispute(matter)
            return "vote", matter.id, self.vote(matter)
        if name in self.agreement.norms:
            norm = self.agreement.norms[name]
            return ("review", name, self.review(name)) if norm.kind == "review" else ("duty", name, self.duty(name))
        known = [*proposals, *self.agreement.norms, *self.agreement.decisions]
        raise NoAnswer(f"nothing called '{name}' is on record, and no review or duty is called so",
                       did_you_mean(name, known) or f"letters can be about {', '.join(known) or 'nothing yet'}")  # fmt: skip

    # ------------------------------------------------------------ what every letter has

    def common(self, matter: str, names: Iterable[str], citation: Citation | None) -> dict[str, str]:
        names = list(dict.fromkeys(names))
        return {
            "agreement": self.agreement.name, "version": self.agreement.header.version, "matter": matter,
            "to": english.listed([self.person(name) for name in names]) if names else "",
            "addresses": "\n".join(self.addresses(names)), "day": long_day(self.now),
            "clause": citation.label() if citation is not None else "",
        }  # fmt: skip

    def person(self, name: str) -> str:
        """A name with the persons behind it: Helios (Ana Ruiz)."""
        behind = [each for each in (self.history.named(name, self.now) or ()) if each != name]
        behind = behind or list(self.history.speakers_for(name, self.now))
        return f"{name} ({', '.join(behind)})" if behind else name

    def addresses(self, names: list[str]) -> list[str]:
        """Where notices to these, or to the parties that they belong to, are sent."""
        if self.agreement.notices is None:
            return []
        whose = dict.fromkeys(each for name in names for each in (name, *self.history.parties_of(name, self.now)))
        lines = [line for line in self.agreement.notices.lines if isinstance(line, n.Address) and line.name.text in whose]
        return [f"{line.name.text}{f', by {line.channel}' if line.channel else ''}: {line.text}" for line in lines]

    # ------------------------------------------------------------ a vote

    def vote(self, matter: Proposal) -> dict[str, str]:
        answer = decide.decide(self.subject.loaded, self.record.history, matter.id, self.now, ways=False)
        judged = self.record.judge.judge(matter, self.now)
        asked = applied(judged.tree, judged.row) if judged.tree is not None else Every(())
        voting = [leaf for leaf in leaves(asked) if leaf.electorate is not None]
        voters = [name for leaf in voting if leaf.electorate for name in judged.row.count(leaf.electorate).electors]
        missing = [name for each in answer.missing for name in each.who] if answer.verdict is Verdict.PENDING else []
        cited = judged.rule.citation if judged.rule is not None else None
        facts = [f"  {name}: {read_aloud(matter.facts.get(name), value)}" for name, value in answer.facts]
        waiting = [f"  - {english.long_dates(english.sentence(each.text))}" for each in answer.missing]
        said = self.subject.words.requirement(asked)
        return {
            **self.common(matter.id, missing or voters, cited), "decision": matter.decision,
            "proposed": f"{english.listed(list(matter.by))} proposed it on {english.moment(matter.at)}.", "facts": "\n".join(facts),
            "opening": self.voting(judged.row, voting, "opening"), "closing": self.voting(judged.row, voting, "closing"),
            "required": "\n".join(line for item in said.items or (said,) for line in _outline(item)),
            "missing": "\n".join(waiting) or f"  - nothing: it is {answer.verdict.value}", "answering": self.answering(),
        }  # fmt: skip

    def voting(self, row: Row, voting: list[Leaf], which: str) -> str:
        """When voting opened, or when it closes, as far as the record says."""
        for leaf in voting:
            assert leaf.electorate is not None
            if which == "closing":
                times = row.times(leaf.electorate.scope)
                if times.closes is not None:
                    return f"Voting {'closed' if times.closed else 'closes'} at the end of {last_day(times.closes)}."
                continue
            opened = row.value(k.Instant(n.Anchor("opening"), leaf.electorate.scope))
            if isinstance(opened, datetime):
                return f"Voting opened on {long_day(opened)}."
        return ""

    def answering(self) -> str:
        """By which ways an answer may be sent."""
        if self.agreement.notices is None:
            return ""
        ways = [channel.name for channel in self.agreement.notices.channels]
        return f"Notices are given by {english.listed(ways, 'or')}." if ways else ""

    # ------------------------------------------------------------ a review, a duty

    def instance(self, name: str) -> Instance | None:
        """The one that is due next, or the last that was missed."""
        ahead = self.now + timedelta(days=366)
        found = [each for rule in self.record.norms.rules if rule.name == name and rule.key != "minutes"
                 for each in self.record.norms.instances(rule, self.now, ahead)]  # fmt: skip
        waiting = [each for each in found if each.standing not in _OVER]
        running = [each for each in waiting if each.ends is None or each.ends > self.now]
        last = running[:1] or waiting[-1:] or found[-1:]
        return last[0] if last else None

    def review(self, name: str) -> dict[str, str]:
        norm, found = self.agreement.norms[name], self.instance(name)
        rule = next(rule for rule in self.record.norms.rules if rule.name == name)
        attended = self.history.electors(rule.attended, self.now, None) if rule.attended is not None else []
        leads = self.history.electors(norm.bearer, self.now, None) if norm.bearer is not None else []
        said = self.subject.words.norm(rule)
        last = f" It is to be held by {last_day(found.ends)}." if found is not None and found.ends is not None else ""
        which = f" for {found.key}" if found is not None and found.key else ""
        ahead = f"Notice is given {english.duration(rule.notice)} ahead." if rule.notice is not None else ""
        return {
            **self.common(name, [*leads, *attended], rule.citation), "when": f"This is the {name}{which}.{last}", "notice": ahead,
            "leads": english.listed(leads) if leads else "", "covers": english.listed(list(rule.covers)) if rule.covers else "",
            "quorum": f"Quorum: {self.agreement.wording(rule.quorum).removeprefix('quorum ')}." if rule.quorum is not None else "",
            "missed": "\n".join(each.text for each in said.items if "missed" in each.text),
        }  # fmt: skip

    def duty(self, name: str) -> dict[str, str]:
        found = self.instance(name)
        rule = found.rule if found is not None else next(rule for rule in self.record.norms.rules if rule.name == name)
        said = self.subject.words.norm(rule)
        standing = cure = ""
        if found is not None:
            due = f" It was due by {last_day(found.ends)}." if found.ends is not None and found.ends <= self.now else (
                f" It is due by {last_day(found.ends)}." if found.ends is not None else "")  # fmt: skip
            standing = f"On {long_day(self.now)} it is {found.word}.{due}"
            if found.curable is not None and found.curable > self.now:
                cure = f"It may still be put right until {last_day(found.curable)}."
        bearers = [found.bearer] if found is not None and found.bearer else []
        return {
            **self.common(name, bearers, rule.citation), "owed": said.text, "standing": standing, "cure": cure,
            "missed": "\n".join(each.text for each in said.items if "violated" in each.text or "missed" in each.text),
        }  # fmt: skip

    # ------------------------------------------------------------ a dispute

    def dispute(self, matter: Proposal) -> dict[str, str]:
        state = dispute_states.state(self.record.judge, matter, self.now)
        if state is None:
            raise NoAnswer(f"'{matter.id}' follows no ladder of steps", "name a dispute of a ladder")
        about = f", about: {state.about}" if state.about else ""
        by = english.listed(list(state.parties)) if state.parties else "Somebody"
        until = f" Its time runs until the end of {last_day(state.until)}." if state.until is not None else ""
        ended = f" It was {state.how} on {long_day(state.ended)}." if state.ended is not None else ""
        ways = [f"  - {english.listed(list(way.by)) if way.by else 'nobody yet'}: {way.step}, {way.verdict.value}"
                for way in state.onward]  # fmt: skip
        against = f" against {english.listed(list(state.against))}" if state.against else ""
        return {
            **self.common(matter.id, (*state.parties, *state.against) or dispute_states.takers(self.record.judge, matter, self.now),
                          state.citation),
            "ladder": state.ladder, "step": state.step,
            "raised": f"{by} raised it on {long_day(state.raised)}{against}{about}.",
            "standing": f"It is at {state.step} since {long_day(state.since)}.{until}" if state.open else
                        f"It is over.{ended}",
            "onward": "It may be taken further as follows:\n" + "\n".join(ways) if ways else "",
            "duties": {"continue": "Duties continue while it is open.", "suspended": "Duties are suspended while it is open."}.get(
                state.duties, ""),
        }  # fmt: skip


def _outline(of: Statement, indent: str = "  ") -> Iterator[str]:
    """What is required, line by line."""
    yield f"{indent}- {of.text}"
    for item in of.items:
        yield from _outline(item, indent + "  ")
