"""Counting ballots in SQL: electors are bits, the ballots of a row three sets of bits, a measure is the cells that count for it.

In: the electorates of a decision (`raw_electorates`), the cells (`raw_cells`), the times of the rows (`raw_times`). Out: the SQL of
tallies, quorums and the like, and of the rows for which it is not exact: a second ballot of somebody, one out of time, one cast
before somebody was appointed. These are few, and are judged one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from fractions import Fraction
from itertools import combinations

from govlang.backends.sql import Cell as Sql, Dialect
from govlang.core import keys as k
from govlang.frozen import dataclass
from govlang.tools.columnar.raw_cells import CHOICES, NONE, Cell, Key, Setting, Table as Cells, cells, settings
from govlang.tools.columnar.raw_electorates import Electors, People, Tabulated, key_sql
from govlang.tools.columnar.raw_spans import Steps
from govlang.tools.columnar.raw_stages import Lists, Stages, Table
from govlang.tools.columnar.raw_times import NotPlain, Times, Voting

LANE, MOST_BITS, MOST_WIDE, CHUNK = 20, 62, 126, 8
DELEGATED = "somebody took part to whom a role is delegated"
SAME_FOR_ALL = ("members", "other members", "fixed seats")
_LISTS = ("bits", "there", "own")  # for whom a ballot counts, who is there with somebody, who goes by a name
_MOST_WRITTEN = 4096  # numbers of a list that is written into the query
_FLAGS = ("meets", "closed", "attendance", "over", "by_hand")


@dataclass(frozen=True, slots=True)
class Masks:
    """The electors of a row as SQL of whole numbers, one bit each: all of them, and those who voted so."""

    everybody: str
    choices: Mapping[str, str]
    present: str
    absent: str


@dataclass(frozen=True, slots=True)
class Voters:
    """An electorate in SQL: its table, the row of it that holds, its electors, when it votes."""

    tabulated: Tabulated
    cells: Cells | None
    table: str
    place: str
    masks: Masks
    voting: Voting
    meets: str


class Counting:
    """The tallies of one decision. `unsure` are the rows for which they are not exact, each with the reason."""

    def __init__(
        self, times: Times, people: People, weights: frozenset[str], attributes: frozenset[str], prefix: str,
        proposer: Callable[[], str],
    ) -> None:  # fmt: skip
        self.proposer = proposer
        self.times, self.people = times, people
        self.stages: Stages = times.stages
        self.lists: Lists = times.lists
        self.dialect: Dialect = times.dialect
        self.has = times.has
        self.weights, self.attributes, self.prefix = weights, attributes, prefix
        self.tables: list[Table] = []
        self.unsure: list[tuple[str, str]] = []
        self._voters: dict[k.Electorate, Voters] = {}
        self._made: list[tuple[Tabulated, Table]] = []
        self._masks: dict[tuple[str, str], dict[str, str]] = {}
        self.quick: list[str] = []  # of each electorate: how many ballots count, where each counts for one elector at most

    # ------------------------------------------------------------ measures

    def cell(self, key: k.Tally | k.Attendance | k.Voted | k.Distinct) -> Sql:
        """The SQL of a measure. Raises NotPlain."""
        voters = self.voters(key.electorate)
        match key:
            case k.Tally(_, measure, weight):
                if measure in SAME_FOR_ALL:
                    return self._figure(voters, measure, weight)
                return self._weighed(voters, weight, self.mask(voters, key)) if weight else self._count(self.mask(voters, key))
            case k.Attendance():
                return self._count(self.mask(voters, key))
            case k.Voted():
                return Sql(f"({self.mask(voters, key)} <> 0)")
            case k.Distinct(_, attribute, may):
                return self._different(voters, attribute, may)
        raise AssertionError(key)

    def _count(self, mask: str) -> Sql:
        return Sql(f"CAST({self.lists.count(mask)} AS BIGINT)", 0)

    def _column(self, voters: Voters, name: str) -> str:
        return self.stages.joined(voters.table, "place", voters.place, [name])[0]

    def _figure(self, voters: Voters, measure: str, weight: str) -> Sql:
        over = voters.tabulated.under(weight) if weight else 1
        return Sql(self._column(voters, figure_name(measure, weight, self._weight_names())), 0, over)

    def _weight_names(self) -> list[str]:
        return ["", *sorted(self.weights)]

    def _weighed(self, voters: Voters, weight: str, mask: str) -> Sql:
        """A sum of weights: the electors are looked up eight at a time in a table of sums."""
        if self.times.meets != "FALSE":  # the day of weights is that of the meeting, also for those who vote outside
            self.unsure.append((f"({self.times.meets} AND NOT {voters.meets})", "weights are counted in a meeting of others"))
        name = f"{voters.table}_w{self._weight_names().index(weight)}_"
        parts = []
        for chunk in range(_chunks(voters.tabulated.most)):
            bits = self.lists.left(mask, CHUNK * chunk) if chunk else mask
            key = self.stages.value(f"({voters.place} * {1 << CHUNK} + CAST({bits} & {(1 << CHUNK) - 1} AS BIGINT))")
            parts.append(self.stages.joined(f"{name}{chunk}", "key", key, ["total"])[0])
        return Sql(self.stages.value(f"({' + '.join(parts)})"), 0, voters.tabulated.under(weight))

    def _different(self, voters: Voters, attribute: str, may: bool) -> Sql:
        who = voters.tabulated.who
        found = self.mask(voters, k.Tally(who, "for"))
        if may:
            found = self.stages.value(f"({found} | {self.mask(voters, k.Tally(who, 'open'))})")
        if attribute != "persons":
            self.unsure.append((f"({self.step(self.times.now)} <> {self.step(voters.voting.counted_at)})",
                                "attributes changed after voting closed"))  # fmt: skip
        values = self._column(voters, f"v{sorted(self.attributes).index(attribute)}")
        return Sql(f"CAST({self.lists.size(self.lists.those(values, 'v', f'(v & {found}) <> 0'))} AS BIGINT)", 0)

    # ------------------------------------------------------------ masks

    def mask(self, voters: Voters, key: Key) -> str:
        """The electors that count towards a measure."""
        if voters.cells is None:
            return "CAST(0 AS BIGINT)"
        columns = self.people.columns
        found = {setting: self._expression(voters.masks, voters.cells.counting(key, setting), cells(columns, setting))
                 for setting in settings(columns, bool(voters.tabulated.who.body))}  # fmt: skip
        return self.stages.value(self._chosen(found, voters, 0))

    def _chosen(self, found: dict[Setting, str], voters: Voters, place: int) -> str:
        """The expression of the setting that a row has."""
        if len(set(found.values())) == 1:
            return next(iter(found.values()))
        flag = _FLAGS[place]
        yes = {setting: sql for setting, sql in found.items() if getattr(setting, flag)}
        no = {setting: sql for setting, sql in found.items() if not getattr(setting, flag)}
        if not yes or not no:
            return self._chosen(yes or no, voters, place + 1)
        then, otherwise = self._chosen(yes, voters, place + 1), self._chosen(no, voters, place + 1)
        return then if then == otherwise else f"(CASE WHEN {self._flag(flag, voters)} THEN {then} ELSE {otherwise} END)"

    def _flag(self, flag: str, voters: Voters) -> str:
        match flag:
            case "meets":
                return voters.meets
            case "closed":
                return voters.voting.closed
            case "attendance":
                return f"({self.has['present']} IS NOT NULL)"
            case "over":
                return self.times.closed_meeting
        return f"({self.times.close.sql} IS NOT NULL)" if self.times.close is not None else "FALSE"

    def _expression(self, masks: Masks, found: frozenset[Cell], possible: list[Cell]) -> str:
        """The electors in some of the cells that are possible."""
        whole = [choice for choice in CHOICES if all(cell in found for cell in possible if cell.choice == choice)]
        if len(whole) == len(CHOICES):
            return masks.everybody
        parts = [masks.choices[choice] for choice in whole]
        for cell in possible:
            if cell in found and cell.choice not in whole:
                sides = [masks.choices[cell.choice]]
                if any(other.present for other in possible):
                    sides.append(masks.present if cell.present else f"(~{masks.present})")
                if any(other.absent for other in possible):
                    sides.append(masks.absent if cell.absent else f"(~{masks.absent})")
                parts.append(self.lists.both(*sides))
        return f"({' | '.join(parts)})" if parts else "CAST(0 AS BIGINT)"

    # ------------------------------------------------------------ electorates

    def voters(self, who: k.Electorate) -> Voters:
        """An electorate in SQL. Raises NotPlain."""
        if who not in self._voters:
            self._voters[who] = self._electorate(who)
        return self._voters[who]

    def _electorate(self, who: k.Electorate) -> Voters:
        times, has = self.times, self.has
        meets = "FALSE"
        if "meeting" in has and who.body:
            meets = self.stages.value(f"coalesce({has['meeting']} = {self.dialect.string(who.body)}, FALSE)")
        elif "meeting" in has and who.votes:
            self.unsure.append((times.meets, "a group without a body votes in a meeting"))
        voting = times.voting(who.scope, meets)
        tabulated = Tabulated(self.people, who, self.weights, self.attributes, frozenset(SAME_FOR_ALL))
        most = MOST_BITS if self.lists.spark else MOST_WIDE
        if tabulated.most > most:
            raise NotPlain(f"more than {most} electors")
        place, table = self._place(tabulated, voting.counted_at)
        masks = self._ballots(tabulated, table, place, meets)
        self._exactly(tabulated, table.name, place, voting, who)
        both = zip(tabulated.cases, tabulated.electors, strict=True)
        shown = next(((case, each) for case, each in both if each.names and each.same), None)
        table_of_cells = None
        if shown is not None:
            case, electors = shown
            proposal = case.proposal(self.people.decision)
            table_of_cells = Cells(self.people.history, who, electors.names[0], proposal, case.at, self.people.columns)
        return Voters(tabulated, table_of_cells, table.name, place, masks, voting, meets)

    def step(self, instant: str) -> str:
        """Between which two turns an instant lies."""
        return self.stages.value(Steps(tuple(self.people.cuts), tuple(self.people.cuts)).place(instant, self.dialect))

    def _place(self, tabulated: Tabulated, instant: str) -> tuple[str, Table]:
        """The row of the electorate's table that holds at an instant, and the table."""
        proposer = self.proposer() if tabulated.keyed.proposers else ""
        key = key_sql(tabulated.keyed, self._facts(), proposer, self.dialect)
        size = tabulated.keyed.size
        found: list[Electors] = []
        if key is None:
            since: list[datetime] = []
            for case, each in zip(tabulated.cases, tabulated.electors, strict=True):
                if not found or each != found[-1]:
                    since.append(case.at)
                    found.append(each)
            sql = Steps(tuple(since), tuple(found)).place(instant, self.dialect)
        else:
            found = tabulated.electors
            sql = f"({self.step(instant)} * {size} + {key})"
            self.unsure.append((f"({key} IS NULL)", "a name on which a group depends is not one of those known"))
        place = self.stages.value(sql)
        made = next((table for other, table in self._made
                     if other.electors == tabulated.electors and other.keyed == tabulated.keyed), None)  # fmt: skip
        if made is None:
            made = self._table(tabulated, found)
            self._made.append((tabulated, made))
            self.tables.append(made)
        return place, made

    def _facts(self) -> dict[str, str]:
        return {name.removeprefix("fact "): sql for name, sql in self.has.items() if name.startswith("fact ")}

    def _table(self, tabulated: Tabulated, found: list[Electors]) -> Table:
        weights, attributes = sorted(self.weights), sorted(self.attributes)
        bits = self._kind(tabulated)
        columns = [("place", "INTEGER"), ("everybody", bits), ("same", "BOOLEAN"), *((kind, f"{bits}[]") for kind in _LISTS)]
        columns += [(figure_name(measure, weight, ["", *weights]), "BIGINT")
                    for measure in SAME_FOR_ALL for weight in ("", *weights)]  # fmt: skip
        columns += [(f"v{place}", f"{bits}[]") for place in range(len(attributes))]
        under = {"": 1, **{weight: tabulated.under(weight) for weight in weights}}
        rows = []
        for place, each in enumerate(found):
            row: list[object] = [place, (1 << len(each.names)) - 1, each.same]
            row += [[each.by_name(kind).get(name, 0) for name in tabulated.listed(kind)] for kind in _LISTS]
            row += [_scaled(each.figures[measure, weight], under[weight]) for measure in SAME_FOR_ALL for weight in ("", *weights)]
            row += [list(each.values[attribute]) for attribute in attributes]
            rows.append(tuple(row))
        name = f"{self.prefix}e{len(self._made)}"
        for number, weight in enumerate(weights, start=1):
            for chunk in range(_chunks(tabulated.most)):
                sums = [(place * (1 << CHUNK) + bits, total) for place, each in enumerate(found)
                        for bits, total in enumerate(_sums(each.weights[weight], under[weight], chunk))]  # fmt: skip
                self.tables.append(self.stages.table(f"{name}_w{number}_{chunk}", (("key", "BIGINT"), ("total", "BIGINT")), sums))
        return self.stages.table(name, columns, rows)

    # ------------------------------------------------------------ ballots

    def _ballots(self, tabulated: Tabulated, table: Table, place: str, meets: str) -> Masks:
        everybody = self.stages.joined(table.name, "place", place, ["everybody"])[0]
        single = all(bit & (bit - 1) == 0 for each in tabulated.electors for bit in each.bits.values())
        choices = self._choices(table, place, tabulated, single)
        rest = self.stages.value(f"({everybody} & ~({choices['for']} | {choices['against']} | {choices['abstain']}))")
        present = absent = ""
        self._delegated(tabulated)
        if "present" in self.people.columns:
            present = self._listed(table, place, tabulated, "present", "there")
        if "absent" in self.people.columns:
            absent = self._listed(table, place, tabulated, "absent", "own")
            if self.times.meets != "FALSE":  # who is absent from a meeting is not absent from a vote outside it
                inside = self._listed(table, place, tabulated, "absent", "there") if meets != "FALSE" else "0"
                absent = self.stages.value(f"(CASE WHEN {meets} THEN {inside} WHEN {self.times.meets} THEN 0 ELSE {absent} END)")
        return Masks(everybody, {**choices, NONE: rest}, present, absent)

    def _delegated(self, tabulated: Tabulated) -> None:
        """Notes the rows in which somebody took part to whom a role of the electors is delegated."""
        columns = {"ballots": "x.voter", "present": "x", "absent": "x"}
        for lent in tabulated.lent:
            names = ", ".join(map(self.dialect.string, lent.names)) or "''"
            when = lent.during(self.times.proposed, self.times.now, self.dialect) if tabulated.who.scope.as_of is None else "TRUE"
            for name in (each for each in columns if each in self.has):
                found = self.lists.size(self.lists.those(self.has[name], "x", f"{columns[name]} IN ({names})"))
                self.unsure.append((f"({when} AND {found} > 0)", DELEGATED))

    def _kind(self, tabulated: Tabulated) -> str:
        """The type of a number with one bit for each elector."""
        return "BIGINT" if tabulated.most <= MOST_BITS else "HUGEINT"

    def _listed(self, table: Table, place: str, tabulated: Tabulated, column: str, kind: str) -> str:
        """The electors that are listed in a column."""
        each = self.lists.each(self.has[column], "x", self._bit(table, place, tabulated, kind, "x"))
        return self.stages.value(self.lists.bits(each))

    def _bit(self, table: Table, place: str, tabulated: Tabulated, kind: str, name: str) -> str:
        """The electors that belong to a name: looked up in a list written into the query, or joined where it is too long."""
        names, lists = tabulated.listed(kind), self.lists
        listed = ", ".join(self.dialect.string(each) for each in names)
        found = lists.place(lists.made([listed] if names else [], "VARCHAR"), name)
        if len(names) * len(table.rows) > _MOST_WRITTEN:
            return lists.at(self.stages.joined(table.name, "place", place, [kind])[0], found)
        column = [name for name, _ in table.columns].index(f"{self.stages.prefix}{kind}")
        bits = [str(bit) for row in table.rows for bit in row[column]]  # type: ignore[attr-defined]
        several = f"({place} * {len(names)} + {found})"
        return lists.at(lists.made(bits, self._kind(tabulated)), several if len(table.rows) > 1 else found)

    def _choices(self, table: Table, place: str, tabulated: Tabulated, single: bool) -> dict[str, str]:
        """The electors who voted for, against, or abstained."""
        if (table.name, place) in self._masks:
            return self._masks[table.name, place]
        value, lists = self.stages.value, self.lists
        if "ballots" not in self.has:
            nobody = dict.fromkeys(("for", "against", "abstain"), "CAST(0 AS BIGINT)")
            return self._masks.setdefault((table.name, place), nobody)
        ballots = self.has["ballots"]
        bit, most = self._bit(table, place, tabulated, "bits", "b.voter"), tabulated.most
        if most <= LANE:
            lanes = "CASE b.choice" + "".join(f" WHEN '{choice}' THEN {1 << (LANE + 1) * lane}"
                                              for lane, choice in enumerate(("for", "against", "abstain"))) + " END"  # fmt: skip
            each = value(lists.each(ballots, "b", f"{bit} * {lanes}"))
            every = value(lists.bits(each))
            lane = (1 << LANE) - 1
            found = {choice: value(lists.both(lists.left(every, (LANE + 1) * place_) if place_ else every, str(lane)))
                     for place_, choice in enumerate(("for", "against", "abstain"))}  # fmt: skip
        else:
            each = value(lists.each(ballots, "b", f"CASE WHEN b.choice IN ('for', 'against', 'abstain') THEN {bit} END"))
            every = value(lists.bits(each))
            found = {choice: value(lists.bits(lists.each(ballots, "b", f"CASE WHEN b.choice = '{choice}' THEN {bit} END")))
                     for choice in ("for", "against")}  # fmt: skip
            found["abstain"] = value(f"({every} & ~({found['for']} | {found['against']}))")
        each_bit = lists.total(lists.each(each, "x", lists.count("x")))
        counted = value(f"(CASE WHEN {lists.count(every)} = {lists.size(ballots)} THEN {lists.size(ballots)} ELSE {each_bit} END)"
                        if single else each_bit)  # fmt: skip
        if single:
            self.quick.append(counted)
        twice = f"({counted} <> {lists.count(every)})"
        if most <= LANE:
            two = [lists.both(found[one], found[other]) for one, other in combinations(("for", "against", "abstain"), 2)]
            twice = f"({twice} OR ({' | '.join(two)}) <> 0)"
        self.unsure.append((twice, "more than one ballot counts for somebody"))
        return self._masks.setdefault((table.name, place), found)

    def _exactly(self, tabulated: Tabulated, table: str, place: str, voting: Voting, who: k.Electorate) -> None:
        """Notes the rows for which the electorate's table is not all there is to say."""
        if not all(each.same for each in tabulated.electors):
            same = self.stages.joined(table, "place", place, ["same"])[0]
            self.unsure.append((f"(NOT {same})", "who is recused is counted all the same"))
        if who.scope.as_of is not None:
            first = self.dialect.instant(self.people.within.start)
            self.unsure.append((f"({voting.counted_at} < {first})", "members of a day before the log count"))
        if "first cast" in self.has:
            self._in_time(voting)

    def _in_time(self, voting: Voting) -> None:
        """Ballots that say when they were cast: all of them while voting was open, and by those who belonged all the time since."""
        first, last, end = self.has["first cast"], self.has["last cast"], self.has["first cast end"]
        before = f"coalesce({end} < {voting.opens}, FALSE)"
        late = f"coalesce({last} >= {voting.closes} OR {last} > {self.times.now}, FALSE)"
        self.unsure.append((f"({before} OR {late})", "a ballot was cast out of time"))
        if len(self.people.cuts) > 1:
            steps = [self.step(first), self.step(self.has["last cast end"]), self.step(voting.counted_at)]
            moved = f"({first} IS NOT NULL AND ({steps[0]} <> {steps[2]} OR {steps[1]} <> {steps[2]}))"
            self.unsure.append((moved, "offices or members changed while voting was open"))


def figure_name(measure: str, weight: str, weights: list[str]) -> str:
    """The column of a figure that is the same for all rows of a case."""
    return f"f{SAME_FOR_ALL.index(measure)}_{weights.index(weight)}"


def _chunks(most: int) -> int:
    return max(-(-most // CHUNK), 1)


def _scaled(value: object, under: int) -> int | None:
    if value is None:
        return None
    assert isinstance(value, Fraction)
    return _small(int(value * under))


def _small(value: int) -> int:
    if abs(value) >= 2**62:
        raise NotPlain("weights with too many digits")
    return value


def _sums(weights: tuple[Fraction, ...] | None, under: int, chunk: int) -> list[int]:
    """The sum of the weights of every set of eight electors; nothing where nobody has a weight, so that it is not known."""
    if weights is None:
        return []
    eight = [int(value * under) for value in weights[CHUNK * chunk : CHUNK * (chunk + 1)]]
    sums = [0]
    for value in eight:
        sums += [each + value for each in sums]
    return [_small(each) for each in sums]
