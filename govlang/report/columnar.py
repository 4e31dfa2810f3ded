"""An audit of a log as text and JSON, one of its rows explained, and the columns that logs may have.

In: what `tools.columnar` found. Out: text. Both forms of an audit have the same groups in the same order.
"""

from __future__ import annotations

import csv
import io
import json

from govlang import schema as shapes, schema_audit as forms
from govlang.core.expr import Value
from govlang.report import answers, as_json, messages
from govlang.report.cells import harmless
from govlang.report.text import Style, safe, wrapped
from govlang.tools.columnar.auditing import Group, LogAudit
from govlang.tools.columnar.explaining import ColumnOf, Explained
from govlang.tools.columnar.meanings import Meaning

MOST = 20
_COLOURS = {"permitted": "green", "denied": "red", "pending": "yellow", "silent": "yellow", "": "red"}


# ---------------------------------------------------------------- text


def text(found: LogAudit, style: Style) -> str:
    """The summary for people."""
    kind = "counts" if found.counted else "votes"
    head = [style(safe(f"{found.agreement}, {_rows(found.rows)} of {kind}"), "bold")]
    head += [safe(path) for path in found.paths[:MOST]]
    head += [f"... and {len(found.paths) - MOST} more"] if len(found.paths) > MOST else []
    parts = ["\n".join(head), _by_decision(found, style), *_tables(found), _bad(found, style), _remarks(found)]
    if found.output:
        parts.append(f"every row is in {safe(found.output)}")
    parts.append("nothing to report" if found.clean else f"{_rows(found.findings)} to look at")
    return "\n\n".join(part for part in parts if part)


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def _by_decision(found: LogAudit, style: Style) -> str:
    """How many rows of each decision came to what, and what they rest on."""
    totals: dict[str, dict[Meaning, list[int]]] = {}
    for group in found.groups:
        if group.meaning.verdict is not None:
            counts = totals.setdefault(group.decision, {}).setdefault(group.meaning, [0, 0])
            counts[0], counts[1] = counts[0] + group.rows, counts[1] + group.taken
    lines = []
    for decision, meanings in totals.items():
        lines.append(style(safe(decision), "bold"))
        for said, (rows, taken) in sorted(
            meanings.items(), key=lambda each: (each[0].verdict is None, -each[1][0], each[0].requirement)
        ):
            verdict = said.verdict.value if said.verdict is not None else ""
            why = (
                f"  {safe(said.requirement)}" + (f" [{safe(said.clause)}]" if said.clause else "")
                if said.requirement
                else ""
            )
            acted = f" ({taken:,} acted upon)" if taken != rows else ""
            lines.append(f"  {rows:>14,}  {style(f'{verdict:9}', _COLOURS[verdict])}{acted}{why}")
    return "\n".join(lines)


def _tables(found: LogAudit) -> list[str]:
    """Rows to look at by party and by month."""
    parts = []
    for title, name in (("by party", "party"), ("by month", "month")):
        totals: dict[str, list[int]] = {}
        for group in found.groups:
            counts = totals.setdefault(getattr(group, name), [0, 0])
            counts[0], counts[1] = counts[0] + group.rows, counts[1] + group.findings
        if set(totals) == {""}:
            continue
        width = max(len(safe(each) or "(none known)") for each in totals)
        lines = [f"  {safe(each) or '(none known)':{width}}  {rows:>14,} rows  {look:>14,} to look at"
                 for each, (rows, look) in sorted(totals.items())]  # fmt: skip
        parts.append("\n".join([title, *lines]))
    return parts


def _bad(found: LogAudit, style: Style) -> str:
    return messages.show_all(found.bad, style) if found.bad else ""


def _remarks(found: LogAudit) -> str:
    lines: list[str] = []
    for note in found.notes:
        lines += wrapped(note, "note: ", "      ")
    for reason, rows in found.alone:
        why = f" ({reason})" if reason else ""
        lines += wrapped(f"{_rows(rows)} judged one by one by the interpreter{why}", "note: ", "      ")
    return "\n".join(lines)


# ---------------------------------------------------------------- for machines


