"""Duties, powers, reviews, objectives and communication that cannot work, or leave out what people would sue each other over.

GL351 no-deadline, GL352 nobody-bears, GL353 no-start, GL354 two-deadlines, GL355 period-without-turns, GL356 nothing-measured,
GL357 nobody-releases, GL358 opens-without-time, GL359 review-quorum, and GL108 for norms that open each other in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.diagnostics import Diagnostic
from govlang.model.checks import who
from govlang.model.checks.references import circles, steps
from govlang.model.checks.view import View
from govlang.model.norms import Norm


def _norms(view: View) -> list[Norm]:
    """The norms whose clauses have no error of their own."""
    return [norm for norm in view.agreement.norms.values() if view.sound(norm.span)]


def _openers(view: View) -> list[Norm]:
    """Everything that opens something: norms that are missed, trust that is low."""
    return [*view.agreement.norms.values(), *(trust.opens for trust in view.agreement.trust.values())]


def no_deadline(view: View) -> Iterator[Diagnostic]:
    """GL351: a duty, or an event-driven review, that says neither by when nor that it continues."""
    for norm in _norms(view):
        if norm.due is not None or norm.continuing is not None or norm.kind in ("power", "objective", "communication"):
            continue
        if norm.kind in ("review", "survey") and norm.recurs is not None and not norm.arises:
            continue  # each quarter means in each quarter
        if _opened_in_time(view, norm):
            continue
        notes = ("read one way, it must be done at some time, and is never late",
                 "read the other way, it is kept all the time, and any breach of it counts")  # fmt: skip
        hint = "say by when (`within 30 days`, `by 2026-12-31`), or `continuing`"
        if norm.recurs is not None:
            hint = "say by when in each turn: `by its end`, `within 15 days after its end`, `within 30 days after its start`"
        yield view.report("GL351", f"the {norm.kind} {norm.name} does not say by when", norm.span, hint, notes)


def _opened_in_time(view: View, norm: Norm) -> bool:
    """Whether a norm arises only where others open it, each with a time."""
    openings = [item for other in _openers(view) for line in other.opens for item in line.openings
                if item.name.text == norm.name]  # fmt: skip
    own = norm.arises or norm.recurs is not None
    return bool(openings) and not own and all(item.within is not None for item in openings)


def nobody_bears(view: View) -> Iterator[Diagnostic]:
    """GL352: a norm that names nobody, or a group that nobody can ever belong to."""
    line = {"duty": "`owed by ...`", "power": "`held by ...`", "review": "`led by ...`", "objective": "`owned by ...`"}
    for norm in _norms(view):
        if norm.kind == "survey":
            continue  # whom it asks stands in its own lines
        if norm.kind == "communication":
            if norm.between is None:
                yield view.report("GL352", f"{norm.name} does not say between whom", norm.span, "add a line `between every party`")
        elif norm.bearer is None:
            words = {"duty": "who owes it", "power": "who holds it", "review": "who leads it", "objective": "who owns it"}
            message = f"the {norm.kind} {norm.name} does not say {words[norm.kind]}"
            yield view.report("GL352", message, norm.span, f"add a line {line[norm.kind]}")
        elif all(who.nobody(view, item, view.agreement.decisions.get(norm.about)) for item in norm.bearer.items):
            message = f"nobody can ever bear the {norm.kind} {norm.name}: `{view.wording(norm.bearer)}` is empty"
            yield view.report("GL352", message, norm.span, "name a party, a role or a body that somebody can belong to")


def no_start(view: View) -> Iterator[Diagnostic]:
    """GL353: what comes round, or holds from the start, in an agreement that has no first day."""
    if view.agreement.header.effective is not None:
        return
    for norm in _norms(view):
        if norm.recurs is not None and norm.recurs.since is None:
            hint = "add `from` and a day, or `effective` to the agreement"
            yield view.report("GL353", f"nothing says when the turns of {norm.name} begin", norm.recurs.span, hint)


def two_deadlines(view: View) -> Iterator[Diagnostic]:
    """GL354: a duty that continues and has a deadline, or a cure where nothing can be missed."""
    for norm in _norms(view):
        if norm.continuing is not None and (norm.due is not None or norm.grace is not None):
            line = norm.due or norm.grace or norm.continuing
            yield view.report("GL354", f"{norm.name} is `continuing` and has a deadline too", line.span,
                              "keep one of the two, or make two duties of it")  # fmt: skip


def no_turns(view: View) -> Iterator[Diagnostic]:
    """GL355: a deadline counted from the start or the end of a turn, where nothing comes round."""
    for norm in _norms(view):
        if norm.due is not None and norm.due.after in ("its start", "its end") and norm.recurs is None:
            yield view.report("GL355", f"{norm.name} does not come round, so it has no turn that begins or ends", norm.due.span,
                              "add `each quarter` (or month, year ...), or count from what brings it about: "
                              "`within 30 days`")  # fmt: skip


def nothing_measured(view: View) -> Iterator[Diagnostic]:
    """GL356: an objective without a measure or without a target, or a target of another type than its measure."""
    for norm in _norms(view):
        if norm.kind != "objective":
            continue
        if norm.measure is None:
            yield view.report("GL356", f"the objective {norm.name} does not say what is measured", norm.span,
                              "add a line such as `measure cycles: number`")  # fmt: skip
        elif not norm.targets:
            yield view.report("GL356", f"the objective {norm.name} has no target", norm.span,
                              "add a line such as `target at least 1,000 by 2027-12-31`")  # fmt: skip


def nobody_releases(view: View) -> Iterator[Diagnostic]:
    """GL357: a cure after notice, or a transfer, of a duty that is owed to nobody."""
    for norm in _norms(view):
        needs = norm.transferable or (norm.cured is not None and norm.cured.after_notice)
        if norm.kind == "duty" and needs and norm.to is None and not norm.waived:
            yield view.report("GL357", f"{norm.name} is owed to nobody who could give notice of it or release from it", norm.span,
                              "say to whom it is owed: `owed by ... to ...`, or `waived by ...`")  # fmt: skip


def opens_without_time(view: View) -> Iterator[Diagnostic]:
    """GL358: a review or a decision that a violation opens, and nothing says by when."""
    for norm in (item for item in _openers(view) if view.sound(item.span)):
        for line in norm.opens:
            for item in line.openings:
                target = view.agreement.norms.get(item.name.text)
                timeless = item.kind == "decision" or (target is not None and target.kind == "review" and target.due is None)
                if timeless and item.within is None:
                    yield view.report("GL358", f"nothing says by when {item.name.text} has to follow", line.span,
                                      f"write `{item.kind} {item.name.text} within 30 days`")  # fmt: skip


def review_quorum(view: View) -> Iterator[Diagnostic]:
    """GL359: a quorum of a review that speaks of reconvened meetings, of taking part in votes, or of rounding."""
    for norm in _norms(view):
        quorum = norm.quorum
        if quorum is not None and (quorum.reconvened or quorum.kind == "taking part" or quorum.rounding):
            yield view.report("GL359", f"the quorum of {norm.name} says something that only votes have", quorum.span,
                              "say how many of those who attend it must be there: `quorum two thirds of all members`")  # fmt: skip


def norms_in_a_circle(view: View) -> Iterator[Diagnostic]:
    """GL108: norms that arise only from each other, so that none can be the first."""
    norms = view.agreement.norms
    edges: dict[str, list[str]] = {}
    for norm in norms.values():
        from_norms = [item.happening.name.text for item in norm.arises if item.happening is not None
                      and item.happening.name is not None and item.happening.name.text in norms]  # fmt: skip
        only = len(from_norms) == len(norm.arises) and bool(from_norms) and norm.recurs is None
        edges[norm.name] = from_norms if only else []
    for circle in circles(edges):
        yield view.report("GL108", steps(circle, "arises from"), norms[circle[0]].span,
                          "say what brings the first of them about")  # fmt: skip


CHECKS = (no_deadline, nobody_bears, no_start, two_deadlines, no_turns, nothing_measured, nobody_releases, opens_without_time,
          review_quorum, norms_in_a_circle)  # fmt: skip
