"""When voting opened and closed, in SQL: the plain case of `record.timing`, without what a log cannot say (a restart, an extension,
an opening on record, notice of different days to different people).

In: the columns of a log and the scope of a vote. Out: SQL of instants. Periods are those of the calendar, tabulated by day
(`Calendar`); here it is said only what they run from. Tests hold every value to the record's own.
"""

from __future__ import annotations

from datetime import date, datetime, time

from govlang.backends.sql import Dialect
from govlang.frozen import dataclass
from govlang.model.nodes import Scope
from govlang.record import calendar
from govlang.record.history import History
from govlang.record.receipts import Receipts
from govlang.syntax import nodes as n
from govlang.tools.columnar.raw_spans import Range
from govlang.tools.columnar.raw_stages import Lists, Stages, Table

DAY_SECONDS = 86_399  # from the beginning of a day to its end, as the record counts it
_LONG = {"hours": 1, "days": 1, "weeks": 7, "months": 31, "years": 366, "working days": 3}


class NotPlain(Exception):
    """What is not derived in SQL, in words."""


@dataclass(frozen=True, slots=True)
class At:
    """An instant in SQL, and the SQL of whether a whole day is meant."""

    sql: str
    whole: str = "TRUE"


@dataclass(frozen=True, slots=True)
class Voting:
    """When voting opens and closes (SQL; NULL for never), whether it is closed, and the instant whose members count."""

    opens: str
    closes: str
    closed: str
    counted_at: str


class Calendar:
    """The periods that are asked for, day by day: one table for all of them."""

    def __init__(self, stages: Stages, lists: Lists, header: n.Header, within: Range, name: str) -> None:
        self.stages, self.lists, self.within, self.name = stages, lists, within, name
        self.off = calendar.days_off(header)
        self._columns: dict[tuple[n.Duration, bool], str] = {}
        self.missing: dict[str, str] = {}  # by the value that was looked up: its instant
        self._reach = 0

    def period(self, start: str, duration: n.Duration, through: bool) -> str:
        """When a period after an instant is over."""
        if duration.unit == "hours":
            return self.lists.later(start, duration.amount * 3600)
        if (duration, through) not in self._columns:
            self._columns[duration, through] = f"c{len(self._columns)}"
            self._reach += duration.amount * _LONG[duration.unit] + 60
        column = self._columns[duration, through]
        found = self.stages.joined(self.name, "day", self.lists.day(start), [column])[0]
        self.missing[found] = start
        return found

    def tables(self) -> list[Table]:
        """The table: one row for each day."""
        if not self._columns:
            return []
        instant = self.lists.instant
        columns = (("day", "DATE"), *((name, instant) for name in self._columns.values()))
        days = self.within.longer(min(self._reach, 40_000)).days()
        rows = tuple((day, *(self._over(day, *key) for key in self._columns)) for day in days)
        return [self.stages.table(self.name, columns, rows)]

    def _over(self, day: date, duration: n.Duration, through: bool) -> datetime:
        return calendar.deadline(n.Moment(datetime.combine(day, time())), duration, through, self.off)


