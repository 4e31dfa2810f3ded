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


class _AtTheEnd(dict[tuple[int, bool], str]):
    """What stands in a variable at the end of the function. What was worked out in a tier stands there if the tier was reached, and
    what is asked for may be known from another tier: so where there is nothing in the variable, it is worked out again."""

    def __init__(self, reasoning: Reasoning, sure: dict[tuple[int, bool], str]) -> None:
        super().__init__(sure)
        self.sure = sure
        self.reasoning = reasoning
        self.exprs = {id(expr): expr for expr, _ in reasoning.parts}

    def get(self, key: tuple[int, bool], default: str | None = None) -> str | None:  # type: ignore[override]
        found = super().get(key)
        if found is None and key in self.reasoning.everywhere:
            found = self[key] = self._code(key)
        return found

    def _code(self, key: tuple[int, bool]) -> str:
        code, expr = self.reasoning.everywhere[key], self.exprs[key[0]]
        if _large(expr):  # what is required of a whole tier: nobody but the tier asks for it
            return code
        conditions = self.reasoning.conditions
        conditions.ready = self.sure
        again = conditions.true(expr) if key[1] else conditions.false(expr)
        conditions.ready = self
        name = code.partition(" is ")[0]
        return f"({code} or {name} is None and {again})" if name != code else f"({code} if {code} is not None else {again})"


def _large(expr: Expr, most: int = 300) -> bool:
    """Whether an expression is large, when what is shared is written out."""
    waiting: list[object] = [expr]
    count = 0
    while waiting and count <= most:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting += part
        elif isinstance(part, Expr):
            count += 1
            waiting += [getattr(part, name) for name in ("item", "items", "left", "right") if hasattr(part, name)]
    return count > most


class Reasoning:
    """Writes `reasons(get)` of one right. `ready` holds what stands in a variable wherever the next line is reached."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.writer = Writer(names)
        self.conditions = Conditions(names)
        self.slots: list[str] = []
        self.parts: list[tuple[Expr, bool]] = []  # what the slots hold: whether it is true, or which of the three it is
        self.everywhere: dict[tuple[int, bool], str] = {}
        self._places: dict[str, int] = {}

    def write(self, right: Right) -> tuple[list[str], Shape]:
        """The function, and how to read what it gives."""
        writer = self.writer
        writer.function("reasons")
        shape = self._visit(right.tree)
        values = ", ".join((*self.slots, "False", "True"))
        writer.line(f"found = ({values})")
        true = self.conditions.true
        self.conditions.ready = _AtTheEnd(self, dict(self.conditions.ready))
        writer.line(f"if {true(met(right.tree))}: return told(right, PERMITTED, None, found, get)")
        failing, waiting = points_of(right)
        writer.line(f"if {true(failed(right.tree))}:")
        writer.depth += 1
        self._point(failing, "DENIED")
        writer.depth -= 1
        self._point(waiting, "PENDING")
        if self.slots:
            writer.lines.insert(1, "    " + " = ".join(self.slots) + " = None")
        return writer.lines, shape

    # ------------------------------------------------------------ what it came to

    def _slot(self, code: str) -> int:
        """The place of a variable or of a constant in what is found."""
        if code in ("True", "False"):
            return YES if code == "True" else NO
        return self._places[code.removesuffix(" is True")]  # what a tier asks for may be what it requires

    def _name(self, expr: Expr, side: bool = True) -> str:
        """The variable of an expression; the same for the same expression."""
        key = (id(expr), side)
        name = self.everywhere.get(key)
        if name is None:
            self.parts.append((expr, side))
            name = self.everywhere[key] = f"v{len(self.slots)}"
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
        for side in (True, False):
            self.conditions.ready[id(condition), side] = f"{name} is {side}"
        self.everywhere[id(condition), False] = f"{name} is False"
        self.everywhere.setdefault((id(condition), True), f"{name} is True")  # it may stand already where all pass by
        return name

    def _tiers(self, tree: Pick) -> Shape:
        writer = self.writer
        ready, loaded = dict(self.conditions.ready), set(writer.loaded)
        sides = met(tree), failed(tree)
        names = tuple(
            None if isinstance(side, Literal) or (id(side), True) in ready else self._name(side) for side in sides
        )
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
        one, other = (self._slot(self._keep(side)) for side in sides)
        return Shape(tree, one, other, tuple(shapes), tuple(places))

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
            code, inner, outer = self.conditions.true(choice.condition), choice.then, choice.otherwise
            if code in ("True", "False"):
                choice = inner if code == "True" else outer
                continue
            if _size(inner) > _size(outer):
                code, inner, outer = f"not ({code})", outer, inner
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
