"""Votes in words: at least two thirds of all members of the Steering Committee vote for it.

In: tallies, attendance, approvals and the bars they must reach. Out: amounts and claims, as they stand once voting has closed:
ballots that are still open count for nothing here, and whoever may still come is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.backends.words import acts, english
from govlang.backends.words.comparisons import OF_COUNTS, SAYS, in_kind
from govlang.backends.words.groups import plain
from govlang.backends.words.phrases import FLIPPED, Amount, Claim, Tallied, stemmed
from govlang.core import keys as k
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.speech import Speech

_OPEN = {"may be present": "present", "may take part": "taking part"}
_VERBS = {
    frozenset({"for"}): "vote for it", frozenset({"for", "abstaining"}): "vote for it or abstain",
    frozenset({"against"}): "vote against it", frozenset({"abstaining"}): "abstain",
    frozenset({"taking part"}): "take part in the vote", frozenset({"silent"}): "have not voted",
}  # fmt: skip
_NOUNS = {
    frozenset({"for"}): "the votes for it", frozenset({"against"}): "the votes against it",
    frozenset({"for", "abstaining"}): "the votes for it and the abstentions", frozenset({"abstaining"}): "the abstentions",
    frozenset({"for", "against", "abstaining"}): "the votes cast", frozenset({"for", "against"}): "the votes cast",
    frozenset({"silent"}): "the votes not cast",
}  # fmt: skip
_CAST = (frozenset({"for", "against", "abstaining"}), frozenset({"for", "against"}))
_PEOPLE = ("members", "other members", "present")


# ---------------------------------------------------------------- amounts


def tally(speech: Speech, tallied: Tallied) -> Amount:
    """One tally. Ballots still open are none by the time that counts."""
    (measure,) = tallied.measures
    if measure == "open":
        return Amount("none", "number", Fraction(0))
    measure = _OPEN.get(measure, measure.removesuffix(" so far"))
    return amount(speech, Tallied(tallied.who, frozenset({measure}), tallied.weight))


def may_be_added(tallied: Sequence[Tallied]) -> bool:
    """Whether tallies are parts of one whole: choices, each once. Members added to members are a sum."""
    choices = [measure for each in tallied for measure in each.measures]
    return len(set(choices)) == len(choices) and set(choices) <= {"for", "against", "abstaining"}


def amount(speech: Speech, tallied: Tallied) -> Amount:
    """What a tally (or a share of it) is called."""
    words = _whole(speech, tallied)
    if tallied.share != 1:
        words = f"{english.share_of(tallied.share)} {words}"
    if tallied.weight:
        words += f" weighted by {plain(tallied.weight)}"
    return Amount(words, "count", tallied=tallied)


def _whole(speech: Speech, tallied: Tallied) -> str:
    people = speech.voice.groups.many(tallied.who.item)
    (single,) = tallied.measures if len(tallied.measures) == 1 else ("",)
    if single == "present":
        return f"the {people} who are {there(speech, tallied.who)} (outside a meeting, who take part)"
    if single in _PEOPLE:
        return f"all {people}{'' if single == 'members' else ' other than the proposer'}"
    if single == "fixed seats":
        return f"the fixed seats of {speech.voice.names(tallied.who.body)}" if tallied.who.body else f"the seats of the {people}"
    if single == "taking part":
        return f"the {people} who take part in the vote"
    noun = _NOUNS.get(tallied.measures, "the votes")
    left_out = " (abstentions left out)" if tallied.measures == frozenset({"for", "against"}) else ""
    return f"{noun} {_where(speech, tallied.who)}{left_out}"


def proxies(speech: Speech, who: k.Electorate) -> tuple[n.Proxies, ...]:
    """The proxies of the decision; else those of the body."""
    body = speech.agreement.bodies.get(who.body)
    return who.scope.proxies or (body.proxies if body is not None else ())


def there(speech: Speech, who: k.Electorate) -> str:
    """What those are who count as attending a meeting: present; or represented, where somebody may stand in for another."""
    stood_for = any(rule.substitutes or rule.each for rule in proxies(speech, who))
    return "present or represented" if stood_for else "present"


def _where(speech: Speech, who: k.Electorate) -> str:
    """Where votes are cast: in the Steering Committee, among the parties."""
    return f"in {speech.voice.names(who.body)}" if who.body else f"among {speech.voice.groups.among(who.item)}"


# ---------------------------------------------------------------- tests


def compare(speech: Speech, op: str, left: Amount, tallied: Tallied, right: Amount) -> Claim:
    """A tally against its bar."""
    about = ("votes", tallied.who.item)
    if not tallied.who.votes and tallied.measures == frozenset({"for"}) and op == ">=":
        return approval(speech, tallied.who)
    if tallied.measures == frozenset({"against"}) and op == "<" and acts.few(tallied.who.item) and not right.is_literal:
        return _too_few_against(speech, tallied)
    if op == ">" and right.value == 0:
        return Claim(_test(speech, op, tallied, right), _test(speech, "<=", tallied, right), role="some", about=about)
    tied = op == "=" and right.tallied is not None and right.tallied.measures == frozenset({"against"})
    if tied:
        return Claim("the votes are tied", "the votes are not tied", role="tie")
    brief = _brief(speech, op, tallied, right)
    return Claim(_test(speech, op, tallied, right), _test(speech, FLIPPED[op], tallied, right), about=about, brief=brief)


def _too_few_against(speech: Speech, tallied: Tallied) -> Claim:
    """Fewer of a group vote against it than it takes."""
    who = speech.voice.groups.who(tallied.who.item).text
    no = f"{who} vote against it"
    return Claim(f"fewer than {no.removeprefix('at least ')}", no, about=("votes", tallied.who.item))


def at_a_tie(claims: list[Claim]) -> Claim:
    """What decides when the votes are tied."""
    voted = next((claim for claim in claims if claim.role == "voted"), claims[-1])
    who = voted.yes.removesuffix(" votes for it")
    yes, no = f"at a tie, it is enough that {voted.yes}", f"at a tie, {voted.no}"
    return Claim(yes, no, role="at a tie", brief=f"at a tie the vote of {who}")


def approval(speech: Speech, who: k.Electorate) -> Claim:
    """The approval of one item of a group: of all of it, unless its quantifier says otherwise."""
    groups = speech.voice.groups
    given = groups.item(who.item.items[0], each=True) if len(who.item.items) == 1 else groups.who(who.item)
    yes, no = given.does("approve it"), given.does_not("approve it")
    if who.item.items[0].quantifier == "any":
        yes = f"at least one {given.text.removeprefix('any ')} approves it"
        no = groups.none(who.item).does_not("approve it")
    elif who.item.items[0].quantifier or given.text.startswith("every "):
        no = f"it is not so that {yes}"
    return Claim(yes, no, about=("votes", who.item), brief=f"approval of {given.text}")


def _test(speech: Speech, op: str, tallied: Tallied, right: Amount) -> str:
    verb = f"be {there(speech, tallied.who)}" if tallied.measures == {"present"} else _VERBS.get(tallied.measures)
    suffix = _suffix(tallied, right)
    if verb is not None and isinstance(right.value, Fraction) and not tallied.weight:
        return _counted(speech, op, tallied, right.value, verb, suffix)
    of = right.tallied
    if of is not None and (of.who, of.weight) == (tallied.who, tallied.weight):
        if tallied.measures == frozenset({"for"}) and of.measures == frozenset({"against"}) and of.share == 1 and op == ">":
            return f"more votes are cast for it than against it {_where(speech, tallied.who)}{suffix.removesuffix(',')}"
        people = len(of.measures) == 1 and next(iter(of.measures)) in _PEOPLE
        share = f"{_share(op, of)} ".lstrip()
        if verb is not None and people:
            return f"{share}{_base(speech, of)}{suffix} {english.verb(verb, True)}"
        side = {frozenset({"for"}): "for", frozenset({"against"}): "against"}.get(tallied.measures, "")
        if side and of.measures in _CAST:
            return f"{share}{_base(speech, of)}{suffix} are {side} it"
    elif of is None and right.words.startswith("the percentage given as ") and verb is not None:
        return f"{OF_COUNTS[op]} {right.words}{suffix} {_are(tallied, verb)}"
    number = _bar(speech, tallied, right)
    if tallied.measures not in _NOUNS:
        who = speech.voice.groups.many(tallied.who.item)
        said = english.verb(verb, True) if verb is not None else "vote"
        return f"the number of {who} who {said}{suffix} is {SAYS[op]} {number}"
    subject, come = f"{_NOUNS[tallied.measures]} {_where(speech, tallied.who)}", "come to"
    return f"{subject}{suffix} {come} {SAYS[op] if tallied.weight or not right.is_literal else OF_COUNTS[op]} {number}"


def _are(tallied: Tallied, verb: str) -> str:
    return "are for it" if tallied.measures == frozenset({"for"}) else english.verb(verb, True)


def _counted(speech: Speech, op: str, tallied: Tallied, value: Fraction, verb: str, suffix: str) -> str:
    """So many people, by name of what they are."""
    groups, item = speech.voice.groups, tallied.who.item
    if (op == "<" and value == 1) or (op == "<=" and value == 0):
        return groups.none(item).does_not(verb) + suffix.removesuffix(",")
    if (op == ">=" and value == 1) or (op == ">" and value == 0):
        if groups.alone(item):
            return groups.who(item).does(verb) + suffix.removesuffix(",")
        return f"at least one {groups.one(item)}{suffix} {english.verb(verb)}"
    noun = groups.one(item) if value == 1 else groups.many(item)
    return f"{OF_COUNTS[op]} {english.number(value)} {noun}{suffix} {english.verb(verb, value != 1)}"


def _share(op: str, of: Tallied) -> str:
    if of.share == 1:
        return {">=": "", "<": "fewer than", "<=": "at most", ">": "more than"}[op]
    less = {**SAYS, "<": "less than"}
    return f"{less[op]} {english.share_of(of.share)}"


def _base(speech: Speech, of: Tallied) -> str:
    words = _whole(speech, of)
    return words.replace("the ", "all ", 1) if of.share == 1 and words.startswith("the ") else words


def _suffix(tallied: Tallied, right: Amount) -> str:
    """How a bar is rounded, how votes are weighed, how many of a kind are counted: set off by commas."""
    found = []
    if tallied.weight:
        found.append(f"weighted by {plain(tallied.weight)}")
    if tallied.who.cap:
        found.append(f"counting at most {english.number(tallied.who.cap)} for each {plain(tallied.who.cap_attribute)}")
    if right.rounded:
        found.append({"nearest": "rounded to the nearest whole number"}.get(right.rounded, f"rounded {right.rounded}"))
    return f", {', '.join(found)}," if found else ""


def _bar(speech: Speech, tallied: Tallied, right: Amount) -> str:
    if isinstance(right.value, Fraction):
        kind = next((item.type.kind for items in speech.agreement.attributes.values() for item in items
                     if item.name == tallied.weight), "number")  # fmt: skip
        return in_kind(right.value, "percent" if kind == "percent" else "number")
    if right.tallied is not None and len(right.tallied.measures) == 1 and next(iter(right.tallied.measures)) in _PEOPLE:
        share = english.share_of(right.tallied.share) if right.tallied.share != 1 else "the number of"
        return f"{share} {_whole(speech, right.tallied)}"
    if right.tallied is not None and right.tallied.weight:
        return right.words.removesuffix(f" weighted by {plain(right.tallied.weight)}")
    return right.words


def _brief(speech: Speech, op: str, tallied: Tallied, right: Amount) -> str:
    """The same as a noun phrase: more than half of the votes cast in the Steering Committee."""
    words = _test(speech, op, tallied, right)
    of = right.tallied
    if of is None or tallied.measures != frozenset({"for"}):
        return words
    if of.measures == frozenset({"against"}):
        return words.replace("more votes are cast for it than against it", "more votes for than against")
    for ending in (" vote for it", " are for it"):
        if words.endswith(ending):
            return words.removesuffix(ending).removesuffix(",")
    return words


# ---------------------------------------------------------------- quorums


def quorum(speech: Speech, op: str, key: k.Attendance, right: Amount) -> Claim:
    """Members who are there, or take part, as the quorum asks."""
    yes, no = (_there(speech, each, key, right) for each in (op, FLIPPED[op]))
    brief = f"quorum: {_there(speech, op, key, right, brief=True).strip().removesuffix(',')}"
    return Claim(yes, no, about=("quorum", key.electorate.item), brief=brief)


def _there(speech: Speech, op: str, key: k.Attendance, right: Amount, brief: bool = False) -> str:
    groups, who = speech.voice.groups, key.electorate
    suffix = _suffix(Tallied(who, frozenset({"present"})), right)
    one = right.value == 1
    said = "" if brief else _attend(speech, key, not one)
    if isinstance(right.value, Fraction):
        noun = groups.one(who.item) if one else groups.many(who.item)
        return f"{OF_COUNTS[op]} {english.number(right.value)} {noun}{suffix} {said}"
    of = right.tallied
    if of is not None and len(of.measures) == 1 and next(iter(of.measures)) in _PEOPLE:
        share = _share(op, of) or "all"
        base = _base(speech, of)
        return f"{share} {base.removeprefix('all ') if share == 'all' else base}{suffix} {said}"
    if brief:
        return f"{OF_COUNTS[op]} {right.words}{suffix}"
    return f"the number of {groups.many(who.item)} who {said} is {OF_COUNTS[op]} {right.words}{suffix.removesuffix(',')}"


def _attend(speech: Speech, key: k.Attendance, many: bool) -> str:
    """What those do who count to a quorum: are present or represented or, outside a meeting, take part in the vote."""
    present, taking = f"{'are' if many else 'is'} {there(speech, key.electorate)}", f"take{'' if many else 's'} part in the vote"
    if key.kind == "taking part":
        return taking
    return present if key.kind == "present" else f"{present} or, outside a meeting, {taking}"


# ---------------------------------------------------------------- different persons, parties, employers


def what_differs(speech: Speech, key: k.Distinct | k.Matching | k.Sharing) -> str:
    """What is counted of those who approve."""
    match key:
        case k.Sharing(group, attribute):
            return f"the number of {speech.voice.groups.many(group)} with the same {plain(attribute)}"
        case k.Distinct(who, attribute):
            return f"the number of different {_kinds(attribute)} of {speech.voice.groups.among(who.item)} who approve it"
        case k.Matching(_, by):
            return f"the number of approvals by different {_kinds(by)}"


def _kinds(attribute: str) -> str:
    return "persons" if attribute == "persons" else english.plural(plain(attribute))


def different(speech: Speech, op: str, key: k.Distinct | k.Matching | k.Sharing, right: Amount) -> Claim:
    """So many different ones among those who approve, or so few who share something."""
    many = english.number(right.value) if isinstance(right.value, Fraction) else right.words
    groups = speech.voice.groups
    match key:
        case k.Sharing(group, attribute):
            who = groups.many(group)
            if right.value == 1 and op == "<=":
                same = f"{who} have the same {plain(attribute)}"
                return Claim(f"no two {same}", f"at least two {same}")
            if isinstance(right.value, Fraction):
                noun = groups.one(group) if right.value == 1 else who
                have = english.verb("have", right.value != 1)
                yes = f"{OF_COUNTS[op]} {many} {noun} {have} the same {plain(attribute)}"
                no = f"{OF_COUNTS[FLIPPED[op]]} {many} {noun} {have} the same {plain(attribute)}"
                return Claim(yes, no)
            verb = "fill" if right.tallied is not None and "fixed seats" in right.tallied.measures else "make up"
            yes, no = (f"the {who} with the same {plain(attribute)} {verb} {SAYS[each]} {many}" for each in (op, FLIPPED[op]))
            return Claim(yes, no)
        case k.Distinct(who, attribute):
            those = f"the {groups.many(who.item)} who approve it"
            noun = english.counted(right.value, plain(attribute)) if isinstance(right.value, Fraction) else many
            differ = f"stand for at least {noun}"
            if attribute != "party":
                differ = f"have at least {noun.replace(' ', ' different ', 1)}"
            return Claim(f"{those} {differ}", f"it is not so that {those} {differ}", brief=f"from {noun}")
        case k.Matching(slots, by):
            return _matching(speech, slots, by)


def _matching(speech: Speech, slots: tuple[k.Electorate, ...], by: str) -> Claim:
    asked = [approval(speech, slot).brief.removeprefix("approval of ") for slot in slots]
    listed = english.listed([f"that of {each}" for each in asked])
    who = "different persons" if by == "persons" else f"persons of different {_kinds(by)}"
    if by == "party":
        who = "persons of different parties"
    count = "two" if len(slots) == 2 else english.number(len(slots))
    yes = f"the {count} approvals ({listed}) are given by {who}"
    return Claim(yes, f"the {count} approvals ({listed}) are not given by {who}", brief=f"approvals by {who}")


def proposers(speech: Speech, op: str, group: n.Group, right: Amount) -> Claim:
    """How many of a group stand behind a proposal."""
    item = group.items[0]
    who = speech.voice.groups.item(item)
    together = " together" if item.quantifier == "every" else ""
    found = stemmed(("it is proposed", "it is not proposed"), f"by {who.text}{together}", about=group, brief="proposed")
    return found if op == ">=" else found.turned()
