"""The published shape of a document as JSON: pages, blocks, runs, tables.

In: nothing. Out: `DocumentModel` for `govlang view --format json`. Every word stands as it is, without any markup; `text` says
without links what `runs` say with them. Values are exact: amounts and shares are texts, days and instants are ISO 8601.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from govlang.schema import Shape, Version

# ---------------------------------------------------------------- runs


class ClauseRefModel(Shape):
    """A clause: its name in words, and where it stands."""

    label: str
    document: str
    number: str
    title: str
    line: int
    amendment: str


class WordsModel(Shape):
    """Words, plain or standing out."""

    run: Literal["text", "strong", "emphasis", "code"]
    text: str


class TermModel(Shape):
    """A defined term: `name` as it is defined, `text` as it stands here."""

    run: Literal["term"]
    text: str
    name: str
    page: str
    anchor: str


class CiteModel(Shape):
    """A reference to a clause."""

    run: Literal["cite"]
    text: str
    clause: ClauseRefModel
    page: str
    anchor: str


class LinkModel(Shape):
    """A link to a page of the document, or to an address on the web (then `page` is empty)."""

    run: Literal["link"]
    text: str
    page: str
    anchor: str
    address: str


RunModel = Annotated[WordsModel | TermModel | CiteModel | LinkModel, Field(discriminator="run")]
Runs = list[RunModel]

# ---------------------------------------------------------------- tables


class MoneyModel(Shape):
    """An amount of money, exact."""

    amount: Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$")]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217, such as EUR.")]


ValueModel = Annotated[
    str | int | bool | MoneyModel | None,
    Field(description="What a machine reads: a day, an exact number or share (`3/4`, `0.5`) as text, a count; else the words."),
]


class ColumnModel(Shape):
    """A column; `key` names it in `records`."""

    key: str
    title: str
    kind: Literal["text", "number", "date", "time", "money", "share"]


class CellModel(Shape):
    """A cell. `kind` is a word for its state, such as overdue; empty for most."""

    text: str
    value: ValueModel
    kind: str
    runs: Runs


class RowModel(Shape):
    """A row; `group` is the word under which rows stand together."""

    anchor: str
    group: str
    cells: list[CellModel]


class TableModel(Shape):
    """A table, cell by cell in `rows` and once more, values by column, in `records`."""

    block: Literal["table"]
    key: str
    title: str
    columns: list[ColumnModel]
    rows: list[RowModel]
    records: list[dict[str, ValueModel]]
    note: Runs


# ---------------------------------------------------------------- blocks


class HeadingModel(Shape):
    """A heading inside a page; `number` is its clause number."""

    block: Literal["heading"]
    level: Annotated[int, Field(ge=1, le=6)]
    number: str
    text: str
    runs: Runs
    anchor: str


class ParagraphModel(Shape):
    """A paragraph."""

    block: Literal["paragraph"]
    text: str
    runs: Runs


class ItemModel(Shape):
    """An entry of a list; for a requirement, what kind it is and its state."""

    text: str
    runs: Runs
    kind: str
    state: str = Field(description="met, open or failed; empty for an entry that has no state.")
    ordered: bool
    items: list[ItemModel]


class ListModel(Shape):
    """A list."""

    block: Literal["list"]
    ordered: bool
    items: list[ItemModel]


class PairModel(Shape):
    """A term and what is said of it."""

    text: str
    term: Runs
    anchor: str
    blocks: list[BlockModel]


class PairsModel(Shape):
    """Terms and what is said of each."""

    block: Literal["pairs"]
    pairs: list[PairModel]


class NoteModel(Shape):
    """A remark set apart. A `summary` is in plain words and no part of the agreement."""

    block: Literal["note"]
    kind: str
    title: str
    blocks: list[BlockModel]


class QuoteModel(Shape):
    """Words set apart as quoted."""

    block: Literal["quote"]
    blocks: list[BlockModel]


class SourceModel(Shape):
    """Text as written; `line` is the number of its first line in the file, 0 where that means nothing."""

    block: Literal["source"]
    language: str
    title: str
    line: int
    source: str


class BesideModel(Shape):
    """Prose (`left`) and the rules that restate it (`right`)."""

    block: Literal["beside"]
    left: list[BlockModel]
    right: list[BlockModel]


class BoxModel(Shape):
    """A place in a picture."""

    id: str
    label: str
    note: str
    kind: str
    clause: ClauseRefModel | None


class ArrowModel(Shape):
    """From one box to another, by their ids."""

    start: str
    end: str
    label: str
    kind: str


class DiagramModel(Shape):
    """A picture of boxes and arrows; `description` says all that it shows."""

    block: Literal["diagram"]
    key: str
    title: str
    description: str
    boxes: list[BoxModel]
    arrows: list[ArrowModel]


class PointModel(Shape):
    """A value of a plot, exact, as text; null where there is no data."""

    label: str
    value: str | None


class SeriesModel(Shape):
    """One line of a plot with several."""

    name: str
    points: list[PointModel]


class PlotModel(Shape):
    """Values over time or by name; `bars` are thresholds. A plot with several lines has `series` in place of `points`."""

    block: Literal["plot"]
    key: str
    title: str
    description: str
    kind: str
    unit: str
    points: list[PointModel]
    bars: list[PointModel]
    largest: str | None
    series: list[SeriesModel]


class SignatureModel(Shape):
    """Where a party signs."""

    block: Literal["signature"]
    party: str
    full_name: str
    by: list[str]


BlockModel = Annotated[
    HeadingModel | ParagraphModel | ListModel | TableModel | PairsModel | NoteModel | QuoteModel | SourceModel | BesideModel
    | DiagramModel | PlotModel | SignatureModel,
    Field(discriminator="block"),
]  # fmt: skip

# ---------------------------------------------------------------- pages


class PageModel(Shape):
    """One view."""

    slug: str
    title: str
    group: str
    summary: str
    blocks: list[BlockModel]


class DocumentModel(Shape):
    """Pages of one agreement, as of a day if there is a record."""

    schema_version: Version
    agreement: str
    text: str
    version: str
    text_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the agreement's text.")]
    slug: str
    source: str
    language: str
    sound: bool = Field(description="Whether the text has no errors; if it has, they stand on the page `errors`.")
    on: str | None = Field(description="The instant up to which the record counts; null without a record.")
    records: list[str]
    pages: list[PageModel]


for _model in (ItemModel, PairModel, NoteModel, QuoteModel, BesideModel, PageModel, DocumentModel):
    _model.model_rebuild()
