"""`govlang test`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from govlang.verbs.coverage import COVERAGE, coverage_text, covered as cover, exit_for
from govlang.verbs.shared import PATHS, emit, format_option, print_parts, refuse, style

if TYPE_CHECKING:
    from govlang import Tested


@click.command()
@PATHS
@format_option("text", "json", "junit")
@COVERAGE
@click.option("--junit", default="", metavar="FILE", help="Also write a JUnit report.")
def test(paths: tuple[str, ...], form: str, coverage: bool, junit: str) -> None:
    """Run the scenarios of agreements, and stories about them."""
    from govlang.tools import stories

    tested = stories.test(paths)
    if not tested:
        refuse(f"there is nothing to test in {', '.join(paths)}", "agreements end in .gov or .gov.md; a story says on "
                "a line of its own which agreement it is about")  # fmt: skip
    covered = cover(stories.by_agreement(tested)) if coverage else []
    if form == "text":
        from govlang.report import tests

        print_parts([tests.show(tested, style()), coverage_text(covered)])
    elif form == "json":
        from govlang.report import as_json

        emit(as_json.tested(tested, covered))
    else:
        from govlang.report import junit as xml

        emit(xml.show(tested))
    if junit:
        _write_junit(tested, junit)
    exit_for(tested)


def _write_junit(tested: Sequence[Tested], path: str) -> None:
    from pathlib import Path

    from govlang.report import junit as xml

    try:
        Path(path).write_text(xml.show(tested), encoding="utf-8", newline="\n")
    except OSError as error:
        refuse(f"'{path}' cannot be written: {error.strerror}", "name another file")
