"""CEL, by `common-expression-language` (Rust) and `cel-python` (Python): one program a right, compiled once, picked by the caller.

In: a number of rights, requests. Out: two engines. For yes or no a program is one condition; for reasons it is a list with one
condition a requirement. In Rust, variables are handed over by a resolver, so that only those are converted that are looked at.
"""

from __future__ import annotations

import json
from typing import Any

from peers.conditions import permitted, requirements
from peers.rule import PROPOSERS, Engine, Request, Told, name

PROPOSER = " || ".join(f"role == {json.dumps(role)}" for role in PROPOSERS)
ORDER = tuple(requirements(0, PROPOSER))


def source(number: int) -> str:
    """A right for yes or no."""
    return permitted(number, PROPOSER)


def source_with_reasons(number: int) -> str:
    """A right as a list: whether each requirement is met."""
    return "[" + ", ".join(requirements(number, PROPOSER).values()) + "]"


def prepare(count: int) -> tuple[Any, Any]:
    """One program a right."""
    import cel

    return {name(number): cel.compile(source(number)) for number in range(count)}, cel.Context


def prepare_reasons(count: int) -> tuple[Any, Any]:
    """The same for reasons."""
    import cel

    return {name(number): cel.compile(source_with_reasons(number)) for number in range(count)}, cel.Context


def yes_no(prepared: tuple[Any, Any], request: Request) -> bool:
    """Whether it is permitted."""
    programs, new_context = prepared
    context = new_context()
    context.set_variable_resolver(request.get)
    return programs[request["right"]].execute(context)  # type: ignore[no-any-return]


def with_reasons(prepared: tuple[Any, Any], request: Request) -> list[str]:
    """The requirements that are not met."""
    programs, new_context = prepared
    context = new_context()
    context.set_variable_resolver(request.get)
    found = programs[request["right"]].execute(context)
    return [requirement for requirement, met in zip(ORDER, found, strict=True) if not met]


def told(answer: list[str]) -> Told:
    """The answer in common words."""
    return Told("not permitted" if answer else "permitted", frozenset(answer))


def prepare_pure(count: int) -> tuple[Any, Any]:
    """One program a right, compiled to Python."""
    import celpy

    environment = celpy.Environment(runner_class=celpy.CompiledRunner)
    programs = {name(number): environment.program(environment.compile(source(number))) for number in range(count)}
    return programs, celpy.adapter.json_to_cel


def prepare_reasons_pure(count: int) -> tuple[Any, Any]:
    """The same for reasons."""
    import celpy

    environment = celpy.Environment(runner_class=celpy.CompiledRunner)
    return {
        name(number): environment.program(environment.compile(source_with_reasons(number))) for number in range(count)
    }, celpy.adapter.json_to_cel


def yes_no_pure(prepared: tuple[Any, Any], request: Request) -> bool:
    """Whether it is permitted."""
    programs, convert = prepared
    return bool(programs[request["right"]].evaluate(convert(request)))


def with_reasons_pure(prepared: tuple[Any, Any], request: Request) -> list[str]:
    """The requirements that are not met."""
    programs, convert = prepared
    unmet = []
    for requirement, met in zip(ORDER, programs[request["right"]].evaluate(convert(request)), strict=True):
        if isinstance(met, Exception):  # an error stands in the list as itself, and would count as met
            raise met
        if not met:
            unmet.append(requirement)
    return unmet


CAN = {"pending": "no", "missing": "no: an error", "reasons": "all, as a list", "money": "cents"}
ENGINES = (
    Engine("CEL in Rust", prepare, yes_no, with_reasons, told, CAN, prepare_reasons=prepare_reasons,
           needs=("common-expression-language",)),
    Engine("CEL in Python", prepare_pure, yes_no_pure, with_reasons_pure, told, CAN, prepare_reasons=prepare_reasons_pure,
           needs=("cel-python",)),
)  # fmt: skip
