"""The audit: a record of two years is clean, each planted departure is found once and at its own event, and nothing else is."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, strategies as st

from govlang import cli
from govlang.pipeline import Loaded, load, load_text
from govlang.report import audits
from govlang.schema import published
from govlang.syntax import nodes as n
from govlang.tools import audit as auditing, books, questions
from govlang.tools.audit import Audit, NoAnswer

FOLDER = Path(__file__).parent / "audit"
AGREEMENT = FOLDER / "two-years.gov"
RECORD = (FOLDER / "two-years.minutes").read_text(encoding="utf-8")
LOADED = load(AGREEMENT)


class Plant(NamedTuple):
    """A departure: its code, the day at which it is reported, what is taken out of the clean record and what is put in."""

    code: str
    at: str
    out: str
    put: str


PLANTED = (
    Plant("GL601", "2026-09-04", "2026-09-15  Ana Ruiz carries out S-2", "2026-09-04  Ana Ruiz carries out S-2"),
    Plant("GL607", "2026-09-12", "declares S-2 adopted with 2 for, 0 against", "declares S-2 adopted with 3 for, 0 against"),
    Plant("GL608", "2027-09-12", "rejected with 1 for of 1", "rejected with 1 for of 3"),
    Plant("GL610", "2026-09-20", "", "2026-09-20  Lea Berg votes against S-2"),
    Plant("GL609", "2026-03-06", "", "2026-03-06  Eva Lind votes for S-1"),
    Plant("GL631", "2027-01-20", "2027-01-08  Helios performs", "2027-01-20  Helios performs"),
    Plant("GL639", "2027-03-03", "2027-02-11  Norwind performs Pay Contribution for 2027\n", ""),
    Plant("GL622", "2027-06-15", "R-3\n  present Lea Berg, Ana Ruiz, Ben Okafor", "R-3\n  present Lea Berg, Ana Ruiz"),
    Plant("GL634", "2026-09-15", "2026-09-14  Ana Ruiz informs Norwind of S-2\n", ""),
    Plant("GL641", "2027-03-10", "2027-03-20  Norwind takes", "2027-03-10  Norwind takes"),
)
MORE = (
    Plant("GL602", "2027-09-20", "", "2027-09-20  Lea Berg carries out S-3"),
    Plant("GL604", "2026-12-30", "2026-09-15  Ana Ruiz carries out S-2", "2026-12-30  Ana Ruiz carries out S-2"),
    Plant("GL605", "2026-05-05", "", "2026-05-05  Norwind appoints Cy Tan as Director for Helios"),
    Plant("GL606", "2027-09-12", "declares S-3 rejected with 1 for of 1", "declares S-3 adopted with 2 for of 3"),
    Plant("GL611", "2026-03-07", "", "2026-03-07  Ben Okafor votes for S-1"),
    Plant("GL612", "2026-09-04", "", "2026-09-04  Ben Okafor vetoes S-2"),
    Plant("GL613", "2026-09-10", "", "2026-09-10  Lea Berg vetoes S-2"),
    Plant("GL620", "2027-07-11", "2027-06-15  meeting of Trust Review as R-3\n  present Lea Berg, Ana Ruiz, Ben Okafor\n"
          "  covers trust, money\n2027-06-20  Eva Lind sends minutes of R-3\n", ""),
    Plant("GL623", "2026-06-15", "2026-06-01  Eva Lind gives notice", "2026-06-10  Eva Lind gives notice"),
    Plant("GL625", "2026-07-20", "2026-06-20  Eva Lind sends minutes of R-1", "2026-07-20  Eva Lind sends minutes of R-1"),
    Plant("GL630", "2027-07-16", "2027-07-09  Norwind performs Report Progress for 2027-Q2\n", ""),
    Plant("GL632", "2026-04-12", "", "2026-04-12  Lea Berg performs Report Progress for 2026-Q1"),
    Plant("GL635", "2026-11-09 10:00", "2026-11-02 15:00  Helios shares", "2026-11-09 10:00  Helios shares"),
    Plant("GL636", "2026-11-02 15:00", "Norwind by e-mail", "Norwind by phone"),
    Plant("GL640", "2027-03-01", "against Helios in writing", "against Helios"),
    Plant("GL642", "2027-05-01", "", "2027-05-01  Norwind takes D-1 to Arbitration"),
    Plant("GL643", "2027-04-20", "Kim Yu decides D-1", "Lea Berg decides D-1"),
    Plant("GL650", "2026-08-01", "", "2026-08-01  Norwind uses Cell Model for commercial"),
    Plant("GL651", "2026-08-01", "", "2026-08-01  Norwind assigns Cell Model to Norwind"),
)  # fmt: skip
ENTRY = re.compile(r"^(?=\d{4}-)", re.MULTILINE)


def planted(plants: Iterable[Plant]) -> str:
    """The record with some departures in it, in order of time."""
    text = RECORD
    for plant in plants:
        assert not plant.out or text.count(plant.out) == 1, plant
        text = text.replace(plant.out, plant.put) if plant.out else f"{text}{plant.put}\n"
    entries = [entry for entry in ENTRY.split(text) if entry]
    return "".join(sorted(entries, key=lambda entry: (entry[:10], " " in entry[10:11] and entry[10:16])))


def audited(text: str, tmp_path: Path, loaded: Loaded = LOADED, *, on: str = "", since: str = "") -> Audit:
    path = tmp_path / "book.minutes"
    path.write_text(text, encoding="utf-8")
    return auditing.audit(loaded, path, on=on, since=since)


def keys(found: Audit) -> list[tuple[str, str]]:
    return sorted((item.code, str(item.at)) for item in found.departures)


def wanted(plants: Iterable[Plant]) -> list[tuple[str, str]]:
    return sorted((plant.code, plant.at) for plant in plants)


# ---------------------------------------------------------------- what is found


def test_a_record_of_permitted_acts_has_no_departures(tmp_path: Path) -> None:
    found = audited(RECORD, tmp_path)
    assert (found.departures, found.problems) == ((), ())
    assert found.clean


def test_ten_planted_departures_are_exactly_what_is_found(tmp_path: Path) -> None:
    found = audited(planted(PLANTED), tmp_path)
    assert keys(found) == wanted(PLANTED)
    assert found.problems == ()


@pytest.mark.parametrize("left_out", range(len(PLANTED)))
def test_without_one_of_them_exactly_its_finding_is_gone(left_out: int, tmp_path: Path) -> None:
    rest = [plant for place, plant in enumerate(PLANTED) if place != left_out]
    assert keys(audited(planted(rest), tmp_path)) == wanted(rest)


@pytest.mark.parametrize("plant", [*PLANTED, *MORE], ids=lambda plant: f"{plant.code} {plant.at}")
def test_a_departure_alone_is_found_alone(plant: Plant, tmp_path: Path) -> None:
    found = audited(planted([plant]), tmp_path)
    assert keys(found) == [(plant.code, plant.at)], [item.what for item in found.departures]
    assert found.problems == ()


@given(st.sets(st.sampled_from(PLANTED)))
def test_departures_do_not_spoil_each_other(tmp_path_factory: pytest.TempPathFactory, plants: set[Plant]) -> None:
    assert keys(audited(planted(sorted(plants)), tmp_path_factory.mktemp("audit"))) == wanted(plants)


def test_each_departure_stands_at_its_own_event(tmp_path: Path) -> None:
    text = planted(PLANTED)
    lines = text.splitlines()
    for item in audited(text, tmp_path).departures:
        name, line, _ = item.diagnostic.place()
        if item.deed is not None:
            assert name.endswith("book.minutes")
            assert lines[line - 1].startswith(str(item.at))
        else:
            assert item.code in ("GL630", "GL634", "GL639")
            assert name.endswith("two-years.gov") or lines[line - 1].startswith("2026-09-01")


def test_who_did_it_and_what_would_have_been_right(tmp_path: Path) -> None:
    (early,) = audited(planted(PLANTED[:1]), tmp_path).departures
    assert (early.who, early.parties, early.subject) == (("Ana Ruiz",), ("Helios",), "S-2")
    assert "no veto by Chair" in early.right
    assert early.citation.rule == "no veto by Chair within 5 days"


# ---------------------------------------------------------------- permitted acts, and others, at random

BOARD = """agreement Board
  effective 2026-01-01
  currency EUR

