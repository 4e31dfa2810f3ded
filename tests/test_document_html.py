"""Documents as HTML and as a site: hostile words stay words, every link leads somewhere, the same source gives the same bytes."""

from __future__ import annotations

import json
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from hypothesis import given, settings, strategies as st

from govlang.cli import commands
from govlang.frozen import replace
from govlang.report.document import anchors, folder, html, single, site
from govlang.source import Citation
from govlang.tools.document import blocks as b
from govlang.tools.document.gathering import gather
from tests.test_docs import FETCHED
from tests.test_readme import Reader as Follower, agrees, blocks as blocks_of, commands as commands_of, make_offline

ROOT = Path(__file__).parents[1]
AGREEMENTS = ROOT / "agreements"
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)",
    "</title></style></svg><svg onload=alert(1)>", "javascript:alert(1)", "&lt;b&gt;", "]]><!--", "-->",
    '=HYPERLINK("http://x")', "a\u202eb\u2066c", "a\x00b\x07c\x1b[31m", "\ud800", "<a href='data:text/html,x'>", "A" * 5000,
    "{{7*7}}", "`|**x**|", "\u0627\u0644\u062d", "a\nb\tc", "",
)  # fmt: skip


# ---------------------------------------------------------------- reading HTML


class Reader(HTMLParser):
    """Reads HTML strictly: every element is closed in its order. Keeps what tests ask about."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.words: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.problems.append(f"<{tag}> has an attribute twice")
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        self.ids += [found["id"]] if "id" in found else []
        self.hrefs += [found[name] for name in ("href", "src") if name in found]
        if tag not in VOID and not self._closed:
            self.open.append(tag)

    _closed = False

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._closed = True
        self.handle_starttag(tag, attrs)
        self._closed = False

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.problems.append(f"a comment: {data[:40]}")


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    if reader.open:
        reader.problems.append(f"left open: {reader.open}")
    return reader


def nowhere(page: str, anchor: str) -> str:
    return ""


def here(page: str, anchor: str) -> str:
    return f"{page}.html#{anchor}"


def page_of(words: str, at: str | None = None) -> tuple[b.Block, ...]:
    """Every kind of block and run with the same words in every place that takes words; `at` are its anchors and keys, if others."""
    at = words if at is None else at
    runs: b.Runs = (
        b.Text(words), b.Strong(words), b.Emphasis(words), b.Code(words), b.Term(words, words, "people", at),
        b.Cite(Citation("a.gov", words, words), words, "agreement", at), b.Link(words, "people", at), b.Link(words, address=words),
    )  # fmt: skip
    item = b.Item(runs, (b.Item(runs, state="open"),), kind="threshold", state="met", ordered=True)
    table = b.Table(at, words, (b.Column(words, at, "text"), b.Column(words, at, "money")),
                    (b.Row((b.Cell(runs, words), b.Cell(runs, None, "good")), at, words),), runs)  # fmt: skip
    boxes = (b.Box("1", words, words, "start", Citation(words, words, words)), b.Box("2", words, kind="good"))
    return (
        b.Heading(2, runs, at, words), b.Paragraph(runs), b.Listing((item,), True), table, b.Quote((b.Paragraph(runs),)),
        b.Pairs((b.Pair(runs, (b.Paragraph(runs), b.Paragraph(runs)), at),)), b.Note("error", words, (b.Paragraph(runs),)),
        b.Note("summary", words, ()), b.Source(words, "gov", words, 1), b.Source(words, "minutes"), b.Source(words, "json", words),
        b.Source(words), b.Beside((b.Paragraph(runs),), (b.Source(words, "gov"),)),
        b.Diagram(at, words, words, boxes, (b.Arrow("1", "2", words),)),
        b.Plot(at, words, words, "line", (b.Point(words, None), b.Point(words + "2", None)), "share", (b.Point(words, None),)),
        b.Signature(words, words, (words,)),
    )  # fmt: skip


# ---------------------------------------------------------------- words stay words


def skeleton(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements and the names of their attributes: what words must never change."""
    return [(tag, tuple(sorted(found))) for tag, found in read(text).tags]


