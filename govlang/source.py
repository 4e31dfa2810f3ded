"""Text and places in it.

In: bytes or text of one file. Out: a `Source` whose text never changes, `Span`s (offsets into it), and `Citation`s
(document, clause number, heading path, prose). Nothing here knows the language.
"""

from __future__ import annotations

from bisect import bisect_right
from importlib import import_module

from govlang.frozen import dataclass, field


def read_bytes(path: str) -> bytes:
    """A file's bytes. Raises OSError or ValueError."""
    with open(path, "rb") as file:  # noqa: PTH123 - loading pathlib takes longer than reading an agreement
        return file.read()


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8. Python's own code when it has it: `hashlib` would load all of OpenSSL first."""
    for module in ("_sha2", "_sha256", "hashlib"):
        try:
            digest: str = import_module(module).sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        except ImportError:
            continue
        return digest
    raise ImportError("this Python has no SHA-256")  # pragma: no cover - every Python has hashlib


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of character offsets, `start` included, `end` excluded."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands, as a reader would cite it.

    `number` is the clause number of the nearest heading ("4.2", "27(3)") or empty, `title` that heading's words,
    `path` every heading from the outermost down, `prose` the words of the text under the heading, `line` the 1-based
    line of the rule itself, and `rule` the rule as written.
    """

    document: str
    number: str = ""
    title: str = ""
    path: tuple[str, ...] = ()
    prose: str = ""
    line: int = 0
    rule: str = ""

    def label(self) -> str:
        """The citation in words: `clause 4.2 (Quorum)`, `Quorum`, or `agreement.gov line 12`."""
        if self.number:
            return f"clause {self.number} ({self.title})" if self.title else f"clause {self.number}"
        return self.title or f"{self.document} line {self.line}"


@dataclass(frozen=True, slots=True)
class Source:
    """One file's text. `name` is shown in messages; offsets in `Span`s are offsets into `text`."""

    name: str
    text: str
    _starts: list[int] = field(default_factory=list, compare=False, repr=False)

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts.append(0)
            position = self.text.find("\n")
            while position >= 0:
                self._starts.append(position + 1)
                position = self.text.find("\n", position + 1)
        return self._starts

    def place(self, offset: int) -> tuple[int, int]:
        """1-based line and column of an offset; columns count characters."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of a 1-based line, without its line ending."""
        starts = self._line_starts()
        end = starts[line] if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end].rstrip("\r\n")

    def line_span(self, line: int) -> Span:
        """The words of a 1-based line, without its indentation and line ending."""
        text = self.line_text(line)
        start = self._line_starts()[line - 1]
        return Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))

    def at(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]
