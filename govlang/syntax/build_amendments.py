"""Amendments and `use` into syntax nodes.

In: completed rules. Out: `Amendment` and `Use` nodes. One method a rule or alias of the grammar; a part of `syntax.build.Builder`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.syntax.build_events import event_details
from govlang.syntax.literals import BadLiteral, PlacedError

Item = Any
_SAID = {"text": "its description", "base": "`to version`", "makes": "`makes version`", "adopted": "`adopted by`",
         "since": "`effective`"}  # fmt: skip


def version_text(value: n.Literal | Fraction) -> str:
    """A version as written: `2`, `1.1`, or a text."""
    if isinstance(value, n.Literal):
        return str(value.value)
    return str(Decimal(value.numerator) / Decimal(value.denominator))


class AmendmentRules:
    """Rules of amendments and of `use`."""

    def amendment(self, span: Span, name: n.Name, *lines: Item) -> n.Amendment:
        said: dict[str, Any] = {}
        changes: list[n.Change] = []
        for line in lines:
            if isinstance(line, n.Change):
                changes.append(line)
            elif line is not None:
                key, value = line
                if key in said:
                    again = BadLiteral("GL314", f"this amendment says {_SAID[key]} twice", "keep one of the two lines")
                    raise PlacedError(again, span)
                said[key] = value
        decision, proposal = said.pop("adopted", (None, None))
        return n.Amendment(name, decision=decision, proposal=proposal, changes=tuple(changes), span=span, **said)

    def to_version(self, span: Span, value: Item) -> Item:
        return "base", n.Literal("text", version_text(value), span=span)

    def makes_version(self, span: Span, value: Item) -> Item:
        return "makes", n.Literal("text", version_text(value), span=span)

    def adopted_by(self, span: Span, decision: n.Name, proposal: n.Name) -> Item:
        return "adopted", (decision, proposal)

    def amended_from(self, span: Span, day: n.Moment) -> Item:
        return "since", day

    def adds(self, span: Span, clause: n.Node) -> n.Change:
        return n.Change("adds", clause, span=span)

    def replaces(self, span: Span, clause: n.Node) -> n.Change:
        return n.Change("replaces", clause, span=span)

    def removes_clause(self, span: Span, word: str, name: n.Name | str | None) -> n.Change:
        known = name if isinstance(name, n.Name) else n.Name(name or word, span=span)
        return n.Change("removes", n.Removal(word, known, span=span), span=span)

    def use(self, span: Span, path: n.Literal, names: tuple[n.Name, ...] | None) -> n.Use:
        return n.Use(path, names or (), span=span)

    def expect_version(self, span: Span, at: n.Moment, value: Item, first: Item, *details: Item) -> n.Expect:
        found = event_details((first, *details))
        return n.Expect("version", at, verdict=version_text(value), details=found, span=span)
