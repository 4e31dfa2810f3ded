"""Checks of working days: whether the holidays of the places that an agreement names are known.

In: the model. Out: GL130 without a holiday table, GL131 where it lacks years of the term, and what is wrong with the file
(GL132 to GL135). Only where some period runs in working days; an agreement that lists its days off itself needs no table.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.diagnostics import Diagnostic
from govlang.model import working_days
from govlang.model.checks.view import View


def holiday_table(view: View) -> Iterator[Diagnostic]:
    """The holiday table, as far as the agreement needs it."""
    agreement = view.agreement
    header = agreement.header
    if not header.working_places:
        return
    holidays = header.holidays
    if holidays is not None and holidays.problems:
        yield from holidays.problems
        return
    if not working_days.counts_working_days(agreement):
        return
    listed = working_days.listed_years(header)
    table = holidays.table if holidays is not None else None
    place = header.working_places[0]
    remedy = holidays.renew if holidays is not None else "write it: govlang calendar lock AGREEMENT"
    if table is None and not listed:
        places = ", ".join(item.text for item in header.working_places)
        message = f"periods run in working days, and the holidays of {places} are nowhere listed, so they count as worked"
        yield Diagnostic("GL130", message, agreement.layout.source, place.span, remedy.replace("write it again", "write a table"))
    term = working_days.years_of(header)
    if table is not None and holidays is not None and term is not None:
        last = term[1] - 1 if header.until is not None else table.last
        lacking = [year for year in holidays.lacks(range(term[0], last + 1)) if year not in listed]
        if lacking:
            message = f"the holiday table lacks {_years(lacking)}, so holidays in it count as worked"
            yield Diagnostic("GL131", message, agreement.layout.source, place.span, remedy)


def _years(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
