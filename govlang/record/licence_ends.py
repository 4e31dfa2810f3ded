"""What ended a licence for one licensee, or suspends it: said once, for the licensee itself and for those whom it keeps out.

In: a row, the name of a licence, one of its lines and a licensee. Out: what ended it, with the instant and words. A licence that
ended stays ended; only a finding that is taken back, which then was none, brings it to life again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from govlang.core import lower_conditions
from govlang.core.lower import Lowering
from govlang.core.verdict import evaluate
from govlang.frozen import dataclass
from govlang.model.nodes import Kind
from govlang.record import calendar, ip, lifecycle
from govlang.record.entries import Proposal
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.facts import Row
    from govlang.record.happenings import Occurrence
    from govlang.record.history import History
    from govlang.record.norms import Norms


@dataclass(frozen=True, slots=True)
class Ending:
    """Since when, and by what."""

    since: datetime
    words: str


def over(row: Row, name: str, whose: str) -> Ending | None:
    """What ended a licence for a licensee, by any of its lines; None while it stands. A suspended licence stands."""
    licence = row.history.agreement.ip.licences[name]
    lines = [line for line in licence.lines if isinstance(line, n.EndsOn) and line.what != "suspended"]
    found = [ending for line in lines if (ending := ended(row, name, line, whose)) is not None]
    return min(found, key=lambda item: item.since, default=None)


def ended(row: Row, name: str, line: n.EndsOn, whose: str) -> Ending | None:
    """What ended (or suspends) a licence for a licensee by one of its lines."""
    match line.what:
        case "default":
            return _default(row, name, whose)
        case "suspended":
            standing = lifecycle.default(row.history, whose, row.now)
            return Ending(standing.since, f"{whose} is in default: {standing.reason}") if standing is not None else None
        case "leaving":
            gone = lifecycle.left(row.history, whose, row.now)
            return Ending(gone.since, f"{whose} left: {gone.reason}") if gone is not None else None
        case "termination":
            return next(_terminated(row, name, whose), None)
        case "happening":
            return min(_happened(row, name, line, whose), key=lambda item: item.since, default=None)
        case _:
            return _by_condition(row, name, line, whose)


def _default(row: Row, name: str, whose: str) -> Ending | None:
    """The first default at a time when the licence was there; that it is over gives nothing back."""
    begins = _begins(row.history, name)
    standings = [item for item in row.history.life.defaults.get(whose, ()) if item.since <= row.now]
    for place, item in enumerate(standings):
        until = standings[place + 1].since if place + 1 < len(standings) else datetime.max
        if item.holds and until > begins and max(item.since, begins) <= row.now:
            return Ending(max(item.since, begins), f"{whose} came into default on {item.since:%Y-%m-%d}: {item.reason}")
    return None


def _begins(history: History, name: str) -> datetime:
    """From when a licence is there: its own first day, and that of the text that first has it."""
    licence = history.agreement.ip.licences[name]
    since = [line.since.start for line in licence.lines if isinstance(line, n.Period) and line.since is not None]
    first = next((text.start for text in history.texts if name in text.agreement.ip.licences), datetime.min)
    return max([first, *since])


def _terminated(row: Row, name: str, whose: str) -> Iterator[Ending]:
    for item in row.history.ended_licences:
        if item.licence == name and item.whose in ("", whose) and item.deed.at.start <= row.now:
            yield Ending(item.deed.at.start, f"terminated on {item.deed.at}")


# ------------------------------------------------------------ by a finding


def _by_condition(row: Row, name: str, line: n.EndsOn, whose: str) -> Ending | None:
    """A condition, looked at for this licensee, with whatever was found about it under this licence."""
    right = row.history.agreement.rights.get(name)
    if right is None or line.condition is None:
        return None
    own = _row_of(row, name, whose)
    if evaluate(lower_conditions.condition(Lowering(row.history.agreement, right), line.condition), own) is not True:
        return None
    words = set(lower_conditions.fact_names(line.condition))
    finds = [event for event in own.findings_on_record() if event.word in words]
    last = finds[-1] if finds else None
    by = " and ".join(actor.text for actor in last.actors) if last is not None else ""
    said = f"found by {by} on {last.at}" if last is not None else row.history.agreement.wording(line.condition)
    return Ending(last.at.start if last is not None else row.now, said)


def _row_of(row: Row, name: str, whose: str) -> Row:
    """The facts of a licensee under a licence: what the question says, and what was found on any request of the licensee."""
    matters = _matters(row, name, whose)
    events = sorted((event for matter in matters for event in matter.events), key=lambda event: event.at.start)
    facts = {**row.proposal.facts, "user": whose}
    about = Proposal("", name, (whose,), row.proposal.at, facts, row.proposal.deed, events, row.proposal.sequence)
    found = type(row)(row.history, about, row.now, row.judge, taken=row.taken)
    found.not_over = row.not_over
    return found


def _matters(row: Row, name: str, whose: str) -> list[Proposal]:
    """The requests on record by a licensee of what the licence covers."""
    licence = row.history.agreement.ip.licences[name]
    of = [line.assets for line in licence.lines if isinstance(line, n.GrantedOf)]
    return [
        matter for matter in row.history.requests
        if matter.facts.get("user") == whose and matter.at.start <= row.now
        and any(ip.covers(row.history, assets, str(matter.facts.get("asset", ""))) for assets in of)
    ]  # fmt: skip


def findings(history: History, name: str, whose: str, now: datetime) -> list[n.Deed]:
    """What was found on a licence itself (of all its licensees, or of this one), or of a licensee."""
    found: list[n.Deed] = []
    for events in history.findings.values():
        for event, proposal in events:
            if proposal is not None or event.at.start > now:
                continue
            about = ip.party_of(history, event.other.text, event.at.start) if event.other is not None else whose
            of_this = event.target is None or event.target.text == name
            if of_this and whose in (about, event.other.text if event.other is not None else about):
                found.append(event)
    return found


# ------------------------------------------------------------ by what happened


def _happened(row: Row, name: str, line: n.EndsOn, whose: str) -> Iterator[Ending]:
    assert line.happening is not None
    norms = _norms(row)
    off = calendar.days_off(row.history.agreement.header)
    for each in norms.happenings.of(line.happening, row.now):
        if not _concerns(row, norms, name, line.happening, each, whose):
            continue
        since = each.at.start
        if line.after is not None:
            since = calendar.deadline(each.at, line.after, True, off)
            row.instants.add(since)
        if _begins(row.history, name) <= since <= row.now:
            yield Ending(since, f"{_words(row, line.happening, each)} on {each.at}")


def _norms(row: Row) -> Norms:
    from govlang.record.judge import Judge, Rules
    from govlang.record.norms import Norms

    history = row.history
    known: Norms | None = history.remembered.get(("norms of licences",)) if history.steady else None
    if known is None:
        known = Norms(Judge(Rules(history.agreement), history))
        if history.steady:
            history.remember(("norms of licences",), known)
    return known


def _concerns(row: Row, norms: Norms, name: str, happening: n.Happening, each: Occurrence, whose: str) -> bool:
    """Whether what happened ends the licence for this licensee: where licensees are those it happens to (a duty of theirs, a
    finding of one, an act on the request of one), for that one; else for all."""
    if each.proposal is not None and each.proposal in row.history.requests:
        return each.proposal.facts.get("user") == whose
    if happening.kind == "finding":
        party = ip.party_of(row.history, each.actor, each.at.start)
        return whose in (party, each.actor) or not _licensees(row, name) & {party, each.actor}
    if happening.kind not in ("duty", "power", "objective", "survey") or happening.name is None:
        return True
    bearers = [rule.bearer for rule in norms.rules if rule.name == happening.name.text and rule.bearer is not None]
    owing = {who for bearer in bearers for who in row.history.electors(bearer, each.at.start, None)}
    owing |= {ip.party_of(row.history, who, each.at.start) for who in owing}
    mine = {each.actor, ip.party_of(row.history, each.actor, each.at.start)}
    return whose in mine or not (owing | mine) & _licensees(row, name)


def _licensees(row: Row, name: str) -> set[str]:
    licence = row.history.agreement.ip.licences[name]
    groups = [line.group for line in licence.lines if isinstance(line, n.GrantedTo)]
    return {who for group in groups for who in row.history.electors(group, row.now, row.proposal)}


def _words(row: Row, happening: n.Happening, each: Occurrence) -> str:
    of = f" by {each.actor}" if each.actor and row.history.agreement.kind_of(each.actor) is not Kind.LICENCE else ""
    return f"{row.history.agreement.wording(happening)}{of}"


__all__ = ["Ending", "ended", "findings", "over"]
