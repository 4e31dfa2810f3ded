"""The same generators for Hypothesis, which shrinks what it draws."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from tests.differential.choices import Choices, Drawn
from tests.differential.records import Record, record
from tests.differential.rights import agreement
from tests.differential.worlds import World


@st.composite
def choices(draw: Callable[..., int]) -> Choices:
    """Choices that Hypothesis makes."""
    return Choices(Drawn(lambda bound: draw(st.integers(0, bound - 1))))


@st.composite
def agreements(draw: Callable[..., int]) -> World:
    """Random agreements."""
    return agreement(Choices(Drawn(lambda bound: draw(st.integers(0, bound - 1)))))


@st.composite
def recorded(draw: Callable[..., int]) -> tuple[World, Record]:
    """Random agreements with a random record."""
    drawn = Choices(Drawn(lambda bound: draw(st.integers(0, bound - 1))))
    world = agreement(drawn)
    return world, record(drawn, world)
