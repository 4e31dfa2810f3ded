"""Cells of tables: names, days, clauses and the words of tools, as runs.

In: plain values, and the `Subject` for links. Out: `Cell`s. Days in what a tool says stand in long form here, as everywhere in a
document; what somebody is quoted with stays as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from govlang.backends.words import english
from govlang.frozen import replace
from govlang.source import Citation
from govlang.syntax.nodes_values import Money
from govlang.tools.document.blocks import Cell, Column, Row, Run, Runs, Table, Text, Value
from govlang.tools.document.subject import Subject
from govlang.tools.due import DueItem, Owner

_QUOTED = re.compile("(“[^”\n]*”|\"[^\"\n]*\"|`[^`\n]*`)")
_MONEY = re.compile(r"(?<![\w.,-])(?P<amount>\d{1,3}(?:,\d{3})*(?:\.\d+)?) (?P<currency>[A-Z]{3})(?![\w-])")
_PERIOD = re.compile(r"(?<![\w-])(?P<year>\d{4})-(?:(?P<part>Q[1-4]|H[12])|(?P<month>0[1-9]|1[0-2]))(?![\w-])")
NONE = Cell(())


def spoken(words: str) -> str:
    """What a tool says, with its days, periods and amounts as they are read aloud: 2 March 2026, Q1 2026, EUR 250,000. What is
    quoted stays as it is."""
    parts = _QUOTED.split(words)
    return "".join(part if place % 2 else _said(part) for place, part in enumerate(parts))


def _said(words: str) -> str:
    return _MONEY.sub(_money, _PERIOD.sub(_period, english.long_dates(words)))


def _money(match: re.Match[str]) -> str:
    return english.money(Money(Decimal(match["amount"].replace(",", "")), match["currency"]))


def _period(match: re.Match[str]) -> str:
    if match["part"]:
        return f"{match['part']} {match['year']}"
    return english.day(date(int(match["year"]), int(match["month"]), 1)).partition(" ")[2]


# ---------------------------------------------------------------- cells


def plain(words: str, value: Value = None, kind: str = "") -> Cell:
    """Words without links; none for none."""
    return Cell((Text(words),) if words else (), value, kind)


def said(subject: Subject, words: str, value: Value = None, kind: str = "") -> Cell:
    """Words with the defined terms in them linked."""
    return Cell(subject.links.runs(words), value, kind)


def told(subject: Subject, words: str, kind: str = "") -> Cell:
    """The words of a tool, with terms linked and days in long form."""
    return said(subject, spoken(words), None, kind)


def number(count: int) -> Cell:
    return Cell((Text(f"{count:,}"),), count)


def day(value: date | datetime | None, otherwise: str = "") -> Cell:
    """A day, or an instant that is not a whole day."""
    if value is None:
        return plain(otherwise)
    if isinstance(value, datetime) and value.time() not in (time.min, time(23, 59, 59)):
        return Cell((Text(english.moment(value)),), value)
    whole = value.date() if isinstance(value, datetime) else value
    return Cell((Text(english.day(whole)),), whole)


def last_day(over: datetime | None, otherwise: str = "") -> Cell:
    """The last day (or instant) before something is over."""
    if over is None:
        return plain(otherwise)
    return day((over - timedelta(days=1)).date() if over.time() == time.min else over)


def clause(subject: Subject, *citations: Citation) -> Cell:
    """The clauses that a row rests on, each once."""
    found: list[Run] = []
    for citation in _once(citations):
        found += [Text("; ")] if found else []
        found.append(subject.cite(citation))
    return Cell(tuple(found))


def briefly(subject: Subject, citations: Iterable[Citation]) -> Runs:
    """Clauses by their numbers alone, for the cells of a matrix."""
    found: list[Run] = []
    for citation in _once(citations):
        found += [Text(", ")] if found else []
        found.append(subject.cite(citation, citation.number or citation.title))
    return tuple(found)


def _once(citations: Iterable[Citation]) -> list[Citation]:
    seen: dict[str, Citation] = {}
    for citation in citations:
        if citation.document:
            seen.setdefault(citation.label(), citation)
    return list(seen.values())


def names(subject: Subject, listed: Sequence[str], otherwise: str = "") -> Cell:
    """Names in a row, each linked where it is a defined term."""
    found: list[Run] = []
    for name in dict.fromkeys(listed):
        if not name:
            continue
        found += [Text(", ")] if found else []
        found.append(subject.links.term(name))
    return Cell(tuple(found)) if found else plain(otherwise)


def owners(subject: Subject, listed: Iterable[Owner]) -> Cell:
    """Who has to see to something, with the persons behind each name."""
    found: list[Run] = []
    for owner in listed:
        found += [Text("; ")] if found else []
        base = owner.name.removeprefix("any ")
        found += [Text("any ")] if base != owner.name else []
        found.append(subject.links.term(base))
        behind = ", ".join(person for person in owner.persons if person != base)
        found += [Text(f" ({behind})")] if behind else []
    return Cell(tuple(found))


def due(item: DueItem) -> Cell:
    """By when something is due."""
    return day(item.due if item.whole_day else item.over, "no day set")


def filled(key: str, title: str, columns: Sequence[Column], rows: Sequence[Row]) -> Table:
    """A table without the columns in which nothing stands."""
    kept = [place for place in range(len(columns)) if place == 0 or any(row.cells[place].runs for row in rows)]
    lines = tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in rows)
    return Table(key, title, tuple(columns[place] for place in kept), lines)
