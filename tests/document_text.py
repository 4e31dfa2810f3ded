"""What stands on the pages of a document, for tests: plain words, places that links lead to, places they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlang.frozen import parts
from govlang.tools.document.blocks import (
    Beside,
    Block,
    Box,
    Cite,
    Diagram,
    Document,
    Heading,
    Item,
    Link,
    Listing,
    Note,
    Page,
    Pairs,
    Paragraph,
    Quote,
    Row,
    Source,
    Table,
    Term,
    text,
)


def plain(blocks: Iterable[Block]) -> Iterator[str]:
    """The words of blocks, line by line, in their order."""
    for block in blocks:
        match block:
            case Heading(_, runs, _, number):
                yield f"{number} {text(runs)}".strip()
            case Paragraph(runs):
                yield text(runs)
            case Listing(items):
                yield from _items(items)
            case Table(title=title, columns=columns, rows=rows, note=note):
                yield title
                yield " | ".join(column.title for column in columns)
                yield from (" | ".join(text(cell.runs) for cell in row.cells) for row in rows)
                yield text(note)
            case Pairs(pairs):
                for pair in pairs:
                    yield text(pair.term)
                    yield from plain(pair.blocks)
            case Note(_, title, inner):
                yield title
                yield from plain(inner)
            case Quote(inner):
                yield from plain(inner)
            case Source(words):
                yield words
            case Beside(left, right):
                yield from plain(left)
                yield from plain(right)
            case Diagram(title=title, description=description):
                yield title
                yield description
            case _:
                pass


def said(page: Page | None) -> str:
    """All the words of a page; each line once more without the line ends in it."""
    assert page is not None
    return "\n".join(plain(page.blocks))


def _items(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        yield text(item.runs)
        yield from _items(item.items)


def anchors(page: Page) -> list[str]:
    """Every place of a page that a link can lead to."""
    found: list[str] = []
    for part in parts(page.blocks):
        match part:
            case Heading(anchor=anchor) | Row(anchor=anchor):
                found.append(anchor)
            case Pairs(pairs):
                found += [pair.anchor for pair in pairs]
            case _:
                pass
    return [anchor for anchor in found if anchor]


def targets(page: Page) -> set[tuple[str, str]]:
    """Every place inside the document that a page links to."""
    found: set[tuple[str, str]] = set()
    for part in parts(page.blocks):
        match part:
            case Term(page=where, anchor=anchor) | Cite(page=where, anchor=anchor):
                found.add((where, anchor))
            case Link(page=where, anchor=anchor, address="") | Box(page=where, anchor=anchor):
                if where:
                    found.add((where, anchor))
            case _:
                pass
    return found


def dangling(document: Document) -> list[str]:
    """Links that lead nowhere, and places that two things have."""
    places = {(page.slug, "") for page in document.pages}
    places |= {(page.slug, anchor) for page in document.pages for anchor in anchors(page)}
    wrong = [
        f"{page.slug} links to {where}#{anchor}" for page in document.pages
        for where, anchor in sorted(targets(page)) if (where, anchor) not in places
    ]  # fmt: skip
    for page in document.pages:
        known = anchors(page)
        wrong += [f"{anchor} stands twice on {page.slug}" for anchor in sorted(set(known)) if known.count(anchor) > 1]
    slugs = [page.slug for page in document.pages]
    wrong += [f"two pages are called {slug}" for slug in sorted(set(slugs)) if slugs.count(slug) > 1]
    keys = [part.key for page in document.pages for part in parts(page.blocks) if isinstance(part, Table | Diagram)]
    return wrong + [f"two tables are called {key}" for key in sorted(set(keys)) if keys.count(key) > 1]
