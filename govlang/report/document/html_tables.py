"""Tables as HTML: one heading a column, the first cell heads its row, rows of one group stand together under its name.

In: a `Table`, and the writer of the page. Out: HTML. The table scrolls inside its own region, which the keyboard reaches, so that
the page never does; each cell carries the heading of its column, so that a narrow screen can show a row as a card. The roles are
spelled out, since a card is no longer laid out as a table, and some browsers then forget that it is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.report.document.escape import escaped, one_line
from govlang.report.document.signs import sign
from govlang.tools.document import blocks as b

if TYPE_CHECKING:
    from govlang.report.document.html import Html

_NUMBERS = ("number", "money", "share")
_DAYS = ("date", "time")
_MANY = 8  # columns that still fit beside each other


def table(page: Html, block: b.Table) -> str:
    """A table with its caption, its note and its files."""
    anchor = page.id(f"table-{block.key}")
    words = one_line(block.title or "Table")
    wide = " gl-wide" if len(block.columns) > _MANY else ""
    head = "".join(f'<th scope="col" role="columnheader"{_kind(column)}>{escaped(column.title)}</th>' for column in block.columns)
    body = "".join(_body(page, block)) if block.rows else _nothing(block)
    return (
        f'<div class="gl-tabled" id="{escaped(anchor)}">\n'
        f'<div class="gl-scroll" role="region" aria-label="{words}" tabindex="0">\n'
        f'<table class="gl-table{wide}" role="table">\n<caption{page.caption(block.title)}>{escaped(block.title)}</caption>\n'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n{body}</table>\n</div>\n'
        f"{_note(page, block)}{_files(page, block)}</div>\n"
    )


def _body(page: Html, block: b.Table) -> Iterator[str]:
    """The rows; a group is a part of the table with a heading of its own."""
    group: str | None = None
    for row in block.rows:
        if row.group != group:
            yield "" if group is None else "</tbody>\n"
            yield '<tbody role="rowgroup">\n'
            if row.group:
                name = escaped(row.group)
                yield (f'<tr class="gl-group" role="row"><th scope="rowgroup" role="rowheader" colspan="{len(block.columns)}">'
                       f"{name}</th></tr>\n")  # fmt: skip
            group = row.group
        yield _row(page, block, row)
    yield "</tbody>\n"


def _row(page: Html, block: b.Table, row: b.Row) -> str:
    cells = []
    for place, (column, cell) in enumerate(zip(block.columns, row.cells, strict=False)):
        shown = f"{_sign(cell)}{page.runs(cell.runs)}"
        if place == 0:
            cells.append(f'<th scope="row" role="rowheader"{_kind(column, cell)}>{shown}</th>')
        else:
            empty = "" if b.text(cell.runs).strip() else " gl-empty"
            label = one_line(column.title)
            cells.append(f'<td role="cell"{_kind(column, cell, empty)} data-label="{label}"><div>{shown}</div></td>')
    return f'<tr role="row"{page.at(row.anchor)}>{"".join(cells)}</tr>\n'


def _kind(column: b.Column, cell: b.Cell | None = None, more: str = "") -> str:
    """The class of a cell: numbers stand to the right, days are not broken, states have their tone."""
    names = more
    if column.kind in _NUMBERS:
        names += " gl-num"
    elif column.kind in _DAYS:
        names += " gl-day"
    if cell is not None and cell.kind:
        tone, _ = sign(cell.kind)
        names += f" gl-tone gl-tone-{tone}" if tone else ""
    return f' class="{names.strip()}"' if names else ""


def _sign(cell: b.Cell) -> str:
    mark = sign(cell.kind)[1] if cell.kind and cell.runs else ""
    return f'<span class="gl-sign" aria-hidden="true">{mark}</span> ' if mark else ""


def _nothing(block: b.Table) -> str:
    cell = f'<td role="cell" class="gl-nothing" colspan="{len(block.columns)}">None.</td>'
    return f'<tbody role="rowgroup"><tr role="row">{cell}</tr></tbody>\n'


def _note(page: Html, block: b.Table) -> str:
    return f'<p class="gl-table-note">{page.runs(block.note)}</p>\n' if block.note else ""


def _files(page: Html, block: b.Table) -> str:
    """Links to the table as files."""
    found = list(page.downloads(block)) if page.downloads is not None else []
    if not found:
        return ""
    about = f'<span class="gl-unseen"> of {escaped(block.title)}</span>'
    links = "".join(f' <a href="{escaped(href)}" download>{escaped(words)}{about}</a>' for words, href in found)
    return f'<p class="gl-files"><span class="gl-files-word">This table as</span>{links}</p>\n'
