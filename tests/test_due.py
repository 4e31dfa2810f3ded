"""What is due: each thing once, in order, for whoever asks; as text, JSON, CSV and a calendar."""

from __future__ import annotations

import builtins
import csv
import io
import json
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings, strategies as st

from govlang.core.norms import Standing
from govlang.pipeline import load, load_text
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.record.norms import Norms
from govlang.report import as_json, due as report, ics
from govlang.report.text import Style
from govlang.source import Source
from govlang.syntax.parse import parse_entries
from govlang.tools import books, due as listing
from govlang.tools.books import Book, Entry
from govlang.tools.due import Due
from govlang.tools.due.norms import instance_id, kind_of
from govlang.tools.questions import NoAnswer

HERE = Path(__file__).parent
AGREEMENT = HERE / "constructs" / "due.gov"
RECORD = """\
2025-01-10  meeting of General Assembly as GA-1
2026-03-01  Helios appoints Ana Ruiz as Director
2026-03-02  Ana Ruiz proposes Spend as S-1
  amount 10,000 EUR
2026-03-12  meeting of General Assembly as GA-2
"""

SMALL = """\
agreement Small
  version 1
  effective 2026-01-01 until 2027-12-31
  time zone Europe/Zurich

party Helios
party Norwind
party Fjord

role Chair
  one
  held by Lea Berg

duty Report
  owed by every party to Chair
  each month
  within 10 days after its end
  grace 3 days
  cured within 5 days after notice

duty Visit
  owed by every party
  each 2 months after the last
  by its end

duty Answer Call
  owed by Chair
  when call recorded
  within 36 hours

power Inspect
  held by Chair
  when call recorded
  within 20 days

review Round
  each quarter
  led by Chair
"""


def book_of(text: str) -> Book:
    source = Source("record.minutes", text)
    deeds, found = parse_entries(source)
    assert not found, found
    return Book(tuple(Entry(deed, source) for deed in deeds))


def ask(on: str = "2026-03-10", until: str = "", who: str = "", record: str = RECORD) -> Due:
    return listing.due(load(AGREEMENT), book_of(record), on, until, who)


# ---------------------------------------------------------------- the list


def test_overdue_comes_first_then_by_day_then_without_a_day() -> None:
    found = ask().items
    groups = [0 if item.overdue else 1 if item.over is not None else 2 for item in found]
    assert groups == sorted(groups)
    assert set(groups) == {0, 1, 2}
    dated = [item.over for item in found if not item.overdue and item.over is not None]
    assert dated == sorted(dated)
    assert len({item.id for item in found}) == len(found)


def test_a_general_assembly_fourteen_months_after_the_last() -> None:
    item = next(item for item in ask().items if item.name == "General Assembly")
    assert (item.overdue, item.due, item.late_by) == (True, date(2026, 1, 10), ("overdue by 59 days", "overdue by 2 months"))
    assert str(item.owners[0]) == "Chair (Lea Berg)"


def test_events_after_the_day_are_left_out_and_counted() -> None:
    found = ask()
    assert (found.later, found.events, found.recorded) == (1, 3, datetime(2026, 3, 2))
    assert "1 event on record after 2026-03-10 was left out" in report.show(found, Style())
    assert ask("2026-03-12").later == 0


def test_ninety_days_ahead_unless_told_otherwise() -> None:
    assert ask().until == date(2026, 6, 8)
    assert {item.due for item in ask(until="2026-03-14").items if not item.overdue and item.due} == set()
    assert date(2026, 7, 15) in {item.due for item in ask(until="2026-07-31").items}


def test_for_a_party_its_persons_and_roles() -> None:
    def names(who: str) -> set[str]:
        told = ("Spend", "General Assembly", "Director")
        return {f"{item.kind} {item.occasion}" for item in ask(who=who).items if item.name in told}

    assert names("Helios") == {"vote S-1"} == names("Ana Ruiz")
    assert names("Chair") == {"review 2025-01-10"} == names("Lea Berg")
    assert names("Norwind") == {"vote S-1", "vacancy Norwind"}


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ({"who": "Helias"}, "the agreement knows no 'Helias'", "did you mean 'Helios'?"),
        ({"who": "Spend"}, "the agreement knows no 'Spend'", "name a party, a role, a body or a person"),
        ({"until": "2026-03-09"}, "--until 2026-03-09 is before --on 2026-03-10", "leave --until out"),
        ({"on": "yesterday"}, "'yesterday'", ""),
        ({"on": "", "record": ""}, "say as of which day", "--on 2026-03-31"),
    ],
)
def test_questions_without_an_answer(arguments: dict[str, str], message: str, hint: str) -> None:
    with pytest.raises(NoAnswer) as error:
        ask(**arguments)
    assert message in error.value.message
    assert hint in error.value.hint


