"""What one elector's ballot, presence and absence come to: tabulated by counting, once for each combination.

In: an electorate and an instant at which it has electors. Out: for every measure, the cells of the table that count towards it. The
table is what `record.count` and `record.tallies` say of one elector; SQL adds up electors and knows nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from govlang.core import keys as k
from govlang.frozen import dataclass
from govlang.record.count import Times
from govlang.record.entries import Meeting, Proposal
from govlang.record.facts import Row
from govlang.record.history import History
from govlang.syntax import nodes as n

FOR, AGAINST, ABSTAIN, NONE = "for", "against", "abstain", ""
CHOICES = (FOR, AGAINST, ABSTAIN, NONE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole row: whether the electorate votes in a meeting, whether voting is closed, whether it is recorded who
    was there, whether the meeting was closed, whether somebody closed voting."""

    meets: bool = False
    closed: bool = False
    attendance: bool = False
    over: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What holds for one elector: the ballot, and whether it is listed as present and as absent."""

    choice: str
    present: bool = False
    absent: bool = False


Key = k.Tally | k.Attendance | k.Voted
Wanted = dict[Key, frozenset[Cell]]


class OneRow(Row):
    """A row whose times are given."""

    def __init__(self, when: Times, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.when = when

    def times_of(self, who: k.Electorate) -> Times:
        return self.when

    def count_now(self, who: k.Electorate) -> None:
        """Counts, by these times."""
        self._counts[who] = self.counter.count(who, self.when)


def settings(has: frozenset[str], body: bool) -> Iterator[Setting]:
    """The settings that the rows of a log can have, by the columns that it has."""
    for meets in (False, True) if body and "meeting" in has else (False,):
        for closed, attendance, over, by_hand in product((False, True), repeat=4):
            if (attendance and not (meets and "present" in has)) or (over and not (meets and "closed" in has)):
                continue
            if by_hand and "closed" not in has:
                continue
            yield Setting(meets, closed, attendance, over, by_hand)


def cells(has: frozenset[str], setting: Setting) -> list[Cell]:
    """The cells that an elector of such a row can be in."""
    present = (False, True) if setting.meets and "present" in has else (False,)
    absent = (False, True) if "absent" in has else (False,)
    return [Cell(*each) for each in product(CHOICES, present, absent)]


class Table:
    """The cells of one electorate. `elector` is one of them at an instant; any other would do."""

    def __init__(
        self, history: History, who: k.Electorate, elector: str, proposal: Proposal, at: datetime, has: frozenset[str]
    ) -> None:
        self.history, self.who, self.elector, self.at = history, who, elector, at
        self.proposal = proposal
        self.has = has
        self._found: dict[tuple[Setting, Cell], OneRow] = {}

    def counting(self, key: Key, setting: Setting) -> frozenset[Cell]:
        """The cells of those who count towards a measure."""
        return frozenset(cell for cell in cells(self.has, setting) if self._counts(key, self._row(setting, cell)))

    def _counts(self, key: Key, row: OneRow) -> bool:
        match key:
            case k.Tally(_, measure):
                return self.elector in row.named(self.who, row.count(self.who), measure)
            case k.Attendance(_, kind, still_open):
                return self.elector in row.attendance(self.who, kind, still_open)
            case k.Voted(_, choice, may):
                names = [*row.count(self.who).with_choice(choice), *(row.count(self.who).open if may else ())]
                return self.elector in names
        raise AssertionError(key)

    def _row(self, setting: Setting, cell: Cell) -> OneRow:
        if (setting, cell) not in self._found:
            self._found[setting, cell] = self._made(setting, cell)
        return self._found[setting, cell]

    def _made(self, setting: Setting, cell: Cell) -> OneRow:
        """A count in which nobody but this elector did anything."""
        base, me, at = self.proposal, n.Name(self.elector), n.Moment(self.at, whole_day=False)
        proposal = Proposal(base.id, base.decision, base.by, base.at, base.facts, base.deed)
        target = n.Name(base.id)
        meeting = None
        if setting.meets:
            day = n.Moment(self.at.replace(hour=0, minute=0, second=0, microsecond=0))
            present, absent = ({self.elector} if listed else set() for listed in (cell.present, cell.absent))
            meeting = Meeting("", self.who.body, day, present, absent, {base.id}, setting.over, attendance=setting.attendance)
        elif cell.absent:
            proposal.events.append(n.Deed("absent", at, (me,), target))
        if cell.choice:
            proposal.events.append(n.Deed("ballot", at, (me,), target, choice=cell.choice))
        if setting.by_hand:
            proposal.events.append(n.Deed("close", at, (), target))
        final = self.who.scope.votes_may_change is None
        times = Times(None, self.at + timedelta(days=1), meeting, None, setting.closed, final, self.at)
        row = OneRow(times, self.history, proposal, self.at, lambda *_: None)
        row.count_now(self.who)
        return row
