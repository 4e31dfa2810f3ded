"""What a tool answers about the record of a subject, or why it does not.

In: a `Subject` with a record, and a question to a tool. Out: the answer; or the blocks that say why there is none, so that a page
tells its reader what to put right.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from govlang.backends.words import english
from govlang.tools.document import cells
from govlang.tools.document.blocks import Block, Item, Listing, Note, Paragraph, Text
from govlang.tools.document.subject import Recorded, Subject
from govlang.tools.questions import NoAnswer

T = TypeVar("T")


def answer(ask: Callable[[], T]) -> T | tuple[Block, ...]:
    """What a tool answers; else a note with its reasons and what to do about them."""
    try:
        return ask()
    except NoAnswer as none:
        return (refused(none),)


def refused(none: NoAnswer) -> Note:
    """Why there is no answer, for a page."""
    blocks: list[Block] = [Paragraph((Text(english.sentence(none.hint)),))] if none.hint else []
    found = [f"{item.message}{f' ({item.hint})' if item.hint else ''}" for item in none.diagnostics]
    blocks += [Listing(tuple(Item((Text(english.sentence(each)),)) for each in found))] if found else []
    return Note("warning", english.sentence(none.message), tuple(blocks))


def as_of(record: Recorded) -> str:
    """The day that the page is about: in the course of a day, at its end."""
    last = record.now + timedelta(seconds=1)
    whole = last.date() != record.now.date()
    return english.day(record.now.date()) if whole else english.moment(record.now)


def nothing(subject: Subject, words: str) -> Paragraph:
    """A sentence where a table would be empty."""
    return Paragraph(subject.links.runs(cells.spoken(words)))
