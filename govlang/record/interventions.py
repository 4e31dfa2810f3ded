"""Vetoes, objections, recorded acts, advice, waived notice, and who stands behind a proposal.

In: the events of a proposal. Out: which of them stand, and who raised them. See `record.facts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from govlang.core import keys as k
from govlang.core.expr import Value
from govlang.frozen import parts, replace
from govlang.model.nodes import Block, Scope
from govlang.record import calendar
from govlang.record.count import closing_words
from govlang.record.tallies import Tallies
from govlang.syntax import nodes as n


def _blocking_rules(block: Block) -> Iterator[tuple[n.NoBlock, Scope]]:
    """Every veto and objection that a block knows, however deep."""
    for part in parts(block.statements):
        if isinstance(part, n.NoBlock):
            yield part, block.scope
    for inner in [*(tier.block for tier in block.tiers), *(reading.block for reading in block.readings)]:
        yield from _blocking_rules(inner)


class Interventions(Tallies):
    """What others did about a proposal."""

    def blocks(self, rule: n.NoBlock, scope: Scope) -> list[tuple[n.Deed, str]]:
        """Vetoes or objections on record, each standing, undetermined, void, withdrawn, late or by one who may not."""
        found = self._blocks.get((rule, scope))
        if found is None:
            found = self._blocks[rule, scope] = self._found_blocks(rule, scope)
        return found

    def _found_blocks(self, rule: n.NoBlock, scope: Scope) -> list[tuple[n.Deed, str]]:
        kinds = (rule.kind, "ballot") if rule.ballots else (rule.kind,)
        undone = {kind: self._undone(rule, scope, kind) for kind in kinds}
        found: list[tuple[n.Deed, str]] = []
        for place, event in enumerate(self.proposal.events):
            if event.kind not in kinds or event.at.start > self.now or (event.kind == "ballot" and event.choice != "against"):
                continue
            for actor in event.actors:
                single = replace(event, actors=(actor,))
                names = self._identities(actor.text, event.at.start)
                withdrawn = max(undone[event.kind].get(name, -1) for name in names) > place
                found.append((single, self._block_state(rule, scope, single, withdrawn)))
        return found

    def _undone(self, rule: n.NoBlock, scope: Scope, kind: str) -> dict[str, int]:
        """The place on record of each actor's last withdrawal of a veto, an objection or a vote; or of a later vote, where
        votes may change."""
        changing = kind == "ballot" and scope.votes_may_change is not None
        return {
            name: place
            for place, event in enumerate(self.proposal.events)
            if event.at.start <= self.now
            and ((event.kind == "withdraw" and event.word in (kind, rule.kind)) or (changing and event.kind == "ballot"))
            for actor in event.actors
            for name in self._identities(actor.text, event.at.start)
        }

    def _identities(self, actor: str, at: datetime) -> set[str]:
        """The names of one who acts: the person, and the parties that the person speaks for."""
        person = self.counter.person(actor, at)
        parties = {party.name for party in self.history.agreement.parties()}
        return {actor, person} | (set(self.history.hats(person, at)) & parties)

    def blocking(self, rule: n.NoBlock, scope: Scope, state: str) -> list[str]:
        """The different electors whose veto or objection is in a state; each counts once. `undetermined G` are those whose
        ground G nobody has found yet."""
        wanted, _, ground = state.partition(" ")
        found = [
            name
            for event, reached in self.blocks(rule, scope)
            if reached == wanted and (not ground or self.shown(event, ground) is None)
            for name in self.electors_acting(event, rule.group) or [actor.text for actor in event.actors]
        ]
        return list(dict.fromkeys(found))

    def _block_state(self, rule: n.NoBlock, scope: Scope, event: n.Deed, withdrawn: bool) -> str:
        if not self.any_in(event, rule.group):
            return f"not by one who may raise a {rule.kind}"
        if any(self.any_in(event, group) for group in rule.not_by):
            return f"excluded from raising a {rule.kind} here"
        if withdrawn:
            return "withdrawn"
        if rule.with_reason and not event.reason:
            return "void: it gives no reason"
        late = self._late(rule, scope, event)
        if late:
            return late
        if rule.delays is not None and self.now >= self._delay_end(rule.delays, event):
            return f"over: it could delay for at most {rule.delays}"
        shown = {ground: self.shown(event, ground) for ground in (rule.ground, *rule.further) if ground}
        failed = [ground for ground, holds in shown.items() if holds not in (True, None)]
        if failed:
            return f"void: {failed[0]} is not shown"
        if None in shown.values():
            return "undetermined"
        return "standing"

    def shown(self, event: n.Deed, ground: str) -> Value:
        """Whether the ground of a veto or an objection is shown; unknown until somebody finds it."""
        declared = self.declared(ground)
        if declared is not None and declared.determined_by is not None:
            return self.finding(ground, declared, "\n".join(sorted(actor.text for actor in event.actors)))
        return self.proposal.facts.get(ground)

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

    def _delay_end(self, period: n.Duration, event: n.Deed) -> datetime:
        """When an objection that can only delay has delayed long enough."""
        end = calendar.deadline(event.at, period, False, calendar.days_off(self.history.agreement.header))
        self.instants.add(end)
        return end

    def delayed(self, rule: n.NoBlock, scope: Scope) -> Value:
        """When the last of those that stand will have delayed long enough."""
        standing = [event for event, state in self.blocks(rule, scope) if state == "standing"]
        return max((self._delay_end(rule.delays, event) for event in standing if rule.delays is not None), default=None)

    def act_or_reference(self, name: str) -> n.Moment | None:
        """A period may also run from the last veto or objection that counts, unless an act or a fact has that name."""
        found = super().act_or_reference(name)
        if found is not None or name not in ("veto", "objection") or self.declared(name) is not None or name in self._sought:
            return found
        self._sought.add(name)
        raised = self._raised(name)
        self._sought.discard(name)
        return raised

    def _raised(self, kind: str) -> n.Moment | None:
        """When the last veto or objection that counts was raised; one that has delayed long enough counted as well."""
        agreement = self.history.agreement
        right = agreement.right(self.proposal.decision)
        covering = self.history.covering(self.proposal.decision)
        rights = [right] if right is not None else [agreement.decisions[name] for name in covering]
        counted = [
            event.at
            for decision in rights
            for rule, scope in _blocking_rules(decision.block)
            if rule.kind == kind
            for event, state in self.blocks(rule, scope)
            if state == "standing" or state.startswith("over")
        ]
        return max(counted, key=lambda at: at.start, default=None)

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

    def actors(self, rule: n.Act, scope: Scope) -> list[str]:
        """The different electors of its group who did an act in time."""
        assert rule.by is not None
        found = [name for event, _, why in self.act_events(rule, scope) if not why
                 for name in self.electors_acting(event, rule.by)]  # fmt: skip
        return list(dict.fromkeys(found))

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
            elif self._too_early(rule.window, scope, event):
                reason = "early: the time for it had not begun"
            found.append((event, acting, reason))
        return found

    def _too_early(self, window: n.Window | None, scope: Scope, event: n.Deed) -> bool:
        """Whether an act that has to follow another act, or what was decided in a dispute, was recorded before it."""
        anchor = window.anchor if window is not None and window.kind == "within" else None
        if anchor is None or anchor.kind not in ("act", "step decided", "step over") or self.declared(anchor.act) is not None:
            return False
        since = self.instant(anchor, scope)
        return since is None or event.at.start < since.start

    def advised(self, group: n.Group) -> Value:
        """Whether everyone to be consulted has advised: each item of the group, every one of them where it says so."""
        for item in group.items:
            whole = n.Group((item,))
            wanted = self.history.electors(whole, self.now, self.proposal)
            given = {name for event in self.events("advise") for name in self.electors_acting(event, whole)}
            relaxed = item.quantifier == "any" or group.joiner == "or"
            enough = bool(given) if relaxed else set(wanted) <= given
            if not wanted or not enough:
                return False
        return True

    def notice_waived(self, scope: Scope) -> Value:
        """Whether everyone entitled to notice of the meeting waived it, before or after. Who gave it needs none."""
        meeting = self.meeting()
        givers = {hat for deed in self.history.counting(self.proposal, self.now) for hat in self.history.acting(deed)}
        members = self.history.members_of(meeting.body, meeting.at.start) if meeting is not None else []
        entitled = [name for name in members if name not in givers]
        return bool(entitled) and set(entitled) <= set(self.waivers(scope))

    def proposer_in(self, group: n.Group, scope: Scope) -> Value:
        """Whether someone who proposed belongs to a group; unknown while nobody is said to propose."""
        if not self.proposal.by:
            return None
        names = tuple(n.Name(name) for name in self.proposal.by_now(self.now))
        acting = n.Deed("propose", self.proposal.at, names, span=self.proposal.deed.span)
        return bool(self.electors_acting(acting, group))

    def proposers(self, group: n.Group) -> Value:
        """How many electors of a group stand behind the proposal."""
        acting = n.Deed("propose", self.proposal.at, tuple(n.Name(name) for name in self.proposal.by_now(self.now)))
        return Fraction(len(self.electors_acting(acting, group)))

    def fact_in(self, fact: str, group: n.GroupItem) -> Value:
        """Whether the party or person that a fact names belongs to a group."""
        value = self.given(fact)
        if not isinstance(value, str) or not value:
            return None if value is None else False
        names = set(self.history.hats(value, self.now)) | {value}
        return bool(names & set(self.history.electors(n.Group((group,)), self.now, self.proposal)))
