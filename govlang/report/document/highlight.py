"""The language in colours: each word of a source in the class of its kind. The words and patterns are the grammar's own.

In: text of the language, a minute book, JSON. Out: escaped HTML with a span around each word that is more than a fact. There is
no colour for a mistake: what the grammar does not know stays plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from govlang.report.document.escape import escaped

# The terminals of the grammar that have a look, in the order in which they are tried.
_KINDS = {
    "CITE": "ref", "STRING": "string", "DATE": "value", "PERIOD": "value", "MONEY": "value", "PERCENT": "value",
    "FRACTION": "value", "NUMBER": "value", "NAME": "name",
}  # fmt: skip
_JSON = re.compile(r'(?P<name>"(?:[^"\\\n]|\\.)*"(?=\s*:))|(?P<string>"(?:[^"\\\n]|\\.)*")|(?P<value>-?\d[\d.eE+-]*)'
                   r"|(?P<word>\b(?:true|false|null)\b)")  # fmt: skip
# Behind these words the line is free text, and no word of it is the language's.
_FREE = re.compile(r"[ ]*(?:scenario|.*\b(?:missing|citing|counting|note))(?= )")


@cache
def _language() -> tuple[re.Pattern[str], frozenset[str]]:
    from govlang.syntax import tables

    parser = tables.parser()
    parts = [r"(?P<comment>(?:(?<=\s)|\A)#[^\n]*)"]
    parts += [f"(?P<{name}>{parser.patterns[name].pattern})" for name in _KINDS]
    parts.append(rf"(?P<word>{parser.patterns['WORD'].pattern})")
    return re.compile("|".join(parts)), frozenset(parser.words)


def lines(text: str, language: str) -> list[str]:
    """The lines of a source as HTML."""
    given = text.rstrip("\n").split("\n")
    if language in ("gov", "minutes"):
        return [_line(line) for line in given]
    if language == "json":
        return ["".join(_json(line)) for line in given]
    return [escaped(line) for line in given]


def _line(line: str) -> str:
    pattern, words = _language()
    free = _FREE.match(line)
    if free is None:
        return "".join(_words(line, pattern, words))
    head = "".join(_words(free.group(), pattern, words))
    return head + (_span("title", line[free.end() :]) if "scenario" in free.group() else escaped(line[free.end() :]))


def _words(line: str, pattern: re.Pattern[str], keywords: frozenset[str]) -> Iterator[str]:
    last = 0
    for match in pattern.finditer(line):
        kind = _KINDS.get(match.lastgroup or "", match.lastgroup)
        if kind == "word":
            if match.group() not in keywords:
                continue
            kind = "clause" if match.start() == 0 else "word"
        yield escaped(line[last : match.start()])
        yield _span(str(kind), match.group())
        last = match.end()
    yield escaped(line[last:])


def _json(line: str) -> Iterator[str]:
    last = 0
    for match in _JSON.finditer(line):
        yield escaped(line[last : match.start()])
        yield _span(str(match.lastgroup), match.group())
        last = match.end()
    yield escaped(line[last:])


def _span(kind: str, words: str) -> str:
    return f'<span class="gl-s-{kind}">{escaped(words)}</span>'
