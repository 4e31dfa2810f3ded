"""Met and failed against their definition, on every state of a small electorate.

A requirement is met when it holds in every way the record can still go on, and failed when it holds in none. Here every way
is enumerated: each of four electors has voted for, against, abstained or not at all; whoever has not voted may still do any
of the four until voting closes. What holds at the end is written down a second time below, plainly, for closed votes only.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import isqrt

import pytest

from govlang.core.rules import Tree, failed as failed_of, met as met_of
from govlang.core.verdict import State, evaluate, glance, holds, holds_asking_all, seen as in_short, state, verdict
from govlang.pipeline import Loaded, load_text
from govlang.record.facts import Row
from govlang.record.history import History
from govlang.syntax import nodes as n
from govlang.syntax.literals import moment

NAMES = ("Ada", "Bea", "Cem", "Dov")
WEIGHTS = dict(zip(NAMES, (Fraction(40), Fraction(30), Fraction(20), Fraction(10)), strict=True))
Final = dict[str, str]  # what each elector's ballot was when voting closed: for, against, abstain or ""

TEXT = """agreement Small
  version 1

each person has weight: number

{persons}

role Chair
  held by Ada

body Council
  members Ada, Bea, Cem and Dov
  seats 5

decision Act
  {settings}
  requires {requirement}
