"""Notices: which count, when each was given to whom, and since when notice of a matter is complete.

In: the `notices` clause of the agreement and the notices on record. Out: instants. Without such a clause a notice counts when it
is recorded. A notice to nobody in particular is one to all who are entitled to it. Counting is meaning: see `record.facts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from govlang.frozen import dataclass
from govlang.model.nodes import Agreement
from govlang.record import calendar
from govlang.source import Citation
from govlang.syntax import nodes as n

ALL = ""  # the recipient of a notice that names none


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice to one recipient (`to` empty: to all entitled to it). `given` is when it counts; None while it waits to be
    confirmed, and where it has no effect, for the `reason`."""

    matter: str
    by: tuple[str, ...]
    to: str
    channel: str
    sent: n.Moment
    given: n.Moment | None
    reason: str
    citation: Citation

    def state(self, now: datetime) -> str:
        """What has become of it at an instant: given, under way, awaiting confirmation, or no effect."""
        if self.reason:
            return "no effect"
        if self.given is None:
            return "awaiting confirmation"
        return "given" if self.given.start <= now else "under way"


def is_notice(deed: n.Deed) -> bool:
    """Whether a deed gives notice of something."""
    return deed.kind in ("notice", "notify")


def recipients(deed: n.Deed) -> tuple[str, ...]:
    """To whom a notice is given; one empty name for all who are entitled to it."""
    return tuple(name.text for key, names in deed.names if key == "to" for name in names) or (ALL,)


def refused(agreement: Agreement, deed: n.Deed) -> str:
    """Why a notice has no effect by the agreement; empty if it has one."""
    clause = agreement.notices
    if clause is None:
        return ""
    ways, written = clause.channels, any(key == "writing" for key, _ in deed.names)
    allowed = next((way for way in ways if way.name == deed.choice), None)
    in_writing = clause.line(n.InWriting)
    if ways and allowed is None:
        listed = " or ".join([", ".join(way.name for way in ways[:-1]), ways[-1].name] if len(ways) > 1 else [ways[0].name])
        how = f"no notice may be given by {deed.choice}" if deed.choice else "it does not say by which way it was given"
        return f"{how}, only by {listed} ({agreement.cite(ways[0]).label()})"
    if in_writing is not None and allowed is None and not written:
        return f"it is not recorded as given in writing ({agreement.cite(in_writing).label()})"
    return _wrong_address(agreement, clause, deed)


def _wrong_address(agreement: Agreement, clause: n.Notices, deed: n.Deed) -> str:
    sent = _plain(deed.word)
    if not sent:
        return ""
    for name in recipients(deed):
        said = [line for line in clause.addresses if line.name.text == name and line.channel in ("", deed.choice)]
        if said and sent not in (_plain(line.text) for line in said):
            right = " or ".join(f'"{line.text}"' for line in said)
            return f"it was sent to a wrong address: that of {name} is {right} ({agreement.cite(said[0]).label()})"
    return ""


def _plain(address: str) -> str:
    return " ".join(address.casefold().replace(",", " ").split())


class Receipts:
    """When the notices of one matter were given. `confirmed` are the confirmations on record, each with the names that whoever
    confirmed goes by."""

    def __init__(self, agreement: Agreement, confirmed: Iterable[tuple[n.Deed, frozenset[str]]] = ()) -> None:
        self.agreement = agreement
        self.off = calendar.days_off(agreement.header) if agreement.notices is not None else calendar.WEEKENDS
        self.confirmed = list(confirmed)
        self.periods: list[tuple[n.Moment, n.Duration, datetime]] = []

    def given(self, deed: n.Deed, names: frozenset[str]) -> n.Moment | None:
        """When a notice counts as given to one who goes by these names (to anybody, without any); None until it is known."""
        clause = self.agreement.notices
        if clause is None:
            return deed.at
        way = next((way for way in clause.channels if way.name == deed.choice), None)
        found = self._by(way.receipt, deed, names) if way is not None else deed.at
        if found is None or clause.line(n.OnWorkingDays) is None:
            return found
        return self._worked(found)

    def _by(self, receipt: n.Receipt, deed: n.Deed, names: frozenset[str]) -> n.Moment | None:
        if not receipt.confirmed and receipt.after is None:
            return deed.at
        found: list[n.Moment] = []
        if receipt.after is not None:
            end = calendar.deadline(deed.at, receipt.after, False, self.off)
            self.periods.append((deed.at, receipt.after, end))
            found.append(n.Moment(end, whole_day=receipt.after.unit != "hours"))
        if receipt.confirmed:
            later = ((event, who) for event, who in self.confirmed if event.at.end >= deed.at.start)
            found.extend(event.at for event, who in later if not names or names & who)
        return min(found, key=lambda moment: moment.start, default=None)

    def _worked(self, moment: n.Moment) -> n.Moment:
        day = moment.day
        while not calendar.working_day(day, self.off) and day.year < calendar.LAST_YEAR:
            day += timedelta(days=1)
        return moment if day == moment.day else n.Moment(datetime.combine(day, time()))

    def citation(self, deed: n.Deed) -> Citation:
        """The line that says when a notice counts; empty where the agreement says nothing of it."""
        clause = self.agreement.notices
        if clause is None:
            return Citation("")
        return self.agreement.cite(next((way for way in clause.channels if way.name == deed.choice), clause))

    def complete(self, notices: list[n.Deed], entitled: list[frozenset[str]] | None) -> n.Moment | None:
        """Since when everybody has notice; None until the last has it. `entitled` are the names that each of those entitled goes
        by; None where nobody in particular is: then all to whom a notice was sent."""
        sent = frozenset(to for deed in notices for to in recipients(deed))
        wanted = [frozenset({to}) - {ALL} for to in sorted(sent)] if entitled is None else entitled
        last: n.Moment | None = None
        for names in wanted:
            moments = [self.given(deed, names) for deed in notices if names & set(recipients(deed)) or ALL in recipients(deed)]
            known = [moment for moment in moments if moment is not None]
            if not known:
                return None
            first = min(known, key=lambda moment: moment.start)
            last = first if last is None or first.start > last.start else last
        return last

