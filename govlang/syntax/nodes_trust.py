"""Nodes of surveys and of trust: what is asked of whom, what is measured over the record, from where on it is low.

In: the smallest nodes, those of rules and of norms. Out: `Survey` and `Trust`. See `syntax.nodes` for the whole tree.
"""

from __future__ import annotations

from fractions import Fraction

from govlang.frozen import dataclass
from govlang.syntax.nodes_norms import NormLine, OpensIf
from govlang.syntax.nodes_rules import Cited, Group
from govlang.syntax.nodes_statements import Describe
from govlang.syntax.nodes_values import Duration, Literal, Name, Node

# ---------------------------------------------------------------- surveys


@dataclass(frozen=True, slots=True)
class Asks(Cited):
    """Who is asked, about whom: `others` (every other party), `every` (one's own too), `own` (its own party alone) or `all` (all
    parties together)."""

    group: Group
    about: str


@dataclass(frozen=True, slots=True)
class Scale(Cited):
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Question(Cited):
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class LeastAnswers(Cited):
    """How many answers a question needs (about each party, if it is asked about parties) to count at all."""

    number: int


@dataclass(frozen=True, slots=True)
class Anonymous(Cited):
    """Who answered what is never shown."""


SurveyLine = Asks | Scale | Question | LeastAnswers | Anonymous | NormLine


@dataclass(frozen=True, slots=True)
class Survey(Node):
    name: Name
    lines: tuple[SurveyLine, ...]


# ---------------------------------------------------------------- trust


@dataclass(frozen=True, slots=True)
class Assessed(Cited):
    """Of whom it is assessed: `each` party, or `all` parties together."""

    whom: str


@dataclass(frozen=True, slots=True)
class Over(Cited):
    """The window that ends on the day asked; None is the whole term so far."""

    window: Duration | None


@dataclass(frozen=True, slots=True)
class Low(Cited):
    """Low below (`<`) or above (`>`) a bar."""

    op: str
    bar: Literal


@dataclass(frozen=True, slots=True)
class Figure(Node):
    """What is counted. `kind` is share (of `what`, done), number (of `what`, missed), findings (of `words`), acts (of `words`),
    mean or spread (of the answers to a survey, on the questions `words`).

    `what` is duties, communication, reviews, attended, objectives or answered; `names` are the clauses it is confined to, or the
    survey; `by` says whose findings or acts count.
    """

    kind: str
    what: str = ""
    names: tuple[Name, ...] = ()
    words: tuple[str, ...] = ()
    by: Group | None = None


@dataclass(frozen=True, slots=True)
class Measured(Cited):
    """One measure of a trust clause; `weight` only where the text combines its measures."""

    figure: Figure
    low: tuple[Low, ...] = ()
    weight: Fraction | None = None


TrustLine = Describe | Assessed | Over | Measured | Low | OpensIf


@dataclass(frozen=True, slots=True)
class Trust(Node):
    name: Name
    lines: tuple[TrustLine, ...]
