"""Tables as CSV, and all tables of a document as one workbook.

In: tables. Out: CSV after RFC 4180 (UTF-8 with a byte order mark, by which Excel knows the encoding), its first row the keys of
the columns; a workbook with a sheet a table, made of values alone: no formula, no link to the outside, no date of its making.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from govlang.diagnostics import MissingExtra
from govlang.report.cells import FORMULA, harmless
from govlang.report.document.escape import plain
from govlang.report.document.values import as_of, exact, group_key, keys, money
from govlang.tools.document.blocks import (
    Beside,
    Block,
    Cell,
    Column,
    Document,
    Note,
    Page,
    Pairs,
    Quote,
    Table,
    text,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MARK = "\ufeff"
_BREAKS = re.compile(r"\s*[\t\n\r\x0b\x0c\x85\u2028\u2029]\s*")
_MADE = datetime(2000, 1, 1)  # a workbook says when it was made; the same tables give the same bytes
_LONGEST = 32_767  # characters in a cell
_NAME = 31  # characters in the name of a sheet
_WIDEST, _NARROWEST = 60, 8
_LINE, _TALLEST = 15, 405  # the height of a line and of the tallest row, in points
_EXACT = 15  # digits that a spreadsheet keeps


def tables_in(shown: Iterable[Block]) -> Iterator[Table]:
    """The tables in blocks, in their order, wherever they stand."""
    for block in shown:
        match block:
            case Table():
                yield block
            case Note(blocks=inner) | Quote(inner):
                yield from tables_in(inner)
            case Beside(left, right):
                yield from tables_in((*left, *right))
            case Pairs(pairs):
                for pair in pairs:
                    yield from tables_in(pair.blocks)


def tables_of(pages: Iterable[Page]) -> list[Table]:
    """The tables of pages, each key once."""
    found = {table.key: table for page in pages for table in tables_in(page.blocks)}
    return list(found.values())


# ---------------------------------------------------------------- CSV


def as_csv(table: Table) -> str:
    """A table as CSV, a row a line."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    group = group_key(table)
    writer.writerow([*([group] if group else []), *map(_told, keys(table))])
    for row in table.rows:
        cells = [_csv_cell(cell, column) for cell, column in zip(row.cells, table.columns, strict=False)]
        cells += [""] * (len(table.columns) - len(cells))
        writer.writerow([*([_told(row.group)] if group else []), *cells])
    return MARK + stream.getvalue()


def _csv_cell(cell: Cell, column: Column) -> str:
    value = exact(cell, column)
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case dict():
            return f"{value['amount']} {value['currency']}"
        case str() if isinstance(cell.value, Decimal | Fraction | int):
            return value  # a number may begin with a minus
        case _:
            return _told(value)


def _told(words: str) -> str:
    return harmless(one_line(words))


def one_line(words: str) -> str:
    """Words in one line, without what no cell can show."""
    return _BREAKS.sub(" ", plain(words)).strip()


# ---------------------------------------------------------------- a workbook


def as_workbook(document: Document, pages: Iterable[Page] | None = None) -> bytes:
    """The tables of a document (or of some of its pages) as an .xlsx file. Raises MissingExtra."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtra("sheets", "a workbook") from error
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })  # fmt: skip
    # Its author stays empty; its title says what it is about.
    book.set_properties({"title": one_line(document.title)[:255], "created": _MADE})
    tables = tables_of(document.pages if pages is None else pages)
    named = list(zip(sheet_names(table.title or table.key for table in tables), tables, strict=True))
    looks = _Looks(book)
    _about(book.add_worksheet("About"), looks, document, named)
    for name, table in named:
        _Sheet(book.add_worksheet(name), looks, table).write()
    book.close()
    return stream.getvalue()


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Names that a workbook takes, each once."""
    taken = {"about", "history"}  # one is ours, one Excel keeps to itself
    found = []
    for title in titles:
        base = " ".join(re.sub(r"[\[\]:*?/\\]+", " ", one_line(title)).split()).strip("'").strip() or "Table"
        name, count = _cut(base, ""), 1
        while name.casefold() in taken:
            count += 1
            name = _cut(base, f" {count}")
        taken.add(name.casefold())
        found.append(name)
    return found


def _cut(base: str, ending: str) -> str:
    """A name of at most 31 units of UTF-16, in which a workbook counts."""
    found = base
    while len(found.encode("utf-16-le", "surrogatepass")) // 2 + len(ending) > _NAME:
        found = found[:-1]
    return found.rstrip().rstrip("'") + ending


