"""Where headings are found in one long Markdown text, by the names that its readers give them.

In: pages, in the order in which they are written. Out: a `Linker` to headings. GitHub and Python-Markdown name headings each in
its own way; a heading is linked only where both give it the same name, and no other heading has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from govlang.report.document.markdown_runs import Linker, one_line
from govlang.tools.document.blocks import Beside, Block, Heading, Note, Page, Pairs, Quote, text


def within(pages: Iterable[Page]) -> Linker:
    """Links inside a text that is made of pages; their titles are headings too."""
    found = [(page.slug, anchor, words) for page in pages for anchor, words in _headings(page)]
    named = [(page, anchor, _github(words), _python(words)) for page, anchor, words in found]
    often = Counter(name for _, _, *names in named for name in set(names))
    places: dict[tuple[str, str], str] = {}
    for page, anchor, one, other in named:
        if one == other and one and often[one] == 1:
            places.setdefault((page, anchor), f"#{one}")
    return lambda page, anchor: places.get((page, anchor), "")


def _headings(page: Page) -> Iterable[tuple[str, str]]:
    if page.title:
        yield "", one_line(page.title)
    yield from _inside(page.blocks)


def _inside(shown: Iterable[Block]) -> Iterable[tuple[str, str]]:
    for block in shown:
        match block:
            case Heading():
                yield block.anchor, one_line(f"{block.number} {text(block.runs)}".strip())
            case Note(blocks=inner) | Quote(inner):
                yield from _inside(inner)
            case Beside(left, right):
                yield from _inside((*left, *right))
            case Pairs(pairs):
                for pair in pairs:
                    yield from _inside(pair.blocks)
            case _:
                pass


def _github(words: str) -> str:
    return re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")


def _python(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
