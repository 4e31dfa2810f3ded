"""When voting opens and closes, and what every period is counted from.

In: the events of a proposal and the scope of a vote. Out: instants and deadlines. See `record.facts`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from govlang.core import keys as k
from govlang.core.expr import Value
from govlang.later import Later
from govlang.model.nodes import Scope
from govlang.record import calendar, lifecycle
from govlang.record.count import Times
from govlang.record.given import GivenFacts
from govlang.record.history import Meeting
from govlang.record.receipts import ALL, recipients
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record import disputes
else:
    disputes = Later("govlang.record.disputes")


class Timing(GivenFacts):
    """The times of a proposal."""

    def times(self, scope: Scope) -> Times:
        """When voting opens and closes under the rules of a scope."""
        found = self._times.get(scope)
        if found is None:
            found = self._times[scope] = self._voting_times(scope, self.meeting())
        return found

    def _voting_times(self, scope: Scope, meeting: Meeting | None) -> Times:
        restarted = self.restart(scope)
        opening = self.opening(scope, meeting, restarted)
        closes, explicit = self.closing(scope, opening, meeting)
        closed = explicit or (closes is not None and self.now >= closes)
        opens = opening.start if opening is not None else None
        since = restarted.start if restarted is not None else None
        counted_at = self.counted_at(scope, closes)
        return Times(opens, closes, meeting, since, closed, scope.votes_may_change is None, counted_at)

    def counted_at(self, scope: Scope, closes: datetime | None) -> datetime:
        """The instant whose members and weights count: the record date that the agreement names, else the end of voting;
        until then, now."""
        if scope.as_of is not None:
            moment = self.instant(scope.as_of.anchor, scope)
            if moment is not None:
                return min(moment.end, self.now)
        if closes is None or closes > self.now:
            return self.now
        return closes if self.events("close") else closes - timedelta(seconds=1)

    def restart(self, scope: Scope) -> n.Moment | None:
        """When voting last started again, by someone who may restart it."""
        found = None
        for event in self.events("restart"):
            if scope.restart is not None and self.any_in(event, scope.restart.group):
                found = event.at
        return found

    def notice_start(self, scope: Scope, asked_for: bool = False) -> n.Moment | None:
        """When the last of those entitled had notice: as recorded, or with the proposal; again after a restart. None while one
        of them has none, and where notice is asked for and a proposal is no notice of itself."""
        restarted = self.restart(scope)
        clause = self.history.agreement.notices
        asked_for = asked_for or scope.notice is not None
        needed = asked_for and clause is not None and clause.line(n.ProposalsNoNotice) is not None
        found = None if needed else restarted or self.proposal.at
        counted: list[n.Deed] = []
        for event in self.history.counting(self.proposal, self.now):
            if restarted is not None and event.at < restarted:
                continue
            if self.notice_over(scope, found, event.at.start):
                break  # what comes after the period of notice undoes nothing
            counted.append(event)
            found = self.received(scope, counted)
        return found

    def notice_over(self, scope: Scope, given: n.Moment | None, at: datetime) -> bool:
        """Whether notice that was given has run at an instant: the meeting has begun, or the period is over without one."""
        if scope.notice is None or given is None:
            return False
        meeting = self.meeting()
        return at >= (meeting.at.start if meeting is not None else self.period(given, scope.notice.duration, False))

    def received(self, scope: Scope, sent: list[n.Deed]) -> n.Moment | None:
        """Since when everybody has one of these notices; None while somebody has none."""
        receipts = self.history.receipts_of(self.proposal, self.now)
        found = receipts.complete(sent, self.entitled(scope, sent))
        for start, duration, end in receipts.periods:
            self.note_years(start, duration, end)
        if found is not None:
            self.instants.add(found.start)
        return found

    def entitled(self, scope: Scope, sent: list[n.Deed]) -> list[frozenset[str]] | None:
        """The members of the body that meets, by all the names that each goes by, without those who gave the notice or waived
        it; None outside a meeting. Who gave notice to all gave it to each."""
        meeting = self.meeting()
        if meeting is None or all(ALL in recipients(deed) for deed in sent):
            return None
        givers = {hat for deed in sent for hat in self.history.acting(deed)}
        found: list[frozenset[str]] = []
        for name in self.history.members_of(meeting.body, meeting.at.start):
            at = meeting.at.start
            names = frozenset({name, *self.history.hats(name, at), *self.history.speakers_for(name, at)})
            if name not in givers and not (scope.notice is not None and scope.notice.waivable and self.waived_by(name, scope)):
                found.append(names)
        return found

    def waived_by(self, name: str, scope: Scope) -> bool:
        """Whether somebody waived notice, in time."""
        end: Value = None
        until = scope.notice.waived_until if scope.notice is not None else None
        if until is not None:
            end = self.deadline(k.Instant(until.anchor or n.Anchor("meeting"), scope), until.duration, until.kind == "within")
        waived = {
            actor.text for event in self.events("waive") for actor in event.actors
            if not isinstance(end, datetime) or event.at.start < end
        }  # fmt: skip
        return name in waived or bool(waived & set(self.history.hats(name, self.now)))

    def waivers(self, scope: Scope) -> list[str]:
        """The members of the body that meets who waived notice, in time."""
        meeting = self.meeting()
        names = self.history.members_of(meeting.body, meeting.at.start) if meeting is not None else []
        return [name for name in names if self.waived_by(name, scope)]

    def refused_notices(self) -> list[str]:
        """Notices that have no effect, each with its reason."""
        return [
            f"the notice by {', '.join(found.by)} on {found.sent} does not count: {found.reason}"
            for found in self.history.notices_of(self.proposal, self.now) if found.reason
        ]  # fmt: skip

    def note_years(self, start: n.Moment, duration: n.Duration, end: datetime) -> None:
        """Keeps in mind whose years' holidays a period in working days rests on."""
        if duration.unit == "working days":
            self.years.update(range(start.day.year, end.year + 1))

    def period(self, start: n.Moment, duration: n.Duration, through: bool) -> datetime:
        """When a period is over, by the agreement's calendar."""
        end = calendar.deadline(start, duration, through, calendar.days_off(self.history.agreement.header))
        self.note_years(start, duration, end)
        return end

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
        if scope.notice is not None and start is not None:
            end = self.period(start, scope.notice.duration, False)
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
            end = self.period(opening, scope.open_for.duration, True)
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
        restarted = self.restart(scope)
        for event in self.events("close", "extend"):
            if restarted is not None and event.at.end < restarted.start:
                continue
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
        end = self._ordinary_end(scope)
        if end is not None and self._end_of(event) <= end:
            return False  # no extension: it would end before voting does
        return self.any_in(event, rule.group) and self._within_extension(event, rule, end)

    def _ordinary_end(self, scope: Scope) -> datetime | None:
        """When voting closes if nobody extends it; None where the agreement sets no time."""
        opening = self.opening(scope, self.meeting(), self.restart(scope))
        if scope.open_for is None or opening is None:
            return None
        return self.period(opening, scope.open_for.duration, True)

    def _end_of(self, event: n.Deed) -> datetime:
        assert event.until is not None
        if not event.until.whole_day:
            return event.until.start
        return datetime.combine(event.until.day + timedelta(days=1), datetime.min.time())

    def _within_extension(self, event: n.Deed, rule: n.Extension, end: datetime | None) -> bool:
        assert event.until is not None
        if rule.up_to is None:
            return True
        start = n.Moment(end - timedelta(days=1)) if end is not None else event.at
        return event.until.start <= self.period(start, rule.up_to, True)

    def instant(self, anchor: n.Anchor, scope: Scope) -> n.Moment | None:
        """When something happened; None until it has."""
        match anchor.kind:
            case "proposal":
                return self.restart(scope) or self.proposal.at
            case "notice":
                return self.notice_start(scope, asked_for=True)
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
            case "proposed":
                return self.proposal.at
            case "date":
                return anchor.moment
            case "start":
                return self.history.agreement.header.effective
            case "end":
                return lifecycle.end(self.history.on(self.now), self.now)
            case "later" if anchor.of is not None and anchor.duration is not None:
                return self.later(anchor.of, anchor.duration, scope)
            case "raised":
                return disputes.raised(self) or self.act_or_reference("raised")
            case "step":
                return disputes.began(self, anchor.act)
            case "step decided":
                return disputes.decided(self, anchor.act)
            case "step over":
                return disputes.over(self, anchor.act)
            case _:
                return self.act_or_reference(anchor.act)

    def later(self, of: n.Anchor, duration: n.Duration, scope: Scope) -> n.Moment | None:
        """The last day of a period (or its last instant, in hours); another may run from it."""
        value = self.deadline(k.Instant(of, scope), duration, False)
        return n.Moment(value, whole_day=duration.unit != "hours") if isinstance(value, datetime) else None

    def act_or_reference(self, name: str) -> n.Moment | None:
        """When an act was last recorded; the date that a fact gives; when the proposal that a fact names was decided."""
        declared = self.declared(name)
        if declared is not None and declared.type.kind == "decision":
            self.asks_elsewhere = True
            other = self.history.proposals.get(str(self.proposal.facts.get(name)))
            decided = self.taken(other, self.now) if other is not None else None
            return n.Moment(decided, whole_day=False) if decided is not None else None
        if declared is not None and declared.type.kind == "date":
            day = self.given(name)
            return n.Moment(day, whole_day=day.time() == datetime.min.time()) if isinstance(day, datetime) else None
        found = [event.at for event in self.events("act") if event.word == name]
        return found[-1] if found else None

    def deadline(self, since: k.Instant, duration: n.Duration, through: bool) -> Value:
        """The instant at which a period is over; None until what it is counted from has happened."""
        start = self.instant(since.anchor, since.scope)
        if start is None:
            return None
        at_midnight = start.start == datetime.combine(start.day, datetime.min.time())
        if since.anchor.kind == "closing" and duration.unit != "hours" and at_midnight:
            explicit = any(event.at.start == start.start for event in self.events("close"))
            if not explicit:
                start = n.Moment(start.start - timedelta(days=1))  # closed at the end of the day before
        end = self.period(start, duration, through)
        self.instants.add(end)
        return end
