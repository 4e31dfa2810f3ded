"""Two documents laid side by side: which paragraph became which, and what changed in its words.

In: the lines of an old and of a new document. Out: `Pair`s in the order in which both are read (what is gone stands before what
came), and bits: words kept, put in, taken out. Clauses are matched first, by their headings and by what they say; then paragraphs
in them; then words. Nothing is moved: what changed its place is taken out here and put in there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from govlang.frozen import dataclass, replace
from govlang.report.document.word_lines import Grid, Item, Line, Piece, Turn
from govlang.report.document.word_xml import Bit
from govlang.tools.document.matching import common, matched

MOST_WORDS = 4_000_000  # of pairs of words in one paragraph; beyond that it is replaced as a whole
ALIKE, SAME = 0.5, 4.0

_TOKEN = re.compile(r"\w+(?:[.,:'’/-]\w+)*|\s+|.", re.DOTALL)
# Of these there is one each in a document: they are the same line whatever they say.
_ONE = frozenset({"Title", "Subtitle", "TOCHeading", "Colophon"})

Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of the old document and what became of it; one of the two is None for what is gone or new."""

    old: Item | None
    new: Item | None


def pairs(old: Sequence[Item], new: Sequence[Item]) -> tuple[Pair, ...]:
    """Both documents, item by item."""
    found: list[Pair] = []
    for before, after in matched(_chunks(old), _chunks(new), _chunk_likeness):
        found.extend(_inside(before or (), after or ()))
    return tuple(found)


# ---------------------------------------------------------------- clauses


