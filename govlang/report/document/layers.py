"""Which boxes of a picture stand below which, and in which order side by side.

In: the names of boxes in the order of the text, arrows between them, which arrows bear words. Out: `Ranks`: rows of boxes, of
words on arrows, and of lanes that arrows pass through. Arrows lead downwards; one that would close a circle is turned for the
layout and drawn upwards. No row has more boxes than asked for, and the order in a row crosses few arrows.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from govlang.frozen import dataclass

SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a row. `kind` is box, words or lane; `arrow` the number of the arrow whose words or lane it is."""

    kind: str
    box: str = ""
    arrow: int = -1
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Ranks:
    """The rows from top to bottom, and the way of each arrow through them, from above to below; `turned` arrows lead upwards."""

    rows: tuple[tuple[Spot, ...], ...]
    ways: tuple[tuple[Spot, ...], ...]
    turned: frozenset[int]


def ranked(boxes: list[str], arrows: list[tuple[str, str, bool]], most: int) -> Ranks:
    """Boxes and arrows (from, to, whether it bears words) in rows of at most so many boxes."""
    turned = _circular(boxes, arrows)
    edges = [(end, start) if at in turned else (start, end) for at, (start, end, _) in enumerate(arrows)]
    level = _levels(boxes, edges, most)
    rows: dict[int, list[Spot]] = {}
    place: dict[str, Spot] = {}
    for box in boxes:
        place[box] = Spot("box", box, rank=2 * level[box])
        rows.setdefault(2 * level[box], []).append(place[box])
    worded = {2 * level[edges[at][0]] + 1 for at, arrow in enumerate(arrows) if arrow[2]}
    ways: list[tuple[Spot, ...]] = []
    for at, (above, below) in enumerate(edges):
        way = [place[above]]
        for rank in range(2 * level[above] + 1, 2 * level[below]):
            if rank % 2 and rank not in worded:
                continue
            kind = "words" if arrows[at][2] and rank == 2 * level[above] + 1 else "lane"
            way.append(Spot(kind, arrow=at, rank=rank))
            rows.setdefault(rank, []).append(way[-1])
        ways.append((*way, place[below]))
    ordered = _ordered([rows[rank] for rank in sorted(rows)], ways)
    return Ranks(tuple(tuple(row) for row in ordered), tuple(ways), turned)


def _circular(boxes: list[str], arrows: list[tuple[str, str, bool]]) -> frozenset[int]:
    """The arrows that close a circle, as they are met from the first box on."""
    leaving: dict[str, list[tuple[int, str]]] = {box: [] for box in boxes}
    for at, (start, end, _) in enumerate(arrows):
        leaving[start].append((at, end))
    found: set[int] = set()
    done: set[str] = set()
    for first in boxes:
        if first in done:
            continue
        open_: list[tuple[str, Iterator[tuple[int, str]]]] = [(first, iter(leaving[first]))]
        on_the_way = {first}
        while open_:
            box, rest = open_[-1]
            following = next(rest, None)
            if following is None:
                open_.pop()
                on_the_way.discard(box)
                done.add(box)
            elif following[1] in on_the_way:
                found.add(following[0])
            elif following[1] not in done:
                on_the_way.add(following[1])
                open_.append((following[1], iter(leaving[following[1]])))
    return frozenset(found)


def _levels(boxes: list[str], edges: list[tuple[str, str]], most: int) -> dict[str, int]:
    """The row of each box: below all that leads to it, in the first row with room. The boxes are taken in the order of the text."""
    above: dict[str, list[str]] = {box: [] for box in boxes}
    for start, end in edges:
        above[end].append(start)
    level: dict[str, int] = {}
    full: dict[int, int] = {}
    waiting = list(boxes)
    while waiting:
        box = next(each for each in waiting if all(before in level for before in above[each]))
        waiting.remove(box)
        row = max((level[before] + 1 for before in above[box]), default=0)
        while full.get(row, 0) >= most:
            row += 1
        level[box] = row
        full[row] = full.get(row, 0) + 1
    used = {row: at for at, row in enumerate(sorted(set(level.values())))}
    return {box: used[row] for box, row in level.items()}


# ---------------------------------------------------------------- the order side by side


def _ordered(rows: list[list[Spot]], ways: list[tuple[Spot, ...]]) -> list[list[Spot]]:
    """The rows with few crossings: each spot goes to the middle of those it is joined to, above and below in turns."""
    up: dict[Spot, list[Spot]] = {}
    down: dict[Spot, list[Spot]] = {}
    for way in ways:
        for start, end in pairwise(way):
            down.setdefault(start, []).append(end)
            up.setdefault(end, []).append(start)
    best, fewest = rows, _crossings(rows, down)
    rows = [list(row) for row in rows]
    for sweep in range(SWEEPS):
        if not fewest:
            break
        downwards = sweep % 2 == 0
        order = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
        for at in order:
            fixed = {spot: place for place, spot in enumerate(rows[at - 1 if downwards else at + 1])}
            rows[at] = _sorted(rows[at], up if downwards else down, fixed)
        count = _crossings(rows, down)
        if count < fewest:
            best, fewest = [list(row) for row in rows], count
    return best


def _sorted(row: list[Spot], joined: dict[Spot, list[Spot]], fixed: dict[Spot, int]) -> list[Spot]:
    wish: dict[Spot, Fraction] = {}
    for place, spot in enumerate(row):
        near = [fixed[other] for other in joined.get(spot, []) if other in fixed]
        wish[spot] = Fraction(sum(near), len(near)) if near else Fraction(place)
    return sorted(row, key=lambda spot: wish[spot])


def _crossings(rows: list[list[Spot]], down: dict[Spot, list[Spot]]) -> int:
    count = 0
    for upper, lower in pairwise(rows):
        place = {spot: at for at, spot in enumerate(lower)}
        ends = [sorted(place[end] for end in down.get(spot, []) if end in place) for spot in upper]
        passed: list[int] = []
        for each in ends:
            count += sum(1 for end in each for before in passed if before > end)
            passed += each
    return count
