"""Writing Python: names that stand for columns and constants, lines with their indentation, and the functions they become.

In: lines. Out: functions. Every name in the source is made here; what comes from an agreement stands in it as a literal of Python
(`repr` of a str or an int) or as a constant beside it, so that no text of an agreement can become code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from govlang.core.expr import Value, Worked
from govlang.core.keys import Column, Key

_BUILT_IN = {"type": type, "max": max, "min": min}
TOO_DEEP = (SyntaxError, RecursionError, MemoryError)  # what `made` raises where lines are nested too deep for Python


Get = Callable[[str], Value]  # what gives the value of a column; None for one that is not known


class Got:
    """A row for the reference interpreter, which is asked where Python cannot be."""

    def __init__(self, get: Get) -> None:
        self.get = get
        self.worked: Worked[Value] = {}

    def value(self, key: Key) -> Value:
        """The value of a column."""
        assert isinstance(key, Column)
        return self.get(key.name)


class Names:
    """The variables and constants of one piece of source text."""

    def __init__(self) -> None:
        self.columns: dict[Column, str] = {}
        self.constants: dict[str, object] = {}
        self._by_identity: dict[int, str] = {}
        self._by_value: dict[tuple[type, object], str] = {}
        self._used: set[str] = set()
        self._wanted: list[str] = []

    def variable(self, column: Column) -> str:
        """The local variable of a column; noted as wanted, so that it can be loaded first."""
        name = self.columns.get(column)
        if name is None:
            name = self.columns[column] = f"c{len(self.columns)}"
        self._wanted.append(name)
        return name

    def wanted(self) -> list[str]:
        """The variables asked for since this was last asked."""
        found, self._wanted = list(dict.fromkeys(self._wanted)), []
        return found

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Something else is written meanwhile: what is wanted here stays wanted here."""
        kept, self._wanted = self._wanted, []
        yield
        self._wanted = kept

    def constant(self, value: object) -> str:
        """A value of any kind: as it is written, if that is safe and short, else by a name."""
        if value is None or type(value) in (bool, int):
            return repr(value)
        if type(value) is str:
            return repr(value)
        found = self._by_identity.get(id(value))
        if found is None:
            try:
                key = (type(value), value)
                found = self._by_value.get(key)
            except TypeError:
                key = (type(value), id(value))
            if found is None:
                found = self._by_value[key] = f"k{len(self.constants)}"
                self.constants[found] = value
            self._by_identity[id(value)] = found
        return found


class Writer:
    """Lines of source text, and which columns are loaded where they stand."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.lines: list[str] = []
        self.depth = 0
        self.loaded: set[str] = set()

    def line(self, text: str) -> None:
        """One line."""
        self.lines.append("    " * self.depth + text)

    def load(self) -> None:
        """Loads the columns wanted by what comes next, if they are not loaded yet."""
        wanted = [name for name in self.names.wanted() if name not in self.loaded]
        if wanted:
            columns = {name: column.name for column, name in self.names.columns.items()}
            for name in wanted:
                self.line(f"{name} = get({columns[name]!r})")
            self.loaded.update(wanted)

    def function(self, name: str) -> None:
        """Begins a function of `get`."""
        self.depth, self.loaded = 0, set()
        self.line(f"def {name}(get):")
        self.depth = 1


def made(lines: Iterable[str], names: Names, beside: dict[str, object] | None = None) -> dict[str, Callable[..., Any]]:
    """The functions that lines define. Raises one of `TOO_DEEP`."""
    known: dict[str, Any] = {"__builtins__": _BUILT_IN, **names.constants, **(beside or {})}
    exec(compile("\n".join(lines) + "\n", "<a right>", "exec"), known)
    return known
