"""The published shape of `govlang trust --format json`.

In: nothing. Out: pydantic models. Figures are exact: a fraction as text (`4/5`), null where there is no data.
"""

from __future__ import annotations

from typing import Literal

from govlang.schema import CitationModel, DiagnosticModel, Shape, Version


class FigureModel(Shape):
    """One figure of a dimension and what it rests on."""

    measure: str
    value: str | None
    shown: str
    count: int
    threshold: str
    low: bool | None
    evidence: list[str]
    left_out: list[str]
    citation: CitationModel


class CombinedModel(Shape):
    """The figures together, by the weights that the agreement gives."""

    value: str | None
    shown: str


class DimensionModel(Shape):
    """One dimension of trust, of one party or (null) of all parties together."""

    name: str
    text: str
    party: str | None
    level: Literal["low", "good", "incomplete", "no data", "no threshold"]
    low_since: str | None
    window: str
    figures: list[FigureModel]
    combined: CombinedModel | None
    opened: list[str]
    trend: Literal["better", "worse", "mixed", "unchanged"] | None
    a_year_before: str | None
    citation: CitationModel


class TrustModel(Shape):
    """The scorecard of trust on a day."""

    schema_version: Version
    agreement: str
    version: str
    text_hash: str
    on: str
    low: bool
    dimensions: list[DimensionModel]
    diagnostics: list[DiagnosticModel]
