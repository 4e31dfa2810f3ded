"""Tables without the columns in which nothing stands.

In: a `Table`. Out: the same table, narrower.
"""

from __future__ import annotations

from govlang.frozen import replace
from govlang.tools.document.blocks import Table, text


def filled(table: Table) -> Table:
    """A table whose columns all have something to say in some row; the first one, which heads the rows, stays in any case."""
    used = [
        place for place in range(len(table.columns))
        if not place or any(text(row.cells[place].runs).strip() for row in table.rows)
    ]  # fmt: skip
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in used)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in used), rows=rows)
