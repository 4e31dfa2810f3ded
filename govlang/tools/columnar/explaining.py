"""One row of a log, explained by the interpreter.

In: an opened log and a row number. Out: for a log of votes the whole answer, as `govlang decide` gives it; for a log of counts the
state of each requirement with the values that it looks at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govlang.backends.answers import Answer
from govlang.backends.plan import Planned, Values
from govlang.core import keys as k
from govlang.core.expr import Value, keys_in
from govlang.core.rules import AnyOf, Branch as Tier, Every, Leaf, Pick, Readings, Tree
from govlang.core.verdict import State, evaluate, state
from govlang.frozen import dataclass
from govlang.record.logged import BadRow
from govlang.tools import decide
from govlang.tools.columnar.auditing import Session
from govlang.tools.columnar.interpreting import Interpreter, LogRow
from govlang.tools.columnar.listing import ColumnOf, columns
from govlang.tools.columnar.logs import ROW, unreadable
from govlang.tools.columnar.meanings import UNSURE, Meaning
from govlang.tools.questions import NoAnswer


@dataclass(frozen=True, slots=True)
class Line:
    """One part of what a right requires: how deep it stands, its state, its words, and the values that it looks at."""

    depth: int
    state: State | None
    label: str
    clause: str
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """A row explained. `answer` for a log of votes, `lines` for one of counts; neither for a bad row."""

    row: int
    decision: str
    meaning: Meaning
    lines: tuple[Line, ...] = ()
    answer: Answer | None = None


def explain(session: Session, number: int) -> Explained:
    """One row. Leaves with a message where the log has no such row."""
    if not 1 <= number <= session.log.count:
        unreadable("GL708", f"the log has no row {number}", f"its rows are numbered from 1 to {session.log.count}")
    builder, branches = session.branches()
    session.tables(branches)
    interpreter = Interpreter(session, builder)
    for branch in branches:
        for row in interpreter.rows(branch, f"{ROW} = {number}"):
            said = builder.meanings.said(row.code)
            if not branch.rights:
                return Explained(number, str(row.cells.get("decision") or ""), said)
            if session.raw:
                return _voted(session, interpreter, row, branch.decision)
            if said.verdict is None and row.code > UNSURE:
                return Explained(number, branch.decision, said)
            found = interpreter.counted(branch, row)
            planned = next(each for each in branch.rights if each.right.name == found.right)
            return Explained(number, branch.decision, found, tuple(lines(planned, row.own.get(found.right, {}))))
    raise NoAnswer(f"row {number} cannot be found", "does the file change while it is read?")


def _voted(session: Session, interpreter: Interpreter, row: LogRow, decision: str) -> Explained:
    try:
        answer = interpreter.answer(row)
    except BadRow as bad:
        return Explained(row.number, decision, Meaning(None, reason=str(bad)))
    label = answer.point.label if answer.point is not None else ""
    said = Meaning(answer.verdict, answer.right, label)
    if answer.judged is None:
        return Explained(row.number, decision, said)
    return Explained(row.number, decision, said, answer=decide.about_judged(session.loaded, answer.judged))


def lines(planned: Planned, values: Mapping[str, Value]) -> Iterator[Line]:
    """What a right requires, part by part, on a row of values."""
    row = Values(values)
    yield from _of(planned.right.tree, row, planned, 0)


def _of(tree: Tree, row: Values, planned: Planned, depth: int) -> Iterator[Line]:
    match tree:
        case Leaf():
            names = dict.fromkeys(
                key.name for side in (tree.met, tree.failed) for key in keys_in(side) if isinstance(key, k.Column)
            )
            yield Line(
                depth,
                state(tree, row),
                tree.label,
                tree.citation.label(),
                tuple((name, row.values.get(name)) for name in names),
            )
        case Every(items) | AnyOf(items):
            shown = isinstance(tree, AnyOf) or bool(tree.label)
            if shown:
                yield Line(depth, state(tree, row), tree.label or "any of these", tree.citation.label())
            for item in items:
                yield from _of(item, row, planned, depth + shown)
        case Pick(branches):
            for branch in branches:
                fits = evaluate(branch.condition, row)
                if fits is not False:
                    yield _tier(branch, fits, depth)
                    yield from _of(branch.tree, row, planned, depth + 1)
                if fits is True:
                    return
        case Readings(readings):
            for branch in readings:
                yield _tier(branch, evaluate(branch.condition, row), depth)
                yield from _of(branch.tree, row, planned, depth + 1)


def _tier(branch: Tier, fits: Value, depth: int) -> Line:
    known = "" if fits is True else " (not known whether it applies)"
    return Line(depth, None, f"{branch.label}{known}", branch.citation.label())


__all__ = ["ColumnOf", "Explained", "Line", "columns", "explain", "lines"]
