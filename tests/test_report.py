"""Answers and messages in every form: safe for terminals, exact for programs."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import govlang
from govlang.codes import CODES
from govlang.diagnostics import Diagnostic
from govlang.report import answers, as_json, github, junit, messages, sarif, text
from govlang.report.text import Style
from govlang.source import Source, Span

PLAIN = Style()
SOURCE = Source("dir/a file.gov", "agreement A\n\tparty B\nlast 漢字 línea\n")


def about(start: int, end: int, **more: object) -> Diagnostic:
    return Diagnostic("GL101", "'B' is not defined", SOURCE, Span(start, end), **more)  # type: ignore[arg-type]


# ---------------------------------------------------------------- text


def test_a_message_shows_place_line_hint_notes_and_page() -> None:
    found = about(19, 20, hint="define it", notes=("see above",))
    assert messages.show(found, PLAIN) == (
        "dir/a file.gov:2:8: error GL101 unknown-name: 'B' is not defined\n"
        "     2 |  party B\n"
        "       |        ^\n"
        "  hint: define it\n"
        "  note: see above\n"
        "  see:  govlang explain GL101"
    )


def test_wide_characters_are_underlined_where_they_stand() -> None:
    start = SOURCE.text.index("línea")
    lines = messages.show(about(start, start + 5), PLAIN).splitlines()
    assert lines[2] == "       | " + " " * 10 + "^^^^^"


def test_a_long_line_is_shown_around_the_place() -> None:
    source = Source("x.gov", "a" * 100_000 + "HERE" + "b" * 100_000)
    lines = messages.show(Diagnostic("GL001", "x", source, Span(100_000, 100_004)), PLAIN).splitlines()
    assert max(map(len, lines)) < 130
    assert lines[1][lines[2].index("^") : lines[2].rindex("^") + 1] == "HERE"


@given(st.text(), st.text(), st.text())
def test_nothing_drives_a_terminal(name: str, message: str, line: str) -> None:
    found = Diagnostic("GL101", message, Source(name, line), Span(0, len(line)), message, (message,))
    said = messages.show(found, PLAIN).replace("\n", "")
    assert said == text.safe(said)
    assert "\x1b" not in github.show([found])
    json.loads(sarif.show([found]))


def test_colours_only_on_a_terminal_and_never_with_no_color() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert Style.of(Terminal(), {}).colour
    assert not Style.of(Terminal(), {"NO_COLOR": "1"}).colour
    assert not Style.of(Terminal(), {"TERM": "dumb"}).colour
    assert not Style.of(io.StringIO(), {}).colour
    assert "\x1b[" in messages.show(about(0, 1), Style(True))
    assert "\x1b" not in messages.show(about(0, 1), PLAIN)


@given(st.text(), st.sampled_from(["ascii", "latin-1", "cp1252", "utf-8", None, "no-such"]))
def test_any_text_can_be_printed_anywhere(words: str, encoding: str | None) -> None:
    text.encodable(text.safe(words), encoding).encode("ascii" if encoding in (None, "no-such") else encoding)


def test_plain_characters_stand_in_for_typographic_ones() -> None:
    assert text.encodable("“a” – b…", "ascii") == '"a" - b...'


def test_lines_are_wrapped_and_prose_is_cut_to_its_first_sentence() -> None:
    lines = text.wrapped("word " * 60, "  - ", "    ")
    assert len(lines) > 2
    assert all(len(line) <= text.WIDTH for line in lines)
    assert lines[1].startswith("    word")
    assert text.sentence("Each member has one vote. Decisions need nine.") == "Each member has one vote."
    assert text.sentence("x" * 10 + " " + "y " * 300).endswith("y ...")


# ---------------------------------------------------------------- forms for programs


def test_sarif_has_a_rule_for_each_code_and_a_place_for_each_result() -> None:
    log = json.loads(sarif.show([about(19, 20), Diagnostic("GL004", "there is no file 'x'", Source("/x y.gov", ""))]))
    [run] = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["GL004", "GL101"]
    without, placed = run["results"]
    assert placed["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "dir/a%20file.gov"},
        "region": {"startLine": 2, "startColumn": 8, "endLine": 2, "endColumn": 9},
    }
    assert without["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "file:///x%20y.gov"}}
    assert {result["level"] for result in run["results"]} <= {"error", "warning"}
    assert run["tool"]["driver"]["rules"][placed["ruleIndex"]]["id"] == placed["ruleId"]


def test_github_commands_are_escaped() -> None:
    found = Diagnostic("GL101", "100% wrong\nreally", Source("a,b:c.gov", "x"), Span(0, 1))
    assert github.show([found]) == (
        "::error file=a%2Cb%3Ac.gov,line=1,col=1,endLine=1,endColumn=2,title=GL101 unknown-name::100%25 wrong%0Areally"
    )


def test_junit_is_xml_whatever_the_titles_hold(tmp_path: Path) -> None:
    agreement = 'agreement A\n  version 1\n\nscenario <b> & "c" ]]>\n  2026-01-01  expect S pending\n'
    (tmp_path / "a<b>.gov").write_text(agreement, encoding="utf-8")
    (tmp_path / "broken.gov").write_text("agreement\n", encoding="utf-8")
    root = ElementTree.fromstring(junit.show(govlang.test(tmp_path)))
    assert root.attrib == {"name": "govlang", "tests": "2", "failures": "1", "errors": "1"}
    [case] = root.findall("./testsuite/testcase[@line]")
    assert case.attrib["name"] == '<b> & "c" ]]>'
    [failure] = case.findall("failure")
    assert "GL501" in (failure.text or "")


def test_every_severity_and_name_has_a_form() -> None:
    found = [Diagnostic(code, "x", SOURCE, Span(0, 1)) for code in CODES]
    assert messages.show_all(found, PLAIN).count("see:  govlang explain") == len(CODES)
    assert len(github.show(found).splitlines()) == len(CODES)
    for item in found:
        assert as_json.diagnostic(item).severity == item.severity


# ---------------------------------------------------------------- answers

AMBIGUOUS = """agreement Test
  version 1

