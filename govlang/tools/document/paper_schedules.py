"""The schedules of a paper: defined terms, who decides what, who may use what, what is reviewed when.

In: a `Subject`. Out: blocks of one schedule each, beginning with its heading. They are the tables of the views, marked as no part
of the agreement.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.tools.document.blocks import Block
from govlang.tools.document.subject import Subject

MADE = "Made from the rules of the clauses that are named in it – not part of the agreement"


def definitions(subject: Subject) -> Iterator[tuple[Block, ...]]:
    """The defined terms."""
    return iter(())


def schedules(subject: Subject) -> Iterator[tuple[Block, ...]]:
    """The tables that belong to a contract, each with its number."""
    return iter(())
