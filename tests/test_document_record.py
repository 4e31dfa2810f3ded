"""The pages of a record: status, what is due, decisions, trust, audit. Each says what the tool of its name answers."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from documents import (
    AGREEMENTS,
    ALLIANCE,
    CONSTRUCTS,
    RECORDS,
    column,
    name_of,
    plots,
    recorded,
    tables,
    words,
)

from govlang.core.trust import Level
from govlang.pipeline import Loaded, load, load_text
from govlang.record import disputes
from govlang.report.document.plots import plot
from govlang.tools import books, decide, due as due_tool
from govlang.tools.audit import audit_book
from govlang.tools.books import Book
from govlang.tools.document import audit, cells, document, due, duties, reviews, status, taken, trust
from govlang.tools.document.blocks import (
    Block,
    Document,
    Heading,
    Note,
    Page,
    Paragraph,
    Plot,
    Point,
    Table,
    Term,
    text,
)
from govlang.tools.document.subject import Recorded, Subject
from govlang.tools.scorecard import scorecard
from govlang.tools.status import status as status_of


@pytest.fixture(scope="module")
def alliance() -> Loaded:
    return load(ALLIANCE)


@pytest.fixture(scope="module", params=RECORDS, ids=name_of)
def subject(request: pytest.FixtureRequest, alliance: Loaded) -> Subject:
    return recorded(alliance, request.param)


@pytest.fixture(scope="module")
def departures(alliance: Loaded) -> Subject:
    return recorded(alliance, RECORDS[1])


# ---------------------------------------------------------------- every agreement


@pytest.mark.parametrize("path", [*AGREEMENTS, *CONSTRUCTS], ids=name_of)
def test_every_agreement_has_its_pages_with_and_without_a_day(path: Path) -> None:
    loaded = load(path)
    plain = _views(Subject(loaded))
    assert not {page.slug for page in plain} & {"status", "due", "taken", "trust", "audit"}
    effective = loaded.agreement.header.effective
    on = effective.day.isoformat() if effective is not None else "2026-06-01"
    dated = _views(Subject(loaded, Recorded(loaded, Book(), on, ())))
    assert {"status", "due", "audit"} <= {page.slug for page in dated}
    for page in (*plain, *dated):
        _sound(page)


def _views(subject: Subject) -> list[Page]:
    modules = (duties, reviews, status, due, taken, trust, audit)
    return [page for module in modules for page in module.pages(subject)]


def _sound(page: Page) -> None:
    """Each row has a cell for each column, tables and anchors have names of their own, every note is about a table of holidays."""
    found = [block for block in page.blocks if isinstance(block, Table)]
    assert len({table.key for table in found}) == len(found)
    for table in found:
        assert table.rows
        assert len({each.key for each in table.columns}) == len(table.columns)
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
    anchors = [block.anchor for block in page.blocks if isinstance(block, Heading)]
    anchors += [row.anchor for table in found for row in table.rows if row.anchor]
    assert len(anchors) == len(set(anchors))
    assert all("holiday" in block.title for block in page.blocks if isinstance(block, Note))


def test_the_whole_document_has_them_in_the_order_of_the_navigation() -> None:
    found: Document = document(ALLIANCE, RECORDS[0])
    slugs = [page.slug for page in found.pages]
    assert [slug for slug in slugs if slug in ("ip", "duties", "reviews")] == ["ip", "duties", "reviews"]
    assert slugs[-5:] == ["status", "due", "taken", "trust", "audit"]
    keys = [block.key for page in found.pages for block in page.blocks if isinstance(block, Table | Plot)]
    assert len(keys) == len(set(keys))
    assert document(ALLIANCE, RECORDS[0]) == found


# ---------------------------------------------------------------- status, due, decisions, audit


def test_the_status_is_that_of_the_tool(subject: Subject) -> None:
    assert subject.record is not None
    page = next(status.pages(subject))
    found = status_of(subject.loaded, subject.record.book, subject.record.on)
    shown = tables(page)
    assert [words(cell) for cell in column(shown["parties-now"], "party")] == [party.name for party in found.parties]
    items, duty = found.obligations, shown["open-duties"]
    assert [cell.value for cell in column(duty, "by")] == [item.due if item.whole_day else item.over for item in items]
    assert [cell.kind == "overdue" for cell in column(duty, "state")] == [item.overdue for item in items]
    assert [words(cell) for cell in column(shown["vacant"], "office")] == [each.name for each in found.vacancies]
    assert ("open-proposals" in shown) is bool(found.proposals)
    assert ("open-disputes" in shown) is bool(found.disputes)
    ended = [words(cell) for cell in column(shown["ended-disputes"], "dispute")]
    assert ended == [each.id for each in found.ended]
    assert "from 1 January 2026 until 31 December 2030" in text(next(b.runs for b in page.blocks if isinstance(b, Paragraph)))


def test_what_is_due_is_what_the_tool_lists_overdue_first(subject: Subject) -> None:
    assert subject.record is not None
    page = next(due.pages(subject))
    found = due_tool.due(subject.loaded, subject.record.book, subject.record.on)
    rows = [row for table in page.blocks if isinstance(table, Table) for row in table.rows]
    assert [words(row.cells[1]) for row in rows] == [cells.spoken(item.to_do) for item in found.items]
    assert [row.cells[0].value for row in rows] == [item.due if item.whole_day else item.over for item in found.items]
    assert [words(row.cells[6]) for row in rows] == [item.citation.label() for item in found.items]
    late = tables(page).get("due-overdue")
    assert (len(late.rows) if late is not None else 0) == len(found.overdue)


def test_decisions_are_judged_as_decide_judges_them(subject: Subject) -> None:
    record = subject.record
    assert record is not None
    page = next(taken.pages(subject))
    sections = {"decisions-taken": "permitted", "decisions-pending": "pending", "decisions-denied": "denied"}
    shown = {key: table.rows for key, table in tables(page).items() if key in sections}
    found = {words(row.cells[0]): sections[key] for key, rows in shown.items() for row in rows}
    history = books.history(books.until(record.book, subject.loaded.agreement, record.now), subject.loaded.agreement)
    wanted = {
        proposal.id: decide.decide(subject.loaded, history, proposal.id, record.now).verdict.value
        for proposal in history.proposals.values() if disputes.ladder_of(history.on(record.now), proposal) is None
    }  # fmt: skip
    assert found == wanted
    rows = {words(row.cells[0]): row for row in tables(page)["decisions-taken"].rows}
    assert rows["S-1"].cells[4].value == date(2026, 3, 3)
    assert words(rows["S-1"].cells[5]) == "6 March 2026"
    assert words(rows["S-1"].cells[6]) == "inform every party by 5 March 2026"
    votes = {words(row.cells[0]): [words(cell) for cell in row.cells[2:]] for row in tables(page)["votes-counted"].rows}
    assert votes["S-2"][0].startswith("2 for (Ana Ruiz, Kadri Tamm), 1 against (Ben Okafor), of 3")
    assert votes["S-2"][1].startswith("3 taking part")


def test_what_was_denied_says_why_and_whether_it_was_done_all_the_same(departures: Subject) -> None:
    denied = tables(next(taken.pages(departures)))["decisions-denied"]
    assert [[words(cell) for cell in row.cells] for row in denied.rows] == [[
        "S-3", "Commit Spend", "Tom Brandt", "29 May 2026",
        "not met: quorum two thirds of all members; more than half of votes cast in Steering Committee", "1 June 2026", "4.1",
    ]]  # fmt: skip


def test_what_is_pending_says_what_is_missing(alliance: Loaded) -> None:
    found = recorded(alliance, RECORDS[1], "2026-05-10")
    pending = tables(next(taken.pages(found)))["decisions-pending"]
    assert [words(row.cells[0]) for row in pending.rows] == ["S-2"]
    assert "advice of Legal Counsel" in words(pending.rows[0].cells[4])
    opened = tables(next(status.pages(found)))["open-proposals"]
    assert words(opened.rows[0].cells[4]) == words(pending.rows[0].cells[4])


def test_what_is_recorded_later_says_nothing_yet(alliance: Loaded) -> None:
    found = recorded(alliance, RECORDS[1], "2026-03-31")
    names = [words(row.cells[0]) for row in tables(next(taken.pages(found)))["decisions-taken"].rows]
    assert names == ["A-2026", "S-1", "C-2026"]
    assert found.record is not None
    events = [event for proposal in found.record.history.proposals.values() for event in proposal.events]
    assert all(event.at.start <= datetime(2026, 4, 1) for event in events)


def test_findings_are_those_of_the_audit(subject: Subject) -> None:
    assert subject.record is not None
    page = next(audit.pages(subject))
    found = audit_book(subject.loaded, subject.record.book, on=subject.record.on)
    table = tables(page).get("departures")
    rows = table.rows if table is not None else ()
    assert [row.cells[5].value for row in rows] == [item.code for item in found.departures]
    assert all(item.code in words(row.cells[5]) for row, item in zip(rows, found.departures, strict=True))
    assert [words(row.cells[2]) for row in rows] == [cells.spoken(item.what) for item in found.departures]
    assert [row.cells[0].value for row in rows] == [item.at.day for item in found.departures]
    counts = tables(page)["departures-by-kind"] if rows else None
    assert sum(int(str(cell.value)) for cell in column(counts, "findings")) == len(rows) if counts is not None else not rows


def test_what_is_wrong_with_the_record_stands_apart(alliance: Loaded, tmp_path: Path) -> None:
    book = tmp_path / "book.minutes"
    book.write_text("2026-03-02  Nobody Known votes for S-9\n", encoding="utf-8")
    page = next(audit.pages(recorded(alliance, book)))
    problems = tables(page)["record-problems"]
    assert words(problems.rows[0].cells[0]) == "book.minutes, line 1"
    assert "departures" not in tables(page)


# ---------------------------------------------------------------- trust


def test_the_scorecard_is_that_of_the_tool_and_no_data_is_never_zero(subject: Subject) -> None:
    assert subject.record is not None
    page = next(trust.pages(subject))
    card = scorecard(subject.loaded, subject.record.book, subject.record.on)
    for name in dict.fromkeys(item.name for item in card.dimensions):
        shown = tables(page)[f"trust-{name.lower()}"]
        wanted = [(line.value, line.shown) for item in card.dimensions if item.name == name for line in item.lines]
        assert [(cell.value, words(cell)) for cell in column(shown, "value")] == wanted
    levels = tables(page)["trust-levels"]
    found = {words(row.cells[0]): [words(cell) for cell in row.cells[1:]] for row in levels.rows}
    for item in card.dimensions:
        place = [each.title for each in levels.columns[1:]].index(item.name)
        assert found[item.party or trust.TOGETHER][place].startswith(item.level)
    nothing = [cell for table in tables(page).values() for row in table.rows for cell in row.cells if words(cell) == "no data"]
    assert nothing
    assert all(cell.value is None and cell.kind == "no data" for cell in nothing)


def test_the_development_is_the_scorecard_of_each_quarters_end(subject: Subject) -> None:
    assert subject.record is not None
    page = next(trust.pages(subject))
    drawn = {each.key: each for each in plots(page)}
    competence = drawn["trust-competence-1"]
    ends = {"Q1 2026": "2026-03-31", "Q3 2026": "2026-09-30", "Q2 2027": "2027-06-30", "15 December 2027": "2027-12-15"}
    for line in competence.lines:
        values = {point.label: point.value for point in line.points}
        assert list(values)[-1] == "15 December 2027"
        for label, day in ends.items():
            card = scorecard(subject.loaded, subject.record.book, day)
            wanted = next(item.lines[0].value for item in card.dimensions if (item.name, item.party) == ("Competence", line.name))
            assert values[label] == wanted, (line.name, label)
    assert all(line.points[0].value is None for line in competence.lines)  # nothing was due in the first quarter
    assert competence.bars == (Point("low below 80%", Fraction(4, 5)),)
    assert drawn["trust-benevolence-1"].largest == 5
    over_time = tables(page)["trust-competence-1-over-time"]
    assert [cell.value for cell in column(over_time, "party-3")] == [point.value for point in competence.lines[2].points]


def test_a_short_record_is_shown_as_bars(alliance: Loaded, tmp_path: Path) -> None:
    book = tmp_path / "book.minutes"
    book.write_text("2026-04-09  Helios and Norwind perform Report Progress for 2026-Q1\n", encoding="utf-8")
    page = next(trust.pages(recorded(alliance, book, "2026-04-20")))
    drawn = next(each for each in plots(page) if each.key == "trust-competence-1")
    assert drawn.kind == "bars"
    assert drawn.points == (Point("Helios", Fraction(1)), Point("Norwind", Fraction(1)), Point("Tallinn Cells", Fraction(0)))
    assert "no data" not in drawn.description
    assert [each.key for each in plots(page) if each.key.startswith("trust-benevolence")] == []  # nobody was asked yet


def test_what_is_low_says_since_when(departures: Subject) -> None:
    record = departures.record
    assert record is not None
    later = recorded(departures.loaded, RECORDS[1], "2027-10-20")
    card = scorecard(later.loaded, record.book, "2027-10-20")
    low = [item for item in card.dimensions if item.level == Level.LOW.value]
    page = next(trust.pages(later))
    said = text(next(block.runs for block in page.blocks if isinstance(block, Paragraph)))
    assert all(f"{item.name} of {item.party}" in said for item in low)
    assert low or "Nothing is low." in said


def test_the_plots_of_the_record_are_drawn(subject: Subject) -> None:
    found = plots(next(trust.pages(subject)))
    assert len(found) == 8
    for each in found:
        assert ElementTree.fromstring(plot(each)).get("width") == "344"
        assert plot(each, standalone=True) == plot(each, standalone=True)


# ---------------------------------------------------------------- bad input


def test_a_holiday_table_that_cannot_be_used_is_said_on_the_page(tmp_path: Path) -> None:
    source = tmp_path / "a.gov"
    source.write_text(
        "agreement A\n  effective 2026-01-01\n  working days of Zurich\n\nparties Helios, Norwind\n\n"
        "duty Pay\n  owed by Helios to Norwind\n  within 5 working days\n", encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "a.holidays.json").write_text("{", encoding="utf-8")
    loaded = load(source)
    if not loaded.sound:
        pytest.skip("a broken table is an error of the text")
    found = Subject(loaded, Recorded(loaded, Book(), "2026-02-01", ()))
    notes = [block for module in (due, audit) for page in module.pages(found) for block in page.blocks if isinstance(block, Note)]
    assert len(notes) == 2
    assert "holiday" in notes[0].title


HOSTILE = """agreement Nasty
  effective 2026-01-01

