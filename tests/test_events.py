"""Whatever is asked and whatever is on record: an answer or a reason, never a traceback."""

from __future__ import annotations

import json
from typing import Any

import samples
from hypothesis import given, settings, strategies as st

import govlang
from govlang.record import jsonl
from govlang.report import answers, as_json
from govlang.report.text import Style
from govlang.source import Source
from govlang.tools import books, questions
from govlang.tools.books import Book, Entry

# Two bodies, roles of every kind, proxies, delegation, readings, acts, findings: something for each kind of event to touch.
TEXT = """agreement Test
  version 1
  effective 2026-01-01 until 2027-12-31
  currency EUR

each party has share: percent

party Helios
  share 60%
party Norwind
  share 40%

role Director
  one for each party
  speaks for its party
  may delegate

role Chair
  one, appointed by Board

body Board
  members every Director
  quorum half of all members
  proxies at most 1 each

decision Spend
  given amount: money, related: party optional, urgent: yes or no determined by Chair
  proposed by any Director
  recused every Director of related
  votes may change
  notice 2 days
  open for 10 days
  extension by Chair up to 5 days
  when amount at most 50,000 EUR
    requires more than half of votes cast in Board
  when urgent
    requires approval of Chair
    requires no objection by any party within 3 days
  otherwise
    requires x recorded by Chair within 5 days
    requires no veto by Chair within 5 days
      on ground urgent
    reading Heads
      requires at least two thirds of all members in Board
    reading Shares
      requires at least 60% of all members in Board weighted by share
  lapses after 30 days

decision Ratify
  given what: decision Spend
  proposed by any party
  requires approval of every party
"""
LOADED = govlang.load_text(TEXT)

PEOPLE = st.sampled_from(["Ana Ruiz", "Ben Okafor", "Cleo Lind", "Helios", "Norwind", "Director", "Chair", "Board", "Nobody"])
PROPOSALS = st.sampled_from(["P", "Q", "R"])
GROUPS = st.sampled_from(["Director", "Chair", "Board", "Spend", "Nothing"])
DAYS = st.integers(1, 28).map(lambda day: f"2026-03-{day:02d}") | st.sampled_from(
    ["2026-03-02 10:00", "2026-03-02 10:00 +14:00", "1000-01-01", "9000-12-31", "2026-03-01 00:00 -12:00"]
)
MONEY = st.sampled_from([{"amount": "50000", "currency": "EUR"}, {"amount": "50000.01", "currency": "EUR"},
                         {"amount": "1", "currency": "USD"}, 5, "much", True])  # fmt: skip
FACTS = st.fixed_dictionaries(
    {}, optional={"amount": MONEY, "related": PEOPLE, "urgent": st.booleans(), "what": PROPOSALS, "other": st.text(max_size=3)}
)
KEYS: dict[str, st.SearchStrategy[Any]] = {
    "at": DAYS, "by": PEOPLE | st.lists(PEOPLE, min_size=1, max_size=3), "who": PEOPLE, "as": GROUPS, "body": GROUPS,
    "for": PEOPLE, "until": DAYS, "attribute": st.sampled_from(["share", "size"]), "decision": st.sampled_from(
    ["Spend", "Ratify", "Other"]), "facts": FACTS, "on": PROPOSALS | st.just("M"), "choice": st.sampled_from(
    ["for", "against", "abstain"]), "on_behalf_of": PEOPLE, "in": GROUPS, "because": st.just("reason"), "what": st.sampled_from(
    ["proposal", "vote", "veto", "objection", "proxy"]), "advice": st.just("yes"), "act": st.sampled_from(["carried-out", "x"]),
    "times": st.integers(1, 3), "fact": st.sampled_from(["urgent", "amount", "x"]), "not": st.booleans(), "is": MONEY,
    "of": PEOPLE, "to": PEOPLE, "role": GROUPS, "from": PEOPLE, "mode": st.sampled_from(["written", "circulation", "x"]),
    "reading": st.sampled_from(["Heads", "Shares", "X"]), "present": st.lists(PEOPLE, max_size=3), "absent": st.lists(PEOPLE),
    "agenda": st.lists(PROPOSALS), "closed": st.booleans(), "reconvening": st.just("M"), "value": st.sampled_from(["50%", 1]),
}  # fmt: skip


