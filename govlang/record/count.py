"""Counting ballots: who is an elector, which ballots count, which do not and why. Counting is meaning, so it stands once.

In: a history, a proposal, an electorate, an instant. Out: a `Count`. A ballot counts when its voter is an elector, may vote
(not recused, in the room when the vote is taken in a meeting), cast it while voting was open, and it is the first one
(the last, where votes may change). After closing, absence and silence count as the decision says; by default as nothing.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from govlang.core.keys import Electorate
from govlang.frozen import dataclass, field, replace
from govlang.model.nodes import Kind
from govlang.record.history import History, Meeting, Proposal, Proxy
from govlang.syntax import nodes as n

_EFFECT = {"for": "for", "against": "against", "nothing": ""}


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot that counts for `elector`: cast by `by` (the elector, a proxy, a delegate or a speaker)."""

    elector: str
    choice: str
    by: str
    deed: n.Deed


@dataclass(frozen=True, slots=True)
class Ignored:
    """A ballot that does not count, and why. `outsider`: for whom it was cast, when that is no elector here."""

    by: str
    reason: str
    deed: n.Deed
    outsider: str = ""


@dataclass(slots=True)
class Count:
    """The ballots of one electorate at one instant. Every list is in the order of the electorate."""

    electors: list[str] = field(default_factory=list)
    base: list[str] = field(default_factory=list)
    ballots: dict[str, Ballot] = field(default_factory=dict)
    final: dict[str, str] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    may_be_present: list[str] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    recused: dict[str, str] = field(default_factory=dict)

    def with_choice(self, choice: str) -> list[str]:
        """Electors whose vote finally counts as the choice."""
        return [name for name in self.electors if self.final.get(name) == choice]

    def leaning(self, choice: str) -> list[str]:
        """Electors whose vote counts as the choice, or is so now and may still change."""
        waiting = {name for name in self.open if name in self.ballots and self.ballots[name].choice == choice}
        return [name for name in self.electors if self.final.get(name) == choice or name in waiting]

    def silent(self) -> list[str]:
        """Electors from whom there is no ballot; who abstains because of a conflict owes none."""
        return [name for name in self.electors if name not in self.ballots and name not in self.recused]


@dataclass(frozen=True, slots=True)
class Times:
    """When voting opens and closes (None: not known, or never), in which meeting it takes place, and the instant whose
    members and weights count."""

    opens: datetime | None
    closes: datetime | None
    meeting: Meeting | None
    restarted: datetime | None
    closed: bool
    final: bool
    counted_at: datetime


