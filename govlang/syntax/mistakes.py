"""What a broken line should have said, in the language's own words.

In: the place where the parser stopped, the word it met and the terminals it could have taken. Out: one `Diagnostic` that
says what is wrong and what could have stood there, sorted, never in parser jargon.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

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
_HEAD = re.compile(r"(?:party|person|role|body|decision|agreement|scenario) (\S.*)\Z")
_GROUP = re.compile(r"(?:\b(?:by|of|in|every|any|all|and|or|except)|,) ([^\W\d_][\w-]*) \Z")
_SIGNS = {":": "a colon", ",": "a comma", "(": "(", ")": ")"}


def spell(parser: Parser, terminals: Iterable[str]) -> list[str]:
    """Terminal names as words of the language, sorted and without repeats."""
    return sorted({KINDS.get(name) or parser.spelling[name] for name in terminals if name in KINDS or name in parser.spelling})


def diagnose(
    source: Source, at: int, kind: str, token: str, allowed: list[str], end: int, keywords: Collection[str] = ()
) -> Diagnostic:
    """The diagnostic for an unexpected word `token` of terminal `kind` at offset `at`."""
    line, column = source.place(at)
    text = source.line_text(line)
    if allowed == ["lines indented under it"]:
        return _needs_block(source, at, line, text[: column - 1])
    if kind == "_INDENT":
        return _bad(source, Span(at, at + 1), "no lines may be indented under the line above",
                    "move it to the margin of its block, or remove it")  # fmt: skip
    met = _WORD.match(text, column - 1)
    word = met.group() if met else text[column - 1 : column]
    if kind in ("_NL", "_DEDENT", "$END") or not word:
        return _stops_early(source, at, line, allowed, _clause(source, line))
    return _misplaced(source, at, text, column - 1, kind, word, allowed, keywords, _clause(source, line))


def _clause(source: Source, line: int) -> str:
    """The word that the clause around a line begins with, such as `body`."""
    while line > 1 and source.line_text(line)[:1] in (" ", "#", ""):
        line -= 1
    return source.line_text(line).partition(" ")[0]


def _bad(source: Source, span: Span, message: str, hint: str, notes: tuple[str, ...] = ()) -> Diagnostic:
    return Diagnostic("GL001", message, source, span, hint, notes)


def _needs_block(source: Source, at: int, line: int, before: str) -> Diagnostic:
    """A line that opens a block, and nothing is indented under it: the place is that line."""
    while not before.strip() and line > 1:
        line -= 1
        before = source.line_text(line).partition(" #")[0]
        if before.strip().startswith("#"):
            before = ""
    offset = source.text.rfind("\n", 0, at) if line == source.place(at)[0] else at
    while source.place(max(offset, 0))[0] > line:
        offset = source.text.rfind("\n", 0, offset)
    start = source.text.rfind("\n", 0, max(offset, 0)) + 1
    span = Span(start + len(before) - len(before.lstrip()), start + len(before.rstrip()))
    return _bad(source, span, "this line needs lines indented under it",
                "write what belongs to it on the next line, indented by two more spaces")  # fmt: skip


def _stops_early(source: Source, at: int, line: int, allowed: list[str], clause: str) -> Diagnostic:
    start = at - (source.place(at)[1] - 1)
    text = source.line_text(line)
    end = start + len(text.partition(" #")[0].rstrip())
    found = _special(source, text, "", Span(max(end - 1, start), end))
    if found is not None:
        return found
    from govlang.syntax import habits  # here, since most files have nothing to mend

    hint = habits.remedy(text.partition(" #")[0].rstrip(), end - start, clause)
    notes = (_could(allowed),) if hint else ()
    return _bad(source, Span(end, end + 1), "this line stops too early", hint or _could(allowed), notes)


def _misplaced(
    source: Source, at: int, text: str, column: int, kind: str, word: str, allowed: list[str], keywords: Collection[str],
    clause: str,
) -> Diagnostic:  # fmt: skip
    """A word that cannot stand where it does: the likeliest reason first."""
    span = Span(at, at + len(word))
    found = _special(source, text, word, span)
    if found is not None:
        return found
    before = text[:column]
    could = _could(allowed)
    message = f"'{word}' cannot {'start a line' if not before.strip() else 'stand'} here"
    from govlang.syntax import habits, habits_deeds  # here, since most files have nothing to mend

    nested = before.strip() == "requires" and "approval" not in allowed  # it was read as a fact
    hint = habits.NESTED if nested else habits.sentence(text, column, clause)
    hint = hint or _case(word, kind, allowed) or habits.remedy(text, column, clause)
    close = "" if hint else did_you_mean(word, [item for item in allowed if " " not in item])
    hint = hint or "; ".join(each for each in (close, habits_deeds.act(text, allowed) if close else "") if each)
    if not hint:
        misread = _misread(before, keywords)
        if misread:
            fact, meant = misread
            start = at - (len(before) - before.rindex(fact))
            message = f"'{fact}' is read as a fact, and '{word}' cannot follow it"
            return _bad(source, Span(start, start + len(fact)), message, meant)
        hint = _name(text, before, word, allowed) or habits_deeds.act(text, allowed)
    notes = (could,) if hint and allowed else ()
    return _bad(source, span, message, hint or could, notes)


def _misread(before: str, keywords: Collection[str]) -> tuple[str, str] | None:
    """A misspelt keyword that was taken for a fact, and what it may have been meant to be."""
    words = before.split()
    if not words or not words[-1].isalpha() or words[-1] in keywords or not words[-1].islower():
        return None
    from difflib import get_close_matches

    close = get_close_matches(words[-1], sorted(keywords), n=1, cutoff=0.84)
    return (words[-1], f"did you mean '{close[0]}'?") if close else None


def _case(word: str, kind: str, allowed: list[str]) -> str:
    """Capital letters where small ones belong."""
    if not word[:1].isupper():
        return ""
    if word.casefold() in allowed:
        return f"keywords are written in lower-case letters: `{word.casefold()}`"
    if KINDS["WORD"] in allowed and KINDS["NAME"] not in allowed:
        return f"facts are written in lower-case letters: `{word.strip(':').casefold()}`"
    return ""


def _name(text: str, before: str, word: str, allowed: list[str]) -> str:
    """A name without its capital letters, a date that is none, a fact with an underscore."""
    if KINDS["DATE"] in allowed and word[:1].isdigit():
        return "write a date as year, month and day: 2026-01-31"
    if word.startswith("_") and before[-1:].isalpha():
        stem = before.split()[-1]
        return f"join the words of a fact by hyphens: `{stem.replace('_', '-')}{word.strip(':').replace('_', '-')}`"
    head = _HEAD.match(text)
    if head is not None and not text.startswith("scenario"):
        whole = head.group(1).rstrip()
        if before.strip() not in ("party", "person", "role", "body", "decision", "agreement"):
            return f"if this belongs to the name, put the whole name in backquotes: `{whole}`"
        return f"a defined term starts with a capital letter, or stands in backquotes: {_titled(whole)} or `{whole}`"
    group = _GROUP.search(before)
    if group is not None and word[:1].isalpha():
        both = f"{group.group(1)} {word}"
        return f"a defined term starts with a capital letter, or stands in backquotes: {_titled(both)} or `{both}`"
    if KINDS["NAME"] in allowed and not word[:1].isupper() and word[:1].isalnum():
        return f"a defined term starts with a capital letter, or stands in backquotes: {_titled(word)} or `{word}`"
    return ""


def _titled(words: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in words.split())


def _special(source: Source, text: str, word: str, span: Span) -> Diagnostic | None:
    words = text.split()
    if word in ("and", "or") and ("and" in words) and ("or" in words):
        return Diagnostic(
            "GL010", "'and' and 'or' are mixed on one line", source, span,
            "put one pair in parentheses, or use an `any of` or `all of` block",
        )  # fmt: skip
    if word.isspace() and word:
        return Diagnostic(
            "GL006", f"a space of another kind (U+{ord(word[0]):04X}) stands in the text", source, span,
            "put an ordinary space in its place; it may have come with a copy from another program",
        )  # fmt: skip
    plain = text.partition(" #")[0]
    if (word.startswith('"') or not word) and plain.count('"') % 2:
        return _bad(source, span, "this text has no closing quote", 'close it with " on the same line')
    if word.startswith("`") or (not word and plain.count("`") % 2):
        return _bad(source, span, "this name has no closing backquote", "close it with ` on the same line")
    if plain.count("(") > plain.count(")") and not word:
        return _bad(source, span, "this line has an open parenthesis", "close it with )")
    return None


def _could(allowed: list[str]) -> str:
    if not allowed:
        return "nothing more may stand here"
    shown = sorted(_SIGNS.get(item, item) for item in allowed)[:12]
    left = len(allowed) - len(shown)
    if len(shown) == 1:
        return f"here could stand {shown[0]}"
    if left:
        return f"here could stand {', '.join(shown)} or {left} {'other' if left == 1 else 'others'}"
    return f"here could stand {', '.join(shown[:-1])} or {shown[-1]}"
