"""Markdown with rules in it: headings, prose and ```gov fences, with exact offsets.

In: a `Source`. Out: `Block`s of rules (offsets into the file), `Section`s (one a heading: number, title, path, prose), and
diagnostics for a fence that never closes. A bare `.gov` file is one block under no heading.
"""

from __future__ import annotations

from bisect import bisect_right

from govlang.diagnostics import Diagnostic
from govlang.frozen import dataclass, once
from govlang.later import pattern
from govlang.source import Citation, Source, Span

_HEADING = pattern(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*\Z")
_FENCE = pattern(r" {0,3}(`{3,}|~{3,})[ \t]*([^`\n]*)\Z")
# A clause begins with a small letter; a comment with `#`, a story line and what belongs to a clause with a space.
_PROSE = pattern(r"[^\W\d_a-zß-öø-ÿα-ωа-яё]|[-*>|\[]|\d+[.)] ")
# "27(3) Veto", "TEU 16(4) Majority", "Article 5 Quorum", "§ 4.2 Quorum", "4.2. Quorum", "6.2.2.7-8 Minutes"
_NUMBER = pattern(
    r"(?:(?:Article|Art\.?|Section|Sec\.?|Clause|Rule|Protocol|Annex|§|[A-Z]{2,5})[ ]+)?"
    r"(?:\d[\w()/.-]*|[A-Z](?=[.)])[\w()/.-]*)(?=[\s:]|\Z)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the prose under it, up to the next heading."""

    offset: int
    level: int
    number: str
    title: str
    path: tuple[str, ...]
    prose: str
    has_rule: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of rules: `start` to `end` are offsets into the file; its fence begins at `opens` and ends at `closes`, both lines
    of it included."""

    start: int
    end: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file holds."""

    source: Source
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    diagnostics: tuple[Diagnostic, ...]
    amended: tuple[tuple[int, int, str], ...] = ()  # where the clauses of amendments in force stand, and whose they are

    def amendment_at(self, offset: int) -> str:
        """The amendment that a clause comes from; empty for the text as first agreed."""
        return next((name for start, end, name in reversed(self.amended) if start <= offset < end), "")

    def section_at(self, offset: int) -> Section | None:
        """The section that an offset lies in."""
        index = bisect_right(_offsets(self), offset) - 1
        if index >= 0 and self.source.parts and self.source.home(self.sections[index].offset)[0] != self.source.home(offset)[0]:
            return None  # a heading of another file
        return self.sections[index] if index >= 0 else None

    def citation(self, span: Span, rule: str = "") -> Citation:
        """How to cite the rule at a span."""
        line = self.source.place(span.start)[0]
        section = self.section_at(span.start)
        begins, file = self.source.home(span.start)
        amendment = self.amendment_at(span.start) if self.amended else ""
        if section is None:
            return Citation(file.name, line=line, rule=rule, amendment=amendment, shared=bool(begins))
        return self.cite_section(section, line, rule, amendment)

    def cite_section(self, section: Section, line: int = 0, rule: str = "", amendment: str = "") -> Citation:
        """How to cite a heading of this file."""
        place = line or self.source.place(section.offset)[0]
        begins, file = self.source.home(section.offset)
        return Citation(
            file.name, section.number, section.title, section.path, section.prose, place, rule, amendment, bool(begins)
        )

    def find_section(self, text: str, near: int = 0) -> Section | None:
        """The section whose number or title (or whole heading) is `text`, without regard to case; of several files, the one that
        the place `near` lies in is asked first."""
        wanted = " ".join(text.split()).casefold()
        home = self.source.home(near)[0]
        sections = sorted(self.sections, key=lambda section: self.source.home(section.offset)[0] != home) \
            if self.source.parts else self.sections
        for section in sections:
            names = (section.number, section.title, f"{section.number} {section.title}".strip())
            if wanted in (name.casefold() for name in names if name):
                return section
        return None


@once
def _offsets(layout: Layout) -> list[int]:
    """Where the headings stand."""
    return [section.offset for section in layout.sections]


def _closes(text: str, fence: str) -> bool:
    """Whether a line closes a fence."""
    return text.strip().startswith(fence) and not text.strip().strip(fence[0])


def _where_prose_begins(lines: list[str], first: int, end: int) -> int:
    """The line where prose begins again after rules that nothing closes: one that begins as no clause does, with the headings and
    empty lines above it. A heading by itself may be a comment of the rules."""
    found = next((number for number in range(first, end) if _PROSE.match(lines[number])), end)
    while found > first and not lines[found - 1].strip().lstrip("#"):
        found -= 1
    while first < found < end and lines[found - 1].startswith("#"):
        found -= 1
        while found > first and not lines[found - 1].strip():
            found -= 1
    return found


def split_heading(text: str) -> tuple[str, str]:
    """A heading's clause number and title: `4.2 Quorum` gives `4.2`, `Quorum`."""
    match = _NUMBER.match(text)
    if match is None:
        return "", text
    return match.group().rstrip(".:"), text[match.end() :].strip(" .:\t-–—")


def read(source: Source) -> Layout:
    """Splits a file; `.md` files are literate, all others are rules from end to end."""
    if not source.name.endswith((".md", ".markdown")):
        size = len(source.text)
        return Layout(source, (Block(0, size, 0, size),), (), ())
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.headings: list[tuple[int, int, str]] = []
        self.prose: list[list[str]] = []
        self.ruled: list[bool] = []
        self.diagnostics: list[Diagnostic] = []

    def read(self) -> Layout:
        lines = self.source.text.splitlines(keepends=True)
        position, number, fence = 0, 0, ""
        while number < len(lines):
            line = lines[number]
            text = line.rstrip("\r\n")
            if fence:
                fence = "" if _closes(text, fence) else fence
            elif (opening := _FENCE.match(text)) and opening.group(2).strip().split(" ")[0] == "gov":
                number, position = self._rules(lines, number, position, opening.group(1))
                continue
            elif opening:
                fence = opening.group(1)
            elif heading := _HEADING.match(text):
                self.headings.append((position, len(heading.group(1)), heading.group(2)))
                self.prose.append([])
                self.ruled.append(False)
            elif self.prose:
                self.prose[-1].append(text)
            position += len(line)
            number += 1
        return Layout(self.source, tuple(self.blocks), self._sections(), tuple(self.diagnostics))

    def _rules(self, lines: list[str], first: int, position: int, fence: str) -> tuple[int, int]:
        """Takes in the rules of a fence. Out: the line behind it, and its offset. Where the fence is never closed, the rules go up
        to the next fence, or to where prose begins again, so that all other messages are those of the text as it was meant."""
        if self.ruled:
            self.ruled[-1] = True
        start = end = position + len(lines[first])
        for number in range(first + 1, len(lines)):
            text = lines[number].rstrip("\r\n")
            if _closes(text, fence):
                self.blocks.append(Block(start, end, position, end + len(lines[number])))
                return number + 1, end + len(lines[number])
            opening = _FENCE.match(text)
            if opening and opening.group(2).strip():
                break
            end += len(lines[number])
        else:
            number = len(lines)
        last = _where_prose_begins(lines, first + 1, number)
        end = start + sum(len(line) for line in lines[first + 1 : last])
        self.blocks.append(Block(start, end, position, end))
        self.diagnostics.append(
            Diagnostic(
                "GL007",
                "this ```gov fence is never closed",
                self.source,
                Span(position, start),
                "put a line of ``` after its last rule",
            )
        )
        return last, end

    def _sections(self) -> tuple[Section, ...]:
        sections: list[Section] = []
        path: list[tuple[int, str]] = []
        for (offset, level, text), prose, ruled in zip(self.headings, self.prose, self.ruled, strict=True):
            path = [(depth, title) for depth, title in path if depth < level]
            path.append((level, text))
            number, title = split_heading(text)
            words = "\n".join(prose).strip()
            sections.append(Section(offset, level, number, title, tuple(t for _, t in path), words, ruled))
        return tuple(sections)
