"""What is due, where it stands, how far there is trust: the public questions over an agreement and its record.

In: an agreement and records, loaded or by their paths. Out: the plain answers of `tools.due`, `tools.status` and
`tools.scorecard`. All raise `NoAnswer` where the agreement is not sound, a record cannot be read, or a name or a day is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from govlang.pipeline import Loaded, load
from govlang.tools import books, due as listing, scorecard, status as standing
from govlang.tools.books import Book
from govlang.tools.due import Due
from govlang.tools.scorecard import Scorecard
from govlang.tools.status import Status

Agreement = Loaded | str | Path
Records = str | Path | Iterable[str | Path]


def due(agreement: Agreement, record: Records = (), *, on: str = "", until: str = "", who: str = "") -> Due:
    """What is due on a day (the last on record, if none is given) and until another (90 days on), for everybody or for one."""
    loaded, book = _opened(agreement, record)
    return listing.due(loaded, book, on, until, who)


def status(agreement: Agreement, record: Records = (), *, on: str = "") -> Status:
    """Where the agreement stands on a day: its term, seats, open proposals, disputes, duties."""
    loaded, book = _opened(agreement, record)
    return standing.status(loaded, book, on)


def trust(agreement: Agreement, record: Records = (), *, on: str = "", party: str = "") -> Scorecard:
    """The scorecard of trust on a day, of every party or of one."""
    loaded, book = _opened(agreement, record)
    return scorecard.scorecard(loaded, book, on, party)


def _opened(agreement: Agreement, record: Records) -> tuple[Loaded, Book]:
    loaded = agreement if isinstance(agreement, Loaded) else load(agreement)
    paths = [record] if isinstance(record, str | Path) else list(record)
    return loaded, books.read_books(paths, loaded.agreement)
