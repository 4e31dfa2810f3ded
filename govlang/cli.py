"""The command line: one verb a question. Heavy imports stand inside the verbs, so that starting stays fast.

Exit codes: 0 permitted or clean, 1 denied or findings, 2 wrong usage or input that cannot be read, 3 pending, 4 silent, 70 an
internal error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

import click
from click.decorators import FC

from govlang import __version__

if TYPE_CHECKING:
    from govlang import Checked, Coverage, Diagnostic, Loaded, NoAnswer, Outcome, Source, Tested
    from govlang.report.text import Style

CLEAN, FINDINGS, USAGE, PENDING, SILENT, INTERNAL, INTERRUPTED, NO_READER = 0, 1, 2, 3, 4, 70, 130, 141
EXITS = {"permitted": CLEAN, "denied": FINDINGS, "pending": PENDING, "silent": SILENT}
TEMPLATES = ("alliance", "consortium", "foundation", "project")

_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
_AGREEMENT = click.argument("agreement", metavar="AGREEMENT")
_RECORD = click.option("--record", "records", multiple=True, metavar="FILE",
                       help="A minute book, or JSON lines (.jsonl). May be given several times.")  # fmt: skip
_ON = click.option("--on", default="", metavar="'DATE[ HH:MM]'", help="As of which day; a whole day counts to its end.")
_COVERAGE = click.option("--coverage", is_flag=True, help="Count the clauses, decisions and requirements that are tested.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, no_args_is_help=True)
@click.version_option(__version__, "--version", prog_name="govlang", message="%(prog)s %(version)s")
def govlang() -> None:
    """Agreements as code: check them, test them, ask them who may decide what."""


def _format(*names: str) -> Callable[[FC], FC]:
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True,
                        help="How to print what was found.")  # fmt: skip


# ------------------------------------------------------------ check and test


@govlang.command()
@_PATHS
@_format("text", "json", "sarif", "github")
@_COVERAGE
def check(paths: tuple[str, ...], form: str, coverage: bool) -> None:
    """Find what is wrong in agreements (files, or folders of them)."""
    from govlang.tools import check as checking

    files = checking.agreements_in(paths)
    if not files:
        _refuse(f"there is no agreement in {', '.join(paths)}", "the names of agreements end in .gov or .gov.md")
    checked = [checking.check(file) for file in files]
    found = [item for each in checked for item in each.diagnostics]
    covered = _covered((each.loaded, each.outcomes) for each in checked) if coverage else []
    if form == "text":
        from govlang.report import messages

        _print_parts([messages.show_all(found, _style()), _coverage_text(covered), messages.summary(found, len(files))])
    elif form == "json":
        from govlang.report import as_json

        _emit(as_json.checked(checked, covered))
    elif form == "sarif":
        from govlang.report import sarif

        _emit(sarif.show(found))
    else:
        from govlang.report import github

        _print(github.show(found))
    _exit_for(checked)


@govlang.command()
@_PATHS
@_format("text", "json", "junit")
@_COVERAGE
@click.option("--junit", default="", metavar="FILE", help="Also write a JUnit report.")
def test(paths: tuple[str, ...], form: str, coverage: bool, junit: str) -> None:
    """Run the scenarios of agreements, and stories about them."""
    from govlang.tools import stories

    tested = stories.test(paths)
    if not tested:
        _refuse(f"there is nothing to test in {', '.join(paths)}", "agreements end in .gov or .gov.md; a story says on "
                "a line of its own which agreement it is about")  # fmt: skip
    covered = _covered(stories.by_agreement(tested)) if coverage else []
    if form == "text":
        from govlang.report import tests

        _print_parts([tests.show(tested, _style()), _coverage_text(covered)])
    elif form == "json":
        from govlang.report import as_json

        _emit(as_json.tested(tested, covered))
    else:
        from govlang.report import junit as xml

        _emit(xml.show(tested))
    if junit:
        _write_junit(tested, junit)
    _exit_for(tested)


def _write_junit(tested: Sequence[Tested], path: str) -> None:
    from pathlib import Path

    from govlang.report import junit as xml

    try:
        Path(path).write_text(xml.show(tested), encoding="utf-8", newline="\n")
    except OSError as error:
        _refuse(f"'{path}' cannot be written: {error.strerror}", "name another file")


def _covered(files: Iterable[tuple[Loaded, Sequence[Outcome]]]) -> list[Coverage]:
    from govlang.tools.coverage import coverage

    return [coverage(loaded, outcomes) for loaded, outcomes in files if loaded.sound]


def _coverage_text(covered: list[Coverage]) -> str:
    if not covered:
        return ""
    from govlang.report import tests

    return tests.coverage(covered, _style())


def _exit_for(files: Sequence[Checked] | Sequence[Tested]) -> NoReturn:
    if any(file.unreadable for file in files):
        sys.exit(USAGE)
    sys.exit(CLEAN if all(file.sound for file in files) else FINDINGS)


# ------------------------------------------------------------ decide and who


@govlang.command()
@_AGREEMENT
@click.option("--action", default="", metavar="FILE", help="What someone means to do, as JSON; - reads it from the input.")
@_RECORD
@click.option("--proposal", default="", metavar="ID", help="A proposal that is on record.")
@_ON
@_format("text", "json")
def decide(agreement: str, action: str, records: tuple[str, ...], proposal: str, on: str, form: str) -> None:
    """Ask whether something may be done: permitted, pending, denied, or silent.

    The exit code is 0, 3, 1 or 4 in this order.
    """
    from govlang.tools import books, questions

    loaded = _load(agreement)
    try:
        questions.sound(loaded)
        asked = questions.read_action(_action_source(action), loaded) if action else None
        book = books.read_books(records, loaded.agreement)
        reply = questions.ask(loaded, book, asked, proposal, on)
    except questions.NoAnswer as error:
        _no_answer(error)
    _complain(reply.diagnostics)
    if form == "json":
        from govlang.report import as_json

        _emit(as_json.answer(reply.answer, reply.diagnostics))
    else:
        from govlang.report import answers

        _print(answers.show(reply.answer, _style()))
    sys.exit(EXITS[reply.answer.verdict.value])


def _action_source(action: str) -> Source:
    from govlang.tools import questions

    return questions.source_of(action, sys.stdin.buffer.read() if action == "-" else None)


@govlang.command()
@_AGREEMENT
@click.argument("decision")
@click.argument("facts", nargs=-1, metavar="[FACT=VALUE]...")
@_RECORD
@_ON
@_format("text", "json")
def who(agreement: str, decision: str, facts: tuple[str, ...], records: tuple[str, ...], on: str, form: str) -> None:
    """Show who may propose, approve, vote on and veto a decision, and who is consulted and informed."""
    from govlang.tools import books, questions
    from govlang.tools.who import who as who_may

    given: dict[str, str] = {}
    for fact in facts:
        name, equals, value = fact.partition("=")
        if not equals or not name.strip() or name.strip() in given:
            _refuse(f"'{fact}' is not a fact with a value", 'write facts as amount="50,000 EUR", each once')
        given[name.strip()] = value.strip()
    loaded = _load(agreement)
    try:
        book = books.read_books(records, loaded.agreement)
        rights = who_may(loaded, decision, given, book, on)
    except questions.NoAnswer as error:
        _no_answer(error)
    _complain(book.diagnostics)
    if form == "json":
        from govlang.report import as_json

        _emit(as_json.rights(rights))
    else:
        from govlang.report import rights as report

        _print(report.show(rights, _style()))


def _load(path: str) -> Loaded:
    from govlang import load

    return load(path)


# ------------------------------------------------------------ new, explain, schema, record


@govlang.command()
@click.argument("path", default="")
@click.option("--template", type=click.Choice(TEMPLATES), default=TEMPLATES[0], show_default=True, help="What to begin with.")
@click.option("--name", default="", help="The name of the agreement.")
def new(path: str, template: str, name: str) -> None:
    """Write a new agreement to begin with."""
    from pathlib import Path

    from govlang.tools import questions, templates

    target = Path(path or f"{template}.gov.md")
    try:
        templates.create(target, templates.text_of(template, name))
    except questions.NoAnswer as error:
        _no_answer(error)
    _print(f"wrote {target}\nnext: govlang check {target}")


@govlang.command()
@click.argument("code")
def explain(code: str) -> None:
    """Explain a message: what it means, a wrong and a right example, why it matters."""
    from govlang.tools import pages, questions

    try:
        _print(pages.page(code).rstrip("\n"))
    except questions.NoAnswer as error:
        _no_answer(error)


@govlang.command()
@click.argument("name", type=click.Choice(("answer", "action", "event", "diagnostics", "tests", "rights")), default="answer")
def schema(name: str) -> None:
    """Print the JSON Schema of what is read and printed as JSON."""
    from govlang.report import as_json

    _emit(as_json.schema(name))


@govlang.group()
def record() -> None:
    """Work with records: minute books and JSON lines."""


@record.command()
@click.argument("file")
@click.option("--to", "form", type=click.Choice(("jsonl", "minutes")), required=True, help="The form to write.")
@click.option("--agreement", default="", metavar="FILE", help="The agreement, which says what type each fact has.")
def convert(file: str, form: str, agreement: str) -> None:
    """Print a record in its other form; lines that cannot be read are left out and reported."""
    from govlang.tools import books

    book = books.read_book(file, _load(agreement).agreement if agreement else None)
    _complain(book.diagnostics)
    if book.unreadable:
        sys.exit(USAGE)
    _emit(books.written(book, form))
    sys.exit(FINDINGS if book.diagnostics else CLEAN)


# ------------------------------------------------------------ printing


def _style(error: bool = False) -> Style:
    from govlang.report.text import Style

    return Style.of(sys.stderr if error else sys.stdout)


def _print(text: str, error: bool = False) -> None:
    """Text for people, in characters that the stream can take."""
    from govlang.report.text import encodable

    stream = sys.stderr if error else sys.stdout
    if text:
        stream.write(encodable(text, stream.encoding) + "\n")


def _print_parts(parts: list[str]) -> None:
    _print("\n\n".join(part for part in parts if part))


def _emit(text: str) -> None:
    """Text for programs: UTF-8, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _complain(found: Iterable[Diagnostic]) -> None:
    """Messages about what was read, beside the answer."""
    listed = list(found)
    if listed:
        from govlang.report import messages

        _print(messages.show_all(listed, _style(error=True)) + "\n", error=True)


def _no_answer(error: NoAnswer) -> NoReturn:
    _complain(error.diagnostics)
    _refuse(error.message, error.hint)


def _refuse(message: str, hint: str = "") -> NoReturn:
    from govlang.report.text import safe

    _print(f"govlang: {safe(message)}" + (f"\n  hint: {safe(hint)}" if hint else ""), error=True)
    sys.exit(USAGE)


# ------------------------------------------------------------ the way in and out


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
        _print("\ninterrupted", error=True)
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
    _print(f"internal error ({safe(said)[:200]}): this is a mistake in govlang {__version__}, please report it; "
           "GOVLANG_DEBUG=1 shows where it happened", error=True)  # fmt: skip
    return INTERNAL


if __name__ == "__main__":
    main()
