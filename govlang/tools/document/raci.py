"""The RACI matrix: who is responsible, accountable, consulted and informed, for each decision and each duty.

In: a `Subject`. Out: the page `raci`. Everything follows from the rules:

- responsible (R) is whoever may propose a decision, or must second it or put something on record for it; whoever owes a duty, leads
  a review or writes its minutes, owns an objective or measures it, holds a power, has to share or to answer something;
- accountable (A) is the body, role or party whose approval or vote a decision asks for; whoever owes a duty, leads a review, owns
  an objective, holds a power, has to share or to answer something, each for their own;
- consulted (C) is whoever has to be heard on a decision, finds a fact that it rests on, or attends a review;
- informed (I) is whoever has to be told of a decision, or receives what is owed or shared.

Exactly one should be accountable. A case where nobody is (whoever proposes decides), where several are together, or where one of
several is enough, is an exception, named with its reason and clause. Whoever may only stop a decision is not accountable for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlang.backends.words import english
from govlang.core import keys as k
from govlang.core.rules import Leaf, Tree, leaves, looked_at
from govlang.frozen import dataclass
from govlang.model.nodes import Agreement, Kind
from govlang.model.norms import Norm
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.document import cells
from govlang.tools.document.authority import PAGE as AUTHORITY
from govlang.tools.document.authority_rows import AuthorityRow, proposer_groups, rows
from govlang.tools.document.authority_words import (
    SEVERAL,
    VOTES,
    briefly,
    case,
    deciding,
    finders,
    joined,
    rests_on,
    stops,
)
from govlang.tools.document.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Item,
    Link,
    Listing,
    Page,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
)
from govlang.tools.document.links import slug
from govlang.tools.document.subject import Subject

PAGE = "raci"
ANYBODY = "Any person"
_KINDS = {
    "duty": "Duties", "power": "Powers", "review": "Reviews", "objective": "Objectives", "communication": "Communication",
    "survey": "Surveys",
}  # fmt: skip
_LEGEND = {
    "R": "is responsible: whoever may propose a decision, or must second it or put something on record for it; whoever owes a "
    "duty, leads a review or writes its minutes, owns an objective or measures it, holds a power, has to share or to answer "
    "something.",
    "A": "is accountable: the body, role or party whose approval or vote the decision asks for; whoever owes a duty, leads a "
    "review, owns an objective, holds a power, has to share or to answer something, each for their own.",
    "C": "is consulted: whoever has to be heard before the decision, finds a fact that it rests on, or attends a review.",
    "I": "is informed: whoever has to be told of the decision, or receives what is owed or shared.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is about, in which case, who holds each letter, and (`exception`) why not exactly one is accountable."""

    name: str
    case: str
    kind: str
    letters: tuple[tuple[str, tuple[str, ...]], ...]
    citations: tuple[Citation, ...]
    exception: str = ""

    def of(self, letter: str) -> tuple[str, ...]:
        """Who holds a letter."""
        return dict(self.letters).get(letter, ())


def pages(subject: Subject) -> Iterator[Page]:
    """The page, unless there is nothing to be responsible for."""
    found = lines(subject)
    if found:
        summary = "Who is responsible, accountable, consulted and informed, for each decision and each duty."
        yield Page(PAGE, "RACI matrix", "Rules", tuple(_blocks(subject, found)), summary)


def lines(subject: Subject) -> tuple[Line, ...]:
    """Every case of every decision, then every norm by its kind, in the order of the text."""
    found = [_decision(subject, row) for row in rows(subject) if row.open]
    norms = sorted(subject.agreement.norms.values(), key=lambda norm: [*_KINDS].index(norm.kind))
    return (*found, *(_norm(subject, norm) for norm in norms))


# ---------------------------------------------------------------- the page


