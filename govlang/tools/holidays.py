"""Which holiday table an answer rests on, and which years of it are missing.

In: an agreement and the years that periods in working days ran through. Out: `HolidaysUsed` and notes for the answer; NoAnswer
where the table cannot be trusted, since an answer by it would be worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlang.backends.answers import HolidaysUsed
from govlang.diagnostics import Diagnostic
from govlang.model.working_days import counts_working_days, listed_years
from govlang.pipeline import Loaded
from govlang.syntax import nodes as n

MOST_YEARS = 30


def used(header: n.Header, years: Iterable[int]) -> HolidaysUsed | None:
    """The table by which working days were counted; None where none were, and where there is no table."""
    holidays = header.holidays
    if holidays is None or not set(years) or holidays.table is None:
        return None
    return HolidaysUsed(holidays.path, holidays.table.sha256)


def notes(header: n.Header, years: Iterable[int]) -> Iterator[str]:
    """GL130 and GL131 as notes of an answer: years whose holidays it counted as worked, since they are nowhere listed."""
    unlisted = sorted(set(years) - listed_years(header))[:MOST_YEARS]
    if not header.working_places or not unlisted:
        return
    holidays = header.holidays
    lacking = holidays.lacks(unlisted) if holidays is not None else tuple(unlisted)
    if not lacking:
        return
    places = ", ".join(place.text for place in header.working_places)
    span = str(lacking[0]) if len(lacking) == 1 else f"{lacking[0]} to {lacking[-1]}"
    if holidays is not None and holidays.table is not None:
        what = f"the holiday table lacks {span}, so the public holidays of {places} in it are counted as working days (GL131)"
        yield f"{what}; {holidays.renew}"
        return
    write = f"write a holiday table: govlang calendar lock {holidays.agreement}" if holidays is not None else ""
    remedy = write or "list them as `not working`"
    yield f"no holidays of {span} are known, so those of {places} are counted as working days (GL130); {remedy}"


def distrusted(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Why working days cannot be counted by the table of an agreement; nothing where they can, and where none are counted."""
    holidays = loaded.agreement.header.holidays
    if holidays is None or not counts_working_days(loaded.agreement):
        return ()
    return holidays.problems
