"""The plans of an agreement's rights, each made when it is first asked for.

In: a loaded agreement and one of its texts. Out: `Planned`: what there is to ask about (`Entry`, in the order of the text), and the
plan of each right with a word on every column. What is asked for is the same as what a kept file gives (`kept.Kept`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from threading import RLock
from typing import Protocol

from govlang.backends.plan import Right, plan
from govlang.backends.words.about import about
from govlang.backends.words.words import Words
from govlang.frozen import dataclass
from govlang.model.nodes import Agreement
from govlang.pipeline import Loaded
from govlang.tools.compiled.sources import beside


@dataclass(frozen=True)
class Entry:
    """A right by name: whether it is a decision, the acts that it covers, the decisions it comes before."""

    name: str
    decision: bool
    acts: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True)
class About:
    """What an agreement is called, its version, its currency and zone (empty where it says none), and the SHA-256 of its text."""

    name: str
    version: str
    currency: str
    zone: str
    sha256: str


class Rights(Protocol):
    """Where the plans come from."""

    @property
    def about(self) -> About: ...
    @property
    def entries(self) -> Mapping[str, Entry]: ...
    @property
    def loaded(self) -> Loaded: ...
    @property
    def on(self) -> str: ...
    @property
    def beside(self) -> Mapping[str, str]: ...
    def right(self, name: str) -> Right: ...


class Planned:
    """Plans made from the text."""

    def __init__(self, loaded: Loaded, text: Agreement, on: str = "") -> None:
        self.loaded = loaded
        self.text = text
        self.on = on
        header = text.header
        self.about = About(text.name, header.version, header.currency.text if header.currency is not None else "",
                           header.time_zone.text if header.time_zone is not None else "", loaded.text_hash)  # fmt: skip
        self.entries: Mapping[str, Entry] = {
            **{each.name: Entry(each.name, True, each.acts, each.overrides) for each in text.decisions.values()},
            **{name: Entry(name, False) for name in text.rights},
        }
        self.beside = beside(loaded)
        self._making = RLock()

    @cached_property
    def _words(self) -> Words:
        rules = self.loaded.rules.under(self.text)
        return Words(self.text, rules.rule, rules.norms, rules.trust, self.loaded.used)

    def right(self, name: str) -> Right:
        """The plan of a right. One at a time: lowering and wording keep what they have worked out."""
        decision = self.text.right(name)
        assert decision is not None
        with self._making:
            return plan(self.loaded.rules.under(self.text).rule(name), decision, about(self._words, decision)).right
