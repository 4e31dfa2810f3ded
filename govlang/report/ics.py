"""What is due, as a calendar: iCalendar (RFC 5545), written by the `icalendar` package.

In: `Due`, and how many days ahead to remind. Out: bytes, the same on each run: identifiers are hashes of what the item is (not of
its words), the time stamp is that of the last event on record. Each item is an event of its own on its last day, and each reminder
is another. A day is a whole-day event; an instant is given in UTC where the agreement names its time zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from govlang.model.values import zone
from govlang.source import sha256
from govlang.tools.due import Due, DueItem
from govlang.tools.questions import NoAnswer

if TYPE_CHECKING:
    from icalendar import Calendar, Event

REMIND = (7,)
MISSING = "the `icalendar` package is missing"
INSTALL = "install it: pip install 'govlang[calendar]'"


def as_calendar(due: Due, remind: Iterable[int] = REMIND) -> bytes:
    """The calendar of everything that has a day. Raises NoAnswer where the package is missing."""
    try:
        from icalendar import Calendar
    except ImportError:
        raise NoAnswer(MISSING, INSTALL) from None
    made: Calendar = Calendar()
    made.add("prodid", "-//govlang//due//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{due.agreement}: what is due{f' for {due.who}' if due.who else ''}")
    for event in events(due, remind):
        made.add_component(event)
    found: bytes = made.to_ical()
    return found


def events(due: Due, remind: Iterable[int] = REMIND) -> Iterator[Event]:
    """One event an item that has a day, and one for each reminder that is still to come."""
    ahead = sorted(set(remind), reverse=True)
    for item in due.items:
        if item.over is None or item.due is None:
            continue
        yield _event(due, item)
        for days in ahead:
            day = item.due - timedelta(days=days)
            if not item.overdue and day >= due.on.date():
                yield _reminder(due, item, day, days)


def identifier(due: Due, item: DueItem, what: str = "") -> str:
    """A name for the event that stays the same however the item is worded."""
    return f"{sha256(chr(10).join((due.agreement, item.id, what)))[:32]}@govlang"


def _event(due: Due, item: DueItem) -> Event:
    assert item.over is not None and item.due is not None
    event = _base(due, item, identifier(due, item), f"{'Overdue: ' if item.overdue else ''}{item.to_do}")
    if item.whole_day:
        _on(event, item.due)
    else:
        at = _utc(item.over, zone(due.time_zone) if due.time_zone else None)
        event.add("dtstart", at)
        event.add("dtend", at)
    event.add("categories", [item.kind, *(["overdue"] if item.overdue else [])])
    return event


def _reminder(due: Due, item: DueItem, day: date, days: int) -> Event:
    assert item.due is not None
    when = "today" if not days else "tomorrow" if days == 1 else f"in {days} days"
    event = _base(due, item, identifier(due, item, f"reminder {days}"), f"Due {when} ({item.due}): {item.to_do}")
    _on(event, day)
    event.add("categories", [item.kind, "reminder"])
    return event


def _base(due: Due, item: DueItem, uid: str, summary: str) -> Event:
    from icalendar import Event

    event: Event = Event()
    event.add("uid", uid)
    event.add("dtstamp", _stamp(due))
    event.add("sequence", due.events)  # the record only grows, so a later calendar replaces an earlier one
    event.add("summary", _plain(summary))
    event.add("description", _plain("\n".join(_described(item))))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    return event


def _on(event: Any, day: date) -> None:
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))


def _described(item: DueItem) -> Iterator[str]:
    yield item.to_do
    if item.owners:
        yield f"Whose: {'; '.join(str(owner) for owner in item.owners)}"
    yield f"State: {', '.join((item.state, *item.late_by))}"
    yield from item.notes
    yield f"Clause: {item.citation.label()}"
    if item.citation.rule:
        yield f"Rule: {item.citation.rule}"


def _plain(text: str) -> str:
    """Text without control characters, which a calendar may not hold."""
    return "".join(each for each in text if each == "\n" or each >= " ")


def _stamp(due: Due) -> datetime:
    """When the list was made, as far as the record goes: the last event, or the day asked about where there is none."""
    at = due.recorded or datetime.combine(due.on.date(), datetime.min.time())
    found = _utc(at, zone(due.time_zone) if due.time_zone else None)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _utc(at: datetime, place: tzinfo | None) -> datetime:
    """An instant of the agreement in UTC; as it stands, where the agreement names no time zone."""
    return at.replace(tzinfo=place).astimezone(UTC) if place is not None else at
