"""Casbin, by `casbin` (pycasbin): a model whose matcher is the rule, and a line of policy a right with its amounts.

In: a number of rights, requests. Out: two engines: the `FastEnforcer`, which looks at the lines of one right only, and the plain
`Enforcer`, which goes through all of them. Amounts are added as integers, so that the matcher need not convert text. For reasons
each requirement is a line that denies, because Casbin names the one line that decided; it names no second one.
"""

from __future__ import annotations

from typing import Any

from peers.rule import END, PROPOSERS, START, Engine, Request, Told, limits, name

ORDER = ("right", "role", "day", "withdrawn", "amount", "pm_for", "votes_for", "votes_against", "votes_abstaining",
         "votes_open", "members", "parties_for", "parties", "vetoes", "window_over")  # fmt: skip

PROPOSER = " || ".join(f'r.role == "{role}"' for role in PROPOSERS)
CAST = "r.votes_for + r.votes_against + r.votes_abstaining"
QUORUM = f"3 * ({CAST}) >= 2 * r.members"
MAJORITY = f"2 * r.votes_for > {CAST} + r.votes_open"
MIDDLE = "r.amount > p.low && r.amount <= p.high"
ABOVE = "r.amount > p.high"

MODEL = f"""\
[request_definition]
r = {", ".join(ORDER)}
[policy_definition]
p = right, low, high
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.right == p.right && !r.withdrawn && r.day >= {START} && r.day <= {END} && ({PROPOSER}) && \
(r.amount <= p.low && r.pm_for >= 1 || {MIDDLE} && {QUORUM} && {MAJORITY} || \
{ABOVE} && r.parties_for >= r.parties && r.vetoes == 0 && r.window_over)
"""

# Where a requirement is not met; the matcher says it for each line by the requirement's name.
UNMET = {
    "term": f"r.day < {START} || r.day > {END}",
    "standing": "r.withdrawn",
    "proposer": f"!({PROPOSER})",
    "approval": "r.amount <= p.low && r.pm_for < 1",
    "quorum": f"{MIDDLE} && !({QUORUM})",
    "majority": f"{MIDDLE} && !({MAJORITY})",
    "parties": f"{ABOVE} && r.parties_for < r.parties",
    "veto": f"{ABOVE} && !(r.vetoes == 0 && r.window_over)",
}
CASES = " || ".join(f'p.requirement == "{requirement}" && ({unmet})' for requirement, unmet in UNMET.items())

MODEL_WITH_REASONS = f"""\
[request_definition]
r = {", ".join(ORDER)}
[policy_definition]
p = right, low, high, requirement, eft
[policy_effect]
e = !some(where (p.eft == deny))
[matchers]
m = r.right == p.right && ({CASES})
"""


def shape(prepared: Any, request: Request) -> list[Any]:
    """A request as Casbin takes it: values in the order of the model."""
    return [request[key] for key in ORDER]


def lines(count: int) -> list[list[Any]]:
    """A line a right."""
    return [[name(number), *(100 * limit for limit in limits(number))] for number in range(count)]


def lines_with_reasons(count: int) -> list[list[Any]]:
    """A line a requirement of a right."""
    return [[*line, requirement, "deny"] for line in lines(count) for requirement in UNMET]


def fast(model: str, policy: list[list[Any]]) -> tuple[Any, Any, Any]:
    """An enforcer that keeps its lines by right."""
    from casbin import FastEnforcer  # type: ignore[import-untyped]
    from casbin.model import FastModel, fast_policy_filter  # type: ignore[import-untyped]

    built = FastModel([0])
    built.load_model_from_text(model)
    enforcer = FastEnforcer(built, cache_key_order=[0])
    enforcer.add_policies(policy)
    return enforcer, enforcer.model.model["p"]["p"].policy, fast_policy_filter


def plain(model: str, policy: list[list[Any]]) -> Any:
    """An enforcer that keeps its lines in a list."""
    from casbin import Enforcer
    from casbin.model import Model

    built = Model()
    built.load_model_from_text(model)
    enforcer = Enforcer(built)
    enforcer.add_policies(policy)
    return enforcer


def yes_no(prepared: tuple[Any, Any, Any], values: list[Any]) -> bool:
    """Whether it is permitted."""
    return prepared[0].enforce(*values)  # type: ignore[no-any-return]


def with_reasons(prepared: tuple[Any, Any, Any], values: list[Any]) -> Any:
    """Whether it is permitted, and the line that decided. `FastEnforcer` filters for `enforce` alone, so it is done here."""
    enforcer, policy, chosen = prepared
    with chosen(policy, values[0]):
        return enforcer.enforce_ex(*values)


def told(answer: tuple[bool, list[Any]]) -> Told:
    """The answer in common words: one requirement at most."""
    permitted, line = answer
    return Told("permitted" if permitted else "not permitted", frozenset(line[3:4]), all_named=False)


CAN = {"pending": "no", "missing": "no: an error", "reasons": "one, as a deny line", "money": "cents"}
ENGINES = (
    Engine("Casbin, FastEnforcer", lambda count: fast(MODEL, lines(count)), yes_no, with_reasons, told, CAN, shape,
           lambda count: fast(MODEL_WITH_REASONS, lines_with_reasons(count)), needs=("casbin",)),
    Engine("Casbin, Enforcer", lambda count: plain(MODEL, lines(count)),
           lambda enforcer, values: enforcer.enforce(*values),
           lambda enforcer, values: enforcer.enforce_ex(*values), told, CAN, shape,
           lambda count: plain(MODEL_WITH_REASONS, lines_with_reasons(count)), needs=("casbin",)),
)  # fmt: skip
