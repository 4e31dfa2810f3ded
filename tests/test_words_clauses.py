"""Clauses in words: each is said, in English, and no two that mean different things are said alike.

Decisions have tests of their own; here are parties, roles, bodies, duties, reviews, licences, secrecy, ladders, trust, notices, the
agreement's own clause, amendments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from clause_readings import AGREEMENTS, READ, TESTS, file_of, golden, loaded, reading, words_of
from clause_variants import AROUND, HAPPENINGS, MORE, VARIANTS
from clause_variants_more import HEADER, HEADERS, SENTENCES, SPECIAL
from words_lint import every, lines, slips

from govlang.backends.words.statement import Statement
from govlang.backends.words.words import Words
from govlang.core.norms import NormRule
from govlang.frozen import replace
from govlang.model.nodes import Kind
from govlang.pipeline import load_text
from govlang.syntax import nodes as n

PATHS = [*sorted(AGREEMENTS.glob("*.gov.md")), *sorted((TESTS / "constructs").glob("*.gov"))]
ids = [path.name.partition(".")[0] for path in PATHS]


def said_of(path: Path) -> Iterator[tuple[n.Clause, tuple[Statement, ...]]]:
    """Every clause of a file, and what is said of it."""
    words = words_of(path)
    for clause in file_of(path).clauses:
        yield clause, words.clause(clause)


def statements(path: Path) -> Iterator[Statement]:
    """Everything that is said of the clauses of an agreement."""
    words = words_of(path)
    agreement = words.agreement
    for name, kind in agreement.kinds.items():
        if kind is not Kind.DECISION and (said := words.term(name)) is not None:
            yield said
    for clause, found in said_of(path):
        if not isinstance(clause, n.Decision):
            yield from found
    yield from words.header()
    yield from (words.norm(rule) for rule in words.norms)


# ---------------------------------------------------------------- every clause is said


@pytest.mark.parametrize("path", PATHS, ids=ids)
def test_every_clause_is_said(path: Path) -> None:
    for clause, found in said_of(path):
        if not isinstance(clause, n.Scenario):
            assert found, f"nothing is said of the clause at {clause.span}"
        assert all(each.text and each.citation.document for said in found for each in every(said))


def test_every_kind_of_clause_is_met() -> None:
    met = {type(clause) for path in PATHS for clause, _ in said_of(path)}
    assert met == set(get_args(n.Clause))


@pytest.mark.parametrize("path", PATHS, ids=ids)
def test_every_term_is_said(path: Path) -> None:
    words = words_of(path)
    assert loaded(path).sound
    for name in words.agreement.kinds:
        assert words.term(name) is not None, name
    assert words.term("No Such Term") is None


def test_every_kind_of_term_is_met() -> None:
    assert {kind for path in PATHS for kind in words_of(path).agreement.kinds.values()} == set(Kind)


@pytest.mark.parametrize("kind", VARIANTS)
def test_a_text_with_errors_is_said_as_far_as_it_is_sound(kind: str) -> None:
    clause = VARIANTS[kind][0].splitlines()
    for left_out in range(len(clause)):
        text = AROUND + "\n".join([*clause[:left_out], *clause[left_out + 1 :]])
        words = words_for(text)
        said = [words.term(name) for name in words.agreement.kinds]
        said += [*words.header(), *(words.norm(rule) for rule in words.norms)]
        said += [each for node in file_clauses(text) for each in words.clause(node)]
        assert any(said)


@pytest.mark.parametrize("name", [
    "<script>alert(1)</script>", '=HYPERLINK("x")', "\u202eabc", "\\d+(", "(the", "*a*", ".", "A" * 3000,
])  # fmt: skip
def test_names_are_only_names(name: str) -> None:
    for clause, _ in (*VARIANTS.values(), *SPECIAL.values()):
        words = words_for((AROUND + MORE + clause).replace("Norwind", f"`{name}`"))
        said = [words.term(each) for each in words.agreement.kinds]
        assert name not in words.agreement.kinds or any(name in each.text for each in said if each is not None)
        assert all(words.norm(rule) for rule in words.norms)


# ---------------------------------------------------------------- in English


@pytest.mark.parametrize("path", PATHS, ids=ids)
def test_sentences_are_english(path: Path) -> None:
    assert [slip for said in statements(path) for each in every(said) for slip in slips(each.text)] == []


@pytest.mark.parametrize("bad", [
    "A agreement ends.", "An party leaves.", "The the Chair leads it.", "It lasts two day.", "It lasts one days.", "It ends ,",
    "it ends.", "Every party have a share.", "It ends on 2026-03-01.", "It costs 50,000 EUR.", "It is share-data.", "It ends",
    "It ends. .", "It “ends.", "The parties is there.", "It is None.",
])  # fmt: skip
def test_the_lint_sees(bad: str) -> None:
    assert list(slips(bad))


# ---------------------------------------------------------------- a reading by a person


@pytest.mark.parametrize("name", READ)
def test_golden_reading(name: str) -> None:
    assert reading(AGREEMENTS / f"{name}.gov.md") == golden(name).read_text(encoding="utf-8"), (
        "what is said has changed: run `python tests/clause_readings.py`, and read what changed"
    )


# ---------------------------------------------------------------- different clauses, different words


def meaning(rule: NormRule) -> NormRule:
    """A norm without its name and without what only helps to find it."""
    doing = replace(rule.doing, word="X") if rule.doing.word == rule.name else rule.doing
    return replace(rule, name="X", title="", doing=doing, about="", key="", states=())


@pytest.mark.parametrize("path", PATHS, ids=ids)
def test_different_norms_are_said_differently(path: Path) -> None:
    words = words_of(path)
    found: dict[str, NormRule] = {}
    for rule in words.norms:
        about = rule.about
        plain = replace(meaning(rule), about=about)
        text = "\n".join(lines(words.norm(plain)))
        assert found.setdefault(text, meaning(rule)) == meaning(rule), text


def wordings(path: Path) -> Iterator[tuple[str, frozenset[str], str]]:
    """Clauses by their kind: their lines as written (without names, order, descriptions, tags), and what is said of them."""
    words = words_of(path)
    source = file_of(path).layout.source
    for clause, found in said_of(path):
        if isinstance(clause, n.Header | n.Scenario | n.Amendment | n.Use | n.Decision | n.Members | n.Each | n.Table):
            continue
        name = getattr(clause, "name", None)
        own = name.text if isinstance(name, n.Name) else ""
        text = "\n".join(line for said in found for line in lines(without_descriptions(said)))
        written = (line.split(" #")[0].split(" [")[0].strip() for line in source.at(clause.span).splitlines()[1:])
        kept = frozenset(line for line in written if line and not line.startswith(('"', "#")) and line not in SAID_BY_SILENCE)
        if own:
            text = re.sub(rf"\b{re.escape(own)}(?![\w-])", "X", text)
            text = re.sub(r"\bthe (?:ladder|licence|review|duty|power|survey) X", "the X", text)
        yield words.agreement.name + type(clause).__name__ + getattr(clause, "kind", ""), kept, text


SAID_BY_SILENCE = ("no sublicence", "of each party", "any number")


def without_descriptions(said: Statement) -> Statement:
    """What is said, without the agreement's own words about it and without what other clauses bring about."""
    kept = tuple(without_descriptions(item) for item in said.items if item.kind not in ("description", "trigger"))
    return replace(said, items=kept)


