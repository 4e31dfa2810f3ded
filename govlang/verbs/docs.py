"""`govlang docs`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from click.decorators import FC

from govlang.verbs.shared import CLEAN, ON, USAGE, answered, refuse, say

if TYPE_CHECKING:
    from govlang import Gathered
    from govlang.report.document.site import Built


@click.group()
def docs() -> None:
    """Make pages that people read of agreements and their records."""


def _options(command: FC) -> FC:
    """What is shown, and how: the same for every command."""
    for option in (
        click.option("--title", default="", metavar="TEXT", help="The title of the list of agreements, where there are several."),
        ON,
        click.option("--record", "records", multiple=True, metavar="[NAME=]FILE",
                     help="A minute book, or JSON lines. With several agreements, NAME says which one it belongs to; not needed "
                          "where the name of the record begins with that of an agreement beside it. May be given several times."),
        click.argument("agreements", nargs=-1, required=True, metavar="AGREEMENT..."),
    ):  # fmt: skip
        command = option(command)
    return command


@docs.command()
@_options
@click.option("-o", "--output", default="site", show_default=True, metavar="FOLDER", help="Where the site is written.")
@click.option("--strict", is_flag=True, help="Exit with 2 when an agreement has errors, or a link leads nowhere.")
def build(agreements: tuple[str, ...], records: tuple[str, ...], on: str, title: str, output: str, strict: bool) -> None:
    """Write a site of one agreement or several: files, or folders of them.

    It needs no server and asks nothing of the web. The folder is replaced as a whole, and only if it is empty or was made by
    govlang.
    """
    from pathlib import Path

    from govlang import gather
    from govlang.report.document import folder, site
    from govlang.report.text import plural, safe

    try:
        folder.check(Path(output))
        found = answered(lambda: gather(agreements, records, on))
        built = site.build([each.document for each in found], output, title=title)
    except folder.Refused as error:
        refuse(error.message, error.hint)
    wrong = _complain(found, built, strict)
    say(f"wrote {built.pages} pages about {plural(len(found), 'agreement')}")
    say(f"begin at {safe((Path(output) / 'index.html').as_posix())}")
    sys.exit(USAGE if wrong and strict else CLEAN)


@docs.command()
@_options
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Which port; 0 takes any.")
def serve(agreements: tuple[str, ...], records: tuple[str, ...], on: str, title: str, port: int) -> None:
    """Show the site to this computer alone, made anew whenever a file changes."""
    from govlang import gather
    from govlang.verbs import serving

    live = serving.Live(lambda: gather(agreements, records, on), agreements, title)
    answered(live.make)
    serving.serve(live, port)


def _complain(found: Sequence[Gathered], built: Built, strict: bool) -> bool:
    """Says which agreements have errors, and which links lead nowhere; whether there are any."""
    from govlang.report.document.portfolio import wrong
    from govlang.report.text import plural, safe

    for each in found:
        brief = each.document.brief
        if brief.errors:
            shown = "one of its pages lists them" if each.loaded.sound else "its pages show what is sound, and one lists the errors"
            say(safe(f"{each.loaded.source.name}: {wrong(brief)}; {shown}"), error=True)
    for source, links in built.dangling:
        more = "" if strict else " (--strict lists them)"
        say(safe(f"{source}: {plural(len(links), 'link')} to what is not there{more}"), error=True)
        for link in links if strict else ():
            say(safe(f"  on page {link.page}: '{link.words}', to {link.to}"), error=True)
    return bool(built.dangling) or any(each.document.brief.errors for each in found)
