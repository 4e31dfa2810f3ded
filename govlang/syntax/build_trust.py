"""The grammar's rules for surveys and trust, for answers, and for what a scenario expects of trust.

In: built children of one grammar rule. Out: `Survey` and `Trust` nodes, their lines, deeds, expectations. Mixed into
`build.Builder`; every method is named after a rule or an alias of `grammar/govlang.lark`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from govlang.source import Span
from govlang.syntax import literals, nodes as n
from govlang.syntax.build_events import event_details, make_deed
from govlang.syntax.build_requirements import cite_of, rest_of

Item = Any


def _lines(span: Span, lines: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(n.Describe(line[1], span=span) if isinstance(line, tuple) else line for line in rest_of(lines))


class TrustRules:
    """What partners think of each other, and what the record says of them."""

    def survey(self, span: Span, name: n.Name, *lines: Item) -> n.Survey:
        return n.Survey(name, _lines(span, lines), span=span)

    def asks_about(self, span: Span, verb: str, group: n.Group, about: str, cite: Item) -> n.Asks:
        return n.Asks(group, about, cite=str(cite or ""), span=span)

    def about_others(self, span: Span) -> str:
        return "others"

    def about_every(self, span: Span) -> str:
        return "every"

    def about_own(self, span: Span) -> str:
        return "own"

    def about_all(self, span: Span) -> str:
        return "all"

    def survey_scale(self, span: Span, low: Fraction, high: Fraction, cite: Item) -> n.Scale:
        ends = (literals.whole(end, span, "an end of a scale") for end in (low, high))
        return n.Scale(*ends, cite=str(cite or ""), span=span)

    def survey_question(self, span: Span, word: str, text: n.Literal, cite: Item) -> n.Question:
        return n.Question(word, str(text.value), cite=str(cite or ""), span=span)

    def least_answers(self, span: Span, number: Fraction, word: str, cite: Item) -> n.LeastAnswers:
        return n.LeastAnswers(literals.whole(number, span, "a number of answers"), cite=str(cite or ""), span=span)

    def anonymous(self, span: Span, cite: Item) -> n.Anonymous:
        return n.Anonymous(cite=str(cite or ""), span=span)

    # ------------------------------------------------------------ trust

    def trust(self, span: Span, name: n.Name, *lines: Item) -> n.Trust:
        return n.Trust(name, _lines(span, lines), span=span)

    def trust_of_each(self, span: Span, cite: Item) -> n.Assessed:
        return n.Assessed("each", cite=str(cite or ""), span=span)

    def trust_of_all(self, span: Span, cite: Item) -> n.Assessed:
        return n.Assessed("all", cite=str(cite or ""), span=span)

    def trust_over(self, span: Span, window: n.Duration, cite: Item) -> n.Over:
        return n.Over(window, cite=str(cite or ""), span=span)

    def trust_over_term(self, span: Span, cite: Item) -> n.Over:
        return n.Over(None, cite=str(cite or ""), span=span)

    def trust_measure(self, span: Span, verb: str, figure: n.Figure, cite: Item, *parts: Item) -> n.Measured:
        low = tuple(part for part in parts if isinstance(part, n.Low))
        weights = [part for part in parts if isinstance(part, Fraction)]
        if len(weights) > 1:
            again = literals.BadLiteral("GL314", "the weight of a measure is said twice", "keep one of the two lines")
            raise literals.PlacedError(again, span)
        return n.Measured(figure, low, weights[0] if weights else None, cite=str(cite or ""), span=span)

    def figure_weight(self, span: Span, weight: Fraction) -> Fraction:
        return weight

    def low_below(self, span: Span, bar: n.Literal, cite: Item) -> n.Low:
        return n.Low("<", bar, cite=str(cite or ""), span=span)

    def low_above(self, span: Span, bar: n.Literal, cite: Item) -> n.Low:
        return n.Low(">", bar, cite=str(cite or ""), span=span)

    def opens_if_low(self, span: Span, state: str, *rest: Item) -> n.OpensIf:
        return n.OpensIf(state, 1, tuple(rest_of(rest)), cite=cite_of(rest), span=span)

    # ------------------------------------------------------------ figures

    def share_done(self, span: Span, what: str, names: Item) -> n.Figure:
        return n.Figure("share", what, names or (), span=span)

    def number_missed(self, span: Span, what: str, names: Item) -> n.Figure:
        return n.Figure("number", what, names or (), span=span)

    def number_of_findings(self, span: Span, *parts: Item) -> n.Figure:
        by = next((part for part in parts if isinstance(part, n.Group)), None)
        return n.Figure("findings", words=tuple(part for part in parts if isinstance(part, str)), by=by, span=span)

    def number_recorded(self, span: Span, word: str, by: Item) -> n.Figure:
        return n.Figure("acts", words=(word,), by=by, span=span)

    def survey_mean(self, span: Span, survey: n.Name, words: Item) -> n.Figure:
        return n.Figure("mean", "", (survey,), words or (), span=span)

    def survey_spread(self, span: Span, survey: n.Name, words: Item) -> n.Figure:
        return n.Figure("spread", "", (survey,), words or (), span=span)

    def of_clauses(self, span: Span, names: tuple[n.Name, ...]) -> tuple[n.Name, ...]:
        return names

    def on_questions(self, span: Span, *words: str) -> tuple[str, ...]:
        return words

    def f_duties(self, span: Span) -> str:
        return "duties"

    def f_communication(self, span: Span) -> str:
        return "communication"

    def f_reviews(self, span: Span) -> str:
        return "reviews"

    def f_attended(self, span: Span) -> str:
        return "attended"

    def f_objectives(self, span: Span) -> str:
        return "objectives"

    def f_answered(self, span: Span) -> str:
        return "answered"

    # ------------------------------------------------------------ events and expectations

    def answers_question(
        self, span: Span, verb: str, question: str, value: Fraction, about: Item, survey: Item, key: Item
    ) -> n.Deed:
        answer = n.Literal("number", Fraction(literals.whole(value, span, "an answer")), span=span)
        turn = (("for", (key,)),) if key is not None else None
        return make_deed(span, "rate", word=question, facts=(("answer", answer),), other=about, target=survey, names=turn)

    def at_percent(self, span: Span, value: Fraction) -> n.Literal:
        return n.Literal("percent", value, span=span)

    def at_number(self, span: Span, value: Fraction) -> n.Literal:
        return n.Literal("number", value, span=span)

    def no_threshold(self, span: Span) -> str:
        return "no threshold"

    def expect_trust(
        self, span: Span, at: n.Moment, name: n.Name, of: Item, state: str | n.Literal, first: Item, *details: Item
    ) -> n.Expect:
        found = event_details((first, *details))
        word, figure = (state, ()) if isinstance(state, str) else ("", (("figure", state),))
        return n.Expect("trust", at, name, word, of, details=found, facts=figure, span=span)
