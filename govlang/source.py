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
    line of the rule itself, `rule` the rule as written, and `amendment` the amendment that it comes from, if any. `shared` says
    that the document is a file which the agreement uses.
    """

    document: str
    number: str = ""
    title: str = ""
    path: tuple[str, ...] = ()
    prose: str = ""
    line: int = 0
    rule: str = ""
    amendment: str = ""
    shared: bool = False

    def label(self) -> str:
        """The citation in words: `clause 4.2 (Quorum)`, `Quorum`, or `agreement.gov line 12`; and by which amendment."""
        label = self.title or f"{self.document} line {self.line}"
        if self.number:
            label = f"clause {self.number} ({self.title})" if self.title else f"clause {self.number}"
        if self.shared and (self.number or self.title):
            label += f" of {self.document}"
        return f"{label}, by {self.amendment}" if self.amendment and self.amendment not in label else label


@dataclass(frozen=True, slots=True)
class Source:
    """One file's text. `name` is shown in messages; offsets in `Span`s are offsets into `text`."""

    name: str
    text: str
    _starts: list[int] = field(default_factory=list, compare=False, repr=False)
    parts: tuple[tuple[int, Source], ...] = field(default=(), compare=False, repr=False)

    def home(self, offset: int) -> tuple[int, Source]:
        """The file that an offset lies in, and where its text starts here. Several files may be read as one text: the first comes
        first, and `parts` says where each of the others starts."""
        if self.parts and offset >= self.parts[0][0]:
            return self.parts[bisect_right(self.parts, offset, key=lambda part: part[0]) - 1]
        return 0, self

    def offset_in(self, source: Source | None, offset: int) -> int:
        """Where an offset of one of its files lies in the whole."""
        return offset + next((begins for begins, part in self.parts if part is source), 0)

    def named(self, name: str) -> Source:
        """The file of a name among those that are read as one; this one, if there is none."""
        return next((source for _, source in self.parts if source.name == name), self)

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts.append(0)
            position = self.text.find("\n")
            while position >= 0:
                self._starts.append(position + 1)
                position = self.text.find("\n", position + 1)
        return self._starts

    def place(self, offset: int) -> tuple[int, int]:
        """1-based line and column of an offset in its file; columns count characters."""
        begins, source = self.home(offset) if self.parts else (0, self)
        if begins:
            return source.place(offset - begins)
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
