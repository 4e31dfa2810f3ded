"""An audit as text, JSON, CSV, SARIF and GitHub notes.

In: an `Audit`. Out: text. Every form names the same departures in the same order: by time, then by their place.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from govlang import schema as shapes, schema_audit as forms
from govlang.codes import CODES
from govlang.report import as_json, github, messages, sarif
from govlang.report.cells import harmless
from govlang.report.text import Style, plural, safe, wrapped
from govlang.tools.audit.finding import Audit, Departure

_COLOURS = {"error": "red", "warning": "yellow"}
COLUMNS = ("date", "code", "name", "severity", "who", "parties", "subject", "what", "right", "clause", "file", "line", "notes")


# ---------------------------------------------------------------- text


def text(found: Audit, style: Style) -> str:
    """The whole audit for people."""
    parts = [_head(found, style), *(_departure(item, style) for item in found.departures)]
    if found.problems:
        parts.append(style("The record itself", "bold"))
        parts.append(messages.show_all(found.problems, style))
    parts.append(_summary(found))
    return "\n\n".join(part for part in parts if part)


def _head(found: Audit, style: Style) -> str:
    since = f" since {found.since:%Y-%m-%d}" if found.since is not None else ""
    lines = [style(safe(f"{found.agreement}, audited as of {found.on:%Y-%m-%d}{since}"), "bold")]
    lines.append(f"{plural(found.events, 'event')} on record")
    if found.left_out:
        lines[-1] += f", and {found.left_out} after that day left out"
    return "\n".join(lines)


def _departure(item: Departure, style: Style) -> str:
    entry = CODES[item.code]
    name, line, _ = item.diagnostic.located().place()
    where = f"{safe(name)}:{line}" if name and messages.has_place(item.diagnostic) else safe(name)
    how = "" if item.deed is not None else "nothing recorded; see "
    title = style(f"{item.at}  {item.code} {entry.name}", "bold", _COLOURS[entry.severity])
    lines = [f"{title}  {style(how + where, 'dim')}" if where else title]
    lines += wrapped(item.what, "  ")
    lines += wrapped(item.right, "  right:  ", "          ")
    for note in item.notes:
        lines += wrapped(note, "  note:   ", "          ")
    if item.citation.document:
        lines += wrapped(item.citation.label(), "  clause: ", "          ")
    return "\n".join(lines)


def _summary(found: Audit) -> str:
    if found.clean:
        earlier = f" ({plural(found.earlier, 'departure')} before that day)" if found.earlier else ""
        return f"nothing to report{earlier}"
    lines = [f"{plural(len(found.departures), 'departure')}, {plural(len(found.problems), 'problem')} of the record"]
    if found.earlier:
        lines[0] += f"; {plural(found.earlier, 'departure')} before {found.since:%Y-%m-%d}"
    width = max(len(CODES[code].name) for code, _ in found.by_code)
    lines += ["", "by code"]
    lines += [f"  {code}  {CODES[code].name:{width}}  {count:>5}" for code, count in found.by_code]
    if found.by_party:
        named = [(safe(name) or "(nobody's party)", count) for name, count in found.by_party]
        width = max(len(name) for name, _ in named)
        lines += ["", "by party", *(f"  {name:{width}}  {count:>5}" for name, count in named)]
    return "\n".join(lines)


# ---------------------------------------------------------------- for machines


def as_model(found: Audit) -> forms.AuditModel:
    """The audit in its published shape."""
    return forms.AuditModel(
        schema_version=shapes.VERSION, agreement=found.agreement, agreement_version=found.version, text_hash=found.text_hash,
        since=as_json.instant(found.since), on=as_json.instant(found.on) or "", events=found.events,
        events_left_out=found.left_out, departures_before=found.earlier, clean=found.clean,
        departures=[_model(item) for item in found.departures],
        record_problems=[as_json.diagnostic(item) for item in found.problems],
        by_code=[forms.NumberModel(name=name, count=count) for name, count in found.by_code],
        by_party=[forms.NumberModel(name=name, count=count) for name, count in found.by_party],
    )  # fmt: skip


def _model(item: Departure) -> forms.DepartureModel:
    told = as_json.diagnostic(item.diagnostic)
    return forms.DepartureModel(
        code=item.code, name=item.name, severity=told.severity, at=str(item.at), who=list(item.who), parties=list(item.parties),
        subject=item.subject, what=item.what, right=item.right, notes=list(item.notes),
        clause=as_json.citation(item.citation) if item.citation.document else None, recorded=item.deed is not None,
        path=told.path, line=told.line, column=told.column,
    )  # fmt: skip


def _json(found: Audit) -> str:
    return as_model(found).model_dump_json(indent=2) + "\n"


def _csv(found: Audit) -> str:
    """One row a finding (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(found):
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue()


def _rows(found: Audit) -> Iterator[list[str]]:
    for item in found.departures:
        told = as_json.diagnostic(item.diagnostic)
        clause = item.citation.label() if item.citation.document else ""
        yield [str(item.at), item.code, item.name, told.severity, "; ".join(item.who), "; ".join(item.parties), item.subject,
               item.what, item.right, clause, told.path, str(told.line or ""), "; ".join(item.notes)]  # fmt: skip
    for problem in found.problems:
        told = as_json.diagnostic(problem)
        yield ["", told.code, told.name, told.severity, "", "", "", told.message, told.hint, "", told.path, str(told.line or ""),
               "; ".join(told.notes)]  # fmt: skip


def _sarif(found: Audit) -> str:
    return sarif.show([*(item.diagnostic for item in found.departures), *found.problems])


def _github(found: Audit) -> str:
    shown = github.show([*(item.diagnostic for item in found.departures), *found.problems])
    return shown + "\n" if shown else ""


FORMS: dict[str, Callable[[Audit], str]] = {"json": _json, "csv": _csv, "sarif": _sarif, "github": _github}
