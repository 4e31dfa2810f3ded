"""`govlang audit`."""

from __future__ import annotations

import sys

import click

from govlang.verbs.shared import (
    AGREEMENT,
    CLEAN,
    FINDINGS,
    ON,
    emit,
    format_option,
    load,
    no_answer,
    say,
    style,
)


@click.command()
@AGREEMENT
@click.argument("records", nargs=-1, metavar="RECORD...")
@ON
@click.option("--since", default="", metavar="DATE", help="Leave out departures before this day; they are counted.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Leave out a code. May be given several times.")
@format_option("text", "json", "csv", "sarif", "github")
def audit(agreement: str, records: tuple[str, ...], on: str, since: str, ignore: tuple[str, ...], form: str) -> None:
    """Replay what happened and report every departure from the rules.

    The exit code is 0 when there is nothing to report, 1 when there is, 2 when the record or the agreement cannot be read.
    """
    from govlang.tools import audit as auditing, books

    loaded = load(agreement)
    try:
        codes = auditing.known_codes(ignore)
        found = auditing.audit_book(loaded, books.read_books(records, loaded.agreement), on=on, since=since, ignore=codes)
    except auditing.NoAnswer as error:
        no_answer(error)
    from govlang.report import audits

    if form == "text":
        say(audits.text(found, style()))
    else:
        emit(audits.FORMS[form](found))
    sys.exit(CLEAN if found.clean else FINDINGS)