parties A, B, C

body Council
  members A, B, C

decision Act
  proposed by any party
  reading Narrow
    requires at least 1 of Council
  reading Broad
    requires at least 3 of Council
  inform every party within 2 days
"""


@pytest.fixture(scope="module")
def loaded() -> govlang.Loaded:
    return govlang.load_text(AMBIGUOUS)


def asked(loaded: govlang.Loaded, tmp_path: Path, votes: str) -> str:
    book = tmp_path / "x.minutes"
    book.write_text(f"2026-01-01  A proposes Act as P\n{votes}", encoding="utf-8")
    return answers.show(govlang.decide(loaded, record=book, proposal="P"), PLAIN)


def test_readings_stand_side_by_side(loaded: govlang.Loaded, tmp_path: Path) -> None:
    said = asked(loaded, tmp_path, "2026-01-02  A votes for P\n")
    assert said.startswith("PENDING (ambiguous)  P: Act, on 2026-01-02")
    assert '\n  - under "Narrow": permitted' in said
    assert '\n  - under "Broad": pending' in said


def test_duties_follow_a_permission(loaded: govlang.Loaded, tmp_path: Path) -> None:
    said = asked(loaded, tmp_path, "2026-01-02  A, B and C vote for P\n")
    assert said.startswith("PERMITTED  P: Act")
    assert "To do now\n  - inform every party, by " in said


def test_a_denial_says_why(loaded: govlang.Loaded, tmp_path: Path) -> None:
    said = asked(loaded, tmp_path, "2026-01-02  A, B and C vote against P\n")
    assert said.startswith("DENIED  P: Act")
    assert "Denied because\n  - " in said


def test_an_answer_is_the_same_in_text_and_json(loaded: govlang.Loaded) -> None:
    answer = govlang.decide(loaded, {"decision": "Act", "by": "A"}, on="2026-01-01")
    printed = json.loads(as_json.answer(answer))
    assert printed["verdict"] == answer.verdict.value == "pending"
    assert printed["text_hash"] == loaded.text_hash
    assert list(printed)[:3] == ["schema_version", "verdict", "ambiguous"]


# ---------------------------------------------------------------- the public API


def test_every_public_name_is_there() -> None:
    for name in govlang.__all__:
        assert getattr(govlang, name) is not None
    assert sorted(govlang.__all__) == dir(govlang)
    with pytest.raises(AttributeError):
        _ = govlang.nothing


def test_no_answer_is_an_exception_that_says_why(loaded: govlang.Loaded) -> None:
    with pytest.raises(govlang.NoAnswer) as caught:
        govlang.decide(loaded, {"decision": "Act", "when": 1}, on="2026-01-01")
    [found] = caught.value.diagnostics
    assert found.code == "GL406"
    assert govlang.check(loaded).sound
