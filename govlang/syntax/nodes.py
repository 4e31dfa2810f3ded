"""The syntax tree: one frozen dataclass per rule of the grammar, names still text, every node with its span.

In: nothing. Out: the node types that `parse` yields and `model.resolve` reads. Spans take no part in equality.
Nodes that hold no name (durations, quantities, money) are final here and are used unchanged by the model and the core.

The tree is in four parts, all of them named from here: `nodes_values`, `nodes_rules`, `nodes_statements`, and below the
clauses and what happens.
"""

from __future__ import annotations

from datetime import date

from govlang.frozen import dataclass, field
from govlang.holiday_table import Holidays
from govlang.syntax.nodes_amendments import (
    Amendment as Amendment,
    Change as Change,
    Removal as Removal,
    Use as Use,
)
from govlang.syntax.nodes_disputes import (
    Dispute as Dispute,
    Final as Final,
    Forum as Forum,
    Meanwhile as Meanwhile,
    Raised as Raised,
    Relief as Relief,
    ReliefOf as ReliefOf,
    Stage as Stage,
    Step as Step,
    TakenBy as TakenBy,
    TimeOut as TimeOut,
)
from govlang.syntax.nodes_ip import (
    AllowedTo as AllowedTo,
    Asset as Asset,
    AssetKind as AssetKind,
    Assets as Assets,
    Assignment as Assignment,
    Belongs as Belongs,
    Binds as Binds,
    Confidentiality as Confidentiality,
    End as End,
    EndsOn as EndsOn,
    Exclusivity as Exclusivity,
    GrantedFor as GrantedFor,
    GrantedFrom as GrantedFrom,
    GrantedIn as GrantedIn,
    GrantedOf as GrantedOf,
    GrantedTo as GrantedTo,
    IpClause as IpClause,
    JointOwning as JointOwning,
    JointRule as JointRule,
    Licence as Licence,
    LicenceLine as LicenceLine,
    MadeBy as MadeBy,
    MadeOn as MadeOn,
    Marked as Marked,
    OnRequest as OnRequest,
    OralMarked as OralMarked,
    Owner as Owner,
    Ownership as Ownership,
    Owning as Owning,
    Period as Period,
    SecretExcept as SecretExcept,
    SecretFor as SecretFor,
    SecretOf as SecretOf,
    Sublicence as Sublicence,
    SurvivesLeaving as SurvivesLeaving,
    Terms as Terms,
)
from govlang.syntax.nodes_lifecycle import (
    Effect as Effect,
    Named as Named,
    Renewal as Renewal,
    SurvivesEnd as SurvivesEnd,
)
from govlang.syntax.nodes_norms import (
    AnswerWithin as AnswerWithin,
    Arises as Arises,
    AttendedBy as AttendedBy,
    Between as Between,
    BreachFoundBy as BreachFoundBy,
    Channels as Channels,
    Contact as Contact,
    Continuing as Continuing,
    Cured as Cured,
    DischargedWhen as DischargedWhen,
    DoneWhen as DoneWhen,
    Due as Due,
    Grace as Grace,
    Happening as Happening,
    HeldBy as HeldBy,
    LedBy as LedBy,
    Measure as Measure,
    MinutesWithin as MinutesWithin,
    NormClause as NormClause,
    NormLine as NormLine,
    Opening as Opening,
    OpensIf as OpensIf,
    Owed as Owed,
    OwedBy as OwedBy,
    PassOn as PassOn,
    Recurs as Recurs,
    ReviewNotice as ReviewNotice,
    Suspended as Suspended,
    SuspendedWhile as SuspendedWhile,
    Target as Target,
    Transferable as Transferable,
    WaivedBy as WaivedBy,
)
from govlang.syntax.nodes_notices import (
    Address as Address,
    Channel as Channel,
    InWriting as InWriting,
    NoticeLine as NoticeLine,
    Notices as Notices,
    OnWorkingDays as OnWorkingDays,
    Place as Place,
    ProposalsNoNotice as ProposalsNoNotice,
    Receipt as Receipt,
)
from govlang.syntax.nodes_rules import (
    Act as Act,
    AllOf as AllOf,
    Anchor as Anchor,
    And as And,
    AnyOf as AnyOf,
    Apart as Apart,
    Approval as Approval,
    At as At,
    AtStep as AtStep,
    Base as Base,
    Cited as Cited,
    Compare as Compare,
    Condition as Condition,
    Count as Count,
    Extreme as Extreme,
    FactRef as FactRef,
    FactShare as FactShare,
    Group as Group,
    GroupBase as GroupBase,
    GroupItem as GroupItem,
    Holds as Holds,
    IsIn as IsIn,
    Known as Known,
    MoreFor as MoreFor,
    NeedsDecision as NeedsDecision,
    NoBlock as NoBlock,
    NoDecision as NoDecision,
    Not as Not,
    Nothing as Nothing,
    NotUnderWay as NotUnderWay,
    NoVoteAgainst as NoVoteAgainst,
    NumberOf as NumberOf,
    OneOf as OneOf,
    OpenLong as OpenLong,
    Operand as Operand,
    Or as Or,
    Quantity as Quantity,
    Requirement as Requirement,
    Root as Root,
    Share as Share,
    ShareOf as ShareOf,
    ShareOfFact as ShareOfFact,
    Sharing as Sharing,
    Spread as Spread,
    Sum as Sum,
    Threshold as Threshold,
    Times as Times,
    Total as Total,
    Wait as Wait,
    Where as Where,
    Window as Window,
)
from govlang.syntax.nodes_statements import (
    Applies as Applies,
    AsOf as AsOf,
    CarryOver as CarryOver,
    Casting as Casting,
    Conflicts as Conflicts,
    Consult as Consult,
    Counts as Counts,
    Covers as Covers,
    Describe as Describe,
    Distinct as Distinct,
    EffectiveAfter as EffectiveAfter,
    Extension as Extension,
    Given as Given,
    Givens as Givens,
    Inform as Inform,
    Lapses as Lapses,
    NotDelegable as NotDelegable,
    Notice as Notice,
    OpenFor as OpenFor,
    OpenUntil as OpenUntil,
    Overrides as Overrides,
    ProposedBy as ProposedBy,
    Proxies as Proxies,
    Quorum as Quorum,
    RatifiedBy as RatifiedBy,
    Reading as Reading,
    Recused as Recused,
    Requires as Requires,
    Restart as Restart,
    SecondedBy as SecondedBy,
    Statement as Statement,
    VotesMayChange as VotesMayChange,
    When as When,
)
from govlang.syntax.nodes_trust import (
    Anonymous as Anonymous,
    Asks as Asks,
    Assessed as Assessed,
    Figure as Figure,
    LeastAnswers as LeastAnswers,
    Low as Low,
    Measured as Measured,
    Over as Over,
    Question as Question,
    Scale as Scale,
    Survey as Survey,
    Trust as Trust,
    TrustLine as TrustLine,
)
from govlang.syntax.nodes_values import (
    UNITS as UNITS,
    Attribute as Attribute,
    Duration as Duration,
    Literal as Literal,
    Moment as Moment,
    Money as Money,
    Name as Name,
    Node as Node,
    TypeRef as TypeRef,
)

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
    working_places: tuple[Place, ...] = ()
    not_working: tuple[date, ...] = ()
    weekend: tuple[int, ...] = (5, 6)
    text: str = ""
    renewal: Renewal | None = None
    holidays: Holidays | None = field(default=None, repr=False)


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
    """`kind` is verdict (of proposal `subject`), in (membership of `group`), refused (the event before) or norm (the state
    `verdict` of the duty, power, review ... `subject`, as `about` says, of the bearer `group`, on an `occasion`), or notice
    (of `subject`, to `group`: `given` on a day, or not)."""

    kind: str
    at: Moment
    subject: Name | None = None
    verdict: str = ""
    group: Name | None = None
    negated: bool = False
    details: tuple[Detail, ...] = ()
    about: str = ""
    occasion: str = ""
    named: tuple[tuple[str, tuple[Name, ...]], ...] = ()
    facts: tuple[tuple[str, Literal], ...] = ()
    asked: Deed | None = None
    given: Moment | None = None


@dataclass(frozen=True, slots=True)
class Scenario(Node):
    title: str
    lines: tuple[Deed | Expect, ...]


Clause = (
    Header | Each | Members | Member | Role | Body | Table | Decision | Dispute
    | Scenario | Notices | NormClause | Amendment | Use | IpClause
    | Survey | Trust
)  # fmt: skip
