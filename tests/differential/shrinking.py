"""Shrinking a failure: an agreement, a record and a row are made as small as they can be and still fail.

In: lines (or values) and what fails. Out: fewer of them. Whole clauses are left out first, then stretches of lines, then lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from govlang.core.expr import Value


def fewer(parts: list[str], fails: Callable[[list[str]], bool]) -> list[str]:
    """As few of some parts as still fail: stretches are left out, long ones first, until no single one can be."""
    best, size = parts, max(1, len(parts) // 2)
    while True:
        place, found = 0, False
        while place < len(best):
            trial = best[:place] + best[place + size :]
            if trial != best and fails(trial):
                best, found = trial, True
            else:
                place += size
        if size == 1 and not found:
            return best
        size = max(1, size // 2)


def shorter(text: str, fails: Callable[[str], bool]) -> str:
    """A text of clauses, divided by empty lines, with as few clauses and lines as still fail."""
    clauses = fewer(text.strip().split("\n\n"), lambda kept: fails("\n\n".join(kept) + "\n"))
    return "\n".join(fewer("\n\n".join(clauses).split("\n"), lambda kept: fails("\n".join(kept) + "\n"))) + "\n"


def plainer(row: Mapping[str, Value], fails: Callable[[dict[str, Value]], bool]) -> dict[str, Value]:
    """A row with as few values known as still fail, and those plain."""
    best = dict(row)
    for _ in range(2):
        for name, value in list(best.items()):
            for plain in (None, *_PLAIN.get(type(value), ())):
                if value == plain and type(value) is type(plain):
                    break
                trial = {**best, name: plain}
                if fails(trial):
                    best = trial
                    break
    return best


_PLAIN: dict[type, tuple[Value, ...]] = {bool: (False,), int: (0, 1, 2), str: ("",)}
