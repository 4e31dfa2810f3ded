"""The index of a document from A to Z: its pages, clauses, defined terms and rows, each with where it stands.

In: a document and its links. Out: HTML of a plain list that works without scripts; a small script can narrow it down.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from govlang.frozen import dataclass, parts
from govlang.report.document.escape import escaped
from govlang.report.document.html import Link
from govlang.tools.document import blocks as b

SLUG, TITLE = "a-z", "Index from A to Z"
SUMMARY = "Every page, clause and defined term, by name."
_FIGURES, _OTHERS = "0-9", "Other"


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be looked up: its words, what they are beside, where it stands."""

    words: str
    about: str
    href: str


def entries(document: b.Document, link: Link) -> list[Entry]:
    """Everything that can be looked up, in order of its words."""
    found = dict.fromkeys(each for each in _found(document, link) if each.words.strip() and each.href)
    return sorted(found, key=lambda each: (_letter_rank(each.words), _folded(each.words), each.words, each.about, each.href))


def _found(document: b.Document, link: Link) -> Iterator[Entry]:
    for page in document.pages:
        yield Entry(page.title, "page", link(page.slug, ""))
        for part in parts(page.blocks):
            match part:
                case b.Heading() if part.anchor:
                    about = f"clause {part.number}" if part.number else page.title
                    yield Entry(b.text(part.runs), about, link(page.slug, part.anchor))
                case b.Pair() if part.anchor:
                    yield Entry(b.text(part.term), page.title, link(page.slug, part.anchor))
                case b.Row() if part.anchor and part.cells:
                    yield Entry(b.text(part.cells[0].runs), page.title, link(page.slug, part.anchor))
                case _:
                    continue


def html(found: list[Entry]) -> str:
    """The list, letter by letter."""
    groups = [(letter, list(each)) for letter, each in groupby(found, lambda entry: _letter(entry.words))]
    letters = "".join(f'<li><a href="#{_anchor(letter)}">{escaped(letter)}</a></li>' for letter, _ in groups)
    inner = "".join(
        f'<section class="gl-letter" id="{_anchor(letter)}"><h2>{escaped(letter)}</h2>\n'
        f'<ul class="gl-entries">\n{"".join(map(_line, each))}</ul></section>\n'
        for letter, each in groups
    )
    return f'<ul class="gl-letters" aria-label="Letters">{letters}</ul>\n<div data-find>\n{inner}</div>\n'


def _line(entry: Entry) -> str:
    return f'<li><a href="{escaped(entry.href)}">{escaped(entry.words)}</a> <span>{escaped(entry.about)}</span></li>\n'


def _folded(words: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", words) if not unicodedata.combining(char)).casefold()


def _letter(words: str) -> str:
    first = _folded(words.strip())[:1].upper()
    if first.isdigit():
        return _FIGURES
    return first if first.isalpha() else _OTHERS


def _letter_rank(words: str) -> tuple[int, str]:
    letter = _letter(words)
    return {_OTHERS: 0, _FIGURES: 1}.get(letter, 2), letter


def _anchor(letter: str) -> str:
    return f"gl-letter-{ord(letter):x}" if len(letter) == 1 else f"gl-letter-{letter.lower()}"
