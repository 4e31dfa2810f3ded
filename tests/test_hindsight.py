"""What comes later changes no answer about an earlier day: every scenario, asked with and without its later events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from govlang.core.norms import Standing
from govlang.frozen import replace
from govlang.pipeline import Loaded, load
from govlang.record import calendar
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.record.norms import Instance, Norms
from govlang.record.trust import Score
from govlang.syntax import nodes as n
from govlang.tools import due, scorecard, status
from govlang.tools.books import Book, Entry
from govlang.tools.decide import decide

ROOT = Path(__file__).parents[1]
FILES = [
    *sorted((ROOT / "tests" / "constructs").glob("*.gov")),
    *sorted((ROOT / "tests" / "amended").glob("*.gov.md")),
    *(path for path in sorted((ROOT / "agreements").glob("*.gov.md")) if path.name != "alliance.gov.md"),
]

Named = dict[tuple[object, ...], Instance]


def deeds(loaded: Loaded, scenario: n.Scenario) -> list[n.Deed]:
    found = [line for line in scenario.lines if not isinstance(line, n.Expect)]
    return sorted(found, key=lambda event: calendar.localise(event.at, loaded.agreement.header).start)


def days(loaded: Loaded, events: list[n.Deed]) -> list[datetime]:
    """The ends of the days of the record."""
    found = sorted({calendar.localise(event.at, loaded.agreement.header).day for event in events})
    return [n.Moment(datetime.combine(day, datetime.min.time())).end for day in found]


def plain(item: Instance) -> object:
    return (
        item.rule.id, item.key, item.bearer, item.standing, item.since, item.due, item.late, item.done, item.by, item.curable,
        item.breach, item.released, item.suspended, item.owed, item.paid, item.notes, len(item.events),
    )  # fmt: skip


def figures(score: Score) -> object:
    return (score.rule.name, score.party, score.level, score.combined, score.since, score.turns,
            [(figure.value, figure.low, figure.count, figure.too_few) for figure in score.figures])  # fmt: skip


def answers(loaded: Loaded, events: list[n.Deed], now: datetime) -> Iterator[tuple[str, object]]:
    """Everything that can be asked as of a day."""
    history = History(loaded.agreement, events)
    book = Book(tuple(Entry(event, None) for event in events))
    judge = Judge(loaded.rules, history.on(now))
    norms = Norms(judge)
    for item in norms.at(now):
        yield f"{item.rule.id} of {item.bearer} for {item.key}", plain(item)
    yield "events that count for nothing", [(stray.rule.id, stray.event.at, stray.reason) for stray in norms.strays(now)]
    for score in norms.assessor.scores(now):
        yield f"trust {score.rule.name} of {score.party}", figures(score)
    day = f"{now:%Y-%m-%d}"
    yield "due", due.due(loaded, book, day).items
    stands = status.status(loaded, book, day)
    yield "status", replace(stands, diagnostics=(), ended=(), disputes=())
    yield "disputes", [*(each.state for each in stands.disputes), *stands.ended]
    if loaded.agreement.trust:
        yield "scorecard", scorecard.scorecard(loaded, book, day).dimensions
    for proposal in history.proposals.values():
        if proposal.at.start <= now:
            answer = decide(loaded, history, proposal.id, n.Moment(now, whole_day=False), ways=False)
            yield f"proposal {proposal.id}", (answer.verdict, answer.decided, [each.text for each in answer.missing], answer.notes)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_what_comes_later_changes_no_earlier_answer(path: Path) -> None:
    loaded = load(path)
    for scenario in loaded.agreement.scenarios:
        events = deeds(loaded, scenario)
        for now in days(loaded, events)[:-1]:
            known = [event for event in events if calendar.localise(event.at, loaded.agreement.header).start <= now]
            before, after = dict(answers(loaded, known, now)), dict(answers(loaded, events, now))
            for name in {**before, **after}:
                assert after.get(name) == before.get(name), (scenario.title, f"{now:%Y-%m-%d}", name)


def over(item: Instance) -> bool:
    """Whether an instance has come to a state that is for good; that a continuing duty was broken may be taken back."""
    broken = item.rule.continuing and item.standing is Standing.VIOLATED
    return not broken and item.standing not in (Standing.PENDING, Standing.IN_EFFECT, Standing.SUSPENDED)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_what_is_over_stays_over(path: Path) -> None:
    """As days go by: what has arisen is still known, and what is done, missed, waived or expired stays so."""
    loaded = load(path)
    for scenario in loaded.agreement.scenarios:
        events = deeds(loaded, scenario)
        norms = Norms(Judge(loaded.rules, History(loaded.agreement, events)))
        if not norms.rules:
            break
        known: Named = {}
        for now in later(days(loaded, events)):
            found = named(item for item in norms.at(now) if item.since <= now)
            for name, item in known.items():
                assert name in found, (scenario.title, f"{now:%Y-%m-%d}", name, "is no more")
                if over(item):
                    told = (scenario.title, f"{item.now:%Y-%m-%d}", f"{now:%Y-%m-%d}", name)
                    assert (found[name].standing, found[name].due) == (item.standing, item.due), told
            known.update(found)


def named(items: Iterable[Instance]) -> Named:
    """Instances by what tells them apart but their bearers, who may hand them on."""
    found: Named = {}
    for item in items:
        which = (item.rule.id, item.key, item.since)
        found[(*which, sum(which == other[:3] for other in found))] = item
    return found


def later(found: list[datetime]) -> list[datetime]:
    """The days of the record, those after them, and some in the years after the last."""
    after = [found[-1] + timedelta(days=step) for step in (7, 31, 40, 62, 93, 186, 365, 500, 800)] if found else []
    return sorted({*found, *(day + timedelta(days=1) for day in found), *after})
