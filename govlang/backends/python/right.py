"""One decision right, compiled: Python functions of a row of columns, made when they are first asked for.

In: a planned `Right`. Out: `CompiledRight`: verdict, yes or no, an answer with reasons. What it keeps is what would come out again,
so threads may share it, and two of them that make the same function at once do no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from govlang.backends.plan import Right, judged
from govlang.backends.python import deciding, reading, reasoned, reasoning, wants as missing
from govlang.backends.python.writing import TOO_DEEP, Get, Got, Names, made
from govlang.core.expr import TRUE, Expr, Value
from govlang.core.rules import Branch, Leaf
from govlang.core.verdict import Verdict, evaluate

Row = Mapping[str, Value]
Decide = Callable[[Row], Verdict]

_ENDS = """\
def verdict(row):
    get = row.get
    if silent(get): return SILENT
    if met(get): return PERMITTED
    return DENIED if failed(get) else PENDING
def permits(row):
    get = row.get
    return met(get) and not silent(get)
def answer(row):
    get = row.get
    if silent(get): return told(right, SILENT, None, (), get)
    return reasons(get)
"""
_ALWAYS_ASKED = """\
def verdict(row):
    get = row.get
    if met(get): return PERMITTED
    return DENIED if failed(get) else PENDING
def permits(row):
    return met(row.get)
def answer(row):
    return reasons(row.get)
"""


class CompiledRight:
    """`verdict(row)`, `permits(row)`, `answer(row)`: of a row of columns by name. What is missing from the row is not known."""

    verdict: Decide
    permits: Callable[[Row], bool]
    answer: Callable[[Row], reasoned.Reasoned]
    silent: Callable[[Get], bool]  # whether the right is not about a row, of `row.get`
    shape: reasoning.Shape
    reading: dict[str, Callable[..., Any]]

    def __init__(self, right: Right) -> None:
        self.right = right
        self._wants: dict[int, tuple[Leaf | Branch, missing.Wants]] = {}

    def __repr__(self) -> str:
        return f"CompiledRight({self.right.name!r})"

    def __getattr__(self, name: str) -> Any:
        """What is made when it is first asked for."""
        if name in ("verdict", "permits", "silent"):
            self.__dict__.update(_deciding(self.right))
        elif name in ("answer", "shape"):
            self.__dict__.update(_reasoning(self))
        elif name == "reading":
            self.__dict__[name] = reading.functions(self.shape)
        else:
            raise AttributeError(f"a compiled right has no {name}")
        return self.__dict__[name]

    def wants(self, about: Leaf | Branch) -> missing.Wants:
        """What says which wants of a requirement (or of a tier) hold."""
        found = self._wants.get(id(about))
        if found is None:
            found = self._wants[id(about)] = about, missing.compiled(about.wants)
        return found[1]


def compile_right(right: Right) -> CompiledRight:
    """The right as Python functions; see `CompiledRight`."""
    return CompiledRight(right)


def source(right: Right) -> str:
    """The source text of the verdict, for those who want to read it."""
    return "\n".join((*deciding.Deciding(Names()).write(right.tree, right.applies), *_ends(right, "verdict")))


def _ends(right: Right, *wanted: str) -> list[str]:
    text = _ALWAYS_ASKED if right.applies == TRUE else _ENDS
    kept = (f"def {part}" for part in text.split("def ")[1:] if part.partition("(")[0] in wanted)
    return [line for part in kept for line in part.splitlines()]


def _deciding(right: Right) -> dict[str, Any]:
    names, wanted = Names(), ("verdict", "permits")
    try:
        lines = deciding.Deciding(names).write(right.tree, right.applies)
        functions = made((*lines, *_ends(right, *wanted)), names, (*wanted, "silent"), _VERDICTS)
    except TOO_DEEP:  # nested deeper than Python can read: the interpreter answers, at its own speed
        return _interpreted(right)
    return dict(zip((*wanted, "silent"), functions, strict=True))


def _reasoning(compiled: CompiledRight) -> dict[str, Any]:
    right, names = compiled.right, Names()
    written = reasoning.Reasoning(names)
    lines, shape = written.write(right)
    beside = {**_VERDICTS, "right": compiled, "told": reasoned.Reasoned, "silent": compiled.silent}
    try:
        answer = made((*lines, *_ends(right, "answer")), names, ("answer",), beside)[0]
    except TOO_DEEP:
        parts = tuple(written.parts)

        def answer(row: Row) -> reasoned.Reasoned:
            verdict, point = judged(right, row)
            found = _found(parts, Got(row.get)) if verdict is not Verdict.SILENT else ()
            return reasoned.Reasoned(compiled, verdict, point, found, row.get)

    return {"answer": answer, "shape": shape}


def _found(parts: tuple[tuple[Expr, bool], ...], row: Got) -> reading.Found:
    """What `reasons` finds, by the interpreter."""
    values = ((evaluate(expr, row), truth) for expr, truth in parts)
    return (*(value is True if truth else cast("bool | None", value) for value, truth in values), False, True)


def _interpreted(right: Right) -> dict[str, Any]:
    return {"verdict": lambda row: judged(right, row)[0], "silent": lambda get: evaluate(right.applies, Got(get)) is False,
            "permits": lambda row: judged(right, row)[0] is Verdict.PERMITTED}  # fmt: skip


_VERDICTS: dict[str, object] = {verdict.name: verdict for verdict in Verdict}
