"""The page of each code: its wrong example gives that message and no other error, its right example gives none at all.

Fences are `gov wrong` and `gov right` (a whole agreement each); `minutes` and `json` ones belong to the page's plain `gov`
fence; `markdown` ones are literate agreements. What a page cannot show, such as bytes, is built here.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from govlang.codes import CODES
from govlang.diagnostics import Diagnostic
from govlang.pipeline import load, load_text
from govlang.source import sha256
from govlang.tools import audit, books, calendars, questions
from govlang.tools.check import check
from govlang.tools.questions import NoAnswer

FOLDER = Path(__file__).parents[1] / "docs" / "errors"
FENCE = re.compile(r"^(`{3,})([a-z]+)(?: (wrong|right))?\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
GOOD = (
    "agreement Aurora Alliance\n  effective 2026-01-01\n\ndecision Meet\n  proposed by any person\n  requires nothing\n"
)

# Wrong and right files that a page can only describe.
BUILT: dict[str, tuple[bytes | None, bytes]] = {
    "GL003": (GOOD.replace("Aurora", "Aur\u00f6ra").encode("latin-1"), GOOD.replace("Aurora", "Aur\u00f6ra").encode()),
    "GL004": (None, GOOD.encode()),
    "GL006": (GOOD.replace("Meet", "Me\u200bet").encode(), GOOD.encode()),
}

# Files that stand beside an example: path and text. The locks of GL126 and GL127 are what differs between wrong and right.
COUNSEL = "role Legal Counsel\n  one\n"
PINNED = '{"uses": {"terms/counsel.gov": "%s"}}'
BESIDE: dict[str, dict[str, dict[str, str]]] = {
    code: {side: {"terms/counsel.gov": COUNSEL, "agreement.lock.json": PINNED % sha256(COUNSEL)} for side in ("wrong", "right")}
    for code in ("GL126", "GL127", "GL128", "GL129")
}
BESIDE["GL126"]["wrong"].pop("agreement.lock.json")
BESIDE["GL127"]["wrong"]["agreement.lock.json"] = PINNED % ("0" * 64)
BESIDE["GL129"]["wrong"]["terms/loop.gov"] = f'use "../agreement.gov"\n\n{COUNSEL}'


def fences(code: str) -> list[tuple[str, str, str]]:
    """The fences of a page: language, `wrong`, `right` or nothing, and text."""
    text = (FOLDER / f"{code}.md").read_text(encoding="utf-8")
    return [(match[2], match[3] or "", match[4]) for match in FENCE.finditer(text)]


# Pages about the holiday table that stands beside an agreement.
TABLES = ("GL131", "GL132", "GL133", "GL134", "GL135", "GL138")


def beside_a_table(code: str, side: str, folder: Path) -> list[Diagnostic]:
    """What is found in an agreement with a holiday table beside it, or in writing one."""
    shown = fences(code if code != "GL135" else "GL132")
    base = next(text for kind, mark, text in shown if kind == "gov" and mark in ("", side))
    path = folder / "agreement.gov"
    path.write_text(base, encoding="utf-8")
    if code == "GL138":
        pytest.importorskip("holidays")
        try:
            calendars.lock(load(path))
        except NoAnswer as error:
            return list(error.diagnostics)
        return []
    mark = "right" if code == "GL135" else side
    table = next(text for kind, each, text in shown if kind == "json" and each == mark)
    names = ["agreement.holidays.json", *(["agreement.gov.holidays.json"] if (code, side) == ("GL135", "wrong") else [])]
    for name in names:
        (folder / name).write_text(table, encoding="utf-8")
    return list(check(load(path)).diagnostics)


def found_in(code: str, side: str, folder: Path) -> list[Diagnostic]:
    """Everything that is found in a page's wrong or right example."""
    if code in BUILT:
        data = BUILT[code][0 if side == "wrong" else 1]
        path = folder / "agreement.gov"
        if data is not None:
            path.write_bytes(data)
        return list(check(load(path)).diagnostics)
    if code in TABLES:
        return beside_a_table(code, side, folder)
    if code.startswith("GL70"):
        return in_a_log(code, side, folder)
    shown = fences(code)
    (example,) = [(kind, text) for kind, mark, text in shown if mark == side]
    if code in BESIDE:
        for name, text in {**BESIDE[code][side], "agreement.gov": example[1]}.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        return list(check(load(folder / "agreement.gov")).diagnostics)
    if example[0] in ("gov", "markdown"):
        name = "agreement.gov" if example[0] == "gov" else "agreement.gov.md"
        return list(check(load_text(example[1], name)).diagnostics)
    (base,) = [text for kind, mark, text in shown if kind == "gov" and not mark]
    if code.startswith("GL6"):
        return [*check(load_text(base)).diagnostics, *audited(base, example[1], folder)]
    return [*check(load_text(base)).diagnostics, *beside(base, example[0], example[1], folder)]


