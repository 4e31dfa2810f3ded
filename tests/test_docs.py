"""The documentation: the site builds without a warning, asks nothing of the web, and lists every code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from govlang.cli import VERBS
from govlang.codes import CODES
from govlang.record.vocabulary import EVENTS
from govlang.source import Source
from govlang.syntax import parse

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"

CLAUSE_KINDS = (
    "agreement", "parties", "roles", "bodies", "tables", "decisions", "groups", "conditions", "thresholds",
    "vetoes-and-objections", "time", "readings", "scenarios", "amendments", "use", "record", "disputes", "ip", "licences",
    "confidentiality",
    "surveys", "trust", "duties", "reviews", "objectives", "communication", "lifecycle", "notices",
)  # fmt: skip

PAGES = sorted(path for path in DOCS.rglob("*.md") if not re.fullmatch(r"GL\d{3}\.md", path.name))
FENCE = re.compile(r"^```(gov|minutes)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# What a page would fetch: scripts, styles, pictures, fonts. Links that a reader follows are no part of this.
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?//
      | <link\b(?=[^>]*\brel=["']?(?:stylesheet|preload|preconnect|icon))[^>]*\bhref=["']?(?:https?:)?//
      | @import\s+(?:url\()?["']?(?:https?:)?//
      | url\(\s*["']?(?:https?:)?//""",
    re.VERBOSE | re.IGNORECASE,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_site_builds_without_a_warning(site: Path) -> None:
    assert (site / "index.html").is_file()
    assert (site / "language" / "decisions" / "index.html").is_file()


def test_the_site_fetches_nothing_from_the_web(site: Path) -> None:
    files = [path for path in sorted(site.rglob("*")) if path.suffix in {".html", ".css"}]
    assert files
    fetched = [
        f"{path.relative_to(site)}: {match.group()}"
        for path in files
        for match in FETCHED.finditer(path.read_text(encoding="utf-8"))
    ]
    assert fetched == []


def test_the_search_for_fetched_files_sees_them() -> None:
    seen = (
        '<script src="https://example.org/a.js"></script>',
        '<link href="//example.org/a.css" rel="stylesheet">',
        "@import url(https://example.org/a.css);",
        'src: url("https://example.org/a.woff2")',
    )
    assert all(FETCHED.search(text) for text in seen)
    assert FETCHED.search('<a href="https://example.org/">a link</a>') is None


@pytest.mark.parametrize("kind", CLAUSE_KINDS)
def test_every_clause_kind_has_a_page_with_an_example(kind: str) -> None:
    text = (DOCS / "language" / f"{kind}.md").read_text(encoding="utf-8")
    fence = "```minutes\n" if kind == "record" else "```gov\n"
    assert fence in text
    assert "\n## Common mistakes\n" in text


NAV = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
LANGUAGE = sorted(path.name for path in (DOCS / "language").glob("*.md") if path.name != "index.md")
# The word or the words by which a line of a minute book says what happened; the rest are names and values.
LINE_WORDS = re.compile(r"\b[a-z]+\b")


@pytest.mark.parametrize("name", LANGUAGE)
def test_every_language_page_is_listed(name: str) -> None:
    index = (DOCS / "language" / "index.md").read_text(encoding="utf-8")
    assert f"({name})" in index
    assert f": language/{name}\n" in NAV


@pytest.mark.parametrize("path", sorted((DOCS / "guide").glob("*.md")), ids=lambda path: path.name)
def test_every_guide_is_in_the_menu(path: Path) -> None:
    assert f": guide/{path.name}\n" in NAV


def test_every_event_is_listed_for_machines() -> None:
    """When this fails, put the rows below into docs/guide/json.md in place of the old ones."""
    text = (DOCS / "guide" / "json.md").read_text(encoding="utf-8")
    part = text[text.index("| `event` |") : text.index("`govlang schema event` prints")]
    expected = []
    for event in EVENTS.values():
        keys = ", ".join(f"`{item.key}`" if item.required else f"(`{item.key}`)" for item in event.parts)
        expected.append(f"| `{event.name}` | {event.line} | {keys} |")
    assert [line for line in part.splitlines()[2:] if line] == expected, "\n".join(expected)


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_is_told_on_the_page_of_the_record(name: str) -> None:
    """Its verb, as its line begins, stands on the page."""
    text = (DOCS / "language" / "record.md").read_text(encoding="utf-8")
    words = LINE_WORDS.findall(EVENTS[name].line)
    assert re.search(rf"\b{words[0].removesuffix('s')}", text), EVENTS[name].line


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_is_told_in_the_guides(name: str) -> None:
    pages = [*(DOCS / "guide").glob("*.md"), *(DOCS / "language").glob("*.md"), DOCS / "tutorial.md", DOCS / "index.md"]
    assert any(f"govlang {name}" in page.read_text(encoding="utf-8") for page in pages)


def row(code: str) -> str:
    """The row of one code in docs/errors/index.md; the code is a link when it has a page."""
    name, severity, meaning = CODES[code]
    label = f"[{code}]({code}.md)" if (DOCS / "errors" / f"{code}.md").is_file() else code
    return f"| {label} | {name} | {severity} | {meaning} |"


def test_the_list_of_codes_is_complete() -> None:
    """When this fails, put the rows below into docs/errors/index.md in place of the old ones."""
    text = (DOCS / "errors" / "index.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| \[?GL\d{3}", line)]
    expected = [row(code) for code in sorted(CODES)]
    assert rows == expected, "\n".join(expected)


def problems(kind: str, text: str, name: str) -> list[str]:
    source = Source(name, text)
    found = parse.parse(source).diagnostics if kind == "gov" else parse.parse_entries(source)[1]
    return [f"{'{}:{}:{}'.format(*item.place())}: {item.code} {item.message}; {item.hint}" for item in found]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_every_example_can_be_read(page: Path) -> None:
    """The pages of the messages hold wrong examples on purpose and have a test of their own."""
    text = page.read_text(encoding="utf-8")
    for number, fence in enumerate(FENCE.finditer(text), start=1):
        assert problems(fence[1], fence[2], f"{page.stem} example {number}") == []


def test_an_example_that_cannot_be_read_is_seen() -> None:
    assert problems("gov", "party Helios\n  shre 40%%\n", "wrong") != []
    assert problems("minutes", "2026-03-02  Ana Ruiz sings\n", "wrong") != []


def test_pages_name_only_codes_that_exist() -> None:
    named = {code for page in PAGES for code in re.findall(r"\bGL\d{3}\b", page.read_text(encoding="utf-8"))}
    assert named
    assert named <= set(CODES), sorted(named - set(CODES))
