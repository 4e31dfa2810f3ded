"""Input that is broken, hostile or impossible: an exit code, a place and a remedy, or a cited reason in the answer.

Every test goes through the command line as a user would. Limits on time are wide, and there to catch what grows with the
square of its input.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import Done, Run, write

from govlang.codes import CODES

ROOT = Path(__file__).parents[1]
CLEAN, FINDINGS, USAGE, PENDING = 0, 1, 2, 3

CLUB = """agreement Rowing Club
  version 1
  effective 2026-01-01 until 2026-12-31
  time zone Europe/Oslo
  currency EUR

persons Ada, Bea, Cem and Dov

role Treasurer
  one
  held by Ada

role Auditor
  one
  held by Ada

body Board
  members Ada, Bea, Cem and Dov

decision Buy Boat
  "Buy a boat."
  given price: money, seller: person optional
  proposed by any Board
  recused seller
  notice 2 days
  open for 10 days
  requires at least 3 of Board
  requires no veto by Treasurer within 5 days after opening
    with reason

decision Close Books
  proposed by any Board
  distinct persons
  requires approval of Treasurer and Auditor
"""

PROPOSED = """2026-03-01 Bea proposes Buy Boat as B-1
  price 4,000 EUR
  seller Dov
2026-03-04 Ada votes for B-1
2026-03-04 Bea votes for B-1
"""


def found(run: Run, content: str | bytes, name: str = "club.gov") -> dict[str, dict[str, object]]:
    """What `check` finds in a file, by code; every message must have a place in the file and a remedy."""
    done = run("check", write(name, content), "--format", "json")
    listed = json.loads(done.out)["diagnostics"]
    assert done.code == FINDINGS or not [each for each in listed if each["severity"] == "error"]
    for each in listed:
        assert each["code"] in CODES
        assert each["message"]
        assert each["hint"], each
        assert each["line"] >= 1, each
        assert each["column"] >= 1, each
    return {each["code"]: each for each in reversed(listed)}


# ---------------------------------------------------------------- texts

LINES = CLUB.splitlines()


@pytest.mark.parametrize("line", [number for number, line in enumerate(LINES) if line.strip()])
@pytest.mark.parametrize("breakage", ["drop the first word", "put in a bracket", "cut in half", "double the indent"])
def test_a_broken_line_is_named(run: Run, line: int, breakage: str) -> None:
    text = LINES[line]
    body = text.lstrip()
    broken = {
        "drop the first word": text[: len(text) - len(body)] + body.partition(" ")[2],
        "put in a bracket": text[: len(text) - len(body)] + "] " + body,
        "cut in half": text[: len(text) - len(body) // 2],
        "double the indent": "     " + text,
    }[breakage]
    messages = found(run, "\n".join([*LINES[:line], broken, *LINES[line + 1 :]]) + "\n")
    if breakage in ("put in a bracket", "double the indent"):
        assert [each["line"] for each in messages.values() if each["code"] in ("GL001", "GL002")] == [line + 1]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (CLUB.replace("\n", "\r\n").encode(), ""),
        (b"\xef\xbb\xbf" + CLUB.encode(), ""),
        (CLUB.replace("Bea", "Béa").encode("latin-1"), "GL003"),
        (CLUB.encode("utf-16"), "GL003"),
        (CLUB.replace("Bea", "B\x00ea", 1), "GL006"),
        (CLUB.replace("Bea", "B\u202eea", 1), "GL006"),
        (CLUB.replace("  held", "\theld", 1), "GL002"),
        (CLUB.replace("  held", "   held", 1), "GL002"),
        (CLUB.replace("4,000", "4,000").replace("currency EUR", "currency EURO"), "GL203"),
        (CLUB.replace("Europe/Oslo", "Europe/Olso"), "GL204"),
        (CLUB.replace("2026-12-31", "2026-02-31"), "GL009"),
        (CLUB.replace("2026-12-31", "2025-12-31"), "GL205"),
        (CLUB.replace("notice 2 days", "notice 1.5 days"), "GL206"),
        (CLUB.replace("at least 3 of Board", "at least 101% of votes cast in Board"), "GL206"),
        (CLUB.replace("at least 3 of Board", "at least 1/0 of votes cast in Board"), "GL206"),
        (CLUB.replace("at least 3 of Board", f"at least {'9' * 30} of Board"), "GL206"),
        (CLUB.replace("requires at least 3", "requires price at most 10 USD\n  requires at least 3"), "GL202"),
        (CLUB.replace("requires at least 3", "requires price at most 10%\n  requires at least 3"), "GL201"),
        (CLUB.replace("requires at least 3", "requires half of seller at most 3\n  requires at least 3"), "GL001"),
        (CLUB.replace("requires at least 3", "requires seller more than Ada\n  requires at least 3"), "GL201"),
        (CLUB.replace("requires at least 3", "requires price is in Board\n  requires at least 3"), "GL201"),
        (CLUB.replace("at least 3 of Board", "at least 3 of Baord"), "GL101"),
        ("", "GL008"),
        ("\n\n# nothing but a comment\n", "GL008"),
        (CLUB + "\nagreement Second\n  version 1\n", "GL008"),
        ("agreement", "GL001"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 6 else "text",
)
def test_a_bad_text_gets_its_message(run: Run, content: str | bytes, code: str) -> None:
    messages = found_or_refused(run, content)
    if not code:
        assert not [each for each in messages.values() if each["severity"] == "error"]
    else:
        assert code in messages


def found_or_refused(run: Run, content: str | bytes) -> dict[str, dict[str, object]]:
    """As `found`, also for files that cannot be read at all, whose exit code is 2."""
    done = run("check", write("club.gov", content), "--format", "json")
    listed = json.loads(done.out)["diagnostics"]
    errors = [each for each in listed if each["severity"] == "error"]
    unreadable = any(each["code"] in ("GL003", "GL004") for each in listed)
    assert done.code == (USAGE if unreadable else FINDINGS if errors else CLEAN)
    assert all(each["hint"] for each in listed)
    return {each["code"]: each for each in listed}


def test_an_open_fence_is_named(run: Run) -> None:
    messages = found(run, f"# Club\n\n```gov\n{CLUB}", "club.gov.md")
    assert messages["GL007"]["line"] == 3


@pytest.mark.parametrize("verb", ["check", "test", "decide", "who"])
@pytest.mark.parametrize("name", ["missing.gov", "folder.gov", "no/such/place.gov", "nul\0.gov"])
def test_a_file_that_is_not_there(run: Run, verb: str, name: str) -> None:
    Path("folder.gov").mkdir(exist_ok=True)
    more = {"decide": ["--proposal", "B-1"], "who": ["Buy Boat"]}.get(verb, [])
    done = run(verb, name, *more)
    assert done.code == (USAGE if not (name == "folder.gov" and verb in ("check", "test")) else done.code)
    assert done.code in (USAGE, FINDINGS)
    assert "hint" in done.said or "nothing" in done.said or "no agreement" in done.said


def test_a_record_that_is_not_there_or_not_text(run: Run) -> None:
    club = write("club.gov", CLUB)
    for record in ("missing.minutes", ".", write("latin.minutes", "2026-03-01 Bé votes for B-1\n".encode("latin-1"))):
        done = run("decide", club, "--record", record, "--proposal", "B-1")
        assert done.code == USAGE
        assert "GL003" in done.err or "GL004" in done.err


@pytest.mark.parametrize(
    "action",
    ["", "{", "[]", "null", "7", '{"decision": 7}', '{"decision": "Buy Boat", "facts": {"price": "1 EUR", "price": "2 EUR"}}',
     '{"decision": "Buy Boat", "facts": {"price": NaN}}', '{"decision": "Buy Boat", "facts": {"price": "5 USD"}}',
     '{"decision": "Buy Boat", "on": "2026-02-31"}', '{"decison": "Buy Boat"}', "[" * 100_000, '{"a":' * 100_000,
     '{"decision": "Buy Boat", "facts": {"price": ' + "9" * 10_000 + "}}", "\x00", '{"decision": "\ud800"}'],
    ids=lambda value: value[:20],
)  # fmt: skip
def test_a_broken_action(run: Run, action: str) -> None:
    club = write("club.gov", CLUB)
    done = run("decide", club, "--on", "2026-03-05", "--action", write("a.json", action.encode("utf-8", "surrogatepass")))
    assert done.code == USAGE
    assert "hint" in done.err


# ---------------------------------------------------------------- bombs

HEAD = "agreement Bomb\n  currency EUR\n\npersons Ada and Bea\n\nbody Board\n  members Ada and Bea\n\n"
FLAG = HEAD + "decision Act\n  given flag: yes or no, amount: money\n"
BOMBS = {
    "parentheses": FLAG + "  requires " + "(" * 4_900_000,
    "parentheses that close": FLAG + "  requires " + "(" * 5_000 + "flag" + ")" * 5_000,
    "lines of parentheses": FLAG + ("  requires " + "(" * 20 + "\n") * 100_000,
    "any of": FLAG + "  requires " + "".join("any of\n" + "  " * (depth + 2) for depth in range(2_000)) + "flag\n",
    "when": FLAG + "".join("  " * (depth + 1) + "when flag\n" for depth in range(2_000)),
    "not": FLAG + "  requires " + "not " * 4_000 + "flag\n",
    "plus": FLAG + "  requires at least " + "1 plus " * 2_000 + "1 in Board\n",
    "times": FLAG + "  requires at least " + "1 times " * 2_000 + "1 in Board\n",
    "and": FLAG + "  requires " + "flag and " * 2_000 + "flag\n",
    "one long word": "a" * 4_999_999,
    "one long name": "agreement " + "A " * 2_000_000,
    "quotes": '"' * 4_999_999,
    "backquotes": "`" * 4_999_999,
    "spaces": " " * 4_999_999,
    "empty lines": "\n" * 4_999_999,
    "digits": FLAG + "  requires at least " + "9" * 19_000 + " of Board\n",
    "ten megabytes": HEAD + "# a comment\n" * 900_000,
    "clauses": HEAD + "".join(f"party P{number}\n\n" for number in range(20_000)),
    "broken clauses": HEAD + "".join(f"partt P{number}\n\n" for number in range(10_000)),
    "unknown names": FLAG + "".join(f"  requires approval of Xanadu{number}\n" for number in range(5_000)),
    "tiers": FLAG + "".join(f"  when amount at most {number + 1} EUR\n    requires approval of Ada\n" for number in range(200)),
    "tiers in tiers": FLAG + "".join("  " * (depth + 1) + "when flag\n" for depth in range(14)) + "  " * 15 + "requires flag\n",
    "decisions": HEAD + "".join(f"decision D{number}\n  requires approval of Ada\n\n" for number in range(500)),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_seconds_and_not_more(run: Run, name: str) -> None:
    write("bomb.gov", BOMBS[name])
    before = time.monotonic()
    done = run("check", "bomb.gov", "--format", "github")
    assert time.monotonic() - before < 20
    assert done.code in (CLEAN, FINDINGS)


def test_headings_by_the_hundred_thousand(run: Run) -> None:
    write("bomb.gov.md", f"# 1 Bomb\n\n```gov\n{HEAD}```\n\n" + "# 2 Words\n\nWords.\n\n" * 100_000)
    before = time.monotonic()
    assert run("check", "bomb.gov.md").code == CLEAN
    assert time.monotonic() - before < 20


def test_memory_stays_bounded_for_a_hostile_file(tmp_path: Path) -> None:
    """With half a gigabyte to use, the largest file that is read at all, and a larger one, are answered."""
    limit = 512 * 1024 * 1024
    for size in (4_999_999, 10_000_000):
        file = tmp_path / "bomb.gov"
        file.write_text(FLAG + "  requires " + "(" * size, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "govlang.cli", "check", str(file)], capture_output=True, text=True, check=False, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        )  # fmt: skip
        assert done.returncode == FINDINGS, done.stderr
        assert "GL005" in done.stdout


def test_a_scenario_of_five_thousand_events(run: Run) -> None:
    lines = [f"  2026-03-01 Bea proposes Buy Boat as B-{number}\n    price 1 EUR\n" for number in range(500)]
    lines += [f"  2026-03-04 {name} votes for B-{number}\n" for number in range(1_125) for name in ("Ada", "Bea", "Cem", "Dov")]
    lines += [f"  2026-03-05 expect B-{number} pending\n" for number in range(50)]
    write("long.gov", CLUB + "\nscenario a long one\n" + "".join(lines))
    before = time.monotonic()
    done = run("check", "long.gov")
    assert time.monotonic() - before < 20
    assert "GL403" in done.out, "B-500 and later were never proposed"


def test_ten_thousand_members(run: Run) -> None:
    names = [f"P{number}" for number in range(10_000)]
    people = "".join(f"person {name}\n\n" for name in names)
    holders = "".join(f"  held by {', '.join(names[at : at + 100])}\n" for at in range(0, len(names), 100))
    write("large.gov", f"agreement Large\n  version 1\n\n{people}role Member\n  any number\n{holders}\nbody Assembly\n"
          "  members every Member\n\ndecision Act\n  proposed by any Member\n"
          "  requires more than half of all members in Assembly\n")  # fmt: skip
    ballots = "".join(f"2026-03-02 {name} votes for A-1\n" for name in names[:4_000])
    write("large.minutes", f"2026-03-01 P1 proposes Act as A-1\n{ballots}")
    before = time.monotonic()
    done = run("decide", "large.gov", "--record", "large.minutes", "--proposal", "A-1")
    assert time.monotonic() - before < 30
    assert done.code == PENDING
    assert "1001 more votes" in done.out.replace(",", "")


def test_three_thousand_who_have_no_vote(run: Run) -> None:
    names = [f"P{number}" for number in range(3_000)]
    people = "".join(f"person {name}\n\n" for name in names)
    holders = "".join(f"  held by {', '.join(names[at : at + 100])}\n" for at in range(0, len(names), 100))
    write("large.gov", f"agreement Large\n  version 1\n\n{people}role Member\n  any number\n{holders}\nbody Assembly\n"
          "  members every Member\n\nperson Q\n\ndecision Act\n  proposed by any Member\n"
          "  requires more than half of all members in Assembly\n")  # fmt: skip
    ballots = "".join(f"2026-03-02 Q{number} votes for A-1\n" for number in range(3_000))
    write("large.minutes", f"2026-03-01 P1 proposes Act as A-1\n{ballots}2026-03-02 P1 restarts A-1\n"
          + "".join(f"2026-03-02 {name} votes for A-1\n" for name in names[:1_000]))  # fmt: skip
    before = time.monotonic()
    done = run("decide", "large.gov", "--record", "large.minutes", "--proposal", "A-1")
    assert time.monotonic() - before < 30
    assert done.code == PENDING
    assert "GL403" in done.err


# ---------------------------------------------------------------- impossible events


def ask(run: Run, more: str, proposal: str = "B-1", on: str = "2026-03-31", book: str = PROPOSED) -> Done:
    """The answer of the club's agreement when its minute book goes on like this."""
    write("club.gov", CLUB)
    write("club.minutes", book + more)
    return run("decide", "club.gov", "--record", "club.minutes", "--proposal", proposal, "--on", on)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("2026-03-05 Eve votes for B-1\n", "Eve"),
        ("2026-03-02 Cem votes for B-1\n", "before voting opened on 2026-03-03"),
        ("2026-03-20 Cem votes for B-1\n", "after voting closed (at the end of 2026-03-13)"),
        ("2026-03-05 Bea votes for B-1\n", "has already voted"),
        ("2026-03-05 Dov votes for B-1\n", "Dov is recused"),
        ("2026-03-05 Cem votes for B-1 on behalf of Ada\n", "Cem holds no proxy of Ada"),
        ("2026-03-05 Cem vetoes B-1 because \"too dear\"\n", "not by one who may raise a veto"),
        ("2026-03-05 Ada vetoes B-1\n", "gives no reason"),
        ("2026-03-12 Ada vetoes B-1 because \"too dear\"\n", "the time for it was over"),
    ],
)  # fmt: skip
def test_what_does_not_count_is_said_with_its_reason(run: Run, more: str, says: str) -> None:
    done = ask(run, more)
    assert done.code == FINDINGS, "two votes are not three"
    assert says in done.said
    assert "does not count" in done.out or "GL403" in done.err


