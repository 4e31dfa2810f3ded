"""The names behind the figures: what a tally is made of, in words.

In: a row and a requirement leaf. Out: lines such as `3 for (Ana Ruiz, Ben Okafor, Cy Tan), 1 against (Dee Wu) of 5; needs 4`.
Derived from the same counts that decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.core import keys as k, lower_conditions, numbers
from govlang.core.expr import Arithmetic, Expr, Fact
from govlang.core.rules import Leaf, Tree, leaves
from govlang.core.verdict import Verdict, evaluate, number
from govlang.later import Later
from govlang.record import lifecycle
from govlang.record.count import closing_words, weigh
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.record import disputes, ip_facts
    from govlang.record.count import Count
    from govlang.record.facts import Row
    from govlang.record.history import Proposal
else:
    disputes = Later("govlang.record.disputes")
    ip_facts = Later("govlang.record.ip_facts")

MOST_NAMES = 8


def lines(row: Row, leaf: Leaf) -> tuple[str, ...]:
    """What counted towards a leaf."""
    found: list[str] = []
    if leaf.electorate is not None:
        found.append(_tally(row, leaf, leaf.electorate))
    for key in leaf.evidence:
        match key:
            case k.Blocks(rule, scope, _):
                for event, state in row.blocks(rule, scope):
                    if state in ("standing", "undetermined"):
                        actors = ", ".join(actor.text for actor in event.actors)
                        reason = f', because "{event.reason}"' if event.reason else ""
                        found.append(f"{rule.kind} by {actors} on {event.at} is {state}{reason}")
            case k.Acts(rule, scope, _):
                value = row.value(key)
                if isinstance(value, Fraction) and value > 0:
                    found.append(f"{rule.name} recorded {numbers.show(value)} {'time' if value == 1 else 'times'}")
            case k.Instant(anchor, _):
                value = row.value(key)
                if isinstance(value, datetime):
                    found.append(f"{lower_conditions.anchored(anchor)} on {_on(value)}")
            case k.Deadline(since, duration, through):
                value = row.value(key)
                if isinstance(value, datetime) and duration.amount:
                    begun = lower_conditions.anchored(since.anchor)
                    found.append(f"{duration} after {begun}: {_end_words(value, duration, through)}")
            case k.InTerm():
                found.extend(lifecycle.ending_words(row.history.on(row.now), row.now))
            case k.NoticeGiven(scope) if waived := row.waivers(scope):
                found.append(f"notice waived by {', '.join(waived)}")
            case k.Adopted(decision, same, by):
                found.extend(_outcome(other, verdict) for other, verdict in row.outcomes(decision, same, by))
            case k.UnderWay(decision, same):
                found.extend(_outcome(other, verdict) for other, verdict in row.outcomes(decision, same))
            case k.Reference(fact):
                other = row.history.proposals.get(str(row.proposal.facts.get(fact)))
                if other is not None:
                    found.append(_outcome(other, row.outcome(other, row.now)))
            case k.Given(name):
                value = row.value(key)
                if value is not None:
                    found.append(f"{name} is {_shown(value) or 'not given'}")
            case k.Total() | k.Headcount():
                found.extend(figures(row, (key,)))
            case k.Sharing(group, attribute):
                shared, names = row.sharing(group, attribute)
                found.append(_names(len(names), names, f"with the {attribute} {shared}" if names else f"with any {attribute}"))
            case k.Ip():
                found.extend(ip_facts.evidence(row, key))
            case k.OfDispute("reached", step) if row.value(key) is True:
                found.extend(disputes.gone_on(row, step))
            case k.Voted(chair, choice, False) if names := row.count(chair).with_choice(choice):
                found.append(f"casting vote of {', '.join(names)}: {choice}")
            case k.Distinct(_, attribute, _):
                found.append(f"{numbers.show(number(row.value(key)))} different {attribute} so far")
            case _:
                pass
    return tuple(found)


def _outcome(other: Proposal, verdict: Verdict | None) -> str:
    return f"{other.id} ({other.decision}) is {verdict.value if verdict is not None else 'not known'}"


def figures(row: Row, keys: tuple[k.Key, ...]) -> tuple[str, ...]:
    """Figures counted from the record, in words: totals with the proposals they are made of, and head counts."""
    found: list[str] = []
    for key in keys:
        value = row.value(key)
        match key:
            case k.Total(total) if value is not None:
                others = ", ".join(other.id for other in row.totalled(total))
                made_of = f", {others} included" if others else ""
                per = f" per {total.per}" if total.per else ""
                period = f" in {total.period}" if total.period is not None else ""
                found.append(f"total {total.fact}{per}{period} is {_shown(value)}{made_of}")
            case k.Headcount(group) if isinstance(value, Fraction):
                names = row.history.electors(group, row.now, row.proposal)
                found.append(_names(len(names), names, "today"))
            case _:
                pass
    return tuple(found)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return numbers.show(value)
    return _on(value) if isinstance(value, datetime) else ", ".join(value) if isinstance(value, tuple) else str(value)


def unheard(row: Row, tree: Tree) -> tuple[str, ...]:
    """Vetoes and objections that nothing in the rule asks about: the decision cannot be stopped that way."""
    asked = {key.rule.kind for leaf in leaves(tree) for key in leaf.evidence if isinstance(key, k.Blocks)}
    found = []
    for event in row.events("veto", "objection"):
        if event.kind not in asked:
            actors = ", ".join(actor.text for actor in event.actors)
            reason = f"{row.proposal.decision} cannot be stopped by {'a veto' if event.kind == 'veto' else 'an objection'}"
            found.append(f"the {event.kind} by {actors} on {event.at} does not count: {reason}")
    return tuple(found)


def _end_words(value: datetime, duration: n.Duration, through: bool) -> str:
    """The day on which a period ends, or is complete."""
    if duration.unit == "hours":
        return f"over at {value:%Y-%m-%d %H:%M}"
    return f"last day {value - timedelta(days=1):%Y-%m-%d}" if through else f"complete on {value:%Y-%m-%d}"


def _on(value: datetime) -> str:
    return value.strftime("%Y-%m-%d" if (value.hour, value.minute) == (0, 0) else "%Y-%m-%d %H:%M")


def _tally(row: Row, leaf: Leaf, who: k.Electorate) -> str:
    count = row.count(who)
    at = row.reference_day(who.scope)
    if leaf.kind == "quorum":
        kind = next((key.kind for key in leaf.evidence if isinstance(key, k.Attendance)), "")
        names = row.attendance(who, kind, False)
        word = "present" if row.times(who.scope).meeting is not None and kind != "taking part" else "taking part"
        return f"{_names(len(names), names, word)} of {len(count.base)}{needs(row, leaf)}"
    for key in leaf.evidence:
        if isinstance(key, k.Tally) and key.measure in ("present", "taking part"):
            names = count.present if key.measure == "present" else list(count.ballots)
            left = [name for name in count.open if name not in count.ballots] if key.measure == "taking part" else []
            waiting = f"; {_part(row, leaf.weight, left, 'not voted yet', at)}" if left else ""
            shown = _part(row, leaf.weight, names, key.measure, at)
            return f"{shown} of {_whole(row, leaf, who, at)}{needs(row, leaf)}{waiting}"
    parts = []
    for choice, word in (("for", "for"), ("against", "against"), ("abstain", "abstaining")):
        names = count.with_choice(choice)
        shown = _part(row, leaf.weight, names, word, at) if names or choice == "for" else ""
        cast = {"for": "for", "against": "against", "abstain": "abstaining"}
        for other, verb in cast.items():
            counted = [name for name in names if name in count.ballots and count.ballots[name].choice == other]
            if counted and other != choice:
                shown += f", of them {_part(row, leaf.weight, counted, verb, at)}"
        silent = [name for name in names if name not in count.ballots]
        if silent and choice != "abstain":
            shown += f", of them {_part(row, leaf.weight, silent, 'without a vote', at)}"
        parts.extend([shown] if shown else [])
    neither = [name for name, ballot in count.ballots.items() if count.final.get(name) == "" and ballot.choice == "abstain"]
    if neither:
        parts.append(_part(row, leaf.weight, neither, "abstaining", at))
    if row.times(who.scope).final is False and not row.times(who.scope).closed:
        changeable = [name for name in count.ballots if name in count.open]
        for side in ("for", "against", "abstain"):
            so_far = [name for name in changeable if count.ballots[name].choice == side]
            if so_far:
                parts.append(_part(row, leaf.weight, so_far, f"{side} so far (votes may change)", at))
    unvoted = [name for name in count.open if name not in count.ballots]
    if unvoted:
        parts.append(_part(row, leaf.weight, unvoted, "not voted yet", at))
    return f"{', '.join(parts)}, of {_whole(row, leaf, who, at)}{needs(row, leaf)}{_of_cast(row, leaf, who)}"


def _of_cast(row: Row, leaf: Leaf, who: k.Electorate) -> str:
    """The votes that the bar is a share of, once none is open: the base that people argue about."""
    measures = {key.measure for key in _tallies(leaf.bar)}
    if leaf.weight or not {"for", "against"} <= measures or row.count(who).open:
        return ""
    cast = sum(len(row.count(who).with_choice(choice)) for choice in ("for", "against", "abstain"))
    without = 0 if "abstaining" in measures else len(row.count(who).with_choice("abstain"))
    return f" of {cast - without} votes"


def _tallies(expr: Expr | None) -> Iterator[k.Tally]:
    match expr:
        case Fact(k.Tally() as key):
            yield key
        case Arithmetic(_, items):
            for item in items:
                yield from _tallies(item)
        case _:
            return


def _whole(row: Row, leaf: Leaf, who: k.Electorate, at: datetime) -> str:
    """What a tally is a part of: the members, their weight, and the seats where the bar is counted over seats."""
    members = row.count(who).base
    if leaf.weight:
        return f"{row.weighed(weigh(row.history, members, leaf.weight, at), leaf.weight)} by {leaf.weight}"
    over_seats = any(key.measure == "fixed seats" for key in _tallies(leaf.bar))
    seats = row.tally(who, "fixed seats", "") if over_seats else len(members)
    return f"{len(members)}" if seats == len(members) else f"{len(members)} in {seats} seats"


def _part(row: Row, weight: str, names: list[str], word: str, at: datetime) -> str:
    if not weight:
        return _names(len(names), names, word)
    return _names(row.weighed(weigh(row.history, names, weight, at), weight), names, word)


def _names(amount: object, names: list[str], word: str) -> str:
    shown = ", ".join(names[:MOST_NAMES]) + (f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else "")
    return f"{amount} {word}" + (f" ({shown})" if names else "")


def needs(row: Row, leaf: Leaf) -> str:
    """What the bar asks for: the least number of ballots that reaches it."""
    if leaf.bar is None:
        return ""
    value = evaluate(leaf.bar, row)
    if value is None:
        return ""
    bar = number(value)
    if leaf.weight:
        words = {">=": "at least", ">": "more than", "<=": "at most", "<": "fewer than"}[leaf.op]
        return f"; needs {words} {row.weighed(bar, leaf.weight)}"
    if leaf.op == ">=":
        return f"; needs {numbers.show(numbers.rounded(bar, 'up'))}"
    if leaf.op == ">":
        return f"; needs {numbers.show(numbers.add(numbers.rounded(bar, 'down'), Fraction(1)))}"
    return f"; {'at most' if leaf.op == '<=' else 'fewer than'} {numbers.show(bar)}"


def ignored(row: Row, leaf: Leaf) -> tuple[str, ...]:
    """Ballots, vetoes, objections, acts and notices that did not count, each with the reason."""
    found: list[str] = list(row.refused_notices()) if leaf.kind == "notice" else []
    if leaf.electorate is not None:
        found.extend(_ignored_ballots(row, row.count(leaf.electorate)))
    for key in leaf.evidence:
        if isinstance(key, k.Blocks):
            for event, state in row.blocks(key.rule, key.scope):
                if state not in ("standing", "undetermined"):
                    actors = ", ".join(actor.text for actor in event.actors)
                    found.append(f"the {key.rule.kind} by {actors} on {event.at} does not count: {state}")
        elif isinstance(key, k.Acts):
            for event, _, reason in row.act_events(key.rule, key.scope):
                if reason:
                    actors = ", ".join(actor.text for actor in event.actors)
                    found.append(f"the {key.rule.name} by {actors} on {event.at} does not count: {reason}")
    return tuple(dict.fromkeys(found))


def _ignored_ballots(row: Row, count: Count) -> list[str]:
    """Ballots that do not count here, without those of outsiders that another requirement of the decision takes up."""
    return [
        f"the vote of {item.by} on {item.deed.at} does not count: {item.reason}" for item in count.ignored
        if not (item.outsider and row.taken_up(item.outsider))
    ]  # fmt: skip


__all__ = ["closing_words", "ignored", "lines", "needs", "unheard"]
