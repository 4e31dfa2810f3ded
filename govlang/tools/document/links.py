"""Where things stand in a document: defined terms, clauses, and the words that name them.

In: an agreement. Out: `Links`, which turns plain words into runs: defined terms linked to their definition, `clause 4.2` to the
clause. Every view makes its links here, so that none points at nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from govlang.model.nodes import Agreement, Kind
from govlang.source import Citation
from govlang.syntax.literate import Section
from govlang.tools.document.blocks import Cite, Run, Runs, Term, Text

TEXT_PAGE, GLOSSARY = "agreement", "glossary"

# The page where terms of a kind have a place of their own; all others are found in the glossary.
_PAGES = {
    Kind.PARTY: "people", Kind.PERSON: "people", Kind.ROLE: "people", Kind.BODY: "people", Kind.DISPUTE: "disputes",
    Kind.ASSET: "ip", Kind.LICENCE: "ip", Kind.CONFIDENTIALITY: "ip",
}  # fmt: skip


def slug(words: str) -> str:
    """Words as a part of an address: lower-case letters and digits, joined by hyphens; letters of any script are kept."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return re.sub(r"[^\w]+", "-", folded).strip("-_").replace("_", "-") or "x"


def decision_page(name: str) -> str:
    """The slug of a decision's page."""
    return f"decision-{slug(name)}"


class Links:
    """The places of one agreement's terms and clauses."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.terms: dict[str, tuple[str, str]] = {}
        taken: set[str] = set()
        for name, kind in agreement.kinds.items():
            self.terms[name] = _place(name, kind, taken)
        self.anchors = _anchors(agreement.layout.sections)
        self._numbers = {self._home(section)[1]: section for section in reversed(agreement.layout.sections) if section.number}
        self._words = _pattern(self.terms, (section.number for section in agreement.layout.sections))

    # ------------------------------------------------------------ clauses

    def _home(self, section: Section) -> tuple[int, str]:
        return self.agreement.layout.source.home(section.offset)[0], section.number

    def section_anchor(self, section: Section) -> str:
        """Where a heading of the text stands on the page of the text."""
        return self.anchors[section.offset]

    def anchor(self, citation: Citation) -> str:
        """Where the clause of a citation stands on the page of the text: its heading, or (in a file without headings) its line."""
        for section in self.agreement.layout.sections:
            if section.path == citation.path and section.number == citation.number and section.title == citation.title:
                document = self.agreement.layout.source.home(section.offset)[1].name
                if document == citation.document:
                    return self.anchors[section.offset]
        return f"line-{citation.line}" if citation.line else ""

    def cite(self, citation: Citation, text: str = "") -> Cite:
        """A reference to a clause."""
        return Cite(citation, text or citation.label(), TEXT_PAGE, self.anchor(citation))

    # ------------------------------------------------------------ terms

    def term(self, name: str, text: str = "") -> Run:
        """A defined term; plain words where the agreement defines no such term."""
        place = self.terms.get(name)
        return Term(name, text or name, *place) if place is not None else Text(text or name)

    def runs(self, words: str) -> Runs:
        """Plain words with the defined terms and clause numbers in them linked; the longest name wins."""
        if self._words is None:
            return (Text(words),) if words else ()
        found: list[Run] = []
        last = 0
        for match in self._words.finditer(words):
            run = self._linked(match)
            if run is None:
                continue
            if match.start() > last:
                found.append(Text(words[last : match.start()]))
            found.append(run)
            last = match.end()
        if last < len(words):
            found.append(Text(words[last:]))
        return tuple(found)

    def _linked(self, match: re.Match[str]) -> Run | None:
        name, number = match["term"], match["number"]
        if name is not None:
            return self.term(name, match.group())
        section = self._numbers.get(number)
        if section is None:
            return None
        return Cite(self.agreement.layout.cite_section(section), match.group(), TEXT_PAGE, self.anchors[section.offset])


def _place(name: str, kind: Kind, taken: set[str]) -> tuple[str, str]:
    if kind is Kind.DECISION:
        return decision_page(name), ""
    anchor = f"{slug(kind.value)}-{slug(name)}"
    while anchor in taken:
        anchor += "-2"
    taken.add(anchor)
    return _PAGES.get(kind, GLOSSARY), anchor


def _anchors(sections: Iterable[Section]) -> dict[int, str]:
    """An anchor for each heading, by its offset: its clause number where it has one, else its words; each only once."""
    found: dict[int, str] = {}
    taken: set[str] = set()
    for section in sections:
        name = f"clause-{slug(section.number)}" if section.number else slug(section.title)
        anchor, count = name, 1
        while anchor in taken:
            count += 1
            anchor = f"{name}-{count}"
        taken.add(anchor)
        found[section.offset] = anchor
    return found


def _pattern(terms: Iterable[str], numbers: Iterable[str]) -> re.Pattern[str] | None:
    names = sorted(terms, key=lambda name: (-len(name), name))
    listed = sorted({number for number in numbers if number}, key=lambda number: (-len(number), number))
    parts = []
    if names:
        parts.append(rf"(?<![\w-])(?P<term>{'|'.join(map(re.escape, names))})(?:s|es)?(?![\w-])")
    else:
        parts.append(r"(?P<term>(?!))")
    if listed:
        parts.append(rf"\b(?:[Cc]lause|[Ss]ection|[Aa]rticle|§)\s+(?P<number>{'|'.join(map(re.escape, listed))})(?![\w.]\w|\w)")
    else:
        parts.append(r"(?P<number>(?!))")
    return re.compile("|".join(parts)) if names or listed else None
