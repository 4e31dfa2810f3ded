"""Tiers, analysed and tried out: the check must find exactly the gaps and the hidden tiers that trying every value finds.

The trial does not use the analysis: it evaluates the lowered conditions with the reference interpreter, on amounts at, just
below and just above every limit that is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from hypothesis import HealthCheck, given, settings, strategies as st

from govlang.core import keys as k
from govlang.core.expr import Value, Worked
from govlang.core.lower import Lowering
from govlang.core.lower_conditions import condition as lowered
from govlang.core.verdict import Verdict, evaluate
from govlang.model import checks
from govlang.pipeline import Loaded, load_text
from govlang.syntax.nodes import Money
from govlang.tools.questions import decide

HEADER = """\
agreement Test
  currency EUR

role Chair
  one

decision Test
  given amount: money, size: one of small or large or vast, urgent: yes or no
  proposed by Chair
  consult Chair for 1 day
"""
FIRST_TIER = HEADER.count("\n") + 1
FACTS = ("amount", "size", "urgent")
SIZES = ("small", "large", "vast")
CENT = Decimal("0.01")

comparisons = st.sampled_from(["at most", "at least", "more than", "less than", "is", "is not"])
limits = st.sampled_from(["0", "10", "10.01", "10.02", "20", "50.5", "1,000"])
atoms = st.one_of(
    st.builds("amount {} {} EUR".format, comparisons, limits),
    st.builds("size is {}".format, st.sampled_from(SIZES)),
    st.builds("size is not {}".format, st.sampled_from(SIZES)),
    st.just("size is one of small, vast"),
    st.just("urgent"),
    st.just("urgent is no"),
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not {}".format, inner),
    ),
    max_leaves=4,
)
tiers = st.tuples(st.lists(conditions, min_size=1, max_size=4), st.booleans())


class Row:
    """The facts of one proposal."""

    def __init__(self, amount: Decimal, size: str, urgent: bool) -> None:
        self.worked: Worked[Value] = {}
        self.facts: dict[str, Value] = {"amount": Money(amount, "EUR"), "size": size, "urgent": urgent}

    def value(self, key: k.Key) -> Value:
        return self.facts[key.name] if isinstance(key, k.Given) else None


def text_of(conditions: list[str], otherwise: bool) -> str:
    lines = [f"  when {condition}\n    requires nothing\n" for condition in conditions]
    return HEADER + "".join(lines) + ("  otherwise\n    requires nothing\n" if otherwise else "")


def rows(lowest: Decimal) -> Iterator[Row]:
    """Every combination of the values that conditions can tell apart."""
    near = [Decimal(limit.replace(",", "")) for limit in ("0", "10", "10.01", "10.02", "20", "50.5", "1,000")]
    amounts = sorted({point + step for point in near for step in (-CENT, Decimal(0), CENT)})
    for amount, size, urgent in product(amounts, SIZES, (True, False)):
        if amount >= lowest:
            yield Row(amount, size, urgent)


def tried(loaded: Loaded) -> tuple[bool, set[int]]:
    """Whether some proposal fits no tier, and which tiers no proposal reaches."""
    decision = loaded.agreement.decisions["Test"]
    low = Lowering(loaded.agreement, decision)
    tests = [lowered(low, tier.condition) if tier.condition is not None else None for tier in decision.block.tiers]
    gap, reached = False, set()
    for row in rows(-CENT):
        first = next((i for i, test in enumerate(tests) if test is None or evaluate(test, row) is True), None)
        if first is not None:
            reached.add(first)
        elif row.facts["amount"].amount >= 0:  # type: ignore[union-attr]
            gap = True
    return gap, set(range(len(tests))) - reached


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tiers)
def test_the_analysis_agrees_with_trying_every_value(example: tuple[list[str], bool]) -> None:
    loaded = load_text(text_of(*example))
    assert loaded.diagnostics == ()
    found = [item for item in checks.run(loaded.agreement) if item.code in ("GL303", "GL304")]
    gap, hidden = tried(loaded)
    assert any(item.code == "GL303" for item in found) is gap
    assert {(item.place()[1] - FIRST_TIER) // 2 for item in found if item.code == "GL304"} == hidden


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tiers)
def test_an_example_amount_fits_no_tier(example: tuple[list[str], bool]) -> None:
    """The amount that the message names is tried on every size and urgency: at least one of them fits no tier."""
    loaded = load_text(text_of(*example))
    for item in checks.run(loaded.agreement):
        if item.code != "GL303" or "an amount of " not in item.message:
            continue
        amount = Decimal(item.message.split("an amount of ")[1].split(" EUR")[0].replace(",", ""))
        decision = loaded.agreement.decisions["Test"]
        low = Lowering(loaded.agreement, decision)
        tests = [lowered(low, tier.condition) for tier in decision.block.tiers if tier.condition is not None]
        trials = [Row(amount, size, urgent) for size in SIZES for urgent in (True, False)]
        assert any(not any(evaluate(test, row) is True for test in tests) for row in trials)


def _many(count: int) -> Loaded:
    tiers = "".join(f"  when amount at most {number} EUR\n    requires approval of Chair\n" for number in range(1, count))
    return load_text(f"{HEADER}{tiers}  otherwise\n    requires approval of every person\n")


def test_as_many_tiers_as_can_be_judged_are_read_and_no_more() -> None:
    """Sixty are judged like any other; at sixty-one the text is refused, instead of an answer that ends in the middle."""
    agreement = _many(60)
    assert agreement.sound, agreement.diagnostics
    action = {"decision": "Test", "on": "2026-01-01", "facts": {"amount": "70 EUR", "size": "small", "urgent": True}}
    assert decide(agreement, action).verdict is Verdict.PENDING
    (found,) = [each for each in _many(61).diagnostics if each.severity == "error"]
    assert (found.code, found.message) == ("GL005", "more than 60 tiers are tried before this one's requirements are known")
