"""`lock`: the files that an agreement uses, pinned by their hash.

In: a loaded agreement. Out: its lock file, written whole or not at all; what is out of date in it.
"""

from __future__ import annotations

import os
from pathlib import Path

from govlang.diagnostics import Diagnostic
from govlang.model import locking
from govlang.pipeline import Loaded


def path(loaded: Loaded) -> Path:
    """Where the lock stands."""
    return locking.lock_path(loaded.source.name)


def unusable(loaded: Loaded) -> list[Diagnostic]:
    """Why nothing can be pinned: a file that cannot be read, or a `use` that may not be."""
    return [found for found in loaded.diagnostics if found.code in ("GL003", "GL004", "GL128", "GL129")]


def out_of_date(loaded: Loaded) -> list[str]:
    """What the lock does not say, or says otherwise, in the order of paths; what it pins and nothing uses."""
    pinned = locking.read_lock(loaded.source.name)
    if isinstance(pinned, str):
        return [f"{path(loaded)} cannot be used: {pinned}"]
    used = {item.path: item.digest for item in loaded.used}
    found = [f"{name} {'is not the text that was pinned' if name in pinned else 'is not pinned'}"
             for name, digest in used.items() if pinned.get(name) != digest]  # fmt: skip
    return [*found, *(f"{name} is pinned and no longer used" for name in sorted(pinned.keys() - used.keys()))]


def write(loaded: Loaded) -> None:
    """Writes the lock file."""
    target = path(loaded)
    fresh = target.with_name(f"{target.name}.new")
    fresh.write_text(locking.written(loaded.source.name, loaded.used), encoding="utf-8", newline="\n")
    os.replace(fresh, target)  # noqa: PTH105 - whole or not at all
