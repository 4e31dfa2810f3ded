"""`govlang compile`."""

from __future__ import annotations

import click

from govlang.verbs.shared import AGREEMENT, answered, emit, format_option, load, refuse, say, style


@click.command()
@AGREEMENT
@click.option("-o", "--output", default="", metavar="FILE",
              help="Where to keep it, a .jsonl file; beside the agreement, if left out.")  # fmt: skip
@click.option("--columns", is_flag=True, help="List the facts that each right looks at; keep nothing, unless -o names a file.")
@click.option("--right", "names", multiple=True, metavar="NAME", help="List this right only. May be given several times.")
@click.option("--on", default="", metavar="DATE", help="Of an amended agreement: the day whose text is meant.")
@format_option("text", "json")
def compile(agreement: str, output: str, columns: bool, names: tuple[str, ...], on: str, form: str) -> None:
    """Keep an agreement's rights as data for a service that decides, and say what it has to hand over."""
    from govlang.tools.compiled import contents

    if output and not output.endswith(".jsonl"):
        refuse(f"'{output}' is no name for it", "give a name that ends in .jsonl")
    loaded = load(agreement)
    path = output or ("" if columns or names else contents.beside(agreement))
    found = answered(lambda: contents.contents(loaded, path, names, on))
    from govlang.report import compiled as report

    if form == "json":
        emit(report.as_json(found))
    else:
        say(report.show(found, columns or bool(names), style()))
