"""The page on intellectual property: each cell of the matrix is the answer of `govlang may`; assets, licences, their anchors."""

from __future__ import annotations

from pathlib import Path

import pytest

from govlang.backends.answers import Answer
from govlang.core.verdict import Verdict
from govlang.pipeline import Loaded, load, load_text
from govlang.record import minutes
from govlang.source import Source
from govlang.syntax.nodes import Name
from govlang.syntax.parse import parse_entries
from govlang.tools import books, may
from govlang.tools.books import Book, Entry
from govlang.tools.document import ip, ip_matrix, ip_uses
from govlang.tools.document.blocks import Cell, Heading, Note, Page, Table, text
from govlang.tools.document.ip_matrix import Matrix, Standing, Thing
from govlang.tools.document.ip_uses import Use
from govlang.tools.document.subject import Recorded, Subject

ROOT = Path(__file__).parents[1]
CONSTRUCTS = Path(__file__).parent / "constructs"
AGREEMENTS = [
    ROOT / "agreements" / "alliance.gov.md", ROOT / "agreements" / "research-consortium.gov.md",
    ROOT / "agreements" / "brand-partnership.gov.md", ROOT / "agreements" / "mutual-nda.gov.md", CONSTRUCTS / "licences.gov",
    CONSTRUCTS / "assets.gov", CONSTRUCTS / "brand-and-secrets.gov", CONSTRUCTS / "trap-co-owners-and-scopes.gov",
    CONSTRUCTS / "amended-licences.gov",
]  # fmt: skip


def recorded(loaded: Loaded, path: Path, on: str = "") -> Recorded:
    return Recorded(loaded, books.read_books([path], loaded.agreement), on, (path.name,))


def page(subject: Subject) -> Page:
    return next(iter(ip.pages(subject)))


def table(found: Page, key: str) -> Table:
    return next(block for block in found.blocks if isinstance(block, Table) and block.key == key)


def words(cell: Cell) -> str:
    return text(cell.runs)


def questions(use: Use) -> list[Use]:
    """The single questions that a line of the matrix stands for: the first and the last of each limit."""
    ends = [(names[0], names[-1]) for names in (use.purposes, use.fields, use.territories)]
    found = [Use(use.act, (a,), (b,), (c,), use.whole, use.manner) for a, b, c in zip(*ends, strict=True)]
    return list(dict.fromkeys(found))


def asked(loaded: Loaded, book: Book, matrix: Matrix, user: str, asset: str, use: Use) -> Standing:
    """What `govlang may` answers to the question in words."""
    question = minutes.deed_words(ip_matrix.question(user, asset, use, matrix.on))
    answer = may.ask(loaded, book, question, str(matrix.on)).answer
    found = _standing(loaded, book, matrix, answer, asset)
    assert answer.verdict in VERDICTS[found.kind, bool(found.conditions)], question
    return found


# What a verdict may stand as: a joint owner who needs the consent of the others is denied until somebody asks for it.
VERDICTS = {
    ("owned", False): (Verdict.PERMITTED,), ("licensed", False): (Verdict.PERMITTED,), ("allowed", False): (Verdict.PERMITTED,),
    ("joint", False): (Verdict.PERMITTED,), ("joint", True): (Verdict.PENDING, Verdict.DENIED),
    ("request", True): (Verdict.PENDING,), ("pending", True): (Verdict.PENDING,), ("none", False): (Verdict.DENIED,),
    ("silent", False): (Verdict.SILENT,),
}  # fmt: skip


def _standing(loaded: Loaded, book: Book, matrix: Matrix, answer: Answer, asset: str) -> Standing:
    history = books.history(books.until(book, loaded.agreement, matrix.on.end), loaded.agreement)
    return ip_matrix.standing_of(answer, history.on(matrix.on.end), asset, matrix.on.end)


def with_assets(loaded: Loaded, book: Book, matrix: Matrix, kind: str) -> Book:
    """A record in which each party makes (or lists) one asset of a class, and all make one together."""
    day = f"{matrix.on.day}"
    lines = [f"{day}  {minutes.name(Name(party))} {_making(kind, f'{kind} of {party}')}" for party in matrix.parties]
    if len(matrix.parties) > 1:
        first, last = matrix.parties[:-1], matrix.parties[-1]
        everybody = f"{', '.join(minutes.name(Name(party)) for party in first)} and {minutes.name(Name(last))}"
        lines.append(f"{day}  {everybody} {_making(kind, f'{kind} of all parties together')}")
    deeds, problems = parse_entries(Source("made.minutes", "\n".join(lines) + "\n"))
    assert not problems
    return Book((*book.entries, *(Entry(deed, None) for deed in deeds)), book.diagnostics)


