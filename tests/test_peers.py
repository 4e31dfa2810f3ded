"""The engines that the table of speeds compares are asked the same question: they give the same answers, for the same reasons."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

from peers import hand, ours, reference, rule, with_casbin, with_cedar, with_cel
from peers.agree import differences
from peers.measure import Taken
from peers.rule import Engine, NotReady, Told

RIGHTS, REQUESTS = 12, 180
ENGINES = (*with_cel.ENGINES, *with_cedar.ENGINES, *with_casbin.ENGINES, reference.ENGINE, ours.ENGINE)


def taken(engine: Engine) -> Taken:
    """An engine with a few rights; the test is skipped where the engine is not there."""
    try:
        plain = engine.prepare(RIGHTS)
        full = engine.prepare_reasons(RIGHTS) if engine.prepare_reasons is not None else plain
        asked = rule.requests(RIGHTS, REQUESTS, hand.verdict)
        found = Taken(engine, RIGHTS, plain, full, requests=asked)
        found.shaped = [engine.shape(plain, request) for request in asked]
        engine.told(engine.with_reasons(full, found.shaped[0]))
    except ModuleNotFoundError as missing:
        pytest.skip(f"{missing.name} is not installed")
    except NotReady as reason:
        pytest.skip(str(reason))
    return found


@pytest.mark.parametrize("engine", ENGINES, ids=[engine.name for engine in ENGINES])
def test_an_engine_answers_as_the_rule_written_by_hand(engine: Engine) -> None:
    assert differences(taken(engine)) == []


def test_the_requests_are_the_same_on_every_run_and_a_third_of_each_verdict() -> None:
    first, second = (rule.requests(RIGHTS, REQUESTS, hand.verdict) for _ in range(2))
    assert first == second
    verdicts = [hand.verdict(request) for request in first]
    assert {verdict: verdicts.count(verdict) for verdict in set(verdicts)} == dict.fromkeys(
        ("permitted", "pending", "denied"), REQUESTS // 3
    )
    limits = hand.prepare(RIGHTS)
    seen = {name for request in first for name, state in hand.with_reasons(limits, request)[1] if state != "met"}
    assert seen == set(rule.REQUIREMENTS)


def test_every_amount_limit_is_asked_about_at_the_limit_and_just_above_it() -> None:
    limits = hand.prepare(RIGHTS)
    asked = rule.requests(RIGHTS, REQUESTS, hand.verdict)
    above = {request["amount"] - limit for request in asked for limit in limits[request["right"]]}
    assert {0, 1} <= above


def test_a_wrong_yes_is_a_difference() -> None:
    found = taken(reference.ENGINE)
    found.engine = replace(found.engine, yes_no=lambda prepared, asked: True)
    assert len(differences(found)) == REQUESTS * 2 // 3


def test_a_wrong_verdict_and_a_requirement_too_few_are_differences() -> None:
    found = taken(reference.ENGINE)
    found.engine = replace(found.engine, told=lambda answer: replace(reference.told(answer), verdict="denied"))
    assert len(differences(found)) == REQUESTS * 2 // 3
    found.engine = replace(found.engine, told=lambda answer: Told(reference.told(answer).verdict, frozenset()))
    assert len(differences(found)) == REQUESTS * 2 // 3


def test_an_engine_that_names_one_requirement_must_name_one_that_is_not_met() -> None:
    found = taken(reference.ENGINE)

    def one(name: str) -> Engine:
        def told(answer: reference.Answer) -> Told:
            whole = reference.told(answer)
            return Told(whole.verdict, frozenset([name or min(whole.unmet)]) if whole.unmet else frozenset(), False)

        return replace(reference.ENGINE, told=told)

    found.engine = one("")
    assert differences(found) == []
    found.engine = one("term")
    assert differences(found) != []
