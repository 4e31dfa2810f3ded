"""Pictures of boxes and arrows as SVG that everybody can read: a title and a description, words that stay inside their boxes.

In: a `Diagram`. Out: SVG text. Its colours stand in it, so that it looks the same in a file of its own, in Word and in a PDF; on
a page, the classes (`gl-box`, `gl-arrow`, `gl-label` ...) let a style sheet say otherwise, in the dark or in print. The kinds of
boxes differ in shape, not by colour alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from govlang.frozen import dataclass
from govlang.report.document import layout, measure
from govlang.report.document.escape import escaped, one_line
from govlang.report.document.layout import Picture, Placed, Tag, Wire
from govlang.tools.document.blocks import Diagram

INK, MUTED, LINE = "#1b1f27", "#414b5a", "#566072"
# Of each kind of box: the colour inside, the colour of its edge, how thick the edge is, how round its corners are, its dashes.
_LOOKS = {
    "start": ("#e8f0fb", "#2a5a9c", 2, 22, ""),
    "step": ("#f5f6f8", "#566072", 1, 4, ""),
    "choice": ("#fff6dd", "#7d5a00", 2, 0, ""),
    "gate": ("#f5f6f8", "#1b1f27", 2, 4, ""),
    "end": ("#eceef2", "#1b1f27", 3, 22, ""),
    "good": ("#e5f4ea", "#1a6b3a", 3, 22, ""),
    "bad": ("#fdeaea", "#9c2328", 2, 22, "7 4"),
    "aside": ("#ffffff", "#566072", 1, 4, "4 4"),
}  # fmt: skip
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, 'DejaVu Sans', sans-serif"
_HEAD = 7  # half the width of the head of an arrow

Link = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class _Style:
    """How things are marked: `alone` without classes; `link` gives the address of a place in the document."""

    alone: bool
    link: Link | None

    def named(self, words: str) -> str:
        return "" if self.alone else f' class="{words}"'


def diagram(block: Diagram, link: Link | None = None, *, standalone: bool = False, prefix: str = "") -> str:
    """A diagram as SVG. `link` gives the address of a page and anchor (empty for none), and makes links of the boxes that
    have a clause; `standalone` is for a file: no classes, no links, and paper behind it. `prefix` keeps the ids of several
    documents on one page apart. What has links inside is a group to those who hear it: in a picture there is nothing to follow."""
    style = _Style(standalone, None if standalone else link)
    picture = layout.laid_out(block)
    inner = [_wire(wire, style) for wire in picture.wires]
    boxes = [_box(box, style) for box in picture.boxes]
    linked = any("<a " in box for box in boxes)
    inner += [*boxes, *(_tag(tag, style) for tag in picture.tags)]
    return _whole(block, picture, "".join(inner), "group" if linked else "img", style, prefix)


def _whole(block: Diagram, picture: Picture, inner: str, role: str, style: _Style, prefix: str) -> str:
    name = f"gl-{prefix}{'-' if prefix else ''}{re.sub(r'[^a-z0-9]+', '-', block.key.lower()).strip('-') or 'picture'}"
    width, height = picture.width, picture.height
    paper = f'<rect width="{width}" height="{height}" fill="#ffffff"/>' if style.alone else ""
    look = f' style="max-width:100%;height:auto"{style.named("gl-picture")}' if not style.alone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="{role}"'
        f' aria-labelledby="{name}-title {name}-desc" font-family="{_FONT}"{look}>'
        f'<title id="{name}-title">{one_line(block.title)}</title><desc id="{name}-desc">{one_line(block.description)}</desc>'
        f"{paper}{inner}</svg>\n"
    )


# ---------------------------------------------------------------- boxes


def _box(placed: Placed, style: _Style) -> str:
    box = placed.box
    kind = box.kind if box.kind in _LOOKS else "step"
    said = " ".join(f"{box.label}: {box.note}".split()) if box.note else box.label
    title = (
        f"<title>{one_line(said)}{f' ({one_line(box.citation.label())})' if box.citation is not None else ''}</title>"
    )
    inner = f"{title}{_shape(placed, kind, style)}{_words(placed, style)}"
    href = style.link(box.page, box.anchor) if style.link is not None and box.page else ""
    if href:
        inner = f'<a href="{escaped(href)}">{inner}</a>'
    return f"<g{style.named(f'gl-box gl-box-{kind}')}>{inner}</g>"


def _shape(placed: Placed, kind: str, style: _Style) -> str:
    fill, edge, thick, corner, dashes = _LOOKS[kind]
    x, y, width, height = placed.x, placed.y, placed.width, placed.height
    look = f'fill="{fill}" stroke="{edge}" stroke-width="{thick}"{_dashed(dashes)}{style.named("gl-shape")}'
    if kind == "choice":
        cut, right, low = 10, x + width, y + height
        points = ((x + cut, y), (right - cut, y), (right, y + cut), (right, low - cut), (right - cut, low), (x + cut, low),
                  (x, low - cut), (x, y + cut))  # fmt: skip
        return f'<polygon points="{_points(points)}" {look}/>'
    shape = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{min(corner, height // 2)}" {look}/>'
    if kind == "gate":
        bar = f'fill="{edge}"{style.named("gl-bar")}'
        shape += f'<rect x="{x}" y="{y}" width="5" height="{height}" {bar}/>'
    if kind == "good":
        ring = (
            f'rx="{min(corner, height // 2) - 4}" fill="none" stroke="{edge}" stroke-width="1"{style.named("gl-ring")}'
        )
        shape += f'<rect x="{x + 4}" y="{y + 4}" width="{width - 8}" height="{height - 8}" {ring}/>'
    return shape


def _words(placed: Placed, style: _Style) -> str:
    middle = placed.x + placed.width // 2
    size = layout.LABEL
    at = placed.y + layout.PAD + size - 3
    found = [
        _line(line, middle, at + row * (size + layout.LEAD), size, True, style) for row, line in enumerate(placed.label)
    ]
    at += len(placed.label) * (size + layout.LEAD)
    size = layout.NOTE
    found += [
        _line(line, middle, at + row * (size + layout.LEAD), size, False, style) for row, line in enumerate(placed.note)
    ]
    return "".join(found)


def _line(words: str, middle: int, base: int, size: int, bold: bool, style: _Style) -> str:
    """A line of text around its middle. Where the width of a letter is not known, the line is held to the width it was given."""
    held = (
        ""
        if measure.usual(words)
        else f' textLength="{measure.width(words, size, bold)}" lengthAdjust="spacingAndGlyphs"'
    )
    look = f'fill="{INK if bold else MUTED}" font-size="{size}"{_weight(bold)}{style.named("gl-label" if bold else "gl-small")}'
    return f'<text x="{middle}" y="{base}" text-anchor="middle" {look}{held}>{escaped(words)}</text>'


def _weight(bold: bool) -> str:
    return ' font-weight="600"' if bold else ""


def _dashed(dashes: str) -> str:
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def _points(points: tuple[tuple[int, int], ...]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


# ---------------------------------------------------------------- arrows


def _wire(wire: Wire, style: _Style) -> str:
    dashed = wire.arrow.kind == "dashed"
    look = f'fill="none" stroke="{LINE}" stroke-width="2"{_dashed("6 4" if dashed else "")}'
    way = " ".join(_way(stretch) for stretch in wire.stretches)
    (x, y), sign = (wire.stretches[0][0], -1) if wire.up else (wire.stretches[-1][-1], 1)
    head = ((x, y), (x - _HEAD, y - sign * 2 * _HEAD), (x + _HEAD, y - sign * 2 * _HEAD))
    kind = "gl-arrow gl-dashed" if dashed else "gl-arrow"
    return (
        f'<g{style.named(kind)}><path d="{way}" {look}{style.named("gl-way")}/>'
        f'<polygon points="{_points(head)}" fill="{LINE}"{style.named("gl-head")}/></g>'
    )


def _way(points: tuple[tuple[int, int], ...]) -> str:
    """A line through points: straight down, and in a curve between rows where it moves aside."""
    (x, y), rest = points[0], points[1:]
    found = [f"M{x} {y}"]
    for after_x, after_y in rest:
        if after_x == x:
            found.append(f"L{after_x} {after_y}")
        else:
            bend = (y + after_y) // 2
            found.append(f"C{x} {bend} {after_x} {bend} {after_x} {after_y}")
        x, y = after_x, after_y
    return "".join(found)


def _tag(tag: Tag, style: _Style) -> str:
    size = layout.WORDS
    lines = "".join(
        _line(words, tag.x, tag.y + size - 1 + row * (size + layout.LEAD), size, False, style)
        for row, words in enumerate(tag.lines)
    )
    said = one_line(tag.arrow.label)
    return f"<g{style.named('gl-words')}><title>{said}</title>{lines}</g>"
