"""Questions: an action, or a proposal on record, put to an agreement and its record.

In: a loaded agreement, a book, an action (JSON) or the name of a proposal, a day. Out: a `Reply`: the answer, and what was
wrong with the record. Raises `NoAnswer` when there can be none: an agreement with errors, an action that cannot be read, a
question without a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from govlang.backends.answers import Answer
from govlang.diagnostics import Diagnostic, did_you_mean, has_errors, ordered
from govlang.frozen import dataclass
from govlang.pipeline import Loaded, load, read
from govlang.record import calendar, json_values, jsonl
from govlang.record.strict_json import BadJson, Place, Value, read as read_json
from govlang.source import NOWHERE, Source
from govlang.syntax import nodes as n
from govlang.syntax.literals import BadLiteral, moment as read_moment
from govlang.tools import books
from govlang.tools.books import Book

ACTION_KEYS = ("decision", "id", "by", "on", "facts")
LARGEST_ACTION = 1_000_000
UNNAMED = "the action"


class NoAnswer(Exception):
    """There can be no answer: why, what to do, and the messages that say it in detail."""

    def __init__(self, message: str, hint: str = "", diagnostics: Iterable[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.message, self.hint, self.diagnostics = message, hint, tuple(diagnostics)


@dataclass(frozen=True, slots=True)
class Action:
    """What someone means to do, as read: the decision it is about, who proposes it, when, its facts."""

    decision: str
    id: str = ""
    by: tuple[n.Name, ...] = ()
    on: n.Moment | None = None
    facts: tuple[tuple[str, n.Literal], ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and what was wrong with the record that it rests on."""

    answer: Answer
    diagnostics: tuple[Diagnostic, ...] = ()


def decide(
    agreement: Loaded | str | Path,
    action: Mapping[str, Any] | str | None = None,
    *,
    record: str | Path | Iterable[str | Path] = (),
    proposal: str = "",
    on: str = "",
) -> Answer:
    """The answer about an action (a mapping, or JSON text) or a proposal on record. Raises NoAnswer."""
    loaded = agreement if isinstance(agreement, Loaded) else load(agreement)
    paths = [record] if isinstance(record, str | Path) else list(record)
    book = books.read_books(paths, loaded.agreement)
    asked = None
    if action is not None:
        text = action if isinstance(action, str) else _json_text(action)
        asked = read_action(Source("action", text), loaded)
    return ask(loaded, book, asked, proposal, on).answer


def _json_text(action: Mapping[str, Any]) -> str:
    import json

    return json.dumps(dict(action), default=str)


def sound(loaded: Loaded) -> Loaded:
    """The agreement, if its text has no errors: an answer over half a text would be worse than none."""
    if has_errors(loaded.diagnostics):
        found = [item for item in ordered(loaded.diagnostics) if item.severity == "error"]
        raise NoAnswer("the agreement has errors, so nothing can be answered from it", diagnostics=found)
    return loaded


def readable(book: Book) -> None:
    """Refuses to answer by a record of which a file could not be read at all. Raises NoAnswer."""
    if book.unreadable:
        raise NoAnswer("the record cannot be read", diagnostics=book.diagnostics)


def trusted(loaded: Loaded) -> None:
    """Refuses to count working days by a holiday table that cannot be trusted. Raises NoAnswer."""
    from govlang.tools.holidays import distrusted

    if found := distrusted(loaded):
        raise NoAnswer("the holiday table cannot be used, so working days cannot be counted", diagnostics=found)


def ask(loaded: Loaded, book: Book, action: Action | None, proposal: str = "", on: str = "") -> Reply:
    """The answer to one question. Raises NoAnswer."""
    from govlang.tools.decide import decide as answer_about

    sound(loaded)
    trusted(loaded)
    readable(book)
    asked_on = day(on) if on else None
    if action is not None:
        proposal, book, asked_on = _with_action(loaded, book, action, proposal, asked_on)
    elif not proposal:
        names = ", ".join(book.proposals())
        raise NoAnswer("say what to decide on", "give --action FILE" + (f", or --proposal with one of: {names}" if names
                       else ", or --proposal with the name of a proposal on record"))  # fmt: skip
    moment = asked_on or book.last(loaded.agreement)
    if moment is None:
        raise NoAnswer("say as of which day to decide", "give --on with a date, such as --on 2026-03-31")
    history = books.history(book, loaded.agreement)
    if proposal not in history.proposals:
        names = ", ".join(history.proposals)
        hint = did_you_mean(proposal, history.proposals) or (f"on record are: {names}" if names else "nothing is on record")
        raise NoAnswer(f"nothing called '{proposal}' was proposed", hint, [*book.diagnostics, *history.diagnostics])
    own = [found for found in history.diagnostics if found.source is None]
    if any(found.code in ("GL404", "GL408") for found in own):  # an unknown proposer is judged, and denied
        source = action.source if action is not None else None
        raise NoAnswer("the action cannot be judged", diagnostics=[_placed(found, source) for found in own])
    if history.proposals[proposal].at.start > calendar.localise(moment, loaded.agreement.header).end:
        raise NoAnswer(f"'{proposal}' was proposed on {history.proposals[proposal].at}, after the day asked about",
                       "ask about a later day")  # fmt: skip
    answer = answer_about(loaded, history, proposal, calendar.localise(moment, loaded.agreement.header))
    recorded = [found for found in history.diagnostics if found.source is not None]
    rest = [_placed(found, action.source if action else None) for found in own]
    return Reply(answer, tuple(ordered([*book.diagnostics, *recorded, *rest])))


