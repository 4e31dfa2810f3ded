"""What happens to the agreement itself: decisions carried out take effect, parties join and leave, the agreement ends.

In: events of a record. Out: tenures, parties, values and ends as they then are, or the reason why an effect could not come
about (GL409). Whether an act was permitted is not asked here: what was done was done, and is judged apart.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from govlang.frozen import replace
from govlang.model.nodes import Agreement, Dated, Kind, Member
from govlang.record.entries import Meeting, Proposal, Tenure
from govlang.record.lifecycle import NOWHERE, Ended, Extended, Life, Standing
from govlang.record.offices import Offices
from govlang.source import Citation
from govlang.syntax import nodes as n

CARRIED_OUT = "carried-out"


class Effects(Offices):
    """Takes in what concerns the agreement as a whole."""

    life: Life
    proposals: dict[str, Proposal]
    turns: set[datetime]

    # ------------------------------------------------------------ events without a decision

    def _join_agreement(self, event: n.Deed) -> None:
        for actor in event.actors:
            reason = self._admit(actor.text, event.at, f"joined on {event.at}", NOWHERE)
            if reason:
                self.refuse(event, reason)

    def _leave_agreement(self, event: n.Deed) -> None:
        for actor in event.actors:
            reason = self._depart(actor.text, event.at, f"left on {event.at}", NOWHERE)
            if reason:
                self.refuse(event, reason)

    def _end_agreement(self, event: n.Deed) -> None:
        who = ", ".join(actor.text for actor in event.actors)
        self.life.endings.append(Ended(event.at, f"ended by {who}", recorded=event.at.start))
        self.turns.add(event.at.start)

    def _object_to_renewal(self, event: n.Deed) -> None:
        if self.agreement.header.renewal is None:
            self.refuse(event, "the agreement does not renew itself")
            return
        self.life.objections.append(event)

    def _default(self, event: n.Deed) -> None:
        for actor in event.actors:
            reason = self._set_default(actor.text, event.at, event.kind == "default", f"recorded on {event.at}", NOWHERE)
            if reason:
                self.refuse(event, reason)

    # ------------------------------------------------------------ acts in meetings

    def _act_in_meeting(self, event: n.Deed, meeting: Meeting) -> None:
        """An act about a meeting (its minutes were sent, accepted, objected to) is one about every matter on its agenda."""
        meeting.acts.append(event)
        for name in sorted(meeting.agenda):
            if name in self.proposals:
                self.proposals[name].events.append(event)

    # ------------------------------------------------------------ decisions carried out

    def _carried_out(self, event: n.Deed, proposal: Proposal) -> None:
        """The effects of a proposal, when it is carried out for the first time."""
        if any(each.kind == "act" and each.word == CARRIED_OUT and each is not event for each in proposal.events):
            return
        decisions = self.agreement.decisions
        names = [proposal.decision] if proposal.decision in decisions else [
            name for name, decision in decisions.items() if proposal.decision in decision.acts
        ]  # fmt: skip
        for name in names:
            for statement in decisions[name].block.statements:
                if isinstance(statement, n.Effect):
                    reason = self._effect(statement, proposal, event)
                    if reason:
                        wording = self.agreement.wording(statement)
                        self.report("GL409", f"{proposal.id} was carried out, but not its `{wording}`: {reason}", event,
                                    "correct the record, or the facts of the proposal")  # fmt: skip

    def _effect(self, effect: n.Effect, proposal: Proposal, event: n.Deed) -> str:
        """One effect; the reason why it could not come about, or nothing."""
        at = event.at
        if effect.on:
            day = proposal.facts.get(effect.on)
            if not isinstance(day, datetime):
                return f"the {effect.on} is not given"
            named = n.Moment(day, whole_day=day.time() == datetime.min.time())
            at = named if named.end >= at.start else at  # it changes nothing before it is done
        citation = self.agreement.cite(effect, self.agreement.wording(effect))
        by = f"by {proposal.id} ({proposal.decision})"
        self.turns |= {event.at.start, at.start}
        match effect.kind:
            case "ends":
                self.life.endings.append(Ended(at, f"ended {by}", proposal.id, event.at.start, citation))
                self.turns.add(at.end + timedelta(seconds=1))
                return ""
            case "extends":
                return self._extend(effect, proposal, at, citation)
        who = self._whom(effect.who, proposal)
        if not who:
            return f"the {effect.who.fact if effect.who else 'name'} is not given"
        match effect.kind:
            case "admits":
                return self._admit(who, at, f"admitted {by}", citation)
            case "excludes":
                last = bool(effect.on) and at.whole_day  # a party belongs to it on its last day, as an agreement runs on its own
                over = n.Moment(at.start + timedelta(days=1)) if last else at
                return self._depart(who, over, f"excluded {by}", citation, last)
            case "default" | "no default":
                return self._set_default(who, at, effect.kind == "default", by, citation)
            case "sets":
                return self._set(effect, who, proposal, at)
            case "appoints":
                return self._install(effect, who, proposal, at)
            case _:
                return self._dismiss(effect, who, at)

    def _whom(self, named: n.Named | None, proposal: Proposal) -> str:
        """Whom an effect is about; a role stands for its only holder."""
        if named is None:
            return ""
        if named.fact == "proposer":
            return proposal.by[0] if proposal.by else ""
        name = named.name.text if named.name is not None else proposal.facts.get(named.fact)
        return self.sole(name, proposal.at.start) if isinstance(name, str) else ""

    def _extend(self, effect: n.Effect, proposal: Proposal, at: n.Moment, citation: Citation) -> str:
        until = proposal.facts.get(effect.word) if effect.word else None
        if effect.word and not isinstance(until, datetime):
            return f"the {effect.word} is not given"
        day = until.date() if isinstance(until, datetime) else None
        self.life.extensions.append(Extended(at.start, day, effect.duration, citation))
        return ""

    def _admit(self, name: str, at: n.Moment, reason: str, citation: Citation) -> str:
        kind = self.agreement.kind_of(name)
        if kind is Kind.PARTY and self.active(name, at.start):
            return f"{name} is a party already"
        if kind not in (Kind.PARTY, None):
            return f"'{name}' is a {kind.value}"
        if kind is None:
            member = Member(Kind.PARTY, name, since=at.day)
            self.texts = tuple(replace(each, agreement=_with(each.agreement, member)) for each in self.texts)
            self.agreement = _with(self.agreement, member)
        self._stand(self.life.parties, name, at, True, reason, citation)
        return ""

    def _depart(self, name: str, at: n.Moment, reason: str, citation: Citation, last: bool = False) -> str:
        if self.agreement.kind_of(name) is not Kind.PARTY or not self.active(name, at.start):
            return f"{name} is not a party"
        self._stand(self.life.parties, name, at, False, reason, citation, last)
        for tenure in list(self.tenures):  # who stood for it stands for nobody now
            mine = name in (tenure.party, tenure.who) or (not tenure.party and self.party_of(tenure.who) == name)
            if mine and (tenure.until is None or tenure.until > at.start):
                self.tenures.finish(tenure, max(at.start, tenure.since.start))
        return ""

    def _set_default(self, name: str, at: n.Moment, holds: bool, reason: str, citation: Citation) -> str:
        if self.agreement.kind_of(name) is not Kind.PARTY:
            return f"{name} is not a party"
        self._stand(self.life.defaults, name, at, holds, reason, citation)
        self.values.setdefault((name, "in-default"), []).append(Dated(holds, at.day))
        return ""

    def _stand(
        self, table: dict[str, list[Standing]], name: str, at: n.Moment, holds: bool, reason: str, citation: Citation,
        last: bool = False,
    ) -> None:  # fmt: skip
        items = table.setdefault(name, [])
        items.append(Standing(at.start, holds, reason, citation, last))
        items.sort(key=lambda item: item.since)
        self.turns.add(at.start)

    def _set(self, effect: n.Effect, who: str, proposal: Proposal, at: n.Moment) -> str:
        literal = effect.value
        if literal is None:
            value = proposal.facts.get(effect.fact)
            if value is None:
                return f"the {effect.fact} is not given"
            self.values.setdefault((who, effect.word), []).append(Dated(value, at.day))
            return ""
        event = n.Deed("has", at, (n.Name(who),), word=effect.word, value=literal, span=proposal.deed.span)
        self._has(event)
        return ""

    def _install(self, effect: n.Effect, who: str, proposal: Proposal, at: n.Moment) -> str:
        assert effect.role is not None
        party = self._whom(effect.party, proposal) or (who if self.agreement.kind_of(who) is Kind.PARTY else "")
        event = n.Deed("appoint", at, (), effect.role, n.Name(who), span=proposal.deed.span)
        role = self.agreement.roles.get(effect.role.text)
        if not self.known(who):
            self.persons[who] = party
        if role is None:
            reason = self._no_seat(event, who, effect.role.text)
            if not reason:
                self.tenures.append(Tenure(who, effect.role.text, "", at))
            return reason
        if role.seats == "one each" and not party:
            party = self.party_of(who)
        reason = self._seat_free(event, role, party) or self._over_cap(who, role.name, at)
        if not reason:
            self.tenures.append(Tenure(who, role.name, party, at, self._end_of_term(event, role)))
        return reason

    def _dismiss(self, effect: n.Effect, who: str, at: n.Moment) -> str:
        assert effect.role is not None
        event = n.Deed("remove", at, (), effect.role, n.Name(who))
        if self._end_tenure(who, effect.role.text, event) or self._leaves(event, who):
            return ""
        return f"{who} does not hold {effect.role.text}"


def _with(agreement: Agreement, member: Member) -> Agreement:
    """A text that knows one more party."""
    members, kinds = {**agreement.members, member.name: member}, {**agreement.kinds, member.name: member.kind}
    return replace(agreement, members=members, kinds=kinds)