parties Helios, Norwind

role Director
  any number
  held by Ana Ruiz, Ben Okafor, Cy Tan

role Chair
  one
  held by Lea Berg

body Board
  members every Director

decision Spend
  given amount: money
  proposed by Chair
  open for 5 days
  when amount at most 1,000 EUR
    requires approval of Chair
  otherwise
    requires more than half of all members in Board
    requires no veto by Chair within 3 days
  lapses after 10 days
"""
SMALL = load_text(BOARD)
VOTERS = ("Ana Ruiz", "Ben Okafor", "Cy Tan", "Lea Berg", "Helios")
ACTS = st.one_of(
    st.tuples(st.just("votes for"), st.sampled_from(VOTERS)),
    st.tuples(st.just("votes against"), st.sampled_from(VOTERS)),
    st.tuples(st.just("vetoes"), st.sampled_from(VOTERS)),
    st.tuples(st.just("carries out"), st.just("Lea Berg")),
    st.tuples(st.sampled_from(("declares adopted", "declares rejected")), st.just("Lea Berg")),
)
MATTERS = st.lists(st.tuples(st.sampled_from((500, 5000)), st.lists(st.tuples(st.integers(0, 14), ACTS), max_size=7)), max_size=3)


def written(matters: list[tuple[int, list[tuple[int, tuple[str, str]]]]]) -> list[tuple[str, str, str]]:
    """Random matters as entries in order of time: their day, their matter, their text."""
    entries = []
    for number, (amount, acts) in enumerate(matters, 1):
        name = f"S-{number}"
        entries.append(("2026-02-01", name, f"2026-02-01  Lea Berg proposes Spend as {name}\n  amount {amount} EUR\n"))
        for day, (act, who) in acts:
            verb, _, rest = act.partition(" ") if act.startswith("declares") else (act, "", "")
            at = f"2026-02-{day + 1:02}"
            entries.append((at, name, f"{at}  {who} {verb} {name}{' ' if rest else ''}{rest}\n"))
    return sorted(entries, key=lambda entry: entry[0])


@given(MATTERS)
def test_what_the_rules_permit_is_never_found_and_what_they_do_not_is(
    tmp_path_factory: pytest.TempPathFactory, matters: list[tuple[int, list[tuple[int, tuple[str, str]]]]]
) -> None:
    """An audit and the answers of `decide` come to the same, act by act; what is wrong is found where it is, and once."""
    text = "".join(entry for _, _, entry in written(matters))
    if not text:
        return
    folder = tmp_path_factory.mktemp("audit")
    found = audited(text, folder, SMALL)
    places = [(item.diagnostic.place()[1], item.code) for item in found.departures]
    assert len(places) == len(set(places))
    lines, book = text.splitlines(), folder / "book.minutes"
    out: set[str] = set()
    for number, line in enumerate(lines, 1):
        at, _, rest = line.partition("  ")
        codes = {code for place, code in places if place == number}
        if " carries out " in rest or " declares " in rest:
            name = next(word for word in rest.split() if word.startswith("S-"))
            verdict = questions.decide(SMALL, record=book, proposal=name, on=at).verdict.value
            if "declares" in rest:
                assert bool(codes) == (verdict != {"adopted": "permitted", "rejected": "denied"}[rest.split()[-1]])
            elif name not in out:
                assert bool(codes) == (verdict != "permitted")
                assert codes <= {{"pending": "GL601"}.get(verdict, "GL602"), "GL604"}
                out |= {name} if verdict == "permitted" else set()
        elif not line.startswith(" ") and "proposes" in rest and codes:
            raise AssertionError(line)


@given(MATTERS)
def test_what_is_found_of_one_matter_is_found_without_the_others(
    tmp_path_factory: pytest.TempPathFactory, matters: list[tuple[int, list[tuple[int, tuple[str, str]]]]]
) -> None:
    entries, folder = written(matters), tmp_path_factory.mktemp("audit")
    if not entries:
        return
    last = entries[-1][0]
    whole = audited("".join(entry for _, _, entry in entries), folder, SMALL, on=last)
    alone = [
        (item.code, str(item.at), item.what)
        for name in sorted({name for _, name, _ in entries})
        for item in audited("".join(entry for _, other, entry in entries if other == name), folder, SMALL, on=last).departures
    ]
    assert sorted((item.code, str(item.at), item.what) for item in whole.departures) == sorted(alone)


def test_a_vote_that_counts_in_one_body_is_no_departure_in_another(tmp_path: Path) -> None:
    """The Chair votes in the Council alone; a party approves what its Director has approved; a proxy holder votes for a member who
    leaves afterwards."""
    loaded = load_text(COUNCIL)
    assert loaded.sound, loaded.diagnostics
    assert audited(TWO_HATS, tmp_path, loaded).clean
    found = audited(TWO_HATS + "2026-02-07  Ben Okafor votes against S-1\n2026-02-08  Ana Ruiz votes for S-1\n", tmp_path, loaded)
    assert keys(found) == [("GL609", "2026-02-07"), ("GL611", "2026-02-08")]


COUNCIL = """agreement Two Hats
  effective 2026-01-01

