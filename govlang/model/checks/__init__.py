"""The checks: what is wrong with an agreement that reads well, found without a record.

In: an `Agreement`, resolved. Out: diagnostics, in the order of the text. One function per check, listed once in `CHECKS`; each
takes the same `View` and yields what it finds. A check reports only what it can prove from the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govlang.diagnostics import Diagnostic, ordered
from govlang.model.checks import calendar, disputes, ip, names, norms, references, rights, shares, tiers, trust, votes
from govlang.model.checks.view import View
from govlang.model.nodes import Agreement

Check = Callable[[View], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    names.unused_name,
    names.unused_fact,
    names.fact_names_nobody,
    references.circular,
    shares.two_roots,
    shares.missing_base,
    shares.missing_bar,
    tiers.tier_gaps_and_overlaps,
    votes.unreachable_threshold,
    votes.excluding_tests,
    rights.nobody_can_propose,
    rights.nobody_can_approve,
    rights.veto_without_holder,
    rights.unclear_quantifier,
    rights.no_requirement,
    rights.no_proposer,
    votes.casting_vote_base,
    votes.missing_weight,
    references.conflicting_clauses,
    references.nested_after_decision,
    *norms.CHECKS,
    *trust.CHECKS,
    *disputes.CHECKS,
    *ip.CHECKS,
    calendar.holiday_table,
)


def run(agreement: Agreement) -> tuple[Diagnostic, ...]:
    """Every check on one agreement."""
    view = View(agreement)
    return tuple(ordered(found for check in CHECKS for found in check(view)))
