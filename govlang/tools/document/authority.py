"""The authority matrix: who decides what, in which case, how, after whom has been heard, and who is told.

In: a `Subject`. Out: the page `authority`: a table with one row for each case of each decision, and what one may decide alone.
Other views ask for the `rows` themselves, and for `alone`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.backends.words import english
from govlang.core.rules import AnyOf, Leaf, Tree, leaves
from govlang.frozen import replace
from govlang.syntax import nodes as n
from govlang.tools.document import cells
from govlang.tools.document.authority_rows import ALWAYS, AuthorityRow, is_quorum, quorums, rows as rows
from govlang.tools.document.authority_words import (
    SEVERAL,
    briefly,
    case as case,
    decided as decided,
    informed,
    joined,
    proposers,
    rests_on,
)
from govlang.tools.document.blocks import Block, Cell, Column, Heading, Page, Paragraph, Row, Table, Text
from govlang.tools.document.columns import filled
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
_TITLE = {column.key: column.title for column in COLUMNS}
_ALONE = (
    Column("Who", "who"), Column("Decision", "decision"), Column("When", "when"), Column("Subject to", "subject-to"),
    Column("Clause", "clause"),
)  # fmt: skip


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
        "agreement to be in force, and the proposal not to have been withdrawn. A quorum is needed for a vote of its body, and "
        "for nothing else. How votes are taken and counted (who takes no part, what an abstention counts as, how long voting is "
        "open) stands on the page of each decision."
    ),))  # fmt: skip
    yield matrix(subject, found)
    single = tuple(_alone(subject, found))
    if single:
        yield Heading(2, (Text("What one may decide alone"),), "alone")
        yield Paragraph((Text(
            "Cases in which one and the same may propose and decide, without anybody else's vote or approval. What else is "
            "required stands beside it."
        ),))  # fmt: skip
        yield Table("authority-alone", "What one may decide alone", _ALONE, single)


# ---------------------------------------------------------------- the matrix


def matrix(subject: Subject, found: tuple[AuthorityRow, ...]) -> Table:
    """The table. A column in which no row has anything to say is left out."""
    lines = tuple(Row(tuple(_cells(subject, row))) for row in found)
    return filled(Table("authority-matrix", "Who decides what", COLUMNS, lines))


def _cells(subject: Subject, row: AuthorityRow) -> Iterator[Cell]:
    columns = dealt(row)
    for column in COLUMNS:
        match column.key:
            case "decision":
                yield Cell((subject.links.term(row.name),), row.name)
            case "clause":
                yield Cell(cells.briefly(subject, row.citations()))
            case key:
                yield cells.said(subject, _words(subject, row, key, columns))


def _words(subject: Subject, row: AuthorityRow, key: str, columns: dict[str, list[Tree]]) -> str:
    match key:
        case "when":
            return case(subject, row)
        case "proposed-by":
            return proposers(subject, row)
        case "informed":
            return joined(" ".join(informed(subject, row.decision, told)) for told in row.informs)
        case _:
            return _required(subject, row, key, columns)


def dealt(row: AuthorityRow) -> dict[str, list[Tree]]:
    """The requirements of a row by the key of their column. An alternative stands in one column, whole."""
    found: dict[str, list[Tree]] = {}
    for tree in row.trees:
        touched = _touched(tree)
        if touched:
            found.setdefault(touched[0], []).append(tree)
    if len(found) > 1 or row.path:  # a line that asks for nothing is worth a word only where nothing else stands
        others = [
            tree
            for tree in found.get("other-conditions", [])
            if not (isinstance(tree, Leaf) and tree.kind == "nothing")
        ]
        found["other-conditions"] = others
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


def _required(subject: Subject, row: AuthorityRow, key: str, columns: dict[str, list[Tree]]) -> str:
    """What is required in one column: all of it; and where an alternative that stands in another column has a part here."""
    if not row.open:
        return "not possible: no case of this decision fits" if key == "vote" else ""
    said = [briefly(subject, tree) for tree in columns.get(key, ())]
    if key == "quorum":
        said += [briefly(subject, quorum) for tree in row.trees for quorum in quorums(tree)]
        said = [text.removeprefix("quorum: ") for text in said]
    for tree in row.trees:
        touched = _touched(tree)
        if key in touched[1:] and not (isinstance(tree, AnyOf) and tree.override):
            said.append(f"see “{_TITLE[touched[0]]}”")
    return joined(said)


# ---------------------------------------------------------------- alone


def _alone(subject: Subject, found: tuple[AuthorityRow, ...]) -> Iterator[Row]:
    told: dict[str, list[AuthorityRow]] = {}
    for row in found:
        for item in alone(row):
            told.setdefault(subject.words.voice(row.decision.facts).groups.item(item).text, []).append(row)
    for who in sorted(told):
        for row in told[who]:
            yield Row((
                cells.said(subject, english.sentence(who)[:-1]), Cell((subject.links.term(row.name),), row.name),
                cells.said(subject, case(subject, row)), cells.said(subject, joined(subject_to(subject, row))),
                Cell(cells.briefly(subject, row.citations())),
            ))  # fmt: skip


def alone(row: AuthorityRow) -> tuple[n.GroupItem, ...]:
    """Who may both propose and decide a case without the vote or approval of anybody else, and without another decision. What
    others may stop, must record or find, or are heard on, does not matter here: `subject_to` says it. Where one of several ways is
    enough, nobody is named."""
    asked = [leaf.electorate.item for leaf in row.leaves("approval") if leaf.electorate is not None]
    required = [tree for tree in row.requires if isinstance(tree, Leaf) and tree.kind == "approval"]
    if not row.open or len(required) != len(asked) or row.leaves("threshold", "block", "distinct") or rests_on(row):
        return ()
    if any(item.quantifier in SEVERAL for group in (*asked, *row.proposers) for item in group.items):
        return ()
    groups = [group for group in row.proposers if group.joiner != "and"] if len(row.proposers) == 1 else []
    items = [item for group in groups for item in group.items]
    return tuple(item for item in items if all(_same(item, each) for group in asked for each in group.items))


def _same(one: n.GroupItem, other: n.GroupItem) -> bool:
    """Whether two items name the same, whole."""
    return replace(one, quantifier="") == replace(other, quantifier="")


def subject_to(subject: Subject, row: AuthorityRow) -> list[str]:
    """What a case asks for beside a proposal and approvals, in words."""
    left = [
        tree for tree in row.trees
        if not isinstance(tree, Leaf) or (tree.kind not in ("proposer", "approval", "nothing") and bool(_touched(tree)))
    ]  # fmt: skip
    return [briefly(subject, tree) for tree in left]
