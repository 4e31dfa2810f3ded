"""Starting from nothing: whole processes, timed side by side.

In: commands. Out: the least and the median time of each, and the least CPU time. The commands take turns, so that a busy moment of
the computer falls on all of them alike; the least time is the one to compare.
"""

from __future__ import annotations

import compileall
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
HERE = ROOT / "benchmarks"
CHECK = ["-m", "govlang.cli", "check", str(HERE / "foundation.gov")]
ALLIANCE = ROOT / "agreements" / "alliance.gov.md"
DECIDE = [
    "-m", "govlang.cli", "decide", str(ALLIANCE), "--record", str(ALLIANCE.with_name("alliance.minutes")),
    "--action", str(ALLIANCE.with_name("alliance-action.json")), "--on", "2026-03-10",
]  # fmt: skip
COMMANDS = {
    "nothing": ["-c", "pass"],
    "import click": ["-c", "import click"],
    "help": ["-m", "govlang.cli", "--version"],
    "check": CHECK,
    "decide": DECIDE,
}


class Timing(NamedTuple):
    """Seconds."""

    least: float
    median: float
    cpu: float


def measure(repeats: int) -> dict[str, Timing]:
    """Every command, so many times each."""
    compileall.compile_dir(ROOT / "govlang", quiet=2)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    worked: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(repeats):
        for name, arguments in COMMANDS.items():
            before, cpu = time.perf_counter(), _cpu()
            done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=False)
            taken[name].append(time.perf_counter() - before)
            worked[name].append(_cpu() - cpu)
            if done.returncode not in (0, 3):
                raise SystemExit(f"{' '.join(arguments)}: exit code {done.returncode}\n{done.stderr.decode()}")
    return {name: Timing(min(times), statistics.median(times), min(worked[name])) for name, times in taken.items()}


def _cpu() -> float:
    """The CPU time of all commands so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def modules_loaded() -> tuple[int, int]:
    """How many modules a check loads in all, and how many of them are ours."""
    code = (
        "import sys\nfrom govlang.cli import main\n"
        f"try: main(['check', {str(HERE / 'foundation.gov')!r}])\nexcept SystemExit: pass\n"
        "print(len(sys.modules), sum(name.split('.')[0] == 'govlang' for name in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    out = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True).stdout
    whole, ours = out.split()[-2:]
    return int(whole), int(ours)
