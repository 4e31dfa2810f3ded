"""Nodes of what is to be done: duties, powers, reviews, objectives, communication, and what happens to them.

In: the smallest nodes and those of rules. Out: `NormClause` with one node a line. See `syntax.nodes` for the whole tree.
"""

from __future__ import annotations

from govlang.frozen import dataclass
from govlang.syntax.nodes_lifecycle import SurvivesEnd
from govlang.syntax.nodes_rules import Cited, Group
from govlang.syntax.nodes_statements import Applies, Covers, Describe, Quorum, Requires
from govlang.syntax.nodes_values import Duration, Literal, Moment, Name, Node, TypeRef

# ---------------------------------------------------------------- what happens


@dataclass(frozen=True, slots=True)
class Happening(Node):
    """Something that may happen, once or often: what duties begin with, end with, or are done by.

    `kind` decision, duty, power, review, objective, dispute, trust, survey or meeting: the one called `name` comes to be `state`
    (taken, carried out, violated, missed ...), `times` in a row. `kind` act or finding: the word `state` is recorded or found,
    `by` somebody. `kind` party: any party, or the one called `name`, comes to be `state`. `kind` agreement: it starts or ends.
    """

    kind: str
    state: str
    name: Name | None = None
    times: int = 1
    by: Group | None = None


@dataclass(frozen=True, slots=True)
class Opening(Node):
    """What opens when a norm is violated: a duty, a power, a review, a dispute, a decision that must be put, in its time."""

    kind: str
    name: Name
    within: Duration | None = None


# ---------------------------------------------------------------- the lines of a norm


@dataclass(frozen=True, slots=True)
class OwedBy(Cited):
    group: Group
    to: Group | None = None


@dataclass(frozen=True, slots=True)
class HeldBy(Cited):
    """Who holds a power, or owns an objective."""

    group: Group


@dataclass(frozen=True, slots=True)
class Recurs(Cited):
    """`every` is week, month, quarter, half year or year (calendar periods), or a duration counted from `since`; `rolling` counts
    each turn from the last time it was done."""

    every: str | Duration
    since: Moment | None = None
    until: Moment | None = None
    rolling: bool = False


@dataclass(frozen=True, slots=True)
class Arises(Cited):
    """When it comes into effect: on a happening, or on a day."""

    happening: Happening | None
    on: Moment | None = None


@dataclass(frozen=True, slots=True)
class Due(Cited):
    """By when: `within` a duration after the trigger (`after` is empty), its start or its end (of a period), or a date that a
    fact gives; or on a day, on the day of a fact, at its end (`within` None)."""

    within: Duration | None = None
    after: str = ""
    on: Moment | None = None


@dataclass(frozen=True, slots=True)
class Continuing(Cited):
    pass


@dataclass(frozen=True, slots=True)
class Grace(Cited):
    duration: Duration


@dataclass(frozen=True, slots=True)
class Owed(Cited):
    """How much is owed: `whole` (an amount, a number, or a fact), or the share of it that an attribute of the bearer gives, or
    the `pick` (larger, smaller) of it and of `other`."""

    whole: Literal
    share: str = ""
    other: Literal | None = None
    pick: str = ""


@dataclass(frozen=True, slots=True)
class DoneWhen(Cited):
    happening: Happening


@dataclass(frozen=True, slots=True)
class Cured(Cited):
    """A missed duty may still be done within this time, counted from its last day or (`after_notice`) from a notice of it."""

    within: Duration
    after_notice: bool = False


@dataclass(frozen=True, slots=True)
class BreachFoundBy(Cited):
    """Whose finding of a breach counts."""

    group: Group


@dataclass(frozen=True, slots=True)
class DischargedWhen(Cited):
    happening: Happening


@dataclass(frozen=True, slots=True)
class WaivedBy(Cited):
    group: Group


@dataclass(frozen=True, slots=True)
class Suspended(Cited):
    """Its clock stands still from one happening until another."""

    since: Happening
    until: Happening


@dataclass(frozen=True, slots=True)
class SuspendedWhile(Cited):
    """Its clock stands still while a dispute of this ladder is open."""

    dispute: Name


@dataclass(frozen=True, slots=True)
class Transferable(Cited):
    """`kind` is assigned or subcontracted."""

    kind: str
    approval: Group | None = None


@dataclass(frozen=True, slots=True)
class OpensIf(Cited):
    """What opens when it is violated (missed, for reviews and objectives), so many times in a row."""

    state: str
    times: int
    openings: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class LedBy(Cited):
    group: Group


@dataclass(frozen=True, slots=True)
class AttendedBy(Cited):
    group: Group


@dataclass(frozen=True, slots=True)
class ReviewNotice(Cited):
    duration: Duration


@dataclass(frozen=True, slots=True)
class MinutesWithin(Cited):
    duration: Duration
    by: Group


@dataclass(frozen=True, slots=True)
class Measure(Cited):
    name: str
    type: TypeRef
    by: Group | None = None


@dataclass(frozen=True, slots=True)
class Target(Cited):
    op: str
    value: Literal
    by: Moment


@dataclass(frozen=True, slots=True)
class Between(Cited):
    group: Group


@dataclass(frozen=True, slots=True)
class Contact(Cited):
    role: Name


@dataclass(frozen=True, slots=True)
class Channels(Cited):
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassOn(Cited):
    """What has to be passed on, to whom, how fast."""

    what: str
    to: Group
    within: Duration


@dataclass(frozen=True, slots=True)
class AnswerWithin(Cited):
    duration: Duration


NormLine = (
    Describe | Applies | Covers | Quorum | Requires | OwedBy | HeldBy | Recurs | Arises | Due | Continuing | Grace | Owed
    | DoneWhen | BreachFoundBy | Cured | DischargedWhen | WaivedBy | Suspended | SuspendedWhile | SurvivesEnd | Transferable
    | OpensIf | LedBy | AttendedBy | ReviewNotice | MinutesWithin | Measure | Target | Between | Contact | Channels | PassOn
    | AnswerWithin
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NormClause(Node):
    """`kind` is duty, power, review, objective or communication."""

    kind: str
    name: Name
    lines: tuple[NormLine, ...]
