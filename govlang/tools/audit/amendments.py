"""Amendments that took effect and were not adopted, or not by the rule that was in force before them, or only afterwards.

In: the state of each amendment at the day of the audit. Out: GL660 (in effect and not adopted), GL661 (adopted only after it took
effect). An amendment that is written against another version changes nothing, and is an error of the text (GL120).
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.record import versions
from govlang.tools.audit.context import Context
from govlang.tools.audit.finding import Departure


def findings(context: Context) -> Iterator[Departure]:
    """One departure for each amendment in effect that was not adopted in time."""
    for state in versions.amendments(context.judge, context.now):
        if state.state != "not adopted" or state.since is None:
            continue
        matter = context.history.proposals.get(state.proposal)
        by = matter.by if matter is not None else ()
        code = "GL661" if state.late else "GL660"
        what = f"{state.name} took effect on {state.since:%Y-%m-%d}, and was not adopted by {state.decision}: {state.reason}"
        right = f"to adopt it by {state.decision}, by the text in force before it, and before its day"
        yield context.omission(code, state.since, by, what, right, state.citation, state.name,
                               beside=matter.deed if matter is not None else None)  # fmt: skip