def _blocks(subject: Subject, found: tuple[Line, ...]) -> Iterator[Block]:
    yield Listing(tuple(Item((Strong(letter), Text(f" {meaning}"))) for letter, meaning in _LEGEND.items()))
    if rows(subject):
        yield Paragraph((
            Text("Whoever can only stop a decision, by a veto or an objection, is not accountable for it: the "),
            Link("authority matrix", AUTHORITY), Text(" says who can."),
        ))  # fmt: skip
    columns = _columns(subject.agreement, found)
    yield Table(
        "raci-matrix", "Who is responsible, accountable, consulted and informed",
        (Column("Decision or duty", "name"), Column("When", "when"), *(Column(title, key) for title, key, _ in columns),
         Column("Clause", "clause")),
        tuple(_row(subject, line, columns) for line in found),
    )  # fmt: skip
    yield Heading(2, (Text("Is exactly one accountable?"),), "exactly-one")
    odd = [line for line in found if line.exception]
    if not odd:
        yield Paragraph((Text("Yes: in every case, exactly one body, role or party is accountable."),))
        return
    yield Paragraph(
        (Text(f"In {len(found) - len(odd)} of {len(found)} cases, yes. These are the others, each with its reason:"),)
    )
    yield Table(
        "raci-exceptions", "Cases in which not exactly one is accountable",
        (Column("Decision or duty", "name"), Column("When", "when"), Column("Reason", "reason"), Column("Clause", "clause")),
        tuple(
            Row((_name(subject, line), Cell(subject.links.runs(line.case)), Cell(subject.links.runs(line.exception)),
                 Cell(cells.briefly(subject, line.citations))))
            for line in odd
        ),
    )  # fmt: skip


