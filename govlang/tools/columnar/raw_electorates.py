"""Who may vote when, and for whom each name's ballot counts: tabulated by asking the record at every instant at which it may turn.

In: an electorate, the history, the days of the log. Out: a table with one row for each time (and each value of a fact or proposer
on which the group depends): the electors as bits, whose ballots count for which of them, their weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import product
from math import lcm

from govlang.backends.sql import Dialect
from govlang.core import keys as k
from govlang.core.expr import Value
from govlang.frozen import dataclass, parts
from govlang.model.nodes import Kind
from govlang.record.count import Count, Counter, Times
from govlang.record.entries import Proposal
from govlang.record.history import History
from govlang.syntax import nodes as n
from govlang.tools.columnar.raw_cells import OneRow
from govlang.tools.columnar.raw_spans import Range, turns
from govlang.tools.columnar.raw_times import NotPlain

MOST_ROWS = 5_000
PROPOSER = "proposer"
MOST_LENT = 20  # spans of delegations that are told apart


@dataclass(frozen=True, slots=True)
class Lent:
    """Names under which delegates act, and from when to when they do."""

    names: tuple[str, ...]
    since: datetime
    until: datetime | None

    def during(self, proposed: str, now: str, dialect: Dialect) -> str:
        """Whether it stood at some time from a proposal on."""
        ended = f" AND {proposed} < {dialect.instant(self.until)}" if self.until is not None else ""
        began = f"{now} >= {dialect.instant(self.since)}" if self.since != datetime.min else "TRUE"
        return f"{began}{ended}"


@dataclass(frozen=True, slots=True)
class Case:
    """One time and one value of each fact: `facts` by name, and who proposed it."""

    at: datetime
    facts: Mapping[str, str]
    proposer: str = ""

    def proposal(self, decision: str) -> Proposal:
        """A proposal of this case, with nothing done about it yet. Its name is its own, since a record keeps answers by name."""
        at = n.Moment(self.at, whole_day=False)
        by = (self.proposer,) if self.proposer else ()
        facts: dict[str, object] = {name: value for name, value in self.facts.items() if value}
        name = "\n".join((decision, str(self.at), self.proposer, *(f"{fact}={value}" for fact, value in self.facts.items())))
        deed = n.Deed("propose", at, tuple(n.Name(each) for each in by), n.Name(name), n.Name(decision))
        return Proposal(name, decision, by, at, facts, deed, hypothetical=True)


@dataclass(frozen=True, slots=True)
class Keyed:
    """What a group depends on beside the time: facts, with the values that they can have, and the proposer."""

    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    proposers: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        found = max(len(self.proposers), 1)
        for _, names in self.facts:
            found *= len(names)
        return found

    def all(self) -> Iterator[tuple[Mapping[str, str], str]]:
        """Every combination, in the order in which `place` counts them."""
        for *values, proposer in product(*(names for _, names in self.facts), self.proposers or ("",)):
            yield dict(zip((name for name, _ in self.facts), values, strict=True)), proposer


@dataclass(frozen=True, slots=True)
class Electors:
    """The electorate in one case. `bits` is, by name, the electors for whom a ballot by it counts; `there` those who are at a
    meeting when it is listed; `named` the electors that are listed by their own names."""

    names: tuple[str, ...]
    bits: Mapping[str, int]
    there: Mapping[str, int]
    same: bool
    figures: Mapping[tuple[str, str], Value]
    weights: Mapping[str, tuple[Fraction, ...] | None]
    values: Mapping[str, tuple[int, ...]]

    def by_name(self, kind: str) -> Mapping[str, int]:
        """The electors that belong to each name: `bits`, `there`, or their own."""
        if kind == "own":
            return {name: 1 << place for place, name in enumerate(self.names)}
        return self.bits if kind == "bits" else self.there


def bases(who: k.Electorate) -> list[n.GroupBase]:
    """Everything by which an electorate says who belongs to it, or is recused."""
    groups = (who.item, *(rule.group for rule in who.scope.recused))
    return [part for group in groups for part in parts(group) if isinstance(part, n.GroupBase)]


class People:
    """Who is who in a record, within the days of a log."""

    def __init__(
        self, history: History, within: Range, decision: str, facts: Mapping[str, n.Given], columns: frozenset[str]
    ) -> None:
        self.history, self.within, self.decision = history, within, decision
        self.facts, self.columns = facts, columns
        self.cuts = [within.start, *(each for each in turns(history) if within.start < each < within.end)]
        agreement = history.agreement
        texts = [version.agreement for version in history.texts] or [agreement]
        self.names = tuple(dict.fromkeys([*(name for text in texts for name in text.kinds), *history.persons]))
        self.actors = tuple(name for name in self.names if self._acts(name))

    def lent(self, roles: set[str], givers: set[str]) -> tuple[Lent, ...]:
        """Who acts by delegation of one of these roles, or for one of these: what they do may count for another, up to an amount,
        and is not tabulated; what all others do is."""
        found: dict[tuple[datetime, datetime | None], list[str]] = {}
        for item in self.history.delegations:
            if (item.role in roles or item.giver in givers) and item.since.start < self.within.end:
                found.setdefault((item.since.start, item.until), []).append(item.to)
        if len(found) > MOST_LENT:
            found = {(datetime.min, None): [name for names in found.values() for name in names]}
        return tuple(Lent(self._under(set(to)), since, until) for (since, until), to in found.items())

    def _under(self, somebody: set[str]) -> tuple[str, ...]:
        """The names under which some people act."""
        return tuple(name for name in self.actors
                     if name in somebody or any(self.history.sole(name, at) in somebody for at in self.cuts))  # fmt: skip

    def _acts(self, name: str) -> bool:
        return self.history.kind_in_any(name) in (None, Kind.PARTY, Kind.PERSON, Kind.ROLE, Kind.BODY)

    def keyed(self, found: list[n.GroupBase], proposer: bool = False) -> Keyed:
        """What some groups depend on. Raises NotPlain where it cannot be enumerated."""
        facts: dict[str, tuple[str, ...]] = {}
        for base in found:
            if base.kind == "concerned":
                raise NotPlain("the group is known to a norm alone")
            if base.kind in ("fact", "of"):
                facts[base.fact] = self._values(base.fact)
            proposer = proposer or base.kind == "proposer"
        kept = Keyed(tuple(facts.items()), ("", *self.actors) if proposer else ())
        if kept.size * len(self.cuts) > MOST_ROWS:
            raise NotPlain("who belongs to the group depends on too much to be tabulated")
        return kept

    def _values(self, fact: str) -> tuple[str, ...]:
        given = self.facts.get(fact)
        kind = given.type.kind if given is not None else ""
        if fact not in self.columns:
            return ("",)
        match kind:
            case "party":
                return ("", *(name for name in self.names if self.history.kind_in_any(name) is Kind.PARTY))
            case "person" | "name":
                return ("", *self.actors)
            case "role":
                return ("", *(name for name in self.names if self.history.kind_in_any(name) is Kind.ROLE))
            case "body":
                return ("", *(name for name in self.names if self.history.kind_in_any(name) is Kind.BODY))
        raise NotPlain(f"the group depends on {fact}, which names several")

    def cases(self, keyed: Keyed) -> list[Case]:
        """Every case, time by time."""
        return [Case(at, facts, proposer) for at in self.cuts for facts, proposer in keyed.all()]


class Tabulated:
    """The electorates of one decision, case by case."""

    def __init__(
        self, people: People, who: k.Electorate, weights: frozenset[str], attributes: frozenset[str], figures: frozenset[str]
    ) -> None:
        self.people, self.who = people, who
        self.history = people.history
        if who.cap:
            raise NotPlain("only so many ballots with the same attribute count")
        if self.history.proxies:
            raise NotPlain("proxies are on record")
        self.keyed = people.keyed(bases(who), who.without_proposer)
        self.weighing, self.attributes, self.figures = weights, attributes, figures
        self.cases = people.cases(self.keyed)
        self.electors = [self._electors(case) for case in self.cases]
        self.lent = people.lent(self.history.roles_in(who.item), {name for each in self.electors for name in each.names})

    def _electors(self, case: Case) -> Electors:
        who, at = self.who, case.at
        proposal = case.proposal(self.people.decision)
        times = Times(None, at + timedelta(days=1), None, None, False, who.scope.votes_may_change is None, at)
        row = OneRow(times, self.history, proposal, at, lambda *_: None)
        row.count_now(who)
        count = row.count(who)
        names = tuple(dict.fromkeys([*count.electors, *count.base]))
        counter = Counter(self.history, proposal, at)
        bits = {name: found for name in self.people.actors if (found := self._bits(names, counter, count, times, name))}
        there = {name: found for name in self.people.actors if (found := _mask(names, counter.stood_for(list(names), name, at)))}
        figures = {(measure, weight): self._figure(row, count, measure, weight, at) for measure in self.figures
                   for weight in ("", *self.weighing)}  # fmt: skip
        weights = {weight: self._weights(row, count, names, weight, at) for weight in self.weighing}
        values = {each: self._values(row, names, each) for each in self.attributes}
        return Electors(names, bits, there, tuple(count.electors) == names == tuple(count.base), figures, weights, values)

    def _bits(self, names: tuple[str, ...], counter: Counter, count: Count, times: Times, name: str) -> int:
        return _mask(names, counter.counted_for(self.who, count, times, name))

    def _figure(self, row: OneRow, count: Count, measure: str, weight: str, at: datetime) -> Value:
        """What is the same for all rows of a case: members, seats."""
        row._times[self.who.scope] = row.when
        return row.tally(self.who, measure, weight)

    def _weights(self, row: OneRow, count: Count, names: tuple[str, ...], weight: str, at: datetime) -> tuple[Fraction, ...] | None:
        """What each elector adds to a sum of weights; None where nobody has a weight."""
        row._times[self.who.scope] = row.when
        if row.tally(self.who, "members", weight) is None:
            return None
        from govlang.record.count import weigh

        return tuple(weigh(self.history, [name], weight, at) for name in names)

    def _values(self, row: OneRow, names: tuple[str, ...], attribute: str) -> tuple[int, ...]:
        """The electors that share each value of an attribute."""
        found: dict[object, int] = {}
        for place, name in enumerate(names):
            value = row._value_of(name, attribute)
            found[value] = found.get(value, 0) | 1 << place
        return tuple(found.values())

    def listed(self, kind: str) -> list[str]:
        """Every name that ever has electors."""
        return list(dict.fromkeys(name for each in self.electors for name in each.by_name(kind)))

    @property
    def most(self) -> int:
        """The most electors of any case."""
        return max((len(each.names) for each in self.electors), default=0)

    def under(self, weight: str) -> int:
        """A number of which every weight is a whole multiple of one over it."""
        return lcm(*(value.denominator for each in self.electors for value in each.weights[weight] or ()), 1)


def _mask(names: tuple[str, ...], found: list[str]) -> int:
    return sum(1 << place for place, name in enumerate(names) if name in found)


def key_sql(keyed: Keyed, columns: Mapping[str, str], proposer: str, dialect: Dialect) -> str | None:
    """The SQL of the place of a row among the combinations; NULL where a value is none of those that are known."""
    found: str | None = None
    listed = [(columns.get(name, "''"), names) for name, names in keyed.facts]
    listed += [(proposer, keyed.proposers)] if keyed.proposers else []
    for value, names in listed:
        cases = "".join(f" WHEN {dialect.string(name)} THEN {place}" for place, name in enumerate(names))
        place = f"(CASE coalesce({value}, ''){cases} END)"
        found = place if found is None else f"({found} * {len(names)} + {place})"
    return found
