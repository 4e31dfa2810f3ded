"""`govlang status`."""

from __future__ import annotations

import click

from govlang.verbs.shared import AGREEMENT, ON, RECORD, complain, emit, format_option, load, no_answer, say, style


@click.command()
@AGREEMENT
@RECORD
@ON
@format_option("text", "json")
def status(agreement: str, records: tuple[str, ...], on: str, form: str) -> None:
    """Show where an agreement stands: in force, vacant seats, open proposals, disputes and who may do what next."""
    from govlang.tools import books, questions, status as tool

    loaded = load(agreement)
    try:
        questions.sound(loaded)
        found = tool.status(loaded, books.read_books(records, loaded.agreement), on)
    except questions.NoAnswer as error:
        no_answer(error)
    complain(found.diagnostics)
    if form == "json":
        from govlang.report import status_json

        emit(status_json.show(found))
    else:
        from govlang.report import status as report

        say(report.show(found, style()))
