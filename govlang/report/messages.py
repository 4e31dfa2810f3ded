"""Diagnostics as text: the place, the message, the line with its words underlined, what to do.

In: `Diagnostic`s. Out: lines. Only the window of a long line that the message is about is shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from govlang.diagnostics import Diagnostic
from govlang.report.text import WIDTH, Style, plural, safe, wrapped

_COLOURS = {"error": "red", "warning": "yellow"}
WINDOW = 96


def show(found: Diagnostic, style: Style) -> str:
    """One diagnostic."""
    found = found.located()
    name, line, column = found.place()
    place = f"{safe(name)}:{line}:{column}: " if has_place(found) else f"{safe(name)}: " if name else ""
    severity = style(found.severity, "bold", _COLOURS[found.severity])
    message = wrapped(found.message, "", width=10_000)[0]
    lines = [f"{style(place, 'bold')}{severity} {found.code} {found.name}: {message}"]
    if has_place(found):
        lines.extend(_excerpt(found, line, column, style))
    if found.hint:
        lines.extend(wrapped(found.hint, "  hint: ", "        "))
    for note in found.notes:
        lines.extend(wrapped(note, "  note: ", "        "))
    lines.append(style(f"  see:  govlang explain {found.code}", "dim"))
    return "\n".join(lines)


def has_place(found: Diagnostic) -> bool:
    """Whether a message is about a place in a text (and not about a whole file)."""
    return found.source is not None and bool(found.source.text)


def _excerpt(found: Diagnostic, line: int, column: int, style: Style) -> list[str]:
    assert found.source is not None
    text = found.source.line_text(line)
    start = min(column - 1, len(text))
    length = max(1, min(found.span.end - found.span.start, len(text) - start))
    left = max(0, start - WINDOW // 2) if len(text) > WINDOW else 0
    shown = text[left : left + WINDOW].replace("\t", " ")
    before = safe(shown[: start - left])
    marked = safe(shown[start - left : start - left + length])
    after = safe(shown[start - left + length :])
    gutter = f"{line:>6} | "
    lead, trail = "... " if left else "", " ..." if left + WINDOW < len(text) else ""
    pad = " " * (_columns(before) + len(lead))
    carets = "^" * max(1, _columns(marked))
    return [
        f"{style(gutter, 'dim')}{lead}{before}{marked}{after}{trail}",
        f"{style('       | ', 'dim')}{pad}{style(carets, 'bold', _COLOURS[found.severity])}",
    ]


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def show_all(found: Iterable[Diagnostic], style: Style) -> str:
    """Diagnostics one after another, with an empty line between them."""
    return "\n\n".join(show(item, style) for item in found)


def summary(found: Iterable[Diagnostic], files: int) -> str:
    """How many files were checked and what was found."""
    items = list(found)
    errors = sum(item.severity == "error" for item in items)
    warnings = len(items) - errors
    said = [plural(errors, "error")] if errors else []
    said += [plural(warnings, "warning")] if warnings else []
    return f"{plural(files, 'agreement')} checked: {' and '.join(said) or 'nothing to report'}"


__all__ = ["WIDTH", "has_place", "show", "show_all", "summary"]
