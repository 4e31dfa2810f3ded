"""What an expression is in words: an amount (a noun phrase) or a claim (a clause that holds or does not); how claims are joined.

In: words. Out: words. `and` and `or` are never left to be guessed: what is mixed is bracketed by `either` and `both`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from govlang.backends.words import english
from govlang.core.keys import Electorate, Key
from govlang.frozen import dataclass, replace
from govlang.syntax import nodes as n

_SHORT = 60  # two claims of together fewer letters need no comma between them
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
class Period:
    """A period that runs from something: what a window, or the end of one, is told by."""

    anchor: n.Anchor
    duration: n.Duration


MEETING = "during the meeting"  # the limit of what must happen in the meeting itself


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause that holds, and the one that says that it does not.

    `joint` is how it is put together (and, or; empty for a plain one). `role` is what it is for its neighbours: elapsed (a
    time is over, or still runs; `adverb` is the limit that it sets, `within 10 days after ...`), known, happened, not too
    soon, some (there is any vote at all), tie, meeting, truth. `limits` are the time limits that it speaks of itself,
    `about` is what it is about, so that a part which a neighbour implies is not said twice. `brief` is a short noun phrase
    for tables; `denied` that it was turned; `weak` says that it is not shown, where that is less than its opposite. Claims
    with the same `stems` (the beginnings of `yes` and `no`) are joined by their `rests`.
    """

    yes: str
    no: str
    joint: str = ""
    role: str = ""
    limits: tuple[object, ...] = ()
    about: object = None
    brief: str = ""
    adverb: str = ""
    denied: bool = False
    weak: str = ""
    stems: tuple[str, str] = ("", "")
    rests: tuple[str, str] = ("", "")
    inner: tuple[str, str] = ("", "")

    def turned(self) -> Claim:
        """The opposite."""
        joint = _turned(self.joint)
        stems, rests = (self.stems[1], self.stems[0]), (self.rests[1], self.rests[0])
        inner = self.inner[1], self.inner[0]
        return Claim(self.no, self.yes, joint, self.role, self.limits, self.about, "", self.adverb, not self.denied, self.weak,
                     stems, rests, inner)  # fmt: skip

    def unproved(self) -> Claim:
        """That it is not shown: false, or not known."""
        return replace(self.turned(), yes=self.weak or self.no)


Phrase = Amount | Claim

TRUTH = Claim("nothing more is required", "it is not possible", role="truth")


def stemmed(stems: tuple[str, str], rest: str, other: str = "", about: object = None, brief: str = "") -> Claim:
    """A claim that shares its beginning with others like it, so that it need not be said again: it is proposed by X or by Y. Where
    the opposite ends differently, it ends in `other`."""
    short = f"{brief} {rest}" if brief else ""
    rests = rest, other or rest
    return Claim(f"{stems[0]} {rests[0]}", f"{stems[1]} {rests[1]}", about=about, brief=short, stems=stems, rests=rests)


def both(claims: Sequence[Claim]) -> Claim:
    """All of several claims."""
    return claims[0] if len(claims) == 1 else _joined(claims, "and")


def either(claims: Sequence[Claim]) -> Claim:
    """One of several claims at least."""
    if len(claims) == 1:
        return claims[0]
    joined = _joined(claims, "or")
    if all(claim.role == "elapsed" and claim.denied == claims[0].denied for claim in claims):
        return replace(joined, role="elapsed", denied=claims[0].denied)
    return joined


def _joined(claims: Sequence[Claim], word: str) -> Claim:
    first = claims[0]
    if first.rests[0] and all(claim.stems == first.stems and claim.rests[0] for claim in claims):
        return _of_one_stem(claims, word)
    other = _turned(word)
    held = [_inside(claim.yes, claim.inner[0], claim.joint, word) for claim in claims]
    denied = [_inside(claim.no, claim.inner[1], _turned(claim.joint), other) for claim in claims]
    unproved = [_inside(claim.weak or claim.no, claim.inner[1], _turned(claim.joint), other) for claim in claims]
    limits = tuple(limit for claim in claims for limit in claim.limits)
    weak = _listed(unproved, other) if unproved != denied else ""
    inner = _tight(held, word), _tight(denied, other)
    return Claim(_listed(held, word), _listed(denied, other), word, limits=limits, weak=weak, inner=inner)


def _of_one_stem(claims: Sequence[Claim], word: str) -> Claim:
    """Claims that begin alike: the beginning is said once."""
    stems, same = claims[0].stems, all(claim.rests[0] == claim.rests[1] for claim in claims)
    yes = english.listed([claim.rests[0] for claim in claims], word)
    no = english.listed([claim.rests[1] for claim in claims], word if same else _turned(word))
    said = stemmed(stems, yes, no)
    return Claim(said.yes, said.no)  # what was joined once is a whole: nothing else is added to its list


def _turned(joint: str) -> str:
    return {"and": "or", "or": "and"}.get(joint, joint)


def _inside(words: str, tight: str, joint: str, around: str) -> str:
    """A joined claim as a part of another one."""
    if joint in ("", around):
        return words
    return f"{'both' if joint == 'and' else 'either'} {tight or words}"


def _listed(parts: Sequence[str], word: str) -> str:
    plain = _plain(parts)
    if len(parts) == 2:
        short = plain and word == "and" and sum(map(len, parts)) < _SHORT
        return f"{parts[0]} {word} {parts[1]}" if short else f"{parts[0]}, {word} {parts[1]}"
    mark = "," if plain else ";"
    return f"{f'{mark} '.join(parts[:-1])}{mark} {word} {parts[-1]}"


def _plain(parts: Sequence[str]) -> bool:
    """Whether parts can be told from one another without a mark between them."""
    return not any(mark in part for part in parts for mark in (", ", ";", " and ", " or ", "both ", "either "))


def _tight(parts: Sequence[str], word: str) -> str:
    """Two plain parts without a comma, for use behind `either` or `both`."""
    return f"{parts[0]} {word} {parts[1]}" if len(parts) == 2 and _plain(parts) else ""
