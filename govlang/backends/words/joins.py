"""How claims stand beside each other: what a neighbour says already is not said again, and what belongs together is said as one.

In: the claims of an `all of` or an `any of`. Out: one claim. The core says the same thing twice where the worst case asks for it:
that a window is over, that there is any vote at all, that something is known; a reader needs it once.
"""

from __future__ import annotations

from govlang.backends.words import english, facts, times, votes
from govlang.backends.words.phrases import MEETING, TRUTH, Claim, Period, both, either
from govlang.core import keys as k
from govlang.frozen import replace
from govlang.syntax import nodes as n

_STILL = ", or the time for that is not over"


def all_of(claims: list[Claim]) -> Claim:
    """All of the claims."""
    over = [claim for claim in claims if not claim.denied and _is_limit(claim, claims)]
    rest = [claim for claim in claims if claim not in over]
    kept = [claim for claim in rest if not _is_implied(claim, rest)] or rest[:1]
    if any(claim.role == "tie" for claim in kept):
        return votes.at_a_tie([claim for claim in kept if claim.role != "tie"])
    found = kept[0] if len(kept) == 1 else None
    found = found or _notice(kept) or _open_long(kept) or times.limited(kept) or times.within(kept) or both(_once(kept))
    if over and not found.no.endswith(_STILL):  # as long as its time runs, it may still come
        found = replace(found, no=f"{found.no}{_STILL}")
    return found


def any_of(claims: list[Claim]) -> Claim:
    """One of the claims at least."""
    if times.is_not_too_soon(claims):
        return replace(either(claims), role="not too soon")
    claims = [claim for claim in claims if not (claim.denied and _is_limit(claim, claims))] or claims
    claims = _unproved(claims)
    kept = [claim for claim in claims if claim.role != "some" or not _said_by_another(claim, claims)]
    found = _of_a_step(kept) or _given_notice(kept) or _long_enough(kept) or _at_a_tie(kept) or _ground(kept) or _unless(kept)
    if found is not None:
        return found
    meeting = [claim for claim in kept if claim.role == "meeting" and claim.denied]
    if len(meeting) == 1 and len(kept) > 1:
        return facts.in_a_meeting(meeting[0], either([claim for claim in kept if claim is not meeting[0]]))
    return either(_once(kept))


def _is_limit(claim: Claim, claims: list[Claim]) -> bool:
    """Whether a claim that a time is over speaks of the limit that a neighbour sets itself."""
    limits = [limit for other in claims if other is not claim for limit in other.limits]
    return claim.role == "elapsed" and (claim.about in limits or (claim.joint == "or" and MEETING in limits))


def _once(claims: list[Claim]) -> list[Claim]:
    return list({claim.yes: claim for claim in claims}.values())


# ---------------------------------------------------------------- what a neighbour says already


def _is_implied(claim: Claim, claims: list[Claim]) -> bool:
    """Whether a claim of an `all of` goes without saying beside the others."""
    if claim.role == "known":
        return any(claim.about in (other, other.about) for other in claims if other is not claim)
    if claim.role == "some":
        return _said_by_another(claim, claims)
    return len(claims) > 1 and (claim.role == "not too soon" or claim == TRUTH)


def _said_by_another(claim: Claim, claims: list[Claim]) -> bool:
    """Whether another claim speaks of the same votes, acts or persons, and asks for more of them."""
    for other in claims:
        if other is claim or other.role == "some":
            continue
        if other.about == claim.about:
            return True
        rule = other.about[1] if isinstance(other.about, tuple) and other.about[0] == "act" else None
        if isinstance(rule, n.Act) and rule.by == claim.about:
            return True
    return False


def _unproved(claims: list[Claim]) -> list[Claim]:
    """`It is not known, or it is not so` is: it is not shown."""
    unknown = [claim.about for claim in claims if claim.role == "known" and claim.denied and isinstance(claim.about, Claim)]
    shown = [claim for claim in unknown if claim.turned() in claims]
    if not shown:
        return claims
    rest = [claim for claim in claims if claim.role != "known" and claim not in [each.turned() for each in shown]]
    return [*(each.unproved() for each in shown), *rest]


# ---------------------------------------------------------------- what belongs together


