"""Comparisons: what changed is told from what the rules mean, and the marked text gives the new text when every change is accepted
and the old text when every change is rejected."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import word_files as w
from hypothesis import given, settings, strategies as st
from running import Run, write
from samples import AGREEMENT

from govlang.pipeline import Loaded, load, load_text
from govlang.report.document import comparison as told, word
from govlang.report.document.redline import redline
from govlang.report.text import Style
from govlang.tools.document import blocks as b
from govlang.tools.document.compare import Comparison, compare
from govlang.tools.document.paper import Paper, Part, paper
from govlang.tools.document.subject import Subject

pytest.importorskip("docx")

ROOT = Path(__file__).parents[1]
ALLIANCE = ROOT / "agreements" / "alliance.gov.md"


def same_when_resolved(old: Paper, new: Paper) -> bytes:
    """The comparison of two papers, held to both of them."""
    data = redline(old, new)
    root = w.body(data)
    assert w.misplaced(root) == []
    assert w.unbalanced(root) == []
    assert w.unbalanced(w.accepted(root)) == []
    assert w.shown_in(w.accepted(root), False) == w.shown(word.docx(new))
    assert w.shown_in(w.rejected(root), False) == w.shown(word.docx(old))
    for name in w.names(data):
        if name.startswith(("word/header", "word/footer")):
            edge = w.part(data, name)
            assert [text for _, text in w.lines(w.accepted(edge))] == [
                text for _, text in w.lines(w.part(word.docx(new), name))
            ]
            assert [text for _, text in w.lines(w.rejected(edge))] == [
                text for _, text in w.lines(w.part(word.docx(old), name))
            ]
    marks = w.bookmarks(root)
    assert len(marks) == len(set(marks))
    assert {code.split()[1] for code in w.fields(w.accepted(root)) if code.startswith("REF ")} <= {*marks}
    keys = [node.get(f"{w.W}id") for node in root.iter() if node.tag in (f"{w.W}ins", f"{w.W}del")]
    assert len(keys) == len(set(keys))
    return data


def changes_in(data: bytes) -> tuple[list[str], list[str]]:
    """The words taken out and put in, change by change."""
    root = w.body(data)

    def said(kind: str, tag: str) -> list[str]:
        found = (
            "".join(node.text or "" for node in change.iter(f"{w.W}{tag}")) for change in root.iter(f"{w.W}{kind}")
        )
        return [text for text in found if text.strip()]

    return said("del", "delText"), said("ins", "t")


# ---------------------------------------------------------------- random edits

WORDS = st.sampled_from(
    ["the", "party", "Board", "of", "two", "thirds", "may", "not", "object,", "EUR", "250,000", "within", "five"]
)
SENTENCE = st.lists(WORDS, max_size=12).map(" ".join)
RUN = st.one_of(SENTENCE.map(b.Text), SENTENCE.map(b.Strong), SENTENCE.map(b.Emphasis))
RUNS = st.lists(RUN, max_size=3).map(tuple)
PARAGRAPH = RUNS.map(b.Paragraph)
ITEMS = st.lists(st.builds(b.Item, RUNS, st.lists(st.builds(b.Item, RUNS), max_size=2).map(tuple)), max_size=3).map(
    tuple
)
LISTING = st.builds(b.Listing, ITEMS, st.booleans())


@st.composite
def tables(draw: st.DrawFn) -> b.Table:
    columns = draw(st.integers(1, 3))
    cell = st.builds(b.Cell, RUNS)
    row = st.builds(
        b.Row,
        st.lists(cell, min_size=columns, max_size=columns).map(tuple),
        st.just(""),
        st.sampled_from(["", "One", "Two"]),
    )
    rows = tuple(draw(st.lists(row, max_size=4)))
    heads = tuple(b.Column(f"C{place}", f"c{place}") for place in range(columns))
    return b.Table(draw(st.sampled_from(["a", "b"])), draw(SENTENCE), heads, rows, draw(RUNS))


NOTE = st.builds(
    b.Note,
    st.sampled_from(["summary", "info"]),
    SENTENCE,
    st.lists(st.one_of(PARAGRAPH, LISTING), max_size=2).map(tuple),
)
HEADING = st.builds(b.Heading, st.integers(2, 4), SENTENCE.map(lambda text: (b.Text(text or "x"),)), st.uuids().map(str),
                    st.sampled_from(["", "1", "2", "3.1", "NDA 5(a)"]))  # fmt: skip
BLOCK = st.one_of(
    PARAGRAPH, HEADING, LISTING, tables(), NOTE, st.builds(b.Signature, WORDS, SENTENCE, st.just(("Director",)))
)
BLOCKS = st.lists(BLOCK, max_size=10)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[b.Block], list[b.Block]]:
    """Blocks, and the same with some of them gone, changed, moved or new."""
    old = draw(BLOCKS)
    new = list(old)
    for _ in range(draw(st.integers(0, 5))):
        place = draw(st.integers(0, len(new)))
        match draw(st.sampled_from(["in", "out", "change", "move"])):
            case "in":
                new.insert(place, draw(BLOCK))
            case "out" if place < len(new):
                del new[place]
            case "change" if place < len(new):
                new[place] = draw(BLOCK)
            case "move" if place < len(new):
                new.insert(draw(st.integers(0, len(new) - 1)), new.pop(place))
            case _:
                pass
    return old, new


def made(blocks: list[b.Block], version: str = "1", wide: bool = False) -> Paper:
    parts = [Part("front", (b.Listing((b.Item((b.Text("Helios"),)),), True),)), Part("text", tuple(blocks))]
    if wide:
        columns = tuple(b.Column(f"C{n}", f"c{n}") for n in range(7))
        row = b.Row(tuple(b.Cell((b.Text(version),)) for _ in columns))
        heading = b.Heading(2, (b.Text("Schedule"),), "schedule")
        parts.append(Part("schedule", (heading, b.Table("wide", "Wide", columns, (row,)))))
    return Paper("test", "test.gov", "Test", "", version, date(2026, 1, 1), version * 64, tuple(parts))


@settings(max_examples=150)
@given(edited(), st.booleans())
def test_to_accept_gives_the_new_text_and_to_reject_the_old(
    texts: tuple[list[b.Block], list[b.Block]], wide: bool
) -> None:
    old, new = texts
    same_when_resolved(made(old, "1", wide), made(new, "2", wide))


BEFORE, AFTER = "Nobody but a lawyer reads all this:", "so say those who wrote each line twice."


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=4), st.lists(WORDS, max_size=4))
def test_words_are_marked_and_no_others(old: list[str], new: list[str]) -> None:
    first, second = (made([b.Paragraph((b.Text(" ".join((BEFORE, *some, AFTER))),))]) for some in (old, new))
    out, into = changes_in(same_when_resolved(first, second))
    kept = {*BEFORE.split(), *AFTER.split()}
    assert not kept & {word for text in (*out, *into) for word in text.split()}
    if old == new:
        assert (out, into) == ([], [])


# ---------------------------------------------------------------- agreements

NEW_QUORUM = ("quorum two thirds of all members", "quorum half of all members")
NEW_PROSE = ("act in good faith.", "act in good faith and without delay.")
SMALLER = ("at most 50,000 EUR", "at most 40,000 EUR")
CLAUSE = ("## Examples", "## 4 Insurance\n\nEach party is insured.\n\n## Examples")
DUTY = (
    "## 3 Good faith",
    "```gov\nduty Report Progress\n  owed by every party\n  each quarter\n  within 10 days\n```\n\n## 3 Good faith",
)
GONE = ("\n    inform every party within 2 days", "")
EDITS = (NEW_QUORUM, NEW_PROSE, SMALLER, CLAUSE, DUTY, GONE)


def changed(*edits: tuple[str, str], text: str = AGREEMENT) -> Loaded:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    loaded = load_text(text, "aurora.gov.md")
    assert loaded.sound, loaded.diagnostics
    return loaded


def compared(old: Loaded, new: Loaded) -> Comparison:
    return compare(Subject(old), Subject(new))


@pytest.mark.parametrize("edits", [(edit,) for edit in EDITS] + [EDITS, EDITS[::2]], ids=str)
def test_a_changed_agreement_resolves_to_both_texts(edits: tuple[tuple[str, str], ...]) -> None:
    old, new = paper(changed()), paper(changed(*edits))
    same_when_resolved(old, new)
    same_when_resolved(new, old)


PROSE = "The parties act in good faith."


@settings(max_examples=25)
@given(
    st.sets(st.sampled_from(EDITS)),
    st.lists(WORDS, max_size=8),
    st.sets(st.sampled_from(EDITS)),
    st.lists(WORDS, max_size=8),
)
def test_any_two_drafts_resolve_to_both(
    first: set[tuple[str, str]], one: list[str], second: set[tuple[str, str]], other: list[str]
) -> None:
    def draft(edits: set[tuple[str, str]], words: list[str]) -> Paper:
        return paper(
            changed(*(edit for edit in EDITS if edit in edits), (PROSE[:11], " ".join(("The parties", *words))))
        )

    same_when_resolved(draft(first, one), draft(second, other))


@pytest.mark.parametrize("other", ["mutual-nda", "un-security-council", "professional-services"])
def test_even_unlike_agreements_resolve_to_both_texts(other: str) -> None:
    same_when_resolved(
        paper(load(ROOT / "agreements" / "wafer-joint-venture.gov.md")),
        paper(load(ROOT / "agreements" / f"{other}.gov.md")),
    )


def test_two_versions_of_one_agreement() -> None:
    loaded = load(ALLIANCE)
    data = same_when_resolved(paper(loaded), paper(loaded, version="2"))
    out, into = changes_in(data)
    assert any("ten working days" in text or "ten" in text for text in out)
    assert any("five" in text for text in into)


def test_nothing_changed_is_no_change() -> None:
    data = same_when_resolved(paper(changed()), paper(changed()))
    assert not list(w.body(data).iter(f"{w.W}ins")) + list(w.body(data).iter(f"{w.W}del"))
    assert not compared(changed(), changed()).changed


def test_it_is_the_same_bytes_every_time_and_has_no_clock() -> None:
    first, second = (redline(paper(load(ALLIANCE)), paper(load(ALLIANCE), version="2")) for _ in range(2))
    assert first == second
    days = {node.get(f"{w.W}date") for node in w.body(first).iter() if node.tag in (f"{w.W}ins", f"{w.W}del")}
    assert days == {"2027-07-01T00:00:00Z"}


# ---------------------------------------------------------------- what changed, in words


def summary(*edits: tuple[str, str]) -> list[str]:
    """What the summary says, line by line."""
    return [" ".join(line.split()) for line in told.show(compared(changed(), changed(*edits)), Style()).splitlines()]


def test_a_new_quorum_is_told_by_what_it_means() -> None:
    lines = summary(NEW_QUORUM)
    at = lines.index("Clause 1 (Parties)")
    assert lines[at + 1] == "Body Board"
    said = " ".join(lines[at + 2 :])
    assert "was" in said
    assert "two thirds of all members" in said
    assert "half of all members" in said


def test_what_turns_on_another_clause_changes_with_it() -> None:
    found = compared(changed(), changed(NEW_QUORUM))
    spend = [rule for clause in found.clauses for rule in clause.rules if rule.name == "Commit Spend"]
    assert [(rule.kind, rule.elsewhere) for rule in spend] == [("changed", True)]


def test_prose_alone_is_never_judged() -> None:
    lines = summary(NEW_PROSE)
    assert "No rule changed; one clause without rules changed, came or went: read it." in lines
    assert "Its wording changed. No rule stands under it: what that means is for its readers to say." in lines
    lines = summary(("Money is spent by the Board.", "The Board spends the money."))
    assert "No rule changed; one clause changed in its wording alone." in lines
    assert "Wording only; no rule changed." in lines


def test_a_comment_is_no_change_of_a_rule() -> None:
    assert (
        "no rule changed" in " ".join(summary(("body Board\n", "body Board  # the board\n"))).lower()
        or not compared(changed(), changed(("body Board\n", "body Board  # the board\n"))).changed
    )


def test_clauses_and_rules_come_and_go() -> None:
    lines = summary(CLAUSE, DUTY)
    assert "Clause 4 (Insurance): new" in lines
    assert "A clause of words alone, with no rule under it: read it in the marked text." in lines
    assert "Duty Report Progress: new." in lines
    back = compared(changed(CLAUSE, DUTY), changed())
    assert [(clause.kind, clause.citation.number) for clause in back.clauses if clause.kind != "kept"] == [
        ("removed", "4")
    ]
    assert [rule.kind for clause in back.clauses for rule in clause.rules] == ["removed"]


def test_a_clause_with_another_number_is_the_same_clause() -> None:
    lines = summary(("## 3 Good faith", "## 5 Good faith"))
    at = lines.index("Other numbers or headings, and nothing else")
    assert lines[at + 1] == "Clause 5 (Good faith) was clause 3 (Good faith)."


def test_versions_say_which_amendment_changed_what() -> None:
    loaded = load(ALLIANCE)
    second = paper(loaded, version="2")
    found = compare(Subject(loaded), Subject(loaded, text=text_of(loaded, "2")))
    assert second.version == "2"
    assert [
        (clause.citation.number, rule.kind, rule.name, rule.citation.amendment)
        for clause in found.clauses
        for rule in clause.rules
    ] == [("5.6", "changed", "Send Recovery Plan", "First Amendment")]


def text_of(loaded: Loaded, version: str):  # type: ignore[no-untyped-def]
    from govlang.tools.document.paper import text_of as found

    return found(loaded, version=version)


# ---------------------------------------------------------------- the command


def files(run: Run) -> tuple[str, str]:
    return write("old.gov.md", AGREEMENT), write("new.gov.md", AGREEMENT.replace(*NEW_QUORUM).replace(*CLAUSE))


def test_redline_writes_a_file_and_says_what_changed(run: Run) -> None:
    old, new = files(run)
    done = run("redline", old, new, "-o", "changes.docx")
    assert done.code == 0
    assert "Clause 4 (Insurance): new" in done.out
    assert done.out.endswith("wrote changes.docx\n")
    data = Path("changes.docx").read_bytes()
    front = [text for style, text in w.lines(w.body(data)) if style.startswith("Changes")]
    assert front[0] == "What changed"
    assert "Clause 4 (Insurance): new" in front
    rest = w.lines(w.accepted(w.body(data)), without=("Changes",))
    assert rest[0][0] == "Title"


def test_without_the_summary_there_is_the_marked_text_alone(run: Run) -> None:
    old, new = files(run)
    assert run("redline", old, new, "-o", "changes.docx", "--no-summary").code == 0
    assert not [style for style, _ in w.lines(w.body(Path("changes.docx").read_bytes())) if style.startswith("Changes")]


def test_what_changed_as_json_has_the_published_shape(run: Run) -> None:
    old, new = files(run)
    shape = json.loads(run("schema", "redline").out)
    found = json.loads(run("redline", old, new, "--format", "json").out)
    jsonschema.validate(found, shape)
    assert found["changed"] is True
    assert [clause["clause"]["number"] for clause in found["clauses"] if clause["change"] == "added"] == ["4"]
    rules = {rule["name"]: rule for clause in found["clauses"] for rule in clause["rules"]}
    assert "half of all members" in " ".join(each["becomes"] for each in rules["Board"]["differences"])
    assert json.loads(run("redline", old, old, "--format", "json").out)["clauses"] == []


@pytest.mark.parametrize(("arguments", "said"), [
    (("old.gov.md",), "nothing to compare with"), (("old.gov.md", "gone.gov.md"), "there is no file"),
    (("old.gov.md", "bad.gov.md"), "cannot be compared"), (("old.gov.md", "--to", "7"), "there is no version 7"),
    (("old.gov.md", "new.gov.md", "-o", "no/such/folder/x.docx"), "cannot be written"),
])  # fmt: skip
def test_redline_says_what_is_wrong(run: Run, arguments: tuple[str, ...], said: str) -> None:
    files(run)
    write("bad.gov.md", AGREEMENT.replace("role Chair", "rle Chair"))
    done = run("redline", *arguments)
    assert done.code == 2
    assert said in done.said
