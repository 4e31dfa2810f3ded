"""What the judge was asked: every row that it judges while a piece of code runs, as values by column, with its verdict.

In: code that asks the judge anything, such as a scenario. Out: `Case`s: a planned right, the values of its columns on the judge's
own row, and the verdict that the judge came to. Questions about other proposals and earlier instants on the way count too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from govlang.backends import why
from govlang.backends.answers import Item
from govlang.backends.plan import Planned, Right, judged, plan
from govlang.core.expr import Value
from govlang.core.reasons import Point
from govlang.core.rules import Rule, Tree, whole
from govlang.core.verdict import State, Verdict, evaluate
from govlang.frozen import dataclass, field
from govlang.record.entries import Proposal
from govlang.record.facts import Row
from govlang.record.judge import Judge, Judged
from tests.differential.values import fits

Answer = tuple[Verdict, Point | None]


@dataclass(slots=True)
class Case:
    """A row that was judged. `answer` is the reference about the values; `verdict` is what the judge itself said."""

    right: Right
    values: dict[str, Value]
    verdict: Verdict
    answer: Answer
    proposal: str
    now: datetime


@dataclass(slots=True)
class Questions:
    """The cases found, each question once, and what is wrong with them by themselves. With `explained`, the whole answer is made
    for each, and has to agree on what it rests on."""

    explained: bool = False
    cases: list[Case] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    plans: dict[int, tuple[Rule, Planned]] = field(default_factory=dict)  # by the identity of the rule, which is kept with it
    asked: set[tuple[int, int, str, datetime, int]] = field(default_factory=set)

    def take(self, judged_row: Judged) -> None:
        """Takes in one judgement."""
        if judged_row.rule is not None and judged_row.tree is not None:
            self.case(judged_row, judged_row.rule, judged_row.tree)

    def silent(self, judge: Judge, nobody: Judged) -> None:
        """Takes in that no decision is about a proposal: neither that of its name nor those that cover it."""
        view, about = nobody.row.history, nobody.row.proposal.decision
        for name in [about] if about in view.agreement.decisions else view.covering(about):
            rule = judge.rules.under(view.agreement).rule(name)
            self.case(nobody, rule, whole(rule))

    def case(self, judged_row: Judged, rule: Rule, tree: Tree) -> None:
        """Takes in the judgement of one right."""
        row = judged_row.row
        key = (id(rule), id(row.history), row.proposal.id, row.now, row.history.count)
        if key in self.asked:
            return
        self.asked.add(key)
        planned = self.plan(rule, row)
        values = {column.name: row.value(planned.keys[column.name]) for column in planned.right.columns}
        said = Verdict.SILENT if evaluate(rule.applies, row) is False else judged_row.verdict
        case = Case(planned.right, values, said, judged(planned.right, values), row.proposal.id,
                    row.now)  # fmt: skip
        self.cases.append(case)
        self.faults += misfits(case)
        if self.explained and said is judged_row.verdict:
            self.faults += unexplained(case, why.explain(tree, row))

    def plan(self, rule: Rule, row: Row) -> Planned:
        """The plan of a rule, made once."""
        if id(rule) not in self.plans:
            right = row.history.agreement.right(rule.decision)
            assert right is not None
            self.plans[id(rule)] = rule, plan(rule, right)
        return self.plans[id(rule)][1]


def misfits(case: Case) -> Iterator[str]:
    """Where the plan is not what the judge used: another verdict, or a value that is not of its column's type."""
    where = f"{case.right.name}: {case.proposal} at {case.now}"
    if case.answer[0] is not case.verdict:
        yield f"{where}: the judge says {case.verdict.value}, its plan {case.answer[0].value}"
    for column in case.right.columns:
        if not fits(case.values[column.name], column.type):
            yield f"{where}: {column.name} should be {column.type}, and is {case.values[column.name]!r}"


def unexplained(case: Case, item: Item) -> Iterator[str]:
    """Where the one requirement named is not what the whole answer says: the first that failed, or one of those that are open."""
    verdict, point = case.answer
    if verdict not in (Verdict.DENIED, Verdict.PENDING):
        return
    if point is None:
        yield f"{case.right.name}: {case.proposal} at {case.now}: {verdict.value}, and it rests on nothing"
        return
    first = why.flatten(item, State.FAILED if verdict is Verdict.DENIED else State.OPEN)
    among = first[:1] if verdict is Verdict.DENIED else [*first, *_open(item)]
    if (point.id, point.label) not in [(each.id, each.label) for each in among]:
        names = ", ".join(each.label for each in among) or "nothing"
        yield f"{case.right.name}: {case.proposal} at {case.now}: rests on {point.label} ({point.id}), and the answer names {names}"


def _open(item: Item) -> Iterator[Item]:
    if item.state is State.OPEN:
        yield item
        for child in item.items:
            yield from _open(child)


@contextmanager
def questions(explained: bool = False) -> Iterator[Questions]:
    """Everything that any judge judges inside the block."""
    found = Questions(explained)
    judge_by, glance_by, all_of = Judge._judge_by, Judge._glance_by, Judge._judged

    def judging(self: Judge, rule: Rule, row: Row) -> Judged:
        said = judge_by(self, rule, row)
        found.take(said)
        return said

    def glancing(self: Judge, rule: Rule, row: Row) -> Judged:
        said = glance_by(self, rule, row)
        found.take(said)
        return said

    def saying(self: Judge, proposal: Proposal, now: datetime, short: bool) -> Judged:
        said = all_of(self, proposal, now, short)
        if said.rule is None:
            found.silent(self, said)
        return said

    with patch.multiple(Judge, _judge_by=judging, _glance_by=glancing, _judged=saying):
        yield found