def shape_of(words: str, link: Callable[[str, str], str] = nowhere) -> list[tuple[str, tuple[str, ...]]]:
    """The skeleton of a page of such words, without what rightly depends on them: coloured words, lines, drawings, links."""
    text = html.fragment(page_of(words), link)
    text = re.sub(r"<pre .*?</pre>|<svg .*?</svg>", "", text, flags=re.DOTALL)
    loose = {"class", "id"}
    return [(tag, tuple(name for name in names if name not in loose)) for tag, names in skeleton(text) if tag != "figcaption"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_words(words: str) -> None:
    text = html.fragment(page_of(words), here)
    found = read(text)
    assert found.problems == []
    assert not {tag for tag, _ in found.tags} & {"script", "img", "iframe", "object", "style", "link", "meta", "base", "form"}
    assert [name for _, attributes in found.tags for name in attributes if name.startswith("on")] == []
    assert [href for href in found.hrefs if not re.match(r"(?:people|agreement)\.html#|#|https?://[^/]|mailto:", href)] == []
    text.encode("utf-8")
    assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) is None


def test_ordinary_words_survive() -> None:
    words = "R&D <costs> of \"Zürich\" 'n' 日本 \u0645\u0639"
    assert "".join(read(html.fragment((b.Paragraph((b.Text(words),)),), nowhere)).words).strip() == words


def test_a_turn_of_direction_is_named() -> None:
    assert "a\\u202eb" in html.fragment((b.Paragraph((b.Text("a\u202eb"),)),), nowhere)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from("<>&\"'=/ -!`\n\x00\u202e;:#ax1"), st.characters()), min_size=1, max_size=30))
def test_no_words_make_a_tag_or_an_attribute(words: str) -> None:
    """A page of any words has the elements and attributes of a page of harmless words."""
    plain = "x" if words.strip() else " "
    assert shape_of(words.replace("mailto:", "").replace("http", "")) == shape_of(plain) or _empty_like(words)


def _empty_like(words: str) -> bool:
    """Words of which nothing is left: what would be shown beside them is left out with them."""
    from govlang.report.document.escape import plain

    return not plain(words).strip()


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&c=2"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("mailto:ana@example.org", "mailto:ana@example.org"),
        ('https://example.org/"onclick="x', "https://example.org/%22onclick=%22x"),
        ("javascript:alert(1)", ""),
        (" java\nscript:alert(1)", ""),
        ("data:text/html,<b>", ""),
        ("//example.org", ""),
        ("file:///etc/passwd", ""),
        ("https:evil", ""),
    ],
)
def test_only_the_web_and_mailboxes_are_linked(address: str, href: str) -> None:
    found = read(html.fragment((b.Paragraph((b.Link("words", address=address),)),), nowhere))
    assert found.hrefs == ([href] if href else [])
    assert [attributes["rel"] for tag, attributes in found.tags if tag == "a"] == (["noopener noreferrer"] if href else [])
    assert "".join(found.words).strip() == "words"


def test_ids_are_given_once() -> None:
    blocks = (b.Heading(2, (b.Text("A"),), "same"), b.Heading(2, (b.Text("B"),), "same"), b.Heading(3, (b.Text("C"),), "gl-main"))
    found = read(html.fragment(blocks, nowhere, taken=("gl-main",)))
    assert found.ids == ["same", "same-2", "gl-main-2"]


def test_a_link_to_nowhere_is_words() -> None:
    run = b.Term("Chair", "Chair", "people", "role-chair")
    assert "<a" not in html.fragment((b.Paragraph((run,)),), nowhere)


def test_states_are_words_and_signs() -> None:
    items = tuple(b.Item((b.Text(state),), state=state) for state in ("met", "open", "failed"))
    said = " ".join("".join(read(html.fragment((b.Listing(items),), nowhere)).words).split())
    assert said == "✓ met met ○ open open ✕ not met failed"


