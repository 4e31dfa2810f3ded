"""A paper as a Word document (.docx).

In: a `Paper`. Out: bytes, the same for the same paper. Clauses are counted by Word where their numbers are 1, 1.1, 1.1.1 in order,
and stand as text where they are not; references to clauses are fields, the list of contents is one. Needs the extra `word`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from govlang.diagnostics import MissingExtra
from govlang.frozen import dataclass
from govlang.report.document import word_styles as styles, word_xml as xml
from govlang.report.document.word_lines import Grid, Item, Line, Piece, Turn, clean, lines
from govlang.tools.document.paper import Paper

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _BaseHeaderFooter

EARLIEST = datetime(1980, 1, 1)
# What a new document of python-docx brings along and nobody asked for.
_UNWANTED = ("stylesWithEffects", "webSettings", "fontTable", "theme", "customXml", "thumbnail")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the lines: the head and the foot of each page, and what the file says of itself."""

    title: str
    text: str
    version: str
    text_hash: str
    head: xml.Marked
    foot: xml.Marked
    made: datetime


def docx(paper: Paper) -> bytes:
    """The Word document of a paper."""
    items = lines(paper)
    writer = xml.Writer(counted(items), indent(items), stamp(paper))
    return package(body(writer, items), frame(paper), writer)


def frame(paper: Paper) -> Frame:
    """What stands around the lines of a paper."""
    said = f"Text {paper.short_hash}"
    version = f"Version {clean(paper.version)}" if paper.version else ""
    head = Line("Header", (Piece(clean(paper.title)), Piece(f"\t{version}")))
    foot = Line("Footer", (Piece(" · ".join(part for part in (version, said) if part)),))
    return Frame(clean(paper.title), clean(paper.text), clean(paper.version), paper.text_hash, xml.plain(head), xml.plain(foot),
                 made(paper))  # fmt: skip


def stamp(paper: Paper) -> str:
    """When changes to a paper are said to have been made: on the day from which it is in force."""
    return f"{made(paper):%Y-%m-%dT%H:%M:%SZ}"


def made(paper: Paper) -> datetime:
    """The day from which a paper is in force; a constant, if it says none. There is no clock."""
    return datetime.combine(paper.since, datetime.min.time()) if paper.since is not None else EARLIEST


# ---------------------------------------------------------------- clause numbers


def counted(items: Iterable[Item]) -> bool:
    """Whether the numbers of the clauses are those that Word would count: 1, 1.1, 1.2, 2 ..., each at its depth."""
    numbers = [0] * (styles.HEADINGS + 1)
    found = False
    for item in items:
        if isinstance(item, Line) and item.depth and item.number:
            numbers[item.depth] += 1
            numbers[item.depth + 1 :] = [0] * (styles.HEADINGS - item.depth)
            if item.number != ".".join(map(str, numbers[1 : item.depth + 1])):
                return False
            found = True
    return found


def indent(items: Iterable[Item]) -> int:
    """How far the text stands in, so that the longest clause number fits before it."""
    longest = max(
        (len(item.number) + (4 if item.depth == 1 else 0) for item in items if isinstance(item, Line) and item.depth),
        default=0,
    )
    return min(max(longest * 130 + 120, 680), 1900)


# ---------------------------------------------------------------- the body


def body(writer: xml.Writer, items: Sequence[Item]) -> str:
    """The XML between the first page and the last."""
    found: list[str] = []
    entries = [place for place, item in enumerate(items) if isinstance(item, Line) and item.entry]
    for place, item in enumerate(items):
        match item:
            case Line():
                before, after = contents(place == entries[0], place == entries[-1]) if item.entry else ("", "")
                found.append(writer.marked_line(xml.plain(item), before, after))
            case Grid():
                found.append(writer.grid(item))
            case Turn():
                found.append(turn())
                writer.across = True
    return "".join(found) + xml.section(writer.across, cover=not writer.across)


