"""Comparisons of instants in words: that a time is over, that a date lies so far after what happened.

In: claims and amounts of the fold. Out: claims. `At least N days after E` is reached when the N-th day after E begins, `more than`
when it is over; a window of a rule (an objection, an act) is said with the rule, and its end is not said again.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.comparisons import OF_DATES
from govlang.backends.words.phrases import FLIPPED, Amount, Claim, Period
from govlang.core import keys as k
from govlang.frozen import dataclass
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.speech import Speech


@dataclass(frozen=True, slots=True)
class Apart:
    """What a claim says of two instants: `later` than `earlier` by `near` (None: not before it)."""

    later: str
    earlier: str
    anchor: n.Anchor
    duration: n.Duration
    words: str = ""


def instant(value: datetime) -> str:
    """An instant, or the day that begins with it."""
    midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
    return english.day(value.date()) if midnight else english.moment(value)


def compare(speech: Speech, op: str, left: Amount, right: Amount) -> Claim:
    """Two instants."""
    if isinstance(left.key, k.Now):
        return _elapsed(speech, op, right)
    if isinstance(right.key, k.Now):
        return _elapsed(speech, {">=": "<=", ">": "<", "<=": ">=", "<": ">", "=": "=", "!=": "!="}[op], left)
    if isinstance(left.key, k.OfDispute) and isinstance(right.key, k.Deadline):
        about, within = ("goes on", left.key.step), f"within {right.words}"
        step = left.key.step
        found = Claim(f"the dispute goes on from {step} {within}", f"the dispute does not go on from {step} {within}",
                      limits=(Period(right.key.since.anchor, right.key.duration),), about=about)  # fmt: skip
        return found if op in ("<", "<=") else found.turned()
    if isinstance(right.key, k.Deadline) and op in (">=", "<"):
        return _apart(speech, op, left, right.key)
    yes, no = _clause(op, left.words, right.words), _clause(FLIPPED[op], left.words, right.words)
    if isinstance(right.key, k.Instant) and op == ">=":
        return Claim(yes, no, about=Apart(left.words, right.words, right.key.anchor, n.Duration(0, "hours")))
    return Claim(yes, no)


def _clause(op: str, left: str, right: str) -> str:
    if op in ("=", "!="):
        return f"{left} is{' not' if op == '!=' else ''} {right}"
    return f"{left} is {OF_DATES[op]} {right}"


# ---------------------------------------------------------------- that a time is over


def _elapsed(speech: Speech, op: str, end: Amount) -> Claim:
    """That an instant has come (>=), or not yet (<)."""
    key = end.key
    found = Claim(f"{end.words} has come", f"{end.words} has not come yet", role="elapsed", adverb=f"before {end.words}")
    if isinstance(key, k.Deadline):
        found = _period(speech, key)
    elif isinstance(key, k.OfDispute) and key.what == "out":
        found = Claim(f"{end.words} is over", f"{end.words} is not over", role="elapsed", about=key)
    elif end.kind == "date" and end.is_literal:
        found = Claim(f"it is {end.words} or later", f"it is before {end.words}", role="elapsed", adverb=f"before {end.words}",
                      about=("day", end.value))  # fmt: skip
    return found if op in (">=", ">") else found.turned()


def _period(speech: Speech, key: k.Deadline) -> Claim:
    anchor = key.since.anchor
    length = english.duration(key.duration)
    if key.duration.amount == 0 and not key.through and anchor.kind not in ("date", "start", "end"):
        yes, no = speech.voice.happened(anchor), speech.voice.happened(anchor, False)
        return Claim(yes, no, role="elapsed", adverb=f"before {speech.voice.happens(anchor)}", about=Period(anchor, key.duration))
    about = Period(anchor, key.duration)
    if key.duration.amount == 0:
        day = speech.voice.event(anchor)
        if key.duration.unit != "hours":
            day = f"the day of {day}"
        yes, no = (f"{day} is over", f"{day} is not over") if key.through else (f"{day} has come", f"{day} has not come yet")
        adverb = f"by the end of {day}" if key.through else f"before {day}"
        return Claim(yes, no, role="elapsed", adverb=adverb, about=about)
    one = key.duration.amount == 1
    adverb = speech.voice.within(key.duration, anchor, key.through)
    if key.through:
        said = f"the {length} after {speech.voice.since(anchor)} {'is' if one else 'are'}"
        return Claim(f"{said} over", f"{said} not over", role="elapsed", adverb=adverb, about=about)
    yes, no = speech.voice.passed(key.duration, anchor), speech.voice.passed(key.duration, anchor, False)
    return Claim(yes, no, role="elapsed", adverb=adverb, about=about)


def limited(claims: list[Claim]) -> Claim | None:
    """Something that must be done while a time still runs: it is done within that time."""
    late = [claim for claim in claims if claim.role == "elapsed" and claim.denied and claim.adverb]
    rest = [claim for claim in claims if claim not in late]
    if len(late) != 1 or len(rest) != 1 or rest[0].joint:
        return None
    within = late[0].adverb
    return Claim(f"{rest[0].yes} {within}", f"{rest[0].no}, or not {within}", limits=late[0].limits)


# ---------------------------------------------------------------- so far after what happened


def _apart(speech: Speech, op: str, left: Amount, key: k.Deadline) -> Claim:
    """A date so far after another: `>=` with a period that is complete when its last day begins is at least, with one that runs to
    the end of it more than; `<` is the opposite."""
    anchor = key.since.anchor
    earlier = speech.voice.event(anchor)
    if key.duration.amount == 0:
        yes, no = f"{left.words} is not before {earlier}", f"{left.words} is before {earlier}"
        if key.through:
            yes, no = f"{left.words} is after {earlier}", f"{left.words} is not after {earlier}"
        found = Claim(yes, no, about=Apart(left.words, earlier, anchor, key.duration))
    else:
        far, near = ("more than", "at most") if key.through else ("at least", "fewer than")
        length = english.duration(key.duration)
        found = Claim(
            f"{left.words} is {far} {length} after {earlier}", f"{left.words} is {near} {length} after {earlier}",
            about=Apart(left.words, earlier, anchor, key.duration, f"within {length} after {earlier}" if key.through else ""),
        )  # fmt: skip
    return found if op == ">=" else found.turned()


def within(claims: list[Claim]) -> Claim | None:
    """Not before, and at most so long after: within so long after it."""
    if len(claims) != 2 or not all(isinstance(claim.about, Apart) for claim in claims):
        return None
    first, second = claims[0].about, claims[1].about
    assert isinstance(first, Apart) and isinstance(second, Apart)
    if (first.later, first.earlier) != (second.later, second.earlier) or first.words or not second.words:
        return None
    if claims[0].denied or not claims[1].denied:
        return None
    return Claim(f"{first.later} is {second.words}", f"{first.later} is not {second.words}")


def is_not_too_soon(claims: list[Claim]) -> bool:
    """Whether claims come to this: something has happened, or can still happen before what is to follow it. It says nothing that
    the comparison beside it does not say."""
    return len(claims) >= 2 and claims[0].role == "happened" and claims[-1].role == "elapsed" and claims[-1].denied
