"""The page `reviews`: what comes round or has its day: reviews, surveys, targets, recurring duties, and the calendar of the coming
twelve months.

In: a `Subject`. Out: one page. The days of the calendar are those of `govlang due`, from the day asked, or from the first day of
the agreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from govlang.backends.words import english
from govlang.backends.words.statement import Statement
from govlang.core.norms import NormRule
from govlang.record import calendar
from govlang.syntax import nodes as n
from govlang.tools import due as tool
from govlang.tools.books import Book
from govlang.tools.document import asked, cells
from govlang.tools.document.blocks import Block, Cell, Column, Heading, Page, Paragraph, Row, Table, Text
from govlang.tools.document.duty_tables import arises, by_when
from govlang.tools.document.subject import Subject
from govlang.tools.due import Due, DueItem

_ROUNDS = (
    Column("What", "what"), Column("Kind", "kind"), Column("How often, or when", "when"), Column("By when", "by"),
    Column("Who leads or does it", "who"), Column("If missed", "missed"), Column("Clause", "clause"),
)  # fmt: skip
_HELD = (
    Column("Review", "review"), Column("Led by", "leads"), Column("Attended by", "attends"), Column("Quorum", "quorum"),
    Column("Notice", "notice"), Column("Goes into", "agenda"), Column("Minutes", "minutes"), Column("Clause", "clause"),
)  # fmt: skip
_CALENDAR = (
    Column("From", "from", "date"), Column("Until", "until", "date"), Column("What", "what"), Column("Who", "who"),
    Column("Notice at the latest on", "notice", "date"), Column("Kind", "kind"), Column("Clause", "clause"),
)  # fmt: skip
MOST_BACK = 800  # days looked back for the last day of a notice


def pages(subject: Subject) -> Iterator[Page]:
    """The page; none where nothing comes round and nothing has its day."""
    rules = tuple(rule for rule in subject.rules.norms if _timed(rule))
    found = coming(subject)
    dated = [item for item in found.items if item.over is not None] if isinstance(found, Due) else []
    if not rules and not dated:
        return
    blocks: list[Block] = []
    if rules:
        blocks += [Heading(2, (Text("What comes round"),), "rounds"), _rounds(subject, rules)]
        reviews = tuple(rule for rule in rules if rule.kind == "review")
        blocks += [Heading(2, (Text("How reviews are held"),), "held"), _held(subject, reviews)] if reviews else []
    if isinstance(found, Due) and dated:
        blocks += [Heading(2, (Text("Calendar"),), "calendar"), _span(subject, found), _calendar(subject, dated)]
    elif found is not None and not isinstance(found, Due):
        blocks += found
    summary = "Reviews, surveys, targets and recurring duties: how often, who, with which notice; and the days of the coming year."
    yield Page("reviews", "Review calendar", "Rules", tuple(blocks), summary)


def _timed(rule: NormRule) -> bool:
    """Whether a norm comes round, or has its day; minutes stand with their review."""
    if rule.key == "minutes":
        return False
    recurs = any(trigger.recurs is not None or trigger.on is not None for trigger in rule.triggers)
    return rule.kind in ("review", "survey", "objective") or recurs


# ---------------------------------------------------------------- what comes round


def _rounds(subject: Subject, rules: tuple[NormRule, ...]) -> Table:
    return Table("review-rounds", "What comes round, or has its day", _ROUNDS, tuple(_round(subject, rule) for rule in rules))


def _round(subject: Subject, rule: NormRule) -> Row:
    statement = subject.words.norm(rule)
    what: Cell = Cell((subject.links.term(rule.name),), rule.name)
    if rule.kind == "objective":
        what = Cell((subject.links.term(rule.name), Text(f": {cells.spoken(rule.title)}")), rule.name)
    asked_of = subject.agreement.surveys[rule.name].asks if rule.name in subject.agreement.surveys else None
    who = rule.bearer if rule.bearer is not None else asked_of.group if asked_of is not None else None
    return Row((
        what, cells.plain(rule.kind), cells.said(subject, arises(subject, rule)), cells.said(subject, _until(subject, rule)),
        _who(subject, who), cells.said(subject, _missed(statement)), Cell(cells.briefly(subject, (rule.citation, *rule.cites))),
    ))  # fmt: skip


def _held(subject: Subject, rules: tuple[NormRule, ...]) -> Table:
    minutes = {rule.name: rule for rule in subject.rules.norms if rule.key == "minutes"}
    return Table("reviews-held", "How reviews are held", _HELD, tuple(
        _holding(subject, rule, minutes.get(rule.name)) for rule in rules
    ))  # fmt: skip


def _holding(subject: Subject, rule: NormRule, minutes: NormRule | None) -> Row:
    groups = subject.words.voice().groups
    taken = f"{by_when(subject, minutes)}, by {groups.who(minutes.bearer).text}" if minutes is not None and minutes.bearer else ""
    quorum = subject.agreement.wording(rule.quorum).removeprefix("quorum ") if rule.quorum is not None else ""
    return Row((
        Cell((subject.links.term(rule.name),), rule.name), _who(subject, rule.bearer), _who(subject, rule.attended),
        cells.said(subject, quorum), cells.plain(english.duration(rule.notice) if rule.notice is not None else ""),
        cells.plain(english.listed(rule.covers).replace("-", " ") if rule.covers else ""), cells.said(subject, taken),
        Cell(cells.briefly(subject, (rule.citation, *rule.cites))),
    ))  # fmt: skip


def _who(subject: Subject, group: n.Group | None) -> Cell:
    return cells.said(subject, subject.words.voice().groups.who(group).text if group is not None else "")


def _until(subject: Subject, rule: NormRule) -> str:
    """By when a turn has to be done, where more is said than in which period."""
    if rule.kind == "objective" or (rule.due is not None and (rule.due.within is not None or rule.due.on is not None)):
        said = by_when(subject, rule)
    else:
        said = ""
    grace = f"{', ' if said else ''}with {english.duration(rule.grace)} of grace" if rule.grace is not None else ""
    return f"{said}{grace}"


def _missed(statement: Statement) -> str:
    return " ".join(item.text for item in statement.items if item.kind == "opens")


# ---------------------------------------------------------------- the calendar


def coming(subject: Subject) -> Due | tuple[Block, ...] | None:
    """What `govlang due` lists for the twelve months from the day asked, or from the first day of the agreement. None where there
    is no such day, or the text has errors."""
    return subject.once("coming", lambda: _coming(subject))


def _coming(subject: Subject) -> Due | tuple[Block, ...] | None:
    record, effective = subject.record, subject.agreement.header.effective
    if not subject.loaded.sound or (record is None and effective is None):
        return None
    if record is not None:
        book, on, first = record.book, record.on, record.now.date()
    else:
        assert effective is not None
        book, on, first = Book(), effective.day.isoformat(), effective.day
    if first.year >= calendar.LAST_YEAR - 1:
        return None
    until = calendar.add_months(first, 12) - timedelta(days=1)
    return asked.answer(lambda: tool.due(subject.loaded, book, on, until.isoformat()))


def _span(subject: Subject, found: Due) -> Paragraph:
    first = english.day(found.on.date())
    since = f"{first}" if subject.record is not None else f"{first}, the first day of the agreement,"
    return Paragraph((Text(f"From {since} until {english.day(found.until)}. What is counted from something that has not happened "
                           "yet has no day here."),))  # fmt: skip


def _calendar(subject: Subject, items: list[DueItem]) -> Table:
    notices = {rule.name: rule.notice for rule in subject.rules.norms if rule.kind == "review" and rule.notice is not None}
    rows = tuple(
        Row((
            cells.day(item.opens), cells.due(item), cells.told(subject, item.to_do), cells.owners(subject, item.owners),
            cells.day(_notice_by(subject, item, notices.get(item.name))), cells.plain(item.kind),
            Cell(cells.briefly(subject, (item.citation,))),
        ), group="Overdue" if item.overdue else _month(item.over))
        for item in items
    )  # fmt: skip
    return Table("calendar", "The coming twelve months", _CALENDAR, rows)


def _month(over: datetime | None) -> str:
    """The month in which something is due."""
    assert over is not None
    last = over - timedelta(seconds=1)
    return english.day(last.date()).partition(" ")[2]


def _notice_by(subject: Subject, item: DueItem, notice: n.Duration | None) -> date | None:
    """The last day on which notice of a review can be given, if it is held on its last day: the last from which the record counts
    the notice as complete by then. A notice that only counts on working days is given on one."""
    if notice is None or item.kind != "review" or item.due is None:
        return None
    off = calendar.days_off(subject.agreement.header)
    last = datetime.combine(item.due, datetime.max.time())
    clause = subject.agreement.notices
    working = clause is not None and any(isinstance(line, n.OnWorkingDays) for line in clause.lines)
    for back in range(MOST_BACK):
        day = item.due - timedelta(days=back)
        if working and not calendar.working_day(day, off):
            continue
        if calendar.deadline(n.Moment(datetime.combine(day, datetime.min.time())), notice, False, off) <= last:
            return day
    return None
