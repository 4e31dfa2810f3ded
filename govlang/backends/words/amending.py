"""Amendments in words: from when, which version they change and make, what adopted them, which clauses they change.

In: an amendment of the agreement. Out: a `Statement`. The clauses as they read from then on are those of the version that it makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.happenings import titled
from govlang.backends.words.quantities import value
from govlang.backends.words.statement import Statement
from govlang.model.amending import word_of
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words

_NOUNS = {
    "dispute": "ladder", "agreement": "agreement clause", "confidentiality": "confidentiality clause", "trust": "trust measure",
}  # fmt: skip
_UNNAMED = ("ownership", "assignment", "notices")


def amendment(words: Words, name: str) -> Statement:
    """An amendment, and under it each of its changes."""
    return said(words, words.agreement.amendments[name])


def said(words: Words, clause: n.Amendment) -> Statement:
    """The same of a clause of the syntax."""
    citation = words.agreement.layout.citation(clause.span, f"amendment {clause.name.text}")
    since = f"from {english.moment(clause.since)} on, " if clause.since is not None else ""
    base = f" version {_version(clause.base)}" if clause.base is not None else " the text"
    makes = f", which thereby becomes version {_version(clause.makes)}" if clause.makes is not None else ""
    text = f"{since}{titled(words, clause.name.text)} changes{base} of the agreement{makes}"
    items = (*_about(words, clause), *(_change(words, each) for each in clause.changes))
    return Statement(english.sentence(text), citation, items, "amendment")


def _version(item: n.Literal) -> str:
    text = value(item).strip("“”") if item.kind == "text" else value(item)
    return text if text.replace(".", "").isdigit() else f"“{text}”"


def _about(words: Words, clause: n.Amendment) -> Iterator[Statement]:
    citation = words.agreement.layout.citation(clause.span, f"amendment {clause.name.text}")
    if clause.text:
        yield Statement(f"“{clause.text}”", citation, kind="description")
    if clause.decision is not None:
        matter = f", proposed as {clause.proposal.text}" if clause.proposal is not None else ""
        yield Statement(f"It is adopted by {titled(words, clause.decision.text)}{matter}.", citation, kind="adopted")


def _change(words: Words, change: n.Change) -> Statement:
    cite = words.agreement.cite(change)
    clause = change.clause
    if isinstance(clause, n.Removal):
        name = f" {clause.name.text}" if clause.name.text != clause.word else ""
        return Statement(f"It removes the {_noun(clause.word)}{name}.", cite, kind="removes")
    name_node = getattr(clause, "name", None)
    name = f" {name_node.text}" if isinstance(name_node, n.Name) else ""
    word = word_of(clause, words.agreement.layout.source)
    return Statement(f"It {change.kind} the {_noun(word)}{name}.", cite, kind=change.kind)


def _noun(word: str) -> str:
    return _NOUNS.get(word, f"clause on {word}" if word in _UNNAMED else word)
