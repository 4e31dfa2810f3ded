"""What a compiled agreement holds, for people.

In: `tools.compiled.contents.Contents`. Out: text.
"""

from __future__ import annotations

from govlang.backends.plan import Right
from govlang.report.text import Style, safe
from govlang.tools.compiled.contents import Contents
from govlang.tools.compiled.planned import Entry


def show(found: Contents, columns: bool, style: Style) -> str:
    """The rights; with `columns`, what each looks at."""
    about = found.about
    head = f"{about.name}, version {about.version}" if about.version else about.name
    lines = [f"{safe(head)}: {_many(len(found.rights), 'right')}"]
    for entry, right in found.rights:
        lines += ["", *_columns(entry, right, style)] if columns else [f"  {_right(entry, right, style)}"]
    if found.file:
        lines += ["", f"wrote {safe(found.file)}"]
    return "\n".join(lines)


def _right(entry: Entry, right: Right, style: Style) -> str:
    acts = f"; also {', '.join(entry.acts)}" if entry.acts else ""
    before = f"; comes before {', '.join(entry.overrides)}" if entry.overrides else ""
    return safe(f"{entry.name}: {_many(len(right.columns), 'column')}, {right.clause}{acts}{before}")


def _columns(entry: Entry, right: Right, style: Style) -> list[str]:
    lines = [style.bold(_right(entry, right, style))]
    every = [*((column, "") for column in right.columns), *((column, " (for what is missing)") for column in right.further)]
    wide = max((len(column.name) for column, _ in every), default=0)
    return [*lines, *(safe(f"  {column.name:<{wide}}  {column.type:<8}  {column.about}{note}") for column, note in every)]


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
