# ruff: noqa: E501 - an example is easier to compare on one line
"""Checks of assets, licences and secrecy: texts in which each fires, and near misses in which it must not."""

from __future__ import annotations

import pytest

from govlang.model import checks
from govlang.pipeline import load_text

HEADER = """agreement Test
  effective 2026-01-01 until 2028-12-31

parties Helios, Norwind and Cetra

asset Cell Model
  background of Helios

asset Shared
  results of Helios 60%, Norwind 40%

"""


def licence(name: str, **changes: str) -> str:
    lines = {
        "from_": "from Helios", "to": "to Norwind", "of": "of Cell Model", "for_": "for research", "kind": "exclusive",
        "period": "until the end",
    } | changes  # fmt: skip
    return f"licence {name}\n" + "".join(f"  {line}\n" for line in lines.values() if line) + "\n"


def codes(text: str) -> list[str]:
    loaded = load_text(HEADER + text)
    assert loaded.diagnostics == (), [(d.code, d.message, d.place()[1]) for d in loaded.diagnostics]
    return [found.code for found in checks.run(loaded.agreement) if found.code.startswith("GL32")]


ONE = licence("One")
FIRES = [
    ("GL320", ONE + licence("Two", to="to Cetra")),
    ("GL320", ONE + licence("Two", to="to Cetra", of="of background", kind="sole")),
    ("GL320", licence("One", of="of every asset", from_="from every party") + licence("Two", to="to Cetra")),
    ("GL320", ONE + licence("Two", to="to Cetra", for_="for any purpose")),
    ("GL320", licence("One", period="from 2026-01-01 until 2026-06-30") + licence("Two", to="to Cetra", period="from 2026-06-30 until the end")),
    ("GL321", licence("One", from_="from Norwind", to="to Cetra")),
    ("GL321", licence("One", of="of Shared", to="to Cetra")),
    ("GL322", "asset Third\n  results of Helios 50%, Norwind 40%\n"),
    ("GL322", "asset Third\n  results of Helios 100%, Norwind\n"),
    ("GL323", "role Reader\n  up to 0\n\n" + licence("One", to="to any Reader")),
    ("GL324", licence("One", for_="")),
    ("GL324", licence("One", kind="")),
    ("GL324", licence("One", period="")),
    ("GL324", licence("One", to="")),
    ("GL324", licence("One", from_="")),
    ("GL324", licence("One", of="")),
    ("GL325", "confidentiality\n  of everything\n  binds every party\n"),
    ("GL325", "confidentiality\n  of everything\n  perpetual\n"),
    ("GL325", "confidentiality\n  binds every party\n  perpetual\n"),
    ("GL326", "asset Third\n  background\n"),
    ("GL326", "asset Third\n  results\n"),
    ("GL326", "asset Third\n  results\n\nownership\n  results belong to the party of their makers\n"),
    ("GL326", "asset Third\n  confidential\n"),
]  # fmt: skip
CLEAN = [
    ONE,
    ONE + licence("Two", to="to Cetra", kind="non-exclusive"),
    ONE + licence("Two"),  # the same licensee twice is the only one twice
    ONE + licence("Two", to="to Cetra", for_="for teaching"),
    ONE + licence("Two", to="to Cetra", of="of results"),
    ONE + licence("Two", to="to Cetra", from_="from Norwind", of="of Shared, background").replace("of Shared, background", "of background"),
    licence("One", period="from 2026-01-01 until 2026-06-30") + licence("Two", to="to Cetra", period="from 2026-07-01 until the end"),
    licence("One", of="of Shared", from_="from Helios, Norwind", to="to Cetra"),
    licence("One", for_="for any purpose", period="perpetual", kind="sole"),
    "asset Third\n  results of Helios, Norwind\n",
    "asset Third\n  results of Helios 1/3, Norwind 2/3\n".replace("1/3", "33.5%").replace("2/3", "66.5%"),
    "asset Third\n  results\n  made by Helios\n\nownership\n  results belong to the party of their makers\n",
    "asset Third\n  results\n\nownership\n  results belong to every party\n",
    "confidentiality\n  of everything\n  binds every party\n  for 4 years after the end\n",
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), FIRES)
def test_it_fires(code: str, text: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize("text", CLEAN)
def test_a_near_miss(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (licence("One", of="of Cel Model"), "GL101", "Cel Model"),
        (licence("Cell Model"), "GL102", "already defined"),
        (licence("One", extra="for teaching"), "GL314", "said twice"),
        ("ownership\n  results belong to every party\n\nownership\n  results belong to every party\n", "GL314", "twice"),
        ("confidentiality\n  of everything\n  binds every party\n  perpetual\n" * 2, "GL314", "name"),
        (licence("One", extra="ends when bankrupt"), "GL105", "bankrupt"),
        (licence("One", extra="requires approval of owners"), "GL105", "owners"),
        (licence("One", to="to Fjord"), "GL101", "Fjord"),
        ("asset Third\n  background of Chair\n", "GL101", "Chair"),
    ],
)
def test_names_and_facts_are_checked(text: str, code: str, says: str) -> None:
    found = load_text(HEADER + text).diagnostics
    assert [(item.code, says in item.message) for item in found] == [(code, True)]


@pytest.mark.parametrize(("line", "unused"), [("ends when insolvent", False), ("requires insolvent", False), ("perpetual", True)])
def test_a_fact_of_a_licence_that_no_line_looks_at(line: str, unused: bool) -> None:
    text = HEADER + licence("One", period="until the end" if line != "perpetual" else line)
    text = text.rstrip("\n") + "\n  given insolvent: yes or no\n" + (f"  {line}\n" if line != "perpetual" else "")
    found = [each.message for each in checks.run(load_text(text).agreement) if each.code == "GL106"]
    assert found == (["no rule of One looks at insolvent"] if unused else [])
