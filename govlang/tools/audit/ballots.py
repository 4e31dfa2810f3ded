"""Votes, vetoes, objections and recorded acts that count for nothing, and why.

In: a matter with what was cast, raised and recorded on it. Out: GL609 (a vote by one who may not vote), GL610 (before or after
voting), GL611 (a second vote, where votes are final), GL612 (a veto or an objection that is void), GL613 (a late one), GL614
(an act that is late, or by one who may not). The counting is that of the row; nothing is counted here. What counts somewhere
in the decision counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.core import keys as k
from govlang.core.rules import Leaf, Rule, leaves
from govlang.record.count import Count, Ignored
from govlang.record.facts import Row
from govlang.record.stated import applicable
from govlang.syntax import nodes as n
from govlang.tools.audit.context import Context, Matter
from govlang.tools.audit.finding import Departure

_STANDS = ("standing", "undetermined", "withdrawn")
_TIMES = ("it was cast before", "it was cast after")
_FINAL = ("has already voted", "a vote is final once cast")
_RIGHT = {
    "GL609": "to leave the vote to those who may cast it",
    "GL610": "to vote while voting is open",
    "GL611": "to vote once: the first vote stands",
    "GL612": "a veto or an objection by one who may raise it, as the clause asks for it",
    "GL613": "to raise it within its time",
    "GL614": "the act by those whom the clause names, within its time",
}


Governing = list[tuple[Rule, Row]]


def findings(context: Context, matter: Matter) -> Iterator[Departure]:
    """What counts for nothing on one matter, in the order of the record."""
    if not matter.kinds & {"ballot", "withdraw", "veto", "objection", "act"}:
        return
    governing = matter.governing(matter.end)
    if not governing:
        return
    found = [*_ballots(context, matter, governing), *_blocks(context, matter, governing), *_acts(context, matter, governing)]
    yield from sorted(found, key=lambda item: (item.at.start, item.span.start))


def _leaves(governing: Governing) -> Iterator[tuple[Leaf, Row]]:
    """The requirements that apply, of every rule that governs."""
    for rule, row in governing:
        for leaf in applicable(rule.tree, row):
            yield leaf, row


# ---------------------------------------------------------------- votes


def _ballots(context: Context, matter: Matter, governing: Governing) -> Iterator[Departure]:
    if not matter.kinds & {"ballot", "withdraw"}:
        return
    for deed, by, leaf, item in _ignored(context, matter, governing):
        if context.place(deed) in context.flagged:
            continue
        at = deed.at.end
        if at < matter.end and not any(
            deed is other and by == who for other, who, _, _ in _ignored(context, matter, matter.governing(at))
        ):
            continue  # it counted when it was cast
        code = "GL610" if item.reason.startswith(_TIMES) else "GL611" if any(word in item.reason for word in _FINAL) else "GL609"
        what = f"the vote of {by} on {matter.proposal.id} counts for nothing: {item.reason}"
        yield context.departure(code, deed, what, _RIGHT[code], leaf.citation, matter.proposal.id, who=(by,))


def _ignored(context: Context, matter: Matter, governing: Governing) -> list[tuple[n.Deed, str, Leaf, Ignored]]:
    """Ballots of this matter that no requirement counts, each with the first requirement that leaves it out. Who votes in another
    tier of the decision is no outsider."""
    own: set[int] = set()
    ignored: dict[tuple[int, str], tuple[n.Deed, str, Leaf, Ignored]] = {}
    counted: set[tuple[int, str]] = set()
    for rule, row in governing:
        for leaf in applicable(rule.tree, row):
            for who in context.electorates(leaf):
                count = row.count(who)
                counted |= {(id(ballot.deed), ballot.by) for ballot in count.ballots.values()}
                own = own or {id(event) for event in matter.proposal.events}
                for item in count.ignored:
                    elsewhere = bool(item.outsider) and _takes_part(context, rule, row, item.outsider)
                    if id(item.deed) in own and not elsewhere and not _repeats(count, item):
                        ignored.setdefault((id(item.deed), item.by), (item.deed, item.by, leaf, item))
    return [found for key, found in ignored.items() if key not in counted]


def _repeats(count: Count, item: Ignored) -> bool:
    """Whether a ballot only says again what somebody else has validly said for the same elector: a party after its Director."""
    ballot = count.ballots.get(item.by)
    return ballot is not None and ballot.by != item.by and ballot.choice == item.deed.choice


def _takes_part(context: Context, rule: Rule, row: Row, elector: str) -> bool:
    """Whether somebody votes, or is recused, anywhere in a decision."""
    counts = (row.count(who) for who in context.electorates(rule.tree))
    return any(elector in count.electors or elector in count.recused for count in counts)


# ---------------------------------------------------------------- vetoes and objections


def _blocks(context: Context, matter: Matter, governing: Governing) -> Iterator[Departure]:
    """Vetoes and objections that stand under no requirement."""
    if not matter.kinds & {"veto", "objection"}:
        return
    states: dict[tuple[int, str], list[tuple[str, n.Deed, Leaf]]] = {}
    for leaf, row in _leaves(governing):
        for key in leaf.evidence:
            if isinstance(key, k.Blocks):
                for single, state in row.blocks(key.rule, key.scope):
                    deed = _recorded(matter, single)
                    if deed.kind in ("veto", "objection"):
                        who = single.actors[0].text if single.actors else ""
                        states.setdefault((id(deed), who), []).append((state, deed, leaf))
    for (_, who), found in states.items():
        if any(state in _STANDS or state.startswith("over") for state, _, _ in found):
            continue
        state, deed, leaf = found[0]
        code = "GL613" if state.startswith("late") else "GL612"
        what = f"the {deed.kind} of {who} against {matter.proposal.id} counts for nothing: {state}"
        if context.place(deed) not in context.flagged:
            yield context.departure(code, deed, what, _RIGHT[code], leaf.citation, matter.proposal.id, who=(who,))
    yield from _unheard(context, matter, governing)


def _recorded(matter: Matter, single: n.Deed) -> n.Deed:
    """The event of which one actor's part was looked at."""
    same = (event for event in matter.proposal.events if event.span == single.span and event.kind == single.kind)
    return next((event for event in same if event.at == single.at and set(single.actors) <= set(event.actors)), single)


