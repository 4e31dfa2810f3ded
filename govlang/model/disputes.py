"""Disputes: the names, facts and conditions of ladders resolved, and the rights that they give.

In: the `dispute` clauses of a resolver. Out: each ladder with what resolves of it, and in `Resolver.rights` the right to raise
it (under its own name), to take it to each step, and to seek relief outside it. Reports GL102, GL333, GL335 and what blocks
report.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from govlang.diagnostics import did_you_mean
from govlang.frozen import parts, replace
from govlang.model.blocks import BlockBuilder
from govlang.model.nodes import Decision, Kind
from govlang.model.steps import RELIEF, SIDES, step_right, unknown_step
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.model.resolve import Resolver

_ANCHORS = ("step", "step decided", "step over")


def ladders(resolver: Resolver) -> dict[str, n.Dispute]:
    """Every ladder, resolved."""
    return {name: _Ladder(resolver, node).resolved() for name, node in resolver.disputes.items()}


class _Ladder:
    """Resolves one ladder."""

    def __init__(self, resolver: Resolver, node: n.Dispute) -> None:
        self.resolver = resolver
        self.node = node
        self.whole = self._builder(node.name, node.statements)
        for side in SIDES:  # who raised it and against whom are facts of every dispute
            self.whole.facts.setdefault(side, n.Given(side, n.TypeRef("parties"), optional=True, span=node.name.span))
        self.block = self.whole.block(node.statements, None)

    def resolved(self) -> n.Dispute:
        node, whole = self.node, self.whole
        self._names_once()
        self._anchors(node, [step.name.text for step in node.steps])
        builders = [self._builder(step.name, step.statements, inner=True) for step in node.steps]
        blocks = [
            builder.block(step.statements, self.block.scope) for builder, step in zip(builders, node.steps, strict=True)
        ]  # fmt: skip
        node = replace(
            node,
            raised=node.raised if node.raised is None or self._group(node.raised.group, whole) else None,
            steps=tuple(self._step(step, builder) for step, builder in zip(node.steps, builders, strict=True)),
            reliefs=tuple(relief for each in node.reliefs for relief in self._relief(each)),
            lapses=self._sound(node.lapses, whole), meanwhile=self._meanwhile(node.meanwhile, whole),
        )  # fmt: skip
        for builder in builders:  # whatever a step is given, the dispute is given
            whole.facts = {**builder.facts, **whole.facts}
        self._right(node.name.text, whole, self.block, node)
        for at, step in enumerate(node.steps):
            right = step_right(node.name.text, step.name.text)
            self._right(right, builders[at], blocks[at], n.Stage(node, at, span=step.span))
        if node.reliefs:
            empty = replace(self.block, statements=(), tiers=(), readings=())
            self._right(step_right(node.name.text, RELIEF), whole, empty, n.ReliefOf(node, span=node.reliefs[0].span))
        return node

    def _builder(self, name: n.Name, statements: tuple[n.Statement, ...], inner: bool = False) -> BlockBuilder:
        """A builder of blocks; a step knows the facts of its ladder, and its own."""
        builder = BlockBuilder(self.resolver, n.Decision(name, statements, span=name.span))
        if inner:
            builder.facts = {**self.whole.facts, **builder.facts}
        return builder

    def _right(self, name: str, builder: BlockBuilder, block: object, clause: n.Node) -> None:
        citation = self.resolver.file.layout.citation(clause.span, f"dispute {name}")
        self.resolver.rights[name] = Decision(
            name, block, builder.facts, builder.text, (), tuple(self.whole.applies), (), citation, clause.span, clause,  # type: ignore[arg-type]
        )  # fmt: skip

    # ------------------------------------------------------------ the parts

    def _names_once(self) -> None:
        seen: set[str] = set()
        for step in self.node.steps:
            if step.name.text in seen:
                self.resolver.report("GL102", f"'{step.name.text}' is already a step of {self.node.name.text}",
                                     step.name.span, "give one of the two another name")  # fmt: skip
            seen.add(step.name.text)

    def _anchors(self, node: object, steps: list[str]) -> None:
        """GL333 for periods that run from a step that the ladder does not have."""
        for anchor in parts(node):
            if isinstance(anchor, n.Anchor) and anchor.kind in _ANCHORS and anchor.act not in steps:
                unknown_step(self.resolver, anchor.act, anchor, self.node.name.text, steps)

    def _step(self, step: n.Step, builder: BlockBuilder) -> n.Step:
        resolver = self.resolver
        between = step.between if step.between is None or self._group(step.between, builder) else None
        forum = step.forum
        if forum is not None and forum.name is not None and not resolver.expect_kind(
            forum.name, {Kind.BODY, Kind.ROLE, Kind.PERSON, Kind.PARTY}, "a body or a role"
        ):
            forum = replace(forum, name=None)
        taken = step.taken if step.taken is None or self._group(step.taken.group, builder) else None
        final = step.final
        if final is not None and final.by is not None and not self._group(final.by, builder):
            final = replace(final, by=None)
        for line in (taken, forum, final, step.within):
            if line is not None:
                builder.check_cite(line)  # type: ignore[arg-type]
        return replace(
            step, between=between, forum=forum, taken=taken, final=final, early=self._sound(step.early, builder),
            skipped=self._sound(step.skipped, builder), lapses=self._sound(step.lapses, builder),
            meanwhile=self._meanwhile(step.meanwhile, builder),
        )  # fmt: skip

    def _group(self, group: n.Group, builder: BlockBuilder) -> bool:
        return self.resolver.check_group(group, builder.facts)

    def _sound(self, items: tuple[n.Requirement, ...], builder: BlockBuilder) -> tuple[n.Requirement, ...]:
        for item in items:
            builder.check_cite(item)
        return tuple(item for item in items if builder.check_requirement(item))

    def _meanwhile(self, lines: tuple[n.Meanwhile, ...], builder: BlockBuilder) -> tuple[n.Meanwhile, ...]:
        return tuple(line for line in lines if line.condition is None or builder.check_condition(line.condition))

    def _relief(self, relief: n.Relief) -> Iterable[n.Relief]:
        """Relief with its subjects as a condition: a subject is a yes-or-no fact, or a value of a `one of` fact."""
        if relief.group is not None and not self._group(relief.group, self.whole):
            return
        self.whole.check_cite(relief)  # type: ignore[arg-type]
        if relief.condition is not None and not self.whole.check_condition(relief.condition):
            return
        found = [self._subject(word, relief) for word in relief.subjects]
        conditions = tuple(item for item in found if item is not None)
        if relief.subjects and not conditions:
            return
        whole = conditions[0] if len(conditions) == 1 else n.Or(conditions, span=relief.span)
        yield replace(relief, condition=whole) if conditions else relief

    def _subject(self, word: str, relief: n.Relief) -> n.Condition | None:
        facts = self.whole.facts
        if word in facts and facts[word].type.kind == "yesno":
            return n.Holds(word, span=relief.span)
        for name, given in facts.items():
            if word in given.type.choices:
                return n.Compare("=", n.FactRef(name), n.Literal("word", word), span=relief.span)
        choices = [choice for given in facts.values() for choice in given.type.choices]
        choices += [name for name, given in facts.items() if given.type.kind == "yesno"]
        hint = did_you_mean(word, choices) or f"say what a dispute can be about: `given subject: one of {word} or other`"
        self.resolver.report("GL335", f"no dispute can be about '{word}': no fact of this ladder says so", relief.span, hint)
        return None
