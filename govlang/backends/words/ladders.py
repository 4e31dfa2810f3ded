"""Dispute ladders in words: who may raise a dispute, its steps one after another, what is final, what holds meanwhile.

In: a ladder of the model and the rights lowered from it. Out: a `Statement` with one item a step. What a step asks for,
what ends it and what skips it are requirements, said as those of decisions are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.groups import quoted
from govlang.backends.words.happenings import titled
from govlang.backends.words.requirements import asked_by_lines, claimed, given, tagged
from govlang.backends.words.statement import Statement
from govlang.backends.words.voice import Voice
from govlang.core.expr import TRUE
from govlang.core.lower import Lowering
from govlang.core.rules import AnyOf, Every, Tree, met
from govlang.frozen import dataclass, replace
from govlang.model.nodes import Decision, Scope
from govlang.model.steps import RELIEF, step_right
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words

_SEVERAL = re.compile(r"(?:\w+ )*(courts|judges|arbitrators|experts|mediators|auditors)\b")


@dataclass(frozen=True, slots=True)
class _Saying:
    """One right of a ladder (to raise a dispute, to take it to a step) and how it names things."""

    words: Words
    right: Decision

    @property
    def voice(self) -> Voice:
        return self.words.voice(self.right.facts)

    def line(self, text: str, kind: str, node: n.Node, items: tuple[Statement, ...] = ()) -> Statement:
        """A sentence with the clause of its line."""
        agreement = self.words.agreement
        return Statement(english.sentence(text), agreement.cite(node, agreement.wording(node)), items, kind)

    def once(self, lead: str, item: n.Requirement, kind: str) -> Statement:
        """`lead` a requirement as a condition: it ends early once the Chair has recorded “refusal”."""
        tree = Lowering(self.words.agreement, self.right).requirement(item, self.right.block.scope)
        if isinstance(tree, AnyOf | Every) and len(tree.items) > 1:
            which = "one of these holds" if isinstance(tree, AnyOf) else "all of these hold"
            return self.line(f"{lead} {which}:", kind, item, tuple(self._part(each) for each in tree.items))
        return self.line(f"{lead} {self.words.condition(met(tree), self.right)}", kind, item)

    def _part(self, tree: Tree) -> Statement:
        if isinstance(tree, AnyOf | Every) and len(tree.items) > 1:
            lead = "One of these holds:" if isinstance(tree, AnyOf) else "All of these hold:"
            return Statement(lead, tree.citation, tuple(self._part(each) for each in tree.items), "part")
        citation = getattr(tree, "citation", self.right.citation)
        return Statement(english.sentence(self.words.condition(met(tree), self.right)), citation, kind="part")


def ladder(words: Words, name: str) -> Statement:
    """A ladder: who may raise a dispute, and under it its steps and what else holds."""
    agreement = words.agreement
    node = agreement.disputes[name]
    say = _Saying(words, agreement.rights[name])
    items = (*_about(say, name), *_steps(words, node), *_around(say, node, words))
    return Statement(english.sentence(_raised(say, node)), say.right.citation, items, "ladder", tagged(words, node.raised))


# ---------------------------------------------------------------- raising


def _raised(say: _Saying, node: n.Dispute) -> str:
    under = titled(say.words, node.name.text)
    if node.raised is None:
        return f"a dispute may be raised under {under}"
    written = " in writing" if node.raised.written else ""
    window = f", {say.voice.window(node.raised.window)}" if node.raised.window is not None else ""
    return f"{say.voice.groups.who(node.raised.group).may('raise')} a dispute under {under}{written}{window}"


def _about(say: _Saying, name: str) -> Iterator[Statement]:
    if say.right.text:
        yield Statement(f"“{say.right.text}”", say.right.citation, kind="description")
    yield from given(say.words, say.right, say.words.agreement.disputes[name].statements)
    rule = say.words.rule(name)
    if rule.applies != TRUE:
        where = say.words.condition(rule.applies, say.right)
        yield say.line(f"it is about disputes where {where}", "applies", say.right.applies[0])
    items = tuple(say.words.requirement(each) for each in asked_by_lines(rule))
    if items:
        yield Statement("To raise one:", say.right.citation, items, "requires")


# ---------------------------------------------------------------- the steps


def _steps(words: Words, node: n.Dispute) -> Iterator[Statement]:
    for number, step in enumerate(node.steps):
        say = _Saying(words, words.agreement.rights[step_right(node.name.text, step.name.text)])
        items = tuple(_step_lines(say, node, number))
        ordinal = english.ordinal(number + 1)
        lead = f"the {ordinal if len(node.steps) > 1 else 'only'} step is {step.name.text}{_between(say, step)}{_lasts(say, step)}"
        yield replace(say.line(lead, "step", n.Node(span=step.name.span), items), also=tagged(words, step.forum, step.within))


def _between(say: _Saying, step: n.Step) -> str:
    found = f", between {say.voice.groups.among(step.between)}" if step.between is not None else ""
    if step.forum is not None:
        found += f", before {_forum(say.words, step.forum)}"
    found += f", seated in {step.seat}" if step.seat else ""
    found += f", under the {step.rules}{'' if step.rules.lower().endswith('rules') else ' rules'}" if step.rules else ""
    return found + (f", held in {step.language}" if step.language else "")


def _forum(words: Words, forum: n.Forum) -> str:
    size = f" of {english.number(forum.size)}" if forum.size else ""
    said = forum.words.removesuffix(f" of {forum.size}")
    if forum.name is not None:
        name = words.names(forum.name.text)
        return f"{english.counted(forum.size, 'member')} of {name}" if forum.size else name
    if re.match(r"(?i)(an?|the|any|one|two|three)\b", said):
        return said + size
    if _SEVERAL.match(said):
        return f"the {said}{size}"
    return f"{english.a(said) if said[:1].islower() else said}{size}"


def _lasts(say: _Saying, step: n.Step) -> str:
    if step.within is None:
        return ""
    counted = f", counted from {say.voice.event(step.within.anchor)}" if step.within.anchor is not None else ""
    return f"; it lasts {english.duration(step.within.duration)} at most{counted}"


def _step_lines(say: _Saying, node: n.Dispute, number: int) -> Iterator[Statement]:
    step = node.steps[number]
    if say.right.text:
        yield Statement(f"“{say.right.text}”", say.right.citation, kind="description")
    yield from given(say.words, say.right, step.statements)
    if number:
        yield from _taken(say, node, number)
    items = tuple(say.words.requirement(each) for each in asked_by_lines(say.words.rule(say.right.name)))
    if items:
        yield Statement("It may be entered only if:", items[0].citation, items, "requires")
    for item in step.skipped:
        yield say.once("it may be skipped if", item, "skipped")
    yield from _extended(say, say.right.block.scope)
    for item in step.early:
        yield say.once("it ends early if", item, "early")
    if step.final is not None:
        yield say.line(_final(say, step.final), "final", step.final)
    for item in step.lapses:
        yield say.once("while it is at this step, the dispute lapses if", item, "lapses")
    yield from _meanwhile(say, step.meanwhile, "while a dispute is at this step")


def _taken(say: _Saying, node: n.Dispute, number: int) -> Iterator[Statement]:
    taken = node.steps[number].taken
    if taken is None:
        return
    ready = f"once {'the step before is' if number == 1 else 'the steps before are'} {_over(node.steps[:number])}"
    if taken.window is not None and taken.window.kind == "for":  # a time to wait
        ready += f" and {say.voice.passed(taken.window.duration, taken.window.anchor or n.Anchor('proposal'))}"
    elif taken.window is not None:
        ready += f", {say.voice.window(taken.window)}"
    yield say.line(f"{say.voice.groups.who(taken.group).may('take the dispute there')} {ready}", "taken", taken)


def _over(steps: Iterable[n.Step]) -> str:
    return "over or skipped" if any(step.skipped for step in steps) else "over"


def _extended(say: _Saying, scope: Scope) -> Iterator[Statement]:
    line = scope.extension
    if line is not None:
        up_to = f" by up to {english.duration(line.up_to)}" if line.up_to is not None else ""
        who = say.voice.groups.who(line.group)
        yield say.line(f"{who.may('extend it')}{up_to}{', once' if line.once else ''}", "extension", line)


def _final(say: _Saying, final: n.Final) -> str:
    if final.within is None:
        return "a decision in it is final, and ends the dispute"
    against = f"{quoted(final.act)} is recorded"
    if final.further:
        against = "the dispute is taken further"
    elif final.by is not None:
        against = f"{say.voice.groups.a(final.by)} records {quoted(final.act)}"
    length = english.duration(final.within)
    return f"a decision in it becomes final, and ends the dispute, unless {against} within {length} after it"


# ---------------------------------------------------------------- around the steps


def _around(say: _Saying, node: n.Dispute, words: Words) -> Iterator[Statement]:
    if any(step.taken is None for step in node.steps[1:]):
        text = f"any party to the dispute may take it to the next step once the step before is {_over(node.steps)}"
        others = "unless something else is said above, " if any(step.taken is not None for step in node.steps[1:]) else ""
        yield say.line(others + text, "taken", n.Node(span=node.name.span))
    for item in node.lapses:
        yield say.once("a dispute lapses if", item, "lapses")
    if node.reliefs:
        relief = _Saying(words, words.agreement.rights[step_right(node.name.text, RELIEF)])
        yield from (relief.line(_relief(relief, each), "relief", each) for each in node.reliefs)
    own = ", unless something else is said of the step that it is at" if any(step.meanwhile for step in node.steps) else ""
    yield from _meanwhile(say, node.meanwhile, f"while a dispute is open{own}")


def _relief(say: _Saying, line: n.Relief) -> str:
    who = say.voice.groups.who(line.group).text if line.group is not None else "any party to the dispute"
    text = f"at any time, whatever the step, {who} may seek urgent relief"
    return text if line.condition is None else f"{text} where {claimed(say.words, say.right, line.condition)}"


def _meanwhile(say: _Saying, lines: Iterable[n.Meanwhile], when: str) -> Iterator[Statement]:
    """What holds of duties: of several lines, the first that fits counts."""
    lead = when
    for line in lines:
        where = f" where {claimed(say.words, say.right, line.condition)}" if line.condition is not None else ""
        yield say.line(f"{lead}, duties {'are suspended' if line.suspended else 'continue'}{where}", "meanwhile", line)
        lead = "in every other case"
