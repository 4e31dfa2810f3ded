"""Two lists gone through side by side: what in one is what in the other.

In: two lists, and how alike two things are. Out: pairs in order; one of a pair is None where something is gone or new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

MOST_PAIRS = 250_000  # to be weighed against each other; beyond that only equal things are matched

T = TypeVar("T")


def matched(
    old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float]
) -> Iterator[tuple[T | None, T | None]]:
    """The best way to go through two lists in order: pairs of what is alike (`likeness` above 0), and what stands alone."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    yield from zip(old[:head], new[:head], strict=True)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(middle_old) * len(middle_new) > MOST_PAIRS:
        yield from _equal(middle_old, middle_new)
    else:
        yield from _best(middle_old, middle_new, likeness)
    yield from zip(old[len(old) - tail :], new[len(new) - tail :], strict=True)


def _best(old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float]) -> Iterator[tuple[T | None, T | None]]:
    like = [[likeness(before, after) for after in new] for before in old]
    rows, columns = len(old), len(new)
    score = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            best = max(score[row + 1][column], score[row][column + 1])
            here = like[row][column]
            score[row][column] = max(best, score[row + 1][column + 1] + here) if here > 0 else best
    row = column = 0
    while row < rows and column < columns:
        here = like[row][column]
        if here > 0 and score[row][column] == score[row + 1][column + 1] + here:
            yield old[row], new[column]
            row, column = row + 1, column + 1
        elif score[row][column] == score[row + 1][column]:
            yield old[row], None
            row += 1
        else:
            yield None, new[column]
            column += 1
    yield from ((each, None) for each in old[row:])
    yield from ((None, each) for each in new[column:])


def _equal(old: Sequence[T], new: Sequence[T]) -> Iterator[tuple[T | None, T | None]]:
    """As `_best`, for lists too long to weigh everything against everything."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from ((each, None) for each in old[a:b])
            yield from ((None, each) for each in new[c:d])


def common(old: Counter[str], new: Counter[str]) -> float:
    """What share of the words of both stands in both."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0