def test_a_person_with_two_hats_signs_once(run: Run) -> None:
    book = "2026-03-01 Bea proposes Close Books as C-1\n2026-03-02 Ada approves C-1\n"
    done = ask(run, "", proposal="C-1", book=book)
    assert done.code in (PENDING, FINDINGS)
    assert "different" in done.out or "distinct" in done.out
    appointed = "2026-01-05 Bea proposes Close Books as C-0\n2026-02-01 Cem appoints Cem as Auditor\n"
    assert "may be held by 1" in ask(run, "", proposal="C-0", book=appointed).err


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2026-02-31 Ada votes for B-1", "GL009"),
        ("2026-03-05 Ada votes for B-9", "GL403"),
        ("2026-03-05 Ada shouts at B-1", "GL401"),
        ("2026-03-05 Bea proposes Buy Boat as B-1", "GL404"),
        ("2026-03-05 Bea proposes Buy Baot as B-2", "GL407"),
        ("2026-03-05 Bea proposes Buy Boat as B-3\n  price 4,000 USD", "GL408"),
        ("2026-03-05 Bea proposes Buy Boat as B-3\n  price 4.000,00 EUR", "GL401"),
        ("2026-03-05 Bea proposes Buy Boat as B-3\n  cost 1 EUR", "GL408"),
        ("2026-02-01 Cem votes for B-1", "GL402"),
        ("2026-03-05 Cem resigns as Treasurer", "GL405"),
        ("2026-03-05 Cem gives proxy to Cem", "GL405"),
        ("2026-03-05 expect B-1 permitted", "GL401"),
        ("2026-03-05 Bea proposes Buy Boat as B-3\n\tprice 4,000 EUR", "GL002"),
    ],
)
def test_a_line_that_cannot_be_gets_a_message_and_the_rest_is_judged(run: Run, line: str, code: str) -> None:
    done = ask(run, f"{line}\n2026-03-06 Cem votes for B-1\n")
    assert done.code == CLEAN, done.said
    assert code in done.err
    assert "club.minutes:6" in done.err or "club.minutes:7" in done.err
    assert "hint" in done.err
