"""The MkDocs plug-in: agreements inside any MkDocs site, by the same renderer as everywhere else.

In: the site's configuration and files. Out: every `.gov.md` page rendered with its rules beside its prose, the views of each
agreement as further pages in the navigation, and `{{ govlang("alliance", "authority") }}` on a line of its own replaced by that
view. A thin adapter: MkDocs 1.x is frozen, and nothing of an agreement is known here. Between two builds of `mkdocs serve` an
agreement is made anew only when one of its files has changed.
"""

from __future__ import annotations

import glob
import html as htmllib
import logging
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import base, config_options as c
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from govlang.report.document import anchors, assets, portfolio, site, tables
from govlang.report.document.html import Html, Place, fragment_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

    from govlang import Document, Page as View, Table

log = logging.getLogger("mkdocs.plugins.govlang")

SUFFIXES = (".gov", ".gov.md")
MANY = 5  # from more agreements on, the navigation lists them, and each has a list of its own pages
_MACRO = re.compile(r"^[ \t]*\{\{\s*govlang\(\s*(.*?)\s*\)\s*\}\}[ \t]*$")
_ARGUMENT = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)')\s*(?:,|\Z)""")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_STYLE = "assets/govlang"


class Settings(base.Config):
    """What `plugins: - govlang:` may say."""

    agreements = c.ListOfItems(c.Type(str), default=[])
    """Files, folders or patterns outside the docs folder, from the folder of mkdocs.yml on."""
    records = c.Type(dict, default={})
    """For an agreement by its name: a record, or a list of them."""
    on = c.Type(str, default="")
    """As of which day the records are read."""
    folder = c.Type(str, default="agreements")
    """Where the pages of agreements outside the docs folder stand in the site."""
    title = c.Type(str, default="Agreements")
    """What the navigation calls them."""
    pages = c.ListOfItems(c.Type(str), default=[])
    """Which views to make; all, if left out."""
    nav = c.Choice(("auto", "full", "brief", "none"), default="auto")
    """Every page in the navigation, one line an agreement, none; auto: full for a few agreements, brief for many."""
    downloads = c.Type(bool, default=True)
    """Whether tables are offered as files."""


class Volume:
    """The pages of one agreement: where each stands in the site. `own` is its page in the docs folder, if it has one."""

    def __init__(self, name: str, path: str, base: str, own: str, document: Document, wanted: Iterable[str]) -> None:
        self.name, self.path, self.own, self.document = name, path, own, document
        kept = set(wanted)
        self.views = [view for view in document.pages if not kept or view.slug in kept or view.slug == "errors"]
        self.places = {view.slug: own if own and view.slug == "agreement" else f"{base}/{_file(view.slug)}" for view in self.views}
        self.anchors = anchors.anchors(document)
        self.base = base

    def view(self, slug: str) -> View | None:
        return self.document.page(slug)

    @property
    def home(self) -> str:
        """Where a reader begins."""
        return self.places.get("overview") or self.own or next(iter(self.places.values()), "")

    def tables(self) -> Iterator[Table]:
        for view in self.views:
            yield from tables.tables_in(view.blocks)


