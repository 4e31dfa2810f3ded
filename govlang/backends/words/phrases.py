"""What an expression is in words: an amount (a noun phrase) or a claim (a clause that holds or does not), and how claims are joined.

In: words. Out: words. `and` and `or` are never left to be guessed: what is mixed is bracketed by `either` and `both`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from govlang.backends.words import english
from govlang.core.keys import Electorate, Key
from govlang.frozen import dataclass, replace

FLIPPED = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "=": "!=", "!=": "="}


@dataclass(frozen=True, slots=True)
class Tallied:
    """A sum of tallies of one electorate: `measures` are its parts, `share` how much of it is meant."""

    who: Electorate
    measures: frozenset[str]
    weight: str = ""
    share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Amount:
    """A noun phrase. `kind` is number, money, percent, date, instant, text, name, word or duration (of a literal: what it was);
    `value` that of a literal, `tallied` what a tally counts, `key` the fact it is, `rounded` how a bar is rounded."""

    words: str
    kind: str = "number"
    value: object = None
    tallied: Tallied | None = None
    key: Key | None = None
    rounded: str = ""
    negative: bool = False

    @property
    def is_literal(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause that holds, and the one that says that it does not.

    `joint` is how it is put together (and, or; empty for a plain one). `role` is what it is for its neighbours: elapsed (a time is
    over, or still runs; `adverb` is the limit that it sets, `within 10 days after ...`), known, happened, not too soon, some (there is
    any vote at all), tie, meeting, truth. `windowed` says that it speaks of a time limit itself. `about` is what it speaks of, so that
    a part which a neighbour implies is not said twice. `brief` is a short noun phrase for tables; `denied` that it was turned.
    """

    yes: str
    no: str
    joint: str = ""
    role: str = ""
    windowed: bool = False
    about: object = None
    brief: str = ""
    adverb: str = ""
    denied: bool = False
    weak: str = ""
    stems: tuple[str, str] = ("", "")
    rest: str = ""

    def turned(self) -> Claim:
        """The opposite."""
        joint = _turned(self.joint)
        stems = self.stems[1], self.stems[0]
        return Claim(self.no, self.yes, joint, self.role, self.windowed, self.about, "", self.adverb, not self.denied, self.weak, stems,
                     self.rest)  # fmt: skip

    def unproved(self) -> Claim:
        """That it is not shown: false, or not known."""
        return replace(self.turned(), yes=self.weak or self.no)


Phrase = Amount | Claim

TRUTH = Claim("nothing more is required", "it is not possible", role="truth")


def stemmed(stems: tuple[str, str], rest: str, about: object = None, brief: str = "") -> Claim:
    """A claim that shares its beginning with others like it, so that it need not be said again: it is proposed by X or by Y."""
    short = f"{brief} {rest}" if brief else ""
    return Claim(f"{stems[0]} {rest}", f"{stems[1]} {rest}", about=about, brief=short, stems=stems, rest=rest)


def both(claims: Sequence[Claim]) -> Claim:
    """All of several claims."""
    return claims[0] if len(claims) == 1 else _joined(claims, "and")


def either(claims: Sequence[Claim]) -> Claim:
    """One of several claims at least."""
    if len(claims) == 1:
        return claims[0]
    if claims[0].rest and all(claim.stems == claims[0].stems and claim.rest for claim in claims):
        return stemmed(claims[0].stems, english.listed([claim.rest for claim in claims], "or"))
    joined = _joined(claims, "or")
    if all(claim.role == "elapsed" and claim.denied == claims[0].denied for claim in claims):
        return replace(joined, role="elapsed", denied=claims[0].denied)
    return joined


def _joined(claims: Sequence[Claim], word: str) -> Claim:
    other = _turned(word)
    yes = _listed([_inside(claim.yes, claim.joint, word) for claim in claims], word)
    no = _listed([_inside(claim.no, _turned(claim.joint), other) for claim in claims], other)
    weak = _listed([_inside(claim.weak or claim.no, _turned(claim.joint), other) for claim in claims], other)
    return Claim(yes, no, word, windowed=any(claim.windowed for claim in claims), weak=weak if weak != no else "")


def _turned(joint: str) -> str:
    return {"and": "or", "or": "and"}.get(joint, joint)


def _inside(words: str, joint: str, around: str) -> str:
    """A joined claim as a part of another one."""
    if joint in ("", around):
        return words
    return f"{'both' if joint == 'and' else 'either'} {words}"


def _listed(parts: Sequence[str], word: str) -> str:
    plain = not any(mark in part for part in parts for mark in (",", ";", " and ", " or ", "both ", "either "))
    if len(parts) == 2:
        return f"{parts[0]} {word} {parts[1]}" if plain else f"{parts[0]}, {word} {parts[1]}"
    mark = "," if plain else ";"
    return f"{f'{mark} '.join(parts[:-1])}{mark if not plain else ''} {word} {parts[-1]}"
