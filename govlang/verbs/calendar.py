"""`govlang calendar`."""

from __future__ import annotations

import sys

import click

from govlang.verbs.shared import AGREEMENT, CLEAN, FINDINGS, complain, load, no_answer, refuse, say


@click.group()
def calendar() -> None:
    """Keep the holiday table of an agreement."""


@calendar.command()
@AGREEMENT
@click.option("--years", default="", metavar="YEAR-YEAR", help="Which years; if left out, the agreement's term and the year after.")
@click.option("--check", is_flag=True, help="Write nothing; say whether the table still is what the calendar library says.")
def lock(agreement: str, years: str, check: bool) -> None:
    """Write the public holidays of the places that an agreement names into a table beside it.

    Answers read this table and nothing else, and say its hash.
    """
    from govlang.report import calendars as report
    from govlang.tools import calendars, questions

    loaded = load(agreement)
    try:
        beside = calendars.readable(loaded)
        found = calendars.lock(loaded, years, check)
        if not check:
            calendars.write(found)
    except questions.NoAnswer as error:
        no_answer(error)
    except OSError as error:
        refuse(f"the holiday table cannot be written: {error.strerror}", "check its folder and permissions")
    if not check:
        say("\n".join((*report.written(found), *([f"note: {beside}"] if beside else []))))
        sys.exit(CLEAN)
    complain(calendars.problems(loaded))
    say("\n".join(report.compared(found)))
    sys.exit(FINDINGS if found.fresh or found.differences else CLEAN)
