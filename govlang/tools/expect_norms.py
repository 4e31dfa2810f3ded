"""What a scenario expects of duties, powers, reviews, objectives and communication.

In: an `expect duty ...` line and the norms of the scenario's record. Out: what is wrong with it, as (message, place, hint).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from govlang.core.norms import NormRule, Standing, word
from govlang.diagnostics import did_you_mean
from govlang.record.norm_entries import Instance
from govlang.record.norms import Norms
from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.tools.phrases import contains, last_day

Fault = tuple[str, Span, str]


def faults(norms: Norms, line: n.Expect) -> Iterator[Fault]:
    """Every way in which the record differs from what a line expects."""
    assert line.subject is not None
    name, now = line.subject.text, line.at.end
    of = line.group.text if line.group is not None else ""
    rules = [rule for rule in norms.rules if rule.name == name and rule.kind == line.about]
    if not rules:
        yield f"the agreement has no {line.about} called '{name}'", line.subject.span, "name one of its clauses"
        return
    known = states_of(line.about)
    if line.verdict not in known:
        yield (f"'{line.verdict}' is no state of a {line.about}", line.span,
               did_you_mean(line.verdict, known) or f"its states are {', '.join(known)}")  # fmt: skip
        return
    found = [item for rule in rules for item in norms.instances(rule, now, now)]
    fitting = [item for item in found if fits(item, of, line.occasion)]
    fitting = [item for item in fitting if item.since <= now] or fitting
    days = {detail.phrase for detail in line.details if detail.kind == "due"}
    second = f"{line.occasion} ("  # another of the same occasion, told apart by its day
    again = [item for item in found if line.occasion and item.key.startswith(second) and fits(item, of, item.key)]
    fitting = [item for item in (*fitting, *again) if last_day(item.due) in days] or fitting
    wanted = line.verdict
    if not fitting:
        if wanted != "pending":
            yield _none(line, rules, found)
        return
    wrong = [item for item in fitting if not stands(item, wanted)]
    if wrong and (len(wrong) == len(fitting) or of or line.occasion or len(fitting) > 1):
        says = "; ".join(shown(item) for item in fitting[:6])
        yield f"{name} is expected to be {wanted}, and it is {_word(wrong[0], wanted)}", line.span, says
        return
    for detail in line.details:
        texts = [text for item in fitting for text in told(item, detail.kind)]
        hit = any(contains(text, detail.phrase) for text in texts)
        if hit is (detail.kind == "not because"):
            says = "; ".join(texts) or "nothing"
            yield f"{name} is not {detail.kind} {detail.phrase}", detail.span, f"{detail.kind}: {says}"


def states_of(kind: str) -> tuple[str, ...]:
    """The words for the states of a kind of norm; `overdue` is one where there is a time to be late with."""
    power = kind == "power"
    others = (Standing.FULFILLED, Standing.VIOLATED) if power else (Standing.EXERCISED,)
    return (*(word(kind, each) for each in Standing if each not in others), *(() if power else ("overdue",)))


def stands(item: Instance, wanted: str) -> bool:
    """Whether an instance is in a state. One that is overdue is in effect or violated, and not done yet."""
    if wanted == "overdue":
        return item.overdue and all(at is None or at > item.now for at in (item.done, item.released, item.ended))
    return item.word == wanted


def _word(item: Instance, wanted: str) -> str:
    return f"{item.word}, and not overdue" if wanted == "overdue" and not stands(item, wanted) else item.word


def _none(line: n.Expect, rules: list[NormRule], found: list[Instance]) -> Fault:
    """Nothing that a line asks about is there: which one was asked about, and what there is of the same clause."""
    assert line.subject is not None
    name, of = line.subject.text, line.group.text if line.group is not None else ""
    which = "".join((f" of {of}" if of else "", f" for {line.occasion}" if line.occasion else ""))
    bearers, keys = dict.fromkeys(item.bearer for item in found), dict.fromkeys(item.key for item in found)
    if not found:
        hint = f"nothing of {name} has arisen by {line.at.end:%Y-%m-%d}"
    elif of and of not in bearers:
        hint = f"nobody called {of} bears it on that day: it is borne by {some(bearers)}"
    elif line.occasion and not any(fits(item, "", line.occasion) for item in found):
        hint = f"there is none for {line.occasion}; there is one for {some(keys)}"
    else:
        hint = f"there is {'; '.join(shown(item) for item in found if item.bearer == of or not of)}"
    return f"{name}{which} is expected to be {line.verdict}, and nothing of it has arisen", line.subject.span, hint


def some(names: Iterable[str], most: int = 6) -> str:
    """The first few of some names."""
    listed = [name for name in names if name]
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return f"{', '.join(listed[:most])}{more}" or "nobody in particular"


def touched(norms: Norms, line: n.Expect) -> set[str]:
    """The norms that an expectation looks at, by the names that coverage counts."""
    name, now = line.subject.text if line.subject is not None else "", line.at.end
    rules = [rule for rule in norms.rules if rule.name == name and rule.kind == line.about]
    of = line.group.text if line.group is not None else ""
    asked = {rule.id for rule in rules for item in norms.instances(rule, now, now) if fits(item, of, line.occasion)}
    return asked or {rule.id for rule in rules}


def fits(item: Instance, of: str, occasion: str) -> bool:
    """Whether an instance is the one that is named by its bearer and its occasion (a target by its day)."""
    return (not of or of == item.bearer) and (not occasion or occasion in (item.key, item.rule.key))


def shown(item: Instance) -> str:
    """An instance in a few words: `Norwind for 2026-Q1: in effect, due 2026-04-15`."""
    who = f"{item.rule.title} of {item.bearer}" if item.bearer else item.rule.title
    when = f" for {item.key}" if item.key else ""
    due = f", due {last_day(item.due)}" if item.due is not None else ""
    return f"{who}{when}: {item.word}{due}"


def told(item: Instance, kind: str) -> Iterator[str]:
    """What there is to say of an instance, by the kind of detail."""
    citation = item.rule.citation
    match kind:
        case "due":
            yield last_day(item.due)
        case "citing":
            for cited in (citation, *item.rule.cites):
                yield f"{cited.number} {cited.title} {' '.join(cited.path)}"
        case "counting":
            if item.done is not None:
                yield f"done on {item.done:%Y-%m-%d}{f' by {item.by}' if item.by else ''}"
            if item.owed is not None:
                yield f"{item.paid if item.paid is not None else 'nothing'} of {item.owed}"
        case "missing":
            if item.rule.kind == "survey":
                yield from item.notes
            if item.owed is not None and item.done is None:
                yield f"{item.owed} owed, {item.paid if item.paid is not None else 'nothing'} given"
            if item.done is None:
                yield f"{item.rule.title} by {item.bearer}"
        case _:
            yield from item.notes
            if item.released is not None:
                yield f"released on {item.released:%Y-%m-%d}"
            if item.breach is not None:
                yield f"breach found on {item.breach:%Y-%m-%d}"
            if item.curable is not None:
                yield f"curable until {item.curable - timedelta(days=1):%Y-%m-%d}"
            if item.overdue:
                yield f"overdue since {item.due:%Y-%m-%d}"
            if item.ended is not None:
                yield f"ended on {item.ended:%Y-%m-%d}"
