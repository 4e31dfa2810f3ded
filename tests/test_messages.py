"""What answers, lists and messages say, where a reader stumbled: silence, shares in words, whom it did not reach."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from govlang.core import numbers
from govlang.pipeline import Loaded, load_text
from govlang.record import calendar
from govlang.report import answers, trust as trust_report
from govlang.report.text import Style
from govlang.source import Source
from govlang.syntax.parse import parse, parse_entries
from govlang.tools import audit, books, calendars, due, scorecard, stories
from govlang.tools.books import Book
from govlang.tools.check import check
from govlang.tools.decide import decide
from govlang.tools.questions import NoAnswer, day
from govlang.tools.scenarios import run_all

ROOT = Path(__file__).parents[1]

FILM = """agreement Film
  effective 2026-01-01 until 2030-12-31

each party has share: percent

party Nordlys
  share 50%
party Castello
  share 50%

role Producer
  one
  held by Frida Gran

decision Approve Key Cast
  proposed by Producer
  open for 10 days
  silence counts for
  requires approval of every party

decision Sell Abroad
  proposed by Producer
  open for 10 days
  silence counts for
  votes may change
  requires at least 2/3 of all members in Assembly weighted by share

body Assembly
  members every party
"""


def book_of(text: str) -> Book:
    source = Source("record.minutes", text)
    deeds, found = parse_entries(source)
    assert not found, found
    return Book(tuple(books.Entry(deed, source) for deed in deeds))


def answer_of(loaded: Loaded, record: str, name: str, on: str) -> str:
    history = books.history(book_of(record), loaded.agreement)
    return answers.show(decide(loaded, history, name, calendar.localise(day(on), loaded.agreement.header)), Style(False))


def spoken(text: str) -> str:
    return re.sub(r"\s+", " ", text)


# ---------------------------------------------------------------- silence

PROPOSED = "2026-04-07  Frida Gran proposes Approve Key Cast as K-1\n"


def test_where_silence_counts_for_nobody_has_to_approve() -> None:
    said = spoken(answer_of(load_text(FILM), PROPOSED, "K-1", "2026-04-10"))
    assert "counts as given unless refused by the end of 2026-04-17 (silence counts for)" in said


def test_the_list_names_the_last_day_to_refuse() -> None:
    found = due.due(load_text(FILM), book_of(PROPOSED), "2026-04-10").items
    [item] = [item for item in found if item.occasion == "K-1"]
    assert item.to_do.startswith("last day to refuse K-1: approval of Nordlys and Castello")
    assert str(item.due) == "2026-04-17"


def test_whoever_may_still_change_a_refusal_is_asked_for_it() -> None:
    """A vote against is no silence: where it may change, it is the vote that is missing."""
    record = "2026-04-07  Frida Gran proposes Sell Abroad as A-1\n2026-04-08  Nordlys votes against A-1\n"
    said = spoken(answer_of(load_text(FILM), record, "A-1", "2026-04-10"))
    assert "missing: two thirds (66.67%) more share" in said
    assert "unless refused" not in said


def test_without_the_line_silence_is_nothing() -> None:
    said = answer_of(load_text(FILM.replace("  silence counts for\n", "")), PROPOSED, "K-1", "2026-04-10")
    assert "unless refused" not in said
    assert "approval of Nordlys and Castello" in said


# ---------------------------------------------------------------- shares in words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(2, 3), "two thirds (66.67%)"), (Fraction(1, 6), "one sixth (16.67%)"), (Fraction(1, 2), "50%"),
        (Fraction(3, 8), "37.5%"), (Fraction(0), "0%"), (Fraction(1), "100%"), (Fraction(5, 11), "about 45.45%"),
        (Fraction(4, 3), "about 133.33%"),
    ],
)  # fmt: skip
def test_a_share_is_said_in_words(share: Fraction, words: str) -> None:
    assert numbers.percent(share) == words


def test_a_number_with_a_fraction_is_a_mixed_one() -> None:
    assert numbers.show(Fraction(200, 3)) == "66 2/3"
    assert numbers.show(Fraction(1, 3)) == "1/3"


# ---------------------------------------------------------------- duties

PACT = """agreement Pact
  effective 2026-01-01 until 2030-12-31

parties Nordlys, Castello, Aria

person Bob

role Director
  one for each party
  speaks for its party
  held by Nora for Nordlys, Carlo for Castello, Ada for Aria

role Chair
  one
  held by Zoe

role Clerk
  up to 3
  held by Uma, Val, Wim

decision Sell
  proposed by any Director
  inform every party within 2 days
  requires approval of any Director
  requires no complaint recorded by Chair within 30 days after proposal

duty Pay Instalment
  owed by Castello to Nordlys
  from 2026-04-01
  within 20 days
  cured within 30 days after notice

trust Integrity
  of each party
  over 12 months
  measures number of findings of concealment by Chair
    low above 1
