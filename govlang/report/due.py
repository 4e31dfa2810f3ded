"""What is due, as text for people, as JSON and as CSV.

In: `Due`. Out: lines, overdue first; JSON in the shape of `govlang.schema_due`; CSV after RFC 4180 with one header row, in which
no cell can be taken for a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from govlang.report.as_json import citation, instant
from govlang.report.cells import harmless
from govlang.report.text import Style, plural, safe, wrapped
from govlang.tools.due import Due, DueItem

COLUMNS = (
    "state", "overdue", "due", "days_left", "days_overdue", "kind", "name", "occasion", "owners", "persons", "to_do", "opens",
    "over", "clause", "document", "line", "notes", "id",
)  # fmt: skip


# ------------------------------------------------------------ text


def show(due: Due, style: Style) -> str:
    """The whole list."""
    return "\n".join(_lines(due, style))


def _lines(due: Due, style: Style) -> Iterator[str]:
    whose = f" for {due.who}" if due.who else ""
    yield style(f"{safe(due.agreement)}: what is due{safe(whose)} on {due.on:%Y-%m-%d}, and until {due.until}", "bold")
    overdue = due.overdue
    dated = [item for item in due.items if not item.overdue and item.over is not None]
    undated = [item for item in due.items if not item.overdue and item.over is None]
    if not due.items:
        yield "  nothing"
    for title, items, colour in (("overdue", overdue, "red"), ("due", dated, "yellow"), ("open, without a day", undated, "dim")):
        if items:
            yield ""
            yield style(title, "bold", colour)
            for item in items:
                yield from _item(item)
    if due.later:
        yield ""
        yield left_out(due)


def left_out(due: Due) -> str:
    """How many events are later than the day asked about."""
    verb = "was" if due.later == 1 else "were"
    return f"{plural(due.later, 'event')} on record after {due.on:%Y-%m-%d} {verb} left out"


def _item(item: DueItem) -> Iterator[str]:
    when = due_on(item)
    yield from wrapped(f"{item.to_do}{_left(item)}", f"  {when:<16}  ", " " * 20)
    owners = "; ".join(str(owner) for owner in item.owners)
    facts = [text for text in (f"{item.kind}, {item.state}" if item.state != item.kind else item.kind, owners) if text]
    yield from wrapped("; ".join((*facts, *item.notes)), " " * 20)
    yield from wrapped(f"{item.citation.label()}: {item.citation.rule or item.name}", " " * 20)


def due_on(item: DueItem) -> str:
    """The last day, or the instant, in words."""
    if item.over is None:
        return "-"
    return str(item.due) if item.whole_day else f"{item.over:%Y-%m-%d %H:%M}"


def _left(item: DueItem) -> str:
    if item.overdue:
        return f" ({', or '.join(item.late_by)})".replace("or overdue by ", "or ")
    if item.days is None:
        return ""
    return " (today)" if item.days == 0 else f" ({plural(item.days, 'day')} left)"


# ------------------------------------------------------------ CSV


def as_csv(due: Due) -> str:
    """One row an item, in the order of the list."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for item in due.items:
        writer.writerow([harmless(cell) for cell in _row(item)])
    return stream.getvalue()


def _row(item: DueItem) -> tuple[str, ...]:
    days = item.days
    left, late = (str(days), "") if days is not None and not item.overdue else ("", str(-days) if days is not None else "")
    persons = dict.fromkeys(person for owner in item.owners for person in owner.persons)
    return (
        item.state, "yes" if item.overdue else "no", str(item.due or ""), left, late, item.kind, item.name, item.occasion,
        "; ".join(owner.name for owner in item.owners), "; ".join(persons), item.to_do, _iso(item.opens), _iso(item.over),
        item.citation.label(), item.citation.document, str(item.citation.line), "; ".join(item.notes), item.id,
    )  # fmt: skip


def _iso(at: datetime | None) -> str:
    return instant(at) or ""


# ------------------------------------------------------------ JSON


def as_json(due: Due) -> str:
    """The list in its published shape."""
    from govlang.schema import VERSION
    from govlang.schema_due import DueModel

    model = DueModel.model_validate({
        "schema_version": VERSION, "agreement": due.agreement, "version": due.version, "text_hash": due.text_hash,
        "on": instant(due.on), "until": str(due.until), "for": due.who, "overdue": len(due.overdue), "events_left_out": due.later,
        "items": [shape(item) for item in due.items],
    })  # fmt: skip
    return model.model_dump_json(indent=2, by_alias=True) + "\n"


def shape(item: DueItem) -> dict[str, object]:
    """One item in its published shape."""
    return {
        "id": item.id, "kind": item.kind, "name": item.name, "occasion": item.occasion, "to_do": item.to_do, "state": item.state,
        "overdue": item.overdue, "opens": instant(item.opens), "due": str(item.due) if item.due is not None else None,
        "over": instant(item.over), "days_left": item.days,
        "owners": [{"name": owner.name, "persons": list(owner.persons)} for owner in item.owners], "notes": list(item.notes),
        "citation": citation(item.citation),
    }  # fmt: skip
