"""The syntax tree: one frozen dataclass per rule of the grammar, names still text, every node with its span.

In: nothing. Out: the node types that `parse` yields and `model.resolve` reads. Spans take no part in equality.
Nodes that hold no name (durations, quantities, money) are final here and are used unchanged by the model and the core.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from govlang.frozen import dataclass, field
from govlang.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Node:
    """What every node has: where it stands. `cite` is the text of a `[clause]` tag at the end of its line."""

    span: Span = field(default=NOWHERE, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A defined term, without its backquotes."""

    text: str


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A day, or an instant on it, in the agreement's time zone.

    A whole day is kept as such: it lasts from `start` to `end`. `zone_minutes` is an offset from UTC written with the
    instant, or None for the agreement's own zone.
    """

    start: datetime
    whole_day: bool = True
    zone_minutes: int | None = None

    @property
    def day(self) -> date:
        """The calendar day."""
        return self.start.date()

    @property
    def end(self) -> datetime:
        """The last instant of a whole day; the instant itself otherwise."""
        return self.start + timedelta(hours=23, minutes=59, seconds=59) if self.whole_day else self.start

    def __str__(self) -> str:
        return self.start.strftime("%Y-%m-%d" if self.whole_day else "%Y-%m-%d %H:%M")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one ISO 4217 currency. Amounts of two currencies are never compared or added."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount:,f} {self.currency}"


UNITS = ("hours", "days", "working days", "weeks", "months", "years")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in one of `UNITS`. Months and years clamp to the month's end."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount} {self.unit if self.amount != 1 else self.unit[:-1]}"


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value as written. `kind` is money, number, percent, text, date, name, word, yesno, duration or names."""

    kind: str
    value: Money | Fraction | str | Moment | bool | Duration | tuple[Name, ...] | Name


@dataclass(frozen=True, slots=True)
class TypeRef(Node):
    """The type of a fact or attribute; `choices` for `one of`, `target` for `decision Name`."""

    kind: str
    choices: tuple[str, ...] = ()
    target: Name | None = None


@dataclass(frozen=True, slots=True)
class Attribute(Node):
    name: str
    type: TypeRef


# ---------------------------------------------------------------- groups


@dataclass(frozen=True, slots=True)
class GroupBase(Node):
    """`kind` is name (role, body, party or person), party (all parties), person, proposer, fact, or of (role of a fact)."""

    kind: str
    name: Name | None = None
    fact: str = ""


@dataclass(frozen=True, slots=True)
class GroupItem(Node):
    """`quantifier` is "", every, any, at least or all but; `number` goes with the last two. With an
    `attribute`, only those whose value equals `value` (is yes, without one), or compares with it as `op` says."""

    base: GroupBase
    quantifier: str = ""
    number: int = 0
    excluded: GroupBase | None = None
    attribute: str = ""
    value: Literal | None = None
    op: str = ""


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
    period: Duration


@dataclass(frozen=True, slots=True)
class ShareOfFact(Node):
    """A share of a fact or of a head count."""

    share: Fraction
    of: Operand


Operand = FactRef | NumberOf | Total | ShareOfFact | Literal


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
class Holds(Node):
    fact: str


@dataclass(frozen=True, slots=True)
class Not(Node):
    item: Condition


@dataclass(frozen=True, slots=True)
class And(Node):
    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    items: tuple[Condition, ...]


Condition = Compare | OneOf | Known | IsIn | Holds | Not | And | Or


# ---------------------------------------------------------------- requirements


@dataclass(frozen=True, slots=True)
class Cited(Node):
    """A statement or requirement; `cite` names another clause of the same document by number or title."""

    cite: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Anchor(Node):
    """An event that a period runs from: proposal, notice, opening, closing, meeting, decision, or a recorded act."""

    kind: str
    act: str = ""


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
    """No veto or no objection by a group. `kind` is veto or objection; with `ballots` a vote against is one as well."""

    kind: str
    group: Group
    window: Window | None = None
    ground: str = ""
    with_reason: bool = False
    ballots: bool = False
    in_meeting: bool = False
    until_withdrawn: bool = False
    not_by: tuple[Group, ...] = ()
    except_when: tuple[Condition, ...] = ()
    unless: tuple[Requirement, ...] = ()


