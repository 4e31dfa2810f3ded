"""What the verbs of the command line share: exit codes, options, printing. Heavy imports stand inside functions.

Exit codes: 0 permitted or clean, 1 denied or findings, 2 wrong usage or input that cannot be read, 3 pending, 4 silent, 70 an
internal error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click
from click.decorators import FC

from govlang.verbs.printing import (
    CLEAN as CLEAN,
    FINDINGS as FINDINGS,
    INTERNAL as INTERNAL,
    INTERRUPTED as INTERRUPTED,
    NO_READER as NO_READER,
    PENDING as PENDING,
    SILENT as SILENT,
    USAGE as USAGE,
    emit as emit,
    print_parts as print_parts,
    refuse as refuse,
    say as say,
    style as style,
)  # fmt: skip

if TYPE_CHECKING:
    from govlang import Diagnostic, Loaded, NoAnswer, Reply

T = TypeVar("T")

EXITS = {"permitted": CLEAN, "denied": FINDINGS, "pending": PENDING, "silent": SILENT}

PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
AGREEMENT = click.argument("agreement", metavar="AGREEMENT")
RECORD = click.option("--record", "records", multiple=True, metavar="FILE",
                      help="A minute book, or JSON lines (.jsonl). May be given several times.")  # fmt: skip
ON = click.option("--on", default="", metavar="'DATE[ HH:MM]'", help="As of which day; a whole day counts to its end.")


def format_option(*names: str) -> Callable[[FC], FC]:
    """`--format`; the first name is the default."""
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True,
                        help="How to print what was found.")  # fmt: skip


def load(path: str) -> Loaded:
    """An agreement by its path; what is wrong with it stands in its diagnostics."""
    from govlang import load as loading

    return loading(path)


# ------------------------------------------------------------ printing

def complain(found: Iterable[Diagnostic]) -> None:
    """Messages about what was read, beside the answer."""
    listed = list(found)
    if listed:
        from govlang.report import messages

        say(messages.show_all(listed, style(error=True)) + "\n", error=True)


def give(reply: Reply, form: str) -> NoReturn:
    """Prints an answer and leaves with its exit code."""
    complain(reply.diagnostics)
    if form == "json":
        from govlang.report import as_json

        emit(as_json.answer(reply.answer, reply.diagnostics))
    else:
        from govlang.report import answers

        say(answers.show(reply.answer, style()))
    sys.exit(EXITS[reply.answer.verdict.value])


def no_answer(error: NoAnswer) -> NoReturn:
    """Leaves with what was wrong with the question."""
    complain(error.diagnostics)
    refuse(error.message, error.hint)


def answered(ask: Callable[[], T]) -> T:
    """What is asked for; leaves with one message where there is no answer, or where a package that it needs is missing."""
    from govlang import MissingExtra, NoAnswer

    try:
        return ask()
    except NoAnswer as error:
        no_answer(error)
    except MissingExtra as error:
        refuse(str(error))
