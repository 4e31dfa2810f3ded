"""Where the boxes, arrows and words of a picture stand: whole numbers, from top to bottom, no wider than a page.

In: a `Diagram`. Out: a `Picture`: boxes with their lines of text, words on arrows, and the points that each arrow passes. Boxes and
words never overlap; an arrow leaves a box at its lower edge and ends at the upper edge of another, and passes between boxes.
"""

from __future__ import annotations

from itertools import pairwise

from govlang.frozen import dataclass
from govlang.report.document import measure
from govlang.report.document.layers import Ranks, Spot, ranked
from govlang.tools.document.blocks import Arrow, Box, Diagram

WIDEST = 720
MARGIN = 10
PAD = 12
LABEL, NOTE, WORDS = 15, 13, 13  # the size of letters
LEAD = 5  # between lines
BOX, ALONE = 212, 264  # how wide boxes are; where each stands alone in its row
WORDS_ROOM, LANE = 150, 4
BESIDE, LANES = 20, 12  # between what stands side by side; between lanes that arrows pass through
BELOW = 34  # between rows of boxes
NEAR = 24  # between a box and the words on an arrow
HEAD = 10  # where an arrow runs straight before it ends
LABEL_LINES, NOTE_LINES, WORDS_LINES = 5, 24, 5
SWEEPS = 8


@dataclass(frozen=True, slots=True)
class Placed:
    """A box: where it stands, and its text line by line."""

    box: Box
    x: int
    y: int
    width: int
    height: int
    label: tuple[str, ...]
    note: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """The words on an arrow. `x` is their middle, `y` their upper edge."""

    arrow: Arrow
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wire:
    """An arrow: stretches of points from above to below, broken where its words stand. `up` says that it points upwards."""

    arrow: Arrow
    stretches: tuple[tuple[tuple[int, int], ...], ...]
    up: bool


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    boxes: tuple[Placed, ...]
    tags: tuple[Tag, ...]
    wires: tuple[Wire, ...]


def laid_out(diagram: Diagram) -> Picture:
    """A picture of a diagram. An arrow that leads from a box to itself, or to a box that is not there, is not drawn."""
    boxes: dict[str, Box] = {}
    for box in diagram.boxes:
        boxes.setdefault(box.id, box)
    arrows = [each for each in diagram.arrows if each.start in boxes and each.end in boxes and each.start != each.end]
    found = _Layout(boxes, arrows, 2).picture()
    return found if found.width <= WIDEST else _Layout(boxes, arrows, 1).picture()


