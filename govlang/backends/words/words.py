"""The `words` back end: one object that says any part of one agreement.

In: an agreement and what its clauses were lowered to. Out: `Statement`s. Sentences about requirements are folded from the
expressions that decide (`words.trees`); those about other clauses are said by the module of their kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from govlang.backends.words import clauses, decisions, happenings, ladders, licences, norms, scorecards, trees
from govlang.backends.words.groups import Names
from govlang.backends.words.speech import Speech
from govlang.backends.words.statement import Statement
from govlang.backends.words.voice import Voice
from govlang.core.expr import Expr
from govlang.core.norms import NormRule, Trigger
from govlang.core.rules import Rule, Tree
from govlang.core.trust import TrustRule
from govlang.model.locking import Used
from govlang.model.nodes import Agreement, Decision
from govlang.syntax import nodes as n


class Words:
    """Says what one agreement's rules mean. `rule` gives the lowered right of a name; `norms` and `trust` are all there are."""

    def __init__(
        self, agreement: Agreement, rule: Callable[[str], Rule], norms: tuple[NormRule, ...], trust: tuple[TrustRule, ...],
        used: tuple[Used, ...] = (),
    ) -> None:  # fmt: skip
        self.agreement = agreement
        self.rule = rule
        self.norms = norms
        self.trust = trust
        self._speeches: dict[str, Speech] = {}
        self._terms: dict[str, Statement | None] = {}
        self._decisions: dict[str, Statement] = {}
        self.used = used  # the files whose clauses belong to the agreement

    # ------------------------------------------------------------ names, groups, facts, times

    @cached_property
    def names(self) -> Names:
        """The agreement's names with their articles: Helios, the Chair, the Steering Committee."""
        return Names(self.agreement)

    def voice(self, facts: Mapping[str, n.Given] | None = None) -> Voice:
        """How a clause that is given such facts names its groups (`voice.groups`), facts, windows and deadlines."""
        return Voice(self.names, facts)

    def speech(self, right: Decision | None) -> Speech:
        """The algebra that says the expressions of a decision or another right; one for each, which remembers what it said."""
        name = right.name if right is not None else ""
        found = self._speeches.get(name)
        if found is None or found.decision is not right:
            found = self._speeches[name] = Speech(self.voice(right.facts if right is not None else None), right, self)
        return found

    # ------------------------------------------------------------ requirements

    def condition(self, expr: Expr, right: Decision | None = None) -> str:
        """An expression as a clause: the amount is at most EUR 5,000. `right` says what its facts are."""
        return self.speech(right).claim(expr).yes

    def decision(self, name: str) -> Statement:
        """A decision (or any right) whole: what it is for, what it names, what it requires, how votes are counted, what follows."""
        if name not in self._decisions:
            self._decisions[name] = decisions.decision(self, name)
        return self._decisions[name]

    def requirement(self, tree: Tree) -> Statement:
        """What a requirement tree asks for: a sentence, or words that introduce several."""
        return trees.requirement(self, tree)

    def brief(self, tree: Tree) -> str:
        """A requirement as a short noun phrase, for the cell of a table."""
        return trees.brief(self, tree)

    # ------------------------------------------------------------ clauses that are no decisions

    def norm(self, rule: NormRule) -> Statement:
        """A duty, power, review, survey, target or thing to be told: the rule in one sentence, and under it each further line."""
        return norms.norm(self, rule)

    def happening(self, item: n.Happening) -> str:
        """Something that happens, as a clause: the decision Commit Spend is taken; a party leaves the agreement."""
        return happenings.happening(self, item)

    def trigger(self, item: Trigger) -> str:
        """What brings something about: when a party leaves the agreement; in each quarter; from the start of the agreement."""
        return happenings.trigger(self, item)

    def recurs(self, item: n.Recurs) -> str:
        """How often something comes round: in each quarter; every two weeks, counted from 5 January 2026."""
        return happenings.recurs(item)

    def due(self, rule: NormRule) -> str:
        """By when a norm has to be done, by the first thing that brings it about: within 30 days after a party defaults."""
        return happenings.due(self, rule)

    def licence(self, name: str) -> Statement:
        """A licence: the grant in one sentence, and under it its terms, its ends and what a use of it requires."""
        return licences.licence(self, name)

    def ladder(self, name: str) -> Statement:
        """How disputes are settled: who may raise one, and under it each step."""
        return ladders.ladder(self, name)

    def figure(self, item: n.Figure, whom: str = "each") -> str:
        """What a measure of trust counts: the share of its duties that were done in time."""
        return scorecards.figure(self, item, whom)

    def term(self, name: str) -> Statement | None:
        """What any defined term means; None for one whose clause did not resolve."""
        if name not in self._terms:
            self._terms[name] = clauses.term(self, name)
        return self._terms[name]

    def header(self) -> tuple[Statement, ...]:
        """What the agreement says that is no defined term: its own clause, notices, ownership, assignment, files it uses."""
        return tuple(clauses.untitled(self, self.used))

    def clause(self, node: n.Clause) -> tuple[Statement, ...]:
        """What one clause of the text says; nothing for a scenario."""
        return clauses.clause(self, node, self.used)
