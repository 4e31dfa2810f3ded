"""Disputes: where they stand, how they end, what was done too early; and `govlang status` over them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import govlang
from govlang.cli import govlang as command
from govlang.core.verdict import Verdict
from govlang.diagnostics import Diagnostic
from govlang.pipeline import load_text
from govlang.record.dispute_states import DisputeState, missteps, states
from govlang.record.judge import Judge
from govlang.schema import published
from govlang.source import Source
from govlang.syntax.parse import parse_entries
from govlang.tools.check import check

TEXT = """agreement Aurora Alliance
  version 2
  effective 2026-01-01 until 2026-12-31

parties Helios, Norwind, Sunrise

role Director
  one for each party
  speaks for its party

role Chair
  one

role Adjudicator
  up to 3

body Dispute Board
  seats 3
  members every Adjudicator

dispute Main Ladder
  given subject: one of payment or quality
  applies when subject is payment or subject is quality
  raised by any party in writing
  step Negotiation
    within 15 working days
    ends early when refusal recorded by any party
  step Board
    before Dispute Board of 3
    within 30 days
    decision final unless dissatisfaction recorded by any party within 28 days
  step Arbitration
    before arbitral tribunal of 3
    duties are suspended
    final
  urgent relief at any time
  duties are suspended when subject is payment
  duties continue

decision Buy Machine
  given matter: dispute Main Ladder
  proposed by any party
  requires matter is past Negotiation
  requires approval of every party
