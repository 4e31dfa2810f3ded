"""`govlang explain`."""

from __future__ import annotations

import click

from govlang.verbs.shared import no_answer, say


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Explain a message: what it means, a wrong and a right example, why it matters."""
    from govlang.tools import pages, questions

    try:
        say(pages.page(code).rstrip("\n"))
    except questions.NoAnswer as error:
        no_answer(error)
