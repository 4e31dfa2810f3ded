"""The alliance, the templates and the stories: what a newcomer sees first is clean, complete and true."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import govlang
from govlang.cli import govlang as command
from govlang.tools import templates
from govlang.tools.coverage import coverage

ROOT = Path(__file__).parents[1]
ALLIANCE = ROOT / "agreements" / "alliance.gov.md"
MINUTES = ROOT / "agreements" / "alliance.minutes"
STORIES = sorted((ROOT / "tests" / "stories").glob("*.md"))


def scenarios(checked: govlang.Checked) -> list[str]:
    return [outcome.title for outcome in checked.outcomes if not outcome.passed]


def test_the_alliance_is_clean_and_every_requirement_is_reached() -> None:
    checked = govlang.check(ALLIANCE)
    assert [found.message for found in checked.diagnostics] == []
    assert scenarios(checked) == []
    missed = [
        f"{decision.name}: {requirement.label}"
        for decision in coverage(checked.loaded, checked.outcomes).decisions
        for requirement in decision.requirements
        if not requirement.touched
    ]
    assert missed == []


def test_every_decision_of_the_alliance_is_permitted_pending_and_denied_in_some_example() -> None:
    loaded = govlang.load(ALLIANCE)
    seen: dict[str, set[str]] = {name: set() for name in loaded.agreement.decisions}
    for scenario in loaded.agreement.scenarios:
        decisions = {
            line.target.text: line.other.text
            for line in scenario.lines
            if getattr(line, "kind", "") == "propose" and line.target and line.other
        }
        for line in scenario.lines:
            if getattr(line, "kind", "") == "verdict" and line.subject.text in decisions:
                verdict = "pending" if line.verdict == "ambiguous" else line.verdict
                for name in names_of(decisions[line.subject.text]):
                    seen.setdefault(name, set()).add(verdict)
    assert {name: verdicts for name, verdicts in seen.items()
            if name in loaded.agreement.decisions and not verdicts >= {"permitted", "pending", "denied"}} == {}  # fmt: skip


def names_of(decision: str) -> tuple[str, ...]:
    """The decisions that a proposal may be about: an act is covered by two."""
    return ("Share Data", "Share Personal Data") if decision == "share-data" else (decision,)


def test_the_demo_names_who_is_missing_by_when_and_the_ways_to_yes() -> None:
    answer = govlang.decide(ALLIANCE, (ROOT / "agreements" / "alliance-action.json").read_text(encoding="utf-8"),
                            record=MINUTES, on="2026-03-10")  # fmt: skip
    assert answer.verdict is govlang.Verdict.PENDING
    votes = next(item for item in answer.missing if "votes for" in item.text or "vote for" in item.text)
    assert votes.who == ("Kadri Tamm", "Solveig Moen")
    assert "2026-03-23" in votes.text
    assert [path.approvals for path in answer.paths] == [("Kadri Tamm",), ("Solveig Moen",)]


def test_the_minute_book_is_in_order() -> None:
    asked = ["decide", str(ALLIANCE), "--record", str(MINUTES), "--proposal", "S-1", "--on", "2026-03-10"]
    done = CliRunner().invoke(command, asked)
    assert done.exit_code == 3
    assert done.stderr == ""


@pytest.mark.parametrize("name", templates.TEMPLATES)
def test_a_template_is_clean_under_any_name(name: str) -> None:
    for chosen in ("", "Blue Harbour", "Ünïon 2030", "x y"):
        checked = govlang.check(govlang.load_text(templates.text_of(name, chosen), "new.gov.md"))
        assert [found.message for found in checked.diagnostics] == []
        assert scenarios(checked) == []
        assert len(checked.outcomes) >= 2


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_comes_out_as_told(path: Path) -> None:
    [tested] = govlang.test(path)
    assert [found.message for outcome in tested.outcomes for found in outcome.failures] == []
    assert tested.sound
    assert tested.outcomes


def test_there_are_enough_stories() -> None:
    assert len(STORIES) >= 5
