"""What the `words` back end gives: sentences with the clause each rests on, and what stands under them.

In: made by the modules of this folder. Out: read by the views of documents. Plain data.
"""

from __future__ import annotations

from govlang.frozen import dataclass, field
from govlang.source import Citation


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence (or, with `items`, the words that introduce them). `kind` is that of the requirement: threshold, veto, every, any
    of, tier, reading, override, duty, licence, step ...; `also` are further clauses that it rests on; `id` that of the leaf."""

    text: str
    citation: Citation = field(compare=False)
    items: tuple[Statement, ...] = ()
    kind: str = ""
    also: tuple[Citation, ...] = field(default=(), compare=False)
    id: str = field(default="", compare=False)
