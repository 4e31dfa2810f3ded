"""Duties by party, and the review calendar: nothing is left out, and the days are those of `govlang due`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from documents import (
    AGREEMENTS,
    ALLIANCE,
    CONSTRUCTS,
    RECORDS,
    ROOT,
    column,
    deeds,
    name_of,
    recorded,
    tables,
    words,
)

from govlang.pipeline import Loaded, load
from govlang.record import calendar
from govlang.tools import books, due as due_tool
from govlang.tools.audit import audit_book
from govlang.tools.books import Book
from govlang.tools.document import duties, reviews
from govlang.tools.document.blocks import (
    Link,
    Pairs,
    Table,
)
from govlang.tools.document.duty_tables import ALONE, DUTIES, POWERS, SAY, TOLD, anchor, shares
from govlang.tools.document.subject import Subject


@pytest.fixture(scope="module")
def alliance() -> Loaded:
    return load(ALLIANCE)


@pytest.fixture(scope="module", params=RECORDS, ids=name_of)
def subject(request: pytest.FixtureRequest, alliance: Loaded) -> Subject:
    return recorded(alliance, request.param)


# ---------------------------------------------------------------- duties


@pytest.mark.parametrize("path", [*AGREEMENTS, *CONSTRUCTS], ids=name_of)
def test_every_norm_falls_to_somebody(path: Path) -> None:
    subject = Subject(load(path))
    borne = {id(rule) for share in shares(subject).values() for rule in share.norms}
    assert [rule.title for rule in subject.rules.norms if id(rule) not in borne] == []


@pytest.mark.parametrize("path", AGREEMENTS, ids=name_of)
def test_every_norm_stands_on_the_page_in_words_and_in_the_table_of_its_bearers(path: Path) -> None:
    subject = Subject(load(path))
    if not subject.rules.norms:
        return
    page = next(duties.pages(subject))
    said = next(block for block in page.blocks if isinstance(block, Pairs))
    assert [pair.anchor for pair in said.pairs] == [anchor(subject, rule) for rule in subject.rules.norms]
    linked = {run.anchor for block in page.blocks if isinstance(block, Table) for row in block.rows for run in row.cells[0].runs
              if isinstance(run, Link)}  # fmt: skip
    assert linked == {pair.anchor for pair in said.pairs}


def test_what_a_director_must_do_the_party_does_through_its_director(alliance: Loaded) -> None:
    found = shares(Subject(alliance))
    rows = [[words(cell) for cell in row.cells] for row in found["Helios"].of(DUTIES)]
    helios = {(what, part): rest for what, part, *rest in rows}
    assert helios["Quarterly Review", "review: attends"][0] == "its Director"
    assert helios["inform of Commit Spend", "informing"][:4] == [
        "its Director, as proposer", "every party", "when the decision Commit Spend is taken", "within two working days",
    ]  # fmt: skip
    assert helios["Report Progress", "duty"][:4] == [
        "Helios", "the Secretary", "in each quarter", "for each quarter, within 15 days after the quarter ends",
    ]  # fmt: skip
    assert ("Pilot Line: target at least 90% by 30 June 2028", "objective") not in helios  # that is Tallinn Cells'
    assert any(words(row.cells[1]) == "objective" for row in found["Tallinn Cells"].of(DUTIES))
    assert "Director" not in found  # each party has its own
    assert [words(row.cells[1]) for row in found["Chair"].of(DUTIES)] == ["review: leads", "duty"]


def test_what_may_be_decided_alone_and_who_may_stop_what(alliance: Loaded) -> None:
    found = shares(Subject(alliance))
    assert {words(row.cells[0]) for row in found["Programme Manager"].of(ALONE)} == {"Commit Spend"}
    assert {words(row.cells[0]) for row in found["Norwind"].of(ALONE)} == {"Leave", "Publish Results"}
    assert not found["Steering Committee"].of(ALONE)
    vetoes = {words(row.cells[0]) for row in found["Chair"].of(SAY) if "may veto" in words(row.cells[1])}
    assert vetoes == {"Commit Spend"}
    votes = [row for row in found["Norwind"].of(SAY) if words(row.cells[0]) == "Call Contribution"]
    assert [words(row.cells[1]) for row in votes] == ["votes"]
    assert words(votes[0].cells[2]) == "its Director, in Steering Committee"
    told = {words(row.cells[0]) for row in found["Helios"].of(TOLD)}
    assert {"Daily Business: share incident", "inform of Commit Spend", "Explain Missed Review"} <= told


def test_who_may_propose_is_concerned_by_what_follows(alliance: Loaded) -> None:
    """A power of the proposer, brought about by a missed duty that a decision brought about."""
    found = shares(Subject(load(ROOT / "agreements" / "wafer-joint-venture.gov.md")))
    rows = [(name, words(row.cells[0])) for name, share in found.items() for row in share.of(POWERS)]
    powers = {name for name, what in rows if what == "Elect To Buy"}
    assert powers == {"AFSL", "FSL", "TPH", "TPH-A"}


# ---------------------------------------------------------------- the review calendar


@pytest.mark.parametrize("path", [*AGREEMENTS, *CONSTRUCTS], ids=name_of)
def test_the_calendar_has_the_days_of_due(path: Path) -> None:
    loaded = load(path)
    effective = loaded.agreement.header.effective
    pages = list(reviews.pages(Subject(loaded)))
    if effective is None or not loaded.sound:
        return
    until = calendar.add_months(effective.day, 12)
    asked = due_tool.due(loaded, Book(), effective.day.isoformat(), date.fromordinal(until.toordinal() - 1).isoformat())
    wanted = [(item.due if item.whole_day else item.over, item.kind) for item in asked.items if item.over is not None]
    found = tables(pages[0])["calendar"] if wanted else None
    if found is None:
        assert not pages or "calendar" not in tables(pages[0])
        return
    assert [(day.value, words(kind)) for day, kind in zip(column(found, "until"), column(found, "kind"), strict=True)] == wanted


def test_the_calendar_of_a_record_begins_on_its_day(subject: Subject) -> None:
    assert subject.record is not None
    page = next(reviews.pages(subject))
    asked = due_tool.due(subject.loaded, subject.record.book, subject.record.on, "2028-12-14")
    wanted = [item.due if item.whole_day else item.over for item in asked.items if item.over is not None]
    assert [cell.value for cell in column(tables(page)["calendar"], "until")] == wanted
    assert asked.until == date(2028, 12, 14)


def test_notice_of_a_review_goes_out_in_time(alliance: Loaded) -> None:
    """The last day of the notice is one from which the audit finds the notice long enough, and no later day is."""
    calendar_table = tables(next(reviews.pages(Subject(alliance))))["calendar"]
    reviewed = [row for row in calendar_table.rows if "Quarterly Review" in words(row.cells[2])]
    last, notice = reviewed[1].cells[1].value, reviewed[1].cells[4].value
    assert (last, notice) == (date(2026, 6, 30), date(2026, 6, 12))  # holidays in June, and the 13th is a Saturday
    assert _short_notice(alliance, date(2026, 6, 12)) == []
    assert _short_notice(alliance, date(2026, 6, 16)) != []


def _short_notice(loaded: Loaded, given: date) -> list[str]:
    lines = [
        f"{given}  Eva Lind gives notice of Quarterly Review by register",
        "2026-06-30  meeting of Quarterly Review as Q-2",
        "  present Lea Berg, Ana Ruiz, Ben Okafor, Kadri Tamm",
        "  covers progress, money, trust",
    ]
    book = books.Book(tuple(books.Entry(deed, None) for deed in deeds("\n".join(lines) + "\n")))
    return [item.what for item in audit_book(loaded, book, on="2026-07-01").departures if item.code == "GL623"]


def test_what_comes_round_says_who_attends_and_what_a_missed_one_opens(alliance: Loaded) -> None:
    page = next(reviews.pages(Subject(alliance)))
    rounds = {words(row.cells[0]): [words(cell) for cell in row.cells[1:]] for row in tables(page)["review-rounds"].rows}
    assert rounds["Quarterly Review"][:4] == ["review", "in each quarter", "with 15 days of grace", "the Chair"]
    assert "Explain Missed Review" in rounds["Quarterly Review"][4]
    assert rounds["Cycle Life: target at least 600 by 31 December 2026"][2] == "by 31 December 2026"
    held = {words(row.cells[0]): [words(cell) for cell in row.cells[1:]] for row in tables(page)["reviews-held"].rows}
    assert held["Quarterly Review"][:6] == [
        "the Chair", "every Director", "two thirds of all members", "ten working days", "progress, money and trust",
        "within ten working days, by the Secretary",
    ]  # fmt: skip
