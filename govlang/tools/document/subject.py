"""What the views of a document are about: one agreement, and (as of a day) its record.

In: a loaded agreement, a book, a day. Out: a `Subject`, which every view is given. What is asked of the record is asked once and
kept. Without a record (and a day) there is nothing that happened: `record` is None, and only the text is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from govlang.backends.words.words import Words
from govlang.core.rules import Rule
from govlang.model.nodes import Agreement, Decision
from govlang.pipeline import Loaded
from govlang.record import calendar
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.record.norms import Norms
from govlang.source import Citation
from govlang.tools import books, questions
from govlang.tools.books import Book
from govlang.tools.document.blocks import Cite, Paragraph, Run, Runs, Text
from govlang.tools.document.links import Links


class Recorded:
    """A record as of an instant: the events, the judge, the norms. `on` is the day as asked, for tools that take one."""

    def __init__(self, loaded: Loaded, book: Book, on: str, names: tuple[str, ...]) -> None:
        moment = questions.day(on) if on else book.last(loaded.agreement)
        assert moment is not None
        self.book, self.names = book, names
        self.on = str(moment)
        self.now: datetime = calendar.localise(moment, loaded.agreement.header).end
        self.loaded = loaded

    @cached_property
    def history(self) -> History:
        """The events, taken in."""
        return books.history(self.book, self.loaded.agreement)

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
    is neither a record nor a day."""

    def __init__(self, loaded: Loaded, record: Recorded | None = None) -> None:
        self.loaded = loaded
        self.record = record
        self.agreement: Agreement = record.history.in_force(record.now) if record is not None else loaded.agreement
        self.links = Links(loaded.agreement)
        self.rules = loaded.rules.under(self.agreement)

    @cached_property
    def words(self) -> Words:
        """What the rules mean, in sentences."""
        return Words(self.agreement, self.rules.rule, self.rules.norms, self.rules.trust)

    def rule(self, decision: Decision) -> Rule:
        """The meaning of a decision (or another right)."""
        return self.rules.rule(decision.name)

    # ------------------------------------------------------------ words

    def say(self, words: str, *citations: Citation) -> Runs:
        """A sentence with its terms linked, followed by the clauses it rests on."""
        return (*self.links.runs(words), *self.cited(citations))

    def cited(self, citations: Iterable[Citation]) -> Runs:
        """Clauses in parentheses, each once; nothing for none."""
        found: list[Run] = []
        for citation in dict.fromkeys(citations):
            found += [Text("; " if found else " ("), self.cite(citation)]
        return (*found, Text(")")) if found else ()

    def cite(self, citation: Citation, text: str = "") -> Cite:
        """A reference to a clause."""
        return self.links.cite(citation, text)

    def paragraph(self, words: str, *citations: Citation) -> Paragraph:
        """A sentence as a paragraph."""
        return Paragraph(self.say(words, *citations))
