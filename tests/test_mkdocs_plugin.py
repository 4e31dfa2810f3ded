"""The MkDocs plug-in: agreements inside any MkDocs site, under --strict, with the stock themes and Material."""

from __future__ import annotations

import logging
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError, PluginError

ROOT = Path(__file__).parents[1]
AGREEMENTS = ROOT / "agreements"
THEMES = ("mkdocs", "readthedocs", "material")

SMALL = """\
# Small Pact

## 1 Who

Two firms, called {name}, work together.

```gov
agreement Small Pact
  version 1
  effective 2026-01-01 until 2027-12-31

parties North, South

decision Agree
  "Decide together."
  proposed by any party
  requires approval of every party
```
"""


def site(folder: Path, plugin: str = "", theme: str = "mkdocs", extra: str = "", **pages: str) -> Path:
    """A site with the plug-in, built with --strict."""
    docs = folder / "docs"
    docs.mkdir(parents=True, exist_ok=True)
    if not (docs / "index.md").exists():
        (docs / "index.md").write_text("# Home\n", encoding="utf-8")
    for name, text in pages.items():
        path = docs / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    fonts = "\n  font: false" if theme == "material" else ""
    head = f"site_name: Pacts\nstrict: true\ntheme:\n  name: {theme}{fonts}\n{extra}"
    config = f"{head}plugins:\n  - search\n  - govlang:\n{plugin or '      folder: agreements'}\n"
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    build(load_config(str(folder / "mkdocs.yml")))
    return folder / "site"


def outside(*names: str, more: str = "") -> str:
    paths = ", ".join(f'"{(AGREEMENTS / name).as_posix()}"' for name in names)
    return f"      agreements: [{paths}]\n{more}"


