"""What `check` and `test` share: coverage, and the way out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

import click

from govlang.verbs.shared import CLEAN, FINDINGS, USAGE, style

if TYPE_CHECKING:
    from govlang import Checked, Coverage, Loaded, Outcome, Tested

COVERAGE = click.option("--coverage", is_flag=True, help="Count the clauses, decisions and requirements that are tested.")


def covered(files: Iterable[tuple[Loaded, Sequence[Outcome]]]) -> list[Coverage]:
    from govlang.tools.coverage import coverage

    return [coverage(loaded, outcomes) for loaded, outcomes in files if loaded.sound]


def coverage_text(found: list[Coverage]) -> str:
    if not found:
        return ""
    from govlang.report import tests

    return tests.coverage(found, style())


def exit_for(files: Sequence[Checked] | Sequence[Tested]) -> NoReturn:
    if any(file.unreadable for file in files):
        sys.exit(USAGE)
    sys.exit(CLEAN if all(file.sound for file in files) else FINDINGS)
