"""The published shape of an audit: departures, what is wrong with the record, and how many of each.

In: nothing. Out: models; their JSON Schema is `govlang schema audit`.
"""

from __future__ import annotations

from pydantic import Field

from govlang.schema import CitationModel, DiagnosticModel, Severity, Shape, Version


class DepartureModel(Shape):
    """One departure from a rule. `path` and `line` are the event's place in the record, or the place of what gave rise to it (an
    earlier event, the clause) where nothing was done and so nothing recorded; `recorded` tells the two apart."""

    code: str = Field(pattern=r"^GL6\d\d$")
    name: str
    severity: Severity
    at: str
    who: list[str]
    parties: list[str]
    subject: str
    what: str
    right: str
    notes: list[str]
    clause: CitationModel | None
    recorded: bool
    path: str
    line: int
    column: int


class NumberModel(Shape):
    """How many findings there are of a code, or departures of a party (empty for those of no party)."""

    name: str
    count: int


class AuditModel(Shape):
    """What `govlang audit --format json` prints."""

    schema_version: Version
    agreement: str
    agreement_version: str
    text_hash: str
    since: str | None
    on: str
    events: int
    events_left_out: int
    departures_before: int
    clean: bool
    departures: list[DepartureModel]
    record_problems: list[DiagnosticModel]
    by_code: list[NumberModel]
    by_party: list[NumberModel]
