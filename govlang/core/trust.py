"""Trust clauses, lowered: each measure with its bar, and what the whole comes to, as expressions over figures.

In: made by `core.lower_trust`. Out: read by `record.trust`, which counts the figures on a record. Nothing here counts anything.
"""

from __future__ import annotations

from enum import Enum

from govlang.core import keys as k
from govlang.core.expr import FALSE, Expr
from govlang.frozen import dataclass, field
from govlang.source import Citation
from govlang.syntax import nodes as n


class Level(Enum):
    """What one dimension of trust comes to."""

    LOW = "low"
    GOOD = "good"
    INCOMPLETE = "incomplete"
    NO_DATA = "no data"
    UNJUDGED = "no threshold"


@dataclass(frozen=True, slots=True)
class MeasureRule:
    """One measure: what is counted (`key` names its figure), its bars as written, and when it is low. `unit` is share, number,
    mean or spread."""

    title: str
    key: k.Figure
    figure: n.Figure
    unit: str
    bars: tuple[n.Low, ...]
    low: Expr
    citation: Citation = field(compare=False)
    weight: Expr | None = None


@dataclass(frozen=True, slots=True)
class TrustRule:
    """One dimension. `levels` are tried in order, and the first that holds is what it comes to. `combined` is the weighted figure,
    only where the text gives weights."""

    name: str
    text: str
    whom: str
    window: n.Duration | None
    measures: tuple[MeasureRule, ...]
    levels: tuple[tuple[Level, Expr], ...]
    citation: Citation = field(compare=False)
    combined: Expr | None = None
    combined_unit: str = ""
    combined_low: Expr = FALSE
    bars: tuple[n.Low, ...] = ()
    openings: tuple[n.Opening, ...] = ()

    @property
    def low(self) -> Expr:
        """When it is low."""
        return self.levels[0][1]
