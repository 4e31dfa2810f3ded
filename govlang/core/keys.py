"""The facts and tallies that expressions speak of: the columns of the row, one type a kind.

In: nothing. Out: `Key`s. How each is counted from a record is said in one place, `record.facts`, one method a key; what
each is used for is said in one place, `core.lower`.
"""

from __future__ import annotations

from govlang.frozen import dataclass, field
from govlang.model.nodes import Scope
from govlang.syntax import nodes as n


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who may cast a ballot, and how their ballots are taken and counted.

    `item` is the group of electors; `scope` holds the rules of the block the ballots are asked in; `body` is the body
    whose meeting, chair, seats and proxies apply (empty for approvals by roles or parties). `votes` says that a group without
    a body casts votes, which fall in the meeting of a body they all belong to; approvals are given anywhere.
    """

    item: n.Group
    scope: Scope
    body: str = ""
    without_proposer: bool = False
    cap: int = 0
    cap_attribute: str = ""
    votes: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A fact of the proposal, given with it, or found by whoever determines it. Unknown until then; one that may be left out is
    empty (or no) where it is, unless it is asked whether it was `stated`."""

    name: str
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Ballots of an electorate, as heads or by weight.

    `measure`: for, against, abstaining (each after the rules on abstention, absence, silence), open (ballots that may
    still fall either way), silent (no ballot yet, open or not), members, other members (without the proposer), fixed
    seats, present, may be present, taking part, may take part; for so far, against so far and not yet voted, which count
    ballots that may still change as what they are now.
    """

    electorate: Electorate
    measure: str
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Members who count to a quorum, and (`still_open`) those who may still come to count."""

    electorate: Electorate
    kind: str
    still_open: bool = False


@dataclass(frozen=True, slots=True)
class Voted:
    """Whether anybody of a group cast the given choice (for the casting vote); `may` asks whether one still may."""

    electorate: Electorate
    choice: str
    may: bool = False


@dataclass(frozen=True, slots=True)
class Distinct:
    """Among those for: the number of different values of an attribute; `may` adds those still open."""

    electorate: Electorate
    attribute: str
    may: bool = False


@dataclass(frozen=True, slots=True)
class Matching:
    """The most approvals that different persons (or holders of different attribute values) can fill; `may` adds open ones."""

    electorates: tuple[Electorate, ...]
    by: str
    may: bool = False


@dataclass(frozen=True, slots=True)
class InMeeting:
    """Whether the vote is taken in a meeting (of a body, if one is named)."""

    scope: Scope
    body: str = ""


@dataclass(frozen=True, slots=True)
class Reconvened:
    """How many meetings the present one reconvenes, one after another."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Whether voting has closed."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class ClosedAt:
    """When voting closed; unknown while it is open."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class Now:
    """The instant asked about."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An instant in the life of one instance of a norm (a duty, a review ...), unknown until it is reached or fixed.

    since (it came into effect), done, lost (the first instant at which it is violated unless it is done before: its time is over,
    or a breach of it was found, and so is the time for a cure), released (waived, discharged), ended (with the agreement or the
    bearer's part in it), suspended (since when its clock stands still). See `record.norms`.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Figure:
    """What one measure of a trust clause comes to, by its place in the clause; unknown where it rests on nothing. See
    `record.trust`."""

    trust: str
    place: int


@dataclass(frozen=True, slots=True)
class Instant:
    """When something happened; unknown until it has. See `n.Anchor` for the kinds."""

    anchor: n.Anchor
    scope: Scope


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant a period after another. `through` periods run to the end of their last day, the others are complete when
    it begins."""

    since: Instant
    duration: n.Duration
    through: bool


@dataclass(frozen=True, slots=True)
class Blocks:
    """Vetoes or objections on record. `state`: standing, or undetermined (its ground is not yet found)."""

    rule: n.NoBlock
    scope: Scope
    state: str


@dataclass(frozen=True, slots=True)
class Acts:
    """How often an act is on record, by whom and within which window; or (`attribute`) by how many different ones."""

    rule: n.Act
    scope: Scope
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Actors:
    """How many different electors of its group did an act within its window."""

    rule: n.Act
    scope: Scope


