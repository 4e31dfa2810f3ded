"""A request as govlang takes it: values by the names of the columns that its plans give to the rule's facts.

In: a request. Out: a dict of exact values. Who belongs to which role, whether the day is within the term and when the Chair's five
days end is what a record says; other engines are asked the first two as conditions on a role and a day, and the third as yes or no.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from peers.rule import END, PROPOSERS, START, Request

from govlang.core.keys import Column
from govlang.syntax.nodes import Money

WINDOW_ENDS = datetime(2026, 3, 16)
BEFORE, AFTER = datetime(2026, 3, 12, 9), datetime(2026, 3, 16, 9)


def values(request: Request) -> dict[str, Any]:
    """The facts by column; what is not known is left out."""
    cast = request["votes_for"] + request["votes_against"] + request["votes_abstaining"]
    found = {
        "in_term": START <= request["day"] <= END,
        "withdrawn": request["withdrawn"],
        "proposed_by_programme_manager_or_director": request["role"] in PROPOSERS,
        "amount": None if request["amount"] is None else Money(Decimal(request["amount"]) / 100, "EUR"),
        "programme_manager_members": 1,
        "programme_manager_for": request["pm_for"],
        "programme_manager_open": request["pm_open"],
        "steering_committee_members": request["members"],
        "steering_committee_quorum_taking_part": cast,
        "steering_committee_quorum_taking_part_open": request["votes_open"],
        "steering_committee_for": request["votes_for"],
        "steering_committee_against": request["votes_against"],
        "steering_committee_abstaining": request["votes_abstaining"],
        "steering_committee_open": request["votes_open"],
        "in_meeting_steering_committee": False,
        "party_members": request["parties"],
        "party_for": request["parties_for"],
        "party_open": request["parties_open"],
        "standing_veto_by_chair": request["vetoes"],
        "undetermined_veto_by_chair": 0,
        "now": AFTER if request["window_over"] else BEFORE,
        "5_days_after_proposal": WINDOW_ENDS,
        "voting_closed": False,
        "voting_closed_2": False,
    }
    return {key: value for key, value in found.items() if value is not None}


def unknown_columns(columns: tuple[Column, ...], request: Request) -> list[str]:
    """Columns that a right asks for and `values` has no value for: the table would compare two different questions."""
    given = values(request)
    return [column.name for column in columns if column.name not in given]
