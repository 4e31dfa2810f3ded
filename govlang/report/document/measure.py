"""How wide words are, and where a line of a picture breaks.

In: words, the size of their letters, the room there is. Out: widths and lines. The table holds the widest of the usual sans-serif
fonts (DejaVu, Verdana, Arial, Helvetica), so that what fits here fits on every screen; what is not in it counts as wide.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from govlang.report.document.escape import plain

# Thousandths of the size of the letters, from the space (U+0020) to the tilde (U+007E).
_PLAIN = (
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637, 637, 637, 637, 637, 637, 637, 637,
    637, 337, 337, 838, 838, 838, 557, 1016, 685, 687, 723, 771, 667, 611, 778, 752, 295, 500, 667, 558, 863, 749, 788, 667, 788,
    723, 667, 611, 732, 685, 989, 686, 667, 686, 391, 337, 391, 838, 557, 500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278,
    580, 278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838,
)  # fmt: skip
_BOLD = (
    349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 366, 696, 696, 696, 696, 696, 696, 696, 696, 696,
    696, 400, 400, 838, 838, 838, 611, 1000, 774, 763, 734, 831, 684, 684, 821, 837, 373, 557, 775, 638, 996, 837, 851, 733, 851,
    771, 721, 683, 813, 774, 1104, 771, 725, 726, 458, 366, 458, 838, 557, 500, 675, 716, 593, 716, 679, 436, 716, 712, 343, 343,
    666, 343, 1042, 712, 688, 716, 716, 494, 596, 479, 712, 652, 924, 646, 652, 583, 712, 366, 712, 838,
)  # fmt: skip
_OTHERS = {
    "\u2018": 400,
    "\u2019": 400,
    "\u201c": 600,
    "\u201d": 600,
    "\u2013": 600,
    "\u2026": 1000,
    "\u00a0": 349,
    "\u20ac": 696,
}
_UNKNOWN = 1250
_MOST = 800  # more of a text than this never fits a box

# Where a line may break without a space: behind a hyphen or a slash inside a word.
_PIECES = re.compile(r"[^\s/-]+[/-]*|[/-]+")
ELLIPSIS = "…"


def width(words: str, size: int, bold: bool = False) -> int:
    """The width of words, rounded up."""
    return -(-_units(words, bold) * size // 1000)


@lru_cache(maxsize=20_000)  # the same words stand in many pictures
def _units(words: str, bold: bool) -> int:
    return sum(_unit(letter, bold) for letter in words)


def _unit(letter: str, bold: bool) -> int:
    code = ord(letter)
    if 32 <= code < 127:
        return (_BOLD if bold else _PLAIN)[code - 32]
    if letter in _OTHERS:
        return _OTHERS[letter]
    if unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    folded = unicodedata.normalize("NFKD", letter)
    if folded != letter:
        return max(sum(_unit(part, bold) for part in folded), 300)
    return _UNKNOWN


def usual(words: str) -> bool:
    """Whether every letter is one whose width is known."""
    return all(32 <= ord(letter) < 127 or letter in _OTHERS for letter in words)


def lines(words: str, room: int, size: int, most: int, bold: bool = False) -> tuple[str, ...]:
    """Words broken into at most so many lines, none wider than the room; what does not fit gives way to an ellipsis."""
    clipped = " ".join(plain(words[:_MOST]).split()) + (ELLIPSIS if len(words) > _MOST else "")
    found: list[str] = []
    line = ""
    for piece, spaced in _broken(clipped, room, size, bold):
        longer = f"{line} {piece}" if spaced and line else line + piece
        if not line or width(longer, size, bold) <= room:
            line = longer
        else:
            found.append(line)
            line = piece
    if line:
        found.append(line)
    if len(found) <= most:
        return tuple(found)
    return (*found[: most - 1], _clipped(found[most - 1], room, size, bold))


def _clipped(line: str, room: int, size: int, bold: bool) -> str:
    """A line that ends in an ellipsis."""
    kept = line.rstrip(ELLIPSIS)
    while kept and width(kept + ELLIPSIS, size, bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def _broken(words: str, room: int, size: int, bold: bool) -> list[tuple[str, bool]]:
    """The pieces that a line may be made of, and whether a space stands before each; none is wider than the room."""
    found: list[tuple[str, bool]] = []
    for word in words.split():
        for place, piece in enumerate(_PIECES.findall(word)):
            spaced = place == 0
            for part in _parts(piece, room, size, bold):
                found.append((part, spaced))
                spaced = False
    return found


def _parts(piece: str, room: int, size: int, bold: bool) -> list[str]:
    """A piece cut where it is wider than the room; marks stay with the letter they belong to."""
    if width(piece, size, bold) <= room:
        return [piece]
    found, part = [], ""
    for letter in piece:
        if part and width(part + letter, size, bold) > room:
            found.append(part)
            part = ""
        part += letter
    return [*found, part]