@pytest.mark.parametrize("path", PATHS, ids=ids)
def test_different_clauses_are_said_differently(path: Path) -> None:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for kind, written, text in wordings(path):
        assert found.setdefault((kind, text), written) == written, text


# ---------------------------------------------------------------- one thing changed, other words

def words_for(text: str) -> Words:
    """Who says what a text means."""
    found = load_text(text)
    return Words(found.agreement, found.rules.rule, found.rules.norms, found.rules.trust)


def text_of(clause: str) -> str:
    """What is said of the last clause of a text, and of what it brings about."""
    found = load_text(AROUND + clause)
    assert found.sound, [each.message for each in found.diagnostics]
    words = Words(found.agreement, found.rules.rule, found.rules.norms, found.rules.trust)
    last = [each for each in file_clauses(AROUND + clause) if not isinstance(each, n.Scenario)][-1]
    said = [*words.clause(last), *(words.norm(rule) for rule in words.norms if rule.name not in words.agreement.norms)]
    assert not [slip for each in said for item in every(each) for slip in slips(item.text)]
    return "\n".join(line for each in said for line in lines(each))


def file_clauses(text: str) -> tuple[n.Clause, ...]:
    """The clauses of a text."""
    from govlang.source import Source
    from govlang.syntax.parse import parse

    return tuple(parse(Source("agreement.gov", text)).clauses)


