"""An answer with reasons: the verdict, the requirement it rests on, and everything else as soon as it is asked for.

In: what a compiled right found for a row of columns. Out: states of requirements, what failed, what is open, what is missing: the
same as the interpreter's explanation (`backends.why`) says of the same row, without the words and names that only a record has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from govlang.backends.python.reading import Entry, Found, reached
from govlang.backends.python.reasoning import Shape
from govlang.backends.python.wants import Need, needs
from govlang.backends.python.writing import Get
from govlang.core.reasons import Point
from govlang.core.rules import Branch, Leaf, Pick
from govlang.core.verdict import State, Verdict

if TYPE_CHECKING:
    from govlang.backends.python.right import CompiledRight


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
        found: dict[str, State] = self.right.reading["states"](self._found) if self._found else {}
        return found

    @property
    def because(self) -> tuple[Point, ...]:
        """Every requirement that failed where that matters."""
        return tuple(entry.point for entry in self._entries("failed"))

    @property
    def open(self) -> tuple[Point, ...]:
        """Every requirement that is open where that matters; where nothing can be named, what the verdict rests on."""
        found = tuple(entry.point for entry in self._entries("open"))
        return found or ((self.point,) if self.verdict is Verdict.PENDING and self.point is not None else ())

    @property
    def missing(self) -> tuple[Need, ...]:
        """What is missing while it is pending; of a denied action, what the failed requirements fell short of."""
        found: list[Need] = []
        which = _WANTED.get(self.verdict)
        for entry in self._entries(which) if which is not None else ():
            if entry.shape is not None:
                found += self._needs(entry.point, entry.shape)
        return tuple(found)

    @property
    def rivals(self) -> tuple[Reasoned, ...]:
        """The answers of all rights that govern the action, where there are several."""
        return ()

    def as_data(self) -> dict[str, object]:
        """All of it, as JSON can say it."""
        return {
            "verdict": self.verdict.value, "requirement": _data(self.point) if self.point is not None else None,
            "clause": self.clause, "states": {id: state.value for id, state in self.states.items()},
            "because": [_data(point) for point in self.because], "open": [_data(point) for point in self.open],
            "missing": [need.as_data() for need in self.missing],
            "rivals": {each.right.right.name: each.verdict.value for each in self.rivals},
        }  # fmt: skip

    def _entries(self, which: str) -> list[Entry]:
        found: list[Entry] = self.right.reading[which](self._found, self._asks) if self._found else []
        return found

    def _asks(self, branch: Branch) -> bool:
        """Whether something is missing that would tell if a tier fits."""
        return bool(self.right.wants(branch)(self._get))

    def _needs(self, point: Point, shape: Shape) -> list[Need]:
        if not isinstance(shape.tree, Pick):
            assert isinstance(shape.tree, Leaf)
            return needs(self.right.wants(shape.tree)(self._get), point)
        found: list[Need] = []  # what would tell which tier applies
        for number, _ in reached(shape, self._found):
            branch = shape.tree.branches[number]
            if self._found[shape.fits[number]] is None and branch.wants:
                found += needs(self.right.wants(branch)(self._get), point)
        return list(dict.fromkeys(found))


_WANTED = {Verdict.PENDING: "open", Verdict.DENIED: "failed"}


class Together(Reasoned):
    """The answer of several rights: what the first of them says that is of the joined verdict (else the first), and all of them."""

    __slots__ = ("_rivals",)

    def __init__(self, verdict: Verdict, rivals: Sequence[Reasoned]) -> None:
        first = next((each for each in rivals if each.verdict is verdict), rivals[0])
        point = first.point if first.verdict is verdict else None
        super().__init__(first.right, verdict, point, first._found, first._get)
        self._rivals = tuple(rivals)

    @property
    def rivals(self) -> tuple[Reasoned, ...]:
        """All of them."""
        return self._rivals


def _data(point: Point) -> dict[str, str]:
    return {"id": point.id, "kind": point.kind, "label": point.label, "clause": point.citation.label()}
