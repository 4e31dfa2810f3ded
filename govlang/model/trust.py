"""Surveys and trust in the model, with their lines sorted by what they say.

In: made by `model.resolve_trust`. Out: read by `core.lower_trust`, which says what trust clauses mean, and by the record, which
counts. A survey is a norm as well (`Agreement.norms`): it comes round, and is held or missed.
"""

from __future__ import annotations

from govlang.frozen import dataclass, field
from govlang.model.norms import Norm
from govlang.source import NOWHERE, Citation, Span
from govlang.syntax import nodes as n


@dataclass(frozen=True, slots=True)
class Survey:
    """What a survey asks. What it has no line for stays empty."""

    name: str
    text: str = ""
    asks: n.Asks | None = None
    scale: n.Scale | None = None
    questions: tuple[n.Question, ...] = ()
    least: n.LeastAnswers | None = None
    anonymous: bool = False
    citation: Citation = field(default_factory=lambda: Citation(""), compare=False)
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its questions."""
        return tuple(question.word for question in self.questions)

    @property
    def enough(self) -> int:
        """How many answers a question needs to count."""
        return self.least.number if self.least is not None else 1


@dataclass(frozen=True, slots=True)
class Trust:
    """One dimension of trust: of whom, over which window, by which measures, and what opens when it is low."""

    name: str
    text: str = ""
    whom: str = "each"
    over: n.Over | None = None
    measures: tuple[n.Measured, ...] = ()
    low: tuple[n.Low, ...] = ()
    opens: Norm = field(default_factory=lambda: Norm("trust", ""))
    citation: Citation = field(default_factory=lambda: Citation(""), compare=False)
    span: Span = field(default=NOWHERE, compare=False)