class _Looks:
    """How cells look. Formats are made when they are first needed, so always in the same order."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **given: Any) -> Any:
        look = {"valign": "top", **given}
        key = tuple(sorted(look.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(look)
        return self.made[key]

    def head(self) -> Any:
        return self(bold=True, text_wrap=True, bottom=1, bg_color="#E8EDF2")

    def words(self, said: str, **given: Any) -> Any:
        """Words; what looks like a formula is marked as text, so that it stays one when somebody edits it."""
        return self(text_wrap=True, **({"quote_prefix": True} if said.startswith(FORMULA) else {}), **given)


def _about(sheet: Worksheet, looks: _Looks, document: Document, named: list[tuple[str, Table]]) -> None:
    """The first sheet: what the workbook is about, and which tables are in it."""
    facts = [
        ("Agreement", document.title), ("Version", document.version), ("SHA-256 of the text", document.text_hash),
        ("File", document.source), ("Record", ", ".join(document.records)),
        ("As of", as_of(document.on) if document.on is not None else ""),
    ]  # fmt: skip
    at = 0
    for name, said in facts:
        if said:
            sheet.write_string(at, 0, name, looks(bold=True))
            _string(sheet, at, 1, said, looks)
            at += 1
    at += 1
    for place, title in enumerate(("Sheet", "Table", "Rows", "Note")):
        sheet.write_string(at, place, title, looks.head())
    for name, table in named:
        at += 1
        _string(sheet, at, 0, name, looks)
        _string(sheet, at, 1, table.title or table.key, looks)
        sheet.write_number(at, 2, len(table.rows), looks())
        _string(sheet, at, 3, text(table.note), looks)
    for place, width in enumerate((34, 70, 8, 60)):
        sheet.set_column(place, place, width)
    _printed(sheet)


def _string(sheet: Worksheet, row: int, column: int, said: str, looks: _Looks, **given: Any) -> int:
    """Writes words as words; how long they are."""
    words = one_line(said)
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST - 4]} ..."
    if words:  # a cell without words stays empty
        sheet.write_string(row, column, words, looks.words(words, **given))
    return len(words)


def _printed(sheet: Worksheet) -> None:
    """On paper: A4 across, as wide as the page, with page numbers."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")


class _Sheet:
    """Writes one table."""

    def __init__(self, sheet: Worksheet, looks: _Looks, table: Table) -> None:
        self.sheet, self.looks, self.table = sheet, looks, table
        self.grouped = bool(group_key(table))
        self.widths: dict[int, int] = {}
        self.lengths: dict[int, list[tuple[int, int]]] = {}

    def write(self) -> None:
        titles = [*(["Group"] if self.grouped else []), *(column.title for column in self.table.columns)]
        for place, title in enumerate(titles):
            said = one_line(title)
            self.sheet.write_string(0, place, said, self.looks.head())
            self._wide(place, len(said) + 2)
        for at, row in enumerate(self.table.rows, start=1):
            if self.grouped:
                self._words(at, 0, row.group)
            for place, (cell, column) in enumerate(zip(row.cells, self.table.columns, strict=False)):
                self._cell(at, place + self.grouped, cell, column)
        for place in range(len(titles)):
            self.sheet.set_column(place, place, self.widths[place] + 1)
        for at, cells in self.lengths.items():
            lines = max(-(-length // self.widths[place]) for place, length in cells)
            if lines > 1:  # not every program finds out by itself how tall a row is
                self.sheet.set_row(at, min(_LINE * lines, _TALLEST))
        self.sheet.freeze_panes(1, 1 + self.grouped)
        self.sheet.autofilter(0, 0, len(self.table.rows), max(len(titles) - 1, 0))
        self.sheet.repeat_rows(0)
        _printed(self.sheet)

    def _wide(self, place: int, width: int) -> None:
        self.widths[place] = max(self.widths.get(place, _NARROWEST), min(width, _WIDEST))

    def _words(self, row: int, place: int, said: str) -> None:
        length = _string(self.sheet, row, place, said, self.looks)
        self._wide(place, length)
        self.lengths.setdefault(row, []).append((place, length))

    def _cell(self, row: int, place: int, cell: Cell, column: Column) -> None:
        """A value as what it is, where a spreadsheet keeps it exactly; else its words."""
        amount = money(cell) if column.kind == "money" else None
        if amount is not None and _kept(amount[0]):
            digits = max(0, -int(amount[0].normalize().as_tuple().exponent))
            style = f"[${amount[1]}] #,##0{'.' + '0' * max(2, digits) if digits else ''}"
            self._number(row, place, amount[0], style, len(text(cell.runs)))
            return
        value = cell.value
        match value:
            case datetime() | date() if value.year >= 1900 and not (value.year == 1900 and value.month < 3):
                self._day(row, place, value)
            case bool() | None | str():
                self._words(row, place, text(cell.runs))
            case Fraction() | Decimal() | int() if _kept(value):
                style = "0.##########%" if column.kind == "share" and (Fraction(value) * 100).denominator != 1 else ""
                style = style or ("0%" if column.kind == "share" else "")
                self._number(row, place, value, style, len(text(cell.runs)))
            case _:
                self._words(row, place, text(cell.runs))

    def _number(self, row: int, place: int, value: Fraction | Decimal | int, style: str, width: int) -> None:
        # The one place where a value becomes a float: a workbook has no other number. `_kept` says that nothing is lost.
        self.sheet.write_number(row, place, float(value), self.looks(**({"num_format": style} if style else {})))
        self._wide(place, width)

    def _day(self, row: int, place: int, value: date | datetime) -> None:
        style = "[$-809]d mmmm yyyy"
        if isinstance(value, datetime):
            value, style = value.replace(tzinfo=None), f"{style} hh:mm"
        self.sheet.write_datetime(row, place, value, self.looks(num_format=style, align="left"))
        self._wide(place, len(style) - 4)


def _kept(value: Fraction | Decimal | int) -> bool:
    """Whether a spreadsheet keeps a number exactly as it is written."""
    number = Fraction(value)
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return False
    digits = 0
    while (number * 10**digits).denominator != 1:
        digits += 1
    return len(str(abs((number * 10**digits).numerator))) <= _EXACT
