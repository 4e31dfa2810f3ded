"""Trust on a record: every dimension of every party at an instant, each figure with what it rests on, and since when it is low.

In: the lowered trust clauses of an agreement, a history and its judge. Out: `Score`s, in the order of the text and of the parties.
What low and good mean is said in `core.lower_trust`; what is counted, in `record.trust_figures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from govlang.core import keys as k
from govlang.core.expr import Value, Worked
from govlang.core.trust import Level, MeasureRule, TrustRule
from govlang.core.verdict import evaluate
from govlang.frozen import dataclass
from govlang.record.calendar import add_days, add_months
from govlang.record.judge import Judge
from govlang.record.norm_entries import Instance
from govlang.record.norms import Norms
from govlang.record.surveys import survey_called
from govlang.record.trust_figures import Counting, Sample
from govlang.syntax import nodes as n


@dataclass(frozen=True, slots=True)
class Found:
    """One figure: its value (None: no data), whether it is low (None: not known, or no bar), and what it rests on.

    `count` is how many samples it is made of; `too_few` says which of them were left out because they were too few to count.
    """

    measure: MeasureRule
    value: Fraction | None
    low: bool | None
    samples: tuple[Sample, ...]
    count: int
    too_few: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """One dimension of one party (empty: of all parties together) at an instant. `since` says from when on it is low now, `turns`
    each time it became low, with the key of what that opened."""

    rule: TrustRule
    party: str
    now: datetime
    start: datetime
    level: Level
    figures: tuple[Found, ...]
    combined: Fraction | None = None
    since: datetime | None = None
    turns: tuple[tuple[str, datetime], ...] = ()


class Figures:
    """The row that a trust clause is evaluated on: its figures."""

    def __init__(self, values: dict[k.Key, Fraction | None]) -> None:
        self.worked: Worked[Value] = {}
        self.values = values

    def value(self, key: k.Key) -> Value:
        return self.values.get(key)


class Assessor:
    """The trust of one history."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.windows = _in_force(judge)
        # Without what low trust brings about: a figure must not rest on itself.
        self.norms = Norms(judge, trusting=False)
        self._countings: dict[datetime, Counting] = {}
        self._turns: dict[tuple[TrustRule, str, datetime], tuple[tuple[str, datetime], ...]] = {}

    # ------------------------------------------------------------ what can be asked

    def scores(self, now: datetime, party: str = "") -> list[Score]:
        """Every dimension at an instant; of one party, if given."""
        return [
            self.score(rule, each, now)
            for rule, times in self.windows.items() if any(start <= now < end for start, end in times)
            for each in self.subjects(rule, now)
            if not party or party == each
        ]

    def subjects(self, rule: TrustRule, now: datetime) -> list[str]:
        """Of whom a dimension is assessed: the parties that take part on that day, or all together (empty)."""
        history = self.judge.history
        if rule.whom == "all":
            return [""]
        return [party.name for party in history.text(now).parties() if history.active(party.name, now)]

    def score(self, rule: TrustRule, party: str, now: datetime) -> Score:
        """One dimension of one party."""
        start = start_of_window(rule.window, now)
        tallies = [_Tally(measure, self._least(measure)) for measure in rule.measures]
        counted: list[list[Sample]] = []
        for tally in tallies:
            samples = [item for item in self._counting(now).samples(tally.measure, party) if _counts(item, start, now)]
            counted.append(samples)
            for sample in samples:
                tally.add(sample)
        row = Figures({tally.measure.key: tally.value() for tally in tallies})
        level = next(level for level, holds in rule.levels if evaluate(holds, row) is True)
        found = tuple(self._found(tally, samples, row) for tally, samples in zip(tallies, counted, strict=True))
        combined = evaluate(rule.combined, row) if rule.combined is not None else None
        turns = self.turns(rule, party, now)
        since = turns[-1][1] if level is Level.LOW and turns else None
        return Score(rule, party, now, start, level, found, combined if isinstance(combined, Fraction) else None, since, turns)

    def turned(self, name: str, now: datetime) -> Iterator[tuple[str, datetime, str]]:
        """Each time that a dimension became low, up to now: a key, the instant, the party it is about."""
        for rule in self.windows:
            if rule.name == name:
                # parties that left were low when they were low
                parties = [party.name for party in self.judge.history.agreement.parties()] if rule.whom == "each" else [""]
                for party in parties:
                    yield from ((key, at, party) for key, at in self.turns(rule, party, now))

    # ------------------------------------------------------------ one figure

    def _counting(self, now: datetime) -> Counting:
        if now not in self._countings:
            self._countings = {now: Counting(self.norms, now)}
        return self._countings[now]

    def _least(self, measure: MeasureRule) -> int:
        """How many answers a question needs to count."""
        if measure.unit not in ("mean", "spread"):
            return 1
        return survey_called(self.judge.history, measure.figure.names[0].text).enough

    def _found(self, tally: _Tally, samples: list[Sample], row: Figures) -> Found:
        low = evaluate(tally.measure.low, row) if tally.measure.bars else None
        too_few = tuple(
            f"{' about '.join(part for part in group[1:] if part)}, {group[0]}: {len(found)} of {tally.least} answers"
            for group, found in tally.groups.items() if 0 < len(found) < tally.least
        )  # fmt: skip
        kept = tuple(sample for sample in samples if len(tally.groups[sample.group]) >= tally.least)
        return Found(tally.measure, tally.value(), low if isinstance(low, bool) else None, kept,
                     sum(not sample.stays for sample in kept), too_few)  # fmt: skip

    # ------------------------------------------------------------ over time

    def turns(self, rule: TrustRule, party: str, now: datetime) -> tuple[tuple[str, datetime], ...]:
        """When it became low, each time: figures are looked at whenever something begins or ceases to count."""
        key = (rule, party, now)
        if key not in self._turns:
            times = self.windows.get(rule, [])
            self._turns[key] = tuple(
                (f"{party} {at:%Y-%m-%d}".strip(), at) for at in self._became_low(rule, party, now)
                if any(start <= at < end for start, end in times)
            )  # fmt: skip
        return self._turns[key]

    def _became_low(self, rule: TrustRule, party: str, now: datetime) -> Iterator[datetime]:
        tallies = [_Tally(measure, self._least(measure)) for measure in rule.measures]
        changes: list[tuple[datetime, int, int, int]] = []
        all_samples: list[Sample] = []
        for place, tally in enumerate(tallies):
            for sample in self._counting(now).samples(tally.measure, party):
                last = ceases(sample, rule.window)
                if last is not None and last <= sample.at:
                    continue
                changes.append((sample.at, 1, len(all_samples), place))
                if last is not None:
                    changes.append((last, 0, len(all_samples), place))
                all_samples.append(sample)
        changes.sort()
        was = False
        for place, (at, begins, number, measure) in enumerate(changes):
            if at > now:
                return
            (tallies[measure].add if begins else tallies[measure].remove)(all_samples[number])
            if place + 1 < len(changes) and changes[place + 1][0] == at:
                continue
            row = Figures({tally.measure.key: tally.value() for tally in tallies})
            low = evaluate(rule.low, row) is True
            if low and not was:
                yield at
            was = low


