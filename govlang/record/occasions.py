"""Which occasions of a norm are one and which are two, and of whom it asks something when.

In: the norms of a history, what brought one about. Out: keys of their own for occasions that share one, the days on which parties
that join are bound, whether a party still takes part, and from when until when a clock stands still. See `record.norms`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import datetime
from itertools import chain, count
from typing import TYPE_CHECKING

from govlang.core.norms import NormRule, Trigger
from govlang.frozen import replace
from govlang.model.nodes import Kind
from govlang.record import surroundings
from govlang.record.happenings import Occurrence, start_of
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.norms import Norms


def which(rule: NormRule, trigger: Trigger, occurrence: Occurrence) -> tuple[object, ...]:
    """What tells two occurrences with one key apart: two parties' violations for one quarter are two. Looking again at one moment
    is done once, and what another norm says twice (`when duty X is violated`, `if violated`) happens once; so does what is found
    of one proposal again."""
    happening = trigger.happening
    if happening is None:
        return (occurrence.key,)
    name = happening.name.text if happening.name is not None else happening.state
    if rule.kind in ("review", "survey"):
        return (occurrence.at.start,)
    if happening.kind == "finding" and occurrence.proposal is not None:
        return (happening.kind, name, occurrence.proposal.id)
    return (happening.kind, name, occurrence.at.start, occurrence.actor, occurrence.proposal.id if occurrence.proposal else "")


def again(occurrence: Occurrence, bearer: str, used: Container[tuple[str, str]]) -> Occurrence:
    """An occurrence whose key has been used, under one of its own: with whom it is about, or else a number."""
    named = f"{occurrence.actor} {occurrence.key}".strip()
    keys = chain([named], (f"{named} ({number})" for number in count(2)))
    return replace(occurrence, key=next(key for key in keys if (key, bearer) not in used))


def takes_part(norms: Norms, rule: NormRule, trigger: Trigger, occurrence: Occurrence, bearer: str, since: datetime) -> bool:
    """Whether a party still takes part when something would come to be owed by it; what it owes because it left comes later."""
    parting = trigger.happening is not None and trigger.happening.kind == "party" and occurrence.actor == bearer
    if parting or rule.survives is not None or norms.history.agreement.kind_of(bearer) is not Kind.PARTY:
        return True
    return not any(at <= since for at in surroundings.departures(norms.history, bearer, since)) or (
        norms.history.active(bearer, since))  # fmt: skip


def joining(norms: Norms, rule: NormRule, first: Occurrence, now: datetime) -> list[Occurrence]:
    """What binds every party from the beginning binds one that joins later from then on."""
    if rule.bearer is None or not any(item.base.kind == "party" and item.quantifier != "any" for item in rule.bearer.items):
        return []
    found: list[Occurrence] = []
    for party in norms.history.agreement.parties():
        known = [start_of(party.since)] if party.since is not None else []
        known += surroundings.joined(norms.history, party.name, now)
        known += [version.start for version in norms.history.texts[1:] if party.name in version.agreement.members]
        at = next((at for at in sorted(known) if first.at.start < at <= now and norms.history.active(party.name, at)), None)
        if at is not None and not norms.history.active(party.name, first.at.start):
            found.append(Occurrence("", n.Moment(at, whole_day=at == start_of(at.date())), None, party.name))
    return found


def stretches(starts: list[datetime], ends: list[datetime]) -> Iterator[tuple[datetime, datetime | None]]:
    """From when until when something went on. On one day, what went on ends before it begins again."""
    since: datetime | None = None
    for at in sorted({*starts, *ends}):
        over = ends.count(at)
        if over and since is not None:
            yield since, at
            since, over = None, over - 1
        if at in starts and since is None and not over:
            since = at
    if since is not None:
        yield since, None
