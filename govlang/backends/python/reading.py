"""Reading an answer with reasons, as Python: states by requirement, and the requirements that make it denied or pending.

In: the shape of a right's tree. Out: `states(f)`, `failed(f, asks)` and `open(f, asks)`, where `f` is what `reasons` found and
`asks` says whether something would tell if a tier fits. They say what `backends.why` says of the same row (`reached`, `flatten`).
Where it is not known which tier applies, and for what Python cannot read because it is nested too deep, the same is found by
walking through the shape (`flat`, `states`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, assert_never

from govlang.backends.python.reasoning import YES, Shape
from govlang.backends.python.writing import TOO_DEEP, Names, Writer, made
from govlang.core.reasons import NO_TIER, WHICH_TIER, Point
from govlang.core.rules import AnyOf, Branch, Every, Leaf, Pick, Readings
from govlang.core.verdict import State
from govlang.frozen import dataclass

Found = tuple[bool | None, ...]
Asks = Callable[[Branch], bool]


@dataclass(frozen=True)
class Entry:
    """A requirement that is open or failed. `shape` is what its wants are found in; None where nothing can be wanted."""

    point: Point
    shape: Shape | None


def state(shape: Shape, found: Found) -> State:
    """The state of a part."""
    if found[shape.met]:
        return State.MET
    return State.FAILED if found[shape.failed] else State.OPEN


def reached(shape: Shape, found: Found) -> list[tuple[int, Shape]]:
    """The branches that were reached: tiers that fit or may fit, readings that were ruled on (all, without a ruling)."""
    numbered = list(enumerate(shape.items))
    if isinstance(shape.tree, Readings):
        return [each for each in numbered if found[shape.fits[each[0]]] is True] or numbered
    there: list[tuple[int, Shape]] = []
    for number, item in numbered:
        fits = found[shape.fits[number]]
        if fits is not False:
            there.append((number, item))
        if fits is True:
            break
    return there


def flat(shape: Shape, found: Found, wanted: State, asks: Asks) -> Iterator[Entry]:
    """The requirements that make a part open or failed; see `why.flatten`."""
    tree, now = shape.tree, state(shape, found)
    if now is not wanted and not isinstance(tree, Readings):
        return
    match tree:
        case Leaf():
            yield entry(shape)
        case Every() | AnyOf():
            items = shape.items
            if (
                isinstance(tree, AnyOf)
                and tree.override
                and wanted is State.OPEN
                and state(items[0], found) is State.OPEN
            ):
                items = items[:1]
            for item in items:
                yield from flat(item, found, wanted, asks)
        case Pick():
            yield from _tiers(shape, found, wanted, asks)
        case Readings():
            for _, item in reached(shape, found):
                yield from flat(item, found, wanted, asks)


def _tiers(shape: Shape, found: Found, wanted: State, asks: Asks) -> Iterator[Entry]:
    there = reached(shape, found)
    if not there:
        yield Entry(Point("", "tier", NO_TIER, shape.tree.citation), None)
        return
    sure = any(found[shape.fits[number]] is True for number, _ in there)
    plain = len(there) == 1 and state(there[0][1], found) is wanted and (sure or wanted is not State.OPEN)
    assert isinstance(shape.tree, Pick)
    branches = [shape.tree.branches[number] for number, _ in there if found[shape.fits[number]] is None]
    if not plain and wanted is State.OPEN and any(branch.wants and asks(branch) for branch in branches):
        yield Entry(Point("", "tiers", WHICH_TIER, shape.tree.citation), shape)
        return
    for _, item in there:
        yield from flat(item, found, wanted, asks)


def entry(shape: Shape) -> Entry:
    """A single requirement."""
    tree = shape.tree
    assert isinstance(tree, Leaf)
    return Entry(Point(tree.id, tree.kind, tree.label, tree.citation), shape if tree.wants else None)


def functions(shape: Shape) -> dict[str, Callable[..., Any]]:
    """`states`, `failed` and `open` of a right."""
    try:
        return _written(shape)
    except TOO_DEEP:
        return {
            "states": lambda found: dict(states(shape, found)),
            "failed": lambda found, asks: list(flat(shape, found, State.FAILED, asks)),
            "open": lambda found, asks: list(flat(shape, found, State.OPEN, asks)),
        }


def _written(shape: Shape) -> dict[str, Callable[..., Any]]:
    names = Names()
    writer = Writer(names)
    for name in ("failed", "open"):
        writer.function(name, "f, asks")
        writer.line("found = []")
        _flattened(writer, shape, State.FAILED if name == "failed" else State.OPEN)
        writer.line("return found")
    writer.function("states", "f")
    writer.line("found = {}")
    _states(writer, shape)
    writer.line("return found")
    beside: dict[str, object] = {
        "MET": State.MET,
        "FAILED": State.FAILED,
        "OPEN": State.OPEN,
        "flat": flat,
        "slow": states,
    }
    wanted = ("states", "failed", "open")
    return dict(zip(wanted, made(writer.lines, names, wanted, beside), strict=True))


def _is(shape: Shape, wanted: State) -> str:
    return f"not f[{shape.met}] and {'not ' if wanted is State.OPEN else ''}f[{shape.failed}]"


def _flattened(writer: Writer, shape: Shape, wanted: State) -> None:
    """Adds what makes a part open or failed to `found`."""
    tree, constant = shape.tree, writer.names.constant
    if isinstance(tree, Readings):
        writer.line(f"found += flat({constant(shape)}, f, {wanted.name}, asks)")
        return
    writer.line(f"if {_is(shape, wanted)}:")
    writer.depth += 1
    match tree:
        case Leaf():
            writer.line(f"found.append({constant(entry(shape))})")
        case Every() | AnyOf():
            items = list(shape.items)
            if items and isinstance(tree, AnyOf) and tree.override and wanted is State.OPEN:
                _flattened(writer, items[0], wanted)
                writer.line(f"if f[{items[0].met}] or f[{items[0].failed}]:")
                writer.depth += 1
                for item in items[1:]:
                    _flattened(writer, item, wanted)
                writer.line("pass")
                writer.depth -= 1
            else:
                for item in items:
                    _flattened(writer, item, wanted)
            writer.line("pass")
        case Pick():
            _branches(writer, shape, lambda item: _flattened(writer, item, wanted),
                      f"found += flat({constant(shape)}, f, {wanted.name}, asks)")  # fmt: skip
        case _:
            assert_never(tree)
    writer.depth -= 1


def _branches(writer: Writer, shape: Shape, inside: Callable[[Shape], None], otherwise: str) -> None:
    """The tier that fits; `otherwise` where that is not known, or none does."""
    keyword = "if"
    for number, item in enumerate(shape.items):
        place = shape.fits[number]
        writer.line(f"{keyword} f[{place}]:" if place != YES or keyword == "if" else "else:")
        writer.depth += 1
        inside(item)
        writer.line("pass")
        writer.depth -= 1
        if place == YES:
            return
        writer.line(f"elif f[{place}] is None: {otherwise}")
        keyword = "elif"
    writer.line(f"else: {otherwise}" if shape.items else otherwise)


def _states(writer: Writer, shape: Shape) -> None:
    tree, constant = shape.tree, writer.names.constant
    match tree:
        case Leaf(id):
            writer.line(f"found[{constant(id)}] = MET if f[{shape.met}] else FAILED if f[{shape.failed}] else OPEN")
        case Every() | AnyOf():
            for item in shape.items:
                _states(writer, item)
        case Pick():
            _branches(writer, shape, lambda item: _states(writer, item), f"found.update(slow({constant(shape)}, f))")
        case Readings():
            writer.line(f"found.update(slow({constant(shape)}, f))")
        case _:
            assert_never(tree)


def states(shape: Shape, found: Found) -> Iterator[tuple[str, State]]:
    """The states of the requirements that were reached."""
    match shape.tree:
        case Leaf(id):
            yield id, state(shape, found)
        case Every() | AnyOf():
            for item in shape.items:
                yield from states(item, found)
        case Pick() | Readings():
            for _, item in reached(shape, found):
                yield from states(item, found)
