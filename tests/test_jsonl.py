"""JSON lines and minute books: one vocabulary, both ways, and a clear message for every line that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import jsonschema
import pytest
from hypothesis import given, strategies as st

from govlang.pipeline import load_text
from govlang.record import jsonl, minutes
from govlang.record.history import History
from govlang.record.strict_json import BadJson, read
from govlang.record.vocabulary import EVENTS, Event, Part
from govlang.schema import published
from govlang.source import Source
from govlang.syntax import nodes as n
from govlang.syntax.parse import parse_entries

AGREEMENT = load_text(
    """agreement Test
  currency EUR

each party has share: percent, class: one of big or small

party Helios

decision Spend
  given amount: money, count: number, part: percent, due: date, urgent: yes or no, why: text, with: party, both: parties,
    size: one of small or large, wait: duration
  requires approval of every party
""".replace("parties,\n    size", "parties, size")
).agreement

MINUTES = """2026-01-05  Helios appoints Ana Ruiz as Director for Helios until 2028-12-31
2026-01-05  Helios removes Ana Ruiz as Director
2026-01-05  Ana Ruiz resigns as Director
2026-01-05  Ana Ruiz joins Steering Committee until 2027-01-01
2026-01-05  Ana Ruiz and Ben Okafor leaves Steering Committee
2026-01-06  Helios has share 40.5%
2026-01-06  Helios has partners Norwind, `eBay GmbH`
2026-03-02 14:00 +02:00  Ana Ruiz proposes Commit Spend as S-1
  amount 300,000.50 EUR
  number 1250.5
  part 40%
  due 2026-03-31
  urgent yes
  quiet no
  why "because it is"
  with Helios
  both Helios, Norwind
  size small
  wait 5 working days
2026-03-02  Ana Ruiz seconds S-1
2026-03-02  Ana Ruiz gives notice of S-1
2026-03-02  Ana Ruiz gives notice of S-1 in writing by courier to Helios, Norwind at "Main Street 1"
2026-03-02  Ana Ruiz gives notice "The account changes." as N-1 by e-mail to Norwind
2026-03-04  Norwind confirms notice of N-1
2026-03-02  Ana Ruiz waives notice of S-1
2026-03-02  Ana Ruiz opens S-1 in circulation
2026-03-09 14:00:30 Z  meeting of Steering Committee as M-4 reconvening M-3
  present Ana Ruiz, Ben Okafor
  absent Kim
  agenda S-1
  closed
2026-03-09  Ana Ruiz is present at M-4
2026-03-09  Ana Ruiz and Ben Okafor are absent from M-4
2026-03-09  Ana Ruiz votes for S-1 on behalf of Ben Okafor in Board because "he asked"
2026-03-09  Ana Ruiz votes against S-1
2026-03-09  Ana Ruiz abstains on S-1 because "no mandate"
2026-03-09  Ana Ruiz vetoes S-1 because "no"
2026-03-09  Ana Ruiz objects to S-1
2026-03-09  Ana Ruiz withdraws vote on S-1
2026-03-09  Ana Ruiz withdraws veto on S-1
2026-03-09  Ana Ruiz withdraws objection on S-1
2026-03-09  Ana Ruiz withdraws proxy on S-1
2026-03-09  Ana Ruiz withdraws S-1
2026-03-09  Ana Ruiz advises on S-1 "go ahead"
2026-03-09  Ana Ruiz advises on S-1
2026-03-09  Ana Ruiz records carried-out 3 times on S-1 because "done"
2026-03-09  Ana Ruiz finds material on S-1
2026-03-09  Ana Ruiz finds not material of Ben Okafor on S-1 because "thin"
2026-03-09  Ana Ruiz finds amount is 5 EUR on S-1
2026-03-09  Ana Ruiz finds conflict of Ben Okafor on S-1
2026-03-09  Ana Ruiz finds concealment of Norwind because "late news"
2026-03-09  Ana Ruiz finds not concealment of Norwind
2026-03-09  Ana Ruiz answers goals 4 about Norwind in Partner Pulse for 2026-H1
2026-03-09  Ana Ruiz answers culture 5
2026-03-09  Ana Ruiz declares conflict on S-1 because "kin"
2026-03-09  Ana Ruiz gives proxy to Ben Okafor
2026-03-09  Ana Ruiz gives proxy to Ben Okafor on S-1
2026-03-09  Ana Ruiz delegates Director to Ben Okafor until 2026-04-01
2026-03-09  Ana Ruiz revokes Director from Ben Okafor
2026-03-09  Ana Ruiz closes S-1
2026-03-09  Ana Ruiz extends S-1 until 2026-04-01
2026-03-09  Ana Ruiz restarts S-1
2026-03-09  Ana Ruiz rules Broad for S-1 because "text"
2026-03-09  Ana Ruiz rules "the wide one" for S-1
2026-03-09  Ana Ruiz carries out S-1 because "done"
2026-03-09  Ana Ruiz declares S-1 rejected with 0 for, 2 against, 1 abstaining of 5
2026-03-09  Ana Ruiz sends minutes of M-1
2026-03-09  Ana Ruiz accepts minutes of M-1
2026-03-09  Ana Ruiz objects to minutes of M-1 because "wrong"
2026-03-10  Norwind is in default because "unpaid calls"
2026-03-10  Norwind is no longer in default
2026-03-10  Norwind objects to renewal
2026-03-10  Fjord Recycling joins the agreement
2026-03-10  Norwind leaves the agreement
2026-03-10  Helios ends the agreement because "done"
2026-04-01  Helios uses Cell Model for research in field Storage in territory Europe as W-1 because "as agreed"
  amount 5 EUR
