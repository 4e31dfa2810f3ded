"""The rule's conditions in the notation that Cedar and CEL share, so that both are asked the same thing in the same words.

In: the amounts of a right in cents, what stands before a name (`context.` in Cedar). Out: one condition for yes or no, or one a
requirement. They differ in the choice alone: `if a then b else c`, `a ? b : c`.
"""

from __future__ import annotations

import re

from peers.rule import END, START, limits

_TERM = f"day >= {START} && day <= {END}"
_APPROVAL = "pm_for >= 1"
_CAST = "votes_for + votes_against + votes_abstaining"
_MAJORITY = f"2 * votes_for > {_CAST} + votes_open"
_QUORUM = f"3 * ({_CAST}) >= 2 * members"
_PARTIES = "parties_for >= parties"
_VETO = "vetoes == 0 && window_over"
_NAME = re.compile(r"\b(?!if\b|then\b|else\b)[a-z_]+\b")


def permitted(number: int, proposer: str, before: str = "") -> str:
    """The whole rule as one condition; `proposer` is said in the engine's own way."""
    low, high = (100 * limit for limit in limits(number))
    small, large = f"amount <= {low}", f"amount <= {high}"
    if before:
        tiers = f"if {small} then {_APPROVAL} else if {large} then {_QUORUM} && {_MAJORITY} else {_PARTIES} && {_VETO}"
    else:
        tiers = f"{small} ? {_APPROVAL} : {large} ? {_QUORUM} && {_MAJORITY} : {_PARTIES} && {_VETO}"
    return f"{named('!withdrawn', before)} && {named(_TERM, before)} && ({proposer}) && ({named(tiers, before)})"


def requirements(number: int, proposer: str, before: str = "") -> dict[str, str]:
    """A condition for each requirement; those of other tiers are met."""
    low, high = (100 * limit for limit in limits(number))
    outside = f"amount <= {low} || amount > {high}"
    found = {
        "term": _TERM,
        "standing": "!withdrawn",
        "approval": f"amount > {low} || {_APPROVAL}",
        "quorum": f"{outside} || {_QUORUM}",
        "majority": f"{outside} || {_MAJORITY}",
        "parties": f"amount <= {high} || {_PARTIES}",
        "veto": f"amount <= {high} || {_VETO}",
    }
    return {"proposer": proposer, **{key: named(condition, before) for key, condition in found.items()}}


def named(condition: str, before: str) -> str:
    """A condition with something before each name in it."""
    return _NAME.sub(lambda found: before + found.group(), condition) if before else condition
