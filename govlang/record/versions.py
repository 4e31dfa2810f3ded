"""What became of each amendment: whether it was adopted, by what and when, and whether it is in effect.

In: the rules and a history, an instant. Out: one `AmendmentState` for each amendment, in order of effect. An amendment is
judged by the old rule: the proposal that adopts it is judged by the text in force before it, as at the last instant of that
text. The text has effect from its day on whether or not it was adopted; that it was not is a finding, and every answer says
so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from govlang.core.verdict import Verdict
from govlang.frozen import dataclass
from govlang.model.versions import Version, ordered_amendments, stale
from govlang.record.history import Proposal
from govlang.record.judge import Judge, Judged
from govlang.source import Citation
from govlang.syntax import nodes as n

_BECAUSE = {
    Verdict.PENDING: "was not decided by then",
    Verdict.DENIED: "was denied",
    Verdict.SILENT: "is about something that no clause governs",
}


@dataclass(frozen=True, slots=True)
class AmendmentState:
    """An amendment at an instant.

    `state` is adopted (and not yet in effect), effective, awaiting (not yet adopted, and not yet in effect), not adopted
    (in effect and the decision is lacking), or stale (written against another version, so it changes nothing). `decided` is
    when the proposal was decided, `late` that it was decided only after the effect; `reason` says what is lacking.
    `version` is the version that it makes.
    """

    name: str
    state: str
    version: str
    since: datetime | None
    decision: str
    proposal: str
    adopted: bool
    decided: datetime | None
    late: bool
    reason: str
    citation: Citation


def amendments(judge: Judge, now: datetime) -> tuple[AmendmentState, ...]:
    """The state of every amendment at an instant."""
    history = judge.history
    if not history.texts:
        return ()
    base = history.texts[0].agreement
    places = {version.name: place for place, version in enumerate(history.texts) if place}
    found: list[AmendmentState] = []
    for item in ordered_amendments(base):
        name = item.name.text
        citation = base.layout.citation(item.span, f"amendment {name}")
        if name in places:
            found.append(_state(judge, places[name], now, citation))
        elif name in stale(base):
            found.append(_stale(item, citation))
    return tuple(found)


def _stale(item: n.Amendment, citation: Citation) -> AmendmentState:
    assert item.makes is not None and item.decision is not None and item.proposal is not None and item.since is not None
    return AmendmentState(
        item.name.text, "stale", str(item.makes.value), item.since.start, item.decision.text, item.proposal.text, False, None,
        False, "it is written against another version", citation,
    )  # fmt: skip


def _state(judge: Judge, place: int, now: datetime, citation: Citation) -> AmendmentState:
    version = judge.history.texts[place]
    item = version.amendment
    assert item is not None and item.decision is not None and item.proposal is not None
    effective = version.start <= now
    judged, reason = _adoption(judge, place, now)
    adopted = judged is not None and judged.verdict is Verdict.PERMITTED
    late = False
    decided = _decided(judge, judged, place) if adopted else None
    if not adopted and effective and judged is not None:
        after = judge.judge_under(place - 1, judge.history.proposals[item.proposal.text], now)
        late = after.verdict is Verdict.PERMITTED
        decided = _decided(judge, after, place) if late else None
    state = ("effective" if effective else "adopted") if adopted else "not adopted" if effective else "awaiting"
    if late and decided is not None:
        reason = f"{item.proposal.text} was decided on {decided:%Y-%m-%d}, after the amendment took effect"
    return AmendmentState(
        version.name, state, version.number, version.start, item.decision.text, item.proposal.text, adopted, decided,
        late, "" if adopted else reason, citation,
    )  # fmt: skip


def _adoption(judge: Judge, place: int, now: datetime) -> tuple[Judged | None, str]:
    """The proposal that adopts an amendment, judged by the old text as at its last instant (or now, before that)."""
    version = judge.history.texts[place]
    assert version.amendment is not None and version.amendment.decision is not None
    assert version.amendment.proposal is not None
    name, decision = version.amendment.proposal.text, version.amendment.decision.text
    proposal = judge.history.proposals.get(name)
    at = min(now, version.start - timedelta(seconds=1))
    if proposal is None:
        return None, f"nothing called {name} is on record"
    if proposal.decision != decision:
        return None, f"{name} is about {proposal.decision}, not {decision}"
    if proposal.at.start > at:
        if at < now:
            return judge.judge_under(place - 1, proposal, at), f"{name} was proposed only on {proposal.at}"
        return None, f"{name} is proposed only on {proposal.at}"
    judged = judge.judge_under(place - 1, proposal, at)
    if judged.verdict is Verdict.PENDING and at == now:
        return judged, f"{name} is not decided yet"
    return judged, f"{name} {_BECAUSE.get(judged.verdict, '')}"


def _decided(judge: Judge, judged: Judged | None, place: int) -> datetime | None:
    if judged is None or judged.rule is None:
        return None
    row = judged.row
    return judge.decided(judged.rule, row.proposal, row.now, judge.history.under(place - 1))


def notes(judge: Judge, proposal: Proposal, governing: Version | None, now: datetime) -> Iterator[str]:
    """What an answer says about the text that it rests on: nothing for an agreement that is never amended."""
    history = judge.history
    if governing is None:
        return
    current = history.texts[history.place(now)]
    adopts = history.adopts(proposal)
    if governing is not current and adopts is not None and history.texts[adopts].start <= now:
        yield (
            f"judged by version {governing.number}, the text before {history.texts[adopts].name}, which it adopts: "
            "no amendment decides on its own adoption"
        )
    elif governing is not current:
        following = history.texts[history.texts.index(governing) + 1]
        yield (
            f"judged by version {governing.number}, the text in force when it was settled; "
            f"{following.name} is in effect since {following.since} and does not change that"
        )
    elif governing.amendment is not None:
        yield f"judged by version {governing.number}, as {governing.name} made it with effect from {governing.since}"
    for state in amendments(judge, now):
        if state.state == "not adopted" and state.since is not None:
            yield (
                f"{state.name} is in effect since {state.since:%Y-%m-%d}, and it was not adopted by {state.decision}: "
                f"{state.reason} ({state.citation.label()})"
            )
