"""govlang's compiled back end, as the table calls it.

In: a number of rights, facts by column. Out: an engine, or `NotReady` as long as there is no `govlang.compile`.

TO BE FILLED IN with the compiled back end: the bodies of `prepare`, `yes_no`, `with_reasons` and `told`. The rest of the table
needs no change.
"""

from __future__ import annotations

from typing import Any

from peers import rule
from peers.facts import values
from peers.rule import Engine, NotReady, Request, Told

import govlang


def prepare(count: int) -> dict[str, Any]:
    """The compiled rights by name."""
    compiler = getattr(govlang, "compile", None)
    if compiler is None:
        raise NotReady("this govlang has no compiled back end")
    compiled = compiler(govlang.load_text(rule.text(count)))
    return {rule.name(number): compiled.right(rule.name(number)) for number in range(count)}


def shape(prepared: Any, request: Request) -> tuple[str, dict[str, Any]]:
    """The right and the facts."""
    return request["right"], values(request)


def yes_no(prepared: dict[str, Any], asked: tuple[str, dict[str, Any]]) -> bool:
    """Whether it is permitted."""
    return prepared[asked[0]].verdict(asked[1]) is govlang.Verdict.PERMITTED


def with_reasons(prepared: dict[str, Any], asked: tuple[str, dict[str, Any]]) -> Any:
    """The answer with its reasons."""
    return prepared[asked[0]].answer(asked[1])


def told(answer: Any) -> Told:
    """The answer in common words; `reference.named` gives the names of requirements."""
    raise NotReady("peers/ours.py does not yet read the answers of the compiled back end")


CAN = {"pending": "yes", "missing": "yes", "reasons": "all, with states", "money": "exact, with currency"}
ENGINE = Engine("govlang, compiled", prepare, yes_no, with_reasons, told, CAN, shape)
