"""Blocks as the data that the PDF is set from (`assets/paper.typ`).

In: blocks. Out: plain data: every word is a string, every link leads to a place that is set, nothing is nested deeper than what
the typesetter takes, headings leave out no level.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from govlang.frozen import parts
from govlang.report.document.escape import address, plain
from govlang.report.document.values import SIGNED, arrow, note_title, point_table, signed_by, signs_for, state
from govlang.tools.document import blocks as b

Data = dict[str, Any]
WIDE = 6  # a table of more columns than this stands on a page laid across
_UPRIGHT, _ACROSS = 96, 150  # letters in a line of a table
_MEASURED = 80  # rows that say how wide the columns are
_TALL = 16  # lines of a row that may go on on the next page
_DEEPEST = 6  # lists in lists, quotations in quotations; what is deeper stands at this depth
_LINES = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_UNBROKEN = re.compile(r"\S{70,}")
_UNBROKEN_CELL = re.compile(r"\S{18,}")
_PIECES = re.compile(r".{1,18}")
_MAY_BREAK = "\u200b"


class Links:
    """Labels of one paper. A link is only data until all is set: then it leads to its place if that was made, to the page if only
    that was, and else is words."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.waiting: list[tuple[list[str], str, str]] = []

    def made(self, page: str, anchor: str) -> str:
        """The label of a place; empty for one that was made before."""
        name = f"{page}#{anchor}"
        if name in self.known:
            return ""
        self.known.add(name)
        return name

    def run(self, said: str, page: str, anchor: str) -> list[str]:
        """A run that is a link, if its place is made."""
        run = ["t", said]
        if said.strip():
            self.waiting.append((run, page, anchor))
        return run

    def close(self) -> None:
        """Makes links of the runs whose place is there."""
        for run, page, anchor in self.waiting:
            name = next((name for name in (f"{page}#{anchor}", f"{page}#") if name in self.known), "")
            if name:
                run[0] = "l"
                run.append(name)


def words(text: str) -> str:
    """Words in one line, without what no page can show. A word longer than a line may be broken anywhere."""
    said = _BREAKS.sub(" ", plain(text))
    return _UNBROKEN.sub(_broken, said) if len(said) >= 70 else said


def _broken(found: re.Match[str]) -> str:
    return _MAY_BREAK.join(_PIECES.findall(found.group()))


