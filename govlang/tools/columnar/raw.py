"""Plan columns from raw votes: what SQL derives for every row, and for which rows and columns it does not.

In: a planned right, the history of the record, the columns of a log with their types, the days it spans. Out: a `Derived`. Nothing
of the language is said here again: who belongs to a group, how long a period is, what a ballot comes to is asked of the record and
joined as tables. Whatever is not plain is named with its reason and left to `record.logged`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from govlang.backends.plan import Planned
from govlang.backends.sql import DUCKDB, Cell, Dialect
from govlang.core import keys as k
from govlang.core.expr import Compare, Expr, Fact, Value as Worth
from govlang.frozen import dataclass, field, parts
from govlang.record.facts import Row
from govlang.record.history import History
from govlang.record.logged import COLUMNS
from govlang.syntax import nodes as n
from govlang.tools.columnar.own import Reader as Own, WrongType
from govlang.tools.columnar.raw_columns import Reader, history_facts
from govlang.tools.columnar.raw_counting import DELEGATED, Counting
from govlang.tools.columnar.raw_electorates import Case, People, key_sql
from govlang.tools.columnar.raw_spans import Range, ends, steps
from govlang.tools.columnar.raw_stages import Stages, Table
from govlang.tools.columnar.raw_times import NotPlain, Times

OTHERS = "it looks at other decisions"


@dataclass(frozen=True, slots=True)
class Derived:
    """What is derived for one right.

    `cells` give the SQL of each column over the rows of `query(source)`; where a period runs from the decision itself, `latest`
    gives the other extreme: rows whose code differs between the two are not sure. `tables` have to be made before. `bad` and
    `unsure` are SQL conditions with their reasons, in the order in which they are tried: of a bad row nothing is said, an unsure
    one is judged by itself. `missing` are the columns that are not derived, with the reason.
    """

    cells: Mapping[str, Cell]
    latest: Mapping[str, Cell]
    stages: Stages = field(compare=False)
    tables: tuple[Table, ...] = field(compare=False)
    bad: tuple[tuple[str, str], ...] = ()
    unsure: tuple[tuple[str, str], ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def query(self, source: str) -> str:
        """The rows of `source` (a query over the log) with everything that the columns speak of."""
        return self.stages.over(source)


def derive(
    planned: Planned, history: History, schema: Mapping[str, str], within: Range, own: Mapping[str, Cell] | None = None,
    dialect: Dialect = DUCKDB, prefix: str = "raw_",
) -> Derived:  # fmt: skip
    """Derives the columns of a right that a log does not have itself. `own` is how those that it has are read; `within` the days
    of the log; `prefix` begins the names of the tables."""
    return Deriving(planned, history, schema, within, own or {}, dialect, prefix).derived()


class Deriving:
    """One derivation."""

    def __init__(
        self, planned: Planned, history: History, schema: Mapping[str, str], within: Range, own: Mapping[str, Cell],
        dialect: Dialect, prefix: str,
    ) -> None:  # fmt: skip
        self.planned, self.history, self.within, self.dialect, self.prefix = planned, history, within, dialect, prefix
        self.own = {name: cell for name, cell in own.items() if name not in COLUMNS}  # a raw column says something else
        self.schema = schema
        self.decision = planned.right.name
        self.stages = Stages(schema)
        self.facts = history_facts(history.agreement, self.decision)
        self.raw = Reader(history, self.decision, schema, self.stages, dialect).read()
        self.times = Times(history, self.stages, dialect, within, self.raw.has, f"{prefix}days")
        columns = frozenset(name.removeprefix("fact ").removesuffix(" yes") for name in self.raw.has)
        self.people = People(history, within, self.decision, self.facts, columns)
        keys = [self.planned.keys[column.name] for column in planned.right.columns if column.name not in own]
        weights = frozenset(key.weight for key in keys if isinstance(key, k.Tally) and key.weight)
        attributes = frozenset(key.attribute for key in keys if isinstance(key, k.Distinct))
        self.counting = Counting(self.times, self.people, weights, attributes, prefix, self._proposer)
        self.lists = self.times.lists
        self.needs: set[str] = set()
        self.tables: list[Table] = []
        self.unsure: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.latest: dict[str, Cell] = {}
        self._sole = ""

    def derived(self) -> Derived:
        cells: dict[str, Cell] = {}
        missing: dict[str, str] = {}
        for column in self.planned.right.columns:
            key = self.planned.keys[column.name]
            try:
                cells[column.name] = self._cell(column, key)
            except NotPlain as reason:
                missing[column.name] = str(reason)
        self.raw.ballots(self.counting.quick)
        return Derived(
            cells, {**cells, **self.latest}, self.stages, (*self.times.calendar.tables(), *self.times.extra, *self.counting.tables,
                                                           *self.tables),
            tuple(dict.fromkeys(self.raw.bad)), tuple(dict.fromkeys([*self.raw.unsure, *self._unsure()])), missing,
            tuple(dict.fromkeys([*self.raw.notes, *self.notes])),
        )  # fmt: skip

    def _unsure(self) -> list[tuple[str, str]]:
        """Rows that are judged by themselves."""
        found = [*self.counting.unsure, *self.unsure]
        for value, start in self.times.calendar.missing.items():
            found.append((f"({start} IS NOT NULL AND {value} IS NULL)", "a day outside the calendar"))
        words = {"acts": "acts are recorded", "vetoes": "a veto is recorded", "objections": "an objection is recorded"}
        for name in sorted(self.needs | self.times.needs):
            if name in self.schema:
                column = self.dialect.identifier(name)
                written = self.schema[name].upper() in ("VARCHAR", "STRING")
                there = f"({column} IS NOT NULL AND {column} NOT IN ('', '[]'))" if written else f"({self.lists.size(column)} > 0)"
                found.append((there, words[name]))
            else:
                self.notes.append(f"the log has no column {name}: there were none")
        for version in self.history.texts[1:]:
            start = self.dialect.instant(version.start)
            found.append((f"({self.times.proposed} < {start} AND {self.times.now} >= {start})", "the text was amended in between"))
        return found

    # ------------------------------------------------------------ one column

    def _cell(self, column: k.Column, key: k.Key) -> Cell:
        if column.name in self.own and not isinstance(key, k.Given):
            return self.own[column.name]
        match key:
            case k.Given():
                return self._given(column, key)
            case k.Tally() | k.Attendance() | k.Voted() | k.Distinct():
                return self.counting.cell(key)
            case k.InMeeting(_, body):
                return Cell(self._in_meeting(body))
            case k.Reconvened():
                return Cell("0")
            case k.Closed(scope):
                return Cell(self.times.voting(scope, self.times.meets).closed)
            case k.ClosedAt(scope):
                voting = self.times.voting(scope, self.times.meets)
                return Cell(self.stages.value(f"(CASE WHEN {voting.closed} THEN {voting.closes} END)"))
            case k.Now():
                return Cell(self.times.now)
            case k.Instant(anchor, scope):
                return Cell(self.times.instant(anchor, scope).sql)
            case k.Deadline(since, duration, through):
                return self._deadline(column, since, duration, through)
            case k.Withdrawn():
                return Cell(f"coalesce({self.raw.has['withdrawn']}, FALSE)" if "withdrawn" in self.raw.has else "FALSE")
            case k.NoticeGiven() | k.Advised():  # a log does not say who waived notice, or who gave advice
                return Cell("FALSE")
            case k.Ruled():
                return Cell(self.dialect.truth(None))
            case k.Blocks() | k.Acts() | k.Actors() | k.Delayed():
                return self._recorded(key)
        return self._of_the_record(column, key)

    def _given(self, column: k.Column, key: k.Given) -> Cell:
        given = self.facts.get(key.name)
        if key.name == "proposed-on":
            return Cell(self.stages.value(self.times.lists.midnight(self.times.proposed)))
        if key.name == "mode":
            mode = self.raw.has.get("mode", f"CAST(NULL AS {self.lists.text})")
            return Cell(self.stages.value(f"(CASE WHEN {self.times.meets} THEN 'meeting' ELSE {mode} END)"))
        if key.name == "proposer":
            return Cell(self._proposer())
        said = next((each for each in (key.name, key.name.replace("-", "_")) if each in self.schema), None)
        if key.stated:  # it is only asked whether there is one
            return Cell(f"nullif(CAST({self.dialect.identifier(said)} AS {self.lists.text}), '')" if said is not None else "NULL")
        default = _DEFAULTS.get(given.type.kind) if given is not None and given.optional else None
        own = self.own.get(column.name)
        if own is not None and f"fact {key.name}" in self.raw.has and column.type == "text":
            own = Cell(self.stages.value(f"nullif({own.sql}, '')")) if given is not None and given.type.kind != "text" else own
        if own is None and said is not None:
            own = self._read(said, column, key)
        if own is None:
            self.notes.append(f"the log has no column {column.name}: it is not known" if default is None else
                              f"the log has no column {column.name}: it was left out")  # fmt: skip
            own = Cell(f"CAST(NULL AS {self.lists.empty(column.type)})")
        return own if default is None else Cell(self.stages.value(f"coalesce({own.sql}, {default})"), own.scale, own.over)

    def _read(self, name: str, column: k.Column, key: k.Given) -> Cell:
        """A fact that the log has under another name than the plan's, or that the plan does not look at itself."""
        names = {each: self.history.kind_in_any(each) for each in self.people.names}
        try:
            reader = Own(self.history.agreement, self.schema, self.dialect, names)
            found = reader.column(k.Column(name, column.type), key, self.facts, name)
        except WrongType as should:
            raise NotPlain(f"the column {name} should be {should}") from None
        self.raw.bad.extend(found.bad)
        return found.cell

    def _in_meeting(self, body: str) -> str:
        if "meeting" not in self.raw.has or not body:
            return self.times.meets
        return self.stages.value(f"coalesce({self.raw.has['meeting']} = {self.dialect.string(body)}, FALSE)")

    def _recorded(self, key: k.Blocks | k.Acts | k.Actors | k.Delayed) -> Cell:
        """What others did: rows in which somebody did are judged by themselves."""
        match key:
            case k.Blocks(rule) | k.Delayed(rule):
                self.needs.add("vetoes" if rule.kind == "veto" else "objections")
                if rule.ballots and "ballots" in self.raw.has:
                    lists = self.times.lists
                    against = lists.size(lists.those(self.raw.has["ballots"], "b", "b.choice = 'against'"))
                    self.unsure.append((f"({against} > 0)", "a vote against may be a veto"))
            case _:
                self.needs.add("acts")
        return Cell(f"CAST(NULL AS {self.times.lists.instant})" if isinstance(key, k.Delayed) else "0")

    # ------------------------------------------------------------ periods

    def _deadline(self, column: k.Column, since: k.Instant, duration: n.Duration, through: bool) -> Cell:
        if since.anchor.kind != "decision":
            return Cell(self.times.deadline(since.anchor, duration, through, since.scope))
        if not self._beside_now(column.name):
            raise NotPlain("it runs from the decision itself")
        # the decision was taken after it was proposed and before now: where both give the same answer, so does the day itself
        self.latest[column.name] = Cell(self.times.calendar.period(self.times.now, duration, through))
        return Cell(self.times.calendar.period(self.times.proposed, duration, through))

    def _beside_now(self, name: str) -> bool:
        """Whether a column is only ever compared with the instant asked about."""
        nows = {column.name for column in self.planned.right.columns if isinstance(self.planned.keys[column.name], k.Now)}
        places = [part for part in parts(self.planned.right.tree) if isinstance(part, Expr)]
        mine = sum(1 for part in places if isinstance(part, Fact) and isinstance(part.key, k.Column) and part.key.name == name)
        beside = [part for part in places if isinstance(part, Compare) and {_name(part.left), _name(part.right)} & {name}
                  and {_name(part.left), _name(part.right)} & nows]  # fmt: skip
        return mine > 0 and mine == len(beside)

    # ------------------------------------------------------------ who is who

    def _of_the_record(self, column: k.Column, key: k.Key) -> Cell:
        match key:
            case k.InTerm():
                found = steps(lambda at: bool(self._asked(key, Case(at, {}))), ends(self.history, self.within), self.within)
                return Cell(self.stages.value(found.cases(self.times.now, self.dialect, self.dialect.truth)))
            case k.Headcount(group) | k.Sharing(group):
                return self._tabulated(key, [part for part in parts(group) if isinstance(part, n.GroupBase)], self.times.now, False)
            case k.FactIn(fact, group):
                bases = [part for part in parts(group) if isinstance(part, n.GroupBase)]
                return self._tabulated(key, [*bases, n.GroupBase("fact", fact=fact)], self.times.now, False)
            case k.ProposerIn(group) | k.Proposers(group):
                if "proposed_by" not in self.raw.has and isinstance(key, k.ProposerIn):
                    return Cell(self.dialect.truth(None))
                bases = [part for part in parts(group) if isinstance(part, n.GroupBase)]
                self._lent(group)
                return self._tabulated(key, bases, self.times.proposed, True)
            case k.Adopted(decision) | k.UnderWay(decision) | k.Ratified(decision):
                self._alone(decision, f"no {decision} is on record, and other rows of the log are not looked at")
                return Cell("FALSE")
            case k.Total(total):
                words = f"other rows of the log do not add to the total of {total.fact}"
                self._alone(self.decision, f"{words}: give it as the column {column.name}")
                return self._given(k.Column(column.name, column.type), k.Given(total.fact))
            case k.Reference(fact):
                given = self.facts.get(fact)
                if given is not None and given.optional and fact not in self.schema and fact.replace("-", "_") not in self.schema:
                    return Cell("FALSE")
                raise NotPlain(OTHERS)
            case k.Matching():
                raise NotPlain("who can fill which approval is worked out one by one")
        raise NotPlain("a log does not say it")

    def _alone(self, decision: str, words: str) -> None:
        """Says that there is no proposal of a decision on record. Raises NotPlain where there is."""
        known = self.history.agreement.decisions.get(decision)
        names = {decision, *(known.acts if known is not None else ())}
        if any(other.decision in names for other in self.history.proposals.values()):
            raise NotPlain(OTHERS)
        self.notes.append(words)

    def _asked(self, key: k.Key, case: Case) -> Worth:
        """What the record says of a key in one case."""
        proposal = case.proposal(self.decision)
        proposal.by = tuple(self.history.sole(name, case.at) for name in proposal.by)
        row = Row(self.history, proposal, case.at, lambda *_: None)
        return row.value(key)

    def _tabulated(self, key: k.Key, bases: list[n.GroupBase], instant: str, proposer: bool) -> Cell:
        """A key that depends on the time, on facts that name somebody and on who proposed it."""
        keyed = self.people.keyed(bases, proposer)
        name = self.raw.has.get("proposer", "''") if proposer or not keyed.proposers else self._proposer()
        place = key_sql(keyed, self._facts(), name, self.dialect)
        if proposer and "proposed_by" in self.raw.has:
            several = f"({self.times.lists.size(self.raw.has['proposed_by'])} > 1)"
            if "[" in self.schema["proposed_by"] or "<" in self.schema["proposed_by"]:
                self.unsure.append((several, "several proposed it"))
        cases = self.people.cases(keyed)
        values = [self._asked(key, case) for case in cases]
        if place is not None:
            self.unsure.append((f"({place} IS NULL)", "a name on which a group depends is not one of those known"))
        sql = f"({self.counting.step(instant)} * {keyed.size} + {place or 0})"
        kind = "BOOLEAN" if isinstance(key, k.ProposerIn | k.FactIn) else self.lists.text if isinstance(key, k.Given) else "BIGINT"
        name = f"{self.prefix}k{len(self.tables)}"
        rows = tuple((number, int(value) if isinstance(value, Fraction) else value) for number, value in enumerate(values))
        self.tables.append(self.stages.table(name, (("place", "INTEGER"), ("holds", kind)), rows))
        return Cell(self.stages.joined(name, "place", self.stages.value(sql), ["holds"])[0])

    def _lent(self, group: n.Group) -> None:
        """Notes the rows that were proposed by somebody to whom a role of the group is delegated, perhaps up to an amount."""
        if not self.history.delegations or "proposer" not in self.raw.has:
            return
        givers = {name for at in self.people.cuts for name in self.history.electors(group, at, None)}
        for lent in self.people.lent(self.history.roles_in(group), givers):
            names = ", ".join(map(self.dialect.string, lent.names)) or "''"
            when = lent.during(self.times.proposed, self.times.now, self.dialect)
            self.unsure.append((f"({when} AND coalesce({self.raw.has['proposer']} IN ({names}), FALSE))", DELEGATED))

    def _proposer(self) -> str:
        """Who proposed it: of a role, its sole holder at the time."""
        if "proposer" not in self.raw.has:
            return f"CAST(NULL AS {self.lists.text})"
        if not self._sole:
            self._sole = self._tabulated(k.Given("proposer"), [], self.times.proposed, True).sql
        return self._sole

    def _facts(self) -> dict[str, str]:
        return {name.removeprefix("fact "): sql for name, sql in self.raw.has.items() if name.startswith("fact ")}


_DEFAULTS = {"yesno": "FALSE", "text": "''", "party": "''", "person": "''", "choice": "''"}


def _name(expr: Expr) -> str:
    return expr.key.name if isinstance(expr, Fact) and isinstance(expr.key, k.Column) else ""


__all__ = ["Derived", "NotPlain", "Range", "Table", "derive"]
