"""What happens, how often, by when: the happenings, turns and deadlines of duties and reviews in words.

In: happenings, turns, triggers and deadlines of the model and the core. Out: clauses of a sentence (`a party leaves the
agreement`), adverbs (`in each quarter`, `within 30 days after ...`). Used wherever
something happens or comes round: norms, licences, trust, views.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.groups import Who, quoted
from govlang.backends.words.statement import Statement
from govlang.backends.words.voice import Voice
from govlang.core.norms import NormRule, Trigger
from govlang.frozen import dataclass
from govlang.model.nodes import Kind
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words

_NOUN = {
    Kind.DECISION: "decision", Kind.DUTY: "duty", Kind.POWER: "power", Kind.REVIEW: "review", Kind.OBJECTIVE: "objective",
    Kind.COMMUNICATION: "communication clause", Kind.SURVEY: "survey", Kind.TRUST: "trust measure", Kind.LICENCE: "licence",
    Kind.ASSET: "asset", Kind.CONFIDENTIALITY: "confidentiality clause", Kind.DISPUTE: "ladder", Kind.AMENDMENT: "amendment",
}  # fmt: skip
_TURNS = {"fulfilled": "is fulfilled", "violated": "is violated", "overdue": "becomes overdue", "discharged": "is discharged",
          "expired": "expires", "exercised": "is exercised", "held": "is held", "missed": "is missed", "met": "is met",
          "taken": "is taken", "denied": "is denied", "proposed": "is proposed", "carried out": "is carried out",
          "raised": "is raised", "settled": "is settled", "withdrawn": "is withdrawn", "decided": "is finally decided",
          "lapsed": "lapses", "ended": "ends", "low": "becomes low"}  # fmt: skip
_PARTY = {"joins": "joins the agreement", "leaves": "leaves the agreement", "defaults": "comes into default"}
_AGREEMENT = {"starts": "takes effect", "ends": "ends"}
_LENGTHS = {"week": n.Duration(1, "weeks"), "month": n.Duration(1, "months"), "quarter": n.Duration(3, "months"),
            "half year": n.Duration(6, "months"), "year": n.Duration(12, "months")}  # fmt: skip


def titled(words: Words, name: str) -> str:
    """A clause by its name: the duty Pay Contribution, the Quarterly Review, the licence Alliance Use."""
    kind = words.agreement.kind_of(name)
    noun = _NOUN.get(kind) if kind is not None else None
    if noun is None:
        return words.names(name)
    return f"the {name}" if name.rpartition(" ")[2].lower() == noun else f"the {noun} {name}"


def a_titled(words: Words, name: str) -> str:
    """The same with the indefinite article, for one of several: a Trust Review."""
    return english.a(titled(words, name).removeprefix("the "))


def whole(words: Words, voice: Voice, group: n.Group, any_: str = "one of the") -> Who:
    """Who bears something: an office or a body as such, where the group names it; one of them, where any of them will do."""
    found = [_item(words, voice, item, any_) for item in group.items]
    if len(found) == 1:
        return found[0]
    either = group.joiner == "or"
    return Who(english.listed([who.text for who in found], "or" if either else "and"), not either or found[-1].many)


def _item(words: Words, voice: Voice, item: n.GroupItem, any_: str) -> Who:
    base = item.base
    bare = base.kind == "name" and not item.attribute and item.excluded is None and not base.attribute
    name = base.name.text if base.name is not None else ""
    several = words.agreement.kind_of(name) is Kind.ROLE and not words.names.alone(name)
    if bare and name and not item.quantifier and not several:
        return Who(words.names(name))
    if any_ and (item.quantifier == "any" or (bare and several and not item.quantifier)):
        return Who(f"{any_} {voice.groups.many(n.Group((item,)))}")
    return voice.groups.item(item)


def all_parties(group: n.Group) -> bool:
    """Whether a group is every party, and says nothing else."""
    item = group.items[0]
    bare = not (item.base.attribute or item.attribute or item.excluded is not None)
    return len(group.items) == 1 and item.base.kind == "party" and item.quantifier in ("every", "") and bare


# ---------------------------------------------------------------- what happens


def happening(words: Words, item: n.Happening, voice: Voice | None = None) -> str:
    """Something that happens, as a clause: the decision Commit Spend is taken; a party leaves the agreement."""
    voice = voice or words.voice()
    name = item.name.text if item.name is not None else ""
    match item.kind:
        case "act":
            return _recorded(words, voice, item, "record")
        case "finding":
            return _recorded(words, voice, item, "find")
        case "asked":
            return f"{voice.groups.a(item.by) if item.by is not None else 'somebody'} is asked something"
        case "meeting":
            body = words.agreement.kind_of(name) is Kind.BODY
            return f"a meeting of {words.names(name)} is held" if body else f"{titled(words, name)} is held"
        case "party":
            return f"{words.names(name) if name else 'a party'} {_PARTY[item.state]}"
        case "agreement":
            return f"the agreement {_AGREEMENT[item.state]}"
        case _:
            streak = f" {english.times(item.times)} in a row{_by_one(words, name)}" if item.times > 1 else ""
            return f"{_subject(words, item.kind, name)} {_TURNS[item.state]}{streak}"


def _by_one(words: Words, name: str) -> str:
    norm = words.agreement.norms.get(name)
    return by_one(norm.between or norm.bearer) if norm is not None else ""


def by_one(bearer: n.Group | None) -> str:
    """Misses in a row are those of one bearer, where there are several."""
    items = bearer.items if bearer is not None else ()
    if any(item.base.kind == "party" for item in items):
        return " by the same party"
    return " by the same one" if any(item.quantifier in ("every", "all but", "at least") for item in items) else ""


def _recorded(words: Words, voice: Voice, item: n.Happening, verb: str) -> str:
    if item.by is None:
        return f"{quoted(item.state)} is {'recorded' if verb == 'record' else 'found'}"
    return f"{Who(voice.groups.a(item.by)).does(verb)} {quoted(item.state)}"  # one of them is enough, whoever it is


def _subject(words: Words, kind: str, name: str) -> str:
    match kind:
        case "dispute":
            return f"a dispute under {titled(words, name)}"
        case "objective":
            return f"a target of {titled(words, name)}"
        case "communication":
            return f"a duty under {name}"
        case "trust":
            trust = words.agreement.trust.get(name)
            return f"the {name} of a party" if trust is None or trust.whom == "each" else f"the {name} of the parties"
        case _:
            return titled(words, name)


# ---------------------------------------------------------------- how often


def recurs(item: n.Recurs, done: str = "done") -> str:
    """How often it comes round: in each quarter; every two weeks, counted from 5 January 2026."""
    since = f" from {english.moment(item.since)} on" if item.since is not None else ""
    until = f", until {english.moment(item.until)}" if item.until is not None else ""
    if item.rolling:
        length = english.duration(_length(item.every))
        first = english.moment(item.since) if item.since is not None else "the start of the agreement"
        return f"within {length} after it was last {done}, and for the first time within {length} after {first}{until}"
    if isinstance(item.every, str):
        return f"in each {item.every}{since}{until}"
    counted = english.moment(item.since) if item.since is not None else "the start of the agreement"
    return f"every {_short(item.every)}, counted from {counted}{until}"


def _length(every: str | n.Duration) -> n.Duration:
    return every if isinstance(every, n.Duration) else _LENGTHS[every]


def _short(length: n.Duration) -> str:
    return english.duration(length) if length.amount != 1 else length.unit[:-1]


# ---------------------------------------------------------------- by when


@dataclass(frozen=True, slots=True)
class Timing:
    """When something has to be done: `front` opens the sentence, `back` follows the verb. Either may be empty."""

    front: str = ""
    back: str = ""


def timing(words: Words, voice: Voice, rule: NormRule, trigger: Trigger, done: str = "done") -> Timing:
    """When a norm has to be done (or may be), by one thing that brings it about."""
    due = trigger.due or rule.due
    if trigger.happening is not None:
        return _after(voice, happening(words, trigger.happening, voice), due, rule)
    if trigger.recurs is not None:
        return _in_turns(voice, trigger.recurs, due, done)
    if trigger.on is not None:
        day = english.moment(trigger.on)
        return _after(voice, day, due, rule, on=True) if due is not None else Timing(back=f"from {day} on")
    if due is None:
        return Timing()
    return Timing(back=by_when(voice, due, "the start of the agreement"))


def _after(voice: Voice, what: str, due: n.Due | None, rule: NormRule, on: bool = False) -> Timing:
    if due is None:
        return Timing(back=f"from the day on which {what}") if rule.continuing else Timing(front=f"when {what}")
    counted = due.within is not None and due.on is None and due.after in ("", "its start", "its end")
    front = "" if counted else f"from {what} on" if on else f"when {what}"
    return Timing(front, by_when(voice, due, what))


def by_when(voice: Voice, due: n.Due, what: str) -> str:
    """A deadline: within 30 days after what brought it about; by 10 March 2026; by the date given as “deliver by”."""
    if due.on is not None:
        return f"by {english.moment(due.on)}"
    if due.after in ("", "its start", "its end"):
        return f"within {english.duration(due.within)} after {what}" if due.within is not None else ""
    if due.within is None:
        return f"by {voice.fact(due.after)}"
    return f"within {english.duration(due.within)} after {voice.happens(n.Anchor('act', due.after))}"


def _in_turns(voice: Voice, turn: n.Recurs, due: n.Due | None, done: str) -> Timing:
    each = recurs(turn, done)
    if due is None or (due.on is None and due.after == "its end" and due.within is None):
        return Timing(back=each)
    if due.on is not None or due.after not in ("", "its start", "its end"):
        return Timing(back=f"{each}, {by_when(voice, due, '')}")
    assert due.within is not None
    length = english.duration(due.within)
    if turn.rolling:
        return Timing(back=_later(turn, due, done))
    noun = turn.every if isinstance(turn.every, str) else "period"
    if due.after == "its end":
        since = each.removeprefix("in ") if isinstance(turn.every, str) else f"each period: {each}"
        return Timing(back=f"for {since}, within {length} after the {noun} ends")
    return Timing(back=f"{each}, within {length} after the {noun} begins")


def _later(turn: n.Recurs, due: n.Due, done: str) -> str:
    """A turn that is counted from the last time, and the time that is left after (or from) it."""
    assert due.within is not None
    length, within = english.duration(_length(turn.every)), english.duration(due.within)
    first = english.moment(turn.since) if turn.since is not None else "the start of the agreement"
    until = f", until {english.moment(turn.until)}" if turn.until is not None else ""
    if due.after == "its end":
        return f"within {within} after {length} have passed since it was last {done} (for the first time: since {first}){until}"
    each = f"for each period of {length} since it was last {done} (the first one since {first})"
    return f"{each}, within {within} after it begins{until}"


def trigger(words: Words, item: Trigger, voice: Voice | None = None) -> str:
    """What brings something about, by itself: when a party leaves the agreement; in each quarter; on 1 April 2026."""
    if item.happening is not None:
        return f"when {happening(words, item.happening, voice)}"
    if item.recurs is not None:
        return recurs(item.recurs)
    return f"on {english.moment(item.on)}" if item.on is not None else "from the start of the agreement"


def due(words: Words, rule: NormRule) -> str:
    """By when a norm has to be done, by the first thing that brings it about; empty where nothing is said."""
    if not rule.triggers:
        return ""
    right = words.agreement.right(rule.about) if rule.about else None
    found = timing(words, words.voice(right.facts if right is not None else None), rule, rule.triggers[0])
    return ", ".join(each for each in (found.front, found.back) if each)


# ---------------------------------------------------------------- what a miss opens


def openings(words: Words, line: n.OpensIf, subject: str, whose: str = "") -> Statement:
    """What follows when something is missed: a review, a duty, a power, a decision, a dispute."""
    streak = f" {english.times(line.times)} in a row{whose}" if line.times > 1 else ""
    said = opened(words, line.openings)
    text = f"if {subject} {_TURNS[line.state]}{streak}, {said}"
    return Statement(english.sentence(text), words.agreement.cite(line, words.agreement.wording(line)), kind="opens")


def opened(words: Words, items: tuple[n.Opening, ...]) -> str:
    """What opens, each with its time: a Trust Review must be held within 30 days."""
    return ", and ".join(_opening(words, item) for item in items)


def _opening(words: Words, item: n.Opening) -> str:
    name = item.name.text
    within = f" within {english.duration(item.within)}" if item.within is not None else ""
    match item.kind:
        case "review" | "survey":
            return f"{a_titled(words, name)} must be held{within}"
        case "duty":
            return f"{titled(words, name)} arises" + (f" and is due{within}" if within else "")
        case "power":
            return f"{titled(words, name)} arises" + (f" and may be exercised{within}" if within else "")
        case "decision":
            return f"{titled(words, name)} must be put to the vote{within}"
        case "dispute":
            return f"a dispute under {titled(words, name)} may be raised{within}"
        case _:
            return f"{titled(words, name)} opens{within}"

