"""The one rule that every engine is asked about, and the requests it is asked.

In: how many rights, how many requests, a seed. Out: the amounts of each right, the text of the agreement, requests as dicts of
plain values (int, str, bool), about a third each permitted, pending and denied. The same on every run.

Right `Commit Spend N`, with amounts LOW and HIGH of its own: proposed by a Programme Manager or a Director, on a day within the
term, not withdrawn; up to LOW the Programme Manager approves; up to HIGH more than half of the votes cast, with two thirds of
the members taking part; above it every party approves, and the Chair has not vetoed within 5 days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

Request = dict[str, Any]

START, END = 20260101, 20301231
INSIDE, OUTSIDE = (START, 20260105, 20260310, 20281130, END), (20251231, 20310101)
PROPOSERS = ("Programme Manager", "Director")
OTHERS = ("Chair", "Treasurer")
REQUIREMENTS = ("term", "standing", "proposer", "approval", "quorum", "majority", "parties", "veto")
SEED = 20261123

AGREEMENT = """\
agreement Thousand Spends
  version 1
  effective 2026-01-01 until 2030-12-31
  time zone Europe/Zurich
  currency EUR

party Helios
party Norwind
party Tallinn Cells
party Porto Grid

role Director
  one for each party, speaks for its party

role Chair
  one

role Programme Manager
  one

body Steering Committee
  members every Director
"""

DECISION = """\
decision {name}
  given amount: money
  proposed by Programme Manager or any Director
  when amount at most {low:,} EUR
    requires approval of Programme Manager
  when amount at most {high:,} EUR
    quorum two thirds of all members taking part
    requires more than half of votes cast in Steering Committee
  otherwise
    requires approval of every party
    requires no veto by Chair within 5 days after proposal
"""


@dataclass(frozen=True)
class Told:
    """What an answer with reasons said, in words common to all engines. `verdict` is permitted, pending, denied, or (of an
    engine that knows only two answers) not permitted; `unmet` names requirements, of which `all_named` says they are all."""

    verdict: str
    unmet: frozenset[str]
    all_named: bool = True


class NotReady(Exception):
    """An engine that cannot take part, with the reason."""


def as_it_is(prepared: Any, request: Request) -> Any:
    """A request that needs no other shape."""
    return request


@dataclass(frozen=True)
class Engine:
    """One way of asking. `prepare` loads the rights; `shape` renames a request's values to what the engine's API takes, before
    the clock starts; everything else is timed. `prepare_reasons` loads them for `with_reasons`, where that takes other rules;
    `batch` asks about many requests in one call; `can` says in a word or two what it can say at all."""

    name: str
    prepare: Callable[[int], Any]
    yes_no: Callable[[Any, Any], bool]
    with_reasons: Callable[[Any, Any], Any]
    told: Callable[[Any], Told]
    can: dict[str, str]
    shape: Callable[[Any, Request], Any] = as_it_is
    prepare_reasons: Callable[[int], Any] | None = None
    batch: Callable[[Any, list[Any]], Any] | None = None
    needs: tuple[str, ...] = ()  # the packages, so that the table names their versions


def name(number: int) -> str:
    """What a right is called."""
    return f"Commit Spend {number}"


def limits(number: int) -> tuple[int, int]:
    """LOW and HIGH of a right, in whole euro."""
    return 1_000 + 50 * number, 100_000 + 250 * number


def text(count: int) -> str:
    """The agreement with so many rights."""
    decisions = []
    for number in range(count):
        low, high = limits(number)
        decisions.append(DECISION.format(name=name(number), low=low, high=high))
    return "\n".join([AGREEMENT, *decisions])


def requests(count: int, many: int, verdict: Callable[[Request], str], seed: int = SEED) -> list[Request]:
    """So many requests about so many rights: each tier and each verdict in turn, drawn until the verdict fits."""
    chance = Random(seed)
    found = []
    for place in range(many):
        wanted, tier = ("permitted", "pending", "denied")[place % 3], place // 3 % 3
        request = _drawn(chance, chance.randrange(count), tier)
        while verdict(request) != wanted:
            request = _drawn(chance, chance.randrange(count), tier)
        found.append(request)
    return found


def _drawn(chance: Random, number: int, tier: int) -> Request:
    low, high = (100 * limit for limit in limits(number))
    least, most = ((1, low), (low + 1, high), (high + 1, 3 * high))[tier]
    members = chance.randint(4, 9)
    votes = [chance.choice(("for", "for", "for", "against", "abstaining", "open", "open")) for _ in range(members)]
    approvals = chance.choice((0, 1, 1))
    agreeing = chance.choice((2, 3, 4, 4))
    return {
        "right": name(number),
        "role": chance.choice(PROPOSERS if chance.random() < 0.9 else OTHERS),
        "day": chance.choice(INSIDE if chance.random() < 0.95 else OUTSIDE),
        "withdrawn": chance.random() < 0.05,
        "amount": chance.choice((least, most, chance.randint(least, most), chance.randint(least, most))),  # in cents
        "pm_for": approvals,
        "pm_open": chance.choice((0, 1)) if approvals == 0 else 0,
        "votes_for": votes.count("for"),
        "votes_against": votes.count("against"),
        "votes_abstaining": votes.count("abstaining"),
        "votes_open": votes.count("open"),
        "members": members,
        "parties": 4,
        "parties_for": agreeing,
        "parties_open": chance.randint(0, 4 - agreeing),
        "vetoes": int(chance.random() < 0.1),
        "window_over": chance.random() < 0.7,
    }
