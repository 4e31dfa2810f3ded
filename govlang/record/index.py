"""Where to find things on a record that has grown long: proposals by decision and by the value of a fact, meetings by agenda.

In: the proposals and meetings of a history, as they grow. Out: lists in the order of the record. An index catches up with what
was added since it was last asked, so that nothing that takes events in needs to know of it.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice

from govlang.record.entries import Meeting, Proposal


class Index:
    """Of one history."""

    def __init__(self, proposals: dict[str, Proposal], meetings: dict[str, Meeting]) -> None:
        self._proposals = proposals
        self._meetings = meetings
        self._seen = 0
        self._in_order, self._latest = True, datetime.min  # whether the proposals stand in the order of time
        self._met = 0
        self._by_decision: dict[str, list[Proposal]] = {}
        self._by_value: dict[tuple[str, str], tuple[list[int], dict[object, list[Proposal]]]] = {}
        self._agendas: dict[str, list[Meeting]] = {}

    def about(self, decision: str) -> list[Proposal]:
        """The proposals of a decision (or act) by its own name."""
        new = len(self._proposals) - self._seen
        if new:
            if new < 0:  # taken back: begin anew
                self._by_decision, self._by_value, new = {}, {}, len(self._proposals)
                self._in_order, self._latest = True, datetime.min
            for proposal in reversed(list(islice(reversed(self._proposals.values()), new))):
                self._by_decision.setdefault(proposal.decision, []).append(proposal)
                self._in_order = self._in_order and proposal.at.start >= self._latest
                self._latest = max(self._latest, proposal.at.start)
            self._seen = len(self._proposals)
        return self._by_decision.get(decision, [])

    def alike(self, decision: str, fact: str, value: object) -> list[Proposal]:
        """The proposals of a decision in which a fact has a value (None: no value)."""
        items = self.about(decision)
        counted, found = self._by_value.setdefault((decision, fact), ([0], {}))
        for proposal in items[counted[0] :] if counted[0] < len(items) else ():
            found.setdefault(proposal.facts.get(fact), []).append(proposal)
        counted[0] = len(items)
        return found.get(value, [])

    def about_any(
        self, decisions: Iterable[str], fact: str = "", value: object = None, before: int = sys.maxsize,
        since: Callable[[Proposal], bool] | None = None,
    ) -> list[Proposal]:  # fmt: skip
        """The proposals of several decisions, with the value of a fact if one is named, that stand before a place of the record.
        `since` fails for all that are older than one for which it fails; these are left out where the record is in order."""
        lists = [self.alike(name, fact, value) if fact else self.about(name) for name in decisions]
        lists = [self._between(items, before, since) for items in lists if items]
        lists = [items for items in lists if items]
        if len(lists) < 2:
            return lists[0] if lists else []
        return sorted((item for items in lists for item in items), key=lambda item: item.sequence)

    def _between(self, items: list[Proposal], before: int, since: Callable[[Proposal], bool] | None) -> list[Proposal]:
        stop = bisect_left(items, before, key=lambda item: item.sequence)
        first = bisect_left(items, True, 0, stop, key=since) if since is not None and self._in_order else 0
        return items[first:stop]

    def turned(self, proposal: str) -> set[datetime]:
        """When the meetings about a proposal, and those that they reconvene, began or were attended."""
        found: set[datetime] = set()
        waiting, seen = [meeting.id for meeting in self.meetings(proposal)], set[str]()
        while waiting:
            meeting = self._meetings.get(waiting.pop())
            if meeting is not None and meeting.id not in seen:
                seen.add(meeting.id)
                found |= {meeting.at.start} | meeting.turned
                waiting.append(meeting.reconvening)
        return found

    def meetings(self, proposal: str) -> list[Meeting]:
        """The meetings that have a proposal on their agenda."""
        new = len(self._meetings) - self._met
        if new:
            if new < 0:
                self._agendas, new = {}, len(self._meetings)
            for meeting in reversed(list(islice(reversed(self._meetings.values()), new))):
                for name in meeting.agenda:
                    self._agendas.setdefault(name, []).append(meeting)
            self._met = len(self._meetings)
        return self._agendas.get(proposal, [])
