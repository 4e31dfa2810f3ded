"""Compiled rights say what the reference interpreter says, with the same reasons: states, what failed, is open, is missing.

The rows are random ones of every right of the repository, and those that scenarios are judged on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from govlang.backends import why
from govlang.backends.answers import Item
from govlang.backends.plan import Right, Values, judged, plan
from govlang.backends.plan_data import decode, encode
from govlang.backends.python import CompiledRight, Need, compile_right, expressions, reading, right as compiling, wants
from govlang.core import numbers
from govlang.core.expr import TRUE, All, Any as AnyOf, Arithmetic, Compare, Expr, Fact, Literal, Not, OneOf, Value
from govlang.core.keys import Column
from govlang.core.reasons import Point
from govlang.core.rules import Branch, Every, Leaf, Pick, leaves
from govlang.core.verdict import State, Verdict, state
from govlang.frozen import replace
from govlang.source import Citation
from tests.differential import histories
from tests.differential.choices import Choices, Seeded
from tests.differential.values import Fuzz

FILES = [path for path in histories.files() if path.parent.name != "stories"]


class Plain(Values):
    """A row of values for the explanation, which has no names to tell."""

    now = datetime(2026, 3, 4, 12)

    def evidence(self, *_: object) -> tuple[str, ...]:
        return ()

    ignored = may_still_act = blockers = found = evidence

    def remaining(self, *_: object) -> str:
        return ""

    speaking = remaining

    def last_day(self, until: datetime) -> str:
        return str(until)

    def weighed(self, value: numbers.Number, _: str) -> str:
        return numbers.show(value)


def rights_of(path: Path) -> Iterator[Right]:
    for _, loaded in histories.agreements([path]):
        for decision in (*loaded.agreement.decisions.values(), *loaded.agreement.rights.values()):
            yield plan(loaded.rules.rule(decision.name), decision).right


def rows(right: Right, count: int) -> list[dict[str, Value]]:
    """Random rows, those that only say until when included."""
    choices = Choices(Seeded(f"compiled {right.name}"))
    fuzz = Fuzz(replace(right, columns=(*right.columns, *right.further)))
    return [fuzz.fresh(choices) for _ in range(count)]


def leaf_points(item: Item, wanted: State) -> list[tuple[str, str]]:
    return [(leaf.id, leaf.label) for leaf in why.flatten(item, wanted)]


def missing(item: Item, wanted: State) -> list[tuple[str, str, str, datetime | None]]:
    """What the explanation finds missing, without the words. Of what has a period, only the explanation counts the days."""
    return [
        (leaf.id, each.kind, "" if each.kind in ("time", "withdrawal") else each.amount, each.until)
        for leaf in why.flatten(item, wanted) for each in leaf.missing
    ]  # fmt: skip


def shown(need: Need) -> tuple[str, str, str, datetime | None]:
    number = Fraction(need.amount) if isinstance(need.amount, int) else need.amount
    amount = "" if number is None or need.kind in ("time", "withdrawal") else numbers.show(number)
    return need.requirement.id, need.kind, amount, need.until


def wrong(compiled: CompiledRight, row: Mapping[str, Value]) -> list[str]:
    """In what an answer differs from the interpreter's."""
    right, answer = compiled.right, compiled.answer(row)
    verdict, point = judged(right, row)
    found: list[tuple[str, object, object]] = [
        ("verdict", compiled.verdict(row), verdict), ("answer", answer.verdict, verdict), ("point", answer.point, point),
        ("yes", compiled.permits(row), verdict is Verdict.PERMITTED),
    ]  # fmt: skip
    if verdict is not Verdict.SILENT:
        plain = Plain(row)
        item = why.explain(right.tree, plain)
        states = {leaf.id: state(leaf, plain) for leaf in leaves(right.tree)}
        wanted = {Verdict.PENDING: State.OPEN, Verdict.DENIED: State.FAILED}.get(verdict)
        found += [
            ("states", list(answer.states.items()), [(id, states[id]) for id in dict.fromkeys(why.reached(right.tree, plain))]),
            ("because", [(each.id, each.label) for each in answer.because], leaf_points(item, State.FAILED)),
            ("open", [(each.id, each.label) for each in answer.open], leaf_points(item, State.OPEN) or _rests(verdict, point)),
            ("missing", [shown(need) for need in answer.missing], missing(item, wanted) if wanted is not None else []),
        ]  # fmt: skip
    return [f"{right.name}: {what} is {ours}, not {theirs}, of {row}" for what, ours, theirs in found if ours != theirs]


