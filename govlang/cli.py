"""The command line: one verb a question, each in its own module under `govlang.verbs`, imported when it is asked for.

Exit codes: 0 permitted or clean, 1 denied or findings, 2 wrong usage or input that cannot be read, 3 pending, 4 silent, 70 an
internal error.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from govlang import __version__
from govlang.verbs.printing import CLEAN, INTERNAL, INTERRUPTED, NO_READER, USAGE, say

if TYPE_CHECKING:
    import click

# In the order of the help; a verb's module and its function have its name.
VERBS = (
    "check", "test", "decide", "may", "audit", "who", "status", "due", "trust", "new", "explain", "schema", "record", "calendar",
    "lock", "compile", "docs", "export", "redline", "view", "minutes", "notice",
)  # fmt: skip


def __getattr__(name: str) -> click.Group:
    """`cli.govlang`: the command with all its verbs."""
    if name == "govlang":
        return commands()
    raise AttributeError(name)


@cache
def commands() -> click.Group:
    """The command with all its verbs."""
    import click

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

    return govlang


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line; every way out has an exit code, and no way out shows a traceback."""
    gc.set_threshold(100_000, 50, 50)  # what is loaded and read stays: looking through it for waste takes time for nothing
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads any more. Standard output points nowhere from here, so that closing it raises nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = NO_READER
    if arguments is None:
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> NoReturn:
    """Ends the process. To take apart all that it holds would take a tenth of a check, so that is left to the system, unless
    somebody waits for the end: a debugger or a profile, another thread, whatever is registered to be called."""
    if "duckdb" not in sys.modules:  # which counts what is left of it at the end, and complains
        gc.freeze()
    waited_for = sys.gettrace() or sys.getprofile() or sys.flags.interactive or "threading" in sys.modules
    registered: Callable[[], int] | None = getattr(atexit, "_ncallbacks", None)
    if not waited_for and registered is not None and registered() == 0:
        with suppress(OSError, ValueError, AttributeError):
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    given = list(arguments) if arguments is not None else sys.argv[1:]
    try:
        if _plain_check(given):
            from govlang.verbs.checking import check_paths

            check_paths(tuple(given[1:]))
        return _verb(given)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else CLEAN
    except KeyboardInterrupt:
        say("\ninterrupted", error=True)
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        return _internal(error)


def _plain_check(given: list[str]) -> bool:
    """Whether it is `check` and nothing but paths, which needs no reader of options: loading one takes as long as the check."""
    if given[:1] != ["check"] or len(given) == 1 or any(each[:1] == "-" for each in given):
        return False
    return os.name != "nt" and "_GOVLANG_COMPLETE" not in os.environ  # there, patterns and completion are for the reader


def _verb(given: list[str]) -> int:
    import click

    try:
        commands().main(args=given, prog_name="govlang", standalone_mode=False)
        return CLEAN
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE
    except click.Abort:
        say("\ninterrupted", error=True)
        return INTERRUPTED


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
