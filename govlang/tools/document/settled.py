"""Links of a document whose text has errors: those that lead to what could not be read become plain words.

In: pages. Out: the same pages, without links that lead nowhere. A sound text has none of these, which tests hold; where clauses are
left out, what others say of them stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from govlang.frozen import parts, replace
from govlang.tools.document.blocks import Box, Cite, Heading, Link, Page, Pair, Row, Term, Text


def settled(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Pages whose links all lead somewhere."""
    listed = tuple(pages)
    places = {(page.slug, "") for page in listed}
    for page in listed:
        for part in parts(page.blocks):
            if isinstance(part, Heading | Row | Pair):
                places.add((page.slug, part.anchor))
    return tuple(_settled(page, places) for page in listed)


def _settled(value: Any, places: set[tuple[str, str]]) -> Any:
    match value:
        case Term() | Cite():
            return value if (value.page, value.anchor) in places else Text(value.text)
        case Link(page=page, anchor=anchor) if page and (page, anchor) not in places:
            return Text(value.text)
        case Box(page=page, anchor=anchor) if page and (page, anchor) not in places:
            return replace(value, page="", anchor="")
        case tuple():
            changed = tuple(_settled(each, places) for each in value)
            return value if all(new is old for new, old in zip(changed, value, strict=True)) else changed
        case _:
            fields = getattr(type(value), "__record_fields__", ())
            new = {name: _settled(getattr(value, name), places) for name in fields}
            changes = {name: each for name, each in new.items() if each is not getattr(value, name)}
            return replace(value, **changes) if changes else value
