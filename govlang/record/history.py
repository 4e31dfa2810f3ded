"""A record, taken in: who held what when, what was proposed, what was done about it.

In: an agreement and events in the order of the record. Out: a `History` that answers for any instant, and `refusals`: the
events that have no effect, each with its reason. Events of an unknown name or an impossible kind are reported; all others
are still taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from govlang.core.verdict import Mismatch, order
from govlang.diagnostics import Diagnostic, did_you_mean
from govlang.frozen import dataclass, field, replace
from govlang.model import values
from govlang.model.nodes import Agreement, Dated, Kind, Role
from govlang.record.calendar import add_days, localise
from govlang.source import Source
from govlang.syntax import nodes as n

_ON_PROPOSAL = {
    "ballot", "absent", "veto", "objection", "withdraw", "advise", "act", "find", "conflict", "notice", "waive", "open",
    "close", "extend", "restart", "rule",
}  # fmt: skip


@dataclass(slots=True)
class Tenure:
    """Someone holds a role, or sits in a body, from one day to another (the last day excluded)."""

    who: str
    what: str
    party: str
    since: n.Moment
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.since.start <= at and (self.until is None or at < self.until)


@dataclass(slots=True)
class Proposal:
    """A proposal and everything recorded about it, in order."""

    id: str
    decision: str
    by: tuple[str, ...]
    at: n.Moment
    facts: dict[str, object]
    deed: n.Deed
    events: list[n.Deed] = field(default_factory=list)
    sequence: int = 0


@dataclass(slots=True)
class Meeting:
    """A meeting of a body: who was there, what was on its agenda."""

    id: str
    body: str
    at: n.Moment
    present: set[str]
    absent: set[str]
    agenda: set[str]
    closed: bool
    reconvening: str = ""
    attendance: bool = False


@dataclass(slots=True)
class Proxy:
    """`giver` lets `holder` vote, on one proposal or in one meeting, or wherever (`target` empty)."""

    giver: str
    holder: str
    target: str
    deed: n.Deed


@dataclass(slots=True)
class Delegation:
    """`giver` lets `to` act in a role."""

    giver: str
    to: str
    role: str
    since: n.Moment
    until: datetime | None


class History:
    """What the record says. Build it once a record; ask it for any instant up to its end."""

    def __init__(self, agreement: Agreement, events: Iterable[n.Deed], source: Source | None = None) -> None:
        self.agreement = agreement
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.refusals: dict[int, str] = {}
        self.tenures: list[Tenure] = []
        self.values: dict[tuple[str, str], list[Dated]] = {key: list(items) for key, items in agreement.values.items()}
        self.proposals: dict[str, Proposal] = {}
        self.meetings: dict[str, Meeting] = {}
        self.proxies: list[Proxy] = []
        self.delegations: list[Delegation] = []
        self.persons: dict[str, str] = {}
        self.end: n.Moment | None = None
        self.count = 0
        self._stated()
        for event in events:
            self.take(event)

    # ------------------------------------------------------------ what the text itself says

    def _stated(self) -> None:
        always = n.Moment(datetime.min)
        for role in self.agreement.roles.values():
            for who, party in role.holders:
                self.tenures.append(Tenure(who, role.name, party, always))

    # ------------------------------------------------------------ events

    def take(self, event: n.Deed) -> None:
        """Takes one event in, or notes why it has no effect."""
        event = replace(event, at=localise(event.at, self.agreement.header))
        if self.end is not None and event.at.end < self.end.start:
            message = f"this event of {event.at} stands after one of {self.end}"
            self.report("GL402", message, event, "put the events in order of time")
        else:
            self.end = event.at
        self.count += 1
        handler = {
            "appoint": self._appoint, "remove": self._remove, "resign": self._resign, "join": self._join,
            "leave": self._leave, "has": self._has, "propose": self._propose, "meeting": self._meeting,
            "present": self._present, "proxy": self._proxy, "delegate": self._delegate, "revoke": self._revoke,
        }.get(event.kind, self._on_proposal)  # fmt: skip
        if self._actors_known(event):
            handler(event)

    def report(self, code: str, message: str, event: n.Deed, hint: str = "") -> None:
        self.diagnostics.append(Diagnostic(code, message, self.source, event.span, hint))

    def refuse(self, event: n.Deed, reason: str) -> None:
        """Notes that the event has no effect, and why."""
        self.refusals[id(event)] = reason
        self.last_refusal = (event, reason)
        self.report("GL405", f"this has no effect: {reason}", event, "see the clause named, or correct the record")

    def refusal_at(self, event: n.Deed) -> str:
        """Why an event (found by its place) has no effect; empty if it has."""
        found = [d for d in self.diagnostics if d.span == event.span and d.code in ("GL403", "GL404", "GL405", "GL408")]
        return found[0].message.removeprefix("this has no effect: ") if found else ""

    def _actors_known(self, event: n.Deed) -> bool:
        for name in event.actors:
            if self.known(name.text):
                continue
            if event.kind in ("join", "has", "act", "objection", "ballot", "propose", "advise"):
                self.persons.setdefault(
                    name.text, ""
                )  # people outside the agreement may act; whether it counts is judged
                if event.kind != "join":
                    self._unknown(name, event, "GL403")
                continue
            self._unknown(name, event, "GL403")
            return False
        return True

    def _unknown(self, name: n.Name, event: n.Deed, code: str) -> None:
        agreement = self.agreement
        known = [*agreement.members, *agreement.roles, *agreement.bodies, *self.persons]
        hint = did_you_mean(name.text, [item for item in known if item != name.text])
        place = replace(event, span=name.span) if name.span.end else event
        self.report(code, f"the agreement knows no '{name.text}'", place,
                    hint or "appoint this person to a role, or correct the name")  # fmt: skip

    def known(self, name: str) -> bool:
        """Whether a name is a term of the agreement or a person whom the record has introduced."""
        return self.agreement.kind_of(name) is not None or name in self.persons

    # ------------------------------------------------------------ roles and bodies

    def _appoint(self, event: n.Deed) -> None:
        assert event.target is not None and event.other is not None
        role = self.agreement.roles.get(event.target.text)
        if role is None:
            if event.target.text in self.agreement.bodies:
                self._seat(event, event.other.text, event.target.text)
            else:
                self._unknown(event.target, event, "GL403")
            return
        party = self._party_of_appointment(event, role)
        reason = self._may_appoint(event, role, party) or self._seat_free(event, role, party)
        if reason:
            self.refuse(event, reason)
            return
        who = event.other.text
        if not self.known(who):
            self.persons[who] = party
        reason = self._over_cap(who, role.name, event.at)
        if reason:
            self.refuse(event, reason)
            return
        until = self._end_of_term(event, role)
        self.tenures.append(Tenure(who, role.name, party, event.at, until))

    def _end_of_term(self, event: n.Deed, role: Role) -> datetime | None:
        if event.until is not None:
            return event.until.start + timedelta(days=1)
        if role.term is not None:
            last = add_days(event.at.day, role.term, self.agreement.header.not_working)
            return datetime.combine(last, datetime.min.time())
        return None

    def _party_of_appointment(self, event: n.Deed, role: Role) -> str:
        for key, names in event.names:
            if key == "for":
                return names[0].text
        for actor in event.actors:
            if self.agreement.kind_of(actor.text) is Kind.PARTY:
                return actor.text
        return ""

    def _may_appoint(self, event: n.Deed, role: Role, party: str) -> str:
        if role.seats == "one each" and not party:
            return f"{role.name} is appointed for a party: say which (`as {role.name} for ...`)"
        if role.appointed_by is None:
            return ""
        allowed = self.electors(n.Group((role.appointed_by,)), event.at.start, None)
        bodies = {role.appointed_by.base.name.text} if role.appointed_by.base.name else set()
        if party and role.appointed_by.base.kind == "party":
            allowed, bodies = [party], {party}  # a party appoints for itself alone
        for actor in event.actors:
            if (
                actor.text in allowed
                or actor.text in bodies
                or set(self.hats(actor.text, event.at.start)) & set(allowed)
            ):
                return ""
        act = "removed" if event.kind == "remove" else "appointed"
        return f"{role.name} is {act} by {' or '.join(sorted(bodies)) or 'others'}"

    def _seat_free(self, event: n.Deed, role: Role, party: str) -> str:
        at = event.at.start
        holders = [tenure for tenure in self.tenures if tenure.what == role.name and tenure.holds(at)]
        who = event.other.text if event.other else ""
        if any(tenure.who == who and tenure.party == party for tenure in holders):
            return f"{who} already holds {role.name}"
        if role.seats == "one each":
            taken = [tenure for tenure in holders if tenure.party == party]
            return f"{taken[0].who} already holds {role.name} for {party}" if taken else ""
        limit = {"one": 1, "up to": role.limit}.get(role.seats)
        if limit is not None and len(holders) >= limit:
            names = " and ".join(tenure.who for tenure in holders)
            return f"{role.name} may be held by {limit}, and {names} holds it"
        return ""

    def _over_cap(self, who: str, what: str, at: n.Moment) -> str:
        """Whether a seat would put too many members of one employer (or other attribute) into a body."""
        for body in self.agreement.bodies.values():
            in_body = body.name == what or any(
                item.base.name is not None and item.base.name.text == what
                for group in body.members
                for item in group.items
            )
            if not in_body:
                continue
            for cap in body.caps:
                mine = self.attribute(who, cap.attribute, at.start)
                if mine is None:
                    continue
                members = self.members_of(body.name, at.start)
                same = [member for member in members if self.attribute(member, cap.attribute, at.start) == mine]
                limit = self._cap_limit(cap.limit, body.seats, len(members) + 1)
                if len(same) + 1 > limit:
                    return (
                        f"{body.name} may have at most {limit} with the same {cap.attribute}, and "
                        f"{', '.join(same)} already share it with {who} ({self.agreement.cite(cap).label()})"
                    )
        return ""

    def _cap_limit(self, quantity: n.Quantity, seats: int, members: int) -> int:
        match quantity:
            case n.Count(value):
                return int(value)
            case n.ShareOf(share, n.Base("fixed seats")):
                return int(share * seats)
            case n.ShareOf(share, _) | n.Share(share):
                return int(share * (seats or members))
            case _:
                return members

    def _end_tenure(self, who: str, what: str, event: n.Deed) -> bool:
        for tenure in self.tenures:
            if tenure.who == who and tenure.what == what and tenure.holds(event.at.start):
                tenure.until = event.at.start
                return True
        return False

    def _remove(self, event: n.Deed) -> None:
        assert event.target is not None and event.other is not None
        who, role = event.other.text, self.agreement.roles.get(event.target.text)
        for tenure in self.tenures:
            if role is not None and tenure.who == who and tenure.what == role.name and tenure.holds(event.at.start):
                reason = self._may_appoint(event, role, tenure.party)
                if reason:
                    self.refuse(event, reason)
                    return
        if not self._end_tenure(event.other.text, event.target.text, event) and not self._leaves(
            event, event.other.text
        ):
            self.refuse(event, f"{event.other.text} does not hold {event.target.text}")

    def _resign(self, event: n.Deed) -> None:
        assert event.target is not None
        for actor in event.actors:
            if not self._end_tenure(actor.text, event.target.text, event) and not self._leaves(event, actor.text):
                self.refuse(event, f"{actor.text} does not hold {event.target.text}")

    def _join(self, event: n.Deed) -> None:
        assert event.target is not None
        if event.target.text in self.agreement.bodies:
            for actor in event.actors:
                self._seat(event, actor.text, event.target.text)
        elif event.target.text in self.agreement.roles:
            for actor in event.actors:
                role = self.agreement.roles[event.target.text]
                reason = self._seat_free(replace(event, other=actor), role, "") or self._over_cap(
                    actor.text, role.name, event.at
                )
                if reason:
                    self.refuse(event, reason)
                else:
                    self.tenures.append(Tenure(actor.text, role.name, "", event.at, self._end_of_term(event, role)))
        else:
            self._unknown(event.target, event, "GL403")

    def _seat(self, event: n.Deed, who: str, body_name: str) -> None:
        body = self.agreement.bodies[body_name]
        members = self.members_of(body_name, event.at.start)
        if not self.known(who):
            self.persons[who] = ""
        reason = f"{who} is already a member of {body_name}" if who in members else ""
        if body.seats and len(members) >= body.seats:
            reason = reason or f"all {body.seats} seats of {body_name} are taken"
        reason = reason or self._over_cap(who, body_name, event.at)
        if reason:
            self.refuse(event, reason)
            return
        until = event.until.start + timedelta(days=1) if event.until else None
        self.tenures.append(Tenure(who, body_name, "", event.at, until))

    def _leave(self, event: n.Deed) -> None:
        assert event.target is not None
        for actor in event.actors:
            if not self._leaves(event, actor.text) and not self._end_tenure(actor.text, event.target.text, event):
                self.refuse(event, f"{actor.text} is not a member of {event.target.text}")

    def _leaves(self, event: n.Deed, who: str) -> bool:
        assert event.target is not None
        body = event.target.text
        if body not in self.agreement.bodies or who not in self.members_of(body, event.at.start):
            return False
        if not self._end_tenure(who, body, event):
            self.tenures.append(Tenure(f"-{who}", body, "", event.at))  # leaves a body it sat in by the text
        return True

    def _has(self, event: n.Deed) -> None:
        assert event.value is not None
        for actor in event.actors:
            kind = "party" if self.agreement.kind_of(actor.text) is Kind.PARTY else "person"
            declared = {attribute.name: attribute for attribute in self.agreement.attributes.get(kind, ())}
            if event.word not in declared:
                hint = did_you_mean(event.word, declared) or f"declare it: `each {kind} has {event.word}: ...`"
                self.report("GL408", f"no {kind} has an attribute called '{event.word}'", event, hint)
                return
            problem = values.mismatch(event.value, declared[event.word].type, self.agreement.header)
            if problem:
                self.report("GL408", problem[1].format(name=event.word), event, problem[2])
                return
            dated = self.values.setdefault((actor.text, event.word), [])
            dated.append(Dated(values.plain(event.value), event.at.day))

    # ------------------------------------------------------------ proposals, meetings, proxies, delegation

    def _propose(self, event: n.Deed) -> None:
        assert event.target is not None and event.other is not None
        name, decision = event.target.text, event.other.text
        if name in self.proposals and self._joins(event, self.proposals[name]):
            return
        if name in self.proposals:
            self.report("GL404", f"'{name}' was proposed before", event, "give the second proposal another name")
            return
        facts = self._facts(event, decision)
        if decision not in self.agreement.decisions and not self.covering(decision):
            hint = did_you_mean(decision, self.agreement.decisions) or "no clause is about it, so the answer is silent"
            self.report("GL407", f"the agreement has no decision called '{decision}'", event, hint)
        by = tuple(actor.text for actor in event.actors)
        self.proposals[name] = Proposal(name, decision, by, event.at, facts, event, sequence=len(self.proposals))

    def _joins(self, event: n.Deed, earlier: Proposal) -> bool:
        """Whether someone joins a proposal: the same decision under the same name, by others, with no other facts."""
        mine = {actor.text for actor in event.actors}
        same = earlier.decision == (event.other.text if event.other else "") and not mine & set(earlier.by)
        if same and (not event.facts or self._facts(event, earlier.decision) == earlier.facts):
            earlier.by = (*earlier.by, *(actor.text for actor in event.actors))
            return True
        return False

    def covering(self, act: str) -> list[str]:
        """The decisions that cover an act."""
        return [name for name, decision in self.agreement.decisions.items() if act in decision.acts]

    def _facts(self, event: n.Deed, decision: str) -> dict[str, object]:
        names = [decision] if decision in self.agreement.decisions else self.covering(decision)
        declared: dict[str, n.Given] = {}
        for name in names:
            declared.update(self.agreement.decisions[name].facts)
        facts: dict[str, object] = {}
        for word, literal in event.facts:
            place = replace(event, span=literal.span)
            kind = declared[word].type if word in declared else values.BUILT_IN.get(word)
            if word in facts:
                self.report("GL404", f"the fact '{word}' is given twice", place, "keep one of the two lines")
            elif kind is None:
                if names:
                    hint = did_you_mean(word, declared) or f"the facts are {', '.join(declared) or 'none'}"
                    self.report("GL408", f"{decision} is not given a fact called '{word}'", place, hint)
            elif problem := values.mismatch(literal, kind, self.agreement.header):
                self.report("GL408", problem[1].format(name=word), place, problem[2])
            elif self._names_known(literal, kind, place):
                facts[word] = values.plain(literal)
        return facts

    def _readings(self, decision: str) -> list[str]:
        """The names of the readings of a decision, wherever they stand in it."""
        names = [decision] if decision in self.agreement.decisions else self.covering(decision)
        found: list[str] = []
        blocks = [self.agreement.decisions[name].block for name in names]
        while blocks:
            block = blocks.pop()
            found.extend(reading.name for reading in block.readings)
            blocks.extend(tier.block for tier in block.tiers)
            blocks.extend(reading.block for reading in block.readings)
        return sorted(found)

    def _names_known(self, literal: n.Literal, kind: n.TypeRef, event: n.Deed) -> bool:
        """Whether the parties, persons, roles or bodies that a fact names are known, and are what the fact asks for."""
        wanted = {"party": Kind.PARTY, "parties": Kind.PARTY, "role": Kind.ROLE, "body": Kind.BODY}.get(kind.kind)
        if wanted is None and kind.kind not in ("person", "persons"):
            return True
        for name in literal.value if isinstance(literal.value, tuple) else (literal.value,):
            if isinstance(name, n.Name) and not self.known(name.text):
                self._unknown(name, event, "GL408")
                return False
            if isinstance(name, n.Name) and wanted is not None and self.agreement.kind_of(name.text) is not wanted:
                self.report("GL408", f"'{name.text}' is not a {wanted.value}", event, f"name a {wanted.value}")
                return False
        return True

    def _meeting(self, event: n.Deed) -> None:
        assert event.target is not None and event.other is not None
        if event.other.text not in self.agreement.bodies:
            self._unknown(event.other, event, "GL403")
            return
        if event.target.text in self.meetings:
            self.report("GL404", f"a meeting '{event.target.text}' is already recorded", event, "give it another name")
            return
        listed: dict[str, list[str]] = {}
        for key, names in event.names:
            listed.setdefault(key, []).extend(name.text for name in names)
        self.meetings[event.target.text] = Meeting(
            event.target.text, event.other.text, event.at, set(listed.get("present", ())), set(listed.get("absent", ())),
            set(listed.get("agenda", ())), "closed" in listed, next(iter(listed.get("reconvening", ())), ""),
            "present" in listed,
        )  # fmt: skip

    def _present(self, event: n.Deed) -> None:
        meeting = self.meetings.get(event.target.text if event.target else "")
        if meeting is None:
            self.report("GL403", f"no meeting '{event.target.text if event.target else ''}' is recorded", event,
                        "record the meeting first")  # fmt: skip
            return
        meeting.attendance = True
        for actor in event.actors:
            meeting.present.add(actor.text)
            meeting.absent.discard(actor.text)

    def _proxy(self, event: n.Deed) -> None:
        assert event.other is not None
        for actor in event.actors:
            target = event.target.text if event.target else ""
            reason = self._proxy_refused(actor.text, event.other.text, target, event)
            if reason:
                self.refuse(event, reason)
            else:
                self.proxies.append(Proxy(actor.text, event.other.text, target, event))

    def _proxy_refused(self, giver: str, holder: str, target: str, event: n.Deed) -> str:
        bodies = [
            body for body in self.agreement.bodies.values() if giver in self.members_of(body.name, event.at.start)
        ]
        rules = [rule for body in bodies for rule in body.proxies]
        proposal = self.proposals.get(target)
        decision = self.agreement.decisions.get(proposal.decision) if proposal else None
        if decision is not None and decision.block.scope.proxies:
            rules = list(decision.block.scope.proxies)
        if giver == holder:
            return "nobody can be proxy for themselves"
        if not rules:
            return "the agreement allows no proxies here"
        member = any(holder in self.members_of(body.name, event.at.start) for body in bodies)
        if not member and any(rule.substitutes for rule in rules):
            return ""
        limits = [rule for rule in rules if not rule.substitutes]
        if not limits or all(rule.each == 0 for rule in limits):
            return "the agreement allows no proxies here"
        if any(proxy.giver == giver and proxy.target == target for proxy in self.proxies):
            return f"{giver} has already given a proxy"
        held = [
            proxy for proxy in self.proxies
            if proxy.holder == holder and (proxy.target == target or not proxy.target or not target)
        ]  # fmt: skip
        strictest = min(limits, key=lambda rule: rule.each)
        each, clause = strictest.each, self.agreement.cite(strictest).label()
        if len(held) >= each:
            noun = "proxy" if each == 1 else "proxies"
            return f"one member may hold at most {each} {noun}, and {holder} holds {len(held)} ({clause})"
        for rule in limits:
            if rule.to is not None and holder not in self.electors(rule.to, event.at.start, proposal):
                return f"{holder} may not hold a proxy"
        return ""

    def _delegate(self, event: n.Deed) -> None:
        assert event.target is not None and event.other is not None
        role = self.agreement.roles.get(event.target.text)
        if role is None:
            self._unknown(event.target, event, "GL403")
            return
        giver = event.actors[0].text if event.actors else ""
        if giver == role.name:
            giver = next(iter(self.holders_of(role.name, event.at.start)), giver)
        reason = self._delegation_refused(giver, role, event)
        if reason:
            self.refuse(event, reason)
            return
        until = event.until.start + timedelta(days=1) if event.until else None
        if not self.known(event.other.text):
            self.persons[event.other.text] = ""
        self.delegations.append(Delegation(giver, event.other.text, role.name, event.at, until))

    def _delegation_refused(self, giver: str, role: Role, event: n.Deed) -> str:
        at = event.at.start
        if giver not in self.holders_of(role.name, at):
            held = any(item.to == giver and item.role == role.name for item in self.delegations)
            return (
                f"what was delegated to {giver} cannot be delegated further"
                if held
                else f"{giver} does not hold {role.name}"
            )
        rule = role.delegable
        if rule is None or not rule.allowed:
            return f"the agreement does not let {role.name} delegate"
        to = event.other.text if event.other is not None else ""
        if rule.to is not None and to not in self.electors(n.Group((rule.to,)), at, None):
            return f"{role.name} may not delegate to {to}"
        if rule.until is not None and (event.until is None or event.until.day > rule.until.day):
            return f"{role.name} may delegate until {rule.until} at the latest"
        return ""

    def _revoke(self, event: n.Deed) -> None:
        assert event.target is not None and event.other is not None
        for item in self.delegations:
            if item.role == event.target.text and item.to == event.other.text and item.until is None:
                item.until = event.at.start
                return
        self.refuse(event, f"nothing is delegated to {event.other.text}")

    def _on_proposal(self, event: n.Deed) -> None:
        name = event.target.text if event.target else ""
        if event.kind == "close" and name in self.meetings:
            self.meetings[name].closed = True
            return
        if event.kind == "withdraw" and event.word == "proxy":
            givers = {actor.text for actor in event.actors}
            self.proxies = [proxy for proxy in self.proxies if proxy.giver not in givers]
            return
        if event.kind == "absent" and name in self.meetings:
            self.meetings[name].absent.update(actor.text for actor in event.actors)
            return
        if name not in self.proposals:
            hint = did_you_mean(name, self.proposals) or "propose it first"
            self.report("GL403", f"nothing called '{name}' was proposed", event, hint)
            return
        if event.kind == "rule" and event.word not in self._readings(self.proposals[name].decision):
            known = self._readings(self.proposals[name].decision)
            hint = did_you_mean(event.word, known) or f"the readings are {', '.join(known) or 'none'}"
            self.report("GL408", f"'{event.word}' is no reading of {self.proposals[name].decision}", event, hint)
            return
        self.proposals[name].events.append(event)

    # ------------------------------------------------------------ questions

    def holders_of(self, role: str, at: datetime, party: str = "") -> list[str]:
        """Who holds a role at an instant (for a party, if given), in order of appointment and without repeats."""
        return list(dict.fromkeys(
            tenure.who for tenure in self.tenures
            if tenure.what == role and tenure.holds(at) and self._takes_part(tenure.who, at)
            and (not party or self._stands_for(tenure, party))
        ))  # fmt: skip

    def _takes_part(self, who: str, at: datetime) -> bool:
        """Whether someone takes part on a day; only parties and persons of the text may have an end."""
        return who not in self.agreement.members or self.active(who, at)

    def _stands_for(self, tenure: Tenure, party: str) -> bool:
        return party in (tenure.party, tenure.who, self.party_of(tenure.who))

    def party_of(self, who: str) -> str:
        """The party or organisation that a person belongs to."""
        member = self.agreement.members.get(who)
        return member.of if member is not None and member.of else self.persons.get(who, "")

    def members_of(self, body: str, at: datetime, seen: frozenset[str] = frozenset()) -> list[str]:
        """The members of a body at an instant: by the text, and those who joined, less those who left."""
        if body in seen:
            return []
        found: list[str] = []
        for group in self.agreement.bodies[body].members:
            found.extend(self.electors(group, at, None, seen | {body}))
        found.extend(
            tenure.who for tenure in self.tenures
            if tenure.what == body and tenure.holds(at) and self._takes_part(tenure.who, at)
        )  # fmt: skip
        gone = {name[1:] for name in found if name.startswith("-")}
        gone -= {
            tenure.who for tenure in self.tenures if tenure.what == body and tenure.holds(at) and tenure.who[0] != "-"
        }
        return [name for name in dict.fromkeys(found) if name not in gone and not name.startswith("-")]

    def hats(self, who: str, at: datetime) -> Iterator[str]:
        """Every name under which someone acts at an instant: their own, roles held or delegated, parties spoken for."""
        yield who
        for tenure in self.tenures:
            if tenure.who == who and tenure.holds(at) and tenure.what in self.agreement.roles:
                yield tenure.what
                role = self.agreement.roles[tenure.what]
                if role.speaks and tenure.party:
                    yield tenure.party

    def speakers_for(self, party: str, at: datetime) -> list[str]:
        """Who speaks for a party: holders of a role that speaks for its party."""
        return [
            tenure.who for tenure in self.tenures
            if tenure.party == party and tenure.holds(at) and tenure.what in self.agreement.roles
            and self.agreement.roles[tenure.what].speaks
        ]  # fmt: skip

    def delegates_of(self, who: str, at: datetime, roles: set[str] | None = None) -> list[str]:
        """Who may act for someone at an instant, in one of the roles given (any role, if None)."""
        return [
            item.to for item in self.delegations
            if item.giver == who and item.since.start <= at and (item.until is None or at < item.until)
            and (roles is None or item.role in roles)
        ]  # fmt: skip

    def active(self, name: str, at: datetime) -> bool:
        """Whether a party or person takes part on a day."""
        member = self.agreement.members[name]
        day = at.date()
        return (member.since is None or member.since <= day) and (member.until is None or day <= member.until)

    def attribute(self, bearer: str, name: str, at: datetime) -> object | None:
        """The value of an attribute on a day: the latest that holds; a person without one has its party's. None if none."""
        if name == "party":
            return self.party_of(bearer) or next((t.party for t in self.tenures if t.who == bearer and t.party), None)
        found = self._dated(self.values.get((bearer, name), ()), at.date())
        if found is None:
            party = self.party_of(bearer) or next(
                (t.party for t in self.tenures if t.who == bearer and t.party and t.holds(at)), ""
            )
            found = self._dated(self.values.get((party, name), ()), at.date()) if party else None
        return found

    def _dated(self, items: Iterable[Dated], day: date) -> object | None:
        best: Dated | None = None
        for item in items:
            starts, ends = item.since or date.min, item.until or date.max
            if starts <= day <= ends and (best is None or starts >= (best.since or date.min)):
                best = item
        return best.value if best is not None else None

    # ------------------------------------------------------------ groups

    def electors(
        self, group: n.Group, at: datetime, proposal: Proposal | None, seen: frozenset[str] = frozenset()
    ) -> list[str]:
        """The parties and persons that a group stands for at an instant, in the order of the text, without repeats."""
        found: list[str] = []
        for item in group.items:
            names = self._base(item.base, at, proposal, seen)
            if item.excluded is not None:
                out = set(self._base(item.excluded, at, proposal, seen))
                out |= {hat for name in out for hat in self.hats(name, at) if self.agreement.kind_of(hat) is Kind.PARTY}
                names = [name for name in names if name not in out]
            if item.attribute:
                names = [name for name in names if self._has_value(name, item, at)]
            found.extend(names)
        return list(dict.fromkeys(found))

    def _has_value(self, name: str, item: n.GroupItem, at: datetime) -> bool:
        """Whether someone's attribute on that day is as a group asks; no value never is."""
        found = self.attribute(name, item.attribute, at)
        wanted = values.plain(item.value) if item.value is not None else True
        if not item.op or found is None:
            return found == wanted
        try:
            sign = order(found, wanted)
        except Mismatch:
            return False
        return {">=": sign >= 0, ">": sign > 0, "<=": sign <= 0, "<": sign < 0}[item.op]

    def _base(self, base: n.GroupBase, at: datetime, proposal: Proposal | None, seen: frozenset[str]) -> list[str]:
        match base.kind:
            case "name":
                assert base.name is not None
                return self.named(base.name.text, at, seen)
            case "party":
                return [party.name for party in self.agreement.parties() if self.active(party.name, at)]
            case "person":
                people = [
                    m.name for m in self.agreement.members.values() if m.kind is Kind.PERSON and self.active(m.name, at)
                ]
                return list(dict.fromkeys([*people, *self.persons]))
            case "proposer":
                return list(proposal.by) if proposal else []
            case "fact":
                return [name for value in self._fact_names(base, proposal) for name in self.named(value, at, seen)]
            case _:
                assert base.name is not None
                return [
                    name for value in self._fact_names(base, proposal) for name in self.belonging(base.name.text, value, at)
                ]  # fmt: skip

    def _fact_names(self, base: n.GroupBase, proposal: Proposal | None) -> list[str]:
        value = proposal.facts.get(base.fact) if proposal else None
        if isinstance(value, str):
            return [value] if value else []
        return list(value) if isinstance(value, tuple) else []

    def named(self, name: str, at: datetime, seen: frozenset[str] = frozenset()) -> list[str]:
        """A party or person itself, the holders of a role, the members of a body."""
        kind = self.agreement.kind_of(name)
        if kind is Kind.ROLE:
            return self.holders_of(name, at)
        if kind is Kind.BODY:
            return self.members_of(name, at, seen)
        if kind in (Kind.PARTY, Kind.PERSON):
            return [name] if self.active(name, at) else []
        return [name] if name in self.persons else []

    def belonging(self, group: str, party: str, at: datetime) -> list[str]:
        """The holders of a role, or members of a body, who stand for a party."""
        if group in self.agreement.roles:
            return self.holders_of(group, at, party)
        return [name for name in self.members_of(group, at) if party in (name, self.party_of(name))
                or any(t.party == party and t.who == name and t.holds(at) for t in self.tenures)]  # fmt: skip


__all__ = ["History", "Meeting", "Proposal", "Proxy", "Tenure"]
