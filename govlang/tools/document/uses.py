"""Where words of an agreement are used: defined terms, facts, acts that are recorded; by the clauses in which they stand.

In: an agreement (its syntax, its prose) and `Links`. Out: `Uses`: for each word the citations of its clauses, in the order of the
text. Scenarios are left out: they show how clauses work, and define nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.frozen import dataclass, field
from govlang.model.nodes import Agreement
from govlang.source import Citation, Span
from govlang.syntax import nodes as n
from govlang.tools.document.links import Links


@dataclass(slots=True)
class Word:
    """A word for what is recorded or found, by whom (as the text writes it), and where."""

    kind: str
    by: dict[n.Group, None] = field(default_factory=dict)
    places: dict[str, Citation] = field(default_factory=dict)


class Uses:
    """The uses of the words of one agreement."""

    def __init__(self, agreement: Agreement, links: Links) -> None:
        self.agreement, self.links = agreement, links
        self.defined: dict[str, n.Clause] = {}
        self.words: dict[str, Word] = {}
        self.given: list[tuple[str, n.Given]] = []  # the facts that are given, each with the clause that gives it
        self._places: dict[str, dict[str, tuple[int, Citation]]] = {}
        self._homes: dict[int, tuple[str, Citation]] = {}
        for clause in agreement.file.clauses if agreement.file is not None else ():
            if not isinstance(clause, n.Scenario | n.Amendment):
                self._clause(clause)
        for section in agreement.layout.sections:
            for name in links.mentioned(section.prose):
                self._use(name, section.offset)

    def of(self, name: str) -> list[Citation]:
        """The clauses in which a term stands, in rules or in prose; that which defines it is one of them."""
        found = self._places.get(name, {})
        return [citation for _, citation in sorted(found.values(), key=lambda place: place[0])]

    # ------------------------------------------------------------ the rules

    def _clause(self, clause: n.Clause) -> None:
        own: tuple[n.Name, ...] = ()
        match clause:
            case n.Members(_, names):
                own = names
            case n.Header():
                own = (clause.name,)
            case _:
                name = getattr(clause, "name", None)
                own = (name,) if isinstance(name, n.Name) else ()
        for name in own:
            self.defined.setdefault(name.text, clause)
        for node in nodes_in(clause):
            match node:
                case n.Name(text):
                    self._use(text, node.span.start)
                case n.Given() if own:
                    self.given.append((own[0].text, node))
                case n.Act(word, by=by):
                    self._word(word, "act", by, node)
                case n.Happening(kind, word, by=by) if kind in ("act", "finding"):
                    self._word(word, kind, by, node)
                case _:
                    pass

    def _word(self, word: str, kind: str, by: n.Group | None, node: n.Node) -> None:
        found = self.words.setdefault(word, Word(kind))
        if by is not None:
            found.by.setdefault(by)
        anchor, citation = self._home(node.span.start)
        found.places.setdefault(anchor, citation)

    def _use(self, name: str, offset: int) -> None:
        anchor, citation = self._home(offset)
        self._places.setdefault(name, {}).setdefault(anchor, (offset, citation))

    def _home(self, offset: int) -> tuple[str, Citation]:
        """The clause that a place lies in."""
        layout = self.agreement.layout
        section = layout.section_at(offset)
        key = section.offset if section is not None else -1 - layout.source.place(offset)[0]
        if section is None or key not in self._homes:
            citation = layout.citation(Span(offset, offset))
            self._homes[key] = self.links.anchor(citation), citation
        return self._homes[key]


def nodes_in(node: n.Node) -> Iterator[n.Node]:
    """A node and every node inside it, from the last to the first."""
    waiting: list[object] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting.extend(part)
        elif isinstance(part, n.Node):
            yield part
            fields: tuple[str, ...] = type(part).__match_args__
            for value in (getattr(part, name) for name in fields):
                if isinstance(value, n.Node | tuple):
                    waiting.append(value)
