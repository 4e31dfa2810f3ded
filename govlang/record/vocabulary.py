"""The vocabulary of events: which fields each event has in JSON, and where they stand in a `Deed`.

In: nothing. Out: `EVENTS`, one entry a kind of event. The reader and writer of JSON lines and the published schema are all
made from this one table, so that they cannot disagree.
"""

from __future__ import annotations

from govlang.frozen import dataclass
from govlang.syntax.nodes import Deed


@dataclass(frozen=True, slots=True)
class Part:
    """One field of an event: its key in JSON, the place in the deed (`names.x` for a list under x), and its type.

    Types: name, names, word, title, text, moment, yesno, count, votes, value, facts, or `a|b|c` for a choice. `about` is its
    meaning.
    """

    key: str
    place: str
    type: str
    about: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of event: the deed it makes, what its line in a minute book says, and its fields beside `at` and `by`."""

    name: str
    deed: str
    line: str
    parts: tuple[Part, ...]
    word: str = ""
    by: bool = True


_ON = Part("on", "target", "name", "the proposal")
_OF_MEETING = Part("of", "target", "name", "the meeting")
_WHY = Part("because", "reason", "text", "the reason", False)
_UNTIL = Part("until", "until", "moment", "the last day", False)
_WHO = Part("who", "other", "name", "the person or party")
_ROLE = Part("as", "target", "name", "the role")
_BODY = Part("body", "target", "name", "the body")
_NORM = Part("what", "target", "name", "the duty or power")
_FOR = Part("for", "names.for", "name", "which of several: a proposal, a period, a day", False)
_CHANNEL = Part("channel", "choice", "word", "the channel", False)
_CHOICE = Part("choice", "choice", "for|against|abstain", "how the vote falls")
_BEHALF = Part("on_behalf_of", "other", "name", "for whom, by proxy or delegation", False)
_PLACE = Part("in", "names.in", "name", "the body, when someone sits on two", False)
_MEETING = (
    Part("body", "other", "name", "the body that met"),
    Part("as", "target", "name", "the name of the meeting"),
    Part("present", "names.present", "names", "who was there", False),
    Part("absent", "names.absent", "names", "who was not", False),
    Part("agenda", "names.agenda", "names", "the proposals before it", False),
    Part("closed", "names.closed", "yesno", "whether the meeting has ended", False),
    Part("covers", "names.covers", "names", "what a review went into", False),
    Part("reconvening", "names.reconvening", "name", "the meeting that is called again", False),
)
_SENT = (
    Part("writing", "names.writing", "yesno", "whether it was in writing", False),
    Part("channel", "choice", "word", "by which way", False),
    Part("to", "names.to", "names", "to whom; all who are entitled to it, if left out", False),
    Part("address", "word", "text", "where it was sent", False),
)
_SCOPE = (
    Part("for", "word", "word", "the purpose", False),
    Part("field", "names.field", "name", "the field of use", False),
    Part("territory", "names.territory", "name", "where", False),
)
_CALLED = (
    Part("as", "names.as", "name", "a name by which later events speak of it", False), _WHY,
    Part("facts", "facts", "facts", "further facts by name", False),
)
_ASSET = Part("asset", "target", "name", "the asset")
_RECIPIENT = Part("to", "other", "name", "to whom")
_WITH_ASSETS: dict[str, tuple[Part, ...]] = {
    "use": (_ASSET, *_SCOPE, *_CALLED),
    "request": (_ASSET, *_SCOPE, *_CALLED),
    "sublicense": (_ASSET, _RECIPIENT, *_SCOPE, *_CALLED),
    "license": (_ASSET, _RECIPIENT,
                Part("how", "choice", "exclusively|non-exclusively", "whether anybody else may have one", False),
                *_SCOPE, *_CALLED),
    "publish": (_ASSET, *_SCOPE, *_CALLED),
    "disclose": (_ASSET, Part("to", "other", "name", "to whom", False), *_SCOPE,
                 Part("orally", "names.orally", "yesno", "whether it was told, and not written", False), *_CALLED),
}
_ASKED = {**_WITH_ASSETS, "assign": (_ASSET, _RECIPIENT, *_SCOPE, *_CALLED)}
_EVENTS = (
    Event("appoint", "appoint", "A appoints B as ROLE", (
        _WHO, _ROLE, Part("for", "names.for", "name", "the party that the holder stands for", False), _UNTIL)),
    Event("remove", "remove", "A removes B as ROLE", (_WHO, _ROLE)),
    Event("resign", "resign", "B resigns as ROLE", (_ROLE,)),
    Event("join", "join", "B joins BODY", (_BODY, _UNTIL)),
    Event("leave", "leave", "B leaves BODY", (_BODY,)),
    Event("join-agreement", "join-agreement", "A joins the agreement", ()),
    Event("leave-agreement", "leave-agreement", "A leaves the agreement", ()),
    Event("end-agreement", "end-agreement", "A ends the agreement", (_WHY,)),
    Event("object-to-renewal", "object-to-renewal", "A objects to renewal", (_WHY,)),
    Event("default", "default", "A is in default", (_WHY,)),
    Event("no-default", "no-default", "A is no longer in default", (_WHY,)),
    Event("has", "has", "B has ATTRIBUTE VALUE", (
        Part("attribute", "word", "word", "the attribute"), Part("value", "value", "value", "its value from that day"))),
    Event("propose", "propose", "A proposes DECISION as NAME", (
        Part("decision", "other", "name", "the decision"), Part("as", "target", "name", "the name of the proposal"),
        Part("facts", "facts", "facts", "its facts by name", False))),
    Event("vote", "ballot", "A votes for NAME", (_ON, _CHOICE, _BEHALF, _PLACE, _WHY)),
    Event("absent", "absent", "A is absent from NAME", (Part("on", "target", "name", "the meeting or proposal"),)),
    Event("present", "present", "A is present at NAME", (Part("on", "target", "name", "the meeting"),)),
    Event("veto", "veto", "A vetoes NAME", (_ON, _WHY)),
    Event("object", "objection", "A objects to NAME", (_ON, _WHY)),
    Event("withdraw", "withdraw", "A withdraws vote on NAME", (
        Part("what", "word", "proposal|vote|veto|objection|proxy", "what is withdrawn"), _ON)),
    Event("advise", "advise", 'A advises on NAME "..."', (_ON, Part("advice", "reason", "text", "the advice", False))),
    Event("second", "act", "A seconds NAME", (_ON,), word="second"),
    Event("carry-out", "act", "A carries out NAME", (_ON, _WHY), word="carried-out"),
    Event("send-minutes", "act", "A sends minutes of MEETING", (_OF_MEETING,), word="minutes"),
    Event("accept-minutes", "act", "A accepts minutes of MEETING", (_OF_MEETING,), word="minutes-accepted"),
    Event("object-to-minutes", "act", "A objects to minutes of MEETING", (_OF_MEETING, _WHY), word="minutes-objection"),
    Event("relief", "act", "A seeks urgent relief on NAME", (Part("on", "target", "name", "the dispute"), _WHY),
          word="urgent-relief"),
    Event("raise", "raise", "A raises LADDER as NAME against B", (
        Part("ladder", "other", "name", "the dispute ladder"), Part("as", "target", "name", "the name of the dispute"),
        Part("against", "names.against", "names", "against whom", False),
        Part("in_writing", "names.writing", "yesno", "whether notice of it was given in writing", False), _WHY,
        Part("facts", "facts", "facts", "its facts by name", False))),
    Event("take", "take", "A takes NAME to STEP", (
        Part("on", "target", "name", "the dispute"), Part("to", "other", "name", "the step"), _WHY)),
    Event("settle", "settle", "A and B settle NAME", (Part("on", "target", "name", "the dispute"), _WHY)),
    Event("decide", "decide", "A decides NAME for B", (
        Part("on", "target", "name", "the dispute"), Part("for", "names.for", "names", "in whose favour", False), _WHY)),
    Event("record", "act", "A records ACT on NAME", (
        Part("act", "word", "word", "the act"), Part("on", "target", "name", "the proposal, if it is about one", False),
        Part("times", "times", "count", "how often", False), _WHY)),
    Event("find", "find", "A finds FACT is VALUE on NAME", (
        Part("fact", "word", "word", "the fact or ground"),
        Part("on", "target", "name", "the proposal or duty, unless it is about somebody alone", False),
        Part("not", "negated", "yesno", "true when it is found not to hold", False),
        Part("is", "value", "value", "its value, unless it is a yes-or-no fact", False),
        Part("of", "other", "name", "whose veto or objection the ground is of", False), _WHY)),
    Event("conflict", "conflict", "A finds conflict of B on NAME", (
        _ON, Part("of", "other", "name", "who has it, if not the one who declares it", False), _WHY)),
    Event("proxy", "proxy", "A gives proxy to B", (
        Part("to", "other", "name", "the proxy"), Part("on", "target", "name", "the proposal or meeting", False))),
    Event("notice", "notice", "A gives notice of NAME by WAY to B", (
        Part("on", "target", "name", "what it is notice of"), *_SENT)),
    Event("notify", "notify", 'A gives notice "..." as NAME by WAY to B', (
        Part("subject", "reason", "text", "what it says", False), Part("as", "target", "name", "the name of the notice"), *_SENT)),
    Event("confirm", "confirm", "A confirms notice of NAME", (Part("on", "target", "name", "what was given notice of"),)),
    Event("outcome", "outcome", "A declares NAME adopted", (
        _ON, Part("outcome", "word", "adopted|rejected", "what the result is said to be"),
        Part("votes_for", "facts.for", "votes", "the votes for", False),
        Part("votes_against", "facts.against", "votes", "the votes against", False),
        Part("abstentions", "facts.abstaining", "votes", "the abstentions", False),
        Part("counted_over", "facts.of", "votes", "what they are counted over", False), _WHY)),
    Event("waive", "waive", "A waives notice of NAME", (_ON,)),
    Event("delegate", "delegate", "A delegates ROLE to B", (
        Part("role", "target", "name", "the role"), Part("to", "other", "name", "who may act in it"), _UNTIL)),
    Event("revoke", "revoke", "A revokes ROLE from B", (
        Part("role", "target", "name", "the role"), Part("from", "other", "name", "who may no longer act in it"))),
    Event("open", "open", "A opens NAME", (_ON, Part("mode", "word", "word", "meeting, written or circulation", False))),
    Event("close", "close", "A closes NAME", (Part("on", "target", "name", "the proposal or meeting"),)),
    Event("extend", "extend", "A extends NAME until DATE", (_ON, Part("until", "until", "moment", "the new last day"))),
    Event("restart", "restart", "A restarts NAME", (_ON,)),
    Event("rule", "rule", "A rules READING for NAME", (Part("reading", "word", "title", "the reading that holds"), _ON, _WHY)),
    *(Event(act, act, f"A {act}{'es' if act.endswith('sh') else 's'} ASSET", parts) for act, parts in _WITH_ASSETS.items()),
    *(Event(f"ask-to-{act}", f"ask to {act}", f"A asks to {act} ASSET as NAME", parts) for act, parts in _ASKED.items()),
    Event("make", "make", "A makes ASSET", (_ASSET,)),
    Event("list", "list", "A lists ASSET as background", (
        _ASSET, Part("class", "word", "background|results|sideground", "what kind of asset it is"),
        Part("of", "names.of", "names", "its owners, if not those who list it", False))),
    Event("delist", "delist", "A delists ASSET", (_ASSET,)),
    Event("mark", "mark", "A marks ASSET confidential", (_ASSET,)),
    Event("terminate", "terminate", "A terminates LICENCE for B", (
        Part("licence", "target", "name", "the licence"), Part("for", "other", "name", "for whom; all, if left out", False), _WHY)),
    Event("meeting", "meeting", "meeting of BODY as NAME", _MEETING, by=False),
    Event("perform", "perform", "A performs DUTY", (
        _NORM, Part("with", "value", "value", "the amount, where one is owed", False), _FOR, _BEHALF, _WHY)),
    Event("exercise", "exercise", "A exercises POWER", (_NORM, _FOR, _WHY)),
    Event("release", "release", "A waives DUTY of B", (
        _NORM, Part("of", "other", "name", "who is released from it; everybody, if left out", False), _FOR, _WHY)),
    Event("assign", "assign", "A assigns DUTY to B", (
        Part("what", "target", "name", "the duty, or the asset"), _FOR, Part("to", "other", "name", "who takes it over"))),
    Event("subcontract", "subcontract", "A subcontracts DUTY to B", (
        _NORM, _FOR, Part("to", "other", "name", "who performs it for the bearer"))),
    Event("inform", "inform", "A informs B of NAME", (
        Part("to", "names.to", "names", "who is informed"), Part("of", "target", "name", "the proposal"))),
    Event("share", "share", "A shares WORD with B by CHANNEL", (
        Part("what", "word", "word", "what is passed on"), Part("to", "names.to", "names", "whom it reaches"), _CHANNEL)),
    Event("ask", "ask", "A asks B as NAME", (
        Part("to", "names.to", "names", "who is asked"), Part("as", "target", "name", "the name of the question"), _CHANNEL, _WHY)),
    Event("answer", "answer", "A answers NAME", (Part("on", "target", "name", "the question"), _CHANNEL, _WHY)),
    Event("measure", "measure", "A measures WORD VALUE", (
        Part("measure", "word", "word", "what is measured"), Part("value", "value", "value", "what was found"))),
    Event("rate", "rate", "A answers QUESTION NUMBER about B", (
        Part("question", "word", "word", "the question"),
        Part("answer", "facts.answer", "votes", "the answer, on the survey's scale"),
        Part("about", "other", "name", "the party it is about", False),
        Part("survey", "target", "name", "the survey, where two ask this question", False),
        Part("for", "names.for", "name", "the turn of the survey, if not the one that runs", False))),
)  # fmt: skip

EVENTS = {event.name: event for event in _EVENTS}
# A withdrawn vote is called a ballot inside; every other word is the same.
WITHDRAWN = {"vote": "ballot"}


def event_of(deed: Deed) -> Event:
    """The kind of event that a deed is; an act that has a line of its own, where that line says all of it."""
    for event in EVENTS.values():
        if event.deed == deed.kind and (not event.word or (event.word == deed.word and _says_all(event, deed))):
            return event
    raise KeyError(deed.kind)


def _says_all(event: Event, deed: Deed) -> bool:
    places = {part.place for part in event.parts}
    return deed.target is not None and deed.times == 1 and (not deed.reason or "reason" in places)
