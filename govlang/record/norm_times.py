"""By when: the first instant too late, moved by the time for which a clock stood still.

In: the `Due` of a norm and what brought it about. Out: instants. Mixed into `record.norms.Norms`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from govlang.core.norms import NormRule
from govlang.record import calendar, occasions, surroundings
from govlang.record.calendar import DaysOff
from govlang.record.happenings import Happenings, Occurrence, about_same, day_after
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.syntax import nodes as n


class NormTimes:
    """When something is due."""

    judge: Judge
    history: History
    happenings: Happenings
    off: DaysOff

    def _due(self, due: n.Due | None, occurrence: Occurrence, now: datetime) -> datetime | None:
        """The first instant too late, before any suspension."""
        if due is None:
            return None
        if due.on is not None:
            return day_after(due.on.day) if due.on.whole_day else due.on.start
        if due.after == "its end" and occurrence.last is not None:
            over = day_after(occurrence.last)
            return over if due.within is None else self.after(over, due.within)
        if due.after not in ("", "its start", "its end"):
            value = occurrence.proposal.facts.get(due.after) if occurrence.proposal is not None else None
            named = self.history.proposals.get(value) if isinstance(value, str) else None
            value = self.happenings.taken(named, now) if named is not None else value
            if not isinstance(value, datetime):
                return None
            start = n.Moment(value)
            return day_after(value.date()) if due.within is None else self.too_late(start, due.within)
        if due.within is None:
            return None
        if occurrence.ran_out:
            return self.after(occurrence.at.start, due.within)
        return self.too_late(occurrence.at, due.within)

    def too_late(self, start: n.Moment, duration: n.Duration) -> datetime:
        """The first instant at which a period is over. The last instant of one in hours is still in time; the record knows no less
        than seconds."""
        end = calendar.deadline(start, duration, True, self.off)
        return end + timedelta(seconds=1) if duration.unit == "hours" else end

    def after(self, over: datetime, duration: n.Duration) -> datetime:
        """When a period is over that is counted from another: from its last day, or, in hours, from when it was over."""
        since = n.Moment(over, whole_day=False) if duration.unit == "hours" else last_day(over)
        return self.too_late(since, duration)

    def _suspensions(self, rule: NormRule, occurrence: Occurrence, now: datetime) -> list[tuple[datetime, datetime | None]]:
        found: list[tuple[datetime, datetime | None]] = []
        for line in rule.suspended:
            if isinstance(line, n.SuspendedWhile):
                found.extend(surroundings.open_disputes(self.judge, line.dispute.text, now))
                continue
            starts = [item.at.start for item in self.happenings.of(line.since, now) if self._same(item, occurrence)]
            ends = [item.at.start for item in self.happenings.of(line.until, now) if self._same(item, occurrence)]
            found.extend(occasions.stretches(starts, ends))
        return sorted(found, key=lambda pair: pair[0])

    def _same(self, one: Occurrence, other: Occurrence) -> bool:
        """Whether what happened is about the same matter as an occurrence."""
        return about_same(self.history, one.proposal, other.proposal)

    def shifted(
        self, since: datetime, due: datetime | None, still: tuple[tuple[datetime, datetime], ...]
    ) -> datetime | None:  # fmt: skip
        """A deadline moved by the time for which the clock stood still; what has not ended counts up to now."""
        reached = since
        for start, stop in still:
            if due is None or start >= due or stop <= reached:
                continue
            reached = max(start, reached)
            due += stop - reached
            reached = stop
        return due


def last_day(over: datetime) -> n.Moment:
    """The last day of a period that is over at an instant."""
    midnight = over == datetime.combine(over.date(), datetime.min.time())
    return n.Moment(over - timedelta(days=1)) if midnight else n.Moment(over, whole_day=False)
