"""What compiled plans rest on: the text, the files beside it, the grammar, and govlang itself, each by its SHA-256.

In: an agreement. Out: hashes. Plans that were made from anything else are not those of this agreement.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Any

from govlang.holiday_table import path_beside
from govlang.model.locking import lock_path
from govlang.pipeline import Loaded, read
from govlang.source import Source
from govlang.syntax.tables import fingerprint, grammar_text

FORMAT = 1
MADE_BY = (
    "source.py", "frozen.py", "pipeline.py", "syntax", "model", "core", "backends/plan.py", "backends/plan_data.py",
    "backends/columns.py",
)  # fmt: skip


def made_from(agreement: Loaded | str | Path, on: str) -> dict[str, Any] | None:
    """What a file has to be made from to be used: the text, the grammar, govlang itself. None where there is no text."""
    if isinstance(agreement, Loaded):
        source = agreement.source
    else:
        source, problems = read(str(agreement))
        if problems:
            return None
    return {
        "govlang_compiled": FORMAT, "made_by": itself(), "grammar": grammar(), "document": source.name, "on": on,
        "text": sha256_of(_own(source).encode("utf-8", "surrogatepass")),
    }  # fmt: skip


def _own(source: Source) -> str:
    """The text of the agreement's own file, without those that it uses: they stand beside it."""
    return source.text[: source.parts[0][0] - 1] if source.parts else source.text


def sha256_of(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@cache
def grammar() -> str:
    """The fingerprint of the grammar."""
    return fingerprint(grammar_text())


@cache
def itself() -> str:
    """The fingerprint of the modules that make plans: another govlang may mean something else by the same text."""
    package = Path(__file__).parents[2]
    found = hashlib.sha256()
    for name in MADE_BY:
        top = package / name
        for path in sorted(top.rglob("*.py*")) if top.is_dir() else (top, top.with_suffix(".pyc")):
            if "__pycache__" not in path.parts and path.is_file():
                found.update(f"{path.relative_to(package)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def hash_on_disk(path: Path) -> str:
    """The hash of a file; empty where there is none."""
    try:
        return sha256_of(path.read_bytes())
    except (OSError, ValueError):
        return ""


def beside(loaded: Loaded) -> dict[str, str]:
    """The files that an agreement rests on beside its own text, by their path from its folder, with their hashes (empty for one
    that is not there: it must not be there later)."""
    name = loaded.source.name
    folder = Path(name).parent
    beside = [path_beside(name), str(lock_path(name)), *(str(folder / item.path) for item in loaded.used)]
    return {os.path.relpath(path, folder): hash_on_disk(Path(path)) for path in beside}
