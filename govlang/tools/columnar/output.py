"""The rows of an audit in a file: whole or not at all.

In: a query, a path. Out: a Parquet, CSV or JSON-lines file. It is written beside its place and moved there when it is whole, so
that whatever goes wrong leaves what stood there before.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from govlang.backends.sql import DUCKDB
from govlang.tools.columnar import logs
from govlang.tools.columnar.running import Runner

if TYPE_CHECKING:
    import duckdb

FORMS = {
    ".parquet": "FORMAT parquet, COMPRESSION snappy",
    ".csv": "FORMAT csv, HEADER",
    ".jsonl": "FORMAT json",
    ".ndjson": "FORMAT json",
}


def form(path: str) -> str:
    """How a file of that name is written. Leaves with a message for an ending that is none of them."""
    found = FORMS.get(Path(path).suffix.lower())
    if found is None:
        logs.unreadable(
            "GL707", f"'{path}' does not say by its name how to write it", f"let it end in {', '.join(FORMS)}"
        )
    return found


def checked(path: str) -> None:
    """Leaves with a message where nothing can be written there, before any work is done."""
    form(path)
    target = Path(path)
    if target.is_dir():
        logs.unreadable("GL707", f"'{path}' is a folder, not a file", "name a file in it")
    if not target.resolve().parent.is_dir():
        logs.unreadable("GL707", f"'{path}' cannot be written: there is no folder '{target.parent}'", "make it first")
    if not os.access(target.resolve().parent, os.W_OK):
        logs.unreadable(
            "GL707", f"'{path}' cannot be written: its folder may not be written to", "check its permissions"
        )


def write(con: duckdb.DuckDBPyConnection, runner: Runner, path: str, query: str) -> None:
    """Writes the rows of a query."""
    import duckdb

    del con
    target = Path(path).resolve()
    part = target.parent / f".govlang-{os.getpid()}.part"
    if target.suffix.lower() == ".csv":
        query = _harmless(query)
    try:
        runner.rows(f"COPY ({query}) TO {DUCKDB.string(str(part))} ({form(path)})", "writing")
        if target.is_file():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    except (OSError, duckdb.IOException) as error:
        reason = getattr(error, "strerror", None) or logs.reason(error)
        logs.unreadable(
            "GL707",
            f"'{path}' cannot be written: {reason}",
            "check its folder, its permissions and the room on the disk",
        )
    finally:
        part.unlink(missing_ok=True)


def _harmless(query: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    cells = [
        f"CASE WHEN {cell} SIMILAR TO '[=+\\-@\\t\\r].*' THEN '''' || {cell} ELSE {cell} END AS {cell}"
        for cell in ("id", "decision")
    ]
    return f"SELECT * REPLACE ({', '.join(cells)}) FROM ({query})"
