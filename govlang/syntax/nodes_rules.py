"""Nodes of what a decision asks: groups, quantities, conditions, requirements.

In: the smallest nodes. Out: the parts that statements are made of. See `syntax.nodes` for the whole tree.
"""

from __future__ import annotations

from fractions import Fraction

from govlang.frozen import dataclass, field
from govlang.syntax.nodes_values import (
    Duration,
    Literal,
    Moment,
    Name,
    Node,
)

# ---------------------------------------------------------------- groups


@dataclass(frozen=True, slots=True)
class GroupBase(Node):
    """`kind` is name (role, body, party or person), party (all parties), person, proposer, fact, of (role of a fact), or
    concerned (in a norm: the party that its occasion is about). With an `attribute`, only those of whom it is true."""

    kind: str
    name: Name | None = None
    fact: str = ""
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class GroupItem(Node):
    """`quantifier` is "", every, any, at least or all but; `number` goes with the last two, or a
    `share` of the group with at least. With an
    `attribute`, only those whose value equals `value` (is yes, without one), or compares with it as `op` says."""

    base: GroupBase
    quantifier: str = ""
    number: int = 0
    excluded: GroupBase | None = None
    attribute: str = ""
    value: Literal | None = None
    op: str = ""
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Group(Node):
    """`joiner` is "", or, and, or a comma."""

    items: tuple[GroupItem, ...]
    joiner: str = ""


# ---------------------------------------------------------------- quantities


@dataclass(frozen=True, slots=True)
class Base(Node):
    """What a vote is counted over: all members, other members, members present, votes cast, votes cast without
    abstentions, or fixed seats."""

    kind: str


@dataclass(frozen=True, slots=True)
class Count(Node):
    value: Fraction


@dataclass(frozen=True, slots=True)
class Share(Node):
    """A share without a base: legal to write, reported by a check with both readings."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class ShareOf(Node):
    share: Fraction
    of: Quantity


@dataclass(frozen=True, slots=True)
class FactShare(Node):
    """A share that a fact of the decision gives, such as the percentage asked for its class."""

    fact: str
    of: Quantity


@dataclass(frozen=True, slots=True)
class Root(Node):
    """The square root of a base, exact, never rounded unless the rule says so."""

    of: Base


@dataclass(frozen=True, slots=True)
class Times(Node):
    factor: Fraction
    of: Quantity


@dataclass(frozen=True, slots=True)
class Sum(Node):
    left: Quantity
    right: Quantity
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Extreme(Node):
    """The larger or the smaller of two quantities."""

    left: Quantity
    right: Quantity
    larger: bool


Quantity = Base | Count | Share | ShareOf | FactShare | Root | Times | Sum | Extreme


# ---------------------------------------------------------------- conditions


@dataclass(frozen=True, slots=True)
class FactRef(Node):
    name: str


@dataclass(frozen=True, slots=True)
class NumberOf(Node):
    group: Group


@dataclass(frozen=True, slots=True)
class Total(Node):
    """The sum of a fact over this decision's proposals that were not refused, in a period ending with this proposal."""

    fact: str
    per: str
    period: Duration | None


@dataclass(frozen=True, slots=True)
class ShareOfFact(Node):
    """A share of a fact or of a head count."""

    share: Fraction
    of: Operand


@dataclass(frozen=True, slots=True)
class At(Node):
    """When something happened, as a date to compare with."""

    anchor: Anchor


