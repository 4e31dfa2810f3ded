"""Nodes of the life of an agreement: what a decision does when it is carried out, what survives the end, renewal.

In: groups and the smallest nodes. Out: parts of statements and of the agreement clause. See `syntax.nodes` for the whole tree.
"""

from __future__ import annotations

from govlang.frozen import dataclass
from govlang.syntax.nodes_rules import Cited, Group
from govlang.syntax.nodes_values import Duration, Literal, Name, Node


@dataclass(frozen=True, slots=True)
class Named(Node):
    """Somebody, by name, or as a fact of the proposal names them; `proposer` is a fact that every proposal has."""

    name: Name | None = None
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Effect(Cited):
    """What a decision does when it is carried out.

    `kind` is ends, extends, appoints, removes, admits, excludes, default, no default or sets. `who` is whom it is about, `role`
    and `party` go with an appointment, `word` is the attribute that is set (to `value`, or to the fact `fact`) or the fact
    that gives the new end of the term, `duration` by how much the term is extended. `on` is a fact that gives the day.
    """

    kind: str
    who: Named | None = None
    role: Name | None = None
    party: Named | None = None
    word: str = ""
    fact: str = ""
    value: Literal | None = None
    duration: Duration | None = None
    on: str = ""


@dataclass(frozen=True, slots=True)
class SurvivesEnd(Cited):
    """What survives the end of the agreement, for so long (for ever, if None)."""

    duration: Duration | None = None


@dataclass(frozen=True, slots=True)
class Renewal(Cited):
    """The term renews itself for a period, so many times (0: again and again), unless one of a group objects in time."""

    period: Duration
    times: int = 0
    unless: Group | None = None
    ahead: Duration | None = None
