"""A document as JSON, in the published shape of `govlang.schema_document`.

In: a document, or some of its pages. Out: JSON text with the same keys in the same order on every run, ending in a newline. What
stands in it is data: no character is changed or escaped but as JSON demands, and addresses lead only to the web or to a mailbox.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from govlang.report.as_json import instant
from govlang.report.document.escape import address
from govlang.report.document.values import exact, records
from govlang.source import Citation
from govlang.tools.document import blocks as b

Shape = dict[str, Any]


def document(found: b.Document, pages: Iterable[b.Page] | None = None) -> str:
    """A document, or (with `pages`) only some of it."""
    from govlang.schema_document import DocumentModel

    return DocumentModel.model_validate(shape(found, pages)).model_dump_json(indent=2) + "\n"


def shape(found: b.Document, pages: Iterable[b.Page] | None = None) -> Shape:
    """A document in its published shape, as plain data."""
    from govlang.schema import VERSION

    return {
        "schema_version": VERSION, "agreement": clean(found.title), "text": clean(found.text), "version": clean(found.version),
        "text_hash": found.text_hash, "slug": found.slug, "source": clean(found.source), "language": found.language,
        "sound": found.sound, "on": instant(found.on), "records": [clean(name) for name in found.records],
        "pages": [_page(page) for page in (found.pages if pages is None else pages)],
    }  # fmt: skip


def clean(text: str) -> str:
    """Text that can be encoded: a file's name may hold bytes that are no characters."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def _page(page: b.Page) -> Shape:
    return {"slug": page.slug, "title": clean(page.title), "group": page.group, "summary": clean(page.summary),
            "blocks": _blocks(page.blocks)}  # fmt: skip


# ---------------------------------------------------------------- blocks


def _blocks(shown: Iterable[b.Block]) -> list[Shape]:
    return [_block(block) for block in shown]


def _block(block: b.Block) -> Shape:
    match block:
        case b.Heading(level, runs, anchor, number):
            return {"block": "heading", "level": level, "number": clean(number), **_said(runs), "anchor": anchor}
        case b.Paragraph(runs):
            return {"block": "paragraph", **_said(runs)}
        case b.Listing(items, ordered):
            return {"block": "list", "ordered": ordered, "items": [_item(item) for item in items]}
        case b.Table():
            return _table(block)
        case b.Pairs(pairs):
            return {"block": "pairs", "pairs": [_pair(pair) for pair in pairs]}
        case b.Note(kind, title, inner):
            return {"block": "note", "kind": kind, "title": clean(title), "blocks": _blocks(inner)}
        case b.Quote(inner):
            return {"block": "quote", "blocks": _blocks(inner)}
        case b.Source():
            return {"block": "source", "language": block.language, "title": clean(block.title), "line": block.line,
                    "source": clean(block.text)}  # fmt: skip
        case b.Beside(left, right):
            return {"block": "beside", "left": _blocks(left), "right": _blocks(right)}
        case b.Diagram():
            return _diagram(block)
        case b.Plot():
            return _plot(block)
        case b.Signature(party, full_name, by):
            return {"block": "signature", "party": clean(party), "full_name": clean(full_name), "by": [clean(name) for name in by]}


def _item(item: b.Item) -> Shape:
    return {**_said(item.runs), "kind": item.kind, "state": item.state, "ordered": item.ordered,
            "items": [_item(inner) for inner in item.items]}  # fmt: skip


def _pair(pair: b.Pair) -> Shape:
    return {"text": clean(b.text(pair.term)), "term": _runs(pair.term), "anchor": pair.anchor, "blocks": _blocks(pair.blocks)}


def _table(table: b.Table) -> Shape:
    rows = [
        {"anchor": row.anchor, "group": clean(row.group),
         "cells": [_cell(cell, column) for cell, column in zip(row.cells, table.columns, strict=False)]}
        for row in table.rows
    ]  # fmt: skip
    return {
        "block": "table", "key": table.key, "title": clean(table.title),
        "columns": [{"key": clean(column.key), "title": clean(column.title), "kind": column.kind} for column in table.columns],
        "rows": rows,
        "records": [{clean(key): _plain(value) for key, value in record.items()} for record in records(table)],
        "note": _runs(table.note),
    }  # fmt: skip


def _cell(cell: b.Cell, column: b.Column) -> Shape:
    return {"text": clean(b.text(cell.runs)), "value": _plain(exact(cell, column)), "kind": cell.kind, "runs": _runs(cell.runs)}


def _plain(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _diagram(diagram: b.Diagram) -> Shape:
    boxes = [
        {"id": box.id, "label": clean(box.label), "note": clean(box.note), "kind": box.kind,
         "clause": _clause(box.citation) if box.citation is not None else None}
        for box in diagram.boxes
    ]  # fmt: skip
    arrows = [{"start": each.start, "end": each.end, "label": clean(each.label), "kind": each.kind} for each in diagram.arrows]
    return {"block": "diagram", "key": diagram.key, "title": clean(diagram.title), "description": clean(diagram.description),
            "boxes": boxes, "arrows": arrows}  # fmt: skip


def _plot(plot: b.Plot) -> Shape:
    return {
        "block": "plot", "key": plot.key, "title": clean(plot.title), "description": clean(plot.description), "kind": plot.kind,
        "unit": plot.unit, "points": [_point(point) for point in plot.points], "bars": [_point(point) for point in plot.bars],
        "largest": _fraction(plot.largest),
        "series": [{"name": clean(each.name), "points": [_point(point) for point in each.points]} for each in plot.series],
    }  # fmt: skip


def _point(point: b.Point) -> Shape:
    return {"label": clean(point.label), "value": _fraction(point.value)}


def _fraction(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


# ---------------------------------------------------------------- runs


def _said(runs: b.Runs) -> Shape:
    return {"text": clean(b.text(runs)), "runs": _runs(runs)}


def _runs(runs: b.Runs) -> list[Shape]:
    return [_run(run) for run in runs]


def _run(run: b.Run) -> Shape:
    text = clean(run.text)
    match run:
        case b.Text():
            return {"run": "text", "text": text}
        case b.Strong():
            return {"run": "strong", "text": text}
        case b.Emphasis():
            return {"run": "emphasis", "text": text}
        case b.Code():
            return {"run": "code", "text": text}
        case b.Term(name, _, page, anchor):
            return {"run": "term", "text": text, "name": clean(name), "page": page, "anchor": anchor}
        case b.Cite(citation, _, page, anchor):
            return {"run": "cite", "text": text, "clause": _clause(citation), "page": page, "anchor": anchor}
        case b.Link(_, page, anchor, web):
            return {"run": "link", "text": text, "page": page, "anchor": anchor, "address": "" if page else address(web)}


def _clause(found: Citation) -> Shape:
    return {"label": clean(found.label()), "document": clean(found.document), "number": clean(found.number),
            "title": clean(found.title), "line": found.line, "amendment": clean(found.amendment)}  # fmt: skip
