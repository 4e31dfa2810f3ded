"""Nodes of intellectual property: assets, who owns them, licences, secrecy, assignment, and the acts that they are about.

In: the smallest nodes and those of rules. Out: one node a clause, with one node a line. See `syntax.nodes` for the whole tree.
"""

from __future__ import annotations

from fractions import Fraction

from govlang.frozen import dataclass
from govlang.syntax.nodes_norms import Happening
from govlang.syntax.nodes_rules import Cited, Condition, Group
from govlang.syntax.nodes_statements import Statement
from govlang.syntax.nodes_values import Duration, Literal, Moment, Name, Node


@dataclass(frozen=True, slots=True)
class Assets(Node):
    """Which assets a line is about: classes (background, results, sideground), `every` one, or those named."""

    classes: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    every: bool = False


@dataclass(frozen=True, slots=True)
class Owner(Node):
    name: Name
    share: Fraction | None = None


# ---------------------------------------------------------------- assets and ownership


@dataclass(frozen=True, slots=True)
class AssetKind(Cited):
    kind: str
    owners: tuple[Owner, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeBy(Cited):
    makers: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class MadeOn(Cited):
    day: Moment


@dataclass(frozen=True, slots=True)
class Marked(Cited):
    """Marked confidential."""


@dataclass(frozen=True, slots=True)
class Asset(Node):
    name: Name
    kinds: tuple[AssetKind, ...] = ()
    makers: tuple[MadeBy, ...] = ()
    days: tuple[MadeOn, ...] = ()
    marks: tuple[Marked, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Belongs(Cited):
    """To whom results belong: `to` is party of makers, makers, or group."""

    to: str
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class JointRule(Cited):
    """What each joint owner may do alone, and under which conditions. No purposes are all purposes."""

    acts: tuple[str, ...]
    purposes: tuple[str, ...] = ()
    non_exclusively: bool = False
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Ownership(Node):
    belongs: tuple[Belongs, ...] = ()
    joint: tuple[JointRule, ...] = ()
    text: str = ""


# ---------------------------------------------------------------- licences


@dataclass(frozen=True, slots=True)
class GrantedFrom(Cited):
    group: Group


@dataclass(frozen=True, slots=True)
class GrantedTo(Cited):
    group: Group


@dataclass(frozen=True, slots=True)
class GrantedOf(Cited):
    assets: Assets


@dataclass(frozen=True, slots=True)
class GrantedFor(Cited):
    """The purposes of a licence; none are all."""

    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GrantedIn(Cited):
    """`what` is field or territory."""

    what: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exclusivity(Cited):
    """exclusive (nobody else, the owner included), sole (nobody else but the owner) or non-exclusive."""

    kind: str


@dataclass(frozen=True, slots=True)
class Sublicence(Cited):
    """Whether sublicences may be given: `to` names or words of those who may have one, `approval` by whom."""

    allowed: bool
    to: tuple[str, ...] = ()
    approval: Group | None = None


@dataclass(frozen=True, slots=True)
class Terms(Cited):
    """`kind` is free, fair (terms must be agreed) or fee."""

    kind: str
    fee: Literal | None = None
    each: str = ""


@dataclass(frozen=True, slots=True)
class End(Node):
    """The end of a period: a day, or a time after the end of the agreement (0 days: with it)."""

    day: Moment | None = None
    after: Duration | None = None


@dataclass(frozen=True, slots=True)
class Period(Cited):
    """From a day (the beginning, if None) until an end; without one it is perpetual."""

    since: Moment | None = None
    end: End | None = None


@dataclass(frozen=True, slots=True)
class OnRequest(Cited):
    """Access is given on request, made before so long after the end of the agreement (at any time, if None)."""

    within: Duration | None = None


@dataclass(frozen=True, slots=True)
class EndsOn(Cited):
    """What ends a licence for a licensee: default, leaving, termination `by` somebody, a condition, or a happening (or so long
    `after` it). `what` suspended: default does not end it, and the licensee may not use it meanwhile."""

    what: str
    by: Group | None = None
    condition: Condition | None = None
    happening: Happening | None = None
    after: Duration | None = None


@dataclass(frozen=True, slots=True)
class SurvivesLeaving(Cited):
    """A licensee that left keeps its access to what was there when it left."""


LicenceLine = (
    GrantedFrom | GrantedTo | GrantedOf | GrantedFor | GrantedIn | Exclusivity | Sublicence | Terms | Period | OnRequest
    | EndsOn | SurvivesLeaving
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Licence(Node):
    name: Name
    lines: tuple[LicenceLine, ...] = ()
    statements: tuple[Statement, ...] = ()


# ---------------------------------------------------------------- secrecy and assignment


@dataclass(frozen=True, slots=True)
class SecretOf(Cited):
    """What is secret: some assets, or only those of them that are marked."""

    assets: Assets
    marked: bool = False


@dataclass(frozen=True, slots=True)
class OralMarked(Cited):
    """What was told orally is secret only when it is marked within this time."""

    within: Duration


@dataclass(frozen=True, slots=True)
class Binds(Cited):
    group: Group


@dataclass(frozen=True, slots=True)
class AllowedTo(Cited):
    """Who may be told: names, or words that say what the recipient is."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecretExcept(Cited):
    """One exception; with `notice` only after notice (so long before), unless the fact `unless` holds."""

    word: str
    notice: bool = False
    period: Duration | None = None
    unless: str = ""


@dataclass(frozen=True, slots=True)
class SecretFor(Cited):
    """How long secrecy lasts: `end` counted as in a licence, or so long after disclosure; neither is for ever."""

    end: End | None = None
    after_disclosure: Duration | None = None


SecrecyLine = SecretOf | OralMarked | Binds | AllowedTo | SecretExcept | SecretFor


@dataclass(frozen=True, slots=True)
class Confidentiality(Node):
    name: Name | None
    lines: tuple[SecrecyLine, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Assignment(Node):
    """Under which conditions assets (every one, if no line says which) change hands."""

    of: tuple[GrantedOf, ...] = ()
    statements: tuple[Statement, ...] = ()


IpClause = Asset | Ownership | Licence | Confidentiality | Assignment


# ---------------------------------------------------------------- rights made from these clauses


@dataclass(frozen=True, slots=True)
class Owning(Node):
    """The right of an owner in one asset, or (None) in those that the record adds."""

    asset: Asset | None = None


@dataclass(frozen=True, slots=True)
class JointOwning(Node):
    """The right of a joint owner under one line of the ownership clause."""

    rule: JointRule
