"""What was done after the agreement had ended, by those who had left it, or by a body that was not there.

In: the events of the record. Out: GL670 (after the end), GL671 (by one who had left), GL672 (a meeting of a body that the text of
that day does not know). What survives the end is left alone: decisions that say so, duties that say so, disputes, licences.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.frozen import replace
from govlang.model.nodes import Kind
from govlang.record import calendar, lifecycle
from govlang.record.lifecycle import Ended
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.audit.context import Context
from govlang.tools.audit.finding import Departure

_GOVERNING = frozenset((
    "appoint", "remove", "resign", "join", "leave", "meeting", "delegate", "proxy", "propose", "ballot", "veto", "objection",
    "open", "close", "extend", "restart", "join-agreement", "measure", "has",
))  # fmt: skip
_AS_PARTY = frozenset(("propose", "ballot", "veto", "objection", "appoint", "remove", "delegate", "proxy", "exercise"))
_IN_VOTE = ("ballot", "veto", "objection", "open", "close", "extend", "restart")


def findings(context: Context) -> Iterator[Departure]:
    """Each event that came too late, once."""
    ended = lifecycle.ended_at(context.history, context.now)
    left = {name: items for name, items in context.history.life.parties.items() if any(not item.holds for item in items)}
    if ended is None and not left and not context.history.texts:
        return
    for entry in context.entries:
        kind = entry.deed.kind
        if kind not in _GOVERNING and kind not in _AS_PARTY:
            continue
        deed = replace(entry.deed, at=calendar.localise(entry.deed.at, context.header))
        if ended is not None and deed.at.start > ended.at.end and not _survives(context, deed):
            yield _after_the_end(context, deed, ended)
        elif left and kind in _AS_PARTY and (gone := _gone(context, deed)):
            yield _after_leaving(context, deed, gone)
        elif kind == "meeting" and (name := _no_such_body(context, deed)):
            what = f"a meeting of {name} was held on {deed.at}, when the text did not know it"
            yield context.departure("GL672", deed, what, "a meeting of a body that there is on that day", Citation(""), name)


def _after_the_end(context: Context, deed: n.Deed, ended: Ended) -> Departure:
    who = ", ".join(actor.text for actor in deed.actors) or "somebody"
    what = f"{who} acted under the agreement after it had ended on {ended.at} ({ended.reason})"
    return context.departure("GL670", deed, what, "an extension, or a renewal, before the end", ended.citation)


def _survives(context: Context, deed: n.Deed) -> bool:
    """Whether an event belongs to a part of the agreement that survives its end: a decision or review that says so, a matter that
    was put forward after the end (reported there, once), or a dispute."""
    history, at = context.history, deed.at.start
    agreement = history.in_force(at)
    if deed.kind == "propose":
        matter = history.proposals.get(deed.target.text if deed.target is not None else "")
        return matter is None or context.judge.judge(matter, deed.at.end).tree is None or _in_term(context, deed)
    if deed.kind in _IN_VOTE:
        matter = history.proposals.get(deed.target.text if deed.target is not None else "")
        ended = lifecycle.ended_at(history, context.now)
        late = matter is not None and ended is not None and matter.at.start > ended.at.end
        return matter is None or late or matter.decision not in agreement.decisions or _in_term(context, deed)
    if deed.kind == "meeting" and deed.other is not None:
        norm = agreement.norms.get(deed.other.text)
        return norm is not None and norm.survives is not None
    return deed.kind == "has" or any(_keeps_offices(context, name) for name in _names(deed))


def _names(deed: n.Deed) -> tuple[str, ...]:
    return (deed.target.text,) if deed.target is not None else ()


def _keeps_offices(context: Context, name: str) -> bool:
    """Offices live on where some decision survives the end: somebody must take it."""
    return name != "" and any(
        isinstance(line, n.SurvivesEnd)
        for decision in context.history.agreement.decisions.values()
        for line in decision.block.statements
    )


def _in_term(context: Context, deed: n.Deed) -> bool:
    """Whether the decision itself still runs, as its own requirement on the term says."""
    from govlang.core.rules import leaves
    from govlang.core.verdict import State, state

    matter = context.history.proposals[deed.target.text if deed.target is not None else ""]
    judged = context.judge.judge(matter, deed.at.end)
    if judged.tree is None:
        return True
    return all(state(leaf, judged.row) is not State.FAILED for leaf in leaves(judged.tree) if leaf.kind == "term")


# ---------------------------------------------------------------- those who left


def _gone(context: Context, deed: n.Deed) -> str:
    """The party for which somebody acted, and which had left by then. Who still holds an office acts in that."""
    history, at = context.history, deed.at.start
    for actor in deed.actors:
        tenures = history.tenures.held_by(actor.text)
        if any(tenure.holds(at) for tenure in tenures):
            continue
        own = history.agreement.kind_of(actor.text) is Kind.PARTY
        stood_for = [actor.text] if own else [history.party_of(actor.text), *(tenure.party for tenure in tenures)]
        for party in dict.fromkeys(name for name in stood_for if name):
            standing = lifecycle.left(history, party, at)
            if standing is not None and standing.since < deed.at.end:
                return party
    return ""


def _after_leaving(context: Context, deed: n.Deed, party: str) -> Departure:
    standing = lifecycle.left(context.history, party, deed.at.start)
    since = f"{standing.since:%Y-%m-%d}" if standing is not None else ""
    who = ", ".join(actor.text for actor in deed.actors)
    what = f"{who} acted for {party}, which had left on {since}"
    if standing is not None:
        what += f" ({standing.reason})"
    citation = standing.citation if standing is not None else Citation("")
    return replace(context.departure("GL671", deed, what, "an act by a party of the agreement", citation), parties=(party,))


def _no_such_body(context: Context, deed: n.Deed) -> str:
    name = deed.other.text if deed.other is not None else ""
    history = context.history
    if not history.texts or deed.other is None:
        return ""
    kind = history.in_force(deed.at.start).kind_of(name)
    return "" if kind in (Kind.BODY, Kind.REVIEW) or history.kind_in_any(name) is None else name
