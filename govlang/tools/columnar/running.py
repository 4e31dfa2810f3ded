"""Running a query that may take long: with a progress bar where somebody watches, and so that Ctrl-C stops it.

In: a connection and SQL. Out: rows. The engine works in a thread of its own; this one draws, and hears the interruption.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

_BETWEEN = 0.2  # seconds from one look to the next
_WIDTH = 30


class Runner:
    """Runs queries on one connection. `watched` says whether anybody looks at standard error."""

    def __init__(self, con: duckdb.DuckDBPyConnection, watched: bool | None = None) -> None:
        self.con = con
        self.watched = sys.stderr.isatty() if watched is None else watched
        if self.watched:
            con.execute("SET enable_progress_bar = true")
            con.execute("SET enable_progress_bar_print = false")

    def rows(self, sql: str, what: str) -> list[tuple[Any, ...]]:
        """The rows of a query. What the engine raises is raised here."""
        found: list[tuple[Any, ...]] = []
        failed: list[BaseException] = []

        def work() -> None:
            try:
                found.extend(self.con.execute(sql).fetchall())
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                thread.join(_BETWEEN)
                self._draw(what)
        except BaseException:
            self.con.interrupt()
            thread.join()
            raise
        finally:
            self._wipe()
        if failed:
            raise failed[0]
        return found

    def _draw(self, what: str) -> None:
        if not self.watched:
            return
        done = max(0.0, min(100.0, float(self.con.query_progress())))
        filled = int(_WIDTH * done / 100)
        sys.stderr.write(f"\r{what} [{'#' * filled}{'.' * (_WIDTH - filled)}] {done:3.0f}%")
        sys.stderr.flush()

    def _wipe(self) -> None:
        if self.watched:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
