"""Events about assets: made, listed, marked, asked for, used, told, assigned; licences that are terminated.

In: events of a record. Out: the state of each asset, requests, uses and ended licences, or the reason why an event has no effect
(GL404, GL405, GL416, GL417). Whether an act was permitted is not asked here: what was done was done, and is judged apart.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from govlang.diagnostics import did_you_mean
from govlang.frozen import replace
from govlang.model.nodes import Kind
from govlang.record.effects import Effects
from govlang.record.entries import Meeting, Proposal
from govlang.record.ip import ASKED, AssetState, Ended, facts_of, owners_of, party_of, stated, wrong_facts
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.model.versions import Version
    from govlang.record.history import History


class AssetBook(Effects):
    """Takes in what concerns assets."""

    meetings: dict[str, Meeting]
    texts: tuple[Version, ...]
    assets: dict[str, AssetState]
    uses: list[n.Deed]
    requests: list[Proposal]
    ended_licences: list[Ended]
    findings: dict[str, list[tuple[n.Deed, Proposal | None]]]

    def _me(self) -> History:
        """The whole of which this is a part."""
        return cast("History", self)

    def _on_proposal(self, event: n.Deed) -> None:
        raise NotImplementedError

    def _assets_ready(self) -> None:
        self.assets = stated(self.agreement)
        for version in self.texts[1:]:
            self._restated(version.start, stated(version.agreement))
        self.uses, self.requests, self.ended_licences = [], [], []

    def _restated(self, since: datetime, listed: dict[str, AssetState]) -> None:
        """What an amended text says of assets, from the day on which it says it."""
        for name, state in listed.items():
            known = self.assets.get(name)
            if known is None:
                state.since = max(state.since, since)
                self.assets[name] = state
            elif state.owners and state.owners != known.owners:
                known.moved.append((since, state.owners))

    def _about_asset(self, event: n.Deed) -> None:
        assert event.target is not None
        name = event.target.text
        if event.kind in ("make", "list"):
            self._new_asset(event, name)
        elif event.kind == "terminate":
            self._terminate(event, name)
        elif event.kind == "assign" and name not in self.assets and self.agreement.kind_of(name) is not Kind.ASSET:
            self._on_proposal(event)  # a duty
        elif name not in self.assets:
            hint = did_you_mean(name, self.assets) or "list it in the agreement, or record who makes it"
            self.report("GL416", f"there is no asset called '{name}'", event, hint)
        elif event.kind in ASKED:
            self._facts_fit(event)
            self._asked(event, ASKED[event.kind])
        else:
            self._happened(event, self.assets[name])

    def _new_asset(self, event: n.Deed, name: str) -> None:
        if name in self.assets or (self.known(name) and self.agreement.kind_of(name) is not Kind.ASSET):
            self.report("GL404", f"there is already something called '{name}'", event, "give it a name of its own")
            return
        makers = tuple(actor.text for actor in event.actors)
        state = AssetState(name, event.word or "results", event.at.start, None, makers)
        owners = [who.text for key, names in event.names if key == "of" for who in names]
        if event.kind == "list":
            owners = owners or [party_of(self._me(), maker, event.at.start) for maker in makers]
            state.owners = {who: Fraction(1, len(owners)) for who in owners}
        self.assets[name] = state
        self.turns.add(event.at.start)

    def _terminate(self, event: n.Deed, name: str) -> None:
        licence = self.agreement.ip.licences.get(name)
        if licence is None:
            hint = did_you_mean(name, self.agreement.ip.licences) or "name a licence of the agreement"
            self.report("GL416", f"there is no licence called '{name}'", event, hint)
            return
        lines = [line for line in licence.lines if isinstance(line, n.EndsOn) and line.by is not None]
        actors = {hat for actor in event.actors for hat in (actor.text, *self.hats(actor.text, event.at.start))}
        if not any(actors & set(self.electors(line.by, event.at.start, None)) for line in lines if line.by is not None):
            who = " or ".join(self.agreement.wording(line.by) for line in lines if line.by is not None)
            self.refuse(event, f"{name} is terminated by {who}" if who else f"{name} says nothing of termination")
            return
        self.ended_licences.append(Ended(name, event.other.text if event.other else "", event))
        self.turns.add(event.at.start)

    def _licence_finding(self, event: n.Deed, name: str) -> None:
        """A finding on a licence itself: it holds for all its licensees, or for the one it is of."""
        known = {word: given for word, given in self.agreement.rights[name].facts.items() if given.determined_by is not None}
        given = known.get(event.word)
        if given is None or given.determined_by is None:
            hint = did_you_mean(event.word, known) or f"what is found on it is {', '.join(known) or 'nothing'}"
            self.report("GL408", f"nobody determines '{event.word}' of {name}", event, hint)
            return
        group = n.Group((given.determined_by,))
        allowed = set(self.electors(group, event.at.start, None))
        allowed |= {given.determined_by.base.name.text} if given.determined_by.base.name is not None else set()
        if not any(allowed & {actor.text, *self.hats(actor.text, event.at.start)} for actor in event.actors):
            self.refuse(event, f"{event.word} of {name} is determined by {self.agreement.wording(group)}")
            return
        self.findings.setdefault(event.word, []).append((event, None))
        self.turns.add(event.at.start)

    def _asked(self, event: n.Deed, act: str) -> None:
        """A request, or a matter that somebody asks about; one with a name can be approved, objected to, given notice of."""
        assert event.target is not None
        name = next((names[0].text for key, names in event.names if key == "as"), "")
        if name and (name in self.proposals or name in self.meetings):
            self.report("GL404", f"'{name}' was proposed before", event, "give the second one another name")
            return
        by = tuple(self.sole(actor.text, event.at.start) for actor in event.actors)
        about = facts_of(self._me(), event, "use" if act == "request" else act)
        matter = Proposal(name, act, by, event.at, about, event, sequence=len(self.proposals))
        self.requests.append(matter)
        if name:
            self.proposals[name] = matter

    def _facts_fit(self, event: n.Deed) -> None:
        for _, literal, message, hint in wrong_facts(self.agreement, event):
            self.report("GL408", message, replace(event, span=literal.span), hint)

    def _happened(self, event: n.Deed, state: AssetState) -> None:
        at = event.at.start
        match event.kind:
            case "mark":
                state.marks.append(at)
            case "delist":
                state.gone = at
            case "assign":
                self._assigned(event, state)
                return
            case _:
                self._facts_fit(event)
                self.uses.append(event)
                if event.kind == "disclose":
                    state.told.append(event)
        self.turns.add(at)

    def _assigned(self, event: n.Deed, state: AssetState) -> None:
        assert event.other is not None
        at, to = event.at.start, event.other.text
        owners = dict(owners_of(self._me(), state.name, at))
        for actor in event.actors:
            giver = party_of(self._me(), actor.text, at)
            share = owners.pop(giver, None) if giver in owners else owners.pop(actor.text, None)
            if share is None:
                shown = ", ".join(owners) or "nobody"
                self.report("GL417", f"{giver} does not own {state.name}, and so gives nothing away", event,
                            f"it belongs to {shown}")  # fmt: skip
                continue
            owners[to] = owners.get(to, Fraction(0)) + share
        state.moved.append((at, owners))
        self.uses.append(event)
        self.turns.add(at)
