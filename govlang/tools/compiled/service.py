"""A service's agreement: one that is in force, and the next one, loaded aside.

In: a path. Out: `Service`: `current` is a compiled agreement that never changes; `reload` puts another in its place in one step, or
leaves it and says why. Whoever took `current` before goes on with what they took.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from govlang.tools.compiled import compile
from govlang.tools.compiled.compiled import Compiled


class Service:
    """An agreement that is asked while it may be replaced. Raises NoAnswer where the first one cannot be loaded."""

    def __init__(self, path: str | Path, *record: str | Path, cache: str | Path | None = None, on: str = "") -> None:
        self.path = path
        self._record: Iterable[str | Path] = record
        self._cache = cache
        self._on = on
        self._reloading = Lock()
        self._current = self._compiled()

    @property
    def current(self) -> Compiled:
        """The agreement in force. Take it once for each request, so that a request is answered by one text."""
        return self._current

    def reload(self) -> bool:
        """Loads the agreement again; whether another text is in force now. Raises NoAnswer, and changes nothing, where the new text
        has errors or cannot be read."""
        with self._reloading:
            fresh = self._compiled()
            same = fresh.about == self._current.about and fresh.source.beside == self._current.source.beside
            if not same:
                self._current = fresh
            return not same

    def _compiled(self) -> Compiled:
        return compile(self.path, cache=self._cache, record=self._record, on=self._on)
