"""The index of clauses: every heading, whether rules stand under it or words alone, and which; and what scenarios reach.

In: a `Subject`. Out: one page, `clauses`; none for a text without headings. Scenarios are run only where they were asked for
(`Subject.tested`), since that takes longer than all else; without them the page says what the text says.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from govlang.backends.words import english
from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.syntax.literate import Section
from govlang.tools import coverage
from govlang.tools.coverage import Coverage
from govlang.tools.document import cells
from govlang.tools.document.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Page,
    Paragraph,
    Row,
    Run,
    Table,
    Text,
)
from govlang.tools.document.pieces import Clause, Rules, parts
from govlang.tools.document.subject import Subject

STATES = {"ruled": "rules", "text only": "words alone", "scenarios": "examples", "heading": "heading"}


def pages(subject: Subject) -> Iterator[Page]:
    """The index of clauses, unless the text has no headings."""
    if subject.agreement.layout.sections:
        blocks = tuple(_Clauses(subject).blocks())
        yield Page("clauses", "Clauses", "Agreement", blocks, "Every clause, and whether rules or words alone stand under it.")


class _Clauses:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.layout = subject.agreement.layout
        self.level = 1 if sum(len(section.path) == 1 for section in self.layout.sections) > 1 else 2
        loaded = subject.loaded
        self.found = coverage.coverage(loaded, subject.checked.outcomes) if subject.tested else \
            Coverage(loaded.source.name, tuple(coverage.clauses(loaded)), ())  # fmt: skip

    def blocks(self) -> Iterator[Block]:
        yield Paragraph((Text(_summary(self.found)),))
        rows: list[Row] = []
        rules = self.rules()
        for section, cover in zip(self.layout.sections, self.found.clauses, strict=True):
            citation = self.layout.cite_section(section)
            rows.append(Row((
                Cell((self.subject.cite(citation, section.path[-1] or "(no words)"),)),
                cells.plain(STATES[cover.state], kind=cover.state.replace(" ", "-")),
                Cell(tuple(rules.get(section.offset, ()))),
            ), group=self.above(section)))  # fmt: skip
        columns = (Column("Clause", "clause"), Column("What it has", "state"), Column("Rules", "rules"))
        yield Table("clauses", "The clauses of the text", columns, tuple(rows))
        if self.subject.tested:
            yield from self.reached()

    def above(self, section: Section) -> str:
        """The heading under which a clause stands together with others: that of the first level, or of the second where there is
        but one of the first."""
        return section.path[self.level - 1] if len(section.path) > self.level else ""

    def rules(self) -> dict[int, list[Run]]:
        """What rules stand under each heading: terms by their names, other clauses by their words, scenarios by their number."""
        found: dict[int, list[Run]] = {}
        for part in parts(self.subject.loaded.agreement):
            for chapter in part.chapters:
                if chapter.section is None:
                    continue
                line = found.setdefault(chapter.section.offset, [])
                clauses = [clause for piece in chapter.pieces if isinstance(piece, Rules) for clause in piece.clauses]
                for scenario, among in groupby(clauses, lambda clause: clause.word == "scenario"):
                    for run in [self.examples(list(among))] if scenario else self.named(among):
                        line += [Text(", "), run] if line else [run]
        return found

    def examples(self, scenarios: list[Clause]) -> Run:
        return Text(english.counted(len(scenarios), "example"))

    def named(self, clauses: Iterator[Clause]) -> Iterator[Run]:
        for clause in clauses:
            node = clause.node
            own = getattr(node, "name", None)
            if isinstance(node, n.Members):
                yield from (self.subject.links.term(name.text) for name in node.names)
            elif isinstance(own, n.Name) and not isinstance(node, n.Header):
                yield self.subject.links.term(own.text)
            else:
                yield Text(_title(clause))

    # ------------------------------------------------------------ what scenarios reach

    def reached(self) -> Iterator[Block]:
        rows: list[Row] = []
        for decision in self.found.decisions:
            for requirement in decision.requirements:
                touched = cells.plain(*(("yes", True, "good") if requirement.touched else ("no", False, "none")))
                source = self.layout.source.named(requirement.document or decision.document)
                span = source.line_span(requirement.line) if requirement.line else Span(0, 0)
                place = self.layout.source.offset_in(source, span.start)
                rows.append(Row((
                    cells.names(self.subject, [decision.name.partition(" (version")[0]]), cells.plain(requirement.label), touched,
                    cells.clause(self.subject, self.layout.citation(Span(place, place))),
                )))  # fmt: skip
        if not rows:
            return
        counts = self.found.counts()
        yield Heading(2, (Text("What the examples reach"),), "reached")
        said = [_reached(counts[key], noun) for key, noun in (("decisions", "decision"), ("requirements", "requirement"))]
        yield Paragraph((Text(english.sentence(f"the examples were run, and reach {english.listed(said)}")),))
        columns = (
            Column("Decision", "decision"), Column("Requirement", "requirement"), Column("Reached", "reached"),
            Column("Clause", "clause"),
        )  # fmt: skip
        yield Table("coverage", "Which requirements the examples reach", columns, tuple(rows))


def _summary(found: Coverage) -> str:
    ruled, of = found.counts()["clauses"]
    if not of:
        return "No heading of this text has words or rules under it."
    alone = of - ruled
    some = f"of {english.counted(of, 'clause')}, {english.number(ruled)} {'has' if ruled == 1 else 'have'} rules"
    stand = f"{english.number(alone)} {'stands' if alone == 1 else 'stand'} in words alone, for people to read and apply"
    return english.sentence(f"{some}; {stand}" if alone else some)



def _reached(count: tuple[int, int], noun: str) -> str:
    some, of = count
    if some == of:
        return f"every {noun}" if of > 1 else f"the one {noun} there is"
    return f"{english.figure(some)} of {english.figure(of)} {english.plural(noun)}"


def _title(clause: Clause) -> str:
    """A clause that has no name of its own: the words that it begins with."""
    written = clause.text.splitlines()
    first = next((line.strip() for line in written if line.strip() and not line.startswith("#")), clause.word)
    return first.partition(":")[0].replace('"', "")
