"""The glossary: every defined term, what it is, what it means, and every clause that uses it; facts, and what is recorded.

In: a `Subject`. Out: one page, `glossary`, where terms have their place that have none on a page of their own (`Links.terms`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlang.backends.words import english
from govlang.backends.words.groups import plain
from govlang.backends.words.statement import Statement
from govlang.frozen import replace
from govlang.model import values
from govlang.model.nodes import Agreement, Kind
from govlang.model.versions import Version
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.document import cells
from govlang.tools.document.blocks import (
    Block,
    Cell,
    Cite,
    Code,
    Column,
    Heading,
    Link,
    Page,
    Pair,
    Pairs,
    Paragraph,
    Row,
    Run,
    Runs,
    Strong,
    Table,
    Text,
)
from govlang.tools.document.links import GLOSSARY
from govlang.tools.document.subject import Subject
from govlang.tools.document.uses import Uses

_TYPES = {"text": "a text", "parties": "one party or several", "persons": "one person or several", "names": "names"}


def pages(subject: Subject) -> Iterator[Page]:
    """The glossary, unless nothing is defined."""
    blocks = tuple(_Glossary(subject).blocks())
    if blocks:
        yield Page(GLOSSARY, "Glossary", "Agreement", blocks, "Every defined term, what it means, and where it is used.")


class _Glossary:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.agreement = subject.agreement
        self.uses: Uses = subject.once("uses", lambda: Uses(subject.agreement, subject.links))

    def blocks(self) -> Iterator[Block]:
        names = sorted(self.subject.links.terms, key=lambda name: (name.casefold(), name))
        if names:
            yield Heading(2, (Text("Defined terms"),), "terms")
            yield Pairs(tuple(self.pair(name) for name in names))
        yield from self.facts()
        yield from self.recorded()

    # ------------------------------------------------------------ defined terms

    def pair(self, name: str) -> Pair:
        page, anchor = self.subject.links.terms[name]
        home = page == GLOSSARY
        blocks: list[Block] = [Paragraph(self.what(name))]
        if home and name in self.agreement.kinds:
            said = (_undescribed(each) for each in self.subject.term(name))
            blocks += self.subject.told(said, self.defining(name))
        own = {self.subject.links.anchor(each) for each in self.defining(name)}
        uses = [use for use in self.uses.of(name) if self.subject.links.anchor(use) not in own]
        if uses:
            blocks.append(Paragraph((Text("Used in "), *self.listed(uses), Text("."))))
        term: Run = Strong(name) if home else self.subject.links.term(name)
        return Pair((term,), tuple(blocks), anchor if home else "")

    def what(self, name: str) -> Runs:
        """What a term names, the clause that defines it, its own words of what it is for, and whether an amendment touched it."""
        text = self.text_of(name)
        kind = text.kinds[name]
        clause = self.clause(text, name)
        cited = self.subject.cited([text.layout.citation(clause.span)]) if clause is not None else ()
        found: list[Run] = [Text(f"{kind.value[:1].upper()}{kind.value[1:]}"), *cited, Text(".")]
        described = _described(clause)
        if described:
            found += [Text(" "), *self.subject.links.runs(english.sentence(described))]
        for change in self.changes(name):
            found += [Text(" "), *self.subject.links.runs(change), Text(" See "), Link("Versions", "versions"), Text(".")]
        return tuple(found)

    def text_of(self, name: str) -> Agreement:
        """The text that defines a term: that in force, or else the first version that does."""
        if name in self.agreement.kinds:
            return self.agreement
        return next(version.agreement for version in self.subject.texts if name in version.agreement.kinds)

    def clause(self, text: Agreement, name: str) -> n.Node | None:
        if text is self.agreement:
            return self.uses.defined.get(name) or self.holder(name)
        return next((clause for clause in text.file.clauses if _names(clause, name)), None) if text.file is not None else None

    def holder(self, name: str) -> n.Node | None:
        """The clause that names a person and is no clause about that person: `held by Ana Ruiz`."""
        named = (clause for clause in self.agreement.file.clauses if isinstance(clause, n.Role)) if self.agreement.file else ()
        return next((each for clause in named for each in clause.holders if each.name.text == name), None)

    def defining(self, name: str) -> list[Citation]:
        clause = self.clause(self.text_of(name), name)
        return [self.agreement.layout.citation(clause.span)] if clause is not None else []

    def changes(self, name: str) -> Iterator[str]:
        """What amendments did to a term."""
        if self.text_of(name).kinds[name] is Kind.AMENDMENT:
            return
        before: Version | None = None
        for version in self.subject.texts:
            if before is not None and version.since is not None:
                was, there = name in before.agreement.kinds, name in version.agreement.kinds
                does = "adds" if there and not was else "removes" if was and not there else "changes"
                if was != there or (there and name in version.changes):
                    yield f"{version.name} {does} it from {english.day(version.since)}."
            before = version

    def listed(self, citations: Iterable[Citation]) -> Runs:
        """Clauses by their numbers alone, then those without one by their words; those of a used file by its name too."""
        numbered: list[Cite] = []
        named: list[Cite] = []
        for citation in citations:
            of = f" of {self.subject.links.path(citation.document)}" if citation.shared else ""
            words = citation.number or (f"“{citation.title}”" if citation.title else f"line {citation.line}")
            (numbered if citation.number else named).append(self.subject.cite(citation, words + of))
        found: list[Run] = [Text(f"{english.plural('clause') if len(numbered) > 1 else 'clause'} ")] if numbered else []
        for place, cite in enumerate((*numbered, *named)):
            found += [Text(", "), cite] if place else [cite]
        return tuple(found)

    # ------------------------------------------------------------ facts, and what is recorded

    def facts(self) -> Iterator[Block]:
        """The facts that decisions and disputes are given: the same name and type once, however many have it."""
        found: dict[tuple[str, str], list[tuple[str, n.Given]]] = {}
        for name, given in self.uses.given:
            found.setdefault((given.name, _typed(given)), []).append((name, given))
        rows: list[Row] = []
        for (fact, kind), users in sorted(found.items()):
            by = {self.finder(given): None for _, given in users if given.determined_by is not None}
            rows.append(Row((
                Cell((Code(fact),), fact), cells.said(self.subject, kind), cells.names(self.subject, [name for name, _ in users]),
                cells.said(self.subject, "; ".join(by)),
            )))  # fmt: skip
        if rows:
            columns = (
                Column("Fact", "fact"), Column("What it is", "type"), Column("Given for", "given-for"), Column("Found by", "by"),
            )  # fmt: skip
            yield Heading(2, (Text("Facts that decisions look at"),), "facts")
            yield Table("facts", "Facts that decisions look at", columns, tuple(rows))

    def finder(self, given: n.Given) -> str:
        assert given.determined_by is not None
        return self.subject.words.voice().groups.item(given.determined_by).text

    def recorded(self) -> Iterator[Block]:
        """Acts and findings that clauses wait for, in the words that the record has for them."""
        rows: list[Row] = []
        for name, word in sorted(self.uses.words.items()):
            who = self.subject.words.voice().groups
            by = "; ".join(dict.fromkeys(who.who(group).text for group in word.by))
            kind = "an act that is recorded" if word.kind == "act" else "a finding"
            rows.append(Row((
                Cell((Code(name),), name), cells.plain(plain(name)), cells.plain(kind), cells.said(self.subject, by),
                Cell(self.listed(word.places.values())),
            )))  # fmt: skip
        if rows:
            columns = (
                Column("Word", "word"), Column("Read as", "words"), Column("What it is", "kind"), Column("By whom", "by"),
                Column("Where", "clauses"),
            )  # fmt: skip
            yield Heading(2, (Text("What is recorded"),), "recorded")
            yield Table("recorded", "Acts and findings that clauses wait for", columns, tuple(rows))


def _names(clause: n.Node, name: str) -> bool:
    """Whether a clause defines a name."""
    if isinstance(clause, n.Members):
        return any(each.text == name for each in clause.names)
    own = getattr(clause, "name", None)
    if isinstance(own, n.Name) and own.text == name:
        return not isinstance(clause, n.Header)
    return isinstance(clause, n.Role) and any(holder.name.text == name for holder in clause.holders)


def _undescribed(said: Statement) -> Statement:
    """What a clause says without its own words of what it is for, which stand above it."""
    return replace(said, items=tuple(item for item in said.items if item.kind != "description"))


def _described(clause: n.Node | None) -> str:
    """What a clause says, in quotes, that it is for."""
    text = getattr(clause, "text", "")
    if isinstance(text, str) and text and not isinstance(clause, n.Name):
        return text
    lines = (*getattr(clause, "statements", ()), *getattr(clause, "lines", ()))
    return next((line.text for line in lines if isinstance(line, n.Describe)), "")


def _typed(given: n.Given) -> str:
    """The type of a fact, in words."""
    kind = given.type
    if kind.kind in ("decision", "dispute") and kind.target is not None:
        said = f"a proposal of {kind.target.text}" if kind.kind == "decision" else f"a dispute under {kind.target.text}"
    elif kind.kind == "choice":
        said = english.listed([plain(choice) for choice in kind.choices], "or")
    else:
        said = _TYPES.get(kind.kind) or values.WORDS[kind.kind].partition(" such as ")[0].removeprefix("the name of ")
    return f"{said}, which may be left out" if given.optional else said
