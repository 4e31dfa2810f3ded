"""What is said is what is decided: each sentence beside a scenario that the engine answers.

The scenario shows what is decided; the sentence must fit it. Most of these rules were once said otherwise than they are decided, or
not to their end.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from words_lint import lines, slips
from words_reading import speaker

from govlang.pipeline import Loaded, load_text
from govlang.syntax.parse import parse
from govlang.tools.scenarios import run_all

HEAD = """agreement Trial
  version 1
  effective 2026-01-01 until 2030-12-31
  currency EUR

parties North, South and East

role Director
  one for each party, speaks for its party
  held by Ana for North, Ben for South, Eve for East

role Chair
  one, held by Cy

role Officer
  up to 3, held by Dan, Fay

role Member
  held by Ana, Ben, Cy

body Board
  members every Member

"""


def loaded(text: str) -> Loaded:
    """A text whose scenarios all pass."""
    found = load_text(HEAD + text)
    assert found.sound, [each.message for each in found.diagnostics]
    outcomes = run_all(found)
    assert outcomes
    assert [failure.message for each in outcomes for failure in each.failures] == []
    return found


def said(text: str, term: str) -> list[str]:
    """What is said of one term, line by line."""
    words = speaker(loaded(text))
    found = words.term(term) if term else None
    statements = [found] if found is not None else list(words.header())
    written = [line.strip() for statement in statements for line in lines(statement)]
    assert [slip for line in written for slip in slips(line)] == []
    return written


def cases() -> Iterator[tuple[str, tuple[str, list[str], str]]]:
    """By name: the term, what must be said of it, the rules and scenarios."""
    text = (Path(__file__).parent / "words_true.txt").read_text(encoding="utf-8")
    for block in text.split("\n== ")[1:]:
        sentences, _, rules = block.partition("\n--\n")
        title, *wanted = sentences.splitlines()
        name, _, term = title.partition(": ")
        yield name, (term, wanted, rules)


CASES = dict(cases())


@pytest.mark.parametrize("case", CASES)
def test_what_is_said_is_what_is_decided(case: str) -> None:
    term, sentences, text = CASES[case]
    found = said(text, term)
    assert [sentence for sentence in sentences if sentence not in found] == [], found


def test_a_secret_is_said_in_the_same_words_everywhere() -> None:
    words = speaker(loaded(CASES["what was told again is secret anew"][2]))
    forbidden = [line for line in lines(words.decision("Secrecy")) if "does not forbid it" in line]
    assert [line.strip() for line in forbidden] == [
        "Secrecy does not forbid it (everything is secret for one year after it was last disclosed; it binds every party)."
    ]


def test_a_period_of_a_table_ends_where_the_next_one_begins() -> None:
    table = """
table share for each party
  from 2026-01-01
    North: 40%
    South: 60%
  from 2027-01-01
    North: 50%
    South: 50%
  from 2028-01-01
    North: 60%
"""
    found = load_text(HEAD + "each party has share: percent\n" + table)
    words = speaker(found)
    clause = parse(found.source).clauses[-1]
    written = [line.strip() for each in words.clause(clause) for line in lines(each)]
    assert [line for line in written if line.startswith("From")] == [
        "From 1 January 2026 until 31 December 2026:", "From 1 January 2027 on:", "From 1 January 2028 on:",
    ]  # fmt: skip


# ---------------------------------------------------------------- said once, and without empty cases

SPEND = """
decision Spend
  given amount: money
  proposed by any Member
  when amount at most 50 EUR
    requires approval of Chair
  when amount at most 250 EUR
    requires approval of any Director
  otherwise
    requires approval of every Director
    effective after 3 days
scenario small
  2026-03-02  Ana proposes Spend as S-1
    amount 50 EUR
  2026-03-02  Cy approves S-1
  2026-03-02  expect S-1 permitted
"""
WAITS = "Unless the amount is at most EUR 250:"


def test_a_bound_within_another_is_not_said_beside_it() -> None:
    assert WAITS in said(SPEND, "Spend")
    assert WAITS.replace("250", "50 or") not in "".join(said(SPEND.replace("at most 250", "more than 250"), "Spend"))
    others = said(SPEND.replace("when amount at most 250 EUR", "when amount more than 250 EUR"), "Spend")
    assert "Unless the amount is at most EUR 50 or more than EUR 250:" in others


def test_in_brief_no_case_asks_for_nothing() -> None:
    found = loaded(SPEND)
    words = speaker(found)
    waits = "it takes effect once three days have passed since the decision was taken"
    assert words.brief(found.rules.rule("Spend").after) == f"unless the amount is at most EUR 250, {waits}"


def test_alternatives_are_no_list_in_a_list() -> None:
    text = """
decision Move
  requires any of
    approval of Chair
    approval of every Director
scenario one
  2026-03-02  Ana proposes Move as M-1
  2026-03-02  Cy approves M-1
  2026-03-02  expect M-1 permitted
"""
    found = said(text, "Move")
    assert found[:4] == [
        "What the decision Move requires:", "It requires any one of the following:", "The Chair approves it.",
        "Every Director approves it.",
    ]  # fmt: skip
