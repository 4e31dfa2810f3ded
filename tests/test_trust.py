"""Trust: figures over a window, when they became low, what they say where there is nothing to say, and the scorecard."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings, strategies as st

from govlang.cli import govlang
from govlang.core.trust import Level
from govlang.pipeline import Loaded, load_text
from govlang.record.judge import Judge
from govlang.record.norms import Norms
from govlang.record.trust import Assessor, ceases, start_of_window
from govlang.record.trust_figures import Sample
from govlang.schema import published
from govlang.source import Source
from govlang.syntax import nodes as n
from govlang.syntax.parse import parse_entries
from govlang.tools import scorecard
from govlang.tools.check import check

TEXT = """agreement Test
  version 3
  effective 2026-01-01

parties Helios, Norwind and Cetra

role Officer
  one
  held by Samuel Osei

duty Report
  owed by every party
  each month
  within 5 days after its end

review Talk
  led by Officer
  if missed, duty Explain

duty Explain
  owed by Officer to every party
  within 5 days

survey Pulse
  each quarter
  asks every party about every other party
  scale 1 to 5
  question goals "They pursue our goals."
  at least 2 answers

trust Competence
  over 3 months
  measures share of duties in time
    low below 80%
  measures number of findings of breach by Officer
    low above 0
  if low, review Talk within 10 days

trust Benevolence
  over 6 months
  measures mean of survey Pulse on goals
    low below 3
"""
LOADED = load_text(TEXT)


def norms_of(text: str, loaded: Loaded = LOADED) -> Norms:
    deeds, found = parse_entries(Source("book.minutes", text))
    assert not found
    return Norms(Judge(loaded.rules, loaded.history(deeds)))


def level(text: str, day: str, party: str, name: str = "Competence") -> Level:
    now = datetime.fromisoformat(day) + timedelta(hours=23, minutes=59, seconds=59)
    [score] = [each for each in norms_of(text).assessor.scores(now, party) if each.rule.name == name]
    return score.level


def problems(old: str, new: str) -> set[str]:
    assert TEXT.count(old) == 1
    return {found.code for found in check(load_text(TEXT.replace(old, new))).diagnostics if found.code != "GL502"}


def test_the_agreement_of_these_tests_is_sound() -> None:
    assert not [found for found in check(LOADED).diagnostics if found.code != "GL502"]


# ---------------------------------------------------------------- windows


@pytest.mark.parametrize(
    ("window", "day", "start"),
    [
        (n.Duration(12, "months"), "2026-12-31", "2026-01-01"),
        (n.Duration(1, "months"), "2026-03-31", "2026-03-01"),
        (n.Duration(1, "months"), "2026-03-30", "2026-03-01"),
        (n.Duration(1, "years"), "2028-02-29", "2027-03-01"),
        (n.Duration(2, "weeks"), "2026-01-14", "2026-01-01"),
        (n.Duration(9000, "years"), "2026-01-14", "0001-01-02"),
    ],
)
def test_a_window_ends_on_the_day_asked_about(window: n.Duration, day: str, start: str) -> None:
    assert start_of_window(window, datetime.fromisoformat(day)) == datetime.fromisoformat(start)


def test_a_day_at_the_edge_counts_once() -> None:
    """What ran out with the last day of one window is in the next one, and in no third."""
    book = "2026-02-05  Helios performs Report\n"
    assert level(book, "2026-02-05", "Helios") is Level.INCOMPLETE  # a report is in time until its time is over
    assert level(book, "2026-02-06", "Helios") is Level.GOOD


@pytest.mark.parametrize("day", ["2026-11-30", "2026-11-27", "2026-12-31", "2026-01-31", "2027-11-29"])
def test_a_sample_leaves_on_the_first_day_whose_window_begins_after_it(day: str) -> None:
    at, window = datetime.fromisoformat(day), n.Duration(3, "months")
    leaves = ceases(Sample(at, Fraction(1)), window)
    assert leaves is not None
    assert start_of_window(window, leaves - timedelta(seconds=1)) <= at < start_of_window(window, leaves)


# ---------------------------------------------------------------- no data


def test_no_data_is_neither_low_nor_good() -> None:
    assert level("", "2025-12-31", "Helios") is Level.NO_DATA
    assert level("", "2026-01-31", "Helios") is Level.INCOMPLETE  # no finding is a figure, no report due is none
    assert level("", "2026-02-06", "Helios") is Level.LOW
    assert level("", "2026-02-06", "Helios", "Benevolence") is Level.NO_DATA


def test_a_mean_of_too_few_answers_is_no_data() -> None:
    one = "2026-01-10  Norwind answers goals 1 about Helios\n"
    two = one + "2026-01-11  Cetra answers goals 2 about Helios\n"
    assert level(one, "2026-01-11", "Helios", "Benevolence") is Level.NO_DATA
    assert level(two, "2026-01-11", "Helios", "Benevolence") is Level.LOW


def test_a_finding_stands_again_when_it_is_made_again() -> None:
    found, back = "2026-01-10  Samuel Osei finds breach of Helios\n", "2026-01-10  Samuel Osei finds not breach of Helios\n"
    assert level(found, "2026-01-10", "Helios") is Level.LOW
    assert level(found + back, "2026-01-10", "Helios") is Level.INCOMPLETE
    assert level(found + back + found, "2026-01-10", "Helios") is Level.LOW
    assert level("2026-01-10  Norwind finds breach of Helios\n", "2026-01-10", "Helios") is Level.INCOMPLETE


def test_an_answer_that_is_replaced_no_longer_counts() -> None:
    book = """2026-01-10  Norwind answers goals 1 about Helios
