"""Scans: how often a log is read for its branches. Those whose code is one expression share one reading.

In: branches. Out: queries that give every row its code, each over the rows of one or of several branches. Where parts of an
expression would have to be written again and again, and where tables are joined, a branch is read by itself, in stages.
"""

from __future__ import annotations

from collections.abc import Sequence

from govlang.backends.sql import Dialect
from govlang.frozen import dataclass, field
from govlang.tools.columnar.branches import Branch
from govlang.tools.columnar.logs import Log
from govlang.tools.columnar.meanings import CODE


@dataclass(frozen=True, slots=True)
class Scan:
    """A query over the rows of some branches, with their codes; `shown` is the SQL of the decision that they are counted under."""

    sql: str = field(repr=False)
    shown: str
    decisions: tuple[str, ...]


def scans(branches: Sequence[Branch], log: Log, dialect: Dialect) -> list[Scan]:
    """The queries for all rows of all branches, as few as pay."""
    shared: dict[str, list[Branch]] = {}
    for branch in branches:
        if branch.whole:
            shared.setdefault(branch.window, []).append(branch)
    together = {window: several for window, several in shared.items() if len(several) > 1}
    found = [_together(window, several, log, dialect) for window, several in together.items()]
    done = {id(branch) for several in together.values() for branch in several}
    return [*found, *(_by_itself(branch, dialect) for branch in branches if id(branch) not in done)]


def _by_itself(branch: Branch, dialect: Dialect) -> Scan:
    return Scan(branch.sql, dialect.string(branch.decision), (branch.decision,))


def _together(window: str, branches: Sequence[Branch], log: Log, dialect: Dialect) -> Scan:
    """One reading, with the code of each row by its decision."""
    name = dialect.identifier(log.column("decision"))
    listed = tuple(branch.decision for branch in branches)
    cases = " ".join(f"WHEN {dialect.string(branch.decision)} THEN ({branch.whole})" for branch in branches)
    where = f"{window} AND {name} IN ({', '.join(map(dialect.string, listed))})"
    sql = f"SELECT *, CASE {name} {cases} END AS {CODE} FROM ({log.rows}) WHERE {where}"
    return Scan(sql, f"CAST({name} AS VARCHAR)", listed)
