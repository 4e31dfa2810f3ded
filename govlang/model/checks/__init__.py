"""The checks: what is wrong with an agreement that reads well, found without a record.

In: an `Agreement`, resolved. Out: diagnostics, in the order of the text. One function per check, listed once in the `CHECKS` of
its module or here; each takes the same `View` and yields what it finds. A check reports only what it can prove from the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from govlang.diagnostics import Diagnostic, ordered
from govlang.later import Later
from govlang.model.checks import calendar, disputes, names, references, rights, shares, tiers, votes
from govlang.model.checks.view import View
from govlang.model.nodes import Agreement

if TYPE_CHECKING:
    from govlang.model.checks import ip, norms, trust
else:
    ip = Later("govlang.model.checks.ip")
    norms = Later("govlang.model.checks.norms")
    trust = Later("govlang.model.checks.trust")

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
    *disputes.CHECKS,
    calendar.holiday_table,
)


def checks_of(agreement: Agreement) -> Iterator[Check]:
    """The checks that can find something; those of clauses that the agreement has none of are not even loaded."""
    yield from CHECKS
    if agreement.norms or agreement.trust:
        yield from norms.CHECKS
    if agreement.surveys or agreement.trust:
        yield from trust.CHECKS
    if agreement.ip.any():
        yield from ip.CHECKS


def run(agreement: Agreement) -> tuple[Diagnostic, ...]:
    """Every check on one agreement."""
    view = View(agreement)
    return tuple(ordered(found for check in checks_of(agreement) for found in check(view)))
