"""Branches: for each decision of a log, in each version of the text, the query that gives every row its code.

In: a log, a record, the rights that govern each decision. Out: queries over the rows of the log, and what each code means. A column
comes from the log itself, or is derived; a row of which SQL cannot speak gets a code below `UNSURE` and is judged by itself, a bad
row one below zero: none is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from govlang.backends.plan import Planned
from govlang.backends.sql import Cell, Dialect, Unsupported, coded
from govlang.core import keys as k
from govlang.core.verdict import Verdict
from govlang.diagnostics import Diagnostic
from govlang.frozen import dataclass, field, replace
from govlang.model.nodes import Agreement
from govlang.record import logged
from govlang.record.history import History
from govlang.tools.columnar.lacking import PLAIN, Lacks
from govlang.tools.columnar.logs import Log
from govlang.tools.columnar.meanings import CODE, DISAGREE, Meaning, Meanings
from govlang.tools.columnar.own import DAY_AND_TIME, TEXTS, ZONE, Reader, WrongType
from govlang.tools.columnar.plans import Plans, governing, names
from govlang.tools.columnar.raw import Derived, NotPlain, Range, Table, derive

_NOT_GIVEN = "the log does not say it"
_LONGEST = 24_000  # characters of a code as one expression: what is longer writes too much again and again


@dataclass(frozen=True, slots=True)
class Branch:
    """The rows of one decision under one version of the text. `sql` gives each with its code; `rights` are those that may
    govern it. `whole` is the code as one expression over a row of the log, where there is one; `window` says when it holds."""

    decision: str
    text: Agreement = field(compare=False, repr=False)
    view: History = field(compare=False, repr=False)
    rights: tuple[Planned, ...] = field(repr=False)
    where: str
    own: Mapping[str, Mapping[str, Cell]] = field(compare=False, repr=False)
    sql: str = field(default="", repr=False)
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    alone: str = ""  # why all its rows are judged by themselves
    window: str = "TRUE"
    whole: str = field(default="", repr=False)


class Lacking(Exception):
    """Columns that a log lacks, or that are of the wrong type: nothing can be judged."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("the log cannot be audited")
        self.diagnostics = tuple(diagnostics)


@dataclass(slots=True)
class _Made:
    """A branch while it is made."""

    sql: str
    own: dict[str, Mapping[str, Cell]] = field(default_factory=dict)
    bad: dict[str, str] = field(default_factory=dict)  # by what the row holds itself
    worse: dict[str, str] = field(default_factory=dict)  # by what is derived, where everything could be read
    unsure: dict[str, str] = field(default_factory=dict)
    codes: list[tuple[int, Planned]] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)  # of each right, its code as one expression; empty where it needs stages
    late: list[int] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    alone: str = ""


