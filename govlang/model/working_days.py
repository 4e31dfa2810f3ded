"""Working days: which holiday table an agreement has, whether it counts in working days at all, and for which years.

In: a parsed file, or the model. Out: the same file with its holiday table (not read yet); answers about the text.
"""

from __future__ import annotations

from collections.abc import Mapping

from govlang.frozen import parts, replace
from govlang.holiday_table import Holidays
from govlang.model.nodes import Agreement
from govlang.syntax import nodes as n
from govlang.syntax.parse import File

OPEN_ENDED_YEARS = 10  # a table for an agreement without an end


def with_holidays(file: File, path: str) -> File:
    """A file whose agreement clause knows the holiday table that stands beside it."""
    if not any(isinstance(clause, n.Header) and clause.working_places for clause in file.clauses):
        return file
    return replace(file, clauses=tuple(
        replace(clause, holidays=Holidays(path, (place.text for place in clause.working_places)))
        if isinstance(clause, n.Header) and clause.working_places else clause for clause in file.clauses
    ))  # fmt: skip


def counts_working_days(agreement: Agreement) -> bool:
    """Whether any clause counts a period in working days."""
    found: list[object] = [agreement.notices]
    for name in type(agreement).__record_fields__:  # type: ignore[attr-defined]
        value = getattr(agreement, name)
        if isinstance(value, Mapping):
            found.extend(value.values())
    return any(isinstance(part, n.Duration) and part.unit == "working days" for part in parts(tuple(found)))


def years_of(header: n.Header) -> tuple[int, int] | None:
    """The years whose holidays an agreement needs: those of its term and the one after it, in which its last periods end; so
    many from its start where it has no end; None where it does not say when it begins."""
    if header.effective is None:
        return None
    first = header.effective.day.year
    return first, (header.until.day.year + 1 if header.until is not None else first + OPEN_ENDED_YEARS)


def listed_years(header: n.Header) -> set[int]:
    """The years of which the agreement itself lists days as not worked."""
    return {day.year for day in header.not_working}
