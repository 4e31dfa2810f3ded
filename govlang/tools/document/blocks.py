"""What a document is made of: pages of blocks, blocks of runs. Plain data, the same for every output.

In: made by the views of `tools.document`. Out: read by `report.document`, which prints it as HTML, Markdown, JSON, CSV, a
workbook, Word or PDF. Nothing here is text with a markup: every character of a run is meant as itself, and each output escapes it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from govlang.frozen import dataclass
from govlang.source import Citation

# ---------------------------------------------------------------- runs: what stands in one line


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words in italics."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Words of the agreement's own language, a file, a hash."""

    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term: `name` as it is defined, `text` as it stands here (a plural, say), and where it is defined."""

    name: str
    text: str
    page: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Cite:
    """A reference to a clause, and where the clause stands. `text` is `Citation.label` unless other words stand here."""

    citation: Citation
    text: str
    page: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link: to a page of the same document by its slug (and an anchor on it), or (`page` empty) to an address on the web that
    the agreement's own prose names."""

    text: str
    page: str = ""
    anchor: str = ""
    address: str = ""


Run = Text | Strong | Emphasis | Code | Term | Cite | Link
Runs = tuple[Run, ...]


# ---------------------------------------------------------------- blocks: what stands one below the other


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page: `level` 2 to 6 (1 is the page's title). `number` is the clause number, if it is one."""

    level: int
    runs: Runs
    anchor: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list, with what stands under it. `kind` says what it is for readers of JSON (threshold, tier ...); `state`
    is met, open, failed or empty."""

    runs: Runs
    items: tuple[Item, ...] = ()
    kind: str = ""
    state: str = ""
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; numbered, if `ordered`."""

    items: tuple[Item, ...]
    ordered: bool = False


Value = str | int | bool | Fraction | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `value` is what a machine reads (a date, a number); None where it is the words. `kind` is a word by which
    an output may show it (owned, overdue, good, low, none ...), never by colour alone."""

    runs: Runs
    value: Value = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its `key` in JSON and CSV, and its `kind`: text, number, date, time, money or share."""

    title: str
    key: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """A row; the first cell heads it. `anchor` is where links to it go; `group` a word under which rows stand together."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one heading a column. `key` is its name among files (`authority-matrix`), unique in the document."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Runs = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A term of a definition list and what is said of it."""

    term: Runs
    blocks: tuple[Block, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Terms and what is said of each: key facts, a glossary."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark set apart. `kind` is info, warning, error, summary (a plain-language summary that is not part of the agreement),
    rule (what a clause's rules say, in words) or example (scenarios of the text)."""

    kind: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that the agreement's prose sets apart as quoted."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Text of the language or a file, line by line as written. `language` is gov, minutes, json or empty. `line` is the number of
    its first line in the file, where citations lead to lines (`line-12`); 0 where they do not."""

    text: str
    language: str = ""
    title: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Beside:
    """Prose and the rules that restate it: side by side where there is room, one below the other where there is none."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A place in a picture. `kind` is start, step, choice, gate, end, good, bad or aside; `note` a second, smaller line. `page` and
    `anchor` are where its clause stands in the document."""

    id: str
    label: str
    note: str = ""
    kind: str = "step"
    citation: Citation | None = None
    page: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one box to another; `label` stands on it. `kind` is plain, or dashed for what is only possible."""

    start: str
    end: str
    label: str = ""
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Diagram:
    """A picture of boxes and arrows, from top to bottom. `description` says in words all that it shows."""

    key: str
    title: str
    description: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a plot; None is "no data", which is never 0."""

    label: str
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a plot with several: what it is of, and its points."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Values over time or by name. `kind` is line or bars; `bars` are thresholds drawn across (`low below`), `unit` is share,
    number or mean. `description` says in words all that it shows. A plot with several lines has `series` in place of `points`; they
    have a point at each of the same labels."""

    key: str
    title: str
    description: str
    kind: str
    points: tuple[Point, ...]
    unit: str = "number"
    bars: tuple[Point, ...] = ()
    largest: Fraction | None = None
    series: tuple[Series, ...] = ()

    @property
    def lines(self) -> tuple[Series, ...]:
        """Every line of it; one without a name, where there are no several."""
        return self.series or (Series("", self.points),)


@dataclass(frozen=True, slots=True)
class Signature:
    """Where one party signs: its name, and who signs for it: `by` are roles, `names` who holds each of them (empty if nobody is
    named)."""

    party: str
    full_name: str
    by: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


Block = (
    Heading | Paragraph | Listing | Table | Pairs | Note | Quote | Source | Beside | Diagram | Plot | Signature
)  # fmt: skip


# ---------------------------------------------------------------- pages and documents


@dataclass(frozen=True, slots=True)
class Page:
    """One view. `slug` names it in addresses and files, `group` is where it stands in the navigation: Agreement, Rules or Record.
    `summary` is one plain sentence on what it shows."""

    slug: str
    title: str
    group: str
    blocks: tuple[Block, ...]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a list of several agreements says of one: who takes part, its first and last day, whether it is in force (empty without
    a record), how many there are of what (a noun in the singular, a number), and how many errors and warnings its text has."""

    parties: tuple[str, ...] = ()
    starts: date | None = None
    ends: date | None = None
    status: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """Every page of one agreement, as of a day if there is a record. `slug` names it among others, `source` is its file, `records`
    are those of the record; `sound` says whether the text has no errors (if not, `errors` is one of the pages)."""

    slug: str
    source: str
    title: str
    text: str
    version: str
    text_hash: str
    pages: tuple[Page, ...]
    on: datetime | None = None
    records: tuple[str, ...] = ()
    sound: bool = True
    language: str = "en"
    brief: Brief = Brief()

    def page(self, slug: str) -> Page | None:
        """A page by its slug."""
        return next((page for page in self.pages if page.slug == slug), None)


def text(said: Runs) -> str:
    """Runs as plain words."""
    return "".join(run.text for run in said)
