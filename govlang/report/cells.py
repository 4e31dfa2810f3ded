"""Cells of CSV that no spreadsheet takes for a formula.

In: text of one cell. Out: the same text, harmless. What OWASP names is done (an apostrophe before a cell that begins with one of
`= + - @`, a tab or a carriage return), and two things more: the wide forms of these signs, which some programs read alike, and
the same after a semicolon, where programs set to a language that writes 0,5 begin a new cell.
"""

from __future__ import annotations

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_AFTER = re.compile(r"(;\s*)(?=[=+\-@＝＋－＠])")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    said = _AFTER.sub(r"\1'", cell) if ";" in cell else cell
    return f"'{said}" if said.startswith(FORMULA) else said
