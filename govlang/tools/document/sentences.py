"""Clauses in sentences, as blocks: what the words back end says, with terms and clauses linked.

In: a `Subject`, and a defined term or a clause. Out: `Block`s.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.backends.words.statement import Statement
from govlang.syntax import nodes as n
from govlang.tools.document.blocks import Block, Heading, Listing, Paragraph, Text
from govlang.tools.document.subject import Subject


def blocks(subject: Subject, statements: tuple[Statement, ...]) -> Iterator[Block]:
    """Statements as paragraphs, each followed by what stands under it."""
    for said in statements:
        here = (said.citation, *said.also)
        if said.text.endswith(":"):
            yield Paragraph((*subject.say(said.text[:-1], *here), Text(":")))
        else:
            yield subject.paragraph(said.text, *here)
        if said.items:
            yield Listing(subject.items(said.items, here))


def headed(subject: Subject, name: str, level: int = 3) -> Iterator[Block]:
    """A defined term's clause under a heading of its own, where links to the term lead."""
    yield Heading(level, (Text(name),), subject.links.terms[name][1])
    yield from blocks(subject, subject.term(name))


def of(subject: Subject, clause: n.Clause) -> Iterator[Block]:
    """What a clause without a name says."""
    yield from blocks(subject, subject.clause(clause))
