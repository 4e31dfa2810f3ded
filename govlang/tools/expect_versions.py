"""`expect version 2`: which text is in force, and what became of its amendment.

In: an expectation, a judge. Out: what is wrong with it: a message, and what there is to say; nothing when it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from govlang.record.judge import Judge
from govlang.record.versions import amendments
from govlang.source import Span
from govlang.syntax import nodes as n


class Failure(NamedTuple):
    """Why an expectation does not hold, where, and what holds instead."""

    message: str
    span: Span
    hint: str


def failures(line: n.Expect, judge: Judge, said: dict[str, list[str]]) -> Iterator[Failure]:
    """What is wrong with `expect version ...`; `said` are the texts that its details may speak of."""
    found = version_at(judge, line.at.end)
    if line.verdict != found:
        yield Failure(f"version {line.verdict} is expected to be in force, and version {found or 'without a number'} is", line.span,
                      "; ".join(said["note"]) or "the agreement is not amended by then")  # fmt: skip


def version_at(judge: Judge, at: datetime) -> str:
    """The version of the text in force at an instant."""
    return judge.history.in_force(at).header.version


def details(judge: Judge, at: datetime) -> dict[str, list[str]]:
    """What an expectation about a version may look at: `note` and `because`, what became of each amendment so far;
    `citing`, where they stand; `missing`, what is lacking."""
    states = amendments(judge, at)
    words: list[str] = []
    for state in states:
        day = f" on {state.since:%Y-%m-%d}" if state.since is not None else ""
        adopted = f"adopted by {state.proposal}" if state.adopted else f"not adopted: {state.reason}"
        effect = {"effective": f"in effect since{day[3:]}", "not adopted": f"in effect since{day[3:]}",
                  "stale": "without effect"}.get(state.state, f"takes effect{day}")  # fmt: skip
        words.append(f"{state.name} makes version {state.version}, {effect}, {adopted}")
    return {
        "note": words,
        "because": words,
        "not because": words,
        "missing": [f"adoption of {state.name}: {state.reason}" for state in states if not state.adopted],
        "citing": [f"{state.name} {state.citation.label()}" for state in states if state.state in ("effective", "not adopted")],
        "counting": [],
        "under": [],
    }  # fmt: skip
