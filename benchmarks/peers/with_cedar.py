"""Cedar, by `cedarpy`: policies and entities are parsed once and reused, as its documentation says; action ids in the structured
form, which is faster than text.

In: a number of rights, requests. Out: two engines: all policies in one set, as Cedar keeps them; and one set a right, picked by the
caller. For yes or no a right is one `permit`. For reasons each requirement is a `forbid ... unless` with an `@id` beside a plain
`permit`, because Cedar names the policies that decided: without them a denial has no reason.
"""

from __future__ import annotations

import json
from typing import Any

from peers.conditions import permitted, requirements
from peers.rule import OTHERS, PROPOSERS, Engine, Request, Told, name

PROPOSER = " || ".join(f'principal in Role::"{role}"' for role in PROPOSERS)
RESOURCE = {"type": "Agreement", "id": "Thousand Spends"}
TAKEN_OUT = ("right", "role")


def policy(number: int) -> str:
    """A right for yes or no."""
    scope = f'principal, action == Action::"{name(number)}", resource'
    return f"permit ({scope}) when {{ {permitted(number, PROPOSER, 'context.')} }};"


def policies_with_reasons(number: int) -> str:
    """A right that says which requirement is not met. A `forbid` that cannot be evaluated counts for nothing in Cedar, so the
    `permit` asks for the amount."""
    scope = f'principal, action == Action::"{name(number)}", resource'
    parts = [f"permit ({scope}) when {{ context has amount }};"]
    for requirement, condition in requirements(number, PROPOSER, "context.").items():
        parts.append(f'@id("{requirement}") forbid ({scope}) unless {{ {condition} }};')
    return "\n".join(parts)


def entities() -> Any:
    """Who holds which role."""
    from cedarpy import Entities

    roles = (*PROPOSERS, *OTHERS)
    items: list[dict[str, Any]] = []
    for role in roles:
        items.append({"uid": {"type": "Role", "id": role}, "attrs": {}, "parents": []})
        items.append({"uid": {"type": "Person", "id": role}, "attrs": {}, "parents": [{"type": "Role", "id": role}]})
    return Entities.from_json_str(json.dumps(items))


def shape(prepared: Any, request: Request) -> tuple[str, dict[str, Any]]:
    """A request as Cedar takes it; what is not known is left out. Its values become JSON within the call."""
    context = {key: value for key, value in request.items() if key not in TAKEN_OUT and value is not None}
    asked = {
        "principal": {"type": "Person", "id": request["role"]},
        "action": {"type": "Action", "id": request["right"]},
        "resource": RESOURCE,
        "context": context,
    }
    return request["right"], asked


def prepare(count: int) -> tuple[Any, Any, Any]:
    """All rights in one policy set."""
    from cedarpy import PolicySet, is_authorized

    return PolicySet.from_str("\n".join(map(policy, range(count)))), entities(), is_authorized


def prepare_reasons(count: int) -> tuple[Any, Any, Any]:
    """The same with a policy for each requirement."""
    from cedarpy import PolicySet, is_authorized

    return PolicySet.from_str("\n".join(map(policies_with_reasons, range(count)))), entities(), is_authorized


def yes_no(prepared: tuple[Any, Any, Any], asked: tuple[str, dict[str, Any]]) -> bool:
    """Whether it is permitted."""
    policies, known, is_authorized = prepared
    return is_authorized(asked[1], policies, known).allowed  # type: ignore[no-any-return]


def with_reasons(prepared: tuple[Any, Any, Any], asked: tuple[str, dict[str, Any]]) -> Any:
    """Whether it is permitted, and the policies that decided."""
    policies, known, is_authorized = prepared
    result = is_authorized(asked[1], policies, known)
    return result.allowed, list(result.diagnostics.id_annotations_by_reason.values())


def batch(prepared: tuple[Any, Any, Any], asked: list[tuple[str, dict[str, Any]]]) -> list[bool]:
    """Many requests in one call."""
    from cedarpy import is_authorized_batch

    policies, known, _ = prepared
    return [result.allowed for result in is_authorized_batch([each for _, each in asked], policies, known)]


def prepare_apart(count: int) -> tuple[Any, Any, Any]:
    """One policy set a right."""
    from cedarpy import PolicySet, is_authorized

    return {name(number): PolicySet.from_str(policy(number)) for number in range(count)}, entities(), is_authorized


def prepare_reasons_apart(count: int) -> tuple[Any, Any, Any]:
    """The same with a policy for each requirement."""
    from cedarpy import PolicySet, is_authorized

    sets = {name(number): PolicySet.from_str(policies_with_reasons(number)) for number in range(count)}
    return sets, entities(), is_authorized


def yes_no_apart(prepared: tuple[Any, Any, Any], asked: tuple[str, dict[str, Any]]) -> bool:
    """Whether it is permitted, by the set of its right."""
    sets, known, is_authorized = prepared
    return is_authorized(asked[1], sets[asked[0]], known).allowed  # type: ignore[no-any-return]


def with_reasons_apart(prepared: tuple[Any, Any, Any], asked: tuple[str, dict[str, Any]]) -> Any:
    """The same with the policies that decided."""
    sets, known, is_authorized = prepared
    result = is_authorized(asked[1], sets[asked[0]], known)
    return result.allowed, list(result.diagnostics.id_annotations_by_reason.values())


def told(answer: tuple[bool, list[str]]) -> Told:
    """The answer in common words."""
    allowed, reasons = answer
    return Told("permitted" if allowed else "not permitted", frozenset(reasons))


CAN = {"pending": "no", "missing": "no: an error, denied", "reasons": "all, as forbids", "money": "cents"}
ENGINES = (
    Engine("Cedar, a set a right", prepare_apart, yes_no_apart, with_reasons_apart, told, CAN, shape, prepare_reasons_apart,
           needs=("cedarpy",)),
    Engine("Cedar, one set", prepare, yes_no, with_reasons, told, CAN, shape, prepare_reasons, batch, needs=("cedarpy",)),
)  # fmt: skip
