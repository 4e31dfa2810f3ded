"""Whatever is asked and whatever is on record: an answer or a reason, never a traceback."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import samples
from hypothesis import given, settings, strategies as st

import govlang
from govlang.core.trust import Level
from govlang.record import dispute_states, jsonl
from govlang.record.judge import Judge
from govlang.record.norms import Norms
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

dispute Ladder
  given urgent: yes or no optional
  raised by any party in writing within 9 days after proposal
  step Talks
    within 5 working days
    ends early when joint-failure recorded by claimant and respondent
    extension by any party up to 9 days once
    lapses when 20 days after x
  step Mediation
    before Board of 2
    skipped when urgent
    within 9 days after carried-out
    decision final unless x recorded by respondent within 3 days
  step Court
    taken by any party within 9 days after Mediation decided
    requires decision Ratify
    final
  urgent relief at any time by Director when urgent
  duties are suspended when urgent

duty Pay
  owed by every party to Chair
  when decision Spend is proposed
  within 2 working days
  amount share of amount
  cured within 2 days after notice
  may be assigned with approval of Chair
  may be subcontracted
  suspended from x recorded until carried-out recorded
  discharged when urgent found
  if violated, power Stop, review Check Up within 3 days, decision Ratify within 3 days, dispute Ladder

duty Report
  owed by any Director to Board
  each week
  by its end
  if violated 2 times in a row, duty Say Why

duty Say Why
  owed by Chair to every party
  within 12 hours

duty Keep Secret
  owed by every party to every party
  continuing
  cured within 3 days
  survives the end for 1 year

power Stop
  held by Chair
  within 5 days
  requires x recorded by Chair

review Check Up
  each month
  led by Chair
  attended by every Director
  quorum half of all members
  covers x
  minutes within 2 days by Chair
  grace 1 day
  if missed, decision Ratify within 2 days

objective Better
  owned by Helios
  measure cycles: number by Chair
  target at least 3 by 2026-03-15
  if missed, review Check Up within 5 days

communication Talk
  between every party
  channels courier
  share x with every party within 12 hours
  answer within 1 working day

survey Pulse
  each month
  asks every party about every other party
  scale 1 to 5
  question goals "They pursue the goals."
  at least 1 answers

trust Reliance
  over 2 weeks
  measures share of duties in time
    low below 80%
  measures number of findings of x, urgent by Chair
    low above 0
  measures mean of survey Pulse
    low below 3
  if low, duty Say Why, review Check Up within 3 days, dispute Ladder

trust Likeness
  of all parties together
  over the whole term
  measures spread of survey Pulse on goals
    low above 1
  measures share of reviews attended
  measures share of surveys answered
  measures number of x recorded

asset Model
  background of Helios

licence Free Use
  from Helios
  to every party
  of Model, results
  for any purpose
  non-exclusive
  until the end

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
    "ladder": st.sampled_from(["Ladder", "Other"]), "against": st.lists(PEOPLE, min_size=1, max_size=2),
    "in_writing": st.booleans(),
    "times": st.integers(1, 3), "fact": st.sampled_from(["urgent", "amount", "x"]), "not": st.booleans(), "is": MONEY,
    "of": PEOPLE, "to": PEOPLE, "role": GROUPS, "from": PEOPLE, "mode": st.sampled_from(["written", "circulation", "x"]),
    "outcome": st.sampled_from(["adopted", "rejected"]), "votes_for": st.integers(0, 3), "votes_against": st.integers(0, 3),
    "abstentions": st.integers(0, 3), "counted_over": st.integers(0, 9),
    "channel": st.sampled_from(["courier", "x"]), "writing": st.booleans(), "address": st.just("1, Main Street"),
    "subject": st.just("a change"), "reading": st.sampled_from(["Heads", "Shares", "X"]),
    "present": st.lists(PEOPLE, max_size=3), "absent": st.lists(PEOPLE),
    "agenda": st.lists(PROPOSALS), "closed": st.booleans(), "reconvening": st.just("M"), "value": st.sampled_from(["50%", 1]),
}  # fmt: skip


# Names of what the agreement holds beside people and proposals, and whatever else an event may be given.
NAMED = st.sampled_from(["Pay", "Report", "Stop", "Check Up", "Model", "Free Use", "Talk", "Pulse", "Nothing", "2026-03"])
OF_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "name": NAMED, "names": st.lists(NAMED, min_size=1, max_size=2), "word": st.sampled_from(["cycles", "x", "goals"]),
    "value": MONEY, "yesno": st.booleans(), "exclusively|non-exclusively": st.sampled_from(["exclusively", "non-exclusively"]),
    "background|results|sideground": st.sampled_from(["background", "results", "x"]), "votes": st.integers(0, 6),
    "count": st.integers(1, 3),
    "text": st.just("text"), "moment": DAYS, "title": st.just("Heads"),
}  # fmt: skip


def events() -> st.SearchStrategy[list[dict[str, Any]]]:
    kinds = []
    for event in jsonl.EVENTS.values():
        keys: dict[str, st.SearchStrategy[Any]] = {"at": KEYS["at"], "event": st.just(event.name)}
        if event.by:
            keys["by"] = KEYS["by"]
        for part in event.parts:
            keys[part.key] = KEYS[part.key] if part.key in KEYS else OF_TYPE[part.type]
        if event.name in ("propose", "meeting"):
            keys["as"] = PROPOSALS if event.name == "propose" else st.just("M")
        if event.name == "raise":
            keys["as"] = PROPOSALS
        if event.name == "take":
            keys["to"] = st.sampled_from(["Talks", "Mediation", "Court", "Nowhere"])
        if event.name in ("perform", "exercise", "release", "assign", "subcontract"):
            keys["what"] = NAMED
        if event.name in ("notice", "find", "vote"):
            keys["on"] = PROPOSALS | NAMED
        if event.name == "meeting":
            keys["body"] = GROUPS | st.just("Check Up")
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
    history = books.history(book, LOADED.agreement)
    now = questions.day(on).end
    judge = Judge(LOADED.rules, history)
    assert [each.id for each in dispute_states.states(judge, now)] == [each.id for each in dispute_states.states(judge, now)]
    assert all(each.reasons for each in dispute_states.missteps(judge, now))
    norms = Norms(judge)
    found = norms.at(now, now + timedelta(days=40))
    assert len({(id(each.rule), each.key, each.bearer) for each in found}) == len(found)
    assert all(stray.reason for stray in norms.strays(now))
    scores = norms.assessor.scores(now)
    assert scores == Norms(judge).assessor.scores(now)
    assert all((score.level is Level.LOW) is (score.since is not None) for score in scores)
    for proposal in history.proposals:
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
