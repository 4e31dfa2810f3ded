"""Requirements in words: made from what decides, read by a person once, and never the same for two that mean different things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
import words_meaning
from words_lint import every, slips
from words_reading import AGREEMENTS, CONSTRUCTS, golden, loaded, reading, rights, speaker, words_of
from words_rules import FAMILIES, agreement

from govlang.backends.words import counting, english, votes
from govlang.backends.words.statement import Statement
from govlang.backends.words.words import Words
from govlang.core import keys as k
from govlang.core.expr import All, Any, Compare, Expr, Fact, Known, Literal, Not, OneOf
from govlang.core.rules import Branch, Every, Pick, Readings, leaves, whole
from govlang.model import versions
from govlang.pipeline import Loaded, load_text
from govlang.source import Citation
from govlang.syntax import nodes as n

PATHS = [*AGREEMENTS, *CONSTRUCTS]
ids = [path.name.partition(".")[0] for path in PATHS]
Said = tuple[str, tuple["Said", ...]]


def plain(said: Statement) -> Said:
    """A statement as words alone."""
    return said.text, tuple(plain(item) for item in said.items)


def requirements(found: Loaded, words: Words) -> Iterator[tuple[Said, object, str]]:
    """Every requirement of an agreement: its words, its meaning, its name."""
    for name in rights(found):
        for leaf in leaves(whole(words.rule(name))):
            yield plain(words.requirement(leaf)), words_meaning.of_leaf(found.agreement, leaf), leaf.id


def whole_rights(found: Loaded, words: Words) -> Iterator[tuple[Said, object, str]]:
    """Every right of an agreement, whole."""
    for name in rights(found):
        yield plain(words.decision(name)), words_meaning.of_rule(found.agreement, words.rule(name)), name


Kind = Callable[[Loaded, Words], Iterator[tuple[Said, object, str]]]


def alike(kind: Kind) -> list[tuple[str, str]]:
    """The pairs that mean different things and are said in the same words."""
    known: dict[Said, tuple[object, str]] = {}
    found: list[tuple[str, str]] = []
    for path in PATHS:
        agreement_ = loaded(path)
        for said, meaning, name in kind(agreement_, speaker(agreement_)):
            other, first = known.setdefault(said, (meaning, f"{path.name}: {name}"))
            if other != meaning:
                found.append((first, f"{path.name}: {name}"))
    return found


# ---------------------------------------------------------------- no two alike


@pytest.mark.parametrize("kind", [requirements, whole_rights])
def test_what_differs_in_meaning_differs_in_words(kind: Kind) -> None:
    assert alike(kind) == []


def test_it_is_noticed_when_words_leave_out_a_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(votes, "_suffix", lambda *_: "")
    monkeypatch.setattr(counting, "_of_votes", lambda *_: iter(()))
    assert any("weighted" in "".join(leaf_label(name) for name in pair) for pair in alike(requirements))


def leaf_label(named: str) -> str:
    """The rule as written, of a requirement by its name."""
    file, _, name = named.partition(": ")
    path = next(path for path in PATHS if path.name == file)
    right = name.rpartition("#")[0]
    return next(leaf.label for leaf in leaves(whole(words_of(path).rule(right))) if leaf.id == name)


@pytest.mark.parametrize("settings", ["_who_votes", "_what_counts", "_times", "_proxies"])
def test_it_is_noticed_when_words_leave_out_how_votes_are_counted(
    settings: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, settings, lambda *_: iter(()))
    assert alike(requirements)


@pytest.mark.parametrize("family", FAMILIES)
def test_one_thing_changed_other_words(family: str) -> None:
    """A number, a unit, a base, an operator, a group, a weight, a window, a setting."""
    variants = FAMILIES[family]()
    found = load_text(agreement(variants))
    assert found.sound, [each.message for each in found.diagnostics][:3]
    words = speaker(found)
    known: dict[tuple[Said, ...], tuple[object, str]] = {}
    for place, variant in enumerate(variants):
        name = f"Variant {place}"
        said = tuple(plain(item) for item in words.decision(name).items)
        meaning = words_meaning.of_rule(found.agreement, words.rule(name))
        other, first = known.setdefault(said, (meaning, variant))
        assert other == meaning, f"{first!r} and {variant!r} are said alike: {said}"


# ---------------------------------------------------------------- English


@pytest.mark.parametrize("path", PATHS, ids=ids)
def test_every_sentence_is_english(path: Path) -> None:
    words = words_of(path)
    described = {
        right.text for right in [*loaded(path).agreement.decisions.values(), *loaded(path).agreement.rights.values()]
    }
    for name in rights(loaded(path)):
        for said in every(words.decision(name)):
            assert said.text in described or not list(slips(said.text))
            assert said.citation.document
        for leaf in leaves(whole(words.rule(name))):
            short = words.brief(leaf)
            assert not short or not list(slips(english.sentence(short)))
            assert not short.endswith((".", ":", ",", ";"))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_variant_is_english(family: str) -> None:
    found = load_text(agreement(FAMILIES[family]()))
    words = speaker(found)
    for name in rights(found):
        for said in every(words.decision(name)):
            assert not list(slips(said.text))


@pytest.mark.parametrize("path", AGREEMENTS, ids=ids[: len(AGREEMENTS)])
def test_the_reading_is_the_one_that_was_read(path: Path) -> None:
    said = reading(path)
    assert said == golden(path).read_text(encoding="utf-8"), "python tests/words_reading.py, and look at what changed"


def test_no_requirement_is_said_as_it_is_written() -> None:
    """Words come from meaning; the wording of the language is nowhere a sentence."""
    for path in PATHS:
        words = words_of(path)
        for name in rights(loaded(path)):
            for leaf in leaves(whole(words.rule(name))):
                said = words.requirement(leaf).text.lower().rstrip(".")
                assert said != leaf.label.lower() or leaf.kind in ("dispute",), leaf.label


def test_every_kind_of_fact_is_met() -> None:
    """Each kind of key is said by a sentence of some agreement, but those of norms, which their own tests say, and columns, which
    are of tables."""
    met: set[type] = set()
    for path in PATHS:
        words = words_of(path)
        for name in rights(loaded(path)):
            rule = words.rule(name)
            asked = list(leaves(whole(rule)))
            exprs = [
                rule.applies,
                *_conditions(whole(rule)),
                *(leaf.met for leaf in asked),
                *(leaf.failed for leaf in asked),
            ]
            exprs += [want.until for leaf in asked for want in leaf.wants if want.until is not None]
            met |= {type(key) for expr in exprs for key in counting.keys(expr)}
    assert set(get_args(k.Key)) - met <= {k.Mark, k.Figure, k.Column}


def _conditions(tree: object) -> Iterator[Expr]:
    if isinstance(tree, Pick | Readings):
        branches: tuple[Branch, ...] = tree.branches if isinstance(tree, Pick) else tree.readings
        for branch in branches:
            yield branch.condition
            yield from _conditions(branch.tree)
    for item in getattr(tree, "items", ()):
        yield from _conditions(item)


# ---------------------------------------------------------------- single sentences

ALLIANCE = AGREEMENTS[0]


def first_said(name: str, kind: str) -> str:
    """The first requirement of a kind in a decision of the alliance."""
    words = words_of(ALLIANCE)
    leaf = next(leaf for leaf in leaves(whole(words.rule(name))) if leaf.kind == kind)
    return words.requirement(leaf).text


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("Adopt Annual Plan", "threshold", "At least two thirds of all members of the Steering Committee vote for it."),
        (
            "Adopt Annual Plan",
            "act",
            "The Secretary records “minutes sent” within five working days after the meeting.",
        ),
        ("Call Contribution", "decision", "The decision Adopt Annual Plan has been taken for the same year."),
        ("Pay Invoice", "approval", "The Programme Manager approves it."),
        ("Admit Partner", "wait", "Ten days have passed since notice was given."),
        ("Commit Spend", "lapse", "It is carried out within 90 days after the decision is taken, or it lapses."),
        ("Choose Cell Format", "condition", "There are at least four Technical Leads."),
        ("Ship Samples", "distinct", "The Technical Leads who approve it stand for at least two parties."),
    ],
)
def test_a_sentence(name: str, kind: str, text: str) -> None:
    assert first_said(name, kind) == text


def test_a_tier_is_said_by_its_condition() -> None:
    said = words_of(ALLIANCE).decision("Commit Spend")
    tiers = [part.text for part in every(said) if part.kind == "tier"]
    assert tiers[0] == "If the total of the amounts per supplier over the last twelve months is at most EUR 50,000:"
    assert tiers[2] == "In every other case:"


def test_what_overrides_a_veto_is_said_with_it() -> None:
    said = [part.text for part in every(words_of(ALLIANCE).decision("Commit Spend")) if part.kind == "override"]
    veto = "The Chair does not veto it within five working days after voting opens (a veto must give reasons)"
    assert said == [f"{veto}, unless all members of the Steering Committee vote for it."]


def test_a_quorum_that_every_vote_needs_is_said_once() -> None:
    said = [part for part in every(words_of(ALLIANCE).decision("Adopt Resolution")) if part.kind == "quorum"]
    assert len(said) == 1
    assert said[0].text.startswith(
        "No vote of the Steering Committee passes without a quorum: at least two thirds of all members"
    )
    assert said[0].text.endswith("earlier one, one third of all members of the Steering Committee are enough.")


def test_readings_stand_side_by_side() -> None:
    said = next(part for part in every(words_of(ALLIANCE).decision("Exclude Party")) if part.kind == "readings")
    assert [item.text for item in said.items] == [
        "As “three quarters of all shares” has it:",
        "As “three quarters of the shares that may vote” has it:",
    ]


def test_a_setting_is_said_once_where_all_votes_share_it() -> None:
    said = words_of(ALLIANCE).decision("Commit Spend")
    texts = [part.text for part in every(said)]
    assert texts.count("Whoever has a conflict of interest takes no part in the vote and is not counted.") == 1


def test_needless_nesting_is_left_out() -> None:
    words = words_of(ALLIANCE)
    leaf = next(leaves(words.rule("Leave").tree))
    assert words.requirement(Every((Every((leaf,)),))) == words.requirement(leaf)
    assert words.requirement(Every(())).text == "Nothing more is required."


def test_every_sentence_of_a_requirement_has_its_clause_and_name() -> None:
    words = words_of(ALLIANCE)
    for leaf in leaves(whole(words.rule("Pay Invoice"))):
        said = words.requirement(leaf)
        assert (said.citation, said.kind, said.id) == (leaf.citation, leaf.kind, leaf.id)


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("Commit Spend", "threshold", "more than half of the votes cast in the Steering Committee"),
        ("Commit Spend", "approval", "approval of the Programme Manager"),
        ("Commit Spend", "veto", "no veto by the Chair within five working days after voting opens"),
        ("Commit Spend", "notice", "five working days' notice"),
        ("Commit Spend", "term", ""),
        ("Adopt Annual Plan", "notice", "ten working days' notice (may be waived)"),
    ],
)
def test_a_requirement_in_brief(name: str, kind: str, text: str) -> None:
    words = words_of(ALLIANCE)
    leaf = next(leaf for leaf in leaves(whole(words.rule(name))) if leaf.kind == kind)
    assert words.brief(leaf) == text


# ---------------------------------------------------------------- expressions


def _given(name: str) -> Expr:
    return Fact(k.Given(name))


def _number(value: int) -> Expr:
    return Literal(Fraction(value))


MONEY = Literal(n.Money(Decimal(5000), "EUR"))
LARGE, SAME = Compare(">", _given("amount"), MONEY), Compare("=", _given("kind"), Literal("new"))


@pytest.mark.parametrize(
    ("expr", "yes", "no"),
    [
        (LARGE, "the amount is more than EUR 5,000", "the amount is at most EUR 5,000"),
        (
            Compare(">=", _given("amount"), MONEY),
            "the amount is at least EUR 5,000",
            "the amount is less than EUR 5,000",
        ),
        (SAME, "the kind is “new”", "the kind is not “new”"),
        (Compare("!=", _given("kind"), Literal("new")), "the kind is not “new”", "the kind is “new”"),
        (OneOf(_given("kind"), ("new", "old")), "the kind is “new” or “old”", "the kind is neither “new” nor “old”"),
        (Known(_given("note")), "the note is stated", "the note is not stated"),
        (
            All((LARGE, SAME)),
            "the amount is more than EUR 5,000 and the kind is “new”",
            "the amount is at most EUR 5,000, or the kind is not “new”",
        ),
        (
            Any((LARGE, SAME)),
            "the amount is more than EUR 5,000, or the kind is “new”",
            "the amount is at most EUR 5,000 and the kind is not “new”",
        ),
        (
            Any((All((LARGE, SAME)), Known(_given("note")))),
            "both the amount is more than EUR 5,000 and the kind is “new”, or the note is stated",
            "either the amount is at most EUR 5,000 or the kind is not “new”, and the note is not stated",
        ),
        (Fact(k.Withdrawn()), "the proposal has been withdrawn", "the proposal has not been withdrawn"),
        (
            Compare("<", Fact(k.Headcount(n.Group((n.GroupItem(n.GroupBase("party")),)))), _number(1)),
            "there is no party",
            "there is at least one party",
        ),
        (
            Compare("=", _given("mode"), Literal("written")),
            "the vote is taken in writing",
            "the vote is not taken in writing",
        ),
    ],
)
def test_a_condition_and_its_opposite(expr: Expr, yes: str, no: str) -> None:
    words = words_of(ALLIANCE)
    assert words.condition(expr) == yes
    assert words.condition(Not(expr)) == no
    assert words.condition(Not(Not(expr))) == yes


def test_tiers_of_which_one_asks_for_something_are_one_sentence() -> None:
    words = words_of(ALLIANCE)
    leaf = next(leaves(words.rule("Leave").tree))
    nothing = Every(())
    said = words.requirement(Pick((Branch(SAME, "", nothing), Branch(Literal(True), "", leaf))))
    assert (said.text, len(said.items)) == ("Unless the kind is “new”:", 1)
    said = words.requirement(Pick((Branch(SAME, "", leaf), Branch(Literal(True), "", nothing))))
    assert (said.text, len(said.items)) == ("If the kind is “new”:", 1)


def test_tiers_that_leave_a_gap_say_so() -> None:
    words = words_of(ALLIANCE)
    leaf = next(leaves(words.rule("Leave").tree))
    said = words.requirement(Pick((Branch(SAME, "", leaf),), Citation("x")))
    assert said.items[-1].text == "In every other case it cannot be decided."


def test_an_unknown_right_is_an_error() -> None:
    with pytest.raises(KeyError):
        words_of(ALLIANCE).decision("No Such Decision")


# ---------------------------------------------------------------- names of all sorts

HOSTILE = """
agreement Odd Names
  version 1
