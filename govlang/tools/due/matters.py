"""Open proposals: what is missing from whom by when; decisions taken that have to be ratified or carried out; open disputes.

In: the record's proposals and disputes at an instant. Out: `DueItem`s. Nobody is in breach by not voting, so none of these is ever
overdue: what a decision lacks when its time is over is a matter for `decide`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from govlang.backends import why
from govlang.backends.answers import Item, Missing
from govlang.core import keys as k
from govlang.core.expr import Fact
from govlang.core.rules import Leaf, leaves
from govlang.core.verdict import State, Verdict, evaluate
from govlang.frozen import parts
from govlang.record import dispute_states, disputes
from govlang.record.effects import CARRIED_OUT
from govlang.record.entries import Proposal
from govlang.record.judge import Judged
from govlang.syntax import nodes as n
from govlang.tools.due.items import Asked, DueItem, day_before, identity, joined
from govlang.tools.due.people import owners

# What the list calls a requirement, by the kind of its leaf; ballots are a vote whatever they are asked for.
_KINDS = {
    "notice": "notice", "window": "vote", "veto": "objection", "objection": "objection", "consultation": "consultation",
    "standstill": "standstill", "ratification": "ratification",
}  # fmt: skip
_NOT_SHOWN = ("term", "withdrawn")


def items(asked: Asked) -> Iterator[DueItem]:
    """What every open matter waits for."""
    history = asked.history
    requests = {id(each) for each in history.requests}
    for proposal in history.proposals.values():
        if proposal.at.start > asked.now or disputes.ladder_of(history, proposal) is not None:
            continue
        if id(proposal) in requests:
            yield from _request(asked, proposal)
            continue
        verdict = asked.judge.verdict(proposal, asked.now)
        if verdict not in (Verdict.PENDING, Verdict.PERMITTED):
            continue
        judged = asked.judge.judge(proposal, asked.now)
        if verdict is Verdict.PENDING and not _carried_out(proposal, asked.now):  # too early: that is for the audit
            yield from _open(asked, proposal, judged)
        yield from _taken(asked, proposal, judged)
    yield from _disputes(asked)


# ------------------------------------------------------------ what is missing


def _open(asked: Asked, proposal: Proposal, judged: Judged) -> Iterator[DueItem]:
    if judged.tree is None:
        return
    by_id = {leaf.id: leaf for leaf in leaves(judged.tree)}
    yield from _each(asked, proposal, why.explain(judged.tree, judged.row), by_id)


def _request(asked: Asked, matter: Proposal) -> Iterator[DueItem]:
    """What a request for access, or another question about an asset that is on record, waits for."""
    from govlang.tools import may

    if asked.loaded is None:
        return
    answer = may.about(asked.loaded, asked.history, matter, asked.now)
    if answer.verdict is Verdict.PENDING and answer.requirement is not None:
        yield from _each(asked, matter, answer.requirement, {})


def _each(asked: Asked, proposal: Proposal, whole: Item, by_id: dict[str, Leaf]) -> Iterator[DueItem]:
    """One item for each thing that is missing."""
    seen: dict[str, int] = {}
    for item in why.flatten(whole, State.OPEN):
        if item.kind in _NOT_SHOWN:
            continue
        for missing in item.missing:
            part = f"{item.id or item.label} {missing.kind}"
            seen[part] = seen.get(part, 0) + 1
            found = _missing(asked, proposal, item, missing, by_id.get(item.id), f"{part} {seen[part]}")
            if found.over is None or found.over <= asked.until:
                yield found


def _missing(
    asked: Asked, proposal: Proposal, item: Item, missing: Missing, leaf: Leaf | None, part: str
) -> DueItem:  # fmt: skip
    found = missing.until is not None and missing.until > asked.now
    kind = _KINDS.get(item.kind, "vote" if missing.kind in ("ballots", "silence") else "requirement")
    determined = _determined_by(asked, proposal, leaf) if missing.kind == "record" and item.kind not in _KINDS else []
    kind = "finding" if determined else kind
    names = list(missing.who) or determined or _asked_of(asked, proposal, leaf, item.kind) or _owners_asked(proposal)
    verb = {"time": "waits for", "withdrawal": "waits for"}.get(missing.kind, "needs")
    to_do = f"{proposal.id} {verb} {missing.text}"
    if missing.kind == "silence":  # nobody has to vote: what is due is a refusal, if there is to be one
        to_do = f"last day to refuse {proposal.id}: {missing.text}" if found else f"refuse {proposal.id}, or: {missing.text}"
    return DueItem(
        identity(kind, proposal.id, part), kind, proposal.decision, to_do, "open", item.citation,
        asked.now, owners(asked.history, names, asked.now), proposal.id, proposal.at.start, missing.until if found else None,
    )  # fmt: skip


def _owners_asked(matter: Proposal) -> list[str]:
    """Those whose asset a request is about, without whoever asks."""
    found = matter.facts.get("owner")
    return [name for name in found if name != matter.facts.get("user")] if isinstance(found, tuple) else []


def _asked_of(asked: Asked, proposal: Proposal, leaf: Leaf | None, kind: str) -> list[str]:
    """Who may object, advise or record an act, where the requirement names them."""
    if leaf is None or kind in ("condition", "standstill", "notice"):
        return []
    for part in parts(leaf.met):
        group = part.rule.group if isinstance(part, k.Blocks) else part.group if isinstance(part, k.Advised) else (
            part.rule.by if isinstance(part, k.Acts) else None)  # fmt: skip
        if isinstance(group, n.Group):
            return list(asked.history.electors(group, asked.now, proposal))
    return []


def _determined_by(asked: Asked, proposal: Proposal, leaf: Leaf | None) -> list[str]:
    """Who has to find a fact that a requirement looks at."""
    right = asked.history.agreement.right(proposal.decision)
    if leaf is None or right is None:
        return []
    found: list[str] = []
    for part in parts(leaf.met):
        given = right.facts.get(part.name) if isinstance(part, k.Given) else None
        if given is not None and given.determined_by is not None and given.name not in proposal.facts:
            group = n.Group((given.determined_by,))
            found.extend(asked.history.electors(group, asked.now, proposal))
    return list(dict.fromkeys(found))


# ------------------------------------------------------------ decisions taken


def _taken(asked: Asked, proposal: Proposal, judged: Judged) -> Iterator[DueItem]:
    """Ratification that is awaited, and the day on which a decision lapses that nobody carried out."""
    if judged.rule is None:
        return
    for leaf in leaves(judged.rule.after):
        if leaf.kind not in ("lapse", "ratification"):
            continue
        over = _end(leaf, judged)
        if over is None or not asked.soon(over):
            continue
        if leaf.kind == "lapse" and _carried_out(proposal, asked.now):
            continue
        wants = why.relevant(leaf, judged.row)
        if leaf.kind == "ratification" and not wants:
            continue
        to_do = f"{proposal.id} needs {wants[0].phrase}" if wants else f"carry out {proposal.id}, or it lapses"
        yield DueItem(
            identity(leaf.kind, proposal.id, leaf.id), leaf.kind, proposal.decision, to_do, "taken", leaf.citation, asked.now,
            owners(asked.history, proposal.by_now(asked.now), asked.now), proposal.id, judged.decided, over,
        )  # fmt: skip


def _end(leaf: Leaf, judged: Judged) -> datetime | None:
    """The first instant too late: the deadline that the leaf is measured by."""
    for part in parts(leaf.met):
        if isinstance(part, Fact) and isinstance(part.key, k.Deadline):
            value = evaluate(part, judged.row)
            if isinstance(value, datetime):
                return value
    return None


def _carried_out(proposal: Proposal, now: datetime) -> bool:
    return any(event.kind == "act" and event.word == CARRIED_OUT and event.at.start <= now for event in proposal.events)


# ------------------------------------------------------------ disputes


def _disputes(asked: Asked) -> Iterator[DueItem]:
    for state in dispute_states.states(asked.judge, asked.now):
        if not state.open:
            continue
        over = state.until
        out = over is not None and over <= asked.now
        if over is not None and not out and not asked.soon(over):
            continue
        onward = tuple(_onward(state))
        notes = (f"its time was over on {day_before(over)}", *onward) if out and over is not None else onward
        yield DueItem(
            identity("dispute", state.id, state.step, f"{state.since:%Y-%m-%d %H:%M}"), "dispute", state.ladder,
            f"{state.id} is at {state.step}: settle it, or take it further", state.step, state.citation, asked.now,
            owners(asked.history, (*state.parties, *state.against), asked.now), state.id, state.since, None if out else over,
            notes=notes,
        )  # fmt: skip


def _onward(state: dispute_states.DisputeState) -> Iterator[str]:
    for step in state.onward:
        if step.verdict is Verdict.PERMITTED:
            yield f"{joined(step.by, 'or')} may take it to {step.step}"