"""


def departures(record: str, on: str, text: str = PACT) -> list[audit.Departure]:
    return list(audit.audit_book(load_text(text), book_of(record), on=on).departures)


def test_overdue_is_not_violated_where_a_notice_must_come_first() -> None:
    found = departures("2026-04-02  Zoe records start\n", "2026-06-01")
    [item] = [item for item in found if item.subject.startswith("Pay Instalment")]
    assert item.code == "GL639"
    assert "overdue, and not violated yet" in item.what
    record = "2026-05-01  Nordlys gives notice of Pay Instalment\n"
    codes = {on: [item.code for item in departures(record, on)] for on in ("2026-05-20", "2026-06-15")}
    assert codes == {"2026-05-20": ["GL639"], "2026-06-15": ["GL630"]}


def test_who_was_not_informed_is_named() -> None:
    record = "2026-03-01  Nora proposes Sell as S-1\n2026-03-01  Ada approves S-1\n2026-04-02  Nora informs Castello of S-1\n"
    found = departures(record, "2026-04-10", PACT.partition("duty Pay")[0])
    [item] = [item for item in found if item.code == "GL634"]
    assert item.what.endswith("it did not reach Aria")


def test_holders_that_are_many_hold() -> None:
    [item] = departures("2026-03-01  Nora appoints Xia as Clerk\n", "2026-03-02")
    assert "Uma, Val and Wim hold it" in item.what


def test_what_was_carried_out_is_due_no_more() -> None:
    record = "2026-03-01  Nora proposes Sell as S-1\n2026-03-01  Ada approves S-1\n"
    asked = [item.occasion for item in due.due(load_text(PACT), book_of(record), "2026-03-05").items if item.kind != "informing"]
    assert "S-1" in asked
    record += "2026-03-04  Nora carries out S-1\n"
    asked = [item.occasion for item in due.due(load_text(PACT), book_of(record), "2026-03-05").items if item.kind != "informing"]
    assert "S-1" not in asked


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("2026-05-01  expect duty Pay Instalment of Castello overdue", "", ""),
        ("2026-04-10  expect duty Pay Instalment of Castello overdue", "it is in effect, and not overdue", "due 2026-04-21"),
        ("2026-05-01  expect duty Pay Instalment of Castello overdu", "'overdu' is no state of a duty", "'overdue'"),
        ("2026-05-01  expect duty Pay Instalment of Nordlys overdue", "nothing of it has arisen", "it is borne by Castello"),
        ("2026-05-01  expect duty Pay Instalment for 2027 violated", "nothing of it has arisen", "there is one for 2026-04-01"),
        ("2026-03-01  expect duty Pay Instalment violated", "nothing of it has arisen", "has arisen by 2026-03-01"),
    ],
)
def test_what_is_expected_of_a_duty(line: str, message: str, hint: str) -> None:
    [outcome] = run_all(load_text(f"{PACT}\nscenario One\n  {line}\n"))
    said = [(found.message, found.hint) for found in outcome.failures]
    assert bool(said) is bool(message)
    assert all(message in text and hint in advice for text, advice in said)


def test_a_finding_about_somebody_of_no_party_is_said_to_count_for_none() -> None:
    record = "2026-03-01  Zoe finds concealment of Bob\n2026-03-01  Zoe finds concealment of Nora\n"
    card = scorecard.scorecard(load_text(PACT), book_of(record))
    [found] = card.diagnostics
    assert "Bob belongs to no party" in found.message
    assert "concealment of Nora" in trust_report.show(card, Style(False))


# ---------------------------------------------------------------- what was meant


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("Castello notifies Nordlys of K-1", "gives notice of"), ("Castello cures Pay Instalment", "performs"),
        ("Castello deletes Data", "performs"), ("Castello pays 40,000 EUR", "performs"), ("Castello rejects K-1", "refuses"),
        ("Castello accepts K-1", "approves"), ("Aria and Nordlys sign K-1", "approves"), ("Ana elects Ben as Chair", "appoints"),
        ("Castello withdraws from the agreement", "leaves the agreement"), ("Ana attends M-1", "is present at"),
        ("Castello transfers Data to Nordlys", "assigns"), ("every party approves K-1", "each by name"),
        ("all parties approve K-1", "each by name"), ("nobody objects to K-1", "not recorded"),
        ("Castello breaches Keep Secret", "finds breach of"), ("Ana juggles K-1", "records ACT on"),
        ("Ana votse for K-1", "votes"), ("Ana abstains from K-1", "abstains on"),
    ],
)  # fmt: skip
def test_another_verb_is_told_by_its_meaning(line: str, hint: str) -> None:
    _, found = parse_entries(Source("record.minutes", f"2026-02-01  {line}\n"))
    assert [(item.code, hint in item.hint) for item in found] == [("GL401", True)], found


def test_an_open_fence_hides_nothing() -> None:
    text = "# A\n\n```gov\nagreement Pact\n  effective 2026-01-01\n\nparty Helios\n\n## 2 Selling\n\nSome prose.\n\n"
    text += "```gov\ndecision Sell\n  proposed by Nobody\n```\n"
    found = check(load_text(text, "a.gov.md")).diagnostics
    assert [item.code for item in found if item.severity == "error"] == ["GL007", "GL101"]
    parsed = parse(Source("a.gov.md", text))
    assert [section.title for section in parsed.layout.sections] == ["A", "Selling"]
    assert parsed.layout.citation(parsed.clauses[-1].span).number == "2"


def test_a_holiday_table_needs_a_sound_agreement_clause_and_no_more() -> None:
    good = "agreement Pact\n  effective 2026-01-01 until 2027-12-31\n  working days of Norway\n\nparty Helios\n\n"
    bad = good + "decision Sell\n  proposed by Nobody\n"
    assert calendars.readable(load_text(good)) == ""
    assert calendars.readable(load_text(bad)).startswith("1 error elsewhere")
    with pytest.raises(NoAnswer):
        calendars.readable(load_text(bad.replace("  working", "  nonsense\n  working")))


def test_the_story_on_the_page_about_stories_holds(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "guide" / "stories.md").read_text(encoding="utf-8")
    shown = re.search(r"````markdown\n(.*?)````", page, re.DOTALL)
    assert shown is not None
    place = (ROOT / "agreements" / "alliance.gov.md").as_posix()
    story = tmp_path / "story.md"
    story.write_text(shown.group(1).replace("Agreement: alliance.gov.md", f"Agreement: {place}"), encoding="utf-8")
    [tested] = stories.test([story])
    assert tested.sound, [found for outcome in tested.outcomes for found in outcome.failures]
    assert len(tested.outcomes) == 2
