"""The floor: the rule as a programmer writes it in Python, once for yes or no and once with reasons.

In: the rights' amounts, a request. Out: whether it is permitted; or the verdict and the state of each requirement. This is what
the ratios are to, and what every engine's answers are compared with.
"""

from __future__ import annotations

from peers.rule import END, PROPOSERS, START, Engine, Request, Told, limits, name

Limits = dict[str, tuple[int, int]]
States = list[tuple[str, str]]


def prepare(count: int) -> Limits:
    """The amounts of each right, in cents."""
    return {name(number): (100 * limits(number)[0], 100 * limits(number)[1]) for number in range(count)}


def yes_no(prepared: Limits, request: Request) -> bool:
    """Whether it is permitted."""
    if request["withdrawn"] or not START <= request["day"] <= END or request["role"] not in PROPOSERS:
        return False
    low, high = prepared[request["right"]]
    amount = request["amount"]
    if amount is None:
        return False
    if amount <= low:
        return request["pm_for"] >= 1  # type: ignore[no-any-return]
    if amount <= high:
        votes_for = request["votes_for"]
        cast = votes_for + request["votes_against"] + request["votes_abstaining"]
        return 3 * cast >= 2 * request["members"] and 2 * votes_for > cast + request["votes_open"]  # type: ignore[no-any-return]
    return request["parties_for"] >= request["parties"] and not request["vetoes"] and request["window_over"]


def with_reasons(prepared: Limits, request: Request) -> tuple[str, States]:
    """The verdict, and each requirement with its state: met, open or failed."""
    states = [
        ("term", "met" if START <= request["day"] <= END else "failed"),
        ("standing", "failed" if request["withdrawn"] else "met"),
        ("proposer", "met" if request["role"] in PROPOSERS else "failed"),
    ]
    low, high = prepared[request["right"]]
    amount = request["amount"]
    if amount is None:
        states.append(("amount", "open"))
    elif amount <= low:
        states.append(("approval", _counted(request["pm_for"], request["pm_open"], 1)))
    elif amount <= high:
        votes_for, left = request["votes_for"], request["votes_open"]
        cast = votes_for + request["votes_against"] + request["votes_abstaining"]
        states.append(("quorum", _counted(3 * cast, 3 * left, 2 * request["members"])))
        states.append(("majority", _counted(2 * votes_for, 2 * left, cast + left + 1)))
    else:
        states.append(("parties", _counted(request["parties_for"], request["parties_open"], request["parties"])))
        states.append(("veto", "failed" if request["vetoes"] else "met" if request["window_over"] else "open"))
    verdict = "permitted"
    for _, state in states:
        if state == "failed":
            return "denied", states
        if state == "open":
            verdict = "pending"
    return verdict, states


def _counted(have: int, left: int, bar: int) -> str:
    return "met" if have >= bar else "open" if have + left >= bar else "failed"


def told(answer: tuple[str, States]) -> Told:
    """The answer in common words."""
    verdict, states = answer
    return Told(verdict, frozenset(requirement for requirement, state in states if state != "met"))


def verdict(request: Request) -> str:
    """The verdict on one request, for the generator."""
    number = int(request["right"].rsplit(" ", 1)[1])
    low, high = limits(number)
    return with_reasons({request["right"]: (100 * low, 100 * high)}, request)[0]


ENGINE = Engine(
    "hand-written Python", prepare, yes_no, with_reasons, told,
    {"pending": "written twice", "missing": "written out", "reasons": "all, with states", "money": "cents"},
)  # fmt: skip
