"""`status`: where an agreement stands on a day: in force or not, who takes part, what is vacant, what is open, which disputes.

In: a loaded agreement, a book, a day. Out: a `Status`: plain values, one field a section, each made by one function below.
Another section is one more function, one more field, and one more entry in `report.status`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from govlang.backends.answers import Missing
from govlang.core.verdict import Verdict
from govlang.diagnostics import Diagnostic, ordered
from govlang.frozen import dataclass, replace
from govlang.model.nodes import Role
from govlang.model.steps import step_right
from govlang.pipeline import Loaded
from govlang.record import calendar, disputes, lifecycle
from govlang.record.dispute_states import DisputeState, Misstep, missteps, states
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.source import Citation
from govlang.tools import books, decide, due, questions
from govlang.tools.books import Book
from govlang.tools.due import DueItem


@dataclass(frozen=True, slots=True)
class InForce:
    """Whether the agreement is in force, from when to when, and since when it is over and why."""

    holds: bool
    start: date | None
    end: date | None
    version: str
    object_until: date | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A party that takes part, who speaks for it, and why it is in default, if it is."""

    name: str
    speakers: tuple[str, ...]
    default: str


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A role that nobody holds (for a party, if each has one), or a body with empty seats."""

    name: str
    party: str
    seats: int
    body: bool = False


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """A proposal that is pending, and what it waits for."""

    id: str
    decision: str
    by: tuple[str, ...]
    since: datetime
    missing: tuple[Missing, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Way:
    """A step that somebody may take a dispute to, or not yet: the verdict, for whom, and what is missing or stands against it."""

    step: str
    verdict: Verdict
    who: tuple[str, ...]
    missing: tuple[Missing, ...]
    because: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """A dispute that is open, with every step it could be taken to."""

    state: DisputeState
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """Where the agreement stands."""

    agreement: str
    text_hash: str
    on: datetime
    in_force: InForce
    parties: tuple[Party, ...]
    vacancies: tuple[Vacancy, ...]
    proposals: tuple[OpenProposal, ...]
    disputes: tuple[OpenDispute, ...]
    ended: tuple[DisputeState, ...]
    missteps: tuple[Misstep, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    obligations: tuple[DueItem, ...] = ()
    terms: tuple[DueItem, ...] = ()


def status(loaded: Loaded, book: Book, on: str = "") -> Status:
    """The status on a day, or else on the last day on record. Raises NoAnswer."""
    questions.sound(loaded)
    questions.readable(book)
    moment = questions.day(on) if on else book.last(loaded.agreement)
    if moment is None:
        raise questions.NoAnswer("say as of which day to look", "give --on with a date, such as --on 2026-03-31")
    now = calendar.localise(moment, loaded.agreement.header).end
    history = books.history(books.until(book, loaded.agreement, now), loaded.agreement)
    judge = Judge(loaded.rules, history)
    view = history.on(now)
    found = states(judge, now)
    return Status(
        view.agreement.name, loaded.text_hash, now, in_force(view, now), parties(view, now), vacancies(view, now),
        proposals(loaded, history, now), tuple(_open(loaded, history, each, now) for each in found if each.open),
        tuple(each for each in found if not each.open), tuple(missteps(judge, now)),
        tuple(ordered([*book.diagnostics, *history.diagnostics])), due.obligations(judge, now, _ahead(now)),
        due.terms(judge, now, _ahead(now)),
    )  # fmt: skip


def _ahead(now: datetime) -> date:
    """How far duties, reviews and terms of office are looked at: a year."""
    return now.date() + timedelta(days=366 if now.year < calendar.LAST_YEAR - 1 else 0)


def in_force(view: History, now: datetime) -> InForce:
    """The term as it stands."""
    term = lifecycle.term(view, now)
    end = lifecycle.end(view, now)
    return InForce(
        lifecycle.in_term(view, now), term.start, end.day if end is not None else term.end, view.agreement.header.version,
        term.object_until, tuple(lifecycle.ending_words(view, now)),
    )  # fmt: skip


def parties(view: History, now: datetime) -> tuple[Party, ...]:
    """The parties that take part."""
    found: list[Party] = []
    for party in view.agreement.parties():
        if view.active(party.name, now):
            default = lifecycle.default(view, party.name, now)
            speakers = tuple(dict.fromkeys(view.speakers_for(party.name, now)))
            found.append(Party(party.name, speakers, default.reason if default is not None else ""))
    return tuple(found)


def vacancies(view: History, now: datetime) -> tuple[Vacancy, ...]:
    """What nobody holds: roles for one, roles that each party has, seats of bodies."""
    found = [vacancy for role in view.agreement.roles.values() for vacancy in _vacant(view, role, now)]
    for body in view.agreement.bodies.values():
        empty = body.seats - len(view.members_of(body.name, now)) if body.seats else 0
        if empty > 0:
            found.append(Vacancy(body.name, "", empty, body=True))
    return tuple(found)


def _vacant(view: History, role: Role, now: datetime) -> list[Vacancy]:
    if role.seats == "one each":
        names = [party.name for party in view.agreement.parties() if view.active(party.name, now)]
        return [Vacancy(role.name, name, 1) for name in names if not view.holders_of(role.name, now, name)]
    return [Vacancy(role.name, "", 1)] if role.seats != "any" and not view.holders_of(role.name, now) else []


def proposals(loaded: Loaded, history: History, now: datetime) -> tuple[OpenProposal, ...]:
    """The proposals that are pending."""
    found: list[OpenProposal] = []
    for proposal in history.proposals.values():
        if proposal.at.start > now or disputes.ladder_of(history.on(now), proposal) is not None:
            continue
        answer = decide.decide(loaded, history, proposal.id, now, ways=False)
        if answer.verdict is Verdict.PENDING:
            cited = answer.citations[0] if answer.citations else Citation("")
            found.append(
                OpenProposal(proposal.id, proposal.decision, proposal.by, proposal.at.start, answer.missing, cited)
            )
    return tuple(found)


def _open(loaded: Loaded, history: History, state: DisputeState, now: datetime) -> OpenDispute:
    """A dispute with its ways on. What is missing is looked up for the first of those to whom a verdict applies."""
    proposal = history.proposals[state.id]
    ways: list[Way] = []
    for onward in state.onward:
        right = step_right(state.ladder, onward.step)
        answer = decide.by_right(loaded, history, right, replace(proposal, takers=onward.by[:1]), now)
        cited = answer.citations[0] if answer.citations else state.citation
        because = tuple(item.label for item in answer.because)
        ways.append(Way(onward.step, onward.verdict, onward.by, answer.missing, because, cited))
    return OpenDispute(state, tuple(ways))
