"""The versions of an amended agreement: from when to when each is in force, what made it, and what it changed, in words.

In: a `Subject`. Out: one page, `versions`; none for an agreement that is never amended. What changed is found by comparing what the
clauses of two versions say, statement by statement; the text of both follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

from govlang.backends.words import english
from govlang.backends.words.statement import Statement
from govlang.frozen import replace
from govlang.model import versions
from govlang.model.nodes import Kind
from govlang.model.versions import Version
from govlang.record.versions import AmendmentState, amendments
from govlang.syntax import nodes as n
from govlang.tools.document import cells, changes
from govlang.tools.document.blocks import (
    Beside,
    Block,
    Cell,
    Column,
    Heading,
    Link,
    Note,
    Page,
    Paragraph,
    Row,
    Run,
    Runs,
    Source,
    Table,
    Text,
)
from govlang.tools.document.changes import Changed
from govlang.tools.document.links import slug
from govlang.tools.document.subject import Subject

_STATES = {
    "effective": "adopted, and in force", "adopted": "adopted, and not yet in force", "awaiting": "not adopted yet",
    "not adopted": "in force, and not adopted", "stale": "without effect",
}  # fmt: skip
_DOES = {"adds": "Added", "replaces": "Replaced", "removes": "Removed"}


def pages(subject: Subject) -> Iterator[Page]:
    """The page of the versions, where there are amendments."""
    if subject.loaded.agreement.amendments:
        summary = "The text from when to when, what amended it, and what changed."
        yield Page("versions", "Versions", "Agreement", tuple(_Versions(subject).blocks()), summary)


class _Versions:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.source = subject.agreement.layout.source
        record = subject.record
        found = amendments(record.judge, record.now) if record is not None else ()
        self.states: dict[str, AmendmentState] = {state.name: state for state in found}

    def blocks(self) -> Iterator[Block]:
        texts = self.subject.texts
        yield Paragraph((Text(self.now()),))
        yield self.table()
        yield from self.stale()
        for before, after in pairwise(texts):
            yield Heading(2, (Text(f"Version {after.number}: {after.name}"),), f"version-{slug(after.number)}")
            yield Paragraph(self.about(after))
            found = list(changes.changed(before, after))
            yield from self.in_words(before, after, found)
            yield from self.as_written(before, after, found)

    def now(self) -> str:
        many = english.counted(len(self.subject.texts), "version")
        record = self.subject.record
        if record is None:
            return f"This agreement has {many}. Which one holds depends on the day."
        number = self.subject.agreement.header.version
        return f"This agreement has {many}. On {english.day(record.now.date())}, version {number} is in force."

    def table(self) -> Table:
        rows: list[Row] = []
        for version in self.subject.texts:
            amendment = version.amendment
            begins, ends = version.agreement.header.effective, version.agreement.header.until
            state = self.states.get(version.name)
            number: Run = Text(version.number)
            made = cells.plain("the text as first agreed")
            adopted: Runs = ()
            if amendment is not None:
                number = Link(version.number, "versions", f"version-{slug(version.number)}")
                citation = self.subject.agreement.layout.citation(amendment.span)
                made = Cell((self.subject.links.term(version.name), *self.subject.cited([citation])))
                adopted = self.adopted(amendment)
            rows.append(Row((
                Cell((number,), version.number), cells.day(version.since or (begins.day if begins else None), "the beginning"),
                cells.day(version.until or (ends.day if ends else None), "no end is set"),
                made, Cell(adopted), cells.plain(_STATES[state.state] if state is not None else ""),
            )))  # fmt: skip
        columns = (
            Column("Version", "version"), Column("In force from", "from", "date"), Column("Until", "until", "date"),
            Column("Made by", "by"), Column("Adopted by", "adopted"), Column("On record", "state"),
        )  # fmt: skip
        return cells.filled("versions", "The versions of the text", columns, rows)

    def adopted(self, amendment: n.Amendment) -> Runs:
        if amendment.decision is None or amendment.proposal is None:
            return ()
        return (self.subject.links.term(amendment.decision.text), Text(f" as {amendment.proposal.text}"))

    def stale(self) -> Iterator[Block]:
        """Amendments that change nothing, and why."""
        made = {version.name for version in self.subject.texts}
        stale = versions.stale(self.subject.loaded.agreement)
        for name, amendment in self.subject.loaded.agreement.amendments.items():
            if name in made:
                continue
            why = "it is written against a version that is not in force when it takes effect" if name in stale else \
                "it lacks what an amendment needs"  # fmt: skip
            said = self.subject.say(f"{name} changes nothing: {why}.", self.subject.agreement.layout.citation(amendment.span))
            yield Note("warning", "Without effect", (Paragraph(said),))

    def about(self, version: Version) -> Runs:
        """What an amendment is for, from when on it holds, and what the record says of it."""
        assert version.amendment is not None and version.since is not None
        said = [english.sentence(version.amendment.text)] if version.amendment.text else []
        end = f" until {english.day(version.until)}" if version.until is not None else ""
        said.append(f"It is in force from {english.day(version.since)}{end}.")
        state = self.states.get(version.name)
        if state is not None:
            why = f": {state.reason}" if state.reason else ""
            said.append(english.sentence(cells.spoken(f"by the record, it is {_STATES[state.state]}{why}")))
        return self.subject.say(" ".join(said), self.subject.agreement.layout.citation(version.amendment.span))

    # ------------------------------------------------------------ what changed

    def in_words(self, before: Version, after: Version, found: list[Changed]) -> Iterator[Block]:
        rows: list[Row] = []
        for change in found:
            old = self.subject.clause(change.old, before.agreement) if change.old is not None else ()
            new = self.subject.clause(change.new, after.agreement) if change.new is not None else ()
            rows += [self.row(change, under, was, now) for under, was, now in _compared(old, new)]
        rows += self.elsewhere(before, after)
        if rows:
            columns = (
                Column("Clause", "clause"), Column("Where in it", "where"), Column("Before", "before"), Column("After", "after"),
            )  # fmt: skip
            key = f"changes-{slug(after.number)}"
            yield cells.filled(key, f"What changes with version {after.number}", columns, rows)

    def row(self, change: Changed, under: str, was: str, now: str) -> Row:
        runs = self.subject.links.runs
        blank = {"adds": "(new)", "removes": "(removed)"}.get(change.kind, "")
        before = Cell(runs(was)) if was else cells.plain(blank if change.kind == "adds" else "(nothing)", kind="none")
        after = Cell(runs(now)) if now else cells.plain(blank if change.kind == "removes" else "(nothing)", kind="none")
        return Row((self.named(change), Cell(runs(under)), before, after))

    def elsewhere(self, before: Version, after: Version) -> Iterator[Row]:
        """What is written as before and means something else, since another clause changed: the votes of a body with its quorum."""
        if not self.subject.loaded.sound:
            return
        touched = changes.touched(before, after)
        was, now = self.subject.words_of(before.agreement), self.subject.words_of(after.agreement)
        for name, kind in after.agreement.kinds.items():
            if name not in touched or before.agreement.kinds.get(name) is not kind or kind is Kind.AMENDMENT:
                continue
            old, new = was.term(name), now.term(name)
            for under, said, says in _compared((old,) if old is not None else (), (new,) if new is not None else ()):
                row = self.row(Changed("", name, None, None), under, said, says)
                yield replace(row, group="Written as before, and changed by another clause")

    def named(self, change: Changed) -> Cell:
        if change.name:
            return cells.names(self.subject, [change.name])
        clause = change.new if change.new is not None else change.old
        written = changes.written(clause, self.source).splitlines()
        return cells.plain(written[0].partition(":")[0] if written else "")

    def as_written(self, before: Version, after: Version, found: list[Changed]) -> Iterator[Block]:
        for number, change in enumerate(found, 1):
            cell = self.named(change)
            yield Heading(3, (Text(f"{_DOES[change.kind]}: "), *cell.runs), f"version-{slug(after.number)}-change-{number}")
            old = changes.written(change.old, self.source)
            new = changes.written(change.new, self.source)
            was = (Source(old, "gov", f"Version {before.number}"),) if old else ()
            now = (Source(new, "gov", f"Version {after.number}"),) if new else ()
            if was and now:
                yield Beside(was, now)
            else:
                yield from (*was, *now)


def _compared(
    old: tuple[Statement, ...], new: tuple[Statement, ...], under: str = ""
) -> Iterator[tuple[str, str, str]]:  # fmt: skip
    """What stands in the place of what: under which words, before, after. What stays is left out, but not what changed under it."""
    texts = [said.text for said in old], [said.text for said in new]
    for _, i, j, k, m in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        for was, now in zip_longest(old[i:j], new[k:m]):
            before, after = (was.text if was is not None else "", now.text if now is not None else "")
            if before != after:
                yield under, before, after
            yield from _compared(
                was.items if was is not None else (), now.items if now is not None else (), after or before
            )  # fmt: skip
