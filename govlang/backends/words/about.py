"""What a column of facts is for, in a few words: for those who hand values over.

In: the words of an agreement, a decision, a key. Out: a noun phrase or a claim. The sentences of documents speak of a vote that has
closed; where a fact is about what may still come, it is said here.
"""

from __future__ import annotations

from collections.abc import Callable

from govlang.backends.words.facts import said
from govlang.backends.words.phrases import Amount
from govlang.backends.words.words import Words
from govlang.core import keys as k
from govlang.frozen import replace
from govlang.model.nodes import Decision

_BALLOTS = {"open": "ballots that may still fall either way, of", "silent": "ballots not cast, of"}
_APPROVALS = {
    "for": "approvals by", "against": "refusals by", "abstaining": "abstentions of", "members": "how many may approve:", **_BALLOTS,
}  # fmt: skip


def about(words: Words, decision: Decision) -> Callable[[k.Key], str]:
    """What the facts of a decision are for."""
    speech = words.speech(decision)

    def plain(key: k.Key) -> str:
        phrase = said(speech, key)
        return phrase.words if isinstance(phrase, Amount) else phrase.yes

    def tell(key: k.Key) -> str:
        match key:
            case k.Tally(who, measure, "") if measure in _APPROVALS and not who.body and not who.votes and not who.without_proposer:
                return f"{_APPROVALS[measure]} {speech.voice.groups.among(who.item)}"
            case k.Tally(measure="open" | "silent" as measure):
                return f"{_BALLOTS[measure]} {plain(replace(key, measure='members'))}"
            case k.Attendance(still_open=True):
                return f"how many more may still be among {plain(replace(key, still_open=False))}"
            case k.Blocks(_, _, state):
                by = f"{plain(key)} by {speech.voice.groups.among(key.rule.group)}"
                return f"{by} that {'stand' if state == 'standing' else 'have a ground not yet looked into'}"
            case k.Now():
                return "the instant asked about"
            case k.Voted(may=True) | k.Distinct(may=True) | k.Matching(may=True):
                return f"{plain(replace(key, may=False))}, if open ballots fall that way"
            case _:
                return plain(key)

    return tell


def electors(words: Words, decision: Decision, who: k.Electorate) -> str:
    """Those who vote or approve: the Steering Committee, the parties."""
    speech = words.speech(decision)
    return speech.voice.names(who.body) if who.body else speech.voice.groups.among(who.item)