parties Helios, Norwind

role Director
  one for each party
  appointed by party
  speaks for its party
  held by Ana Ruiz for Helios, Ben Okafor for Norwind

role Chair
  one
  held by Lea Berg

body Board
  members every Director
  proxies at most 1 each

body Council
  members Chair, every Director

decision Merge
  proposed by any Director
  open for 10 days
  requires majority of votes cast in Board
  requires majority of votes cast in Council
  requires approval of every party
  requires no objection by any party within 5 days
    with reason
"""
TWO_HATS = """2026-02-01  Ana Ruiz proposes Merge as S-1
2026-02-02  Ana Ruiz votes for S-1
2026-02-02  Lea Berg votes for S-1
2026-02-03  Ben Okafor gives proxy to Ana Ruiz on S-1
2026-02-04  Ana Ruiz votes for S-1 on behalf of Ben Okafor
2026-02-04  Helios approves S-1
2026-02-05  Norwind objects to S-1 because "price"
2026-02-06  Norwind withdraws objection on S-1
2026-02-06  Norwind approves S-1
2026-02-06  Norwind removes Ben Okafor as Director
2026-02-06  Norwind appoints Cy Tan as Director
"""


# ---------------------------------------------------------------- deciding is not auditing

EFFECTS = """agreement Aurora
  effective 2026-01-01

