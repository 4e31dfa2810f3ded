"""The site in a browser: nothing that axe finds against WCAG 2.2 AA, nothing wider than a phone, everything there without scripts.

Needs Chromium, and the packages `playwright` and `axe-playwright-python`; without them these tests are skipped. Nothing is fetched:
a page that asks for anything but its own files fails.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govlang.report.document import folder, single, site
from govlang.tools.document import blocks as b
from govlang.tools.document.gathering import gather
from tests.test_document_html import HOSTILE, page_of

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here")

ROOT = Path(__file__).parents[1]
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]  # fmt: skip
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
    "resultTypes": ["violations"],
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
NO_COLOURS = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
LONG = ["alliance/agreement.html", "alliance/duties.html"]
# Long, too, and of nothing that is not on other pages: their colours are looked at once.
ONCE = ["alliance/a-z.html", "alliance/glossary.html", "alliance/trust.html", "hostile/a-z.html"]
SOME = ["index.html", "hostile/index.html", "alliance/people.html", "wrong/errors.html"]
# As wide as a page at 1280 when it is enlarged four times (WCAG 1.4.10).
NARROWEST = 320
WIDER = """() => [document.documentElement.scrollWidth, Array.from(document.querySelectorAll("body *"))
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".gl-scroll, .gl-unseen, thead"))
    .slice(0, 3).map(each => each.tagName + "." + each.className)]"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The alliance with its record, a hostile document, and an agreement with errors."""
    wrong = tmp_path_factory.mktemp("wrong") / "wrong.gov"
    wrong.write_text("agreement Wrong\n  version 1\n\nparties Helios\n\nrole Chair\n  onn\n", encoding="utf-8")
    alliance, record = ROOT / "agreements" / "alliance.gov.md", ROOT / "agreements" / "alliance-two-years.minutes"
    documents = [each.document for each in gather([str(alliance), str(wrong)], [f"alliance={record}"])]
    words = " ".join(HOSTILE)
    pages = (b.Page("overview", words, "Agreement", page_of(words, "x"), words),)
    documents.append(b.Document("hostile", "hostile.gov", words, words, words, "0" * 64, pages))
    out = tmp_path_factory.mktemp("browser") / "site"
    folder.write(site.files(documents), out)
    (out / "one.html").write_text(single.html(documents[0], documents[0].pages[3:6]), encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def pages(built: Path) -> list[str]:
    """The pages that are looked at: every kind of page, but only the first two of the many decisions."""
    found = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))
    decisions = [name for name in found if "/decision-" in name]
    return [name for name in found if name not in decisions[2:]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def opened(browser: Any, built: Path, **settings: Any) -> Any:
    """A page that may read the site, and nothing else."""
    context = browser.new_context(**settings)
    root = built.as_uri()
    context.route("**/*", lambda route: route.continue_() if route.request.url.startswith((root, "data:")) else route.abort())
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url) if not request.url.startswith((root, "data:")) else None)
    page.on("dialog", lambda dialog: page.asked.append(f"a dialog: {dialog.message}"))
    return page


def problems(page: Any, built: Path, names: list[str], rules: dict[str, Any]) -> list[str]:
    found = []
    for name in names:
        page.goto((built / name).as_uri())
        result = axe.Axe().run(page, options=rules)
        found += [f"{name}: {each['id']}: {each['nodes'][0]['html'][:200]}: {each['nodes'][0]['failureSummary']}"
                  for each in result.response["violations"]]  # fmt: skip
    return found


@pytest.mark.parametrize(("width", "scheme", "without"), [(1280, "light", LONG), (360, "dark", LONG + ONCE)])
def test_axe_finds_nothing(browser: Any, built: Path, pages: list[str], width: int, scheme: str, without: list[str]) -> None:
    page = opened(browser, built, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert problems(page, built, [name for name in pages if name not in without], RULES) == []
    assert page.asked == []
    page.context.close()


def test_axe_finds_nothing_on_long_pages(browser: Any, built: Path) -> None:
    """All rules but that of colours, which takes long, and finds on these pages what stands on others too."""
    page = opened(browser, built, viewport={"width": 360, "height": 900})
    assert problems(page, built, LONG + ONCE, NO_COLOURS) == []
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_colours_can_be_told_apart(browser: Any, built: Path, width: int, scheme: str) -> None:
    """The other two ways to look: the page with a block of every kind, and some with tables and states."""
    page = opened(browser, built, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert problems(page, built, SOME, COLOURS) == []
    page.context.close()


def test_axe_sees_a_violation(browser: Any, built: Path) -> None:
    page = opened(browser, built)
    page.set_content('<html lang="en"><title>x</title><main><img src="data:,"><p style="color:#aaa">pale</p></main></html>')
    found = {each["id"] for each in axe.Axe().run(page, options=RULES).response["violations"]}
    assert found >= {"image-alt", "color-contrast"}
    page.context.close()


def test_no_page_is_wider_than_a_phone(browser: Any, built: Path, pages: list[str]) -> None:
    page = opened(browser, built, viewport={"width": NARROWEST, "height": 640})
    wide = []
    for name in pages:
        page.goto((built / name).as_uri())
        width, who = page.evaluate(WIDER)
        wide += [(name, width, who)] if width > NARROWEST else []
    assert wide == []
    page.context.close()


def test_everything_is_there_without_scripts(browser: Any, built: Path, pages: list[str]) -> None:
    """The words that can be read are the same with scripts and without, but for the search box of the index."""
    with_scripts = opened(browser, built)
    without = opened(browser, built, java_script_enabled=False)
    for name in pages:
        said = []
        for page in (with_scripts, without):
            page.goto((built / name).as_uri())
            said.append(" ".join(page.locator("body").inner_text().split()).replace("Find in the index ", ""))
        assert said[0] == said[1], name
        assert said[1]
    assert with_scripts.asked == without.asked == []


def test_the_index_can_be_narrowed_down(browser: Any, built: Path) -> None:
    page = opened(browser, built)
    page.goto((built / "alliance" / "a-z.html").as_uri())
    before = page.locator(".gl-entries li:visible").count()
    page.get_by_label("Find in the index").fill("steering")
    shown = page.locator(".gl-entries li:visible").all_inner_texts()
    assert 0 < len(shown) < before
    assert all("steering" in words.lower() for words in shown)
    page.context.close()


def test_the_keyboard_reaches_the_text(browser: Any, built: Path) -> None:
    page = opened(browser, built)
    page.goto((built / "alliance" / "agreement.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    box = page.locator(".gl-skip").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "gl-main"
    page.context.close()


def test_paper_shows_no_navigation(browser: Any, built: Path) -> None:
    page = opened(browser, built)
    page.goto((built / "alliance" / "agreement.html").as_uri())
    page.emulate_media(media="print")
    for part in (".gl-side", ".gl-menu", ".gl-turn", ".gl-crumbs", ".gl-skip"):
        assert page.locator(part).first.is_hidden(), part
    assert page.locator("h1").is_visible()
    page.context.close()
