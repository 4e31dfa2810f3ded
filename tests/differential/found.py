"""Differences as files: an agreement, and a record or a row of facts on which two back ends differed.

In and out: Markdown files with fences, in `found/`. They are read again and put to every back end by the tests, so that what was
mended once stays so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from govlang.backends.plan import judged, plan
from govlang.core.expr import Value
from govlang.frozen import dataclass
from govlang.pipeline import Loaded, load_text
from govlang.syntax.nodes import Duration, Money
from tests.differential import histories
from tests.differential.comparing import differences
from tests.differential.engines import Engine
from tests.differential.records import Record

FOLDER = Path(__file__).parent / "found"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Story:
    """A difference. `row` is about the right `about`; without one, the record is what differs. `said` is each side's answer."""

    engine: str
    about: str
    agreement: str
    record: str = ""
    row: Mapping[str, Value] | None = None
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
        return "\n".join(parts)


def read(path: Path) -> Story:
    """A story from its file."""
    text = path.read_text(encoding="utf-8")
    fences = {kind: body for kind, body in _FENCE.findall(text)}
    engine, about = re.match(r"# (\S+) differs about (.+)\n", text).groups()  # type: ignore[union-attr]
    row = {name: unpacked(value) for name, value in json.loads(fences["json"]).items()} if "json" in fences else None
    return Story(engine, about, fences["gov"], fences.get("minutes", ""), row)


def faults(story: Story, engines: Sequence[Engine]) -> list[str]:
    """What is still wrong with a story, on all back ends."""
    loaded = load_text(story.agreement)
    if not loaded.sound:
        return [f"the agreement has errors: {loaded.diagnostics[0].message}"]
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


def packed(value: Value) -> Any:
    """A value as JSON."""
    match value:
        case Fraction():
            return {"number": str(value)}
        case Money(amount, currency):
            return {"money": str(amount), "currency": currency}
        case datetime():
            return {"instant": value.isoformat()}
        case Duration(amount, unit):
            return {"duration": amount, "unit": unit}
        case tuple():
            return list(value)
        case _:
            return value


def unpacked(value: Any) -> Value:
    """A value from JSON."""
    match value:
        case {"number": text}:
            return Fraction(text)
        case {"money": text, "currency": currency}:
            return Money(Decimal(text), currency)
        case {"instant": text}:
            return datetime.fromisoformat(text)
        case {"duration": amount, "unit": unit}:
            return Duration(amount, unit)
        case list():
            return tuple(value)
        case _:
            return value  # type: ignore[no-any-return]