parties Helios, Norwind

role Chair
  one
  held by Lea Berg

role Treasurer
  any number

decision Name Treasurer
  given candidate: text
  proposed by Chair
  requires approval of every party
  effect appoints candidate as Treasurer

decision Pay
  proposed by Chair
  requires approval of Treasurer
"""
NAMED = """2026-02-02  Lea Berg proposes Name Treasurer as T-1
  candidate "Cy Tan"
2026-02-03  Lea Berg carries out T-1
2026-02-09  Lea Berg proposes Pay as P-1
2026-02-10  Cy Tan approves P-1
2026-02-11  Lea Berg carries out P-1
"""


def test_what_was_not_permitted_takes_effect_and_is_reported_once(tmp_path: Path) -> None:
    """The treasurer was never approved, and is treasurer: what the treasurer approves is no departure of its own."""
    found = audited(NAMED, tmp_path, load_text(EFFECTS))
    assert keys(found) == [("GL601", "2026-02-03")]


def test_an_answer_to_one_matter_does_not_change_another(tmp_path: Path) -> None:
    """A denied spend that was carried out does not make the next one wrong."""
    text = planted([MORE[0]])
    found = audited(text, tmp_path)
    assert [item.subject for item in found.departures] == ["S-3"]


# ---------------------------------------------------------------- minutes

MINUTED = """agreement Minuted
  effective 2026-01-01

