"""The lock file of an agreement that uses other files: the SHA-256 of each, so that a change of shared clauses is noticed.

In: the path of an agreement, the files it uses. Out: what the lock says, what does not fit it (GL126, GL127), the text of a
new lock. Written by `govlang lock`, read whenever the agreement is. Loaded only for agreements that use other files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from govlang.diagnostics import Diagnostic
from govlang.frozen import dataclass
from govlang.source import Source, Span

KEY = "uses"


@dataclass(frozen=True, slots=True)
class Used:
    """A file that an agreement uses: its path from the agreement's folder, its text, its SHA-256, and the line that
    uses it first."""

    path: str
    source: Source
    digest: str
    user: Source
    span: Span


def digest(data: bytes) -> str:
    """The SHA-256 of a file as it stands on disk, as any other tool would count it."""
    return hashlib.sha256(data).hexdigest()


def lock_path(agreement: str) -> Path:
    """Where the lock of an agreement stands: `alliance.lock.json` beside `alliance.gov.md`."""
    path = Path(agreement)
    stem = path.name.removesuffix(".md").removesuffix(".gov")
    return path.with_name(f"{stem}.lock.json")


def read_lock(agreement: str) -> Mapping[str, str] | str:
    """What is pinned, by path; empty when there is no lock; a sentence when there is one that cannot be read."""
    try:
        data = json.loads(lock_path(agreement).read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        return "it is no JSON text that can be read"
    pinned = data.get(KEY, {}) if isinstance(data, dict) else None
    if not isinstance(pinned, dict) or not all(isinstance(value, str) for value in pinned.values()):
        return f'it has no object "{KEY}" of paths and hashes'
    return pinned


def problems(agreement: str, used: Iterable[Used]) -> Iterator[Diagnostic]:
    """GL126 for a file that is not pinned, GL127 for one that is not what was pinned."""
    pinned = read_lock(agreement)
    name = lock_path(agreement).name
    remedy = f"run: govlang lock {agreement}"
    for item in used:
        if isinstance(pinned, str):
            yield Diagnostic("GL127", f"the lock file '{name}' cannot be used: {pinned}", item.user, item.span, remedy)
            return
        wanted = pinned.get(item.path)
        if wanted is None:
            message = f"'{item.path}' is not pinned, so a change of it would go unnoticed"
            yield Diagnostic("GL126", message, item.user, item.span, remedy)
        elif wanted != item.digest:
            yield Diagnostic(
                "GL127", f"'{item.path}' is not the text that was pinned", item.user, item.span,
                f"read what has changed in it; if it is meant, {remedy}",
                (f"pinned in {name}: sha256 {wanted}", f"found on disk: sha256 {item.digest}"),
            )  # fmt: skip


def written(agreement: str, used: Iterable[Used]) -> str:
    """The text of a new lock, in order of paths; what else the file holds is kept."""
    try:
        before = json.loads(lock_path(agreement).read_bytes().decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        before = {}
    kept = before if isinstance(before, dict) else {}
    content = {**kept, KEY: {item.path: item.digest for item in used}}
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
