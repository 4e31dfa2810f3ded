"""Answers with reasons as Python: the states of the requirements that were reached, the verdict, and the one it rests on.

In: a planned right. Out: source text of `reasons(get)`, and the `Shape` by which its result is read: for every requirement and tier
of the tree, the places of what it came to. Everything is worked out once: what stands in a variable on the way to a place is not
worked out there again.
"""

from __future__ import annotations

from typing import assert_never

from govlang.backends.plan import Right, points_of
from govlang.backends.python.expressions import Conditions
from govlang.backends.python.writing import Names, Writer
from govlang.core.expr import TRUE, Expr, Literal
from govlang.core.reasons import Choice, Split
from govlang.core.rules import AnyOf, Every, Leaf, Pick, Readings, Tree, failed, met
from govlang.frozen import dataclass

NO, YES = -2, -1  # the places of what is always false and always true: the last two


@dataclass(frozen=True)
class Shape:
    """Of one part of a tree: where it stands whether it is met and whether it has failed, and (of tiers and readings) for each
    branch whether it fits."""

    tree: Tree
    met: int
    failed: int
    items: tuple[Shape, ...] = ()
    fits: tuple[int, ...] = ()


class Reasoning:
    """Writes `reasons(get)` of one right. `ready` holds what stands in a variable wherever the next line is reached."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.writer = Writer(names)
        self.conditions = Conditions(names)
        self.slots: list[str] = []
        self.parts: list[Expr] = []  # kept, since they are told apart by their identity
        self._everywhere: dict[tuple[int, bool], str] = {}
        self._places: dict[str, int] = {}

    def write(self, right: Right) -> tuple[list[str], Shape]:
        """The function, and how to read what it gives."""
        writer = self.writer
        writer.function("reasons")
        shape = self._visit(right.tree)
        values = ", ".join((*self.slots, "False", "True"))
        writer.line(f"found = ({values})")
        true = self.conditions.true
        self.conditions.ready = self._everywhere
        writer.line(f"if {true(met(right.tree))}: return told(right, permitted, None, found, get)")
        failing, waiting = points_of(right)
        writer.line(f"if {true(failed(right.tree))}:")
        writer.depth += 1
        self._point(failing, "denied")
        writer.depth -= 1
        self._point(waiting, "pending")
        if self.slots:
            writer.lines.insert(1, "    " + " = ".join(self.slots) + " = None")
        return writer.lines, shape

    # ------------------------------------------------------------ what it came to

    def _slot(self, code: str) -> int:
        """The place of a variable or of a constant in what is found."""
        if code in ("True", "False"):
            return YES if code == "True" else NO
        return self._places[code]

    def _name(self, expr: Expr, side: bool = True) -> str:
        """The variable of an expression; the same for the same expression."""
        key = (id(expr), side)
        name = self._everywhere.get(key)
        if name is None:
            self.parts.append(expr)
            name = self._everywhere[key] = f"v{len(self.slots)}"
            self._places[name] = len(self.slots)
            self.slots.append(name)
        return name

    def _keep(self, expr: Expr, code: str | None = None) -> str:
        """Works out whether an expression is true, unless it is known here."""
        if isinstance(expr, Literal):
            return str(expr.value is True)
        key = (id(expr), True)
        if key not in self.conditions.ready:
            code = code if code is not None else self.conditions.true(expr)
            self.writer.load()
            name = self._name(expr)
            self.writer.line(f"{name} = {code}")
            self.conditions.ready[key] = name
        return self.conditions.ready[key]

    def _both(self, tree: Tree, met_code: str | None = None, failed_code: str | None = None) -> tuple[int, int]:
        return self._slot(self._keep(met(tree), met_code)), self._slot(self._keep(failed(tree), failed_code))

    def _visit(self, tree: Tree) -> Shape:
        """Works out a tree and everything in it."""
        match tree:
            case Leaf():
                return Shape(tree, *self._both(tree))
            case Every(items) | AnyOf(items):
                inside = tuple(self._visit(item) for item in items)
                return Shape(tree, *self._both(tree), inside)
            case Pick():
                return self._tiers(tree)
            case Readings():
                return self._readings(tree)
        assert_never(tree)

    def _fits(self, condition: Expr) -> str:
        """Whether a tier fits: true, false, or None."""
        if condition == TRUE:
            return "True"
        ready = self.conditions.ready.get((id(condition), True))
        if ready is not None and ready.endswith(" is True"):
            return ready.removesuffix(" is True")
        true, false = self.conditions.true(condition), self.conditions.false(condition)
        self.writer.load()
        name = self._name(condition, False).removesuffix(" is False")
        self.writer.line(f"{name} = True if {true} else False if {false} else None")
        self.parts.append(condition)
        for side in (True, False):
            self._everywhere[id(condition), side] = self.conditions.ready[id(condition), side] = f"{name} is {side}"
        return name

    def _tiers(self, tree: Pick) -> Shape:
        writer = self.writer
        ready, loaded = dict(self.conditions.ready), set(writer.loaded)
        sides = met(tree), failed(tree)
        names = tuple(None if isinstance(side, Literal) or (id(side), True) in ready else self._name(side) for side in sides)
        shapes: list[Shape] = []
        places: list[int] = []
        on = f"on{len(self.parts)}_{len(writer.lines)}"
        for name in names:
            if name is not None:
                writer.line(f"{name} = True")
        depth = writer.depth
        for number, branch in enumerate(tree.branches):
            if number:
                writer.depth = depth
                writer.line(f"if {on}:")
                writer.depth += 1
            fits = self._fits(branch.condition)
            places.append(self._slot(fits))
            if fits != "True":
                if number == 0:
                    writer.line(f"{on} = True")
                    ready.update(self.conditions.ready)
                    loaded |= writer.loaded
                writer.line(f"if {fits} is not False:")
                writer.depth += 1
            kept, there = dict(self.conditions.ready), set(writer.loaded)
            shapes.append(self._visit(branch.tree))
            for name, place in zip(names, (shapes[-1].met, shapes[-1].failed), strict=True):
                if name is not None and place != YES:
                    code = "False" if place == NO else self.slots[place]
                    writer.line(f"{name} = {name} and {code}")
            self.conditions.ready, writer.loaded = kept, there
            if fits == "True":
                writer.line(f"{on} = False")
                break
            writer.line(f"if {fits}: {on} = False")
        writer.depth = depth
        if names[0] is not None and (not places or places[-1] != YES):
            writer.line(f"if {on}: {names[0]} = False" if places else f"{names[0]} = False")
        self.conditions.ready, writer.loaded = ready, loaded
        for name, side in zip(names, sides, strict=True):
            if name is not None:
                ready[id(side), True] = name
        return Shape(tree, *(self._slot(self._keep(side)) for side in sides), tuple(shapes), tuple(places))

    def _readings(self, tree: Readings) -> Shape:
        fits = [self._fits(each.condition) for each in tree.readings]
        shapes = tuple(self._visit(each.tree) for each in tree.readings)
        codes: list[str] = []
        for places in ([shape.met for shape in shapes], [shape.failed for shape in shapes]):
            sides = ["True" if place == YES else "False" if place == NO else self.slots[place] for place in places]
            ruled = [f"{one} is True and {side}" for one, side in zip(fits, sides, strict=True)]
            agreed = [f"({one} is False or {side})" for one, side in zip(fits, sides, strict=True)]
            codes.append(" or ".join((*ruled, " and ".join(agreed))))
        return Shape(tree, *self._both(tree, *codes), shapes, tuple(map(self._slot, fits)))

    # ------------------------------------------------------------ what it rests on

    def _point(self, choice: Choice | None, verdict: str) -> None:
        """Ends with the point that a choice comes to. Of two ways on, the shorter is written inside the `if`."""
        while isinstance(choice, Split):
            condition, inner, outer = choice.condition, choice.then, choice.otherwise
            if _size(inner) > _size(outer):
                code, inner, outer = f"not ({self.conditions.true(condition)})", outer, inner
            else:
                code = self.conditions.true(condition)
            self.writer.load()
            self.writer.line(f"if {code}:")
            self.writer.depth += 1
            kept = set(self.writer.loaded)
            self._point(inner, verdict)
            self.writer.loaded = kept
            self.writer.depth -= 1
            choice = outer
        point = self.names.constant(choice)
        self.writer.line(f"return told(right, {verdict}, {point}, found, get)")


def _size(choice: Choice) -> int:
    waiting, count = [choice], 0
    while waiting:
        part = waiting.pop()
        count += 1
        if isinstance(part, Split):
            waiting += (part.then, part.otherwise)
    return count
