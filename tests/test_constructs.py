"""Every construct of the language in small agreements that a board member can read (tests/constructs/*.gov).

Each file is an agreement whose scenarios say what must come out: silence, standing in, blocking, meetings, what follows the
vote, who counts, and which rule applies.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from govlang.pipeline import load
from govlang.syntax import nodes as n
from govlang.tools.scenarios import run

FILES = sorted(Path(__file__).with_name("constructs").glob("*.gov"))
CASES = [(path, number) for path in FILES for number in range(path.read_text(encoding="utf-8").count("\nscenario "))]


@pytest.mark.parametrize(("path", "number"), CASES, ids=[f"{path.stem}-{number}" for path, number in CASES])
def test_scenario(path: Path, number: int) -> None:
    loaded = load(path)
    assert loaded.sound, [(d.place(), d.message, d.hint) for d in loaded.diagnostics]
    scenario: n.Scenario = loaded.agreement.scenarios[number]
    outcome = run(loaded, scenario)
    assert outcome.passed, (scenario.title, [(f.place(), f.message, f.hint) for f in outcome.failures])
    assert outcome.expectations


def test_there_are_scenarios() -> None:
    assert len(CASES) > 60
