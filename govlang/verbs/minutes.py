"""`govlang minutes`."""

from __future__ import annotations

import sys

import click

from govlang.verbs.records import agreement_of, written
from govlang.verbs.shared import EXITS, ON, RECORD, complain, format_option, load, no_answer


@click.command()
@click.argument("record", metavar="RECORD")
@click.argument("decision", metavar="DECISION")
@click.option("--agreement", default="", metavar="FILE", help="The agreement, where it does not stand beside the record.")
@RECORD
@ON
@format_option("text", "md", "html", "json")
@click.option("-o", "--output", default="", metavar="FILE", help="Write into a file.")
def minutes(
    record: str, decision: str, agreement: str, records: tuple[str, ...], on: str, form: str, output: str
) -> None:  # fmt: skip
    """Write the minutes of a decision: who proposed it, who voted how, what was counted, the verdict and its clause.

    DECISION is the name of a proposal on record, or of a decision: then it is the last proposal of it. The exit code is that of
    `govlang decide`: 0 adopted, 3 not yet decided, 1 not adopted, 4 silent.
    """
    from govlang.tools import books, questions
    from govlang.tools.document import resolution

    paths = (record, *records)
    loaded = load(agreement or agreement_of(record))
    try:
        questions.sound(loaded)
        found = resolution.resolution(loaded, books.read_books(paths, loaded.agreement), decision, on)
    except questions.NoAnswer as error:
        no_answer(error)
    complain(found.diagnostics)
    written(_printed(found.page, form), output)
    sys.exit(EXITS[found.answer.verdict.value])


def _printed(page: object, form: str) -> str:
    from govlang.report.document import one
    from govlang.tools.document.blocks import Page

    assert isinstance(page, Page)
    return one.printed(page, form)
