"""Surveys and trust clauses that cannot work, or leave out what the figures would be argued about.

GL370 incomplete-survey, GL371 scale-upside-down, GL372 survey-without-answers, GL373 incomplete-trust, GL374 no-threshold, GL376
bad-threshold, GL377 bad-weights, GL378 not-anonymous, GL379 empty-measure. Names and questions that are not there are found
in `model.resolve_trust` (GL101, GL103, GL375).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from govlang.diagnostics import Diagnostic
from govlang.model.checks import who
from govlang.model.checks.view import View
from govlang.model.trust import Survey, Trust
from govlang.syntax import nodes as n

KINDS = {"duties": "duty", "communication": "communication", "reviews": "review", "attended": "review", "objectives": "objective",
         "answered": "survey"}  # fmt: skip
FEWEST = 2  # below this an anonymous answer can be told from the figure alone


def _surveys(view: View) -> list[Survey]:
    return [survey for survey in view.agreement.surveys.values() if view.sound(survey.span)]


def _trust(view: View) -> list[Trust]:
    return [trust for trust in view.agreement.trust.values() if view.sound(trust.span)]


# ---------------------------------------------------------------- surveys


def incomplete_survey(view: View) -> Iterator[Diagnostic]:
    """GL370: a survey that does not say when, whom it asks, what, on which scale, or how many answers it needs."""
    for survey in _surveys(view):
        norm = view.agreement.norms[survey.name]
        wanted = (
            (norm.recurs is not None or bool(norm.arises) or _opened(view, survey.name), "when it takes place", "each half year"),
            (survey.asks is not None, "who is asked about whom", "asks every party about every other party"),
            (survey.scale is not None, "the scale of the answers", "scale 1 to 5"),
            (bool(survey.questions), "what it asks", 'question goals "..."'),
            (survey.least is not None, "how many answers a question needs to count", "at least 2 answers"),
        )
        for there, what, line in wanted:
            if not there:
                yield view.report("GL370", f"the survey {survey.name} does not say {what}", survey.span, f"add a line `{line}`")


def _opened(view: View, name: str) -> bool:
    openers = [*view.agreement.norms.values(), *(trust.opens for trust in view.agreement.trust.values())]
    return any(item.name.text == name for norm in openers for line in norm.opens for item in line.openings)


def scale_upside_down(view: View) -> Iterator[Diagnostic]:
    """GL371: a scale whose first number is not the smaller one."""
    for survey in _surveys(view):
        scale = survey.scale
        if scale is not None and scale.low >= scale.high:
            hint = f"write `scale {scale.high} to {scale.low}`; the higher answer is the better one"
            if scale.low == scale.high:
                hint = "write two different numbers, such as `scale 1 to 5`"
            yield view.report("GL371", f"the scale of {survey.name} runs from {scale.low} to {scale.high}", scale.span, hint)


def survey_without_answers(view: View) -> Iterator[Diagnostic]:
    """GL372: a survey that asks nobody, or that needs more answers than can ever be given."""
    for survey in _surveys(view):
        if survey.asks is None:
            continue
        sizes = [who.most_of(view, item) for item in survey.asks.group.items]
        if None in sizes:
            continue
        asked = sum(size for size in sizes if size is not None)
        kind = survey.asks.about
        possible = 1 if kind == "own" and asked else asked - 1 if kind == "others" and asked else asked
        if asked == 0 or possible < 1:
            why = "asks nobody" if asked == 0 else "asks one party alone about the others, and there are none"
            yield view.report("GL372", f"{survey.name} {why}", survey.asks.span, "name parties, or a role that somebody can hold")
        elif survey.least is not None and possible < survey.enough:
            about = {"all": "a question", "own": "a question about one's own party"}.get(kind, "a question about one party")
            message = f"{survey.name} needs {survey.enough} answers, and {about} can have {possible} at most"
            yield view.report("GL372", message, survey.least.span, f"write `at least {possible} answers`, or ask more people")


def not_anonymous(view: View) -> Iterator[Diagnostic]:
    """GL378: a survey that is anonymous in name only: one answer is shown as the mean of itself."""
    for survey in _surveys(view):
        if survey.anonymous and survey.least is not None and survey.enough < FEWEST:
            message = f"{survey.name} is anonymous, and a single answer is shown as it is"
            yield view.report("GL378", message, survey.least.span, "ask for more: `at least 3 answers`")


# ---------------------------------------------------------------- trust


def incomplete_trust(view: View) -> Iterator[Diagnostic]:
    """GL373: a trust clause without a measure or a window, or with a threshold for figures that nothing adds up."""
    for trust in _trust(view):
        if not trust.measures:
            yield view.report("GL373", f"{trust.name} says nothing of what is measured", trust.span,
                              "add a line such as `measures share of duties in time`")  # fmt: skip
        if trust.over is None:
            notes = ("read one way, what happened years ago weighs as much as last month",
                     "read the other way, only what is recent counts, and nobody knows how recent")  # fmt: skip
            yield view.report("GL373", f"{trust.name} does not say over which time", trust.span,
                              "write `over 12 months` or `over the whole term`", notes)  # fmt: skip
        elif trust.over.window is not None and trust.over.window.unit in ("hours", "working days"):
            yield view.report("GL373", f"a window of {trust.over.window} cannot be counted back", trust.over.span,
                              "count it in days, weeks, months or years")  # fmt: skip
        if trust.low and any(line.weight is None for line in trust.measures):
            hint = "say under each measure from where on it is low; or give each a `weight`, and its figures are added up"
            message = f"{trust.name} has a threshold for all its measures together, and no weights"
            yield view.report("GL373", message, trust.low[0].span, hint)
        if trust.opens.opens and not any(line.low for line in trust.measures) and not trust.low:
            yield view.report("GL373", f"{trust.name} opens something when it is low, and is never low", trust.opens.opens[0].span,
                              "say from where on: `low below 80%` under a measure")  # fmt: skip


def no_threshold(view: View) -> Iterator[Diagnostic]:
    """GL374: a measure that is printed and never judged."""
    for trust in _trust(view):
        for line in trust.measures:
            if not line.low and not trust.low:
                example = {"share": "low below 80%", "mean": "low below 3"}.get(line.figure.kind, "low above 0")
                hint = f"say under it from where on it is low: `{example}`"
                yield view.report("GL374", f"`{view.wording(line.figure)}` of {trust.name} has no threshold", line.span, hint)


def bad_threshold(view: View) -> Iterator[Diagnostic]:
    """GL376: a threshold that no figure can cross, or that points the wrong way."""
    for trust in _trust(view):
        for line in trust.measures:
            for low in line.low:
                problem = _problem(view, line.figure, low)
                if problem:
                    yield view.report("GL376", f"`{view.wording(low)}` {problem[0]}", low.span, problem[1])
        for low in trust.low:
            problem = _problem(view, trust.measures[0].figure, low) if trust.measures else None
            if problem:
                yield view.report("GL376", f"`{view.wording(low)}` {problem[0]}", low.span, problem[1])


def _problem(view: View, figure: n.Figure, low: n.Low) -> tuple[str, str] | None:
    bar, percent = low.bar.value, low.bar.kind == "percent"
    assert isinstance(bar, Fraction)
    if figure.kind == "share":
        if not percent:
            return "is no percentage, and the figure is a share", "write it in percent: `low below 80%`"
        if low.op == ">":
            return "calls a high share low", "a higher share is better: write `low below ...`"
        return None if 0 < bar <= 1 else ("can never be, or always is", "write a percentage above 0% and up to 100%")
    if percent:
        return "is a percentage, and the figure is none", "write a plain number"
    if figure.kind in ("mean", "spread"):
        return _on_scale(view.agreement.surveys[figure.names[0].text], figure, low, bar)
    if low.op == "<" and figure.kind != "acts":
        return "calls it low when little has gone wrong", "the figure counts what went wrong: write `low above ...`"
    return None


def _on_scale(survey: Survey, figure: n.Figure, low: n.Low, bar: Fraction) -> tuple[str, str] | None:
    if survey.scale is None or survey.scale.low >= survey.scale.high:
        return None
    least, most = survey.scale.low, survey.scale.high
    if figure.kind == "spread":
        if low.op == "<":
            return "calls it low when the parties agree", "a smaller spread is better: write `low above ...`"
        return None if bar < most - least else ("can never be", f"on this scale a spread is at most {most - least}")
    if low.op == ">":
        return "calls a high mean low", "a higher answer is better: write `low below ...`"
    return None if least < bar <= most else ("can never be, or always is", f"write a number above {least} and up to {most}")


def weights(view: View) -> Iterator[Diagnostic]:
    """GL377: weights that do not add up to 100%, that only some measures have, or of figures that cannot be added."""
    for trust in _trust(view):
        given = [line.weight for line in trust.measures if line.weight is not None]
        if not given:
            continue
        place = next(line for line in trust.measures if line.weight is not None)
        units = {line.figure.kind for line in trust.measures}
        if len(given) < len(trust.measures):
            message, hint = "only some of its measures have a weight", "give each measure a `weight`, or none"
        elif sum(given) != 1:
            message, hint = f"its weights add up to {sum(given) * 100}%", "weights add up to 100%"
        elif len(units) > 1 or not units <= {"share", "mean"}:
            message, hint = "figures of different kinds cannot be added up", "give weights to shares alone, or to means alone"
        else:
            continue
        yield view.report("GL377", f"{trust.name}: {message}", place.span, hint)


def empty_measure(view: View) -> Iterator[Diagnostic]:
    """GL379: a measure of duties, reviews ... in an agreement that has none: it will never have data."""
    for trust in _trust(view):
        for line in trust.measures:
            kind = KINDS.get(line.figure.what, "")
            counted = any(norm.kind == kind for norm in view.agreement.norms.values())
            # to inform of decisions, and to send minutes of reviews, are duties too
            counted = counted or (kind == "duty" and _other_duties(view))
            if kind and not counted:
                message = f"`{view.wording(line.figure)}` counts what the agreement does not have: it has no {kind} clause"
                yield view.report("GL379", message, line.span, f"add a `{kind}` clause, or leave the measure out")


def _other_duties(view: View) -> bool:
    decisions = view.agreement.decisions.values()
    informed = any(isinstance(line, n.Inform) for decision in decisions for line in view.statements(decision))
    return informed or any(norm.minutes is not None for norm in view.agreement.norms.values())


CHECKS = (incomplete_survey, scale_upside_down, survey_without_answers, not_anonymous, incomplete_trust, no_threshold,
          bad_threshold, weights, empty_measure)  # fmt: skip
