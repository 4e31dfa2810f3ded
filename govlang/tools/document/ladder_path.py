"""A dispute ladder as a picture: its steps one below the other, with who takes a dispute further and when on the arrows.

In: a ladder and the rights lowered from it. Out: a `Diagram`. Ways past a step, lapses and what becomes final are arrows of their
own; relief at any time stands beside the way.
"""

from __future__ import annotations

from govlang.backends.words import english
from govlang.backends.words.requirements import claimed
from govlang.core.lower import Lowering
from govlang.core.rules import Every, Leaf, Tree
from govlang.model.nodes import Decision
from govlang.model.steps import RELIEF, step_right
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.document.authority_rows import flat
from govlang.tools.document.authority_words import briefly
from govlang.tools.document.blocks import Arrow, Box, Diagram
from govlang.tools.document.decision_path import described
from govlang.tools.document.links import slug
from govlang.tools.document.subject import Subject

LONG = 90  # more words than this have no room beside an arrow


def picture(subject: Subject, ladder: n.Dispute) -> Diagram:
    """The way of a dispute up one ladder."""
    found = _Way(subject, ladder)
    found.draw()
    boxes, arrows = tuple(found.boxes), tuple(found.arrows)
    name = ladder.name.text
    return Diagram(f"ladder-{slug(name)}", f"The way of a dispute: {name}", described(boxes, arrows), boxes, arrows)


