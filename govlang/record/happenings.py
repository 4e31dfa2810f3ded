"""What happened, and when: every occurrence of a happening on a record.

In: a `Happening` of the text, and the norms of a history. Out: `Occurrence`s in order of time, each with a key that tells it
from the others. A circle (a duty that arises when it is violated itself) comes to nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from govlang.core.norms import Standing
from govlang.core.verdict import Verdict
from govlang.frozen import dataclass
from govlang.model.nodes import Member
from govlang.record import surroundings
from govlang.record.entries import Proposal
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record.history import History
    from govlang.record.norm_entries import Instance
    from govlang.record.norms import Norms

_STANDINGS = {
    "fulfilled": (Standing.FULFILLED,), "held": (Standing.FULFILLED,), "met": (Standing.FULFILLED,),
    "exercised": (Standing.EXERCISED,), "violated": (Standing.VIOLATED,), "missed": (Standing.VIOLATED,),
    "discharged": (Standing.DISCHARGED,), "expired": (Standing.EXPIRED,),
}  # fmt: skip

_SAID = ("ballot", "withdraw", "veto", "objection")  # what those who have a say in a proposal do about it


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence. `actor` made it happen, or is the party it happened to; a period has its first and last day. `ran_out` says
    that it happened because a time ran out: what is counted from it is counted from the last day of that time."""

    key: str
    at: n.Moment
    proposal: Proposal | None = None
    actor: str = ""
    first: date | None = None
    last: date | None = None
    ran_out: bool = False


