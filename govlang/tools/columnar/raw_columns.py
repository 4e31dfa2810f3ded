"""The raw columns of a log as SQL of one shape: instants, names, ballots, yes or no; and what makes a row a bad one.

In: the types of the columns of a log. Out: SQL by the name of each raw column, conditions of bad rows with the reasons that
`record.logged` gives, and conditions of rows whose values SQL cannot read: these are read one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from govlang.backends.sql import Dialect
from govlang.frozen import dataclass, field
from govlang.model.nodes import Agreement, Kind
from govlang.record import logged
from govlang.record.history import MODES, History
from govlang.syntax import nodes as n
from govlang.tools.columnar.raw_stages import Lists, Stages
from govlang.tools.columnar.raw_times import DAY_SECONDS, NotPlain

_DATE = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$"
_BALLOTS = '[{"voter":"VARCHAR","choice":"VARCHAR","cast":"VARCHAR"}]'
_KINDS = {"party": Kind.PARTY, "role": Kind.ROLE, "body": Kind.BODY}


@dataclass(slots=True)
class Raw:
    """The raw columns: SQL by name, reasons why a row is bad, reasons why it is read by itself."""

    has: dict[str, str] = field(default_factory=dict)
    bad: list[tuple[str, str]] = field(default_factory=list)
    unsure: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ballots: Callable[[list[str]], None] = field(default=lambda quick: None)


class Reader:
    """Reads the columns of one decision."""

    def __init__(self, history: History, decision: str, schema: Mapping[str, str], stages: Stages, dialect: Dialect) -> None:
        self.history, self.decision, self.dialect, self.stages = history, decision, dialect, stages
        self.schema = {name: kind.upper() for name, kind in schema.items()}
        self.lists = Lists(dialect)
        self.found = Raw()
        agreement = history.agreement
        texts = [version.agreement for version in history.texts] or [agreement]
        self.names = tuple(dict.fromkeys([*(name for text in texts for name in text.kinds), *history.persons]))

    def read(self) -> Raw:
        """Every raw column that the log has."""
        has = self.found.has
        self._instants()
        for column in ("withdrawn", "closed"):
            if column in self.schema and column not in has:
                has[column] = self._yesno(column)
        if self.schema.get("closed") == "BOOLEAN":
            has["closed yes"] = has.pop("closed")
        for column in ("meeting", "mode"):
            if self.schema.get(column) in ("VARCHAR", "STRING"):
                has[column] = self.stages.value(f"nullif(trim({self._text(column)}), '')")
        for column in ("present", "absent"):
            if column in self.schema:
                has[column] = self._names(column)
        self._proposers()
        self._facts(history_facts(self.history.agreement, self.decision))
        self._checks()
        if "ballots" in self.schema:
            self._ballots()
        return self.found

    # ------------------------------------------------------------ shapes

    def _column(self, name: str) -> str:
        return self.dialect.identifier(name)

    def _text(self, name: str) -> str:
        if self.schema[name] not in ("VARCHAR", "STRING"):
            raise NotPlain(f"the column {name} is no text")
        return self._column(name)

    def instant(self, sql: str, kind: str, what: str) -> str:
        """A value as an instant in the agreement's zone. Raises NotPlain for a type that holds none."""
        if kind in ("DATE", "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATETIME"):
            return f"CAST({sql} AS {self.lists.instant})"
        if kind in ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ") and self.dialect.name == "duckdb":
            zone = self.history.agreement.header.time_zone
            name = zone.text if zone is not None else "UTC"
            if "/" in name or name == "UTC":
                return f"timezone({self.dialect.string(name)}, {sql})"
        if kind in ("VARCHAR", "STRING"):
            pattern = self.dialect.string(_DATE)
            fits = f"regexp_like(trim({sql}), {pattern})" if self.lists.spark else f"regexp_matches(trim({sql}), {pattern})"
            return f"(CASE WHEN {fits} THEN TRY_CAST(trim({sql}) AS {self.lists.instant}) END)"
        raise NotPlain(f"{what} is of the type {kind}, which is no date")

    def _instants(self) -> None:
        for column in ("decided", "proposed", "noticed", "closed"):
            kind = self.schema.get(column)
            if kind is None or (column == "closed" and kind == "BOOLEAN"):
                continue
            name = self._column(column)
            sql = self.found.has[column] = self.stages.value(self.instant(name, kind, f"the column {column}"))
            if kind in ("VARCHAR", "STRING"):
                written, word = f"({name} IS NOT NULL AND trim({name}) <> '')", f"lower(trim({name}))"
                if column == "closed":  # a text may say when, or just yes
                    self.found.has["closed yes"] = self.stages.value(f"coalesce({word} IN ('yes', 'true'), FALSE)")
                    written = f"({written} AND {word} NOT IN ('yes', 'true', 'no', 'false'))"
                self.found.unsure.append((f"({written} AND {sql} IS NULL)", f"{column} is written in another way"))
        if "decided" not in self.found.has:
            raise NotPlain("the log has no column decided")

    def _yesno(self, column: str) -> str:
        name, kind = self._column(column), self.schema[column]
        if kind == "BOOLEAN":
            return name
        if kind not in ("VARCHAR", "STRING"):
            raise NotPlain(f"the column {column} says neither yes nor no")
        word = f"lower(trim({name}))"
        sql = self.stages.value(f"(CASE WHEN {word} IN ('yes', 'true') THEN TRUE WHEN {word} IN ('no', 'false') THEN FALSE END)")
        self.found.bad.append((f"(coalesce({word} <> '', FALSE) AND {sql} IS NULL)", f"{column} is {logged.NO_YES}"))
        return sql

    def _names(self, column: str) -> str:
        """A list of names; one alone is a list of one."""
        name, kind = self._column(column), self.schema[column]
        if kind in ("VARCHAR[]", "ARRAY<STRING>"):
            sql = name
        elif kind in ("VARCHAR", "STRING"):
            self.found.unsure.append((f"coalesce(ltrim({name}) LIKE '[%', FALSE)", f"{column} is written as JSON"))
            made = f"array({name})" if self.lists.spark else f"[{name}]"
            sql = self.stages.value(f"(CASE WHEN trim({name}) <> '' THEN {made} END)")
        else:
            raise NotPlain(f"the column {column} is no list of names")
        wrong = self.lists.size(self.lists.those(sql, "x", f"(x IS NULL OR x NOT IN ({self._known()}))"))
        self.found.bad.append((f"({wrong} > 0)", logged.UNKNOWN_NAME))
        return sql

    def _known(self) -> str:
        return ", ".join(self.dialect.string(name) for name in self.names) or "''"

    def _proposers(self) -> None:
        if "proposed_by" not in self.schema:
            return
        listed = self.found.has["proposed_by"] = self._names("proposed_by")
        if self.schema["proposed_by"] in ("VARCHAR", "STRING"):
            self.found.has["proposer"] = self._column("proposed_by")
        else:
            one = f"(CASE WHEN {self.lists.size(listed)} = 1 THEN {self.lists.at(listed, '1')} END)"
            self.found.has["proposer"] = self.stages.value(one)

    # ------------------------------------------------------------ facts

    def _facts(self, facts: Mapping[str, n.Given]) -> None:
        """The facts that name somebody, or a day; numbers and the like are read where they are compared."""
        for name, given in facts.items():
            column = next((each for each in (name, name.replace("-", "_")) if each in self.schema), None)
            if column is None:
                continue
            kind, sql = given.type.kind, self._column(column)
            if kind == "date":
                found = self.stages.value(self.instant(sql, self.schema[column], f"the column {column}"))
                self.found.has[f"fact {name}"] = found
                self.found.unsure.append((f"({sql} IS NOT NULL AND {found} IS NULL)", f"{column} is written in another way"))
            elif self.schema[column] in ("VARCHAR", "STRING"):
                self._named(name, given, sql)

    def _named(self, name: str, given: n.Given, sql: str) -> None:
        kind = given.type.kind
        if kind in _KINDS or kind == "person":
            self.found.has[f"fact {name}"] = sql
            wanted = _KINDS.get(kind)
            names = [each for each in self.names if wanted is None or self.history.kind_in_any(each) is wanted]
            listed = ", ".join(self.dialect.string(each) for each in ("", *names))
            self._wrong(sql, listed, given)
        elif kind == "choice":
            self._wrong(sql, ", ".join(self.dialect.string(each) for each in given.type.choices), given)
        elif kind in ("name", "text", "decision", "dispute"):
            self.found.has[f"fact {name}"] = sql

    def _wrong(self, sql: str, listed: str, given: n.Given) -> None:
        from govlang.model.values import describe

        self.found.bad.append((f"({sql} NOT IN ({listed}))", f"{given.name} should be {describe(given.type)}"))

    # ------------------------------------------------------------ bad rows

    def _checks(self) -> None:
        has, bad = self.found.has, self.found.bad
        bad.insert(0, (f"({has['decided']} IS NULL)", logged.NO_DAY))
        if "proposed" in has:
            day, over = self.lists.midnight(has["decided"]), self.lists.later(has["decided"], DAY_SECONDS)
            end = f"(CASE WHEN {has['decided']} = {day} THEN {over} ELSE {has['decided']} END)"
            bad.append((f"({has['proposed']} > {end})", logged.LATER))
        if "meeting" in has:
            bodies = [name for name in self.names if self.history.kind_in_any(name) in (Kind.BODY, Kind.REVIEW)]
            listed = ", ".join(self.dialect.string(name) for name in bodies) or "''"
            bad.append((f"({has['meeting']} NOT IN ({listed}))", logged.NO_BODY))
        if "mode" in has:
            bad.append((f"({has['mode']} NOT IN ({', '.join(self.dialect.string(mode) for mode in MODES)}))", logged.NO_MODE))

    def _ballots(self) -> None:
        kind, column = self.schema["ballots"], self._column("ballots")
        if kind in ("VARCHAR", "STRING", "JSON"):
            if self.lists.spark:
                sql = f"from_json({column}, 'array<struct<voter:string,choice:string,cast:string>>')"
            else:
                sql = f"TRY(from_json({column}, {self.dialect.string(_BALLOTS)}))"
            sql = self.stages.value(sql)
            there = f"trim(CAST({column} AS {self.lists.text})) <> ''"
            self.found.unsure.append((f"(coalesce({there}, FALSE) AND {sql} IS NULL)", "ballots are written in another way"))
            fields = {"voter": "VARCHAR", "choice": "VARCHAR", "cast": "VARCHAR"}
        else:
            sql, fields = column, struct_fields(kind)
        if not {"voter", "choice"} <= fields.keys() or fields["voter"] not in ("VARCHAR", "STRING"):
            raise NotPlain("ballots are no list of voter and choice")
        self.found.has["ballots"] = sql
        if "cast" in fields:
            self._cast(sql, fields["cast"])
        right = f"b.voter IN ({self._known()}) AND b.choice IN ('for', 'against', 'abstain')"
        wrong = self.lists.size(self.lists.those(sql, "b", f"NOT coalesce({right}, FALSE)"))
        voter = self.lists.size(self.lists.those(sql, "b", f"NOT coalesce(b.voter IN ({self._known()}), FALSE)"))
        size = self.lists.size(sql)

        def check(quick: list[str]) -> None:
            """Looks at each ballot only where not every one counts for just one elector. `quick` are the numbers that do."""
            plain = " OR ".join(f"{each} = {size}" for each in quick) or "FALSE"
            some = self.stages.value(f"(CASE WHEN {plain} THEN FALSE ELSE {wrong} > 0 END)")
            name = self.stages.value(f"(CASE WHEN {some} THEN {voter} > 0 ELSE FALSE END)")
            self.found.bad.append((f"({some} AND NOT {name})", logged.UNKNOWN_CHOICE))
            self.found.bad.append((f"({some} AND {name})", logged.UNKNOWN_NAME))

        self.found.ballots = check

    def _cast(self, ballots: str, kind: str) -> None:
        """The first and the last instant at which a ballot was cast, and the ends of these days."""
        value, has = self.stages.value, self.found.has
        starts = value(self.lists.each(ballots, "b", self.instant("b.cast", kind, "cast")))
        if kind in ("VARCHAR", "STRING"):
            instant = self.instant("b.cast", kind, "cast")
            unread = self.lists.size(self.lists.those(ballots, "b", f"b.cast IS NOT NULL AND {instant} IS NULL"))
            self.found.unsure.append((f"({unread} > 0)", "cast is written in another way"))
        has["first cast"], has["last cast"] = value(self.lists.least(starts)), value(self.lists.most(starts))
        end = f"(CASE WHEN t = {self.lists.midnight('t')} THEN {self.lists.later('t', DAY_SECONDS)} ELSE t END)"
        ends = value(self.lists.each(starts, "t", end)) if kind != "DATE" else ""
        if ends:
            has["first cast end"], has["last cast end"] = value(self.lists.least(ends)), value(self.lists.most(ends))
        else:
            has["first cast end"] = value(self.lists.later(has["first cast"], DAY_SECONDS))
            has["last cast end"] = value(self.lists.later(has["last cast"], DAY_SECONDS))


def history_facts(agreement: Agreement, decision: str) -> dict[str, n.Given]:
    """The facts that a decision is given."""
    found = agreement.decisions.get(decision)
    return dict(found.facts) if found is not None else {}


def struct_fields(kind: str) -> dict[str, str]:
    """The fields of a list of structures, by the type as DuckDB or Spark says it."""
    inner = re.fullmatch(r"STRUCT\((.*)\)\[\]|ARRAY<STRUCT<(.*)>>", kind, re.DOTALL)
    if inner is None:
        raise NotPlain("ballots are no list of voter and choice")
    text, found, depth, start = inner.group(1) or inner.group(2) or "", {}, 0, 0
    for place, sign in enumerate(f"{text},"):
        depth += (sign in "(<") - (sign in ")>")
        if sign == "," and depth == 0:
            name, _, its = text[start:place].strip().replace(":", " ", 1).partition(" ")
            found[name.strip('"').lower()] = its.strip()
            start = place + 1
    return found
