"""The small driver against Lark itself: every rule in the project is read alike by both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fuzzing import POOLS, Speaker, spoil
from hypothesis import given, settings, strategies as st
from lark import Token as LarkToken, Tree
from lark.exceptions import LarkError

from govlang.source import NOWHERE, Source
from govlang.syntax import tables
from govlang.syntax.build import makers
from govlang.syntax.lalr import Makers, Parser, Unexpected
from govlang.syntax.parse import _is_plain, _layout_problems, parse, parse_entries, stretches

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


class Plain(dict[str, Any]):
    """Makes of each rule its name with its children, whatever they are."""

    def __missing__(self, name: str) -> Any:
        self[name] = made = lambda span, *children: (name, *children)
        return made


PLAIN = Makers({kind: lambda text, start, end: text.strip() for kind in ("TITLE", "PHRASE")}, Plain())
FACT = re.compile(rf"\b(?:{'|'.join(fact for fact in POOLS['WORD'] if '-' not in fact)})\b")
# Letters and digits that belong to no word: Lark reads `role²` as `role` and `²`, the driver as one word.
GLUED = frozenset("𝔘²٣Ⅷǅʰ")


def plain(tree: Any) -> Any:
    """A Lark tree in the same form."""
    if isinstance(tree, Tree):
        return (str(tree.data), *(plain(child) for child in tree.children))
    return str(tree).strip() if tree is not None else None


def said(seed: int) -> Iterator[str]:
    """A clause that the grammar allows; the same with facts that are named like words of the language, and spoilt in three ways.
    Only such as reach the parser."""
    random = Random(seed)
    clause = Speaker(seed).say("clause", 14)
    words = sorted(word for word in tables.parser().words if word.isalpha())
    taken = FACT.sub(lambda _: random.choice(words), clause)
    for text in (clause, taken, *(spoil(clause, random) for _ in range(3))):
        text = text.rstrip() + "\n"
        if len(list(stretches(text, 0, len(text)))) == 1 and not list(_layout_problems(Source("x.gov", text), text, 0)):
            yield text


def outcome(parser: Parser, text: str) -> Any:
    """What a text comes to: its tree, or what could not stand where and what could."""
    try:
        return parser.parse(text, "clause", PLAIN)
    except Unexpected as error:
        return error.token, error.accepts


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_what_lark_reads_the_driver_reads_alike(lark: Any, seed: int) -> None:
    """Of what Lark does not read, the driver reads a little: it knows a word of the language from a fact by what may follow."""
    for text in said(seed):
        try:
            expected = plain(lark.parse(text, start="clause"))
        except LarkError:
            continue
        if not GLUED.intersection(text):
            assert outcome(tables.parser(), text) == expected, text


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_the_short_way_to_a_token_and_the_long_one_agree(seed: int) -> None:
    for text in said(seed):
        assert outcome(tables.parser(), text) == outcome(long_way(), text), text


@pytest.mark.parametrize(
    "text",
    [
        "objective Growth\n  target after meeting by 2026-02-09\n",
        "duty Care\n  owed by every member of Board with trained at members of Board in writing\n",
        "assignment\n  first refusal by proposer except Board with before Cem still, proposer within 2 days after excludes\n",
    ],
)
def test_what_is_a_word_of_the_language_elsewhere_may_be_a_fact(text: str) -> None:
    """Two rules end before the word, and only one of them goes on with it: the state alone does not tell."""
    assert outcome(tables.parser(), text) == outcome(long_way(), text)


@cache
def long_way() -> Parser:
    """A parser that never takes the short way to a token."""
    parser = Parser(tables.undump(tables.shipped()))
    parser.shape = re.compile(r"(?!)")
    return parser


@settings(max_examples=500)
@given(st.integers(0, 2**32))
def test_a_text_that_is_taken_for_plain_has_no_problem_of_layout(seed: int) -> None:
    random = Random(seed)
    text = spoil("\n".join(Speaker(seed + more).say("clause", 12) for more in range(2)), random)
    if _is_plain(text):
        assert not list(_layout_problems(Source("x.gov", text), text, 0)), text


def test_tables_that_are_not_whole_are_refused() -> None:
    lines = tables.shipped().splitlines()
    assert tables.undump("\n".join(lines)) == tables.build(tables.grammar_text())
    for missing in range(1, 10):
        with pytest.raises(ValueError, match="not whole"):
            tables.undump("\n".join(lines[:missing] + lines[missing + 1 :]))


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
