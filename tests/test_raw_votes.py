"""Raw votes: what a row of a log means (`record.logged`), and that SQL says the same of every row (`tools.columnar.raw`)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from govlang.core.verdict import Verdict
from govlang.pipeline import Loaded, load, load_text
from govlang.record import logged
from govlang.record.history import History
from govlang.source import Source
from govlang.syntax import nodes as n
from govlang.syntax.parse import parse_entries
from govlang.tools import books

pytest.importorskip("duckdb", reason="the extra `audit` is not installed")

from tests import raw_logs
from tests.raw_logs import SHAPES, Compared, Rows, compare

ROOT = Path(__file__).parents[1]
TEXT = """agreement Three Partners
  effective 2026-01-01 until 2027-12-31
  currency EUR
each party has share: percent
parties Helios, Norwind and Tallinn
table share for each party
  from 2026-01-01 until 2026-12-31
    Helios: 40%
    Norwind: 35%
    Tallinn: 25%
  from 2027-01-01
    Helios: 10%
    Norwind: 20%
    Tallinn: 70%
role Director
  one for each party, appointed by party
  speaks for its party
  held by Ana for Helios, Ben for Norwind, Kai for Tallinn
role Manager
  one
  held by Tom
body Board
  members every Director
  quorum two thirds of all members
decision Spend
  given amount: money, related: party optional
  proposed by Manager or any Director
  recused related, every Director of related
  when amount at most 1,000 EUR
    requires approval of Manager
  when amount at most 50,000 EUR
    open for 5 days
    requires more than half of votes cast in Board
  otherwise
    notice 3 working days
    requires approval of every party
    requires at least 60% of all members in Board weighted by share
body Council
  members every Director, every Manager
decision Ask
  given partner: party
  requires approval of partner
decision Hurry
  open for 24 hours
  requires more than half of all members in Council
decision Change
  requires more than half of votes cast in Board
  votes may change
decision Quiet
  open for 3 days
  silence counts for
  abstention counts against
  absence counts nothing
  requires more than half of all members in Board
decision Wait
  open for 5 days
  requires more than half of all members in Board
  effective after 3 days
  lapses after 30 days
decision Stop
  requires no veto by Manager within 3 days
decision Date
  members as of proposal
  requires at least 60% of all members in Board weighted by share
