"""A whole site: every page of one or several agreements, their tables as files, an index, all linked by relative addresses.

In: documents. Out: every file by its path (`files`), or a folder of them (`build`). Nothing is fetched from anywhere, nothing
needs a script or a server, and the same documents give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from govlang import __version__
from govlang.diagnostics import MissingExtra
from govlang.frozen import dataclass
from govlang.report.document import anchors, assets, data, folder, html, index, portfolio, shell, tables, values
from govlang.report.document.anchors import Dangling
from govlang.report.document.escape import escaped
from govlang.tools.document import blocks as b

TITLE = "Agreements"
_TAKEN = ("assets", "tables", "index", "404")  # names that no folder of an agreement may have
_WORKBOOK = "tables.xlsx"
_LONGEST = 80  # letters of a file's name; one may take three bytes, and a name has at most 255
_SHORT = 16  # figures of a hash that a reader compares

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Built:
    """What was written: the folder, the number of pages, and the links of each document that lead nowhere."""

    out: str
    pages: int
    dangling: tuple[tuple[str, tuple[Dangling, ...]], ...]


def build(documents: Sequence[b.Document], out: str | Path, *, title: str = "") -> Built:
    """Writes the site into a folder, all at once. Raises `folder.Refused` where the folder is not one to write into."""
    made = files(documents, title=title)
    folder.write(made, Path(out))
    pages = sum(name.endswith(".html") for name in made)
    broken = tuple((document.source, anchors.dangling(document)) for document in documents)
    return Built(str(out), pages, tuple((source, found) for source, found in broken if found))


def files(documents: Sequence[b.Document], *, title: str = "", script: str = "") -> Files:
    """Every file of the site by its path. `script` runs on every page; none does without it."""
    css = assets.named("assets/govlang", "css", assets.site())
    found: Files = {css: assets.site().encode()}
    names = _folders(documents)
    listed = [_Volume(document, name, css, len(documents) > 1, script) for document, name in zip(documents, names, strict=True)]
    for volume in listed:
        found |= volume.files()
    if len(listed) == 1:
        found["index.html"] = _onward(listed[0]).encode()
    else:
        found |= _front(listed, title or TITLE, css, script)
    found["404.html"] = _lost().encode()
    return dict(sorted(found.items()))


def _folders(documents: Iterable[b.Document]) -> list[str]:
    """A folder for each document; a name that is taken gets a number."""
    found: list[str] = []
    for document in documents:
        name, count = document.slug, 1
        while name in found or name in _TAKEN:
            count += 1
            name = f"{document.slug}-{count}"
        found.append(name)
    return found


def encoded(text: str) -> bytes:
    """Text in UTF-8; halves of characters, which a broken file name may hold, give way to a question mark."""
    return text.encode("utf-8", "replace")


def table_files(table: b.Table) -> list[tuple[str, str, bytes]]:
    """A table as files: what each is called, its path, its content."""
    rows = {"title": data.clean(table.title), "rows": values.records(table)}
    path = f"tables/{file_name(table.key)}"
    return [
        ("CSV", f"{path}.csv", encoded(tables.as_csv(table))),
        ("JSON", f"{path}.json", encoded(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")),
    ]


def workbook(document: b.Document) -> bytes | None:
    """All tables as one workbook; none where there are no tables, or the extra is not installed."""
    if not tables.tables_of(document.pages):
        return None
    try:
        return tables.as_workbook(document)
    except MissingExtra:
        return None


# ---------------------------------------------------------------- one agreement


class _Volume:
    """The pages of one agreement in a folder of their own."""

    def __init__(self, document: b.Document, name: str, css: str, several: bool, script: str) -> None:
        self.document, self.name, self.css, self.several, self.script = document, name, css, several, script
        self.known = anchors.anchors(document)
        self.names = _names(document)
        self.workbook = workbook(document)

    def link(self, page: str, anchor: str) -> str:
        """The address of a place from any page of the folder; of the page, where the place is not on it; else nothing."""
        if page not in self.names:
            return ""
        there = anchor and anchors.there(self.known, page, anchor)
        return quote(self.names[page]) + (f"#{html.fragment_of(anchor)}" if there else "")

    @property
    def home(self) -> str:
        """Where the agreement begins, from the root of the site."""
        return f"{self.name}/index.html"

    def files(self) -> Files:
        """Every file of the folder, by its path from the root of the site."""
        found: Files = {}
        pages = self._in_order()
        for place, page in enumerate(pages):
            before = pages[place - 1] if place else None
            after = pages[place + 1] if place + 1 < len(pages) else None
            found[self.names[page.slug]] = encoded(self._page(page, before, after))
            for table in tables.tables_in(page.blocks):
                for _, path, content in table_files(table):
                    found.setdefault(path, content)
        found["index.html"] = found.get("index.html") or encoded(self._empty())
        found[self.names[index.SLUG]] = encoded(self._index())
        if self.workbook is not None:
            found[_WORKBOOK] = self.workbook
        found["document.json"] = encoded(data.document(self.document))
        return {f"{self.name}/{path}": content for path, content in found.items()}

    # ------------------------------------------------------------ pages

    def _in_order(self) -> list[b.Page]:
        """The pages as the navigation lists them: group by group."""
        groups = list(dict.fromkeys(page.group for page in self.document.pages))
        return sorted(self.document.pages, key=lambda page: groups.index(page.group))

    def _page(self, page: b.Page, before: b.Page | None, after: b.Page | None) -> str:
        writer = html.Html(self.link, self._downloads, shell.TAKEN, page.title)
        body = writer.blocks((*self._warning(page), *page.blocks))
        sheet = shell.Sheet(
            page.title, self.link(page.slug, ""), body, page.summary, page.group, writer.places, self._turn(before),
            self._turn(after),
        )  # fmt: skip
        return shell.page(self.frame, sheet)

    def _turn(self, page: b.Page | None) -> tuple[str, str] | None:
        return (page.title, self.link(page.slug, "")) if page is not None else None

    def _warning(self, page: b.Page) -> tuple[b.Block, ...]:
        """That a text has errors is said on every page (unless it says so itself): what rests on them is not on it."""
        said_so = any(isinstance(block, b.Note) and block.kind == "error" for block in page.blocks)
        if self.document.sound or page.slug == "errors" or said_so:
            return ()
        said = portfolio.wrong(self.document.brief) or "errors"
        runs = (b.Text(f"The text of this agreement has {said}, so that pages may lack what rests on them: see the "),
                b.Link("list of errors", "errors"), b.Text("."))  # fmt: skip
        return (b.Note("error", "This is not the whole agreement", (b.Paragraph(runs),)),)

    def _downloads(self, table: b.Table) -> list[tuple[str, str]]:
        path = f"tables/{quote(file_name(table.key))}"
        all_of_it = [("all tables as a workbook", _WORKBOOK)] if self.workbook is not None else []
        return [("CSV", f"{path}.csv"), ("JSON", f"{path}.json"), *all_of_it]

    def _index(self) -> str:
        body = index.html(index.entries(self.document, self.link))
        sheet = shell.Sheet(index.TITLE, self.names[index.SLUG], body, index.SUMMARY, script=assets.read("find.js"))
        return shell.page(self.frame, sheet)

    def _empty(self) -> str:
        """The first page of an agreement that has none."""
        sheet = shell.Sheet(self.document.title, "index.html", "<p>There is nothing in this agreement yet.</p>\n")
        return shell.page(self.frame, sheet)

    # ------------------------------------------------------------ what the pages have in common

    @cached_property
    def frame(self) -> shell.Frame:
        document = self.document
        above = (("All agreements", "../index.html"),) if self.several else ()
        facts = [f"Version {document.version}"] if document.version else []
        facts += [document.brief.status] if document.brief.status else []
        facts += [f"as of {values.as_of(document.on)}"] if document.on is not None else []
        return shell.Frame(
            document.language, document.title, "index.html", f"../{self.css}", " · ".join(facts),
            (*above, (index.TITLE, self.names[index.SLUG])), self._groups(), tuple(self._footer()),
            (*above, (document.title, "index.html")), self.script,
        )  # fmt: skip

    def _groups(self) -> tuple[tuple[str, tuple[shell.Entry, ...]], ...]:
        """The navigation: pages by group, those of single decisions under the list of decisions."""
        inner = tuple(self._entry(page) for page in self.document.pages if page.slug.startswith("decision-"))
        above = self.document.page("decisions")
        found: dict[str, list[shell.Entry]] = {}
        for page in self.document.pages:
            if above is not None and page.slug.startswith("decision-"):
                continue
            found.setdefault(page.group, []).append(self._entry(page, inner if page is above else ()))
        return tuple((group, tuple(entries)) for group, entries in found.items())

    def _entry(self, page: b.Page, inner: tuple[shell.Entry, ...] = ()) -> shell.Entry:
        return shell.Entry(page.title, self.link(page.slug, ""), inner)

    def _footer(self) -> list[str]:
        document = self.document
        version = f", version {escaped(document.version)}" if document.version else ""
        short = document.text_hash[:_SHORT]
        shown = f'SHA-256 <code title="{escaped(document.text_hash)}">{escaped(short)}</code>'
        found = [f"<strong>{escaped(document.title)}</strong>{version}. Text: {escaped(document.source)}, {shown}."]
        if document.on is not None:
            names = f"Record: {escaped(', '.join(document.records))}, as" if document.records else "As"
            found.append(f"{names} of {escaped(values.as_of(document.on))}.")
        made = f"Made by govlang {escaped(__version__)} from the agreement and its record, and from nothing else."
        return [*found, f'{made} <a href="document.json">All of it as JSON</a>.']


def _names(document: b.Document) -> dict[str, str]:
    """The file of each page; the overview (or, where there is none, the first page) is the first of the folder."""
    first = "overview" if document.page("overview") is not None else next((page.slug for page in document.pages), "")
    found: dict[str, str] = {}
    for slug in (*(page.slug for page in document.pages), index.SLUG):
        found.setdefault(slug, "index.html" if slug == first else f"{file_name(slug)}.html")
    return found


def file_name(name: str) -> str:
    """A name as that of a file, without its ending."""
    return re.sub(r"[^\w-]+", "-", name)[:_LONGEST].strip("-") or "x"


# ---------------------------------------------------------------- pages above the agreements


def _front(listed: Sequence[_Volume], title: str, css: str, script: str) -> Files:
    """The list of agreements."""
    page = portfolio.page([(volume.document, volume.home) for volume in listed], title)
    found: Files = {}
    downloads: list[tuple[str, str]] = []
    for table in tables.tables_in(page.blocks):
        for words, path, content in table_files(table):
            found[path] = content
            downloads.append((words, path))
    writer = html.Html(lambda place, _: quote(place), lambda _: downloads, shell.TAKEN, title)
    made = f"Made by govlang {escaped(__version__)}."
    frame = shell.Frame("en", title, "index.html", css, footer=(made,), script=script)
    found["index.html"] = encoded(shell.page(frame, shell.Sheet(title, "index.html", writer.blocks(page.blocks), page.summary)))
    return found


def _onward(volume: _Volume) -> str:
    """The first page of a site with one agreement: it leads to that agreement at once."""
    title, href = escaped(volume.document.title), escaped(quote(volume.home))
    style = f'<meta http-equiv="refresh" content="0; url={href}">\n<link rel="stylesheet" href="{escaped(volume.css)}">'
    body = f'<main class="gl-frame gl-alone gl-main"><p><a href="{href}">{title}</a></p></main>\n'
    return shell.whole(title, volume.document.language, body, style)


def _lost() -> str:
    """The page that servers show for an address that leads nowhere. It may be shown at any depth, so that it brings its style."""
    body = (
        '<main class="gl-frame gl-alone gl-main"><h1 class="gl-title">There is no such page</h1>\n'
        '<p>The address may be old or misspelt. Go back, or begin at <a href="index.html">the first page</a>.</p></main>\n'
    )
    return shell.whole("There is no such page", "en", body, f"<style>\n{assets.site()}</style>")
