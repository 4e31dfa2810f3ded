"""Verdicts as Python: whether a requirement tree is met, and whether it has failed, as functions of a row of columns.

In: a planned right. Out: source text of two functions. Tiers are gone through in order, each once, whatever their number: where
it is not known whether a tier fits, it is required as well as what comes after it.
"""

from __future__ import annotations

from typing import assert_never

from govlang.backends.python.expressions import Conditions
from govlang.backends.python.writing import Names, Writer
from govlang.core.expr import TRUE, Expr, Not
from govlang.core.rules import AnyOf, Every, Leaf, Pick, Readings, Tree
from govlang.frozen import dataclass


@dataclass(frozen=True)
class Atom:
    """An expression that has to be true."""

    expr: Expr


@dataclass(frozen=True)
class Tiers:
    """A pick among tiers, on one side: whether it is met, or whether it has failed."""

    tree: Pick
    met: bool


@dataclass(frozen=True)
class Joined:
    """All (or one) of some formulas."""

    items: tuple[Formula, ...]
    every: bool


Formula = Atom | Tiers | Joined


def formula(tree: Tree, met: bool) -> Formula:
    """Whether a tree is met (or failed), with its tiers kept apart."""
    match tree:
        case Leaf():
            return Atom(tree.met if met else tree.failed)
        case Every(items):
            return Joined(tuple(formula(item, met) for item in items), met)
        case AnyOf(items):
            return Joined(tuple(formula(item, met) for item in items), not met)
        case Pick():
            return Tiers(tree, met)
        case Readings(readings):
            sides = [(each.condition, formula(each.tree, met)) for each in readings]
            ruled = tuple(Joined((Atom(condition), side), True) for condition, side in sides)
            agreed = tuple(Joined((Atom(Not(condition)), side), False) for condition, side in sides)
            return Joined((*ruled, Joined(agreed, True)), False)
    assert_never(tree)


class Deciding:
    """Writes the functions of one right."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.conditions = Conditions(names)
        self.functions: dict[tuple[int, bool], tuple[Pick, str]] = {}
        self.lines: list[str] = []

    def write(self, tree: Tree, applies: Expr) -> list[str]:
        """`met(get)`, `failed(get)` and `silent(get)`."""
        self._function("met", formula(tree, True))
        self._function("failed", formula(tree, False))
        self._function("silent", Atom(Not(applies)))
        return self.lines

    def _function(self, name: str, what: Formula) -> None:
        writer = Writer(self.names)
        writer.function(name)
        self._answer(writer, what)
        self.lines += writer.lines

    def _answer(self, writer: Writer, what: Formula) -> None:
        """Ends a function with whether a formula holds."""
        match what:
            case Joined(items, every):
                for item in items:
                    self._leave(writer, item, not every)
                writer.line(f"return {every}")
            case Tiers():
                self._tiers(writer, what)
            case Atom():
                code = self._code(what)
                writer.load()
                writer.line(f"return {code}")

    def _leave(self, writer: Writer, what: Formula, holds: bool) -> None:
        """Leaves with an answer where a formula holds (or does not)."""
        if isinstance(what, Joined) and what.every is not holds:
            for item in what.items:
                self._leave(writer, item, holds)
            return
        code = self._code(what)
        if code == str(not holds):
            return
        writer.load()
        writer.line(f"if {code}: return True" if holds else f"if not ({code}): return False")

    def _tiers(self, writer: Writer, what: Tiers) -> None:
        for branch in what.tree.branches:
            inside = formula(branch.tree, what.met)
            if branch.condition == TRUE:
                self._answer(writer, inside)
                return
            true, false = self.conditions.true(branch.condition), self.conditions.false(branch.condition)
            writer.load()
            writer.line(f"fits = True if {true} else False if {false} else None")
            writer.line("if fits is not False:")
            writer.depth += 1
            loaded = set(writer.loaded)
            self._leave(writer, inside, False)
            writer.line("if fits: return True")
            writer.depth -= 1
            writer.loaded = loaded
        writer.line(f"return {not what.met}")

    def _code(self, what: Formula) -> str:
        """A formula as a condition; tiers become a function of their own."""
        match what:
            case Atom(expr):
                return self.conditions.true(expr)
            case Tiers(tree, met):
                found = self.functions.get((id(tree), met))
                if found is None:
                    found = self.functions[id(tree), met] = tree, f"tiers_{len(self.functions)}"
                    with self.names.aside():
                        self._function(found[1], what)
                return f"{found[1]}(get)"
            case Joined(items, every):
                codes = [code for code in map(self._code, items) if code != str(every)]
                if str(not every) in codes:
                    return str(not every)
                return f"({(' and ' if every else ' or ').join(codes)})" if codes else str(every)
        assert_never(what)
