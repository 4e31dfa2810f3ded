"""The comparison of back ends catches mistakes.

Each planted fault is found, a difference shrinks to a story, and what was found stays mended.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from govlang.backends.plan import Right, plan
from govlang.frozen import replace
from govlang.pipeline import Loaded, load_text
from govlang.syntax.nodes import Duration, Money
from tests.differential import __main__ as command, faults, found, histories, logs, raw
from tests.differential.choices import Choices, Seeded
from tests.differential.comparing import differences, fuzzed
from tests.differential.engines import Answer, Compiled, Decoded, DuckDb, Engine, Interpreter, available
from tests.differential.faults import Fault
from tests.differential.logs import Log
from tests.differential.records import Record, record
from tests.differential.rights import agreement
from tests.differential.running import Run
from tests.differential.values import Row
from tests.differential.worlds import Given, Right as Named, World, head

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
            if among in world.text.partition(f"decision {decision.name}\n")[2].partition("\n\n")[0]:
                right = plan(loaded.rules.rule(decision.name), decision).right
                made.append((right, *fuzzed(right, Choices(Seeded(right.name)), 80 if among else 30)))
    return tuple(made)


@cache
def books(among: str) -> tuple[tuple[str, Record], ...]:
    """Random agreements with two records each."""
    return tuple((world.text, record(choices, world)) for world, choices in worlds(among) for _ in range(2))


def caught(engine: Engine, among: str = "") -> bool:
    """Whether the engine says something else than the reference anywhere. To break down is not to say anything."""
    found = (each for batch in corpus(among) for each in differences(*batch, [engine]))
    return any(not isinstance(each.found, str) for each in found)


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
        assert [each for batch in corpus() for each in differences(*batch, [engine])] == [], engine.name


@pytest.mark.parametrize("fault", named(faults.INTERPRETER))
def test_a_fault_in_the_interpreter_is_caught(fault: Fault) -> None:
    assert planted(fault, Interpreter())


@pytest.mark.parametrize("fault", named(faults.sql()))
def test_a_fault_in_sql_is_caught(fault: Fault) -> None:
    assert planted(fault, DuckDb())


@pytest.mark.parametrize("fault", named(faults.python()))
def test_a_fault_in_compiled_python_is_caught(fault: Fault) -> None:
    assert planted(fault, Compiled())


@pytest.mark.parametrize("fault", named(faults.cache()))
def test_a_fault_in_reading_a_cache_is_caught(fault: Fault) -> None:
    assert planted(fault, Decoded())


@pytest.mark.parametrize("fault", named(faults.PLAN))
def test_a_fault_in_plans_is_caught(fault: Fault) -> None:
    for text, book in books(fault.among):
        loaded = load_text(text)
        with fault.planted():
            if histories.of_record(loaded, book, most=3, explained=True).faults:
                return
    raise AssertionError("nothing differs")


# ------------------------------------------------------------ logs of raw votes

PLAIN = """decision Alpha
  given amount: money, urgent: yes or no
  proposed by any Member
  open for 2 days
  abstention counts against
  absence counts for
  when amount at most 20,000 EUR
    requires more than half of votes cast in Board
  otherwise
    requires at least half of all members in Assembly weighted by share
    requires at least 2 of Board

decision Beta
  given amount: money, urgent: yes or no
  proposed by any person
  requires 2 days after proposal
  requires at least 2 of Board
  requires no objection by any party within 2 days after notice
