"""`govlang audit --engine spark`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from govlang.verbs.shared import CLEAN, FINDINGS, answered, complain, emit, refuse, say, style

if TYPE_CHECKING:
    from govlang import Loaded


def audit_on_spark(
    loaded: Loaded, paths: tuple[str, ...], record: tuple[str, ...], asked: tuple[str, str, str], alone: bool, form: str
) -> NoReturn:
    """Judges every row of a log on Spark. `asked` is ballots, output and master; `alone` whether something is asked that only one
    machine does."""
    from govlang.tools.columnar.spark_files import audit_files

    if alone:
        refuse("--memory, --threads and --explain are for DuckDB", "leave out --engine spark, or say it to Spark")
    if form not in ("text", "json"):
        refuse(f"an audit of a log is printed as text or json, not as {form}", "write every row to a table: -o FOLDER")
    found = answered(lambda: audit_files(loaded, paths, record, *asked))
    from govlang.report import columnar

    complain(found.diagnostics)
    if form == "json":
        emit(columnar.as_text(found))
    else:
        say(columnar.text(found, style()))
    sys.exit(CLEAN if found.clean else FINDINGS)
