"""The row: every fact and tally that expressions speak of, counted from the record. One method a kind of key.

In: a history, a proposal and an instant. Out: values by key, each computed once; None where the record does not say. This is
the other half of meaning: `core.lower` says what is asked of the facts, this module says what the facts are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction

from govlang.core import keys as k, numbers
from govlang.core.expr import Value, Worked
from govlang.core.rules import Leaf
from govlang.core.verdict import Verdict
from govlang.frozen import replace
from govlang.model.nodes import Kind, Scope
from govlang.record import calendar, evidence
from govlang.record.count import Count, Counter, Times, closing_words, weigh
from govlang.record.history import History, Meeting, Proposal
from govlang.syntax import nodes as n

_INDEPENDENT = Scope()


class Row:
    """The facts of one proposal at one instant. `judge` and `taken` answer for other proposals (the
    verdict, and since when it was decided), `decided` for this one."""

    def __init__(
        self,
        history: History,
        proposal: Proposal,
        now: datetime,
        judge: Callable[[Proposal, datetime], Verdict | None],
        decided: Callable[[], datetime | None] = lambda: None,
        taken: Callable[[Proposal, datetime], datetime | None] = lambda *_: None,
    ) -> None:
        self.history = history
        self.proposal = proposal
        self.now = now
        self.judge = judge
        self.decided = decided
        self.taken = taken
        self.counter = Counter(history, proposal, now)
        self.instants: set[datetime] = set()
        self.worked: Worked[Value] = {}
        self._values: dict[k.Key, Value] = {}
        self._counts: dict[k.Electorate, Count] = {}
        self._times: dict[Scope, Times] = {}

    def value(self, key: k.Key) -> Value:
        """The value of a fact or tally; None when it is not known."""
        if key not in self._values:
            self._values[key] = self._compute(key)
        return self._values[key]

    def _compute(self, key: k.Key) -> Value:
        match key:
            case k.Given(name):
                return self.given(name)
            case k.Tally(who, measure, weight):
                return self.tally(who, measure, weight)
            case k.Attendance(who, kind, still_open):
                return Fraction(len(self.attendance(who, kind, still_open)))
            case k.Voted(who, choice, may):
                return self.voted(who, choice, may)
            case k.Distinct(who, attribute, may):
                return self.distinct(who, attribute, may)
            case k.Matching(electorates, by, may):
                return self.matching(electorates, by, may)
            case k.InMeeting(scope):
                return self.times(scope).meeting is not None
            case k.Reconvened():
                return Fraction(self.reconvened())
            case k.Closed(scope):
                return self.times(scope).closed
            case k.ClosedAt(scope):
                times = self.times(scope)
                return times.closes if times.closed else None
            case k.Now():
                return self.now
            case k.Instant(anchor, scope):
                moment = self.instant(anchor, scope)
                return moment.start if moment is not None else None
            case k.Deadline(since, duration, through):
                return self.deadline(since, duration, through)
            case k.Blocks(rule, scope, state):
                return Fraction(len(self.blocking(rule, scope, state)))
            case k.Acts(rule, scope, attribute):
                return self.acts(rule, scope, attribute)
            case k.ProposerIn(group, scope):
                return self.proposer_in(group, scope)
            case k.Proposers(group):
                return self.proposers(group)
            case k.FactIn(fact, group):
                return self.fact_in(fact, group)
            case k.Advised(group, scope):
                return self.advised(group)
            case k.NoticeGiven(scope):
                return self.notice_waived(scope)
            case k.Adopted(decision, same, by):
                return self.adopted(decision, same, by)
            case k.UnderWay(decision, same):
                return self.under_way(decision, same)
            case k.Ratified(decision):
                return self.ratified(decision)
            case k.Reference(fact):
                return self.reference(fact)
            case k.Headcount(group):
                return Fraction(len(self.history.electors(group, self.now, self.proposal)))
            case k.Sharing(group, attribute):
                return Fraction(len(self.sharing(group, attribute)[1]))
            case k.Total(total):
                return self.total(total)
            case k.InTerm():
                return self.in_term()
            case k.Withdrawn():
                return self.withdrawn()
            case k.Ruled(reading, among):
                return self.ruled(reading, among)

    def events(self, *kinds: str) -> list[n.Deed]:
        """What is on record about the proposal up to now."""
        return self.counter.events(*kinds)

    # ------------------------------------------------------------ facts given and found

    def given(self, name: str) -> Value:
        """A fact of the proposal; one that somebody determines comes only from a finding by that person."""
        if name == "proposed-on":
            return datetime.combine(self.proposal.at.day, datetime.min.time())
        if name == "mode":
            return self.mode()
        if name == "proposer":
            return self.proposal.by[0] if self.proposal.by else None
        declared = self.declared(name)
        if declared is not None and declared.determined_by is not None:
            return self.finding(name, declared)
        value = self.proposal.facts.get(name)
        if value is None and declared is not None and declared.optional:
            return {"yesno": False, "text": "", "party": "", "person": "", "choice": ""}.get(declared.type.kind)
        return value

    def declared(self, name: str) -> n.Given | None:
        decisions = self.history.agreement.decisions
        names = [self.proposal.decision] if self.proposal.decision in decisions else self.history.covering(
            self.proposal.decision
        )  # fmt: skip
        return next((decisions[each].facts[name] for each in names if name in decisions[each].facts), None)

    def finding(self, name: str, declared: n.Given, of: str = "") -> Value:
        """The latest finding on a fact by someone who may determine it."""
        assert declared.determined_by is not None
        group = n.Group((declared.determined_by,))
        found: Value = None
        for event in self.events("find"):
            if event.word != name or (of and event.other is not None and event.other.text not in of.split("\n")):
                continue
            if not self.any_in(event, group):
                continue
            if event.value is not None:
                from govlang.model.values import mismatch, plain

                if mismatch(event.value, declared.type, self.history.agreement.header) is None:
                    found = plain(event.value)
            else:
                found = not event.negated
        return found

    def any_in(self, event: n.Deed, group: n.Group) -> bool:
        """Whether one of those who acted belongs to a group at the time, in any of their capacities."""
        return bool(self.members_acting(event, group))

    def members_acting(self, event: n.Deed, group: n.Group) -> list[str]:
        """Those who acted and belong to a group: by name, as speaker for a party, as holder or delegate of a role."""
        at = event.at.start
        allowed = self.history.electors(group, at, self.proposal)
        acting = []
        for actor in event.actors:
            person = self.counter.person(actor.text, at)
            hats = set(self.history.hats(person, at)) | {actor.text}
            if hats & set(allowed) or any(self._stands_in(person, name, at, group) for name in allowed):
                acting.append(person)
        return acting

    def electors_acting(self, event: n.Deed, group: n.Group) -> list[str]:
        """The electors of a group for whom someone acted: a party through its speaker, a holder through a delegate."""
        at = event.at.start
        persons = [self.counter.person(actor.text, at) for actor in event.actors]
        hats = {hat for person in persons for hat in self.history.hats(person, at)}
        hats |= {actor.text for actor in event.actors}
        return [
            name
            for name in self.history.electors(group, at, self.proposal)
            if name in hats or any(self._stands_in(person, name, at, group) for person in persons)
        ]

    def _stands_in(self, person: str, name: str, at: datetime, group: n.Group) -> bool:
        delegates = self.history.delegates_of(name, at, self._roles(group))
        return person in delegates and not self.counter.over_limit(name, person, at)

    def _roles(self, group: n.Group) -> set[str] | None:
        names = {item.base.name.text for item in group.items if item.base.name is not None}
        return names & set(self.history.agreement.roles) or None

    def mode(self) -> Value:
        """How the vote is taken: in a meeting that has it on its agenda, or as the proposal or its opening says."""
        if self.meeting() is not None:
            return "meeting"
        for event in reversed(self.events("open")):
            if event.word:
                return event.word
        return self.proposal.facts.get("mode")

    # ------------------------------------------------------------ times

    def meeting(self) -> Meeting | None:
        """The latest meeting up to now that has the proposal on its agenda."""
        found = [
            meeting for meeting in self.history.meetings.values()
            if self.proposal.id in meeting.agenda and meeting.at.start <= self.now
        ]  # fmt: skip
        return found[-1] if found else None

    def times(self, scope: Scope) -> Times:
        """When voting opens and closes under the rules of a scope."""
        if scope not in self._times:
            self._times[scope] = self._voting_times(scope)
        return self._times[scope]

    def _voting_times(self, scope: Scope) -> Times:
        meeting = self.meeting()
        restarted = self.restart(scope)
        opening = self.opening(scope, meeting, restarted)
        closes, explicit = self.closing(scope, opening, meeting)
        closed = explicit or (closes is not None and self.now >= closes)
        opens = opening.start if opening is not None else None
        since = restarted.start if restarted is not None else None
        return Times(opens, closes, meeting, since, closed, scope.votes_may_change is None)

    def restart(self, scope: Scope) -> n.Moment | None:
        """When voting last started again, by someone who may restart it."""
        found = None
        for event in self.events("restart"):
            if scope.restart is not None and self.any_in(event, scope.restart.group):
                found = event.at
        return found

    def notice_start(self, scope: Scope) -> n.Moment:
        """When notice was given: as recorded, or with the proposal; again after a restart."""
        restarted = self.restart(scope)
        given = [event.at for event in self.events("notice")]
        if restarted is not None:
            given = [moment for moment in given if moment >= restarted] or [restarted]
        return given[0] if given else self.proposal.at

    def opening(self, scope: Scope, meeting: Meeting | None, restarted: n.Moment | None) -> n.Moment | None:
        """When voting opens: as recorded, with the meeting, when notice has run, or with the proposal."""
        opened = [event.at for event in self.events("open")]
        if restarted is not None:
            opened = [moment for moment in opened if moment >= restarted]
        if opened:
            return opened[0]
        if meeting is not None:
            return meeting.at
        start = self.notice_start(scope)
        if scope.notice is not None:
            end = calendar.deadline(start, scope.notice.duration, False, self.history.agreement.header.not_working)
            self.instants.add(end)
            return n.Moment(end, whole_day=scope.notice.duration.unit != "hours")
        return start

    def closing(self, scope: Scope, opening: n.Moment | None, meeting: Meeting | None) -> tuple[datetime | None, bool]:
        """When voting closes, and whether somebody closed it."""
        closed, extended = self._closed_or_extended(scope, opening)
        if closed is not None:
            return closed, True
        if extended is not None:
            return extended, False
        if scope.open_for is not None and opening is not None:
            end = calendar.deadline(opening, scope.open_for.duration, True, self.history.agreement.header.not_working)
            self.instants.add(end)
            return end, False
        last = self.given(scope.open_until.fact) if scope.open_until is not None else None
        if isinstance(last, datetime):
            end = last + timedelta(days=1) if last.time() == datetime.min.time() else last
            self.instants.add(end)
            return end, False
        if meeting is not None:
            if meeting.closed:
                return self.after_meeting(meeting), True
            return self.after_meeting(meeting), False
        return None, False

    def after_meeting(self, meeting: Meeting) -> datetime:
        """The end of a meeting's day."""
        end = datetime.combine(meeting.at.day + timedelta(days=1), datetime.min.time())
        self.instants.add(end)
        return end

    def _closed_or_extended(self, scope: Scope, opening: n.Moment | None) -> tuple[datetime | None, datetime | None]:
        """When somebody closed voting, unless it was extended afterwards; and the end of the last valid extension."""
        closed: datetime | None = None
        extended: datetime | None = None
        for event in self.events("close", "extend"):
            if event.kind == "close":
                if closed is None and (opening is None or event.at.end >= opening.start):
                    closed = event.at.start
            elif self._may_extend(event, scope, extended is not None):
                closed, extended = None, self._end_of(event)
        return closed, extended

    def _may_extend(self, event: n.Deed, scope: Scope, again: bool) -> bool:
        """Whether an extension counts: by someone who may extend, once or within what is allowed."""
        rule = scope.extension
        if rule is None or event.until is None or (again and rule.once):
            return False
        return self.any_in(event, rule.group) and self._within_extension(event, scope)

    def _end_of(self, event: n.Deed) -> datetime:
        assert event.until is not None
        if not event.until.whole_day:
            return event.until.start
        return datetime.combine(event.until.day + timedelta(days=1), datetime.min.time())

    def _within_extension(self, event: n.Deed, scope: Scope) -> bool:
        assert scope.extension is not None and event.until is not None
        if scope.extension.up_to is None:
            return True
        days = self.history.agreement.header.not_working
        start = event.at
        if scope.open_for is not None:
            opening = self.opening(scope, self.meeting(), self.restart(scope))
            if opening is not None:
                end = calendar.deadline(opening, scope.open_for.duration, True, days) - timedelta(days=1)
                start = n.Moment(end)
        return event.until.start <= calendar.deadline(start, scope.extension.up_to, True, days)

    def instant(self, anchor: n.Anchor, scope: Scope) -> n.Moment | None:
        """When something happened; None until it has."""
        match anchor.kind:
            case "proposal":
                return self.restart(scope) or self.proposal.at
            case "notice":
                return self.notice_start(scope)
            case "opening":
                return self.opening(scope, self.meeting(), self.restart(scope))
            case "closing":
                closes = self.times(scope).closes
                return n.Moment(closes, whole_day=False) if closes is not None else None
            case "meeting":
                meeting = self.meeting()
                return meeting.at if meeting is not None else None
            case "decision":
                decided = self.decided()
                return n.Moment(decided, whole_day=False) if decided is not None else None
            case "decision of":
                taken = [self.taken(other, self.now) for other in self.others(anchor.act, ())]
                instants = [instant for instant in taken if instant is not None]
                return n.Moment(max(instants), whole_day=False) if instants else None
            case _:
                return self.act_or_reference(anchor.act)

    def act_or_reference(self, name: str) -> n.Moment | None:
        """When an act was last recorded; for a fact that names a proposal, when that was decided."""
        declared = self.declared(name)
        if declared is not None and declared.type.kind == "decision":
            other = self.history.proposals.get(str(self.proposal.facts.get(name)))
            decided = self.taken(other, self.now) if other is not None else None
            return n.Moment(decided, whole_day=False) if decided is not None else None
        found = [event.at for event in self.events("act") if event.word == name]
        return found[-1] if found else None

    def deadline(self, since: k.Instant, duration: n.Duration, through: bool) -> Value:
        """The instant at which a period is over; None until what it is counted from has happened."""
        start = self.instant(since.anchor, since.scope)
        if start is None:
            return None
        if since.anchor.kind == "closing" and duration.unit != "hours" and start.start == datetime.combine(start.day, datetime.min.time()):
            explicit = any(event.at.start == start.start for event in self.events("close"))
            if not explicit:
                start = n.Moment(start.start - timedelta(days=1))  # closed at the end of the day before
        end = calendar.deadline(start, duration, through, self.history.agreement.header.not_working)
        self.instants.add(end)
        return end

    # ------------------------------------------------------------ ballots

    def count(self, who: k.Electorate) -> Count:
        """The count of an electorate; approvals outside a body are not bound to a meeting."""
        if who not in self._counts:
            times = self.times(who.scope)
            if times.meeting is not None and not self._votes_in(times.meeting, who):
                times = self._outside_meeting(who.scope, times)
            self._counts[who] = self.counter.count(who, times)
        return self._counts[who]

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
        opening = self.notice_start(scope).start
        closes, explicit = self.closing(scope, n.Moment(opening), None)
        closed = explicit or (closes is not None and self.now >= closes)
        return Times(opening, closes, None, times.restarted, closed, times.final)

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
        if kinds == {"percent"} and isinstance(value, Fraction):
            return f"{numbers.show(value * 100)}%"
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
        """The day whose members and weights apply: that of closing, or now."""
        closes = self.times(scope).closes
        if closes is None or closes > self.now:
            return self.now
        return closes - timedelta(seconds=1) if not self.events("close") else closes

    def may_be_present(self, who: k.Electorate, count: Count) -> list[str]:
        """Those present and those who may still come; outside a meeting, everyone who votes or still may."""
        if self.times(who.scope).meeting is not None and who.body:
            return count.may_be_present
        return list(dict.fromkeys([*count.ballots, *count.open]))

    def attendance(self, who: k.Electorate, kind: str, still_open: bool) -> list[str]:
        """Members who count to a quorum: present at the meeting, or taking part in the vote outside one."""
        count = self.count(who)
        in_meeting = self.times(who.scope).meeting is not None and bool(who.body)
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

    # ------------------------------------------------------------ vetoes, objections, acts, advice, notice

    def blocks(self, rule: n.NoBlock, scope: Scope) -> list[tuple[n.Deed, str]]:
        """Vetoes or objections on record, each standing, undetermined, void, withdrawn, late or by one who may not."""
        found: list[tuple[n.Deed, str]] = []
        for event in self.events(rule.kind, *(("ballot",) if rule.ballots else ())):
            if event.kind == "ballot" and event.choice != "against":
                continue
            for actor in event.actors:
                single = replace(event, actors=(actor,))
                found.append((single, self._block_state(rule, scope, single, event)))
        return found

    def blocking(self, rule: n.NoBlock, scope: Scope, state: str) -> list[str]:
        """The different electors whose veto or objection is in a state; each counts once."""
        found = [
            name
            for event, reached in self.blocks(rule, scope)
            if reached == state
            for name in self.electors_acting(event, rule.group) or [actor.text for actor in event.actors]
        ]
        return list(dict.fromkeys(found))

    def _block_state(self, rule: n.NoBlock, scope: Scope, event: n.Deed, recorded: n.Deed) -> str:
        if not self.any_in(event, rule.group):
            return f"not by one who may raise a {rule.kind}"
        if any(self.any_in(event, group) for group in rule.not_by):
            return f"excluded from raising a {rule.kind} here"
        actors = {actor.text for actor in event.actors}
        order = self.proposal.events
        later = order[next(i for i, other in enumerate(order) if other is recorded) :]
        for other in later:
            same = other.kind == "withdraw" and other.word in (event.kind, rule.kind) and other.at.start <= self.now
            if other.kind == "ballot" and event.kind == "ballot" and other is not recorded and scope.votes_may_change:
                same = other.at.start <= self.now  # a vote that may change was changed
            if same and actors & {actor.text for actor in other.actors}:
                return "withdrawn"
        if rule.with_reason and not event.reason:
            return "void: it gives no reason"
        late = self._late(rule, scope, event)
        if late:
            return late
        if rule.ground:
            declared = self.declared(rule.ground)
            shown = self.proposal.facts.get(rule.ground)
            if declared is not None and declared.determined_by is not None:
                shown = self.finding(rule.ground, declared, "\n".join(sorted(actors)))
            return (
                "standing"
                if shown is True
                else "undetermined"
                if shown is None
                else f"void: {rule.ground} is not shown"
            )
        return "standing"

    def _late(self, rule: n.NoBlock, scope: Scope, event: n.Deed) -> str:
        meeting = self.meeting()
        if rule.in_meeting:
            in_time = meeting is not None and meeting.at.day == event.at.day
            if in_time or rule.window is None:
                return "" if in_time else "late: it was not raised during the meeting"
        if rule.window is not None:
            anchor = rule.window.anchor or n.Anchor("proposal")
            end = self.deadline(k.Instant(anchor, scope), rule.window.duration, rule.window.kind == "within")
            if isinstance(end, datetime) and event.at.start >= end:
                return "late: the time for it was over"
        return ""

    def _just_before(self, window: n.Window | None, scope: Scope, event: n.Deed) -> bool:
        """Whether something stands above the line that closed voting on the same day: `before closing` lets it in."""
        closing = window is not None and window.kind == "before" and window.anchor and window.anchor.kind == "closing"
        return bool(closing) and self.counter.same_day_close(event, self.times(scope))

    def acts(self, rule: n.Act, scope: Scope, attribute: str) -> Value:
        """How often an act is on record within its window, or by how many different values of an attribute."""
        total, different = 0, set()
        for event, acting, reason in self.act_events(rule, scope):
            if not reason:
                total += event.times * max(len(acting), 1)
                different |= {self._value_of(name, attribute) for name in acting}
        return Fraction(len(different) if attribute else total)

    def act_events(self, rule: n.Act, scope: Scope) -> list[tuple[n.Deed, list[str], str]]:
        """Every record of an act: those of the group who did it, and why it does not count (empty if it does)."""
        end: Value = None
        if rule.window is not None:
            anchor = rule.window.anchor or n.Anchor("proposal")
            end = self.deadline(k.Instant(anchor, scope), rule.window.duration, rule.window.kind == "within")
        found: list[tuple[n.Deed, list[str], str]] = []
        for event in self.events("act"):
            if event.word != rule.name:
                continue
            acting = self.members_acting(event, rule.by) if rule.by else [actor.text for actor in event.actors]
            reason = "not by one who may" if rule.by and not acting else ""
            late = isinstance(end, datetime) and event.at.start >= end
            if isinstance(end, datetime) and late and not self._just_before(rule.window, scope, event):
                reason = f"late: the time for it ended {closing_words(end)}"
            found.append((event, acting, reason))
        return found

    def advised(self, group: n.Group) -> Value:
        """Whether everyone to be consulted has advised: each item of the group, every one of them where it says so."""
        for item in group.items:
            whole = n.Group((item,))
            wanted = self.history.electors(whole, self.now, self.proposal)
            given = {name for event in self.events("advise") for name in self.electors_acting(event, whole)}
            enough = set(wanted) <= given if item.quantifier == "every" else bool(given)
            if not wanted or not enough:
                return False
        return True

    def notice_waived(self, scope: Scope) -> Value:
        """Whether everyone entitled to notice of the meeting waived it, before or after."""
        meeting = self.meeting()
        if meeting is None:
            return False
        entitled = self.history.members_of(meeting.body, meeting.at.start)
        waived = {actor.text for event in self.events("waive") for actor in event.actors}
        return bool(entitled) and all(
            name in waived or bool(waived & set(self.history.hats(name, self.now))) for name in entitled
        )

    # ------------------------------------------------------------ who

    def proposer_in(self, group: n.Group, scope: Scope) -> Value:
        """Whether someone who proposed belongs to a group; unknown while nobody is said to propose."""
        if not self.proposal.by:
            return None
        event = self.proposal.deed
        acting = n.Deed("propose", self.proposal.at, tuple(n.Name(name) for name in self.proposal.by), span=event.span)
        return bool(self.electors_acting(acting, group))

    def proposers(self, group: n.Group) -> Value:
        """How many electors of a group stand behind the proposal."""
        acting = n.Deed("propose", self.proposal.at, tuple(n.Name(name) for name in self.proposal.by))
        return Fraction(len(self.electors_acting(acting, group)))

    def fact_in(self, fact: str, group: n.GroupItem) -> Value:
        """Whether the party or person that a fact names belongs to a group."""
        value = self.given(fact)
        if not isinstance(value, str) or not value:
            return None if value is None else False
        names = set(self.history.hats(value, self.now)) | {value}
        return bool(names & set(self.history.electors(n.Group((group,)), self.now, self.proposal)))

    # ------------------------------------------------------------ other decisions

    def others(self, decision: str, same: tuple[str, ...]) -> list[Proposal]:
        """Other proposals of a decision about the same values of some facts; of this same decision, those made earlier."""
        before = self.proposal.sequence if decision == self.proposal.decision else len(self.history.proposals)
        return [
            other for other in self.history.proposals.values()
            if other.decision == decision and other.at.start <= self.now
            and other is not self.proposal and other.sequence < before
            and all(other.facts.get(fact) == self.proposal.facts.get(fact) for fact in same)
        ]  # fmt: skip

    def adopted(self, decision: str, same: tuple[str, ...], by: k.Deadline | None = None) -> Value:
        """Whether such a decision was taken, up to now or up to the end of a period."""
        return any(verdict is Verdict.PERMITTED for _, verdict in self.outcomes(decision, same, by))

    def outcomes(
        self, decision: str, same: tuple[str, ...], by: k.Deadline | None = None
    ) -> list[tuple[Proposal, Verdict | None]]:
        """Other proposals of a decision with their verdicts, now or at the end of a period."""
        end = self.value(by) if by is not None else None
        at = min(self.now, end - timedelta(seconds=1)) if isinstance(end, datetime) else self.now
        return [(other, self.judge(other, at)) for other in self.others(decision, same) if other.at.start <= at]

    def under_way(self, decision: str, same: tuple[str, ...]) -> Value:
        """Whether such a proposal is open."""
        return any(verdict is Verdict.PENDING for _, verdict in self.outcomes(decision, same))

    def ratified(self, decision: str) -> Value:
        """Whether a ratifying decision was taken: one that names this proposal, or names none and came later."""
        for other in self.others(decision, ()):
            named = [value for value in other.facts.values() if value == self.proposal.id]
            names_any = any(given.type.kind == "decision" for given in self._given_of(other))
            if (named or (not names_any and other.sequence > self.proposal.sequence)) and self.judge(
                other, self.now
            ) is Verdict.PERMITTED:  # fmt: skip
                return True
        return False

    def _given_of(self, proposal: Proposal) -> list[n.Given]:
        decision = self.history.agreement.decisions.get(proposal.decision)
        return list(decision.facts.values()) if decision is not None else []

    def reference(self, fact: object) -> Value:
        """Whether the proposal that a fact names was adopted; unknown while it is pending or not on record.

        An optional fact that names none is no."""
        value = self.proposal.facts.get(fact) if isinstance(fact, str) else None
        declared = self.declared(fact) if isinstance(fact, str) else None
        if value is None and declared is not None and declared.optional:
            return False
        other = self.history.proposals.get(value) if isinstance(value, str) else None
        if other is None:
            return None
        verdict = self.judge(other, self.now)
        return {Verdict.PERMITTED: True, Verdict.DENIED: False}.get(verdict) if verdict is not None else None

    def total(self, total: n.Total) -> Value:
        """The sum of a fact over this decision's proposals in a period that ends with this one; refused ones left out."""
        mine = self.given(total.fact)
        if mine is None:
            return None
        from govlang.core.verdict import Kleene

        return Kleene(self).arithmetic("+", [mine, *(other.facts[total.fact] for other in self.totalled(total))])

    def totalled(self, total: n.Total) -> list[Proposal]:
        """The earlier proposals that a total takes in: of the same supplier (or the like), in the period, not refused."""
        return [
            other for other in self.others(self.proposal.decision, ())
            if other.sequence < self.proposal.sequence
            and (not total.per or other.facts.get(total.per) == self.proposal.facts.get(total.per))
            and calendar.deadline(other.at, total.period, True) > self.proposal.at.start
            and other.facts.get(total.fact) is not None
            and self.judge(other, self.now) is not Verdict.DENIED
        ]  # fmt: skip

    # ------------------------------------------------------------ the agreement itself

    def in_term(self) -> Value:
        """Whether the agreement is in effect on the day asked (its first and last day included)."""
        header, day = self.history.agreement.header, self.now.date()
        return (header.effective is None or header.effective.day <= day) and (
            header.until is None or day <= header.until.day
        )

    def withdrawn(self) -> Value:
        """Whether the proposal was withdrawn by one of those who made it."""
        return any(
            event.word == "proposal" and {actor.text for actor in event.actors} & set(self.proposal.by)
            for event in self.events("withdraw")
        )

    def ruled(self, reading: str, among: tuple[str, ...]) -> Value:
        """Whether a ruling says that this reading holds; unknown without a ruling on this ambiguity."""
        rulings = [event for event in self.events("rule") if event.word in among]
        return rulings[-1].word == reading if rulings else None

    # ------------------------------------------------------------ names behind the figures

    def evidence(self, leaf: Leaf) -> tuple[str, ...]:
        """What counted towards a requirement, in words."""
        return evidence.lines(self, leaf)

    def ignored(self, leaf: Leaf) -> tuple[str, ...]:
        """What did not count towards a requirement, and why."""
        return evidence.ignored(self, leaf)

    def blockers(self, leaf: Leaf) -> tuple[str, ...]:
        """Whose vetoes or objections stand."""
        found = [
            actor.text for key in leaf.evidence if isinstance(key, k.Blocks)
            for event, standing in self.blocks(key.rule, key.scope) if standing == "standing" for actor in event.actors
        ]  # fmt: skip
        return tuple(dict.fromkeys(found))

    def may_still_act(self, who: k.Electorate, choice: str) -> tuple[str, ...]:
        """Electors who may still cast the ballot that is missing."""
        count = self.count(who)
        return tuple(name for name in count.open if count.ballots.get(name) is None or choice != "for"
                     or count.ballots[name].choice != "for")  # fmt: skip

    def remaining(self, since: datetime, until: datetime, unit: str) -> str:
        """How much of a period remains, in its own unit; empty when none does."""
        if until <= since:
            return ""
        not_worked = self.history.agreement.header.not_working
        if unit == "hours":
            return _plural(-(-int((until - since).total_seconds()) // 3600), "more hour")
        if unit == "working days":
            left = calendar.working_days_between(since.date(), until.date(), not_worked)
            return _plural(left, "more working day") if left else "today"
        return _plural((until.date() - since.date()).days, "more day") if until.date() > since.date() else "today"

    def found(self, keys: tuple[k.Key, ...]) -> tuple[str, ...]:
        """Figures counted from the record, in words."""
        return evidence.figures(self, keys)

    def speaking(self, parties: tuple[str, ...]) -> str:
        """Who would act for some parties today, in words; empty for persons, and where no role speaks for its party."""
        agreement = self.history.agreement
        if not all(agreement.kind_of(name) is Kind.PARTY for name in parties):
            return ""
        if not any(role.speaks for role in agreement.roles.values()):
            return ""
        speakers = {name: self.history.speakers_for(name, self.now) for name in parties}
        spoken = [" or ".join(found) for found in speakers.values() if found]
        words = f"by {', '.join(spoken[:-1])} and {spoken[-1]}" if len(spoken) > 1 else f"by {spoken[0]}" if spoken else ""
        mute = [f"nobody speaks for {name} today" for name, found in speakers.items() if not found]
        return "; ".join(part for part in (words, *mute) if part)

    def last_day(self, until: datetime) -> str:
        """The last day (or instant) before a deadline, in words."""
        return closing_words(until).removeprefix("at ")


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