class Setter:
    """Turns the blocks of one page into data. `links` says what can be linked to; `down` moves headings down."""

    def __init__(self, links: Links, here: str = "", down: int = 0) -> None:
        self.links, self.here, self.down = links, here, down
        self.level = 0

    def label(self, anchor: str) -> str:
        """The label of a place on the page that is being set; given only once."""
        return self.links.made(self.here, anchor) if anchor else ""

    # ------------------------------------------------------------ runs

    def runs(self, said: b.Runs, cell: bool = False) -> list[list[str]]:
        """Runs, each its kind, its words and where it leads."""
        found = [self.run(run) for run in said if run.text]
        if cell:
            for run in found:
                run[1] = _UNBROKEN_CELL.sub(_broken, run[1])
        return found

    def run(self, run: b.Run) -> list[str]:
        said = words(run.text)
        match run:
            case b.Strong():
                return ["s", said]
            case b.Emphasis():
                return ["e", said]
            case b.Code():
                return ["c", said]
            case b.Term(_, _, page, anchor) | b.Cite(_, _, page, anchor) | b.Link(_, page, anchor) if page:
                return self.links.run(said, page, anchor)
            case b.Link(_, _, _, web) if address(web) and said.strip():
                return ["w", said, address(web)]
            case _:
                return ["t", said]

    # ------------------------------------------------------------ blocks

    def blocks(self, shown: Iterable[b.Block], depth: int = 0) -> list[Data]:
        """Blocks one below the other."""
        return [data for block in shown for data in self.block(block, depth)]

    def block(self, block: b.Block, depth: int) -> Iterator[Data]:
        match block:
            case b.Heading(level, runs, anchor, number):
                if (number + b.text(runs)).strip():
                    yield self.heading(level, self.runs(runs), words(number), anchor)
            case b.Paragraph(runs):
                if b.text(runs).strip():
                    yield {"t": "p", "r": self.runs(runs), "a": ""}
            case b.Listing(items, ordered):
                yield {"t": "list", "o": ordered, "items": self.items(items)}
            case b.Table():
                if block.columns:
                    yield self.table(block)
            case b.Pairs(pairs):
                yield from self.pairs(pairs, depth)
            case b.Note(kind, _, inner):
                title = words(note_title(block))
                yield from self.nested({"t": "note", "kind": kind, "title": title}, inner, depth)
            case b.Quote(inner):
                yield from self.nested({"t": "quote"}, inner, depth)
            case b.Source():
                yield self.source(block)
            case b.Beside(left, right):
                yield from self.blocks((*left, *right), depth)
            case b.Diagram() | b.Plot():
                yield from self.picture(block)
            case b.Signature():
                yield self.signature(block)

    def source(self, block: b.Source) -> Data:
        lines = [plain(line).expandtabs(4) for line in _LINES.split(block.text.strip("\n"))]
        marks = [self.label(f"line-{block.line + count}") for count in range(len(lines))] if block.line else []
        return {"t": "source", "title": words(block.title), "text": "\n".join(lines), "marks": [name for name in marks if name]}

    def title(self, page: b.Page) -> Data:
        """The title of a page, where several stand in one paper."""
        return {**self.heading(1, [["t", words(page.title)]], "", ""), "a": self.links.made(self.here, ""),
                "about": words(page.summary)}  # fmt: skip

    def heading(self, level: int, runs: list[list[str]], number: str, anchor: str) -> Data:
        """A heading, at most one level below the one before it, as accessible documents demand."""
        self.level = max(1, min(level + self.down, self.level + 1, 6))
        return {"t": "h", "l": self.level, "n": number, "r": runs, "a": self.label(anchor), "toc": True}

    def nested(self, data: Data, inner: tuple[b.Block, ...], depth: int) -> Iterator[Data]:
        if depth < _DEEPEST:
            yield {**data, "blocks": self.blocks(inner, depth + 1)}
        else:
            yield from self.blocks(inner, depth)

    def items(self, items: Iterable[b.Item], depth: int = 1) -> list[Data]:
        found: list[Data] = []
        for item in items:
            said: b.Runs = (b.Emphasis(state(item.state)), b.Text(": ")) if item.state else ()
            inner = self.items(item.items, depth + 1)
            data = {"r": self.runs((*said, *item.runs)), "o": item.ordered, "items": inner if depth < _DEEPEST else []}
            found += [data] if depth < _DEEPEST else [data, *inner]
        return found

    def pairs(self, pairs: Iterable[b.Pair], depth: int) -> Iterator[Data]:
        if depth >= _DEEPEST:
            for pair in pairs:
                yield {"t": "p", "r": self.runs(pair.term), "a": self.label(pair.anchor)}
                yield from self.blocks(pair.blocks, depth)
            return
        found: list[Data] = []
        for pair in pairs:
            head = {"r": self.runs(pair.term), "a": self.label(pair.anchor)}
            inner = self.blocks(pair.blocks, depth + 1)
            found.append({**head, "blocks": inner, "brief": len(inner) == 1 and inner[0]["t"] == "p"})
        yield {"t": "pairs", "pairs": found}

    # ------------------------------------------------------------ tables and pictures

    def table(self, table: b.Table) -> Data:
        rows: list[Data] = []
        group = ""
        shares = widths(table)
        for row in table.rows:
            if row.group and row.group != group:
                rows.append({"group": words(row.group), "cells": []})
            group = row.group
            cells = [self.cell(cell, row.anchor if place == 0 else "") for place, cell in enumerate(row.cells)]
            cells += [{"a": "", "r": []} for _ in table.columns[len(row.cells) :]]
            tall = any(len(b.text(cell.runs)) > _TALL * width for cell, width in zip(row.cells, shares, strict=False))
            rows.append({"group": None, "cells": cells, "whole": not tall})
        return {
            "t": "table", "a": self.label(f"table-{table.key}"), "title": words(table.title),
            "columns": [words(column.title) for column in table.columns], "widths": shares,
            "right": [column.kind in ("number", "money", "share") for column in table.columns], "rows": rows,
            "note": self.runs(table.note),
        }  # fmt: skip

    def cell(self, cell: b.Cell, anchor: str) -> Data:
        return {"a": self.label(anchor), "r": self.runs(cell.runs, cell=True)}

    def picture(self, block: b.Diagram | b.Plot) -> Iterator[Data]:
        """A picture; where it cannot be drawn, its description, and its arrows or values."""
        svg = _drawn(block)
        if svg:
            yield {"t": "picture", "a": self.label(block.key), "title": words(block.title), "svg": svg,
                   "alt": words(block.description or block.title)}  # fmt: skip
            return
        yield from self.block(b.Paragraph((b.Strong(block.title),)), 0)
        yield from self.block(b.Paragraph((b.Text(block.description),)), 0)
        if isinstance(block, b.Plot):
            yield self.table(point_table(block))
        else:
            said = tuple(b.Item((b.Text(arrow(block, each)),)) for each in block.arrows)
            yield from self.block(b.Listing(said, True), 0)

    def signature(self, block: b.Signature) -> Data:
        signers = [[[words(label), words(given)] for label, given in zip(SIGNED, ("", name, role, ""), strict=True)]
                   for role, name in signed_by(block)]  # fmt: skip
        return {"t": "sign", "name": words(signs_for(block)), "signers": signers}