class _Tally:
    """The samples of one figure while they come and go, and what they come to."""

    def __init__(self, measure: MeasureRule, least: int) -> None:
        self.measure = measure
        self.least = least
        self.groups: dict[tuple[str, ...], dict[int, Sample]] = {}
        self.count, self.sum = 0, Fraction(0)
        self.given: dict[str, dict[str, tuple[int, Fraction]]] = {}  # by question and party, for spreads

    def add(self, sample: Sample) -> None:
        group = self.groups.setdefault(sample.group, {})
        group[id(sample)] = sample
        if len(group) == self.least:
            self._take(group, 1)
        elif len(group) > self.least:
            self._take({0: sample}, 1)

    def remove(self, sample: Sample) -> None:
        group = self.groups[sample.group]
        if len(group) == self.least:
            self._take(group, -1)
        elif len(group) > self.least:
            self._take({0: sample}, -1)
        del group[id(sample)]

    def _take(self, samples: dict[int, Sample], sign: int) -> None:
        for sample in samples.values():
            self.count += sign
            self.sum += sign * sample.value
            if self.measure.unit == "spread":
                found = self.given.setdefault(sample.group[1], {})
                count, total = found.get(sample.by, (0, Fraction(0)))
                found[sample.by] = count + sign, total + sign * sample.value

    def value(self) -> Fraction | None:
        """The figure; None where it rests on nothing."""
        if not self.count:
            return None
        match self.measure.unit:
            case "number":
                return self.sum
            case "spread":
                return self._spread()
            case _:
                return self.sum / self.count

    def _spread(self) -> Fraction | None:
        """The widest gap, over the questions, between the means of two parties' answers."""
        means = [[total / count for count, total in found.values() if count] for found in self.given.values()]
        return max((max(each) - min(each) for each in means if len(each) > 1), default=None)


