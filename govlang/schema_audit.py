"""The published shape of an audit: departures, what is wrong with the record, and how many of each.

In: nothing. Out: models; their JSON Schema is `govlang schema audit`.
"""

from __future__ import annotations

from pydantic import Field

from govlang.schema import CitationModel, DiagnosticModel, Severity, Shape, Verdict, Version


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


class LogGroupModel(Shape):
    """Rows of a log that came to one thing. `verdict` is null for bad rows, which have a `reason`; `taken` were acted upon,
    `findings` are those to look at, `first_row` is one of them."""

    decision: str
    party: str
    month: str
    verdict: Verdict | None
    right: str
    requirement: str
    clause: str
    reason: str
    rows: int
    taken: int
    findings: int
    first_row: int


class LogAuditModel(Shape):
    """What `govlang audit AGREEMENT LOG --format json` prints about a log of decisions. `counted`: its rows hold counts, not
    votes."""

    schema_version: Version
    agreement: str
    agreement_version: str
    text_hash: str
    logs: list[str]
    counted: bool
    rows: int
    findings: int
    clean: bool
    groups: list[LogGroupModel]
    notes: list[str]
    judged_one_by_one: list[NumberModel]
    bad_rows: list[DiagnosticModel]
    output: str | None
    record_problems: list[DiagnosticModel]