def _making(kind: str, name: str) -> str:
    return f"makes `{name}`" if kind == "results" else f"lists `{name}` as {kind}"


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.name.partition(".")[0])
def test_a_cell_of_an_asset_is_the_answer_of_may(path: Path) -> None:
    loaded = load(path)
    matrix = ip_matrix.matrix(Subject(loaded))
    assert matrix is not None
    count = 0
    for thing in matrix.things:
        for line in thing.lines if thing.name else ():
            for place, party in enumerate(matrix.parties):
                for use in questions(line.use):
                    assert asked(loaded, Book(), matrix, party, thing.name, use) == line.standings[place], (thing.title, use)
                    count += 1
    assert count >= 2 * len(matrix.parties)


@pytest.mark.parametrize("path", [AGREEMENTS[0], AGREEMENTS[1], AGREEMENTS[5]], ids=["alliance", "consortium", "assets"])
def test_a_cell_of_a_class_is_the_answer_of_may_about_whosever_asset_it_is(path: Path) -> None:
    """Few of these cells are asked for while the page is made; here every other owner is."""
    loaded = load(path)
    matrix = ip_matrix.matrix(Subject(loaded))
    assert matrix is not None
    classes = [thing for thing in matrix.things if not thing.name]
    assert classes
    for number, thing in enumerate(classes):
        kind = thing.title.split(" ")[0].lower()
        book = with_assets(loaded, Book(), matrix, kind)
        for line in thing.lines:
            use = questions(line.use)[0]
            for place, user in enumerate(matrix.parties):
                for owner in _owners(thing, user, matrix.parties, number + place):
                    name = f"{kind} of {owner}"
                    assert asked(loaded, book, matrix, user, name, use) == line.standings[place], (thing.title, use, user, owner)


def _owners(thing: Thing, user: str, parties: tuple[str, ...], turn: int) -> list[str]:
    """Whose assets a line is about, for one user; of nine others, two."""
    if thing.title.endswith("of the party itself"):
        return [user]
    if thing.title.endswith("together"):
        return ["all parties together"]
    others = [party for party in parties if party != user]
    return list(dict.fromkeys([others[turn % len(others)], others[(turn * 3 + 1) % len(others)]]))


def test_with_a_record_the_cells_are_those_of_its_day() -> None:
    loaded = load(AGREEMENTS[0])
    record = recorded(loaded, ROOT / "agreements" / "alliance-departures.minutes")
    subject = Subject(loaded, record)
    matrix = ip_matrix.matrix(subject)
    assert matrix is not None
    recipe = next(thing for thing in matrix.things if thing.name == "Coating Recipe")  # made on record by two parties
    assert recipe.title == "Coating Recipe (results of Helios and Norwind)"
    kinds = {party: recipe.lines[0].standings[place].kind for place, party in enumerate(matrix.parties)}
    assert kinds == {"Helios": "joint", "Norwind": "joint", "Tallinn Cells": "licensed"}
    for line in recipe.lines:
        for place, party in enumerate(matrix.parties):
            use = questions(line.use)[0]
            assert asked(loaded, record.book, matrix, party, recipe.name, use) == line.standings[place]


def test_a_default_on_record_shows_in_the_matrix(tmp_path: Path) -> None:
    book = tmp_path / "book.minutes"
    book.write_text("2026-06-01  Norwind is in default\n", encoding="utf-8")
    loaded = load(AGREEMENTS[0])
    matrix = ip_matrix.matrix(Subject(loaded, recorded(loaded, book, "2026-06-02")))
    assert matrix is not None
    research = matrix.things[0].lines[0]
    assert research.use.label() == "use for research"
    assert [standing.kind for standing in research.standings] == ["owned", "none", "licensed"]
    before = ip_matrix.matrix(Subject(loaded, recorded(loaded, book, "2026-05-31")))
    assert before is not None
    assert [standing.kind for standing in before.things[0].lines[0].standings] == ["owned", "licensed", "licensed"]


