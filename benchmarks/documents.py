"""How fast documents are made: pages of the project's agreements, a site of them, and a MkDocs site of a hundred agreements, beside
MkDocs itself with as many pages of the same words and no plug-in.

`python benchmarks/documents.py [NUMBER]` prints CPU seconds and ratios. Nothing is judged.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from govlang import document, load
from govlang.report.document import site

ROOT = Path(__file__).parents[1]


def timed(what: str, work: object, note: str = "") -> float:
    """The CPU seconds that a piece of work takes, printed."""
    assert callable(work)
    start = time.process_time()
    work()
    taken = time.process_time() - start
    print(f"{what:<68} {taken:7.2f} s {note}")
    return taken


def mkdocs_site(folder: Path, pages: dict[str, str], plugin: str) -> Path:
    """A MkDocs site in the plain theme, built."""
    (folder / "docs").mkdir(parents=True)
    for name, text in {"index.md": "# Home\n", **pages}.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    config = f"site_name: Many\ntheme: {{name: mkdocs}}\nplugins: [{plugin}]\n"
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    build(load_config(str(folder / "mkdocs.yml")))
    return folder / "site"


def main(number: int) -> None:
    """Everything, one line each."""
    logging.disable(logging.WARNING)
    paths = sorted((ROOT / "agreements").glob("*.gov.md"))
    for path in paths:
        document(path)  # whatever is loaded once is loaded now
    found = []
    timed(f"{len(paths)} agreements loaded and made into pages", lambda: found.extend(document(load(path)) for path in paths))
    count = sum(len(each.pages) for each in found)
    timed(f"their site: {count} pages, tables as CSV, JSON and workbooks", lambda: site.files(found))
    text = (ROOT / "govlang" / "templates" / "alliance.gov.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many = {f"pact-{each}.gov.md": text for each in range(number)}
        ours = timed(f"MkDocs, plain theme: {number} agreements",
                     lambda: mkdocs_site(folder / "ours", many, "{govlang: {downloads: false}}"))  # fmt: skip
        made = sum(1 for _ in (folder / "ours" / "site").rglob("*.html"))
        bare = {f"page-{each}.md": text for each in range(made - 2)}
        floor = timed(f"MkDocs, plain theme, no plug-in: {made} pages of one agreement's words",
                      lambda: mkdocs_site(folder / "bare", bare, ""))  # fmt: skip
        print(f"{'our pages beside as many of MkDocs':<68} {ours / floor:7.2f} times, {made} pages each")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
