"""Answers and messages as JSON, in the published shapes of `govlang.schema`.

In: answers, diagnostics, outcomes. Out: JSON text with the same keys in the same order on every run, ending in a newline.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from pydantic import BaseModel

from govlang import schema as shapes
from govlang.backends.answers import Answer, HolidaysUsed, Item, Missing
from govlang.diagnostics import Diagnostic, ordered
from govlang.report.messages import has_place
from govlang.source import Citation
from govlang.tools.check import Checked
from govlang.tools.coverage import Coverage
from govlang.tools.stories import Tested
from govlang.tools.who import Level, Right, Rights


def schema(name: str) -> str:
    """A published JSON Schema."""
    return json.dumps(shapes.published(name), indent=2, ensure_ascii=False) + "\n"


def _text(model: BaseModel) -> str:
    return model.model_dump_json(indent=2) + "\n"


def instant(at: datetime | None) -> str | None:
    """An instant in ISO 8601, in the agreement's own time."""
    return at.isoformat(timespec="seconds") if at is not None else None


# ------------------------------------------------------------ messages


def diagnostic(found: Diagnostic) -> shapes.DiagnosticModel:
    """One message."""
    found = found.located()
    path, line, column = found.place()
    end_line, end_column = line, column
    if has_place(found) and found.source is not None:
        end_line, end_column = found.source.place(max(found.span.end, found.span.start))
    else:
        line = column = end_line = end_column = 0
    return shapes.DiagnosticModel(
        code=found.code, name=found.name, severity=found.severity, message=_clean(found.message), path=_clean(path),  # type: ignore[arg-type]
        line=line, column=column, end_line=end_line, end_column=end_column, hint=_clean(found.hint),
        notes=[_clean(note) for note in found.notes],
    )  # fmt: skip


