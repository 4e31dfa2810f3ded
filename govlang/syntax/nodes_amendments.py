"""Nodes of amendments and of clauses taken from other files.

In: nothing. Out: the node types that `syntax.build_amendments` makes. Named from `syntax.nodes`.
"""

from __future__ import annotations

from govlang.frozen import dataclass
from govlang.syntax.nodes_values import Literal, Moment, Name, Node


@dataclass(frozen=True, slots=True)
class Removal(Node):
    """`removes decision Ship Samples`: the word that the clause begins with, and the name (or the word) it is known by; of a
    clause without a name, that word again."""

    word: str
    name: Name


@dataclass(frozen=True, slots=True)
class Change(Node):
    """What an amendment does to one clause. `kind` is adds, replaces or removes; `clause` the whole clause, or a `Removal`."""

    kind: str
    clause: Node


@dataclass(frozen=True, slots=True)
class Amendment(Node):
    """A change of the text from a day on. `base` and `makes` are versions, `decision` and `proposal` what adopted it."""

    name: Name
    base: Literal | None = None
    makes: Literal | None = None
    decision: Name | None = None
    proposal: Name | None = None
    since: Moment | None = None
    changes: tuple[Change, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Use(Node):
    """`use "terms/secrecy.gov.md" for Secrecy`: a file whose clauses join this one; of no `names`, all of them."""

    path: Literal
    names: tuple[Name, ...] = ()
