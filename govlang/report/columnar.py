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
from govlang.tools.columnar.explaining import Explained
from govlang.tools.columnar.listing import VOTES, ColumnOf
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
    parts = ["\n".join(head), _by_decision(found, style), *_tables(found), _to_look_at(found, style), _bad(found, style)]
    parts += [_remarks(found), _next(found)]
    return "\n\n".join(part for part in parts if part)


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def _width(found: LogAudit) -> int:
    """How wide the largest number of an audit is."""
    return max(len(f"{found.rows:,}"), 4)


def _by_decision(found: LogAudit, style: Style) -> str:
    """How many rows of each decision came to what."""
    totals: dict[str, dict[str, list[int]]] = {}
    for group in found.groups:
        verdict = group.meaning.verdict.value if group.meaning.verdict is not None else ""
        counts = totals.setdefault(group.decision, {}).setdefault(verdict, [0, 0])
        counts[0], counts[1] = counts[0] + group.rows, counts[1] + group.taken
    lines = []
    for decision, verdicts in totals.items():
        lines.append(style(safe(decision) or "(no decision of the agreement)", "bold"))
        for verdict in (each for each in _COLOURS if each in verdicts):
            rows, taken = verdicts[verdict]
            acted = f"  {taken:,} acted upon" if verdict and taken != rows else ""
            shown = style(f"{verdict or 'cannot be judged':16}", _COLOURS[verdict])
            lines.append(f"  {rows:>{_width(found)},}  {f'{shown}{acted}'.rstrip()}")
    return "\n".join(lines)


def _to_look_at(found: LogAudit, style: Style) -> str:
    """What was acted upon without being permitted, by what it rests on: the most frequent first, with its clause and first row."""
    totals: dict[tuple[str, Meaning], list[int]] = {}
    for group in found.groups:
        if group.findings and group.meaning.verdict is not None:
            counts = totals.setdefault((group.decision, group.meaning), [0, group.first])
            counts[0], counts[1] = counts[0] + group.findings, min(counts[1], group.first)
    if not totals:
        return ""
    lines = [style("acted upon and not permitted", "bold")]
    listed = sorted(totals.items(), key=lambda each: (-each[1][0], each[1][1]))
    for (decision, said), (rows, first) in listed[:MOST]:
        verdict = said.verdict.value if said.verdict is not None else ""
        why = f": {said.requirement}" if said.requirement else ""
        clause = f" [{said.clause}]" if said.clause else ""
        lines.append(f"  {rows:>{_width(found)},}  {style(verdict, _COLOURS[verdict])}{safe(f'{why}{clause}')}")
        lines.append(f"  {'':{_width(found)}}  {safe(decision)}, first in {_row(found, first)}")
    lines += [f"  ... and {len(listed) - MOST} more kinds"] if len(listed) > MOST else []
    return "\n".join(lines)


def _row(found: LogAudit, number: int) -> str:
    """A row by its number, and its name."""
    name = found.names.get(number, "")
    return f"row {number}" + (f" ({safe(name)})" if name else "")


def _tables(found: LogAudit) -> list[str]:
    """Rows to look at by party and by month."""
    parts = []
    for title, name, none in (("by party", "party", "(no party known)"), ("by month", "month", "(no day)")):
        totals: dict[str, list[int]] = {}
        for group in found.groups:
            counts = totals.setdefault(getattr(group, name), [0, 0])
            counts[0], counts[1] = counts[0] + group.rows, counts[1] + group.findings
        if set(totals) == {""}:
            continue
        width = max(len(safe(each) or none) for each in totals)
        lines = [f"  {safe(each) or none:{width}}  {rows:>{_width(found)},} {'row ' if rows == 1 else 'rows'}  "
                 f"{look:>{_width(found)},} to look at"
                 for each, (rows, look) in sorted(totals.items(), key=lambda each: (not each[0], each[0]))]  # fmt: skip
        parts.append("\n".join([title, *lines]))
    return parts


def _bad(found: LogAudit, style: Style) -> str:
    return messages.show_all(found.bad, style) if found.bad else ""


def _remarks(found: LogAudit) -> str:
    lines: list[str] = []
    for note in found.notes:
        lines += wrapped(note, "note: ", "      ")
    for reason, rows in found.alone:
        why = f": {reason}" if reason else ""
        lines += wrapped(f"{_rows(rows)} judged one by one, with the same answer but slower{why}", "note: ", "      ")
    return "\n".join(lines)


def _next(found: LogAudit) -> str:
    """What came out, and what to do next."""
    lines = [f"every row is in {safe(found.output)}"] if found.output else []
    if found.clean:
        return "\n".join([*lines, "nothing to report"])
    first = min((group.first for group in found.groups if group.findings), default=0)
    lines.append(f"{_rows(found.findings)} to look at")
    lines += wrapped(f"--explain {first} says why of row {first}" + ("" if found.output else "; -o FILE writes every row with its "
                     "verdict, requirement and clause"), "next: ", "      ")  # fmt: skip
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
    """The columns for people: first those of votes, then those of counts, decision by decision."""
    lines: list[str] = []
    votes, counts = [each for each in found if each.log == VOTES], [each for each in found if each.log != VOTES]
    if votes:
        of = f" of {votes[0].decision}" if votes[0].decision else ""
        lines += [style(safe(f"A log of votes{of}: the columns marked * have to be there"), "bold")]
        width = max(len(each.name) for each in votes)
        for each in votes:
            lines.append(f"{'*' if each.needed else ' '} {each.name:{width}}  {each.type:8}  {safe(each.about)}")
        lines += ["", style("A log of counts: the columns instead of votes, decision by decision", "bold")] if counts else []
    width = max((len(each.name) for each in counts), default=0)
    last = None
    for each in counts:
        if each.decision != last:
            lines += ["", style(safe(each.decision), "bold")] if lines else [style(safe(each.decision), "bold")]
            last = each.decision
        lines.append(f"  {each.name:{width}}  {each.type:8}  {safe(each.about)}")
    return "\n".join(lines)


def columns_csv(found: list[ColumnOf]) -> str:
    """The columns as a table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("decision", "column", "type", "about", "log", "needed"))
    for each in (each for each in found if each.type):
        needed = "yes" if each.needed else ""
        writer.writerow([harmless(cell) for cell in (each.decision, each.name, each.type, each.about, each.log, needed)])
    return out.getvalue()


def columns_json(found: list[ColumnOf]) -> str:
    """The columns for programs."""
    listed = [{"decision": each.decision, "column": each.name, "type": each.type, "about": each.about, "log": each.log,
               "needed": each.needed} for each in found if each.type]  # fmt: skip
    return json.dumps(listed, indent=2, ensure_ascii=False) + "\n"
