"""`govlang view`."""

from __future__ import annotations

import sys

import click

from govlang.verbs.shared import AGREEMENT, CLEAN, ON, USAGE, complain, emit, load, refuse, say

FORMS = ("md", "html", "json", "csv", "xlsx", "pdf")
BINARY = ("xlsx", "pdf")


@click.command()
@AGREEMENT
@click.argument("page", required=False, default="", metavar="[PAGE]")
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@click.option("--record", "more", multiple=True, metavar="FILE", help="A record, as for the other verbs.")
@ON
@click.option("--format", "form", type=click.Choice(FORMS), default=None,
              help="How to print it; Markdown, if left out. Without a page, the whole document.")  # fmt: skip
@click.option("--table", default="", metavar="KEY", help="Which table, as CSV.")
@click.option("--fonts", default="", metavar="FOLDER", help="Further fonts for a PDF, for scripts that its own lack.")
@click.option("--strict", is_flag=True, help="Show nothing of a text that has errors; exit code 2.")
@click.option("-o", "--output", default="", metavar="FILE", help="Write into a file.")
def view(
    agreement: str, page: str, records: tuple[str, ...], more: tuple[str, ...], on: str, form: str | None, table: str,
    fonts: str, strict: bool, output: str,
) -> None:  # fmt: skip
    """Show a page about an agreement: who decides what, who owes what by when, what a term means; or list its pages.

    With a record there are pages about what has happened, too. A text with errors is shown as far as it is sound. The exit code
    is 0, or 2 for a page that there is not and for what cannot be read or written.
    """
    from govlang import document
    from govlang.report.document import view as report
    from govlang.verbs.shared import answered

    loaded = load(agreement)
    errors = [item for item in loaded.diagnostics if item.severity == "error"]
    complain(errors)
    if errors and not loaded.source.text.strip():
        sys.exit(USAGE)
    if errors and strict:
        refuse(f"'{agreement}' has errors", "mend them, or leave out --strict to see what is sound")
    found = answered(lambda: document(loaded, (*records, *more), on=on))
    form = form or ("csv" if table else "md" if page else "")
    content = answered(lambda: report.shown(found, page, form, table, fonts)) if form else report.listed(found).encode("utf-8")
    _give(content, form, output)
    sys.exit(CLEAN)


def _give(content: bytes, form: str, output: str) -> None:
    """Into the file, to the terminal, or to the program that reads it."""
    from govlang.verbs import writing

    if output:
        writing.write(output, content)
        say(f"wrote {output}")
    elif form in BINARY:
        writing.emit_bytes(content, f"a file of the kind .{form}")
    elif form in ("", "md") and sys.stdout.isatty():
        say(content.decode("utf-8").rstrip("\n"))
    else:
        emit(content.decode("utf-8"))
