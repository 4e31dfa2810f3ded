"""`govlang schema`."""

from __future__ import annotations

import click

from govlang.verbs.shared import emit

NAMES = ("answer", "action", "event", "diagnostics", "tests", "rights", "status", "due", "trust", "audit", "log-audit", "document",
         "redline", "compiled")  # fmt: skip


@click.command()
@click.argument("name", type=click.Choice(NAMES), default="answer")
def schema(name: str) -> None:
    """Print the JSON Schema of what is read and printed as JSON."""
    from govlang.report import as_json

    emit(as_json.schema(name))
