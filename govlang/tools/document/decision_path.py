"""The way of a decision as a picture: from the proposal through notice, hearing, votes and vetoes to the decision and what follows.

In: a decision (or another right), lowered. Out: a `Diagram`. Each of its cases is a way of its own from where the ways part to
where they meet. What is required at the same time stands in the order in which it usually comes: the picture leaves nothing out,
and `description` says all of it in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from govlang.backends.words import english
from govlang.core import keys as k
from govlang.core.rules import AnyOf, Leaf, Notification, Pick, Readings, Tree, leaves, looked_at
from govlang.frozen import dataclass, once, parts
from govlang.model.nodes import Decision, Scope
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.document import authority_words
from govlang.tools.document.authority_rows import (
    ALWAYS,
    Turn,
    after_of,
    flat,
    is_quorum,
    proposer_groups,
    quorums,
    rows_of,
    turns,
)
from govlang.tools.document.blocks import Arrow, Box, Diagram
from govlang.tools.document.subject import Subject

# When a requirement usually comes, by its kind; votes come at 6.
_STAGES = {
    "proposer": 0, "notice": 2, "condition": 3, "decision": 3, "sharing": 3, "dispute": 3, "act": 4, "consultation": 5, "wait": 5,
    "window": 5, "veto": 7, "objection": 7, "block": 7,
}  # fmt: skip
_VOTES, _LATE = 6, 8
MOST = 40  # more boxes than this are no help
MEETING = 3  # more ways than this do not meet again
_NAMES = {
    "notice": "Notice", "condition": "Condition", "decision": "Other decision", "sharing": "Condition", "dispute": "Dispute",
    "act": "On record", "consultation": "Hearing", "wait": "Wait", "window": "Voting time", "veto": "No veto",
    "objection": "No objection", "block": "No vote against", "approval": "Approval", "threshold": "Vote",
    "distinct": "Different approvers", "quorum": "Quorum", "nothing": "Nothing more", "term": "Term",
}  # fmt: skip
_STOPS = {"veto": "if there is a veto", "objection": "if there is an objection", "block": "if one votes against"}
_GATES = ("approval", "threshold", "veto", "objection", "block", "quorum", "distinct")


def picture(subject: Subject, decision: Decision) -> Diagram:
    """The way of one decision."""
    found = _Way(subject, decision)
    found.draw()
    if len(found.boxes) > MOST:
        found = _Way(subject, decision, True)
        found.draw()
    boxes, arrows = tuple(found.boxes), tuple(found.arrows)
    key = subject.links.terms[decision.name][0].removeprefix("decision-")
    return Diagram(f"path-{key}", f"The way of {decision.name}", described(boxes, arrows), boxes, arrows)


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

    def __init__(self, subject: Subject, decision: Decision, short: bool = False) -> None:
        self.short = short  # cases within cases are one box each
        self.subject, self.right, self.rule = subject, decision, subject.rule(decision)
        self.voice = subject.words.voice(decision.facts)
        self.rows = tuple(row for row in rows_of(decision, self.rule) if row.open)
        self.after = _shared([row.after for row in self.rows])
        self.apart = _cases(self.rule.tree) > MEETING  # each way ends by itself, and what all ask for stands above
        self.said: set[str] = set()
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []

    # ------------------------------------------------------------ boxes

    def box(
        self,
        label: str,
        note: str = "",
        kind: str = "step",
        citation: Citation | None = None,
        after: Iterable[_End] = (),
    ) -> _End:
        """One more box, and the arrows to it."""
        name = f"b{len(self.boxes) + 1}"
        place = self.subject.cite(citation) if citation is not None else None
        where = (place.citation, place.page, place.anchor) if place is not None else (None, "", "")
        self.boxes.append(Box(name, label, note, kind, *where))
        self.arrows += [Arrow(end.box, name, end.time) for end in after]
        return _End(name)

    def aside(self, start: str, words: str, label: str, note: str, kind: str, citation: Citation | None) -> None:
        """A box beside the way, that may be come to."""
        end = self.box(label, note, kind, citation)
        self.arrows.append(Arrow(start, end.box, words, "dashed"))

    # ------------------------------------------------------------ the whole way

    def draw(self) -> None:
        """From the proposal to the decision and what is counted from it."""
        proposers = [leaf for leaf in leaves(self.rule.tree) if leaf.kind == "proposer"]
        who = "; and ".join(self.voice.groups.who(group).text for leaf in proposers for group in proposer_groups(leaf))
        citation = proposers[0].citation if proposers else self.rule.citation
        start = self.box("Proposal", f"by {who}" if who else "", "start", citation)
        ends = self.block(self.rule.tree, [start], (), True)
        after = self.after
        waits = [tree for tree in after if _kind(tree) not in ("lapse", "ratification")]
        if self.apart:
            if not after and not self.rule.notifications:
                return
            taken = self.box("Once taken", "in all cases", "step" if waits else "good", self.rule.citation)
        else:
            met = any(tree not in after for row in self.rows for tree in row.after)
            label = "Taken, and in effect" if met and not waits else "Taken"
            taken = self.box(label, "", "step" if waits else "good", self.rule.citation, ends)
        last = self.follows(waits, [taken])
        if waits:
            last = [self.box("In effect", "", "good", self.rule.citation, last)]
        self.follows([tree for tree in after if tree not in waits], last)
        for told in self.rule.notifications:
            self.informed(told, taken.box)

    def informed(self, told: Notification, start: str) -> None:
        who, time = authority_words.informed(self.subject, self.right, told)
        note = who if all(told in row.informs for row in self.rows) else f"{who}, in some of the cases"
        self.aside(start, time, "Informed", note, "aside", told.citation)

    def block(self, tree: Tree, ends: list[_End], path: tuple[Turn, ...], last: bool) -> list[_End]:
        """What stands in one block: its own requirements, and its tiers and readings one after the other. `last` says that the
        decision is taken where the block ends."""
        items = [item for item in flat(tree) if not _unsaid(item)]
        choices = [item for item in items if isinstance(item, Pick | Readings) and not is_quorum(item)]
        if self.short and path and choices:
            ends = [self.box("What it asks for", self.subject.words.brief(tree), "gate", choices[0].citation, ends)]
            return self.taken(ends, path) if last else ends
        own = [item for item in items if item not in choices]
        first = min((_stage(leaf) for choice in choices for leaf in leaves(choice)), default=_LATE)
        early = [item for item in own if self.apart or _stage(item) <= first]
        late = [item for item in own if item not in early]
        ends = self.chain(early, ends)
        for choice in choices:
            ends = self.parted(choice, ends, path, last and not late and choice is choices[-1])
        ends = self.chain(late, ends)
        return self.taken(ends, path) if last and (late or not choices) else ends

    def parted(self, tree: Pick | Readings, ends: list[_End], path: tuple[Turn, ...], last: bool) -> list[_End]:
        """The ways of several cases, from where they part to where they meet."""
        found = turns(tree)
        label, note = "Which case?", "the first that fits"
        if found[0].kind == "reading":
            label, note = "Which reading?", "until it is ruled on, all must allow it"
        choice = self.box(label, note, "choice", found[0].branch.citation, ends)
        onward: list[_End] = []
        for turn in found:
            tier = self.box(*self.turned(turn), "choice", turn.branch.citation, [choice])
            if turn.empty:
                self.box("Not possible", "no case fits", "bad", turn.branch.citation, [tier])
            else:
                onward += self.block(turn.branch.tree, [tier], (*path, turn), last)
        return onward

    def turned(self, turn: Turn) -> tuple[str, str]:
        """A tier or a reading: how it is called, and what it is."""
        if turn.kind == "reading":
            return "Reading", turn.branch.label
        words = authority_words.turned(self.subject, self.right, turn)
        return ("If", words.removeprefix("if ")) if words.startswith("if ") else (english.sentence(words)[:-1], "")

    def taken(self, ends: list[_End], path: tuple[Turn, ...]) -> list[_End]:
        """Where the decision is taken in one case: what is counted from it in this case alone."""
        own = [tree for tree in flat(after_of(self.rule.after, path)) if tree not in self.after]
        if own:
            ends = self.follows(own, [self.box("Taken", "", "step", self.rule.citation, ends)])
        if not self.apart:
            return ends
        self.box("In effect" if own else "Taken", "", "good", self.rule.citation, ends)
        return []

    # ------------------------------------------------------------ one requirement after the other

    def chain(self, trees: Iterable[Tree], ends: list[_End]) -> list[_End]:
        """Requirements in the order in which they usually come."""
        listed = sorted(_paired(list(trees)), key=lambda pair: _stage(pair[0]))
        voted = any(_stage(tree) == _VOTES for tree, _ in listed)
        for tree, quorum in listed:
            if voted and _stage(tree) >= _VOTES:
                ends, voted = self.opened(_scope(tree), ends), False
            ends = self.required(tree, ends, quorum)
        return ends

    def required(self, tree: Tree, ends: list[_End], quorum: Tree | None = None) -> list[_End]:
        """A requirement as a box, or as a time that passes."""
        kind = _kind(tree)
        words = authority_words.briefly(self.subject, tree)
        if kind in ("wait", "standstill"):
            return [_End(end.box, f"{end.time}; {words}" if end.time else words) for end in ends]
        note = "; and ".join([words, *self.quorums(tree, quorum)])
        look = "gate" if kind in _GATES else "step"
        end = self.box(_NAMES.get(kind, "Condition"), note, look, tree.citation, ends)
        if kind in _STOPS and not self.apart:
            unless = ", unless it is overridden" if isinstance(tree, AnyOf) and tree.override else ""
            self.aside(end.box, f"{_STOPS[kind]}{unless}", "Stopped", "", "bad", tree.citation)
        if kind == "notice":
            return [_End(end.box, _length(tree, "notice"))]
        return [end]

    def quorums(self, tree: Tree, quorum: Tree | None) -> list[str]:
        """The quorums of a vote, each said once in a picture where it belongs to one of several ways."""
        if quorum is not None:
            found = [self.subject.words.brief(quorum)]
        else:
            found = [said for each in quorums(tree) if (said := self.subject.words.brief(each)) not in self.said]
        self.said.update(found)
        return list(dict.fromkeys(found))

    def opened(self, scope: Scope | None, ends: list[_End]) -> list[_End]:
        """Voting opens, where the text says how long it is open."""
        if scope is None or scope.open_for is None:
            return ends
        end = self.box("Voting opens", "", "step", self.subject.agreement.cite(scope.open_for), ends)
        return [_End(end.box, f"open for {english.duration(scope.open_for.duration)}")]

    def follows(self, trees: Iterable[Tree], ends: list[_End]) -> list[_End]:
        """What is counted from the decision."""
        for tree in trees:
            kind, words = _kind(tree), self.subject.words.brief(tree)
            if kind == "lapse":
                for end in ends:
                    self.aside(
                        end.box, f"unless {words.removesuffix(', or it lapses')}", "Lapsed", "", "bad", tree.citation
                    )
            elif kind == "ratification":
                start = ends[0].box
                note = words.removesuffix(", or it falls away")
                ends = [self.box("Ratification", note, "gate", tree.citation, ends)]
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
    """What every decision asks for, the proposal that the way begins with, and a line that asks for nothing."""
    return isinstance(tree, Leaf) and tree.kind in (*ALWAYS, "proposer", "nothing")


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
    anchors = _anchors(tree) if isinstance(tree, Leaf) else ()
    if kind in ("act", "wait", "objection", "veto") and any(
        each.kind in ("meeting", "closing", "act") for each in anchors
    ):
        return _LATE
    keys = (key for leaf in leaves(tree) for key in looked_at(leaf))
    if kind == "act" and any(isinstance(key, k.Acts) and key.rule.name == "second" for key in keys):
        return 1
    return _STAGES.get(kind, _VOTES)


@once
def _anchors(leaf: Leaf) -> tuple[n.Anchor, ...]:
    """What the periods of a requirement are counted from."""
    return tuple(part for part in parts(looked_at(leaf)) if isinstance(part, n.Anchor))


def _scope(tree: Tree) -> Scope | None:
    """How the votes of a requirement are taken."""
    found: Iterator[Scope] = (leaf.electorate.scope for leaf in leaves(tree) if leaf.electorate is not None)
    return next(found, None)


def _cases(tree: Tree) -> int:
    """In how many ways the last choice of a tree goes on."""
    choices = [item for item in flat(tree) if isinstance(item, Pick | Readings) and not is_quorum(item)]
    return sum(_cases(turn.branch.tree) for turn in turns(choices[-1])) if choices else 1


def _length(tree: Tree, anchor: str) -> str:
    """How long a period is that is counted from something."""
    for part in parts(tuple(key for leaf in leaves(tree) for key in looked_at(leaf))):
        if isinstance(part, k.Deadline) and part.since.anchor.kind == anchor:
            return english.duration(part.duration)
    return ""
