"""Deeds as lines of a minute book.

In: deeds. Out: text that `syntax.parse.parse_entries` reads back as the same deeds. A quotation mark inside a text is
written as a typographic one, since a minute book's texts end at the first straight one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from govlang.record import minutes_ip
from govlang.record.json_values import decimal_text, moment_text
from govlang.syntax import nodes as n

_PART = r"(?![a-zß-öø-ÿα-ωа-яё])[^\W\d_](?:[\w'’&-]|[./](?=\w))*"
_KEY = re.compile(r"\d{4}(?:-(?:Q[1-4]|H[12]|\d\d(?:-\d\d)?))?\Z")  # a year, a period, a day
_BARE = re.compile(rf"{_PART}(?: (?:{_PART}|\d+(?![\w.%:/-])))*\Z")


def write(deeds: Iterable[n.Deed]) -> str:
    """A whole minute book."""
    return "".join(f"{entry(deed)}\n" for deed in deeds)


def entry(deed: n.Deed) -> str:
    """One entry: its line, and the lines indented under it."""
    at = moment_text(deed.at)
    if deed.kind == "meeting":
        return _meeting(deed, at)
    actors = [name(actor) for actor in deed.actors]
    who = actors[0] if len(actors) == 1 else f"{', '.join(actors[:-1])} and {actors[-1]}"
    return f"{at}  {who} {_VERBS[deed.kind](deed)}"


def deed_words(deed: n.Deed) -> str:
    """What was done, without its day, on one line."""
    who = " and ".join(name(actor) for actor in deed.actors)
    words = _VERBS if deed.kind != "assign" else {"assign": lambda each: f"assigns {name(each.target)} to {name(each.other)}"}
    first, *facts = f"{who} {words[deed.kind](deed)}".split("\n")
    return first + (f" with {' and '.join(fact.strip() for fact in facts)}" if facts else "")


def _meeting(deed: n.Deed, at: str) -> str:
    listed = dict(deed.names)
    again = f" reconvening {name(listed['reconvening'][0])}" if "reconvening" in listed else ""
    lines = [f"{at}  meeting of {name(deed.other)} as {name(deed.target)}{again}"]
    for key, names in deed.names:
        if key != "reconvening":
            shown = (item.text if key == "covers" else name(item) for item in names)
            lines.append("  closed" if key == "closed" else f"  {key} {', '.join(shown)}")
    return "\n".join(lines)


def name(item: n.Name | None) -> str:
    """A name, in backquotes where the language needs them."""
    assert item is not None
    return item.text if _is_bare(item.text) else f"`{item.text}`"


def _is_bare(text: str) -> bool:
    """Whether a name reads back without backquotes; in doubt it gets them."""
    plain = all(character.isalpha() or character.isdecimal() or character in " '’&-./_" for character in text)
    return plain and _BARE.match(text) is not None


def text(words: str) -> str:
    """A text in quotes."""
    return '"' + " ".join(words.replace('"', "”").split("\n")) + '"'


def value(literal: n.Literal) -> str:
    """A value as written."""
    inner = literal.value
    match inner:
        case bool():
            return "yes" if inner else "no"
        case n.Name():
            return name(inner)
        case n.Moment():
            return moment_text(inner)
        case tuple():
            return ", ".join(name(item) for item in inner)
        case Fraction():
            return f"{decimal_text(inner * 100)}%" if literal.kind == "percent" else decimal_text(inner)
        case n.Money(amount, currency):
            return f"{amount:,f} {currency}"
        case str():
            return inner if literal.kind == "word" else text(inner)
        case _:
            return str(inner)


def _because(deed: n.Deed) -> str:
    return f" because {text(deed.reason)}" if deed.reason else ""


def _until(deed: n.Deed) -> str:
    return f" until {moment_text(deed.until)}" if deed.until else ""


def _under(deed: n.Deed, key: str, word: str) -> str:
    return next((f" {word} {name(names[0])}" for each, names in deed.names if each == key), "")


def _ballot(deed: n.Deed) -> str:
    verb = "abstains on" if deed.choice == "abstain" else f"votes {deed.choice}"
    behalf = f" on behalf of {name(deed.other)}" if deed.other else ""
    return f"{verb} {name(deed.target)}{behalf}{_under(deed, 'in', 'in')}{_because(deed)}"


def _proposes(deed: n.Deed) -> str:
    facts = "".join(f"\n  {word} {value(literal)}" for word, literal in deed.facts)
    return f"proposes {name(deed.other)} as {name(deed.target)}{facts}"


def _acts(deed: n.Deed) -> str:
    if deed.word == "second" and deed.times == 1 and not deed.reason and deed.target is not None:
        return f"seconds {name(deed.target)}"
    if deed.word in _ACTS and deed.target is not None and deed.times == 1 and (deed.word in _WITH_REASON or not deed.reason):
        return f"{_ACTS[deed.word]} {name(deed.target)}{_because(deed)}"
    times = f" {deed.times} times" if deed.times != 1 else ""
    on = f" on {name(deed.target)}" if deed.target else ""
    return f"records {deed.word}{times}{on}{_because(deed)}"


def _outcome(deed: n.Deed) -> str:
    words = {"for": "for", "against": "against", "abstaining": "abstaining"}
    counts = ", ".join(f"{value(literal)} {words[key]}" for key, literal in deed.facts if key in words)
    base = "".join(f" of {value(literal)}" for key, literal in deed.facts if key == "of")
    return f"declares {name(deed.target)} {deed.word}{f' with {counts}' if counts else ''}{base}{_because(deed)}"


def _finds(deed: n.Deed) -> str:
    is_ = f" is {value(deed.value)}" if deed.value is not None else ""
    of = f" of {name(deed.other)}" if deed.other else ""
    on = f" on {name(deed.target)}" if deed.target else ""
    return f"finds {'not ' if deed.negated else ''}{deed.word}{is_}{of}{on}{_because(deed)}"


def _rates(deed: n.Deed) -> str:
    answer = next(value(literal) for word, literal in deed.facts if word == "answer")
    about = f" about {name(deed.other)}" if deed.other else ""
    survey = f" in {name(deed.target)}" if deed.target else ""
    return f"answers {deed.word} {answer}{about}{survey}{_occasion(deed)}"


def _conflict(deed: n.Deed) -> str:
    verb = f"finds conflict of {name(deed.other)}" if deed.other else "declares conflict"
    return f"{verb} on {name(deed.target)}{_because(deed)}"


def _withdraws(deed: n.Deed) -> str:
    if deed.word == "proposal":
        return f"withdraws {name(deed.target)}"
    return f"withdraws {'vote' if deed.word == 'ballot' else deed.word} on {name(deed.target)}"


def _rules(deed: n.Deed) -> str:
    title = n.Name(deed.word)
    reading = name(title) if _is_bare(deed.word) else text(deed.word)
    return f"rules {reading} for {name(deed.target)}{_because(deed)}"


def _occasion(deed: n.Deed) -> str:
    keys = [names[0].text for each, names in deed.names if each == "for"]
    return "".join(f" for {key if _KEY.match(key) else name(n.Name(key))}" for key in keys)


def _listed(deed: n.Deed, key: str) -> str:
    names = [name(item) for each, found in deed.names if each == key for item in found]
    return ", ".join(names)


def _by(deed: n.Deed) -> str:
    return f" by {deed.choice}" if deed.choice else ""


def _sent(deed: n.Deed) -> str:
    writing = " in writing" if any(key == "writing" for key, _ in deed.names) else ""
    to = f" to {_listed(deed, 'to')}" if _listed(deed, "to") else ""
    return f"{writing}{_by(deed)}{to}" + (f" at {text(deed.word)}" if deed.word else "")


def _performs(deed: n.Deed) -> str:
    amount = f" with {value(deed.value)}" if deed.value is not None else ""
    behalf = f" on behalf of {name(deed.other)}" if deed.other else ""
    return f"performs {name(deed.target)}{amount}{_occasion(deed)}{behalf}{_because(deed)}"


def _raises(deed: n.Deed) -> str:
    against = f" against {_listed(deed, 'against')}" if _listed(deed, "against") else ""
    writing = " in writing" if any(key == "writing" for key, _ in deed.names) else ""
    facts = "".join(f"\n  {word} {value(literal)}" for word, literal in deed.facts)
    return f"raises {name(deed.other)} as {name(deed.target)}{against}{writing}{_because(deed)}{facts}"


def _decides(deed: n.Deed) -> str:
    favour = f" for {_listed(deed, 'for')}" if _listed(deed, "for") else ""
    return f"decides {name(deed.target)}{favour}{_because(deed)}"


def _releases(deed: n.Deed) -> str:
    of = f" of {name(deed.other)}" if deed.other else ""
    return f"waives {name(deed.target)}{of}{_occasion(deed)}{_because(deed)}"


# Acts that have a line of their own.
_ACTS = {
    "carried-out": "carries out", "minutes": "sends minutes of", "minutes-accepted": "accepts minutes of",
    "minutes-objection": "objects to minutes of", "urgent-relief": "seeks urgent relief on",
}  # fmt: skip
_WITH_REASON = ("carried-out", "minutes-objection", "urgent-relief")

_VERBS: dict[str, Callable[[n.Deed], str]] = {
    "appoint": lambda d: f"appoints {name(d.other)} as {name(d.target)}{_under(d, 'for', 'for')}{_until(d)}",
    "remove": lambda d: f"removes {name(d.other)} as {name(d.target)}",
    "resign": lambda d: f"resigns as {name(d.target)}",
    "join": lambda d: f"joins {name(d.target)}{_until(d)}",
    "leave": lambda d: f"leaves {name(d.target)}",
    "join-agreement": lambda d: "joins the agreement",
    "leave-agreement": lambda d: "leaves the agreement",
    "end-agreement": lambda d: f"ends the agreement{_because(d)}",
    "object-to-renewal": lambda d: f"objects to renewal{_because(d)}",
    "default": lambda d: f"{'is' if len(d.actors) == 1 else 'are'} in default{_because(d)}",
    "no-default": lambda d: f"{'is' if len(d.actors) == 1 else 'are'} no longer in default{_because(d)}",
    "outcome": _outcome,
    "has": lambda d: f"has {d.word} {value(d.value) if d.value else ''}",
    "propose": _proposes,
    "ballot": _ballot,
    "absent": lambda d: f"{'is' if len(d.actors) == 1 else 'are'} absent from {name(d.target)}",
    "present": lambda d: f"{'is' if len(d.actors) == 1 else 'are'} present at {name(d.target)}",
    "veto": lambda d: f"vetoes {name(d.target)}{_because(d)}",
    "objection": lambda d: f"objects to {name(d.target)}{_because(d)}",
    "withdraw": _withdraws,
    "advise": lambda d: f"advises on {name(d.target)}" + (f" {text(d.reason)}" if d.reason else ""),
    "act": _acts,
    "find": _finds,
    "conflict": _conflict,
    "proxy": lambda d: f"gives proxy to {name(d.other)}" + (f" on {name(d.target)}" if d.target else ""),
    "notice": lambda d: f"gives notice of {name(d.target)}{_sent(d)}",
    "notify": lambda d: f"gives notice {text(d.reason)} as {name(d.target)}{_sent(d)}",
    "confirm": lambda d: f"confirms notice of {name(d.target)}",
    "waive": lambda d: f"waives notice of {name(d.target)}",
    "delegate": lambda d: f"delegates {name(d.target)} to {name(d.other)}{_until(d)}",
    "revoke": lambda d: f"revokes {name(d.target)} from {name(d.other)}",
    "open": lambda d: f"opens {name(d.target)}" + (f" in {d.word}" if d.word else ""),
    "close": lambda d: f"closes {name(d.target)}",
    "extend": lambda d: f"extends {name(d.target)}{_until(d)}",
    "restart": lambda d: f"restarts {name(d.target)}",
    "rule": _rules,
    "raise": _raises,
    "take": lambda d: f"takes {name(d.target)} to {name(d.other)}{_because(d)}",
    "settle": lambda d: f"{'settles' if len(d.actors) == 1 else 'settle'} {name(d.target)}{_because(d)}",
    "decide": _decides,
    "perform": _performs,
    "exercise": lambda d: f"exercises {name(d.target)}{_occasion(d)}{_because(d)}",
    "release": _releases,
    "assign": lambda d: f"assigns {name(d.target)}{_occasion(d)} to {name(d.other)}",
    "subcontract": lambda d: f"subcontracts {name(d.target)}{_occasion(d)} to {name(d.other)}",
    "inform": lambda d: f"informs {_listed(d, 'to')} of {name(d.target)}",
    "share": lambda d: f"shares {d.word} with {_listed(d, 'to')}{_by(d)}",
    "ask": lambda d: f"asks {_listed(d, 'to')} as {name(d.target)}{_by(d)}{_because(d)}",
    "answer": lambda d: f"answers {name(d.target)}{_by(d)}{_because(d)}",
    "rate": _rates,
    "measure": lambda d: f"measures {d.word} {value(d.value) if d.value else ''}",
}

_VERBS.update(minutes_ip.verbs(name, value, _because))