class Times:
    """The instants of the rows of a log. `has` says whether the log has a column."""

    def __init__(
        self, history: History, stages: Stages, dialect: Dialect, within: Range, has: dict[str, str], calendar_name: str
    ) -> None:
        self.history, self.stages, self.dialect = history, stages, dialect
        self.lists = Lists(dialect)
        self.has = has
        self.within = within
        self.header = history.agreement.header
        self.calendar = Calendar(stages, self.lists, self.header, within, calendar_name)
        self.extra: list[Table] = []
        self.needs: set[str] = set()  # the columns that have to be empty for this to be exact
        value = stages.value
        self.decided = value(has["decided"])
        self.now = value(self._end(At(self.decided, self._whole(self.decided))))
        self.proposed = value(f"coalesce({has['proposed']}, {self.decided})") if "proposed" in has else self.decided
        self.meeting_day = value(self.lists.midnight(self.decided))
        self.meets = value(f"({has['meeting']} IS NOT NULL AND {has['meeting']} <> '')") if "meeting" in has else "FALSE"
        self.noticed = self._noticed()
        self.close, self.closed_meeting = self._closings()
        self._voting: dict[tuple[Scope, str], Voting] = {}

    # ------------------------------------------------------------ single instants

    def _whole(self, instant: str) -> str:
        return f"({instant} = {self.lists.midnight(instant)})"

    def _end(self, at: At) -> str:
        return f"(CASE WHEN {at.whole} THEN {self.lists.later(at.sql, DAY_SECONDS)} ELSE {at.sql} END)"

    def end(self, at: At) -> str:
        """The last instant of a day; the instant itself otherwise."""
        return self.stages.value(self._end(at))

    def _noticed(self) -> At | None:
        """When notice counts as given; NULL where it was given later than the instant asked about."""
        if "noticed" not in self.has:
            return None
        given = self.stages.value(f"(CASE WHEN {self.has['noticed']} <= {self.now} THEN {self.has['noticed']} END)")
        receipts = Receipts(self.history.agreement)
        if receipts.agreement.notices is None:
            return At(given, self._whole(given))
        name = f"{self.calendar.name}_notice"
        rows = []
        for day in self.within.days():
            moment = receipts.given(n.Deed("notice", n.Moment(datetime.combine(day, time()))), frozenset())
            rows.append((day, moment.day if moment is not None else None))
        self.extra.append(self.stages.table(name, (("day", "DATE"), ("counts", "DATE")), rows))
        counts = self.stages.joined(name, "day", self.lists.day(given), ["counts"])[0]
        self.calendar.missing[counts] = given
        moved = f"CAST({counts} AS {self.lists.instant})"
        sql = self.stages.value(f"(CASE WHEN {counts} = {self.lists.day(given)} THEN {given} ELSE {moved} END)")
        return At(sql, self._whole(sql))

    def _closings(self) -> tuple[At | None, str]:
        """When somebody closed voting, and whether the meeting was closed."""
        said, yes = self.has.get("closed"), self.has.get("closed yes")
        if said is None and yes is None:
            return None, "FALSE"
        cases = [f"WHEN {yes} AND NOT {self.meets} THEN {self.decided}"] if yes is not None else []
        cases += [f"WHEN {said} <= {self.now} THEN {said}"] if said is not None else []
        sql = self.stages.value(f"(CASE {' '.join(cases)} END)")
        over = self.stages.value(f"coalesce({yes} AND {self.meets}, FALSE)") if yes is not None else "FALSE"
        return At(sql, self._whole(sql)), over

    # ------------------------------------------------------------ notice, opening, closing

    def notice(self, scope: Scope, asked_for: bool = False) -> At:
        """When the last of those entitled had notice: as the row says, or with the proposal."""
        clause = self.history.agreement.notices
        needed = (asked_for or scope.notice is not None) and clause is not None and clause.line(n.ProposalsNoNotice) is not None
        before = At(f"CAST(NULL AS {self.lists.instant})", "FALSE") if needed else At(self.proposed, self._whole(self.proposed))
        if self.noticed is None:
            return before
        too_late = "FALSE"
        if scope.notice is not None and not needed:  # what comes after the period of notice undoes nothing
            said = self.has["noticed"]
            over = self.calendar.period(before.sql, scope.notice.duration, False)
            too_late = f"(CASE WHEN {self.meets} THEN {said} >= {self.meeting_day} ELSE {said} >= {over} END)"
        given = self.noticed.sql
        sql = self.stages.value(f"(CASE WHEN {given} IS NULL OR {too_late} THEN {before.sql} ELSE {given} END)")
        return At(sql, self._whole(sql))

    def opening(self, scope: Scope, meets: str) -> At:
        """When voting opens: with the meeting, when notice has run, or with the proposal."""
        start = self.notice(scope)
        if scope.notice is not None:
            sql = self.calendar.period(start.sql, scope.notice.duration, False)
            start = At(sql, "FALSE" if scope.notice.duration.unit == "hours" else "TRUE")
        if meets == "FALSE":
            return start
        sql = self.stages.value(f"(CASE WHEN {meets} THEN {self.meeting_day} ELSE {start.sql} END)")
        return At(sql, f"({meets} OR {start.whole})")

    def _outside(self, scope: Scope, meets: str) -> At:
        """When voting opens for those who vote outside the meeting that is held."""
        if self.meets == "FALSE":
            return self.opening(scope, meets)
        inside, outside = self.opening(scope, meets), self.notice(scope)
        held = f"({self.meets} AND NOT {meets})"
        sql = self.stages.value(f"(CASE WHEN {held} THEN {outside.sql} ELSE {inside.sql} END)")
        return At(sql, f"({held} OR {inside.whole})")

    def voting(self, scope: Scope, meets: str) -> Voting:
        """When voting opens and closes for those who vote in the meeting where `meets` holds, and outside it elsewhere."""
        if (scope, meets) not in self._voting:
            self._voting[scope, meets] = self._made(scope, meets)
        return self._voting[scope, meets]

    def _made(self, scope: Scope, meets: str) -> Voting:
        if scope.carry_over is not None:
            raise NotPlain("ballots of another proposal count here too")
        value = self.stages.value
        opening = self._outside(scope, meets)
        listed: list[str] = []
        explicit = "FALSE"
        if self.close is not None:
            counts = f"({opening.sql} IS NULL OR {self._end(self.close)} >= {opening.sql})"
            closed = value(f"(CASE WHEN {counts} THEN {self.close.sql} END)")
            listed.append(closed)
            explicit = f"({closed} IS NOT NULL)"
        listed += (ordinary := self._ordinary(scope, opening))
        if meets != "FALSE":
            over = self.lists.later(self.meeting_day, DAY_SECONDS + 1)
            listed.append(f"(CASE WHEN {meets} THEN {over} END)")
            itself = f" AND coalesce({', '.join(ordinary)}) IS NULL" if ordinary else ""
            explicit = f"({explicit} OR ({meets} AND {self.closed_meeting}{itself}))"
        none = f"CAST(NULL AS {self.lists.instant})"
        closes = value(f"coalesce({', '.join([*listed, none])})" if listed else none)
        is_closed = value(f"coalesce({explicit} OR {closes} <= {self.now}, FALSE)")
        return Voting(opening.sql, closes, is_closed, self._counted_at(scope, closes))

    def _ordinary(self, scope: Scope, opening: At) -> list[str]:
        """When voting closes by itself: a period after it opened, or on the day that a fact gives."""
        found = [self.calendar.period(opening.sql, scope.open_for.duration, True)] if scope.open_for is not None else []
        fact = self.has.get(f"fact {scope.open_until.fact}") if scope.open_until is not None else None
        if fact is not None:
            day = self.lists.later(fact, DAY_SECONDS + 1)
            found.append(self.stages.value(f"(CASE WHEN {self._whole(fact)} THEN {day} ELSE {fact} END)"))
        return found

    def _counted_at(self, scope: Scope, closes: str) -> str:
        before = self.lists.later(closes, -1)
        ended = before if self.close is None else f"CASE WHEN {self.close.sql} IS NOT NULL THEN {closes} ELSE {before} END"
        plain = f"(CASE WHEN {closes} IS NULL OR {closes} > {self.now} THEN {self.now} ELSE {ended} END)"
        if scope.as_of is None:
            return self.stages.value(plain)
        day = self.instant(scope.as_of.anchor, scope)
        end = self._end(day)
        earlier = f"CASE WHEN {end} < {self.now} THEN {end} ELSE {self.now} END"
        return self.stages.value(f"(CASE WHEN {day.sql} IS NULL THEN {plain} ELSE {earlier} END)")

    # ------------------------------------------------------------ what periods run from

    def instant(self, anchor: n.Anchor, scope: Scope) -> At:
        """When something happened. Raises NotPlain for what a log does not say."""
        match anchor.kind:
            case "proposal" | "proposed":
                return At(self.proposed, self._whole(self.proposed))
            case "notice":
                return self.notice(scope, asked_for=True)
            case "opening":
                return self.opening(scope, self.meets)
            case "closing":
                return At(self.voting(scope, self.meets).closes, "FALSE")
            case "meeting":
                day = f"(CASE WHEN {self.meets} THEN {self.meeting_day} END)"
                return At(self.stages.value(day) if self.meets != "FALSE" else f"CAST(NULL AS {self.lists.instant})")
            case "date" if anchor.moment is not None:
                return self._constant(anchor.moment)
            case "start":
                return self._constant(self.header.effective)
            case "later" if anchor.of is not None and anchor.duration is not None:
                start = self.before_period(anchor.of, anchor.duration, scope)
                whole = "FALSE" if anchor.duration.unit == "hours" else "TRUE"
                return At(self.calendar.period(start, anchor.duration, False), whole)
            case _ if self.has.get(f"fact {anchor.act}"):
                sql = self.has[f"fact {anchor.act}"]
                return At(sql, self._whole(sql))
        return self._act(anchor)

    def _act(self, anchor: n.Anchor) -> At:
        """A date that a fact gives; or an act, of which there is none where no other act is (`needs`)."""
        decisions = self.history.agreement.decisions.values()
        given = next((each.facts[anchor.act] for each in decisions if anchor.act in each.facts), None)
        if anchor.kind.startswith("step") or anchor.kind in ("decision", "decision of", "end", "raised"):
            raise NotPlain(f"it runs from what a log does not say ({anchor.kind})")
        if given is not None and given.type.kind not in ("date",):
            raise NotPlain(f"it runs from another decision ({anchor.act})")
        if given is None:
            self.needs |= {"acts", "vetoes", "objections"}
        return self._constant(None)

    def _constant(self, moment: n.Moment | None) -> At:
        if moment is None:
            return At(f"CAST(NULL AS {self.lists.instant})")
        return At(self.dialect.instant(moment.start), "TRUE" if moment.whole_day else "FALSE")

    def before_period(self, anchor: n.Anchor, duration: n.Duration, scope: Scope) -> str:
        """The instant that a period is counted from. Voting that closed by itself closed at the end of the day before."""
        start = self.instant(anchor, scope)
        if anchor.kind != "closing" or duration.unit == "hours":
            return start.sql
        by_hand = f"coalesce({self.close.sql} = {start.sql}, FALSE)" if self.close is not None else "FALSE"
        day_before = self.lists.later(start.sql, -DAY_SECONDS - 1)
        itself = f"{self._whole(start.sql)} AND NOT {by_hand}"
        return self.stages.value(f"(CASE WHEN {itself} THEN {day_before} ELSE {start.sql} END)")

    def deadline(self, since: n.Anchor, duration: n.Duration, through: bool, scope: Scope) -> str:
        """The instant at which a period is over."""
        return self.calendar.period(self.before_period(since, duration, scope), duration, through)
