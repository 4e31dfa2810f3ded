"""Notices in a record: taken in, refused with their reason, confirmed; and notices of something that is no proposal.

In: events of the kinds notice, notify, confirm. Out: events of a matter, or GL405. Mixed into `record.history`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from govlang.record.entries import Proposal
from govlang.record.offices import Offices
from govlang.record.receipts import ALL, Notice, Receipts, is_notice, recipients, refused
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.diagnostics import Diagnostic


class NoticeBook(Offices):
    """The notices of a record. `refused_notices` says of a deed (by `id`) why it has no effect."""

    proposals: dict[str, Proposal]
    refused_notices: dict[int, str]
    of_norm: dict[str, list[n.Deed]]
    diagnostics: list[Diagnostic]

    def _on_proposal(self, event: n.Deed) -> None:
        raise NotImplementedError

    def _notice(self, event: n.Deed) -> None:
        matter = self.proposals.get(event.target.text if event.target else "")
        if not self._recipients_known(event):
            return
        if matter is None:
            self._on_proposal(event)
            if event.target is not None and event.target.text in self.agreement.norms:
                self._judge_notice(event)
            return
        matter.events.append(event)
        self._judge_notice(event)

    def _notify(self, event: n.Deed) -> None:
        """Notice of something that is no proposal: from then on a matter on record of its own name."""
        assert event.target is not None
        if event.target.text in self.proposals:
            self.report("GL404", f"'{event.target.text}' is on record already", event, "give this notice another name")
            return
        by = tuple(actor.text for actor in event.actors)
        matter = Proposal(event.target.text, event.reason, by, event.at, {}, event, sequence=len(self.proposals))
        self.proposals[event.target.text] = matter
        if self._recipients_known(event):
            self._judge_notice(event)

    def _judge_notice(self, event: n.Deed) -> None:
        reason = refused(self.agreement, event)
        if reason:
            self.refused_notices[id(event)] = reason
            self.refuse(event, reason)

    def _recipients_known(self, event: n.Deed) -> bool:
        unknown = [name for key, names in event.names if key == "to" for name in names if not self.known(name.text)]
        for name in unknown:
            self._unknown(name, event, "GL403")
        return not unknown

    def _confirm(self, event: n.Deed) -> None:
        name = event.target.text if event.target else ""
        matter = self.proposals.get(name)
        if matter is None and name in self.agreement.norms:
            self.of_norm.setdefault(name, []).append(event)
            return
        if matter is None:
            self._on_proposal(event)
            return
        sent = self.counting(matter, event.at.end)
        told = {name for deed in sent for name in recipients(deed)}
        if not sent:
            self.refuse(event, f"no notice of {matter.id} that counts is on record before it")
        elif ALL not in told and not told & self.acting(event):
            self.refuse(event, f"notice of {matter.id} was given to {', '.join(sorted(told))}")
        else:
            matter.events.append(event)

    def acting(self, event: n.Deed) -> frozenset[str]:
        """Every name under which those who did something act."""
        return frozenset(hat for actor in event.actors for hat in (actor.text, *self.hats(actor.text, event.at.start)))

    def receipts_of(self, matter: Proposal, now: datetime) -> Receipts:
        """When the notices of a matter were given, by the confirmations on record up to an instant."""
        confirmed = (event for event in matter.events if event.kind == "confirm" and event.at.start <= now)
        return Receipts(self.agreement, ((event, self.acting(event)) for event in confirmed))

    def notice_given(self, event: n.Deed) -> n.Moment | None:
        """When a notice counts as given to the last of those it was sent to; None where it has no effect, or not yet. For notices
        of duties and reviews, which are no matters of their own."""
        if id(event) in self.refused_notices:
            return None
        name = event.target.text if event.target is not None else ""
        matter = self.proposals.get(name)
        later = matter.events if matter is not None else self.of_norm.get(name, [])
        confirmed = ((each, self.acting(each)) for each in later if each.kind == "confirm")
        return Receipts(self.agreement, confirmed).complete([event], None)

    def counting(self, matter: Proposal, now: datetime) -> list[n.Deed]:
        """The notices of a matter that have effect, sent up to an instant."""
        sent = (deed for deed in (matter.deed, *matter.events) if is_notice(deed))
        return [deed for deed in sent if deed.at.start <= now and id(deed) not in self.refused_notices]

    def notices_of(self, matter: Proposal, now: datetime) -> list[Notice]:
        """Every notice of a matter up to an instant, to each recipient, with what has become of it."""
        found: list[Notice] = []
        known = self.receipts_of(matter, now)
        for deed in (matter.deed, *matter.events):
            if not is_notice(deed) or deed.at.start > now:
                continue
            reason, by = self.refused_notices.get(id(deed), ""), tuple(actor.text for actor in deed.actors)
            for to in recipients(deed):
                given = None if reason else known.given(deed, frozenset({to}) - {ALL})
                found.append(Notice(matter.id, by, to, deed.choice, deed.at, given, reason, known.citation(deed)))
        return found