def day(text: str) -> n.Moment:
    """A date, or date and time, as given on the command line. Raises NoAnswer."""
    try:
        return read_moment(text.strip())
    except BadLiteral as error:
        raise NoAnswer(error.message, error.hint) from None


def source_of(path: str, given: bytes | None = None) -> Source:
    """The text of an action: a file's, or what was `given` on the standard input. Raises NoAnswer."""
    if given is None:
        source, problems = read(path)
        if problems:
            raise NoAnswer("the action cannot be read", diagnostics=problems)
        return source
    try:
        return Source("standard input", given.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = f"the action is not UTF-8 text: it holds the byte 0x{given[error.start]:02X}"
        found = Diagnostic("GL003", message, Source("standard input", ""), hint="send it as UTF-8")
        raise NoAnswer("the action cannot be read", diagnostics=(found,)) from None


def _placed(found: Diagnostic, source: Source | None) -> Diagnostic:
    return Diagnostic(found.code, found.message, source, found.span, found.hint, found.notes)


# ------------------------------------------------------------ actions


def read_action(source: Source, loaded: Loaded) -> Action:
    """An action from JSON text. Raises NoAnswer with GL406 or GL408."""
    try:
        if len(source.text) > LARGEST_ACTION:
            raise BadJson("the action is too large", "an action holds one decision and its facts", code="GL005")
        return _action(read_json(source.text.removeprefix("\ufeff")), source, loaded)
    except BadJson as error:
        code = error.code if error.code in ("GL005", "GL006", "GL008", "GL408") else "GL406"
        found = Diagnostic(code, error.message, source, Place(source.text).of(error), error.hint)
        raise NoAnswer("the action cannot be read", diagnostics=(found,)) from None


def _action(value: Value, source: Source, loaded: Loaded) -> Action:
    if not isinstance(value, dict):
        raise BadJson("an action is an object in braces", 'write {"decision": ..., "by": ..., "facts": {...}}')
    for key in value:
        if key not in ACTION_KEYS:
            hint = did_you_mean(key, ACTION_KEYS) or f"the keys are {', '.join(ACTION_KEYS)}"
            raise BadJson(f"an action has no key '{key[:60]}'", hint, key=key)
    if value.get("decision") is None:
        raise BadJson("the key 'decision' is missing: what is to be decided", 'write "decision": "Commit Spend"')
    place = Place(source.text)
    decision = json_values.name(value["decision"], "decision").text
    return Action(
        decision,
        json_values.name(value["id"], "id").text if value.get("id") is not None else "",
        jsonl.names(value["by"], "by", place) if value.get("by") else (),
        json_values.moment(value["on"], "on") if value.get("on") is not None else None,
        _facts(value.get("facts"), decision, loaded, place),
        source,
    )


def _facts(value: Value, decision: str, loaded: Loaded, place: Place) -> tuple[tuple[str, n.Literal], ...]:
    if value is None:
        return ()
    try:
        return jsonl.facts(value, decision, jsonl.Types(loaded.agreement), place)
    except BadJson as error:
        raise BadJson(error.message, error.hint, error.at, error.code or "GL408", error.key) from None


def _with_action(
    loaded: Loaded, book: Book, action: Action, proposal: str, on: n.Moment | None
) -> tuple[str, Book, n.Moment | None]:
    """The book with the action in it, the name it has there, and the day to ask about."""
    if proposal and action.id and proposal != action.id:
        raise NoAnswer(f"the action is {action.id}, not {proposal}", "leave --proposal out")
    name = action.id or proposal or _free_name(book)
    recorded = book.proposals().get(name)
    if recorded is not None:
        _same(action, name, recorded, loaded)
        return name, book, on or action.on
    at = action.on or on or book.last(loaded.agreement)
    if at is None:
        raise NoAnswer("say as of which day to decide", 'give --on with a date, or "on" in the action')
    span = Place(action.source.text).words(action.decision) if action.source is not None else NOWHERE
    deed = n.Deed("propose", at, action.by, n.Name(name), n.Name(action.decision), facts=action.facts, span=span)
    return name, books.with_deed(book, deed, loaded.agreement), on or at


def _free_name(book: Book) -> str:
    taken, number, name = book.proposals(), 1, UNNAMED
    while name in taken:
        number += 1
        name = f"{UNNAMED} {number}"
    return name


def _same(action: Action, name: str, recorded: n.Deed, loaded: Loaded) -> None:
    """Refuses an action that says something else than the proposal on record whose name it has."""
    found: list[str] = []
    if recorded.other is not None and recorded.other.text != action.decision:
        found.append(f"on record {name} is about {recorded.other.text}, not {action.decision}")
    on_record = dict(recorded.facts)
    for word, literal in action.facts:
        if word not in on_record:
            found.append(f"on record {name} has no '{word}'")
        elif on_record[word] != literal:
            found.append(f"'{word}' is given otherwise on record")
    actors = {actor.text for actor in recorded.actors}
    if action.by and {actor.text for actor in action.by} != actors:
        found.append(f"on record {name} was proposed by {', '.join(sorted(actors))}")
    if found:
        messages = tuple(
            Diagnostic("GL406", message, action.source, hint="ask about the proposal as recorded, or give the action "
                       "another id") for message in found
        )  # fmt: skip
        raise NoAnswer(f"the action and the proposal {name} on record differ", diagnostics=messages)