2026-04-01  Helios requests Cell Model for commercial as W-2
2026-04-01  Helios sublicenses Cell Model to `eBay GmbH` in field `storage`
2026-04-01  Helios licenses Cell Model to Norwind exclusively for research
2026-04-01  Helios publishes Cell Model
2026-04-01  Helios discloses Cell Model to Norwind orally
2026-04-01  Helios discloses Cell Model
2026-04-01  Helios asks to use Cell Model for research as W-3
2026-04-01  Helios asks to request Cell Model
2026-04-01  Helios asks to sublicense Cell Model to Norwind
2026-04-01  Helios asks to license Cell Model to Norwind non-exclusively
2026-04-01  Helios asks to assign Cell Model to Norwind as W-4
2026-04-01  Helios asks to publish Cell Model
2026-04-01  Helios asks to disclose Cell Model to Norwind orally in field Storage as W-5
  compelled yes
2026-04-01  Ana Ruiz and Ben Okafor make Electrolyte Recipe
2026-04-01  Helios lists Kiln Logs as background of Helios, Norwind
2026-04-01  Helios lists Kiln Logs as sideground
2026-04-01  Helios delists Kiln Logs
2026-04-01  Helios marks Cell Model confidential
2026-04-01  Helios terminates Research Access for Norwind because "unpaid"
2026-03-10  Ana Ruiz seeks urgent relief on D-1 because "a leak"
2026-03-10  Ana Ruiz raises Main Ladder as D-1 against Helios, Norwind in writing because "late"
  amount 300 EUR
2026-03-10  Ana Ruiz raises Main Ladder as D-2
2026-03-10  Ana Ruiz takes D-1 to Mediation because "no answer"
2026-03-10  Helios and Norwind settle D-1
2026-03-10  Helios settles D-1 because "paid"
2026-03-10  Tribunal decides D-1 for Helios, Norwind because "due"
2026-03-10  Tribunal decides D-1
2026-05-01  Helios performs Fund Quarter with 5,000 EUR for 2026-Q1 on behalf of Norwind because "paid"
2026-05-01  Helios performs Keep Secret
2026-05-01  Helios exercises Step In for S-1 because "late"
2026-05-01  Norwind waives Fund Quarter of Helios for 2026-Q1 because "kind"
2026-05-01  Norwind waives Fund Quarter
2026-05-01  Helios assigns Fund Quarter for 2026-Q1 to Norwind
2026-05-01  Helios assigns Cell Model to Norwind
2026-05-01  Helios subcontracts Fund Quarter to Fjord Recycling
2026-05-01  Helios subcontracts Fund Quarter for 2026-Q1 to Fjord Recycling
2026-05-01  Helios informs Norwind, Cetra of S-1
2026-05-01  Helios shares plan with Norwind, Cetra by portal
2026-05-01  Helios asks Norwind as Q-1 by portal because "when"
2026-05-01  Norwind answers Q-1 by portal because "soon"
2026-05-01  Norwind answers Q-1
2026-05-01  Helios measures cycles 1000
2026-05-01  meeting of Stocktaking as M-5
  closed
  covers spending, progress
