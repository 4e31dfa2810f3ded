"""What is shipped: the wheel and the source archive hold the grammar and the parse tables, and work from anywhere.

Builds run without a network, with the build backend that the `test` extra installs.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_BYTES = 2_000_000


def run(*command: str, cwd: Path, **environment: str) -> str:
    """Runs a command that must succeed; shows what it printed when it does not."""
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, built from the checkout."""
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder), cwd=ROOT)
    [path] = folder.glob("govlang-*.tar.gz")
    return path


@pytest.fixture(scope="module")
def wheel(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source archive as an installer would, so that both are known to be complete."""
    folder = tmp_path_factory.mktemp("wheel")
    with tarfile.open(archive) as content:
        safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # early releases of 3.11 have none
        content.extractall(folder, **safe)
    [source] = (path for path in folder.iterdir() if path.is_dir())
    options = ("--no-build-isolation", "--no-deps", "--no-index", "--disable-pip-version-check", "--quiet")
    run(sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(folder), str(source), cwd=folder)
    [path] = folder.glob("govlang-*.whl")
    return path


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as content:
        content.extractall(folder)
    return folder


def test_the_source_archive_holds_what_a_rebuild_needs(archive: Path) -> None:
    with tarfile.open(archive) as content:
        names = {name.partition("/")[2] for name in content.getnames()}
    wanted = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "Makefile", "grammar/govlang.lark"}
    wanted |= {"govlang/__init__.py", "govlang/syntax/tables.txt", "tests/test_packaging.py", "docs/index.md"}
    assert wanted <= names, sorted(wanted - names)
    assert any(name.startswith("agreements/") for name in names)


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        names = set(content.namelist())
    package = (path for path in (ROOT / "govlang").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    wanted = {path.relative_to(ROOT).as_posix() for path in package}
    wanted |= {"govlang/grammar/govlang.lark", "govlang/syntax/tables.txt", "govlang/templates/alliance.gov.md"}
    wanted |= {f"govlang/errors/{path.name}" for path in (ROOT / "docs" / "errors").glob("GL*.md")}
    assert wanted <= names, sorted(wanted - names)
    assert any(fnmatch(name, "*.dist-info/licenses/LICENSE") for name in names)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        names = content.namelist()
    assert [name for name in names if not fnmatch(name, "govlang/*") and not fnmatch(name, "*.dist-info/*")] == []
    assert wheel.stat().st_size < MOST_BYTES


def test_the_wheel_carries_the_grammar_as_it_stands(unpacked: Path) -> None:
    shipped = (unpacked / "govlang" / "grammar" / "govlang.lark").read_bytes()
    assert shipped == (ROOT / "grammar" / "govlang.lark").read_bytes()


def test_the_wheel_works_away_from_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    """Imports the package from the wheel's content alone and parses a clause with the grammar found there."""
    script = (
        "import govlang, pathlib\n"
        "from govlang.source import Source\n"
        "from govlang.syntax import parse, tables\n"
        "print(pathlib.Path(govlang.__file__).resolve())\n"
        "print(len(tables.grammar_text()))\n"
        "file = parse.parse(Source('x.gov', 'party Helios\\n'))\n"
        "print(len(file.clauses), len(file.diagnostics))\n"
    )
    place, size, counts = run(
        sys.executable, "-c", script, cwd=tmp_path, PYTHONPATH=str(unpacked), PYTHONDONTWRITEBYTECODE="1"
    ).splitlines()
    assert Path(place).is_relative_to(unpacked.resolve())
    assert int(size) > 1000
    assert counts == "1 0"


def test_the_command_works_away_from_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    """Explains a message, writes a template and checks it, with the wheel's content alone."""
    command = (sys.executable, "-m", "govlang")
    settings = {"PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"}
    assert "## " in run(*command, "explain", "GL101", cwd=tmp_path, **settings)
    run(*command, "new", "a.gov.md", cwd=tmp_path, **settings)
    assert "nothing to report" in run(*command, "check", "a.gov.md", cwd=tmp_path, **settings)


def test_the_shipped_tables_match_the_grammar() -> None:
    """When this fails: `make tables`."""
    tables = (ROOT / "govlang" / "syntax" / "tables.txt").read_text(encoding="utf-8")
    grammar = (ROOT / "grammar" / "govlang.lark").read_text(encoding="utf-8")
    assert tables.startswith(f"grammar {hashlib.sha256(grammar.encode('utf-8')).hexdigest()}\n")


def test_the_command_is_installed() -> None:
    """The editable install has the command and finds the grammar in the checkout."""
    command = Path(sys.executable).with_name("govlang")
    assert "Usage: govlang" in run(str(command), "--help", cwd=ROOT)