"""


def agreement(requirement: str, settings: str) -> Loaded:
    persons = "\n\n".join(f"person {name}\n  weight {WEIGHTS[name]}" for name in NAMES)
    loaded = load_text(TEXT.format(persons=persons, settings=settings, requirement=requirement))
    assert loaded.sound, [d.message for d in loaded.diagnostics]
    return loaded


def number(final: Final, choice: str, weights: dict[str, Fraction] | None = None) -> Fraction:
    return sum((weights[name] if weights else Fraction(1) for name in NAMES if final[name] == choice), Fraction(0))


def yes(final: Final) -> Fraction:
    return number(final, "for")


def no(final: Final) -> Fraction:
    return number(final, "against")


def cast(final: Final) -> Fraction:
    return sum((number(final, choice) for choice in ("for", "against", "abstain")), Fraction(0))


def tie_broken(final: Final) -> bool:
    return yes(final) == no(final) and final["Ada"] == "for"


# requirement, settings, and what must hold when voting has closed
MONOTONE: list[tuple[str, str, Callable[[Final], bool]]] = [
    ("at least 3 of Council", "", lambda f: yes(f) >= 3),
    ("at least half of all members in Council", "", lambda f: yes(f) >= 2),
    ("more than half of all members in Council", "", lambda f: yes(f) > 2),
    ("at least two thirds of all members in Council", "", lambda f: 3 * yes(f) >= 8),
    ("more than half of fixed seats in Council", "", lambda f: 2 * yes(f) > 5),
    ("more than half of votes cast in Council", "", lambda f: 2 * yes(f) > cast(f)),
    ("at least half of votes cast in Council", "", lambda f: yes(f) > 0 and 2 * yes(f) >= cast(f)),
    ("at least two thirds of votes cast in Council", "", lambda f: yes(f) > 0 and 3 * yes(f) >= 2 * cast(f)),
    (
        "more than half of votes cast without abstentions in Council", "",
        lambda f: 2 * yes(f) > yes(f) + no(f),
    ),
    ("more for than against in Council", "", lambda f: yes(f) > no(f)),
    ("more for than against in Council", "casting vote by Chair", lambda f: yes(f) > no(f) or tie_broken(f)),
    (
        "more than half of votes cast without abstentions in Council", "casting vote by Chair",
        lambda f: 2 * yes(f) > yes(f) + no(f) or tie_broken(f),
    ),
    ("at least 60% of all members in Council weighted by weight", "", lambda f: number(f, "for", WEIGHTS) >= 60),
    ("more than 50% of all members in Council weighted by weight", "", lambda f: number(f, "for", WEIGHTS) > 50),
    (
        "more than half of votes cast without abstentions in Council weighted by weight", "",
        lambda f: number(f, "for", WEIGHTS) > number(f, "against", WEIGHTS),
    ),
    ("fewer than 2 against in Council", "", lambda f: no(f) < 2),
    ("at most 1 against in Council", "", lambda f: no(f) <= 1),
    ("fewer than 2 against in Council", "abstention counts against", lambda f: no(f) + number(f, "abstain") < 2),
    (
        "fewer than 2 against in Council", "silence counts against",
        lambda f: no(f) + number(f, "") < 2,
    ),
    ("at least 3 of Council", "silence counts for", lambda f: yes(f) + number(f, "") >= 3),
    ("at least 3 of Council", "abstention counts for", lambda f: yes(f) + number(f, "abstain") >= 3),
    ("no vote against by Chair", "", lambda f: f["Ada"] != "against"),
    ("no vote against by Council", "", lambda f: no(f) == 0),
    ("approval of every Council", "", lambda f: yes(f) == 4),
    ("approval of any Council", "", lambda f: yes(f) >= 1),
    ("approval of at least 2 of Council", "", lambda f: yes(f) >= 2),
    ("approval of all but 1 of Council", "", lambda f: yes(f) >= 3),
    ("approval of Ada and Bea", "", lambda f: f["Ada"] == f["Bea"] == "for"),
    ("approval of Ada or Bea", "", lambda f: "for" in (f["Ada"], f["Bea"])),
    ("at least the square root of all members in Council", "", lambda f: yes(f) ** 2 >= 4),
    ("more than 3 times half of the square root of all members in Council", "", lambda f: yes(f) > 3),
    ("at least half of all members plus 1 in Council", "", lambda f: yes(f) >= 3),
    ("at least the smaller of 2 and all members in Council", "", lambda f: yes(f) >= 2),
    ("at least 2 taking part in Council", "", lambda f: cast(f) >= 2),
    ("at most 1 outstanding in Council", "", lambda f: number(f, "") <= 1),
    ("majority of all members in Council", "recused Ada", lambda f: sum(f[x] == "for" for x in NAMES[1:]) >= 2),
    (
        "at least 60% of all members in Council weighted by weight", "recused Ada",
        lambda f: sum(WEIGHTS[x] for x in NAMES[1:] if f[x] == "for") >= 36,
    ),
    (
        "all of\n    more than half of all members in Council\n    at least 60% of all members in Council weighted by weight",
        "", lambda f: yes(f) > 2 and number(f, "for", WEIGHTS) >= 60,
    ),
    (
        "any of\n    at least 70% of all members in Council weighted by weight\n    fewer than 2 against in Council",
        "abstention counts against\n  silence counts against",
        lambda f: number(f, "for", WEIGHTS) >= 70 or 4 - yes(f) < 2,
    ),
]  # fmt: skip

# Joined with a quorum the worst way for one part need not be the worst for another: then the answer must be sound (never met
# or failed wrongly), and exact on the side named.
MIXED: list[tuple[str, str, Callable[[Final], bool]]] = [
    (
        "more than half of votes cast in Council", "quorum 3 taking part",
        lambda f: 2 * yes(f) > cast(f) and cast(f) >= 3,
    ),
    (
        "more for than against in Council", "quorum half of all members",
        lambda f: yes(f) > no(f) and cast(f) >= 2,
    ),
    (
        "all of\n    more than half of votes cast in Council\n    at least 3 taking part in Council\n    approval of Ada", "",
        lambda f: 2 * yes(f) > cast(f) and cast(f) >= 3 and f["Ada"] == "for",
    ),
]  # fmt: skip


class Electorate:
    """One agreement, asked about every state of its electorate."""

    def __init__(self, requirement: str, settings: str) -> None:
        self.loaded = agreement(requirement, settings)
        self.rule = self.loaded.rules.rule("Act")

    def state(self, ballots: Final, closed: bool) -> State:
        """The state of the requirement with these ballots on record."""
        day = moment("2026-01-02")
        target = n.Name("P")
        deeds = [n.Deed("propose", moment("2026-01-01"), (n.Name("Ada"),), target, n.Name("Act"))]
        for name, choice in ballots.items():
            if choice:
                deeds.append(n.Deed("ballot", day, (n.Name(name),), target, choice=choice))
        if closed:
            deeds.append(n.Deed("close", moment("2026-01-03"), (n.Name("Ada"),), target))
        history = History(self.loaded.agreement, deeds)
        row = Row(history, history.proposals["P"], moment("2026-01-04").end, lambda *_: None)
        tree: Tree = self.rule.tree
        is_met, is_failed = evaluate(met_of(tree), row), evaluate(failed_of(tree), row)
        assert not (is_met is True and is_failed is True), "never both"
        return state(tree, row)


def states() -> list[Final]:
    return [dict(zip(NAMES, choices, strict=True)) for choices in product(("for", "against", "abstain", ""), repeat=4)]


def ways_on(ballots: Final) -> list[Final]:
    """Every way the record can go on until voting closes: a ballot is final once cast."""
    open_ = [name for name in NAMES if not ballots[name]]
    return [
        {**ballots, **dict(zip(open_, choices, strict=True))}
        for choices in product(("for", "against", "abstain", ""), repeat=len(open_))
    ]


@pytest.mark.parametrize(("requirement", "settings", "holds"), MONOTONE, ids=[f"{r[:60]} | {s}" for r, s, _ in MONOTONE])
def test_met_and_failed_are_exactly_every_way_and_no_way(
    requirement: str, settings: str, holds: Callable[[Final], bool]
) -> None:
    electorate = Electorate(requirement, settings)
    for ballots in states():
        ends = [holds(end) for end in ways_on(ballots)]
        wanted = State.MET if all(ends) else State.OPEN if any(ends) else State.FAILED
        assert electorate.state(ballots, closed=False) is wanted, ballots


@pytest.mark.parametrize(("requirement", "settings", "holds"), MONOTONE, ids=[f"{r[:60]} | {s}" for r, s, _ in MONOTONE])
def test_a_closed_vote_is_met_or_failed(requirement: str, settings: str, holds: Callable[[Final], bool]) -> None:
    electorate = Electorate(requirement, settings)
    for ballots in states():
        wanted = State.MET if holds(ballots) else State.FAILED
        assert electorate.state(ballots, closed=True) is wanted, ballots


@pytest.mark.parametrize(("requirement", "settings", "holds"), MIXED, ids=[f"{r[:60]} | {s}" for r, s, _ in MIXED])
def test_joined_with_a_quorum_the_answer_is_never_wrong(
    requirement: str, settings: str, holds: Callable[[Final], bool]
) -> None:
    electorate = Electorate(requirement, settings)
    for ballots in states():
        ends = [holds(end) for end in ways_on(ballots)]
        found = electorate.state(ballots, closed=False)
        assert (found is State.MET) is all(ends), ballots  # all of: exact on the side of met
        assert not (found is State.FAILED and any(ends)), ballots
        assert (electorate.state(ballots, closed=True) is State.MET) is holds(ballots)


def test_votes_that_may_change_stay_open_until_voting_closes() -> None:
    electorate = Electorate("at least 3 of Council", "votes may change")
    everyone = dict.fromkeys(NAMES, "for")
    assert electorate.state(everyone, closed=False) is State.OPEN
    assert electorate.state(everyone, closed=True) is State.MET


def test_a_square_root_is_never_rounded_on_the_way() -> None:
    """Three times half the root of 103 is about 15.2: fifteen are not enough, sixteen are."""
    from govlang.core import numbers

    bar = numbers.scale(Fraction(3, 2), numbers.root(Fraction(103)))
    assert numbers.compare(Fraction(15), bar) < 0 < numbers.compare(Fraction(16), bar)
    for whole in range(1, 200):
        assert numbers.rounded(numbers.root(Fraction(whole)), "down") == isqrt(whole)


TIERS = TEXT.partition("decision Act")[0] + """decision Act
  given urgent: yes or no
  requires any of
    at least 3 of Council
    all of
      approval of Bea
      more for than against in Council
  when urgent
    requires at least 1 of Council
  otherwise
    requires approval of Ada
