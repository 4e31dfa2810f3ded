"""`govlang check`, and what it shares with `govlang test`: coverage, and the way out. No options here: see `verbs.printing`.

In: paths. Out: what is printed, and an exit code.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

from govlang.verbs.printing import CLEAN, FINDINGS, USAGE, emit, print_parts, refuse, say, style

if TYPE_CHECKING:
    from govlang import Checked, Coverage, Loaded, Outcome, Tested


def check_paths(paths: tuple[str, ...], form: str = "text", coverage: bool = False) -> NoReturn:
    """Checks agreements and leaves with the exit code."""
    from govlang.tools import check as checking

    checked = checking.check_all(paths)
    if not checked:
        refuse(f"there is no agreement in {', '.join(paths)}", "the names of agreements end in .gov or .gov.md")
    found = [item for each in checked for item in each.diagnostics]
    counted = covered((each.loaded, each.outcomes) for each in checked) if coverage else []
    if form == "text":
        from govlang.report import messages

        print_parts([messages.show_all(found, style()), coverage_text(counted), messages.summary(found, len(checked))])
    elif form == "json":
        from govlang.report import as_json

        emit(as_json.checked(checked, counted))
    elif form == "sarif":
        from govlang.report import sarif

        emit(sarif.show(found))
    else:
        from govlang.report import github

        say(github.show(found))
    exit_for(checked)


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
