"""Records on disk: minute books and JSON lines, one or several, read into one history.

In: paths, and the agreement they are the record of. Out: a `Book`: deeds in order of time, each with the file it came from,
and what was wrong with the files. A file whose name ends in `.jsonl` or `.ndjson` is JSON lines, any other a minute book.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from govlang.diagnostics import Diagnostic
from govlang.frozen import dataclass
from govlang.model.nodes import Agreement
from govlang.pipeline import read
from govlang.record import calendar, jsonl, minutes
from govlang.record.history import History
from govlang.source import Source
from govlang.syntax import nodes as n
from govlang.syntax.parse import LARGEST_FILE, parse_entries

JSON_LINES = (".jsonl", ".ndjson")
LARGEST_LINES = 400_000_000  # some three million events; each line is read by itself


@dataclass(frozen=True, slots=True)
class Entry:
    """A deed and the file that records it; no file for one that is only asked about."""

    deed: n.Deed
    source: Source | None


@dataclass(frozen=True, slots=True)
class Book:
    """Everything on record. `unreadable` says that a file could not be read at all."""

    entries: tuple[Entry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def unreadable(self) -> bool:
        return any(found.code in ("GL003", "GL004") or (found.code == "GL005" and found.span.end == 0)
                   for found in self.diagnostics)  # fmt: skip

    def last(self, agreement: Agreement) -> n.Moment | None:
        """The last moment on record."""
        moments = [calendar.localise(entry.deed.at, agreement.header) for entry in self.entries]
        return max(moments, key=lambda moment: moment.end) if moments else None

    def proposals(self) -> dict[str, n.Deed]:
        """What was proposed, by name, in the order of the record."""
        found: dict[str, n.Deed] = {}
        for entry in self.entries:
            if entry.deed.kind in ("propose", "raise") and entry.deed.target is not None:
                found.setdefault(entry.deed.target.text, entry.deed)
        return found


def read_book(path: str | Path, agreement: Agreement | None) -> Book:
    """One file."""
    source, problems = read(path)
    if problems:
        return Book((), problems)
    largest = LARGEST_LINES if source.name.endswith(JSON_LINES) else LARGEST_FILE
    if len(source.text) > largest:
        message = f"the record is larger than {largest // 1_000_000} million characters"
        return Book((), (Diagnostic("GL005", message, Source(source.name, ""), hint="split it by year"),))
    if source.name.endswith(JSON_LINES):
        deeds, found = jsonl.parse(source, agreement)
    else:
        deeds, found = parse_entries(source)
    return Book(tuple(Entry(deed, source) for deed in deeds), found)


def read_books(paths: Iterable[str | Path], agreement: Agreement) -> Book:
    """Several files; with more than one, their events are put in order of time, and in the order of the files within a day."""
    books = [read_book(path, agreement) for path in paths]
    entries = [entry for book in books for entry in book.entries]
    if len(books) > 1:
        entries.sort(key=lambda entry: calendar.localise(entry.deed.at, agreement.header).start)
    return Book(tuple(entries), tuple(found for book in books for found in book.diagnostics))


def with_deed(book: Book, deed: n.Deed, agreement: Agreement) -> Book:
    """The book with one more deed, after everything that is recorded up to its time."""
    at = calendar.localise(deed.at, agreement.header)
    place = len(book.entries)
    while place and calendar.localise(book.entries[place - 1].deed.at, agreement.header).start > at.end:
        place -= 1
    entries = (*book.entries[:place], Entry(deed, None), *book.entries[place:])
    return Book(entries, book.diagnostics)


def until(book: Book, agreement: Agreement, now: datetime) -> Book:
    """The book as it was known at an instant: what is recorded of later days (an office given up) says nothing yet."""
    kept = (entry for entry in book.entries if calendar.localise(entry.deed.at, agreement.header).start <= now)
    return Book(tuple(kept), book.diagnostics)


def history(book: Book, agreement: Agreement) -> History:
    """The history that a book tells; its messages name the file that each event came from."""
    found = History(agreement, ())
    for entry in book.entries:
        found.source = entry.source
        found.take(entry.deed)
    return found


def written(book: Book, form: str) -> str:
    """A book as JSON lines (`jsonl`) or as a minute book (`minutes`)."""
    deeds = [entry.deed for entry in book.entries]
    return "".join(f"{jsonl.line(deed)}\n" for deed in deeds) if form == "jsonl" else minutes.write(deeds)


def agreement_beside(record: str | Path) -> str:
    """The agreement that a record belongs to, by its place and name: the one in the same folder whose name the record's begins with
    (`alliance-2026.minutes` belongs to `alliance.gov.md`), the longest such name; else the only one there. Empty, if none is."""
    path = Path(record)
    folder = path.parent
    try:
        there = sorted(each for each in folder.iterdir() if each.name.endswith((".gov", ".gov.md")) and each.is_file())
    except OSError:
        return ""
    stem = path.name.partition(".")[0]
    stems = {each.name.partition(".")[0]: each for each in there}
    fitting = [name for name in stems if stem == name or stem.startswith((f"{name}-", f"{name}_"))]
    if fitting:
        return str(stems[max(fitting, key=len)])
    return str(there[0]) if len(there) == 1 else ""
