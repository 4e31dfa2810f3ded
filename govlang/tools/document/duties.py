"""The page `duties`: what each party (and each role and body) must do, by when and to whom; what it may decide alone, where it
has a say, what it may claim, what it is told, what it may use.

In: a `Subject`. Out: one page with a section for each. It answers the question of one organisation: what is this to us?
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.core.norms import NormRule
from govlang.tools.document import sentences
from govlang.tools.document.bearers import bearers
from govlang.tools.document.blocks import Block, Heading, Item, Link, Listing, Page, Pair, Pairs, Paragraph, Table, Text
from govlang.tools.document.duty_tables import (
    ALONE,
    COLUMNS,
    DUTIES,
    POWERS,
    SAY,
    TOLD,
    USES,
    Share,
    anchor,
    shares,
    title,
)
from govlang.tools.document.links import slug
from govlang.tools.document.subject import Subject

_ORDER = (DUTIES, POWERS, ALONE, SAY, TOLD, USES)


def pages(subject: Subject) -> Iterator[Page]:
    """The page; none where nobody has any part."""
    found = shares(subject)
    if found:
        summary = "What each party, role and body must do and by when, what it decides alone, where it has a say, what it is told."
        yield Page("duties", "Duties by party", "Rules", tuple(_blocks(subject, found)), summary)


def _blocks(subject: Subject, found: dict[str, Share]) -> Iterator[Block]:
    anchors = _anchors(tuple(found))
    yield Listing(tuple(
        Item((Link(name, "duties", anchors[name]), Text(f": {_counts(share)}"))) for name, share in found.items()
    ))  # fmt: skip
    parties = bearers(subject).parties
    others = next((name for name in found if name not in parties), None)
    for name, share in found.items():
        if name == others and name != next(iter(found)):
            yield Paragraph((Text("What follows is for bodies, roles and persons. What falls to a party through its people stands "
                                  "above as well."),))  # fmt: skip
        yield Heading(2, (Text(name),), anchors[name])
        rows = tuple(row for group in _ORDER for row in share.of(group))
        yield Table(f"duties-{anchors[name]}", f"What {name} must do, may do, decides and is told", COLUMNS, rows)
    if subject.rules.norms:
        yield Heading(2, (Text("In words"),), "in-words")
        yield Pairs(tuple(_said(subject, rule) for rule in subject.rules.norms))


def _said(subject: Subject, rule: NormRule) -> Pair:
    """A norm in words."""
    said = tuple(sentences.blocks(subject, (subject.words.norm(rule),)))
    return Pair(subject.links.runs(title(rule)), said, anchor(subject, rule))


def _anchors(names: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        anchor, count = f"of-{slug(name)}", 1
        while anchor in taken:
            count += 1
            anchor = f"of-{slug(name)}-{count}"
        taken.add(anchor)
        found[name] = anchor
    return found


def _counts(share: Share) -> str:
    """How much there is of each: 14 must do, 2 may claim."""
    return ", ".join(f"{group.lower()} {len(share.of(group))}" for group in _ORDER if share.of(group))
