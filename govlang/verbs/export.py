"""`govlang export`."""

from __future__ import annotations

import sys

import click

from govlang.verbs.shared import AGREEMENT, CLEAN, USAGE, complain, emit, load, say

FORMS = ("docx", "pdf", "html", "md")


@click.command()
@click.argument("form", type=click.Choice(FORMS), metavar="docx|pdf|html|md")
@AGREEMENT
@click.option("-o", "--output", default="", metavar="FILE", help="Write into a file; else to standard output.")
@click.option("--on", default="", metavar="DATE", help="The text in force on that day, with its amendments.")
@click.option("--version", default="", metavar="VERSION", help="The text of that version.")
@click.option(
    "--no-summaries", is_flag=True, help="Leave out the rules in plain words, which are no part of the agreement."
)
@click.option("--examples", is_flag=True, help="Tell the examples in full, not by their names alone.")
@click.option("--fonts", default="", metavar="FOLDER", help="Further fonts for a PDF, for scripts that its own lack.")
@click.option("--strict", is_flag=True, help="Exit with 2 when the text has errors.")
def export(
    form: str, agreement: str, output: str, on: str, version: str, no_summaries: bool, examples: bool, fonts: str,
    strict: bool,
) -> None:  # fmt: skip
    """Write an agreement as a paper to read and sign: Word, PDF, HTML or Markdown.

    Numbered clauses, signatures, defined terms and schedules, with the version and the hash of the text on each page. A text with
    errors gives a paper of what is sound and a list of the errors.
    """
    from govlang.report.document import papers
    from govlang.tools.document.paper import paper
    from govlang.verbs import writing
    from govlang.verbs.shared import answered

    loaded = load(agreement)
    if not loaded.source.text and not loaded.sound:
        complain(loaded.diagnostics)
        sys.exit(USAGE)
    content = answered(lambda: papers.printed(
        paper(loaded, on=on, version=version, summaries=not no_summaries, examples=examples), form, fonts
    ))  # fmt: skip
    if not loaded.sound:
        complain(item for item in loaded.diagnostics if item.severity == "error")
        say("the text has errors; the paper holds what is sound, and a list of the errors", error=True)
    if output:
        writing.write(output, content)
        say(f"wrote {output}")
    elif form in papers.BINARY:
        writing.emit_bytes(content, f"a file of the kind .{form}")
    else:
        emit(content.decode("utf-8"))
    sys.exit(USAGE if strict and not loaded.sound else CLEAN)
