"""Stories in Markdown files of their own, and what is counted as covered."""

from __future__ import annotations

from pathlib import Path

import pytest
import samples

import govlang
from govlang.tools.coverage import coverage
from govlang.tools.stories import by_agreement, files_in


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    samples.write(tmp_path)
    return tmp_path


def story(folder: Path, text: str) -> govlang.Tested:
    (folder / "story.md").write_text(text, encoding="utf-8")
    [tested] = govlang.test(folder / "story.md")
    return tested


@pytest.mark.parametrize(
    "line",
    ["Agreement: aurora.gov.md", "agreement: `aurora.gov.md`", "**Agreement:** [the text](aurora.gov.md)",
     "This is about [Aurora](aurora.gov.md#2-spending).", "> Agreement: ./aurora.gov.md"],
)  # fmt: skip
def test_a_story_names_its_agreement_in_a_line_or_a_link(folder: Path, line: str) -> None:
    tested = story(folder, samples.STORY.replace("Agreement: aurora.gov.md", line))
    assert tested.sound, tested.diagnostics
    assert [outcome.title for outcome in tested.outcomes] == ["A refusal"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Agreement: aurora.gov.md", "", "GL008"), ("aurora.gov.md", "missing.gov.md", "GL008"), ("```gov", "```text", "GL503"),
        ("scenario A", "party Helios\n\nscenario A", "GL001"), ("expect S-1 denied\n```", "expect S-1 denied\n", "GL007"),
        ("votes against", "votes agaist", "GL001"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_story_is_said(folder: Path, old: str, new: str, code: str) -> None:
    tested = story(folder, samples.STORY.replace(old, new))
    assert code in [found.code for found in tested.diagnostics]
    assert all(found.source is None or found.source.name for found in tested.diagnostics)


def test_a_failure_is_placed_in_the_story(folder: Path) -> None:
    tested = story(folder, samples.STORY.replace("expect S-1 denied", "expect S-1 silent"))
    assert not tested.sound
    [failure] = tested.outcomes[0].failures
    assert failure.place()[0].endswith("story.md")
    assert samples.STORY.splitlines()[failure.place()[1] - 1].endswith("expect S-1 denied")


def test_a_folder_holds_agreements_and_stories_and_other_pages(folder: Path) -> None:
    (folder / "README.md").write_text("# See [Aurora](aurora.gov.md)\n```gov\nparty X\n```\n", encoding="utf-8")
    (folder / "latin.md").write_bytes(b"Agreement: caf\xe9\n```gov\n")
    assert [Path(path).name for path in files_in([str(folder)])] == ["aurora.gov.md", "story.md"]


def test_stories_count_towards_the_coverage_of_their_agreement(folder: Path) -> None:
    text = samples.AGREEMENT[: samples.AGREEMENT.index("scenario A small")] + "```\n"
    (folder / "aurora.gov.md").write_text(text, encoding="utf-8")
    [(loaded, outcomes)] = by_agreement(govlang.test(folder))
    found = coverage(loaded, outcomes)
    assert found.counts()["decisions"] == (1, 1)
    assert found.counts()["requirements"] == (3, 5)
    assert coverage(loaded, ()).counts()["requirements"] == (0, 5)


def test_headings_are_ruled_or_text_only(folder: Path) -> None:
    found = coverage(govlang.load(folder / "aurora.gov.md"), ())
    states = {clause.title: clause.state for clause in found.clauses}
    assert states == {
        "Aurora Alliance": "heading", "Parties": "ruled", "Spending": "ruled", "Good faith": "text only", "Examples": "scenarios",
    }  # fmt: skip
