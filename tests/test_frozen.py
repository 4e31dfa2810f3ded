"""Immutable values: the initialiser that a class begins with and the one written for it later do the same."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import govlang
from govlang import frozen


def classes() -> Iterator[Any]:
    """Every class of values in the project."""
    seen = set()
    for module in pkgutil.walk_packages(govlang.__path__, "govlang."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and "__record_fields__" in vars(value) and value not in seen:
                seen.add(value)
                yield value


def test_both_initialisers_do_the_same_for_every_class() -> None:
    count = 0
    for cls in classes():
        fields: dict[str, frozen.Field] = cls.__record_fields__
        required = {
            name: f"value of {name}" for name, item in fields.items()
            if item.default is frozen.MISSING and item.factory is frozen.MISSING
        }  # fmt: skip
        generic = frozen._initialiser(cls, fields, len(cls.__match_args__))
        first, second = cls.__new__(cls), cls.__new__(cls)
        generic(first, **required)
        frozen._written(cls.__puts__, fields)(second, **required)
        for name in fields:
            assert getattr(first, name) == getattr(second, name), (cls, name)
        count += 1
    assert count > 100


@frozen.dataclass(frozen=True)
class Point:
    x: int
    y: int = 0
    tags: list[str] = frozen.field(default_factory=list)
    note: str = frozen.field(default="", compare=False, kw_only=True)


def test_a_class_that_is_used_often_stays_the_same() -> None:
    points = [Point(number, note="n") for number in range(2 * frozen.OFTEN)]
    assert points[0] == Point(0, 0, note="other")
    assert points[-1] == Point(x=2 * frozen.OFTEN - 1)
    assert points[0].tags is not points[-1].tags
    assert hash(Point(1, 2, ())) == hash(Point(1, 2, (), note="x"))  # type: ignore[arg-type]
    for wrong in ({}, {"x": 1, "z": 2}):
        with pytest.raises(TypeError):
            Point(**wrong)
    with pytest.raises(TypeError):
        Point(1, 2, [], "by position")  # type: ignore[misc]
    with pytest.raises(AttributeError):
        points[0].x = 2  # type: ignore[misc]
    assert frozen.replace(Point(1), y=5) == Point(1, 5)
    with pytest.raises(TypeError):
        frozen.replace(Point(1), z=5)


def test_parts_finds_shared_values_once() -> None:
    inner = Point(1)
    assert [part for part in frozen.parts((inner, (inner,))) if isinstance(part, Point)] == [inner]


def test_once_is_worked_out_once_a_value() -> None:
    asked: list[int] = []

    def ask(point: Point) -> int:
        asked.append(point.x)
        return point.x

    kept = frozen.once(ask)
    point = Point(7)
    assert [kept(point), kept(point), kept(Point(7))] == [7, 7, 7]
    assert asked == [7, 7]