parties Helios, Norwind

role Director
  one for each party
  speaks for its party
  held by Ana Ruiz for Helios, Ben Okafor for Norwind

role Secretary
  one
  held by Eva Lind

body Board
  members every Director

decision Publish
  proposed by any Director
  requires majority of votes cast in Board
  requires minutes recorded by Secretary
  requires no minutes-objection recorded by any Director within 15 days after minutes
"""
MET = """2026-02-02  Ana Ruiz proposes Publish as P-1
2026-02-09  meeting of Board as M-1
  present Ana Ruiz, Ben Okafor
  agenda P-1
2026-02-09  Ana Ruiz and Ben Okafor vote for P-1
2026-02-11  Eva Lind sends minutes of M-1
"""


def test_minutes_that_were_objected_to_and_relied_upon(tmp_path: Path) -> None:
    loaded = load_text(MINUTED)
    objected = MET + '2026-02-16  Ben Okafor objects to minutes of M-1 because "one title is missing"\n'
    assert audited(MET + "2026-02-27  Ana Ruiz carries out P-1\n", tmp_path, loaded).clean
    found = audited(objected + "2026-02-27  Ana Ruiz carries out P-1\n", tmp_path, loaded)
    assert keys(found) == [("GL602", "2026-02-27")]
    assert keys(audited(MET + "2026-02-20  Ana Ruiz carries out P-1\n", tmp_path, loaded)) == [("GL601", "2026-02-20")]


# ---------------------------------------------------------------- after the end, and after leaving

ENDING = """agreement Ending
  effective 2026-01-01 until 2026-06-30
  currency EUR

parties Helios, Norwind

role Chair
  one
  held by Lea Berg

role Speaker
  one for each party
  appointed by party
  speaks for its party
  held by Ana Ruiz for Helios, Ben Okafor for Norwind

decision Spend
  proposed by Chair or any party
  requires approval of every party

decision Wind Up
  proposed by Chair
  requires approval of Chair
  survives the end for 1 year
"""


def test_each_act_after_the_end_is_one_departure(tmp_path: Path) -> None:
    text = """2026-06-20  Lea Berg proposes Spend as S-1
2026-06-21  Helios approves S-1
2026-07-02  Norwind approves S-1
2026-07-03  Lea Berg proposes Spend as S-2
2026-07-04  Helios approves S-2
"""
    found = audited(text, tmp_path, load_text(ENDING))
    assert keys(found) == [("GL670", "2026-07-02"), ("GL670", "2026-07-03")]


def test_what_survives_the_end_is_no_departure(tmp_path: Path) -> None:
    text = """2026-08-02  Lea Berg proposes Wind Up as W-1
2026-08-03  Lea Berg approves W-1
2026-08-04  Lea Berg carries out W-1
"""
    assert audited(text, tmp_path, load_text(ENDING)).clean


def test_whoever_left_is_found_once_and_takes_nobody_along(tmp_path: Path) -> None:
    text = """2026-02-02  Helios proposes Spend as S-1