"""


def test_holds_says_what_state_says() -> None:
    """The short way and the long one agree, with tiers, joined tests and alternatives, and a tier not yet known."""
    loaded = load_text(TIERS.format(persons="\n\n".join(f"person {name}\n  weight {WEIGHTS[name]}" for name in NAMES)))
    assert loaded.sound, [d.message for d in loaded.diagnostics]
    tree: Tree = loaded.rules.rule("Act").tree
    seen = set()
    for ballots in states():
        for urgent in (None, True, False):
            facts = (("urgent", n.Literal("yesno", urgent)),) if urgent is not None else ()
            deeds = [n.Deed("propose", moment("2026-01-01"), (n.Name("Ada"),), n.Name("P"), n.Name("Act"), facts=facts)]
            for name, choice in ballots.items():
                if choice:
                    deeds.append(n.Deed("ballot", moment("2026-01-02"), (n.Name(name),), n.Name("P"), choice=choice))
            history = History(loaded.agreement, deeds)
            row = Row(history, history.proposals["P"], moment("2026-01-04").end, lambda *_: None)
            assert holds(tree, row) is (state(tree, row) is State.MET)
            fresh = [Row(history, history.proposals["P"], row.now, lambda *_: None) for _ in range(4)]
            assert glance(met_of(tree), fresh[0]) == evaluate(met_of(tree), row)
            assert glance(failed_of(tree), fresh[1]) == evaluate(failed_of(tree), row)
            assert in_short(tree, fresh[2]) is verdict(tree, row)
            assert holds_asking_all(tree, fresh[3], fresh[3].fixed) is holds(tree, row)
            seen.add((urgent, holds(tree, row)))
    assert seen == {(urgent, met) for urgent in (None, True, False) for met in (True, False)}
