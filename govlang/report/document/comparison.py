"""What changed between two texts: as text for a terminal, and as the first pages of a comparison in Word.

In: a `Comparison`. Out: text, or lines of Word. The words are those of `tools.document.compare_words`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.report.document.word_lines import Line, Piece, clean
from govlang.report.document.word_styles import DEEPEST_LIST, entry_style
from govlang.report.text import Style, wrapped
from govlang.tools.document import blocks as b, compare_words
from govlang.tools.document.compare import Comparison

_ABOUT = (
    "This summary was made from the rules of both texts. It is part of neither, and these pages are no tracked change. The marked "
    "text follows: to accept every change gives the new text, to reject every change the old one."
)


def show(comparison: Comparison, style: Style) -> str:
    """What changed, for a terminal."""
    lines = wrapped(compare_words.title(comparison), "")
    for block in compare_words.blocks(comparison):
        match block:
            case b.Heading(runs=runs):
                lines += ["", *(style(line, "bold") for line in wrapped(b.text(runs), ""))]
            case b.Paragraph(runs):
                lines += wrapped(b.text(runs), "")
            case b.Listing(items):
                for item in items:
                    lines += wrapped(b.text(item.runs), "  ")
                    lines += _entries(item.items, "    ")
            case _:
                pass
    return "\n".join(lines)


def _entries(items: tuple[b.Item, ...], indent: str) -> Iterator[str]:
    for item in items:
        word, _, rest = b.text(item.runs).partition(": ")
        told = word in ("was", "becomes", "new", "no longer")
        yield from wrapped(rest, f"{indent}{word:<10} ") if told else wrapped(b.text(item.runs), f"{indent}- ")
        yield from _entries(item.items, indent + "  ")


def pages(comparison: Comparison) -> tuple[Line, ...]:
    """What changed, to stand before the marked text."""
    return tuple(_pages(comparison))


def _pages(comparison: Comparison) -> Iterator[Line]:
    yield Line("ChangesTitle", (Piece("What changed"),))
    yield Line("ChangesText", (Piece(clean(f"{compare_words.title(comparison)}.")),))
    yield Line("ChangesText", (Piece(_ABOUT),))
    for block in compare_words.blocks(comparison):
        match block:
            case b.Heading(runs=runs):
                yield Line("ChangesHeading", _pieces(runs))
            case b.Paragraph(runs):
                yield Line("ChangesText", (Piece(clean(b.text(runs)), "strong"),))
            case b.Listing(items):
                for item in items:
                    yield from _listed(item, 1)
            case _:
                pass


def _listed(item: b.Item, depth: int) -> Iterator[Line]:
    yield Line(entry_style("Changes", depth), _pieces(item.runs))
    for inner in item.items:
        yield from _listed(inner, min(depth + 1, DEEPEST_LIST))


def _pieces(runs: b.Runs) -> tuple[Piece, ...]:
    return tuple(Piece(clean(run.text), "strong" if isinstance(run, b.Strong) else "") for run in runs)
