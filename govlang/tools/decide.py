"""`decide`: the answer about a proposal, with everything it rests on.

In: a loaded agreement, a history, a proposal's name, an instant. Out: an `Answer`. The verdict is the judge's; this module
only collects reasons, evidence, what is missing, the readings of an ambiguous text, and the shortest ways to yes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import product
from typing import TYPE_CHECKING

from govlang.backends import why
from govlang.backends.answers import Answer, Duty, Item, Missing, ReadingAnswer
from govlang.core import numbers
from govlang.core.rules import AnyOf, Branch, Every, Leaf, Pick, Readings, Tree, ambiguous
from govlang.core.verdict import State, Verdict, evaluate, state, verdict as verdict_of
from govlang.frozen import replace
from govlang.later import Later
from govlang.model.nodes import Agreement
from govlang.pipeline import Loaded
from govlang.record import evidence, free_acts, ip
from govlang.record.entries import Proposal
from govlang.record.facts import Row
from govlang.record.history import History
from govlang.record.judge import Judge, Judged, Rules
from govlang.source import Citation
from govlang.syntax.nodes import Moment
from govlang.tools import holidays

if TYPE_CHECKING:
    from govlang.record import stated
    from govlang.tools import paths
else:
    paths = Later("govlang.tools.paths")
    stated = Later("govlang.record.stated")

MOST_READINGS = 16


def decide(loaded: Loaded, history: History, proposal_id: str, on: Moment | datetime, ways: bool = True) -> Answer:
    """The answer about a proposal on record. A whole day is asked about as at its end. Without `ways`, the paths to yes are
    left out, which take longer to find than all the rest.

    Raises KeyError when nothing of that name was proposed.
    """
    now = on.end if isinstance(on, Moment) else on
    proposal = history.proposals[proposal_id]
    if proposal.deed.kind in ip.ASKED:
        from govlang.tools import may

        return may.about(loaded, history, proposal, on)
    judge = Judge(loaded.rules, history)
    judged = judge.judge(proposal, now)
    text = judged.row.history.agreement
    facts = tuple((name, show(value)) for name, value in proposal.facts.items())
    base = Answer(
        judged.verdict, proposal.id, proposal.decision, proposal.by, now, text.name, text.header.version,
        loaded.text_hash, facts=facts, decided=judged.decided,
    )  # fmt: skip
    answer = _silent(text, base) if judged.tree is None or judged.rule is None else _full(loaded, base, judged, ways)
    if any(event.kind == "outcome" for event in proposal.events):
        said = tuple(str(each) for each in stated.differences(judge, proposal, now))
        answer = replace(answer, notes=(*answer.notes, *said))
    answer = _of_version(judge, judged, answer) if history.texts else answer
    return replace(answer, notes=tuple(dict.fromkeys(answer.notes)))  # two requirements may say the same


def in_brief(loaded: Loaded, history: History, proposal_id: str, on: Moment) -> tuple[Verdict, frozenset[str]] | None:
    """The verdict alone, and the requirements that the whole answer would show; None where that takes the whole answer: for
    a request, and where a text can be read in more than one way."""
    proposal = history.proposals[proposal_id]
    if proposal.deed.kind in ip.ASKED:
        return None
    judged = Judge(loaded.rules, history).judge(proposal, on.end, True)
    if judged.tree is None or judged.rule is None:
        return judged.verdict, frozenset()
    return None if ambiguous(judged.tree) else (judged.verdict, frozenset(why.reached(judged.tree, judged.row)))


def about_judged(loaded: Loaded, judged: Judged) -> Answer:
    """The answer about what was judged already, without the paths to yes: for rows of a log, which are on no record."""
    proposal, text = judged.row.proposal, judged.row.history.agreement
    facts = tuple((name, show(value)) for name, value in proposal.facts.items())
    base = Answer(
        judged.verdict, proposal.id, proposal.decision, proposal.by, judged.row.now, text.name, text.header.version,
        loaded.text_hash, facts=facts, decided=judged.decided,
    )  # fmt: skip
    return _silent(text, base) if judged.tree is None or judged.rule is None else _full(loaded, base, judged, ways=False)


def by_right(loaded: Loaded, history: History, right: str, proposal: Proposal, on: Moment | datetime) -> Answer:
    """The answer by one right, whatever the matter was proposed as: silent where the right is not about it."""
    now = on.end if isinstance(on, Moment) else on
    text = history.on(now).agreement
    if text.right(right) is None:  # an amendment took it out
        answer = Answer(Verdict.SILENT, proposal.id, right, proposal.takers or proposal.by, now, text.name,
                        text.header.version, loaded.text_hash)  # fmt: skip
        return replace(answer, notes=(f"no clause of the text in force is about '{right}'",))
    judged = Judge(loaded.rules, history).judge_by(right, proposal, now)
    facts = tuple((name, show(value)) for name, value in proposal.facts.items())
    base = Answer(
        judged.verdict, proposal.id, right, proposal.takers or proposal.by, now, text.name, text.header.version,
        loaded.text_hash, facts=facts, decided=judged.decided,
    )  # fmt: skip
    if judged.rule is None or evaluate(judged.rule.applies, judged.row) is False:
        note = f"{proposal.decision} is not about this"
        return replace(base, verdict=Verdict.SILENT, notes=(note,))
    return _full(loaded, base, judged, ways=False)


def _of_version(judge: Judge, judged: Judged, answer: Answer) -> Answer:
    """An answer with what there is to say about the version that it rests on."""
    from govlang.record import versions

    proposal, now = judged.row.proposal, judged.row.now
    said = versions.notes(judge, proposal, judged.row.history.version, now)
    return replace(answer, notes=(*answer.notes, *said))


def _silent(text: Agreement, base: Answer) -> Answer:
    known = ", ".join(sorted(text.decisions)) or "none"
    note = f"no clause of this agreement is about '{base.decision}'; its decisions are: {known}"
    return _with(base, notes=(note,))


def _full(loaded: Loaded, base: Answer, judged: Judged, ways: bool) -> Answer:
    assert judged.tree is not None and judged.rule is not None
    row = judged.row
    item = why.explain(judged.tree, row)
    failed = tuple(mark_decisive(judged.tree, row, leaf) for leaf in why.flatten(item, State.FAILED))
    readings = tuple(readings_of(judged.tree, row))
    ambiguous = len({reading.verdict for reading in readings}) > 1
    missing = missing_of(item, base.verdict)
    notes = list(_notes(loaded.rules.under(row.history.agreement), judged, readings, failed))
    if ambiguous and base.verdict is Verdict.PENDING:
        names = " or ".join(f'"{reading.name}"' for reading in readings)
        missing = (Missing(f"a ruling on which reading holds: {names}", "record"), *missing)
    found, in_all = paths.to_yes(judged, missing) if ways and base.verdict is Verdict.PENDING else ((), 0)
    duties = tuple(
        Duty(each.who, until if isinstance(until := evaluate(each.until, row), datetime) else None, each.citation)
        for each in judged.rule.notifications
        if evaluate(each.when, row) is True
    ) if base.verdict is Verdict.PERMITTED else ()  # fmt: skip
    return _with(
        base, requirement=item, missing=missing, because=failed, paths=found, paths_in_all=in_all,
        readings=readings if ambiguous else (), notes=tuple(dict.fromkeys(notes)), duties=duties,
        citations=tuple(citations_of(item, judged.rule.citation)),
        holidays=holidays.used(row.history.agreement.header, row.years),
    )  # fmt: skip


def _with(answer: Answer, **changes: object) -> Answer:

    return replace(answer, **changes)


def missing_of(item: Item, verdict: Verdict) -> tuple[Missing, ...]:
    """What is missing: of what is open, or, when denied, of what failed and then of what is open beside it."""
    if verdict is Verdict.PERMITTED:
        return ()
    found = list(_wanting(item, State.OPEN))
    if verdict is Verdict.DENIED:
        found = [missing for leaf in why.flatten(item, State.FAILED) for missing in leaf.missing]
        found += _wanting(_openable(item), State.OPEN)
    if not found and verdict is Verdict.PENDING:
        found = [Missing(end.label, end.kind) for end in _open_ends(item)]
    return tuple({missing.text: missing for missing in reversed(found)}.values())[::-1]


def _wanting(item: Item, wanted: State) -> Iterator[Missing]:
    """What the parts of an item in a state want; alternatives are joined into one, `either ... or ...`."""
    if item.state is not wanted:
        return
    yield from item.missing
    children = item.items
    if item.kind == "override" and children[0].state is wanted:
        children = children[:1]  # nothing to override yet
    parts = [list(_wanting(child, wanted)) for child in children]
    ways = [part for part in parts if part]
    if item.kind not in ("any of", "readings") or len(ways) < 2:
        for part in ways:
            yield from part
        return
    texts = list(dict.fromkeys(" and ".join(dict.fromkeys(missing.text for missing in way)) for way in ways))
    everything = [missing for way in ways for missing in way]
    if len(texts) == 1 or item.kind == "readings":
        yield from everything
        return
    kind = "ballots" if all(missing.kind == "ballots" for missing in everything) else "alternatives"
    who = tuple(dict.fromkeys(name for missing in everything for name in missing.who))
    yield Missing("either " + "; or ".join(texts), kind, "", who)


def _open_ends(item: Item) -> Iterator[Item]:
    """The innermost open items: what keeps an answer open when nothing says what is missing."""
    inner = [child for child in item.items if child.state is State.OPEN]
    if not inner:
        yield item
    for child in inner:
        yield from _open_ends(child)


def _openable(item: Item) -> Item:
    """The same item seen as open, so that what is open beside a failure is listed too."""

    if not item.items:
        return item
    children = tuple(_openable(child) for child in item.items)
    return replace(
        item, state=State.OPEN if any(c.state is State.OPEN for c in children) else item.state, items=children
    )


def citations_of(item: Item, first: Citation) -> Iterator[Citation]:
    seen: set[tuple[str, str, str, int]] = set()
    stack = [item]
    for citation in (first, *_walk(stack)):
        key = (citation.document, citation.number, citation.title, 0 if citation.number or citation.title else citation.line)
        if key not in seen and citation.document:
            seen.add(key)
            yield citation


def _walk(items: list[Item]) -> Iterator[Citation]:
    for item in items:
        if item.kind not in ("term", "withdrawn"):
            yield item.citation
            yield from item.also
        yield from _walk(list(item.items))


def _notes(
    rules: Rules, judged: Judged, readings: tuple[ReadingAnswer, ...], failed: tuple[Item, ...]
) -> Iterator[str]:  # fmt: skip
    assert judged.rule is not None
    if len({reading.verdict for reading in readings}) > 1:
        each = "; ".join(f'under "{reading.name}" it is {reading.verdict.value}' for reading in readings)
        yield f"the text can be read in more than one way: {each}"
    if len({verdict for _, verdict in judged.rivals}) > 1:
        each = "; ".join(
            f"{rule.decision} ({rule.citation.label()}) says {found.value}" for rule, found in judged.rivals
        )
        yield f"two clauses apply and disagree, and neither overrides the other: {each}. A legal decision is needed"
    yield from evidence.unheard(judged.row, judged.tree) if judged.tree is not None else ()
    yield from free_acts.overlooked(judged.row, judged.tree) if judged.tree is not None else ()
    not_decisive = [item.label for item in failed if not item.decisive]
    if len(failed) > 1 and not_decisive:
        yield "not decisive by themselves, since others failed as well: " + "; ".join(not_decisive)
    yield from holidays.notes(rules.agreement.header, judged.row.years)


# ------------------------------------------------------------ readings


def readings_of(tree: Tree, row: Row) -> Iterator[ReadingAnswer]:
    """The verdict under each reading (or each pair of readings, where the text is ambiguous twice)."""
    groups = [group for group in _ambiguities(tree, row) if not _settled(group, row)]
    if not groups:
        return
    for number, chosen in enumerate(product(*(group.readings for group in groups))):
        if number >= MOST_READINGS:
            return
        picked = {id(group): branch for group, branch in zip(groups, chosen, strict=True)}
        verdict = verdict_of(_under(tree, picked), row)
        yield ReadingAnswer(" and ".join(branch.label for branch in chosen), verdict, chosen[0].citation)


def _settled(group: Readings, row: Row) -> bool:
    """Whether an ambiguity does not matter: it was ruled on, or every reading comes to the same."""
    if any(evaluate(branch.condition, row) is not None for branch in group.readings):
        return True
    return len({state(branch.tree, row) for branch in group.readings}) == 1


def _ambiguities(tree: Tree, row: Row) -> Iterator[Readings]:
    match tree:
        case Readings():
            yield tree
        case Every(items) | AnyOf(items):
            for item in items:
                yield from _ambiguities(item, row)
        case Pick(branches):
            for branch in branches:
                if evaluate(branch.condition, row) is not False:
                    yield from _ambiguities(branch.tree, row)
                if evaluate(branch.condition, row) is True:
                    return
        case Leaf():
            return


def _under(tree: Tree, picked: dict[int, Branch]) -> Tree:
    """The tree with each ambiguity replaced by the reading picked for it."""
    match tree:
        case Readings():
            return picked[id(tree)].tree if id(tree) in picked else tree
        case Every(items, label, citation):
            return Every(tuple(_under(item, picked) for item in items), label, citation)
        case AnyOf(items, label, citation):
            return AnyOf(tuple(_under(item, picked) for item in items), label, citation)
        case Pick(branches, citation):
            changed = tuple(Branch(b.condition, b.label, _under(b.tree, picked), b.citation) for b in branches)
            return Pick(changed, citation)
        case Leaf():
            return tree


# ------------------------------------------------------------ decisive


def mark_decisive(tree: Tree, row: Row, item: Item) -> Item:
    """Whether the action was denied because of this requirement: but for it, it would not have been."""

    without = state(drop(tree, item.id), row)
    return replace(item, decisive=without is not State.FAILED)


def drop(tree: Tree, leaf_id: str) -> Tree:
    """The tree with one leaf taken as met."""
    match tree:
        case Leaf():
            return Every(()) if tree.id == leaf_id else tree
        case Every(items, label, citation):
            return Every(tuple(drop(item, leaf_id) for item in items), label, citation)
        case AnyOf(items, label, citation):
            return AnyOf(tuple(drop(item, leaf_id) for item in items), label, citation)
        case Pick(branches, citation):
            return Pick(
                tuple(Branch(b.condition, b.label, drop(b.tree, leaf_id), b.citation) for b in branches), citation
            )
        case Readings(readings, citation):
            changed = tuple(Branch(b.condition, b.label, drop(b.tree, leaf_id), b.citation) for b in readings)
            return Readings(changed, citation)


def show(value: object) -> str:
    """A fact's value in words."""
    from fractions import Fraction


    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return numbers.show(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if (value.hour, value.minute) == (0, 0) else "%Y-%m-%d %H:%M")
    return ", ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)
