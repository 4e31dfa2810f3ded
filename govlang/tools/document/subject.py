"""What the views of a document are about: one agreement, and (as of a day) its record.

In: a loaded agreement, a book, a day. Out: a `Subject`, which every view is given. What is asked of the record is asked once and
kept. Without a record (and a day) there is nothing that happened: `record` is None, and only the text is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import TypeVar, cast

from govlang.backends.words.statement import Statement
from govlang.backends.words.words import Words
from govlang.core.rules import Rule
from govlang.diagnostics import ordered
from govlang.model.amending import keys
from govlang.model.nodes import Agreement, Decision
from govlang.model.versions import versions
from govlang.pipeline import Loaded
from govlang.record import calendar
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.record.norms import Norms
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools import books, check, questions
from govlang.tools.books import Book
from govlang.tools.check import Checked
from govlang.tools.document.blocks import Block, Cite, Item, Listing, Paragraph, Run, Runs, Text
from govlang.tools.document.links import Links
from govlang.tools.document.prose import Prose

T = TypeVar("T")


class Recorded:
    """A record as of an instant: the events, the judge, the norms. `on` is the day as asked, for tools that take one."""

    def __init__(self, loaded: Loaded, book: Book, on: str, names: tuple[str, ...]) -> None:
        moment = questions.day(on) if on else book.last(loaded.agreement)
        assert moment is not None
        self.book, self.names = book, names
        self.on = str(moment) if moment.whole_day or not moment.start.second else f"{moment.start:%Y-%m-%d %H:%M:%S}"
        self.now: datetime = calendar.localise(moment, loaded.agreement.header).end
        self.loaded = loaded

    @cached_property
    def history(self) -> History:
        """The events up to the instant, taken in: what is recorded of later days says nothing yet."""
        return books.history(books.until(self.book, self.loaded.agreement, self.now), self.loaded.agreement)

    @cached_property
    def judge(self) -> Judge:
        """Who judges proposals on this record."""
        return Judge(self.loaded.rules, self.history)

    @cached_property
    def norms(self) -> Norms:
        """Duties, reviews and the like on this record."""
        return Norms(self.judge)


class Subject:
    """One agreement, as the views see it. `agreement` is the text in force on the day asked; the text as first agreed where there
    is neither a record nor a day, unless it is said which version is meant (`text`). `tested` says whether the scenarios are to be
    run as well: that takes longer than all else."""

    def __init__(
        self, loaded: Loaded, record: Recorded | None = None, text: Agreement | None = None, tested: bool = False
    ) -> None:
        self.loaded = loaded
        self.tested = tested
        self.record = record
        in_force = record.history.in_force(record.now) if record is not None else loaded.agreement
        self.agreement: Agreement = text if text is not None else in_force
        self.texts = versions(loaded.agreement)  # in order of effect; none for an agreement that is never amended
        self.links = Links(self.agreement, (version.agreement for version in self.texts))
        self.rules = loaded.rules.under(self.agreement)
        self._kept: dict[str, object] = {}

    @cached_property
    def words(self) -> Words:
        """What the rules mean, in sentences."""
        return self.words_of(self.agreement)

    def words_of(self, text: Agreement) -> Words:
        """What the rules of one version mean."""

        def make() -> Words:
            rules = self.loaded.rules.under(text)
            return Words(text, rules.rule, rules.norms, rules.trust, self.loaded.used)

        return self.once(f"words of {text.header.version} {id(text)}", make)

    @cached_property
    def prose(self) -> Prose:
        """The reader of the agreement's own words."""
        return Prose(self.links)

    @cached_property
    def checked(self) -> Checked:
        """What is wrong with the text; and what its scenarios came to, if they are to be run."""
        if self.tested:
            return check.check(self.loaded)
        return Checked(self.loaded, tuple(ordered([*self.loaded.diagnostics, *check.of_text(self.loaded.agreement)])))

    def rule(self, decision: Decision) -> Rule:
        """The meaning of a decision (or another right)."""
        return self.rules.rule(decision.name)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What several views need and that takes long to find: made when it is first asked for, then kept under its name."""
        if name not in self._kept:
            self._kept[name] = make()
        return cast("T", self._kept[name])

    # ------------------------------------------------------------ words

    def say(self, words: str, *citations: Citation) -> Runs:
        """A sentence with its terms linked and the clauses it rests on, in parentheses before its full stop."""
        cited = self.cited(citations)
        if cited and words.endswith("."):
            return (*self.links.runs(words[:-1]), *cited, Text("."))
        return (*self.links.runs(words), *cited)

    def cited(self, citations: Iterable[Citation]) -> Runs:
        """Clauses in parentheses, each once; nothing for none."""
        found: list[Run] = []
        for citation in {citation.label(): citation for citation in citations}.values():
            found += [Text("; " if found else " ("), self.cite(citation)]
        return (*found, Text(")")) if found else ()

    def cite(self, citation: Citation, text: str = "") -> Cite:
        """A reference to a clause."""
        return self.links.cite(citation, text)

    def paragraph(self, words: str, *citations: Citation) -> Paragraph:
        """A sentence as a paragraph."""
        return Paragraph(self.say(words, *citations))

    def items(self, statements: Iterable[Statement], besides: Iterable[Citation] = ()) -> tuple[Item, ...]:
        """Statements as the entries of a list, each followed by its clauses; not by those of `besides`, which are plain already,
        nor by those of the statement above."""
        return self._items(statements, frozenset(map(self.links.anchor, besides)))

    def _items(self, statements: Iterable[Statement], known: frozenset[str]) -> tuple[Item, ...]:
        found: list[Item] = []
        for said in statements:
            cited = {self.links.anchor(each): each for each in (said.citation, *said.also) if each.document}
            new = (each for anchor, each in cited.items() if anchor not in known)
            found.append(Item(self.say(said.text, *new), self._items(said.items, known | cited.keys()), said.kind))
        return tuple(found)

    def told(self, statements: Iterable[Statement], besides: Iterable[Citation] = ()) -> tuple[Block, ...]:
        """Statements one below the other: one with others under it is a paragraph above their list; plain ones that follow each
        other are a list, and one alone is a paragraph."""
        found: list[Block] = []
        for plain, items in groupby(self.items(statements, besides), lambda item: not item.items):
            listed = tuple(items)
            if plain and len(listed) > 1:
                found.append(Listing(listed))
                continue
            for item in listed:
                found.append(Paragraph(item.runs))
                found += [Listing(item.items)] if item.items else []
        return tuple(found)

    # ------------------------------------------------------------ clauses in words

    def clause(self, node: n.Clause, text: Agreement | None = None) -> tuple[Statement, ...]:
        """What a clause says, by the text that it belongs to (that in force, if none is given); nothing for one that has errors."""
        words = self.words_of(text) if text is not None else self.words
        return words.clause(node) if not self.broken(node) else ()

    def term(self, name: str) -> tuple[Statement, ...]:
        """What a defined term means; nothing for one whose clause has errors."""
        clause = self.defined.get(name)
        said = self.words.term(name) if clause is None or not self.broken(clause) else None
        return (said,) if said is not None else ()

    @cached_property
    def defined(self) -> dict[str, n.Clause]:
        """The clause that defines each term, by its name."""
        clauses = self.agreement.file.clauses if self.agreement.file is not None else ()
        return {name: clause for clause in clauses for kind, name in keys(clause) if kind == "term"}

    def broken(self, clause: n.Node) -> bool:
        """Whether a clause has errors, so that what it means is not known."""
        return any(clause.span.start <= place < max(clause.span.end, clause.span.start + 1) for place in self._errors)

    @cached_property
    def _errors(self) -> tuple[int, ...]:
        """Where the text has errors."""
        source = self.loaded.agreement.layout.source
        return tuple(
            source.offset_in(found.source, found.span.start) for found in self.loaded.diagnostics if found.severity == "error"
        )  # fmt: skip
