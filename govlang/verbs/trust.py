"""`govlang trust`."""

from __future__ import annotations

import sys

import click

from govlang.verbs.shared import (
    AGREEMENT,
    FINDINGS,
    ON,
    RECORD,
    complain,
    emit,
    format_option,
    load,
    no_answer,
    say,
    style,
)


@click.command()
@AGREEMENT
@RECORD
@ON
@click.option("--for", "party", default="", metavar="PARTY", help="Only this party's dimensions.")
@format_option("text", "json")
def trust(agreement: str, records: tuple[str, ...], on: str, party: str, form: str) -> None:
    """Print the scorecard of trust: each figure with what it rests on. Exits 1 when a dimension is low."""
    from govlang.tools import books, questions
    from govlang.tools.scorecard import scorecard

    loaded = load(agreement)
    try:
        found = scorecard(loaded, books.read_books(records, loaded.agreement), on, party)
    except questions.NoAnswer as error:
        no_answer(error)
    from govlang.report import trust as report

    complain(found.diagnostics)
    if form == "json":
        emit(report.as_json(found))
    else:
        say(report.show(found, style()))
    if found.low:
        sys.exit(FINDINGS)