def _unheard(context: Context, matter: Matter, governing: Governing) -> Iterator[Departure]:
    """Vetoes and objections that nothing in the decision asks about."""
    asked = {
        key.rule.kind for rule, _ in governing for leaf in leaves(rule.tree) for key in leaf.evidence
        if isinstance(key, k.Blocks)
    }  # fmt: skip
    rule = governing[0][0]
    for event in matter.proposal.events:
        if event.kind in ("veto", "objection") and event.kind not in asked and event.at.start <= context.now:
            by = tuple(actor.text for actor in event.actors)
            noun = "a veto" if event.kind == "veto" else "an objection"
            what = (f"the {event.kind} of {', '.join(by)} against {matter.proposal.id} counts for nothing: "
                    f"{rule.decision} cannot be stopped by {noun}")  # fmt: skip
            if context.place(event) not in context.flagged:
                yield context.departure("GL612", event, what, f"to vote, or to raise a dispute: {noun} has no place here",
                                        rule.citation, matter.proposal.id, who=by)  # fmt: skip


# ---------------------------------------------------------------- acts


def _acts(context: Context, matter: Matter, governing: Governing) -> Iterator[Departure]:
    """Recorded acts that a requirement asks for, and that count for none."""
    if "act" not in matter.kinds:
        return
    states: dict[int, list[tuple[str, n.Deed, Leaf]]] = {}
    for leaf, row in _leaves(governing):
        for key in leaf.evidence:
            if isinstance(key, k.Acts):
                for deed, _, reason in row.act_events(key.rule, key.scope):
                    states.setdefault(id(deed), []).append((reason, deed, leaf))
    for found in states.values():
        if all(reason for reason, _, _ in found):
            reason, deed, leaf = found[0]
            what = f"{deed.word} recorded on {matter.proposal.id} counts for nothing: {reason}"
            if context.place(deed) not in context.flagged:
                yield context.departure("GL614", deed, what, _RIGHT["GL614"], leaf.citation, matter.proposal.id)
