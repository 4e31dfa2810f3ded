"""What is missing where silence counts for: nothing has to come, and what may come is a refusal.

In: the wants of a vote whose silence counts for, and its bar. Out: the same wants, each split in two: as long as those who have
not voted are enough by their silence, the want is of the kind `silence`; else it stays as it was. Part of lowering; see
`core.lower_votes`. It changes no verdict: when voting closes, the counting makes votes of silence (`record.count`).
"""

from __future__ import annotations

from govlang.core import keys as k
from govlang.core.expr import TRUE, Compare, Expr, all_of, negate, plus
from govlang.core.lower_tallies import tally
from govlang.core.rules import Want
from govlang.frozen import replace


def with_silence(who: k.Electorate, weight: str, op: str, goal: Expr, wants: tuple[Want, ...]) -> tuple[Want, ...]:
    """The wants of a vote that needs a tally `op` a goal, where silence counts for; the same wants where it does not."""
    silence = who.scope.silence
    if silence is None or silence.effect != "for" or op not in (">=", ">"):
        return wants
    by_now = plus(tally(who, "for so far", weight), tally(who, "not yet voted", weight))
    enough = Compare(op, by_now, goal)
    found: list[Want] = []
    for want in wants:
        if want.kind != "ballots" or want.choice != "for" or want.phrase.startswith("casting vote of"):
            found.append(want)
            continue
        when = want.when or TRUE
        found.append(replace(want, when=all_of(when, negate(enough))))
        found.append(replace(want, kind="silence", when=all_of(when, enough)))
    return tuple(found)
