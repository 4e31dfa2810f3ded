"""The `words` back end: one object that says any part of one agreement.

In: an agreement and what its clauses were lowered to. Out: `Statement`s. Sentences about requirements are folded from the
expressions that decide (`words.trees`); those about other clauses are said by the module of their kind.
"""

from __future__ import annotations

from collections.abc import Callable

from govlang.core.norms import NormRule
from govlang.core.rules import Rule
from govlang.core.trust import TrustRule
from govlang.model.nodes import Agreement


class Words:
    """Says what one agreement's rules mean. `rule` gives the lowered right of a name; `norms` and `trust` are all there are."""

    def __init__(
        self, agreement: Agreement, rule: Callable[[str], Rule], norms: tuple[NormRule, ...], trust: tuple[TrustRule, ...]
    ) -> None:  # fmt: skip
        self.agreement = agreement
        self.rule = rule
        self.norms = norms
        self.trust = trust
