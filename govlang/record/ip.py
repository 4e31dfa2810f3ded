"""Assets on record: who made and owns them, what is marked confidential, who asked for access, what was done with them.

In: the assets of the text and the events of a record. Out: what holds of an asset at an instant, the grants in force
(`grants`), and the uses that happened (`History.uses`), for the audit to judge. What was assigned has changed hands, whether
that was permitted or not.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.frozen import dataclass, field
from govlang.model import values
from govlang.model.ip import ACTS, find
from govlang.model.nodes import Agreement, Kind
from govlang.record import calendar, lifecycle
from govlang.source import Citation
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.history import History

DONE = frozenset(ACTS) - {"request", "assign"}
ASKED = {f"ask to {act}": act for act in ACTS} | {"request": "request"}
ACTS_ASKED = frozenset(ASKED.values())
EVENTS = (*sorted(DONE), "assign", *sorted(ASKED), "make", "list", "delist", "mark", "terminate")


@dataclass(slots=True)
class AssetState:
    """One asset: its class and from when it is there, and what happened to it, in order. `node` is its clause, if it has one."""

    name: str
    kind: str
    since: datetime = datetime.min
    node: n.Asset | None = None
    makers: tuple[str, ...] = ()
    owners: dict[str, Fraction] = field(default_factory=dict)
    moved: list[tuple[datetime, dict[str, Fraction]]] = field(default_factory=list)
    marks: list[datetime] = field(default_factory=list)
    told: list[n.Deed] = field(default_factory=list)
    gone: datetime | None = None

    def there(self, now: datetime) -> bool:
        """Whether it is there, and listed, at an instant."""
        return self.since <= now and (self.gone is None or now < self.gone)

    def marked(self, now: datetime) -> datetime | None:
        """When it was marked confidential, up to an instant."""
        return next((mark for mark in self.marks if mark <= now), None)


@dataclass(frozen=True, slots=True)
class Ended:
    """A licence was terminated, for one licensee or (empty) for all."""

    licence: str
    whose: str
    deed: n.Deed


@dataclass(frozen=True, slots=True)
class Grant:
    """A licence at an instant: who grants what to whom, whether it runs, and its last day (None: none is set)."""

    name: str
    grantors: tuple[str, ...]
    licensees: tuple[str, ...]
    assets: tuple[str, ...]
    exclusivity: str
    since: datetime | None
    ends: datetime | None
    running: bool
    citation: Citation = field(compare=False)


def stated(agreement: Agreement) -> dict[str, AssetState]:
    """The assets that the text lists."""
    found: dict[str, AssetState] = {}
    for name, asset in agreement.ip.assets.items():
        kind = asset.kinds[0] if asset.kinds else None
        since = asset.days[0].day.start if asset.days else datetime.min
        makers = tuple(maker.text for line in asset.makers for maker in line.makers)
        state = AssetState(name, kind.kind if kind else "results", since, asset, makers)
        state.owners = _shares(kind.owners) if kind is not None else {}
        state.marks = [since] if asset.marks else []
        found[name] = state
    return found


def _shares(owners: tuple[n.Owner, ...]) -> dict[str, Fraction]:
    equal = Fraction(1, len(owners)) if owners else Fraction(0)
    return {owner.name.text: owner.share if owner.share is not None else equal for owner in owners}


# ------------------------------------------------------------ who owns what


def party_of(history: History, name: str, at: datetime) -> str:
    """The party for which somebody acts: itself, the one a person belongs to or speaks for; the name itself, if none."""
    agreement = history.agreement
    if agreement.kind_of(name) is Kind.PARTY:
        return name
    who = history.sole(name, at)
    found = history.attribute(who, "party", at)
    return str(found) if found else who


def owners_of(history: History, name: str, now: datetime) -> dict[str, Fraction]:
    """Who owns an asset at an instant, with their shares: as transferred, as the text says, or by the rule on results."""
    state = history.assets.get(name)
    if state is None:
        return {}
    moved = [entry for entry in state.moved if entry[0] <= now]
    if moved:
        return sorted(moved, key=lambda entry: entry[0])[-1][1]
    return state.owners or _by_rule(history, state)


def _by_rule(history: History, state: AssetState) -> dict[str, Fraction]:
    rule = history.agreement.ip.ownership
    if rule is None or not rule.belongs or state.kind != "results":
        return {}
    line = rule.belongs[0]
    at = state.since if state.since > datetime.min else _start(history)
    if line.to == "group" and line.group is not None:
        names = history.electors(line.group, at, None)
    elif line.to == "makers":
        names = list(state.makers)
    else:
        names = [party_of(history, maker, at) for maker in state.makers]
    names = list(dict.fromkeys(names))
    return {name: Fraction(1, len(names)) for name in names}


def _start(history: History) -> datetime:
    header = history.agreement.header
    return header.effective.start if header.effective is not None else datetime.min


def covers(history: History, assets: n.Assets, name: str) -> bool:
    """Whether a line is about an asset."""
    state = history.assets.get(name)
    named = any(item.text == name for item in assets.names)
    return named or (state is not None and (assets.every or state.kind in assets.classes))


# ------------------------------------------------------------ grants


def end_of(history: History, end: n.End | None, now: datetime) -> datetime | None:
    """The first instant at which a period is over; None where no end is known."""
    if end is None:
        return None
    if end.day is not None:
        return calendar.deadline(end.day, n.Duration(0, "days"), True)
    last = lifecycle.end(history, now)
    if last is None or end.after is None:
        return None
    return calendar.deadline(last, end.after, True, calendar.days_off(history.agreement.header))


def grants(history: History, now: datetime) -> tuple[Grant, ...]:
    """The licences of the agreement at an instant, and their ends."""
    return tuple(_grant(history, name, licence, now) for name, licence in history.agreement.ip.licences.items())


def _grant(history: History, name: str, licence: n.Licence, now: datetime) -> Grant:
    period, of, kind = find(licence, n.Period), find(licence, n.GrantedOf), find(licence, n.Exclusivity)
    ends = end_of(history, period.end, now) if isinstance(period, n.Period) else None
    since = period.since.start if isinstance(period, n.Period) and period.since is not None else None
    terminated = [item.deed.at.start for item in history.ended_licences if item.licence == name and not item.whose]
    ends = min([*terminated, *([ends] if ends is not None else [])], default=None)
    names: dict[type, tuple[str, ...]] = {}
    for line in (n.GrantedFrom, n.GrantedTo):
        found = find(licence, line)
        names[line] = tuple(history.electors(found.group, now, None)) if isinstance(found, n.GrantedFrom | n.GrantedTo) else ()
    ended_for = {item.whose for item in history.ended_licences if item.licence == name and item.deed.at.start <= now}
    assets = tuple(asset for asset in history.assets if isinstance(of, n.GrantedOf) and covers(history, of.assets, asset))
    running = (since is None or since <= now) and (ends is None or now < ends)
    return Grant(
        name, names[n.GrantedFrom], tuple(who for who in names[n.GrantedTo] if who not in ended_for), assets,
        kind.kind if isinstance(kind, n.Exclusivity) else "", since, ends, running,
        history.agreement.layout.citation(licence.span, name),
    )  # fmt: skip


def facts_of(history: History, deed: n.Deed, act: str) -> dict[str, object]:
    """What a deed says, as the facts that rights look at."""
    at = deed.at.end
    asset = deed.target.text if deed.target is not None else ""
    user = party_of(history, deed.actors[0].text, at) if deed.actors else ""
    owners = tuple(owners_of(history, asset, at))
    facts: dict[str, object] = {"act": act, "asset": asset, "user": user, "owner": owners}
    facts |= {"grantor": owners[0]} if len(owners) == 1 else {}
    facts |= {key: names[0].text for key, names in deed.names if key in ("field", "territory")}
    if deed.word:
        facts["purpose"] = deed.word
    if deed.other is not None:
        facts["recipient"] = deed.other.text
    if deed.choice in ("exclusively", "non-exclusively"):
        facts["manner"] = deed.choice
    wrong = {word for word, _, _, _ in wrong_facts(history.agreement, deed)}
    facts |= {word: values.plain(literal) for word, literal in deed.facts if word not in wrong}
    return facts


def wrong_facts(agreement: Agreement, deed: n.Deed) -> list[tuple[str, n.Literal, str, str]]:
    """The facts of a deed that are of no type that any clause gives them: word, value, message and remedy."""
    found = []
    for word, literal in deed.facts:
        clauses = (*agreement.rights.values(), *agreement.decisions.values())
        kinds = [clause.facts[word].type for clause in clauses if word in clause.facts]
        problems = [values.mismatch(literal, kind, agreement.header) for kind in kinds]
        first = next(iter(problems), None)
        if first is not None and None not in problems:
            found.append((word, literal, first[1].format(name=word), first[2]))
    return found
