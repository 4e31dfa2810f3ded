"""Every back end says what the reference interpreter says: on every story and scenario, and on random agreements and records.

The rows are those that the judge itself judges while a scenario runs, so that nothing is set up a second time. What is random
has a small budget here; `make differential` takes as long as it is given.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from govlang.backends.plan import Right, plan
from govlang.pipeline import load_text
from tests.differential import histories
from tests.differential.captured import Case, Questions
from tests.differential.choices import Choices, Seeded
from tests.differential.comparing import differences, fuzzed
from tests.differential.engines import Engine, available
from tests.differential.records import Record
from tests.differential.running import Run
from tests.differential.strategies import recorded
from tests.differential.worlds import World

FILES = histories.files()
CERTAIN = {"python", "duckdb"}


@pytest.fixture(scope="module")
def engines() -> list[Engine]:
    return available()


def disagreements(asked: Questions, engines: list[Engine]) -> list[str]:
    """What is wrong with some questions, each right's rows put to each back end together."""
    found = list(asked.faults)
    by_right: defaultdict[Right, list[Case]] = defaultdict(list)
    for case in asked.cases:
        by_right[case.right].append(case)
    for right, cases in by_right.items():
        rows, answers = [case.values for case in cases], [case.answer for case in cases]
        found += [str(each) for each in differences(right, rows, answers, engines)]
    return found


def test_the_back_ends_are_there(engines: list[Engine]) -> None:
    assert {engine.name for engine in engines} >= CERTAIN


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_on_every_question_of_every_scenario(path: Path, engines: list[Engine]) -> None:
    """The judge, its plan, the whole answer, and every back end: the same verdict, and the same requirement to name."""
    assert disagreements(histories.of_file(path, explained=True), engines) == []


def test_scenarios_ask_much() -> None:
    """So that the test above cannot pass by asking nothing."""
    asked = histories.of_file(histories.ROOT / "agreements/alliance.gov.md")
    assert len(asked.cases) > 500
    assert {case.verdict.value for case in asked.cases} == {"permitted", "pending", "denied"}


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name != "stories"], ids=lambda path: path.name)
def test_on_random_facts_for_every_right(path: Path, engines: list[Engine]) -> None:
    for _, loaded in histories.agreements([path]):
        for decision in (*loaded.agreement.decisions.values(), *loaded.agreement.rights.values()):
            right = plan(loaded.rules.rule(decision.name), decision).right
            rows, answers = fuzzed(right, Choices(Seeded(f"{path.name} {right.name}")), 20)
            assert [str(each) for each in differences(right, rows, answers, engines)] == []


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


@settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=SLOW)
@given(drawn=recorded())
def test_on_drawn_agreements_and_records(drawn: tuple[World, Record], engines: list[Engine]) -> None:
    world, record = drawn
    loaded = load_text(world.text)
    if loaded.sound:
        assert disagreements(histories.of_record(loaded, record, most=3, explained=True), engines) == []


@pytest.mark.parametrize("seed", ["a", "b"])
def test_on_random_agreements(seed: str, engines: list[Engine]) -> None:
    run = Run(seed, engines, rows=60)
    story = run.until(4000)
    assert story is None, str(story)
    assert run.unsound * 20 <= run.agreements
    assert {"permitted", "pending", "denied", "silent"} <= set(run.counts.verdicts)
    assert {"threshold", "approval", "quorum", "veto", "objection", "act", "condition", "notice", "window", "decision", "block",
            "distinct", "wait", "sharing", "standstill", "consultation"} <= set(run.constructs)  # fmt: skip
