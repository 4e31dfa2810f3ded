"""`govlang audit` of a log of decisions."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from govlang.verbs.shared import CLEAN, FINDINGS, answered, complain, emit, refuse, say, style

if TYPE_CHECKING:
    from govlang import Loaded


def audit_log(loaded: Loaded, paths: tuple[str, ...], record: tuple[str, ...], engine: tuple[str, str, str, int], row: int | None,
              form: str) -> None:  # fmt: skip
    """Judges every row of a log, or explains one. `engine` is ballots, output, memory and threads."""
    from govlang.tools.columnar import explaining, output as writing
    from govlang.tools.columnar.auditing import LogAudit, Options, Session
    from govlang.tools.columnar.explaining import Explained

    if form not in ("text", "json"):
        refuse(
            f"an audit of a log is printed as text or json, not as {form}", "write every row to a table: -o FILE.csv"
        )
    ballots, output, memory, threads = engine

    def ask() -> LogAudit | Explained:
        if output:
            writing.checked(output)
        with Session(loaded, paths, record, Options(ballots, output, memory, threads)) as session:
            return session.audit() if row is None else explaining.explain(session, row)

    found = answered(ask)
    from govlang.report import columnar

    if isinstance(found, Explained):
        if form == "json":
            emit(columnar.explained_json(found))
        else:
            say(columnar.explained(found, style()))
        sys.exit(
            CLEAN if found.meaning.verdict is not None and found.meaning.verdict.value == "permitted" else FINDINGS
        )
    complain(found.diagnostics)
    if form == "json":
        emit(columnar.as_text(found))
    else:
        say(columnar.text(found, style()))
    sys.exit(CLEAN if found.clean else FINDINGS)


def show_columns(loaded: Loaded, decision: str, form: str) -> None:
    """The columns that logs of an agreement may have."""
    from govlang.report import columnar
    from govlang.tools.columnar import listing

    if form not in ("text", "json", "csv"):
        refuse(f"columns are printed as text, json or csv, not as {form}")
    asked = (loaded, loaded.history(), "" if decision == "*" else decision)
    found = answered(lambda: [*listing.votes(*asked), *listing.columns(*asked)])
    if form == "text":
        say(columnar.columns(found, style()))
    else:
        emit(columnar.columns_json(found) if form == "json" else columnar.columns_csv(found))
