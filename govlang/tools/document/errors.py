"""What is wrong with a text: each message with its code, its place, the line, the reason and what to do about it.

In: a `Subject`. Out: one page, `errors`; none for a text without errors and warnings. The other pages show what is sound.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.backends.words import english
from govlang.codes import CODES
from govlang.diagnostics import Diagnostic
from govlang.source import Span
from govlang.tools.document import cells
from govlang.tools.document.blocks import (
    Block,
    Cell,
    Code,
    Column,
    Heading,
    Item,
    Listing,
    Note,
    Page,
    Paragraph,
    Row,
    Runs,
    Source,
    Strong,
    Table,
    Text,
)
from govlang.tools.document.subject import Subject

SHOWN = 200  # messages; a text that is broken throughout has many, and all after these say the same
LONGEST = 200  # characters of a line that is shown


def pages(subject: Subject) -> Iterator[Page]:
    """The page of errors and warnings, where there are any."""
    if subject.checked.diagnostics:
        errors = sum(found.severity == "error" for found in subject.checked.diagnostics)
        title = "Errors" if errors else "Warnings"
        blocks = tuple(_Errors(subject).blocks())
        yield Page("errors", title, "Agreement", blocks, "What is wrong with the text, where, and what to do about it.")


class _Errors:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.found = sorted(subject.checked.diagnostics, key=lambda found: found.severity != "error")

    def blocks(self) -> Iterator[Block]:
        errors = sum(found.severity == "error" for found in self.found)
        warnings = len(self.found) - errors
        if errors:
            said = f"The text has {english.counted(errors, 'error')}. What could not be read is left out of all other pages."
            yield Note("error", "", (Paragraph((Text(said),)),))
        elif warnings:
            said = f"The text has no errors, and {english.counted(warnings, 'warning')}. Every page shows the whole text."
            yield Paragraph((Text(said),))
        yield self.table()
        for number, found in enumerate(self.found[:SHOWN], 1):
            yield from self.message(number, found)

    def table(self) -> Table:
        rows = []
        for found in self.found[:SHOWN]:
            rows.append(Row((
                Cell((Code(found.code),), found.code), cells.plain(found.severity), cells.plain(self.file(found)),
                cells.plain(english.sentence(found.message)), cells.plain(english.sentence(found.hint)),
            )))  # fmt: skip
        columns = (
            Column("Code", "code"), Column("Kind", "kind"), Column("Place", "place"), Column("What is wrong", "message"),
            Column("What to do", "remedy"),
        )  # fmt: skip
        more = len(self.found) - SHOWN
        note = (Text(f"{english.figure(more)} more {'message' if more == 1 else 'messages'}, left out here."),) if more > 0 else ()
        return Table("errors", "Errors and warnings", columns, tuple(rows), note)

    def message(self, number: int, found: Diagnostic) -> Iterator[Block]:
        """A message under a heading of its own, with the line that it is about."""
        words = CODES[found.code].name.replace("-", " ")
        yield Heading(2, (Text(f"{found.code} {words}"),), f"error-{number}")
        _, line, _ = found.place()
        yield Paragraph((Text(f"{self.file(found)}: {found.message}"), *self.clause(found), Text(".")))
        if found.source is not None and line:
            source = found.source.home(found.span.start)[1] if found.source.parts else found.source
            text = source.line_text(line)
            yield Source(text if len(text) <= LONGEST else f"{text[:LONGEST]} …", "gov")
        if found.hint:
            yield Paragraph((Strong("What to do: "), Text(english.sentence(found.hint))))
        if found.notes:
            yield Listing(tuple(Item((Text(english.sentence(note)),)) for note in found.notes))

    def file(self, found: Diagnostic) -> str:
        name, line, _ = found.place()
        path = self.subject.links.path(name)
        return f"{path}, line {line}" if line else path

    def clause(self, found: Diagnostic) -> Runs:
        """The clause that a message is about, where it stands under a heading."""
        layout = self.subject.loaded.agreement.layout
        if found.source is None or not found.place()[1]:
            return ()
        offset = layout.source.offset_in(found.source, found.span.start) if layout.source.parts else found.span.start
        known = found.source is layout.source or any(part is found.source for _, part in layout.source.parts)
        citation = layout.citation(Span(offset, offset)) if known else None
        return self.subject.cited([citation]) if citation is not None and citation.title else ()
