"""Text to syntax, clause by clause.

In: a `Source`. Out: the clauses that could be read, each with exact offsets, and a diagnostic for every one that could
not, so that one bad clause spoils only itself. A minute book is read line by line with the same event rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.diagnostics import Diagnostic
from govlang.frozen import dataclass, replace
from govlang.later import pattern
from govlang.source import Source, Span
from govlang.syntax import literals, literate, nodes, tables
from govlang.syntax.build import makers
from govlang.syntax.lalr import Parser, Unexpected
from govlang.syntax.literals import PlacedError

LARGEST_FILE = 5_000_000
DEEPEST = 16
MOST_PARENTHESES = 32
LONGEST_LINE = 20_000

_UNSEEN = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")

# What nests on one line, other than parentheses: `not not x`, `1 plus 1 plus 1`, `2 times 2 times 2`.
_NESTING = pattern(r"\b(?:not|plus|minus|times)\b")
_GIVEN = pattern(r"(?:^ +given |, *)([a-z]+) *:")
_TEXTS = pattern(r'"[^"\n]*"')


@dataclass(frozen=True, slots=True)
class File:
    """One file, parsed: its clauses in order, its layout (for citations), and what was wrong with it.

    `spoiled` are the first lines of the clauses that could not be read; what they would have defined is not unknown.
    `incomplete` says that a file which it uses could not be had, so that any name may be defined there.
    """

    layout: literate.Layout
    clauses: tuple[nodes.Clause, ...]
    diagnostics: tuple[Diagnostic, ...]
    spoiled: tuple[str, ...] = ()
    incomplete: bool = False


def parse(source: Source, base: int = 0) -> File:
    """Parses an agreement: a `.gov` file or a literate `.gov.md` file. `base` is where its text starts in a larger one: the
    places of nodes are counted from there, those of layout and messages are the file's own."""
    if len(source.text) > LARGEST_FILE:
        return _too_large(source)
    layout = literate.read(source)
    found: list[Diagnostic] = list(layout.diagnostics)
    clauses: list[nodes.Clause] = []
    spoiled: list[str] = []
    for block in layout.blocks:
        for start, end in stretches(source.text, block.start, block.end):
            clause = _read(source, start, end, "clause", found, base)
            if clause is not None:
                clauses.append(clause)
            else:
                spoiled.append(source.text[start:end].split("\n", 1)[0].strip())
    return File(layout, tuple(clauses), tuple(found), tuple(spoiled))


def parse_entries(source: Source) -> tuple[tuple[nodes.Deed, ...], tuple[Diagnostic, ...]]:
    """Parses a minute book: event lines at the left margin; every bad line gets its diagnostic and the rest is read."""
    found: list[Diagnostic] = []
    entries: list[nodes.Deed] = []
    for start, end in stretches(source.text, 0, len(source.text)):
        entry = _read(source, start, end, "entry", found)
        if isinstance(entry, nodes.Deed):
            entries.append(entry)
        elif entry is not None:
            found.append(
                Diagnostic(
                    "GL401",
                    "an expectation belongs in a scenario, not in a record",
                    source,
                    Span(start, end),
                    "move the line into a scenario of the agreement, or remove it",
                )
            )
    return tuple(entries), tuple(_of_record(item) for item in found)


def parse_question(source: Source) -> tuple[nodes.Deed | None, tuple[Diagnostic, ...]]:
    """Parses one question about an act with an asset, such as `Norwind use Cell Model for research`."""
    found: list[Diagnostic] = []
    asked = _read(source, 0, len(source.text), "question", found)
    return (asked if isinstance(asked, nodes.Deed) else None), tuple(found)


def _of_record(found: Diagnostic) -> Diagnostic:
    """A line that cannot be read has a code of its own in a record."""
    return replace(found, code="GL401") if found.code == "GL001" else found


def _too_large(source: Source) -> File:
    message = f"the file holds {len(source.text):,} characters; the most is {LARGEST_FILE:,}"
    found = Diagnostic(
        "GL005", message, source, hint="split the agreement into parts, or keep records in a minute book"
    )
    return File(literate.Layout(source, (), (), ()), (), (found,))


def stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of each clause: from a line at the left margin to the next."""
    clause_start, last_line_end, position = -1, start, start
    while position < end:
        newline = text.find("\n", position, end)
        line_end = end if newline < 0 else newline + 1
        first = text[position : position + 1]
        if first not in " \t\r\n#":
            if clause_start >= 0:
                yield clause_start, last_line_end
            clause_start = position
            last_line_end = line_end
        elif text[position:line_end].strip():
            if clause_start < 0 and first in " \t":
                clause_start = position  # an indented line with no clause above it: let the parser say so
            if first != "#":
                last_line_end = line_end
        position = line_end
    if clause_start >= 0:
        yield clause_start, last_line_end


def _read(source: Source, start: int, end: int, kind: str, found: list[Diagnostic], base: int = 0) -> nodes.Clause | None:
    text = source.text[start:end]
    problems = [] if _is_plain(text) else list(_layout_problems(source, text, start))
    if problems:
        found.extend(problems)
        return None
    parser = tables.parser()
    try:
        built: nodes.Clause = parser.parse(text.rstrip() + "\n", kind, makers(), start + base)
        return built
    except PlacedError as error:
        cause = error.cause
        place = Span(error.span.start - base, error.span.end - base)
        found.append(Diagnostic(cause.code, cause.message, source, place, cause.hint))
    except Unexpected as error:
        found.append(_explain(parser, error, source, start, end))
    return None


def _is_plain(text: str) -> bool:
    """Whether a text surely has no problem of its layout: asked first, since it takes a fifth of the time of looking for one."""
    if not text.replace("\n", "").isprintable():
        return False
    deepest = 0  # the most that a line may be indented by
    for line in text.split("\n"):
        body = line.lstrip(" ")
        if len(line) > 200 or line.count("(") > MOST_PARENTHESES:
            return False
        if body and body[0] != "#":
            indent = len(line) - len(body)
            if indent % 2 or indent > deepest:
                return False
            deepest = min(indent + 2, 2 * DEEPEST)
    return True


def _layout_problems(source: Source, text: str, start: int) -> Iterator[Diagnostic]:
    unseen = _UNSEEN.search(text)
    if unseen:
        at = start + unseen.start()
        yield Diagnostic(
            "GL006", f"an unseen character (U+{ord(unseen.group()):04X}) stands in the text", source, Span(at, at + 1),
            "delete it; it may have come with a copy from another program",
        )
        return
    offset, depth = start, 0
    for line in text.splitlines(keepends=True):
        body = line.lstrip(" \t")
        blank = not body.strip() or body.startswith("#")
        indent = line[: len(line) - len(body)]
        if not blank:
            problem = _indent_problem(indent, depth) if offset > start or not indent else _FLOATING
            if problem:
                yield Diagnostic(problem[0], problem[1], source, Span(offset, offset + max(len(indent), 1)), problem[2])
                return
            depth = len(indent) // 2
        too_much = _size_problem(line)
        if too_much:
            yield Diagnostic("GL005", too_much[0], source, Span(offset, offset + len(line.rstrip())), too_much[1])
            return
        offset += len(line)


def _size_problem(line: str) -> tuple[str, str] | None:
    """Why a line is more than can be read; brackets and the words that nest count only outside of texts."""
    if len(line) > LONGEST_LINE:
        return f"this line holds more than {LONGEST_LINE:,} characters", "break it into several lines"
    if line.count("(") > MOST_PARENTHESES or len(line) > 200:
        words = _TEXTS.sub("", line)
        if words.count("(") > MOST_PARENTHESES:
            return "parentheses are nested too deep", "split the condition into `any of` and `all of` blocks"
        if len(_NESTING.findall(words)) > MOST_PARENTHESES:
            return "this line says too much at once", "split it into several lines, with `any of` or `all of` above them"
    return None


_FLOATING = ("GL002", "this line is indented, and no clause stands above it", "move it to the left margin")


def _indent_problem(indent: str, depth: int) -> tuple[str, str, str] | None:
    if "\t" in indent:
        return "GL002", "this line is indented with a tab", "indent with two spaces for each level"
    if len(indent) % 2:
        return "GL002", f"this line is indented by {len(indent)} spaces", "indent with two spaces for each level"
    if len(indent) // 2 > depth + 1:
        return "GL002", "this line is indented two levels at once", f"indent it by {2 * depth + 2} spaces at most"
    if len(indent) // 2 > DEEPEST:
        return (
            "GL005",
            f"this line is nested more than {DEEPEST} levels deep",
            "give the inner part a decision of its own",
        )
    return None


def _explain(parser: Parser, error: Unexpected, source: Source, start: int, end: int) -> Diagnostic:
    """A parser's error as a diagnostic in the language's own words."""
    from govlang.syntax import mistakes  # most texts have none

    token = error.token
    taken = _taken(source, start, start + token.start)
    if taken is not None:
        return taken
    allowed = mistakes.spell(parser, error.accepts)
    return mistakes.diagnose(source, start + token.start, token.type, token.text, allowed, end, parser.words)


def _taken(source: Source, start: int, at: int) -> Diagnostic | None:
    """GL110 at a `given` line: reading stopped in a line that uses a fact which is named like a word of the language."""
    first, last = source.place(start)[0], source.place(at - 1)[0]
    used = set(source.line_text(last).split()) & literals.TAKEN
    for line in range(first, last) if used else ():
        text = source.line_text(line)
        for found in _GIVEN.finditer(text) if text.lstrip().startswith("given ") else ():
            if found.group(1) in used:
                begin = at - source.place(at)[1] + 1
                while source.place(begin)[0] > line:
                    begin = source.text.rfind("\n", 0, begin - 1) + 1
                message, hint = literals.taken(found.group(1))
                return Diagnostic("GL110", message, source, Span(begin + found.start(1), begin + found.end(1)), hint)
    return None
