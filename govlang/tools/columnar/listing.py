"""The columns that the logs of an agreement may have: those of votes, which every log understands, and those of counts.

In: an agreement, perhaps one decision. Out: columns with their types and what each says; of those of votes, whether a log has to
have them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from govlang.frozen import dataclass
from govlang.model.nodes import Agreement
from govlang.model.values import describe
from govlang.pipeline import Loaded
from govlang.record.history import History
from govlang.tools.columnar.lacking import asks_proposer, counts_votes
from govlang.tools.columnar.plans import Plans
from govlang.tools.questions import NoAnswer

_NEEDED = ("decision", "decided")
_BEFORE = (
    ("decision", "text", "what was decided, by its name in the agreement"),
    ("decided", "instant", "the day on which it was taken, or the instant"),
    ("id", "text", "any name; it comes out again"),
    ("taken", "yesno", "it was acted upon; yes, if left out"),
    ("proposed", "instant", "when it was proposed; on the day decided, if left out"),
    ("proposed_by", "names", "who proposed it"),
)
_AFTER = (
    ("ballots", "list", 'who voted how: [{"voter": "...", "choice": "for"}]; a choice is for, against or abstain'),
    ("closed", "instant", "when somebody closed voting; or yes: it was closed on the day decided"),
    ("mode", "text", "meeting, written or circulation, where no meeting is named"),
    ("meeting", "text", "the body that met on the day decided"),
    ("present", "names", "who was at the meeting"),
    ("absent", "names", "who was not"),
    ("noticed", "instant", "when everybody entitled had been given notice"),
    ("withdrawn", "yesno", "the proposal was withdrawn"),
    ("acts", "list", "what else was done: act, by, on"),
    ("vetoes", "list", "vetoes: by, on, ground"),
    ("objections", "list", "objections: by, on, ground"),
)  # fmt: skip
_COUNTED = ("present", "absent", "closed", "meeting", "mode", "noticed")
VOTES, COUNTS = "votes", "counts"


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """A column that rows of a decision may have. `log` is the kind of log; of every decision, where it names none. `needed` says
    that a log of votes has to have it."""

    decision: str
    name: str
    type: str
    about: str
    log: str = COUNTS
    needed: bool = False


def columns(loaded: Loaded, history: History, decision: str = "") -> list[ColumnOf]:
    """The columns of counts, by the text first agreed and its versions; of one decision or all."""
    plans = Plans(loaded, history)
    found: dict[tuple[str, str], ColumnOf] = {}
    for text in plans.texts:
        for name in _names(plans, decision):
            if name in text.decisions:
                for column in plans.of(text, name).right.columns:
                    found.setdefault((name, column.name), ColumnOf(name, column.name, column.type, column.about))
    order = list(dict.fromkeys(name for name, _ in found))
    return sorted(found.values(), key=lambda each: order.index(each.decision))


def votes(loaded: Loaded, history: History, decision: str = "") -> list[ColumnOf]:
    """The columns of votes: of every decision, or of one with its facts."""
    plans = Plans(loaded, history)
    (name, *_) = _names(plans, decision) or [""]
    if not decision:
        return [*_listed("", _BEFORE, _NEEDED), ColumnOf("", "(the facts)", "", "by the names that a decision gives them", VOTES),
                *_listed("", _AFTER, ())]  # fmt: skip
    text = next(each for each in plans.texts if name in each.decisions)
    planned = plans.of(text, name)
    keys = list(planned.keys.values())
    needed = {*_NEEDED, *(("proposed_by",) if asks_proposer(keys) else ()), *(("ballots",) if counts_votes(keys) else ())}
    after = [each for each in _AFTER if each[0] not in _COUNTED or counts_votes(keys)]
    return [*_listed(name, _BEFORE, needed), *_facts(text, name), *_listed(name, after, needed)]


def _names(plans: Plans, decision: str) -> list[str]:
    known = list(dict.fromkeys(name for text in plans.texts for name in text.decisions))
    if decision and decision not in known:
        raise NoAnswer(
            f"the agreement has no decision '{decision}'", f"its decisions are: {', '.join(known) or 'none'}"
        )
    return [decision] if decision else known


def _listed(decision: str, listed: Iterable[tuple[str, str, str]], needed: Collection[str]) -> list[ColumnOf]:
    return [ColumnOf(decision, name, kind, about, VOTES, name in needed) for name, kind, about in listed]


def _facts(text: Agreement, decision: str) -> list[ColumnOf]:
    """The facts of a decision, by their names."""
    found = []
    for given in text.decisions[decision].facts.values():
        needed = not given.optional and given.determined_by is None
        kind = {"choice": "text", "date": "instant", "percent": "number"}.get(given.type.kind, given.type.kind)
        what = "a text" if kind == "text" and not given.type.choices else describe(given.type)
        found.append(ColumnOf(decision, given.name.replace("-", "_"), kind, f"a fact: {what}", VOTES, needed))
    return found


__all__ = ["COUNTS", "VOTES", "ColumnOf", "columns", "votes"]
