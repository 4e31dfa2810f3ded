"""Runs as Markdown: words that no reader of Markdown can take for markup.

In: runs, and where links lead. Out: one line of CommonMark in which every character of the words is meant as itself. It is
written for CommonMark, GitHub and Python-Markdown at once: backslashes only where all three know them, character references for
the rest. What is active only in extensions (mathematics, `{{ }}` of a template, footnotes, bare addresses) is quiet as well. One
thing cannot be helped: GitHub makes a mailbox that stands in the words (`a@example.org`) a link to itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from urllib.parse import quote

from govlang.report.document.escape import address, plain
from govlang.tools.document.blocks import Cite, Code, Emphasis, Link, Run, Runs, Strong, Term

Linker = Callable[[str, str], str]
"""Where a page (and an anchor on it) is found; an empty text where there is nothing to link to."""

_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_NAMED = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_BACKSLASHED = frozenset("\\`*_[]#+!")
_ACTIVE = re.compile(
    r"[\\`*_\[\]<{$~^|]"  # emphasis, code, links, tags, templates, mathematics, cells
    r"|&(?=[#\w])"  # a character reference, finished or not
    r"|:(?=//|[\w+-]+:)|(?<=\bwww)\."  # bare addresses, short names of pictures
    r"|(?<=[=+])[=+]|[=+](?=[=+])"  # ==marked== ++keys++
    r"|\#(?=\#*\s*\Z)"  # what closes a heading
)
_NUMBER = re.compile(r"(\d+)([.)])(?=\s|\Z)")
_START = frozenset("-+!#")
_START_REFERENCE = frozenset("=:?/>")
_SHIELD = re.compile(r"[\s()<>\[\]\\`|{}\"'*]")


def nowhere(page: str, anchor: str) -> str:
    """Links of a text that stands alone: none."""
    return ""


def words(text: str) -> str:
    """Words in the middle of a line."""
    return _ACTIVE.sub(lambda found: _shown(found.group()), one_line(text))


def one_line(text: str) -> str:
    """Words without line breaks and without what no page can show."""
    return _BREAKS.sub(" ", plain(text))


def _shown(character: str) -> str:
    return f"\\{character}" if character in _BACKSLASHED else _NAMED.get(character, f"&#{ord(character)};")


def begins(line: str) -> str:
    """A line of words, so that its beginning starts no list, heading, quotation or the like."""
    if not line:
        return ""
    if line[0] in _START:
        return f"\\{line}"
    if line[0] in _START_REFERENCE:
        return f"{_shown(line[0])}{line[1:]}"
    return _NUMBER.sub(r"\1\\\2", line, count=1) if line[0].isdigit() and _NUMBER.match(line) else line


def line(runs: Runs, link: Linker = nowhere, cell: bool = False) -> str:
    """Runs as one line that may stand at the beginning of a block."""
    pieces = [_piece(run, link, cell) for run in _merged(runs)]
    pieces = [(mark, text) for mark, text in pieces if text]
    found = ""
    bare = not pieces or pieces[0][0] == ""
    for index, (mark, text) in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else ("", "")
        inner = text.strip()
        before, _, behind = text.partition(inner) if inner else (text, "", "")
        if mark and not _stands_out(found + before, inner, behind + (after[0] or after[1])):
            bare = bare or index == 0
            mark = ""
        if text[0] == "[" and found.endswith("!"):
            found = f"{found[:-1]}\\!"  # or the link would be a picture
        found += f"{before}{mark}{inner}{mark}{behind}"
    found = found.strip()
    return begins(found) if bare and not cell else found


def emphasised(text: str) -> str:
    """Words of our own or of the agreement that stand out, alone in their line."""
    return line((Strong(text),))


def _merged(runs: Iterable[Run]) -> list[Run]:
    """Runs in which what stands out alike and stands together is one."""
    found: list[Run] = []
    for run in runs:
        if not one_line(run.text):
            continue
        last = found[-1] if found else None
        if isinstance(run, Strong | Emphasis | Code) and type(last) is type(run):
            found[-1] = type(run)(last.text + run.text)
        else:
            found.append(run)
    return found


def _piece(run: Run, link: Linker, cell: bool) -> tuple[str, str]:
    """What stands around a run, and the run."""
    match run:
        case Strong(text):
            return "**", words(text)
        case Emphasis(text):
            return "*", words(text)
        case Code(text):
            return "", _code(text, cell)
        case Term() | Cite():
            return "", _link(run.text, link(run.page, run.anchor))
        case Link(text, page, anchor, web):
            return "", _link(text, link(page, anchor) if page else address(web))
        case _:
            return "", words(run.text)


def _stands_out(before: str, text: str, after: str) -> bool:
    """Whether emphasis is read as such between what stands before and behind it (CommonMark's flanking rule)."""
    left, right = before[-1:], after[:1]
    if not text or left == "*" or right == "*":
        return False
    opens = not _punctuation(text[0]) or not left or left.isspace() or _punctuation(left)
    closes = not _punctuation(text[-1]) or not right or right.isspace() or _punctuation(right)
    return opens and closes


def _punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _code(text: str, cell: bool) -> str:
    """Words of the language. Where a reader may look for tags or cells inside of code, they stand as plain words."""
    whole = one_line(text)
    said = " ".join(whole.split())
    if not said:
        return whole
    before, behind = (" " if part.isspace() else "" for part in (whole[0], whole[-1]))
    return f"{before}{_code_span(said, cell)}{behind}"


def _code_span(said: str, cell: bool) -> str:
    if "<" in said or "{" in said or "\\" in said or (cell and "|" in said):
        return words(said)
    longest = max((len(ticks) for ticks in re.findall("`+", said)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {said} {fence}" if longest else f"{fence}{said}{fence}"


def _link(text: str, target: str) -> str:
    said = words(text)
    if not target or not said.strip():
        return said
    inner = said.strip()
    before, _, behind = said.partition(inner)
    shielded = _SHIELD.sub(lambda found: quote(found.group(), safe=""), target).replace("&", "&amp;")
    return f"{before}[{inner}]({shielded}){behind}"
