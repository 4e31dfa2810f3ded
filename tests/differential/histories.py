"""Histories that are asked about: of the stories and scenarios of the repository, and of random records.

In: a loaded agreement, and scenarios or the text of a minute book. Out: the questions that were put to the judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from govlang.pipeline import Loaded, load, load_text
from govlang.record.entries import Proposal
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.source import Source
from govlang.syntax.parse import parse_entries
from govlang.tools import stories
from tests.differential.captured import Questions, questions
from tests.differential.records import Record
from tests.differential.worlds import World

ROOT = Path(__file__).parents[2]
_BREATH = timedelta(seconds=1)


def files() -> list[Path]:
    """Every agreement, construct and story of the repository."""
    folders = ("agreements", "tests/constructs", "tests/stories", "tests/audit", "tests/amended")
    found = stories.files_in(str(ROOT / folder) for folder in folders)
    return [Path(path) for path in found if "/terms/" not in path]


def of_file(path: Path, explained: bool = False) -> Questions:
    """The questions of every scenario of a file, and of each proposal in it at its other instants."""
    made: list[History] = []
    begin = History.__init__

    def noting(self: History, *rest: object, **named: object) -> None:
        begin(self, *rest, **named)  # type: ignore[arg-type]
        made.append(self)

    with questions(explained) as found:
        with patch.object(History, "__init__", noting):
            tested = stories.test(path)
        loaded = tested[0].loaded
        if loaded is not None and loaded.sound:
            for history in made:
                if history.proposals and history.agreement is loaded.agreement:
                    ask(loaded, history, most=6)
    return found


def ask(loaded: Loaded, history: History, most: int) -> None:
    """Judges each proposal of a history at so many of its instants."""
    for proposal in history.proposals.values():
        every = instants(proposal)
        step = max(1, len(every) // most)
        for now in every[::-step][:most]:
            Judge(loaded.rules, history).judge(proposal, now)


def instants(proposal: Proposal) -> list[datetime]:
    """When a proposal may turn: at its events, just before, and at the end of their days; and later."""
    found = {proposal.at.start, proposal.at.end}
    for event in proposal.events:
        found |= {event.at.start, event.at.start - _BREATH, event.at.end, event.at.end + timedelta(days=2)}
    last = max(found)
    found |= {last + timedelta(days=days) for days in (1, 4, 8, 31)}
    return sorted(moment for moment in found if moment >= proposal.at.start)


def of_record(loaded: Loaded, record: Record, most: int = 5, explained: bool = False) -> Questions:
    """The questions about every proposal of a random record."""
    source = Source("random.minutes", record.text)
    deeds, problems = parse_entries(source)
    assert not problems, (problems[0].message, record.text)
    history = loaded.history(deeds, source)
    with questions(explained) as found:
        ask(loaded, history, most)
    return found


def loaded(world: World) -> Loaded:
    """A random agreement, loaded."""
    return load_text(world.text)


def agreements(paths: Iterable[Path]) -> Iterator[tuple[Path, Loaded]]:
    """Every sound agreement among some files."""
    for path in paths:
        if path.name.endswith((".gov", ".gov.md")):
            found = load(path)
            if found.sound:
                yield path, found