2026-03-02  Norwind leaves the agreement
2026-03-09  Ben Okafor approves S-1
2026-03-10  Norwind proposes Spend as S-2
2026-03-11  Helios approves S-1
2026-03-12  Helios carries out S-1
"""
    found = audited(text, tmp_path, load_text(ENDING))
    assert keys(found) == [("GL671", "2026-03-09"), ("GL671", "2026-03-10")]
    assert {item.parties for item in found.departures} == {("Norwind",)}


# ---------------------------------------------------------------- every scenario of the project

SCENARIOS = [
    *sorted((Path(__file__).parent / "constructs").glob("*.gov")), *sorted((FOLDER.parents[1] / "agreements").glob("*.gov.md"))
]  # fmt: skip


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.name)
def test_whatever_is_on_record_can_be_audited(path: Path) -> None:
    """No record is too strange: each departure has a place, a sentence and a remedy, and each place is reported once a code."""
    loaded = load(path)
    if not loaded.sound:
        pytest.skip("an agreement with errors is not audited")
    for scenario in loaded.agreement.scenarios:
        deeds = sorted((line for line in scenario.lines if isinstance(line, n.Deed)), key=lambda deed: deed.at.start)
        if not deeds:
            continue
        book = books.Book(tuple(books.Entry(deed, loaded.source) for deed in deeds))
        found = auditing.audit_book(loaded, book)
        for item in found.departures:
            assert item.diagnostic.place()[1] > 0, item
            assert item.what
            assert item.right
        events = [(item.code, item.span, item.who) for item in found.departures if item.deed is not None]
        assert len(events) == len(set(events)), scenario.title
        audits.as_model(found)


# ---------------------------------------------------------------- the record itself


def test_problems_of_the_record_stand_apart(tmp_path: Path) -> None:
    text = RECORD + "2027-12-01  Ana Ruiz votes for S-9\n2027-12-21  Nobody Known vetoes S-3\n"
    found = audited(text, tmp_path)
    assert {item.code for item in found.problems} == {"GL402", "GL403"}
    assert found.departures == ()


def test_an_unknown_voter_is_one_finding_and_not_two(tmp_path: Path) -> None:
    found = audited(planted([Plant("GL609", "2026-03-06", "", "2026-03-06  Dora Wolf votes for S-1")]), tmp_path)
    assert (keys(found), found.problems) == ([("GL609", "2026-03-06")], ())


def test_lines_that_cannot_be_read_do_not_hide_the_rest(tmp_path: Path) -> None:
    found = audited(planted(PLANTED) + "2027-12-22  Ana Ruiz dances on S-1\n", tmp_path)
    assert keys(found) == wanted(PLANTED)
    assert [item.code for item in found.problems] == ["GL401"]


def test_several_files_are_one_record_and_each_finding_names_its_file(tmp_path: Path) -> None:
    entries = [entry for entry in ENTRY.split(planted(PLANTED)) if entry]
    first, second = tmp_path / "2026.minutes", tmp_path / "2027.minutes"
    first.write_text("".join(entry for entry in entries if entry < "2027"), encoding="utf-8")
    second.write_text("".join(entry for entry in entries if entry >= "2027"), encoding="utf-8")
    found = auditing.audit(LOADED, [second, first])
    assert keys(found) == wanted(PLANTED)
    for item in found.departures:
        if item.deed is not None:
            assert item.source is not None
            assert item.source.name.endswith(f"{item.at.day.year}.minutes")


def test_json_lines_give_the_same_audit(tmp_path: Path) -> None:
    path = tmp_path / "book.minutes"
    path.write_text(planted(PLANTED), encoding="utf-8")
    book = books.read_book(path, LOADED.agreement)
    lines = tmp_path / "book.jsonl"
    lines.write_text(books.written(book, "jsonl"), encoding="utf-8")
    assert keys(auditing.audit(LOADED, lines)) == wanted(PLANTED)


# ---------------------------------------------------------------- which days, which codes


def test_the_day_of_the_audit_leaves_later_events_out(tmp_path: Path) -> None:
    found = audited(planted(PLANTED), tmp_path, on="2026-12-31")
    assert keys(found) == [key for key in wanted(PLANTED) if key[1] < "2027"]
    assert found.left_out > 0


def test_departures_before_a_day_are_counted_and_left_out(tmp_path: Path) -> None:
    found = audited(planted(PLANTED), tmp_path, since="2027-01-01")
    assert keys(found) == [key for key in wanted(PLANTED) if key[1] >= "2027"]
    assert found.earlier == len(PLANTED) - len(found.departures)


def test_a_day_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    for on, since in (("2026-02-30", ""), ("", "soon"), ("2026-01-05", "2027-01-01")):
        with pytest.raises(NoAnswer):
            audited(RECORD, tmp_path, on=on, since=since)
    with pytest.raises(NoAnswer, match="nothing on record"):
        audited("", tmp_path)


def test_the_end_of_a_day_matters_to_what_is_due(tmp_path: Path) -> None:
    text = planted([PLANTED[6]])
    assert audited(text, tmp_path, on="2027-03-02").clean
    assert keys(audited(text, tmp_path, on="2027-03-03")) == [("GL639", "2027-03-03")]


# ---------------------------------------------------------------- the command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "two.gov").write_text(AGREEMENT.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "clean.minutes").write_text(RECORD, encoding="utf-8")
    (tmp_path / "bad.minutes").write_text(planted(PLANTED), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.govlang, ["audit", *arguments])


@pytest.mark.usefixtures("folder")
def test_exit_codes() -> None:
    assert run("two.gov", "clean.minutes").exit_code == 0
    assert run("two.gov", "bad.minutes").exit_code == 1
    for arguments in (("two.gov", "none.minutes"), ("none.gov", "clean.minutes"), ("two.gov",),
                      ("two.gov", "clean.minutes", "--ignore", "GL699"), ("two.gov", "clean.minutes", "--on", "x")):  # fmt: skip
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, ""), arguments
        assert "Traceback" not in result.stderr
    codes = [argument for plant in PLANTED for argument in ("--ignore", plant.code.lower())]
    assert run("two.gov", "bad.minutes", *codes).exit_code == 0


@pytest.mark.usefixtures("folder")
def test_text_names_the_event_the_clause_and_the_remedy() -> None:
    shown = run("two.gov", "bad.minutes").stdout
    assert "2026-09-04  GL601 carried-out-early  bad.minutes:" in shown
    assert "  right:  to wait for what was missing: " in shown
    assert "10 departures, 0 problems of the record" in shown
    assert run("two.gov", "clean.minutes").stdout.endswith("\nnothing to report\n")


@pytest.mark.usefixtures("folder")
def test_json_keeps_its_shape() -> None:
    printed = json.loads(run("two.gov", "bad.minutes", "--format", "json").stdout)
    jsonschema.validate(printed, published("audit"))
    assert [item["code"] for item in printed["departures"]][:2] == ["GL609", "GL601"]
    assert {item["name"] for item in printed["by_party"]} == {"Helios", "Norwind", ""}
    assert sum(item["count"] for item in printed["by_code"]) == 10


@pytest.mark.usefixtures("folder")
def test_csv_has_a_row_a_finding() -> None:
    rows = list(csv.reader(io.StringIO(run("two.gov", "bad.minutes", "--format", "csv").stdout)))
    assert tuple(rows[0]) == audits.COLUMNS
    assert len(rows) == 1 + len(PLANTED)


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    found = audited(RECORD + '2027-12-21  `=cmd()` votes for S-3\n', tmp_path)
    cells = [cell for row in csv.reader(io.StringIO(audits.FORMS["csv"](found))) for cell in row]
    assert any("=cmd()" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.usefixtures("folder")
def test_sarif_and_notes_point_into_the_record() -> None:
    log = json.loads(run("two.gov", "bad.minutes", "--format", "sarif").stdout)
    places = [each["locations"][0]["physicalLocation"] for each in log["runs"][0]["results"]]
    assert {place["artifactLocation"]["uri"] for place in places} == {"bad.minutes", "two.gov"}
    assert all("startLine" in place["region"] for place in places)
    notes = run("two.gov", "bad.minutes", "--format", "github").stdout.splitlines()
    assert sum(line.startswith(("::error file=bad.minutes", "::warning file=bad.minutes")) for line in notes) == 9


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", ["text", "json", "csv", "sarif", "github"])
def test_the_same_input_gives_the_same_bytes(form: str) -> None:
    first = run("two.gov", "bad.minutes", "--format", form).stdout_bytes
    assert first == run("two.gov", "bad.minutes", "--format", form).stdout_bytes
