# ruff: noqa: E501 - an example is easier to compare on one line
"""Files beside an agreement that are broken or hostile, and the verbs that look at a whole record: an exit code, a reason
and a remedy, never a traceback, and nothing half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import Run, write

ROOT = Path(__file__).parents[1]
CLEAN, FINDINGS, USAGE = 0, 1, 2

CLUB = """agreement Rowing Club
  version 1
  effective 2026-01-01 until 2026-12-31
  time zone Europe/Oslo
  currency EUR
  working days of Norway

parties Ada, Bea and Cem

asset Boat Plans
  background of Ada

duty Report
  owed by every party
  each month
  within 5 working days after its end

trust Diligence
  over 6 months
  measures share of duties in time
    low below 50%

dispute Ladder
  raised by any party
  step Talk
    within 10 days
  step Court
    before the courts of Oslo
    final

decision Buy Boat
  proposed by any party
  requires approval of every party
"""
BOOK = "2026-03-01 Bea proposes Buy Boat as B-1\n2026-03-05 Ada performs Report\n"
USER = 'use "terms/counsel.gov"\n\n'
COUNSEL = "role Legal Counsel\n  one\n"

HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "nul": b"\x00" * 100,
    "binary": bytes(range(256)),
    "no utf-8": b'{"uses": {"a": "\xff\xfe"}}',
    "a bare number": b"7",
    "a bare text": b'"uses"',
    "null": b"null",
    "a list": b"[]",
    "deep": b"[" * 200_000,
    "deep objects": b'{"uses":' * 100_000,
    "wrong types": b'{"uses": {"terms/counsel.gov": 7}, "holiday_table": [], "sha256": {}, "made_with": 0, "years": "x", '
                   b'"places": 1, "days": null}',
    "endless years": b'{"holiday_table": 1, "sha256": "0", "made_with": "x", "years": [1e999, 1e999], "places": [], "days": []}',
    "far years": b'{"holiday_table": 1, "sha256": "0", "made_with": "x", "years": [-5, 99999999999], "places": [], "days": []}',
    "no years": b'{"holiday_table": 1, "sha256": "0", "made_with": "x", "years": [NaN, 2026], "places": [], "days": []}',
    "a list of pins": b'{"uses": ["terms/counsel.gov"]}',
    "long digits": b'{"uses": ' + b"9" * 10_000 + b"}",
    "half a surrogate": b'{"uses": {"\\ud800": "\\ud800"}}',
    "fifty megabytes": b'{"uses": {"a": "' + b"0" * 50_000_000 + b'"}}',
}  # fmt: skip


def user() -> None:
    """An agreement that uses another file."""
    Path("terms").mkdir(exist_ok=True)
    write("terms/counsel.gov", COUNSEL)
    write("club.gov", CLUB.replace("parties", USER + "parties"))


# ---------------------------------------------------------------- lock files and holiday tables


@pytest.mark.parametrize("name", HOSTILE)
def test_a_lock_file_that_is_none(run: Run, name: str) -> None:
    user()
    write("club.lock.json", HOSTILE[name])
    before = time.monotonic()
    done = run("check", "club.gov", "--format", "json")
    assert time.monotonic() - before < 20
    [found] = [each for each in json.loads(done.out)["diagnostics"] if each["code"] in ("GL126", "GL127")]
    assert done.code == (FINDINGS if found["code"] == "GL127" else CLEAN)  # a lock that pins other files pins nothing here
    assert found["message"]
    assert "govlang lock club.gov" in found["hint"]
    assert len(done.out) < 20_000


@pytest.mark.parametrize("name", HOSTILE)
def test_a_holiday_table_that_is_none(run: Run, name: str) -> None:
    write("club.gov", CLUB)
    write("club.holidays.json", HOSTILE[name])
    before = time.monotonic()
    for verb in (("check", "club.gov"), ("due", "club.gov", "--on", "2026-03-01")):
        done = run(*verb)
        assert "GL134" in done.said
        assert "hint" in done.said
        assert done.code in (FINDINGS, USAGE)
        assert len(done.said) < 20_000
    assert time.monotonic() - before < 20


def test_a_lock_that_does_not_fit_and_one_that_lacks_a_file(run: Run) -> None:
    user()
    assert "GL126" in run("check", "club.gov").said
    assert run("lock", "--check", "club.gov").code == FINDINGS
    assert not Path("club.lock.json").exists()
    assert run("lock", "club.gov").code == CLEAN
    pinned = Path("club.lock.json").read_bytes()
    assert run("lock", "--check", "club.gov").code == CLEAN
    write("terms/counsel.gov", COUNSEL + "\n# changed\n")
    done = run("check", "club.gov")
    assert done.code == FINDINGS
    assert "GL127" in done.said
    assert "is not the text that was pinned" in done.said
    assert run("lock", "--check", "club.gov").code == FINDINGS
    assert Path("club.lock.json").read_bytes() == pinned


def test_a_holiday_table_of_elsewhere_and_one_that_was_changed(run: Run) -> None:
    pytest.importorskip("holidays")
    write("club.gov", CLUB)
    assert run("calendar", "club.gov").code in (CLEAN, FINDINGS, USAGE)
    assert run("calendar", "lock", "club.gov").code == CLEAN
    table = Path("club.holidays.json").read_text(encoding="utf-8")
    write("club.holidays.json", table.replace("2026-05-17", "2026-05-18"))
    assert "GL132" in run("check", "club.gov").said
    write("club.holidays.json", table)
    write("club.gov", CLUB.replace("Norway", "France"))
    assert "GL133" in run("check", "club.gov").said
    assert Path("club.holidays.json").read_text(encoding="utf-8") == table


@pytest.mark.parametrize("path", ["../club.gov", "/etc/passwd", "terms/../../x.gov", "https://example.org/x.gov", "terms\\x.gov",
                                  "terms", "terms/missing.gov", "club.gov", "", "terms/counsel.txt"])  # fmt: skip
def test_only_files_inside_the_folder_are_used(run: Run, path: str) -> None:
    user()
    write("club.gov", CLUB.replace("parties", f'use "{path}"\n\nparties'))
    done = run("check", "club.gov")
    assert done.code == FINDINGS
    assert "GL128" in done.said or "GL129" in done.said
    assert "root:" not in done.said


@pytest.mark.parametrize("content", [b"\x00" * 50, b"\xff\xfe", b"", b"role", b"x" * 6_000_000], ids=["nul", "binary", "nothing", "half", "large"])
def test_a_used_file_that_cannot_be_read(run: Run, content: bytes) -> None:
    user()
    write("terms/counsel.gov", content)
    done = run("check", "club.gov")
    assert done.code == (FINDINGS if content else CLEAN)
    assert "hint" in done.said


# ---------------------------------------------------------------- verbs over a whole record

VERBS: dict[str, tuple[str, ...]] = {
    "due": ("due", "{}", "--on", "2026-03-09"),
    "status": ("status", "{}", "--on", "2026-03-09"),
    "may": ("may", "{}", "Bea use Boat Plans for research", "--on", "2026-03-09"),
    "trust": ("trust", "{}", "--on", "2026-03-09"),
    "audit": ("audit", "{}", "book.minutes", "--on", "2026-03-09"),
}
AGREEMENTS: dict[str, bytes] = {
    "empty": b"", "binary": bytes(range(256)), "nul": CLUB.encode().replace(b"Bea", b"B\x00a"), "no clauses": b"# nothing\n",
    "half": CLUB.encode()[:300], "broken": CLUB.replace("decision", "decison").encode(), "no agreement": b"parties Ada and Bea\n",
}  # fmt: skip
BOOKS: dict[str, bytes] = {
    "binary": bytes(range(256)), "nul": BOOK.encode().replace(b"Ada", b"A\x00a"), "half": BOOK.encode()[:-9],
    "prose": b"It was a dark and stormy night.\n", "json": b'{"event": "vote"}\n', "utf-16": BOOK.encode("utf-16"),
}  # fmt: skip


def command(verb: str, agreement: str) -> list[str]:
    return [part.format(agreement) for part in VERBS[verb]]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", AGREEMENTS)
def test_a_verb_over_an_agreement_that_is_none(run: Run, verb: str, name: str) -> None:
    write("book.minutes", BOOK)
    done = run(*command(verb, write("club.gov", AGREEMENTS[name])))
    assert done.code == USAGE
    assert "hint" in done.said
    assert not done.out


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", ["missing.gov", ".", "nul\0.gov", "no/such.gov"])
def test_a_verb_over_a_file_that_is_not_there(run: Run, verb: str, name: str) -> None:
    write("book.minutes", BOOK)
    done = run(*command(verb, name))
    assert done.code == USAGE
    assert not done.out
    assert done.err


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", [*BOOKS, "missing", "a folder"])
def test_a_verb_over_a_record_that_is_none(run: Run, verb: str, name: str) -> None:
    write("club.gov", CLUB)
    if name in BOOKS:
        write("book.minutes", BOOKS[name])
    elif name == "a folder":
        Path("book.minutes").mkdir()
    words = command(verb, "club.gov")
    done = run(*words, *([] if verb == "audit" else ["--record", "book.minutes"]))
    if name in ("missing", "a folder", "binary", "utf-16"):
        assert done.code == USAGE
        assert not done.out
        assert "GL003" in done.err or "GL004" in done.err
    else:
        assert done.code in (CLEAN, FINDINGS, USAGE)
        assert any(code in done.said for code in ("GL401", "GL006", "GL009"))


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("day", ["2026-02-31", "yesterday", "", "2026", "-1", "99999-01-01"])
def test_a_day_that_is_none(run: Run, verb: str, day: str) -> None:
    write("club.gov", CLUB)
    write("book.minutes", BOOK)
    words = command(verb, "club.gov")[:-1]
    done = run(*words, day) if day or verb != "audit" else run(*words, " ")  # an audit without a day is as of the last event
    assert done.code == USAGE
    assert not done.out
    assert done.err


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_time(run: Run, verb: str, day: str) -> None:
    write("club.gov", CLUB)
    write("book.minutes", BOOK)
    assert run(*command(verb, "club.gov")[:-1], day).code in (0, 1, 2, 3, 4)


@pytest.mark.parametrize("question", ["", "Bea", "Bea use", "Bea use Nothing", "Bob use Boat Plans", "Bea steal Boat Plans", "\x00", "(" * 5000,
                                      "Bea take D-1 to Talk", "Bea use Boat Plans for 7", "Bea veto B-9"])  # fmt: skip
def test_a_question_that_is_none(run: Run, question: str) -> None:
    write("club.gov", CLUB)
    write("book.minutes", BOOK)
    done = run("may", "club.gov", question, "--record", "book.minutes")
    assert done.code in (USAGE, 4)
    assert done.err or "no " in done.out or "nobody" in done.out


@pytest.mark.parametrize("verb", VERBS)
def test_a_pipe_that_is_closed(tmp_path: Path, verb: str) -> None:
    (tmp_path / "club.gov").write_text(CLUB, encoding="utf-8")
    (tmp_path / "book.minutes").write_text(BOOK, encoding="utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "govlang.cli", *command(verb, "club.gov")], stdout=writer, stderr=subprocess.PIPE, text=True,
        check=False, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip
    os.close(writer)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_what_cannot_be_written_leaves_what_was_there(run: Run) -> None:
    write("club.gov", CLUB)
    done = run("due", "club.gov", "--on", "2026-03-09", "-o", "no/such/place.txt")
    assert done.code == USAGE
    assert "hint" in done.said or "Error" in done.err
    Path("folder").mkdir()
    assert run("due", "club.gov", "--on", "2026-03-09", "-o", "folder").code == USAGE
    assert list(Path("folder").iterdir()) == []
    write("broken.gov", "agreement")
    write("kept.ics", "what was there")
    assert run("due", "broken.gov", "--on", "2026-03-09", "--format", "ics", "-o", "kept.ics").code == USAGE
    assert Path("kept.ics").read_text(encoding="utf-8") == "what was there"