def _clean(text: str) -> str:
    """Text that can be encoded: a file's name may hold bytes that are no characters."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _diagnostics(found: Iterable[Diagnostic]) -> list[shapes.DiagnosticModel]:
    return [diagnostic(item) for item in ordered(found)]


def checked(files: Sequence[Checked], covered: Sequence[Coverage] | None = None) -> str:
    """What `check` found."""
    found = [item for file in files for item in file.diagnostics]
    errors = sum(item.severity == "error" for item in found)
    return _text(shapes.CheckModel(
        schema_version=shapes.VERSION, files=[_clean(file.loaded.source.name) for file in files], errors=errors,
        warnings=len(found) - errors, diagnostics=_diagnostics(found), coverage=_coverages(covered),
    ))  # fmt: skip


def _coverages(covered: Sequence[Coverage] | None) -> list[shapes.CoverageModel] | None:
    return [_coverage(item) for item in covered] if covered else None


def _coverage(found: Coverage) -> shapes.CoverageModel:
    counts = {name: shapes.CountModel(reached=reached, total=total) for name, (reached, total) in found.counts().items()}
    clauses = [
        shapes.ClauseModel(number=each.number, title=each.title, line=each.line, state=each.state)  # type: ignore[arg-type]
        for each in found.clauses
    ]
    decisions = [
        shapes.DecisionCoverModel(
            name=each.name, line=each.line, touched=each.touched,
            requirements=[shapes.RequirementCoverModel(id=item.id, label=item.label, line=item.line, touched=item.touched)
                          for item in each.requirements],
        ) for each in found.decisions
    ]  # fmt: skip
    duties = [
        shapes.NormCoverModel(kind=each.kind, name=each.name, title=each.title, line=each.line, touched=each.touched)
        for each in found.norms
    ]
    return shapes.CoverageModel(
        path=_clean(found.path), counts=counts, clauses=clauses, decisions=decisions, duties=duties,  # type: ignore[arg-type]
    )  # fmt: skip


def tested(files: Sequence[Tested], covered: Sequence[Coverage] | None = None) -> str:
    """What `test` found."""
    outcomes = [outcome for file in files for outcome in file.outcomes]
    passed = sum(outcome.passed for outcome in outcomes)
    return _text(shapes.TestsModel(
        schema_version=shapes.VERSION, passed=passed, failed=len(outcomes) - passed, files=[_file(file) for file in files],
        coverage=_coverages(covered),
    ))  # fmt: skip


def _file(file: Tested) -> shapes.FileModel:
    scenarios = [
        shapes.ScenarioModel(
            title=outcome.title, line=file.source.place(outcome.span.start)[0], passed=outcome.passed,
            expectations=outcome.expectations, diagnostics=_diagnostics(outcome.failures),
        ) for outcome in file.outcomes
    ]  # fmt: skip
    agreement = file.loaded.source.name if file.loaded is not None else ""
    return shapes.FileModel(
        path=_clean(file.path), agreement=_clean(agreement), passed=file.sound, scenarios=scenarios,
        diagnostics=_diagnostics(file.diagnostics),
    )  # fmt: skip


# ------------------------------------------------------------ answers


def answer(found: Answer, problems: Iterable[Diagnostic] = ()) -> str:
    """An answer, and what was wrong with the record that it rests on."""
    return _text(shapes.AnswerModel(
        schema_version=shapes.VERSION, verdict=found.verdict.value, ambiguous=found.ambiguous, proposal=found.proposal,
        decision=found.decision, by=list(found.by), on=instant(found.on) or "", decided=instant(found.decided),
        agreement=found.agreement, version=found.version, text_hash=found.text_hash,
        holidays=_holidays(found.holidays),
        facts=[shapes.FactModel(name=name, value=value) for name, value in found.facts],
        requirement=_requirement(found.requirement) if found.requirement is not None else None,
        missing=[_missing(item) for item in found.missing],
        because=[shapes.ReasonModel(id=item.id, label=item.label, decisive=item.decisive, citation=citation(item.citation))
                 for item in found.because],
        paths=[shapes.PathModel(approvals=list(path.approvals), steps=list(path.steps)) for path in found.paths],
        paths_in_all=found.paths_in_all,
        readings=[shapes.ReadingModel(name=each.name, verdict=each.verdict.value, citation=citation(each.citation))
                  for each in found.readings],
        duties=[shapes.DutyModel(who=duty.who, until=instant(duty.until), citation=citation(duty.citation))
                for duty in found.duties],
        notes=list(found.notes), citations=[citation(item) for item in found.citations],
        diagnostics=_diagnostics(problems),
    ))  # fmt: skip


def _holidays(found: HolidaysUsed | None) -> shapes.HolidaysModel | None:
    return shapes.HolidaysModel(file=_clean(found.file), sha256=found.sha256) if found is not None else None


def citation(found: Citation) -> shapes.CitationModel:
    """Where a rule stands."""
    return shapes.CitationModel(
        label=_clean(found.label()), document=_clean(found.document), number=found.number, title=found.title,
        headings=list(found.path), prose=found.prose, line=found.line, rule=found.rule, amendment=found.amendment,
    )  # fmt: skip


def _requirement(item: Item) -> shapes.RequirementModel:
    return shapes.RequirementModel(
        state=item.state.value, kind=item.kind, label=item.label, id=item.id, decisive=item.decisive,
        evidence=list(item.evidence), ignored=list(item.ignored), missing=[_missing(each) for each in item.missing],
        citation=citation(item.citation), requirements=[_requirement(child) for child in item.items],
    )  # fmt: skip


def _missing(found: Missing) -> shapes.MissingModel:
    return shapes.MissingModel(
        text=found.text, kind=found.kind, amount=found.amount, who=list(found.who), until=instant(found.until)
    )


# ------------------------------------------------------------ rights


def rights(found: Rights) -> str:
    """Who has a say in a decision."""
    return _text(shapes.RightsModel(
        schema_version=shapes.VERSION, agreement=found.agreement, decision=found.decision, text=found.text,
        on=instant(found.on), facts=[shapes.FactModel(name=name, value=value) for name, value in found.facts],
        level=_level(found.level),
    ))  # fmt: skip


def _level(level: Level) -> shapes.LevelModel:
    return shapes.LevelModel(
        label=level.label, applies=level.applies, citation=citation(level.citation),  # type: ignore[arg-type]
        rights=[_right(right) for right in level.rights], levels=[_level(inner) for inner in level.levels],
    )  # fmt: skip


def _right(right: Right) -> shapes.RightModel:
    return shapes.RightModel(
        kind=right.kind, rule=right.rule, citation=citation(right.citation),
        holders=[shapes.HoldersModel(group=each.group, names=list(each.names)) for each in right.holders],
        rights=[_right(inner) for inner in right.rights],
    )  # fmt: skip
