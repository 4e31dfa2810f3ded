"""Duties, powers, reviews, objectives and communication in words: who must do (or may) what by when, and what follows.

In: a `core.norms.NormRule`; for the clause that each of its lines names, the norm of the model. Out: a `Statement`: the rule in one
sentence, and under it one sentence for each further line (cure, grace, suspension, what opens ...).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from govlang.backends.words import english, surveys
from govlang.backends.words.deeds import Saying, amount, deed, is_paid, others, performed, saying
from govlang.backends.words.groups import plain
from govlang.backends.words.happenings import Timing, by_one, happening, openings, timing, titled, whole
from govlang.backends.words.quantities import attendance
from govlang.backends.words.requirements import asked
from govlang.backends.words.statement import Statement
from govlang.core.expr import TRUE
from govlang.core.norms import NormRule, Trigger
from govlang.frozen import replace
from govlang.model.norms import Norm
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words


def norm(words: Words, rule: NormRule) -> Statement:
    """What one norm asks for: the rule itself, and under it each further line."""
    say = saying(words, rule)
    first, others = _timings(say)
    items = (*_also(say, others), *_lines(say))
    said = {item.citation for item in items}
    also = tuple(cite for cite in rule.cites if cite not in said and cite != rule.citation)
    return Statement(english.sentence(_of_what(say, _main(say, first))), rule.citation, items, rule.kind, also)


def _of_what(say: Saying, text: str) -> str:
    """Whose proposer is meant, where the sentence has not named the decision."""
    about = _about(say.words, say.rule)
    decision = titled(say.words, about) if about else ""
    return text if not decision or decision in text else text.replace("the proposer", f"the proposer of {decision}", 1)


def _about(words: Words, rule: NormRule, seen: tuple[str, ...] = ()) -> str:
    """The decision that brought a norm about: by itself, or by way of another norm."""
    if rule.about or rule.name in seen:
        return rule.about
    names = [each.happening.name.text for each in rule.triggers if each.happening is not None and each.happening.name is not None]
    found = {_about(words, other, (*seen, rule.name)) for other in words.norms if other.name in names}
    return found.pop() if len(found) == 1 else ""


def clause(words: Words, name: str) -> Statement:
    """All that one clause says: its one norm, or (a target, or something to be shared, each) several."""
    source = words.agreement.norms[name]
    said = [norm(words, rule) for rule in words.norms if rule.name == name]
    own = [item for item in said if item.kind == source.kind]
    if len(own) == 1 and source.kind != "communication":  # beside it, the minutes of a review
        return replace(own[0], items=(*own[0].items, *(item for item in said if item is not own[0])))
    shared = [item for item in own[0].items if all(item in each.items for each in own)] if own else []
    parts = [replace(each, items=tuple(item for item in each.items if item not in shared)) for each in said]
    common = [item for item in shared if item.kind != "description"]
    items = (*_described(source), *parts, *common, *_ways(words, source, bool(own)))
    return Statement(f"{_introduced(source)}:", source.citation, items, source.kind)


def _introduced(source: Norm) -> str:
    return f"The objective {source.name} has several targets" if source.kind == "objective" else f"Under {source.name}"


def _described(source: Norm) -> Iterator[Statement]:
    if source.text:
        yield Statement(f"“{source.text}”", source.citation, kind="description")


def _ways(words: Words, source: Norm, told: bool) -> Iterator[Statement]:
    """Through whom the sides write to each other; by which ways, where no duty says so."""
    agreement = words.agreement
    if source.contact is not None:
        cite = agreement.cite(source.contact, agreement.wording(source.contact))
        yield Statement(f"Each side writes and is written to through its {source.contact.role.text}.", cite, kind="contact")
    if source.channels is not None and not told:
        cite = agreement.cite(source.channels, agreement.wording(source.channels))
        ways = english.listed([way(each) for each in source.channels.words], "or")
        yield Statement(f"Messages are sent by {ways}.", cite, kind="channels")


def way(word: str) -> str:
    """A way by which something is sent: e-mail, registered letter."""
    return word if word == "e-mail" else plain(word)


# ---------------------------------------------------------------- the rule in one sentence


def _timings(say: Saying) -> tuple[Timing, list[tuple[Trigger, Timing]]]:
    """By when, first as the clause itself says, then by what else brings it about; each only once."""
    done = {"review": "held", "survey": "held", "power": "exercised"}.get(say.rule.kind, "done")
    found: dict[Timing, Trigger] = {}
    for trigger in say.rule.triggers:
        found.setdefault(timing(say.words, say.voice, say.rule, trigger, done), trigger)
    pairs = [(trigger, each) for each, trigger in found.items()]
    return (pairs[0][1], pairs[1:]) if pairs else (Timing(), [])


def _main(say: Saying, when: Timing) -> str:
    rule = say.rule
    subject, does = deed(say)
    if rule.doing.kind in ("share", "answer"):  # it is counted from what the subject of the sentence says
        within = rule.due.within if rule.due is not None else None
        return f"{subject} {does}{f' within {english.duration(within)}' if within is not None else ''}{_tail(say)}"
    front, back = when.front, when.back or ("at all times" if rule.continuing and not when.front else "")
    if back and not front and _looks_back(rule.bearer):  # whom it speaks of is known from what happened
        front, back = back, ""
    return f"{f'{front}, ' if front else ''}{subject} {does}{f' {back}' if back else ''}{_tail(say)}"


def _looks_back(group: n.Group | None) -> bool:
    """Whether a group can be understood only after what happened: the party concerned, the proposer, whom a fact names."""
    known = ("concerned", "proposer", "fact", "of")
    return group is not None and any(
        each.base.kind in known or (each.excluded is not None and each.excluded.kind in known) for each in group.items
    )


def _tail(say: Saying) -> str:
    rule = say.rule
    if rule.doing.channels and rule.doing.kind in ("share", "answer"):
        return f", by {english.listed([way(each) for each in rule.doing.channels], 'or')}"
    if rule.kind == "review" and rule.attended is not None:
        return f"; {whole(say.words, say.voice, rule.attended).does('attend')} it"
    return ""


# ---------------------------------------------------------------- further lines


def _also(say: Saying, others: list[tuple[Trigger, Timing]]) -> Iterator[Statement]:
    """What else brings it about."""
    verbs = {"review": "must also be held", "survey": "is also held", "power": "may also be exercised"}
    verb = "also holds" if say.rule.continuing else verbs.get(say.rule.kind, "must also be done")
    for trigger, when in others:
        front = f"{when.front}, " if when.front else ""
        node = trigger.happening
        yield say.line(f"{front}it {verb} {when.back}", "trigger", _arising(say, node) or node)


def _arising(say: Saying, item: n.Happening | None) -> n.Node | None:
    lines = say.source.arises if say.source is not None else ()
    return next((line for line in lines if line.happening is item and item is not None), None)


def _lines(say: Saying) -> Iterator[Statement]:
    yield from _text(say)
    yield from _what(say)
    yield from _review(say)
    yield from _late(say)
    yield from _over(say)
    yield from _handed_on(say)
    for line in say.rule.opens:
        yield openings(say.words, line, _it(say), by_one(say.rule.bearer))


def _text(say: Saying) -> Iterator[Statement]:
    if say.source is not None and say.rule.kind == say.source.kind and say.rule.kind != "communication":
        yield from _described(say.source)


def _it(say: Saying) -> str:
    return "a target" if say.rule.kind == "objective" else "such a duty" if say.rule.kind == "communication" else "it"


def _what(say: Saying) -> Iterator[Statement]:
    """What is owed to whom, under which conditions, and how it is done."""
    rule, source = say.rule, say.source
    by_name = rule.doing.kind in ("perform", "happening") and rule.kind == "duty"
    if rule.to is not None and by_name and not performed(say, None)[1].endswith(others(say, rule.to)):
        yield say.line(f"it is owed to {others(say, rule.to)}", "to")
    if rule.owed is not None and not is_paid(say):
        yield say.line(f"what is owed is {amount(say)}", "amount", rule.owed)
    if rule.doing.kind == "happening" and rule.doing.happening is not None:
        verb = "exercised" if rule.kind == "power" else "fulfilled"
        yield say.line(f"it is {verb} when {happening(say.words, rule.doing.happening, say.voice)}", "done",
                       source.done[0] if source is not None and source.done else None)  # fmt: skip
    yield from _conditions(say)
    if rule.kind == "power" and rule.doing.kind != "raise":
        yield from _requires(say)
    if rule.kind == "survey":
        yield from surveys.questions(say.words, rule.name)


def _conditions(say: Saying) -> Iterator[Statement]:
    """Where it applies at all."""
    if say.rule.applies != TRUE:
        node = say.source.applies[0] if say.source is not None and say.source.applies and not say.rule.key else None
        where = say.words.condition(say.rule.applies, say.words.agreement.right(say.rule.about))
        yield say.line(f"this applies only where {where}", "applies", node)


def _requires(say: Saying) -> Iterator[Statement]:
    right = say.words.agreement.rights.get(say.rule.name)
    if right is None or not right.block.statements:
        return
    items = tuple(say.words.requirement(each) for each in asked(say.words.rule(say.rule.name).tree))
    if items:
        yield Statement("It may be exercised only if:", items[0].citation, items, "requires")


def _review(say: Saying) -> Iterator[Statement]:
    rule, source = say.rule, say.source
    if rule.notice is not None:
        text = f"notice of it must be given at least {english.duration(rule.notice)} before"
        yield say.line(text, "notice", source.notice if source else None)
    if rule.quorum is not None:
        yield say.line(f"it counts only if {attendance(say.voice, rule.quorum, rule.attended)}", "quorum", rule.quorum)
    if rule.covers:
        yield say.line(f"it goes into {english.listed([plain(each) for each in rule.covers])}", "covers")


def _late(say: Saying) -> Iterator[Statement]:
    rule, source = say.rule, say.source
    if rule.grace is not None:
        done = {"review": "held", "survey": "completed"}.get(rule.kind, "done")
        text = f"it counts as missed only if it is not {done} within {english.duration(rule.grace)} after its time is over"
        yield say.line(text, "grace", source.grace if source else None)
    if rule.cured is not None:
        yield say.line(_cure(say, rule.cured), "cure", rule.cured)
    if rule.finders:
        who = english.listed([whole(say.words, say.voice, each).text for each in rule.finders], "or")
        yield say.line(f"whether it is broken is found by {who}", "finder", source.finders[0] if source else None)
    for line in rule.suspended:
        yield say.line(_standstill(say, line), "suspended", line)


def _cure(say: Saying, cured: n.Cured) -> str:
    """A cure that runs from a notice does not run out before there is one: until then nothing is violated."""
    length = english.duration(cured.within)
    if say.rule.continuing:
        since = "notice of the breach" if cured.after_notice else "it is found"
        return f"a breach of it counts as a violation only if it is not cured within {length} after {since}"
    what = "payment" if is_paid(say) else "duty"
    since = "notice of that" if cured.after_notice else "its last day"
    return f"a missed {what} counts as a violation only if it is not made up for within {length} after {since}"


def _standstill(say: Saying, line: n.Suspended | n.SuspendedWhile) -> str:
    if isinstance(line, n.SuspendedWhile):
        return f"its time stands still while a dispute under {titled(say.words, line.dispute.text)} is open"
    since, until = (happening(say.words, each, say.voice) for each in (line.since, line.until))
    return f"its time stands still from the day on which {since} until the day on which {until}"


def _over(say: Saying) -> Iterator[Statement]:
    rule, source = say.rule, say.source
    released: list[n.Node] = [*source.discharged] if source is not None else []
    for item, line in zip_longest(rule.discharged, released):
        if item is not None:
            yield say.line(f"it falls away when {happening(say.words, item, say.voice)}", "discharged", line)
    waiving: list[n.Node] = [*source.waived] if source is not None else []
    for group, line in zip_longest(rule.waived, waiving):
        if group is not None:
            yield say.line(f"it may be waived by {whole(say.words, say.voice, group).text}", "waived", line)
    if rule.survives is not None:
        yield say.line(_survival(rule.survives), "survives", rule.survives)


def _survival(line: n.SurvivesEnd) -> str:
    """How long something outlives the agreement."""
    length = f" for {english.duration(line.duration)}" if line.duration is not None else ""
    return f"it goes on{length} after the end of the agreement"


def _handed_on(say: Saying) -> Iterator[Statement]:
    for line in say.rule.transferable:
        words = "assigned to another" if line.kind == "assigned" else "subcontracted"
        approval = f" with the approval of {whole(say.words, say.voice, line.approval).text}" if line.approval is not None else ""
        yield say.line(f"it may be {words}{approval}", line.kind, line)
