"""What is missing, as Python: for every requirement a function that says which of its wants hold, how many more, and until when.

In: a leaf, or a tier whose condition is not known. Out: `wants(get)`, a list of what is wanted. As with `backends.why`, a want of
which nothing more is missing is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from fractions import Fraction

from govlang.backends.python.expressions import Conditions
from govlang.backends.python.writing import TOO_DEEP, Get, Got, Names, Writer, made
from govlang.core import numbers
from govlang.core.expr import Value
from govlang.core.reasons import Point
from govlang.core.rules import Want
from govlang.core.verdict import evaluate, number
from govlang.frozen import dataclass

Wants = Callable[[Get], list[tuple[Want, Value, Value]]]


@dataclass(frozen=True)
class Need:
    """One thing that is missing. `kind` is that of the want (see `core.rules.Want`), `phrase` its words, `amount` how many more (or
    fewer), `until` the first instant too late; None where that is not known or makes no sense. `requirement` is what it is missing
    for."""

    kind: str
    phrase: str
    amount: int | Fraction | numbers.Surd | None
    until: datetime | None
    requirement: Point

    def as_data(self) -> dict[str, object]:
        """The same as JSON can say it; a share of a vote as text (`7/2`), so that it stays exact."""
        return {
            "kind": self.kind, "phrase": self.phrase,
            "amount": self.amount if self.amount is None or isinstance(self.amount, int) else _shown(self.amount),
            "until": self.until.isoformat(timespec="seconds") if self.until is not None else None,
            "requirement": self.requirement.id, "clause": self.requirement.citation.label(),
        }  # fmt: skip


def left(amount: Value) -> bool:
    """Whether anything is left of an amount."""
    return amount is None or numbers.compare(number(amount), Fraction(0)) > 0


def compiled(wants: Sequence[Want]) -> Wants:
    """The function of some wants."""
    try:
        return _written(wants)
    except TOO_DEEP:
        return lambda get: _interpreted(wants, Got(get))


def _interpreted(wants: Sequence[Want], row: Got) -> list[tuple[Want, Value, Value]]:
    found = []
    for want in wants:
        if want.when is None or evaluate(want.when, row) is True:
            amount = evaluate(want.amount, row) if want.amount is not None else None
            until = evaluate(want.until, row) if want.until is not None else None
            if left(amount):
                found.append((want, amount, until))
    return found


def _written(wants: Sequence[Want]) -> Wants:
    known = Names()
    writer, conditions = Writer(known), Conditions(known)
    writer.function("wants")
    writer.line("found = []")
    for want in wants:
        when = conditions.true(want.when) if want.when is not None else "True"
        if when == "False":
            continue
        writer.load()
        writer.line(f"if {when}:")
        writer.depth += 1
        kept = set(writer.loaded)
        amount = conditions.amount(want.amount) if want.amount is not None else "None"
        until = conditions.value(want.until) if want.until is not None else "None"
        writer.load()
        writer.line(f"amount = {amount}")
        writer.line(f"if left(amount): found.append(({known.constant(want)}, amount, {until}))")
        writer.loaded = kept
        writer.depth -= 1
    writer.line("return found")
    result: Wants = made(writer.lines, known, ("wants",), {"left": left})[0]
    return result


def needs(found: list[tuple[Want, Value, Value]], point: Point) -> list[Need]:
    """What is missing, for a requirement."""
    return [
        Need(want.kind, want.phrase, amount if type(amount) is int else _exact(amount),
             until if isinstance(until, datetime) else None, point)
        for want, amount, until in found
    ]  # fmt: skip


def _exact(amount: Value) -> int | Fraction | numbers.Surd | None:
    if amount is None:
        return None
    exact = number(amount)
    return exact.numerator if isinstance(exact, Fraction) and exact.denominator == 1 else exact


def _shown(amount: Fraction | numbers.Surd) -> str:
    return numbers.show(amount) if isinstance(amount, numbers.Surd) else str(amount)
