"""The small driver against Lark itself: every rule in the project is read alike by both."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lark import Token as LarkToken, Tree

from govlang.source import NOWHERE, Source
from govlang.syntax import tables
from govlang.syntax.build import makers
from govlang.syntax.lalr import Makers
from govlang.syntax.parse import parse, parse_entries

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"^```gov[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def texts() -> list[tuple[str, str]]:
    """Every fence of rules in the agreements, templates and documentation."""
    found = []
    places = [*ROOT.glob("agreements/*.md"), *ROOT.glob("govlang/templates/*.md"), *ROOT.glob("docs/**/*.md")]
    for path in sorted(places):
        for number, fence in enumerate(FENCE.findall(path.read_text(encoding="utf-8"))):
            found.append((f"{path.relative_to(ROOT)}#{number}", fence))
    return found


def by_lark(tree: Any, builder: Makers) -> Any:
    """A Lark tree through the same builder."""
    if tree is None:
        return None
    if isinstance(tree, LarkToken):
        made = builder.tokens.get(tree.type)
        return str(tree) if made is None else made(str(tree), tree.start_pos or 0, tree.end_pos or 0)
    assert isinstance(tree, Tree)
    return builder.rules[tree.data](NOWHERE, *(by_lark(child, builder) for child in tree.children))


@pytest.fixture(scope="module")
def lark() -> Any:
    return tables.lark_parser(tables.grammar_text())


def test_the_driver_reads_every_rule_as_lark_does(lark: Any) -> None:
    seen = 0
    for name, text in texts():
        file = parse(Source("fence.gov", text))
        if file.diagnostics:
            continue  # a wrong example of an error page
        clauses = [part for part in re.split(r"(?m)^(?=[^\s#])", text) if part.strip() and not part.startswith("#")]
        assert len(clauses) == len(file.clauses), name
        for clause, built in zip(clauses, file.clauses, strict=True):
            lines = [line for line in clause.splitlines() if not line.startswith("#")]
            tree = lark.parse("\n".join(lines).rstrip() + "\n", start="clause")
            assert by_lark(tree, makers()) == built, name
            seen += 1
    assert seen > 100


def test_the_grammar_has_no_conflicts_and_gives_no_warnings(caplog: pytest.LogCaptureFixture) -> None:
    import logging

    from lark import Lark, logger

    logger.setLevel(logging.DEBUG)
    try:
        built = tables.lark_parser(tables.grammar_text())
        Lark(tables.grammar_text(), parser="lalr", start=tables.STARTS, postlex=built.options.postlex, debug=True)
    finally:
        logger.setLevel(logging.CRITICAL)
    assert [record.message for record in caplog.records if "conflict" in record.message.lower()] == []
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_the_shipped_tables_are_those_of_the_grammar() -> None:
    shipped = tables.shipped()
    assert tables.undump(shipped)["grammar"] == tables.fingerprint(tables.grammar_text()), "run `make tables`"
    assert shipped == tables.dump(tables.grammar_text()), "run `make tables`"


def test_a_bad_clause_does_not_hide_the_others() -> None:
    text = "party Helios\n  seat of Norway\n\nparty Norwind\n  seat Norway\n\nrole director\n\nrole Chair\n  one\n"
    file = parse(Source("x.gov", text))
    assert len(file.clauses) == 2
    assert [diagnostic.place()[1] for diagnostic in file.diagnostics] == [2, 7]


def test_places_are_exact_in_a_literate_file() -> None:
    text = "# Title\n\nProse.\n\n```gov\nparty Helios\n  seat of Norway\n```\n"
    file = parse(Source("x.gov.md", text))
    assert [diagnostic.place()[1:] for diagnostic in file.diagnostics] == [(7, 8)]


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_line_endings_do_not_matter(ending: str) -> None:
    text = ending.join(["party Helios", '  name "H"', "", "role Chair", "  one", ""])
    file = parse(Source("x.gov", text))
    assert not file.diagnostics
    assert len(file.clauses) == 2


def test_a_minute_book_is_read_line_by_line() -> None:
    text = "2026-01-02 Ana votes for P-1\n2026-13-02 Ana votes for P-1\nnonsense\n2026-01-03 Ana withdraws P-1\n"
    entries, found = parse_entries(Source("x.minutes", text))
    assert [entry.kind for entry in entries] == ["ballot", "withdraw"]
    assert [diagnostic.place()[1] for diagnostic in found] == [2, 3]
