"""One page of a document, or all of them, as one HTML file that opens anywhere: its looks stand in it, nothing is fetched.

In: a document and some of its pages. Out: HTML. Links lead to what is in the file; other words stand without a link.
"""

from __future__ import annotations

from collections.abc import Iterable

from govlang.report.document import assets, shell
from govlang.report.document.anchors import anchors_in
from govlang.report.document.escape import escaped
from govlang.report.document.html import Html, fragment_of
from govlang.report.document.values import as_of
from govlang.tools.document.blocks import Document, Page


def html(document: Document, pages: Iterable[Page] | None = None) -> str:
    """A whole file."""
    shown = tuple(document.pages if pages is None else pages)
    alone = shown[0] if len(shown) == 1 else None
    title = f"{escaped(alone.title)} – {escaped(document.title)}" if alone else escaped(document.title)
    about = alone.summary if alone else document.text
    inner = _alone(alone) if alone else _several(shown)
    body = (
        f'<div class="gl-frame gl-alone">\n<main class="gl-main" id="{shell.MAIN}">\n'
        f'<h1 class="gl-title">{escaped(alone.title if alone else document.title)}</h1>\n'
        + (f'<p class="gl-summary">{escaped(about)}</p>\n' if about else "")
        + f'<article class="gl-doc">\n{inner}</article>\n</main>\n</div>\n'
        f'<footer class="gl-footer">\n<p>{escaped(_facts(document))}</p>\n'
        f"<p>SHA-256 of the text: {escaped(document.text_hash)}</p>\n</footer>\n"
    )
    return shell.whole(title, document.language, body, f"<style>\n{assets.site()}</style>", about)


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
