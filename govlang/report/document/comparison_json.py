"""What changed between two texts, as JSON in the published shape (`schema_redline`).

In: a `Comparison`. Out: JSON text with the same keys in the same order on every run, ending in a newline.
"""

from __future__ import annotations

from govlang import schema_redline as shapes
from govlang.schema import VERSION
from govlang.schema_document import ClauseRefModel
from govlang.source import Citation
from govlang.tools.document import compare_words
from govlang.tools.document.compare import ClauseChange, Comparison, RuleChange, Side


def as_json(comparison: Comparison, document: str) -> str:
    """What changed, in the published shape; `document` is the file that was written."""
    model = shapes.RedlineModel(
        schema_version=VERSION, document=_encoded(document), old=_side(comparison.old), new=_side(comparison.new),
        changed=comparison.changed, summary=compare_words.counted(comparison),
        clauses=[_clause(change) for change in comparison.clauses],
    )  # fmt: skip
    return model.model_dump_json(indent=2) + "\n"


def _encoded(text: str) -> str:
    """Text that can be encoded: a file's name may hold bytes that are no characters."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _side(side: Side) -> shapes.SideModel:
    return shapes.SideModel(
        agreement=side.name, source=_encoded(side.source), version=side.version, text_hash=side.text_hash
    )


def _clause(change: ClauseChange) -> shapes.ClauseChangeModel:
    return shapes.ClauseChangeModel(
        change=change.kind,  # type: ignore[arg-type]
        clause=_reference(change.citation), was=_reference(change.was) if change.was is not None else None,
        wording=change.wording, ruled=change.ruled, examples=change.examples, rules=[_rule(rule) for rule in change.rules],
    )  # fmt: skip


def _rule(rule: RuleChange) -> shapes.RuleChangeModel:
    differences = [
        shapes.DifferenceModel(was=each.was, becomes=each.becomes, clause=_reference(each.citation))
        for each in rule.differences
    ]
    return shapes.RuleChangeModel(
        change=rule.kind,  # type: ignore[arg-type]
        kind=rule.what, name=rule.name, elsewhere=rule.elsewhere, clause=_reference(rule.citation), differences=differences,
    )  # fmt: skip


def _reference(found: Citation) -> ClauseRefModel:
    return ClauseRefModel(
        label=_encoded(found.label()), document=_encoded(found.document), number=found.number, title=found.title, line=found.line,
        amendment=found.amendment,
    )  # fmt: skip