def _rests(verdict: Verdict, point: Point | None) -> list[tuple[str, str]]:
    return [(point.id, point.label)] if verdict is Verdict.PENDING and point is not None else []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_right_says_what_the_interpreter_says(path: Path) -> None:
    for right in rights_of(path):
        compiled = compile_right(right)
        assert [each for row in rows(right, 6) for each in wrong(compiled, row)] == []


def test_on_what_scenarios_are_judged_on() -> None:
    cases = histories.of_file(histories.ROOT / "agreements/alliance.gov.md").cases
    by_right: dict[Right, CompiledRight] = {}
    for case in cases:
        compiled = by_right.setdefault(case.right, compile_right(case.right))
        assert compiled.verdict(case.values) is case.verdict
        assert compiled.answer(case.values).verdict is case.verdict


def test_a_fault_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison above finds a wrong comparison, a tier that is skipped, a want that is left out."""
    right = next(right for right in rights_of(histories.ROOT / "agreements/alliance.gov.md") if right.name == "Commit Spend")
    found = rows(right, 60)
    assert not [each for row in found for each in wrong(compile_right(right), row)]
    with monkeypatch.context() as patch:
        patch.setitem(expressions._PYTHON, ">=", ">")
        assert [each for row in found for each in wrong(compile_right(right), row)]
    with monkeypatch.context() as patch:
        patch.setattr(wants, "left", lambda amount: amount is not None)
        assert any(" missing is " in each for row in found for each in wrong(compile_right(right), row))
    with monkeypatch.context() as patch:
        patch.setattr(reading, "_is", lambda shape, wanted: "True")
        assert any(" open is " in each for row in found for each in wrong(compile_right(right), row))


# ---------------------------------------------------------------- plans as data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_right_as_data_is_the_same_right(path: Path) -> None:
    for right in rights_of(path):
        again = decode(encode(right))
        assert again == right
        assert [(leaf.citation, leaf.also) for leaf in leaves(again.tree)] == [
            (leaf.citation, leaf.also) for leaf in leaves(right.tree)
        ]
        assert encode(again) == encode(right)


# ---------------------------------------------------------------- what nobody writes on purpose

NOWHERE = Citation("a.gov")
HOSTILE = ("x'); raise SystemExit #", "a\nimport os", '"""', "{get}", "\\", "c0", "found", "\u202e", "k0 = 1\n", "", "None")


def leaf(id: str, met: Expr, failed: Expr | None = None) -> Leaf:
    return Leaf(id, "condition", id, met, failed if failed is not None else Not(met), NOWHERE)


@pytest.mark.parametrize("text", HOSTILE)
def test_names_and_texts_are_never_code(text: str) -> None:
    column, other = Column(text, "text", text), Column(f"{text} 2", "count", text)
    tree = Every((
        leaf(text, Compare("=", Fact(column), Literal(text))),
        leaf(f"{text} 2", OneOf(Fact(column), (text, f"{text}!"))),
        leaf(f"{text} 3", Compare(">", Fact(other), Literal(Fraction(1, 2)))),
    ))  # fmt: skip
    right = Right(text, tree, TRUE, (column, other), text)
    compiled = compile_right(right)
    assert compiled.verdict({text: text, f"{text} 2": 1}) is Verdict.PERMITTED
    assert compiled.verdict({text: f"{text}!", f"{text} 2": 1}) is Verdict.DENIED
    for row in ({text: text, f"{text} 2": 1}, {text: f"{text}!", f"{text} 2": 0}, {}):
        assert wrong(compiled, row) == []
    source = ast.parse(compiling.source(right))
    assert not [part for part in ast.walk(source) if isinstance(part, ast.Import | ast.ImportFrom | ast.Raise | ast.Global)]
    names = {part.id for part in ast.walk(source) if isinstance(part, ast.Name)}
    assert all(name in ("get", "row", "met", "failed", "silent", "PERMITTED", "DENIED", "PENDING", "SILENT", "fits", "type", "max",
                        "min") or (name[0] in "ck" and name[1:].isdigit()) for name in names), names  # fmt: skip


