"""A paper, or pages of a document, as PDF: tagged (PDF/UA-1), with bookmarks, links and a list of contents.

In: a `Paper` or a `Document`. Out: bytes, the same for the same paper. It is set by typst in the fonts that typst carries
(Libertinus Serif, DejaVu Sans Mono) and no others, unless a folder of fonts is given; every word goes in as data, so that none is
read as markup. A character that no font has is shown by its number. Needs the extra `pdf`. Raises MissingExtra, NoAnswer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from govlang.diagnostics import MissingExtra
from govlang.report.document.pdf_data import Data, Links, Setter, wide, words
from govlang.report.document.values import as_of
from govlang.tools.document import blocks as b
from govlang.tools.document.links import TEXT_PAGE
from govlang.tools.document.paper import Paper
from govlang.tools.questions import NoAnswer

STANDARD = "ua-1"
_MISSING = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_TRIES = 4


def pdf(paper: Paper, fonts: str | Path = "") -> bytes:
    """A paper as PDF. `fonts` is a folder of further fonts, for scripts that typst's own do not cover."""
    return compiled(paper_data(paper), fonts)


def document(found: b.Document, pages: Iterable[b.Page] | None = None, fonts: str | Path = "") -> bytes:
    """A document as PDF, or (with `pages`) only some of it: each page of it begins a new page."""
    return compiled(document_data(found, tuple(found.pages if pages is None else pages)), fonts)


# ---------------------------------------------------------------- what is set


def paper_data(paper: Paper) -> Data:
    """A paper as data. Its parts stand in the order in which it has them; the list of contents comes after the front. All of it is
    one page to those who link to it."""
    links = Links()
    setter = Setter(links, TEXT_PAGE, -1)
    version = f"Version {paper.version}" if paper.version else ""
    front = [data for part in paper.parts if part.kind == "front" for data in setter.blocks(part.blocks)]
    parts = [data for part in paper.parts if part.kind != "front" for data in _parts(setter, part.blocks, part.kind == "text")]
    links.close()
    return {
        **_frame(paper.title, paper.text, paper.language, version, paper.text_hash, paper.source),
        "front": front, "parts": parts, "contents": 3 if paper.headings() else 0, "across": False,
    }  # fmt: skip


def document_data(found: b.Document, pages: tuple[b.Page, ...]) -> Data:
    """Pages of a document as data; links lead to pages and places that are among them."""
    links = Links()
    alone = len(pages) == 1
    facts = [f"Version {found.version}"] if found.version else []
    facts += [f"as of {as_of(found.on)}"] if found.on is not None else []
    across = alone and wide(pages[0].blocks)
    parts: list[Data] = []
    for page in pages:
        setter = Setter(links, page.slug, -1 if alone else 0)
        if alone:
            parts = [{"flip": False, "new": False, "blocks": setter.blocks(page.blocks)}]
        else:
            parts += _parts(setter, page.blocks, False, [setter.title(page)])
    links.close()
    title = f"{pages[0].title} – {found.title}" if alone else found.title
    about = pages[0].summary if alone else found.text
    return {
        **_frame(title, about, found.language, ", ".join(facts), found.text_hash, found.source),
        "front": [], "parts": parts, "contents": 0 if alone else 1, "across": across,
    }  # fmt: skip


def _frame(title: str, about: str, language: str, version: str, text_hash: str, source: str) -> Data:
    """What stands around the text."""
    foot = " · ".join(part for part in (words(version), f"Text {text_hash[:12]}") if part)
    return {
        "title": words(title), "about": words(about), "language": language, "version": words(version), "foot": foot,
        "colophon": f"Made from {words(source)}. SHA-256 of the text: {text_hash}.",
    }  # fmt: skip


def _parts(setter: Setter, blocks: tuple[b.Block, ...], cut: bool, head: Iterable[Data] = ()) -> list[Data]:
    """Blocks as parts of the paper, the first on a page of its own. What has a wide table is laid across: all of it, or (`cut`)
    what stands under one heading."""
    found: list[Data] = []
    first = list(head)
    for section in _sections(blocks) if cut else [blocks]:
        across = wide(section)
        data = [*first, *setter.blocks(section)]
        first = []
        if found and not found[-1]["flip"] and not across:
            found[-1]["blocks"] += data
        else:
            found.append({"flip": across, "new": not found, "blocks": data})
    return [part for part in found if part["blocks"]]


def _sections(blocks: tuple[b.Block, ...]) -> Iterator[tuple[b.Block, ...]]:
    """Blocks from one heading to the next; headings that follow each other stay together."""
    start = 0
    for at in range(1, len(blocks)):
        if isinstance(blocks[at], b.Heading) and not isinstance(blocks[at - 1], b.Heading):
            yield blocks[start:at]
            start = at
    if blocks:
        yield blocks[start:]


# ---------------------------------------------------------------- setting


@cache
def _template() -> bytes:
    return resources.files("govlang.report.document").joinpath("assets", "paper.typ").read_bytes()


def compiled(data: Data, fonts: str | Path = "") -> bytes:
    """The PDF of data. What no font can show is replaced and set again."""
    try:
        import typst
    except ImportError as error:
        raise MissingExtra("pdf", "a PDF") from error
    if not hasattr(typst, "TypstError"):
        raise MissingExtra("pdf", "a PDF (by typst 0.14 or later)")
    if fonts and not Path(fonts).is_dir():
        raise NoAnswer(f"there is no folder of fonts '{fonts}'", "name a folder that holds .ttf or .otf files")
    text = json.dumps(data, ensure_ascii=False)
    for _ in range(_TRIES):
        try:
            return _set(typst, text, fonts)
        except typst.TypstError as error:
            missing = {_ESCAPE.sub(_character, found) for found in _MISSING.findall(f"{error.message}\n{error.diagnostic}")}
            if not missing:
                raise NoAnswer(f"the PDF cannot be set: {error.message}", "please report it, with the agreement") from error
            text = _without(text, missing)
    raise NoAnswer("the PDF cannot be set: the fonts lack characters that it needs", "give a folder of fonts that have them")


def _set(typst: Any, text: str, fonts: str | Path) -> bytes:
    found = typst.compile(
        _template(), format="pdf", sys_inputs={"data": text}, pdf_standards=[STANDARD], ignore_system_fonts=True, timestamp=0,
        font_paths=[str(fonts)] if fonts else [],
    )  # fmt: skip
    assert isinstance(found, bytes)
    return found


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _without(text: str, missing: Iterable[str]) -> str:
    """The data with the characters that are missing shown by their numbers."""
    for character in sorted({each for found in missing for each in found}):
        if ord(character) > 127:
            text = text.replace(character, f"[U+{ord(character):04X}]")
    return text