def test_a_table_is_a_table_to_everybody() -> None:
    table = b.Table("t", "What is due", (b.Column("By", "by", "date"), b.Column("Days", "days", "number")),
                    (b.Row((b.Cell((b.Text("today"),)), b.Cell((b.Text("3"),), 3)), group="late"),))  # fmt: skip
    found = read(html.fragment((table,), nowhere))
    tags = [(tag, attributes.get("scope", attributes.get("role", ""))) for tag, attributes in found.tags]
    assert ("caption", "") in tags
    assert [scope for tag, scope in tags if tag == "th"] == ["col", "col", "rowgroup", "row"]
    [region] = [attributes for _, attributes in found.tags if attributes.get("role") == "region"]
    assert (region["tabindex"], region["aria-label"]) == ("0", "What is due")
    assert [attributes["data-label"] for tag, attributes in found.tags if tag == "td"] == ["Days"]


def test_keywords_have_their_colour_and_names_have_none_of_it() -> None:
    text = html.fragment((b.Source('decision Commit Spend\n  requires "a" # why\n  notice 5 days\n', "gov"),), nowhere)
    assert '<span class="gl-s-clause">decision</span> <span class="gl-s-name">Commit Spend</span>' in text
    assert '<span class="gl-s-comment"># why</span>' in text
    assert '<span class="gl-s-word">notice</span> <span class="gl-s-value">5</span>' in text


def test_one_file_has_everything_in_it() -> None:
    runs = (b.Term("C", "C", "x", "clause-4"), b.Term("D", "D", "x", "y"))
    blocks = (b.Heading(2, (b.Text("Quorum"),), "clause-4"), b.Paragraph(runs))
    text = single.html(replace(small("a"), title="An <agreement>", pages=(b.Page("x", "X & Y", "", blocks),)))
    found = read(text.removeprefix("<!DOCTYPE html>\n"))
    assert found.problems == []
    assert [href for href in found.hrefs if not href.startswith("data:")] == ["#clause-4"]
    assert FETCHED.search(text) is None
    assert "default-src 'none'" in text
    assert "X &amp; Y – An &lt;agreement&gt;" in text


# ---------------------------------------------------------------- a whole site


@pytest.fixture(scope="module")
def documents() -> list[b.Document]:
    """All agreements; the alliance with its record."""
    return [each.document for each in gather([str(AGREEMENTS)], [str(AGREEMENTS / "alliance-two-years.minutes")])]


@pytest.fixture(scope="module")
def files(documents: list[b.Document]) -> site.Files:
    return site.files(documents)


@pytest.fixture(scope="module")
def pages(files: site.Files) -> dict[str, Reader]:
    shown = ((name, content.decode()) for name, content in files.items() if name.endswith(".html"))
    return {name: read(content.removeprefix("<!DOCTYPE html>\n")) for name, content in shown}


def test_every_page_is_well_formed(pages: dict[str, Reader]) -> None:
    assert len(pages) > 50
    assert [(name, page.problems) for name, page in pages.items() if page.problems] == []


def test_no_id_stands_twice_on_a_page(pages: dict[str, Reader]) -> None:
    twice = [(name, each) for name, page in pages.items() for each in set(page.ids) if page.ids.count(each) > 1]
    assert twice == []


def test_every_link_leads_to_a_file_and_a_place(pages: dict[str, Reader], files: site.Files) -> None:
    broken = [(name, href) for name, page in pages.items() for href in page.hrefs if not leads(name, href, pages, files)]
    assert broken == []


def leads(name: str, href: str, pages: dict[str, Reader], files: site.Files) -> bool:
    parts = urlsplit(href)
    if parts.scheme:
        return parts.scheme in ("http", "https", "mailto", "data")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
    if target not in files:
        return False
    return not parts.fragment or unquote(parts.fragment) in pages[target].ids


