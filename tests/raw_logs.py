"""Random logs of raw votes, and both ways of judging them.

In: an agreement, a history, a seed. Out: rows; and for each row what SQL says of it beside what the reference says.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import duckdb

from govlang.backends.plan import Planned, plan
from govlang.backends.sql import Cell, coded, read_code
from govlang.frozen import dataclass, field
from govlang.pipeline import Loaded
from govlang.record import logged
from govlang.record.history import History
from govlang.syntax.nodes import Money
from govlang.tools.columnar.raw import Derived, NotPlain as NotPlain, Range, derive

Row = dict[str, Any]
SHAPES = (
    ("proposed", "proposed_by", "facts"),
    ("proposed", "proposed_by", "facts", "closed", "noticed", "withdrawn", "mode"),
    ("proposed", "proposed_by", "facts", "meeting", "present", "absent", "closed yes", "noticed"),
    ("proposed", "facts", "closed", "meeting", "absent", "mode"),
)
TYPES = dict.fromkeys(("text", "party", "person", "role", "body", "choice", "name"), "VARCHAR") | {
    "money": "DECIMAL(18,2)", "number": "INTEGER", "percent": "DECIMAL(6,3)", "yesno": "BOOLEAN", "date": "DATE",
}  # fmt: skip


class Rows:
    """Random rows about one decision. `cast` gives ballots a day; `times` gives everything a time of day."""

    def __init__(
        self, seed: int, history: History, decision: str, shape: tuple[str, ...], cast: bool = False, times: bool = False
    ) -> None:
        self.rng = Random(seed)
        self.history, self.shape, self.cast, self.times = history, shape, cast, times
        self.agreement = history.agreement
        self.facts = {name: given for name, given in self.agreement.decisions[decision].facts.items() if given.type.kind in TYPES}
        people = {*history.persons, *self.agreement.members, *(tenure.who for tenure in history.tenures)}
        self.people = sorted(name for name in people if name and name[0] != "-") or ["Nobody"]
        self.roles, self.bodies = sorted(self.agreement.roles) or self.people, sorted(self.agreement.bodies) or ["Nobody"]

    def schema(self) -> dict[str, str]:
        """The columns and their types."""
        day = "TIMESTAMP" if self.times else "DATE"
        kinds = {"proposed": day, "proposed_by": "VARCHAR", "closed": day, "mode": "VARCHAR", "meeting": "VARCHAR", "noticed": day,
                 "present": "VARCHAR[]", "absent": "VARCHAR[]", "withdrawn": "BOOLEAN"}  # fmt: skip
        found = {"decided": day} | {name: kinds[name] for name in self.shape if name in kinds}
        if "closed yes" in self.shape:
            found["closed"] = "BOOLEAN"
        cast = f", \"cast\" {day}" if self.cast else ""
        found["ballots"] = f"STRUCT(voter VARCHAR, choice VARCHAR{cast})[]"
        return found | {name.replace("-", "_"): TYPES[given.type.kind] for name, given in self.facts.items()}

    def on(self, day: date) -> date | datetime:
        minutes = self.rng.choice((0, 0, 540, 1000))
        return datetime.combine(day, time()) + timedelta(minutes=minutes) if self.times else day

    def rows(self, count: int, first: date, days: int) -> list[Row]:
        """So many rows, decided within so many days."""
        return [self.row(first + timedelta(days=self.rng.randrange(days))) for _ in range(count)]

    def row(self, decided: date) -> Row:
        rng, row = self.rng, {"decided": self.on(decided)}
        proposed = decided - timedelta(days=rng.choice((0, 0, 1, 2, 3, 5, 7, 8, 10, 12, 14, 15, 20, 30, 60, 100)))
        later = proposed + timedelta(days=rng.randrange(12))
        chosen: dict[str, Any] = {
            "proposed": self.on(proposed), "proposed_by": rng.choice((*self.people, *self.roles)), "closed": self.on(later),
            "mode": rng.choice(("meeting", "written", "circulation")), "meeting": rng.choice(self.bodies),
            "noticed": self.on(proposed + timedelta(days=rng.choice((-1, 0, 0, 1, 2, 5)))), "withdrawn": rng.random() < 0.2,
            "present": rng.sample(self.people, rng.randrange(len(self.people) + 1)),
            "absent": rng.sample(self.people, min(len(self.people), rng.randrange(3))),
        }  # fmt: skip
        row |= {name: chosen[name] if rng.random() < 0.7 else None for name in self.shape if name in chosen}
        if "closed yes" in self.shape:
            row["closed"] = rng.choice((True, False, None))
        row["ballots"] = self.ballots(proposed, decided) if rng.random() < 0.97 else None
        return row | {name.replace("-", "_"): self.fact(given, decided) for name, given in self.facts.items()}

    def fact(self, given: Any, day: date) -> object:
        rng = self.rng
        if rng.random() < (0.6 if given.optional else 0.05):
            return None
        parties = [party.name for party in self.agreement.parties()] or ["Nobody"]
        match given.type.kind:
            case "money":
                return Decimal(rng.choice((100, 5000, 50000, 50001, 250000, 250001)))
            case "number":
                return rng.randrange(40)
            case "percent":
                return Decimal(rng.choice(("0.1", "0.5", "0.55", "0.7")))
            case "text":
                return rng.choice(("a", "b"))
            case "yesno":
                return rng.random() < 0.5
            case "date":
                return day + timedelta(days=rng.randrange(-30, 30))
            case "choice":
                return rng.choice(given.type.choices)
            case kind:
                return rng.choice({"party": parties, "role": self.roles, "body": self.bodies}.get(kind, self.people))

    def ballots(self, proposed: date, decided: date) -> list[Row]:
        rng = self.rng
        parties = {party.name for party in self.agreement.parties()}
        pool = [name for name in self.people if name not in parties] if rng.random() < 0.7 else self.people
        lean, voters = rng.choice((0.3, 0.6, 0.9, 1.0)), list(pool or self.people)
        voters += [rng.choice(self.roles)] if rng.random() < 0.2 else []
        voters = rng.sample(voters, rng.randrange(len(voters) + 1) if rng.random() < 0.5 else len(voters))
        voters += [rng.choice(voters)] if voters and rng.random() < 0.05 else []
        voters += ["Somebody Unknown"] if rng.random() < 0.02 else []
        found = []
        for voter in voters:
            choice = "for" if rng.random() < lean else rng.choice(("against", "abstain"))
            ballot: Row = {"voter": voter, "choice": choice if rng.random() < 0.995 else "yes"}
            if self.cast:
                day = min(decided, proposed + timedelta(days=rng.choice((5, 5, 6, 6, 7, 8, 0))))
                ballot["cast"] = self.on(day) if rng.random() < 0.9 else None
            found.append(ballot)
        return found


def literal(value: object) -> str:
    """A value as DuckDB writes it."""
    match value:
        case None:
            return "NULL"
        case bool():
            return str(value).upper()
        case datetime():
            return f"TIMESTAMP '{value}'"
        case date():
            return f"DATE '{value}'"
        case list() | tuple():
            return f"[{', '.join(map(literal, value))}]"
        case dict():
            return "{" + ", ".join(f"'{name}': {literal(each)}" for name, each in value.items()) + "}"
        case str():
            return "'" + value.replace("'", "''") + "'"
    return str(value)


def table(con: duckdb.DuckDBPyConnection, name: str, columns: Any, rows: Any) -> None:
    """Makes a table with rows in it."""
    con.execute(f"CREATE OR REPLACE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in columns)})")
    if rows:
        con.execute(f"INSERT INTO {name} VALUES {', '.join('(' + ', '.join(map(literal, row)) + ')' for row in rows)}")


@dataclass(slots=True)
class Compared:
    """How many rows of each kind there were, and every difference in words."""

    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)

    def add(self, other: Compared) -> None:
        """Adds another comparison."""
        self.kinds += other.kinds
        self.reasons += other.reasons
        self.differences += other.differences


def compare(loaded: Loaded, history: History, decision: str, schema: dict[str, str], rows: list[Row]) -> Compared:
    """What SQL and the reference say of each row."""
    con = duckdb.connect()
    columns = {"n": "INTEGER", "decision": "VARCHAR", **schema}
    table(con, "log", [(f'"{name}"', kind) for name, kind in columns.items()],
          [(number, decision, *(row.get(name) for name in schema)) for number, row in enumerate(rows)])  # fmt: skip
    dates = [row.get(name) for row in rows for name in ("decided", "proposed", "noticed", "closed")]
    days = [value.date() if isinstance(value, datetime) else value for value in dates if isinstance(value, date)]
    planned = plan(loaded.rules.under(history.agreement).rule(decision), history.agreement.decisions[decision])
    derived = derive(planned, history, columns, Range(min(days), max(days)), own(planned, schema))
    found = Compared(missing=dict(derived.missing))
    if derived.missing:
        return found
    for each in derived.tables:
        table(con, each.name, each.columns, each.rows)
    reference = logged.Reference(loaded.rules, history)
    for row, said in zip(rows, answers(con, planned, derived), strict=True):
        judge(found, planned, derived, reference, {"decision": decision, **row}, *said)
    return found


def own(planned: Planned, schema: dict[str, str]) -> dict[str, Cell]:
    """The columns that the log has itself."""
    found = {}
    for column in planned.right.columns:
        kind = schema.get(column.name, "")
        name = f'"{column.name}"'
        if kind:
            scale = int(kind.rstrip(")").split(",")[1]) if kind.startswith("DECIMAL") else 0
            found[column.name] = Cell(f"CAST({name} AS TIMESTAMP)" if kind == "DATE" else name, scale)
    return found


def answers(con: duckdb.DuckDBPyConnection, planned: Planned, derived: Derived) -> list[tuple[int, int, int, int, list[object]]]:
    """For each row: which reason makes it bad (0: none), which unsure, both codes, and the columns."""

    def first(reasons: tuple[tuple[str, str], ...]) -> str:
        cases = " ".join(f"WHEN {condition} THEN {number}" for number, (condition, _) in enumerate(reasons, start=1))
        return f"CASE {cases} ELSE 0 END" if cases else "0"

    rows = derived.query("SELECT * FROM log")
    checked = f"SELECT *, {first(derived.bad)} AS is_bad, {first(derived.unsure)} AS is_unsure FROM ({rows})"
    kept = ("n", "is_bad", "is_unsure")
    early = con.execute(f"{coded(planned.right, derived.cells).select(checked, kept)} ORDER BY n").fetchall()
    late = con.execute(f"{coded(planned.right, derived.latest).select(rows, ('n',))} ORDER BY n").fetchall()
    shown = ", ".join(cell.sql for cell in derived.cells.values())
    values = con.execute(f"SELECT n, {shown} FROM ({rows}) ORDER BY n").fetchall()
    return [(bad, unsure, code, other, list(value[1:]))
            for (_, bad, unsure, code), (_, other), value in zip(early, late, values, strict=True)]  # fmt: skip


def judge(
    found: Compared, planned: Planned, derived: Derived, reference: logged.Reference, row: Row, bad: int, unsure: int, code: int,
    late: int, values: list[object],
) -> None:  # fmt: skip
    """Compares one row: verdict, what it rests on, and every column."""
    try:
        answer: logged.Answer | None = reference.answer(row)
    except logged.BadRow as error:
        answer = None
        if bad and derived.bad[bad - 1][1] != error.kind:
            found.reasons[f"{derived.bad[bad - 1][1]} for {error.kind}"] += 1
    kind = "bad" if bad else "unsure" if unsure or code != late else "sure"
    found.kinds[kind] += 1
    if kind == "unsure":
        found.reasons[derived.unsure[unsure - 1][1] if unsure else "the instant of the decision"] += 1
    elif (answer is None) is not (kind == "bad"):
        found.differences.append(f"{kind}, and the reference says {answer}: {row}")
    elif answer is not None:
        found.kinds[answer.verdict.value] += 1
        if read_code(planned.right, code) != (answer.verdict, answer.point):
            found.differences.append(f"{read_code(planned.right, code)} instead of {answer.verdict}, {answer.point}: {row}")
        if answer.judged is not None and answer.judged.rule is not None:
            found.differences += columns(planned, derived, answer, values, row)


def columns(planned: Planned, derived: Derived, answer: logged.Answer, values: list[object], row: Row) -> list[str]:
    """The columns that differ. Whether a fact was stated is only asked of one that is known; a bound is no value."""
    assert answer.judged is not None
    found = []
    for (name, cell), value in zip(derived.cells.items(), values, strict=True):
        if derived.latest[name] != cell or name.endswith("_stated"):
            continue
        right = answer.judged.row.value(planned.keys[name])
        right = right.amount if isinstance(right, Money) else right
        if isinstance(value, int) and cell.over != 1:
            value = Fraction(value, cell.over)
        if value != right:
            found.append(f"{name} is {value} instead of {right}: {row}")
    return found