class Builder:
    """Makes the branches of one log."""

    def __init__(self, log: Log, history: History, plans: Plans, raw: bool, within: Range | None, decided: str, dialect: Dialect,
                 any_right: bool = True) -> None:  # fmt: skip
        self.log, self.history, self.plans, self.raw, self.within, self.decided = (
            log,
            history,
            plans,
            raw,
            within,
            decided,
        )
        self.dialect, self.any_right = dialect, any_right
        self.meanings = Meanings()
        self.problems: list[Diagnostic] = []
        self.lacks = Lacks(plans, log.columns)
        texts = plans.texts
        self.names = {name: history.kind_in_any(name) for name in dict.fromkeys(
            [*(name for text in texts for name in text.kinds), *history.persons])}  # fmt: skip
        self._count = 0

    def branches(self, present: Iterable[str]) -> list[Branch]:
        """The branches of the decisions that a log holds. Raises Lacking."""
        found = []
        present = list(present)
        for place, text in enumerate(self.plans.texts):
            window = self._window(place)
            if window is None:
                continue
            view = self.history.under(place)
            known = names(text, self.any_right)
            found += [self._branch(name, text, view, window) for name in known if name in present]
            found.append(self._unknown(text, view, window, [name for name in known if name in present]))
        if problems := [*self.lacks.diagnostics(), *self.problems]:
            raise Lacking(problems)
        return found

    def _window(self, place: int) -> str | None:
        """The rows decided while a version of the text was in force; None where no row of the log can be."""
        texts = self.history.texts
        if len(texts) < 2:
            return "TRUE"
        parts = []
        if place:
            parts.append(f"{self.decided} >= {self.dialect.instant(texts[place].start)}")
        if place + 1 < len(texts):
            parts.append(f"{self.decided} < {self.dialect.instant(texts[place + 1].start)}")
        if self.within is not None and ((place and self.within.end <= texts[place].start)
                                        or (place + 1 < len(texts) and self.within.start >= texts[place + 1].start)):  # fmt: skip
            return None
        both = f"({' AND '.join(parts)})"
        return both if place else f"({both} OR {self.decided} IS NULL)"

    def _unknown(self, text: Agreement, view: History, window: str, known: list[str]) -> Branch:
        """The rows of which no clause speaks."""
        cell = self.dialect.identifier(self.log.column("decision"))
        where = f"{cell} IS NULL OR {cell} NOT IN ({self._listed(known)})" if known else "TRUE"
        none, other = self.meanings.bad(logged.NO_DECISION), self.meanings.bad(logged.UNKNOWN_DECISION)
        where = f"{window} AND ({where})"
        rows = f"SELECT * FROM ({self.log.rows}) WHERE {where}"
        code = f"CASE WHEN {cell} IS NULL OR {cell} = '' THEN {none} ELSE {other} END"
        return Branch("", text, view, (), where, {}, f"SELECT *, {code} AS {CODE} FROM ({rows})")

    def _listed(self, known: Iterable[str]) -> str:
        return ", ".join(self.dialect.string(name) for name in known)

    # ------------------------------------------------------------ one branch

    def _branch(self, name: str, text: Agreement, view: History, window: str) -> Branch:
        rights = tuple(self.plans.of(text, each) for each in governing(text, name, self.any_right))
        where = f"{window} AND {self.dialect.identifier(self.log.column('decision'))} = {self.dialect.string(name)}"
        made = _Made(f"SELECT * FROM ({self.log.rows}) WHERE {where}")
        for place, planned in enumerate(rights):
            try:
                self._add(made, name, text, view, place, planned)
            except (NotPlain, Unsupported) as why:
                made.alone = made.alone or str(why)
        if made.alone or not made.codes:
            rows = f"SELECT *, {self.meanings.unsure(made.alone)} AS {CODE} FROM (SELECT * FROM ({self.log.rows}) WHERE {where})"
            return Branch(name, text, view, rights, where, made.own, rows, alone=made.alone)
        code = whole = self._governed(text, made.codes)
        whole = whole.replace("govlang_code0", made.whole[0]) if len(made.whole) == 1 and made.whole[0] else ""
        checks = [
            f"WHEN {condition} THEN {self.meanings.bad(reason)}"
            for condition, reason in (*self._rows(), *made.bad.items())
        ]
        checks += [f"WHEN {condition} THEN {self.meanings.unsure(reason)}" for condition, reason in made.unsure.items()]
        checks += [f"WHEN {condition} THEN {self.meanings.bad(reason)}" for condition, reason in made.worse.items()]
        if made.late:
            later = " OR ".join(f"govlang_code{place} <> govlang_late{place}" for place in made.late)
            checks.append(f"WHEN {later} THEN {self.meanings.unsure('it turns on the instant of the decision itself')}")
        if checks:
            code, whole = (f"CASE {' '.join(checks)} ELSE {each} END" if each else "" for each in (code, whole))
        return Branch(name, text, view, rights, where, made.own, f"SELECT *, {code} AS {CODE} FROM ({made.sql})",
                      tuple(made.tables), tuple(dict.fromkeys(made.notes)), window=window, whole=whole)  # fmt: skip

    def _add(self, made: _Made, name: str, text: Agreement, view: History, place: int, planned: Planned) -> None:
        """Adds one right that may govern the rows."""
        mine, checks = self._own(planned, text)
        made.own[planned.right.name] = mine
        made.bad.update(checks)
        if not self.raw:
            made.notes += self._assumed(planned, mine)
        derived = self._derived(planned, view, mine, place)
        gaps = self._gaps(planned, text, derived, mine)
        if self.raw:
            facts = [column for column, why in gaps.items() if why == _NOT_GIVEN]
            if self.lacks.of_votes(name, planned, text, facts, mine):
                return
        elif gaps:
            undated = any(isinstance(planned.keys[column], k.InTerm | k.Now) for column in gaps) and self.within is None
            self.lacks.of_counts(name, (column for column in planned.right.columns if column.name in gaps), undated)
            return
        if gaps:
            raise NotPlain(next(iter(gaps.values())))
        cells = dict(mine)
        if derived is not None:
            cells = dict(derived.cells) if self.raw else {**derived.cells, **mine}
        if not self.raw:
            made.own[planned.right.name] = cells
        if derived is not None:
            made.sql = derived.query(made.sql)
            made.tables += derived.tables
            made.notes += derived.notes if self.raw else ()
            made.worse.update(derived.bad)
            made.unsure.update(derived.unsure if self.raw else ())
        code = coded(planned.right, cells, self.dialect, f"govlang_p{place}_")
        made.sql = code.select(made.sql, ["*"], f"govlang_code{place}")
        made.whole.append(code.whole(_LONGEST) if derived is None else "")
        if derived is not None and derived.latest != derived.cells and self.raw:
            late = coded(planned.right, derived.latest, self.dialect, f"govlang_l{place}_")
            made.sql = late.select(made.sql, ["*"], f"govlang_late{place}")
            made.late.append(place)
        made.codes.append((place, planned))

    def _own(self, planned: Planned, text: Agreement) -> tuple[dict[str, Cell], list[tuple[str, str]]]:
        """The columns of a plan that the log has itself, and when a row of them is a bad one."""
        decision = text.right(planned.right.name)
        facts = decision.facts if decision is not None else {}
        reader = Reader(text, self.log.columns, self.dialect, self.names)
        cells: dict[str, Cell] = {}
        bad: list[tuple[str, str]] = []
        for column in planned.right.columns:
            key = planned.keys[column.name]
            name = self._named(column, key, facts)
            if not name or (self.raw and name.lower() in logged.COLUMNS and not isinstance(key, k.Given)):
                continue
            try:
                own = reader.column(column, key, facts, name)
            except WrongType as should:
                kind, right = self.log.columns[name], planned.right.name
                message = f"the column '{name}' is of the type {kind}, and {right} needs {should} there"
                self._problem("GL703", message, f"it says: {column.about}")
                continue
            cells[column.name] = own.cell
            bad += own.bad
        return cells, bad

    def _named(self, column: k.Column, key: k.Key, facts: Mapping[str, object]) -> str:
        """The log's column for a plan's; empty if it has none. In a log of votes a fact goes by its own name, whatever number its
        column has in the plan, and nothing else does; whether it was stated is seen from it."""
        if not self.raw:
            return self.log.column(column.name)
        if isinstance(key, k.Given):
            return "" if key.stated else self._fact(key.name) or self.log.column(column.name)
        return "" if column.name in {name.lower().replace("-", "_") for name in facts} else self.log.column(column.name)

    def _fact(self, name: str) -> str:
        return self.log.column(name) or self.log.column(name.replace("-", "_"))

    def _derived(self, planned: Planned, view: History, own: Mapping[str, Cell], place: int) -> Derived | None:
        if self.within is None:
            return None
        if not self.raw:  # of a log of counts, only what needs no counting and what it does not hold itself
            needed = tuple(column for column in planned.right.columns
                           if column.name not in own and isinstance(planned.keys[column.name], PLAIN))  # fmt: skip
            if not needed:
                return None
            planned = Planned(replace(planned.right, columns=needed), planned.keys)
        self._count += 1
        taken = {name: kind for name, kind in self.log.columns.items() if name.startswith(("raw_", "_"))}
        schema = dict(self.log.columns) if self.raw else {**taken, "decided": self.log.columns["decided"]}
        schema |= {f"raw_{place}": "BOOLEAN"} if place else {}
        return derive(planned, view, schema, self.within, own if self.raw else {}, self.dialect, f"raw_{self._count}_")

    def _gaps(
        self, planned: Planned, text: Agreement, derived: Derived | None, own: Mapping[str, Cell]
    ) -> dict[str, str]:
        """The columns that come from nowhere, with the reason."""
        right = text.right(planned.right.name)
        facts = right.facts if right is not None else {}
        found: dict[str, str] = {}
        for column in planned.right.columns:
            key = planned.keys[column.name]
            if column.name in own and not (self.raw and isinstance(key, k.Given)):
                continue
            given = facts.get(key.name) if isinstance(key, k.Given) else None
            said = column.name in own or (self.raw and isinstance(key, k.Given) and key.stated and self._fact(key.name))
            if given is not None and not given.optional and given.determined_by is None and not said:
                found[column.name] = _NOT_GIVEN
            elif derived is None or column.name not in derived.cells or not (self.raw or isinstance(key, PLAIN)):
                found[column.name] = derived.missing.get(column.name, "") if derived is not None else ""
        return found

    def _assumed(self, planned: Planned, mine: dict[str, Cell]) -> list[str]:
        """What is said of columns that a log of counts does not have; whether a proposal was withdrawn is then settled."""
        found = []
        for column in planned.right.columns:
            if column.name in mine:
                continue
            match planned.keys[column.name]:
                case k.Withdrawn():
                    mine[column.name] = Cell(self.dialect.truth(False))
                    found.append("the log has no column withdrawn: nothing was")
                case k.InTerm():
                    found.append(
                        "whether the agreement was in effect follows from its dates and the record, by the column decided"
                    )
                case k.Now():
                    found.append("the instant asked about is that of the column decided; of a day, its end")
                case k.Given():
                    found.append(f"the log has no column {column.name}: it was not stated")
        return found

    def _problem(self, code: str, message: str, hint: str) -> None:
        self.problems.append(Diagnostic(code, message, None, hint=hint))

    def _rows(self) -> list[tuple[str, str]]:
        """When a row is a bad one whatever governs it: a day that is none, or neither yes nor no."""
        found = []
        decided, taken = self.dialect.identifier("decided"), self.dialect.identifier("taken")
        if len(self.plans.texts) > 1 and self.log.columns.get("decided", "") not in TEXTS:
            found.append((f"({decided} IS NULL)", logged.NO_DAY))
        if self.log.columns.get("decided", "") in TEXTS:
            known = self.dialect.matches(f"trim({decided})", DAY_AND_TIME + ZONE)
            zoned = self.dialect.matches(f"trim({decided})", ".+" + ZONE[:-1])
            none = f"{known} AND NOT {zoned} AND {self.decided} IS NULL"
            found.append(
                (
                    f"({decided} IS NOT NULL AND trim({decided}) <> '' AND (NOT {known} OR ({none})))",
                    f"decided is {logged.NO_DATE}",
                )
            )
        if self.log.columns.get("taken", "") in TEXTS:
            found.append(
                (f"(lower(trim({taken})) NOT IN ('', 'yes', 'true', 'no', 'false'))", f"taken is {logged.NO_YES}")
            )
        return found

    # ------------------------------------------------------------ which right governs

    def _governed(self, text: Agreement, codes: list[tuple[int, Planned]]) -> str:
        """The code of the right that governs: those that are silent drop out, then those overridden; several must agree."""
        bases = {place: self.meanings.of_right(planned) for place, planned in codes}
        if len(codes) == 1:
            place, _ = codes[0]
            return f"{bases[place]} + govlang_code{place}" if bases[place] else f"govlang_code{place}"
        live = {}
        for place, planned in codes:
            over = [other for other, each in codes if planned.right.name in each.right.overrides]
            parts = [f"govlang_code{place} <> 3", *(f"govlang_code{other} = 3" for other in over)]
            live[place] = f"({' AND '.join(parts)})"
        cases = []
        for number, (place, planned) in enumerate(codes):
            others = [
                f"({live[other]} AND (govlang_code{other} & 3) <> (govlang_code{place} & 3))"
                for other, _ in codes[number + 1 :]
            ]
            if others:
                differ = self.meanings.one(Meaning(Verdict.PENDING, planned.right.name, DISAGREE, planned.right.clause))
                cases.append(f"WHEN {live[place]} AND ({' OR '.join(others)}) THEN {differ}")
            cases.append(f"WHEN {live[place]} THEN {bases[place]} + govlang_code{place}")
        silent = self.meanings.one(Meaning(Verdict.SILENT, codes[0][1].right.name, "", codes[0][1].right.clause))
        return f"(CASE {' '.join(cases)} ELSE {silent} END)"
