"""JSON lines: the record as machines write it, one event to a line, in the vocabulary of the minute book.

In: a `Source` of JSON lines (and the agreement, which says what type each fact has). Out: deeds with exact lines, and a
diagnostic for every line that cannot be read, so that the rest is still judged. And back: a deed as a JSON object.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from govlang.diagnostics import Diagnostic, did_you_mean
from govlang.model.nodes import Agreement, Decision
from govlang.model.values import BUILT_IN
from govlang.record import json_values
from govlang.record.strict_json import BadJson, Place, Value, read
from govlang.record.texts import texts_of
from govlang.record.vocabulary import EVENTS, WITHDRAWN, Event, Part, event_of
from govlang.source import Source
from govlang.syntax import nodes as n

LONGEST_LINE = 200_000


def parse(source: Source, agreement: Agreement | None = None) -> tuple[tuple[n.Deed, ...], tuple[Diagnostic, ...]]:
    """Every event of a file; lines that are empty are passed over."""
    deeds: list[n.Deed] = []
    found: list[Diagnostic] = []
    types = Shared(agreement)
    for place in _lines(source):
        try:
            if len(place.text) > LONGEST_LINE:
                raise BadJson("this line is too long for one event", "write one event to a line", code="GL005")
            event = deed(read(place.text), types, place)
            deeds.append(event)
            if event.kind in ("propose", "raise") and event.target is not None and event.other is not None:
                types.proposals.setdefault(event.target.text, event.other.text)
        except BadJson as error:
            found.append(Diagnostic(error.code or "GL401", error.message, source, place.of(error), error.hint))
    return tuple(deeds), tuple(found)


def _lines(source: Source) -> Iterator[Place]:
    start, text = 0, source.text
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].rstrip("\r")
        if line.strip():
            yield Place(line, start)
        start = end + 1


class Types:
    """What the agreement says of the types of facts and attributes, and which proposal is about which decision."""

    def __init__(self, agreement: Agreement | None) -> None:
        self.texts = [agreement, *(version.agreement for version in texts_of(agreement)[1:])] if agreement is not None else []
        self.proposals: dict[str, str] = {}

    def fact(self, decision: str, fact: str) -> n.TypeRef | None:
        """The type of a fact of a decision (or of an act that decisions cover)."""
        about: list[Decision] = []
        for text in self.texts:
            decisions = text.decisions
            about += [decisions[decision]] if decision in decisions else [
                item for item in decisions.values() if decision in item.acts
            ]  # fmt: skip
            about += [text.rights[decision]] if decision in text.rights else []
        found = next((item.facts[fact].type for item in about if fact in item.facts), None)
        return found or BUILT_IN.get(fact)

    def attribute(self, name: str) -> n.TypeRef | None:
        """The type of an attribute of parties, persons or holders of a role."""
        groups = [group for text in self.texts for group in text.attributes.values()]
        return next((item.type for group in groups for item in group if item.name == name), None)


    def name(self, given: Value, what: str, place: Place) -> n.Name:
        """A name, with its place."""
        return json_values.name(given, what, place)

    def names(self, given: Value, what: str, place: Place) -> tuple[n.Name, ...]:
        """One name or a list of names."""
        return names(given, what, place)


class Shared(Types):
    """The same for a whole record, in which equal names are one. They have no places; `record.offices` finds them again in the
    line, for a message. A record of millions of events names few people, and most of its memory would be places."""

    def __init__(self, agreement: Agreement | None) -> None:
        super().__init__(agreement)
        self._names: dict[str, n.Name] = {}
        self._single: dict[str, tuple[n.Name, ...]] = {}

    def name(self, given: Value, what: str, place: Place) -> n.Name:
        if not isinstance(given, str):
            return json_values.name(given, what, place)
        found = self._names.get(given)
        if found is None:
            found = self._names[given] = json_values.name(given, what)
        return found

    def names(self, given: Value, what: str, place: Place) -> tuple[n.Name, ...]:
        if isinstance(given, list):
            return tuple(self.name(item, what, place) for item in given)
        if not isinstance(given, str):
            return names(given, what, place)
        found = self._single.get(given)
        if found is None:
            found = self._single[given] = (self.name(given, what, place),)
        return found


def deed(value: Value, types: Types, place: Place) -> n.Deed:
    """One event. Raises BadJson."""
    if not isinstance(value, dict):
        raise BadJson("an event is an object in braces", 'write {"at": ..., "event": ..., "by": ..., ...}')
    kind = value.get("event")
    if not isinstance(kind, str) or kind not in EVENTS:
        hint = did_you_mean(kind, EVENTS) if isinstance(kind, str) else ""
        shown = f"'{kind[:60]}' is not a kind of event" if isinstance(kind, str) else "the key 'event' is missing"
        raise BadJson(shown, hint or f"the events are {', '.join(sorted(EVENTS))}")
    event = EVENTS[kind]
    _only_known_keys(value, event)
    fields: dict[str, Any] = {"word": event.word, "names": []}
    for part in event.parts:
        given = value.get(part.key)
        if given is not None:
            _put(fields, part, given, value, types, place)
        elif part.required:
            raise BadJson(f"the key '{part.key}' is missing: {part.about}", f"a line of a minute book says: {event.line}")
    fields["names"] = tuple(fields["names"])
    if event.name == "withdraw":
        fields["word"] = WITHDRAWN.get(fields["word"], fields["word"])
    at = json_values.moment(value.get("at"), "at")
    return n.Deed(event.deed, at, _actors(value.get("by"), event, types, place), span=place.whole(), **fields)


def _only_known_keys(value: dict[str, Value], event: Event) -> None:
    known = ["at", "event", *(["by"] if event.by else []), *(part.key for part in event.parts)]
    for key in value:
        if key not in known:
            hint = did_you_mean(key, known) or f"the keys are {', '.join(known)}"
            raise BadJson(f"the event '{event.name}' has no key '{key[:60]}'", hint, key=key)


def _actors(value: Value, event: Event, types: Types, place: Place) -> tuple[n.Name, ...]:
    if not event.by:
        return ()
    if value is None or value == []:
        raise BadJson("the key 'by' is missing: who did it", 'write "by": "Ana Ruiz", or a list of names')
    return types.names(value, "by", place)


def names(value: Value, what: str, place: Place) -> tuple[n.Name, ...]:
    """One name or a list of names."""
    return tuple(json_values.name(item, what, place) for item in (value if isinstance(value, list) else [value]))


def _put(
    fields: dict[str, Any], part: Part, given: Value, event: dict[str, Value], types: Types, place: Place
) -> None:  # fmt: skip
    group, _, key = part.place.partition(".")
    if key and part.type == "yesno":
        if given is True:
            fields["names"].append((key, ()))
        elif given is not False:
            raise BadJson(f"{part.key} should be true or false", "write true or false without quotes", key=part.key)
    elif group == "facts" and key:
        fields["facts"] = (*fields.get("facts", ()), (key, _votes(given, part, place)))
    elif key:
        fields["names"].append((key, types.names(given, part.key, place)))
    else:
        fields[group] = _value(part, given, event, types, place)


def _value(part: Part, given: Value, event: dict[str, Value], types: Types, place: Place) -> object:
    match part.type:
        case "name":
            return types.name(given, part.key, place)
        case "moment":
            return json_values.moment(given, part.key)
        case "value":
            kind = types.attribute(str(event.get("attribute"))) if part.key == "value" else _type_found(event, types)
            return json_values.literal(given, part.key, kind, place)
        case "facts":
            return facts(given, str(event.get("decision") or event.get("ladder")), types, place)
        case "yesno":
            if not isinstance(given, bool):
                raise BadJson(f"{part.key} should be true or false", "write true or false without quotes", key=part.key)
            return given
        case "count":
            if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= 10**9:
                raise BadJson(f"{part.key} should be a whole number of 1 or more", "write a number without quotes",
                              key=part.key)  # fmt: skip
            return given
        case _:
            return _text(part, given)


def _votes(given: Value, part: Part, place: Place) -> n.Literal:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= 10**9:
        raise BadJson(f"{part.key} should be a whole number", "write a number without quotes", key=part.key)
    return n.Literal("number", Fraction(given), span=place.whole())


def _text(part: Part, given: Value) -> str:
    if not isinstance(given, str):
        raise BadJson(f"{part.key} should be text in quotes: {part.about}", 'write it in "quotes"', key=part.key)
    if "|" in part.type:
        choices = part.type.split("|")
        if given not in choices:
            hint = did_you_mean(given, choices) or f"write one of: {', '.join(choices)}"
            raise BadJson(f"'{given[:60]}' is no value of {part.key}", hint, key=part.key)
    elif part.type == "word" and not json_values.WORD.match(given):
        raise BadJson(f"{part.key} should be a word such as carried-out", "use letters, digits and hyphens",
                      key=part.key)  # fmt: skip
    elif part.type == "title":
        return json_values.name(given, part.key).text
    return given


def _type_found(event: dict[str, Value], types: Types) -> n.TypeRef | None:
    decision = types.proposals.get(str(event.get("on")), "")
    return types.fact(decision, str(event.get("fact")))


def facts(given: Value, decision: str, types: Types, place: Place) -> tuple[tuple[str, n.Literal], ...]:
    """The facts of a proposal, by name. Raises BadJson."""
    if not isinstance(given, dict):
        raise BadJson("facts are an object in braces", 'write "facts": {"amount": "50,000 EUR"}')
    for key in given:
        if not json_values.WORD.match(key):
            raise BadJson(f"'{key[:60]}' is no name of a fact", "facts are written in lower-case words with hyphens",
                          key=key)  # fmt: skip
    return tuple(
        (key, json_values.literal(value, key, types.fact(decision, key), place)) for key, value in given.items()
    )


# ------------------------------------------------------------ and back


def to_json(event: n.Deed) -> dict[str, Value]:
    """A deed as the JSON object that reads back as the same deed."""
    kind = event_of(event)
    found: dict[str, Value] = {"at": json_values.moment_text(event.at), "event": kind.name}
    if kind.by:
        actors: list[Value] = [actor.text for actor in event.actors]
        found["by"] = actors[0] if len(actors) == 1 else actors
    for part in kind.parts:
        value = _out(event, part)
        if value is not None:
            found[part.key] = value
    return found


def _out(event: n.Deed, part: Part) -> Value:
    group, _, key = part.place.partition(".")
    if group == "facts" and key:
        return next((int(literal.value) for word, literal in event.facts if word == key), None)  # type: ignore[arg-type]
    if key:
        if part.type == "yesno":
            return True if any(name == key for name, _ in event.names) else None
        texts: list[Value] = [item.text for name, names in event.names if name == key for item in names]
        return (texts or None) if part.type == "names" else next(iter(texts), None)
    value = getattr(event, group)
    match value:
        case n.Name(text):
            return text
        case n.Moment():
            return json_values.moment_text(value)
        case n.Literal():
            return json_values.plain(value)
        case bool() | None:
            return value or None
        case tuple():
            return {word: json_values.plain(literal) for word, literal in value} or None
        case int():
            return None if value == 1 else value
        case _:
            words = {inside: outside for outside, inside in WITHDRAWN.items()}
            return words.get(value, value) if event.kind == "withdraw" else value or None


def line(event: n.Deed) -> str:
    """A deed as one line of JSON."""
    return json.dumps(_encodable(to_json(event)), ensure_ascii=False)


def _encodable(value: Value) -> Any:
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    return {"number": f"{value:f}"} if isinstance(value, Decimal) else value
