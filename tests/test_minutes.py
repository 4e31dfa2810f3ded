"""Minutes and letters: what the record says of a decision, a review, a dispute, as people file it and send it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govlang import load, load_text
from govlang.cli import commands
from govlang.report.document import plain
from govlang.tools import books
from govlang.tools.document import letters
from govlang.tools.document.resolution import resolution
from govlang.tools.questions import NoAnswer

ROOT = Path(__file__).parents[1]
ALLIANCE = ROOT / "agreements" / "alliance.gov.md"
TWO_YEARS = ROOT / "agreements" / "alliance-two-years.minutes"
OPEN = ROOT / "agreements" / "alliance.minutes"

PACT = """\
agreement Pact
  version 1
  effective 2026-01-01 until 2027-12-31
  currency EUR

parties North, South

role Envoy
  one for each party
  speaks for its party
  held by Ann Lee for North, Bo Ek for South

body Board
  members every Envoy
  quorum half of all members

decision Buy
  given amount: money
  proposed by any Envoy
  open for 5 days
  requires more than half of votes cast in Board

notices
  by mail, given on dispatch
  address of South "1 Quay, Haven"
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands(), arguments)


def minutes_of(record: Path, name: str, on: str = "") -> str:
    loaded = load(ALLIANCE)
    found = resolution(loaded, books.read_books([record], loaded.agreement), name, on)
    return plain.page(found.document.pages[0])


# ---------------------------------------------------------------- minutes


def test_the_minutes_of_a_vote_that_passed() -> None:
    text = " ".join(minutes_of(TWO_YEARS, "S-2").split())
    assert "Resolution S-2: Commit Spend" in text
    assert "On 4 May 2026, Tom Brandt proposed Commit Spend (clause 4.1 (Spending))." in text
    assert "amount: EUR 180,000" in text
    assert "Eva Lind gave notice to everyone entitled to it on 4 May 2026 by register." in text
    assert "Ben Okafor: vote: against; on: 18 May 2026; counted as: against" in text
    assert "RESOLVED: Commit Spend, with amount EUR 180,000; supplier Cell Tools GmbH (clause 4.1 (Spending))." in text
    assert "The resolution was adopted on 20 May 2026." in text
    assert "3 taking part (Ana Ruiz, Kadri Tamm, Ben Okafor) of 3; needs 2 (clause 3.5 (Steering Committee))" in text
    assert "2 for (Ana Ruiz, Kadri Tamm), 1 against (Ben Okafor), of 3; needs 2 of 3 votes" in text
    assert "Inform every party by 22 May 2026" in text
    assert "Lea Berg" in text


def test_the_minutes_of_a_meeting_name_who_was_there() -> None:
    text = " ".join(minutes_of(TWO_YEARS, "A-2026").split())
    assert "M-1, a meeting of Steering Committee, on 23 February 2026." in text
    assert "Present: Ana Ruiz, Ben Okafor, Kadri Tamm and Lea Berg." in text
    assert "year: 2026" in text


def test_minutes_of_what_is_not_decided_are_a_draft_that_says_what_is_missing() -> None:
    text = " ".join(minutes_of(OPEN, "S-1", "2026-03-10").split())
    assert "This is a draft: Commit Spend is not decided yet." in text
    assert "1 more vote for in Steering Committee" in text
    assert "RESOLVED" not in text


def test_a_decision_by_its_name_is_the_last_proposal_of_it() -> None:
    assert minutes_of(TWO_YEARS, "adopt annual plan").startswith("Resolution A-2027")


@pytest.mark.parametrize(("name", "on", "code"), [
    ("S-2", "", 0), ("S-1", "2026-03-10", 3),
])  # fmt: skip
def test_the_exit_code_is_that_of_decide(name: str, on: str, code: int) -> None:
    record = TWO_YEARS if code == 0 else OPEN
    done = run("minutes", str(record), name, *(["--on", on] if on else []))
    assert done.exit_code == code, done.output


def test_a_vote_that_failed_is_minuted_with_its_reason(tmp_path: Path) -> None:
    agreement = tmp_path / "pact.gov"
    agreement.write_text(PACT, encoding="utf-8")
    record = tmp_path / "pact-2026.minutes"
    record.write_text(
        "2026-03-02  Ann Lee proposes Buy as B-1\n  amount 5 EUR\n2026-03-03  Ann Lee, Bo Ek vote against B-1\n", encoding="utf-8"
    )
    done = run("minutes", str(record), "B-1", "--on", "2026-03-09")
    assert done.exit_code == 1
    text = " ".join(done.output.split())
    assert "NOT ADOPTED: Buy, with amount EUR 5 (pact.gov line" in text
    assert "2 against (Ann Lee, Bo Ek)" in text


@pytest.mark.parametrize("form", ["md", "html", "json", "pdf"])
def test_minutes_come_in_every_form_and_the_same_each_time(tmp_path: Path, form: str) -> None:
    made = []
    for name in ("one", "two"):
        out = tmp_path / f"{name}.{form}"
        done = run("minutes", str(TWO_YEARS), "S-2", "--format", form, "-o", str(out))
        assert done.exit_code == 0, done.output
        made.append(out.read_bytes())
    assert made[0] == made[1]
    if form == "json":
        assert "RESOLVED" in json.dumps(json.loads(made[0]))
    elif form != "pdf":
        assert b"RESOLVED" in made[0]


