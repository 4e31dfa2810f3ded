"""What one party, role or body has to do, may do, decides, and is told: the rows of the page `duties`.

In: the norms and decisions of a `Subject`, and whom each concerns (`bearers`). Out: `Share`s, one for each party and for every
role, body or person that has any part of its own. What a row says is made once, however many it concerns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from govlang.backends.words import english
from govlang.backends.words.statement import Statement
from govlang.core import keys as k
from govlang.core.norms import NormRule
from govlang.core.rules import Branch, Leaf, looked_at
from govlang.frozen import dataclass, field
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.document import cells
from govlang.tools.document.authority import alone, subject_to
from govlang.tools.document.authority_rows import AuthorityRow, proposer_groups, rows
from govlang.tools.document.authority_words import case, decided, finders
from govlang.tools.document.bearers import Bearers, Concern, bearers
from govlang.tools.document.blocks import Cell, Column, Link, Row
from govlang.tools.document.ip import WORDS, plainly
from govlang.tools.document.ip_matrix import Standing, matrix
from govlang.tools.document.subject import Subject

COLUMNS = (
    Column("What", "what"), Column("Part", "part"), Column("Through whom", "who"), Column("To whom", "to"),
    Column("When", "when"), Column("By when", "by"), Column("If missed, or how", "then"), Column("Clause", "clause"),
)  # fmt: skip
# The groups of a table, in their order.
DUTIES, POWERS, ALONE, SAY, TOLD, USES = (
    "Must do", "May claim", "May decide alone", "Has a say in", "Is owed or told", "May use",
)  # fmt: skip
# What somebody's part in a decision is called, by the kind of the requirement, in the order in which parts are named.
PARTS = {
    "proposer": "proposes", "approval": "approves", "threshold": "votes", "distinct": "approves", "veto": "may veto",
    "objection": "may object", "block": "may stop it", "ratification": "ratifies", "consultation": "is consulted",
    "act": "puts on record", "finding": "finds a fact", "casting": "breaks a tie", "extension": "may extend voting",
    "restart": "may restart voting", "informed": "is told",
}  # fmt: skip
_MISSED = ("opens", "grace", "cure", "cured")
_MOST_TRIGGERS = 3


@dataclass(slots=True)
class Share:
    """The part of one party, role, body or person in an agreement: the rows of its table, by their group. `norms` are those that
    it bears."""

    name: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    norms: list[NormRule] = field(default_factory=list)

    def add(self, group: str, row: Row) -> None:
        self.rows.setdefault(group, []).append(row)

    def of(self, group: str) -> list[Row]:
        return self.rows.get(group, [])


def shares(subject: Subject) -> dict[str, Share]:
    """The part of everybody who has one: the parties first, then bodies, roles and persons."""
    return subject.once("shares", lambda: _Sharing(subject).shares())


class _Sharing:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.bearers: Bearers = bearers(subject)
        self.found = {name: Share(name) for name in (*self.bearers.parties, *self.bearers.others)}

    def shares(self) -> dict[str, Share]:
        for rule in self.subject.rules.norms:
            self.norm(rule)
        for row in rows(self.subject):
            if row.open:
                self.decision(row)
        for party in self.bearers.parties:
            for used in _uses(self.subject, party):
                self._of(party).add(USES, used)
        return {name: share for name, share in self.found.items() if share.rows}

    def _of(self, name: str) -> Share:
        return self.found.setdefault(name, Share(name))

    # ------------------------------------------------------------ norms

    def norm(self, rule: NormRule) -> None:
        """A norm: whoever bears it, attends it, or is owed it."""
        said = _Said(self.subject, rule)
        for concern in self.bearers.of_norm(rule):
            share = self._of(concern.name)
            share.norms.append(rule)
            group = POWERS if rule.kind == "power" else DUTIES
            share.add(group, said.row(concern, said.kind, group))
        if rule.attended is not None:
            for concern in self.bearers.in_norm(rule, rule.attended):
                self._of(concern.name).add(DUTIES, said.row(concern, f"{rule.kind}: attends", DUTIES))
        if said.to is not None:
            for concern in self.bearers.in_norm(rule, said.to):
                self._of(concern.name).add(TOLD, said.row(concern, "is told" if rule.doing.to is not None else "is owed", TOLD))

    # ------------------------------------------------------------ decisions

    def decision(self, row: AuthorityRow) -> None:
        """A case of a decision: whoever may take it alone, and everybody who has a say in it."""
        said = _Case(self.subject, row)
        free = [concern for item in alone(row) for concern in self.bearers.of(n.Group((item,)), "", row)]
        for concern in _each(free):
            self._of(concern.name).add(ALONE, said.alone(concern))
        ways: dict[str, dict[str, list[Concern]]] = {}
        for kind, group in _groups(row):
            for concern in self._everybody(group, row):
                ways.setdefault(concern.name, {}).setdefault(kind, []).append(concern)
        for name, kinds in ways.items():
            self._of(name).add(SAY, said.say(kinds))

    def _everybody(self, group: n.Group, row: AuthorityRow) -> Iterator[Concern]:
        """Whom a group concerns; of a body also those behind its members."""
        for concern in self.bearers.of(group, "", row):
            yield concern
            yield from self.bearers.members(concern.name)


def _each(found: Iterable[Concern]) -> Iterator[Concern]:
    seen: dict[str, Concern] = {}
    for concern in found:
        seen.setdefault(concern.name, concern)
    yield from seen.values()


def _groups(row: AuthorityRow) -> Iterator[tuple[str, n.Group]]:
    """Everybody whom a case of a decision names, with the part that they have in it."""
    for leaf in row.leaves():
        yield from ((leaf.kind, group) for group in _of_leaf(leaf))
        scope = leaf.electorate.scope if leaf.electorate is not None else None
        if scope is not None:
            settings = (("casting", scope.casting), ("extension", scope.extension), ("restart", scope.restart))
            yield from ((kind, line.group) for kind, line in settings if line is not None)
    yield from (("finding", group) for group in _finders(row))
    for told in row.informs:
        if told.line is not None:
            yield "informed", told.line.group


def _finders(row: AuthorityRow) -> Iterator[n.Group]:
    """Who finds the facts that a case looks at."""
    if any(given.determined_by is not None for given in row.decision.facts.values()):
        looking: list[Leaf | Branch] = [*row.leaves(), *(turn.branch for turn in row.path)]
        for about in looking:
            yield from finders(row, about)


def _of_leaf(leaf: Leaf) -> Iterator[n.Group]:
    """Whom a requirement names."""
    match leaf.kind:
        case "proposer":
            yield from proposer_groups(leaf)
        case "approval" | "threshold" | "distinct" if leaf.electorate is not None:
            yield leaf.electorate.item
        case "veto" | "objection" | "block":
            yield from dict.fromkeys(part.rule.group for part in looked_at(leaf) if isinstance(part, k.Blocks))
        case "consultation":
            yield from dict.fromkeys(part.group for part in looked_at(leaf) if isinstance(part, k.Advised))
        case "act" | "ratification":
            found = (part.rule for part in looked_at(leaf) if isinstance(part, k.Acts))
            yield from dict.fromkeys(rule.by for rule in found if rule.by is not None and not rule.forbidden)
        case _:
            return


# ---------------------------------------------------------------- what rows say


class _Said:
    """What is said of one norm, to everybody whom it concerns."""

    def __init__(self, subject: Subject, rule: NormRule) -> None:
        self.subject, self.rule = subject, rule

    @cached_property
    def statement(self) -> Statement:
        return self.subject.words.norm(self.rule)

    @cached_property
    def to(self) -> n.Group | None:
        """To whom it is owed, or who is told."""
        return self.rule.to if self.rule.to is not None else self.rule.doing.to

    @property
    def kind(self) -> str:
        match self.rule.doing.kind:
            case "review":
                return "review: leads"
            case "minutes":
                return "minutes"
            case "inform":
                return "informing"
            case _:
                return self.rule.kind

    @cached_property
    def what(self) -> Cell:
        """Its name, which leads to the rule in words."""
        return Cell((Link(title(self.rule), "duties", anchor(self.subject, self.rule)),), self.rule.name)

    @cached_property
    def rest(self) -> tuple[Cell, ...]:
        """To whom, when it arises, by when, and what follows if it is missed."""
        subject, rule = self.subject, self.rule
        groups = subject.words.voice().groups
        missed = " ".join(item.text for item in self.statement.items if item.kind in _MISSED)
        when, by = arises(subject, rule), by_when(subject, rule)
        return (
            cells.said(subject, groups.who(self.to).text if self.to is not None else ""), cells.said(subject, when),
            cells.said(subject, by if not when.startswith(by) else ""), cells.said(subject, missed),
            Cell(cells.briefly(subject, (rule.citation, *rule.cites))),
        )  # fmt: skip

    def row(self, concern: Concern, part: str, group: str) -> Row:
        return Row((self.what, cells.plain(part), cells.said(self.subject, concern.words), *self.rest), group=group)


def title(rule: NormRule) -> str:
    """What a norm is called: its name, and which of several it is."""
    match rule.doing.kind:
        case "inform":
            return f"inform of {rule.name}"
        case "share" | "answer":
            return f"{rule.name}: {rule.title}"
        case "measure":
            return f"{rule.name}: {cells.spoken(rule.title)}"
        case _:
            return rule.title


def anchor(subject: Subject, rule: NormRule) -> str:
    """Where a norm stands in words on the page."""
    return f"rule-{next(place for place, each in enumerate(subject.rules.norms, 1) if each is rule)}"


def arises(subject: Subject, rule: NormRule) -> str:
    """What brings a norm about; nothing for a target, which has its day."""
    if rule.doing.kind == "measure":
        return ""
    if rule.actor_bears and rule.bearer is not None:
        return f"when {subject.words.voice().groups.a(rule.bearer)} records “{rule.doing.word}”".replace("-", " ")
    found = [subject.words.trigger(trigger) for trigger in rule.triggers]
    more = len(found) - _MOST_TRIGGERS
    if more > 0:
        found = [*found[:_MOST_TRIGGERS], f"in {english.counted(more, 'further case')}"]
    return "; ".join(found)


def by_when(subject: Subject, rule: NormRule) -> str:
    """By when a norm has to be done, once it has arisen."""
    if rule.continuing:
        return "at all times"
    due = rule.due
    happens = bool(rule.triggers) and rule.triggers[0].happening is not None and rule.triggers[0].due is None
    if happens and due is not None and due.within is not None and due.after in ("", "its start", "its end"):
        return f"within {english.duration(due.within)}"
    timed = due is not None or any(trigger.due is not None or trigger.recurs is not None for trigger in rule.triggers)
    return subject.words.due(rule) if timed else ""


class _Case:
    """What is said of one case of a decision, to everybody who has a say in it."""

    def __init__(self, subject: Subject, row: AuthorityRow) -> None:
        self.subject, self.row = subject, row

    @cached_property
    def what(self) -> Cell:
        return Cell((self.subject.links.term(self.row.name),), self.row.name)

    @cached_property
    def when(self) -> Cell:
        return cells.said(self.subject, case(self.subject, self.row))

    @cached_property
    def how(self) -> Cell:
        said = decided(self.subject, self.row)
        return cells.said(self.subject, said if said.startswith("follows from") else f"decided by: {said}")

    @cached_property
    def besides(self) -> Cell:
        found = dict.fromkeys(subject_to(self.subject, self.row))
        return cells.said(self.subject, f"subject to: {'; and '.join(found)}" if found else "")

    @cached_property
    def clause(self) -> Cell:
        return Cell(cells.briefly(self.subject, self.row.citations()))

    def alone(self, concern: Concern) -> Row:
        return self._row("decides alone", concern.words, self.besides, ALONE)

    def say(self, kinds: dict[str, list[Concern]]) -> Row:
        """The parts of one in it, each with the way in which it has it."""
        ways = {kind: list(dict.fromkeys(concern.words for concern in found)) for kind, found in kinds.items()}
        order = sorted(ways, key=lambda kind: list(PARTS).index(kind) if kind in PARTS else len(PARTS))
        part = ", ".join(dict.fromkeys(PARTS.get(kind, kind) for kind in order))
        through = list(dict.fromkeys(way for kind in order for way in ways[kind]))
        most = [way for way in through if not any(other.startswith(f"{way}, ") for other in through)]
        return self._row(part, "; ".join(most), self.how, SAY)

    def _row(self, part: str, who: str, then: Cell, group: str) -> Row:
        subject = self.subject
        return Row((self.what, cells.plain(part), cells.said(subject, who), cells.NONE, self.when, cells.NONE, then, self.clause),
                   group=group)  # fmt: skip


# ---------------------------------------------------------------- what a party may use


def _uses(subject: Subject, party: str) -> Iterator[Row]:
    """What a party may do with assets, as the matrix has it: uses of one asset with the same standing in one row."""
    found = matrix(subject)
    if found is None or party not in found.parties:
        return
    place = found.parties.index(party)
    for thing in found.things:
        kinds: dict[Standing, tuple[list[str], list[Citation]]] = {}
        for line in thing.lines:
            each = line.standings[place]
            if each.kind not in ("none", "silent"):
                uses, cited = kinds.setdefault(each, ([], []))
                uses.append(line.use.label())
                cited += each.citations
        for standing, (uses, cited) in kinds.items():
            then = "; ".join([*([f"under {standing.right}"] if standing.right in subject.agreement.kinds else []),
                              *plainly(subject, standing.right, standing.conditions)])  # fmt: skip
            yield Row((
                cells.said(subject, thing.title), cells.plain(WORDS[standing.kind], kind=standing.kind), cells.NONE, cells.NONE,
                cells.said(subject, "; ".join(uses)), cells.NONE, cells.told(subject, then), Cell(cells.briefly(subject, cited)),
            ), group=USES)  # fmt: skip
