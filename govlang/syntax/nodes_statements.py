"""Nodes of the statements of a decision, one class a line of the grammar.

In: groups, quantities, conditions, requirements. Out: what blocks are built from. See `syntax.nodes` for the whole tree.
"""

from __future__ import annotations

from govlang.frozen import dataclass
from govlang.syntax.nodes_lifecycle import Effect, SurvivesEnd
from govlang.syntax.nodes_rules import (
    Anchor,
    Cited,
    Condition,
    Group,
    GroupItem,
    Quantity,
    Requirement,
    Window,
)
from govlang.syntax.nodes_values import (
    Duration,
    Name,
    Node,
    TypeRef,
)

# ---------------------------------------------------------------- statements of a decision


@dataclass(frozen=True, slots=True)
class Describe(Cited):
    text: str


@dataclass(frozen=True, slots=True)
class Given(Node):
    name: str
    type: TypeRef
    optional: bool = False
    determined_by: GroupItem | None = None


@dataclass(frozen=True, slots=True)
class Givens(Cited):
    items: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Covers(Cited):
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Applies(Cited):
    condition: Condition


@dataclass(frozen=True, slots=True)
class Overrides(Cited):
    decision: Name


@dataclass(frozen=True, slots=True)
class ProposedBy(Cited):
    group: Group


@dataclass(frozen=True, slots=True)
class SecondedBy(Cited):
    group: Group
    within: Duration | None = None


@dataclass(frozen=True, slots=True)
class Recused(Cited):
    group: Group
    in_base: bool = False


@dataclass(frozen=True, slots=True)
class Conflicts(Cited):
    """`effect` is recuses (leaves the base too) or abstains (stays in the base as an abstention)."""

    effect: str


@dataclass(frozen=True, slots=True)
class Counts(Cited):
    """What an abstention, an absence or silence counts as: for, against or nothing."""

    what: str
    effect: str


@dataclass(frozen=True, slots=True)
class Casting(Cited):
    group: Group


@dataclass(frozen=True, slots=True)
class AsOf(Cited):
    """Whose members and weights count: those at this event (a record date), not those when voting closes."""

    anchor: Anchor


@dataclass(frozen=True, slots=True)
class VotesMayChange(Cited):
    pass


@dataclass(frozen=True, slots=True)
class CarryOver(Cited):
    """Ballots cast on the proposal that a fact names count here too."""

    fact: str


@dataclass(frozen=True, slots=True)
class Distinct(Cited):
    """One person (or one value of an attribute, such as employer) may give only one of the approvals asked for."""

    by: str


@dataclass(frozen=True, slots=True)
class NotDelegable(Cited):
    pass


@dataclass(frozen=True, slots=True)
class Notice(Cited):
    """`waived_until`: those entitled to notice may waive it no later; None is at any time."""

    duration: Duration
    waivable: bool = False
    waived_until: Window | None = None


@dataclass(frozen=True, slots=True)
class OpenFor(Cited):
    duration: Duration
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class OpenUntil(Cited):
    """Voting closes on the date that a fact gives: at the end of that day, or at its time of day."""

    fact: str


@dataclass(frozen=True, slots=True)
class Extension(Cited):
    group: Group
    up_to: Duration | None = None
    once: bool = False


@dataclass(frozen=True, slots=True)
class Restart(Cited):
    group: Group


@dataclass(frozen=True, slots=True)
class Quorum(Cited):
    """`size` None means no quorum, `op` > that it must be exceeded; `kind` is "", present or taking part;
    `reconvened` counts inquorate meetings before."""

    size: Quantity | None
    kind: str = ""
    rounding: str = ""
    reconvened: int = 0
    op: str = ">="


@dataclass(frozen=True, slots=True)
class Proxies(Cited):
    """`each` proxies at most per holder (0: none); `to` limits who may hold one; substitutes are holders from outside."""

    each: int
    to: Group | None = None
    substitutes: bool = False


@dataclass(frozen=True, slots=True)
class Consult(Cited):
    group: Group
    duration: Duration


@dataclass(frozen=True, slots=True)
class Inform(Cited):
    group: Group
    within: Duration


@dataclass(frozen=True, slots=True)
class EffectiveAfter(Cited):
    duration: Duration


@dataclass(frozen=True, slots=True)
class Lapses(Cited):
    duration: Duration


@dataclass(frozen=True, slots=True)
class RatifiedBy(Cited):
    decision: Name
    within: Duration


@dataclass(frozen=True, slots=True)
class Requires(Cited):
    requirement: Requirement


@dataclass(frozen=True, slots=True)
class When(Cited):
    """A tier; `condition` None is `otherwise`."""

    condition: Condition | None
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Reading(Cited):
    name: str
    body: tuple[Statement, ...]


Statement = (
    Describe | Givens | Covers | Applies | Overrides | ProposedBy | SecondedBy | Recused | Conflicts | Counts | Casting
    | AsOf | VotesMayChange | CarryOver | Distinct | NotDelegable | Notice | OpenFor | OpenUntil | Extension | Restart | Quorum
    | Proxies | Consult | Inform | EffectiveAfter | Lapses | RatifiedBy | Effect | SurvivesEnd | Requires | When | Reading
)  # fmt: skip
