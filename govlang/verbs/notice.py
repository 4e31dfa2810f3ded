"""`govlang notice`."""

from __future__ import annotations

import sys

import click

from govlang.verbs.records import agreement_of
from govlang.verbs.shared import CLEAN, ON, RECORD, complain, emit, load, no_answer, refuse, say


@click.command()
@click.argument("record", metavar="RECORD")
@click.argument("about", metavar="NAME", default="")
@click.option("--agreement", default="", metavar="FILE", help="The agreement, where it does not stand beside the record.")
@RECORD
@ON
@click.option("--template", default="", metavar="FILE", help="A template of your own; its fields begin with $.")
@click.option("--show-template", default="", metavar="KIND", help="Print the template of a letter (vote, review, dispute, duty).")
@click.option("-o", "--output", default="", metavar="FILE", help="Write into a file.")
def notice(
    record: str, about: str, agreement: str, records: tuple[str, ...], on: str, template: str, show_template: str, output: str
) -> None:  # fmt: skip
    """Write the letter that tells people of a vote, a review, a step of a dispute, or a duty.

    NAME is a proposal or a dispute on record, or a review or a duty of the agreement. The letter says how things stand on a day:
    the last one on record, unless --on names another.
    """
    from govlang.tools import books, questions
    from govlang.tools.document import letters

    try:
        if show_template:
            say(_described(show_template))
            sys.exit(CLEAN)
        if not about:
            refuse("say what the letter is about", "name a proposal, a dispute, a review or a duty")
        loaded = load(agreement or agreement_of(record))
        questions.sound(loaded)
        text = letters.template_text(template) if template else ""
        found = letters.letter(loaded, books.read_books((record, *records), loaded.agreement), about, on, text)
    except questions.NoAnswer as error:
        no_answer(error)
    complain(found.diagnostics)
    if output:
        from govlang.verbs import writing

        writing.write(output, found.text.encode("utf-8"))
    else:
        emit(found.text)


def _described(kind: str) -> str:
    """A template, and the fields that it may have."""
    from govlang.tools.document import letters

    text = letters.template_of(kind)
    fields = ", ".join(f"${name}" for name in (*letters.COMMON, *letters.FIELDS[kind]))
    return f"{text}\n# The fields of this letter: {fields}"