class Counter:
    """Counts for one proposal at one instant."""

    def __init__(self, history: History, proposal: Proposal, now: datetime) -> None:
        self.history = history
        self.proposal = proposal
        self.now = now
        # Asked for with every ballot, so that each is worked out once a count.
        self._events: dict[tuple[str, ...], list[n.Deed]] = {}
        self._places: dict[int, int] = {}
        self._belonging: dict[tuple[datetime, bool], frozenset[str]] = {}
        self._given: list[Proxy] | None = None

    def events(self, *kinds: str) -> list[n.Deed]:
        """What is on record about the proposal up to now, of the given kinds."""
        found = self._events.get(kinds)
        if found is None:
            found = self._events[kinds] = [
                event for event in self.proposal.events if event.kind in kinds and event.at.start <= self.now
            ]
        return found

    def count(self, who: Electorate, times: Times) -> Count:
        """The count of an electorate."""
        reference = times.counted_at
        count = Count()
        everyone = self.history.electors(who.item, reference, self.proposal)
        if who.without_proposer:
            mine = {hat for name in self.proposal.by for hat in (name, *self.history.hats(name, reference))}
            everyone = [name for name in everyone if name not in mine]
        self._recuse(who, everyone, reference, count)
        count.electors = [name for name in everyone if name not in count.recused]
        kept = {name for rule in who.scope.recused if rule.in_base for name in self._named(rule.group, reference)}
        abstains = who.scope.conflicts is not None and who.scope.conflicts.effect == "abstains"
        count.base = [
            name for name in everyone
            if name not in count.recused or name in kept or (abstains and count.recused[name] == "conflict")
        ]  # fmt: skip
        self._attendance(count, times, reference)
        self._ballots(who, count, times)
        self._cap(who, count, reference)
        self._conclude(who, count, times)
        if abstains:
            self._abstain_conflicted(count, _effect(who.scope.abstention, "abstain"))
        return count

    def counted_for(self, who: Electorate, count: Count, times: Times, name: str) -> list[str]:
        """For whom a ballot by somebody would count, were it the only one and cast at the instant whose members count."""
        event = n.Deed("ballot", n.Moment(times.counted_at, whole_day=False), (n.Name(name),), choice="for")
        places = {name: place for place, name in enumerate([*count.electors, *count.recused])}
        return [
            elector for elector, by in self._acts_for(who, event, name, places)
            if not self._refused(who, event, elector, by, count, times, elector in places, False)
        ]  # fmt: skip

    def stood_for(self, names: list[str], somebody: str, at: datetime) -> list[str]:
        """Which of some electors are at a meeting, when all that is recorded of it is that somebody is."""
        return [name for name in names if self._listed(name, {somebody}, at)]

    def _named(self, group: n.Group, at: datetime) -> list[str]:
        return self.history.electors(group, at, self.proposal)

    # ------------------------------------------------------------ who may vote

    def _recuse(self, who: Electorate, everyone: list[str], at: datetime, count: Count) -> None:
        for rule in who.scope.recused:
            out = set(self._named(rule.group, at))
            for name in everyone:
                if name in out or out & set(self.history.hats(name, at)) & set(self._party_names()):
                    count.recused.setdefault(name, "recused")
        if who.scope.conflicts is not None:
            for event in self.events("conflict"):
                names = [event.other.text] if event.other else [actor.text for actor in event.actors]
                for name in everyone:
                    if name in names or any(name in self.history.hats(other, at) for other in names):
                        count.recused.setdefault(name, "conflict")

    def _party_names(self) -> list[str]:
        return [party.name for party in self.history.agreement.parties()]

    def _attendance(self, count: Count, times: Times, at: datetime) -> None:
        meeting = times.meeting
        if meeting is None:
            return
        represented = {
            proxy.giver for proxy in self._proxies()
            if self._is_present(proxy.holder, meeting, at) and proxy.deed.at.start <= meeting.at.end
            and (proxy.ended_at is None or proxy.ended_at > meeting.at.end)
        }  # fmt: skip
        for name in dict.fromkeys([*count.electors, *count.base]):  # who is recused and still counted makes up the quorum
            if self._is_present(name, meeting, at) or name in represented:
                count.present.append(name)
            if name in count.present or not (self._is_absent(name, meeting, at) or self._over(meeting)):
                count.may_be_present.append(name)

    def _over(self, meeting: Meeting) -> bool:
        return meeting.closed or self.now > meeting.at.end.replace(hour=23, minute=59, second=59)

    def _is_present(self, name: str, meeting: Meeting, at: datetime) -> bool:
        return self._listed(name, meeting.present, at)

    def _is_absent(self, name: str, meeting: Meeting, at: datetime) -> bool:
        return self._listed(name, meeting.absent, at)

    def _listed(self, name: str, listed: set[str], at: datetime) -> bool:
        if name in listed:
            return True
        if self.history.agreement.kind_of(name) is Kind.PARTY:
            return any(person in listed for person in self.history.speakers_for(name, at))
        return bool(listed & set(self.history.hats(name, at)))

    def _proxies(self) -> list[Proxy]:
        if self._given is None:
            meeting = {item.id for item in self.history.index.meetings(self.proposal.id)}
            self._given = [
                proxy for proxy in self.history.proxies
                if proxy.deed.at.start <= self.now and (not proxy.target or proxy.target == self.proposal.id
                                                        or proxy.target in meeting)
            ]  # fmt: skip
        return self._given

    # ------------------------------------------------------------ which ballots count

    def _ballots(self, who: Electorate, count: Count, times: Times) -> None:
        carried = self._carried(who)
        elsewhere = {id(event) for event in carried}
        self._belonging = {}  # of these electors alone
        places = {name: place for place, name in enumerate([*count.electors, *count.recused])}
        for event in [*carried, *self.events("ballot", "withdraw")]:
            if event.kind == "withdraw":
                if event.word == "ballot":
                    self._withdraw(event, count, times)
                continue
            places_named = [names[0].text for key, names in event.names if key == "in"]
            if who.body and places_named and who.body not in places_named:
                continue  # cast in another body
            for actor in event.actors:
                for elector, by in self._acts_for(who, event, actor.text, places):
                    reason = self._refused(who, event, elector, by, count, times, elector in places, id(event) in elsewhere)
                    if reason:
                        count.ignored.append(Ignored(by, reason, event, "" if elector in places else elector))
                    else:
                        count.ballots[elector] = Ballot(elector, event.choice, by, event)

    def _carried(self, who: Electorate) -> list[n.Deed]:
        """Ballots cast on another proposal that count here too, where the decision says so."""
        rule = who.scope.carry_over
        name = self.proposal.facts.get(rule.fact) if rule is not None else None
        other = self.history.proposals.get(name) if isinstance(name, str) else None
        if other is None or other is self.proposal:
            return []
        return [event for event in other.events if event.kind in ("ballot", "withdraw") and event.at.start <= self.now]

    def _withdraw(self, event: n.Deed, count: Count, times: Times) -> None:
        for actor in event.actors:
            at = event.at.start
            hats = {actor.text, *self.history.hats(self.person(actor.text, at), at)}
            for name in [name for name in sorted(hats) if name in count.ballots]:
                reason = "a vote is final once cast and cannot be withdrawn" if times.final else ""
                reason = reason or self._out_of_time(event, times)
                if reason:
                    count.ignored.append(Ignored(actor.text, reason, event))
                else:
                    del count.ballots[name]

    def _acts_for(
        self, who: Electorate, event: n.Deed, actor: str, electors: dict[str, int]
    ) -> list[tuple[str, str]]:  # fmt: skip
        """The electors for whom someone casts a ballot: themselves, a party they speak for, someone they stand in for."""
        at = event.at.start
        person = self.person(actor, at)
        if event.other is not None:
            return [(self.person(event.other.text, at), person)]
        own = [name for name in {actor, person, *self.history.parties_of(person, at)} if name in electors]
        if own:
            own.sort(key=lambda name: electors[name])
            return [(name, person) for name in own]
        if not self.history.delegations:
            return [(person, person)]
        delegated = [name for name in electors if person in self._delegates(who, name, at)]
        return [(name, person) for name in delegated] or [(person, person)]

    def _delegates(self, who: Electorate, name: str, at: datetime) -> list[str]:
        """Who may act for an elector: delegates of the roles through which the elector belongs to the electorate."""
        if not self.history.delegations:
            return []
        return self.history.delegates_of(name, at, self.history.roles_in(who.item))

    def over_limit(self, giver: str, to: str, at: datetime) -> str:
        """Why a delegate may not act for someone on this proposal: it is about more money than the role lets them delegate."""
        history = self.history
        amounts = [(name, value) for name, value in self.proposal.facts.items() if isinstance(value, n.Money)]
        for role in history.agreement.roles.values():
            limit = role.delegable.up_to if role.delegable is not None else None
            if limit is None or to not in history.delegates_of(giver, at, {role.name}):
                continue
            for name, value in amounts:
                if value.currency != limit.currency or value.amount > limit.amount:
                    return f"{role.name} may delegate up to {limit}, and the {name} is {value}"
        return ""

    def person(self, actor: str, at: datetime) -> str:
        """The one who acts: the sole holder of a role named as actor, or the name itself."""
        return self.history.sole(actor, at)

    def _refused(
        self, who: Electorate, event: n.Deed, elector: str, by: str, count: Count, times: Times, known: bool, carried: bool
    ) -> str:  # fmt: skip
        if elector in count.recused:
            if count.recused[elector] == "conflict":
                return f"{elector} has a conflict of interest"
            return f"{elector} is recused"
        if not known:
            return self._not_elector(who, elector, event)
        reason = "" if carried else self._out_of_time(event, times)
        if not reason and not carried and who.scope.as_of is None and not self._belonged(who, elector, event):
            reason = f"{elector} did not belong to those who vote when it was cast"
        if reason:
            return reason
        if event.other is not None and elector != by:
            hats = set(self.history.hats(by, event.at.start))
            if who.scope.proxies and all(rule.each == 0 for rule in who.scope.proxies):
                return "the agreement allows no proxies here"
            place = self.history.places.get(id(event), self.history.count + 1)
            given = any(
                proxy.giver == elector and proxy.holder in hats and proxy.stands(place) for proxy in self._proxies()
            )
            delegated = by in self._delegates(who, elector, event.at.start)
            if delegated and who.scope.not_delegable:
                return "this decision cannot be delegated"
            if not given and not delegated and by not in self.history.speakers_for(elector, event.at.start):
                return f"{by} holds no proxy of {elector}"
        elif elector != by and by in self.history.delegates_of(elector, event.at.start) and who.scope.not_delegable:
            return "this decision cannot be delegated"
        elif elector != by and (limit := self.over_limit(elector, by, event.at.start)):
            return limit
        away = times.meeting is not None and (
            times.meeting.attendance or self._is_absent(elector, times.meeting, event.at.start)
        )
        if times.meeting is not None and away and elector not in count.present and not carried:
            return f"{elector} was not present at {times.meeting.id}"
        if elector in count.ballots and times.final:
            return f"{elector} has already voted, and a vote is final once cast"
        return ""

    def _belonged(self, who: Electorate, elector: str, event: n.Deed) -> bool:
        """Whether someone was an elector when a ballot was cast."""
        return elector in self._members(who, event.at.end)

    def _members(self, who: Electorate, at: datetime, excepted: bool = False) -> frozenset[str]:
        """Who belonged to the electorate at an instant; with those who are excepted from it, if asked for."""
        if (at, excepted) not in self._belonging:
            group = n.Group(tuple(replace(item, excluded=None) for item in who.item.items)) if excepted else who.item
            key = "belonged", at, group, self.proposal.id
            known = self.history.remembered
            if key not in known:
                known[key] = self.history.electors(group, at, self.proposal)
            self._belonging[at, excepted] = frozenset(known[key])
        return self._belonging[at, excepted]

    def _not_elector(self, who: Electorate, elector: str, event: n.Deed) -> str:
        group = who.body or next((item.base.name.text for item in who.item.items if item.base.name is not None), "")
        name = group or "those who vote"
        if elector in self._members(who, event.at.start):
            return f"{elector} no longer belongs to {name}"
        excepting = any(item.excluded is not None for item in who.item.items)
        if excepting and elector in self._members(who, event.at.start, excepted=True):
            return f"{elector} is excepted here"
        if name in self.history.agreement.roles:
            return f"{elector} does not hold {name}"
        return f"{elector} does not belong to {name}" if name != elector else f"{elector} does not vote"

    def _out_of_time(self, event: n.Deed, times: Times) -> str:
        restarts = [place for place in self.events("restart") if place.at.start == times.restarted]
        before = bool(restarts) and self._stands_above(event, restarts[-1])
        if times.restarted is not None and (before or event.at.end < times.restarted):
            return f"it was cast before voting started again on {times.restarted:%Y-%m-%d}"
        if times.opens is not None and event.at.end < times.opens:
            return f"it was cast before voting opened on {times.opens:%Y-%m-%d}"
        if times.closes is not None and event.at.start >= times.closes and not self.same_day_close(event, times):
            return f"it was cast after voting closed ({closing_words(times.closes)})"
        return ""

    def same_day_close(self, event: n.Deed, times: Times) -> bool:
        """A ballot dated by day counts on the day voting was closed by a line that stands below it."""
        closings = self.events("close")
        if not closings or not event.at.whole_day or times.closes is None or closings[-1].at.start != times.closes:
            return False
        return event.at.day == times.closes.date() and self._stands_above(event, closings[-1])

    def _stands_above(self, event: n.Deed, other: n.Deed) -> bool:
        """Whether an event about this proposal stands before another one in the record."""
        if not self._places:
            self._places = {id(each): place for place, each in enumerate(self.proposal.events)}
        return id(event) in self._places and self._places[id(event)] < self._places[id(other)]

    def _cap(self, who: Electorate, count: Count, at: datetime) -> None:
        if not who.cap:
            return
        seen: dict[object, int] = {}
        for name, ballot in list(count.ballots.items()):
            value = self.history.attribute(name, who.cap_attribute, at)
            if value is None:
                continue
            seen[value] = seen.get(value, 0) + 1
            if seen[value] > who.cap:
                del count.ballots[name]
                count.electors.remove(name)
                reason = f"only {who.cap} with the same {who.cap_attribute} may be counted"
                count.ignored.append(Ignored(ballot.by, reason, ballot.deed))

    # ------------------------------------------------------------ what they come to

    def _conclude(self, who: Electorate, count: Count, times: Times) -> None:
        scope = who.scope
        abstention = _effect(scope.abstention, "abstain")
        absence, silence = _effect(scope.absence, ""), _effect(scope.silence, "")
        away = {actor.text for event in self.events("absent") for actor in event.actors}
        for name in count.electors:
            ballot = count.ballots.get(name)
            is_away = name in away or (times.meeting is not None and name not in count.may_be_present)
            if ballot is not None:
                choice = abstention if ballot.choice == "abstain" else ballot.choice
                if times.final or times.closed:
                    count.final[name] = choice
                else:
                    count.open.append(name)
            elif times.closed or is_away:
                count.final[name] = absence if is_away else silence
            else:
                count.open.append(name)

    def _abstain_conflicted(self, count: Count, abstention: str) -> None:
        for name, why in list(count.recused.items()):
            if why == "conflict" and name in count.base:
                count.final[name] = abstention
                count.electors.append(name)


def _effect(setting: n.Counts | None, default: str) -> str:
    return _EFFECT[setting.effect] if setting is not None else default


def closing_words(closes: datetime) -> str:
    """A closing instant in words: the end of a day, or the instant itself."""
    if (closes.hour, closes.minute) == (0, 0):
        from datetime import timedelta

        return f"at the end of {closes - timedelta(days=1):%Y-%m-%d}"
    return f"{closes:%Y-%m-%d %H:%M}"


def weigh(history: History, names: list[str], weight: str, at: datetime) -> Fraction:
    """The heads of a list of electors, or the sum of their weights on a day; an elector without a weight adds nothing."""
    if not weight:
        return Fraction(len(names))
    total = Fraction(0)
    for name in names:
        value = history.attribute(name, weight, at)
        if isinstance(value, Fraction):
            total += value
        elif isinstance(value, n.Money):
            total += Fraction(value.amount)
    return total
