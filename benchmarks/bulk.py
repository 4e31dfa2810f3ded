"""Much at once, in one process: parsing beside two other parsers, and a thousand agreements.

In: the project's own agreements. Out: seconds, megabytes a second, and counts of function calls, which are the same on every
computer with the same Python.
"""

from __future__ import annotations

import ast
import cProfile
import inspect
import os
import pstats
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import thousand

from govlang.pipeline import load_text, read
from govlang.source import Source
from govlang.syntax import tables
from govlang.syntax.parse import parse
from govlang.tools.check import check

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"^```gov[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
CLAUSE = re.compile(r"(?m)^(?=[^\s#])")


def least(action: Callable[[], object], repeats: int) -> float:
    """The least of so many times, in seconds, after one time that does not count."""
    action()
    taken = []
    for _ in range(repeats):
        before = time.perf_counter()
        action()
        taken.append(time.perf_counter() - before)
    return min(taken)


def rules_text() -> str:
    """The rules of the alliance, without its prose."""
    text = (ROOT / "agreements" / "alliance.gov.md").read_text(encoding="utf-8")
    return "\n".join(FENCE.findall(text))


def parsing(repeats: int) -> dict[str, float]:
    """Megabytes a second: our parser, Lark's on the same text, Python's own on a text of about the same size."""
    text = rules_text()
    source = Source("alliance.gov", text)
    assert not parse(source).diagnostics
    lark = tables.lark_parser(tables.grammar_text())
    clauses = [
        "\n".join(line for line in clause.splitlines() if not line.startswith("#")).rstrip() + "\n"
        for clause in CLAUSE.split(text) if clause.strip() and not clause.startswith("#")
    ]  # fmt: skip
    python = inspect.getsource(inspect)[: len(text)]
    python = python[: python.rindex("\ndef ")]
    return {
        "ours": len(text) / least(lambda: parse(source), repeats) / 1e6,
        "lark": len(text) / least(lambda: [lark.parse(clause, start="clause") for clause in clauses], max(repeats // 3, 1)) / 1e6,
        "python": len(python) / least(lambda: ast.parse(python), repeats) / 1e6,
        "size": len(text) / 1e3,
    }


def loading(count: int) -> dict[str, float]:
    """Seconds to load so many decision rights in a process that has loaded nothing, as the command line would; and how many times
    as long that is as Python needs to parse as much of its own language."""
    text = thousand.text(count)
    code = (
        "import gc, sys, time\nimport thousand\nfrom govlang.pipeline import load_text\nfrom govlang.syntax import tables\n"
        f"gc.set_threshold(100_000, 50, 50)\ntext = thousand.text({count})\nbefore = time.perf_counter()\n"
        "loaded = load_text(text, 'thousand.gov')\nprint(time.perf_counter() - before, loaded.sound)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "benchmarks")))}
    taken = []
    for _ in range(5):
        out = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True).stdout
        seconds, sound = out.split()
        assert sound == "True"
        taken.append(float(seconds))
    python = inspect.getsource(inspect)
    python = python * (len(text) // len(python)) or python
    return {"load": min(taken), "ratio": min(taken) / least(lambda: ast.parse(python), 3), "size": len(text) / 1e3}


def variants(count: int, scenarios: bool) -> list[str]:
    """Agreements of a hundred lines, every one with other names and amounts; without its scenarios they have 66 lines."""
    text, _ = read(ROOT / "benchmarks" / "foundation.gov")
    body = text.text if scenarios else text.text[: text.text.index("\nscenario ")]
    found = []
    for number in range(count):
        changed = body.replace("River Foundation", f"Foundation {number}").replace("Ada Frey", f"Ada Frey {number}")
        found.append(changed.replace("100,000 CHF", f"{100_000 + number:,} CHF").replace("Fish Ladders", f"Supplier {number}"))
    return found


def checking(count: int, scenarios: bool) -> float:
    """Seconds for so many agreements, one after another."""
    texts = variants(count, scenarios)
    before = time.perf_counter()
    for number, text in enumerate(texts):
        checked = check(load_text(text, f"{number}.gov"))
        assert checked.sound, checked.diagnostics
    return time.perf_counter() - before


def calls() -> dict[str, int]:
    """Function calls for parsing, and for checking with its scenarios, a hundred lines."""
    text = variants(1, True)[0]
    source = Source("0.gov", text)
    check(load_text(text, "0.gov"))  # so that nothing is loaded or compiled while it is counted
    return {"parse": _calls(lambda: parse(source)), "check": _calls(lambda: check(load_text(text, "0.gov")))}


def _calls(action: Callable[[], object]) -> int:
    profile = cProfile.Profile()
    profile.enable()
    action()
    profile.disable()
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]