def test_a_link_to_a_place_that_is_not_there_is_seen(pages: dict[str, Reader], files: site.Files) -> None:
    name = "alliance/index.html"
    assert leads(name, "#gl-main", pages, files)
    assert not leads(name, "#nothing", pages, files)
    assert not leads(name, "nothing.html", pages, files)
    assert not leads(name, "/alliance/index.html", pages, files)


def test_the_site_asks_nothing_of_the_web(files: site.Files) -> None:
    texts = {name: content.decode() for name, content in files.items() if name.endswith((".html", ".css"))}
    assert [(name, found.group()) for name, text in texts.items() if (found := FETCHED.search(text))] == []


def test_every_page_says_where_it_is(pages: dict[str, Reader]) -> None:
    for name, page in pages.items():
        if "/" not in name:
            continue
        current = [attributes for tag, attributes in page.tags if tag == "a" and attributes.get("aria-current") == "page"]
        assert len(current) == (0 if name.endswith("a-z.html") else 2), name  # the navigation stands there twice: aside, and folded


def test_pages_have_no_scripts_but_the_index(files: site.Files) -> None:
    for name, content in files.items():
        if name.endswith(".html"):
            assert (b"<script" in content) == name.endswith("a-z.html"), name
            assert b"Content-Security-Policy" in content


def test_all_agreements_stand_on_the_first_page(pages: dict[str, Reader], documents: list[b.Document]) -> None:
    said = "".join(pages["index.html"].words)
    assert [document.title for document in documents if document.title not in said] == []
    assert "in force on 15 December 2027" in said


def test_tables_can_be_taken_away(files: site.Files) -> None:
    tables = [name for name in files if name.startswith("alliance/tables/")]
    assert [name for name in tables if name.endswith(".csv")]
    for name in tables:
        if name.endswith(".json"):
            assert json.loads(files[name])["rows"]
    assert files["alliance/tables.xlsx"][:2] == b"PK"
    assert json.loads(files["alliance/document.json"])["agreement"] == "Aurora Battery Alliance"


def test_the_same_source_gives_the_same_bytes(documents: list[b.Document]) -> None:
    names = ("alliance", "brand-partnership")
    first = [document for document in documents if document.slug in names]
    paths = [str(AGREEMENTS / f"{name}.gov.md") for name in names]
    again = [each.document for each in gather(paths, [str(AGREEMENTS / "alliance-two-years.minutes")])]
    assert site.files(again) == site.files(first)


DIGEST = """
import hashlib, sys
from govlang.report.document import site
from govlang.tools.document.gathering import gather
made = site.files([each.document for each in gather(sys.argv[1:2], sys.argv[2:])])
print(hashlib.sha256(b"".join(name.encode() + content for name, content in made.items())).hexdigest())
"""


