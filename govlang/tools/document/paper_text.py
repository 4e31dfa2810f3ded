"""The clauses of an agreement, as a paper shows them.

In: a `Subject`. Out: blocks. Prose stands as it is, under its own numbers. What the rules under it say follows in words, marked as
no part of the agreement; where a clause has no prose, those words are its text. A file without headings is numbered clause by
clause. Examples are named, or told in full if asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import cast

from govlang.backends.words import english
from govlang.backends.words.statement import Statement
from govlang.frozen import dataclass, replace
from govlang.model.amending import keys
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.syntax.literate import Section
from govlang.tools.document import changes
from govlang.tools.document.blocks import Block, Heading, Item, Listing, Note, Paragraph, Source, Strong, Text, text
from govlang.tools.document.pieces import Chapter, Clause, Part, Passage, Rules, parts
from govlang.tools.document.subject import Subject

SUMMARY = "In plain words – not part of the agreement"
_PEOPLE = ("party", "parties", "person", "persons", "each", "table")
_TITLES = {
    "agreement": "The agreement",
    "notices": "Notices",
    "ownership": "Ownership",
    "confidentiality": "Confidentiality",
}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A clause that has no number in its file, and the one that the paper gives it; `anchors` are the places of its lines."""

    number: str
    title: str
    anchors: tuple[str, ...]
    clauses: tuple[Clause, ...]


class Clauses:
    """The clauses of one text. `summaries` says whether prose is followed by its rules in words, `examples` whether examples are
    told in full."""

    def __init__(self, subject: Subject, summaries: bool = True, examples: bool = False) -> None:
        self.subject, self.summaries, self.examples = subject, summaries, examples
        self.layout = subject.loaded.agreement.layout
        self.parts = parts(subject.loaded.agreement)
        self.title = _title(self.parts)
        self.bare = tuple(_numbered(subject, self.parts[0])) if not any(map(_headed, self.parts[0].chapters)) else ()
        current = subject.agreement.file.clauses if subject.agreement.file is not None else ()
        self.current = {key: clause for clause in current for key in keys(clause)}
        self.holdings = changes.holdings(subject.texts)
        self.left_out = False

    def blocks(self) -> Iterator[Block]:
        """Everything from the first clause to the last."""
        for part in self.parts:
            self.subject.prose.open(self.layout.source.home(part.begins)[1].text, part.begins)
            if not part.begins and self.bare:
                for clause in self.bare:
                    yield Heading(2, (Text(clause.title),), clause.anchors[0], clause.number)
                    here = Citation(part.name, line=clause.clauses[0].line)
                    yield from self.operative(clause.clauses, here, clause.title)
                continue
            if part.begins and _title((part,)) is None:
                path = self.subject.links.path(part.name)
                yield Heading(2, (Text(f"Clauses from {path}"),), self.subject.links.file_anchor(part.begins))
            for chapter in _taken(part):
                yield from self.chapter(part, chapter)

    # ------------------------------------------------------------ one heading and what stands under it

    def chapter(self, part: Part, chapter: Chapter) -> Iterator[Block]:
        """A heading, its prose, its rules in words."""
        section = chapter.section
        here = Citation(part.name)
        if section is not None:
            here = self.layout.cite_section(section)
            if section is not self.title:
                anchor = self.subject.links.section_anchor(section)
                runs = (Text(section.title),) if section.title else ()
                yield Heading(self.level(section, part), runs, anchor, section.number)
        prose = [piece for piece in chapter.pieces if isinstance(piece, Passage)]
        for place, piece in enumerate(prose):
            opening = section is None and place == 0
            yield from (
                self.subject.prose.opening(piece.text)
                if opening
                else self.subject.prose.blocks(piece.text, here.label())
            )
        clauses = [clause for piece in chapter.pieces if isinstance(piece, Rules) for clause in piece.clauses]
        yield from self.rules(clauses, here, bool(prose))

    def level(self, section: Section, part: Part) -> int:
        """How deep a heading stands: 2 for the outermost, since 1 is the title. The clauses of a used file stand under its own."""
        if part.begins:
            return min(len(section.path) + (1 if _title((part,)) is not None else 2), 7)
        under = self.title is not None and section.path[0] == self.title.path[0]
        return min(1 + len(section.path) - under, 7)

    def rules(self, clauses: list[Clause], here: Citation, prose: bool) -> Iterator[Block]:
        """The rules under a heading: in words, and the examples."""
        ruled = [clause for clause in clauses if clause.word not in ("scenario", "use") and clause.node is not None]
        if not prose:
            yield from self.operative(ruled, here)
        elif self.summaries:
            said = tuple(item for clause in ruled for item in self.items(clause, here))
            if said:
                yield Note("summary", SUMMARY, (Listing(said),))
        yield from self.told([clause for clause in clauses if clause.word == "scenario"])

    def operative(self, clauses: Iterable[Clause], here: Citation, title: str = "") -> Iterator[Block]:
        """Rules in words as the text of the agreement. What stands under a sentence is numbered, so that it can be cited; a
        sentence that says no more than the heading (`title`) is left out."""
        for clause in clauses:
            for item in self.items(clause, here):
                if not item.items or text(item.runs) != f"{title}.":
                    yield Paragraph(item.runs)
                if item.items:
                    yield Listing(tuple(map(_counted, item.items)), True)

    def told(self, scenarios: list[Clause]) -> Iterator[Block]:
        """The examples: their names, or each in full."""
        if self.examples:
            for clause in scenarios:
                yield Source(clause.text, "gov")
            return
        named = [clause.node.title for clause in scenarios if isinstance(clause.node, n.Scenario)]
        if named:
            yield Listing(tuple(Item((Text(english.sentence(title)),)) for title in named))
        if named and not self.left_out:
            self.left_out = True
            name = self.subject.links.path(self.layout.source.name)
            said = f"Examples are named here. Each is told step by step in {name}."
            yield Note("summary", "Not part of the agreement", (Paragraph((Text(said),)),))

    # ------------------------------------------------------------ words

    def items(self, clause: Clause, here: Citation) -> Iterator[Item]:
        """A clause in words, as the version that is printed has it."""
        if isinstance(clause.node, n.Amendment):
            yield from self.said(clause.node, here)
            for change in clause.node.changes:
                if not isinstance(change.clause, n.Removal):
                    yield from self.said(change.clause, here)
            return
        assert clause.node is not None
        known = keys(clause.node)
        held = next((self.current[key] for key in known if key in self.current), None) if known else clause.node
        holding = self.holdings.get(clause.start)
        if held is None:
            yield Item(
                self.subject.links.runs(f"Removed by {holding.ended_by}." if holding is not None else "Removed.")
            )
            return
        said = list(self.said(held, here))
        if said and holding is not None and held is clause.node and holding.until is not None:
            does = "puts another rule in its place" if holding.replaced else "removes it"
            words = f"It holds until {english.day(holding.until)}; from then on {holding.ended_by} {does}."
            said[-1] = replace(said[-1], items=(*said[-1].items, Item(self.subject.links.runs(words))))
        yield from said

    def said(self, node: n.Node, here: Citation) -> Iterator[Item]:
        statements = self.statements(node)
        mine = (here, *(each.citation for each in statements if _same(each, here)))
        items = self.subject.items(statements, mine)
        if isinstance(node, n.Decision) and items and not self.bare:
            # a decision begins with what it is for; other clauses call it by its name
            name = node.name.text
            runs = (Strong(f"{name}."), *((Text(" "), *items[0].runs) if text(items[0].runs) != f"{name}." else ()))
            items = (replace(items[0], runs=runs), *items[1:])
        yield from items

    def statements(self, node: n.Node) -> tuple[Statement, ...]:
        """A clause in words, by the version that holds it: the one that is printed, if it is one of those."""
        found = self.subject.agreement
        for version in self.subject.texts:
            clauses = version.agreement.file.clauses if version.agreement.file is not None else ()
            if any(each is node for each in clauses):
                found = version.agreement
                if found is self.subject.agreement:
                    break
        return tuple(self.subject.words_of(found).clause(cast("n.Clause", node)))