class GovlangPlugin(BasePlugin[Settings]):
    """Agreements as pages."""

    def __init__(self) -> None:
        self.volumes: list[Volume] = []
        self.by_place: dict[str, tuple[Volume, View]] = {}
        self.embedded: dict[str, list[tuple[str, Volume, View]]] = {}
        self.kept: dict[str, tuple[object, Document]] = {}
        self.errors: set[str] = set()
        self.front = ""
        self.list_made = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """The plug-in stays as it is from one build of `mkdocs serve` to the next."""

    # ------------------------------------------------------------ before the pages

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """The style of our pages, under a name that changes with it."""
        self.style = assets.named(_STYLE, "css", assets.embedded())
        styles = [each for each in config.extra_css if not str(each).startswith(f"{_STYLE}-")]
        config.extra_css = [*styles, self.style]
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Every agreement is found and made into pages, which join the files of the site."""
        self.embedded = {}
        self.volumes = list(self._volumes(files, config))
        self.by_place = {place: (volume, view) for volume in self.volumes for view in volume.views
                         if (place := volume.places.get(view.slug))}  # fmt: skip
        self.front = f"{self.config.folder.strip('/')}/index.md"
        fronted = len(self.volumes) > 1 and self.front not in self.by_place and files.get_file_from_path(self.front) is None
        self.list_made = fronted
        for place in (*([self.front] if fronted else []), *self.by_place):
            if files.get_file_from_path(place) is None:
                files.append(File.generated(config, place, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        files.append(File.generated(config, self.style, content=assets.embedded()))
        if self.config.downloads:
            self._offer_tables(files, config)
        return files

    def _offer_tables(self, files: Files, config: MkDocsConfig) -> None:
        for volume in self.volumes:
            for table in volume.tables():
                for _, path, content in site.table_files(table):
                    if files.get_file_from_path(f"{volume.base}/{path}") is None:
                        files.append(File.generated(config, f"{volume.base}/{path}", content=content))

    def _volumes(self, files: Files, config: MkDocsConfig) -> Iterator[Volume]:
        found: dict[str, tuple[str, str]] = {}
        for file in files:
            if file.src_uri.endswith(SUFFIXES) and file.abs_src_path and not file.inclusion.is_excluded():
                found[file.abs_src_path] = (posixpath.splitext(file.src_uri.removesuffix(".md"))[0],
                                            file.src_uri if file.src_uri.endswith(".md") else "")  # fmt: skip
        for path in self._outside(config):
            found.setdefault(path, (f"{self.config.folder.strip('/')}/{_stem(path)}", ""))
        documents = self._documents(list(found), config)
        names: set[str] = set()
        bases: set[str] = set()
        for path, document in documents:
            base, own = found[path]
            yield Volume(_free(_stem(path), names), path, _free(base, bases), own, document, self.config.pages)

    def _outside(self, config: MkDocsConfig) -> list[str]:
        root = _root(config)
        found: list[str] = []
        for pattern in self.config.agreements:
            matched = sorted(glob.glob(str(root / pattern), recursive=True))  # noqa: PTH207 - patterns may be absolute
            if not matched:
                raise PluginError(f"govlang: no agreement matches '{pattern}' (looked in {root.name or root})")
            found += matched
        from govlang.tools.check import agreements_in

        return [str(Path(path).resolve()) for path in agreements_in(found) if path.endswith(SUFFIXES)]

    # ------------------------------------------------------------ documents

    def _documents(self, paths: list[str], config: MkDocsConfig) -> list[tuple[str, Document]]:
        """The document of each agreement. A file that another agreement uses is no agreement by itself, unless it has a page."""
        from govlang.tools.check import place_of, used_by

        loaded = {path: self._loaded(path) for path in paths}
        shared = used_by(each for each in loaded.values())
        known = {_stem(path) for path in paths}
        for name in self.config.records:
            if name not in known:
                raise PluginError(f"govlang: records are given for '{name}', and the agreements are {', '.join(sorted(known))}")
        return [(path, self._document(path, loaded[path], config)) for path in paths if place_of(path) not in shared]

    def _loaded(self, path: str) -> Any:
        from govlang import load

        return load(path)

    def _document(self, path: str, loaded: Any, config: MkDocsConfig) -> Document:
        """A document; the one of the last build, where nothing that it rests on has changed."""
        from govlang import NoAnswer, document

        given = self.config.records.get(_stem(path), [])
        records = [str(_root(config) / each) for each in ([given] if isinstance(given, str) else given)]
        state = (loaded.text_hash, self.config.on, tuple(_stamp(each) for each in (*_beside(path), *records)))
        if path in self.kept and self.kept[path][0] == state:
            return self.kept[path][1]
        try:
            made = document(loaded, records, on=self.config.on, name=_stem(path))
        except NoAnswer as error:
            said = "; ".join(found.message for found in error.diagnostics)
            raise PluginError(f"govlang: {path}: {error.message}{f': {said}' if said else ''}") from None
        if not made.sound:
            log.warning("%s has errors: its pages show what is sound, and a page of the errors", Path(path).name)
        self.kept[path] = (state, made)
        return made

    # ------------------------------------------------------------ navigation

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """The pages of each agreement stand where the navigation names its file; all others where it names the list of agreements,
        or at the end."""
        style = "full" if self._listed() else self.config.nav.replace("auto", "brief")
        if style == "none" or not self.volumes:
            return nav
        ours = {place: page for place in self.by_place if (page := self._page(place, files)) is not None}
        rest: list[Any] = []
        for volume in self.volumes:
            made = self._section(volume, style, ours)
            if not volume.own or not _place_in(nav.items, ours[volume.own], made):
                rest.append(made)
        front = self._page(self.front, files)
        if rest and front is not None:
            section = Section(escaped(self.config.title), [front, *rest])
            if not _place_in(nav.items, front, section):
                nav.items.append(section)
        elif rest:
            nav.items += rest if isinstance(rest[0], Section) else [Section(escaped(self.config.title), rest)]
        nav.pages = list(_pages(nav.items))
        _join(nav.pages)
        _adopt(nav.items)
        return nav

    def _listed(self) -> bool:
        """Whether the navigation lists every page."""
        return self.config.nav == "full" or (self.config.nav == "auto" and len(self.volumes) <= MANY)

    def _page(self, place: str, files: Files) -> Page | None:
        file = files.get_file_from_path(place)
        return file.page if file is not None and isinstance(file.page, Page) else None

    def _section(self, volume: Volume, style: str, ours: dict[str, Page]) -> Any:
        """What the navigation shows of an agreement: all its pages by group, or the one to begin with."""
        if style == "brief":
            page = ours[volume.home]
            page.title = escaped(volume.document.title)
            return page
        groups: dict[str, list[Page]] = {}
        for view in volume.views:
            page = ours[volume.places[view.slug]]
            page.title = escaped(view.title)
            groups.setdefault(view.group, []).append(page)
        return Section(escaped(volume.document.title), [Section(escaped(group), list(pages)) for group, pages in groups.items()])

    # ------------------------------------------------------------ pages

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Our pages have no Markdown of their own; in others, a line that names a view makes room for it."""
        if self.list_made and page.file.src_uri == self.front:
            page.meta["title"] = escaped(self.config.title)
            return ""
        if page.file.src_uri in self.by_place:
            volume, view = self.by_place[page.file.src_uri]
            of = "" if self._listed() else f" – {volume.document.title}"
            page.meta["title"] = escaped(f"{view.title}{of}")
            return ""
        if "govlang(" not in markdown:
            return markdown
        lines: list[str] = []
        fence = ""
        for line in markdown.split("\n"):
            opened = _FENCE.match(line)
            if opened and (not fence or line.strip().startswith(fence)):
                fence = "" if fence else opened.group(1)
            macro = None if fence else _MACRO.match(line)
            lines.append(self._room(macro, page) if macro else line)
        return "\n".join(lines)

    def _room(self, macro: re.Match[str], page: Page) -> str:
        """A mark by which the place of a view is found again in the finished page."""
        given = [first or second for first, second in _ARGUMENT.findall(macro[1])]
        where = f"govlang: {page.file.src_uri}"
        if len(given) != 2:
            raise PluginError(f'{where}: write {{{{ govlang("agreement", "view") }}}}, not {macro[0].strip()}')
        name, slug = given
        volume = next((each for each in self.volumes if name in (each.name, each.own, Path(each.path).name)), None)
        if volume is None:
            known = ", ".join(each.name for each in self.volumes) or "none"
            raise PluginError(f"{where}: there is no agreement '{name}'; there are: {known}")
        view = volume.view(slug)
        if view is None:
            known = ", ".join(each.slug for each in volume.document.pages)
            raise PluginError(f"{where}: {name} has no view '{slug}'; it has: {known}")
        rooms = self.embedded.setdefault(page.file.src_uri, [])
        mark = f"govlang-view-{len(rooms) + 1}"
        rooms.append((mark, volume, view))
        return f"\n{mark}\n"

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Our pages and views, as the renderer gives them."""
        if self.list_made and page.file.src_uri == self.front:
            return self._list(page, files)
        ours = self.by_place.get(page.file.src_uri)
        if ours is not None:
            return self._whole(*ours, page, files)
        for mark, volume, view in self.embedded.get(page.file.src_uri, ()):
            writer = self._writer(volume, page, files, page.present_anchor_ids or ())
            fragment = f'<div class="gl-doc">\n{writer.blocks(view.blocks)}</div>\n'
            html = html.replace(f"<p>{mark}</p>", fragment, 1)
            page.present_anchor_ids = {*(page.present_anchor_ids or ()), *writer.taken}
        return html

    def _whole(self, volume: Volume, view: View, page: Page, files: Files) -> str:
        writer = self._writer(volume, page, files, ())
        body = writer.blocks(view.blocks)
        page.toc = contents(writer.places)
        page.present_anchor_ids = set(writer.taken)
        summary = f'<p class="gl-summary">{escaped(view.summary)}</p>\n' if view.summary else ""
        pages = self._own_pages(volume, view, page, files)
        return f'<h1>{escaped(view.title)}</h1>\n<div class="gl-doc">\n{summary}{pages}{body}</div>\n'

    def _list(self, page: Page, files: Files) -> str:
        """The list of all agreements."""
        def link(place: str, _: str) -> str:
            file = files.get_file_from_path(place)
            return file.url_relative_to(page.file) if file is not None else ""

        made = portfolio.page([(volume.document, volume.home) for volume in self.volumes], self.config.title)
        writer = Html(link)
        body = writer.blocks(made.blocks)
        page.present_anchor_ids = set(writer.taken)
        summary = f'<p class="gl-summary">{escaped(made.summary)}</p>\n'
        return f'<h1>{escaped(self.config.title)}</h1>\n<div class="gl-doc">\n{summary}{body}</div>\n'

    def _own_pages(self, volume: Volume, view: View, page: Page, files: Files) -> str:
        """The pages of an agreement, on each of them, where the navigation of the site does not list them."""
        if self._listed():
            return ""
        listed = "".join(
            f'<li><a href="{escaped(self._address(volume, each.slug, "", page, files))}"'
            f'{" aria-current=" + chr(34) + "page" + chr(34) if each is view else ""}>{escaped(each.title)}</a></li>'
            for each in volume.views
        )
        title = escaped(volume.document.title)
        return f'<details class="gl-pages"><summary>All pages of {title}</summary><ul>{listed}</ul></details>\n'

    def _writer(self, volume: Volume, page: Page, files: Files, taken: Iterable[str]) -> Html:
        @cache
        def link(slug: str, anchor: str) -> str:
            return self._address(volume, slug, anchor, page, files)

        def downloads(table: Table) -> list[tuple[str, str]]:
            return self._downloads(volume, table, page, files)

        return Html(link, downloads if self.config.downloads else None, taken)

    def _address(self, volume: Volume, slug: str, anchor: str, page: Page, files: Files) -> str:
        """The address of a place of an agreement, seen from a page; nothing where there is no such place."""
        place = volume.places.get(slug)
        file = files.get_file_from_path(place) if place else None
        if file is None:
            return ""
        there = anchor and anchors.there(volume.anchors, slug, anchor)
        url = "" if file is page.file and there else file.url_relative_to(page.file)
        return url + (f"#{fragment_of(anchor)}" if there else "")

    def _downloads(self, volume: Volume, table: Table, page: Page, files: Files) -> list[tuple[str, str]]:
        found = []
        for words, path, _ in site.table_files(table):
            file = files.get_file_from_path(f"{volume.base}/{path}")
            if file is not None:
                found.append((words, file.url_relative_to(page.file)))
        return found

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Agreements and records outside the docs folder are watched like those inside it."""
        docs = Path(config.docs_dir).resolve()
        watched = {Path(volume.path).parent for volume in self.volumes}
        for given in self.config.records.values():
            watched |= {(_root(config) / each).parent for each in ([given] if isinstance(given, str) else given)}
        for folder in sorted(watched):
            if docs not in (folder.resolve(), *folder.resolve().parents):
                server.watch(str(folder))
        return server