@dataclass(frozen=True, slots=True)
class ProposerIn:
    """Whether the proposer belongs to a group (or acts by delegation for someone who does)."""

    group: n.Group
    scope: Scope


@dataclass(frozen=True, slots=True)
class Proposers:
    """How many of a group stand behind the proposal: those who made it and those who joined it."""

    group: n.Group


@dataclass(frozen=True, slots=True)
class FactIn:
    """Whether the party or person that a fact names belongs to a group."""

    fact: str
    group: n.GroupItem


@dataclass(frozen=True, slots=True)
class Advised:
    """Whether everyone to be consulted has advised."""

    group: n.Group
    scope: Scope


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """Whether notice was waived by everyone entitled to it."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class Adopted:
    """Whether another decision was taken, about the same values of some facts; by the end of a period, if there is one."""

    decision: str
    same: tuple[str, ...] = ()
    by: Deadline | None = None


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Whether a proposal of another decision is open."""

    decision: str
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ratified:
    """Whether a decision that ratifies this one was taken before a deadline."""

    decision: str
    by: Deadline


@dataclass(frozen=True, slots=True)
class Reference:
    """Whether the proposal that a fact names was adopted: true, false when denied, unknown while pending."""

    fact: str


@dataclass(frozen=True, slots=True)
class OfDispute:
    """What the record says of a dispute: of the one that is judged, or (`fact`) of one that a fact names.

    `what`: raised, written, ended, open, settled, withdrawn, decided; of a `step`: at, past (a later step was entered), reached
    (it or a later one was), out (the first instant after its time), next (when a later step was first entered).
    """

    what: str
    step: str = ""
    fact: str = ""

    @property
    def through(self) -> bool:
        """Whether it is the end of a period that runs through its last day."""
        return self.what == "out"


@dataclass(frozen=True, slots=True)
class Taker:
    """Whether one who takes a dispute further may: belongs to a group, or (None) is a party to the dispute."""

    group: n.Group | None


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many belong to a group."""

    group: n.Group


@dataclass(frozen=True, slots=True)
class Sharing:
    """How many of a group share the value of an attribute that most of them share."""

    group: n.Group
    attribute: str


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a fact over proposals of this decision, this one included. See `n.Total`."""

    total: n.Total


@dataclass(frozen=True, slots=True)
class InTerm:
    """Whether the agreement is in effect on the day asked, or ended no longer ago than something `survives` (`always`: ever)."""

    survives: n.Duration | None = None
    always: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Whether the proposal was withdrawn."""


@dataclass(frozen=True, slots=True)
class Ip:
    """What the record says of an asset and of one who wants to do something with it, under one line (or clause) of the text.

    `what`: covered, licensee, grantor, running, requested, window, excluded, over (ended, or suspended), sole owner,
    joint owner, consented, asked, secret, noticed. `right` is the name of the licence or duty. See `record.ip_facts`.
    """

    what: str
    line: n.Node
    right: str = ""


@dataclass(frozen=True, slots=True)
class Delayed:
    """When the last objection that can only delay will have delayed long enough; unknown without one."""

    rule: n.NoBlock
    scope: Scope


@dataclass(frozen=True, slots=True)
class Ruled:
    """Whether a ruling was recorded that this reading holds (true), another one of `among` does (false), or none
    (unknown)."""

    reading: str
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A fact or tally known by the name of its column, as in a table of facts and in a plan for compiled answers; the key that it
    stands for is no longer needed. `type`: count (a whole number), number, money, yesno, text, instant, duration or names.
    """

    name: str
    type: str
    about: str = field(default="", compare=False)


Key = (
    Given | Tally | Attendance | Voted | Distinct | Matching | InMeeting | Reconvened | Closed | ClosedAt
    | Now | Mark | Figure | Instant | Deadline | Blocks | Acts | Actors | ProposerIn | Proposers | FactIn | Advised | NoticeGiven
    | Adopted | UnderWay | Ratified | Reference | OfDispute | Taker | Headcount | Sharing | Total | InTerm | Withdrawn | Ruled
    | Ip | Delayed | Column
)  # fmt: skip