"""


@cache
def logged(seed: int, dated: bool) -> tuple[Loaded, Log]:
    """Two decisions that SQL counts, and a log with every column; with the instants of ballots, or without."""
    choices = Choices(Seeded(f"raw faults {seed}"))
    world, lines = head(choices)
    amount = Given("amount", "money")
    world.rights = [Named("Alpha", (amount, Given("urgent", "yes or no"))), Named("Beta", (amount,))]
    writer = logs.Writer(choices, world)
    writer.odd, writer.every, writer.dated, writer.voters = 1, 100, dated, world.persons
    members = world.holders["Member"][:3]
    leaving = "".join(f"2026-03-{4 + 3 * place:02}  {name} resigns as Member\n" for place, name in enumerate(members))
    return load_text("\n".join([*lines, PLAIN])), replace(writer.log(120), record=leaving)


LOGS = ((8, False), (9, True))


@pytest.mark.parametrize(("seed", "dated"), LOGS)
def test_an_audit_of_raw_votes_says_what_the_reference_says(seed: int, dated: bool) -> None:
    alone: Counter[str] = Counter()
    loaded, log = logged(seed, dated)
    assert loaded.sound
    assert raw.differences(loaded, log, alone) == []
    assert sum(alone.values()) < len(log.rows)


@pytest.mark.parametrize("fault", named(faults.counting()))
def test_a_fault_in_counting_raw_votes_is_caught(fault: Fault) -> None:
    for seed, dated in LOGS:
        loaded, log = logged(seed, dated)
        with fault.planted():
            if any(not isinstance(each.found, str) for each in raw.differences(loaded, log)):
                return
    raise AssertionError("nothing differs")


def test_a_difference_in_a_log_shrinks_to_a_story_that_shows_it(tmp_path: Path) -> None:
    fault = next(each for each in faults.counting() if each.what == "an abstention counts for")
    loaded, log = logged(*LOGS[0])
    path = tmp_path / "story.md"
    with fault.planted():
        story = Run("shrink", []).of_log(loaded.source.text, log, raw.differences(loaded, log)[0])
        path.write_text(str(story), encoding="utf-8")
        assert found.faults(found.read(path), [])
    assert story.log is not None
    assert len(story.log.rows) == 1
    assert found.read(path).log == story.log
    assert not found.faults(found.read(path), [])


# ------------------------------------------------------------ stories of differences


@pytest.mark.parametrize("path", sorted(found.FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_what_was_found_stays_mended(path: Path) -> None:
    assert found.faults(found.read(path), available()) == []


def test_a_difference_shrinks_to_a_story_that_shows_it(tmp_path: Path) -> None:
    """With a fault planted, the run ends with a story; the story, read again from its file, still shows the fault."""
    fault = next(each for each in faults.cache() if each.what == "any of is all of")
    path = tmp_path / "story.md"
    with fault.planted():
        story = Run("shrink", [Decoded()], rows=20, records=0).until(100_000)
        assert story is not None
        assert story.row is not None
        path.write_text(str(story), encoding="utf-8")
        read = found.read(path)
        assert found.faults(read, [Decoded()])
    assert "any of" in story.agreement
    assert len(story.agreement.splitlines()) < 14
    assert sum(value is not None for value in story.row.values()) < 8
    assert (read.agreement.strip(), read.row, read.about) == (story.agreement.strip(), story.row, story.about)
    assert not found.faults(read, [Decoded()])


def test_values_survive_their_file() -> None:
    values = (None, True, 3, Fraction(1, 3), Money(Decimal("12.50"), "EUR"), datetime(2026, 3, 4, 12), Duration(2, "weeks"), "ü",
              ("A",))  # fmt: skip
    assert [found.unpacked(json.loads(json.dumps(found.packed(value)))) for value in values] == list(values)


# ------------------------------------------------------------ the command


def test_the_command_counts_and_ends_well() -> None:
    result = CliRunner().invoke(command.main, ["--decisions", "500", "--seed", "3", "--rows", "20"])
    assert result.exit_code == 0, result.output
    assert "seed 3" in result.output
    assert "no difference" in result.output
    again = CliRunner().invoke(command.main, ["--decisions", "500", "--seed", "3", "--rows", "20"])
    assert result.output.splitlines()[2:] == again.output.splitlines()[2:]  # all but the time it took


def test_the_command_ends_with_the_story_of_a_difference(tmp_path: Path) -> None:
    out = tmp_path / "story.md"
    fault = next(each for each in faults.cache() if each.what == "an identifier is lost")
    with fault.planted():
        result = CliRunner().invoke(command.main, ["--decisions", "5000", "--only", "cache", "--rows", "20", "--out", str(out)])
    assert result.exit_code == 1
    assert "# cache differs about" in result.output
    assert found.read(out).engine == "cache"
