"""Where things stand in a document: defined terms, clauses, and the words that name them.

In: an agreement. Out: `Links`, which turns plain words into runs: defined terms linked to their definition, `clause 4.2` to the
clause. Every view makes its links here, so that none points at nothing.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

from govlang.frozen import replace
from govlang.model.nodes import Agreement, Kind
from govlang.source import Citation
from govlang.syntax.literate import Layout, Section
from govlang.syntax.parse import stretches
from govlang.tools.document.blocks import Cite, Run, Runs, Term, Text

TEXT_PAGE, GLOSSARY = "agreement", "glossary"
LONGEST = 48  # letters of an address; one may take four bytes, and a file's name has at most 255

# The page where terms of a kind have a place of their own; all others are found in the glossary.
_PAGES = {
    Kind.PARTY: "people", Kind.PERSON: "people", Kind.ROLE: "people", Kind.BODY: "people", Kind.DISPUTE: "disputes",
    Kind.ASSET: "ip", Kind.LICENCE: "ip", Kind.CONFIDENTIALITY: "ip",
}  # fmt: skip


def slug(words: str) -> str:
    """Words as a part of an address: lower-case letters and digits, joined by hyphens; letters of any script are kept. It is never
    too long for the name of a file."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-")[:LONGEST].strip("-") or "x"


def decision_page(name: str) -> str:
    """The slug of a decision's page, unless another takes it: `Links.terms` knows."""
    return f"decision-{slug(name)}"


class Links:
    """The places of one agreement's terms and clauses. `others` are further versions of it: a term that only they define is found
    in the glossary."""

    def __init__(self, agreement: Agreement, others: Iterable[Agreement] = ()) -> None:
        self.agreement = agreement
        self.terms: dict[str, tuple[str, str]] = {}
        taken: set[str] = set()
        for name, kind in agreement.kinds.items():
            self.terms[name] = _place(name, kind, taken)
        for other in others:
            for name, kind in other.kinds.items():
                if name not in self.terms:
                    self.terms[name] = GLOSSARY, _unique(f"{slug(kind.value)}-{slug(name)}", taken)
        layout = agreement.layout
        self._main = Path(layout.source.name)
        self._files = {begins: _file_anchor(self.path(part.name)) for begins, part in layout.source.parts}
        self._lines = _lines(layout)
        self.anchors = _anchors(layout.sections, {*self._files.values()})
        self._clauses: dict[tuple[object, ...], list[tuple[int, str]]] = {}
        for section in layout.sections:
            document = layout.source.home(section.offset)[1].name
            place = layout.source.place(section.offset)[0], self.anchors[section.offset]
            self._clauses.setdefault((document, section.path, section.number, section.title), []).append(place)
        self._numbers = {
            (layout.source.home(section.offset)[0], section.number): section
            for section in reversed(layout.sections) if section.number
        }  # fmt: skip
        self._words = _pattern(self.terms, (section.number for section in layout.sections))

    # ------------------------------------------------------------ clauses

    def path(self, document: str) -> str:
        """The path of a file from the folder of the agreement."""
        if document == self.agreement.layout.source.name:
            return self._main.name
        folder = self._main.parent.as_posix()
        return document.removeprefix("" if folder == "." else f"{folder.rstrip('/')}/")

    def section_anchor(self, section: Section) -> str:
        """Where a heading of the text stands on the page of the text."""
        return self.anchors[section.offset]

    def file_anchor(self, begins: int) -> str:
        """Where a file that the agreement uses begins on the page of the text."""
        return self._files[begins]

    def line_anchor(self, document: str, line: int) -> str:
        """Where a clause under no heading stands on the page of the text: at its first line. `line` is any line of it."""
        lines = self._lines.get(document, [])
        first = lines[max(bisect_right(lines, line) - 1, 0)] if lines else line
        shared = document != self.agreement.layout.source.name
        return f"{_file_anchor(self.path(document))}-line-{first}" if shared else f"line-{first}"

    def anchor(self, citation: Citation) -> str:
        """Where the clause of a citation stands on the page of the text: its heading, or (where it stands under none) its line.
        Of headings that read alike, the last above the line is meant."""
        known = self._clauses.get((citation.document, citation.path, citation.number, citation.title))
        if known is not None:
            above = [anchor for line, anchor in known if line <= citation.line]
            return above[-1] if above else known[0][1]
        return self.line_anchor(citation.document, citation.line) if citation.line else ""

    def cite(self, citation: Citation, text: str = "") -> Cite:
        """A reference to a clause. It names files as the agreement does, wherever its folder stands."""
        anchor = self.anchor(citation)
        document = self.path(citation.document)
        if document != citation.document:
            citation = replace(citation, document=document)
        return Cite(citation, text or citation.label(), TEXT_PAGE, anchor)

    # ------------------------------------------------------------ terms

    def term(self, name: str, text: str = "") -> Run:
        """A defined term; plain words where the agreement defines no such term."""
        place = self.terms.get(name)
        return Term(name, text or name, *place) if place is not None else Text(text or name)

    def runs(self, words: str, begins: int = 0) -> Runs:
        """Plain words with the defined terms and clause numbers in them linked; the longest name wins. Clause numbers are those
        of the agreement itself, or (`begins`) of a file that it uses."""
        if self._words is None:
            return (Text(words),) if words else ()
        found: list[Run] = []
        last = 0
        for match in self._words.finditer(words):
            run = self._linked(match, begins)
            if run is None:
                continue
            if match.start() > last:
                found.append(Text(words[last : match.start()]))
            found.append(run)
            last = match.end()
        if last < len(words):
            found.append(Text(words[last:]))
        return tuple(found)

    def mentioned(self, words: str) -> set[str]:
        """The defined terms that words name."""
        if self._words is None:
            return set()
        return {match["term"] for match in self._words.finditer(words) if match["term"] is not None}

    def _linked(self, match: re.Match[str], begins: int) -> Run | None:
        name, number = match["term"], match["number"]
        if name is not None:
            return self.term(name, match.group())
        section = self._numbers.get((begins, number))
        return self.cite(self.agreement.layout.cite_section(section), match.group()) if section is not None else None


def _unique(anchor: str, taken: set[str]) -> str:
    while anchor in taken:
        anchor += "-2"
    taken.add(anchor)
    return anchor


def _place(name: str, kind: Kind, taken: set[str]) -> tuple[str, str]:
    if kind is Kind.DECISION:
        return _unique(decision_page(name), taken), ""
    return _PAGES.get(kind, GLOSSARY), _unique(f"{slug(kind.value)}-{slug(name)}", taken)


def _file_anchor(name: str) -> str:
    return f"file-{slug(name)}"


def _lines(layout: Layout) -> dict[str, list[int]]:
    """The first lines of the clauses that stand under no heading, by file."""
    found: dict[str, list[int]] = {}
    for block in layout.blocks:
        if layout.section_at(block.start) is None:
            name = layout.source.home(block.start)[1].name
            places = (layout.source.place(start)[0] for start, _ in stretches(layout.source.text, block.start, block.end))
            found.setdefault(name, []).extend(places)
    return found


def _anchors(sections: Iterable[Section], taken: set[str]) -> dict[int, str]:
    """An anchor for each heading, by its offset: its clause number where it has one, else its words; each only once."""
    found: dict[int, str] = {}
    for section in sections:
        name = f"clause-{slug(section.number)}" if section.number else slug(section.title)
        name = f"text-{name}" if name.startswith(("line-", "file-")) else name
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