def test_the_page_of_the_alliance() -> None:
    subject = Subject(load(AGREEMENTS[0]))
    found = page(subject)
    assert (found.slug, found.group) == ("ip", "Rules")
    rows = {(row.group, words(row.cells[0])): [words(cell) for cell in row.cells[1:]] for row in table(found, "ip-matrix").rows}
    model = "Cell Model (background of Helios)"
    assert rows[model, "use for research"] == ["owned (6.1)", *["licensed: Model For Research (6.1)"] * 2]
    assert rows[model, "use for products"] == ["owned (6.1)", *["on request: Model For Products (6.1)"] * 2]
    assert rows[model, "use for any other purpose"] == ["owned (6.1)", "no (6.1)", "no (6.1)"]
    assert rows["Results of another party", "use for alliance purpose"] == ["licensed: Alliance Use (6.1)"] * 3
    assert rows["Results of all parties together", "grant licences to others, non-exclusively"] == ["joint owner* (6.1)"] * 3
    conditions = table(found, "ip-conditions").rows
    joint = [words(row.cells[4]) for row in conditions if words(row.cells[0]) == "joint ownership"]
    assert any("45 days" in said for said in joint)
    assert "consent of the other owners" in joint
    asset = table(found, "assets").rows[0]
    said = [words(cell) for cell in asset.cells[1:]]
    assert said == ["background", "Helios", "", "from the beginning", "yes", "clause 6.1 (Ownership)"]
    licences = {row.cells[0].runs[0].text: [words(cell) for cell in row.cells] for row in table(found, "licences").rows}
    assert licences["Model For Products"][7] == "no end is set"
    assert licences["Alliance Use"][7] == "31 December 2030"


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.name.partition(".")[0])
def test_links_to_assets_licences_and_secrecy_lead_somewhere(path: Path) -> None:
    subject = Subject(load(path))
    found = page(subject)
    anchors = [block.anchor for block in found.blocks if isinstance(block, Heading)]
    anchors += [row.anchor for block in found.blocks if isinstance(block, Table) for row in block.rows if row.anchor]
    assert len(anchors) == len(set(anchors))
    wanted = {anchor for where, anchor in subject.links.terms.values() if where == "ip"}
    assert wanted <= set(anchors)


def test_a_new_asset_stands_in_its_table_with_its_makers(tmp_path: Path) -> None:
    book = tmp_path / "book.minutes"
    book.write_text("2026-05-04  Jonas Frei and Mia Keller make Electrolyte Recipe\n", encoding="utf-8")
    loaded = load(CONSTRUCTS / "assets.gov")
    found = page(Subject(loaded, recorded(loaded, book)))
    rows = {words(row.cells[0]): [words(cell) for cell in row.cells[1:]] for row in table(found, "assets").rows}
    assert rows["Electrolyte Recipe"][:3] == ["results", "Helios and Norwind together", "Jonas Frei, Mia Keller"]
    assert rows["Electrolyte Recipe"][3:] == ["4 May 2026", "no", "on record"]
    assert rows["Coating Patent"][1] == "Helios 60% and Norwind 40%"


WHOSE = """agreement Whose It Is
  effective 2026-01-01

parties Helios, Norwind and Cetra

ownership
  results belong to the party of their makers

licence Shared
  from every party
  to every party
  of results
  for research
  non-exclusive
  free of charge
  until the end
  requires grantor is Helios
"""


def test_where_it_matters_whose_they_are_each_owner_stands_by_itself() -> None:
    matrix = ip_matrix.matrix(Subject(load_text(WHOSE)))
    assert matrix is not None
    kinds = {thing.title: [standing.kind for standing in thing.lines[0].standings] for thing in matrix.things}
    assert kinds["Results of Helios"] == ["owned", "licensed", "licensed"]
    assert kinds["Results of Norwind"] == ["none", "owned", "none"]
    assert "Results of another party" not in kinds
    alike = ip_matrix.matrix(Subject(load_text(WHOSE.replace("  requires grantor is Helios\n", ""))))
    assert alike is not None
    assert [thing.title for thing in alike.things] == [
        "Results of the party itself", "Results of another party", "Results of all parties together",
    ]  # fmt: skip


# ---------------------------------------------------------------- no work where there is nothing


