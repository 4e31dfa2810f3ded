"""Times: CPU time of this process, the least of several rounds; rounds of all engines take turns, so that a busy minute falls on
all of them.

In: engines. Out: what each was loaded with, and seconds a decision. A round is one loop over the requests, for about as long as the
budget says.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from time import process_time
from typing import Any

from peers import hand
from peers.rule import Engine, NotReady, Request, as_it_is, requests

FEW = 10
SORTS = 9  # three verdicts of three tiers, one after another in the requests
Task = tuple[Callable[[Any, Any], Any], Any, list[Any]]  # what is called, with what, about which requests


@dataclass
class Taken:
    """An engine with its rights loaded, for yes or no and for reasons; or why it is left out."""

    engine: Engine
    rights: int
    plain: Any = None
    full: Any = None
    load: float = 0.0
    load_reasons: float = 0.0
    requests: list[Request] = field(default_factory=list)
    shaped: list[Any] = field(default_factory=list)
    why: str = ""
    broken: bool = False

    @property
    def there(self) -> bool:
        """Whether it takes part."""
        return not self.why


@dataclass(frozen=True)
class Figures:
    """Seconds: a decision with yes or no, with reasons, in a batch; the request in the engine's shape; loading."""

    name: str
    yes_no: float
    reasons: float
    load: float
    load_reasons: float
    shape: float
    batch: float | None


def take(engine: Engine, rights: int, many: int, times: int) -> Taken:
    """Loads an engine so many times and keeps the least time; one that is not installed or not ready is left out."""
    taken = Taken(engine, rights)
    try:
        taken.plain, taken.load = _loaded(engine.prepare, taken.rights, times)
        taken.full, taken.load_reasons = taken.plain, taken.load
        if engine.prepare_reasons is not None:
            taken.full, taken.load_reasons = _loaded(engine.prepare_reasons, taken.rights, times)
        taken.requests = requests(taken.rights, many, hand.verdict)
        taken.shaped = [engine.shape(taken.plain, request) for request in taken.requests]
        engine.told(engine.with_reasons(taken.full, taken.shaped[0]))
    except ImportError as error:
        taken.why = f"{error.name or error} is not installed; pip install 'govlang[bench]'"
    except NotReady as error:
        taken.why = str(error)
    except Exception as error:  # one engine that breaks must not take the table with it; the exit code says so
        taken.why, taken.broken = f"{type(error).__name__}: {error}", True
    gc.collect()
    gc.freeze()  # what is loaded stays: the collector need not look through it while another loads, or before each loop
    return taken


def _loaded(prepare: Callable[[int], Any], rights: int, times: int) -> tuple[Any, float]:
    prepare(1)  # imports and first-time costs of the engine are not those of the rights
    least = float("inf")
    prepared: Any = None
    for _ in range(times):
        prepared = None
        gc.collect()
        begun = process_time()
        prepared = prepare(rights)
        least = min(least, process_time() - begun)
        if least > 2:
            break
    return prepared, least


def measure(taken: list[Taken], rounds: int, budget: float) -> list[Figures]:
    """The figures of every engine that takes part, in order."""
    there = [each for each in taken if each.there]
    tasks: list[Task] = []
    for each in there:
        tasks.append((each.engine.yes_no, each.plain, each.shaped))
        tasks.append((each.engine.with_reasons, each.full, each.shaped))
        tasks.append((each.engine.shape, each.plain, each.requests))
    least = _least(tasks, rounds, budget)
    figures = []
    for place, each in enumerate(there):
        yes_no, reasons, shape = least[3 * place : 3 * place + 3]
        shape = 0.0 if each.engine.shape is as_it_is else shape
        batch = _batch(each, rounds, budget, yes_no)
        figures.append(Figures(each.engine.name, yes_no, reasons, each.load, each.load_reasons, shape, batch))
    return figures


def growth(taken: list[Taken], rounds: int, budget: float) -> dict[str, float]:
    """How many times longer a yes or no takes with all rights than with ten; the requests are drawn alike, from each."""
    there = [each for each in taken if each.there]
    tasks: list[Task] = []
    for each in there:
        few = each.engine.prepare(FEW)
        asked = [each.engine.shape(few, request) for request in requests(FEW, 300, hand.verdict)]
        tasks.append((each.engine.yes_no, few, asked))
        tasks.append((each.engine.yes_no, each.plain, each.shaped[:300]))
    least = _least(tasks, rounds, budget)
    return {each.engine.name: least[2 * place + 1] / least[2 * place] for place, each in enumerate(there)}


def _batch(taken: Taken, rounds: int, budget: float, one: float) -> float | None:
    batch = taken.engine.batch
    if batch is None:
        return None
    several = taken.shaped[: max(10, int(budget / one))]
    return _least([(batch, taken.plain, [several])], min(rounds, 3), budget)[0] / len(several)


def _least(tasks: list[Task], rounds: int, budget: float) -> list[float]:
    """Seconds a call, the least of the rounds, for each task."""
    parts = [_fitting(task, budget) for task in tasks]
    least = [float("inf")] * len(tasks)
    for _ in range(rounds):
        for place, ((call, prepared, _), part) in enumerate(zip(tasks, parts, strict=True)):
            least[place] = min(least[place], _loop(call, prepared, part))
    return least


def _fitting(task: Task, budget: float) -> list[Any]:
    """As many requests as fit the budget, over and over if all do; of fewer, as many of each verdict and tier."""
    call, prepared, asked = task
    if len(asked) < SORTS:
        return asked
    fits = int(budget / _loop(call, prepared, asked[: 4 * SORTS]))
    if fits > len(asked):
        return asked * (fits // len(asked))
    return asked[: max(SORTS, fits - fits % SORTS)]


def _loop(call: Callable[[Any, Any], Any], prepared: Any, asked: list[Any]) -> float:
    gc.collect()
    gc.disable()
    try:
        begun = process_time()
        for each in asked:
            call(prepared, each)
        return (process_time() - begun) / len(asked)
    finally:
        gc.enable()
