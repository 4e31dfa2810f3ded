"""One decision in several engines, side by side: prints a table, ratios to hand-written Python first.

`python benchmarks/peers/run.py [--quick]`, with the extra `bench` installed; an engine that is not installed is left out. Every
engine must give the same answers on all requests, or the run ends with exit code 1 and says where they differ.
"""

from __future__ import annotations

import platform
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from peers import hand, ours, reference, with_casbin, with_cedar, with_cel  # noqa: E402 - the folders above come first
from peers.agree import differences, unknown_amount  # noqa: E402
from peers.measure import Figures, Taken, growth, measure, take  # noqa: E402
from peers.rule import requests  # noqa: E402

ENGINES = (hand.ENGINE, ours.ENGINE, *with_cel.ENGINES, *with_cedar.ENGINES, *with_casbin.ENGINES, reference.ENGINE)
RIGHTS, REQUESTS = 1000, 2000


def main(arguments: list[str]) -> int:
    """Loads, compares, measures, prints."""
    quick = "--quick" in arguments
    rounds, budget, step = (3, 0.05, 8) if quick else (9, 0.2, 1)
    taken = [take(engine, RIGHTS, REQUESTS, 1 if quick else 3) for engine in ENGINES]
    wrong = [line for each in taken if each.there for line in differences(each, step)]
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}; {_versions(taken)}")
    print(f"{RIGHTS:,} rights, {REQUESTS:,} requests: {_spread()}\n")
    figures = measure(taken, rounds, budget)
    growing = growth(taken, rounds, budget)
    _table(figures, growing)
    print()
    _abilities(taken)
    for line in [f"left out: {each.engine.name}: {each.why}" for each in taken if not each.there]:
        print(line)
    print(_agreement(taken, wrong, len(range(0, REQUESTS, step))))
    for line in wrong[:20]:
        print(f"  {line}")
    broken = any(each.broken for each in taken)
    return 1 if wrong or broken else 0


def _versions(taken: list[Taken]) -> str:
    names = dict.fromkeys(package for each in taken if each.there for package in each.engine.needs)
    return ", ".join(f"{name} {metadata.version(name)}" for name in names) or "no peers installed"


def _spread() -> str:
    found = [hand.verdict(request) for request in requests(RIGHTS, REQUESTS, hand.verdict)]
    return ", ".join(f"{found.count(verdict)} {verdict}" for verdict in ("permitted", "pending", "denied"))


def _table(figures: list[Figures], growing: dict[str, float]) -> None:
    floor = figures[0]
    heads = (
        "",
        "yes/no",
        "reasons",
        "1,000 rights",
        "yes/no",
        "reasons",
        "yes/no",
        "reasons",
        "load",
        "load",
        "shaping",
    )
    units = ("", "x hand", "x hand", "x 10 rights", "µs", "µs", "1/s", "1/s", "ms", "ms, reasons", "µs")
    form = "  {:<24}{:>8}{:>9}{:>14}{:>10}{:>10}{:>12}{:>11}{:>9}{:>13}{:>9}"
    print(form.format(*heads).rstrip())
    print(form.format(*units).rstrip())
    for each in figures:
        print(
            form.format(
                each.name, _short(each.yes_no / floor.yes_no), _short(each.reasons / floor.reasons), _short(growing[each.name]),
                _short(each.yes_no * 1e6), _short(each.reasons * 1e6), f"{1 / each.yes_no:,.0f}", f"{1 / each.reasons:,.0f}",
                _short(each.load * 1e3), _short(each.load_reasons * 1e3),
                _short(each.shape * 1e6) if each.shape else "-",
            )
        )  # fmt: skip
        if each.batch is not None:
            several, ratio = _short(each.batch * 1e6), _short(each.batch / floor.yes_no)
            print(f"    in one call for many requests: {several} µs, {ratio} x hand")


def _abilities(taken: list[Taken]) -> None:
    heads = ("", "says pending", "says what is missing", "reasons", "money", "permitted without an amount?")
    form = "  {:<24}{:<15}{:<23}{:<22}{:<22}{}"
    print(form.format(*heads))
    for each in taken:
        can = each.engine.can
        if each.there:
            cells = (can["pending"], can["missing"], can["reasons"], can["money"], unknown_amount(each))
            print(form.format(each.engine.name, *cells))


def _agreement(taken: list[Taken], wrong: list[str], compared: int) -> str:
    there = [each.engine.name for each in taken if each.there]
    return f"{compared:,} answers of {len(there)} engines compared, and their reasons: {len(wrong) or 'no'} differences"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
