"""Writing Python: names that stand for columns and constants, lines with their indentation, and the functions they become.

In: lines. Out: functions. The source holds the shape of a right: every name in it is made here, the names of columns stand in it
if they are plain words, and texts, amounts and larger numbers stand beside it as constants. So no text of an agreement can become
code, and rights of one shape, of which an agreement has many, share one piece of code, which is compiled once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from sys import intern
from typing import Any

from govlang.core.expr import Value, Worked
from govlang.core.keys import Column, Key

SMALL, MOST_SHAPES = 256, 4096
PLAIN = re.compile(r"[a-z0-9_]{1,100}")
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
        self._constants: dict[tuple[type, object], str] = {}
        self._wanted: list[str] = []

    def variable(self, column: Column) -> str:
        """The local variable of a column; noted as wanted, so that it can be loaded first."""
        name = self.columns.get(column)
        if name is None:
            name = self.columns[column] = f"c{len(self.columns)}"
        self._wanted.append(name)
        return name

    def want(self, names: Iterable[str]) -> None:
        """Notes variables as wanted."""
        self._wanted += names

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

    def key(self, name: str) -> str:
        """The name of a column, to look it up by: a plain word stands in the source, so that rights of one shape share it."""
        return repr(name) if PLAIN.fullmatch(name) else self.constant(name)

    def constant(self, value: object) -> str:
        """A value of any kind: as it is written, if it is a small number or none, else by a name."""
        if value is None or type(value) is bool or (type(value) is int and abs(value) < SMALL):
            return repr(value)
        if type(value) is str:
            value = intern(value)
        # of other values, equal ones are not made one: two requirements may differ in their clause alone
        key = value if type(value) is int else id(value)
        found = self._constants.get((type(value), key))
        if found is None:
            found = self._constants[type(value), key] = f"k{len(self.constants)}"
            self.constants[found] = value
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
                self.line(f"{name} = get({self.names.key(columns[name])})")
            self.loaded.update(wanted)

    def function(self, name: str, parameters: str = "get") -> None:
        """Begins a function."""
        self.depth, self.loaded = 0, set()
        self.line(f"def {name}({parameters}):")
        self.depth = 1


def made(lines: Iterable[str], names: Names, wanted: Sequence[str], beside: Mapping[str, object] | None = None) -> list[Any]:
    """Some of the functions that lines define; `beside` are further names that they may use. Raises one of `TOO_DEEP`."""
    known = {**names.constants, **(beside or {})}
    source = "".join(f"    {line}\n" for line in lines)
    return list(_maker(f"def make({', '.join(known)}):\n{source}    return {', '.join(wanted)},\n")(*known.values()))


@lru_cache(maxsize=MOST_SHAPES)
def _maker(source: str) -> Callable[..., tuple[Any, ...]]:
    """What makes functions of constants."""
    known: dict[str, Any] = {"__builtins__": _BUILT_IN}
    exec(compile(source, "<a right>", "exec"), known)
    make: Callable[..., tuple[Any, ...]] = known["make"]
    return make
