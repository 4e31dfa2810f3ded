"""Whom something that had to be passed on has not reached.

In: the norms of a record and an instance of informing, sharing or answering. Out: those it was for and whom no line that counts
names, in the order of the group. Whether it is done is said in `record.doings`; this only names who is missing.
"""

from __future__ import annotations

from govlang.record.norm_entries import Instance
from govlang.record.norms import Norms


def unreached(norms: Norms, item: Instance) -> tuple[str, ...]:
    """Those whom it has not reached; empty for a norm that passes nothing on to anybody in particular."""
    to = item.rule.doing.to
    if to is None or item.rule.doing.kind not in ("inform", "share", "answer"):
        return ()
    own = {item.bearer, norms.party_of(item.bearer, item.since)}
    reached: set[str] = set()
    for event in item.events:
        at = event.at.start
        for name in (name.text for key, names in event.names if key == "to" for name in names):
            reached |= {name, *norms.history.named(name, at), norms.party_of(name, at)}
    found = norms.history.electors(to, item.since, item.proposal)
    return tuple(name for name in found if name not in own and name not in reached)