@pytest.mark.parametrize("name", ["wafer-joint-venture", "eu-council", "conda-steering"])
def test_an_agreement_without_such_clauses_has_no_page_and_asks_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("nothing is to be asked")

    monkeypatch.setattr(may, "answer", refuse)
    subject = Subject(load(ROOT / "agreements" / f"{name}.gov.md"))
    assert list(ip.pages(subject)) == []


def test_parties_that_are_all_alike_are_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0
    answer = may.answer

    def counted(*arguments: object) -> object:
        nonlocal count
        count += 1
        return answer(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(may, "answer", counted)
    matrix = ip_matrix.matrix(Subject(load(AGREEMENTS[1])))
    assert matrix is not None
    cells = sum(len(line.standings) for thing in matrix.things for line in thing.lines)
    assert count * 2 < cells


# ---------------------------------------------------------------- bad input


HOSTILE = """agreement Nasty
  effective 2026-01-01

parties `<script>alert(1)</script>`, `=HYPERLINK("x")` and Cetra

asset `![x](javascript:alert(1))`
  "<b>bold</b> {{ macro }}"
  background of `<script>alert(1)</script>`
  confidential

licence `*Star* _Licence_`
  from `<script>alert(1)</script>`
  to every party
  of `![x](javascript:alert(1))`
  for research
  non-exclusive
  free of charge
  until the end
"""


def test_hostile_names_are_plain_words() -> None:
    loaded = load_text(HOSTILE.replace('("x")', "(1)"))
    assert loaded.sound, loaded.diagnostics
    found = page(Subject(loaded))
    titles = [column.title for column in table(found, "ip-matrix").columns]
    assert titles == ["Use", "<script>alert(1)</script>", "=HYPERLINK(1)", "Cetra"]
    assert table(found, "ip-matrix").rows[0].group == "![x](javascript:alert(1)) (background of <script>alert(1)</script>)"
    assert words(table(found, "ip-matrix").rows[0].cells[2]).startswith("licensed: *Star* _Licence_")


def test_a_licence_with_hundreds_of_combinations_is_cut_and_says_so() -> None:
    text_of = HOSTILE.replace('("x")', "(1)").replace("  for research\n", "".join((
        f"  for {', '.join(f'purpose-{chr(97 + number)}' for number in range(20))}\n",
        f"  in field {', '.join(f'Field {number}' for number in range(20))}\n",
    )))  # fmt: skip
    loaded = load_text(text_of)
    assert loaded.sound, loaded.diagnostics
    found = table(page(Subject(loaded)), "ip-matrix")
    assert len(found.rows) <= ip_uses.MOST + 1
    assert "more combinations" in text(found.note)
    assert not table(page(Subject(load(AGREEMENTS[0]))), "ip-matrix").note


def test_half_a_text_has_its_clauses_and_no_answers() -> None:
    loaded = load_text(HOSTILE.replace('("x")', "(1)") + "\ndecision Broken\n  requires approval of Nobody\n")
    assert not loaded.sound
    found = page(Subject(loaded))
    keys = {block.key for block in found.blocks if isinstance(block, Table)}
    assert "ip-matrix" not in keys
    assert any(isinstance(block, Heading) and text(block.runs) == "*Star* _Licence_" for block in found.blocks)
    assert not any(isinstance(block, Note) for block in found.blocks)


def test_the_same_text_makes_the_same_page() -> None:
    for path in AGREEMENTS[:2]:
        assert page(Subject(load(path))) == page(Subject(load(path)))


# ---------------------------------------------------------------- uses in words


def test_uses_with_the_same_answers_stand_together() -> None:
    whole = (("research", "teaching", "commercial", ip_uses.ELSE), ("Storage", ip_uses.ELSEWHERE), ("",))
    uses = [Use("use", (purpose,), (field,), ("",), whole) for purpose in whole[0] for field in whole[1]]
    answers = {use: "yes" if use.purposes[0] in ("research", "teaching") and use.fields == ("Storage",) else "no" for use in uses}
    found = ip_uses.merged([(use, answers[use]) for use in uses])
    assert [use.label() for use in found] == [
        "use for research or teaching in field Storage", "use for any purpose in any other field",
        "use for any purpose except research or teaching in field Storage",
    ]  # fmt: skip
    assert ip_uses.merged([(use, "no") for use in uses])[0].label() == "use for any purpose"
    assert len(ip_uses.merged([(use, number) for number, use in enumerate(uses)])) == len(uses)
