"""`govlang minutes`."""

from __future__ import annotations

import sys

import click

from govlang.verbs.records import agreement_of
from govlang.verbs.shared import EXITS, ON, RECORD, complain, emit, format_option, load, no_answer


@click.command()
@click.argument("record", metavar="RECORD")
@click.argument("decision", metavar="DECISION")
@click.option("--agreement", default="", metavar="FILE", help="The agreement, where it does not stand beside the record.")
@RECORD
@ON
@format_option("text", "md", "html", "json", "pdf")
@click.option("-o", "--output", default="", metavar="FILE", help="Write into a file.")
def minutes(
    record: str, decision: str, agreement: str, records: tuple[str, ...], on: str, form: str, output: str
) -> None:  # fmt: skip
    """Write the minutes of a decision: who proposed it, who voted how, what was counted, the verdict and its clause.

    DECISION is the name of a proposal on record, or of a decision: then it is the last proposal of it. The exit code is that of
    `govlang decide`: 0 adopted, 3 not yet decided, 1 not adopted, 4 silent.
    """
    from pathlib import Path

    from govlang.tools import books, questions
    from govlang.tools.document import resolution
    from govlang.verbs import writing

    paths = (record, *records)
    loaded = load(agreement or agreement_of(record))
    try:
        questions.sound(loaded)
        names = tuple(Path(path).name for path in paths)
        found = resolution.resolution(loaded, books.read_books(paths, loaded.agreement), decision, on, names)
    except questions.NoAnswer as error:
        no_answer(error)
    complain(found.diagnostics)
    content = _printed(found, form)
    if output:
        writing.write(output, content)
    elif form == "pdf":
        writing.emit_bytes(content, "a PDF")
    else:
        emit(content.decode("utf-8"))
    sys.exit(EXITS[found.answer.verdict.value])


def _printed(found: object, form: str) -> bytes:
    from govlang.report.document import plain, view
    from govlang.tools.document.resolution import Resolution
    from govlang.verbs.shared import answered

    assert isinstance(found, Resolution)
    page = found.document.pages[0]
    if form == "text":
        return plain.page(page).encode("utf-8")
    return answered(lambda: view.shown(found.document, page.slug, form))
