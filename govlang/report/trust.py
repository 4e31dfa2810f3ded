"""The scorecard of trust, as text and as JSON.

In: a `Scorecard`. Out: lines: a table of parties and dimensions, then each dimension with its figures and what they rest on; or
JSON in the published shape of `govlang.schema_trust`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang import schema as shapes, schema_trust as trust_shapes
from govlang.report import as_json as json_parts
from govlang.report.answers import when
from govlang.report.text import Style, safe, wrapped
from govlang.tools.scorecard import Dimension, Line, Scorecard

MOST_LINES = 6
_COLOURS = {"low": "red", "good": "green", "incomplete": "yellow", "no data": "dim", "no threshold": "dim"}
TOGETHER = "all parties together"


def show(card: Scorecard, style: Style) -> str:
    """The whole scorecard."""
    return "\n".join(_lines(card, style))


def _lines(card: Scorecard, style: Style) -> Iterator[str]:
    yield f"{style('Trust', 'bold')}, on {when(card.on)}"
    yield from wrapped(card.agreement, "  ")
    yield ""
    yield from _table(card, style)
    for item in card.dimensions:
        yield ""
        yield from _dimension(item, style)


def _table(card: Scorecard, style: Style) -> Iterator[str]:
    """Parties down, dimensions across, each with its level."""
    names = list(dict.fromkeys(item.name for item in card.dimensions))
    parties = list(dict.fromkeys(item.party for item in card.dimensions))
    levels = {(item.party, item.name): item.level for item in card.dimensions}
    first = max([len(safe(party) or TOGETHER) for party in parties], default=0)
    widths = [max(len(safe(name)), 12) for name in names]
    yield "  " + " " * first + "".join(f"  {safe(name):<{width}}" for name, width in zip(names, widths, strict=True)).rstrip()
    for party in parties:
        cells = ""
        for name, width in zip(names, widths, strict=True):
            level = levels.get((party, name), "-")
            cells += "  " + style(level, *([_COLOURS[level]] if level in _COLOURS else [])) + " " * (width - len(level))
        yield f"  {safe(party) or TOGETHER:<{first}}{cells}".rstrip()


def _dimension(item: Dimension, style: Style) -> Iterator[str]:
    since = f" since {item.since:%Y-%m-%d}" if item.since is not None else ""
    state = style(item.level, _COLOURS[item.level])
    title = style(f"{safe(item.name)} of {safe(item.party) or TOGETHER}", "bold")
    yield f"{title}: {state}{since}  ({safe(item.citation.label())})"
    if item.text:
        yield from wrapped(f"“{item.text}”", "  ")
    for line in item.lines:
        yield from _figure(line, item.window)
    if item.combined:
        yield from wrapped(item.combined, "  ")
    for text in item.opened:
        yield from wrapped(text, "  ")
    if item.earlier:
        trend = {"better": "better than", "worse": "worse than", "unchanged": "unchanged from", "mixed": "better and worse than"}
        word = trend.get(item.trend, "to compare with")
        yield from wrapped(f"{word} a year before, {item.earlier}", "  ")


def _figure(line: Line, window: str) -> Iterator[str]:
    bars = f"; {line.bars}" if line.bars else ""
    mark = "!" if line.low else "-"
    yield from wrapped(f"{line.title} {window}: {line.shown}{bars}", f"  {mark} ", "    ")
    for text in line.evidence[:MOST_LINES]:
        yield from wrapped(text, "      ", "        ")
    if len(line.evidence) > MOST_LINES:
        yield f"      and {len(line.evidence) - MOST_LINES} more (--format json lists them all)"
    for text in line.left_out:
        yield from wrapped(f"left out, too few: {text}", "      ", "        ")


# ------------------------------------------------------------ JSON


def as_json(card: Scorecard) -> str:
    """The scorecard in its published shape."""
    model = trust_shapes.TrustModel(
        schema_version=shapes.VERSION, agreement=card.agreement, version=card.version, text_hash=card.text_hash,
        on=json_parts.instant(card.on) or "", low=card.low, dimensions=[_dimension_model(item) for item in card.dimensions],
        diagnostics=[json_parts.diagnostic(found) for found in card.diagnostics],
    )  # fmt: skip
    return model.model_dump_json(indent=2) + "\n"


def _dimension_model(item: Dimension) -> trust_shapes.DimensionModel:
    value = str(item.combined_value) if item.combined_value is not None else None
    return trust_shapes.DimensionModel(
        name=item.name, text=item.text, party=item.party or None, level=item.level,  # type: ignore[arg-type]
        low_since=json_parts.instant(item.since), window=item.window, figures=[_figure_model(line) for line in item.lines],
        combined=trust_shapes.CombinedModel(value=value, shown=item.combined) if item.combined else None,
        opened=list(item.opened), trend=item.trend or None,  # type: ignore[arg-type]
        a_year_before=item.earlier or None, citation=json_parts.citation(item.citation),
    )  # fmt: skip


def _figure_model(line: Line) -> trust_shapes.FigureModel:
    return trust_shapes.FigureModel(
        measure=line.title, value=str(line.value) if line.value is not None else None, shown=line.shown, count=line.count,
        threshold=line.bars, low=line.low, evidence=list(line.evidence), left_out=list(line.left_out),
        citation=json_parts.citation(line.citation),
    )  # fmt: skip
