"""One page of a document, or all of them, in any form; and the list of the pages there are.

In: a document, the name of a page (empty for all), a form, the key of a table. Out: bytes. Raises NoAnswer for a page, a table or
a form that there is not, and MissingExtra.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govlang.diagnostics import did_you_mean
from govlang.report.document import tables
from govlang.report.text import safe, wrapped
from govlang.tools.document.blocks import Document, Page, Table
from govlang.tools.questions import NoAnswer

FORMS = ("md", "html", "json", "csv", "xlsx", "pdf")


def shown(found: Document, slug: str, form: str, table: str = "", fonts: str = "") -> bytes:
    """A page, or the whole document, in a form. `fonts` is a folder of further fonts for a PDF."""
    pages = (page_of(found, slug),) if slug else found.pages
    match form:
        case "json":
            from govlang.report.document import data

            return data.document(found, pages).encode("utf-8")
        case "html":
            from govlang.report.document import single

            return single.html(found, pages).encode("utf-8", "replace")
        case "csv":
            return tables.as_csv(table_of(pages, table)).encode("utf-8", "replace")
        case "xlsx":
            if not tables.tables_of(pages):
                raise NoAnswer(f"there is no table {_on(pages)}", "leave out the page for the tables of all pages")
            return tables.as_workbook(found, pages)
        case "pdf":
            from govlang.report.document import pdf

            return pdf.document(found, pages, fonts)
        case "md":
            from govlang.report.document import markdown

            text = markdown.page(pages[0]) if slug else markdown.document(found)
            return text.encode("utf-8", "replace")
        case _:
            raise NoAnswer(f"'{form}' is no form of a page", did_you_mean(form, FORMS) or f"forms: {', '.join(FORMS)}")


def page_of(found: Document, slug: str) -> Page:
    """The page of a name."""
    page = found.page(slug)
    if page is None:
        names = [each.slug for each in found.pages]
        record = "" if found.on is not None else "; pages on what has happened need a record"
        hint = did_you_mean(slug, names) or f"its pages are: {', '.join(names) or 'none'}"
        raise NoAnswer(f"there is no page '{slug}' about {found.title or found.source}", hint + record)
    return page


def table_of(pages: Sequence[Page], key: str) -> Table:
    """The table that is asked for; the only one, if none is named."""
    known = {table.key: table for table in tables.tables_of(pages)}
    if not known:
        raise NoAnswer(f"there is no table {_on(pages)}", "ask for it as Markdown, HTML or JSON")
    if not key and len(known) == 1:
        return next(iter(known.values()))
    listed = f"its tables are: {', '.join(known)}"
    if not key:
        raise NoAnswer(f"there are {len(known)} tables {_on(pages)}, and CSV holds one", f"choose with --table KEY; {listed}")
    if key not in known:
        raise NoAnswer(f"there is no table '{key}' {_on(pages)}", did_you_mean(key, known) or listed)
    return known[key]


def _on(pages: Sequence[Page]) -> str:
    return f"on page '{pages[0].slug}'" if len(pages) == 1 else "in this document"


def listed(found: Document) -> str:
    """The pages that there are, by group, each with its title and the keys of its tables."""
    return "\n".join(_listed(found)) + "\n"


def _listed(found: Document) -> Iterator[str]:
    width = max((len(page.slug) for page in found.pages), default=0)
    yield safe(found.title or found.source)
    for group in dict.fromkeys(page.group for page in found.pages):
        yield ""
        yield safe(group)
        for page in found.pages:
            if page.group == group:
                keys = ", ".join(table.key for table in tables.tables_of([page]))
                said = f"{page.title} (tables: {keys})" if keys else page.title
                yield from wrapped(said, f"  {safe(page.slug):<{width}}  ", " " * (width + 4))
    if found.on is None:
        yield ""
        yield "With a record there are more: --record FILE."
