"""`use`: clauses of other files, cited where they stand, pinned by their hash, and never from outside the folder."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from govlang.cli import govlang as command
from govlang.core.rules import leaves
from govlang.diagnostics import Diagnostic
from govlang.pipeline import Loaded, load, load_text
from govlang.report import as_json, github, messages, sarif
from govlang.report.text import Style
from govlang.syntax import nodes as n
from govlang.tools import stories
from govlang.tools.check import check, check_all
from govlang.tools.decide import decide

MAIN = """agreement Aurora Alliance
  effective 2026-01-01
  currency EUR

use "terms/counsel.gov.md"

party Helios

decision Meet
  proposed by any party
  requires approval of Legal Counsel
"""
COUNSEL = """# Standard terms

## 1 Counsel

The counsel speaks for the house.

```gov
agreement Standard Terms
  version 4

role Legal Counsel
  one, held by Ana Ruiz

role Archivist
  one
```

## 2 Disclosure

```gov
decision Disclose
  proposed by any party
  requires approval of Legal Counsel [1]

scenario Only here
  2026-02-01 expect Ana Ruiz in Legal Counsel
```
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "terms").mkdir()
    put("terms/counsel.gov.md", COUNSEL)
    return tmp_path


def put(path: str, text: str) -> None:
    Path(path).write_text(text, encoding="utf-8", newline="\n")


def main(old: str = "", new: str = "", pinned: bool = True) -> Loaded:
    assert old in MAIN
    put("main.gov", MAIN.replace(old, new))
    if pinned:
        lock()
    return load("main.gov")


def lock(*arguments: str) -> str:
    done = CliRunner().invoke(command, ["lock", "main.gov", *arguments])
    return done.output


def of(loaded: Loaded, code: str) -> Diagnostic:
    [found] = [found.located() for found in loaded.diagnostics if found.code == code]
    return found


# ------------------------------------------------------------ what joins


def test_the_clauses_of_a_used_file_join() -> None:
    loaded = main()
    assert loaded.diagnostics == ()
    agreement = loaded.agreement
    assert agreement.name == "Aurora Alliance"
    assert agreement.header.version == ""
    assert list(agreement.decisions) == ["Disclose", "Meet"]
    assert list(agreement.roles) == ["Legal Counsel", "Archivist"]
    assert agreement.scenarios == ()


def test_only_what_is_named_joins() -> None:
    put("terms/houses.gov", "parties Norwind, Cetra and Volt\n\nperson Eve Ash of Volt\n")
    some = 'use "terms/counsel.gov.md" for Legal Counsel\nuse "terms/houses.gov" for Cetra, Volt\nuse "terms/houses.gov" for Volt'
    loaded = main('use "terms/counsel.gov.md"', some)
    assert loaded.diagnostics == ()
    assert list(loaded.agreement.roles) == ["Legal Counsel"]
    assert list(loaded.agreement.decisions) == ["Meet"]
    assert [party.name for party in loaded.agreement.parties()] == ["Cetra", "Volt", "Helios"]
    assert "Eve Ash" not in loaded.agreement.members


def test_a_file_that_two_ways_lead_to_joins_once() -> None:
    put("terms/a.gov", 'use "common.gov"\n\nrole Alpha\n  one\n')
    put("terms/b.gov", 'use "common.gov"\n\nrole Beta\n  one\n')
    put("terms/common.gov", "role Common\n  one\n")
    loaded = main('use "terms/counsel.gov.md"', 'use "terms/a.gov"\nuse "terms/b.gov"\nuse "terms/counsel.gov.md"')
    assert loaded.diagnostics == ()
    assert list(loaded.agreement.roles) == ["Common", "Alpha", "Beta", "Legal Counsel", "Archivist"]
    assert [item.path for item in loaded.used] == ["terms/a.gov", "terms/b.gov", "terms/common.gov", "terms/counsel.gov.md"]


def test_a_term_defined_in_both_is_an_error_and_no_clause_wins_silently() -> None:
    loaded = main("party Helios", "party Helios\n\nrole Archivist\n  any number")
    found = of(loaded, "GL102")
    assert found.place()[:2] == ("main.gov", 9)
    assert found.message == "'Archivist' is already defined on line 14 of terms/counsel.gov.md"


