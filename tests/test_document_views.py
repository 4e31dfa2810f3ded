"""The pages about an agreement itself: overview, text, people, glossary, clauses, versions, errors."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from random import Random

import pytest
from document_text import anchors, dangling, plain, said, targets
from fuzzing import WORLD, Speaker, spoil

from govlang import document
from govlang.diagnostics import MissingExtra
from govlang.frozen import parts
from govlang.pipeline import load, load_text
from govlang.tools.document.blocks import (
    Beside,
    Block,
    Cite,
    Code,
    Document,
    Heading,
    Link,
    Listing,
    Note,
    Paragraph,
    Quote,
    Source,
    Table,
    Term,
    text,
)
from govlang.tools.document.pieces import Passage, parts as cut

ROOT = Path(__file__).parents[1]
AGREEMENTS = sorted((ROOT / "agreements").glob("*.gov.md"))
CONSTRUCTS = sorted((ROOT / "tests" / "constructs").glob("*.gov"))
AMENDED = sorted((ROOT / "tests" / "amended").glob("*.gov.md"))
MISTAKES = sorted((ROOT / "grammar" / "mistakes").glob("*.gov"))
ALL = [*AGREEMENTS, *CONSTRUCTS, *AMENDED]
TWO_YEARS = ROOT / "agreements" / "alliance-two-years.minutes"
ALLIANCE = ROOT / "agreements" / "alliance.gov.md"


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


@cache
def of(path: Path) -> Document:
    return document(path)


@cache
def alliance() -> Document:
    return document(ALLIANCE, TWO_YEARS)


def made(words: str, name: str = "small.gov.md") -> Document:
    return document(load_text(words, name))


# ---------------------------------------------------------------- every agreement


@pytest.mark.parametrize("path", ALL, ids=names(ALL))
def test_links_lead_somewhere_and_places_are_one(path: Path) -> None:
    assert dangling(of(path)) == []


def test_links_lead_somewhere_with_a_record() -> None:
    assert dangling(alliance()) == []
    assert dangling(document(ALLIANCE, TWO_YEARS, on="2026-06-30")) == []


@pytest.mark.parametrize("path", [*AMENDED, *CONSTRUCTS[::9]], ids=names([*AMENDED, *CONSTRUCTS[::9]]))
def test_links_lead_somewhere_on_a_day(path: Path) -> None:
    assert dangling(document(path, on="2027-03-01")) == []


@pytest.mark.parametrize("path", ALL, ids=names(ALL))
def test_pages_have_what_a_reader_looks_for(path: Path) -> None:
    found = of(path)
    assert [page.slug for page in found.pages[:2]] == ["overview", "agreement"]
    for page in found.pages:
        assert page.blocks, page.slug
        assert page.title, page.slug
        assert page.group in ("Agreement", "Rules", "Record"), page.slug
        assert page.summary.endswith("."), page.slug
    listed = {link.page for link in parts(found.pages[0].blocks) if isinstance(link, Link)}
    assert listed >= {page.slug for page in found.pages[1:] if not page.slug.startswith("decision-")}


@pytest.mark.parametrize("path", ALL, ids=names(ALL))
def test_every_word_and_every_rule_stands_on_the_page_of_the_text_once(path: Path) -> None:
    """Prose is compared word by word, and rules line by line, each in their order."""
    page = of(path).page("agreement")
    assert page is not None
    agreement = load(path).agreement
    prose = " ".join(
        piece.text for part in cut(agreement) for chapter in part.chapters for piece in chapter.pieces if isinstance(piece, Passage)
    )
    prose = re.sub(r"\]\([^)\s]*\)|^[ ]{0,3}\[[^\]]+\]:.*$", "]", prose, flags=re.MULTILINE)  # addresses are no words
    assert letters(prose) == letters(" ".join(plain(prose_of(page.blocks))))
    layout = agreement.layout
    rules = "\n".join(layout.source.text[block.start : block.end] for block in layout.blocks)
    assert rules.split() == " ".join(rules_of(page.blocks)).split()
    headings = [(block.number, text(block.runs)) for block in page.blocks if isinstance(block, Heading)]
    for section in layout.sections:
        assert (section.number, section.title) in headings


def letters(words: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"^[ ]*\d+\.(?= )", "", words, flags=re.MULTILINE))


def prose_of(blocks: tuple[Block, ...]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        match block:
            case Beside(left, _):
                found.extend(left)
            case Heading() | Note() | Source(language="gov"):
                pass
            case _:
                found.append(block)
    return found


def rules_of(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        match block:
            case Beside(_, right):
                found += rules_of(right)
            case Note(blocks=inner):
                found += rules_of(inner)
            case Source(words, "gov"):
                found.append(words)
            case _:
                pass
    return found


@pytest.mark.parametrize("path", [*AGREEMENTS, *AMENDED], ids=names([*AGREEMENTS, *AMENDED]))
def test_every_term_is_in_the_glossary_and_every_party_on_its_page(path: Path) -> None:
    found, agreement = of(path), load(path).agreement
    glossary, people = found.page("glossary"), found.page("people")
    assert glossary is not None
    assert people is not None
    terms = [text(pair.term) for block in glossary.blocks for pair in getattr(block, "pairs", ())]
    assert terms == sorted(agreement.kinds, key=lambda name: (name.casefold(), name)) or set(terms) > set(agreement.kinds)
    for name in (*agreement.members, *agreement.roles, *agreement.bodies):
        assert name in said(people)


def test_the_same_text_gives_the_same_document_wherever_it_stands(tmp_path: Path) -> None:
    """No path of a folder gets into a document, and no order of a set."""
    folders = [tmp_path / "here", tmp_path / "there" / "deep"]
    for folder in folders:
        (folder / "terms").mkdir(parents=True)
        for path in (ROOT / "agreements").rglob("*.gov.md"):
            (folder / path.relative_to(ROOT / "agreements")).write_bytes(path.read_bytes())
        for path in (ROOT / "agreements").glob("*.json"):
            (folder / path.name).write_bytes(path.read_bytes())
    for path in AGREEMENTS:
        here, there = (repr(document(folder / path.name)) for folder in folders)
        assert here == there
        assert str(tmp_path) not in here


def test_documents_are_the_same_under_any_hash_seed() -> None:
    script = (
        "import hashlib, sys; from pathlib import Path; from govlang import document\n"
        "for name in sys.argv[1:]: print(hashlib.sha256(repr(document(Path(name))).encode()).hexdigest())"
    )
    some = [str(path) for path in (ALLIANCE, *AMENDED, ROOT / "agreements" / "mutual-nda.gov.md")]
    outs = [
        subprocess.run([sys.executable, "-c", script, *some], capture_output=True, text=True, check=True,
                       env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": ""}).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert outs[0] == outs[1]
    assert len(outs[0].split()) == len(some)


# ---------------------------------------------------------------- the text

SMALL = """# Two Mills

