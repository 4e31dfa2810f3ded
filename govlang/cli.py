"""The command line: one verb a question. Heavy imports stand inside the verbs, so that starting stays fast.

Exit codes: 0 permitted or clean, 1 denied or findings, 2 wrong usage or input that cannot be read, 3 pending, 4 silent, 70 an
internal error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import click

from govlang import __version__

if TYPE_CHECKING:
    from govlang import Checked, Diagnostic, Loaded, NoAnswer, Tested

CLEAN, FINDINGS, USAGE, PENDING, SILENT, INTERNAL = 0, 1, 2, 3, 4, 70
EXITS = {"permitted": CLEAN, "denied": FINDINGS, "pending": PENDING, "silent": SILENT}

_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
_RECORD = click.option("--record", "records", multiple=True, metavar="FILE", help="A minute book, or JSON lines (.jsonl).")
_ON = click.option("--on", default="", metavar='DATE[" HH:MM"]', help="As of which day; a day counts to its end.")


def _formats(*names: str) -> click.Choice[str]:
    return click.Choice(names)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, no_args_is_help=True)
@click.version_option(__version__, "--version", prog_name="govlang", message="%(prog)s %(version)s")
def govlang() -> None:
    """Agreements as code: check them, test them, and ask them who may decide what."""


# ------------------------------------------------------------ check and test


@govlang.command()
@_PATHS
@click.option("--format", "form", type=_formats("text", "json", "sarif", "github"), default="text", show_default=True)
@click.option("--coverage", is_flag=True, help="Also count clauses, decisions and requirements that scenarios touch.")
def check(paths: tuple[str, ...], form: str, coverage: bool) -> NoReturn:
    """Find what is wrong in agreements (files, or folders of them)."""
    from govlang.tools import check as checking

    files = checking.agreements_in(paths)
    if not files:
        _usage(f"no agreement in {', '.join(paths)}", "agreements end in .gov or .gov.md")
    checked = [checking.check(file) for file in files]
    found = [item for each in checked for item in each.diagnostics]
    covered = _covered([(each.loaded, each.outcomes) for each in checked]) if coverage else None
    if form == "text":
        from govlang.report import messages, tests

        style = _style(sys.stdout)
        parts = [messages.show_all(found, style), tests.coverage(covered, style) if covered else ""]
        _print("\n\n".join([part for part in parts if part] + [messages.summary(found, len(files))]))
    elif form == "json":
        from govlang.report import as_json

        _print(as_json.checked(checked, covered))
    elif form == "sarif":
        from govlang.report import sarif

        _print(sarif.show(found))
    else:
        from govlang.report import github

        _print(github.show(found))
    sys.exit(_exit_of(checked))


def _exit_of(files: Sequence[Checked | Tested]) -> int:
    if any(file.unreadable for file in files):
        return USAGE
    return CLEAN if all(file.sound if hasattr(file, "sound") else file.passed for file in files) else FINDINGS


def _covered(files: list[tuple[Loaded, Sequence[object]]]) -> list[object]:
    from govlang.tools.coverage import coverage

    return [coverage(loaded, outcomes) for loaded, outcomes in files]  # type: ignore[arg-type]
