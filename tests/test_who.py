"""`who`: the people behind each line of a decision, tier by tier, on the day asked."""

from __future__ import annotations

from pathlib import Path

import pytest
import samples

import govlang
from govlang.report import rights as report
from govlang.report.text import Style
from govlang.tools.books import read_books


@pytest.fixture
def loaded(tmp_path: Path) -> govlang.Loaded:
    return govlang.load(samples.write(tmp_path))


@pytest.fixture
def rights(loaded: govlang.Loaded, tmp_path: Path) -> govlang.Rights:
    book = read_books([tmp_path / "aurora.minutes"], loaded.agreement)
    return govlang.who(loaded, "Commit Spend", {"amount": "60,000 EUR", "related": "Norwind"}, book)


def found(level: object, kind: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.group, each.names) for right in level.rights if right.kind == kind for each in right.holders]  # type: ignore[attr-defined]


def test_names_are_those_of_the_day(loaded: govlang.Loaded, rights: govlang.Rights, tmp_path: Path) -> None:
    assert found(rights.level, "proposes") == [("any Director", ("Ana Ruiz", "Ben Okafor"))]
    assert found(rights.level, "is recused") == [("every Director of related", ("Ben Okafor",))]
    small, large = rights.level.levels
    assert found(small, "votes") == [("Board", ("Ana Ruiz", "Ben Okafor"))]
    assert found(large, "approves") == [("every party", ("Helios (by Ana Ruiz)", "Norwind (by Ben Okafor)"))]
    assert found(large, "may veto") == [("Chair", ("Cleo Lind",))]
    assert found(large, "is informed")[0][0] == "every party"
    book = read_books([tmp_path / "aurora.minutes"], loaded.agreement)
    earlier = govlang.who(loaded, "Commit Spend", {}, book, "2026-01-01")
    assert found(earlier.level, "proposes") == [("any Director", ())]


def test_the_tier_that_the_facts_fall_into_is_marked(loaded: govlang.Loaded, rights: govlang.Rights) -> None:
    assert [level.applies for level in rights.level.levels] == ["no", "yes"]
    unknown = govlang.who(loaded, "Commit Spend")
    assert [level.applies for level in unknown.level.levels] == ["unknown", "unknown"]
    small = govlang.who(loaded, "commit spend", {"amount": "50,000 EUR"})
    assert [level.applies for level in small.level.levels] == ["yes", "no"]


def test_a_body_s_own_quorum_is_shown_with_its_votes(rights: govlang.Rights) -> None:
    [votes] = [right for right in rights.level.levels[0].rights if right.kind == "votes"]
    assert [right.rule for right in votes.rights] == ["quorum two thirds of all members"]
    assert votes.rights[0].citation.label() == "clause 1 (Parties)"


def test_the_text_names_everyone_with_the_clause(rights: govlang.Rights) -> None:
    said = report.show(rights, Style())
    for part in (
        "Commit Spend, on 2026-03-03", "proposes: proposed by any Director (clause 2 (Spending))",
        "any Director: Ana Ruiz, Ben Okafor", "when amount at most 50,000 EUR  [does not apply]", "otherwise  [applies]",
        "Chair: Cleo Lind",
    ):  # fmt: skip
        assert part in said, part


@pytest.mark.parametrize(
    ("decision", "facts", "says"),
    [
        ("Commit Spnd", {}, "did you mean 'Commit Spend'?"), ("Commit Spend", {"amont": "1 EUR"}, "did you mean 'amount'?"),
        ("Commit Spend", {"amount": "1"}, "write an amount such as 50,000 EUR"),
        ("Commit Spend", {"amount": "1 USD"}, "state it in EUR"), ("Commit Spend", {"related": ""}, "write a name"),
    ],
)  # fmt: skip
def test_what_the_agreement_does_not_know_is_refused(
    loaded: govlang.Loaded, decision: str, facts: dict[str, str], says: str
) -> None:
    with pytest.raises(govlang.NoAnswer) as caught:
        govlang.who(loaded, decision, facts)
    assert says in caught.value.hint


def test_every_decision_of_the_shipped_agreements_can_be_asked_about() -> None:
    folder = Path(__file__).parents[1] / "agreements"
    paths = sorted(folder.glob("*.gov.md"))
    assert paths
    for path in paths:
        loaded = govlang.load(path)
        for name in loaded.agreement.decisions:
            assert report.show(govlang.who(loaded, name), Style()).startswith(name)
