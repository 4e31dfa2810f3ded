"""The published shape of `govlang compile --format json`.

In: nothing. Out: pydantic models.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from govlang.schema import Shape, Version

Type = Literal["count", "number", "money", "yesno", "text", "instant", "duration", "names"]


class ColumnModel(Shape):
    """A fact that a right looks at. One that does not `decide` only says what is missing."""

    name: str
    type: Type
    about: Annotated[str, Field(description="What it is, in words.")]
    decides: bool


class CompiledRightModel(Shape):
    """A right: its clause, the acts that it covers, the decisions it comes before, its columns."""

    name: str
    decision: Annotated[bool, Field(description="False for a licence, a step of a dispute, a power.")]
    clause: str
    acts: list[str]
    overrides: list[str]
    columns: list[ColumnModel]


class CompiledModel(Shape):
    """What `govlang compile` kept."""

    schema_version: Version
    agreement: str
    version: str
    sha256: str
    file: str | None
    bytes: int | None
    rights: list[CompiledRightModel]
