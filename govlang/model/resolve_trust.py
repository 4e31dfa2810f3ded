"""Surveys and trust clauses into the model: their lines sorted, their names and words checked.

In: a `Survey` or `Trust` clause and the resolver that knows every name. Out: `model.trust` values. Reports GL101, GL103, GL314,
GL350, and GL375 (a measure of what a survey does not ask, or of what one party alone cannot have).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlang.diagnostics import did_you_mean
from govlang.model.nodes import Kind
from govlang.model.norms import Norm
from govlang.model.resolve_norms import KINDS
from govlang.model.trust import Survey, Trust
from govlang.source import Span
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.model.resolve import Resolver

# What a figure counts, and the clauses that it can be confined to.
COUNTED = {
    "duties": (Kind.DUTY, "a duty"), "communication": (Kind.COMMUNICATION, "a communication clause"),
    "reviews": (Kind.REVIEW, "a review"), "attended": (Kind.REVIEW, "a review"), "objectives": (Kind.OBJECTIVE, "an objective"),
    "answered": (Kind.SURVEY, "a survey"),
}  # fmt: skip
OF_SURVEY = (n.Asks, n.Scale, n.Question, n.LeastAnswers, n.Anonymous)


def as_norm(clause: n.Survey) -> n.NormClause:
    """What a survey says as a norm: when it comes round, by when it is held, what opens when it is missed."""
    lines = tuple(line for line in clause.lines if not isinstance(line, OF_SURVEY))
    return n.NormClause("survey", clause.name, lines, span=clause.span)


def survey(resolver: Resolver, clause: n.Survey) -> Survey:
    """What a survey asks."""
    questions: dict[str, n.Question] = {}
    seen: set[type] = set()
    for line in clause.lines:
        if isinstance(line, n.Question):
            if line.word in questions:
                _twice(resolver, f"the question '{line.word}'", line.span)
            questions[line.word] = line
        elif isinstance(line, OF_SURVEY):
            if type(line) in seen:
                _twice(resolver, _SAYS[type(line)], line.span)
            seen.add(type(line))
    asks = next((line for line in clause.lines if isinstance(line, n.Asks)), None)
    return Survey(
        clause.name.text, next((line.text for line in clause.lines if isinstance(line, n.Describe)), ""),
        asks if asks is not None and resolver.check_group(asks.group, None) else None,
        next((line for line in clause.lines if isinstance(line, n.Scale)), None), tuple(questions.values()),
        next((line for line in clause.lines if isinstance(line, n.LeastAnswers)), None), n.Anonymous in seen,
        resolver.file.layout.citation(clause.span, f"survey {clause.name.text}"), clause.span,
    )  # fmt: skip


_SAYS = {n.Asks: "who is asked", n.Scale: "the scale", n.LeastAnswers: "the least number of answers",
         n.Anonymous: "that it is anonymous"}  # fmt: skip


def _twice(resolver: Resolver, what: str, span: Span) -> None:
    resolver.report("GL314", f"{what} is said twice in one clause", span, "keep one of the two lines")


def trust(resolver: Resolver, clause: n.Trust) -> Trust:
    """One dimension of trust; a measure that does not resolve is reported and left out."""
    text = ""
    whom: list[n.Assessed] = []
    over: list[n.Over] = []
    measures: list[n.Measured] = []
    low: list[n.Low] = []
    opens: list[n.OpensIf] = []
    each = not any(isinstance(line, n.Assessed) and line.whom == "all" for line in clause.lines)
    for line in clause.lines:
        match line:
            case n.Describe(words):
                text = words
            case n.Assessed():
                whom.append(line)
            case n.Over():
                over.append(line)
            case n.Low():
                low.append(line)
            case n.OpensIf():
                if _opens(resolver, line):
                    opens.append(line)
            case n.Measured():
                if any(line.figure == other.figure for other in measures):
                    _twice(resolver, "this measure", line.span)
                elif _measured(resolver, line, each):
                    measures.append(line)
    for again in (*whom[1:], *over[1:]):
        _twice(resolver, "of whom it is assessed" if isinstance(again, n.Assessed) else "the window", again.span)
    name = clause.name.text
    citation = resolver.file.layout.citation(clause.span, f"trust {name}")
    opening = Norm("trust", name, opens=tuple(opens), bearer=_any_party(clause.span), citation=citation, span=clause.span)
    return Trust(name, text, "each" if each else "all", over[0] if over else None, tuple(measures), tuple(low), opening,
                 citation, clause.span)  # fmt: skip


def _any_party(span: Span) -> n.Group:
    return n.Group((n.GroupItem(n.GroupBase("party", span=span), "any", span=span),), span=span)


def _opens(resolver: Resolver, line: n.OpensIf) -> bool:
    sound = line.state == "low"
    if not sound:
        hint = did_you_mean(line.state, ("low",)) or "write `if low, ...`"
        resolver.report("GL350", f"'{line.state}' is nothing that happens to a trust measure", line.span, hint)
    for item in line.openings:
        noun = {"dispute": "a dispute ladder", "objective": "an objective"}.get(item.kind, f"a {item.kind}")
        sound = resolver.expect_kind(item.name, {KINDS[item.kind]}, noun) and sound
    return sound


def _measured(resolver: Resolver, line: n.Measured, each: bool) -> bool:
    figure = line.figure
    if figure.by is not None and not resolver.check_group(figure.by, None):
        return False
    if figure.kind in ("mean", "spread"):
        return _of_survey(resolver, line, each)
    if figure.kind in ("share", "number"):
        kind, noun = COUNTED[figure.what]
        return all([resolver.expect_kind(name, {kind}, noun) for name in figure.names])
    return True


def _of_survey(resolver: Resolver, line: n.Measured, each: bool) -> bool:
    """Whether a survey is there and asks what is measured."""
    (name,) = line.figure.names
    if not resolver.expect_kind(name, {Kind.SURVEY}, "a survey"):
        return False
    if line.figure.kind == "spread" and each:
        hint = "assess it `of all parties together`, in a trust clause of its own"
        resolver.report("GL375", "a spread lies between the parties, so no party alone can have one", line.span, hint)
        return False
    asked = [item for item in resolver.surveys[name.text].lines if isinstance(item, n.Question)]
    about = next((item.about for item in resolver.surveys[name.text].lines if isinstance(item, n.Asks)), "")
    if each and line.figure.kind == "mean" and about == "all":
        hint = "ask `about every other party`, or assess it `of all parties together`"
        resolver.report("GL375", f"{name.text} asks about all parties together, so it says nothing of one party", line.span, hint)
        return False
    sound = True
    for word in line.figure.words:
        if word not in {question.word for question in asked}:
            known = [question.word for question in asked]
            hint = did_you_mean(word, known) or f"its questions are: {', '.join(known) or 'none'}"
            resolver.report("GL375", f"{name.text} asks no question '{word}'", line.span, hint)
            sound = False
    return sound
