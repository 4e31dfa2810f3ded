"""What the verbs of the command line share: exit codes, options, printing. Heavy imports stand inside functions.

Exit codes: 0 permitted or clean, 1 denied or findings, 2 wrong usage or input that cannot be read, 3 pending, 4 silent, 70 an
internal error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NoReturn

import click
from click.decorators import FC

if TYPE_CHECKING:
    from govlang import Diagnostic, Loaded, NoAnswer
    from govlang.report.text import Style

CLEAN, FINDINGS, USAGE, PENDING, SILENT, INTERNAL, INTERRUPTED, NO_READER = 0, 1, 2, 3, 4, 70, 130, 141
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

def style(error: bool = False) -> Style:
    """Whether to print in colours, as the stream asks."""
    from govlang.report.text import Style

    return Style.of(sys.stderr if error else sys.stdout)


def say(text: str, error: bool = False) -> None:
    """Text for people, in characters that the stream can take."""
    from govlang.report.text import encodable

    stream = sys.stderr if error else sys.stdout
    if text:
        stream.write(encodable(text, stream.encoding) + "\n")


def print_parts(parts: list[str]) -> None:
    """Parts of a page with an empty line between them."""
    say("\n\n".join(part for part in parts if part))


def emit(text: str) -> None:
    """Text for programs: UTF-8, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def complain(found: Iterable[Diagnostic]) -> None:
    """Messages about what was read, beside the answer."""
    listed = list(found)
    if listed:
        from govlang.report import messages

        say(messages.show_all(listed, style(error=True)) + "\n", error=True)


def no_answer(error: NoAnswer) -> NoReturn:
    """Leaves with what was wrong with the question."""
    complain(error.diagnostics)
    refuse(error.message, error.hint)


def refuse(message: str, hint: str = "") -> NoReturn:
    """Leaves with exit code 2 and one message."""
    from govlang.report.text import safe

    say(f"govlang: {safe(message)}" + (f"\n  hint: {safe(hint)}" if hint else ""), error=True)
    sys.exit(USAGE)
