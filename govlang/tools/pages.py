"""`explain`: the page of a message.

In: a code (`GL101`, `101`) or a message's name (`unknown-name`). Out: its page, from the installed package or, in a checkout,
from `docs/errors`.
"""

from __future__ import annotations

from pathlib import Path

from govlang.codes import CODES
from govlang.diagnostics import did_you_mean
from govlang.tools.questions import NoAnswer


def find(wanted: str) -> str:
    """The code that is meant. Raises NoAnswer."""
    text = wanted.strip()
    code = text.upper() if text.upper().startswith("GL") else f"GL{text}"
    if code in CODES:
        return code
    named = {entry.name: code for code, entry in CODES.items()}
    if text.casefold() in named:
        return named[text.casefold()]
    hint = did_you_mean(text.upper() if text[:2].upper() == "GL" else text, [*CODES, *named])
    raise NoAnswer(f"there is no message '{text}'", hint or "codes look like GL101")


def page(wanted: str) -> str:
    """The page of a message, as Markdown. Raises NoAnswer."""
    code = find(wanted)
    package = Path(__file__).parents[1]
    for folder in (package / "errors", package.parent / "docs" / "errors"):
        path = folder / f"{code}.md"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    entry = CODES[code]
    return f"# {code} {entry.name}\n\n{entry.severity}: {entry.meaning}\n"
