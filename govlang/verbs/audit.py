"""`govlang audit`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from govlang.verbs.shared import (
    AGREEMENT,
    CLEAN,
    FINDINGS,
    ON,
    emit,
    format_option,
    load,
    no_answer,
    refuse,
    say,
    style,
)

if TYPE_CHECKING:
    from govlang import Loaded


@click.command()
@AGREEMENT
@click.argument("records", nargs=-1, metavar="RECORD|LOG...")
@ON
@click.option("--since", default="", metavar="DATE", help="Leave out departures before this day; they are counted.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Leave out a code. May be given several times.")
@click.option(
    "--record",
    "beside",
    multiple=True,
    metavar="FILE",
    help="With a log: what else is on record. May be given several times.",
)
@click.option(
    "--ballots", default="", metavar="FILE", help="With a log: votes as a long table (id, voter, choice, cast)."
)
@click.option(
    "--output",
    "-o",
    default="",
    metavar="FILE",
    help="With a log: every row with its verdict, as .parquet, .csv or .jsonl.",
)
@click.option(
    "--explain", "explain_row", type=int, metavar="ROW", help="With a log: one row, explained by the interpreter."
)
@click.option(
    "--columns",
    is_flag=False,
    flag_value="*",
    metavar="[DECISION]",
    help="The columns that logs may have; no log is read.",
)
@click.option(
    "--memory",
    default="",
    metavar="SIZE",
    help="With a log: how much memory to use, such as 2GB; the rest goes to disk.",
)
@click.option("--threads", type=click.IntRange(min=1), help="With a log: how many processors to use.")
@click.option("--engine", type=click.Choice(("duckdb", "spark")), help="With a log: what judges it; DuckDB, if left out.")
@click.option("--master", default="", metavar="URL", help="With --engine spark: where it runs, such as local[4].")
@format_option("text", "json", "csv", "sarif", "github")
def audit(
    agreement: str, records: tuple[str, ...], on: str, since: str, ignore: tuple[str, ...], form: str, beside: tuple[str, ...],
    ballots: str, output: str, explain_row: int | None, columns: str | None, memory: str, threads: int | None,
    engine: str | None, master: str,
) -> None:  # fmt: skip
    """Replay what happened and report every departure from the rules; or judge every row of a log of decisions.

    A record is a minute book or JSON lines of events; a log is a table: .parquet, .csv, .jsonl with a column `decision`, .duckdb.

    The exit code is 0 when there is nothing to report, 1 when there is, 2 when the record, the log or the agreement cannot be read.
    """
    loaded = load(agreement)
    asked = {"--record": beside, "--ballots": ballots, "-o": output, "--explain": explain_row is not None, "--memory": memory,
             "--threads": threads, "--engine": engine, "--master": master}  # fmt: skip
    if columns is not None:
        from govlang.verbs.audit_log import show_columns

        show_columns(loaded, columns, form)
    elif _of_logs(records):
        from govlang.verbs.audit_log import audit_log

        if on or since or ignore:
            refuse("--on, --since and --ignore are for a record, and this is a log", "leave them out")
        if engine == "spark":
            from govlang.verbs.audit_spark import audit_on_spark

            alone = bool(memory or threads or explain_row is not None)
            audit_on_spark(loaded, records, beside, (ballots, output, master), alone, form)
        if master:
            refuse("--master is for Spark", "add --engine spark")
        audit_log(loaded, records, beside, (ballots, output, memory, threads or 0), explain_row, form)
    elif any(asked.values()):
        given = next(name for name, value in asked.items() if value)
        refuse(
            f"{given} is for a log of decisions, and this is a record",
            "a log ends in .parquet, .csv, .jsonl or .duckdb",
        )
    else:
        _replay(loaded, records, on, since, ignore, form)


def _of_logs(paths: tuple[str, ...]) -> bool:
    """Whether files are logs, and not a record; leaves with a message where they are both."""
    from govlang.tools.columnar.kinds import kind
    from govlang.tools.questions import NoAnswer

    try:
        kinds = {path: kind(path) for path in paths}
    except NoAnswer as error:
        no_answer(error)
    if set(kinds.values()) == {"log", "record"}:
        record = next(path for path, each in kinds.items() if each == "record")
        refuse(f"'{record}' is a record, and the others are logs", f"name the record after the log: --record {record}")
    return "log" in kinds.values()


def _replay(loaded: Loaded, records: tuple[str, ...], on: str, since: str, ignore: tuple[str, ...], form: str) -> None:
    from govlang.tools import audit as auditing, books

    try:
        codes = auditing.known_codes(ignore)
        found = auditing.audit_book(
            loaded, books.read_books(records, loaded.agreement), on=on, since=since, ignore=codes
        )
    except auditing.NoAnswer as error:
        no_answer(error)
    from govlang.report import audits

    if form == "text":
        say(audits.text(found, style()))
    else:
        emit(audits.FORMS[form](found))
    sys.exit(CLEAN if found.clean else FINDINGS)
