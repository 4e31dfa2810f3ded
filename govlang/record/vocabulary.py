"""The vocabulary of events: which fields each event has in JSON, and where they stand in a `Deed`.

In: nothing. Out: `EVENTS`, one entry a kind of event. The reader and writer of JSON lines and the published schema are all
made from this one table, so that they cannot disagree.
"""

from __future__ import annotations

from govlang.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One field of an event: its key in JSON, the place in the deed (`names.x` for a list under x), and its type.

    Types: name, names, word, title, text, moment, yesno, count, value, facts, or `a|b|c` for a choice. `about` is its meaning.
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
_WHY = Part("because", "reason", "text", "the reason", False)
_UNTIL = Part("until", "until", "moment", "the last day", False)
_WHO = Part("who", "other", "name", "the person or party")
_ROLE = Part("as", "target", "name", "the role")
_BODY = Part("body", "target", "name", "the body")
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
    Part("reconvening", "names.reconvening", "name", "the meeting that is called again", False),
)
_EVENTS = (
    Event("appoint", "appoint", "A appoints B as ROLE", (
        _WHO, _ROLE, Part("for", "names.for", "name", "the party that the holder stands for", False), _UNTIL)),
    Event("remove", "remove", "A removes B as ROLE", (_WHO, _ROLE)),
    Event("resign", "resign", "B resigns as ROLE", (_ROLE,)),
    Event("join", "join", "B joins BODY", (_BODY, _UNTIL)),
    Event("leave", "leave", "B leaves BODY", (_BODY,)),
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
    Event("record", "act", "A records ACT on NAME", (
        Part("act", "word", "word", "the act"), _ON, Part("times", "times", "count", "how often", False), _WHY)),
    Event("find", "find", "A finds FACT is VALUE on NAME", (
        Part("fact", "word", "word", "the fact or ground"), _ON,
        Part("not", "negated", "yesno", "true when it is found not to hold", False),
        Part("is", "value", "value", "its value, unless it is a yes-or-no fact", False),
        Part("of", "other", "name", "whose veto or objection the ground is of", False), _WHY)),
    Event("conflict", "conflict", "A finds conflict of B on NAME", (
        _ON, Part("of", "other", "name", "who has it, if not the one who declares it", False), _WHY)),
    Event("proxy", "proxy", "A gives proxy to B", (
        Part("to", "other", "name", "the proxy"), Part("on", "target", "name", "the proposal or meeting", False))),
    Event("notice", "notice", "A gives notice of NAME", (_ON,)),
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
    Event("meeting", "meeting", "meeting of BODY as NAME", _MEETING, by=False),
)  # fmt: skip

EVENTS = {event.name: event for event in _EVENTS}
# A withdrawn vote is called a ballot inside; every other word is the same.
WITHDRAWN = {"vote": "ballot"}


def event_of(deed_kind: str, word: str) -> Event:
    """The kind of event that a deed is."""
    for event in EVENTS.values():
        if event.deed == deed_kind and event.word == (word if event.word else ""):
            return event
    raise KeyError(deed_kind)
