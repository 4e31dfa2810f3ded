"""One right and many rows: what each back end says of them, beside the reference interpreter.

In: a right, rows, back ends. Out: `Difference`s, and `Counts` of what was compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from govlang.backends.plan import Right, judged
from govlang.core.expr import Value
from govlang.core.reasons import Point
from govlang.core.verdict import Verdict
from govlang.frozen import dataclass, field
from tests.differential.choices import Choices
from tests.differential.engines import Answer, Engine, Rows
from tests.differential.values import Fuzz, Row


@dataclass(frozen=True, slots=True)
class Difference:
    """A row on which a back end says something else than the reference."""

    engine: str
    right: Right
    row: Mapping[str, Value]
    expected: Answer | None
    found: Answer | str

    def __str__(self) -> str:
        values = "\n".join(f"  {name} = {show(value)}" for name, value in self.row.items())
        answers = f"reference: {said(self.expected)}\n{self.engine}: {said(self.found)}\n"
        return f"{self.engine} about {self.right.name}\n{values}\n{answers}"


@dataclass(slots=True)
class Counts:
    """What was compared: rights, rows by engine, verdicts, requirements rested on by kind, clause kinds of the rights."""

    rights: int = 0
    records: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    points: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def decisions(self) -> int:
        """How many rows were answered by the reference."""
        return sum(self.verdicts.values())

    def note(self, right: Right, answers: Sequence[Answer]) -> None:
        """Takes in the reference's answers."""
        self.rights += 1
        for verdict, point in answers:
            self.verdicts[verdict.value] += 1
            if point is not None:
                self.kinds[f"{verdict.value} {point.kind}"] += 1


def differences(right: Right, rows: Rows, expected: Sequence[Answer], engines: Sequence[Engine], counts: Counts | None = None
                ) -> list[Difference]:  # fmt: skip
    """Where back ends differ from the reference: the first row of each."""
    found: list[Difference] = []
    if counts is not None:
        counts.note(right, expected)
    for engine in engines:
        try:
            answers = engine.answers(right, rows)
        except Exception as error:  # whatever a back end does not survive is a difference
            found.append(_narrowed(engine, right, rows, error))
            continue
        if answers is None:
            continue
        if counts is not None:
            counts.rows[engine.name] += len(rows)
        for row, want, got in zip(rows, expected, answers, strict=True):
            if want != got:
                found.append(Difference(engine.name, right, row, want, got))
                break
    return found


def _narrowed(engine: Engine, right: Right, rows: Rows, error: Exception) -> Difference:
    """The one row at which a back end breaks, if it breaks at one by itself."""
    for row in rows:
        try:
            engine.answers(right, [row])
        except Exception as again:
            return Difference(engine.name, right, row, judged(right, row), f"{type(again).__name__}: {again}")
    return Difference(engine.name, right, rows[0] if rows else {}, None, f"on {len(rows)} rows: {type(error).__name__}: {error}")


def fuzzed(right: Right, choices: Choices, count: int) -> tuple[list[Row], list[Answer]]:
    """So many random rows, with the reference's answers. Those that reach something new are changed further."""
    fuzz = Fuzz(right)
    rows: list[Row] = []
    answers: list[Answer] = []
    reached: dict[Answer, Row] = {}
    seldom: list[Row] = []
    for place in range(count):
        row = fuzz.fresh(choices) if place < 8 or not choices.chance(60) else fuzz.changed(choices, choices.pick(seldom))
        answer = judged(right, row)
        if answer not in reached:
            reached[answer] = row
            seldom.append(row)
        rows.append(row)
        answers.append(answer)
    return rows, answers


def said(answer: Answer | str | None) -> str:
    """An answer in words."""
    if answer is None or isinstance(answer, str):
        return answer or "not known"
    verdict, point = answer
    return f"{verdict.value}{f', {point.kind}: {point.label} ({point.id})' if isinstance(point, Point) else ''}"


def show(value: Value) -> str:
    """A value, so that it can be read again by `stories.value`."""
    return "not known" if value is None else repr(value)


__all__ = ["Counts", "Difference", "Verdict", "differences", "fuzzed", "said", "show"]
