"""The language reference is what the grammar says, and every line of it is in use somewhere."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from govlang.syntax import tables

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["reference"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def page(reference: ModuleType) -> str:
    made: str = reference.page()
    return made


def test_the_page_is_what_the_grammar_says(page: str) -> None:
    """When this fails, run `python docs/reference.py --write`."""
    assert (ROOT / "docs" / "language" / "reference.md").read_text(encoding="utf-8") == page


def test_a_line_that_the_grammar_gains_is_on_the_page(reference: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    line = '    | "not" "delegable" [CITE] _NL'
    text = tables.grammar_text().replace(line, f'    | "sealed" [CITE] _NL -> not_sealed\n{line}')
    assert text != tables.grammar_text()
    grammar = reference.Grammar(text)
    assert any("`sealed`" in row for row in reference.rows(grammar, {}, "statement", set()))


def test_every_clause_kind_has_its_section(page: str) -> None:
    body = re.search(r"^clause: (.*?)^entry:", tables.grammar_text(), re.MULTILINE | re.DOTALL)
    assert body is not None
    kinds = [name.strip() for name in body[1].replace("\n", " ").split("|") if name.strip()]
    assert len(kinds) > 20
    for kind in kinds:
        assert f"{{ #{kind} }}" in page


def test_every_link_on_the_page_leads_somewhere(page: str) -> None:
    anchors = set(re.findall(r"\{ #([\w-]+) \}", page))
    assert set(re.findall(r"\]\(#([\w-]+)\)", page)) <= anchors
    for name in set(re.findall(r"\]\(([\w-]+)\.md\)", page)):
        assert (ROOT / "docs" / "language" / f"{name}.md").is_file(), name


def test_every_line_of_the_language_is_in_use_somewhere(page: str) -> None:
    """A line that no agreement, page or test has is a line that nobody has tried."""
    rows = [row for row in page.splitlines() if row.endswith("|  |")]
    unused = [row for row in rows if re.search(r"`[a-z]", row)]
    assert unused == []
