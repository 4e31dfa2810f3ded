"""What runs out of the agreement itself: its term and its renewal, amendments, licences, secrecy, the holiday table.

In: an agreement and its record at an instant. Out: `DueItem`s.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from govlang.model import working_days
from govlang.model.ip import find
from govlang.record import ip, lifecycle
from govlang.record.happenings import day_after, start_of
from govlang.record.versions import amendments
from govlang.syntax import nodes as n
from govlang.tools.due.items import Asked, DueItem, identity
from govlang.tools.due.people import owners


def items(asked: Asked) -> Iterator[DueItem]:
    """Everything of the agreement that runs out, or begins."""
    yield from _term(asked)
    yield from _amendments(asked)
    yield from _licences(asked)
    yield from _secrecy(asked)
    yield from _holidays(asked)


def _parties(asked: Asked) -> tuple[str, ...]:
    history = asked.history
    return tuple(party.name for party in history.agreement.parties() if history.active(party.name, asked.now))


def _term(asked: Asked) -> Iterator[DueItem]:
    history, now = asked.history, asked.now
    term = lifecycle.term(history, now)
    name = history.agreement.name
    if term.object_until is not None and asked.soon(day_after(term.object_until)):
        yield DueItem(
            identity("renewal", str(term.end)), "renewal", name,
            f"object to the renewal, or {name} renews itself for {term.renews} after {term.end}", "renews itself", term.citation,
            now, owners(history, _parties(asked), now), "", None, day_after(term.object_until),
        )  # fmt: skip
    last = lifecycle.end(history, now)
    if last is None or (term.renews is not None and last.day == term.end):
        return
    over = day_after(last.day) if last.whole_day else last.start
    if asked.soon(over):
        header = history.agreement.header
        citation = history.agreement.cite(header, "effective")
        yield DueItem(
            identity("end of the agreement", name), "end of the agreement", name, f"{name} ends: renew it, or wind it up",
            "in effect", citation, now, owners(history, _parties(asked), now), "",
            header.effective.start if header.effective else None, over,
        )  # fmt: skip


def _amendments(asked: Asked) -> Iterator[DueItem]:
    for state in amendments(asked.judge, asked.now):
        if state.since is None or state.state not in ("adopted", "awaiting", "not adopted"):
            continue
        overdue = state.state == "not adopted"
        if not overdue and not asked.soon(state.since):
            continue
        what = {
            "adopted": f"version {state.version} comes into effect on {state.since:%Y-%m-%d}",
            "awaiting": f"{state.decision} has to adopt it as {state.proposal} before {state.since:%Y-%m-%d}: {state.reason}",
            "not adopted": f"{state.decision} has to adopt it as {state.proposal}: it is in effect and {state.reason}",
        }[state.state]
        proposal = asked.history.proposals.get(state.proposal)
        by = proposal.by_now(asked.now) if proposal is not None else ()
        over = day_after(state.since.date()) if state.state == "adopted" else state.since
        yield DueItem(
            identity("amendment", state.name), "amendment", state.name, what, state.state, state.citation, asked.now,
            owners(asked.history, by, asked.now), state.proposal, state.decided, over, overdue,
        )  # fmt: skip


# ------------------------------------------------------------ licences and secrecy


def _licences(asked: Asked) -> Iterator[DueItem]:
    history, now = asked.history, asked.now
    for grant in ip.grants(history, now):
        names = (*grant.licensees, *grant.grantors)
        if grant.running and grant.ends is not None and asked.soon(grant.ends):
            yield DueItem(
                identity("licence", grant.name), "licence", grant.name,
                f"{grant.name} ends: renew it, or stop what it allows", "runs", grant.citation, now,
                owners(history, names, now), "", grant.since, grant.ends,
            )  # fmt: skip
        line = find(history.agreement.ip.licences[grant.name], n.OnRequest)
        closes = _closes(asked, line) if isinstance(line, n.OnRequest) else None
        if closes is not None and asked.soon(closes) and isinstance(line, n.OnRequest):
            cited = history.agreement.cite(line, history.agreement.wording(line))
            yield DueItem(
                identity("request window", grant.name), "request window", grant.name, f"ask for access under {grant.name}",
                "open", cited, now, owners(history, grant.licensees, now), "", grant.since, closes,
            )  # fmt: skip


def _closes(asked: Asked, line: n.OnRequest) -> datetime | None:
    return ip.end_of(asked.history, n.End(None, line.within), asked.now) if line.within is not None else None


def _secrecy(asked: Asked) -> Iterator[DueItem]:
    history = asked.history
    for name, clause in history.agreement.ip.secrecies.items():
        line = find(clause, n.SecretFor)
        over = ip.end_of(history, line.end, asked.now) if isinstance(line, n.SecretFor) else None
        if over is not None and asked.soon(over):
            cited = history.agreement.cite(clause, name)
            yield DueItem(
                identity("confidentiality", name), "confidentiality", name or "confidentiality",
                "what was told is secret no longer after this day", "binds", cited, asked.now,
                owners(history, _parties(asked), asked.now), "", None, over,
            )  # fmt: skip


# ------------------------------------------------------------ the holiday table


def _holidays(asked: Asked) -> Iterator[DueItem]:
    """The years of a holiday table that run out while the agreement still counts in working days."""
    agreement = asked.history.agreement
    header = agreement.header
    holidays = header.holidays
    if holidays is None or holidays.table is None or not working_days.counts_working_days(agreement):
        return
    missing = holidays.table.last + 1
    over = start_of(date(missing, 1, 1))
    last = lifecycle.end(asked.history, asked.now)
    if asked.soon(over) and (last is None or last.day.year >= missing):
        span = header.working_places[0].span if header.working_places else header.span
        cited = agreement.layout.citation(span, "working days")
        yield DueItem(
            identity("holiday table", agreement.name), "holiday table", agreement.name,
            f"the holiday table lacks {missing}: {holidays.renew}", "runs out", cited, asked.now, (), "", None, over,
        )  # fmt: skip
