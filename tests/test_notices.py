"""Notices: which count, when they count as given, and that short notice stays open as long as it may be waived."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

import govlang
from govlang.pipeline import Loaded
from govlang.record import jsonl, minutes
from govlang.source import Source
from govlang.syntax import nodes as n
from govlang.syntax.parse import parse_entries
from govlang.tools.check import check
from govlang.tools.decide import decide
from govlang.tools.scenarios import run_all

TEXT = """agreement Test
  effective 2024-01-01
  working days of Norway
  not working 2024-05-01

parties Helios, Norwind

body Board
  members every party

notices
  in writing
  by courier, given 2 days after dispatch
  by e-mail, given when confirmed

decision Resolve
  proposed by any party
  notice 3 days{waivable}
  requires mode is meeting
"""
PLAIN = TEXT.replace("notices\n  in writing\n  by courier, given 2 days after dispatch\n  by e-mail, given when confirmed\n\n", "")


def load(text: str) -> Loaded:
    loaded = govlang.load_text(text)
    assert loaded.sound, loaded.diagnostics
    return loaded


def events(text: str) -> tuple[n.Deed, ...]:
    found, problems = parse_entries(Source("x.minutes", text))
    assert not problems, problems
    return tuple(item for item in found if isinstance(item, n.Deed))


LINES = """2024-03-04  Helios proposes Resolve as R-1
2024-03-04  Helios gives notice of R-1
2024-03-04  Helios gives notice of R-1 in writing
2024-03-04  Helios gives notice of R-1 by courier to Norwind at "1, Main Street"
2024-03-04  Helios gives notice "The account changes." as N-1 in writing by e-mail to Norwind, Helios at "legal@norwind.example"
2024-03-05  Norwind confirms notice of N-1
"""


def test_notices_are_the_same_in_both_forms_of_the_record() -> None:
    deeds = events(LINES)
    assert minutes.write(deeds) == LINES
    again, problems = jsonl.parse(Source("x.jsonl", "".join(jsonl.line(deed) + "\n" for deed in deeds)))
    assert not problems
    assert again == deeds


def test_what_has_no_effect_is_named_in_the_answer_with_its_clause() -> None:
    loaded = load(TEXT.format(waivable=""))
    history = loaded.history(events("""2024-03-04  Helios proposes Resolve as R-1
2024-03-04  Helios gives notice of R-1 by fax to Norwind
2024-03-04  Helios gives notice of R-1 by e-mail to Norwind
"""))
    answer = decide(loaded, history, "R-1", n.Moment(history.end.start))  # type: ignore[union-attr]
    assert answer.requirement is not None
    texts = str(answer.requirement)
    assert "the notice by Helios on 2024-03-04 does not count: no notice may be given by fax, only by courier or e-mail" in texts
    assert [found.code for found in history.diagnostics] == ["GL405"]
    states = [notice.state(history.end.end) for notice in history.notices_of(history.proposals["R-1"], history.end.end)]  # type: ignore[union-attr]
    assert states == ["no effect", "awaiting confirmation"]


def test_notice_of_nothing_on_record_says_what_to_write() -> None:
    history = load(TEXT.format(waivable="")).history(events("2024-03-04  Helios gives notice of R-7 by courier\n"))
    [found] = history.diagnostics
    assert found.code == "GL403"
    assert 'gives notice "..." as R-7' in found.hint


@pytest.mark.parametrize(
    ("line", "code"),
    [("  by courier, given on dispatch\n", "GL314"), ("  in writing\n", "GL314"), ("  address of Nobody \"x\"\n", "GL101"),
     ("  address of Resolve \"x\"\n", "GL103"), ("  address of Helios by fax \"x\"\n", "GL137")],
)  # fmt: skip
def test_what_the_clause_may_not_say(line: str, code: str) -> None:
    text = TEXT.format(waivable="").replace("  in writing\n", "  in writing\n" + line)
    assert code in {found.code for found in govlang.load_text(text).diagnostics}


def test_a_waiver_in_a_circle_is_no_crash() -> None:
    for anchor in ("notice", "opening", "closing", "decision"):
        loaded = govlang.load_text(TEXT.format(waivable=f" waivable before {anchor}"))
        assert "GL139" in {found.code for found in loaded.diagnostics}


def test_expectations_that_do_not_hold_say_what_is_so() -> None:
    text = TEXT.format(waivable="") + """
scenario It is given on another day
  2024-03-04  Helios gives notice "x" as N-1 by courier to Norwind
  2024-03-10  expect notice of N-1 given 2024-03-07
  2024-03-10  expect notice of N-1 not given
  2024-03-10  expect notice of N-1 given 2024-03-06, because confirmed
  2024-03-10  expect notice of N-9 given 2024-03-06
"""
    [outcome] = run_all(load(text))
    assert [failure.message for failure in outcome.failures] == [
        "notice of N-1 is expected to be given on 2024-03-07, and it is given on 2024-03-06",
        "notice of N-1 is expected not to be given, and it is given on 2024-03-06",
        "the notice is not because confirmed",
        "nothing called 'N-9' is on record",
    ]


DAYS = st.integers(0, 12)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["", " waivable", " waivable within 3 days after meeting", " waivable before meeting"]),
    st.none() | DAYS, DAYS, st.none() | DAYS, st.none() | DAYS, st.booleans(),
)  # fmt: skip
def test_what_failed_stays_failed_and_what_is_met_stays_met(
    waivable: str, notice: int | None, meeting: int, first: int | None, second: int | None, named: bool
) -> None:
    """Day by day as the record grows: a verdict is final once it is denied, and no later entry undoes a permission."""
    loaded = load(PLAIN.format(waivable=waivable))
    start = date(2024, 3, 4)

    def line(day: int, words: str) -> tuple[int, str]:
        return day, f"{start + timedelta(days=day)}  {words}\n"

    lines = [line(0, "Helios proposes Resolve as R-1"), line(meeting, "meeting of Board as M-1\n  agenda R-1")]
    if notice is not None:
        lines.append(line(notice, "Helios gives notice of R-1" + (" to Norwind" if named else "")))
    for day, who in ((first, "Helios"), (second, "Norwind")):
        if day is not None:
            lines.append(line(day, f"{who} waives notice of R-1"))
    ordered = sorted(lines, key=lambda item: item[0])
    seen: list[str] = []
    for day in range(meeting, 18):
        history = loaded.history(events("".join(text for number, text in ordered if number <= day)))
        at = n.Moment(datetime.combine(start + timedelta(days=day), time()))
        seen.append(decide(loaded, history, "R-1", at, ways=False).verdict.value)
    for earlier, later in pairwise(seen):
        assert earlier == later or earlier == "pending", seen


def test_the_clause_is_clean() -> None:
    found = check(load(TEXT.format(waivable=" waivable"))).diagnostics
    assert {item.code for item in found} <= {"GL104", "GL502"}
