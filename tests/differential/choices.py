"""Choices: where everything random comes from, so that one generator has two drivers.

In: a seed, or Hypothesis's `draw`. Out: numbers below a bound, of which 0 is the plainest. A generator that asks for nothing else
makes millions from a seed, and shrinks under Hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Protocol, TypeVar

T = TypeVar("T")


class Source(Protocol):
    """A number at least 0 and below a bound."""

    def below(self, bound: int) -> int: ...


class Seeded:
    """Numbers from a seed."""

    def __init__(self, seed: int | str) -> None:
        self._random = Random(seed).random

    def below(self, bound: int) -> int:
        return int(self._random() * bound)


class Drawn:
    """Numbers that Hypothesis draws."""

    def __init__(self, draw: Callable[[int], int]) -> None:
        self.below = draw


class Choices:
    """What generators ask for, in terms of numbers below a bound."""

    def __init__(self, source: Source) -> None:
        self.below = source.below

    def pick(self, items: Sequence[T]) -> T:
        """One of several; the first is the plainest."""
        return items[self.below(len(items))]

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases; no is the plainest."""
        return self.below(100) >= 100 - percent

    def number(self, least: int, most: int) -> int:
        """A whole number; the least is the plainest."""
        return least + self.below(most - least + 1)

    def some(self, items: Sequence[T], least: int, most: int) -> list[T]:
        """So many different ones, in their own order; the first ones are the plainest."""
        count = self.number(min(least, len(items)), min(most, len(items)))
        left = list(range(len(items)))
        chosen = sorted(left.pop(self.below(len(left))) for _ in range(count))
        return [items[place] for place in chosen]
