"""Where a document can be linked to, and which of its links lead nowhere.

In: a `Document`, or blocks. Out: the anchors of each page, and every link to a page or an anchor that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from govlang.frozen import dataclass, parts
from govlang.tools.document import blocks as b

Anchors = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, order=True)
class Dangling:
    """A link that leads nowhere: the page it stands on, its words, and the place that is not there."""

    page: str
    words: str
    to: str


def anchors_in(blocks: Iterable[b.Block]) -> frozenset[str]:
    """The anchors in blocks."""
    return frozenset(anchor for anchor in _anchors(blocks) if anchor)


def _anchors(blocks: Iterable[b.Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case b.Heading():
                yield block.anchor
            case b.Table():
                yield f"table-{block.key}"
                yield from (row.anchor for row in block.rows)
            case b.Diagram() | b.Plot():
                yield block.key
            case b.Source() if block.line:
                yield from (f"line-{block.line + count}" for count in range(len(block.text.rstrip("\n").split("\n"))))
            case b.Note() | b.Quote():
                yield from _anchors(block.blocks)
            case b.Beside():
                yield from _anchors((*block.left, *block.right))
            case b.Pairs():
                for pair in block.pairs:
                    yield pair.anchor
                    yield from _anchors(pair.blocks)
            case _:
                continue


def anchors(document: b.Document) -> Anchors:
    """The anchors of each page, by its slug."""
    return {page.slug: anchors_in(page.blocks) for page in document.pages}


def dangling(document: b.Document, known: Anchors | None = None) -> tuple[Dangling, ...]:
    """Every link of a document that leads nowhere, by page."""
    places = anchors(document) if known is None else known
    found: set[Dangling] = set()
    for page in document.pages:
        for part in parts(page.blocks):
            if isinstance(part, b.Term | b.Cite | b.Link) and part.page and not there(places, part.page, part.anchor):
                found.add(Dangling(page.slug, part.text, f"{part.page}#{part.anchor}" if part.anchor else part.page))
    order = {page.slug: place for place, page in enumerate(document.pages)}
    return tuple(sorted(found, key=lambda each: (order[each.page], each.words, each.to)))


def there(known: Anchors, page: str, anchor: str) -> bool:
    """Whether a page, and (if one is named) an anchor on it, are there."""
    return page in known and (not anchor or anchor in known[page])
