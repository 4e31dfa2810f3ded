"""Messages as GitHub workflow commands, which show as notes beside the changed lines.

In: diagnostics. Out: one `::error` or `::warning` line each.
"""

from __future__ import annotations

from collections.abc import Iterable

from govlang.diagnostics import Diagnostic, ordered
from govlang.report.messages import has_place
from govlang.report.text import safe


def show(found: Iterable[Diagnostic]) -> str:
    """One line a message; the last one says how many there were."""
    return "\n".join(_line(item) for item in ordered(found))


def _line(found: Diagnostic) -> str:
    path, line, column = found.place()
    properties = [f"file={_property(path)}"] if path else []
    if has_place(found) and found.source is not None:
        end_line, end_column = found.source.place(max(found.span.end, found.span.start))
        properties += [f"line={line}", f"col={column}", f"endLine={end_line}"]
        if end_line == line:
            properties.append(f"endColumn={end_column}")
    properties.append(f"title={_property(f'{found.code} {found.name}')}")
    text = "\n".join([found.message, *([f"hint: {found.hint}"] if found.hint else []), *found.notes])
    return f"::{found.severity} {','.join(properties)}::{_data(text)}"


def _data(text: str) -> str:
    lines = (safe(line) for line in text.replace("%", "%25").split("\n"))
    return "%0A".join(lines)


def _property(text: str) -> str:
    return safe(text.replace("%", "%25")).replace(":", "%3A").replace(",", "%2C")
