"""Facts in words: what each kind of key is called (an amount) or claims, one place a kind.

In: keys of the core. Out: `Amount`s and `Claim`s. What a comparison of an amount means is said by the module of its kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from govlang.backends.words import acts, english, uses, votes
from govlang.backends.words.groups import Who, plain, quoted
from govlang.backends.words.phrases import Amount, Claim, Period, Phrase, Tallied, stemmed
from govlang.core import keys as k
from govlang.frozen import replace
from govlang.model.nodes import Scope
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.speech import Speech

_MARKS = {
    "since": "the day on which it took effect", "done": "the day on which it was done",
    "lost": "the day on which its time was over",
    "released": "the day on which it was released", "ended": "the day on which it ended",
    "suspended": "the day since which its time stands still", "due": "the day on which it is due",
}  # fmt: skip


def it(clause: n.Node | None) -> str:
    """What is judged under a clause: a proposal, a dispute, a use of an asset."""
    if isinstance(clause, n.Dispute | n.Stage | n.ReliefOf):
        return "the dispute"
    if isinstance(clause, n.Licence | n.Owning | n.JointOwning | n.Confidentiality | n.Assignment):
        return "the use"
    return "the proposal"


def said(speech: Speech, key: k.Key) -> Phrase:
    """A key in words."""
    match key:
        case k.Given(name, stated):
            return _given(speech, key, name, stated)
        case (
            k.Tally() | k.Attendance() | k.Voted() | k.Distinct() | k.Matching() | k.Sharing() | k.InMeeting() | k.Reconvened()
            | k.Closed()
        ):  # fmt: skip
            return _of_votes(speech, key)
        case k.ClosedAt() | k.Now() | k.Mark() | k.Instant() | k.Deadline() | k.Delayed():
            return Amount(_instant(speech, key), "date", key=key)
        case k.Figure(trust, place):
            return Amount(f"the {english.ordinal(place + 1)} measure of {trust}", key=key)
        case k.Blocks(rule):
            return Amount(f"the {english.plural(rule.kind)}", "count", key=key)
        case k.Acts() | k.Actors():
            return Amount(f"the recordings of {quoted(key.rule.name)}", "count", key=key)
        case k.ProposerIn() | k.Proposers() | k.FactIn() | k.Taker() | k.Headcount() | k.Advised():
            return _of_groups(speech, key)
        case k.NoticeGiven(scope):
            return _waived(speech, scope)
        case k.Adopted() | k.UnderWay() | k.Ratified() | k.Reference():
            return _of_decisions(speech, key)
        case k.OfDispute():
            return _of_dispute(speech, key)
        case k.Total(total):
            return Amount(_total(total), speech.voice.kind(total.fact) or "number", key=key)
        case k.InTerm(survives, always):
            return _in_term(survives, always)
        case k.Withdrawn():
            return Claim(f"{speech.it} has been withdrawn", f"{speech.it} has not been withdrawn")
        case k.Ruled(reading):
            ruled = "it has been ruled that the text"
            return Claim(f"{ruled} means “{reading}”", f"{ruled} does not mean “{reading}”")
        case k.Ip():
            return uses.said(speech, key)
        case k.Column(_, type_, about):
            return Claim(about, f"it is not so that {about}") if type_ == "yesno" else Amount(about, type_, key=key)
    assert_never(key)


# ---------------------------------------------------------------- votes and instants


def _of_votes(
    speech: Speech,
    key: k.Tally | k.Attendance | k.Voted | k.Distinct | k.Matching | k.Sharing | k.InMeeting | k.Reconvened | k.Closed,
) -> Phrase:
    match key:
        case k.Tally(who, measure, weight):
            return votes.tally(speech, Tallied(who, frozenset({measure}), weight))
        case k.Attendance():
            return Amount("the members who count to the quorum", "count", key=key)
        case k.Voted(who, choice):
            verb = {"for": "vote for it", "against": "vote against it"}.get(choice, choice)
            group = speech.voice.groups.who(who.item)
            return Claim(group.does(verb), group.does_not(verb), role="voted")
        case k.Distinct() | k.Matching() | k.Sharing():
            return Amount(votes.what_differs(speech, key), "count", key=key)
        case k.InMeeting(_, body):
            of = f" of {speech.voice.names(body)}" if body else ""
            yes, no = f"the vote is taken in a meeting{of}", f"the vote is not taken in a meeting{of}"
            return Claim(yes, no, role="meeting", about=body)
        case k.Reconvened():
            return Amount("the number of meetings that this one reconvenes", "count", key=key)
        case k.Closed():
            before = "before voting closes"
            return Claim("voting has closed", "voting has not closed", role="elapsed", adverb=before, about="closed")
    assert_never(key)


def _instant(
    speech: Speech, key: k.ClosedAt | k.Now | k.Mark | k.Instant | k.Deadline | k.Delayed
) -> str:  # fmt: skip
    match key:
        case k.ClosedAt():
            return "the close of voting"
        case k.Now():
            return "today"
        case k.Mark(name):
            return _MARKS.get(name, plain(name))
        case k.Instant(anchor):
            return speech.voice.event(anchor)
        case k.Deadline():
            return speech.voice.deadline(key)
        case k.Delayed(rule):
            delay = f" of {english.duration(rule.delays)}" if rule.delays is not None else ""
            return f"the end of the delay{delay} that the {rule.kind} causes"
    assert_never(key)


# ---------------------------------------------------------------- facts of the proposal


def _given(speech: Speech, key: k.Given, name: str, stated: bool) -> Phrase:
    voice = speech.voice
    kind = voice.kind(name)
    if kind == "yesno" and not stated:
        return _answer(speech, name)
    if name == "proposed-on":
        kind = "date"
    return Amount(voice.fact(name), kind or ("word" if name == "mode" else "number"), key=key)


def _answer(speech: Speech, name: str) -> Claim:
    """A yes or no: as whoever determines it has found, or as it stands in what is proposed."""
    given = speech.voice.facts.get(name)
    if given is not None and given.determined_by is not None:
        who = speech.voice.groups.item(given.determined_by)
        if given.determined_by.quantifier in ("", "any"):
            who = Who(speech.voice.groups.a(n.Group((given.determined_by,))), who.many)
        weak = f"{who.text} {'have' if who.many else 'has'} not confirmed {quoted(name)}"
        return Claim(who.does(f"have confirmed {quoted(name)}"), who.does(f"have ruled out {quoted(name)}"), about=name, weak=weak)
    return Claim(f"{speech.it} is marked {quoted(name)}", f"{speech.it} is not marked {quoted(name)}", about=name)


def holds(amount: Amount) -> Claim:
    """An amount where yes or no is asked for."""
    return Claim(f"{amount.words} holds", f"{amount.words} does not hold")


def valued(phrase: Phrase) -> Amount:
    """A claim where a value is asked for: the answer to it."""
    return phrase if isinstance(phrase, Amount) else Amount(f"whether {phrase.yes}", "claim")


def known(speech: Speech, amount: Amount) -> Claim:
    """That a value is known: that a fact was stated, that something has happened."""
    key = amount.key
    if isinstance(key, k.Instant):
        yes, no = speech.voice.happened(key.anchor), speech.voice.happened(key.anchor, False)
        return Claim(yes, no, role="happened", about=key.anchor)
    if isinstance(key, k.OfDispute):
        about = ("goes on", key.step)
        return Claim(f"{amount.words} is known", f"{amount.words} is not known", role="known", about=about)
    if isinstance(key, k.Given):
        verb = "named" if speech.voice.kind(key.name) in ("party", "person", "parties", "persons", "role", "body") else "stated"
        words = amount.words
        if speech.voice.kind(key.name) == "yesno":
            return Claim(f"the question {quoted(key.name)} is answered", f"the question {quoted(key.name)} is not answered")
        if speech.voice.kind(key.name) == "decision":
            what, _, role = words.removeprefix("the decision ").rpartition(" named as ") if " named as " in words else ("", "", "")
            of = f"proposal of {what}" if what and what != "the decision" else "proposal"
            return Claim(f"{english.a(of)} is named as {role}", f"no {of} is named as {role}")
        if verb == "named" and " named as " in words:
            noun, _, role = words.removeprefix("the ").partition(" named as ")
            return Claim(f"{english.a(noun)} is named as {role}", f"no {noun} is named as {role}")
        return Claim(f"{words} is {verb}", f"{words} is not {verb}")
    return Claim(f"{amount.words} is known", f"{amount.words} is not known", role="known")


def in_a_meeting(outside: Claim, asked: Claim) -> Claim:
    """What is asked of a vote in a meeting only."""
    of = f" of {outside.no.partition(' in a meeting of ')[2]}" if " in a meeting of " in outside.no else ""
    if of and of in asked.yes:
        of = ""
    yes = f"if the vote is taken in a meeting{of}, {asked.yes}"
    return Claim(yes, f"the vote is taken in a meeting{of}, and {asked.no}", brief=asked.brief)


# ---------------------------------------------------------------- groups


def _of_groups(
    speech: Speech, key: k.ProposerIn | k.Proposers | k.FactIn | k.Taker | k.Headcount | k.Advised
) -> Phrase:  # fmt: skip
    voice, groups = speech.voice, speech.voice.groups
    match key:
        case k.ProposerIn(group):
            verb = "raised" if speech.it == "the dispute" else "proposed"
            found = stemmed((f"it is {verb}", f"it is not {verb}"), f"by {groups.who(group).text}", about=group, brief=verb)
            return replace(found, role="some") if acts.few(group) else found
        case k.Proposers(group):
            return Amount(f"the number of {groups.many(group)} who propose it", "count", key=key)
        case k.FactIn(fact, item):
            who = groups.a(n.Group((item,)))
            name = voice.fact(fact) if fact else "it"
            return Claim(f"{name} is {who}", f"{name} is not {who}")
        case k.Taker(group):
            step = _step(speech)
            whom = groups.a(group) if group is not None else "a party to the dispute"
            verb = f"takes the dispute to {step}" if step else "seeks relief"
            return Claim(f"{whom} {verb}", f"somebody other than {whom} {verb}", about="taker")
        case k.Headcount(group):
            return Amount(f"the number of {groups.many(group)}", "count", key=key)
        case k.Advised(group):
            return _advised(speech, group)


def _step(speech: Speech) -> str:
    """The step that a right of a ladder leads to."""
    clause = speech.clause
    return clause.ladder.steps[clause.at].name.text if isinstance(clause, n.Stage) else ""


def _advised(speech: Speech, group: n.Group) -> Claim:
    """Everyone who is to be consulted has advised; of an item joined by `or`, or asked as `any`, one is enough."""
    who = speech.voice.groups.who(group, each=group.joiner != "or")
    return Claim(who.does("have advised"), f"{who.text} {'have' if who.many else 'has'} not advised")


# ---------------------------------------------------------------- notice


def _waived(speech: Speech, scope: Scope) -> Claim:
    until = scope.notice.waived_until if scope.notice is not None else None
    window = f" {speech.voice.window(until)}" if until is not None else ""
    yes, no = f"everyone entitled to notice waives it{window}", f"not everyone entitled to notice waives it{window}"
    return Claim(yes, no, role="waived")


# ---------------------------------------------------------------- other decisions


def _of_decisions(speech: Speech, key: k.Adopted | k.UnderWay | k.Ratified | k.Reference) -> Claim:
    voice = speech.voice
    match key:
        case k.Adopted(decision, same, by):
            whole = f"{decision} has been taken{_same(same)}{'' if by is None else f' {_by(speech, by)}'}"
            if _own(speech, decision):
                return Claim(f"an earlier decision {whole}", f"no earlier decision {whole}", limits=_limit(by))
            return Claim(f"the decision {whole}", f"no decision {whole}", limits=_limit(by))
        case k.UnderWay(decision, same):
            whole = f"proposal of {decision} is under way{_same(same)}"
            earlier = _own(speech, decision)
            return Claim(f"{'an earlier' if earlier else 'a'} {whole}", f"no {'earlier ' if earlier else ''}{whole}")
        case k.Ratified(decision, by):
            window = _by(speech, by).replace("after the decision is taken", "after it is taken")
            yes, no = f"the decision {decision} ratifies it {window}", f"no decision {decision} ratifies it {window}"
            return Claim(yes, no, limits=_limit(by))
        case k.Reference(fact):
            words = voice.proposal(fact)
            optional = (given := voice.facts.get(fact)) is not None and given.optional
            no = f"{words} has not been taken" if optional else f"{words} has been refused"
            return Claim(f"{words} has been taken", no)


def _own(speech: Speech, decision: str) -> bool:
    """Whether a decision looks at others of its own kind: at those that were proposed before."""
    return speech.decision is not None and speech.decision.name == decision


def _same(facts: tuple[str, ...]) -> str:
    return f" for the same {english.listed([plain(fact) for fact in facts])}" if facts else ""


def _limit(by: k.Deadline | None) -> tuple[object, ...]:
    return (Period(by.since.anchor, by.duration),) if by is not None else ()


def _by(speech: Speech, by: k.Deadline) -> str:
    if by.duration.amount == 0:
        return f"before {speech.voice.happens(by.since.anchor)}"
    return speech.voice.within(by.duration, by.since.anchor, by.through)


# ---------------------------------------------------------------- disputes, totals, term


def _of_dispute(speech: Speech, key: k.OfDispute) -> Phrase:
    name = speech.voice.fact(key.fact) if key.fact else "the dispute"
    match key.what:
        case "out":
            return Amount(_time_of(speech, key.step), "date", key=key)
        case "next":
            return Amount(f"the day on which {name} goes on from {key.step}", "date", key=key)
        case "raised":
            return Claim(f"{name} has been raised", f"{name} has not been raised")
        case "written":
            return Claim(f"{name} has been raised in writing", f"{name} has not been raised in writing")
        case "open":
            return Claim(f"{name} is open", f"{name} is not open")
        case "ended":
            return Claim(f"{name} has ended", f"{name} has not ended")
        case "settled" | "withdrawn" | "decided":
            word = "finally decided" if key.what == "decided" else key.what
            return Claim(f"{name} has been {word}", f"{name} has not been {word}")
        case "lapsed":
            return Claim(f"{name} has lapsed", f"{name} has not lapsed")
        case "at":
            return Claim(f"{name} is at the step {key.step}", f"{name} is not at the step {key.step}")
        case "past":
            yes, no = f"{name} has gone on from {key.step}", f"{name} has not gone on from {key.step}"
            return Claim(yes, no, about=("past", key.step))
        case _:
            return Claim(f"{name} has been at {key.step} or a later step", f"{name} has not yet been at {key.step} or a later step")


def _time_of(speech: Speech, step: str) -> str:
    """The time of a step, as its ladder sets it: the 10 days for Talks."""
    clause = speech.clause
    ladder = clause.ladder if isinstance(clause, n.Stage | n.ReliefOf) else clause if isinstance(clause, n.Dispute) else None
    at = ladder.place(step) if ladder is not None else -1
    limit = ladder.steps[at].within if ladder is not None and at >= 0 else None
    if limit is None:
        return f"the time for {step}"
    after = f" (counted from {speech.voice.event(limit.anchor)})" if limit.anchor is not None else ""
    return f"the time of {english.duration(limit.duration)} for {step}{after}"


def _total(total: n.Total) -> str:
    per = f" per {plain(total.per)}" if total.per else ""
    over = f" over the last {english.duration(total.period).removeprefix('one ')}" if total.period is not None else ""
    return f"the total of the {english.plural(plain(total.fact))}{per}{over}"


def _in_term(survives: n.Duration | None, always: bool) -> Claim:
    if always:
        return Claim("the agreement is in force or has ended", "the agreement has not begun")
    if survives is None:
        return Claim("the agreement is in force", "the agreement is not in force")
    later = english.duration(survives)
    return Claim(f"the agreement is in force, or ended no more than {later} ago",
                 f"the agreement is not in force and did not end within the last {later}")  # fmt: skip