def test_without_a_record_what_the_text_itself_says() -> None:
    found = ask("2024-02-01", record="")
    assert {item.name for item in found.items} >= {"Service Plant", "Director"}
    assert not found.overdue


# ---------------------------------------------------------------- every instance once

ACTS = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.sampled_from(
            ("Helios performs Report", "Norwind performs Report", "Fjord performs Visit", "Helios performs Visit",
             "Lea Berg records call", "Lea Berg performs Answer Call", "Lea Berg exercises Inspect",
             "Lea Berg gives notice of Report",
             "Lea Berg waives Report of Fjord", "meeting of Round as R-{}"),
        ),
    ),
    max_size=25,
)  # fmt: skip


def history_of(acts: list[tuple[int, str]]) -> History:
    lines = [
        f"{date(2026, 1, 1) + timedelta(days=day)}  {what.format(number)}"
        for number, (day, what) in enumerate(sorted(acts))
    ]
    return History(LOADED.agreement, parse_entries(Source("r", "\n".join(lines) + "\n"))[0])


LOADED = load_text(SMALL, "small.gov")


def test_the_small_agreement_is_sound() -> None:
    assert LOADED.sound, LOADED.diagnostics


@settings(deadline=None, max_examples=40)
@given(ACTS, st.integers(0, 420), st.integers(0, 200))
def test_every_instance_with_a_day_in_the_time_looked_at_stands_there_once(
    acts: list[tuple[int, str]], on: int, ahead: int
) -> None:
    history = history_of([(day, what) for day, what in acts if day <= on])
    judge = Judge(LOADED.rules, history)
    now = datetime(2026, 1, 1, 23, 59, 59) + timedelta(days=on)
    until = now.date() + timedelta(days=ahead)
    found = listing.at(judge, now, until)
    ids = [item.id for item in found]
    assert len(ids) == len(set(ids))
    horizon = datetime.combine(until + timedelta(days=1), datetime.min.time())
    waiting = (Standing.PENDING, Standing.IN_EFFECT, Standing.SUSPENDED)
    wanted = [
        instance for instance in Norms(judge).at(now, horizon)
        if instance.standing in waiting and instance.due is not None and now < instance.due <= horizon
    ]  # fmt: skip
    for instance in wanted:
        assert ids.count(instance_id(instance, kind_of(instance.rule))) == 1
    soon = {item.id for item in found if item.kind in ("duty", "power", "review") and not item.overdue}
    assert soon == {instance_id(instance, kind_of(instance.rule)) for instance in wanted}
    calendar = parsed(ics.as_calendar(as_due(found, now), ()))
    assert len(calendar) == sum(item.over is not None for item in found)


def as_due(found: list[listing.DueItem], now: datetime) -> Due:
    return Due("Small", "1", "", now, now.date(), "", tuple(found))


# ---------------------------------------------------------------- CSV and JSON


def test_csv_has_one_header_and_one_row_an_item() -> None:
    found = ask()
    text = report.as_csv(found)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert text.count("\r\n") == len(rows) + 1 == len(found.items) + 1
    assert [row["id"] for row in rows] == [item.id for item in found.items]
    assert rows[0]["days_overdue"] == "699"
    assert rows[0]["days_left"] == ""


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert report.harmless(cell) == f"'{cell}"


def test_a_name_that_is_a_formula_stands_as_text_in_the_table() -> None:
    text = SMALL.replace("party Fjord", "party `=HYPERLINK()`")
    loaded = load_text(text, "small.gov")
    assert loaded.sound
    rows = list(csv.DictReader(io.StringIO(report.as_csv(listing.due(loaded, Book(), "2026-02-02")), newline="")))
    cells = [cell for row in rows for cell in row.values()]
    assert any(cell.startswith("'=HYPERLINK()") for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_json_has_the_published_shape() -> None:
    shape = json.loads(as_json.schema("due"))
    printed = json.loads(report.as_json(ask()))
    jsonschema.validate(printed, shape)
    assert printed["overdue"] == len(ask().overdue)
    assert printed["for"] == ""


# ---------------------------------------------------------------- the calendar


def parsed(data: bytes) -> list[Any]:
    icalendar = pytest.importorskip("icalendar")
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_the_calendar_reads_back_with_as_many_events() -> None:
    found = ask()
    dated = [item for item in found.items if item.over is not None]
    events = parsed(ics.as_calendar(found, ()))
    assert len(events) == len(dated)
    assert [event.decoded("dtstart") for event in events] == [item.due for item in dated]
    assert len({str(event["uid"]) for event in events}) == len(events)
    later = [item for item in dated if not item.overdue]
    both = parsed(ics.as_calendar(found, (3, 400)))
    assert len(both) == len(dated) + sum((item.due or date.min) - timedelta(days=3) >= date(2026, 3, 10) for item in later)


def test_the_same_bytes_on_each_run_and_identifiers_that_stay() -> None:
    assert ics.as_calendar(ask()) == ics.as_calendar(ask())

    def uid(text: str) -> dict[str, str]:
        found = listing.due(load_text(text, "small.gov"), Book(), "2026-02-02")
        reports = [item for item in found.items if item.name == "Report"]
        return {f"{item.owners[0].name} {item.occasion}": ics.identifier(found, item) for item in reports}

    assert uid(SMALL) == uid(SMALL.replace("within 10 days after", "within 12 days after").replace("party to Chair", "party"))


def test_an_hour_is_given_in_utc() -> None:
    found = listing.due(LOADED, book_of("2026-07-01 10:00  Lea Berg records call\n"), "2026-07-01")
    event = next(each for each in parsed(ics.as_calendar(found, ())) if "Answer Call" in str(each["summary"]))
    assert event["dtstart"].to_ical() == b"20260702T200000Z"  # 22:00 in Zurich in summer
    assert event["dtstamp"].to_ical() == b"20260701T080000Z"
    assert "Clause: small.gov line" in str(event["description"])
    assert str(event["sequence"]) == "1"


def test_one_line_when_the_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] == "icalendar":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NoAnswer) as error:
        ics.as_calendar(ask())
    assert (error.value.message, error.value.hint) == (ics.MISSING, ics.INSTALL)