"""
MINUTES = """2026-06-01  Helios removes Ana as Director
2026-06-01  Helios appoints Eva as Director
2027-02-15  Tallinn removes Kai as Director
2027-03-01  Tallinn appoints Ida as Director
"""


def record(loaded: Loaded, text: str) -> History:
    deeds, problems = parse_entries(Source("test.minutes", text))
    assert not problems
    return loaded.history(deeds)


@pytest.fixture(scope="module")
def partners() -> Loaded:
    loaded = load_text(TEXT)
    assert not loaded.diagnostics, loaded.diagnostics
    return loaded


@pytest.fixture
def asked(partners: Loaded) -> Any:
    """What the reference says of a row about Spend, in words."""
    reference = logged.Reference(partners.rules, record(partners, MINUTES))

    def ask(**row: object) -> str:
        given = {"decision": "Spend", "decided": date(2026, 3, 10), "proposed": date(2026, 3, 5), "proposed_by": "Tom",
                 "amount": Decimal(20_000), **row}  # fmt: skip
        try:
            answer = reference.answer(given)
        except logged.BadRow as bad:
            return f"bad: {bad.kind}"
        return answer.verdict.value if answer.point is None else f"{answer.verdict.value}: {answer.point.label}"

    return ask


def ballots(**choices: str | tuple[str, object]) -> list[dict[str, object]]:
    return [{"voter": voter, "choice": choice} if isinstance(choice, str) else
            {"voter": voter, "choice": choice[0], "cast": choice[1]} for voter, choice in choices.items()]  # fmt: skip


MAJORITY = "more than half of votes cast in Board"
QUORUM = "quorum two thirds of all members"

# ------------------------------------------------------------ what a row says


def test_ballots_are_counted_by_the_electors_of_the_day(asked: Any) -> None:
    assert asked(ballots=ballots(Ana="for", Ben="for")) == "permitted"
    assert asked(ballots=ballots(Ana="for", Ben="against")) == f"pending: {MAJORITY}"
    assert asked(ballots=ballots(Ana="for", Tom="for")) == f"pending: {QUORUM}"
    assert asked(decided=date(2026, 6, 20), proposed=date(2026, 6, 18), ballots=ballots(Ana="for", Ben="for")).startswith("pending")
    assert asked(decided=date(2026, 6, 20), proposed=date(2026, 6, 18), ballots=ballots(Eva="for", Ben="for")) == "permitted"


def test_a_ballot_without_a_day_was_cast_in_time(asked: Any) -> None:
    late = date(2026, 3, 25)
    assert asked(decided=late, ballots=ballots(Ana="for", Ben="for")) == "permitted"
    assert asked(decided=late, ballots=ballots(Ana="for", Ben=("for", date(2026, 3, 10)))) == "permitted"
    assert asked(decided=late, ballots=ballots(Ana="for", Ben=("for", date(2026, 3, 11)))) == f"denied: {QUORUM}"
    assert asked(decided=date(2026, 6, 20), proposed=date(2026, 5, 20), ballots=ballots(Ana="for", Ben="for")) == "permitted"
    assert asked(closed=date(2026, 3, 8), ballots=ballots(Ana="for", Ben="for")) == "permitted"


def test_the_first_ballot_counts_unless_votes_may_change(asked: Any) -> None:
    twice = [*ballots(Ana="against", Ben="for"), *ballots(Ana="for")]
    assert asked(ballots=twice) == f"pending: {MAJORITY}"
    assert asked(decision="Change", ballots=twice) == f"pending: {MAJORITY}"
    assert asked(decision="Change", ballots=twice, closed=True) == "permitted"
    changed = [*ballots(Ana="against", Ben="against"), *ballots(Ana="for")]
    assert asked(decision="Change", ballots=changed, closed=True).startswith("denied")


def test_a_speaker_votes_for_the_party_and_the_weights_are_of_the_day(asked: Any) -> None:
    every = {"amount": Decimal(90_000), "noticed": date(2026, 3, 5)}
    assert asked(**every, ballots=ballots(Ana="for", Ben="for", Kai="for")) == "permitted"
    assert asked(**every, ballots=ballots(Ana="for", Ben="for")) == "pending: approval of every party"
    assert asked(**every, related="Helios", ballots=ballots(Ben="for", Kai="for")) == "permitted"
    day, later = date(2027, 4, 1), date(2027, 4, 9)
    row = {"decided": later, "proposed": day, "noticed": day, "amount": 90_000, "related": "Tallinn"}
    assert asked(**row, ballots=ballots(Eva="for", Ben="for")) == "permitted"


def test_meetings_presence_and_closing(asked: Any) -> None:
    there = {"decision": "Change", "meeting": "Board"}
    assert asked(**there, present=["Ana", "Ben"], ballots=ballots(Ana="for", Ben="for"), closed=True) == "permitted"
    assert asked(**there, present=["Ana"], ballots=ballots(Ana="for", Ben="for"), closed=True).endswith(QUORUM)
    assert asked(**there, absent=["Ben", "Kai"], ballots=ballots(Ana="for", Ben="for"), closed=True).endswith(QUORUM)
    assert asked(closed=date(2026, 3, 8), ballots=ballots(Ana="for")) == f"denied: {QUORUM}"


def test_what_others_did(asked: Any) -> None:
    assert asked(decision="Stop", decided=date(2026, 3, 9)) == "permitted"
    assert asked(decision="Stop", vetoes=[{"by": "Tom", "on": date(2026, 3, 6)}]) == "denied: no veto by Manager within 3 days"
    assert asked(decision="Stop", vetoes=[{"by": "Tom", "on": date(2026, 3, 9)}]) == "permitted"
    assert asked(decision="Stop", vetoes='[{"by": "Tom", "on": "2026-03-06"}]').startswith("denied")
    assert asked(withdrawn=True, ballots=ballots(Ana="for", Ben="for")) == "denied: the proposal still stands"
    assert asked(ballots='[{"voter": "Ana", "choice": "for"}, {"voter": "Ben", "choice": "for"}]') == "permitted"


def test_bad_rows_say_why(asked: Any) -> None:
    assert asked(decision="Paint The House") == f"bad: {logged.UNKNOWN_DECISION}"
    assert asked(decision=None) == f"bad: {logged.NO_DECISION}"
    assert asked(decided=None) == f"bad: {logged.NO_DAY}"
    assert asked(decided="soon") == f"bad: decided is {logged.NO_DATE}"
    assert asked(proposed=date(2026, 4, 1)) == f"bad: {logged.LATER}"
    assert asked(proposed_by="Nobody") == f"bad: {logged.UNKNOWN_NAME}"
    assert asked(ballots=ballots(Nobody="for")) == f"bad: {logged.UNKNOWN_NAME}"
    assert asked(ballots=ballots(Ana="perhaps")) == f"bad: {logged.UNKNOWN_CHOICE}"
    assert asked(ballots="[{") == f"bad: ballots is {logged.NO_LIST}"
    assert asked(meeting="Parliament") == f"bad: {logged.NO_BODY}"
    assert asked(amount=n.Money(Decimal(5), "USD")).startswith("bad: amount")
    assert asked(amount=0.1).startswith("bad: amount is not an exact number")
    assert asked(amount="a lot").startswith("bad: amount should be")
    assert asked(amount=Decimal(5), amount_currency="USD").startswith("bad: amount")
    assert asked(related="Ana").startswith("bad: related should be")


def test_a_known_person_who_is_no_elector_does_not_count(asked: Any) -> None:
    assert asked(ballots=ballots(Ana="for", Ben="for", Tom="against")) == "permitted"


def test_values_are_read_as_people_write_them(asked: Any) -> None:
    both = ballots(Ana="for", Ben="for")
    assert asked(amount="20,000 EUR", ballots=both, decided="2026-03-10", proposed="2026-03-05 09:30") == "permitted"
    assert asked(decided=datetime(2026, 3, 10), ballots=ballots(Ana="for", Ben=("for", datetime(2026, 3, 10, 23)))) == "permitted"
    after = ballots(Ana="for", Ben=("for", datetime(2026, 3, 10, 10)))
    assert asked(decided=datetime(2026, 3, 10, 9), ballots=after).startswith("pending")


def test_what_a_row_holds_itself_is_not_counted(partners: Loaded) -> None:
    rule = partners.rules.rule("Change")
    from govlang.backends.plan import plan

    planned = plan(rule, partners.agreement.decisions["Change"])
    said = {planned.keys["board_for"]: 3, planned.keys["board_quorum"]: 3, planned.keys["voting_closed"]: True,
            planned.keys["board_open"]: 0}  # fmt: skip
    reference = logged.Reference(partners.rules, record(partners, MINUTES), lambda *_: said)
    row = {"decision": "Change", "decided": date(2026, 3, 10), "ballots": ballots(Ana="against", Ben="against")}
    assert reference.answer(row).verdict is Verdict.PERMITTED
    assert logged.Reference(partners.rules, record(partners, MINUTES)).answer(row).verdict is not Verdict.PERMITTED


def test_two_rows_of_one_name_do_not_mix(asked: Any) -> None:
    one = {"id": "S-1", "decision": "Ask"}
    assert asked(**one, partner="Helios", ballots=ballots(Ana="for")) == "permitted"
    assert asked(**one, partner="Norwind", ballots=ballots(Ben="for")) == "permitted"
    assert asked(**one, partner="Norwind", ballots=ballots(Ana="for")) == "pending: approval of partner"


# ------------------------------------------------------------ SQL says the same

FIRST, DAYS = date(2026, 1, 20), 600


def together(loaded: Loaded, history: History, seed: int, count: int, decisions: tuple[str, ...] = (), first: date = FIRST,
             days: int = DAYS, shapes: Any = SHAPES, kinds: Any = ((False, False), (True, True))) -> Compared:  # fmt: skip
    """Random logs of every shape about some decisions."""
    found = Compared()
    for decision in decisions or tuple(history.agreement.decisions):
        for number, shape in enumerate(shapes):
            for cast, times in kinds:
                rows = Rows(seed + number, history, decision, shape, cast, times)
                found.add(compare(loaded, history, decision, rows.schema(), rows.rows(count, first, days)))
    return found


def test_sql_says_what_the_reference_says(partners: Loaded) -> None:
    found = together(partners, record(partners, MINUTES), 11, 12, kinds=((False, False), (True, False), (True, True)))
    assert not found.differences, found.differences[:3]
    assert found.kinds["sure"] > 400, found.kinds
    assert min(found.kinds["bad"] * 5, found.kinds["unsure"]) > 40, found.kinds
    assert min(found.kinds[verdict.value] for verdict in (Verdict.PERMITTED, Verdict.PENDING, Verdict.DENIED)) > 20, found.kinds


def test_the_edges_of_time(partners: Loaded) -> None:
    """Voting that closes at the instant asked about, members who change at the instant that counts, another body's meeting."""
    history = record(partners, MINUTES)
    noon, three = datetime(2026, 3, 10, 12), ballots(Ana="for", Ben="for", Kai="against")
    hours = [{"proposed": noon, "decided": noon + timedelta(hours=24, minutes=minutes), "ballots": three} for minutes in (-1, 0, 1)]
    schema = {"proposed": "TIMESTAMP", "decided": "TIMESTAMP", "ballots": "STRUCT(voter VARCHAR, choice VARCHAR)[]"}
    found = compare(partners, history, "Hurry", schema, hours)
    assert not found.differences, found.differences
    assert (found.kinds["pending"], found.kinds["denied"]) == (1, 2)
    changed = [{"proposed": date(2026, 5, 20), "decided": date(2026, 6, 3), "closed": date(2026, 5, 31) + timedelta(days=days),
                "ballots": ballots(**{who: "for", "Ben": "for"})} for days in (0, 1, 2) for who in ("Ana", "Eva")]  # fmt: skip
    schema = {"proposed": "DATE", "decided": "DATE", "closed": "DATE", "ballots": "STRUCT(voter VARCHAR, choice VARCHAR)[]"}
    found = compare(partners, history, "Change", schema, changed)
    assert not found.differences, found.differences
    assert (found.kinds["permitted"], found.kinds["denied"]) == (3, 3)
    away = [{"decided": date(2026, 3, 10), "meeting": body, "absent": ["Ana", "Ben"], "ballots": ballots(Kai="for")}
            for body in ("Council", "Board", None)]  # fmt: skip
    schema = {"decided": "DATE", "meeting": "VARCHAR", "absent": "VARCHAR[]", "ballots": "STRUCT(voter VARCHAR, choice VARCHAR)[]"}
    found = compare(partners, history, "Change", schema, away)
    assert not found.differences, found.differences


