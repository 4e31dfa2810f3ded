"""Which rights govern an action, and what they say together.

In: the rights that apply to an action. Out: those that no other of them comes before, and one verdict. The judge of records and
every other way of answering join rights by this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

from govlang.core.verdict import Verdict

T = TypeVar("T")


def left_standing(applicable: Iterable[tuple[str, Collection[str], T]]) -> list[T]:
    """What stands for each right that no other applicable one overrides. Given: its name, the names it overrides, and that."""
    kept = list(applicable)
    overridden = {other for _, overrides, _ in kept for other in overrides}
    return [what for name, _, what in kept if name not in overridden]


def joined(verdicts: Collection[Verdict]) -> Verdict:
    """What several rights say: their verdict, where they agree; else nobody can say yet. Without a right, nothing is said."""
    if not verdicts:
        return Verdict.SILENT
    first, *others = verdicts
    return first if all(other is first for other in others) else Verdict.PENDING
