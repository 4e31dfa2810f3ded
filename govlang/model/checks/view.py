"""What the checks look at: an agreement's decisions, block by block, and everything said in them.

In: an `Agreement`. Out: a `View` that every check shares. A decision with an error of its own is left out, since a check
would blame it for what is missing; `whole` says whether nothing is missing anywhere. Checks that look at nothing but a line
itself may use `readable` decisions even when another clause could not be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govlang.diagnostics import Diagnostic
from govlang.model.nodes import Agreement, Block, Decision, Kind, Scope
from govlang.source import Span
from govlang.syntax import nodes as n


class Asked(NamedTuple):
    """A requirement, the scope it stands in, and whether it is a line of its own (`top`) or part of a block of several."""

    requirement: n.Requirement
    scope: Scope
    top: bool


class Place(NamedTuple):
    """A block of a decision and the blocks around it, the outermost first."""

    block: Block
    around: tuple[Block, ...]

    @property
    def chain(self) -> tuple[Block, ...]:
        """The blocks that all hold together here."""
        return (*self.around, self.block)


class View:
    """An agreement, made easy to look through."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.source = agreement.layout.source
        broken = [self.source.offset_in(d.source, d.span.start) for d in agreement.diagnostics if d.severity == "error"]
        self.broken = broken
        self.whole = not broken
        unread = any(d.code.startswith("GL0") and d.severity == "error" for d in agreement.diagnostics)
        self.readable = [
            decision
            for decision in agreement.decisions.values()
            if not any(decision.span.start <= at < decision.span.end for at in broken)
        ]
        # With a clause that could not be read, a group may look empty that is not.
        self.decisions = [] if unread else self.readable
        header = agreement.header
        self.parties = [
            party.name
            for party in agreement.parties()
            if not (party.until and header.effective and party.until < header.effective.day)
        ]
        self.deeds = [line for scenario in agreement.scenarios for line in scenario.lines if isinstance(line, n.Deed)]
        self.joined = {deed.target.text for deed in self.deeds if deed.kind == "join" and deed.target is not None} | {
            deed.target.text
            for deed in self.deeds
            if deed.kind == "appoint" and deed.target is not None and deed.target.text in agreement.bodies
        }
        self.sizes: dict[str, int | None] = {}  # what checks.who has found out of bodies and roles, each once
        self.fixed: dict[str, frozenset[str] | None] = {}
        self.covered: dict[tuple[n.GroupBase, n.GroupBase], bool] = {}
        self._places: dict[str, list[Place]] = {}
        self._asked: dict[str, list[Asked]] = {}
        self._contents: dict[str, list[object]] = {}

    def report(self, code: str, message: str, span: Span, hint: str = "", notes: Iterable[str] = ()) -> Diagnostic:
        """A diagnostic about a place in the agreement, shown by its first line."""
        return Diagnostic(code, message, self.source, self.first_line(span), hint, tuple(notes))

    def sound(self, span: Span) -> bool:
        """Whether a clause has no error of its own, and none kept a clause from being read."""
        unread = any(d.code.startswith("GL0") and d.severity == "error" for d in self.agreement.diagnostics)
        return not unread and not any(span.start <= at < span.end for at in self.broken)

    def first_line(self, span: Span) -> Span:
        """The part of a span that stands on its first line."""
        newline = self.source.text.find("\n", span.start, span.end)
        return Span(span.start, newline) if newline > span.start else span

    def wording(self, node: n.Node) -> str:
        """A node as written, on one line."""
        return self.agreement.wording(node)

    def places(self, decision: Decision) -> list[Place]:
        """Every block of a decision, from the outermost inwards."""
        if decision.name not in self._places:
            self._places[decision.name] = list(_places(decision.block, ()))
        return self._places[decision.name]

    def contents(self, decision: Decision) -> list[object]:
        """Every node of a decision: its lines and the conditions of its tiers."""
        if decision.name not in self._contents:
            blocks = [place.block for place in self.places(decision)]
            lines = tuple((block.statements, tuple(tier.condition for tier in block.tiers)) for block in blocks)
            self._contents[decision.name] = list(walk(lines))
        return self._contents[decision.name]

    def asked(self, decision: Decision) -> list[Asked]:
        """Every requirement of a decision, however deep."""
        if decision.name not in self._asked:
            self._asked[decision.name] = [
                item for place in self.places(decision) for item in asked_in(place.block)
            ]  # fmt: skip
        return self._asked[decision.name]

    def statements(self, decision: Decision) -> Iterator[n.Statement]:
        """Every line of a decision, however deep; the lines of a tier stand for themselves."""
        for place in self.places(decision):
            yield from place.block.statements

    def kind(self, base: n.GroupBase) -> Kind | None:
        """What a group's name names; None for facts, all parties, persons and the proposer."""
        return self.agreement.kind_of(base.name.text) if base.kind == "name" and base.name is not None else None


def _places(block: Block, around: tuple[Block, ...]) -> Iterator[Place]:
    yield Place(block, around)
    inner = [tier.block for tier in block.tiers] + [reading.block for reading in block.readings]
    for each in inner:
        yield from _places(each, (*around, block))


def asked_in(block: Block) -> Iterator[Asked]:
    """The requirements of one block, without those of its tiers and readings."""
    for statement in block.statements:
        if isinstance(statement, n.Requires):
            yield from _asked(statement.requirement, block.scope, True)


def _asked(item: n.Requirement, scope: Scope, top: bool) -> Iterator[Asked]:
    yield Asked(item, scope, top)
    if isinstance(item, n.AnyOf | n.AllOf):
        for each in item.items:
            yield from _asked(each, scope, False)
    elif isinstance(item, n.NoBlock):
        for each in item.unless:
            yield from _asked(each, scope, False)


def always(block: Block) -> Iterator[n.Requirement]:
    """What one block requires in every case: its own lines, and the items of `all of`."""
    todo = [statement.requirement for statement in block.statements if isinstance(statement, n.Requires)]
    while todo:
        item = todo.pop(0)
        yield item
        if isinstance(item, n.AllOf):
            todo.extend(item.items)


def walk(value: object) -> Iterator[object]:
    """A node and every node inside it."""
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, tuple):
            todo.extend(reversed(item))
            continue
        names: tuple[str, ...] | None = getattr(type(item), "__match_args__", None)
        if names is None:
            continue
        yield item
        todo.extend(getattr(item, name) for name in reversed(names))
