"""Norms, lowered: what brings them about, who bears them, by when, and each of their states as an expression.

In: made by `core.lower_norms`. Out: read by `record.norms`, which finds the instances of a norm on a record and gives each its
`Mark`s, over which the states are expressions like any other. Nothing here counts anything.
"""

from __future__ import annotations

from enum import Enum

from govlang.core.expr import TRUE, Expr
from govlang.frozen import dataclass, field
from govlang.source import Citation
from govlang.syntax import nodes as n


class Standing(Enum):
    """The state of one instance of a norm."""

    PENDING = "pending"
    IN_EFFECT = "in effect"
    SUSPENDED = "suspended"
    FULFILLED = "fulfilled"
    VIOLATED = "violated"
    DISCHARGED = "discharged"
    EXPIRED = "expired"
    EXERCISED = "exercised"


# What the states are called for norms of another kind than duties and powers.
WORDS = {
    ("review", Standing.FULFILLED): "held", ("review", Standing.VIOLATED): "missed",
    ("objective", Standing.FULFILLED): "met", ("objective", Standing.VIOLATED): "missed",
    ("survey", Standing.FULFILLED): "held", ("survey", Standing.VIOLATED): "missed",
}  # fmt: skip


def word(kind: str, standing: Standing) -> str:
    """A state in the word that its kind of norm has for it."""
    return WORDS.get((kind, standing), standing.value)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What brings an instance about: a happening; the beginning (or the end) of each period; a day; or the agreement itself
    (all empty). `at_end` says that a period's instance begins with its end. `due` stands in place of the norm's own time where
    another norm opens this one."""

    happening: n.Happening | None = None
    recurs: n.Recurs | None = None
    on: n.Moment | None = None
    at_end: bool = False
    due: n.Due | None = None


@dataclass(frozen=True, slots=True)
class Doing:
    """How it is done: `kind` perform (the event that names it), exercise, happening, review (a meeting of it), survey (enough
    answers), inform, share, answer, propose, raise, measure, minutes. `word` is what is shared or measured, put or raised; `to`
    whom it must reach."""

    kind: str
    happening: n.Happening | None = None
    word: str = ""
    to: n.Group | None = None
    channels: tuple[str, ...] = ()
    op: str = ""
    value: n.Literal | None = None
    by: n.Group | None = None


@dataclass(frozen=True, slots=True)
class NormRule:
    """One norm as the record can be asked about it. A clause may make several (a communication one for each thing shared).

    `name` is the clause's, `title` what this norm asks for; `states` are tried in order, and the first that holds is the state.
    `split` says that each elector of the bearer has an instance of their own.
    """

    name: str
    title: str
    kind: str
    bearer: n.Group | None
    triggers: tuple[Trigger, ...]
    doing: Doing
    states: tuple[tuple[Standing, Expr], ...]
    citation: Citation = field(compare=False)
    to: n.Group | None = None
    applies: Expr = TRUE
    about: str = ""
    due: n.Due | None = None
    grace: n.Duration | None = None
    cured: n.Cured | None = None
    owed: n.Owed | None = None
    discharged: tuple[n.Happening, ...] = ()
    waived: tuple[n.Group, ...] = ()
    finders: tuple[n.Group, ...] = ()
    suspended: tuple[n.Suspended | n.SuspendedWhile, ...] = ()
    survives: n.SurvivesEnd | None = None
    transferable: tuple[n.Transferable, ...] = ()
    opens: tuple[n.OpensIf, ...] = ()
    continuing: bool = False
    quorum: n.Quorum | None = None
    attended: n.Group | None = None
    notice: n.Duration | None = None
    covers: tuple[str, ...] = ()
    actor_bears: bool = False  # it is borne by whoever made the trigger happen
    key: str = ""  # what tells the norms of one clause apart
    cites: tuple[Citation, ...] = field(default=(), compare=False)  # the clauses that its lines name

    @property
    def id(self) -> str:
        """What tells it from all others: its clause, and which of the clause's norms it is."""
        return f"{self.name}#{self.key}"