@pytest.mark.parametrize(("name", "decisions"), [
    ("alliance", ("Adopt Resolution", "Adopt Annual Plan", "Choose Cell Format", "Ship Samples", "Amend Agreement")),
    ("eu-council", ("Adopt By Qualified Majority", "Certify The Population")),
    ("un-security-council", ("Adopt Resolution", "Recommend Settlement")),
])  # fmt: skip
def test_agreements(name: str, decisions: tuple[str, ...]) -> None:
    loaded = load(ROOT / "agreements" / f"{name}.gov.md")
    book = books.read_books([ROOT / "agreements" / "alliance-two-years.minutes"] if name == "alliance" else [], loaded.agreement)
    found = together(loaded, books.history(book, loaded.agreement), 5, 6, decisions, date(2026, 2, 1))
    assert not found.differences, found.differences[:3]
    assert found.kinds["sure"] > 40, found.kinds


@pytest.mark.parametrize("name", ["apache-voting.gov.md", "python-pep13.gov.md", "kubernetes-steering.gov.md", "silence.gov",
                                  "record-date.gov", "who-counts.gov", "meetings.gov"])  # fmt: skip
def test_records_of_scenarios(name: str) -> None:
    loaded = load(ROOT / ("agreements" if name.endswith(".md") else "tests/constructs") / name)
    busiest = max(loaded.agreement.scenarios, key=lambda each: sum(1 for line in each.lines if isinstance(line, n.Deed)
                                                                   and line.kind in ("appoint", "join", "has")))  # fmt: skip
    deeds = [line for line in busiest.lines if isinstance(line, n.Deed)]
    first = min(deed.at.day for deed in deeds)
    found = together(loaded, loaded.history(deeds), 3, 6, tuple(loaded.agreement.decisions)[:5], first, 60, SHAPES[1:3])
    assert not found.differences, found.differences[:3]
    assert found.kinds["sure"] > 4, found.kinds