def test_an_operator_that_is_none_is_refused() -> None:
    column = Column("n", "count")
    tree = leaf("a", Compare("or print(1) or", Fact(column), Literal(Fraction(1))))
    with pytest.raises(KeyError):
        compile_right(Right("a", tree, TRUE, (column,), "")).verdict({"n": 1})


def nested(depth: int) -> Right:
    """A condition so deep that Python's own parser gives up."""
    columns = tuple(Column(f"n{number}", "yesno") for number in range(3))
    expr: Expr = Fact(columns[0])
    for number in range(depth):
        expr = (All if number % 2 else AnyOf)((Fact(columns[number % 3]), expr, Not(Fact(columns[(number + 1) % 3]))))
    return Right("deep", Every((leaf("a", expr), leaf("b", Fact(columns[1])))), TRUE, columns, "")


@pytest.mark.parametrize("depth", [30, 90, 150])
def test_what_is_too_deep_for_python_is_interpreted(depth: int) -> None:
    right = nested(depth)
    compiled = compile_right(right)
    for number in range(27):
        row = {f"n{place}": (True, False, None)[number // 3**place % 3] for place in range(3)}
        assert wrong(compiled, row) == []


def test_without_python_everything_is_interpreted(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> Any:
        raise MemoryError

    for module in (compiling, reading, wants):
        monkeypatch.setattr(module, "made", never)
    for right in rights_of(histories.ROOT / "agreements/alliance.gov.md"):
        assert [each for row in rows(right, 4) for each in wrong(compile_right(right), row)] == []


@pytest.mark.parametrize("tiers", [1, 40, 90])
def test_many_tiers(tiers: int) -> None:
    amount, given = Column("amount", "number"), Column("given", "count")
    branches = [
        Branch(Compare("<=", Fact(amount), Literal(Fraction(number))), f"up to {number}",
               leaf(f"tier {number}", Compare(">=", Fact(given), Literal(Fraction(number % 7)))), NOWHERE)
        for number in range(tiers)
    ]  # fmt: skip
    right = Right("many", Every((leaf("first", Compare(">", Fact(amount), Literal(Fraction(0)))),
                                 Pick(tuple(branches), NOWHERE))), TRUE, (amount, given), "")  # fmt: skip
    compiled = compile_right(right)
    for value in (None, Fraction(1, 2), tiers // 2, tiers - 1, tiers + 5, 10**30):
        for count in (None, 0, 3, 9):
            assert wrong(compiled, {"amount": value, "given": count}) == []


def test_numbers_stay_exact() -> None:
    votes, members = Column("votes", "number"), Column("members", "number")
    two_thirds = Arithmetic("*", (Literal(Fraction(2, 3)), Fact(members)))
    rounded = Compare(">=", Fact(votes), Arithmetic("up", (two_thirds,)))
    right = Right("r", Every((leaf("share", Compare(">=", Fact(votes), two_thirds)), leaf("rounded", rounded))), TRUE,
                  (votes, members), "")  # fmt: skip
    compiled = compile_right(right)
    huge = 3 * 10**40
    for ours, theirs in ((18, 27), (17, 27), (Fraction(53, 3), Fraction(53, 2)), (huge // 3 * 2, huge), (huge // 3 * 2 - 1, huge)):
        assert wrong(compiled, {"votes": ours, "members": theirs}) == []
    assert compiled.permits({"votes": huge // 3 * 2, "members": huge})
    assert not compiled.permits({"votes": huge // 3 * 2 - 1, "members": huge})
