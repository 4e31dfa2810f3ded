"""What is known of one instance of a norm: while its marks are being found, and when it is complete.

In: made by `record.norms`. Out: read by tools, and by everything that asks what became of a duty, a power, a review, an objective.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from govlang.core import keys as k
from govlang.core.expr import Value, Worked
from govlang.core.norms import NormRule, Standing, word
from govlang.frozen import dataclass, field
from govlang.record.entries import Proposal
from govlang.record.happenings import Occurrence
from govlang.syntax import nodes as n


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a norm at an instant: who bears it, on what occasion, its marks and its state.

    `due` is the first instant too late (grace not counted), `late` the one at which the norm counts as missed. `events` are the
    record's lines it rests on, `notes` what did not count and why. `owed` and `paid` are amounts, where one is owed.
    """

    rule: NormRule
    key: str
    bearer: str
    standing: Standing
    now: datetime
    since: datetime
    due: datetime | None = None
    late: datetime | None = None
    done: datetime | None = None
    by: str = ""
    curable: datetime | None = None
    breach: datetime | None = None
    released: datetime | None = None
    ended: datetime | None = None
    suspended: datetime | None = None
    owed: Value = None
    paid: Value = None
    proposal: Proposal | None = None
    last: date | None = None
    events: tuple[n.Deed, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The state, in the word that its kind has for it."""
        return word(self.rule.kind, self.standing)

    @property
    def ends(self) -> datetime | None:
        """The end of its time as people write it: of a period in hours, whose last instant is still in time, that instant."""
        return self.due - timedelta(seconds=1) if self.due is not None and self.due.second == 1 else self.due

    @property
    def overdue(self) -> bool:
        """Whether its time is over and it is not done."""
        over = (self.done, self.released, self.ended)  # whichever came first
        return self.due is not None and self.due <= self.now and all(at is None or at >= self.due for at in over)


@dataclass(slots=True)
class Slot:
    """An instance while its marks are being found."""

    occurrence: Occurrence
    bearer: str
    since: datetime
    due: datetime | None = None
    late: datetime | None = None
    owed: Value = None
    paid: Value = None
    done: datetime | None = None
    by: str = ""
    breach: datetime | None = None
    curable: datetime | None = None
    released: datetime | None = None
    suspended: datetime | None = None
    assigned: str = ""
    helpers: list[str] = field(default_factory=list)
    still: tuple[tuple[datetime, datetime], ...] = ()  # when its clock stood still
    rolls: bool = False  # the next turn is counted from when this one is done
    events: list[n.Deed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stray:
    """An event about a norm that counts for no instance of it, and why."""

    event: n.Deed
    rule: NormRule
    reason: str


class Marks:
    """The row of one instance: its marks and now."""

    def __init__(self, marks: dict[str, datetime | None], now: datetime) -> None:
        self.worked: Worked[Value] = {}
        self.marks = marks
        self.now = now

    def value(self, key: k.Key) -> Value:
        return self.now if isinstance(key, k.Now) else self.marks.get(key.name) if isinstance(key, k.Mark) else None
