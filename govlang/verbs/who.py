"""`govlang who`."""

from __future__ import annotations

import click

from govlang.verbs.shared import (
    AGREEMENT,
    ON,
    RECORD,
    complain,
    emit,
    format_option,
    load,
    no_answer,
    refuse,
    say,
    style,
)


@click.command()
@AGREEMENT
@click.argument("decision")
@click.argument("facts", nargs=-1, metavar="[FACT=VALUE]...")
@RECORD
@ON
@format_option("text", "json")
def who(agreement: str, decision: str, facts: tuple[str, ...], records: tuple[str, ...], on: str, form: str) -> None:
    """Show who may propose, approve, vote on and veto a decision, and who is consulted and informed."""
    from govlang.tools import books, questions
    from govlang.tools.who import who as who_may

    given: dict[str, str] = {}
    for fact in facts:
        name, equals, value = fact.partition("=")
        if not equals or not name.strip() or name.strip() in given:
            refuse(f"'{fact}' is not a fact with a value", 'write facts as amount="50,000 EUR", each once')
        given[name.strip()] = value.strip()
    loaded = load(agreement)
    try:
        book = books.read_books(records, loaded.agreement)
        rights = who_may(loaded, decision, given, book, on)
    except questions.NoAnswer as error:
        no_answer(error)
    complain(book.diagnostics)
    if form == "json":
        from govlang.report import as_json

        emit(as_json.rights(rights))
    else:
        from govlang.report import rights as report

        say(report.show(rights, style()))
