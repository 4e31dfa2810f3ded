"""What the verbs about a record share: the agreement that stands beside it."""

from __future__ import annotations

from govlang.verbs.shared import refuse


def agreement_of(record: str) -> str:
    """The agreement beside a record; leaves with a message where none can be told."""
    from govlang.tools.books import agreement_beside

    found = agreement_beside(record)
    if not found:
        refuse(f"no agreement stands beside '{record}' by whose name it begins", "name it with --agreement")
    return found
