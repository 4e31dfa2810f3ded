"""The way of a decision as a picture: from the proposal through notice, hearing, votes and vetoes to the decision and what follows.

In: a decision (or another right), lowered. Out: a `Diagram`. Each of its cases is a way of its own from where the ways part to
where they meet. What is required at the same time stands in the order in which it usually comes: the picture leaves nothing out,
and `description` says all of it in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from govlang.backends.words import english
from govlang.core import keys as k
from govlang.core.rules import AnyOf, Leaf, Notification, Tree, leaves
from govlang.frozen import dataclass, parts
from govlang.model.nodes import Decision, Scope
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.document.authority_rows import ALWAYS, AuthorityRow, Turn, is_quorum, rows_of
from govlang.tools.document.blocks import Arrow, Box, Diagram
from govlang.tools.document.links import slug
from govlang.tools.document.subject import Subject

# When a requirement usually comes, by its kind; votes come at 6.
_STAGES = {
    "proposer": 0, "notice": 2, "condition": 3, "decision": 3, "sharing": 3, "dispute": 3, "act": 4, "consultation": 5, "wait": 5,
    "window": 5, "veto": 7, "objection": 7, "block": 7,
}  # fmt: skip
_VOTES, _LATE = 6, 8
_NAMES = {
    "notice": "Notice", "condition": "Condition", "decision": "Other decision", "sharing": "Condition", "dispute": "Dispute",
    "act": "On record", "consultation": "Hearing", "wait": "Wait", "window": "Voting time", "veto": "No veto",
    "objection": "No objection", "block": "No vote against", "approval": "Approval", "threshold": "Vote",
    "distinct": "Different hands", "quorum": "Quorum", "nothing": "Nothing more", "term": "Term",
}  # fmt: skip
_STOPS = {"veto": "if there is a veto", "objection": "if there is an objection", "block": "if one votes against"}
_GATES = ("approval", "threshold", "veto", "objection", "block", "quorum", "distinct")


def picture(subject: Subject, decision: Decision) -> Diagram:
    """The way of one decision."""
    found = _Way(subject, decision)
    found.draw(tuple(rows_of(decision, subject.rule(decision))))
    boxes, arrows = tuple(found.boxes), tuple(found.arrows)
    return Diagram(f"path-{slug(decision.name)}", f"The way of {decision.name}", described(boxes, arrows), boxes, arrows)


def described(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> str:
    """A picture in words: its boxes in order, each with those that follow it, or may follow."""
    number = {box.id: at for at, box in enumerate(boxes, 1)}
    said = []
    for box in boxes:
        said.append(english.sentence(f"{number[box.id]}. {box.label}" + (f": {box.note}" if box.note else "")))
        leaving = [arrow for arrow in arrows if arrow.start == box.id and arrow.end in number]
        plain = [_onward(arrow, number) for arrow in leaving if arrow.kind != "dashed"]
        if plain:
            said.append(f"Then {english.listed(plain, 'or')}.")
        said += [f"It may lead to {_onward(arrow, number)}." for arrow in leaving if arrow.kind == "dashed"]
    return " ".join(said)


def _onward(arrow: Arrow, number: dict[str, int]) -> str:
    return f"{number[arrow.end]}" + (f" ({arrow.label})" if arrow.label else "")


@dataclass(frozen=True, slots=True)
class _End:
    """Where a way has come to: its last box, and the time that passes before the next."""

    box: str
    time: str = ""


class _Way:
    """Draws boxes and arrows one after the other."""

    def __init__(self, subject: Subject, decision: Decision) -> None:
        self.subject, self.decision = subject, decision
        self.voice = subject.words.voice(decision.facts)
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []

    # ------------------------------------------------------------ boxes

    def box(
        self, label: str, note: str = "", kind: str = "step", citation: Citation | None = None, after: Iterable[_End] = ()
    ) -> _End:
        """One more box, and the arrows to it."""
        name = f"b{len(self.boxes) + 1}"
        place = self.subject.cite(citation) if citation is not None else None
        page, anchor = (place.page, place.anchor) if place is not None else ("", "")
        self.boxes.append(Box(name, label, note, kind, citation, page, anchor))
        self.arrows += [Arrow(end.box, name, end.time) for end in after]
        return _End(name)

    def aside(self, start: str, words: str, label: str, note: str, kind: str, citation: Citation | None) -> None:
        """A box beside the way, that may be come to."""
        end = self.box(label, note, kind, citation)
        self.arrows.append(Arrow(start, end.box, words, "dashed"))

    # ------------------------------------------------------------ the whole way

    def draw(self, rows: tuple[AuthorityRow, ...]) -> None:
        common = _shared([row.requires for row in rows if row.open])
        own = [_stage(tree) for row in rows for tree in row.requires if tree not in common]
        first = [tree for tree in common if not own or _stage(tree) < min(own)]
        last = [tree for tree in common if own and _stage(tree) > max(own)]
        proposers = [tree for tree in first if isinstance(tree, Leaf) and tree.kind == "proposer"]
        who = "; and ".join(self.voice.groups.who(group).text for group in rows[0].proposers)
        citation = proposers[0].citation if proposers else self.decision.citation
        end = self.box("Proposal", f"by {who}" if who and proposers else "", "start", citation)
        ends = self.chain(first, [end], _scope(rows[0]) if not own else None)
        done = [*first, *last]
        ends = self.parted(rows, 0, ends, done, _shared([row.after for row in rows if row.open]))
        ends = self.chain(last, ends, None)
        self.finish(rows, ends)

    def parted(
        self, rows: tuple[AuthorityRow, ...], depth: int, ends: list[_End], done: list[Tree], after: list[Tree]
    ) -> list[_End]:
        """The ways of several cases, from where they part."""
        if all(len(row.path) <= depth for row in rows):
            return self.case(rows[0], ends, done, after)
        turns: list[tuple[Turn, list[AuthorityRow]]] = []
        for row in rows:
            if turns and turns[-1][0] == row.path[depth]:
                turns[-1][1].append(row)
            else:
                turns.append((row.path[depth], [row]))
        label, note = "Which case?", "the first that fits"
        if turns[0][0].kind == "reading":
            label, note = "Which reading?", "until it is ruled on, all must allow it"
        choice = self.box(label, note, "choice", turns[0][0].branch.citation, ends)
        found: list[_End] = []
        for turn, inner in turns:
            tier = self.box(*self.turned(turn), "choice", turn.branch.citation, [choice])
            if turn.empty:
                self.box("Not possible", "no case fits", "bad", turn.branch.citation, [tier])
                continue
            found += self.parted(tuple(inner), depth + 1, [tier], done, after)
        return found

    def turned(self, turn: Turn) -> tuple[str, str]:
        """A tier or a reading in words."""
        label = turn.branch.label
        if turn.kind == "reading":
            return "Reading", label
        return ("When", label.removeprefix("when ")) if label.startswith("when ") else (english.sentence(label)[:-1], "")

    def case(self, row: AuthorityRow, ends: list[_End], done: list[Tree], after: list[Tree]) -> list[_End]:
        """The way of one case, up to where it meets the others."""
        ends = self.chain([tree for tree in row.requires if tree not in done], ends, _scope(row))
        own = [tree for tree in row.after if tree not in after]
        if not own:
            return ends
        return self.follows(own, [self.box("Taken", "", "step", row.citation, ends)])

    def finish(self, rows: tuple[AuthorityRow, ...], ends: list[_End]) -> None:
        """The decision, and what is counted from it."""
        open_ = [row for row in rows if row.open]
        if not ends:
            return
        after = _shared([row.after for row in open_])
        waits = [tree for tree in after if _kind(tree) not in ("lapse", "ratification")]
        met = any(tree not in after for row in open_ for tree in row.after)
        label = "Taken, and in effect" if met and not waits else "Taken"
        taken = self.box(label, "", "step" if waits else "good", self.decision.citation, ends)
        last = self.follows(waits, [taken])
        if waits:
            last = [self.box("In effect", "", "good", self.decision.citation, last)]
        self.follows([tree for tree in after if tree not in waits], last)
        for told in dict.fromkeys(told for row in open_ for told in row.informs):
            self.informed(told, taken.box, all(told in row.informs for row in open_))

    def informed(self, told: Notification, start: str, always: bool) -> None:
        if told.line is not None:
            who = self.voice.groups.who(told.line.group).text
            note = who if always else f"{who}, in some of the cases"
            self.aside(start, f"within {english.duration(told.line.within)}", "Informed", note, "aside", told.citation)

    # ------------------------------------------------------------ one requirement after the other

    def chain(self, trees: Iterable[Tree], ends: list[_End], scope: Scope | None) -> list[_End]:
        """Requirements in the order in which they usually come."""
        listed = sorted(_paired([tree for tree in trees if not _unsaid(tree)]), key=lambda pair: _stage(pair[0]))
        voted = any(_stage(tree) == _VOTES for tree, _ in listed)
        for tree, quorum in listed:
            if voted and _stage(tree) >= _VOTES and scope is not None:
                ends, voted = self.opened(scope, ends), False
            ends = self.required(tree, ends, quorum)
        return ends

    def required(self, tree: Tree, ends: list[_End], quorum: Tree | None = None) -> list[_End]:
        """A requirement as a box, or as a time that passes."""
        kind = _kind(tree)
        words = self.subject.words.brief(tree)
        if kind in ("wait", "standstill"):
            return [_End(end.box, f"{end.time}; {words}" if end.time else words) for end in ends]
        note = f"{words}; and {self.subject.words.brief(quorum)}" if quorum is not None else words
        look = "gate" if kind in _GATES else "step"
        end = self.box(_NAMES.get(kind, "Condition"), note, look, tree.citation, ends)
        if kind in _STOPS:
            unless = ", unless it is overridden" if isinstance(tree, AnyOf) and tree.override else ""
            self.aside(end.box, f"{_STOPS[kind]}{unless}", "Stopped", "", "bad", tree.citation)
        if kind == "notice":
            return [_End(end.box, _length(tree, "notice"))]
        return [end]

    def opened(self, scope: Scope, ends: list[_End]) -> list[_End]:
        """Voting opens, where the text says how long it is open."""
        if scope.open_for is None:
            return ends
        end = self.box("Voting opens", "", "step", self.subject.agreement.cite(scope.open_for), ends)
        return [_End(end.box, f"open for {english.duration(scope.open_for.duration)}")]

    def follows(self, trees: Iterable[Tree], ends: list[_End]) -> list[_End]:
        """What is counted from the decision."""
        for tree in trees:
            kind, words = _kind(tree), self.subject.words.brief(tree)
            if kind == "lapse":
                for end in ends:
                    self.aside(end.box, words, "Lapsed", "", "bad", tree.citation)
            elif kind == "ratification":
                start = ends[0].box
                ends = [self.box("Ratification", words, "gate", tree.citation, ends)]
                self.aside(start, "if it is not ratified in time", "Falls away", "", "bad", tree.citation)
            else:
                ends = self.required(tree, ends)
        return ends


def _shared(found: Sequence[tuple[Tree, ...]]) -> list[Tree]:
    """What all cases have, in its order."""
    return [tree for tree in found[0] if all(tree in other for other in found)] if found else []


def _paired(trees: list[Tree]) -> list[tuple[Tree, Tree | None]]:
    """Requirements, each vote with the quorum that stands before it."""
    found: list[tuple[Tree, Tree | None]] = []
    quorum: Tree | None = None
    for tree in trees:
        if _kind(tree) == "quorum":
            found += [(quorum, None)] if quorum is not None else []
            quorum = tree
        elif quorum is not None and _kind(tree) == "threshold":
            found.append((tree, quorum))
            quorum = None
        else:
            found.append((tree, None))
    return [*found, (quorum, None)] if quorum is not None else found


def _unsaid(tree: Tree) -> bool:
    """What every decision asks for, and the proposal that the way begins with."""
    return isinstance(tree, Leaf) and (tree.kind == "proposer" or tree.kind in ALWAYS)


def _kind(tree: Tree) -> str:
    """What a requirement is: its kind; of an alternative that of its votes, or of what it overrides."""
    if isinstance(tree, Leaf):
        return tree.kind
    kinds = [leaf.kind for leaf in leaves(tree)]
    if is_quorum(tree):
        return "quorum"
    if isinstance(tree, AnyOf) and tree.override:
        return kinds[0]
    return next((kind for kind in ("threshold", "approval") if kind in kinds), kinds[0] if kinds else "nothing")


def _stage(tree: Tree) -> int:
    """When a requirement usually comes. What is counted from the vote, the meeting or another act comes late."""
    kind = _kind(tree)
    anchors = [part for part in parts(tree.met) if isinstance(part, n.Anchor)] if isinstance(tree, Leaf) else []
    if kind in ("act", "wait", "objection", "veto") and any(each.kind in ("meeting", "closing", "act") for each in anchors):
        return _LATE
    if kind == "act" and any(isinstance(part, k.Acts) and part.rule.name == "second" for part in parts(tree)):
        return 1
    return _STAGES.get(kind, _VOTES)


def _scope(row: AuthorityRow) -> Scope | None:
    """How votes are taken in a case."""
    found: Iterator[Scope] = (leaf.electorate.scope for leaf in row.leaves() if leaf.electorate is not None)
    return next(found, None)


def _length(tree: Tree, anchor: str) -> str:
    """How long a period is that is counted from something."""
    for part in parts(tree):
        if isinstance(part, k.Deadline) and part.since.anchor.kind == anchor:
            return english.duration(part.duration)
    return ""
