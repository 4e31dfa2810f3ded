"""Where an agreement stands, as JSON in the published shape of `govlang.schema_status`.

In: a `Status`. Out: JSON text with the same keys in the same order on every run, ending in a newline.
"""

from __future__ import annotations

from govlang import schema as shared, schema_status as shapes
from govlang.backends.answers import Missing
from govlang.record.dispute_states import DisputeState
from govlang.report.as_json import citation, diagnostic, instant
from govlang.report.due import shape
from govlang.schema_due import DueItemModel
from govlang.tools.status import Status, Way


def show(status: Status) -> str:
    """The whole of it."""
    term = status.in_force
    found = shapes.StatusModel(
        schema_version=shared.VERSION, agreement=status.agreement, version=term.version, text_hash=status.text_hash,
        on=instant(status.on) or "",
        in_force=shapes.InForceModel(
            holds=term.holds, start=_day(term.start), end=_day(term.end), object_until=_day(term.object_until),
            notes=list(term.notes),
        ),
        parties=[shapes.PartyModel(name=each.name, speakers=list(each.speakers), default=each.default) for each in status.parties],
        vacancies=[shapes.VacancyModel(name=each.name, party=each.party, seats=each.seats) for each in status.vacancies],
        obligations=[DueItemModel.model_validate(shape(each)) for each in status.obligations],
        terms=[DueItemModel.model_validate(shape(each)) for each in status.terms],
        proposals=[
            shapes.OpenProposalModel(
                id=each.id, decision=each.decision, by=list(each.by), since=instant(each.since) or "",
                missing=_missing(each.missing), citation=citation(each.citation),
            ) for each in status.proposals
        ],
        disputes=[_dispute(each.state, each.ways) for each in status.disputes]
        + [_dispute(state, ()) for state in status.ended],
        missteps=[
            shapes.MisstepModel(
                dispute=each.dispute, what=each.what, at=instant(each.at) or "", by=list(each.by), verdict=each.verdict.value,
                reasons=list(each.reasons), citation=citation(each.citation),
            ) for each in status.missteps
        ],
        diagnostics=[diagnostic(each) for each in status.diagnostics],
    )  # fmt: skip
    return found.model_dump_json(indent=2) + "\n"


def _dispute(state: DisputeState, ways: tuple[Way, ...]) -> shapes.DisputeModel:
    return shapes.DisputeModel(
        id=state.id, ladder=state.ladder, about=state.about, raised=instant(state.raised) or "", parties=list(state.parties),
        against=list(state.against), step=state.step, since=instant(state.since) or "", until=instant(state.until),
        days_left=state.days_left, open=state.open, how=state.how, ended=instant(state.ended), duties=state.duties,  # type: ignore[arg-type]
        relief_any_time=state.relief_any_time,
        relief=[
            shapes.ReliefModel(by=list(each.by), at=instant(each.at) or "", verdict=each.verdict.value) for each in state.relief
        ],
        ways=[
            shapes.WayModel(
                step=way.step, verdict=way.verdict.value, who=list(way.who), missing=_missing(way.missing),
                because=list(way.because), citation=citation(way.citation),
            ) for way in ways
        ],
        citation=citation(state.citation),
    )  # fmt: skip


def _missing(items: tuple[Missing, ...]) -> list[shared.MissingModel]:
    return [
        shared.MissingModel(text=each.text, kind=each.kind, amount=each.amount, who=list(each.who), until=instant(each.until))
        for each in items
    ]


def _day(day: object) -> str | None:
    return str(day) if day is not None else None
