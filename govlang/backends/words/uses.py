"""What the record says of an asset and of one who wants to do something with it, in words.

In: keys `Ip`, the line of the text each was made from, the right it stands in. Out: claims about `the use`: by whom, of what.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.groups import plain, quoted
from govlang.backends.words.phrases import Claim
from govlang.core import keys as k, lower_conditions
from govlang.core.lower import Lowering
from govlang.model.ip import find
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.speech import Speech

_CLASS = {"background": "background", "results": "a result", "sideground": "sideground"}


def said(speech: Speech, key: k.Ip) -> Claim:
    """One thing the record says, under one line of the text."""
    line, right = key.line, key.right
    match key.what:
        case "covered" if isinstance(line, n.GrantedOf):
            which = _assets(line.assets)
            return Claim(f"the asset is {which}", f"the asset is not {which}")
        case "grantor" if isinstance(line, n.GrantedFrom):
            return _grantor(speech, line)
        case "licensee" if isinstance(line, n.GrantedTo):
            return _licensee(speech, line, right)
        case "running" if isinstance(line, n.Period):
            return _running(line, right)
        case "requested" | "window" if isinstance(line, n.OnRequest):
            return _request(line, key.what)
        case "excluded" if isinstance(line, n.Licence):
            return _excluded(line, right)
        case "over" if isinstance(line, n.EndsOn):
            return _over(speech, line, right)
        case "sole owner":
            owned = _owned(speech, line)
            return Claim(f"the user is the only owner of {owned}", f"the user is not the only owner of {owned}", about="owner")
        case "joint owner":
            return Claim("the user is one of several owners of the asset", "the user is not one of several owners of the asset")
        case "consented":
            owned = _owned(speech, line)
            return Claim(f"every other owner of {owned} approves it", f"not every other owner of {owned} approves it")
        case "asked":
            return Claim("approval has been asked for", "approval has not been asked for")
        case "secret" if isinstance(line, n.Confidentiality):
            words = _secret(speech, line)
            return Claim(f"{right} forbids it ({words})", f"{right} does not forbid it ({words})")
        case "noticed" if isinstance(line, n.SecretExcept):
            notice = f"{english.possessive(line.period)} notice" if line.period is not None else "notice"
            return Claim(f"{notice} has been given to the owner", f"{notice} has not been given to the owner")
        case _:
            words = speech.agreement.wording(line)
            return Claim(f"{quoted(key.what)} holds under `{words}`", f"{quoted(key.what)} does not hold under `{words}`")


def _assets(assets: n.Assets) -> str:
    """Which assets a line is about, for one of them: a result; the asset Cell Model or Drift Model."""
    if assets.every:
        return "any asset"
    found = [_CLASS.get(each, each) for each in assets.classes] + [name.text for name in assets.names]
    return english.listed(found, "or")


def _labels(words: Sequence[str]) -> str:
    return english.listed([plain(word) if word[:1].islower() else word for word in words], "or")


def _grantor(speech: Speech, line: n.GrantedFrom) -> Claim:
    whose = speech.voice.groups.a(line.group)
    return Claim(f"every owner of the asset is {whose}", f"not every owner of the asset is {whose}")


def _licensee(speech: Speech, line: n.GrantedTo, right: str) -> Claim:
    who = speech.voice.groups.a(line.group)
    licence = speech.agreement.ip.licences.get(right)
    once = ", or was one before it left" if licence is not None and find(licence, n.SurvivesLeaving) is not None else ""
    return Claim(f"the licensee is {who}{once}", f"the licensee is not {who}")


def _running(line: n.Period, right: str) -> Claim:
    since = f" from {english.moment(line.since)}" if line.since is not None else ""
    until = f" until {ending(line.end)}" if line.end is not None else " for ever" if line.since is None else " on, for ever"
    return Claim(f"{right} runs{since}{until}", f"the time of {right} ({(since + until).strip()}) has not begun or is over",
                 limits=(("day", line.since.start),) if line.since is not None else ())  # fmt: skip


def ending(end: n.End) -> str:
    """The end of a period, to stand after `until`: that of a day; that of the agreement, or so long after it."""
    if end.day is not None:
        return f"the end of {english.moment(end.day)}" if end.day.whole_day else english.moment(end.day)
    if end.after is None or end.after.amount == 0:
        return "the end of the agreement"
    return f"{english.duration(end.after)} after the end of the agreement"


def _request(line: n.OnRequest, what: str) -> Claim:
    late = f" no later than {english.duration(line.within)} after the end of the agreement" if line.within is not None else ""
    if what == "requested":
        return Claim(f"access has been requested{late}", f"access has not been requested{late}")
    over = Claim("the time for requests is over", "the time for requests still runs", role="elapsed",
                 adverb="while the time for requests runs")  # fmt: skip
    return over.turned()


def _excluded(line: n.Licence, right: str) -> Claim:
    kind = find(line, n.Exclusivity)
    sort = kind.kind if isinstance(kind, n.Exclusivity) else "exclusive"
    yes = f"the use falls under {right}, {english.a(sort)} licence that somebody else holds"
    return Claim(yes, yes.replace("falls", "does not fall", 1))


def _over(speech: Speech, line: n.EndsOn, right: str) -> Claim:
    match line.what:
        case "default":
            return Claim(f"{right} has ended on default of the licensee", f"{right} has not ended on default of the licensee")
        case "suspended":
            return Claim("the licensee is in default", "the licensee is not in default")
        case "leaving":
            return Claim("the licensee has left the agreement", "the licensee has not left the agreement")
        case "termination":
            by = f" by {speech.voice.groups.who(line.by).text}" if line.by is not None else ""
            return Claim(f"{right} has been terminated{by}", f"{right} has not been terminated{by}")
        case _:
            yes = f"a ground has come up on which {right} ends: {_ground(speech, line)}"
            return Claim(yes, yes.replace("a ground", "no ground", 1), about=("over", right, _ground(speech, line)))


def _ground(speech: Speech, line: n.EndsOn) -> str:
    """What ends a licence: a condition, or something that happens."""
    if line.condition is not None and speech.decision is not None:
        return speech.claim(lower_conditions.condition(Lowering(speech.agreement, speech.decision), line.condition)).yes
    if line.happening is not None and speech.words is not None:
        from govlang.backends.words.happenings import happening

        later = f"{english.duration(line.after)} have passed after " if line.after is not None else ""
        return f"{later}{happening(speech.words, line.happening, speech.voice)}"
    return speech.agreement.wording(line)


def _owned(speech: Speech, line: n.Node) -> str:
    """The asset, by name and class where the right is about one alone."""
    clause = speech.clause
    if not isinstance(clause, n.Owning) or clause.asset is None:
        return "the asset"
    name = clause.asset.name.text
    if not isinstance(line, n.AssetKind) or not line.owners:
        return name
    owners = [f"{each.name.text}{f' {english.percent(each.share)}' if each.share is not None else ''}" for each in line.owners]
    return f"{name} ({line.kind} of {english.listed(owners)})"


def _secret(speech: Speech, clause: n.Confidentiality) -> str:
    """What is secret, for how long; whom that binds, who may be told."""
    of, lasting = find(clause, n.SecretOf), find(clause, n.SecretFor)
    what = "nothing" if not isinstance(of, n.SecretOf) else "everything" if of.assets.every else _assets(of.assets)
    marked = " marked confidential" if isinstance(of, n.SecretOf) and of.marked else ""
    found = [f"{what}{marked} is secret {lasting_of(lasting)}"]
    for line in clause.lines:
        if isinstance(line, n.Binds):
            found.append(f"it binds {speech.voice.groups.who(line.group, each=True).text}")
        elif isinstance(line, n.AllowedTo):
            found.append(f"it may be told to {_labels(line.labels)}")
        elif isinstance(line, n.OralMarked):
            found.append(f"what is told orally must be marked within {english.duration(line.within)}")
    return "; ".join(found)


def lasting_of(line: n.Node | None) -> str:
    """How long something stays secret."""
    if isinstance(line, n.SecretFor) and line.after_disclosure is not None:
        return f"for {english.duration(line.after_disclosure)} after it was last disclosed"
    if isinstance(line, n.SecretFor) and line.end is not None:
        return f"until {ending(line.end)}"
    return "without any limit in time"
