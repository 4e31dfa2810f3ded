"""`govlang decide`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from govlang.verbs.shared import AGREEMENT, ON, RECORD, format_option, give, load, no_answer

if TYPE_CHECKING:
    from govlang import Source


@click.command()
@AGREEMENT
@click.option("--action", default="", metavar="FILE", help="What someone means to do, as JSON; - reads it from the input.")
@RECORD
@click.option("--proposal", default="", metavar="ID", help="A proposal that is on record.")
@ON
@format_option("text", "json")
def decide(agreement: str, action: str, records: tuple[str, ...], proposal: str, on: str, form: str) -> None:
    """Ask whether something may be done: permitted, pending, denied, or silent.

    The exit code is 0, 3, 1 or 4 in this order.
    """
    from govlang.tools import books, questions

    loaded = load(agreement)
    try:
        questions.sound(loaded)
        asked = questions.read_action(_action_source(action), loaded) if action else None
        book = books.read_books(records, loaded.agreement)
        reply = questions.ask(loaded, book, asked, proposal, on)
    except questions.NoAnswer as error:
        no_answer(error)
    give(reply, form)


def _action_source(action: str) -> Source:
    from govlang.tools import questions

    return questions.source_of(action, sys.stdin.buffer.read() if action == "-" else None)