def test_a_name_that_the_file_does_not_define_is_said() -> None:
    found = of(main('counsel.gov.md"', 'counsel.gov.md" for Legal Counsel, Archivst'), "GL101")
    assert found.message == "'Archivst' is not defined in 'terms/counsel.gov.md'"
    assert found.hint == "did you mean 'Archivist'?"
    assert found.place() == ("main.gov", 5, 47)


def test_an_amendment_belongs_into_the_agreement_itself() -> None:
    put("terms/counsel.gov.md", COUNSEL + "\n```gov\namendment First\n  to version 1\n```\n")
    assert of(main(), "GL125").place()[:2] == ("terms/counsel.gov.md", 30)


# ------------------------------------------------------------ places


def test_an_answer_cites_the_file_where_a_clause_stands() -> None:
    loaded = main()
    deeds = load_text("scenario X\n  2026-02-01 Helios proposes Disclose as D-1\n").agreement.scenarios[0].lines
    history = loaded.history(deed for deed in deeds if isinstance(deed, n.Deed))
    answer = decide(loaded, history, "D-1", history.proposals["D-1"].at)
    assert [(each.document, each.number, each.line) for each in answer.citations] == [
        ("terms/counsel.gov.md", "2", 21), ("terms/counsel.gov.md", "1", 23),
    ]  # fmt: skip
    assert answer.citations[0].label() == "clause 2 (Disclosure) of terms/counsel.gov.md"
    shown = json.loads(as_json.answer(answer, ()))
    assert shown["citations"][1]["prose"] == "The counsel speaks for the house."


def test_a_heading_is_looked_for_in_the_own_file_first() -> None:
    put("terms/counsel.gov.md", COUNSEL)
    put("main.gov.md", f"# 1 Ours\n\n```gov\n{MAIN}```\n")
    loaded = load("main.gov.md")
    cited = {(leaf.citation.document, leaf.citation.title) for leaf in leaves(loaded.rules.rule("Disclose").tree)}
    assert ("terms/counsel.gov.md", "Counsel") in cited
    assert "main.gov.md" not in {document for document, _ in cited}
    assert loaded.agreement.decisions["Meet"].citation.title == "Ours"


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("  one, held by Ana Ruiz", "  two, held by Ana Ruiz", "GL001", 12, 3),
        ("  one, held by Ana Ruiz", "    one", "GL002", 12, 1),
        ("Legal Counsel [1]", "Legal Counsl", "GL101", 23, 24),
        ("Legal Counsel [1]", "Legal Counsel [7]", "GL107", 23, 12),
        ("approval of Legal Counsel [1]", "consent of Legal Counsel", "GL001", 23, 12),
    ],
)  # fmt: skip
def test_a_mistake_in_a_used_file_is_placed_there(old: str, new: str, code: str, line: int, column: int) -> None:
    put("terms/counsel.gov.md", COUNSEL.replace(old, new))
    loaded = main()
    found = of(loaded, code)
    assert found.place()[:2] == ("terms/counsel.gov.md", line)
    every = check(loaded).diagnostics
    assert f"::error file=terms/counsel.gov.md,line={line}" in github.show(every)
    places = [result["locations"][0]["physicalLocation"] for result in json.loads(sarif.show(every))["runs"][0]["results"]]
    assert any(place["artifactLocation"]["uri"] == "terms/counsel.gov.md" and place["region"]["startLine"] == line
               for place in places)  # fmt: skip
    own = as_json.diagnostic(found)
    assert (own.path, own.line, own.end_line >= line) == ("terms/counsel.gov.md", line, True)
    shown = messages.show(found, Style(False))
    text = Path("terms/counsel.gov.md").read_text(encoding="utf-8").splitlines()[line - 1]
    assert f"{line:>6} | {text}" in shown


def test_what_the_checks_find_is_placed_in_the_used_file() -> None:
    tiers = "  given amount: money\n  when amount at most 5 EUR\n    requires approval"
    put("terms/counsel.gov.md", COUNSEL.replace("  requires approval", tiers))
    [gap] = [item for item in check(main()).diagnostics if item.code == "GL303"]
    assert gap.place() == ("terms/counsel.gov.md", 24, 3)
    assert gap.source is not None
    assert gap.source.name == "terms/counsel.gov.md"
    untested = [item.place() for item in check(main()).diagnostics if item.code == "GL502"]
    assert ("terms/counsel.gov.md", 21, 1) in untested


