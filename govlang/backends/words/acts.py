"""Vetoes, objections and recorded acts in words: no Director objects within three working days after voting opens.

In: counts of vetoes, objections and acts, and the bars they are held against. Out: claims. The rule is in the key, with its window,
so that the claim says all of it; that the window is over goes without saying.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.groups import Who, plain, quoted
from govlang.backends.words.phrases import MEETING, Amount, Claim, Period
from govlang.core import keys as k
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.speech import Speech

_VERB = {"veto": "veto it", "objection": "object"}
_DEEDS = {"second": ("second the proposal", "is seconded"), "carried-out": ("carry it out", "is carried out")}


# ---------------------------------------------------------------- vetoes and objections


def blocks(speech: Speech, op: str, key: k.Blocks, right: Amount) -> Claim:
    """Fewer vetoes or objections than it takes."""
    rule = key.rule
    yes = _blocked(speech, rule, right)
    brief = f"no {rule.kind} by {_of_whom(speech, rule.group)}{_when(speech, rule)}"
    role = "some" if right.value == 1 and few(rule.group) else ""
    no = f"{_raised(speech, rule)}{_how(speech, rule)}"
    found = Claim(yes, no, role=role, limits=_limits(rule), about=("block", rule), brief=brief)
    return found if op in ("<", "<=") else found.turned()


def _limits(rule: n.NoBlock | n.Act) -> tuple[object, ...]:
    """The time limits that a rule sets."""
    if rule.window is not None:
        return (Period(rule.window.anchor or n.Anchor("proposal"), rule.window.duration),)
    return (MEETING,) if isinstance(rule, n.NoBlock) and rule.in_meeting else ()


def _blocked(speech: Speech, rule: n.NoBlock, right: Amount) -> str:
    """That there are too few: nobody does; fewer than two do."""
    verb = _VERB[rule.kind]
    item = rule.group.items[0]
    if right.value == 1:
        nobody = speech.voice.groups.none(rule.group)
        return f"{nobody.does_not(verb)}{_how(speech, rule)}"
    who = _too_many(speech, rule.group, right)
    if item.quantifier == "all but" and item.number:  # all but one object, unless two do not
        many = english.number(item.number + 1)
        return f"{Who(f'at least {many} {speech.voice.groups.many(rule.group)}', True).does_not(verb)}{_how(speech, rule)}"
    if item.quantifier == "every":
        return f"not every {speech.voice.groups.one(rule.group)} {english.verb(verb)}{_how(speech, rule)}"
    return f"{who.does(verb)}{_how(speech, rule)}"


def _too_many(speech: Speech, group: n.Group, right: Amount) -> Who:
    """Fewer than it takes: fewer than two parties, fewer than half of the parties."""
    item = speech.voice.groups.item(group.items[0])
    if isinstance(right.value, Fraction):
        return Who(f"fewer than {english.number(right.value)} {speech.voice.groups.many(group)}", True)
    return Who(f"fewer than {item.text.removeprefix('at least ')}", True)


def _raised(speech: Speech, rule: n.NoBlock) -> str:
    return speech.voice.groups.who(rule.group).does(_VERB[rule.kind])


def few(group: n.Group | None) -> bool:
    """Whether it takes several of a group."""
    return group is not None and len(group.items) == 1 and group.items[0].quantifier in ("every", "at least", "all but")


def _of_whom(speech: Speech, group: n.Group) -> str:
    return speech.voice.groups.who(group).text


def _when(speech: Speech, rule: n.NoBlock) -> str:
    if rule.window is not None:
        return f" {speech.voice.window(rule.window)}"
    return " during the meeting" if rule.in_meeting else ""


def _how(speech: Speech, rule: n.NoBlock) -> str:
    """When, on which ground, with which reason; who may not, what counts as one, what it comes to."""
    voice = speech.voice
    when = _when(speech, rule)
    if rule.in_meeting and rule.window is not None:
        when += " (or during the meeting)"
    found = _grounds(speech, rule)
    found += f",{when}" if when and ", " in found else when
    noun, notes = english.a(rule.kind), []
    if rule.with_reason:
        notes.append(f"{noun} must give reasons")
    if rule.not_by:
        who = english.listed([voice.groups.base(item.base) for group in rule.not_by for item in group.items], "or")
        notes.append(f"{who} may not raise one")
    if rule.ballots:
        notes.append(f"a vote against counts as {noun}")
    if rule.until_withdrawn:
        notes.append(f"{noun} stands until it is withdrawn")
    if rule.delays is not None:
        notes.append(f"{noun} can delay it for at most {english.duration(rule.delays)}")
    return f"{found} ({'; '.join(notes)})" if notes else found


def _grounds(speech: Speech, rule: n.NoBlock) -> str:
    grounds = [ground for ground in (rule.ground, *rule.further) if ground]
    if not grounds:
        return ""
    noun = "ground" if len(grounds) == 1 else "grounds"
    return f" on the {noun} of {english.listed([quoted(ground) for ground in grounds])}{_found_by(speech, grounds)}"


def _found_by(speech: Speech, grounds: list[str]) -> str:
    """Who must have found the grounds, where they are determined by one and the same."""
    finders = {speech.voice.facts[ground].determined_by for ground in grounds if ground in speech.voice.facts}
    if len(finders) != 1 or (item := next(iter(finders))) is None:
        return ""
    who = speech.voice.groups.a(n.Group((item,))) if item.quantifier in ("", "any") else speech.voice.groups.item(item).text
    return f", as confirmed by {who}"


# ---------------------------------------------------------------- acts


def recorded(speech: Speech, op: str, key: k.Acts | k.Actors, right: Amount) -> Claim:
    """An act that is (or is not) on record, so many times, by whom, within which window."""
    rule = key.rule
    if isinstance(key, k.Acts) and key.attribute:
        return _spread(key, right)
    window = f" {speech.voice.window(rule.window)}" if rule.window is not None else ""
    about = ("act", rule)
    if op in ("<", "<="):
        return _unrecorded(speech, rule, key, right, window)
    if right.value == 0 and isinstance(key, k.Acts) and op == ">":
        right = Amount("1", value=Fraction(1))
    role = "some" if isinstance(key, k.Acts) and few(rule.by) and rule.times == 1 else ""
    yes, no = _done(speech, rule, right, window)
    return Claim(yes, no, role=role, limits=_limits(rule), about=about)


def _done(speech: Speech, rule: n.Act, right: Amount, window: str) -> tuple[str, str]:
    several = rule.times > 1 and right.value == rule.times
    often, rarely = (f" {so_much} {english.times(rule.times)}" if several else "" for so_much in ("at least", "fewer than"))
    active, passive = _DEEDS.get(rule.name, (f"record {quoted(rule.name)}", f"{quoted(rule.name)} is recorded"))
    if rule.by is None:
        if rule.name in _DEEDS:
            passive = f"it {passive}"
        no = f"{passive}{rarely}" if rarely else passive.replace(" is ", " is not ", 1)
        return f"{passive}{often}{window}", f"{no}{window}"
    who = speech.voice.groups.who(rule.by)
    if all(item.quantifier in ("", "any") for item in rule.by.items):
        nobody, who = speech.voice.groups.none(rule.by), Who(speech.voice.groups.a(rule.by), who.many)
        if often and not speech.voice.groups.alone(rule.by):
            who = Who(speech.voice.groups.many(rule.by), True)
        no = f"{who.does(active)}{rarely}" if rarely else nobody.does_not(active)
        return f"{who.does(active)}{often}{window}", f"{no}{window}"
    return f"{who.does(active)}{often}{window}", f"it is not so that {who.does(active)}{often}{window}"


def _unrecorded(speech: Speech, rule: n.Act, key: k.Acts | k.Actors, right: Amount, window: str) -> Claim:
    """An act that must not be on record."""
    about = ("act", rule)
    active, _ = _DEEDS.get(rule.name, (f"record {quoted(rule.name)}", ""))
    yes, no = _done(speech, rule, Amount("1", value=Fraction(1)), window)
    if rule.by is None:
        return Claim(no, yes, limits=_limits(rule), about=about)
    if isinstance(key, k.Actors):
        item = rule.by.items[0]
        if right.value == 1 and few(rule.by):
            nobody = speech.voice.groups.none(rule.by)
            return Claim(f"{nobody.does_not(active)}{window}", yes, role="some", limits=_limits(rule), about=about)
        some = f"not every {speech.voice.groups.one(rule.by)} {english.verb(active)}" if item.quantifier == "every" else (
            _too_many(speech, rule.by, right).does(active)
        )  # fmt: skip
        return Claim(f"{some}{window}", yes, limits=_limits(rule), about=about)
    nobody = speech.voice.groups.none(rule.by)
    return Claim(f"{nobody.does_not(active)}{window}", yes, limits=_limits(rule), about=about)


def _spread(key: k.Acts, right: Amount) -> Claim:
    """Recorded by people who differ in something."""
    many = english.number(right.value) if isinstance(right.value, Fraction) else right.words
    noun = english.plural(plain(key.attribute)) if right.value != 1 else plain(key.attribute)
    yes = f"those who record {quoted(key.rule.name)} have at least {many} different {noun}"
    return Claim(yes, f"it is not so that {yes}")