Operand = FactRef | NumberOf | Total | ShareOfFact | At | Literal


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`op` is one of >=, <=, >, <, =, !=."""

    op: str
    left: Operand
    right: Operand


@dataclass(frozen=True, slots=True)
class OneOf(Node):
    left: Operand
    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Known(Node):
    left: Operand


@dataclass(frozen=True, slots=True)
class IsIn(Node):
    left: Operand
    group: GroupItem


@dataclass(frozen=True, slots=True)
class Apart(Node):
    """A date lies so far after (or before) something that happened. `op` is >=, <=, >, < or within (not on the other side
    of it, and no further away)."""

    left: Operand
    op: str
    duration: Duration
    order: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Holds(Node):
    fact: str


@dataclass(frozen=True, slots=True)
class AtStep(Node):
    """A dispute that a fact names is at a step, or past it. `relation` is at or past."""

    left: Operand
    relation: str
    step: Name


@dataclass(frozen=True, slots=True)
class Not(Node):
    item: Condition


@dataclass(frozen=True, slots=True)
class And(Node):
    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    items: tuple[Condition, ...]


Condition = Compare | OneOf | Known | IsIn | AtStep | Apart | Holds | Not | And | Or


# ---------------------------------------------------------------- requirements


@dataclass(frozen=True, slots=True)
class Cited(Node):
    """A statement or requirement; `cite` names another clause of the same document by number or title."""

    cite: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Anchor(Node):
    """An event that a period runs from: proposal, notice, opening, closing, meeting, decision, or a recorded act (or a fact
    that gives a date); a `date` as written, the `start` or the `end` of the agreement, or so much `later` than another."""

    kind: str
    act: str = ""
    moment: Moment | None = None
    duration: Duration | None = None
    of: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Window(Node):
    """`within` runs to the end of its last day; `for` is complete when its last day begins; `before` ends with the event."""

    kind: str
    duration: Duration
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Spread(Node):
    """At least `number` different values of an attribute among those who acted."""

    number: int
    attribute: str


@dataclass(frozen=True, slots=True)
class Threshold(Cited):
    """`op` >= (at least), > (more than), <= (at most), < (fewer than), or "" when the text leaves at/above out.

    `measure` is for, for or abstaining, against, abstaining, present, taking part or outstanding.
    """

    op: str
    quantity: Quantity
    measure: str
    group: Group
    weight: str = ""
    rounding: str = ""
    cap: int = 0
    cap_attribute: str = ""


@dataclass(frozen=True, slots=True)
class MoreFor(Cited):
    """More ballots for than against."""

    group: Group
    weight: str = ""
    cap: int = 0
    cap_attribute: str = ""


@dataclass(frozen=True, slots=True)
class Approval(Cited):
    group: Group
    spread: Spread | None = None


@dataclass(frozen=True, slots=True)
class Nothing(Cited):
    pass


@dataclass(frozen=True, slots=True)
class NoVoteAgainst(Cited):
    group: Group


@dataclass(frozen=True, slots=True)
class NeedsDecision(Cited):
    decision: Name
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoDecision(Cited):
    """Another decision must not have been taken, by the end of a window if there is one."""

    decision: Name
    same: tuple[str, ...] = ()
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class NotUnderWay(Cited):
    decision: Name
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act(Cited):
    """A named act must be (or must not be) on the record."""

    name: str
    times: int = 1
    by: Group | None = None
    spread: Spread | None = None
    window: Window | None = None
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Wait(Cited):
    duration: Duration
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class OpenLong(Cited):
    """Voting was open for so long: the same as `open for at least`, as one requirement among others."""

    duration: Duration


@dataclass(frozen=True, slots=True)
class Sharing(Cited):
    """At most so many of a group share one value of an attribute, such as an employer."""

    limit: Quantity
    attribute: str
    group: Group


@dataclass(frozen=True, slots=True)
class Where(Cited):
    condition: Condition


@dataclass(frozen=True, slots=True)
class AnyOf(Cited):
    items: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class AllOf(Cited):
    items: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class NoBlock(Cited):
    """No veto or no objection by a group. `kind` is veto or objection; with `ballots` a vote against is one as well. It must be
    shown on its `ground` and on all `further` ones; one that only `delays` holds things up for so long."""

    kind: str
    group: Group
    window: Window | None = None
    ground: str = ""
    with_reason: bool = False
    ballots: bool = False
    in_meeting: bool = False
    until_withdrawn: bool = False
    delays: Duration | None = None
    further: tuple[str, ...] = ()
    not_by: tuple[Group, ...] = ()
    except_when: tuple[Condition, ...] = ()
    unless: tuple[Requirement, ...] = ()
    also: tuple[Cited, ...] = ()  # the other clauses that its lines come from


Requirement = (
    Threshold | MoreFor | Approval | Nothing | NoVoteAgainst | NeedsDecision | NoDecision | NotUnderWay | Act | Wait
    | Where | Sharing | OpenLong | AnyOf | AllOf | NoBlock
)  # fmt: skip
