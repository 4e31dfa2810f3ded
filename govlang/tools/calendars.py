"""`calendar lock`: the holiday table of an agreement, written from the `holidays` package.

In: a loaded agreement and years. Out: a `Lock`: the table, its file, and what to know about it. Raises NoAnswer where the package
is missing, a place is not known (GL138), or nothing says which years are wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from govlang.diagnostics import Diagnostic
from govlang.frozen import dataclass
from govlang.holiday_table import Place, Table, path_beside
from govlang.model.working_days import years_of
from govlang.pipeline import Loaded
from govlang.source import NOWHERE, Span
from govlang.tools.places import Calendar, UnknownPlace, find
from govlang.tools.questions import NoAnswer, sound

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?\Z")
MOST_YEARS = 100
MISSING = "the `holidays` package is missing"
INSTALL = "install it: pip install 'govlang[calendar]'"


@dataclass(frozen=True, slots=True)
class Lock:
    """A table that is ready to be written. `differences` are the days in which the file that is there says otherwise."""

    path: str
    table: Table
    notes: tuple[str, ...]
    differences: tuple[str, ...]
    fresh: bool  # whether no file that can be trusted is there yet


def lock(loaded: Loaded, years: str = "", check: bool = False) -> Lock:
    """The holiday table of an agreement for its term, or for the years given. When it is only checked, for those that the file
    holds. Raises NoAnswer."""
    header = loaded.agreement.header
    if not header.working_places:
        raise NoAnswer("the agreement names no places whose working days count",
                       "add to its agreement clause: working days of Switzerland, Norway")  # fmt: skip
    calendars = _calendars(loaded)
    there = _there(loaded)
    first, last = _years(loaded, years, there if check else None)
    held: dict[date, dict[str, str]] = {}
    for place, calendar in calendars.items():
        known = calendar.years()
        if first < known[0] or last > known[1]:
            raise NoAnswer(f"the holidays of {place} are known from {known[0]} to {known[1]}", "give other years with --years")
        for year in range(first, last + 1):
            for day, name in calendar.of(year):
                held.setdefault(day, {})[place] = name
    days = tuple((day, tuple(sorted(names.items()))) for day, names in sorted(held.items()))
    places = tuple(Place(place, calendar.taken) for place, calendar in sorted(calendars.items()))
    table = Table(_version(), first, last, places, days)
    notes = tuple(dict.fromkeys(calendar.note for calendar in calendars.values() if calendar.note))
    notes = (*notes, *_estimates(table))
    return Lock(path_beside(loaded.source.name), table, notes, tuple(_differences(there, table)), there is None)


def readable(loaded: Loaded) -> str:
    """Whether the agreement clause can be relied on for its places and its years; what is wrong elsewhere does not matter, and is
    said in one line. Raises NoAnswer."""
    errors = [found for found in loaded.diagnostics if found.severity == "error"]
    where = loaded.agreement.header.span
    if not loaded.agreement.header.working_places or any(_within(found, loaded, where) for found in errors):
        sound(loaded)
    if not errors:
        return ""
    return f"{len(errors)} error{'s' if len(errors) > 1 else ''} elsewhere in the agreement: govlang check {loaded.source.name}"


def _within(found: Diagnostic, loaded: Loaded, where: Span) -> bool:
    """Whether a message is about something in a stretch of the text, or about the whole file."""
    if found.source is None or found.span == NOWHERE:
        return True
    if found.source.name != loaded.source.name:
        return False
    return where.start <= found.span.start < max(where.end, where.start + 1)


def write(lock: Lock) -> None:
    """Writes the table. Raises OSError."""
    Path(lock.path).write_text(lock.table.text(), encoding="utf-8", newline="\n")


def problems(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """What is wrong with the table that is there."""
    holidays = loaded.agreement.header.holidays
    return holidays.problems if holidays is not None else ()


def _calendars(loaded: Loaded) -> dict[str, Calendar]:
    found: dict[str, Calendar] = {}
    wrong: list[Diagnostic] = []
    try:
        import holidays  # noqa: F401 - to say so in one line where it is missing
    except ImportError:
        raise NoAnswer(MISSING, INSTALL) from None
    for place in loaded.agreement.header.working_places:
        try:
            found[place.text] = find(place)
        except UnknownPlace as error:
            wrong.append(Diagnostic("GL138", error.message, loaded.source, place.span, error.hint))
    if wrong:
        raise NoAnswer("no holiday table was written", diagnostics=wrong)
    return found


def _version() -> str:
    from importlib.metadata import version

    return f"holidays {version('holidays')}"


def _years(loaded: Loaded, years: str, there: Table | None) -> tuple[int, int]:
    if not years:
        term = (there.first, there.last) if there is not None else years_of(loaded.agreement.header)
        if term is None:
            raise NoAnswer("the agreement does not say when it begins, so its years are not known", "give --years 2026-2031")
        return term
    read = _YEARS.match(years.strip())
    first, last = (int(read[1]), int(read[2] or read[1])) if read is not None else (0, 0)
    if not 1 <= first <= last or last - first >= MOST_YEARS:
        raise NoAnswer(f"'{years}' is no span of years", "write --years 2026-2031, or --years 2026")
    return first, last


def _there(loaded: Loaded) -> Table | None:
    holidays = loaded.agreement.header.holidays
    return holidays.table if holidays is not None else None


def _estimates(table: Table) -> Iterator[str]:
    found = [f"{day} {name}" for day, names in table.days for _, name in names if "estimated" in name]
    if found:
        yield f"{len(found)} dates are estimates, such as {found[0]}: write the table again when they are fixed"


def _differences(there: Table | None, table: Table) -> Iterator[str]:
    """Days on which one table has a holiday and the other has none, in the years that both hold."""
    if there is None:
        return
    first, last = max(there.first, table.first), min(there.last, table.last)
    before, now = ({day: dict(names) for day, names in each.days if first <= day.year <= last} for each in (there, table))
    for day in sorted(before.keys() | now.keys()):
        if day not in now:
            yield f"{day} is a holiday in the file alone: {_named(before[day])}"
        elif day not in before:
            yield f"{day} is not in the file: {_named(now[day])}"


def _named(names: dict[str, str]) -> str:
    return "; ".join(f"{name} ({place})" for place, name in sorted(names.items()))
