"""`govlang due`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from govlang.verbs.shared import (
    AGREEMENT,
    CLEAN,
    FINDINGS,
    ON,
    complain,
    emit,
    format_option,
    load,
    no_answer,
    refuse,
    say,
    style,
)

_DAYS = re.compile(r"\d{1,3}(,\d{1,3})*\Z")


@click.command()
@AGREEMENT
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@click.option("--record", "more", multiple=True, metavar="FILE", help="A record, as for the other verbs.")
@ON
@click.option("--until", default="", metavar="DATE", help="How far to look ahead; 90 days, if left out.")
@click.option("--for", "who", default="", metavar="NAME", help="What one party, role, body or person has to see to.")
@click.option("--remind", default="7", show_default=True, metavar="DAYS,...",
              help="Reminders in a calendar: so many days before; 0 for none but the day itself.")  # fmt: skip
@format_option("text", "json", "csv", "ics")
@click.option("-o", "--output", default="", metavar="FILE", help="Write into a file.")
def due(
    agreement: str, records: tuple[str, ...], more: tuple[str, ...], on: str, until: str, who: str, remind: str, form: str,
    output: str,
) -> None:  # fmt: skip
    """List what is due, from whom, by when: what is overdue first.

    Duties, reviews, targets, votes and notices that close, disputes, terms of office, licences, the term itself. The exit code is 1
    when something is overdue, 0 when nothing is.
    """
    from govlang.tools import books, due as listing, questions

    ahead = _days(remind)
    loaded = load(agreement)
    try:
        questions.sound(loaded)
        found = listing.due(loaded, books.read_books((*records, *more), loaded.agreement), on, until, who)
        printed = _printed(found, form, ahead, bool(output))
    except questions.NoAnswer as error:
        no_answer(error)
    complain(found.diagnostics)
    if output:
        _write(output, printed)
    elif form == "text":
        say(printed if isinstance(printed, str) else "")
    else:
        emit(printed if isinstance(printed, str) else printed.decode("utf-8"))
    if form != "text" and found.later:
        from govlang.report.due import left_out

        say(f"govlang: {left_out(found)}", error=True)
    sys.exit(FINDINGS if found.overdue else CLEAN)


def _printed(found: object, form: str, ahead: tuple[int, ...], to_file: bool) -> str | bytes:
    from govlang.report import due as report, ics
    from govlang.tools.due import Due

    assert isinstance(found, Due)
    match form:
        case "json":
            return report.as_json(found)
        case "csv":
            return report.as_csv(found)
        case "ics":
            return ics.as_calendar(found, ahead)
        case _:
            from govlang.report.text import Style

            return report.show(found, Style() if to_file else style()) + ("\n" if to_file else "")


def _days(text: str) -> tuple[int, ...]:
    if not _DAYS.match(text.replace(" ", "")):
        refuse(f"'{text}' is no list of days", "write how many days before, such as --remind 14,3")
    return tuple(dict.fromkeys(int(part) for part in text.split(",") if int(part)))


def _write(path: str, printed: str | bytes) -> None:
    data = printed if isinstance(printed, bytes) else printed.encode("utf-8")
    try:
        Path(path).write_bytes(data)
    except (OSError, ValueError) as error:
        refuse(f"'{path}' cannot be written: {getattr(error, 'strerror', None) or error}", "check its folder and permissions")
