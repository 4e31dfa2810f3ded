"""The published shape of `govlang status --format json`.

In: nothing. Out: `StatusModel`, made of the shapes of answers. See `schema`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from govlang.schema import CitationModel, DiagnosticModel, MissingModel, Shape, Verdict, Version
from govlang.schema_due import DueItemModel


class InForceModel(Shape):
    """Whether the agreement is in force, and its term."""

    holds: bool
    start: str | None
    end: str | None = Field(description="Its last day; null where none is set.")
    object_until: str | None = Field(description="The last day to object to its renewal; null where it does not renew itself.")
    notes: list[str]


class PartyModel(Shape):
    """A party that takes part."""

    name: str
    speakers: list[str]
    default: str = Field(description="Why it is in default; empty when it is not.")


class VacancyModel(Shape):
    """A role that nobody holds, or a body with empty seats."""

    name: str
    party: str
    seats: int


class OpenProposalModel(Shape):
    """A proposal that is pending."""

    id: str
    decision: str
    by: list[str]
    since: str
    missing: list[MissingModel]
    citation: CitationModel


class WayModel(Shape):
    """A step that a dispute could be taken to, with the verdict for `who`."""

    step: str
    verdict: Verdict
    who: list[str]
    missing: list[MissingModel]
    because: list[str]
    citation: CitationModel


class ReliefModel(Shape):
    """Urgent relief that was sought."""

    by: list[str]
    at: str
    verdict: Verdict


class DisputeModel(Shape):
    """A dispute: where it stands, or how it ended."""

    id: str
    ladder: str
    about: str
    raised: str
    parties: list[str]
    against: list[str]
    step: str
    since: str
    until: str | None = Field(description="The first instant after the time of its step; null where no time runs.")
    days_left: int | None
    open: bool
    how: Literal["", "settled", "withdrawn", "decided", "lapsed"]
    ended: str | None
    duties: Literal["", "continue", "suspended"]
    relief_any_time: bool
    relief: list[ReliefModel]
    ways: list[WayModel]
    citation: CitationModel


class MisstepModel(Shape):
    """Something done in a dispute that was not permitted when it was done."""

    dispute: str
    what: str
    at: str
    by: list[str]
    verdict: Verdict
    reasons: list[str]
    citation: CitationModel


class StatusModel(Shape):
    """Where an agreement stands on a day."""

    schema_version: Version
    agreement: str
    version: str
    text_hash: str
    on: str
    in_force: InForceModel
    parties: list[PartyModel]
    vacancies: list[VacancyModel]
    obligations: list[DueItemModel] = Field(description="Duties and reviews that are overdue, or in effect and due within a year.")
    terms: list[DueItemModel] = Field(description="Terms of office that end within a year.")
    proposals: list[OpenProposalModel]
    disputes: list[DisputeModel]
    missteps: list[MisstepModel]
    diagnostics: list[DiagnosticModel]