def events() -> st.SearchStrategy[list[dict[str, Any]]]:
    kinds = []
    for event in jsonl.EVENTS.values():
        keys: dict[str, st.SearchStrategy[Any]] = {"at": KEYS["at"], "event": st.just(event.name)}
        if event.by:
            keys["by"] = KEYS["by"]
        for part in event.parts:
            keys[part.key] = KEYS[part.key]
        if event.name in ("propose", "meeting"):
            keys["as"] = PROPOSALS if event.name == "propose" else st.just("M")
        kinds.append(st.fixed_dictionaries(keys))
    return st.lists(st.one_of(kinds), max_size=14)


START = [
    {"at": "2026-01-02", "event": "appoint", "by": "Helios", "who": "Ana Ruiz", "as": "Director"},
    {"at": "2026-01-02", "event": "appoint", "by": "Norwind", "who": "Ben Okafor", "as": "Director"},
    {"at": "2026-01-02", "event": "appoint", "by": "Board", "who": "Cleo Lind", "as": "Chair"},
    {"at": "2026-03-01", "event": "propose", "by": "Ana Ruiz", "decision": "Spend", "as": "P",
     "facts": {"amount": {"amount": "60000", "currency": "EUR"}}},
]  # fmt: skip


def book_of(lines: list[dict[str, Any]]) -> Book:
    source = Source("x.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    deeds, found = jsonl.parse(source, LOADED.agreement)
    return Book(tuple(Entry(deed, source) for deed in deeds), found)


def test_the_agreement_of_these_tests_is_sound() -> None:
    assert LOADED.sound, LOADED.diagnostics


@settings(max_examples=120)
@given(events(), st.booleans(), DAYS)
def test_any_record_has_an_answer_or_a_reason(lines: list[dict[str, Any]], ordered: bool, on: str) -> None:
    if ordered:
        lines = sorted(lines, key=lambda line: str(line["at"]))
    book = book_of([*START, *lines])
    for proposal in books.history(book, LOADED.agreement).proposals:
        try:
            reply = questions.ask(LOADED, book, None, proposal, on)
        except questions.NoAnswer:
            continue
        said = answers.show(reply.answer, Style())
        assert said.startswith(reply.answer.verdict.value.upper())
        again = questions.ask(LOADED, book, None, proposal, on)
        assert as_json.answer(again.answer, again.diagnostics) == as_json.answer(reply.answer, reply.diagnostics)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["50 EUR", "Helios"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
ACTIONS = JSON | st.fixed_dictionaries(
    {"decision": st.just("Commit Spend") | JSON},
    optional={
        "id": st.just("S-1") | JSON, "by": st.just("Ana Ruiz") | JSON, "on": DAYS | JSON,
        "facts": JSON | st.fixed_dictionaries({}, optional={"amount": JSON, "supplier": JSON, "related": JSON}),
    },
)  # fmt: skip
AURORA = govlang.load_text(samples.AGREEMENT, "aurora.gov.md")


@settings(max_examples=200)
@given(ACTIONS)
def test_any_action_has_an_answer_or_a_reason(action: object) -> None:
    try:
        asked = questions.read_action(Source("action", json.dumps(action)), AURORA)
        reply = questions.ask(AURORA, Book(), asked, on="2026-03-10")
    except questions.NoAnswer:
        return
    assert answers.show(reply.answer, Style())


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_any_text_is_an_action_or_a_reason(text: str) -> None:
    try:
        questions.read_action(Source("action", text), AURORA)
    except questions.NoAnswer as error:
        [found] = error.diagnostics
        assert found.source is not None
        assert 0 <= found.span.start <= found.span.end <= max(len(text), 1)