class Happenings:
    """Finds occurrences up to an instant."""

    def __init__(self, norms: Norms) -> None:
        self.norms = norms
        self.history = norms.history

    def of(self, happening: n.Happening, now: datetime) -> list[Occurrence]:
        """Every occurrence up to now, in order of time."""
        name = happening.name.text if happening.name is not None else ""
        match happening.kind:
            case "decision":
                found = self._decided(name, happening.state, now)
            case "act":
                found = self._acted(happening, now)
            case "finding":
                found = self._findings(happening, now)
            case "asked":
                found = self._asked(now)
            case "meeting":
                held = self.history.meetings_of.get(name, ())
                found = [Occurrence(meeting.id, meeting.at) for meeting in held if meeting.at.start <= now]
            case "dispute":
                found = self._disputed(name, happening.state, now)
            case "party":
                found = self._party(name, happening.state, now)
            case "agreement":
                found = self._agreement(happening.state, now)
            case "trust":
                found = self._assessed(happening, name, now)
            case _:
                found = self._stood(happening, name, now)
        return sorted(found, key=lambda item: (item.at.start, item.key))

    # ------------------------------------------------------------ decisions, acts, findings

    def _decided(self, name: str, state: str, now: datetime) -> list[Occurrence]:
        found: list[Occurrence] = []
        for proposal in self.norms.proposals_of(name):
            if proposal.at.start > now:
                continue
            at = self._decision_at(proposal, state, now)
            if at is not None:
                found.append(Occurrence(proposal.id, at, proposal, proposal.by[0] if proposal.by else ""))
        return found

    def _decision_at(self, proposal: Proposal, state: str, now: datetime) -> n.Moment | None:
        match state:
            case "proposed":
                return proposal.at
            case "carried out":
                done = [event.at for event in proposal.events if event.word == "carried-out" and event.at.start <= now]
                return done[0] if done else None
            case "taken":
                taken = self.taken(proposal, now)
                return _instant(taken) if taken is not None else None
            case _ if self.taken(proposal, now) is not None:
                return None  # though nothing more is permitted once the agreement has ended
            case _:
                found = self.norms.judge.verdict
                denied = (at for at in self._turns(proposal, now) if found(proposal, at) is Verdict.DENIED)
                at = next(denied, None)
                return _instant(at) if at is not None else None

    def taken(self, proposal: Proposal, now: datetime) -> datetime | None:
        """When a proposal was taken. It stays taken whatever becomes of what it required (a default that is over, a dispute that
        went on), unless those who have a say in it take that back."""
        taken = self.norms.judge.taken
        if (found := taken(proposal, now)) is not None:
            return found
        last = max((event.at.start for event in proposal.events if event.kind in _SAID and event.at.start <= now), default=None)
        since = (at for at in self._turns(proposal, now) if last is None or at >= last)
        return next((found for at in since if (found := taken(proposal, at)) is not None), None)

    def _turns(self, proposal: Proposal, now: datetime) -> list[datetime]:
        """The instants up to now at which a verdict may turn: what was done about a proposal and about those that it looks at, and
        when the periods that run from there are over."""
        row = self.norms.judge.judge(proposal, now).row
        named = [self.history.proposals[value] for value in proposal.facts.values()
                 if isinstance(value, str) and value in self.history.proposals]  # fmt: skip
        found = {proposal.at.start, now} | row.instants | self.history.index.turned(proposal.id)
        for each in (proposal, *named, *row.looked_at):
            found |= {event.at.start for event in each.events}
        found |= set(self.norms.judge.spans.turns.between(proposal.at.start, now))
        return sorted(at for at in found if proposal.at.start <= at <= now)

    def _acted(self, happening: n.Happening, now: datetime) -> list[Occurrence]:
        found: list[Occurrence] = []
        counts: dict[str, int] = {}
        for event, proposal in self.history.acts.get(happening.state, ()):
            if event.at.start > now or not self.norms.by_one_of(event, happening.by, proposal):
                continue
            about = event.target.text if event.target is not None else event.at.day.isoformat()  # such as a meeting
            base = proposal.id if proposal is not None else about
            counts[base] = counts.get(base, 0) + 1
            key = base if counts[base] == 1 else f"{base} ({counts[base]})"
            actor = event.actors[0].text if event.actors else ""
            found.append(Occurrence(key, event.at, proposal, actor))
        return found

    def _findings(self, happening: n.Happening, now: datetime) -> list[Occurrence]:
        found: list[Occurrence] = []
        counts: dict[str, int] = {}
        for event, proposal in self.history.findings.get(happening.state, ()):
            holds = not event.negated and (event.value is None or event.value.value is True)
            if holds and event.at.start <= now and self.norms.by_one_of(event, happening.by, proposal):
                base = proposal.id if proposal is not None else event.at.day.isoformat()
                counts[base] = counts.get(base, 0) + 1
                key = base if proposal is not None or counts[base] == 1 else f"{base} ({counts[base]})"
                about = event.other.text if event.other is not None else event.actors[0].text if event.actors else ""
                found.append(Occurrence(key, event.at, proposal, about))
        return found

    def _asked(self, now: datetime) -> list[Occurrence]:
        return [
            Occurrence(name, event.at, None, asked.text)
            for name, event in self.history.messages.items()
            if event.at.start <= now
            for key, names in event.names if key == "to"
            for asked in names
        ]  # fmt: skip

    # ------------------------------------------------------------ other norms, assessments

    def _stood(self, happening: n.Happening, name: str, now: datetime) -> list[Occurrence]:
        """When instances of another norm came to a state, so many times in a row for one bearer."""
        instances = [item for item in self.norms.of(name, now) if not item.rule.key or item.rule.kind != "duty"]
        if happening.times > 1:
            return self._in_a_row(happening, instances)
        return [self._occurrence(item, at) for item in instances if (at := reached(item, happening.state)) is not None]

    def _occurrence(self, item: Instance, at: datetime) -> Occurrence:
        ran_out = at not in (item.done, item.released, item.breach)
        return Occurrence(item.key or item.rule.key, _instant(at), item.proposal, item.bearer, ran_out=ran_out)

    def _in_a_row(self, happening: n.Happening, instances: list[Instance]) -> list[Occurrence]:
        found: list[Occurrence] = []
        streaks: dict[str, int] = {}
        for item in sorted(instances, key=lambda each: (each.due or datetime.max, each.key)):
            at = reached(item, happening.state)
            if at is None and item.standing in (Standing.PENDING, Standing.IN_EFFECT, Standing.SUSPENDED):
                continue
            streaks[item.bearer] = streaks.get(item.bearer, 0) + 1 if at is not None else 0
            if at is not None and streaks[item.bearer] % happening.times == 0:
                found.append(self._occurrence(item, at))
        return found

    def _assessed(self, happening: n.Happening, name: str, now: datetime) -> list[Occurrence]:
        found = self.norms.assessed(happening.kind, name, happening.state, now)
        return [Occurrence(key, _instant(at), None, who) for key, at, who in found]

    # ------------------------------------------------------------ disputes, parties, the agreement

    def _disputed(self, ladder: str, state: str, now: datetime) -> list[Occurrence]:
        found: list[Occurrence] = []
        for dispute in surroundings.disputes(self.norms.judge, now):
            if dispute.ladder != ladder:
                continue
            ended = dispute.ended if state == "ended" or dispute.how == state else None
            at = dispute.raised if state == "raised" else ended
            if at is not None and at <= now:
                found.append(Occurrence(dispute.id, _instant(at), self.history.proposals.get(dispute.id)))
        return found

    def _party(self, name: str, state: str, now: datetime) -> list[Occurrence]:
        found: list[Occurrence] = []
        for party in self.history.agreement.parties():
            if name not in ("", party.name):
                continue
            for place, at in enumerate(self._became(party, state, now)):
                ran_out = state == "leaves" and party.until is not None and at == day_after(party.until)
                left = self.history.life.parties.get(party.name, ()) if state == "leaves" else ()
                ran_out = ran_out or any(item.ran_out and item.since == at for item in left)
                key = f"{party.name} {at:%Y-%m-%d}" if place else party.name
                found.append(Occurrence(key, _instant(at), None, party.name, ran_out=ran_out))
        return found

    def _became(self, party: Member, state: str, now: datetime) -> list[datetime]:
        """Each time that a party joined, left, or came into default, up to now."""
        match state:
            case "joins":
                joined = surroundings.joined(self.history, party.name, now)
                by_text = start_of(party.since) if party.since is not None else None
                recorded = by_text is None or by_text > now or any(at.date() == party.since for at in joined)
                return joined if recorded or by_text is None else sorted([by_text, *joined])
            case "leaves":
                return surroundings.departures(self.history, party.name, now)
            case _:
                return surroundings.defaults(self.history, party.name, now)

    def _agreement(self, state: str, now: datetime) -> list[Occurrence]:
        at = self.norms.begins() if state == "starts" else surroundings.ended_at(self.history, now)
        ran_out = state == "ends"  # what is counted from the end is counted from the last day
        return [Occurrence(state, _instant(at), ran_out=ran_out)] if at is not None and at <= now else []


