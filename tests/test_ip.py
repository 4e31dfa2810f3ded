"""Assets and licences: what `govlang may` answers, exit codes, JSON, grants and their ends, what the record cannot do."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from govlang.cli import govlang
from govlang.pipeline import Loaded, load
from govlang.record import ip
from govlang.schema import published
from govlang.source import Source
from govlang.syntax.nodes import Deed, Moment
from govlang.syntax.parse import parse_entries
from govlang.tools import may
from govlang.tools.questions import NoAnswer, day

PATH = Path(__file__).with_name("constructs") / "assets.gov"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(PATH)


def deeds(text: str) -> tuple[Deed, ...]:
    found, problems = parse_entries(Source("x.minutes", text))
    assert not problems
    return found


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(govlang, ["may", str(PATH), *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Norwind use Cell Model for research", 0),
        ("may Norwind use Cell Model for research?", 0),
        ("Norwind may use Cell Model for research", 0),
        ("Norwind uses Cell Model for military in field Mobility.", 1),
        ("Norwind use Cell Model for commercial in field Mobility", 3),
        ("Norwind use Sell Model for research", 4),
        ("Norwnd use Cell Model for research", 4),
        ("Norwind eats Cell Model", 2),
        ("", 2),
    ],
)
def test_the_exit_code_says_the_verdict(question: str, code: int) -> None:
    assert run(question, "--on", "2026-03-02")[0] == code


def test_the_nearest_name_is_offered() -> None:
    assert "did you mean 'Cell Model'" in run("Norwind use Sell Model", "--on", "2026-03-02")[1]
    assert "did you mean 'Norwind'" in run("Norwnd use Cell Model", "--on", "2026-03-02")[1]
    assert "here could stand" in run("Norwind eats Cell Model", "--on", "2026-03-02")[2]


def test_a_question_needs_a_day() -> None:
    code, _, said = run("Norwind use Cell Model for research")
    assert code == 2
    assert "--on" in said


def test_a_day_comes_from_the_record(tmp_path: Path) -> None:
    book = tmp_path / "book.minutes"
    book.write_text("2026-06-01  Helios assigns Cell Model to Norwind\n", encoding="utf-8")
    code, out, _ = run("Norwind use Cell Model for military in field Mobility", "--record", str(book))
    assert code == 0, out
    assert "Cell Model belongs to Norwind" in out


def test_an_answer_is_of_the_published_shape() -> None:
    military = "Norwind use Cell Model for military in field Mobility"
    for question in ("Norwind use Cell Model for research", military, "Nobody use X"):
        _, out, _ = run(question, "--on", "2026-03-02", "--format", "json")
        found = json.loads(out)
        jsonschema.validate(found, published("answer"))
        assert found["proposal"].startswith(question.split(" use ")[0])
    _, out, _ = run("Norwind use Cell Model for research", "--on", "2026-03-02", "--format", "json")
    assert json.loads(out)["decision"] == "Research Access"


def test_a_denial_names_the_nearest_grant_and_the_owner(loaded: Loaded) -> None:
    asked = may.read_question("Norwind use Cell Model for military in field Mobility")
    answer = may.answer(loaded, loaded.history(), asked, day("2026-03-02"))
    assert [item.label for item in answer.because] == ["Research Access is for research, teaching"]
    assert any(note.startswith("Cell Model belongs to Helios") for note in answer.notes)
    rules = [citation.rule for citation in answer.citations]
    assert rules[0] == "Research Access is for research, teaching"
    assert "Cell Model" in rules


def test_a_question_is_not_a_paragraph() -> None:
    with pytest.raises(NoAnswer):
        may.read_question("Norwind use Cell Model " * 200)


def test_grants_and_their_ends(loaded: Loaded) -> None:
    history = loaded.history(deeds("2026-05-04  Mia Keller makes Cathode Recipe\n2026-09-01  Helios terminates Storage Licence\n"))
    found = {grant.name: grant for grant in ip.grants(history, day("2026-10-01").end)}
    access = found["Research Access"]
    assert access.licensees == ("Helios", "Norwind", "Cetra")
    assert access.assets == ("Cell Model", "Coating Patent", "Cathode Recipe")
    assert access.ends is not None
    assert access.ends.date().isoformat() == "2029-01-01"
    assert found["Exploitation Access"].ends == day("2034-01-01").start
    assert not found["Storage Licence"].running
    assert found["Furnace Pilot"].ends is None
    assert found["Furnace Pilot"].exclusivity == "sole"


def test_uses_are_kept_for_the_audit(loaded: Loaded) -> None:
    history = loaded.history(deeds("2026-05-04  Norwind uses Cell Model for military\n2026-05-05  Norwind uses Sell Model\n"))
    assert [deed.word for deed in history.uses] == ["military"]
    assert [found.code for found in history.diagnostics] == ["GL416"]
    answer = may.answer(loaded, history, history.uses[0], history.uses[0].at)
    assert answer.verdict.value == "pending"  # the field of use is not said, and a licence that begins in July has one


def test_nobody_gives_away_what_is_not_theirs(loaded: Loaded) -> None:
    history = loaded.history(deeds("2026-06-01  Norwind assigns Cell Model to Cetra\n"))
    assert [found.code for found in history.diagnostics] == ["GL417"]
    assert list(ip.owners_of(history, "Cell Model", day("2026-07-01").end)) == ["Helios"]


def test_a_joint_owner_gives_its_own_share(loaded: Loaded) -> None:
    history = loaded.history(deeds("2026-06-01  Norwind assigns Coating Patent to Cetra\n"))
    owners = ip.owners_of(history, "Coating Patent", day("2026-06-01").end)
    assert {name: str(share) for name, share in owners.items()} == {"Helios": "3/5", "Cetra": "2/5"}
    assert list(ip.owners_of(history, "Coating Patent", Moment(day("2026-05-31").start).end)) == ["Helios", "Norwind"]


def test_two_assets_of_one_name(loaded: Loaded) -> None:
    history = loaded.history(deeds("2026-06-01  Mia Keller makes Cell Model\n2026-06-01  Mia Keller makes Helios\n"))
    assert [found.code for found in history.diagnostics] == ["GL404", "GL404"]


def test_a_licence_given_on_record_is_named(loaded: Loaded) -> None:
    history = loaded.history(deeds("2026-03-01  Helios licenses Cell Model to Cetra non-exclusively for military\n"))
    asked = may.read_question("Cetra use Cell Model for military in field Mobility")
    answer = may.answer(loaded, history, asked, day("2026-03-02"))
    assert answer.verdict.value == "denied"
    assert any("Helios licenses Cell Model to Cetra non-exclusively for military on 2026-03-01" in note for note in answer.notes)


def test_the_public_function_answers_too(loaded: Loaded) -> None:
    import govlang as api

    assert api.may(PATH, "Norwind use Cell Model for research", on="2026-03-02").verdict is api.Verdict.PERMITTED
    assert api.may(loaded, "Norwind use Cell Model for pilot in field Mobility", on="2026-03-02").verdict is api.Verdict.DENIED


def test_a_fact_of_another_type_is_left_out(loaded: Loaded) -> None:
    asked = may.read_question("Norwind disclose Cell Model to Rival with public 5 EUR")
    answer = may.answer(loaded, loaded.history(), asked, day("2026-03-02"))
    assert answer.verdict.value == "denied"
    assert "public should be yes or no: it is left out" in answer.notes
    history = loaded.history(deeds("2026-03-02  Norwind asks to disclose Cell Model to Rival as Q-1\n  public 5 EUR\n"))
    assert [found.code for found in history.diagnostics] == ["GL408"]
    assert "public" not in history.proposals["Q-1"].facts
