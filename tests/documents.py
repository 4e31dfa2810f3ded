"""What several tests of documents ask: the alliance and its records as subjects, tables and plots of a page, words of a cell."""

from __future__ import annotations

from pathlib import Path

from govlang.pipeline import Loaded
from govlang.source import Source
from govlang.syntax.nodes import Deed
from govlang.syntax.parse import parse_entries
from govlang.tools import books
from govlang.tools.document.blocks import Cell, Page, Plot, Table, text
from govlang.tools.document.subject import Recorded, Subject

ROOT = Path(__file__).parents[1]
AGREEMENTS = sorted((ROOT / "agreements").glob("*.gov.md"))
CONSTRUCTS = sorted((Path(__file__).parent / "constructs").glob("*.gov"))
ALLIANCE = ROOT / "agreements" / "alliance.gov.md"
RECORDS = [ROOT / "agreements" / name for name in ("alliance-two-years.minutes", "alliance-departures.minutes")]


def name_of(path: Path) -> str:
    return path.name.partition(".")[0]


def recorded(loaded: Loaded, path: Path, on: str = "") -> Subject:
    return Subject(loaded, Recorded(loaded, books.read_books([path], loaded.agreement), on, (path.name,)))


def tables(page: Page) -> dict[str, Table]:
    return {block.key: block for block in page.blocks if isinstance(block, Table)}


def plots(page: Page) -> list[Plot]:
    return [block for block in page.blocks if isinstance(block, Plot)]


def words(cell: Cell) -> str:
    return text(cell.runs)


def column(table: Table, key: str) -> list[Cell]:
    place = next(place for place, each in enumerate(table.columns) if each.key == key)
    return [row.cells[place] for row in table.rows]


def deeds(lines: str) -> tuple[Deed, ...]:
    """The events of a minute book."""
    found, problems = parse_entries(Source("book.minutes", lines))
    assert not problems
    return tuple(found)
