"""The page of the text: prose under its headings, and beside it the rules that restate it, in words and as written.

In: a `Subject`. Out: one page, `agreement`. All that stands in the text stands on it once, in its order: prose as prose, each
clause in words and then as written, scenarios as examples. Files that the agreement uses follow, each under a heading of its own.
What an amendment changes is marked, and from which day on.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from govlang.backends.words import english
from govlang.backends.words.statement import Statement
from govlang.diagnostics import Diagnostic
from govlang.frozen import replace
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.syntax.literate import Section
from govlang.tools.document import changes
from govlang.tools.document.blocks import (
    Beside,
    Block,
    Heading,
    Link,
    Note,
    Page,
    Paragraph,
    Run,
    Source,
    Text,
)
from govlang.tools.document.links import TEXT_PAGE
from govlang.tools.document.pieces import Chapter, Clause, Part, Passage, Rules, parts
from govlang.tools.document.subject import Subject

_USE = re.compile(r'use[ ]+"([^"\n]*)"')


def pages(subject: Subject) -> Iterator[Page]:
    """The page of the text, unless there is none."""
    blocks = tuple(_Text(subject).blocks())
    if blocks:
        summary = "The whole text, with the rules beside the words that they restate."
        yield Page(TEXT_PAGE, "Text of the agreement", "Agreement", blocks, summary)


class _Text:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.layout = subject.agreement.layout
        self.parts = parts(subject.loaded.agreement)
        self.holdings = changes.holdings(subject.texts)
        self.changed = {
            change.clause.span.start: version.agreement
            for version in subject.texts if version.amendment is not None for change in version.amendment.changes
        }  # fmt: skip
        file = subject.agreement.file
        self.current = {clause.span.start: clause for clause in file.clauses} if file is not None else {}
        self.errors: dict[tuple[str, int], list[Diagnostic]] = {}
        for found in subject.loaded.diagnostics:
            if found.severity == "error":
                name, line, _ = found.place()
                self.errors.setdefault((name, line), []).append(found)

    def blocks(self) -> Iterator[Block]:
        yield from self.version()
        for part in self.parts:
            self.subject.prose.open(self.layout.source.home(part.begins)[1].text, part.begins)
            if part.begins:
                anchor = self.subject.links.file_anchor(part.begins)
                yield Heading(2, (Text(f"Clauses from {self.subject.links.path(part.name)}"),), anchor)
            for chapter in part.chapters:
                yield from self.chapter(part, chapter)

    def version(self) -> Iterator[Block]:
        """Which version this is, where there are several."""
        for text in self.subject.texts:
            if text.number == self.subject.agreement.header.version:
                made = f", as amended by {text.name}" if text.name else ", the text as first agreed"
                count = len(self.subject.texts) - 1
                amend = f"{english.counted(count, 'amendment')} {'changes' if count == 1 else 'change'} it from a day on: see "
                words = f"This is version {text.number}{made}. {amend[0].upper()}{amend[1:]}"
                runs = (*self.subject.links.runs(words), Link("Versions", "versions"), Text("."))
                yield Note("info", f"Version {text.number}", (Paragraph(runs),))

    # ------------------------------------------------------------ headings and what stands under them

    def chapter(self, part: Part, chapter: Chapter) -> Iterator[Block]:
        section = chapter.section
        deeper = 1 if part.begins else 0
        if section is not None:
            runs: tuple[Run, ...] = (Text(section.title),) if section.title else ()
            level = min(1 + len(section.path) + deeper, 6)
            yield Heading(level, runs, self.subject.links.section_anchor(section), section.number)
            yield from self.sections(section, chapter.pieces)
            return
        for place, piece in enumerate(chapter.pieces):
            if isinstance(piece, Passage):
                yield from self.subject.prose.opening(piece.text) if place == 0 else self.subject.prose.blocks(piece.text)
            else:
                yield from self.bare(part, piece, 2 + deeper)

    def sections(self, section: Section, pieces: Iterable[Passage | Rules]) -> Iterator[Block]:
        here = self.layout.cite_section(section)
        left: tuple[Block, ...] = ()
        for piece in pieces:
            if isinstance(piece, Passage):
                left = (*left, *self.subject.prose.blocks(piece.text, here.label()))
                continue
            right = tuple(self.rules(piece, here))
            examples = all(clause.word == "scenario" for clause in piece.clauses)
            if left and not examples:
                yield Beside(left, right)
            else:
                yield from left
                yield from right
            left = ()
        yield from left

    def bare(self, part: Part, rules: Rules, level: int) -> Iterator[Block]:
        """Rules under no heading: each clause gets one of its own, from its first line."""
        for clause in rules.clauses:
            at = self.layout.source.text[clause.start : clause.start + 200].splitlines()[0].strip().replace("`", "")
            anchor = self.subject.links.line_anchor(part.name, clause.line)
            yield Heading(level, (Text(at[:1].upper() + at[1:]),), anchor)
            here = Citation(part.name, line=clause.line)
            yield from self.group(_kind(clause, rules.shared), (clause,), here)
        if rules.rest:
            yield Source(rules.rest, "gov")

    # ------------------------------------------------------------ rules

    def rules(self, rules: Rules, here: Citation) -> Iterator[Block]:
        """The rules of a fence: what belongs together in one."""

        def apart(clause: Clause) -> tuple[str, int]:
            alone = clause.start in self.holdings or clause.word in ("amendment", "use")
            return _kind(clause, rules.shared), clause.start if alone or self.wrong(clause) else 0

        for (kind, _), clauses in groupby(rules.clauses, apart):
            yield from self.group(kind, tuple(clauses), here)
        if rules.rest:
            yield Source(rules.rest, "gov")

    def group(self, kind: str, clauses: tuple[Clause, ...], here: Citation) -> Iterator[Block]:
        written = Source("\n\n".join(clause.text for clause in clauses), "gov")
        wrong = [found for clause in clauses for found in self.wrong(clause)]
        for found in wrong:
            words = f"{english.sentence(found.message)} {english.sentence(found.hint)}".strip()
            yield Note("error", f"{found.code} {found.name.replace('-', ' ')}", (Paragraph((Text(words),)),))
        if kind == "example":
            title = "Example" if len(clauses) == 1 else f"{len(clauses)} examples"
            yield Note("example", title, (written,))
        elif kind == "aside":
            yield Note("info", "Not taken over into this agreement", (written,))
        else:
            yield from self.marks(clauses[0])
            said = tuple(self.words(clauses, here))
            if said:
                yield Note("rule", "In words", said)
            yield written

    def wrong(self, clause: Clause) -> list[Diagnostic]:
        """What is wrong with a clause."""
        if not self.errors:
            return []
        name = self.layout.source.home(clause.start)[1].name
        last = clause.line + clause.text.count("\n")
        return [found for line in range(clause.line, last + 1) for found in self.errors.get((name, line), ())]

    def marks(self, clause: Clause) -> Iterator[Block]:
        """From when to when a clause holds, where an amendment ends it or brought it."""
        holding = self.holdings.get(clause.start)
        if holding is None:
            return
        said: list[str] = []
        if holding.since is not None:
            said.append(f"In force from {english.day(holding.since)}, by {holding.by}.")
        if holding.until is not None and holding.ended_by:
            does = "replaces" if holding.replaced else "removes"
            said.append(f"In force until {english.day(holding.until)}. {holding.ended_by} {does} it from the day after.")
        if said:
            yield Note("warning", "Amended", (Paragraph(self.subject.links.runs(" ".join(said))),))

    # ------------------------------------------------------------ words

    def words(self, clauses: Iterable[Clause], here: Citation) -> Iterator[Block]:
        """Clauses in words."""
        said: list[Statement] = []
        for clause in clauses:
            if clause.word == "use":
                yield from self.used(clause)
            if clause.node is not None:
                said += self.statements(clause.node)
            if isinstance(clause.node, n.Amendment):
                for new in map(changes.clause_of, clause.node.changes):
                    said += self.statements(new) if new is not None and new.span.start in self.changed else ()
        yield from self.subject.told(said, (here,))

    def statements(self, node: n.Clause) -> tuple[Statement, ...]:
        """A clause in words: as it stands in the text in force, or else in the version that it belongs to."""
        start = node.span.start
        current = self.current.get(start)
        said = (
            self.subject.clause(current) if current is not None
            else self.subject.clause(node, self.changed.get(start, self.subject.loaded.agreement))
        )  # fmt: skip
        if isinstance(node, n.Decision):  # what it is for does not say what it is called
            name = node.name.text
            return tuple(each if name in each.text else replace(each, text=f"{name}: {each.text}") for each in said)
        return said

    def used(self, clause: Clause) -> Iterator[Block]:
        """What a `use` brings, with a link to it."""
        match = _USE.match(self.layout.source.text, clause.start)
        if match is None:
            return
        user = next((part for part in reversed(self.parts) if part.begins <= clause.start), self.parts[0])
        folder = posixpath.dirname(self.subject.links.path(user.name)) if user.begins else ""
        wanted = posixpath.normpath(posixpath.join(folder, match[1]))
        for part in self.parts:
            if part.begins and self.subject.links.path(part.name) == wanted:
                link = Link(f"clauses from {wanted}", TEXT_PAGE, self.subject.links.file_anchor(part.begins))
                yield Paragraph((Text("This agreement also has "), link, Text(".")))


def _kind(clause: Clause, shared: bool) -> str:
    if clause.word == "scenario":
        return "example"
    return "aside" if shared and clause.node is None and clause.word != "use" else "rule"

