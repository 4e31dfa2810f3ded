"""What a survey asks of whom, in words.

In: a survey of the model. Out: `Statement`s that stand under the sentence of when it is held (`words.norms`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.groups import plain
from govlang.backends.words.statement import Statement
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words

_ABOUT = {"others": "every other party", "every": "every party, its own among them", "own": "its own party alone",
          "all": "all parties together"}  # fmt: skip


def questions(words: Words, name: str) -> Iterator[Statement]:
    """Who is asked about whom, on which scale, what, and how many answers count."""
    survey = words.agreement.surveys.get(name)
    if survey is None:
        return
    if survey.asks is not None:
        who = words.voice().groups.who(survey.asks.group)
        yield _line(words, f"{who.does('be asked')} about {_ABOUT[survey.asks.about]}", "asks", survey.asks)
    for question in survey.questions:
        yield _line(words, f"The question on {plain(question.word)} is: “{question.text}”", "question", question)
    if survey.scale is not None:
        text = f"answers are whole numbers from {survey.scale.low} to {survey.scale.high}; a higher one is better"
        yield _line(words, text, "scale", survey.scale)
    if survey.least is not None:
        one = survey.asks is not None and survey.asks.about in ("others", "every")
        count = f"{english.counted(survey.least.number, 'answer')}{' about a party' if one else ''}"
        yield _line(words, f"a question counts only if it has at least {count}", "least", survey.least)
    if survey.anonymous:
        yield Statement("Who answered what is never shown.", survey.citation, kind="anonymous")


def _line(words: Words, text: str, kind: str, node: n.Node) -> Statement:
    return Statement(english.sentence(text), words.agreement.cite(node, words.agreement.wording(node)), kind=kind)
