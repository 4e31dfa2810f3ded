"""Speed and size: prints a table, never judges.

`python benchmarks/run.py [--quick]`. Ratios to something that runs beside it come first: they say the same on every computer.
Seconds depend on the computer and on what else it does. Goals stand in the last column, for the reader.
"""

from __future__ import annotations

import platform
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import bulk  # noqa: E402 - the folders above come first
import cold  # noqa: E402
import size  # noqa: E402

Row = tuple[str, str, str]


def cold_rows(repeats: int) -> list[Row]:
    """Whole processes."""
    times = cold.measure(repeats)
    nothing, click = times["nothing"].least, times["import click"].least
    rows: list[Row] = []
    for name, what, goal in (
        ("check", "check, 100 lines with 4 scenarios", "75 ms"),
        ("decide", "decide, the alliance of the README", "200 ms"),
        ("help", "--version", ""),
    ):
        found = times[name]
        rows.append((f"cold {what}: times `python -c pass`", f"{found.least / nothing:.1f}", ""))
        rows.append((f"cold {what}: times `import click`", f"{found.least / click:.1f}", ""))
        rows.append((f"cold {what}: CPU time, least", f"{found.cpu * 1e3:.0f} ms", goal))
        rows.append((f"cold {what}: least, median", _both(found), ""))
    rows.append(("`python -c pass`: least, median", _both(times["nothing"]), ""))
    rows.append(("`import click`: least, median", _both(times["import click"]), ""))
    whole, ours = cold.modules_loaded()
    rows.append(("modules loaded by check, ours among them", f"{whole}, {ours}", ""))
    return rows


def _both(found: cold.Timing) -> str:
    return f"{found.least * 1e3:.0f} ms, {found.median * 1e3:.0f} ms"


def parse_rows(repeats: int) -> list[Row]:
    """Parsing beside other parsers."""
    speed = bulk.parsing(repeats)
    return [
        ("parsing: times the speed of Lark on the same text", f"{speed['ours'] / speed['lark']:.1f}", ""),
        ("parsing: times the speed of `ast.parse` on Python", f"{speed['ours'] / speed['python']:.2f}", ""),
        (f"parsing {speed['size']:.0f} kB of rules", f"{speed['ours']:.2f} MB/s", "1.2 MB/s"),
        ("Lark on the same text", f"{speed['lark']:.2f} MB/s", ""),
        ("`ast.parse` on Python of that size", f"{speed['python']:.2f} MB/s", ""),
    ]


def bulk_rows(count: int) -> list[Row]:
    """Many agreements in one process."""
    counted = bulk.calls()
    plain, full = bulk.checking(count, scenarios=False), bulk.checking(count, scenarios=True)
    rights = bulk.loading(1000)
    return [
        (f"1,000 rights ({rights['size']:.0f} kB) loaded: times `ast.parse` on Python of that size", f"{rights['ratio']:.1f}", ""),
        ("1,000 rights loaded from nothing: parsed, names resolved", f"{rights['load'] * 1e3:.0f} ms", "300 ms"),
        ("function calls to parse 100 lines", f"{counted['parse']:,}", ""),
        ("function calls to check 100 lines with 4 scenarios", f"{counted['check']:,}", ""),
        (f"{count:,} agreements checked, 66 lines each, no scenarios", f"{plain:.1f} s", "5 s for 1,000"),
        (f"{count:,} agreements checked, 100 lines each, 4 scenarios in each", f"{full:.1f} s", ""),
    ]


def size_rows() -> list[Row]:
    """The base installation."""
    sizes = size.base_install()
    rows: list[Row] = [("base install, without bytecode", f"{sum(sizes.values()) / 1e6:.1f} MB", "15 MB")]
    return rows + [(f"  {name}", f"{found / 1e6:.2f} MB", "") for name, found in sizes.items()]


def main(arguments: list[str]) -> int:
    """Prints every table."""
    quick = "--quick" in arguments
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}\n")
    for title, rows in (
        ("Starting", cold_rows(5 if quick else 25)),
        ("Parsing", parse_rows(3 if quick else 15)),
        ("Many", bulk_rows(50 if quick else 1000)),
        ("Size", size_rows()),
    ):
        print(title)
        for what, found, goal in rows:
            print(f"  {what:<66} {found:>18}   {goal}".rstrip())
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
