"""The authority matrix and the RACI matrix: every case of every decision, complete, and never more than the rule says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from govlang.core.expr import TRUE
from govlang.core.rules import AnyOf, Branch, Every, Leaf, Pick, Readings, Tree, leaves
from govlang.pipeline import load, load_text
from govlang.tools.document import authority, decisions, raci
from govlang.tools.document.authority_rows import ALWAYS, ELSE, AuthorityRow, rows
from govlang.tools.document.blocks import Page, Table, text
from govlang.tools.document.subject import Subject
from tests import samples

ROOT = Path(__file__).parents[1]
ALL = sorted([*ROOT.glob("agreements/*.gov.md"), *ROOT.glob("tests/constructs/*.gov")])


@cache
def subject(path: Path) -> Subject:
    return Subject(load(path))


@pytest.fixture(params=ALL, ids=lambda path: path.name.split(".")[0])
def each(request: pytest.FixtureRequest) -> Subject:
    return subject(request.param)


ALLIANCE = ROOT / "agreements" / "alliance.gov.md"


def written(tree: Tree) -> str:
    """A requirement as it is written in the agreement."""
    match tree:
        case Leaf():
            return tree.label
        case AnyOf(items):
            return f"({' | '.join(written(item) for item in items)})"
        case Every(items):
            return " & ".join(written(item) for item in items)
        case Pick(branches) | Readings(branches):
            return " / ".join(written(branch.tree) for branch in branches)


def table(page: Page, key: str) -> Table:
    return next(block for block in page.blocks if isinstance(block, Table) and block.key == key)


def matrix(about: Subject) -> Table:
    return table(next(iter(authority.pages(about))), "authority-matrix")


def column(block: Table, key: str) -> list[str]:
    place = [each.key for each in block.columns].index(key)
    return [text(row.cells[place].runs) for row in block.rows]


# ---------------------------------------------------------------- the alliance, as it is written

QUORUM = "quorum one third of all members when reconvened / quorum two thirds of all members"
GOLDEN = {
    ("Adopt Resolution", "when mode is meeting"): {
        "proposed-by": "proposed by Chair or any Director",
        "vote": "more than half of votes cast without abstentions in Steering Committee", "quorum": QUORUM,
        "notice-and-time": "notice 5 working days waivable within 10 days after meeting",
    },
    ("Adopt Resolution", "when mode is written"): {
        "proposed-by": "proposed by Chair or any Director", "vote": "at least two thirds of all members in Steering Committee",
        "quorum": QUORUM, "veto-or-objection": "no objection by any Director within 3 working days after opening",
    },
    ("Adopt Resolution", "otherwise"): {
        "proposed-by": "proposed by Chair or any Director",
        "vote": "unanimity of all members in Steering Committee", "quorum": QUORUM,
    },
    ("Commit Spend", "when total amount per supplier in 12 months at most 50,000 EUR"): {
        "proposed-by": "proposed by Programme Manager or any Director", "approved-by": "approval of Programme Manager",
        "once-taken": "lapses after 90 days",
    },
    ("Commit Spend", "when total amount per supplier in 12 months at most 250,000 EUR"): {
        "proposed-by": "proposed by Programme Manager or any Director", "notice-and-time": "notice 5 working days",
        "consulted": "consult Legal Counsel for 10 working days", "quorum": QUORUM,
        "vote": "more than half of votes cast in Steering Committee",
        "veto-or-objection": f"(no veto by Chair within 5 working days after opening with reason | {QUORUM} & "
                             "unanimity of all members in Steering Committee)",
        "once-taken": "lapses after 90 days",
    },
    ("Commit Spend", "otherwise"): {
        "proposed-by": "proposed by Programme Manager or any Director", "notice-and-time": "notice 5 working days",
        "approved-by": "approval of every party", "once-taken": "lapses after 90 days; effective after 3 working days",
    },
    ("Pay Invoice", "when amount at most 5,000 EUR"): {
        "proposed-by": "proposed by any Finance Officer", "other-conditions": "order; received",
        "approved-by": "approval of Programme Manager",
    },
    ("Pay Invoice", "otherwise"): {
        "proposed-by": "proposed by any Finance Officer", "other-conditions": "order; received",
        "approved-by": "approval of Programme Manager; approval of any Finance Officer except proposer; distinct persons",
    },
    ("Adopt Annual Plan", ""): {
        "proposed-by": "proposed by Programme Manager", "notice-and-time": "notice 10 working days waivable", "quorum": QUORUM,
        "other-conditions": "mode is meeting; minutes-sent recorded by Secretary within 5 working days after meeting",
        "vote": "at least two thirds of all members in Steering Committee; "
                f"({QUORUM} & at least 65% of all members in Steering Committee weighted by share | "
                "fewer than 2 against in Steering Committee)",
        "veto-or-objection": "no objection by any party within 10 working days after minutes-sent with reason",
    },
    ("Call Contribution", ""): {
        "proposed-by": "proposed by Programme Manager or any Finance Officer",
        "other-conditions": "decision Adopt Annual Plan for same year", "quorum": QUORUM,
        "vote": "at least three quarters of all members in Steering Committee weighted by share",
    },
    ("Emergency Measure", ""): {
        "proposed-by": "proposed by Chair or Programme Manager", "other-conditions": "imminent-harm; amount at most 100,000 EUR",
        "approved-by": "approval of Chair; approval of any Director", "once-taken": "ratified by Ratify Measure within 14 days",
    },
    ("Ratify Measure", ""): {
        "proposed-by": "proposed by Chair or any Director",
        "vote": "majority of all members in Steering Committee", "quorum": QUORUM,
    },
    ("Admit Partner", ""): {
        "proposed-by": "proposed by any party", "vote": "unanimity of all members in Steering Committee", "quorum": QUORUM,
        "other-conditions": "confidentiality-signed recorded by Secretary; due-diligence-clean; "
                            "trust-level is one of adequate, high; no Exclude Party under way; 10 days after notice",
    },
    ("Exclude Party", "three quarters of all shares"): {
        "proposed-by": "proposed by any party", "notice-and-time": "notice 10 working days", "other-conditions": "material-breach",
        "quorum": QUORUM, "vote": "at least three quarters of all members in Steering Committee weighted by share",
    },
    ("Exclude Party", "three quarters of the shares that may vote"): {
        "proposed-by": "proposed by any party", "notice-and-time": "notice 10 working days", "other-conditions": "material-breach",
        "quorum": QUORUM, "vote": "at least three quarters of all members in Steering Committee weighted by share",
    },
    ("Leave", ""): {
        "proposed-by": "proposed by any party", "other-conditions": "proposed at least 6 months before last-day",
    },
    ("Declare Default", ""): {
        "proposed-by": "proposed by any party", "vote": "unanimity of all members in Steering Committee", "quorum": QUORUM,
        "other-conditions": "material-breach; 30 days after notice; no breach-cured recorded by Chair",
    },
    ("Publish Results", ""): {
        "proposed-by": "proposed by any party or any Technical Lead",
        "veto-or-objection": "no objection by any party within 30 days after notice with reason not by author",
    },
    ("Share Data", ""): {
        "proposed-by": "proposed by any party or any Technical Lead", "approved-by": "approval of Programme Manager",
    },
    ("Share Personal Data", ""): {
        "proposed-by": "proposed by any party or any Technical Lead", "approved-by": "approval of Legal Counsel",
        "other-conditions": "transfer-logged recorded by Secretary",
    },
    ("Choose Cell Format", ""): {
        "proposed-by": "proposed by any Technical Lead",
        "other-conditions": "seconded by any Technical Lead within 5 working days; number of Technical Lead at least 4",
        "vote": "more for than against in Technical Board", "quorum": "quorum half of all members",
    },
    ("Accept Milestone", ""): {
        "proposed-by": "proposed by Programme Manager or Chief Engineer",
        "vote": "more than half of fixed seats in Technical Board", "quorum": "quorum half of all members",
    },
    ("Ship Samples", ""): {
        "proposed-by": "proposed by any Technical Lead",
        "approved-by": "approval of at least 2 of Technical Lead; from 2 different party; "
                       "approval of any Technical Lead with safety-trained",
        "veto-or-objection": "no vote against by Chief Engineer",
    },
    ("Amend Agreement", ""): {
        "proposed-by": "proposed by any party", "notice-and-time": "notice 20 working days",
        "approved-by": "approval of every party", "once-taken": "effective after 10 days",
    },
}  # fmt: skip


def test_the_matrix_of_the_alliance() -> None:
    found = {}
    for row in rows(subject(ALLIANCE)):
        cells = {key: "; ".join(written(tree) for tree in trees) for key, trees in authority.dealt(row).items() if trees}
        found[row.name, "; ".join(turn.branch.label for turn in row.path)] = cells
    assert found == GOLDEN


def test_what_always_holds_stands_in_every_case_and_what_one_case_adds_in_it_alone() -> None:
    spends = [row for row in rows(subject(ALLIANCE)) if row.name == "Commit Spend"]
    assert [[leaf.kind for leaf in row.leaves("lapse")] for row in spends] == [["lapse"]] * 3
    assert [len(row.leaves("standstill")) for row in spends] == [0, 0, 1]
    assert [[told.who for told in row.informs] for row in spends] == [["every party"]] * 3
    assert "Legal Counsel" in column(matrix(subject(ALLIANCE)), "consulted")[4]


def test_who_is_told_in_one_case_is_told_in_no_other() -> None:
    found = rows(Subject(load_text(samples.AGREEMENT, "aurora.gov.md")))
    assert [[told.who for told in row.informs] for row in found] == [[], ["every party"]]


def test_a_case_that_no_tier_is_for_has_a_row_and_cannot_be_decided() -> None:
    agreement = samples.AGREEMENT.replace("  otherwise\n", "  when amount at least 60,000 EUR\n")
    about = Subject(load_text(agreement, "aurora.gov.md"))
    found = rows(about)
    assert [row.open for row in found] == [True, True, False]
    assert found[2].path[0].branch.label == ELSE
    assert "not possible" in column(matrix(about), "vote")[2]
    assert all(line.name != "Commit Spend" or ELSE not in line.case for line in raci.lines(about))


# ---------------------------------------------------------------- every agreement and construct


def chains(tree: Tree, above: tuple[Branch, ...] = ()) -> Iterator[tuple[Leaf, tuple[Branch, ...]]]:
    """Every requirement with the tiers and readings that it stands in; a choice between quorums is none of these."""
    match tree:
        case Leaf():
            yield tree, above
        case Every(items) | AnyOf(items):
            for item in items:
                yield from chains(item, above)
        case Pick(branches) | Readings(branches):
            quorum = isinstance(tree, Pick) and {leaf.kind for leaf in leaves(tree)} == {"quorum"}
            for branch in branches:
                yield from chains(branch.tree, above if quorum else (*above, branch))


def holds(row: AuthorityRow, chain: tuple[Branch, ...]) -> bool:
    """Whether the way of a row leads through every tier and reading of a requirement."""
    way = [(turn.branch.label, turn.branch.citation.line) for turn in row.path]
    return all((branch.label, branch.citation.line) in way for branch in chain)


def test_every_decision_has_rows_and_each_requirement_stands_in_just_the_rows_whose_tiers_hold_it(each: Subject) -> None:
    found = rows(each)
    assert {row.name for row in found} == set(each.agreement.decisions)
    for decision in each.agreement.decisions.values():
        rule = each.rule(decision)
        mine = [row for row in found if row.name == decision.name]
        for tree in (rule.tree, rule.after):
            for leaf, chain in chains(tree):
                expected = [holds(row, chain) for row in mine]
                assert [leaf.id in {one.id for one in row.leaves()} for row in mine] == expected, leaf.label
                assert any(expected), leaf.label


def test_every_requirement_of_a_row_is_in_one_column_and_its_cell_says_something(each: Subject) -> None:
    block = matrix(each) if rows(each) else None
    for number, row in enumerate(rows(each)):
        assert block is not None
        dealt = authority.dealt(row)
        shown = [leaf.id for trees in dealt.values() for tree in trees for leaf in leaves(tree)]
        hidden = [leaf.id for leaf in row.leaves() if leaf.kind in (*ALWAYS, "nothing") and leaf.id not in shown]
        assert sorted([*shown, *hidden]) == sorted({leaf.id for leaf in row.leaves()})
        for key, trees in dealt.items():
            if trees and row.open:
                assert column(block, key)[number].strip(), (row.name, key)


def test_alternatives_keep_their_or(each: Subject) -> None:
    for number, row in enumerate(rows(each)):
        for key, trees in authority.dealt(row).items():
            for tree in trees:
                if isinstance(tree, AnyOf) and len(tree.items) > 1 and row.open:
                    cell = column(matrix(each), key)[number]
                    assert ("unless" if tree.override else " or ") in cell, (row.name, cell)


def test_every_row_names_its_clause_and_links_to_it(each: Subject) -> None:
    if not rows(each):
        return
    block = matrix(each)
    place = [column.key for column in block.columns].index("clause")
    for row in block.rows:
        assert any(getattr(run, "page", "") == "agreement" for run in row.cells[place].runs)


def test_no_column_is_empty_from_top_to_bottom(each: Subject) -> None:
    for block in [matrix(each)] if rows(each) else []:
        for one in block.columns:
            assert any(column(block, one.key)), one.title


# ---------------------------------------------------------------- alone


def test_what_one_may_decide_alone() -> None:
    page = next(iter(authority.pages(subject(ALLIANCE))))
    block = table(page, "authority-alone")
    found = list(zip(column(block, "who"), column(block, "decision"), strict=True))
    assert found == [
        ("Any Technical Lead", "Publish Results"), ("Any party", "Leave"), ("Any party", "Publish Results"),
        ("The Programme Manager", "Commit Spend"),
    ]  # fmt: skip
    assert "50,000" in column(block, "when")[3]


def test_nobody_decides_alone_where_others_vote_approve_or_decide_first(each: Subject) -> None:
    for row in rows(each):
        if authority.alone(row):
            assert not row.leaves("threshold", "block")
            assert len(row.deciders) == len(row.leaves("approval"))


# ---------------------------------------------------------------- RACI


def letters(about: Subject, name: str, case: str = "") -> dict[str, tuple[str, ...]]:
    line = next(line for line in raci.lines(about) if line.name == name and case in line.case)
    return {letter: line.of(letter) for letter in "RACI" if line.of(letter)}


def test_who_is_responsible_accountable_consulted_and_informed() -> None:
    about = subject(ALLIANCE)
    parties = ("Helios", "Norwind", "Tallinn Cells")
    assert letters(about, "Commit Spend", "250,000") == {
        "R": ("Programme Manager", "Director"), "A": ("Steering Committee",), "C": ("Legal Counsel",), "I": parties,
    }  # fmt: skip
    assert letters(about, "Commit Spend", "50,000")["A"] == ("Programme Manager",)
    assert letters(about, "Admit Partner") == {
        "R": (*parties, "Secretary"), "A": ("Steering Committee",), "C": ("Legal Counsel", "Trust Officer"),
    }  # fmt: skip
    assert letters(about, "Quarterly Review") == {"R": ("Chair", "Secretary"), "A": ("Chair",), "C": ("Director",)}
    assert letters(about, "Cycle Life") == {"R": ("Helios", "Chief Engineer"), "A": ("Helios",)}
    assert letters(about, "Partner Pulse") == {"R": parties, "A": parties}


def test_each_case_without_exactly_one_accountable_is_an_exception_with_its_reason() -> None:
    found = {(line.name, line.exception.partition(":")[0]) for line in raci.lines(subject(ALLIANCE)) if line.exception}
    assert found == {
        ("Commit Spend", "More than one"), ("Pay Invoice", "More than one"), ("Emergency Measure", "More than one"),
        ("Leave", "None"), ("Publish Results", "None"), ("Ship Samples", "More than one"), ("Amend Agreement", "More than one"),
    }  # fmt: skip


def test_whoever_is_no_exception_has_exactly_one_accountable(each: Subject) -> None:
    for line in raci.lines(each):
        if line.kind == "Decisions":
            assert (len(line.of("A")) == 1) or line.exception, line.name
        assert line.citations


def test_a_decision_that_follows_from_another_says_so() -> None:
    consortium = subject(ROOT / "agreements" / "research-consortium.gov.md")
    found = next(line for line in raci.lines(consortium) if line.name == "Leave By Consent")
    assert found.exception == "None: no vote or approval is asked for. It follows from another decision: Assembly Resolution."


def test_the_columns_of_the_raci_table_are_each_there_once(each: Subject) -> None:
    for page in raci.pages(each):
        keys = [column.key for column in table(page, "raci-matrix").columns]
        assert len(keys) == len(set(keys))


# ---------------------------------------------------------------- the pages of decisions


def test_every_decision_has_a_page_and_a_row_in_the_list(each: Subject) -> None:
    pages = {page.slug: page for page in decisions.pages(each)}
    for name in each.agreement.decisions:
        assert each.links.terms[name][0] in pages
    if pages:
        assert column(table(pages["decisions"], "decisions"), "decision") == list(each.agreement.decisions)


def test_a_decision_names_the_scenarios_that_test_it() -> None:
    page = next(page for page in decisions.pages(subject(ALLIANCE)) if page.slug == "decision-leave")
    said = " ".join(text(item.runs) for block in page.blocks if hasattr(block, "items") for item in block.items)
    assert "Six months are needed to leave (clause 10.13 (Default, leaving, disputes))" in said


HOSTILE = """agreement Hostile
  version 1
  currency EUR

parties `=HYPERLINK("http://x","y")`, `<script>alert(1)</script>`

role `\u200fevil`
  one

decision `<b>Spend</b>`
  given amount: money
  proposed by any party
  when amount at most 5 EUR
    requires approval of `\u200fevil`
  otherwise
    requires approval of every party
"""


def test_hostile_names_stay_as_they_are() -> None:
    about = Subject(load_text(HOSTILE, "hostile.gov"))
    block = matrix(about)
    assert column(block, "decision") == ["<b>Spend</b>"] * 2
    found = [page.title for page in decisions.pages(about)]
    assert found == ["Decisions", "<b>Spend</b>"]
    assert any(column.title == "\u200fevil" for column in table(next(iter(raci.pages(about))), "raci-matrix").columns)


def test_the_same_text_gives_the_same_pages() -> None:
    one, two = (Subject(load(ALLIANCE)) for _ in range(2))
    for view in (authority.pages, raci.pages, decisions.pages):
        assert list(view(one)) == list(view(two))


def test_a_tier_that_always_holds_says_so() -> None:
    found = [turn for row in rows(subject(ALLIANCE)) for turn in row.path if turn.branch.condition == TRUE]
    assert {turn.branch.label for turn in found} == {"otherwise"}
