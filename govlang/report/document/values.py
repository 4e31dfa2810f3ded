"""What several outputs say alike of a block: the title of a note, the words of an arrow, the exact value of a cell.

In: blocks. Out: words, values, a plot as a table. No output says any of it in words of its own.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from govlang.backends.words import english
from govlang.tools.document.blocks import Arrow, Cell, Column, Diagram, Note, Plot, Row, Signature, Table, Text, text

NO_DATA = "no data"
SIGNED = ("Signature", "Name", "Capacity", "Place, date")  # the lines of a place to sign

_STATES = {"failed": "not met"}
_NOTES = {"warning": "Warning", "error": "Error", "summary": "In plain words, not part of the agreement", "rule": "Rule"}


def as_of(on: datetime) -> str:
    """A day; with its hour where it is not the end of the day."""
    return english.day(on.date()) if on.time() in (time.min, time(23, 59, 59)) else english.moment(on)


def state(word: str) -> str:
    """The state of a requirement in words."""
    return _STATES.get(word, word)


def note_title(note: Note) -> str:
    """The title of a note: what it is, where its title does not say so. A summary in plain words always says what it is not."""
    said = _NOTES.get(note.kind, "Note")
    title = note.title.strip()
    if note.kind == "summary" and title and "not part of" not in title.casefold():
        return f"{title} ({said})"
    if title and note.kind in ("warning", "error"):
        return f"{said}: {title}"
    return title or said


def signs_for(signature: Signature) -> str:
    """A party as it stands where it signs."""
    name = signature.full_name or signature.party
    return f"{name} ({signature.party})" if signature.party != name else name


def signed_by(signature: Signature) -> list[tuple[str, str]]:
    """Who signs for a party: the capacity and the name of each, empty where nobody is named; at least one."""
    names = signature.names or ("",) * len(signature.by)
    return list(zip(signature.by, names, strict=True)) or [("", "")]


def arrow(diagram: Diagram, drawn: Arrow) -> str:
    """An arrow in words: from where, to where, and what is written on it."""
    labels = {box.id: box.label for box in diagram.boxes}
    said = f"{labels.get(drawn.start, drawn.start)} → {labels.get(drawn.end, drawn.end)}"
    return f"{said}: {drawn.label}" if drawn.label else said


def measure(value: Fraction | None, unit: str) -> str:
    """A value of a plot in words; "no data" is never 0."""
    if value is None:
        return NO_DATA
    percent = english.figure(value * 100)
    return f"{percent}%" if unit == "share" and "/" not in percent else english.figure(value)


def point_table(plot: Plot) -> Table:
    """The values of a plot as a table with a column for each line, its thresholds last."""
    kind = "share" if plot.unit == "share" else "number"
    named = len(plot.lines) > 1 or bool(plot.lines[0].name)
    heads = [(line.name, f"line-{place}") if named else ("Value", "value") for place, line in enumerate(plot.lines, 1)]
    columns = (Column("At", "at"), *(Column(title, key, kind) for title, key in heads))
    labels = [point.label for point in plot.lines[0].points]
    rows = [(label, [line.points[place].value for line in plot.lines]) for place, label in enumerate(labels)]
    rows += [(bar.label, [bar.value] * len(plot.lines)) for bar in plot.bars]
    return Table(plot.key, "", columns, tuple(
        Row((Cell((Text(label),)), *(Cell((Text(measure(value, plot.unit)),), value) for value in found))) for label, found in rows
    ))  # fmt: skip


# ---------------------------------------------------------------- values of cells

Exact = str | int | bool | dict[str, str]
"""A value that JSON and CSV can say without loss."""

_AMOUNT = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MONEY = re.compile(rf"(?P<before>[A-Z]{{3}}) (?P<amount>{_AMOUNT})|(?P<figures>{_AMOUNT}) (?P<after>[A-Z]{{3}})")
_LARGEST = 2**53  # beyond it, many readers of JSON round


def money(cell: Cell) -> tuple[Decimal, str] | None:
    """The amount and currency of a cell in a column of money; None where its words are no single amount."""
    if isinstance(cell.value, int | Decimal) and not isinstance(cell.value, bool):
        found = _MONEY.fullmatch(text(cell.runs).strip())
        currency = (found["before"] or found["after"]) if found else ""
        return (Decimal(cell.value), currency) if currency else None
    found = _MONEY.fullmatch((cell.value if isinstance(cell.value, str) else text(cell.runs)).strip())
    if found is None:
        return None
    return Decimal((found["amount"] or found["figures"]).replace(",", "")), found["before"] or found["after"]


def exact(cell: Cell, column: Column) -> Exact:
    """What a machine reads in a cell: its value, or its words where it has none."""
    if column.kind == "money" and (found := money(cell)) is not None:
        return {"amount": f"{found[0]:f}", "currency": found[1]}
    match cell.value:
        case None:
            return text(cell.runs)
        case bool() | str():
            return cell.value
        case int():
            return cell.value if abs(cell.value) < _LARGEST else str(cell.value)
        case Decimal():
            return f"{cell.value:f}"
        case datetime():
            return cell.value.isoformat(timespec="seconds")
        case date():
            return cell.value.isoformat()
        case Fraction():
            return str(cell.value)


def keys(table: Table) -> tuple[str, ...]:
    """The keys of the columns, each once."""
    found: list[str] = []
    for column in table.columns:
        key, count = column.key, 1
        while key in found:
            count += 1
            key = f"{column.key}-{count}"
        found.append(key)
    return tuple(found)


def group_key(table: Table) -> str:
    """The key under which a row's group stands; empty for a table without groups."""
    if not any(row.group for row in table.rows):
        return ""
    return "group" if "group" not in keys(table) else "row-group"


def records(table: Table) -> list[dict[str, Exact]]:
    """The rows of a table, each as values by the keys of their columns."""
    named, group = keys(table), group_key(table)
    found: list[dict[str, Exact]] = []
    for row in table.rows:
        first: dict[str, Exact] = {group: row.group} if group else {}
        cells = zip(named, row.cells, table.columns, strict=False)
        found.append(first | {key: exact(cell, column) for key, cell, column in cells})
    return found
