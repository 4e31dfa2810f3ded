"""An answer with reasons: the verdict, the requirement it rests on, and everything else as soon as it is asked for.

In: what a compiled right found for a row of columns. Out: states of requirements, what failed, what is open, what is missing: the
same as the interpreter's explanation (`backends.why`) says of the same row, without the words and names that only a record has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.backends.python.reasoning import Shape
from govlang.backends.python.wants import Get, Need, needs
from govlang.core.reasons import NO_TIER, WHICH_TIER, Point
from govlang.core.rules import AnyOf, Every, Leaf, Pick, Readings
from govlang.core.verdict import State, Verdict

if TYPE_CHECKING:
    from govlang.backends.python.right import CompiledRight

Found = tuple[bool | None, ...]


class Reasoned:
    """The answer of one right. `point` is what a denied or pending action rests on. What is missing is worked out when it is asked
    for, from the same row: a row that is changed in between answers for what it has become."""

    __slots__ = ("_found", "_get", "point", "right", "verdict")

    def __init__(self, right: CompiledRight, verdict: Verdict, point: Point | None, found: Found, get: Get) -> None:
        self.right = right
        self.verdict = verdict
        self.point = point
        self._found = found
        self._get = get

    def __repr__(self) -> str:
        about = f", {self.point.label!r}" if self.point is not None else ""
        return f"Reasoned({self.right.right.name!r}, {self.verdict.value}{about})"

    @property
    def permitted(self) -> bool:
        """Whether the action is permitted."""
        return self.verdict is Verdict.PERMITTED

    @property
    def clause(self) -> str:
        """The clause of the requirement that the verdict rests on; of the whole right where it rests on none."""
        return self.point.citation.label() if self.point is not None else self.right.right.clause

    @property
    def states(self) -> dict[str, State]:
        """The states of the requirements that were reached, by id, in the order of the text."""
        return dict(self._states(self.right.shape)) if self._found else {}

    @property
    def because(self) -> tuple[Point, ...]:
        """Every requirement that failed where that matters."""
        return self._leaves(State.FAILED)

    @property
    def open(self) -> tuple[Point, ...]:
        """Every requirement that is open where that matters."""
        return self._leaves(State.OPEN)

    @property
    def missing(self) -> tuple[Need, ...]:
        """What is missing while it is pending; of a denied action, what the failed requirements fell short of."""
        if self.verdict is Verdict.PENDING:
            wanted = State.OPEN
        elif self.verdict is Verdict.DENIED:
            wanted = State.FAILED
        else:
            return ()
        found: list[Need] = []
        for point, part in self._flat(self.right.shape, wanted):
            if part is not None:
                found += self._needs(point, part)
        return tuple(dict.fromkeys(found))

    # ------------------------------------------------------------ reading what was found

    def _state(self, shape: Shape) -> State:
        if self._found[shape.met]:
            return State.MET
        return State.FAILED if self._found[shape.failed] else State.OPEN

    def _reached(self, shape: Shape) -> list[tuple[int, Shape]]:
        """The branches that were reached: tiers that fit or may fit, readings that were ruled on (all, without a ruling)."""
        found = self._found
        if isinstance(shape.tree, Readings):
            numbered = list(enumerate(shape.items))
            return [each for each in numbered if found[shape.fits[each[0]]] is True] or numbered
        return [(number, item) for number, item in enumerate(shape.items) if found[shape.fits[number]] is not False
                and not any(found[before] is True for before in shape.fits[:number])]  # fmt: skip

    def _states(self, shape: Shape) -> Iterator[tuple[str, State]]:
        match shape.tree:
            case Leaf(id):
                yield id, self._state(shape)
            case Every() | AnyOf():
                for item in shape.items:
                    yield from self._states(item)
            case Pick() | Readings():
                for _, item in self._reached(shape):
                    yield from self._states(item)

    def _leaves(self, wanted: State) -> tuple[Point, ...]:
        if not self._found:
            return ()
        return tuple(dict.fromkeys(point for point, _ in self._flat(self.right.shape, wanted)))

    def _flat(self, shape: Shape, wanted: State) -> Iterator[tuple[Point, Shape | None]]:
        """The requirements that make a part open or failed; see `why.flatten`."""
        tree, found = shape.tree, self._state(shape)
        if found is not wanted and not isinstance(tree, Readings):
            return
        match tree:
            case Leaf():
                yield Point(tree.id, tree.kind, tree.label, tree.citation), shape
            case Every() | AnyOf():
                items = shape.items
                override = isinstance(tree, AnyOf) and tree.override
                if override and wanted is State.OPEN and self._state(items[0]) is State.OPEN:
                    items = items[:1]
                for item in items:
                    yield from self._flat(item, wanted)
            case Pick():
                yield from self._flat_tiers(shape, tree, found, wanted)
            case Readings():
                for _, item in self._reached(shape):
                    yield from self._flat(item, wanted)

    def _flat_tiers(self, shape: Shape, tree: Pick, found: State, wanted: State) -> Iterator[tuple[Point, Shape | None]]:
        reached = self._reached(shape)
        if not reached:
            yield Point("", "tier", NO_TIER, tree.citation), None
            return
        plain = len(reached) == 1 and self._state(reached[0][1]) is found
        if not plain and wanted is State.OPEN and self._unknown(shape):
            yield Point("", "tiers", WHICH_TIER, tree.citation), shape
            return
        for _, item in reached:
            yield from self._flat(item, wanted)

    def _unknown(self, shape: Shape) -> list[Need]:
        """What would tell which tier applies."""
        assert isinstance(shape.tree, Pick)
        found: list[Need] = []
        for number, _ in self._reached(shape):
            branch = shape.tree.branches[number]
            if self._found[shape.fits[number]] is None and branch.wants:
                found += needs(self.right.wants(branch)(self._get), "", branch.citation.label())
        return found

    def _needs(self, point: Point, shape: Shape) -> list[Need]:
        if isinstance(shape.tree, Leaf):
            if not shape.tree.wants:
                return []
            return needs(self.right.wants(shape.tree)(self._get), point.id, point.citation.label())
        return self._unknown(shape)