def test_a_clause_with_a_mistake_is_blamed_for_nothing_else() -> None:
    lines = "  proposed by any party\n  requires approval of Legal Counsel [1]"
    for requirement, codes in (("approval of Archivist", {"GL313"}), ("approval of Archivst", {"GL101"})):
        put("terms/one.gov.md", COUNSEL.replace(lines, f"  requires {requirement}"))
        found = check(main("terms/counsel.gov.md", "terms/one.gov.md"))
        assert {item.code for item in found.diagnostics} - {"GL502", "GL104"} == codes


def test_a_file_without_headings_is_cited_by_its_line() -> None:
    put("terms/plain.gov", "role Legal Counsel\n  one\n\ndecision Sign\n  proposed by any party\n  requires nothing\n")
    put("main.gov.md", f"# 1 Ours\n\n```gov\n{MAIN.replace('counsel.gov.md', 'plain.gov')}```\n")
    loaded = load("main.gov.md")
    assert loaded.agreement.decisions["Meet"].citation.label() == "clause 1 (Ours)"
    assert loaded.agreement.decisions["Sign"].citation.label() == "terms/plain.gov line 4"


def test_the_hash_of_an_answer_covers_every_text() -> None:
    before = main().text_hash
    put("terms/counsel.gov.md", COUNSEL.replace("the house", "the houses"))
    assert load("main.gov").text_hash != before


# ------------------------------------------------------------ the lock


def test_the_lock_says_the_hash_of_each_file() -> None:
    main()
    pinned = json.loads(Path("main.lock.json").read_text(encoding="utf-8"))
    assert pinned == {"uses": {"terms/counsel.gov.md": hashlib.sha256(COUNSEL.encode()).hexdigest()}}
    before = Path("main.lock.json").read_bytes()
    lock()
    assert Path("main.lock.json").read_bytes() == before
    assert "is up to date" in lock("--check")


def test_a_file_that_is_not_pinned_is_a_warning() -> None:
    loaded = main(pinned=False)
    found = of(loaded, "GL126")
    assert found.place() == ("main.gov", 5, 5)
    assert loaded.sound
    assert "terms/counsel.gov.md is not pinned" in lock("--check")
    assert not Path("main.lock.json").exists()


def test_a_file_that_has_changed_is_an_error_that_shows_both_hashes() -> None:
    main()
    put("terms/counsel.gov.md", COUNSEL + "\n")
    loaded = load("main.gov")
    found = of(loaded, "GL127")
    assert not loaded.sound
    assert found.hint == "read what has changed in it; if it is meant, run: govlang lock main.gov"
    assert found.notes == (
        f"pinned in main.lock.json: sha256 {hashlib.sha256(COUNSEL.encode()).hexdigest()}",
        f"found on disk: sha256 {hashlib.sha256((COUNSEL + chr(10)).encode()).hexdigest()}",
    )
    assert "is not the text that was pinned" in lock("--check")


