"""`govlang redline`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from govlang.verbs.shared import CLEAN, complain, emit, format_option, load, refuse, say, style

if TYPE_CHECKING:
    from govlang import Loaded


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", default="", metavar="[NEW]")
@click.option(
    "-o", "--output", default="", metavar="FILE", help="Write a Word document with the changes marked (.docx)."
)
@click.option(
    "--from", "first", default="", metavar="VERSION", help="Which version of OLD; as first agreed, if left out."
)
@click.option(
    "--to", "second", default="", metavar="VERSION", help="Which version of NEW (of OLD, if there is no NEW)."
)
@click.option(
    "--no-summary", is_flag=True, help="The marked text alone, without the pages before it that say what changed."
)
@format_option("text", "json")
def redline(old: str, new: str, output: str, first: str, second: str, no_summary: bool, form: str) -> None:
    """Say what changed from one agreement to another, and write it as a Word document with tracked changes.

    OLD and NEW are two files, or two versions of one that is amended (--from 1 --to 2). What rules mean is compared, not how they
    are written. The exit code is 0 whether something changed or not, and 2 for a text that cannot be used.
    """
    from govlang.report.document import comparison, redline as marked
    from govlang.tools.document.compare import compare
    from govlang.tools.document.paper import made, text_of
    from govlang.tools.document.subject import Subject
    from govlang.verbs import writing
    from govlang.verbs.shared import answered

    if not new and not second:
        refuse("there is nothing to compare with", "name a second file, or a version of this one: --to 2")
    before = _sound(old)
    after = _sound(new) if new else before
    one = answered(lambda: Subject(before, text=text_of(before, version=first)))
    other = answered(lambda: Subject(after, text=text_of(after, version=second)))
    found = answered(lambda: compare(one, other))
    if output:
        pages = () if no_summary else comparison.pages(found)
        writing.write(output, answered(lambda: marked.redline(made(one), made(other), pages)))
    if form == "json":
        from govlang.report.document import comparison_json

        emit(comparison_json.as_json(found, output))
    else:
        say(comparison.show(found, style()))
        say(f"\nwrote {output}" if output else "")
    sys.exit(CLEAN)


def _sound(path: str) -> Loaded:
    """An agreement without errors."""
    loaded = load(path)
    if not loaded.sound:
        complain(loaded.diagnostics)
        refuse(f"'{path}' cannot be compared, since its text has errors", "mend them first; `govlang check` lists them")
    return loaded