def contents(first: bool, last: bool) -> tuple[str, str]:
    """The field of the list of contents: begun before its first entry, ended after its last. Word writes the pages when it is asked
    to update it; until then the entries stand without."""
    begin = xml.sign("begin") + xml.instruction('TOC \\o "1-3" \\h \\z \\u') + xml.sign("separate")
    return begin if first else "", xml.sign("end") if last else ""


def turn() -> str:
    """The end of the upright pages."""
    return f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{xml.section(False, cover=True)}</w:pPr></w:p>'


# ---------------------------------------------------------------- the file


def package(inside: str, around: Frame, writer: xml.Writer) -> bytes:
    """A .docx file."""
    document = _empty()
    document.part._element = _parsed(
        f'<w:document xmlns:w="{styles.NAMESPACE}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<w:body>{inside}</w:body></w:document>"
    )
    document = document.part.document
    made_of = {
        "styles": styles.styles(writer.indent, writer.numbered), "numbering": styles.numbering(writer.indent, writer.numbered),
        "settings": styles.settings(),
    }  # fmt: skip
    for name, text in made_of.items():
        part: Any = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith(f"/{name}"))
        part._element = _parsed(text)
    _edges(document, around, writer)
    _said(document, around)
    written = io.BytesIO()
    document.save(written)
    return _same(written.getvalue())


def _empty() -> Document:
    """A new document with nothing in it. Raises MissingExtra."""
    try:
        from docx import Document
    except ImportError as error:
        raise MissingExtra("word", "a Word document") from error
    document = Document()
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rpartition("/")[2] in _UNWANTED]:
            del rels[key]
    return document


def _parsed(text: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(text)


def _edges(document: Document, around: Frame, writer: xml.Writer) -> None:
    """The head and the foot of each page; the first page has a foot alone."""
    for number, part in enumerate(document.sections):
        across = (
            part.orientation is not None and part.page_width is not None and part.page_width > (part.page_height or 0)
        )
        wide = "Wide" if across else ""
        pairs: list[tuple[_BaseHeaderFooter, xml.Marked | None, str]]
        pairs = [(part.header, around.head, "Header"), (part.footer, around.foot, "Footer")]
        if number == 0:
            pairs += [(part.first_page_header, None, "Header"), (part.first_page_footer, around.foot, "Footer")]
        for edge, shown, style in pairs:
            edge.is_linked_to_previous = False
            said = _edge(writer, shown, f"{style}{wide}") if shown is not None else _line(Line(style, ()))
            element = edge._element
            for old in list(element):
                element.remove(old)
            element.append(_parsed(said))


def _edge(writer: xml.Writer, shown: xml.Marked, style: str) -> str:
    """The line of a head or a foot; a foot counts the pages."""
    counting = ""
    if style.startswith("Footer"):
        words = [f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>' for part in ("Page ", " of ")]
        one = "<w:r><w:t>1</w:t></w:r>"
        counting = f"<w:r><w:tab/></w:r>{words[0]}{xml.field('PAGE', one)}{words[1]}{xml.field('NUMPAGES', one)}"
    inside = writer.bits(shown.bits)
    return f'<w:p xmlns:w="{styles.NAMESPACE}"><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inside}{counting}</w:p>'


def _line(line: Line) -> str:
    return f'<w:p xmlns:w="{styles.NAMESPACE}"><w:pPr><w:pStyle w:val="{line.style}"/></w:pPr></w:p>'


def _said(document: Document, around: Frame) -> None:
    """What the file says of itself."""
    core = document.core_properties
    core.title, core.subject, core.version = around.title[:255], around.text[:255], around.version[:255]
    core.identifier, core.language, core.category = f"sha256:{around.text_hash}", styles.LANGUAGE, "Agreement"
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.created = core.modified = around.made
    core.revision = 1
    app = next(
        rel.target_part for rel in document.part.package.rels.values() if rel.reltype.endswith("/extended-properties")
    )
    app._blob = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        b"<Application>govlang</Application></Properties>"
    )


def _same(data: bytes) -> bytes:
    """A zip file with nothing in it of when it was made."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(member, old.read(name), compresslevel=9)
    return found.getvalue()
