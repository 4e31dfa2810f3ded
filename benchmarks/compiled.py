"""Compiled decisions: microseconds a decision, beside a function written by hand for the same rule; loading, from text and file.

In: how many rights (a thousand, if nothing is said). Out: a table, ratios first. CPU time of this process, the least of several
rounds; what is compared takes turns, so that a busy moment of the computer falls on all alike.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import thousand
from peers import facts, hand, rule

import govlang
from govlang.core.keys import Column
from govlang.syntax.nodes import Money
from govlang.tools.compiled.compiled import Compiled

ROUNDS, MANY, FEW = 7, 2_000, 10
Asked = Sequence[tuple[str, dict[str, Any]]]

ONE_LOADING = """\
import gc, sys, time
import govlang
from govlang.tools.compiled import kept, sources
gc.set_threshold(100_000, 50, 50)
path, cache = sys.argv[1], sys.argv[2] or None
if cache:
    sources.itself()
begin = time.perf_counter()
found = govlang.compile(path, cache=cache)
print(time.perf_counter() - begin, len(found.entries))
"""


def least(tasks: dict[str, Callable[[], object]], count: int) -> dict[str, float]:
    """Seconds an item: the least of several rounds, in which the tasks take turns."""
    found = dict.fromkeys(tasks, float("inf"))
    for task in tasks.values():
        task()
    gc.collect()
    gc.freeze()
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            begin = process_time()
            task()
            found[name] = min(found[name], (process_time() - begin) / count)
    gc.unfreeze()
    return found


def over(ask: Callable[[str, dict[str, Any]], object], asked: Asked) -> Callable[[], None]:
    """A loop."""

    def loop() -> None:
        for action, row in asked:
            ask(action, row)

    return loop


def questions(compiled: Compiled, asked: Asked) -> dict[str, Callable[[], object]]:
    """What a service asks for, from little to much."""
    answer = compiled.answer
    return {
        "permits": over(compiled.permits, asked),
        "verdict": over(compiled.verdict, asked),
        "answer": over(answer, asked),
        "answer, states": over(lambda action, row: answer(action, row).states, asked),
        "answer, states, open or failed, missing": over(lambda action, row: everything(answer(action, row)), asked),
    }


def everything(answer: govlang.Reasoned) -> object:
    """All that an answer has."""
    return answer.states, answer.because, answer.open, answer.missing


def by_one_rule(count: int) -> None:
    """The rule that other engines are asked too, beside the hand-written function."""
    requests = rule.requests(count, MANY, hand.verdict)
    asked = [(request["right"], facts.values(request)) for request in requests]
    limits = hand.prepare(count)
    compiled = compiled_text(rule.text(count))
    for request, (action, row) in zip(requests, asked, strict=True):
        said, wanted = compiled.answer(action, row).verdict.value, hand.with_reasons(limits, request)[0]
        assert said == wanted == compiled.verdict(action, row).value, (request, said, wanted)
    floor = least({"plain": over(lambda _, request: hand.yes_no(limits, request), [("", each) for each in requests]),
                   "reasons": over(lambda _, request: hand.with_reasons(limits, request), [("", each) for each in requests])},
                  MANY)  # fmt: skip
    found = least(questions(compiled, asked), MANY)
    print(f"\none rule, {count:,} rights; by hand {1e6 * floor['plain']:.2f} µs, with reasons {1e6 * floor['reasons']:.2f} µs")
    for name, seconds in found.items():
        beside = floor["reasons" if "answer" in name else "plain"]
        print(f"  {name:<42}{seconds / beside:>6.1f} x by hand {1e6 * seconds:>8.2f} µs {1 / seconds:>12,.0f} a second")


def by_eight_kinds(count: int) -> None:
    """Rights of eight kinds and random rows: notice, objections, weights, windows, totals."""
    compiled = compiled_text(thousand.text(count))
    chance = Random(7)
    names = [chance.choice(list(compiled.entries)) for _ in range(MANY)]
    asked = [(name, drawn(chance, compiled.columns(name))) for name in names]
    found = least(questions(compiled, asked), MANY)
    verdicts = [compiled.verdict(*each).value for each in asked]
    shares = ", ".join(f"{100 * verdicts.count(each) // MANY}% {each}" for each in sorted(set(verdicts)))
    print(f"\neight kinds, {count:,} rights, random rows: {shares}")
    for name, seconds in found.items():
        print(f"  {name:<42}{1e6 * seconds:>8.2f} µs {1 / seconds:>12,.0f} a second")


def compiled_text(text: str) -> Compiled:
    """An agreement, compiled."""
    return govlang.compile(govlang.load_text(text))


def drawn(chance: Random, columns: Sequence[Column]) -> dict[str, Any]:
    """A row: nearly everything is known, most goes well."""
    row = {column.name: value(chance, column) for column in columns if chance.random() > 0.02}
    return {**row, "in_term": chance.random() < 0.97, "withdrawn": chance.random() < 0.03}


def value(chance: Random, column: Column) -> Any:
    """A value of a type."""
    match column.type:
        case "count":
            return chance.randint(0, 8)
        case "number":
            return Fraction(chance.randint(0, 100), chance.choice((1, 1, 4)))
        case "money":
            return Money(Decimal(chance.randint(1, 400_000)), "EUR")
        case "yesno":
            return column.name.startswith("proposed") or chance.random() < 0.5
        case "instant":
            return datetime(2026, 3, 1) + timedelta(days=chance.randint(0, 20))
        case _:
            return chance.choice(("mobility", "storage", "grid", "Helios"))


def loading(count: int) -> None:
    """In processes of their own: from the text, writing the file, from the file."""
    print(f"\nloading {count:,} rights, in a process of its own (imports not counted)")
    with tempfile.TemporaryDirectory() as folder:
        path, cache = Path(folder, "thousand.gov"), Path(folder, "thousand.jsonl")
        path.write_text(thousand.text(count), encoding="utf-8")
        for name, place, times in (("from the text", "", 3), ("from the text, and kept", str(cache), 1), ("kept", str(cache), 7)):
            command = [sys.executable, "-c", ONE_LOADING, str(path), place]
            taken = []
            for _ in range(times):
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                taken.append(float(done.stdout.split()[0]))
            print(f"  {name:<42}{1e3 * min(taken):>8.1f} ms")
        print(f"  {'the file':<42}{cache.stat().st_size / 1e6:>8.1f} MB")


def compiling(count: int) -> None:
    """What the first question about a right costs."""
    compiled = compiled_text(thousand.text(count))
    for what, make in (
        ("plan", lambda name: compiled.right(name)), ("verdict", lambda name: compiled.right(name).verdict),
        ("answer", lambda name: compiled.right(name).answer), ("reading", lambda name: compiled.right(name).reading),
    ):  # fmt: skip
        begin = process_time()
        for name in compiled.entries:
            make(name)
        print(f"  {'once a right: ' + what:<42}{1e3 * (process_time() - begin) / count:>8.2f} ms")


def main() -> None:
    """The table."""
    count = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 1_000
    gc.set_threshold(100_000, 50, 50)
    for rights in (FEW, count):
        by_one_rule(rights)
    by_eight_kinds(count)
    loading(count)
    compiling(min(count, 100))


if __name__ == "__main__":
    main()
