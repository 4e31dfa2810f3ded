"""Plots as SVG that everybody can read: lines over time, bars by name, thresholds drawn and named, "no data" never at zero.

In: a `Plot`. Out: SVG text, narrow enough for a phone. On a page its colours are those of the page, so that they turn with it in
the dark; for a file of its own they stand in it. Lines differ in marks and dashes too, and each is named where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from govlang.frozen import dataclass
from govlang.report.document import measure
from govlang.report.document.escape import escaped, one_line
from govlang.tools.document.blocks import Plot, Point, Series
from govlang.tools.scorecard import figure_shown

WIDTH, TOP, HIGH = 344, 26, 150  # of the whole; above what is drawn; of what is drawn
LEFT, RIGHT, SIZE = 54, 106, 11
LANE, ROW, BAR = 14, 46, 14  # a line's place under the axis for "no data"; a bar with its name; the bar itself
MOST_LINES = 6
NO_DATA = "no data"
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, 'DejaVu Sans', sans-serif"
# Of each line: the name of its colour on a page, the colour itself, its dashes.
_LOOKS = (
    ("--gl-some", "#2c4f98", ""), ("--gl-accent", "#7a2e39", "7 3"), ("--gl-good", "#17653a", "2 3"),
    ("--gl-open", "#7a5000", "9 3 2 3"), ("--gl-soft", "#565d66", "4 4"), ("--gl-ink", "#20242a", "12 4"),
)  # fmt: skip
_PAPER = ("--gl-paper", "#ffffff")
_INK, _SOFT, _RULE, _BAD = ("--gl-ink", "#20242a"), ("--gl-soft", "#565d66"), ("--gl-rule", "#dcd8ce"), ("--gl-bad", "#a1241b")


def plot(block: Plot, *, standalone: bool = False, prefix: str = "") -> str:
    """A plot as SVG. `standalone` is for a file: no classes, and paper behind it; `prefix` keeps the ids of several documents on
    one page apart."""
    return _Drawing(block, standalone, prefix).svg()


@dataclass(frozen=True, slots=True)
class _Ink:
    """How things get their colours: by name on a page, literally in a file."""

    alone: bool

    def fill(self, colour: tuple[str, str]) -> str:
        return f'fill="{colour[1]}"' if self.alone else f'fill="{colour[1]}" style="fill:var({colour[0]},{colour[1]})"'

    def stroke(self, colour: tuple[str, str], wide: int = 2, dashes: str = "", fill: str = "none") -> str:
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        look = f'fill="{fill}" stroke="{colour[1]}" stroke-width="{wide}"{dashed}'
        return look if self.alone else f'{look} style="stroke:var({colour[0]},{colour[1]})"'

    def named(self, words: str) -> str:
        return "" if self.alone else f' class="{words}"'


class _Drawing:
    def __init__(self, block: Plot, alone: bool, prefix: str) -> None:
        self.block, self.prefix = block, prefix
        self.ink = _Ink(alone)
        self.lines = block.lines[:MOST_LINES]
        known = [point.value for line in self.lines for point in line.points if point.value is not None]
        known += [bar.value for bar in block.bars if bar.value is not None]
        self.largest = block.largest or _ceiling(max(known, default=Fraction(1)), block.unit)

    def svg(self) -> str:
        """The whole picture."""
        block = self.block
        inner, height = self._bars() if block.kind == "bars" else self._lines()
        key = re.sub(r"[^a-z0-9]+", "-", block.key.lower()).strip("-") or "plot"
        name = f"gl-{self.prefix}{'-' if self.prefix else ''}{key}"
        paper = f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>' if self.ink.alone else ""
        look = "" if self.ink.alone else ' class="gl-picture" style="max-width:100%;height:auto"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img"'
            f' aria-labelledby="{name}-title {name}-desc" font-family="{_FONT}"{look}>'
            f'<title id="{name}-title">{one_line(block.title)}</title><desc id="{name}-desc">{one_line(block.description)}</desc>'
            f"{paper}{inner}</svg>\n"
        )

    # ------------------------------------------------------------ lines

    def _lines(self) -> tuple[str, int]:
        labels = [point.label for point in self.lines[0].points]
        lanes = [place for place, line in enumerate(self.lines) if any(point.value is None for point in line.points)]
        floor = TOP + HIGH
        under = floor + (LANE * len(lanes) + 8 if lanes else 0)
        parts = [*self._grid(floor), *self._thresholds()]
        if lanes:
            middle = floor + 4 + (LANE * len(lanes) + SIZE) // 2
            parts.append(self._text(LEFT - 9, middle, NO_DATA, "end", _SOFT))
            parts.append(self._rule(LEFT, under, WIDTH - RIGHT, under))
        for place, line in enumerate(self.lines):
            parts.append(self._line(place, line, lanes))
        parts += self._names(lanes)
        parts += self._days(labels, under)
        return "".join(parts), under + 26

    def _x(self, place: int, count: int) -> int:
        room = WIDTH - LEFT - RIGHT
        return LEFT + (room // 2 if count == 1 else (2 * room * place + count - 1) // (2 * (count - 1)))

    def _y(self, value: Fraction) -> int:
        part = max(Fraction(0), min(Fraction(1), value / self.largest))
        return TOP + HIGH - _rounded(part * HIGH)

    def _grid(self, floor: int) -> Iterator[str]:
        """The scale: what is at the bottom is zero, and says so."""
        for value in _ticks(self.largest, self.block.unit):
            y = self._y(value)
            yield self._rule(LEFT, y, WIDTH - RIGHT, y)
            yield self._text(LEFT - 6, y + 4, figure_shown(value, self.block.unit), "end", _SOFT)
        yield f'<path d="M{LEFT} {TOP}V{floor}H{WIDTH - RIGHT}" {self.ink.stroke(_INK, 1)}{self.ink.named("gl-axis")}/>'

    def _thresholds(self) -> Iterator[str]:
        for bar in self.block.bars:
            if bar.value is not None:
                y = self._y(bar.value)
                yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" {self.ink.stroke(_BAD, 2, "5 3")}{self.ink.named("gl-threshold")}/>'
                yield self._text(LEFT + 6, y - 4, bar.label, "start", _BAD, over=True)

    def _line(self, place: int, line: Series, lanes: list[int]) -> str:
        """A line, broken where there is no data; what is missing is marked under the axis."""
        name, colour, dashes = _LOOKS[place]
        look = (name, colour)
        ways, marks, pen = [], [], False
        for at, point in enumerate(line.points):
            x = self._x(at, len(line.points))
            if point.value is None:
                pen = False
                marks.append(self._mark(place, x, self._lane(place, lanes), look, f"{point.label}: {NO_DATA}", hollow=True))
                continue
            y = self._y(point.value)
            ways.append(f"{'L' if pen else 'M'}{x} {y}")
            pen = True
            marks.append(self._mark(place, x, y, look, f"{point.label}: {figure_shown(point.value, self.block.unit)}"))
        way = f'<path d="{"".join(ways)}" {self.ink.stroke(look, 2, dashes)}{self.ink.named("gl-series")}/>' if ways else ""
        said = f"<title>{one_line(line.name)}</title>" if line.name else ""
        return f"<g{self.ink.named('gl-line-of')}>{said}{way}{''.join(marks)}</g>"

    def _lane(self, place: int, lanes: list[int]) -> int:
        return TOP + HIGH + 6 + LANE * lanes.index(place) + LANE // 2

    def _mark(self, place: int, x: int, y: int, look: tuple[str, str], said: str, hollow: bool = False) -> str:
        """A mark of a shape of its own; of those drawn later the outlines go around the earlier ones."""
        inside = "none" if hollow or place else look[1]
        ink = self.ink.stroke(look, 2, fill=inside) if hollow or place else self.ink.fill(look)
        shape = _SHAPES[place].format(x=x, y=y, w=x - 4, e=x + 4, n=y - 4, s=y + 4, ww=x - 6, ee=x + 6, nn=y - 6, ss=y + 6)
        words = f"<title>{one_line(said)}</title>"
        if place in _OPEN:
            return f'<path d="{shape}" {self.ink.stroke(look, 2)}{self.ink.named("gl-point")}>{words}</path>'
        return f'<path d="{shape}" {ink}{self.ink.named("gl-point")}>{words}</path>'

    def _names(self, lanes: list[int]) -> Iterator[str]:
        """The name of each line at its end, none over another."""
        ends = []
        for place, line in enumerate(self.lines):
            if not line.points:
                continue
            known = [point.value for point in line.points if point.value is not None]
            last = line.points[-1].value
            value = last if last is not None else known[-1] if known else None
            ends.append((self._y(value) if value is not None else self._lane(place, lanes), place, line.name))
        low = TOP + HIGH + LANE * len(lanes)
        for (_, place, name), y in zip(sorted(ends), _apart([y for y, _, _ in sorted(ends)], SIZE + 3, low), strict=True):
            if name:
                shown = "".join(measure.lines(name, RIGHT - 30, SIZE, 1))
                yield self._mark(place, WIDTH - RIGHT + 19, y, _LOOKS[place][:2], name)
                yield self._text(WIDTH - RIGHT + 29, y + 4, shown, "start", _INK)

    def _days(self, labels: Sequence[str], under: int) -> Iterator[str]:
        """The labels below, as many as there is room for: the last one always."""
        places = [(self._x(place, len(labels)), label) for place, label in enumerate(labels)]
        for x, _ in places:
            yield f'<path d="M{x} {under}v4" {self.ink.stroke(_INK, 1)}{self.ink.named("gl-axis")}/>'
        free = WIDTH
        shown: list[tuple[int, str]] = []
        for x, label in reversed(places):
            wide = measure.width(label, SIZE)
            middle = min(max(x, wide // 2), WIDTH - wide // 2)
            if middle + wide // 2 + 6 <= free:
                shown.append((middle, label))
                free = middle - wide // 2
        for middle, label in reversed(shown):
            yield self._text(middle, under + 17, label, "middle", _SOFT)

    # ------------------------------------------------------------ bars

    def _bars(self) -> tuple[str, int]:
        """One bar below the other, each under its name, with its value at its end."""
        points = self.lines[0].points
        room, top = WIDTH - 24 - RIGHT, TOP + 4
        parts: list[str] = []
        for place, point in enumerate(points):
            parts += self._bar(point, top + ROW * place, room)
        bottom = top + ROW * len(points)
        for number, bar in enumerate(self.block.bars):
            if bar.value is not None:
                x = 12 + _rounded(min(Fraction(1), bar.value / self.largest) * room)
                look = f'{self.ink.stroke(_BAD, 2, "5 3")}{self.ink.named("gl-threshold")}'
                parts.append(f'<path d="M{x} {TOP}V{bottom - 6}" {look}/>')
                half = measure.width(bar.label, SIZE) // 2
                parts.append(self._text(min(max(x, half + 4), WIDTH - half - 4), 14 + 12 * number, bar.label, "middle", _BAD))
        return "".join(parts), bottom + 4

    def _bar(self, point: Point, y: int, room: int) -> Iterator[str]:
        shown = "".join(measure.lines(point.label, WIDTH - 24, SIZE + 1, 1, True))
        yield self._text(12, y + 12, shown, "start", _INK, bold=True)
        y += 18
        if point.value is None:
            yield self._text(12, y + BAR - 3, NO_DATA, "start", _SOFT)
            return
        wide = max(_rounded(max(Fraction(0), min(Fraction(1), point.value / self.largest)) * room), 1)
        yield f'<rect x="12" y="{y}" width="{wide}" height="{BAR}" {self.ink.fill(_LOOKS[0][:2])}{self.ink.named("gl-bar")}/>'
        yield self._text(12 + wide + 6, y + BAR - 3, figure_shown(point.value, self.block.unit), "start", _INK, over=True)

    # ------------------------------------------------------------ pieces

    def _text(
        self, x: int, y: int, words: str, anchor: str, colour: tuple[str, str], bold: bool = False, over: bool = False
    ) -> str:  # fmt: skip
        """Words; those that stand `over` a line have paper around their letters."""
        weight = ' font-weight="600"' if bold else ""
        size = SIZE + 1 if bold else SIZE
        held = "" if measure.usual(words) else f' textLength="{measure.width(words, size, bold)}" lengthAdjust="spacingAndGlyphs"'
        look = f'font-size="{size}"{weight} {self.ink.fill(colour)}{self.ink.named("gl-label")}'
        text = f'<text x="{x}" y="{y}" text-anchor="{anchor}" {look}{held}>{escaped(words)}</text>'
        if not over:
            return text
        around = f'font-size="{size}"{weight} {self.ink.stroke(_PAPER, 3, fill=_PAPER[1])} aria-hidden="true"'
        return f'<text x="{x}" y="{y}" text-anchor="{anchor}" {around}{held}>{escaped(words)}</text>{text}'

    def _rule(self, x: int, y: int, right: int, bottom: int) -> str:
        return f'<path d="M{x} {y}L{right} {bottom}" {self.ink.stroke(_RULE, 1)}{self.ink.named("gl-rule")}/>'


# Of each line the shape of its marks: circle, square, triangle, diamond, cross, plus.
_SHAPES = (
    "M{w} {y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", "M{w} {n}H{e}V{s}H{w}z", "M{x} {nn}L{ee} {s}L{ww} {s}z",
    "M{x} {nn}L{ee} {y}L{x} {ss}L{ww} {y}z", "M{w} {n}L{e} {s}M{e} {n}L{w} {s}", "M{x} {nn}V{ss}M{ww} {y}H{ee}",
)  # fmt: skip
_OPEN = (4, 5)  # these have no inside


def _apart(places: Sequence[int], least: int, last: int) -> list[int]:
    """Places in order, moved so far apart that nothing overlaps: down from the first, and up again from the last one allowed."""
    found: list[int] = []
    for place in places:
        found.append(max(place, found[-1] + least) if found else place)
    limit = last
    for at in range(len(found) - 1, -1, -1):
        found[at] = min(found[at], limit)
        limit = found[at] - least
    return found


def _rounded(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _ceiling(value: Fraction, unit: str) -> Fraction:
    """The top of the scale: all of it for shares, else the next whole number."""
    if unit == "share":
        return Fraction(1)
    return Fraction(max(1, -(-value.numerator // value.denominator)))


def _ticks(largest: Fraction, unit: str) -> list[Fraction]:
    """Where the scale has a line: quarters of shares, else whole numbers, at most six."""
    if unit == "share":
        return [Fraction(part, 4) for part in range(5)]
    whole = max(1, largest.numerator // largest.denominator)
    step = -(-whole // 5)
    return [Fraction(value) for value in range(0, whole + 1, step)]
