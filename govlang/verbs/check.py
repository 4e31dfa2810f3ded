"""`govlang check`."""

from __future__ import annotations

import click

from govlang.verbs.coverage import COVERAGE, coverage_text, covered as cover, exit_for
from govlang.verbs.shared import PATHS, emit, format_option, print_parts, refuse, say, style


@click.command()
@PATHS
@format_option("text", "json", "sarif", "github")
@COVERAGE
def check(paths: tuple[str, ...], form: str, coverage: bool) -> None:
    """Find what is wrong in agreements (files, or folders of them)."""
    from govlang.tools import check as checking

    checked = checking.check_all(paths)
    if not checked:
        refuse(f"there is no agreement in {', '.join(paths)}", "the names of agreements end in .gov or .gov.md")
    found = [item for each in checked for item in each.diagnostics]
    covered = cover((each.loaded, each.outcomes) for each in checked) if coverage else []
    if form == "text":
        from govlang.report import messages

        print_parts([messages.show_all(found, style()), coverage_text(covered), messages.summary(found, len(checked))])
    elif form == "json":
        from govlang.report import as_json

        emit(as_json.checked(checked, covered))
    elif form == "sarif":
        from govlang.report import sarif

        emit(sarif.show(found))
    else:
        from govlang.report import github

        say(github.show(found))
    exit_for(checked)