Requirement = (
    Threshold | MoreFor | Approval | Nothing | NoVoteAgainst | NeedsDecision | NoDecision | NotUnderWay | Act | Wait
    | Where | Sharing | OpenLong | AnyOf | AllOf | NoBlock
)  # fmt: skip


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
    duration: Duration
    waivable: bool = False


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
    """`size` None means no quorum; `kind` is "", present or taking part; `reconvened` counts inquorate meetings before."""

    size: Quantity | None
    kind: str = ""
    rounding: str = ""
    reconvened: int = 0


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
    | VotesMayChange | CarryOver | Distinct | NotDelegable | Notice | OpenFor | OpenUntil | Extension | Restart | Quorum
    | Proxies | Consult | Inform | EffectiveAfter | Lapses | RatifiedBy | Requires | When | Reading
)  # fmt: skip


# ---------------------------------------------------------------- clauses


@dataclass(frozen=True, slots=True)
class Header(Node):
    name: Name
    version: str = ""
    effective: Moment | None = None
    until: Moment | None = None
    law: tuple[Name, ...] = ()
    time_zone: Name | None = None
    currency: Name | None = None
    working_places: tuple[Name, ...] = ()
    not_working: tuple[date, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Each(Node):
    """`bearer` is party, person, or the name of a role whose holders have the attributes."""

    bearer: str
    attributes: tuple[Attribute, ...]
    role: Name | None = None


@dataclass(frozen=True, slots=True)
class AttributeValue(Node):
    name: str
    value: Literal
    since: Moment | None = None


@dataclass(frozen=True, slots=True)
class Member(Node):
    """A party or a person."""

    kind: str
    name: Name
    full_name: str = ""
    seat: str = ""
    of: Name | None = None
    since: Moment | None = None
    until: Moment | None = None
    values: tuple[AttributeValue, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Members(Node):
    """`parties A, B and C` or `persons A, B and C of P`."""

    kind: str
    names: tuple[Name, ...]
    of: Name | None = None


@dataclass(frozen=True, slots=True)
class Holder(Node):
    name: Name
    party: Name | None = None


@dataclass(frozen=True, slots=True)
class Delegable(Node):
    allowed: bool
    to: GroupItem | None = None
    until: Moment | None = None
    up_to: Money | None = None


@dataclass(frozen=True, slots=True)
class Role(Node):
    """`seats` is one, one each (one for each party), up to (with `limit`) or any."""

    name: Name
    seats: str = ""
    limit: int = 0
    appointed_by: GroupItem | None = None
    term: Duration | None = None
    speaks: bool = False
    holders: tuple[Holder, ...] = ()
    delegable: Delegable | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class MemberCap(Cited):
    limit: Quantity
    attribute: str


@dataclass(frozen=True, slots=True)
class Body(Node):
    name: Name
    members: tuple[Group, ...] = ()
    seats: int = 0
    quorums: tuple[Quorum, ...] = ()
    chair: Name | None = None
    caps: tuple[MemberCap, ...] = ()
    proxies: tuple[Proxies, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class TablePeriod(Node):
    since: Moment
    until: Moment | None
    rows: tuple[tuple[Name, Literal], ...]


@dataclass(frozen=True, slots=True)
class Table(Node):
    """A dated table of one attribute of each party or person."""

    attribute: str
    bearer: str
    periods: tuple[TablePeriod, ...]


@dataclass(frozen=True, slots=True)
class Decision(Node):
    name: Name
    statements: tuple[Statement, ...] = ()


# ---------------------------------------------------------------- what happens


@dataclass(frozen=True, slots=True)
class Deed(Node):
    """One thing that someone did. `kind` is the verb of the grammar; the other fields are what that verb takes.

    `target` is the proposal, role or body acted on, `other` a second name (whom, for whom), `word` a fact, act or
    attribute, `value` its value, `choice` a ballot's choice.
    """

    kind: str
    at: Moment
    actors: tuple[Name, ...] = ()
    target: Name | None = None
    other: Name | None = None
    word: str = ""
    value: Literal | None = None
    choice: str = ""
    until: Moment | None = None
    reason: str = ""
    times: int = 1
    negated: bool = False
    facts: tuple[tuple[str, Literal], ...] = ()
    names: tuple[tuple[str, tuple[Name, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Detail(Node):
    """What an expectation says beside the verdict. `kind` is missing, citing, counting, because, not because, note or
    under; `verdict` goes with under."""

    kind: str
    phrase: str
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Expect(Node):
    """`kind` is verdict (of proposal `subject`), in (membership of `group`) or refused (the event before)."""

    kind: str
    at: Moment
    subject: Name | None = None
    verdict: str = ""
    group: Name | None = None
    negated: bool = False
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario(Node):
    title: str
    lines: tuple[Deed | Expect, ...]


Clause = Header | Each | Members | Member | Role | Body | Table | Decision | Scenario