def _columns(agreement: Agreement, found: tuple[Line, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    """The bodies, roles, parties and persons that hold a letter anywhere, as title, key and names; parties that are alike in every
    row share one column."""
    held = {name for line in found for _, names in line.letters for name in names}
    order = [*agreement.bodies, *agreement.roles]
    columns: list[tuple[str, str, tuple[str, ...]]] = [(name, slug(name), (name,)) for name in order if name in held]
    parties = [member.name for member in agreement.parties() if member.name in held]
    alike = {tuple((letter, party in names) for line in found for letter, names in line.letters) for party in parties}
    if len(alike) == 1 and len(parties) > 1 and len(parties) == len(agreement.parties()):
        columns.append(("Each party", "each-party", tuple(parties)))
    else:
        columns += [(name, slug(name), (name,)) for name in parties]
    known = {*order, *parties}
    columns += [(name, slug(name), (name,)) for name in sorted(held - known)]
    taken: dict[str, int] = {"name": 1, "when": 1, "clause": 1}
    unique = []
    for title, key, names in columns:
        taken[key] = taken.get(key, 0) + 1
        unique.append((title, key if taken[key] == 1 else f"{key}-{taken[key]}", names))
    return unique


def _row(subject: Subject, line: Line, columns: list[tuple[str, str, tuple[str, ...]]]) -> Row:
    shown = []
    for _, _, names in columns:
        letters = "/".join(letter for letter, held in line.letters if names[0] in held)
        shown.append(Cell((Text(letters),) if letters else ()))
    clause = Cell(cells.briefly(subject, line.citations))
    return Row((_name(subject, line), Cell(subject.links.runs(line.case)), *shown, clause), group=line.kind)


def _name(subject: Subject, line: Line) -> Cell:
    return Cell((subject.links.term(line.name),), line.name)


# ---------------------------------------------------------------- decisions


def _decision(subject: Subject, row: AuthorityRow) -> Line:
    who = _Who(subject.agreement, row)
    responsible, consulted = list(row.proposers), []
    for leaf in row.leaves():
        keys = looked_at(leaf)
        responsible += [
            key.rule.by for key in keys if isinstance(key, k.Acts) and key.rule.by and not key.rule.forbidden
        ]
        consulted += [key.group for key in keys if isinstance(key, k.Advised)]
        consulted += finders(row, leaf)
    for turn in row.path:
        consulted += finders(row, turn.branch)
    informed = [told.line.group for told in row.informs if told.line is not None]
    letters = (
        ("R", who.holders(responsible)), ("A", who.holders(_asked(deciding(row)))),
        ("C", who.holders(consulted)), ("I", who.holders(informed)),
    )  # fmt: skip
    return Line(row.name, case(subject, row), "Decisions", letters, row.citations(), _exception(subject, row, who))


def _exception(subject: Subject, row: AuthorityRow, who: _Who) -> str:
    """Why not exactly one is accountable; nothing where one is."""
    asked = deciding(row)
    if not asked:
        if others := rests_on(row):
            return (
                f"None: no vote or approval is asked for. It follows from another decision: {english.listed(others)}."
            )
        until = f", as long as {joined(briefly(subject, tree) for tree in stops(row))}" if stops(row) else ""
        return f"None: no vote or approval is asked for. Whoever proposes it decides{until}."
    names = who.holders(_asked(asked))
    if len(names) == 1 and not any(_joint(leaf) for tree in asked for leaf in leaves(tree)):
        return ""
    if len(asked) == 1 and not isinstance(asked[0], Leaf):
        return f"More than one: each of several ways is enough ({joined(briefly(subject, tree) for tree in asked)})."
    return f"More than one: they decide together ({joined(briefly(subject, tree) for tree in asked)})."


def _asked(trees: Iterable[Tree]) -> Iterator[n.Group]:
    """Whose votes or approvals they are."""
    for tree in trees:
        for leaf in leaves(tree):
            if leaf.kind in VOTES and leaf.electorate is not None:
                yield leaf.electorate.item


def _joint(leaf: Leaf) -> bool:
    """Whether an approval is asked of several of a group, each by themselves."""
    who = leaf.electorate
    return leaf.kind == "approval" and who is not None and any(item.quantifier in SEVERAL for item in who.item.items)


# ---------------------------------------------------------------- duties and the like


def _norm(subject: Subject, norm: Norm) -> Line:
    who = _Who(subject.agreement)
    survey = subject.agreement.surveys.get(norm.name)
    asked = survey.asks.group if survey is not None and survey.asks is not None else None
    bearers = [group for group in (norm.bearer, norm.between, asked) if group is not None]
    responsible = [*bearers]
    responsible += [norm.minutes.by] if norm.minutes is not None else []
    responsible += [norm.measure.by] if norm.measure is not None and norm.measure.by is not None else []
    informed = [norm.to] if norm.to is not None else []
    informed += [share.to for share in norm.shares]
    consulted = [norm.attended.group] if norm.attended is not None else []
    letters = (
        ("R", who.holders(responsible)), ("A", who.holders(bearers)),
        ("C", who.holders(consulted)), ("I", who.holders(informed)),
    )  # fmt: skip
    exception = "" if bearers else "None: the text does not say who has to do it."
    return Line(norm.name, "", _KINDS[norm.kind], letters, (norm.citation,), exception)


# ---------------------------------------------------------------- who it is


class _Who:
    """The bodies, roles, parties and persons that a group stands for. A party or role that a fact names may be any."""

    def __init__(self, agreement: Agreement, row: AuthorityRow | None = None) -> None:
        self.agreement, self.row = agreement, row

    def holders(self, groups: Iterable[n.Group]) -> tuple[str, ...]:
        """The names of everybody in some groups, each once."""
        return tuple(dict.fromkeys(name for group in groups for item in group.items for name in self.names(item)))

    def names(self, item: n.GroupItem) -> tuple[str, ...]:
        base = item.base
        everybody = tuple(member.name for member in self.agreement.parties())
        match base.kind:
            case "name" | "of" if base.name is not None:
                found: tuple[str, ...] = (base.name.text,)
            case "person":
                found = (ANYBODY,)
            case "proposer" if self.row is not None:
                groups = [group for leaf in self.row.leaves("proposer") for group in proposer_groups(leaf)]
                found = self.holders(group for group in groups if group != n.Group((item,)))
            case "fact" if self.row is not None and base.fact in self.row.decision.facts:
                kind = self.row.decision.facts[base.fact].type.kind
                found = (ANYBODY,) if kind in ("person", "persons") else everybody
            case _:
                found = everybody
        left = item.excluded
        out = left.name.text if left is not None and left.kind == "name" and left.name is not None else ""
        if out and self.agreement.kind_of(out) in (Kind.PARTY, Kind.PERSON):
            found = tuple(name for name in found if name != out)
        return found
