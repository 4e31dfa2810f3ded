"""Events about what is to be done, taken in and found again by the norm, act or message they are about.

In: events of a record. Out: lists in the order of the record. Whether an event counts is judged in `record.norms`.
"""

from __future__ import annotations

from govlang.diagnostics import did_you_mean
from govlang.model import values
from govlang.record.entries import Proposal
from govlang.record.offices import Offices
from govlang.syntax import nodes as n

NORM_EVENTS = frozenset({"perform", "exercise", "release", "subcontract"})
# What is also recorded of other things: it is about a norm where its target is the name of one.
SHARED_EVENTS = frozenset({"assign", "find", "notice", "ballot"})


class Performances(Offices):
    """Takes in what is done about norms, and keeps acts and findings by their words."""

    def _ready(self) -> None:
        self.of_norm: dict[str, list[n.Deed]] = {}
        self.acts: dict[str, list[tuple[n.Deed, Proposal | None]]] = {}
        self.findings: dict[str, list[tuple[n.Deed, Proposal | None]]] = {}
        self.measured: dict[str, list[n.Deed]] = {}
        self.passed_on: dict[str, list[n.Deed]] = {}
        self.messages: dict[str, n.Deed] = {}
        self.answers: dict[str, list[n.Deed]] = {}
        self.informed: dict[str, list[n.Deed]] = {}

    def about_norm(self, event: n.Deed) -> bool:
        """Whether an event is about a norm; it is then kept with it."""
        name = event.target.text if event.target is not None else ""
        if event.kind in SHARED_EVENTS and name in self.agreement.norms:
            self.of_norm.setdefault(name, []).append(event)
            return True
        if event.kind not in NORM_EVENTS:
            return False
        if name in self.agreement.norms:
            self.of_norm.setdefault(name, []).append(event)
        else:
            hint = did_you_mean(name, self.agreement.norms) or "name a duty or a power of the agreement"
            self.report("GL420", f"the agreement has no duty or power called '{name}'", event, hint)
        return True

    def _act(self, event: n.Deed, proposal: Proposal | None) -> None:
        self.acts.setdefault(event.word, []).append((event, proposal))

    def _free_act(self, event: n.Deed) -> None:
        """An act about nothing on record: it may bring a duty about, or fulfil one."""
        self._act(event, None)

    def _free_finding(self, event: n.Deed) -> None:
        """A finding about a party or a person, and about no proposal: it may bring a duty about, and counts towards trust."""
        if event.other is None:
            self.refuse(event, "it does not say of whom, or on what, it is found")
        elif not self.known(event.other.text):
            self._unknown(event.other, event, "GL403")
        else:
            self.findings.setdefault(event.word, []).append((event, None))

    def _inform(self, event: n.Deed) -> None:
        self.informed.setdefault(event.target.text if event.target is not None else "", []).append(event)

    def _share(self, event: n.Deed) -> None:
        self.passed_on.setdefault(event.word, []).append(event)

    def _ask(self, event: n.Deed) -> None:
        assert event.target is not None
        if event.target.text in self.messages:
            self.report("GL404", f"a message '{event.target.text}' is already recorded", event, "give it another name")
            return
        self.messages[event.target.text] = event

    def _answer(self, event: n.Deed) -> None:
        name = event.target.text if event.target is not None else ""
        if name not in self.messages:
            hint = did_you_mean(name, self.messages) or "record the question first: `Helios asks Norwind as Q-1`"
            self.report("GL403", f"nothing called '{name}' was asked", event, hint)
            return
        self.answers.setdefault(name, []).append(event)

    def _measure(self, event: n.Deed) -> None:
        assert event.value is not None
        declared = {norm.measure.name: norm.measure for norm in self.agreement.norms.values() if norm.measure is not None}
        if event.word not in declared:
            hint = did_you_mean(event.word, declared) or "declare it in an objective: `measure ...`"
            self.report("GL408", f"no objective is measured by '{event.word}'", event, hint)
            return
        problem = values.mismatch(event.value, declared[event.word].type, self.agreement.header)
        if problem:
            self.report("GL408", problem[1].format(name=event.word), event, problem[2])
            return
        self.measured.setdefault(event.word, []).append(event)