class _Layout:
    def __init__(self, boxes: dict[str, Box], arrows: list[Arrow], most: int) -> None:
        self.boxes, self.arrows = boxes, arrows
        joined = [(each.start, each.end, bool(each.label.strip())) for each in arrows]
        self.ranks: Ranks = ranked(list(boxes), joined, most)
        alone = all(len(row) == 1 for row in self.ranks.rows)
        self.box_width = ALONE if alone else BOX
        room = self.box_width - 2 * PAD
        self.texts = {
            name: (
                measure.lines(box.label, room, LABEL, LABEL_LINES, True), measure.lines(box.note, room, NOTE, NOTE_LINES)
            )
            for name, box in boxes.items()
        }  # fmt: skip
        self.words = [measure.lines(each.label, WORDS_ROOM, WORDS, WORDS_LINES) for each in arrows]
        self.up: dict[Spot, list[Spot]] = {}
        self.down: dict[Spot, list[Spot]] = {}
        for way in self.ranks.ways:
            for start, end in pairwise(way):
                self.down.setdefault(start, []).append(end)
                self.up.setdefault(end, []).append(start)
        self.leaving, self.reaching = self._ports()
        self.joints = self._joints()

    # ------------------------------------------------------------ sizes

    def width(self, spot: Spot) -> int:
        """An even number, so that the middle is a whole one."""
        if spot.kind == "box":
            return self.box_width
        if spot.kind == "lane":
            return LANE
        widest = max((measure.width(line, WORDS) for line in self.words[spot.arrow]), default=0)
        return widest + widest % 2 + 4

    def height(self, spot: Spot) -> int:
        if spot.kind == "lane":
            return 0
        if spot.kind == "words":
            return len(self.words[spot.arrow]) * (WORDS + LEAD)
        label, note = self.texts[spot.box]
        return len(label) * (LABEL + LEAD) + len(note) * (NOTE + LEAD) + 2 * PAD - LEAD + (2 if note else 0)

    # ------------------------------------------------------------ places

    def middles(self) -> dict[Spot, int]:
        """The middle of each spot: near those it is joined to, in its order, and apart from its neighbours."""
        rows = self.ranks.rows
        found = {spot: at for row in rows for spot, at in zip(row, self._side_by_side(row), strict=True)}
        for sweep in range(SWEEPS):
            for row in rows if sweep % 2 == 0 else reversed(rows):
                near = self.up if sweep % 2 == 0 else self.down
                self._settle(row, found, [near] if sweep < SWEEPS - 2 else [self.up, self.down])
        self._straighten(found)
        left = min((found[spot] - self.width(spot) // 2 for spot in found), default=0)
        return {spot: at - left + MARGIN for spot, at in found.items()}

    def _apart(self, one: Spot, other: Spot) -> int:
        """How far the middles of two neighbours are from each other at least."""
        between = LANES if one.kind == other.kind == "lane" else BESIDE
        return (self.width(one) + self.width(other)) // 2 + between

    def _side_by_side(self, row: tuple[Spot, ...]) -> list[int]:
        """The middles of a row, as close as can be."""
        found = [self.width(row[0]) // 2]
        for one, other in pairwise(row):
            found.append(found[-1] + self._apart(one, other))
        return found

    def _settle(self, row: tuple[Spot, ...], found: dict[Spot, int], joined: list[dict[Spot, list[Spot]]]) -> None:
        """Each spot of a row as near as can be to the middle of those it is joined to; what would overlap moves together."""
        offsets = self._side_by_side(row)
        groups: list[tuple[int, int, int]] = []  # the sum of wishes, their weight, how many spots
        for spot, offset in zip(row, offsets, strict=True):
            others = sorted(found[other] for near in joined for other in near.get(spot, []))
            wish = (others[(len(others) - 1) // 2] + others[len(others) // 2]) // 2 if others else found[spot]
            weight = 1 if spot.kind == "box" else 3
            groups.append(((wish - offset) * weight, weight, 1))
            while len(groups) > 1 and groups[-2][0] * groups[-1][1] > groups[-1][0] * groups[-2][1]:
                last, before = groups.pop(), groups.pop()
                groups.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
        place = 0
        for total, weight, count in groups:
            for spot, offset in zip(row[place : place + count], offsets[place : place + count], strict=True):
                found[spot] = total // weight + offset
            place += count

    def _straighten(self, found: dict[Spot, int]) -> None:
        """Moves single spots within the room between their neighbours, so that arrows bend less often and less far."""
        for _ in range(SWEEPS):
            moved = False
            for row in self.ranks.rows:
                for place, spot in enumerate(row):
                    ends = [
                        (found[other] + theirs - own, weight)
                        for other, theirs, own, weight in self.joints.get(spot, [])
                    ]
                    least = self._beside(row, place, -1, found)
                    most = self._beside(row, place, 1, found)
                    wishes = [found[spot], *(min(max(at, least), most) for at, _ in ends)]
                    best = min(wishes, key=lambda at: sum(weight * _bend(at - end) for end, weight in ends))
                    moved = moved or best != found[spot]
                    found[spot] = best
            if not moved:
                return

    def _beside(self, row: tuple[Spot, ...], place: int, side: int, found: dict[Spot, int]) -> int:
        """How far to the left (-1) or right (1) a spot may move."""
        if not 0 <= place + side < len(row):
            return side * 100_000
        other = row[place + side]
        return found[other] - side * self._apart(row[place], other)

    def _joints(self) -> dict[Spot, list[tuple[Spot, int, int, int]]]:
        """What each spot is joined to: the other spot, how far from its middle and from the own middle, and how much it matters."""
        found: dict[Spot, list[tuple[Spot, int, int, int]]] = {}
        for at, way in enumerate(self.ranks.ways):
            for place, (above, below) in enumerate(pairwise(way)):
                own = self.leaving[at] if place == 0 else 0
                theirs = self.reaching[at] if place == len(way) - 2 else 0
                weight = 1 + (above.kind != "box") + (below.kind != "box")
                found.setdefault(above, []).append((below, theirs, own, weight))
                found.setdefault(below, []).append((above, own, theirs, weight))
        return found

    # ------------------------------------------------------------ the picture

    def picture(self) -> Picture:
        middle = self.middles()
        tops: dict[int, tuple[int, int]] = {}
        at = MARGIN
        for place, row in enumerate(self.ranks.rows):
            height = max((self.height(spot) for spot in row), default=0)
            tops[row[0].rank] = at, at + height
            following = self.ranks.rows[place + 1][0].rank if place + 1 < len(self.ranks.rows) else row[0].rank
            at += height + (NEAR if (row[0].rank + following) % 2 else BELOW) + self._room(row, following, middle)
        placed = {
            spot.box: self._placed(spot, middle[spot], tops[spot.rank][0])
            for row in self.ranks.rows for spot in row if spot.kind == "box"
        }  # fmt: skip
        wires, tags = self._wires(middle, tops, placed)
        right = max((middle[spot] + self.width(spot) // 2 for spot in middle), default=0)
        bottom = max((low for _, low in tops.values()), default=MARGIN)
        return Picture(right + MARGIN, bottom + MARGIN, tuple(placed[name] for name in self.boxes), tags, wires)

    def _room(self, row: tuple[Spot, ...], following: int, middle: dict[Spot, int]) -> int:
        """More room below a row for arrows that move far aside there."""
        aside = [
            abs(middle[spot] + own - middle[other] - theirs)
            for spot in row for other, theirs, own, _ in self.joints.get(spot, []) if other.rank == following
        ]  # fmt: skip
        return min(max(aside, default=0) // 10, BELOW)

    def _placed(self, spot: Spot, middle: int, top: int) -> Placed:
        label, note = self.texts[spot.box]
        width = self.width(spot)
        return Placed(self.boxes[spot.box], middle - width // 2, top, width, self.height(spot), label, note)

    def _wires(
        self, middle: dict[Spot, int], tops: dict[int, tuple[int, int]], placed: dict[str, Placed]
    ) -> tuple[tuple[Wire, ...], tuple[Tag, ...]]:
        wires: list[Wire] = []
        tags: list[Tag] = []
        for at, way in enumerate(self.ranks.ways):
            first, last = placed[way[0].box], placed[way[-1].box]
            begin = middle[way[0]] + self.leaving[at]
            low = first.y + first.height
            points = [(begin, low), (begin, max(low + HEAD, tops[way[0].rank][1]))]
            stretches: list[tuple[tuple[int, int], ...]] = []
            for spot in way[1:-1]:
                top, low = tops[spot.rank]
                points.append((middle[spot], top))
                if spot.kind == "words":
                    tag = Tag(
                        self.arrows[at], middle[spot], top, self.width(spot), self.height(spot), self.words[at]
                    )  # fmt: skip
                    tags.append(tag)
                    stretches.append(tuple(dict.fromkeys(points)))
                    points = [(middle[spot], top + tag.height)]
                points.append((middle[spot], low))
            end = middle[way[-1]] + self.reaching[at]
            points += [(end, last.y - HEAD), (end, last.y)]
            stretches.append(tuple(dict.fromkeys(points)))
            wires.append(Wire(self.arrows[at], tuple(stretches), at in self.ranks.turned))
        return tuple(wires), tuple(tags)

    def _ports(self) -> tuple[dict[int, int], dict[int, int]]:
        """How far from the middle of its box each arrow leaves it and reaches it: side by side, in the order of where they go."""
        order = {spot: place for row in self.ranks.rows for place, spot in enumerate(row)}
        leaving: dict[int, int] = {}
        reaching: dict[int, int] = {}
        for ports, end, near in ((leaving, 0, 1), (reaching, -1, -2)):
            by_box: dict[Spot, list[int]] = {}
            for at, way in enumerate(self.ranks.ways):
                by_box.setdefault(way[end], []).append(at)
            for numbers in by_box.values():
                numbers.sort(key=lambda at: (order[self.ranks.ways[at][near]], at))
                step = min(28, (self.box_width - 64) // len(numbers))
                for place, at in enumerate(numbers):
                    ports[at] = (2 * place - len(numbers) + 1) * step // 2
        return leaving, reaching


def _bend(aside: int) -> int:
    """How bad it is that an arrow moves aside."""
    return abs(aside) + (24 if aside else 0)
