"""Amendments: the text in force on a day, what it changes, what it leaves alone, and what is wrong with it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from govlang.backends.answers import Answer
from govlang.frozen import replace
from govlang.model.nodes import Dated
from govlang.model.versions import in_force, stated_values, versions
from govlang.pipeline import Loaded, load, load_text
from govlang.record import jsonl
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.record.versions import amendments
from govlang.report import as_json
from govlang.source import Source
from govlang.syntax import nodes as n
from govlang.tools import stories
from govlang.tools.check import check
from govlang.tools.coverage import coverage
from govlang.tools.decide import decide
from govlang.tools.scenarios import run_all
from govlang.tools.who import who

FOLDER = Path(__file__).with_name("constructs")
AMENDED = FOLDER / "amendments.gov"
PLAIN = [
    path for path in sorted(FOLDER.glob("*.gov"))
    if "\namendment " not in (text := path.read_text(encoding="utf-8")) and "\nuse " not in text
]  # fmt: skip

BASE = """agreement Aurora Alliance
  version 1
  effective 2026-01-01 until 2030-12-31
  currency EUR

role Chair
  one, held by Ana Ruiz

decision Amend Agreement
  proposed by Chair
  requires approval of Chair

decision Commit Spend
  given amount: money
  proposed by Chair
  requires approval of Chair
"""
CHANGE = """
amendment First Amendment
  to version 1
  makes version 2
  adopted by Amend Agreement as Y-1
  effective 2027-01-01
  adds decision Close Office
    given reason: one of cost or risk
    proposed by Chair
    requires approval of Chair
