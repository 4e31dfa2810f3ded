"""The look of a Word document: every style, list and setting, each said once.

In: how far clause numbers indent the text, whether Word counts the clauses. Out: the XML of `styles.xml`, `numbering.xml` and
`settings.xml`. A line of a document names a style of this table and says nothing about its look itself.
"""

from __future__ import annotations

from govlang.frozen import dataclass

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FONT, MONO, LANGUAGE = "Arial", "Courier New", "en-GB"
INK, GREY, RULE, TINT = "1A1A1A", "474D57", "9AA3AF", "F1F3F5"

# A4 in twentieths of a point.
SHORT, LONG, MARGIN, NARROW = 11906, 16838, 1418, 1134
PORTRAIT_WIDTH, LANDSCAPE_WIDTH = SHORT - 2 * MARGIN, LONG - 2 * NARROW

HEADINGS, DEEPEST_LIST = 6, 9
CLAUSES, BULLETS = 1, 2  # the lists of numbering.xml
# How far an entry stands in behind a bullet, behind a number, in a box; and how far a box stands in.
STEP, COUNTED, TIGHT, BOX = 280, 454, 180, 100
# How far the bar of a box stands off. It may stand off by 31 points, so entries of five depths can have it.
BAR, BARRED = 3, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with a bullet: of which list, how deep (from 1)."""

    kind: str
    depth: int

    def inset(self, indent: int) -> tuple[int, int]:
        """How far it stands in, and how far its bullet hangs out."""
        if self.kind in ("Summary", "Remark"):
            return indent + BOX + self.depth * TIGHT, TIGHT
        return (indent if self.kind == "ListBullet" else 0) + self.depth * STEP, STEP


def entry_style(kind: str, depth: int) -> str:
    """The style of an entry: ListBullet, ListBullet2 ..."""
    named = kind if kind.startswith("List") else f"{kind}List"
    return f"{named}{depth if depth > 1 else ''}"


# The styles of entries with a bullet. In a box the outermost are paragraphs without one, to have a depth more.
BULLETED = {
    **{entry_style(kind, depth): Entry(kind, depth) for kind in ("ListBullet", "Changes") for depth in range(1, DEEPEST_LIST + 1)},
    **{entry_style(kind, depth): Entry(kind, depth - 1) for kind in ("Summary", "Remark") for depth in range(2, DEEPEST_LIST + 1)},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style: its name in Word, what it builds on, what follows it, and its properties as XML."""

    name: str
    paragraph: str = ""
    run: str = ""
    based: str = "Normal"
    follows: str = ""
    shown: bool = False


Tab = tuple[str, int] | tuple[str, int, str]


def paragraph(
    *, keep: bool = False, together: bool = False, new_page: bool = False, counted: tuple[int, int] | None = None,
    box: int = -1, tabs: tuple[Tab, ...] = (), space: tuple[int, int] | None = None, line: int = 0, left: int = -1,
    hanging: int = 0, right: int = 0, close: bool = False, outline: int = -1,
) -> str:  # fmt: skip
    """Paragraph properties in the order of the schema. `counted` is a list and a level, `space` what stands above and below, `box`
    how far a bar at the left stands off (beyond 31 points there is none); the box is tinted. Between paragraphs of one style that
    is `close` there is no space."""
    parts = ["<w:keepNext/>"] if keep else []
    parts += ["<w:keepLines/>"] if together else []
    parts += ["<w:pageBreakBefore/>"] if new_page else []
    if counted is not None:
        parts.append(f'<w:numPr><w:ilvl w:val="{counted[1]}"/><w:numId w:val="{counted[0]}"/></w:numPr>')
    if box >= 0:
        bar = "single" if box <= 31 else "nil"
        parts.append(f'<w:pBdr><w:left w:val="{bar}" w:sz="18" w:space="{min(box, 31)}" w:color="{RULE}"/></w:pBdr>')
        parts.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>')
    if tabs:
        parts.append(f"<w:tabs>{''.join(map(_tab, tabs))}</w:tabs>")
    if space is not None or line:
        around = f' w:before="{space[0]}" w:after="{space[1]}"' if space is not None else ""
        parts.append(f"<w:spacing{around}" + (f' w:line="{line}" w:lineRule="auto"/>' if line else "/>"))
    if left >= 0:
        first = f'w:hanging="{hanging}"' if hanging else 'w:firstLine="0"'
        parts.append(f'<w:ind w:left="{left}"' + (f' w:right="{right}"' if right else "") + f" {first}/>")
    parts += ["<w:contextualSpacing/>"] if close else []
    parts += [f'<w:outlineLvl w:val="{outline}"/>'] if outline >= 0 else []
    return "".join(parts)


