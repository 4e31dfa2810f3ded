"""The published shapes: what govlang reads and prints as JSON, as pydantic models and so as JSON Schema.

In: nothing. Out: models for actions, events, answers, diagnostics, test results and rights. The shape of events is made from
the same table that their reader uses (`record.vocabulary`). Optional keys that are empty are printed all the same, so that
every answer has the same keys in the same order.
"""

from __future__ import annotations

import functools
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, create_model

from govlang.record.json_values import WORD
from govlang.record.vocabulary import EVENTS, Event, Part

VERSION: Literal["1"] = "1"
Version = Literal["1"]

Verdict = Literal["permitted", "pending", "denied", "silent"]
State = Literal["met", "open", "failed"]
Severity = Literal["error", "warning"]


class Shape(BaseModel):
    """What all shapes share: no unknown keys, nothing changed after it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# ---------------------------------------------------------------- what is read

Moment = Annotated[
    str,
    Field(
        pattern=r"^\s*\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?( ?(Z|UTC|[+-]\d\d:?\d\d))?)?\s*$",
        description="A day, or a day and a time, with an offset from UTC if it is not the agreement's own time.",
        examples=["2026-03-02", "2026-03-02 14:00"],
    ),
]
NameText = Annotated[str, Field(min_length=1, pattern=r"^[^`]*[^`\s][^`]*$", description="A name, without backquotes.")]
Names = Annotated[NameText | Annotated[list[NameText], Field(min_length=1)], Field(description="One name, or a list.")]
Word = Annotated[str, Field(pattern=r"^[^\W\d_][^\W_]*(-[^\W_]+)*$", description="A word such as carried-out.")]
assert WORD.pattern.startswith(r"[^\W\d_]")


class MoneyValue(Shape):
    """An amount of money, exact."""

    amount: Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")] | Annotated[int, Field(ge=0)]
    currency: Annotated[str, Field(min_length=1, description="ISO 4217, such as EUR.")]


def _tagged(key: str, type_: Any, about: str) -> type[Shape]:
    fields: dict[str, Any] = {key: (type_, ...)}
    return create_model(f"{key.capitalize()}Value", __base__=Shape, __doc__=about, **fields)


Plain = (
    bool
    | Annotated[int, Field(ge=0)]
    | Annotated[float, Field(ge=0, description="Read as an exact decimal, never as a floating-point number.")]
    | str
    | list[NameText]
)
_TAGGED: tuple[Any, ...] = (
    _tagged("name", NameText, "The name of a party, person, role, body or proposal."),
    _tagged("names", list[NameText], "Names of several."),
    _tagged("word", str, "One of the words that a fact allows."),
    _tagged("date", Moment, "A day or an instant."),
    _tagged("percent", str, "A share of a hundred, such as 40 or 12.5."),
    _tagged("duration", str, "A period such as 30 days."),
    _tagged("text", str, "Text."),
    _tagged("number", str, "An exact number, such as 1250.5."),
)
FactValue = functools.reduce(lambda left, right: left | right, (*_TAGGED, MoneyValue), Plain)
FactMap = Annotated[
    dict[Word, FactValue],  # type: ignore[valid-type]
    Field(description='Facts by name: "50,000 EUR", 3, "40%", true, "2026-03-31", "Helios", ["Helios", "Norwind"].'),
]


class Action(Shape):
    """What someone means to do. With the id of a proposal on record it is that proposal."""

    decision: NameText = Field(description="The decision it is about, or an act that a decision covers.")
    id: NameText | None = Field(None, description="The name of the proposal, if it has one.")
    by: Names | Annotated[list[NameText], Field(max_length=0)] | None = Field(None, description="Who proposes it.")
    on: Moment | None = Field(None, description="When it is proposed; the day asked about, if left out.")
    facts: FactMap | None = Field(None, description="The facts that the decision is given.")


_TYPES: dict[str, Any] = {
    "name": NameText, "names": Names, "word": Word, "title": NameText, "text": str, "moment": Moment, "yesno": bool,
    "votes": Annotated[int, Field(ge=0, le=10**9)],
    "count": Annotated[int, Field(ge=1, le=10**9)], "value": FactValue, "facts": FactMap,
}  # fmt: skip


def _field(part: Part) -> tuple[Any, Any]:
    type_ = Literal[tuple(part.type.split("|"))] if "|" in part.type else _TYPES[part.type]
    if part.required:
        return type_, Field(alias=part.key, description=part.about)
    return type_ | None, Field(None, alias=part.key, description=part.about)


def _event(event: Event) -> type[Shape]:
    fields: dict[str, Any] = {
        "at": (Moment, Field(description="When it happened.")),
        "event": (Literal[event.name], Field(description="The kind of event.")),
    }
    if event.by:
        fields["by"] = (Names, Field(description="Who did it."))
    for part in event.parts:
        fields[f"{part.key}_"] = _field(part)
    title = event.name.capitalize()
    return create_model(f"{title}Event", __base__=Shape, __doc__=f"In a minute book: {event.line}", **fields)


def event_model() -> type[BaseModel]:
    """The shape of one line of a record in JSON."""
    union = functools.reduce(lambda left, right: left | right, [_event(event) for event in EVENTS.values()])  # type: ignore[arg-type,return-value]
    return RootModel[Annotated[union, Field(discriminator="event", title="Event")]]  # type: ignore[valid-type]


# ---------------------------------------------------------------- what is printed


class DiagnosticModel(Shape):
    """A message about one place. Lines and columns count from 1; line 0 means that it is about no place in a text."""

    code: Annotated[str, Field(pattern=r"^GL\d{3}$")]
    name: str
    severity: Severity
    message: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    hint: str
    notes: list[str]


class CitationModel(Shape):
    """Where a rule stands: its clause, the beginning of its prose, its line, and the rule as written."""

    label: str
    document: str
    number: str
    title: str
    headings: list[str]
    prose: str
    line: int
    rule: str
    amendment: str


class MissingModel(Shape):
    """One thing that is missing; `until` is the first instant too late."""

    text: str
    kind: str
    amount: str
    who: list[str]
    until: str | None


class RequirementModel(Shape):
    """A requirement with its state, or a group of them. `id` is empty for groups."""

    state: State
    kind: str
    label: str
    id: str
    decisive: bool
    evidence: list[str]
    ignored: list[str]
    missing: list[MissingModel]
    citation: CitationModel
    requirements: list[RequirementModel]


class ReasonModel(Shape):
    """A requirement that failed; `decisive` when the action would not have been denied but for it."""

    id: str
    label: str
    decisive: bool
    citation: CitationModel


class ReadingModel(Shape):
    """The verdict under one reading of an ambiguous text."""

    name: str
    verdict: Verdict
    citation: CitationModel


class PathModel(Shape):
    """A smallest set of approvals that would do, and the steps that remain then."""

    approvals: list[str]
    steps: list[str]


class DutyModel(Shape):
    """Who must be informed of the decision; `until` is the first instant too late."""

    who: str
    until: str | None
    citation: CitationModel


class FactModel(Shape):
    """A fact, in words."""

    name: str
    value: str


class HolidaysModel(Shape):
    """The holiday table by which working days were counted."""

    file: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of what the table says.")]


class AnswerModel(Shape):
    """The answer about one action at one instant."""

    schema_version: Version
    verdict: Verdict
    ambiguous: bool
    proposal: str
    decision: str
    by: list[str]
    on: str
    decided: str | None
    agreement: str
    version: str
    text_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the agreement's text.")]
    holidays: HolidaysModel | None
    facts: list[FactModel]
    requirement: RequirementModel | None
    missing: list[MissingModel]
    because: list[ReasonModel]
    paths: list[PathModel]
    paths_in_all: int
    readings: list[ReadingModel]
    duties: list[DutyModel]
    notes: list[str]
    citations: list[CitationModel]
    diagnostics: list[DiagnosticModel]


class CountModel(Shape):
    """So many of so many."""

    reached: int
    total: int


class ClauseModel(Shape):
    """A heading, and whether a rule stands under it."""

    number: str
    title: str
    line: int
    state: Literal["ruled", "scenarios", "text only", "heading"]


class RequirementCoverModel(Shape):
    """A requirement, and whether a scenario reaches it."""

    id: str
    label: str
    line: int
    touched: bool


class DecisionCoverModel(Shape):
    """A decision, and whether a scenario asks about it."""

    name: str
    line: int
    touched: bool
    requirements: list[RequirementCoverModel]


class NormCoverModel(Shape):
    """A duty, power, review, objective, survey or the like, and whether a scenario asks about it."""

    kind: str
    name: str
    title: str
    line: int
    touched: bool


class CoverageModel(Shape):
    """What the scenarios and stories of one agreement touch."""

    path: str
    counts: dict[Literal["clauses", "decisions", "requirements", "duties"], CountModel]
    clauses: list[ClauseModel]
    decisions: list[DecisionCoverModel]
    duties: list[NormCoverModel]


class CheckModel(Shape):
    """What `check` found."""

    schema_version: Version
    files: list[str]
    errors: int
    warnings: int
    diagnostics: list[DiagnosticModel]
    coverage: list[CoverageModel] | None = None


class ScenarioModel(Shape):
    """What came of one scenario."""

    title: str
    line: int
    passed: bool
    expectations: int
    diagnostics: list[DiagnosticModel]


class FileModel(Shape):
    """What came of one file of scenarios."""

    path: str
    agreement: str
    passed: bool
    scenarios: list[ScenarioModel]
    diagnostics: list[DiagnosticModel]


class TestsModel(Shape):
    """What `test` found."""

    schema_version: Version
    passed: int
    failed: int
    files: list[FileModel]
    coverage: list[CoverageModel] | None = None


class HoldersModel(Shape):
    """A group as written, and who belongs to it."""

    group: str
    names: list[str]


class RightModel(Shape):
    """A line that gives somebody a say, or says when and how."""

    kind: str
    rule: str
    citation: CitationModel
    holders: list[HoldersModel]
    rights: list[RightModel]


class LevelModel(Shape):
    """A block of a decision: the whole, a tier or a reading."""

    label: str
    applies: Literal["yes", "no", "unknown"]
    citation: CitationModel
    rights: list[RightModel]
    levels: list[LevelModel]


class RightsModel(Shape):
    """Who has a say in a decision."""

    schema_version: Version
    agreement: str
    decision: str
    text: str
    on: str | None
    facts: list[FactModel]
    level: LevelModel


def published(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of answer, action, event, diagnostics, tests, rights, audit or document ..."""
    models: dict[str, type[BaseModel]] = {
        "answer": AnswerModel, "action": Action, "diagnostics": CheckModel, "tests": TestsModel, "rights": RightsModel,
    }  # fmt: skip
    if name == "due":
        from govlang.schema_due import DueModel

        models[name] = DueModel
    if name == "trust":
        from govlang.schema_trust import TrustModel

        models[name] = TrustModel
    if name == "audit":
        from govlang.schema_audit import AuditModel

        models[name] = AuditModel
    if name == "log-audit":
        from govlang.schema_audit import LogAuditModel

        models[name] = LogAuditModel
    if name == "document":
        from govlang.schema_document import DocumentModel

        models[name] = DocumentModel
    if name == "compiled":
        from govlang.schema_compiled import CompiledModel

        models[name] = CompiledModel
    if name == "redline":
        from govlang.schema_redline import RedlineModel

        models[name] = RedlineModel
    if name == "status":
        from govlang.schema_status import StatusModel

        models[name] = StatusModel
    model = models.get(name) or event_model()
    found = model.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