def _notice(claims: list[Claim]) -> Claim | None:
    """Notice of a meeting, and (outside one) before a vote: the two halves of what a line on notice asks for."""
    meeting = next((claim for claim in claims if claim.role == "meeting"), None)
    other = next((claim for claim in claims if claim is not meeting), None)
    if meeting is None or other is None or len(claims) != 2 or not isinstance(other.about, times.Apart | Period):
        return None
    if other.about.anchor.kind != "notice" or isinstance(other.about, times.Apart) == meeting.denied:
        return None
    return replace(both(claims), role="notice", about=other.about.duration)


def _given_notice(claims: list[Claim]) -> Claim | None:
    halves = [claim for claim in claims if claim.role == "notice"]
    if len(halves) != 2 or not isinstance(duration := halves[0].about, n.Duration):
        return None
    notice = f"{english.possessive(duration)} notice"
    yes = f"at least {notice} is given of the meeting or, outside a meeting, of the vote"
    no = f"less than {notice} is given of the meeting or, outside a meeting, of the vote"
    waiver = next((claim for claim in claims if claim.role == "waived"), None)
    if waiver is not None:
        yes, no = f"{yes}, unless {waiver.yes}", f"{no}, and {waiver.no}"
    return Claim(yes, no, brief=f"{notice}{' (may be waived)' if waiver is not None else ''}")


def _open_long(claims: list[Claim]) -> Claim | None:
    """Voting open for so long: now, while it is open; and when it was closed."""
    closed = next((claim for claim in claims if claim.about == "closed"), None)
    other = next((claim for claim in claims if claim is not closed), None)
    if closed is None or other is None or len(claims) != 2 or not isinstance(other.about, times.Apart | Period):
        return None
    if other.about.anchor.kind != "opening" or isinstance(other.about, times.Apart) == closed.denied:
        return None
    return replace(both(claims), role="open long", about=other.about.duration)


def _long_enough(claims: list[Claim]) -> Claim | None:
    if len(claims) != 2 or any(claim.role != "open long" for claim in claims) or not isinstance(claims[0].about, n.Duration):
        return None
    length = english.duration(claims[0].about)
    yes, no = f"voting is open for at least {length}", f"voting closes before {length} are over"
    return Claim(yes, no, brief=f"at least {length} of voting")


def _at_a_tie(claims: list[Claim]) -> Claim | None:
    tie = next((claim for claim in claims if claim.role == "at a tie"), None)
    if tie is None:
        return None
    rest = either([claim for claim in claims if claim is not tie])
    return replace(rest, yes=f"{rest.yes}; {tie.yes}", no=f"{rest.no}; and {tie.no}",
                   brief=f"{rest.brief or rest.yes}, {tie.brief}")  # fmt: skip


def _of_a_step(claims: list[Claim]) -> Claim | None:
    """A step of a ladder has begun, or is over: in one of the ways in which it can be."""
    past = next((claim.about for claim in claims if isinstance(claim.about, tuple) and claim.about[0] == "past"), None)
    if past is None or any(claim.denied for claim in claims):
        return None
    step = past[1]
    happened = [claim.about for claim in claims if claim.role == "happened" and isinstance(claim.about, n.Anchor)]
    out = [claim for claim in claims if isinstance(claim.about, k.OfDispute)]
    if len(happened) != 1 or happened[0].act != step or len(claims) != 2 + len(out):
        return None
    if happened[0].kind == "step" and not out:
        return Claim(f"{step} has begun, or the dispute has gone past it", f"{step} has not begun")
    ways = f"the dispute has been decided in {step} or has gone on from there"
    if out:
        return Claim(f"{out[0].yes}, or {ways}", f"{step} is not over")
    return Claim(ways, f"{step} is not over")


def _unless(claims: list[Claim]) -> Claim | None:
    """No objection, unless an exception holds."""
    blocks = [claim for claim in claims if isinstance(claim.about, tuple) and claim.about[0] == "block" and not claim.denied]
    if len(blocks) != 1 or len(claims) == 1:
        return None
    rest = either([claim for claim in claims if claim is not blocks[0]])
    return replace(blocks[0], yes=f"{blocks[0].yes}, unless {rest.yes}", no=f"{blocks[0].no}, and {rest.no}",
                   brief=f"{blocks[0].brief}, unless {rest.yes}")  # fmt: skip


def _ground(claims: list[Claim]) -> Claim | None:
    """A ground on which a licence ends, for the licensee at large or in the use that is asked about."""
    over = next((claim for claim in claims if isinstance(claim.about, tuple) and claim.about[0] == "over"), None)
    if over is None or len(claims) != 2 or not isinstance(over.about, tuple):
        return None
    other = next(claim for claim in claims if claim is not over)
    return over if other.yes == over.about[2] else None

