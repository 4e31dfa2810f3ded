"""Several agreements on one page: who takes part in each, from when to when, how it stands.

In: documents, and where each begins. Out: a page of blocks, made of what each document says of itself in brief.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from govlang.backends.words import english
from govlang.report.document.values import as_of
from govlang.tools.document import blocks as b

KEY = "agreements"
_MOST_PARTIES = 6


def page(listed: Sequence[tuple[b.Document, str]], title: str) -> b.Page:
    """The page of a list of documents; each stands with the place that a link to it names."""
    columns = [(column, made) for column, made in _COLUMNS if any(made(document).runs for document, _ in listed)]
    rows = tuple(
        b.Row((b.Cell((b.Link(document.title, place),)), *(made(document) for _, made in columns))) for document, place in listed
    )
    table = b.Table(KEY, title, (b.Column("Agreement", "agreement"), *(column for column, _ in columns)), rows)
    count = english.counted(len(listed), "agreement")
    return b.Page("index", title, "", (table,), f"{count[:1].upper()}{count[1:]}, with who takes part in each and how it stands.")


# ---------------------------------------------------------------- what is said of each


def contents(brief: b.Brief) -> str:
    """62 clauses, 18 decisions, 5 duties."""
    return ", ".join(f"{count:,} {name if count == 1 else english.plural(name)}" for name, count in brief.counts)


def wrong(brief: b.Brief) -> str:
    """2 errors, 1 warning; nothing where all is well."""
    counted = ((brief.errors, "error"), (brief.warnings, "warning"))
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in counted if count)


def _words(words: str, kind: str = "") -> b.Cell:
    return b.Cell((b.Text(words),) if words else (), None, kind)


def _parties(document: b.Document) -> b.Cell:
    names = document.brief.parties
    if len(names) > _MOST_PARTIES:
        names = (*names[: _MOST_PARTIES - 1], f"{len(names) - _MOST_PARTIES + 1} others")
    return _words(english.listed(names) if names else "")


def _starts(document: b.Document) -> b.Cell:
    day = document.brief.starts
    return b.Cell((b.Text(english.day(day)),), day) if day is not None else _words("")


def _ends(document: b.Document) -> b.Cell:
    day = document.brief.ends
    return b.Cell((b.Text(english.day(day)),), day) if day is not None else _words("")


def _status(document: b.Document) -> b.Cell:
    said = document.brief.status
    if not said or document.on is None:
        return _words("")
    return _words(f"{said} on {as_of(document.on)}", "good" if said == "in force" else "ended" if said == "ended" else "pending")


def _state(document: b.Document) -> b.Cell:
    said = wrong(document.brief)
    if not said:
        return _words("no errors", "sound")
    if not document.sound:
        return b.Cell((b.Text(said),), None, "error")
    return _words(said, "warning")


_COLUMNS: tuple[tuple[b.Column, Callable[[b.Document], b.Cell]], ...] = (
    (b.Column("Parties", "parties"), _parties),
    (b.Column("Version", "version"), lambda document: _words(document.version)),
    (b.Column("From", "from", "date"), _starts),
    (b.Column("Until", "until", "date"), _ends),
    (b.Column("Holds", "contents"), lambda document: _words(contents(document.brief))),
    (b.Column("State", "state"), _status),
    (b.Column("Text", "text"), _state),
)