def means_given(samples: Iterable[Sample]) -> dict[str, dict[str, Fraction]]:
    """The mean that each party answered, by question."""
    given: dict[str, dict[str, list[Fraction]]] = {}
    for sample in samples:
        given.setdefault(sample.group[1], {}).setdefault(sample.by, []).append(sample.value)
    return {
        word: {by: sum(values, Fraction(0)) / len(values) for by, values in sorted(found.items())}
        for word, found in given.items()
    }  # fmt: skip


# ---------------------------------------------------------------- windows


def _in_force(judge: Judge) -> dict[TrustRule, list[tuple[datetime, datetime]]]:
    """The trust clauses of every version of the text, each with the times in which its text is in force."""
    history = judge.history
    if not history.texts:
        return {rule: [(datetime.min, datetime.max)] for rule in judge.rules.under(history.agreement).trust}
    found: dict[TrustRule, list[tuple[datetime, datetime]]] = {}
    starts = [datetime.min, *(version.start for version in history.texts[1:])]
    for version, start, end in zip(history.texts, starts, [*starts[1:], datetime.max], strict=True):
        for rule in judge.rules.under(version.agreement).trust:
            found.setdefault(rule, []).append((start, end))
    return found


def start_of_window(window: n.Duration | None, now: datetime) -> datetime:
    """The first instant of the window that ends on a day: `over 12 months` on 31 December begins on 1 January."""
    if window is None:
        return datetime.min
    return datetime.combine(_before(now.date(), window) + timedelta(days=1), datetime.min.time())


def _before(day: date, window: n.Duration) -> date:
    """The day so long before another; months clamp to the month's end."""
    try:
        match window.unit:
            case "months":
                return add_months(day, -window.amount)
            case "years":
                return add_months(day, -12 * window.amount)
            case "weeks":
                return day - timedelta(weeks=window.amount)
            case _:
                return day - timedelta(days=window.amount)
    except (OverflowError, ValueError):
        return date(1, 1, 1)


def _counts(sample: Sample, start: datetime, now: datetime) -> bool:
    inside = sample.stays or start <= sample.at
    return inside and sample.at <= now and (sample.ended is None or now < sample.ended)


def ceases(sample: Sample, window: n.Duration | None) -> datetime | None:
    """The first instant at which a sample no longer counts; None if it goes on counting."""
    if sample.stays or window is None:
        return sample.ended
    day = add_days(sample.at.date(), window)
    while start_of_window(window, datetime.combine(day, datetime.min.time())) <= sample.at:
        day += timedelta(days=1)
    leaves = datetime.combine(day, datetime.min.time())
    return min(leaves, sample.ended) if sample.ended is not None else leaves


def opened(norms: Norms, score: Score) -> list[Instance]:
    """What has come of it that this dimension of this party was low: the duties, reviews and rights that it brought about."""
    keys = {key for key, _ in score.turns}
    rules = [
        rule for rule in norms.rules
        if any(t.happening is not None and t.happening.kind == "trust" and t.happening.name is not None
               and t.happening.name.text == score.rule.name for t in rule.triggers)
    ]  # fmt: skip
    return [item for rule in rules for item in norms.instances(rule, score.now, score.now) if item.key in keys]
