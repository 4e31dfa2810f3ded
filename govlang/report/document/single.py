"""One page of a document, or all of them, as one HTML file that opens anywhere: its looks stand in it, nothing is fetched.

In: a document and some of its pages. Out: HTML. Links lead to what is in the file; other words stand without a link.
"""

from __future__ import annotations

from collections.abc import Iterable

from govlang.frozen import replace
from govlang.report.document import shell
from govlang.report.document.anchors import anchors_in
from govlang.report.document.escape import escaped
from govlang.report.document.html import Html, fragment_of
from govlang.report.document.values import as_of
from govlang.tools.document.blocks import Block, Document, Heading, Item, Link, Listing, Page, Text, text
from govlang.tools.document.links import TEXT_PAGE
from govlang.tools.document.paper import Paper


def html(document: Document, pages: Iterable[Page] | None = None) -> str:
    """A whole file."""
    shown = tuple(document.pages if pages is None else pages)
    alone = shown[0] if len(shown) == 1 else None
    title = f"{escaped(alone.title)} – {escaped(document.title)}" if alone else escaped(document.title)
    about = alone.summary if alone else document.text
    inner = _alone(alone) if alone else _several(shown)
    return _whole(title, alone.title if alone else document.title, about, inner, document)


def paper(found: Paper) -> str:
    """An agreement as it is read and signed: its first page, a list of contents, its clauses, signatures, schedules."""
    entries: list[Item] = []
    for heading in found.headings(3):
        number = Text(f"{heading.number} " if heading.number else "")
        entry = Item((number, Link(text(heading.runs), TEXT_PAGE, heading.anchor)))
        if heading.level > 2 and entries:
            entries[-1] = replace(entries[-1], items=(*entries[-1].items, entry))
        else:
            entries.append(entry)
    contents: tuple[Block, ...] = (Heading(2, (Text("Contents"),), "contents"), Listing(tuple(entries))) if entries else ()
    front = tuple(block for part in found.parts if part.kind == "front" for block in part.blocks)
    rest = tuple(block for part in found.parts if part.kind != "front" for block in part.blocks)
    page = Page(TEXT_PAGE, found.title, "Agreement", (*front, *contents, *rest))
    of = Document(found.slug, found.source, found.title, found.text, found.version, found.text_hash, (page,), None, (),
                  found.sound, found.language)  # fmt: skip
    return _whole(escaped(found.title), found.title, found.text, _alone(page), of)


def _whole(title: str, heading: str, about: str, inner: str, document: Document) -> str:
    footer = (escaped(_facts(document)), f"SHA-256 of the text: {escaped(document.text_hash)}")
    return shell.alone(title, heading, inner, about, footer, document.language)


def _facts(document: Document) -> str:
    """Of what the file is: the agreement, its version, the day."""
    facts = [document.title, f"version {document.version}" if document.version else "", f"made from {document.source}"]
    facts += [f"as of {as_of(document.on)}"] if document.on is not None else []
    return ", ".join(fact for fact in facts if fact)


def _alone(page: Page) -> str:
    known = anchors_in(page.blocks)

    def link(to: str, anchor: str) -> str:
        return f"#{fragment_of(anchor)}" if to == page.slug and anchor in known else ""

    return Html(link, None, shell.TAKEN).blocks(page.blocks)


def _several(pages: tuple[Page, ...]) -> str:
    """Pages one below the other. Two of them may name a place alike, so links lead to where a page begins."""
    slugs = {page.slug for page in pages}
    taken = {*shell.TAKEN, *(f"page-{slug}" for slug in slugs)}
    found = []
    for page in pages:
        writer = Html(lambda to, anchor: f"#{fragment_of(f'page-{to}')}" if to in slugs else "", None, taken)
        name = escaped(f"page-{page.slug}")
        summary = f'<p class="gl-summary">{escaped(page.summary)}</p>\n' if page.summary else ""
        found.append(f'<section id="{name}">\n<h2 class="gl-heading">{escaped(page.title)}</h2>\n{summary}'
                     f"{writer.blocks(page.blocks)}</section>\n")  # fmt: skip
        taken = writer.taken
    return "".join(found)
