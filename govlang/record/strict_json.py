"""JSON as an agreement's record needs it: exact numbers, every key once, nothing unseen.

In: text. Out: a value made of dict, list, str, bool, None, int and Decimal (never float), or `BadJson` with one sentence, a
hint and, where it is known, the offset. Deep nesting, huge numbers, NaN, repeated keys and unseen characters are refused.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from typing import Any, NoReturn

from govlang.frozen import dataclass
from govlang.source import Span

LONGEST_NUMBER = 40
MOST_DIGITS = 30
DEEPEST = 8

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

Value = dict[str, "Value"] | list["Value"] | str | bool | int | Decimal | None


class BadJson(ValueError):
    """Text that is not the JSON that is wanted. `at` is an offset into it, or -1; `key` the key that is wrong, if one is."""

    def __init__(self, message: str, hint: str, at: int = -1, code: str = "", key: str = "") -> None:
        super().__init__(message)
        self.message, self.hint, self.at, self.code, self.key = message, hint, at, code, key


@dataclass(frozen=True, slots=True)
class Place:
    """Where a JSON text stands in its file, so that messages can point into it."""

    text: str
    start: int = 0

    def whole(self) -> Span:
        return Span(self.start, self.start + len(self.text))

    def key(self, key: str) -> Span:
        """A key, or the whole text if it is not found as written."""
        found = re.search(re.escape(json.dumps(key, ensure_ascii=False)) + r"(?=\s*:)", self.text)
        return Span(self.start + found.start(), self.start + found.end()) if found else self.whole()

    def words(self, words: str) -> Span:
        """A text in quotes, or the whole text if it is not found as written."""
        quoted = f'"{words}"' if '"' not in words and "\\" not in words else json.dumps(words, ensure_ascii=False)
        at = self.text.find(quoted)
        return Span(self.start + at, self.start + at + len(quoted)) if at >= 0 else self.whole()

    def of(self, error: BadJson) -> Span:
        """What an error is about."""
        if error.at >= 0:
            at = self.start + min(error.at, max(len(self.text) - 1, 0))
            return Span(at, at + 1)
        return self.key(error.key) if error.key else self.whole()


def read(text: str) -> Value:
    """The value of a JSON text. Raises BadJson."""
    try:
        value: Value = _decoder().decode(text)
    except json.JSONDecodeError as error:
        raise BadJson(f"this is not JSON: {_in_words(error)}", "check quotes, commas and brackets", error.pos) from None
    except RecursionError:
        raise _too_deep() from None
    plain = "\\" not in text and text.count("{") + text.count("[") <= DEEPEST and not _UNSEEN.search(text)
    if not plain:  # otherwise nothing unseen is in any text of it, and it cannot be nested too deep
        _check(value, 0)
    return value


@cache
def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=_object, parse_float=_decimal, parse_int=_whole, parse_constant=_no_constant, strict=True
    )


def _in_words(error: json.JSONDecodeError) -> str:
    known = {
        "Expecting value": "a value is missing", "Expecting ',' delimiter": "a comma is missing",
        "Expecting ':' delimiter": "a colon is missing", "Unterminated string starting at": "a text has no closing quote",
        "Expecting property name enclosed in double quotes": 'a key in "quotes" is missing',
        "Illegal trailing comma before end of object": "a comma stands before the closing bracket",
        "Illegal trailing comma before end of array": "a comma stands before the closing bracket",
        "Extra data": "something follows after its end", "Invalid control character at": "a text holds a control character",
        "Invalid \\escape": "a backslash stands before a letter that cannot follow it",
        "Invalid \\uXXXX escape": "\\u needs four hexadecimal digits",
    }  # fmt: skip
    return known.get(error.msg.removesuffix(": "), error.msg[:1].lower() + error.msg[1:])


def _too_deep() -> BadJson:
    return BadJson("the brackets are nested too deep", "write facts as plain values", code="GL005")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadJson(f"the key '{_shown(key)}' stands twice", "keep one of the two", key=key)
        found[key] = value
    return found


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if len(text) > LONGEST_NUMBER or (value and abs(value.adjusted()) > MOST_DIGITS):
        raise _too_long(text)
    return value


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise _too_long(text)
    return int(text)


def _too_long(text: str) -> BadJson:
    return BadJson(f"the number {text[:12]}... is too long", f"use at most {MOST_DIGITS} digits")


def _no_constant(text: str) -> NoReturn:
    raise BadJson(f"{text} is not a number", "leave the fact out if its value is not known")


def _check(value: Value, depth: int) -> None:
    if depth > DEEPEST:
        raise _too_deep()
    if isinstance(value, str):
        _seen(value)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            _seen(key)
            _check(item, depth + 1)


def _seen(text: str) -> None:
    match = _UNSEEN.search(text)
    if match:
        raise BadJson(f"a text holds an unseen character (U+{ord(match.group()):04X})", "take it out", code="GL006")


def _shown(text: str) -> str:
    return _UNSEEN.sub("?", text)[:60]
