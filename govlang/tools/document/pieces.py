"""The text of an agreement, cut into what stands one below the other: files, headings, prose, fences of rules.

In: an agreement: its layout and its syntax. Out: `Part`s, one a file; in each `Chapter`s, one a heading; in each prose and rules in
their order, as written. Every character of the text stands in one piece, except for the headings and the lines of the fences.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from govlang.frozen import dataclass
from govlang.model.nodes import Agreement
from govlang.source import Source
from govlang.syntax import nodes as n
from govlang.syntax.literate import Block, Section
from govlang.syntax.parse import stretches


@dataclass(frozen=True, slots=True)
class Passage:
    """Prose as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause as written, with the comments above it; `start` is its offset. `node` is None for one that the agreement does not
    hold: it could not be read, it stands in a used file and was not taken over, or it is a `use`."""

    word: str
    text: str
    start: int
    line: int
    node: n.Clause | None


@dataclass(frozen=True, slots=True)
class Rules:
    """A fence: its clauses in order, and the comments behind the last. `shared` says that it stands in a used file."""

    clauses: tuple[Clause, ...]
    rest: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading (none for what stands above the first) and what stands under it, up to the next."""

    section: Section | None
    pieces: tuple[Passage | Rules, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A file: the agreement itself (`begins` is 0) or one that it uses. `name` is its path as messages name it."""

    name: str
    begins: int
    chapters: tuple[Chapter, ...]


def parts(agreement: Agreement) -> tuple[Part, ...]:
    """The files of an agreement, cut."""
    source = agreement.layout.source
    files: list[tuple[int, Source]] = [(0, source), *source.parts]
    ends = [begins - 1 for begins, _ in source.parts] + [len(source.text)]
    return tuple(
        Part(file.name, begins, tuple(_chapters(agreement, begins, end)))
        for (begins, file), end in zip(files, ends, strict=True)
    )  # fmt: skip


def _chapters(agreement: Agreement, begins: int, end: int) -> Iterator[Chapter]:
    layout, text = agreement.layout, agreement.layout.source.text
    sections = [section for section in layout.sections if begins <= section.offset < end]
    blocks = [block for block in layout.blocks if begins <= block.start <= end and block.closes <= end]
    nodes = {clause.span.start: clause for clause in agreement.file.clauses} if agreement.file is not None else {}
    starts, opens = [section.offset for section in sections], [block.opens for block in blocks]
    for section, first, last in zip([None, *sections], [begins, *starts], [*starts, end], strict=True):
        heading = _line_end(text, first) if section is not None else first
        mine = blocks[bisect_left(opens, first) : bisect_left(opens, last)]
        pieces = tuple(_pieces(agreement, heading, last, mine, nodes, bool(begins)))
        if section is not None or pieces:
            yield Chapter(section, pieces)


def _line_end(text: str, offset: int) -> int:
    """Where the next line begins."""
    newline = text.find("\n", offset)
    line = text[offset : newline + 1 if newline >= 0 else len(text)]
    return offset + len(line.splitlines(keepends=True)[0])  # lines end as `literate` ends them


def _pieces(
    agreement: Agreement, start: int, end: int, blocks: list[Block], nodes: dict[int, n.Clause], shared: bool
) -> Iterator[Passage | Rules]:
    text = agreement.layout.source.text
    for block in blocks:
        if text[start : block.opens].strip():
            yield Passage(text[start : block.opens])
        rules = _rules(agreement, block, nodes, shared)
        if rules.clauses or rules.rest:
            yield rules
        start = block.closes
    if text[start:end].strip():
        yield Passage(text[start:end])


def _rules(agreement: Agreement, block: Block, nodes: dict[int, n.Clause], shared: bool) -> Rules:
    source = agreement.layout.source
    clauses: list[Clause] = []
    before = block.start
    for start, end in stretches(source.text, block.start, block.end):
        written = source.text[before:end].strip("\r\n").rstrip()
        word = next(iter(source.text[start : start + 40].split(None, 1)), "")
        clauses.append(Clause(word, written, start, source.place(start)[0], nodes.get(start)))
        before = end
    return Rules(tuple(clauses), source.text[before : block.end].strip("\r\n").rstrip(), shared)