parties `<script>alert(1)</script>`, `=HYPERLINK(1)`

role `[x](javascript:alert(1))`
  one for each party, speaks for its party
  held by `<b>Ann</b>` for `<script>alert(1)</script>`

duty `{{ report }}`
  "**bold** <img src=x onerror=alert(1)>"
  owed by every `[x](javascript:alert(1))` to every party
  each quarter
  within 5 days after its end
"""


def test_hostile_names_are_plain_words() -> None:
    loaded = load_text(HOSTILE)
    assert loaded.sound, loaded.diagnostics
    subject = Subject(loaded, Recorded(loaded, Book(), "2026-05-02", ()))
    pages = _views(subject)
    said = "\n".join(_words(block) for page in pages for block in page.blocks)
    assert "<script>alert(1)</script>" in said
    assert "{{ report }}" in said
    assert "its [x](javascript:alert(1))" in said
    terms = {run.name for page in pages for block in page.blocks if isinstance(block, Table) for row in block.rows
             for cell in row.cells for run in cell.runs if isinstance(run, Term)}  # fmt: skip
    assert "=HYPERLINK(1)" in terms


def _words(block: Block) -> str:
    if isinstance(block, Table):
        return "\n".join(words(cell) for row in block.rows for cell in row.cells)
    return text(block.runs) if isinstance(block, Paragraph | Heading) else ""


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("due 2026-03-02", "due 2 March 2026"),
        ("until 2026-03-02 17:00, in 2026-Q1 and 2026-03", "until 2 March 2026 at 17:00, in Q1 2026 and March 2026"),
        ("owes 250,000 EUR, 1.50 CHF", "owes EUR 250,000, CHF 1.50"),
        ("it says “pay 5 EUR by 2026-03-02”", "it says “pay 5 EUR by 2026-03-02”"),
        ("A-2026 and X-2026-03-02 and 2026-13-45", "A-2026 and X-2026-03-02 and 2026-13-45"),
    ],
)
def test_days_and_amounts_are_read_aloud_but_not_what_is_quoted(said: str, read: str) -> None:
    assert cells.spoken(said) == read
