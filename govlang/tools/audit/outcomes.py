"""Outcomes stated otherwise than the rules and the record have them: the verdict, the votes counted, or what they are a share of.

In: a matter with its `declares` events. Out: one departure for each statement that is wrong: GL606 (another verdict), GL607
(another count), GL608 (another base), the first that applies; whatever else is wrong with it stands in its notes.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.record import stated
from govlang.record.stated import Difference
from govlang.tools.audit.context import Context, Matter
from govlang.tools.audit.finding import Departure

_CODES = {"verdict": "GL606", "tally": "GL607", "base": "GL608"}

_RESULTS = {
    "permitted": "adopted", "denied": "rejected", "pending": "not decided yet", "silent": "nothing, for no clause is about it",
}  # fmt: skip


def findings(context: Context, matter: Matter) -> Iterator[Departure]:
    """Each wrong statement, once."""
    if "outcome" not in matter.kinds:
        return
    for event in matter.proposal.events:
        if event.kind != "outcome":
            continue
        found = list(stated.compare(matter.judged(event.at.end), event))
        if not found:
            continue
        worst = min(found, key=lambda item: list(_CODES).index(item.kind))
        what = f"{worst.by} stated {worst.stated} for {matter.proposal.id}; by the rules it is {worst.found}"
        notes = tuple(_note(item) for item in found if item is not worst)
        yield context.departure(_CODES[worst.kind], event, f"{what}: {worst.reason}", _right(found), worst.citation,
                                matter.proposal.id, notes)  # fmt: skip


def _note(item: Difference) -> str:
    return f"stated {item.stated}; it is {item.found}: {item.reason}"


def _right(found: list[Difference]) -> str:
    """What should have been stated."""
    return "to state: " + ", ".join(_words(item) for item in found)


def _words(item: Difference) -> str:
    if item.kind == "verdict":
        return _RESULTS.get(item.found, item.found)
    return f"of {item.found}" if item.kind == "base" else item.found
