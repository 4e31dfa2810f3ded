"""Compiled agreements: what a service asks again and again, fast.

In: an agreement (or its path). Out: `Compiled`, by action: verdict, yes or no, an answer with reasons. `kept` keeps the plans of
its rights in a file, `reading` reads values from JSON, `rows` takes them from a record, `service` swaps one agreement for another.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from govlang.model.nodes import Agreement
from govlang.pipeline import Loaded, load
from govlang.tools.compiled.compiled import Compiled
from govlang.tools.compiled.planned import Planned
from govlang.tools.questions import NoAnswer, day, sound

Paths = str | Path | Iterable[str | Path]


def compile(
    agreement: Loaded | str | Path, *, cache: str | Path | None = None, record: Paths = (), on: str = ""
) -> Compiled:
    """The agreement, ready to be asked. `cache` is a file (`.jsonl`) or a folder to keep its plans in; what is there is used if it
    was made from the same text. `record` is what `row` reads. An amended agreement needs `on`, the day whose text is meant.
    Raises NoAnswer."""
    records = (record,) if isinstance(record, str | Path) else tuple(record)
    if cache is None:
        return Compiled(planned(agreement if isinstance(agreement, Loaded) else load(agreement), on), records)
    from govlang.tools.compiled import kept

    found = kept.find(agreement, cache, on)
    if found is not None:
        return Compiled(found, records)
    fresh = planned(agreement if isinstance(agreement, Loaded) else load(agreement), on)
    kept.keep(fresh, cache)
    return Compiled(fresh, records)


def planned(loaded: Loaded, on: str = "") -> Planned:
    """The rights of a sound agreement, in the text of one day. Raises NoAnswer."""
    sound(loaded)
    return Planned(loaded, text_of(loaded, on), on)


def text_of(loaded: Loaded, on: str) -> Agreement:
    """The text in force on a day; what is never amended needs none. Raises NoAnswer."""
    if not loaded.agreement.amendments:
        return loaded.agreement
    if not on:
        raise NoAnswer("the agreement is amended, so it has several texts",
                       "say the day whose text is meant, such as 2026-03-31 (--on, or on=)")  # fmt: skip
    from govlang.model.versions import in_force

    at: datetime = day(on).end
    return in_force(loaded.agreement, at)


__all__ = ["Compiled", "compile", "planned", "text_of"]
