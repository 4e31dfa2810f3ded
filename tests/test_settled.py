"""Since when a decision has been taken: the same whether or not instants at which nothing can turn are left out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from govlang.pipeline import load_text
from govlang.record import judge as judging
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.source import Source
from govlang.syntax.parse import parse_entries

TEXT = """\
agreement Turns
  version 1
  effective 2026-01-01
  currency EUR

each party has share: percent

party Helios
  share 40%
party Norwind
  share 60%

role Director
  any number

role Chair
  one

body Board
  members every Director

decision By Heads
  open for 20 days
  requires more than half of all members in Board
  effective after 2 days

decision Open Ended
  requires at least half of all members in Board
  effective after 2 days

decision By Weight
  open for 20 days
  requires approval of Chair
  requires at least 50% of votes cast in party weighted by share
  requires number of Director at least 2
  effective after 2 days

scenario Nothing
  2026-01-01  expect Ana Ruiz not in Board
"""
PEOPLE = ("Ana Ruiz", "Ben Oka", "Cid Lund")
LOADED = load_text(TEXT, "turns.gov")
EVENTS = (
    *(f"{who} joins Board" for who in PEOPLE), *(f"{who} leaves Board" for who in PEOPLE),
    *(f"Helios appoints {who} as Director" for who in PEOPLE), *(f"{who} resigns as Director" for who in PEOPLE),
    "Helios appoints Dee Wu as Chair", "Dee Wu resigns as Chair", "Helios has share 10%", "Norwind has share 30%",
    *(f"{who} votes for {name}" for who in (*PEOPLE, "Dee Wu", "Helios", "Norwind") for name in ("P-1", "P-2", "P-3")),
    *(f"{who} votes against {name}" for who in PEOPLE for name in ("P-1", "P-2")),
)  # fmt: skip


def test_the_agreement_is_sound() -> None:
    assert LOADED.sound, [(found.message, found.hint) for found in LOADED.diagnostics]


def history_of(acts: list[tuple[int, str]]) -> History:
    start = date(2026, 1, 5)
    lines = [f"{date(2026, 1, 2)}  Helios appoints {who} as Director" for who in PEOPLE[:2]]
    decisions = ("By Heads", "Open Ended", "By Weight")
    lines += [f"{start}  Helios proposes {name} as P-{number}" for number, name in enumerate(decisions, 1)]
    lines += [f"{start + timedelta(days=day)}  {what}" for day, what in sorted(acts)]
    return History(LOADED.agreement, parse_entries(Source("r", "\n".join(lines) + "\n"))[0])


def never(row: Any) -> bool:
    return False


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(EVENTS)), max_size=30), st.integers(0, 90))
def test_nothing_is_lost(acts: list[tuple[int, str]], on: int) -> None:
    now = datetime(2026, 1, 5, 23, 59, 59) + timedelta(days=on)
    found = taken(acts, now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "settled", never)
        assert taken(acts, now) == found


def taken(acts: list[tuple[int, str]], now: datetime) -> list[datetime | None]:
    history = history_of(acts)
    judge = Judge(LOADED.rules, history)
    return [judge.taken(proposal, now) for proposal in history.proposals.values()]