@pytest.mark.parametrize("text", ["{", "[]", '{"uses": []}', '{"uses": {"a": 1}}', "\udcff", "[" * 100_000])
def test_a_lock_that_cannot_be_read_is_an_error(text: str) -> None:
    main()
    Path("main.lock.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert "'main.lock.json' cannot be used" in of(load("main.gov"), "GL127").message


def test_writing_a_lock_keeps_what_else_it_holds() -> None:
    main()
    put("main.lock.json", '{"other": {"a": 1}, "uses": {"gone.gov": "0"}}')
    assert "gone.gov is pinned and no longer used" in lock("--check")
    lock()
    assert list(json.loads(Path("main.lock.json").read_text(encoding="utf-8"))) == ["other", "uses"]
    assert load("main.gov").diagnostics == ()


def test_nothing_is_pinned_when_a_file_cannot_be_used() -> None:
    output = main_output('"terms/counsel.gov.md"', '"terms/missing.gov"')
    assert "there is no file 'terms/missing.gov'" in output
    assert "nothing was pinned" in output
    assert not Path("main.lock.json").exists()
    assert "uses no other file" in main_output('use "terms/counsel.gov.md"\n', "")


def main_output(old: str, new: str) -> str:
    put("main.gov", MAIN.replace(old, new))
    return lock()


# ------------------------------------------------------------ paths


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("../counsel.gov", "leads out of the agreement's folder"), ("terms/../../x.gov", "leads out of the agreement's folder"),
        ("..", "leads out of"), ("/etc/passwd.gov", "is not a path from this file's folder"), ("~/x.gov", "is not a path from"),
        ("terms\\counsel.gov", "is written with backslashes"), ("C:/terms/x.gov", "is an address"),
        ("https://example.org/x.gov", "is an address"), ("//host/x.gov", "is an address"), ("file:x.gov", "is an address"),
        ("", "is no path"), ("   ", "is no path"), ("terms/counsel.txt", "is not an agreement's file"),
        (".", "is not an agreement's file"),
        ("terms/missing.gov", "there is no file"), ("terms/folder.gov", "is a folder"), ("terms/latin.gov", "is not UTF-8"),
        ("out.gov", "by a link"), ("inside/counsel.gov.md", "by a link"), ("round.gov", "by a link"), ("a\u0000.gov", ""),
    ],
)  # fmt: skip
def test_a_path_that_may_not_be_used(path: str, said: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "counsel.gov.md").write_text(COUNSEL, encoding="utf-8")
    Path("terms/folder.gov").mkdir()
    Path("terms/latin.gov").write_bytes(b"role Gr\xfcn\n")
    Path("out.gov").symlink_to(outside / "counsel.gov.md")
    Path("inside").symlink_to(outside, target_is_directory=True)
    Path("round.gov").symlink_to("round.gov")
    put("main.gov", MAIN.replace("terms/counsel.gov.md", path))
    loaded = load("main.gov")
    if said:
        found = of(loaded, "GL128")
        assert said in found.message
        assert found.place() == ("main.gov", 5, 5)
        assert found.hint
    assert not loaded.sound
    assert loaded.used == ()
    assert {each.code for each in loaded.diagnostics} <= {"GL128", "GL006"}  # no blame for what the file would have defined


def test_a_nested_path_may_climb_inside_the_folder_and_not_out_of_it() -> None:
    put("base.gov", "role Base\n  one\n")
    put("terms/counsel.gov.md", COUNSEL.replace("role Archivist", 'use "../base.gov"\n\nrole Archivist'))
    assert "Base" in main().agreement.roles
    put("terms/counsel.gov.md", COUNSEL.replace("role Archivist", 'use "../../base.gov"\n\nrole Archivist'))
    assert of(load("main.gov"), "GL128").place()[:2] == ("terms/counsel.gov.md", 14)


@pytest.mark.parametrize(("inner", "way"), [
    ("../main.gov", "'main.gov' uses 'terms/counsel.gov.md' uses 'main.gov'"),
    ("counsel.gov.md", "'terms/counsel.gov.md' uses 'terms/counsel.gov.md'"),
])  # fmt: skip
def test_files_in_a_circle(inner: str, way: str) -> None:
    put("terms/counsel.gov.md", COUNSEL.replace("role Archivist", f'use "{inner}"\n\nrole Archivist'))
    put("main.gov", MAIN)
    assert of(load("main.gov"), "GL129").message == f"files use each other in a circle: {way}"


def test_files_too_deep() -> None:
    for number in range(12):
        put(f"terms/{number}.gov", f'use "{number + 1}.gov"\n\nrole Level {number}\n  one\n')
    found = of(main("counsel.gov.md", "0.gov", pinned=False), "GL129")
    assert found.message == "files use files more than 8 deep"
    assert found.place()[0] == "terms/7.gov"


def test_a_text_in_no_folder_reads_nothing() -> None:
    loaded = load_text(MAIN, "main.gov")
    assert of(loaded, "GL128").message == "'terms/counsel.gov.md' cannot be used by a text that stands in no folder"


# ------------------------------------------------------------ folders


def test_of_a_folder_a_shared_file_is_checked_where_it_is_used() -> None:
    main()
    put("terms/counsel.gov.md", COUNSEL.replace("agreement Standard Terms\n  version 4\n\n", ""))
    lock()
    assert [each.loaded.source.name for each in check_all(["."])] == ["main.gov"]
    assert [each.path for each in stories.test(["."])] == ["main.gov"]
    [alone] = check_all(["terms/counsel.gov.md"])
    assert "GL008" in {found.code for found in alone.diagnostics}
