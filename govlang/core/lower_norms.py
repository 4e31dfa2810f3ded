"""What duties, powers, reviews, objectives and communication mean: when they arise, by when, and each of their states.

In: the norms of an agreement and the `inform` lines of its decisions. Out: `NormRule`s. This is the only place that says what
a norm's states are; how its marks (since, due, done ...) are found on a record stands in `record.norms`.

Validity is not duty: nothing here changes what a decision requires, and a violation opens its remedy and ends nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.core import keys as k, lower_conditions
from govlang.core.expr import TRUE, Compare, Expr, Fact, Known, all_of, any_of, negate
from govlang.core.lower import Lowering, lower as lower_decision
from govlang.core.norms import Doing, NormRule, Standing, Trigger
from govlang.frozen import replace
from govlang.model.nodes import Agreement, Block, Decision
from govlang.model.norms import Norm
from govlang.syntax import nodes as n


def lower(agreement: Agreement) -> tuple[NormRule, ...]:
    """Every norm of an agreement, in the order of its text; those that violations and decisions bring about last."""
    openings = _openings(agreement)
    found = [
        replace(rule, triggers=(*rule.triggers, *openings.get(rule.name, ()))) if not rule.key else rule
        for norm in agreement.norms.values()
        for rule in _rules(agreement, norm, norm.name in openings)
    ]
    opened = [rule for norm in _openers(agreement) for line in norm.opens for rule in _opened(agreement, norm, line)]
    informed = [rule for decision in agreement.decisions.values() for rule in _informed(agreement, decision)]
    return (*found, *opened, *informed)


def _openers(agreement: Agreement) -> list[Norm]:
    """Everything that opens something when it is missed, or when it is low."""
    return [*agreement.norms.values(), *(trust.opens for trust in agreement.trust.values())]


def _openings(agreement: Agreement) -> dict[str, tuple[Trigger, ...]]:
    """What other norms open, by name: it arises then, beside when it says itself."""
    found: dict[str, tuple[Trigger, ...]] = {}
    for norm in _openers(agreement):
        for line in norm.opens:
            for item in line.openings:
                if item.name.text in agreement.norms:
                    due = n.Due(item.within, span=item.span) if item.within is not None else None
                    trigger = Trigger(_violated(norm, line), due=due)
                    found[item.name.text] = (*found.get(item.name.text, ()), trigger)
    return found


def _violated(norm: Norm, line: n.OpensIf) -> n.Happening:
    return n.Happening(norm.kind, line.state, n.Name(norm.name), line.times, span=line.span)


# ---------------------------------------------------------------- states


NOW = Fact(k.Now())


def _mark(name: str) -> Expr:
    return Fact(k.Mark(name))


def _reached(name: str) -> Expr:
    """Whether an instant is known and not after now."""
    return all_of(Known(_mark(name)), Compare(">=", NOW, _mark(name)))


def _before(one: str, other: str) -> Expr:
    """Whether one thing happened before another, which may never have happened."""
    return all_of(_reached(one), any_of(negate(Known(_mark(other))), Compare("<", _mark(one), _mark(other))))


def _first(one: str, *others: str) -> Expr:
    """Whether one thing happened before any of the others; on the same instant, the one named here counts."""
    return all_of(_reached(one), *(negate(_before(other, one)) for other in others))


PENDING = (Standing.PENDING, negate(_reached("since")))
UNDER_WAY = ((Standing.SUSPENDED, _reached("suspended")), (Standing.IN_EFFECT, TRUE))

# A duty is fulfilled when it is done, discharged when it is released, expired when it ends with the agreement, violated when it is
# lost: whichever comes first, and so for good. What is done at the very end of its time is done; what is too late at an instant is
# lost then.
DUTY = (
    PENDING,
    (Standing.FULFILLED, all_of(_before("done", "lost"), _first("done", "released", "ended"))),
    (Standing.DISCHARGED, all_of(_before("released", "lost"), _first("released", "done", "ended"))),
    (Standing.EXPIRED, all_of(_before("ended", "lost"), _first("ended", "done", "released"))),
    (Standing.VIOLATED, _reached("lost")),
    *UNDER_WAY,
)
# A continuing duty is never done with: what is done about a breach of it cures that breach.
CONTINUING = (
    PENDING,
    (Standing.DISCHARGED, all_of(_before("released", "lost"), _first("released", "ended"))),
    (Standing.EXPIRED, all_of(_before("ended", "lost"), _first("ended", "released"))),
    (Standing.VIOLATED, all_of(_reached("lost"), negate(_before("done", "lost")))),
    *UNDER_WAY,
)
# A power is exercised, or released, or runs out; nobody violates it.
POWER = (
    PENDING,
    (Standing.EXERCISED, all_of(_before("done", "lost"), _first("done", "released", "ended"))),
    (Standing.DISCHARGED, all_of(_before("released", "lost"), _first("released", "done", "ended"))),
    (Standing.EXPIRED, any_of(_reached("lost"), _reached("ended"))),
    *UNDER_WAY,
)


# ---------------------------------------------------------------- one clause


def _rules(agreement: Agreement, norm: Norm, opened: bool) -> Iterator[NormRule]:
    match norm.kind:
        case "objective":
            yield from _targets(agreement, norm)
        case "communication":
            yield from _passing_on(agreement, norm)
        case "review" | "survey":
            rule = _rule(agreement, norm, Doing(norm.kind, word=norm.name), opened)
            in_each = norm.due is None and norm.recurs is not None  # each quarter means in each quarter
            yield replace(rule, due=n.Due(after="its end", span=norm.span)) if in_each else rule
            if norm.minutes is not None:
                yield _minutes(agreement, norm, norm.minutes)
        case _:
            kind = "exercise" if norm.kind == "power" else "perform"
            doing = Doing("happening", norm.done[0].happening) if norm.done else Doing(kind, word=norm.name)
            yield _rule(agreement, norm, doing, opened)


def _rule(agreement: Agreement, norm: Norm, doing: Doing, opened: bool = False) -> NormRule:
    return NormRule(
        norm.name, norm.name, norm.kind, norm.bearer, triggers(norm, opened), doing,
        _states(norm), norm.citation, norm.to,
        _applies(agreement, norm), norm.about, norm.due, norm.grace.duration if norm.grace else None, norm.cured, norm.owed,
        tuple(item.happening for item in norm.discharged), tuple(item.group for item in norm.waived),
        tuple(item.group for item in norm.finders), norm.suspended,
        norm.survives, norm.transferable, norm.opens, norm.continuing is not None, norm.quorum,
        norm.attended.group if norm.attended else None, norm.notice.duration if norm.notice else None, norm.covers,
        cites=tuple(agreement.cite(line, agreement.wording(line)) for line in norm.tagged),
    )  # fmt: skip


def _states(norm: Norm) -> tuple[tuple[Standing, Expr], ...]:
    return POWER if norm.kind == "power" else CONTINUING if norm.continuing is not None else DUTY


def triggers(norm: Norm, opened: bool) -> tuple[Trigger, ...]:
    """What brings instances about: each happening, each day named, each period; the agreement itself where nothing is said. A norm
    that others open and that says nothing itself has no trigger of its own."""
    found = [Trigger(item.happening, on=item.on) for item in norm.arises]
    if norm.recurs is not None:
        at_end = norm.due is not None and norm.due.after == "its end" and norm.due.within is not None and not norm.recurs.rolling
        found.append(Trigger(recurs=norm.recurs, at_end=at_end))
    return tuple(found) if found or opened else (Trigger(),)


def _applies(agreement: Agreement, norm: Norm) -> Expr:
    if not norm.applies or norm.about not in agreement.decisions:
        return TRUE
    low = Lowering(agreement, agreement.decisions[norm.about])
    return all_of(*(lower_conditions.condition(low, item.condition) for item in norm.applies))


def _targets(agreement: Agreement, norm: Norm) -> Iterator[NormRule]:
    """One norm for each target: it is to be met by its day, as last measured then."""
    if norm.measure is None:
        return  # nothing can be measured; the checks say so
    for target in norm.targets:
        doing = Doing("measure", word=norm.measure.name, op=target.op, value=target.value, by=norm.measure.by)
        rule = _rule(agreement, norm, doing)
        yield replace(
            rule, due=n.Due(on=target.by, span=target.span), key=str(target.by), title=agreement.wording(target),
            citation=agreement.cite(target, agreement.wording(target)),
        )  # fmt: skip


def _minutes(agreement: Agreement, norm: Norm, line: n.MinutesWithin) -> NormRule:
    """The minutes of a review are due after each meeting of it."""
    held = n.Happening("meeting", "held", n.Name(norm.name), span=line.span)
    return NormRule(
        norm.name, f"minutes of {norm.name}", "duty", line.by, (Trigger(held),), Doing("minutes", word=norm.name),
        DUTY, agreement.cite(line, agreement.wording(line)),
        due=n.Due(line.duration, span=line.span), key="minutes",
    )  # fmt: skip


def _passing_on(agreement: Agreement, norm: Norm) -> Iterator[NormRule]:
    """One duty for each thing that is shared, borne by whoever records it; and one to answer, borne by whoever is asked."""
    channels = norm.channels.words if norm.channels is not None else ()
    for line in norm.shares:
        act = n.Happening("act", line.what, by=norm.between, span=line.span)
        yield NormRule(
            norm.name, f"share {line.what}", "communication", norm.between, (Trigger(act),),
            Doing("share", word=line.what, to=line.to, channels=channels), DUTY,
            agreement.cite(line, agreement.wording(line)), line.to, due=n.Due(line.within, span=line.span), survives=norm.survives,
            opens=norm.opens, actor_bears=True, key=line.what,
        )  # fmt: skip
    if norm.answer is not None:
        asked = n.Happening("asked", "asked", by=norm.between, span=norm.answer.span)
        yield NormRule(
            norm.name, "answer", "communication", norm.between, (Trigger(asked),), Doing("answer", channels=channels),
            DUTY, agreement.cite(norm.answer, agreement.wording(norm.answer)),
            due=n.Due(norm.answer.duration, span=norm.answer.span), survives=norm.survives, opens=norm.opens, key="answer",
        )  # fmt: skip


# ---------------------------------------------------------------- what violations and decisions bring about


def _opened(agreement: Agreement, norm: Norm, line: n.OpensIf) -> Iterator[NormRule]:
    """What a violation opens that is no norm itself: a decision is to be put, a dispute may be raised."""
    trigger = (Trigger(_violated(norm, line)),)
    citation = agreement.cite(line, agreement.wording(line))
    for item in line.openings:
        due = n.Due(item.within, span=item.span) if item.within is not None else None
        if item.kind == "decision":
            decision = agreement.decisions[item.name.text]
            yield NormRule(
                decision.name, f"put {decision.name} to the vote", "duty", _proposers(decision.block), trigger,
                Doing("propose", word=decision.name), DUTY, citation, due=due, key=f"after {norm.name}",
            )  # fmt: skip
        elif item.name.text not in agreement.norms:
            yield NormRule(
                item.name.text, f"raise {item.name.text}", "power", norm.to or norm.bearer, trigger,
                Doing("raise", word=item.name.text), POWER, citation, due=due, key=f"after {norm.name}",
            )  # fmt: skip


def _proposers(block: Block) -> n.Group | None:
    return next((line.group for line in block.statements if isinstance(line, n.ProposedBy)), None)


def _informed(agreement: Agreement, decision: Decision) -> Iterator[NormRule]:
    """Whoever proposed a decision informs those named once it is taken."""
    if not any(True for _ in _informs(decision.block)):
        return
    for number, notification in enumerate(lower_decision(agreement, decision).notifications):
        line = notification.line
        if line is None:
            continue
        taken = n.Happening("decision", "taken", n.Name(decision.name), span=line.span)
        proposer = n.Group((n.GroupItem(n.GroupBase("proposer", span=line.span), span=line.span),), span=line.span)
        yield NormRule(
            decision.name, agreement.wording(line), "duty", proposer, (Trigger(taken),),
            Doing("inform", word=decision.name, to=line.group), DUTY, notification.citation, line.group,
            notification.when, decision.name, n.Due(line.within, span=line.span), key=f"inform {number}",
        )  # fmt: skip


def _informs(block: Block) -> Iterator[n.Inform]:
    yield from (line for line in block.statements if isinstance(line, n.Inform))
    for tier in block.tiers:
        yield from _informs(tier.block)
    for reading in block.readings:
        yield from _informs(reading.block)


