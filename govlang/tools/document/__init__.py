"""`document`: an agreement, and its record as of a day, as pages that people read.

In: a loaded agreement, a book, a day. Out: a `Document`: plain data, the same for every output (`report.document`). Nothing stands
in it that is not in the text or worked out from it; what rests on a clause links to it. Each view is one module with a function
`pages`; another view is one more module and one more name in `VIEWS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from govlang.pipeline import Loaded, load
from govlang.tools import books, questions
from govlang.tools.document import (
    audit,
    authority,
    clauses,
    decisions,
    disputes,
    due,
    duties,
    errors,
    glossary,
    ip,
    overview,
    people,
    raci,
    reviews,
    status,
    taken,
    text,
    trust,
    versions,
)
from govlang.tools.document.blocks import Document, Page
from govlang.tools.document.brief import brief
from govlang.tools.document.links import slug
from govlang.tools.document.settled import settled
from govlang.tools.document.subject import Recorded, Subject

View = Callable[[Subject], Iterator[Page]]

# In the order of the navigation; the overview, which lists them, is made last and stands first.
VIEWS: tuple[View, ...] = (
    text.pages, people.pages, authority.pages, raci.pages, decisions.pages, ip.pages, duties.pages, reviews.pages,
    disputes.pages, glossary.pages, clauses.pages, versions.pages, errors.pages, status.pages, due.pages, taken.pages,
    trust.pages, audit.pages,
)  # fmt: skip


def document(
    agreement: Loaded | str | Path, record: str | Path | Iterable[str | Path] = (), *, on: str = "", name: str = "",
    tested: bool = False,
) -> Document:
    """Every page of an agreement; with a record or a day, also what holds on that day (the last one on record, if none is given).
    `name` is what its address is made from; that of its file, if left out. `tested` also runs the scenarios, and says what they
    reach. Raises NoAnswer for a record that cannot be read or a day that is none. An agreement with errors gives the pages of what
    is sound, and a page of the errors."""
    loaded = agreement if isinstance(agreement, Loaded) else load(agreement)
    paths = [record] if isinstance(record, str | Path) else list(record)
    recorded = None
    if paths or on:
        book = books.read_books(paths, loaded.agreement)
        questions.readable(book)
        if loaded.sound and (on or book.last(loaded.agreement) is not None):
            recorded = Recorded(loaded, book, on, tuple(Path(path).name for path in paths))
    return made(Subject(loaded, recorded, tested=tested), name)


def made(subject: Subject, name: str = "") -> Document:
    """The document of a subject."""
    loaded = subject.loaded
    agreement, record = subject.agreement, subject.record
    others = [page for view in VIEWS for page in view(subject)]
    pages = (overview.page(subject, others), *others)
    return Document(
        slug(name or _stem(loaded.source.name)), Path(loaded.source.name).name, agreement.name, agreement.header.text,
        agreement.header.version, loaded.text_hash, pages if loaded.sound else settled(pages),
        record.now if record is not None else None, record.names if record is not None else (), loaded.sound,
        brief=brief(subject),
    )  # fmt: skip


def _stem(path: str) -> str:
    """A file's name without its endings."""
    return Path(path).name.partition(".")[0]
