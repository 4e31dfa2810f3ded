"""Plain text for a terminal or a file: safe, wrapped, coloured only where that helps.

In: text from anywhere. Out: text that cannot drive a terminal (control characters and direction marks are escaped) and that
the stream can take (characters that its encoding lacks are replaced).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TextIO

from govlang.later import pattern

WIDTH = 100

_UNSAFE = pattern("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_PLAIN = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "§": "section ", "\u00a0": " "}
_COLOURS = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "blue": "34", "dim": "2"}


def safe(text: str) -> str:
    """One line of text in which nothing is unseen."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def encodable(text: str, encoding: str | None) -> str:
    """The text in characters that an encoding has."""
    name = encoding or "ascii"
    try:
        text.encode(name)
        return text
    except (UnicodeEncodeError, LookupError):
        for character, instead in _PLAIN.items():
            text = text.replace(character, instead)
        try:
            return text.encode(name, "backslashreplace").decode(name)
        except LookupError:
            return text.encode("ascii", "backslashreplace").decode("ascii")


class Style:
    """Colours, or none."""

    def __init__(self, colour: bool = False) -> None:
        self.colour = colour

    @classmethod
    def of(cls, stream: TextIO, environment: Mapping[str, str] | None = None) -> Style:
        """Colours only on a terminal, and never where NO_COLOR is set (https://no-color.org)."""
        settings = os.environ if environment is None else environment
        plain = bool(settings.get("NO_COLOR")) or settings.get("TERM") == "dumb"
        return cls(not plain and hasattr(stream, "isatty") and stream.isatty())

    def __call__(self, text: str, *names: str) -> str:
        if not self.colour or not names:
            return text
        codes = ";".join(_COLOURS[name] for name in names)
        return f"\x1b[{codes}m{text}\x1b[0m"


def wrapped(text: str, first: str, rest: str | None = None, width: int = WIDTH) -> list[str]:
    """A paragraph in lines that begin with `first`, then `rest` (as many spaces, if not given)."""
    lines: list[str] = []
    line, indent = first, " " * len(first) if rest is None else rest
    empty = True
    for word in safe(text.replace("\n", " ")).split():
        if not empty and len(line) + 1 + len(word) > width:
            lines.append(line.rstrip())
            line, empty = indent, True
        line += word if empty else f" {word}"
        empty = False
    lines.append(line.rstrip())
    return lines


def sentence(prose: str, longest: int = 240) -> str:
    """The first sentence of a clause's prose, or its beginning."""
    words = " ".join(prose.split())
    end = re.search(r"(?<=[.;:!?])(?<!\b[A-Z]\.)(?<!\bNo\.)(?<!\bArt\.)\s+(?=[A-Z(\"“])", words)
    if end is not None and end.start() >= 20:
        words = words[: end.start()]
    if len(words) > longest:
        words = words[:longest].rsplit(" ", 1)[0] + " ..."
    return words


def plural(count: int, noun: str, many: str = "") -> str:
    """`1 error`, `2 errors`."""
    return f"{count} {noun if count == 1 else many or f'{noun}s'}"
