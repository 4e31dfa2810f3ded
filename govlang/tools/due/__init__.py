"""`due`: what is due, from whom, by when.

In: a loaded agreement, its record, a day, and up to which day to look ahead. Out: `Due`: what is overdue first, then what is due
by day, then what is open without a day, each in the order of the text. Every state is that of its area (`record.norms`,
`record.judge`, `record.dispute_states`, `record.lifecycle`, `record.ip`); nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from govlang.diagnostics import Diagnostic, ordered
from govlang.frozen import dataclass
from govlang.pipeline import Loaded
from govlang.record import calendar
from govlang.record.calendar import LAST_YEAR
from govlang.record.happenings import day_after
from govlang.record.judge import Judge
from govlang.record.norms import Norms
from govlang.syntax import nodes as n
from govlang.tools import books
from govlang.tools.books import Book
from govlang.tools.due import agreement, matters, norms, people
from govlang.tools.due.items import KINDS, Asked, DueItem, Owner
from govlang.tools.questions import NoAnswer, day, readable, sound, trusted

AHEAD = 90  # days looked ahead, where nobody says how many


@dataclass(frozen=True, slots=True)
class Due:
    """What is due. `later` counts the events after the day asked about, which were left out; `recorded` is the last event that was
    not, and `events` how many there were."""

    agreement: str
    version: str
    text_hash: str
    on: datetime
    until: date
    who: str
    items: tuple[DueItem, ...]
    later: int = 0
    events: int = 0
    recorded: datetime | None = None
    time_zone: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def overdue(self) -> tuple[DueItem, ...]:
        return tuple(item for item in self.items if item.overdue)


def due(loaded: Loaded, book: Book, on: str = "", until: str = "", who: str = "") -> Due:
    """What is due by a record as of a day (the last on record, if none is given), up to another (90 days on). Raises NoAnswer."""
    sound(loaded)
    trusted(loaded)
    readable(book)
    asked_on = day(on) if on else book.last(loaded.agreement)
    if asked_on is None:
        raise NoAnswer("say as of which day to list what is due", "give --on with a date, such as --on 2026-03-31")
    now = calendar.localise(asked_on, loaded.agreement.header).end
    last = _last(now, day(until) if until else None)
    known = books.until(book, loaded.agreement, now)
    history = books.history(known, loaded.agreement)
    asked = Asked(Norms(Judge(loaded.rules, history.on(now))), now, day_after(last), loaded)
    mine = _whose(asked, who)
    text = asked.history.agreement
    zone = text.header.time_zone
    recorded = known.last(loaded.agreement)
    return Due(
        text.name, text.header.version, loaded.text_hash, now, last, who,
        tuple(item for item in listed(asked) if mine is None or mine.business(item)), len(book.entries) - len(known.entries),
        len(known.entries), recorded.start if recorded is not None else None, zone.text if zone is not None else "",
        tuple(ordered([*book.diagnostics, *history.diagnostics])),
    )  # fmt: skip


def _last(now: datetime, until: n.Moment | None) -> date:
    """The last day to look at."""
    if until is None:
        return now.date() + timedelta(days=AHEAD if now.year < LAST_YEAR - 1 else 0)
    if until.day < now.date():
        hint = "what is overdue is listed in any case: look ahead, or leave --until out"
        raise NoAnswer(f"--until {until.day} is before --on {now:%Y-%m-%d}", hint)
    if until.day.year >= LAST_YEAR:
        raise NoAnswer(f"--until {until.day} is too far ahead", f"name a day before the year {LAST_YEAR}")
    return until.day


def _whose(asked: Asked, who: str) -> people.Whose | None:
    if not who:
        return None
    hint = people.unknown(asked, who)
    if hint is not None:
        raise NoAnswer(f"the agreement knows no '{who}'", hint)
    return people.Whose(asked, who)


def at(judge: Judge, now: datetime, until: date) -> list[DueItem]:
    """What is due by a record that is taken in already."""
    return listed(Asked(Norms(judge), now, day_after(until)))


def obligations(judge: Judge, now: datetime, until: date) -> tuple[DueItem, ...]:
    """Duties, reviews, objectives and powers that are overdue, or in effect and due by a day."""
    found = norms.items(Asked(Norms(judge), now, day_after(until)))
    return tuple(sorted((item for item in found if item.overdue or item.opens is None or item.opens <= now), key=_place))


def terms(judge: Judge, now: datetime, until: date) -> tuple[DueItem, ...]:
    """Terms of office that end by a day."""
    found = people.items(Asked(Norms(judge), now, day_after(until)))
    return tuple(sorted((item for item in found if item.kind == "term of office"), key=_place))


def listed(asked: Asked) -> list[DueItem]:
    """Everything that is due: overdue first, then by day, then without a day; on one day in the order of the text."""
    return sorted(_all(asked), key=_place)


def _all(asked: Asked) -> Iterator[DueItem]:
    yield from norms.items(asked)
    yield from matters.items(asked)
    yield from people.items(asked)
    yield from agreement.items(asked)


def _place(item: DueItem) -> tuple[object, ...]:
    cited = item.citation
    kind = KINDS.index(item.kind) if item.kind in KINDS else len(KINDS)
    return not item.overdue, item.over is None, item.over or datetime.max, cited.document, cited.line, kind, item.id


__all__ = ["AHEAD", "Asked", "Due", "DueItem", "Owner", "at", "due", "listed", "obligations", "terms"]
