"""The decisions: a list of them, and a page for each: what it is for, its rule in words and as a picture, its facts, its examples.

In: a `Subject`. Out: the page `decisions`, and one page `decision-...` for each decision, in the order of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlang.backends.words import english
from govlang.core import keys as k
from govlang.core.rules import leaves, looked_at, whole
from govlang.model.nodes import Decision
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.document import authority, authority_words, cells, decision_path, sentences
from govlang.tools.document.authority_rows import AuthorityRow, rows
from govlang.tools.document.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Item,
    Link,
    Listing,
    Page,
    Pair,
    Pairs,
    Paragraph,
    Quote,
    Row,
    Run,
    Runs,
    Source,
    Table,
    Text,
)
from govlang.tools.document.columns import filled
from govlang.tools.document.links import slug
from govlang.tools.document.subject import Subject

PAGE = "decisions"


def pages(subject: Subject) -> Iterator[Page]:
    """The list, then each decision; nothing for an agreement that decides nothing."""
    decisions = tuple(subject.agreement.decisions.values())
    if decisions:
        yield Page(PAGE, "Decisions", "Rules", tuple(_list(subject, decisions)), "What can be decided, by whom.")
        for decision in decisions:
            summary = decision.text or f"How {decision.name} is decided."
            yield Page(
                subject.links.terms[decision.name][0], decision.name, "Rules", tuple(_page(subject, decision)), summary
            )


# ---------------------------------------------------------------- the list


def _list(subject: Subject, decisions: tuple[Decision, ...]) -> Iterator[Block]:
    yield Paragraph((
        Text("Each decision has a page of its own. The "), Link("authority matrix", authority.PAGE),
        Text(" shows all of them, with every condition."),
    ))  # fmt: skip
    columns = (
        Column("Decision", "decision"), Column("What for", "what-for"), Column("Proposed by", "proposed-by"),
        Column("Decided by", "decided-by"), Column("Clause", "clause"),
    )  # fmt: skip
    yield filled(Table("decisions", "What can be decided", columns, tuple(_row(subject, each) for each in decisions)))


def _row(subject: Subject, decision: Decision) -> Row:
    found = [row for row in rows(subject) if row.name == decision.name]
    return Row((
        Cell((subject.links.term(decision.name),), decision.name), Cell(subject.links.runs(decision.text)),
        cells.said(subject, authority_words.proposers(subject, found[0])), Cell(subject.links.runs(_decided(subject, found))),
        cells.clause(subject, decision.citation),
    ))  # fmt: skip


def _decided(subject: Subject, found: list[AuthorityRow]) -> str:
    """Who decides, in each case."""
    said = []
    for row in found:
        if not row.open:
            continue
        who = authority_words.decided(subject, row)
        said.append(f"{authority_words.case(subject, row)}: {who}" if row.path else who)
    return "; ".join(said)


# ---------------------------------------------------------------- one decision


def _page(subject: Subject, decision: Decision) -> Iterator[Block]:
    yield Pairs(tuple(_about(subject, decision)))
    yield Heading(2, (Text("The rule in words"),), "words")
    yield from sentences.blocks(subject, (subject.words.decision(decision.name),))
    yield Heading(2, (Text("The way of a proposal"),), "path")
    yield decision_path.picture(subject, decision)
    if decision.facts:
        yield Heading(2, (Text("What a proposal says"),), "facts")
        yield _facts(subject, decision)
    yield from _text(subject, decision)
    yield from _examples(subject, decision)


def _about(subject: Subject, decision: Decision) -> Iterator[Pair]:
    """Key facts."""
    yield _pair("Clause", (subject.cite(decision.citation),))
    found = [row for row in rows(subject) if row.name == decision.name]
    yield _pair("Proposed by", subject.links.runs(authority_words.proposers(subject, found[0])))
    yield _pair("Decided by", subject.links.runs(_decided(subject, found)))
    if decision.acts:
        yield _pair("Covers", (Text(english.listed(decision.acts)),))
    if decision.overrides:
        yield _pair("Goes before", subject.links.runs(english.listed(decision.overrides)))
    behind = [each.name for each in subject.agreement.decisions.values() if decision.name in each.overrides]
    if behind:
        yield _pair("Gives way to", subject.links.runs(english.listed(behind)))
    used = [
        name
        for name, others in subject.once("decisions named", lambda: _named(subject)).items()
        if decision.name in others
    ]
    if used:
        yield _pair("Needed by", subject.links.runs(english.listed(used)))


def _pair(term: str, runs: Runs) -> Pair:
    return Pair((Text(term),), (Paragraph(runs),))


def _named(subject: Subject) -> dict[str, set[str]]:
    """The other decisions that each decision asks for, or is given a proposal of."""
    found: dict[str, set[str]] = {}
    for decision in subject.agreement.decisions.values():
        keys = (
            part
            for leaf in leaves(whole(subject.rule(decision)))
            for part in looked_at(leaf)
            if isinstance(part, k.Adopted | k.UnderWay | k.Ratified)
        )
        given = {each.type.target.text for each in decision.facts.values() if each.type.target is not None}
        found[decision.name] = {*(key.decision for key in keys), *given} - {decision.name}
    return found


def _facts(subject: Subject, decision: Decision) -> Table:
    columns = (
        Column("Fact", "fact"), Column("What it is", "type"), Column("Must be known", "required"), Column("Found by", "found-by"),
        Column("Clause", "clause"),
    )  # fmt: skip
    groups = subject.words.voice(decision.facts).groups
    lines = []
    for given in decision.facts.values():
        finder = groups.item(given.determined_by).text if given.determined_by is not None else ""
        lines.append(Row((
            cells.plain(given.name), cells.said(subject, _type(given.type)), cells.plain("no" if given.optional else "yes"),
            cells.said(subject, finder), cells.clause(subject, subject.agreement.cite(given)),
        ), f"fact-{slug(given.name)}"))  # fmt: skip
    key = subject.links.terms[decision.name][0].removeprefix("decision-")
    return Table(f"facts-{key}", "Facts of a proposal", columns, tuple(lines))


_TYPES = {
    "yesno": "yes or no", "money": "an amount of money", "number": "a number", "percent": "a percentage", "date": "a date",
    "duration": "a period", "text": "words", "party": "a party", "person": "a person", "parties": "parties", "persons": "persons",
    "role": "a role", "body": "a body",
}  # fmt: skip


def _type(type_: n.TypeRef) -> str:
    """What kind of thing a fact is."""
    if type_.choices:
        return f"one of {english.listed([choice.replace('-', ' ') for choice in type_.choices], 'or')}"
    if type_.target is not None:
        return (
            f"a proposal of {type_.target.text}" if type_.kind == "decision" else f"a dispute under {type_.target.text}"
        )
    return _TYPES.get(type_.kind, english.a(type_.kind))


# ---------------------------------------------------------------- the text, and examples


def _text(subject: Subject, decision: Decision) -> Iterator[Block]:
    """The agreement's own words, and the rule that restates them."""
    citation = decision.citation
    if citation.prose.strip():
        yield Heading(2, (Text("The text"),), "text")
        yield Paragraph((Text("From "), subject.cite(citation), Text(":")))
        yield Quote(subject.prose.blocks(citation.prose))
    yield Heading(2, (Text("The rule as written"),), "rule")
    source = subject.agreement.layout.source.at(decision.span).rstrip()
    yield Source(source, "gov", f"Rule {decision.name}")


def _examples(subject: Subject, decision: Decision) -> Iterator[Block]:
    """The scenarios in which it is proposed."""
    found = [each for each in subject.agreement.scenarios if _proposes(each.lines, {decision.name, *decision.acts})]
    if found:
        yield Heading(2, (Text("Examples that test it"),), "examples")
        layout = subject.agreement.layout
        yield Listing(tuple(Item(_with_clause(subject, each.title, layout.citation(each.span))) for each in found))


def _with_clause(subject: Subject, words: str, citation: Citation) -> tuple[Run, ...]:
    return (Text(words), *subject.cited([citation]))


def _proposes(lines: Iterable[n.Deed | n.Expect], names: set[str]) -> bool:
    return any(isinstance(each, n.Deed) and each.kind == "propose" and each.other is not None and each.other.text in names
               for each in lines)  # fmt: skip
