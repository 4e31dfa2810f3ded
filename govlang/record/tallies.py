"""Tallies: heads, weights, presence, distinct approvers.

In: counts of ballots (`record.count`). Out: the figures that thresholds ask for. See `record.facts`.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from govlang.core import keys as k, numbers
from govlang.core.expr import Value
from govlang.model.nodes import Scope
from govlang.record.count import Count, Times, weigh
from govlang.record.history import Meeting
from govlang.record.timing import Timing
from govlang.syntax import nodes as n


class Tallies(Timing):
    """The tallies of a proposal."""

    def count(self, who: k.Electorate) -> Count:
        """The count of an electorate; approvals outside a body are not bound to a meeting."""
        found = self._counts.get(who)
        if found is None:
            found = self._counts[who] = self.counter.count(who, self.times_of(who))
        return found

    def times_of(self, who: k.Electorate) -> Times:
        """When an electorate votes: in the latest meeting of its own body, or outside any meeting."""
        times = self.times(who.scope)
        if times.meeting is None or self._votes_in(times.meeting, who):
            return times
        own = [meeting for meeting in self.meetings() if self._votes_in(meeting, who)]
        return self._voting_times(who.scope, own[-1]) if own else self._outside_meeting(who.scope, times)

    def taken_up(self, elector: str) -> bool:
        """Whether an elector's ballot counts, or was refused, in any of the votes that were counted for this proposal."""
        return any(elector in (*count.electors, *count.recused) for count in self._counts.values())

    def _votes_in(self, meeting: Meeting, who: k.Electorate) -> bool:
        """Whether an electorate casts its votes in a meeting: it is the body that met, or a group of its members."""
        if who.body or not who.votes:
            return who.body == meeting.body
        electors = self.history.electors(who.item, meeting.at.start, self.proposal)
        return bool(electors) and set(electors) <= set(self.history.members_of(meeting.body, meeting.at.start))

    def _outside_meeting(self, scope: Scope, times: Times) -> Times:
        start = self.notice_start(scope)
        opening = start.start if start is not None else None
        closes, explicit = self.closing(scope, n.Moment(opening) if opening is not None else None, None)
        closed = explicit or (closes is not None and self.now >= closes)
        return Times(opening, closes, None, times.restarted, closed, times.final, self.counted_at(scope, closes))

    def tally(self, who: k.Electorate, measure: str, weight: str) -> Value:
        """A tally, by heads or by weight."""
        count = self.count(who)
        if measure == "fixed seats":
            body = self.history.agreement.bodies.get(who.body)
            return Fraction(body.seats) if body is not None and body.seats else Fraction(len(count.base))
        if weight and count.base and not self._weights_known(count, weight, self.reference_day(who.scope)):
            return None
        return weigh(self.history, self.named(who, count, measure), weight, self.reference_day(who.scope))

    def _weights_known(self, count: Count, weight: str, day: datetime) -> bool:
        """Whether anybody has a weight on a day: a table that does not reach that day says nothing, not nought."""
        return any(self.history.attribute(name, weight, day) is not None for name in count.base)

    def weighed(self, value: numbers.Number, weight: str) -> str:
        """A sum of weights for people: a percentage where the attribute is one."""
        kinds = {item.type.kind for items in self.history.agreement.attributes.values() for item in items
                 if item.name == weight}  # fmt: skip
        if kinds == {"percent"}:
            return numbers.percent(value)
        return numbers.show(value)

    def named(self, who: k.Electorate, count: Count, measure: str) -> list[str]:
        """The electors behind a tally."""
        match measure:
            case "for" | "against":
                return count.with_choice(measure)
            case "abstaining":
                return count.with_choice("abstain")
            case "open":
                return count.open
            case "silent":
                return count.silent()
            case "for so far" | "against so far":
                return count.leaning(measure.split()[0])
            case "not yet voted":
                return [name for name in count.open if name not in count.ballots]
            case "present":
                return count.present
            case "may be present":
                return self.may_be_present(who, count)
            case "taking part":
                return list(count.ballots)
            case "may take part":
                return list(dict.fromkeys([*count.ballots, *count.open]))
            case _:
                return count.base

    def reference_day(self, scope: Scope) -> datetime:
        """The instant whose members and weights count."""
        return self.times(scope).counted_at

    def may_be_present(self, who: k.Electorate, count: Count) -> list[str]:
        """Those present and those who may still come; outside a meeting, everyone who votes or still may."""
        if self.times_of(who).meeting is not None:
            return count.may_be_present
        return list(dict.fromkeys([*count.ballots, *count.open]))

    def attendance(self, who: k.Electorate, kind: str, still_open: bool) -> list[str]:
        """Members who count to a quorum: present at the meeting, or taking part in the vote outside one."""
        count = self.count(who)
        in_meeting = self.times_of(who).meeting is not None and bool(who.body)
        if kind == "taking part" or not in_meeting:
            taking = [name for name in count.ballots if name in count.electors]
            return [name for name in count.open if name not in taking] if still_open else taking
        if not still_open:
            return count.present
        if self.events("close"):
            return []
        return [name for name in count.electors if name not in count.present]

    def voted(self, who: k.Electorate, choice: str, may: bool) -> Value:
        """Whether someone of a group cast a choice, or (`may`) did or still may."""
        count = self.count(who)
        return bool(count.with_choice(choice)) or (may and bool(count.open))

    def distinct(self, who: k.Electorate, attribute: str, may: bool) -> Value:
        """How many different values of an attribute those for have; who lacks the attribute counts as one of their own."""
        count = self.count(who)
        names = count.with_choice("for") + (count.open if may else [])
        return Fraction(len({self._value_of(name, attribute) for name in names}))

    def _value_of(self, name: str, attribute: str) -> object:
        if attribute == "persons":
            return name
        value = self.history.attribute(name, attribute, self.now)
        return ("own", name) if value is None else value

    def matching(self, electorates: tuple[k.Electorate, ...], by: str, may: bool) -> Value:
        """The most approvals that different persons can fill: a maximum bipartite matching (augmenting paths, Kuhn 1955)."""
        options: list[list[object]] = []
        for who in electorates:
            count = self.count(who)
            voters = [count.ballots[name].by for name in count.with_choice("for") if name in count.ballots]
            if may:
                voters += [person for name in count.open for person in self._may_vote_for(name)]
            options.append(list(dict.fromkeys(self._value_of(person, by) for person in voters)))
        filled: dict[object, int] = {}

        def place(slot: int, seen: set[object]) -> bool:
            for option in options[slot]:
                if option not in seen:
                    seen.add(option)
                    if option not in filled or place(filled[option], seen):
                        filled[option] = slot
                        return True
            return False

        return Fraction(sum(place(slot, set()) for slot in range(len(options))))

    def _may_vote_for(self, name: str) -> list[str]:
        speakers = self.history.speakers_for(name, self.now)
        return speakers or [name]

    def sharing(self, group: n.Group, attribute: str) -> tuple[object, list[str]]:
        """The value of an attribute that most of a group share, and who does; those without a value share nothing."""
        found: dict[object, list[str]] = {}
        for name in self.history.electors(group, self.now, self.proposal):
            value = self.history.attribute(name, attribute, self.now)
            if value is not None:
                found.setdefault(value, []).append(name)
        return max(found.items(), key=lambda item: len(item[1]), default=(None, []))

    def reconvened(self) -> int:
        """How many meetings, one after another, the present one reconvenes."""
        meeting, steps = self.meeting(), 0
        while meeting is not None and meeting.reconvening in self.history.meetings and steps < 100:
            meeting, steps = self.history.meetings[meeting.reconvening], steps + 1
        return steps
