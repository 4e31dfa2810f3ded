"""What a scenario expects of trust.

In: an `expect trust ...` line and the norms of the scenario's record. Out: what is wrong with it, as (message, place, hint).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from govlang.core.trust import Level
from govlang.record.norms import Norms
from govlang.record.trust import Score
from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.tools.phrases import contains
from govlang.tools.scorecard import evidence, figure_shown, low_words, measured_as, opened_words

Fault = tuple[str, Span, str]


def faults(norms: Norms, line: n.Expect) -> Iterator[Fault]:
    """Every way in which the record differs from what a line expects."""
    assert line.subject is not None
    name, of = line.subject.text, line.group.text if line.group is not None else ""
    known = list(dict.fromkeys(rule.name for rule in norms.assessor.windows))
    if name not in known:
        yield f"the agreement has no trust clause called '{name}'", line.subject.span, f"there are: {', '.join(known) or 'none'}"
        return
    scores = [score for score in norms.assessor.scores(line.at.end) if score.rule.name == name and of in ("", score.party)]
    if not scores:
        hint = "name a party that takes part, or leave `of` out"
        yield f"{name} is not assessed of {of or 'anybody'} on that day", line.span, hint
        return
    wrong = [score for score in scores if not _as_expected(score, line)]
    if wrong:
        wanted = line.verdict or figure_shown(*_wanted(line))
        yield f"{name} is expected to be {wanted}, and it is {wrong[0].level.value}", line.span, "; ".join(map(shown, wrong))
        return
    for detail in line.details:
        texts = [text for score in scores for text in told(norms, score, detail.kind)]
        if any(contains(text, detail.phrase) for text in texts) is (detail.kind == "not because"):
            yield f"{name} is not {detail.kind} {detail.phrase}", detail.span, f"{detail.kind}: {'; '.join(texts) or 'nothing'}"


def touched(norms: Norms, line: n.Expect) -> set[str]:
    """The measures that an expectation looks at, by the names that coverage counts."""
    name = line.subject.text if line.subject is not None else ""
    return {f"{name}#{measure.key.place}" for rule in norms.assessor.windows if rule.name == name for measure in rule.measures}


def _wanted(line: n.Expect) -> tuple[Fraction, str]:
    literal = next(literal for word, literal in line.facts if word == "figure")
    assert isinstance(literal.value, Fraction)
    return literal.value, "share" if literal.kind == "percent" else "number"


def _as_expected(score: Score, line: n.Expect) -> bool:
    """Whether a dimension is at the level expected, or one of its figures (or their combination) is the one expected."""
    if line.verdict:
        return score.level.value == line.verdict
    value, kind = _wanted(line)
    found = [(figure.value, figure.measure.unit) for figure in score.figures]
    found.append((score.combined, score.rule.combined_unit))
    return any(figure == value and (unit == "share") is (kind == "share") for figure, unit in found)


def shown(score: Score) -> str:
    """One dimension in a few words: `Competence of Norwind: low (share of duties in time 80%)`."""
    of = f" of {score.party}" if score.party else ""
    figures = "; ".join(f"{found.measure.title} {measured_as(found)}" for found in score.figures)
    return f"{score.rule.name}{of}: {score.level.value} ({figures})"


def told(norms: Norms, score: Score, kind: str) -> Iterator[str]:
    """What there is to say of one dimension, by the kind of detail."""
    match kind:
        case "citing":
            for citation in (score.rule.citation, *(found.measure.citation for found in score.figures)):
                yield f"{citation.number} {citation.title} {' '.join(citation.path)}"
        case "counting":
            for found in score.figures:
                yield f"{found.measure.title} {measured_as(found)}"
                yield from evidence(norms, found)
        case "missing":
            yield from (f"{found.measure.title}: {measured_as(found)}" for found in score.figures if found.value is None)
            yield from (text for found in score.figures for text in found.too_few)
        case "because" | "not because":
            for found in score.figures:
                if found.low:
                    yield f"{found.measure.title} {measured_as(found)}, {low_words(found.measure.bars, found.measure.unit)}"
            if score.level is Level.LOW and score.since is not None:
                yield f"low since {score.since:%Y-%m-%d}"
        case _:
            yield from opened_words(norms, score)
