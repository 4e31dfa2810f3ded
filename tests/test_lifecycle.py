"""The life of an agreement: term, renewal, end, parties, default; effects and stated outcomes, in both forms of record."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

import govlang
from govlang.model import checks
from govlang.record import jsonl, lifecycle, minutes, stated
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.source import Source
from govlang.syntax import nodes as n
from govlang.syntax.parse import parse_entries

TEXT = """agreement Test
  version 1
  effective 2026-01-01 until 2027-12-31
  renews for 1 year unless any party objects at least 3 months before the end

each party has share: percent

party Helios
  share 60%
party Norwind
  share 40%

role Director
  any number
  held by Ana Ruiz for Helios, Ben Okafor for Norwind

body Board
  members every Director
  quorum half of all members

decision Exclude
  given concerned: party
  proposed by any Director
  requires at least two thirds of votes cast in Board
  effect excludes concerned
  effect ends the agreement

decision Go
  proposed by any Director
  requires more than half of votes cast without abstentions in Board
"""
LOADED = govlang.load_text(TEXT)


def record(text: str) -> History:
    deeds, found = parse_entries(Source("x.minutes", text))
    assert not found, [item.message for item in found]
    return History(LOADED.agreement, [deed for deed in deeds if isinstance(deed, n.Deed)])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


# ---------------------------------------------------------------- the term


def test_the_agreement_reads_well() -> None:
    assert LOADED.sound
    assert not LOADED.diagnostics


@pytest.mark.parametrize(
    ("day", "end", "renewals", "object_until"),
    [
        ("2026-06-01", date(2027, 12, 31), 0, date(2027, 9, 30)),
        ("2027-12-31", date(2027, 12, 31), 0, date(2027, 9, 30)),
        ("2028-01-01", date(2028, 12, 31), 1, date(2028, 9, 30)),
        ("2031-05-01", date(2031, 12, 31), 4, date(2031, 9, 30)),
    ],
)
def test_the_term_as_it_stands(day: str, end: date, renewals: int, object_until: date) -> None:
    term = lifecycle.term(record(""), at(day))
    assert (term.end, term.renewals, term.object_until) == (end, renewals, object_until)
    assert term.citation.rule.startswith("renews for 1 year")


@pytest.mark.parametrize(("day", "ends"), [("2027-09-30", True), ("2027-10-01", False), ("2025-05-01", False)])
def test_an_objection_counts_in_time_and_in_its_term(day: str, ends: bool) -> None:
    history = record(f"{day}  Norwind objects to renewal\n")
    assert (lifecycle.ended_at(history, at("2028-01-01")) is not None) is ends


def test_an_objection_by_an_outsider_does_not_count() -> None:
    history = record("2026-05-01  Board objects to renewal\n")
    assert lifecycle.ended_at(history, at("2028-01-01")) is None


def test_the_last_day_belongs_to_the_agreement() -> None:
    history = record("2026-05-01  Helios and Norwind end the agreement\n")
    assert lifecycle.in_term(history, at("2026-05-01 23:59"))
    assert not lifecycle.in_term(history, at("2026-05-02"))
    ended = lifecycle.ended_at(history, at("2026-05-02"))
    assert ended is not None
    assert ended.reason == "ended by Helios, Norwind"
    assert str(ended.at) == "2026-05-01"
    assert lifecycle.in_term(history, at("2026-05-20"), n.Duration(1, "months"))
    assert not lifecycle.in_term(history, at("2026-06-02"), n.Duration(1, "months"))


def test_the_end_is_known_before_it_comes() -> None:
    history = record("")
    assert str(lifecycle.end(history, at("2026-01-01"))) == "2027-12-31"


# ---------------------------------------------------------------- parties


def test_who_left_and_since_when() -> None:
    history = record(
        "2026-03-01  Ana Ruiz proposes Exclude as X-1\n  concerned Norwind\n"
        "2026-03-05  Ana Ruiz carries out X-1\n2026-03-20  Norwind joins the agreement\n"
    )
    assert lifecycle.left(history, "Norwind", at("2026-03-04")) is None
    gone = lifecycle.left(history, "Norwind", at("2026-03-10"))
    assert gone is not None
    assert gone.reason == "excluded by X-1 (Exclude)"
    assert gone.citation.rule == "effect excludes concerned"
    assert lifecycle.left(history, "Norwind", at("2026-03-20")) is None
    assert history.members_of("Board", at("2026-03-04")) == ["Ana Ruiz", "Ben Okafor"]
    assert history.members_of("Board", at("2026-03-10")) == ["Ana Ruiz"]
    ended = lifecycle.ended_at(history, at("2026-03-06"))
    assert ended is not None
    assert ended.by == "X-1"
    assert ended.citation.rule == "effect ends the agreement"


def test_default_has_its_days() -> None:
    history = record("2026-03-01  Norwind is in default\n2026-04-01  Norwind is no longer in default\n")
    found = [lifecycle.default(history, "Norwind", at(day)) for day in ("2026-02-28", "2026-03-01", "2026-04-01")]
    assert [item is not None for item in found] == [False, True, False]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Helios joins the agreement", "Helios is a party already"),
        ("Board joins the agreement", "'Board' is a body"),
        ("Ana Ruiz leaves the agreement", "Ana Ruiz is not a party"),
        ("Ana Ruiz is in default", "Ana Ruiz is not a party"),
    ],
)
def test_what_cannot_be(line: str, reason: str) -> None:
    found = record(f"2026-03-01  {line}\n").diagnostics
    assert [item.code for item in found] == ["GL405"]
    assert reason in found[0].message


# ---------------------------------------------------------------- both forms of record

LINES = """2026-03-01  Fjord Recycling joins the agreement
2026-03-01  Norwind leaves the agreement
2026-03-01  Norwind is in default because "unpaid calls"
2026-03-01  Helios and Norwind are no longer in default
2026-03-01  Norwind objects to renewal because "too long"
2026-03-01  Helios ends the agreement because "done"
2026-03-01  Ana Ruiz carries out S-1
2026-03-01  Ana Ruiz carries out S-1 because "agreed"
2026-03-01  Ana Ruiz records carried-out 2 times on S-1
2026-03-01  Ana Ruiz sends minutes of M-1
2026-03-01  Ana Ruiz records minutes on M-1 because "again"
2026-03-01  Ana Ruiz accepts minutes of M-1
2026-03-01  Ana Ruiz objects to minutes of M-1 because "wrong"
2026-03-01  Ana Ruiz declares S-1 adopted
2026-03-01  Ana Ruiz declares S-1 rejected with 0 for, 2 against, 1 abstaining of 5 because "counted"
2026-03-01  Ana Ruiz declares S-1 adopted of 5
"""


def test_minute_book_and_json_say_the_same() -> None:
    deeds, found = parse_entries(Source("x.minutes", LINES))
    assert not found
    assert minutes.write(deeds) == LINES
    read, wrong = jsonl.parse(Source("x.jsonl", "".join(f"{jsonl.line(deed)}\n" for deed in deeds)))
    assert not wrong
    assert read == deeds
    assert [json.loads(jsonl.line(deed))["event"] for deed in deeds] == [
        "join-agreement", "leave-agreement", "default", "no-default", "object-to-renewal", "end-agreement",
        "carry-out", "carry-out", "record", "send-minutes", "record", "accept-minutes",
        "object-to-minutes", "outcome", "outcome", "outcome",
    ]  # fmt: skip


@pytest.mark.parametrize("count", ["-1", "2.5", '"3"', "true"])
def test_votes_are_whole_numbers(count: str) -> None:
    line = f'{{"at": "2026-03-01", "event": "outcome", "by": "A", "on": "S-1", "outcome": "adopted", "votes_for": {count}}}'
    _, found = jsonl.parse(Source("x.jsonl", line))
    assert [item.code for item in found] == ["GL401"]
    assert "votes_for should be a whole number" in found[0].message


def test_one_count_is_said_once() -> None:
    _, found = parse_entries(Source("x.minutes", "2026-03-01  Ana Ruiz declares S-1 adopted with 3 for, 2 for\n"))
    assert [item.code for item in found] == ["GL314"]


# ---------------------------------------------------------------- stated outcomes

VOTED = """2026-03-01  Ana Ruiz proposes Go as S-1
2026-03-02  Ana Ruiz votes for S-1
2026-03-02  Ben Okafor votes against S-1
2026-03-03  Ana Ruiz closes S-1
"""


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("rejected with 1 for, 1 against of 2", []),
        ("rejected", []),
        ("adopted", ["verdict"]),
        ("rejected with 2 for", ["tally"]),
        ("rejected of 3", ["base"]),
        ("adopted with 2 for, 0 against of 3", ["verdict", "tally", "tally", "base"]),
    ],
)
def test_what_differs(said: str, kinds: list[str]) -> None:
    history = record(f"{VOTED}2026-03-04  Ana Ruiz declares S-1 {said}\n")
    judge = Judge(LOADED.rules, history)
    found = stated.differences(judge, history.proposals["S-1"], at("2026-03-05"))
    assert [item.kind for item in found] == kinds
    assert all(item.by == "Ana Ruiz" and item.reason and item.citation.document for item in found)


def test_a_statement_is_judged_on_its_own_day() -> None:
    history = record("2026-03-01  Ana Ruiz proposes Go as S-1\n2026-03-02  Ana Ruiz declares S-1 rejected\n")
    (found,) = stated.differences(Judge(LOADED.rules, history), history.proposals["S-1"], at("2026-03-09"))
    assert (found.kind, found.found) == ("verdict", "pending")


# ---------------------------------------------------------------- messages

WRONG = {
    "GL340": "  when urgent\n    requires nothing\n    survives the end\n  otherwise\n    requires nothing\n",
    "GL105": "  requires nothing\n  effect excludes nobody-given\n",
    "GL103": "  requires nothing\n  effect removes Ana Ruiz as Helios\n",
    "GL109": "  requires nothing\n  effect sets size of Helios to 5\n",
    "GL201": "  requires nothing\n  effect ends the agreement on urgent\n",
}


@pytest.mark.parametrize("code", WRONG)
def test_an_effect_that_cannot_be_meant(code: str) -> None:
    loaded = govlang.load_text(f"{TEXT}\ndecision Try\n  given urgent: yes or no\n  proposed by any Director\n{WRONG[code]}")
    assert code in [item.code for item in loaded.diagnostics]


@pytest.mark.parametrize(
    "line", ["30 days after urgent", "urgent at least 3 days after meeting", "proposed within 3 days after urgent",
             "no cured recorded within 3 days after urgent"],
)  # fmt: skip
def test_no_period_runs_from_what_is_no_date(line: str) -> None:
    loaded = govlang.load_text(
        f"{TEXT}\ndecision Try\n  given urgent: yes or no\n  proposed by any Director\n  requires {line}\n"
    )
    assert [item.code for item in loaded.diagnostics] == ["GL201"]


def test_nothing_renews_that_does_not_end() -> None:
    loaded = govlang.load_text(TEXT.replace(" until 2027-12-31", ""))
    assert [item.code for item in loaded.diagnostics] == ["GL341"]
    assert not [item for item in checks.run(loaded.agreement) if item.severity == "error"]
