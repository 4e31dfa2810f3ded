"""The plans of an agreement, in every version of its text, with words for what each column is for.

In: a loaded agreement. Out: `Planned` rights by version and name. A log may hold rows of several versions: each has its own plans.
"""

from __future__ import annotations

from govlang.backends.plan import Planned, plan
from govlang.backends.words.about import about, electors
from govlang.backends.words.words import Words
from govlang.core import keys as k
from govlang.model.nodes import Agreement
from govlang.pipeline import Loaded
from govlang.record.history import History


class Plans:
    """Plans, made when they are first asked for."""

    def __init__(self, loaded: Loaded, history: History) -> None:
        self.loaded = loaded
        self.texts: tuple[Agreement, ...] = tuple(version.agreement for version in history.texts) or (history.agreement,)
        self._words: dict[int, Words] = {}
        self._plans: dict[tuple[int, str], Planned] = {}

    def of(self, text: Agreement, name: str) -> Planned:
        """The plan of a right by one version of the text."""
        key = (id(text), name)
        if key not in self._plans:
            right = text.right(name)
            assert right is not None
            self._plans[key] = plan(self.loaded.rules.under(text).rule(name), right, about(self.words(text), right))
        return self._plans[key]

    def electors(self, text: Agreement, planned: Planned) -> tuple[str, ...]:
        """In words, those whose votes a right counts."""
        right = text.right(planned.right.name)
        assert right is not None
        words = self.words(text)
        found = (electors(words, right, key.electorate) for key in planned.keys.values()
                 if isinstance(key, k.Tally | k.Attendance | k.Voted | k.Distinct))  # fmt: skip
        return tuple(dict.fromkeys(found))

    def words(self, text: Agreement) -> Words:
        """What says the rules of one version."""
        if id(text) not in self._words:
            rules = self.loaded.rules.under(text)
            self._words[id(text)] = Words(text, rules.rule, rules.norms, rules.trust, self.loaded.used)
        return self._words[id(text)]


def governing(text: Agreement, decision: str, any_right: bool) -> tuple[str, ...]:
    """The rights that may govern what a log calls `decision`: the decision of that name, else those that cover it as an act."""
    if decision in text.decisions or (any_right and decision in text.rights):
        return (decision,)
    return tuple(name for name, each in text.decisions.items() if decision in each.acts)


def names(text: Agreement, any_right: bool) -> tuple[str, ...]:
    """Everything that a log may have in its column `decision`."""
    acts = [act for each in text.decisions.values() for act in each.acts]
    return tuple(dict.fromkeys([*text.decisions, *acts, *(text.rights if any_right else ())]))