## 1 Water

First words of the [river](https://example.org/river).

```gov
agreement Two Mills
  version 1
  effective 2026-01-01

parties Upper Mill, Lower Mill
```

Second words, for the Upper
Mill alone: see clause 2.

```gov
role Miller
  one, appointed by party
```

Third words.

## 2 Grain

Nothing yet.

```gov
# nobody grinds at night
decision Grind
  proposed by Miller
  requires approval of Miller

scenario By day
  2026-02-01  Upper Mill appoints Ada Brook as Miller
  2026-02-01  Ada Brook proposes Grind as G-1
  2026-02-01  expect G-1 pending

# and nobody rests by day
```
"""


def test_prose_and_rules_stay_in_their_order() -> None:
    page = made(SMALL).page("agreement")
    assert page is not None
    assert [type(block).__name__ for block in page.blocks] == [
        "Heading", "Heading", "Beside", "Beside", "Paragraph", "Heading", "Beside",
    ]  # fmt: skip
    first, second, last = (block for block in page.blocks if isinstance(block, Beside))
    assert "First words" in " ".join(plain(first.left))
    assert "parties Upper Mill" in " ".join(plain(first.right))
    assert "Second words" in " ".join(plain(second.left))
    assert "role Miller" in " ".join(plain(second.right))
    kinds = [block.kind for block in last.right if isinstance(block, Note)]
    assert kinds == ["rule", "example"]
    assert "# nobody grinds at night" in " ".join(plain(last.right))
    assert "# and nobody rests by day" in " ".join(plain(last.right))


def test_words_broken_over_two_lines_are_still_a_term_and_clauses_are_linked() -> None:
    page = made(SMALL).page("agreement")
    assert page is not None
    second = [block for block in page.blocks if isinstance(block, Beside)][1].left[0]
    assert isinstance(second, Paragraph)
    assert [run.text for run in second.runs if isinstance(run, Term)] == ["Upper Mill"]
    assert [run.text for run in second.runs if isinstance(run, Cite)] == ["clause 2"]


def test_the_rules_are_said_in_words_beside_the_prose() -> None:
    words = " ".join(said(alliance().page("agreement")).split())
    assert "There is one Director for each party, appointed by that party, for three years at a time" in words


def test_a_bare_file_gets_a_heading_a_clause_and_cites_it() -> None:
    bare = "# a comment\nagreement Two Mills\n  version 1\n\nparties Upper Mill, Lower Mill\n\ndecision Grind\n  requires nothing\n"
    found = made(bare, "mills.gov")
    page = found.page("agreement")
    assert page is not None
    headings = [(block.anchor, text(block.runs)) for block in page.blocks if isinstance(block, Heading)]
    assert headings == [
        ("line-2", "Agreement Two Mills"), ("line-5", "Parties Upper Mill, Lower Mill"), ("line-7", "Decision Grind"),
    ]  # fmt: skip
    assert ("agreement", "line-7") in targets(found.page("glossary"))  # type: ignore[arg-type]


def test_files_that_are_used_follow_under_their_names() -> None:
    found = of(ROOT / "agreements" / "mutual-nda.gov.md")
    page = found.page("agreement")
    assert page is not None
    titles = [text(block.runs) for block in page.blocks if isinstance(block, Heading)]
    assert "Clauses from terms/general.gov.md" in titles
    assert "Clauses from terms/notices.gov.md" in titles
    assert titles.index("Examples") < titles.index("Clauses from terms/general.gov.md")
    link = next(run for run in parts(page.blocks) if isinstance(run, Link) and run.text == "clauses from terms/general.gov.md")
    assert link.anchor in anchors(page)


def test_what_a_used_file_offers_and_nobody_asked_for_is_marked() -> None:
    page = of(ROOT / "tests" / "constructs" / "use.gov").page("agreement")
    assert page is not None
    aside = [note for note in parts(page.blocks) if isinstance(note, Note) and note.title == "Not taken over into this agreement"]
    assert any("decision Return Papers" in " ".join(plain(note.blocks)) for note in aside)


# ---------------------------------------------------------------- prose that means harm, or only Markdown

HOSTILE = """# Prose <script>alert(1)</script>

<script>alert("x")</script> and <b onclick="x()">bold</b> <!-- a comment -->

[click](javascript:alert(1)) [data](data:text/html;base64,PHN2Zz4=) [file](file:///etc/passwd) [page](other.md#here)
[web](https://example.org/a) <https://example.org/b> [mail](mailto:a@example.org) [bad](JaVaScRiPt:x) [ftp](ftp://x)

![a picture of **cells**](https://example.org/x.png "title") &lt;i&gt; \\*star\\* **strong *and* `code`** *soft*\\
after a break

* one
  1. first
  2. second

     with `code`
* two

  > quoted
  > words

7. seven
8. eight

> A quote with a list:
>
> - inner

| =HYPERLINK("http://x") | a \\| b |
|---|---|
| `1` | **2** |

***

    indented <b>
    text

~~~js
alert(1)
~~~

A heading below
===============

 ## Not a heading of the text

```gov
agreement Harm
  version 1
```
"""


def runs_of(found: Document) -> list[object]:
    page = found.page("agreement")
    assert page is not None
    return [run for run in parts(page.blocks) if isinstance(run, Link | Code | Term | Cite)]


def test_html_and_strange_links_are_text() -> None:
    found = made(HOSTILE)
    words = said(found.page("agreement"))
    for written in (
        '<script>alert("x")</script> and <b onclick="x()">bold</b> <!-- a comment -->', "Prose <script>alert(1)</script>",
        "[click](javascript:alert(1))", "a picture of cells", "<i> *star*", "7. seven", "8. eight", "indented <b>", "alert(1)",
        '=HYPERLINK("http://x") | a | b', "1 | 2", "A heading below", "## Not a heading of the text".removeprefix("## "),
    ):  # fmt: skip
        assert written in words, written
    addresses = sorted(run.address for run in runs_of(found) if isinstance(run, Link) and run.address)
    assert addresses == ["https://example.org/a", "https://example.org/b", "mailto:a@example.org"]


def test_lists_quotes_tables_and_breaks_keep_their_shape() -> None:
    page = made(HOSTILE).page("agreement")
    assert page is not None
    prose = prose_of(page.blocks)
    first, seven = (block for block in prose if isinstance(block, Listing))
    assert not first.ordered
    assert first.items[0].ordered
    assert [text(item.runs) for item in first.items[0].items] == ["first", "second"]
    assert [text(item.runs) for item in first.items[0].items[1].items] == ["with code"]
    assert [text(item.runs) for item in first.items[1].items] == ["quoted words"]
    assert not seven.ordered  # its numbers do not begin with 1, so they are words
    assert [type(block).__name__ for block in next(block for block in prose if isinstance(block, Quote)).blocks] == [
        "Paragraph", "Listing",
    ]  # fmt: skip
    table = next(block for block in prose if isinstance(block, Table))
    assert [column.key for column in table.columns] == ["hyperlink-http-x", "a-b"]
    assert "soft\nafter a break" in said(page)
    levels = [block.level for block in page.blocks if isinstance(block, Heading)]
    assert levels == [2]  # no other heading is one of the text


def test_lists_in_lists_without_end_are_shown_as_written() -> None:
    for before in (">" * 3000, "- " * 3000, "[" * 3000, "* " + " " * 900):
        words = f"{before} deep words"
        assert "deep words" in said(made(f"# A\n\n{words}\n\n```gov\nagreement A\n  version 1\n```\n").page("agreement"))


def test_addresses_kept_at_the_end_of_a_text_hold_for_all_of_it() -> None:
    words = "# A\n\nSee [the law][law].\n\n```gov\nagreement A\n  version 1\n```\n\n## Notes\n\n[law]: https://example.org/law\n"
    links = [run for run in runs_of(made(words)) if isinstance(run, Link) and run.address]
    assert [(link.text, link.address) for link in links] == [("the law", "https://example.org/law")]


def test_settings_of_a_site_above_the_text_are_no_prose() -> None:
    page = made("---\ntitle: Mills\nhide: toc\n---\nWords above.\n\n" + SMALL).page("agreement")
    assert page is not None
    assert isinstance(page.blocks[0], Source)
    assert page.blocks[0].text == "---\ntitle: Mills\nhide: toc\n---"
    assert isinstance(page.blocks[1], Paragraph)
    assert text(page.blocks[1].runs) == "Words above."


NAMES = """# Names

Words on `=CMD()` and more.

```gov
agreement `<img src=x onerror=alert(1)>`
  version 1

parties `=HYPERLINK("x")`, `<b>Bold</b>`, `a-b`, `a b`, `{long}`

decision `Run-It`
  requires nothing

decision `Run It`
  requires nothing

decision `{long} Winded`
  requires nothing
```
"""


def test_names_that_mean_harm_or_differ_by_little_are_names_like_others() -> None:
    found = made(NAMES.replace("{long}", "Very " * 120 + "Long"))
    assert dangling(found) == []
    assert len({page.slug for page in found.pages if page.slug.startswith("decision-")}) == 3
    assert all(len(page.slug.encode()) < 200 for page in found.pages)


def test_what_is_missing_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ["markdown_it", *(name for name in sys.modules if name.startswith("markdown_it."))]:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "markdown_it", None)
    with pytest.raises(MissingExtra) as missing:
        made(SMALL)
    assert str(missing.value) == (
        "a document with the prose of an agreement needs the extra `docs`: pip install 'govlang[docs]'"
    )
    assert made("agreement A\n  version 1\n\nparties A1, B1\n", "bare.gov").page("agreement") is not None


# ---------------------------------------------------------------- people, glossary, clauses, overview


def test_the_people_page_says_who_holds_what_on_the_day() -> None:
    page = alliance().page("people")
    lines = list(plain(page.blocks)) if page is not None else []
    assert "Helios | Helios Materials AG | Switzerland | 38% | Ana Ruiz | takes part" in lines
    assert "Director | Solveig Moen | Norwind | 1 October 2026 | 30 September 2029" in lines
    assert "Steering Committee | Lea Berg | chair | " in lines
    assert "Technical Board: two seats empty" in lines


def test_without_a_record_shares_are_given_with_their_days() -> None:
    lines = list(plain(of(ALLIANCE).page("people").blocks))  # type: ignore[union-attr]
    assert "Helios | Helios Materials AG | Switzerland | 40% in 2026; 38% from 1 January 2027 | Ana Ruiz" in lines


def test_a_party_that_the_record_admits_is_among_the_people(tmp_path: Path) -> None:
    record = tmp_path / "in.minutes"
    record.write_text("2026-02-02  Coastal Grid joins the agreement\n", encoding="utf-8")
    found = document(ALLIANCE, record)
    assert dangling(found) == []
    assert "Coastal Grid | " in said(found.page("people"))


def test_the_glossary_says_where_a_term_is_used_and_what_facts_there_are() -> None:
    words = said(of(ALLIANCE).page("glossary"))
    assert "Duty (clause 5.6 (Reports and open books))." in words
    assert "Used in clauses 2.3, 3.8, 3.9, 4.4, 5.5, 5.6." in words  # Trust Review
    assert "Used in clauses 2.3, 3.5, 3.7, 3.9, 4.1, 4.4, 4.5, 5.2, 5.4, 5.6." in words  # Chair: all but its own, 3.2
    assert "order | a proposal of Commit Spend | Pay Invoice | " in words
    assert "minutes-sent | minutes sent | an act that is recorded | the Secretary | clause 4.3" in words


def test_the_index_of_clauses_tells_rules_from_words() -> None:
    words = said(of(ALLIANCE).page("clauses"))
    assert "Of 41 clauses, 36 have rules; five stand in words alone, for people to read and apply." in words
    assert "4.4 Contributions | rules | Call Contribution, Pay Contribution" in words
    assert "8.1 Liability | words alone | " in words
    assert "10.1 Offices | examples | three examples" in words


def test_coverage_by_examples_is_shown_where_they_are_run() -> None:
    assert "What the examples reach" not in said(made(SMALL).page("clauses"))
    words = said(document(load_text(SMALL, "small.gov.md"), tested=True).page("clauses"))
    assert "The examples were run, and reach the one decision there is and every requirement." in words
    assert "Grind | approval of Miller | yes | clause 2 (Grain)" in words


def test_the_overview_says_where_the_agreement_stands() -> None:
    words = said(alliance().page("overview"))
    for line in (
        "Three companies develop, test and sell solid-state battery cells together.",
        "In force on 15 December 2027, version 2. There are two vacant offices or seats.",
        "Helios | Helios Materials AG | Switzerland", "First Amendment, in force from 1 July 2027: see Versions.",
        "41 clauses, 18 decisions, six duties,", "31 March 2028: Chair holds Quarterly Review,",
        "Steering Committee: Lea Berg (chair), Ana Ruiz, Kadri Tamm, Solveig Moen.",
        "The Steering Committee appoints the Chair, the Programme Manager,", "In the Steering Committee sit the Directors.",
        alliance().text_hash,
    ):  # fmt: skip
        assert line in words, line
    assert "In force on" not in said(of(ALLIANCE).page("overview"))


def test_a_picture_of_parties_that_are_not_named_yet_links_to_none() -> None:
    clerk = "role Clerk\n  one, appointed by party\n\nbody Board\n  members every Clerk\n"
    found = made(f"agreement A\n  version 1\n\n{clerk}", "a.gov")
    assert found.sound
    assert dangling(found) == []
    assert "The parties appoint the Clerk. In the Board sits the Clerk." in said(found.page("overview"))


# ---------------------------------------------------------------- versions


def test_an_amended_text_is_marked_and_its_changes_are_said() -> None:
    page = of(ALLIANCE).page("versions")
    assert page is not None
    lines = list(plain(page.blocks))
    assert "1 | 1 January 2026 | 30 June 2027 | the text as first agreed | " in lines
    changed = next(line for line in lines if line.startswith("Send Recovery Plan | Within ten working days"))
    assert "| Within five working days" in changed
    words = said(of(ALLIANCE).page("agreement"))
    assert "In force until 30 June 2027. First Amendment replaces it from the day after." in words
    assert "This is version 1, the text as first agreed. One amendment changes it from a day on: see Versions." in words
    assert "This is version 2, as amended by First Amendment." in said(alliance().page("agreement"))
    assert "adopted, and in force" in said(alliance().page("versions"))


def test_what_an_amendment_adds_is_linked_before_it_is_in_force() -> None:
    found = of(AMENDED[0])
    assert ("glossary", "party-eastyard") in targets(found.page("versions"))  # type: ignore[arg-type]
    assert "First Amendment adds it from 1 January 2027." in said(found.page("glossary"))
    later = document(AMENDED[0], on="2027-06-01")
    assert ("people", "party-eastyard") in targets(later.page("versions"))  # type: ignore[arg-type]
    assert dangling(later) == []


def test_what_an_amendment_takes_away_is_marked_as_such() -> None:
    amended = """## 2 Grain

```gov
decision Change
  requires approval of every party

amendment Night Rule
  to version 1
  makes version 2
  adopted by Change as C-1
  effective 2027-01-01
  removes decision Grind
  adds role Guard
    one
```
"""
    words = SMALL.replace("## 2 Grain\n", amended)
    found = made(words)
    assert dangling(found) == []
    assert "In force until 31 December 2026. Night Rule removes it from the day after." in said(found.page("agreement"))
    assert "Night Rule removes it from 1 January 2027." in said(found.page("glossary"))
    assert "There is one Guard." in said(found.page("versions"))
    assert "There is one Guard." in said(found.page("agreement"))


def test_what_changes_without_being_rewritten_is_said_too() -> None:
    """An amendment takes the quorum from a body: the decisions of that body are written as before, and need no quorum now."""
    page = of(ROOT / "tests" / "constructs" / "amendments.gov").page("versions")
    assert page is not None
    rows = [row for table in page.blocks if isinstance(table, Table) for row in table.rows if row.group]
    assert {(row.group, text(row.cells[0].runs)) for row in rows} == {
        ("Written as before, and changed by another clause", "Adopt Plan"),
    }  # fmt: skip
    assert any("At least half of all members of the Board are present" in text(cell.runs) for row in rows for cell in row.cells)


def test_an_agreement_that_is_never_amended_has_no_page_of_versions() -> None:
    assert of(ROOT / "agreements" / "mutual-nda.gov.md").page("versions") is None


# ---------------------------------------------------------------- texts with errors


@pytest.mark.parametrize("path", MISTAKES, ids=names(MISTAKES))
def test_a_text_with_a_mistake_gives_its_sound_pages_and_says_what_is_wrong(path: Path) -> None:
    found = document(path)
    assert dangling(found) == []
    diagnostics = load(path).diagnostics
    assert diagnostics
    words = said(found.page("errors"))
    for each in diagnostics:
        assert each.code in words
        assert each.message[1:] in words
    assert found.page("overview") is not None


def test_the_page_of_errors_names_place_line_reason_and_remedy() -> None:
    found = made(SMALL.replace("requires approval of Miller", "requires approval of Miler"))
    assert not found.sound
    page = found.page("errors")
    words = said(page)
    assert "GL101 unknown name" in words
    assert "small.gov.md, line 33: 'Miler' is not defined anywhere in this agreement" in words
    assert "(clause 2 (Grain))" in words
    assert "  requires approval of Miler" in words
    assert "What to do: Did you mean 'Miller'?" in words
    row = "GL101 | error | small.gov.md, line 33 | 'Miler' is not defined anywhere in this agreement. | Did you mean 'Miller'?"
    assert row in words
    assert "The text has one error, and these pages show only what is sound. See Errors." in said(found.page("overview"))
    beside = said(found.page("agreement"))
    assert "GL101 unknown name" in beside
    assert "decision Grind" in beside


def test_a_file_that_cannot_be_read_gives_a_page_that_says_so(tmp_path: Path) -> None:
    found = document(tmp_path / "nothing.gov.md")
    assert "there is no file" in said(found.page("errors")).casefold()
    assert dangling(found) == []


LACKING = ["objective Yield\n  target at least 5 by 2027-12-31", "communication Daily\n  answer within 2 days", "duty Rest",
           "communication Daily\n  share news with every party within 2 days", "review Stocktaking\n  each quarter"]  # fmt: skip


@pytest.mark.parametrize("clause", LACKING)
def test_a_clause_that_lacks_a_line_is_shown_as_far_as_it_goes(clause: str) -> None:
    found = made(f"agreement A\n  effective 2026-01-01\n\nparties A1, B1\n\n{clause}\n", "a.gov")
    assert dangling(found) == []
    assert clause in said(found.page("agreement"))
    assert found.page("errors") is not None


def test_a_text_of_nothing_gives_a_document() -> None:
    for words in ("", "\n", "# Only a heading\n", "Only words.\n", "```gov\n```\n", "```gov\n", "# A\n```gov\n# comment\n"):
        assert dangling(made(words)) == []


@pytest.mark.parametrize("seed", range(40))
def test_texts_that_mean_little_or_were_spoilt_give_a_document(seed: int) -> None:
    random = Random(seed)
    speaker = Speaker(seed)
    clauses = "\n".join(speaker.say("clause") for _ in range(6))
    for words in (f"{WORLD}\n{clauses}", spoil(f"# W\n\n```gov\n{WORLD}\n{clauses}```\n", random), spoil(SMALL, random)):
        for name in ("world.gov", "world.gov.md"):
            found = made(words, name)
            assert dangling(found) == []
