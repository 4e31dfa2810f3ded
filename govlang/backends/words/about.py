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


def about(words: Words, decision: Decision) -> Callable[[k.Key], str]:
    """What the facts of a decision are for."""
    speech = words.speech(decision)

    def plain(key: k.Key) -> str:
        phrase = said(speech, key)
        return phrase.words if isinstance(phrase, Amount) else phrase.yes

    def tell(key: k.Key) -> str:
        match key:
            case k.Tally(measure="open" | "silent" as measure):
                what = "ballots that may still fall either way" if measure == "open" else "ballots not cast"
                return f"{what}, of {plain(replace(key, measure='members'))}"
            case k.Attendance(still_open=True):
                return f"{plain(replace(key, still_open=False))}: how many more may still come to"
            case k.Blocks(_, _, state):
                return f"{plain(key)} that {'stand' if state == 'standing' else 'have a ground not yet looked into'}"
            case k.Voted(may=True) | k.Distinct(may=True) | k.Matching(may=True):
                return f"{plain(replace(key, may=False))}, if open ballots fall that way"
            case _:
                return plain(key)

    return tell
