"""An agreement in brief: what a list of several agreements says of each.

In: a subject. Out: a `Brief`: who takes part, from when to when, how much is in it, whether it is in force, what is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from govlang.tools import coverage
from govlang.tools.document.blocks import Brief
from govlang.tools.document.subject import Subject
from govlang.tools.status import in_force


def brief(subject: Subject) -> Brief:
    """What is said of an agreement in one row."""
    starts, ends, status = _term(subject)
    found = subject.checked.diagnostics
    errors = sum(item.severity == "error" for item in found)
    return Brief(
        tuple(_parties(subject)), starts, ends, status, tuple(_counts(subject)), errors, len(found) - errors,
    )  # fmt: skip


def _parties(subject: Subject) -> Iterator[str]:
    """Who takes part: with a record, on its day."""
    record = subject.record
    view = record.history.on(record.now) if record is not None else None
    for party in subject.agreement.parties():
        if view is None or record is None or view.active(party.name, record.now):
            yield party.name


def _term(subject: Subject) -> tuple[date | None, date | None, str]:
    record = subject.record
    if record is None:
        header = subject.agreement.header
        starts = header.effective.day if header.effective is not None else None
        return starts, header.until.day if header.until is not None else None, ""
    force = in_force(record.history.on(record.now), record.now)
    today = (record.now - timedelta(microseconds=1)).date()
    if force.holds:
        return force.start, force.end, "in force"
    early = force.start is not None and today < force.start
    return force.start, force.end, "not yet in force" if early else "ended"


def _counts(subject: Subject) -> Iterator[tuple[str, int]]:
    """How many there are of each kind, the most telling first."""
    agreement = subject.agreement
    norms = Counter(norm.kind for norm in agreement.norms.values())
    counted = (
        ("clause", sum(cover.state in ("ruled", "text only") for cover in coverage.clauses(subject.loaded))),
        ("decision", len(agreement.decisions)),
        *((kind, norms[kind]) for kind in ("duty", "power", "review", "objective")),
        ("licence", len(agreement.ip.licences)),
        ("dispute ladder", len(agreement.disputes)),
    )
    yield from ((name, count) for name, count in counted if count)
