"""The agreement as a paper: what parties read, negotiate and sign.

In: a loaded agreement, and as of which day. Out: a `Paper`: parts of blocks in the order of the pages, the same for Word, PDF and
Markdown. The words of the text stand as they are, under their own clause numbers (`paper_text`); all that is made from the rules
is marked as no part of the agreement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from govlang.backends.words import english
from govlang.frozen import dataclass, replace
from govlang.model.nodes import Agreement, Member, Role
from govlang.model.versions import in_force
from govlang.pipeline import Loaded, load
from govlang.tools import questions
from govlang.tools.document import blocks as b
from govlang.tools.document.links import slug
from govlang.tools.document.paper_schedules import definitions, schedules
from govlang.tools.document.paper_text import Clauses, renumbered
from govlang.tools.document.subject import Subject


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a paper; all but `front` begin a page of their own. `kind` is front (parties and dates), text (the clauses),
    signatures, definitions, schedule or errors. All but `front` and `text` begin with their heading (level 2)."""

    kind: str
    blocks: tuple[b.Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """An agreement to be printed. `since` is the day from which this version is in force; `text_hash` is the SHA-256 of the text;
    `slug` names its file, `source` is the file it was made from. The list of contents stands between `front` and the rest; each
    output makes it from `headings`."""

    slug: str
    source: str
    title: str
    text: str
    version: str
    since: date | None
    text_hash: str
    parts: tuple[Part, ...]
    sound: bool = True
    language: str = "en"

    def headings(self, deepest: int = 4) -> tuple[b.Heading, ...]:
        """What the list of contents lists: headings of level 2 (the outermost) to `deepest`."""
        return tuple(
            block for part in self.parts if part.kind != "front" for block in part.blocks
            if isinstance(block, b.Heading) and block.level <= deepest
        )  # fmt: skip

    @property
    def short_hash(self) -> str:
        """The hash as the foot of each page shows it."""
        return self.text_hash[:12]


def paper(
    agreement: Loaded | str | Path, *, on: str = "", version: str = "", summaries: bool = True, examples: bool = False,
    name: str = "",
) -> Paper:  # fmt: skip
    """An agreement as a paper: the text in force `on` a day, or the `version` of that number; as first agreed, if neither is given.
    `summaries` puts the rules in plain words below the prose, `examples` tells the examples in full. Raises NoAnswer for a day that
    is none, or a version that there is not."""
    loaded = agreement if isinstance(agreement, Loaded) else load(agreement)
    return made(Subject(loaded, text=text_of(loaded, on, version)), summaries, examples, name)


def text_of(loaded: Loaded, on: str = "", version: str = "") -> Agreement:
    """The version in force on a day, or that of a number. Raises NoAnswer."""
    from govlang.model.versions import versions

    text = loaded.agreement
    if version:
        known = {each.number: each.agreement for each in versions(text)} or {text.header.version: text}
        if version not in known:
            listed = ", ".join(number for number in known if number) or "none"
            raise questions.NoAnswer(f"there is no version {version} of {text.name}", f"its versions are: {listed}")
        return known[version]
    return in_force(text, questions.day(on).start) if on else text


def made(subject: Subject, summaries: bool = True, examples: bool = False, name: str = "") -> Paper:
    """The paper of a subject."""
    loaded, text = subject.loaded, subject.agreement
    clauses = Clauses(subject, summaries, examples)
    source = Path(loaded.source.name).name
    whole = [
        Part("front", tuple(_front(subject))),
        Part("text", tuple(clauses.blocks())),
        *_signatures(subject),
        *(Part("definitions", found) for found in definitions(subject)),
        *(Part("schedule", found) for found in schedules(subject)),
        *_errors(loaded),
    ]
    numbers = {anchor: clause for clause in clauses.bare for anchor in clause.anchors}

    def plain(run: b.Run) -> b.Run:
        """A run on paper: clauses have the numbers that they have here, and there is no page to go to."""
        if isinstance(run, b.Cite) and run.anchor in numbers:
            clause = numbers[run.anchor]
            citation = renumbered(run.citation, clause)
            said = citation.label() if run.text == run.citation.label() else run.text
            return b.Cite(citation, said, run.page, clause.anchors[0])
        if isinstance(run, b.Term) or (isinstance(run, b.Link) and not run.address):
            return b.Text(run.text)
        return run

    title = clauses.title.title if clauses.title is not None and clauses.title.title else text.name
    return Paper(
        slug(name or source.partition(".")[0]), source, title, text.header.text, text.header.version, _since(subject),
        loaded.text_hash, tuple(replace(part, blocks=each_run(part.blocks, plain)) for part in whole), loaded.sound,
    )  # fmt: skip


def _since(subject: Subject) -> date | None:
    """From when on the version is in force."""
    since = next((each.since for each in subject.texts if each.agreement is subject.agreement), None)
    effective = subject.agreement.header.effective
    return since or (effective.day if effective is not None else None)


# ---------------------------------------------------------------- the first page


def _front(subject: Subject) -> Iterator[b.Block]:
    """Who agrees, from when to when, under which law."""
    parties = _parties(subject)
    if parties:
        yield b.Paragraph((b.Text("between" if len(parties) > 1 else "of"),))
        yield b.Listing(
            tuple(b.Item(_party(party, place, len(parties))) for place, party in enumerate(parties, 1)), True
        )
    facts = tuple(b.Pair((b.Text(term),), (b.Paragraph((b.Text(said),)),)) for term, said in _facts(subject))
    if facts:
        yield b.Pairs(facts)


def _party(party: Member, place: int, count: int) -> b.Runs:
    """Helios Materials AG, Switzerland (“Helios”), and"""
    full = party.full_name or party.name
    seat = f", {party.seat}" if party.seat else ""
    end = "" if place == count else ", and" if place == count - 1 else ","
    if full == party.name:
        return b.Strong(full), b.Text(f"{seat}{end}")
    return b.Strong(full), b.Text(f"{seat} (“"), b.Strong(party.name), b.Text(f"”){end}")


def _facts(subject: Subject) -> Iterator[tuple[str, str]]:
    header, since = subject.agreement.header, _since(subject)
    if header.version:
        made_by = [
            each.name
            for each in subject.texts
            if each.name and each.since is not None and since is not None and each.since <= since
        ]
        yield "Version", header.version + (f", as amended by {english.listed(made_by)}" if made_by else "")
    begins, ends = header.effective, header.until
    if begins is not None or ends is not None:
        first = f"from {english.day(begins.day)}" if begins is not None else ""
        last = f"until {english.day(ends.day)}" if ends is not None else ""
        yield "In force", " ".join(part for part in (first, last) if part)
    if header.law:
        yield "Governing law", english.listed([law.text for law in header.law])
    yield "Text", f"SHA-256 {subject.loaded.text_hash[:12]}…"


def _parties(subject: Subject) -> list[Member]:
    """Who is a party when the version takes effect."""
    day = _since(subject)
    return [
        party for party in subject.agreement.parties()
        if day is None or ((party.since is None or party.since <= day) and (party.until is None or party.until >= day))
    ]  # fmt: skip


# ---------------------------------------------------------------- the last pages


def _signatures(subject: Subject) -> Iterator[Part]:
    """Where each party signs, and who speaks for it."""
    parties = _parties(subject)
    if not parties:
        return
    speakers = [role for role in subject.agreement.roles.values() if role.speaks]
    blocks: list[b.Block] = [b.Heading(2, (b.Text("Signatures"),), "signatures")]
    for party in parties:
        by = [(role.name, person) for role in speakers for person in _holders(role, party.name) or [""]]
        blocks.append(
            b.Signature(
                party.name, party.full_name or party.name, tuple(role for role, _ in by), tuple(who for _, who in by)
            )
        )
    yield Part("signatures", tuple(blocks))


def _holders(role: Role, party: str) -> list[str]:
    return [person for person, of in role.holders if of == party]


def _errors(loaded: Loaded) -> Iterator[Part]:
    """What is wrong with the text, if anything."""
    wrong = [found for found in loaded.diagnostics if found.severity == "error"]
    if not wrong:
        return
    count = english.counted(len(wrong), "error")
    said = f"This text has {count}. What they concern is missing from this paper, or may be wrong in it."
    items = []
    for found in wrong:
        name, line, _ = found.place()
        hint = f" {english.sentence(found.hint)}" if found.hint else ""
        items.append(
            b.Item(
                (
                    b.Strong(found.code),
                    b.Text(f" {Path(name).name}, line {line}: {english.sentence(found.message)}{hint}"),
                )
            )
        )
    heading = b.Heading(2, (b.Text("Errors in the text"),), "errors")
    yield Part(
        "errors",
        (heading, b.Note("error", "Not ready to be signed", (b.Paragraph((b.Text(said),)),)), b.Listing(tuple(items))),
    )


# ---------------------------------------------------------------- runs


def each_run(blocks: tuple[b.Block, ...], change: Callable[[b.Run], b.Run]) -> tuple[b.Block, ...]:
    """The same blocks with every run changed."""
    return tuple(_changed(block, change) for block in blocks)


def _changed(block: b.Block, change: Callable[[b.Run], b.Run]) -> b.Block:
    def runs(said: b.Runs) -> b.Runs:
        return tuple(change(run) for run in said)

    def item(old: b.Item) -> b.Item:
        return replace(old, runs=runs(old.runs), items=tuple(item(each) for each in old.items))

    def row(old: b.Row) -> b.Row:
        return replace(old, cells=tuple(replace(cell, runs=runs(cell.runs)) for cell in old.cells))

    match block:
        case b.Heading() | b.Paragraph():
            return replace(block, runs=runs(block.runs))
        case b.Listing(items):
            return replace(block, items=tuple(item(each) for each in items))
        case b.Table():
            return replace(block, rows=tuple(row(each) for each in block.rows), note=runs(block.note))
        case b.Pairs(pairs):
            said = (replace(pair, term=runs(pair.term), blocks=each_run(pair.blocks, change)) for pair in pairs)
            return replace(block, pairs=tuple(said))
        case b.Note() | b.Quote():
            return replace(block, blocks=each_run(block.blocks, change))
        case b.Beside(left, right):
            return b.Beside(each_run(left, change), each_run(right, change))
        case _:
            return block
