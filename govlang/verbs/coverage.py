"""What `check` and `test` share: the option, and what it asks for."""

from __future__ import annotations

import click

from govlang.verbs.checking import coverage_text as coverage_text, covered as covered, exit_for as exit_for

COVERAGE = click.option("--coverage", is_flag=True, help="Count the clauses, decisions and requirements that are tested.")