def in_a_log(code: str, side: str, folder: Path) -> list[Diagnostic]:
    """What is found in a page's log, which is a table of text, lines of JSON, or a query that stands for a table with types."""
    duckdb = pytest.importorskip("duckdb", reason="DuckDB comes with the extra `audit`")
    from govlang.tools.columnar import auditing, kinds, output

    shown = fences(code)
    (base,) = [text for kind, _, text in shown if kind == "gov"]
    (kind, text) = next((kind, text) for kind, mark, text in shown if mark == (side if code not in BUILT_LOGS else "right"))
    log = folder / {"csv": "log.csv", "json": "log.jsonl", "sql": "log.parquet"}[kind]
    if kind == "sql":
        duckdb.execute(f"COPY ({text}) TO '{log}' (FORMAT parquet)")
    else:
        log.write_text(text, encoding="utf-8")
    written = ""
    if (code, side) == ("GL701", "wrong"):
        log = folder / "log.parquet"
        duckdb.execute(f"COPY (SELECT 'Commit Spend' AS decision) TO '{log}' (FORMAT parquet)")
        log.write_bytes(log.read_bytes()[:-20])
    if code == "GL707":
        written = str(folder / ("nowhere" if side == "wrong" else "") / "rows.csv")
    try:
        assert kinds.kind(str(log)) == "log"
        if written:
            output.checked(written)
        return list(auditing.audit_log(load_text(base), [str(log)], options=auditing.Options(output=written)).bad)
    except NoAnswer as error:
        return list(error.diagnostics)


BUILT_LOGS = ("GL701", "GL707")


def audited(base: str, text: str, folder: Path) -> list[Diagnostic]:
    """What an audit finds, as of the last event of a record."""
    path = folder / "book.minutes"
    path.write_text(text, encoding="utf-8")
    found = audit.audit(load_text(base), path)
    return [*(item.diagnostic for item in found.departures), *found.problems]


def beside(base: str, kind: str, text: str, folder: Path) -> list[Diagnostic]:
    """What is found in a record, or in an action, of an agreement."""
    loaded = load_text(base)
    path = folder / ("book.minutes" if kind == "minutes" else "action.json")
    path.write_text(text, encoding="utf-8")
    if kind == "minutes":
        book = books.read_book(path, loaded.agreement)
        return [*book.diagnostics, *books.history(book, loaded.agreement).diagnostics]
    try:
        questions.read_action(questions.source_of(str(path)), loaded)
    except NoAnswer as error:
        return list(error.diagnostics)
    return []


def relevant(code: str, found: list[Diagnostic]) -> list[Diagnostic]:
    """Examples are short: that no scenario touches them is reported on the page about that alone."""
    return [item for item in found if item.code != "GL502" or code == "GL502"]


def shown(found: list[Diagnostic]) -> str:
    return "\n".join(f"{item.code} line {item.place()[1]}: {item.message}; {item.hint}" for item in found)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_wrong_example_gives_the_message(code: str, tmp_path: Path) -> None:
    found = relevant(code, found_in(code, "wrong", tmp_path))
    assert code in {item.code for item in found}, shown(found)
    others = {item.code for item in found if item.severity == "error"} - {code}
    assert not others, shown(found)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_right_example_is_clean(code: str, tmp_path: Path) -> None:
    found = relevant(code, found_in(code, "right", tmp_path))
    assert found == [], shown(found)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_page_says_what_and_why(code: str) -> None:
    text = (FOLDER / f"{code}.md").read_text(encoding="utf-8")
    name, severity, _ = CODES[code]
    assert text.startswith(f"# {code} {name}\n\n*{severity.capitalize()}.*\n\n## What it means\n")
    assert "\n## Why\n" in text
    if code not in (*BUILT, *BUILT_LOGS):
        assert "\n## Wrong\n" in text
        assert "\n## Right\n" in text


def test_there_is_no_page_without_a_code() -> None:
    assert {path.stem for path in FOLDER.glob("GL*.md")} == set(CODES)


def test_the_site_shows_the_examples_as_code() -> None:
    """The renderer takes one word behind a fence; the hook leaves it one."""
    path = FOLDER.parent / "hooks.py"
    spec = importlib.util.spec_from_file_location("hooks", path)
    assert spec is not None
    assert spec.loader is not None
    hooks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hooks)
    for code in sorted(CODES):
        shown_as = hooks.on_page_markdown((FOLDER / f"{code}.md").read_text(encoding="utf-8"))
        assert not re.search(r"^`{3,}[a-z]+ ", shown_as, re.MULTILINE)
