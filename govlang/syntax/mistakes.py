"""What a broken line should have said, in the language's own words.

In: the place where the parser stopped, the word it met and the terminals it could have taken. Out: one `Diagnostic` that
says what is wrong and what could have stood there, sorted, never in parser jargon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from govlang.diagnostics import Diagnostic, did_you_mean
from govlang.source import Source, Span
from govlang.syntax.lalr import Parser

KINDS = {
    "NAME": "a Defined Term",
    "WORD": "a fact such as amount",
    "DATE": "a date such as 2026-03-31",
    "MONEY": "an amount such as 50,000 EUR",
    "PERCENT": "a percentage",
    "FRACTION": "a fraction such as 2/3",
    "NUMBER": "a number",
    "STRING": 'text in "quotes"',
    "CITE": "a [clause number]",
    "TITLE": "a title",
    "PHRASE": "words to look for in the answer",
    "COUNT_WORD": "two",
    "ORDINAL": "thirds",
    "PERSONS_WORD": "persons",
    "HOURS": "hours", "DAYS": "days", "WEEKS": "weeks", "MONTHS": "months", "YEARS": "years",
    "ARE": "is",
    "_NL": "the end of the line",
    "_INDENT": "lines indented under it",
    "_DEDENT": "the end of the block",
    "$END": "the end of the clause",
}  # fmt: skip

_WORD = re.compile(r"[^\s,()]+")


def spell(parser: Parser, terminals: Iterable[str]) -> list[str]:
    """Terminal names as words of the language, sorted and without repeats."""
    return sorted({KINDS.get(name) or parser.spelling[name] for name in terminals if name in KINDS or name in parser.spelling})


def diagnose(source: Source, at: int, kind: str, token: str, allowed: list[str], end: int) -> Diagnostic:
    """The diagnostic for an unexpected word `token` of terminal `kind` at offset `at`."""
    line, column = source.place(at)
    text = source.line_text(line)
    start_of_line = at - (column - 1)
    met = _WORD.match(text, column - 1)
    word = met.group() if met else ""
    span = Span(at, at + max(len(word), 1))
    if kind in ("_NL", "_DEDENT", "$END") or not word:
        span = Span(start_of_line + len(text.rstrip()), start_of_line + len(text.rstrip()) + 1)
        if kind == "_INDENT" or "lines indented under it" in allowed:
            return Diagnostic("GL001", "this line needs lines indented under it", source, span, _could(allowed))
        return Diagnostic("GL001", "this line stops too early", source, span, _could(allowed))
    if kind == "_INDENT":
        return Diagnostic("GL001", "no lines may be indented under the line above", source, span, "move it to the margin "
                          "of its block, or remove it")  # fmt: skip
    special = _special(source, text, word, kind, span)
    if special is not None:
        return special
    hint = did_you_mean(word, [item for item in allowed if " " not in item]) or _could(allowed)
    first = text.strip().startswith(word) and text[: column - 1].strip() == ""
    place = "cannot start a line here" if first else "cannot stand here"
    notes = (_could(allowed),) if hint != _could(allowed) and allowed else ()
    return Diagnostic("GL001", f"'{word}' {place}", source, span, hint, notes)


def _special(source: Source, text: str, word: str, kind: str, span: Span) -> Diagnostic | None:
    words = text.split()
    if word in ("and", "or") and ("and" in words) and ("or" in words):
        return Diagnostic(
            "GL010", "'and' and 'or' are mixed on one line", source, span,
            "put one pair in parentheses, or use an `any of` or `all of` block",
        )  # fmt: skip
    if word in ('"', "“", "”", "„") or word.startswith('"'):
        return Diagnostic("GL001", "this text has no closing quote", source, span, 'close it with " on the same line')
    if word.startswith("`"):
        return Diagnostic(
            "GL001", "this name has no closing backquote", source, span, "close it with ` on the same line"
        )
    return None


def _could(allowed: list[str]) -> str:
    if not allowed:
        return "nothing more may stand here"
    shown = allowed[:12]
    more = f" or {len(allowed) - 12} others" if len(allowed) > 12 else ""
    if len(shown) == 1:
        return f"here could stand {shown[0]}"
    joined = ", ".join(shown[:-1])
    return f"here could stand {joined}{', ' if more else ' or '}{shown[-1]}{more}"
