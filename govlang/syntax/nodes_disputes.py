"""Nodes of disputes: ladders, their steps, relief outside them.

In: groups, conditions, requirements, statements. Out: `Dispute`, one clause, and what its rights are made from. See
`syntax.nodes` for the whole tree.
"""

from __future__ import annotations

from govlang.frozen import dataclass
from govlang.syntax.nodes_rules import Anchor, Cited, Condition, Group, Requirement, Window
from govlang.syntax.nodes_statements import Statement
from govlang.syntax.nodes_values import Duration, Name, Node


@dataclass(frozen=True, slots=True)
class Raised(Cited):
    """Who may raise a dispute, whether in writing, and within which window."""

    group: Group
    written: bool = False
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class TimeOut(Cited):
    """How long a step lasts, counted from its beginning or from something else."""

    duration: Duration
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class TakenBy(Cited):
    """Who may take a dispute to a step, and within which window."""

    group: Group
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Forum(Cited):
    """Before whom a step takes place: a role, body or party of the agreement (`name`), or somebody outside (`words`).
    `size` is how many hear it; 0 where the text does not say."""

    words: str
    name: Name | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Final(Cited):
    """The outcome of a step ends the dispute: at once; or `within` a period after it, unless an act is recorded in time, or
    (`further`) the dispute is taken to a later step in time. `last` says that no step follows."""

    last: bool = False
    act: str = ""
    by: Group | None = None
    further: bool = False
    within: Duration | None = None


@dataclass(frozen=True, slots=True)
class Meanwhile(Cited):
    """Whether duties continue or are suspended while the dispute is open."""

    suspended: bool
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Relief(Cited):
    """Relief that may be sought at any time, whatever the step: on the subjects named, or where a condition holds."""

    group: Group | None = None
    subjects: tuple[str, ...] = ()
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Step(Node):
    """One step. `seat`, `rules` and `language` are what the text says of the place and the procedure."""

    name: Name
    statements: tuple[Statement, ...] = ()
    between: Group | None = None
    forum: Forum | None = None
    seat: str = ""
    rules: str = ""
    language: str = ""
    within: TimeOut | None = None
    early: tuple[Requirement, ...] = ()
    skipped: tuple[Requirement, ...] = ()
    lapses: tuple[Requirement, ...] = ()
    taken: TakenBy | None = None
    final: Final | None = None
    meanwhile: tuple[Meanwhile, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute(Node):
    """A ladder: how a dispute is raised, its steps in order, and what holds meanwhile."""

    name: Name
    statements: tuple[Statement, ...] = ()
    raised: Raised | None = None
    steps: tuple[Step, ...] = ()
    reliefs: tuple[Relief, ...] = ()
    lapses: tuple[Requirement, ...] = ()
    meanwhile: tuple[Meanwhile, ...] = ()

    def place(self, step: str) -> int:
        """Where a step stands, or -1."""
        return next((at for at, each in enumerate(self.steps) if each.name.text == step), -1)


@dataclass(frozen=True, slots=True)
class Stage(Node):
    """The right to take a dispute of a ladder to one of its steps."""

    ladder: Dispute
    at: int


@dataclass(frozen=True, slots=True)
class ReliefOf(Node):
    """The right to seek relief outside a ladder."""

    ladder: Dispute
