"""`audit`: what did happen, replayed against the rules; every departure reported once, at its own event.

In: a loaded agreement, a book, the day to look back from. Out: an `Audit`. Deciding is not auditing: what was not permitted
happened all the same and takes effect, so that one bad entry does not spoil what comes after it. Nothing is judged here that is
not judged elsewhere: each module asks the part of the record that it is about, and words what it hears. Raises `NoAnswer`
where nothing can be audited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from govlang.codes import CODES
from govlang.diagnostics import Diagnostic, did_you_mean, ordered
from govlang.pipeline import Loaded, load
from govlang.record import calendar
from govlang.tools import books, questions
from govlang.tools.audit import amendments, assets, ballots, carried_out, disputes, endings, norms, outcomes, refused
from govlang.tools.audit.context import Context
from govlang.tools.audit.finding import Audit, Departure
from govlang.tools.books import Book
from govlang.tools.questions import NoAnswer


def audit(
    agreement: Loaded | str | Path, record: str | Path | Iterable[str | Path] = (), *, on: str = "", since: str = "",
    ignore: Iterable[str] = (),
) -> Audit:  # fmt: skip
    """The audit of a record, as of a day (the last one on record, unless said otherwise). Raises NoAnswer."""
    loaded = agreement if isinstance(agreement, Loaded) else load(agreement)
    paths = [record] if isinstance(record, str | Path) else list(record)
    return audit_book(loaded, books.read_books(paths, loaded.agreement), on=on, since=since, ignore=ignore)


def audit_book(loaded: Loaded, book: Book, *, on: str = "", since: str = "", ignore: Iterable[str] = ()) -> Audit:
    """The audit of a book that was read. Raises NoAnswer."""
    questions.sound(loaded)
    questions.trusted(loaded)
    questions.readable(book)
    moment = questions.day(on) if on else book.last(loaded.agreement)
    if moment is None:
        raise NoAnswer("there is nothing on record to audit", "name a record, or say --on which day nothing was done")
    header = loaded.agreement.header
    now = calendar.localise(moment, header).end
    begin = calendar.localise(questions.day(since), header).start if since else None
    if begin is not None and begin > now:
        raise NoAnswer(f"the audit would go back to {since}, which is after the day it looks from", "give an earlier --since")
    return _audit(loaded, book, now, begin, frozenset(ignore))


def known_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes to leave out, in capitals. Raises NoAnswer for one that there is not."""
    listed = tuple(code.strip().upper() for code in codes)
    for code in listed:
        if code not in CODES:
            raise NoAnswer(f"there is no code '{code}'", did_you_mean(code, CODES) or "see `govlang explain`")
    return listed


def _audit(loaded: Loaded, book: Book, now: datetime, since: datetime | None, ignore: frozenset[str]) -> Audit:
    context = Context(loaded, book, now)
    found = sorted(departures(context), key=lambda item: (item.at.start, item.span.start, item.code, item.subject, item.who))
    kept = [item for item in found if item.code not in ignore]
    shown = [item for item in kept if since is None or item.at.end >= since]
    header = context.history.in_force(now).header
    return Audit(
        loaded.agreement.name, header.version, loaded.text_hash, since, now, len(context.entries), context.left_out,
        len(kept) - len(shown), tuple(shown), tuple(_problems(context, book, ignore)),
    )  # fmt: skip


def departures(context: Context) -> Iterator[Departure]:
    """Every departure. What was done after the end, or by one who had left, is reported as that alone."""
    yield from endings.findings(context)
    for matter in context.matters():
        yield from carried_out.findings(context, matter)
        yield from outcomes.findings(context, matter)
        yield from ballots.findings(context, matter)
        yield from disputes.findings(context, matter)
    yield from assets.findings(context)
    yield from amendments.findings(context)
    yield from norms.findings(context)
    yield from refused.findings(context)


def _problems(context: Context, book: Book, ignore: frozenset[str]) -> Iterator[Diagnostic]:
    """What is wrong with the record itself; nothing about an event that a departure is about already."""
    told = [found for deed, found in context.told
            if found.code not in ("GL405", "GL414") and context.place(deed) not in context.flagged]  # fmt: skip
    yield from (found for found in ordered([*book.diagnostics, *told]) if found.code not in ignore)


__all__ = ["Audit", "Departure", "NoAnswer", "audit", "audit_book", "known_codes"]