"""

SCHEMA = jsonschema.Draft202012Validator(published("event"))


def deeds_of(text: str) -> tuple[n.Deed, ...]:
    deeds, found = parse_entries(Source("x.minutes", text))
    assert not found, found
    return deeds


def from_json(lines: str) -> tuple[n.Deed, ...]:
    deeds, found = jsonl.parse(Source("x.jsonl", lines))
    assert not found, found
    return deeds


def only(lines: str, agreement: Any = AGREEMENT) -> str:
    """The one diagnostic of a bad line: its code, the beginning of what it underlines, its message."""
    deeds, [found] = jsonl.parse(Source("x.jsonl", lines), agreement)
    assert not deeds
    assert found.source is not None
    return f"{found.code} {found.source.at(found.span)[:12]} {found.message}"


# ---------------------------------------------------------------- both ways


def test_a_minute_book_survives_the_way_to_json_and_back() -> None:
    deeds = deeds_of(MINUTES)
    lines = "".join(f"{jsonl.line(deed)}\n" for deed in deeds)
    assert from_json(lines) == deeds
    book = minutes.write(from_json(lines))
    assert deeds_of(book) == deeds
    assert book == MINUTES.replace("Okafor leaves", "Okafor leaves")


def test_every_kind_of_event_is_in_the_example() -> None:
    seen = {json.loads(jsonl.line(deed))["event"] for deed in deeds_of(MINUTES)}
    assert seen == set(EVENTS)


def test_the_schema_takes_what_the_writer_writes() -> None:
    for deed in deeds_of(MINUTES):
        SCHEMA.validate(json.loads(jsonl.line(deed)))


NAMES = st.one_of(
    st.sampled_from(["Ana Ruiz", "Helios", "S-1", "M 4", "S-1 2026", "eBay GmbH", "Électricité", "the Board", "a/b", "O'Neil & Co",
                     "X 5 EUR", "2026-01-01", "A, B", "A and B", "for", 'A "B"', "#1", "A # b"]),
    st.text(st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters="`"), min_size=1, max_size=12).filter(
        lambda text: bool(text.strip())
    ),
)  # fmt: skip
WORDS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters='"'), max_size=20)
DAYS = st.dates(date(1000, 1, 1), date(9000, 12, 31)).map(str)
INSTANTS = st.builds(
    lambda at, zone: at.isoformat(sep=" ", timespec="minutes") + zone,
    st.datetimes(datetime(1000, 1, 1), datetime(9000, 12, 31)), st.sampled_from(["", " Z", " +02:00", " -03:30", " -00:30"]),
)  # fmt: skip
MOMENTS = st.one_of(DAYS, INSTANTS)
DECIMALS = st.decimals(0, 10**12, places=2).map(lambda value: f"{value:f}")
VALUES = st.one_of(
    st.booleans(), st.integers(0, 10**15), TEXTS, st.builds(lambda name: {"name": name}, NAMES),
    st.builds(lambda names: {"names": names}, st.lists(NAMES, min_size=2, max_size=3)),
    st.builds(lambda amount: {"amount": amount, "currency": "EUR"}, DECIMALS), st.builds(lambda at: {"date": at}, MOMENTS),
    st.builds(lambda share: {"percent": share}, DECIMALS), st.builds(lambda number: {"number": number}, DECIMALS),
    st.builds(lambda many, unit: {"duration": f"{many} {unit}"}, st.integers(0, 999),
              st.sampled_from(["hours", "days", "working days", "weeks", "months", "years"])),
)  # fmt: skip
TYPES: dict[str, st.SearchStrategy[Any]] = {
    "name": NAMES, "names": st.lists(NAMES, min_size=1, max_size=3), "word": WORDS, "title": NAMES.filter(lambda t: '"' not in t),
    "text": TEXTS.filter(lambda text: text == " ".join(text.split())), "moment": MOMENTS, "yesno": st.just(True),
    "count": st.integers(1, 10**9), "votes": st.integers(0, 10**9), "value": VALUES,
    "facts": st.dictionaries(WORDS, VALUES, max_size=3),
}  # fmt: skip


def part_strategy(part: Part) -> st.SearchStrategy[Any]:
    return st.sampled_from(part.type.split("|")) if "|" in part.type else TYPES[part.type]


def event_strategy(event: Event) -> st.SearchStrategy[dict[str, Any]]:
    head: dict[str, st.SearchStrategy[Any]] = {"at": MOMENTS, "event": st.just(event.name)}
    if event.by:
        head["by"] = st.one_of(NAMES, st.lists(NAMES, min_size=1, max_size=3))
    needed = {part.key: part_strategy(part) for part in event.parts if part.required}
    free = {part.key: part_strategy(part) for part in event.parts if not part.required}
    return st.fixed_dictionaries({**head, **needed}, optional=free)


EVENT = st.sampled_from(sorted(EVENTS)).flatmap(lambda name: event_strategy(EVENTS[name]))


@given(EVENT)
def test_any_event_survives_the_way_to_a_minute_book_and_back(event: dict[str, Any]) -> None:
    SCHEMA.validate(event)
    [deed] = from_json(json.dumps(event))
    assert from_json(jsonl.line(deed)) == (deed,)
    assert deeds_of(minutes.write([deed])) == (deed,)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(EVENT, st.data())
def test_a_spoilt_event_is_read_or_reported(event: dict[str, Any], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(event)))
    event[key] = data.draw(JUNK)
    line = json.dumps(event)
    deeds, found = jsonl.parse(Source("x.jsonl", line), AGREEMENT)
    assert len(deeds) + len(found) == 1
    for item in found:
        assert item.code in ("GL401", "GL005", "GL006", "GL009", "GL206")
        assert 0 <= item.span.start <= item.span.end <= len(line)


@given(st.text(max_size=40))
def test_any_text_is_read_or_reported(text: str) -> None:
    jsonl.parse(Source("x.jsonl", text), AGREEMENT)


# ---------------------------------------------------------------- values by type


def test_plain_values_are_read_as_the_facts_say() -> None:
    line = """{"at": "2026-03-02", "event": "propose", "by": ["Helios"], "decision": "Spend", "as": "S-1", "facts": {
        "amount": "50,000 EUR", "count": "1,250.5", "part": "40%", "due": "2026-03-31", "urgent": true, "why": "40%",
        "with": "Helios", "both": ["Helios"], "size": "small", "wait": "5 working days"}}""".replace("\n", " ")
    deeds, found = jsonl.parse(Source("x.jsonl", line), AGREEMENT)
    assert not found
    kinds = {word: literal.kind for word, literal in deeds[0].facts}
    assert kinds == {
        "amount": "money", "count": "number", "part": "percent", "due": "date", "urgent": "yesno", "why": "text",
        "with": "name", "both": "names", "size": "word", "wait": "duration",
    }  # fmt: skip


def test_a_found_value_has_the_type_of_its_fact() -> None:
    lines = (
        '{"at": "2026-03-02", "event": "propose", "by": "Helios", "decision": "Spend", "as": "S-1"}\n'
        '{"at": "2026-03-02", "event": "find", "by": "Helios", "fact": "amount", "is": "5 EUR", "on": "S-1"}\n'
        '{"at": "2026-03-02", "event": "has", "by": "Helios", "attribute": "share", "value": "40%"}\n'
    )
    deeds, found = jsonl.parse(Source("x.jsonl", lines), AGREEMENT)
    assert not found
    assert [deed.value.kind for deed in deeds if deed.value is not None] == ["money", "percent"]


def test_numbers_are_exact() -> None:
    assert str(read("0.1")) == "0.1"
    [deed] = from_json('{"at": "2026-03-02", "event": "has", "by": "A", "attribute": "x", "value": 0.1}')
    assert deed.value is not None
    assert str(deed.value.value) == "1/10"


# ---------------------------------------------------------------- bad lines

HEAD = '{"at": "2026-03-02", "event": '
PROPOSE = HEAD + '"propose", "decision": "Spend", "as": "S", "by": "A", "facts": '


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[]", 'GL401 [] an event is an object in braces'),
        ("{", 'GL401 { this is not JSON: a key in "quotes" is missing'),
        ('{"at": "2026-03-02"}', 'GL401 {"at": "2026 the key \'event\' is missing'),
        (HEAD + '"vot"}', 'GL401 {"at": "2026 \'vot\' is not a kind of event'),
        (HEAD + '"vote", "on": "S"}', 'GL401 {"at": "2026 the key \'choice\' is missing: how the vote falls'),
        (HEAD + '"vote", "on": "S", "choice": "yes", "by": "A"}', 'GL401 "choice" \'yes\' is no value of choice'),
        (HEAD + '"vote", "on": "S", "choice": "for"}', 'GL401 {"at": "2026 the key \'by\' is missing: who did it'),
        (HEAD + '"open", "on": "S", "by": "A", "colour": 1}', 'GL401 "colour" the event \'open\' has no key \'colour\''),
        (HEAD + '"open", "on": "S", "on": "T", "by": "A"}', 'GL401 "on" the key \'on\' stands twice'),
        (HEAD + '"open", "on": "", "by": "A"}', 'GL401 "on" on should be a name in quotes'),
        (HEAD + '"open", "on": "a`b", "by": "A"}', 'GL401 "on" on holds a backquote'),
        ('{"at": "2026-02-31", "event": "open", "on": "S", "by": "A"}',
         'GL009 "at" \'2026-02-31\' is a date or time that does not exist'),
        ('{"at": 20260231, "event": "open", "on": "S", "by": "A"}', 'GL401 "at" at should be a date in quotes'),
        (HEAD + '"record", "on": "S", "by": "A", "act": "x", "times": 0}',
         'GL401 "times" times should be a whole number of 1 or more'),
        (PROPOSE + '{"amount": NaN}}', 'GL401 {"at": "2026 NaN is not a number'),
        (PROPOSE + '{"amount": -5}}', 'GL401 "amount" amount is below zero'),
        (PROPOSE + '{"amount": null}}', 'GL401 "amount" amount is null'),
        (PROPOSE + '{"amount": {"amount": 1.5, "currency": "EUR"}}}',
         'GL401 "amount" amount is not an amount of money'),
        (HEAD + '"open", "on": "a\\u0007", "by": "A"}', 'GL006 {"at": "2026 a text holds an unseen character (U+0007)'),
        ("[" * 5000 + "]" * 5000, 'GL005 [[[[[[[[[[[[ the brackets are nested too deep'),
        ("9" * 5000, 'GL401 999999999999 the number 999999999999... is too long'),
        ("1e99999", 'GL401 1e99999 the number 1e99999... is too long'),
    ],
)  # fmt: skip
def test_bad_lines_say_what_is_wrong_and_where(line: str, says: str) -> None:
    assert only(line).startswith(says)


def test_one_bad_line_spoils_only_itself() -> None:
    good = HEAD + '"open", "on": "S", "by": "A"}'
    deeds, [found] = jsonl.parse(Source("x.jsonl", f"{good}\n\n  \nnonsense\r\n{good}\n"))
    assert len(deeds) == 2
    assert found.place()[1:] == (4, 1)


def test_a_number_with_an_exponent_that_is_small_enough_is_exact() -> None:
    assert read("1.5e3") == 1500


@pytest.mark.parametrize("bad", ['"\\ud800"', '{"a": 1, "a": 2}', "Infinity", "-Infinity", "01", "'a'", "", " "])
def test_strict_json_refuses(bad: str) -> None:
    refuses: Callable[[str], object] = read
    with pytest.raises(BadJson):
        refuses(bad)


def test_a_name_that_nobody_knows_is_pointed_at_in_its_line() -> None:
    """Names in a record have no places of their own; a message finds them again."""
    text = '\n{"at": "2026-03-02", "event": "open", "by": "Zoe Nobody", "on": "S-1"}\n'
    source = Source("x.jsonl", text)
    deeds, found = jsonl.parse(source, AGREEMENT)
    assert not found
    history = History(AGREEMENT, deeds, source)
    [unknown] = [each for each in history.diagnostics if each.code == "GL403"]
    assert source.at(unknown.span) == '"Zoe Nobody"'
