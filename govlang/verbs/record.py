"""`govlang record`."""

from __future__ import annotations

import sys

import click

from govlang.verbs.shared import CLEAN, FINDINGS, USAGE, complain, emit, load


@click.group()
def record() -> None:
    """Work with records: minute books and JSON lines."""


@record.command()
@click.argument("file")
@click.option("--to", "form", type=click.Choice(("jsonl", "minutes")), required=True, help="The form to write.")
@click.option("--agreement", default="", metavar="FILE", help="The agreement, which says what type each fact has.")
def convert(file: str, form: str, agreement: str) -> None:
    """Print a record in its other form; lines that cannot be read are left out and reported."""
    from govlang.tools import books

    book = books.read_book(file, load(agreement).agreement if agreement else None)
    complain(book.diagnostics)
    if book.unreadable:
        sys.exit(USAGE)
    emit(books.written(book, form))
    sys.exit(FINDINGS if book.diagnostics else CLEAN)
