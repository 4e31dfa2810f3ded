"""Rows of which SQL cannot speak, judged where they lie: the reference interpreter in the processes of Spark.

In: the agreement and its record (`Shipped`), the branch that rows belong to, what columns they have. Out: a function of one row
that says what it comes to. It is sent to the workers as it is; there, the agreement is read once a process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

from govlang.backends.sql import Cell
from govlang.tools.columnar.branches import Branch
from govlang.tools.columnar.interpreting import Interpreter
from govlang.tools.columnar.meanings import Meanings
from govlang.tools.columnar.plans import Plans, governing
from govlang.tools.columnar.spark_shipped import Shipped, unpacked

SAID = "verdict string, right string, requirement string, clause string, reason string"
Said = tuple[str | None, str | None, str | None, str | None, str | None]


class Wanted(NamedTuple):
    """A column of a right that the log has itself, and whether a currency or a unit comes with it."""

    right: str
    name: str
    currency: bool
    unit: bool


class Work(NamedTuple):
    """The rows of one branch: its decision, the place of its text among the versions, whether it is a log of votes."""

    shipped: Shipped
    decision: str
    text: int
    raw: bool
    columns: tuple[str, ...]
    wanted: tuple[Wanted, ...]


def judging(work: Work) -> Callable[..., Said]:
    """The function that judges a row, given as its cells and then the values of its own columns, two by two."""
    made: list[Callable[[Sequence[Any]], Said]] = []

    def judge(*values: Any) -> Said:
        if not made:
            made.append(_judge(work))
        return made[0](values)

    return judge


def _judge(work: Work) -> Callable[[Sequence[Any]], Said]:
    loaded, history, here = unpacked(work.shipped)
    plans = Plans(loaded, history)
    text = plans.texts[work.text]
    rights = tuple(plans.of(text, name) for name in governing(text, work.decision, not work.raw))
    wanted = [(each.right, each.name, Cell("", currency="?" if each.currency else "", unit="?" if each.unit else ""))
              for each in work.wanted]  # fmt: skip
    branch = Branch(work.decision, text, history.under(work.text), rights, "", {})
    meanings = Meanings()
    away: Any = SimpleNamespace(loaded=loaded, history=history, plans=plans, raw=work.raw)
    interpreter = Interpreter(away, SimpleNamespace(meanings=meanings))  # type: ignore[arg-type]

    def judge(values: Sequence[Any]) -> Said:
        cells = {name: _plain(value) for name, value in zip(work.columns, values, strict=False)}
        own = [_plain(value) for value in values[len(work.columns):]]
        row = interpreter._row(branch, 0, 0, cells, wanted, own)
        said = meanings.said(interpreter.code(branch, row))
        verdict = said.verdict.value if said.verdict is not None else None
        clause = said.clause.replace(here, work.shipped.home)  # a clause without a heading is cited by its file and line
        return verdict, said.right or None, said.requirement or None, clause or None, said.reason or None

    return judge


def _plain(value: Any) -> Any:
    """A value as plain Python: structures as mappings, lists of them too."""
    if isinstance(value, str | int | float | date | datetime) or value is None:
        return value
    if hasattr(value, "asDict"):
        return {name: _plain(each) for name, each in value.asDict().items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value