class _Way:
    """Draws one ladder."""

    def __init__(self, subject: Subject, ladder: n.Dispute) -> None:
        self.subject, self.ladder = subject, ladder
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []

    def right(self, step: str) -> Decision:
        return self.subject.agreement.rights[step_right(self.ladder.name.text, step)]

    def brief(self, item: n.Requirement, step: str) -> str:
        return brief(self.subject, self.ladder, step, item)

    def box(self, name: str, label: str, note: str, kind: str, node: n.Node) -> None:
        place = self.subject.cite(self.cite(node))
        self.boxes.append(Box(name, label, note, kind, place.citation, place.page, place.anchor))

    def cite(self, node: n.Node) -> Citation:
        return self.subject.agreement.cite(node)

    def arrow(self, start: str, end: str, words: str, node: n.Node, kind: str = "plain") -> None:
        """An arrow; where more is to be said than fits beside it, a box on the way says it."""
        if len(words) <= LONG:
            self.arrows.append(Arrow(start, end, words, kind))
            return
        name = f"way-{len(self.boxes)}"
        self.box(name, "Condition" if end.startswith("lapsed") else "Goes on", words, "choice", node)
        self.arrows += [Arrow(start, name, "", kind), Arrow(name, end, "", kind)]

    # ------------------------------------------------------------ the whole ladder

    def draw(self) -> None:
        start = n.Node(span=self.ladder.name.span)
        self.box("raised", "Dispute raised", self.raised(), "start", self.ladder.raised or start)
        for number, step in enumerate(self.ladder.steps):
            self.step(number, step)
        for number, step in enumerate(self.ladder.steps):
            self.onward(number, step)
        for number, item in enumerate(self.ladder.lapses):
            words = self.brief(item, "")
            self.box(f"lapsed-{number}", "Lapsed", "", "bad", item)
            self.arrow("raised", f"lapsed-{number}", f"if {words}", item, "dashed")
        for number, relief in enumerate(self.ladder.reliefs):
            self.box(f"relief-{number}", "Urgent relief", self.relief(relief), "aside", relief)
            self.arrows.append(Arrow("raised", f"relief-{number}", "at any time", "dashed"))

    def raised(self) -> str:
        line = self.ladder.raised
        if line is None:
            return ""
        voice = self.subject.words.voice(self.subject.agreement.rights[self.ladder.name.text].facts)
        window = f", {voice.window(line.window)}" if line.window is not None else ""
        return f"by {voice.groups.who(line.group).text}{', in writing' if line.written else ''}{window}"

    def relief(self, line: n.Relief) -> str:
        voice = self.subject.words.voice(self.right(RELIEF).facts)
        who = voice.groups.who(line.group).text if line.group is not None else "any party to the dispute"
        about = (
            f", on {english.listed([each.replace('-', ' ') for each in line.subjects], 'or')}" if line.subjects else ""
        )
        if not about and line.condition is not None:
            about = f", where {claimed(self.subject.words, self.right(RELIEF), line.condition)}"
        return f"by {who}{about}"

    # ------------------------------------------------------------ steps

    def step(self, number: int, step: n.Step) -> None:
        self.box(
            f"step-{number}",
            step.name.text,
            where(self.subject, self.ladder, step),
            "step",
            n.Node(span=step.name.span),
        )

    def onward(self, number: int, step: n.Step) -> None:
        """The arrow that leads to a step from the one before, the ways past that one, and how the dispute may end here."""
        here = f"step-{number}"
        if number == 0:
            self.arrows.append(Arrow("raised", here))
        else:
            before = self.ladder.steps[number - 1]
            self.arrow(f"step-{number - 1}", here, self.label(before, step), n.Node(span=before.name.span))
            for item in before.skipped:
                above = f"step-{number - 2}" if number > 1 else "raised"
                words = f"past {before.name.text}, if {self.brief(item, step.name.text)}"
                self.arrow(above, here, words, item, "dashed")
        for place, item in enumerate(step.lapses):
            self.box(f"lapsed-{number}-{place}", "Lapsed", "", "bad", item)
            self.arrow(here, f"lapsed-{number}-{place}", f"if {self.brief(item, step.name.text)}", item, "dashed")
        if step.final is not None:
            self.box(f"final-{number}", "Decided for good", "", "end", step.final)
            self.arrows.append(Arrow(here, f"final-{number}", self.final(step, step.final)))

    def label(self, before: n.Step, step: n.Step) -> str:
        """Who takes a dispute further, and when."""
        when = (
            [f"after {english.duration(before.within.duration)}" + self.counted(before)]
            if before.within is not None
            else []
        )
        early = [self.brief(item, step.name.text) for item in before.early]
        when += [f"if {words}" for words in early]
        said = ", or ".join(when) or f"after the end of {before.name.text}"
        asked = [words for tree in self.asked(step) if (words := briefly(self.subject, tree)) not in early]
        said += f", only if {', and if '.join(asked)}" if asked else ""
        if step.taken is None:
            return said
        voice = self.subject.words.voice(self.right(step.name.text).facts)
        window = f", {voice.window(step.taken.window)}" if step.taken.window is not None else ""
        return f"{said}; by {voice.groups.who(step.taken.group).text}{window}"

    def asked(self, step: n.Step) -> list[Tree]:
        """What the lines of a step require before it may be entered, beside what follows from the ladder."""
        rule = self.subject.rule(self.right(step.name.text))
        own = flat(rule.tree.items[-1]) if isinstance(rule.tree, Every) else ()
        return [tree for tree in (*own, *flat(rule.after)) if not isinstance(tree, Leaf) or tree.kind != "nothing"]

    def counted(self, step: n.Step) -> str:
        if step.within is None or step.within.anchor is None:
            return ""
        voice = self.subject.words.voice(self.right(step.name.text).facts)
        return f" from {voice.event(step.within.anchor)}"

    def final(self, step: n.Step, line: n.Final) -> str:
        if line.within is None:
            return ""
        length = english.duration(line.within)
        if line.further:
            return f"unless it is taken further within {length}"
        voice = self.subject.words.voice(self.right(step.name.text).facts)
        by = f" by {voice.groups.who(line.by).text}" if line.by is not None else ""
        return f"unless there is {english.a(line.act.replace('-', ' '))}{by} within {length}"


def brief(subject: Subject, ladder: n.Dispute, step: str, item: n.Requirement) -> str:
    """A requirement of a step (of the whole ladder, if it names none) in a few words."""
    name = ladder.name.text
    right = subject.agreement.rights[step_right(name, step) if step else name]
    return briefly(subject, Lowering(subject.agreement, right).requirement(item, right.block.scope))


def where(subject: Subject, ladder: n.Dispute, step: n.Step) -> str:
    """Between whom a step takes place, before whom, where, under which rules."""
    voice = subject.words.voice(subject.agreement.rights[step_right(ladder.name.text, step.name.text)].facts)
    said = [f"between {voice.groups.among(step.between)}"] if step.between is not None else []
    said += [f"before {forum(subject, step.forum)}"] if step.forum is not None else []
    said += [f"seat {step.seat}"] if step.seat else []
    said += [f"rules: {step.rules}"] if step.rules else []
    said += [f"in {step.language}"] if step.language else []
    return ", ".join(said)


def forum(subject: Subject, line: n.Forum) -> str:
    """Before whom a step takes place."""
    if line.name is None:
        return english.a(line.words) if line.words[:1].islower() else line.words
    name = subject.words.names(line.name.text)
    return f"{english.counted(line.size, 'member')} of {name}" if line.size else name