# ---------------------------------------------------------------- names and places


def escaped(words: str) -> str:
    """Words for a theme, which puts titles into its pages as they are."""
    return htmllib.escape(" ".join(words.split()), quote=True)


def contents(places: Iterable[Place]) -> TableOfContents:
    """The headings of a page, as themes show them."""
    found: list[AnchorLink] = []
    above: list[AnchorLink] = []
    for place in places:
        words = f"{place.number} {place.words}" if place.number else place.words
        link = AnchorLink(escaped(words), place.anchor, place.level)
        while above and above[-1].level >= place.level:
            above.pop()
        (above[-1].children if above else found).append(link)
        above.append(link)
    return TableOfContents(found)


def _file(slug: str) -> str:
    """The file of a view; the overview is the first page of its folder."""
    return "index.md" if slug == "overview" else f"{slug}.md"


def _stem(path: str) -> str:
    return Path(path).name.partition(".")[0]


def _free(name: str, taken: set[str]) -> str:
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    taken.add(found)
    return found


def _root(config: MkDocsConfig) -> Path:
    """The folder of mkdocs.yml."""
    return Path(config.config_file_path).parent.resolve() if config.config_file_path else Path(config.docs_dir).parent


def _beside(path: str) -> list[str]:
    """The files beside an agreement on which its answers rest: its holidays and its lock."""
    stem = Path(path).parent / _stem(path)
    return [f"{stem}.holidays.json", f"{stem}.lock.json"]


def _stamp(path: str) -> tuple[str, int, int]:
    """By what it is seen that a file has changed."""
    try:
        found = Path(path).stat()
    except OSError:
        return path, 0, 0
    return path, found.st_mtime_ns, found.st_size


def _pages(items: Iterable[Any]) -> Iterator[Page]:
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children)


def _place_in(items: list[Any], own: Page, made: Any) -> bool:
    """Puts what the navigation shows of an agreement where it names the agreement's file, under the name that it has there. Out:
    whether it names it."""
    for number, item in enumerate(items):
        if item is own:
            items[number] = made
            return True
        if isinstance(item, Section) and _place_in(item.children, own, made):
            return True
    return False


def _join(pages: list[Page]) -> None:
    """Each page with those before and after it."""
    around = [None, *pages, None]
    for before, page, after in zip(around[:-2], pages, around[2:], strict=True):
        page.previous_page, page.next_page = before, after


def _adopt(items: Iterable[Any]) -> None:
    """Each item with the section it stands in."""
    for item in items:
        if isinstance(item, Section):
            for child in item.children:
                child.parent = item
            _adopt(item.children)
