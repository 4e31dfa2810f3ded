"""What no sentence of the words back end may look like: slips of grammar and words of the language that are no English.

In: a sentence. Out: what is wrong with it, in words. Shared by the tests of all sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlang.backends.words.statement import Statement

_QUOTED = re.compile(r"“[^”]*”")
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|[1-9]\\d+"
_COUNTED = "hour|day|week|month|year|vote|member|party|person|answer|seat|proxy|proposal"
_HYPHENED = {
    "e-mail", "non-exclusive", "non-exclusively", "solid-state",
}  # fmt: skip

# What is wrong, and how it looks (outside of quoted words, unless said otherwise).
_SLIPS = (
    ("a for an", r"(?<![\w-])[Aa] (?!uni(?!n|m)|use|usu|eu|one\b|once)[aeiou]\w*"),
    ("an for a", r"(?<![\w-])[Aa]n (?!hour|honest|heir)(?:[b-df-hj-np-tv-z]\w*|uni(?!n|m)\w*|use\w*|one\b)"),
    ("a word twice", r"\b(\w+) \1\b(?<!had had)(?<!that that)"),
    ("two articles", r"\b(?:the|a|an|every|any|each|no) (?:the|a|an|every)\b"),
    ("a singular after a number", rf"\b(?:{_NUMBERS}) (?:{_COUNTED})\b(?!')"),
    ("a plural after one", r"\b(?:[Oo]ne|1) (?:hours|days|weeks|months|years|votes|members|parties|persons|answers)\b"),
    ("a plural verb after every", r"(?<!of )\b(?:[Ee]very|[Ee]ach|[Aa]ny) (?:party|person|member) (?:are|have|do|were)\b"),
    ("a plural and is",
     r"(?<!number of )\b(?:parties|persons|members|Directors|votes) (?:is|has|does)\b(?! (?:not )?(?:above|below))"),
    ("a space too many", r"  | [,.;:]|\( | \)"),
    ("a mark twice", r",,|\.\.|;;|,\.|;\.|:\."),
    ("a date as written in the language", r"\b\d{4}-\d\d-\d\d\b"),
    ("money as written in the language", r"\d (?:EUR|USD|JPY|CHF)\b"),
    ("a duration as written in the language", r"\b1 (?:days|months|years)\b"),
    ("something of the program", r"None\b|\bobject at\b|<[a-z]|[{}\[\]\\]|\bnobody in particular\b|\bnothing in particular\b"),
)
_ENDS = re.compile(r"[.!?:]”?$")


def slips(text: str) -> Iterator[str]:
    """What is wrong with a sentence."""
    bare = _QUOTED.sub("“x”", text)
    for name, look in _SLIPS:
        found = re.search(look, bare, re.IGNORECASE if name in ("a word twice", "two articles") else 0)
        if found:
            yield f"{name}: '{found.group()}' in: {text}"
    for word in re.findall(r"(?<![\w-])[a-z]+(?:-[a-z]+)+(?![\w-])", bare):
        if word not in _HYPHENED and not re.search(rf"[\w.]@|/\S*{re.escape(word)}", text):
            yield f"a word of the language: '{word}' in: {text}"
    if not _ENDS.search(text):
        yield f"no end: {text}"
    if text[:1].islower():
        yield f"no capital: {text}"
    if text.count("“") != text.count("”") or text.count("(") != text.count(")"):
        yield f"quotes or brackets that do not close: {text}"
    if text != " ".join(text.split()):
        yield f"white space: {text!r}"


def every(said: Statement) -> Iterator[Statement]:
    """A statement and all that stands under it."""
    yield said
    for item in said.items:
        yield from every(item)


def lines(said: Statement, depth: int = 0) -> Iterator[str]:
    """A statement as lines of text, what stands under it indented."""
    yield f"{'  ' * depth}{said.text}"
    for item in said.items:
        yield from lines(item, depth + 1)
