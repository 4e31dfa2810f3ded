"""The authority matrix: who decides what, in which case, how, after whom has been heard, and who is told.

In: a `Subject`. Out: the page `authority`: a table with one row for each case of each decision, and what one may decide alone.
Other views ask for the `rows` themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlang.backends.words import english
from govlang.core.rules import AnyOf, Leaf, Tree, leaves
from govlang.frozen import replace
from govlang.syntax import nodes as n
from govlang.tools.document import cells
from govlang.tools.document.authority_rows import ALWAYS, AuthorityRow, is_quorum, rows as rows
from govlang.tools.document.blocks import Block, Cell, Column, Heading, Page, Paragraph, Row, Run, Table, Text
from govlang.tools.document.subject import Subject

PAGE = "authority"
COLUMNS = (
    Column("Decision", "decision"), Column("When", "when"), Column("Proposed by", "proposed-by"),
    Column("Approved by", "approved-by"), Column("Vote", "vote"), Column("Quorum", "quorum"),
    Column("Veto or objection", "veto-or-objection"), Column("Other conditions", "other-conditions"),
    Column("Consulted", "consulted"), Column("Informed", "informed"), Column("Notice and time", "notice-and-time"),
    Column("Once taken", "once-taken"), Column("Clause", "clause"),
)  # fmt: skip
# In which column a requirement stands; all others are further conditions.
_COLUMN = {
    "proposer": "proposed-by", "approval": "approved-by", "distinct": "approved-by", "threshold": "vote", "quorum": "quorum",
    "veto": "veto-or-objection", "objection": "veto-or-objection", "block": "veto-or-objection", "notice": "notice-and-time",
    "window": "notice-and-time", "consultation": "consulted", "standstill": "once-taken", "lapse": "once-taken",
    "ratification": "once-taken",
}  # fmt: skip
SEVERAL = ("every", "at least", "all but")  # of these, more than one is needed
_TITLE = {column.key: column.title for column in COLUMNS}


def pages(subject: Subject) -> Iterator[Page]:
    """The page, unless nothing is decided."""
    found = rows(subject)
    if found:
        summary = "Each decision and each of its cases: who proposes, approves, votes, may veto, is heard and is told."
        yield Page(PAGE, "Authority matrix", "Rules", tuple(_blocks(subject, found)), summary)


def _blocks(subject: Subject, found: tuple[AuthorityRow, ...]) -> Iterator[Block]:
    yield Paragraph((Text(
        "Each row is complete by itself: everything in it is required, in every column, unless “or” stands between. Where a "
        "decision has several cases, they are tried from the top, and the first that fits applies. Every decision also needs the "
        "agreement to be in force, and the proposal not to have been withdrawn."
    ),))  # fmt: skip
    lines = tuple(Row(tuple(_cells(subject, row)), group="") for row in found)
    yield Table("authority-matrix", "Who decides what", COLUMNS, lines)
    alone = tuple(_alone(subject, found))
    if alone:
        yield Heading(2, (Text("What one may decide alone"),), "alone")
        yield Paragraph((Text(
            "Cases in which one and the same may propose and decide, without anybody else's vote or approval. What else is "
            "required stands beside it."
        ),))  # fmt: skip
        columns = (Column("Who", "who"), Column("Decision", "decision"), Column("When", "when"), Column("Subject to", "subject-to"),
                   Column("Clause", "clause"))  # fmt: skip
        yield Table("authority-alone", "What one may decide alone", columns, alone)


# ---------------------------------------------------------------- the matrix


def _cells(subject: Subject, row: AuthorityRow) -> Iterator[Cell]:
    columns = dealt(row)
    for column in COLUMNS:
        match column.key:
            case "decision":
                yield Cell((subject.links.term(row.name),), row.name)
            case "when":
                yield when(subject, row)
            case "proposed-by":
                yield proposers(subject, row)
            case "informed":
                yield _informed(subject, row)
            case "clause":
                yield Cell(cells.briefly(subject, row.citations()))
            case key:
                yield _required(subject, row, key, columns)


def dealt(row: AuthorityRow) -> dict[str, list[Tree]]:
    """The requirements of a row by the key of their column. An alternative stands in one column, whole."""
    found: dict[str, list[Tree]] = {}
    for tree in row.trees:
        touched = _touched(tree)
        if touched:
            found.setdefault(touched[0], []).append(tree)
    return found


def _touched(tree: Tree) -> list[str]:
    """The columns that a requirement is about: one, or of an alternative all that its parts are about, its own first."""
    if isinstance(tree, Leaf):
        return [] if tree.kind in ALWAYS and not _unusual(tree) else [_COLUMN.get(tree.kind, "other-conditions")]
    if is_quorum(tree):
        return ["quorum"]
    found = dict.fromkeys(_COLUMN.get(leaf.kind, "other-conditions") for leaf in leaves(tree))
    if isinstance(tree, AnyOf) and tree.override:
        return list(found)
    if "vote" in found:
        found.pop("quorum", None)  # a quorum inside an alternative is that of its vote
    return [column.key for column in COLUMNS if column.key in found]


def _unusual(leaf: Leaf) -> bool:
    """A term of its own: a right that goes on when the agreement ends."""
    return leaf.kind == "term" and leaf.label != "within the term of the agreement"


def _required(subject: Subject, row: AuthorityRow, key: str, columns: dict[str, list[Tree]]) -> Cell:
    """What is required in one column: all of it; and where an alternative that stands in another column has a part here."""
    if not row.open:
        return Cell((Text("not possible: no case of this decision fits"),)) if key == "vote" else Cell(())
    said = [subject.words.brief(tree) for tree in columns.get(key, ())]
    for tree in row.trees:
        touched = _touched(tree)
        if key in touched[1:] and not (isinstance(tree, AnyOf) and tree.override):
            said.append(f"see “{_TITLE[touched[0]]}”")
    return Cell(_joined(subject, said))


def _joined(subject: Subject, said: Iterable[str]) -> tuple[Run, ...]:
    """Several things that are all required."""
    return subject.links.runs("; and ".join(dict.fromkeys(text for text in said if text)))


def when(subject: Subject, row: AuthorityRow) -> Cell:
    """In which cases a row applies: what the decision as a whole is for, then tiers and readings from the outermost in."""
    return Cell(subject.links.runs(case(subject, row)))


def case(subject: Subject, row: AuthorityRow) -> str:
    """In which cases a row applies, in words."""
    said = [subject.agreement.wording(item) for item in row.decision.applies]
    for turn in row.path:
        label = turn.branch.label
        said.append(f"under the reading “{label}”" if turn.kind == "reading" else label)
    return "; ".join(said) if said else "always"


def proposers(subject: Subject, row: AuthorityRow) -> Cell:
    """Who may propose it."""
    groups = subject.words.voice(row.decision.facts).groups
    said = [groups.who(group).text for group in row.proposers]
    return Cell(_joined(subject, said)) if said else Cell((Text("not said"),), None, "")


def decided(subject: Subject, row: AuthorityRow) -> str:
    """Whose votes and approvals decide a case, in words."""
    trees = deciding(row)
    if trees:
        return "; and ".join(subject.words.brief(tree) for tree in trees)
    stops = [tree for tree in row.requires if any(leaf.kind in ("veto", "objection", "block") for leaf in leaves(tree))]
    return f"whoever proposes it{', unless it is stopped' if stops else ''}"


def deciding(row: AuthorityRow) -> list[Tree]:
    """The requirements that ask for votes or approvals; not those that only matter once a veto was cast."""
    found = [tree for tree in row.requires if any(leaf.kind in ("approval", "threshold") for leaf in leaves(tree))]
    return [tree for tree in found if not (isinstance(tree, AnyOf) and tree.override)]


def _informed(subject: Subject, row: AuthorityRow) -> Cell:
    groups = subject.words.voice(row.decision.facts).groups
    said = []
    for told in row.informs:
        if told.line is not None:
            said.append(f"{groups.who(told.line.group).text} within {english.duration(told.line.within)}")
    return Cell(_joined(subject, said))


# ---------------------------------------------------------------- alone


def _alone(subject: Subject, found: tuple[AuthorityRow, ...]) -> Iterator[Row]:
    told: dict[str, list[AuthorityRow]] = {}
    for row in found:
        for item in alone(row):
            told.setdefault(subject.words.voice(row.decision.facts).groups.item(item).text, []).append(row)
    for who in sorted(told):
        for row in told[who]:
            yield Row((
                Cell(subject.links.runs(english.sentence(who)[:-1])), Cell((subject.links.term(row.name),), row.name),
                when(subject, row), Cell(_joined(subject, subject_to(subject, row))),
                Cell(cells.briefly(subject, row.citations())),
            ))  # fmt: skip


def alone(row: AuthorityRow) -> tuple[n.GroupItem, ...]:
    """Who may both propose and decide a case without the vote or approval of anybody else. What others may stop, must record or
    find, or are heard on, does not matter here: `subject_to` says it. Where one of several ways is enough, nobody is named."""
    asked = [leaf.electorate.item for leaf in row.leaves("approval") if leaf.electorate is not None]
    required = [tree for tree in row.requires if isinstance(tree, Leaf) and tree.kind == "approval"]
    if not row.open or len(required) != len(asked) or row.leaves("threshold", "block", "distinct"):
        return ()
    if any(item.quantifier in SEVERAL for group in (*asked, *row.proposers) for item in group.items):
        return ()
    proposers = [item for group in row.proposers if group.joiner != "and" for item in group.items]
    return tuple(item for item in proposers if all(_same(item, each) for group in asked for each in group.items))


def _same(one: n.GroupItem, other: n.GroupItem) -> bool:
    """Whether two items name the same, whole."""
    return replace(one, quantifier="") == replace(other, quantifier="")


def subject_to(subject: Subject, row: AuthorityRow) -> list[str]:
    """What a case asks for beside a proposal and approvals."""
    left = [
        tree for tree in row.trees
        if not isinstance(tree, Leaf) or (tree.kind not in ("proposer", "approval") and bool(_touched(tree)))
    ]  # fmt: skip
    return [subject.words.brief(tree) for tree in left]
