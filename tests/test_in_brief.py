"""The short answer that scenarios ask for: the same verdict as the whole answer, and the same requirements reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from govlang.pipeline import load
from govlang.record.history import History
from govlang.syntax import nodes as n
from govlang.tools.decide import decide, in_brief
from govlang.tools.scenarios import leaves

ROOT = Path(__file__).parents[1]
FILES = sorted([*(ROOT / "tests" / "constructs").glob("*.gov"), *(ROOT / "agreements").glob("*.gov.md")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_in_brief_it_is_the_same(path: Path) -> None:
    loaded = load(path)
    for scenario in loaded.agreement.scenarios:
        history = History(loaded.agreement, ())
        for line in scenario.lines:
            if isinstance(line, n.Deed):
                history.take(line)
            elif line.kind == "verdict" and line.subject is not None and line.subject.text in history.proposals:
                brief = in_brief(loaded, history, line.subject.text, line.at)
                answer = decide(loaded, history, line.subject.text, line.at, ways=False)
                if brief is not None:
                    found = leaves(answer.requirement) if answer.requirement is not None else ()
                    assert brief[0] is answer.verdict
                    assert not answer.ambiguous
                    assert brief[1] | {""} == {item.id for item in found} | {""}