def widths(table: b.Table) -> list[int]:
    """How the columns share the room, in letters: each as wide as its longest word, then what is left to those that make most rows
    tall."""
    rows = [[len(b.text(cell.runs)) for cell in row.cells] for row in table.rows[:_MEASURED]]
    rows = [row + [0] * (len(table.columns) - len(row)) for row in rows]
    room = (_ACROSS if len(table.columns) > WIDE else _UPRIGHT) - 2 * len(table.columns)
    most = max(8, min(15, room * 7 // (10 * len(table.columns))))
    found = []
    for place, column in enumerate(table.columns):
        said = [column.title, *(b.text(row.cells[place].runs) for row in table.rows if place < len(row.cells))]
        longest = max((len(word) for text in said for word in text.split()), default=1)
        found.append(min(max(longest + 2, 5), most))
    enough = [max([row[place] for row in rows] + [len(column.title)]) + 1 for place, column in enumerate(table.columns)]
    while sum(found) < room:
        tall = _tallest(rows, found, enough)
        if tall is None:
            break
        found[tall] += 3
    return [width + 2 for width in found]  # and the space around the words


def _tallest(rows: list[list[int]], found: list[int], enough: list[int]) -> int | None:
    """The column that makes the most lines, of those that would gain from more room."""
    lines = [0] * len(found)
    for row in rows:
        needed = [-(-length // width) for length, width in zip(row, found, strict=True)]
        most = max(needed)
        if most > 1:
            lines[needed.index(most)] += most
    best = max(range(len(found)), key=lambda place: (lines[place] if found[place] < enough[place] else -1, -place))
    return best if lines[best] and found[best] < enough[best] else None


def wide(blocks: Iterable[b.Block]) -> bool:
    """Whether a table among blocks needs a page laid across."""
    return any(isinstance(part, b.Table) and len(part.columns) > WIDE for part in parts(tuple(blocks)))


_DRAWERS = {b.Diagram: ("svg", "diagram"), b.Plot: ("plots", "plot")}
_FAMILY = re.compile(r'font-family="[^"]*"')


def _drawn(block: b.Diagram | b.Plot) -> str:
    """A picture as SVG, in the letters of the paper; empty where nothing draws it."""
    module, name = _DRAWERS[type(block)]
    if not (block.boxes if isinstance(block, b.Diagram) else any(line.points for line in block.lines)):
        return ""
    try:
        draw = getattr(import_module(f"govlang.report.document.{module}"), name)
    except ImportError:
        return ""
    svg: str = draw(block, standalone=True)
    return _FAMILY.sub('font-family="Libertinus Serif"', svg)
