"""The published shape of what is due. See `schema`."""

from __future__ import annotations

from pydantic import Field

from govlang.schema import CitationModel, Shape, Version


class OwnerModel(Shape):
    """Who has to see to something, and the persons behind that name on the day asked about."""

    name: str
    persons: list[str]


class DueItemModel(Shape):
    """One thing that is due."""

    id: str = Field(description="What tells this thing from all others; it stays the same from day to day.")
    kind: str
    name: str
    occasion: str
    to_do: str
    state: str
    overdue: bool
    opens: str | None
    due: str | None = Field(description="The last day on which it is in time; null where no day is set.")
    over: str | None = Field(description="The first instant too late, in the agreement's own time.")
    days_left: int | None = Field(description="Fewer than none once it is overdue.")
    owners: list[OwnerModel]
    notes: list[str]
    citation: CitationModel


class DueModel(Shape):
    """What `due` found: what is overdue first, then by day, then what is open without a day."""

    schema_version: Version
    agreement: str
    version: str
    text_hash: str
    on: str
    until: str
    for_: str = Field(alias="for")
    overdue: int
    events_left_out: int = Field(description="Events on record after the day asked about, which were left out.")
    items: list[DueItemModel]