def test_the_agreement_is_the_one_whose_name_the_record_begins_with(tmp_path: Path) -> None:
    for name in ("pact.gov", "pact-north.gov", "other.gov"):
        (tmp_path / name).write_text(PACT, encoding="utf-8")
    assert books.agreement_beside(tmp_path / "pact-2026.minutes").endswith("pact.gov")
    assert books.agreement_beside(tmp_path / "pact-north-2026.minutes").endswith("pact-north.gov")
    assert books.agreement_beside(tmp_path / "pactum.minutes") == ""
    done = run("minutes", str(tmp_path / "pactum.minutes"), "B-1")
    assert done.exit_code == 2
    assert "name it with --agreement" in done.output


@pytest.mark.parametrize("arguments", [
    ("minutes", str(TWO_YEARS), "S-22"),
    ("minutes", str(TWO_YEARS), "Comit Spend"),
    ("notice", str(TWO_YEARS), "Quarterly Revue"),
    ("notice", str(TWO_YEARS), ""),
    ("minutes", "nowhere.minutes", "S-2", "--agreement", str(ALLIANCE)),
    ("notice", str(TWO_YEARS), "S-2", "--template", "nowhere.txt"),
    ("notice", str(TWO_YEARS), "--show-template", "votes"),
])  # fmt: skip
def test_what_there_is_not_is_said_with_what_to_do(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output
    assert "hint" in done.output or "did you mean" in done.output or "check the path" in done.output


# ---------------------------------------------------------------- letters


def letter(record: Path, name: str, on: str = "", template: str = "") -> str:
    loaded = load(ALLIANCE)
    return letters.letter(loaded, books.read_books([record], loaded.agreement), name, on, template).text


def test_a_letter_on_a_vote_says_until_when_and_what_it_takes() -> None:
    text = letter(OPEN, "S-1")
    assert "To: Kadri Tamm and Solveig Moen" in text
    assert "Norwind: Drammensveien 10, Oslo" in text
    assert "Voting opened on 9 March 2026." in text
    assert "Voting closes at the end of 23 March 2026." in text
    assert "  - More than half of the votes cast in the Steering Committee are for it." in text
    assert "Every party approves it" not in text  # the tier of larger sums does not apply
    assert "1 more vote for in Steering Committee (from Kadri Tamm or Solveig Moen), by the end of 23 March 2026." in text
    assert "Clause: clause 4.1 (Spending)" in text


def test_a_letter_on_a_review_says_when_and_what_about() -> None:
    text = letter(TWO_YEARS, "Quarterly Review")
    assert "This is the Quarterly Review for 2028-Q1. It is to be held by 31 March 2028." in text
    assert "It goes into: progress, money and trust" in text
    assert "Notice is given ten working days ahead." in text


def test_a_letter_on_a_dispute_says_the_step_and_the_time_left() -> None:
    text = letter(TWO_YEARS, "D-1", "2027-05-10")
    assert "Norwind raised it on 6 April 2027 against Tallinn Cells" in text
    assert "It is at Mediation since 29 April 2027. Its time runs until the end of 13 June 2027." in text
    assert "Arbitration, pending" in text


def test_a_letter_on_a_duty_says_what_is_owed_and_whether_it_may_be_mended() -> None:
    text = letter(TWO_YEARS, "Pay Contribution", "2026-04-05")
    assert "Every party must pay its share" in text
    assert "by 16 April 2026" in text


def test_a_template_of_ones_own_is_filled() -> None:
    own = "Dear $to,\n$$5 late fee\n$closing\n$facts\nRe: $matter"
    text = letter(OPEN, "S-1", "", own)
    assert text.startswith("Dear Kadri Tamm and Solveig Moen,\n$5 late fee\nVoting closes")
    assert text.endswith("Re: S-1\n")


@pytest.mark.parametrize(("template", "says"), [
    ("$clossing", "the field $clossing, which this letter has not"), ("5 $ each", "a $ that begins no field"),
    ("x" * 100_001, "longer than"),
])  # fmt: skip
def test_a_template_with_a_field_there_is_not_is_refused(template: str, says: str) -> None:
    with pytest.raises(NoAnswer) as refused:
        letter(OPEN, "S-1", "", template)
    assert says in refused.value.message


@pytest.mark.parametrize("kind", letters.FIELDS)
def test_every_template_is_shown_with_its_fields(kind: str) -> None:
    done = run("notice", str(OPEN), "--show-template", kind)
    assert done.exit_code == 0
    assert "# The fields of this letter: $agreement" in done.output


def test_names_with_tricks_are_words_in_letters_and_minutes(tmp_path: Path) -> None:
    trick = "`$to <b>=HYPERLINK(1)</b>`"
    text = PACT.replace("Buy", trick)
    loaded = load_text(text, "pact.gov")
    record = tmp_path / "pact.minutes"
    record.write_text(f"2026-03-02  Ann Lee proposes {trick} as B-1\n  amount 5 EUR\n", encoding="utf-8")
    book = books.read_books([record], loaded.agreement)
    said = letters.letter(loaded, book, "B-1").text
    assert "$to <b>=HYPERLINK(1)</b>" in said
    assert "$to <b>=HYPERLINK(1)</b>" in plain.page(resolution(loaded, book, "B-1").document.pages[0])
