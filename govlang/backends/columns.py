"""Facts as columns: the name, the type and the use of each fact that a decision looks at, as in a table.

In: keys of the core and the facts that a decision is given. Out: `Column`s, whose names are the same whenever the text is, and
no two of one decision alike. A service hands over values by these names, a log has columns of these names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from sys import intern
from typing import assert_never

from govlang.core import keys as k
from govlang.core.keys import Column
from govlang.syntax import nodes as n

COUNT, NUMBER, MONEY, YESNO, TEXT, INSTANT, DURATION, NAMES = (
    "count", "number", "money", "yesno", "text", "instant", "duration", "names"
)  # fmt: skip
TYPES = (COUNT, NUMBER, MONEY, YESNO, TEXT, INSTANT, DURATION, NAMES)

_GIVEN = {
    "money": MONEY, "number": NUMBER, "percent": NUMBER, "text": TEXT, "date": INSTANT, "yesno": YESNO, "duration": DURATION,
    "party": TEXT, "person": TEXT, "role": TEXT, "body": TEXT, "decision": TEXT, "dispute": TEXT, "choice": TEXT, "name": TEXT,
    "word": TEXT, "label": TEXT, "parties": NAMES, "persons": NAMES,
}  # fmt: skip


class Columns:
    """The columns of one decision (or other right). `facts` are those that it is given, `about` says a key in words."""

    def __init__(self, facts: Mapping[str, n.Given], about: Callable[[k.Key], str] = lambda _: "") -> None:
        self.facts = facts
        self.about = about
        self.keys: dict[str, k.Key] = {}  # by the name of the column
        self._found: dict[k.Key, Column] = {}

    def take(self, keys: Iterable[k.Key]) -> None:
        """Gives every key its column, in order: the order decides which of two alike is numbered."""
        for key in keys:
            self.of(key)

    def of(self, key: k.Key) -> Column:
        """The column of a key."""
        found = self._found.get(key)
        if found is None:
            plain = name = slug(_name(key))
            number = 1
            while name in self.keys:
                number += 1
                name = f"{plain}_{number}"
            self.keys[name] = key
            found = self._found[key] = Column(intern(name), self._type(key), self.about(key))
        return found

    def all(self) -> tuple[Column, ...]:
        """The columns so far, in order."""
        return tuple(self._found.values())

    def _type(self, key: k.Key) -> str:
        match key:
            case k.Given(name):
                given = self.facts.get(name)
                if given is not None:
                    return _GIVEN[given.type.kind]
                return INSTANT if name == "proposed-on" else TEXT
            case k.Tally(_, _, weight):
                return NUMBER if weight else COUNT
            case k.Total(total):
                given = self.facts.get(total.fact)
                return _GIVEN[given.type.kind] if given is not None else NUMBER
            case k.OfDispute(what):
                return INSTANT if what in ("out", "next") else YESNO
            case _:
                return _TYPE[type(key)]


_TYPE: dict[type[k.Key], str] = {
    **dict.fromkeys((k.Attendance, k.Distinct, k.Matching, k.Reconvened, k.Blocks, k.Acts, k.Actors, k.Proposers, k.Headcount,
                     k.Sharing), COUNT),
    **dict.fromkeys((k.Voted, k.InMeeting, k.Closed, k.ProposerIn, k.FactIn, k.Advised, k.NoticeGiven, k.Adopted, k.UnderWay,
                     k.Ratified, k.Reference, k.Taker, k.InTerm, k.Withdrawn, k.Ruled, k.Ip), YESNO),
    **dict.fromkeys((k.ClosedAt, k.Now, k.Mark, k.Instant, k.Deadline, k.Delayed), INSTANT),
    k.Figure: NUMBER,
}  # fmt: skip


def slug(words: str) -> str:
    """Words as the name of a column: `Steering Committee for` becomes `steering_committee_for`."""
    return re.sub(r"\W+", "_", words.lower()).strip("_") or "fact"


def _name(key: k.Key) -> str:
    match key:
        case k.Given(name, stated):
            return f"{name} stated" if stated else name
        case k.Tally(who, measure, weight):
            return f"{_who(who)} {measure}" + (f" by {weight}" if weight else "")
        case k.Attendance(who, kind, still_open):
            return f"{_who(who)} quorum {kind}" + (" open" if still_open else "")
        case k.Voted(who, choice, may):
            return f"{_who(who)} {'may vote' if may else 'voted'} {choice}"
        case k.Distinct(who, attribute, may):
            return f"{_who(who)} {'possible' if may else 'different'} {attribute}"
        case k.Matching(electorates, by, may):
            return f"{' '.join(_who(who) for who in electorates)} {'possible' if may else 'different'} {by}"
        case k.InMeeting(_, body):
            return f"in meeting {body}"
        case k.Reconvened():
            return "reconvened"
        case k.Closed():
            return "voting closed"
        case k.ClosedAt():
            return "voting closed at"
        case k.Now():
            return "now"
        case k.Mark(name):
            return f"mark {name}"
        case k.Figure(trust, place):
            return f"{trust} measure {place + 1}"
        case k.Instant(anchor):
            return _anchor(anchor)
        case k.Deadline(since, duration):
            return f"{duration} after {_anchor(since.anchor)}"
        case k.Blocks(rule, _, state):
            return f"{state} {rule.kind} by {_group(rule.group)}" if rule.group is not None else f"{state} {rule.kind}"
        case k.Acts(rule, _, attribute):
            return f"acts {rule.name}" + (f" by different {attribute}" if attribute else "")
        case k.Actors(rule):
            return f"actors {rule.name}"
        case k.ProposerIn(group):
            return f"proposed by {_group(group)}"
        case k.Proposers(group):
            return f"proposers {_group(group)}"
        case k.FactIn(fact, item):
            return f"{fact} in {_item(item)}"
        case k.Advised(group):
            return f"advised {_group(group)}"
        case k.NoticeGiven():
            return "notice waived"
        case k.Adopted(decision, _, by):
            return f"adopted {decision}" + (" in time" if by is not None else "")
        case k.UnderWay(decision):
            return f"under way {decision}"
        case k.Ratified(decision):
            return f"ratified by {decision}"
        case k.Reference(fact):
            return f"{fact} adopted"
        case k.OfDispute(what, step, fact):
            return f"{fact or 'dispute'} {what} {step}"
        case k.Taker(group):
            return f"taken further by {_group(group) if group is not None else 'a party to it'}"
        case k.Headcount(group):
            return f"number of {_group(group)}"
        case k.Sharing(group, attribute):
            return f"{_group(group)} sharing {attribute}"
        case k.Total(total):
            return f"total {total.fact}" + (f" per {total.per}" if total.per else "")
        case k.InTerm():
            return "in term"
        case k.Withdrawn():
            return "withdrawn"
        case k.Ip(what):
            return f"use {what}"
        case k.Delayed(rule):
            return f"delayed by {rule.kind}"
        case k.Ruled(reading):
            return f"ruled {reading}"
        case Column(name):
            return name
    assert_never(key)


def _who(who: k.Electorate) -> str:
    return who.body or _group(who.item)


def _group(group: n.Group) -> str:
    return f" {group.joiner.strip(', ') or 'and'} ".join(_item(item) for item in group.items)


def _item(item: n.GroupItem) -> str:
    words = _base(item.base)
    if item.attribute:
        words = f"{words} {item.attribute}"
    return f"{words} without {_base(item.excluded)}" if item.excluded is not None else words


def _base(base: n.GroupBase) -> str:
    name = base.name.text if base.name is not None else base.fact if base.kind == "fact" else base.kind
    return f"{name} of {base.fact}" if base.kind == "of" else name


def _anchor(anchor: n.Anchor) -> str:
    match anchor.kind:
        case "later" if anchor.of is not None:
            return f"{anchor.duration} after {_anchor(anchor.of)}"
        case "date":
            return str(anchor.moment)
        case _:
            return anchor.act or anchor.kind
