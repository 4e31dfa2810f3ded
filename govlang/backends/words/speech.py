"""Expressions in words: the algebra that folds what decides into sentences.

In: expressions of the core. Out: `Amount`s and `Claim`s. Each kind of fact is said in one place (`words.facts`); what a
comparison of one means is said by the module of its kind. While ballots are open the core asks for the worst that can still
come; here the same tests are said as they stand once voting has closed.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.backends.words import acts, comparisons, english, facts, joins, times, votes
from govlang.backends.words.groups import plain, quoted
from govlang.backends.words.phrases import TRUTH, Amount, Claim, Phrase, Tallied
from govlang.backends.words.voice import Voice
from govlang.core import keys as k
from govlang.core.expr import Expr, Value, Worked, fold
from govlang.frozen import replace
from govlang.model.nodes import Agreement, Decision
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words


class Speech:
    """The algebra. One for each decision (or other right), which says what its facts are and what `it` is."""

    def __init__(self, voice: Voice, decision: Decision | None = None, words: Words | None = None) -> None:
        self.voice = voice
        self.words = words
        self.agreement: Agreement = voice.names.agreement
        self.decision = decision
        self.clause = decision.clause if decision is not None else None
        self.it = facts.it(self.clause)
        self._worked: Worked[Phrase] = {}

    def claim(self, expr: Expr) -> Claim:
        """What an expression that is true or false claims."""
        found = fold(expr, self, self._worked)
        return found if isinstance(found, Claim) else facts.holds(found)

    def amount(self, expr: Expr) -> Amount:
        """What an expression that has a value is called."""
        found = fold(expr, self, self._worked)
        return found if isinstance(found, Amount) else Amount(found.yes, "claim")

    # ------------------------------------------------------------ the algebra

    def literal(self, value: Value) -> Phrase:
        if value is True:
            return TRUTH
        if value is False:
            return TRUTH.turned()
        match value:
            case int() | Fraction():
                return Amount(english.figure(value), "number", Fraction(value))
            case n.Money():
                return Amount(english.money(value), "money", value)
            case n.Duration():
                return Amount(english.duration(value), "duration", value)
            case datetime():
                return Amount(times.instant(value), "date", value)
            case str():
                return Amount(value if value[:1].isupper() else quoted(value), "word", value)
            case tuple():
                return Amount(english.listed([str(each) for each in value]), "names", value)
            case _:
                return Amount(plain(str(value)), "word", value)

    def fact(self, key: k.Key) -> Phrase:
        return facts.said(self, key)

    def negate(self, item: Phrase) -> Phrase:
        return self._claimed(item).turned()

    def all_of(self, items: list[Phrase]) -> Phrase:
        return joins.all_of([self._claimed(item) for item in items])

    def any_of(self, items: list[Phrase]) -> Phrase:
        return joins.any_of([self._claimed(item) for item in items])

    def compare(self, op: str, left: Phrase, right: Phrase) -> Phrase:
        if isinstance(left, Claim) or isinstance(right, Claim):
            return comparisons.of_truth(op, self._claimed(left), self._claimed(right))
        if left.tallied is not None:
            return votes.compare(self, op, left, left.tallied, right)
        match left.key:
            case k.Attendance():
                return votes.quorum(self, op, left.key, right)
            case k.Matching() | k.Distinct() | k.Sharing():
                return votes.different(self, op, left.key, right)
            case k.Proposers(group):
                return votes.proposers(self, op, group, right)
            case k.Blocks():
                return acts.blocks(self, op, left.key, right)
            case k.Acts() | k.Actors():
                return acts.recorded(self, op, left.key, right)
            case k.Now() | k.Deadline() | k.Instant() | k.ClosedAt() | k.OfDispute() | k.Delayed() | k.Mark():
                return times.compare(self, op, left, right)
            case _:
                return comparisons.compare(self, op, left, right)

    def one_of(self, item: Phrase, values: tuple[Value, ...]) -> Phrase:
        return comparisons.one_of(self, facts.valued(item), values)

    def known(self, item: Phrase) -> Phrase:
        if isinstance(item, Claim):
            return Claim(f"it is known whether {item.yes}", f"it is not known whether {item.yes}", role="known", about=item)
        return facts.known(self, item)

    def arithmetic(self, op: str, items: list[Phrase]) -> Phrase:
        amounts = [facts.valued(item) for item in items]
        match op:
            case "+":
                return _sum(self, amounts)
            case "*":
                return _product(self, amounts[0], amounts[1])
            case "root":
                return Amount(f"the square root of {_number_of(amounts[0])}")
            case "larger" | "smaller":
                listed = english.listed([_number_of(each) for each in amounts])
                return Amount(f"the {op} of {listed}")
            case _:
                return replace(amounts[0], rounded=op)

    def _claimed(self, item: Phrase) -> Claim:
        return item if isinstance(item, Claim) else facts.holds(item)


# ---------------------------------------------------------------- sums and products


def _number_of(amount: Amount) -> str:
    """An amount inside a formula: `the number of all members` rather than `all members`."""
    if amount.tallied is not None and amount.tallied.share == 1 and not amount.tallied.weight:
        return f"the number of {amount.words}"
    return english.number(abs(amount.value)) if isinstance(amount.value, Fraction) and amount.kind == "number" else amount.words


def _sum(speech: Speech, amounts: list[Amount]) -> Amount:
    """A sum: of tallies of one electorate, the votes that they make up together; of others, so much plus (or minus) so much."""
    parts = [each for each in amounts if not (each.is_literal and each.value == 0)]
    if not parts:
        return Amount("nothing", "number", Fraction(0))
    if len(parts) == 1:
        return parts[0]
    tallied = [each.tallied for each in parts if each.tallied is not None and each.tallied.share == 1 and not each.negative]
    if len(tallied) == len(parts) and len({(each.who, each.weight) for each in tallied}) == 1 and votes.may_be_added(tallied):
        measures = frozenset().union(*(each.measures for each in tallied))
        return votes.amount(speech, Tallied(tallied[0].who, measures, tallied[0].weight))
    if all(isinstance(each.key, k.Blocks | k.Attendance) for each in parts):
        return parts[0]  # those that stand and those on which nothing is found yet; those there and those who may come
    words = _number_of(parts[0])
    for each in parts[1:]:
        less = each.negative or (isinstance(each.value, Fraction) and each.value < 0)
        words += f" {'minus' if less else 'plus'} {_number_of(each)}"
    heads = isinstance(parts[0].key, k.Headcount)
    return Amount(words, "heads" if heads else "number", key=parts[0].key if heads else None)


def _product(speech: Speech, factor: Amount, of: Amount) -> Amount:
    """A share of something, or so many times as much."""
    if not isinstance(factor.value, Fraction):
        given = f"the percentage given as {quoted(factor.key.name)}" if isinstance(factor.key, k.Given) else factor.words
        return Amount(f"{given} of {of.words}", of.kind)
    value = factor.value
    if value == 1:
        return of
    if value == -1:
        return replace(of, negative=True)
    if 0 <= value <= 1 and of.tallied is not None and of.tallied.share == 1 and not of.rounded:
        tallied = replace(of.tallied, share=value)
        return replace(votes.amount(speech, tallied), kind=of.kind)
    if 0 <= value < 1:
        return Amount(f"{english.share_of(value)} {_number_of(of)}", of.kind, key=of.key)
    if value.denominator == 1:
        return Amount(f"{english.times(int(value))} {_number_of(of)}", of.kind)
    return Amount(f"{english.figure(value)} times {_number_of(of)}", of.kind)
