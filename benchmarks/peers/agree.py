"""Whether the engines say the same, and what each makes of a request whose amount is not known.

In: engines with their rights loaded. Out: differences from the hand-written rule, in words. Of an engine that names one requirement
at most, the one must be among those that are not met.
"""

from __future__ import annotations

from peers import hand
from peers.measure import Taken
from peers.rule import Request, Told

ONLY_YES_OR_NO = "not permitted"


def differences(taken: Taken, step: int = 1) -> list[str]:
    """Where an engine differs from the hand-written rule; about every request, or one in `step`."""
    limits = hand.prepare(taken.rights)
    engine, found = taken.engine, []
    for request, shaped in list(zip(taken.requests, taken.shaped, strict=True))[::step]:
        right = hand.told(hand.with_reasons(limits, request))
        permitted = engine.yes_no(taken.plain, shaped)
        if permitted is not (right.verdict == "permitted"):
            found.append(f"{engine.name}: {'yes' if permitted else 'no'}, not {right.verdict}: {_said(request)}")
        told = engine.told(engine.with_reasons(taken.full, shaped))
        if not _same(right, told):
            found.append(f"{engine.name}: {_words(told)}, not {_words(right)}: {_said(request)}")
    return found


def _same(right: Told, told: Told) -> bool:
    denied_or_pending = right.verdict != "permitted"
    same = denied_or_pending if told.verdict == ONLY_YES_OR_NO else told.verdict == right.verdict
    if told.all_named:
        return same and told.unmet == right.unmet
    return same and told.unmet <= right.unmet and bool(told.unmet) is bool(right.unmet)


def _words(told: Told) -> str:
    return f"{told.verdict} ({', '.join(sorted(told.unmet)) or 'nothing unmet'})"


def _said(request: Request) -> str:
    return ", ".join(f"{key} {value}" for key, value in request.items())


def unknown_amount(taken: Taken) -> str:
    """What an engine says of a request that was permitted, when its amount is taken away."""
    engine = taken.engine
    request = next(each for each in taken.requests if hand.verdict(each) == "permitted") | {"amount": None}
    try:
        told = engine.told(engine.with_reasons(taken.full, engine.shape(taken.full, request)))
    except Exception as error:  # what an engine raises is its answer here
        return f"raises {type(error).__name__}"
    return _words(told).replace("nothing unmet", "no reason")