def as_model(found: LogAudit) -> forms.LogAuditModel:
    """The audit in its published shape."""
    return forms.LogAuditModel(
        schema_version=shapes.VERSION, agreement=found.agreement, agreement_version=found.version, text_hash=found.text_hash,
        logs=list(found.paths), counted=found.counted, rows=found.rows, findings=found.findings, clean=found.clean,
        groups=[_group(group) for group in found.groups], notes=list(found.notes),
        judged_one_by_one=[forms.NumberModel(name=reason, count=rows) for reason, rows in found.alone],
        bad_rows=[as_json.diagnostic(each) for each in found.bad], output=found.output or None,
        record_problems=[as_json.diagnostic(each) for each in found.diagnostics],
    )  # fmt: skip


def _group(group: Group) -> forms.LogGroupModel:
    said = group.meaning
    return forms.LogGroupModel(
        decision=group.decision, party=group.party, month=group.month,
        verdict=said.verdict.value if said.verdict is not None else None,
        right=said.right, requirement=said.requirement, clause=said.clause, reason=said.reason, rows=group.rows, taken=group.taken,
        findings=group.findings, first_row=group.first,
    )  # fmt: skip


def as_text(found: LogAudit) -> str:
    """The audit as JSON."""
    return as_model(found).model_dump_json(indent=2) + "\n"


# ---------------------------------------------------------------- one row


def explained(found: Explained, style: Style) -> str:
    """One row for people."""
    verdict = found.meaning.verdict.value if found.meaning.verdict is not None else ""
    title = f"row {found.row}" + (f", {safe(found.decision)}" if found.decision else "")
    if not verdict:
        return f"{style(title, 'bold')}\ncannot be judged: {safe(found.meaning.reason)}"
    if found.answer is not None:
        return f"{style(title, 'bold')}\n{answers.show(found.answer, style)}"
    lines = [f"{style(title, 'bold')}: {style(verdict, _COLOURS[verdict])}"]
    if found.meaning.requirement:
        lines += wrapped(f"it rests on: {found.meaning.requirement} [{found.meaning.clause}]", "  ")
    for line in found.lines:
        mark = f"{line.state.value:6}" if line.state is not None else "      "
        where = f" [{safe(line.clause)}]" if line.clause else ""
        lines.append(f"  {mark}  {'  ' * line.depth}{safe(line.label)}{where}")
        lines += [f"          {'  ' * line.depth}{name} = {_shown(value)}" for name, value in line.values]
    return "\n".join(lines)


def explained_json(found: Explained) -> str:
    """One row for programs: the answer, or the requirements with their values."""
    said = found.meaning
    shown: dict[str, object] = {
        "row": found.row, "decision": found.decision, "verdict": said.verdict.value if said.verdict is not None else None,
        "right": said.right, "requirement": said.requirement, "clause": said.clause, "reason": said.reason,
        "requirements": [
            {"depth": line.depth, "state": line.state.value if line.state is not None else None, "label": line.label,
             "clause": line.clause, "values": {name: None if value is None else _shown(value) for name, value in line.values}}
            for line in found.lines
        ],
        "answer": json.loads(as_json.answer(found.answer, ())) if found.answer is not None else None,
    }  # fmt: skip
    return json.dumps(shown, indent=2, ensure_ascii=False) + "\n"


def _shown(value: Value) -> str:
    if value is None:
        return "not known"
    return ("yes" if value else "no") if isinstance(value, bool) else safe(str(value))


# ---------------------------------------------------------------- columns


def columns(found: list[ColumnOf], style: Style) -> str:
    """The columns for people, decision by decision."""
    lines: list[str] = []
    width = max((len(each.name) for each in found), default=0)
    last = None
    for each in found:
        if each.decision != last:
            lines += ["", style(safe(each.decision), "bold")] if lines else [style(safe(each.decision), "bold")]
            last = each.decision
        lines.append(f"  {each.name:{width}}  {each.type:8}  {safe(each.about)}")
    return "\n".join(lines)


def columns_csv(found: list[ColumnOf]) -> str:
    """The columns as a table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("decision", "column", "type", "about"))
    for each in found:
        writer.writerow([harmless(cell) for cell in (each.decision, each.name, each.type, each.about)])
    return out.getvalue()


def columns_json(found: list[ColumnOf]) -> str:
    """The columns for programs."""
    listed = [
        {"decision": each.decision, "column": each.name, "type": each.type, "about": each.about} for each in found
    ]
    return json.dumps(listed, indent=2, ensure_ascii=False) + "\n"
