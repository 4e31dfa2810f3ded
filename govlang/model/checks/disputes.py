"""Ladders of disputes that lead nowhere.

GL330 endless-ladder, GL331 step-without-taker, GL332 after-final, GL333 unknown-step (in decisions), GL334 nobody-can-raise,
GL336 step-without-end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govlang.diagnostics import Diagnostic, did_you_mean
from govlang.model.checks import who
from govlang.model.checks.view import View
from govlang.model.nodes import Decision
from govlang.model.steps import step_right
from govlang.syntax import nodes as n


def _sound(view: View) -> Iterator[n.Dispute]:
    """The ladders without an error of their own, where every clause could be read."""
    agreement = view.agreement
    broken = [d.span.start for d in agreement.diagnostics if d.severity == "error"]
    unread = any(d.code.startswith("GL0") and d.severity == "error" for d in agreement.diagnostics)
    for ladder in agreement.disputes.values():
        if not unread and not any(ladder.span.start <= at < ladder.span.end for at in broken):
            yield ladder


def endless(view: View) -> Iterator[Diagnostic]:
    """GL330: no step, or a last step whose outcome does not end the dispute."""
    for ladder in _sound(view):
        if not ladder.steps:
            yield view.report("GL330", f"{ladder.name.text} has no step, so no dispute ever moves on", ladder.name.span,
                              "give it at least one `step`, the last of them `final`")  # fmt: skip
        elif ladder.steps[-1].final is None and not any(step.final is not None and step.final.last for step in ladder.steps):
            last = ladder.steps[-1]
            message = f"{ladder.name.text} cannot end: nothing follows {last.name.text}, and its outcome is not final"
            yield view.report("GL330", message, last.name.span, "write `final` under the last step")


def after_final(view: View) -> Iterator[Diagnostic]:
    """GL332: a step stands after the one that is `final`."""
    for ladder in _sound(view):
        ends = next((step for step in ladder.steps if step.final is not None and step.final.last), None)
        if ends is None or ends is ladder.steps[-1]:
            continue
        following = ladder.steps[ladder.steps.index(ends) + 1]
        again = following.final is not None and following.final.last
        message = f"{following.name.text} stands after {ends.name.text}, which is {'final too' if again else 'final'}"
        hint = "put the final step last, or say what becomes of its outcome: `decision final unless taken further within ...`"
        yield view.report("GL332", message, following.name.span, hint)


def without_end(view: View) -> Iterator[Diagnostic]:
    """GL336: a step that has no time, no early end, nobody to decide in it, and is never skipped, with another step after it."""
    for ladder in _sound(view):
        for step in ladder.steps[:-1]:
            way_out = step.within or step.early or step.skipped or step.forum or step.final or step.lapses
            if not way_out:
                message = f"one who refuses keeps the dispute at {step.name.text} for ever: nothing in it ends the step"
                hint = "give it a time: `within 30 days`, or say what ends it: `ends early when ...`"
                yield view.report("GL336", message, step.name.span, hint)


def without_taker(view: View) -> Iterator[Diagnostic]:
    """GL331: those who may take a dispute to a step can never be anybody."""
    for ladder in _sound(view):
        for step in ladder.steps:
            right = view.agreement.rights[step_right(ladder.name.text, step.name.text)]
            if step.taken is not None and _nobody(view, step.taken.group, right):
                message = f"nobody can ever take a dispute to {step.name.text}: `{view.wording(step.taken.group)}` has no holder"
                yield view.report("GL331", message, step.taken.span, "name someone who may, or define who holds it")


def nobody_can_raise(view: View) -> Iterator[Diagnostic]:
    """GL334: a ladder that does not say who may raise a dispute, or names nobody."""
    for ladder in _sound(view):
        if ladder.raised is None:
            message = f"{ladder.name.text} does not say who may raise a dispute"
            yield view.report("GL334", message, ladder.name.span, "add a line such as `raised by any party in writing`")
        elif _nobody(view, ladder.raised.group, view.agreement.rights[ladder.name.text]):
            message = f"nobody can ever raise a dispute: `{view.wording(ladder.raised.group)}` has no holder"
            yield view.report("GL334", message, ladder.raised.span, "name someone who may, or define who holds it")


def unknown_step(view: View) -> Iterator[Diagnostic]:
    """GL333: a decision counts from a step that no dispute it is given can have."""
    for decision in view.readable:
        targets = [given.type.target for given in decision.facts.values() if given.type.kind == "dispute"]
        named = {target.text for target in targets if target is not None}
        ladders = [
            ladder for name, ladder in view.agreement.disputes.items() if targets and (name in named or None in targets)
        ]  # fmt: skip
        known = [step.name.text for ladder in ladders for step in ladder.steps]
        for node in view.contents(decision):
            if isinstance(node, n.Anchor) and node.kind in ("step", "step decided", "step over") and node.act not in known:
                hint = did_you_mean(node.act, known) or "write what is recorded in small letters, or give the decision a dispute"
                yield view.report("GL333", f"'{node.act}' is no step of a dispute that this decision is given", node.span, hint)


def _nobody(view: View, group: n.Group, right: Decision) -> bool:
    return all(who.nobody(view, item, right) for item in group.items)


CHECKS: tuple[Callable[[View], Iterator[Diagnostic]], ...] = (
    endless, after_final, without_end, without_taker, nobody_can_raise, unknown_step,
)  # fmt: skip
