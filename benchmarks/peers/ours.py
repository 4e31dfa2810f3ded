"""govlang's compiled back end, as the table calls it.

In: a number of rights, facts by column. Out: an engine. Functions are made when they are first asked for; here they are made while
loading, as the other engines make theirs. An answer with reasons is read out whole: verdict, states, what is missing.
"""

from __future__ import annotations

from typing import Any

from peers import reference
from peers.facts import values
from peers.rule import Engine, NotReady, Request, Told

from govlang.core.rules import leaves
from govlang.core.verdict import State

Asked = tuple[str, dict[str, Any]]


def prepare(count: int) -> dict[str, Any]:
    """The compiled rights by name, ready for yes or no."""
    return _compiled(count, "permits")


def prepare_reasons(count: int) -> dict[str, Any]:
    """The compiled rights by name, ready for reasons."""
    return _compiled(count, "answer", "reading")


def _compiled(count: int, *made: str) -> dict[str, Any]:
    try:
        from govlang.backends.python import compile_right
    except ImportError as error:
        raise NotReady("this govlang has no compiled back end") from error
    rights = {name: compile_right(right) for name, right in reference.prepare(count).items()}
    for right in rights.values():
        for function in made:
            getattr(right, function)
    return rights


def shape(prepared: Any, request: Request) -> Asked:
    """The right and the facts."""
    return request["right"], values(request)


def yes_no(prepared: dict[str, Any], asked: Asked) -> bool:
    """Whether it is permitted."""
    return prepared[asked[0]].permits(asked[1])  # type: ignore[no-any-return]


def with_reasons(prepared: dict[str, Any], asked: Asked) -> Any:
    """The answer, the states of the requirements, what is missing."""
    answer = prepared[asked[0]].answer(asked[1])
    return answer, answer.verdict, answer.states, answer.missing


def told(found: Any) -> Told:
    """The answer in common words."""
    answer, verdict, states, _ = found
    names = {leaf.id: reference.named(leaf.kind, leaf.label) for leaf in leaves(answer.right.right.tree)}
    unmet = {names[each] for each, state in states.items() if state is not State.MET}
    unmet |= {"amount" for point in answer.open if not point.id}  # where it is not known which tier applies
    return Told(verdict.value, frozenset(unmet))


ENGINE = Engine("govlang, compiled", prepare, yes_no, with_reasons, told, reference.CAN, shape, prepare_reasons)
