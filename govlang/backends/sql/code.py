"""The verdict of a right, and what it rests on, as one whole number a row.

In: a `Right` and its columns. Out: `4 * point + verdict`, where `verdict` counts in `VERDICTS` and `point` in `endings` (from 1;
0 where there is none, as for what is permitted). One number is written, counted and grouped fast; `read_code` says it in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govlang.backends.plan import Right, points_of
from govlang.backends.sql.dialects import DUCKDB, Dialect
from govlang.backends.sql.expressions import Cell, Expressions
from govlang.backends.sql.pieces import PREFIX, Piece, Staged
from govlang.core.expr import TRUE
from govlang.core.reasons import Choice, Point, Split, points
from govlang.core.rules import failed, met
from govlang.core.verdict import Verdict
from govlang.frozen import dataclass, field, once

VERDICTS = (Verdict.PERMITTED, Verdict.PENDING, Verdict.DENIED, Verdict.SILENT)
_PENDING, _DENIED, _SILENT = 1, 2, 3


@once
def endings(right: Right) -> tuple[Point, ...]:
    """Everything that a verdict of this right can rest on, in the order in which a code counts it."""
    return tuple(dict.fromkeys(point for choice in points_of(right) for point in points(choice)))


def read_code(right: Right, code: int) -> tuple[Verdict, Point | None]:
    """What a code says."""
    point, verdict = divmod(code, 4)
    return VERDICTS[verdict], endings(right)[point - 1] if point else None


@dataclass(frozen=True, slots=True)
class Coded:
    """The code of one right as SQL over its columns."""

    right: Right
    staged: Staged = field(compare=False)
    piece: Piece = field(compare=False, repr=False)

    def select(self, source: str, keep: Sequence[str] = (), name: str = "code") -> str:
        """A query: the expressions `keep`, and the code under a name, of each row of `source` (a query without its brackets)."""
        return self.staged.select(source, keep, name)

    def whole(self, longest: int) -> str:
        """The same as one expression, without stages; empty if it were longer than that."""
        return str(self.piece) if self.piece.length() <= longest else ""


def coded(right: Right, cells: Mapping[str, Cell | str], dialect: Dialect = DUCKDB, prefix: str = PREFIX) -> Coded:
    """A right in SQL. `cells` give the SQL of each column by its name; NULL is what is not known. `prefix` begins the names of the
    columns that are made on the way. Raises `Unsupported`."""
    piece = _code(right, Expressions(cells, dialect))
    return Coded(right, Staged(piece, prefix), piece)


def code_sql(right: Right, cells: Mapping[str, Cell | str], dialect: Dialect = DUCKDB) -> str:
    """The same as one expression. It is long where tiers share much; `coded` names what is shared."""
    return str(_code(right, Expressions(cells, dialect)))


def _code(right: Right, sql: Expressions) -> Piece:
    numbers = {point: place for place, point in enumerate(endings(right), start=1)}

    def chosen(choice: Choice | None, verdict: int) -> list[str | Piece]:
        """A choice as what follows `ELSE`, or `WHEN ... THEN ... ELSE`."""
        parts: list[str | Piece] = []
        while isinstance(choice, Split):
            then = sql.make("CASE ", *chosen(choice.then, verdict), " END") if isinstance(choice.then, Split) \
                else _literal(sql, numbers, choice.then, verdict)  # fmt: skip
            parts += ["WHEN ", sql.truth(choice.condition), " THEN ", then, " "]
            choice = choice.otherwise
        return [*parts, "ELSE ", _literal(sql, numbers, choice, verdict)]

    failing, waiting = points_of(right)
    applies: list[str | Piece] = []
    if right.applies != TRUE:
        applies = ["WHEN (NOT ", sql.truth(right.applies), f") THEN {_SILENT} "]
    lost = sql.make("CASE ", *chosen(failing, _DENIED), " END") if isinstance(failing, Split) \
        else _literal(sql, numbers, failing, _DENIED)  # fmt: skip
    return sql.make("CASE ", *applies, "WHEN ", sql.truth(met(right.tree)), " THEN 0 WHEN ", sql.truth(failed(right.tree)),
                    " THEN ", lost, " ", *chosen(waiting, _PENDING), " END")  # fmt: skip


def _literal(sql: Expressions, numbers: Mapping[Point, int], point: Choice | None, verdict: int) -> Piece:
    assert not isinstance(point, Split)
    return sql.make(str(4 * (numbers[point] if point is not None else 0) + verdict))
