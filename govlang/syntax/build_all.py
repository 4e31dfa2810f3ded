"""The builder for everything that the grammar has: besides decisions and events, norms, trust, disputes, assets and the rest.

In: nothing. Out: `WholeBuilder`. It stands apart from `build`, since an agreement that only decides loads none of these.
"""

from __future__ import annotations

from govlang.syntax.build import Builder
from govlang.syntax.build_amendments import AmendmentRules
from govlang.syntax.build_disputes import DisputeRules
from govlang.syntax.build_due import DueRules
from govlang.syntax.build_ip import IpRules
from govlang.syntax.build_lifecycle import AnchorRules, EffectRules, LifecycleEvents
from govlang.syntax.build_norms import NormRules
from govlang.syntax.build_notices import NoticeRules
from govlang.syntax.build_trust import TrustRules


class WholeBuilder(
    Builder, TrustRules, DisputeRules, DueRules, NormRules, NoticeRules, IpRules, AmendmentRules, AnchorRules, EffectRules,
    LifecycleEvents,
):  # fmt: skip
    """Builds the nodes of any clause."""
