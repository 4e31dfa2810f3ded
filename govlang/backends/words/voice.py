"""How one clause names things: its groups, its facts, its times.

In: an agreement's names and the facts that the clause is given. Out: noun phrases and adverbs (`within five working days after
voting opens`), the same wherever they stand. Every module of this folder speaks through a `Voice`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from govlang.backends.words import english
from govlang.backends.words.groups import Groups, Names, label, named, plain, quoted
from govlang.core import keys as k
from govlang.syntax import nodes as n

_USE = {
    "purpose": "the purpose of the use", "field": "the field of use", "territory": "the territory of use",
    "recipient": "the recipient", "asset": "the asset",
}  # fmt: skip
_HAPPENS = {
    "notice": "notice is given", "opening": "voting opens", "closing": "voting closes", "meeting": "the meeting",
    "decision": "the decision is taken", "start": "the start of the agreement", "end": "the end of the agreement",
    "raised": "the dispute is raised",
}  # fmt: skip
_NOUN = {
    "proposal": "the proposal", "proposed": "the day of the proposal", "notice": "notice", "opening": "the opening of voting",
    "closing": "the close of voting", "meeting": "the meeting", "decision": "the decision", "start": "the start of the agreement",
    "end": "the end of the agreement", "raised": "the raising of the dispute",
}  # fmt: skip


class Voice:
    """What the names of one clause are called. `facts` are those that the clause is given, by name."""

    def __init__(self, names: Names, facts: Mapping[str, n.Given] | None = None) -> None:
        self.names = names
        self.facts: Mapping[str, n.Given] = facts or {}
        self.groups = Groups(names, self.facts)

    # ------------------------------------------------------------ facts

    def kind(self, fact: str) -> str:
        """The type of a fact; empty for one that nobody declared."""
        given = self.facts.get(fact)
        return given.type.kind if given is not None else ""

    def fact(self, name: str) -> str:
        """A fact as a noun: the amount, the date given as “began”, the party named as related."""
        if name == "proposed-on":
            return "the day of the proposal"
        if name == "mode":
            return "the way of voting"
        if name == "proposer":
            return "the proposer"
        match self.kind(name):
            case "date":
                return f"the date given as {quoted(name)}"
            case "duration":
                return f"the period given as {quoted(name)}"
            case "party" | "person" | "parties" | "persons" | "role" | "body" as kind:
                return named(name, kind)
            case "decision":
                return self.proposal(name)
            case "dispute":
                return f"the dispute named as {label(name)}"
            case "yesno":
                return f"the answer to {quoted(name)}"
            case "money" if name.endswith("ed"):
                return f"the amount given as {quoted(name)}"
            case "label" | "word" if name in _USE:
                return _USE[name]
            case _:
                return f"the {plain(name)}" if label(name) == plain(name) else f"what is given as {label(name)}"

    def proposal(self, fact: str) -> str:
        """The proposal that a fact names: the decision Commit Spend named as order."""
        given = self.facts.get(fact)
        target = given.type.target if given is not None else None
        return f"the decision {f'{target.text} ' if target is not None else ''}named as {label(fact)}"

    # ------------------------------------------------------------ times

    def happens(self, anchor: n.Anchor) -> str:
        """Something that happens, to stand after `before` or `after`: voting opens; the meeting; “minutes sent” is recorded."""
        if anchor.kind in _HAPPENS:
            return _HAPPENS[anchor.kind]
        match anchor.kind:
            case "decision of":
                return f"the decision {anchor.act} is taken"
            case "act":
                return self._act(anchor.act)
            case "step":
                return f"{anchor.act} begins"
            case _:
                return self.event(anchor)

    def since(self, anchor: n.Anchor) -> str:
        """The same, looked back at: since voting opened; since the meeting; since “minutes sent” was recorded."""
        match anchor.kind:
            case "notice":
                return "notice was given"
            case "opening":
                return "voting opened"
            case "closing":
                return "voting closed"
            case "decision":
                return "the decision was taken"
            case "decision of":
                return f"the decision {anchor.act} was taken"
            case "raised":
                return "the dispute was raised"
            case "step":
                return f"{anchor.act} began"
            case "act" if self.kind(anchor.act) == "decision":
                return f"{self.proposal(anchor.act)} was taken"
            case "act" if not self.kind(anchor.act) and anchor.act not in ("veto", "objection"):
                return f"{quoted(anchor.act)} was recorded"
            case _:
                return self.event(anchor)

    def happened(self, anchor: n.Anchor, yes: bool = True) -> str:
        """That something has happened, or has not: voting has opened; “minutes sent” has not been recorded."""
        has = "has" if yes else "has not"
        match anchor.kind:
            case "opening":
                return f"voting {has} opened"
            case "closing":
                return f"voting {has} closed"
            case "notice":
                return f"notice {has} been given"
            case "meeting":
                return f"the meeting {has} been held"
            case "decision":
                return f"the decision {has} been taken"
            case "decision of":
                return f"the decision {anchor.act} {has} been taken"
            case "raised":
                return f"the dispute {has} been raised"
            case "step":
                return f"the step {anchor.act} {has} begun"
            case "step decided":
                return f"the dispute {has} been decided in {anchor.act}"
            case "act" if self.kind(anchor.act) == "decision":
                return f"{self.proposal(anchor.act)} {has} been taken"
            case "act" if self.kind(anchor.act):
                return f"{self.fact(anchor.act)} {'is' if yes else 'is not'} known"
            case "act" if anchor.act not in ("veto", "objection"):
                return f"{quoted(anchor.act)} {has} been recorded"
            case _:
                return f"{self.event(anchor)} {has} come"

    def event(self, anchor: n.Anchor) -> str:
        """The same as a noun: the opening of voting, the recording of “minutes sent”."""
        if anchor.kind in _NOUN:
            return _NOUN[anchor.kind]
        match anchor.kind:
            case "decision of":
                return f"the decision {anchor.act}"
            case "date" if anchor.moment is not None:
                return english.moment(anchor.moment)
            case "later" if anchor.of is not None and anchor.duration is not None:
                return f"the end of the {english.duration(anchor.duration)} after {self.happens(anchor.of)}"
            case "step":
                return f"the beginning of {anchor.act}"
            case "step decided":
                return f"the decision in {anchor.act}"
            case "step over":
                return f"the end of {anchor.act}"
            case _:
                return self._act(anchor.act, noun=True)

    def _act(self, name: str, noun: bool = False) -> str:
        kind = self.kind(name)
        if kind == "decision":
            return self.proposal(name) if noun else f"{self.proposal(name)} is taken"
        if kind:
            return self.fact(name)
        if name in ("veto", "objection"):
            return f"the last {name}"
        return f"the recording of {quoted(name)}" if noun else f"{quoted(name)} is recorded"

    def after(self, anchor: n.Anchor | None) -> str:
        """after voting opens; after the proposal, where nothing else is said."""
        return f"after {self.happens(anchor or n.Anchor('proposal'))}"

    def when(self, anchor: n.Anchor) -> str:
        """when notice is given; at the meeting; on 2 March 2026."""
        said = self.happens(anchor)
        if anchor.kind == "date":
            return f"on {said}"
        clause = re.search(r"(is|are) (given|taken|recorded|raised)$|(opens|closes|begins)$", said)
        return f"when {said}" if clause else f"at {said}"

    def window(self, window: n.Window) -> str:
        """within five working days after voting opens; in the 72 hours after notice is given; before the meeting."""
        anchor = window.anchor or n.Anchor("proposal")
        if window.kind == "before":
            return f"before {self.happens(anchor)}"
        return self.within(window.duration, anchor, window.kind != "for")

    def within(self, duration: n.Duration, anchor: n.Anchor, through: bool) -> str:
        """While a period runs: to the end of its last day (within five days after); until that day begins, as periods that somebody
        waits for do (before five days have passed since); hours run from the instant itself in either case."""
        length = english.duration(duration)
        if through:
            return f"within {length} {self.after(anchor)}"
        if duration.unit == "hours":
            return f"in the {length.partition(' ')[2] if duration.amount == 1 else length} {self.after(anchor)}"
        return f"before {self.passed(duration, anchor)}"

    def passed(self, duration: n.Duration, anchor: n.Anchor, yes: bool = True) -> str:
        """That a period that somebody waits for is complete: five working days have passed since notice was given."""
        have = "has" if duration.amount == 1 else "have"
        return f"{english.duration(duration)} {have}{'' if yes else ' not'} passed since {self.since(anchor)}"

    def deadline(self, key: k.Deadline) -> str:
        """The end of a period as a noun: the end of the tenth day after notice is given."""
        same = key.duration.amount == 0 and key.duration.unit != "hours"
        if same:
            what = self.event(key.since.anchor)
            return f"the end of the day of {what}" if key.through else what
        return f"{english.duration(key.duration)} {self.after(key.since.anchor)}"
