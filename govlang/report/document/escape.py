"""Words as text of HTML or SVG: nothing that is said can become a tag, an attribute, a script, or turn the line around.

In: text from anywhere. Out: text for an element or a quoted attribute; an address only if it leads to the web or to a mailbox.
"""

from __future__ import annotations

import re
from urllib.parse import quote

# Control characters, halves of characters, and what is no character at all: HTML has no way to say them.
_NOTHING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
# Marks that make the letters behind them run the other way. They are named, so that a reader sees that something was hidden.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPECIAL = re.compile("[&<>\"'\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}

_ADDRESS = re.compile(r"(?:https?://[^/?#\\]|mailto:[^/?#\\])", re.IGNORECASE)


def plain(words: str) -> str:
    """The words without characters that a page cannot show, and with hidden turns of direction named."""
    if not _SPECIAL.search(words):
        return words
    return _TURNS.sub(lambda found: f"\\u{ord(found.group()):04x}", _NOTHING.sub("", words))


def escaped(words: str) -> str:
    """Words for an element, or for an attribute in quotes."""
    if not _SPECIAL.search(words):
        return words
    return "".join(_ENTITIES.get(char, char) for char in plain(words))


def one_line(words: str) -> str:
    """Words for an attribute that is read out: no line breaks."""
    return escaped(" ".join(words.split()))


def address(given: str) -> str:
    """An address on the web or of a mailbox, to be escaped like any words; nothing for any other kind (`javascript:`, a file)."""
    cleaned = _NOTHING.sub("", _TURNS.sub("", given)).strip()
    if not _ADDRESS.match(cleaned):
        return ""
    return quote(cleaned, safe="%/:=&?~#+!$,;'@()*[]-._")
