"""The facts that rights in assets look at, counted from the record: the other half of `core.lower_ip`.

In: a row and a key `Ip`. Out: its value, and what it rests on in words. See `record.facts`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from govlang.core import keys as k, numbers
from govlang.core.expr import Value
from govlang.model.ip import find
from govlang.model.nodes import Kind
from govlang.record import calendar, ip, licence_ends, lifecycle
from govlang.record.entries import Proposal
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.facts import Row


def value(row: Row, key: k.Ip) -> Value:
    """The value of a key; None where the record does not say."""
    return _VALUES[key.what](row, key)


def _fact(row: Row, name: str) -> str:
    found = row.proposal.facts.get(name)
    return found if isinstance(found, str) else ""


def _electors(row: Row, group: n.Group) -> set[str]:
    return set(row.history.electors(group, row.now, row.proposal))


_SCOPE = ("user", "asset", "recipient", "purpose", "field", "territory", "manner")

# ------------------------------------------------------------ licences


def _covered(row: Row, key: k.Ip) -> Value:
    assert isinstance(key.line, n.GrantedOf)
    asset = _fact(row, "asset")
    if not ip.covers(row.history, key.line.assets, asset):
        return False
    state = row.history.assets[asset]
    gone = _gone(row)
    licence = row.history.agreement.ip.licences.get(key.right)
    # whoever left keeps its access to what was there when it left
    return state.there(row.now) and (gone is None or licence is None or state.since <= gone)


def _gone(row: Row) -> datetime | None:
    """When the user left the agreement; None while it is in."""
    found = lifecycle.left(row.history, _fact(row, "user"), row.now)
    return found.since if found is not None else None


def _grantor(row: Row, key: k.Ip) -> Value:
    """Whether everybody who owns the asset grants the licence. A party that left goes on granting what it granted."""
    assert isinstance(key.line, n.GrantedFrom)
    owners = ip.owners_of(row.history, _fact(row, "asset"), row.now)
    names = _electors(row, key.line.group) | _once(row, key.line.group)
    return bool(owners) and set(owners) <= names


def _once(row: Row, group: n.Group) -> set[str]:
    """The parties that left and would belong to a group if they had not."""
    life = row.history.life.parties
    found: set[str] = set()
    for name in life:
        gone = lifecycle.left(row.history, name, row.now)
        if gone is not None:
            just = max(gone.since, datetime(2, 1, 1)) - timedelta(seconds=1)
            found |= {name} & set(row.history.electors(group, just, row.proposal))
    return found


def _licensee(row: Row, key: k.Ip) -> Value:
    assert isinstance(key.line, n.GrantedTo)
    user = _fact(row, "user")
    if user in _electors(row, key.line.group):
        return True
    licence = row.history.agreement.ip.licences[key.right]
    return find(licence, n.SurvivesLeaving) is not None and user in _once(row, key.line.group)


def _running(row: Row, key: k.Ip) -> Value:
    assert isinstance(key.line, n.Period)
    end = ip.end_of(row.history, key.line.end, row.now)
    if end is not None:
        row.instants.add(end)
    return end is None or row.now < end


def _window_end(row: Row, key: k.Ip) -> datetime | None:
    assert isinstance(key.line, n.OnRequest)
    if key.line.within is None:
        return None
    return ip.end_of(row.history, n.End(None, key.line.within), row.now)


def _window(row: Row, key: k.Ip) -> Value:
    end = _window_end(row, key)
    return end is None or row.now < end


def matters(row: Row, *acts: str) -> list[Proposal]:
    """What is on record of requests about the same: by the same user, of the same asset, and not for something else."""
    return matching(row.history.requests, row.proposal.facts, acts, row.now)


def matching(
    requests: list[Proposal], facts: dict[str, object], acts: tuple[str, ...], now: datetime
) -> list[Proposal]:  # fmt: skip
    """The requests that a question is covered by: of the same user and asset, for no other purpose, field, territory or
    recipient than the question is about, and with no fact that the question says otherwise."""
    found = []
    for other in requests:
        if other.decision not in acts or other.at.start > now:
            continue
        said = {name for name in other.facts if name in _SCOPE or name in facts} - {"act", "owner", "grantor"}
        if all(name in facts and other.facts[name] == facts[name] for name in said):
            found.append(other)
    return found


def _requested(row: Row, key: k.Ip) -> Value:
    end = _window_end(row, key)
    return any(end is None or matter.at.start < end for matter in matters(row, "request", "use", "sublicense"))


def _excluded(row: Row, key: k.Ip) -> Value:
    """Whether an exclusive licence of another keeps the user out: it covers the asset, runs, and is of this field, territory and
    purpose. Unknown where the question does not say one of these."""
    licence = key.line
    assert isinstance(licence, n.Licence)
    of, to, by = find(licence, n.GrantedOf), find(licence, n.GrantedTo), find(licence, n.GrantedFrom)
    asset = _fact(row, "asset")
    if not isinstance(of, n.GrantedOf) or not ip.covers(row.history, of.assets, asset) or not isinstance(to, n.GrantedTo):
        return False
    if isinstance(by, n.GrantedFrom) and not _grantor(row, k.Ip("grantor", by, key.right)):
        return False
    licensees = _electors(row, to.group)
    held = any(licence_ends.over(row, key.right, licensee) is None for licensee in licensees)
    if not held or _fact(row, "user") in licensees:
        return False
    period = find(licence, n.Period)
    if isinstance(period, n.Period) and not _in_period(row, period, key.right):
        return False
    return _same_scope(row, licence)


def _in_period(row: Row, period: n.Period, right: str) -> bool:
    begun = period.since is None or period.since.start <= row.now
    return begun and _running(row, k.Ip("running", period, right)) is True


def _same_scope(row: Row, licence: n.Licence) -> Value:
    unknown = False
    for line in licence.lines:
        what = ""
        words: tuple[str, ...] = ()
        if isinstance(line, n.GrantedIn):
            what, words = line.what, line.labels
        elif isinstance(line, n.GrantedFor) and line.purposes:
            what, words = "purpose", line.purposes
        if what and not _fact(row, what):
            unknown = True
        elif what and _fact(row, what) not in words:
            return False
    return None if unknown else True


def _over(row: Row, key: k.Ip) -> Value:
    assert isinstance(key.line, n.EndsOn)
    return licence_ends.ended(row, key.right, key.line, _fact(row, "user")) is not None


# ------------------------------------------------------------ ownership


def _owners(row: Row) -> list[str]:
    return list(ip.owners_of(row.history, _fact(row, "asset"), row.now))


def _sole(row: Row, key: k.Ip) -> Value:
    return _owners(row) == [_fact(row, "user")]


def _joint(row: Row, key: k.Ip) -> Value:
    owners = _owners(row)
    return len(owners) > 1 and _fact(row, "user") in owners


def _consented(row: Row, key: k.Ip) -> Value:
    """Whether every (other) owner approved what was asked."""
    wanted = [owner for owner in _owners(row) if owner != _fact(row, "user")]
    given = {name for event in row.events("ballot") if event.choice == "for" for name in _acting(row, event, wanted)}
    return bool(wanted) and set(wanted) <= given


def _acting(row: Row, event: n.Deed, owners: list[str]) -> list[str]:
    kinds = (Kind.PARTY, Kind.PERSON, Kind.BODY, Kind.ROLE)
    known = [name for name in owners if row.history.agreement.kind_of(name) in kinds]
    items = tuple(n.GroupItem(n.GroupBase("name", n.Name(name))) for name in known)
    return row.electors_acting(event, n.Group(items, ",")) if items else []


def _asked(row: Row, key: k.Ip) -> Value:
    """Whether what is asked about is a matter on record, so that it may still be approved."""
    return row.proposal.id in row.history.proposals


# ------------------------------------------------------------ secrecy


def _secret(row: Row, key: k.Ip) -> Value:
    """Whether a duty of secrecy forbids telling: it binds the user, covers the asset, lasts, and the recipient is an outsider."""
    clause = key.line
    assert isinstance(clause, n.Confidentiality)
    user, to, asset = _fact(row, "user"), _fact(row, "recipient"), _fact(row, "asset")
    inside: set[str] = set()
    gone: set[str] = set()  # who left is still bound by what it knows, and is an outsider for what it would be told now
    for line in clause.lines:
        if isinstance(line, n.Binds):
            inside |= _electors(row, line.group)
            gone |= _once(row, line.group)
        elif isinstance(line, n.AllowedTo) and _allowed(row, line, to):
            return False
    owners = _owners(row)
    if user not in inside | gone or to in inside or to in owners or owners == [user]:
        return False
    return _protected(row, clause, asset) and _lasts(row, clause, asset)


def _allowed(row: Row, line: n.AllowedTo, to: str) -> bool:
    return to in line.labels or any(row.given(word) is True for word in line.labels if word[:1].islower())


def _protected(row: Row, clause: n.Confidentiality, asset: str) -> bool:
    state = row.history.assets[asset]
    for line in clause.lines:
        if isinstance(line, n.SecretOf) and ip.covers(row.history, line.assets, asset):
            if not line.marked or state.marked(row.now) is not None:
                return not line.marked or _marked_in_time(row, clause, state)
            return _still_to_mark(row, clause, state)
    return False


def _oral(clause: n.Confidentiality) -> n.Duration | None:
    line = find(clause, n.OralMarked)
    return line.within if isinstance(line, n.OralMarked) else None


def _first_told(row: Row, state: ip.AssetState) -> n.Deed | None:
    return next((deed for deed in state.told if ("orally", ()) in deed.names and deed.at.start <= row.now), None)


def _marked_in_time(row: Row, clause: n.Confidentiality, state: ip.AssetState) -> bool:
    """What was told orally before it was marked is secret only if the mark came in time."""
    within, told, mark = _oral(clause), _first_told(row, state), state.marked(row.now)
    if within is None or told is None or mark is None or mark <= told.at.start:
        return True
    return mark < calendar.deadline(told.at, within, True, calendar.days_off(row.history.agreement.header))


def _still_to_mark(row: Row, clause: n.Confidentiality, state: ip.AssetState) -> bool:
    """Told orally, and the time to mark it still runs."""
    within, told = _oral(clause), _first_told(row, state)
    if within is None or told is None:
        return False
    return row.now < calendar.deadline(told.at, within, True, calendar.days_off(row.history.agreement.header))


def _secret_until(row: Row, clause: n.Confidentiality, asset: str) -> datetime | None:
    line = find(clause, n.SecretFor)
    if not isinstance(line, n.SecretFor):
        return None
    if line.after_disclosure is not None:
        told = [deed.at for deed in row.history.assets[asset].told if deed.at.start <= row.now]
        off = calendar.days_off(row.history.agreement.header)
        return calendar.deadline(told[-1], line.after_disclosure, True, off) if told else None
    return ip.end_of(row.history, line.end, row.now)


def _lasts(row: Row, clause: n.Confidentiality, asset: str) -> bool:
    end = _secret_until(row, clause, asset)
    return end is None or row.now < end


def _noticed(row: Row, key: k.Ip) -> Value:
    """Whether notice that counts reached the owner, long enough ago."""
    assert isinstance(key.line, n.SecretExcept)
    off = calendar.days_off(row.history.agreement.header)
    period = key.line.period or n.Duration(0, "days")
    owners = _owners(row)
    given = [
        notice.given for notice in row.history.notices_of(row.proposal, row.now)
        if notice.given is not None and not notice.reason and (not notice.to or _of_owner(row, notice.to, owners))
    ]  # fmt: skip
    return any(row.now >= calendar.deadline(moment, period, False, off) for moment in given)


def _of_owner(row: Row, name: str, owners: list[str]) -> bool:
    return name in owners or ip.party_of(row.history, name, row.now) in owners


_VALUES = {
    "covered": _covered, "grantor": _grantor, "licensee": _licensee, "running": _running, "requested": _requested,
    "window": _window, "excluded": _excluded, "over": _over,
    "sole owner": _sole, "joint owner": _joint, "consented": _consented, "asked": _asked, "secret": _secret,
    "noticed": _noticed,
}  # fmt: skip


# ------------------------------------------------------------ in words


def evidence(row: Row, key: k.Ip) -> tuple[str, ...]:
    """What a value rests on."""
    match key.what:
        case "sole owner" | "joint owner" | "grantor" | "consented":
            return _owned(row)
        case "running":
            assert isinstance(key.line, n.Period)
            return _until(ip.end_of(row.history, key.line.end, row.now), row)
        case "window":
            return _until(_window_end(row, key), row)
        case "requested":
            found = matters(row, "request", "use", "sublicense")
            return tuple(f"requested on {matter.at}" + (f" ({matter.id})" if matter.id else "") for matter in found)
        case "over":
            assert isinstance(key.line, n.EndsOn)
            ending = licence_ends.ended(row, key.right, key.line, _fact(row, "user"))
            return (ending.words,) if ending is not None else ()
        case "secret":
            return tuple(_secrecy(row, key))
        case "excluded":
            licence = key.line
            to = find(licence, n.GrantedTo) if isinstance(licence, n.Licence) else None
            names = ", ".join(row.history.electors(to.group, row.now, row.proposal)) if isinstance(to, n.GrantedTo) else ""
            return (f"{key.right} is held by {names}",) if value(row, key) is not False and names else ()
        case _:
            return ()


def _owned(row: Row) -> tuple[str, ...]:
    owners = ip.owners_of(row.history, _fact(row, "asset"), row.now)
    if len(owners) < 2:
        return tuple(f"{_fact(row, 'asset')} belongs to {name}" for name in owners)
    shares = ", ".join(f"{name} {numbers.percent(share)}" for name, share in owners.items())
    return (f"{_fact(row, 'asset')} belongs to {shares}",)


def _until(end: datetime | None, row: Row) -> tuple[str, ...]:
    return (f"until {row.last_day(end)}",) if end is not None else ()


def _secrecy(row: Row, key: k.Ip) -> list[str]:
    clause, asset = key.line, _fact(row, "asset")
    assert isinstance(clause, n.Confidentiality)
    mark, end = row.history.assets[asset].marked(row.now), _secret_until(row, clause, asset)
    found = [f"{asset} was marked confidential on {mark.date()}"] if mark is not None and mark > datetime.min else []
    if mark == datetime.min:
        found.append(f"{asset} is marked confidential")
    to = _fact(row, "recipient")
    gone = lifecycle.left(row.history, to, row.now)
    if gone is not None:
        found.insert(0, f"{to} is an outsider now: it {gone.reason}")
    return [*found, *([f"secret until {row.last_day(end)}"] if end is not None else [])]


__all__ = ["evidence", "matching", "matters", "value"]