def _counted(item: Item) -> Item:
    return replace(item, items=tuple(map(_counted, item.items)), ordered=True)


def _same(statement: Statement, here: Citation) -> bool:
    return statement.citation.label() == here.label() or statement.citation.number == "" == here.number


def _headed(chapter: Chapter) -> bool:
    return chapter.section is not None


def _taken(part: Part) -> Iterator[Chapter]:
    """The headings of a file whose clauses are part of the agreement: all of them, unless it uses only some of that file."""
    missing = [chapter for chapter in part.chapters if not all(map(_held, _ruled(chapter)))] if part.begins else []
    for chapter in part.chapters:
        under = any(_below(chapter, each) and any(map(_held, _ruled(each))) for each in part.chapters)
        if not missing or under:
            yield chapter


def _ruled(chapter: Chapter) -> list[Clause]:
    own = ("scenario", "use", "agreement")
    return [
        clause
        for piece in chapter.pieces
        if isinstance(piece, Rules)
        for clause in piece.clauses
        if clause.word not in own
    ]


def _held(clause: Clause) -> bool:
    return clause.node is not None


def _below(chapter: Chapter, other: Chapter) -> bool:
    """Whether one heading is another, or stands above it."""
    if chapter.section is None or other.section is None:
        return chapter is other
    return other.section.path[: len(chapter.section.path)] == chapter.section.path


def _title(found: tuple[Part, ...]) -> Section | None:
    """The heading that is the title of the whole: the first, if it is of the highest level and has no number."""
    sections = [chapter.section for chapter in found[0].chapters if chapter.section is not None] if found else []
    first = sections[0] if sections else None
    return first if first is not None and first.level == 1 and not first.number else None


def _numbered(subject: Subject, part: Part) -> Iterator[Numbered]:
    """The clauses of a file without headings, with the numbers that they get here."""
    pieces = [piece for chapter in part.chapters for piece in chapter.pieces if isinstance(piece, Rules)]
    clauses = [
        clause
        for piece in pieces
        for clause in piece.clauses
        if _held(clause) and clause.word not in ("scenario", "use")
    ]

    def kind(clause: Clause) -> tuple[str, int]:
        if clause.word in _PEOPLE:
            return "people", 0
        return ("role", 0) if clause.word == "role" else (clause.word, clause.start)

    for count, ((word, _), group) in enumerate(groupby(clauses, kind), start=1):
        mine = tuple(group)
        anchors = tuple(subject.links.line_anchor(part.name, clause.line) for clause in mine)
        yield Numbered(str(count), _heading(word, mine), anchors, mine)


def _heading(word: str, clauses: tuple[Clause, ...]) -> str:
    if word == "people":
        persons = all(clause.word in ("person", "persons") for clause in clauses)
        return "Persons" if persons else "Parties"
    if word == "role":
        return "Offices"
    name = getattr(clauses[0].node, "name", None)
    if word in _TITLES:
        return _TITLES[word]
    return name.text if isinstance(name, n.Name) else word.capitalize()


def renumbered(citation: Citation, clause: Numbered) -> Citation:
    """The citation of a line, as the paper numbers its clause."""
    return replace(citation, number=clause.number, title=clause.title)
