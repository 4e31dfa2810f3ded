"""What every way out of the command line needs: exit codes and printing. Stands apart from the options (`verbs.shared`), so that
a plain `govlang check` does not load what reads options.

In: texts. Out: what is printed. Heavy imports stand inside functions.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from govlang.report.text import Style

CLEAN, FINDINGS, USAGE, PENDING, SILENT, INTERNAL, INTERRUPTED, NO_READER = 0, 1, 2, 3, 4, 70, 130, 141


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
    """Text for programs: UTF-8, whatever the terminal's encoding. Leaves when nobody reads it any more."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # said here: the reader of options would make an exit code of its own of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(NO_READER)


def refuse(message: str, hint: str = "") -> NoReturn:
    """Leaves with exit code 2 and one message."""
    from govlang.report.text import safe

    say(f"govlang: {safe(message)}" + (f"\n  hint: {safe(hint)}" if hint else ""), error=True)
    sys.exit(USAGE)
