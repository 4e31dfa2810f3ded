"""Whom something that has to be passed on is for, and whom it has reached.

In: the norms of a record, and informing, sharing or answering. Out: names. Whether it is done is said in `record.doings`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from govlang.core.norms import NormRule
from govlang.record.entries import Proposal
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.norm_entries import Instance
    from govlang.record.norms import Norms


def recipients(norms: Norms, rule: NormRule, bearer: str, since: datetime, proposal: Proposal | None) -> list[str]:
    """Whom it is for, in the order of the group, without whoever passes it on."""
    if rule.doing.to is None:
        return []
    own = {bearer, norms.party_of(bearer, since)}
    return [name for name in norms.history.electors(rule.doing.to, since, proposal) if name not in own]


def reached_by(norms: Norms, events: Iterable[n.Deed]) -> set[str]:
    """Everybody whom some lines reach: those they name, those they stand for, and those who hold what they name."""
    return {
        each
        for event in events
        for key, names in event.names
        if key == "to"
        for name in names
        for each in (name.text, *norms.history.named(name.text, event.at.start), norms.party_of(name.text, event.at.start))
    }


def unreached(norms: Norms, item: Instance) -> tuple[str, ...]:
    """Those whom it has not reached; empty for a norm that passes nothing on."""
    if item.rule.doing.kind not in ("inform", "share", "answer"):
        return ()
    found = reached_by(norms, item.events)
    wanted = recipients(norms, item.rule, item.bearer, item.since, item.proposal)
    return tuple(name for name in wanted if name not in found)
