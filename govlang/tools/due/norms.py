"""Duties, reviews, objectives, communication and powers that are due: the instances of norms that are not done and not over.

In: the norms of a record. Out: one `DueItem` an instance whose time runs out (or ran out), and one more where a cure still can mend
what was missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from govlang.core.norms import NormRule, Standing
from govlang.record import rolling, surveys
from govlang.record.norm_entries import Instance
from govlang.tools.due.items import Asked, DueItem, day_before, identity, joined
from govlang.tools.due.people import owners

_OVER = (Standing.FULFILLED, Standing.DISCHARGED, Standing.EXPIRED, Standing.EXERCISED)
_TURNS = ("review", "survey")  # a turn of these that was missed cannot be made up once the next was held
_KINDS = {"minutes": "minutes", "inform": "informing", "share": "communication", "answer": "communication"}


def items(asked: Asked) -> Iterator[DueItem]:
    """One item for each instance that is due."""
    for rule in asked.norms.rules:
        found = asked.norms.instances(rule, asked.now, asked.until)
        made_up = _made_up(found)
        for instance in found:
            since = made_up.get(instance.bearer, instance.since)
            if instance.standing not in _OVER and instance.since >= since:
                yield from _due(asked, instance)


def _made_up(found: list[Instance]) -> dict[str, datetime]:
    """Since when the last review that was held had been due, by who leads it: whoever missed an earlier turn has nothing left to
    do about it. That it was missed is for the audit."""
    return {each.bearer: each.since for each in found if each.rule.kind in _TURNS and each.done is not None}


def _due(asked: Asked, instance: Instance) -> Iterator[DueItem]:
    rule, now = instance.rule, asked.now
    if rule.continuing:
        if instance.breach is not None and instance.done is None and instance.breach <= now:
            yield _item(asked, instance, "cure" if _curable(asked, instance) else kind_of(rule), instance.curable)
        return
    done = instance.done is not None and instance.done <= now
    over = instance.ends
    if over is None or done or (rule.kind == "power" and over <= now):
        return
    if over <= now or asked.soon(over):
        yield _item(asked, instance, kind_of(rule), over)
    if over <= now and _curable(asked, instance):
        yield _item(asked, instance, "cure", instance.curable)


def _curable(asked: Asked, instance: Instance) -> bool:
    return instance.curable is not None and instance.curable > asked.now and instance.rule.kind != "power"


def kind_of(rule: NormRule) -> str:
    """What kind of thing it is, in the words of the list."""
    return _KINDS.get(rule.doing.kind, rule.kind)


def instance_id(instance: Instance, kind: str) -> str:
    """What tells an instance from all others, whatever the day."""
    return identity(kind, instance.rule.name, instance.rule.key, instance.bearer, instance.key)


def _item(asked: Asked, instance: Instance, kind: str, over: datetime | None) -> DueItem:
    rule = instance.rule
    what = f"{_to_do(asked, instance)}{_for(instance)}"
    return DueItem(
        instance_id(instance, kind), kind, rule.name, f"mend what was missed: {what}" if kind == "cure" else what, instance.word,
        rule.citation, asked.now, owners(asked.history, _bearers(asked, instance), asked.now), instance.key, instance.since, over,
        over is not None and over <= asked.now, tuple(_notes(instance)),
    )  # fmt: skip


def _bearers(asked: Asked, instance: Instance) -> list[str]:
    """Who bears it; of a survey, those who have not yet answered all that they are asked."""
    if instance.rule.doing.kind != "survey":
        return [instance.bearer]
    return surveys.waiting(asked.history, instance.rule.name, instance.since, instance.events, asked.now)


def _notes(instance: Instance) -> Iterator[str]:
    now = instance.now
    if rolling.rolling(instance.rule) is not None and instance.key:
        yield f"counted from {instance.key}"
    if instance.standing is Standing.SUSPENDED:
        yield "suspended: its clock stands still"
    if instance.breach is not None:
        yield f"a breach was found on {instance.breach:%Y-%m-%d}"
    if instance.late is not None and instance.due is not None and instance.due <= now < instance.late:
        yield f"grace until {day_before(instance.late)}"
    if instance.curable is not None and instance.curable > now:
        yield f"may be cured until {day_before(instance.curable)}"
    yield from dict.fromkeys(instance.notes)


def _for(instance: Instance) -> str:
    """Which of several it is, where what has to be done does not say it."""
    rule = instance.rule
    if not instance.key or rule.doing.kind in ("minutes", "inform", "share", "answer") or rolling.rolling(rule) is not None:
        return ""
    return f", for {instance.key}"


def _to_do(asked: Asked, instance: Instance) -> str:
    """What has to be done, by whom, in plain words."""
    rule, who, wording = instance.rule, instance.bearer or "somebody", asked.history.agreement.wording
    to = f" to {wording(rule.to)}" if rule.to is not None else ""
    match rule.doing.kind:
        case "review":
            covers = f", which covers {joined(rule.covers)}" if rule.covers else ""
            return f"{who} holds {rule.title}{covers}"
        case "survey":
            return f"whoever is asked answers {rule.title}"
        case "minutes":
            return f"{who} sends the minutes of {instance.key}"
        case "inform" if rule.doing.to is not None:
            return f"{who} informs {wording(rule.doing.to)} of {instance.key}"
        case "share" if rule.doing.to is not None:
            return f"{who} shares {rule.doing.word} ({instance.key}) with {wording(rule.doing.to)}"
        case "answer":
            return f"{who} answers {instance.key}"
        case "measure":
            return f"{who} reaches the {rule.title}"
        case "propose":
            return f"{who} puts {rule.doing.word} to the vote"
        case "raise":
            return f"{who} may raise {rule.doing.word}"
        case "exercise":
            return f"{who} may exercise {rule.title}"
        case _ if rule.kind == "power":
            return f"{who} may use {rule.title}"
        case _:
            owed = f": {_amount(instance)}" if instance.owed is not None else ""
            return f"{who} owes {rule.title}{to}{owed}"


def _amount(instance: Instance) -> str:
    from govlang.tools.decide import show

    given = f", {show(instance.paid)} of it given" if instance.paid is not None else ""
    return f"{show(instance.owed)}{given}"
