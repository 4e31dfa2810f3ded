"""The published shape of a comparison of two texts. See `schema`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from govlang.schema import Shape, Version
from govlang.schema_document import ClauseRefModel


class SideModel(Shape):
    """One of the two texts."""

    agreement: str
    source: str
    version: str
    text_hash: str


class DifferenceModel(Shape):
    """One sentence: what it said and what it says now; one of the two is empty where it is new or gone."""

    was: str
    becomes: str
    clause: ClauseRefModel = Field(description="The clause that says it; a body's quorum, say, stands with the body.")


class RuleChangeModel(Shape):
    """What became of one rule."""

    change: Literal["added", "removed", "changed", "rewritten"] = Field(
        description="`rewritten`: written otherwise, and in words it says the same."
    )
    kind: str = Field(description="What it is: body, role, decision, duty ...")
    name: str
    elsewhere: bool = Field(description="It is written as before; what it means was changed by another clause.")
    clause: ClauseRefModel
    differences: list[DifferenceModel]


class ClauseChangeModel(Shape):
    """What became of one heading."""

    change: Literal["added", "removed", "kept"]
    clause: ClauseRefModel
    was: ClauseRefModel | None = Field(description="The heading as it was, if it reads otherwise now.")
    wording: bool = Field(description="Its prose changed, came or went.")
    ruled: bool = Field(description="Rules stand under it.")
    examples: bool = Field(description="Its examples changed, came or went.")
    rules: list[RuleChangeModel]


class RedlineModel(Shape):
    """What changed from one text to another; of rules what they mean, of prose that it changed."""

    schema_version: Version
    document: str = Field(description="The file that was written; empty if none was asked for.")
    old: SideModel
    new: SideModel
    changed: bool
    summary: str
    clauses: list[ClauseChangeModel]
