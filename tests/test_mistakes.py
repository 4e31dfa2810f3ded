"""Broken lines: each says what is wrong, on the right line, and what could have stood there, in the language's own words.

One file in `grammar/mistakes` a mistake; its first comment lines say which code it gets, on which line, and words that its
hint must hold.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from govlang.diagnostics import Diagnostic
from govlang.model.resolve import resolve
from govlang.source import Source
from govlang.syntax import literals, tables
from govlang.syntax.parse import parse

FOLDER = Path(__file__).parents[1] / "grammar" / "mistakes"
FILES = sorted(FOLDER.glob("*.gov"))
HEADER = re.compile(r"# (code|line|hint): (.*)\Z")

# Words that only whoever wrote the parser would understand.
JARGON = re.compile(
    r"_NL|_INDENT|_DEDENT|\$END|[A-Z]{4,}_|token|terminal|__ANON|\bNAME\b|\bWORD\b|\bSTRING\b|\bLPAR\b|\bRPAR\b"
)


class Expected(NamedTuple):
    """What the first comment lines of a file ask for."""

    code: str
    line: int
    hints: tuple[str, ...]


def expected(text: str) -> Expected:
    code, line, hints = "", 0, []
    for row in text.split("\n"):
        match = HEADER.match(row)
        if match is None:
            break
        match match.groups():
            case ("code", value):
                code = value
            case ("line", value):
                line = int(value)
            case (_, value):
                hints.append(value)
    return Expected(code, line, tuple(hints))


def diagnostics(text: str, name: str) -> list[Diagnostic]:
    """What parsing says, and, when the text can be read, what its names and lines give."""
    file = parse(Source(name, text))
    if file.diagnostics:
        return list(file.diagnostics)
    return [found for found in resolve(file).diagnostics if found.code != "GL101"]


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def shown(found: Diagnostic) -> str:
    return "\n".join((found.message, found.hint, *found.notes))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_mistake_is_explained(path: Path) -> None:
    text = read(path)
    wanted = expected(text)
    found = diagnostics(text, path.name)
    assert [(item.code, item.place()[1]) for item in found] == [(wanted.code, wanted.line)], [shown(f) for f in found]
    help_given = "\n".join((found[0].hint, *found[0].notes))
    for hint in wanted.hints:
        assert hint in help_given, shown(found[0])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_explanation_uses_the_words_of_the_language(path: Path) -> None:
    for found in diagnostics(read(path), path.name):
        assert found.hint
        assert not JARGON.search(shown(found)), shown(found)


def test_there_are_mistakes_to_explain() -> None:
    assert len(FILES) > 60
    for path in FILES:
        wanted = expected(read(path))
        assert wanted.code.startswith("GL"), path.name
        assert wanted.line, path.name
        assert wanted.hints, path.name


def test_what_could_stand_there_is_sorted() -> None:
    text = "agreement Example\n  version 1\n\nbody Board\n  colour red\n"
    (found,) = diagnostics(text, "sorted.gov")
    words = re.search(r"here could stand (.*)", shown(found))
    assert words is not None
    listed = [word for word in re.split(r", | or ", words.group(1)) if "others" not in word]
    assert listed == sorted(listed)
    assert len(listed) > 3


def test_one_bad_clause_hides_no_other() -> None:
    text = "agreement Example\n  version 1\n\ndecision A\n  requres nothing\n\ndecision B\n  propsed by Chair\n"
    assert [item.place()[1] for item in diagnostics(text, "two.gov")] == [5, 8]


@pytest.mark.parametrize(
    ("cite", "nearest"), [("4.7.11", "4.7"), ("4.7(a)", "4.7"), ("4.7 (a) (ii)", "4.7"), ("4.7a", "4.7"), ("4.9", "4")]
)
def test_a_part_without_a_heading_is_cited_by_its_clause(cite: str, nearest: str) -> None:
    rules = f"agreement Example\n  version 1\n\ndecision A\n  requires nothing [{cite}]\n"
    text = f"# Example\n\n## 4 Powers\n\n### 4.7 Budget\n\n```gov\n{rules}```\n"
    (found,) = diagnostics(text, "cited.gov.md")
    assert (found.code, found.hint) == ("GL107", f"cite [{nearest}], or add a heading {cite}")


def test_words_that_a_fact_cannot_be_named_after() -> None:
    """Each is read as a word of the language somewhere where a fact may stand, and is refused where it is declared."""
    parser = tables.parser()
    rows = [parser.actions[number] for number in range(len(parser.actions.states))]
    for word in sorted(literals.TAKEN):
        assert any("WORD" in row and kind in row for row in rows for kind in parser.words[word]), word
        text = f"agreement Example\n  version 1\n\ndecision A\n  given {word}: text\n  requires nothing\n"
        (found,) = diagnostics(text, "taken.gov")
        assert found.code == "GL110", word
