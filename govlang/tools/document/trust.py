"""The page `trust`: the scorecard: every dimension of every party, each figure against its bar and what it rests on, and how it has
developed.

In: a `Subject` with a record. Out: one page. Every figure, of the day and of earlier days, is what `govlang trust` finds for that
day; "no data" stays no data.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from govlang.backends.words import english
from govlang.core.trust import MeasureRule
from govlang.frozen import dataclass
from govlang.record import calendar
from govlang.syntax import nodes as n
from govlang.tools.document import asked, cells
from govlang.tools.document.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Item,
    Listing,
    Page,
    Paragraph,
    Plot,
    Point,
    Row,
    Series,
    Strong,
    Table,
    Text,
)
from govlang.tools.document.links import slug
from govlang.tools.document.subject import Recorded, Subject
from govlang.tools.questions import NoAnswer
from govlang.tools.scorecard import Dimension, Line, Scorecard, figure_shown, low_words, scorecard

TOGETHER = "all parties together"
MOST_POINTS = 12
MOST_LINES = 6
_TRENDS = {
    "better": "better than", "worse": "worse than", "unchanged": "unchanged from", "mixed": "better and worse than",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Past:
    """The scorecards of earlier days and of the day asked, each with what its day is called; what each is called: a quarter, a half
    year, a year."""

    cards: tuple[tuple[str, Scorecard], ...]
    each: str


def pages(subject: Subject) -> Iterator[Page]:
    """The page; none without a record, or where no clause measures trust."""
    record = subject.record
    if record is None or not subject.loaded.agreement.trust:
        return
    found = found_of(subject, record)
    blocks = found if isinstance(found, tuple) else tuple(_blocks(subject, record, found))
    summary = "How far each party can be relied on, by the figures that the agreement measures."
    yield Page("trust", "Trust", "Record", blocks, summary)


def found_of(subject: Subject, record: Recorded) -> Scorecard | tuple[Block, ...]:
    """What `govlang trust` answers."""
    return subject.once("trust", lambda: asked.answer(lambda: scorecard(record.loaded, record.book, record.on)))


def _blocks(subject: Subject, record: Recorded, card: Scorecard) -> Iterator[Block]:
    low = [f"{item.name} of {item.party or TOGETHER}" for item in card.dimensions if item.level == "low"]
    said = f"What is low: {english.listed(low)}." if low else "Nothing is low."
    yield Paragraph(subject.links.runs(f"As of {asked.as_of(record)}. {said}"))
    yield _levels(subject, card)
    past = _past(record, card)
    for name in dict.fromkeys(item.name for item in card.dimensions):
        yield from _dimension(subject, [item for item in card.dimensions if item.name == name], past)


def _levels(subject: Subject, card: Scorecard) -> Table:
    """Parties down, dimensions across."""
    names = list(dict.fromkeys(item.name for item in card.dimensions))
    parties = list(dict.fromkeys(item.party for item in card.dimensions))
    found = {(item.party, item.name): item for item in card.dimensions}
    columns = (Column("Party", "party"), *(Column(name, f"dimension-{place}") for place, name in enumerate(names, 1)))
    rows = tuple(
        Row((cells.names(subject, (party,), TOGETHER), *(_level(found.get((party, name))) for name in names))) for party in parties
    )
    return Table("trust-levels", "Trust at a glance", columns, rows)


def _level(item: Dimension | None) -> Cell:
    if item is None:
        return cells.plain("not measured", kind="none")
    since = f" since {english.day(item.since.date())}" if item.since is not None else ""
    return Cell((Text(f"{item.level}{since}"),), item.level, "open" if item.level == "incomplete" else item.level)


# ---------------------------------------------------------------- one dimension


def _dimension(subject: Subject, items: list[Dimension], past: Past) -> Iterator[Block]:
    first = items[0]
    yield Heading(2, (Text(first.name),), slug(first.name))
    yield Paragraph(subject.say(english.sentence(f"{first.text} Measured {first.window}".strip()), first.citation))
    yield _figures(subject, items)
    remarks = tuple(remark for item in items for remark in _remarks(subject, item))
    if remarks:
        yield Listing(remarks)
    for place, line in enumerate(first.lines):
        yield from _development(subject, first.name, place, line, past)
    evidence = _evidence(subject, items)
    if evidence.rows:
        yield evidence


def _figures(subject: Subject, items: list[Dimension]) -> Table:
    columns = (Column("Party", "party"), Column("Figure", "figure"), Column("Value", "value"), Column("Bar", "bar"),
               Column("State", "state"), Column("Clause", "clause"))  # fmt: skip
    rows = tuple(
        Row((
            cells.names(subject, (item.party,), TOGETHER), cells.said(subject, line.title),
            Cell((Text(line.shown),), line.value, "no data" if line.value is None else ""), cells.plain(line.bars or "none"),
            _state(line), cells.clause(subject, line.citation),
        ))
        for item in items for line in item.lines
    )  # fmt: skip
    return Table(f"trust-{slug(items[0].name)}", f"{items[0].name}: the figures", columns, rows)


def _state(line: Line) -> Cell:
    if line.value is None:
        return cells.plain("no data", kind="no data")
    if line.low is None:
        return cells.plain("no threshold")
    return cells.plain("low", kind="low") if line.low else cells.plain("good", kind="good")


def _remarks(subject: Subject, item: Dimension) -> Iterator[Item]:
    """What else there is to say of one party: the figures together, what being low has opened, how it was a year before."""
    said = [item.combined] if item.combined else []
    said += list(item.opened)
    if item.earlier:
        said.append(f"{_TRENDS.get(item.trend, 'to compare with')} a year before, {item.earlier}")
    if said:
        who = item.party or TOGETHER
        yield Item((Strong(who), *subject.links.runs(f": {cells.spoken('; '.join(said))}.")))


def _evidence(subject: Subject, items: list[Dimension]) -> Table:
    columns = (Column("Party", "party"), Column("Figure", "figure"), Column("What it rests on", "evidence"),
               Column("Left out, too few", "left-out"))  # fmt: skip
    rows = []
    for item in items:
        for line in item.lines:
            if line.evidence or line.left_out:
                more = len(line.evidence) - MOST_LINES
                shown = [*line.evidence[:MOST_LINES], *([f"and {english.number(more)} more"] if more > 0 else [])]
                rows.append(Row((
                    cells.names(subject, (item.party,), TOGETHER), cells.said(subject, line.title),
                    cells.told(subject, "; ".join(shown)), cells.told(subject, "; ".join(line.left_out)),
                )))  # fmt: skip
    name = items[0].name
    return Table(f"trust-{slug(name)}-evidence", f"{name}: what the figures rest on", columns, tuple(rows))


# ---------------------------------------------------------------- over time


def _past(record: Recorded, card: Scorecard) -> Past:
    """The scorecards at the end of each quarter since the record begins (half years or years, where that would be too many), and
    of the day asked."""
    now = record.now.date()
    entries = record.book.entries
    first = min((calendar.localise(entry.deed.at, record.loaded.agreement.header).day for entry in entries), default=now)
    days, each = _ends(first, now)
    found: list[tuple[str, Scorecard]] = []
    for day, label in days:
        try:
            found.append((label, scorecard(record.loaded, record.book, day.isoformat())))
        except NoAnswer:
            continue
    found.append((english.day(now), card))
    return Past(tuple(found), each)


def _ends(first: date, now: date) -> tuple[list[tuple[date, str]], str]:
    for months, each in ((3, "quarter"), (6, "half year"), (12, "year")):
        found = []
        for year in range(max(first.year, now.year - MOST_POINTS), now.year + 1):
            for turn in range(1, 12 // months + 1):
                end = calendar.add_months(date(year, 1, 1), turn * months) - timedelta(days=1)
                if first <= end < now:
                    label = {3: f"Q{turn} {year}", 6: f"H{turn} {year}"}.get(months, str(year))
                    found.append((end, label))
        if len(found) < MOST_POINTS or months == 12:
            return found[-MOST_POINTS + 1 :], each
    raise AssertionError  # pragma: no cover - years are the last resort


def _development(subject: Subject, name: str, place: int, line: Line, past: Past) -> Iterator[Block]:
    """One figure over time, with a line for each party; as bars, where there is one day only; nothing where there is no data."""
    parties = list(dict.fromkeys(item.party for _, card in past.cards for item in card.dimensions if item.name == name))
    series = tuple(
        Series(party or TOGETHER, tuple(Point(label, _value(card, name, party, line.title)) for label, card in past.cards))
        for party in parties
    )  # fmt: skip
    known = {at for each in series for at, point in enumerate(each.points) if point.value is not None}
    if not known:
        return
    rule = next((each for each in subject.rules.trust if each.name == name), None)
    measure = next((each for each in rule.measures if each.title == line.title), None) if rule is not None else None
    if measure is None:
        return
    key = f"trust-{slug(name)}-{place + 1}"
    if len(known) > 1:
        yield from _plots(key, measure, series, past, _largest(subject, measure))
    elif max(known) == len(past.cards) - 1:
        points = tuple(Point(each.name, each.points[-1].value) for each in series)
        title = f"{_title(measure)}, on {past.cards[-1][0]}"
        said = f"{title}: {_said(points, measure)}.{_bar_words(measure)}"
        yield Plot(key, title, said, "bars", points, measure.unit, _bars(measure), _largest(subject, measure))


def _plots(
    key: str, measure: MeasureRule, series: tuple[Series, ...], past: Past, largest: Fraction | None
) -> Iterator[Block]:  # fmt: skip
    """As many plots as it takes to tell the lines apart, and the table that says the same."""
    for number, start in enumerate(range(0, len(series), 6), 1):
        some = series[start : start + 6]
        part = f" ({number})" if len(series) > 6 else ""
        title = f"{_title(measure)} at the end of each {past.each}{part}"
        said = " ".join(f"{each.name}: {_said(each.points, measure)}." for each in some)
        name = key if number == 1 else f"{key}-{number}"
        yield Plot(name, title, f"{title}. {said}{_bar_words(measure)}", "line", (), measure.unit, _bars(measure), largest, some)
    kind = "share" if measure.unit == "share" else "number"
    columns = (Column("At the end of", "at"), *(Column(each.name, f"party-{at}", kind) for at, each in enumerate(series, 1)))
    rows = tuple(
        Row((cells.plain(label), *(_shown(each.points[at], measure.unit) for each in series)))
        for at, (label, _) in enumerate(past.cards)
    )
    yield Table(f"{key}-over-time", f"{_title(measure)} over time", columns, rows)


def _title(measure: MeasureRule) -> str:
    return f"{measure.title[:1].upper()}{measure.title[1:]}"


def _value(card: Scorecard, name: str, party: str, title: str) -> Fraction | None:
    found = (line for item in card.dimensions if (item.name, item.party) == (name, party) for line in item.lines)
    return next((line.value for line in found if line.title == title), None)


def _shown(point: Point, unit: str) -> Cell:
    if point.value is None:
        return cells.plain("no data", kind="no data")
    return Cell((Text(figure_shown(point.value, unit)),), point.value)


def _said(points: tuple[Point, ...], measure: MeasureRule) -> str:
    return ", ".join(
        f"{point.label} {figure_shown(point.value, measure.unit) if point.value is not None else 'no data'}" for point in points
    )  # fmt: skip


def _bars(measure: MeasureRule) -> tuple[Point, ...]:
    """The thresholds, each with its words."""
    return tuple(
        Point(low_words((bar,), measure.unit), bar.bar.value if isinstance(bar.bar.value, Fraction) else None)
        for bar in measure.bars
    )  # fmt: skip


def _bar_words(measure: MeasureRule) -> str:
    return f" The figure is {low_words(measure.bars, measure.unit)}." if measure.bars else ""


def _largest(subject: Subject, measure: MeasureRule) -> Fraction | None:
    """The top of the scale: the largest answer of a survey."""
    if measure.unit != "mean" or not isinstance(measure.figure, n.Figure) or not measure.figure.names:
        return None
    survey = subject.agreement.surveys.get(measure.figure.names[0].text)
    return Fraction(survey.scale.high) if survey is not None and survey.scale is not None else None