class Links(HTMLParser):
    """The places of a page, and where it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.hrefs.append(str(given["href"]))


def page(text: str) -> Links:
    found = Links()
    found.feed(text)
    return found


@pytest.mark.parametrize("theme", THEMES)
def test_every_view_of_an_agreement_is_a_page_of_the_site(tmp_path: Path, theme: str) -> None:
    record = (AGREEMENTS / "alliance-two-years.minutes").as_posix()
    out = site(tmp_path, outside("alliance.gov.md", more=f"      records: {{alliance: {record}}}\n"), theme)
    home = (out / "agreements" / "alliance" / "index.html").read_text(encoding="utf-8")
    assert "Aurora Battery Alliance" in home
    for slug in ("agreement", "people", "authority", "decision-commit-spend", "trust", "due"):
        text = (out / "agreements" / "alliance" / slug / "index.html").read_text(encoding="utf-8")
        assert '<div class="gl-doc">' in text
        assert re.search(r"<h1[^>]*>", text)
    assert "Authority matrix" in home  # the navigation lists the pages


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_every_link_of_our_pages_leads_somewhere(tmp_path: Path, theme: str) -> None:
    out = site(tmp_path, outside("alliance.gov.md", "wafer-joint-venture.gov.md"), theme)
    ids = {path: set(page(path.read_text(encoding="utf-8")).ids) for path in out.rglob("*.html")}
    checked = 0
    for path in (out / "agreements").rglob("*.html"):
        for href in page(path.read_text(encoding="utf-8")).hrefs:
            if re.match(r"[a-z]+:", href):
                continue
            address, fragment = urldefrag(href)
            target = (path.parent / unquote(address)).resolve() if address else path
            target = target / "index.html" if target.is_dir() else target
            assert target.exists(), f"{path.relative_to(out)}: {href}"
            if fragment and target.suffix == ".html" and not fragment.startswith("__"):
                assert unquote(fragment) in ids[target], f"{path.relative_to(out)}: {href}"
            checked += 1
    assert checked > 500


def test_a_page_of_an_agreement_in_the_docs_folder_shows_its_rules_beside_its_prose(tmp_path: Path) -> None:
    out = site(tmp_path, pacts__small_gov_md=SMALL.replace("{name}", "North and South"))
    text = (out / "pacts" / "small.gov" / "index.html").read_text(encoding="utf-8")
    assert "Two firms, called" in text
    assert "gl-beside" in text
    assert "```" not in text
    assert (out / "pacts" / "small" / "people" / "index.html").exists()


def test_the_navigation_puts_the_pages_where_the_site_names_the_agreement(tmp_path: Path) -> None:
    nav = "nav:\n  - Home: index.md\n  - Contracts:\n      - The pact: small.gov.md\n"
    out = site(tmp_path, extra=nav, small_gov_md=SMALL)
    text = (out / "index.html").read_text(encoding="utf-8")
    assert text.index("Contracts") < text.index("Small Pact") < text.index("Agree")
    assert "small/authority/" in text


def test_a_view_stands_in_any_page_where_a_line_names_it(tmp_path: Path) -> None:
    shown = 'Before.\n\n{{ govlang("alliance", "authority") }}\n\nAfter.\n\n```\n{{ govlang("alliance", "raci") }}\n```\n'
    out = site(tmp_path, outside("alliance.gov.md"), other_md=f"# Other\n\n{shown}")
    whole = (out / "other" / "index.html").read_text(encoding="utf-8")
    text = whole[whole.index("Before.") :]  # what stands above is the navigation
    assert text.index("Before.") < text.index("Commit Spend") < text.index("After.")
    assert "{{ govlang(&quot;alliance&quot;, &quot;raci&quot;) }}" in text or '{{ govlang("alliance", "raci") }}' in text
    assert "govlang-view-" not in text
    assert '<div class="gl-doc">' in text


@pytest.mark.parametrize(("macro", "says"), [
    ('{{ govlang("allliance", "authority") }}', "there is no agreement 'allliance'; there are: alliance"),
    ('{{ govlang("alliance", "powers") }}', "alliance has no view 'powers'; it has:"),
    ('{{ govlang(alliance) }}', 'write {{ govlang("agreement", "view") }}'),
])  # fmt: skip
def test_a_line_that_names_nothing_is_told_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, macro: str, says: str
) -> None:
    with pytest.raises((PluginError, Abort)), caplog.at_level(logging.ERROR):
        site(tmp_path, outside("alliance.gov.md"), other_md=f"# Other\n\n{macro}\n")
    assert says in caplog.text


def test_settings_that_name_nothing_are_told_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises((PluginError, Abort)), caplog.at_level(logging.ERROR):
        site(tmp_path, '      agreements: ["nowhere/*.gov.md"]\n')
    assert "no agreement matches 'nowhere/*.gov.md'" in caplog.text
    caplog.clear()
    with pytest.raises((PluginError, Abort)), caplog.at_level(logging.ERROR):
        site(tmp_path, outside("alliance.gov.md", more="      records: {aliance: x.minutes}\n"))
    assert "records are given for 'aliance', and the agreements are alliance" in caplog.text
    with pytest.raises((ConfigurationError, Abort)):
        site(tmp_path, "      nav: sideways\n")


def test_an_agreement_with_errors_stops_a_strict_build_and_no_other(tmp_path: Path) -> None:
    broken = SMALL.replace("requires approval of every party", "requires approval of every pary")
    with pytest.raises(Abort, match="strict"):
        site(tmp_path, broken_gov_md=broken)
    config = (tmp_path / "mkdocs.yml").read_text(encoding="utf-8").replace("strict: true", "strict: false")
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    build(load_config(str(tmp_path / "mkdocs.yml")))
    assert "GL" in (tmp_path / "site" / "broken" / "errors" / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "site" / "broken" / "people" / "index.html").exists()


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_in_an_agreement_is_markup_for_the_theme(tmp_path: Path, theme: str) -> None:
    trick = '<script>alert(1)</script><img src=x onerror=alert(2)> {{ config.site_name }} {% raw %}'
    hostile = SMALL.replace("{name}", trick).replace("Small Pact", "`Pact <b onmouseover=alert(3)>`").replace(
        "Agree\n", "`Agree <script>alert(4)</script>`\n")  # fmt: skip
    out = site(tmp_path, theme=theme, small_gov_md=hostile)
    for path in out.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
        assert "<b onmouseover" not in text, path


def test_many_agreements_are_one_line_each_in_the_navigation(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for number in range(8):
        (docs / f"pact-{number}.gov.md").write_text(SMALL.replace("Small Pact", f"Pact {number}"), encoding="utf-8")
    out = site(tmp_path)
    text = (out / "index.html").read_text(encoding="utf-8")
    assert text.count("Pact 7") == 1
    assert "pact-7/authority/" not in text
    own = (out / "pact-7" / "index.html").read_text(encoding="utf-8")
    assert "All pages of Pact 7" in own
    assert "authority/" in own


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    pages = []
    for name in ("one", "two"):
        out = site(tmp_path / name, outside("alliance.gov.md"))
        files = [path for path in sorted((out / "agreements").rglob("*")) if path.is_file()]
        pages.append({path.relative_to(out).as_posix(): path.read_bytes() for path in files})
    assert pages[0].keys() == pages[1].keys()
    strip = re.compile(rb"(?i)build date[^<]*|mkdocs version[^<]*")
    assert all(strip.sub(b"", pages[0][name]) == strip.sub(b"", pages[1][name]) for name in pages[0])


def test_while_serving_an_agreement_is_made_anew_only_when_its_files_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import govlang.tools.document as views

    shutil.copy(AGREEMENTS / "alliance.gov.md", tmp_path / "alliance.gov.md")
    shutil.copy(AGREEMENTS / "alliance.holidays.json", tmp_path / "alliance.holidays.json")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    settings = "site_name: Pacts\nplugins:\n  - govlang:\n      agreements: [alliance.gov.md]\n"
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    made: list[str] = []
    real = views.made
    monkeypatch.setattr(views, "made", lambda subject, name="": made.append(name) or real(subject, name))
    build(config)
    build(config)
    assert made == ["alliance"]
    own = tmp_path / "alliance.gov.md"
    own.write_text(own.read_text(encoding="utf-8").replace("Two of three make", "Two out of three make"), encoding="utf-8")
    build(config)
    assert made == ["alliance", "alliance"]
    page = tmp_path / "site" / "agreements" / "alliance" / "agreement" / "index.html"
    assert "Two out of three" in page.read_text(encoding="utf-8")
