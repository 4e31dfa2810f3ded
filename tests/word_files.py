"""Reading Word files for tests, without the code that wrote them: text, fields, bookmarks, and what is left when every change is
accepted or rejected, as the specification of the format says it (ECMA-376, part 1, 17.13.5)."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Node = Xml.Element


def part(data: bytes, name: str = "word/document.xml") -> Node:
    """A part of a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return Xml.fromstring(file.read(name))


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.namelist()


def body(data: bytes) -> Node:
    found = part(data).find(f"{W}body")
    assert found is not None
    return found


# ---------------------------------------------------------------- text


def text_of(paragraph: Node) -> str:
    """The words of a paragraph; the codes of fields are no words, and what was deleted is none."""
    found = []
    for node in paragraph.iter():
        if node.tag == f"{W}t":
            found.append(node.text or "")
        elif node.tag == f"{W}tab" and "val" not in "".join(node.attrib):
            found.append("\t")
    return "".join(found)


def style_of(paragraph: Node) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def lines(root: Node, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The style and the words of every paragraph, those of tables too; but none of a style that begins so."""
    found = ((style_of(each), text_of(each)) for each in root.iter(f"{W}p"))
    return [line for line in found if not (without and line[0].startswith(without))]


def fields(root: Node) -> Iterator[str]:
    """The codes of the fields."""
    for node in root.iter(f"{W}instrText"):
        yield " ".join((node.text or "").split())


def bookmarks(root: Node) -> list[str]:
    return [node.get(f"{W}name", "") for node in root.iter(f"{W}bookmarkStart")]


HEADING = re.compile(r"Heading\d")


def numbered(data: bytes) -> list[tuple[str, str]]:
    """Each heading as it is shown: its number, as Word counts or as it is written, and its words."""
    return [(number, text) for style, number, text in shown(data) if HEADING.fullmatch(style)]


def shown(data: bytes) -> list[tuple[str, str, str]]:
    """Every paragraph as it is shown: its style, its number if it is a heading, its words."""
    return shown_in(body(data), counted(data))


def counted(data: bytes) -> bool:
    """Whether Word counts the clauses."""
    return any(node.get(f"{W}styleId") == "Heading1" and node.find(f"{W}pPr/{W}numPr") is not None
               for node in part(data, "word/styles.xml"))  # fmt: skip


def shown_in(root: Node, counts: bool) -> list[tuple[str, str, str]]:
    numbers = [0] * 7
    found = []
    for paragraph in root.iter(f"{W}p"):
        style, text = style_of(paragraph), text_of(paragraph)
        number = ""
        if HEADING.fullmatch(style):
            depth = int(style[-1])
            own = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
            if counts and (own is None or own.get(f"{W}val") != "0"):
                numbers[depth] += 1
                numbers[depth + 1 :] = [0] * (6 - depth)
                number = ".".join(map(str, numbers[1 : depth + 1]))
            elif "\t" in text:
                number, _, text = text.partition("\t")
        found.append((style, number, text))
    return found


# ---------------------------------------------------------------- changes


def accepted(root: Node) -> Node:
    """What is left when every change is accepted."""
    return _resolved(root, keep="ins", drop="del")


def rejected(root: Node) -> Node:
    """What is left when every change is rejected."""
    return _resolved(root, keep="del", drop="ins")


def _resolved(root: Node, keep: str, drop: str) -> Node:
    found = copy.deepcopy(root)
    _rows(found, drop)
    _runs(found, keep, drop)
    _marks(found, drop)
    for node in found.iter(f"{W}delText"):
        node.tag = f"{W}t"
    return found


def _rows(root: Node, drop: str) -> None:
    """Rows that were put in or taken out; a table without rows is none."""
    for parent in list(root.iter()):
        for table in [child for child in parent if child.tag == f"{W}tbl"]:
            rows = [row for row in table if row.tag == f"{W}tr"]
            gone = [row for row in rows if row.find(f"{W}trPr/{W}{drop}") is not None]
            for row in gone:
                table.remove(row)
            if len(gone) == len(rows):
                parent.remove(table)


def _runs(root: Node, keep: str, drop: str) -> None:
    """Runs that were put in or taken out."""
    for parent in list(root.iter()):
        if parent.tag in (f"{W}rPr", f"{W}trPr"):
            continue
        children = []
        for child in list(parent):
            if child.tag == f"{W}{drop}":
                continue
            children.extend(list(child) if child.tag == f"{W}{keep}" else [child])
        parent[:] = children


def _marks(root: Node, drop: str) -> None:
    """Paragraphs whose mark goes: what is left of them joins the paragraph behind them, which keeps its own properties."""
    for parent in list(root.iter()):
        pending: list[Node] = []
        for child in list(parent):
            if child.tag != f"{W}p":
                assert not pending, "text that should have joined a paragraph stands before a table"
                continue
            content = [node for node in child if node.tag != f"{W}pPr"]
            if child.find(f"{W}pPr/{W}rPr/{W}{drop}") is not None:
                parent.remove(child)
                pending += [node for node in content if node.tag not in (f"{W}bookmarkStart", f"{W}bookmarkEnd")]
            elif pending:
                place = 1 if child.find(f"{W}pPr") is not None else 0
                child[place:place] = pending
                pending = []
        assert not pending, "the last paragraph cannot go"


# ---------------------------------------------------------------- the order that the schema asks for

ORDER = {
    "pPr": """
        pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
        adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection
        textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange
    """,
    "rPr": """
        ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss
        imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect
        bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath
    """,
    "tblPr": """
        tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange
    """,
    "trPr": """
        cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc
        hidden ins del trPrChange
    """,
    "tcPr": """
        cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark
        headers cellIns cellDel cellMerge tcPrChange
    """,
    "sectPr": """
        headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings
        sectPrChange
    """,
    "tbl": """
        bookmarkStart bookmarkEnd tblPr tblGrid tr
    """,
    "tr": """
        tblPrEx trPr tc
    """,
    "tc": """
        tcPr p tbl
    """,
    "style": """
        name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr
    """,
    "lvl": """
        start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr
    """,
    "settings": """
        writeProtection view zoom removePersonalInformation trackRevisions defaultTabStop autoHyphenation
        characterSpacingControl footnotePr endnotePr compat docVars rsids mathPr attachedSchema themeFontLang
        clrSchemeMapping decimalSymbol listSeparator
    """,
    "numbering": """
        numPicBullet abstractNum num numIdMacAtCleanup
    """,
    "styles": """
        docDefaults latentStyles style
    """,
}

# What may stand in a paragraph, and in a change of runs.
INSIDE = {
    "p": {"pPr", "r", "hyperlink", "bookmarkStart", "bookmarkEnd", "ins", "del", "fldSimple"},
    "ins": {"r", "bookmarkStart", "bookmarkEnd"},
    "del": {"r"},
    "hyperlink": {"r", "bookmarkStart", "bookmarkEnd"},
    "r": {"rPr", "t", "tab", "delText", "fldChar", "instrText", "br"},
    "body": {"p", "tbl", "sectPr"},
}


def misplaced(root: Node) -> list[str]:
    """Elements that stand where the schema does not let them, or in another order."""
    found = []
    for node in root.iter():
        name = node.tag.removeprefix(W)
        children = [child.tag.removeprefix(W) for child in node]
        if name in ORDER:
            known = ORDER[name].split()
            strange = [child for child in children if child not in known]
            places = [
                known.index(child.replace("footerReference", "headerReference")) for child in children if child in known
            ]
            if strange or places != sorted(places):
                found.append(f"{name}: {' '.join(children)}")
        if name in INSIDE and not {*children} <= INSIDE[name] and not (name in ("ins", "del") and not children):
            found.append(f"{name}: {' '.join(children)}")
        if name == "body" and children[-1] != "sectPr":
            found.append("body: does not end with sectPr")
    return found


def unbalanced(root: Node) -> list[str]:
    """Fields that are not begun, parted and ended in this order."""
    depth: list[str] = []
    found = []
    for node in root.iter(f"{W}fldChar"):
        kind = node.get(f"{W}fldCharType", "")
        if kind == "begin":
            depth.append(kind)
        elif kind == "separate" and depth and depth[-1] == "begin":
            depth[-1] = kind
        elif kind == "end" and depth and depth[-1] == "separate":
            depth.pop()
        else:
            found.append(kind)
    return found + depth