def test_no_hash_seed_changes_a_byte() -> None:
    def digest(seed: str) -> str:
        command = [sys.executable, "-c", DIGEST, "agreements/alliance.gov.md", "agreements/alliance.minutes"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    assert digest("1") == digest("2")


# ---------------------------------------------------------------- names


def small(slug: str, title: str = "Small") -> b.Document:
    pages = (b.Page("overview", title, "Agreement", (b.Paragraph((b.Text("words"),)),)),)
    return b.Document(slug, f"{slug}.gov", title, "", "1", "0" * 64, pages)


def test_two_agreements_of_one_name_have_folders_of_their_own() -> None:
    made = site.files([small("a"), small("a"), small("assets"), small("index")])
    folders = {name.partition("/")[0] for name in made if "/" in name}
    assert folders == {"a", "a-2", "assets", "assets-2", "index-2", "tables"}


def test_a_site_of_one_agreement_begins_with_it() -> None:
    made = site.files([small("a")])
    assert b'content="0; url=a/index.html"' in made["index.html"]
    assert "a/index.html" in made


def test_an_agreement_without_pages_has_a_first_page() -> None:
    made = site.files([replace(small("a"), pages=())])
    assert b"There is nothing in this agreement yet." in made["a/index.html"]


def test_hostile_names_make_a_site_too() -> None:
    for words in HOSTILE:
        document = replace(small("a", words), source=words, text=words, version=words, records=(words,), slug="a", pages=(
            b.Page("overview", words, "Agreement", page_of(words, "x"), words), b.Page("people", words, "Rules", (), words),
        ), brief=b.Brief((words,), None, None, words))  # fmt: skip
        for made in (site.files([document]), site.files([document, document], title=words)):
            for name, content in made.items():
                if name.endswith(".html"):
                    found = read(content.decode().removeprefix("<!DOCTYPE html>\n"))
                    assert found.problems == [], (name, words)
                    scripts = [tag for tag, _ in found.tags if tag == "script"]
                    assert len(scripts) == (1 if name.endswith("a-z.html") else 0)


def test_dangling_links_are_found() -> None:
    runs = (b.Term("A", "A", "people", "x"), b.Link("B", "nowhere"), b.Link("C", "overview"), b.Link("D", address="https://d"))
    document = replace(small("a"), pages=(b.Page("overview", "O", "", (b.Heading(2, runs, "h"),)), b.Page("people", "P", "", ())))
    assert [(each.page, each.to) for each in anchors.dangling(document)] == [("overview", "people#x"), ("overview", "nowhere")]
    [article] = re.findall(r"<article.*?</article>", site.files([document])["a/index.html"].decode(), re.DOTALL)
    assert read(article).hrefs == ["people.html", "index.html", "https://d"]


# ---------------------------------------------------------------- the folder


def names(path: Path) -> list[str]:
    return sorted(each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file())


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "site"
    folder.write({"a.html": b"1", "x/b.html": b"2"}, out)
    folder.write({"c.html": b"3"}, out)
    assert names(out) == [folder.MARK, "c.html"]
    assert [each.name for each in out.parent.iterdir()] == ["site"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    folder.write({"a.html": b"1"}, tmp_path)
    assert names(tmp_path) == [folder.MARK, "a.html"]


def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(folder.Refused, match="was not made by govlang"):
        folder.write({"a.html": b"1"}, tmp_path)
    assert names(tmp_path) == ["letter.txt"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    with pytest.raises(folder.Refused, match="is a file"):
        folder.write({"a.html": b"1"}, tmp_path / "site")
    with pytest.raises(folder.Refused, match="cannot be written"):
        folder.write({"a.html": b"1"}, tmp_path / "site" / "below")


def test_what_stood_there_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "site"
    folder.write({"a.html": b"1"}, out)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if target == out and self.name != "old":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(folder.Refused, match="No space left"):
        folder.write({"b.html": b"2"}, out)
    monkeypatch.undo()
    assert names(out) == [folder.MARK, "a.html"]
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


# ---------------------------------------------------------------- the command


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.chdir(tmp_path)

    def given(*arguments: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(commands(), ["docs", *arguments], catch_exceptions=False)
        return done.exit_code, done.stdout, done.stderr

    return given


ALLIANCE = str(AGREEMENTS / "alliance.gov.md")


def test_build_writes_a_site(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("build", ALLIANCE, "--record", str(AGREEMENTS / "alliance.minutes"), "--on", "2026-03-31", "-o", "s")
    assert code == 0
    assert re.fullmatch(r"wrote \d+ pages about 1 agreement\nbegin at s/index.html\n", out)
    assert "as of 31 March 2026" in Path("s/alliance/index.html").read_text(encoding="utf-8")


def test_build_with_errors_shows_what_is_sound(run: Callable[..., tuple[int, str, str]]) -> None:
    Path("bad.gov").write_text("agreement Bad\n  version 1\n\nparties Helios, Norwind\n\nrole Chair\n  onn\n", encoding="utf-8")
    code, _, said = run("build", "bad.gov", "-o", "s")
    assert (code, said.splitlines()[0]) == (0, "bad.gov: 1 error; its pages show what is sound, and one lists the errors")
    assert Path("s/bad/errors.html").is_file()
    assert "This is not the whole agreement" in Path("s/bad/people.html").read_text(encoding="utf-8")
    code, _, _ = run("build", "bad.gov", "-o", "s", "--strict")
    assert code == 2


def test_strict_minds_dangling_links(run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.gov").write_text("agreement A\n  version 1\n", encoding="utf-8")
    assert run("build", "a.gov", "-o", "s", "--strict")[0] == 0
    monkeypatch.setattr(anchors, "dangling", lambda document: (anchors.Dangling("overview", "Chair", "people#chair"),))
    code, _, said = run("build", "a.gov", "-o", "s")
    assert (code, said) == (0, "a.gov: 1 link to what is not there (--strict lists them)\n")
    code, _, said = run("build", "a.gov", "-o", "s", "--strict")
    assert (code, said.splitlines()[1]) == (2, "  on page overview: 'Chair', to people#chair")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.gov",), "nowhere.gov cannot be read"),
        ((".",), "there is no agreement in ."),
        ((ALLIANCE, "--record", "nothing.minutes"), "cannot be read"),
        ((ALLIANCE, "--on", "tomorrow"), "tomorrow"),
        ((str(AGREEMENTS), "--record", "nothing.minutes"), "which of 14 agreements the record 'nothing.minutes' belongs to"),
        ((ALLIANCE, "-o", "taken"), "taken is a file, not a folder"),
        ((ALLIANCE, "-o", "."), "the folder that you are in cannot be replaced"),
        ((ALLIANCE, "-o", "a\0b"), "cannot be written: its name is not valid"),
        ((ALLIANCE, "-o", "mine"), "the folder mine is not empty, and was not made by govlang"),
    ],
)
def test_what_cannot_be_built_is_said_in_a_line(
    run: Callable[..., tuple[int, str, str]], arguments: tuple[str, ...], message: str
) -> None:
    Path("taken").write_text("", encoding="utf-8")
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("", encoding="utf-8")
    code, out, said = run("build", *arguments)
    assert (code, out) == (2, "")
    assert message in said
    assert "Traceback" not in said
    assert not Path("site").exists()


def test_a_missing_extra_is_said_in_a_line(run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "markdown_it", None)
    code, _, said = run("build", ALLIANCE)
    assert code == 2
    assert said.startswith("govlang: ")
    assert "pip install 'govlang[docs]'" in said


def test_without_a_workbook_there_is_no_link_to_one(monkeypatch: pytest.MonkeyPatch, documents: list[b.Document]) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    made = site.files(documents[:1])
    assert [name for name in made if name.endswith(".xlsx")] == []
    assert b".xlsx" not in b"".join(content for name, content in made.items() if name.endswith(".html"))


def test_records_go_with_their_agreements(tmp_path: Path) -> None:
    for name in ("harbour", "alliance"):
        (tmp_path / f"{name}.gov").write_text(f"agreement {name.title()}\n  version 1\n\nparty Helios\n", encoding="utf-8")
    for name in ("harbour-2026.minutes", "other.minutes"):
        (tmp_path / name).write_text("2026-01-05  Helios joins the agreement\n", encoding="utf-8")
    records = [str(tmp_path / "harbour-2026.minutes"), f"alliance={tmp_path / 'other.minutes'}"]
    found = {each.document.slug: each.document.records for each in gather([str(tmp_path)], records)}
    assert found == {"alliance": ("other.minutes",), "harbour": ("harbour-2026.minutes",)}


@pytest.mark.skipif(not make_offline(), reason="the page shows a POSIX shell")
def test_every_command_of_the_guide_prints_what_it_says(tmp_path: Path) -> None:
    follower = Follower(tmp_path)
    guide = (ROOT / "docs" / "guide" / "publish.md").read_text(encoding="utf-8")
    shown = [block for block in blocks_of(guide) if block.language == "console"]
    assert shown
    for block in shown:
        for command, said in commands_of(block.text):
            printed = follower.run(command)
            assert agrees(said, printed), f"$ {command}\n{printed}"