# ---------------------------------------------------------------- the command line


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "govlang", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_verb(tmp_path: Path) -> None:
    record = tmp_path / "r.minutes"
    record.write_text(RECORD, encoding="utf-8")
    said = run("due", str(AGREEMENT), str(record), "--on", "2026-03-10")
    assert said.returncode == 1
    assert "overdue by 59 days, or 2 months" in said.stdout
    calm = run("due", str(AGREEMENT), str(record), "--on", "2026-03-10", "--for", "Secretary")
    assert (calm.returncode, "nothing" in calm.stdout) == (0, True)
    out = tmp_path / "due.ics"
    options = ("--format", "ics", "--remind", "14,3", "-o", str(out))
    written = run("due", str(AGREEMENT), "--record", str(record), "--on", "2026-03-10", *options)
    assert (written.returncode, written.stdout) == (1, "")
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"Due in 14 days" in out.read_bytes()
    assert "1 event on record after 2026-03-10 was left out" in written.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("missing.minutes", "--on", "2026-03-10"), "there is no file 'missing.minutes'"),
        (("--on", "2026-03-10", "--for", "Helias"), "did you mean 'Helios'?"),
        (("--on", "2026-03-10", "--remind", "soon"), "'soon' is no list of days"),
        (("--on", "2026-03-10", "-o", "no/such/folder/due.txt"), "cannot be written"),
        (("--on", "2026-03-10", "--until", "2025-01-01"), "is before --on"),
    ],
)
def test_bad_questions_are_one_message(arguments: tuple[str, ...], said: str) -> None:
    found = run("due", str(AGREEMENT), *arguments)
    assert found.returncode == 2
    assert said in found.stderr
    assert "Traceback" not in found.stderr


def test_a_list_over_ten_years_is_quick_enough_to_be_linear() -> None:
    """Twice the years take about twice the work, counted in calls and not in seconds."""

    def calls(years: int) -> int:
        text = SMALL.replace("until 2027-12-31", "until 2060-12-31")
        lines = [f"{2026 + month // 12}-{month % 12 + 1:02d}-20  Helios performs Report" for month in range(years * 12)]
        loaded, book = load_text(text, "small.gov"), book_of("\n".join(lines) + "\n")
        count = 0

        def counted(frame: Any, event: str, argument: Any) -> None:
            nonlocal count
            count += event == "call"

        sys.setprofile(counted)
        try:
            listing.due(loaded, book, f"{2026 + years}-01-01")
        finally:
            sys.setprofile(None)
        return count

    assert calls(8) < 3 * calls(4)


def test_books_are_read_as_for_other_verbs(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(books.written(book_of(RECORD), "jsonl"), encoding="utf-8")
    loaded = load(AGREEMENT)
    assert listing.due(loaded, books.read_books([path], loaded.agreement), "2026-03-10").items == ask().items


def test_status_shows_duties_reviews_and_terms_that_end(tmp_path: Path) -> None:
    record = tmp_path / "r.minutes"
    record.write_text(RECORD, encoding="utf-8")
    text = run("status", str(AGREEMENT), "--record", str(record), "--on", "2027-06-01").stdout
    duties = text.partition("Duties and reviews")[2]
    assert "Helios owes Service Plant: due 2024-04-10" in duties
    assert "the term of Ana Ruiz as Director for Helios ends" in text.partition("Terms of office that end")[2]
    printed = json.loads(run("status", str(AGREEMENT), "--record", str(record), "--on", "2027-06-01", "--format", "json").stdout)
    jsonschema.validate(printed, json.loads(as_json.schema("status")))
    assert [item["kind"] for item in printed["terms"]] == ["term of office"]
