"""Differences as files: an agreement, and a record or a row of facts on which two back ends differed.

In and out: Markdown files with fences, in `found/`. They are read again and put to every back end by the tests, so that what was
mended once stays so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from govlang.backends.plan import judged, plan
from govlang.core.expr import Value
from govlang.frozen import dataclass
from govlang.pipeline import Loaded, load_text
from govlang.syntax.nodes import Duration, Money
from tests.differential import histories, raw
from tests.differential.comparing import differences
from tests.differential.engines import Engine
from tests.differential.logs import Log
from tests.differential.records import Record

FOLDER = Path(__file__).parent / "found"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Story:
    """A difference: on a `row` about the right `about`, on a row of a `log` beside the record, or else on the record. `said` is
    each side's answer."""

    engine: str
    about: str
    agreement: str
    record: str = ""
    row: Mapping[str, Value] | None = None
    log: Log | None = None
    said: tuple[str, ...] = ()
    seed: str = ""

    def __str__(self) -> str:
        parts = [f"# {self.engine} differs about {self.about}\n", *(f"- {line}" for line in self.said)]
        parts += [f"- seed {self.seed}"] if self.seed else []
        parts += ["", f"```gov\n{self.agreement.strip()}\n```", ""]
        parts += [f"```minutes\n{self.record.strip()}\n```", ""] if self.record else []
        if self.row is not None:
            values = {name: packed(value) for name, value in self.row.items()}
            parts += [f"```json\n{json.dumps(values, indent=2, ensure_ascii=False)}\n```", ""]
        if self.log is not None:
            lines = [json.dumps(packed(each), ensure_ascii=False) for each in (self.log.types, *self.log.rows)]
            parts += ["```log", *lines, "```", ""]
        return "\n".join(parts)


def read(path: Path) -> Story:
    """A story from its file."""
    text = path.read_text(encoding="utf-8")
    fences = dict(_FENCE.findall(text))
    engine, about = re.match(r"# (\S+) differs about (.+)\n", text).groups()  # type: ignore[union-attr]
    row = {name: unpacked(value) for name, value in json.loads(fences["json"]).items()} if "json" in fences else None
    log = None
    if "log" in fences:
        types, *rows = (unpacked(json.loads(line), False) for line in fences["log"].splitlines())
        log = Log(tuple(rows), types, fences.get("minutes", ""))
    return Story(engine, about, fences["gov"], fences.get("minutes", ""), row, log)


def faults(story: Story, engines: Sequence[Engine]) -> list[str]:
    """What is still wrong with a story, on all back ends."""
    loaded = load_text(story.agreement)
    if not loaded.sound:
        return [f"the agreement has errors: {loaded.diagnostics[0].message}"]
    if story.log is not None:
        return [str(each) for each in raw.differences(loaded, story.log)]
    if story.row is not None:
        return [str(each) for each in of_row(loaded, story.about, story.row, engines)]
    return of_record(loaded, story.record, engines)


def of_row(loaded: Loaded, about: str, row: Mapping[str, Value], engines: Sequence[Engine]) -> list[Any]:
    """Where back ends differ about a row of a right; columns that the right does not have are left out."""
    decision = loaded.agreement.right(about)
    if decision is None:
        return []
    right = plan(loaded.rules.rule(about), decision).right
    values = {column.name: row.get(column.name) for column in right.columns}
    return differences(right, [values], [judged(right, values)], engines)


def of_record(loaded: Loaded, text: str, engines: Sequence[Engine]) -> list[str]:
    """What is wrong with the questions about a record."""
    asked = histories.of_record(loaded, Record(text, ()), explained=True)
    found = list(asked.faults)
    for case in asked.cases:
        found += [str(each) for each in differences(case.right, [case.values], [case.answer], engines)]
    return found


# ------------------------------------------------------------ values in JSON


def packed(value: Any) -> Any:
    """A value as JSON."""
    match value:
        case Fraction():
            return {"number": str(value)}
        case Decimal():
            return {"decimal": str(value)}
        case Money(amount, currency):
            return {"money": str(amount), "currency": currency}
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Duration(amount, unit):
            return {"duration": amount, "unit": unit}
        case tuple() | list():
            return [packed(each) for each in value]
        case dict():
            return {name: packed(each) for name, each in value.items()}
        case _:
            return value


def unpacked(value: Any, tuples: bool = True) -> Any:
    """A value from JSON; lists as tuples, or as they are."""
    match value:
        case {"number": text, **rest} if not rest:
            return Fraction(text)
        case {"decimal": text, **rest} if not rest:
            return Decimal(text)
        case {"money": text, "currency": currency}:
            return Money(Decimal(text), currency)
        case {"instant": text, **rest} if not rest:
            return datetime.fromisoformat(text)
        case {"day": str(text), **rest} if not rest:
            return date.fromisoformat(text)
        case {"duration": amount, "unit": unit}:
            return Duration(amount, unit)
        case list():
            return tuple(unpacked(each) for each in value) if tuples else [unpacked(each, False) for each in value]
        case dict():
            return {name: unpacked(each, tuples) for name, each in value.items()}
        case _:
            return value
