# ruff: noqa: E501 - an example is easier to compare on one line
"""What cannot be, in the clauses and events of what is to be done, licences, disputes, versions and the end of an agreement:
every such thing is said with its code or its reason, and the rest is still judged."""

from __future__ import annotations

import pytest
from running import Run, write

CLEAN, FINDINGS, USAGE, PENDING = 0, 1, 2, 3

TEXT = """agreement Alliance
  version 1
  effective 2026-01-01 until 2027-12-31
  currency EUR

each party has share: percent

parties Helios, Norwind and Cetra

role Chair
  one
  held by Lea

asset Cell Model
  background of Helios

licence Research
  from Helios
  to Norwind
  of Cell Model
  for research
  exclusive
  until the end

duty Deliver
  owed by Helios to Norwind
  by 2026-06-30
  amount 500 EUR

power Step In
  held by Norwind
  when duty Deliver is violated
  within 30 days

review Stocktaking
  each half year
  led by Chair
  attended by every party
  notice 10 days

dispute Ladder
  raised by any party
  step Talk
    within 10 days
  step Court
    before the courts of Oslo
    final

decision End
  proposed by any party
  requires approval of every party
  effect ends the agreement
"""


def test_the_text_is_sound(run: Run) -> None:
    done = run("check", write("a.gov", TEXT))
    assert done.code == CLEAN, done.said


# ---------------------------------------------------------------- clauses that cannot be

LICENCE = """licence Second
  from Helios
  to Cetra
  of Cell Model
  for research
  exclusive
  until the end
"""
AMENDMENT = """amendment {0}
  to version {1}
  makes version {2}
  adopted by End as A-{4}
  effective {3}
  adds role Clerk {4}
    one

"""


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        (LICENCE, "GL320"),
        (LICENCE.replace("from Helios", "from Norwind").replace("for research", "for teaching"), "GL321"),
        ("asset Orphan\n  results\n", "GL326"),
        ("asset Joint\n  results of Helios 60%, Norwind 30%\n", "GL322"),
        ("asset Joint\n  results of Helios 60%, Norwind 60%\n", "GL322"),
        ("dispute ladder Small\n  raised by any party\n  step Talk\n    between Chair\n", "GL330"),
        ("dispute ladder Small\n  raised by every party except party\n  step Talk\n    within 5 days\n    final\n", "GL334"),
        ("dispute ladder Small\n  raised by any party\n  step Talk\n    within 5 days\n  step Court\n    taken by every party except party\n    final\n",
         "GL331"),
        ("duty Stray\n  by 2026-06-30\n", "GL352"),
        ("duty Stray\n  owed by every party except party\n  by 2026-06-30\n", "GL352"),
        ("duty Stray\n  owed by Nobody\n  by 2026-06-30\n", "GL101"),
        (AMENDMENT.format("One", 1, 2, "2026-03-01", 1) + AMENDMENT.format("Two", 2, 3, "2026-03-01", 2), "GL121"),
        (AMENDMENT.format("One", 1, 2, "2026-03-01", 1) + AMENDMENT.format("Two", 2, 2, "2026-04-01", 2), "GL121"),
        (AMENDMENT.format("One", 7, 8, "2026-03-01", 1), "GL120"),
    ],
)  # fmt: skip
def test_a_clause_that_cannot_be(run: Run, clause: str, code: str) -> None:
    done = run("check", write("a.gov", f"{TEXT}\n{clause}"))
    assert done.code == FINDINGS
    assert code in done.said
    assert "hint" in done.said


# ---------------------------------------------------------------- events that cannot be


ENDED = """2026-03-01 Helios proposes End as E-1
2026-03-01 Helios, Norwind and Cetra approve E-1
2026-03-01 Helios carries out E-1
"""


@pytest.mark.parametrize(
    ("book", "says"),
    [
        # after the end
        (ENDED + "2026-03-05 Norwind uses Cell Model for research\n", "GL650"),
        (ENDED + "2026-03-05 Norwind exercises Step In\n", "GL670"),
        (ENDED + "2026-03-05 Helios joins the agreement\n", "GL670"),
        (ENDED + "2026-03-05 Norwind proposes End as E-2\n", "GL670"),
        ("2028-02-01 Norwind uses Cell Model for research\n", "GL650"),
        ("2028-02-01 Norwind proposes End as E-2\n", "GL670"),
        # the wrong party, the wrong thing
        ("2026-03-01 Norwind performs Deliver with 500 EUR\n", "Norwind"),
        ("2026-03-01 Helios performs Delivery\n", "GL420"),
        ("2026-03-01 Helios exercises Step In\n", "Helios"),
        ("2026-03-01 Norwind exercises Step In\n", "Step In"),
        ("2026-03-01 Cetra waives Deliver\n", "Cetra"),
        ("2026-03-01 Helios assigns Deliver to Cetra\n", "Deliver"),
        ("2026-03-01 Helios subcontracts Deliver to Cetra\n", "Deliver"),
        ("2026-03-01 Cetra assigns Cell Model to Norwind\n", "GL651"),
        ("2026-03-01 Helios marks Cell Modell confidential\n", "GL416"),
        ("2026-03-01 Helios terminates Resarch for Norwind\n", "GL416"),
        # reviews and their notice
        ("2026-06-01 meeting of Stocktaking as R-1\n  present Lea, Helios, Norwind, Cetra\n", "notice"),
        ("2026-05-30 Lea gives notice of Stocktaking\n2026-06-01 meeting of Stocktaking as R-1\n  present Lea, Helios, Norwind, Cetra\n", "notice"),
        # disputes
        ("2026-03-01 Norwind takes D-9 to Court\n", "D-9"),
        ("2026-03-01 Norwind raises Ladder as D-1 against Helios\n2026-03-02 Norwind takes D-1 to Curt\n", "GL413"),
        ("2026-03-01 Norwind raises Ladder as D-1 against Helios\n2026-03-02 Norwind takes D-1 to Court\n", "Court"),
        ("2026-03-01 Norwind raises Ladder as D-1 against Helios\n2026-03-02 Helios and Norwind settle D-1\n2026-03-20 Norwind takes D-1 to Court\n",
         "GL642"),
        ("2026-03-01 Helios proposes End as E-1\n2026-03-02 Helios and Norwind settle E-1\n", "GL415"),
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_is_said(run: Run, book: str, says: str) -> None:
    """The audit names it; every other verb reads the same record without harm."""
    write("a.gov", TEXT)
    write("a.minutes", book)
    done = run("audit", "a.gov", "a.minutes", "--format", "text")
    assert done.code == FINDINGS, done.said
    assert says in done.said
    for verb in ("due", "status"):
        assert run(verb, "a.gov", "--record", "a.minutes").code in (CLEAN, FINDINGS)


def test_what_was_put_forward_after_the_end_is_denied(run: Run) -> None:
    write("a.gov", TEXT)
    write("a.minutes", ENDED + "2026-03-05 Norwind proposes End as E-2\n2026-03-05 Helios, Norwind and Cetra approve E-2\n")
    done = run("decide", "a.gov", "--record", "a.minutes", "--proposal", "E-2")
    assert done.code == FINDINGS
    assert "the agreement ended on 2026-03-01" in done.said


def test_a_performance_by_the_wrong_party_leaves_the_duty_as_it_was(run: Run) -> None:
    write("a.gov", TEXT)
    write("a.minutes", "2026-03-01 Norwind performs Deliver with 500 EUR\n")
    done = run("due", "a.gov", "--record", "a.minutes", "--on", "2026-07-01")
    assert done.code == FINDINGS
    assert "Deliver" in done.out
