"""Whether conditions leave gaps or hide each other, by trying every case that they can tell apart.

In: conditions, as tiers of one block or as `applies when` lines. Out: examples. Exact where the conditions are understood, and
silent where they are not: a gap is reported only when it is there however everything else turns out, a tier is called
unreachable only when no case at all reaches it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from govlang.frozen import dataclass
from govlang.model.checks.domains import Case, Domains, Key, Value, Variable, facts_of
from govlang.model.checks.view import View
from govlang.model.nodes import Decision
from govlang.syntax import nodes as n

MOST_CASES = 5_000

Row = dict[Key, Value]


class Step(NamedTuple):
    """A condition on the way to a block, and whether it must hold or must not."""

    condition: n.Condition
    holds: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """`gaps`: example values that no tier takes. `hidden`: for each tier that nothing reaches, the tiers that take its cases
    (none: it can never hold at all)."""

    gaps: tuple[str, ...] = ()
    hidden: tuple[tuple[int, tuple[int, ...]], ...] = ()


def tiers(
    view: View, decision: Decision, conditions: list[n.Condition | None], path: list[Step], required: list[n.Condition]
) -> Findings:
    """The gaps and the hidden tiers of one block; `path` leads to it, `required` must hold there anyway."""
    domains = Domains(view, facts_of(decision))
    for condition in (*(step.condition for step in path), *required, *conditions):
        domains.add(condition)
    variables = domains.variables()
    if not variables or _size(variables) > MOST_CASES:
        return Findings()
    return _Table(domains, variables, conditions, path, required).findings()


def both_apply(view: View, first: Decision, second: Decision) -> str | None:
    """An example in which both decisions apply (empty: they always may); None when they exclude each other."""
    domains = Domains(view, facts_of(first, second))
    conditions = [item.condition for item in (*first.applies, *second.applies)]
    for condition in conditions:
        domains.add(condition)
    variables = domains.variables()
    if _size(variables) > MOST_CASES:
        return None
    for chosen in product(*(variable.cases for variable in variables)):
        row = _row(variables, chosen)
        if all(holds(domains, condition, row) for condition in conditions):
            return _example(chosen)
    return None


def _size(variables: list[Variable]) -> int:
    size = 1
    for variable in variables:
        size *= len(variable.cases)
    return size


def _row(variables: list[Variable], chosen: tuple[Case, ...]) -> Row:
    return {variable.key: case.value for variable, case in zip(variables, chosen, strict=True)}


def _example(chosen: tuple[Case, ...]) -> str:
    return " and ".join(case.words for case in chosen if case.words)


class _Table:
    """Every case of one block of tiers, tried once."""

    def __init__(
        self, domains: Domains, variables: list[Variable], conditions: list[n.Condition | None], path: list[Step],
        required: list[n.Condition],
    ) -> None:  # fmt: skip
        self.domains = domains
        self.known = [variable for variable in variables if not variable.opaque]
        self.opaque = [variable for variable in variables if variable.opaque]
        self.conditions = conditions
        self.path = path
        self.required = required
        self.taken: list[set[int]] = [set() for _ in conditions]
        self.reached: set[int] = set()
        self.arrived = False

    def findings(self) -> Findings:
        gaps: list[tuple[Case, ...]] = []
        for chosen in product(*(variable.cases for variable in self.known)):
            row = _row(self.known, chosen)
            if self._gap(row) and all(case.certain for case in chosen) and self._feasible(row):
                gaps.append(chosen)
        if not self.arrived:
            return Findings()
        hidden = tuple(
            (index, tuple(sorted(self.taken[index])))
            for index in range(len(self.conditions))
            if index not in self.reached
        )
        return Findings(tuple(self._shown(gaps)), hidden)

    def _gap(self, row: Row) -> bool:
        """Tries all that is not understood; true when some of it leads here and then never to a tier."""
        leads_here, fits = False, False
        for rest in product(*(variable.cases for variable in self.opaque)):
            whole = row | _row(self.opaque, rest)
            if not all(holds(self.domains, step.condition, whole) is step.holds for step in self.path):
                continue
            self.arrived = True
            first = self._first(whole)
            if all(holds(self.domains, condition, whole) for condition in self.required):
                leads_here = True
                fits = fits or first is not None
        return leads_here and not fits

    def _first(self, row: Row) -> int | None:
        first: int | None = None
        for index, condition in enumerate(self.conditions):
            if condition is None or holds(self.domains, condition, row):
                if first is None:
                    first = index
                    self.reached.add(index)
                else:
                    self.taken[index].add(first)
        return first

    def _feasible(self, row: Row) -> bool:
        """Whether totals go with the amounts they are the sum of: none is smaller, and two totals may differ."""
        totals: dict[str, set[Value]] = {}
        for kind, what in row:
            if kind == "total" and isinstance(what, n.Total):
                totals.setdefault(what.fact, set()).add(row[(kind, what)])
        for fact, sums in totals.items():
            amount = row.get(("fact", fact))
            if len(sums) > 1 or any(isinstance(amount, Fraction) and _less(total, amount) for total in sums):
                return False
        return True

    def _shown(self, gaps: list[tuple[Case, ...]]) -> Iterator[str]:
        """All uncovered words of a single choice; otherwise one example, without what makes no difference to it."""
        if not gaps:
            return
        if len(self.known) == 1 and not isinstance(gaps[0][0].value, Fraction):
            yield from (_example(chosen) for chosen in gaps)
            return
        every, first = set(gaps), gaps[0]
        kept = []
        for index, variable in enumerate(self.known):
            others = [(*first[:index], case, *first[index + 1 :]) for case in variable.cases if case.certain]
            if not all(other in every for other in others):
                kept.append(first[index])
        yield _example(tuple(kept) or first)


def _less(left: Value, right: Value) -> bool:
    return isinstance(left, Fraction) and isinstance(right, Fraction) and left < right


def holds(domains: Domains, node: n.Condition, row: Row) -> bool:
    """Whether a condition holds in one case."""
    match node:
        case n.And(items):
            return all(holds(domains, item, row) for item in items)
        case n.Or(items):
            return any(holds(domains, item, row) for item in items)
        case n.Not(item):
            return not holds(domains, item, row)
    key, points = domains.atom(node)
    if key[0] == "opaque":
        return bool(row[key]) is not domains.opaque(node)[1]
    value = row[key]
    match node:
        case n.Holds():
            return value is True
        case n.OneOf():
            return value in points
        case n.Compare(op, _, _):
            return _compare(op, value, points[0])
    return False


def _compare(op: str, left: Value, right: Value) -> bool:
    if op in ("=", "!="):
        return (left == right) is (op == "=")
    assert isinstance(left, Fraction) and isinstance(right, Fraction)
    return {">=": left >= right, ">": left > right, "<=": left <= right, "<": left < right}[op]
