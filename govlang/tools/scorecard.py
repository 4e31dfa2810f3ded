"""The scorecard of trust: every dimension of every party, each figure with what it rests on, and how it was a year before.

In: a loaded agreement, a book, a day. Out: `Scorecard`; figures and evidence in words. Raises `NoAnswer` when there can be none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from govlang.core.trust import Level
from govlang.diagnostics import Diagnostic, ordered
from govlang.frozen import dataclass, parts
from govlang.pipeline import Loaded
from govlang.record import calendar, surveys
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.record.norms import Norms
from govlang.record.trust import Found, Score, means_given, opened
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools import books, questions
from govlang.tools.books import Book
from govlang.tools.questions import NoAnswer


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in words and exactly (`value`; None: no data), its bars, whether it is low, what it rests on, its clause."""

    title: str
    shown: str
    value: Fraction | None
    count: int
    bars: str
    low: bool | None
    evidence: tuple[str, ...]
    left_out: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of one party (empty: of all parties together). `trend` is better, worse, unchanged, or empty where a year
    earlier there was no data; `earlier` says what it was then."""

    name: str
    text: str
    party: str
    level: str
    since: datetime | None
    window: str
    lines: tuple[Line, ...]
    combined: str
    combined_value: Fraction | None
    opened: tuple[str, ...]
    trend: str
    earlier: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything that is assessed on a day."""

    agreement: str
    version: str
    text_hash: str
    on: datetime
    dimensions: tuple[Dimension, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def low(self) -> bool:
        """Whether anything is low."""
        return any(item.level == Level.LOW.value for item in self.dimensions)


def scorecard(loaded: Loaded, book: Book, on: str = "", party: str = "") -> Scorecard:
    """The scorecard of a day (the last one on record, if none is given), of every party or of one. Raises NoAnswer."""
    questions.sound(loaded)
    questions.trusted(loaded)
    questions.readable(book)
    agreement = loaded.agreement
    moment = questions.day(on) if on else book.last(agreement)
    if moment is None:
        raise NoAnswer("say as of which day to assess", "give --on with a date, such as --on 2026-12-31")
    parties = [member.name for member in agreement.parties()]
    if party and party not in parties:
        raise NoAnswer(f"the agreement has no party called '{party}'", f"its parties are: {', '.join(parties) or 'none'}")
    if not agreement.trust:
        raise NoAnswer("the agreement has no trust clause, so there is nothing to assess", "write one: `trust Competence`")
    now = calendar.localise(moment, agreement.header).end
    history = books.history(books.until(book, agreement, now), agreement)
    norms = Norms(Judge(loaded.rules, history))
    before = Norms(Judge(loaded.rules, history))
    found = tuple(_dimension(norms, before, score) for score in norms.assessor.scores(now, party))
    problems = tuple(ordered([*book.diagnostics, *history.diagnostics, *_of_nobody(history, book, now)]))
    return Scorecard(agreement.name, agreement.header.version, loaded.text_hash, now, found, problems)


def _of_nobody(history: History, book: Book, now: datetime) -> Iterator[Diagnostic]:
    """Findings that are counted somewhere, about a person who belongs to no party: they are in no party's figure."""
    words = {word for item in parts(tuple(history.agreement.trust.values()))
             if isinstance(item, n.Figure) and item.kind == "findings" for word in item.words}  # fmt: skip
    parties = {party.name for party in history.agreement.parties()}
    for entry in book.entries:
        deed = entry.deed
        at = calendar.localise(deed.at, history.agreement.header).start
        if deed.kind != "find" or deed.word not in words or deed.other is None or at > now or deed.negated:
            continue
        who = deed.other.text
        if surveys.party_of(history, who, at) not in parties:
            message = f"{deed.word} of {who} counts in no party's figure of trust: {who} belongs to no party on that day"
            yield Diagnostic("GL405", message, entry.source, deed.other.span,
                             "name the party, or record for which party the person holds an office")  # fmt: skip


def _dimension(norms: Norms, before: Norms, score: Score) -> Dimension:
    rule = score.rule
    trend, earlier = _trend(before, score)
    return Dimension(
        rule.name, rule.text, score.party, score.level.value, score.since,
        f"over {rule.window}" if rule.window is not None else "over the whole term",
        tuple(_line(norms, found) for found in score.figures),
        _combined(score), score.combined, tuple(opened_words(norms, score)), trend, earlier, rule.citation,
    )  # fmt: skip


def _line(norms: Norms, found: Found) -> Line:
    measure = found.measure
    return Line(
        measure.title, measured_as(found), found.value, found.count, low_words(measure.bars, measure.unit), found.low,
        tuple(evidence(norms, found)), found.too_few, measure.citation,
    )  # fmt: skip


def _combined(score: Score) -> str:
    if score.rule.combined is None:
        return ""
    shown = figure_shown(score.combined, score.rule.combined_unit) if score.combined is not None else "no data"
    bars = low_words(score.rule.bars, score.rule.combined_unit)
    return f"weighted together {shown}{f', {bars}' if bars else ''}"


def _trend(norms: Norms, score: Score) -> tuple[str, str]:
    """How it was a year earlier, and which way it has gone: better or worse only where all known figures agree."""
    day = calendar.add_months(score.now.date(), -12)
    then = datetime.combine(day, score.now.time())
    begins = norms.begins()
    earlier = norms.assessor.score(score.rule, score.party, then) if begins is not None and begins <= then else None
    if earlier is None or all(found.value is None for found in earlier.figures):
        return "", ""
    ways = {
        _way(found, old) for found, old in zip(score.figures, earlier.figures, strict=True)
        if found.value is not None and old.value is not None
    }  # fmt: skip
    moved = ways - {"unchanged"}
    trend = "mixed" if len(moved) > 1 else next(iter(moved), "unchanged" if ways else "")
    figures = "; ".join(f"{old.measure.title} {measured_as(old)}" for old in earlier.figures)
    return trend, f"{day}: {earlier.level.value} ({figures})"


def _way(found: Found, old: Found) -> str:
    """Which way a figure moved: by its bar where it has one, else shares and means up, numbers and spreads down are better."""
    assert found.value is not None
    assert old.value is not None
    if found.value == old.value:
        return "unchanged"
    low_is_less = found.measure.bars[0].op == "<" if found.measure.bars else found.measure.unit in ("share", "mean")
    return "better" if (found.value > old.value) is low_is_less else "worse"


# ---------------------------------------------------------------- words


def figure_shown(value: Fraction, unit: str) -> str:
    """A figure for people: exact where a few digits say all of it, else marked as rounded."""
    if unit == "share":
        return f"{_digits(value * 100, 1)}%"
    return _digits(value, 2)


def _digits(value: Fraction, places: int) -> str:
    scaled = value * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    text = f"{whole // 10**places:,}.{whole % 10**places:0{places}d}".rstrip("0").rstrip(".")
    return text if scaled.denominator == 1 else f"about {text}"


def measured_as(found: Found) -> str:
    """A figure with what it is made of: `80% (8 of 10)`, `3.5 (4 answers)`, `2`, `no data`."""
    if found.value is None:
        return "no data"
    shown = figure_shown(found.value, found.measure.unit)
    match found.measure.unit:
        case "share":
            return f"{shown} ({found.value * found.count} of {found.count})"
        case "mean" | "spread":
            return f"{shown} ({found.count} {'answer' if found.count == 1 else 'answers'})"
        case _:
            return shown


def low_words(bars: tuple[n.Low, ...], unit: str) -> str:
    """The bars of a measure: `low below 80%`."""
    words = []
    for bar in bars:
        assert isinstance(bar.bar.value, Fraction)
        words.append(f"low {'below' if bar.op == '<' else 'above'} {figure_shown(bar.bar.value, unit)}")
    return ", ".join(words)


def evidence(norms: Norms, found: Found) -> Iterator[str]:
    """What a figure rests on, one line for each thing; what counts against somebody first. Of an anonymous survey only sums."""
    if found.measure.unit in ("mean", "spread"):
        yield from _answers(norms, found)
        return
    yield from (item.text for item in found.samples if item.text and not item.value)
    yield from (item.text for item in found.samples if item.text and item.value)


def _answers(norms: Norms, found: Found) -> Iterator[str]:
    survey = surveys.survey_called(norms.history, found.measure.figure.names[0].text)
    if found.measure.unit == "spread" and not survey.anonymous:
        for word, means in means_given(found.samples).items():
            yield f"{word}: " + ", ".join(f"{by} {figure_shown(mean, 'mean')}" for by, mean in means.items())
        return
    groups: dict[tuple[str, ...], list[tuple[str, Fraction]]] = {}
    for item in found.samples:
        groups.setdefault(item.group, []).append((item.text, item.value))
    for (turn, word, about), given in groups.items():
        mean = figure_shown(sum((value for _, value in given), Fraction(0)) / len(given), "mean")
        named = "" if survey.anonymous else " (" + ", ".join(f"{by} {value}" for by, value in given) + ")"
        yield f"{word}{f' about {about}' if about else ''}, {turn}: {mean} from {len(given)} answers{named}"


def opened_words(norms: Norms, score: Score) -> Iterator[str]:
    """What being low has opened, with its state."""
    for item in opened(norms, score):
        yield f"{item.rule.title}, opened on {item.since:%Y-%m-%d}: {item.word}"
