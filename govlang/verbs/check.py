"""`govlang check`."""

from __future__ import annotations

import click

from govlang.verbs.checking import check_paths
from govlang.verbs.coverage import COVERAGE
from govlang.verbs.shared import PATHS, format_option


@click.command()
@PATHS
@format_option("text", "json", "sarif", "github")
@COVERAGE
def check(paths: tuple[str, ...], form: str, coverage: bool) -> None:
    """Find what is wrong in agreements (files, or folders of them)."""
    check_paths(paths, form, coverage)
