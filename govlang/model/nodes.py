"""The model: an agreement whose names are all known and whose values are all checked.

In: syntax nodes, by way of `model.resolve`. Out: one `Agreement`. After `resolve`, every name inside a requirement or group
is a key of `Agreement.terms`, every fact is given or built in, every value has the type of its fact; what could not be
resolved was reported and left out. Requirements, groups and conditions keep their (immutable, checked) syntax nodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from govlang.diagnostics import Diagnostic
from govlang.frozen import dataclass, field
from govlang.model.ip import Ip
from govlang.model.norms import Norm
from govlang.model.trust import Survey, Trust
from govlang.source import NOWHERE, Citation, Span
from govlang.syntax import nodes as n
from govlang.syntax.literate import Layout

if TYPE_CHECKING:
    from govlang.syntax.parse import File


class Kind(Enum):
    """What a defined term names."""

    PARTY = "party"
    PERSON = "person"
    ROLE = "role"
    BODY = "body"
    DECISION = "decision"
    DUTY = "duty"
    POWER = "power"
    REVIEW = "review"
    COMMUNICATION = "communication"
    OBJECTIVE = "objective"
    SURVEY = "survey"
    TRUST = "trust measure"
    ASSET = "asset"
    LICENCE = "licence"
    CONFIDENTIALITY = "confidentiality clause"
    DISPUTE = "dispute ladder"
    AMENDMENT = "amendment"


@dataclass(frozen=True, slots=True)
class Member:
    """A party or a person, and from when to when it takes part. `of` is a person's party or organisation."""

    kind: Kind
    name: str
    full_name: str = ""
    seat: str = ""
    of: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Role:
    """A role: how many may hold it at once (`seats` one, one each, up to, any), and whether its holder speaks for a party."""

    name: str
    seats: str = "any"
    limit: int = 0
    appointed_by: n.GroupItem | None = None
    term: n.Duration | None = None
    speaks: bool = False
    holders: tuple[tuple[str, str], ...] = ()
    delegable: n.Delegable | None = None
    text: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its members (groups, and whoever joins), its seats, quorums, chair, caps and proxy rules."""

    name: str
    members: tuple[n.Group, ...] = ()
    seats: int = 0
    quorums: tuple[n.Quorum, ...] = ()
    chair: str = ""
    caps: tuple[n.MemberCap, ...] = ()
    proxies: tuple[n.Proxies, ...] = ()
    text: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Dated:
    """A value that holds from `since` (always, if None) until and including `until`."""

    value: object
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """How ballots are taken and counted in one block; inner blocks inherit from outer ones and may say otherwise."""

    recused: tuple[n.Recused, ...] = ()
    conflicts: n.Conflicts | None = None
    abstention: n.Counts | None = None
    absence: n.Counts | None = None
    silence: n.Counts | None = None
    casting: n.Casting | None = None
    votes_may_change: n.VotesMayChange | None = None
    as_of: n.AsOf | None = None
    carry_over: n.CarryOver | None = None
    distinct: n.Distinct | None = None
    not_delegable: n.NotDelegable | None = None
    notice: n.Notice | None = None
    open_for: n.OpenFor | None = None
    open_at_least: n.OpenFor | None = None
    open_until: n.OpenUntil | None = None
    extension: n.Extension | None = None
    restart: n.Restart | None = None
    quorums: tuple[n.Quorum, ...] = ()
    proxies: tuple[n.Proxies, ...] = ()


@dataclass(frozen=True, slots=True)
class Tier:
    """A block that holds when its condition does; `condition` None is `otherwise`."""

    condition: n.Condition | None
    block: Block
    node: n.When


@dataclass(frozen=True, slots=True)
class ReadingBlock:
    """One reading of an ambiguous text."""

    name: str
    block: Block
    node: n.Reading


@dataclass(frozen=True, slots=True)
class Block:
    """One level of a decision: what always holds there, then its tiers or readings."""

    scope: Scope
    statements: tuple[n.Statement, ...] = ()
    tiers: tuple[Tier, ...] = ()
    readings: tuple[ReadingBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision right. `facts` are the facts it is given, by name; `acts` the acts it covers beside its own name.

    Other rights (a licence, a step of a dispute) are lowered like decisions; `clause` is then the clause it was made from, which
    says what it requires beside its block. See `Agreement.rights` and `core.lower_rights`.
    """

    name: str
    block: Block
    facts: Mapping[str, n.Given]
    text: str = ""
    acts: tuple[str, ...] = ()
    applies: tuple[n.Applies, ...] = ()
    overrides: tuple[str, ...] = ()
    citation: Citation = field(default_factory=lambda: Citation(""), compare=False)
    span: Span = field(default=NOWHERE, compare=False)
    clause: n.Node | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement: its terms by name, its decisions in order, its scenarios, and what was wrong with its text.

    `kinds` says of every defined term what it names. `rights` are the rights that are no decisions, by name. `disputes` are
    the ladders.
    `amendments` change this text from a day on (`model.versions`); `file` is the syntax that it was made from.
    """

    name: str
    header: n.Header
    layout: Layout
    members: Mapping[str, Member]
    roles: Mapping[str, Role]
    bodies: Mapping[str, Body]
    decisions: Mapping[str, Decision]
    attributes: Mapping[str, tuple[n.Attribute, ...]]
    values: Mapping[tuple[str, str], tuple[Dated, ...]]
    scenarios: tuple[n.Scenario, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    cites: Mapping[str, Citation] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    rights: Mapping[str, Decision] = field(default_factory=dict)
    disputes: Mapping[str, n.Dispute] = field(default_factory=dict)
    norms: Mapping[str, Norm] = field(default_factory=dict)
    surveys: Mapping[str, Survey] = field(default_factory=dict)
    trust: Mapping[str, Trust] = field(default_factory=dict)
    notices: n.Notices | None = None
    ip: Ip = field(default_factory=Ip)
    amendments: Mapping[str, n.Amendment] = field(default_factory=dict)
    file: File | None = field(default=None, compare=False, repr=False)

    def kind_of(self, name: str) -> Kind | None:
        """What a defined term names, or None."""
        return self.kinds.get(name)

    def right(self, name: str) -> Decision | None:
        """A decision, or another right, by name."""
        return self.decisions.get(name) or self.rights.get(name)

    def parties(self) -> list[Member]:
        """The parties, in the order of the text."""
        return [member for member in self.members.values() if member.kind is Kind.PARTY]

    def cite(self, node: n.Node, rule: str = "") -> Citation:
        """The citation of a statement or requirement: its `[clause]` tag if it has one, else the heading above it."""
        tag = getattr(node, "cite", "")
        if tag:
            section = self.layout.find_section(tag, node.span.start)
            if section is not None:
                line = self.layout.source.place(node.span.start)[0]
                return self.layout.cite_section(section, line, rule, self.layout.amendment_at(node.span.start))
        return self.layout.citation(node.span, rule)

    def wording(self, node: n.Node) -> str:
        """A node as written in the agreement, on one line, without comments or its `[clause]` tag."""
        lines = self.layout.source.at(node.span).splitlines()
        text = " ".join(line.split(" #")[0].strip() for line in lines)
        return " ".join(text.split()).split(" [")[0]