def _chunks(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """A document cut at its headings, and where the pages turn."""
    found: list[list[Item]] = [[]]
    for item in items:
        if (
            isinstance(item, Turn)
            or (isinstance(item, Line) and item.depth)
            or any(isinstance(each, Turn) for each in found[-1])
        ):
            found.append([])
        found[-1].append(item)
    return [tuple(chunk) for chunk in found]


def _chunk_likeness(old: tuple[Item, ...], new: tuple[Item, ...]) -> float:
    first, second = old[0] if old else None, new[0] if new else None
    if isinstance(first, Turn) or isinstance(second, Turn):
        return 1000.0 if first == second else 0.0
    if not (isinstance(first, Line) and isinstance(second, Line)) or bool(first.depth) != bool(second.depth):
        return 0.0
    if not first.depth:
        return SAME  # what stands before the first heading
    title, number = first.said() == second.said(), first.number == second.number
    like = common(_bag(old), _bag(new))
    if title or like >= ALIKE or (number and first.number and like >= ALIKE / 2):
        return 0.1 + 3 * title + number + 4 * like
    return 0.0


def _bag(items: Sequence[Item]) -> Counter[str]:
    words: Counter[str] = Counter()
    for item in items:
        lines = (
            [item]
            if isinstance(item, Line)
            else [cell for row in item.rows for cell in row]
            if isinstance(item, Grid)
            else []
        )
        for line in lines:
            words.update(line.said().split())
    return words


# ---------------------------------------------------------------- paragraphs and tables


@dataclass(frozen=True, slots=True)
class _Unit:
    """Lines that are matched as one: a paragraph, or a table with its title and its note."""

    items: tuple[Item, ...]

    @property
    def grid(self) -> Grid | None:
        return next((item for item in self.items if isinstance(item, Grid)), None)


def _units(items: Sequence[Item]) -> list[_Unit]:
    found: list[_Unit] = []
    place = 0
    while place < len(items):
        width = 1
        if isinstance(items[place], Grid):
            width = 2
        elif isinstance(item := items[place], Line) and item.style == "Caption":
            width = 3
        found.append(_Unit(tuple(items[place : place + width])))
        place += width
    return found


def _inside(old: Sequence[Item], new: Sequence[Item]) -> Iterator[Pair]:
    gone: list[Pair] = []
    come: list[Pair] = []
    for before, after in matched(_units(old), _units(new), _likeness):
        if before is not None and after is not None:
            yield from (*gone, *come)
            gone, come = [], []
            yield from map(Pair, before.items, after.items)
        elif before is not None:
            gone += [Pair(item, None) for item in before.items]
        elif after is not None:
            come += [Pair(None, item) for item in after.items]
    yield from (*gone, *come)


def _likeness(old: _Unit, new: _Unit) -> float:
    before, after = old.grid, new.grid
    if before is not None or after is not None:
        fits = before is not None and after is not None and len(old.items) == len(new.items)
        fits = fits and before is not None and after is not None and len(before.head) == len(after.head)
        return SAME * (before.key == after.key) if fits and before is not None and after is not None else 0.0
    first, second = old.items[0], new.items[0]
    if isinstance(first, Line) and isinstance(second, Line):
        return _line_likeness(first, second)
    return SAME if first == second else 0.0


def _line_likeness(old: Line, new: Line) -> float:
    if old.style != new.style:
        return 0.0
    if old.words() == new.words():
        return SAME
    if old.style in _ONE or old.depth:
        return 1.0  # the heading of a clause: that its clauses are one was found before
    label, _, _ = old.said().partition("\t")
    if label and old.style in ("FrontFacts", "SignatureLine") and new.said().startswith(f"{label}\t"):
        return 1.0
    like = common(Counter(old.said().split()), Counter(new.said().split()))
    return like if like >= ALIKE else 0.0


def rows(old: Grid, new: Grid) -> Iterator[tuple[Cell | None, Cell | None]]:
    """The rows of two tables of as many columns."""

    def likeness(before: Cell, after: Cell) -> float:
        if len(before) != len(after):
            return 0.0
        head = before[0].said() == after[0].said()
        like = common(_bag(before), _bag(after))
        return like + head if like >= ALIKE or (head and before[0].said()) else 0.0

    return matched(old.rows, new.rows, likeness)


# ---------------------------------------------------------------- words


def words(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[Bit, ...]:
    """What was kept, taken out and put in between two lines."""
    before, after = _tokens(old), _tokens(new)
    if len(before) * len(after) > MOST_WORDS:
        return (*(Bit(piece, "del") for piece in old), *(Bit(piece, "ins") for piece in new))
    first, second = [(piece.text, piece.look) for piece in before], [(piece.text, piece.look) for piece in after]
    found: list[Bit] = []
    for same, a, b, c, d in _steps(first, second):
        if same:
            found += [Bit(piece) for piece in after[c:d]]
        else:
            found += [Bit(piece, "del") for piece in before[a:b]]
            found += [Bit(piece, "ins") for piece in after[c:d]]
    return _joined(found)


def _tokens(pieces: Sequence[Piece]) -> list[Piece]:
    """Words, numbers, spaces and signs; a reference is one."""
    return [
        token for piece in pieces
        for token in ([piece] if piece.target else [replace(piece, text=word) for word in _TOKEN.findall(piece.text)])
    ]  # fmt: skip


def _steps(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> Iterator[tuple[bool, int, int, int, int]]:
    """What is the same and what is not. Signs or a short word between two changes belong to them: the eye reads one."""
    codes = [
        (kind == "equal", a, b, c, d)
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ]
    merged: list[tuple[bool, int, int, int, int]] = []
    for place, (same, a, b, c, d) in enumerate(codes):
        if same and 0 < place < len(codes) - 1 and _slight(old[a:b]):
            same = False
        if merged and merged[-1][0] == same:
            _, first, _, third, _ = merged[-1]
            merged[-1] = (same, first, b, third, d)
        else:
            merged.append((same, a, b, c, d))
    yield from merged


def _slight(tokens: list[tuple[str, str]]) -> bool:
    said = [text for text, _ in tokens if re.match(r"\w", text)]
    return not said or (len(said) == 1 and len(said[0]) <= 3 and len(tokens) <= 3)


def _joined(bits: list[Bit]) -> tuple[Bit, ...]:
    found: list[Bit] = []
    for bit in bits:
        last = found[-1] if found else None
        joins = last is not None and (last.change, last.piece.look, last.piece.target) == (
            bit.change,
            bit.piece.look,
            "",
        )
        if last is not None and joins and not bit.piece.target:
            found[-1] = Bit(replace(last.piece, text=last.piece.text + bit.piece.text), bit.change)
        else:
            found.append(bit)
    return tuple(found)