def differ(base: str, changes: list[tuple[str, str]]) -> None:
    """Each change of a clause changes its words, and no two changes lead to the same words."""
    known = {text_of(base): "the clause itself"}
    for old, new in changes:
        assert old in base, old
        text = text_of(base.replace(old, new, 1))
        assert text not in known, f"{old!r} to {new!r} reads like {known[text]}: {text}"
        known[text] = f"{old!r} to {new!r}"


def test_each_happening_has_words_of_its_own() -> None:
    found: dict[str, str] = {}
    for item in HAPPENINGS:
        text = text_of(f"{MORE}duty Send Report\n  owed by Helios\n  when {item}\n  within 5 days\n")
        assert found.setdefault(text, item) == item, text


@pytest.mark.parametrize("kind", [*VARIANTS, *SPECIAL])
def test_one_thing_changed(kind: str) -> None:
    differ(*(VARIANTS[kind] if kind in VARIANTS else SPECIAL[kind]))


def test_one_thing_changed_in_the_header() -> None:
    known: dict[str, str] = {}
    for old, new in [("", ""), *HEADERS]:
        assert old in HEADER
        words = words_for(HEADER.replace(old, new, 1) + "\nparties Helios, Norwind\n\nrole Chair\n  one\n")
        said = words.header()
        assert not [slip for each in said for item in every(each) for slip in slips(item.text)]
        text = "\n".join(each.text for each in said)
        assert text not in known, f"{old!r} to {new!r} reads like {known[text]}"
        known[text] = f"{old!r} to {new!r}"


# ---------------------------------------------------------------- examples


@pytest.mark.parametrize(("clause", "sentence"), SENTENCES, ids=[sentence for _, sentence in SENTENCES])
def test_sentences(clause: str, sentence: str) -> None:
    assert sentence in text_of(f"{MORE}{clause}\n").replace("\n  ", "\n").split("\n")


def test_parts_of_a_norm_for_tables() -> None:
    found = load_text(f"{AROUND}{MORE}duty Report\n  owed by Helios\n  each quarter\n  when any party leaves\n  from 2026-05-01\n"
                      "  within 15 days after its end\n")  # fmt: skip
    words = Words(found.agreement, found.rules.rule, found.rules.norms, found.rules.trust)
    rule = next(rule for rule in words.norms if rule.name == "Report")
    assert sorted(words.trigger(each) for each in rule.triggers) == [
        "in each quarter", "on 1 May 2026", "when a party leaves the agreement",
    ]  # fmt: skip
    first = next(rule for rule in words.norms if rule.name == "Deliver")
    assert [words.trigger(each) for each in first.triggers] == ["from the start of the agreement"]
    assert words.due(first) == "within nine days after the start of the agreement"
    assert words.recurs(n.Recurs(n.Duration(2, "weeks"))) == "every two weeks, counted from the start of the agreement"
    assert words.happening(n.Happening("party", "leaves")) == "a party leaves the agreement"
