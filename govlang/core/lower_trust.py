"""What a trust clause means: from where on each measure is low, and what the whole of them comes to.

In: the trust clauses of an agreement. Out: `TrustRule`s. This is the only place that says what low, good and no data mean; how
the figures are counted on a record stands in `record.trust`.

A dimension is low when any of its measures is low, or their combination where the text gives weights. It is good only when every
figure with a bar is known and none is low. A figure that rests on nothing is not known: it is never 0 and never 100%.
"""

from __future__ import annotations

from fractions import Fraction

from govlang.core import keys as k
from govlang.core.expr import FALSE, TRUE, Arithmetic, Compare, Expr, Fact, Known, Literal, all_of, any_of, negate, plus
from govlang.core.trust import Level, MeasureRule, TrustRule
from govlang.model.nodes import Agreement
from govlang.model.trust import Trust
from govlang.syntax import nodes as n

UNITS = {"share": "share", "number": "number", "findings": "number", "acts": "number", "mean": "mean", "spread": "spread"}


def lower(agreement: Agreement) -> tuple[TrustRule, ...]:
    """Every trust clause, in the order of the text."""
    return tuple(_rule(agreement, trust) for trust in agreement.trust.values())


def _rule(agreement: Agreement, trust: Trust) -> TrustRule:
    measures = tuple(_measure(agreement, trust, place, line) for place, line in enumerate(trust.measures))
    combined = _combined(measures)
    combined_low = _low(combined, trust.low) if combined is not None else FALSE
    openings = tuple(item for line in trust.opens.opens for item in line.openings)
    return TrustRule(
        trust.name, trust.text, trust.whom, trust.over.window if trust.over is not None else None, measures,
        levels(measures, combined, combined_low), trust.citation, combined, measures[0].unit if combined is not None else "",
        combined_low, trust.low if combined is not None else (), openings,
    )  # fmt: skip


def _measure(agreement: Agreement, trust: Trust, place: int, line: n.Measured) -> MeasureRule:
    key = k.Figure(trust.name, place)
    title = agreement.wording(line.figure)
    weight = Literal(line.weight) if line.weight is not None else None
    return MeasureRule(title, key, line.figure, UNITS[line.figure.kind], line.low, _low(Fact(key), line.low),
                       agreement.cite(line, title), weight)  # fmt: skip


def _low(figure: Expr, bars: tuple[n.Low, ...]) -> Expr:
    return any_of(*(Compare(bar.op, figure, Literal(bar.bar.value)) for bar in bars))


def _combined(measures: tuple[MeasureRule, ...]) -> Expr | None:
    """The weighted sum of the figures; only where every measure has a weight. Unknown as soon as one of them is."""
    if not measures or any(measure.weight is None for measure in measures):
        return None
    return plus(*(Arithmetic("*", (measure.weight or Literal(Fraction(0)), Fact(measure.key))) for measure in measures))


def levels(
    measures: tuple[MeasureRule, ...], combined: Expr | None, combined_low: Expr
) -> tuple[tuple[Level, Expr], ...]:
    """What the whole comes to, in the order in which it is tried."""
    judged: list[Expr] = [Fact(measure.key) for measure in measures if measure.bars]
    if combined is not None and combined_low != FALSE:
        judged.append(combined)
    looked_at = judged or [Fact(measure.key) for measure in measures]
    known = [Known(figure) for figure in looked_at]
    return (
        (Level.LOW, any_of(*(measure.low for measure in measures), combined_low)),
        (Level.NO_DATA, negate(any_of(*known))),
        (Level.UNJUDGED, FALSE if judged else TRUE),
        (Level.INCOMPLETE, negate(all_of(*known))),
        (Level.GOOD, TRUE),
    )