def test_versions_are_views() -> None:
    loaded = load(ROOT / "tests/constructs/amended-clauses.gov")
    history = loaded.history([line for line in loaded.agreement.scenarios[0].lines if isinstance(line, n.Deed)])
    for place in range(len(history.texts)):
        view = history.under(place)
        start = view.texts[place].since or view.texts[1].since
        assert start is not None
        first = start if place else start - timedelta(days=40)
        found = together(loaded, view, 3, 6, tuple(view.agreement.decisions)[:3], first, 30)
        assert not found.differences, found.differences[:3]


def test_names_that_look_like_sql() -> None:
    evil = "'); DROP TABLE log; --"
    text = TEXT.replace("Ana", f"`{evil}`").replace("Tallinn", "`\"Tall\" inn`")
    loaded = load_text(text)
    assert not loaded.diagnostics
    history = loaded.history([])
    rows = Rows(1, history, "Spend", SHAPES[2])
    found = compare(loaded, history, "Spend", rows.schema(), rows.rows(60, FIRST, DAYS))
    assert evil in rows.people
    assert not found.differences, found.differences[:3]
    assert found.kinds["sure"] > 20, found.kinds


def test_columns_of_a_log_do_not_collide_with_what_is_derived(partners: Loaded) -> None:
    history = record(partners, MINUTES)
    rows = Rows(1, history, "Spend", SHAPES[2])
    schema = {**rows.schema(), "raw_1": "INTEGER", "place": "VARCHAR", "everybody": "VARCHAR", "RAW_day": "DATE"}
    found = compare(partners, history, "Spend", schema, rows.rows(60, FIRST, DAYS))
    assert not found.differences, found.differences[:3]
    assert found.kinds["sure"] > 20, found.kinds