def about_same(history: History, other: Proposal | None, mine: Proposal | None) -> bool:
    """Whether two happenings are about the same matter (or one of them about none): about one proposal, or the other about one
    that names mine in a fact, as a complaint about an invoice names the invoice."""
    if other is None or mine is None or other is mine:
        return True
    right = history.agreement.right(other.decision)
    given = right.facts if right is not None else {}
    return any(fact.type.kind == "decision" and other.facts.get(name) == mine.id for name, fact in given.items())


def reached(item: Instance, state: str) -> datetime | None:
    """When an instance came to a state; None if it has not."""
    if state == "overdue":
        return item.due if item.overdue else None
    if item.standing not in _STANDINGS.get(state, ()):
        return None
    match item.standing:
        case Standing.FULFILLED | Standing.EXERCISED:
            return item.done
        case Standing.DISCHARGED:
            return item.released
        case Standing.EXPIRED:
            return item.ended if item.ended is not None and (item.due is None or item.ended < item.due) else item.due
        case _:
            return item.curable or item.breach or item.late


def _instant(at: datetime) -> n.Moment:
    whole = (at.hour, at.minute, at.second) == (0, 0, 0)
    return n.Moment(at, whole_day=whole)


def start_of(day: date) -> datetime:
    """The first instant of a day."""
    return datetime.combine(day, datetime.min.time())


def day_after(day: date) -> datetime:
    """The instant at which a day is over."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time())
