"""The comparison of back ends catches mistakes: each planted fault is found, shrinks to a story, and what was found stays mended."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from govlang.backends.plan import Right, plan
from govlang.pipeline import load_text
from tests.differential import __main__ as command, faults, found, histories
from tests.differential.choices import Choices, Seeded
from tests.differential.comparing import differences, fuzzed
from tests.differential.engines import Answer, DuckDb, Engine, Interpreter, available
from tests.differential.faults import Fault
from tests.differential.records import Record, record
from tests.differential.rights import agreement
from tests.differential.running import Run
from tests.differential.values import Row
from tests.differential.worlds import World

Batch = tuple[Right, list[Row], list[Answer]]


@cache
def worlds(among: str) -> tuple[tuple[World, Choices], ...]:
    """Random agreements with some words in them, and choices to go on with."""
    made = []
    for seed in range(600):
        choices = Choices(Seeded(f"faults {seed}"))
        world = agreement(choices)
        if among in world.text:
            made.append((world, choices))
    return tuple(made[:60])


@cache
def corpus(among: str = "") -> tuple[Batch, ...]:
    """Rights of random agreements with random rows, and what the reference says of them."""
    made: list[Batch] = []
    for world, _ in worlds(among):
        loaded = load_text(world.text)
        for decision in loaded.agreement.decisions.values():
            right = plan(loaded.rules.rule(decision.name), decision).right
            made.append((right, *fuzzed(right, Choices(Seeded(right.name)), 30)))
    return tuple(made)


@cache
def books(among: str) -> tuple[tuple[str, Record], ...]:
    """Random agreements with two records each."""
    return tuple((world.text, record(choices, world)) for world, choices in worlds(among) for _ in range(2))


def caught(engine: Engine, among: str = "") -> bool:
    """Whether the engine differs from the reference anywhere."""
    return any(differences(*batch, [engine]) for batch in corpus(among))


def planted(fault: Fault, engine: Engine) -> bool:
    """Whether the engine differs with a fault in it. What the reference says was found out before."""
    corpus(fault.among)
    with fault.planted():
        return caught(engine, fault.among)


def named(listed: list[Fault]) -> list[object]:
    """Faults as cases of a test."""
    return [pytest.param(each, id=each.what.replace(" ", "-")) for each in listed]


def test_without_a_fault_there_is_no_difference() -> None:
    for engine in (Interpreter(), *available()):
        assert not caught(engine), engine.name


@pytest.mark.parametrize("fault", named(faults.INTERPRETER))
def test_a_fault_in_the_interpreter_is_caught(fault: Fault) -> None:
    assert planted(fault, Interpreter())


@pytest.mark.parametrize("fault", named(faults.sql()))
def test_a_fault_in_sql_is_caught(fault: Fault) -> None:
    assert planted(fault, DuckDb())


@pytest.mark.parametrize("fault", named(faults.PLAN))
def test_a_fault_in_plans_is_caught(fault: Fault) -> None:
    for text, book in books(fault.among):
        loaded = load_text(text)
        with fault.planted():
            if histories.of_record(loaded, book, most=3, explained=True).faults:
                return
    raise AssertionError("nothing differs")
