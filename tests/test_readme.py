"""The README and the tutorial stay true: every command that they show is run, and prints what they say it prints.

The tutorial is followed as a reader would follow it: "save this as `NAME`" writes the block below it into a file, "under
*HEADING*" puts the block below it there. A line of `...` in an output stands for lines left out. After a change of wording,
`python tests/test_readme.py` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/index.md", "docs/tutorial.md")

FENCE = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
SAVE = re.compile(r"\bsave (?:this|it) as\s+`([^`]+)`", re.IGNORECASE)
UNDER = re.compile(r"\bunder\s+\*([^*]+)\*", re.IGNORECASE)


class Block(NamedTuple):
    """A fenced block of a page: the prose above it, its language, its text, and where the text stands."""

    prose: str
    language: str
    text: str
    start: int
    end: int


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page in order."""
    above = 0
    for fence in FENCE.finditer(page):
        yield Block(page[above : fence.start()], fence[2], fence[3], fence.start(3), fence.end(3))
        above = fence.end()


def commands(text: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output shown under it. A line that ends in a backslash goes on."""
    found: list[tuple[str, str]] = []
    going_on = False
    for line in text.splitlines(keepends=True):
        if going_on:
            found[-1] = (found[-1][0] + line.rstrip("\n"), "")
        elif line.startswith("$ "):
            found.append((line[2:].rstrip("\n"), ""))
        else:
            command, output = found[-1]
            found[-1] = (command, output + line)
            continue
        going_on = line.rstrip("\n").endswith("\\")
        if going_on:
            found[-1] = (found[-1][0] + "\n", "")
    return found


class Reader:
    """Someone who follows a page in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = 0
        self.agreement: Path | None = None
        shutil.copytree(ROOT / "agreements", folder / "agreements")
        shutil.copytree(ROOT / "tests" / "stories", folder / "tests" / "stories")
        tools = folder / ".tools"
        tools.mkdir()
        (tools / "govlang").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m govlang.cli "$@"\n', encoding="utf-8")
        (tools / "govlang").chmod(0o755)
        keep = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "GOVLANG"))}
        self.environment = {**keep, "PATH": f"{tools}{os.pathsep}{keep.get('PATH', '')}", "PYTHONPATH": str(ROOT),
                            "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "COLUMNS": "100", "LC_ALL": "C.UTF-8"}  # fmt: skip

    def follow(self, block: Block) -> None:
        """Does what the prose says with a block that is no command."""
        if saved := SAVE.search(block.prose):
            path = self.folder / saved[1]
            path.write_text(block.text, encoding="utf-8")
            if path.name.endswith(".gov.md"):
                self.agreement = path
        elif block.language == "gov" and (under := UNDER.search(block.prose)):
            assert self.agreement is not None, "a block is to be put under a heading, and no agreement is saved yet"
            self.agreement.write_text(
                inserted(self.agreement.read_text(encoding="utf-8"), under[1], block.text), encoding="utf-8"
            )

    def run(self, command: str) -> str:
        """What a command prints, both streams as a terminal shows them."""
        done = subprocess.run(
            ["/bin/sh", "-c", f"(exit {self.code}); {command}"], cwd=self.folder, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
        )  # fmt: skip
        self.code = done.returncode
        return done.stdout


def inserted(text: str, heading: str, rules: str) -> str:
    """An agreement with a block of rules at the end of the section under a heading."""
    lines = text.rstrip("\n").split("\n")
    start = next(i for i, line in enumerate(lines) if re.fullmatch(rf"#+ {re.escape(heading)}", line))
    ends = (i for i in range(start + 1, len(lines)) if re.match(r"#+ ", lines[i]))
    end = next(ends, len(lines))
    before, after = lines[:end], lines[end:]
    while before and not before[-1]:
        before.pop()
    return "\n".join([*before, "", "```gov", rules.rstrip("\n"), "```", "", *after]).rstrip("\n") + "\n"


def agrees(shown: str, printed: str) -> bool:
    """Whether an output is what a page shows; `...` on a line of its own stands for lines left out."""
    if re.search(r"^\.\.\.$", shown, re.MULTILINE) is None:
        return shown == printed
    parts = re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)
    return re.fullmatch("(?:.*\n)*?".join(re.escape(part) for part in parts), printed) is not None


def make_offline() -> bool:
    """Whether commands can be run the way the pages show them."""
    return os.name == "posix"


@pytest.mark.skipif(not make_offline(), reason="the pages show a POSIX shell")
@pytest.mark.parametrize("page", PAGES)
def test_every_command_prints_what_the_page_says(page: str, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    for block in blocks((ROOT / page).read_text(encoding="utf-8")):
        if block.language != "console":
            reader.follow(block)
            continue
        for command, shown in commands(block.text):
            printed = reader.run(command)
            assert agrees(shown, printed), f"$ {command}\n{printed}\n(write it anew: python tests/test_readme.py)"


def test_the_readme_shows_commands_and_their_output() -> None:
    shown = [
        output
        for block in blocks((ROOT / "README.md").read_text(encoding="utf-8"))
        if block.language == "console"
        for _, output in commands(block.text)
    ]
    assert len(shown) >= 3
    assert all(shown)


def test_the_rules_in_the_readme_stand_in_the_agreement() -> None:
    agreement = (ROOT / "agreements" / "alliance.gov.md").read_text(encoding="utf-8")
    shown = [b.text for b in blocks((ROOT / "README.md").read_text(encoding="utf-8")) if b.language == "gov"]
    assert shown
    assert all(text in agreement for text in shown)


def test_the_gallery_lists_every_agreement() -> None:
    listed = set(re.findall(r"\]\(agreements/([\w-]+\.gov\.md)\)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert listed == {path.name for path in (ROOT / "agreements").glob("*.gov.md")}


def test_links_of_the_readme_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_makefile_has_the_targets_that_the_readme_names() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake (\w+)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_readme_names_every_verb() -> None:
    from govlang.cli import VERBS

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [verb for verb in VERBS if f"govlang {verb}" not in text] == []


def test_left_out_lines_stand_for_any() -> None:
    assert agrees("a\n...\nd\n", "a\nb\nc\nd\n")
    assert not agrees("a\n...\nd\n", "a\nb\nc\n")
    assert not agrees("a\nd\n", "a\nb\nd\n")


def written(page: str, folder: Path) -> str:
    """A page with the outputs of its commands as they are now; outputs with lines left out are kept if they agree."""
    text = (ROOT / page).read_text(encoding="utf-8")
    reader, changes = Reader(folder), []
    for block in blocks(text):
        if block.language != "console":
            reader.follow(block)
            continue
        new = ""
        for command, shown in commands(block.text):
            printed = reader.run(command)
            if not agrees(shown, printed) and re.search(r"^\.\.\.$", shown, re.MULTILINE):
                sys.stderr.write(f"{page}: shorten this by hand\n$ {command}\n{printed}\n")
            new += f"$ {command}\n" + (shown if re.search(r"^\.\.\.$", shown, re.MULTILINE) else printed)
        changes.append((block.start, block.end, new))
    for start, end, new in reversed(changes):
        text = text[:start] + new + text[end:]
    return text


if __name__ == "__main__":
    for each in sys.argv[1:] or PAGES:
        with tempfile.TemporaryDirectory() as place:
            (ROOT / each).write_text(written(each, Path(place)), encoding="utf-8")
