"""Comparisons of facts in words: the amount is at most EUR 5,000; the item is “new member” or “removing member”.

In: two amounts and an operator. Out: a claim with its opposite. Votes, acts and times have modules of their own.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.groups import plain, quoted
from govlang.backends.words.phrases import FLIPPED, TRUTH, Amount, Claim, either, stemmed
from govlang.core import keys as k
from govlang.core.expr import Value
from govlang.frozen import replace

if TYPE_CHECKING:
    from govlang.backends.words.speech import Speech

SAYS = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}
OF_DATES = {">=": "on or after", ">": "after", "<=": "on or before", "<": "before"}
HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
OF_COUNTS = {**SAYS, "<": "fewer than"}
_IP_ACTS = {
    "use": ("the asset is used", "the asset is not used"), "request": ("access is asked for", "access is not asked for"),
    "sublicense": ("a sublicence is granted", "no sublicence is granted"),
    "license": ("a licence is granted to others", "no licence is granted to others"),
    "assign": ("the asset is assigned", "the asset is not assigned"),
    "publish": ("the asset is published", "the asset is not published"),
    "disclose": ("somebody is told of the asset", "nobody is told of the asset"),
}  # fmt: skip
_MODES = {"meeting": "in a meeting", "written": "in writing", "circulation": "by circulation"}


def compare(speech: Speech, op: str, left: Amount, right: Amount) -> Claim:
    """Two amounts compared."""
    if isinstance(left.key, k.Given) and left.key.name == "mode" and isinstance(right.value, str):
        return _mode([right.value], op)
    if isinstance(left.key, k.Given) and left.key.name == "act" and speech.it == "the use" and isinstance(right.value, str):
        return _asked([right.value], op)
    if isinstance(left.key, k.Given) and left.key.name == "manner" and speech.it == "the use" and isinstance(right.value, str):
        found = Claim(f"it is licensed {right.value}", f"it is not licensed {right.value}")
        return found if op == "=" else found.turned()
    if left.is_literal and right.is_literal and isinstance(left.value, Fraction) and isinstance(right.value, Fraction):
        return TRUTH if HOLDS[op](left.value, right.value) else TRUTH.turned()
    if isinstance(left.key, k.Headcount) and left.kind == "count" and isinstance(right.value, Fraction):
        return _there_are(speech, op, left.key, right.value)
    if isinstance(left.key, k.Headcount) and right.value == 0 and op == ">":
        return Claim(f"{left.words} is more than 0", f"{left.words} is 0", role="some", about=left.key.group)
    if isinstance(left.key, k.Reconvened):
        return _reconvened(op, right)
    many = left.kind == "count"
    words = literal(speech, right, left.kind)
    if op == "=":
        be = _be(left)
        return stemmed((f"{left.words} {be}", f"{left.words} {be} not"), words)
    if op == "!=":
        return compare(speech, "=", left, right).turned()
    be = f"{left.words} {_be(left)}"
    said = OF_DATES if left.kind == "date" else OF_COUNTS if many else SAYS
    return stemmed((be, be), f"{said[op]} {words}", f"{said[FLIPPED[op]]} {words}")


def _there_are(speech: Speech, op: str, key: k.Headcount, value: Fraction) -> Claim:
    """So many of a group are there: there are at least four Technical Leads."""
    groups = speech.voice.groups

    def said(op: str) -> str:
        if (op == "<=" and value == 0) or (op == "<" and value == 1):
            return f"there is no {groups.one(key.group)}"
        if op == ">" and value == 0:
            return f"there is at least one {groups.one(key.group)}"
        noun = groups.one(key.group) if value == 1 else groups.many(key.group)
        return f"there {'is' if value == 1 else 'are'} {OF_COUNTS[op]} {english.number(value)} {noun}"

    if op in ("=", "!="):
        noun = f"{english.number(value)} {groups.one(key.group) if value == 1 else groups.many(key.group)}"
        return Claim(f"there are exactly {noun}", f"there are not exactly {noun}") if op == "=" else (
            Claim(f"there are not exactly {noun}", f"there are exactly {noun}"))  # fmt: skip
    found = Claim(said(op), said(FLIPPED[op]), role="some" if op == ">" and value == 0 else "", about=key.group)
    be = f"there {'is' if value == 1 else 'are'}"
    if found.yes.startswith(f"{be} ") and found.no.startswith(f"{be} "):
        rests = found.yes.removeprefix(f"{be} "), found.no.removeprefix(f"{be} ")
        return replace(found, stems=(be, be), rests=rests)
    return found


def _be(left: Amount) -> str:
    return "are" if left.kind in ("money", "number", "percent") and is_plural(left.words) else "is"


def is_plural(words: str) -> bool:
    """Whether a noun phrase is a plural: the changes of quarter, the votes counted."""
    if " as “" in words or " named as " in words:
        return False
    head = words.removeprefix("the ").partition(" of ")[0].split(" ")
    last = head[0] if len(head) > 1 and (head[-1].endswith("ed") or head[-1] in ("late", "short")) else head[-1]
    return re.search(r"[^siu]s$", last) is not None and last not in ("series", "news")


def literal(speech: Speech, amount: Amount, kind: str) -> str:
    """The right side, as it is said of such a left one: numbers in words where something is counted, percentages of shares."""
    value = amount.value
    if isinstance(value, Fraction):
        return in_kind(value, kind)
    if isinstance(value, str):
        if kind in ("text", "choice") or not value[:1].isupper():
            return quoted(value)
        return speech.voice.names(value) if speech.agreement.kind_of(value) is not None else value
    return amount.words


def in_kind(value: Fraction, kind: str) -> str:
    """A number as one of its kind."""
    if kind == "percent":
        return english.percent(value)
    return english.number(value) if kind == "count" else english.figure(value)


def one_of(speech: Speech, item: Amount, values: tuple[Value, ...]) -> Claim:
    """A fact is one of several values."""
    words = [str(value) for value in values]
    if isinstance(item.key, k.Given) and item.key.name == "mode":
        return _mode(words, "=")
    if isinstance(item.key, k.Given) and item.key.name == "act" and speech.it == "the use":
        return _asked(words, "=")
    said = [literal(speech, _given(value), item.kind) for value in values]
    one = len(said) == 1
    yes = f"{item.words} is {english.listed(said, 'or')}"
    no = f"{item.words} is not {said[0]}" if one else f"{item.words} is neither {english.listed(said, 'nor')}"
    return Claim(yes, no)


def _given(value: Value) -> Amount:
    return Amount(str(value), "word", value)


def _mode(modes: list[str], op: str) -> Claim:
    ways = english.listed([_MODES.get(mode, plain(mode)) for mode in modes], "or")
    found = Claim(f"the vote is taken {ways}", f"the vote is not taken {ways}")
    return found if op == "=" else found.turned()


def _asked(acts: list[str], op: str) -> Claim:
    """What somebody wants to do with an asset."""
    said = [_IP_ACTS.get(act, (f"the act is {quoted(act)}", f"the act is not {quoted(act)}")) for act in acts]
    found = either([Claim(yes, no) for yes, no in said])
    return found if op == "=" else found.turned()


def _reconvened(op: str, right: Amount) -> Claim:
    value = right.value if isinstance(right.value, Fraction) else Fraction(1)
    found = Claim("the meeting reconvenes an earlier one", "the meeting does not reconvene an earlier one")
    if value > 1:
        often = english.times(int(value))
        found = Claim(f"the meeting has been reconvened {often} or more", f"the meeting has been reconvened fewer than {often}")
    return found if op == ">=" else found.turned()


def of_truth(op: str, left: Claim, right: Claim) -> Claim:
    """A claim compared with yes or no: it holds, or it does not."""
    positive = (op == "=") == (right == TRUTH)
    return left if positive else left.turned()