2026-01-11  Cetra answers goals 2 about Helios
2026-01-20  Norwind answers goals 5 about Helios
"""
    assert level(book, "2026-01-19", "Helios", "Benevolence") is Level.LOW
    assert level(book, "2026-01-20", "Helios", "Benevolence") is Level.GOOD


# ---------------------------------------------------------------- over time


def test_what_low_trust_opens_does_not_count_towards_trust() -> None:
    """Or else a figure would rest on itself, and the answer would depend on what is asked first."""
    now = datetime(2026, 5, 20, 23, 59, 59)
    first, second = norms_of(""), norms_of("")
    asked_first = first.assessor.scores(now)
    opened = second.at(now)
    assert asked_first == second.assessor.scores(now)
    assert [(each.key, each.word) for each in opened] == [(each.key, each.word) for each in first.at(now)]
    talks = [each for each in opened if each.rule.name == "Talk"]
    assert {each.key for each in talks} == {"Helios 2026-02-06", "Norwind 2026-02-06", "Cetra 2026-02-06"}
    assert len([each for each in opened if each.rule.name == "Explain"]) == 3


def test_trust_becomes_low_when_what_was_good_leaves_the_window() -> None:
    book = """2026-01-10  Norwind answers goals 5 about Helios
2026-01-12  Cetra answers goals 5 about Helios
2026-04-10  Norwind answers goals 1 about Helios
2026-04-10  Cetra answers goals 2 about Helios
"""
    assessor = norms_of(book).assessor
    rule = next(rule for rule in assessor.windows if rule.name == "Benevolence")
    assert assessor.turns(rule, "Helios", datetime(2026, 9, 30)) == (("Helios 2026-07-10", datetime(2026, 7, 10)),)


EVENTS = st.lists(
    st.tuples(
        st.integers(0, 330),
        st.sampled_from([
            "Helios performs Report", "Helios performs Report", "Officer finds breach of Helios",
            "Officer finds not breach of Helios",
            "Norwind answers goals 1 about Helios", "Cetra answers goals 4 about Helios", "Norwind answers goals 5 about Helios",
        ]),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(EVENTS, st.integers(0, 400))
def test_it_became_low_when_looking_day_by_day_says_so(events: list[tuple[int, str]], last: int) -> None:
    """The sweep over changes agrees with looking at every single day."""
    first = datetime(2026, 1, 1)
    lines = [f"{first + timedelta(days=day):%Y-%m-%d}  {line}\n" for day, line in sorted(events)]
    norms = norms_of("".join(lines))
    now = first + timedelta(days=last, hours=23, minutes=59, seconds=59)
    assessor = norms.assessor
    for rule in assessor.windows:
        found = [at.date() for _, at in assessor.turns(rule, "Helios", now)]
        looked, was = [], False
        for day in range(last + 1):
            at = first + timedelta(days=day, hours=23, minutes=59, seconds=59)
            low = assessor.score(rule, "Helios", at).level is Level.LOW
            if low and not was:
                looked.append(at.date())
            was = low
        # within one day it may have become low and good again
        assert set(looked) <= set(found)
        days = {day for day, _ in events}
        assert all(day in looked or (day - first.date()).days in days for day in found)


# ---------------------------------------------------------------- the scorecard


def run(tmp_path: Path, book: str, *options: str) -> Any:
    (tmp_path / "a.gov").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.minutes").write_text(book, encoding="utf-8")
    arguments = ["trust", str(tmp_path / "a.gov"), "--record", str(tmp_path / "a.minutes"), *options]
    return CliRunner().invoke(govlang, arguments)


def test_the_scorecard_says_what_each_figure_rests_on(tmp_path: Path) -> None:
    book = "2026-02-03  Helios performs Report\n2026-03-03  Samuel Osei finds breach of Norwind because \"late\"\n"
    found = run(tmp_path, book, "--on", "2026-03-05")
    assert found.exit_code == 1
    assert "share of duties in time over 3 months: 100% (1 of 1); low below 80%" in found.output
    assert "breach of Norwind, found by Samuel Osei on 2026-03-03" in found.output
    assert "Report for 2026-01: late, last day 2026-02-05, not done" in found.output
    assert "Talk, opened on 2026-02-06: missed" in found.output
    assert run(tmp_path, book, "--on", "2026-03-05", "--for", "Helios").exit_code == 0


def test_the_scorecard_as_json_has_its_published_shape(tmp_path: Path) -> None:
    found = run(tmp_path, "2026-02-03  Helios performs Report\n", "--on", "2026-04-10", "--format", "json")
    card = json.loads(found.stdout)
    jsonschema.validate(card, published("trust"))
    [figure, _] = next(each for each in card["dimensions"] if each["party"] == "Helios")["figures"]
    assert (figure["value"], figure["shown"], figure["low"]) == ("1/3", "about 33.3% (1 of 3)", True)


def test_the_scorecard_compares_with_a_year_before(tmp_path: Path) -> None:
    book = "".join(f"2027-{month:02d}-02  Helios performs Report for {year}\n"
                   for month, year in ((1, "2026-12"), (2, "2027-01"), (3, "2027-02")))  # fmt: skip
    found = run(tmp_path, book, "--on", "2027-03-31", "--for", "Helios")
    assert "better than a year before, 2026-03-31: low (share of duties in time 0% (0 of 2)" in found.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--for", "Helio"), "has no party called 'Helio'"),
        (("--on", "tomorrow"), "is not a date"),
        ((), "as of which day"),
    ],
)
def test_a_question_without_an_answer_is_refused(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    found = run(tmp_path, "", *options, *(("--on", "2026-03-05") if "--for" in options else ()))
    assert found.exit_code == 2
    assert said in found.stderr


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (Fraction(4, 5), "share", "80%"), (Fraction(2, 3), "share", "about 66.7%"), (Fraction(1, 8), "share", "12.5%"),
        (Fraction(10, 3), "mean", "about 3.33"), (Fraction(7, 2), "mean", "3.5"), (Fraction(0), "number", "0"),
        (Fraction(1999, 2000), "share", "about 100%"),
    ],
)  # fmt: skip
def test_figures_are_shown_exactly_or_marked_as_rounded(value: Fraction, unit: str, shown: str) -> None:
    assert scorecard.figure_shown(value, unit) == shown


def test_who_answered_what_in_an_anonymous_survey_is_not_shown(tmp_path: Path) -> None:
    book = "2026-01-10  Norwind answers goals 1 about Helios\n2026-01-11  Cetra answers goals 5 about Helios\n"
    loaded = load_text(TEXT.replace("  at least 2 answers\n", "  at least 2 answers\n  anonymous\n"))
    for which, named in ((LOADED, True), (loaded, False)):
        norms = norms_of(book, which)
        [score] = [each for each in norms.assessor.scores(datetime(2026, 1, 12), "Helios") if each.rule.name == "Benevolence"]
        said = " ".join(scorecard.evidence(norms, score.figures[0]))
        assert "3 from 2 answers" in said
        assert ("Norwind 1" in said) is named


def test_an_assessor_of_its_own_agrees() -> None:
    norms = norms_of("2026-02-03  Helios performs Report\n")
    now = datetime(2026, 4, 10)
    assert Assessor(norms.judge).scores(now) == norms.assessor.scores(now)


# ---------------------------------------------------------------- what cannot be


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("mean of survey Pulse on goals", "mean of survey Puls on goals", "GL101"),
        ("mean of survey Pulse on goals", "mean of survey Report on goals", "GL103"),
        ("mean of survey Pulse on goals", "mean of survey Pulse on golas", "GL375"),
        ("mean of survey Pulse on goals", "spread of survey Pulse on goals", "GL375"),
        ("measures share of duties in time", "measures share of duties in time of Talk", "GL103"),
        ("measures share of duties in time", "measures share of objectives met", "GL379"),
        ("trust Benevolence", "trust Competence", "GL102"),
        ("low below 80%", "low below 80", "GL376"),
        ("low below 80%", "low above 80%", "GL376"),
        ("low above 0", "low above 10%", "GL376"),
        ("low below 3\n", "low below 6\n", "GL376"),
        ("    low above 0\n", "", "GL374"),
        ("  over 6 months\n", "  over 6 hours\n", "GL373"),
        ("  over 6 months\n", "  over 6 months\n  over 7 months\n", "GL314"),
        ("  over 6 months\n", "  over 6 months\n  low below 50%\n", "GL373"),
        ("  over 6 months\n", "", "GL373"),
        ("if low, review Talk", "if high, review Talk", "GL350"),
        ("if low, review Talk", "if low, review Walk", "GL101"),
        ("scale 1 to 5", "scale 5 to 1", "GL371"),
        ("at least 2 answers", "at least 3 answers", "GL372"),
        ("at least 2 answers", "at least 1 answers\n  anonymous", "GL378"),
        ("    low below 80%\n  measures", "    low below 80%\n    weight 60%\n  measures", "GL377"),
        ("  at least 2 answers\n", "", "GL370"),
        ("  scale 1 to 5\n", "  scale 1 to 5\n  scale 1 to 6\n", "GL314"),
        ("asks every party about every other party", "asks any Officer about all parties together", "GL375"),
        ("measures number of findings of breach by Officer", "measures share of duties in time", "GL314"),
        ("  owed by every party\n", "  owed by every party to the party concerned\n", "GL103"),
    ],
)
def test_a_clause_that_cannot_work_is_reported(old: str, new: str, code: str) -> None:
    assert code in problems(old, new)
