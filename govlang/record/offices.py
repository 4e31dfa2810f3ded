"""Appointments, seats and attributes: the events that change who is who.

In: events of a record. Out: tenures and values, or the reason why an event has no effect.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from govlang.diagnostics import Diagnostic, did_you_mean
from govlang.frozen import replace
from govlang.model import values
from govlang.model.nodes import Dated, Kind, Role
from govlang.record.calendar import add_days, days_off
from govlang.record.entries import Tenure
from govlang.record.membership import Membership
from govlang.source import Source, Span
from govlang.syntax import nodes as n


class Offices(Membership):
    """Takes in what concerns roles, bodies and attributes."""

    source: Source | None
    diagnostics: list[Diagnostic]

    def report(self, code: str, message: str, event: n.Deed, hint: str = "") -> None:
        self.diagnostics.append(Diagnostic(code, message, self.source, event.span, hint))

    def refuse(self, event: n.Deed, reason: str) -> None:
        """Notes that the event has no effect, and why."""
        self.report("GL405", f"this has no effect: {reason}", event, "see the clause named, or correct the record")

    def _actors_known(self, event: n.Deed) -> bool:
        for name in event.actors:
            if self.known(name.text) or event.kind == "join-agreement":
                continue
            if event.kind in ("join", "has", "act", "objection", "ballot", "propose", "advise", "decide"):
                self.persons.setdefault(
                    name.text, ""
                )  # people outside the agreement may act; whether it counts is judged
                if event.kind not in ("join", "decide"):
                    self._unknown(name, event, "GL403")
                continue
            self._unknown(name, event, "GL403")
            return False
        return True

    def _unknown(self, name: n.Name, event: n.Deed, code: str) -> None:
        agreement = self.agreement
        known = [*agreement.members, *agreement.roles, *agreement.bodies, *self.persons]
        hint = did_you_mean(name.text, [item for item in known if item != name.text])
        place = replace(event, span=self._place_of(name, event))
        self.report(code, f"the agreement knows no '{name.text}'", place,
                    hint or "appoint this person to a role, or correct the name")  # fmt: skip

    def _place_of(self, name: n.Name, event: n.Deed) -> Span:
        """Where a name stands: its own place, or in JSON where it is found in the event's line; else the event's place."""
        text = self.source.text[event.span.start : event.span.end] if self.source is not None else ""
        if name.span.end or text[:1] != "{":
            return name.span if name.span.end else event.span
        from govlang.record.strict_json import Place  # not for minutes

        return Place(text, event.span.start).words(name.text)

    def known(self, name: str) -> bool:
        """Whether a name is a term of the agreement or a person whom the record has introduced."""
        return self.kind_in_any(name) is not None or name in self.persons

    # ------------------------------------------------------------ roles and bodies

    def _appoint(self, event: n.Deed) -> None:
        assert event.target is not None and event.other is not None
        role = self.text_with("roles", event.target.text).roles.get(event.target.text)
        if role is None:
            if event.target.text in self.text_with("bodies", event.target.text).bodies:
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
            last = add_days(event.at.day, role.term, days_off(self.agreement.header))
            return datetime.combine(last, datetime.min.time())
        return None

    def _party_of_appointment(self, event: n.Deed, role: Role) -> str:
        for key, names in event.names:
            if key == "for":
                return names[0].text
        for actor in event.actors:
            if self.kind_in_any(actor.text) is Kind.PARTY:
                return actor.text
        return ""

    def _may_appoint(self, event: n.Deed, role: Role, party: str) -> str:
        if role.seats == "one each" and not party:
            return f"{role.name} is appointed for a party: say which (`as {role.name} for ...`)"
        if role.appointed_by is None:
            return ""
        name = role.appointed_by.base.name.text if role.appointed_by.base.name else ""
        if not role.appointed_by.quantifier and name in self.text_with("bodies", name).bodies:
            return "" if any(actor.text == name for actor in event.actors) else _not_the_body(event, role, name)
        allowed = self.electors(n.Group((role.appointed_by,)), event.at.start, None)
        bodies = {name} if name else set()
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
        holders = self.tenures.now("what", role.name, at)
        who = event.other.text if event.other else ""
        if any(tenure.who == who and tenure.party == party for tenure in holders):
            return f"{who} already holds {role.name}"
        if role.seats == "one each":
            taken = [tenure for tenure in holders if tenure.party == party]
            return f"{taken[0].who} already holds {role.name} for {party}" if taken else ""
        limit = {"one": 1, "up to": role.limit}.get(role.seats)
        if limit is not None and len(holders) >= limit:
            *others, last = (tenure.who for tenure in holders)
            names = f"{', '.join(others)} and {last}" if others else last
            return f"{role.name} may be held by {limit}, and {names} {'hold' if len(holders) > 1 else 'holds'} it"
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
        for tenure in self.tenures.held_by(who):
            if tenure.what == what and tenure.holds(event.at.start):
                self.tenures.finish(tenure, event.at.start)
                return True
        return False

    def _remove(self, event: n.Deed) -> None:
        assert event.target is not None and event.other is not None
        who, role = event.other.text, self.text_with("roles", event.target.text).roles.get(event.target.text)
        for tenure in self.tenures.held_by(who):
            if role is not None and tenure.what == role.name and tenure.holds(event.at.start):
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
        roles = self.text_with("roles", event.target.text).roles
        if event.target.text in self.text_with("bodies", event.target.text).bodies:
            for actor in event.actors:
                self._seat(event, actor.text, event.target.text)
        elif event.target.text in roles:
            for actor in event.actors:
                role = roles[event.target.text]
                reason = self._seat_free(replace(event, other=actor), role, "") or self._over_cap(
                    actor.text, role.name, event.at
                )
                if reason:
                    self.refuse(event, reason)
                else:
                    self.tenures.append(Tenure(actor.text, role.name, "", event.at, self._end_of_term(event, role)))
        else:
            self._unknown(event.target, event, "GL403")

    def _no_seat(self, event: n.Deed, who: str, body_name: str) -> str:
        """Why somebody cannot be seated in a body, or nothing."""
        body = self.body_at(body_name, event.at.start)
        members = self.members_of(body_name, event.at.start)
        reason = f"{who} is already a member of {body_name}" if who in members else ""
        if body.seats and len(members) >= body.seats:
            reason = reason or f"all {body.seats} seats of {body_name} are taken"
        return reason or self._over_cap(who, body_name, event.at)

    def _seat(self, event: n.Deed, who: str, body_name: str) -> None:
        if not self.known(who):
            self.persons[who] = ""
        reason = self._no_seat(event, who, body_name)
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
        if body not in self.text_with("bodies", body).bodies or who not in self.members_of(body, event.at.start):
            return False
        if not self._end_tenure(who, body, event):
            self.tenures.append(Tenure(f"-{who}", body, "", event.at))  # leaves a body it sat in by the text
        return True

    def _has(self, event: n.Deed) -> None:
        assert event.value is not None
        for actor in event.actors:
            kind = "party" if self.kind_in_any(actor.text) is Kind.PARTY else "person"
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


def _not_the_body(event: n.Deed, role: Role, body: str) -> str:
    """Why a member does not appoint where the body does: one member is not the body."""
    done, does = ("removed", "removes") if event.kind == "remove" else ("appointed", "appoints")
    return (
        f"{role.name} is {done} by {body}, and none of its members acts for it alone: "
        f"record that it did (`{body} {does} ...`), or carry out a decision with `effect {does}`"
    )
