"""Where an agreement stands, as text for people.

In: a `Status`. Out: lines, a heading for each section that has something to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.backends.answers import Missing
from govlang.core.verdict import Verdict
from govlang.record.dispute_states import DisputeState, Misstep
from govlang.report.answers import last_day, when
from govlang.report.due import due_on
from govlang.report.text import Style, plural, safe, wrapped
from govlang.tools.due import DueItem
from govlang.tools.status import InForce, OpenDispute, OpenProposal, Party, Status, Vacancy, Way

_COLOURS = {Verdict.PERMITTED: "green", Verdict.PENDING: "yellow", Verdict.DENIED: "red", Verdict.SILENT: "blue"}


def show(status: Status, style: Style) -> str:
    """The whole page."""
    lines = list(_head(status, style))
    for title, part in (
        ("Parties", _parties(status.parties)), ("Vacant", _vacancies(status.vacancies)),
        ("Duties and reviews", _due(status.obligations, style)), ("Terms of office that end", _due(status.terms, style)),
        ("Open proposals", _proposals(status.proposals)), ("Open disputes", _disputes(status.disputes, style)),
        ("Disputes that ended", _ended(status.ended)), ("Done in disputes before it was permitted", _missteps(status.missteps)),
    ):  # fmt: skip
        found = list(part)
        if found:
            lines += ["", style(title, "bold"), *found]
    if not (status.proposals or status.disputes or status.vacancies or status.obligations):
        lines += ["", "Nothing is open."]
    return "\n".join(lines)


def _head(status: Status, style: Style) -> Iterator[str]:
    term = status.in_force
    word = style("IN FORCE", "bold", "green") if term.holds else style("NOT IN FORCE", "bold", "red")
    yield f"{word}  {safe(status.agreement)}, on {when(status.on)}"
    version = f"version {term.version}, " if term.version else ""
    yield from wrapped(f"{version}{_term(term)}", "  ")
    if term.object_until is not None:
        yield f"  renews itself unless somebody objects by {term.object_until}"
    for note in term.notes:
        yield from wrapped(note, "  ")


def _term(term: InForce) -> str:
    start = f"from {term.start}" if term.start is not None else "from the beginning"
    return f"{start} until {term.end}" if term.end is not None else f"{start}, no end is set"


def _parties(parties: tuple[Party, ...]) -> Iterator[str]:
    for party in parties:
        speaks = f": {', '.join(party.speakers)}" if party.speakers else ""
        default = f", in default: {party.default}" if party.default else ""
        yield from wrapped(f"{party.name}{speaks}{default}", "  - ", "    ")


def _vacancies(vacancies: tuple[Vacancy, ...]) -> Iterator[str]:
    for vacancy in vacancies:
        of = f" for {vacancy.party}" if vacancy.party else ""
        seats = f": {plural(vacancy.seats, 'seat')}" if vacancy.body else ""
        yield from wrapped(f"{vacancy.name}{of}{seats}", "  - ", "    ")


def _due(items: tuple[DueItem, ...], style: Style) -> Iterator[str]:
    for item in items:
        until = f"due {due_on(item)}" if item.over is not None else item.state
        state = style(", or ".join(item.late_by[-1:]), "red") if item.overdue else item.state
        yield from wrapped(f"{item.to_do}: {until}", "  - ", "    ")
        yield f"    {state}, {safe(item.citation.label())}"


def _proposals(proposals: tuple[OpenProposal, ...]) -> Iterator[str]:
    for proposal in proposals:
        by = f" by {', '.join(proposal.by)}" if proposal.by else ""
        yield from wrapped(f"{proposal.id}: {proposal.decision}{by}, since {when(proposal.since)}", "  ")
        yield from _missing(proposal.missing, "    ")


def _missing(items: tuple[Missing, ...], indent: str) -> Iterator[str]:
    for item in items:
        yield from wrapped(item.text, f"{indent}missing: ", f"{indent}  ")


def _disputes(disputes: tuple[OpenDispute, ...], style: Style) -> Iterator[str]:
    for dispute in disputes:
        state = dispute.state
        yield from wrapped(f"{state.id}: {state.ladder}, {_sides(state)}, since {when(state.raised)}", "  ")
        if state.about:
            yield from wrapped(f"“{state.about}”", "    ")
        yield from wrapped(_step(state), "    ")
        if state.duties:
            yield f"    meanwhile duties {'continue' if state.duties == 'continue' else 'are suspended'}"
        if state.relief_any_time:
            yield "    urgent relief may be sought at any time"
        for sought in state.relief:
            how = "" if sought.verdict is Verdict.PERMITTED else f" ({sought.verdict.value})"
            yield from wrapped(f"urgent relief was sought by {', '.join(sought.by)} on {when(sought.at)}{how}", "    ")
        for way in dispute.ways:
            yield from _way(way, style)


def _sides(state: DisputeState) -> str:
    against = f" against {', '.join(state.against)}" if state.against else ""
    return f"{', '.join(state.parties)}{against}"


def _step(state: DisputeState) -> str:
    until = f", until {last_day(state.until)} ({_left(state)})" if state.until is not None else ""
    return f"at {state.step} since {when(state.since)}{until}"


def _left(state: DisputeState) -> str:
    """How many days are left of a step, counted to its last day."""
    assert state.until is not None
    return f"{plural(state.days_left, 'day')} left" if state.days_left is not None else "over"


def _way(way: Way, style: Style) -> Iterator[str]:
    verdict = style(way.verdict.value, _COLOURS[way.verdict])
    who = f" by {', '.join(way.who)}" if way.who else ""
    cited = way.citation.label()
    yield f"    to {safe(way.step)}{safe(who)}: {verdict}" + (f", {safe(cited)}" if cited else "")
    if way.verdict is Verdict.PENDING:
        yield from _missing(way.missing, "      ")
    elif way.verdict is Verdict.DENIED:
        for label in way.because:
            yield from wrapped(label, "      because: ", "        ")


def _ended(states: tuple[DisputeState, ...]) -> Iterator[str]:
    for state in states:
        on = f" on {when(state.ended)}" if state.ended is not None else ""
        yield from wrapped(f"{state.id}: {state.ladder}, {_sides(state)}: {state.how}{on} at {state.step}", "  - ", "    ")


def _missteps(found: tuple[Misstep, ...]) -> Iterator[str]:
    for misstep in found:
        by = f"{', '.join(misstep.by)} " if misstep.by else ""
        reasons = "; ".join(misstep.reasons)
        cited = misstep.citation.label()
        yield from wrapped(f"{when(misstep.at)}: {by}{misstep.what}, not met: {reasons}" + (f" ({cited})" if cited else ""),
                           "  - ", "    ")  # fmt: skip