party The Hague Fund
party `A <b>bold</b> Party`
party `=HYPERLINK("x")`
role The Elder
  one
role `Chief "of" Staff`
  one
body House
  members every party
decision D
  proposed by The Hague Fund
  requires approval of `A <b>bold</b> Party`
  requires approval of `=HYPERLINK("x")`
  requires approval of The Elder
  requires approval of `Chief "of" Staff`
"""


def test_names_stand_as_they_are() -> None:
    found = load_text(HOSTILE)
    assert found.sound
    texts = [part.text for part in every(speaker(found).decision("D"))]
    assert "It is proposed by The Hague Fund." in texts
    assert "A <b>bold</b> Party approves it." in texts
    assert '=HYPERLINK("x") approves it.' in texts
    assert "The Elder approves it." in texts
    assert 'The Chief "of" Staff approves it.' in texts
    assert not any(re.search(r"\bthe The\b", text) for text in texts)


def test_an_amended_decision_is_said_as_it_then_reads() -> None:
    found = loaded(found_path())
    text = versions.versions(found.agreement)[-1].agreement
    rules = found.rules.under(text)
    words = Words(text, rules.rule, rules.norms, rules.trust)
    amended = [name for name, right in text.decisions.items() if right.citation.amendment]
    assert amended
    for name in amended:
        leaf = next(leaves(whole(rules.rule(name))))
        assert leaf.id.startswith(f"{name} (")
        assert not list(slips(words.requirement(leaf).text))
        assert plain(words.decision(name)) != (
            plain(words_of(found_path()).decision(name)) if name in found.agreement.decisions else ()
        )


def found_path() -> Path:
    """The construct whose decisions are amended."""
    return next(path for path in CONSTRUCTS if path.name == "amendments.gov")