"""


PROPOSED = "2026-02-01 Ana Ruiz proposes Amend Agreement as Y-1\n"


def first(old: str = "", new: str = "") -> Loaded:
    assert old in CHANGE
    return load_text(BASE + CHANGE.replace(old, new))


def codes(loaded: Loaded) -> list[str]:
    return [found.code for found in loaded.diagnostics]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


# ------------------------------------------------------------ what an amendment leaves alone


def text_of(path: Path) -> str:
    """An agreement that says its version."""
    text = path.read_text(encoding="utf-8")
    if not re.search(r"^  version ", text, re.MULTILINE):
        text = re.sub(r"^(agreement .*\n)", r"\1  version 1\n", text, count=1, flags=re.MULTILINE)
    return text


def with_amendment(path: Path, day: str) -> Loaded:
    """The agreement with a decision that nobody asks about, added by an amendment from a day on."""
    text = text_of(path)
    number = re.search(r"^  version (\S+)", text, re.MULTILINE)
    assert number is not None
    return load_text(
        f"{text}\ndecision Change The Text\n  proposed by any person\n  requires nothing\n"
        f"\namendment Late Amendment\n  to version {number[1]}\n  makes version 99\n"
        f"  adopted by Change The Text as Y-999\n  effective {day}\n"
        "  adds decision Decide What Is New\n    proposed by any person\n    requires nothing\n",
        str(path),
    )


def answers(loaded: Loaded) -> list[Answer]:
    """Every answer that the record of each scenario gives at its end."""
    found: list[Answer] = []
    for scenario in loaded.agreement.scenarios:
        deeds = [line for line in scenario.lines if isinstance(line, n.Deed)]
        history = History(loaded.agreement, deeds, loaded.source)
        for name in history.proposals:
            assert history.end is not None
            found.append(replace(decide(loaded, history, name, history.end, ways=False), text_hash="", version="", notes=()))
    return found


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
def test_before_its_day_an_amendment_changes_nothing(path: Path) -> None:
    plain = load_text(text_of(path), str(path))
    until = plain.agreement.header.until
    amended = with_amendment(path, str(until.day) if until is not None else "2090-01-01")
    assert amended.sound, [found.message for found in amended.diagnostics]
    assert answers(amended) == answers(plain)


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
def test_what_an_amendment_does_not_touch_stays_as_it_is(path: Path) -> None:
    plain = load_text(text_of(path), str(path))
    effective = plain.agreement.header.effective
    day = effective.day.replace(day=2) if effective is not None and effective.day.day == 1 else None
    if effective is not None and day is None:
        pytest.skip("begins in the middle of a month")
    amended = with_amendment(path, str(day or "2000-01-01"))
    assert amended.sound, [found.message for found in amended.diagnostics]
    verdicts = [(answer.proposal, answer.verdict, answer.missing, answer.decided) for answer in answers(amended)]
    assert verdicts == [(answer.proposal, answer.verdict, answer.missing, answer.decided) for answer in answers(plain)]


def test_an_agreement_that_is_never_amended_has_no_versions() -> None:
    loaded = load_text(BASE)
    assert versions(loaded.agreement) == ()
    assert in_force(loaded.agreement, at("2028-01-01")) is loaded.agreement
    history = loaded.history()
    assert history.on(at("2028-01-01")) is history


# ------------------------------------------------------------ what it changes


def test_each_version_is_a_whole_agreement() -> None:
    texts = versions(first().agreement)
    assert [(text.number, str(text.since), str(text.until)) for text in texts] == [
        ("1", "None", "2026-12-31"), ("2", "2027-01-01", "None"),
    ]  # fmt: skip
    assert list(texts[1].agreement.decisions) == ["Amend Agreement", "Commit Spend", "Close Office"]
    assert texts[1].agreement.header.version == "2"
    assert texts[0].agreement.header.version == "1"


def test_a_replaced_clause_stands_where_the_old_one_stood() -> None:
    loaded = load_text(
        BASE.replace("role Chair", "parties Helios, Norwind and Cetra\n\nrole Chair")
        + CHANGE + '  replaces party Norwind\n    name "Norwind ASA"\n  removes party Helios\n'
    )  # fmt: skip
    assert loaded.sound, loaded.diagnostics
    text = versions(loaded.agreement)[1].agreement
    assert [party.name for party in text.parties()] == ["Cetra", "Norwind"]
    assert text.members["Norwind"].full_name == "Norwind ASA"


def test_values_hold_from_the_day_on_which_a_text_says_them() -> None:
    loaded = load_text(
        BASE.replace("role Chair", "each party has share: percent\n\nparty Helios\n  share 60%\n\nparty Norwind\n"
                     "  share 40%\n\nrole Chair")
        + CHANGE + "  replaces party Helios\n    share 50%\n"
    )  # fmt: skip
    found = stated_values(versions(loaded.agreement))
    days = [(item.since and str(item.since), item.until and str(item.until)) for item in found["Helios", "share"]]
    assert days == [(None, "2026-12-31"), ("2027-01-01", None)]
    assert [item.value for item in found["Helios", "share"]] == [Fraction(60, 100), Fraction(1, 2)]
    assert found["Norwind", "share"] == [Dated(Fraction(40, 100))]


def test_what_the_record_says_of_weights_lasts_until_a_text_says_otherwise() -> None:
    loaded = load_text(
        BASE.replace("role Chair", "each party has share: percent\n\nparty Helios\n  share 60%\n\nrole Chair")
        + CHANGE + "  replaces party Helios\n    share 50%\n"
        + "\nscenario X\n  2026-05-01 Helios has share 55%\n  2027-05-01 Helios has share 45%\n"
    )  # fmt: skip
    deeds = [line for line in loaded.agreement.scenarios[0].lines if isinstance(line, n.Deed)]
    history = loaded.history(deeds)
    shares = [history.attribute("Helios", "share", at(day)) for day in ("2026-04-01", "2026-06-01", "2027-02-01", "2027-06-01")]
    assert shares == [Fraction(60, 100), Fraction(55, 100), Fraction(1, 2), Fraction(45, 100)]
    assert history.under(0).attribute("Helios", "share", at("2027-02-01")) == Fraction(55, 100)


def test_who_answers_for_the_day_asked() -> None:
    loaded = load(AMENDED)
    old, new = (who(loaded, "Commit Spend", on=day) for day in ("2026-03-01", "2026-08-01"))
    assert [right.rule for right in old.level.rights if right.kind == "proposes"] == ["proposed by Manager"]
    assert [right.rule for right in new.level.rights if right.kind == "proposes"] == ["proposed by Manager or Deputy"]


def test_the_answer_names_the_version_and_the_amendment() -> None:
    loaded = first()
    book = Source("book.jsonl", "\n".join(json.dumps(line) for line in (
        {"at": "2027-02-01", "event": "propose", "by": "Ana Ruiz", "decision": "Close Office", "as": "C-1",
         "facts": {"reason": "cost"}},
    )))  # fmt: skip
    deeds, problems = jsonl.parse(book, loaded.agreement)
    history = loaded.history(deeds)
    assert not problems
    assert not history.diagnostics
    answer = decide(loaded, history, "C-1", at("2027-02-02"))
    shown = json.loads(as_json.answer(answer, ()))
    assert shown["version"] == "2"
    assert shown["citations"][0]["amendment"] == "First Amendment"
    assert shown["citations"][0]["label"].endswith(", by First Amendment")
    assert decide(loaded, history, "C-1", at("2027-02-02")).facts == (("reason", "cost"),)


def test_a_proposal_is_read_by_the_text_of_its_day() -> None:
    change = CHANGE.replace("adds decision Close Office\n    given", "replaces decision Commit Spend\n    given amount: money,")
    loaded = load_text(
        BASE + change + "\nscenario X\n"
        "  2026-05-01 Ana Ruiz proposes Commit Spend as S-1\n    amount 5 EUR\n    reason cost\n"
        "  2027-05-01 Ana Ruiz proposes Commit Spend as S-2\n    amount 5 EUR\n    reason cost\n"
    )  # fmt: skip
    deeds = [line for line in loaded.agreement.scenarios[0].lines if isinstance(line, n.Deed)]
    history = loaded.history(deeds)
    assert [(found.code, found.message) for found in history.diagnostics] == [
        ("GL408", "Commit Spend is not given a fact called 'reason'"),
    ]  # fmt: skip
    assert [sorted(proposal.facts) for proposal in history.proposals.values()] == [["amount"], ["amount", "reason"]]


def test_a_requirement_of_one_version_is_not_reached_by_asking_another() -> None:
    change = CHANGE.replace("adds decision Close Office\n    given reason: one of cost or risk", "replaces decision Commit Spend\n"
                            "    given amount: money")  # fmt: skip
    asked = "\nscenario X\n  2026-05-01 Ana Ruiz proposes Commit Spend as S-1\n    amount 5 EUR\n  2026-05-01 expect S-1 pending\n"
    loaded = load_text(BASE + change + asked)
    touched = {item.name: [each.touched for each in item.requirements] for item in coverage(loaded, run_all(loaded)).decisions}
    assert touched["Commit Spend"] == [True, True]
    assert touched["Commit Spend (version 2)"] == [False, False]


def test_coverage_counts_the_decisions_of_every_version() -> None:
    loaded = load(AMENDED)
    names = [item.name for item in coverage(loaded, run_all(loaded)).decisions]
    assert names[:4] == ["Amend Agreement", "Commit Spend", "Adopt Plan", "Ship Samples"]
    assert sorted(names[4:]) == ["Amend Agreement (version 2)", "Commit Spend (version 2)"]


# ------------------------------------------------------------ what became of it


@pytest.mark.parametrize(
    ("minutes", "day", "state", "adopted"),
    [
        ("", "2026-06-01", "awaiting", False),
        ("", "2027-06-01", "not adopted", False),
        (PROPOSED, "2026-06-01", "awaiting", False),
        (f"{PROPOSED}2026-02-02 Ana Ruiz approves Y-1\n", "2026-06-01", "adopted", True),
        (f"{PROPOSED}2026-02-02 Ana Ruiz approves Y-1\n", "2027-06-01", "effective", True),
        (f"{PROPOSED}2027-02-02 Ana Ruiz approves Y-1\n", "2027-06-01", "not adopted", False),
        (f"{PROPOSED.replace('Amend Agreement', 'Commit Spend')}2026-02-02 Ana Ruiz approves Y-1\n", "2027-06-01", "not adopted",
         False),
        (f"{PROPOSED.replace('2026', '2027')}2027-02-02 Ana Ruiz approves Y-1\n", "2027-06-01", "not adopted", False),
    ],
)  # fmt: skip
def test_the_state_of_an_amendment(minutes: str, day: str, state: str, adopted: bool) -> None:
    from govlang.syntax.parse import parse_entries

    loaded = first()
    history = loaded.history(parse_entries(Source("book.minutes", minutes))[0])
    [found] = amendments(Judge(loaded.rules, history), at(day))
    assert (found.state, found.adopted, found.version, found.proposal) == (state, adopted, "2", "Y-1")
    assert bool(found.reason) is not adopted
    assert found.citation.line == BASE.count("\n") + 2


def test_a_stale_amendment_changes_nothing_and_is_reported() -> None:
    loaded = first("to version 1", "to version 7")
    assert codes(loaded) == ["GL120"]
    [found] = amendments(Judge(loaded.rules, loaded.history()), at("2028-01-01"))
    assert found.state == "stale"
    assert in_force(loaded.agreement, at("2028-01-01")) is loaded.agreement


# ------------------------------------------------------------ what is wrong with it


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("  to version 1\n", "", "GL125", "which version it changes"),
        ("  makes version 2\n", "", "GL125", "which version it makes"),
        ("  adopted by Amend Agreement as Y-1\n", "", "GL125", "what adopted it"),
        ("  effective 2027-01-01\n", "", "GL125", "from which day on"),
        ("  makes version 2", "  makes version 1", "GL121", "is that version already"),
        ("2027-01-01", "2026-01-01", "GL123", "and the agreement itself on 2026-01-01"),
        ("2027-01-01", "2031-01-01", "GL123", "ends on 2030-12-31"),
        ("adds decision Close Office", "replaces decision Close Office", "GL122", "'Close Office' is not in the text"),
        ("adds decision Close Office", "adds decision Commit Spend", "GL122", "'Commit Spend' is there already"),
        ("adds decision Close Office", "replaces decision Chair", "GL122", "begins with `role`, not `decision`"),
        ("  adds decision", "  removes role Commit Spend\n  adds decision", "GL122", "begins with `decision`, not `role`"),
        ("  adds decision", "  removes role Chairman\n  adds decision", "GL122", "'Chairman' is not in the text"),
        ("  adds decision", "  removes table share\n  adds decision", "GL122", "a table of 'share' is not in the text"),
        ("  adds decision", "  adds agreement Other\n    version 2\n  adds decision", "GL122", "agreement clause is there already"),
        ("  adds decision", "  replaces agreement Other\n    version 9\n  adds decision", "GL121", "says version 9"),
        ("  adds decision", '  adds use "a.gov"\n  adds decision', "GL125", "begins with `use`"),
        ("Amend Agreement as", "Amend Agreemant as", "GL101", "no decision of version 1"),
        ("Amend Agreement as", "Chair as", "GL103", "is a role"),
        ("proposed by Chair\n    requires approval of Chair", "proposed by Chair\n    requires approval of Chairman", "GL101",
         "'Chairman' is not defined"),
        ("to version 1\n", "to version 1\n  to version 1\n", "GL314", "says `to version` twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_amendment_is_said(old: str, new: str, code: str, said: str) -> None:
    loaded = first(old, new)
    assert code in codes(loaded), loaded.diagnostics
    assert any(said in found.message for found in loaded.diagnostics), [found.message for found in loaded.diagnostics]
    assert all(found.place()[1] and found.hint for found in loaded.diagnostics)


def test_an_agreement_that_is_amended_says_its_version() -> None:
    assert "GL125" in codes(load_text(BASE.replace("  version 1\n", "") + CHANGE))


def test_every_version_is_checked_as_a_whole() -> None:
    loaded = load_text(BASE + CHANGE + "  removes role Chair\n")
    unknown = [found for found in loaded.diagnostics if found.code == "GL101"]
    assert len(unknown) == 6
    assert {note for found in unknown for note in found.notes} == {"in version 2, as First Amendment makes it"}


def test_a_check_of_an_amended_text_says_in_which_version() -> None:
    text = BASE + CHANGE.replace("adds decision Close Office\n    given", "replaces decision Commit Spend\n    given")
    found = [item for item in check(load_text(text)).diagnostics if item.code == "GL106"]
    [unused] = [item for item in found if item.notes]
    assert unused.notes == ("in version 2, as First Amendment makes it",)


def test_a_name_that_only_a_later_version_uses_is_used() -> None:
    text = BASE.replace("decision Amend", "role Auditor\n  one\n\ndecision Amend")
    unused = [item.message for item in check(load_text(text + CHANGE)).diagnostics if item.code == "GL104"]
    assert len(unused) == 1
    used = text + CHANGE.replace("    proposed by Chair\n", "    proposed by Auditor\n")
    assert not [item for item in check(load_text(used)).diagnostics if item.code == "GL104"]


@pytest.mark.parametrize(("written", "shown"), [("1", "1"), ("1.1", "1.1"), ('"2026-A"', "2026-A")])
def test_versions_are_shown_as_written(written: str, shown: str) -> None:
    loaded = load_text(BASE.replace("version 1", f"version {written}") + CHANGE.replace("to version 1", f"to version {written}"))
    assert loaded.sound, loaded.diagnostics
    assert loaded.agreement.header.version == shown


def test_an_expectation_about_the_version_can_fail() -> None:
    loaded = load_text(
        BASE + CHANGE + "\nscenario X\n  2027-02-01 expect version 1\n  2027-02-01 expect version 2, note adopted by Y-1\n"
    )
    [outcome] = run_all(loaded)
    assert [failure.message for failure in outcome.failures] == [
        "version 1 is expected to be in force, and version 2 is", "nothing says note adopted by Y-1",
    ]  # fmt: skip


# ------------------------------------------------------------ a story


def test_the_story_of_the_third_yard() -> None:
    tested = {Path(file.path).name: file for file in stories.test(Path(__file__).with_name("amended"))}
    assert sorted(tested) == ["harbour.gov.md", "the-third-yard.md"]
    story = tested["the-third-yard.md"]
    assert [found.message for outcome in story.outcomes for found in outcome.failures] == []
    assert story.sound
    assert len(story.outcomes) == 5
