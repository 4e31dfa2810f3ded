"""What a compiled agreement holds: its rights, each with the facts that it looks at; and the file that keeps them.

In: a loaded agreement, where to keep its plans (nowhere: an empty path). Out: `Contents`. Raises NoAnswer where the agreement has
errors, a right is not there, or the file cannot be written.
"""

from __future__ import annotations

from collections.abc import Sequence

from govlang.backends.plan import Right
from govlang.diagnostics import did_you_mean
from govlang.frozen import dataclass
from govlang.holiday_table import stem
from govlang.pipeline import Loaded
from govlang.tools.compiled import kept, planned
from govlang.tools.compiled.planned import About, Entry
from govlang.tools.questions import NoAnswer

READABLE = 0o644  # whoever may read the agreement may read what was made of it; nobody else may write it


@dataclass(frozen=True)
class Contents:
    """What there is. `file` is where it is kept (empty: nowhere), `size` how many bytes that takes."""

    about: About
    rights: tuple[tuple[Entry, Right], ...]
    file: str = ""
    size: int = 0


def beside(agreement: str) -> str:
    """Where the plans of an agreement stand, if nothing else is said: `alliance.gov.md` has `alliance.compiled.jsonl`."""
    return f"{stem(agreement)}.compiled{kept.ENDING}"


def contents(loaded: Loaded, path: str = "", names: Sequence[str] = (), on: str = "") -> Contents:
    """The rights (or some of them), and the file that keeps them all."""
    plans = planned(loaded, on)
    for name in names:
        if name not in plans.entries:
            raise NoAnswer(f"there is no right called '{name}'", did_you_mean(name, plans.entries))
    rights = tuple((entry, plans.right(name)) for name, entry in plans.entries.items() if not names or name in names)
    size = 0
    if path:
        data = kept.written(plans)[1]
        size = len(data)
        try:
            kept.write(kept.file(path), data, READABLE)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise NoAnswer(f"'{path}' cannot be written: {reason}", "check its folder and permissions") from None
    return Contents(plans.about, rights, path, size)
