"""`govlang new`."""

from __future__ import annotations

import click

from govlang.verbs.shared import no_answer, say

TEMPLATES = ("alliance", "consortium", "foundation", "project")


@click.command()
@click.argument("path", default="")
@click.option("--template", type=click.Choice(TEMPLATES), default=TEMPLATES[0], show_default=True, help="What to begin with.")
@click.option("--name", default="", help="The name of the agreement.")
def new(path: str, template: str, name: str) -> None:
    """Write a new agreement to begin with."""
    from pathlib import Path

    from govlang.tools import questions, templates

    target = Path(path or f"{template}.gov.md")
    try:
        templates.create(target, templates.text_of(template, name))
    except questions.NoAnswer as error:
        no_answer(error)
    say(f"wrote {target}\nnext: govlang check {target}")
