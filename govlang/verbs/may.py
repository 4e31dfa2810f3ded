"""`govlang may`."""

from __future__ import annotations

import click

from govlang.verbs.shared import AGREEMENT, ON, RECORD, format_option, give, load, no_answer


@click.command()
@AGREEMENT
@click.argument("question")
@RECORD
@ON
@format_option("text", "json")
def may(agreement: str, question: str, records: tuple[str, ...], on: str, form: str) -> None:
    """Ask whether somebody may use, license, assign, publish or disclose an asset, and by which grant; or take a dispute further,
    veto a proposal or object to it.

    QUESTION is a sentence such as "Norwind use Cell Model for commercial in field Storage", "Helios take D-1 to Mediation",
    "Helios raise Ladder against Norwind in writing", "Helios seek urgent relief on D-1", "Ben Okafor veto P-7" or "Norwind object
    to P-7". The exit code is 0 permitted, 1 denied, 3 pending or 4 silent.
    """
    from govlang.tools import books, may as asking, questions

    loaded = load(agreement)
    try:
        questions.sound(loaded)
        book = books.read_books(records, loaded.agreement)
        reply = asking.ask(loaded, book, question, on)
    except questions.NoAnswer as error:
        no_answer(error)
    give(reply, form)
