"""Holiday tables as lines for people: what was written, and whether a table still holds.

In: a `Lock`. Out: lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.tools.calendars import Lock


def written(lock: Lock) -> Iterator[str]:
    """What was written, what changed, and what to know about it."""
    table = lock.table
    years = f"{table.first} to {table.last}"
    yield f"wrote {lock.path}: {len(table.days)} days, {years}, by {table.made_with}, hash {table.sha256[:12]}"
    yield from (f"  {place.place}: {place.taken}" for place in table.places)
    yield from (f"  changed: {difference}" for difference in lock.differences)
    yield from (f"  note: {note}" for note in lock.notes)


def compared(lock: Lock) -> Iterator[str]:
    """How the file that is there differs from what the calendar library says."""
    if lock.fresh:
        yield f"there is no holiday table that can be used: {lock.path}"
        return
    yield from lock.differences
    if not lock.differences:
        yield f"{lock.path} holds what {lock.table.made_with} says of {lock.table.first} to {lock.table.last}"
