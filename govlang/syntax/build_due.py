"""The grammar's rules for what is due: turns counted from the last time, and what a scenario expects to be due.

In: built children of one grammar rule. Out: parts of `Recurs`, and `Expect` nodes. Mixed into `build.Builder`; every method is
named after a rule or an alias of `grammar/govlang.lark`.
"""

from __future__ import annotations

from typing import Any

from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.syntax.build_events import event_details

Item = Any


class DueRules:
    """What is due."""

    def after_the_last(self, span: Span) -> bool:
        return True

    def expect_due(
        self, span: Span, at: n.Moment, name: n.Name, of: Item, key: Item, by: Item, first: Item, *details: Item
    ) -> n.Expect:
        found = event_details((first, *details))
        return n.Expect("due", at, name, "due", of, details=found, occasion=key.text if key else "", given=by, span=span)

    def expect_nothing_due(self, span: Span, at: n.Moment, of: Item, by: Item) -> n.Expect:
        return n.Expect("nothing due", at, None, "nothing due", of, given=by, span=span)
