"""The command line: one verb a question, each in its own module under `govlang.verbs`, imported when it is asked for.

Exit codes: 0 permitted or clean, 1 denied or findings, 2 wrong usage or input that cannot be read, 3 pending, 4 silent, 70 an
internal error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from govlang import __version__
from govlang.verbs.shared import CLEAN, INTERNAL, INTERRUPTED, NO_READER, USAGE, say

# In the order of the help; a verb's module and its function have its name.
VERBS = ("check", "test", "decide", "may", "audit", "who", "status", "due", "trust", "new", "explain", "schema", "record", "calendar", "lock")


class Verbs(click.Group):
    """A group whose verbs are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        verb: click.Command = getattr(import_module(f"govlang.verbs.{name}"), name)
        return verb


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
             no_args_is_help=True)  # fmt: skip
@click.version_option(__version__, "--version", prog_name="govlang", message="%(prog)s %(version)s")
def govlang() -> None:
    """Agreements as code: check them, test them, ask them who may decide what."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line; every way out has an exit code, and no way out shows a traceback."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads any more. Standard output points nowhere from here, so that closing it raises nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = NO_READER
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        govlang.main(args=list(arguments) if arguments is not None else None, prog_name="govlang", standalone_mode=False)
        return CLEAN
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else CLEAN
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        say("\ninterrupted", error=True)
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        return _internal(error)


def _internal(error: Exception) -> int:
    from govlang.report.text import safe

    if os.environ.get("GOVLANG_DEBUG"):
        import traceback

        traceback.print_exception(error)
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    say(f"internal error ({safe(said)[:200]}): this is a mistake in govlang {__version__}, please report it; "
           "GOVLANG_DEBUG=1 shows where it happened", error=True)  # fmt: skip
    return INTERNAL


if __name__ == "__main__":
    main()