def test_more_electors_than_fit_in_one_word() -> None:
    people = [f"Member {number}" for number in range(1, 101)]
    text = f"""agreement Many
  effective 2026-01-01
persons {", ".join(people[:-1])} and {people[-1]}
role Delegate
  any number
  held by {", ".join(people)}
body Assembly
  members every Delegate
  quorum half of all members
decision Decide
  requires at least two thirds of votes cast without abstentions in Assembly
"""
    loaded = load_text(text)
    assert not loaded.diagnostics, loaded.diagnostics
    found = together(loaded, loaded.history([]), 1, 12, (), shapes=SHAPES[2:3])
    assert not found.differences, found.differences[:3]
    assert found.kinds["sure"] > 5, found.kinds


def test_what_cannot_be_derived_is_named() -> None:
    loaded = load(ROOT / "agreements" / "alliance.gov.md")
    history = loaded.history([])
    schema = {"decided": "DATE", "ballots": "STRUCT(voter VARCHAR, choice VARCHAR)[]"}
    found = compare(loaded, history, "Pay Invoice", schema, [{"decided": date(2026, 3, 1), "ballots": []}])
    assert found.missing["order_adopted"] == "it looks at other decisions"
    assert set(found.missing) > {"order_adopted"}


def test_ballots_of_a_type_that_holds_none(partners: Loaded) -> None:
    with pytest.raises(raw_logs.NotPlain, match="no list of voter and choice"):
        compare(partners, record(partners, ""), "Spend", {"decided": "DATE", "ballots": "INTEGER"}, [{"decided": FIRST}])