def _tab(stop: Tab) -> str:
    leader = f' w:leader="{stop[2]}"' if len(stop) > 2 else ""
    return f'<w:tab w:val="{stop[0]}"{leader} w:pos="{stop[1]}"/>'


def run(*, bold: bool = False, italic: bool = False, mono: bool = False, colour: str = "", size: float = 0) -> str:
    """Run properties in the order of the schema; `size` in points."""
    parts = [f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:eastAsia="{MONO}" w:cs="{MONO}"/>'] if mono else []
    parts += ["<w:b/><w:bCs/>"] if bold else []
    parts += ["<w:i/><w:iCs/>"] if italic else []
    parts += ["<w:noProof/>"] if mono else []
    parts += [f'<w:color w:val="{colour}"/>'] if colour else []
    parts += [f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'] if size else []
    return "".join(parts)


# ---------------------------------------------------------------- the table of styles


def looks(indent: int, numbered: bool) -> dict[str, Look]:
    """Every paragraph style by its identifier. `indent` is how far clause numbers push the text in."""
    return {
        "Normal": Look("Normal", paragraph(space=(0, 0)), based="", shown=True),
        "BodyText": Look("Body Text", paragraph(space=(0, 120), line=276, left=indent), shown=True),
        **_front(indent), **_headings(indent, numbered), **_lists(indent), **_boxes(indent), **_tables(), **_ends(), **_changes(),
    }  # fmt: skip


def _front(indent: int) -> dict[str, Look]:
    edge: Tab = ("right", PORTRAIT_WIDTH, "dot")
    first, second, third = (Look(
        f"toc {depth}", paragraph(tabs=(("left", left + indent), edge), space=(100 if depth == 1 else 0, 20), left=left + indent,
                                  hanging=indent, right=567),
        run(bold=depth == 1, size=10 if depth < 3 else 9),
    ) for depth, left in ((1, 0), (2, 0), (3, 284)))  # fmt: skip
    return {
        "Title": Look("Title", paragraph(keep=True, space=(1400, 200)), run(bold=True, size=26), follows="Subtitle", shown=True),
        "Subtitle": Look("Subtitle", paragraph(space=(0, 560), line=276), run(colour=GREY, size=13), follows="FrontText",
                         shown=True),
        "FrontText": Look("Front Text", paragraph(space=(0, 120), line=276)),
        "FrontList": Look("Front List", paragraph(tabs=(("left", 567),), left=567, hanging=567), based="FrontText"),
        "FrontFacts": Look("Front Facts", paragraph(tabs=(("left", 1985),), space=(400, 400), left=1985, hanging=1985, close=True),
                           based="FrontText"),
        "TOCHeading": Look("TOC Heading", paragraph(keep=True, new_page=True, space=(0, 200)), run(bold=True, size=15)),
        "TOC1": first, "TOC2": second, "TOC3": third,
    }  # fmt: skip


def _headings(indent: int, numbered: bool) -> dict[str, Look]:
    found = {}
    for level in range(1, HEADINGS + 1):
        size, before, after = {1: (15, 480, 160), 2: (11.5, 300, 100)}.get(level, (10.5, 240, 80))
        found[f"Heading{level}"] = Look(
            f"heading {level}",
            paragraph(keep=True, together=True, counted=(CLAUSES, level - 1) if numbered else None, tabs=(("left", indent),),
                      space=(before, after), left=indent, hanging=indent, outline=level - 1),
            run(bold=True, italic=level > 3, colour=INK, size=size), follows="BodyText", shown=True,
        )  # fmt: skip
    return found


def _lists(indent: int) -> dict[str, Look]:
    found = {}
    for depth in range(1, DEEPEST_LIST + 1):
        style, counts = entry_style("ListBullet", depth), indent + depth * COUNTED
        left, hanging = BULLETED[style].inset(indent)
        name = f" {depth}" if depth > 1 else ""
        found[style] = Look(
            f"List Bullet{name}", paragraph(space=(0, 60), left=left, hanging=hanging), based="BodyText"
        )
        found[entry_style("ListNumber", depth)] = Look(
            f"List Number{name}",
            paragraph(tabs=(("left", counts),), space=(0, 60), left=counts, hanging=COUNTED),
            based="BodyText",
        )
    return found


def _boxes(indent: int) -> dict[str, Look]:
    """What is set apart by a bar and a tint. The bar stays where it is: the further in an entry, the further off its bar."""
    inside = paragraph(box=BAR, space=(0, 0), line=288, left=indent + BOX)
    found = {
        "Summary": Look("Summary", inside, run(colour=GREY, size=9)),
        "SummaryTitle": Look("Summary Title", paragraph(keep=True), run(bold=True), based="Summary", follows="Summary"),
        "SummaryList": Look("Summary List", based="Summary"),
        "Remark": Look("Remark", inside, run(size=9.5)),
        "RemarkTitle": Look("Remark Title", paragraph(keep=True), run(bold=True), based="Remark", follows="Remark"),
        "RemarkList": Look("Remark List", based="Remark"),
        "AfterBox": Look("After Box", paragraph(space=(0, 0), line=160)),
        "Definition": Look("Definition", paragraph(space=(0, 100), line=264), based="BodyText"),
        "Quote": Look("Quote", paragraph(left=indent + 400, right=400), run(italic=True), based="BodyText"),
        "SourceLine": Look("Source Line", paragraph(left=indent), run(mono=True, size=8)),
    }
    for style, entry in BULLETED.items():
        if entry.kind in ("Summary", "Remark"):
            left, hanging = entry.inset(indent)
            off = BAR + (entry.depth - 1) * TIGHT // 20 if entry.depth < BARRED else 99
            look = paragraph(box=off, left=left, hanging=hanging)
            found[style] = Look(f"{entry.kind} List {entry.depth + 1}", look, based=entry.kind)
    return found


def _tables() -> dict[str, Look]:
    return {
        "Caption": Look("caption", paragraph(keep=True, space=(240, 100)), run(bold=True, size=10)),
        "TableText": Look("Table Text", paragraph(space=(30, 30)), run(size=8.5)),
        "TableHead": Look("Table Head", paragraph(keep=True), run(bold=True), based="TableText"),
        "TableNote": Look("Table Note", paragraph(space=(80, 160)), run(colour=GREY, size=8.5)),
    }


def _ends() -> dict[str, Look]:
    lines: tuple[Tab, ...] = (("left", 1985), ("right", 7655, "underscore"))
    wide: tuple[Tab, ...] = (("clear", PORTRAIT_WIDTH), ("right", LANDSCAPE_WIDTH))
    small = run(colour=GREY, size=8)
    return {
        "SignatureParty": Look("Signature Party", paragraph(keep=True, together=True, space=(520, 60)), run(size=10.5)),
        "SignatureLine": Look("Signature Line", paragraph(keep=True, together=True, tabs=lines, space=(200, 0))),
        "SignatureEnd": Look("Signature End", paragraph(space=(0, 0))),
        "SectionEnd": Look("Section End", paragraph(space=(0, 0)), run(size=1)),
        "Colophon": Look("Colophon", paragraph(space=(480, 0)), small),
        "Header": Look("header", paragraph(tabs=(("right", PORTRAIT_WIDTH),)), small),
        "HeaderWide": Look("Header Wide", paragraph(tabs=wide), based="Header"),
        "Footer": Look("footer", paragraph(tabs=(("right", PORTRAIT_WIDTH),)), small),
        "FooterWide": Look("Footer Wide", paragraph(tabs=wide), based="Footer"),
    }


def _changes() -> dict[str, Look]:
    """The summary of changes that stands before a comparison."""
    return {
        "ChangesTitle": Look("Changes Title", paragraph(keep=True, space=(0, 160)), run(bold=True, size=18)),
        "ChangesHeading": Look("Changes Heading", paragraph(keep=True, space=(220, 60)), run(bold=True, size=10.5)),
        "ChangesText": Look("Changes Text", paragraph(space=(0, 80), line=264)),
        **{
            style: Look(f"Changes List {entry.depth}", paragraph(space=(0, 50), left=entry.inset(0)[0], hanging=STEP),
                        based="ChangesText")
            for style, entry in BULLETED.items() if entry.kind == "Changes"
        },
    }  # fmt: skip


# ---------------------------------------------------------------- the parts of the file


def styles(indent: int, numbered: bool) -> str:
    """`styles.xml`."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    language = f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{run(colour=INK, size=10)}{language}</w:rPr></w:rPrDefault>"
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
    )
    return f'<w:styles xmlns:w="{NAMESPACE}">{defaults}{"".join(_all(indent, numbered))}</w:styles>'


def _all(indent: int, numbered: bool) -> list[str]:
    found = [_style(key, look) for key, look in looks(indent, numbered).items()]
    for key, name, look in (
        ("StrongWords", "Strong Words", run(bold=True)), ("Emphasised", "Emphasised", run(italic=True)),
        ("CodeWords", "Code Words", run(mono=True, size=9)),
    ):  # fmt: skip
        inner = f'<w:name w:val="{name}"/><w:rPr>{look}</w:rPr>'
        found.append(f'<w:style w:type="character" w:customStyle="1" w:styleId="{key}">{inner}</w:style>')
    return [*found, *_defaults(), _grid()]


def _defaults() -> list[str]:
    """The styles that everything has which names none."""
    cell = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 28), ("left", 85), ("bottom", 28), ("right", 85))
    )
    return [
        _default("character", "DefaultParagraphFont", "Default Paragraph Font", '<w:uiPriority w:val="1"/><w:semiHidden/>'),
        _default("table", "TableNormal", "Normal Table", '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
                 f'<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{cell}</w:tblCellMar></w:tblPr>'),
        _default("numbering", "NoList", "No List", "<w:semiHidden/>"),
    ]  # fmt: skip


def _default(kind: str, key: str, name: str, inner: str) -> str:
    return f'<w:style w:type="{kind}" w:default="1" w:styleId="{key}"><w:name w:val="{name}"/>{inner}</w:style>'


def _grid() -> str:
    """The style of tables: thin lines, a tinted head."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in sides)
    tint = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr>'
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Schedule"><w:name w:val="Schedule"/><w:basedOn w:val="TableNormal"/>'
        f'<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow">{tint}</w:tblStylePr></w:style>'
    )


# What Word has under the same name is built in; all else is ours.
_BUILT_IN = ("Normal", "Body Text", "Title", "Subtitle", "Quote", "caption", "header", "footer", "TOC Heading", "toc ", "heading ",
             "List Bullet", "List Number")  # fmt: skip


def _style(key: str, look: Look) -> str:
    own = "" if look.name.startswith(_BUILT_IN) and not look.name.endswith(" Wide") else ' w:customStyle="1"'
    default = ' w:default="1"' if key == "Normal" else ""
    inner = f'<w:name w:val="{look.name}"/>'
    inner += f'<w:basedOn w:val="{look.based}"/>' if look.based else ""
    inner += f'<w:next w:val="{look.follows}"/>' if look.follows else ""
    inner += "<w:qFormat/>" if look.shown else ""
    inner += f"<w:pPr>{look.paragraph}</w:pPr>" if look.paragraph else ""
    inner += f"<w:rPr>{look.run}</w:rPr>" if look.run else ""
    return f'<w:style w:type="paragraph"{default}{own} w:styleId="{key}">{inner}</w:style>'


def numbering(indent: int, numbered: bool) -> str:
    """`numbering.xml`: bullets and, if Word counts them, the clauses (1, 1.1, 1.1.1 ...), tied to the headings."""
    levels = {BULLETS: "".join(map(_bullet, range(9)))}
    if numbered:
        levels[CLAUSES] = "".join(_clause(level, indent) for level in range(HEADINGS))
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{levels[key]}</w:abstractNum>'
        for key in sorted(levels)
    )
    lists = "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in sorted(levels))
    return f'<w:numbering xmlns:w="{NAMESPACE}">{kinds}{lists}</w:numbering>'


def _bullet(level: int) -> str:
    sign = "•–"[level % 2]
    return (f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="tab"/>'
            f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/></w:lvl>')  # fmt: skip


def _clause(level: int, indent: int) -> str:
    shown = ".".join(f"%{each + 1}" for each in range(level + 1))
    place = paragraph(tabs=(("left", indent),), left=indent, hanging=indent)
    return (f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{level + 1}"/>'
            f'<w:suff w:val="tab"/><w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/><w:pPr>{place}</w:pPr></w:lvl>')  # fmt: skip


def settings() -> str:
    """`settings.xml`: no fields updated on opening, no dialogue, the layout of today's Word."""
    today = "".join(f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
                    for name, value in (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1),
                                        ("enableOpenTypeFeatures", 1), ("doNotFlipMirrorIndents", 1)))  # fmt: skip
    return (
        f'<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{today}</w:compat><w:themeFontLang w:val="{LANGUAGE}"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )
