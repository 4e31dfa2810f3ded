"""Why: a requirement tree and a row into states, evidence and what is missing.

In: a `core` tree and a row that can also say what its tallies are made of. Out: `Item`s. This back end knows node kinds of
the core and nothing of clause kinds: what a leaf wants was said when it was lowered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Protocol

from govlang.backends.answers import Item, Missing
from govlang.core import numbers
from govlang.core.expr import Expr, Fact, Value, Worked
from govlang.core.keys import Electorate, Key
from govlang.core.rules import AnyOf, Branch, Every, Leaf, Pick, Readings, Tree, Want
from govlang.core.verdict import Row, State, evaluate, number, state
from govlang.source import Citation

_SINGULAR = {"votes ": "vote ", "members ": "member ", "ballots ": "ballot ", "abstentions ": "abstention "}


class EvidenceRow(Protocol):
    """A row that can also name names."""

    now: datetime
    worked: Worked[Value]

    def value(self, key: Key) -> Value: ...
    def evidence(self, leaf: Leaf) -> tuple[str, ...]: ...
    def ignored(self, leaf: Leaf) -> tuple[str, ...]: ...
    def may_still_act(self, who: Electorate, choice: str) -> tuple[str, ...]: ...
    def remaining(self, since: datetime, until: datetime, unit: str) -> str: ...
    def last_day(self, until: datetime) -> str: ...
    def weighed(self, value: numbers.Number, weight: str) -> str: ...
    def blockers(self, leaf: Leaf) -> tuple[str, ...]: ...
    def found(self, keys: tuple[Key, ...]) -> tuple[str, ...]: ...
    def speaking(self, parties: tuple[str, ...]) -> str: ...


def explain(tree: Tree, row: EvidenceRow) -> Item:
    """A tree as an item with everything under it."""
    found = state(tree, row)
    match tree:
        case Leaf():
            missing = (
                () if found is State.MET else tuple(wanted(want, row, found, tree) for want in relevant(tree, row))
            )
            return Item(
                found, tree.kind, tree.label, tree.citation, tree.id, row.evidence(tree), row.ignored(tree), missing,
                also=tree.also,
            )  # fmt: skip
        case Every(items):
            children = tuple(explain(item, row) for item in items)
            return Item(found, "every", tree.label or "all of these", tree.citation, items=children)
        case AnyOf(items):
            children = tuple(explain(item, row) for item in items)
            kind = "override" if tree.override else "any of"
            return Item(found, kind, tree.label or "any of these", tree.citation, items=children)
        case Pick(branches):
            return _picked(branches, tree.citation, row, found)
        case Readings(readings):
            ruled = tuple(each for each in readings if evaluate(each.condition, row) is True)
            children = tuple(
                Item(state(each.tree, row), "reading", each.label, each.citation, items=(explain(each.tree, row),))
                for each in ruled or readings
            )
            label = "as it was ruled" if ruled else "the text can be read in more than one way"
            return Item(found, "readings", label, tree.citation, items=children)


def reached(tree: Tree, row: Row) -> Iterator[str]:
    """The ids of the leaves that an explanation holds, without explaining them."""
    match tree:
        case Leaf():
            yield tree.id
        case Every(items) | AnyOf(items):
            for item in items:
                yield from reached(item, row)
        case Pick(branches):
            for branch in branches:
                holds = evaluate(branch.condition, row)
                if holds is not False:
                    yield from reached(branch.tree, row)
                if holds is True:
                    break
        case Readings(readings):
            ruled = tuple(each for each in readings if evaluate(each.condition, row) is True)
            for each in ruled or readings:
                yield from reached(each.tree, row)


def _picked(branches: tuple[Branch, ...], citation: Citation, row: EvidenceRow, found: State) -> Item:
    shown: list[Item] = []
    wants: list[Want] = []
    passed: list[str] = []
    holds: Value = None
    for branch in branches:
        holds = evaluate(branch.condition, row)
        if holds is True and not shown and branch.tree == Every(()):
            return Item(found, "every", "", citation)  # this tier adds nothing
        if holds is False:
            passed.extend(text for text in row.found(branch.evidence) if text not in passed)
            continue
        wants.extend(branch.wants if holds is None else ())
        evidence = row.found(branch.evidence) or tuple(passed)
        shown.append(Item(state(branch.tree, row), "tier", branch.label, branch.citation, evidence=evidence,
                          items=(explain(branch.tree, row),)))  # fmt: skip
        if holds is True:
            break
    if not shown:
        none = Item(found, "tier", "no tier fits these facts", citation)
        return Item(found, "tiers", "by tier", citation, items=(none,))
    if len(shown) == 1 and shown[0].state is found and (holds is True or found is not State.OPEN):
        return shown[0]  # where it is the only one that may still fit, and may not, what would tell is missing too
    missing = tuple(dict.fromkeys(
        Missing(want.phrase, want.kind) for want in wants if want.when is None or evaluate(want.when, row) is True
    ))  # fmt: skip
    return Item(found, "tiers", "which tier applies is not yet known", citation, missing=missing, items=tuple(shown))


def relevant(leaf: Leaf, row: EvidenceRow) -> list[Want]:
    """The wants of a leaf that apply now."""
    return [
        want for want in leaf.wants
        if (want.when is None or evaluate(want.when, row) is True) and not _settled(want, row)
    ]  # fmt: skip


def _settled(want: Want, row: EvidenceRow) -> bool:
    """Whether nothing more of what is wanted is missing, as where a veto failed a vote that everybody has cast."""
    value = evaluate(want.amount, row) if want.amount is not None else None
    return value is not None and numbers.compare(number(value), Fraction(0)) <= 0


def wanted(want: Want, row: EvidenceRow, found: State, leaf: Leaf) -> Missing:
    """A want in words, with how many more, who could, and until when."""
    until = _instant(want.until, row)
    text, amount = want.phrase, ""
    who: tuple[str, ...] = ()
    if want.who is not None:
        who = row.may_still_act(want.who, want.choice)
    if want.kind == "time" and until is not None:
        since = _instant(want.since, row) or row.now
        # a period that runs through its last day ends at midnight after it: that midnight's own day is not counted
        through = isinstance(want.until, Fact) and getattr(want.until.key, "through", False)
        end = until - timedelta(seconds=1) if through and want.unit != "hours" else until
        amount = row.remaining(since, end, want.unit) or ("today" if until > since else "")
        last = f"complete on {until:%Y-%m-%d}" if want.unit == "working days" and not through else f"until {row.last_day(until)}"
        text = f"{want.phrase}: {amount}, {last}" if amount else want.phrase
        return Missing(text, want.kind, amount, who, until)
    if want.kind == "withdrawal":
        who = row.blockers(leaf)
        return Missing(f"{want.phrase} by {join(who)}", want.kind, amount, who, until)
    if want.amount is not None:
        value = evaluate(want.amount, row)
        if value is not None:
            exact = number(value)
            amount = row.weighed(exact, want.weight) if want.weight else numbers.show(exact)
            text = _counted(want, exact, amount)
    if who and found is State.OPEN and want.kind in ("ballots", "silence"):
        text = _named(want, text, who, amount, row)
    if want.kind == "silence" and found is State.OPEN:
        return Missing(_unless_refused(text, amount, until, row), want.kind, amount, who, until)
    if until is not None and found is State.OPEN and until > row.now:
        text = f"{text}, by {row.last_day(until)}"
    return Missing(text, want.kind, amount, who, until)


def _unless_refused(text: str, amount: str, until: datetime | None, row: EvidenceRow) -> str:
    """What silence gives when voting closes: nobody has to do anything, and this is the last day to refuse."""
    counts = "counts" if text.startswith("approval of") or amount == "1" else "count"
    close = f"by {row.last_day(until)}" if until is not None and until > row.now else "before voting closes"
    return f"{text}: {counts} as given unless refused {close} (silence counts for)"


def _counted(want: Want, exact: numbers.Number, amount: str) -> str:
    phrase = want.phrase
    if want.kind == "fewer":
        return f"{amount} fewer {phrase}"
    if want.kind == "act" and exact == 1:
        return phrase
    if phrase.startswith(("approval of", "vote of")):
        return phrase if amount == "1" else f"{amount} more: {phrase}"
    if exact == 1:
        for plural, singular in _SINGULAR.items():
            phrase = phrase.replace(plural, singular)
    return f"{amount} more {phrase}"


def _named(want: Want, text: str, who: tuple[str, ...], amount: str, row: EvidenceRow) -> str:
    if want.phrase.startswith("casting vote of"):
        return f"{text} ({join(who)})"
    for act in ("approval of", "vote of"):
        if not want.phrase.startswith(act):
            continue
        if amount != str(len(who)):
            return f"{text} ({amount} of {join(who)})"
        asked, _, rest = want.phrase.removeprefix(f"{act} ").partition(" (")
        by = row.speaking(who) or ("" if asked == join(who) else asked)
        notes = "; ".join(note for note in (by, rest.removesuffix(")")) if note)
        return f"{act} {join(who)} ({notes})" if notes else f"{act} {join(who)}"
    if len(who) > 6:
        return f"{text} (from {len(who)} who have not voted)"
    return f"{text} (from {join(who, 'and' if amount == str(len(who)) else 'or')})"


def join(names: tuple[str, ...], word: str = "and") -> str:
    """Names in a sentence: A, B and C."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" {word} {names[-1]}" if names else "nobody"


def _instant(expr: Expr | None, row: EvidenceRow) -> datetime | None:
    value = evaluate(expr, row) if expr is not None else None
    return value if isinstance(value, datetime) else None


def flatten(item: Item, wanted_state: State) -> list[Item]:
    """The leaves that make an item open or failed: under `any of`, only where all are; each once. While it is not known
    which tier applies, what is missing is what would tell; while a veto may still come, nothing is missing to override it.
    """
    if not item.items or (item.missing and item.state is wanted_state is State.OPEN):
        return [item] if item.state is wanted_state else []
    if item.state is not wanted_state and item.kind != "readings":
        return []
    found: dict[tuple[str, str], Item] = {}
    children = item.items
    if item.kind == "override" and wanted_state is State.OPEN and children[0].state is State.OPEN:
        children = children[:1]
    for child in children:
        for leaf in flatten(child, wanted_state):
            found.setdefault((leaf.id, leaf.label), leaf)
    return list(found.values())
