"""A record, taken in: who held what when, what was proposed, what was done about it.

In: an agreement and events in the order of the record. Out: a `History` that answers for any instant, and a diagnostic for
every event that has no effect, with its reason. Events of an unknown name or an impossible kind are reported; all others are
still taken in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from govlang.diagnostics import Diagnostic, did_you_mean
from govlang.frozen import replace
from govlang.later import Later
from govlang.model import values
from govlang.model.nodes import Agreement, Dated, Kind, Role
from govlang.record import ip
from govlang.record.calendar import add_days, days_off, localise
from govlang.record.effects import CARRIED_OUT, Effects
from govlang.record.entries import Delegation, Meeting, Proposal, Proxy, Tenure, Tenures
from govlang.record.index import Index
from govlang.record.ip_events import AssetBook
from govlang.record.lifecycle import Life
from govlang.record.notices import NoticeBook
from govlang.record.surveys import SurveyBook
from govlang.record.texts import texts_of
from govlang.source import Source
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record import dispute_events
else:
    dispute_events = Later("govlang.record.dispute_events")

_TURNS = frozenset(
    ("appoint", "remove", "resign", "join", "leave", "has", "delegate", "revoke", "proxy")
)
_ATTENDANCE = frozenset(("meeting", "present", "absent"))  # concern only what is on the agenda of the meeting
MODES = values.BUILT_IN["mode"].choices


class History(NoticeBook, SurveyBook, AssetBook, Effects):
    """What the record says. Build it once a record; ask it for any instant up to its end."""

    def __init__(self, agreement: Agreement, events: Iterable[n.Deed], source: Source | None = None) -> None:
        self.agreement = agreement
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.tenures = Tenures()
        self.life = Life()
        self.texts = texts_of(agreement)
        self.limit = len(self.texts) - 1
        self.values: dict[tuple[str, str], list[Dated]] = {key: list(items) for key, items in agreement.values.items()}
        self.proposals: dict[str, Proposal] = {}
        self.meetings: dict[str, Meeting] = {}
        self.meetings_of: dict[str, list[Meeting]] = {}
        self.proxies: list[Proxy] = []
        self.refused_notices: dict[int, str] = {}
        self._ready()
        self._surveys_ready()
        self._assets_ready()
        self.delegations: list[Delegation] = []
        self.persons: dict[str, str] = {}
        self.remembered: dict[tuple[object, ...], Any] = {}  # answers about who acted for whom, until the next event
        self.end: n.Moment | None = None
        self.count = 0
        self.places: dict[int, int] = {}
        self._handlers: dict[str, Callable[[n.Deed], None]] = {}
        self.index = Index(self.proposals, self.meetings)
        self.turns: set[datetime] = set()  # when offices or attributes changed
        self._whole = self
        self._views: dict[int, History] = {}
        self._stated()
        self.steady = True
        for event in events:
            self.take(event)

    # ------------------------------------------------------------ what the text itself says

    def _stated(self) -> None:
        always = n.Moment(datetime.min)
        if self.texts:
            self._stated_by_versions(always)
        else:
            for role in self.agreement.roles.values():
                for who, party in role.holders:
                    self.tenures.append(Tenure(who, role.name, party, always, self._first_term(role, None)))

    def _first_term(self, role: Role, since: date | None) -> datetime | None:
        """The end of the term of those whom the text names: counted from the day on which it first names them, which is the
        start of the agreement; None where no day or no term is set."""
        header = self.agreement.header
        first = since or (header.effective.day if header.effective is not None else None)
        if role.term is None or first is None:
            return None
        return datetime.combine(add_days(first, role.term, days_off(header)), datetime.min.time())

    def _stated_by_versions(self, always: n.Moment) -> None:
        """What the texts say of weights and holders, each from the day on which a text says it."""
        from govlang.model import versions

        self.values = versions.stated_values(self.texts)
        self._stated_values = frozenset(id(item) for items in self.values.values() for item in items)
        for who, role, party, since, until in versions.stated_holders(self.texts):
            begins = n.Moment(datetime.combine(since, datetime.min.time())) if since is not None else always
            ends = datetime.combine(until, datetime.min.time()) if until is not None else None
            named = self.text_with("roles", role).roles.get(role)
            over = self._first_term(named, since) if named is not None else None
            ends = min((at for at in (ends, over) if at is not None), default=None)
            self.tenures.append(Tenure(who, role, party, begins, ends))
        self.turns |= {version.start for version in self.texts if version.since is not None}

    # ------------------------------------------------------------ events

    def take(self, event: n.Deed) -> None:
        """Takes one event in, or notes why it has no effect."""
        self.remembered.clear()
        self.steady = False  # what is asked on the way is not kept: an event may change it halfway
        self._take(event)
        self.steady = True

    def _take(self, event: n.Deed) -> None:
        if event.at.zone_minutes is not None:
            event = replace(event, at=localise(event.at, self.agreement.header))
        if self.texts:
            self._views.clear()
            self.agreement = self.in_force(event.at.start)
        if self.end is not None and event.at.end < self.end.start:
            message = f"this event of {event.at} stands after one of {self.end}"
            self.report("GL402", message, event, "put the events in order of time")
        else:
            self.end = event.at
        self.count += 1
        if event.kind == "find" or (event.other is not None and event.kind == "ballot"):
            self.places[id(event)] = self.count  # which finding came first; whose proxy stands when a vote is cast on behalf
        if event.kind in _TURNS:
            self.turns.add(event.at.start)
            self.turns |= {event.until.start + timedelta(days=1)} if event.until is not None else set()
        if self._actors_known(event):
            self._handler(event.kind)(event)
        if event.kind in _ATTENDANCE and event.target is not None and event.target.text in self.meetings:
            self.meetings[event.target.text].turned.add(event.at.start)

    def _handler(self, kind: str) -> Callable[[n.Deed], None]:
        """What takes an event of a kind in; the table is made once a record."""
        if not self._handlers:
            self._handlers = self._table()
        return self._handlers.get(kind, self._on_proposal)

    def _table(self) -> dict[str, Callable[[n.Deed], None]]:
        return {
            "appoint": self._appoint, "remove": self._remove, "resign": self._resign, "join": self._join,
            "leave": self._leave, "has": self._has, "propose": self._propose, "meeting": self._meeting,
            "join-agreement": self._join_agreement, "leave-agreement": self._leave_agreement, "end-agreement": self._end_agreement,
            "object-to-renewal": self._object_to_renewal, "default": self._default, "no-default": self._default,
            "present": self._present, "proxy": self._proxy, "delegate": self._delegate, "revoke": self._revoke,
            "notice": self._notice, "notify": self._notify, "confirm": self._confirm,
            "raise": self._dispute, "take": self._dispute, "settle": self._dispute, "decide": self._dispute,
            "inform": self._inform, "share": self._share, "ask": self._ask, "answer": self._answer, "measure": self._measure,
            "rate": self._rate,
            **dict.fromkeys(ip.EVENTS, self._about_asset),
        }  # fmt: skip

    # ------------------------------------------------------------ proposals, meetings, proxies, delegation

    def _dispute(self, event: n.Deed) -> None:
        dispute_events.take_in(self, event)

    def _propose(self, event: n.Deed) -> None:
        assert event.target is not None and event.other is not None
        name, decision = event.target.text, event.other.text
        if name in self.proposals and self._joins(event, self.proposals[name]):
            return
        if name in self.proposals:
            self.report("GL404", f"'{name}' was proposed before", event, "give the second proposal another name")
            return
        facts = self._facts(event, decision)
        if decision not in self.text_with("decisions", decision).decisions and not self.covering(decision):
            hint = did_you_mean(decision, self.agreement.decisions) or "no clause is about it, so the answer is silent"
            self.report("GL407", f"the agreement has no decision called '{decision}'", event, hint)
        by = tuple(self.sole(actor.text, event.at.start) for actor in event.actors)
        self.proposals[name] = Proposal(name, decision, by, event.at, facts, event, sequence=len(self.proposals))

    def _joins(self, event: n.Deed, earlier: Proposal) -> bool:
        """Whether someone joins a proposal: the same decision under the same name, by others, with no other facts."""
        mine = {actor.text for actor in event.actors}
        same = earlier.decision == (event.other.text if event.other else "") and not mine & set(earlier.by)
        if same and (not event.facts or self._facts(event, earlier.decision) == earlier.facts):
            joining = tuple(self.sole(actor.text, event.at.start) for actor in event.actors)
            earlier.by = (*earlier.by, *joining)
            earlier.joined.update(dict.fromkeys(joining, event.at))
            earlier.events.append(event)
            return True
        return False

    def covering(self, act: str) -> list[str]:
        """The decisions that cover an act."""
        return [name for name, decision in self.agreement.decisions.items() if act in decision.acts]

    def _facts(self, event: n.Deed, decision: str) -> dict[str, object]:
        decisions = self.text_with("decisions", decision).decisions
        names = [decision] if decision in decisions else self.covering(decision)
        declared: dict[str, n.Given] = {}
        if not names and decision in self.agreement.rights:
            names, decisions = [decision], self.agreement.rights
        for name in names:
            declared.update(decisions[name].facts)
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
        if decision in ip.ACTS_ASKED:  # a request, judged by whichever right carries it
            blocks += [right.block for right in self.agreement.rights.values()]
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
            if isinstance(name, n.Name) and wanted is not None and self.kind_in_any(name.text) is not wanted:
                self.report("GL408", f"'{name.text}' is not a {wanted.value}", event, f"name a {wanted.value}")
                return False
        return True

    def _meeting(self, event: n.Deed) -> None:
        assert event.target is not None and event.other is not None
        text = self.text_with("bodies", event.other.text)
        if event.other.text not in text.bodies and text.kind_of(event.other.text) is not Kind.REVIEW:
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
            "present" in listed, set(listed["covers"]) if "covers" in listed else None,
        )  # fmt: skip
        self.meetings_of.setdefault(event.other.text, []).append(self.meetings[event.target.text])

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
                self.proxies.append(Proxy(actor.text, event.other.text, target, event, self.count))

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
        role = self.text_with("roles", event.target.text).roles.get(event.target.text)
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
        at = event.at.start
        givers = {hat for actor in event.actors for hat in (actor.text, *self.named(actor.text, at))}
        for item in self.delegations:
            stands = item.until is None or item.until > at
            if item.role == event.target.text and item.to == event.other.text and stands and item.giver in givers:
                item.until = at
                return
        self.refuse(event, f"nothing is delegated to {event.other.text}")

    def _on_proposal(self, event: n.Deed) -> None:
        name = event.target.text if event.target else ""
        if self.about_norm(event):
            return
        if event.kind == "act" and event.target is None:
            self._free_act(event)
            return
        if event.kind == "find" and (event.target is None or name in self.agreement.ip.licences):
            self._free_finding(event) if event.target is None else self._licence_finding(event, name)
            return
        if event.kind == "close" and name in self.meetings:
            self.meetings[name].closed = True
            return
        if event.kind == "withdraw" and event.word == "proxy":
            givers = {actor.text for actor in event.actors}
            for proxy in self.proxies:
                if proxy.giver in givers and proxy.target in ("", name) and proxy.ended is None:
                    proxy.ended, proxy.ended_at = self.count, event.at.start
            return
        if event.kind == "act" and name in self.meetings:
            self._act_in_meeting(event, self.meetings[name])
            self._act(event, None)
            return
        if event.kind == "absent" and name in self.meetings:
            self.meetings[name].absent.update(actor.text for actor in event.actors)
            self.meetings[name].present.difference_update(actor.text for actor in event.actors)
            return
        if name not in self.proposals:
            hint = did_you_mean(name, self.proposals) or "propose it first"
            if event.kind == "notice":
                hint = f'{hint}; notice of something else has a name of its own: gives notice "..." as {name}'
            self.report("GL403", f"nothing called '{name}' was proposed", event, hint)
            return
        if event.kind == "open" and event.word and event.word not in MODES:
            hint = did_you_mean(event.word, MODES) or "write `in meeting`, `in written` or `in circulation`"
            self.report("GL408", f"'{event.word}' is no way of voting", event, hint)
            return
        if event.kind == "rule" and event.word not in self._readings(self.proposals[name].decision):
            known = self._readings(self.proposals[name].decision)
            hint = did_you_mean(event.word, known) or f"the readings are {', '.join(known) or 'none'}"
            self.report("GL408", f"'{event.word}' is no reading of {self.proposals[name].decision}", event, hint)
            return
        self.proposals[name].events.append(event)
        if event.kind == "act":
            self._act(event, self.proposals[name])
            if event.word == CARRIED_OUT:
                self._carried_out(event, self.proposals[name])
        elif event.kind == "find":
            self.findings.setdefault(event.word, []).append((event, self.proposals[name]))


__all__ = ["History", "Meeting", "Proposal", "Proxy", "Tenure"]