"""
RAISED = '2026-04-01  Norwind raises Main Ladder as D-1 against Helios in writing because "late"\n  subject quality\n'


def judge_of(book: str, text: str = TEXT) -> Judge:
    loaded = load_text(text)
    assert loaded.sound, loaded.diagnostics
    deeds, found = parse_entries(Source("x.minutes", book))
    assert not found, found
    return Judge(loaded.rules, loaded.history(deeds))


def state_on(book: str, day: str) -> DisputeState:
    [found] = states(judge_of(book), datetime.fromisoformat(f"{day} 23:59:59"))
    return found


def problems(book: str) -> list[tuple[str, str]]:
    history = judge_of(book).history
    return [(found.code, found.message) for found in history.diagnostics]


# ---------------------------------------------------------------- where a dispute stands


def test_a_dispute_is_at_its_first_step_from_the_day_on_which_it_is_raised() -> None:
    found = state_on(RAISED, "2026-04-10")
    assert (found.step, found.since, found.until) == ("Negotiation", datetime(2026, 4, 1), datetime(2026, 4, 23))
    assert (found.days_left, found.open, found.how, found.about) == (12, True, "", "late")
    assert (found.parties, found.against) == (("Norwind",), ("Helios",))
    assert [(way.step, way.verdict, way.by) for way in found.onward] == [
        ("Board", Verdict.PENDING, ("Norwind", "Helios")), ("Arbitration", Verdict.PENDING, ("Norwind", "Helios")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "moves", "duties"),
    [("quality", "", "continue"), ("payment", "", "suspended"),
     ("quality", "2026-04-02  Norwind takes D-1 to Arbitration\n", "suspended")],
)  # fmt: skip
def test_the_first_line_on_duties_that_holds_counts_the_steps_before_the_ladders(subject: str, moves: str, duties: str) -> None:
    book = RAISED.replace("quality", subject) + moves
    assert state_on(book, "2026-04-10").duties == duties


def test_a_decision_stands_from_the_day_after_the_time_to_go_against_it() -> None:
    book = RAISED + "2026-04-02  Norwind takes D-1 to Board\n2026-05-04  Dispute Board decides D-1 for Norwind\n"
    assert state_on(book, "2026-06-01").open
    found = state_on(book, "2026-07-15")
    assert (found.how, found.ended, found.duties, found.onward) == ("decided", datetime(2026, 6, 2), "", ())
    assert state_on(book + "2026-06-01  Helios records dissatisfaction on D-1\n", "2026-07-15").open


def test_a_person_acts_for_the_party_that_the_person_speaks_for() -> None:
    book = (
        "2026-01-02  Helios appoints Ana Ruiz as Director\n2026-01-02  Norwind appoints Ben Okafor as Director\n"
        "2026-04-01  Ben Okafor raises Main Ladder as D-1 against Helios in writing\n"
        "2026-04-02  Ana Ruiz settles D-1\n2026-04-02  Ben Okafor settles D-1\n"
    )
    found = state_on(book, "2026-04-02")
    assert (found.parties, found.how, found.ended) == (("Norwind",), "settled", datetime(2026, 4, 2))


def test_without_respondents_everybody_must_settle() -> None:
    book = RAISED.replace(" against Helios", "") + "2026-04-02  Helios and Norwind settle D-1\n"
    assert state_on(book, "2026-04-03").open
    assert not state_on(book + "2026-04-03  Sunrise settles D-1\n", "2026-04-03").open


def test_the_ladder_outlives_the_agreement() -> None:
    book = RAISED.replace("2026-04-01", "2026-12-30")
    onward = state_on(book, "2027-01-30").onward
    assert (onward[0].step, onward[0].verdict) == ("Board", Verdict.PENDING)  # the board is empty; the term does not matter
    seats = "".join(f"2026-01-02  Helios appoints {name} as Adjudicator\n" for name in ("Ann Lee", "Bo Berg", "Cy Cole"))
    assert state_on(seats + book, "2027-01-30").onward[0].verdict is Verdict.PERMITTED


def test_urgent_relief_stands_beside_the_steps() -> None:
    found = state_on(RAISED + '2026-04-02  Helios seeks urgent relief on D-1 because "a leak"\n', "2026-04-03")
    assert [(each.by, each.verdict) for each in found.relief] == [(("Helios",), Verdict.PERMITTED)]
    assert found.relief_any_time
    assert found.step == "Negotiation"


# ---------------------------------------------------------------- what was not permitted


def test_what_was_done_too_early_takes_effect_and_is_listed() -> None:
    book = RAISED + "2026-04-02  Norwind takes D-1 to Arbitration\n"
    judge = judge_of(book)
    [found] = missteps(judge, datetime(2026, 5, 1))
    assert (found.what, found.by, found.verdict) == ("took D-1 to Arbitration", ("Norwind",), Verdict.PENDING)
    assert found.reasons == ("Negotiation is over", "Board has begun", "Board is over: within 30 days")
    assert found.citation.line == TEXT[: TEXT.index("step Negotiation")].count("\n") + 1
    assert state_on(book, "2026-04-02").step == "Arbitration"


def test_a_step_by_a_stranger_and_a_decision_by_somebody_else_are_listed() -> None:
    book = (
        RAISED + "2026-04-03  Helios records refusal on D-1\n2026-04-04  Sunrise takes D-1 to Board\n"
        "2026-05-04  Chair Of Another Board decides D-1\n"
    )
    judge = judge_of("2026-01-02  Helios appoints Ann Lee as Adjudicator\n" + book)
    found = missteps(judge, datetime(2026, 6, 1))
    assert [(each.what, each.verdict) for each in found] == [
        ("took D-1 to Board", Verdict.DENIED), ("decided D-1", Verdict.DENIED),
    ]  # fmt: skip
    assert found[0].reasons[0] == "taken by a party to the dispute"
    assert found[1].reasons == ("Board is before Dispute Board",)


def test_a_dispute_that_was_not_raised_as_it_should_be_is_listed() -> None:
    [found] = missteps(judge_of(RAISED.replace(" in writing", "")), datetime(2026, 5, 1))
    assert (found.what, found.reasons) == ("raised D-1", ("raised in writing",))


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("2026-04-02  Norwind takes D-1 to Mediation\n", "GL413", "has no step called 'Mediation'"),
        ("2026-04-02  Norwind takes D-9 to Board\n", "GL403", "no dispute called 'D-9'"),
        ("2026-04-02  Norwind raises Main Ladder as D-1 in writing\n", "GL404", "on record already"),
        ("2026-04-02  Norwind raises Other Ladder as D-2\n", "GL407", "no dispute ladder called 'Other Ladder'"),
        ("2026-04-02  Norwind raises Main Ladder as D-2 against Nobody\n", "GL403", "knows no 'Nobody'"),
        ("2026-04-02  Norwind raises Main Ladder as D-2\n  subject money\n", "GL408", "'money' is not a value of subject"),
        ("2026-04-02  Norwind withdraws D-1\n2026-04-03  Helios settles D-1\n", "GL414", "was withdrawn on 2026-04-02"),
        ("2026-04-02  Norwind proposes Buy Machine as S-1\n  matter D-1\n2026-04-02  Norwind settles S-1\n", "GL415",
         "is no dispute"),
    ],
)  # fmt: skip
def test_events_without_effect_say_why(line: str, code: str, words: str) -> None:
    [(found, message)] = problems(RAISED + line)
    assert found == code
    assert words in message


# ---------------------------------------------------------------- decisions that look at disputes


def test_a_decision_waits_for_a_dispute_and_fails_when_it_ends_before() -> None:
    book = RAISED + "2026-04-02  Norwind proposes Buy Machine as S-1\n  matter D-1\n"
    book += "".join(f"2026-04-02  {name} approves S-1\n" for name in ("Helios", "Norwind", "Sunrise"))
    assert verdict(book, "S-1") is Verdict.PENDING
    assert verdict(book + "2026-04-03  Norwind takes D-1 to Board\n", "S-1") is Verdict.PERMITTED
    assert verdict(book + "2026-04-03  Helios and Norwind settle D-1\n", "S-1") is Verdict.DENIED


def test_a_decision_may_count_from_a_step_of_the_dispute_that_it_is_given() -> None:
    text = TEXT.replace("  requires matter is past Negotiation\n", "  requires 5 days after Board\n")
    assert codes(text) == []
    book = RAISED + "2026-04-02  Norwind proposes Buy Machine as S-1\n  matter D-1\n"
    book += "".join(f"2026-04-02  {name} approves S-1\n" for name in ("Helios", "Norwind", "Sunrise"))
    for moves, verdict in (("", Verdict.PENDING), ("2026-04-27  Norwind takes D-1 to Board\n", Verdict.PENDING),
                           ("2026-04-23  Norwind takes D-1 to Board\n", Verdict.PERMITTED)):  # fmt: skip
        judge = judge_of(book + moves, text)
        assert judge.judge(judge.history.proposals["S-1"], datetime(2026, 4, 30)).verdict is verdict


def verdict(book: str, proposal: str) -> Verdict:
    judge = judge_of(book)
    return judge.judge(judge.history.proposals[proposal], datetime(2026, 4, 30)).verdict


# ---------------------------------------------------------------- checks


def codes(text: str) -> list[tuple[str, int]]:
    found: tuple[Diagnostic, ...] = check(load_text(text)).diagnostics
    return [(item.code, item.place()[1]) for item in found if item.severity == "error"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    final\n", "    within 9 days\n", "GL330"),
        ("    before arbitral tribunal of 3\n", "    taken by every party except party\n", "GL331"),
        ("  step Negotiation\n", "  step Court\n    final\n  step Negotiation\n", "GL332"),
        ("  raised by any party in writing\n", "  raised by any party within 9 days after Mediation\n", "GL333"),
        ("is past Negotiation", "is past Mediation", "GL333"),
        ("  requires approval of every party\n", "  requires 9 days after Mediation\n", "GL333"),
        ("  given matter: dispute Main Ladder\n  proposed by any party\n  requires matter is past Negotiation\n",
         "  proposed by any party\n  requires 9 days after Board\n", "GL333"),
        ("  raised by any party in writing\n", "", "GL334"),
        ("relief at any time\n", "relief at any time for secrets\n", "GL335"),
        ("    within 15 working days\n    ends early when refusal recorded by any party\n", "    seat Oslo\n", "GL336"),
        ("  step Board\n", "  step Negotiation\n", "GL102"),
        ("    within 30 days\n", "    within 30 days\n    within 31 days\n", "GL314"),
        ("matter is past Negotiation", "proposer is past Negotiation", "GL201"),
        ("matter: dispute Main Ladder", "matter: dispute Dispute Board", "GL103"),
        ("recorded by any party\n", "recorded by any Director in writing\n", "GL109"),
    ],
)  # fmt: skip
def test_ladders_that_lead_nowhere_are_reported(old: str, new: str, code: str) -> None:
    assert codes(TEXT) == []
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    assert code in [found for found, _ in codes(text)]


# ---------------------------------------------------------------- status

BOOK = (
    "2026-01-02  Helios appoints Ana Ruiz as Director\n" + RAISED + "2026-04-03  Norwind proposes Buy Machine as S-1\n"
    "  matter D-1\n2026-04-04  Norwind takes D-1 to Board\n"
    "2026-04-05  Helios raises Main Ladder as D-2 against Norwind in writing\n"
    "2026-04-06  Helios withdraws D-2\n"
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    agreement, book = tmp_path / "aurora.gov", tmp_path / "aurora.minutes"
    agreement.write_text(TEXT, encoding="utf-8")
    book.write_text(BOOK, encoding="utf-8")
    return str(agreement), str(book)


def test_status_says_where_the_agreement_stands(files: tuple[str, str]) -> None:
    done = CliRunner().invoke(command, ["status", files[0], "--record", files[1], "--on", "2026-04-10"])
    assert done.exit_code == 0, done.output
    said = done.output
    for words in (
        "IN FORCE  Aurora Alliance, on 2026-04-10", "version 2, from 2026-01-01 until 2026-12-31", "- Helios: Ana Ruiz",
        "- Director for Norwind", "- Chair", "- Dispute Board: 3 seats", "S-1: Buy Machine by Norwind, since 2026-04-03",
        "missing: approval of", "D-1: Main Ladder, Norwind against Helios, since 2026-04-01", "“late”",
        "at Board since 2026-04-04, until 2026-05-04 (24 days left)", "meanwhile duties continue",
        "to Arbitration by Norwind, Helios: pending", "D-2: Main Ladder, Helios against Norwind: withdrawn on 2026-04-06",
        "2026-04-04: Norwind took D-1 to Board, not met: Negotiation is over",
    ):
        assert words in said, said


def test_status_after_the_end_says_so(files: tuple[str, str]) -> None:
    done = CliRunner().invoke(command, ["status", files[0], "--record", files[1], "--on", "2027-01-10"])
    assert done.output.startswith("NOT IN FORCE")


def test_status_as_json_has_the_published_shape(files: tuple[str, str]) -> None:
    arguments = ["status", files[0], "--record", files[1], "--format", "json"]
    first, again = (CliRunner().invoke(command, arguments).output for _ in range(2))
    assert first == again
    found = json.loads(first)
    jsonschema.Draft202012Validator(published("status")).validate(found)
    assert found["on"] == "2026-04-06T23:59:59"
    assert [(each["id"], each["open"], each["how"], len(each["ways"])) for each in found["disputes"]] == [
        ("D-1", True, "", 1), ("D-2", False, "withdrawn", 0),
    ]  # fmt: skip


def test_status_asks_for_a_day_when_nothing_is_on_record(files: tuple[str, str]) -> None:
    done = CliRunner().invoke(command, ["status", files[0]])
    assert done.exit_code == 2
    assert "say as of which day" in done.output


def test_a_dispute_is_asked_about_like_a_proposal(files: tuple[str, str]) -> None:
    answer = govlang.decide(files[0], record=files[1], proposal="D-1")
    assert (answer.verdict.value, answer.decision) == ("permitted", "Main Ladder")


# ---------------------------------------------------------------- questions


@pytest.mark.parametrize(
    ("question", "code", "words"),
    [
        ("Helios take D-1 to Arbitration", 3, "30 days of Board: 24 more days, until the end of 2026-05-04"),
        ("May Norwind take Main Ladder to Board?", 3, "written notice of the dispute by any party\n"),
        ("Helios seek urgent relief on D-1", 0, "PERMITTED  D-1: Main Ladder: urgent relief"),
        ("Sunrise seek urgent relief on D-1", 1, "urgent relief at any time"),
        ("Ana Ruiz raise Main Ladder against Norwind in writing", 0, "PERMITTED  Main Ladder, on 2026-04-10"),
        ("Helios take D-1 to Court", 2, "its steps are Negotiation, Board, Arbitration"),
        ("Helios take S-1 to Board", 2, "no dispute called 'S-1' was raised"),
        ("Helios raise Other Ladder", 2, "no dispute ladder called 'Other Ladder'"),
    ],
)
def test_questions_about_disputes(files: tuple[str, str], question: str, code: int, words: str) -> None:
    done = CliRunner().invoke(command, ["may", files[0], question, "--record", files[1], "--on", "2026-04-10"])
    assert words in done.output, done.output
    assert done.exit_code == code
