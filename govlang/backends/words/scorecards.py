"""Trust in words: what is measured of whom over which time, from where on it is low, and what follows.

In: a `core.trust.TrustRule`. Out: a `Statement` with one item a measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.groups import plain, quoted
from govlang.backends.words.happenings import opened, titled, whole
from govlang.backends.words.quantities import percent, value
from govlang.backends.words.statement import Statement
from govlang.core.expr import Literal
from govlang.core.trust import MeasureRule, TrustRule
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words

_SHARES = {
    "duties": "the share of its duties that were done in time",
    "communication": "the share of its duties to communicate that were done in time",
    "reviews": "the share of the reviews it leads that were held in time", "attended": "the share of reviews that it attended",
    "objectives": "the share of its targets that were met", "answered": "the share of surveys that it answered in full",
}  # fmt: skip
_NUMBERS = {
    "duties": "the number of its duties that were violated",
    "communication": "the number of its duties to communicate that were violated",
    "reviews": "the number of the reviews it leads that were missed", "objectives": "the number of its targets that were missed",
}  # fmt: skip


def trust(words: Words, rule: TrustRule) -> Statement:
    """One dimension of trust."""
    of = "each party" if rule.whom == "each" else "all parties together"
    over = f"the last {english.duration(rule.window)}" if rule.window is not None else "the whole term so far"
    text = f"The {rule.name} of {of} is measured over {over}:"
    items = (*_text(rule), *(_measure(words, rule, each) for each in rule.measures), *_low(words, rule))
    return Statement(text, rule.citation, items, "trust")


def _text(rule: TrustRule) -> Iterator[Statement]:
    if rule.text:
        yield Statement(f"“{rule.text}”", rule.citation, kind="description")


# ---------------------------------------------------------------- measures


def _measure(words: Words, rule: TrustRule, measure: MeasureRule) -> Statement:
    text = figure(words, measure.figure, rule.whom)
    if measure.bars:
        text += f"; {rule.name} is low when that is {english.listed([_bar(each) for each in measure.bars], 'or')}"
    weight = measure.weight.value if isinstance(measure.weight, Literal) else None
    if isinstance(weight, Fraction):
        text += f"; it counts for {percent(weight)} of the whole"
    return Statement(english.sentence(text), measure.citation, kind="measure")


def _bar(bar: n.Low) -> str:
    return f"{'below' if bar.op == '<' else 'above'} {value(bar.bar)}"


def figure(words: Words, item: n.Figure, whom: str = "each") -> str:
    """What a measure counts: the share of its duties that were done in time."""
    match item.kind:
        case "share" | "number":
            said = (_SHARES if item.kind == "share" else _NUMBERS)[item.what]
            only = english.listed([titled(words, name.text) for name in item.names], "or")
            those = "those under " if item.what == "communication" else ""
            return _theirs(said, whom) + (f", counting only {those}{only}" if item.names else "")
        case "findings":
            who = f" that {whole(words, words.voice(), item.by, '').does('have made')}" if item.by is not None else ""
            found = f"the number of findings of {english.listed([quoted(each) for each in item.words], 'or')}"
            return f"{found} about {'it' if whom == 'each' else 'any of them'}{who}, without those taken back"
        case "acts":
            by = f", by {whole(words, words.voice(), item.by, '').text}" if item.by is not None else ""
            recorded = english.listed([quoted(each) for each in item.words], "or")
            return f"how often {recorded} was recorded by {'it' if whom == 'each' else 'any of them'}{by}"
        case "mean":
            survey = words.agreement.surveys.get(item.names[0].text) if item.names else None
            others = "of others " if survey is not None and survey.asks is not None and survey.asks.about == "every" else ""
            return f"the mean of the answers {others}about {'it' if whom == 'each' else 'them'} in {_survey(words, item)}"
        case _:
            return f"the widest gap between the mean answers of two parties in {_survey(words, item)}"


def _theirs(said: str, whom: str) -> str:
    """The same of all parties together."""
    if whom == "each":
        return said
    return said.replace(" its ", " their ").replace(" it leads", " they lead").replace(" it ", " they ")


def _survey(words: Words, item: n.Figure) -> str:
    survey = english.listed([titled(words, name.text) for name in item.names])
    return f"{survey}, on {english.listed([plain(each) for each in item.words])}" if item.words else survey


# ---------------------------------------------------------------- when the whole is low


def _low(words: Words, rule: TrustRule) -> Iterator[Statement]:
    source = words.agreement.trust[rule.name]
    if rule.combined is not None and rule.bars:
        bars = english.listed([_bar(each) for each in rule.bars], "or")
        cite = words.agreement.cite(rule.bars[0], words.agreement.wording(rule.bars[0]))
        yield Statement(f"The measures are added up by their weights; {rule.name} is low when the sum is {bars}.", cite, kind="low")
    for line in source.opens.opens:
        cite = words.agreement.cite(line, words.agreement.wording(line))
        yield Statement(english.sentence(f"when it becomes low, {opened(words, line.openings)}"), cite, kind="opens")
